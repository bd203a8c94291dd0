"""Claims against our own held-out split → a table of scores: `python -m benchmarks.own_split [--split dev|test] [--model FILE]`.

A span is found if it overlaps a gold span of its kind (one to one).  An event is right if its trigger overlaps the gold trigger and the type
is the same; roles are counted over all events (event right, and the party's span overlaps the gold party's), speakers too (any mention of the
gold speaker will do); mode, status and stance are macro-F1 over the events whose type is right.  Events and what hangs on them are those of
the claims, as a user gets them; the export tunes with those of the model alone.  Intervals: passages resampled 300 times.
"""

import argparse
import collections
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lapwing.ontology import STATUSES, code_of
from lapwing.pipeline import Coder
from lapwing.records import Claim, Span, TaggedSpan, Tags
from training.annotation import Event, Mark, Passage, read_all, split_of

FLOORS = Path(__file__).parent / "floors.json"
Counts = collections.Counter[str]
LAYERS = {"a": "actors", "p": "places", "d": "dates"}
Extent = tuple[int, int]


class Found(NamedTuple):
    """An event that was found, by the model or as a claim."""

    trigger: Extent
    type: str
    mode: str | None
    status: str
    stance: str
    parties: dict[str, list[Extent]]
    speaker: Extent | None


def tagged_events(tags: Tags) -> list[Found]:
    """The events of the model."""

    def parties(event_side: Sequence[tuple[int, float]]) -> list[Extent]:
        return [_extent(tags.actors[i]) for i, _ in event_side]

    return [
        Found(_extent(e.span), e.type, e.mode, e.status, e.stance, {"actors": parties(e.actors), "recipients": parties(e.recipients)},
              None if e.speaker is None else _extent(tags.actors[e.speaker]))
        for e in tags.events
    ]  # fmt: skip


def claimed_events(claims: Sequence[Claim]) -> list[Found]:
    """The events of the claims."""
    return [
        Found(_extent(c.trigger), c.type, c.mode, c.status, c.stance, {role: [_extent(r) for r in getattr(c, role)] for role in ("actors", "recipients")},
              c.speaker and _extent(c.speaker))
        for c in claims
    ]  # fmt: skip


def _extent(span: Span | TaggedSpan | Mark) -> Extent:
    return span.start, span.end


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Do two half-open spans share a character?"""
    return a[0] < b[1] and b[0] < a[1]


def matched(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Gold index by found index, one to one in the order of the text."""
    out: dict[int, int] = {}
    for j, f in enumerate(found):
        hit = next((i for i, g in enumerate(gold) if overlaps(g, f) and i not in out.values()), None)
        if hit is not None:
            out[j] = hit
    return out


def events_in_order(passage: Passage) -> tuple[list[Event], list[tuple[int, int]]]:
    """The gold events of a passage by their place in the text, and the spans of their triggers."""
    events = sorted(passage.events.values(), key=lambda e: passage.marks[e.id].start)
    return events, [_extent(passage.marks[e.id]) for e in events]


def compare(passage: Passage, tags: Tags, events: Sequence[Found] | None = None) -> Counts:
    """Counts of one passage; `x.hit`, `x.gold`, `x.found` for each measure, and pairs for the macro measures.  Without `events`, the model's."""
    counts: Counts = collections.Counter()
    for kind, name in LAYERS.items():
        gold = [_extent(m) for m in passage.marks.values() if m.kind == kind]
        found = [_extent(s) for s in getattr(tags, name)]
        _count(counts, name, len(matched(gold, found)), len(gold), len(found))
    gold = [_extent(m) for m in passage.marks.values() if m.kind == "q"]
    found = [_extent(q.span) for q in tags.quotes]
    _count(counts, "quote", len([1 for j, i in matched(gold, found).items() if _jaccard(gold[i], found[j]) >= 0.5]), len(gold), len(found))
    _compare_events(counts, passage, tagged_events(tags) if events is None else events)
    return counts


def _compare_events(counts: Counts, passage: Passage, found: Sequence[Found]) -> None:
    events, gold = events_in_order(passage)
    pairs = [(events[i], found[j]) for j, i in matched(gold, [f.trigger for f in found]).items()]
    right = [(g, f) for g, f in pairs if g.type == f.type]
    _count(counts, "trigger", len(pairs), len(gold), len(found))
    _count(counts, "event", len(right), len(gold), len(found))
    hits: Counts = collections.Counter()
    for g, f in right:
        for role, id in _parties(g):
            hits["role"] += any(overlaps(_extent(passage.marks[id]), s) for s in f.parties[role])
        if g.speaker and f.speaker:
            hits["speaker"] += any(overlaps(mention, f.speaker) for mention in passage.chain(g.speaker))
        counts[f"status|{g.status}|{f.status}"] += 1
        counts[f"stance|{g.stance}|{f.stance}"] += 1
        if g.mode or f.mode:
            counts[f"mode|{code_of(g.type, g.mode)}|{code_of(f.type, f.mode)}"] += 1
    _count(
        counts, "role", hits["role"], sum(len(_parties(e)) for e in events), sum(len(spans) for f in found for spans in f.parties.values())
    )
    _count(counts, "speaker", hits["speaker"], sum(e.speaker is not None for e in events), sum(f.speaker is not None for f in found))
    for g, f in pairs:
        counts[f"type|{g.type}|{f.type}"] += 1


def _jaccard(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / ((a[1] - a[0]) + (b[1] - b[0]) - both)


def _parties(event: Event) -> list[tuple[str, str]]:
    return [("actors", a) for a in event.actors] + [("recipients", r) for r in event.recipients]


def _count(counts: Counts, name: str, hit: int, gold: int, found: int) -> None:
    counts[f"{name}.hit"] += hit
    counts[f"{name}.gold"] += gold
    counts[f"{name}.found"] += found


def summarise(cases: Sequence[Counts]) -> dict[str, float]:
    """The measures over passages."""
    total: Counts = collections.Counter()
    for case in cases:
        total.update(case)
    out = {}
    for name in ("actors", "places", "dates", "quote", "trigger", "event", "role", "speaker"):
        out[f"{name}_f1"] = 2 * total[f"{name}.hit"] / max(1, total[f"{name}.gold"] + total[f"{name}.found"])
    for name in ("type", "status", "stance", "mode"):
        out[f"{name}_macro_f1"] = _macro(total, name)
    return out


def _macro(total: Counts, name: str) -> float:
    """Mean F1 over the gold classes of `name|gold|found` counts (modes and stances: those seen five times or more)."""
    gold, found, hit = Counts(), Counts(), Counts()
    for key, count in total.items():
        if key.startswith(name + "|"):
            _, g, f = key.split("|")
            gold[g] += count
            found[f] += count
            hit[g] += count if g == f else 0
    least = 5 if name in ("mode", "stance") else 1
    classes = [c for c in gold if gold[c] >= least and (name != "status" or c in STATUSES)]
    return sum(2 * hit[c] / (gold[c] + found[c]) for c in classes) / max(1, len(classes))


def evaluate(split: str, model: Path | None = None) -> list[Counts]:
    """Counts of every passage of a split."""
    passages = [p for p in read_all() if split_of(p) == split]
    coder = Coder(model)
    tags = coder.tagger.tag([(p.text, ()) for p in passages])
    coded = coder.code({"id": p.id, "text": p.text, "date": p.meta["date"]} for p in passages)
    return [compare(p, t, claimed_events(d.claims)) for p, t, d in zip(passages, tags, coded, strict=True)]


def intervals(cases: Sequence[Counts]) -> dict[str, tuple[float, float]]:
    """The middle 95 % over resampled passages."""
    dice = random.Random(20210606)
    draws = [summarise(dice.choices(cases, k=len(cases))) for _ in range(300)]
    return {m: tuple(sorted(d[m] for d in draws)[i] for i in (7, 292)) for m in draws[0]}  # type: ignore[misc]


def main() -> int:
    """Print the table; with `--floors` fail if a measure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args()
    cases = evaluate(options.split, options.model)
    values, between = summarise(cases), intervals(cases)
    floors = json.loads(FLOORS.read_text()) if options.floors else {}
    print(f"own {options.split} split, {len(cases)} passages, {sum(c['event.gold'] for c in cases)} events")
    for name, value in values.items():
        low, high = between[name]
        print(f"{name:<16} {value:.3f}  {low:.3f} – {high:.3f}" + (f"  floor {floors[name]:.3f}" if name in floors else ""))
    below = [n for n, floor in floors.items() if values[n] < floor]
    if below:
        print(f"below the floor: {', '.join(below)}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
