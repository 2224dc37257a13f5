# Two commands: `make book` and `make test`. Both begin from nothing but Python 3.11 or newer.
# While working: `make quick`, and `make explorer NAME=nernst`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The editions in other languages: folders with a configuration of their own.
EDITIONS := $(patsubst %/_config.yml,%,$(wildcard */_config.yml))
# Extra words for pytest, such as PYTEST="-k goldman"
PYTEST ?=

# What goes into the book: when none of it is newer than the built book, `make test` takes the book as it is.
SOURCES := $(shell find _config.yml _toc.yml intro.md references.bib requirements.txt assets chapters neurolib \
  $(EDITIONS) -type f -not -path '*/__pycache__/*')
# The suites that need no book.
QUICK := $(addprefix tests/,laws numerics papers references conformity fuzz) tests/book/test_layers.py
NAME ?= nernst

.PHONY: book english $(EDITIONS) test quick explorer bench lint rehearsal reproducible fuzz engines audit linkcheck catalogues pins clean
.DELETE_ON_ERROR:

book: $(VENV)/book
	rm -rf _build
	$(MAKE) -j 2 english $(EDITIONS)
	for edition in $(EDITIONS); do mv _build/$$edition/_build/html _build/html/$$edition || exit 1; done
	touch _build/built
	@echo "The book is in _build/html/index.html"

_build/built: $(SOURCES) $(VENV)/book
	$(MAKE) book

english:
	$(BIN)/jupyter-book build . -W -n --keep-going

$(EDITIONS):
	$(BIN)/jupyter-book build $@ -W -n --keep-going --path-output _build/$@

test: $(VENV)/test _build/built
	BOOK_HTML=_build/html $(BIN)/pytest -n 2 --dist loadgroup $(PYTEST)

# Lint, and every test that needs no book.
quick: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/pytest -n 2 --dist loadgroup $(QUICK) $(PYTEST)

# One explorer alone, at an address of this machine; made anew whenever a source is saved.
explorer: $(VENV)/book
	$(BIN)/python -m neurolib.explorers serve $(NAME)

bench: $(VENV)/bench _build/built
	$(BIN)/python -m benchmarks

lint: $(VENV)/test
	$(BIN)/ruff check .

# What Binder does, from its Dockerfile to a moved slider on every page; some minutes, and the network.
rehearsal: $(VENV)/test _build/built
	mkdir -p _build/rehearsal
	BOOK_HTML=_build/html REHEARSAL_RECORD=_build/rehearsal $(BIN)/pytest tests/rehearsal/rehearse.py

# Two builds of the last commit, compared.
reproducible: $(VENV)/test
	$(BIN)/pytest tests/rehearsal/build_twice.py

# As many random cases as a night allows.
fuzz: $(VENV)/test
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n 2 tests/fuzz

# Every page in Chromium, Firefox and WebKit, every control at eleven places; `make test` takes the pages with explorers.
engines: $(VENV)/test _build/built
	ENGINES=all BOOK_HTML=_build/html $(BIN)/pytest tests/engines

# Known vulnerabilities of what the requirements pin. An index that does not tell is a failure, not a pass.
audit: $(VENV)/audit
	for part in '' -live -dev -bench; do grep -v '^-e' requirements$$part.txt > $(VENV)/audited.txt; \
	  $(BIN)/pip-audit -r $(VENV)/audited.txt --no-deps --disable-pip --strict --progress-spinner off || exit 1; done

# Links to other sites; those inside the book are tested with every build.
linkcheck: $(VENV)/book
	$(BIN)/jupyter-book build . --builder linkcheck --path-output _build/links

$(VENV)/book: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check -q -r requirements.txt
	touch $@

$(VENV)/test: requirements-dev.txt tests/install_browsers.py $(VENV)/book
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-dev.txt
	$(BIN)/python tests/install_browsers.py
	touch $@

$(VENV)/bench: requirements-bench.txt $(VENV)/test
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-bench.txt
	touch $@

$(VENV)/audit: requirements-audit.txt $(VENV)/book
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-audit.txt
	touch $@

# Bring the translations' files up to date with the texts in neurolib.
catalogues: $(VENV)/book
	$(BIN)/python -m neurolib.book.languages.catalogue

# Write the pinned requirements anew from the .in files (needs uv on the path).
pins:
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate -q requirements.in -o requirements.txt
	grep -v '^-e' requirements.txt > $(VENV)/pins.txt
	for part in live dev bench audit; do uv pip compile --universal --python-version 3.11 --no-header --no-annotate -q \
	  -c $(VENV)/pins.txt requirements-$$part.in -o requirements-$$part.txt; done

clean:
	rm -rf _build $(VENV) neurolib.egg-info
