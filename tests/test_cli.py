"""The commands as a user runs them: output, exit status, bad input."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lapwing.cli import app

TEXT = "Peru expelled the Bolivian ambassador on Friday."
PAGE = f"<html><head><title>Envoy expelled</title></head><body><article><h1>Envoy expelled</h1><p>{TEXT}</p><p>{TEXT.replace('Friday', 'Monday')}</p></article></body></html>"
runner = CliRunner()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")


def run(*arguments, **options):
    return runner.invoke(app, [str(a) for a in arguments], **options)


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_code_writes_a_line_a_line():
    Path("in.jsonl").write_text(
        "\n".join(
            [
                json.dumps({"id": "a", "text": TEXT, "date": "2021-06-06"}),
                "not json",
                "",
                '{"id": "b"}',
                json.dumps({"id": "c", "text": TEXT}),
            ]
        )
    )
    result = run("code", "in.jsonl", "-o", "out.jsonl")
    assert result.exit_code == 0
    found = lines(Path("out.jsonl").read_text())
    assert [r["id"] for r in found] == ["a", "line-2", "b", "c"]
    assert found[0]["claims"][0]["type"] == "SANCTION"
    assert [len(r["issues"]) for r in found] == [0, 1, 1, 1]


def test_code_reads_standard_input_and_writes_standard_output():
    result = run("code", input=json.dumps({"id": "a", "text": TEXT}) + "\n")
    assert result.exit_code == 0
    assert lines(result.stdout)[0]["id"] == "a"


def test_lone_surrogates_and_other_marks_survive_the_pipe():
    result = run("code", input='{"id": "a", "text": "Peru \\ud800 praised Chile\\u2028."}\n')
    assert json.loads(result.stdout)["id"] == "a"


@pytest.mark.parametrize("content", ["<html></html>\n", "%PDF-1.7\n"])
def test_what_is_no_json_lines_at_all_ends_with_status_2(content):
    Path("in.jsonl").write_text(content)
    result = run("code", "in.jsonl")
    assert result.exit_code == 2
    assert "not JSON Lines" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("code", "none.jsonl"), ("code", "-o", "no/such/folder/x"), ("resolve", "none.jsonl"), ("show", "1"), ("codebook", "YIELD")],
)
def test_a_wrong_call_ends_with_status_2_and_one_line(arguments):
    result = run(*arguments, input="{}\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("lapwing: ")
    assert "Traceback" not in result.stderr


def test_resolve_names_the_party_and_explains():
    rows = [
        {"id": "1", "text": "the German chancellor", "date": "2021-06-06"},
        {"id": "2", "text": "Kenyan police"},
        {"id": "3"},
        {"id": "4", "text": "x", "date": "soon"},
    ]
    result = run("resolve", "--explain", input="".join(json.dumps(r) + "\n" for r in rows))
    merkel, police, nothing, soon = lines(result.stdout)
    assert (merkel["name"], merkel["country"], merkel["how"]) == ("Angela Merkel", "DEU", "office")
    assert merkel["reason"]
    assert (police["country"], police["sectors"]) == ("KEN", ["COP"])
    assert nothing["issues"]
    assert soon["issues"]
    assert "reason" not in lines(run("resolve", input=json.dumps(rows[0]) + "\n").stdout)[0]


def test_extract_writes_a_line_a_file_and_goes_on_after_a_missing_one():
    Path("a.html").write_text(PAGE)
    result = run("extract", "a.html", "none.html")
    assert result.exit_code == 0
    one, none = lines(result.stdout)
    assert (one["id"], one["title"]) == ("a.html", "Envoy expelled")
    assert none["id"] == "none.html"
    assert none["issues"][0]["code"] == "unreadable"
    assert run("extract", "a.html", "b.html", "--url", "https://example.org").exit_code == 2


def test_read_keeps_prints_and_show_opens(monkeypatch):
    Path("pages").mkdir()
    Path("pages/a.html").write_text(PAGE)
    Path("pages/b.txt").write_text("")
    result = run("read", "pages", "none.html", "--store", "x.db")
    assert result.exit_code == 0
    assert "SANCTION/expel" in result.stdout
    assert "empty" in result.stdout
    assert "none.html: cannot be read" in result.stderr
    page = run("show", "1", "--store", "x.db", "-o", "page.html")
    assert page.exit_code == 0
    html = Path("page.html").read_text()
    assert "SANCTION/expel" in html
    assert '<span class="trigger q4"' in html
    assert run("show", "9", "--store", "x.db").exit_code == 2


def test_read_json_is_one_line_a_page():
    Path("a.html").write_text(PAGE)
    (record,) = lines(run("read", "a.html", "--json", "--store", "x.db").stdout)
    span = record["coded"]["claims"][0]["trigger"]
    assert record["text"][span["start"] : span["end"]] == span["text"]


def test_nothing_read_is_status_1():
    assert run("read", "none.html", "--store", "x.db").exit_code == 1


def test_private_addresses_are_not_read():
    result = run("read", "http://127.0.0.1:9/x", "--store", "x.db")
    assert result.exit_code == 1
    assert "private" in result.stderr


def test_codebook_prints_an_entry_with_an_example_and_a_near_miss():
    text = run("codebook", "retreat/release", "0841").stdout
    assert "yes:" in text
    assert "no:" in text
    assert "CAMEO 0841" in text
    assert "ASSAULT" in run("codebook").stdout


def test_a_model_for_other_labels_is_refused_in_one_line(monkeypatch):
    monkeypatch.setenv("LAPWING_MODEL", "none.onnx")
    result = run("code", input='{"id": "a", "text": "x"}\n')
    assert result.exit_code == 2
    assert "no model at" in result.stderr


def test_help_is_quick_and_demo_reads_the_sample():
    command = [sys.executable, "-m", "lapwing", "--help"]
    subprocess.run(command, check=True, capture_output=True)
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    assert time.perf_counter() - began < 2
    result = run("demo", "--store", "demo.db")
    assert result.exit_code == 0
    assert "COERCE" in result.stdout
    assert "lapwing show 1" in result.stdout


BAD_PAGES = {
    "empty.html": b"",
    "renamed.html": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj",
    "chinese.html": (
        "<html><body><article><p>" + "北约秘书长警告俄罗斯和白俄罗斯不要采取破坏稳定的行动。" * 20 + "</p></article></body></html>"
    ).encode(),
    "broken.html": b"<html><body><p>Peru \xff\xfe expelled the \xc3\x28 ambassador.</p></body></html>",
    "deep.html": b"<div>" * 10_000 + b"Peru" + b"</div>" * 10_000,
    "word.txt": b"Peru",
    "large.html": b"<p>" + b"word " * 10_000_000,
}


def test_bad_pages_are_told_one_by_one_and_the_good_one_is_read():
    Path("pages").mkdir()
    for name, content in BAD_PAGES.items():
        Path("pages", name).write_bytes(content)
    Path("pages", "good.html").write_text(PAGE)
    result = run("read", "pages", "--json", "--store", "x.db")
    assert result.exit_code == 0
    found = {r["article"]["id"]: r for r in lines(result.stdout)}
    assert set(found) == {*BAD_PAGES, "good.html"}
    for name in BAD_PAGES:
        assert found[name]["article"]["issues"] or found[name]["coded"]["issues"], name
    assert found["good.html"]["coded"]["claims"]


def test_read_draws_a_map_that_counts_what_has_no_place():
    Path("page.html").write_text(PAGE.replace("on Friday", "in Lima on Friday"))
    result = run("read", "page.html", "--geojson")
    assert result.exit_code == 0
    made = json.loads(result.stdout)
    assert made["claims"] == len(made["features"]) + made["unplaced"] > 0
    assert all(f["properties"]["words"] for f in made["features"])
    assert run("read", "page.html", "--geojson", "--json").exit_code == 2
