# Everything sets itself up: nothing but Python 3.11 (and, for the browser tests, Chromium) is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
# Sizes of the proofs that fit into every run; `make prove` does them in full.
SMALL := KIERTO_PROOF_WORLDS=1 KIERTO_PROOF_EVERY=11 KIERTO_PROOF_SEEDS=1 KIERTO_PROOF_ANSWERS=40 \
  KIERTO_PROOF_BILLS=40 KIERTO_PROOF_HANDLES=200 KIERTO_PROOF_CHANGES=300 KIERTO_PROOF_RECEIPTS=40 KIERTO_YEAR=4 KIERTO_PROOF_LINES=40

.PHONY: help try test static check quick bench kills prove format lock clean

help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

try: $(STAMP)    ## the practice world in one browser page
	$(BIN)/kierto try

test: $(STAMP)   ## everything that is promised, the slow proofs in a small size
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not kills and not browser and not proof"
	$(BIN)/pytest -m browser
	$(BIN)/pytest -m kills
	$(SMALL) $(BIN)/pytest -n 2 --dist loadfile -m proof -rP

quick: $(STAMP)  ## the tests without browser, kills and proofs
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not kills and not browser and not proof"

static: $(STAMP) ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: static quick  ## static, and the quick tests

kills: $(STAMP)  ## the worker killed at random moments; prints the figures
	$(BIN)/pytest -m kills

prove: $(STAMP)  ## the proofs in full: no company hears of another, bills are approved as they should; prints the figures
	$(BIN)/pytest -n 2 --dist loadfile -m proof -rP

bench: $(STAMP)  ## figures: preflight, reading, the rate limit, the morning's digests, many open bills
	$(BIN)/python -m benchmarks

format: $(STAMP) ## puts the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP)   ## writes the lock file anew from pyproject.toml
	$(BIN)/python -m uv pip compile pyproject.toml --group dev --generate-hashes --universal --python-version 3.11 \
	  --no-header --quiet --output-file requirements-dev.lock

clean:           ## takes away what was made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
