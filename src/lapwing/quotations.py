"""Attributions as a reader counts them: what the model found piece by piece, put together by the text's own quotation marks.

A quotation is one from its opening mark to its closing one, over sentences and paragraphs; broken by "he said" it is still one, and its
span runs from the first quoted word to the last.  Pieces of an indirect one in a sentence are joined; what holds no words is dropped.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lapwing.records import TaggedQuote, TaggedSpan, Tags

Spans = list[tuple[int, int]]
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_MARK = re.compile(r"[“”„«»\"]|''|``|(?<!\w)‘|’(?!\w)")
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“”", "''": "''", "``": "''", "‘": "’"}
_OPENERS = frozenset("“\"«„'‘`")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_SENTENCE_LIKE = 6
"""Words of a quoted stretch that is taken for speech though the model saw none; fewer may be a title or a nickname."""
_INDIRECT = 3
"""Words of an unquoted content at least."""
_GAP = 3
"""Words lost between two pieces of one indirect content at most."""
_INTERJECTION = 16
"""Words between two parts of one quotation at most: the speaker, the cue, to whom and when."""


def mended(text: str, tags: Tags) -> Tags:
    """The tags with whole attributions."""
    stretches = quoted(text)
    pieces = sorted((q for q in tags.quotes if _words(text, q.span.start, q.span.end)), key=lambda q: q.span.start)
    direct: list[TaggedQuote] = []
    for start, end in stretches:
        inside = [q for q in pieces if _mostly_within(text, q.span, start, end)]
        if inside:
            direct.append(_whole(inside, start, end))
        elif _words(text, start, end) >= _SENTENCE_LIKE and not any(q.span.start < end and start < q.span.end for q in pieces):
            direct.append(TaggedQuote(TaggedSpan("quote", start, end, 0.5), None, None))
        pieces = [_stretched(q, start, end) for q in pieces if q not in inside]
    indirect = [q for q in _rejoined(text, tags, pieces) if _words(text, q.span.start, q.span.end) >= _INDIRECT]
    ordered = sorted(_joined(text, direct) + indirect, key=lambda q: (q.span.start, -q.span.end))
    return replace(tags, quotes=tuple(_spoken(text, tags, ordered)))


def quoted(text: str) -> Spans:
    """The stretches between quotation marks, marks included; one that opens again at each paragraph is one."""
    out: Spans = []
    open_at: int | None = None
    for start, end in _paragraphs(text):
        spans, unclosed = _marked(text, start, end)
        if open_at is not None and spans and spans[0][0] == start:
            spans[0] = (open_at, spans[0][1])
        elif open_at is not None and unclosed == start:
            unclosed = open_at
        open_at = unclosed
        out += spans
    return out


def _paragraphs(text: str) -> Spans:
    bounds = [0, *(n for m in _PARAGRAPH.finditer(text) for n in m.span()), len(text)]
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if text[a:b].strip()]


def _marked(text: str, start: int, end: int) -> tuple[Spans, int | None]:
    """The closed stretches of a paragraph, and where one opens that it does not close."""
    out: Spans = []
    opened: re.Match[str] | None = None
    for found in _MARK.finditer(text, start, end):
        mark = found[0]
        if opened and mark in _PAIRS[opened[0]]:
            out.append((opened.start(), found.end()))
            opened = None
        elif mark in _PAIRS and not opened and not text[found.start() - 1 : found.start()].isdigit():
            opened = found
    return out, opened.start() if opened else None


def _words(text: str, start: int, end: int) -> int:
    return len(_WORD.findall(text[start:end]))


def _mostly_within(text: str, span: TaggedSpan, start: int, end: int) -> bool:
    low, high = max(span.start, start), min(span.end, end)
    return low < high and 2 * _words(text, low, high) >= _words(text, span.start, span.end)


def _whole(parts: Sequence[TaggedQuote], start: int, end: int) -> TaggedQuote:
    """One quotation of the parts found in it, said by whom the surest of them with a cue names."""
    best = max(parts, key=lambda q: (q.speaker is not None, q.cue is not None, q.span.end - q.span.start))
    cue = best.cue or next((q.cue for q in parts if q.cue), None)
    return TaggedQuote(TaggedSpan("quote", start, end, best.span.score), best.speaker, cue)


def _stretched(quote: TaggedQuote, start: int, end: int) -> TaggedQuote:
    """A content that touches a quoted stretch has all of it."""
    span = quote.span
    if span.start < end and start < span.end:
        return replace(quote, span=replace(span, start=min(start, span.start), end=max(end, span.end)))
    return quote


def _rejoined(text: str, tags: Tags, pieces: Sequence[TaggedQuote]) -> list[TaggedQuote]:
    """Pieces of one sentence that only a word or two part, neither the cue nor the speaker among them."""
    out: list[TaggedQuote] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last and last.span.end <= piece.span.start and _together(text, tags, last, piece):
            out[-1] = _whole([last, piece], last.span.start, piece.span.end)
        else:
            out.append(piece)
    return out


def _together(text: str, tags: Tags, one: TaggedQuote, two: TaggedQuote) -> bool:
    low, high = one.span.end, two.span.start
    same_sentence = any(start <= one.span.start and two.span.end <= end + 1 for start, end in tags.sentences)
    cue = two.cue or one.cue
    between = cue is not None and low <= cue.start < high
    return same_sentence and not between and _words(text, low, high) <= _GAP


def _joined(text: str, direct: Sequence[TaggedQuote]) -> list[TaggedQuote]:
    """Quotations that an interjection parts ("…", he said, "…") are one."""
    out: list[TaggedQuote] = []
    for quote in direct:
        last = out[-1] if out else None
        if last and _interrupted(text, last, quote):
            out[-1] = _whole([last, quote], last.span.start, quote.span.end)
        else:
            out.append(quote)
    return out


def _interrupted(text: str, one: TaggedQuote, two: TaggedQuote) -> bool:
    between = text[one.span.end : two.span.start]
    if "\n" in between or _words(text, one.span.end, two.span.start) > _INTERJECTION:
        return False
    cues = [q.cue for q in (one, two) if q.cue]
    said_once = all(one.span.end <= c.start < two.span.start for c in cues)
    same = one.speaker is None or two.speaker is None or one.speaker == two.speaker
    return bool(cues) and said_once and same and between.count(".") <= 1


def _spoken(text: str, tags: Tags, ordered: Sequence[TaggedQuote]) -> Iterator[TaggedQuote]:
    """A quotation of nobody is of whoever its sentence names outside it, else of who spoke last, in its paragraph or just before it."""
    last: TaggedQuote | None = None
    for quote in ordered:
        if quote.speaker is None and text[quote.span.start] in _OPENERS:
            named = _named_beside(text, tags, quote)
            goes_on = last is not None and not text[last.span.end : quote.span.start].strip("\n").count("\n")
            quote = replace(quote, speaker=named if named is not None else last.speaker if last and goes_on else None)
        if quote.speaker is not None:
            last = quote
        yield quote


def _named_beside(text: str, tags: Tags, quote: TaggedQuote) -> int | None:
    """The one actor that the sentence with the quotation's end names outside it, before or after."""
    start, end = next(((a, b) for a, b in tags.sentences if a < quote.span.end <= b), (0, 0))
    beside = [
        i for i, a in enumerate(tags.actors) if start <= a.start < end and not (a.start < quote.span.end and quote.span.start < a.end)
    ]
    return beside[0] if len(beside) == 1 else None
