"""An invented war, for formats of coded events: a shelling told twice, a capture, supplies, a plan, a denial."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

from tracewire.model import (
    Attribution,
    Casualty,
    Claim,
    ClaimDate,
    Credibility,
    Event,
    Fatalities,
    Judgement,
    Materiel,
    Origins,
    Place,
    PlaceRole,
    Published,
    Quantity,
    Record,
    Relation,
    Story,
    stable_id,
)

ONE = (
    "Syrian troops shelled a market in Tel Anzar on 4 May 2013, killing at least 12 people, residents said. "
    "Another report spoke of dozens of civilians killed. "
    "The Anzar Front captured 3 TOW launchers from the Syrian army in Tel Anzar and Kafr Dul on 6 May 2013. "
    "Veldoria supplied 20 TOW launchers to the Syrian army in April 2013. "
    "Veldoria plans to send tanks to the Syrian army. "
    "The Anzar Front used the TOW launchers near Łódka on 9 May 2013. "
    "An army spokesman denied that any launcher was taken."
)
TWO = "Nine people were killed when Syrian troops shelled a market in Tel Anzar on 4 May 2013, the Halem Post reported."


def build(sample: ModuleType) -> tuple[Record, dict[str, Any]]:
    """The record, and its parts by name."""
    one = sample.document("one.txt", [(ONE, "body", "=")], "text/plain", outlet="Reuters", outlet_basis="given",
                          language="en", published=Published("2013-05-10", "2013-05-10", "given", True),
                          url="https://one.example/report")  # fmt: skip
    two = sample.document("two.txt", [(TWO, "body", "=")], "text/plain", outlet="Halem Post", outlet_basis="given",
                          published=Published("2013-05-05", "2013-05-06", "x", False))  # fmt: skip
    army = replace(sample.entity("Syrian Armed Forces", kind="state forces", country="SYR"), basis="knowledge")
    front = sample.entity("Anzar Front", kind="rebel group", country="SYR")
    state = sample.entity("Veldoria", "state", kind="state", country="RUS")
    town = Place(stable_id("p", "Tel Anzar"), "Tel Anzar", 35.5, 36.5, 3.0, "Idlib", "SY", "geonames:1")
    other = Place(stable_id("p", "Kafr Dul"), "Kafr Dul", 35.9, 36.9, 2.0, "Idlib", "SY", "geonames:2")
    north = Place(stable_id("p", "Łódka"), "near Łódka", 36.9, 36.2, 15.0, "Idlib", "SY", "geonames:3")

    def day(text: str) -> ClaimDate:
        return ClaimDate(text, text, "day", "stated", None, "day_month_year")

    def at(where: Any, words: str, place: Place, after: str = "") -> PlaceRole:
        return PlaceRole(place.id, sample.find(where, words, after), "where")

    def dead(where: Any, words: str, low: int, high: int | None, rule: str) -> Casualty:
        return Casualty("killed", Quantity(low, high, sample.find(where, words), rule))

    shelled = sample.claim(
        one, "strike", "shelled", "Syrian troops",
        roles=(sample.role(one, "attacker", "Syrian troops", army), sample.role(one, "target", "market")),
        casualties=(dead(one, "at least 12", 12, None, "at_least"),),
        places=(at(one, "Tel Anzar", town),), date=day("2013-05-04"),
        attribution=(Attribution("residents", None, sample.find(one, "residents"), "primary"), sample.publisher(one)),
    )  # fmt: skip
    dozens = sample.claim(
        one, "casualty", "killed", "Another report",
        roles=(sample.role(one, "victim", "civilians"),),
        casualties=(dead(one, "dozens", 24, None, "dozens"),), date=day("2013-05-04"),
    )  # fmt: skip
    again = sample.claim(
        two, "strike", "shelled", "Nine people",
        roles=(sample.role(two, "attacker", "Syrian troops", army), sample.role(two, "target", "market")),
        casualties=(dead(two, "Nine", 9, 9, "exact"),), places=(at(two, "Tel Anzar", town),), date=day("2013-05-04"),
    )  # fmt: skip
    captured = sample.claim(
        one, "capture", "captured", "The Anzar Front captured",
        roles=(sample.role(one, "captor", "Anzar Front", front), sample.role(one, "loser", "army", army, "captured")),
        materiel=(Materiel("atgm.tow", sample.find(one, "TOW launchers", "captured"),
                           Quantity(3, 3, sample.find(one, "3", "captured"), "exact"), "USA"),),
        places=(at(one, "Tel Anzar", town, "captured"), at(one, "Kafr Dul", other)), date=day("2013-05-06"),
    )  # fmt: skip
    supplied = sample.claim(
        one, "transfer", "supplied", "Veldoria supplied",
        roles=(sample.role(one, "giver", "Veldoria", state), sample.role(one, "recipient", "army", army, "supplied")),
        materiel=(Materiel("atgm.tow", sample.find(one, "TOW launchers", "supplied"),
                           Quantity(20, 20, sample.find(one, "20 TOW", "supplied"), "exact"), "USA"),),
        date=ClaimDate("2013-04-01", "2013-04-30", "month", "stated", None, "month"),
    )  # fmt: skip
    planned = sample.claim(
        one, "transfer", "send", "Veldoria plans", modality="planned",
        roles=(sample.role(one, "giver", "Veldoria", state, "Veldoria plans"),),
        materiel=(Materiel("tank", sample.find(one, "tanks")),), date=day("2013-05-10"),
    )  # fmt: skip
    used = sample.claim(
        one, "use", "used", "The Anzar Front used",
        roles=(sample.role(one, "user", "Anzar Front", front, "The Anzar Front used"),),
        materiel=(Materiel("atgm.tow", sample.find(one, "TOW launchers", "used")),),
        places=(at(one, "Łódka", north),), date=day("2013-05-09"),
    )  # fmt: skip
    denied = sample.claim(
        one, "capture", "taken", "An army spokesman", polarity="-", roles=(), date=day("2013-05-06"),
        attribution=(Attribution("army spokesman", None, None, "primary"), sample.publisher(one)),
    )  # fmt: skip
    shelling = _event(shelled, [shelled, again], "strike", "2013-05-04", town, [("attacker", army)])
    toll = replace(_event(dozens, [dozens], "casualty", "2013-05-04", None, []), parent=shelling.id)
    capture = _event(captured, [captured, denied], "capture", "2013-05-06", town, [("captor", front), ("loser", army)])
    supply = _event(supplied, [supplied], "transfer", None, None, [("giver", state), ("recipient", army)])
    supply = replace(supply, start="2013-04-01", end="2013-04-30", status="accepted")
    use = _event(used, [used], "use", "2013-05-09", north, [("user", front)])
    plan = _event(planned, [planned], "transfer", "2013-05-10", None, [("giver", state)])
    claims: tuple[Claim, ...] = (shelled, dozens, again, captured, supplied, planned, used, denied)
    record = Record(
        documents=tuple(sorted((one, two), key=lambda d: d.id)),
        claims=tuple(sorted(claims, key=lambda c: c.id)),
        entities=tuple(sorted((army, front, state), key=lambda e: e.id)),
        places=tuple(sorted((town, other, north), key=lambda p: p.id)),
        events=tuple(sorted((shelling, toll, capture, supply, use, plan), key=lambda e: e.id)),
        relations=(
            Relation(shelled.id, "contradicts", again.id, "quantity", "hard", "at least 12 against 9 killed"),
            Relation(denied.id, "contradicts", captured.id, "occurrence", "hard", "army spokesman denies it"),
        ),
        judgements=(
            Judgement("j2", "2020-01-02T10:00:00Z", "R. Reader", "grade", captured.id, {"grade": 4}, "one source"),
        ),
        stories=(Story(stable_id("s", "war"), (one.id, two.id), "Launchers of Tel Anzar"),),
        readers=("hand@1",),
    )
    named = {
        "shelling": shelling, "capture": capture, "supply": supply, "use": use, "plan": plan, "toll": toll,
        "captured": captured, "supplied": supplied, "used": used, "denied": denied, "army": army, "front": front,
        "town": town, "one": one,
    }  # fmt: skip
    return record, named


def _event(first: Claim, claims: list[Claim], type_: str, day: str | None, place: Place | None, roles: Any) -> Event:
    from tracewire.model import Role

    return Event(
        id=stable_id("v", first.id), type=type_, claims=tuple(sorted(c.id for c in claims)), parent=None, start=day,
        end=day, place=None if place is None else place.id,
        roles=tuple(Role(name, who.id, None, "stated") for name, who in roles), materiel=(),
        fatalities=Fatalities(None, None, None), origins=Origins(1, 2, ("residents",)), outlets=1,
        credibility=Credibility(3, ()), status="candidate",
    )  # fmt: skip
