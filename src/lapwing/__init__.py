"""Lapwing reads the news and codes political events with the PLOVER ontology, keeping every word of evidence.

The public names: `code`, `resolve`, `extract`, `read`, `open_store`.  Everything heavy is loaded at the first call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    from lapwing.pipeline import Coder
    from lapwing.records import Article, CodedDocument, Document, Page
    from lapwing.resolution.actors import Resolution
    from lapwing.store import Store

__all__ = ["code", "extract", "open_store", "read", "resolve"]


@cache
def _coder() -> Coder:
    from lapwing.config import settings
    from lapwing.pipeline import Coder

    chosen = settings()
    return Coder(chosen.model, chosen.actor_tables, chosen.threads)


def code(documents: Iterable[Document | Mapping[str, Any]]) -> Iterator[CodedDocument]:
    """Code documents: one result each, in the same order; what cannot be coded yields a result whose `issues` say why."""
    return _coder().code(documents)


def resolve(text: str, date: str | None = None, context: str = "") -> Resolution:
    """Who a phrase names on a date (`YYYY-MM-DD`), given a sentence or paragraph around it; InputError on a bad date."""
    return _coder().resolve(text, date, context)


def extract(html: str | bytes, url: str | None = None) -> Article:
    """The article of an HTML page or a plain text page; never raises on bad content, its `issues` say what is wrong."""
    from lapwing.pipeline import article_of
    from lapwing.records import Page

    return article_of(Page(url or "", html, url))


def read(pages: Iterable[Page]) -> Iterator[tuple[Article, Document, CodedDocument]]:
    """Extract and code pages; each result has the article, the document that was coded, and its claims."""
    return _coder().read(pages)


def open_store(path: str | os.PathLike[str]) -> Store:
    """Open the SQLite file at `path`, made if it is not there; StoreError if it cannot be."""
    from lapwing.store import open_store as opened

    return opened(path)
