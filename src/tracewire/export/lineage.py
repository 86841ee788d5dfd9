"""Who copied whom, drawn as a tree: the documents that share a document's text, each under the one it takes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from tracewire.export.view import View
from tracewire.model import Copy, Document

MOST = 60
"""Lines of the largest drawing."""

_VERBS = {"copy": "copies", "cut": "shortens", "merged": "merges in", "edited": "edits", "quotes": "quotes"}


def lineage(known: View, document: str) -> list[str]:
    """Lines of the drawing; none where a document shares no text with another."""
    copies = [c for c in known.record.copies if c.document in known.documents and c.other in known.documents]
    family = _family(copies, document)
    if len(family) < 2:
        return []
    parents = _parents(known, [c for c in copies if {c.document, c.other} <= family])
    children: dict[str | None, list[str]] = {}
    for member in sorted(family, key=lambda d: _key(known.documents[d])):
        children.setdefault(parents[member].other if member in parents else None, []).append(member)
    lines = [line for root in children[None] for line in _draw(known, root, parents, children, document, "", "")]
    return lines if len(lines) <= MOST else [*lines[: MOST - 1], f"… and {len(lines) - MOST + 1} more"]


def _family(copies: list[Copy], document: str) -> set[str]:
    """All that hang together with a document by shared text, and those that it quotes or that quote it."""
    linked: dict[str, set[str]] = {}
    for copy in copies:
        if copy.relation != "quotes":
            linked.setdefault(copy.document, set()).add(copy.other)
            linked.setdefault(copy.other, set()).add(copy.document)
    seen, todo = {document}, [document]
    while todo:
        new = linked.get(todo.pop(), set()) - seen
        seen |= new
        todo += sorted(new)
    quoting = {x for c in copies if c.relation == "quotes" for x in (c.document, c.other)
               if document in (c.document, c.other)}  # fmt: skip
    return seen | quoting


def _key(document: Document) -> tuple[str, str, str]:
    start = document.published.start if document.published else None
    return start or "~", document.name, document.id


def _parents(known: View, copies: list[Copy]) -> dict[str, Copy]:
    """For each document the copy that it is drawn by: from the one that it shares most with; a pair without a direction
    hangs under the one that came first."""
    offers: dict[str, list[Copy]] = {}
    for copy in copies:
        if not copy.directed and _key(known.documents[copy.document]) < _key(known.documents[copy.other]):
            copy = _turned(copy)
        offers.setdefault(copy.document, []).append(copy)
    parents: dict[str, Copy] = {}
    for document in sorted(offers, key=lambda d: _key(known.documents[d])):
        for copy in sorted(offers[document], key=partial(_rank, known)):
            if not _is_under(copy.other, document, parents):
                parents[document] = copy
                break
    return parents


def _rank(known: View, copy: Copy) -> tuple[bool, bool, float, tuple[str, str, str]]:
    return not copy.directed, copy.relation == "quotes", -copy.share, _key(known.documents[copy.other])


def _turned(copy: Copy) -> Copy:
    return Copy(copy.other, copy.document, copy.relation, copy.other_share, copy.share, copy.directed, copy.why)


def _is_under(document: str, other: str, parents: Mapping[str, Copy]) -> bool:
    """Whether a document hangs somewhere under another."""
    while document in parents and document != other:
        document = parents[document].other
    return document == other


def _draw(
    known: View,
    document: str,
    parents: Mapping[str, Copy],
    children: Mapping[str | None, list[str]],
    asked: str,
    indent: str,
    branch: str,
) -> Iterator[str]:
    yield indent + branch + _line(known, document, parents.get(document)) + (" ◀" if document == asked else "")
    below = indent + {"": "", "├─ ": "│  ", "└─ ": "   "}[branch]
    under = children.get(document, [])
    for child in under:
        mark = "└─ " if child == under[-1] else "├─ "
        yield from _draw(known, child, parents, children, asked, below, mark)


def _line(known: View, document: str, copy: Copy | None) -> str:
    row = known.documents[document]
    day = row.published.start if row.published else None
    about = ", ".join(filter(None, (row.outlet, day)))
    stated = [o.name for o in known.record.origins if o.document == document and o.basis == "stated"]
    verb = f"{_VERBS[copy.relation]} {_percent(copy)}: " if copy and copy.directed else ""
    verb = f"shares {_percent(copy)} of its text: " if copy and not copy.directed else verb
    return f"{verb}{row.name}" + (f" ({about})" if about else "") + (f", names {', '.join(stated)}" if stated else "")


def _percent(copy: Copy) -> str:
    # rounding up to 100 would say that all of it is taken
    return f"{100 if copy.share >= 1 else min(99, round(100 * copy.share))} %"
