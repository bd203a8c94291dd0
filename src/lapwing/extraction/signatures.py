"""The lines that sign a report → its byline and the agencies it is by."""

import re
from collections.abc import Sequence
from functools import cache

from lapwing.extraction.lines import dates_in, is_chrome
from lapwing.extraction.tables import AGENCIES

_BYLINE = re.compile(r"^(?:by|author|written by|byline|reported by|from our correspondent)\s*:?\s+(?=[A-ZÀ-Ž])(.{2,90})$", re.I)
_INITIALS = re.compile(r"^[A-Za-z]{1,5}(?:\s?[/,;+&]\s?[A-Za-z]{1,5}){0,5}\s*[/,]?\s*\(([^()]{2,60})\)\.?$")
_BARE_INITIALS = re.compile(r"^[a-z]{2,4}/[a-z]{2,4}$")
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:\w+ )?to (?:this|the) (?:report|story|article)|^[(*\s]*edited by\b|^[(*\s]*(?:sources?|agenc(?:y|ies))\s*:|"
    r"^[(*\s]*(?:with )?(?:additional |further )?(?:reporting|writing|editing) (?:by|from)\b|"
    r"^[(*\s]*with (?:\w+ )?(?:material|files|inputs?|information|reports|agencies|contributions?)\b",
    re.I,
)
_DATELINE = re.compile(
    r"^[^()]{0,60}?\(([^()]{2,40})\)\s*[-–—:.]|^[^()/]{0,60}?/([A-Za-z ]{2,20})/|^[A-Z][^()]{0,50}\d\s*\(([^()]{2,40})\)"
)
_SIGNED = re.compile(r"(?:\(([^()]{2,40})\)|[–—-]{1,2}\s*([A-Za-z]{2,12}))\.?$")


def _named(text: str) -> list[str] | None:
    """The agencies of a list like "AFP, dpa" or "AP/Reuters"; None if anything else stands in it."""
    pieces = [p.strip(" .") for p in re.split(r"[,/;&+]|\band\b|\bvia\b|\bwith\b", text) if p.strip(" .")]
    return [AGENCIES[p] for p in pieces] if pieces and all(p in AGENCIES for p in pieces) else None


@cache
def _agency_pattern() -> re.Pattern[str]:
    names = sorted((n for n in AGENCIES if len(n) > 1 and n not in ("ap", "efe", "sid", "rtr", "afp")), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?![\w-]|\s+[A-Z][a-z])")


def signs(paragraph: str) -> bool:
    """Whether a paragraph only says who wrote or supplied the report."""
    if len(paragraph.split()) > 40:
        return False
    initials = _INITIALS.match(paragraph)
    if initials and (_agency_pattern().search(initials[1]) or "/" in paragraph.split("(")[0]):
        return True
    alone = _named(paragraph.strip("()[]–—- .*"))
    return bool(alone or _BARE_INITIALS.match(paragraph) or _CONTRIBUTED.search(paragraph))


def unsigned(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """The body without the lines that sign it, and those lines; they stand at the end, or name the agency above the first sentence."""
    body = list(paragraphs)
    closing: list[str] = []
    while len(body) > 1 and (signs(body[-1]) or (len(body) > 2 and closing and is_chrome(body[-1]))):
        closing.insert(0, body.pop())
    if len(body) > 1 and signs(body[0]) and len(body[0].split()) <= 8:
        closing.append(body.pop(0))
    return body, closing


def agencies_of(paragraphs: Sequence[str], signatures: Sequence[str], byline: str | None) -> tuple[str, ...]:
    """The agencies a report is by: in its signatures, its dateline or after its last sentence; one that is only quoted is none."""
    found: list[str] = []
    for piece in re.split(r",|\band\b|/", byline or ""):
        found += _named(piece) or []
    for line in signatures:
        found += [AGENCIES[name] for name in _agency_pattern().findall(line)]
    for opening in filter(None, map(dateline, paragraphs[:3])):
        found += [AGENCIES[name] for name in _agency_pattern().findall(opening)]
    for paragraph in paragraphs[-1:]:
        match = _SIGNED.search(paragraph[-60:])
        found += (_named(match[1] or match[2]) or []) if match else []
    return tuple(dict.fromkeys(found))


def dateline(paragraph: str) -> str | None:
    """The words before a paragraph that name place, day and agency: "PORT VARO, May 2 (Reuters) -"."""
    match = _DATELINE.match(paragraph[:140])
    return match[0] if match and _named(next(g for g in match.groups() if g)) else None


def byline_of(line: str) -> str | None:
    """The names of a line like "By Jane Roe"."""
    match = _BYLINE.match(line)
    if not match or len(line.split()) > 12 or (line.endswith(".") and not line.endswith("Jr.")):
        return None
    name = match[1]
    for start, _, _ in dates_in(line):
        name = line[match.start(1) : start] if start > match.start(1) else name
    return name.strip(" ,|·•–—-") or None
