"""What a page yielded before its body is cleaned of the lines that sign it: the record both ways in have in common."""

from dataclasses import dataclass

from lapwing.records import Caption, Issue


@dataclass(frozen=True, slots=True)
class Found:
    """Fields of an `Article` as one of the two ways in found them; None: not found."""

    paragraphs: tuple[str, ...] = ()
    title: str | None = None
    teaser: str | None = None
    date: str | None = None
    outlet: str | None = None
    byline: str | None = None
    section: str | None = None
    region: str | None = None
    url: str | None = None
    language: str | None = None
    captions: tuple[Caption, ...] = ()
    links: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
