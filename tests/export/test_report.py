from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tracewire.export.html import HtmlExporter, to_html
from tracewire.export.report import ReportExporter, default_title, report_markdown
from tracewire.export.report.brief import core_events, make_brief, short_ids
from tracewire.export.report.markdown import bullets, link, md, table
from tracewire.model import Judgement, Record, Role


@pytest.fixture(scope="module")
def text(record: Record) -> str:
    return report_markdown(record, "A raid")


def section(text: str, name: str) -> str:
    """One section of a report, without its heading."""
    return text.split(f"## {name}\n", 1)[1].split("\n## ", 1)[0]


class TestReport:
    def test_the_head(self, text: str) -> None:
        assert text.startswith("# A raid\n")
        assert "**3 pages, 2 origins**" in text
        assert "Outlets: Delta Mirror, Harbour Post, Valley Wire" in text
        assert "Published: 4 to 6 March 2021" in text

    def test_the_table_of_documents_says_who_copied_whom(self, text: str) -> None:
        table_ = section(text, "Documents")
        assert "| c.txt | Delta Mirror | ? | shortens a.txt (100 %) |" in table_
        assert "[b.html](https://valley.example/raid): Depot raid & after" in table_

    def test_the_story_quotes_and_says_who_says_so(self, text: str, sample: ModuleType) -> None:
        story = section(text, "The story in short")
        assert "**2 March 2021, Qarn (East).** Sabra Column or Marsh Brigade captured mortars" in story
        assert "two residents, via Tern Monitor, in Harbour Post" in story
        assert "1 to 2 origins" in story
        assert "Disputed" in story
        assert sample.CAPTURED.id[:7] in story

    @pytest.mark.parametrize("name", ["The story in short", "Timeline", "Materiel flows", "Events and their evidence"])
    def test_what_did_not_happen_is_never_told_as_an_event(self, text: str, name: str) -> None:
        told = section(text, name)
        assert "rifles" not in told
        assert "“it” on “port”" not in told
        assert "Sabra Column lost" not in told

    def test_not_events_have_their_own_section(self, text: str) -> None:
        untold = section(text, "Denied, conditional, planned or opinion: not events")
        headings = re.findall("^### (.*)$", untold, flags=re.MULTILINE)
        assert headings == ["Denied or negated", "Conditional", "Planned"]
        assert "**Denied or negated**" in untold

    def test_flows_show_gaps_and_leave_copies_out_of_who_says_so(self, text: str, record: Record) -> None:
        flows = section(text, "Materiel flows")
        assert "Halvic Army → Sabra Column or Marsh Brigade: mortars (at least 12 or 9)" in flows
        assert "Delta Mirror" not in flows

    def test_gaps_stay_open(self, record: Record) -> None:
        claims = tuple(replace(claim, segment="body", modality="reported") for claim in record.claims)
        text = report_markdown(replace(record, claims=claims), "x")
        assert "**reportedly lost**: Sabra Column → ?: mortars." in section(text, "Materiel flows")
        assert "To whom: Sabra Column reportedly lost mortars" in section(text, "Open questions")

    def test_every_claim_of_an_event_stands_with_quote_place_and_chain(self, text: str) -> None:
        events = section(text, "Events and their evidence")
        assert "> “The Marsh Brigade seized 9 mortars in the hill depot, an aid worker said.”" in events
        assert "In b.html, characters 46 to 143." in events
        assert "Said by: two residents → Tern Monitor → Harbour Post. Asserted." in events
        assert events.count("> “") == 5

    def test_contradictions_stand_side_by_side_hard_ones_first(self, text: str) -> None:
        both = section(text, "Contradictions")
        headings = re.findall("^### (.*)$", both, flags=re.MULTILINE)
        assert headings == [
            "1. Captor (both cannot be true)",
            "2. Occurrence (both cannot be true)",
            "3. Loser (both can be true)",
        ]
        row = next(line for line in both.splitlines() if "Marsh Brigade captured 9 mortars" in line)
        assert "Fighters of the Sabra Column" in row

    def test_a_denial_and_what_it_denies_are_one_contradiction(self, record: Record, sample: ModuleType) -> None:
        denied = next(r for r in sample.RELATIONS if r.aspect == "occurrence")
        act = replace(sample.DENIED, id="c0act", type="verification", polarity="+")
        more = replace(
            record, claims=(*record.claims, act), relations=(*record.relations, replace(denied, source=act.id))
        )
        assert section(report_markdown(more, "x"), "Contradictions").count("\n### ") == 3
        alone = tuple(r for r in more.relations if r != denied)
        assert "c0act" in section(report_markdown(replace(more, relations=alone), "x"), "Contradictions")

    def test_headlines_against_their_body(self, text: str, sample: ModuleType) -> None:
        headlines = section(text, "Headlines that the body does not carry")
        assert "Sabra Column lost mortars" in headlines
        assert f"The body speaks against it [{sample.CAPTURED.id[:7]}] (loser)." in headlines

    def test_a_headline_that_the_body_carries_is_not_listed(self, record: Record, sample: ModuleType) -> None:
        relations = (
            replace(sample.RELATIONS[2], type="headline_of", aspect=None, severity=None),
            *sample.RELATIONS[3:],
        )
        carried = report_markdown(replace(record, relations=relations), "x")
        assert "There are none." in section(carried, "Headlines that the body does not carry")

    def test_open_questions(self, text: str) -> None:
        asked = section(text, "Open questions")
        assert "Qarn (East, XO), or Qarn (West, XO): " in asked
        assert "Orlan could not confirm the raid." in asked
        assert "c.txt: no date" in asked
        assert "d.bin could not be processed (clean): not text" in asked

    def test_who_says_no_is_told_apart_from_who_could_not_tell(self, record: Record, sample: ModuleType) -> None:
        word = sample.find(sample.A, "denied")
        no = replace(sample.UNCONFIRMED, id="c0no", trigger=word, document=sample.A.id, evidence=sample.DENIED.evidence)
        asked = section(report_markdown(replace(record, claims=(*record.claims, no)), "x"), "Open questions")
        denied, unverified = asked.split("What is denied, and by whom?")[1].split("What could not be verified?")
        assert "Denial by Orlan" in denied
        assert "Refusal or failure to confirm by Orlan" in unverified
        assert "Orlan could not confirm the raid." not in denied

    def test_who_is_meant_is_asked_once_for_each_words_and_of_nobody_but_actors(
        self, record: Record, sample: ModuleType
    ) -> None:
        words = sample.find(sample.A, "Fighters")
        more = (Role("captor", None, words, "stated"), Role("quantity", None, words, "stated"))
        claims = tuple(replace(c, roles=more) if c.id in (sample.CAPTURED.id,) else c for c in record.claims)
        twin = replace(next(c for c in claims if c.id == sample.CAPTURED.id), id="c0twin")
        events = tuple(replace(e, claims=(*e.claims, "c0twin")) if e.id == sample.RAID.id else e for e in record.events)
        asked = section(report_markdown(replace(record, claims=(*claims, twin), events=events), "x"), "Open questions")
        lines = [line for line in asked.splitlines() if line.startswith("- “Fighters”")]
        assert lines == [f"- “Fighters”, captor [c0twin] [{sample.CAPTURED.id[:7]}]"]

    def test_an_attack_is_told_by_the_deaths_that_belong_to_it(self, record: Record, sample: ModuleType) -> None:
        bare = replace(sample.RAID, id="vbare", roles=(), materiel=(), start="2021-03-01", end="2021-03-01")
        few = [replace(sample.RAID, id=f"v{n:02}", origins=replace(sample.RAID.origins, max=1)) for n in range(13)]
        toll = replace(bare, id="vtoll", type="casualty", parent="vbare", fatalities=replace(bare.fatalities, low=20))
        brief = make_brief(replace(record, events=(bare, *few, toll)), None)
        assert "vbare" in {event.id for event in core_events(brief)}
        without = make_brief(replace(record, events=(bare, *few)), None)
        assert "vbare" not in {event.id for event in core_events(without)}

    def test_nothing_is_reviewed_until_a_judgement_stands(self, record: Record, text: str) -> None:
        assert "nobody has reviewed this" in text
        assert "Nothing here has been reviewed." in text
        judged = Judgement("j1", "2021-03-10T09:00:00Z", "R", "accept", "c1", {}, "read")
        assert "1 judgement; 0 of 2 events accepted" in report_markdown(replace(record, judgements=(judged,)), "x")

    def test_rejected_claims_are_kept_apart(self, record: Record, sample: ModuleType) -> None:
        claims = tuple(replace(c, judgement="rejected") if c.id == sample.SEIZED.id else c for c in record.claims)
        text = report_markdown(replace(record, claims=claims), "x")
        assert "Marsh Brigade captured 9 mortars" in section(text, "Rejected in review")
        assert "Marsh Brigade" not in section(text, "The story in short")

    def test_an_empty_record_says_so(self) -> None:
        text = report_markdown(Record(), "x")
        assert "There are no documents." in text
        assert "**0 pages, 0 origins**" in text

    def test_a_title_is_found(self, record: Record) -> None:
        assert default_title(record) == "What 3 documents say"
        assert next(ReportExporter(title="Own").write(record)).startswith("# Own\n")
        assert default_title(Record())

    def test_short_ids_stay_apart(self) -> None:
        assert list(short_ids(["c1234567", "c123456aa", "v1"]).values()) == ["c1234567", "c123456a", "v1"]


class TestMarkdown:
    """Whatever a document says, the reader of the page sees just that."""

    @staticmethod
    def shown(markdown: str) -> str:
        tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
        inline = [token for token in tokens if token.type == "inline"]
        kinds = {child.type for token in inline for child in token.children or ()}
        assert kinds <= {"text", "text_special"}, kinds
        return "\n".join("".join(child.content for child in token.children or ()) for token in inline)

    @staticmethod
    def plain(text: str) -> str:
        return " ".join(re.sub("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", " ".join(text.split())).split())

    marks = st.text(alphabet=st.sampled_from("*_`[]()<>|~#&;!\\-+=.:1a $\"'\n\t \x00\u202e{}@/"), max_size=30)

    @given(st.one_of(marks, st.text(max_size=40)))
    def test_a_paragraph(self, text: str) -> None:
        assert self.plain(self.shown(md(text))) == self.plain(text)

    @given(marks)
    def test_an_item_and_a_quote(self, text: str) -> None:
        shown = self.shown(bullets([f"x {md(text)}\n\n> “{md(text)}”"]))
        assert self.plain(shown) == self.plain(f"x {self.plain(text)} “{self.plain(text)}”")

    @given(marks, marks)
    def test_cells(self, left: str, right: str) -> None:
        shown = self.shown(table(["a", "b"], [[f"x{md(left)}", f"y{md(right)}"]])).split("\n")
        assert [self.plain(cell) for cell in shown] == ["a", "b", f"x{self.plain(left)}", f"y{self.plain(right)}"]

    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "https://x/ onclick", "https://x/<b>", "http://x/[y]", "https://x/`", None, ""]
    )
    def test_only_plain_addresses_become_links(self, url: str | None) -> None:
        assert link("name", url) == "name"

    def test_brackets_in_an_address_do_not_end_the_link(self) -> None:
        assert link("a*", "https://x.example/a_(b)") == "[a\\*](https://x.example/a_%28b%29)"


@pytest.fixture(scope="module")
def page(record: Record) -> str:
    return "".join(HtmlExporter(title="<A> & b").write(record))


class TestHtml:
    def test_nothing_runs_and_nothing_is_fetched(self, page: str) -> None:
        assert "<script" not in page
        fetching = r"\b(src|srcset|action|on\w+)\s*=|@import|url\(|<(img|iframe|link|object)\b"
        assert not re.search(fetching, page)
        assert "default-src 'none'" in page

    def test_what_documents_say_is_escaped(self, page: str) -> None:
        assert "&lt;script&gt;alert(1) | [c1234567] **bold** `x`, the brigade posted." in page
        assert "<title>&lt;A&gt; &amp; b</title>" in page

    def test_every_inner_link_has_an_end_and_ids_stand_once(self, page: str) -> None:
        ids = re.findall(r'\bid="([^"]+)"', page)
        links = set(re.findall(r'href="#([^"]+)"', page))
        assert len(ids) == len(set(ids))
        assert links
        assert links <= set(ids)

    def test_a_mark_in_a_document_is_no_link(self) -> None:
        assert "<a" not in to_html(md("see [c1234567]"), "x")
        assert '<a class="mark" href="#c1234567">' in to_html("see [c1234567]", "x")

    def test_raw_html_in_markdown_is_shown(self) -> None:
        assert "&lt;b onclick=x&gt;" in to_html("# t\n\n<b onclick=x>", "x")

    def test_light_and_dark_and_phones(self, page: str) -> None:
        assert "prefers-color-scheme: dark" in page
        assert 'name="viewport"' in page
