# One command a wish: `make` lists them. Everything a target needs, it installs.

PY ?= $(firstword $(wildcard /usr/bin/python3) python3)
PORT ?= 8000
UV := .uv/bin/uv
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
CODE := assessments maturity tests manage.py
export UV_PYTHON_DOWNLOADS := never
unexport PYTHONDONTWRITEBYTECODE  # where it is set, every process would compile Django and the product again

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test lint pytest coverage test-long bench screenshots audit mutants messages bench-load bench-size lock chromium libraries

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: libraries .venv/.run .venv/.messages .env  ## Install what the product needs, here in this folder

demo: setup  ## Show the whole product with invented data at http://127.0.0.1:8000 (PORT=… to change)
	@DEMO=1 PORT=$(PORT) $(RUN) -m maturity.demo

test: dev chromium lint pytest  ## Linters, types, checks, and every test (a real Chromium included)

dev: setup .venv/.dev

lint: dev
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/djade --check $$(find templates -name '*.html')
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/mypy
	SECRET_KEY=$$($(RUN) -c "import secrets; print(secrets.token_urlsafe(64))") HTTPS=on DEBUG=off DEMO=off $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run

pytest: dev chromium
	.venv/bin/pytest -m "not long" -n auto --dist worksteal $(ARGS)

coverage: ARGS += --cov --cov-report=term:skip-covered
coverage: pytest  ## Every test, and which lines and branches none of them reaches

test-long: dev chromium  ## What takes longer: many seeds, load, killed processes
	.venv/bin/pytest -m long $(ARGS)

bench: dev  ## Measure: medians, and ratios to a bare Django view in the same run
	$(RUN) -m tests.benchmarks

bench-load: dev .venv/.load  ## 50 people answering while reports are made, on both engines (MINUTES=10; KNEE=1)
	$(RUN) -m tests.load

bench-size: dev  ## A million answers on both engines: migrations, a round of 1,000 people, each page's queries
	$(RUN) -m tests.load.size

screenshots: dev chromium  ## Pictures of the running product, for the README and for looking at
	$(RUN) -m tests.screenshots

mutants: dev  ## Plant faults in the scoring engine and list those that no test notices (half an hour)
	@sh scripts/mutants.sh

messages: dev  ## Collect every word of the interface into locale/*/LC_MESSAGES/django.po (needs gettext)
	$(RUN) -m maturity.catalogues gather

lock:  ## Resolve the versions in pyproject.toml anew
	$(UV) lock --upgrade --quiet
	$(UV) export --quiet --no-emit-project --no-header --no-dev --output-file requirements.txt
	$(UV) export --quiet --no-emit-project --no-header --only-group load --output-file requirements-load.txt
	$(UV) export --quiet --no-emit-project --no-header --output-file requirements-dev.txt

audit: dev  ## Licences and a bill of materials into build/, then known faults of what we depend on (asks the network)
	@mkdir -p build
	$(RUN) -m maturity.licences > build/licences.md
	$(UV) export --quiet --no-emit-project --no-dev --format cyclonedx1.5 --output-file build/sbom.json
	$(UV) tool run pip-audit --requirement requirements.txt --require-hashes --disable-pip

# How they are set up

libraries:
	@sh scripts/libraries.sh

chromium: .venv/.dev
	@sh scripts/chromium.sh

.uv/bin/uv: scripts/uv.txt
	@sh scripts/uv.sh "$(PY)"
	@touch $@

.venv/bin/python: | .uv/bin/uv
	$(UV) venv --quiet --python '>=3.12' .venv

.venv/.run: requirements.txt | .venv/bin/python
	$(UV) pip install --quiet --python $(RUN) --require-hashes --requirement requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	$(UV) pip install --quiet --python $(RUN) --require-hashes --requirement requirements-dev.txt
	@touch $@

.venv/.messages: $(wildcard locale/*/LC_MESSAGES/django.po) .venv/.run
	$(RUN) -m maturity.catalogues
	@touch $@

.venv/.load: requirements-load.txt .venv/.dev
	$(UV) pip install --quiet --python $(RUN) --require-hashes --requirement requirements-load.txt
	@touch $@

.env: | .venv/bin/python
	@umask 077 && $(RUN) -c "import secrets; print(f'SECRET_KEY={secrets.token_urlsafe(64)}')" > $@
