"""`make corpus-lint`: every broken constraint of the annotated files, one line each; exit 1 if there is any."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.annotation import CORPUS, Passage, read

GRAM = 4
MOST_SHARED = 0.6
"""Share of the shorter sentence's word 4-grams that another passage's sentence may have in common with it."""


def near_duplicates(passages: Sequence[Passage]) -> Iterator[tuple[str, str, str]]:
    """Sentences that stand, nearly word for word, in an earlier passage too: (passage, earlier passage, sentence).

    Within a passage sentences may be alike: that is what a contrast set is."""
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    known: list[tuple[str, int]] = []
    for passage in passages:
        first = len(known)
        for start, end in passage.sentences:
            words = re.findall(r"[\w']+", passage.text[start:end].lower())
            grams = {tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}
            shared = Counter(j for gram in grams for j in seen[gram] if j < first)
            for j, count in shared.items():
                shorter = min(len(grams), known[j][1])
                if shorter >= GRAM and count > MOST_SHARED * shorter:
                    yield passage.id, known[j][0], passage.text[start:end]
            for gram in grams:
                seen[gram].append(len(known))
            known.append((passage.id, len(grams)))


def main(arguments: list[str]) -> int:
    """Lint the files named, all batches if none is."""
    paths = [Path(a) for a in arguments] or sorted((CORPUS / "batches").glob("*.txt"))
    passages = [(path.name, passage) for path in paths for passage in read(path)]
    seen: Counter[str] = Counter()
    problems = []
    for name, passage in passages:
        seen[passage.id] += 1
        problems += [f"{name} {passage.id}: {p}" for p in passage.problems]
        if seen[passage.id] > 1:
            problems.append(f"{name} {passage.id}: id used twice")
    problems += [f"{one}: nearly a sentence of {other}: {text}" for one, other, text in near_duplicates([p for _, p in passages])]
    print("\n".join([*problems, f"{len(seen)} passages, {sum(len(p.sentences) for _, p in passages)} sentences, "
                                f"{sum(len(p.events) for _, p in passages)} events, {len(problems)} problems"]))  # fmt: skip
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
