"""Time phrases: a table with the interval, precision and rule of each, and laws over any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.model import ClaimDate, Published, Span
from tracewire.resolve.calendars import hijri_month, holiday, solar_hijri_month
from tracewire.resolve.date_frame import Frame
from tracewire.resolve.dates import claim_date, published_ends, read_phrase, undated

PUBLISHED = Published("2019-08-15", "2019-08-15", "test", True)  # a Thursday
ANCHOR = ClaimDate("2019-08-06", "2019-08-06", "day", "stated", None, "absolute_day")


def resolved(
    text: str, published: Published | None = PUBLISHED, tense: str | None = None, anchor: ClaimDate | None = None
) -> ClaimDate:
    base = (date.fromisoformat(anchor.start), date.fromisoformat(anchor.end)) if anchor else None  # type: ignore[arg-type]
    frame = Frame(published_ends(published), base, tense == "future", tense == "past")
    return claim_date(read_phrase(text, frame), Span(0, len(text), text), inferred=False)


def short(found: ClaimDate) -> tuple[str, str, str]:
    return found.start or "-", found.end or "-", found.precision


CASES: list[tuple[str, str, str, str, str]] = [
    ("3 July 2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("July 3, 2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("on jul . 3 , 2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("the 3rd of July, 2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("Tuesday, 3 July 2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("2018-07-03", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("7/23/2018", "2018-07-23", "2018-07-23", "day", "absolute_day"),
    ("3.7.2018", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("3/7/2018", "2018-03-07", "2018-07-03", "unknown", "ambiguous_numeric"),
    ("3/9/2019", "2019-03-09", "2019-03-09", "day", "numeric_before_publication"),
    ("3jul18", "2018-07-03", "2018-07-03", "day", "absolute_day"),
    ("9/11", "2001-09-11", "2001-09-11", "day", "absolute_day"),
    ("at 0630 gmt on 3 July", "2019-07-03", "2019-07-03", "day", "day_no_year"),
    ("Nov. 3", "2018-11-03", "2018-11-03", "day", "day_no_year"),
    ("Aug. 15", "2019-08-15", "2019-08-15", "day", "day_no_year"),
    ("Saturday, Nov. 4", "2017-11-04", "2017-11-04", "day", "day_no_year"),
    ("on the night of the 9th", "2019-08-09", "2019-08-09", "day", "day_no_month"),
    ("in November", "2018-11-01", "2018-11-30", "month", "month_no_year"),
    ("in august", "2019-08-01", "2019-08-15", "month", "month_no_year"),
    ("in may", "2019-05-01", "2019-05-31", "month", "month_no_year"),
    ("in March 2016", "2016-03-01", "2016-03-31", "month", "absolute_month"),
    ("last November", "2018-11-01", "2018-11-30", "month", "last_month_named"),
    ("last August", "2018-08-01", "2018-08-31", "month", "last_month_named"),
    ("next March", "2020-03-01", "2020-03-31", "month", "next_month_named"),
    ("in 2016", "2016-01-01", "2016-12-31", "year", "year"),
    ("in the 1980s", "1980-01-01", "1989-12-31", "year", "decade"),
    ("the early 1990's", "1990-01-01", "1993-12-31", "year", "early_decade"),
    ("in early June", "2019-06-01", "2019-06-10", "days", "early_month_no_year"),
    ("mid-June", "2019-06-11", "2019-06-20", "days", "mid_month_no_year"),
    ("in late June 2017", "2017-06-21", "2017-06-30", "days", "late_absolute_month"),
    ("late 2017", "2017-09-01", "2017-12-31", "month", "late_year"),
    ("the end of 2017", "2017-12-01", "2017-12-31", "month", "late_year"),
    ("late last month", "2019-07-21", "2019-07-31", "days", "late_last_month"),
    ("early next year", "2020-01-01", "2020-04-30", "month", "early_next_year"),
    ("on Sunday", "2019-08-11", "2019-08-11", "day", "weekday_before_publication"),
    ("on Thursday", "2019-08-15", "2019-08-15", "day", "weekday_before_publication"),
    ("Saturday night", "2019-08-10", "2019-08-10", "day", "weekday_before_publication"),
    ("early Monday", "2019-08-12", "2019-08-12", "day", "weekday_before_publication"),
    ("before dawn on Monday", "2019-08-12", "2019-08-12", "day", "weekday_before_publication"),
    ("in the small hours of Monday morning", "2019-08-12", "2019-08-12", "day", "weekday_before_publication"),
    ("last Thursday", "2019-08-08", "2019-08-08", "day", "last_weekday"),
    ("last Sunday", "2019-08-11", "2019-08-11", "day", "last_weekday"),
    ("next Tuesday", "2019-08-20", "2019-08-20", "day", "next_weekday"),
    ("Tuesday last week", "2019-08-06", "2019-08-06", "day", "weekday_last_week"),
    ("over the weekend", "2019-08-10", "2019-08-11", "days", "weekend_before"),
    ("last weekend", "2019-08-10", "2019-08-11", "days", "last_weekend"),
    ("today", "2019-08-15", "2019-08-15", "day", "today"),
    ("this morning", "2019-08-15", "2019-08-15", "day", "today"),
    ("yesterday evening", "2019-08-14", "2019-08-14", "day", "yesterday"),
    ("the day before yesterday", "2019-08-13", "2019-08-13", "day", "days_ago"),
    ("tomorrow", "2019-08-16", "2019-08-16", "day", "tomorrow"),
    ("last night", "2019-08-14", "2019-08-14", "day", "last_night"),
    ("overnight", "2019-08-14", "2019-08-15", "days", "overnight"),
    ("this week", "2019-08-12", "2019-08-15", "week", "this_week"),
    ("last week", "2019-08-05", "2019-08-11", "week", "last_week"),
    ("next week", "2019-08-19", "2019-08-25", "week", "next_week"),
    ("last month", "2019-07-01", "2019-07-31", "month", "last_month"),
    ("last year", "2018-01-01", "2018-12-31", "year", "last_year"),
    ("earlier this month", "2019-08-01", "2019-08-15", "month", "earlier_this_month"),
    ("earlier in the week", "2019-08-12", "2019-08-15", "week", "earlier_this_week"),
    ("later this month", "2019-08-15", "2019-08-31", "month", "later_this_month"),
    ("three days ago", "2019-08-12", "2019-08-12", "day", "days_ago"),
    ("a few days ago", "2019-08-08", "2019-08-13", "days", "some_days_ago"),
    ("two weeks ago", "2019-07-29", "2019-08-04", "week", "weeks_ago"),
    ("two months ago", "2019-06-01", "2019-06-30", "month", "months_ago"),
    ("five years ago", "2014-01-01", "2014-12-31", "year", "years_ago"),
    ("more than five years ago", "-", "2014-12-31", "year", "over_years_ago"),
    ("in recent days", "2019-08-08", "2019-08-15", "days", "recent_days"),
    ("in recent weeks", "2019-07-16", "2019-08-15", "week", "recent_weeks"),
    ("over the past few months", "2019-05-17", "2019-08-15", "month", "recent_months"),
    ("in the past 24 hours", "2019-08-14", "2019-08-15", "days", "past_24_hours"),
    ("over the last two weeks", "2019-08-01", "2019-08-15", "week", "past_2_weeks"),
    ("in the coming days", "2019-08-15", "2019-08-22", "days", "coming_days"),
    ("since November", "2018-11-01", "2019-08-15", "month", "since_month"),
    ("since late June", "2019-06-21", "2019-08-15", "days", "since_days"),
    ("since 2012", "2012-01-01", "2019-08-15", "year", "since_year"),
    ("until March", "-", "2019-03-31", "month", "until_month"),
    ("by the end of 2015", "-", "2015-12-31", "month", "by_month"),
    ("before 3 July", "-", "2019-07-02", "day", "before_day"),
    ("after 2011", "2012-01-01", "2019-08-15", "year", "after_year"),
    ("between Jan. 8 and Jan. 30", "2019-01-08", "2019-01-30", "days", "range"),
    ("from March to May 2016", "2016-03-01", "2016-05-31", "month", "range"),
    ("from November to February", "2018-11-01", "2019-02-28", "month", "range"),
    ("on 16 and 17 July", "2019-07-16", "2019-07-17", "days", "range"),
    ("July 16-18, 2017", "2017-07-16", "2017-07-18", "days", "range"),
    ("Monday and Tuesday", "2019-08-12", "2019-08-13", "days", "range"),
    ("between Friday and Monday", "2019-08-09", "2019-08-12", "days", "range"),
    ("1980-88", "1980-01-01", "1988-12-31", "year", "range"),
    ("the second quarter of 2018", "2018-04-01", "2018-06-30", "month", "quarter"),
    ("Q3 2018", "2018-07-01", "2018-09-30", "month", "quarter"),
    ("the first half of 2018", "2018-01-01", "2018-06-30", "month", "half_of_period"),
    ("the first week of May", "2019-05-01", "2019-05-07", "days", "part_of_period"),
    ("a fortnight ago", "2019-07-29", "2019-08-04", "days", "fortnights_ago"),
    ("in the summer of 2017", "2017-06-01", "2017-08-31", "month", "season"),
    ("during Ramadan", "2019-05-05", "2019-06-04", "month", "hijri_month_no_year"),
    ("during Eid al-Adha", "2019-08-10", "2019-08-15", "days", "named_day_no_year"),
    ("on Christmas Day", "2018-12-25", "2018-12-25", "day", "named_day_no_year"),
    ("14 Mordad 1392", "2013-08-05", "2013-08-05", "day", "solar_hijri"),
    ("two days after 3 March 2016", "2016-03-05", "2016-03-05", "day", "days_after_anchor"),
    ("after the shelling on Friday", "2019-08-09", "2019-08-15", "day", "after_day"),
    ("for three weeks", "-", "2019-08-15", "unknown", "duration"),
    ("since the siege began", "-", "2019-08-15", "unknown", "relative_to_event"),
    ("recently", "-", "2019-08-15", "unknown", "recent_past"),
    ("upon arrival", "-", "2019-08-15", "unknown", "not_understood"),
]
ANCHORED = [
    ("a day earlier", "2019-08-05", "2019-08-05", "day", "day_before_anchor"),
    ("the previous day", "2019-08-05", "2019-08-05", "day", "day_before_anchor"),
    ("the day before", "2019-08-05", "2019-08-05", "day", "day_before_anchor"),
    ("the next day", "2019-08-07", "2019-08-07", "day", "day_after_anchor"),
    ("two days later", "2019-08-08", "2019-08-08", "day", "days_after_anchor"),
    ("that same week", "2019-08-05", "2019-08-11", "week", "same_week"),
    ("that evening", "2019-08-06", "2019-08-06", "day", "day_of_anchor"),
    ("at dawn", "2019-08-06", "2019-08-06", "day", "part_of_day"),
    ("the previous month", "2019-07-01", "2019-07-31", "month", "previous_month"),
    ("a week earlier", "2019-07-27", "2019-08-02", "week", "week_before_anchor"),
    ("since then", "2019-08-06", "2019-08-15", "days", "since_days"),
]
PLANNED = [
    ("on Friday", "2019-08-16", "2019-08-16", "day", "weekday_after_publication"),
    ("over the weekend", "2019-08-17", "2019-08-18", "days", "weekend_after"),
    ("in October", "2019-10-01", "2019-10-31", "month", "month_no_year"),
    ("Sept. 2", "2019-09-02", "2019-09-02", "day", "day_no_year"),
    ("in two days", "2019-08-17", "2019-08-17", "day", "in_days"),
    ("within two weeks", "2019-08-15", "2019-08-29", "week", "within_weeks"),
    ("by Friday", "2019-08-15", "2019-08-16", "day", "by_day"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision", "rule"), CASES)
def test_told_as_past(text: str, start: str, end: str, precision: str, rule: str) -> None:
    found = resolved(text)
    assert (*short(found), found.rule) == (start, end, precision, rule)
    assert found.quote == Span(0, len(text), text)
    assert short(resolved(text.lower())) == (start, end, precision)


@pytest.mark.parametrize(("text", "start", "end", "precision", "rule"), ANCHORED)
def test_from_the_last_date_of_the_text(text: str, start: str, end: str, precision: str, rule: str) -> None:
    found = resolved(text, anchor=ANCHOR)
    assert (*short(found), found.rule, found.basis) == (start, end, precision, rule, "inferred")
    assert resolved(text).start is None or found.rule == "previous_month"


@pytest.mark.parametrize(("text", "start", "end", "precision", "rule"), PLANNED)
def test_planned(text: str, start: str, end: str, precision: str, rule: str) -> None:
    found = resolved(text, tense="future")
    assert (*short(found), found.rule) == (start, end, precision, rule)


@pytest.mark.parametrize(
    "text", ["on Sunday", "last week", "yesterday", "in November", "3 July", "two years ago", "overnight"]
)
def test_without_publication_relative_dates_stay_open(text: str) -> None:
    assert short(resolved(text, None)) == ("-", "-", "unknown")
    assert resolved(text, None).rule == "relative_without_anchor"


@pytest.mark.parametrize(
    ("text", "start"), [("3 July 2018", "2018-07-03"), ("in 2016", "2016-01-01"), ("since 2012", "2012-01-01")]
)
def test_without_publication_absolute_dates_stand(text: str, start: str) -> None:
    assert resolved(text, None).start == start


def test_no_phrase_is_bounded_by_publication() -> None:
    found = undated(PUBLISHED, False)
    assert (*short(found), found.basis, found.rule) == (
        "-",
        "2019-08-15",
        "unknown",
        "publication",
        "before_publication",
    )
    assert short(undated(None, False)) == ("-", "-", "unknown")
    assert undated(PUBLISHED, True).start == "2019-08-15"


def test_uncertain_publication_widens() -> None:
    found = resolved("on Sunday", Published("2019-08-09", "2019-08-15", "test", False))
    assert short(found) == ("2019-08-04", "2019-08-11", "days")
    assert short(resolved("on Sunday", Published(None, "2019-08-15", "test", False))) == ("-", "2019-08-11", "unknown")


def test_a_long_anchor_carries_no_days() -> None:
    long = ClaimDate("2017-01-01", "2017-12-31", "year", "stated", None, "year")
    assert short(resolved("a day later", anchor=long)) == ("-", "2019-08-15", "unknown")
    assert short(resolved("the previous year", anchor=long)) == ("2016-01-01", "2016-12-31", "year")


def test_stated_and_inferred() -> None:
    assert resolved("on Monday").basis == "stated"
    assert resolved("the next day", anchor=ANCHOR).basis == "inferred"


def test_calendars_against_known_days() -> None:
    for year, eid in (
        (2014, date(2014, 7, 28)),
        (2016, date(2016, 7, 6)),
        (2020, date(2020, 5, 24)),
        (2024, date(2024, 4, 10)),
    ):
        assert any(first <= eid <= last for first, last in holiday("fitr", year))
    assert solar_hijri_month(1399, 1)[0] == date(2020, 3, 20)
    assert solar_hijri_month(1400, 12)[1] == date(2022, 3, 20)
    assert hijri_month(1, 1)[0] == date(622, 7, 19)
    assert [holiday(name, 2016)[0][0] for name in ("easter", "orthodoxeaster")] == [date(2016, 3, 27), date(2016, 5, 1)]


PHRASES = st.sampled_from(
    [case[0] for case in CASES + ANCHORED + PLANNED] + ["and", "to", "since", "of", "early", "-", "31", "99"]
)
DAYS = st.one_of(
    st.none(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda d: Published(d.isoformat(), d.isoformat(), "x", True)),
)
ANY = st.one_of(st.text(max_size=40), st.lists(PHRASES, max_size=4).map(" ".join))


@given(ANY, DAYS, st.sampled_from([None, "past", "future"]), st.sampled_from([None, ANCHOR]))
def test_any_text_gives_an_ordered_interval(
    text: str, published: Published | None, tense: str | None, anchor: ClaimDate | None
) -> None:
    found = resolved(text, published, tense, anchor)
    assert found.start is None or found.end is None or found.start <= found.end
    assert found == resolved(text, published, tense, anchor)


@given(st.dates(date(1700, 1, 1), date(2190, 1, 1)), DAYS)
def test_written_days_do_not_depend_on_publication(day: date, published: Published | None) -> None:
    for form in (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        assert short(resolved(form, published)) == (day.isoformat(), day.isoformat(), "day")
