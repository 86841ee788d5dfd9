"""Every page answers, holds what it should, and lets nothing of a document run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tracewire.model import Metadata
from tracewire.store.reviewing import ReviewStore
from tracewire.web import create_app

PLAIN = [
    "/", "/queue", "/stories", "/events", "/claims", "/documents", "/actors", "/places", "/materiel", "/sources",
    "/search", "/search?text=army&kind=claims", "/search?text=army&kind=events", "/search?text=army&kind=documents",
    "/agreement", "/exports", "/log", "/bulk?type=capture", "/events?type=capture&since=2022&until=2024-01",
]  # fmt: skip


def one_of_each(store: ReviewStore) -> list[str]:
    record = store.record()
    document = record.documents[0].id
    copy = record.copies[0]
    paths = [f"/documents/{d.id}" for d in record.documents]
    paths += [f"/documents/{document}?as=reading", f"/documents/{document}?as=raw"]
    paths += [f"/documents/{copy.document}/beside/{copy.other}"]
    paths += [f"/events/{e.id}" for e in record.events] + [f"/claims/{c.id}" for c in record.claims]
    paths += [f"/claims/{record.claims[0].id}/edit"] + [f"/stories/{s.id}" for s in record.stories]
    paths += [f"/actors/{e.id}" for e in record.entities] + [f"/places/{p.id}" for p in record.places]
    items = {m.item for c in record.claims for m in c.materiel if m.item}
    return paths + [f"/materiel/{item}" for item in sorted(items)]


@pytest.mark.parametrize("path", PLAIN)
def test_pages_answer(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert "<h1" in answer.text


def test_every_row_has_a_page_without_inline_script_or_style(client: TestClient, store: ReviewStore) -> None:
    for path in one_of_each(store):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:500])
        assert len(answer.content) < 1_000_000
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", answer.text), path
        assert not re.search(r"""(?:src|href|action)="https?:""", answer.text), path


def test_links_within_the_case_lead_somewhere(client: TestClient, store: ReviewStore) -> None:
    seen: set[str] = set()
    for path in [*PLAIN, *one_of_each(store)[:12]]:
        seen.update(re.findall(r'href="(/[^"#?]*)', client.get(path).text))
    for link in sorted(seen):
        assert client.get(link).status_code == 200, link


def test_answers_carry_the_headers_that_keep_scripts_out(client: TestClient) -> None:
    headers = client.get("/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/claims/c0", "/claims/%00", "/events/v%22%3E", "/documents/..%2F..", "/stories/s", "/actors/e", "/places/p",
             "/materiel/none.such", "/claims/c0/edit", "/exports/none", "/nowhere"],
)  # fmt: skip
def test_wrong_ids_are_said(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "query", ["since=tomorrow", "page=-1", "page=99999999999", "text=%22%2A", "text=%ff%00", "type=x"]
)
def test_odd_filters_never_break_a_page(client: TestClient, query: str) -> None:
    for path in ("/claims", "/events", "/search", "/documents", "/queue"):
        assert client.get(f"{path}?{query}").status_code in (200, 400)


def test_scripts_in_names_titles_and_texts_are_shown_not_run(tmp_path: Path, home: Path) -> None:
    import tracewire

    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "<b>name<b>.txt").write_text(
        f"Rebels captured {bad} two tanks near Raqqa on 3 May 2015, activists said.", "utf-8"
    )
    path = tmp_path / "bad.case"
    given = {"<b>name<b>.txt": Metadata(outlet=f"Out {bad}", title=f"Title {bad}", author=bad, published="2015-05-04")}
    case = tracewire.open_case(path, tracewire.Settings(reader="rules", home=home))
    case.add_and_run(folder, metadata=given)
    with TestClient(create_app(path), base_url="http://127.0.0.1") as client, ReviewStore(path) as store:
        record = store.record()
        paths = [f"/documents/{d.id}" for d in record.documents] + [f"/claims/{c.id}" for c in record.claims]
        for page in [*PLAIN, *paths]:
            text = client.get(page).text
            assert "<script>alert" not in text, page
            assert "<img" not in text, page
        assert "&lt;script&gt;" in client.get(paths[0]).text


def test_a_case_deleted_while_served_is_said(case: Path, client: TestClient) -> None:
    assert client.get("/").status_code == 200
    shutil.rmtree(case)
    answer = client.get("/events")
    assert answer.status_code == 503
    assert "moved or deleted" in answer.text


def test_a_case_changed_by_a_run_is_seen_at_once(case: Path, client: TestClient, home: Path, tmp_path: Path) -> None:
    import tracewire

    before = client.get("/").text
    (tmp_path / "more.txt").write_text("Rebels captured two tanks near Raqqa on 3 May 2015, activists said.", "utf-8")
    tracewire.open_case(case, tracewire.Settings(reader="rules", home=home)).add_and_run(tmp_path / "more.txt")
    assert "more.txt" in client.get("/documents?text=Raqqa").text
    assert client.get("/").text != before


def test_pages_of_other_names_and_ports_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8765"}).status_code == 200


def test_exports_are_those_of_the_command_line(client: TestClient, case: Path) -> None:
    import tracewire

    answer = client.get("/exports/claims")
    assert answer.text == tracewire.open_case(case).export("claims")
    assert "attachment" in answer.headers["content-disposition"]


def test_a_long_text_is_shown_in_parts(case: Path, tmp_path: Path, home: Path) -> None:
    import tracewire

    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"Paragraph {n} of a long report on nothing." * 20 for n in range(300)), "utf-8")
    tracewire.open_case(case, tracewire.Settings(reader="rules", home=home)).add(long)
    tracewire.open_case(case, tracewire.Settings(reader="rules", home=home)).run()
    with TestClient(create_app(case), base_url="http://127.0.0.1") as client, ReviewStore(case) as store:
        id_ = next(d.id for d in store.documents() if d.name == "long.txt")
        first, second = client.get(f"/documents/{id_}").text, client.get(f"/documents/{id_}?from=60000").text
        assert "Paragraph 0 of" in first
        assert "Paragraph 0 of" not in second
        assert len(first) < 1_000_000


def test_one_page_sees_one_moment(case: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends between two questions of a page is on the next page, not half on this one."""
    find = ReviewStore.find_claims

    def and_then_a_run(self: ReviewStore, *args: object, **kwargs: object) -> object:
        hits = find(self, *args, **kwargs)  # type: ignore[arg-type]
        with ReviewStore(case, write=True) as run:
            run.replace_resolved([], [], [], [])
        return hits

    monkeypatch.setattr(ReviewStore, "find_claims", and_then_a_run)
    page = client.get("/claims").text
    assert 'href="/claims/c' in page
    monkeypatch.undo()
    assert 'href="/claims/c' not in client.get("/claims").text


def test_words_of_claims_are_found_whatever_accents_they_have(
    case: Path, tmp_path: Path, home: Path, client: TestClient
) -> None:
    import tracewire

    (tmp_path / "new.txt").write_text("Rebels captured two tanks near Mopti, Élise Kaboré of the army said.", "utf-8")
    tracewire.open_case(case, tracewire.Settings(reader="rules", home=home)).add_and_run(tmp_path / "new.txt")
    for words in ("Elise", "tanks mopti", "kabor", "Élise tanks"):
        assert "new.txt" in client.get("/search", params={"text": words}).text, words
    for words in ("Elise zebra", "abor", '"', "*"):
        assert "new.txt" not in client.get("/search", params={"text": words}).text, words


def test_the_formats_say_what_they_are_and_give_what_was_accepted(client: TestClient, case: Path) -> None:
    import tracewire

    page = client.get("/exports").text
    assert "ACLED" in page
    assert client.get("/exports/claims?only=accepted").text == tracewire.open_case(case).export(
        "claims", only="accepted"
    )
    sipri = client.get("/exports/sipri")
    assert "latin-1" in sipri.headers["content-type"]
    assert sipri.content == tracewire.open_case(case).export("sipri").encode("latin-1")


def test_copies_stand_once_in_the_queue(client: TestClient, store: ReviewStore) -> None:
    page = client.get("/queue").text
    assert "the same words in" in page
    quotes = re.findall(r"<blockquote[^>]*>([^<]*)", page.split("data-item")[1])
    assert len(quotes) == len(set(quotes))


def test_lists_show_words_as_one_reads_them_not_a_page_s_markup(client: TestClient, store: ReviewStore) -> None:
    record = store.record()
    html = {d.id for d in record.documents if d.media_type == "text/html"}
    marked = [c for c in record.claims if c.document in html and "&" in c.evidence[0].quote]
    assert marked
    actor = next((r.entity for c in marked for r in c.roles if r.entity), None)
    for path in ("/claims", "/search?text=coast", *([f"/actors/{actor}"] if actor else [])):
        assert "&amp;amp;" not in client.get(path).text, path
    from tracewire import __version__

    assert f"Tracewire {__version__}." in client.get(f"/actors/{record.entities[0].id}").text
