"""An invented case of any size, made fast: finished rows in one transaction, indexes and full text after them.

    python bench/web_case.py FOLDER [--documents 100000] [--claims 300000] [--judged 20000]

Documents differ in name, outlet and day; their texts are 400 different ones, so that the bytes on the disk stay few.
Every row is what the store itself would write: its own functions make them.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tracewire.clean import clean
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
    Fatalities,
    Judgement,
    Materiel,
    MaterielRange,
    Mention,
    Origins,
    Place,
    PlaceRole,
    Published,
    Quantity,
    RawPage,
    Relation,
    Role,
    Span,
    Story,
    claim_id,
    document_id,
    stable_id,
)
from tracewire.store.codec import encode, encode_document
from tracewire.store.reviewing import ReviewStore

SYLLABLES = ("ba", "ko", "ti", "zu", "mer", "lan", "fos", "gri", "dal", "nim", "rop", "vex", "sha", "ul", "en", "ost")
TYPES = ("capture", "transfer", "strike", "attack", "clash", "casualty")
MODALITIES = ("asserted", "reported", "reported", "alleged")
ITEMS = ("atgm", "tank", "missile", "atgm.tow")
TEXTS, ENTITIES, PLACES, OUTLETS, DAYS = 400, 8_000, 5_000, 300, 3_000
UNDATED = 0.2
PER_EVENT, PER_STORY = 3, 20


def make_case(path: Path, documents: int, claims: int, judged: int = 0) -> None:
    """An invented case of that size; `judged` of its claims were accepted or rejected by people."""
    rnd = random.Random(11)
    words = [_word(rnd) for _ in range(4_000)]
    texts = _texts([_text(rnd, words) for _ in range(TEXTS)])
    entities = [_entity(n, rnd) for n in range(ENTITIES)]
    places = [_place(n, rnd) for n in range(PLACES)]
    with _Filling(path, create=True) as store:
        for text in texts:
            store.keep(text.raw)
        with store.filling():
            ids = store.put_documents(_documents(texts, documents, rnd))
            bodies = [[b for b in t.reading.blocks if b.label == "body"] for t in texts]
            each = -(-claims // max(1, documents))
            made = _claims(ids, texts, bodies, each, claims, entities, places, rnd)
            events = store.put_claims(made, judged)
            store.put_names(entities, places)
            store.put_events(events, rnd)
            store.put_stories(ids)
        store.set_meta("assembled", "invented")


class _Filling(ReviewStore):
    """A store that takes rows by the thousand, its triggers and indexes set aside meanwhile."""

    def keep(self, text: str) -> None:
        """Keep the bytes of a text."""
        self._raw.write(text.encode())

    @contextmanager
    def filling(self) -> Iterator[None]:
        """One transaction without triggers and indexes, which are made again at its end, with what hangs on them."""
        sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
        held = self._rows(f"{sql} ORDER BY type, name")
        self._connection.execute("PRAGMA foreign_keys = OFF")
        self._connection.execute("PRAGMA cache_size = -262144")
        with self._transaction() as connection:
            for kind, name, _ in held:
                connection.execute(f"DROP {kind} {name}")
            yield
            _follow(connection)
            for _, _, statement in held:
                connection.execute(statement)

    def put_documents(self, rows: Iterator[Document]) -> list[str]:
        """Pages, their custody and the documents; returns the ids."""
        connection, ids = self._connection, []
        for row in rows:
            ids.append(row.id)
            size, day = len(row.raw), row.published.start if row.published else None
            connection.execute(
                "INSERT INTO page VALUES (?, ?, ?, ?, 'text/plain', '{}')", (row.id, row.name, row.sha256, size)
            )
            connection.execute(
                "INSERT INTO custody VALUES (?, ?, 'file', ?, 'bench', ?)", (row.id, row.name, "2024-01-01", row.sha256)
            )
            connection.execute(
                "INSERT INTO document (id, name, encoding, outlet, language, published_start, published_end, text,"
                " data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (row.id, row.name, row.encoding, row.outlet, row.language, day, day, row.reading.text,
                 encode_document(row)),
            )  # fmt: skip
        return ids

    def put_claims(self, rows: Iterator[Claim], judged: int) -> list[Event]:
        """Claims with a mention each and the judgements on some; returns the events that they tell of."""
        connection, held, events = self._connection, [], []
        for number, claim in enumerate(rows):
            row, judgement = claim, None
            if number < judged:
                reject = number % 5 == 0
                row = replace(claim, judgement="rejected" if reject else "accepted")
                at, what = "2024-02-01T10:00:00Z", "reject" if reject else "accept"
                judgement = Judgement(stable_id("j", claim.id), at, "ana", what, claim.id, {}, "")  # type: ignore[arg-type]
            data = encode(claim)
            new = None if judgement is None else encode(row)
            connection.execute(
                "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (claim.id, claim.document, claim.type, claim.modality, claim.polarity, claim.date.start,
                 claim.date.end, row.judgement, data, new),
            )  # fmt: skip
            self._put_mention(claim)
            if judgement is not None:
                connection.execute(
                    'INSERT INTO judgement (id, at, by, what, "on", undone, data) VALUES (?, ?, ?, ?, ?, 0, ?)',
                    (judgement.id, judgement.at, judgement.by, judgement.what, judgement.on, encode(judgement)),
                )
            held.append(row)
            if len(held) == PER_EVENT:
                events.append(_event(held))
                held = []
        return events

    def _put_mention(self, claim: Claim) -> None:
        span, entity = claim.trigger, claim.roles[0].entity
        mention = Mention(claim.document, span, "GROUP", "name", entity)
        row = (claim.document, span.start, span.end, "GROUP", entity, None, encode(mention))
        self._connection.execute("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def put_names(self, entities: list[Entity], places: list[Place]) -> None:
        """Entities and places."""
        rows = [(e.id, e.type, e.name, encode(e)) for e in entities]
        self._connection.executemany("INSERT INTO entity VALUES (?, ?, ?, ?)", rows)
        spots = [(p.id, p.name, p.latitude, p.longitude, p.country, encode(p)) for p in places]
        self._connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)", spots)

    def put_events(self, events: list[Event], rnd: random.Random) -> None:
        """Events with their claims, and contradictions within every tenth."""
        connection = self._connection
        connection.executemany(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((e.id, e.type, e.start, e.end, e.place, e.status, encode(e)) for e in events),
        )
        connection.executemany("INSERT INTO event_claim VALUES (?, ?)", ((e.id, c) for e in events for c in e.claims))
        for event in events[::10]:
            severity = rnd.choice(("hard", "soft"))
            row = Relation(event.claims[0], "contradicts", event.claims[-1], "quantity", severity, "invented")  # type: ignore[arg-type]
            connection.execute(
                "INSERT INTO relation VALUES (?, ?, ?, ?, ?)",
                (row.source, row.type, row.target, row.aspect, encode(row)),
            )

    def put_stories(self, ids: list[str]) -> None:
        """Stories of twenty neighbours, and copies of every ninth document."""
        connection = self._connection
        for n in range(0, len(ids), PER_STORY):
            story = Story(f"s{n:016x}", tuple(sorted(ids[n : n + PER_STORY])), f"Story {n}")
            connection.execute(
                "INSERT INTO story (id, title, data) VALUES (?, ?, ?)", (story.id, story.title, encode(story))
            )
        for a, b in zip(ids[::9], ids[1::9], strict=False):
            copy = Copy(b, a, "copy", 1.0, 1.0, True, "invented")
            connection.execute("INSERT INTO copy VALUES (?, ?, ?, ?)", (b, a, "copy", encode(copy)))


def _follow(connection: sqlite3.Connection) -> None:
    """What the triggers would have written, at once."""
    connection.execute("INSERT INTO document_text (document_text) VALUES ('rebuild')")
    connection.execute("INSERT OR IGNORE INTO claim_key SELECT * FROM claim_key_source WHERE value IS NOT NULL")
    connection.execute(
        "INSERT INTO claim_words (claim, date_start, text) SELECT claim, date_start, text FROM claim_words_source"
    )
    connection.execute("INSERT INTO claim_text (claim_text) VALUES ('rebuild')")
    connection.execute(
        "INSERT OR IGNORE INTO story_document (document, story)"
        " SELECT e.value, s.id FROM story s, json_each(s.data, '$.documents') e ORDER BY s.id, e.value"
    )


# ---------------------------------------------------------------- what is invented


def _word(rnd: random.Random) -> str:
    return "".join(rnd.choices(SYLLABLES, k=rnd.randint(1, 4)))


def _text(rnd: random.Random, words: list[str]) -> str:
    sentences = (" ".join(rnd.choices(words, k=rnd.randint(8, 20))).capitalize() + "." for _ in range(20))
    return "A headline of something\n\n" + "\n\n".join(sentences)


def _texts(texts: list[str]) -> list[Document]:
    """Each text cleaned once."""
    pages = [RawPage(f"{n}.txt", t.encode(), "text/plain", "bench", "file", "2024-01-01") for n, t in enumerate(texts)]
    return [d for d in clean(pages) if isinstance(d, Document)]


def _day(rnd: random.Random) -> str:
    return (date(2015, 1, 1) + timedelta(days=rnd.randrange(DAYS))).isoformat()


def _documents(texts: list[Document], count: int, rnd: random.Random) -> Iterator[Document]:
    for number in range(count):
        text, day, name = texts[number % len(texts)], _day(rnd), f"{number:06}.txt"
        yield replace(
            text,
            id=document_id(name, text.sha256),
            name=name,
            outlet=f"Outlet {rnd.randrange(OUTLETS)}",
            published=Published(day, day, "metadata", True),
        )


def _entity(number: int, rnd: random.Random) -> Entity:
    name = f"{_word(rnd)} {_word(rnd)}".title()
    return Entity(f"e{number:016x}", "group", name, (name,), None, "corpus")


def _place(number: int, rnd: random.Random) -> Place:
    latitude, longitude = rnd.uniform(10, 40), rnd.uniform(0, 50)
    return Place(f"p{number:016x}", _word(rnd).title(), latitude, longitude, 5.0, None, "XX", None)


def _claims(
    ids: list[str], texts: list[Document], bodies: list[list[Block]], each: int, most: int, entities: list[Entity],
    places: list[Place], rnd: random.Random,
) -> Iterator[Claim]:  # fmt: skip
    """`each` claims a document, names drawn so that few stand in many claims, as in any war."""
    made = 0
    for number, id_ in enumerate(ids):
        text = texts[number % len(texts)]
        for block in bodies[number % len(texts)][:each]:
            if made == most:
                return
            made += 1
            span = text.span(block.start, block.end)
            entity = entities[int(len(entities) * rnd.random() ** 4)]
            source = rnd.choice(entities[:500]).id if rnd.random() < 0.5 else None
            place = places[int(len(places) * rnd.random() ** 4)]
            yield _claim(id_, span, (entity.id, source, place.id), rnd)


def _claim(document: str, evidence: Span, named: tuple[str, str | None, str], rnd: random.Random) -> Claim:
    entity, source, place = named
    outlet = f"Outlet {rnd.randrange(OUTLETS)}"
    word = evidence.quote.split()[0]
    trigger = Span(evidence.start, evidence.start + len(word), word)
    day = None if rnd.random() < UNDATED else _day(rnd)
    type_ = rnd.choice(TYPES)
    return Claim(
        id=claim_id(document, type_, trigger, evidence.start),
        document=document,
        type=type_,
        trigger=trigger,
        polarity="-" if rnd.random() < 0.05 else "+",
        modality=rnd.choice(MODALITIES),  # type: ignore[arg-type]
        cue=None,
        opinion=False,
        roles=(Role("captor", entity, trigger, "stated"),),
        materiel=(Materiel(rnd.choice(ITEMS), trigger, Quantity(rnd.randrange(1, 90), None, trigger, "exact")),),
        casualties=(),
        places=(PlaceRole(place, trigger, "where"),),
        date=ClaimDate(day, day, "day", "stated", None, "absolute"),
        attribution=(Attribution("a spokesman", source, None, "primary"), Attribution(outlet, None, None, "publisher")),
        segment="body",
        evidence=(evidence,),
        reader="bench",
        confidence=0.9,
    )


def _event(claims: list[Claim]) -> Event:
    first = claims[0]
    judged = {c.judgement for c in claims}
    return Event(
        id=stable_id("v", min(c.id for c in claims)),
        type=first.type,
        claims=tuple(sorted(c.id for c in claims)),
        parent=None,
        start=first.date.start,
        end=first.date.end,
        place=first.places[0].place,
        roles=first.roles,
        materiel=(MaterielRange("atgm", None, None),),
        fatalities=Fatalities(None, None, None),
        origins=Origins(1, len(claims), ()),
        outlets=len(claims),
        credibility=Credibility(3, ("invented",)),
        status="accepted" if judged == {"accepted"} else "candidate",
    )


def main() -> None:
    """Make a case and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--judged", type=int, default=20_000)
    given = parser.parse_args()
    start = time.perf_counter()
    make_case(given.folder, given.documents, given.claims, given.judged)
    print(f"made {given.documents} documents, {given.claims} claims in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
