"""Who is meant: names, spellings, arms of states, short forms, abbreviations, and what stands for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tracewire.codebook import ActorRow, Codebook
from tracewire.lang import load_words
from tracewire.model import Argument, Document, Entity, Mention, Published, ReadClaim, Reading, Span
from tracewire.resolve.actor_aliases import abbreviates
from tracewire.resolve.actor_links import Decisions, Split
from tracewire.resolve.actor_words import core_names, person_name, state_part
from tracewire.resolve.actors import ActorResolver
from tracewire.resolve.context import TextView
from tracewire.resolve.nations import Nations
from tracewire.testing import make_document

Finder = Callable[..., tuple[Mention, ...]]
Found = tuple[str, str] | None
GROUP, PERSON = "GROUP", "PERSON"


class Case:
    """Resolves texts together and says who each mention is: (name, basis), None where it is open."""

    def __init__(self, codebook: Codebook, mentions_of: Finder) -> None:
        self._nations = Nations(load_words("en", "demonyms"), codebook)
        self._codebook, self._mentions_of = codebook, mentions_of
        self.entities: dict[str, Entity] = {}

    def __call__(
        self,
        *texts: tuple[str, list[tuple[str, str, str]]],
        year: int | None = None,
        decided: Decisions = Decisions(),  # noqa: B008  # frozen
    ) -> list[list[Found]]:
        resolver = ActorResolver(self._codebook, self._nations)
        read = [self._read(text, wanted, i, year) for i, (text, wanted) in enumerate(texts)]
        for document, view, reading in read:
            resolver.learn(document, view, reading.mentions)
        met = [resolver.resolve_document(d, v, r, self._nations.counts(v.text)) for d, v, r in read]
        joined = resolver.link(decided)
        resolved = [
            resolver.settle(d, r.mentions, found, joined, decided) for (d, _, r), found in zip(read, met, strict=True)
        ]
        self.entities = {entity.id: entity for entity in resolver.entities()}
        return [
            [(self.entities[f[i].entity].name, f[i].basis) if i in f else None for i in range(len(wanted))]
            for f, (_, wanted) in zip(resolved, texts, strict=True)
        ]

    def one(self, text: str, *wanted: tuple[str, str, str], year: int | None = None) -> list[Found]:
        return self((text, list(wanted)), year=year)[0]

    def _read(
        self, text: str, wanted: list[tuple[str, str, str]], number: int, year: int | None
    ) -> tuple[Document, TextView, Reading]:
        published = Published(f"{year}-05-01", f"{year}-05-01", "test", True) if year else None
        document = make_document(text, f"{number}.txt", published=published)
        mentions = self._mentions_of(document, *wanted)
        everyone = tuple(Argument("actor", i) for i, m in enumerate(mentions) if m.form != "pronoun")
        claim = ReadClaim("clash", Span(0, 1, text[:1]), (Span(0, len(text), text),), "body", everyone)
        return document, TextView(document), Reading(document.id, "test@1", mentions, (claim,))


@pytest.fixture
def who(codebook: Codebook, mentions_of: Finder) -> Case:
    return Case(codebook, mentions_of)


@pytest.mark.parametrize(
    "name",
    ["Zahra Liberation Front", "the Zahra Front", "Jabhat al-Zahra", "ZLF", "Z.L.F.", "Zahrah Front", "Jabhat Zahra’s",
     "Zahra Libberation Front", "ZAHRA FRONT"],
)  # fmt: skip
def test_spellings_of_one_group_are_one_actor(who: Case, name: str) -> None:
    assert who.one(f"Fighters of {name} entered Syria.", (GROUP, "name", name)) == [
        ("Zahra Liberation Front", "stated")
    ]


@pytest.mark.parametrize(
    "name", ["Zahra Fund", "Sahra Liberation Front", "Zahra Liberation Front Watch", "Second Army of Dawn"]
)
def test_names_that_only_resemble_it_are_others(who: Case, name: str) -> None:
    ((found, _),) = who.one(f"It was {name} in Syria.", (GROUP, "name", name))  # type: ignore[misc]
    assert found not in ("Zahra Liberation Front", "Army of Dawn")


def test_an_abbreviation_counts_as_written_unless_the_text_has_no_capitals(who: Case) -> None:
    assert who.one("aid for the zlf in syria came late and was little .", (GROUP, "name", "zlf")) == [
        ("Zahra Liberation Front", "stated")
    ]


def test_one_name_of_two_groups_goes_by_the_country_and_else_stays_open(who: Case) -> None:
    group = (GROUP, "name", "National Liberation Army")
    in_mali = who.one("Mali said the National Liberation Army fled.", group)
    in_syria = who.one("Syria said the National Liberation Army fled.", group)
    nowhere = who.one("They said the National Liberation Army fled.", group)
    assert in_mali == [("National Liberation Army", "stated")]
    assert in_syria == [("National Liberation Army (Syria)", "stated")]
    assert nowhere == [("National Liberation Army", "stated")]
    assert [e.basis for e in who.entities.values()] == ["corpus"]


def test_a_group_is_not_named_before_it_was_founded(who: Case) -> None:
    group = (GROUP, "name", "Army of Dawn")
    who.one("The Army of Dawn fled Syria.", group, year=2015)
    assert {e.basis for e in who.entities.values()} == {"knowledge"}
    who.one("The Army of Dawn fled Syria.", group, year=1995)
    assert {e.basis for e in who.entities.values()} == {"corpus"}


def test_states_by_name_demonym_and_seat_of_government(who: Case) -> None:
    text = "Syria, Damascus, a Syrian jet and the Syrian government; Washington and US officials."
    names = ["Syria", "Damascus", "Syrian", "Syrian government", "Washington", "US officials"]
    found = who.one(text, *[(GROUP, "name", name) for name in names])
    syria, america = "Syria", "United States"
    assert found == [
        (syria, "stated"), (syria, "knowledge"), (syria, "knowledge"), (syria, "stated"), (america, "knowledge"),
        (america, "stated"),
    ]  # fmt: skip


def test_arms_of_states(who: Case) -> None:
    text = "Syrian troops met Malian army units, the Malian foreign ministry and Malian soldiers in Mali."
    found = who.one(
        text, (GROUP, "nominal", "Syrian troops"), (GROUP, "nominal", "Malian army units"),
        (GROUP, "nominal", "Malian foreign ministry"), (GROUP, "nominal", "Malian soldiers"),
    )  # fmt: skip
    assert found[0] == ("Syrian Armed Forces", "stated")
    assert found[1] == found[3]
    assert found[2] != found[1]
    mali = next(e.id for e in who.entities.values() if e.type == "state" and e.name == "Mali")
    assert {e.part_of for e in who.entities.values() if e.basis == "corpus"} == {mali}


@pytest.mark.parametrize(
    "phrase", ["Syrian rebels", "Syrian Kurdish forces", "Syrian opposition army", "Syrian civilians"]
)
def test_the_opponents_and_people_of_a_state_are_not_the_state(who: Case, phrase: str) -> None:
    assert who.one(f"Aid for {phrase} came.", (GROUP, "nominal", phrase)) == [None]


@pytest.mark.parametrize(
    "phrase",
    ["Zahra Front fighters", "Zahra Front's men", "fighters of the Zahra Front", "Zahra Front mortar units",
     "Gulf-backed Zahra Front", "rebel group Zahra Front"],
)  # fmt: skip
def test_a_group_in_the_shape_of_its_people(who: Case, phrase: str) -> None:
    assert who.one(f"In Syria {phrase} advanced.", (GROUP, "nominal", phrase)) == [("Zahra Liberation Front", "stated")]


@pytest.mark.parametrize("phrase", ["anti-Zahra Front protesters", "Zahra Front-backed rebels", "former residents"])
def test_those_who_are_only_named_after_a_group_are_not_it(who: Case, phrase: str) -> None:
    assert who.one(f"In Syria {phrase} gathered.", (GROUP, "nominal", phrase)) == [None]


def test_a_leader_and_what_is_his(who: Case) -> None:
    text = "President Karim Rahal spoke. Rahal left; the Rahal government and Rahal's army stayed in Syria."
    found = who.one(
        text, (PERSON, "name", "President Karim Rahal"), (PERSON, "name", "Rahal"),
        (GROUP, "nominal", "Rahal government"), (GROUP, "nominal", "Rahal's army"),
    )  # fmt: skip
    assert [name for name, _ in found if name] == ["Karim Rahal", "Karim Rahal", "Syria", "Syria"]  # type: ignore[misc]
    assert found[2] == ("Syria", "knowledge")


def test_an_abbreviation_that_the_text_introduces(who: Case) -> None:
    text = "The Brigades of the Morning Star (BMS) met the Northern Salt League, or NSL. BMS and NSL agreed."
    names = ["Brigades of the Morning Star", "Northern Salt League", "NSL", "BMS", "NSL"]
    star, salt, short, bms, nsl = who.one(text, *[(GROUP, "name", name) for name in names])
    assert star == bms == ("Brigades of the Morning Star", "stated")
    assert salt == short == nsl == ("Northern Salt League", "stated")


def test_an_abbreviation_introduced_in_another_document_of_the_case(who: Case) -> None:
    first = ("The Northern Salt League (NSL) marched.", [(GROUP, "name", "Northern Salt League")])
    second = ("Later NSL retreated.", [(GROUP, "name", "NSL")])
    for texts in ((first, second), (second, first)):
        found = who(*texts)
        assert found[0] == found[1] == [("Northern Salt League", "stated")]


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [("SRF", "Salt River Front", True), ("FMLN", "Farabundo Marti National Liberation Front", True),
     ("YPG", "Salt River Front", False), ("Iran", "Salt River Front", False), ("X", "Xylophone Front", False)],
)  # fmt: skip
def test_initials(short: str, name: str, fits: bool) -> None:
    assert abbreviates(short, name) is fits


def test_short_forms_after_and_before_the_full_name(who: Case) -> None:
    text = "Umar praised it. General Salim Umar leads the Salt Wells Movement. Salt Wells denied it, the Movement said."
    names = [(PERSON, "Umar"), (PERSON, "General Salim Umar"), (GROUP, "Salt Wells Movement"), (GROUP, "Salt Wells"),
             (GROUP, "Movement")]  # fmt: skip
    found = who.one(text, *[(type_, "name", name) for type_, name in names])
    assert found[0] == found[1] == ("Salim Umar", "stated")
    assert found[2] == found[3] == found[4] == ("Salt Wells Movement", "stated")
    assert {f for e in who.entities.values() for f in e.forms} >= {"Umar", "Salim Umar", "Salt Wells"}


def test_a_short_form_that_two_names_hold_is_neither(who: Case) -> None:
    text = "The Salt Wells Movement met the Salt Wells Council. Salt Wells burned."
    names = ["Salt Wells Movement", "Salt Wells Council", "Salt Wells"]
    movement, council, short = who.one(text, *[(GROUP, "name", name) for name in names])
    assert len({movement, council, short}) == 3


def test_a_splinter_is_not_what_it_split_from(who: Case) -> None:
    text = "The Real Lions of Salt left. The Lions of Salt stayed."
    old, new = who.one(text, (GROUP, "name", "Real Lions of Salt"), (GROUP, "name", "Lions of Salt"))
    assert old != new


def test_a_piece_of_a_known_name_is_what_the_name_names(who: Case) -> None:
    text = "The Syrian Arab Army, said Karim, left; the Army of the Dawn and Army of Dawn stayed in Syria."
    (piece,) = who.one(text, (GROUP, "name", "Arab Army"))
    assert piece == ("Syrian Armed Forces", "stated")


def test_people_join_over_documents_by_full_name_and_unique_surname(who: Case) -> None:
    full = ("General Salim Khamada spoke.", [(PERSON, "name", "General Salim Khamada")])
    other = ("Col. Saleem Hamada left.", [(PERSON, "name", "Col. Saleem Hamada")])
    short = ("Khamada was shot.", [(PERSON, "name", "Khamada")])
    found = who(full, other, short)
    assert found[0] == found[1] == found[2]
    assert len(who.entities) == 1
    namesake = ("Yusuf Khamada sang.", [(PERSON, "name", "Yusuf Khamada")])
    assert len({tuple(f) for f in who(full, namesake, short)}) == 3


def test_names_of_common_words_do_not_join_over_countries(who: Case) -> None:
    police = [(GROUP, "name", "1st Infantry Brigade")]
    who(("Syria: the 1st Infantry Brigade left.", police), ("Mali: the 1st Infantry Brigade left.", police))
    assert len(who.entities) == 2


def test_the_group_the_rebels_they_and_who(who: Case) -> None:
    text = "The Zahra Front took a town in Syria. The group, which has tanks, denied it. The rebels said they left."
    found = who.one(
        text, (GROUP, "name", "Zahra Front"), (GROUP, "nominal", "group"), (GROUP, "pronoun", "which"),
        (GROUP, "nominal", "rebels"), (GROUP, "pronoun", "they"),
    )  # fmt: skip
    assert found == [("Zahra Liberation Front", "stated"), *[("Zahra Liberation Front", "inferred")] * 4]


def test_with_two_groups_near_it_stays_open(who: Case) -> None:
    text = "The Zahra Front fought the Army of Dawn in Syria. The group fled. They regrouped. The rebels slept."
    found = who.one(
        text, (GROUP, "name", "Zahra Front"), (GROUP, "name", "Army of Dawn"), (GROUP, "nominal", "group"),
        (GROUP, "pronoun", "They"), (GROUP, "nominal", "rebels"),
    )  # fmt: skip
    assert found[2:] == [None, None, None]


@pytest.mark.parametrize("text", ["A group took a town.", "Another group left. Rebels slept.", "Rival rebels met."])
def test_common_nouns_without_an_antecedent_stay_open(who: Case, text: str) -> None:
    words = "group" if "group" in text else "rebels"
    assert (
        who.one(f"The Zahra Front fled Syria. {text}", (GROUP, "name", "Zahra Front"), (GROUP, "nominal", words))[1]
        is None
    )


def test_the_army_of_the_country_that_the_text_is_about(who: Case) -> None:
    text = "Mali buried its dead in Mali. The army blamed bandits and the government agreed."
    army, government = who.one(text, (GROUP, "nominal", "army"), (GROUP, "nominal", "government"))
    assert army == ("armed forces of Mali", "inferred")
    assert government == ("Mali", "inferred")
    assert who.one("Mali and Syria met. The army left.", (GROUP, "nominal", "army")) == [None]
    assert who.one("Mali met Mali. He lost his government.", (GROUP, "nominal", "government")) == [None]


def test_loaded_labels_never_become_actors(who: Case) -> None:
    assert who.one(
        "Takfiris and Terrorists fled Syria.", (GROUP, "name", "Takfiris"), (GROUP, "name", "Terrorists")
    ) == [None, None]
    assert not who.entities


def test_he_is_the_one_person_near(who: Case) -> None:
    text = "General Salim Umar spoke in Mali. He left. Salim Umar met Yusuf Adam. He smiled."
    names = [(PERSON, "name", "General Salim Umar"), (PERSON, "pronoun", "He"), (PERSON, "name", "Salim Umar"),
             (PERSON, "name", "Yusuf Adam"), (PERSON, "pronoun", "He")]  # fmt: skip
    found = who.one(text, *names)
    assert found[1] == ("Salim Umar", "inferred")
    assert found[4] is None


def test_a_state_taken_for_a_place_acts(who: Case) -> None:
    assert who.one("Mali sent rifles.", ("PLACE", "name", "Mali")) == [("Mali", "stated")]


def test_entities_bring_what_they_are_part_of_and_what_the_codebook_knows(who: Case) -> None:
    who.one("ZLF fought the Syrian Arab Army.", (GROUP, "name", "ZLF"), (GROUP, "name", "Syrian Arab Army"))
    by_name = {entity.name: entity for entity in who.entities.values()}
    assert by_name["Syrian Armed Forces"].part_of == by_name["Syria"].id
    assert by_name["Zahra Liberation Front"].external == (("wikidata", "Q1"),)
    assert by_name["Zahra Liberation Front"].forms == ("ZLF",)
    assert by_name["Syria"].forms == ()


def test_an_unrelated_row_changes_no_other_result(codebook: Codebook, mentions_of: Finder) -> None:
    text = "In Syria the Zahra Front, Salt Wells Movement and Syrian troops met; the group left."
    wanted = [(GROUP, "name", "Zahra Front"), (GROUP, "name", "Salt Wells Movement"), (GROUP, "nominal", "Syrian troops"),
              (GROUP, "nominal", "group")]  # fmt: skip
    row = ActorRow("x", "Union of Glass Makers", "group", "party", countries=("PER",), source="test")
    more = replace(codebook, actors={**codebook.actors, "x": row})
    one, other = Case(codebook, mentions_of), Case(more, mentions_of)
    assert one.one(text, *wanted) == other.one(text, *wanted)
    assert one.entities == other.entities


def test_order_of_documents_changes_nothing(who: Case) -> None:
    texts = [
        (f"In {land} the Salt Wells Movement met General Salim Umar.",
         [(GROUP, "name", "Salt Wells Movement"), (PERSON, "name", "General Salim Umar")])
        for land in ("Mali", "Syria", "Chad")
    ]  # fmt: skip
    found = who(*texts)
    entities = who.entities
    assert who(*reversed(texts)) == found[::-1]
    assert who.entities == entities


@pytest.mark.parametrize(
    ("words", "name"),
    [("Maj. Gen. Salim Umar", "Salim Umar"), ("Malian President Salim Umar", "Salim Umar"), ("the general", ""),
     ("Minister for Water Salim Umar", "Salim Umar"), ("Sheikh Abu Umar", "Abu Umar"), ("Umar", "Umar")],
)  # fmt: skip
def test_titles_are_no_part_of_a_name(words: str, name: str) -> None:
    assert person_name(words, Nations(load_words("en", "demonyms"))) == name


def test_phrases_of_any_shape_are_taken_apart_without_error() -> None:
    nations = Nations(load_words("en", "demonyms"))
    for words in ("", " ", "'s", "the", "-", "of", "of the", "Syrian", "Syria's", "()", "(A)", "X (", "’s men", "US-"):
        assert isinstance(core_names(words), list)
        state_part(words, nations)
        person_name(words, nations)


def test_a_reviewer_merges_and_splits(who: Case) -> None:
    texts = [
        ("The Salt Wells Movement met in Mali.", [(GROUP, "name", "Salt Wells Movement")]),
        ("The Glass Street Committee met in Mali.", [(GROUP, "name", "Glass Street Committee")]),
    ]
    assert who(*texts)[0] != who(*texts)[1]
    ids = {entity.name: entity.id for entity in who.entities.values()}
    merged = Decisions(together=((ids["Salt Wells Movement"], ids["Glass Street Committee"]),))
    found = who(*texts, decided=merged)
    assert found[0] == found[1]
    assert who.entities[ids["Salt Wells Movement"]].forms == ("Glass Street Committee", "Salt Wells Movement")
    apart = Decisions(merged.together, (Split(ids["Salt Wells Movement"], frozenset({"Glass Street Committee"})),))
    found = who(*texts, decided=apart)
    assert found[0] == [("Salt Wells Movement", "stated")]
    assert found[1] == [("Glass Street Committee", "stated")]
    assert who(*texts, decided=apart) == found


def test_his_men_are_those_of_his_side(who: Case) -> None:
    text = "Col. Salim Umar, commander of the Salt Wells Movement, spoke in Mali. He said his men held the town."
    found = who.one(
        text, (PERSON, "name", "Col. Salim Umar"), (GROUP, "name", "Salt Wells Movement"), (PERSON, "pronoun", "He"),
        (GROUP, "nominal", "his men"),
    )  # fmt: skip
    assert found[3] == ("Salt Wells Movement", "inferred")
    by_name = {entity.name: entity for entity in who.entities.values()}
    assert by_name["Salim Umar"].part_of == by_name["Salt Wells Movement"].id


def test_a_unit_is_a_part_of_its_group(who: Case) -> None:
    text = "In Syria the Zahra Front's northern brigade left. Later the Zahra Front's brigade came."
    found = who.one(
        text, (GROUP, "name", "Zahra Front's northern brigade"), (GROUP, "nominal", "Zahra Front's brigade")
    )
    assert found == [("Zahra Front's northern brigade", "stated"), ("Zahra Liberation Front", "stated")]
    by_name = {entity.name: entity for entity in who.entities.values()}
    assert by_name["Zahra Front's northern brigade"].part_of == by_name["Zahra Liberation Front"].id


def test_one_person_two_sides_is_of_none(who: Case) -> None:
    lines = [(f"Salim Umar, a spokesman for the {name}, spoke.", [(PERSON, "name", "Salim Umar"), (GROUP, "name", name)])
             for name in ("Salt Wells Movement", "Glass Street Committee")]  # fmt: skip
    who(*lines)
    assert {e.part_of for e in who.entities.values() if e.type == "person"} == {None}


def test_they_is_not_a_body_that_speaks_of_others(who: Case) -> None:
    text = "Police in Mali held three men. The Salt Wells Movement said they were spies."
    found = who.one(
        text, (GROUP, "nominal", "three men"), (GROUP, "name", "Salt Wells Movement"), (GROUP, "pronoun", "they")
    )
    assert found[2] is None


def test_him_is_not_who_meets_him(who: Case) -> None:
    text = "General Salim Umar spoke in Mali. Yusuf Adam met him."
    found = who.one(
        text, (PERSON, "name", "General Salim Umar"), (PERSON, "name", "Yusuf Adam"), (PERSON, "pronoun", "him")
    )
    assert found[2] == ("Salim Umar", "inferred")


def test_the_army_is_that_of_the_country_where_the_fighting_is(who: Case) -> None:
    text = "The Zahra Front fired on a post in Syria. Mali, Mali and Mali protested. The army fled."
    found = who.one(text, (GROUP, "name", "Zahra Front"), (GROUP, "nominal", "army"))
    assert found[1] == ("Syrian Armed Forces", "inferred")


def test_a_state_with_one_letter_wrong(who: Case) -> None:
    assert who.one("Moskow denied it.", (GROUP, "name", "Moskow"))[0] == ("Russia", "stated")
