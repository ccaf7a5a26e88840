# A machine with python3, venv and make is enough for all but gazetteer and report-assets, which
# read npm packages: every target installs what else it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TABLES := src/sisterdata/data/tables

.PHONY: build test check lint types doctests docs compat bench fuzz reliability mutation countries gazetteer report-assets lock clean

build: $(VENV)/run  ## the main job: the raw documents to validated tables
	$(BIN)/sisterdata build raw --out $(TABLES)

test: $(VENV)/dev  ## every test, the README's examples and the notebooks
	$(BIN)/python -m pytest

check: $(VENV)/run  ## the committed tables against their schemas, and against a rebuild
	$(BIN)/sisterdata check $(TABLES) --raw raw

lint: $(VENV)/dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/dev $(VENV)/gazetteer
	$(BIN)/mypy

doctests: $(VENV)/dev $(VENV)/gazetteer  ## the examples in tools/, but of what learns
	$(BIN)/python -m pytest --quiet -n 0 --doctest-modules tools \
		--ignore tools/likeness/ranking.py --ignore tools/likeness/spelling.py

docs: $(VENV)/run  ## the data dictionary, from the schemas
	$(BIN)/python -m tools.data_dictionary > docs/tables.md.new
	mv docs/tables.md.new docs/tables.md

countries: $(VENV)/gazetteer  ## the shipped index of country names
	$(BIN)/python -m tools.countries

gazetteer: $(VENV)/gazetteer  ## the shipped index of places (reads npm packages, by name)
	$(BIN)/python -m tools.gazetteer

report-assets: $(VENV)/run  ## what the report is drawn with (reads npm packages, by name)
	$(BIN)/python -m tools.report_assets

compat:  ## pandas 2 in an environment of its own: the tests of the tables, the same bytes
	$(PYTHON) -m venv $(VENV)-pandas2
	$(VENV)-pandas2/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/pandas2.lock
	$(VENV)-pandas2/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(VENV)-pandas2/bin/python -m pytest --quiet tests/test_dataset.py tests/test_checking.py tests/test_normalize.py \
		tests/test_corrections.py tests/test_schemas.py \
		tests/test_parser_documents.py tests/test_countries.py tests/test_places.py tests/test_provinces.py tests/test_dask.py
	LC_ALL=C TZ=Asia/Bangkok PYTHONHASHSEED=7 $(VENV)-pandas2/bin/sisterdata build raw --out $(VENV)-pandas2/tables
	diff -r $(TABLES) $(VENV)-pandas2/tables

FUZZ_SECONDS ?= 600

fuzz: $(VENV)/dev $(VENV)/fuzz  ## any bytes into parse(), for ten minutes
	$(BIN)/python fuzz/parse_bytes.py --seconds $(FUZZ_SECONDS)

bench: $(VENV)-bench/done $(VENV)-cluster/done  ## speed and memory, beside what people would use instead
	$(VENV)-bench/bin/python benchmarks/results.py --cluster $(VENV)-cluster/bin/python

# Dask and Spark have an environment of their own: where they are, pandera imports them, which a cold
# start would pay for. pyspark is large, and of no use without Java.
$(VENV)-%/done: requirements/%.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)-$*
	command -v java >/dev/null && cp $< $(VENV)-$*/lock || grep -vE '^(pyspark|py4j)=' $< > $(VENV)-$*/lock
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check -r $(VENV)-$*/lock
	$(VENV)-$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

reliability: $(VENV)/dev  ## faults, hostile inputs, other Pythons, clients: docs/reliability.md
	$(BIN)/python -m pytest -m slow --dist load -rs tests
	$(BIN)/python benchmarks/serve.py

mutation:  ## small changes to the code, one at a time: which of them no test notices
	$(PYTHON) -m venv $(VENV)-mutation
	$(VENV)-mutation/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/mutation.lock
	$(VENV)-mutation/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(VENV)-mutation/bin/mutmut run --max-children 1
	$(VENV)-mutation/bin/mutmut results

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --upgrade

lock: $(VENV)/dev  ## pin anew what CI tests
	$(COMPILE) pyproject.toml --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --all-extras --group test --group lint --output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --all-extras --group test requirements/pandas2.in --output-file requirements/pandas2.lock
	$(COMPILE) pyproject.toml --extra serve --output-file requirements/bench.lock
	$(COMPILE) pyproject.toml --extra dask --group cluster --output-file requirements/cluster.lock
	$(COMPILE) pyproject.toml --group gazetteer --output-file requirements/gazetteer.lock
	$(COMPILE) --group pyproject.toml:fuzz --output-file requirements/fuzz.lock
	$(COMPILE) pyproject.toml --all-extras --group test --group mutation --output-file requirements/mutation.lock

$(VENV)/run: requirements/run.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/dev: requirements/dev.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.lock
	touch $@

$(VENV)/gazetteer: requirements/gazetteer.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/gazetteer.lock
	touch $@

$(VENV)/fuzz: requirements/fuzz.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/fuzz.lock || \
		echo "atheris cannot be installed here: make fuzz goes on with hypothesis"
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-cluster $(VENV)-mutation $(VENV)-pandas2 mutants fuzz/found .mypy_cache .ruff_cache .pytest_cache .hypothesis
