"""`lapwing actors`: a recorded answer of the query service, from a server on the loopback, becomes a table that the lint passes."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from lapwing.cli import app
from lapwing.errors import InputError
from lapwing.resolution.actors import resolve_actor
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.lint import problems
from lapwing.resolution.tables import TABLES
from lapwing.resolution.wikidata import rows_from
from tests.loopback import Handler, served

ITEM = "http://www.wikidata.org/entity/"
PEOPLE = "\t".join(TABLES["people"])
runner = CliRunner()


def held(item, name, office, start, end=None):
    values = {"person": ITEM + item, "personLabel": name, "officeLabel": office, "start": f"{start}T00:00:00Z"}
    return {key: {"type": "literal", "value": value} for key, value in (values | ({"end": f"{end}T00:00:00Z"} if end else {})).items()}


ANSWER = {
    "results": {
        "bindings": [
            held("Q567", "Angela Merkel", "Federal Chancellor of Germany", "2005-11-22", "2021-12-08"),
            held("Q61053", "Olaf Scholz", "Federal Chancellor of Germany", "2021-12-08", "2025-05-06"),
            held("Q999001", "Ada Testperson", "Federal Chancellor of Germany", "2031-01-01"),
            held("Q999002", "Q999002", "Federal Chancellor of Germany", "2032-01-01"),
            held("Q999003", "Ben Testperson", "Keeper of Germany's Seals", "2032-01-01"),
        ]
    }
}


class Service(Handler):
    asked: list[str]

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query).get("query", [""])[0]
        self.asked.append(query)
        body = json.dumps(ANSWER).encode() if '"DEU"' in query else b"<html>busy</html>"
        self.answer(200, body)


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(Service, "asked", [], raising=False)
    with served(Service) as address:
        yield f"{address}/sparql"


def test_update_writes_a_table_that_passes_the_check_and_wins(service, tmp_path):
    table = tmp_path / "people.tsv"
    result = runner.invoke(app, ["actors", "update", "DEU", "-o", str(table), "--since", "2000-01-01", "--service", service])
    assert result.exit_code == 0, result.output
    assert "2 not understood" in result.output
    assert ["P298" in q and "2000-01-01" in q for q in Service.asked] == [True]
    assert problems(table) == []
    assert "olaf-scholz\t" in table.read_text()
    mine = KnowledgeBase.load([table])
    found = resolve_actor("the German chancellor", date="2031-06-06", kb=mine)
    assert found.name == "Ada Testperson"
    assert [s.office for s in mine.people["olaf-scholz"].spells].count("finance-minister") == 1, "what we know beside is kept"


def test_a_country_whose_answer_is_none_is_told_and_nothing_written(service, tmp_path):
    table = tmp_path / "people.tsv"
    result = runner.invoke(app, ["actors", "update", "KEN", "-o", str(table), "--service", service])
    assert result.exit_code == 1
    assert "KEN: " in result.output
    assert not table.exists()


def test_an_unknown_country_is_a_wrong_call(tmp_path):
    assert runner.invoke(app, ["actors", "update", "XYZ", "-o", str(tmp_path / "t.tsv")]).exit_code == 2


@pytest.mark.parametrize("answer", [b"", b"[]", b'{"results": 1}', b"\xff"])
def test_what_is_no_answer_is_refused(answer):
    with pytest.raises(InputError):
        rows_from(answer, "DEU", KnowledgeBase())


def test_check_tells_every_problem_by_line(tmp_path):
    table = tmp_path / "people.tsv"
    rows = [
        "a\tA One\t\tFRA\tpresident\t\t2030-01-01\t2032-01-01\tme",
        "b\tB Two\t\tFRA\tpresident\t\t2031-01-01\t\tme",
        "b\tB Three\t\tFRA\tsenator\t\t\t\tme",
        "c\tC Four\t\tXXX\tpresident\t\t2031-01-01\t\tme",
    ]
    table.write_text("\n".join([PEOPLE, *rows]), encoding="utf-8")
    result = runner.invoke(app, ["actors", "check", str(table)])
    assert result.exit_code == 1
    said = result.output.splitlines()
    assert len(said) == 4
    for part in (
        "line 5: 'XXX' is neither",
        "line 4: 'b' is called 'B Two' above",
        "line 4: a spell in office",
        "line 3: president of FRA",
    ):
        assert any(part in line for line in said), part


def test_check_is_silent_about_good_tables_and_tells_repeated_entries(tmp_path):
    table = tmp_path / "peoples.tsv"
    table.write_text("\t".join(TABLES["peoples"]) + "\nVarian\tVarians\t\t\n", encoding="utf-8")
    assert runner.invoke(app, ["actors", "check", str(table)]).output == ""
    table.write_text(table.read_text(encoding="utf-8") + "varian\t\t\t\n", encoding="utf-8")
    assert problems(table) == [f"{table}, line 3: 'varian' stands in line 2 already"]
    assert "cannot be read" in problems(tmp_path / "none.tsv")[0]


def test_members_are_those_of_the_year():
    said = runner.invoke(app, ["actors", "members", "five-eyes", "--year", "1950"]).output
    assert [line.split("\t")[0] for line in said.splitlines()] == ["CAN", "GBR", "USA"]
    assert runner.invoke(app, ["actors", "members", "nowhere"]).exit_code == 2
