-- sqlite3 DB < judging.sql, in a folder with units.csv, communes.csv and data.csv: the checks of judging/datapackage.json as constraints.
-- What a row breaks is told on stderr, with its line; nothing is synced.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
PRAGMA foreign_keys = ON;
CREATE TABLE units (unit_code TEXT PRIMARY KEY, kind TEXT, name_vi TEXT, forms TEXT, valid_from TEXT, valid_to TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE communes (commune_code TEXT PRIMARY KEY, name TEXT) STRICT, WITHOUT ROWID;
.import --csv --skip 1 units.csv units
.import --csv --skip 1 communes.csv communes
CREATE TABLE data (
	unit_code TEXT NOT NULL REFERENCES units,
	year INTEGER NOT NULL CONSTRAINT "year-range" CHECK (year BETWEEN 2010 AND 2030),
	quarter INTEGER NOT NULL CONSTRAINT "quarter-enum" CHECK (quarter IN (1, 2, 3, 4)),
	commune_code TEXT NOT NULL REFERENCES communes,
	line_no INTEGER NOT NULL CONSTRAINT "line-no-range" CHECK (line_no BETWEEN 1 AND 99999),
	household TEXT NOT NULL CONSTRAINT "household-pattern" CHECK (household GLOB 'HH-[0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
	head_name TEXT NOT NULL CONSTRAINT "name-required" CHECK (head_name <> '')
		CONSTRAINT "name-long" CHECK (length(head_name) <= 60),
	total INTEGER NOT NULL CONSTRAINT "total-range" CHECK (total BETWEEN 0 AND 1000000),
	female INTEGER NOT NULL CONSTRAINT "female-range" CHECK (female BETWEEN 0 AND 1000000),
	rate REAL NOT NULL CONSTRAINT "rate-range" CHECK (rate BETWEEN 0 AND 100),
	report_date TEXT NOT NULL CONSTRAINT "date-type" CHECK (date(report_date, '+0 days') IS report_date),
	category TEXT NOT NULL CONSTRAINT "category-enum"
		CHECK (category IN ('SINH', 'TU', 'KETHON', 'LYHON', 'DI', 'DEN', 'KHAISINH', 'KHAC')),
	CONSTRAINT "female-rule" CHECK (female <= total),
	PRIMARY KEY (unit_code, report_date, line_no)
) STRICT;
.import --csv --skip 1 data.csv data
