from __future__ import annotations

import string
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.codebook import load_codebook
from tracewire.export.event_phrases import describe_event, only_headlines
from tracewire.export.hops import hops
from tracewire.export.origins import count_origins
from tracewire.export.phrases import chain_words, deed, describe_claim, inside, put, speaks_of_own_deed, who_words
from tracewire.export.plain import count_words, date_words, join, unique
from tracewire.export.raw_index import RawIndex
from tracewire.export.view import View, view
from tracewire.export.wording import ADVERBS, WORDINGS
from tracewire.model import MODALITIES, Attribution, Copy, Materiel, Origin, Quantity, Record, Role


@pytest.fixture(scope="module")
def known(record: Record) -> View:
    return view(record)


def changed(record: Record, **more: object) -> View:
    return view(replace(record, **more))  # type: ignore[arg-type]


class TestWording:
    """The patterns hold to the codebook."""

    SHARED = frozenset({"trigger", "thing", "ground", "toll", "origin", "destination", "instrument"})

    def test_every_type_has_one(self) -> None:
        assert set(WORDINGS) == set(load_codebook().events)

    @pytest.mark.parametrize("type_", sorted(WORDINGS))
    def test_slots_are_roles_of_the_type(self, type_: str) -> None:
        event = load_codebook().events[type_]
        patterns = (WORDINGS[type_].noun, *WORDINGS[type_].sentences)
        slots = {name for text in patterns for _, name, _, _ in string.Formatter().parse(text) if name}
        assert slots <= set(event.roles) | self.SHARED
        # Whatever role is known is said somewhere.
        said = slots | ({"materiel", "facility"} if slots & {"thing", "ground"} else set())
        assert set(event.roles) - {"quantity"} <= said

    @pytest.mark.parametrize("type_", sorted(WORDINGS))
    @pytest.mark.parametrize("modality", MODALITIES)
    def test_nothing_known_still_gives_words_and_full_slots_are_all_said(self, type_: str, modality: str) -> None:
        bare = put(WORDINGS[type_], {"trigger": "“t”", "toll": "casualties"}, modality)
        assert bare
        assert not set("{}[]*") & set(bare)
        assert modality == "asserted" or modality in bare or ADVERBS[modality] in bare


class TestClaims:
    def test_a_line_says_what_when_where_and_who(self, known: View, sample: ModuleType) -> None:
        assert describe_claim(known, sample.CAPTURED) == (
            "“Fighters” and Sabra Column captured at least 12 mortars from Halvic Army; 2 March 2021; Qarn (East) "
            "(two residents, via Tern Monitor, in Harbour Post)"
        )

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("DENIED", "denied or negated: capture by “tube”"),
            ("CONDITIONAL", "conditional strike by “it” on “port”"),
            ("PLANNED", "planned supply of rifles by Orlan to Halvic Army"),
            ("UNCONFIRMED", "refusal or failure to confirm by Orlan (“could not confirm”)"),
            ("POSTED", "reported publication by “brigade” (“posted”)"),
            ("SEIZED", "Marsh Brigade captured 9 mortars"),
        ],
    )
    def test_deeds(self, known: View, sample: ModuleType, name: str, text: str) -> None:
        assert deed(known, getattr(sample, name)) == text

    @pytest.mark.parametrize("modality", ["reported", "alleged", "probable", "possible"])
    def test_a_hedge_stays_in_the_sentence(self, known: View, sample: ModuleType, modality: str) -> None:
        claim = replace(sample.SEIZED, modality=modality)
        assert deed(known, claim) == f"Marsh Brigade {ADVERBS[modality]} captured 9 mortars"

    def test_a_word_that_names_nothing_stays_a_quotation(self, known: View, sample: ModuleType) -> None:
        them = Materiel(None, sample.find(sample.A, "it", "bridge"))
        claim = replace(sample.CAPTURED, materiel=(them,), roles=sample.CAPTURED.roles[1:2])
        assert deed(known, claim) == "Sabra Column captured “it”"
        nine = Quantity(12, None, sample.find(sample.A, "at least 12"), "at_least")
        assert deed(known, replace(claim, materiel=(replace(them, quantity=nine),))).endswith("at least 12 of “it”")

    @pytest.mark.parametrize(
        ("words", "within"), [("At least 15", "at least 15"), ("IED", "IED"), ("", ""), ("9", "9")]
    )
    def test_words_that_open_a_sentence_lose_their_capital_within_one(self, words: str, within: str) -> None:
        assert inside(words) == within

    def test_who_says_no_denies(self, known: View, sample: ModuleType) -> None:
        no = replace(
            sample.DENIED, type="verification", trigger=sample.find(sample.A, "denied"), roles=sample.UNCONFIRMED.roles
        )
        assert deed(known, no) == "denial by Orlan (“denied”)"

    def test_a_publisher_that_speaks_of_itself_is_named_once(self, sample: ModuleType) -> None:
        publisher = sample.CAPTURED.attribution[-1]
        own = replace(sample.CAPTURED, attribution=(replace(publisher, role="primary"), publisher))
        assert who_words(own) == "Harbour Post, in its own words"
        assert chain_words(own) == "Harbour Post"

    def test_a_relay_alone_is_who_says_so(self, sample: ModuleType) -> None:
        relay = replace(sample.CAPTURED, attribution=sample.CAPTURED.attribution[1:])
        assert who_words(relay) == "Tern Monitor, in Harbour Post"

    def test_opinion_is_said(self, known: View, sample: ModuleType) -> None:
        assert deed(known, replace(sample.SEIZED, opinion=True)).endswith("(opinion)")

    def test_a_type_from_outside_is_still_told_and_denied(self, known: View, sample: ModuleType) -> None:
        claim = replace(sample.SEIZED, type="pillage", polarity="-")
        assert deed(known, claim).startswith("denied or negated: pillage (captor: Marsh Brigade")

    def test_a_publisher_alone_speaks_for_itself(self, sample: ModuleType) -> None:
        assert who_words(sample.HEADLINE) == "Harbour Post, in its own words"
        assert who_words(replace(sample.HEADLINE, attribution=())) == "source unknown"

    def test_a_party_is_marked_by_what_it_is_part_of(self, known: View, sample: ModuleType) -> None:
        link = Attribution("spokesman", sample.SPOKESMAN.id, None, "primary")
        assert speaks_of_own_deed(known, replace(sample.CAPTURED, attribution=(link,)))
        assert not speaks_of_own_deed(known, sample.CAPTURED)
        publisher = Attribution("Halvic Army", sample.HALVIC.id, None, "publisher")
        assert not speaks_of_own_deed(known, replace(sample.CAPTURED, attribution=(publisher,)))


class TestEvents:
    def test_who_differs_is_joined_by_or_and_all_counts_stand(self, known: View, sample: ModuleType) -> None:
        assert describe_event(known, sample.RAID) == (
            "Sabra Column or Marsh Brigade captured mortars (at least 12 or 9) from Halvic Army"
        )

    def test_accounts_that_differ_in_who_and_from_whom_are_told_apart(self, record: Record, sample: ModuleType) -> None:
        turned = replace(
            sample.SEIZED,
            roles=(*sample.SEIZED.roles, Role("loser", sample.SABRA.id, None, "stated")),
        )
        claims = tuple(turned if claim.id == turned.id else claim for claim in record.claims)
        assert describe_event(changed(record, claims=claims), sample.RAID) == (
            "Sabra Column captured at least 12 mortars from Halvic Army; "
            "by another account Marsh Brigade captured 9 mortars from Sabra Column"
        )

    def test_nobody_resolved_is_no_reason_to_say_that_nobody_tells_it(self, record: Record, sample: ModuleType) -> None:
        turned = replace(
            sample.SEIZED,
            roles=(*sample.SEIZED.roles, Role("loser", None, sample.SEIZED.trigger, "stated")),
        )
        claims = tuple(
            replace(c, roles=tuple(replace(r, entity=None) for r in c.roles))
            for c in (turned if c.id == turned.id else c for c in record.claims)
        )
        assert "no claim says" not in describe_event(changed(record, claims=claims), sample.RAID)

    def test_those_whom_one_claim_names_together_are_joined_by_and(self, record: Record, sample: ModuleType) -> None:
        both = (*sample.CAPTURED.roles, Role("captor", sample.MARSH.id, None, "stated"))
        claims = tuple(replace(c, roles=both) if c.id == sample.CAPTURED.id else c for c in record.claims)
        assert describe_event(changed(record, claims=claims), sample.RAID).startswith("Marsh Brigade and Sabra Column")

    def test_a_headline_does_not_name_what_the_body_does(self, record: Record, sample: ModuleType) -> None:
        title = replace(sample.HEADLINE, type="capture", roles=(Role("captor", sample.ORLAN.id, None, "stated"),))
        claims = tuple(title if claim.id == sample.HEADLINE.id else claim for claim in record.claims)
        known = changed(record, claims=claims)
        assert "Orlan" not in describe_event(known, replace(sample.RAID, claims=(*sample.RAID.claims, title.id)))
        assert only_headlines(known, replace(sample.RAID, claims=(title.id,)))
        assert not only_headlines(known, sample.RAID)

    def test_rejected_and_denied_claims_tell_nothing(self, record: Record, sample: ModuleType) -> None:
        claims = tuple(replace(claim, judgement="rejected") for claim in record.claims)
        assert describe_event(changed(record, claims=claims), sample.RAID) == "capture: no claim says that it happened"


class TestHops:
    def test_ends_and_gaps(self, known: View, sample: ModuleType) -> None:
        found = {hop.claim: hop for hop in hops(known)}
        hop = found[sample.SEIZED.id]
        assert (hop.kind, hop.giver, [party.name for party in hop.holder]) == ("capture", (), ["Marsh Brigade"])
        assert hop.source == "aid worker"
        assert [party.name for party in found[sample.PLANNED.id].giver] == ["Orlan"]
        assert sample.CONDITIONAL.id not in found

    def test_dated_hops_come_first(self, known: View) -> None:
        dates = [hop.start for hop in hops(known)]
        assert dates == sorted(dates, key=lambda start: start or "9999")

    def test_a_mode_needs_words(self, record: Record, sample: ModuleType) -> None:
        def mode(*claims: object) -> str:
            known = changed(record, claims=claims, events=())
            return next(hop.diversion for hop in hops(known) if hop.claim == sample.CAPTURED.id)

        fight = replace(sample.CONDITIONAL, type="clash", modality="asserted", evidence=sample.CAPTURED.evidence)
        assert mode(sample.CAPTURED) == "unknown"
        assert mode(sample.CAPTURED, fight) == "battlefield_capture"
        assert mode(sample.CAPTURED, replace(fight, polarity="-")) == "unknown"

    def test_no_transfer_is_called_authorised(self, known: View) -> None:
        assert {hop.diversion for hop in hops(known) if hop.type == "transfer"} == {"unknown"}


class TestOrigins:
    def test_copies_fold_and_what_only_quotes_does_not(self, known: View) -> None:
        assert count_origins(known) == (2, 2)

    def test_without_copies_and_credits_each_outlet_is_one(self, record: Record) -> None:
        assert count_origins(changed(record, copies=(), origins=())) == (3, 3)

    def test_an_inferred_origin_folds_only_in_the_minimum(self, record: Record, sample: ModuleType) -> None:
        origins = (*record.origins, Origin(sample.B.id, "tern monitor", "inferred"))
        assert count_origins(changed(record, origins=origins)) == (1, 2)

    def test_one_text_that_names_two_origins_has_one_at_least(self, record: Record, sample: ModuleType) -> None:
        origins = tuple(Origin(sample.B.id, name, "stated") for name in ("Gull Wire", "Tern Wire"))
        assert count_origins(changed(record, copies=(), origins=origins), [sample.B.id]) == (1, 2)

    def test_a_source_in_common_folds_two_in_the_minimum(self, record: Record, sample: ModuleType) -> None:
        origins = tuple(Origin(d.id, "source of “x”", "inferred") for d in (sample.A, sample.B))
        assert count_origins(changed(record, copies=(), origins=origins)) == (2, 3)

    def test_two_names_of_one_outlet_are_one(self, record: Record, sample: ModuleType) -> None:
        documents = tuple(
            replace(d, outlet={sample.A.id: "TERN MONITOR NEWS", sample.B.id: "Tern Monitor"}.get(d.id, d.outlet))
            for d in record.documents
        )
        assert count_origins(changed(record, documents=documents, copies=(), origins=())) == (2, 2)

    def test_a_circle_of_copies_is_one(self, record: Record, sample: ModuleType) -> None:
        pairs = ((sample.A, sample.B), (sample.B, sample.C), (sample.C, sample.A))
        copies = tuple(Copy(a.id, b.id, "copy", 1.0, 1.0, True, "x") for a, b in pairs)
        assert count_origins(changed(record, copies=copies, origins=())) == (1, 1)

    def test_a_merged_text_adds_no_origin_and_joins_none(self, record: Record, sample: ModuleType) -> None:
        copies = tuple(Copy(sample.C.id, other.id, "merged", 0.5, 1.0, True, "x") for other in (sample.A, sample.B))
        assert count_origins(changed(record, copies=copies, origins=())) == (2, 2)

    def test_no_documents(self) -> None:
        assert count_origins(view(Record())) == (0, 0)


class TestPlain:
    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            ("2021-03-02", "2021-03-02", "2 March 2021"),
            ("2021-03-02", "2021-03-05", "2 to 5 March 2021"),
            ("2021-02-27", "2021-03-05", "27 February to 5 March 2021"),
            ("2020-12-30", "2021-01-02", "30 December 2020 to 2 January 2021"),
            ("2021-02-01", "2021-02-28", "February 2021"),
            ("2021-01-01", "2021-12-31", "2021"),
            ("2021-03-02", None, "from 2 March 2021"),
            (None, "2021-03-02", "by 2 March 2021"),
            (None, None, ""),
            ("2021", "2021", "2021"),
        ],
    )
    def test_dates(self, start: str | None, end: str | None, text: str) -> None:
        assert date_words(start, end) == text

    @pytest.mark.parametrize(
        ("low", "high", "text"),
        [(3, 3, "3"), (3, 5, "3 to 5"), (3, None, "3 or more"), (None, 5, "up to 5"), (None, None, ""), (0, 0, "0")],
    )
    def test_counts(self, low: int | None, high: int | None, text: str) -> None:
        assert count_words(low, high) == text

    def test_lists(self) -> None:
        assert join(["a", "b", "c"], "or") == "a, b or c"
        assert join([]) == ""
        assert unique(["A", "a", "", "b"]) == ["A", "b"]


class TestRawIndex:
    def test_markup_and_entities_are_read_through(self, sample: ModuleType) -> None:
        index = RawIndex(sample.B)
        assert index.words(sample.B.title) == "Depot raid & after"
        assert index.words(sample.SEIZED.roles[0].mention) == "Marsh Brigade"

    @given(st.data())
    def test_the_way_there_and_back(self, sample: ModuleType, data: st.DataObject) -> None:
        document = data.draw(st.sampled_from([sample.A, sample.B]))
        size = len(document.reading.text)
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        try:
            span = document.span(start, end)
        except ValueError:
            return
        found = RawIndex(document).range(span)
        assert found is not None
        # The blank lines between blocks have no raw text behind them, so a span may read shorter at its ends.
        assert document.reading.text[found[0] : found[1]].strip() in document.reading.text[start:end]
        assert document.reading.text[start:end].strip() == document.reading.text[found[0] : found[1]].strip()
