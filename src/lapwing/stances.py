"""What a speaker does with a statement, by the words of its attribution: denies, confirms, disputes or alleges it.

The network tells who speaks; these few words are told better by a list, for news has them too seldom to be learned.
"""

import re
from dataclasses import replace

from lapwing.records import TaggedEvent, Tags

Told = tuple[str, int | None]
_REPORT = r"(?: [\w'’-]+){0,4} (?:claims?|reports?|allegations?|accusations?|suggestions?|charges?|accounts?|assertions?)"
_CLAUSE = r"(?= (?:that|having|it|its|he|she|they|his|her|their|any|\w+ing)\b)"
_WORDS = {
    "denies": rf"den(?:y|ies|ied|ying)(?:{_CLAUSE}|{_REPORT})|denials? (?:that|of)|(?:refut|reject|dismiss)(?:e?s|e?d|ing)?{_REPORT}",
    "disputes": rf"(?:disput|contest|question|challeng)(?:e?s|e?d|ing)(?:(?= (?:that|whether)\b)|{_REPORT})|(?:cast(?:s|ing)?|threw) doubt on",
    "confirms": rf"(?:confirm|acknowledg)(?:e?s|e?d|ing)?|(?:admit(?:s|ted|ting)?(?: to)?|conced(?:es?|ed|ing)){_CLAUSE}",
    "alleges": r"alleg(?:es?|ed|ing) that|accus(?:es?|ed|ing)(?: [\w'’-]+){1,8} of",
}
_CUE = re.compile("|".join(rf"(?P<{stance}>\b(?:{words}))" for stance, words in _WORDS.items()))
_BARE = re.compile(
    r"(?P<denies>den(?:y|ies|ied|ying)\b)|(?P<disputes>disput(?:e[sd]?|ing))|(?P<confirms>confirm|acknowledg|admit|conced)|(?P<alleges>alleg)"
)
"""The cue of a quotation, where it can mean nothing else."""
_CLAUSE_END = re.compile(r"[.,;:!?\n]")
_FARTHEST = 90
_UNDONE = re.compile(r"(?:\b(?:not|never|nor|neither|refus\w+|declin\w+)|n['’]t)\b[^,;]{0,25}\Z")
"""Before a word of stance: who "would neither confirm nor deny" does neither."""
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)(?: \w+ly)? \Z")
_ALLEGED = re.compile(r"\b(?:allegedly|purportedly|supposedly)\b[^,;]{0,20}\Z|\balleged (?:[\w'’-]+ )?\Z")


def worded(text: str, tags: Tags) -> Tags:
    """The tags, each event with the stance, status and speaker that the words over it tell: the nearest before it in its clause, else the cue
    of the innermost quotation around it."""
    return replace(tags, events=tuple(_worded(text, tags, event) for event in tags.events))


def _worded(text: str, tags: Tags, event: TaggedEvent) -> TaggedEvent:
    sentence = next((start for start, end in tags.sentences if start <= event.span.start < end), event.span.start)
    told = _before(text, tags, event, sentence) or _cued(text, tags, event, sentence)
    if told is None:
        alleged = _ALLEGED.search(text[max(sentence, event.span.start - 30) : event.span.start])
        return replace(event, stance="alleges") if alleged else event
    stance, speaker = told
    status = "negated" if stance == "denies" else event.status
    return replace(event, stance=stance, status=status, speaker=event.speaker if speaker is None else speaker)


def _cued(text: str, tags: Tags, event: TaggedEvent, sentence: int) -> Told | None:
    """Stance and speaker by the cue of the innermost quotation around an event."""
    around = [q for q in tags.quotes if q.span.start <= event.span.start and event.span.end <= q.span.end and q.speaker is not None]
    quote = min(around, key=lambda q: q.span.end - q.span.start, default=None)
    if quote is None or quote.cue is None or _UNDONE.search(text[max(sentence, quote.cue.start - 40) : quote.cue.start]):
        return None
    cue = _BARE.match(text, quote.cue.start, quote.cue.end)
    return None if cue is None else (str(cue.lastgroup), quote.speaker)


def _before(text: str, tags: Tags, event: TaggedEvent, sentence: int) -> Told | None:
    """Stance and speaker by the last words of stance before an event, if no clause ends between."""
    low = max(sentence, event.span.start - _FARTHEST)
    cues = (m for m in _CUE.finditer(text, low, event.span.end) if m.end() <= event.span.start)
    cue = next((m for m in reversed(list(cues)) if not _CLAUSE_END.search(text, m.end(), event.span.start)), None)
    if cue is None or _UNDONE.search(text[sentence : cue.start()]):
        return None
    who = [i for i, a in enumerate(tags.actors) if sentence <= a.start and a.end <= cue.start()]
    passive = _PASSIVE.search(text[sentence : cue.start()])
    return str(cue.lastgroup), max(who, key=lambda i: tags.actors[i].end, default=None) if not passive else None
