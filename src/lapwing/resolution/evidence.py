"""A text → the weight of each country in it, and what stands beside a mention: evidence for what a phrase alone leaves open."""

import re
from collections.abc import Mapping, Sequence

from lapwing.ontology import INTERNATIONAL
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.matching import AGENTS, BODIES, LED, MIXED, PLACES, ROLES_OF_OTHERS, Item, items_of
from lapwing.resolution.names import word_set, words_of
from lapwing.resolution.persons import standing

ONE_SIDED = 0.75
"""Share of all weight from which a text is about one country."""
_WEIGHTS = {"country": 1.0, "demonym": 1.0, "capital": 1.0, "seat": 1.0, "person": 1.0, "people": 0.7, "locality": 0.5, "organisation": 0.5}
_WHERE, _TITULAR = PLACES | BODIES, AGENTS | PLACES | BODIES
_DATELINE = re.compile(
    r"\A\s*([A-Z][A-Z .'’-]{2,40}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?)(?:,[^()\n—–]{0,40})?\s*(?:\([^)]{2,30}\)\s*)?(?:--|—|–| - )"
)
_LOWER_DATELINE = re.compile(r"\A\s*([a-z][a-z .'’-]{2,40}),[^()\n—–]{0,30}\d[^()\n—–]{0,12}(?:\([^)]{2,40}\)\s*)?(?:--|—|–| - )")
_PARAGRAPHS = 3
"""Paragraphs of a text that may open with its dateline: title and teaser stand before the report."""
_APPOSED = re.compile(r"\A\)?,\s+((?:[Tt]he|[Aa]n?|former|[A-Z][\w.]+(?:['’]s)?|[a-z]+)\s[^,.;:!?\"“”()]{2,80})(?=[,.;:)]|\Z)")
_VERBS = re.compile(r"\b(?:said|says|told|added|was|were|is|are|has|have|had|will|would|who|which|announced|reported|warned|according)\b")
_OPENINGS = (". ", "\n", "; ", ": ", "! ", "? ", "” ", ", ", "(", "\u201c")
_BESIDE_TITLES = word_set("the of deputy acting interim senior veteran new top current")
_JOINTS = _BESIDE_TITLES | ROLES_OF_OTHERS | LED | {"anti", "pro", "non"}
"""What may stand in a title and need not be a form of the base."""
_LONGEST_TITLE = 9
"""Words of a title before a name."""
_LONGEST = 20_000
"""Characters of a text that are weighed."""


def dateline_of(text: str) -> tuple[int, int] | None:
    """The words of place in a text's dateline, as offsets: "PORT VARO, May 2 (Agency) --"."""
    start = 0
    for paragraph in text.split("\n\n", _PARAGRAPHS)[:_PARAGRAPHS]:
        head = paragraph[:160]
        if match := _DATELINE.match(head) or _LOWER_DATELINE.match(head):
            return start + match.start(1), start + match.end(1)
        start += len(paragraph) + 2
    return None


def evidence_of(text: str, kb: KnowledgeBase, date: str | None = None) -> dict[str, float]:
    """Weight of each country in a text; its dateline counts three times."""
    weights: dict[str, float] = {}
    for item in items_of(words_of(text[:_LONGEST]), kb, None if text.islower() else MIXED):
        if item.kind in _WEIGHTS:
            _weigh(item, weights, kb, date)
    if dateline := dateline_of(text):
        for item in items_of(words_of(text[slice(*dateline)].title()), kb, MIXED):
            if item.kind in PLACES:
                for _ in range(2):
                    _weigh(item, weights, kb, date)
    return weights


def _weigh(item: Item, weights: dict[str, float], kb: KnowledgeBase, date: str | None) -> None:
    weight = _WEIGHTS[item.kind]
    if item.kind == "person":
        codes = {standing(item.people[0], date, kb).country} if len(item.people) == 1 else set[str | None]()
    else:
        codes = {f.code for f in item.forms if f.kind in _WHERE}
    if len(codes) == 1 and (code := next(iter(codes))) and code not in INTERNATIONAL:
        weights[code] = weights.get(code, 0.0) + weight


def one_sided(evidence: Mapping[str, float]) -> str | None:
    """The one country a text is about; None where several are at issue."""
    if not evidence:
        return None
    code = max(sorted(evidence), key=lambda c: evidence[c])
    return code if evidence[code] >= ONE_SIDED * sum(evidence.values()) else None


def scene_of(sentence: str, kb: KnowledgeBase) -> str | None:
    """The one country that a sentence says something happens in ("in Minsk"); None for none or several."""
    codes: set[str] = set()
    items = items_of(words_of(sentence[:2000]), kb, MIXED)
    for i, item in enumerate(items):
        if item.kind in ("country", "capital", "locality") and not item.possessive and _located(items, i):
            codes |= {f.code for f in item.forms if f.kind in PLACES and f.code}
    return next(iter(codes)) if len(codes) == 1 else None


def _located(items: Sequence[Item], i: int) -> bool:
    """Does "in", "near" … govern the item, with at most an article and two words between?"""
    for before in reversed(items[max(0, i - 4) : i]):
        if before.kind == "prep":
            return before.text in ("in", "at", "near", "outside", "across", "throughout", "inside", "around")
        if before.kind not in ("det", "word", "party", "role"):
            return False
    return False


def introduction(text: str, start: int, end: int) -> tuple[str, str | None]:
    """The phrase at a span with the words of title and country before it, and the apposition after it, if there is one."""
    before = text[max(0, start - 90) : start]
    before = before[max(map(before.rfind, _OPENINGS)) + 1 :]
    after = _APPOSED.match(text[end : end + 140])
    apposed = after[1] if after and not _VERBS.search(after[1]) else None
    return before, apposed


def title_before(before: str, kb: KnowledgeBase) -> str:
    """The words right before a name that are its title: agents, demonyms, bodies and what joins them, back to the first other word."""
    words = before.split()
    for at in range(_title_start(words, kb), len(words)):
        items = items_of(words_of(" ".join(words[at:])), kb, MIXED)
        if items and all(_titular(i) for i in items) and any(i.form(AGENTS) for i in items):
            return " ".join(words[at:])
    return ""


def _title_start(words: Sequence[str], kb: KnowledgeBase) -> int:
    """From where on every word may belong to a title: most words before a name cannot, and it is quick to tell."""
    at, first = len(words), max(0, len(words) - _LONGEST_TITLE)
    while at > first and all(w.form in kb.vocabulary or w.form in _JOINTS for w in words_of(words[at - 1])):
        at -= 1
    return at


def _titular(item: Item) -> bool:
    return bool(item.form(_TITULAR)) or item.text in _BESIDE_TITLES
