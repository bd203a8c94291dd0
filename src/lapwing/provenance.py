"""Article → where its report comes from: the outlet, the agencies it prints, the interviews, statements and reports its text names.

The first links rest on what the page says of itself, the others on the text's own words ("told Welt am Sonntag", "according to Reuters").  An
outlet is one of `data/knowledge/outlets.tsv`, or what the text calls a newspaper, an agency or state television; a person is none.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lapwing.records import Article, Link, Span, span_of

COLUMNS = ("outlet", "aliases", "country", "kind", "state", "reason")
_MEDIUM = (
    r"newspaper|paper|daily|weekly|tabloid|magazine|broadcaster|channel|network|news agency|newswire|agency|news outlet|outlet|website|news site|"
    r"portal|television|TV|radio|station|media"
)
_MEANS = re.compile(rf"(?:{_MEDIUM})\Z", re.I)
_CAPITALS = r"[A-ZÀ-Ž][\w'’&.-]*"
_UNKNOWN = re.compile(
    rf"(?:the |an? )?(?:[\w'’-]+ ){{0,3}}?(?P<state>state-run |state-owned |state |official )?(?:{_MEDIUM}) (?P<name>{_CAPITALS}"
    rf"(?: (?:(?:de|del|della|di|du|des|am|of|la|le) )?{_CAPITALS}){{0,3}})"
)
_STATE_MEDIA = re.compile(rf"(?:the )?(?P<name>(?:{_CAPITALS} )?state(?:-run|-owned)? (?:television|TV|media|radio|news agency))\b")
_STATE_MEDIA_LAST = re.compile(_STATE_MEDIA.pattern + r"\Z")
_PASSED_ON = r"(?:carried|published|released|issued|distributed|relayed|broadcast|aired|quoted|cited|reported|seen|obtained|reviewed)"
_CUES = {
    "interview": (
        rf"told|interviews? (?:with|to|for|{_PASSED_ON} (?:by|in|on))|interviewed by|(?:speaking|spoke|speaks) (?:to|with)|(?:comments|remarks) to"
    ),
    "statement": (
        r"(?:statement|letter|remarks|communiqu[eé]|footage|video|speech|address|comments|decree|documents?|message|transcript)"
        rf"(?: (?:was|were|that was|which was))? {_PASSED_ON} (?:by|in|on)|(?:op-ed|article|column|commentary) (?:for|in)"
    ),
    "report": rf"according to|citing|quoting|{_PASSED_ON} (?:by|in)",
}
_CUE = re.compile(r"\b(?:" + "|".join(f"(?P<{kind}>(?:in an? )?(?:{words}))" for kind, words in _CUES.items()) + r") ")
_REPORTED = re.compile(r" (?:first |has |had )?(?:reported|reports|quoted|quotes|cited|cites|carried|broadcast|aired|said)\b")
_TOKEN = re.compile(r"[\w&/]+(?:[.'’-]\w+)*")
_GAP = re.compile(r"\.? (?=\S)")
_LONGEST = 6
"""Words of an outlet's name."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the table; `state` is `run`, `funded` or None."""

    name: str
    country: str
    kind: str
    state: str | None
    reason: str


@cache
def outlets() -> dict[str, Outlet]:
    """Outlet by each of its names."""
    text = resources.files("lapwing.data").joinpath("knowledge", "outlets.tsv").read_text(encoding="utf-8")
    by_name: dict[str, Outlet] = {}
    for row in csv.DictReader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        outlet = Outlet(row["outlet"], row["country"], row["kind"], row["state"] or None, row["reason"])
        by_name |= dict.fromkeys([outlet.name, *filter(None, row["aliases"].split("|"))], outlet)
    return by_name


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name, with or without its article or its `.com`."""
    known = outlets()
    return known.get(name) or known.get(name.removeprefix("The ")) or known.get(name.removesuffix(".com"))


def provenance(article: Article) -> tuple[Link, ...]:
    """The chain of an article: its outlet, its agencies, then what its text names, in the order of the text."""
    links = [_link("outlet", article.outlet)] if article.outlet else []
    for agency in article.agencies:
        links.append(_link("agency", agency, byline=article.byline if agency in (article.byline or "") else None))
    own = {link.name for link in links}
    seen: set[tuple[str, str]] = set()
    for link in sorted(_told(article.text), key=lambda link: link.wording.start if link.wording else 0):
        if (link.kind, link.name) not in seen and not (link.kind == "report" and link.name in own):
            seen.add((link.kind, link.name))
            links.append(link)
    return tuple(links)


def _link(kind: str, name: str, wording: Span | None = None, byline: str | None = None, *, called_state: bool = False) -> Link:
    known = outlet_named(name)
    if known:
        marked = (known.country, known.state, known.reason) if known.state else (known.country, None, None)
        return Link(kind, known.name, wording, byline, *marked)
    return Link(kind, name, wording, byline, None, *(("run", "the text calls it the state's") if called_state else (None, None)))


def _told(text: str) -> Iterator[Link]:
    """What the text names after a cue, and the outlets that are said to report."""
    for cue in _CUE.finditer(text):
        found = _named_at(text, cue.end())
        if found:
            end, name, called_state = found
            yield _link(cue.lastgroup or "report", name, span_of(text, cue.start(), end), called_state=called_state)
    for verb in _REPORTED.finditer(text):
        named = _named_before(text, verb.start(), agencies_only=verb[0].endswith("said"))
        if named:
            start, name, called_state = named
            yield _link("report", name, span_of(text, start, verb.end()), called_state=called_state)


def _named_at(text: str, at: int) -> tuple[int, str, bool] | None:
    """Where the outlet named from `at` on ends, its name, and whether the text calls it the state's."""
    state = _STATE_MEDIA.match(text, at)
    tokens = _tokens(text, at)
    for first in range(min(6, len(tokens))):
        before = text[at : tokens[first][0]].strip()
        if first and not (before.lower() == "the" or _MEANS.search(before) or before.endswith(("'s", "’s"))):
            continue
        for last in reversed(range(first, min(first + _LONGEST, len(tokens)))):
            name = re.sub(r"['’]s?\Z", "", text[tokens[first][0] : tokens[last][1]])
            if name in outlets():
                return tokens[first][0] + len(name), name, False
    unknown = _UNKNOWN.match(text, at)
    if unknown:
        return unknown.end(), unknown["name"].rstrip(".'’"), bool(unknown["state"])
    return (state.end(), state["name"], True) if state else None


def _tokens(text: str, at: int) -> list[tuple[int, int]]:
    """The words from `at` on that nothing but spaces parts."""
    out: list[tuple[int, int]] = []
    while len(out) < _LONGEST + 6 and (word := _TOKEN.match(text, at)):
        out.append(word.span())
        gap = _GAP.match(text, word.end())
        if not gap:
            break
        at = gap.end()
    return out


def _named_before(text: str, end: int, *, agencies_only: bool) -> tuple[int, str, bool] | None:
    """Where the outlet named just before `end` starts, its name, and whether the text calls it the state's."""
    low = max(0, end - 80)
    words = re.sub(r" (?:news agency|agency|newspaper|television|magazine)\Z", "", text[low:end])
    starts = [low + m.start() for m in _TOKEN.finditer(words)][-_LONGEST:]
    for start in starts:
        name = text[start : low + len(words)]
        if name in outlets() and (not agencies_only or outlets()[name].kind == "agency"):
            return start, name, False
    state = _STATE_MEDIA_LAST.search(text[low:end])
    return (low + state.start(), state["name"], True) if state else None
