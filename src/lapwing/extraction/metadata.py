"""The tree of an HTML page → what it states of itself: title, teaser, date, authors, outlet, section.

JSON-LD first, then OpenGraph and meta tags, then what the page shows; htmldate is asked where no date is stated.
"""

import copy
import html
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from lapwing.extraction.found import Found
from lapwing.extraction.lines import date_in, date_line, host_of, letters, outlet_of, section_region, squeezed
from lapwing.extraction.signatures import byline_of
from lapwing.extraction.tables import REGIONS

_ARTICLE_TYPES = ("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "Article", "BlogPosting", "LiveBlogPosting", "WebPage")
LONGEST = 500
"""Characters of a title."""
_DATE_KEYS = (
    "article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "date", "dc.date.issued", "dc.date", "dcterms.created", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MARKS = re.compile(r"(\s+[|–—·»-]+\s+|\s*\|\s*|\s+::\s+)")
_KICKER = re.compile(r"kicker|topline|eyebrow|section-(?:name|label|title)")
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-]|name)")


def stated(tree: Any, url: str | None) -> Found:
    """What the page says about the article, its body and captions apart."""
    meta, data = _meta(tree), _linked_data(tree)
    canonical = _canonical(tree, meta, data, url)
    outlet = first([*_names(data.get("publisher")), *meta.get("og:site_name", [])]) or outlet_of(canonical, url)
    title = _title(tree, meta, data, outlet, host_of(canonical or url))
    sections = [
        *_names(data.get("articleSection")),
        *meta.get("article:section", []),
        *meta.get("section", []),
        *data.get("breadcrumb", []),
    ]
    section, region = _section(tree, sections, title)
    keys = ("og:description", "description", "twitter:description")
    teaser = first([*_names(data.get("description")), *(d for k in keys for d in meta.get(k, []))])
    language = (tree.get("lang") or first(meta.get("content-language", [])) or "").strip().lower()[:2]
    return Found(
        title=title,
        teaser=teaser,
        date=_date(tree, meta, data, canonical or url),
        outlet=outlet or _site(tree, title),
        byline=_byline(tree, meta, data),
        section=section,
        region=region,
        url=canonical,
        language=language if re.fullmatch("[a-z]{2}", language) else None,
    )


def said(element: Any) -> str:
    """The text under an element, in one line."""
    return squeezed("".join(element.itertext()))


def first(values: Iterable[str | None]) -> str | None:
    """The first value that says something."""
    return next((v for v in (squeezed(html.unescape(v)) for v in values if v) if v), None)


def _meta(tree: Any) -> dict[str, list[str]]:
    """Contents of the meta tags by name, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for key in {(element.get(k) or "").strip().lower() for k in ("property", "name", "itemprop", "http-equiv")} - {""}:
            found.setdefault(key, []).extend([content] if content and content.strip() else [])
    return found


def _linked_data(tree: Any) -> dict[str, Any]:
    """The fields of the page's JSON-LD article, with the names of its breadcrumb; empty if it has none."""
    things = [thing for script in tree.iter("script") if "ld+json" in (script.get("type") or "") for thing in _things(script.text or "")]
    ranked = [(_ARTICLE_TYPES.index(kind), i) for i, t in enumerate(things) for kind in _names(t.get("@type")) if kind in _ARTICLE_TYPES]
    article = dict(things[min(ranked)[1]]) if ranked else {}
    trails = [t.get("itemListElement") for t in things if "BreadcrumbList" in _names(t.get("@type"))]
    steps = trails[0] if trails and isinstance(trails[0], list) else []
    article["breadcrumb"] = [n for s in steps if isinstance(s, dict) for n in (_names(s.get("name")) or _names(s.get("item")))[:1]]
    return article


def _things(script: str) -> list[dict[str, Any]]:
    """The objects of a JSON-LD script, those of its graph too."""
    try:
        queue: list[Any] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return []
    things: list[dict[str, Any]] = []
    while queue and len(things) < 1000:
        item = queue.pop(0)
        if isinstance(item, dict):
            things.append(item)
            queue += [item[key] for key in ("@graph", "mainEntity") if item.get(key)]
        elif isinstance(item, list):
            queue += item[:1000]
    return things


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, a thing with a name, or a list of them."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return [value["name"]] if isinstance(value.get("name"), str) and value["name"].strip() else []
    return [n for v in value[:50] if not isinstance(v, list) for n in _names(v)] if isinstance(value, list) else []


def _canonical(tree: Any, meta: dict[str, list[str]], data: dict[str, Any], url: str | None) -> str | None:
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for link in (*links, *meta.get("og:url", []), data.get("url"), data.get("mainEntityOfPage")):
        whole = absolute(url, link) if isinstance(link, str) else None
        if whole:
            return whole
    return url


def absolute(url: str | None, link: str) -> str | None:
    """The whole address of a link on the page at `url`; None if it leads to no page."""
    try:
        joined = urljoin(url or "", link.strip())
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname else None
    except ValueError:
        return None


def _title(tree: Any, meta: dict[str, list[str]], data: dict[str, Any], outlet: str | None, host: str) -> str | None:
    """The heading on the page that agrees with a stated title; else the stated title, its outlet cut off."""
    named = [t for key in ("og:title", "twitter:title", "title") for t in meta.get(key, [])]
    shown = [said(e) for e in tree.iter("title")]
    given = [s[:LONGEST] for s in (first([t]) for t in [*_names(data.get("headline")), *named, *shown]) if s]
    cut = [_unsuffixed(s, outlet, host) for s in given]
    headings = [h for h in (said(e) for e in tree.iter("h1")) if h and len(h.split()) <= 40 and letters(h) != letters(outlet or "")]
    known = [set(re.findall(r"\w+", t.casefold())) for t in given]

    def share(heading: str) -> float:
        words = re.findall(r"\w+", heading.casefold())
        return max((sum(w in title for w in words) / len(words) for title in known), default=0.0) if words else 0.0

    agreeing = [h for h in headings[:20] if share(h) >= 0.7]
    if agreeing:
        return max(agreeing, key=lambda h: share(h) * min(len(h.split()), 8))
    return cut[0] if cut else headings[0] if headings else first(said(e) for e in tree.iter("h2"))


def _site(tree: Any, title: str | None) -> str | None:
    """The outlet as the page's <title> names it behind or before the headline."""
    for whole in (said(e)[:LONGEST] for e in tree.iter("title")):
        parts = [p.strip() for p in _MARKS.split(whole) if not _MARKS.fullmatch(p) and p.strip()]
        others = [p for p in parts if letters(p) != letters(title or "")]
        named = others[-1] if len(parts) > len(others) > 0 else None
        if named and len(named.split()) <= 5 and not date_line(named) and section_region(named) == (None, None):
            return named
    return None


def _unsuffixed(title: str, outlet: str | None, host: str) -> str:
    """A title without the outlet, section or date that pages put behind it."""
    parts = _MARKS.split(title)
    while len(parts) > 2:
        tail, mark = letters(parts[-1]), parts[-2].strip()
        site = bool(tail) and (tail in letters(outlet or "") or tail in letters(host) or (bool(outlet) and letters(outlet or "") in tail))
        if not (site or mark in ("|", "::", "»") or date_line(parts[-1])) or len(letters("".join(parts[:-2]))) < 8:
            break
        parts = parts[:-2]
    return "".join(parts).strip()


def _section(tree: Any, stated: Sequence[str], title: str | None) -> tuple[str | None, str | None]:
    """Section and region: what the page states, else the kicker above its headline."""
    clean = (squeezed(html.unescape(s)) for s in stated)
    known = [s for s in clean if s and s.lower() not in ("home", "news") and s != title and len(s) <= 60]
    if not known:
        kickers = (e for e in tree.iter("span", "div", "a", "p", "li") if _KICKER.search(e.get("class") or ""))
        known = [k for k in (said(e) for e in kickers) if k and len(k.split()) <= 5][:1]
    region = next((s for s in known if s.lower() in REGIONS), None)
    if len(known) == 1:
        section, region = section_region(known[0])
        return section or known[0], region
    return next((s for s in known if s != region), region), region


def _date(tree: Any, meta: dict[str, list[str]], data: dict[str, Any], url: str | None) -> str | None:
    """The publication date: stated, in a <time>, or found by htmldate."""
    times = [e for e in tree.iter("time") if e.get("pubdate") is not None or e.get("itemprop") == "datePublished"]
    times += tree.xpath("//article//time | //header//time | //main//time")[:1]
    shown = [e.get("datetime") or said(e) for e in times]
    named = [v for key in _DATE_KEYS for v in meta.get(key, [])]
    for value in (*_names(data.get("datePublished")), *named, *_names(data.get("dateCreated")), *shown):
        if found := date_in(value):
            return found
    from htmldate import find_date

    try:
        found = find_date(copy.deepcopy(tree), original_date=True, extensive_search=True, url=url, max_date="2100-01-01")
    except Exception:  # it reads whatever a page holds; what it cannot read has no date
        return None
    return found if isinstance(found, str) else None


def _byline(tree: Any, meta: dict[str, list[str]], data: dict[str, Any]) -> str | None:
    """The names of the authors as the page states them, else its byline."""
    keys = ("author", "article:author", "parsely-author", "dc.creator", "byl")
    given = _names(data.get("author")) or [a for k in keys for a in meta.get(k, [])]
    names = [n for n in (squeezed(html.unescape(s)) for s in given) if n and "://" not in n and "@" not in n and len(n) <= 120]
    if not names:
        elements = tree.iter("p", "span", "div", "a", "address", "li")
        names = [n for n in (said(e) for e in elements if _is_author(e)) if 0 < len(n.split()) <= 12][:1]
    return ", ".join(dict.fromkeys(byline_of(n) or n for n in names)) or None


def _is_author(element: Any) -> bool:
    return "author" in (element.get("rel") or "") or element.get("itemprop") == "author" or bool(_AUTHOR.search(element.get("class") or ""))
