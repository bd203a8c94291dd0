"""How fast `lapwing.code` is against the bare network on the same windows: `python -m benchmarks.throughput [--docs FILE] [--json]`.

`ratio` is sentences a second of the whole pipeline (tokenising, network, decoding, resolving, claims, JSON) over sentences a second of the
network alone on the same batches in the same run; both runs are interleaved block by block, so that a noisy machine troubles both alike.
The documents are contract input, JSON Lines, gzipped or not; without --docs the bundled sample, repeated.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from lapwing.pipeline import CHUNK, Coder, document_of, read_document
from lapwing.records import Document, to_dict
from lapwing.tagger import OnnxTagger, batches, pad, sentences, tokenise, windows

BLOCK = 8 * CHUNK
"""Documents coded in one go before the bare network has its turn."""


def documents(path: Path | None) -> list[Document]:
    """The documents to code."""
    if path is None:
        from lapwing.extraction import extract

        folder = Path(str(resources.files("lapwing.data") / "sample"))
        return [document_of(extract(p.read_bytes(), id=p.name)) for p in sorted(folder.glob("*.html"))] * 8
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [read_document(json.loads(line)) for line in lines]


def feeds(tagger: OnnxTagger, chunk: list[Document]) -> Iterator[dict[str, Any]]:
    """The very batches the pipeline runs for a chunk."""
    work = []
    for number, document in enumerate(chunk):
        spans = sentences(document.text)
        work.extend(windows(number, tokenise(tagger._tokenizer, document.text, spans)))
    for chosen in batches(work):
        yield pad([work[i] for i in chosen])


def measure(items: list[Document]) -> dict[str, float]:
    """Seconds of the pipeline and of the bare network, interleaved."""
    coder = Coder()
    tagger = coder.tagger
    assert isinstance(tagger, OnnxTagger)
    list(coder.code(items[:4]))
    whole = bare = tokens = 0.0
    for start in range(0, len(items), BLOCK):
        block = items[start : start + BLOCK]
        began = time.perf_counter()
        for result in coder.code(block):
            json.dumps(to_dict(result), ensure_ascii=False)
        whole += time.perf_counter() - began
        ready = [feed for at in range(0, len(block), CHUNK) for feed in feeds(tagger, block[at : at + CHUNK])]
        tokens += sum(int(f["mask"].sum()) for f in ready)
        began = time.perf_counter()
        for _ in tagger.run_all(ready):
            pass
        bare += time.perf_counter() - began
    count = sum(len(sentences(d.text)) for d in items)
    return {"ratio": bare / whole, "sentences_a_second": count / whole, "bare_sentences_a_second": count / bare,
            "documents_a_second": len(items) / whole, "tokens_a_second": tokens / whole,
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip


def cold_start() -> float:
    """Seconds from starting Python to the first result of one document."""
    program = (
        "import lapwing; next(lapwing.code([{'id': 'x', 'text': 'France accused Russia of an attack on Sunday.', 'date': '2021-06-06'}]))"
    )
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(documents(options.docs))
    found["cold_start_s"] = cold_start()
    found["model_mb"] = (Path(str(resources.files("lapwing.data"))) / "model" / "lapwing.onnx").stat().st_size / 1e6
    print(json.dumps(found) if options.json else "\n".join(f"{name:<26} {value:.3f}" for name, value in found.items()))


if __name__ == "__main__":
    main()
