#ifndef BASE_STEP_H
#define BASE_STEP_H

/*
 * Named points at which a test can end the process or make a call fail. Only in the flavour
 * built with -DGIAMSAT_STEPS (make STEP=1); elsewhere STEP is nothing and step_fault is 0.
 *
 * GIAMSAT_STEP=name:n        the n-th time (from 1) the point is reached the process is killed
 * (SIGKILL) GIAMSAT_STEP=name:n:errno  there STEP_FAULT gives that errno instead (once)
 * GIAMSAT_STEP_LOG=file      appends the name of every point reached
 */
#ifdef GIAMSAT_STEPS
void step_reached(const char *name);
int step_fault(const char *name);
#define STEP(name)       step_reached(name)
#define STEP_FAULT(name) step_fault(name)
#else
#define STEP(name)       ((void)0)
#define STEP_FAULT(name) 0
#endif

#endif
