#ifndef INGEST_NUMBER_FORMAT_H
#define INGEST_NUMBER_FORMAT_H

#include "base/bytes.h"

/* What Excel makes of a number under a format: a date is a number of days and nothing else. */
enum shown {
	SHOWN_NUMBER,
	SHOWN_PERCENT,
	SHOWN_DATE,    /* with or without a time */
	SHOWN_TIME,    /* of a day */
	SHOWN_ELAPSED, /* hours that go on after 24: "[h]:mm" */
};

/*
 * Of a format's code as it stands in XLSX and XLS, "dd/mm/yyyy;@". The first section that shows
 * a value decides.
 */
enum shown number_format_shown(struct bytes code);
/* Of a format without a code in the file (ECMA-376 part 1 §18.8.30). */
enum shown number_format_builtin(unsigned id);

#endif
