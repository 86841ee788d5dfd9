"""Judgements on a case: they last through runs, undoing restores, and two people never overwrite each other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tracewire
from tracewire.codebook import load_codebook
from tracewire.errors import Conflict, UsageError
from tracewire.model import Judgement, Span
from tracewire.review import Reviewer, apply_judgements
from tracewire.store.reviewing import ReviewStore


@pytest.fixture
def path(demo_case: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_case, tmp_path / "my.case"))


@pytest.fixture
def store(path: Path) -> Iterator[ReviewStore]:
    with ReviewStore(path, write=True) as opened:
        yield opened


@pytest.fixture
def ana(store: ReviewStore) -> Reviewer:
    return Reviewer(store, load_codebook(), "ana")


def _state(store: ReviewStore) -> tuple[set[str], ...]:
    record = store.record()
    return tuple(set(map(repr, rows)) for rows in (record.claims, record.events, record.relations))


def _biggest(store: ReviewStore) -> str:
    return store.find_events({}, 1, order="weight").ids[0]


def _run_again(path: Path, home: Path) -> None:
    case = tracewire.open_case(path, tracewire.Settings(reader="rules", home=home))
    case.run()


def test_an_accepted_event_accepts_its_claims_in_one_act(store: ReviewStore, ana: Reviewer) -> None:
    event = _biggest(store)
    rows = ana.event(event, "accept", {event: 0})
    found = store.events_by_id([event])[0]
    assert found.status == "accepted"
    assert {c.judgement for c in store.claims_of(found.claims)} == {"accepted"}
    assert len(rows) == len(found.claims) + 1
    assert len({j.change["batch"] for j in rows}) == 1


@pytest.mark.parametrize("act", ["accept", "reject claim", "edit", "merge", "split", "grade", "add"])
def test_undoing_restores_everything(store: ReviewStore, ana: Reviewer, act: str) -> None:
    before = _state(store)
    event, other = store.find_events({}, 2, order="weight").ids
    claims = store.events_by_id([event])[0].claims
    document = store.claims_of(claims)[0].document
    made = {
        "accept": lambda: ana.event(event, "accept"),
        "reject claim": lambda: ana.claim(claims[0], "reject"),
        "edit": lambda: ana.edit(claims[0], {"modality": "planned", "polarity": "-"}),
        "merge": lambda: ana.merge(event, other),
        "split": lambda: ana.split(event, claims[:1]),
        "grade": lambda: ana.grade_event(event, 1, why="seen by us"),
        "add": lambda: ana.add(document, "talks", *_words(store, document)),
    }[act]()
    assert _state(store) != before
    ana.undo(made[0].id)
    assert _state(store) == before
    with pytest.raises(UsageError, match="undone already"):
        ana.undo(made[0].id)


def _words(store: ReviewStore, document: str) -> tuple[Span, Span]:
    raw = store.documents_of([document])[0].raw
    start = len(raw) // 2
    return Span(start, start + 5, raw[start : start + 5]), Span(start, start + 40, raw[start : start + 40])


def test_every_claim_can_be_rejected_and_restored(store: ReviewStore, ana: Reviewer) -> None:
    before = _state(store)
    for claim in store.find_claims({}, 200).ids:
        made = ana.claim(claim, "reject")
        ana.undo(made[0].id)
        assert _state(store) == before, claim


def test_a_run_keeps_every_judgement(path: Path, home: Path) -> None:
    with ReviewStore(path, write=True) as store:
        ana = Reviewer(store, load_codebook(), "ana")
        first, second, third, fourth = store.find_events({}, 4, order="weight").ids
        claims = {e.id: e.claims for e in store.events_by_id([first, second, third, fourth])}
        ana.merge(third, fourth)  # first: what follows may join or part the events of a story anew
        ana.event(first, "accept")
        ana.claim(claims[second][0], "reject", why="misread")
        ana.edit(claims[third][0], {"modality": "alleged"})
        document = store.claims_of(claims[first])[0].document
        ana.add(document, "talks", *_words(store, document))
        before = _state(store)
    _run_again(path, home)
    with ReviewStore(path) as store:
        assert _state(store) == before
        assert store.find_claims({"judgement": "edited"}, 10).total == 1
        assert len(store.added_claims()) == 1


def test_a_run_that_makes_the_claims_anew_keeps_every_judgement(path: Path, home: Path) -> None:
    with ReviewStore(path, write=True) as store:
        ana = Reviewer(store, load_codebook(), "ana")
        claims = store.events_by_id([_biggest(store)])[0].claims
        ana.edit(claims[0], {"modality": "alleged"}, why="the paper only alleges it")
        before = _state(store)
        store.set_meta("resolved", "")
    _run_again(path, home)
    with ReviewStore(path) as store:
        assert _state(store) == before
        assert store.claims_of([claims[0]])[0].modality == "alleged"


def test_the_second_of_two_who_saw_the_same_is_told(store: ReviewStore, ana: Reviewer) -> None:
    claim = store.find_claims({}, 1).ids[0]
    seen = store.last_numbers([claim])
    ana.claim(claim, "accept", seen)
    ben = Reviewer(store, load_codebook(), "ben")
    with pytest.raises(Conflict, match="ana: accept"):
        ben.edit(claim, {"modality": "alleged"}, seen)
    assert store.claims_of([claim])[0].judgement == "accepted"
    assert store.judgement_count() == 1


def test_edits_must_quote_the_document(store: ReviewStore, ana: Reviewer) -> None:
    claim = store.claims_of(store.find_claims({}, 1).ids)[0]
    with pytest.raises(UsageError, match="do not stand there"):
        ana.edit(claim.id, {"trigger": {"start": 0, "end": 4, "quote": "nope", "parts": []}})
    with pytest.raises(UsageError, match="do not make a claim"):
        ana.edit(claim.id, {"modality": "certainly"})
    with pytest.raises(UsageError, match="cannot be edited"):
        ana.edit(claim.id, {"confidence": 1.0})
    assert store.judgement_count() == 0


def test_a_blind_coder_changes_nothing_of_the_record(store: ReviewStore) -> None:
    before = _state(store)
    blind = Reviewer(store, load_codebook(), "cleo", blind=True)
    blind.claim(store.find_claims({}, 1).ids[0], "reject")
    assert _state(store) == before
    assert store.judgement_count() == 1


def test_a_judgement_finds_its_claim_again_or_stands_as_it_was_seen(store: ReviewStore, ana: Reviewer) -> None:
    claim = store.claims_of(store.find_claims({}, 1).ids)[0]
    ana.claim(claim.id, "accept")
    raw = store.documents_of([claim.document])[0].raw
    judgements: list[Judgement] = list(store.judgements())
    gone = apply_judgements({}, judgements, lambda _: raw)
    assert gone.added[claim.id].judgement == "accepted"
    from dataclasses import replace

    moved = replace(claim, id="c0000000000000000")
    found = apply_judgements({moved.id: moved}, judgements, lambda _: raw)
    assert found.changed[moved.id].judgement == "accepted"
    assert not found.added
