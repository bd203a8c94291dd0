"""`make corpus-agreement`: how far a second, blind annotation of the same texts agrees with the first.

`corpus/double/*.txt` holds passages of the batches annotated again by a reader who saw the text alone.  A span agrees if it overlaps
one of its kind; κ is Cohen's, over the triggers both marked.
"""

import collections
from collections.abc import Sequence

from benchmarks.own_split import events_in_order, matched, overlaps
from training.annotation import CORPUS, Passage, read_all


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's κ of paired labels."""
    if not pairs:
        return 0.0
    left, right = collections.Counter(a for a, _ in pairs), collections.Counter(b for _, b in pairs)
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    chance = sum(left[k] * right[k] for k in left) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def spans(passage: Passage, kind: str) -> list[tuple[int, int]]:
    """Spans of a kind in the order of the text; of places those outside actors: inside, the guidelines leave them free, since the actor has its
    country."""
    found = sorted((m.start, m.end) for m in passage.marks.values() if m.kind == kind)
    if kind != "p":
        return found
    actors = spans(passage, "a")
    return [f for f in found if not any(start <= f[0] and f[1] <= end for start, end in actors)]


def f1(hits: int, one: int, other: int) -> float:
    """F1 of one annotation against the other."""
    return 2 * hits / max(1, one + other)


def compare(first: Sequence[Passage], second: Sequence[Passage]) -> dict[str, float]:
    """Agreement over passages given in the same order."""
    spanned: collections.Counter[str] = collections.Counter()
    types: list[tuple[str, str]] = []
    statuses: list[tuple[str, str]] = []
    roles: collections.Counter[str] = collections.Counter()
    speakers: list[bool] = []
    for a, b in zip(first, second, strict=True):
        for kind in "apdeq":
            left, right = spans(a, kind), spans(b, kind)
            spanned[f"{kind}.hit"] += len(matched(left, right))
            spanned[f"{kind}.one"] += len(left)
            spanned[f"{kind}.other"] += len(right)
        (mine, left), (theirs, right) = events_in_order(a), events_in_order(b)
        for j, i in matched(left, right).items():
            one, other = mine[i], theirs[j]
            types.append((one.type, other.type))
            statuses.append((one.status, other.status))
            sides = [[(r, p.marks[x]) for r, ids in (("a", e.actors), ("r", e.recipients)) for x in ids] for p, e in ((a, one), (b, other))]
            roles["hit"] += sum(any(r == s and overlaps((m.start, m.end), (n.start, n.end)) for s, n in sides[1]) for r, m in sides[0])
            roles["one"] += len(sides[0])
            roles["other"] += len(sides[1])
            said = [p.chain(e.speaker) for p, e in ((a, one), (b, other))]
            if any(said):
                speakers.append(any(overlaps(x, y) for x in said[0] for y in said[1]))
    out = {f"span F1 {kind}": f1(spanned[f"{kind}.hit"], spanned[f"{kind}.one"], spanned[f"{kind}.other"]) for kind in "apdeq"}
    return out | {"type κ": kappa(types), "role F1": f1(roles["hit"], roles["one"], roles["other"]), "status κ": kappa(statuses),
                  "speaker agreement": sum(speakers) / max(1, len(speakers))}  # fmt: skip


def main() -> None:
    """Print the agreement of all passages annotated twice."""
    by_id = {p.id: p for p in read_all()}
    second = [p for p in read_all(CORPUS / "double") if p.id in by_id]
    for p in second:
        if p.text != by_id[p.id].text:
            print(f"{p.id}: the text differs; left out")
    second = [p for p in second if p.text == by_id[p.id].text]
    print(f"{len(second)} passages annotated twice")
    for name, value in compare([by_id[p.id] for p in second], second).items():
        print(f"{name:<20} {value:.3f}")


if __name__ == "__main__":
    main()
