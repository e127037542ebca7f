# make book builds the site, make test checks everything; CONTRIBUTING.md explains the rest.
.POSIX:
.PHONY: book chapter translation serve archive pdf test exhaustive check times lint strict browser refs data i18n links
.PHONY: bench dist fuzz lock quick
.PHONY: format prose clean official

PYTHON = python3
PORT = 8000
COUNT = 10000
# What make book and make pdf build, the book and its translations; and the language of make translation.
LANGUAGES = en zh_CN
LANGUAGE = zh_CN
# A page as _toc.yml names it, for make chapter and make refs.
NAME =
# Holds what make official reads.
FOLDER =
PAGE = test -f "$(NAME).md" || { echo 'NAME: no page $(NAME).md; write it as _toc.yml does' >&2; exit 1; }
BIN = .venv/bin
# Told to keep no bytecode, each of the many processes here would compile all modules again.
export PYTHONDONTWRITEBYTECODE =
PIP = pip --disable-pip-version-check install --quiet
# Where many processes share the processors, threads of one of them only wait for one another.
ALONE = OPENBLAS_NUM_THREADS=1
BUILD = $(ALONE) LANGUAGES="$(LANGUAGES)" $(BIN)/python -m book.publishing.site
COMPILE = .make/uv/bin/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header

book: .venv/gvc
	$(BUILD)
	@printf '\nThe book: open _build/html/index.html, or run: make serve\n'

serve: book
	@printf 'http://127.0.0.1:$(PORT)\n'
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

# Exhibits, data and notebooks in one file, with a description that machines read. With all pictures: where the variable
# is set, as `make book GVC_PNG=1` does, charts can be taken as PNG, too.
archive: export GVC_PNG = 1
archive: book
	$(BIN)/python -m book.publishing.archive

# Sphinx puts all pages of a language on one, from the same cache, and the browser prints it.
pdf: browser
	@for language in $(LANGUAGES); do $(BIN)/python -m book.publishing.pdf $$language || exit 1; done

# Lint and the build take a core each; then four workers share two, since tests wait for browsers and kernels. They
# begin with the longest files, in the order of tests/conftest.py. The references are compared with what the build has
# executed.
PYTEST = $(ALONE) $(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder
test: browser
	@$(MAKE) -j 2 lint strict
	$(PYTEST)

# What make test leaves out: rules of access that hang on the template, on every page in both languages; every year of
# the long-run tables; and chapters executed cold, each by itself, as whoever opens one in Jupyter does. Weekly, and
# before a release.
exhaustive: browser strict
	GVC_EXHAUSTIVE=1 $(PYTEST) tests/site tests/gvc/test_lrwiod.py
	$(PYTEST) --nbval tests/reference

# What the last two builds and runs of the tests took, by stage and by file.
times: .venv/gvc
	@$(BIN)/python -m book.times

# What needs neither a browser nor a built site nor the source tables, and takes no minute: a test that asks for them
# fails here. `make lint` has types and layers, too, beside them. A page whose cell was edited fails until `make refs` has
# run it. What takes long and no edit of a page or of a measure breaks is left to make test: readers of files, builds of
# panels, and models of the real size or solved the long way, too.
CHECKED = tests/gvc tests/analysis tests/trade_model tests/models tests/chapters tests/statements tests/test_article.py tests/test_layers.py \
	tests/test_literature.py tests/test_prose.py tests/test_style.py tests/uncertainty/test_resampling.py tests/test_sources.py tests/test_typed_data.py tests/exhibits/test_text.py tests/exhibits/test_words.py
UNCHECKED = --ignore=tests/gvc/test_fuzz.py --ignore=tests/gvc/test_panel.py --ignore=tests/gvc/test_workbooks.py \
	--ignore=tests/gvc/test_readers.py --ignore=tests/gvc/test_delimited.py --ignore=tests/gvc/test_exiobase.py \
	--ignore=tests/gvc/test_lrwiod.py --ignore=tests/gvc/test_equilibrium.py --ignore=tests/models/test_countries.py \
	--ignore=tests/trade_model/test_scenarios.py --ignore=tests/chapters/test_back_test.py \
	--ignore=tests/chapters/test_validation.py
check: .venv/gvc
	@$(MAKE) -j 2 lint quick

quick: .venv/gvc
	@env -u GVC_TEST_DATA GVC_LIGHT= $(ALONE) $(BIN)/pytest -q -n 2 --dist loadfile --no-header -r fE $(CHECKED) $(UNCHECKED)

# --all, because an unchanged page may refer to what another page no longer has.
strict: .venv/gvc
	$(BUILD) --all

lint: .venv/gvc
	@if [ -e .git ]; then $(BIN)/pre-commit run --all-files; \
	else echo 'SKIPPED lint and types: pre-commit needs a git checkout.'; fi

# On Debian it is installed, if need be; elsewhere a line says how.
browser: .venv/gvc
	@$(BIN)/python -m book.publishing.browser

# One page by itself, as fast as it goes: links to other pages stay open.
chapter: .venv/gvc
	@$(PAGE)
	$(BIN)/python -m book.languages.catalogues build en --page $(NAME)

# The same in another language.
translation: .venv/gvc
	@$(PAGE)
	$(BIN)/python -m book.languages.catalogues build $(LANGUAGE) --page $(NAME)

# Brings the catalogues in locale/ up to date with the book, and prints what they lack.
i18n: .venv/gvc
	$(BIN)/python -m book.languages.catalogues

refs: .venv/gvc
	@test -z "$(NAME)" || $(PAGE)
	$(BIN)/python -m book.building.references $(NAME)

data: .venv/gvc
	$(BIN)/python -m pipeline panel "$${GVC_TEST_DATA:?names the folder with the source tables}"/data/wiod2013/*.rda \
	-o data/panel/wiod2013.parquet
	$(BIN)/python -m pipeline panel "$$GVC_TEST_DATA"/data/lrwiod/*.rda -o data/panel/lrwiod.parquet
	$(BIN)/python -m pipeline shares "$$GVC_TEST_DATA"/data/adb/fva_origin_2017_2022.csv -o data/panel/adb_fva_shares.parquet
	$(BIN)/python -m pipeline sample "$$GVC_TEST_DATA"/data/wiod2013/wiod11.rda \
	$$(ls "$$GVC_TEST_DATA"/data/co2/jrc_wiod_co2_2000_2016_kt.csv 2>/dev/null) -o gvc/sample/wiod2011.csv
	$(BIN)/python -m pipeline oecd-shares "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline oecd "$$GVC_TEST_DATA"/data/oecd_icio -o data/panel/oecd.parquet
	$(BIN)/python -m pipeline estimate-quality "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline whole-table-results "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline trade-since-2011 "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline what-if "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline us-customs "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline us-market "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline predictions "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline league
	$(BIN)/python -m pipeline nafta "$$GVC_TEST_DATA"/vectors
	$(BIN)/python -m pipeline scenarios "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline regional-scenarios
	$(BIN)/python -m pipeline theories
	$(BIN)/python -m pipeline forecasts
	$(BIN)/python -m pipeline entry "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline waves-by-industry "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline saving "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline ledger "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline dollar "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline chip-trade "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline investors "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline china-customs "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline china-customs-usd "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline korea-customs "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline markets "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline nowcast-trial "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline nowcast "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline nowcast-series
	$(BIN)/python -m pipeline jobs "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline chinese-deals "$$GVC_TEST_DATA"/data
	$(BIN)/python -m pipeline draws
	$(BIN)/python -m industrial_chains.manifest

# Puts the OECD's own tables in the place of their reconstruction, and builds the book on them; git checkout data undoes it.
official: .venv/gvc
	@test -n "$(FOLDER)" || { echo 'FOLDER: name the folder with the files of the OECD' >&2; exit 1; }
	$(BIN)/python -m pipeline official "$(FOLDER)"
	@$(MAKE) book

# Asks every address that the pages link to; needs the network, which nothing else here does.
links: .venv/gvc
	$(BIN)/jupyter-book build . --builder linkcheck

bench: .make/bench/gvc .make/peers/mario
	.make/bench/bin/python benchmarks/bench.py
	.make/bench/bin/python benchmarks/decompositions.py
	.make/bench/bin/python benchmarks/equilibrium.py
	.make/bench/bin/python benchmarks/readers.py --peers .make/peers/bin/python

fuzz: .venv/gvc
	$(BIN)/python -m tests.fuzz $(COUNT)
	GVC_FUZZ=$(COUNT) $(BIN)/pytest -q -n 0 tests/gvc/test_arguments.py

# Pins stay as they are while they satisfy both pyproject.toml; delete a lock to move them. The uv that does this is the
# one of the lock, or of the last one that git has.
lock:
	$(PYTHON) -m venv --clear .make/uv
	{ cat requirements.lock 2>/dev/null || git show HEAD:requirements.lock; } | awk '/^[^ ]/ {wanted = /^uv==/} wanted' >.make/uv.lock
	.make/uv/bin/$(PIP) --require-hashes -r .make/uv.lock
	$(COMPILE) --universal pyproject.toml exhibits/pyproject.toml industrial_chains/pyproject.toml --group install --group book --group pipeline --group test --group lint \
	-o requirements.lock
	$(COMPILE) --universal pyproject.toml benchmarks/requirements.in -c requirements.lock -o benchmarks/requirements.lock
	$(COMPILE) benchmarks/peers.in -o benchmarks/peers.lock

# The archives of a release of gvc. TAG, if given, must be the version.
dist: .venv/gvc
	@test -z "$(TAG)" || grep -q "^version = \"$$(echo $(TAG) | sed s/^v//)\"$$" pyproject.toml || { \
	echo 'TAG: $(TAG) is not the version in pyproject.toml' >&2; exit 1; }
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/uv build --quiet --no-build-isolation --offline --out-dir dist .
	@ls dist

# Figures on sentences, by page: to look at, not to pass.
prose: .venv/gvc
	@$(BIN)/python -m tests.readability

format: .venv/gvc
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

clean:
	rm -rf _build build exhibits/build industrial_chains/build .make .venv .cache .hypothesis .pytest_cache .ruff_cache *.egg-info exhibits/*.egg-info industrial_chains/*.egg-info

# uv takes a tenth of pip's time, but knows nothing of pip's settings: where they are needed, pip takes over.
.venv/requirements: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	echo 'This book needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is none of them.' >&2; \
	echo 'Name one that is:  make PYTHON=python3.12' >&2; exit 1; }
	@echo 'Installing the environment into .venv (seconds, or with pip a minute)'
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
	@awk '/^[^ ]/ {wanted = /^uv==/} wanted' requirements.lock >.venv/uv.lock
	@$(BIN)/$(PIP) --require-hashes -r .venv/uv.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock || \
	$(BIN)/$(PIP) --no-compile --require-hashes --no-deps -r requirements.lock
	@touch $@

.venv/gvc: .venv/requirements pyproject.toml exhibits/pyproject.toml industrial_chains/pyproject.toml
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . --editable exhibits --editable industrial_chains
	@touch $@

.make/bench/gvc: benchmarks/requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear .make/bench
	.make/bench/bin/$(PIP) --require-hashes --no-deps -r benchmarks/requirements.lock
	.make/bench/bin/$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# Apart, because its pins are not the book's.
.make/peers/mario: benchmarks/peers.lock
	$(PYTHON) -m venv --clear .make/peers
	.make/peers/bin/$(PIP) --require-hashes --no-deps -r benchmarks/peers.lock
	@touch $@
