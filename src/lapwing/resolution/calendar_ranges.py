"""A range named by its two ends → one interval: years, months, centuries.

Only where one end is no date by itself; "from May 30 to June 2" and "between April and June" are two expressions, as annotated corpora have it.
"""

import re

from lapwing.resolution.calendar_meaning import Context, century_of, month_of
from lapwing.resolution.calendar_values import Value, interval_value, month_value, year_value


def year_range(match: re.Match[str], _: Context) -> Value | None:
    """'1990-1995', '2012/13'."""
    first, last = int(match["year"]), match["last"]
    second = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return interval_value(year_value(first), year_value(second)) if second > first else None


def month_range(match: re.Match[str], _: Context) -> Value | None:
    """'March–May 2019': the year is the last month's."""
    first, last = month_of(match["month"]), month_of(match["month2"])
    year = int(match["year"])
    return interval_value(month_value(year - (first > last), first), month_value(year, last))


def century_range(match: re.Match[str], _: Context) -> Value | None:
    """'the 18th and 19th centuries'."""
    first, last = century_of(match["ordinal"]), century_of(match["ordinal2"])
    return interval_value(year_value(first.first.year), year_value(last.last.year)) if first and last else None
