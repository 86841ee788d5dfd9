"""A small record made by hand over an invented story: two reports, a copy, a contradiction, a denial, markup."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from tracewire.model import (
    Attribution,
    Block,
    Claim,
    ClaimDate,
    Copy,
    Credibility,
    Document,
    Entity,
    Event,
    Failure,
    Fatalities,
    Judgement,
    Label,
    Materiel,
    MaterielRange,
    Mention,
    Origin,
    Origins,
    Piece,
    Place,
    PlaceRole,
    Published,
    Quantity,
    ReadingText,
    Record,
    Relation,
    Role,
    Segment,
    Span,
    Story,
    claim_id,
    document_id,
    stable_id,
)

Fragment = tuple[str, Label, str | None]
"""A piece of raw text, its label, and how it reads: None for markup, which nobody reads."""

FIRST: list[Fragment] = [
    ("Sabra Column loses its mortars", "title", "Sabra Column loses its mortars"),
    ("\n\n", "body", None),
    (
        "Fighters of the Sabra Column captured at least 12 mortars from the Halvic Army at Qarn on 2 March, two "
        "residents told the Tern Monitor. An army spokesman denied that a single tube was taken. If the column gets "
        "to the bridge it will shell the port. Orlan plans to send rifles to the Halvic Army in April.",
        "body",
        "=",
    ),
    ("\nShare this", "social", None),
]
SECOND: list[Fragment] = [
    ("<html><body><h1>", "nav", None),
    ("Depot raid ", "title", "="),
    ("&amp;", "title", "&"),
    (" after", "title", "="),
    ("</h1><p>", "nav", None),
    ("The Marsh ", "body", "="),
    ("<b>", "body", None),
    ("Brigade", "body", "="),
    ("</b>", "body", None),
    (" ", "body", "="),
    ('<a href="/x">', "body", None),
    ("seized", "body", "="),
    ("</a>", "body", None),
    (" 9 mortars in the hill depot, an aid worker said. ", "body", "="),
    ("&lt;", "body", "<"),
    ("script", "body", "="),
    ("&gt;", "body", ">"),
    ("alert(1) | [c1234567] **bold** `x`, the brigade posted. Orlan could not confirm the raid.", "body", "="),
    ("</p></body></html>", "nav", None),
]
THIRD: list[Fragment] = [(FIRST[2][0][: FIRST[2][0].index(" An army")], "body", "=")]


def document(name: str, fragments: list[Fragment], media_type: str, **more: Any) -> Document:
    """A document out of fragments; blocks of one label hang together."""
    raw, reading = "", ""
    segments: list[Segment] = []
    pieces: list[Piece] = []
    blocks: list[Block] = []
    for text, label, reads in fragments:
        segments.append(Segment(len(raw), len(raw) + len(text), label, "by hand"))
        if reads is not None:
            words = text if reads == "=" else reads
            if blocks and blocks[-1].label == label:
                blocks[-1] = replace(blocks[-1], end=len(reading) + len(words))
            else:
                reading += "\n\n" if blocks else ""
                blocks.append(Block(len(reading), len(reading) + len(words), label))
            pieces.append(Piece(len(reading), len(reading) + len(words), len(raw), len(raw) + len(text)))
            reading += words
        raw += text
    sha = hashlib.sha256(raw.encode()).hexdigest()
    text_ = ReadingText(reading, tuple(pieces), tuple(blocks))
    made = Document(document_id(name, sha), name, sha, raw, media_type, "utf-8", tuple(segments), text_, **more)
    titles = [block for block in blocks if block.label == "title"]
    return replace(made, title=made.span(titles[0].start, titles[0].end)) if titles else made


def find(where: Document, words: str, after: str = "") -> Span:
    """The raw span of words of the reading text, the first of them from `after` on."""
    at = where.reading.text.index(words, where.reading.text.index(after))
    return where.span(at, at + len(words))


def sentence(where: Document, words: str) -> Span:
    """The raw span of the sentence that begins with the words, or of the title."""
    text = where.reading.text
    start = text.index(words)
    stops = [i for i in (text.find(". ", start) + 1, text.find("\n", start)) if i > 0]
    return where.span(start, min(stops, default=len(text)))


def entity(name: str, type_: Any = "group", **more: Any) -> Entity:
    return Entity(stable_id("e", name), type_, name, (name,), more.pop("part_of", None), "corpus", **more)


A = document(
    "a.txt", FIRST, "text/plain", outlet="Harbour Post", outlet_basis="given", language="en",
    published=Published("2021-03-04", "2021-03-04", "given", True), retrieved="2021-03-09T08:00:00Z",
)  # fmt: skip
B = document(
    "b.html", SECOND, "text/html", outlet="Valley Wire", outlet_basis="given", language="en",
    published=Published("2021-03-05", "2021-03-06", "copyright line", False), url="https://valley.example/raid",
)  # fmt: skip
C = document("c.txt", THIRD, "text/plain", outlet="Delta Mirror", outlet_basis="given")

SABRA, HALVIC, MARSH = entity("Sabra Column"), entity("Halvic Army"), entity("Marsh Brigade")
TERN = entity("Tern Monitor")
SPOKESMAN = entity("Halvic Army spokesman", "person", part_of=HALVIC.id)
ORLAN = Entity(
    stable_id("e", "Orlan"), "state", "Orlan", ("Orlan", "Orlanese"), None, "knowledge", (("wikidata", "Q0"),)
)
QARN_WEST = Place(stable_id("p", "Qarn", "West"), "Qarn", 10.5, -20.25, 2.0, "West", "XO", "geo:2")
QARN = Place(stable_id("p", "Qarn", "East"), "Qarn", 11.25, -21.5, 3.0, "East", "XO", "geo:1", (QARN_WEST.id,))

UNKNOWN_DATE = ClaimDate(None, None, "unknown", "publication", None, "unknown")
SECOND_OF_MARCH = ClaimDate("2021-03-02", "2021-03-02", "day", "stated", None, "day_month")


def claim(where: Document, type_: str, trigger: str, opening: str, **more: Any) -> Claim:
    """A claim with no roles, an unknown date and the publisher as its only source, unless told otherwise."""
    defaults: dict[str, Any] = {
        "polarity": "+", "modality": "asserted", "cue": None, "opinion": False, "roles": (), "materiel": (),
        "casualties": (), "places": (), "date": UNKNOWN_DATE, "segment": "body", "reader": "hand@1", "confidence": 0.75,
        "attribution": (publisher(where),),
    }  # fmt: skip
    span = find(where, trigger)
    return Claim(
        id=claim_id(where.id, type_, span, 0), document=where.id, type=type_, trigger=span,
        evidence=(sentence(where, opening),), **{**defaults, **more},
    )  # fmt: skip


def publisher(where: Document) -> Attribution:
    return Attribution(where.outlet or where.name, None, None, "publisher")


def role(where: Document, name: str, words: str, who: Entity | None = None, after: str = "") -> Role:
    return Role(name, None if who is None else who.id, find(where, words, after), "stated")


def capture(where: Document) -> Claim:
    chain = (
        Attribution("two residents", None, find(where, "two residents"), "primary"),
        Attribution("Tern Monitor", TERN.id, find(where, "Tern Monitor"), "relay"),
        publisher(where),
    )
    quantity = Quantity(12, None, find(where, "at least 12"), "at_least")
    return claim(
        where, "capture", "captured", "Fighters of the Sabra",
        roles=(
            role(where, "captor", "Fighters"),
            role(where, "captor", "Sabra Column", SABRA, "Fighters"),
            role(where, "loser", "Halvic Army", HALVIC),
        ),
        materiel=(Materiel("mortar", find(where, "mortars", "Fighters"), quantity),),
        places=(PlaceRole(QARN.id, find(where, "Qarn"), "where"),),
        date=replace(SECOND_OF_MARCH, quote=find(where, "on 2 March")),
        attribution=chain, confidence=0.9,
    )  # fmt: skip


CAPTURED, COPIED = capture(A), capture(C)
DENIED = claim(
    A, "capture", "taken", "An army spokesman", polarity="-", cue=find(A, "denied"),
    roles=(role(A, "captor", "tube"),),
    attribution=(Attribution("army spokesman", SPOKESMAN.id, find(A, "army spokesman"), "primary"), publisher(A)),
)  # fmt: skip
CONDITIONAL = claim(
    A, "strike", "shell", "If the column", modality="conditional", cue=find(A, "If"),
    roles=(role(A, "attacker", "it", after="bridge"), role(A, "target", "port", after="shell")),
)  # fmt: skip
PLANNED = claim(
    A, "transfer", "send", "Orlan plans", modality="planned", cue=find(A, "plans"),
    roles=(role(A, "giver", "Orlan", ORLAN), role(A, "recipient", "Halvic Army", HALVIC, "Orlan")),
    materiel=(Materiel("rifle", find(A, "rifles"), Quantity(2, None, find(A, "rifles"), "plural")),),
    date=ClaimDate("2021-04-01", "2021-04-30", "month", "stated", find(A, "in April"), "month"),
)  # fmt: skip
HEADLINE = claim(
    A, "loss", "loses", "Sabra Column loses", segment="title",
    roles=(role(A, "loser", "Sabra Column", SABRA),), materiel=(Materiel("mortar", find(A, "mortars")),),
)  # fmt: skip
SEIZED = claim(
    B, "capture", "seized", "The Marsh",
    roles=(role(B, "captor", "Marsh Brigade", MARSH),),
    materiel=(Materiel("mortar", find(B, "mortars"), Quantity(9, 9, find(B, "9"), "exact")),),
    places=(PlaceRole(None, find(B, "hill depot"), "where"),),
    attribution=(Attribution("aid worker", None, find(B, "aid worker"), "primary"), publisher(B)),
)  # fmt: skip
POSTED = claim(
    B,
    "publication",
    "posted",
    "<script",
    roles=(role(B, "publisher", "brigade", after="<script"),),
    modality="reported",
    confidence=0.4,
)
UNCONFIRMED = claim(
    B, "verification", "could not confirm", "Orlan could", polarity="-", roles=(role(B, "speaker", "Orlan", ORLAN),)
)
CLAIMS = (CAPTURED, COPIED, DENIED, CONDITIONAL, PLANNED, HEADLINE, SEIZED, POSTED, UNCONFIRMED)

RAID = Event(
    id=stable_id("v", CAPTURED.id), type="capture",
    claims=tuple(sorted((CAPTURED.id, COPIED.id, DENIED.id, SEIZED.id))), parent=None,
    start="2021-03-02", end="2021-03-02", place=QARN.id,
    roles=(
        Role("captor", SABRA.id, None, "stated"), Role("captor", MARSH.id, None, "stated"),
        Role("loser", HALVIC.id, find(A, "Halvic Army"), "stated"),
    ),
    materiel=(MaterielRange("mortar", 9, None),), fatalities=Fatalities(None, None, None),
    origins=Origins(1, 2, ("Tern Monitor", "aid worker")), outlets=3,
    credibility=Credibility(4, ("denied by a source",)), status="candidate",
)  # fmt: skip
POST = replace(
    RAID, id=stable_id("v", POSTED.id), type="publication", claims=(POSTED.id,), start=None, end=None, place=None,
    roles=(), materiel=(), origins=Origins(1, 1, ("Valley Wire",)), outlets=1, credibility=Credibility(3, ()),
)  # fmt: skip
RELATIONS = (
    Relation(CAPTURED.id, "contradicts", SEIZED.id, "captor", "hard", "Sabra Column against Marsh Brigade"),
    Relation(DENIED.id, "contradicts", CAPTURED.id, "occurrence", "hard", "army spokesman denies it"),
    Relation(HEADLINE.id, "contradicts", CAPTURED.id, "loser", "soft", "Sabra Column against Halvic Army"),
    Relation(COPIED.id, "derived_from", CAPTURED.id, None, None, "the same words in a copied document"),
    Relation(UNCONFIRMED.id, "neither_confirms_nor_denies", SEIZED.id, None, None, "not confirmed"),
)


def record() -> Record:
    """The whole record."""
    named = ((A, "Sabra Column", SABRA), (C, "Sabra Column", SABRA), (B, "Marsh Brigade", MARSH))
    mentions = [Mention(row.id, find(row, words), "GROUP", "name", who.id) for row, words, who in named]
    mentions.append(Mention(A.id, find(A, "Qarn"), "PLACE", "name", None, QARN.id))
    return Record(
        documents=tuple(sorted((A, B, C), key=lambda row: row.id)),
        mentions=tuple(mentions),
        claims=tuple(sorted(CLAIMS, key=lambda row: row.id)),
        entities=tuple(sorted((SABRA, HALVIC, MARSH, TERN, SPOKESMAN, ORLAN), key=lambda row: row.id)),
        places=tuple(sorted((QARN, QARN_WEST), key=lambda row: row.id)),
        events=tuple(sorted((RAID, POST), key=lambda row: row.id)),
        relations=RELATIONS,
        judgements=(
            Judgement(
                stable_id("j", 1), "2021-03-10T09:00:00Z", "R. Reviewer", "accept", RAID.id, {"to": "x"}, "read", True
            ),
        ),
        copies=(
            Copy(C.id, A.id, "cut", 1.0, 0.4, True, "the same sentence"),
            Copy(B.id, A.id, "quotes", 0.1, 0.2, False, "a phrase"),
        ),
        origins=(
            Origin(A.id, "Tern Monitor", "stated", find(A, "Tern Monitor"), TERN.id),
            Origin(C.id, "Harbour Post", "copied"),
        ),
        stories=(Story(stable_id("s", 1), (A.id, B.id, C.id), "Depot raid &amp; after"),),
        failures=(Failure("d.bin", "clean", "not text"),),
        readers=("hand@1",),
    )  # fmt: skip
