"""Days, weeks, months, years → values in ISO 8601, and the arithmetic on them.

A shifted value is as coarse as its unit: "two months ago" is a month.  Centuries and decades are counted as in ISO 8601: the 19th century
is 1800/1899, the 1990s 1990/1999.  The arithmetic and the date of Easter are dateutil's.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as weekday_number


def words(listed: str) -> list[str]:
    """The words of a list written as a line."""
    return listed.split()


MONTHS = words("january february march april may june july august september october november december")
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTH_BY_NAME = {name: i for i, full in enumerate(MONTHS, 1) for name in (full, full[:3])} | {"sept": 9}
DAY_BY_NAME = {name: i for i, full in enumerate(WEEKDAYS) for name in (full, full[:3])} | {"tues": 1, "thur": 3, "thurs": 3}
SMALL = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = dict(zip(words("twenty thirty forty fifty sixty seventy eighty ninety"), range(20, 100, 10), strict=True))
NUMBERS = {name: n for n, name in enumerate(SMALL)} | TENS | {"a": 1, "an": 1, "couple": 2, "half": 0, "hundred": 100}
_ORDINAL_WORDS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first"
)
ORDINALS = {name: n for n, name in enumerate(_ORDINAL_WORDS, 1)}
DECADES = dict(zip(words("twenties thirties forties fifties sixties seventies eighties nineties"), range(20, 100, 10), strict=True))


class Value(NamedTuple):
    """An ISO value with its grain and the days it covers."""

    iso: str
    grain: str
    first: date
    last: date


def day_value(day: date) -> Value:
    """One day."""
    return Value(day.isoformat(), "day", day, day)


def week_value(day: date) -> Value:
    """The ISO week of a day."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Value(f"{year:04d}-W{week:02d}", "week", monday, monday + timedelta(days=6))


def month_value(year: int, month: int) -> Value:
    """One month."""
    first = date(year, month, 1)
    return Value(f"{year:04d}-{month:02d}", "month", first, first + relativedelta(months=1, days=-1))


def year_value(year: int) -> Value:
    """One year."""
    return Value(f"{year:04d}", "year", date(year, 1, 1), date(year, 12, 31))


def interval_value(first: Value, last: Value) -> Value | None:
    """From the first of one value to the last of another; None if that runs backwards."""
    if last.last < first.first:
        return None
    return Value(f"{first.iso}/{last.iso}", "interval", first.first, last.last)


def weekend_value(day: date) -> Value | None:
    """Saturday and Sunday of the ISO week of a day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return interval_value(day_value(saturday), day_value(saturday + timedelta(days=1)))


def _quarter(year: int, number: int) -> Value | None:
    return interval_value(month_value(year, 3 * number - 2), month_value(year, 3 * number))


def calendar_day(month: int, number: int, year: int) -> Value | None:
    """A day, or None if the calendar has none such."""
    try:
        return day_value(date(year, month, number))
    except ValueError:
        return None


def number_of(words: str) -> int | None:
    """'21', 'twenty-one', 'a couple of' → a number; None: a few."""
    if words.isdecimal():
        return int(words)
    parts = re.split(r"[ -]", words)
    numbers = [NUMBERS[w] for w in parts if w in NUMBERS]
    if not numbers or "few" in parts or "number" in parts:
        return None
    return 2 if "couple" in words else 100 if "hundred" in words else sum(numbers)


def unit_of(word: str) -> str:
    """'Weeks', 'centuries' → 'week', 'century'."""
    return "century" if word.lower().startswith("centur") else word.lower().rstrip("s")


def shifted(value: Value, unit: str, count: int) -> Value | None:
    """`value` moved by so many units: a day for days and weeks, else as coarse as the unit; None where it is too coarse to move."""
    day = value.first
    if unit in ("hour", "minute"):
        unit, count = "day", int(count / 24) if unit == "hour" else 0
    if unit in ("day", "week", "fortnight"):
        if value.grain != "day":
            return None
        return day_value(day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    if unit == "month":
        moved = day + relativedelta(months=count)
        return month_value(moved.year, moved.month) if value.grain in ("day", "week", "month") else None
    return year_value(day.year + count * {"year": 1, "decade": 10}.get(unit, 100))


def calendar_unit(day: date, unit: str, step: int) -> Value | None:
    """The week, month, year … of a day, or so many before or after it."""
    if unit == "week":
        return week_value(day + timedelta(days=7 * step))
    if unit == "fortnight":
        return interval_value(day_value(day + timedelta(days=min(0, 14 * step))), day_value(day + timedelta(days=max(0, 14 * step))))
    if unit == "month":
        moved = day + relativedelta(months=step)
        return month_value(moved.year, moved.month)
    if unit == "quarter":
        moved = day.replace(day=1) + relativedelta(months=3 * step)
        return _quarter(moved.year, (moved.month + 2) // 3)
    if unit == "year":
        return year_value(day.year + step)
    length = 10 if unit == "decade" else 100
    first = day.year // length * length + step * length
    return interval_value(year_value(first), year_value(first + length - 1))


def count_back(published: date, unit: str, count: int) -> Value | None:
    """The last `count` units up to the publication, or the next ones if it is negative; as fine as the unit, weeks by the day."""
    if unit in ("day", "week", "fortnight"):
        edge = published - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        one, two = day_value(edge), day_value(published)
    elif unit in ("month", "quarter"):
        moved = published - relativedelta(months=count * (3 if unit == "quarter" else 1))
        one, two = month_value(moved.year, moved.month), month_value(published.year, published.month)
    elif unit in ("year", "decade", "century"):
        one, two = year_value(published.year - count * {"year": 1, "decade": 10, "century": 100}[unit]), year_value(published.year)
    else:
        return day_value(published)
    return interval_value(one, two) if count > 0 else interval_value(two, one)


FEASTS: dict[str, tuple[int, int]] = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "may day": (5, 1), "halloween": (10, 31), "valentine's day": (2, 14), "all saints' day": (11, 1),
    "armistice day": (11, 11), "bastille day": (7, 14), "international women's day": (3, 8), "st patrick's day": (3, 17),
    "april fools' day": (4, 1), "veterans day": (11, 11), "remembrance day": (11, 11), "anzac day": (4, 25), "ve day": (5, 8),
    "human rights day": (12, 10), "world press freedom day": (5, 3), "canada day": (7, 1), "australia day": (1, 26), "juneteenth": (6, 19), "epiphany": (1, 6),
}  # fmt: skip
EASTER = {
    "good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1, "palm sunday": -7, "ash wednesday": -46, "whit monday": 50,
    "pentecost": 49, "whit sunday": 49, "maundy thursday": -3, "ascension day": 39,
}  # fmt: skip


FLOATING = {
    "thanksgiving": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1), "martin luther king day": (1, 0, 3),
    "martin luther king jr. day": (1, 0, 3), "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2),
}  # fmt: skip
"""American holidays by month, weekday from Monday 0, and which such day of the month."""


def feast_day(name: str, year: int) -> Value | None:
    """The day of a feast in a year; None where Easter cannot be computed."""
    if name in FLOATING:
        month, weekday, which = FLOATING[name]
        return day_value(date(year, month, 1) + relativedelta(day=1 if which > 0 else 31, weekday=weekday_number(weekday)(which)))
    if name in EASTER:
        return day_value(easter(year) + timedelta(days=EASTER[name])) if 1583 <= year <= 4099 else None
    return day_value(date(year, *FEASTS[name]))
