"""Corpus → trained network: `python -m training.train --out runs/NAME`.  Works on the CPU (bf16 where it has it) and on a GPU.

Joint loss over one encoder: cross-entropy for spans, labels and single links, binary cross-entropy for parties and contexts.  The last
epochs' weights are averaged exponentially.  The dev split is scored after training only; nothing is chosen by the test split.
"""

import argparse
import copy
import hashlib
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from lapwing.ontology import CONTEXTS, STATUSES, TYPES
from lapwing.tagger import LAYERS, LINK_SIZE, MODE_LABELS, ROLES, pad, split_labels
from training import data
from training.annotation import CORPUS, read_all, split_of
from training.net import Net
from training.rewriting import varied

WEIGHTS = {"spans": 1.0, "type": 1.0, "mode": 0.5, "status": 0.5, "stance": 0.25, "context": 2.0, "party": 0.7, "single": 0.7, "pair": 1.0}
SINGLE_LINKS = {
    "speaker": ("trigger", "actor"), "place": ("trigger", "place"), "date": ("trigger", "date"),
    "quote_speaker": ("quote", "actor"), "quote_cue": ("quote", "cue"),
}  # fmt: skip
"""Links with at most one target: (layer of the source, layer of the target)."""
Parts = dict[str, list[Tensor]]


def losses(outputs: tuple[Tensor, ...], examples: Sequence[data.Example]) -> dict[str, Tensor]:
    """The mean of each part of the joint loss over a batch."""
    spans, labels, queries, keys, pair = outputs
    parts: Parts = {name: [] for name in WEIGHTS}
    plain = [i for i, e in enumerate(examples) if e.pair is None]
    given = [i for i, e in enumerate(examples) if e.pair is not None]
    if given:
        parts["pair"].append(_pair_loss(pair[given].float(), [examples[i].pair for i in given]))
    if plain:
        windows = [examples[i] for i in plain]
        parts["spans"].append(_span_loss(spans[plain].float(), windows))
        rows = torch.tensor(plain, device=spans.device)
        _label_losses(parts, labels, rows, windows)
        _link_losses(parts, queries, keys, rows, windows)
    return {name: torch.stack(values).mean() for name, values in parts.items() if values}


def _pair_loss(logits: Tensor, targets: Sequence[tuple[int, int, int] | None]) -> Tensor:
    gold = torch.tensor(targets, device=logits.device)
    types, modes, status = logits.split([len(TYPES), len(MODE_LABELS), len(STATUSES)], -1)
    loss = F.cross_entropy(types, gold[:, 0], label_smoothing=0.05) + 0.2 * F.cross_entropy(status, gold[:, 2])
    return loss + 0.3 * _mode_loss(modes, gold[:, 0], gold[:, 1])


def _mode_loss(logits: Tensor, types: Tensor, modes: Tensor) -> Tensor:
    """Cross-entropy among the modes of the true type."""
    own = torch.tensor([[TYPES.index(t) == k for t, _ in MODE_LABELS] for k in range(len(TYPES))], device=logits.device)
    return F.cross_entropy(logits.masked_fill(~own[types], -1e4), modes)


def _span_loss(logits: Tensor, windows: Sequence[data.Example]) -> Tensor:
    length = logits.shape[1]
    tags = torch.from_numpy(np.stack([w.tags(length) for w in windows])).to(logits.device)
    valid = torch.zeros(len(windows), length, dtype=torch.bool, device=logits.device)
    for row, window in enumerate(windows):
        valid[row, 1 : len(window.window.tokens) + 1] = True
    logits = logits.view(len(windows), length, len(LAYERS), 3)[valid]
    return F.cross_entropy(logits.reshape(-1, 3), tags[valid].reshape(-1)) * 3


def _pooled(values: Tensor, rows: Tensor, spans: Sequence[Sequence[tuple[int, int]]]) -> Tensor:
    """Mean of the first and last token's vectors of every span of every row, in float32, [all spans, …]."""
    counts = torch.tensor([len(s) for s in spans], device=values.device)
    flat = torch.tensor([p for s in spans for p in s] or [(0, 0)], device=values.device)
    at = torch.repeat_interleave(rows, counts)
    flat = flat[: len(at)]
    return (values[at, flat[:, 0]].float() + values[at, flat[:, 1]].float()) / 2


def _label_losses(parts: Parts, labels: Tensor, rows: Tensor, windows: Sequence[data.Example]) -> None:
    events = [e for w in windows for e in w.events]
    if not events:
        return
    groups = split_labels(_pooled(labels, rows, [[(e.first, e.last) for e in w.events] for w in windows]))
    for name in ("type", "status", "stance"):
        gold = torch.tensor([getattr(e, name) for e in events], device=labels.device)
        parts[name].append(F.cross_entropy(groups[name], gold, label_smoothing=0.05 if name == "type" else 0.0))
    kinds, modes = (torch.tensor([getattr(e, name) for e in events], device=labels.device) for name in ("type", "mode"))
    parts["mode"].append(_mode_loss(groups["mode"], kinds, modes))
    hot = torch.zeros(len(events), len(CONTEXTS), device=labels.device)
    for i, e in enumerate(events):
        hot[i, e.contexts] = 1
    parts["context"].append(F.binary_cross_entropy_with_logits(groups["context"], hot))


def _link_losses(parts: Parts, queries: Tensor, keys: Tensor, rows: Tensor, windows: Sequence[data.Example]) -> None:
    shape = (*queries.shape[:2], len(ROLES), LINK_SIZE)
    sources = {layer: _by_row(queries.view(shape), rows, windows, layer) for layer in ("trigger", "quote", "actor")}
    targets = {layer: _by_row(keys.view(shape), rows, windows, layer) for layer in ("actor", "place", "date", "cue")}

    def scores(row: int, role: str, source: str, target: str) -> Tensor:
        r = ROLES.index(role)
        return sources[source][row][:, r] @ targets[target][row][:, r].T / LINK_SIZE**0.5

    for row, one in enumerate(windows):
        order = [one.spans["trigger"].index((e.first, e.last)) for e in one.events]
        if one.events and one.spans["actor"]:
            for role, name in (("actor", "actors"), ("recipient", "recipients")):
                found = scores(row, role, "trigger", "actor")[order]
                hot = torch.zeros_like(found)
                for i, e in enumerate(one.events):
                    hot[i, getattr(e, name)] = 1
                parts["party"].append(F.binary_cross_entropy_with_logits(found, hot, reduction="sum") / len(one.events))
        for role, (source, target) in SINGLE_LINKS.items():
            gold = [getattr(e, role) for e in one.events] if source == "trigger" else [q[1 if target == "actor" else 2] for q in one.quotes]
            if gold and one.spans[target]:
                found = scores(row, role, source, target)[order if source == "trigger" else [q[0] for q in one.quotes]]
                found = torch.cat([found.new_zeros(len(gold), 1), found], 1)
                parts["single"].append(F.cross_entropy(found, torch.tensor([0 if g is None else g + 1 for g in gold], device=found.device)))
        if len(one.spans["actor"]) > 1:
            parts["single"].append(_antecedent_loss(scores(row, "antecedent", "actor", "actor"), one.antecedents))


def _by_row(values: Tensor, rows: Tensor, windows: Sequence[data.Example], layer: str) -> tuple[Tensor, ...]:
    spans = [w.spans[layer] for w in windows]
    return _pooled(values, rows, spans).split([len(s) for s in spans])


def _antecedent_loss(scores: Tensor, gold: Sequence[tuple[int, list[int]]]) -> Tensor:
    """Negative log of the probability of any earlier mention of the same party, or of none, against a null score of 0."""
    count = len(scores)
    allowed = torch.zeros(count, count + 1, dtype=torch.bool, device=scores.device)
    right = torch.zeros_like(allowed)
    for i in range(count):
        allowed[i, : i + 1] = True
    for i, chain in gold:
        right[i, [j + 1 for j in chain] or [0]] = True
    full = torch.cat([scores.new_zeros(count, 1), scores], 1)
    total = full.masked_fill(~allowed, -1e4).logsumexp(1)
    return (total - full.masked_fill(~right, -1e4).logsumexp(1))[1:].mean()


def by_length(examples: list[data.Example], dice: random.Random, tokens: int) -> list[list[data.Example]]:
    """Batches of like length, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.tokens) + dice.random() * 8)
    out, batch = [], list[data.Example]()
    for one in order:
        if batch and (len(one.window.tokens) + 2) * (len(batch) + 1) > tokens:
            out.append(batch)
            batch = []
        batch.append(one)
    out.append(batch)
    dice.shuffle(out)
    return out


def feed(examples: Sequence[data.Example], device: str) -> list[Tensor]:
    """The network's inputs for a batch."""
    inputs = pad([e.window for e in examples])
    return [torch.from_numpy(inputs[name]).to(device) for name in ("ids", "cases", "roles", "mask")]


def train(options: argparse.Namespace) -> Net:
    """Train on the train split and return the averaged network."""
    torch.manual_seed(options.seed)
    dice = random.Random(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    passages = [p for p in read_all() if not p.problems and split_of(p) == "train"]
    if options.share < 1:
        passages = random.Random(0).sample(passages, int(len(passages) * options.share))
    prepared = data.prepare(passages)
    pairs = [e for p in prepared for e in data.pair_examples(p)]
    print(f"{len(passages)} passages, {sum(len(p.events) for p in passages)} events, {len(pairs)} pairs; seed {options.seed}; "
          f"torch {torch.__version__}; data {corpus_digest()}; {device}", flush=True)  # fmt: skip
    net = Net(options.dropout)
    if options.start:
        net.load_state_dict(torch.load(options.start / "net.pt", map_location="cpu"))
    else:
        net.encoder.load_backbone()
    net.encoder.words.weight.requires_grad_(False)  # most words of the world are not in our corpus: leave them where they were
    net.to(device).train()
    steps = options.epochs * len(by_length(data.epoch(prepared, pairs, random.Random(0)), random.Random(0), options.batch))
    encoder = [p for p in net.encoder.parameters() if p.requires_grad and len(p) > 4]  # the case and role tables are as new as the heads
    known = {id(p) for p in encoder}
    heads = [p for p in net.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": options.rate}, {"params": heads, "lr": options.rate * 5}], weight_decay=0.01, fused=True
    )
    warm = max(1, steps // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / warm, max(0.02, (steps - s) / max(1, steps - warm))))
    average = copy.deepcopy(net)
    if options.compile:
        net.encoder.compile(dynamic=True)
    step, began = 0, time.monotonic()
    for number in range(options.epochs):
        totals: dict[str, list[float]] = {}
        made = data.prepare(varied(passages, dice))
        for batch in by_length(data.epoch(made, [e for p in made for e in data.pair_examples(p)], dice), dice, options.batch):
            with torch.autocast(device, dtype=torch.bfloat16):
                outputs = net(*feed(batch, device))
            found = losses(outputs, batch)
            loss = sum((WEIGHTS[name] * value for name, value in found.items()), torch.zeros((), device=device))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            for name, value in found.items():
                totals.setdefault(name, []).append(float(value.detach()))
            if step > steps // 2:
                _into_average(average, net, 1 / min(100, step - steps // 2))
        print(
            f"epoch {number + 1} step {step} {time.monotonic() - began:.0f} s "
            + " ".join(f"{n} {np.mean(v):.3f}" for n, v in totals.items()),
            flush=True,
        )
    return average.eval()


def _into_average(average: Net, net: Net, share: float) -> None:
    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), net.parameters(), strict=True):
            if theirs.requires_grad:
                mine.lerp_(theirs, share)


def corpus_digest() -> str:
    """Digest of the corpus' files."""
    digest = hashlib.sha256()
    for path in sorted((CORPUS / "batches").glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def arguments() -> argparse.Namespace:
    """Options of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("runs/last"))
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--batch", type=int, default=2500, help="word pieces a batch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a run to go on from")
    parser.add_argument("--share", type=float, default=1.0, help="part of the train split, for learning curves")
    parser.add_argument("--compile", action="store_true", help="compile the encoder first (wants a C++ compiler; a third faster on a CPU)")
    return parser.parse_args()


def main() -> None:
    """Train and save weights and options."""
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "options.json").write_text(json.dumps(vars(options) | {"data": corpus_digest()}, default=str, indent=1))
    torch.save(train(options).state_dict(), options.out / "net.pt")


if __name__ == "__main__":
    main()
