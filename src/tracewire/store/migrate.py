"""Numbered migrations: each brings a case from one layout to the next, whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from importlib.resources import files

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@lru_cache(maxsize=1)
def migrations() -> tuple[str, ...]:
    """The SQL of all migrations in order; the first is number 1."""
    found = sorted((e.name, e) for e in files("tracewire.store").joinpath("migrations").iterdir())
    scripts = [(int(match[1]), entry) for name, entry in found if (match := _NAME.fullmatch(name))]
    assert [number for number, _ in scripts] == list(range(1, len(scripts) + 1)), "migrations are numbered from 1"
    return tuple(entry.read_text("utf-8") for _, entry in scripts)


def layout(connection: sqlite3.Connection) -> int:
    """How many migrations the case has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Apply what the case has not had yet, each in a transaction of its own; raises sqlite3.Error."""
    for number, script in enumerate(migrations(), 1):
        if number > layout(connection):
            try:
                connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
            except sqlite3.Error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
