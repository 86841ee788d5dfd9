"""Readings to claims: roles, items, counts, casualties, places, dates, who says so, and repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tracewire.codebook import Codebook
from tracewire.model import (
    Argument,
    Block,
    Claim,
    Document,
    Mention,
    Origin,
    Piece,
    Published,
    ReadClaim,
    Reading,
    ReadingText,
    Span,
)
from tracewire.resolve import Gazetteer, Resolved, resolve
from tracewire.testing import make_document

Finder = Callable[..., tuple[Mention, ...]]
PUBLISHED = Published("2015-03-10", "2015-03-10", "test", True)

TEXT = (
    "Zahra Front fighters seized 12 TOW missiles and ammunition from Syrian troops near Aleppo on Sunday, "
    "killing at least 9 soldiers, the Levant Wire said, citing officials. It denied that."
)
WANTED = [
    ("GROUP", "nominal", "Zahra Front fighters"), ("QUANTITY", "name", "12"), ("MATERIEL", "name", "TOW missiles"),
    ("MATERIEL", "nominal", "ammunition"), ("GROUP", "nominal", "Syrian troops"), ("PLACE", "name", "Aleppo"),
    ("TIME", "name", "on Sunday"), ("QUANTITY", "nominal", "at least 9"), ("GROUP", "nominal", "soldiers"),
    ("GROUP", "name", "Levant Wire"), ("PERSON", "nominal", "officials"), ("GROUP", "pronoun", "It"),
]  # fmt: skip


class Story:
    """One document with its mentions; makes claims by index and resolves them."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], codebook: Codebook, gazetteer: Gazetteer
    ) -> None:
        self.document, self.mentions = document, tuple(mentions)
        self._codebook, self._gazetteer = codebook, gazetteer

    def read(self, type_: str, trigger: str, arguments: Mapping[str, Sequence[int]], **more: Any) -> ReadClaim:
        start = self.document.raw.index(trigger)
        sentence = Span(0, len(self.document.raw), self.document.raw)
        given = tuple(Argument(role, i) for role, indices in arguments.items() for i in indices)
        more = {"evidence": (sentence,), "segment": "body"} | more
        return ReadClaim(type_, Span(start, start + len(trigger), trigger), arguments=given, **more)

    def resolve(self, *claims: ReadClaim, origins: Sequence[Origin] = ()) -> Resolved:
        reading = Reading(self.document.id, "test@1", self.mentions, claims)
        return resolve([self.document], {self.document.id: reading}, self._codebook, self._gazetteer, origins)

    def one(self, claim: ReadClaim, origins: Sequence[Origin] = ()) -> tuple[Claim, dict[str | None, str]]:
        found = self.resolve(claim, origins=origins)
        (made,) = found.claims
        names: dict[str | None, str] = {entity.id: entity.name for entity in found.entities}
        return made, names | {place.id: place.name for place in found.places}


@pytest.fixture
def story(mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer) -> Story:
    document = make_document(TEXT, "a.txt", outlet="Dawn Herald", published=PUBLISHED)
    return Story(document, mentions_of(document, *WANTED), codebook, gazetteer)


def capture(story: Story, **more: Any) -> ReadClaim:
    roles = {"captor": [0], "loser": [4], "materiel": [2, 3], "quantity": [1]}
    more = {"quantity_of": ((1, 2),), "places": (Argument("where", 5),), "times": (6,), "sources": (9,)} | more
    return story.read("capture", "seized", roles, **more)


def test_every_index_becomes_what_it_means(story: Story) -> None:
    claim, name = story.one(capture(story))
    assert [(r.role, name.get(r.entity), r.basis) for r in claim.roles] == [
        ("captor", "Zahra Liberation Front", "stated"), ("loser", "Syrian Armed Forces", "stated"),
    ]  # fmt: skip
    missiles, ammunition = claim.materiel
    assert missiles.quantity is not None
    assert (missiles.mention.quote, missiles.quantity.low, missiles.quantity.high) == ("TOW missiles", 12, 12)
    assert missiles.item is not None
    assert ammunition.quantity is None
    (place,) = claim.places
    assert name[place.place] == "near Aleppo"
    assert (claim.date.start, claim.date.end, claim.date.precision) == ("2015-03-08", "2015-03-08", "day")
    assert claim.document == story.document.id
    assert claim.reader == "test@1"


def test_pieces_of_one_phrase_are_one_item(mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer) -> None:
    """A reader that takes "anti-tank", "TOW" and "missiles" apart still told of one thing."""
    text = "The Zahra Front took more than 80 anti-tank TOW missiles, rifles and ammunition."
    document = make_document(text, "a.txt", outlet="Dawn Herald", published=PUBLISHED)
    words = ["anti-tank", "TOW", "missiles", "rifles", "ammunition"]
    wanted = [("GROUP", "name", "Zahra Front"), *(("MATERIEL", "nominal", word) for word in words)]
    told = Story(document, mentions_of(document, *wanted), codebook, gazetteer)
    claim, _ = told.one(told.read("capture", "took", {"captor": [0], "materiel": [1, 2, 3, 4, 5]}))
    assert [m.mention.quote for m in claim.materiel] == ["anti-tank TOW missiles", "rifles", "ammunition"]
    assert [m.item for m in claim.materiel] == ["atgm.tow", "rifle", "ammunition"]
    quantity = claim.materiel[0].quantity
    assert quantity is not None
    assert (quantity.low, quantity.rule) == (80, "more_than")
    assert all(text[m.mention.start : m.mention.end] == m.mention.quote for m in claim.materiel)


def test_every_span_of_a_claim_is_verbatim(story: Story) -> None:
    claim, _ = story.one(capture(story))
    spans = [claim.trigger, *claim.evidence, *(r.mention for r in claim.roles), *(m.mention for m in claim.materiel)]
    spans += [p.mention for p in claim.places] + [claim.date.quote]
    for span in filter(None, spans):
        assert story.document.raw[span.start : span.end] == span.quote


def test_casualties_take_their_fate_from_the_trigger(story: Story) -> None:
    claim, _ = story.one(story.read("casualty", "killing", {"victim": [8], "quantity": [7]}))
    (casualty,) = claim.casualties
    assert casualty.what == "killed"
    assert casualty.quantity is not None
    assert (casualty.quantity.low, casualty.quantity.high) == (9, None)
    assert [r.role for r in claim.roles] == ["victim"]
    bare, _ = story.one(story.read("casualty", "denied", {"victim": [8]}))
    (casualty,) = bare.casualties  # the reader gave no count: the text has one on the victims
    assert casualty.what == "unspecified"
    assert casualty.quantity is not None
    assert casualty.quantity.low == 9


@pytest.mark.parametrize(
    ("trigger", "fate"),
    [("wounded", "wounded"), ("deaths", "killed"), ("missing", "missing"), ("executed", "killed"),
     ("killed or wounded", "unspecified"), ("hurt", "wounded"), ("diesel", "unspecified")],
)  # fmt: skip
def test_fates(mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer, trigger: str, fate: str) -> None:
    document = make_document(f"The people were {trigger} there.")
    story = Story(document, mentions_of(document, ("PERSON", "nominal", "people")), codebook, gazetteer)
    claim, _ = story.one(story.read("casualty", trigger, {"victim": [0]}))
    assert claim.casualties[0].what == fate


def test_counts_that_count_no_item_keep_their_words(story: Story) -> None:
    claim, _ = story.one(story.read("detention", "seized", {"detainee": [8], "quantity": [7]}))
    assert [(r.role, r.mention and r.mention.quote) for r in claim.roles] == [
        ("detainee", "soldiers"), ("quantity", "at least 9"),
    ]  # fmt: skip


def test_origin_and_destination_that_are_places_become_places(story: Story) -> None:
    claim, _ = story.one(story.read("movement", "seized", {"actor": [0], "origin": [5]}))
    assert [(p.role, p.mention and p.mention.quote) for p in claim.places] == [("from", "Aleppo")]
    assert [r.role for r in claim.roles] == ["actor"]


def test_what_stands_in_another_sentence_is_inferred(story: Story) -> None:
    read = replace(capture(story), arguments=(Argument("captor", 0, inferred=True), Argument("loser", 4)))
    claim, _ = story.one(read)
    assert [r.basis for r in claim.roles] == ["inferred", "stated"]


def test_the_author_s_own_voice_is_the_publisher(story: Story) -> None:
    claim, name = story.one(capture(story, sources=()))
    assert [(a.who, a.role, a.mention) for a in claim.attribution] == [("Dawn Herald", "publisher", None)]
    assert name[claim.attribution[0].entity] == "Dawn Herald"


def test_sources_run_innermost_first_to_the_publisher(story: Story) -> None:
    claim, _ = story.one(capture(story, sources=(10, 9)))
    assert [(a.who, a.role) for a in claim.attribution] == [
        ("officials", "primary"), ("Levant Wire", "relay"), ("Dawn Herald", "publisher"),
    ]  # fmt: skip
    assert claim.attribution[0].entity is None


def test_a_pronoun_as_source_is_named_by_whom_it_means(story: Story) -> None:
    claim, _ = story.one(story.read("verification", "denied", {"speaker": [11]}, sources=(9,)))
    assert claim.attribution[0].who == "Levant Wire"


def test_the_document_s_own_outlet_is_not_repeated(
    mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    document = make_document("Guards left, Dawn Herald said.", outlet="Dawn Herald")
    mentions = mentions_of(document, ("GROUP", "nominal", "Guards"), ("GROUP", "name", "Dawn Herald"))
    story = Story(document, mentions, codebook, gazetteer)
    claim, _ = story.one(story.read("movement", "left", {"actor": [0]}, sources=(1,)))
    assert [(a.who, a.role) for a in claim.attribution] == [("Dawn Herald", "publisher")]


def test_an_unknown_outlet_is_an_actor_that_other_documents_can_cite(
    mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    own = make_document("Guards left.", "own.txt", outlet="Salt Coast News")
    citing = make_document("Guards left, Salt Coast wrote.", "citing.txt", outlet="Dawn Herald")
    mentions = mentions_of(citing, ("GROUP", "name", "Salt Coast"))
    read = Story(citing, mentions, codebook, gazetteer).read("movement", "left", {}, sources=(0,))
    readings = {own.id: Reading(own.id, "test@1", (), ()), citing.id: Reading(citing.id, "test@1", mentions, (read,))}
    (claim,) = resolve([own, citing], readings, codebook, gazetteer).claims
    assert [(a.who, a.role) for a in claim.attribution] == [
        ("Salt Coast News", "primary"), ("Dawn Herald", "publisher"),
    ]  # fmt: skip
    entity = claim.attribution[0].entity
    found = resolve([own, citing], readings, codebook, gazetteer).entities
    assert next(e.type for e in found if e.id == entity) == "outlet"


def test_a_wire_relays_and_a_republished_outlet_was_the_publisher(story: Story) -> None:
    wire = Origin(story.document.id, "Levant Wire", "stated")
    claim, _ = story.one(capture(story, sources=()), [wire])
    assert [(a.who, a.role) for a in claim.attribution] == [("Levant Wire", "relay"), ("Dawn Herald", "publisher")]
    other = Origin(story.document.id, "Salt Coast News", "stated")
    claim, _ = story.one(capture(story, sources=()), [other, wire])
    assert [(a.who, a.role) for a in claim.attribution] == [
        ("Levant Wire", "relay"), ("Salt Coast News", "publisher"), ("Dawn Herald", "republisher"),
    ]  # fmt: skip
    cited, _ = story.one(capture(story, sources=(9,)), [wire])
    assert [(a.who, a.role) for a in cited.attribution] == [("Levant Wire", "primary"), ("Dawn Herald", "publisher")]


def test_without_an_outlet_the_document_s_name_stands_last(
    mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    document = make_document("Guards left.", "clip.txt")
    story = Story(document, mentions_of(document, ("GROUP", "nominal", "Guards")), codebook, gazetteer)
    claim, _ = story.one(story.read("movement", "left", {"actor": [0]}))
    assert [(a.who, a.entity, a.role) for a in claim.attribution] == [("clip.txt", None, "publisher")]


def test_a_sentence_that_stands_twice_is_one_claim_with_two_pieces_of_evidence(
    mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    sentence = "Guards left the camp."
    document = make_document(f"{sentence}\n\nNothing else.\n\n{sentence}")
    again = document.raw.rindex(sentence)
    mentions = mentions_of(document, ("GROUP", "nominal", "Guards"), ("GROUP", "nominal", "Guards"))
    story = Story(document, mentions, codebook, gazetteer)

    def at(start: int, actor: int) -> ReadClaim:
        read = story.read(
            "movement", "left", {"actor": [actor]}, evidence=(Span(start, start + len(sentence), sentence),)
        )
        return replace(read, trigger=Span(start + 7, start + 11, "left"))

    (claim,) = story.resolve(at(0, 0), at(again, 1)).claims
    assert [e.start for e in claim.evidence] == [0, again]
    assert claim.trigger.start == 7
    both = story.resolve(at(0, 0), replace(at(0, 1), arguments=())).claims
    assert len(both) == 2, "two claims on one trigger are no repeat"
    assert len({c.id for c in both}) == 2
    denied = story.resolve(at(0, 0), replace(at(again, 1), polarity="-")).claims
    assert len(denied) == 2


def test_dates_chain_through_the_text(mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer) -> None:
    document = make_document("Guards left on 3 March 2015. They returned a day earlier.", published=PUBLISHED)
    mentions = mentions_of(document, ("TIME", "name", "on 3 March 2015"), ("TIME", "nominal", "a day earlier"))
    story = Story(document, mentions, codebook, gazetteer)
    found = story.resolve(
        story.read("movement", "left", {}, times=(0,)), story.read("movement", "returned", {}, times=(1,))
    )
    dates = {claim.trigger.quote: claim.date.start for claim in found.claims}
    assert dates == {"left": "2015-03-03", "returned": "2015-03-02"}


def test_markup_inside_a_mention_is_read_over(codebook: Codebook, gazetteer: Gazetteer) -> None:
    raw = "<p>Zahra <b>Front</b> left.</p>"
    text = ReadingText("Zahra Front left.", (Piece(0, 6, 3, 9), Piece(6, 11, 12, 17), Piece(11, 17, 21, 27)),
                       (Block(0, 17, "body"),))  # fmt: skip
    document = replace(make_document(raw), reading=text)
    span = document.span(0, 11)
    mention = Mention(document.id, span, "GROUP", "name")
    claim = ReadClaim("movement", document.span(12, 16), (document.span(0, 17),), "body", (Argument("actor", 0),))
    reading = Reading(document.id, "test@1", (mention,), (claim,))
    found = resolve([document], {document.id: reading}, codebook, gazetteer)
    assert [e.name for e in found.entities] == ["Zahra Liberation Front"]
    assert found.entities[0].forms == ("Zahra Front",)


def test_everything_referred_to_is_there_and_sorted(story: Story) -> None:
    found = story.resolve(capture(story), story.read("verification", "denied", {"speaker": [11]}))
    entities, places = {e.id for e in found.entities}, {p.id for p in found.places}
    assert {e.part_of for e in found.entities if e.part_of} <= entities
    assert {m.entity for m in found.mentions if m.entity} <= entities
    assert {m.place for m in found.mentions if m.place} | {a for p in found.places for a in p.alternatives} <= places
    for claim in found.claims:
        assert {r.entity for r in claim.roles if r.entity} <= entities
        assert {a.entity for a in claim.attribution if a.entity} <= entities
    assert len(found.mentions) == len(WANTED)
    for kind in (found.claims, found.entities, found.places):
        assert [row.id for row in kind] == sorted(row.id for row in kind)


def test_the_order_of_documents_and_a_second_run_change_nothing(
    story: Story, mentions_of: Finder, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    other = make_document("The Salt Wells Movement (SWM) left Mizda in Libya.", "b.txt")
    mentions = mentions_of(other, ("GROUP", "name", "Salt Wells Movement"), ("PLACE", "name", "Mizda"))
    readings = {
        story.document.id: Reading(story.document.id, "test@1", story.mentions, (capture(story),)),
        other.id: Reading(other.id, "test@1", mentions, ()),
    }
    one = resolve([story.document, other], readings, codebook, gazetteer)
    assert one == resolve([other, story.document], readings, codebook, gazetteer)
    assert one == resolve([story.document, other], readings, codebook, gazetteer)


def test_a_document_without_a_reading_and_an_empty_reading(
    story: Story, codebook: Codebook, gazetteer: Gazetteer
) -> None:
    assert resolve([story.document], {}, codebook, gazetteer) == Resolved((), (), (), ())
    empty = Reading(story.document.id, "test@1", (), ())
    found = resolve([story.document], {story.document.id: empty}, codebook, gazetteer)
    assert (found.claims, found.mentions) == ((), ())
