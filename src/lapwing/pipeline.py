"""The order of the stages, once: page → article → document → tags → coded document.

Knows no database, network, configuration or engine.  It alone catches errors, once an item, and makes an `Issue` of each: documents in
are results out, in the same order.
"""

import datetime
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from lapwing import coder, counts, disagreements, quotations, stances
from lapwing.errors import InputError, LapwingError
from lapwing.extraction import extract, language_of
from lapwing.ontology import ONTOLOGY
from lapwing.provenance import outlet_named, provenance
from lapwing.records import (
    CONTRACT,
    UNREAD,
    Article,
    CodedDocument,
    Date,
    Document,
    Issue,
    Page,
    Pair,
    Place,
    Ref,
    TaggedSpan,
    Tags,
    Version,
)
from lapwing.resolution.actors import Resolution, resolve_actor
from lapwing.resolution.dates import find_dates, resolve_dates
from lapwing.resolution.evidence import dateline_of
from lapwing.resolution.gazetteer import Gazetteer
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.mentions import resolve_mentions
from lapwing.resolution.outlets import home_of
from lapwing.resolution.placefinder import find_places
from lapwing.resolution.places import resolve_places
from lapwing.tagger import OnnxTagger, Tagger

M = TypeVar("M", Place, Date)
Chunk = list[tuple[Document, Issue | None]]
CHUNK = 48
"""Documents that are read while those before them become claims."""
LARGEST = 2_000_000
"""Characters of a document's text; more is refused."""
_FIELDS = ("title", "url", "outlet", "language")


@dataclass
class Coder:
    """What coding needs, loaded when first used: model, knowledge base, gazetteer."""

    model: Path | None = None
    tables: tuple[Path, ...] = ()
    threads: int = 2

    @cached_property
    def tagger(self) -> Tagger:
        """The model."""
        return OnnxTagger(self.model, self.threads)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base with the user's tables."""
        return KnowledgeBase.load(self.tables)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places."""
        return Gazetteer.open()

    def code(self, documents: Iterable[Document | Mapping[str, Any]]) -> Iterator[CodedDocument]:
        """One result a document, in the same order; what cannot be coded yields a result whose issues say why.

        While one chunk's tags become claims, the model reads the next."""
        numbered = enumerate(documents, 1)
        with ThreadPoolExecutor(1) as reader:
            waiting: tuple[Chunk, Future[list[Tags]]] | None = None
            while True:
                chunk = [_read(record, number) for number, record in itertools.islice(numbered, CHUNK)]
                tags = reader.submit(self._tag, [document for document, issue in chunk if issue is None])
                if waiting:
                    yield from self._chunk(*waiting)
                if not chunk:
                    return
                waiting = chunk, tags

    def _chunk(self, chunk: "Chunk", tags: "Future[list[Tags]]") -> Iterator[CodedDocument]:
        of_fit = iter(tags.result())
        for document, issue in chunk:
            yield self._coded(document, next(of_fit)) if issue is None else self._uncoded(document, issue)

    def _tag(self, documents: Sequence[Document]) -> list[Tags]:
        return self.tagger.tag([(d.text, d.pairs) for d in documents]) if documents else []

    def _coded(self, document: Document, tags: Tags) -> CodedDocument:
        try:
            return self._assemble(document, tags)
        except LapwingError as error:
            return self._uncoded(document, Issue(error.code, str(error)))

    def _assemble(self, document: Document, tags: Tags) -> CodedDocument:
        text = document.text
        date_spans = find_dates(text)
        tags = coder.without_dates(text, coder.trimmed(text, quotations.mended(text, tags)), date_spans)
        tags = stances.worded(text, tags)
        named = find_places(text, self.gazetteer)
        tags = coder.with_joined_places(text, tags, [*_spans(tags.places), *named])
        actors = [(s.start, s.end) for s in tags.actors]
        refs = resolve_mentions(text, actors, tags.antecedents, date=document.date, kb=self.knowledge, sentences=tags.sentences)
        refs = coder.first_persons(tags, coder.called(text, refs))
        dates, all_dates = _both(_spans(tags.dates), date_spans, lambda spans: resolve_dates(text, spans, document.date))
        countries, home = _countries(refs), self._home(document)
        places, all_places = _both(
            _spans(tags.places),
            named,
            lambda spans: resolve_places(text, spans, gazetteer=self.gazetteer, countries=countries, outlet_country=home),
            reach=2,
        )
        card = getattr(self.tagger, "card", {})
        made = coder.claims(
            document, tags, refs, places, dates, dateline=_dateline(text, all_places), model=self.tagger.name,
            calibration=tuple(card.get("calibration", (1.0, 0.0))), threshold=card.get("thresholds", {}).get("claim", 0.0),
        )  # fmt: skip
        mentions: list[Place | Date] = sorted([*all_places, *all_dates], key=lambda m: (m.start, m.end))
        issues = () if document.date else (Issue("no-date", "no publication date: relative dates and offices are left unresolved"),)
        claims = counts.counted(text, made)
        quotes = coder.quotes(document, tags, refs)
        return CodedDocument(
            document.id, tuple(claims), tuple(quotes), tuple(mentions), tags.relations, issues, self._version(),
            tuple(disagreements.disagreements(claims)),
        )  # fmt: skip

    def _home(self, document: Document) -> str | None:
        """The country of the document's outlet: by the domain of its page where our table knows the name, for names are borrowed (The Times),
        else by the table, its name or its domain."""
        known = outlet_named(document.outlet) if document.outlet else None
        if known:
            return home_of(None, document.url, self.knowledge) or known.country
        return home_of(document.outlet, document.url, self.knowledge)

    def _uncoded(self, document: Document, issue: Issue) -> CodedDocument:
        relations = tuple(UNREAD for _ in document.pairs)
        return CodedDocument(document.id, (), (), (), relations, (issue,), self._version())

    def _version(self) -> Version:
        return Version(CONTRACT, self.tagger.name, ONTOLOGY, self.gazetteer.version)

    def resolve(self, text: str, date: str | None = None, context: str = "") -> Resolution:
        """Who a phrase names."""
        if date is not None:
            _check_date(date, "date")
        return resolve_actor(text, date=date, context=context, kb=self.knowledge)

    def read(self, pages: Iterable[Page]) -> Iterator[tuple[Article, Document, CodedDocument]]:
        """Extract and code pages; each result has the article, the document that was coded, and its claims."""
        articles = map(article_of, pages)
        while chunk := list(itertools.islice(articles, CHUNK)):
            documents = [document_of(a) for a in chunk]
            yield from zip(chunk, documents, self.code(documents), strict=True)


def article_of(page: Page) -> Article:
    """The article of a page, with the chain its report came by; never raises on bad content."""
    article = extract(page.content, id=page.id, url=page.url)
    return replace(article, provenance=provenance(article))


def document_of(article: Article) -> Document:
    """What is coded of an article: title, teaser, body and captions, each once, parted by blank lines."""
    parts: list[str] = []
    for part in (article.title, article.teaser, article.text, *(c.text for c in article.captions)):
        if part and part.strip() and not any(_same(part, other) for other in parts):
            parts.append(part.strip())
    return Document(article.id, "\n\n".join(parts), article.date, article.title, article.url, article.outlet, article.language)


def _same(part: str, other: str) -> bool:
    return " ".join(part.split()).rstrip(".") in " ".join(other.split())


def _accept(record: Document | Mapping[str, Any], number: int) -> tuple[Document, Issue | None]:
    """The document of an input record; of one that is none, an empty document and what is wrong with it."""
    if isinstance(record, Document):
        return record, None
    try:
        return read_document(record, number), None
    except InputError as error:
        name = record.get("id") if isinstance(record, Mapping) else None
        pairs = record.get("pairs") if isinstance(record, Mapping) else None
        blank = tuple(Pair((0, 0), (0, 0)) for _ in pairs) if isinstance(pairs, list) else ()
        return Document(name if isinstance(name, str) else f"line-{number}", "", pairs=blank), Issue(error.code, str(error))


def read_document(record: Any, number: int = 1) -> Document:
    """A document from its JSON form; InputError names the field that is wrong."""
    if not isinstance(record, Mapping):
        raise InputError(f"document {number} is not a JSON object")
    identity, text = record.get("id"), record.get("text")
    if not isinstance(identity, str):
        raise InputError(f"document {number} has no `id` (a string)")
    if not isinstance(text, str):
        raise InputError(f"document {identity!r} has no `text` (a string)")
    date = record.get("date")
    if date is not None:
        _check_date(date, f"`date` of document {identity!r}")
    for field in _FIELDS:
        if not isinstance(record.get(field), str | None):
            raise InputError(f"`{field}` of document {identity!r} is not a string")
    pairs = record.get("pairs") or []
    if not isinstance(pairs, list):
        raise InputError(f"`pairs` of document {identity!r} is not a list")
    found = tuple(_pair(p, text, identity) for p in pairs)
    title, url, outlet, language = (record.get(f) for f in _FIELDS)
    return Document(identity, text, date, title, url, outlet, language, found)


def _pair(record: Any, text: str, identity: str) -> Pair:
    sides = []
    for side in ("actor", "recipient"):
        span: Any = record.get(side) if isinstance(record, Mapping) else None
        whole = isinstance(span, Sequence) and len(span) == 2 and all(type(n) is int for n in span)
        if not whole or not 0 <= span[0] < span[1] <= len(text):
            raise InputError(f"a pair of document {identity!r} has no `{side}` as [start, end] inside the text")
        sides.append((span[0], span[1]))
    return Pair(*sides)


def _check_date(date: Any, what: str) -> None:
    try:
        if not isinstance(date, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            raise ValueError
        datetime.date.fromisoformat(date)
    except ValueError:
        raise InputError(f"{what} is {date!r}; write YYYY-MM-DD") from None


def _read(record: Document | Mapping[str, Any], number: int) -> tuple[Document, Issue | None]:
    """The document of an input record and, if it cannot be coded, why."""
    document, issue = _accept(record, number)
    return document, issue or _unfit(document)


def _unfit(document: Document) -> Issue | None:
    """Why a document is not given to the model, or None."""
    if not document.text.strip():
        return Issue("empty", "the document has no text")
    if len(document.text) > LARGEST:
        return Issue("too-large", f"the text has {len(document.text)} characters, more than {LARGEST}; split it")
    language = document.language or language_of(document.text)
    if language and language.lower().split("-")[0] != "en":
        return Issue("language", f"the text is in {language!r}; only English is coded")
    return None


def _spans(tagged: Sequence[TaggedSpan]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in tagged]


def _both(
    tagged: Sequence[tuple[int, int]],
    found: Sequence[tuple[int, int]],
    resolve: Callable[[Sequence[tuple[int, int]]], list[M]],
    reach: int = 0,
) -> tuple[list[M], list[M]]:
    """The model's spans resolved, each widened to the one the rules found there or within `reach` characters (2: "northern" before "Nigeria");
    and all mentions: the rules', and of the model's own those that resolve (by the dev sets the rules' spans are the better)."""
    spans = [next((f for f in found if f[0] < end + reach and start < f[1]), (start, end)) for start, end in tagged]
    own: list[tuple[int, int]] = [s for s in dict.fromkeys(spans) if s not in set(found)]
    record_by_span = dict(zip([*found, *own], resolve([*found, *own]), strict=True))
    every = [record_by_span[f] for f in found] + [record_by_span[s] for s in own if _resolved(record_by_span[s])]
    return [record_by_span[s] for s in spans], every


def _dateline(text: str, places: Sequence[Place]) -> Place | None:
    """The place of the text's dateline, if it has one that could be told."""
    span = dateline_of(text)
    return next((p for p in places if p.name and p.start < span[1] and span[0] < p.end), None) if span else None


def _resolved(mention: Place | Date) -> bool:
    return (mention.value if isinstance(mention, Date) else mention.name) is not None


def _countries(refs: Sequence[Ref]) -> dict[str, float]:
    """How often each country is a party in the document: evidence for its places."""
    counts: dict[str, float] = {}
    for ref in refs:
        if ref.country:
            counts[ref.country] = counts.get(ref.country, 0) + 1
    return counts
