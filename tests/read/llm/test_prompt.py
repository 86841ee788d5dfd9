"""What is asked: stretches that leave nothing out, a prompt and a form of answer made from the codebook."""

from __future__ import annotations

import re

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewire.codebook import load_codebook
from tracewire.model import Block, Document
from tracewire.read.llm.account import Tally
from tracewire.read.llm.answer import parse_answer
from tracewire.read.llm.grounding import Grounding
from tracewire.read.llm.prompt import answer_schema, example_answer, example_text, question, system_prompt
from tracewire.read.llm.stretches import CONTEXT_LONGEST, LONGEST, Stretch, stretches
from tracewire.testing import make_document

BOOK = load_codebook()


def read(document: Document) -> str:
    """All words that some stretch has to read."""
    text = document.reading.text
    return "".join("".join(text[line.start : line.end].split()) for s in stretches(document) for line in s.lines)


def test_all_is_read_once() -> None:
    text = "\n\n".join(f"The army of village {i} left on Monday. Nobody saw it go, a farmer said." for i in range(200))
    found = list(stretches(make_document(text)))
    assert read(make_document(text)) == "".join(text.split())
    assert all(sum(line.end - line.start for line in s.lines) <= LONGEST for s in found)
    assert len(found) < 8
    numbers = [line.number for s in found for line in s.lines]
    assert numbers == list(range(1, 401))


@settings(deadline=None)
@given(st.text(alphabet="ab .\n\"'X7", max_size=400))
def test_any_text_is_read_once(text: str) -> None:
    assert read(make_document(text)) == "".join(text.split())


def test_the_sentences_before_are_shown_again() -> None:
    text = " ".join(f"Convoy {i} left the town in the early morning." for i in range(100))
    first, second = list(stretches(make_document(text)))[:2]
    assert first.context == ()
    assert second.context == first.lines[-2:]
    shown = question(text, second)
    assert shown.startswith(f"Context, read before:\n[{first.lines[-2].number}] Convoy")
    assert shown.index("Read these sentences:") < shown.index(f"[{second.lines[0].number}] ")


def test_a_sentence_without_end() -> None:
    found = list(stretches(make_document("mortar " * 5000)))
    assert len(found) == 15
    assert all(sum(line.end - line.start for line in s.context) <= CONTEXT_LONGEST for s in found)
    assert len(list(stretches(make_document("x" * 10_000)))) == 4
    assert list(stretches(make_document(""))) == []


def test_lines_are_numbered_and_marked() -> None:
    document = make_document("Army takes\ntown\n\nThe army left.")
    blocks = tuple(Block(b.start, b.end, "title" if not i else "body") for i, b in enumerate(document.reading.blocks))
    reading = type(document.reading)(document.reading.text, document.reading.pieces, blocks)
    marked = make_document(document.raw)
    object.__setattr__(marked, "reading", reading)
    (stretch,) = stretches(marked)
    assert question(marked.raw, stretch).splitlines()[1:] == ["[1] (title) Army takes town", "[2] The army left."]


def test_the_prompt_names_every_type_and_role() -> None:
    prompt = system_prompt(BOOK)
    for event in BOOK.events.values():
        assert f"- {event.name}: {event.title}. Roles: {', '.join(event.roles)}\n" in prompt


def test_the_example_is_an_answer_as_asked_for() -> None:
    jsonschema.validate(example_answer(), answer_schema(BOOK))
    answer = re.sub(
        r'("sentence": )(\d)', lambda m: m[1] + str(int(m[2]) - 3), system_prompt(BOOK).rpartition("Answer:\n")[2]
    )
    document = make_document(example_text())
    tally = Tally()
    grounding = Grounding(document, BOOK, tally)
    (stretch,) = stretches(document)
    parsed = parse_answer(answer)
    assert parsed is not None
    grounding.take(stretch, parsed)
    reading = grounding.reading("llm@1", ())
    assert not tally.dropped
    assert [c.type for c in reading.claims] == ["capture", "verification", "loss"]
    assert len(reading.mentions) == len(example_answer()["mentions"])


def test_the_form_leaves_nothing_open() -> None:
    """Services with strict output want every property required and no other allowed."""

    def check(schema: dict[str, object]) -> None:
        if schema.get("type") == "object":
            properties = schema["properties"]
            assert isinstance(properties, dict)
            assert schema["required"] == list(properties)
            assert schema["additionalProperties"] is False
            for inner in properties.values():
                check(inner)
        elif schema.get("type") == "array":
            assert isinstance(schema["items"], dict)
            check(schema["items"])

    check(answer_schema(BOOK))


def test_a_stretch_knows_its_words() -> None:
    (stretch,) = stretches(make_document("One left. Two came."))
    assert isinstance(stretch, Stretch)
    assert (stretch.start, stretch.end) == (0, 19)
    line = stretch.line_at(10)
    assert line is not None
    assert line.number == 2
    assert stretch.line_at(9) is None
