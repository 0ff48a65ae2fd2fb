# Every command a developer or a newcomer needs. `make` alone prints them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
ARGS ?=

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
setup: $(VENV)/.installed $(CATALOGUE).mo ## Install everything into .venv, exactly as locked
	@:

.PHONY: run
run: setup ## Serve the demo county on 127.0.0.1 (PORT=8000); Ctrl-C stops it
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
		echo 'Port $(PORT) is taken; choose another, for instance: make run PORT=8010' >&2; exit 1; fi
	@export DEMO=1 PORT='$(PORT)'; \
	$(FLASK) database upgrade; \
	$(FLASK) demo load; \
	exec $(FLASK) serve

.PHONY: test
test: setup ## Run the tests (ARGS='-x tests/law' narrows them)
	@$(PY) -m pytest -n auto $(ARGS)

.PHONY: check
check: $(VENV)/.linted setup ## Style, types, imports, templates, translations, migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) -m djlint --lint --quiet templates
	$(PY) -m tools.translations check
	DEMO=1 $(FLASK) database check

.PHONY: format
format: $(VENV)/.linted ## Put the layout of the code in order
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

.PHONY: bench
bench: setup ## Measure the list page and the overdue sweep
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

# pip says little here, and its own errors are worth reading when it fails.
$(VENV)/.installed: requirements-test.lock | $(PY)
	@echo 'Installing into $(VENV) …'
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(PY) -m pip check --quiet --disable-pip-version-check
	@touch $@

$(VENV)/.linted: requirements-lint.lock $(VENV)/.installed
	@echo 'Installing the linters …'
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(PY) -m pip check --quiet --disable-pip-version-check
	@touch $@

$(PY):
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is missing; on Debian: apt install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.installed
	@$(PY) -m tools.translations compile
