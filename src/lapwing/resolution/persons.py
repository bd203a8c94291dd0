"""A name with a date → the person of the base who bears it, and what that person is on that day.

A full name is enough.  A family name alone needs more: the one bearer in office on the day, or the country or title beside it; where
several remain, nobody is chosen.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from lapwing.ontology import INTERNATIONAL
from lapwing.resolution.knowledge import KnowledgeBase, Person, Spell
from lapwing.resolution.matching import HONORIFICS
from lapwing.resolution.names import FATHERS_NAMES, LONGER_NAMES, NUMERALS, TWO_SURNAMES, given_form, normal, sound_key, sound_of

_OPEN_START = "0000-00-00"
_NEAR = 0.4
"""Share of the letters of two given names with the same consonants that must agree: Yevgeny and Evgeni, not Mohammed and Mamdouh."""
_NEAR_SHORT = 0.6
_LONG_YEARS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on a day."""

    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    reason: str


def bearers(name: str, kb: KnowledgeBase) -> tuple[list[Person], bool]:
    """Who may bear a name in normal form, and whether it is the full name; honorifics and middle names do not matter."""
    parts = [p for p in name.split() if p not in HONORIFICS]
    if not parts:
        return [], False
    joined = " ".join(parts)
    if found := kb.by_full_name.get(joined):
        return found, True
    if found := [*kb.by_short_name.get(joined, ()), *kb.by_short_name.get(f"bin {joined}", ())]:
        return found, False
    if len(parts) == 1:
        return kb.sounds.family(joined) if sound_key(joined) and len(joined) >= 6 else [], False
    for way in (_shortened, _alike, _turned):
        if found := way(parts, kb):
            return _closest(parts, found), True
    return _first_surname(parts, kb), False


def _shortened(parts: Sequence[str], kb: KnowledgeBase) -> list[Person]:
    """Without the middle names, or without the mother's or a forefather's name at the end."""
    if found := kb.by_full_name.get(f"{parts[0]} {parts[-1]}"):
        return found
    return [p for p in kb.by_full_name.get(" ".join(parts[:-1]), ()) if p.codes & LONGER_NAMES] if len(parts) > 2 else []


def _alike(parts: Sequence[str], kb: KnowledgeBase) -> list[Person]:
    """The same sounds in another spelling, or an initial for the given name."""
    if parts[-1] in NUMERALS:
        return kb.sounds.family(" ".join(parts[-2:]))
    alike = [
        p
        for p in kb.sounds.family(parts[-1])
        if any(_same_given(parts[0], v) and _same_family(parts[-1], v) for v in (p.name, *p.variants))
    ]
    if not alike and len(parts) > 2:
        father = parts[-3] if parts[-2] == "al" and len(parts) > 3 else parts[-2]
        alike = [p for p in kb.sounds.family(father) if p.codes & FATHERS_NAMES and _same_given(parts[0], p.name)]
    if not alike and len(parts[0]) == 1:
        alike = [p for p in kb.by_short_name.get(" ".join(parts[1:]), ()) if p.name.lower().startswith(parts[0])]
    return alike


def _turned(parts: Sequence[str], kb: KnowledgeBase) -> list[Person]:
    """The family name first, as lists and some countries write it, or last where it belongs first."""
    return kb.by_full_name.get(" ".join([*parts[1:], parts[0]])) or kb.by_full_name.get(" ".join([parts[-1], *parts[:-1]]), [])


def _first_surname(parts: Sequence[str], kb: KnowledgeBase) -> list[Person]:
    """Two family names and no given one: the father's is the first."""
    if len(parts) > 3 or parts[0] in kb.sounds.given:
        return []
    return [p for p in kb.by_short_name.get(parts[0], ()) if p.codes & TWO_SURNAMES]


def _closest(parts: Sequence[str], found: list[Person]) -> list[Person]:
    """Of several those who share most of the words."""
    if len(found) < 2 or len(parts) < 3:
        return found
    sounds = {sound_of(p) for p in parts}
    shared = [max(len(sounds & {sound_of(w) for w in normal(n).split(" ")}) for n in (p.name, *p.variants)) for p in found]
    return [p for p, n in zip(found, shared, strict=True) if n == max(shared)]


def _same_given(written: str, known: str) -> bool:
    first = normal(known).split(" ")[0]
    if len(written) == 1:
        return first.startswith(written)
    return first == written or (_skeleton(first) == _skeleton(written) and _near(given_form(first), given_form(written)))


def _same_family(written: str, known: str) -> bool:
    """Beyond the sound: short names that sound alike must be written alike too (Said and Saeed, not Saud and Shahid)."""
    return bool(sound_key(written)) or _near(normal(known).split(" ")[-1], written, _NEAR_SHORT)


def _near(one: str, other: str, least: float = _NEAR) -> bool:
    return OSA.normalized_similarity(one, other) >= least


def _skeleton(name: str) -> str:
    return "".join(c for c in sound_of(name) if c not in "aiueoy")


def choose(
    candidates: Sequence[Person],
    full: bool,
    *,
    date: str | None,
    codes: Set[str] = frozenset(),
    offices: Set[str] = frozenset(),
    hints: Set[str] = frozenset(),
    kb: KnowledgeBase,
) -> tuple[Person | None, str]:
    """The person meant and why, or None and why not.

    `codes` and `offices` are those the phrase itself names and must fit; `hints` are countries that the text around it names.
    """
    fitting = [p for p in candidates if not codes or p.codes & codes]
    if not fitting:
        if full and len(candidates) == 1:
            return candidates[0], "full name"
        return None, "the name is known, but not with that country" if candidates else "the name is not in the base"
    if offices and (titled := [p for p in fitting if any(s.office in offices for s in p.spells)]):
        fitting = titled
    if len(fitting) == 1 and (full or codes or offices):
        return fitting[0], "full name" if full else "family name with its country or title"
    if date is not None:
        serving = [p for p in fitting if any(s.office and s.covers(date) and (not offices or s.office in offices) for s in p.spells)]
        if not serving:
            serving = [p for p in fitting if any(s.covers(date) for s in p.spells)]
        fitting = [p for p in fitting if _known_by(p, date)] or fitting
        hinted = [p for p in serving if p.codes & hints]
        chosen = hinted or serving
        if len(chosen) == 1:
            return chosen[0], f"the only bearer of the name active on {date}"
        if len(chosen) > 1 and (first := _head_of(chosen, date)):
            return first, f"of the bearers of the name the one who heads a state or body on {date}"
        fitting = chosen or fitting
    hinted = [p for p in fitting if p.codes & hints]
    if len(hinted) == 1:
        return hinted[0], "the only bearer of the name from a country that the text names"
    if len(fitting) == 1:
        return fitting[0], "the only bearer of the name in the base"
    if not full and date is not None and not hinted and (first := _last_head_of(fitting, date)):
        return first, "of the bearers of the name the one who last headed a state or body"
    if full and date is not None:
        return max(fitting, key=lambda p: _latest_start(p, date)), "of several bearers of the full name the one most lately in office"
    return None, f"{len(fitting)} bearers of the name"


def _known_by(person: Person, date: str) -> bool:
    """Had the person begun anything by that day?"""
    return any((s.start or _OPEN_START) <= date for s in person.spells)


def agreed(candidates: Sequence[Person], date: str | None, kb: KnowledgeBase) -> Standing | None:
    """What all who may be meant are on a day, if they are of one country; None if not."""
    people = [p for p in candidates if date is None or _known_by(p, date)]
    if date is not None:
        people = [p for p in people if any(s.office and s.covers(date) for s in p.spells)] or people
    found = [standing(p, date, kb) for p in people]
    if not found or len({s.country for s in found}) > 1:
        return None
    sectors = tuple(s for s in found[0].sectors if all(s in f.sectors for f in found))
    return Standing(found[0].country, sectors, None, f"{len(found)} bearers of the name, all of one country")


def _latest_start(person: Person, date: str) -> str:
    return max((s.start or "" for s in person.spells if (s.start or "") <= date), default="")


HEADS = frozenset(
    {
        "president",
        "captain-regent",
        "prime-minister",
        "chancellor",
        "monarch",
        "supreme-leader",
        "nato-secretary-general",
        "un-secretary-general",
    }
)


def _head_of(people: Sequence[Person], date: str) -> Person | None:
    heads = [p for p in people if any(s.office in HEADS and s.covers(date) for s in p.spells)]
    return heads[0] if len(heads) == 1 else None


def _last_head_of(people: Sequence[Person], date: str) -> Person | None:
    """The one past head, or the one whose namesakes left office long before."""
    left = {p.id: max((s.end for s in p.spells if s.office in HEADS and s.end and s.end <= date), default="") for p in people}
    heads = sorted((p for p in people if left[p.id]), key=lambda p: left[p.id])
    if len(heads) > 1 and int(left[heads[-1].id][:4]) - int(left[heads[-2].id][:4]) < _LONG_YEARS:
        return None
    return heads[-1] if heads else None


def standing(person: Person, date: str | None, kb: KnowledgeBase) -> Standing:
    """Country and sectors of a person on a day; without a day only what holds at all times."""
    if date is None:
        return _timeless(person)
    serving = [s for s in person.spells if s.office and s.covers(date)]
    if serving:
        spell = max(serving, key=lambda s: (s.office in HEADS, s.start or _OPEN_START))
        return Standing(spell.country, _sectors(spell, kb), spell.office, f"{_title(spell)} on {date}")
    past = [s for s in person.spells if s.office and s.end and s.end <= date]
    former = ("ELI",) if past else ()
    aside = [s for s in person.spells if not s.office and s.covers(date)]
    if aside:
        spell = max(aside, key=lambda s: s.start or _OPEN_START)
        why = f"left office by {date}" if past else f"holds no office on {date}"
        return Standing(spell.country, (*spell.sectors, *former), None, why)
    country = _home(past or person.spells, person)
    return Standing(country, former, None, f"left office by {date}" if past else f"not yet in office on {date}")


def _sectors(spell: Spell, kb: KnowledgeBase) -> tuple[str, ...]:
    return spell.sectors or (kb.offices[spell.office].sectors if spell.office else ())


def _title(spell: Spell) -> str:
    return f"{(spell.office or '').replace('-', ' ')} ({spell.country})"


def _home(spells: Sequence[Spell], person: Person) -> str:
    """The state of a person rather than a body they served."""
    national = [s for s in spells if s.country not in INTERNATIONAL] or [s for s in person.spells if s.country not in INTERNATIONAL]
    return max(national or spells, key=lambda s: s.start or _OPEN_START).country


def _timeless(person: Person) -> Standing:
    aside = [s for s in person.spells if not s.office and s.sectors]
    if len(person.codes) == 1:
        country: str | None = person.spells[0].country
    else:
        years = {c: sum(_years(s) for s in person.spells if s.country == c and s.office) for c in person.codes}
        country = max(sorted(years), key=lambda c: years[c])
    only_aside = aside[0].sectors if aside and len(aside) == len(person.spells) else ()
    return Standing(country, only_aside, None, "no date: offices left unresolved")


def _years(spell: Spell) -> float:
    return int((spell.end or "2030")[:4]) - int((spell.start or "1990")[:4]) + 0.1
