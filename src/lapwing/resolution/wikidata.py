"""Wikidata's answer on who held a country's highest offices → rows of a people table.

The offices are those that Wikidata itself names as a country's head of state and head of government; a label is understood by the titles of
our offices ("President of Kenya").  What cannot be understood is left out and counted, never guessed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any
from urllib.parse import urlencode

from lapwing.errors import InputError
from lapwing.resolution.knowledge import KnowledgeBase, Person
from lapwing.resolution.names import normal
from lapwing.resolution.tables import TABLES

SERVICE = "https://query.wikidata.org/sparql"
_QUERY = """SELECT ?person ?personLabel ?officeLabel ?start ?end WHERE {
  ?country wdt:P298 "%s"; wdt:P1906|wdt:P1313 ?office.
  ?person p:P39 ?held.
  ?held ps:P39 ?office; pq:P580 ?start.
  OPTIONAL { ?held pq:P582 ?end. }
  FILTER(!BOUND(?end) || ?end >= "%sT00:00:00Z"^^xsd:dateTime)
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }
}"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T)")
Cells = tuple[str, ...]
_ITEM = re.compile(r"/(Q\d+)\Z")


def address_of(country: str, since: str, service: str = SERVICE) -> str:
    """The address that answers who led a country (alpha-3) at any time from a day on."""
    return f"{service}?{urlencode({'query': _QUERY % (country, since), 'format': 'json'})}"


def rows_from(answer: bytes | str, country: str, kb: KnowledgeBase) -> tuple[list[str], int]:
    """The lines of a people table in order of time, and how many spells could not be understood; InputError if it is no answer."""
    try:
        bindings = json.loads(answer)["results"]["bindings"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{country}: the answer is not in the form of SPARQL results: {error}") from error
    read = [_row(binding, country, kb) for binding in bindings]
    rows = {row for row in read if row is not None}
    kept = {row for person in {row[0] for row in rows} if person in kb.people for row in _kept(kb.people[person], rows)}
    return ["\t".join(row) for row in sorted(rows | kept, key=lambda r: (r[6], r[0]))], read.count(None)


def table_of(rows: Sequence[str]) -> str:
    """The text of a people table."""
    return "\n".join(["# Read from Wikidata (CC0) by `lapwing actors update`.", "\t".join(TABLES["people"]), *rows, ""])


def _row(binding: Mapping[str, Any], country: str, kb: KnowledgeBase) -> Cells | None:
    values = {key: str(cell.get("value", "")) for key, cell in binding.items()}
    item, name = _ITEM.search(values.get("person", "")), " ".join(values.get("personLabel", "").split())
    start, end = (_DAY.match(values.get(key, "")) for key in ("start", "end"))
    office = _office(normal(values.get("officeLabel", "")), kb)
    if item is None or name in ("", item[1]) or office is None or start is None or (end is not None and end[0] <= start[0]):
        return None
    ours = [p for p in kb.by_full_name.get(normal(name), ()) if country in p.codes]
    variants = ours[0].variants if len(ours) == 1 else ()
    person = ours[0].id if len(ours) == 1 else f"{normal(name).replace(' ', '-')}-{item[1].lower()}"
    name = ours[0].name if len(ours) == 1 else name
    return person, name, "|".join(variants), country, office, "", start[0], end[0] if end else "", f"Wikidata {item[1]}"


def _kept(person: Person, rows: Set[Cells]) -> Iterator[Cells]:
    """What we know of a person and the answer does not tell: a table of the user's replaces all rows of an id."""
    told = {(row[3], row[4]) for row in rows if row[0] == person.id}
    for spell in person.spells:
        if (spell.country, spell.office) not in told:
            sectors = "|".join(spell.sectors)
            yield (person.id, person.name, "", spell.country, spell.office or "", sectors, spell.start or "", spell.end or "", "Lapwing")


def _office(label: str, kb: KnowledgeBase) -> str | None:
    """The one office of a country that a label such as "Federal Chancellor of Germany" names, by the longest title it ends in."""
    words = label.split(" of ")[0].split()
    for start in range(len(words)):
        for office in kb.titles.get(" ".join(words[start:]), ()):
            if office.single and office.organisation is None:
                return office.id
    return None
