# All commands for contributors. The first command creates the virtual environment. It is updated
# when pyproject.toml changes. The only requirement is Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
TORTURE := $(VENV)/torture
LOCK := .github/requirements.lock
LOCKED := $(VENV)-locked
TOOLS := $(VENV)-tools
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check test torture coverage growth mutation fuzz test-lowest lock \
  build-locked sbom audit bench bench-quick profile measure format screenshots clean

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

test: $(READY) ## run all tests, on all cores; a new environment has the newest versions
	$(BIN)/pytest --numprocesses auto --dist loadfile

torture: $(READY) ## try hostile input, kills and full disks at length; takes many hours
	TORTURE=1 $(BIN)/pytest tests/hostile --numprocesses auto
	$(MAKE) coverage growth mutation fuzz

coverage: $(TORTURE) ## measure which branches of the code the tests run
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report term:skip-covered \
	  --cov-fail-under 95

mutation: $(TORTURE) ## count the changes of the code that tests notice
	$(BIN)/python tests/hostile/mutation.py

fuzz: $(TORTURE) ## run each fuzz target for an hour
	for target in entry vocabulary figure markdown bibtex ris; do \
	  PYTHONPATH=tests $(BIN)/python -m hostile.fuzz $$target --seconds 3600 --corpus .cache/fuzz \
	    || exit 1; \
	done

growth: $(READY) ## measure how time and memory grow with hostile input
	PYTHONPATH=tests $(BIN)/python -m hostile.growth

test-lowest: ## run all tests with the oldest versions that pyproject.toml allows
	$(PYTHON) -m venv $(VENV)-lowest
	$(VENV)-lowest/bin/pip install --quiet uv
	$(VENV)-lowest/bin/uv pip install --quiet --python $(VENV)-lowest/bin/python \
	  --resolution lowest-direct --editable '.[site,dev,bench]'
	$(VENV)-lowest/bin/pytest

lock: $(TOOLS)/ready ## choose the newest versions for the published site, and write their hashes
	$(PYTHON) -c 'import tomllib; project = tomllib.load(open("pyproject.toml", "rb")); \
	  print(*project["build-system"]["requires"], sep="\n")' | \
	$(TOOLS)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra site \
	  --generate-hashes --no-annotate --custom-compile-command 'make lock' \
	  --output-file $(LOCK) pyproject.toml -

build-locked: $(LOCKED)/ready ## build the site as it is published: with the versions of the lock
	$(LOCKED)/bin/pip install --quiet --no-deps --no-build-isolation --force-reinstall .
	$(LOCKED)/bin/mkdocs build --strict

sbom: $(TOOLS)/ready $(LOCKED)/ready ## write the software bill of materials of the published site
	$(LOCKED)/bin/pip install --quiet --no-deps --no-build-isolation --force-reinstall .
	mkdir -p dist
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file dist/sbom.cdx.json $(LOCKED)/bin/python

audit: $(TOOLS)/ready ## look for known vulnerabilities in the versions of the lock
	$(TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip --requirement $(LOCK)

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
	rm -rf $(VENV) $(VENV)-lowest $(LOCKED) $(TOOLS) .cache site dist

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is required; set it with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[site,dev,bench]'
	@touch $(READY)

# Only wheels: the build of another package would install further ones, without hashes.
$(LOCKED)/ready: $(LOCK)
	$(PYTHON) -m venv --clear $(LOCKED)
	$(LOCKED)/bin/pip install --quiet --require-hashes --only-binary :all: --requirement $(LOCK)
	@touch $@

$(TOOLS)/ready: pyproject.toml
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet --upgrade pip
	$(TOOLS)/bin/pip install --quiet --group supply
	@touch $@

$(TORTURE): $(READY)
	$(BIN)/pip install --quiet --group torture
	@touch $(TORTURE)
