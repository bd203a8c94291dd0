"""Places, peoples and bodies in a phrase → whose they are: the parts of a reading that need no grammar.

Decisions: a bare country or capital is its government; another city is its people (CVL); a name of several countries is settled by the
countries of the text around it, its neighbours counting a little, or left open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lapwing.resolution.knowledge import Form, KnowledgeBase
from lapwing.resolution.matching import AGENTS, BODIES, PLACES, Item
from lapwing.resolution.names import word_set

_PARTS = word_set(
    "northern southern eastern western north south east west central upper lower northeastern northwestern southeastern southwestern "
    "occupied parts region border"
)
_LEADS = frozenset({"led", "based"})
_DOMESTIC = frozenset({"party", "union", "agency"})
"""Kinds of bodies that many countries have under one name."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a phrase names; a `Ref` without its span."""

    entity: str | None = None
    """Id in the knowledge base, such as `person:joe-biden`, `country:KEN`, `organisation:nato`."""
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    how: str = "unresolved"
    """`name`, `office`, `demonym`, `metonym`, `agent`, `coreference` or `unresolved`."""
    reason: str | None = None
    """One line, for a person to read."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is known beside the phrase."""

    kb: KnowledgeBase
    date: str | None = None
    evidence: Mapping[str, float] = field(default_factory=dict)
    """Weight of each country in the text around."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolution in the making."""

    resolution: Resolution
    person: str | None = None
    """Normal form of a personal name in the phrase, known or not."""
    codes: frozenset[str] = frozenset()
    """Countries that the phrase leaves open between."""
    generic: bool = False
    """Only agents: which country's is open."""
    anchored: bool = False
    """An organisation or person of the base gives the party."""


Complements = Sequence[tuple[str, list[Item]]]
"""Prepositions with what they govern."""

NOTHING = Reading(Resolution(reason="nothing in the phrase is a known party"))


def index_of(items: Sequence[Item], item: Item) -> int:
    """Where an item last stands; only plain words share theirs."""
    return next(i for i in range(len(items) - 1, -1, -1) if items[i] is item)


def place_of(item: Item) -> Form | None:
    """The first reading of an item as a place."""
    return item.form(PLACES)


def codes_of(item: Item) -> frozenset[str]:
    """The countries a place name or demonym may mean."""
    return frozenset(f.code for f in item.forms if f.kind in PLACES and f.code)


def settled(item: Item, ask: Ask) -> tuple[Form | None, frozenset[str]]:
    """The one reading of a place name or demonym, or all the countries it may mean."""
    codes = codes_of(item)
    if len(codes) <= 1:
        return place_of(item), codes
    weights = {c: _weight(c, item, ask) for c in codes}
    ranked = sorted(weights, key=lambda c: -weights[c])
    if weights[ranked[0]] > weights[ranked[1]]:
        return next(f for f in item.forms if f.code == ranked[0] and f.kind in PLACES), frozenset({ranked[0]})
    return None, codes


def _weight(code: str, item: Item, ask: Ask) -> float:
    """How much the text around speaks for a country: itself, and a little its neighbours; less where the name is but one of its regions."""
    own = ask.evidence.get(code, 0.0)
    if all(f.kind == "locality" for f in item.forms if f.code == code):
        return 0.4 * own
    return own + 0.3 * sum(ask.evidence.get(n, 0.0) for n in ask.kb.neighbours.get(code, ()))


def country_of(places: Sequence[Item], ask: Ask) -> tuple[Form | None, frozenset[str], Item | None]:
    """The country the modifiers name: a demonym or country before a mere locality, the first before the second."""
    ranked = sorted((p for p in places if p.other not in _LEADS), key=lambda p: 0 if p.kind in ("country", "demonym", "capital") else 1)
    for item in [*ranked, *(p for p in places if p.other in _LEADS)]:
        form, codes = settled(item, ask)
        if form is not None and form.code:
            return form, codes, item
        if len(codes) > 1:
            return None, codes, item
    return None, frozenset(), None


def read_place(head: Sequence[Item], places: Sequence[Item], ask: Ask) -> Reading:
    """A place, a people or a nationality alone."""
    form, codes, item = country_of(places, ask)
    if form is None or item is None:
        group = next((f for p in places if (f := place_of(p))), None)
        if len(codes) > 1:
            names = " or ".join(sorted(codes))
            return Reading(Resolution(reason=f"{places[0].text!r} may mean {names}"), codes=codes)
        if group is not None and group.sectors:
            return Reading(Resolution(None, None, None, group.sectors, "demonym", f"{group.name}: live in several countries"), generic=True)
        return Reading(Resolution(reason="the name is no country's"))
    thing = next((i for i in head[index_of(head, item) + 1 :] if i.kind == "word" and not i.text.isdigit()), None)
    where = any(i.text in _PARTS for i in head)
    code = form.code
    sectors: tuple[str, ...]
    if form.kind == "country":
        sectors = () if thing or where else ("GOV",)
        why = f"{form.name}, by its name" + (" of the time" if form.detail == "former" else "")
        return Reading(Resolution(form.entity if sectors else None, form.name if sectors else None, code, sectors, "name", why))
    if form.kind == "capital":
        sectors = () if thing or where else ("GOV",)
        why = f"the capital stands for the government of {form.name}"
        return Reading(Resolution(form.entity if sectors else None, form.name if sectors else None, code, sectors, "metonym", why))
    if form.kind == "locality":
        sectors = () if thing else ("CVL",) if form.detail == "city" else ("GOV",)
        return Reading(Resolution(None, None, code, sectors, "metonym", f"{form.name} lies in {ask.kb.countries.get(code or '', code)}"))
    person_like = form.plural or head[0].text in ("a", "an", "one")
    if form.kind == "people":
        sectors = form.sectors or (("CVL",) if person_like and not thing else ())
        return Reading(Resolution(None, None, code, sectors, "demonym", f"{form.name}: {ask.kb.countries.get(code or '', code)}"))
    sectors = ("CVL",) if person_like and not thing else ()
    return Reading(Resolution(None, None, code, sectors, "demonym", f"{item.text!r} is of {form.name}"))


def read_body(item: Item, head: Sequence[Item], places: Sequence[Item], ask: Ask) -> Reading:
    """An organisation or a seat: its own country, else the one of the modifiers."""
    form = body_form_of(item, places, ask)
    foreign, _, _ = country_of([p for p in places if index_of(head, p) < index_of(head, item)], ask)
    how = "metonym" if form.kind == "seat" else "name"
    code = form.code
    namesake = (form.kind == "seat" and not form.acronym) or form.detail in _DOMESTIC
    if foreign and foreign.code and foreign.code != code and namesake:
        # "the German parliament building", "Japan's Liberal Democratic Party": another country's body of the same name
        return Reading(Resolution(None, None, foreign.code, form.sectors, "agent", f"{item.text!r} of {foreign.name}"))
    why = f"{form.name}, by its name" if how == "name" else f"{form.name} stands for {ask.kb.countries.get(code or '', code)}"
    sectors = ("ELI",) if any(i.kind == "former" for i in head) and not form.acronym and form.kind == "seat" else form.sectors
    entity = form.entity if how == "name" else (form.entity if form.sectors == ("GOV",) else None)
    name = form.name if how == "name" or entity is None else ask.kb.countries.get(code or "", form.name)
    return Reading(Resolution(entity, name, code, sectors, how, why), anchored=True)


_COMMON = frozenset({"group", "fund", "bank", "organisation", "organization", "office", "council", "club", "forum", "association"})
"""Nouns of many a private body."""


def read_seated(head: Sequence[Item], ask: Ask) -> Reading | None:
    """ "The Addis Ababa-based union": the one organisation of such a name with its seat there, of several the one whose members we list; a bloc is
    none of its host's."""
    if len(head) < 2 or head[-2].other != "based" or not (there := ask.kb.seated.get(head[-2].text)):
        return None
    agent = head[-1].form(AGENTS)
    if " " in head[-1].text and not (agent and agent.code == "IGO"):
        return None  # "opposition alliance"
    noun = head[-1].text.rpartition(" ")[2]
    wanted = {noun, "union"} if noun == "bloc" else {noun}
    named = {form.entity: form for name, form in there.items() if name.rpartition(" ")[2] in wanted}
    listed = {entity: form for entity, form in named.items() if (entity or "").partition(":")[2] in ask.kb.members}
    definite = any(i.text == "the" for i in head)
    if len(named) > 1 or noun in _COMMON:
        named = listed
    if definite and len(named) == 1:
        form = next(iter(named.values()))
        return Reading(
            Resolution(form.entity, form.name, form.code, form.sectors, "agent", f"the {noun} with its seat in {head[-2].text.title()}")
        )
    if noun != "bloc":
        return None
    return Reading(Resolution(None, None, "IGO", (), "agent", f"{noun!r} of states with its seat in {head[-2].text.title()}"))


def body_form_of(item: Item, places: Sequence[Item], ask: Ask) -> Form:
    """Of several bodies of one name the one of the country named, then the one the text is about, then the first."""
    forms = [f for f in item.forms if f.kind in BODIES]
    if len(forms) > 1:
        beside = {c for p in places for c in codes_of(p)}
        for wanted in (beside, {c for c, w in ask.evidence.items() if w > 0}):
            if fitting := [f for f in forms if f.code in wanted]:
                return fitting[0]
    return forms[0]
