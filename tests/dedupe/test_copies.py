"""Copies: relations, shares, direction, and the laws that hold for any texts."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.dedupe import find_copies, shared_runs
from tracewire.model import Copy, Credit, Document, Published, Span
from tracewire.testing import make_document

WORDS = [
    a + b for a in ("ba", "ko", "ti", "zu", "mer", "lan", "fos", "gri") for b in ("dal", "nim", "rop", "vex", "sha")
]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def prose(seed: int, length: int) -> str:
    """Invented prose in which no 5-gram is likely to come twice."""
    rnd = random.Random(seed)
    words = [f"{rnd.choice(WORDS)}{rnd.choice(WORDS)}" for _ in range(length)]
    return " ".join(w.capitalize() + "." if i % 12 == 11 else w for i, w in enumerate(words))


def on(day: str) -> Published:
    return Published(day, day, "given", True)


def only(documents: Sequence[Document]) -> Copy:
    (copy,) = find_copies(documents)
    return copy


def relation(first: str, second: str) -> str | None:
    found = find_copies([make_document(first, "a"), make_document(second, "b")])
    return found[0].relation if found else None


# ---------------------------------------------------------------- relations


def test_light_copy(reports: dict[str, str]) -> None:
    framed = (
        "Quarry raid leaves guard dead\nBy staff and agencies\n" + reports["quarry"] + "\nEditing by the night desk."
    )
    copy = only([make_document(reports["quarry"], "a"), make_document(framed, "b")])
    assert copy.relation == "copy"
    assert not copy.directed
    assert copy.share == 1.0
    assert 0.85 < copy.other_share < 1.0


def test_tokenised_lower_case_cut_takes_from_the_whole(reports: dict[str, str]) -> None:
    lead = " ".join(sentences(reports["quarry"])[:4])
    tokenised = re.sub(r"([.,;:()'\"!?-])", r" \1 ", lead.lower())
    whole, part = make_document(reports["quarry"], "a"), make_document(tokenised, "b")
    copy = only([whole, part])
    assert (copy.relation, copy.document, copy.other, copy.directed) == ("cut", part.id, whole.id, True)
    assert copy.share == 1.0
    assert "containment" in copy.why


def test_curly_quotes_dashes_and_accents_change_nothing() -> None:
    plain = prose(1, 60).replace("dal", "dál")
    decomposed = plain.replace("á", "a\u0301").replace(" ", " — ", 5)
    assert relation(plain, decomposed) == "copy"


def test_edited(reports: dict[str, str]) -> None:
    words = reports["river"].split()
    edited = " ".join("some" if i % 11 == 5 else w for i, w in enumerate(words) if i % 13)
    assert relation(reports["river"], edited) == "edited"


def test_merged(reports: dict[str, str]) -> None:
    halves = [" ".join(sentences(reports[n])[:4]) for n in ("quarry", "river")]
    merged = make_document("\n".join(halves), "m")
    sources = [make_document(reports[n], n) for n in ("quarry", "river")]
    found = find_copies([merged, *sources])
    assert [c.relation for c in found] == ["merged", "merged"]
    assert all(merged.id in (c.document, c.other) for c in found)


def test_two_quoted_sentences_are_no_copy(reports: dict[str, str]) -> None:
    quoted = [f"“{s}”" for s in sentences(reports["river"])[1:5:2]]
    own = sentences(reports["harbour"])
    report = make_document(" ".join([*own[:3], *quoted, *own[3:]]), "b")
    source = make_document(reports["river"], "z")
    copy = only([report, source])
    assert (copy.relation, copy.document, copy.directed) == ("quotes", report.id, True)


def test_a_sentence_shared_without_marks_quotes(reports: dict[str, str]) -> None:
    own = sentences(reports["harbour"])
    assert relation(" ".join([*own[:3], sentences(reports["river"])[4], *own[3:]]), reports["river"]) == "quotes"


def test_a_statement_that_both_quote_makes_neither_a_copy(reports: dict[str, str]) -> None:
    statement = f"“{' '.join(sentences(reports['quarry'])[:3])}”"
    pair = [" ".join([*sentences(reports[n])[:4], statement, *sentences(reports[n])[4:]]) for n in ("river", "harbour")]
    copy = only([make_document(text, f"{i}") for i, text in enumerate(pair)])
    assert (copy.relation, copy.directed) == ("quotes", False)
    assert copy.why.startswith("both have")


def test_another_figure_makes_an_edit(reports: dict[str, str]) -> None:
    text = reports["harbour"]
    copy = only([make_document(text, "a"), make_document(text.replace("40 crates", "52 crates"), "b")])
    assert copy.relation == "edited"
    assert "figures" in copy.why


def test_the_same_text_in_two_encodings_is_one_text(reports: dict[str, str]) -> None:
    text = reports["quarry"].replace("Kolo", "Kólò")
    texts = [
        text,
        text.upper(),
        unicodedata.normalize("NFD", text),
        text.replace(" ", "\u00a0"),
        text.replace('"', "”"),
    ]
    found = find_copies([make_document(t, f"{i}") for i, t in enumerate(texts)])
    assert len(found) == 10
    assert all(c.share == c.other_share == 1.0 for c in found)


def test_different_reports_and_stock_phrases_give_nothing(reports: dict[str, str]) -> None:
    stock = "a spokesman for the ministry of defence said on Monday that"
    documents = [make_document(f"{text} {stock} {prose(i, 40)}", n) for i, (n, text) in enumerate(reports.items())]
    assert [c for c in find_copies(documents) if c.relation != "quotes"] == []
    assert find_copies([make_document(text, n) for n, text in reports.items()]) == []


def test_empty_and_very_short_texts_give_nothing() -> None:
    assert find_copies([]) == []
    assert find_copies([make_document("", "a"), make_document("", "b"), make_document("No comment.", "c")]) == []


def test_titles_alone_make_no_copy() -> None:
    headline = "Gunmen raid quarry and drive off with two lorries of blasting caps before dawn"
    assert find_copies([make_document(headline, n, label="title") for n in ("a", "b")]) == []


# ---------------------------------------------------------------- direction


def test_the_later_takes_from_the_earlier(reports: dict[str, str]) -> None:
    early = make_document(reports["quarry"], "z", published=on("2031-03-01"))
    late = make_document(reports["quarry"], "a", published=on("2031-03-02"))
    copy = only([late, early])
    assert (copy.document, copy.directed) == (late.id, True)
    assert "2031-03-02" in copy.why


def test_the_longer_that_came_later_merged_the_shorter(reports: dict[str, str]) -> None:
    flash = make_document(" ".join(sentences(reports["quarry"])[:4]), "a", published=on("2031-03-01"))
    full = make_document(reports["quarry"], "b", published=on("2031-03-02"))
    copy = only([flash, full])
    assert (copy.document, copy.relation) == (full.id, "merged")


def test_a_dropped_close_is_a_cut_that_tells_no_direction(reports: dict[str, str]) -> None:
    text = reports["quarry"] + " " + reports["river"]
    copy = only([make_document(text, "a"), make_document(text.rsplit(". ", 1)[0] + ".", "b")])
    assert (copy.relation, copy.directed) == ("cut", False)


def test_other_openings_leave_long_texts_copies(reports: dict[str, str]) -> None:
    text = " ".join(reports.values())
    assert relation(f"{prose(1, 30)} {text}", f"{prose(2, 30)} {text}") == "copy"


def test_days_that_meet_and_days_yet_to_come_tell_nothing(reports: dict[str, str]) -> None:
    week = Published("2031-03-01", "2031-03-07", "page", False)
    first = make_document(reports["quarry"], "a", published=week)
    assert not only([first, make_document(reports["quarry"], "b", published=on("2031-03-07"))]).directed
    ahead = make_document(reports["quarry"], "c", published=on("2099-01-01"), retrieved="2031-03-09T08:00:00Z")
    assert not only([first, ahead]).directed


def credit(text: str, name: str) -> tuple[Credit, ...]:
    start = text.index(name)
    return (Credit(name, Span(start, start + len(name), name), "source line"),)


def test_a_credit_line_beats_time(reports: dict[str, str]) -> None:
    text = reports["river"] + "\nSource: Lubaya Wire"
    taker = make_document(text, "a", published=on("2031-03-01"), credits=credit(text, "Lubaya Wire"))
    source = make_document(reports["river"], "b", published=on("2031-03-02"), outlet="Lubaya Wire")
    copy = only([taker, source])
    assert (copy.document, copy.directed) == (taker.id, True)
    assert "credits" in copy.why


def test_a_dateline_that_names_its_own_agency_credits_nobody(reports: dict[str, str]) -> None:
    text = "LUBAYA (Lubaya Wire) - " + reports["river"]
    source = make_document(text, "a", outlet="Lubaya Wire News", credits=credit(text, "Lubaya Wire"))
    taker = make_document(text + " Ends.", "b", outlet="The Gazette", credits=credit(text, "Lubaya Wire"))
    copy = only([source, taker])
    assert (copy.document, copy.directed) == (taker.id, True)


def test_two_that_credit_a_third_take_neither_from_the_other(reports: dict[str, str]) -> None:
    text = reports["river"] + "\nSource: Lubaya Wire"
    pair = [
        make_document(text, name, published=on(day), credits=credit(text, "Lubaya Wire"))
        for name, day in (("a", "2031-03-01"), ("b", "2031-03-02"))
    ]
    assert not only(pair).directed


# ---------------------------------------------------------------- bad input


def test_boilerplate_of_an_unnamed_outlet_links_nothing() -> None:
    footer = prose(99, 60)
    pages = [make_document(f"{prose(i, 150)}\n\n{footer}", f"page-{i}") for i in range(8)]
    assert find_copies(pages) == []


def test_boilerplate_of_two_pages_of_one_site_links_nothing() -> None:
    footer = prose(99, 90)
    pages = [make_document(f"{prose(i, 150)}\n\n{footer}", f"page-{i}", outlet="The Gazette") for i in range(2)]
    assert find_copies(pages) == []


def test_a_concatenation_of_fifty_takes_in_each() -> None:
    parts = [prose(i, 120) for i in range(50)]
    digest = make_document("\n\n".join(parts), "digest")
    found = find_copies([digest, *(make_document(p, f"part-{i:02}") for i, p in enumerate(parts))])
    assert len(found) == 50
    assert all(digest.id in (c.document, c.other) for c in found)
    assert sum(c.document == digest.id and c.relation == "merged" for c in found) >= 35


def test_one_text_under_very_many_addresses() -> None:
    text = prose(5, 80)
    documents = [make_document(text, f"{i:03}", published=on(f"2031-03-{1 + i // 50:02}")) for i in range(200)]
    found = find_copies(documents)
    assert {c.share for c in found} == {1.0}
    assert len(found) < 5_000
    reached = {c.document for c in found} | {c.other for c in found}
    assert len(reached) == 200


def test_many_light_copies_hang_together() -> None:
    text = prose(6, 150)
    documents = [make_document(f"{prose(1000 + i, 8)}\n{text}", f"{i:03}") for i in range(90)]
    linked = {documents[0].id}
    copies = find_copies(documents)
    for _ in documents:
        linked |= {x for c in copies for x in (c.document, c.other) if {c.document, c.other} & linked}
    assert len(linked) == 90


# ---------------------------------------------------------------- laws


@st.composite
def cases(draw: st.DrawFn) -> list[Document]:
    """Documents cut and joined from a few invented passages."""
    passages = [prose(seed, 40) for seed in range(4)]
    picks = draw(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=6))
    return [make_document("\n\n".join(passages[p] for p in pick), f"doc-{i}") for i, pick in enumerate(picks)]


@settings(max_examples=40, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_does_not_matter(documents: list[Document], rnd: random.Random) -> None:
    shuffled = documents[:]
    rnd.shuffle(shuffled)
    assert find_copies(shuffled) == find_copies(documents)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_a_document_under_another_name_is_a_copy_of_itself(documents: list[Document]) -> None:
    twin = make_document(documents[0].raw, "twin")
    pair = {documents[0].id, twin.id}
    found = [c for c in find_copies([*documents, twin]) if {c.document, c.other} == pair]
    assert [(c.relation, c.share, c.other_share) for c in found] == [("copy", 1.0, 1.0)]


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(100, 200))
def test_an_unrelated_document_changes_nothing(documents: list[Document], seed: int) -> None:
    assert find_copies([*documents, make_document(prose(seed, 90), "unrelated")]) == find_copies(documents)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_shared_runs_are_verbatim_and_alike(documents: list[Document]) -> None:
    a, b = documents[0], documents[-1]
    for x, y in shared_runs(a, b):
        assert a.raw[x.start : x.end] == x.quote
        assert b.raw[y.start : y.end] == y.quote
        assert x.quote.split()[0].lower().strip(".") == y.quote.split()[0].lower().strip(".")


def test_shared_runs_bridge_small_edits_and_part_at_large_ones() -> None:
    text = prose(3, 60).split()
    other = [*text[:20], "altogether", *text[21:40], *prose(4, 30).split(), *text[40:]]
    runs = shared_runs(make_document(" ".join(text), "a"), make_document(" ".join(other), "b"))
    assert [len(x.quote.split()) for x, _ in runs] == [40, 20]
    assert "altogether" in runs[0][1].quote


@pytest.mark.parametrize("text", ["\ufeff\x00\ud800" * 40, '"' * 500, "a " * 400, "العربية " * 50])
def test_any_text_is_compared(text: str) -> None:
    found = find_copies([make_document(text, "a"), make_document(text, "b"), make_document(text + " x", "c")])
    assert all(0 <= c.share <= 1 for c in found)
