/* Why: a figure far from its own history, or from everybody else's, is worth a second look. */
#include "rules/rule_int.h"

#define LEAST       3 /* earlier figures, before anything is said of them; fewer if asked */
#define LEAST_PEERS 5

/* ", NAME AS (…)": the median of v for each key of the rows that from gives as k…, v. */
static const char *
median(struct checks *c, struct keys keys, const char *name, const char *from)
{
	const char *list = past_list(c, keys, "");

	return arena_printf(c->arena,
	    ", \"giamsat %s\" AS (SELECT %savg(v) AS median, max(n) AS n FROM (SELECT %sv, "
	    "row_number() OVER (PARTITION BY %s1 ORDER BY v) AS i, count(*) OVER (PARTITION BY "
	    "%s1) AS n FROM (%s) WHERE v IS NOT NULL) WHERE i IN ((n + 1) / 2, (n + 2) / 2) "
	    "GROUP "
	    "BY %sNULL)",
	    name, list, list, list, list, from, list);
}

static void
against_history(struct checks *c, int field, struct keys keys, const char *above)
{
	const struct rule_arg *periods = rule_arg(c->rule, "periods"),
			      *times = rule_arg(c->rule, "times");
	int most = periods->given ? (int)periods->number : 12;
	const char *name = c->form->fields[field].name;
	struct rule_check *k = checks_add(c, field);

	c->with = median(c, keys, "was",
	    arena_printf(c->arena, "SELECT %sp.%s AS v FROM history p%s WHERE p.age <= %d",
		past_list(c, keys, "p."), name,
		rule_arg(c->rule, "predecessors")->flag
		    ? ""
		    : " JOIN facts f ON p.unit_code = f.unit_code",
		most));
	c->join = arena_printf(
	    c->arena, " JOIN \"giamsat was\" AS b ON %s", past_match(c, keys, "b", "r"));
	k->wrong = arena_printf(c->arena, "b.n >= %d AND r.%s > %s AND r.%s > %s * b.median",
	    most < LEAST ? most : LEAST, name, above, name,
	    number_sql(c->arena, times->given ? times->number : 5));
	check_value(c, k, "median", "b.median");
	check_value(c, k, "periods", "b.n");
	k->message = (struct words){ {
	    CELL_VI
	    "ghi {value}, cao bất thường so với {periods} kỳ trước (trung vị {median}). Hãy "
	    "kiểm tra lại.",
	    CELL_EN "is {value}, unusually high beside the {periods} periods before (median "
		    "{median}). Please check it.",
	} };
}

static void
against_peers(struct checks *c, int field, struct keys keys, const char *above)
{
	const struct rule_arg *z = rule_arg(c->rule, "z");
	const char
	    *name = c->form->fields[field].name,
	    *all = arena_printf(
		c->arena, "SELECT %sp.%s AS v FROM peers p", past_list(c, keys, "p."), name),
	    *far = arena_printf(c->arena,
		"SELECT %sabs(p.%s - m.median) AS v FROM peers p JOIN \"giamsat was\" AS m "
		"ON %s",
		past_list(c, keys, "p."), name, past_match(c, keys, "m", "p"));
	struct rule_check *k = checks_add(c, field);
	const char *score =
	    arena_printf(c->arena, "0.6745 * (r.%s - b.median) / nullif(d.median, 0)", name);

	c->with = arena_printf(
	    c->arena, "%s%s", median(c, keys, "was", all), median(c, keys, "far", far));
	c->join = arena_printf(c->arena,
	    " JOIN \"giamsat was\" AS b ON %s JOIN \"giamsat far\" AS d ON %s",
	    past_match(c, keys, "b", "r"), past_match(c, keys, "d", "r"));
	k->wrong = arena_printf(c->arena, "b.n >= %d AND abs(r.%s) > %s AND abs(%s) > %s",
	    LEAST_PEERS, name, above, score, number_sql(c->arena, z->given ? z->number : 3.5));
	check_value(c, k, "median", "b.median");
	check_value(c, k, "n", "b.n");
	check_value(c, k, "z", arena_printf(c->arena, "round(%s, 1)", score));
	k->message = (struct words){ {
	    CELL_VI
	    "ghi {value}, khác xa các đơn vị khác ({n} số, trung vị {median}). Hãy kiểm tra "
	    "lại.",
	    CELL_EN
	    "is {value}, far from the other units' ({n} figures, median {median}). Please "
	    "check it.",
	} };
}

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	const struct rule_arg *key = rule_arg(c->rule, "key");
	const char *above = number_sql(c->arena,
	    rule_arg(c->rule, "above")->given ? rule_arg(c->rule, "above")->number : -1);
	/* Other units' rows have other keys, unless a rule says otherwise. */
	const struct keys own = { .fields = key->fields, .count = key->count };

	if (rule_arg(c->rule, "peers")->flag)
		against_peers(c, field, own, above);
	else
		against_history(c, field, past_keys(c), above);
}

static void
check_params(const struct rule *r, const struct form *f, const struct at *at)
{
	static const char *const history[] = { "times", "periods", "predecessors" };
	bool peers = rule_arg(r, "peers")->flag;
	struct at z = at_key(at, "z");

	(void)f;
	if (z.value && !peers)
		at_mistake(&z, "is for \"peers\": true");
	for (size_t i = 0; peers && i < COUNT(history); i++) {
		struct at child = at_key(at, history[i]);

		if (child.value)
			at_mistake(&child, "is for a figure's own history, not for peers");
	}
}

static const struct rule_param params[] = {
	PARAM_FIGURE,
	{ .name = "times",
	    .type = PARAM_NUMBER,
	    .least = 1,
	    .most = 1e6,
	    .help = { { "cao hơn trung vị các kỳ trước chừng ấy lần; mặc định 5",
		"more than so many times the median of earlier reports; 5 unless given" } } },
	{ .name = "periods",
	    .type = PARAM_NUMBER,
	    .whole = true,
	    .least = 1,
	    .most = 12,
	    .help = { { "số kỳ trước, mặc định 12",
		"how many earlier reports; 12 unless given" } } },
	{ .name = "above",
	    .type = PARAM_NUMBER,
	    .most = 1e15,
	    .help = { { "chỉ khi lớn hơn số này", "only where it is more" } } },
	{ .name = "peers",
	    .type = PARAM_FLAG,
	    .help = { { "so với các đơn vị khác cùng kỳ",
		"beside other units of the same period" } } },
	{ .name = "z",
	    .type = PARAM_NUMBER,
	    .least = 0.1,
	    .most = 1000,
	    .help = { { "lệch quá (0,6745 × độ lệch : MAD); mặc định 3,5",
		"so far off (0.6745 × distance / MAD); 3.5 unless given" } } },
	PARAM_KEY,
	PARAM_PREDECESSORS,
	{ .name = NULL },
};

const struct rule_kind rule_outlier = {
	.name = "outlier",
	.scope = SCOPE_PERIOD,
	.help = { { "Số cao bất thường so với các kỳ trước hoặc các đơn vị khác.",
	    "A figure is not far from its history, or from other units'." } },
	.example =
	    "{\"field\": \"value_quarter\", \"times\": 5, \"above\": 50, \"periods\": 4, "
	    "\"key\": [\"indicator_code\"]}",
	.params = params,
	.check_params = check_params,
	.checks = checks,
};
