# Everything a newcomer needs: `make build` and `make test` do all the set-up in a folder .venv.
# Without make: see "Without make" in README.md.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=

.PHONY: build test unit check lint serve lock reference clean

build: $(VENV)/run
	$(BIN)/regelwerk build $(ARGS)

serve: $(VENV)/run
	$(BIN)/regelwerk serve $(ARGS)

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto $(ARGS)

# The rooms' own tests, in about a minute on two cores: no command line, no other programs.
ROOMS  := approvals archive artifacts checks coverage figures intake model project records schemas
unit: $(VENV)/dev
	$(BIN)/python -m pytest -n auto -m "not office and not browser and not node and not spark" \
		--ignore tests/artifacts/comparison/test_redline.py $(ROOMS:%=tests/%) $(ARGS)

# The whole gate but for what needs a clean machine; .ci/run adds that.
check: lint test
	$(BIN)/regelwerk check

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Bring the locked versions up to date, and the pages that are made from schemas and codes.
lock: $(VENV)/dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade \
		--group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade \
		--group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade \
		--group oracles -c requirements-dev.lock pyproject.toml -o requirements-oracles.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --upgrade \
		--group successors -c requirements.lock -o requirements-successors.lock

reference: $(VENV)/dev
	$(BIN)/python docs/generate_reference.py

clean:
	rm -rf build dist $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
