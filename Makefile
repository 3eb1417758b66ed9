# Two commands do all the set-up: `make run` and `make test`; both build the environment first, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.built-$(shell cksum requirements.lock | cut -d' ' -f1)
RIVALS := .venv-bench/.built-$(shell cksum requirements-bench.lock | cut -d' ' -f1)
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header

.PHONY: run test check bench bench-memory demo fuzz kill-test replica-test lock clean

run: $(STAMP)
	@$(BIN)/python -m bot

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot check

bench: $(STAMP) $(RIVALS)
	$(BIN)/python -m tests.bench

# A scripted chat in two languages, against a Bot API server in a process of its own, as a Telegram user would see it.
demo: $(STAMP)
	@$(BIN)/python -m tests.chat.demo

# 100,000 generated updates and mutated bytes at the webhook; some minutes.
fuzz: $(STAMP)
	$(BIN)/python -m tests.delivery.fuzz

# Memory after 100,000 updates against that after 10,000: some minutes.
bench-memory: $(STAMP)
	$(BIN)/python -m tests.delivery.memory

# One polling bot, killed with SIGKILL at 200 random moments under load; three webhook replicas on one PostgreSQL, one killed every second.
kill-test: $(STAMP)
	$(BIN)/python -m tests.delivery.kill

replica-test: $(STAMP)
	$(BIN)/python -m tests.delivery.replicas

# The locks are made by pip-tools from pyproject.toml; they hold hashes and no address. The image's has what runs, and no more.
lock: $(STAMP)
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --constraint requirements.lock --output-file deploy/requirements.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"], sep="\n")' | $(COMPILE) --output-file requirements-bench.lock -

$(STAMP): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.built-* && touch $@

# Where the rivals cannot be installed, the bench says so and goes on.
$(RIVALS): requirements-bench.lock
	$(PYTHON) -m venv .venv-bench
	-.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock && rm -f .venv-bench/.built-* && touch $@

clean:
	rm -rf $(VENV) .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
