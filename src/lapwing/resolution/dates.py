"""Text → the date expressions in it → ISO 8601 values, relative ones against the publication date.

The longest match of the grammar wins at each word.  Every expression of a text is read from left to right, so that "the next day" can count
from the one before it.  Without a publication date, or with nothing to count from, a relative expression has no value: it is never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lapwing.errors import InputError
from lapwing.records import Date
from lapwing.resolution.calendar_grammar import RULES_BY_WORD, Rule
from lapwing.resolution.calendar_meaning import Context
from lapwing.resolution.calendar_values import Value, day_value, week_value, weekend_value, words


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression the grammar found; a rule without a meaning: matched only to be left out."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]
    prefix: str = ""
    """`eve`, `week` or `weekend`, to be applied to the value of the rest; empty for "early", "late", "the end of"."""


_PREFIX = re.compile(
    r"(?:(?P<keep>(?:early|mid|late|earlier|later)(?:[ -]in[ -]|[ -])"
    r"|(?:the )?(?:beginning|start|end|middle|close|turn|rest|remainder|course|latter part|early part) of )"
    r"|(?P<eve>(?:the )?eve of )|(?P<week>(?:the )?week (?:of|beginning|starting|ending) )|(?P<weekend>(?:the )?weekend of ))",
    re.IGNORECASE,
)
_PREFIX_WORDS = frozenset(
    words("early mid late earlier later the beginning start end middle close turn rest remainder course latter eve week weekend")
)
_FIRST_WORDS = _PREFIX_WORDS | RULES_BY_WORD.keys()
_DIGITS = "0123456789"
_WORD = re.compile(r"[^\W_]+")


def _match_at(text: str, start: int, word: str, *, lenient: bool = False, part: bool = False) -> _Found | None:
    """The longest expression that begins at a word; `lenient`: whoever asks knows it for a date, so its place in the text is not judged."""
    if not part and word in _PREFIX_WORDS and (head := _PREFIX.match(text, start)):
        inner_word = _WORD.match(text, head.end())
        key = _key(inner_word[0]) if inner_word else None
        inner = _match_at(text, head.end(), key, lenient=True, part=True) if key else None
        if inner and inner.rule.value:
            return _Found(start, inner.end, inner.rule, inner.match, head.lastgroup or "keep")
    best: _Found | None = None
    for rule in RULES_BY_WORD.get(word, ()):
        if rule.after_part and not part:
            continue
        match = rule.pattern.match(text, start)
        if match and (best is None or match.end() > best.end) and (lenient or rule.fits is None or rule.fits(match, text)):
            best = _Found(start, match.end(), rule, match)
    return best


def _key(word: str) -> str:
    """Under what a word stands in `RULES_BY_WORD`: itself in lower case, or `0` for all that begins with a digit."""
    return "0" if word[0] in _DIGITS else word.lower()


@lru_cache(maxsize=2)
def _all(text: str) -> tuple[_Found, ...]:
    """Every expression of a text; kept, since one text is asked for its dates and then for their values."""
    return tuple(_scan(text))


def _scan(text: str, *, lenient: bool = False) -> Iterator[_Found]:
    """Every expression, those to be left out too, from left to right."""
    position = 0
    for token in _WORD.finditer(text):
        key = token[0].lower()
        if (key not in _FIRST_WORDS and key[0] not in _DIGITS) or token.start() < position:
            continue
        key = _key(key)
        if found := _match_at(text, token.start(), key, lenient=lenient):
            yield found
            position = found.end


def _value(found: _Found, context: Context) -> Value | None:
    """What an expression says; None where the text does not tell or the calendar has no such day."""
    if found.rule.value is None:
        return None
    try:
        value = found.rule.value(found.match, context)
        if value is None or found.prefix in ("", "keep"):
            return value
        if found.prefix == "eve":
            return day_value(value.first - timedelta(days=1)) if value.grain == "day" else None
        return week_value(value.first) if found.prefix == "week" else weekend_value(value.first)
    except (ValueError, OverflowError):
        return None


def find_dates(text: str) -> list[tuple[int, int]]:
    """Offsets of every date expression, from left to right and without overlap."""
    return [(found.start, found.end) for found in _all(text) if found.rule.value]


def resolve_dates(text: str, spans: Sequence[tuple[int, int]], published: str | None) -> list[Date]:
    """The calendar value of each span, in the order given.

    A span need not be cut as the grammar would: the expression it shares most characters with is read, with its whole sentence.
    `published` is `YYYY-MM-DD` or None; raises `InputError` if it is neither.
    """
    context = Context(text, _published(published))
    read: list[tuple[_Found, Value | None]] = []
    for found in _all(text):
        value = _value(found, context)
        read.append((found, value))
        if value:
            context.earlier.append((found.start, value))
    return [_date(text, start, end, read, context) for start, end in spans]


def _date(text: str, start: int, end: int, read: Sequence[tuple[_Found, Value | None]], context: Context) -> Date:
    shared = [(min(end, found.end) - max(start, found.start), value) for found, value in read if found.start < end and start < found.end]
    value = max(shared, key=lambda pair: pair[0])[1] if shared else _alone(text[start:end], context.published)
    return Date(text[start:end], start, end, value.iso if value else None, value.grain if value else None)


def _alone(words: str, published: date | None) -> Value | None:
    """The value of words that the grammar did not take for a date where they stand."""
    context = Context(words, published)
    return next((value for found in _scan(words, lenient=True) if (value := _value(found, context))), None)


def _published(words: str | None) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise InputError(f"publication date {words!r} is not a date of the form YYYY-MM-DD") from None
