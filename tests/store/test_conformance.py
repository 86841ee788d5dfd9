"""What every registered store must do."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tracewire import plugins
from tracewire.errors import CaseError, CaseLocked, DocumentError, UsageError
from tracewire.model import (
    Argument,
    Claim,
    ClaimDate,
    Copy,
    Credibility,
    Document,
    Entity,
    Event,
    Exchange,
    Failure,
    Fatalities,
    Judgement,
    Mention,
    Metadata,
    Origin,
    Original,
    Origins,
    Place,
    RawPage,
    ReadClaim,
    Reading,
    Record,
    Relation,
    Span,
    Story,
)
from tracewire.store.base import Counts, Store

Open = Callable[..., Store]
Make = Callable[..., Any]
JUDGEMENT = Judgement("j1", "2031-06-01T00:00:00Z", "ana", "reject", "c1", {"was": ["x", 1, None]}, "a wrong place")


@pytest.fixture(params=plugins.names("stores"))
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the one case of a test with the store under test."""
    kind = plugins.load("stores", request.param)

    def build(name: str = "one.case", **options: bool) -> Store:
        store: Store = kind(tmp_path / name, **options)
        return store

    return build


@pytest.fixture
def store(open_store: Open) -> Any:
    with open_store(create=True) as found:
        yield found


@pytest.fixture
def filled(store: Store, make_page: Make, cleaned: Make) -> Store:
    """A case with two documents, alpha and beta."""
    pages = [make_page("alpha.txt", "Guards found nine mortars."), make_page("beta.txt", "Nobody was hurt.")]
    store.add_pages(pages)
    store.save_documents(map(cleaned, pages))
    return store


def ids(store: Store) -> list[str]:
    return [document.id for document in store.documents()]


def span(start: int = 0, end: int = 6, quote: str = "Guards") -> Span:
    return Span(start, end, quote)


def a_reading(document: str, reader: str = "fake@1") -> Reading:
    mention = Mention(document, span(), "GROUP", "nominal")
    claim = ReadClaim("capture", span(7, 12, "found"), (span(),), "body", (Argument("captor", 0),), ((0, 0),))
    return Reading(document, reader, (mention,), (claim,))


def a_claim(id_: str, document: str) -> Claim:
    date = ClaimDate(None, None, "unknown", "publication", None, "none")
    return Claim(
        id_, document, "capture", span(7, 12, "found"), "+", "asserted", None, False,
        (), (), (), (), date, (), "body", (span(),), "fake@1", 0.5,
    )  # fmt: skip


def an_event(id_: str, *claims: str) -> Event:
    return Event(
        id_, "capture", claims, None, None, None, None, (), (), Fatalities(None, None, None),
        Origins(1, 1, ()), 1, Credibility(3, ()), "candidate",
    )  # fmt: skip


# ---------------------------------------------------------------- the contract itself


@pytest.mark.parametrize("kind", plugins.names("stores"))
def test_a_store_has_every_method_of_the_protocol_with_its_parameters(kind: str) -> None:
    found = plugins.load("stores", kind)
    for name, method in inspect.getmembers(Store, inspect.isfunction):
        if name == "__init__" or not name.startswith("_"):
            assert list(inspect.signature(getattr(found, name)).parameters) == list(
                inspect.signature(method).parameters
            )


# ---------------------------------------------------------------- opening


def test_a_case_that_is_not_there_is_an_error_that_names_it(open_store: Open) -> None:
    with pytest.raises(CaseError, match=r"nothing\.case"):
        open_store("nothing.case")
    with pytest.raises(CaseError, match=r"nothing\.case"):
        open_store("nothing.case", write=True)


def test_a_second_writer_is_told_at_once_to_wait(open_store: Open, store: Store) -> None:
    with pytest.raises(CaseLocked, match=r"one\.case.*wait"):
        open_store(write=True)


def test_the_next_writer_gets_in_after_the_first_has_closed(open_store: Open, store: Store) -> None:
    store.close()
    store.close()
    with open_store(write=True) as second:
        second.set_meta("a", "b")


def test_readers_read_what_is_committed_while_a_writer_runs(open_store: Open, filled: Store, make_page: Make) -> None:
    with open_store() as reader:
        assert len(ids(reader)) == 2
        filled.add_page(make_page("gamma.txt", "x"))
        assert len(list(reader.pages())) == 3


def test_a_store_opened_to_read_refuses_to_write(open_store: Open, filled: Store, make_page: Make) -> None:
    with open_store() as reader, pytest.raises(CaseError, match="write=True"):
        reader.add_page(make_page())
    with open_store() as reader, pytest.raises(CaseError):
        reader.set_meta("a", "b")


def test_create_opens_a_case_that_is_there_as_it_is(open_store: Open, filled: Store) -> None:
    filled.close()
    with open_store(create=True) as again:
        assert len(ids(again)) == 2


# ---------------------------------------------------------------- pages


def test_pages_come_back_whole_and_by_document_id(store: Store, make_page: Make) -> None:
    pages = [make_page(f"{n}.bin", bytes([n, 0, 255, 13, 10]), outlet="Gazette") for n in range(8)]
    names = [store.add_page(page) for page in pages]
    assert len(set(names)) == 8
    assert list(store.pages()) == [page for _, page in sorted(zip(names, pages, strict=True), key=lambda x: x[0])]


def test_custody_says_what_came_when_from_where_by_which_version(store: Store, make_page: Make) -> None:
    page = make_page()
    document = store.add_page(page)
    from tracewire import __version__

    assert list(store.custody()) == [
        {
            "document": document,
            "name": "a.txt",
            "sha256": page.sha256,
            "size": str(len(page.data)),
            "location": "/in/a.txt",
            "how": "file",
            "retrieved": "2031-05-06T07:08:09Z",
            "version": __version__,
            "url": None,
            "final_url": None,
            "status": None,
            "exchange": None,
            "original_sha256": None,
            "original_type": None,
        }
    ]


def test_custody_keeps_what_a_server_answered_and_the_file_a_text_came_from(store: Store, make_page: Make) -> None:
    exchange = Exchange("http://a.test/x", "http://a.test/y", 200, (("Server", "one"),), ((301, "http://a.test/x"),))
    page = replace(make_page(), exchange=exchange, original=Original(b"%PDF raw", "application/pdf"))
    store.add_page(page)
    assert list(store.pages()) == [page]
    (row,) = store.custody()
    assert (row["url"], row["final_url"], row["status"]) == ("http://a.test/x", "http://a.test/y", "200")
    assert row["original_sha256"] == page.original.sha256
    assert row["exchange"] is not None
    assert "Server" in row["exchange"]
    assert list(store.check_raw()) == []


def test_the_same_page_twice_changes_nothing(filled: Store, make_page: Make) -> None:
    filled.save_readings(a_reading(document) for document in ids(filled))
    before = filled.record(), list(filled.custody()), list(filled.pages())
    later = replace(make_page("alpha.txt", "Guards found nine mortars."), retrieved="2040-01-01T00:00:00Z", how="other")
    filled.add_page(later)
    assert (filled.record(), list(filled.custody()), list(filled.pages())) == before
    assert not list(filled.pages(uncleaned=True))
    assert not filled.unread("fake@1")


def test_the_same_bytes_under_two_names_are_two_documents(store: Store, make_page: Make) -> None:
    assert store.add_page(make_page("a", "same")) != store.add_page(make_page("b", "same"))
    assert [page.data for page in store.pages()] == [b"same", b"same"]


def test_new_metadata_makes_a_document_stale(filled: Store, make_page: Make, cleaned: Make) -> None:
    filled.save_readings(a_reading(document) for document in ids(filled))
    told = make_page("alpha.txt", "Guards found nine mortars.", outlet="Daily Globe")
    document = filled.add_page(told)
    assert list(filled.pages(uncleaned=True)) == [told]
    assert filled.unread("fake@1") == {document}
    filled.add_page(make_page("alpha.txt", "Guards found nine mortars."))  # brings no metadata: takes none away
    assert list(filled.pages(uncleaned=True)) == [told]
    filled.save_documents([cleaned(told)])
    assert not list(filled.pages(uncleaned=True))
    assert {d.outlet for d in filled.documents()} == {None, "Daily Globe"}


def test_a_page_without_a_document_is_uncleaned(filled: Store, make_page: Make) -> None:
    filled.add_page(make_page("gamma.txt", "third"))
    assert [page.name for page in filled.pages(uncleaned=True)] == ["gamma.txt"]


def test_a_name_that_is_no_text_fails_that_page_alone(store: Store, make_page: Make) -> None:
    bad = make_page("caf\udce9.txt")
    with pytest.raises(DocumentError, match="udce9"):
        store.add_page(bad)
    assert len(store.add_pages([make_page("one"), bad, make_page("two")])) == 2
    assert [(f.name, f.stage) for f in store.failures()] == [(r"caf\udce9.txt", "ingest")]


def test_pages_may_be_written_while_pages_are_walked(store: Store, make_page: Make, cleaned: Make) -> None:
    store.add_pages(make_page(f"{n}.txt", f"text {n}") for n in range(20))
    for page in store.pages(uncleaned=True):
        store.save_documents([cleaned(page)])
    assert len(ids(store)) == 20


def test_raw_bytes_that_are_as_they_came_raise_no_problem(filled: Store) -> None:
    assert list(filled.check_raw()) == []


# ---------------------------------------------------------------- documents


def test_documents_come_back_equal_with_their_raw_text(store: Store, make_page: Make, cleaned: Make) -> None:
    pages = [
        make_page("a", "\ufeffOne\r\n\r\nTwo \u0661\u0662 \U0001f600\0"),
        make_page("b", b"bad \xff utf-8"),
        make_page("c", ""),
    ]
    store.add_pages(pages)
    documents = [cleaned(page) for page in pages]
    store.save_documents(documents)
    assert list(store.documents()) == sorted(documents, key=lambda d: d.id)


def test_cleaning_again_drops_readings_and_keeps_judgements(filled: Store, make_page: Make, cleaned: Make) -> None:
    first, second = ids(filled)
    filled.save_readings([a_reading(first), a_reading(second)])
    filled.add_judgement(JUDGEMENT)
    again = next(d for d in filled.documents() if d.id == first)
    filled.save_documents([again])
    assert [reading.document for reading in filled.readings("fake@1")] == [second]
    assert list(filled.judgements()) == [JUDGEMENT]


def test_a_document_that_cannot_be_kept_becomes_a_failure(filled: Store) -> None:
    good, bad = filled.documents()
    filled.save_documents([replace(bad, author="\ud800"), replace(good, author="A. Writer")])
    assert [(f.name, f.stage) for f in filled.failures()] == [(bad.name, "clean")]
    assert {d.id: d.author for d in filled.documents()} == {good.id: "A. Writer", bad.id: None}


def test_a_document_without_a_page_is_refused_and_nothing_is_kept(
    filled: Store, make_page: Make, cleaned: Make
) -> None:
    before = filled.record()
    with pytest.raises(CaseError):
        filled.save_documents([*filled.documents(), cleaned(make_page("stranger.txt", "?"))])
    assert filled.record() == before


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mortars", {"alpha.txt"}),
        ("MORTARS guards", {"alpha.txt"}),
        ("mortars hurt", set()),
        ("", set()),
        ("  \t", set()),
        ('"', set()),
        ("NOT", set()),
        ("hurt OR mortars", set()),
        ("mortar*", set()),
        ("text:mortars", set()),
        ("NEAR(guards mortars)", set()),
        ("guards\0mortars", {"alpha.txt"}),
        ("\ud800", set()),
        ("(nine", {"alpha.txt"}),
    ],
)
def test_search_takes_words_as_words(filled: Store, words: str, found: set[str]) -> None:
    names = {d.id: d.name for d in filled.documents()}
    assert {names[document] for document in filled.search(words)} == found


def test_search_ignores_accents_and_follows_a_new_cleaning(store: Store, make_page: Make, cleaned: Make) -> None:
    page = make_page("a", "Le dépôt de Béni")
    store.add_page(page)
    store.save_documents([cleaned(page)])
    assert len(store.search("depot beni")) == 1
    document = next(store.documents())
    store.save_documents([replace(document, reading=replace(document.reading, text="other words"))])
    assert store.search("depot") == set()
    assert len(store.search("other")) == 1


# ---------------------------------------------------------------- failures


def test_a_failure_is_kept_once_per_name_and_stage_until_the_stage_succeeds(
    store: Store, make_page: Make, cleaned: Make
) -> None:
    page = make_page("a", "text")
    for stage in ("read", "clean", "ingest", "clean"):
        store.save_failure(Failure("a", stage, f"bad {stage}"))
    assert [f.stage for f in store.failures()] == ["clean", "ingest", "read"]
    document = store.add_page(page)
    assert [f.stage for f in store.failures()] == ["clean", "read"]
    store.save_documents([cleaned(page)])
    assert [f.stage for f in store.failures()] == ["read"]
    store.save_readings([a_reading(document)])
    assert list(store.failures()) == []


# ---------------------------------------------------------------- readings


def test_readings_are_kept_per_reader_and_replaced(filled: Store) -> None:
    first, second = ids(filled)
    filled.save_readings([a_reading(second), a_reading(first), a_reading(first, "other@2")])
    assert list(filled.readings("fake@1")) == [a_reading(first), a_reading(second)]
    assert filled.unread("other@2") == {second}
    assert filled.unread("fake@1") == set()
    empty = Reading(first, "fake@1", (), ())
    filled.save_readings([empty])
    assert list(filled.readings("fake@1")) == [empty, a_reading(second)]
    assert filled.record().readers == ("fake@1", "other@2")


def test_a_reading_that_cannot_be_kept_becomes_a_failure(filled: Store) -> None:
    first, second = filled.documents()
    bad = replace(a_reading(first.id), mentions=(Mention(first.id, span(), "WEAPON", "name"),))  # type: ignore[arg-type]
    filled.save_readings([bad, a_reading(second.id)])
    assert [(f.name, f.stage) for f in filled.failures()] == [(first.name, "read")]
    assert filled.unread("fake@1") == {first.id}


# ---------------------------------------------------------------- judgements


def test_a_judgement_may_be_undone_and_made_again_but_never_changed(store: Store) -> None:
    store.add_judgement(JUDGEMENT)
    store.add_judgement(JUDGEMENT)
    assert list(store.judgements()) == [JUDGEMENT]
    undone = replace(JUDGEMENT, undone=True)
    store.add_judgement(undone)
    assert list(store.judgements()) == [undone]
    store.add_judgement(JUDGEMENT)
    assert list(store.judgements()) == [JUDGEMENT]
    with pytest.raises(UsageError, match="j1"):
        store.add_judgement(replace(JUDGEMENT, why="something else"))


def test_judgements_come_by_id(store: Store) -> None:
    made = [replace(JUDGEMENT, id=f"j{n}") for n in (3, 1, 2)]
    for judgement in made:
        store.add_judgement(judgement)
    assert [j.id for j in store.judgements()] == ["j1", "j2", "j3"]


# ---------------------------------------------------------------- derived tables


def test_derived_tables_are_replaced_whole_and_come_sorted(filled: Store) -> None:
    first, second = ids(filled)
    copies = [Copy(second, first, "copy", 0.5, 0.25, True, "w"), Copy(first, second, "quotes", 0.1, 0.2, False, "w")]
    origins = [Origin(second, "Wire B", "stated"), Origin(first, "Wire A", "copied", span())]
    stories = [Story("s2", (second,), "Two"), Story("s1", (first,), "One")]
    filled.replace_copies(copies, origins, stories)
    assert filled.copies() == (tuple(reversed(copies)), tuple(reversed(origins)), tuple(reversed(stories)))
    filled.replace_copies([], [], [])
    assert filled.copies() == ((), (), ())


def test_a_record_holds_everything_by_id(filled: Store) -> None:
    first, second = documents = tuple(filled.documents())
    claims = [a_claim("c2", second.id), a_claim("c1", first.id)]
    mentions = [
        Mention(second.id, span(), "GROUP", "name", "e1"),
        Mention(first.id, span(), "PLACE", "name", None, "p1"),
    ]
    entities = [
        Entity("e2", "state", "X", (), None, "knowledge", (("wikidata", "Q1"),)),
        Entity("e1", "group", "Y", ("y",), "e2", "corpus"),
    ]
    places = [
        Place("p2", "B", None, None, None, None, None, None),
        Place("p1", "A", 1.5, -2.0, 3.0, "R", "YE", "g:1", ("p2",)),
    ]
    events = [an_event("v2", "c2"), an_event("v1", "c1", "c2")]
    relations = [
        Relation("c2", "contradicts", "c1", "place", "hard", "w"),
        Relation("c1", "background", "v1", None, None, "w"),
    ]
    filled.replace_resolved(claims, mentions, entities, places)
    filled.replace_assembled(events, relations)
    filled.add_judgement(JUDGEMENT)
    assert filled.record() == Record(
        documents=documents,
        mentions=tuple(reversed(mentions)),
        claims=tuple(reversed(claims)),
        entities=tuple(reversed(entities)),
        places=tuple(reversed(places)),
        events=tuple(reversed(events)),
        relations=tuple(reversed(relations)),
        judgements=(JUDGEMENT,),
    )


def test_new_claims_drop_the_events_made_of_the_old(filled: Store) -> None:
    first, _ = ids(filled)
    filled.replace_resolved([a_claim("c1", first)], [], [], [])
    filled.replace_assembled([an_event("v1", "c1")], [])
    filled.replace_resolved([a_claim("c9", first)], [], [], [])
    record = filled.record()
    assert ([c.id for c in record.claims], record.events) == (["c9"], ())


def test_what_does_not_hang_together_is_refused_and_the_old_stays(filled: Store) -> None:
    first, _ = ids(filled)
    filled.replace_resolved([a_claim("c1", first)], [], [], [])
    with pytest.raises(CaseError):
        filled.replace_resolved([a_claim("c2", "d-of-no-page")], [], [], [])
    with pytest.raises(CaseError):
        filled.replace_assembled([an_event("v1", "c-of-no-document")], [])
    assert [c.id for c in filled.record().claims] == ["c1"]


# ---------------------------------------------------------------- state


def test_meta_is_kept_over_a_close(open_store: Open, store: Store) -> None:
    assert store.get_meta("mark") is None
    store.set_meta("mark", "1")
    store.set_meta("mark", "2")
    store.close()
    with open_store() as reader:
        assert reader.get_meta("mark") == "2"


def test_counts_are_those_of_the_record_and_of_the_uncleaned_pages(filled: Store, make_page: Make) -> None:
    filled.add_page(make_page("gamma.txt", "A third."))
    filled.add_pages(replace(page, given=Metadata(outlet="X")) for page in list(filled.pages()) if page.name[0] == "a")
    alpha = ids(filled)[0]
    filled.replace_resolved([a_claim(f"c{n}", alpha) for n in range(3)], (), (), ())
    filled.replace_assembled([an_event("v1", "c0", "c1")], ())
    counts, record = filled.counts(), filled.record()
    assert counts == Counts(uncleaned=2, documents=2, claims=3, events=1)
    assert counts.uncleaned == len(list(filled.pages(uncleaned=True)))
    assert (counts.documents, counts.claims, counts.events) == tuple(
        map(len, (record.documents, record.claims, record.events))
    )


def test_an_empty_case_has_an_empty_record(store: Store) -> None:
    assert store.record() == Record()
    assert isinstance(store.path, Path)


def test_two_cases_filled_in_another_order_hold_the_same(open_store: Open, make_page: Make, cleaned: Make) -> None:
    pages: list[RawPage] = [make_page(f"{n}.txt", f"text {n}") for n in range(6)]
    documents: list[Document] = [cleaned(page) for page in pages]
    records = []
    for name, step in (("x", 1), ("y", -1)):
        with open_store(name, create=True) as store:
            store.add_pages(pages[::step])
            store.save_documents(documents[::step])
            store.save_readings(a_reading(d.id) for d in documents[::step])
            records.append((store.record(), list(store.pages()), list(store.readings("fake@1"))))
    assert records[0] == records[1]


def test_workings_are_kept_by_kind_and_key(open_store: Open) -> None:
    with open_store(create=True) as store:
        assert store.workings("words") == {}
        store.update_workings("words", {b"a": b"1", b"b\0": b""}, [])
        store.update_workings("pairs", {b"a": b"2"}, [])
        store.update_workings("words", {b"a": b"3"}, [b"b\0", b"never"])
    with open_store() as store:
        assert (store.workings("words"), store.workings("pairs")) == ({b"a": b"3"}, {b"a": b"2"})
