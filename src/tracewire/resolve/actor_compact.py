"""The names of very many actors: sorted 64-bit hashes of their keys beside row numbers, mapped from a file.

A million aliases make five million keys: as dicts they take gigabytes and seconds to load, as two arrays 60 MB that are
mapped, not read. That a name meets a row by a hash alone, having no such key, is to be expected once in 10^12 look-ups.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

__all__ = ["CompactTable", "compact_tables"]

Entry = tuple[str, str, str]
"""Table, key, and the word that is left out of the key (in the table "blanked" alone)."""
Entries = Callable[[str], Iterable[Entry]]
"""The entries of a row, by its id."""


@dataclass(frozen=True, slots=True)
class CompactTable:
    """One table of keys: ids by key, or (word, id) by a key with one word left out."""

    name: str
    ids: Sequence[str]
    hashes: Any
    numbers: Any
    entries: Entries

    def __contains__(self, key: str) -> bool:
        return next(self._rows(key), None) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The ids that have the key, sorted; `default` where none has."""
        if self.name == "blanked":
            found = [(word, id_) for id_ in self._rows(key) for word in self._words(id_, key)]
            return found or default
        return sorted(self._rows(key)) or default

    def _rows(self, key: str) -> Iterator[str]:
        wanted = _hash(self.name, key)
        at = int(self.hashes.searchsorted(wanted))
        while at < len(self.hashes) and self.hashes[at] == wanted:
            yield self.ids[int(self.numbers[at])]
            at += 1

    def _words(self, id_: str, key: str) -> Iterator[str]:
        return (word for table, held, word in self.entries(id_) if (table, held) == (self.name, key))


def compact_tables(
    names: Sequence[str], ids: Sequence[str], entries: Entries, folder: Path | None, mark: str
) -> dict[str, CompactTable]:
    """Tables by name over rows in the order of `ids`; kept as `folder/names-mark-*.npy` where there is a folder."""
    kept = lru_cache(maxsize=4_096)(lambda id_: tuple(entries(id_)))
    arrays = _mapped(folder, mark) if folder else None
    if arrays is None:
        arrays = _made(ids, entries)
        if folder:
            _keep(folder, mark, arrays)
            arrays = _mapped(folder, mark) or arrays
    return {name: CompactTable(name, ids, *arrays, kept) for name in names}


def _hash(table: str, key: str) -> Any:
    import numpy as np

    digest = blake2b(f"{table}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def _made(ids: Sequence[str], entries: Entries) -> tuple[Any, Any]:
    import numpy as np

    hashes, numbers = bytearray(), array("I")
    for number, id_ in enumerate(ids):
        for table, key in dict.fromkeys((table, key) for table, key, _ in entries(id_)):
            hashes += blake2b(f"{table}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
            numbers.append(number)
    keys, rows = np.frombuffer(bytes(hashes), dtype="<u8"), np.frombuffer(numbers.tobytes(), dtype=np.uint32)
    order = np.lexsort((rows, keys))
    return keys[order], rows[order]


def _files(folder: Path, mark: str) -> tuple[Path, Path]:
    return folder / f"names-{mark[:24]}-keys.npy", folder / f"names-{mark[:24]}-rows.npy"


def _mapped(folder: Path, mark: str) -> tuple[Any, Any] | None:
    import numpy as np

    try:
        keys, rows = (np.load(file, mmap_mode="r", allow_pickle=False) for file in _files(folder, mark))
    except (OSError, ValueError):
        return None
    sound = keys.dtype == np.uint64 and rows.dtype == np.uint32 and len(keys) == len(rows)
    return (keys, rows) if sound else None


def _keep(folder: Path, mark: str, arrays: tuple[Any, Any]) -> None:
    """Write both files; a folder that cannot be written costs time, nothing else."""
    import numpy as np

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("names-*.npy"):
            file.unlink(missing_ok=True)  # of packs that have changed; one that is mapped stays readable
        for file, values in zip(_files(folder, mark), arrays, strict=True):
            temporary = file.with_name(f"{file.name}.{os.getpid()}.part")
            with temporary.open("wb") as out:
                np.save(out, values, allow_pickle=False)
            temporary.replace(file)
    except OSError:
        pass
