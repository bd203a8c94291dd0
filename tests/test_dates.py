"""Dates: what news means by a date expression, and that nothing else is taken for one."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapwing.errors import InputError
from lapwing.resolution.dates import find_dates, resolve_dates

SUNDAY = "2021-06-06"
POINT = r"\d{4}(?:-W\d\d|-\d\d(?:-\d\d)?)?"


def read(text: str, published: str | None = SUNDAY) -> list[tuple[str, str | None, str | None]]:
    return [(d.text, d.value, d.grain) for d in resolve_dates(text, find_dates(text), published)]


def value(text: str, published: str | None = SUNDAY) -> str | None:
    found = read(text, published)
    assert len(found) == 1, found
    return found[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy left on Sunday.", "2021-06-06"),
        ("The envoy left on Saturday.", "2021-06-05"),
        ("The envoy left on Monday.", "2021-05-31"),
        ("The ministers will meet on Monday.", "2021-06-07"),
        ("The talks are scheduled for Wednesday.", "2021-06-09"),
        ("The minister said on Monday that it will pay.", "2021-05-31"),
        ("She was to arrive next Friday.", "2021-06-11"),
        ("He fled last Sunday.", "2021-05-30"),
        ("Shells fell overnight on Tuesday.", "2021-06-01"),
        ("The law takes effect on Monday.", "2021-06-07"),
        ("They will meet a week from Friday.", "2021-06-18"),
        ("Losses grew on Monday.", "2021-05-31"),
        ("He resigned Thursday evening.", "2021-06-03"),
        ("They fled on Tuesday last week.", "2021-05-25"),
    ],
)
def test_weekdays_follow_the_verb(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "grain"),
    [
        ("two weeks ago", "2021-05-23", "day"),
        ("Twelve days ago", "2021-05-25", "day"),
        ("a couple of days ago", "2021-06-04", "day"),
        ("three months ago", "2021-03", "month"),
        ("a year and a half ago", "2019-12", "month"),
        ("twenty-five years ago", "1996", "year"),
        ("The leaders meet in a week's time.", "2021-06-13/2021-06-14", "interval"),
        ("It will end in ten days.", "2021-06-16", "day"),
        ("yesterday", "2021-06-05", "day"),
        ("last night", "2021-06-05", "day"),
        ("tomorrow morning", "2021-06-07", "day"),
        ("the day after tomorrow", "2021-06-08", "day"),
        ("overnight", "2021-06-05/2021-06-06", "interval"),
        ("this week", "2021-W22", "week"),
        ("last week", "2021-W21", "week"),
        ("next month", "2021-07", "month"),
        ("last year", "2020", "year"),
        ("by the end of the year", "2021", "year"),
        ("the past three months", "2021-03/2021-06", "interval"),
        ("in recent months", "2021-03/2021-06", "interval"),
        ("over the coming days", "2021-06-06/2021-06-09", "interval"),
        ("last weekend", "2021-05-29/2021-05-30", "interval"),
        ("last month", "2021-05", "month"),
        ("the past decade", "2011/2021", "interval"),
        ("the week before last", "2021-W20", "week"),
        ("the year before last", "2019", "year"),
        ("half a century ago", "1971", "year"),
        ("half a year ago", "2020-12", "month"),
    ],
)
def test_relative_expressions_count_from_the_publication(text: str, expected: str, grain: str) -> None:
    assert [(v, g) for _, v, g in read(text)] == [(expected, grain)]
    assert [(v, g) for _, v, g in read(text, None)] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "expected", "grain"),
    [
        ("10 May 2014", "2014-05-10", "day"),
        ("May 10, 2014", "2014-05-10", "day"),
        ("the 10th of May 2014", "2014-05-10", "day"),
        ("Monday, June 7th, 2021", "2021-06-07", "day"),
        ("2014-05-10", "2014-05-10", "day"),
        ("31/12/2014", "2014-12-31", "day"),
        ("12/31/2014", "2014-12-31", "day"),
        ("10-12 May 2014", "2014-05-10/2014-05-12", "interval"),
        ("May 30 – June 2, 2014", "2014-05-30/2014-06-02", "interval"),
        ("March 2014", "2014-03", "month"),
        ("since 1994", "1994", "year"),
        ("in mid-2014", "2014", "year"),
        ("late 2019", "2019", "year"),
        ("the 1990s", "1990/1999", "interval"),
        ("the early 2000s", "2000/2009", "interval"),
        ("the eighties", "1980/1989", "interval"),
        ("the 19th century", "1800/1899", "interval"),
        ("the first quarter of 2012", "2012-01/2012-03", "interval"),
        ("Q3 2020", "2020-07/2020-09", "interval"),
        ("the last week of March 2009", "2009-W13", "week"),
        ("Christmas Day 1989", "1989-12-25", "day"),
        ("Easter Sunday 2016", "2016-03-27", "day"),
        ("Thanksgiving 2016", "2016-11-24", "day"),
        ("the eve of 9 May 1945", "1945-05-08", "day"),
        ("the weekend of 5 June 2021", "2021-06-05/2021-06-06", "interval"),
        ("since the September 11 attacks", "2001-09-11", "day"),
        ("1990-1995", "1990/1995", "interval"),
        ("between 3 and 5 May 2020", "2020-05-03/2020-05-05", "interval"),
        ("between May 3 and 5, 2020", "2020-05-03/2020-05-05", "interval"),
        ("November–January 2020", "2019-11/2020-01", "interval"),
        ("the 18th and 19th centuries", "1700/1899", "interval"),
        ("2021-06-03T10:15Z", "2021-06-03", "day"),
        ("Labor Day 2020", "2020-09-07", "day"),
        ("Memorial Day 2021", "2021-05-31", "day"),
        ("Martin Luther King Jr. Day 2021", "2021-01-18", "day"),
    ],
)
def test_absolute_expressions_need_no_publication(text: str, expected: str, grain: str) -> None:
    assert [(v, g) for _, v, g in read(text, None)] == [(expected, grain)]
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was arrested on 10 May.", "2021-05-10"),
        ("He was arrested on December 20.", "2020-12-20"),
        ("The vote will be held on December 20.", "2021-12-20"),
        ("He was freed in October.", "2020-10"),
        ("It began in early June.", "2021-06"),
        ("Elections will be held in March.", "2022-03"),
        ("They met last August.", "2020-08"),
        ("He died on New Year's Eve.", "2020-12-31"),
        ("Police beat marchers on May Day.", "2021-05-01"),
        ("A strike since '82 was rare.", "1982"),
    ],
)
def test_a_missing_year_is_the_nearest_by_tense(text: str, expected: str) -> None:
    assert value(text) == expected


def test_a_date_of_the_text_is_counted_from() -> None:
    assert read("In 2010 he ruled; three years earlier he had been jailed.")[1] == ("three years earlier", "2007", "year")
    assert read("They met on 5 May 2014. The next day war broke out.")[1] == ("The next day", "2014-05-06", "day")
    assert read("They met on 5 May 2014 and signed the same day.")[1] == ("the same day", "2014-05-05", "day")
    assert value("They fled two days later.") is None
    assert value("They fled the next day.") is None


def test_a_numeric_date_is_settled_by_its_neighbours_or_left_open() -> None:
    assert value("It was signed on 03/04/2015.") is None
    assert read("It was signed on 03/04/2015 and ended on 25/04/2015.")[0][1] == "2015-04-03"
    assert read("It was signed on 03/04/2015 and ended on 04/25/2015.")[0][1] == "2015-03-04"
    assert value("It was signed on 05/06/2021.") == "2021-06-05"


@pytest.mark.parametrize(
    "text",
    [
        "Some 2000 people marched.",
        "Resolution 1701 was ignored.",
        "He lives at 1994 Road.",
        "It costs $2010.",
        "Prices rose by 2000%.",
        "They may march on the capital.",
        "Theresa May said no.",
        "Profits fell in fiscal 2012.",
        "Profits fell in the 2019-20 fiscal year.",
        "The budget for fiscal year 2014 passed.",
        "Shops opened early on Black Friday.",
        "The Good Friday Agreement holds.",
        "Orthodox Easter was celebrated.",
        "A man in his 80s was hurt.",
        "He scored a minute later.",
        "The Sunday Times reported it.",
        "The second half was dull.",
        "",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_dates(text) == []


def test_a_few_and_seasons_have_no_value() -> None:
    assert value("He fled a few days ago.") is None
    assert value("Fighting began last summer.") is None
    assert value("Fighting began in the summer of 2014.") == "2014"


def test_spans_need_not_be_cut_as_the_grammar_cuts() -> None:
    text = "They met on Monday , 7 June 2021 ."
    assert resolve_dates(text, [(text.index("7"), len(text))], None)[0].value == "2021-06-07"
    assert resolve_dates("May", [(0, 3)], SUNDAY)[0].value == "2021-05"
    assert resolve_dates("1701 was a year of war", [(0, 4)], None)[0].value == "1701"
    text = "It was two weeks ago on the coast."
    assert [d.value for d in resolve_dates(text, [(7, 16), (0, 2)], SUNDAY)] == ["2021-05-23", None]


def test_a_bad_publication_date_is_named() -> None:
    with pytest.raises(InputError, match="June 2021"):
        resolve_dates("today", [(0, 5)], "June 2021")


def is_valid(iso: str) -> bool:
    def first(point: str) -> date:
        if "W" in point:
            return date.fromisocalendar(int(point[:4]), int(point[6:]), 1)
        return date.fromisoformat((point + "-01-01")[:10])

    points = [first(p) for p in iso.split("/")]
    return bool(re.fullmatch(rf"{POINT}(?:/{POINT})?", iso)) and points == sorted(points)


PIECES = (
    "the last next this past few two 31 29 february may 2021 1994 9999 0001 sunday weekend week month years century decade ago later "
    "earlier in of since mid- late eve easter quarter first '82 00/00/0000 10/05/21 1990s 12th thousand 4000 centuries from now a couple "
    "and half W53 ' - , . between overnight labor day before centuries"
)


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join) | st.text(max_size=60), st.none() | st.dates().map(date.isoformat)
)
def test_any_text_gives_valid_values_and_exact_spans(text: str, published: str | None) -> None:
    spans = find_dates(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for (start, end), found in zip(spans, resolve_dates(text, spans, published), strict=True):
        assert (found.start, found.end, found.text) == (start, end, text[start:end])
        assert found.value is None or is_valid(found.value)
        assert (found.grain is None) == (found.value is None)
    whole = resolve_dates(text, [(0, len(text))], published)[0]
    assert whole.text == text
    assert whole.value is None or is_valid(whole.value)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_at_most_six_days_back_or_ahead(published: date, number: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[number]  # noqa: SIM905
    past = date.fromisoformat(value(f"They met on {name}.", published.isoformat()) or "")
    future = date.fromisoformat(value(f"They will meet on {name}.", published.isoformat()) or "")
    assert past.weekday() == future.weekday() == number
    assert published - timedelta(days=6) <= past <= published <= future <= published + timedelta(days=6)
