"""An actor phrase with a date → who it names: entity, country, sectors, and the reason.

Head, modifiers and apposition decide together.  The head noun gives the sectors, the country stands before it ("Kenyan police") or after a
preposition ("mayor of Kharkiv"); who merely backs a party ("Turkish-backed") is not its country; an office with a country and a date is
its holder.  What the words leave open stays open: a name of several countries, or a title without one, is settled by `Ask.evidence` or not.

Decisions: a coalition led by a state counts as that state's; a bare country or capital is its government; a city is its people (CVL).
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from lapwing.resolution.knowledge import Form, Person
from lapwing.resolution.matching import AGENTS, BODIES, COUNTING, PLACES, Item, items_of
from lapwing.resolution.names import BREAK, word_set, words_of
from lapwing.resolution.persons import agreed, bearers, choose, standing
from lapwing.resolution.readings import (
    NOTHING,
    Ask,
    Complements,
    Reading,
    Resolution,
    body_form_of,
    country_of,
    index_of,
    read_body,
    read_place,
    read_seated,
    settled,
)

__all__ = ["PRONOUNS", "Ask", "Reading", "Resolution", "read_items", "read_phrase"]

PRONOUNS = word_set(
    "he she it they we i you him her them us me his hers its their theirs ours himself herself itself themselves ourselves "
    "who whom which that this these those one ones both all some others"
)
LONGEST = 40
"""Words of a phrase that are read."""
_LOCATING = word_set("of in from at near on outside inside across around throughout for")
_OWNING = word_set("of for to at from in with within")
_HOLDER_BLOCKS = word_set(
    "deputy vice assistant under acting interim candidate next future then elect designate shadow would first ex new a an "
    "each every any no two three four five several many some former previous late other another"
)
_EX_OFFICE = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP", "PTY"})
_WHOSE = frozenset({"of", "by", "from", "among"})
_LOYAL = word_set("loyal allied linked belonging faithful affiliated tied close")
_PLACE_ONLY = frozenset({"people", "locality"})


def read_phrase(phrase: str, ask: Ask) -> Reading:
    """Read a phrase by itself, with the weight of countries around it only where it is ambiguous."""
    words = words_of(phrase[:400])[:LONGEST]
    if not any(w.form != "," for w in words):
        return Reading(Resolution(reason="no words"))
    if len(words) == 1 and words[0].form in PRONOUNS and not words[0].upper:
        return Reading(Resolution(reason="a pronoun: see what it refers to"))
    return read_items(items_of(words, ask.kb), ask)


def read_items(items: Sequence[Item], ask: Ask) -> Reading:
    """Read the segments between commas and join what they say of one party."""
    readings = [r for r in (_segment(s, ask) for s in _split(items, "break", stop=True)) if r is not NOTHING]
    return _apposed(readings) if readings else NOTHING


def _split(items: Sequence[Item], kind: str, stop: bool = False) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    for item in items:
        if stop and item.kind == "stop":
            break
        if item.kind == kind:
            parts.append([])
        else:
            parts[-1].append(item)
    return [p for p in parts if p]


def _apposed(readings: Sequence[Reading]) -> Reading:
    """One party from a name and its apposition: the person first, its country and sectors filled from what describes it."""
    if len(readings) == 1:
        return readings[0]
    person = next((r for r in readings if r.person and r.resolution.entity), None)
    known = person or next((r for r in readings if r.resolution.entity and not r.generic), None)
    named = next((r for r in readings if r.person), None)
    if named and not named.resolution.entity:
        described = next((r for r in readings if r is not named and (r.resolution.country or r.resolution.sectors)), None)
        if described is None:
            return named
        own = named.resolution
        told = described.resolution
        merged = Resolution(None, None, own.country or told.country, own.sectors or told.sectors, "agent", f"described as {told.reason}")
        return replace(named, resolution=merged, generic=False)
    first = known or _first_resolved(readings)
    rest = [r.resolution for r in readings if r is not first]
    country = first.resolution.country or next((r.country for r in rest if r.country), None)
    sectors = first.resolution.sectors or next((r.sectors for r in rest if r.sectors), ())
    return replace(first, resolution=replace(first.resolution, country=country, sectors=sectors))


def _first_resolved(readings: Sequence[Reading]) -> Reading:
    return next((r for r in readings if r.resolution.how != "unresolved"), readings[0])


def _segment(items: Sequence[Item], ask: Ask) -> Reading:
    """Read the parts joined by "and"; they share what only one of them says."""
    parts = _split(items, "and")
    if len(parts) < 2:
        return _part(items, ask) if parts else NOTHING
    readings = [r for r in (_part(p, ask) for p in parts) if r is not NOTHING]
    if not readings:
        return NOTHING
    first = _first_resolved(readings)
    if len(readings) == 1:
        return first
    mine, others = first.resolution, [r.resolution for r in readings if r is not first]
    joint = {r.entity for r in (mine, *others)}
    country = mine.country or next((o.country for o in others if o.country), None)
    sectors = mine.sectors
    if mine.how == "demonym" and not first.generic and (last := others[-1].sectors):
        sectors = last
    reason = f"{mine.reason}; the first of several" if len(joint) > 1 else mine.reason
    joined = replace(mine, country=country, sectors=sectors, reason=reason)
    return replace(first, resolution=joined, generic=first.generic and country is None)


# -- one noun phrase --------------------------------------------------------------------------------------------------


def _part(items: Sequence[Item], ask: Ask) -> Reading:
    head, complements = _head(items)
    own = [i for i in head if i.other != "others"]
    person = _person_item(own, ask)
    if person is not None:
        return _person(person, own, complements, ask)
    if not complements and (seated := read_seated(own, ask)):
        return seated
    agents = [i for i in own if i.form(AGENTS)]
    bodies = [i for i in own if i.form(BODIES)]
    places = [i for i in own if i.form(PLACES)]
    if agents and not (bodies and index_of(own, bodies[-1]) > index_of(own, agents[-1])):
        nominal = [i for i in agents if i.form(_NOMINAL)]
        if nominal or places or bodies:
            return _agent(own, agents, places, complements, ask)
        return NOTHING
    if bodies:
        return read_body(bodies[-1], own, places, ask)
    if places:
        return read_place(own, places, ask)
    return _thing(own, complements, ask)


def _thing(head: Sequence[Item], complements: Complements, ask: Ask) -> Reading:
    """What is no party itself: "hundreds of protesters" are the protesters, "Assad's plan" and "an offer by the Taliban" are theirs."""
    at = next((n for n, (prep, c) in enumerate(complements) if prep in _WHOSE and not _counts_only(c)), None)
    if at is not None and not any(i.kind == "name" for i in head):
        reading = _part([*complements[at][1], *_flat(complements[at + 1 :])], ask)
        if _counts_only(head) or reading is NOTHING:
            return reading
        own = reading.resolution
        why = f"{head[-1].text!r} of {own.name or own.reason}" if head else own.reason
        return replace(reading, resolution=replace(own, entity=None, name=None, reason=why), anchored=False)
    whose = _owning_person(head, None, ask)
    if whose is not None:
        own = whose.resolution
        return Reading(replace(own, entity=None, name=None, how="agent", reason=f"{head[-1].text!r} of {own.name}"))
    return NOTHING


def _flat(complements: Complements) -> list[Item]:
    return [item for prep, items in complements for item in (Item("prep", prep, (BREAK,)), *items)]


def _head(items: Sequence[Item]) -> tuple[list[Item], list[tuple[str, list[Item]]]]:
    """The words before the first preposition, and each preposition with the words it governs."""
    head: list[Item] = []
    complements: list[tuple[str, list[Item]]] = []
    for item in items:
        if item.kind == "prep" and (head or complements):
            complements.append((item.text, []))
        elif complements:
            complements[-1][1].append(item)
        elif item.kind != "prep":
            head.append(item)
    if complements and any(i.form(AGENTS) for i in head) and _ends_in_a_person(complements[-1][1]):
        head.append(complements[-1][1].pop())
    return head, [(p, c) for p, c in complements if c]


def _ends_in_a_person(items: Sequence[Item]) -> bool:
    """ "The special envoy for Syria Geir Pedersen": the name belongs to the head."""
    if len(items) < 2 or items[-2].possessive or not items[-2].form(PLACES | BODIES):
        return False
    return items[-1].kind == "person" or (items[-1].kind == "name" and " " in items[-1].text)


def _counts_only(items: Sequence[Item]) -> bool:
    return all(i.kind == "det" or i.text in COUNTING or i.text.isdigit() for i in items)


def _complement_country(complements: Complements, ask: Ask) -> tuple[str, str] | None:
    for prep, items in complements:
        if prep in _LOCATING:
            places = [i for i in items if i.form(PLACES) and i.other != "others"]
            form, _, _ = country_of(places, ask)
            if form and form.code:
                return form.code, form.name
            seat = next((f for i in items if (f := i.form(BODIES)) and f.code), None)
            if seat and seat.code:
                return seat.code, seat.name
    return None


# -- agents -----------------------------------------------------------------------------------------------------------


_NOMINAL = frozenset({"party", "role"})


def _agent(head: Sequence[Item], agents: Sequence[Item], places: Sequence[Item], complements: Complements, ask: Ask) -> Reading:
    """A party named by a common noun: its sectors, its country, and the holder if it is an office."""
    noun = next((i for i in reversed(agents) if i.form(_NOMINAL)), agents[-1])
    form = noun.form(_NOMINAL) or noun.form(AGENTS)
    assert form is not None
    before = head[: index_of(head, noun)]
    place, codes, _ = country_of([p for p in places if p is not noun], ask)
    body = next((i for i in reversed(before) if i.form(BODIES)), None)
    body_form = body_form_of(body, places, ask) if body else None
    loyal = any(i.text in _LOYAL for i in head[index_of(head, noun) + 1 :])
    owner = _owning_person(before, place, ask) or _owner(complements, form, loyal, ask)
    holder = _holder(head, noun, form, place, body_form, complements, ask)
    if holder is not None:
        return holder
    sectors = _agent_sectors(form, before, body_form, owner, known=bool(place or body_form or owner))
    if any(i.kind == "former" or i.text in ("former", "ex") for i in before) and set(sectors) & _EX_OFFICE:
        sectors = ("ELI",)
    entity = name = None
    country = place.code if place else None
    why = f"{noun.text!r}" + (f" of {place.name}" if place else "")
    if place and place.kind == "people" and "PRE" in place.sectors:
        sectors = (*sectors, "PRE")
    if body_form is not None and not (place and body_form.code is None):
        country = body_form.code if not (place and body_form.kind == "seat") else country
        entity, name = (body_form.entity, body_form.name) if form.kind == "role" or body_form.kind == "organisation" else (None, None)
        why = f"{noun.text!r} of {body_form.name}"
    elif country is None and owner is not None and owner.resolution.country:
        country = owner.resolution.country
        if owner.anchored and form.kind == "role" and not owner.person:
            entity, name = owner.resolution.entity, owner.resolution.name
        why = f"{noun.text!r} of {owner.resolution.name or ask.kb.countries.get(country, country)}"
    elif country is None and (found := _complement_country(complements, ask)):
        country = found[0]
        why = f"{noun.text!r} in {found[1]}"
    if country is None and form.code:
        country = form.code
    title = form.kind == "party" and noun.text in ask.kb.titles and not form.plural
    how = "agent"
    if title and country and ask.date is None:
        why += "; no date: the holder is left open"
    if country is None and len(codes) == 1:
        country = next(iter(codes))
    if not sectors and country is None:
        return Reading(Resolution(reason=f"{noun.text!r} alone names no party"), codes=codes)
    open_codes = codes if country is None else frozenset[str]()
    resolution = Resolution(entity, name, country, sectors[:3], how, why)
    return Reading(resolution, codes=open_codes, generic=country is None, anchored=body_form is not None)


def _agent_sectors(form: Form, before: Sequence[Item], body: Form | None, owner: Reading | None, known: bool) -> tuple[str, ...]:
    """The head's own sectors, then those its modifiers add; a role noun takes those of the words around it."""
    added: list[str] = []
    nearest_first = list(reversed(before))
    for item in nearest_first:
        modifier = item.form(frozenset({"modifier"})) or item.form(frozenset({"party"}))
        if modifier and not item.form(PLACES) and item.text != "deputy":
            added.extend(s for s in modifier.sectors if s not in added)
    from_body = tuple(body.sectors) if body else ()
    if form.kind == "role":
        around = (*added, *from_body)
        if not around and owner is not None:
            around = owner.resolution.sectors
        if form.sectors == ("CVL",):
            kept = tuple(s for s in around if s in ("OPP", "REB", "PTY"))
            return ("CVL", *kept)
        if around:
            return tuple(dict.fromkeys(around))
        return form.sectors if known or form.sectors == ("CVL",) else ()
    extra = [s for s in (*added, *from_body) if s not in form.sectors]
    if "CVL" in form.sectors or form.sectors[:1] in (("EDU",), ("JRN",), ("LAB",), ("BUS",)):
        extra = [s for s in extra if s in ("OPP", "REL", "EDU", "LAB", "MED", "PTY", "AGR", "REF", "PRE")]
    return (*form.sectors, *[s for s in extra if s not in ("CVL",)])


def _owning_person(before: Sequence[Item], place: Form | None, ask: Ask) -> Reading | None:
    """The person whose the noun is: "Assad's forces", "the Trump administration"."""
    item = next((i for i in reversed(before) if i.kind in ("person", "name")), None)
    if item is None:
        return None
    candidates, full = (list(item.people), True) if item.people else bearers(item.text, ask.kb)
    wanted = frozenset({place.code}) if place and place.code else frozenset[str]()
    person, why = choose(candidates, full, date=ask.date, codes=wanted, hints=_hints(ask), kb=ask.kb)
    if person is not None:
        return _known_person(person, item, why, None, wanted, False, ask)
    shared = {c for p in candidates for c in p.codes}
    if len(shared) != 1 or (wanted and not wanted & shared):
        return None
    name = candidates[0].name.split(" ")[-1]
    return Reading(
        Resolution(None, name, next(iter(shared)), (), "name", f"all known bearers of {name!r} are of one country"), person=item.text
    )


def _owner(complements: Complements, form: Form, loyal: bool, ask: Ask) -> Reading | None:
    """What the noun belongs to: "leader of Hezbollah", "spokesman for the army"; of a party noun only with "of"."""
    for prep, items in complements:
        if prep in _OWNING and (loyal or form.kind == "role" or prep in ("of", "for", "at", "with")):
            reading = _part(items, ask)
            if reading is not NOTHING and (reading.resolution.country or reading.resolution.sectors):
                if prep in ("to", "in") and not (reading.anchored or reading.person):
                    continue
                return reading
    return None


def _holder(
    head: Sequence[Item], noun: Item, form: Form, place: Form | None, body: Form | None, complements: Complements, ask: Ask
) -> Reading | None:
    """The holder of the office on the day, where the phrase names the office itself and nothing less."""
    if ask.date is None or form.plural or noun.text not in ask.kb.titles or index_of(head, noun) != len(head) - 1:
        return None
    if any(i.kind == "former" or i.text.split(" ")[0] in _HOLDER_BLOCKS | {"presidential"} for i in head if i is not noun):
        return None
    organisation = body if body is not None and body.kind == "organisation" else None
    if organisation is None and complements and complements[0][0] == "of":
        organisation = next((f for i in complements[0][1][:2] if (f := i.form(frozenset({"organisation"})))), None)
    if organisation is not None and organisation.entity and organisation.code:
        found = ask.kb.holder(organisation.code, noun.text, ask.date, organisation.entity.removeprefix("organisation:"))
    else:
        country = _ruled(place, complements, ask) or form.code
        if country is None or body is not None:
            return None
        found = ask.kb.holder(country, noun.text, ask.date)
    if found is None:
        return None
    office, spell, person = found
    sectors = spell.sectors or office.sectors
    why = f"{person.name} was {office.id.replace('-', ' ')} ({spell.country}) on {ask.date}"
    return Reading(Resolution(f"person:{person.id}", person.name, spell.country, sectors, "office", why), anchored=True)


def _ruled(place: Form | None, complements: Complements, ask: Ask) -> str | None:
    """The country whose office is meant: the modifier's, or that of "of France"; parts of countries have offices of their own."""
    if place is not None:
        return place.code if place.kind not in _PLACE_ONLY else None
    if complements and complements[0][0] == "of":
        places = [i for i in complements[0][1] if i.form(PLACES)]
        if len(places) == 1 and places[0].kind in ("country", "demonym"):
            form, _ = settled(places[0], ask)
            return form.code if form else None
    return None


# -- persons ----------------------------------------------------------------------------------------------------------


def _person_item(head: Sequence[Item], ask: Ask) -> Item | None:
    """The personal name that is the head: nothing else of substance follows it, and it owns nothing."""
    for i in range(len(head) - 1, -1, -1):
        item = head[i]
        if item.kind in ("person", "name"):
            rest = head[i + 1 :]
            if item.possessive or any(r.form(AGENTS) or r.form(BODIES) for r in rest):
                return None
            return item
    tail = head[-1] if head else None
    if tail is not None and tail.kind == "word" and len(head) > 1 and not tail.possessive and tail.words[0].form.isalpha():
        # lower-case text: "salvadoran president cristiani"
        title = head[-2].form(_NOMINAL)
        if title is not None and len(tail.text) > 3 and bearers(tail.text, ask.kb)[0]:
            return tail
    alone = tail is not None and len(head) == 1 and tail.words[0].capital and not tail.form(AGENTS)
    if tail is not None and alone and tail.text in ask.kb.by_short_name and (tail.kind in ("people", "locality") or not tail.forms):
        return tail
    return None


def _person(item: Item, head: Sequence[Item], complements: Complements, ask: Ask) -> Reading:
    before = head[: index_of(head, item)]
    places = [i for i in before if i.form(PLACES)]
    agents = [i for i in before if i.form(AGENTS)]
    bodies = [i for i in before if i.form(BODIES)]
    candidates, full = (list(item.people), True) if item.people else bearers(item.text, ask.kb)
    place, codes, _ = country_of(places, ask)
    wanted = frozenset({place.code}) if place and place.code else codes
    body = bodies[-1].form(BODIES) if bodies else None
    if body and body.code and not wanted:
        wanted = frozenset({body.code})
    noun = next((i for i in reversed(agents) if i.form(_NOMINAL)), None)
    offices = {o.id for o in ask.kb.titles.get(noun.text, ())} if noun else set()
    deputy = any(i.text in ("deputy", "vice", "assistant") for i in before)
    person, why = choose(
        candidates, full, date=ask.date, codes=wanted, offices=frozenset() if deputy else frozenset(offices), hints=_hints(ask), kb=ask.kb
    )
    described = _agent(before, agents, places, (), ask) if noun else _bare(bodies, before, places, place, ask)
    if person is not None:
        return _known_person(person, item, why, described if noun or bodies else None, wanted, any(a.kind == "former" for a in agents), ask)
    joint = None if wanted else agreed(candidates, ask.date, ask.kb)
    own = described.resolution if described is not NOTHING else Resolution()
    country = own.country or (joint.country if joint else None)
    sectors = own.sectors or (joint.sectors if joint else ())
    if country is None and (lives := _complement_country(complements, ask)):
        country, why = lives[0], f"{why}; of {lives[1]}"
    how = "agent" if own.country or own.sectors else "name" if country else "unresolved"
    reason = f"{why}; {own.reason}" if own.reason else why
    return Reading(Resolution(None, None, country, sectors, how, reason), person=item.text, codes=codes)


def _bare(bodies: Sequence[Item], before: Sequence[Item], places: Sequence[Item], place: Form | None, ask: Ask) -> Reading:
    """What a body or a country before an unknown name says of it."""
    if bodies:
        return read_body(bodies[-1], before, places, ask)
    if place is not None:
        return Reading(Resolution(None, None, place.code, place.sectors if place.kind == "people" else (), "demonym", f"of {place.name}"))
    return NOTHING


def _hints(ask: Ask) -> Set[str]:
    return {c for c, w in ask.evidence.items() if w > 0}


def _known_person(person: Person, item: Item, why: str, described: Reading | None, wanted: Set[str], former: bool, ask: Ask) -> Reading:
    state = standing(person, ask.date, ask.kb)
    country, sectors = state.country, state.sectors
    told = described.resolution.sectors if described else ()
    if ask.date is None and wanted & person.codes:
        country = sorted(wanted & person.codes)[0]
    if ask.date is None and former:
        sectors = ("ELI",)
    elif not sectors or (ask.date is None and told):
        sectors = told or sectors
    resolution = Resolution(f"person:{person.id}", person.name, country, sectors[:3], "name", f"{person.name}: {why}; {state.reason}")
    return Reading(resolution, person=item.text, anchored=True)
