#ifndef INGEST_LEGACY_H
#define INGEST_LEGACY_H

#include "base/buf.h"
#include "base/bytes.h"

/* Vietnamese as it was written with eight bits a letter, before Unicode. */
struct legacy;

/*
 * How the letters of this font are coded: ".VnTime", ".VnArialH", "VNI-Times" …; NULL: the font
 * shows Unicode as it is.
 */
const struct legacy *legacy_of_font(struct bytes font_name);

/*
 * Appends the text of a cell in such a font as UTF-8 NFC. utf8 is what the workbook has: each
 * byte of the old text as the character of Windows-1252, of Latin-1, or of the same number.
 * What cannot be such a text (it has other characters, or bytes that the font has no letter
 * for) is Unicode already and is appended as it is, composed.
 */
void legacy_decode_text(struct buf *out, const struct legacy *l, struct bytes utf8);

#endif
