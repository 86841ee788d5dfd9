"""Materiel on its way: each hop of a custody path, from whom to whom, with the gaps left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracewire.export.event_phrases import items_over, least_hedged, names_over, together
from tracewire.export.hops import Hop, Party, hops
from tracewire.export.phrases import place_name, told_as_done, who_words
from tracewire.export.plain import date_words, join, unique
from tracewire.export.report.brief import Brief, when_where
from tracewire.export.report.markdown import bullets, md
from tracewire.export.wording import ADVERBS
from tracewire.model import Claim

VERBS = {
    "transfer": "supplied",
    "capture": "captured",
    "handover": "handed over",
    "loss": "lost",
    "destruction": "destroyed",
    "possession": "held or shown",
    "use": "used",
    "support": "backed",
}
GAP = "?"


def flows(brief: Brief) -> Iterator[str]:
    """Hops by date; those of one event are one line. "?" marks a gap that no document fills."""
    groups = hop_groups(brief)
    if not groups:
        yield "No claim tells how materiel changed hands."
        return
    yield "From whom to whom, by date; ? is a gap that no document fills."
    yield bullets(_line(brief, group) for group in groups)


def hop_groups(brief: Brief) -> list[list[Hop]]:
    """Hops that some claim says were done, those of one event and type together; headlines are left to the body."""
    told = {claim for event in brief.told for claim in event.claims}
    claims = [claim for claim in brief.known.claims.values() if told_as_done(claim) and claim.segment != "title"]
    groups: dict[tuple[str, str], list[Hop]] = {}
    for hop in hops(brief.known, claims):
        if hop.event is None or hop.claim in told:
            groups.setdefault((hop.event or hop.claim, hop.type), []).append(hop)
    return [group for group in groups.values() if any(hop.giver or hop.holder or hop.items for hop in group)]


def _line(brief: Brief, group: Sequence[Hop]) -> str:
    claims = [brief.known.claims[hop.claim] for hop in group]
    where = _when_where(brief, group[0])
    what = join(items_over(brief.known, claims)) or ("" if group[0].kind == "backer" else GAP)
    parts = [
        f"**{_verb(group, claims)}**: {md(_path(brief, group))}{': ' if what else ''}{md(what)}.",
        f"{md(where)}." if where else "Date and place unknown.",
        f"{_sources(brief, group)}.",
    ]
    return " ".join(parts)


def _verb(group: Sequence[Hop], claims: Sequence[Claim]) -> str:
    modes = join(unique(hop.diversion.replace("_", " ") for hop in group if hop.diversion != "unknown"), "or")
    hedge = ADVERBS.get(least_hedged(claims), "")
    verb = f"{hedge} {VERBS.get(group[0].type, group[0].type)}".strip()
    return f"{verb} ({modes})" if modes else verb


def _path(brief: Brief, group: Sequence[Hop]) -> str:
    """From whom to whom; whole paths side by side where the accounts differ at both ends."""
    givers, holders = _names([hop.giver for hop in group]), _names([hop.holder for hop in group])
    if group[0].kind == "end":
        # What is destroyed has no next holder.
        attackers, last = names_over(brief.known, [brief.known.claims[hop.claim] for hop in group], "attacker")
        holders = (f"end, by {join(attackers, last)}" if attackers else "end"), "and"
    if givers[1] == holders[1] == "or":
        return "; or ".join(unique(f"{_end(hop.giver)} → {_end(hop.holder)}" for hop in group))
    return f"{givers[0]} → {holders[0]}"


def _names(parties: Sequence[Sequence[Party]]) -> tuple[str, str]:
    """All names that fill one end of the hop, and whether "and" or "or" joins them."""
    resolved = [[party.name for party in some if party.entity is not None] for some in parties]
    names, last = together(resolved if any(resolved) else [[party.name for party in some] for some in parties])
    return join(names, last) or GAP, last if len(names) > 1 else "and"


def _end(parties: Sequence[Party]) -> str:
    return join([party.name for party in parties]) or GAP


def _when_where(brief: Brief, hop: Hop) -> str:
    event = brief.known.events.get(hop.event or "")
    if event is not None:
        return when_where(brief, event)
    parts = (date_words(hop.start, hop.end), place_name(brief.known, hop.place))
    return ", ".join(part for part in parts if part)


def _sources(brief: Brief, group: Sequence[Hop]) -> str:
    """Who says so, with the evidence ids behind each; copies stand last and count for nothing."""
    by_source: dict[str, list[str]] = {}
    copies: list[str] = []
    for hop in group:
        claim = brief.known.claims[hop.claim]
        if brief.copied_from(claim):
            copies.append(brief.ref(hop.claim))
        else:
            by_source.setdefault(who_words(claim), []).append(brief.ref(hop.claim))
    said = "; ".join(f"{md(who)} {' '.join(refs)}" for who, refs in by_source.items())
    copied = f"copied in {' '.join(copies)}" if copies else ""
    return "; ".join(part for part in (f"Said by {said}" if said else "", copied) if part)
