"""How often claims of a given confidence are right, on our test split → a table and `docs/reliability.svg`: `python -m benchmarks.reliability`.

Right means that the trigger overlaps the gold trigger and the type is the same.  The map from score to confidence was fitted on the dev split.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.own_split import events_in_order, matched
from lapwing.coder import calibrated
from lapwing.records import Tags
from lapwing.tagger import OnnxTagger
from training.annotation import Passage, read_all, split_of

PLOT = Path("docs/reliability.svg")
BINS = 10
SIDE, MARGIN = 300, 40


def judged(passage: Passage, tags: Tags) -> list[tuple[float, bool]]:
    """(the model's score, is it right) of each event found in a passage."""
    events, gold = events_in_order(passage)
    hits = matched(gold, [(e.span.start, e.span.end) for e in tags.events])
    return [(e.score, j in hits and events[hits[j]].type == e.type) for j, e in enumerate(tags.events)]


def binned(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, count) of each bin that holds any."""
    held = [[c for c in cases if min(int(c[0] * BINS), BINS - 1) == b] for b in range(BINS)]
    return [(sum(p for p, _ in h) / len(h), sum(r for _, r in h) / len(h), len(h)) for h in held if h]


def error(bins: Sequence[tuple[float, float, int]]) -> float:
    """Expected calibration error: the mean distance of confidence from the share right, bins weighted by their counts."""
    return sum(n * abs(p - r) for p, r, n in bins) / sum(n for _, _, n in bins)


def drawn(bins: Sequence[tuple[float, float, int]]) -> str:
    """The plot as SVG: a dot a bin, its area the number of claims; the diagonal is perfect."""
    most = max(n for _, _, n in bins)
    left, low = MARGIN, MARGIN + SIDE
    dots = "".join(
        f'<circle cx="{left + p * SIDE:.1f}" cy="{low - r * SIDE:.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" fill="#2a6f97" fill-opacity=".75">'
        f"<title>{n} claims at {p:.2f}: {r:.2f} right</title></circle>"
        for p, r, n in bins
    )
    ticks = "".join(
        f'<text x="{left + v * SIDE:.0f}" y="{low + 18}" text-anchor="middle">{v}</text><text x="{left - 8}" y="{low - v * SIDE + 4:.0f}" text-anchor="end">{v}</text>'
        for v in (0, 0.5, 1)
    )
    size = SIDE + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size + 10}" width="{size}" height="{size + 10}" font-family="sans-serif" font-size="12">'
        f'<title>Share of claims that are right, by confidence</title><rect width="100%" height="100%" fill="white"/>'
        f'<rect x="{left}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>'
        f'<line x1="{left}" y1="{low}" x2="{left + SIDE}" y2="{MARGIN}" stroke="#888" stroke-dasharray="4"/>{dots}{ticks}'
        f'<text x="{left + SIDE / 2}" y="{low + 36}" text-anchor="middle">confidence</text><text x="{left}" y="{MARGIN - 12}">share right</text></svg>\n'
    )


def main() -> None:
    """Print the table and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--to", type=Path, default=PLOT)
    options = parser.parse_args()
    passages = [p for p in read_all() if split_of(p) == "test"]
    tagger = OnnxTagger(options.model)
    calibration = tagger.card["calibration"]
    tags = tagger.tag([(p.text, ()) for p in passages])
    bins = binned([(calibrated(score, calibration), right) for p, t in zip(passages, tags, strict=True) for score, right in judged(p, t)])
    for confidence, right, count in bins:
        print(f"{confidence:.2f} {right:.2f} {count:>5}")
    print(f"expected calibration error {error(bins):.3f}")
    options.to.write_text(drawn(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
