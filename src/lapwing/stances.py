"""What a speaker does with a statement, by the words of its attribution: denies, confirms, disputes or alleges it.

The network tells who speaks; these few words are told better by a list, for news has them too seldom to be learned.
"""

import re
from dataclasses import replace

from lapwing.records import TaggedEvent, Tags

Told = tuple[str, int | None]
_DENY, _REJECT = r"den(?:y|ies|ied|ying)", r"(?:refut(?:e[sd]?|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)"
_DISPUTE = r"(?:disput(?:e[sd]?|ing)|contest(?:s|ed|ing)?)"
_CONFIRM = r"(?:confirm(?:s|ed|ing)?|acknowledg(?:e[sd]?|ing)|admit(?:s|ted|ting)?|conced(?:e[sd]?|ing))"
_ALLEGE = r"alleg(?:e[sd]?|ing)"
_THAT = r"(?: that\b|(?= (?:it|he|she|they|there|(?:its|his|her|their|the) (?:[\w'’-]+ ){1,4}?(?:had|has|have|was|were|did))\b))"
_REPORT = r"(?: [\w'’-]+){0,4}? (?:claims?|reports?|allegations?|accusations?|suggestions?|charges?|accounts?|assertions?|statements?) (?:that|of|about)\b"


def _either(**words: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{stance}>\b(?:{pattern}))" for stance, pattern in words.items()), re.I)


_CLAUSE = _either(
    denies=rf"{_DENY}(?:{_THAT}|{_REPORT})|denials? (?:that|of)\b|{_REJECT}{_REPORT}",
    disputes=rf"{_DISPUTE}(?: that\b| whether\b|{_REPORT})|question(?:s|ed|ing)? whether\b|(?:casts?|casting|threw) doubt on\b",
    confirms=rf"{_CONFIRM}{_THAT}",
    alleges=rf"{_ALLEGE}{_THAT}|accus(?:e[sd]?|ing)(?: [\w'’“”\"-]+){{0,8}}? of\b",
)
"""Words that a clause or a noun with "of" hangs on."""
_DIRECT = _either(denies=_DENY, confirms=_CONFIRM)
_GERUND = re.compile(r"(?: to)? (?:(?:having|being|been|\w+ly) )*\Z", re.I)
"""Between such a word and a deed in -ing: "denied having shelled"."""
_OBJECT = re.compile(r" (?:the|its|his|her|their|an?)(?: [\w'’-]+){0,2} \Z", re.I)
"""Between a word of confirming and a deed that is a noun: "confirmed the arrest"."""
_BARE = _either(denies=_DENY, disputes=r"disput(?:e[sd]?|ing)", confirms=_CONFIRM, alleges=_ALLEGE)
"""The cue of a quotation, where it can mean nothing else."""
_ELSEWHERE = re.compile(
    r"[;:!?\n]|,(?!\d)|\b(?:but|while|whereas|after|before|when|who|whom|which|whose|because|although|though|until|since|as|that)\b", re.I
)
"""Between the words and the event: what ends their clause."""
_AND = re.compile(r"\band (?:\w+ly )?\Z", re.I)
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
"""Acts of speaking: after "and" they are what a speaker does next, not what he denied: "denied the raid and accused the army"."""
_FINITE = re.compile(r"\b(?:was|were|is|are|has|had)\b", re.I)
_FARTHEST = 90
_UNDONE = re.compile(
    r"\b(?:cannot|not|never|nor|neither|no|none|nobody|unable|yet|without|fail\w*|refus\w+|declin\w+)\b[^,;]{0,40}\Z|n['’]t\b[^,;]{0,25}\Z"
    r"|\b(?:urg|ask|call|press|order|want|demand|forc)\w*\b[^,;]{0,40}\bto \Z",
    re.I,
)
"""Before a word of stance: who "would neither confirm nor deny" does neither."""
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)(?: \w+ly)? \Z", re.I)
_BESIDE = re.compile(r"\b(?:with|to|by|of|told|in|at|from|for|against|near|on|over)(?: the| an?)? \Z", re.I)
"""Before an actor who is not the subject."""
_ALLEGED = re.compile(r"\b(?:allegedly|purportedly|supposedly)(?: (?:has|had|have|was|were|been|being|\w+ly))* \Z|\balleged \Z", re.I)


def worded(text: str, tags: Tags) -> Tags:
    """The tags, each event with the stance, status and speaker that the words over it tell: the nearest before it in its clause, else the cue
    of the innermost quotation around it."""
    return replace(tags, events=tuple(_worded(text, tags, event) for event in tags.events))


def _worded(text: str, tags: Tags, event: TaggedEvent) -> TaggedEvent:
    sentence = next((start for start, end in tags.sentences if start <= event.span.start < end), event.span.start)
    if event.type in _SPOKEN and _AND.search(text, sentence, event.span.start):
        return replace(event, stance="asserts", status="actual") if event.stance == "denies" else event
    told = _before(text, tags, event, sentence) or _cued(text, tags, event, sentence)
    if told is None:
        alleged = event.stance == "asserts" and _ALLEGED.search(text, max(sentence, event.span.start - 40), event.span.start)
        return replace(event, stance="alleges") if alleged else event
    stance, speaker = told
    status = "negated" if stance == "denies" else event.status
    return replace(event, stance=stance, status=status, speaker=event.speaker if speaker is None else speaker)


def _before(text: str, tags: Tags, event: TaggedEvent, sentence: int) -> Told | None:
    """Stance and speaker by the last words of stance before an event whose clause it is in."""
    low, at = max(sentence, event.span.start - _FARTHEST), event.span.start
    found = [m for words in (_CLAUSE, _DIRECT) for m in words.finditer(text, low, event.span.end) if m.end() <= at]
    cue = next((m for m in sorted(found, key=lambda m: -m.end()) if _covers(text, tags, m, event)), None)
    if cue is None or _UNDONE.search(text, sentence, cue.start()):
        return None
    who = [
        i
        for i, a in enumerate(tags.actors)
        if sentence <= a.start and a.end <= cue.start() and not _BESIDE.search(text, max(sentence, a.start - 12), a.start)
    ]
    passive = _PASSIVE.search(text, sentence, cue.start()) or " by " in cue[0]
    return str(cue.lastgroup), None if passive else max(who, key=lambda i: tags.actors[i].end, default=None)


def _covers(text: str, tags: Tags, cue: re.Match[str], event: TaggedEvent) -> bool:
    """Does the event stand in what hangs on the words?"""
    low, high = cue.end(), event.span.start
    deed = text[high : event.span.end].lower()
    if cue.re is _DIRECT:
        confirmed = cue.lastgroup == "confirms" and not deed.endswith("ed") and _OBJECT.fullmatch(text, low, high)
        done = _GERUND.fullmatch(text, low, high)
        return bool(confirmed) or bool(done and ("having" in done[0].lower() or deed.split()[0].endswith("ing")))
    accused = cue[0].lower().startswith("accus") and _FINITE.search(text, low, high)
    joined = _AND.search(text, low, high) and not deed.endswith("ing")
    verbs = (e.span.start for e in tags.events if low <= e.span.start < high and e.type in _SPOKEN)
    return not (accused or joined or _ELSEWHERE.search(text, low, high) or any(_AND.search(text, low, verb) for verb in verbs))


def _cued(text: str, tags: Tags, event: TaggedEvent, sentence: int) -> Told | None:
    """Stance and speaker by the cue of the innermost quotation around an event."""
    quote = tags.quotation_around(event.span.start, event.span.end)
    if quote is None or quote.cue is None:
        return None
    at = quote.cue.start
    if _UNDONE.search(text, max(min(sentence, at), at - 60), at):
        return None
    cue = _BARE.match(text, at, quote.cue.end)
    return None if cue is None else (str(cue.lastgroup), quote.speaker)
