"""Scores: what counts as right, what a file may look like, and the laws that hold for any input."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewire.errors import UsageError
from tracewire.evaluate import (
    Evaluation,
    Found,
    Labelled,
    Score,
    Unit,
    as_dict,
    differences,
    evaluate,
    gold_to_source,
    read_units,
    render,
    rows,
    score,
    unit_of_reading,
)
from tracewire.evaluate.table import HEADER
from tracewire.model import Argument, Mention, ReadClaim, Reading, Span

TEXT = (
    "Militiamen seized six rifles from the army near Qana on Friday, villagers told Radio Dawn, but the army denied it."
)
SENTENCE: dict[str, Any] = {
    "doc": "t",
    "i": 0,
    "text": TEXT,
    "mentions": [
        ["GROUP", "nominal", "Militiamen"],
        ["QUANTITY", "nominal", "six"],
        ["MATERIEL", "nominal", "rifles"],
        ["GROUP", "nominal", "army"],
        ["PLACE", "name", "Qana"],
        ["TIME", "name", "on Friday"],
        ["PERSON", "nominal", "villagers"],
        ["GROUP", "name", "Radio Dawn"],
        ["GROUP", "nominal", "army#2"],
    ],
    "claims": [
        {
            "type": "CAPTURE",
            "trigger": "seized",
            "args": {"captor": ["Militiamen"], "loser": ["army"], "materiel": ["rifles"], "quantity": ["six"]},
            "place": ["Qana"],
            "time": ["on Friday"],
            "source": ["villagers", "Radio Dawn"],
            "cue": "told",
            "polarity": "+",
            "modality": "asserted",
        },
        {
            "type": "VERIFICATION",
            "trigger": "denied",
            "args": {"speaker": ["army#2"]},
            "place": [],
            "time": [],
            "source": [],
            "cue": None,
            "modality": "asserted",
            "polarity": "+",
        },
    ],
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows (or bytes) to a file."""

    def build(name: str, *lines: Any) -> Path:
        path = tmp_path / name
        path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines))
        return path

    return build


def at(quote: str, number: int = 1) -> dict[str, Any]:
    start = -1
    for _ in range(number):
        start = TEXT.index(quote, start + 1)
    return {"start": start, "end": start + len(quote), "quote": quote}


def span(quote: str, number: int = 1) -> Span:
    return Span(**at(quote, number))


def claims_file() -> list[dict[str, Any]]:
    """What SENTENCE is as a claims file."""

    def mention(type_: str, quote: str, number: int = 1) -> dict[str, Any]:
        return {"kind": "mention", "document": "d1", **at(quote, number), "type": type_, "form": "nominal"}

    roles = [
        {"role": r, "entity": None, "mention": at(q), "basis": "stated"}
        for r, q in (("captor", "Militiamen"), ("loser", "army"))
    ]
    capture = {
        "kind": "claim", "id": "c1", "document": "d1", "type": "capture", "trigger": at("seized"),
        "polarity": "+", "modality": "asserted", "roles": [*roles, {"role": "captor", "entity": "e9", "mention": None}],
        "materiel": [{"item": "rifle", "mention": at("rifles"), "quantity": {"low": 6, "high": 6, "quote": at("six"), "rule": "exact"}}],
        "casualties": [], "places": [{"place": "p1", "mention": at("Qana"), "role": "where"}],
        "date": {"start": None, "end": None, "precision": "day", "basis": "stated", "quote": at("on Friday"), "rule": "w"},
        "attribution": [
            {"who": "villagers", "mention": at("villagers"), "role": "primary"},
            {"who": "Radio Dawn", "mention": at("Radio Dawn"), "role": "relay"},
            {"who": "The Paper", "mention": at("army"), "role": "publisher"},
            {"who": "Wire", "mention": None, "role": "republisher"},
        ],
    }  # fmt: skip
    denial = {
        "kind": "claim", "id": "c2", "document": "d1", "type": "verification", "trigger": at("denied"), "polarity": "+",
        "modality": "asserted", "roles": [{"role": "speaker", "entity": None, "mention": at("army", 2), "basis": "stated"}],
        "date": {"basis": "inferred", "quote": at("on Friday")},
    }  # fmt: skip
    types = [("GROUP", "Militiamen"), ("QUANTITY", "six"), ("MATERIEL", "rifles"), ("GROUP", "army"), ("PLACE", "Qana"),
             ("TIME", "on Friday"), ("PERSON", "villagers"), ("GROUP", "Radio Dawn"), ("GROUP", "army", 2)]  # fmt: skip
    return [
        {"kind": "header", "format": "tracewire-claims", "version": 1},
        {"kind": "document", "id": "d1", "name": "t#0", "sha256": "ab" * 32, "url": None},
        *(mention(*row) for row in types),
        capture,
        denial,
        {"kind": "entity", "id": "e9"},
    ]


def changed(**claim: Any) -> dict[str, Any]:
    """SENTENCE with its first claim changed."""
    first, second = SENTENCE["claims"]
    return {**SENTENCE, "claims": [{**first, **claim}, second]}


def figures(evaluation: Evaluation, *names: str) -> list[tuple[int, int, int]]:
    return [(s.tp, s.predicted, s.gold) for s in (evaluation.measures[name] for name in names)]


# ---------------------------------------------------------------- what counts as right


def test_a_key_scored_against_itself_is_all_right(write: Write) -> None:
    path = write("gold.jsonl", SENTENCE)
    result = evaluate(path, path)
    assert {s.f1 for s in result.measures.values()} <= {1.0, None}
    assert figures(result, "mentions", "triggers", "claims", "roles", "place", "time", "source", "source_innermost") == [
        (9, 9, 9), (2, 2, 2), (2, 2, 2), (5, 5, 5), (1, 1, 1), (1, 1, 1), (2, 2, 2), (1, 1, 1),
    ]  # fmt: skip
    assert not list(differences(read_units(path), read_units(path)))


def test_a_claims_file_says_the_same_as_the_annotation_it_was_made_of(write: Write) -> None:
    result = evaluate(write("claims.jsonl", *claims_file()), write("gold.jsonl", SENTENCE))
    assert {name: s.f1 for name, s in result.measures.items() if s.f1 not in (1.0, None)} == {}
    assert result.measures["arguments"].gold == 9


def test_a_claims_file_is_scored_against_another_by_hash_of_the_document(write: Write) -> None:
    rows_ = claims_file()
    rows_[1] = {**rows_[1], "name": "renamed.txt"}
    result = evaluate(write("a.jsonl", *rows_), write("b.jsonl", *claims_file()))
    assert {s.f1 for s in result.measures.values()} <= {1.0, None}
    with pytest.raises(UsageError, match=r"no text in common.*renamed\.txt"):
        evaluate(write("a.jsonl", *rows_), write("gold.jsonl", SENTENCE))


def test_materiel_of_strikes_and_directed_places_are_the_roles_of_the_annotation(write: Write) -> None:
    rows_ = claims_file()
    rows_[-3] = {**rows_[-3], "type": "strike", "places": [{"role": "from", "mention": at("Qana")}]}
    rows_[-2] = {**rows_[-2], "type": "movement", "casualties": [{"what": "killed", "quantity": {"quote": at("six")}}],
                 "places": [{"role": "from", "mention": at("Qana")}, {"role": "where", "mention": at("army", 2)}]}  # fmt: skip
    strike, movement = read_units(write("c.jsonl", *rows_))["t#0"].claims
    assert {(a.label, a.span.quote) for a in strike.arguments} >= {("instrument", "rifles"), ("place", "Qana")}
    # words that fill a role are no second time a place
    assert [(a.label, a.span.quote) for a in movement.arguments] == [
        ("speaker", "army"), ("quantity", "six"), ("origin", "Qana"),
    ]  # fmt: skip


def test_mentions_count_exact_and_overlapping(write: Write) -> None:
    mine = {
        **SENTENCE,
        "claims": [],
        "mentions": [["GROUP", "name", "Radio"], ["PERSON", "name", "army"], ["TIME", "name", "on Friday"]],
    }
    result = evaluate(write("mine.jsonl", mine), write("gold.jsonl", SENTENCE))
    assert figures(result, "mentions", "mentions_overlap") == [(1, 3, 9), (2, 3, 9)]
    assert result.mention_types["TIME"] == Score(1, 1, 1)
    assert result.mention_types["PERSON"] == Score(0, 1, 1)


def test_a_wrong_type_is_a_trigger_found_and_nothing_more(write: Write) -> None:
    result = evaluate(write("mine.jsonl", changed(type="ATTACK")), write("gold.jsonl", SENTENCE))
    assert figures(result, "triggers", "claims", "roles", "roles_matched", "modality", "source_innermost") == [
        (2, 2, 2), (1, 2, 2), (1, 5, 5), (1, 1, 1), (1, 1, 1), (0, 1, 1),
    ]  # fmt: skip
    assert result.claim_types["ATTACK"] == Score(0, 1, 0)
    assert result.claim_types["CAPTURE"] == Score(0, 0, 1)


def test_triggers_and_arguments_need_one_shared_character_and_the_same_role(write: Write) -> None:
    mine = changed(trigger="ized six", args={"loser": ["Militiamen"], "materiel": ["les from"]}, source=["Radio Dawn"])
    result = evaluate(write("mine.jsonl", mine), write("gold.jsonl", SENTENCE))
    assert figures(result, "claims", "roles", "source", "source_innermost", "whole_claims") == [
        (2, 2, 2), (2, 3, 5), (1, 1, 2), (0, 1, 1), (1, 2, 2),
    ]  # fmt: skip
    assert result.roles["loser"] == Score(0, 1, 1)
    found = {
        (d.what, d.detail)
        for d in differences(*map(read_units, (write("mine.jsonl", mine), write("gold.jsonl", SENTENCE))))
    }
    assert ("false role", "seized: loser = Militiamen") in found
    assert ("missed role", "seized: quantity = six") in found


def test_modality_and_polarity_are_judged_on_matched_claims_alone(write: Write) -> None:
    gold = {**SENTENCE, "claims": [{**c, "modality": "alleged", "polarity": "-"} for c in SENTENCE["claims"]]}
    result = evaluate(write("mine.jsonl", changed(modality="alleged", polarity="-")), write("gold.jsonl", gold))
    assert figures(result, "modality", "polarity", "hedges", "negations") == [(1, 2, 2)] * 2 + [(1, 1, 2)] * 2
    assert result.modalities["alleged"] == Score(1, 1, 2)


def test_several_claims_on_one_trigger_are_paired_by_type_then_arguments() -> None:
    def claim(type_: str, *arguments: str) -> Found:
        return Found(type_, span("seized"), tuple(Labelled("captor", span(a)) for a in arguments), "asserted", "+")

    mine = Unit((), (claim("ATTACK"), claim("CAPTURE", "villagers"), claim("CAPTURE", "army")))
    gold = Unit((), (claim("CAPTURE", "army"), claim("CAPTURE", "villagers"), claim("ATTACK")))
    result = score({"a": mine}, {"a": gold})
    assert figures(result, "claims", "whole_claims", "roles") == [(3, 3, 3), (3, 3, 3), (2, 2, 2)]


def test_the_better_overlap_is_paired_first_and_each_once() -> None:
    def unit(*spans: tuple[int, int]) -> Unit:
        return Unit(tuple(Labelled("GROUP", Span(a, b, "x" * (b - a))) for a, b in spans), ())

    assert score({"a": unit((0, 10))}, {"a": unit((0, 2), (3, 10))}).measures["mentions_overlap"] == Score(1, 1, 2)
    assert score({"a": unit((0, 4), (2, 10))}, {"a": unit((3, 10), (0, 3))}).measures["mentions_overlap"] == Score(
        2, 2, 2
    )
    assert score({"a": unit((0, 3))}, {"a": unit((3, 5))}).measures["mentions_overlap"] == Score(0, 1, 1)


def test_a_sentence_that_was_not_predicted_lowers_recall_and_a_strange_one_is_ignored(write: Write) -> None:
    gold = write("gold.jsonl", SENTENCE, {**SENTENCE, "i": 1})
    result = evaluate(write("mine.jsonl", SENTENCE, {**SENTENCE, "i": 7}), gold)
    assert (result.units, result.missing, result.ignored) == (2, 1, 1)
    assert result.measures["claims"] == Score(2, 2, 4)
    assert list(rows(result))[1] == ("texts", "50.0", "50.0", "50.0", "1", "2", "2")


def test_a_reading_is_scored_as_it_is() -> None:
    spans = [span("Militiamen"), span("Qana"), span("on Friday"), span("villagers")]
    mentions = tuple(Mention("d", s, "GROUP", "name") for s in spans)
    claim = ReadClaim(
        "capture", span("seized"), (), "body", (Argument("captor", 0),), (), (Argument("where", 1),), (2,), sources=(3,)
    )
    unit = unit_of_reading(Reading("d", "r", mentions, (claim,)))
    assert [(a.label, a.span) for a in unit.claims[0].arguments] == list(
        zip(("captor", "place", "time", "source"), spans, strict=True)
    )
    assert unit.claims[0].type == "CAPTURE"


def test_ratios_over_nothing_are_unknown() -> None:
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (None, None, None)
    assert (Score(1, 2, 4).precision, Score(1, 2, 4).recall, Score(1, 2, 4).f1) == (0.5, 0.25, pytest.approx(1 / 3))


# ---------------------------------------------------------------- files


def test_a_key_becomes_a_source_of_one_document_a_sentence(write: Write) -> None:
    assert list(gold_to_source(write("gold.jsonl", SENTENCE, b"", {**SENTENCE, "i": 3}))) == [
        {"id": "t#0", "text": TEXT},
        {"id": "t#3", "text": TEXT},
    ]


def test_a_byte_order_mark_and_blank_lines_are_passed_over(write: Write) -> None:
    path = write("gold.jsonl", b"\xef\xbb\xbf" + json.dumps(SENTENCE).encode() + b"\r", b"  ", b"")
    assert list(read_units(path)) == ["t#0"]


def test_a_number_sign_that_stands_in_the_text_is_text(write: Write) -> None:
    row = {
        "doc": "n",
        "i": 0,
        "text": "Battery no#2 fired",
        "mentions": [["MATERIEL", "name", "Battery no#2"]],
        "claims": [],
    }
    with pytest.raises(UsageError, match="Battery no#2"):  # by the guide it is the second "Battery no"
        read_units(write("gold.jsonl", row))


BAD: list[tuple[str, list[Any]]] = [
    (r"bad\.jsonl: line 2", [SENTENCE, b"{broken"]),
    (r"bad\.jsonl: line 2", [SENTENCE, b"\xff\xfe"]),
    (r"bad\.jsonl: line 1", [b"[1, 2]"]),
    (r"bad\.jsonl: line 1", [b"[" * 100_000]),
    (r"line 2.*text", [SENTENCE, {k: v for k, v in SENTENCE.items() if k != "text"}]),
    (r"line 1.*mentions", [{**SENTENCE, "mentions": [["TANK", "name", "army"]]}]),
    (r"line 1.*modality", [changed(modality="sure")]),
    (r"line 1.*polarity", [changed(polarity="?")]),
    (r"line 1.*t#0.*'nowhere'", [changed(place=["nowhere"])]),
    (r"line 1.*t#0.*'army#3'", [changed(trigger="army#3")]),
    (r"line 1.*t#0.*''", [changed(trigger="")]),
    (r"line 3.*t#0 stands twice", [SENTENCE, {**SENTENCE, "i": 1}, SENTENCE]),
    (r"bad\.jsonl: is empty", [b"", b" "]),
    (r"line 2.*sha256", [{"kind": "header"}, {"kind": "document", "id": "d", "name": "n"}]),
    (r"line 2.*no document 'd1'", [{"kind": "header"}, claims_file()[2]]),
    (r"line 3.*no span", [*claims_file()[:2], {**claims_file()[2], "start": 5, "end": 5}]),
    (r"line 1.*trigger", [{**claims_file()[-3], "trigger": None}]),
]


@pytest.mark.parametrize(("message", "lines"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_malformed_input_is_named_by_file_and_line(write: Write, message: str, lines: list[Any]) -> None:
    bad, good = write("bad.jsonl", *lines), write("gold.jsonl", SENTENCE)
    with pytest.raises(UsageError, match=message):
        evaluate(bad, good)


def test_files_that_cannot_be_compared_are_refused(write: Write, tmp_path: Path) -> None:
    claims, gold = write("claims.jsonl", *claims_file()), write("gold.jsonl", SENTENCE)
    with pytest.raises(UsageError, match="must be one too"):
        evaluate(gold, claims)
    with pytest.raises(UsageError, match=r"none\.jsonl: cannot be read"):
        evaluate(tmp_path / "none.jsonl", gold)
    with pytest.raises(UsageError, match="cannot be read"):
        evaluate(tmp_path, gold)
    other = {**SENTENCE, "text": "  " + TEXT}
    for mine in (gold, claims):
        with pytest.raises(UsageError, match=r"t#0 is not the text that .*other\.jsonl"):
            evaluate(mine, write("other.jsonl", other))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=60) | st.text(alphabet='{}[]":,kinddoc text#1', max_size=60).map(str.encode))
def test_any_bytes_give_a_score_or_a_usage_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "any").write_bytes(data)
    (tmp_path / "gold").write_text(json.dumps(SENTENCE))
    try:
        evaluate(tmp_path / "any", tmp_path / "gold")
    except UsageError as error:
        assert str(error)  # noqa: PT017  (either way out is right; this one must say why)


# ---------------------------------------------------------------- laws

_spans = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda at: Span(at[0], at[0] + at[1], "x" * at[1]))


def _labelled(labels: list[str]) -> st.SearchStrategy[tuple[Labelled, ...]]:
    return st.lists(st.builds(Labelled, st.sampled_from(labels), _spans), max_size=5).map(tuple)


_claims = st.builds(
    Found, st.sampled_from(["A", "B"]), _spans, _labelled(["actor", "place", "source"]),
    st.sampled_from(["asserted", "planned"]), st.sampled_from(["+", "-"]),
)  # fmt: skip
_units = st.builds(Unit, _labelled(["GROUP", "PLACE"]), st.lists(_claims, max_size=4).map(tuple))
_many = st.dictionaries(st.sampled_from("abc"), _units, max_size=3)
quick = settings(max_examples=60, deadline=None)


@quick
@given(units=_many)
def test_law_anything_scored_against_itself_is_all_right(units: dict[str, Unit]) -> None:
    result = score(units, units)
    for group in (result.measures, result.claim_types, result.mention_types, result.roles, result.modalities):
        assert all(s.tp == s.predicted == s.gold for s in group.values())
    assert not list(differences(units, units))


@quick
@given(mine=_many, key=_many)
def test_law_no_more_is_right_than_was_found_or_is_in_the_key(mine: dict[str, Unit], key: dict[str, Unit]) -> None:
    result = score(mine, key)
    assert all(0 <= s.tp <= min(s.predicted, s.gold) for s in result.measures.values())
    assert result.measures["claims"].tp <= result.measures["triggers"].tp
    assert result.measures["mentions"].tp <= result.measures["mentions_overlap"].tp
    assert sum(s.tp for s in result.claim_types.values()) == result.measures["claims"].tp
    assert sum(s.tp for s in result.roles.values()) == result.measures["arguments"].tp


@quick
@given(mine=_many, key=_many)
def test_law_the_order_of_units_changes_nothing(mine: dict[str, Unit], key: dict[str, Unit]) -> None:
    turned = score(dict(reversed(mine.items())), dict(reversed(key.items())))
    assert json.dumps(as_dict(turned)) == json.dumps(as_dict(score(mine, key)))


# ---------------------------------------------------------------- output


def test_the_table_has_aligned_columns_and_the_dict_every_count(write: Write) -> None:
    result = evaluate(write("mine.jsonl", changed(type="ATTACK")), write("gold.jsonl", SENTENCE))
    lines = render(rows(result, details=True)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[0].split() == list(HEADER)
    assert any(line.split() == ["triggers", "with", "type", "50.0", "50.0", "50.0", "1", "2", "2"] for line in lines)
    assert any(line.startswith("claim types: CAPTURE  ") for line in lines)
    plain = as_dict(result)
    assert plain["measures"]["claims"] == {
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "tp": 1,
        "predicted": 2,
        "gold": 2,
    }
    assert plain["claim_types"]["ATTACK"]["recall"] is None
    json.dumps(plain, allow_nan=False)


def test_the_shipped_annotation_is_read_and_scored_quickly() -> None:
    folder = Path(__file__).resolve().parents[1] / "training" / "data"
    start = time.perf_counter()
    results = [evaluate(path, path) for path in sorted(folder.glob("own-*.jsonl"))]
    assert sum(result.units for result in results) > 1500
    assert all(s.f1 in (1.0, None) for result in results for s in result.measures.values())
    assert time.perf_counter() - start < 10  # 0.3 s where it was written
