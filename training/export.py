"""Trained network → one int8 ONNX file that holds vocabulary, labels, thresholds and calibration: `python -m training.export runs/NAME`.

Dynamic quantisation, QInt8 per channel, embeddings too.  Thresholds and calibration are fitted on the dev split with the int8 file itself.
Ends with parity (float against int8 on the dev split) and stores reference outputs of the float network for the tests.
"""

import argparse
import datetime
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from benchmarks.own_split import compare, summarise
from benchmarks.reliability import judged
from lapwing.coder import calibrated
from lapwing.ontology import label_digest
from lapwing.records import Tags
from lapwing.tagger import OnnxTagger, Window, pad, sentences, tokenise, windows
from training.annotation import Passage, read_all, split_of
from training.data import tokenizer
from training.net import Net, backbone_folder

OUTPUTS = ["spans", "labels", "queries", "keys", "pair"]
INPUTS = ["ids", "cases", "roles", "mask"]
REFERENCE = Path("tests/golden/model.json")
GRID = {
    "trigger_bias": (0.0, 0.5, 1.0, 1.5, 2.0),
    "actor": (0.3, 0.4, 0.5, 0.6),
    "recipient": (0.3, 0.4, 0.5, 0.6),
    "quote_bias": (0.0, 0.5, 1.0, 1.5, 2.0),
    "quote_least": (0.0, 0.3, 0.4, 0.5, 0.6, 0.7),
}
CLAIM = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
"""Confidences below which nothing is claimed, tried by the events' F1."""
PRIOR = {"actor": 0.3, "recipient": 0.3, "quote_least": 0.5, "claim": 0.3}
"""Where a curve is flat, what the threshold should be near.  Parties and claims: low, for the network is less sure of texts unlike the corpus,
and who wants only sure claims has their confidence to go by."""
TARGET = {"trigger_bias": "event_f1", "actor": "role_f1", "recipient": "role_f1", "quote_bias": "quote_f1", "quote_least": "quote_f1"}
REFERENCE_TEXTS = (
    "Kenya's foreign minister met Ugandan negotiators in Nairobi on Tuesday and promised to reopen the border post at Busia.",
    "Police in Lyon arrested 14 protesters after stones were thrown at the prefecture, a spokeswoman said.",
    "“We will not withdraw a single soldier,” the general told reporters, denying that his troops had shelled the village in March.",
    "The harvest was late this year and the mill stood idle until October.",
    "The Peruvian government would expel the ambassador if the statement was not retracted, officials warned.",
)  # fmt: skip


def to_onnx(net: Net, path: Path) -> None:
    """Float ONNX graph with free batch and length."""
    sample = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    batch, length = torch.export.Dim("batch", min=1, max=512), torch.export.Dim("length", min=3, max=512)
    shapes = tuple({0: batch, 1: length} for _ in INPUTS)
    program = torch.onnx.export(
        net.eval(), sample, dynamo=True, input_names=INPUTS, output_names=OUTPUTS, dynamic_shapes=shapes, opset_version=18
    )
    assert program is not None
    program.save(str(path))


def describe(source: Path, target: Path, card: dict[str, Any]) -> None:
    """Copy the file with the card in its metadata and the exporter's notes out of it."""
    model = onnx.load(str(source))
    del model.metadata_props[:]
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    entry = model.metadata_props.add()
    entry.key, entry.value = "lapwing", json.dumps(card, ensure_ascii=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(target))


def tune(path: Path, plain: Path, card: dict[str, Any], dev: Sequence[Passage]) -> None:
    """Choose each threshold by its measure on the dev split, one after the other, and fit the calibration."""
    for name, values in GRID.items():
        scores = {}
        for value in values:
            card["thresholds"][name] = value
            describe(plain, path, card)
            scores[value] = summarise([compare(p, t) for p, t in zip(dev, tagged(path, dev), strict=True)])[TARGET[name]]
        card["thresholds"][name] = chosen(scores, PRIOR.get(name, 0.0))
        print(f"{name}: " + " ".join(f"{v:g} → {s:.3f}" for v, s in scores.items()) + f"; taken {card['thresholds'][name]:g}", flush=True)
    describe(plain, path, card)
    tags = tagged(path, dev)
    card["calibration"] = calibration(dev, tags)
    scores = {
        least: summarise([compare(p, sure(t, least, card["calibration"])) for p, t in zip(dev, tags, strict=True)])["event_f1"]
        for least in CLAIM
    }
    card["thresholds"]["claim"] = chosen(scores, PRIOR["claim"])
    print("claim: " + " ".join(f"{v:g} → {s:.3f}" for v, s in scores.items()) + f"; taken {card['thresholds']['claim']:g}", flush=True)
    describe(plain, path, card)


def chosen(scores: dict[float, float], prior: float) -> float:
    """The value with the best measure; where some are as good to two thousandths, the one nearest to `prior`."""
    best = max(scores.values())
    return min((v for v, s in scores.items() if round(best - s, 6) <= 0.002), key=lambda v: abs(v - prior))


def sure(tags: Tags, least: float, calibration: tuple[float, float]) -> Tags:
    """The tags without events whose calibrated confidence is under `least`."""
    return replace(tags, events=tuple(e for e in tags.events if calibrated(e.score, calibration) >= least))


def tagged(path: Path, passages: Sequence[Passage]) -> list[Tags]:
    """What a model file says of passages."""
    return OnnxTagger(path).tag([(p.text, ()) for p in passages])


def calibration(passages: Sequence[Passage], tags: Sequence[Tags]) -> tuple[float, float]:
    """Slope and intercept of the logistic map from an event's score to the share of such events whose trigger and type are right (Platt 1999)."""
    cases = [case for p, t in zip(passages, tags, strict=True) for case in judged(p, t)]
    bounded = np.clip([score for score, _ in cases], 1e-4, 1 - 1e-4)
    x, y = np.log(bounded / (1 - bounded)), np.array([right for _, right in cases], dtype=float)
    slope, intercept = 1.0, 0.0
    for _ in range(200):  # Newton's method on two parameters, with a little ridge
        p = 1 / (1 + np.exp(-(slope * x + intercept)))
        w = p * (1 - p) + 1e-6
        gradient = np.array([((y - p) * x).sum() - 0.01 * slope, (y - p).sum()])
        hessian = np.array([[(w * x * x).sum() + 0.01, (w * x).sum()], [(w * x).sum(), w.sum() + 1e-3]])
        slope, intercept = np.array([slope, intercept]) + np.linalg.solve(hessian, gradient)
    return round(float(slope), 4), round(float(intercept), 4)


def reference(net: Net, path: Path) -> None:
    """Store what the float network gives for a few texts, for a test that needs no torch."""
    tool = tokenizer()
    stored = []
    for text in REFERENCE_TEXTS:
        spans = sentences(text)
        window = next(windows(0, tokenise(tool, text, spans)))
        roles = np.zeros(len(window.tokens), dtype=np.int64)
        roles[1], roles[4] = 1, 2
        inputs = pad([Window(0, window.tokens, roles)])
        with torch.no_grad():
            found = dict(zip(OUTPUTS, net(*(torch.from_numpy(inputs[name]) for name in INPUTS)), strict=True))
        tags = found["spans"][0].view(-1, 6, 3).argmax(-1)
        stored.append(
            {"text": text, "roles": roles.tolist(), "tags": tags.tolist(), "pair": [round(float(v), 3) for v in found["pair"][0]]}
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--to", type=Path, help="also write the file here, and the reference outputs for the tests")
    options = parser.parse_args()
    net = Net(0.0)
    net.load_state_dict(torch.load(options.run / "net.pt", map_location="cpu"))
    net.eval()
    run = json.loads((options.run / "options.json").read_text())
    dev = [p for p in read_all() if split_of(p) == "dev"]
    card: dict[str, Any] = {
        "name": f"lapwing-{datetime.date.today():%Y.%m.%d}-{run['data'][:6]}",
        "label_digest": label_digest(),
        "thresholds": {"actor": 0.5, "recipient": 0.5, "context": 0.4},
        "training": {k: run[k] for k in ("epochs", "rate", "batch", "dropout", "seed", "share", "data")},
        "tokenizer": (backbone_folder() / "tokenizer.json").read_text(encoding="utf-8"),
    }
    with tempfile.TemporaryDirectory() as folder:
        plain, small, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx", options.run / "lapwing.onnx"
        to_onnx(net, plain)
        quantize_dynamic(str(plain), str(small), per_channel=True, weight_type=QuantType.QInt8)
        tune(target, small, card, dev)
        full = Path(folder) / "full.onnx"
        describe(plain, full, card)
        for name, file in (("float", full), ("int8", target)):
            values = summarise([compare(p, t) for p, t in zip(dev, tagged(file, dev), strict=True)])
            print(f"{name:<6}" + " ".join(f"{k} {v:.3f}" for k, v in values.items()), flush=True)
    if options.to:
        options.to.parent.mkdir(parents=True, exist_ok=True)
        options.to.write_bytes(target.read_bytes())
        reference(net, REFERENCE)
    print(
        f"{target}: {target.stat().st_size / 1e6:.1f} MB, {card['name']}, labels {card['label_digest']}, calibration {card['calibration']}"
    )


if __name__ == "__main__":
    main()
