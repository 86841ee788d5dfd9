"""The end of a report: what stays open, and how the report was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracewire.export.event_phrases import lead_claim
from tracewire.export.phrases import deed, is_denial, place_words, told_as_done, who_words
from tracewire.export.plain import sentence_case, unique
from tracewire.export.report.brief import (
    Brief,
    core_events,
    event_line,
    is_refusal,
    is_talk,
    quote,
    relations_of,
)
from tracewire.export.report.flows import hop_groups
from tracewire.export.report.markdown import bullets, md
from tracewire.model import Claim, Event, Place


def questions(brief: Brief) -> Iterator[str]:
    """What the documents leave open, each kind with the events or claims it concerns."""
    kinds = {
        "When did it happen?": [e for e in brief.told if e.start is None and e.end is None and not is_talk(brief, e)],
        "Who else says so? (one origin at most, among the main events)": [
            e for e in core_events(brief) if e.origins.max <= 1
        ],
    }
    parts = {name: [f"{event_line(brief, e)} {brief.ref(e.id)}" for e in found] for name, found in kinds.items()}
    parts["Where was it? (unlocated or more than one place of that name)"] = list(_places(brief))
    parts["Who is meant? (no name, or a name that was not resolved)"] = list(_actors(brief))
    parts["From whom, or to whom? (gaps in the custody path)"] = list(_gaps(brief))
    parts["What is denied, and by whom?"] = list(_answers(brief, denied=True))
    parts["What could not be verified?"] = [*_answers(brief, denied=False), *_silent(brief)]
    parts["What is missing of the documents?"] = list(_documents(brief))
    asked = [f"**{name}**\n\n{bullets(lines)}" for name, lines in parts.items() if lines]
    yield from asked or ["There are no open questions."]


def _places(brief: Brief) -> Iterator[str]:
    for event in (event for event in brief.told if not is_talk(brief, event)):
        place = brief.known.place(event.place)
        words = _place_words(brief, event)
        if place is not None and place.alternatives:
            rows = [place, *(row for other in place.alternatives if (row := brief.known.place(other)) is not None)]
            yield f"{md(', or '.join(unique(map(_which, rows))))}: {event_line(brief, event)} {brief.ref(event.id)}"
        elif place is None or place.latitude is None:
            yield f"{md(sentence_case(words or 'no place is named'))}: {event_line(brief, event)} {brief.ref(event.id)}"


def _which(place: Place) -> str:
    """A place with its province and country, which tell it from others of its name."""
    inside = unique(part for part in (place.admin1, place.country) if part and part != place.name)
    return f"{place.name} ({', '.join(inside)})" if inside else place.name


def _place_words(brief: Brief, event: Event) -> str:
    lead = lead_claim(brief.known, event)
    return "" if lead is None else place_words(brief.known, lead)


_NOBODY = frozenset({"quantity", "facility", "instrument"})
"""Roles that are nobody's."""


def _actors(brief: Brief) -> Iterator[str]:
    """Words in the roles of an event that name nobody, each once with all claims that have it."""
    for event in brief.told:
        found: dict[tuple[str, str], list[str]] = {}
        for claim in brief.claims_of(event):
            named = {role.role for role in claim.roles if role.entity is not None} | _NOBODY
            for role in claim.roles:
                if role.entity is None and role.mention is not None and role.role not in named and told_as_done(claim):
                    refs = found.setdefault((quote(brief, claim, role.mention), role.role), [])
                    refs += [brief.ref(claim.id)] if brief.ref(claim.id) not in refs else []
        yield from (f"{words}, {md(role)} {' '.join(refs)}" for (words, role), refs in found.items())


def _gaps(brief: Brief) -> Iterator[str]:
    for group in hop_groups(brief):
        ends = [("from whom", any(hop.giver for hop in group)), ("to whom", any(hop.holder for hop in group))]
        missing = " and ".join(name for name, known in ends if not known)
        if missing and group[0].kind in ("supply", "capture", "handover", "loss"):
            claim = brief.known.claims[group[0].claim]
            yield f"{sentence_case(missing)}: {md(deed(brief.known, claim))} {brief.ref(claim.id)}"


def _answers(brief: Brief, *, denied: bool) -> Iterator[str]:
    """Who says no to a claim, or could not or would not confirm it; once where copies repeat the words."""
    for claim in brief.known.claims.values():
        if is_refusal(claim) and is_denial(claim) == denied and not brief.copied_from(claim):
            words = " ".join(quote(brief, claim, span) for span in claim.evidence[:1])
            what = md(sentence_case(deed(brief.known, claim)))
            yield f"{what}: {words} – {md(who_words(claim))} {brief.mark(claim.id)}"


def _silent(brief: Brief) -> Iterator[str]:
    for relation in relations_of(brief, "neither_confirms_nor_denies"):
        source, target = (brief.known.claims.get(end) for end in (relation.source, relation.target))
        if source is not None and target is not None:
            who = md(sentence_case(who_words(source)))
            yield f"{who} {brief.ref(source.id)} neither confirms nor denies: {_about(brief, target)}"


def _about(brief: Brief, claim: Claim) -> str:
    return f"{md(deed(brief.known, claim))} {brief.ref(claim.id)}"


def _documents(brief: Brief) -> Iterator[str]:
    for document in sorted(brief.known.documents.values(), key=lambda row: (row.name, row.id)):
        missing = [name for name, value in (("outlet", document.outlet), ("date", document.published)) if value is None]
        if missing:
            yield f"{md(document.name)}: no {' and no '.join(missing)}"
    for failure in sorted(brief.known.record.failures, key=lambda row: (row.name, row.stage)):
        yield f"{md(failure.name)} could not be processed ({md(failure.stage)}): {md(failure.reason)}"


# ---------------------------------------------------------------- method


def method(brief: Brief) -> Iterator[str]:
    """How the report was made and what it can not know."""
    record = brief.known.record
    # Readings of other readers may lie in the case; the claims are what is told here.
    readers = md(", ".join(sorted({c.reader for c in record.claims}) or record.readers)) or "none"
    judgements = [judgement for judgement in record.judgements if not judgement.undone]
    yield bullets(_method(readers, brief.known.codebook.version, judgements))


def _method(readers: str, codebook: str, judgements: Iterable[object]) -> list[str]:
    return [
        f"Read by: {readers}; codebook version {md(codebook)}.",
        "Every quote is verbatim; its characters count from 0 in the decoded file. Marks such as \\[c…\\] lead from a "
        "statement to the claim behind it; the claims file has their full ids.",
        "A program read the documents. It misses claims and misreads some: check the quote before you publish one.",
        "Copies and relays are one origin. The smaller number of origins folds whatever may be one, the larger only "
        "what is known to be.",
        "Dates that a document does not state are intervals counted from its day of publication.",
        "Credibility runs from 1 (confirmed) to 6 (cannot be judged); it is suggested, never decided, by the program.",
        "Reviewers' decisions are kept in the case." if list(judgements) else "Nothing here has been reviewed.",
    ]
