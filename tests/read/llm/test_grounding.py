"""What an answer may bring into a reading: words that stand in the text, types and roles of the codebook, no more."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracewire.codebook import load_codebook
from tracewire.model import Reading
from tracewire.read.llm.account import Tally
from tracewire.read.llm.answer import parse_answer, sentence_number
from tracewire.read.llm.grounding import Grounding
from tracewire.read.llm.stretches import stretches
from tracewire.testing import make_document

BOOK = load_codebook()
TEXT = (
    "The Amber Column seized 12 mortars and 3,000 rounds near Qasr on Sunday, officials said. "
    "The army said the Amber Column had seized nothing. "
    "“They attacked on Monday,” a farmer said."
)


def ground(answer: Any, text: str = TEXT) -> tuple[Reading, Tally]:
    document = make_document(text)
    tally = Tally()
    grounding = Grounding(document, BOOK, tally)
    for stretch in stretches(document):
        grounding.take(stretch, answer)
    return grounding.reading("llm@1", ()), tally


def one(kit: ModuleType, *arguments: Any, **more: Any) -> tuple[Reading, Tally]:
    return ground({"claims": [kit.claim(*arguments, **more)]})


def words(reading: Reading) -> dict[str, list[str]]:
    filled: dict[str, list[str]] = {}
    for argument in reading.claims[0].arguments:
        filled.setdefault(argument.role, []).append(reading.mentions[argument.mention].span.quote)
    return filled


# ---------------------------------------------------------------- what is taken


def test_a_claim_with_all_its_fields(kit: ModuleType) -> None:
    roles = [
        {"role": "captor", "quote": "Amber Column", "count": None},
        {"role": "materiel", "quote": "mortars", "count": "12"},
        {"role": "materiel", "quote": "rounds", "count": "3,000"},
    ]
    given_claim = kit.claim(1, "capture", "seized") | {
        "roles": roles, "places": [{"role": "where", "quote": "Qasr"}], "times": ["on Sunday"],
        "sources": ["officials"], "cue": "said", "modality": "reported",
    }  # fmt: skip
    reading, tally = ground(
        {
            "claims": [given_claim],
            "mentions": [{"sentence": 1, "quote": "officials", "type": "PERSON", "form": "nominal"}],
        }
    )
    (claim,) = reading.claims
    assert not tally.dropped
    assert words(reading) == {
        "captor": ["Amber Column"],
        "materiel": ["mortars", "rounds"],
        "quantity": ["12", "3,000"],
    }
    quotes = [m.span.quote for m in reading.mentions]
    assert [(quotes[a], quotes[b]) for a, b in claim.quantity_of] == [("12", "mortars"), ("3,000", "rounds")]
    assert [(p.role, quotes[p.mention]) for p in claim.places] == [("where", "Qasr")]
    assert [quotes[t] for t in claim.times] == ["on Sunday"]
    assert [(quotes[s], reading.mentions[s].type) for s in claim.sources] == [("officials", "PERSON")]
    assert (claim.modality, claim.polarity, claim.cue and claim.cue.quote) == ("reported", "+", "said")
    kinds = {m.span.quote: (m.type, m.form) for m in reading.mentions}
    assert kinds["Amber Column"] == ("GROUP", "name")
    assert kinds["12"] == ("QUANTITY", "nominal")
    assert kinds["Qasr"] == ("PLACE", "name")


def test_the_trigger_is_that_of_its_sentence(kit: ModuleType) -> None:
    reading, _ = one(kit, 2, "capture", "seized", [("captor", "Amber Column")], polarity="-", sources=["army"])
    (claim,) = reading.claims
    assert claim.trigger.start == TEXT.rindex("seized")
    assert claim.evidence[0].quote == "The army said the Amber Column had seized nothing."
    assert reading.mentions[claim.arguments[0].mention].span.start == TEXT.rindex("Amber Column")
    assert claim.polarity == "-"


def test_words_of_another_sentence_are_inferred(kit: ModuleType) -> None:
    reading, _ = one(kit, 3, "attack", "attacked", [("attacker", "Amber Column")], times=["on Sunday"])
    (claim,) = reading.claims
    assert claim.arguments[0].inferred
    assert claim.times_inferred
    assert reading.mentions[claim.arguments[0].mention].span.start == TEXT.rindex("Amber Column")


def test_words_of_the_sentence_go_before_nearer_ones_outside(kit: ModuleType) -> None:
    text = "Nobody saw the army. Gunmen attacked at dawn from the far hills, and it took hours to repel them, the army said."
    reading, _ = ground({"claims": [kit.claim(2, "attack", "attacked", sources=["army"])]}, text)
    assert reading.mentions[reading.claims[0].sources[0]].span.start == text.rindex("army")


def test_two_claims_on_one_word_in_one_sentence() -> None:
    text = "The army attacked Qasr and the rebels attacked Sofa."
    claim = {"sentence": 1, "type": "attack", "trigger": "attacked", "roles": []}
    reading, tally = ground({"claims": [claim, claim, claim]}, text)
    assert [c.trigger.start for c in reading.claims] == [9, 38]
    assert tally.dropped == {"claims given twice": 1}


def test_case_space_and_quote_marks_do_not_matter(kit: ModuleType) -> None:
    reading, tally = one(kit, 3, "attack", "Attacked  on", [("attacker", "they")])
    (claim,) = reading.claims
    assert claim.trigger.quote == "attacked on"
    assert reading.mentions[0].span.quote == "They"
    assert reading.mentions[0].form == "pronoun"
    assert not tally.dropped


def test_a_wrong_sentence_number_is_forgiven_where_there_is_one_place(kit: ModuleType) -> None:
    assert len(one(kit, 77, "attack", "attacked")[0].claims) == 1
    reading, tally = one(kit, 77, "capture", "seized")
    assert not reading.claims
    assert tally.dropped == {"claims whose trigger is not in the text": 1}


# ---------------------------------------------------------------- what is not


def test_invented_quotes_are_dropped_and_counted(kit: ModuleType) -> None:
    reading, tally = one(
        kit, 1, "capture", "seized", [("captor", "Amber Column"), ("loser", "Republican Guard"), ("materiel", "howitzers")],
        places=[{"role": "where", "quote": "Qasr al-Gharb"}], sources=["Reuters"], cue="reportedly",
    )  # fmt: skip
    assert words(reading) == {"captor": ["Amber Column"]}
    assert (reading.claims[0].places, reading.claims[0].sources, reading.claims[0].cue) == ((), (), None)
    assert tally.dropped == {"fields whose words are not in the text": 5}


@pytest.mark.parametrize("trigger", ["captured", "seize", "", " ", "seized mortars"])
def test_a_claim_without_its_trigger_is_dropped(kit: ModuleType, trigger: str) -> None:
    reading, tally = one(kit, 1, "capture", trigger, [("captor", "Amber Column")])
    assert not reading.claims
    assert not reading.mentions
    assert tally.dropped == {"claims whose trigger is not in the text": 1}


def test_a_quote_across_sentences_is_none(kit: ModuleType) -> None:
    _, tally = one(kit, 1, "capture", "seized", [("captor", "officials said. The army")])
    assert tally.dropped == {"fields whose words are not in the text": 1}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "heist"}, "claims of no known type"),
        ({"modality": "certain"}, "claims of no known modality or polarity"),
        ({"polarity": "maybe"}, "claims of no known modality or polarity"),
        ({"trigger": 7}, "claims not of the form asked for"),
        ({"roles": "captor"}, "claims not of the form asked for"),
    ],
)
def test_nonsense_claims(kit: ModuleType, change: dict[str, Any], reason: str) -> None:
    reading, tally = ground({"claims": [kit.claim(1, "capture", "seized") | change]})
    assert not reading.claims
    assert tally.dropped == {reason: 1}


def test_nonsense_roles(kit: ModuleType) -> None:
    reading, tally = one(
        kit, 1, "capture", "seized", [("villain", "Amber Column"), ("speaker", "officials"), ("captor", "Amber Column")],
        places=[{"role": "beside", "quote": "Qasr"}],
    )  # fmt: skip
    assert words(reading) == {"captor": ["Amber Column"]}
    assert tally.dropped == {"fields with a role that the type does not have": 3}


def test_nonsense_mentions() -> None:
    mentions = [
        {"sentence": 1, "quote": "Amber Column", "type": "GANG", "form": "name"},
        {"sentence": 1, "quote": "Crimson Column", "type": "GROUP", "form": "name"},
        {"sentence": 1, "quote": "mortars", "type": "materiel", "form": "plural"},
        {"quote": 3},
        "Qasr",
    ]
    reading, tally = ground({"claims": [], "mentions": mentions})
    assert [(m.span.quote, m.type, m.form) for m in reading.mentions] == [("mortars", "MATERIEL", "nominal")]
    assert sum(tally.dropped.values()) == 4


def test_missing_parts_are_what_the_prompt_says_of_them() -> None:
    reading, _ = ground({"claims": [{"type": "attack", "trigger": "attacked"}]})
    (claim,) = reading.claims
    assert (claim.modality, claim.polarity, claim.opinion, claim.arguments, claim.cue) == (
        "asserted",
        "+",
        False,
        (),
        None,
    )


# ---------------------------------------------------------------- the words of an answer


@pytest.mark.parametrize(
    "content",
    [
        '{"claims": []}',
        '```json\n{"claims": []}\n```',
        '<think>{"claims"?</think>\n{"claims": []}',
        'Here it is:\n{"claims": []}\nAnything else?',
    ],
)
def test_the_object_is_found(content: str) -> None:
    assert parse_answer(content) == {"claims": []}


@pytest.mark.parametrize(
    "content",
    [None, "", "{}", "[]", '{"claims": [{"type": "cap', '{"claims": null}', "no", "{" * 99_999 + "}" * 99_999],
)
def test_what_is_no_answer(content: str | None) -> None:
    assert parse_answer(content) is None


def test_sentence_numbers() -> None:
    assert [sentence_number(v) for v in (4, "4", "[4]", "sentence 4")] == [4] * 4
    assert [sentence_number(v) for v in (None, "four", [4], True, 4.0)] == [None] * 5


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(
        [
            "seized",
            "Amber Column",
            "12",
            "on Sunday",
            "capture",
            "attack",
            "captor",
            "materiel",
            "GROUP",
            "where",
            "+",
            "-",
        ]
    )
)
_KEYS = st.sampled_from(
    [
        "type",
        "trigger",
        "sentence",
        "roles",
        "role",
        "quote",
        "count",
        "places",
        "times",
        "sources",
        "cue",
        "modality",
        "form",
    ]
)
_JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=6))
_CLAIM = st.fixed_dictionaries(
    {"type": st.sampled_from(["capture", "attack"]), "trigger": st.sampled_from(["seized", "attacked", "said", "x"])},
    optional={
        "sentence": _LEAVES,
        "roles": st.lists(st.fixed_dictionaries({"role": _LEAVES, "quote": _LEAVES, "count": _LEAVES}), max_size=3),
        "times": st.lists(_LEAVES, max_size=2),
        "sources": st.lists(st.sampled_from(["army", "officials", "a farmer", "Xx"]), max_size=3),
        "cue": _LEAVES,
    },
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_CLAIM | _JSON, max_size=4), _JSON)
def test_any_answer_gives_a_verbatim_reading(claims: list[Any], mentions: Any) -> None:
    answer = parse_answer(json.dumps({"claims": claims, "mentions": mentions}))
    assert answer is not None
    reading, _ = ground(answer)
    spans = [m.span for m in reading.mentions]
    for claim in reading.claims:
        spans += [claim.trigger, *claim.evidence, *([claim.cue] if claim.cue else [])]
        assert all(a.mention < len(reading.mentions) for a in claim.arguments)
        assert {a.role for a in claim.arguments} <= set(BOOK.events[claim.type].roles)
    assert all(TEXT[s.start : s.end] == s.quote for s in spans)
