"""Golden cases of who says what → how many are right: `python -m benchmarks.golden_says [--model FILE]`.

`tests/golden/says.txt` holds short articles of our own with denials, nested speakers, tolls and threats.  A claim is right if one with a trigger on
the expected words has the expected speaker, status and stance; a case, if all its claims are.  An evaluation, not a test: its figure moves with the model.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lapwing.pipeline import Coder
from lapwing.records import Claim

CASES = Path(__file__).parent.parent / "tests" / "golden" / "says.txt"
DATE = "2024-03-07"


@dataclass(frozen=True)
class Expected:
    """What one claim must say; `speaker` None: the document itself; "Ledesma/lawyer": either names him."""

    start: int
    end: int
    speaker: str | None
    status: str
    stance: str


def cases() -> list[tuple[str, list[Expected]]]:
    """The articles with their expected claims."""
    blocks = [b.splitlines() for b in CASES.read_text(encoding="utf-8").split("\n\n")[1:]]
    return [(lines[0], list(_expected(lines[0], lines[1:]))) for lines in blocks]


def _expected(text: str, lines: list[str]) -> Iterator[Expected]:
    for line in lines:
        words, speaker, status, stance = line.removeprefix("> ").split(" | ")
        start = text.index(words)
        yield Expected(start, start + len(words), None if speaker == "-" else speaker, status, stance)


def wrong(expected: Expected, claims: tuple[Claim, ...]) -> str | None:
    """What is wrong with the claim that was found, or None; of several on the words, the best counts."""
    found = [c for c in claims if c.trigger.start < expected.end and expected.start < c.trigger.end]
    faults = [", ".join(_faults(expected, c)) for c in found]
    return min(faults, key=len) or None if faults else "no such claim"


def _faults(expected: Expected, claim: Claim) -> Iterator[str]:
    names = f"{claim.speaker.text} {claim.speaker.name}" if claim.speaker else None
    wanted = expected.speaker.lower().split("/") if expected.speaker else []
    if bool(names) != bool(wanted) or (names and not any(w in names.lower() for w in wanted)):
        yield f"speaker {claim.speaker.text if claim.speaker else None!r}"
    if claim.status != expected.status:
        yield f"status {claim.status}"
    if claim.stance != expected.stance:
        yield f"stance {claim.stance}"


def main() -> None:
    """Print each wrong claim and the two figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path)
    chosen = cases()
    coded = Coder(parser.parse_args().model).code({"id": str(i), "text": text, "date": DATE} for i, (text, _) in enumerate(chosen, 1))
    right = total = whole = 0
    for number, ((text, expected), document) in enumerate(zip(chosen, coded, strict=True), 1):
        faults = [wrong(e, document.claims) for e in expected]
        for e, fault in zip(expected, faults, strict=True):
            if fault:
                print(f"{number:>3} {text[e.start : e.end]!r} ({e.speaker}, {e.status}, {e.stance}): {fault}")
        right, total, whole = right + faults.count(None), total + len(faults), whole + (not any(faults))
    print(f"cases right {whole} of {len(chosen)}; claims right {right} of {total}")


if __name__ == "__main__":
    main()
