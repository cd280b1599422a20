# Everything sets itself up: nothing but Python 3.11 (and, for the browser tests, Chromium) is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
AUDIT := $(VENV)-audit
# Sizes of the proofs that fit into every run; `make prove` does them in full.
SMALL := KIERTO_PROOF_WORLDS=1 KIERTO_PROOF_EVERY=11 KIERTO_PROOF_SEEDS=1 KIERTO_PROOF_ANSWERS=40 \
  KIERTO_PROOF_BILLS=40 KIERTO_PROOF_HANDLES=200 KIERTO_PROOF_CHANGES=300 KIERTO_PROOF_RECEIPTS=40 KIERTO_YEAR=4 \
  KIERTO_PROOF_TRAIL=2000 KIERTO_PROOF_WRONGS=200 \
  KIERTO_PROOF_DRAIN=250 KIERTO_PROOF_DEATHS=1 KIERTO_PROOF_LOCKED=5 KIERTO_PROOF_STOPS=2 KIERTO_PROOF_STOPPED=80 \
  KIERTO_PROOF_REQUESTS=4000 KIERTO_SIM=2000 KIERTO_MODEL_RUNS=60 KIERTO_MODEL_STEPS=30 \
  KIERTO_PROOF_LINES=40 KIERTO_PROOF_FLIPS=60 KIERTO_PROOF_MIGRATIONS=45 KIERTO_PROOF_MIGRATED=2000 \
  KIERTO_PROOF_TIMINGS=2000 KIERTO_PROOF_REPLAYS=40 KIERTO_PROOF_SLOW=20 KIERTO_PROOF_DAY=1 KIERTO_PROOF_COPIES=2 \
  KIERTO_PROOF_TYPED=150 KIERTO_PROOF_POISON=60
# Sizes of the kills in the promise; `make kills` and every run do a tenth.
FULL := KIERTO_KILLS=2000 KIERTO_KILLS_PG=500
# Sizes of the tables of hostile input in the requirement; every run does a part of them.
HOSTILE := KIERTO_HOSTILE_WORDS=5000 KIERTO_HOSTILE_CANARIES=2000 KIERTO_HOSTILE_PATHS=2000 KIERTO_HOSTILE_NAMES=500 \
  KIERTO_HOSTILE_SQL=2000
# A wait that ran out (a busy machine, or a fault) is made once more and is named in the summary; nothing else is,
# and neither are kills and proofs.
AGAIN := --reruns 1 --only-rerun Timeout --only-rerun 'never came' -rfER

COMPILE = $(BIN)/python -m uv pip compile --generate-hashes --universal --python-version 3.11 --no-header --quiet
CODE := finance procountor storage intake handlers bot sandbox
# Where those who measure a gate note its figure; `make gates` shows them all.
GATES := $(CURDIR)/build/gates.jsonl
kills prove proofs marked simulate mutate coverage hostile bench gates: export KIERTO_GATES = $(GATES)

.PHONY: help try test static check quick bench kills prove proofs marked simulate mutate coverage hostile gates audit sbom \
  format lock clean

help:            ## what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

try: $(STAMP)    ## the practice world in one browser page
	$(BIN)/kierto try

test: quick      ## everything that is promised, the slow proofs in a small size
	$(BIN)/pytest $(AGAIN) -m browser
	$(BIN)/pytest -m kills
	$(SMALL) $(BIN)/pytest -n 2 --dist loadfile -m proof -rP

quick: $(STAMP)  ## the tests without browser, kills and proofs
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder $(AGAIN) -m "not kills and not browser and not proof"

static: $(STAMP) ## format, lint, types, import contracts, dangerous calls
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --severity-level medium $(CODE)
	@$(BIN)/python -m benchmarks.gates G23 "make static" "format, lint, strict types, import contracts, bandit: nothing unexplained"

check: static quick  ## static, and the quick tests

kills: $(STAMP)  ## the worker killed at random moments; prints the figures
	$(BIN)/pytest -m kills

prove: static    ## nothing lost, nothing twice, nobody in: all proofs in full, one after the other (hours); prints the gates
	@$(FULL) $(MAKE) --keep-going proofs marked hostile kills mutate coverage; failed=$$?; $(MAKE) gates && exit $$failed

proofs: $(STAMP) ## the proofs in full: simulator, rights, lost answers, machines, migrations, a year; prints the figures
	$(BIN)/pytest -n 2 --dist loadfile -m proof -rP

marked: $(STAMP) ## the quick tests that decide a gate
	$(BIN)/pytest -m "gate and not proof and not kills and not browser"

simulate: $(STAMP) ## the simulator alone: 180,000 deaths of the machines that move money; prints the gates G1, G2, G4
	$(BIN)/python -m tests.simulator $(TRIALS)

mutate: $(STAMP) ## changes the money core in hundreds of places and counts what no test notices; prints the score
	rm -rf mutants
	$(BIN)/mutmut run
	$(BIN)/python -m benchmarks.mutants

coverage: $(STAMP) ## which branches the quick tests, the browser's and the story take, of all and of the money core; prints the gate G16
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest $(AGAIN) -n 3 --dist loadfile --no-loadscope-reorder -m "not kills and not browser and not proof"
	$(BIN)/coverage run -m pytest $(AGAIN) -m browser
	$(BIN)/coverage run -m bot try --headless
	$(BIN)/coverage combine --quiet
	$(BIN)/python -m benchmarks.covered

hostile: $(STAMP) ## the tables of hostile input in full: texts, canaries, addresses, paths, names, SQL, bombs; prints the figures
	$(HOSTILE) $(BIN)/pytest -rP tests/views/test_views_hostile.py tests/edge/test_edge_addresses.py \
	  tests/procountor_client/test_procountor_injection.py tests/storage/test_storage_injection.py \
	  tests/intake/test_intake_bombs.py

bench: $(STAMP)  ## figures: preflight, reading, the rate limit, the morning's digests, many bills and machines; prints the gates
	$(BIN)/python -m benchmarks
	$(MAKE) gates

gates: $(STAMP)  ## the gates of docs/reliability.md with the newest figure of each; fails when one is not met
	$(BIN)/python -m benchmarks.gates

audit: $(AUDIT)/.ready sbom  ## the locked packages against known holes; fails when it could not ask
	$(AUDIT)/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict --progress-spinner off \
	  || { echo "The audit failed: a hole is known, or its source could not be asked. Neither is a pass." >&2; exit 1; }

sbom: $(AUDIT)/.ready  ## what Kierto is made of: build/sbom.json (CycloneDX)
	@mkdir -p build
	$(AUDIT)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
	  --output-format JSON --output-file build/sbom.json

$(AUDIT)/.ready: requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $(AUDIT)/.ready

format: $(STAMP) ## puts the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP)   ## writes the lock files anew from pyproject.toml: developing, running, building, auditing
	$(COMPILE) pyproject.toml --group dev --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock
	$(COMPILE) --group build --output-file requirements-build.lock
	$(COMPILE) --group audit --output-file requirements-audit.lock

clean:           ## takes away what was made
	rm -rf .coverage $(VENV) $(AUDIT) build mutants .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
