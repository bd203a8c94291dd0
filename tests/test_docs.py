"""The documents say what there is: every command and public name, the README's examples run, the codebook page is current."""

import re
from pathlib import Path

import pytest
import typer

import lapwing
from lapwing import errors, records
from lapwing.cli import app
from lapwing.show import codebook_page

ROOT = Path(__file__).parent.parent
CLI, API, README = (ROOT / p for p in ("docs/cli.md", "docs/api.md", "README.md"))
GROUP = typer.main.get_command(app)
COMMANDS = GROUP.commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    section = CLI.read_text().split(f"## `lapwing {name}", 1)[1].split("\n## ")[0]
    parts = getattr(COMMANDS[name], "commands", {})
    for part in parts:
        assert f"`lapwing {name} {part}" in section
    for parameter in (p for command in (parts.values() or [COMMANDS[name]]) for p in command.params):
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert any(option in section for option in parameter.opts), f"{name} {parameter.opts}"
    assert f"lapwing {name}" in README.read_text()


def test_every_public_name_is_documented():
    text = API.read_text()
    assert lapwing.__all__ == ["code", "extract", "open_store", "read", "resolve"]
    for name in lapwing.__all__:
        assert f"`lapwing.{name}(" in text
        assert getattr(lapwing, name).__doc__


def test_every_record_of_the_contract_is_documented_with_its_fields():
    text = API.read_text()
    for name in ("CodedDocument", "Claim", "Count", "Disagreement", "Ref", "Date", "Place", "Quote", "Relation", "Article", "Link"):
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}`"))
        own = getattr(records, name).__annotations__
        assert [f for f in own if f"`{f}`" not in row] == []


def test_every_error_is_documented():
    for name, value in vars(errors).items():
        if isinstance(value, type):
            assert name in API.read_text()
            assert name in (errors.__doc__ or "")


def test_the_readme_python_runs(capsys):
    for block in re.findall(r"```python\n(.*?)```", README.read_text(), re.S):
        exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "ACCUSE ['FRA'] ['RUS']" in printed
    assert "Olaf Scholz" in printed


def test_links_in_the_documents_lead_somewhere():
    for page in [README, *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_codebook_page_is_current():
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == codebook_page()


def test_make_help_lists_every_word():
    makefile = (ROOT / "Makefile").read_text()
    words = re.search(r"\.PHONY: (.*)", makefile)
    assert words is not None
    for word in words[1].split():
        assert re.search(rf"^{word}:.*##", makefile, re.M), word
