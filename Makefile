# make          set up and generate
# make test     set up and run the tests that are quick and want Python and Node alone
# make test-extended   run the others: Java, Go, PostgreSQL, MariaDB, Spark, dbt, and the proofs that take long
# make test-all every test: both, one after the other
# make proofs   the proofs of the promises alone, with what they counted
# make check    is generated/ what the documents say?
# make lint     ruff, mypy and what else reads the code without running it
# make format   put the code into its form
# make bench    the speed goals, each beside its figure
# make fuzz     ten minutes of made-up documents against parse and lint
# make bench-hostile   how time and memory grow with the size of hostile documents
# make bench-releases  how they grow with the number of releases
# make bench-decode    how fast messages are decoded, up to a million
# make docs     the pages of diagnostics and of targets, from test cases and declarations
# make lock     the locked dependencies anew, after a change in pyproject.toml, dev.in or tests/node
# make clean    remove all that was set up

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NODE_TOOLS := tests/node/node_modules/.package-lock.json
# Beside .venv, so that a new .venv leaves them as they are: both are large.
SPARK := .venv-spark/.unpacked
DBT := .venv-dbt/.installed

.PHONY: generate test test-extended test-all proofs check lint format bench bench-hostile bench-releases bench-decode fuzz docs lock clean

generate: $(VENV)/.runtime
	$(BIN)/ctek-codegen generate

PYTEST := $(BIN)/pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

test: $(VENV)/.dev $(NODE_TOOLS)
	$(PYTEST) -m "not extended"

test-extended: $(VENV)/.dev $(NODE_TOOLS) $(SPARK) $(DBT)
	$(PYTEST) -m extended

test-all: test
	$(MAKE) test-extended

proofs: $(VENV)/.dev $(NODE_TOOLS)
	MUTANTS_EVERY=1 $(BIN)/pytest -s -q tests/proofs

check: $(VENV)/.runtime
	$(BIN)/ctek-codegen check

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.speed_goals

bench-hostile: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.documents

bench-releases: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.releases

bench-decode: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.decoding

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.proofs.fuzz

docs: $(VENV)/.dev
	$(BIN)/python -m tests.helpers.diagnostics_page > docs/diagnostics.md
	$(BIN)/python -m tests.helpers.targets_page > docs/targets.md

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: $(VENV)/.dev
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --build-deps-for=editable --output-file=requirements/runtime.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --allow-unsafe --constraint=requirements/runtime.txt --output-file=requirements/dev.txt pyproject.toml requirements/dev.in
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --no-strip-extras --output-file=requirements/dbt.txt requirements/dbt.in
	cd tests/node && npm install --package-lock-only

clean:
	rm -rf $(VENV) $(dir $(SPARK) $(DBT)) tests/node/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find generator tests generated -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf generated/typescript/dist generated/typescript/node_modules generated/python/dist

# The bytecode is made here because some machines keep Python from writing it later.
$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(INSTALL) --require-hashes --requirement requirements/runtime.txt
	$(INSTALL) --no-deps --no-build-isolation --no-index --editable .
	$(BIN)/python -m compileall -q generator
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	touch $@

$(SPARK): requirements/spark.txt | $(VENV)/.dev
	rm -rf $(@D) && mkdir $(@D)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --no-build-isolation --require-hashes --dest $(@D) --requirement requirements/spark.txt
	tar -xzf $(@D)/pyspark-*.tar.gz -C $(@D) && rm $(@D)/pyspark-*.tar.gz
	touch $@

$(DBT): requirements/dbt.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dbt.txt
	touch $@

$(NODE_TOOLS): tests/node/package.json tests/node/package-lock.json tests/node/.npmrc
	cd tests/node && npm ci --no-audit --no-fund --loglevel=error
	touch $@
