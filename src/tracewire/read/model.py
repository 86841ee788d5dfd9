"""The trained reader: the network reads sentences, rules tie them together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tracewire.lang import is_english, load_words
from tracewire.model import Argument, Document, Label, Mention, ReadClaim, Reading
from tracewire.read.base import ReaderContext
from tracewire.read.counts import pair_counts
from tracewire.read.discourse import (
    OPENING,
    Setting,
    Speaker,
    outside_pointers,
    quotation_after,
    still_open,
    title_dates,
    with_shared_time,
)
from tracewire.read.mend import mended, parted, rejoined
from tracewire.read.neural import FoundClaim, NeuralReader, TextReading
from tracewire.read.places import direction_of
from tracewire.read.sources import SourceTracker, determiner_before, post_name, without_header
from tracewire.read.speakers import speaker_of
from tracewire.read.text import dateline_end, sentences
from tracewire.read.weights import load_reader, shipped_card

_HAD = re.compile(r"\b(?:had|having|previously|earlier)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
"""Right before a trigger: what it tells went before what the sentence is about."""
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|yesterday|today|tonight|overnight|weekend|night|morning"
    r"|evening|dawn|dusk|noon|midnight|day|(?:last|this|past) week)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\b(?!\s*(?:years?|months?|weeks?))",
    re.IGNORECASE,
)
"""Words of time that name a day or a few."""
_AND = re.compile(r"\band\s+(?:then\s+|also\s+)?$", re.IGNORECASE)
FOREIGN = 0.5
"""What the confidence of a claim is worth in a text that is not English: the network has read no other."""
LONGEST_SENTENCE = 900
"""Characters; a longer "sentence" (a list, a text without full stops) is read in parts of this size."""


class ModelReader:
    """Reads with the weights that ship; loads them with the first document."""

    def __init__(self, context: ReaderContext) -> None:
        """Named after its weights and threshold: a case is read again when one of them changes."""
        favour = "" if context.favour == "balanced" else f"-{context.favour}"
        self.name = f"model@{shipped_card().version}{favour}"
        self._context = context
        self._network: NeuralReader | None = None

    def read(self, document: Document) -> Reading:
        """Mentions and claims of all readable blocks."""
        units = list(_units(document, self._context))
        text = document.reading.text
        views = [parted(text[u.start : u.end]) for u in units]
        readings = self._loaded().read([view for view, _ in views])
        run = _Run(document)
        for unit, reading, (_, spaces) in zip(units, readings, views, strict=True):
            run.unit(unit, rejoined(reading, spaces))
        claims = title_dates(run.claims, run.names_days)
        if not is_english(document.language):
            claims = [replace(c, confidence=round(c.confidence * FOREIGN, 4)) for c in claims]
        return Reading(document.id, self.name, tuple(run.mentions), tuple(claims))

    def _loaded(self) -> NeuralReader:
        if self._network is None:
            self._network = load_reader(self._context)
        return self._network


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence in reading offsets; `first` where a block begins with it."""

    start: int
    end: int
    label: Label
    first: bool


def _units(document: Document, context: ReaderContext) -> Iterator[_Unit]:
    text = document.reading.text
    for block in document.reading.blocks:
        first = True
        for low, high in outside_pointers(text, block.start, block.end):
            for begin, end in sentences(text, low, high):
                start = dateline_end(text, begin, end, context.is_place)
                for part, stop in _parts(text, start, end):
                    yield _Unit(part, stop, block.label, first)
                    first = False


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at a space where it is too long for one reading."""
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in ",; \n")
        cut = cut + 1 if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


class _Run:
    """Collects the mentions and claims of one document; a sentence hands on its speaker, time and place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions: list[Mention] = []
        self.claims: list[ReadClaim] = []
        self.speaker: Speaker | None = None
        self.setting = Setting()
        self.label: Label | None = None
        self.sources = SourceTracker(self.mentions)
        self.unnamed: list[int] = []
        """Claims of a quotation that began before its speaker was named."""
        self.quoting = False
        self.beside: dict[int, str] = {}
        """The mentions of this sentence, each with the determiner before it."""

    def unit(self, unit: _Unit, reading: TextReading) -> None:
        """Take over one sentence."""
        if unit.label != self.label:
            self.setting, self.label = Setting(), unit.label
        words = self.document.reading.text[unit.start : unit.end]
        if unit.first and not words.startswith(OPENING):
            self.speaker, self.quoting, self.unnamed = None, False, []  # only a quotation goes on over paragraphs
        offset = len(self.mentions)
        reading = mended(words, reading)
        for m in reading.mentions:
            span = self.document.span(unit.start + m.start, unit.start + m.end)
            self.mentions.append(Mention(self.document.id, span, m.type, m.form))  # type: ignore[arg-type]
        if unit.first:
            self.sources.post = self._post(unit, words, reading, offset)
        opinion = _is_opinion(words)
        goes_on = self.speaker is not None and (self.speaker.open or words.startswith(OPENING))
        made = []
        for found in reading.claims:
            claim = self._claim(unit, words, found, reading, offset)
            if not claim.sources and goes_on and self.speaker is not None:
                claim = replace(claim, sources=self.speaker.mentions)
            made.append(replace(claim, opinion=opinion))
        self.beside = {offset + i: determiner_before(words, m.start) for i, m in enumerate(reading.mentions)}
        if unit.first:
            start = self.document.span(unit.start, unit.end).start
            made = [without_header(words, claim, self.mentions, start) for claim in made]
        made = self.sources.attribute(words, made, self.beside)
        made = with_shared_time(made, [_hangs_on(words, found) for found in reading.claims])
        earlier = {i for i, found in enumerate(reading.claims) if _gone_before(words, found)}
        now = [claim if i in earlier else self.setting.lend(claim) for i, claim in enumerate(made)]
        self.claims += now
        self._hand_on(words, reading, offset, now, [claim for i, claim in enumerate(now) if i not in earlier])

    def _post(self, unit: _Unit, words: str, reading: TextReading, offset: int) -> int | None:
        """The account that a paragraph quotes ("@name 12 March: ..."), as a mention."""
        at = post_name(words)
        if at is None:
            return None
        for index, m in enumerate(reading.mentions):
            if (m.start, m.end) == at and m.type in ("PERSON", "GROUP"):
                return offset + index
        span = self.document.span(unit.start + at[0], unit.start + at[1])
        self.mentions.append(Mention(self.document.id, span, "PERSON", "name"))
        return len(self.mentions) - 1

    def _claim(self, unit: _Unit, words: str, found: FoundClaim, reading: TextReading, offset: int) -> ReadClaim:
        pairs = pair_counts(words, found, reading.mentions)
        arguments = [Argument(r, i + offset) for r, i in found.roles if r not in ("place", "time")]
        counted = {a.mention for a in arguments if a.role == "quantity"}
        arguments += [Argument("quantity", q + offset) for q, _ in pairs if q + offset not in counted]
        places = [i for r, i in found.roles if r == "place"]
        return ReadClaim(
            type=found.type,
            trigger=self.document.span(unit.start + found.start, unit.start + found.end),
            evidence=(self.document.span(unit.start, unit.end),),
            segment=unit.label,
            arguments=tuple(arguments),
            quantity_of=tuple((q + offset, m + offset) for q, m in pairs),
            places=tuple(Argument(direction_of(words, reading.mentions[i], found.type), i + offset) for i in places),
            times=tuple(i + offset for r, i in found.roles if r == "time"),
            sources=tuple(i + offset for i in found.sources),
            cue=self.document.span(unit.start + found.cue[0], unit.start + found.cue[1]) if found.cue else None,
            modality=found.modality,  # type: ignore[arg-type]
            polarity=found.polarity,  # type: ignore[arg-type]
            confidence=round(found.confidence, 4),
        )

    def _said(self, words: str, reading: TextReading, offset: int, now: list[ReadClaim]) -> tuple[int, ...]:
        """Who speaks in a sentence: the source that its claims state, else whoever stands beside a speech verb."""
        stated = any(c.sources for c in reading.claims)
        if stated:
            return next((c.sources[:1] for c in now if c.sources), ())
        if (said := speaker_of(words, reading.mentions)) is not None:
            self.sources.heard(said + offset, words)
            return (said + offset,)
        said = speaker_of(words, reading.mentions, pronouns=True)
        meant = self.sources.antecedent(said + offset, self.beside) if said is not None else None
        return () if meant is None else (meant,)

    def _name_quotation(self, words: str, own: tuple[int, ...], first: int) -> None:
        """ "Y happened. Z followed," said X: what stands in the quotation before its speaker is named is X's too."""
        if self.quoting and own:
            for index in self.unnamed:
                self.claims[index] = replace(self.claims[index], sources=own)
            self.unnamed = []
        begun = self.quoting or words.startswith(OPENING)
        self.quoting = still_open(words, self.quoting)
        if begun and self.quoting and not own:
            self.unnamed += [i for i in range(first, len(self.claims)) if not self.claims[i].sources]
        elif not self.quoting:
            self.unnamed = []

    def names_days(self, claim: ReadClaim) -> bool:
        """Whether all its times name days: "in 2007" and "since January" are background."""
        return all(_names_day(self.mentions[t].span.quote) for t in claim.times)

    def _hand_on(
        self, words: str, reading: TextReading, offset: int, now: list[ReadClaim], deeds: list[ReadClaim]
    ) -> None:
        own = self._said(words, reading, offset, now)
        self._name_quotation(words, own, len(self.claims) - len(now))
        self.speaker = quotation_after(words, own, self.speaker)
        if deeds:
            days = [claim if self.names_days(claim) else replace(claim, times=()) for claim in deeds]
            self.setting = Setting.after(days, self.setting)
        elif times := [
            i for i, m in enumerate(reading.mentions) if m.type == "TIME" and _names_day(words[m.start : m.end])
        ]:
            self.setting = Setting((times[0] + offset,), self.setting.places)
        else:
            self.setting = self.setting.older()


def _hangs_on(words: str, claim: FoundClaim) -> bool:
    """ "..., killing nine" and "... and seized two": told in one breath with the deed before."""
    trigger = words[claim.start : claim.end].split()
    return bool(trigger) and (trigger[0].endswith("ing") or _AND.search(words, 0, claim.start) is not None)


def _gone_before(words: str, claim: FoundClaim) -> bool:
    """Told as earlier than its sentence ("arms that it had sold"); after "said that" the tense alone says nothing."""
    told = claim.cue is not None and claim.cue[0] < claim.start and bool(claim.sources)
    return not told and _HAD.search(words, 0, claim.start) is not None


def _names_day(words: str) -> bool:
    return _DAY.search(words) is not None


def _is_opinion(words: str) -> bool:
    """A sentence that judges or asks."""
    return words.rstrip("\"”' ").endswith("?") or _opinion().search(words) is not None


@lru_cache(maxsize=1)
def _opinion() -> re.Pattern[str]:
    phrases = load_words("en", "cues")["opinion"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
