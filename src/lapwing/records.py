"""Every frozen record that crosses a stage or is stored, and its JSON form.

Offsets are half-open and count Unicode code points of exactly the text named; `span.text == text[span.start:span.end]`, always.
Absence is `None`.  The JSON fields are those of the coding contract, version `CONTRACT`.
"""

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any

CONTRACT = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ref(Span):
    """A span that names a party, and who that is."""

    entity: str | None = None
    """Id in the knowledge base; None: not in it, or not resolved."""
    name: str | None = None
    """Canonical name of the entity."""
    country: str | None = None
    """ISO 3166-1 alpha-3, or PLOVER's IGO UNO EUR NGO ISM IMG MNC KOS; None: unknown."""
    sectors: tuple[str, ...] = ()
    """PLOVER sector codes, most specific first."""
    how: str = "unresolved"
    """`name`, `office`, `demonym`, `metonym`, `agent`, `coreference` or `unresolved`."""
    reason: str | None = None
    """One line that says why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A date expression and its calendar value."""

    value: str | None = None
    """ISO 8601: day, `2021-W23`, month, year, or an interval `a/b`; None: the text does not allow one."""
    grain: str | None = None
    """`day`, `week`, `month`, `year` or `interval`."""


@dataclass(frozen=True, slots=True)
class Place(Span):
    """A place name and the place on the map; every field None when unresolved."""

    name: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    admin1: str | None = None
    """Name of the first-level division."""
    lat: float | None = None
    """WGS 84 degrees north."""
    lon: float | None = None
    """WGS 84 degrees east."""
    geonameid: int | None = None
    grain: str | None = None
    """`country`, `admin1`, `city` or `site`."""
    confidence: float | None = None
    """0 … 1 that the place is the one meant; None when unresolved."""
    how: str | None = None
    """How it was settled, for a person to read."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What went wrong or was left out: a code for programs, a message for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution: who is said to have said what."""

    speaker: Ref | None
    cue: Span | None
    content: Span
    direct: bool


@dataclass(frozen=True, slots=True)
class Count(Span):
    """How many a text says were dead, injured, detained or taking part; the span is the wording of the number."""

    kind: str
    """`dead`, `injured`, `detained` or `taking-part`."""
    low: int | None
    """At least so many; None: the wording sets no lower bound ("up to 300")."""
    high: int | None
    """At most so many; None: the wording sets no upper bound ("at least 12")."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence of one document says happened."""

    id: str
    """Digest of document id, offsets, type and model: the same input gives the same id."""
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    intensity: float
    """PLOVER conflict–cooperation score, −10 … +10."""
    cameo: str
    status: str
    """`actual`, `negated`, `future`, `hypothetical` or `historical`."""
    trigger: Span
    actors: tuple[Ref, ...]
    recipients: tuple[Ref, ...]
    speaker: Ref | None
    """None: the document itself says it."""
    stance: str
    """`asserts`, `denies`, `alleges`, `confirms` or `disputes`."""
    when: Date | None
    where: Place | None
    sentence: Span
    confidence: float
    """0 … 1, calibrated."""
    counts: tuple[Count, ...] = ()
    """The numbers that the sentence gives of this event, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims of one document that tell of the same happening differently."""

    on: str
    """`whether` it happened, `who` did it, `how-many` it struck or took part, or `when`."""
    kind: str | None
    """Of how many: the kind of the counts; else None."""
    claims: tuple[str, ...]
    """Ids of the claims, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What the first span of a given pair did to the second."""

    type: str
    mode: str | None
    status: str
    confidence: float


UNREAD = Relation("CONSULT", None, "actual", 0.0)
"""Given where a pair's spans hold no word that can be read: a type is owed, at confidence 0."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans the caller names: `(start, end)` of the actor and of the recipient."""

    actor: tuple[int, int]
    recipient: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """Input of the coder."""

    id: str
    text: str
    date: str | None = None
    """Publication date, `YYYY-MM-DD`; None: relative dates and offices stay unresolved."""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What made a coded document."""

    contract: int
    model: str
    ontology: str
    gazetteer: str | None = None
    """GeoNames library and digest of our tables that the places come from."""


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """Output of the coder."""

    id: str
    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    mentions: tuple[Place | Date, ...]
    relations: tuple[Relation, ...]
    issues: tuple[Issue, ...]
    version: Version
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read."""

    id: str
    content: bytes | str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption and its credit line."""

    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way a report came: outlet ← agency ← interview, statement or other report."""

    kind: str
    """`outlet` (that printed it), `agency` (whose report it is), `interview`, `statement` or `report` (that the text names)."""
    name: str
    wording: Span | None
    """The words of the article's text it rests on; None: what the page says of itself."""
    byline: str | None = None
    """The signature it rests on, where the page has one."""
    country: str | None = None
    """ISO 3166-1 alpha-3 of the outlet; None: not in our table."""
    state: str | None = None
    """`run`: a state owns and directs it; `funded`: a state pays for it and leaves it its own voice; None: neither is known."""
    reason: str | None = None
    """Why it is marked so."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article; every field that could not be found is None."""

    id: str
    """The file's name, or the URL."""
    url: str | None
    """Canonical link."""
    title: str | None
    teaser: str | None
    date: str | None
    """Publication date, `YYYY-MM-DD`."""
    outlet: str | None
    byline: str | None
    agencies: tuple[str, ...]
    section: str | None
    language: str | None
    """ISO 639-1."""
    text: str
    """The body, paragraphs parted by a blank line; no captions, credits, navigation or link lists."""
    captions: tuple[Caption, ...]
    links: tuple[str, ...]
    """Links of the body."""
    issues: tuple[Issue, ...] = ()
    region: str | None = None
    provenance: tuple[Link, ...] = ()
    """Where the report comes from: outlet, agencies, then what the text names."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A stretch of text the model marked: `actor`, `place`, `date`, `trigger`, `cue` or `quote`."""

    kind: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class TaggedEvent:
    """A trigger with what the model says of it; parties are indices into `Tags.actors`, place and date into theirs."""

    span: TaggedSpan
    type: str
    mode: str | None
    status: str
    stance: str
    contexts: tuple[str, ...]
    actors: tuple[tuple[int, float], ...]
    """(index, probability), in the order of the text."""
    recipients: tuple[tuple[int, float], ...]
    place: int | None
    date: int | None
    speaker: int | None
    score: float
    """Probability that there is such an event of this type."""


@dataclass(frozen=True, slots=True)
class TaggedQuote:
    """A quotation with its speaker (index into `Tags.actors`) and cue."""

    span: TaggedSpan
    speaker: int | None
    cue: TaggedSpan | None


@dataclass(frozen=True, slots=True)
class Tags:
    """All the model says of one document."""

    sentences: tuple[tuple[int, int], ...]
    actors: tuple[TaggedSpan, ...]
    antecedents: tuple[int | None, ...]
    """For each actor the index of an earlier mention of the same party, or None."""
    places: tuple[TaggedSpan, ...]
    dates: tuple[TaggedSpan, ...]
    events: tuple[TaggedEvent, ...]
    quotes: tuple[TaggedQuote, ...]
    relations: tuple[Relation, ...] = ()

    def quotation_around(self, start: int, end: int) -> TaggedQuote | None:
        """The innermost quotation with a speaker in which a stretch of the text lies."""
        around = [q for q in self.quotes if q.span.start <= start and end <= q.span.end and q.speaker is not None]
        return min(around, key=lambda q: q.span.end - q.span.start, default=None)


def to_dict(record: Any) -> Any:
    """The JSON form of a record: dictionaries, lists, strings, numbers, `None`."""
    if record is None or isinstance(record, (str, int, float)):
        return record
    if isinstance(record, (list, tuple)):
        return [to_dict(item) for item in record]
    if not dataclasses.is_dataclass(record):
        return record
    values = ((name, getattr(record, name)) for name in _names(record.__class__))
    fields = {name: value if value.__class__ in _PLAIN else to_dict(value) for name, value in values}
    if isinstance(record, CodedDocument):
        kinds = ["place" if isinstance(m, Place) else "date" for m in record.mentions]
        fields["mentions"] = [{"kind": k, **m} for k, m in zip(kinds, fields["mentions"], strict=True)]
    return fields


_PLAIN = frozenset({str, int, float, type(None)})


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))


def party_label(ref: Ref) -> str:
    """A party for a person to read: its name with country and sectors."""
    codes = " ".join(c for c in (ref.country, *ref.sectors[:2]) if c)
    return f"{ref.name or ref.text} ({codes})" if codes else ref.name or ref.text


def span_of(text: str, start: int, end: int) -> Span:
    """The span of `text` from `start` to `end`."""
    return Span(text[start:end], start, end)
