"""A matched date expression and its surroundings → its value, or None where the text does not tell.

What news means is decided here: "Sunday" is the last one unless the verb is about the future, "in a week's time" is about a week on,
"three years earlier" counts from another date of its sentence.  A relative expression without a publication date has no value.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from lapwing.resolution.calendar_values import (
    DAY_BY_NAME,
    DECADES,
    MONTH_BY_NAME,
    ORDINALS,
    Value,
    calendar_day,
    calendar_unit,
    count_back,
    day_value,
    feast_day,
    interval_value,
    month_value,
    number_of,
    shifted,
    unit_of,
    week_value,
    weekend_value,
    year_value,
)

_FEW = 3
"""What "recent months" and "the past few weeks" count back: enough for an interval, nothing is claimed of its edges."""
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z])|\n")
_PAST = (
    r"was|were|had|did|said|told|says|held|met|began|took|came|went|made|left|gave|got|won|lost|fell|rose|saw|hit|shot|struck|sent|put|has|have"
    r"|became|blew|bore|bought|built|caught|chose|drew|drove|felt|flew|grew|kept|knew|led|paid|rode|sat|slept|sold|sought|spent|stole|stood|swore|threw"
    r"|broke|brought|fought|found|ran|sank|spoke|wrote|[a-z]+ed"
)
_MODAL = r"will|shall|won['’]t|would|should|may|might|could|can|must|['’]ll"
_AHEAD_OF_INFINITIVE = (
    r"due|set|expected|scheduled|planned|slated|poised|plans?|planning|agreed|vowed|hopes?|intends?|going|ready|preparing|about|is|are"
)
_TIMETABLE = r"begins|starts|opens|takes (?:place|effect)|(?:comes?|enters?) into (?:force|effect)|kicks off|is held|meets?"
_CUE = re.compile(
    rf"\b(?:(?P<future>(?:{_MODAL})\b(?: \w+){{0,3}}|(?:{_AHEAD_OF_INFINITIVE}) to\b(?: \w+){{0,2}}"
    rf"|(?:due|scheduled|slated|planned|expected) (?:for|on|in|at|by)|(?:until|by)\b(?= (?:\w+ )?$)"
    rf"|ahead of|upcoming|coming|(?:{_TIMETABLE})\b)"
    rf"|(?:{_PAST})\b)",
    re.IGNORECASE,
)


class Context:
    """What the value of an expression may depend on besides its words."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.earlier: list[tuple[int, Value]] = []
        self._ends: list[int] | None = None

    def sentence(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence around a position."""
        if self._ends is None:
            self._ends = [0, *(m.end() for m in _SENTENCE_END.finditer(self.text)), len(self.text) + 1]
        i = bisect_right(self._ends, position)
        return self._ends[i - 1], self._ends[min(i, len(self._ends) - 1)]

    def tense(self, start: int, end: int) -> str | None:
        """`past` or `future`: what the verb nearest before the expression says, else the nearest after it; None: neither."""
        low, high = self.sentence(start)
        before: re.Match[str] | None = None
        for cue in _CUE.finditer(self.text, max(low, start - 120), start):
            before = cue
        after = None if before else _CUE.search(self.text, end, min(high, end + 120))
        nearest = before or after
        return None if nearest is None else "future" if nearest["future"] else "past"

    def anchor(self, start: int, *, far: bool = False) -> Value | None:
        """The latest value before a position in its sentence, or with `far` within some three sentences."""
        low = start - 500 if far else self.sentence(start)[0]
        position, value = self.earlier[-1] if self.earlier else (-1, None)
        return value if position >= low else None


Resolver = Callable[[re.Match[str], Context], Value | None]


def _named_year(words: str | None, context: Context, at: int) -> int | None:
    """'2014', 'of last year', 'the same year' → a year."""
    if words is None:
        return None
    if words.isdecimal():
        return int(words)
    words = words.lower().removeprefix("of ")
    shift = {"last year": -1, "this year": 0, "next year": 1}.get(words)
    if shift is not None:
        return context.published.year + shift if context.published else None
    anchor = context.anchor(at, far=True)
    return anchor.first.year + {"the previous year": -1, "the following year": 1}.get(words, 0) if anchor else None


def _nearest(candidates: Sequence[Value], at: re.Match[str], context: Context) -> Value | None:
    """Of the same date in neighbouring years the one the tense asks for, else the nearest to the publication."""
    published = context.published
    if published is None or not candidates:
        return None
    tense = context.tense(at.start(), at.end())
    side = [v for v in candidates if (v.last >= published if tense == "future" else v.first <= published)] if tense else list(candidates)
    best = min(side or candidates, key=lambda v: abs((v.first - published).days))
    # A "past" date ten months back that lies just ahead is one the sentence announces with another verb ("confirmed for 3 March").
    close = min(candidates, key=lambda v: abs((v.first - published).days))
    return close if abs((best.first - published).days) > 240 and abs((close.first - published).days) < 60 else best


def month_of(name: str) -> int:
    """'June', 'Sept.' → its number."""
    return MONTH_BY_NAME[name.lower().rstrip(".")]


def month_day(match: re.Match[str], context: Context) -> Value | None:
    """'10 May', 'Monday, May 10, 2021', '10-12 May', 'May 30 to June 2'."""
    month = month_of(match["month"])
    word = match["day"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    groups = match.groupdict()
    year = _named_year(groups.get("year"), context, match.start())
    if year is not None:
        first = calendar_day(month, number, year)
    elif groups.get("year") or context.published is None:
        return None
    else:
        around = context.published.year
        days = [calendar_day(month, number, y) for y in (around - 1, around, around + 1)]
        first = _nearest([d for d in days if d], match, context)
    if first is None or not groups.get("day2"):
        return first
    month2 = month_of(groups["month2"]) if groups.get("month2") else month
    last = calendar_day(month2, int(re.sub(r"\D", "", groups["day2"])), first.first.year + (month2 < month))
    return interval_value(first, last) if last else None


def month_year(match: re.Match[str], context: Context) -> Value | None:
    """'June 2014', 'October last year'."""
    year = _named_year(match["year"], context, match.start())
    return month_value(year, month_of(match["month"])) if year else None


def bare_month(match: re.Match[str], context: Context) -> Value | None:
    """'June', 'last June': by tense, else the nearest."""
    published = context.published
    if published is None:
        return None
    month, which = month_of(match["month"]), (match["which"] or "").lower()
    this_year = published.year
    if which == "last":
        return month_value(this_year - (month >= published.month), month)
    if which == "next":
        return month_value(this_year + (month <= published.month), month)
    return _nearest([month_value(y, month) for y in (this_year - 1, this_year, this_year + 1)], match, context)


def iso(match: re.Match[str], _: Context) -> Value | None:
    """'2021-06-06'."""
    return calendar_day(int(match["month"]), int(match["day"]), int(match["year"]))


NUMERIC = re.compile(r"\b(?P<one>\d{1,2})(?P<sep>[/.])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|(?<=/)\d\d)(?![\d/])")


def numeric(match: re.Match[str], context: Context) -> Value | None:
    """'10/05/2021': settled by a number over 12, by the text's other such dates, or by nearness to the publication; else none."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    british, american = calendar_day(two, one, year), calendar_day(one, two, year)
    if british is None or american is None or british == american or match["sep"] == ".":
        return british or american
    others = [(int(m["one"]), int(m["two"])) for m in NUMERIC.finditer(context.text)]
    if any(a > 12 for a, _ in others) != any(b > 12 for _, b in others):
        return british if any(a > 12 for a, _ in others) else american
    published = context.published
    if published:
        near, far = sorted((british, american), key=lambda v: abs((v.first - published).days))
        return near if abs((near.first - published).days) <= 10 and abs((far.first - published).days) > 20 else None
    return None


def weekday(match: re.Match[str], context: Context) -> Value | None:
    """'Sunday', 'on Monday', 'next Friday', 'Friday last week', 'a week on Monday'."""
    published = context.published
    if published is None:
        return None
    number, which = DAY_BY_NAME[match["weekday"].lower()], (match["which"] or "").lower()
    if match["inweek"]:
        monday = (
            published
            - timedelta(days=published.weekday())
            + timedelta(days=7 * {"last": -1, "this": 0, "next": 1}[match["inweek"].lower()])
        )
        return day_value(monday + timedelta(days=number))
    back = (published.weekday() - number) % 7
    if match["weekon"] or match["weeklater"]:
        return day_value(published + timedelta(days=(-back) % 7 + 7))
    if which == "last":
        return day_value(published - timedelta(days=back or 7))
    if which in ("next", "this coming", "coming"):
        return day_value(published + timedelta(days=(-back) % 7 or 7))
    if which in ("the following", "the previous"):
        anchor = context.anchor(match.start(), far=True)
        if anchor is None or anchor.grain != "day":
            return None
        gap = (number - anchor.first.weekday()) % 7
        return day_value(anchor.first + timedelta(days=(gap or 7) if which == "the following" else gap - 7))
    future = context.tense(match.start(), match.end()) == "future"
    return day_value(published + timedelta(days=(-back) % 7) if future else published - timedelta(days=back))


_DEICTIC = {"today": 0, "tonight": 0, "this": 0, "yesterday": -1, "last": -1, "tomorrow": 1, "before": -2, "after": 2}


def deictic(match: re.Match[str], context: Context) -> Value | None:
    """'today', 'last night', 'the day after tomorrow'."""
    published = context.published
    if published is None:
        return None
    words = match[0].lower().split()
    if words[0] == "overnight":
        return interval_value(day_value(published - timedelta(days=1)), day_value(published))
    key = words[2] if words[0] == "the" else words[0]
    return day_value(published + timedelta(days=_DEICTIC[key]))


def relative_unit(match: re.Match[str], context: Context) -> Value | None:
    """'last week', 'this year', 'the past month', 'the same year', and 'the year' after "the end of"."""
    which, unit = (match.groupdict().get("which") or "this").lower(), unit_of(match["unit"])
    if which in ("the same", "that", "the following", "the previous", "the next"):
        anchor = context.anchor(match.start(), far=True)
        step = {"the following": 1, "the next": 1, "the previous": -1}.get(which, 0)
        return calendar_unit(anchor.first, unit, step) if anchor else None
    if context.published is None:
        return None
    if which in ("the past", "the last", "past"):
        return count_back(context.published, unit, 1)
    if which in ("the coming", "coming"):
        return count_back(context.published, unit, -1)
    step = {"last": -1, "next": 1}.get(which, 0)
    return calendar_unit(context.published, unit, step)


def span_of_units(match: re.Match[str], context: Context) -> Value | None:
    """'the past three months', 'recent weeks', 'the coming days'."""
    if context.published is None:
        return None
    count = number_of(match["count"].lower()) if match["count"] else None
    forward = match["which"].lower().split()[-1] in ("next", "coming", "following")
    return count_back(context.published, unit_of(match["unit"]), (count or _FEW) * (-1 if forward else 1))


def ago(match: re.Match[str], context: Context) -> Value | None:
    """'two weeks ago' from the publication; 'three years earlier', 'a day later' from another date of the text."""
    count, unit, way = number_of(match["count"].lower()), unit_of(match["unit"]), match["way"].lower()
    if count is None or (count == 0 and unit != "day"):
        return None
    published = day_value(context.published) if context.published else None
    if match["half"] and unit == "year":
        unit, count = "month", 12 * count + 6
    if way in ("ago", "from now", "hence"):
        base = published
    elif way in ("earlier", "previously"):
        base = context.anchor(match.start()) or published
    else:
        base = context.anchor(match.start(), far=True)
    return shifted(base, unit, count if way in ("from now", "hence", "later", "afterwards") else -count) if base else None


def in_time(match: re.Match[str], context: Context) -> Value | None:
    """'in a week's time': weeks are about that day, the day itself and the next; other units as they are."""
    count, unit = number_of(match["count"].lower()), unit_of(match["unit"])
    if count is None or context.published is None:
        return None
    value = shifted(day_value(context.published), unit, count)
    if value is None or unit not in ("week", "fortnight"):
        return value
    return interval_value(value, day_value(value.first + timedelta(days=1)))


def bare_year(match: re.Match[str], _: Context) -> Value | None:
    """'1994'."""
    return year_value(int(match["year"]))


def short_year(match: re.Match[str], context: Context) -> Value | None:
    """'since '82': of this century unless that lies well after the publication."""
    year = 2000 + int(match["year"])
    return None if context.published is None else year_value(year if year <= context.published.year + 5 else year - 100)


def year_before(match: re.Match[str], context: Context) -> Value | None:
    """'the year before': counted from another date of the text."""
    anchor = context.anchor(match.start(), far=True)
    return calendar_unit(anchor.first, unit_of(match["unit"]), -1) if anchor else None


def before_last(match: re.Match[str], context: Context) -> Value | None:
    """'the week before last'."""
    return calendar_unit(context.published, unit_of(match["unit"]), -2) if context.published else None


def half_ago(match: re.Match[str], context: Context) -> Value | None:
    """'half a century ago'."""
    if context.published is None:
        return None
    unit = unit_of(match["unit"])
    years = {"century": 50, "decade": 5}.get(unit)
    return shifted(day_value(context.published), "year" if years else "month", -(years or 6))


def year_end(_: re.Match[str], context: Context) -> Value | None:
    """'by year-end'."""
    return year_value(context.published.year) if context.published else None


def decade(match: re.Match[str], _: Context) -> Value | None:
    """'the 1990s', 'the eighties'; '1800s' is the century."""
    word = match["decade"].lower()
    if word in DECADES:
        first = 1900 + DECADES[word]
    else:
        first = int(word[:-1])
        first += 0 if first > 99 else 1900 if first > 10 else 2000
    length = 100 if first % 100 == 0 and first < 2000 else 10
    return interval_value(year_value(first), year_value(first + length - 1))


def century(match: re.Match[str], _: Context) -> Value | None:
    """'the 19th century'."""
    return century_of(match["ordinal"])


def century_of(ordinal: str) -> Value | None:
    """'19th', 'nineteenth' → the years of that century."""
    word = ordinal.lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
    return interval_value(year_value(100 * (number - 1)), year_value(100 * number - 1)) if 2 <= number <= 21 else None


def part_of_year(match: re.Match[str], context: Context) -> Value | None:
    """'the first quarter of 2012', 'Q1 2012', 'the second half of last year', 'the third quarter'."""
    word, months = match["ordinal"].lower(), 6 if match.groupdict().get("half") else 3
    words = match["year"]
    if words and words.lower() == "the year":
        words = "this year"
    year = _named_year(words, context, match.start())
    last = 12 // months
    number = {"final": last, "last": last}.get(word) or ORDINALS.get(word) or int(re.sub(r"\D", "", word))
    if word in ("last", "final") and words is None and context.published:
        return calendar_unit(context.published, "quarter", -1) if months == 3 else None
    if number > last or (words and year is None):
        return None

    def part(y: int) -> Value | None:
        return interval_value(month_value(y, months * (number - 1) + 1), month_value(y, months * number))

    if year is not None:
        return part(year)
    if context.published is None:
        return None
    y = context.published.year
    return _nearest([v for v in (part(y - 1), part(y), part(y + 1)) if v], match, context)


def week_of_month(match: re.Match[str], context: Context) -> Value | None:
    """'the last week of March': a week belongs to the month its Thursday is in, as in ISO 8601."""
    value = month_year(match, context) if match["year"] else _nearest_month(match, context)
    if value is None:
        return None
    word = match["ordinal"].lower()
    if word in ("last", "final"):
        return week_value(value.last - timedelta(days=(value.last.weekday() - 3) % 7))
    first = value.first + timedelta(days=(3 - value.first.weekday()) % 7)
    return week_value(first + timedelta(days=7 * (ORDINALS[word] - 1)))


def _nearest_month(match: re.Match[str], context: Context) -> Value | None:
    if context.published is None:
        return None
    month, year = month_of(match["month"]), context.published.year
    return _nearest([month_value(y, month) for y in (year - 1, year, year + 1)], match, context)


def the_weekend(match: re.Match[str], context: Context) -> Value | None:
    """'the weekend', 'last weekend', 'this coming weekend'."""
    published = context.published
    if published is None:
        return None
    which = (match["which"] or "the").lower()
    on_it = published.weekday() >= 5
    if which in ("last", "the last", "the past", "past"):
        return weekend_value(published - timedelta(days=7))
    if which == "next":
        return weekend_value(published + timedelta(days=7 if on_it or published.weekday() == 4 else 0))
    tense = context.tense(match.start(), match.end())
    past = tense == "past" if which.startswith("this") else tense != "future"
    return weekend_value(published - timedelta(days=7 if past and not on_it else 0))


def season(match: re.Match[str], _: Context) -> Value | None:
    """'the summer of 2014': the year; a winter lies in two, and a season without a year is the reader's hemisphere's."""
    year = match.groupdict().get("year")
    return year_value(int(year)) if year and match["season"].lower() != "winter" else None


def feast(match: re.Match[str], context: Context) -> Value | None:
    """'Christmas Day', 'last Easter', 'Thanksgiving 2016'."""
    name = match["feast"].lower().replace("’", "'").replace("st. ", "st ")
    name = "thanksgiving" if name.startswith("thanksgiving") else name
    year = _named_year(match["year"], context, match.start())
    if year is not None:
        return feast_day(name, year)
    if context.published is None or match["year"]:
        return None
    y = context.published.year
    around = [v for v in (feast_day(name, y - 1), feast_day(name, y), feast_day(name, y + 1)) if v]
    which = (match["which"] or "").lower()
    if which == "last":
        return max((v for v in around if v.first < context.published), key=lambda v: v.first, default=None)
    if which == "next":
        return min((v for v in around if v.first > context.published), key=lambda v: v.first, default=None)
    return _nearest(around, match, context)


def anaphoric_day(match: re.Match[str], context: Context) -> Value | None:
    """'the same day', 'the following day': counted from the last day the text named, within some three sentences."""
    anchor = context.anchor(match.start(), far=True)
    if anchor is None or anchor.grain != "day":
        return None
    which = match["which"].lower()
    step = 1 if which in ("the next", "the following", "the day after") else -1 if which in ("the previous", "the day before") else 0
    return day_value(anchor.first + timedelta(days=step))


def nine_eleven(_: re.Match[str], __: Context) -> Value | None:
    """'9/11'."""
    return day_value(date(2001, 9, 11))
