# The commands of README.md. Each does all the set-up that it needs; the second run is quick.
.DEFAULT_GOAL := help
.PHONY: help run test lint format prove prove-night test-packaging bench bundle lock clean
BIN := .venv/bin
# tests draw their windows in memory, on a machine with a display too
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest
COVER := --cov=csr_desk.domain --cov=csr_desk.services --cov-branch --cov-report= --cov-report=json:build/coverage.json

help:  ## show these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run:  ## start CSR Desk on a demonstration city
	@sh tools/set-up.sh run
	@sh tools/run.sh

test:  ## set up, check and test everything
	@sh tools/set-up.sh test
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python tools/security.py
	$(PYTEST) -n auto --dist worksteal -q $(COVER)
	@$(BIN)/python tools/ratchet.py

lint:  ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format:  ## let ruff lay out the code
	$(BIN)/ruff format .

prove:  ## break the program on purpose and print what its promises are worth (about half an hour)
	@sh tools/set-up.sh test
	@PYTHONPATH=tests QT_QPA_PLATFORM=offscreen $(BIN)/python -m proof commit

prove-night:  ## the same with ten times as much (hours)
	@sh tools/set-up.sh test
	@PYTHONPATH=tests QT_QPA_PLATFORM=offscreen $(BIN)/python -m proof night

test-packaging:  ## build the wheel and the bundle and sell with each (minutes)
	@sh tools/set-up.sh test
	$(PYTEST) -m packaging -p no:randomly -q tests/packaging

bench:  ## measure what docs/performance.md claims
	@sh tools/set-up.sh test
	$(BIN)/python -m benchmarks

bundle:  ## build the one-folder program into dist/
	@sh tools/set-up.sh test
	$(BIN)/pyinstaller --noconfirm --distpath dist --workpath build/pyinstaller csr_desk.spec

lock:  ## pin the dependencies anew, by version and hash
	@sh tools/lock.sh

clean:  ## remove what was built (the .venv stays)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
