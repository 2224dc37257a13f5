# Two commands: `make book` and `make test`. They begin from Python 3.11 or newer; the tests want Node 20 and a Java beside it.
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
# The suites of the library, which need no book.
QUICK := $(addprefix tests/,laws numerics papers references conformity fuzz \
  book/test_layers.py book/test_command.py book/test_pictures.py)
# Those that say what the library and its pages do, in plain Python; the others compare it with Numba, or take it for its speed.
# (A function of the reader's own travels to another process by its name alone, where nothing is compiled.)
PLAIN := $(addprefix tests/,laws papers conformity/test_compiler.py conformity/test_machines.py book page/test_search.py) \
  --deselect tests/laws/test_export.py::test_a_cell_with_functions_of_the_readers_travels_too
NAME ?= nernst

.PHONY: book pdf test quick explorer scorm picture bench lint rehearsal reproducible elsewhere newest plain fuzz engines audit wheels \
  linkcheck catalogues pins clean
.DELETE_ON_ERROR:

# On a system without make: `python -m neurolib.book build`, `python -m neurolib.book test`.
book: $(VENV)/book
	$(BIN)/python -m neurolib.book build
	touch _build/built

_build/built: $(SOURCES) $(VENV)/book
	$(MAKE) book

# Each edition as a PDF, and each of its pages as a handout, in _build/pdf; some minutes.
pdf: $(VENV)/print _build/built
	$(BIN)/python -m neurolib.book pdf

test: $(VENV)/test _build/built
	$(BIN)/python -m neurolib.book test $(PYTEST)

# Lint, and the tests of the library and its explorers, the random ones with fewer draws than `make test` has.
# What Python has compiled is kept also where the shell forbids it: compiling it anew takes a fifth of the time.
quick: export PYTHONDONTWRITEBYTECODE :=
quick: $(VENV)/test
	$(BIN)/ruff check .
	HYPOTHESIS_PROFILE=quick $(BIN)/pytest -n 2 --dist loadgroup $(QUICK) $(PYTEST)

# One explorer alone, at an address of this machine; made anew whenever a source is saved.
explorer: $(VENV)/book
	$(BIN)/python -m neurolib.explorers serve $(NAME)

# The chapters as packages for learning platforms, which every book has; where they are, and how large.
scorm: _build/built
	du -h _build/html/_static/scorm/*.zip $(EDITIONS:%=_build/html/%/_static/scorm/*.zip)

# The moving picture of the README.
picture: $(VENV)/test
	$(BIN)/python assets/picture.py

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

# A build from an archive in an odd place: no git, no home, another language of the machine.
elsewhere: $(VENV)/test
	$(BIN)/pytest tests/rehearsal/build_elsewhere.py

# The book by the newest Sphinx, which Jupyter Book 1.x holds back: what breaks is said.
newest: $(VENV)/test
	$(BIN)/pytest tests/rehearsal/newest_sphinx.py

# The book, and the library's tests, where there is no Numba.
plain:
	$(MAKE) VENV=_build/plain/venv _build/plain/venv/test
	_build/plain/venv/bin/pip uninstall -q -y numba llvmlite
	_build/plain/venv/bin/python -m neurolib.book build --into _build/plain
	BOOK_HTML=_build/plain/_build/html _build/plain/venv/bin/pytest -n 2 --dist loadgroup $(PLAIN) $(PYTEST)

# As many random cases as a night allows.
fuzz: $(VENV)/test
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n 2 tests/fuzz

# Every page in Chromium, Firefox and WebKit, every control at eleven places; `make test` takes one page of each kind.
engines: $(VENV)/test _build/built
	ENGINES=all BOOK_HTML=_build/html $(BIN)/pytest tests/engines

# Known vulnerabilities of what the requirements pin. An index that does not tell is a failure, not a pass.
audit: $(VENV)/audit
	for part in '' -live -dev -bench -print; do grep -v '^-e' requirements$$part.txt > $(VENV)/audited.txt; \
	  $(BIN)/pip-audit -r $(VENV)/audited.txt --no-deps --disable-pip --strict --progress-spinner off || exit 1; done

# Whether every pin can be had, ready made, for each machine and each Python; names what cannot.
wheels: $(VENV)/audit
	$(BIN)/python tests/rehearsal/wheels.py

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

$(VENV)/print: requirements-print.txt tests/install_browsers.py $(VENV)/book
	$(BIN)/pip install --disable-pip-version-check -q -r requirements-print.txt
	$(BIN)/python tests/install_browsers.py chinese $(and $(filter 0,$(shell id -u)),$(shell which apt-get),chromium)
	$(BIN)/python -m neurolib.book.paper.browsers
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
	for part in live print dev bench audit; do uv pip compile --universal --python-version 3.11 --no-header --no-annotate -q \
	  -c $(VENV)/pins.txt requirements-$$part.in -o requirements-$$part.txt; \
	  grep -v '^-e' requirements-$$part.txt >> $(VENV)/pins.txt; done

clean:
	rm -rf _build $(VENV) neurolib.egg-info tests/page/npm/node_modules
