"""Actor phrases and mentions → the parties they name: the public functions of "who".

`resolve_actor` takes one phrase, perhaps with the sentence or paragraph around it; `resolve_mentions` all mentions of one document.
"""

import re
from dataclasses import replace

from lapwing.resolution.evidence import evidence_of, introduction, one_sided, title_before
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.mentions import resolve_mentions
from lapwing.resolution.phrases import Ask, Reading, Resolution, read_phrase

__all__ = ["Resolution", "resolve_actor", "resolve_mentions"]

_GLOSS_WORDS = 15
"""A context of at most so many words that does not hold the phrase is read as a description of it."""
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def resolve_actor(phrase: str, *, date: str | None = None, context: str = "", kb: KnowledgeBase) -> Resolution:
    """Who a phrase names on a date (`YYYY-MM-DD`); `context`, the text around it, is used only for what the phrase leaves open."""
    reading = read_phrase(phrase, Ask(kb, date))
    if not context.strip() or _complete(reading):
        return reading.resolution
    evidence = evidence_of(context, kb, date)
    reading = read_phrase(phrase, Ask(kb, date, evidence))
    if not _complete(reading):
        reading = _introduced(phrase, context, reading, Ask(kb, date, evidence))
    if not _complete(reading) and (reading.generic or reading.person):
        reading = _of_the_one_country(phrase, reading, one_sided(evidence), Ask(kb, date, evidence))
    return reading.resolution


def _complete(reading: Reading) -> bool:
    known = reading.resolution
    return bool(known.country) and (known.entity is not None or not reading.person)


def _introduced(phrase: str, context: str, reading: Reading, ask: Ask) -> Reading:
    """What the words beside the phrase in its context say of it."""
    at = context.find(phrase)
    if at < 0:
        return _glossed(context, reading, ask)
    before, apposed = introduction(context, at, at + len(phrase))
    title = title_before(before, ask.kb) if reading.person else ""
    wider = f"{title} {phrase}" if title else phrase
    wider = f"{wider}, {apposed}" if apposed and (reading.person or reading.generic) else wider
    found = read_phrase(wider, ask) if wider != phrase else reading
    return found if found.resolution.country or found.resolution.sectors else reading


def _glossed(context: str, reading: Reading, ask: Ask) -> Reading:
    """A short context beside a name that is not in it describes who bears the name."""
    if not reading.person or len(context.split()) > _GLOSS_WORDS:
        return reading
    described = read_phrase(context, ask).resolution
    if described.country is None:
        return reading
    reason = f"{reading.resolution.reason}; the context says {described.reason}"
    return replace(reading, resolution=Resolution(None, None, described.country, described.sectors, "agent", reason))


def _of_the_one_country(phrase: str, reading: Reading, country: str | None, ask: Ask) -> Reading:
    """A party without a country, in a text about one."""
    if country is None:
        return reading
    name = ask.kb.countries[country]
    own = reading.resolution
    if reading.generic:
        office = read_phrase(f"{_ARTICLE.sub('', phrase)} of {name}", ask).resolution
        if office.how == "office":
            return replace(reading, resolution=replace(office, reason=f"{office.reason}; the text is about {name}"))
    if own.country is not None:
        return reading
    reason = f"{own.reason}; the text names only {name}"
    return replace(reading, resolution=replace(own, country=country, how="coreference", reason=reason))
