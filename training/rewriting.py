"""A passage → the same passage with other names: "U.S." for "the United States", another country for one of its own; marks move along.

The corpus spells names out; the press does not.  And a network that has seen a country only as the one that sends aid learns that.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from training.annotation import Mark, Passage

SHORT = {
    "the United States": ("the US", "the U.S.", "the USA"), "The United States": ("The US", "The U.S.", "The USA"), "United States": ("US", "U.S."),
    "American": ("US", "U.S."), "United Nations": ("UN", "U.N."), "European Union": ("EU",), "British": ("UK", "U.K."),
    "UN": ("U.N.",), "US": ("U.S.",), "United Kingdom": ("UK", "U.K."), "African Union": ("AU",), "per cent": ("percent", "%"),
}  # fmt: skip
"""How the press shortens what the corpus spells out.  An adjective is shortened only before a small letter: "Americans" stay."""
_SHORT = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, SHORT), key=len, reverse=True)) + r")\b(?! [A-Z])(?!-)(?!['’])")


@cache
def countries() -> dict[str, tuple[str, str]]:
    """Name → (name, demonym) and demonym → the same, of every state with both."""
    table = resources.files("lapwing.data").joinpath("knowledge", "countries.tsv").read_text(encoding="utf-8")
    _, header, *lines = table.splitlines()
    columns = header.split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
    pairs = [(r["name"], r["demonyms"].split("|")[0]) for r in rows if not r["state"] and r["demonyms"]]
    return {word: pair for pair in pairs for word in pair}


@cache
def _country() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, countries()), key=len, reverse=True)) + r")\b")


def rewritten(passage: Passage, dice: random.Random) -> Passage:
    """The passage with names shortened here and there, and sometimes with one country replaced by another throughout."""
    if dice.random() < 0.5:
        named = sorted({countries()[word] for word in _country().findall(passage.text)})
        if named:
            old, new = dice.choice(named), dice.choice(sorted(set(countries().values())))
            found = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(old, key=len, reverse=True))) + r")\b")
            passage = substituted(passage, found, lambda word: new[old.index(word)])
    return substituted(passage, _SHORT, lambda word: dice.choice(SHORT[word]) if dice.random() < 0.7 else word)


def substituted(passage: Passage, pattern: re.Pattern[str], other: Callable[[str], str]) -> Passage:
    """The passage with each match replaced, and its marks and sentences moved; a match that a mark begins or ends inside is left alone."""
    edges = {edge for m in passage.marks.values() for edge in (m.start, m.end)}
    text, last, moved = [], 0, [0] * (len(passage.text) + 1)
    length = 0
    for match in pattern.finditer(passage.text):
        if any(match.start() < edge < match.end() for edge in edges):
            continue
        length = _copied(moved, last, match.start(), length)
        word = other(match[0])
        text += [passage.text[last : match.start()], word]
        moved[match.start()] = length
        for i in range(match.start() + 1, match.end()):
            moved[i] = length + len(word)
        length += len(word)
        last = match.end()
    _copied(moved, last, len(passage.text) + 1, length)
    marks = {id: Mark(m.kind, m.id, moved[m.start], moved[m.end]) for id, m in passage.marks.items()}
    sentences = [(moved[a], moved[b]) for a, b in passage.sentences]
    return replace(passage, text="".join([*text, passage.text[last:]]), marks=marks, sentences=sentences)


def _copied(moved: list[int], start: int, end: int, length: int) -> int:
    """Offsets of a stretch taken over as it is; returns the new length."""
    for i in range(start, end):
        moved[i] = length + i - start
    return length + end - start


def varied(passages: Sequence[Passage], dice: random.Random, share: float = 0.4) -> list[Passage]:
    """The passages, a share of them rewritten."""
    return [rewritten(p, dice) if dice.random() < share else p for p in passages]
