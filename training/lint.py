"""`make corpus-lint`: every broken constraint of the annotated files, one line each; exit 1 if there is any."""

import sys
from collections import Counter
from pathlib import Path

from training.annotation import CORPUS, read


def main(arguments: list[str]) -> int:
    """Lint the files named, all batches if none is."""
    paths = [Path(a) for a in arguments] or sorted((CORPUS / "batches").glob("*.txt"))
    seen: Counter[str] = Counter()
    bad = sentences = events = 0
    for path in paths:
        for passage in read(path):
            seen[passage.id] += 1
            sentences += len(passage.sentences)
            events += len(passage.events)
            for problem in passage.problems + (["id used twice"] if seen[passage.id] > 1 else []):
                bad += 1
                print(f"{path.name} {passage.id}: {problem}")
    print(f"{len(seen)} passages, {sentences} sentences, {events} events, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
