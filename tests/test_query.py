from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire import query
from tracewire.errors import UsageError
from tracewire.model import Record
from tracewire.query.match import bound, fold, holds, in_range


class TestFigures:
    def test_an_event_is_contradicted_from_either_end(self, record: Record, sample: ModuleType) -> None:
        told = replace(sample.RAID, claims=(sample.CAPTURED.id,))
        denied = sample.RELATIONS[1]
        for relation in (denied, replace(denied, source=denied.target, target=denied.source)):
            more = replace(record, events=(told,), relations=(relation,))
            assert query.figures(more)["events"]["contradicted"] == 1
        assert query.figures(replace(record, events=(told,), relations=()))["events"]["contradicted"] == 0


class TestHints:
    def test_what_names_nothing_is_told_with_what_is_near(self, record: Record) -> None:
        assert query.unmet(record, actor="Sabra Colum", place="Quarn", materiel="mortarz", outlet="Valley Wyre") == [
            "no actor of this case is 'Sabra Colum'; near it: Sabra Column",
            "no place of this case is 'Quarn'; near it: Qarn",
            "no materiel of this case is 'mortarz'; near it: mortars",
            "no outlet of this case is 'Valley Wyre'; near it: Valley Wire",
        ]
        assert query.unmet(record, document="q.txt")[0].startswith("no document of this case is 'q.txt'")

    def test_what_names_something_is_not(self, record: Record) -> None:
        assert not query.unmet(record, actor="brigade", place="East", materiel="rifle", outlet="valley", document="a")
        assert not query.unmet(record, actor=None)


class TestClaims:
    @pytest.mark.parametrize(
        ("filters", "names"),
        [
            ({"type": "strike"}, ["CONDITIONAL"]),
            ({"actor": "sabra column"}, ["CAPTURED", "COPIED", "HEADLINE"]),
            ({"actor": "brigade"}, ["SEIZED", "POSTED"]),
            ({"actor": "ORLANESE"}, ["PLANNED", "UNCONFIRMED"]),
            ({"actor": "nobody"}, []),
            ({"materiel": "rifle"}, ["PLANNED"]),
            ({"materiel": "mortars", "polarity": "+", "outlet": "harbour post"}, ["CAPTURED", "HEADLINE"]),
            ({"place": "qarn"}, ["CAPTURED", "COPIED"]),
            ({"place": "East"}, ["CAPTURED", "COPIED"]),
            ({"place": "west"}, []),
            ({"place": "xo"}, ["CAPTURED", "COPIED"]),
            ({"place": "hill depot"}, ["SEIZED"]),
            ({"outlet": "valley"}, ["SEIZED", "POSTED", "UNCONFIRMED"]),
            ({"source": "tern monitor"}, ["CAPTURED", "COPIED"]),
            ({"source": "aid worker"}, ["SEIZED"]),
            ({"modality": "planned"}, ["PLANNED"]),
            ({"polarity": "-"}, ["DENIED", "UNCONFIRMED"]),
            ({"text": "tube spokesman"}, ["DENIED"]),
            ({"document": "c.txt"}, ["COPIED"]),
            ({"since": "2021-03", "until": "2021-03"}, ["CAPTURED", "COPIED"]),
            ({"since": "2021-04-30"}, ["PLANNED"]),
            ({"until": "2021-03-01"}, []),
            ({"type": None, "actor": None, "text": "raid"}, ["UNCONFIRMED"]),
        ],
    )
    def test_filters(self, record: Record, sample: ModuleType, filters: Any, names: list[str]) -> None:
        found = query.filter_claims(record, **filters)
        assert [claim.id for claim in found] == sorted(getattr(sample, name).id for name in names)

    def test_no_filter_gives_all(self, record: Record) -> None:
        assert tuple(query.filter_claims(record)) == record.claims

    def test_by_id(self, record: Record, sample: ModuleType) -> None:
        assert query.filter_claims(record, actor=sample.MARSH.id) == [sample.SEIZED]
        assert query.filter_claims(record, place=sample.QARN.id, document=sample.A.id) == [sample.CAPTURED]

    def test_an_exact_name_shuts_out_longer_ones(self, record: Record, sample: ModuleType) -> None:
        spoken = replace(sample.SEIZED, roles=(sample.role(sample.B, "captor", "aid worker", sample.SPOKESMAN),))
        more = replace(record, claims=(spoken,))
        assert query.filter_claims(more, actor="Halvic Army") == []
        assert query.filter_claims(more, actor="Halvic Army", parts=True) == [spoken]
        assert query.filter_claims(more, actor="army spokesman") == [spoken]

    def test_a_codebook_alias_finds_the_actor_of_that_name(self, record: Record, sample: ModuleType) -> None:
        from tracewire.codebook import ActorRow, load_codebook

        row = ActorRow("marsh", "Marsh Brigade", "group", "rebel group", aliases=("Reed Men",), source="invented")
        codebook = replace(load_codebook(), actors={"marsh": row})
        assert query.filter_claims(record, actor="reed men", codebook=codebook) == [sample.SEIZED]

    def test_unknown_dates_match_a_range_only_when_asked(self, record: Record, sample: ModuleType) -> None:
        ids = [claim.id for claim in query.filter_claims(record, since="2021", until="2021", include_unknown=True)]
        assert sample.SEIZED.id in ids
        assert len(ids) == len(record.claims)

    @pytest.mark.parametrize(
        "filters",
        [{"type": "robbery"}, {"modality": "sure"}, {"polarity": "no"}, {"since": "March"}, {"until": "2021-02-30"}],
    )
    def test_wrong_values_are_named(self, record: Record, filters: Any) -> None:
        with pytest.raises(UsageError, match=str(next(iter(filters.values())))):
            query.filter_claims(record, **filters)

    def test_a_misspelt_filter_is_named(self, record: Record) -> None:
        with pytest.raises(UsageError, match="actr"):
            query.filter_claims(record, actr="x")  # type: ignore[call-arg]

    def test_an_empty_word_finds_nothing(self, record: Record) -> None:
        for name in ("actor", "materiel", "place", "outlet", "source", "text", "document"):
            assert query.filter_claims(record, **{name: " "}) == [], name  # type: ignore[arg-type]


class TestEvents:
    @pytest.mark.parametrize(
        ("filters", "names"),
        [
            ({}, ["POST", "RAID"]),
            ({"type": "capture"}, ["RAID"]),
            ({"actor": "Marsh Brigade", "place": "Qarn"}, ["RAID"]),
            ({"outlet": "Valley Wire"}, ["POST", "RAID"]),
            ({"outlet": "Valley Wire", "source": "Tern Monitor"}, []),
            ({"since": "2021-03-02", "until": "2021-03-02"}, ["RAID"]),
            ({"since": "2021-03-03"}, []),
            ({"since": "2021-03-03", "include_unknown": True}, ["POST"]),
        ],
    )
    def test_filters(self, record: Record, sample: ModuleType, filters: Any, names: list[str]) -> None:
        found = query.filter_events(record, **filters)
        assert [event.id for event in found] == sorted(getattr(sample, name).id for name in names)


class TestOthers:
    def test_documents(self, record: Record) -> None:
        assert [row.name for row in query.filter_documents(record, outlet="delta mirror")] == ["c.txt"]
        assert [row.name for row in query.filter_documents(record, text="brigade raid")] == ["b.html"]
        assert [row.name for row in query.filter_documents(record, since="2021-03-06")] == ["b.html"]
        assert len(query.filter_documents(record)) == 3

    def test_actors(self, record: Record) -> None:
        assert [row.name for row in query.filter_actors(record, type="state")] == ["Orlan"]
        assert [row.name for row in query.filter_actors(record, text="marsh")] == ["Marsh Brigade"]
        with pytest.raises(UsageError):
            query.filter_actors(record, type="alien")

    def test_places(self, record: Record) -> None:
        assert [row.admin1 for row in query.filter_places(record, text="west")] == ["West"]
        assert len(query.filter_places(record, text="Qarn")) == 2
        assert len(query.filter_places(record, country="xo")) == 2
        assert query.filter_places(record, country="") == []

    def test_flows_take_the_same_filters(self, record: Record, sample: ModuleType) -> None:
        assert [hop.claim for hop in query.flows(record, actor="Orlan")] == [sample.PLANNED.id]
        assert [hop.modality for hop in query.flows(record, materiel="rifle")] == ["planned"]


class TestAround:
    def test_neighbours_of_a_claim(self, record: Record, sample: ModuleType) -> None:
        found = query.neighbours(record, sample.SEIZED.id)
        assert [(n.type, n.other, n.outgoing) for n in found] == [
            ("contradicts", sample.CAPTURED.id, False),
            ("neither_confirms_nor_denies", sample.UNCONFIRMED.id, False),
        ]

    def test_neighbours_of_an_event_are_those_of_its_claims_and_each_stands_once(
        self, record: Record, sample: ModuleType
    ) -> None:
        assert len(query.neighbours(record, sample.RAID.id)) == len(record.relations)

    def test_short_ids_do(self, record: Record, sample: ModuleType) -> None:
        assert query.neighbours(record, sample.SEIZED.id[:7]) == query.neighbours(record, sample.SEIZED.id)
        assert query.full_id(record, sample.RAID.id) == sample.RAID.id
        for wrong in ("c", "cffff", ""):
            with pytest.raises(UsageError):
                query.full_id(record, wrong)

    def test_context_is_cut_at_words_and_the_quote_is_not(self, sample: ModuleType) -> None:
        before, quote, after = query.context(sample.A, sample.CAPTURED.trigger, 20)
        assert (before, quote, after) == ("…the Sabra Column ", "captured", " at least 12…")

    def test_context_of_a_quote_with_markup_reads_through_it(self, sample: ModuleType) -> None:
        before, quote, after = query.context(sample.B, sample.SEIZED.roles[0].mention, 15)
        assert (before, quote) == ("…& after\n\nThe ", "Marsh Brigade")
        assert after.startswith(" seized")

    @given(st.data())
    def test_context_is_verbatim(self, sample: ModuleType, data: st.DataObject) -> None:
        text = sample.A.reading.text
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        width = data.draw(st.integers(0, 60))
        try:
            span = sample.A.span(start, end)
        except ValueError:
            return
        before, quote, after = query.context(sample.A, span, width)
        assert before.strip("…") + quote + after.strip("…") in text
        assert max(len(before), len(after)) <= width + 1

    def test_descriptions(self, record: Record, sample: ModuleType) -> None:
        assert query.describe_claim(record, sample.SEIZED) == (
            "Marsh Brigade captured 9 mortars; “hill depot” (aid worker, in Valley Wire)"
        )
        assert query.describe_event(record, sample.POST) == "reported publication by “brigade” (“posted”)"


class TestMatch:
    @pytest.mark.parametrize(
        ("value", "first", "final"),
        [
            ("2020", "2020-01-01", "2020-12-31"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2020-02-05", "2020-02-05", "2020-02-05"),
        ],
    )
    def test_bounds(self, value: str, first: str, final: str) -> None:
        assert (bound(value, last=False), bound(value, last=True)) == (first, final)

    @pytest.mark.parametrize(
        "value", ["", "20", "2020-13", "2021-02-29", "0000", "2020-1", "last week", "2020-01-01T00"]
    )
    def test_no_dates(self, value: str) -> None:
        with pytest.raises(UsageError, match="is not a date"):
            bound(value, last=True)

    @given(st.dates(), st.dates(), st.dates(), st.dates())
    def test_overlap_is_symmetric(self, a: Any, b: Any, c: Any, d: Any) -> None:
        one = tuple(str(day) for day in sorted((a, b)))
        two = tuple(str(day) for day in sorted((c, d)))
        assert in_range(one, *two) == in_range(two, *one)  # type: ignore[arg-type]

    def test_open_ends(self) -> None:
        assert in_range((None, "2021-03-02"), "2021-03-01", None)
        assert not in_range((None, "2021-03-02"), "2021-03-03", None)
        assert in_range(("2021-03-02", None), None, "2021-03-02")
        assert not in_range((None, None), None, "2021")
        assert in_range((None, None), None, None)

    def test_folding(self) -> None:
        assert fold("Khān  al-Sūq’s") == "khan al suq s"
        assert holds("free army group", "army")
        assert not holds("free armygroup", "army")
        assert not holds("anything", "")
