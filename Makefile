# giamsat. `make` builds, `make demo` shows it at work, `make test` proves it; see README.md.

CAMPAIGN := vi-nguoi-ngheo
LIBS     := libcurl libetpan sqlite3 libconfig jansson libpcre2-8 libutf8proc nettle libseccomp xlsxwriter expat libzip zlib
ROOMS    := base ingest rules store reports cron

# One folder of objects per flavour.
ifdef SAN
BUILD := build-san
else ifdef COV
BUILD := build-cov
else ifdef STEP
BUILD := build-step
else ifdef FUZZ
BUILD := build-fuzz
else
BUILD := build
endif

PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog 2>/dev/null)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wconversion -Wno-sign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings \
	-Wcast-qual -Wpointer-arith -Wundef -Wvla -Wnull-dereference -Wduplicated-cond \
	-Wlogical-op -Wjump-misses-init -Wdate-time
HARD := -fPIE -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=3
HARDLD := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
OPT  := -O2 -g

ifdef SAN
OPT  := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DGIAMSAT_SANITIZED
HARD := -fPIE -fstack-protector-strong
endif
ifdef COV
OPT  := -O0 -g --coverage
HARD := -fPIE
endif
ifdef STEP
OPT  += -DGIAMSAT_STEPS
endif
ifdef FUZZ
CC   := clang
WARN := -Wall -Wextra
OPT  := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -DGIAMSAT_SANITIZED
HARD := -fPIE
endif
ifdef CI
WARN += -Werror
endif

ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -I. $(WARN) $(HARD) $(OPT) \
	-DGIAMSAT_VERSION='"$(or $(VERSION),0)"' \
	$(shell pkg-config --cflags $(LIBS) 2>/dev/null) $(CFLAGS)
# libetpan.pc passes on how Debian built it; the specs file is dpkg-dev's and would switch PIE off.
ALL_LDLIBS := $(filter-out -specs=%,$(shell pkg-config --libs $(LIBS) 2>/dev/null)) -lcsv -lm $(LDLIBS)
ALL_LDFLAGS := $(OPT) $(HARDLD) $(LDFLAGS)

SRC  := $(foreach room,$(ROOMS),$(wildcard $(room)/*.c))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
LIB  := $(foreach room,$(ROOMS),$(BUILD)/lib$(room).a)
TEST := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/*_test.c))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))

# V=1 shows whole commands, -s nothing.
ifdef V
Q :=
else
Q := @
endif
say = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),,@printf '  %-4s %s\n' $(1) $(2))

.PHONY: all deps demo check test conformance fuzz fuzzers bench install uninstall clean format
all: $(BUILD)/giamsat

# The main program's object stays out of the archives, so that tests can link the rest.
define room_rule
$(BUILD)/lib$(1).a: $$(filter-out $(BUILD)/cron/main.o,$$(patsubst %.c,$(BUILD)/%.o,$$(wildcard $(1)/*.c)))
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call room_rule,$(room))))

$(BUILD)/giamsat: $(BUILD)/cron/main.o $(BUILD)/libcron.a $(BUILD)/libreports.a $(BUILD)/libstore.a \
		$(BUILD)/librules.a $(BUILD)/libingest.a $(BUILD)/libbase.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LDLIBS)

$(BUILD)/%.o: %.c | $(BUILD)/deps.ok
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# A test of a room links that room and what lies left of it (STYLE: one direction).
LEFT_base    := base
LEFT_ingest  := ingest base
LEFT_rules   := rules ingest base
LEFT_store   := store rules ingest base
LEFT_reports := reports store rules ingest base
LEFT_cron    := cron reports store rules ingest base
define test_rule
$(BUILD)/tests/$(1)/%_test: $(BUILD)/tests/$(1)/%_test.o $(foreach room,$(LEFT_$(1)),$(BUILD)/lib$(room).a)
	$$(call say,LINK,$$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $$@ $$^ $(ALL_LDLIBS) -lcmocka -lytnef
endef
$(foreach room,$(ROOMS),$(eval $(call test_rule,$(room))))

# A target under libFuzzer, or reading its corpus again.
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/read.o $(BUILD)/tests/fuzz/pack.o \
		$(if $(FUZZ),,$(BUILD)/tests/fuzz/replay.o) $(BUILD)/libingest.a $(BUILD)/libbase.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) $(if $(FUZZ),-fsanitize=fuzzer) -o $@ $^ $(ALL_LDLIBS)

# Programs that only measure.
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libingest.a $(BUILD)/libbase.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LDLIBS)

# Says what the readers of tables say, for tests that make files with other programs.
SEEN := $(BUILD)/tests/ingest/seen
$(SEEN): $(SEEN).o $(BUILD)/libingest.a $(BUILD)/libbase.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(ALL_LDLIBS)

# A missing library ends here, in one line.
$(BUILD)/deps.ok: Makefile debian/control
	@pkg-config --exists $(LIBS) 2>/dev/null && echo '\#include <csv.h>' | $(CC) -E -x c - >/dev/null 2>&1 || \
		{ echo 'giamsat: libraries are missing; install them with: make deps' >&2; exit 1; }
	@mkdir -p $(BUILD) && touch $@

deps:
	@debian/deps.sh all

# The main job on a shipped mailbox and folder, no server, no account. The second make has the libraries.
demo:
	@debian/deps.sh build
	@echo 'building …'
	@$(MAKE) --no-print-directory -s -j2 all
	@tests/demo/demo.sh

# About a minute, offline, without root. `make check SAN=1` is the same under the sanitizers.
check: all $(TEST) $(FUZZERS) $(SEEN)
	@tests/run.sh $(BUILD) $(TEST) $(wildcard tests/check/*.sh)

# check, check under sanitizers, killed nights, nights on real servers, and tables of every layout and program.
test:
	@debian/deps.sh all
	@$(MAKE) --no-print-directory -j2 all $(TEST) $(FUZZERS) $(SEEN)
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j2 SAN=1 check
	@$(MAKE) --no-print-directory -j2 STEP=1 all
	@tests/run.sh build $(wildcard tests/conformance/*_test.sh tests/tables/*_test.sh)
	@JOBS=1 tests/run.sh build $(wildcard tests/crash/*.sh tests/mail/*_test.sh)

conformance: all
	@tests/run.sh build $(wildcard tests/conformance/*_test.sh)

# Needs clang with libFuzzer (packages clang, libclang-rt-14-dev). SECONDS of each of the TARGETS (default: all).
fuzz:
	@$(MAKE) --no-print-directory -j2 FUZZ=1 fuzzers
	@tests/fuzz/run.sh $(or $(SECONDS),60) $(TARGETS)
fuzzers: $(FUZZERS)

bench: all $(BUILD)/tests/bench/reading
	@tests/bench/bench.sh

DATA := $(DESTDIR)$(PREFIX)/share/giamsat
install: all
	install -D -m 755 $(BUILD)/giamsat $(DESTDIR)$(PREFIX)/bin/giamsat
	install -D -m 644 docs/giamsat.1 $(DESTDIR)$(PREFIX)/share/man/man1/giamsat.1
	cd rules && find $(CAMPAIGN) -type f -exec install -D -m 644 {} $(DATA)/{} \;
	install -D -m 644 cron/giamsat.cron $(DATA)/cron/giamsat.cron
	install -D -m 644 cron/giamsat.service $(DATA)/systemd/giamsat.service
	install -D -m 644 cron/giamsat.timer $(DATA)/systemd/giamsat.timer

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/giamsat $(DESTDIR)$(PREFIX)/share/man/man1/giamsat.1
	rm -rf $(DATA)

clean:
	rm -rf build build-san build-cov build-step build-fuzz

format:
	clang-format -i $(SRC) $(wildcard */*.h tests/*/*.c)

-include $(OBJ:.o=.d) $(patsubst %.c,$(BUILD)/%.d,$(wildcard tests/*/*.c))
.SECONDARY:
