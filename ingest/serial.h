#ifndef INGEST_SERIAL_H
#define INGEST_SERIAL_H

#include "ingest/number_format.h"
#include "ingest/table.h"

/* Room for the text of any number, date or time. */
#define SERIAL_TEXT 48

/*
 * "[-]digits[.digits]", with "e[-]digits" from 10^21 on and below 10^-6: the shortest text of
 * at least 15 digits, as Excel counts them, that gives the same double back, without closing
 * zeros. 60.565, never 60.564999999999998. The value must be finite.
 */
void serial_number(char out[SERIAL_TEXT], double value);

/* NATIVE_DATE of a date as date_write has it and a second of its day; midnight is not said. */
void serial_moment(char out[SERIAL_TEXT], const char *date, int second);

/*
 * The text of a cell's number as its format shows it, and what it then is. Days count from the
 * end of 1899 or from 1904-01-01. The days before 1900-03-01 are Excel's: 60 is 1900-02-29, 0
 * is 1900-01-00, which nobody should take for a date. What can be no date is a number.
 */
enum native serial_text(char out[SERIAL_TEXT], double value, enum shown shown, bool from_1904);

#endif
