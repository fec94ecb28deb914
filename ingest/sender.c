/* Who wrote a mail, and whether that is enough to take data from it: the one place where a
 * claim becomes a unit. */
#include "ingest/sender.h"

#include "ingest/auth_int.h"

static struct bytes
lower(struct arena *a, struct bytes text)
{
	char *out = arena_text(a, text);
	size_t i;

	for (i = 0; i < text.len; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] + 32);
	return (struct bytes){ .at = out, .len = text.len };
}

static struct bytes
after_at(struct bytes address)
{
	return bytes_slice(address, bytes_find(address, BYTES("@")) + 1, address.len);
}

/* The Message-ID is of our own making: a letter of ours has come back. */
static bool
has_our_id(const struct envelope *env, const struct sender_policy *policy)
{
	struct bytes domain = after_at(env->message_id);

	if (!policy->own_domain || !*policy->own_domain || domain.len < 2)
		return false;
	domain.len--; /* ">" */
	return bytes_equal_fold(domain, bytes_of(policy->own_domain));
}

static bool
is_ours(const struct envelope *env, const struct sender_policy *policy)
{
	size_t i;

	if (has_our_id(env, policy))
		return true;
	for (i = 0; policy->own_address && i < env->from_count; i++)
		if (bytes_equal_fold(env->from[i], bytes_of(policy->own_address)))
			return true;
	return false;
}

/* The most telling of several signs. */
static const char *
automatic_reason(unsigned automatic)
{
	static const struct {
		unsigned sign;
		const char *reason;
	} reasons[] = {
		{ AUTO_REPORT, "a delivery or disposition report" },
		{ AUTO_NULL_PATH, "the return path is empty" },
		{ AUTO_SUBMITTED, "Auto-Submitted says that a machine wrote it" },
		{ AUTO_ROBOT, "the sender is a program" },
		{ AUTO_LIST, "it came over a mailing list" },
		{ AUTO_PRECEDENCE, "its precedence is that of bulk mail" },
	};
	size_t i;

	for (i = 0; i < COUNT(reasons); i++)
		if (automatic & reasons[i].sign)
			return reasons[i].reason;
	return "a machine wrote it";
}

static const char *
ambiguous_reason(const struct envelope *env)
{
	if (env->from_fields == 0)
		return "there is no From field";
	if (env->from_fields > 1)
		return "there is more than one From field";
	if (env->from_count > 1)
		return "the From field names more than one address";
	return "the From field is not one plain address";
}

/* The contact for a unit that is in force on that day. Coordinators and administrators report
 * for nobody. */
static const struct contact *
contact_find(const struct roster *roster, struct bytes address, struct date day)
{
	size_t i;

	for (i = 0; i < roster->count; i++) {
		const struct contact *c = &roster->contacts[i];

		if (bytes_equal_fold(c->address, address) &&
		    bytes_equal(c->role, BYTES("unit")) && c->unit.len > 0 &&
		    date_within(day, c->valid_from, c->valid_to))
			return c;
	}
	return NULL;
}

static bool
is_known(const struct roster *roster, struct bytes address)
{
	size_t i;

	for (i = 0; i < roster->count; i++)
		if (bytes_equal_fold(roster->contacts[i].address, address))
			return true;
	return false;
}

static void
judge_address(struct sender *out, const struct envelope *env, const struct roster *roster,
    const struct sender_policy *policy, struct date day)
{
	const struct contact *contact = contact_find(roster, out->address, day);

	if (!contact) {
		out->kind = SENDER_STRANGER;
		out->reason = is_known(roster, out->address)
		    ? "the address reports for no unit on that day"
		    : "the address is not registered";
		return;
	}
	out->contact = contact;
	if (policy->trust == TRUST_AUTHENTICATED &&
	    !auth_proves(env, policy->authserv_id, after_at(out->address))) {
		out->kind = SENDER_UNPROVEN;
		out->reason = "the border did not authenticate the sender";
		return;
	}
	out->kind = SENDER_UNIT;
	out->reason = "a registered address of a unit";
}

void
sender_judge(struct sender *out, struct arena *a, const struct envelope *env,
    const struct roster *roster, const struct sender_policy *policy, struct date day)
{
	bool single =
	    env->from_fields == 1 && env->from_count == 1 && address_safe(env->from[0]);

	*out = (struct sender){ 0 };
	if (single)
		out->address = lower(a, env->from[0]);
	if (is_ours(env, policy)) {
		out->kind = SENDER_OURSELVES;
		out->reason = "it is a letter of our own";
	} else if (env->automatic != AUTO_NONE) {
		out->kind = SENDER_AUTOMATIC;
		out->reason = automatic_reason(env->automatic);
	} else if (!single) {
		out->kind = SENDER_AMBIGUOUS;
		out->reason = ambiguous_reason(env);
	} else {
		judge_address(out, env, roster, policy, day);
	}
}
