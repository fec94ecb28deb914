#ifndef INGEST_LIMITS_H
#define INGEST_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* Everything a sender controls has a ceiling. */
struct limits {
	uint64_t mail_bytes; /* one message or file, as it arrives */
	uint64_t part_bytes; /* one attachment, decoded */
	unsigned parts;      /* leaf parts of a mail */
	unsigned depth;      /* multiparts and mails inside one another */
	size_t header_bytes; /* one header section */
	size_t row_bytes, field_bytes;
	uint32_t columns;
	uint64_t rows;                 /* of one table */
	uint64_t unpacked_entry_bytes; /* of one entry of an archive */
	uint64_t unpacked_bytes;       /* of an archive, over all that is read of it */
	uint64_t unpacked_files_bytes; /* of one message, all files that its containers hold */
	uint64_t xml_work;             /* of an archive: bytes and elements that are parsed */
	uint32_t zip_entries,
	    book_entries;                  /* of an archive; of a workbook, which is one, too */
	uint64_t book_cells, book_text;    /* of all sheets: cells, covered ones too; bytes */
	unsigned read_s;                   /* wall clock and CPU seconds to read one message */
	uint64_t read_memory;              /* address space of the reader */
	unsigned tables;                   /* in one message */
	unsigned findings;                 /* kept for one message; the rest is counted */
	unsigned replies_a_day;            /* letters to one address in 24 hours */
	unsigned nights;                   /* attempts before a message goes to quarantine */
	uint64_t night_mails, night_bytes; /* taken in one night */
	unsigned night_s;                  /* the night's own deadline */
};

/* 50 MiB, 50 MiB, 1000, 20, 256 KiB, 1 MiB, 64 KiB, 16384, 2,000,000, 512 MiB, 768 MiB,
 * 200 MiB, 1 Gi, 200, 2000, 64 Mi, 256 MiB, 60 s, 512 MiB, 100, 1000, 20, 3, 100,000, 10 GiB, 4
 * h. */
#define LIMITS_DEFAULT                                                                         \
	{                                                                                      \
		.mail_bytes = 50u << 20, .part_bytes = 50u << 20, .parts = 1000, .depth = 20,  \
		.header_bytes = 256u << 10, .row_bytes = 1u << 20, .field_bytes = 64u << 10,   \
		.columns = 16384, .rows = 2000000, .unpacked_entry_bytes = 512u << 20,         \
		.unpacked_bytes = 768u << 20, .unpacked_files_bytes = 200u << 20,              \
		.xml_work = 1u << 30, .zip_entries = 200, .book_entries = 2000,                \
		.book_cells = 64u << 20, .book_text = 256u << 20, .read_s = 60,                \
		.read_memory = 512u << 20, .tables = 100, .findings = 1000,                    \
		.replies_a_day = 20, .nights = 3, .night_mails = 100000,                       \
		.night_bytes = (uint64_t)10 << 30, .night_s = 4 * 3600,                        \
	}

#endif
