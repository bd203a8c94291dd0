"""A user's table of actors → everything that is wrong with it, a line each: the check of `lapwing actors check`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from lapwing.errors import KnowledgeError
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.tables import Row, identity, read_table


def problems(path: Path) -> list[str]:
    """What is wrong with a table; empty if it can be used as it is."""
    try:
        table, rows = read_table(path)
    except KnowledgeError as error:
        return [str(error)]
    base = KnowledgeBase.load()
    malformed = []
    for row in rows:
        try:
            base.add(table, [row])
        except KnowledgeError as error:
            malformed.append(str(error))
    return [*malformed, *(_of_people(rows, base) if table == "people" else _twice(table, rows))]


def _where(row: Row) -> str:
    return f"{row[0]}, line {row[1]}"


def _twice(table: str, rows: Sequence[Row]) -> Iterator[str]:
    """Entries that stand twice; a word may be an agent of several kinds."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = identity(table, row[2]), row[2]["kind"] if table == "agents" else ""
        if key in seen:
            yield f"{_where(row)}: {key[0]!r} stands in line {seen[key][1]} already"
        seen.setdefault(key, row)


def _of_people(rows: Sequence[Row], base: KnowledgeBase) -> Iterator[str]:
    """One id with two names, and two holders of an office that has one."""
    names: dict[str, str] = {}
    held = defaultdict(list)
    for row in rows:
        cells = row[2]
        if names.setdefault(cells["person"], cells["name"]) != cells["name"]:
            yield f"{_where(row)}: {cells['person']!r} is called {names[cells['person']]!r} above"
        office = base.offices.get(cells["office"])
        if office is not None and not cells["start"]:
            yield f"{_where(row)}: a spell in office needs its start"
        elif office is not None and office.single:
            held[cells["country"], office.id].append((cells["start"], cells["end"] or "9999-12-31", row))
    for spells in held.values():
        for (_, end, before), (start, _, row) in pairwise(sorted(spells, key=lambda s: s[:2])):
            if start < end:
                yield f"{_where(row)}: {row[2]['office']} of {row[2]['country']} from {start}, but the spell in line {before[1]} ends later"
