"""Place names of a text → places on the map, or openly unresolved.

All names of a text are settled together: each takes its candidates from the gazetteer, `WEIGHTS` scores them, a softmax over the candidates
and "none of them" gives the probability, and a second round lets the names that the first one settled speak for their country, division and
surroundings.
One name means one place throughout a text.  Below `THRESHOLD` a name stays unresolved and `how` says why: a wrong place is worse than none.

A name qualified as a part ("northern Iraq") stands at the centre of the whole, and `how` says so.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from lapwing.records import Place
from lapwing.resolution.gazetteer import ABBREVIATION, ALTERNATE, PRIMARY, Entry, Gazetteer
from lapwing.resolution.placenames import normal_form

WEIGHTS: dict[str, float] = json.loads(resources.files("lapwing.data").joinpath("place_weights.json").read_text(encoding="utf-8"))
"""Log-odds of the scoring, learned by `training/places.py`; what each of them is for:

- `country`, `site`: a country's name, a name of our own table of sites; `admin1`: a division, before its inhabitants count
- `inhabitants`, `division_inhabitants`: per power of ten; `capital`: of a country
- `alternate`: one of GeoNames' names in any language; many are no longer used or another language's word
- `namesake`: a division that bears its chief city's name: news means the city, unless a word such as "province" follows
- `country_share`: times the root of the country's share of all countries the text names; `outlet`: the outlet's home
- `division_named`: another name is settled in its division; `near`: one within `NEAR_KM`
- `inside`: "Springfield, Illinois", "Lebanon's Tripoli"; `not_inside`: such a pattern names a region the candidate is not in
- `as_region`: it is itself the region of such a pattern; `type_word`: "province", "state" … follow and the candidate is a division
- `none`: no candidate is meant
"""

THRESHOLD = 0.5
"""Below it the name is more likely not this place."""
SETTLED = 0.8
"""From this probability on a name of the first round speaks for others in the second."""
NEAR_KM = 150.0
SAME_TOWN_KM = 20.0
SAME_KM = 80.0
"""Candidates closer than this are one answer to "where": their probabilities add up."""
_KM_PER_DEGREE = 111.2
_LARGEST_CANDIDATES = 24
_CITY_OF_NOTE = 100_000
_NAMESAKE_SHARE = 10
"""A chief city with a tenth of its division's people is what their common name means: Kherson is, Quebec City is not."""

_TYPE = (
    r"province|oblast|region|governorate|state|prefecture|canton|territory|division|department|krai|republic|voivodeship"
    r"|autonomous region"
)
_TYPE_AFTER = re.compile(rf"\s+(?:{_TYPE})$", re.IGNORECASE)
_TYPE_NEXT = re.compile(rf"\s+(?:{_TYPE})\b(?!-)", re.IGNORECASE)
_TYPE_BEFORE = re.compile(rf"^(?:the )?(?:{_TYPE})s? of (?:the )?", re.IGNORECASE)
_TYPE_AHEAD = re.compile(rf"\b(?:{_TYPE})s? of (?:the )?$", re.IGNORECASE)
_SETTLEMENT = r"city|town|village|suburb|settlement|port|port city|capital|district|municipality|neighbou?rhood|resort"
_SETTLEMENT_AFTER = re.compile(r"\s+(?:city|town|village|district|municipality|metropolitan area|island|valley|area)$", re.IGNORECASE)
_SETTLEMENT_BEFORE = re.compile(rf"^(?:the )?(?:{_SETTLEMENT})s? of (?:the )?", re.IGNORECASE)
_DIRECTION = r"(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?|central|upper|lower|mid|inner|outer|far)"
_PART_BEFORE = re.compile(
    rf"^(?:the )?(?:{_DIRECTION}[- ](?:and {_DIRECTION} )?"
    r"|(?:rural|coastal|mainland|occupied|downtown|greater|metropolitan|suburban|modern-day|war-torn)\s+)+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?$")
_EDGES = ' \t\r\n,;:!?()[]"“”'
_REGION_AFTER = re.compile(
    rf"(?P<gap>\s?,\s|\s\(|\s+in\s(?:the\s)?)(?:{_DIRECTION}\s)?"
    r"(?P<region>[A-Z][\w.’'-]*(?:\s(?:of\s|and\s|the\s)?[A-Z][\w.’'-]*){0,3})"
)
_OWNER_BEFORE = re.compile(r"(?P<region>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,2})['’]s\s(?:[a-z-]+\s){0,3}$")
_PEOPLE_BEFORE = re.compile(rf"(?P<people>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s(?:[a-z-]+\s){{0,2}}(?:{_SETTLEMENT}|{_TYPE})\s(?:of\s)?$")
TOKEN = re.compile(r"\w+(?:['’.&]\w+)*\.?")


@dataclass(slots=True)
class Name:
    """All mentions of one written name in a text."""

    entries: tuple[Entry, ...]
    part: bool = False
    typed: bool = False
    """A word such as "province" goes with it."""
    regions: list[Entry] = field(default_factory=list)
    """Countries and divisions that patterns around its mentions name."""
    people: bool = False
    """It names a people or their language."""
    contradicts: bool = False
    """Such a region holds none of the candidates."""
    of_countries: frozenset[str | None] = frozenset()
    """Countries whose own name it is."""


@dataclass(slots=True)
class Evidence:
    """What a text as a whole says about where it plays."""

    weight_by_country: dict[str, float]
    """How often each country is named, and how many names are settled in it."""
    outlet_country: str | None
    regions: set[int] = field(default_factory=set)
    """Ids of the divisions that stand as region in a pattern."""
    divisions: dict[str, set[str]] = field(default_factory=dict)
    """Division → keys of the names settled in it."""
    settled: dict[str, Entry] = field(default_factory=dict)
    """The places the first round is sure of, by key."""

    def share(self, country: str | None, key: str) -> float:
        """A country's share of all that is named, not counting what a name says for itself."""
        own = self.settled.get(key)
        mine = 1.0 if own is not None and own.country else 0.0
        whole = sum(self.weight_by_country.values()) - mine
        weight = self.weight_by_country.get(country or "", 0.0) - (mine if own is not None and own.country == country else 0.0)
        return weight / whole if weight > 0 and whole > 0 else 0.0


# -- candidates -------------------------------------------------------------------------------------------------------


def _known(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The places of a name; none for a short word in lower case, which is a pronoun ("us") sooner than a place, nor for a mere "northern"."""
    if name.islower() and (len(name) < 3 or re.fullmatch(_DIRECTION, name)):
        return ()
    return tuple(e for e in gazetteer.find(name) if e.naming != ABBREVIATION)[:_LARGEST_CANDIDATES]


def _candidates(written: str, gazetteer: Gazetteer) -> Name:
    """The places a written mention may mean, looked up as it stands, then without the words around the name proper."""
    name = POSSESSIVE.sub("", written.strip(_EDGES))
    if normal_form(name) in gazetteer.country_by_demonym:
        return Name((), people=True)
    bare = ((False, name), (False, _ARTICLE.sub("", name)), (False, _SETTLEMENT_BEFORE.sub("", name)), (True, _PART_BEFORE.sub("", name)))
    for part, shorter in bare:
        if entries := _known(shorter, gazetteer):
            return Name(entries, part=part and shorter != name)
        if (head := _TYPE_AFTER.sub("", shorter)) != shorter and (entries := _known(head, gazetteer)):
            return Name(entries, part=part, typed=True)
        if (head := _TYPE_BEFORE.sub("", shorter)) != shorter and (entries := _known(head, gazetteer)):
            return Name(entries, part=part, typed=True)
        if (head := _SETTLEMENT_AFTER.sub("", shorter)) != shorter and (entries := _known(head, gazetteer)):
            return Name(entries, part=part)
    return Name(())


def region_entries(words: str, gazetteer: Gazetteer, *, short: bool) -> tuple[Entry, ...]:
    """The countries and divisions the longest beginning of some words names; `short`: also as "Ill." and "NSW"."""
    tokens = words.split()
    for length in range(len(tokens), 0, -1):
        name = POSSESSIVE.sub("", " ".join(tokens[:length]).rstrip(",;:-"))
        found = tuple(e for e in gazetteer.find(name) if e.kind in ("country", "admin1") and (short or e.naming != ABBREVIATION))
        if found:
            return found
    return ()


def regions_around(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The region a pattern around a mention puts it in: "X, Y", "X (Y)", "X in Y", "Y's X", "the Yish town of X"."""
    if after := _REGION_AFTER.match(text, end):
        return region_entries(after["region"], gazetteer, short="," in after["gap"] or "(" in after["gap"])
    before = text[max(0, start - 60) : start]
    if owner := _OWNER_BEFORE.search(before):
        return region_entries(owner["region"], gazetteer, short=False)
    if people := _PEOPLE_BEFORE.search(before):
        words = people["people"]
        demonyms = gazetteer.country_by_demonym
        country = demonyms.get(normal_form(words)) or demonyms.get(normal_form(words.split()[-1]))
        if country:
            return tuple(e for e in _countries(gazetteer) if e.country == country)
        return region_entries(words, gazetteer, short=False)
    return ()


@lru_cache(maxsize=4)
def _countries(gazetteer: Gazetteer) -> tuple[Entry, ...]:
    names = gazetteer.country_by_name.items()
    return tuple(
        {e.id: e for name, country in names for e in gazetteer.look_up(name) if e.kind == "country" and e.country == country}.values()
    )


def is_inside(entry: Entry, region: Entry) -> bool:
    """Is a place within a country or division, other than as one of its divisions' namesakes?"""
    if entry.id == region.id or entry.kind == "country":
        return False
    if region.kind == "country":
        return entry.country == region.country
    return entry.division is not None and entry.division == region.division and entry.kind != "admin1"


def _names(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> dict[str, Name]:
    """The names of a text by normal form, with what stands around their mentions."""
    name_by_key: dict[str, Name] = {}
    for start, end in spans:
        written = text[start:end]
        key = normal_form(written)
        name = name_by_key.get(key)
        if name is None:
            head, comma, tail = written.partition(",")
            name = _candidates(written, gazetteer)
            if comma and not name.entries:
                name = _candidates(head, gazetteer)
                name.regions += region_entries(tail, gazetteer, short=True)
            if not name.entries or text[max(0, start - 2) : start] == ", ":
                name.entries = tuple(dict.fromkeys((*name.entries, *(e for e in gazetteer.find(written) if e.naming == ABBREVIATION))))
            name_by_key[key] = name
        name.typed = name.typed or bool(_TYPE_NEXT.match(text, end) or _TYPE_AHEAD.search(text[max(0, start - 28) : start]))
        if not name.entries or (name.entries[0].kind == "country" and len(name.entries) == 1):
            continue
        regions = regions_around(text, start, end, gazetteer)
        holding = [r for r in regions if any(is_inside(e, r) for e in name.entries)]
        name.regions += holding
        # "Paris, Berlin and Rome" is a list: only a region that is no city as well can contradict.
        name.contradicts = name.contradicts or bool(regions and not holding and not name.regions and _only_region(regions, gazetteer))
    for name in name_by_key.values():
        name.of_countries = frozenset(e.country for e in name.entries if e.kind == "country")
    return name_by_key


def _only_region(regions: Sequence[Entry], gazetteer: Gazetteer) -> bool:
    """Countries whose names no city of note bears."""
    cities = [e for r in regions for e in gazetteer.find(r.name) if e.kind == "city" and e.naming == PRIMARY]
    return all(r.kind == "country" for r in regions) and all(c.population < _CITY_OF_NOTE for c in cities)


@lru_cache(maxsize=2)
def tokens_of(text: str) -> tuple[tuple[int, int], ...]:
    """The words of a text as offsets; kept, since one text is asked for its names and then for their places."""
    return tuple(map(re.Match.span, TOKEN.finditer(text)))


# -- evidence ---------------------------------------------------------------------------------------------------------


def _countries_named(text: str, gazetteer: Gazetteer) -> Counter[str]:
    """How often a text names each country or its people."""
    found: Counter[str] = Counter()
    capitals = not text.islower()
    words = [(text[start:end], start) for start, end in tokens_of(text) if not capitals or text[start].isupper()]
    i = 0
    while i < len(words):
        first = normal_form(words[i][0]).split(" ", 1)[0]
        for length in (3, 2, 1) if not first or first in _beginnings(gazetteer) else (1,):
            group = words[i : i + length]
            if len(group) < length or group[-1][1] - group[0][1] > 40:
                continue
            written = " ".join(w for w, _ in group)
            if length == 1 and len(written) == 2 and not written.isupper():
                continue
            key = _word_form(written)
            country = gazetteer.country_by_name.get(key) or gazetteer.country_by_demonym.get(key)
            if country:
                found[country] += 1
                i += length - 1
                break
        i += 1
    return found


@lru_cache(maxsize=4)
def _beginnings(gazetteer: Gazetteer) -> frozenset[str]:
    """The first words of the names of countries and peoples that have several."""
    return frozenset(key.split(" ", 1)[0] for key in (*gazetteer.country_by_name, *gazetteer.country_by_demonym) if " " in key)


@lru_cache(maxsize=1 << 15)
def _word_form(written: str) -> str:
    return normal_form(POSSESSIVE.sub("", written))


# -- scoring ----------------------------------------------------------------------------------------------------------


def _size(entry: Entry, weights: Mapping[str, float]) -> float:
    """Log-odds of being written about, before the text is looked at."""
    if entry.kind == "city" and (entry.population or entry.geonameid):
        score = weights["inhabitants"] * math.log10(entry.population + 100)
    elif entry.kind == "admin1":
        score = weights["admin1"] + weights["division_inhabitants"] * math.log10(entry.population + 100_000)
    else:
        score = weights["country" if entry.kind == "country" else "site"]
    return score + weights["capital"] * entry.capital + weights["alternate"] * (entry.naming == ALTERNATE)


def score(entry: Entry, key: str, name: Name, evidence: Evidence, weights: Mapping[str, float] = WEIGHTS) -> float:
    """Log-odds that a candidate is meant; linear in the weights."""
    odds = _size(entry, weights)
    if entry.country not in name.of_countries and (share := evidence.share(entry.country, key)):
        odds += weights["country_share"] * math.sqrt(share)
    if entry.country and entry.country == evidence.outlet_country:
        odds += weights["outlet"]
    if entry.kind == "admin1":
        if name.typed:
            odds += weights["type_word"]
        elif entry.id in evidence.regions:
            odds += weights["as_region"]
        elif any(_is_rather(city, entry) for city in name.entries):
            odds += weights["namesake"]
    elif entry.division and evidence.divisions.get(entry.division, set()) - {key}:
        odds += weights["division_named"]
    if any(is_inside(entry, region) for region in name.regions):
        odds += weights["inside"]
    elif name.contradicts and entry.kind != "country":
        odds += weights["not_inside"]
    if entry.kind != "country" and any(other != key and is_within(entry, place, NEAR_KM) for other, place in evidence.settled.items()):
        odds += weights["near"]
    return odds


def _is_rather(city: Entry, division: Entry) -> bool:
    """Is it the city that the division's name means: the country's capital, or the division's chief city?"""
    if city.kind != "city" or city.country != division.country:
        return False
    return city.capital or (city.division == division.division and _NAMESAKE_SHARE * city.population >= division.population)


def is_within(one: Entry, two: Entry, km: float) -> bool:
    """Are two places that close?  Flat-earth distance, good to a few per cent at such ranges."""
    north = abs(one.lat - two.lat)
    if north * _KM_PER_DEGREE > km:
        return False
    east = abs(one.lon - two.lon)
    east = min(east, 360 - east) * math.cos(math.radians((one.lat + two.lat) / 2))
    return math.hypot(north, east) * _KM_PER_DEGREE <= km


def _best(key: str, name: Name, evidence: Evidence, weights: Mapping[str, float]) -> tuple[Entry, float]:
    """The likeliest candidate, and the probability of it and of those at the same spot."""
    scores = [score(e, key, name, evidence, weights) for e in name.entries]
    top = max(*scores, weights["none"])
    odds = [math.exp(s - top) for s in scores]
    best = name.entries[odds.index(max(odds))]
    if best.geonameid is None:  # our own table's towns are in GeoNames too, often without inhabitants
        best = next((e for e in name.entries if e.geonameid and e.kind == best.kind and is_within(e, best, SAME_TOWN_KM)), best)
    same = sum(o for e, o in zip(name.entries, odds, strict=True) if e is best or is_within(e, best, SAME_KM))
    return best, same / (sum(odds) + math.exp(weights["none"] - top))


def settle(name_by_key: Mapping[str, Name], evidence: Evidence, weights: Mapping[str, float] = WEIGHTS) -> dict[str, tuple[Entry, float]]:
    """The likeliest candidate of each name and its probability."""
    return {key: _best(key, name, evidence, weights) for key, name in name_by_key.items() if name.entries}


def with_settled(evidence: Evidence, first: Mapping[str, tuple[Entry, float]]) -> Evidence:
    """The evidence of the first round and what the names it settled add."""
    weights = dict(evidence.weight_by_country)
    settled = {key: entry for key, (entry, probability) in first.items() if probability >= SETTLED and entry.kind != "country"}
    divisions: dict[str, set[str]] = {}
    for key, entry in settled.items():
        if entry.country:
            weights[entry.country] = weights.get(entry.country, 0.0) + 1.0
        if entry.division:
            divisions.setdefault(entry.division, set()).add(key)
    return Evidence(weights, evidence.outlet_country, evidence.regions, divisions, settled)


# -- what others call -------------------------------------------------------------------------------------------------


def resolve_places(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    countries: Mapping[str, float] | None = None,
    outlet_country: str | None = None,
) -> list[Place]:
    """The place of each span, in the order given.

    `countries` weighs countries known from elsewhere, such as the actors', against one for each time the text names a country;
    `outlet_country` is the outlet's home.  Both alpha-3.
    """
    name_by_key, evidence = read_names(text, spans, gazetteer=gazetteer, countries=countries, outlet_country=outlet_country)
    settled = settle(name_by_key, with_settled(evidence, settle(name_by_key, evidence)))
    return [_place(text, start, end, name_by_key, settled) for start, end in spans]


def read_names(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    countries: Mapping[str, float] | None = None,
    outlet_country: str | None = None,
) -> tuple[dict[str, Name], Evidence]:
    """The names of the spans with their candidates, by normal form, and what the text says before any of them is settled."""
    name_by_key = _names(text, spans, gazetteer)
    weights: dict[str, float] = dict(_countries_named(text, gazetteer))
    for country, weight in (countries or {}).items():
        weights[country] = weights.get(country, 0.0) + weight
    regions = {r.id for name in name_by_key.values() for r in name.regions}
    return name_by_key, Evidence(weights, outlet_country, regions)


def _place(text: str, start: int, end: int, name_by_key: Mapping[str, Name], settled: Mapping[str, tuple[Entry, float]]) -> Place:
    key = normal_form(text[start:end])
    name = name_by_key[key]
    if key not in settled:
        return Place(text[start:end], start, end, how="a people, not a place" if name.people else "not in the gazetteer")
    entry, probability = settled[key]
    if probability < THRESHOLD:
        return Place(text[start:end], start, end, how=_doubt(name))
    return Place(
        text[start:end], start, end, entry.name, entry.country, entry.admin1, round(entry.lat, 5), round(entry.lon, 5), entry.geonameid,
        entry.kind, round(probability, 3), _reason(entry, name),
    )  # fmt: skip


def _doubt(name: Name) -> str:
    if name.contradicts:
        return "the region named with it has no such place"
    if len(name.entries) == 1:
        return f"only {name.entries[0].name} ({name.entries[0].country}) bears the name, and nothing else in the text speaks for it"
    return f"{len(name.entries)} places bear the name, and the text does not tell which"


def _reason(entry: Entry, name: Name) -> str:
    region = next((r.name for r in name.regions if is_inside(entry, r)), None)
    if region:
        reason = f"named with {region}"
    elif len(name.entries) == 1:
        reason = "the only place of the name"
    else:
        reason = f"likeliest of {len(name.entries)} places of the name"
    return f"{reason}; a part of it, shown at its centre" if name.part else reason
