# Every target works in a fresh clone. It needs python3 with venv, and installs the rest itself.
# Targets marked (npm) also need npm, to download the packages they read.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := -m pip install --quiet --disable-pip-version-check
TABLES := src/sisterdata/data/tables

.PHONY: help build test check lint types doctests docs notebooks screenshot site compat bench bench-countries \
	bench-places fuzz reliability mutation countries gazetteer likeness report-assets lock clean

build: $(VENV)/run  ## build the tables from the raw documents (the default)
	$(BIN)/sisterdata build raw --out $(TABLES)

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | \
		awk -F ':.*## ' '{ printf "%-16s %s\n", $$1, $$2 }'

test: $(VENV)/dev  ## run the tests, the README's examples and the notebooks
	$(BIN)/python -m pytest -rs

check: $(VENV)/run  ## check the committed tables: schemas, keys, and a rebuild
	$(BIN)/sisterdata check $(TABLES) --raw raw

lint: $(VENV)/dev  ## check format and style with ruff
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/dev $(VENV)/gazetteer  ## check types with mypy, and a user's program with pyright too
	$(BIN)/mypy
	$(BIN)/mypy --strict --config-file= tests/typed/user_program.py
	$(BIN)/python -m pyright --pythonpath $(BIN)/python tests/typed/user_program.py

doctests: $(VENV)/dev $(VENV)/gazetteer  ## run the examples in the docstrings of tools/
	$(BIN)/python -m pytest --quiet -n 0 --doctest-modules tools \
		--ignore tools/likeness/fit_sound_costs.py \
		--ignore tools/likeness/fit_posterior.py --ignore tools/likeness/__main__.py

docs: $(VENV)/run  ## write the data dictionary, docs/tables.md
	$(BIN)/python -m tools.data_dictionary > docs/tables.md.new
	mv docs/tables.md.new docs/tables.md

notebooks: $(VENV)/dev  ## run the notebooks and write their outputs
	$(BIN)/python -m tools.run_notebooks

screenshot: $(VENV)/dev  ## take the READMEs' picture of the report: docs/images/report.png
	$(BIN)/python -m tools.screenshot

site: $(VENV)-site/done  ## build the documentation as a website, in site/
	$(VENV)-site/bin/python -m sphinx --builder html --fail-on-warning --keep-going --fresh-env --quiet docs site

countries: $(VENV)/gazetteer  ## build the index of country names that is shipped
	$(BIN)/python -m tools.countries

gazetteer: $(VENV)/gazetteer  ## build the gazetteer that is shipped (npm)
	$(BIN)/python -m tools.gazetteer

likeness: $(VENV)-likeness/done  ## fit the posterior of places, and report the fit (npm)
	$(VENV)-likeness/bin/python -m tools.likeness

# What is learned without each fold, so that the fold can be measured.
build/likeness/posterior-4.json: src/sisterdata/data/place_posterior.json | $(VENV)-likeness/done
	$(VENV)-likeness/bin/python -m tools.likeness --cross-fits

report-assets: $(VENV)/run  ## collect the scripts and maps of the report (npm)
	$(BIN)/python -m tools.report_assets

compat: $(VENV)-pandas2/done  ## test the tables with pandas 2: they must have the same bytes
	$(VENV)-pandas2/bin/python -m pytest --quiet -rs tests/test_dataset.py tests/test_check.py tests/test_normalize.py \
		tests/test_corrections.py tests/test_schemas.py \
		tests/test_parser_documents.py tests/test_countries.py tests/test_places.py tests/test_provinces.py tests/test_dask.py
	LC_ALL=C TZ=Asia/Bangkok PYTHONHASHSEED=7 $(VENV)-pandas2/bin/sisterdata build raw --out $(VENV)-pandas2/tables
	diff -r $(TABLES) $(VENV)-pandas2/tables

FUZZ_SECONDS ?= 600

fuzz: $(VENV)/dev $(VENV)/fuzz  ## feed random bytes to parse(), for FUZZ_SECONDS
	$(BIN)/python fuzz/parse_bytes.py --seconds $(FUZZ_SECONDS)

bench: $(VENV)-run/done $(VENV)-cluster/done $(VENV)-romanisers/done  ## measure speed and memory: benchmarks/RESULTS.md
	$(VENV)-run/bin/python benchmarks/run_all.py --cluster $(VENV)-cluster/bin/python \
		--romanisers $(VENV)-romanisers/bin/python

bench-countries: $(VENV)-peers/done  ## compare country matching with other libraries
	$(VENV)-peers/bin/python benchmarks/countries.py --write --large

bench-places: $(VENV)-romanisers/done build/likeness/posterior-4.json  ## compare place matching with baselines (npm)
	$(VENV)-romanisers/bin/python -m benchmarks.places --write

# Some targets have an environment of their own. pandera imports Dask and Spark where they are
# installed, which would slow a cold start, and one of the compared libraries needs pandas 2.
# pyspark is large and useless without Java. PyICU needs the headers of ICU; without PyICU, one
# baseline is left out.
NOT_EVERYWHERE = pyicu$(shell command -v java >/dev/null || echo '|pyspark|py4j')

$(VENV)-%/done: requirements/%.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)-$*
	grep -vE '^($(NOT_EVERYWHERE))=' $< > $(VENV)-$*/lock
	$(VENV)-$*/bin/python $(INSTALL) -r $(VENV)-$*/lock
	$(VENV)-$*/bin/python $(INSTALL) --no-deps --editable .
	! grep ^pyicu= $< > $(VENV)-$*/icu || $(VENV)-$*/bin/python $(INSTALL) -r $(VENV)-$*/icu || \
		echo "PyICU cannot be built here: its baseline is left out"
	touch $@

reliability: $(VENV)/dev  ## run the slow tests: faults, hostile inputs, load, whole programs
	$(BIN)/python -m pytest -m slow --dist load -rs tests
	$(BIN)/python benchmarks/serve.py

mutation: $(VENV)-mutation/done  ## change the code in small ways, and list what no test notices
	$(VENV)-mutation/bin/mutmut run --max-children 1
	$(VENV)-mutation/bin/mutmut results

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --upgrade

lock: $(VENV)/dev  ## pin the current versions of all dependencies
	$(COMPILE) pyproject.toml --output-file requirements/run.lock
	$(COMPILE) pyproject.toml --all-extras --group test --group lint --output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --all-extras --group test requirements/pandas2.in --output-file requirements/pandas2.lock
	$(COMPILE) pyproject.toml --all-extras --group site --output-file requirements/site.lock
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
		echo "atheris cannot be installed here: make fuzz uses hypothesis"
	touch $@

clean:  ## remove the environments and caches
	rm -rf $(VENV) $(VENV)-* site mutants fuzz/found .mypy_cache .ruff_cache .pytest_cache .hypothesis
