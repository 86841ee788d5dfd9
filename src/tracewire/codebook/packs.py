"""The user's own knowledge: rows added to and corrected in a pack file, looked up, and checked for what to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tracewire.codebook.loader import Codebook, read_codebook
from tracewire.codebook.matcher import tokens
from tracewire.codebook.rows import ActorRow, MaterielRow, OutletRow
from tracewire.errors import UsageError

__all__ = ["Finding", "add_row", "check", "find_rows"]

AnyRow = ActorRow | MaterielRow | OutletRow
ROWS: dict[str, type[AnyRow]] = {"actor": ActorRow, "materiel": MaterielRow, "outlet": OutletRow}
NEW: dict[str, dict[str, str]] = {"actor": {"type": "group"}, "materiel": {}, "outlet": {}}
_CHANGE = re.compile(r"^(?P<key>[a-z_]+)(?P<how>\+=|-=|=)(?P<value>.*)$", re.DOTALL)
_TABLE = re.compile(r"^\[\[(?P<kind>\w+)\]\][ \t]*$", re.MULTILINE)
_ID = re.compile(r"""^id[ \t]*=[ \t]*["'](?P<id>[^"']+)["']""", re.MULTILINE)
_ROW_LINE = re.compile(r"^[ \t]*[^#\s].*$", re.MULTILINE)
_GOOD_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_BARE_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know of the knowledge as it stands; nothing of it stops a run."""

    what: str
    rows: tuple[str, ...]
    says: str


# ---------------------------------------------------------------- adding


def add_row(
    kind: str, id_: str, changes: Sequence[str], pack: Path, packs: Sequence[Path], cache: Path | None = None
) -> AnyRow:
    """Write a row into `pack`, new or laid over the row of that id; nothing is written where the row breaks a rule.

    `changes` are key=value, for lists also key+=value and key-=value, lists parted by ";". `packs` are all of the
    user's packs in order. Raises UsageError and CodebookError.
    """
    if kind not in ROWS:
        raise UsageError(f"{kind!r} is no kind of row; there are {', '.join(ROWS)}")
    if not _GOOD_ID.fullmatch(id_):
        raise UsageError(f"{id_!r} is no id: use lower-case letters, digits, hyphens and dots, such as red-column")
    known = _rows_of(read_codebook(_contents(packs), cache), kind).get(id_)
    values: dict[str, Any] = _given(known) if known is not None else {"id": id_, **NEW[kind]}
    for change in changes:
        _change(values, change, kind)
    before = pack.read_text("utf-8") if pack.is_file() else ""
    text = _with_row(before, kind, id_, _as_toml(kind, values))
    ordered = sorted({*packs, pack})
    contents = [(str(p), text.encode("utf-8") if p == pack else p.read_bytes()) for p in ordered]
    row = _rows_of(read_codebook(tuple(contents), cache), kind)[id_]
    pack.parent.mkdir(parents=True, exist_ok=True)
    temporary = pack.with_name(pack.name + ".part")
    temporary.write_text(text, "utf-8", newline="")
    temporary.replace(pack)
    return row


def _contents(packs: Iterable[Path]) -> tuple[tuple[str, bytes], ...]:
    return tuple((str(pack), pack.read_bytes()) for pack in packs)


def _rows_of(book: Codebook, kind: str) -> Mapping[str, AnyRow]:
    if kind == "actor":
        return book.actors
    return book.materiel if kind == "materiel" else book.outlets


def _given(row: AnyRow) -> dict[str, Any]:
    """The values of a row that are not the field's own default."""
    return {f.name: value for f in fields(row) if (value := getattr(row, f.name)) != f.default}


def _change(values: dict[str, Any], change: str, kind: str) -> None:
    match = _CHANGE.match(change)
    known = {f.name: str(f.type) for f in fields(ROWS[kind])}
    if match is None or match["key"] == "id":
        raise UsageError(f"{change!r}: write a change as key=value, such as name='Red Column'")
    key, how, value = match["key"], match["how"], match["value"].strip()
    if key not in known:
        raise UsageError(f"{key!r} is no key of {kind} rows; there are {', '.join(k for k in known if k != 'id')}")
    if known[key].startswith("tuple"):
        items = [item.strip() for item in value.split(";") if item.strip()]
        before = list(values.get(key, ())) if how != "=" else []
        kept = [item for item in before if how == "+=" or item not in items]
        values[key] = tuple(dict.fromkeys([*kept, *(items if how != "-=" else [])]))
    elif how != "=":
        raise UsageError(f"{change!r}: {key} holds one value; write {key}=...")
    elif not value:
        values.pop(key, None)
    elif known[key].startswith("bool"):
        values[key] = value.casefold() in ("yes", "true", "1")
    else:
        values[key] = int(value) if known[key].startswith("int") and _BARE_NUMBER.fullmatch(value) else value


def _with_row(text: str, kind: str, id_: str, block: str) -> str:
    """The text of a pack with one row in place of the one that is there, else at its end; all else as it was."""
    starts = list(_TABLE.finditer(text))
    for match, after in zip_longest(starts, starts[1:]):
        end = after.start() if after else len(text)
        found = _ID.search(text, match.end(), end)
        if match["kind"] == kind and found and found["id"] == id_:
            rows = list(_ROW_LINE.finditer(text, match.start(), end))
            return text[: match.start()] + block.rstrip("\n") + text[rows[-1].end() :]
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + block


def _as_toml(kind: str, values: Mapping[str, Any]) -> str:
    return f"[[{kind}]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m.group()):04x}", escaped) + '"'


# ---------------------------------------------------------------- asking


def find_rows(book: Codebook, words: str, *, kind: str | None = None) -> list[tuple[str, AnyRow]]:
    """(kind, row) of the rows with that id or name; where there are none, of those with the words in a name."""
    wanted = _folded(words)
    every = [(k, row) for k in ROWS if kind in (None, k) for row in _rows_of(book, k).values()]
    if not wanted:
        return [(k, row) for k, row in every if row.id == words]
    first = wanted.partition(" ")[0]
    near = [(k, row, [_folded(n) for n in _names(row) if _may_hold(n, first)]) for k, row in every]
    exact = [(k, row) for k, row, names in near if row.id == words or wanted in names]
    return exact or [(k, row) for k, row, names in near if any(f" {wanted} " in f" {name} " for name in names)]


def _may_hold(name: str, folded: str) -> bool:
    """Whether a name may hold a folded word: quick, and never wrongly no."""
    return not name.isascii() or "." in name or "'" in name or folded in name.casefold()


def as_dict(row: AnyRow) -> dict[str, Any]:
    """A row as plain values, lists for its lists."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(row).items()}


def _names(row: AnyRow) -> tuple[str, ...]:
    return (row.name, *row.aliases, *getattr(row, "exact", ()))


def _folded(name: str) -> str:
    return " ".join(token.folded for token in tokens(name))


# ---------------------------------------------------------------- checking


def check(book: Codebook) -> list[Finding]:
    """What a user should know: replaced rows, names of two actors, years that end before they begin, circles."""
    return [*_replaced(book), *_shared(book), *_years(book), *_circles(book)]


def _replaced(book: Codebook) -> Iterator[Finding]:
    for line in book.replaced:
        yield Finding("replaced", (line.partition(":")[0],), line)


def _shared(book: Codebook) -> Iterator[Finding]:
    owners: dict[tuple[bool, str], set[str]] = {}
    for row in book.actors.values():
        for name in (row.name, *row.aliases):
            owners.setdefault((False, _folded(name)), set()).add(row.id)
        for name in row.exact:
            owners.setdefault((True, name.replace(".", "")), set()).add(row.id)
    for (_, name), ids in sorted(owners.items(), key=lambda item: item[0][1]):
        if len(ids) > 1 and name:
            says = f"{name!r} is a name of {len(ids)} actors; country and year of a report decide, or none"
            yield Finding("two actors", tuple(sorted(ids)), says)


def _years(book: Codebook) -> Iterator[Finding]:
    for row in book.actors.values():
        if row.since is not None and row.until is not None and row.until < row.since:
            yield Finding("years", (row.id,), f"it ends in {row.until}, before it begins in {row.since}")


def _circles(book: Codebook) -> Iterator[Finding]:
    for row in book.actors.values():
        seen, parent = {row.id}, row.part_of
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = book.actors[parent].part_of
        if parent == row.id:
            yield Finding("circle", (row.id,), "it is part of itself, by way of its parts")
