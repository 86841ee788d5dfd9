"""What people decided about events, laid over what claims make: merged, split, accepted, rejected, graded.

A judgement names the claims that the event had; so it finds its event again when later documents give it another id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracewire.model import Credibility, Event, Judgement


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that count, in order of time: neither undone nor part of a blind second coding."""
    kept = [j for j in judgements if not j.undone and not j.change.get("blind")]
    return sorted(kept, key=lambda j: (j.at, j.id))


def regroup(groups: Sequence[Sequence[str]], judgements: Iterable[Judgement]) -> list[list[str]]:
    """Groups of claim ids after merges and splits by people."""
    found = [list(group) for group in groups]
    for judgement in standing(judgements):
        claims = _ids(judgement, "claims")
        if judgement.what == "merge":
            _merge(found, claims, _ids(judgement, "with"))
        elif judgement.what == "split":
            _split(found, claims, _ids(judgement, "out"))
    return [group for group in found if group]


def _ids(judgement: Judgement, key: str) -> set[str]:
    value = judgement.change.get(key)
    return {item for item in value if isinstance(item, str)} if isinstance(value, list) else set()


def _holding(groups: Sequence[Sequence[str]], claims: set[str]) -> int | None:
    """The group that holds most of some claims."""
    counts = [(len(claims.intersection(group)), -index) for index, group in enumerate(groups)]
    most, index = max(counts, default=(0, 0))
    return -index if most else None


def _merge(groups: list[list[str]], claims: set[str], others: set[str]) -> None:
    first, second = _holding(groups, claims), _holding(groups, others)
    if first is None or second is None or first == second:
        return
    groups[first] += groups[second]
    groups[second] = []


def _split(groups: list[list[str]], claims: set[str], out: set[str]) -> None:
    held = _holding(groups, claims - out)
    if held is None:
        return
    leaving = [claim for claim in groups[held] if claim in out]
    if leaving and len(leaving) < len(groups[held]):
        groups[held] = [claim for claim in groups[held] if claim not in out]
        groups.append(leaving)


def judged_events(events: Sequence[Event], judgements: Iterable[Judgement]) -> list[Event]:
    """Events with the status and the credibility that people set."""
    found = {event.id: event for event in events}
    homes: dict[str, list[str]] = {}
    for event in events:
        for claim in event.claims:
            homes.setdefault(claim, []).append(event.id)
    for judgement in standing(judgements):
        if judgement.what in ("accept", "reject", "grade") and "claims" in judgement.change:
            target = _target(found, homes, judgement)
            if target is not None:
                found[target.id] = _judge(target, judgement)
    return [found[event.id] for event in events]


def _target(found: dict[str, Event], homes: dict[str, list[str]], judgement: Judgement) -> Event | None:
    """The event judged: the one of that id while it shares a claim, else the one with most of its claims."""
    claims = _ids(judgement, "claims")
    named = found.get(judgement.on)
    if named is not None and claims.intersection(named.claims):
        return named
    counts: dict[str, int] = {}
    for claim in claims:
        for event in homes.get(claim, ()):
            counts[event] = counts.get(event, 0) + 1
    best = max(sorted(counts), key=lambda event: counts[event], default=None)
    return found[best] if best is not None and 2 * counts[best] > len(claims) else None


def _judge(event: Event, judgement: Judgement) -> Event:
    if judgement.what == "accept":
        return replace(event, status="accepted")
    if judgement.what == "reject":
        return replace(event, status="rejected")
    grade = judgement.change.get("credibility")
    if not isinstance(grade, int) or not 1 <= grade <= 6:
        return event
    why = f"set by {judgement.by}" + (f": {judgement.why}" if judgement.why else "")
    return replace(event, credibility=Credibility(grade, (*event.credibility.why, why)))
