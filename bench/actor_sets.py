"""The cases of bench/actors.py: mentions with the actor each one means, ours and those of the stories' keys."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracewire import open_case
from tracewire.model import Document, Form, Mention, MentionType, Published, Span
from tracewire.testing import make_document

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("TRACEWIRE_SHARED", HERE.parent.parent / "shared"))
TEST_STORIES = frozenset({"donbas_depot", "kivu_hills", "yemen_convoy"})
"""Stories that were kept for the end; the other ones were looked at while the resolver was written."""
_REPORT = re.compile(r"^## (?P<outlet>.+?) \| (?P<date>\d{4}-\d{2}-\d{2})\n", re.MULTILINE)
_MARK = re.compile(r"\{(?P<key>\S+)(?: (?P<form>[ncp]))?\|(?P<words>[^}]*)\}")
_ARTICLE = re.compile(r"^(?:the|a|an|another)\s+(?=\S)", re.IGNORECASE)
_FORMS: dict[str | None, Form] = {"n": "name", "c": "nominal", "p": "pronoun", None: "name"}
_NAMES = frozenset({"name", "metonym", "variant", "typo"})
_PERSONS = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention and its key; a key of None means that the text leaves open who is meant."""

    mention: Mention
    key: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One document with its marked mentions in text order."""

    document: Document
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class ActorCase:
    """Reports that are resolved together. Keys "=ID" name a row of the codebook ("~=ID" of a person)."""

    name: str
    reports: tuple[Report, ...]
    stories: bool = False


def cases(part: str, *, stories: bool = True) -> Iterator[ActorCase]:
    """Our own cases and the stories of a part: "dev", "test" or "last" (which has no stories)."""
    for path in sorted((HERE / "actors" / part).glob("*.txt")):
        yield own_case(path)
    if part == "last" or not stories:
        return
    folders = (HERE / "stories", SHARED / "stories")
    for key in sorted(k for folder in folders if folder.is_dir() for k in folder.glob("*/key.json")):
        if (key.parent.name in TEST_STORIES) == (part == "test"):
            yield story_case(key.parent)


# ---------------------------------------------------------------- our own


def own_case(path: Path) -> ActorCase:
    """A file of reports: "## Outlet | date", then text with {key n|words}: n a name, c a common noun, p a pronoun."""
    text = path.read_text("utf-8")
    heads = list(_REPORT.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    pairs = zip(heads, ends, strict=True)
    return ActorCase(path.stem, tuple(_own_report(path.stem, h, text[h.end() : end]) for h, end in pairs))


def _own_report(case: str, head: re.Match[str], marked_up: str) -> Report:
    date = head["date"]
    document = make_document(
        _MARK.sub(lambda m: m["words"], marked_up), f"{case}-{date}.txt", outlet=head["outlet"],
        published=Published(date, date, "bench", True),
    )  # fmt: skip
    found, cut = [], 0
    for match in _MARK.finditer(marked_up):
        start = match.start() - cut
        cut += len(match.group()) - len(match["words"])
        article = _ARTICLE.match(match["words"])
        words = match["words"][article.end() :] if article else match["words"]
        start += len(match["words"]) - len(words)
        person = match["key"].startswith("~")
        span = Span(start, start + len(words), words)
        mention = Mention(document.id, span, "PERSON" if person else "GROUP", _FORMS[match["form"]])
        found.append(Marked(mention, None if match["key"] == "?" else match["key"]))
    return Report(document, tuple(found))


# ---------------------------------------------------------------- the stories


def story_case(folder: Path) -> ActorCase:
    """A story with a key (see stories/README.md): the mentions of actors that its key lists."""
    key = json.loads((folder / "key.json").read_text("utf-8"))
    types = {row["id"]: row["type"] for row in key["entities"]}
    names = {row["doc_id"]: row["file"] for row in key["documents"]}
    with tempfile.TemporaryDirectory() as work:
        case = open_case(Path(work) / "story.case")
        case.add_and_run(*sorted(folder.glob("*.txt")), metadata=folder / "metadata.csv", until="clean")
        documents = {document.name: document for document in case.documents()}
    reports = []
    for id_, file in names.items():
        document = documents[file]
        rows = sorted((m for m in key["mentions"] if m["doc"] == id_), key=lambda m: (m["start"], m["end"]))
        marked = (_story_mention(document, row, types[row["entity"]]) for row in rows)
        reports.append(Report(document, tuple(m for m in marked if not _is_described_person(m.mention))))
    return ActorCase(folder.name, tuple(reports), stories=True)


def _is_described_person(mention: Mention) -> bool:
    """ "A captain", "an officer of the X": the keys part people from the side they speak for, the record does not."""
    return mention.type == "PERSON" and mention.form == "nominal"


def _story_mention(document: Document, row: dict[str, str | int], kind: str) -> Marked:
    start, end = int(row["start"]), int(row["end"])
    type_: MentionType = "PERSON" if kind in _PERSONS else "GROUP"
    form: Form = "name" if row["kind"] in _NAMES else "nominal"
    mention = Mention(document.id, Span(start, end, document.raw[start:end]), type_, form)
    return Marked(mention, str(row["entity"]))
