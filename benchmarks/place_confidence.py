"""How often a place of a given confidence is the wrong one: `python -m benchmarks.place_confidence [--split SPLIT] [--gold FILE]`.

Whole pipeline.  Of our corpus, which has no coordinates, a place is wrong if its country is not the annotated one (a place of no country, a
sea, counts where the annotation has none either).  FILE is JSON Lines of `{"document", "gold": [{"start", "end", "lat", "lon", …}]}`:
there a place is wrong if it lies over 161 km from the gold place it overlaps and is not the same GeoNames entry.
"""

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.own_split import matched
from lapwing.pipeline import Coder
from lapwing.records import CodedDocument, Document, Place
from training.annotation import Passage, read_all, split_of

BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
NEAR_KM = 161.0
Judged = tuple[float, bool, Place]
"""Confidence, whether the place is the wrong one, and the place."""


def places_of(coded: CodedDocument) -> list[Place]:
    """The resolved places of a document in the order of the text."""
    return [m for m in coded.mentions if isinstance(m, Place) and m.name]


def of_corpus(split: str) -> Iterator[Judged]:
    """Places of our own corpus that overlap an annotated one."""
    passages = [p for p in read_all() if split_of(p) == split]
    documents = (Document(p.id, p.text, p.meta["date"]) for p in passages)
    for passage, coded in zip(passages, Coder().code(documents), strict=True):
        yield from _against(passage, places_of(coded))


def _against(passage: Passage, places: Sequence[Place]) -> Iterator[Judged]:
    marks = sorted((m for m in passage.marks.values() if m.kind == "p"), key=lambda m: m.start)
    for j, i in matched([(m.start, m.end) for m in marks], [(p.start, p.end) for p in places]).items():
        country = passage.places[marks[i].id]
        yield places[j].confidence or 0.0, places[j].country != country, places[j]


def of_file(path: Path) -> Iterator[Judged]:
    """Places of a gold file that overlap one with coordinates."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row, coded in zip(rows, Coder().code(r["document"] for r in rows), strict=True):
        gold = [g for g in row["gold"] if g["lat"] is not None]
        places = places_of(coded)
        for j, i in matched([(g["start"], g["end"]) for g in gold], [(p.start, p.end) for p in places]).items():
            yield places[j].confidence or 0.0, _is_far(gold[i], places[j]), places[j]


def _is_far(gold: dict[str, Any], place: Place) -> bool:
    if gold.get("geonameid") and gold["geonameid"] == place.geonameid:
        return False
    a, b, c, d = map(math.radians, (gold["lat"], gold["lon"], place.lat or 0.0, place.lon or 0.0))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h))) > NEAR_KM


def table(judged: Sequence[Judged]) -> str:
    """Wrong ones by the least confidence, and by band."""
    lines = ["confidence      n  wrong     from here up"]
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        band = [wrong for confidence, wrong, _ in judged if low <= confidence < high]
        above = [wrong for confidence, wrong, _ in judged if confidence >= low]
        lines.append(f"{low:.2f} – {min(high, 1):.2f} {len(band):6} {_share(band)}    {len(above):6} {_share(above)}")
    return "\n".join(lines)


def _share(wrong: Sequence[bool]) -> str:
    return f"{100 * sum(wrong) / len(wrong):5.1f}%" if wrong else "     –"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--list", type=float, metavar="CONFIDENCE", help="name the wrong ones from this confidence up")
    options = parser.parse_args()
    judged = list(of_file(options.gold) if options.gold else of_corpus(options.split))
    print(options.gold or f"own {options.split} split", len(judged), "places")
    print(table(judged))
    if options.list is not None:
        for confidence, wrong, place in judged:
            if wrong and confidence >= options.list:
                print(f"{confidence:.3f}  {place.text!r}: {place.name}, {place.country} ({place.grain}); {place.how}")


if __name__ == "__main__":
    main()
