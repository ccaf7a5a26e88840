# A machine with python3, venv and make is enough: every target installs what else it needs. Those
# that read npm packages say so (npm): they need its index too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := -m pip install --quiet --disable-pip-version-check
TABLES := src/sisterdata/data/tables

.PHONY: build test check lint types doctests docs compat bench bench-countries \
	bench-places fuzz reliability mutation countries gazetteer likeness report-assets lock clean

build: $(VENV)/run  ## the main job: the raw documents to validated tables
	$(BIN)/sisterdata build raw --out $(TABLES)

test: $(VENV)/dev  ## every test, the README's examples and the notebooks
	$(BIN)/python -m pytest -rs

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

gazetteer: $(VENV)/gazetteer  ## the shipped index of places (npm)
	$(BIN)/python -m tools.gazetteer

likeness: $(VENV)-likeness/done  ## the sound costs and the ranker, learned (npm); then gazetteer
	$(VENV)-likeness/bin/python -m tools.likeness

report-assets: $(VENV)/run  ## what the report is drawn with (npm)
	$(BIN)/python -m tools.report_assets

compat: $(VENV)-pandas2/done  ## pandas 2: the tests of the tables, the same bytes
	$(VENV)-pandas2/bin/python -m pytest --quiet -rs tests/test_dataset.py tests/test_check.py tests/test_normalize.py \
		tests/test_corrections.py tests/test_schemas.py \
		tests/test_parser_documents.py tests/test_countries.py tests/test_places.py tests/test_provinces.py tests/test_dask.py
	LC_ALL=C TZ=Asia/Bangkok PYTHONHASHSEED=7 $(VENV)-pandas2/bin/sisterdata build raw --out $(VENV)-pandas2/tables
	diff -r $(TABLES) $(VENV)-pandas2/tables

FUZZ_SECONDS ?= 600

fuzz: $(VENV)/dev $(VENV)/fuzz  ## any bytes into parse(), for ten minutes
	$(BIN)/python fuzz/parse_bytes.py --seconds $(FUZZ_SECONDS)

bench: $(VENV)-run/done $(VENV)-cluster/done  ## speed and memory: benchmarks/RESULTS.md
	$(VENV)-run/bin/python benchmarks/results.py --cluster $(VENV)-cluster/bin/python

bench-countries: $(VENV)-peers/done  ## country names beside other libraries: benchmarks/countries.md
	$(VENV)-peers/bin/python benchmarks/countries.py --write --large

bench-places: $(VENV)-romanisers/done  ## places beside the usual ways: benchmarks/places.md (npm)
	$(VENV)-romanisers/bin/python -m benchmarks.places --write

# Environments apart: where Dask and Spark are, pandera imports them, which a cold start would pay
# for; a library beside ours wants pandas 2. pyspark is large, and of no use without Java; PyICU is
# built with ICU's headers, and what uses it goes on without.
NOT_EVERYWHERE = pyicu$(shell command -v java >/dev/null || echo '|pyspark|py4j')

$(VENV)-%/done: requirements/%.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)-$*
	grep -vE '^($(NOT_EVERYWHERE))=' $< > $(VENV)-$*/lock
	$(VENV)-$*/bin/python $(INSTALL) -r $(VENV)-$*/lock
	$(VENV)-$*/bin/python $(INSTALL) --no-deps --editable .
	! grep ^pyicu= $< > $(VENV)-$*/icu || $(VENV)-$*/bin/python $(INSTALL) -r $(VENV)-$*/icu || \
		echo "PyICU cannot be built here: what uses it is left out"
	touch $@

reliability: $(VENV)/dev  ## faults, hostile inputs, other Pythons, clients: docs/reliability.md
	$(BIN)/python -m pytest -m slow --dist load -rs tests
	$(BIN)/python benchmarks/serve.py

mutation: $(VENV)-mutation/done  ## small changes to the code: which of them no test notices
	$(VENV)-mutation/bin/mutmut run --max-children 1
	$(VENV)-mutation/bin/mutmut results

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --upgrade

lock: $(VENV)/dev  ## pin anew what CI tests
	$(COMPILE) pyproject.toml --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --all-extras --group test --group lint --output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --all-extras --group test requirements/pandas2.in --output-file requirements/pandas2.lock
	$(COMPILE) pyproject.toml --extra dask --group cluster --output-file requirements/cluster.lock
	for group in gazetteer likeness peers romanisers; do \
		$(COMPILE) pyproject.toml --group $$group --output-file requirements/$$group.lock || exit; done
	$(COMPILE) --group pyproject.toml:fuzz --output-file requirements/fuzz.lock
	$(COMPILE) pyproject.toml --all-extras --group test --group mutation --output-file requirements/mutation.lock

$(VENV)/run: requirements/run.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) -r requirements/run.lock
	$(BIN)/python $(INSTALL) --no-deps --editable .
	touch $@

$(VENV)/dev: requirements/dev.lock $(VENV)/run
	$(BIN)/python $(INSTALL) -r requirements/dev.lock
	touch $@

$(VENV)/gazetteer: requirements/gazetteer.lock $(VENV)/run
	$(BIN)/python $(INSTALL) -r requirements/gazetteer.lock
	touch $@

$(VENV)/fuzz: requirements/fuzz.lock $(VENV)/run
	$(BIN)/python $(INSTALL) -r requirements/fuzz.lock || \
		echo "atheris cannot be installed here: make fuzz goes on with hypothesis"
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-* mutants fuzz/found .mypy_cache .ruff_cache .pytest_cache .hypothesis
