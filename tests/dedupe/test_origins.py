"""Origins: stated in credit lines and phrases, shown by copies, never a photo or the outlet itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracewire.codebook import Codebook
from tracewire.codebook.rows import OutletRow
from tracewire.dedupe import find_copies, find_origins
from tracewire.model import Copy, Credit, Document, Origin, Published, Segment, Span
from tracewire.testing import make_document

OUTLETS = (
    OutletRow("lubaya_wire", "Lubaya Wire", ("lubayawire.example",), ("LW", "Lubaya Wire Service"), wire=True),
    OutletRow("north_post", "The North Post", ("northpost.example",), ("North Post",)),
)
CODEBOOK = Codebook("1", {}, {}, {}, {row.id: row for row in OUTLETS})


def stated(text: str, **metadata: object) -> list[tuple[str, str]]:
    document = make_document(text, **metadata)
    found = find_origins([document], [], CODEBOOK)
    assert all(o.quote and document.raw[o.quote.start : o.quote.end] == o.quote.quote for o in found)
    return [(o.name, o.quote.quote) for o in found if o.quote]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAMASSA, March 3 (LW) - Shells fell on the market.", [("Lubaya Wire", "TAMASSA, March 3 (LW)")]),
        ("(LW) — Shells fell on the market.", [("Lubaya Wire", "(LW)")]),
        ("TAMASSA (Dune) - Shells fell.", [("Dune", "TAMASSA (Dune)")]),
        ("Shells fell, Lubaya Wire news agency reported.", [("Lubaya Wire", "Lubaya Wire news agency reported")]),
        ("Shells fell, the state-run Sel News Agency said.", [("Sel News Agency", "Sel News Agency said")]),
        ("Shells fell, Iran's Sel news agency reported.", [("Sel", "Iran's Sel news agency reported")]),
        ("A guard told the North Post that shells fell.", [("The North Post", "told the North Post")]),
        ("Shells fell. Source: lorries burned.\nSource: North Post", [("The North Post", "Source: North Post")]),
        ("Shells fell on the market. (LW)", [("Lubaya Wire", "(LW)")]),
        ("Shells fell.\nLubaya Wire contributed to this report.", [("Lubaya Wire", "Lubaya Wire contributed to this")]),
        (
            "Shells fell, according to Lubaya Wire and the North Post.",
            [("Lubaya Wire", "according to Lubaya Wire"), ("The North Post", "North Post")],
        ),
    ],
)  # fmt: skip
def test_phrases_that_state_an_origin(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(stated(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit the office of Lubaya Wire on Tuesday.",
        "A boy by a burnt lorry. Photo: (LW)",
        "Image courtesy of Lubaya Wire",
        "Shells fell on the market (see page 3) - again.",
        "lw said nothing.",
        "Clashes in the valley (Tamassa) - what is known.",
    ],
)
def test_what_states_none(text: str) -> None:
    assert stated(text) == []


def test_deep_in_the_text_a_source_speaks_for_its_claim_alone() -> None:
    filler = "The road was closed and the lorries waited in the sun. " * 20
    assert stated(f"{filler}Lubaya Wire reported a second blast. {filler}") == []


def test_its_own_outlet_is_no_origin() -> None:
    assert stated("TAMASSA (LW) - Shells fell.", outlet="Lubaya Wire") == []
    assert stated("TAMASSA (Dune) - Shells fell.", outlet="Dune News") == []


def with_credit(text: str, name: str, line: str) -> Document:
    start = text.index(line)
    return make_document(text, credits=(Credit(name, Span(start, start + len(line), line), "credit line"),))


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("LW", "Via: LW", ["Lubaya Wire"]),
        ("lubayawire.example", "From lubayawire.example", ["Lubaya Wire"]),
        ("LW and North Post", "With LW and North Post", ["Lubaya Wire", "The North Post"]),
        ("Dune  Radio", "From: Dune  Radio", ["Dune Radio"]),
        ("Sand Sea Watch", "Source: Sand Sea Watch", ["Sand Sea Watch"]),
        ("LW", "Photo by LW", []),
        ("LW", "Watch: LW", []),
        ("Getty Images", "Source: Getty Images", []),
        ("North Post", "Read more at North Post", []),
    ],
)
def test_credit_lines(name: str, line: str, expected: list[str]) -> None:
    document = with_credit(f"Shells fell on the market.\n\n{line}", name, line)
    assert [o.name for o in find_origins([document], [], CODEBOOK)] == expected


def dated(text: str, name: str, day: str, outlet: str | None = None) -> Document:
    return make_document(text, name, published=Published(day, day, "given", True), outlet=outlet)


def test_a_chain_of_copies_leads_to_its_first_link(reports: dict[str, str]) -> None:
    chain = [
        dated(reports["river"], "first.txt", "2031-05-01", "LW"),
        dated(reports["river"] + " More follows.", "second.txt", "2031-05-02"),
        dated(reports["river"] + " Ends.", "third.txt", "2031-05-03"),
    ]
    found = find_origins(chain[::-1], find_copies(chain), CODEBOOK)
    assert {(o.document, o.name, o.basis) for o in found} == {
        (chain[1].id, "Lubaya Wire", "copied"),
        (chain[2].id, "Lubaya Wire", "copied"),
    }


def test_a_source_both_stated_and_copied_has_one_name(reports: dict[str, str]) -> None:
    text = "LUBAYA (Dune) - " + reports["river"]
    pair = [dated(text, "a", "2031-05-01", "Dune News"), dated(text, "b", "2031-05-02", "The Gazette")]
    found = find_origins(pair, find_copies(pair), CODEBOOK)
    assert [(o.document, o.name, o.basis) for o in found] == [
        (pair[1].id, "Dune", "stated"),
        (pair[1].id, "Dune", "copied"),
    ]


def test_undirected_pairs_do_not_name_each_other(reports: dict[str, str]) -> None:
    a, b = make_document(reports["river"], "a"), make_document(reports["river"], "b")
    assert find_origins([a, b], find_copies([a, b]), CODEBOOK) == []
    found = find_origins([a, b], [Copy(a.id, b.id, "quotes", 0.1, 0.1, False, "")], CODEBOOK)
    assert {(o.document, o.basis, o.shared and o.shared.document) for o in found} == {
        (a.id, "inferred", b.id),
        (b.id, "inferred", a.id),
    }


def test_whoever_is_quoted_is_an_inferred_origin_unless_it_is_stated(reports: dict[str, str]) -> None:
    a, b = make_document(reports["river"], "a"), make_document(reports["quarry"], "b", outlet="LW")
    quotes = Copy(a.id, b.id, "quotes", 0.1, 0.1, True, "")
    assert find_origins([a, b], [quotes], CODEBOOK) == [Origin(a.id, "Lubaya Wire", "inferred")]
    credited = replace(with_credit(reports["river"] + "\nVia: LW", "LW", "Via: LW"), id=a.id)
    assert [o.basis for o in find_origins([credited, b], [quotes], CODEBOOK)] == ["stated"]


def test_a_copy_has_the_origins_that_its_source_states(reports: dict[str, str]) -> None:
    first = replace(
        with_credit(reports["river"] + "\nFrom: Dune Radio", "Dune Radio", "From: Dune Radio"),
        outlet="LW", published=Published("2031-05-01", "2031-05-01", "given", True),
    )  # fmt: skip
    second = dated(reports["river"], "second.txt", "2031-05-02")
    found = find_origins([first, second], find_copies([first, second]), CODEBOOK)
    assert [(o.name, o.basis) for o in found if o.document == second.id] == [
        ("Dune Radio", "copied"),
        ("Lubaya Wire", "copied"),
    ]


def test_a_source_without_outlet_is_named_by_its_file(reports: dict[str, str]) -> None:
    pair = [dated(reports["river"], "first.txt", "2031-05-01"), dated(reports["river"], "second.txt", "2031-05-02")]
    assert find_origins(pair, find_copies(pair), CODEBOOK) == [Origin(pair[1].id, "first.txt", "copied")]


# ---------------------------------------------------------------- lines that do not speak for the text


def test_a_source_line_inside_the_text_is_that_of_a_figure_unless_an_outlet_is_known() -> None:
    filler = "The road was closed and the lorries waited in the sun. " * 20
    for line, expected in (("Source: Bureau of Roads", []), ("Source: North Post", ["The North Post"])):
        document = with_credit(f"{filler}\n\n{line}\n\n{filler}", line[8:], line)
        document = replace(document, credits=tuple(replace(c, rule="source line") for c in document.credits))
        assert [o.name for o in find_origins([document], [], CODEBOOK)] == expected


def test_a_list_of_links_credits_nobody() -> None:
    lines = [f"via Notebook {n}" for n in "ABC"]
    text = "Shells fell on the market.\n\n" + "\n\n".join(lines)
    credits = tuple(Credit(li[4:], Span(text.index(li), text.index(li) + len(li), li), "source line") for li in lines)
    assert find_origins([make_document(text, credits=credits)], [], CODEBOOK) == []
    assert len(find_origins([make_document(text, credits=credits[:2])], [], CODEBOOK)) == 2


@pytest.mark.parametrize(("via", "expected"), [("Dune Radio", ["Dune Radio", "Lubaya Wire"]), (None, [])])
def test_a_copyright_line_names_whose_text_it_is_where_a_line_credits_somebody(
    via: str | None, expected: list[str]
) -> None:
    body, notice = "Shells fell on the market.", "Copyright © 2031 Lubaya Wire. All rights reserved."
    text = f"{body}\n\nVia {via}\n\n{notice}"
    start = text.index(notice)
    document = replace(make_document(text[:start], outlet="The Gazette"), raw=text)
    segments = (Segment(0, start, "body", "test"), Segment(start, len(text), "disclaimer", "test"))
    credits = (Credit(via, Span(text.index(via), text.index(via) + len(via), via), "source line"),) if via else ()
    document = replace(document, segments=segments, credits=credits)
    assert sorted(o.name for o in find_origins([document], [], CODEBOOK)) == expected


def test_a_domain_and_a_name_are_one_outlet() -> None:
    document = replace(
        with_credit("Shells fell.\n\nFrom: Dune Radio", "Dune Radio", "From: Dune Radio"), outlet="www.duneradio.com"
    )
    assert find_origins([document], [], CODEBOOK) == []
