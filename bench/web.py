"""How long pages of a large case take: an invented case, the median and the 95th percentile of every page, and memory.

    python bench/web.py [--documents 10000] [--claims 30000] [--case FOLDER] [--rounds 15]

Seconds are wall time of one request in this process (no network), so a busy machine shows in them. The case is made
once in FOLDER and used again. Limits are those of the issue: 0.3 s at the median, 1 s at the 95th percentile, 0.2 s for
search, 500 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from tracewire.clean import clean
from tracewire.model import (
    Attribution,
    Claim,
    ClaimDate,
    Copy,
    Credibility,
    Document,
    Entity,
    Event,
    Fatalities,
    Materiel,
    MaterielRange,
    Metadata,
    Origins,
    Place,
    PlaceRole,
    RawPage,
    Relation,
    Role,
    Span,
    Story,
    claim_id,
    stable_id,
)
from tracewire.store.reviewing import ReviewStore
from tracewire.web import create_app

SYLLABLES = ("ba", "ko", "ti", "zu", "mer", "lan", "fos", "gri", "dal", "nim", "rop", "vex", "sha", "ul", "en", "ost")
TEXTS = 400
"""Different texts; documents differ in name, so that the bytes on the disk stay few."""
BATCH = 2_000


def _word(rnd: random.Random) -> str:
    return "".join(rnd.choices(SYLLABLES, k=rnd.randint(1, 4)))


def make_case(path: Path, documents: int, claims: int) -> None:
    """An invented case of that size, written through the store."""
    rnd = random.Random(11)
    words = [_word(rnd) for _ in range(4_000)]
    texts = [_text(rnd, words) for _ in range(TEXTS)]
    entities = [_entity(n, rnd) for n in range(4_000)]
    places = [
        Place(f"p{n:016x}", _word(rnd).title(), rnd.uniform(10, 40), rnd.uniform(0, 50), 5.0, None, "XX", None)
        for n in range(3_000)
    ]
    with ReviewStore(path, create=True) as store:
        for first in range(0, documents, BATCH):
            pages = [_page(n, texts, rnd) for n in range(first, min(first + BATCH, documents))]
            store.add_pages(pages)
            store.save_documents(d for d in clean(pages) if isinstance(d, Document))
        made = list(_claims(store, claims, entities, places, rnd))
        ids = sorted({c.document for c in made})
        stories = [Story(f"s{n:016x}", tuple(ids[n : n + 20]), f"Story {n}") for n in range(0, len(ids), 20)]
        copies = [Copy(b, a, "copy", 1.0, 1.0, True, "invented") for a, b in zip(ids[::9], ids[1::9], strict=False)]
        store.replace_copies(copies, [], stories)
        store.replace_resolved(made, [], entities, places)
        events = [_event(made[n : n + 3]) for n in range(0, len(made), 3)]
        relations = [
            Relation(e.claims[0], "contradicts", e.claims[-1], "quantity", "soft", "invented")
            for e in events[::10]
            if len(e.claims) > 1
        ]
        store.replace_assembled(events, relations)


def _text(rnd: random.Random, words: list[str]) -> str:
    sentences = (" ".join(rnd.choices(words, k=rnd.randint(8, 20))).capitalize() + "." for _ in range(20))
    return "A headline of something\n\n" + "\n\n".join(sentences)


def _entity(number: int, rnd: random.Random) -> Entity:
    name = f"{_word(rnd)} {_word(rnd)}".title()
    return Entity(f"e{number:016x}", "group", name, (name,), None, "corpus")


def _page(number: int, texts: list[str], rnd: random.Random) -> RawPage:
    day = (date(2015, 1, 1) + timedelta(days=rnd.randrange(3_000))).isoformat()
    given = Metadata(published=day, outlet=f"Outlet {rnd.randrange(300)}")
    return RawPage(f"{number:06}.txt", texts[number % TEXTS].encode(), "text/plain", "bench", "file", day, given)


def _claims(
    store: ReviewStore, count: int, entities: list[Entity], places: list[Place], rnd: random.Random
) -> Iterator[Claim]:
    made = 0
    each = -(-count // max(1, store.totals()["document"]))
    for document in store.documents():
        blocks = [b for b in document.reading.blocks if b.label == "body"][:each]
        for block in blocks:
            if made >= count:
                return
            span = document.span(block.start, block.end)
            made += 1
            yield _claim(document, span, rnd.choice(entities).id, rnd.choice(places).id, rnd)


def _claim(document: Document, evidence: Span, entity: str, place: str, rnd: random.Random) -> Claim:
    word = evidence.quote.split()[0]
    trigger = Span(evidence.start, evidence.start + len(word), word)
    day = (date(2015, 1, 1) + timedelta(days=rnd.randrange(3_000))).isoformat()
    type_ = rnd.choice(("capture", "transfer", "strike", "attack", "clash", "casualty"))
    return Claim(
        id=claim_id(document.id, type_, trigger, evidence.start),
        document=document.id,
        type=type_,
        trigger=trigger,
        polarity="+",
        modality="reported",
        cue=None,
        opinion=False,
        roles=(Role("captor", entity, trigger, "stated"),),
        materiel=(Materiel(rnd.choice(("atgm", "tank", "missile", "atgm.tow")), trigger),),
        casualties=(),
        places=(PlaceRole(place, trigger, "where"),),
        date=ClaimDate(day, day, "day", "stated", None, "absolute"),
        attribution=(Attribution(document.outlet or "?", None, None, "publisher"),),
        segment="body",
        evidence=(evidence,),
        reader="bench",
        confidence=0.9,
    )


def _event(claims: list[Claim]) -> Event:
    first = claims[0]
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
        status="candidate",
    )


def paths_of(path: Path) -> list[str]:
    """One page of each kind, and searches."""
    with ReviewStore(path) as store:
        event = store.find_events({}, 1).ids[0]
        claim = store.claims_of(store.find_claims({}, 1).ids)[0]
        word = claim.evidence[0].quote.split()[1]
        story = store.stories(1)[0].id
    entity = claim.roles[0].entity
    return [
        "/", "/queue", "/events", "/claims", "/documents", "/stories", "/actors", "/places", "/materiel", "/sources",
        "/log", "/exports", "/agreement", f"/events/{event}", f"/claims/{claim.id}", f"/claims/{claim.id}/edit",
        f"/documents/{claim.document}", f"/stories/{story}", f"/actors/{entity}", f"/places/{claim.places[0].place}",
        "/materiel/atgm", "/events?type=capture&since=2017", "/claims?type=strike&outlet=Outlet+7",
        f"/search?text={word}", f"/search?text={word}&kind=documents", f"/search?text={word}&kind=events",
        "/api/v1/claims?limit=50", "/api/v1/events?limit=50",
    ]  # fmt: skip


def main() -> int:
    """Make the case where it is not there, ask for every page, print the table; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--case", type=Path, default=Path("build/web-bench.case"))
    given = parser.parse_args()
    if not (given.case / "case.db").exists():
        given.case.parent.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        make_case(given.case, given.documents, given.claims)
        print(f"made {given.documents} documents, {given.claims} claims in {time.perf_counter() - start:.0f} s")
    broken = 0
    with TestClient(create_app(given.case), base_url="http://127.0.0.1") as client:
        print(f"{'page':46} {'first':>7} {'median':>7} {'95 %':>7} {'kB':>6}")
        for path in paths_of(given.case):
            times = []
            for _ in range(given.rounds):
                begun = time.perf_counter()
                answer = client.get(path)
                times.append(time.perf_counter() - begun)
                assert answer.status_code == 200, path
            middle, late = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
            limit = 0.2 if path.startswith("/search") else 0.3
            mark = " *" if middle > limit or late > 1 else ""
            broken += bool(mark)
            size = len(answer.content) / 1000
            print(f"{path[:46]:46} {times[0]:7.3f} {middle:7.3f} {late:7.3f} {size:6.0f}{mark}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"peak memory of this process, making the case included where it was made: {peak:.0f} MB")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
