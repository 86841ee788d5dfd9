"""schema.org: each claim as a Claim, and a ClaimReview where a person has judged it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.coding.left import Left
from tracewire.export.jsonl import compact
from tracewire.export.phrases import describe_claim
from tracewire.export.raw_index import document_title
from tracewire.export.view import View, view
from tracewire.model import Attribution, Claim, Judgement, Record

Node = dict[str, Any]

LONGEST = 74
"""claimReviewed has to stay under 75 characters."""

GRADES = {
    1: "Confirmed by other sources",
    2: "Probably true",
    3: "Possibly true",
    4: "Doubtful",
    5: "Improbable",
    6: "Truth cannot be judged",
}
"""The Admiralty scale of credibility."""

REVIEWED = {
    "accepted": "Accepted in review as what the report says",
    "edited": "Corrected in review to what the report says",
    "rejected": "Rejected in review: the report does not say so",
}


class ClaimReviewExporter:
    """Writes a JSON-LD graph of schema.org Claims, with a ClaimReview for those that a person has reviewed."""

    name = "claimreview"
    suffix = ".jsonld"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """One graph, a node a line, each claim followed by its review."""
        known = view(record, self._codebook)
        judged = _judgements(record)
        left = Left("claim")
        yield '{"@context":"https://schema.org","@graph":['
        first, reviews = True, 0
        for claim in known.claims.values():
            review = _review(known, claim, judged)
            for node in filter(None, (_claim(known, claim), review)):
                yield ("\n" if first else ",\n") + compact(node)
                first = False
            reviews += review is not None
        yield "\n]}\n"
        if reviews:
            left.note(f"{reviews} reviews need a url on your own site each before you publish them")
        self.notes = left.lines()


def _judgements(record: Record) -> dict[str, list[Judgement]]:
    """Judgements that stand, by what they are on, in order of time."""
    found: dict[str, list[Judgement]] = {}
    for judgement in sorted(record.judgements, key=lambda j: (j.at, j.id)):
        if not judgement.undone:
            found.setdefault(judgement.on, []).append(judgement)
    return found


def _urn(id_: str) -> str:
    return f"urn:tracewire:{id_}"


def _bare(**properties: Any) -> Node:
    return {name.replace("at_", "@"): value for name, value in properties.items() if value not in (None, "", [])}


def _claim(known: View, claim: Claim) -> Node:
    event = known.events.get(known.event_of.get(claim.id, ""))
    candidate = claim.judgement is None and (event is None or event.status == "candidate")
    return _bare(
        at_type="Claim",
        at_id=_urn(claim.id),
        text=known.words(claim, claim.evidence[0]),
        description=describe_claim(known, claim),
        author=_author(known, claim.attribution[0]) if claim.attribution else None,
        appearance=_appearance(known, claim),
        datePublished=_published(known, claim),
        claimInterpreter=_bare(at_type="SoftwareApplication", name="Tracewire", softwareVersion=claim.reader),
        creativeWorkStatus="candidate: not reviewed" if candidate else f"reviewed: {_state(known, claim)}",
    )


def _state(known: View, claim: Claim) -> str:
    event = known.events.get(known.event_of.get(claim.id, ""))
    return claim.judgement or ("accepted" if event is None else event.status)


def _author(known: View, link: Attribution) -> Node:
    entity = known.entity(link.entity)
    type_ = "Person" if entity is not None and entity.type == "person" else "Organization"
    # unnamed speakers ("residents") are neither for sure; schema.org takes any Thing's name
    return _bare(at_type=type_ if entity is not None or link.role == "publisher" else "Person", name=link.who)


def _appearance(known: View, claim: Claim) -> Node | None:
    document = known.documents.get(claim.document)
    if document is None:
        return None
    outlet = document.outlet
    return _bare(
        at_type="NewsArticle",
        name=document_title(document) or document.name,
        url=document.url,
        datePublished=_published(known, claim),
        publisher=None if outlet is None else _bare(at_type="Organization", name=outlet),
        identifier=document.name,
    )


def _published(known: View, claim: Claim) -> str | None:
    document = known.documents.get(claim.document)
    published = None if document is None else document.published
    return published.start if published is not None and published.start == published.end else None


# ---------------------------------------------------------------- reviews


def _review(known: View, claim: Claim, judged: Mapping[str, list[Judgement]]) -> Node | None:
    """A review by a person: a grade of its truth, or else whether it was read rightly. None where nobody judged it."""
    on = [*judged.get(claim.id, []), *judged.get(known.event_of.get(claim.id, ""), [])]
    graded = next((j for j in reversed(on) if j.what == "grade" and _grade(j) in GRADES), None)
    own = (j for j in reversed(on) if j.on == claim.id and j.what in ("accept", "reject", "edit"))
    last = graded or next(own, None)
    if graded is None and claim.judgement is None:
        return None
    return _bare(
        at_type="ClaimReview",
        at_id=_urn(f"review:{claim.id}"),
        claimReviewed=_short(describe_claim(known, claim)),
        itemReviewed={"@id": _urn(claim.id)},
        author=None if last is None else _bare(at_type="Person", name=last.by),
        datePublished=None if last is None else last.at[:10],
        reviewBody=None if last is None else last.why,
        reviewRating=_rating(_grade(graded) if graded is not None else None, claim),
    )


def _grade(judgement: Judgement) -> int | None:
    found = judgement.change.get("grade", judgement.change.get("to"))
    return found if isinstance(found, int) else None


def _rating(grade: int | None, claim: Claim) -> Node:
    if grade is None:
        return _bare(at_type="Rating", alternateName=REVIEWED[claim.judgement or "accepted"])
    scale = {} if grade == 6 else {"ratingValue": 6 - grade, "bestRating": 5, "worstRating": 1}
    return _bare(at_type="Rating", alternateName=GRADES[grade], **scale)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
