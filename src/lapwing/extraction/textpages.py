"""A plain text page → what was found on it, however much navigation, captions and credits still stand in it.

Every line gets a kind: `url`, `date`, `byline`, `label`, `caption`, `chrome` (menus, sharing, adverts), `item` (of a list), `heading`
(a menu may hold none that is longer), `prose` (reads like a sentence), `short` (the rest).  The first prose parts header from body;
the last short lines after the last prose are the page's tail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lapwing.extraction.found import Found
from lapwing.extraction.lines import (
    SENTENCE_END,
    credited,
    date_in,
    date_line,
    is_chrome,
    is_prose,
    is_tail_heading,
    letters,
    merged,
    outlet_of,
    section_region,
    squeezed,
)
from lapwing.extraction.signatures import byline_of, dateline, signs
from lapwing.records import Caption, Issue

WRAP = 120
"""Longest line of a file that may have been wrapped by hand."""
MOST_LINES = 20_000
"""Lines of a text page that are read; more is no article."""
MOST_TITLES = 80
"""Lines before the first prose that may be the title."""
TEASER = 70
"""Most words of a teaser."""

_URL = re.compile(r"^(?:(?:short ?link|permalink|link|url|source|web|original)\s*:?\s*)?<?(https?://[^\s<>]+)>?$", re.I)
_LABEL = re.compile(
    r"^(title|headline|date|published|outlet|newspaper|publication|author|section|category|teaser|summary)\s*:\s*(\S.*)$", re.I
)
_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]|[*•·▪►‣–-])\s+(?=\S)")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_SITES = re.compile(
    r"\bmore ([A-Z][\w&. ]{1,30}?) sites\b|"
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d[-–,]?\s*)*([A-Z][\w&.' ]{1,40}?)(?:[.,|]|\s+all rights|$)",
    re.I,
)
_PLACE_AND_DAY = re.compile(r"(?:[^.!?]|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.){0,70}\d(?=\s*(?:[-–—(]|/[A-Z]))")
_CAPTION_LABEL = re.compile(r"^(?:image|photo|picture) caption\s*[,:]\s*", re.I)
_SUFFIX = re.compile(r"\s+[|–—-]\s+")
_DIVIDERS = frozenset({"url", "date", "byline", "caption"})


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, its kind, and whether a blank line stands before it."""

    text: str
    apart: bool
    kind: str = ""


def read_text(text: str, url: str | None) -> Found:
    """The article of a plain text page."""
    rows = [row.rstrip() for row in text.split("\n")]
    lines, captions = _take_captions(_lines(rows[:MOST_LINES]))
    lines = [replace(line, kind=_kind(line)) for line in lines]
    own = [m[1] for line in lines if line.kind == "url" and (m := _URL.match(line.text))]
    start = _body_start(lines)
    labels = {m[1].lower(): m[2].strip() for line in lines[: start + 1] if line.kind == "label" and (m := _LABEL.match(line.text))}
    at = _title_at(lines, start)
    title = labels.get("title") or labels.get("headline") or (lines[at].text if at is not None else None)
    title, suffix = _unsuffixed(title, lines[:start]) if title else (None, None)
    top = at + 1 if at is not None else 0
    teaser_at = _teaser_at(lines, top)
    teaser = labels.get("teaser") or labels.get("summary") or (lines[teaser_at].text if teaser_at is not None else None)
    section, region = _section(lines, at, labels)
    outlet = (
        labels.get("outlet") or labels.get("newspaper") or labels.get("publication") or outlet_of(*own, url) or suffix or _named_site(lines)
    )
    bylines = (byline_of(line.text) for line in lines[: start + 3] if line.kind == "byline")
    paragraphs = _paragraphs(lines, top, teaser_at, title)
    return Found(
        tuple(paragraphs), title, teaser, _date(lines, start, labels, (*own, url)), outlet, labels.get("author") or next(bylines, None),
        section, region, own[0] if own else None, captions=captions, issues=_excess(rows),
    )  # fmt: skip


def _excess(rows: Sequence[str]) -> tuple[Issue, ...]:
    problem = f"the text has {len(rows):,} lines; only its first {MOST_LINES:,} were read"
    return (Issue("too-large", problem),) if len(rows) > MOST_LINES else ()


# -- lines and their kinds --------------------------------------------------------------------------------------------


def _lines(rows: Sequence[str]) -> list[_Line]:
    """The lines that hold something, those wrapped by hand joined again."""
    longest = max(map(len, rows), default=0)
    wrapped = longest <= WRAP and sum(len(row) > longest * 0.6 for row in rows) >= 4
    lines: list[_Line] = []
    apart, before = True, ""
    for row in rows:
        words = squeezed(row)
        if not words:
            apart = True
            continue
        fits = len(before) + 1 + len(words.split()[0]) <= longest
        if wrapped and lines and not apart and not fits and not _MARK.match(row):
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {words}")
        else:
            item = _MARK.match(row)
            kind = "item" if item else "heading" if _HEADING_MARK.match(words) else ""
            bare = words[len(squeezed(item[0])) :].strip() if item else _HEADING_MARK.sub("", words)
            lines.append(_Line(bare or words, apart, kind))
        apart, before = False, row
    return lines


def _take_captions(lines: Sequence[_Line]) -> tuple[list[_Line], tuple[Caption, ...]]:
    """The lines with each caption made one line of kind `caption`, and the captions.

    A caption is known by the credit glued to its end, or by its being printed twice: once for the picture, once as its alternative text.
    """
    kept: list[_Line] = []
    captions: list[Caption] = []
    pending: str | None = None  # a credit that stands before its caption
    for line in lines:
        text, credit = (line.text, None) if signs(line.text) or is_chrome(line.text) else credited(line.text)
        labelled = _CAPTION_LABEL.match(line.text)
        if labelled:
            kept.append(replace(line, kind="caption"))
            captions.append(Caption(line.text[labelled.end() :], pending))
            pending = None
            continue
        pending = credit if credit and not text else pending
        previous = kept[-1] if kept else None
        twice = previous is not None and bool(text) and letters(previous.text) == letters(text) and previous.kind != "caption"
        if previous is not None and ((credit and twice) or (twice and not line.apart and len(text.split()) >= 4)):
            kept[-1] = replace(previous, kind="caption")
            captions.append(Caption(text, credit))
        elif credit and text and len(text.split()) <= 80:
            kept.append(replace(line, kind="caption"))
            captions.append(Caption(text, credit))
        elif credit and not text:
            if previous is not None and previous.kind == "caption" and captions and captions[-1].credit is None:
                captions[-1] = Caption(captions[-1].text, credit)
            elif previous is not None and not line.apart and previous.kind == "" and len(previous.text.split()) <= 60:
                kept[-1] = replace(previous, kind="caption")
                captions.append(Caption(previous.text, credit))
        else:
            kept.append(line)
    return kept, merged(captions)


def _kind(line: _Line) -> str:
    """The kind of a line, from its own words."""
    text = line.text
    if line.kind == "caption":
        return line.kind
    if _URL.match(text):
        return "url"
    if is_chrome(text) or re.search(r"\b(?:skip|jump) to\b", text[:40], re.I):
        return "chrome"
    if date_line(text):
        return "date"
    if len(text) <= 300 and _LABEL.match(text):
        return "label"
    if byline_of(text):
        return "byline"
    if line.kind:
        return "prose" if line.kind == "item" and is_prose(text) else line.kind
    return "prose" if is_prose(text) else "short"


# -- header -----------------------------------------------------------------------------------------------------------


def _body_start(lines: Sequence[_Line]) -> int:
    """Index of the first line of prose; of all lines where there is none."""
    return next((i for i, line in enumerate(lines) if line.kind == "prose" and not signs(line.text)), len(lines))


def _menus(lines: Sequence[_Line]) -> set[int]:
    """Indices of the lines that stand in a menu: three or more short ones without a gap."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, _Line("", True)]):
        brief = bool(line.text) and line.kind in ("short", "item", "chrome") and len(line.text.split()) <= 5
        if brief and (not line.apart or not run):
            run.append(i)
            continue
        found |= set(run) if len(run) >= 3 else set()
        run = [i] if brief else []
    return found


def _title_at(lines: Sequence[_Line], start: int) -> int | None:
    """Index of the title: the header's fullest, most set apart line; None where the page starts with its text."""
    menus = _menus(lines[:start])
    plausible = [i for i in range(start) if lines[i].kind in ("short", "heading") and len(lines[i].text) <= 250]
    candidates = [i for i in plausible if section_region(lines[i].text) == (None, None) and not signs(lines[i].text)]
    candidates = candidates[-MOST_TITLES:]
    if not candidates or (start == len(lines) and len(candidates) < 2):
        return None

    def weight(i: int) -> float:
        words = len(lines[i].text.split())
        isolated = i + 1 >= len(lines) or lines[i + 1].apart
        repeated = any(i != j and letters(lines[j].text).startswith(letters(lines[i].text)) for j in candidates)
        marked, menu, ended = lines[i].kind == "heading", i in menus, bool(SENTENCE_END.search(lines[i].text))
        return min(words, 6) + 3 * isolated + 4 * repeated + 6 * marked - 6 * menu - 2 * ended

    return max(candidates, key=weight)


def _unsuffixed(title: str, header: Sequence[_Line]) -> tuple[str, str | None]:
    """A title without the outlet behind it, and the outlet, where the page repeats the one or marks the other off with a bar."""
    parts = _SUFFIX.split(title)
    others = {letters(line.text) for line in header if line.text != title}
    if len(parts) > 1 and (" | " in title or letters(parts[0]) in others) and len(parts[0].split()) >= 3:
        names = [p for p in parts[1:] if not date_in(p) and len(p.split()) <= 5 and section_region(p) == (None, None)]
        return parts[0], names[-1] if names else None
    return title, None


def _teaser_at(lines: Sequence[_Line], top: int) -> int | None:
    """Index of the paragraph between title and body: something that is not text must part it from the body."""
    after = [i for i in range(top, len(lines)) if lines[i].kind == "prose"]
    if not after:
        return None
    first = after[0]
    words = len(lines[first].text.split())
    deks = [i for i in range(top, first) if lines[i].kind == "short" and len(lines[i].text.split()) >= 7]
    if len(after) >= 2 and first + 1 < len(lines) and lines[first + 1].kind in _DIVIDERS and words <= TEASER:
        brief = words <= 45 and any(lines[i].kind in ("date", "byline") for i in range(top, first))
        if lines[first + 1].kind != "caption" or brief:
            return first
    return deks[0] if deks and deks[0] <= top + 1 else None


def _section(lines: Sequence[_Line], at: int | None, labels: dict[str, str]) -> tuple[str | None, str | None]:
    """Section and region: stated by a label, or in the line above the title."""
    stated = labels.get("section") or labels.get("category")
    if stated:
        section, region = section_region(stated)
        return section or stated, region
    menus = _menus(lines[: at or 0])
    for i in range((at or 0) - 1, max(-1, (at or 0) - 4), -1):
        section, region = section_region(lines[i].text) if lines[i].kind in ("short", "item", "heading") else (None, None)
        if section and (i not in menus or section != lines[i].text):
            return section, region
    return None, None


def _date(lines: Sequence[_Line], start: int, labels: dict[str, str], urls: Sequence[str | None]) -> str | None:
    """The publication date: a label's, else that of the first date line that is not an update's, of the address, or of the dateline."""
    stated = date_in(labels.get("date") or labels.get("published"))
    header = [line.text for line in lines[: start + 3] if line.kind in ("date", "byline") and date_in(line.text)]
    footer = [line.text for line in lines[-4:] if line.kind == "date"]
    ranked = sorted([*header, *footer], key=lambda text: bool(re.search(r"\b(?:updated|modified)\b", text, re.I)))
    opened = [(dateline(line.text), line.text[: m.end()]) for line in lines[start : start + 2] if (m := _PLACE_AND_DAY.match(line.text))]
    datelines = [words for pair in opened for words in pair if words]
    return stated or next(filter(None, map(date_in, [*ranked, *filter(None, urls), *datelines])), None)


def _named_site(lines: Sequence[_Line]) -> str | None:
    """The outlet as the page's own menus or rights line name it."""
    for line in lines:
        match = _SITES.search(line.text) if line.kind == "chrome" and len(line.text) < 200 else None
        if match:
            return (match[1] or match[2]).strip()
    return None


# -- body -------------------------------------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[_Line], top: int, teaser_at: int | None, title: str | None) -> list[str]:
    """The body: prose and what stands between it, subheads and list items, without the page's tail; signing lines stay for now."""
    kept: list[tuple[str, str]] = []
    total = sum(len(line.text) for line in lines if line.kind == "prose")
    told = 0
    skipping = False
    for i, line in enumerate(lines[top:], top):
        if i == teaser_at or (line.kind in ("url", "date", "byline", "label", "caption", "chrome") and not signs(line.text)):
            skipping = skipping or (is_tail_heading(line.text) and told > 0)
            continue
        if is_tail_heading(line.text) and told > 0:
            if told * 4 > total * 3:
                break
            skipping = True
            continue
        if line.kind == "prose":
            skipping = False
            told += len(line.text)
        if skipping or (title and letters(line.text) == letters(title)):
            continue
        kept.append((line.kind, line.text))
        if told * 2 > total and signs(line.text):
            break
    if not any(kind == "prose" for kind, _ in kept):
        return [text for kind, text in kept if kind in ("short", "item", "heading")]
    while kept and kept[-1][0] != "prose" and not signs(kept[-1][1]):
        kept.pop()
    signed = next((i for i in range(len(kept) - 1, 0, -1) if not signs(kept[i][1])), 0)
    while signed > 0 and kept[signed][0] != "prose":
        kept.pop(signed)
        signed -= 1
    first = next(i for i, (kind, _) in enumerate(kept) if kind == "prose" or signs(kept[i][1]))
    return [text for _, text in kept[first:]]
