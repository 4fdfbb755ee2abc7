# The commands of the README. Everything lives in .venv; nothing else on the machine changes.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
RAY_STAMP := $(VENV)/.ray
FUZZ_STAMP := $(VENV)/.fuzz
FUZZ_MINUTES ?= 10

.PHONY: setup demo serve test test-slow test-postgres check-large fuzz lint types bench screenshots lock clean

setup: $(STAMP)

# Set up again when the pinned dependencies or the package's own settings change.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "dateline needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 setup")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing pinned dependencies into $(VENV) (about a minute)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

# Ray takes 600 MB: only what tests the archive job on many machines has it.
$(RAY_STAMP): requirements-ray.lock $(STAMP)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-ray.lock
	@touch $(RAY_STAMP)

# atheris has a package for Linux on x86-64 alone; elsewhere what needs it is passed over, and says so.
$(FUZZ_STAMP): requirements-fuzz.lock $(STAMP)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-fuzz.lock \
		|| echo "atheris cannot be installed here: no reader is fuzzed"
	@touch $(FUZZ_STAMP)

demo: setup
	@rm -f demo/demo.db demo/demo.db-wal demo/demo.db-shm
	@$(BIN)/dateline run demo/reports --record demo/demo.db --offline > /dev/null
	@echo
	@$(BIN)/dateline incidents --figures --record demo/demo.db

serve: demo
	@$(BIN)/dateline serve --record demo/demo.db --open

test: setup
	@$(BIN)/python -m pytest -m "not slow" -n 2

test-slow: $(RAY_STAMP) $(FUZZ_STAMP)
	@$(BIN)/python -m pytest -m slow -n 2 --dist loadfile

# What takes an hour or more, in full; make test-slow runs a small part of each. The archive takes hours: KEEP=FOLDER lets the next
# run go on where this one was broken off.
check-large: $(RAY_STAMP) $(FUZZ_STAMP)
	@$(BIN)/python -m bench soak --limit 30 --write --errors
	@$(BIN)/python -m bench archive --limit 200000 --write $(if $(KEEP),--keep $(KEEP))
	@$(BIN)/python -m bench desk-million --limit 1000000 --write
	@$(BIN)/python -m fuzz --all --minutes $(FUZZ_MINUTES)

# Each reader for FUZZ_MINUTES; what breaks one is put into its corpus, to be mended and kept (fuzz/README.md).
fuzz: $(FUZZ_STAMP)
	@$(BIN)/python -m fuzz --all --minutes $(FUZZ_MINUTES)

# The store, the desk and the briefing with their records on a PostgreSQL server that the tests start themselves. What of the desk is
# walked through in a browser is left out.
ON_POSTGRES ?= tests/store tests/desk tests/team tests/mailing tests/editions tests/subscribing tests/alerts
test-postgres: setup
	@$(BIN)/python -m pytest --postgres -m "not slow" -n 2 --ignore tests/desk/walk $(ON_POSTGRES)

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

bench: setup
	@$(BIN)/python -m bench --all --write

# Pictures of the desk in docs/screenshots; needs Debian's chromium.
screenshots: setup
	@$(BIN)/python tools/desk_screenshots.py

# For maintainers: pin again after changing pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	echo 'ray>=2.60' | uv pip compile - -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate -q -o requirements-ray.lock
	echo 'atheris==3.0.0' | uv pip compile - -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate -q -o requirements-fuzz.lock       # 3.1.0 has no package for Python 3.11

clean:
	rm -rf $(VENV) demo/demo.db demo/demo.db-wal demo/demo.db-shm
