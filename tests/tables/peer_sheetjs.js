// What SheetJS writes must be read like any other's workbook.
//
//     node peer_sheetjs.js FILE BOOKTYPE usual|dates < TABLE
//
// TABLE is JSON: {"cells": [[row, column, kind, value, format]], "merges": [[row, first, last]]}, counted from 0; a day is
// a number with a format, or with "dates" a day of its own type.
"use strict";
const XLSX = require("xlsx");
const [file, bookType, mode] = process.argv.slice(2);
const table = JSON.parse(require("fs").readFileSync(0, "utf8"));
const sheet = {};
const range = { s: { r: 0, c: 0 }, e: { r: 0, c: 0 } };

for (const [r, c, kind, value, format] of table.cells) {
	const cell = { text: { t: "s", v: value }, number: { t: "n", v: value }, boolean: { t: "b", v: value } }[kind];
	if (format) {
		cell.z = format;
		if (mode === "dates" && format.includes("yy")) {
			const day = XLSX.SSF.parse_date_code(value);
			cell.t = "d";
			cell.v = new Date(day.y, day.m - 1, day.d, day.H, day.M, day.S);
		}
	}
	sheet[XLSX.utils.encode_cell({ r, c })] = cell;
	range.e.r = Math.max(range.e.r, r);
	range.e.c = Math.max(range.e.c, c);
}
sheet["!ref"] = XLSX.utils.encode_range(range);
sheet["!merges"] = table.merges.map(([r, first, last]) => ({ s: { r, c: first }, e: { r, c: last } }));
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, "Bảng");
XLSX.writeFile(book, file, { bookType, cellDates: mode === "dates", bookSST: mode !== "dates" });
