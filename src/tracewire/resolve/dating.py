"""When the deeds of one document took place: by their own time phrase, by what they are told with, or bounded.

A report dates its main deed and tells the rest around it. The rule that gave a date stays on the claim; what is only
bounded has the publication as its basis, so that it joins no events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracewire.model import ClaimDate, Document, Mention, ReadClaim, Span
from tracewire.resolve.context import TextView
from tracewire.resolve.date_frame import Found
from tracewire.resolve.dates import claim_date, published_ends, rank, undated
from tracewire.resolve.timeline import Timeline, is_of_saying, says_that

__all__ = ["ClaimDates"]

REACTIONS = frozenset({"statement", "verification", "publication", "alignment", "sanction", "support"})
"""Types that answer or tell of a deed, or last: undated, they lie between it and the report."""
FIGHT = frozenset(
    {
        "capture",
        "loss",
        "destruction",
        "clash",
        "offensive",
        "strike",
        "attack",
        "casualty",
        "control",
        "breakup",
        "detention",
    }
)
"""Types that belong to one fight: its dead and its spoils have its day, whatever was said or shown in between."""
ARMS = frozenset({"transfer", "handover", "possession", "use", "movement"})
"""Types that belong to one delivery: who sent, carried, took over and holds the arms of a report."""
LASTS = 4
"""Sentences for which a date holds on for what follows it."""
LONGEST_DAYS = 7
"""A day or a few: only such dates are lent to what is told with them."""
NEWS = 45
"""Days before publication within which a dated deed can be what a report is about."""
LONGEST_MAIN = 62
"""Days that the main matter of a report may take: flights "from 8 to 30 January"."""
TOLD_WITHIN = 7
"""Days before a saying ("said on Sunday that they had taken") within which the report's main deed can be meant."""

_COMPARED = re.compile(
    r"\b(?:first|last|latest|worst|biggest|largest|greatest|heaviest|deadliest|fiercest|highest|lowest|bloodiest|most"
    r"|only)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Before "since 2021": the phrase compares and does not date ("the heaviest fighting since the coup")."""
_BEFORE_IT = re.compile(
    r"(?:\b(?:that|which|who|whom|whose)\b[^,;.]{0,60}\bhad (?:\w+ ){0,2}"
    r"|\b(?:previously|formerly|having) (?:\w+ ){0,2})$",
    re.IGNORECASE,
)
"""Before a trigger: it went before what its sentence tells ("missiles that the coalition had given")."""


_RELATIVE = re.compile(r"\b(?:which|who|whom|whose|that|since|after|before|until)\b")
"""Between a trigger and a time phrase: the phrase dates what the clause so begun tells."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One claim in its place: number, type, the reading offsets of its trigger and of its evidence, its own times."""

    number: int
    claim: ReadClaim
    at: int
    unit: tuple[int, int]
    times: tuple[int, ...]

    @property
    def speaks(self) -> bool:
        return self.claim.type in REACTIONS

    @property
    def plans(self) -> bool:
        return self.claim.modality in ("planned", "conditional")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date, its phrase, and the deed that states it."""

    found: Found
    span: Span
    deed: _Deed


class ClaimDates:
    """Dates the claims of one document; `claims` and `mentions` as the reader gave them."""

    def __init__(
        self, document: Document, view: TextView, mentions: Sequence[Mention], claims: Sequence[ReadClaim]
    ) -> None:
        self._document, self._view, self._mentions = document, view, mentions
        self._published = published_ends(document.published)
        self._places = {i: at for i, m in enumerate(mentions) if m.type == "TIME" and (at := view.at(m.span))}
        self._deeds = [d for n, c in enumerate(claims) if (d := self._deed(n, c)) is not None]
        self._found = self._read()
        self._stated = {d.number: found for d in self._deeds if (found := self._own(d)) is not None}
        self._loose = self._attached()
        self._mains = {family: self._main_deed(family) for family in (FIGHT, ARMS)}
        self._main = self._mains[FIGHT] or self._mains[ARMS] or self._main_deed(None)
        self._dates = self._all()

    def date(self, number: int, claim: ReadClaim) -> ClaimDate:
        """The date of claim `number`."""
        if number in self._dates:
            return self._dates[number]
        return undated(self._document.published, claim.modality == "planned")

    # ------------------------------------------------------------ what the text states

    def _deed(self, number: int, claim: ReadClaim) -> _Deed | None:
        at = self._view.at(claim.trigger)
        unit = self._view.at(claim.evidence[0]) if claim.evidence else None
        if at is None or unit is None:
            return None
        own = tuple(t for t in claim.times if t in self._places and unit[0] <= self._places[t][0] < unit[1])
        return _Deed(number, claim, at[0], unit, own)

    def _read(self) -> dict[int, Found]:
        """Mention -> its date, all phrases of the text in their order."""
        order = sorted(self._places, key=lambda i: self._places[i])
        planned = {t for d in self._deeds if self._is_ahead(d) for t in d.times}
        line = Timeline.of(
            self._view.text,
            [self._places[i] for i in order],
            self._document.published,
            [n for n, i in enumerate(order) if i in planned],
        )
        return dict(zip(order, line.found, strict=True))

    def _is_ahead(self, deed: _Deed) -> bool:
        """Planned, or conditional and not told in a past form ("went to Haftar in January, if the panel is right")."""
        if deed.claim.modality == "conditional":
            return not re.search(r"(?:ed|went|came|took|sent|gave|got|fell|were|was)\b", deed.claim.trigger.quote)
        return deed.claim.modality == "planned"

    def _own(self, deed: _Deed) -> _Dated | None:
        """The best of the deed's own phrases; those that compare, or date only the saying, are left out."""
        fitting = [t for t in deed.times if not self._compares(t, deed)]
        told = [t for t in fitting if deed.speaks or not self._is_of_saying(t, deed)]
        pairs = [_Dated(self._found[t], self._mentions[t].span, deed) for t in told]
        return min(pairs, key=lambda d: rank(d.found)) if pairs else None

    def _compares(self, time: int, deed: _Deed) -> bool:
        begin = self._places[time][0]
        words = self._view.text[deed.unit[0] : begin]
        since = self._found[time].rule.startswith("since_")
        return since and _COMPARED.search(words) is not None

    def _is_of_saying(self, time: int, deed: _Deed) -> bool:
        start, end = self._places[time]
        return is_of_saying(self._view.text[deed.unit[0] : start], self._view.text[end : deed.unit[1]])

    # ------------------------------------------------------------ what the report is about

    def _main_deed(self, family: frozenset[str] | None) -> _Dated | None:
        """The first dated deed of a family within NEWS days of publication: what the report is about."""
        known = {**self._loose, **self._stated}
        fresh = [known[n] for n in sorted(known) if self._is_news(known[n])]
        return next((s for s in fresh if family is None or s.deed.claim.type in family), None)

    def _is_news(self, dated: _Dated) -> bool:
        found, last = dated.found, self._published[1] if self._published else None
        if dated.deed.speaks or dated.deed.plans or found.start is None or found.end is None:
            return False
        if found.rule.startswith(("since_", "for_", "this_year")) or (found.end - found.start).days > LONGEST_MAIN:
            return False
        return last is None or 0 <= (last - found.end).days <= NEWS

    def _attached(self) -> dict[int, _Dated]:
        """Deeds without a time, with the one phrase of their sentence that no deed has taken."""
        taken = {t for d in self._deeds for t in d.times}
        found = {}
        for deed in self._deeds:
            if deed.number in self._stated or deed.speaks or deed.plans:
                continue
            free = [t for t in self._within(deed) if t not in taken and self._dates_it(t, deed)]
            if len(free) == 1:
                found[deed.number] = _Dated(self._found[free[0]], self._mentions[free[0]].span, deed)
        return found

    def _within(self, deed: _Deed) -> list[int]:
        return [t for t, (start, _) in self._places.items() if deed.unit[0] <= start < deed.unit[1]]

    def _dates_it(self, time: int, deed: _Deed) -> bool:
        """Whether a free phrase can date a deed: no saying, no comparison, in no clause of its own."""
        start = self._places[time][0]
        own_clause = deed.at < start and _RELATIVE.search(self._view.text[deed.at : start])
        return (
            not own_clause
            and not (self._is_of_saying(time, deed) or self._compares(time, deed))
            and (self._found[time].closed)
        )

    def _saying_day(self, deed: _Deed) -> _Dated | None:
        """The day on which a sentence says that its deed was told."""
        said = (t for t in self._within(deed) if self._found[t].closed and self._is_of_saying(t, deed))
        time = next(said, None)
        return None if time is None else _Dated(self._found[time], self._mentions[time].span, deed)

    # ------------------------------------------------------------ every claim in turn

    def _all(self) -> dict[int, ClaimDate]:
        dates: dict[int, ClaimDate] = {}
        setting: list[_Dated] = []
        for deed in self._deeds:
            dates[deed.number] = self._one(deed, setting)
            own = self._stated.get(deed.number) or self._loose.get(deed.number)
            if own is not None and _short(own.found) and not deed.plans:
                setting.append(own)
        return dates

    def _one(self, deed: _Deed, setting: Sequence[_Dated]) -> ClaimDate:
        own = self._stated.get(deed.number)
        if own is not None and (own.found.closed or own.found.start or _places_in_time(own.found)):
            return claim_date(own.found, own.span, inferred=False)
        if deed.plans:
            return undated(self._document.published, deed.claim.modality == "planned")
        if deed.speaks:
            return self._reaction(setting)
        holds_not = deed.claim.polarity == "-" and deed.claim.type in ARMS and deed.claim.type != "movement"
        lent = None if holds_not else self._lent(deed, setting)
        if lent is not None:
            return lent
        return claim_date(own.found, own.span, inferred=False) if own else self._bounded()

    def _lent(self, deed: _Deed, setting: Sequence[_Dated]) -> ClaimDate | None:
        """The date of what a deed is told with: its sentence, the fight, its like elsewhere in the report."""
        if _went_before(self._view.text[deed.unit[0] : deed.at]):
            like = self._like(deed)
            return _lend(like, "told_again") if like else None
        if (shared := self._shared(deed)) is not None:
            return _lend(shared, "shared")
        said = self._saying_day(deed)
        for how, dated in self._candidates(deed, setting):
            if (
                dated is not None
                and self._may_lend(dated, deed)
                and (said is None or _told_within(dated.found, said.found))
            ):
                return _lend(dated, how)
        if said is not None:
            assert said.found.start is not None
            found = replace(said.found, rule="day_of_saying")
            if _short(found):  # told on a day: on it or on the day before
                found = replace(found, start=said.found.start - timedelta(1), precision="days")
            return claim_date(found, said.span, inferred=True)
        return None

    def _may_lend(self, dated: _Dated, deed: _Deed) -> bool:
        """What is quoted from elsewhere has its own time: the report around it lends it none."""
        return deed.claim.segment != "quote" or dated.deed.claim.segment == "quote"

    def _candidates(self, deed: _Deed, setting: Sequence[_Dated]) -> Iterator[tuple[str, _Dated | None]]:
        yield "lent", self._nearest(deed, setting)
        if deed.claim.type in FIGHT:
            yield "main_deed", self._mains[FIGHT]
        yield "told_again", self._like(deed)
        if deed.claim.type in ("transfer", "handover"):
            yield "main_deed", self._mains[ARMS]
        elif deed.claim.type in FIGHT or deed.claim.type == "movement":
            yield "main_deed", self._main

    def _shared(self, deed: _Deed) -> _Dated | None:
        """The one date that the deeds of its sentence have, or a phrase of the sentence that no deed has taken."""
        if deed.number in self._loose:
            return self._loose[deed.number]
        others = [s for s in self._stated.values() if s.deed.unit == deed.unit and not s.deed.speaks]
        fitting = [s for s in others if s.found.closed and not s.deed.plans and not self._is_aside(s, deed)]
        dates = {(s.found.start, s.found.end): s for s in fitting}
        return next(iter(dates.values())) if len(dates) == 1 else None

    def _is_aside(self, dated: _Dated, deed: _Deed) -> bool:
        """Told in a relative clause behind the deed: "rockets that Iran had shipped in November"."""
        text = self._view.text
        if _went_before(text[dated.deed.unit[0] : dated.deed.at]):
            return True
        return deed.at < dated.deed.at and _RELATIVE.search(text[deed.at : dated.deed.at]) is not None

    def _nearest(self, deed: _Deed, setting: Sequence[_Dated]) -> _Dated | None:
        """The last date before a deed, from a fight where the deed is part of one, and at most LASTS sentences back."""
        fight = deed.claim.type in FIGHT
        for dated in reversed(setting):
            if self._view.sentences_between(dated.deed.at, deed.at) > LASTS:
                return None
            if not dated.deed.speaks and (not fight or dated.deed.claim.type in FIGHT):
                return dated
        return None

    def _like(self, deed: _Deed) -> _Dated | None:
        """The first deed of the same type that has a day: headline and opening tell what the body dates."""
        for dated in self._stated.values():
            same = dated.deed.claim.type == deed.claim.type and not dated.deed.plans
            if same and dated.found.closed and dated.found.precision in ("day", "days") and self._is_recent(dated):
                return dated
        return None

    def _is_recent(self, dated: _Dated) -> bool:
        last = self._published[1] if self._published else None
        return last is None or dated.found.start is None or (last - dated.found.start).days <= 4 * NEWS

    def _reaction(self, setting: Sequence[_Dated]) -> ClaimDate:
        """An answer lies between what it answers and the report."""
        base = next((s for s in reversed(setting) if self._is_news(s)), self._main)
        return self._since(base)

    def _bounded(self) -> ClaimDate:
        """Nothing dates it: told in a report on a main deed, it lies between that and the report."""
        return self._since(self._main)

    def _since(self, base: _Dated | None) -> ClaimDate:
        last = self._published[1] if self._published else None
        if base is None or last is None or base.found.end is None or base.found.end > last:
            return undated(self._document.published, False)
        return _bound(base.found.end, last, "between_deed_and_publication")


def _went_before(words: str) -> bool:
    """Told as earlier than its sentence; "said that it had taken" is only reported speech."""
    match = _BEFORE_IT.search(words)
    return match is not None and not (match.group().startswith("that") and says_that(words[: match.start()]))


def _told_within(found: Found, said: Found) -> bool:
    if found.end is None or said.end is None:
        return False
    return 0 <= (said.end - found.end).days <= TOLD_WITHIN


def _bound(first: date, last: date, rule: str) -> ClaimDate:
    return ClaimDate(first.isoformat(), last.isoformat(), "days", "publication", None, rule)


def _lend(dated: _Dated, how: str) -> ClaimDate:
    found = replace(dated.found, rule=f"{how}: {dated.found.rule}")
    return claim_date(found, dated.span, inferred=True)


def _short(found: Found) -> bool:
    return found.start is not None and found.end is not None and (found.end - found.start).days < LONGEST_DAYS


def _places_in_time(found: Found) -> bool:
    return found.end is not None and found.rule.startswith(("until_", "by_", "before_", "over_"))
