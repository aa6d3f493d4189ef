# All commands for contributors. The first command creates the virtual environment. It is updated
# when pyproject.toml changes. The only requirement is Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check test torture test-lowest bench bench-quick profile measure format screenshots clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

serve: $(READY) ## preview on http://127.0.0.1:8000/, reloads after every change
	$(BIN)/mkdocs serve --livereload

build: $(READY) ## build the site into site/; warnings are errors
	$(BIN)/mkdocs build --strict

check: $(READY) ## check format, lint, types and all entries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/paper-atlas check $(if $(GITHUB_ACTIONS),--output github)
	$(BIN)/paper-atlas schema --check

test: $(READY) ## run all tests, on all cores
	$(BIN)/pytest --numprocesses auto --dist loadfile

torture: $(READY) ## try hostile input, kills and full disks at length; takes hours
	TORTURE=1 $(BIN)/pytest tests/hostile --numprocesses auto

test-lowest: ## run all tests with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv $(VENV)-lowest
	$(VENV)-lowest/bin/pip install --quiet uv
	$(VENV)-lowest/bin/uv pip install --quiet --python $(VENV)-lowest/bin/python \
	  --resolution lowest-direct --editable '.[site,dev,bench]'
	$(VENV)-lowest/bin/pytest

bench: $(READY) ## measure sizes and speed with up to 100,000 papers; takes an hour or more
	$(BIN)/python -m benchmarks

bench-quick: $(READY) ## the same with up to 2,000 papers, less precise
	$(BIN)/python -m benchmarks --quick --rounds 1

profile: $(READY) ## show where a build spends its time
	$(BIN)/python -m benchmarks.profiling

measure: $(READY) ## the size and structure of the code, as a table
	@$(BIN)/python tests/helpers/structure.py

format: $(READY) ## format code and entries, and update the schemas
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/paper-atlas format
	$(BIN)/paper-atlas schema

screenshots: $(READY) ## take the pictures in docs/images/ again
	$(BIN)/python tests/screenshots.py

clean: ## remove the environment, caches and built files
	rm -rf $(VENV) $(VENV)-lowest .cache site dist

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is required; set it with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[site,dev,bench]'
	@touch $(READY)
