"""How pages ask the database: from indexes alone, so that a large case takes no longer than a person waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tracewire.store.database import CaseDatabase
from tracewire.store.reviewing import ReviewStore

LARGE = ("claim", "event", "document", "mention", "claim_key", "claim_words", "relation")
ALIAS = {"c": "claim", "v": "event", "d": "document", "k": "claim_key", "w": "claim_words", "o": "claim"}


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The plan of every statement that is asked."""
    found: dict[str, list[str]] = {}
    ask = CaseDatabase._rows

    def rows(self: CaseDatabase, sql: str, *values: object) -> list[Any]:
        steps = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        found[sql] = [step[3] for step in steps]
        return ask(self, sql, *values)

    monkeypatch.setattr(CaseDatabase, "_rows", rows)
    return found


def _slow(sql: str, steps: list[str]) -> list[str]:
    """Steps that read a large table whole, not from an index that has all that is asked for."""
    slow = []
    for step in steps:
        verb, table = [*step.split(), "", ""][:2]
        name = table if "FROM copy c" in sql else ALIAS.get(table, table)
        if verb == "SCAN" and name in LARGE and " INDEX " not in step and "VIRTUAL" not in step:
            slow.append(step)
    # a list that is cut to one page must come in its order, or every row is read and sorted to show twenty
    if " LIMIT ? OFFSET ?" in sql and any("USE TEMP B-TREE FOR ORDER BY" in s for s in steps) and "WHERE" not in sql:
        slow.append(f"sorts all: {sql}")
    return slow


def test_pages_read_no_large_table_whole(client: TestClient, plans: dict[str, list[str]], store: ReviewStore) -> None:
    claim = store.claims_of(store.find_claims({}, 1).ids)[0]
    event, story = store.find_events({}, 1).ids[0], store.stories(1)[0].id
    actor = store.key_tally("entity", 1)[0][0]
    for path in (
        "/", "/queue", "/events", "/claims", "/documents", "/stories", "/actors", "/places", "/materiel", "/sources",
        "/log", "/agreement", f"/events/{event}", f"/claims/{claim.id}", f"/claims/{claim.id}/edit",
        f"/documents/{claim.document}", f"/stories/{story}", f"/actors/{actor}", "/events?type=capture&since=2017",
        "/claims?modality=alleged", "/claims?judgement=none&type=capture", "/queue?type=capture",
        f"/claims?entity={actor}&type=capture", f"/events?entity={actor}", "/claims?outlet=Sahel+Dispatch",
        "/search?text=army", "/search?text=army&kind=events", "/search?text=army&kind=documents",
        f"/search?text=army&entity={actor}", "/api/v1/claims", "/api/v1/events",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert len(plans) > 40
    for sql, steps in plans.items():
        assert not _slow(sql, steps), sql


def test_a_judgement_reads_no_large_table_whole(
    case: Path, post: Any, plans: dict[str, list[str]], store: ReviewStore
) -> None:
    event = store.find_events({}, 1, order="weight").ids[0]
    plans.clear()
    assert post(f"/judge/event/{event}", what="accept").status_code == 303
    assert post(f"/undo/{store.judgements_on([event])[0].id}").status_code == 303
    for sql, steps in plans.items():
        assert not _slow(sql, steps), sql


def test_a_whole_read_is_seen() -> None:
    assert _slow("SELECT 1 FROM claim", ["SCAN claim"])
    assert not _slow("SELECT 1 FROM claim", ["SCAN claim USING COVERING INDEX claim_list"])
    assert _slow(
        "SELECT id FROM claim ORDER BY x LIMIT ? OFFSET ?", ["SCAN c USING INDEX i", "USE TEMP B-TREE FOR ORDER BY"]
    )
