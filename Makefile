# The commands of this project. The logic is in tools/, in plain Python, so that this file only names things.

# Any Python will do to start tools/bootstrap.py: it looks for one that is new enough.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(if $(shell command -v $(name) 2>/dev/null),$(name))))
BOOTSTRAP = @test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and no python3 was found (Debian, Ubuntu: apt-get install python3 python3-venv)." >&2; exit 1; }; exec "$(PYTHON)" tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-faults test-security dev bench lint format messages lock migrations clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Install what is needed and serve the real site on http://127.0.0.1:8000/ (PORT=... moves it)
	$(BOOTSTRAP) run

test: ## Install what the tests need, a browser included, and run the whole suite (ARGS=... goes to pytest)
	$(BOOTSTRAP) test

test-long: ## The tests that take minutes each: crawls of the admin, the walk of every role, short runs of the benchmark
	$(BOOTSTRAP) test-long

test-security: ## The attacks in their long form: 100,000 guesses at secrets, every role at every address with every kind of case
	$(BOOTSTRAP) test-security

dev: ## Serve with autoreload, DEBUG on and e-mail to the console
	$(BOOTSTRAP) dev

bench: ## Measure search at 10,000 pages and the desk's list with 20,000 cases, side by side (ARGS="--part desk --only sqlite")
	$(BOOTSTRAP) bench

test-faults: ## Kill, cut and fill everything around 2,000 messages, and count what was lost (ARGS="--short --only sqlite")
	$(BOOTSTRAP) test-faults

lint: ## Every linter, template, CSS, migration and translation check (needs Node and gettext, and says so)
	$(BOOTSTRAP) lint

format: ## Put Python, templates, CSS and scripts in the project's form
	$(BOOTSTRAP) format

messages: ## Collect the words of the code into locale/ (needs gettext)
	$(BOOTSTRAP) messages

migrations: ## Write the migrations that the models ask for
	$(BOOTSTRAP) migrations

lock: ## Refresh the locked requirements (ARGS=--upgrade takes newer releases)
	$(BOOTSTRAP) lock

clean: ## Remove what tools left behind; var/ with the site's data stays
	@rm -rf .venv node_modules .nox .pytest_cache .mypy_cache .ruff_cache .coverage .coverage.* htmlcov test-results
	@find . -path ./var -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
	@find locale -name '*.mo' -delete
