# Two commands are enough: `make demo` and `make test`. Each sets up what it needs.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: lock help demo serve test check fix bench load catalogue stats browser postgres spark long clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# A lock is installed in full or not at all: the stamp is written last.
$(VENV)/runtime.stamp: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setter opp (to–tre minutter første gang) …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@echo "Setter opp testverktøy …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/spark.stamp: requirements-spark.lock $(VENV)/dev.stamp
	@$(PIP) install --require-hashes --requirement requirements-spark.lock
	@touch $@

demo: $(VENV)/runtime.stamp ## the invented municipality, from export files to figures on screen
	@$(BIN)/vft demo $(ARGS)

serve: $(VENV)/runtime.stamp ## the web server on what is already loaded
	@$(BIN)/vft serve $(ARGS)

test: $(VENV)/dev.stamp ## unit, spec, integration and acceptance tests
	$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

check: $(VENV)/dev.stamp ## everything that can be said without running: changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	VFT_HOME=$${TMPDIR:-/tmp}/vft-check $(BIN)/django-admin makemigrations --check --dry-run --settings vft.config.settings

fix: $(VENV)/dev.stamp ## mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: $(VENV)/dev.stamp ## journeys in Chromium with axe; makes the README's pictures
	$(BIN)/pytest -m browser tests/browser $(ARGS)

postgres: $(VENV)/dev.stamp ## the integration tests on a real PostgreSQL
	$(BIN)/pytest -m postgres tests/integration $(ARGS)

spark: $(VENV)/spark.stamp ## the specs on Spark: needs Java 17
	$(BIN)/pytest -m spark tests/spec $(ARGS)

long: $(VENV)/dev.stamp ## kill tests and other tests of minutes
	$(BIN)/pytest -m long $(ARGS)

stats: $(VENV)/dev.stamp ## methods on planted truth: writes the table in docs/methods
	$(BIN)/pytest -m stats --numprocesses auto tests/statistics tests/unit/targets $(ARGS)

catalogue: $(VENV)/dev.stamp ## write the specs' visible rows into the catalogue of indicators
	$(BIN)/python tests/spec/indicators/examples.py

bench: $(VENV)/dev.stamp ## the peers on the same work: ratios, never limits in a test
	$(BIN)/python -m bench $(ARGS)

load: $(VENV)/dev.stamp ## the real server under load: response times on SQLite and PostgreSQL
	$(BIN)/python -m bench.load $(ARGS)

clean: ## everything that was made here, the virtual environment too
	rm -rf $(VENV) var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra build
lock: $(VENV)/dev.stamp ## resolve the three lock files anew from pyproject.toml
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --extra dev --extra spark -c requirements-dev.lock -o requirements-spark.lock
