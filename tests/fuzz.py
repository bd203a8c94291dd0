"""Coverage-guided fuzzing of `lapwing.code`: `make fuzz` (or `python -m tests.fuzz -max_total_time=600 FOLDER`).

Atheris mutates the bundled dispatches byte by byte and keeps what reaches new lines of the package.  Any text must give a result that keeps the
contract; the input that breaks it is left in the current folder as `crash-…`.
"""

import sys
import tempfile
from importlib import resources
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["lapwing"]):
    from lapwing.pipeline import Coder
    from lapwing.records import to_dict

from tests.test_pipeline import check_contract

CODER = Coder()
HOSTILE = [
    "e\u0301\u202eabc\u202c \U0001f9a9 said “\x00",
    "\ufeff" * 40,
    "A" * 4000,
    "“" * 300 + "”" * 300,
    "Sunday " * 500,
    "\u0627\u0644 said (Reuters) - \n\n" * 60,
]


def one_input(data: bytes) -> None:
    """Bytes → a document; the first one chooses whether it has a date, the rest is its text, lone surrogates included."""
    document = {"id": "fuzz", "text": data[1:].decode("utf-8", "surrogatepass" if data[:1] > b"\xc0" else "replace"), "language": "en"}
    if data[:1] < b"\x80":
        document["date"] = "2021-06-06"
    (result,) = (to_dict(r) for r in CODER.code([document]))
    check_contract(document, result)


def tolerant(data: bytes) -> None:
    """Bytes that are no text at all are no case."""
    try:
        one_input(data)
    except UnicodeDecodeError:
        return


def main() -> None:
    """Fuzz from the bundled sample and some hostile texts."""
    with tempfile.TemporaryDirectory() as folder:
        texts = [p.read_text() for p in Path(str(resources.files("lapwing.data") / "sample")).iterdir() if p.suffix in (".html", ".txt")]
        for i, text in enumerate([*(t[:3000] for t in texts), *HOSTILE]):
            (Path(folder) / str(i)).write_bytes(b"a" + text.encode("utf-8", "surrogatepass"))
        atheris.Setup([*sys.argv, "-max_len=6000", "-timeout=60", folder], tolerant)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
