# Every command a developer or a newcomer needs. `make` alone prints them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ARGS ?=
OFFLINE ?=
WHEELS ?= wheels

VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app wsgi
CATALOGUE := training_oversight/translations/zh_CN/LC_MESSAGES/messages

# The newest Python the lock was made for, else any that is new enough.
PYTHON ?= $(shell for python in python3.11 python3; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$python; break; fi; done)

.PHONY: help
help: ## Explain the targets
	@echo 'Training Oversight (校外培训监管台账): what make can do here'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) \
		| awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'
	@echo
	@echo 'To try it: make run. Needed: Python 3.11 with venv, and make.'

.PHONY: setup
setup: $(VENV)/.runs $(CATALOGUE).mo ## Install what runs into .venv, exactly as locked (OFFLINE=1: from wheels/)
	@:

.PHONY: venv
venv: | $(PY)
	@:

.PHONY: wheels
wheels: | $(PY) ## Gather all that the locks name in wheels/, for machines without an index
	@$(PIP) download --quiet --no-deps --require-hashes --only-binary :all: -d $(WHEELS) -r requirements-lint.lock

.PHONY: run
run: setup ## Serve the demo county on 127.0.0.1 (PORT=8000); Ctrl-C stops it
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
		echo 'Port $(PORT) is taken; choose another, for instance: make run PORT=8010' >&2; exit 1; fi
	@export DEMO=1 PORT='$(PORT)'; \
	$(FLASK) database upgrade; \
	$(FLASK) demo load; \
	exec $(FLASK) serve

# Where bytecode is kept, the second run collects the tests in half the time.
test sure years: export PYTHONDONTWRITEBYTECODE :=

.PHONY: test
test: setup $(VENV)/.tests ## Run the tests (ARGS='-x tests/law' narrows them)
	@$(PY) -m pytest -n auto $(ARGS)

.PHONY: sure
sure: check years ## All that the build proves: both databases, coverage, the years ahead
	@# To measure takes two thirds more, and on PostgreSQL the tests walk through the same code.
	@SURE=sqlite $(PY) -m pytest -n auto --cov --cov-report= $(ARGS)
	@SURE=postgresql $(PY) -m pytest -n auto $(ARGS)
	@$(PY) -m coverage json --quiet -o .coverage.json
	@$(PY) -m tools.coverage .coverage.json

# What counts days, in March of 2027 with a calendar that has learnt that year, on the day that a
# leap year has more, and on the last day of one that nobody has arranged.
AHEAD := law catalogue ledger notices enforcement scheduling demo
IN_2027 := 2027-03-15 -p tests.next_year
YEARS := '$(IN_2027)' 2028-02-29 2030-12-31
# What moves the clock has to be there before pytest is.
EARLY := ignore:Module already imported:pytest.PytestAssertRewriteWarning

.PHONY: years
years: setup $(VENV)/.tests ## Run the tests that count days with the clock moved to 2027, 2028 and 2030
	@for year in $(YEARS); do \
		set -- $$year; day=$$1; shift; echo "With the clock moved to $$day …"; \
		SURE=sqlite MOVED_TO=$$day PYTHONPATH="$$PWD/tests/moved_clock" \
			$(PY) -m pytest -q -n auto -W '$(EARLY)' "$$@" $(AHEAD:%=tests/%); \
	done

.PHONY: check
check: setup $(VENV)/.checks ## Style, types, imports, templates, translations, migrations
	$(PY) -m pre_commit run --all-files
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) -m tools.translations check
	DEMO=1 $(FLASK) database check

.PHONY: format
format: $(VENV)/.checks ## Put the layout of the code in order
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

.PHONY: bench
bench: setup $(VENV)/.tests ## Measure the list page and the overdue sweep (ARGS=field: kill phones during visits)
	@$(PY) -m benchmarks $(ARGS)

.PHONY: translations
translations: setup ## Print the sentences that have no Chinese yet, as JSON to fill in
	@$(PY) -m tools.translations extract

.PHONY: locks
locks: ## Renew the hashed locks from setup.cfg (a developer's need: uses uv)
	@command -v uv >/dev/null || { echo 'The locks are written with uv, which is missing.' >&2; exit 1; }
	@export UV_CUSTOM_COMPILE_COMMAND='make locks'; \
	compile() { uv pip compile --quiet --no-strip-extras --no-emit-index-url --generate-hashes --python-version 3.11 "$$@" setup.cfg; }; \
	compile -o requirements.lock; \
	compile --extra test -c requirements.lock -o requirements-test.lock; \
	compile --extra test --extra lint -c requirements-test.lock -o requirements-lint.lock

# A lock is whole: pip resolves nothing, and asks no index for anything that the lock does not name.
# It says little here, and its own errors are worth reading when it fails.
PIP = $(PY) -m pip --disable-pip-version-check
define install
	@echo 'Installing $< into $(VENV)$(if $(OFFLINE), from $(WHEELS)) …'
	@$(PIP) install --quiet --no-deps --require-hashes $(if $(OFFLINE),--no-index --find-links $(WHEELS)) -r $<
	@$(PIP) check --quiet
	@touch $@
endef

# Each lock holds the one before it, in the same versions.
$(VENV)/.runs: requirements.lock | $(PY)
	$(install)

$(VENV)/.tests: requirements-test.lock $(VENV)/.runs
	$(install)

$(VENV)/.checks: requirements-lint.lock $(VENV)/.tests
	$(install)

$(PY):
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is missing; on Debian: apt install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.runs
	@$(PY) -m tools.translations compile
