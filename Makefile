# The habits, by name. `make help` lists them; `playledger --help` has everything.
.DEFAULT_GOAL := help
.SILENT:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INPUTS = $(if $(CSV),--csv "$(CSV)") $(if $(SCRAPED),--scraped "$(SCRAPED)") $(if $(ROSTER),--roster "$(ROSTER)") $(OPTIONS)

.PHONY: help
help:  ## List these targets.
	awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY)  ## Make the virtual environment from the lock file.

$(READY): requirements.txt pyproject.toml
	echo "Making the virtual environment in $(VENV) (a minute or two) ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

.PHONY: load
load: $(READY)  ## Load files (CSV=… SCRAPED=… ROSTER=…, none: the sample); then `dbt build` works.
	$(BIN)/playledger load $(INPUTS)

.PHONY: sync
sync: $(READY)  ## Load, build, verify and print the account: the main job.
	$(BIN)/playledger sync $(INPUTS)

.PHONY: plan
plan: $(READY)  ## Show what the files would change; change nothing.
	$(BIN)/playledger plan $(INPUTS)

.PHONY: deploy
deploy: $(READY)  ## Publish what is loaded here to production, after a look and a question.
	$(BIN)/playledger deploy $(INPUTS)

.PHONY: undo
undo: $(READY)  ## Take the last published run back.
	$(BIN)/playledger undo $(OPTIONS)

.PHONY: verify
verify: $(READY)  ## Print the account of the ledger beside what the files say.
	$(BIN)/playledger verify

.PHONY: check
check: $(READY)  ## Check quickly what needs no database and no browser, while working.
	$(BIN)/python -m tests.run --quick

.PHONY: test
test: $(READY)  ## Run everything that checks the project.
	$(BIN)/python -m tests.run

.PHONY: test-oldest-postgres
test-oldest-postgres: $(READY)  ## Load, build and test on PostgreSQL 15, the oldest that is promised.
	$(BIN)/python -m tests.oldest_postgres

.PHONY: lint
lint: $(READY)  ## Check the form of SQL and Python, and who imports whom.
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-cache
	$(BIN)/sqlfluff lint --processes 2 macros models tests

.PHONY: format
format: $(READY)  ## Mend the form of SQL and Python where that can be done by itself.
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/sqlfluff fix --processes 2 macros models tests

.PHONY: web
web: $(READY)  ## Show the ledger in a browser, on http://127.0.0.1:8000.
	$(BIN)/playledger web $(OPTIONS)

.PHONY: screenshots
screenshots: $(READY)  ## Take the pictures of the pages in docs/ anew, of a made-up ledger.
	$(BIN)/python -m tests.browser && $(BIN)/python -m tests.screenshots

.PHONY: scrape
scrape: $(READY)  ## Find SFA URLs, then streams, of what the ledger lacks (after `playledger login`).
	$(BIN)/playledger scrape sfa $(OPTIONS) || test $$? -eq 1
	$(BIN)/playledger load && $(BIN)/dbt --quiet build
	$(BIN)/playledger scrape streams $(OPTIONS) || test $$? -eq 1
	$(BIN)/playledger load && $(BIN)/dbt --quiet build

.PHONY: scrape-demo
scrape-demo: $(READY)  ## Show the scraper at work on a simulated site, in a folder of its own.
	$(BIN)/python -m tests.browser && $(BIN)/python -m tests.site.demo

.PHONY: bench
bench: $(READY)  ## Measure the speed, each figure beside its limit.
	$(BIN)/python -m tests.browser && $(BIN)/python -m bench $(OPTIONS)

.PHONY: bench-quick
bench-quick: $(READY)  ## Measure builds of two weeks and of 1,000 campaigns, once, in under five minutes.
	$(BIN)/python -m bench weeks growth --weeks 2 9 --sizes 1000 --times 1

.PHONY: docs
docs: $(READY)  ## Build the lineage of tables and columns, and serve it on http://127.0.0.1:8080.
	$(BIN)/dbt --quiet docs generate --static
	$(BIN)/python -m playledger.cli.lineage || test $$? -eq 1
	echo "Tables and descriptions: http://127.0.0.1:8080   Columns: http://127.0.0.1:8080/columns/   (Ctrl-C ends it)"
	$(BIN)/dbt --quiet docs serve --host 127.0.0.1 --port 8080 --no-browser

.PHONY: lineage
lineage: $(READY)  ## Draw the models by layer and stage into docs/lineage.md anew.
	$(BIN)/dbt --quiet parse
	$(BIN)/python -m playledger.cli.model_map

.PHONY: lock
lock: $(READY)  ## Write the lock file anew from pyproject.toml.
	$(BIN)/python -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --no-strip-extras --extra check pyproject.toml -o requirements.txt

.PHONY: clean
clean:  ## Stop the embedded database and remove what can be built again; data stays.
	if [ -x $(BIN)/playledger ]; then $(BIN)/playledger stop; fi
	rm -rf target logs .pytest_cache .ruff_cache
