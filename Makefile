# The two commands of a user: `make run` and `make test`. Nothing needs to be installed by hand:
# a private .venv is made, uv comes from PyPI into it, and the locked environment is synchronised.
# requirements.lock names versions and hashes, no hosts: any package index or mirror will do.
PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
BIN := $(VENV)/bin

# Where compiled modules may not be kept, every start would compile them anew: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup lock run test units floors clients lint format bench soak clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.synced: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "ribao needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (set PYTHON=/path/to/python3.11)")'
	@test -x $(UV) || { echo "setting up $(VENV) (once)" && $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9' 2>/dev/null ; }
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

setup: $(VENV)/.synced ## make the locked environment in .venv

lock: ## take the newest versions that pyproject.toml allows into requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev --no-header --upgrade -o requirements.lock pyproject.toml

run: setup ## make today's edition (the recorded sample where there is no network) in ./editions
	@$(BIN)/ribao run --or-demo --output editions

test: units floors clients ## run all tests, in random order, on all cores

units: setup ## of these, the tests that need nothing but Python
	@$(BIN)/pytest -n auto --dist loadfile --ignore=tests/clients --ignore=tests/quality

floors: setup ## of these, the floors of quality on recorded days, which need ../shared
	@$(BIN)/pytest -n auto --dist loadfile tests/quality

clients: setup ## of these, the tests that drive outside programs: browsers, generators, servers
	@$(BIN)/pytest -n auto --dist loadfile tests/clients

lint: setup ## ruff, mypy and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## let ruff put the code in its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## every benchmark at full size; docs/benchmarks.md says which figure is whose
	@$(BIN)/python -m bench

soak: setup ## the long searches for trouble: kill sweeps, fuzzing
	@RIBAO_EXAMPLES=full $(BIN)/pytest -n auto tests/property --timeout=3600
	@$(BIN)/python -m bench soak

clean: ## forget the environment
	@rm -rf $(VENV)
