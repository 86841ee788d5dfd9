"""Which place a phrase means, how far it may lie off, and when it is left open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.lang import load_words
from tracewire.model import Mention, Place
from tracewire.resolve.context import TextView
from tracewire.resolve.gazetteer import Gazetteer
from tracewire.resolve.nations import Nations
from tracewire.resolve.place_parts import LEAST_BETWEEN_KM
from tracewire.resolve.place_words import parse, road_between
from tracewire.resolve.places import PlaceResolver
from tracewire.testing import make_document

Finder = Callable[..., tuple[Mention, ...]]
Resolve = Callable[..., list[Place | None]]


@pytest.fixture(scope="module")
def resolve(gazetteer: Gazetteer, mentions_of: Finder) -> Resolve:
    """Places of the mentions (type, form, words) of a text, in order."""
    nations = Nations(load_words("en", "demonyms"))

    def places(text: str, *wanted: tuple[str, str, str]) -> list[Place | None]:
        resolver = PlaceResolver(gazetteer, nations)
        document = make_document(text)
        view = TextView(document)
        found = resolver.resolve_document(view, mentions_of(document, *wanted), nations.counts(text))
        known = {place.id: place for place in resolver.places()}
        assert all(i in known for place in known.values() for i in place.alternatives)
        return [known[found[i]] if i in found else None for i in range(len(wanted))]

    return places


def name(words: str) -> tuple[str, str, str]:
    return "PLACE", "name", words


def test_a_province_named_beside_it_decides_between_two_villages(resolve: Resolve) -> None:
    text = "Rebels in Syria took Tall Nawra in {} province on Sunday."
    for province, identity in (("Qasr Zahra", "wof:3"), ("Wadi Hamra", "wof:4")):
        village, area, _ = resolve(text.format(province), name("Tall Nawra"), name(province), name("province"))
        assert village is not None
        assert village.gazetteer == identity
        assert village.admin1 == province
        assert len(village.alternatives) == 1
        assert area is not None
        assert area.gazetteer in ("wof:1", "wof:2")


def test_without_anything_to_decide_it_is_left_open_with_both_as_alternatives(resolve: Resolve) -> None:
    (village,) = resolve("Shells fell on Tall Nawra in the south of the country, Syria said.", name("Tall Nawra"))
    assert village is not None
    assert (village.latitude, village.longitude, village.gazetteer) == (None, None, None)
    assert len(village.alternatives) == 2


def test_nearness_to_the_other_places_of_the_text_decides(resolve: Resolve) -> None:
    text = "In Syria, fighters left Beit Jinnine and Qasr Zahra city for Tall Nawra."
    *_, village = resolve(text, name("Beit Jinnine"), name("Qasr Zahra"), name("Tall Nawra"))
    assert village is not None
    assert village.gazetteer == "wof:3"


def test_the_country_named_decides(resolve: Resolve) -> None:
    for country, identity in (("Syria", "wof:5"), ("Yemen", "wof:7")):
        (village, _) = resolve(f"Clashes shook Bayt Jinnin in {country}.", name("Bayt Jinnin"), name(country))
        assert village is not None
        assert village.gazetteer == identity
    text = "The Syrian war was long. Aid reached Bayt Jinnin, Yemen, while Syria and Syrians waited in Syria."
    village = resolve(text, name("Bayt Jinnin"), name("Yemen"))[0]
    assert village is not None
    assert village.gazetteer == "wof:7"


def test_other_spellings_are_found_in_the_story_s_country_only(resolve: Resolve) -> None:
    (found,) = resolve("Syria: planes bombed Beet Jinin overnight, Syrian activists said.", name("Beet Jinin"))
    assert found is not None
    assert found.gazetteer == "wof:5"
    (elsewhere,) = resolve("Peru: planes bombed Beet Jinin overnight, Peruvian activists said.", name("Beet Jinin"))
    assert elsewhere is not None
    assert elsewhere.gazetteer is None


@pytest.mark.parametrize("phrase", ["Libya", "Libyan territory"])
def test_a_country_is_never_pinned_to_its_centre(resolve: Resolve, phrase: str) -> None:
    (found,) = resolve(f"Weapons crossed {phrase} last year.", name(phrase))
    assert found is not None
    assert found.country == "LY"
    assert (found.latitude, found.longitude, found.radius_km) == (None, None, None)


def test_words_around_a_name_widen_or_shift(resolve: Resolve) -> None:
    def radius(text: str, words: str) -> Place:
        (found,) = resolve(text, name(words))
        assert found is not None
        assert found.radius_km is not None
        return found

    plain = radius("A depot in Gharyan, Libya, burned.", "Gharyan")
    near = radius("A depot near Gharyan, Libya, burned.", "Gharyan")
    south = radius("A depot south of Gharyan, Libya, burned.", "Gharyan")
    shifted = radius("A depot 40 km south of Gharyan, Libya, burned.", "Gharyan")
    assert plain.radius_km is not None
    assert near.radius_km is not None
    assert south.radius_km is not None
    assert plain.radius_km < near.radius_km < south.radius_km
    assert (near.latitude, near.longitude) == (plain.latitude, plain.longitude)
    assert len({plain.id, near.id, south.id, shifted.id}) == 4
    assert plain.latitude is not None
    assert shifted.latitude is not None
    assert plain.latitude - shifted.latitude == pytest.approx(40 / 111.2, abs=0.01)


def test_a_province_has_the_reach_of_its_places(resolve: Resolve) -> None:
    (area,) = resolve("Syria lost the countryside of Qasr Zahra.", name("Qasr Zahra"))
    (town,) = resolve("Syria lost the city of Qasr Zahra.", name("Qasr Zahra"))
    assert area is not None
    assert area.gazetteer == "wof:1"
    assert town is not None
    assert town.gazetteer == "wof:6"


def test_ranges_seas_and_bases_of_the_supplement(resolve: Resolve) -> None:
    text = "Syria and Yemen: the base of Menagh, the Bab el-Mandeb strait and Jabal az-Zawiya were named."
    base, strait, range_ = resolve(
        text, ("FACILITY", "name", "Menagh"), name("Bab el-Mandeb strait"), name("Jabal az-Zawiya")
    )
    assert base is not None
    assert base.country == "SY"
    assert strait is not None
    assert strait.latitude == pytest.approx(12.6, abs=0.3)
    assert range_ is not None
    assert range_.admin1 == "Idlib"


def test_a_facility_is_placed_by_the_town_it_is_called_after(resolve: Resolve) -> None:
    (airport,) = resolve(
        "Drones hit Qasr Zahra military airport in Syria.", ("FACILITY", "name", "Qasr Zahra military airport")
    )
    assert airport is not None
    assert airport.gazetteer == "wof:6"
    assert airport.radius_km == 15


def test_a_capital_by_its_country(resolve: Resolve) -> None:
    (capital,) = resolve("Rockets struck the Libyan capital at dawn.", ("PLACE", "nominal", "Libyan capital"))
    assert capital is not None
    assert capital.name == "Tripoli"


def test_common_nouns_are_no_places_but_may_stand_for_the_last_one(resolve: Resolve) -> None:
    nominal = ("PLACE", "nominal")
    text = "In Syria the army left Bayt Jinnin. Rebels entered the town. A base and a sector burned later."
    _, town, base, sector = resolve(
        text, name("Bayt Jinnin"), (*nominal, "town"), ("FACILITY", "nominal", "base"), (*nominal, "sector")
    )
    assert town is not None
    assert town.gazetteer == "wof:5"
    assert base is None
    assert sector is None
    (nothing,) = resolve("The town burned.", (*nominal, "town"))
    assert nothing is None


def test_unlocated_names_meet_over_documents_of_one_country(resolve: Resolve) -> None:
    (first,) = resolve("Malian troops left Zoumbara-Kessi.", name("Zoumbara-Kessi"))
    (second,) = resolve("Mali: militants took Zoumbara Kessi.", name("Zoumbara Kessi"))
    (other,) = resolve("Peru: rebels took Zoumbara Kessi.", name("Zoumbara Kessi"))
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.id == second.id != other.id
    assert first.latitude is None


def test_order_of_mentions_and_a_second_run_change_nothing(resolve: Resolve) -> None:
    text = "In Syria, fighters left Beit Jinnine and Qasr Zahra for Tall Nawra near Aleppo."
    wanted = [name(w) for w in ("Beit Jinnine", "Qasr Zahra", "Tall Nawra", "Aleppo")]
    assert resolve(text, *wanted) == resolve(text, *wanted)


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_any_phrase_can_be_taken_apart(quote: str, before: str, after: str) -> None:
    phrase = parse(quote, before, after)
    assert phrase.widen_km >= 0
    assert phrase.shift is None or 0 <= phrase.shift[1] <= 200


def test_between_two_towns_is_the_middle_of_both(resolve: Resolve) -> None:
    text = "A convoy in Syria was hit between Bayt Jinnin and Qasr Zahra on Sunday."
    first, second = resolve(text, name("Bayt Jinnin"), name("Qasr Zahra"))
    assert first is not None
    assert first == second
    assert first.latitude == pytest.approx(35.685)
    assert first.radius_km == LEAST_BETWEEN_KM
    assert first.country == "SY"


def test_a_side_of_a_country_lies_there_and_a_country_nowhere(resolve: Resolve) -> None:
    east, whole = resolve("Fighting in eastern Chad. Nobody in Chad said more.", name("eastern Chad"), name("Chad"))
    assert east is not None
    assert whole is not None
    assert east.longitude is not None
    assert east.longitude > 19
    assert east.radius_km is not None
    assert east.radius_km > 200
    assert (whole.latitude, whole.country) == (None, "TD")


def test_ships_people_and_bodies_are_no_places(resolve: Resolve) -> None:
    text = "Syria: the MV Amber Star, General Haroun and the Northern Relief Committee were named."
    names = [name(words) for words in ("MV Amber Star", "General Haroun", "Northern Relief Committee")]
    assert resolve(text, *names) == [None, None, None]


def test_an_unknown_village_keeps_the_province_that_is_said(resolve: Resolve) -> None:
    text = "Rebels in Syria took Zubbayqa in Qasr Zahra province."
    village, _ = resolve(text, name("Zubbayqa"), name("Qasr Zahra province"))
    assert village is not None
    assert (village.latitude, village.admin1, village.country) == (None, "Qasr Zahra", "SY")


def test_towns_speak_for_their_country_though_another_one_is_named(resolve: Resolve) -> None:
    text = "Gunmen raided Gorom-Gorom and Djibo; the rifles had been taken in Mali."
    first, second, _ = resolve(text, name("Gorom-Gorom"), name("Djibo"), name("Mali"))
    assert first is not None
    assert second is not None
    assert (first.country, second.country) == ("BF", "BF")


@pytest.mark.parametrize(("words", "ends"), [("Dori-Sebba road", ("Dori", "Sebba")), ("Tall Nawra", None)])
def test_roads_have_two_ends(words: str, ends: tuple[str, str] | None) -> None:
    assert road_between(words) == ends


@pytest.mark.parametrize(
    ("type_", "words", "named", "radius"),
    [
        ("FACILITY", "Qasr Zahra Citadel", "Qasr Zahra (citadel)", 15.0),
        ("FACILITY", "Bayt Jinnin Brick Factory", "Bayt Jinnin (brick factory)", 15.0),
        ("PLACE", "Bayt Jinnin Offensive", "Bayt Jinnin", 2.0),
        ("PLACE", "Battle of Bayt Jinnin", "Bayt Jinnin", 2.0),
    ],
)
def test_of_a_longer_phrase_the_part_is_placed_that_is_a_place(
    resolve: Resolve, type_: str, words: str, named: str, radius: float
) -> None:
    (place,) = resolve(f"In Syria the {words} left many dead, Syria said.", (type_, "name", words))
    assert place is not None
    assert place.name == named
    assert place.gazetteer is not None
    assert place.radius_km == radius


def test_words_after_a_name_that_name_something_else_stay_unplaced(resolve: Resolve) -> None:
    for words in ("Bayt Jinnin Shield", "Bayt Jinnin Herald"):
        (place,) = resolve(f"The {words} left Syria.", name(words))
        assert place is None or place.latitude is None
    (place,) = resolve("The Bayt Jinnin Offensive made France rich.", name("Bayt Jinnin Offensive"))
    assert place is None or place.latitude is None
