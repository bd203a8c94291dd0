import re
import time
from collections import defaultdict

import pytest

from lapwing.data import __name__ as data_package
from lapwing.errors import KnowledgeError
from lapwing.ontology import INTERNATIONAL, SECTORS
from lapwing.resolution.knowledge import AGENT_KINDS, TABLES, KnowledgeBase, plural_of
from lapwing.resolution.names import FUNCTION_WORDS, normal, short_forms, sound_key, sound_of, sounds_of, words_of

PEOPLE = "\t".join(TABLES["people"])
AGENTS = "\t".join(TABLES["agents"])


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.load()


def rows(table):
    from importlib import resources

    text = resources.files(data_package).joinpath("knowledge", f"{table}.tsv").read_text(encoding="utf-8")
    first, header, *lines = text.splitlines()
    assert first.startswith("# "), f"{table} does not say where it comes from"
    assert tuple(header.split("\t")) == TABLES[table]
    return [dict(zip(TABLES[table], line.split("\t"), strict=True)) for line in lines]


# -- the tables themselves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column"), [("countries", "code"), ("organisations", "organisation"), ("offices", "office"), ("peoples", "name")]
)
def test_ids_are_unique(table, column):
    ids = [r[column] for r in rows(table)]
    assert len(ids) == len(set(ids))


def test_agents_are_many_and_each_stands_once_as_a_head():
    heads = [r["phrase"] for r in rows("agents") if r["kind"] in ("party", "role")]
    assert len(heads) == len(set(heads)) >= 900
    assert {r["kind"] for r in rows("agents")} <= set(AGENT_KINDS)


def test_the_tables_cover_what_the_product_promises():
    kinds = defaultdict(int)
    for row in rows("organisations"):
        kinds[row["kind"]] += 1
    assert kinds["intergovernmental"] >= 250
    assert kinds["armed"] >= 300
    assert sum(bool(r["office"]) for r in rows("people")) >= 6_000
    pycountry = pytest.importorskip("pycountry")
    assert {c.alpha_3 for c in pycountry.countries} | {"KOS"} == {r["code"] for r in rows("countries")}


def test_countries_exist_wherever_they_are_named():
    codes = {r["code"] for r in rows("countries")}
    for row in rows("countries"):
        assert set(filter(None, row["neighbours"].split("|"))) <= codes, row["code"]
        assert row["state"] in codes | {""}
        for former in filter(None, row["former"].split("|")):
            match = re.fullmatch(r".+ (\d{4})-(\d{4})", former)
            assert match, former
            assert match[1] <= match[2]
    for table, column in (
        ("organisations", "code"),
        ("people", "country"),
        ("peoples", "country"),
        ("localities", "country"),
        ("agents", "code"),
    ):
        assert {r[column] for r in rows(table)} <= codes | set(INTERNATIONAL) | {""}, table


def test_neighbours_are_mutual():
    neighbours = {r["code"]: set(filter(None, r["neighbours"].split("|"))) for r in rows("countries")}
    assert [(a, b) for a, bs in neighbours.items() for b in bs if a not in neighbours[b]] == []


def test_sectors_are_those_of_the_ontology():
    for table in ("organisations", "people", "peoples", "agents", "offices"):
        assert {s for r in rows(table) for s in r["sectors"].split("|") if s} <= set(SECTORS), table


def test_dates_are_in_order_and_offices_exist():
    offices = {r["office"] for r in rows("offices")}
    for row in rows("people"):
        assert row["office"] in offices | {""}, row
        for day in (row["start"], row["end"]):
            assert not day or re.fullmatch(r"\d{4}-\d\d-\d\d", day), row
        assert not (row["start"] and row["end"]) or row["start"] < row["end"], row
        assert not row["office"] or row["start"], f"a spell in office needs its start: {row}"


def test_an_office_of_one_holder_has_no_two_at_once():
    single = {r["office"] for r in rows("offices") if r["single"] == "yes"}
    spells = defaultdict(list)
    for row in rows("people"):
        if row["office"] in single:
            spells[row["country"], row["office"]].append((row["start"], row["end"] or "9999", row["name"]))
    overlaps = [
        (where, a, b) for where, held in spells.items() for a, b in zip(sorted(held), sorted(held)[1:], strict=False) if a[1] > b[0]
    ]
    assert overlaps == []


def test_one_person_has_one_name_and_two_people_have_two_ids():
    names = defaultdict(set)
    for row in rows("people"):
        names[row["person"]].add(row["name"])
    assert [n for n in names.values() if len(n) > 1] == []
    assert len({next(iter(n)) for n in names.values()}) == len(names)


def test_no_person_is_called_by_a_function_word(base):
    assert set(base.by_short_name) & FUNCTION_WORDS == set()


# -- loading ----------------------------------------------------------------------------------------------------------


def test_loading_is_quick(base):
    quickest = min(_seconds_to_load() for _ in range(3))
    assert quickest < 1.0, "the budget is 0.3 s on the measuring machine; this leaves room for a busy one"


def _seconds_to_load() -> float:
    start = time.process_time()
    KnowledgeBase.load()
    return time.process_time() - start


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header"),
        ("a\tb\n", "line 1"),
        (f"{AGENTS}\nastronaut\tparty\n", "line 2: 2 columns, 4 expected"),
        (f"# ours\n{AGENTS}\nastronaut\tparty\t\tXXX\n", "line 3: 'XXX' is no PLOVER sector"),
        (f"{AGENTS}\nastronaut\thead\t\tCVL\n", "kind 'head'"),
        (f"{AGENTS}\nastronaut\tparty\tZZZ\tCVL\n", "'ZZZ' is neither"),
        (f"{AGENTS}\n\tparty\t\tCVL\n", "first column is empty"),
        ("organisation\tmembers\nnato\tFRA 1949", "member 'FRA 1949'"),
        ("organisation\tmembers\nnowhere\t", "no organisation 'nowhere'"),
        (f"{PEOPLE}\nx\tX Y\t\tFRA\tpresident\t\t2020-13-01\t\tme\n", "'2020-13-01' is no date"),
        (f"{PEOPLE}\nx\tX Y\t\tFRA\tpresident\t\t2020-01-02\t2020-01-01\tme\n", "before it starts"),
        (f"{PEOPLE}\nx\tX Y\t\tFRA\tdogcatcher\t\t2020-01-02\t\tme\n", "no office 'dogcatcher'"),
        (f"{PEOPLE}\nx\tX Y\t\t\tpresident\t\t2020-01-02\t\tme\n", "needs a name and a country"),
    ],
)
def test_a_malformed_row_is_named_by_file_and_line(tmp_path, text, says):
    table = tmp_path / "mine.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        KnowledgeBase.load([table])
    assert "mine.tsv" in str(raised.value)
    assert says in str(raised.value)


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(KnowledgeError, match=r"nowhere\.tsv"):
        KnowledgeBase.load([tmp_path / "nowhere.tsv"])


def test_the_users_tables_win(tmp_path, base):
    people, agents = tmp_path / "people.tsv", tmp_path / "agents.tsv"
    people.write_text(f"{PEOPLE}\nada-testperson\tAda Testperson\t\tFRA\tpresident\t\t2030-01-01\t\tinvented\n", encoding="utf-8")
    agents.write_text(f"{AGENTS}\npolice\tparty\t\tGOV\n", encoding="utf-8")
    mine = KnowledgeBase.load([people, agents])
    assert mine.forms["police"][0].sectors == ("GOV",)
    assert {f.sectors for f in base.forms["police"]} == {("COP",)}
    assert "ada-testperson" in mine.people
    assert len(mine.people) == len(base.people) + 1


def test_a_row_of_the_users_replaces_ours_of_the_same_id(tmp_path, base):
    table = tmp_path / "people.tsv"
    table.write_text(f"{PEOPLE}\nangela-merkel\tAngela Merkel\t\tDEU\t\tCVL\t\t\tinvented\n", encoding="utf-8")
    assert [s.sectors for s in KnowledgeBase.load([table]).people["angela-merkel"].spells] == [("CVL",)]
    assert [s.office for s in base.people["angela-merkel"].spells] == ["chancellor"]


def test_holders_by_title_and_day(base):
    found = base.holder("DEU", "chancellor", "2021-12-07")
    assert found
    assert found[2].name == "Angela Merkel"
    found = base.holder("DEU", "chancellor", "2021-12-08")
    assert found
    assert found[2].name == "Olaf Scholz"
    assert base.holder("DEU", "chancellor", "1890-01-01") is None
    assert base.holder("DEU", "spokesman", "2021-12-08") is None


def test_members_by_year(base):
    assert "GBR" in base.members_of("european-union", 2019)
    assert "GBR" not in base.members_of("european-union", 2020)
    assert [len(base.members_of("nato", y)) for y in (1949, 1990, 2003, 2024)] == [12, 16, 19, 32]
    assert len(base.members_of("african-union", 2025)) == 55
    assert len(base.members_of("organization-for-security-and-co-operation-in-europe", 2025)) == 57
    assert len(base.members) >= 16


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("U.S.", "us"),
        ("al-Qa'ida", "al qaida"),
        ("N’Djamena", "ndjamena"),
        ("People's Republic", "people republic"),
        ("Gerhard Schröder", "gerhard schroder"),
        ("J.D. Vance", "jd vance"),
        ("Łukasz", "lukasz"),
        ("Путин", "putin"),
    ],
)
def test_normal_form(written, form):
    assert normal(written) == form


def test_words_keep_how_they_were_written():
    us, backed, rebels = words_of("U.S.-backed rebels'")
    assert (us.upper, backed.joined, rebels.possessive) == (True, True, True)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Lukashenko", "Lukashenka"),
        ("Protasevich", "Pratasevich"),
        ("Gaddafi", "Qadhafi", "Kadafi", "Gadhafi", "Qaddafi"),
        ("Zelensky", "Zelenskyy", "Zelenskiy"),
        ("Yeltsin", "Eltsin"),
        ("Mohammed Morsi", "Mohamed Morsi", "Muhammad Morsi"),
    ],
)
def test_transliterations_sound_alike(spellings):
    assert len({sound_key(normal(s)) for s in spellings}) == 1


def test_many_names_sound_as_each_alone():
    names = ["putin", "al sabah", "yushchenko", "al", "tsai", "mohammed", "zhou"]
    assert sounds_of(names) == {name: sound_of(name) for name in names}
    assert sounds_of([]) == {}


def test_other_names_sound_different_and_short_ones_not_at_all():
    assert sound_key("putin") != sound_key("patten")
    assert sound_key("bush") == ""


@pytest.mark.parametrize(
    ("name", "country", "short"),
    [
        ("angela merkel", "DEU", "merkel"),
        ("xi jinping", "CHN", "xi"),
        ("ursula von der leyen", "DEU", "von der leyen"),
        ("ursula von der leyen", "DEU", "leyen"),
        ("luiz inacio lula da silva", "BRA", "luiz silva"),
        ("jose luis rodriguez zapatero", "ESP", "rodriguez zapatero"),
    ],
)
def test_short_forms(name, country, short):
    assert short in short_forms(name, country)


@pytest.mark.parametrize(("one", "many"), [("policeman", "policemen"), ("army", "armies"), ("rebel", "rebels"), ("church", "churches")])
def test_plurals(one, many):
    assert plural_of(one) == many
