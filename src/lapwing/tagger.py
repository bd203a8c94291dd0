"""Text → spans, labels and links: one forward pass of the model over windows of whole sentences.  The only file that loads the model.

A window is a run of whole sentences of one document, about `WINDOW` word pieces.  The network gives per token: begin/inside/outside
logits for each span layer, label logits, and query and key vectors of each link role.  A span's vectors are the mean of its first and last
token's; a link's score is the dot product of the query of its source and the key of its target.  For given pairs the window is read a
second time with role marks on the two spans.  Everything the network needs (vocabulary, labels, thresholds, calibration) is in the one ONNX file.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import accumulate, chain, compress, groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from sentencex import get_sentence_boundaries

from lapwing.errors import ModelError
from lapwing.ontology import CONTEXTS, MODES_BY_TYPE, STANCES, STATUSES, TYPES, label_digest
from lapwing.records import UNREAD, Pair, Relation, TaggedEvent, TaggedQuote, TaggedSpan, Tags

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

LAYERS = ("actor", "place", "date", "trigger", "cue", "quote")
ROLES = ("actor", "recipient", "speaker", "place", "date", "quote_speaker", "quote_cue", "antecedent")
MODE_LABELS: tuple[tuple[str, str | None], ...] = tuple((t, m) for t in TYPES for m in (None, *MODES_BY_TYPE[t]))
MODE_SLICE = {t: slice(i := next(i for i, (u, _) in enumerate(MODE_LABELS) if u == t), i + 1 + len(MODES_BY_TYPE[t])) for t in TYPES}
_MODES_OF_TYPE = np.array([[own == t for own, _ in MODE_LABELS] for t in TYPES])
GROUPS = {"type": len(TYPES), "mode": len(MODE_LABELS), "status": len(STATUSES), "stance": len(STANCES), "context": len(CONTEXTS)}
LINK_SIZE = 48
WINDOW = 64
"""Word pieces of a window, unless one sentence alone is longer.  Of 48, 64, 96, 128 and 224 it gives the best events, roles and speakers on our dev split."""
LONGEST = 254
"""Word pieces of a window at most; a longer sentence is cut."""
BATCH_TOKENS = 1024
"""Word pieces of a batch at most."""
LIKE = 0.7
"""The shortest window of a batch as a share of its longest, at least."""
CLS, SEP = 101, 102
_OUT, _BEGIN, _INSIDE = 0, 1, 2
_NEVER = -1e4
_FRONT, _BACK = ((1, 0), (0, 0), (0, 0)), ((0, 1), (0, 0), (0, 0))
_UNOPENED = 1.0
"""What it costs, in log odds, to begin a span at a token that would rather be inside one."""
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]\.){2,}")
"""Dotted initials: one word, so that no span ends inside "U.S."."""
_BLANKS = str.maketrans("\n\r\u00a0", "   ")
"""What sentencex takes for something else than a space, or stumbles over."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_PART = re.compile(r"[ \n]*+(?:\[[A-Z]++\]|[A-Za-z0-9]++(?=[ \n!-/:-@\[-`{-~]|\Z)|[!-/:-@\[-`{-~](?=[ \n!-~]|\Z)|[^ \n]+)|[ \n]+")
"""What has the same word pieces wherever it stands: a word or sign of ASCII with the blanks before it, else all up to the next blank."""


class Tagger(Protocol):
    """Anything that tags documents: the model, or a canned stand-in for tests."""

    name: str

    def tag(self, documents: Sequence[tuple[str, Sequence[Pair]]]) -> list[Tags]:
        """Tags of (text, given pairs), in the same order."""
        ...


@dataclass(frozen=True)
class Tokens:
    """Word pieces of a run of sentences: vocabulary ids, letter-case ids, character offsets, index of each word's first piece, and 1 where a
    sentence begins."""

    ids: Ints
    cases: Ints
    starts: Ints
    ends: Ints
    words: Ints
    heads: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def join(parts: Sequence["Tokens"]) -> "Tokens":
        """The runs one after the other."""
        offsets = np.cumsum([0, *(len(p) for p in parts[:-1])])
        return Tokens(
            np.concatenate([p.ids for p in parts]),
            np.concatenate([p.cases for p in parts]),
            np.concatenate([p.starts for p in parts]),
            np.concatenate([p.ends for p in parts]),
            np.concatenate([p.words + o for p, o in zip(parts, offsets, strict=True)]),
            np.concatenate([p.heads for p in parts]),
        )

    def cut(self, start: int, end: int) -> "Tokens":
        """The pieces from `start` to `end`."""
        words = np.maximum(self.words[start:end] - start, 0)
        return Tokens(
            self.ids[start:end], self.cases[start:end], self.starts[start:end], self.ends[start:end], words, self.heads[start:end]
        )


_TITLE = re.compile(
    r"(?<![\w.-])(?:Ms|Mx|Sra|Ven|Shri|Smt|Mgr|Eng|Atty|Amb|Ald|Cpt|Cdr|Pte|Spc|(?:Gen|Col|Lt|Sgt|Gov|Sen|Rep|Dr|Prof)s|Ste|Ft)\."
    r" +(?!(?:The|He|She|They|It|In|A|An)\b)"
)
"""Abbreviations before a name that the splitter takes for the end of a sentence."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans of a text, without white space at their edges; a blank line always ends a sentence."""
    spans: list[tuple[int, int]] = []
    for part in _paragraphs(text):
        flat = encodable(text[part[0] : part[1]]).translate(_BLANKS)
        for boundary in get_sentence_boundaries("en", flat):
            start, end = part[0] + boundary["start_index"], part[0] + boundary["end_index"]
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            title = _TITLE.search(text, max(spans[-1][0], spans[-1][1] - 6), end) if spans else None
            if title and start < end and title.end() == start:
                spans[-1] = spans[-1][0], end
            elif start < end:
                spans.append((start, end))
    return spans


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start, blank = 0, False
    position = 0
    for line in text.splitlines(keepends=True):
        if not line.strip():
            if not blank and position > start:
                yield start, position
            start, blank = position + len(line), True
        else:
            blank = False
        position += len(line)
    if position > start and not blank:
        yield start, position


def encodable(text: str) -> str:
    """The text with each lone surrogate replaced by one character, so that offsets hold."""
    return _SURROGATE.sub("\ufffd", text)


def tokenise(tokenizer: Any, text: str, spans: Sequence[tuple[int, int]]) -> list[Tokens]:
    """Word pieces of each span of a text."""
    safe = encodable(text)
    parts = [_PART.findall(safe, start, end) for start, end in spans]
    begins = [at for (start, _), own in zip(spans, parts, strict=True) for at in accumulate(map(len, own[:-1]), initial=start) if own]
    known = [_pieces(tokenizer, part) for own in parts for part in own]
    sizes = [len(pieces) // 5 for pieces in known]
    table = np.fromiter(chain.from_iterable(known), np.int64).reshape(-1, 5)
    ids, cases, starts, ends, firsts = np.ascontiguousarray(table.T)
    at = np.repeat(np.array(begins, dtype=np.int64), sizes)
    starts, ends = starts + at, ends + at
    words = np.maximum.accumulate(np.where(firsts, np.arange(len(ids)), 0))
    bounds = np.cumsum([0, *sizes])[np.cumsum([0, *map(len, parts)])].tolist()
    out = []
    for (start, end), low, high in zip(spans, bounds, bounds[1:], strict=False):
        heads = (np.arange(high - low) == 0).astype(np.int64)
        own = Tokens(ids[low:high], cases[low:high], starts[low:high], ends[low:high], words[low:high] - low, heads)
        for match in _ABBREVIATION.finditer(safe, start, end):
            own.words[(own.starts >= match.start()) & (own.ends <= match.end())] = np.searchsorted(own.starts, match.start())
        out.append(own)
    return out


@lru_cache(maxsize=1 << 15)
def _pieces(tokenizer: Any, part: str) -> tuple[int, ...]:
    """The word pieces of a part of a text, five numbers each: id, letter case of the word, start, end, and whether it begins the word."""
    encoding = tokenizer.encode(part, add_special_tokens=False)
    out: list[int] = []
    for _, pieces in groupby(zip(encoding.word_ids, encoding.ids, encoding.offsets, strict=True), itemgetter(0)):
        word = list(pieces)
        case = _case(part[word[0][2][0] : word[-1][2][1]])
        for number, (_, vocabulary_id, (start, end)) in enumerate(word):
            out += vocabulary_id, case, start, end, number == 0
    return tuple(out)


def _case(word: str) -> int:
    """Letter case: 0 without capitals, 1 with one in front, 2 of capitals only, 3 otherwise; signs beyond 16 bits have none."""
    signs = [c if c <= "\uffff" else " " for c in word]
    capitals, letters = sum(map(str.isupper, signs)), sum(map(str.isalpha, signs))
    if capitals < 2:
        return capitals if not capitals or not letters or signs[0].isupper() else 3
    return 2 if capitals == letters else 3


@dataclass(frozen=True)
class Window:
    """A run of tokens of one document, with role marks if it is read for a given pair."""

    document: int
    tokens: Tokens
    roles: Ints | None = None
    pair: int = -1


def windows(document: int, parts: Sequence[Tokens], size: int = WINDOW) -> Iterator[Window]:
    """Pack whole sentences into windows of `size` pieces; a longer sentence has its own, cut at `LONGEST`."""
    room, held = size - 2, list[Tokens]()
    pieces = [p.cut(i, i + LONGEST - 2) for p in parts for i in range(0, max(1, len(p)), LONGEST - 2)]
    for piece in pieces:
        if held and sum(map(len, held)) + len(piece) > room:
            yield Window(document, Tokens.join(held))
            held = []
        if len(piece):
            held.append(piece)
    if held:
        yield Window(document, Tokens.join(held))


def pair_window(document: int, number: int, pair: Pair, parts: Sequence[Tokens], spans: Sequence[tuple[int, int]]) -> Window | None:
    """The sentences from the one side of a given pair to the other, role marks set; None if the spans hold no token."""
    low, high = min(pair.actor[0], pair.recipient[0]), max(pair.actor[1], pair.recipient[1])
    chosen = [p for p, (a, b) in zip(parts, spans, strict=True) if a < high and low < b and len(p)]
    if not chosen:
        return None
    tokens = Tokens.join(chosen)
    roles = np.zeros(len(tokens), dtype=np.int64)
    for role, (start, end) in ((1, pair.actor), (2, pair.recipient)):
        roles[(tokens.starts < end) & (tokens.ends > start)] = role
    room = LONGEST - 2
    if len(tokens) > room:
        marked = np.flatnonzero(roles)
        middle = int(marked.mean()) if len(marked) else 0
        start = max(0, min(middle - room // 2, len(tokens) - room))
        tokens, roles = tokens.cut(start, start + room), roles[start : start + room]
    return Window(document, tokens, roles, number)


def batches(items: Sequence[Window]) -> Iterator[list[int]]:
    """Indices of windows, cut so that a batch holds like lengths and at most about `BATCH_TOKENS` pieces.

    No batch has windows of two documents, or a document's own and those of its given pairs: the int8 network scales its numbers by the whole
    batch, and what is read in a text must not hang on its neighbours."""
    for _, numbers in groupby(range(len(items)), key=lambda i: (items[i].document, items[i].pair < 0)):
        batch = list[int]()
        for i in sorted(numbers, key=lambda i: len(items[i].tokens), reverse=True):
            longest = len(items[batch[0]].tokens) + 2 if batch else 0
            if batch and (len(items[i].tokens) + 2 < LIKE * longest or (len(batch) + 1) * longest > BATCH_TOKENS):
                yield batch
                batch = []
            batch.append(i)
        yield batch


def pad(items: Sequence[Window]) -> dict[str, Ints]:
    """The network's inputs for a batch: `ids`, `cases`, `roles`, `mask`, each [batch, length]."""
    length = max(len(w.tokens) for w in items) + 2
    feed = {name: np.zeros((len(items), length), dtype=np.int64) for name in ("ids", "cases", "roles", "mask")}
    for row, window in enumerate(items):
        n = len(window.tokens)
        feed["ids"][row, 0], feed["ids"][row, n + 1] = CLS, SEP
        feed["ids"][row, 1 : n + 1] = window.tokens.ids
        feed["cases"][row, 1 : n + 1] = window.tokens.cases
        if window.roles is not None:
            feed["roles"][row, 1 : n + 1] = window.roles
        feed["mask"][row, : n + 2] = 1
    return feed


@dataclass(frozen=True)
class Found:
    """The spans of one layer in a batch: window row, first and last token (row offsets count the leading [CLS]), score."""

    rows: Ints
    firsts: Ints
    lasts: Ints
    scores: Floats


def decode_spans(logits: Floats, words: Ints, heads: Ints, mask: npt.NDArray[np.bool_], bias: Floats, least: Floats) -> list[Found]:
    """Spans of every layer from logits [batch, length, layers, 3]: of each the likeliest sequence of tags (Viterbi 1967) in which inside follows
    begin or inside.

    A word takes the tag of its first piece, and no span runs into another sentence.  `bias` [layers] is taken from the log odds of being outside;
    a span whose mean probability to be in any span is under `least` [layers] is dropped."""
    parts = np.ascontiguousarray(logits.transpose(3, 1, 0, 2))  # tags, length, batch, layers: whole rows of numbers at a time
    odds = np.exp(parts - parts.max(axis=0))
    odds /= odds.sum(axis=0)
    scores = np.log(np.maximum(odds, 1e-6))
    scores[_OUT] -= bias
    later = (words != np.arange(words.shape[1])).T
    scores[:, ~mask.T] = np.array([0.0, _NEVER, _NEVER], dtype=np.float32)[:, None, None]
    opening = heads.T == 1
    scores[_BEGIN, opening] = scores[_BEGIN:, opening].max(axis=0)
    scores[_INSIDE, opening] = _NEVER
    scores[:, later] = np.array([0.0, _NEVER, 0.0], dtype=np.float32)[:, None, None]  # a later piece goes on with its word
    tags = _likeliest(scores, later)
    before, after = np.pad(tags[:-1], _FRONT), np.pad(tags[1:], _BACK)
    starts = (tags == _BEGIN) | ((tags == _INSIDE) & (before == _OUT))
    ends = (tags != _OUT) & (after != _INSIDE)
    inside = np.pad(np.cumsum(1 - odds[_OUT], axis=0), _FRONT)
    out = []
    for layer in range(logits.shape[2]):
        rows, firsts = np.nonzero(starts[:, :, layer].T)
        lasts = np.nonzero(ends[:, :, layer].T)[1]
        sure = ((inside[lasts + 1, rows, layer] - inside[firsts, rows, layer]) / (lasts - firsts + 1)).astype(np.float32)
        kept = sure >= least[layer]
        out.append(Found(rows[kept], firsts[kept], lasts[kept], sure[kept]))
    return out


def _likeliest(scores: Floats, later: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """The best path of tags [length, batch, layers] through log scores [3, length, batch, layers]; `later` marks pieces that must go on as
    their word began."""
    stay = np.where(later, np.float32(_NEVER), np.float32(0))[:, :, None]
    opening = np.maximum(scores[_BEGIN], scores[_INSIDE] - np.float32(_UNOPENED))
    best = scores.copy()
    for i in range(1, scores.shape[1]):
        out, begin, inside = best[:, i - 1]
        span = np.maximum(begin, inside)
        ended = span + stay[i]
        best[_OUT, i] += np.maximum(out, ended)
        np.maximum(out + opening[i], ended + scores[_BEGIN, i], out=best[_BEGIN, i])
        best[_INSIDE, i] += span
    out, begin, inside = best[:, :-1]
    ended = np.maximum(begin, inside) + stay[1:]
    held = np.where(inside > begin, np.int8(_INSIDE), np.int8(_BEGIN))
    to_out = np.where(out >= ended, np.int8(_OUT), held)
    to_begin = np.where(out + opening[1:] >= ended + scores[_BEGIN, 1:], np.int8(_OUT), held)
    came_from = np.stack([to_out, to_begin, held])
    tags = np.zeros(scores.shape[1:], dtype=np.int8)
    tags[-1] = best[:, -1].argmax(axis=0)
    for i in range(len(tags) - 1, 0, -1):
        tags[i].choose(came_from[:, i - 1], out=tags[i - 1])
    return tags


class OnnxTagger:
    """The model, run by onnxruntime on the processor."""

    def __init__(self, path: Path | None = None, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        source = path or Path(str(resources.files("lapwing.data") / "model" / "lapwing.onnx"))
        if not source.is_file():
            raise ModelError(f"no model at {source}; reinstall lapwing, or run `make train`")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a batch a core: two cores on one batch wait for each other
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(source), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
            )
            self.card: dict[str, Any] = json.loads(self._session.get_modelmeta().custom_metadata_map["lapwing"])
        except (KeyError, ValueError, RuntimeError) as error:
            raise ModelError(f"{source} is not a Lapwing model ({error.__class__.__name__})") from error
        except Exception as error:  # onnxruntime raises classes of its own that share no public base
            raise ModelError(f"{source} cannot be loaded: {error}") from error
        if self.card["label_digest"] != label_digest():
            raise ModelError(
                f"{source} was made for other labels ({self.card['label_digest']}, here {label_digest()}); take the model of this version"
            )
        self.name: str = self.card["name"]
        self._limits: dict[str, float] = self.card["thresholds"]
        self._tokenizer = Tokenizer.from_str(self.card["tokenizer"])
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cores = ThreadPoolExecutor(min(threads, os.cpu_count() or 1))

    def tag(self, documents: Sequence[tuple[str, Sequence[Pair]]]) -> list[Tags]:
        """Tags of (text, given pairs), in the same order; windows of all documents share batches."""
        work: list[Window] = []
        spans_of: list[list[tuple[int, int]]] = []
        for number, (text, pairs) in enumerate(documents):
            spans = sentences(text)
            parts = tokenise(self._tokenizer, text, spans)
            spans_of.append(spans)
            work.extend(windows(number, parts))
            found = (pair_window(number, i, pair, parts, spans) for i, pair in enumerate(pairs))
            work.extend(w for w in found if w)
        decoded: list[_Decoded | Relation | None] = [None] * len(work)
        parted = list(batches(work))
        for chosen, results in zip(parted, self._cores.map(lambda chosen: self._run([work[i] for i in chosen]), parted), strict=True):
            for i, result in zip(chosen, results, strict=True):
                decoded[i] = result
        return _collect(documents, spans_of, work, decoded)

    def run_all(self, feeds: Iterable[dict[str, Ints]]) -> Iterator[dict[str, Floats]]:
        """The network's raw outputs for many batches, on all cores; for benchmarks."""
        return self._cores.map(self.run, feeds)

    def run(self, feed: dict[str, Ints]) -> dict[str, Floats]:
        """The network's raw outputs for a batch; for parity checks."""
        names = [o.name for o in self._session.get_outputs()]
        return dict(zip(names, self._session.run(None, feed), strict=True))

    def _run(self, items: Sequence[Window]) -> list["_Decoded | Relation"]:
        feed = pad(items)
        outputs = self.run(feed)
        plain = _decode(items, outputs, self._limits)
        relations = {row: relation(outputs["pair"][row]) for row, w in enumerate(items) if w.roles is not None}
        return [relations.get(row, plain[row]) for row in range(len(items))]


def split_labels(logits: Floats) -> dict[str, Floats]:
    """Label logits [..., all] by group."""
    out, start = {}, 0
    for name, size in GROUPS.items():
        out[name] = logits[..., start : start + size]
        start += size
    return out


def softmax(logits: Floats) -> Floats:
    """Softmax over the last axis."""
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    """Logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)


def relation(logits: Floats) -> Relation:
    """The relation of a given pair from its logits (type, mode, status)."""
    odds = softmax(logits[: len(TYPES)])
    best = TYPES[int(odds.argmax())]
    modes = logits[len(TYPES) : len(TYPES) + len(MODE_LABELS)]
    chosen = MODE_SLICE[best]
    mode = MODE_LABELS[chosen.start + int(modes[chosen].argmax())][1]
    status = STATUSES[int(logits[len(TYPES) + len(MODE_LABELS) :].argmax())]
    return Relation(best, mode, status, round(float(odds.max()), 4))


@dataclass
class _Decoded:
    """What a window holds; indices count within the window."""

    spans: dict[str, list[TaggedSpan]]
    events: list[TaggedEvent]
    quotes: list[TaggedQuote]
    antecedents: list[int | None]


def _decode(items: Sequence[Window], outputs: dict[str, Floats], limits: dict[str, float]) -> list[_Decoded]:
    """All windows of a batch, read together and then parted."""
    batch = _Batch(items, outputs, limits)
    labels = split_labels(batch.pooled(outputs["labels"], "trigger"))
    events, quotes = _events(batch, labels, limits), _quotes(batch)
    antecedents = _best(batch, "antecedent", "actor", "actor", np.tri(len(batch.spans["actor"]), k=-1, dtype=bool))
    out = []
    for row in range(len(items)):
        at = {name: slice(first[row], first[row + 1]) for name, first in batch.firsts.items()}
        spans = {name: batch.spans[name][at[name]] for name in LAYERS}
        out.append(_Decoded(spans, events[at["trigger"]], quotes[at["quote"]], antecedents[at["actor"]]))
    return out


class _Batch:
    """The spans of a batch of windows, and how likely they are linked."""

    def __init__(self, items: Sequence[Window], outputs: dict[str, Floats], limits: dict[str, float]) -> None:
        shape = outputs["spans"].shape
        words = np.tile(np.arange(shape[1]), (shape[0], 1))
        inner = np.zeros(shape[:2], dtype=bool)
        heads, starts, ends = (np.zeros(shape[:2], dtype=np.int64) for _ in range(3))
        for row, window in enumerate(items):
            n = len(window.tokens)
            words[row, 1 : n + 1] = window.tokens.words + 1
            inner[row, 1 : n + 1] = True
            heads[row, 1 : n + 1] = window.tokens.heads
            starts[row, 1 : n + 1] = window.tokens.starts
            ends[row, 1 : n + 1] = window.tokens.ends
        logits = outputs["spans"].reshape(*shape[:2], len(LAYERS), 3)
        bias, least = (np.array([limits.get(f"{name}_{what}", 0.0) for name in LAYERS], dtype=np.float32) for what in ("bias", "least"))
        self.found = dict(zip(LAYERS, decode_spans(logits, words, heads, inner, bias, least), strict=True))
        self.spans = {
            name: [
                TaggedSpan(name, *span)
                for span in zip(starts[f.rows, f.firsts].tolist(), ends[f.rows, f.lasts].tolist(), f.scores.tolist(), strict=True)
            ]
            for name, f in self.found.items()
        }
        self.firsts = {name: np.searchsorted(f.rows, np.arange(len(items) + 1)).tolist() for name, f in self.found.items()}
        """For each layer and window the index of its first span; one number more, the count of all."""
        query = outputs["queries"].reshape(*shape[:2], len(ROLES), LINK_SIZE)
        key = outputs["keys"].reshape(*shape[:2], len(ROLES), LINK_SIZE)
        self._queries = {name: self.pooled(query, name) for name in ("actor", "trigger", "quote")}
        self._keys = {name: self.pooled(key, name) for name in ("actor", "place", "date", "cue")}

    def pooled(self, values: Floats, layer: str) -> Floats:
        """The values of each span of a layer: the mean of its first and last token's."""
        f = self.found[layer]
        return np.asarray((values[f.rows, f.firsts] + values[f.rows, f.lasts]) / 2)

    def links(self, role: str, source: str, target: str) -> Floats:
        """The score of each span of one layer with each of another."""
        r = ROLES.index(role)
        return np.asarray(self._queries[source][:, r] @ self._keys[target][:, r].T / np.sqrt(LINK_SIZE), dtype=np.float32)

    def together(self, source: str, target: str) -> npt.NDArray[np.bool_]:
        """Which spans stand in the same window."""
        return np.asarray(self.found[source].rows[:, None] == self.found[target].rows)

    def offsets(self, source: str, target: str) -> Ints:
        """For each span of one layer the index of the first of another in its window."""
        return np.asarray(self.firsts[target], dtype=np.int64)[self.found[source].rows]


def _best(batch: _Batch, role: str, source: str, target: str, allowed: npt.NDArray[np.bool_] | None = None) -> list[int | None]:
    """For each span of a layer the best of another in its window, None if none beats the null candidate's 0."""
    together = batch.together(source, target)
    scores = np.where(together if allowed is None else together & allowed, batch.links(role, source, target), 0)
    if not scores.size:
        return [None] * len(scores)
    best = (scores.argmax(axis=1) - batch.offsets(source, target)).tolist()
    return [i if score > 0 else None for i, score in zip(best, scores.max(axis=1).tolist(), strict=True)]


def _quotes(batch: _Batch) -> list[TaggedQuote]:
    speakers, cues = _best(batch, "quote_speaker", "quote", "actor"), _best(batch, "quote_cue", "quote", "cue")
    first = batch.offsets("quote", "cue").tolist()
    return [
        TaggedQuote(span, speaker, None if cue is None else batch.spans["cue"][at + cue])
        for span, speaker, cue, at in zip(batch.spans["quote"], speakers, cues, first, strict=True)
    ]


def _parties(batch: _Batch, limits: dict[str, float]) -> Iterator[list[tuple[tuple[int, float], ...]]]:
    """For each trigger its actors, then for each its recipients: a mention is the likelier of the two, if likely enough."""
    actor, recipient = (sigmoid(batch.links(role, "trigger", "actor")) for role in ("actor", "recipient"))
    together, first = batch.together("trigger", "actor"), batch.offsets("trigger", "actor")
    for role, own, other in (("actor", actor, recipient), ("recipient", recipient, actor)):
        rows, columns = np.nonzero(together & (own >= limits[role]) & (own >= other))
        pairs = list(zip((columns - first[rows]).tolist(), own[rows, columns].tolist(), strict=True))
        bounds = np.searchsorted(rows, np.arange(len(first) + 1)).tolist()
        yield [tuple(pairs[low:high]) for low, high in pairwise(bounds)]


def _events(batch: _Batch, labels: dict[str, Floats], limits: dict[str, float]) -> list[TaggedEvent]:
    types = softmax(labels["type"])
    best = types.argmax(axis=1)
    modes = np.where(_MODES_OF_TYPE[best], labels["mode"], -np.inf).argmax(axis=1)
    contexts = sigmoid(labels["context"]) >= limits["context"]
    columns = (
        batch.spans["trigger"],
        [TYPES[i] for i in best.tolist()],
        [MODE_LABELS[i][1] for i in modes.tolist()],
        [STATUSES[i] for i in labels["status"].argmax(axis=1).tolist()],
        [STANCES[i] for i in labels["stance"].argmax(axis=1).tolist()],
        [tuple(compress(CONTEXTS, chosen)) for chosen in contexts.tolist()],
        *_parties(batch, limits),
        *(_best(batch, role, "trigger", kind) for role, kind in (("place", "place"), ("date", "date"), ("speaker", "actor"))),
        (batch.found["trigger"].scores * types.max(axis=1)).tolist(),
    )
    return [TaggedEvent(*event) for event in zip(*columns, strict=True)]


def _collect(
    documents: Sequence[tuple[str, Sequence[Pair]]],
    spans_of: Sequence[Sequence[tuple[int, int]]],
    work: Sequence[Window],
    decoded: Sequence["_Decoded | Relation | None"],
) -> list[Tags]:
    """Put the windows of each document together, indices counted over the document."""
    of: list[list[_Decoded]] = [[] for _ in documents]
    relations: list[dict[int, Relation]] = [{} for _ in documents]
    for window, result in zip(work, decoded, strict=True):
        if isinstance(result, Relation):
            relations[window.document][window.pair] = result
        elif result is not None:
            of[window.document].append(result)
    return [
        _join(spans, parts, tuple(known.get(i, UNREAD) for i in range(len(pairs))))
        for (_, pairs), spans, parts, known in zip(documents, spans_of, of, relations, strict=True)
    ]


def _join(spans: Sequence[tuple[int, int]], parts: Iterable[_Decoded], relations: tuple[Relation, ...]) -> Tags:
    actors: list[TaggedSpan] = []
    places: list[TaggedSpan] = []
    dates: list[TaggedSpan] = []
    antecedents: list[int | None] = []
    events: list[TaggedEvent] = []
    quotes: list[TaggedQuote] = []
    for part in parts:
        a, p, d = len(actors), len(places), len(dates)

        def moved(index: int | None, by: int) -> int | None:
            return None if index is None else index + by

        for e in part.events:
            sides = [tuple((j + a, s) for j, s in side) for side in (e.actors, e.recipients)]
            events.append(
                TaggedEvent(e.span, e.type, e.mode, e.status, e.stance, e.contexts, sides[0], sides[1],
                            moved(e.place, p), moved(e.date, d), moved(e.speaker, a), e.score)
            )  # fmt: skip
        quotes.extend(TaggedQuote(q.span, moved(q.speaker, a), q.cue) for q in part.quotes)
        antecedents.extend(moved(i, a) for i in part.antecedents)
        actors.extend(part.spans["actor"])
        places.extend(part.spans["place"])
        dates.extend(part.spans["date"])
    return Tags(tuple(spans), tuple(actors), tuple(antecedents), tuple(places), tuple(dates), tuple(events), tuple(quotes), relations)
