"""The formats of coded events, each held to its own rules, on an invented war."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tracewire.errors import PluginError
from tracewire.export import acled, base, plover, sipri, ucdp
from tracewire.export.acled_types import SUB_EVENTS
from tracewire.export.claimreview import ClaimReviewExporter
from tracewire.export.coding.nations import nation
from tracewire.export.ftm import FtmExporter
from tracewire.export.only import accepted
from tracewire.export.parquet import TABLES, ParquetExporter
from tracewire.model import Record, Relation
from tracewire.query.custody import gaps, paths


@pytest.fixture(scope="module")
def war(sample: ModuleType) -> tuple[Record, dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("war", Path(__file__).with_name("war.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build(sample)


def rows(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


class TestAcled:
    def test_every_row_keeps_the_rules_of_the_format(self, war: tuple[Record, dict[str, Any]]) -> None:
        for exporter in (acled.AcledExporter(), acled.AcledNumericExporter()):
            found = rows(exporter.write(war[0]))
            assert found
            for row in found:
                assert tuple(row) == acled.COLUMNS
                assert len(acled.COLUMNS) == 31
                assert date.fromisoformat(row["event_date"]).year == int(row["year"])
                assert row["sub_event_type"] in SUB_EVENTS[row["event_type"]]
                assert row["time_precision"] in "123"
                assert row["geo_precision"] in "123"
                assert row["civilian_targeting"] in ("", "Civilian targeting")
                assert int(row["fatalities"]) >= 0
                assert -90 <= float(row["latitude"]) <= 90
                assert row["actor1"]
                assert "\n" not in row["notes"]

    def test_conservative_numbers_and_the_dispute_in_the_notes(self, war: tuple[Record, dict[str, Any]]) -> None:
        row = next(r for r in rows(acled.AcledExporter().write(war[0])) if "strike" in r["sub_event_type"].lower()
                   or r["sub_event_type"].startswith("Shelling"))  # fmt: skip
        assert row["sub_event_type"] == "Shelling/artillery/missile attack"
        assert row["fatalities"] == "9"
        assert "at least 12" in row["notes"]
        assert "Disputed: quantity: at least 12 against 9 killed" in row["notes"]
        assert (row["actor1"], row["inter1"]) == ("Syrian Armed Forces", "State forces")
        assert row["tags"] == "candidate: not reviewed"
        assert (row["iso"], row["region"]) == ("760", "Middle East")

    def test_a_number_of_dead_says_less_than_a_count(self, war: tuple[Record, dict[str, Any]]) -> None:
        counted = self._strike(war[0])
        claims = tuple(
            replace(c, casualties=(replace(c.casualties[0], quantity=None),))
            if c.casualties and c.document == war[1]["one"].id and c.type == "strike" else c
            for c in war[0].claims
        )  # fmt: skip
        row = self._strike(replace(war[0], claims=claims))
        assert (counted["fatalities"], row["fatalities"]) == ("9", "9")
        assert "lowest report taken (1)" not in row["notes"]

    def test_of_two_accounts_in_one_report_the_lower_is_taken(self, war: tuple[Record, dict[str, Any]]) -> None:
        shelled = next(c for c in war[0].claims if c.type == "strike" and c.document == war[1]["one"].id)
        toll = shelled.casualties[0]
        assert toll.quantity is not None
        army = (replace(shelled.attribution[0], who="army"), *shelled.attribution[1:])
        four = replace(toll, quantity=replace(toll.quantity, low=4, high=4, rule="exact"))
        other = replace(shelled, id="c0four", casualties=(four,), attribution=army)
        events = tuple(replace(e, claims=(*e.claims, "c0four")) if shelled.id in e.claims else e for e in war[0].events)
        record = replace(war[0], claims=(*war[0].claims, other), events=events)
        # Without a contradiction it may be a total and its part.
        assert self._strike(record)["fatalities"] == "9"
        against = Relation(shelled.id, "contradicts", "c0four", "quantity", "hard", "12 against 4")
        assert self._strike(replace(record, relations=(*record.relations, against)))["fatalities"] == "4"

    @staticmethod
    def _strike(record: Record) -> dict[str, str]:
        return next(r for r in rows(acled.AcledExporter().write(record)) if r["sub_event_type"].startswith("Shelling"))

    @pytest.mark.parametrize(
        ("words", "trigger", "kept"),
        [
            ("The Anzar Front took the ridge", "took", True),
            ("The ridge fell on Monday to the Anzar Front", "fell", True),
            ("The ridge held by the Anzar Front fell", "fell", False),
            ("The Anzar Front, in its third year, holds the ridge", "holds", False),
        ],
    )
    def test_who_lost_a_place_did_not_take_it(
        self, war: tuple[Record, dict[str, Any]], sample: ModuleType, words: str, trigger: str, kept: bool
    ) -> None:
        text = sample.document("three.txt", [(f"{words}.", "body", "=")], "text/plain", outlet="Reuters")
        taken = sample.claim(text, "control", trigger, words, roles=(sample.role(text, "holder", "Anzar Front", war[1]["front"]),),
                             places=war[1]["captured"].places[:1], date=war[1]["captured"].date)  # fmt: skip
        event = replace(war[1]["capture"], id="vtaken", type="control", claims=(taken.id,))
        record = replace(
            war[0], documents=(*war[0].documents, text), claims=(*war[0].claims, taken), events=(event,), relations=()
        )
        assert len(rows(acled.AcledExporter().write(record))) == int(kept)
        assert len(list(plover.PloverExporter().write(record))) == int(kept)

    def test_one_row_a_place(self, war: tuple[Record, dict[str, Any]]) -> None:
        found = [r for r in rows(acled.AcledExporter().write(war[0])) if r["event_date"] == "2013-05-06"]
        assert sorted(r["location"] for r in found) == ["Kafr Dul", "Tel Anzar"]
        assert len({r["event_id_cnty"] for r in found}) == 2
        assert {r["interaction"] for r in found} == {"State forces-Rebel group"}
        assert all("army spokesman denies it" in r["notes"] for r in found)

    def test_codes(self, war: tuple[Record, dict[str, Any]]) -> None:
        found = [r for r in rows(acled.AcledNumericExporter().write(war[0])) if r["event_date"] == "2013-05-06"]
        assert {(r["inter1"], r["inter2"], r["interaction"]) for r in found} == {("2", "1", "12")}
        assert acled.interaction_label(78) == "External/Other forces-Civilians"
        assert acled.interaction_label(10) == "State forces only"

    def test_what_is_left_out_is_counted_with_its_reason(self, war: tuple[Record, dict[str, Any]]) -> None:
        exporter = acled.AcledExporter()
        text = "".join(exporter.write(war[0]))
        notes = "\n".join(exporter.notes)
        assert "no claim says that it happened" in notes  # the plan
        assert "no place of it is located" in notes  # the supply
        assert "tanks" not in text

    def test_no_date_and_at_sea(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        undated = [replace(e, start=None) if e.id == named["shelling"].id else e for e in record.events]
        sea = [replace(p, country=None) for p in record.places]
        for changed, reason in (
            (replace(record, events=tuple(undated)), "not known to the month"),
            (replace(record, places=tuple(sea)), "at sea"),
        ):
            exporter = acled.AcledExporter()
            list(exporter.write(changed))
            assert any(reason in note for note in exporter.notes)


class TestUcdp:
    def test_rows_keep_the_rules_of_the_format(self, war: tuple[Record, dict[str, Any]]) -> None:
        exporter = ucdp.UcdpExporter()
        found = rows(exporter.write(war[0]))
        assert len(ucdp.COLUMNS) == 49
        for row in found:
            parts = [int(row[f"deaths_{name}"]) for name in ("a", "b", "civilians", "unknown")]
            assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
            assert sum(parts) == int(row["best"]) >= 1
            assert row["type_of_violence"] in "123"
            assert row["where_prec"] in "1234567"
            assert row["date_prec"] in "12345"
            assert row["code_status"] == ucdp.CANDIDATE
        assert any("no report of a death" in note or "no use of armed force" in note for note in exporter.notes)

    def test_one_sided(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        (row,) = rows(ucdp.UcdpExporter().write(record))
        assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Syrian Armed Forces", "Civilians")
        assert (row["country_id"], row["gwnoa"], row["region"]) == ("652", "652", "Middle East")
        assert (row["low"], row["best"]) == ("9", "9")
        assert row["relid"] == named["shelling"].id
        assert row["geom_wkt"] == "POINT (36.5 35.5)"

    def test_the_grid(self) -> None:
        assert ucdp.priogrid(-90, -180) == 1
        assert ucdp.priogrid(89.9, 179.9) == 259200
        assert ucdp.priogrid(35.5, 36.5) == 251 * 720 + 433 + 1


class TestSipri:
    def test_transfers_only_in_the_fields_of_the_register(self, war: tuple[Record, dict[str, Any]]) -> None:
        lines = "".join(sipri.SipriExporter().write(war[0])).splitlines(keepends=True)
        assert len(sipri.PREAMBLE) == 11
        found = list(csv.reader(lines[len(sipri.PREAMBLE) :]))
        assert tuple(found[0]) == sipri.COLUMNS
        assert len(sipri.COLUMNS) == 16
        (row,) = found[1:]
        assert row[:2] == ["Syrian Armed Forces", "Veldoria"]
        assert row[6:9] == ["BGM-71 TOW", "anti-tank guided missiles", "20"]
        assert row[10] == "2013"
        assert row[13:] == ["", "", ""]
        assert "accepted in review" in row[12]

    def test_letters_that_latin_1_has_not_are_spelt(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        spelt = [replace(e, name="Łódź Guard قوات") if e.id == named["army"].id else e for e in record.entities]
        exporter = sipri.SipriExporter()
        text = "".join(exporter.write(replace(record, entities=tuple(spelt))))
        text.encode("latin-1")
        assert "Lódz Guard" in text
        assert any("Latin" in note for note in exporter.notes)


class TestPlover:
    def test_lines_keep_the_rules_of_the_format(self, war: tuple[Record, dict[str, Any]]) -> None:
        exporter = plover.PloverExporter()
        found = [json.loads(line) for line in exporter.write(war[0])]
        for row in found:
            assert {"id", "date", "actor", "event"} <= row.keys()
            assert row["actor"]
            assert plover.QUADS[row["event"]] == row["quad_code"]
            assert row["comment"].startswith(("candidate", "accepted"))
        by_event = {row["event"]: row for row in found}
        assert by_event.keys() == {"ASSAULT", "COERCE", "AID"}
        assert by_event["ASSAULT"]["mode"] == "heavy-weapons"
        assert by_event["ASSAULT"]["context"] == ["military"]
        assert by_event["COERCE"]["mode"] == "seize"
        assert by_event["COERCE"]["context"] == []
        assert (by_event["AID"]["date"], by_event["AID"]["enddate"]) == ("2013-04-01", "2013-04-30")


class TestFtm:
    def test_the_library_validates_every_entity(self, war: tuple[Record, dict[str, Any]]) -> None:
        model = pytest.importorskip("followthemoney").model
        found = [json.loads(line) for line in FtmExporter().write(war[0])]
        ids = {row["id"] for row in found}
        assert len(ids) == len(found)
        assert {row["schema"] for row in found} >= {"Article", "Event", "PublicBody", "Organization", "UnknownLink"}
        for row in found:
            schema = model.get(row["schema"])
            schema.validate({"properties": row["properties"]})
            for name, values in row["properties"].items():
                prop = schema.get(name)
                assert prop is not None, (row["schema"], name)
                for value in values:
                    assert prop.type.validate(value), (row["schema"], name, value)
                    assert prop.type.name != "entity" or value in ids, (row["schema"], name)

    def test_links_and_status(self, war: tuple[Record, dict[str, Any]]) -> None:
        found = [json.loads(line) for line in FtmExporter().write(war[0])]
        links = {row["properties"]["role"][0]: row["properties"] for row in found if row["schema"] == "UnknownLink"}
        assert any(role.startswith("captured 3 TOW launchers from") for role in links)
        assert {tuple(p["status"]) for p in links.values()} == {("candidate: not reviewed",), ("accepted in review",)}
        assert not any("plans" in json.dumps(row) for row in found)


class TestClaimReview:
    def test_a_claim_always_a_review_after_one(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        graph = json.loads("".join(ClaimReviewExporter().write(record)))
        assert graph["@context"] == "https://schema.org"
        claims = [node for node in graph["@graph"] if node["@type"] == "Claim"]
        (review,) = [node for node in graph["@graph"] if node["@type"] == "ClaimReview"]
        assert len(claims) == len(record.claims)
        assert len(review["claimReviewed"]) < 75
        assert review["reviewRating"]["alternateName"] == "Doubtful"
        assert review["reviewRating"]["ratingValue"] == 2
        assert review["itemReviewed"]["@id"].endswith(named["captured"].id)
        assert all(node["text"] and node["creativeWorkStatus"] for node in claims)


class TestParquet:
    def test_duckdb_and_pandas_open_every_table(self, war: tuple[Record, dict[str, Any]], tmp_path: Path) -> None:
        pytest.importorskip("pyarrow")
        duckdb, pandas = pytest.importorskip("duckdb"), pytest.importorskip("pandas")
        ParquetExporter().save(war[0], tmp_path / "out")
        for name, columns in TABLES.items():
            file = tmp_path / "out" / f"{name}.parquet"
            assert list(pandas.read_parquet(file).columns) == list(columns)
            assert [row[0] for row in duckdb.sql(f"describe select * from '{file}'").fetchall()] == list(columns)
        flows = duckdb.sql(
            f"select holder, items from '{tmp_path}/out/flows.parquet' where kind = 'capture'"
        ).fetchall()
        assert (["Anzar Front"], ["3 TOW launchers"]) in flows

    def test_a_missing_extra_says_what_to_install(self) -> None:
        with pytest.raises(PluginError, match=r"pip install 'tracewire\[exports\]'"):
            base.need("no_such_module_here", "parquet")


class TestOnly:
    def test_only_what_a_reviewer_accepted(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        kept = accepted(record)
        assert [event.id for event in kept.events] == [named["supply"].id]
        assert [claim.id for claim in kept.claims] == [named["supplied"].id]
        assert kept.relations == ()
        assert kept.documents == record.documents


class TestPaths:
    def test_supplied_captured_used(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        (path,) = paths(record, item="atgm.tow")
        assert [step.type for step in path.steps] == ["transfer", "capture", "use"]
        assert path.tied == (False, True, True)
        assert path.made_in == ("USA",)
        assert path.steps[1].denied == (named["denied"].id,)
        assert gaps(path) == {}

    def test_where_they_ended_up_and_how_they_came(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, _ = war
        (on,) = paths(record, from_="Anzar Front")
        assert [step.type for step in on.steps] == ["capture", "use"]
        (up,) = paths(record, to="Syrian Armed Forces")
        assert [step.type for step in up.steps] == ["transfer"]
        assert paths(record, to="nobody") == []

    def test_a_gap_is_a_gap(self, war: tuple[Record, dict[str, Any]]) -> None:
        record, named = war
        alone = replace(record, claims=(named["used"],), events=(named["use"],))
        (path,) = paths(alone)
        assert path.tied == (False,)
        assert gaps(path) == {0: "how Anzar Front came by it is not told"}


def test_countries() -> None:
    found = nation("SYR")
    assert found is nation("sy")
    assert found is not None
    assert (found.numeric, found.gwno, found.acled_region) == (760, 652, "Middle East")
    assert nation("XX") is None
