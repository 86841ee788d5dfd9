"""What the database and the disk complain of, turned into errors that name the case and say what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from tracewire.errors import CaseDamaged, CaseError, CaseLocked

_FULL = "the disk is full; make room and run again (nothing of the unfinished step was kept)"
_READ_ONLY = "cannot be opened or written; check the permissions of the folder, or copy the case to where you may write"
_LOCKED = "is being written to by another run; wait until it has finished"
_DAMAGED = "is damaged; restore case.db from a copy, or build the case anew from its raw/ folder"

_OS_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}


def locked(path: Path) -> CaseLocked:
    """The error for the second writer."""
    return CaseLocked(f"{path}: {_LOCKED}")


def of_sqlite(path: Path, error: sqlite3.Error) -> CaseError:
    """The error of a case for one of SQLite's; the cause is kept by `raise ... from`."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # extended codes keep the primary one below
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return CaseDamaged(f"{path}: case.db {_DAMAGED} ({error})")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(path)
    if code == sqlite3.SQLITE_FULL:
        return CaseError(f"{path}: {_FULL}")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return CaseError(f"{path}: {_READ_ONLY} ({error})")
    return CaseError(f"{path}: the database refused: {error}")


def of_os(path: Path, error: OSError) -> CaseError:
    """The error of a case for one of the file system's."""
    reason = _OS_REASONS.get(error.errno or 0)
    return CaseError(f"{path}: {reason}" if reason else f"{path}: {error.strerror or error} ({error.filename})")
