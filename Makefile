# What people type. `make run` and `make test` each work alone on a fresh Debian 12 machine that
# has Swift 6.3.

SWIFT ?= swift
BUILD_OPTIONS := -c release --explicit-target-dependency-import-check error
OUTPUT ?= theriac-results
STUDIES := $(wildcard Datasets/hetrombopag/*.json)
PACKAGES := libopenblas-dev liblapacke-dev libboost-math-dev python3-jsonschema python3-venv fonts-liberation
# What reports are looked at with.
BROWSER_PACKAGES := chromium poppler-utils fonts-liberation
# Debian's own Python, which its packages are for.
PYTHON ?= /usr/bin/python3
NOTEBOOK_PYTHON := Notebooks/.venv/bin/python

.PHONY: help setup setup-browser build run test check-schema check-browser check-notebooks check-slow notebooks \
  sanitize lint format benchmark clean

help:
	@echo 'make run        set up, build, compute the hetrombopag studies into $(OUTPUT)/'
	@echo 'make test       set up, run every test'
	@echo 'make check-slow run every test in a debug build, fifty kills of a batch, a million mutants of'
	@echo '                studies, reports in a browser, the sanitizers, and the coverage of intervals'
	@echo 'make check-browser  look at reports in a headless Chromium, on screens and on paper'
	@echo 'make sanitize   run tests under the sanitizers of addresses, threads and undefined behaviour'
	@echo 'make notebooks  run the notebooks of Notebooks/ anew, a million curves in one of them'
	@echo 'make build      build the program: .build/release/theriac'
	@echo 'make lint       check the format of the source'
	@echo 'make format     mend it'
	@echo 'make benchmark  measure speed beside other programs: Benchmarks/RESULTS.md'
	@echo 'make setup      install the libraries that are missing ($(PACKAGES))'
	@echo 'make setup-browser  install those of the browser ($(BROWSER_PACKAGES))'
	@echo 'make clean      remove what was built'

# Installs what is missing, as root or through sudo; where it can do neither it says what to type.
setup: WANTED := $(PACKAGES)
setup-browser: WANTED := $(BROWSER_PACKAGES)
setup setup-browser:
	@missing=; \
	for package in $(WANTED); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then sudo=; \
	elif command -v sudo >/dev/null; then sudo=sudo; \
	else \
	  echo "Missing:$$missing. Neither root nor sudo is at hand; as root type:" >&2; \
	  echo "  apt-get update && apt-get install -y --no-install-recommends$$missing" >&2; \
	  exit 1; \
	fi; \
	echo "Installing$$missing"; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $$missing

build: setup
	$(SWIFT) build $(BUILD_OPTIONS)

run: build
	.build/release/theriac run $(STUDIES) --output $(OUTPUT)

test: setup
	$(SWIFT) test $(BUILD_OPTIONS) --disable-testable-imports
	$(MAKE) check-schema
	$(MAKE) check-notebooks

# The schema under an independent validator, on every example study and on mutants of them.
check-schema: build
	$(PYTHON) Tests/SchemaValidation/validate.py .build/release/theriac 200

# Runs the notebooks and writes their outputs; fails where a number is not the one that stood there.
notebooks: build Notebooks/.venv/installed
	$(NOTEBOOK_PYTHON) Notebooks/execute.py

# The same with fewer curves, and nothing is written. Without PyPI nothing is checked, which is said.
check-notebooks: build
	@if $(MAKE) Notebooks/.venv/installed; \
	then THERIAC_CURVES=20000 $(NOTEBOOK_PYTHON) Notebooks/execute.py --check; \
	else echo 'The notebooks were skipped.' >&2; fi

Notebooks/.venv/installed: Notebooks/requirements.txt | setup
	$(PYTHON) -m venv --clear Notebooks/.venv
	$(NOTEBOOK_PYTHON) -m pip install --quiet --no-deps --no-compile --only-binary :all: -r $< || { \
	  echo 'The notebooks need the packages of $< from PyPI, and they could not be fetched.' >&2; exit 1; }
	touch $@

# Reports of all example studies, of a long one, the index and the self-test in a headless Chromium:
# read at 1280 and 390 pixels, light and dark, sorted, searched, timed, and printed.
check-browser: build setup-browser
	$(PYTHON) Tests/BrowserChecks/check.py .build/release/theriac

# The tests once more in a debug build, which checks what a release build leaves out; a batch killed at
# fifty moments, of a seed that is printed (THERIAC_KILL_SEED=n repeats them), and resumed; a million
# mutants of studies, from a seed of the day that is printed, about twenty minutes on one core; reports
# in a browser; the sanitizers; then the coverage of exact methods for up to 50 subjects in a group,
# about six minutes on one core, and of simulated dose-response curves, a minute.
check-slow: setup
	$(SWIFT) test --scratch-path .build/debug-checks
	THERIAC_KILLS=50 THERIAC_KILL_SEED=$${THERIAC_KILL_SEED:-$$(date +%s)} \
	  $(SWIFT) test $(BUILD_OPTIONS) --disable-testable-imports --filter KillTests
	THERIAC_MUTANTS=1000000 THERIAC_MUTATION_SEED=$$(date +%Y%m%d) THERIAC_SCHEMA_MUTANTS=50000 \
	  $(SWIFT) test $(BUILD_OPTIONS) --disable-testable-imports \
	  --filter 'MutantReadingTests|SchemaAgreementTests'
	$(MAKE) check-browser
	$(MAKE) sanitize
	Benchmarks/coverage

# The parts that share memory between threads, with C, or that read what others wrote.
SANITIZED := JSONTests|TablesTests|ResultsTests|LinearAlgebraTests|StudyRunnerTests|BulkFitsTests|MutationTests
UNDEFINED := -fsanitize=undefined -fsanitize-trap=undefined

# Each sanitizer is first shown to be awake. XCTest itself leaks, so it stays out. Swift traps overflow
# itself and has no sanitizer of undefined behaviour on Linux: C and C++ alone are held to it. C is
# optimised, since the vector kernels, unoptimised and watched, take more stack than a thread has.
SANITIZING := $(SWIFT) test --disable-xctest -Xcc -O1
sanitize: setup
	Tests/Sanitizers/awake
	THERIAC_MUTANTS=2000 $(SANITIZING) --sanitize address \
	  --scratch-path .build/address --filter '$(SANITIZED)'
	THERIAC_MUTANTS=2000 $(SANITIZING) --sanitize thread \
	  --scratch-path .build/thread --filter '$(SANITIZED)'
	THERIAC_MUTANTS=2000 $(SANITIZING) $(UNDEFINED:%=-Xcc %) $(UNDEFINED:%=-Xcxx %) \
	  --scratch-path .build/undefined --filter '$(SANITIZED)|ProbabilityTests|Batch'

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

benchmark: build
	Benchmarks/run

clean:
	rm -rf .build Benchmarks/.build Notebooks/.venv
