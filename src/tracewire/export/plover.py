"""Events as PLOVER JSON Lines: who did what to whom, its mode and context, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.coding.deeds import STATUS, Deed, Deeds, When, origins_words, sentences, taker_named, texts, when
from tracewire.export.coding.left import Left
from tracewire.export.coding.nations import nation
from tracewire.export.coding.parties import Party, Side
from tracewire.export.coding.sites import Site, sites
from tracewire.export.coding.words import kinds, says
from tracewire.export.event_phrases import describe_event, lead_claim
from tracewire.export.jsonl import line
from tracewire.export.raw_index import document_title
from tracewire.export.view import View, view
from tracewire.model import Claim, Record

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "SANCTION": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""The quadrant of each event; the manual's draft counts SANCTION as verbal here and as material elsewhere."""

_SECTORS = {
    "state": "GOV", "state agency": "GOV", "state forces": "MIL", "forces": "MIL", "rebel group": "REB",
    "armed": "UAF", "civilians": "CVL", "company": "BUS", "party": "PTY",
}  # fmt: skip
_CODES = {"international organisation": "IGO", "non-governmental organisation": "NGO"}
_MODES = {
    "chemical": "unconventional", "suicide": "suicide-attack", "mine": "explosives", "grenade": "explosives",
    "air": "aerial", "artillery": "heavy-weapons",
}  # fmt: skip
_FIGHTING = frozenset({"clash", "attack", "offensive", "strike", "casualty"})


class PloverExporter:
    """Writes one PLOVER event a line; nothing that is denied, planned or conditional, and nothing undated."""

    name = "plover"
    suffix = ".jsonl"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """One JSON object a line, by date."""
        known = view(record, self._codebook)
        left, deeds = Left("event"), Deeds(known)
        for _, deed in deeds:
            left.look()
            found = deed if isinstance(deed, str) else _row(known, deeds, deed)
            if isinstance(found, str):
                left.out(found)
            else:
                yield line(found)
        self.notes = left.lines()


def _row(known: View, deeds: Deeds, deed: Deed) -> dict[str, Any] | str:
    days, coded = when(deed.event), _coded(known, deed)
    if isinstance(coded, str):
        return coded
    if days is None or days.days > 366:
        return "its date is not known to the year"
    event, mode = coded
    acting = deed.acting
    if acting.main is None and event == "ASSAULT":
        acting = Side(Party(None, "armed", ""))  # PLOVER's UAF: armed and not identified
    if acting.main is None:
        return "who did it is not known"
    lead = lead_claim(known, deed.event) or deed.told[0]
    return {
        "id": deed.event.id,
        "has_event": 1,
        **_dates(days),
        "actor": _entities(acting),
        "recipient": _entities(deed.suffering),
        "event": event,
        "mode": mode,
        # "military" is for the forces of states alone
        "context": ["military"] if acting.main.state and _is_military(known, deed) else [],
        "quad_code": QUADS[event],
        "event_loc": [_location(site) for site in sites(known, deed).at],
        "event_text": known.words(lead, lead.trigger),
        **_text(known, lead),
        "coder": f"tracewire, {lead.reader}",
        "comment": _comment(known, deeds, deed),
    }


def _is_military(known: View, deed: Deed) -> bool:
    row = known.codebook.events.get(deed.event.type)
    return deed.event.type in _FIGHTING or (row is not None and row.plover_context == "military")


def _dates(days: When) -> dict[str, str | None]:
    return {"date": str(days.start), "enddate": None if days.days == 1 else str(days.end)}


# ---------------------------------------------------------------- event and mode


def _coded(known: View, deed: Deed) -> tuple[str, str | None] | str:
    type_ = deed.event.type
    triggers = " ¶ ".join(known.words(claim, claim.trigger) for claim in deed.told)
    if type_ in _FIGHTING:
        return "ASSAULT", _mode(known, deed)
    if type_ == "statement":
        found = kinds("statements", [triggers])
        return (found[0], None) if found else "a statement that neither accuses, threatens, demands nor rejects"
    if type_ == "control" and not says("taking", "taken", triggers):
        return "a place is held or besieged, it does not change hands"
    if type_ == "control" and not taker_named(known, deed):
        return "who took the place is not known"
    if type_ == "movement":
        return _moved(deed, triggers)
    if type_ == "handover" and not says("surrender", "given_up", triggers):
        return "whether the weapons were surrendered or given is not told"
    if type_ == "talks" and says("agreement", "agreed", triggers):
        return "AGREE", None
    if type_ == "detention":
        return _detained(deed, triggers)
    row = known.codebook.events.get(type_)
    if row is None or row.plover_event is None:
        return f"a {type_} is no PLOVER event"
    return row.plover_event, row.plover_modes[0] if len(row.plover_modes) == 1 else None


def _mode(known: View, deed: Deed) -> str | None:
    near = kinds("means", texts(known, deed))
    found = near or kinds("means", sentences(known, deed))
    return _MODES[found[0]] if near or len(found) == 1 else None


def _moved(deed: Deed, triggers: str) -> tuple[str, str | None] | str:
    mover = deed.acting.main
    if mover is None or mover.civilian:
        return "the movement of people who bear no arms, or of nobody named"
    return ("RETREAT", "withdraw") if says("leaving", "withdrawn", triggers) else ("MOBILIZE", "troops")


def _detained(deed: Deed, triggers: str) -> tuple[str, str | None] | str:
    if says("release", "freed", triggers):
        return "RETREAT", "release"
    doer = deed.acting.main
    if doer is None or doer.kind is None:
        return "who detained them, a state or a group, is not known"
    return ("COERCE", "arrest") if doer.state or doer.kind == "forces" else ("ASSAULT", "abduct")


# ---------------------------------------------------------------- parts


def _entities(side: Side) -> list[dict[str, str | None]]:
    return [_entity(party) for party in (side.main, *side.beside) if party is not None]


def _entity(party: Party) -> dict[str, str | None]:
    land = nation(party.country)
    external = dict(party.entity.external) if party.entity is not None else {}
    return {
        "code": _CODES.get(party.kind or "") or (None if land is None else land.iso3),
        "sector": _SECTORS.get(party.kind or ""),
        "entity_text": party.words or party.name,
        "identifier_id": external.get("wikidata"),
        "identifier_text": party.name or None,
    }


def _location(site: Site) -> dict[str, Any]:
    land, gazetteer = nation(site.place.country), site.place.gazetteer or ""
    return {
        "resolved_place": site.name,
        "geonameid": gazetteer.partition(":")[2] if gazetteer.startswith("geonames:") else None,
        "lat": round(site.latitude, 5),
        "lon": round(site.longitude, 5),
        "province": site.place.admin1,
        "country": None if land is None else land.name,
        "country_code": None if land is None else land.iso3,
        "resolution": f"within {site.radius_km:g} km",
    }


def _text(known: View, lead: Claim) -> dict[str, Any]:
    document, span = known.documents.get(lead.document), lead.evidence[0]
    return {
        "text": known.words(lead, span),
        "text_info": {"start": span.start, "end": span.end},
        "cite_info": {
            "corpus": "tracewire case",
            "citation": lead.document if document is None else document.name,
            "url": None if document is None else document.url,
            "title": None if document is None else document_title(document),
            "language": None if document is None else document.language,
            "publication": None if document is None else document.outlet,
            "codebook": f"tracewire {known.codebook.version}",
        },
    }


def _comment(known: View, deeds: Deeds, deed: Deed) -> str:
    parts = [STATUS[deed.event.status], origins_words(deed.event), describe_event(known, deed.event)]
    instead = [p.name or p.words for side in (deed.acting, deed.suffering) for p in side.instead]
    parts += [f"other accounts name {', '.join(instead)}"] if instead else []
    disputes = deeds.disputes(deed)
    return "; ".join(parts + ([f"disputed: {'; '.join(disputes)}"] if disputes else []))
