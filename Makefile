# Two commands set everything up: `make map` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EXAMPLE = outputs/example/article.it.txt
TITLE = Ferragosto 2023: what one article tells
CHROMIUM ?= chromium

.PHONY: map test check lint bench bench-map pictures example clean

map: $(VENV)/installed
	$(BIN)/conflict-map map $(EXAMPLE) --published 2023-08-15 --title "$(TITLE)" --output outputs

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# The committed example, made again: map, GeoJSON, records, and the picture of the README.
example: $(VENV)/installed
	$(BIN)/conflict-map map $(EXAMPLE) --published 2023-08-15 --title "$(TITLE)" \
	  --output outputs/example --quiet
	$(BIN)/conflict-map map outputs/example/article.en.txt --published 2023-08-17 \
	  --output outputs/example --quiet
	opened=$$($(BIN)/python -c 'import json; print(next(f["id"] for f in json.load(open( \
	  "outputs/example/article.it.geojson"))["features"] if f["properties"]["place_name"] == "Stepne"))'); \
	$(CHROMIUM) --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,760 \
	  --virtual-time-budget=4000 --screenshot=$(CURDIR)/outputs/example/map.png \
	  "file://$(CURDIR)/outputs/example/article.it.html#t=light&o=$$opened"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -qq --editable .
	$(BIN)/python -m compileall -q geo gazetteer
	touch $@

# Browser tests want Chromium (CONFLICT_MAP_CHROMIUM or /usr/bin/chromium) and, by npm, axe-core
# and a validator; without them they are skipped, and say so.
$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install -qq --editable '.[figure,postgis,cluster]' --group dev
	if command -v npm >/dev/null && [ -f tests/webmap/package.json ]; then \
	  npm ci --prefix tests/webmap --no-audit --no-fund --silent; fi
	touch $@

# What everything costs, on a quiet machine: a quarter of an hour on two cores. A run that was
# stopped goes on with `make bench BENCH=--resume`; BENCH="--only growth,tables" measures some.
BENCH ?=
bench: $(VENV)/installed-dev
	$(BIN)/python -m pip install -qq --group bench
	$(BIN)/python -m tests.benchmarks --save $(BENCH)

# How large the map is and how fast, beside what it may be; and pictures of it to look at.
bench-map: $(VENV)/installed-dev
	$(BIN)/python -m tests.webmap.benchmark

pictures: $(VENV)/installed-dev
	$(BIN)/python -m tests.webmap.pictures outputs/pictures

clean:
	rm -rf $(VENV) build *.egg-info
