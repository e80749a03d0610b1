# `make demo` shows what it does, `make test` proves it. Each target sets up what it needs by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
TESTS ?= tests --ignore tests/live
# One more than there are cores: some tests wait for a clock, and the cores are not to wait with them.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

# Hundreds of processes import this package during the tests: each reads it compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick fix sample seeds docs live bench clean browser

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: .venv/.runtime ## Evaluate the sample vendor's mock, with a handful of defects, and say where the report is
	@$(BIN)/verifier demo

test: .venv/.tests browser ## Format, lint, import contracts, types and all tests
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not quick" $(TESTS)

quick: .venv/.tests ## Lint, types and the tests that are quick; about a minute
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not corpus and not browser and not matrix" $(TESTS)

fix: .venv/.tests ## Format, and mend what can be mended by a machine
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format .

sample: .venv/.runtime ## Write the sample report again, after a change that alters it
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; $(BIN)/verifier demo --output "$$folder/sample" >/dev/null; \
	cp "$$folder"/sample/{index.html,results.json,summary.md} reports/sample/; echo "Look at reports/sample/index.html, and commit it."

seeds: .venv/.runtime ## Prove every check against every misbehaviour, with three seeds; some minutes
	@for seed in 0 1 2; do $(BIN)/verifier selftest --seed $$seed; done

docs: .venv/.tests ## Build the documentation as a site, every warning an error
	@$(BIN)/sphinx-build -W --keep-going -q docs .cache/site && echo "Look at .cache/site/index.html"

live: .venv/.tests ## Evaluate real third-party servers, installed pinned into .cache
	$(BIN)/pytest -p no:randomly tests/live

bench: .venv/.tests ## Print figures beside a peer's and a limit's, as ratios
	@failed=; for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || failed="$$failed $$file"; done; \
	[ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

clean: ## Remove the environment and what tools left behind
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The browser tests take a Chromium; where there is none and it can simply be had, it is installed.
browser:
	@if ! command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "Installing Chromium for the browser tests (once) ..."; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium; } >/dev/null 2>&1 \
	      || echo "It could not be installed: the browser tests will be skipped."; \
	  else echo "No Chromium here: the browser tests will be skipped (Debian: apt-get install chromium)."; fi; \
	fi

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "verifier needs Python 3.11 or newer, and none was found (PYTHON=... names one)"; exit 2; }
	@echo "Setting up .venv (once) ..."
ifneq ($(UV),)
	@uv venv --quiet --python "$(PYTHON)" .venv
else
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
endif

.venv/.runtime: .venv/bin/python pyproject.toml
ifneq ($(UV),)
	@uv pip install --quiet --python $(BIN)/python --editable .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
endif
	@touch $@

.venv/.tests: .venv/.runtime
ifneq ($(UV),)
	@uv pip install --quiet --python $(BIN)/python --group test
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
endif
	@touch $@
