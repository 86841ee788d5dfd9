"""Dates, outlets, authors, languages and credits: each with its basis, none invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.clean.dates import date_of_line, dateline, given_interval, iso_day
from tracewire.clean.names import author_of, is_name, name_part, source_of
from tracewire.clean.standing import language_warning
from tracewire.errors import DocumentError
from tracewire.model import Document

Cleaner = Callable[..., Document]

TEXT = """The Gold Road Gazette
News | Gold | Sport

Rebels seize fuel depot at Dori

{line}

DORI, May 3 (Sahel Wire) - Rebels seized the army's fuel depot at Dori on Monday, an officer said by telephone.

The army sent two helicopters. They burnt one of the lorries that the rebels had loaded, a driver told the Gazette.
"""


class TestGivenDates:
    @pytest.mark.parametrize(
        ("text", "interval"),
        [
            ("2014", ("2014-01-01", "2014-12-31")),
            ("2016-02", ("2016-02-01", "2016-02-29")),
            ("2014-11-03", ("2014-11-03", "2014-11-03")),
            ("2014-11-03T23:10:05+02:00", ("2014-11-03", "2014-11-03")),
            ("2014-11/2014-12-03", ("2014-11-01", "2014-12-03")),
            ("../2014", (None, "2014-12-31")),
            ("2014-05-01/", ("2014-05-01", None)),
        ],
    )
    def test_what_is_given_becomes_an_interval(self, text: str, interval: tuple[str | None, str | None]) -> None:
        assert given_interval(text) == interval

    @pytest.mark.parametrize(
        "text", ["", "/", "..", "May 2014", "2014-13", "2014-02-30", "2015/2014", "14-01-02", "2014-1-2"]
    )
    def test_what_is_no_date_is_an_error(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"\S"):
            given_interval(text)

    def test_the_error_names_document_and_date(self, clean_text: Cleaner) -> None:
        with pytest.raises(DocumentError, match=r"page: clean: .*'3 May'"):
            clean_text("Text.", published="3 May")

    def test_given_wins(self, clean_text: Cleaner) -> None:
        document = clean_text(
            TEXT.format(line="Posted on May 5, 2020 by Ann Lee"),
            published="2019", outlet="O", author="A", language="xx", url="https://example.org/1",
        )  # fmt: skip
        assert document.published is not None
        assert (document.published.start, document.published.end, document.published.given) == (
            "2019-01-01",
            "2019-12-31",
            True,
        )
        assert (document.outlet, document.outlet_basis, document.author) == ("O", "given", "A")
        assert (document.language, document.url) == ("xx", "https://example.org/1")

    @given(st.dates(), st.dates())
    def test_days_stay_days(self, one: object, two: object) -> None:
        first, last = sorted((str(one), str(two)))
        assert given_interval(f"{first}/{last}") == (first, last)
        assert iso_day(first) == first


class TestDatesOfText:
    @pytest.mark.parametrize(
        ("line", "day"),
        [
            ("Wed 5 Feb 2020 06.02", ("2020-02-05", False)),
            ("Posted on June 24, 2020 by Ann Lee", ("2020-06-24", False)),
            ("Published: 3rd of March, 2021 | Updated: 4 March 2021", ("2021-03-03", False)),
            ("Updated 4 March 2021", ("2021-03-04", True)),
            ("Updated: 4 March 2021. First published: 3 March 2021", ("2021-03-03", False)),
            ("2021-03-04 10:20", ("2021-03-04", False)),
            ("13/02/2021", ("2021-02-13", False)),
            ("02/13/2021", ("2021-02-13", False)),
            ("05.02.2021", ("2021-02-05", False)),
            ("05/02/2021", None),
            ("4 March", None),
            ("31 February 2021", None),
        ],
    )
    def test_date_lines(self, line: str, day: tuple[str, bool] | None) -> None:
        assert date_of_line(line) == day

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("ADEN, 3 May 2019 (Sahel Wire) - Shells fell.", "2019-05-03"),
            ("NEW DELHI, May 3, 2019 — Shells fell.", "2019-05-03"),
            ("ADEN, May 3 (Sahel Wire) - Shells fell.", None),
            ("On 3 May 2019 shells fell on Aden - again.", None),
        ],
    )
    def test_datelines(self, text: str, day: str | None) -> None:
        assert dateline(text) == day

    def test_a_date_line_in_the_page(self, clean_text: Cleaner) -> None:
        document = clean_text(TEXT.format(line="Tuesday, 4 May 2021, 10:22 GMT"))
        assert document.published is not None
        assert (document.published.start, document.published.end) == ("2021-05-04", "2021-05-04")
        assert document.published.basis == "date line"

    def test_an_update_alone_is_an_upper_bound(self, clean_text: Cleaner) -> None:
        document = clean_text(TEXT.format(line="Last updated: 4 May 2021"))
        assert document.published is not None
        assert (document.published.start, document.published.end) == (None, "2021-05-04")

    def test_no_year_no_date(self, clean_text: Cleaner) -> None:
        assert clean_text(TEXT.format(line="By Ann Lee")).published is None

    def test_html_without_a_date_gets_none(self, clean_text: Cleaner) -> None:
        page = (
            "<h1>Fuel</h1><p>The treaty of 3 May 1999 was signed in Dori by both sides of the war, said the guide.</p>"
            * 2
        )
        assert clean_text(page, "text/html").published is None


class TestNames:
    @pytest.mark.parametrize(
        ("line", "who"),
        [
            ("By Ann Lee", "Ann Lee"),
            ("BY ANN LEE", "ANN LEE"),
            ("By Ann Lee, Middle East correspondent", "Ann Lee, Middle East correspondent"),
            ("By Monday the rebels had left", None),
            ("Bystanders fled", None),
            ("By noon", None),
        ],
    )
    def test_authors(self, line: str, who: str | None) -> None:
        assert author_of(line) == who

    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Source: The Sahel Monitor – by Ann Lee (Fuel burns)", "The Sahel Monitor"),
            ("Sources: Reuters, AFP", "Reuters"),
            ("Via Sahel Monitor", "Sahel Monitor"),
            ("Source: monitor.example/fuel", "monitor.example/fuel"),
            ("Source: rebels hold the depot", None),
            ("Source: Army burned its own depot", None),
        ],
    )
    def test_sources(self, line: str, name: str | None) -> None:
        assert source_of(line) == name

    def test_people_and_mastheads(self) -> None:
        assert is_name("Ann de la Rue")
        assert not is_name("Read More")
        assert not is_name("Fuel depot")
        assert name_part("From: The Niger Post | Bamako") == "The Niger Post"

    @pytest.mark.parametrize(
        ("line", "author"),
        [
            ("By Ann Lee in Dori", "Ann Lee"),
            ("Posted on May 5, 2020 by Ann Lee", "Ann Lee"),
            ("By our correspondent", None),
            ("By Staff and agencies", None),
            ("By AFP", None),
            ("(Reporting by Ann Lee; Editing by Bo Dee)", "Ann Lee"),
        ],
    )
    def test_the_author_of_a_page(self, clean_text: Cleaner, line: str, author: str | None) -> None:
        assert clean_text(TEXT.format(line=line)).author == author

    def test_the_outlet_by_masthead_or_copyright(self, clean_text: Cleaner) -> None:
        document = clean_text(TEXT.format(line="By Ann Lee"))
        assert (document.outlet, document.outlet_basis) == ("The Gold Road Gazette", "masthead")
        bare = TEXT.format(line="").split("\n\n", 1)[1]
        assert clean_text(bare).outlet is None
        document = clean_text(bare + "\n\n© 2021 The Dori Post. All rights reserved.")
        assert (document.outlet, document.outlet_basis) == ("The Dori Post", "copyright line")

    @pytest.mark.parametrize(
        ("who", "outlet"),
        [("The Institute for Delta Studies will not be", "Institute for Delta Studies"), ("This Website is not", None)],
    )
    def test_the_outlet_by_its_notice(self, clean_text: Cleaner, who: str, outlet: str | None) -> None:
        bare = TEXT.format(line="").split("\n\n", 1)[1]
        notice = (
            f"Disclaimer: {who} responsible for any inaccurate statement. All rights reserved. Contact us to reprint."
        )
        assert clean_text(f"{bare}\n\n{notice}").outlet == outlet


class TestLanguage:
    def test_by_the_text(self, clean_text: Cleaner) -> None:
        assert clean_text("Les rebelles ont pris le dépôt de carburant de la ville lundi matin.").language == "fr"
        assert clean_text("the army said on monday that 5 soldiers were killed").language == "en"

    def test_not_by_a_few_letters(self, clean_text: Cleaner) -> None:
        assert clean_text("Five killed.").language is None


class TestCredits:
    @pytest.mark.parametrize(
        ("line", "name", "rule"),
        [
            ("Source: The Sahel Monitor – by Ann Lee", "The Sahel Monitor", "source line"),
            ("Articles by: Al Wahat", "Al Wahat", "source line"),
            ("This article was first published by the Sahel Monitor.", "Sahel Monitor", "where the text first stood"),
            ("Republished with permission from Dori Today.", "Dori Today", "where the text first stood"),
            ("Disclaimer: Parts are reproduced from the Sahel Monitor.", "Sahel Monitor", "where the text first stood"),
            ("AFP contributed to this report.", "AFP", "contribution to the report"),
            ("By Reuters", "Reuters", "agency as author"),
        ],
    )
    def test_lines(self, clean_text: Cleaner, line: str, name: str, rule: str) -> None:
        found = {(credit.name, credit.rule) for credit in clean_text(TEXT.format(line=line)).credits}
        assert found == {(name, rule), ("Sahel Wire", "agency in the dateline")}

    @pytest.mark.parametrize(
        ("opening", "name"),
        [
            ("KABUL (Reuters) - ", "Reuters"),
            ("KABUL, Afghanistan (AP) — ", "AP"),
            ("(Xinhua) -- ", "Xinhua"),
            ("kabul ( afp ) - ", "afp"),
            ("KABUL, April 16. /SAHELPRESS/. ", "SAHELPRESS"),
            ("Fighters of the front (the Nusra) - ", None),
            ("He said the army (RSF) - ", None),
        ],
    )
    def test_datelines(self, clean_text: Cleaner, opening: str, name: str | None) -> None:
        text = opening + "shells fell on the town on Monday, three people said by telephone."
        assert [credit.name for credit in clean_text(text).credits] == ([name] if name else [])

    def test_an_agency_after_the_last_sentence(self, clean_text: Cleaner) -> None:
        (credit,) = clean_text("Shells fell on the town.\n\nNobody was hurt, the mayor said. (AFP)").credits
        assert (credit.name, credit.span.quote) == ("AFP", "(AFP)")

    def test_photo_credits_are_none(self, clean_text: Cleaner) -> None:
        found = clean_text(TEXT.format(line="Reuters/Jon Ekblad")).credits
        assert [credit.name for credit in found] == ["Sahel Wire"]


@pytest.mark.parametrize(("language", "said"), [(None, False), ("en", False), ("en-US", False), ("fr", True)])
def test_another_language_is_said(language: str | None, said: bool) -> None:
    assert bool(language_warning(language)) is said
