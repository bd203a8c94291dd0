"""Annotated text in the inline format of `corpus/GUIDELINES.md` → passages with offsets, and what is wrong with them.

A file holds passages; each has a header, one sentence a line, a line `--` and attribute lines.  `[a1 Moscow]` marks the span
"Moscow" as actor a1; letters combine (`[ap1 Ukraine]` is a1 and p1; `[ec1 warned]` is e1 and c1).  Offsets count code points
of the passage's text: its sentences joined by one space.
"""

import datetime
import hashlib
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pycountry

from lapwing.ontology import CONTEXTS, INTERNATIONAL, MODES_BY_TYPE, SECTORS, STANCES, STATUSES, TYPES

CORPUS = Path(__file__).parent / "corpus"
KINDS = {"a": "actor", "p": "place", "d": "date", "e": "event", "c": "cue", "q": "quote"}
COUNTRIES = {c.alpha_3 for c in pycountry.countries} | set(INTERNATIONAL) | {"KOS"}
FORMER = {"SUN", "YUG", "CSK", "DDR"}
AGREE_WHEN_FUTURE = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
NEEDS_RECIPIENT = {"COOPERATE", "AID", "SANCTION"}
DATE = re.compile(r"\d{4}(-W\d\d|-\d\d(-\d\d)?)?$")
MARK = re.compile(r"\[([apdecq]{1,3})(\d+) |\]")


@dataclass(frozen=True)
class Mark:
    """A marked span: kind letter, id such as `a1`, half-open offsets into the passage's text."""

    kind: str
    id: str
    start: int
    end: int


@dataclass
class Event:
    """One annotated event; ids refer to marks of the passage."""

    id: str
    type: str
    mode: str | None = None
    status: str = "actual"
    actors: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    place: str | None = None
    date: str | None = None
    speaker: str | None = None
    stance: str = "asserts"
    contexts: list[str] = field(default_factory=list)


_TELLING = re.compile(
    r"(?:had |has |have )?(?:told|tells?|telling|informed|informs|reminded|briefed|assured|testified|wrote|spoke)(?: to)?", re.I
)
_HEARER = re.compile(r"(?: to)?(?: the| an?)? ")


@dataclass
class Passage:
    """One annotated passage; `problems` lists what the lint found, empty if it is sound."""

    id: str
    meta: dict[str, str]
    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    actors: dict[str, tuple[str | None, list[str]]] = field(default_factory=dict)
    same_as: dict[str, str] = field(default_factory=dict)
    places: dict[str, str | None] = field(default_factory=dict)
    dates: dict[str, str | None] = field(default_factory=dict)
    quotes: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def surface(self, id: str) -> str:
        """The words of a mark."""
        mark = self.marks[id]
        return self.text[mark.start : mark.end]

    def chain(self, actor: str | None) -> list[tuple[int, int]]:
        """Every mention of the party that an actor mark is one of."""
        root = self.same_as.get(actor or "", actor)
        return [(m.start, m.end) for id, m in self.marks.items() if m.kind == "a" and self.same_as.get(id, id) == root]

    def told(self) -> list[tuple[str, str, str]]:
        """(speaker, cue, who was told) of each attribution that names its hearer right after the cue and is no event between the two."""
        eventful = {(a, r) for e in self.events.values() for a in e.actors for r in e.recipients}
        found: dict[tuple[str, str], str] = {}
        for speaker, cue in self.quotes.values():
            if not speaker or not cue or not _TELLING.fullmatch(self.surface(cue)):
                continue
            after = self.marks[cue].end
            hearers = [
                m.id for m in self.marks.values() if m.kind == "a" and m.start >= after and _HEARER.fullmatch(self.text, after, m.start)
            ]
            found.update({(speaker, h): cue for h in hearers if h != speaker and (speaker, h) not in eventful})
        return [(speaker, cue, hearer) for (speaker, hearer), cue in found.items()]


def read(path: Path) -> list[Passage]:
    """All passages of one file."""
    blocks = re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))
    return [parse(block) for block in blocks[1:]]


def read_all(folder: Path | None = None) -> list[Passage]:
    """All passages of a folder (the corpus' batches unless told), in the order of the file names."""
    return [p for path in sorted((folder or CORPUS / "batches").glob("*.txt")) for p in read(path)]


def split_of(passage: Passage) -> str:
    """`train`, `dev` or `test` (80/10/10), by a digest of the passage's id, so that the split never moves."""
    part = int(hashlib.sha256(f"lapwing {passage.id}".encode()).hexdigest(), 16) % 10
    return {0: "test", 1: "dev"}.get(part, "train")


def parse(block: str) -> Passage:
    """One passage from its block of text, the leading `## ` taken off."""
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    name, *words = lines[0].split()
    passage = Passage(name, dict(w.split("=", 1) if "=" in w else (w, "yes") for w in words))
    body = lines[1:]
    if "--" not in body:
        passage.problems.append("no line `--` between text and attributes")
        return passage
    cut = body.index("--")
    for line in body[:cut]:
        _sentence(passage, line)
    for line in body[cut + 1 :]:
        for item in line.split(";"):
            if item.strip():
                _attribute(passage, item.strip())
    _check(passage)
    if not passage.problems:
        _speak_for_quoted(passage)
    return passage


def _speak_for_quoted(passage: Passage) -> None:
    """Give an event without a speaker the one of the innermost quotation around its trigger; `by=-:alleges`, nobody named, stays without."""
    for event in passage.events.values():
        mark = passage.marks[event.id]
        around = [passage.marks[q] for q in passage.quotes if passage.marks[q].start <= mark.start and mark.end <= passage.marks[q].end]
        if around and event.speaker is None and event.stance == "asserts":
            innermost = min(around, key=lambda q: q.end - q.start)
            event.speaker = passage.quotes[innermost.id][0]


def _sentence(passage: Passage, line: str) -> None:
    offset = len(passage.text) + (1 if passage.text else 0)
    plain: list[str] = []
    length, last = offset, 0
    open_marks: list[tuple[str, str, int]] = []
    for match in MARK.finditer(line):
        piece = line[last : match.start()]
        plain.append(piece)
        length += len(piece)
        last = match.end()
        if match.group(1):
            open_marks.append((match.group(1), match.group(2), length))
        elif not open_marks:
            passage.problems.append(f"stray ] in: {line[:60]}")
        else:
            kinds, number, start = open_marks.pop()
            for kind in kinds:
                id = kind + number
                if id in passage.marks:
                    passage.problems.append(f"{id} marked twice")
                passage.marks[id] = Mark(kind, id, start, length)
    plain.append(line[last:])
    sentence = "".join(plain)
    if open_marks:
        passage.problems.append(f"[{open_marks[0][0]}{open_marks[0][1]} is not closed (marks may not cross sentences)")
    if "[" in sentence or "]" in sentence:
        passage.problems.append(f"stray bracket in: {sentence[:60]}")
    passage.text += (" " if passage.text else "") + sentence
    passage.sentences.append((offset, offset + len(sentence)))


def _attribute(passage: Passage, item: str) -> None:
    same = re.fullmatch(r"(a\d+) ?= ?(a\d+)", item)
    if same:
        passage.same_as[same.group(1)] = same.group(2)
        return
    id, *words = item.split()
    none = {"-": None}
    if re.fullmatch(r"a\d+", id) and 1 <= len(words) <= 2:
        sectors = words[1].split(",") if len(words) == 2 else []
        passage.actors[id] = (none.get(words[0], words[0]), sectors)
    elif re.fullmatch(r"p\d+", id) and len(words) == 1:
        passage.places[id] = none.get(words[0], words[0])
    elif re.fullmatch(r"d\d+", id) and len(words) == 1:
        passage.dates[id] = none.get(words[0], words[0])
    elif re.fullmatch(r"q\d+", id) and len(words) == 2:
        passage.quotes[id] = (none.get(words[0], words[0]), none.get(words[1], words[1]))
    elif re.fullmatch(r"e\d+", id) and words:
        _event(passage, id, words)
    else:
        passage.problems.append(f"cannot read attribute: {item}")


def _event(passage: Passage, id: str, words: list[str]) -> None:
    type, _, mode = words[0].partition("/")
    event = Event(id, type, mode or None)
    for word in words[1:]:
        key, _, value = word.partition("=")
        if key == "st":
            event.status = value
        elif key == "at":
            event.place = value
        elif key == "on":
            event.date = value
        elif key == "by":
            speaker, _, stance = value.partition(":")
            event.speaker = None if speaker == "-" else speaker
            event.stance = stance or "asserts"
        elif key == "ctx":
            event.contexts = value.split(",")
        elif re.fullmatch(r"[a-z0-9,>-]+", word):
            actors, _, recipients = word.partition(">")
            event.actors = [a for a in actors.split(",") if a and a != "-"]
            event.recipients = [a for a in recipients.split(",") if a and a != "-"]
            if type in NEEDS_RECIPIENT and ">" not in word and len(event.actors) < 2:
                passage.problems.append(f"{id}: {type} needs a recipient (write `>-` if the text names none)")
        else:
            passage.problems.append(f"{id}: cannot read {word}")
    if id in passage.events:
        passage.problems.append(f"{id} has two lines")
    passage.events[id] = event


def _check(passage: Passage) -> None:
    """Append every broken constraint to `passage.problems`."""
    want = _Wants(passage.problems)
    want(_is_date(passage.meta.get("date", "")), f"header date {passage.meta.get('date')}")
    want("voice" in passage.meta, "header has no voice")
    tables = {"a": {**passage.actors, **passage.same_as}, "p": passage.places, "d": passage.dates, "e": passage.events, "q": passage.quotes}
    for id, mark in passage.marks.items():
        want(mark.start < mark.end, f"{id} is empty")
        text = passage.text[mark.start : mark.end]
        want(text == text.strip() or mark.start == mark.end, f"{id} has white space at its edge")
        if mark.kind in tables:
            want(id in tables[mark.kind], f"{id} ({text[:30]}) has no attribute line")
    for table in tables.values():
        for id in table:
            want(id in passage.marks, f"attribute {id} marks nothing in the text")
    cued = {c for _, c in passage.quotes.values()}
    for id, mark in passage.marks.items():
        want(mark.kind != "c" or id in cued, f"cue {id} belongs to no quote")
    _check_overlap(passage, want)
    for id, (country, sectors) in passage.actors.items():
        want(country is None or country in COUNTRIES | FORMER, f"{id}: country {country}")
        want(all(s in SECTORS for s in sectors), f"{id}: sectors {sectors}")
        want(id not in passage.same_as, f"{id} has both a code and an antecedent")
    for id, antecedent in passage.same_as.items():
        want(antecedent in passage.actors, f"{id} = {antecedent}: the antecedent must be a coded actor (the first mention)")
    for id, country in passage.places.items():
        want(country is None or country in COUNTRIES, f"{id}: country {country}")
    for id, value in passage.dates.items():
        want(value is None or all(_is_date(part) for part in value.split("/")), f"{id}: date {value}")
    for id, (speaker, cue) in passage.quotes.items():
        want(speaker is None or (speaker in passage.marks and speaker[0] == "a"), f"{id}: speaker {speaker}")
        want(cue is None or (cue in passage.marks and cue[0] == "c"), f"{id}: cue {cue}")
    for event in passage.events.values():
        _check_event(passage, event, want)


def _check_event(passage: Passage, event: Event, want: "_Wants") -> None:
    known = passage.marks
    want(event.type in TYPES, f"{event.id}: type {event.type}")
    want(event.mode is None or event.mode in MODES_BY_TYPE.get(event.type, ()), f"{event.id}: mode {event.mode} of {event.type}")
    want(event.status != "future" or event.type not in AGREE_WHEN_FUTURE, f"{event.id}: a future {event.type} is AGREE")
    want(event.status in STATUSES, f"{event.id}: status {event.status}")
    want(event.stance in STANCES, f"{event.id}: stance {event.stance}")
    want(all(c in CONTEXTS for c in event.contexts), f"{event.id}: contexts {event.contexts}")
    for a in event.actors + event.recipients + ([event.speaker] if event.speaker else []):
        want(a in known and a[0] == "a", f"{event.id}: no actor {a}")
    want(not set(event.actors) & set(event.recipients), f"{event.id}: the same party on both sides")
    want(bool(event.actors or event.recipients), f"{event.id}: neither actor nor recipient")
    want(event.place is None or (event.place in known and event.place[0] == "p"), f"{event.id}: place {event.place}")
    want(event.date is None or (event.date in known and event.date[0] == "d"), f"{event.id}: date {event.date}")
    if event.id in known:
        words = passage.surface(event.id).split()
        want(len(words) <= 4, f"{event.id}: trigger of {len(words)} words: {' '.join(words)}")


def _check_overlap(passage: Passage, want: "_Wants") -> None:
    for kind in "apdec":
        marks = sorted((m for m in passage.marks.values() if m.kind == kind), key=lambda m: m.start)
        for left, right in itertools.pairwise(marks):
            want(left.end <= right.start, f"{left.id} and {right.id} overlap")


class _Wants:
    def __init__(self, problems: list[str]) -> None:
        self.problems = problems

    def __call__(self, condition: bool, complaint: str) -> None:
        if not condition:
            self.problems.append(complaint)


def _is_date(value: str) -> bool:
    if not DATE.match(value):
        return False
    try:
        if "W" in value:
            datetime.date.fromisoformat(value + "-1")
        else:
            datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def to_json(passage: Passage) -> str:
    """The passage as one JSON line, for users who do not want the inline format."""
    return json.dumps(
        {
            **{k: v for k, v in vars(passage).items() if k != "problems"},
            "marks": [vars(m) for m in passage.marks.values()],
            "events": [vars(e) for e in passage.events.values()],
        },
        ensure_ascii=False,
    )
