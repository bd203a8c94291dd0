"""An outlet's name or address → its home country: evidence for where the places in its reports lie."""

import re
from functools import lru_cache

import pycountry

from lapwing.resolution.actors import resolve_actor
from lapwing.resolution.knowledge import KnowledgeBase

_HOST = re.compile(r"(?:\w+://)?(?:[^/@\s]*@)?(?P<host>[\w-]+(?:\.[\w-]+)*\.(?P<top>[a-z]{2,}))(?=[/:?#]|$)", re.IGNORECASE)
_OPEN_TO_ALL = frozenset("ai am as bz cc cd co dj fm gg gl im io is je la li ly me ms mu nu pw sc sh so st tk to tv vc ws".split())  # noqa: SIM905
"""Country domains that are sold as names of another meaning: they tell no home."""


def home_of(outlet: str | None, url: str | None, kb: KnowledgeBase) -> str | None:
    """ISO 3166-1 alpha-3 of a known outlet's country, else of the domain the outlet or the page stands under; None: not told."""
    if outlet and (known := _known(outlet, kb)):
        return known
    return next((country for words in (outlet, url) if words and (country := _by_domain(words))), None)


def _known(outlet: str, kb: KnowledgeBase) -> str | None:
    found = resolve_actor(outlet, kb=kb)
    return found.country if found.entity and "JRN" in found.sectors else None


@lru_cache(maxsize=1024)
def _by_domain(words: str) -> str | None:
    match = _HOST.match(words.strip())
    if match is None or (top := match["top"].lower()) in _OPEN_TO_ALL:
        return None
    country = pycountry.countries.get(alpha_2="GB" if top == "uk" else top)
    return str(country.alpha_3) if country else None
