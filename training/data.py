"""Annotated passages → token tags, labels and links for the network; augmentation."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from lapwing.ontology import CONTEXTS, STANCES, STATUSES, TYPES
from lapwing.tagger import LAYERS, MODE_LABELS, Tokens, Window, tokenise
from training.annotation import KINDS, Passage
from training.net import backbone_folder

WINDOW = 224
"""Word pieces of a training window at most; longer than at run time, so that links over several sentences are learned."""
LAYER_OF = {"actor": "actor", "place": "place", "date": "date", "event": "trigger", "cue": "cue", "quote": "quote"}


def tokenizer() -> Tokenizer:
    """The backbone's word-piece tokenizer, without padding or truncation."""
    found = Tokenizer.from_file(str(backbone_folder() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


@dataclass
class EventTarget:
    """An event in token positions of its window (counting the leading [CLS]) and indices into the window's spans."""

    first: int
    last: int
    type: int
    mode: int
    status: int
    stance: int
    contexts: list[int]
    actors: list[int]
    recipients: list[int]
    place: int | None
    date: int | None
    speaker: int | None


@dataclass
class Example:
    """A window with what is to be learned from it; spans are (first, last) token positions by layer."""

    window: Window
    spans: dict[str, list[tuple[int, int]]]
    events: list[EventTarget] = field(default_factory=list)
    quotes: list[tuple[int, int | None, int | None]] = field(default_factory=list)
    """(index of the quote span, speaker's actor index, cue index)."""
    antecedents: list[tuple[int, list[int]]] = field(default_factory=list)
    """(actor index, indices of the earlier mentions of the same party; none: it is new)."""
    pair: tuple[int, int, int] | None = None
    """(type, mode, status) of a given pair's relation."""

    def tags(self, length: int) -> np.ndarray:
        """[length, layers] of 0 outside, 1 begin, 2 inside."""
        out = np.zeros((length, len(LAYERS)), dtype=np.int64)
        for i, layer in enumerate(LAYERS):
            for first, last in self.spans[layer]:
                out[first, i] = 1
                out[first + 1 : last + 1, i] = 2
        return out


@dataclass
class Prepared:
    """A passage with its sentences' tokens."""

    passage: Passage
    parts: list[Tokens]


def prepare(passages: Sequence[Passage]) -> list[Prepared]:
    """Tokenise each passage once."""
    tool = tokenizer()
    return [Prepared(p, tokenise(tool, p.text, p.sentences)) for p in passages]


def example(prepared: Prepared, low: int = 0, high: int | None = None) -> Example | None:
    """The window of sentences `low` to `high`; links that leave it are dropped.  None if nothing fits."""
    passage, parts = prepared.passage, prepared.parts[low:high]
    while sum(map(len, parts)) > WINDOW - 2 and len(parts) > 1:
        parts = parts[:-1]
    tokens = Tokens.join(parts) if parts else None
    if tokens is None or not len(tokens):
        return None
    if len(tokens) > WINDOW - 2:
        tokens = tokens.cut(0, WINDOW - 2)
    spans: dict[str, list[tuple[int, int]]] = {layer: [] for layer in LAYERS}
    index: dict[str, int] = {}
    for mark in sorted(passage.marks.values(), key=lambda m: (m.start, -m.end)):
        inside = np.flatnonzero((tokens.starts < mark.end) & (tokens.ends > mark.start))
        if not len(inside) or mark.start < tokens.starts[0] or mark.end > tokens.ends[-1]:
            continue
        layer = LAYER_OF[KINDS[mark.kind]]
        found = (int(inside[0]) + 1, int(inside[-1]) + 1)
        if spans[layer] and found[0] <= spans[layer][-1][1]:
            continue
        index[mark.id] = len(spans[layer])
        spans[layer].append(found)
    made = Example(Window(0, tokens), spans)
    _add_events(made, passage, index)
    for id, (speaker, cue) in passage.quotes.items():
        if id in index:
            made.quotes.append((index[id], index.get(speaker or ""), index.get(cue or "")))
    for id in (i for i in index if i[0] == "a"):
        root = passage.same_as.get(id, id)
        chain = [index[a] for a in index if a[0] == "a" and passage.same_as.get(a, a) == root and index[a] < index[id]]
        made.antecedents.append((index[id], chain))
    return made


def _add_events(made: Example, passage: Passage, index: dict[str, int]) -> None:
    for event in passage.events.values():
        if event.id not in index:
            continue
        first, last = made.spans["trigger"][index[event.id]]
        made.events.append(
            EventTarget(
                first,
                last,
                TYPES.index(event.type),
                MODE_LABELS.index((event.type, event.mode)),
                STATUSES.index(event.status),
                STANCES.index(event.stance),
                [CONTEXTS.index(c) for c in event.contexts],
                [index[a] for a in event.actors if a in index],
                [index[a] for a in event.recipients if a in index],
                index.get(event.place or ""),
                index.get(event.date or ""),
                index.get(event.speaker or ""),
            )
        )


TOLD = (TYPES.index("CONSULT"), MODE_LABELS.index(("CONSULT", None)), STATUSES.index("actual"))
"""The relation of a speaker to whom he told something, where it is nothing more."""


def pair_examples(prepared: Prepared) -> list[Example]:
    """One window a (actor, recipient) pair of each event, with role marks; every ordered pair of a reciprocal event; speakers and their hearers."""
    passage, out = prepared.passage, list[Example | None]()
    for event in passage.events.values():
        pairs = [(a, r) for a in event.actors for r in event.recipients]
        if not event.recipients:
            pairs = [(a, b) for a in event.actors for b in event.actors if a != b]
        relation = (TYPES.index(event.type), MODE_LABELS.index((event.type, event.mode)), STATUSES.index(event.status))
        out += [_pair_example(prepared, a, r, event.id, relation) for a, r in pairs[:4]]
    out += [_pair_example(prepared, speaker, hearer, cue, TOLD) for speaker, cue, hearer in passage.told()]
    return [e for e in out if e]


def _pair_example(prepared: Prepared, actor: str, recipient: str, between: str, relation: tuple[int, int, int]) -> Example | None:
    """The sentences of three marks, with the roles of the first two; None if they are too long."""
    passage = prepared.passage
    marks = [passage.marks[i] for i in (actor, recipient, between)]
    low, high = min(m.start for m in marks), max(m.end for m in marks)
    tokens = Tokens.join([p for p, (s, e) in zip(prepared.parts, passage.sentences, strict=True) if s < high and low < e])
    if len(tokens) > WINDOW - 2:
        return None
    roles = np.zeros(len(tokens), dtype=np.int64)
    for role, mark in ((1, marks[0]), (2, marks[1])):
        roles[(tokens.starts < mark.end) & (tokens.ends > mark.start)] = role
    return Example(Window(0, tokens, roles), {layer: [] for layer in LAYERS}, pair=relation)


def joined(one: Example, two: Example) -> Example:
    """Two unrelated windows as one: articles are longer than passages, and what stands far away is mostly not linked."""
    shift = len(one.window.tokens)
    count = {layer: len(one.spans[layer]) for layer in LAYERS}

    def moved(index: int | None, layer: str) -> int | None:
        return None if index is None else index + count[layer]

    made = Example(
        Window(0, Tokens.join([one.window.tokens, two.window.tokens])), {}, list(one.events), list(one.quotes), list(one.antecedents)
    )
    for layer in LAYERS:
        made.spans[layer] = one.spans[layer] + [(a + shift, b + shift) for a, b in two.spans[layer]]
    for e in two.events:
        sides = [[i + count["actor"] for i in side] for side in (e.actors, e.recipients)]
        made.events.append(EventTarget(e.first + shift, e.last + shift, e.type, e.mode, e.status, e.stance, e.contexts, sides[0], sides[1],
                                       moved(e.place, "place"), moved(e.date, "date"), moved(e.speaker, "actor")))  # fmt: skip
    made.quotes += [(i + count["quote"], moved(s, "actor"), moved(c, "cue")) for i, s, c in two.quotes]
    made.antecedents += [(i + count["actor"], [j + count["actor"] for j in chain]) for i, chain in two.antecedents]
    return made


def recased(made: Example, dice: random.Random) -> Example:
    """Sometimes the same window in lower case or in capitals, as old wires and tickers have it."""
    roll, cases = dice.random(), made.window.tokens.cases
    if roll < 0.08:
        cases = np.zeros_like(cases)
    elif roll < 0.11:
        cases = np.where(made.window.tokens.ids > 1037, 2, cases)
    else:
        return made
    t = made.window.tokens
    window = Window(0, Tokens(t.ids, cases, t.starts, t.ends, t.words, t.heads), made.window.roles)
    return Example(window, made.spans, made.events, made.quotes, made.antecedents, made.pair)


def epoch(train: Sequence[Prepared], pairs: Sequence[Example], dice: random.Random) -> list[Example]:
    """One epoch's windows: each passage whole or cropped, some joined with another, one of its sentences alone, and the given pairs."""
    out: list[Example | None] = []
    for prepared in train:
        count = len(prepared.parts)
        low = 0 if dice.random() < 0.6 else dice.randrange(count)
        whole = example(prepared, low, count if low else None)
        if whole and dice.random() < 0.3:
            other = example(dice.choice(train))
            if other and len(whole.window.tokens) + len(other.window.tokens) <= WINDOW - 2:
                whole = joined(whole, other)
        out.append(whole)
        alone = dice.randrange(count)
        out.append(example(prepared, alone, alone + 1))
    made = [recased(e, dice) for e in out if e] + [recased(e, dice) for e in pairs]
    dice.shuffle(made)
    return made
