"""Open the database of a case: make it, bring it up to date, or read it where nothing may be written."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from tracewire.errors import CaseDamaged, CaseError, CaseTooNew
from tracewire.store import faults
from tracewire.store.migrate import layout, migrate, migrations

DATABASE = "case.db"
LOCK = "write.lock"
APPLICATION_ID = 0x54574952
"""Stands in the database's header ("TWIR"), so that another program's database is never taken for a case."""
_OURS = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", LOCK, "raw"})
_BUSY_SECONDS = 10.0
"""Readers wait only while a writer closes or a killed run's log is read back: a fraction of a second in trials."""


def check_path(path: Path, *, create: bool) -> None:
    """Raise CaseError where there is no case, and with `create` also where none may be made."""
    try:
        names = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        if create:
            return
        raise CaseError(f"{path}: there is no case here; `tracewire run SOURCE --case {path}` makes one") from None
    except NotADirectoryError:
        raise CaseError(f"{path}: is a file, not a case (a case is a folder)") from None
    except OSError as error:
        raise faults.of_os(path, error) from error
    if DATABASE in names or (create and names <= _OURS):
        return
    hint = "; name a new or an empty folder" if create else ""
    raise CaseError(f"{path}: is a folder but no case (it has no {DATABASE}){hint}")


def lock(path: Path) -> FileLock:
    """The case's write lock, taken; raises CaseLocked at once while another run holds it."""
    taken = FileLock(path / LOCK)
    try:
        taken.acquire(timeout=0)
    except Timeout:
        raise faults.locked(path) from None
    except NotImplementedError as error:
        raise CaseError(f"{path}: this file system cannot lock files; keep the case on a local disk") from error
    except OSError as error:
        raise faults.of_os(path, error) from error
    return taken


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection that may write, the case brought up to date. The lock must be held."""
    connection = _connect(path, "mode=rwc")
    try:
        check_header(path, connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, beside a writer or on a read-only disk."""
    connection = _connect(path, "mode=rw")
    try:
        connection.execute("PRAGMA query_only = ON")
        check_header(path, connection)
    except sqlite3.OperationalError:
        connection.close()
        return _open_unchanging(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_unchanging(path: Path) -> sqlite3.Connection:
    """Read a case in a folder where SQLite cannot keep its side files; refused while a log holds unmerged changes."""
    log = path / f"{DATABASE}-wal"
    if log.is_file() and log.stat().st_size:
        raise CaseError(
            f"{path}: cannot be read where it is, as a run ended in mid-write; copy it to where you may write"
        )
    connection = _connect(path, "mode=ro&immutable=1")
    try:
        check_header(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, options: str) -> sqlite3.Connection:
    address = f"file:{quote(str((path / DATABASE).absolute()))}?{options}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)


def check_header(path: Path, connection: sqlite3.Connection) -> None:
    """Raise CaseError for a database that is no case, CaseTooNew for one of a newer version."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    version = layout(connection)
    if application != APPLICATION_ID and (tables or version):
        raise CaseDamaged(f"{path}: {DATABASE} is a database, but not one of a case")
    if version > len(migrations()):
        known = f"it has layout {version}, this one knows {len(migrations())}"
        raise CaseTooNew(f"{path}: was written by a newer version of tracewire ({known}); upgrade tracewire to use it")
