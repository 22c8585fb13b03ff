# `make` lists the targets. Each target installs what it needs.

PY ?= $(firstword $(wildcard /usr/bin/python3) python3)
PORT ?= 8000
UV := .uv/bin/uv
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
CODE := assessments maturity tests manage.py
export UV_PYTHON_DOWNLOADS := never
unexport PYTHONDONTWRITEBYTECODE  # otherwise every process would compile Django and the product again

.DEFAULT_GOAL := help
.PHONY: help setup dev demo test lint pytest coverage test-long bench screenshots docs package audit mutants messages bench-load bench-size lock chromium libraries

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: libraries .venv/.run .venv/.messages .env  ## Install what the product needs into this folder

demo: setup  ## Run the product with invented data at http://127.0.0.1:8000 (PORT=… to change)
	@DEMO=1 PORT=$(PORT) $(RUN) -m maturity.demo

test: dev chromium lint pytest  ## Run linters, checks and every test, including those in a real Chromium

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
coverage: pytest  ## Run every test and list the lines and branches that none of them reaches

test-long: dev chromium  ## Run the slow tests: many seeds, load, killed processes
	.venv/bin/pytest -m long $(ARGS)

bench: dev  ## Measure response times: medians, and ratios to an empty Django view in the same run (PARTS=screen: only on a phone)
	$(RUN) -m tests.benchmarks $(PARTS)

bench-load: dev .venv/.load  ## Load test with 50 people answering while reports are made, on both databases (MINUTES=10; KNEE=1)
	$(RUN) -m tests.load

bench-size: dev  ## Measure with a million answers on both databases: migrations, 1,000 people, queries per page
	$(RUN) -m tests.load.size

screenshots: dev chromium  ## Take screenshots of the running product, including those in the README, and film an interview
	$(RUN) -m tests.screenshots
	FILM=build/film .venv/bin/pytest -q tests/journeys/test_interview_to_report.py

mutants: dev  ## Run mutation tests on the scoring engine and list the mutants that survive (half an hour)
	@sh scripts/mutants.sh

messages: dev  ## Collect the texts of the interface into locale/*/LC_MESSAGES/django.po (needs gettext)
	$(RUN) -m maturity.catalogues gather

lock:  ## Upgrade the locked versions within the limits of pyproject.toml
	$(UV) lock --upgrade --quiet
	$(UV) export --quiet --no-emit-project --no-header --no-dev --output-file requirements.txt
	$(UV) export --quiet --no-emit-project --no-header --only-group load --output-file requirements-load.txt
	$(UV) export --quiet --no-emit-project --no-header --output-file requirements-dev.txt
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.12 --generate-hashes --no-header --no-annotate requirements-docs.in --output-file requirements-docs.txt

docs: .uv/bin/uv  ## Make a site of the documentation, which also works from a file: build/docs/index.html
	@[ -x .uv/docs/bin/python ] || $(UV) venv --quiet --python '>=3.12' .uv/docs
	$(UV) pip sync --quiet --python .uv/docs/bin/python --require-hashes requirements-docs.txt
	.uv/docs/bin/python -m sphinx --fail-on-warning --keep-going --quiet docs build/docs
	@cp build/docs/README.html build/docs/index.html

package: .uv/bin/uv  ## Build the installable package (wheel and sources) into build/dist
	$(UV) build --quiet --out-dir build/dist

audit: dev  ## Write licences and a bill of materials to build/, then check for known vulnerabilities (online)
	@mkdir -p build
	$(RUN) -m maturity.licences > build/licences.md
	$(UV) export --quiet --no-emit-project --no-dev --format cyclonedx1.5 --output-file build/sbom.json
	$(UV) tool run pip-audit --requirement requirements.txt --require-hashes --disable-pip

# Set-up

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
