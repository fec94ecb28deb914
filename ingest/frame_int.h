#ifndef INGEST_FRAME_INT_H
#define INGEST_FRAME_INT_H

/*
 * How frames lie on the pipe. Numbers are little endian; a text is its length (4 bytes) and its bytes. A row is
 * its number (4 bytes), the count of cells and the length of each as LEB128, then all cells' bytes in one piece, so
 * that the parent can check them as one text.
 */
enum frame_type {
	FRAME_ENVELOPE = 'M',
	FRAME_PART = 'P',
	FRAME_SHEET = 'S',
	FRAME_ROW = 'R',
	FRAME_NOTE = 'N',
	FRAME_PART_END = 'p',
	FRAME_END = 'E',
	FRAME_REFUSAL = 'X',
};

#define FRAME_HEAD 5

/* Ceilings that no setting changes. */
#define FRAME_SENTENCE ((size_t)2048)
#define FRAME_WORD     ((size_t)64)
#define FRAME_NAME     ((size_t)1024)
#define FRAME_NOTES    1024u
#define FRAME_SHEETS   4096u

#endif
