# Two commands for everybody: `make demo` and `make test`. They need git, make and Python 3.11 or later, no more.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

export PYTHONUTF8 = 1

.PHONY: help demo test lint types pytest reference pictures lock ftm clean

help:
	@echo 'make demo       read the pages that ship with the project and show what was found'
	@echo 'make test       lint, types and every test'
	@echo 'make reference  write docs/cli.md, docs/packs.md and the example of README.md anew'
	@echo 'make pictures   take the pictures of docs/img anew (needs chromium)'
	@echo 'make lock       write the requirements locks anew'
	@echo 'make ftm        install the library of the FollowTheMoney export (builds PyICU)'
	@echo 'make clean      remove .venv and what the tools left'

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'communique needs Python 3.11 or later; name it with: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo 'no venv could be made; on Debian: apt-get install python3-venv' >&2; exit 1; }

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo 'installing into $(VENV) ...' >&2
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp
	@$(BIN)/communique demo

test: lint types pytest

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

# Two processes, a file of tests at a time: docs/decisions/0042.
pytest: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

reference: $(VENV)/dev.stamp
	$(BIN)/python docs/make_reference.py

pictures: $(VENV)/dev.stamp
	$(BIN)/python docs/make_pictures.py

# --strip-extras and the --no-emit options keep the locks to names, versions and hashes.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --build-deps-for editable
lock: $(VENV)/dev.stamp
	$(LOCK) --upgrade --output-file requirements.lock pyproject.toml
	$(LOCK) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --upgrade --extra ftm --constraint requirements-dev.lock --output-file requirements-ftm.lock pyproject.toml
	sed -i '1i # Written by `make lock` (pip-compile, Linux x86-64, Python 3.11): names, versions, hashes. Do not edit.' requirements*.lock

# FollowTheMoney builds PyICU: on Debian, apt-get install libicu-dev pkg-config g++
ftm: $(VENV)/dev.stamp
	@$(PIP) install --require-hashes --no-deps -r requirements-ftm.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
