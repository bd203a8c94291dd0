"""Text → the place names in it, found by the gazetteer alone.

The model marks most places; this finds those of texts it is not asked about.  It is made to be right rather than complete: a name is taken
if it is capitalised, known, large enough for what stands around it, and no part of a person's or an organisation's name.  Names of peoples
are not taken.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from lapwing.resolution.gazetteer import ABBREVIATION, OWN_ALIAS, PRIMARY, Gazetteer
from lapwing.resolution.placenames import normal_form
from lapwing.resolution.places import POSSESSIVE, is_inside, region_entries, regions_around, tokens_of

_SMALLEST_CITY, _SMALLEST_AFTER_PREPOSITION, _SMALLEST_ALTERNATE = 15_000, 1_000, 100_000
_LONGEST_NAME = 5
_JOINING = re.compile(r"of|the|and|del?|las?|los|el|al|d[uaoi]|les?|sur|a[mn]|der|aux?|e[zdrs]|u[lrd]")
_ARABIC_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "ad", "at", "an", "az"))
_PLACE_PREPOSITION = re.compile(
    r"\b(?:in|at|near|from|outside|around|across|to|into|toward|towards|inside|throughout|leaving|reached|via|off)\s(?:the\s)?$"
)
_TITLES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame|Prince|Princess|Judge|Justice|Col|Gen|Lt|Sgt|Capt|Maj|Rev|Sen|Rep|Prof)\.?\s$"
)
_ORGANISATION_NEXT = re.compile(
    r"\s(?:University|College|School|Institute|Times|Post|Journal|Herald|Tribune|Telegraph|Guardian|Globe|Mail|News|Star|Chronicle|Gazette"
    r"|Inquirer|Press|Sun|Daily|Review|Today|Magazine|Bank|Airlines|Airways|Air\sLines|Motors|Stock|Exchange|Group|Inc|Ltd|Corp|Company|FC"
    r"|United\b(?!\sStates)|City\sCouncil|Rovers|Wanderers|Museum|Symphony|Opera|Orchestra|Memorandum|Accords?|Agreement|Treaty|Protocol"
    r"|Convention|Declaration|Summit|Process|Club|Bulls|Lakers|Knicks|Yankees|Giants|Jets|Mets|Cowboys|Lions|Bears|Eagles|Hospital"
    r"|Foundation|Society|Association|Commission|Olympics|Marathon|Film|Fashion|Festival)\b"
)
_TREATY_NEXT = re.compile(
    r"\s(?:\w+\s)?(?:memorandum|accords?|agreements?|treat(?:y|ies)|protocols?|convention|declaration|process|formula|format|pact|summit)\b",
    re.IGNORECASE,
)
_ORGANISATION_BEFORE = re.compile(
    r"\b(?:University|College|Bank|Bishop|Archbishop|Duke|Duchess|Earl|Church|Museum|Institute|Treaty|Battle|School|Academy|Order|Tower|Party"
    r"|Movement|Front|Army|Government|Congress|Parliament|Bill|Statue|House|Queen|King|Prince|Princess|Sultan|Emir|Patriarch|Voice|Radio|Times)"
    r"\sof\s(?:the\s)?$"
)


def find_places(text: str, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Offsets of place names found without the model: few that are none, at the price of missing small and shared names."""
    if text.islower():
        return [(start, end) for start, end in _runs(text, gazetteer, capitals=False) if _fits_lower(text[start:end], gazetteer)]
    runs = list(_runs(text, gazetteer, capitals=True))
    people = {text[start:end] for start, end in runs if _is_surname(text, start, gazetteer)}
    found: list[tuple[int, int]] = []
    for start, end in runs:
        short_after = found and text[found[-1][1] : start] == ", " and _is_region_of(text, found[-1], start, end, gazetteer)
        if short_after or (_is_known(text[start:end], gazetteer) and _fits(text, start, end, gazetteer, people)):
            found.append((start, end))
    return found


def _runs(text: str, gazetteer: Gazetteer, *, capitals: bool) -> Iterator[tuple[int, int]]:
    """The longest names in the index, from left to right."""
    tokens = tokens_of(text)
    i = 0
    while i < len(tokens):
        start, end = tokens[i]
        step = 1
        if not capitals or text[start].isupper() or (text[end : end + 1] == "-" and text[start:end] in _ARABIC_ARTICLES):
            for length in range(_reach(text, tokens[i : i + _LONGEST_NAME], capitals=capitals), 0, -1):
                stop = _name_end(text, start, tokens[i + length - 1], capitals=capitals)
                if stop and text[stop - 1] == "." and "." not in text[start : stop - 1] and _is_known(text[start:stop], gazetteer):
                    stop -= 1
                if stop and gazetteer.find(text[start:stop]):
                    yield start, stop
                    step = length
                    break
        i += step


def _reach(text: str, tokens: Sequence[tuple[int, int]], *, capitals: bool) -> int:
    """How many of these tokens, from the first on, may stand in one name."""
    count = 1
    for (first, before), (after, last) in pairwise(tokens):
        if text[before:after] not in (" ", "-") or (text[before - 1] == "." and before - first > 4):
            break
        word = text[after:last]
        if capitals and not (word[0].isupper() or _JOINING.fullmatch(word) or word[1:2] in ("'", "’")):
            break
        count += 1
    return count


def _name_end(text: str, start: int, last: tuple[int, int], *, capitals: bool) -> int | None:
    """Where a name with that last token would end, without possessive and closing full stop; None: none ends so."""
    end = last[1]
    if capitals and not (text[last[0]].isupper() or "’" in text[last[0] : end] or "'" in text[last[0] : end]):
        return None
    return end - len(found[0]) if (found := POSSESSIVE.search(text[start:end])) else end


def _is_known(name: str, gazetteer: Gazetteer) -> bool:
    return any(e.naming != ABBREVIATION for e in gazetteer.find(name))


def _is_region_of(text: str, place: tuple[int, int], start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Is this the region of the place before it: "Lexington, Ky."?"""
    regions = region_entries(text[start:end], gazetteer, short=True)
    return any(is_inside(e, r) for e in gazetteer.find(text[place[0] : place[1]]) for r in regions)


def _is_surname(text: str, start: int, gazetteer: Gazetteer) -> bool:
    """Does a given name stand before it?"""
    word = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    return word is not None and word[1].lower() in gazetteer.given_names


def _fits_lower(name: str, gazetteer: Gazetteer) -> bool:
    """In a text without capitals only what is almost certainly a place."""
    if len(name) < 4 or normal_form(name) in gazetteer.other_words:
        return False
    entries = gazetteer.find(name)
    return any(e.kind in ("country", "admin1", "site") and e.naming != ABBREVIATION for e in entries) or any(
        e.population >= _SMALLEST_ALTERNATE and e.naming == PRIMARY for e in entries
    )


def _fits(text: str, start: int, end: int, gazetteer: Gazetteer, people: Set[str]) -> bool:
    """Is a known name at this point of a text a place?"""
    name, key = text[start:end], normal_form(text[start:end])
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    entries = [e for e in gazetteer.find(name) if e.naming != ABBREVIATION]
    if name.replace(".", "").isupper():
        entries = [e for e in entries if len(key) > 4 or (e.naming <= OWN_ALIAS and e.kind != "city")]
    elif len(key) <= 3 or key in gazetteer.other_words:
        return False
    if not entries or _TITLES.search(before) or _ORGANISATION_BEFORE.search(before) or _ORGANISATION_NEXT.match(after):
        return False
    if _TREATY_NEXT.match(after) and not any(e.kind == "country" for e in entries):
        return False
    large = any(e.kind in ("country", "admin1", "site") for e in entries)
    if not _free_before(before, gazetteer, strict=not large) or not _free_after(after, strict=not large):
        return False
    if large:
        return True
    if any(is_inside(e, r) for r in regions_around(text, start, end, gazetteer) for e in entries):
        return True
    if name in people:
        return False
    smallest = _SMALLEST_AFTER_PREPOSITION if _PLACE_PREPOSITION.search(before) else _SMALLEST_CITY
    return any(e.population >= (smallest if e.naming == PRIMARY else _SMALLEST_ALTERNATE) for e in entries)


_WORD_BEFORE = re.compile(r"([A-Z][\w’'.-]*)\s$")
_FREE_WORDS = re.compile(
    r"In|At|From|Near|The|To|For|Of|And|But|With|By|On|As|After|Before|Since|When|While|Where|If|That|This|Across|Around|Outside|Inside|Into|Through"
    r"|North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater|Downtown|Upper|Lower|Both|Between|Against|Although|Because|Like|Via"
    r"|Over|Under|Mainland|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)


def _free_before(before: str, gazetteer: Gazetteer, *, strict: bool) -> bool:
    """Is the name not the rest of a person's or an organisation's name?"""
    word = _WORD_BEFORE.search(before)
    if word is None or _FREE_WORDS.fullmatch(word[1]) or word[1].endswith(("’s", "'s")):
        return True
    if word[1].lower() in gazetteer.given_names:
        return False
    return not strict or normal_form(word[1]) in gazetteer.country_by_demonym


def _free_after(after: str, *, strict: bool) -> bool:
    """Is the name not the beginning of a longer one?"""
    following = re.match(r"\s([A-Z][\w’'-]*)", after)
    return following is None or not strict or _FREE_WORDS.fullmatch(following[1]) is not None
