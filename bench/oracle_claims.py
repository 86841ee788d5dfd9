"""A story's key as a record: the claims that a perfect reader would hand to assembly.

Documents, copies, stated origins and stories are those that the program itself makes; claims, actors and places are the
key's own values.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracewire import open_case
from tracewire.codebook import Codebook, load_codebook
from tracewire.config import Settings
from tracewire.model import (
    Attribution,
    Casualty,
    Claim,
    ClaimDate,
    Document,
    Entity,
    Materiel,
    Place,
    PlaceRole,
    Quantity,
    Record,
    Role,
    Span,
    claim_id,
)
from tracewire.read.text import sentences
from tracewire.resolve.materiel import MaterielResolver

TYPES = {
    "MEDIA_RELEASE": "publication", "CAPTURE": "capture", "TRANSFER": "transfer", "AIRDROP": "transfer",
    "PLANNED_TRANSFER": "transfer", "SUPPORT": "support", "TRAINING": "support", "POSSESSION": "possession",
    "POSSESSION_DISPLAY": "publication", "LOSS": "loss", "SURRENDER_OF_WEAPONS": "handover",
    "TERRITORY_CHANGE": "control", "RETREAT": "movement", "OFFENSIVE": "offensive", "CLASH": "clash",
    "ATTACK": "attack", "AIRSTRIKE": "strike", "WEAPON_USE": "use", "DEFEAT": "clash", "FATALITIES": "casualty",
    "KILLING": "casualty", "DISBANDMENT": "breakup", "DEFEAT_OR_DEFECTION": "breakup",
    "SURRENDER_OR_DEFECTION": "breakup", "ALLIANCE": "alignment", "REINFORCEMENT": "movement",
    "LEADERSHIP": "alignment", "PRESENCE": "movement", "STATEMENT": "statement", "STATEMENT_INTENT": "statement",
    "ANNOUNCEMENT": "statement", "THREAT": "statement", "MEETING": "talks", "NEGOTIATION": "talks",
    "VERIFICATION_STATEMENT": "verification", "NON_CONFIRMATION": "verification", "DETENTION_RELEASE": "detention",
    "SANCTION": "sanction", "STATUS": "sanction",
}  # fmt: skip
"""Key type -> the claim type that the guide gives it; types that are no deed (assessments) are statements."""
ROLES = {
    ("capture", "owner"): "loser", ("loss", "owner"): "loser", ("loss", "actor"): "attacker", ("loss", "victim"): "",
    ("attack", "actor"): "attacker", ("strike", "actor"): "attacker", ("offensive", "actor"): "attacker",
    ("clash", "actor"): "attacker", ("casualty", "perpetrator"): "attacker", ("control", "target"): "loser",
    ("control", "holder"): "actor", ("use", "actor"): "user", ("publication", "holder"): "publisher",
    ("clash", "opponent"): "target", ("support", "giver"): "backer", ("strike", "owner"): "target",
    ("detention", "actor"): "detainer",
}  # fmt: skip
"""(type, key role) -> role of the codebook; others keep their name, an empty one is no role."""
OUTSIDE = frozenset({"speaker", "about", "for", "backer_of_loser", "beneficiary", "former_holder"})
MODALITY = {
    "reported": "reported", "alleged": "alleged", "probable": "probable", "speculative": "possible",
    "planned": "planned", "hypothetical": "conditional",
}  # fmt: skip
PLACES = {"event_location": "where", "near": "where", "to": "to", "from": "from", "via": "via"}
"""The key's reference points ("an officer in Jufra") are not where the deed took place."""
ENTITIES = {"person": "person", "outlet": "outlet", "state": "state"}
DEAD = {"killed": "killed", "wounded": "wounded", "missing": "missing", "lost": "unspecified"}
DENIED = re.compile(r"\b(?:den(?:y|ies|ied)|reject\w*|dismiss\w*|call\w*|lies?|slander|fabricat\w*)\b", re.IGNORECASE)
LOST, DAMAGED = "loss", re.compile(r"\b(?:burn|destroy|wreck|blew|blow|hit|crush|torch)\w*", re.IGNORECASE)
HARD_WORD = re.compile(r"[^\W\d_]{3,}")


def story_record(story: Path) -> tuple[Record, dict[str, str], dict[str, Any]]:
    """The record of a story's key, key claim -> claim id, and the key."""
    key = json.loads((story / "key.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as work:
        case = open_case(Path(work) / "story.case", Settings())
        case.add_and_run(*sorted(story.glob("*.txt")), metadata=story / "metadata.csv", until="dedupe")
        base = case.record()
    builder = _Builder(key, base.documents, load_codebook())
    made = {g["id"]: builder.claim(g) for g in key["claims"]}
    entities = tuple(sorted(map(builder.entity, key["entities"]), key=lambda e: e.id))
    places = tuple(sorted((_place(p) for p in key["places"]), key=lambda p: p.id))
    claims = tuple(sorted(made.values(), key=lambda c: c.id))
    record = replace(base, claims=claims, entities=entities, places=places)
    return record, {g: c.id for g, c in made.items()}, key


class _Builder:
    """Turns the rows of one key into claims."""

    def __init__(self, key: Mapping[str, Any], documents: Sequence[Document], codebook: Codebook) -> None:
        by_hash = {d.sha256: d for d in documents}
        self._documents = {d["doc_id"]: by_hash[d["sha256"]] for d in key["documents"]}
        self._entities = {e["id"]: e for e in key["entities"]}
        self._known = {row.name.casefold(): row.name for row in codebook.actors.values()}
        resolver = MaterielResolver(codebook)
        self._items = {m["id"]: _item(m, resolver) for m in key["materiel"]}
        self._used: dict[tuple[str, str, int], int] = {}

    def claim(self, row: Mapping[str, Any]) -> Claim:
        """One claim of the key."""
        document = self._documents[row["doc"]]
        type_ = TYPES.get(row["type"], "statement")
        evidence = tuple(_sentence(document, e["start"], e["end"]) for e in row["evidence"])
        trigger = _trigger(document, row)
        if type_ == LOST and DAMAGED.search(row["summary"]):
            type_ = "destruction"
        ordinal = self._used.get(spot := (document.id, type_, trigger.start), 0)
        self._used[spot] = ordinal + 1
        return Claim(
            claim_id(document.id, type_, trigger, ordinal), document.id, type_, trigger,
            polarity="-" if row["polarity"] == "negative" or row["modality"] == "unverified" else "+",
            modality=MODALITY.get(row["modality"], "asserted"),  # type: ignore[arg-type]
            cue=None, opinion=row["modality"] == "opinion",
            roles=tuple(self._roles(row, type_)), materiel=tuple(self._materiel(row)),
            casualties=tuple(_casualties(row)), places=tuple(_place_roles(row)), date=_date(row),
            attribution=tuple(self._attribution(row, evidence[0])),
            segment="title" if row["voice"] == "headline" else "body",
            evidence=evidence, reader="key", confidence=1.0,
        )  # fmt: skip

    def entity(self, row: Mapping[str, Any]) -> Entity:
        """An actor of the key, under the codebook's name where that knows it by the key's."""
        forms = tuple(f["surface"] for f in row["forms"])
        name = re.sub(r"\s*\(.*\)$", "", row["canonical"])
        known = next((self._known[n.casefold()] for n in (name, *forms) if n.casefold() in self._known), None)
        basis = "knowledge" if known else "corpus"
        return Entity(row["id"], ENTITIES.get(row["type"], "group"), known or name, forms, row["parent"], basis)  # type: ignore[arg-type]

    def _roles(self, row: Mapping[str, Any], type_: str) -> Iterator[Role]:
        for dead in row["casualties"]:
            if dead.get("who") and not any(r["role"] == "victim" and r.get("mention") for r in row["roles"]):
                at = row["evidence"][0]
                yield Role("victim", None, Span(at["start"], at["end"], dead["who"]), "stated")
        talk = type_ in ("statement", "verification")
        for role in row["roles"]:
            name = ROLES.get((type_, role["role"]), role["role"])
            if name and role["entity"] and (name not in OUTSIDE or (talk and name == "speaker")):
                yield Role(name, role["entity"], _span(role.get("mention")), "stated")
            elif name == "victim":
                yield Role(name, None, _span(role.get("mention")), "stated")

    def _materiel(self, row: Mapping[str, Any]) -> Iterator[Materiel]:
        for item in row["materiel"]:
            mention = _span(item["mention"]) or _span(row["evidence"][0])
            phrase = _span(item["qty_mention"]) or mention
            low, high = item["qty_min"], item["qty_max"]
            count = None if low is None and high is None else Quantity(low, high, phrase, "exact")  # type: ignore[arg-type]
            supplier = item["supplied_by"] if item["supplied_by"] in self._entities else None
            yield Materiel(self._items[item["item"]], mention, count, item["made_in"], supplier)  # type: ignore[arg-type]

    def _attribution(self, row: Mapping[str, Any], evidence: Span) -> Iterator[Attribution]:
        chain = row["attribution_chain"]
        for link in chain:
            outside = link["role"] in ("publisher", "republisher")
            yield Attribution(link["who"], self._speaker(link["entity"]), None if outside else evidence, link["role"])

    def _speaker(self, entity: str | None) -> str | None:
        """None for one that nobody can name ("residents", "a nurse") unless he is of some side."""
        row = self._entities.get(entity or "")
        if row is None:
            return None
        unnamed = row["type"] == "person" and not any(f["kind"] == "name" for f in row["forms"])
        return None if unnamed and not row["parent"] else entity


def _item(row: Mapping[str, Any], resolver: MaterielResolver) -> str:
    found = (resolver.resolve(words).item for words in (row["name"], *row["surface"], row["class_"]))
    return next((item for item in found if item), f"key:{row['id']}")


def _span(row: Mapping[str, Any] | None) -> Span | None:
    return Span(row["start"], row["end"], row["quote"]) if row else None


def _sentence(document: Document, start: int, end: int) -> Span:
    """The sentence that holds an evidence, within its paragraph."""
    raw = document.raw
    before = raw.rfind("\n\n", 0, start)
    after = raw.find("\n\n", end)
    low, high = before + 2 if before >= 0 else 0, after if after >= 0 else len(raw)
    flat = raw[:high].replace("\n", " ") if "\n" in raw[low:high] and document.reading.blocks else raw
    holding = [(a, b) for a, b in sentences(flat, low, high) if a < end and start < b]
    low, high = (min(holding)[0], max(b for _, b in holding)) if holding else (start, end)
    return Span(low, high, raw[low:high])


def _trigger(document: Document, row: Mapping[str, Any]) -> Span:
    """A word of the evidence for the trigger: of a denial the verb that denies, else the first that is no name."""
    first = row["evidence"][0]
    named = [m for r in (*row["roles"], *row["places"], *row["materiel"]) if (m := r.get("mention"))]
    words = [(first["start"] + m.start(), m.group()) for m in HARD_WORD.finditer(first["quote"])]
    if row["modality"] == "denied" and (found := DENIED.search(first["quote"])):
        return Span(first["start"] + found.start(), first["start"] + found.end(), found.group())
    free = [(at, w) for at, w in words if w.islower() and not any(m["start"] <= at < m["end"] for m in named)]
    at, word = max(free or words or [(first["start"], first["quote"])], key=lambda w: (len(w[1]), -w[0]))
    return Span(at, at + len(word), document.raw[at : at + len(word)])


def _casualties(row: Mapping[str, Any]) -> Iterator[Casualty]:
    for one in row["casualties"]:
        if (what := DEAD.get(one["what"])) is not None:
            phrase = _span(one["qty_mention"]) or _span(row["evidence"][0])
            high = None if one.get("approx") in ("at least", "at_least", "more than", "more_than") else one["high"]
            yield Casualty(what, Quantity(one["low"], high, phrase, "exact"))  # type: ignore[arg-type]


def _place_roles(row: Mapping[str, Any]) -> Iterator[PlaceRole]:
    for one in row["places"]:
        if one["role"] not in PLACES:
            continue
        yield PlaceRole(one["place"], _span(one.get("mention")), PLACES[one["role"]])  # type: ignore[arg-type]


def _place(row: Mapping[str, Any]) -> Place:
    """Countries have no point, as the program has them."""
    wide = row["type"] in ("country", "region") and (row["uncertainty_km"] or 0) > 150
    north, east = (None, None) if wide else (row["lat"], row["lon"])
    known = "key" if wide or row["lat"] is not None else None
    return Place(row["id"], row["name"], north, east, row["uncertainty_km"], row["admin1"], row["country"], known)


def _date(row: Mapping[str, Any]) -> ClaimDate:
    when = row["date"] or {}
    start, end = (None if d in (None, "..") else d for d in when.get("given_publication_date") or (None, None))
    precision = {"day": "day", "days": "days", "week": "week", "month": "month", "year": "year"}
    fine = precision.get(when.get("precision") or "", "unknown")
    basis = "stated" if when.get("basis") == "stated" else "inferred"
    return ClaimDate(_day(start), _day(end), fine, basis, None, "key")  # type: ignore[arg-type]


def _day(day: str | None) -> str | None:
    return day if day is None or len(day) == 10 else f"{day}-01-01"[:10]
