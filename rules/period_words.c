/* Why: who reports says "quý I năm 2023"; "2023Q1" is how the program keeps it. */
#include "rules/period_words.h"

struct words
period_words(struct arena *a, struct period p)
{
	static const char *const quarters[] = { "", "I", "II", "III", "IV" };
	static const char *const months[] = { "", "January", "February", "March", "April",
		"May", "June", "July", "August", "September", "October", "November",
		"December" };

	switch (p.kind) {
	case PERIOD_NONE:
		break;
	case PERIOD_YEAR:
		return (struct words){ .in = { arena_printf(a, "năm %d", p.year),
					   arena_printf(a, "year %d", p.year) } };
	case PERIOD_HALF:
		return (struct words){ .in = { arena_printf(a, "6 tháng %s năm %d",
						   p.number == 1 ? "đầu" : "cuối", p.year),
					   arena_printf(a, "%s half of %d",
					       p.number == 1 ? "first" : "second", p.year) } };
	case PERIOD_QUARTER:
		if (p.number >= COUNT(quarters))
			break;
		return (struct words){
			.in = { arena_printf(a, "quý %s năm %d", quarters[p.number], p.year),
			    arena_printf(a, "quarter %u of %d", (unsigned)p.number, p.year) }
		};
	case PERIOD_MONTH:
		if (p.number >= COUNT(months))
			break;
		return (struct words){
			.in = { arena_printf(a, "tháng %u năm %d", (unsigned)p.number, p.year),
			    arena_printf(a, "%s %d", months[p.number], p.year) }
		};
	}
	return (struct words){ .in = { "", "" } };
}
