"""How many numbers of people are found exactly: `python -m benchmarks.numbers [--model FILE] [--errors]`.

`training/corpus/numbers.tsv` says how many the test passages tell as dead, injured, detained or taking part.  A count of a claim is right if it
overlaps the gold wording and has the same kind and bounds.  Whole pipeline: a count that hangs on no claim is not found.
"""

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from lapwing.pipeline import Coder
from lapwing.records import CodedDocument
from training.annotation import CORPUS, Passage, read_all, split_of

LAST = 272
"""The last batch whose numbers are annotated."""


class Number(NamedTuple):
    """A number of people: where it stands, what it counts, its bounds."""

    start: int
    end: int
    kind: str
    low: int | None
    high: int | None


def gold(passages: dict[str, Passage]) -> dict[str, list[Number]]:
    """The annotated numbers by passage."""
    out: dict[str, list[Number]] = defaultdict(list)
    with (CORPUS / "numbers.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            passage = passages[row["passage"]]
            start = passage.text.index(row["wording"], passage.sentences[int(row["sentence"]) - 1][0])
            low, high = (None if row[side] == "-" else int(row[side]) for side in ("low", "high"))
            out[passage.id].append(Number(start, start + len(row["wording"]), row["kind"], low, high))
    return out


def found(coded: CodedDocument) -> list[Number]:
    """The numbers that hang on a document's claims, each once."""
    return sorted({Number(c.start, c.end, c.kind, c.low, c.high) for claim in coded.claims for c in claim.counts}, key=lambda n: n[:3])


def right(one: Number, other: Number) -> bool:
    """Are both the same number of the same people?"""
    return one[2:] == other[2:] and one.start < other.end and other.start < one.end


def main() -> None:
    """Print precision, recall and F1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is missed and what is beyond")
    options = parser.parse_args()
    passages = {p.id: p for p in read_all() if split_of(p) == "test" and int(p.id[:3]) <= LAST}
    expected = gold(passages)
    hits = told = 0
    for coded in Coder(options.model).code({"id": p.id, "text": p.text, "date": p.meta["date"]} for p in passages.values()):
        text, here, numbers = passages[coded.id].text, expected.get(coded.id, []), found(coded)
        hits += sum(any(right(g, n) for n in numbers) for g in here)
        told += len(numbers)
        if options.errors:
            for name, ours, theirs in (("missed", here, numbers), ("beyond", numbers, here)):
                for n in (n for n in ours if not any(right(n, other) for other in theirs)):
                    print(
                        name,
                        coded.id,
                        n.kind,
                        n.low,
                        n.high,
                        text[max(0, n.start - 60) : n.start] + "[" + text[n.start : n.end] + "]" + text[n.end : n.end + 60],
                    )
    count = sum(map(len, expected.values()))
    precision, recall = hits / max(1, told), hits / count
    print(f"numbers of people in {len(passages)} test passages: {count} annotated, {told} found, {hits} exact")
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * hits / (count + told):.3f}")


if __name__ == "__main__":
    main()
