"""Judging by forms: what is written, what is refused, and that two people never overwrite each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from filelock import FileLock
from starlette.testclient import TestClient

from tracewire.store.reviewing import ReviewStore
from tracewire.web import Access, User, create_app

Post = Callable[..., Any]
HX = {"hx-request": "true"}


def test_an_event_is_accepted_and_undone(post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1, order="weight").ids[0]
    assert post(f"/judge/event/{event}", what="accept").status_code == 303
    assert store.events_by_id([event])[0].status == "accepted"
    made = store.judgements_on([event])[0]
    assert (made.by, made.what) == ("ana", "accept")
    assert post(f"/undo/{made.id}").status_code == 303
    assert store.events_by_id([event])[0].status == "candidate"


def test_a_page_with_scripts_gets_the_judged_row(post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1, order="weight").ids[0]
    answer = post(f"/judge/event/{event}", HX, what="accept", view="event")
    assert answer.status_code == 200
    assert 'class="item event done"' in answer.text
    assert "/undo/" in answer.text
    assert "<html" not in answer.text


def test_two_tabs_on_one_claim(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = store.find_claims({}, 1).ids[0]
    assert post(f"/judge/claim/{claim}", what="accept").status_code == 303
    second = post(f"/judge/claim/{claim}", HX, what="reject", view="claim")
    assert second.status_code == 409
    assert "ana: accept" in second.text
    assert store.claims_of([claim])[0].judgement == "accepted"


def _filled(page: str) -> dict[str, str]:
    """The values of the form of a claim, as a browser would send them."""
    form = page[page.index('class="edit"') :]
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form))
    for name, body in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', body)
        found[name] = (chosen[1] or chosen[2]) if chosen else ""
    found["evidence"] = re.findall(r"<textarea name=\"evidence\"[^>]*>([^<]*)", form)[0]
    if 'name="opinion" value="yes" checked' not in form:
        found.pop("opinion", None)
    import html

    return {k: html.unescape(v) for k, v in found.items()}


def test_an_edit_keeps_what_was_not_touched(client: TestClient, post: Post, store: ReviewStore) -> None:
    for claim in store.record().claims:
        form = _filled(client.get(f"/claims/{claim.id}/edit").text)
        answer = post(f"/claims/{claim.id}/edit", **form)
        assert answer.status_code == 400, claim.id
        assert "nothing was changed" in answer.text, claim.id
    assert store.judgement_count() == 0


def test_an_edit_changes_and_anchors(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = store.claims_of(store.find_claims({"type": "capture"}, 1).ids)[0]
    form = _filled(client.get(f"/claims/{claim.id}/edit").text)
    word = claim.evidence[0].quote.split()[0]
    form |= {"modality": "alleged", "start": "2023-03-01", "end": "2023-03-02", "trigger": word, "why": "as it says"}
    assert post(f"/claims/{claim.id}/edit", **form).status_code == 303
    changed = store.claims_of([claim.id])[0]
    raw = store.documents_of([claim.document])[0].raw
    assert (changed.modality, changed.judgement, changed.date.start) == ("alleged", "edited", "2023-03-01")
    assert raw[changed.trigger.start : changed.trigger.end] == changed.trigger.quote == word
    assert "As the machine read it" in client.get(f"/claims/{claim.id}").text


def test_a_quicker_edit_is_shown_beside_ones_own(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = store.find_claims({"type": "capture"}, 1).ids[0]
    form = _filled(client.get(f"/claims/{claim}/edit").text)
    post(f"/judge/claim/{claim}", what="accept")
    answer = post(f"/claims/{claim}/edit", **(form | {"modality": "alleged", "why": "my reason"}))
    assert answer.status_code == 409
    assert "Somebody was quicker" in answer.text
    assert "my reason" in answer.text
    assert 'name="version" value="1"' in answer.text
    again = _filled(answer.text)
    assert post(f"/claims/{claim}/edit", **again).status_code == 303
    assert store.claims_of([claim])[0].modality == "alleged"


def test_words_that_do_not_stand_there_are_refused(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = store.find_claims({"type": "capture"}, 1).ids[0]
    form = _filled(client.get(f"/claims/{claim}/edit").text)
    for bad in ({"trigger": "zebra crossing"}, {"start": "2023-13-01"}, {"start": "2023-03-02", "end": "2023-03-01"},
                {"materiel-0-low": "many"}, {"type": "picnic"}, {"modality": "sure"}):  # fmt: skip
        assert post(f"/claims/{claim}/edit", **(form | bad)).status_code == 400, bad
    assert store.judgement_count() == 0


def test_a_claim_is_added_on_chosen_words(client: TestClient, post: Post, store: ReviewStore) -> None:
    document = next(store.documents())
    start = document.raw.index(" ") + 1
    words = document.raw[start : start + 30]
    answer = post(f"/judge/add/{document.id}", words=words.strip(), start=start, end=start + 30, type="talks")
    assert answer.status_code == 303
    id_ = answer.headers["location"].split("/")[2]
    claim = store.claims_of([id_])[0]
    assert claim.evidence[0].start == start
    assert claim.reader == "person:ana"
    assert client.get(f"/claims/{id_}").status_code == 200


def test_many_are_judged_and_undone_in_one_act(client: TestClient, post: Post, store: ReviewStore) -> None:
    page = client.get("/bulk?type=capture").text
    chosen = re.findall(r'name="claim" value="([^"]+)"', page)
    assert len(chosen) > 1
    assert post("/bulk", what="reject", claim=chosen).status_code == 303
    ids = [c.partition(":")[0] for c in chosen]
    assert {c.judgement for c in store.claims_of(ids)} == {"rejected"}
    assert post(f"/undo/{store.judgements_on(ids[:1])[0].id}").status_code == 303
    assert {c.judgement for c in store.claims_of(ids)} == {None}


def test_an_outlet_is_graded(client: TestClient, post: Post, store: ReviewStore) -> None:
    outlet = store.tally("document", "outlet")[0][0]
    assert post("/judge/outlet", outlet=outlet, grade="B", why="known to us").status_code == 303
    assert "known to us" in client.get("/sources").text


def test_forms_of_other_sites_and_old_pages_are_refused(client: TestClient, post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1).ids[0]
    assert client.post(f"/judge/event/{event}", data={"what": "accept", "version": "0"}).status_code == 403
    assert client.post(f"/judge/event/{event}", data={"csrf": "0" * 64, "what": "accept"}).status_code == 403
    assert post(f"/judge/event/{event}", {"sec-fetch-site": "cross-site"}, what="accept").status_code == 403
    assert post(f"/judge/event/{event}", what="accept", next="x" * 2_000_000).status_code == 413
    assert store.judgement_count() == 0


def test_next_never_leads_elsewhere(post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1).ids[0]
    for bad in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = post(f"/judge/event/{event}", what="note", why="x", next=bad)
        assert answer.headers["location"] == "/queue"


def test_a_run_that_writes_is_said(case: Path, post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1).ids[0]
    with FileLock(case / "write.lock"):
        answer = post(f"/judge/event/{event}", HX, what="accept", view="event")
    assert answer.status_code == 423
    assert "Nothing was written" in answer.text


def test_many_reviewers_at_once_lose_nothing(case: Path, store: ReviewStore) -> None:
    claims = store.find_claims({}, 40).ids
    app = create_app(case, Access(local=User("ana", "admin")))

    def judge(claim: str) -> int:
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(f"/claims/{claim}").text)
        assert found
        data = {"csrf": found[1], "version": "0", "what": "accept"}
        return int(client.post(f"/judge/claim/{claim}", data=data).status_code)

    twice = [c for c in claims for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(judge, twice))
    assert set(codes) <= {303, 409}
    assert codes.count(303) >= len(claims)
    assert {c.judgement for c in store.claims_of(claims)} == {"accepted"}
    assert {j.on for j in store.judgements()} == set(claims)


def _sentence(store: ReviewStore) -> tuple[str, list[str]]:
    """An event of several claims, and they."""
    for id_ in store.find_events({}, 50, order="weight").ids:
        event = store.events_by_id([id_])[0]
        if len(event.claims) > 2:
            return id_, list(event.claims)
    raise AssertionError("the demo has no event of three claims")


def test_misread_claims_are_rejected_with_the_event_accepted(post: Post, store: ReviewStore) -> None:
    event, claims = _sentence(store)
    before = set(map(repr, store.record().events))
    answer = post(f"/judge/event/{event}", HX, what="accept", view="event", claim=claims[:1])
    assert answer.status_code == 200
    assert "accepted" in answer.text
    assert "/undo/" in answer.text  # also where the event has another id without that claim
    judged = {c.id: c.judgement for c in store.claims_of(claims)}
    assert judged == {claims[0]: "rejected", **dict.fromkeys(claims[1:], "accepted")}
    homes = store.events_of(claims[1:])
    assert {store.events_by_id([e])[0].status for events in homes.values() for e in events} == {"accepted"}
    first = re.search(r"/undo/(\w+)", answer.text)
    assert first
    assert post(f"/undo/{first[1]}", HX, view="event").status_code == 200
    assert set(map(repr, store.record().events)) == before


def test_an_event_with_all_claims_misread_is_not_accepted(post: Post, store: ReviewStore) -> None:
    event, claims = _sentence(store)
    answer = post(f"/judge/event/{event}", what="accept", claim=[" ".join(claims)])
    assert answer.status_code == 400
    assert "reject the event" in answer.text
    assert store.judgement_count() == 0


def test_actors_are_named_in_the_form_and_kept_as_ids(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = next(c for c in store.record().claims if any(r.entity for r in c.roles))
    number = next(n for n, r in enumerate(claim.roles) if r.entity)
    other = next(e for e in store.record().entities if e.id != claim.roles[number].entity)
    page = client.get(f"/claims/{claim.id}/edit").text
    assert f"({claim.roles[number].entity})" in page
    form = _filled(page)
    for words in (f"{other.name} ({other.id})", other.id):
        sent = form | {f"roles-{number}-entity": words}
        answer = post(f"/claims/{claim.id}/edit", **sent)
        assert answer.status_code == 303, answer.text
        assert store.claims_of([claim.id])[0].roles[number].entity == other.id
        made = [j for j in store.judgements_on([claim.id]) if not j.undone][-1]
        assert post(f"/undo/{made.id}").status_code == 303
        form["version"] = str(store.last_numbers([claim.id])[claim.id])
    answer = post(f"/claims/{claim.id}/edit", **(form | {f"roles-{number}-entity": "Nobody of that name"}))
    assert answer.status_code == 400
    assert "no actor of this case is called" in answer.text


def test_the_log_tells_deeds_and_folds_an_act(client: TestClient, post: Post, store: ReviewStore) -> None:
    event, claims = _sentence(store)
    post(f"/judge/event/{event}", what="accept")
    page = client.get("/log").text
    assert page.count(">Undo<") == 1
    assert f"and {len(claims)} claims" in page
    assert f'href="/events/{event}"' in page


def test_two_tabs_that_edit_one_claim(client: TestClient, post: Post, store: ReviewStore) -> None:
    claim = store.find_claims({"type": "capture"}, 1).ids[0]
    tabs = [_filled(client.get(f"/claims/{claim}/edit").text) for _ in range(2)]
    assert post(f"/claims/{claim}/edit", **(tabs[0] | {"modality": "alleged"})).status_code == 303
    answer = post(f"/claims/{claim}/edit", **(tabs[1] | {"modality": "probable", "why": "mine"}))
    assert answer.status_code == 409
    assert "edited modality" in answer.text
    assert "mine" in answer.text
    assert store.claims_of([claim])[0].modality == "alleged"


def test_a_judgement_on_what_a_run_took_away_is_refused(
    case: Path, client: TestClient, post: Post, store: ReviewStore
) -> None:
    event = store.find_events({}, 1, order="weight").ids[0]
    claim = store.find_claims({}, 1).ids[0]
    assert client.get(f"/events/{event}").status_code == 200
    with ReviewStore(case, write=True) as run:
        run.replace_resolved([], [], [], [])  # what a run does before it has made the claims anew
    for path, what in ((f"/judge/event/{event}", "accept"), (f"/judge/claim/{claim}", "reject")):
        answer = post(path, HX, what=what)
        assert answer.status_code == 400, answer.text
        assert "no " in answer.text
    assert client.get(f"/events/{event}").status_code == 404
    assert post(f"/claims/{claim}/edit", modality="alleged").status_code == 404
    assert store.judgement_count() == 0


def test_a_judgement_on_a_deleted_case_is_refused(case: Path, post: Post, store: ReviewStore) -> None:
    import shutil

    event = store.find_events({}, 1).ids[0]
    shutil.rmtree(case)
    assert post(f"/judge/event/{event}", what="accept").status_code == 503
    assert not case.exists()


def test_acts_on_wrong_ids_are_refused_and_write_nothing(client: TestClient, post: Post, store: ReviewStore) -> None:
    event = store.find_events({}, 1).ids[0]
    bad = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    for path, fields in (
        (f"/judge/claim/{bad}", {"what": "accept"}), (f"/judge/claim/{bad}", {"what": "note", "why": "x"}),
        (f"/judge/event/{bad}", {"what": "reject"}), (f"/judge/event/{bad}", {"what": "grade", "grade": "2"}),
        (f"/judge/event/{event}", {"what": "merge", "other": "v0"}), (f"/judge/event/{event}", {"what": "burn"}),
        (f"/judge/event/{event}", {"what": "split", "claim": ["c0"]}), (f"/judge/add/{bad}", {"words": "x"}),
        (f"/judge/note/{bad}", {"why": "x"}), (f"/undo/{bad}", {}), (f"/claims/{bad}/edit", {"type": "capture"}),
        ("/bulk", {"what": "accept", "claim": ["c0:0"]}), ("/bulk", {"what": "accept"}),
        (f"/judge/event/{event}", {"what": "accept", "version": "9" * 30}), ("/judge/outlet", {"grade": "A"}),
        (f"/judge/event/{event}", {"what": "accept", "version": "-1"}), (f"/coding/{bad}", {"what": "accept"}),
    ):  # fmt: skip
        for headers in ({}, HX):
            answer = post(path, headers, **fields)
            assert 400 <= answer.status_code < 500, (path, fields, answer.status_code)
            assert "<script>alert" not in answer.text
    assert store.judgement_count() == 0


def test_actors_are_merged_and_split_from_the_next_run_on(
    case: Path, client: TestClient, post: Post, store: ReviewStore, home: Path
) -> None:
    import tracewire

    def run() -> set[str]:
        tracewire.open_case(case, tracewire.Settings(reader="rules", home=home)).run()
        return {e.name for e in store.record().entities}

    first, second = [e for e in store.record().entities if e.basis == "corpus" and e.type == "group"][:2]
    before = {e.name for e in store.record().entities}
    assert post(f"/judge/actor/{first.id}", what="merge", other=second.name, why="one flag").status_code == 303
    page = client.get(f"/actors/{first.id}").text
    assert f"merged with {second.name}" in page
    assert second.name in client.get("/log").text
    assert second.name not in run()
    made = store.judgements_on([first.id])[-1]
    assert post(f"/undo/{made.id}").status_code == 303
    assert run() == before
    for fields in ({"what": "merge", "other": "Nobody"}, {"what": "merge", "other": first.id}, {"what": "x"},
                   {"what": "split", "form": "no form of it"}):  # fmt: skip
        answer = post(f"/judge/actor/{first.id}", **(fields | {"version": store.last_numbers([first.id])[first.id]}))
        assert answer.status_code == 400, fields
    assert post(f"/judge/actor/{first.id}", what="merge", other=second.name).status_code == 409
