"""Page → Article: an HTML page or a plain text page becomes title, teaser, body, date, outlet, byline, agencies and captions.

Two ways in (`markup`, `textpages`), one way out.  What a page states about itself (JSON-LD, OpenGraph, meta tags) comes before anything
inferred.  Bad content never raises: the article's issues say what is wrong with it.
"""

import re
from collections.abc import Sequence

from lapwing.extraction.decoding import decoded, refused
from lapwing.extraction.found import Found
from lapwing.extraction.lines import outlet_of, word_count
from lapwing.extraction.markup import is_html, read_html
from lapwing.extraction.signatures import agencies_of, unsigned
from lapwing.extraction.textpages import read_text
from lapwing.records import Article, Issue

__all__ = ["extract", "language_of"]

SHORT = 25
"""Words of a body below which the article is said to be short."""
MARGIN = 50.0
"""Log-likelihood by which another language must beat English: foreign names tip short English passages over by up to 42, and sentences of
60 letters in eight other languages win by more than 100."""
OPENING, SAMPLE = 600, 4000
"""Characters that are read for the language: more than the opening only where that is not plainly English."""
_ENGLISH = frozenset(["the", "of", "and", "to", "in", "is", "was", "has", "said", "with", "for", "on", "by", "at", "from", "that"])
_ENGLISH_ALONE = frozenset(
    "the and of that with from were would which their his they has said this been had who after by".split()  # noqa: SIM905
)
"""Words that no other language has so often, all together."""


def extract(content: bytes | str, *, id: str = "", url: str | None = None) -> Article:
    """The article of a page; never raises on bad content: what is wrong stands in its issues."""
    refusal = refused(content)
    if refusal:
        return _article(Found(issues=(refusal,)), id, url)
    text, mended = decoded(content)
    issues = (mended,) if mended else ()
    if not text.strip():
        return _article(Found(issues=(*issues, Issue("empty", "the page has no text in it"))), id, url)
    return _article(read_html(text, url) if is_html(text) else read_text(text, url), id, url, issues)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language a text is in; None where it is too short to tell."""
    letters = [c for c in text[:SAMPLE] if c.isalpha()]
    if len(letters) < 20 or (len(letters) < 60 and max(letters) < "\u0250"):
        return None
    if _mostly_english(text[:OPENING]):
        return "en"
    import py3langid  # here, for its model takes longer to load than ours

    scores: list[tuple[str, float]] = py3langid.rank(text[:OPENING])
    if len(text) > OPENING and not (scores[0][0] == "en" and scores[0][1] - scores[1][1] > MARGIN):
        scores = py3langid.rank(text[:SAMPLE])
    english = next((score for code, score in scores if code == "en"), float("-inf"))
    return "en" if scores[0][1] - english < MARGIN else scores[0][0]


def _article(found: Found, id: str, url: str | None, issues: Sequence[Issue] = ()) -> Article:
    """The article of what was found: its agencies read, its body cleaned of the lines that sign it, and what it lacks said."""
    paragraphs, closing = unsigned(found.paragraphs)
    body = "\n\n".join(paragraphs)
    read = body or found.title or ""
    language = language_of(read) or ("en" if _plainly_english(read) else found.language)
    byline = found.byline or (closing[0] if closing else None)
    agencies = agencies_of(paragraphs, closing, found.byline)
    refused_or_empty = not found.paragraphs and any(issue.code in ("too-large", "not-html", "empty") for issue in found.issues)
    wanting = [] if refused_or_empty else _wanting(body, found, language)
    return Article(
        id, found.url or url, found.title, found.teaser, found.date, found.outlet or outlet_of(found.url, url), byline, agencies,
        found.section, language if read else None, body, found.captions, found.links, (*issues, *found.issues, *wanting), found.region,
    )  # fmt: skip


def _plainly_english(text: str) -> bool:
    """Whether a text too short for statistics has English function words."""
    return len(set(re.findall(r"[a-z]+", text.lower())) & _ENGLISH) >= 2


def _mostly_english(text: str) -> bool:
    """Whether a text has as many function words that are English alone as no other language has."""
    words = re.findall(r"\w+", text.lower())
    own = [w for w in words if w in _ENGLISH_ALONE]
    return len(words) >= 20 and len(set(own)) >= 3 and len(own) >= 0.12 * len(words)


def _wanting(body: str, found: Found, language: str | None) -> list[Issue]:
    """What the article lacks."""
    words = word_count(body)
    issues = []
    if not body:
        other = "; it has a title or a caption only" if found.title or found.captions or found.teaser else ""
        issues.append(Issue("no-body", f"no article text was found on the page{other}"))
    elif words < SHORT:
        issues.append(Issue("short", f"the article has {words} words, fewer than {SHORT}"))
    if language and language != "en":
        issues.append(Issue("language", f"the text is in {_language_name(language)} ({language}); only English is coded"))
    return issues


def _language_name(code: str) -> str:
    import pycountry

    found = pycountry.languages.get(alpha_2=code)
    return str(found.name).split(" (")[0] if found else "another language"
