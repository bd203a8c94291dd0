"""An HTML page → what was found on it.

lxml parses it, the captions are taken out of the tree (no library gives them apart), then trafilatura finds the body with `fast=True`,
which is better and quicker than with its fallbacks (181 gold pages).  What lxml or trafilatura could choke on is flattened first.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lapwing.extraction.found import Found
from lapwing.extraction.lines import SENTENCE_END, credited, date_line, is_chrome, is_prose, letters, merged, squeezed
from lapwing.extraction.metadata import absolute, said, stated
from lapwing.extraction.signatures import byline_of
from lapwing.records import Caption, Issue

MOST_TAGS = 30_000
"""Tags of a page that is parsed as it is: trafilatura reads some 20,000 a second; beyond, only paragraphs are read."""
MOST_MARKUP = 3_000_000
"""Characters of a page without scripts and styles that is parsed as it is."""
DEEPEST = 200
"""Open tags at one time; lxml stops at 256."""
MOST_PARAGRAPHS = 5_000
"""Paragraphs read of a page that is too deep or too large to be parsed as it is."""

_HTML = re.compile(r"<(?:!doctype|html|head|body|article|main|section|div|p|h1|meta|title|script|span|table|a)\b", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>?")
_FLAT = re.compile(
    r"html|head|body|p|li|d[td]|t[dhr]|thead|tbody|tfoot|option|a|br|hr|img|input|meta|link|area|base|col|embed|param|source|track|wbr|script|style"
)
"""Tags that hold nothing, or that the parser closes by itself: they do not nest."""
_BLOCK = re.compile(r"p|div|br|li|h[1-6]|t[dhr]|d[td]|section|article|blockquote|pre|figcaption|header|footer|[uo]l|table")
_CAPTION_CLASS = re.compile(r"caption|cutline|(?:image|photo|img|picture|media|figure)[-_]{0,2}(?:credit|copyright|source|desc)", re.I)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|attribution|(?:image|photo|media|caption)[-_]*(?:source|author|byline)", re.I)
_CLUTTER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscribe|related|recommend(?:ed|ations?)|share|sharing|social|advert(?:isement)?|promo|"
    r"paywall|breadcrumbs?|skip)(?:$|[\s_-])",
    re.I,
)


def is_html(text: str) -> bool:
    """Whether a page is markup and not plain text."""
    return bool(_HTML.search(text[:20_000])) and (text.lstrip()[:1] == "<" or len(_TAG.findall(text[:200_000])) >= 3)


def read_html(text: str, url: str | None) -> Found:
    """The article of an HTML page."""
    text, issue = _parsable(text)
    issues = (issue,) if issue else ()
    tree = _tree(text)
    if tree is None:
        return Found(issues=issues)
    found = stated(tree, url)
    captions = _take_captions(tree)
    _drop_clutter(tree)
    paragraphs, links = _body(tree, found.url or url, (found.title, found.section, found.region), captions)
    return replace(found, paragraphs=tuple(paragraphs), captions=captions, links=tuple(links), issues=issues)


def _parsable(text: str) -> tuple[str, Issue | None]:
    """The markup, flattened to its head and paragraphs where it is too deep or too large to parse, and the issue that says so."""
    text = re.sub(r"^\s*<\?xml[^<>]*>", "", text)
    bare = _without(_without(_without(text, "<!--", "-->"), "<script", "</script>"), "<style", "</style>")
    depth = deepest = tags = 0
    for match in _TAG.finditer(bare):
        tags += 1
        if not _FLAT.fullmatch(match[2].lower()) and not match[3].endswith("/"):
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
        if tags > MOST_TAGS:
            break
    if deepest > DEEPEST:
        problem = f"{deepest:,} tags stand in one another, more than {DEEPEST}; only paragraphs were read"
        return _flattened(text, bare), Issue("too-deep", problem)
    if tags > MOST_TAGS or len(bare) > MOST_MARKUP:
        read = f"only its first {MOST_PARAGRAPHS:,} paragraphs were read, without lists"
        size = f"more than {MOST_TAGS:,} tags" if tags > MOST_TAGS else f"{len(bare):,} characters"
        problem = f"the page has {size}; {read}"
        return _flattened(text, bare), Issue("too-large", problem)
    return text, None


def _without(text: str, opening: str, closing: str) -> str:
    """The text less all that stands between two marks; by search, because a pattern is slow where the closing mark lacks."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    kept: list[str] = []
    at = 0
    while (start := lower.find(opening, at)) >= 0:
        end = lower.find(closing, start)
        kept.append(text[at:start])
        at = len(text) if end < 0 else end + len(closing)
    return "".join([*kept, text[at:]])


def _flattened(text: str, bare: str) -> str:
    """A page of the same head whose body holds nothing but headings and paragraphs, one level deep."""
    head = re.findall(r"<(?:meta|link)\b[^<>]*>|<title\b[^<>]*>[^<>]{0,500}</title>", text[:300_000], re.I)[:200]
    scripts = re.findall(r"<script[^<>]*ld\+json[^<>]*>[^<]{0,50000}</script>", text[:300_000], re.I)[:5]
    blocks, words, at, tag = [], [], 0, "p"
    for match in _TAG.finditer(bare):
        words.append(bare[at : match.start()])
        at = match.end()
        name = match[2].lower()
        if _BLOCK.fullmatch(name):
            blocks.append((tag, "".join(words)))
            words, tag = [], name if name in ("h1", "h2") and not match[1] else "p"
        if len(blocks) >= 10 * MOST_PARAGRAPHS:
            break
    else:
        words.append(bare[at:])
    blocks.append((tag, "".join(words)))
    shown = [(t, squeezed(html.unescape(b[:MOST_MARKUP]))) for t, b in blocks if b.strip()]
    kept = [(t, b) for t, b in shown if t != "p" or is_prose(b)][:MOST_PARAGRAPHS]
    body = "".join(f"<{t}>{html.escape(b)}</{t}>" for t, b in kept)[: 2 * MOST_MARKUP]
    return f"<html><head>{''.join(head)}{''.join(scripts)}</head><body><article>{body}</article></body></html>"


def _tree(text: str) -> Any:
    """The element tree of a page, or None where there is nothing to parse."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(text.encode("utf-8"), parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _take_captions(tree: Any) -> tuple[Caption, ...]:
    """The captions, taken out of the tree with their credits."""
    named = [
        e for e in tree.iter("div", "span", "p", "small", "dd", "em", "cite", "section") if _CAPTION_CLASS.search(e.get("class") or "")
    ]
    chosen = [*tree.iter("figcaption"), *(e for e in named if not any(a.tag == "figcaption" for a in e.iterancestors()))]
    inside = {id(a) for e in chosen for a in e.iterancestors()}
    captions: list[Caption] = []
    for element in chosen:
        text = said(element)
        if element.getparent() is None or len(text.split()) > 120 or (element.tag != "figcaption" and id(element) in inside):
            continue
        within = element.iter("small", "cite", "span", "p", "div", "a")
        credits = [e for e in within if e is not element and (e.tag in ("small", "cite") or _CREDIT_CLASS.search(e.get("class") or ""))]
        credit = said(credits[0]) if credits else None
        words, glued = credited(text.removesuffix(credit).strip() if credit else text)
        if credit:
            credit = credited(f"x {credit}")[1] or credit
        if not words and captions and captions[-1].credit is None:
            captions[-1] = Caption(captions[-1].text, credit or glued)
        elif words and not (_CREDIT_CLASS.search(element.get("class") or "") and len(words.split()) < 8):
            captions.append(Caption(words, credit or glued))
        elif words and captions and captions[-1].credit is None:
            captions[-1] = Caption(captions[-1].text, glued or words)
        element.drop_tree()
    return merged(captions)


def _drop_clutter(tree: Any) -> None:
    """Take out cookie, sharing and related blocks, unless a good part of the page stands in one."""
    whole = len("".join(tree.itertext()))
    blocks = tree.iter("div", "section", "aside", "ul", "nav", "p")
    for element in [e for e in blocks if _CLUTTER_CLASS.search(f"{e.get('class') or ''} {e.get('id') or ''}")]:
        if element.getparent() is not None and len("".join(element.itertext())) * 4 < whole:
            element.drop_tree()


def _body(tree: Any, url: str | None, known: Sequence[str | None], captions: Sequence[Caption]) -> tuple[list[str], list[str]]:
    """Paragraphs and links of the body; a page in which trafilatura finds none gives its <p>."""
    import trafilatura

    plain = [p for p in (said(e) for e in tree.iter("p")) if p]
    linked = sum(len(said(e)) for e in tree.iter("a", "h1", "h2"))
    try:
        found = trafilatura.bare_extraction(tree, fast=True, include_comments=False, include_links=True, include_images=False)
    except Exception:  # it reads whatever a page holds; what it cannot read has no body
        found = None
    body = getattr(found, "body", None)
    paragraphs = list(_blocks(body)) if body is not None else plain
    if not any(map(is_prose, paragraphs)) and linked * 2 >= sum(map(len, paragraphs)):
        return [], []  # a page of menus
    links = [absolute(url, e.get("target") or "") for e in body.iter("ref")] if body is not None else []
    apart = {letters(c.text) for c in captions}
    kept = [p for i, p in enumerate(paragraphs) if letters(p) not in apart and not is_chrome(p) and not (i < 3 and _heads(p, known))]
    return kept, list(dict.fromkeys(link for link in links if link))


def _heads(paragraph: str, known: Sequence[str | None]) -> bool:
    """Whether a paragraph near the top is the title, the section, the date or the byline again, or a row of links."""
    row = paragraph.split(" | ")
    links = len(row) > 1 and all(len(name.split()) <= 3 for name in row)
    return paragraph in known or links or bool(date_line(paragraph) or byline_of(paragraph))


def _blocks(element: Any) -> Iterator[str]:
    """The paragraphs under an element of trafilatura's tree."""
    for child in element:
        if child.tag in ("list", "table", "quote", "row") and len(child) and child[0].tag in ("item", "row", "cell", "p", "list", "quote"):
            yield from _blocks(child)
        else:
            yield from _pieces(child)
        yield from [tail] if (tail := squeezed(child.tail or "")) else []


def _pieces(element: Any) -> Iterator[str]:
    """An element's text, cut at those line breaks that follow a sentence."""
    pieces = [element.text or ""]
    for node in element.iter():
        if node is not element:
            pieces += ["\0" if node.tag == "lb" else node.text or "", node.tail or ""]
    paragraph = ""
    for line in "".join(pieces).split("\0"):
        if paragraph and SENTENCE_END.search(paragraph):
            yield paragraph
            paragraph = ""
        paragraph = squeezed(f"{paragraph} {line}")
    yield from [paragraph] if paragraph else []
