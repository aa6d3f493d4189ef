# Everything a contributor does. The environment is made on first use and again when
# pyproject.toml changes; all that is needed beforehand is Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check test test-lowest bench bench-quick profile format screenshots clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

serve: $(READY) ## preview on http://127.0.0.1:8000/, which follows every change
	$(BIN)/mkdocs serve --livereload

build: $(READY) ## build the site into site/; a warning is an error
	$(BIN)/mkdocs build --strict

check: $(READY) ## format, lint, types, and every entry
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/paper-atlas check $(if $(GITHUB_ACTIONS),--output github)
	$(BIN)/paper-atlas schema --check

test: $(READY) ## all tests, on as many cores as there are
	$(BIN)/pytest --numprocesses auto --dist loadfile

test-lowest: ## all tests, with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv $(VENV)-lowest
	$(VENV)-lowest/bin/pip install --quiet uv
	$(VENV)-lowest/bin/uv pip install --quiet --python $(VENV)-lowest/bin/python \
	  --resolution lowest-direct --editable '.[site,dev,bench]'
	$(VENV)-lowest/bin/pytest

bench: $(READY) ## how long things take beside other ways to do them; takes hours
	$(BIN)/python -m benchmarks

bench-quick: $(READY) ## the same at 1,000 papers, roughly
	$(BIN)/python -m benchmarks --quick --rounds 1

profile: $(READY) ## where the time of a build goes
	$(BIN)/python -m benchmarks.profiling

format: $(READY) ## put code, entries and schemas into their canonical form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/paper-atlas format
	$(BIN)/paper-atlas schema

screenshots: $(READY) ## make the pictures in docs/images/ anew
	$(BIN)/python tests/screenshots.py

clean: ## remove the environment and what was built
	rm -rf $(VENV) $(VENV)-lowest .cache site dist

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[site,dev,bench]'
	@touch $(READY)
