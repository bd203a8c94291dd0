"""Tables of countries, organisations, offices, people and agents → a base that is asked by written form, title and date.

The tables under `data/knowledge` are plain tab-separated text that a person can review.  A user's table has the header of one of ours and
wins over it: its forms are found first, its rows replace ours of the same id.
"""

import gc
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from lapwing.errors import KnowledgeError
from lapwing.ontology import INTERNATIONAL
from lapwing.resolution.names import FUNCTION_WORDS, NUMERALS, normal, short_forms, sound_of, sounds_of
from lapwing.resolution.tables import TABLES, Row, date_in, identity, items_in, read_table, rows_of, sectors_in

AGENT_KINDS = ("party", "role", "modifier", "former")
_FORMER = re.compile(r"(.+) (\d{4})-(\d{4})\Z")
_MEMBER = re.compile(r"([A-Z]{3}) (\d{4})-(\d{4})?\Z")
_YEAR = re.compile(r"\d{4}\Z")
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people"}


class Form(NamedTuple):
    """What a written form stands for."""

    kind: str
    """`country`, `capital`, `demonym`, `seat`, `people`, `locality`, `organisation`, or an agent's (`AGENT_KINDS`)."""
    entity: str | None
    name: str
    code: str | None
    """ISO 3166-1 alpha-3 of the state, or an international code; None: none, or several."""
    sectors: tuple[str, ...] = ()
    acronym: bool = False
    """Written in capitals."""
    proper: bool = True
    """Written with a capital."""
    plural: bool = False
    detail: str = ""
    """Of an organisation its kind (`intergovernmental`, `armed` …), of a locality `city` or `region`, of a country form `former` or ``."""


@dataclass(frozen=True, slots=True)
class Office:
    """A post and the titles the press gives it."""

    id: str
    titles: tuple[str, ...]
    sectors: tuple[str, ...]
    single: bool
    """A country, or the organisation, has one holder at a time."""
    organisation: str | None


class Spell(NamedTuple):
    """A time in office, or, without an office, what a person is outside of any; `start` inclusive, `end` exclusive, None = open."""

    country: str
    office: str | None
    sectors: tuple[str, ...]
    start: str | None
    end: str | None

    def covers(self, date: str) -> bool:
        """Does the spell include that day?"""
        return (self.start is None or self.start <= date) and (self.end is None or date < self.end)


@dataclass(slots=True)
class Person:
    """Someone with a name of their own in the news; `spells` in the order of the table."""

    id: str
    name: str
    variants: tuple[str, ...]
    spells: list[Spell] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """All countries and organisations served."""
        return {s.country for s in self.spells}


@dataclass(slots=True)
class KnowledgeBase:
    """Everything known of actors, indexed by normal form; read with `load`, never changed afterwards."""

    forms: dict[str, list[Form]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """First word, and first two words → how many words the longest form or name that starts so has."""
    countries: dict[str, str] = field(default_factory=dict)
    """Code → name."""
    neighbours: dict[str, frozenset[str]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    by_full_name: dict[str, list[Person]] = field(default_factory=dict)
    by_short_name: dict[str, list[Person]] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    organisations: dict[str, Form] = field(default_factory=dict)
    seated: dict[str, dict[str, Form]] = field(default_factory=dict)
    """Normal form of a city → the intergovernmental organisations of today with their seat there, by their names."""
    members: dict[str, list[tuple[str, int, int | None]]] = field(default_factory=dict)
    """Organisation → country, year of joining, year of leaving."""
    titles: dict[str, list[Office]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[tuple[Spell, Person]]] = field(default_factory=dict)
    """(country, office) → its spells."""
    _sounds: "Sounds | None" = None
    _vocabulary: frozenset[str] | None = None

    @classmethod
    def load(cls, extra_tables: Sequence[Path] = ()) -> "KnowledgeBase":
        """Read our tables and the user's, which win; KnowledgeError names the file and line of a malformed row."""
        collects = gc.isenabled()
        gc.disable()  # a third of the time went to looking for rubbish among tables that all stay
        try:
            return cls._load(extra_tables)
        finally:
            if collects:
                gc.enable()

    @classmethod
    def _load(cls, extra_tables: Sequence[Path]) -> "KnowledgeBase":
        folder = resources.files("lapwing.data").joinpath("knowledge")
        by_table: dict[str, list[Row]] = {table: [] for table in TABLES}
        for path in extra_tables:
            table, rows = read_table(path)
            by_table[table].extend(rows)
        users = {table: {identity(table, r[2]) for r in rows} for table, rows in by_table.items()}
        for table in TABLES:
            name = f"{table}.tsv"
            _, rows = rows_of(name, folder.joinpath(name).read_text(encoding="utf-8"))
            keep = rows if not users[table] else [r for r in rows if identity(table, r[2]) not in users[table]]
            by_table[table].extend(keep)
        base = cls()
        for table in TABLES:
            base.add(table, by_table[table])
        return base

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Take in rows of a table; KnowledgeError names the first that is malformed."""
        _ADD[table](self, rows)

    @property
    def sounds(self) -> "Sounds":
        """People by the sound of their family name; made at the first question."""
        if self._sounds is None:
            self._sounds = Sounds(list(self.people.values()))
        return self._sounds

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words of all forms; made at the first question."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(word for key in self.forms for word in key.split(" "))
        return self._vocabulary

    def add_form(self, written: str, form: Form) -> None:
        """Index a written form."""
        key = normal(written)
        if key:
            known = self.forms.get(key)
            if known is None:
                self.forms[key] = [form]
                self.lengthen(key)
            elif form not in known:
                known.append(form)

    def lengthen(self, key: str) -> None:
        """Let the matcher look as far as this form reaches."""
        first, blank, rest = key.partition(" ")
        words = key.count(" ") + 1
        for start in (first, f"{first} {rest.partition(' ')[0]}") if blank else (first,):
            if words > self.longest.get(start, 0):
                self.longest[start] = words

    def members_of(self, organisation: str, year: int) -> list[str]:
        """The countries that are members of an organisation at the end of a year."""
        return sorted(c for c, start, end in self.members.get(organisation, ()) if start <= year and (end is None or year < end))

    def holder(self, country: str, title: str, date: str, organisation: str | None = None) -> tuple[Office, Spell, Person] | None:
        """Who holds the one office of that title in a country, or in an organisation, on a day; None if unknown or not a single one."""
        found: list[tuple[Office, Spell, Person]] = []
        for office in self.titles.get(title, ()):
            if office.single and office.organisation == organisation:
                found.extend((office, s, p) for s, p in self.holders.get((country, office.id), ()) if s.covers(date))
        latest = max((s.start or "" for _, s, _ in found), default="")
        found = [f for f in found if f[1].end or (f[1].start or "") == latest]  # a successor in the user's table ends our open spell
        return found[0] if found and len({p.id for _, _, p in found}) == 1 else None


class Sounds:
    """People by the sound of their family names, and rulers by that of the name they reign under."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._by_sound: dict[str, list[Person]] = {}
        self.given: set[str] = set()
        """First words of all full names."""
        borne: list[tuple[Person, set[str]]] = []
        for person in people:
            for name in (person.name, *person.variants):
                full = normal(name)
                first, _, rest = full.partition(" ")
                if rest:
                    self.given.add(first)
                borne.append((person, {_last(short) for short in short_forms(full, person.spells[0].country) or [full]}))
        sound = sounds_of(list({last.partition(" ")[0] for _, lasts in borne for last in lasts}))
        for person, lasts in borne:
            for last in lasts:
                name, _, numeral = last.partition(" ")
                if key := f"{sound[name]} {numeral}".strip():
                    _put(self._by_sound, key, person)

    def family(self, surname: str) -> list[Person]:
        """Those whose family name sounds like this one, however short it is; of a ruler's name and numeral, those who bear both."""
        name, _, numeral = _last(surname).partition(" ")
        return self._by_sound.get(f"{sound_of(name)} {numeral}".strip(), [])


def _last(name: str) -> str:
    """A name's last word; a ruler's numeral is no word of its own."""
    *before, last = name.split(" ")
    return f"{before[-1]} {last}" if before and last in NUMERALS else last


def _code(base: KnowledgeBase, row: Row, code: str) -> str | None:
    if code and code not in base.countries and code not in INTERNATIONAL:
        raise KnowledgeError(f"{row[0]}, line {row[1]}: {code!r} is neither a country nor an international code")
    return code or None


def _is_acronym(written: str) -> bool:
    letters = [c for c in written if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) > len(letters) / 2 and " " not in written


def plural_of(phrase: str) -> str:
    """The plural of a noun phrase whose last word is its head."""
    head, gap, last = phrase.rpartition(" ")
    for one, many in _IRREGULAR.items():
        if last == one or (last.endswith(one) and one in ("man", "woman")):
            return f"{head}{gap}{last[: len(last) - len(one)]}{many}"
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last = f"{last}es"
    else:
        last = f"{last}s"
    return f"{head}{gap}{last}"


# -- tables to indexes ------------------------------------------------------------------------------------------------


def _add_countries(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for _, _, c in rows:
        base.countries[c["code"]] = c["name"]
    for row in rows:
        c = row[2]
        code, entity = c["state"] or c["code"], f"country:{c['code']}"
        if _code(base, row, code) is None:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: no code")
        base.neighbours[c["code"]] = frozenset(items_in(c["neighbours"]))
        for name in (c["name"], *items_in(c["names"])):
            base.add_form(name, Form("country", entity, c["name"], code))
        for abbreviation in items_in(c["abbreviations"]):
            base.add_form(abbreviation, Form("country", entity, c["name"], code, acronym=True))
        for item in items_in(c["former"]):
            match = _FORMER.match(item)
            if not match or match[2] > match[3]:
                raise KnowledgeError(f"{row[0]}, line {row[1]}: former name {item!r}; write `Name 1922-1991`")
            base.add_form(match[1], Form("country", entity, c["name"], code, acronym=_is_acronym(match[1]), detail="former"))
        for demonym in items_in(c["demonyms"]):
            base.add_form(demonym, Form("demonym", entity, c["name"], code, plural=_many(demonym)))
        for capital in items_in(c["capital"]):
            base.add_form(capital, Form("capital", entity, c["name"], code, ("GOV",)))
        for seat in items_in(c["seats"]):
            name, _, sector = seat.partition("=")
            if sector in INTERNATIONAL:
                base.add_form(name, Form("seat", None, name, sector, (), acronym=_is_acronym(name)))
            else:
                base.add_form(name, Form("seat", entity, name, code, sectors_in(row, sector), acronym=_is_acronym(name)))


def _many(demonym: str) -> bool:
    return demonym.endswith(("s", "men")) and not demonym.endswith(("ss", "us"))


def _add_peoples(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        code, sectors = _code(base, row, c["country"]), sectors_in(row, c["sectors"])
        for written in (c["name"], *items_in(c["forms"])):
            base.add_form(written, Form("people", None, c["name"], code, sectors, plural=_many(written)))


def _add_localities(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        base.add_form(c["name"], Form("locality", None, c["name"], _code(base, row, c["country"]), detail=c["kind"]))


def _add_organisations(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        for year in (c["founded"], c["ended"]):
            if year and not _YEAR.match(year):
                raise KnowledgeError(f"{row[0]}, line {row[1]}: {year!r} is no year")
        entity, code, sectors = f"organisation:{c['organisation']}", _code(base, row, c["code"]), sectors_in(row, c["sectors"])
        seats, _, country = c["seat"].partition("=")
        if c["seat"] and (country not in base.countries or not all(seats.split("|"))):
            raise KnowledgeError(f"{row[0]}, line {row[1]}: seat {c['seat']!r}; write `City=CODE` with the code of a country")
        cities = items_in(seats) if code in INTERNATIONAL and not c["ended"] else []
        for written in (c["name"], *items_in(c["aliases"])):
            form = Form("organisation", entity, c["name"], code, sectors, acronym=_is_acronym(written), detail=c["kind"])
            base.organisations.setdefault(c["organisation"], form)
            base.add_form(written, form)
            for city in cities:
                base.seated.setdefault(normal(city), {}).setdefault(normal(written), form)


def _add_memberships(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        organisation = row[2]["organisation"]
        if organisation not in base.organisations:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: no organisation {organisation!r}")
        for item in items_in(row[2]["members"]):
            match = _MEMBER.match(item)
            if not match or (match[3] and match[3] <= match[2]):
                raise KnowledgeError(f"{row[0]}, line {row[1]}: member {item!r}; write `GBR 1973-2020` or `FRA 1958-`")
            _code(base, row, match[1])
            base.members.setdefault(organisation, []).append((match[1], int(match[2]), int(match[3]) if match[3] else None))


def _add_agents(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        if c["kind"] not in AGENT_KINDS:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: kind {c['kind']!r}; known are {', '.join(AGENT_KINDS)}")
        code, sectors = _code(base, row, c["code"]), sectors_in(row, c["sectors"])
        base.add_form(c["phrase"], Form(c["kind"], None, c["phrase"], code, sectors, proper=False))
        if c["kind"] in ("party", "role"):
            many = Form(c["kind"], None, c["phrase"], code, sectors, proper=False, plural=True)
            if plural_of(c["phrase"]) not in base.forms:
                base.add_form(plural_of(c["phrase"]), many)


def _add_offices(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        if c["single"] not in ("yes", "no"):
            raise KnowledgeError(f"{row[0]}, line {row[1]}: single is {c['single']!r}; write yes or no")
        if c["organisation"] and c["organisation"] not in base.organisations:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: no organisation {c['organisation']!r}")
        titles = tuple(normal(t) for t in items_in(c["titles"]))
        office = Office(c["office"], titles, sectors_in(row, c["sectors"]), c["single"] == "yes", c["organisation"] or None)
        base.offices[office.id] = office
        for title in titles:
            base.titles.setdefault(title, []).append(office)
            base.add_form(title, Form("party", None, title, None, office.sectors, proper=False)) if title not in base.forms else None


def _add_people(base: KnowledgeBase, rows: Sequence[Row]) -> None:
    for row in rows:
        c = row[2]
        country = _code(base, row, c["country"])
        if country is None or not c["name"]:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: a person needs a name and a country")
        if c["office"] and c["office"] not in base.offices:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: no office {c['office']!r}")
        start, end = date_in(row, c["start"]), date_in(row, c["end"])
        if start and end and start >= end:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: the spell ends on {end}, before it starts on {start}")
        person = base.people.get(c["person"])
        if person is None:
            person = base.people[c["person"]] = Person(c["person"], c["name"], ())
        if c["variants"]:
            person.variants = tuple(dict.fromkeys((*person.variants, *items_in(c["variants"]))))
        spell = Spell(country, c["office"] or None, sectors_in(row, c["sectors"]), start, end)
        person.spells.append(spell)
        if spell.office:
            base.holders.setdefault((country, spell.office), []).append((spell, person))
    for id_ in dict.fromkeys(row[2]["person"] for row in rows):
        _index_person(base, base.people[id_])


def _index_person(base: KnowledgeBase, person: Person) -> None:
    country = person.spells[0].country
    for name in (person.name, *person.variants):
        full = normal(name)
        first, blank, _ = full.partition(" ")
        _put(base.by_full_name if blank else base.by_short_name, full, person)
        if blank:
            base.lengthen(full)
        for short in short_forms(full, country):
            start, blank, _ = short.partition(" ")
            if not blank:
                if short not in FUNCTION_WORDS:
                    _put(base.by_short_name, short, person)
                continue
            _put(base.by_full_name if start == first else base.by_short_name, short, person)
            base.lengthen(short)


def _put(index: dict[str, list[Person]], key: str, person: Person) -> None:
    known = index.get(key)
    if known is None:
        index[key] = [person]
    elif person not in known:
        known.append(person)


_ADD = {
    "countries": _add_countries,
    "peoples": _add_peoples,
    "localities": _add_localities,
    "organisations": _add_organisations,
    "memberships": _add_memberships,
    "agents": _add_agents,
    "offices": _add_offices,
    "people": _add_people,
}
