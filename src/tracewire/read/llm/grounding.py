"""Tie the rows of an answer to the text: every quote stands there word for word, or it is dropped and counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from tracewire.codebook import Codebook
from tracewire.model import MODALITIES, Document, Form, MentionType, Modality, Reading
from tracewire.read.align import QuoteFinder, Range, nearest
from tracewire.read.llm.account import Tally
from tracewire.read.llm.answer import ClaimRow, MentionRow, RoleRow, rows, sentence_number
from tracewire.read.llm.drafts import Draft, Filled, MentionBook
from tracewire.read.llm.prompt import PLACE_ROLES
from tracewire.read.llm.stretches import Line, Stretch

_FILLERS: dict[str, MentionType] = {
    "materiel": "MATERIEL", "instrument": "MATERIEL", "quantity": "QUANTITY", "facility": "FACILITY",
    "origin": "PLACE", "destination": "PLACE", "place": "PLACE", "time": "TIME",
}  # fmt: skip
"""What fills a role where the model lists no mention for it; all other roles are filled by groups."""
Counts = tuple[tuple[Range, Range], ...]


class Grounding:
    """Collects mentions and claims of one document, stretch by stretch."""

    def __init__(self, document: Document, codebook: Codebook, tally: Tally) -> None:
        self._document, self._codebook, self._tally = document, codebook, tally
        self._book = MentionBook(document)
        self._drafts: dict[Draft, None] = {}

    def take(self, stretch: Stretch, answer: dict[str, Any]) -> None:
        """Take over what of an answer is grounded."""
        mentions, broken = rows(answer.get("mentions"), MentionRow)
        self._tally.drop("mentions not of the form asked for", broken)
        claims, broken = rows(answer["claims"], ClaimRow)
        self._tally.drop("claims not of the form asked for", broken)
        text = StretchText(self._document.reading.text, stretch)
        for mention in mentions:
            _ground_mention(mention, text, self._book, self._tally)
        for claim in claims:
            draft = _ClaimGrounding(text, self._book, self._tally).draft(claim, self._codebook)
            if draft in self._drafts:
                self._tally.drop("claims given twice")
            elif draft is not None:
                self._drafts[draft] = None
                self._tally.claims += 1

    def reading(self, reader: str, gaps: tuple[str, ...]) -> Reading:
        """Everything taken so far, in text order."""
        return self._book.reading(reader, list(self._drafts), gaps)


class StretchText:
    """Where quotes stand in a stretch: always inside one sentence."""

    def __init__(self, text: str, stretch: Stretch) -> None:
        self._stretch = stretch
        self._finder = QuoteFinder(text, stretch.start, stretch.end)
        self._lines = (*stretch.context, *stretch.lines)
        self._taken: set[tuple[str, Range]] = set()

    def to_read(self, words: Range) -> Line | None:
        """The sentence of the words, where it is one to make claims of."""
        return self._stretch.line_at(words[0])

    def opens_sentence(self, words: Range) -> bool:
        """Whether a sentence begins with the words, so that a capital tells nothing."""
        return any(line.start == words[0] for line in self._lines)

    def nearest(self, quote: str, near: Range, line: Line) -> Range | None:
        """The words closest to others: those in the sentence before those around it."""
        return nearest(self._find(quote, (line,)) or self._find(quote, self._lines), near)

    def anchor(self, kind: str, quote: str, number: int | None) -> Range | None:
        """Words by their sentence: the first place there that no row of the kind has taken yet.

        Where the sentence does not hold them, the one place in the stretch that does; of several none, as any choice
        would be a guess.
        """
        found = self._find(quote, [line for line in self._lines if line.number == number])
        if not found:
            elsewhere = self._find(quote, self._lines)
            found = elsewhere if len(elsewhere) == 1 else []
        words = next((r for r in found if (kind, r) not in self._taken), found[0] if found else None)
        if words is not None:
            self._taken.add((kind, words))
        return words

    def _find(self, quote: str, lines: Iterable[Line]) -> list[Range]:
        return [r for line in lines for r in self._finder.find(quote, (line.start, line.end))]


def _ground_mention(row: MentionRow, text: StretchText, book: MentionBook, tally: Tally) -> None:
    """Keep a mention that stands in its sentence, or in one place alone; a repeated row is the next occurrence."""
    kinds: dict[str, MentionType] = {t: t for t in get_args(MentionType)}
    forms: dict[str, Form] = {f: f for f in get_args(Form)}
    type_ = kinds.get(row.type.strip().upper())
    words = text.anchor("mention", row.quote, sentence_number(row.sentence))
    if type_ is None:
        tally.drop("mentions of no known type")
    elif words is None:
        tally.drop("mentions whose words are not in the text")
    else:
        book.add(words, type_, forms.get((row.form or "").strip().lower()), opens=text.opens_sentence(words))


class _ClaimGrounding:
    """Grounds one claim: around its trigger, field by field."""

    def __init__(self, text: StretchText, book: MentionBook, tally: Tally) -> None:
        self._text, self._book, self._tally = text, book, tally

    def draft(self, row: ClaimRow, codebook: Codebook) -> Draft | None:
        """The grounded claim; None, counted, where its type, its trigger or how sure it is cannot be held."""
        event = codebook.events.get(row.type.strip().lower())
        modalities: dict[str, Modality] = {m: m for m in MODALITIES}
        modality = modalities.get(row.modality.strip().lower())
        if event is None:
            self._tally.drop("claims of no known type")
            return None
        if modality is None or row.polarity.strip() not in ("+", "-"):
            self._tally.drop("claims of no known modality or polarity")
            return None
        trigger = self._text.anchor(event.name, row.trigger, sentence_number(row.sentence))
        line = self._text.to_read(trigger) if trigger else None
        if trigger is None or line is None:
            self._tally.drop("claims whose trigger is not in the text")
            return None
        roles, counts = self._roles(row.roles or [], event.roles, trigger, line)
        return Draft(
            type=event.name,
            trigger=trigger,
            line=line,
            roles=roles,
            counts=counts,
            places=self._places(row.places or [], trigger, line),
            times=self._plain(row.times or [], "time", trigger, line),
            sources=self._plain(row.sources or [], "source", trigger, line),
            cue=self._words(row.cue, trigger, line) if row.cue else None,
            modality=modality,
            polarity="-" if row.polarity.strip() == "-" else "+",
            opinion=row.opinion,
        )

    def _roles(
        self, given: list[RoleRow], known: tuple[str, ...], trigger: Range, line: Line
    ) -> tuple[tuple[Filled, ...], Counts]:
        roles: dict[Filled, None] = {}
        counts: dict[tuple[Range, Range], None] = {}
        for row in given:
            role = row.role.strip().lower()
            if role not in known:
                self._tally.drop("fields with a role that the type does not have")
                continue
            filled = self._filled(role, row.quote, trigger, line)
            if filled is None:
                continue
            roles[filled] = None
            if row.count and "quantity" in known and role != "quantity":
                count = self._filled("quantity", row.count, filled.words, line)
                if count is not None:
                    roles[count] = None
                    counts[count.words, filled.words] = None
        return tuple(roles), tuple(counts)

    def _places(self, given: list[RoleRow], trigger: Range, line: Line) -> tuple[Filled, ...]:
        places: dict[Filled, None] = {}
        for row in given:
            role = row.role.strip().lower()
            if role not in PLACE_ROLES:
                self._tally.drop("fields with a role that the type does not have")
            elif (filled := self._filled("place", row.quote, trigger, line)) is not None:
                places[Filled(role, filled.words, filled.inferred)] = None
        return tuple(places)

    def _plain(self, quotes: list[str], role: str, trigger: Range, line: Line) -> tuple[Filled, ...]:
        found = (self._filled(role, quote, trigger, line) for quote in quotes)
        return tuple(dict.fromkeys(f for f in found if f is not None))

    def _filled(self, role: str, quote: str, near: Range, line: Line) -> Filled | None:
        """A mention for a quote; one that stands in another sentence is inferred."""
        words = self._words(quote, near, line)
        if words is None:
            return None
        self._book.add(words, _FILLERS.get(role, "GROUP"), None, opens=self._text.opens_sentence(words))
        return Filled(role, words, not line.start <= words[0] < line.end)

    def _words(self, quote: str, near: Range, line: Line) -> Range | None:
        words = self._text.nearest(quote, near, line)
        if words is None:
            self._tally.drop("fields whose words are not in the text")
        return words
