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
    by_number = dict(scripts)
    assert len(by_number) == len(scripts), "each number has one migration"
    # A number may be missing while two lines of work are apart: it then changes nothing.
    return tuple(by_number[n].read_text("utf-8") if n in by_number else "" for n in range(1, max(by_number) + 1))


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
