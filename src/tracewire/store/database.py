"""Access to the database of a case: opening, transactions, and errors that name the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from filelock import BaseFileLock

from tracewire.errors import CaseDamaged, CaseError, CaseLocked
from tracewire.store import faults, opening
from tracewire.store.codec import decode, encode
from tracewire.store.migrate import layout, migrations
from tracewire.store.raw import RawFolder

Kind = TypeVar("Kind")
Row = tuple[Any, ...]


class CaseDatabase:
    """An open case. Any number may read, also during a write and on a read-only disk; one writes at a time."""

    def __init__(self, path: Path, *, write: bool = False, create: bool = False) -> None:
        self.path = Path(path)
        self._raw = RawFolder(self.path)
        opening.check_path(self.path, create=create)
        self._lock = self._take_lock() if write or create else None
        with self._faults():
            self._connection = self._open_to_read() if self._lock is None else self._open_to_write(self._lock)

    def close(self) -> None:
        """Close the database and let the next writer in; may be called twice."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self) -> BaseFileLock:
        with self._faults():
            self.path.mkdir(parents=True, exist_ok=True)
        return opening.lock(self.path)

    def _open_to_write(self, lock: BaseFileLock) -> sqlite3.Connection:
        try:
            return opening.open_to_write(self.path)
        except BaseException:
            lock.release()
            raise

    def _open_to_read(self) -> sqlite3.Connection:
        connection = opening.open_to_read(self.path)
        if layout(connection) == len(migrations()):
            return connection
        connection.close()
        try:
            CaseDatabase(self.path, write=True).close()
        except CaseLocked:
            raise
        except CaseError as error:
            raise CaseError(
                f"{self.path}: an older version made it, and it cannot be brought up to date: {error}"
            ) from error
        return opening.open_to_read(self.path)

    # ---------------------------------------------------------------- errors

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn errors of the database and the disk into those of a case."""
        try:
            yield
        except sqlite3.Error as error:
            raise faults.of_sqlite(self.path, error) from error
        except OSError as error:
            raise faults.of_os(self.path, error) from error

    @contextmanager
    def _decoding(self, what: str) -> Iterator[None]:
        """Turn what a changed row gives into CaseDamaged."""
        try:
            yield
        except (msgspec.MsgspecError, UnicodeDecodeError, LookupError) as error:
            raise CaseDamaged(f"{self.path}: {what} in {opening.DATABASE} is damaged: {error}") from error

    def _read_raw(self, name: str, digest: str) -> bytes:
        """The bytes of a document; raises CaseDamaged where they are gone or changed."""
        with self._faults():
            data = self._raw.read(digest)
        problem = self._raw.problem(digest, data)
        if data is None or problem:
            raise CaseDamaged(f"{self.path}: document {name} ({digest}): {problem}; restore it from a copy of the case")
        return data

    # ---------------------------------------------------------------- statements

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; committed when the block ends."""
        if self._lock is None:
            raise CaseError(f"{self.path}: was opened to be read; open it with write=True")
        with self._block("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All queries of the block see the case as it is now, whatever is written meanwhile."""
        with self._block("BEGIN"):
            yield

    @contextmanager
    def _block(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute(begin)
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise faults.of_sqlite(self.path, error) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # a full disk ends a transaction by itself
            self._connection.execute("ROLLBACK")

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with self._faults():
            return self._connection.execute(sql, values).fetchall()

    def _objects(self, kind: type[Kind], sql: str, *values: object) -> Iterator[Kind]:
        """Objects whose JSON is the one column of a query."""
        for (text,) in self._rows(sql, *values):
            with self._decoding(f"a {kind.__name__.lower()}"):
                found = decode(text, kind)
            yield found

    def _encoded(self, value: object) -> str:
        try:
            return encode(value)
        except ValueError as error:
            raise CaseError(f"{self.path}: {error}") from error
