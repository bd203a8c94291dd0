"""Place and date expressions resolved a second of processor time, on one core: `python -m benchmarks.resolution_speed [--docs FILE]`.

Nothing is remembered from one round to the next but what a running coder keeps too: the caches are emptied first and the documents differ.
FILE is contract input, JSON Lines; without it the texts of our corpus.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lapwing.pipeline import read_document
from lapwing.records import Document
from lapwing.resolution.dates import find_dates, resolve_dates
from lapwing.resolution.gazetteer import Gazetteer, default_path
from lapwing.resolution.placefinder import find_places
from lapwing.resolution.places import resolve_places
from training.annotation import read_all

_OPENING = """
import resource, time
import lapwing.resolution.places
from lapwing.resolution.gazetteer import Gazetteer
memory, began, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time(), time.perf_counter()
gazetteer = Gazetteer.open()
gazetteer.find("Kyiv")
took, waited = time.process_time() - began, time.perf_counter() - clock
print(1000 * took, 1000 * waited, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024)
"""


def documents(path: Path | None) -> list[Document]:
    """The documents whose expressions are resolved."""
    if path is None:
        return [Document(p.id, p.text, p.meta["date"]) for p in read_all()]
    return [read_document(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def places_a_second(items: Sequence[Document]) -> tuple[int, float, float]:
    """How many place names were found; names resolved a second; names found and resolved a second."""
    with Gazetteer.open() as gazetteer:
        count, finding, resolving = 0, 0.0, 0.0
        for document in items:
            began = time.process_time()
            spans = find_places(document.text, gazetteer)
            middle = time.process_time()
            count += len(resolve_places(document.text, spans, gazetteer=gazetteer))
            finding, resolving = finding + middle - began, resolving + time.process_time() - middle
    return count, count / resolving, count / (finding + resolving)


def dates_a_second(items: Sequence[Document]) -> tuple[int, float, float]:
    """How many date expressions were found; expressions resolved a second; expressions found and resolved a second."""
    count, finding, resolving = 0, 0.0, 0.0
    for document in items:
        began = time.process_time()
        spans = find_dates(document.text)
        middle = time.process_time()
        count += len(resolve_dates(document.text, spans, document.date))
        finding, resolving = finding + middle - began, resolving + time.process_time() - middle
    return count, count / resolving, count / (finding + resolving)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path)
    items = documents(parser.parse_args().docs)
    opened = subprocess.run([sys.executable, "-c", _OPENING], check=True, capture_output=True, text=True).stdout.split()
    print(f"gazetteer: opens in {float(opened[0]):.0f} ms of processor time, {float(opened[1]):.0f} ms by the clock, memory-mapped")
    print(f"gazetteer: {float(opened[2]):.0f} MB more memory; the file has {default_path().stat().st_size / 1e6:.0f} MB")
    count, alone, found = places_a_second(items)
    print(f"places: {alone:,.0f} a second resolved, {found:,.0f} a second found and resolved ({count} names in {len(items)} documents)")
    count, alone, found = dates_a_second(items)
    print(f"dates: {alone:,.0f} a second resolved, {found:,.0f} a second found and resolved ({count} expressions)")


if __name__ == "__main__":
    main()
