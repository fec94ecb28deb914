/* Why: a template's papers settle what a file name only hints at, where they are proven; where
 * not, the sender learns that they were not looked at. */
#include "rules/judge_int.h"

void
judge_passport(struct judge *j)
{
	const struct passport *p = j->facts.passport;
	struct papers *papers = &j->papers;

	if (!p || !passport_proves(p, j->book, j->facts.passport_key))
		return;
	papers->forms = p->form;
	papers->unit = rulebook_unit(j->book, p->unit, j->facts.received);
	if (!papers->unit) /* no more, or not yet: the period will tell */
		papers->unit = rulebook_unit(j->book, p->unit, (struct date){ 0 });
	papers->good =
	    papers->unit && period_read(&papers->period, p->period) && papers->forms.len > 0;
}

const struct form *
judge_passport_form(const struct judge *j)
{
	return j->papers.good ? rulebook_form(j->book, j->papers.forms) : NULL;
}

bool
judge_passport_covers(const struct judge *j)
{
	struct bytes rest = j->papers.forms, id;

	if (!j->papers.good || !j->form)
		return false;
	while (rest.at && bytes_cut(&id, &rest, ';'))
		if (bytes_equal_fold(bytes_trim(id), bytes_of(j->form->id)))
			return true;
	return false;
}

void
judge_passport_say(struct judge *j)
{
	const struct passport *p = j->facts.passport;
	const struct place nowhere = { 0 };

	if (!p || !passport_is_there(p))
		return;
	if (!j->papers.good) {
		findings_say(&j->findings, SAY_PASSPORT_UNPROVEN, &nowhere, NULL, 0);
	} else if (!bytes_equal(p->rules, bytes_of(j->book->version))) {
		const struct filler more[] = {
			filler_plain("file_version", arena_text(j->arena, p->rules)),
			filler_plain("version", j->book->version),
		};

		findings_say(&j->findings, SAY_PASSPORT_RULES, &nowhere, more, COUNT(more));
	}
}
