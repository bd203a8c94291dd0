"""Passages to be annotated a second time, marks taken off: `python -m training.blind BATCH…`.  Passages 07 and 14 of each batch: a tenth."""

import sys

from training.annotation import CORPUS, read

CHOSEN = ("07", "14")


def blind(batch: int) -> str:
    """The chosen passages of a batch as bare text, one sentence a line."""
    out = []
    for passage in read(CORPUS / "batches" / f"{batch:03d}.txt"):
        if passage.id.partition("-")[2] in CHOSEN:
            meta = " ".join(f"{k}={v}" if v != "yes" else k for k, v in passage.meta.items())
            out.append("\n".join([f"## {passage.id} {meta}", *(passage.text[a:b] for a, b in passage.sentences), "--"]))
    return "\n\n".join(out)


if __name__ == "__main__":
    print("\n\n".join(blind(int(number)) for number in sys.argv[1:]))
