# `just` runs lint and tests.

default: lint test

lint:
    ruff check .
    ruff format --check .
    mypy
    lint-imports

format:
    ruff check --fix .
    ruff format .

test *ARGS:
    pytest -n 2 {{ARGS}}

quality *ARGS:
    python bench/quality.py {{ARGS}}

docs:
    python docs/generate.py

ci:
    bash .ci/run
