"""The store: what goes in comes out, revisions stay, two may have it open."""

import dataclasses
import sqlite3
import subprocess
import sys

import pytest

from lapwing.errors import StoreError
from lapwing.records import CONTRACT, Article, Claim, CodedDocument, Document, Ref, Span, Version, to_dict
from lapwing.store import open_store


def article(text: str, url: str | None = "https://example.org/1") -> Article:
    return Article("page.html", url, "Title", None, "2021-06-06", "Courier", None, ("dpa",), None, "en", text, (), ())


def coded(text: str, word: str = "met") -> CodedDocument:
    start = text.index(word)
    trigger = Span(word, start, start + len(word))
    party = Ref(text[:4], 0, 4, "PER", "Peru", "PER", ("GOV",), "name", "a country")
    claim = Claim(
        "c1",
        "CONSULT",
        None,
        ("diplomatic",),
        1,
        2.5,
        "040",
        "actual",
        trigger,
        (party,),
        (),
        None,
        "asserts",
        None,
        None,
        Span(text, 0, len(text)),
        0.7,
    )
    return CodedDocument("page.html", (claim,), (), (), (), (), Version(CONTRACT, "m", "PLOVER"))


def keep(store, text, **fields):
    return store.add(article(text, **fields), Document("page.html", text), coded(text))


def test_what_goes_in_comes_out(tmp_path):
    text = "Peru met Chile.\nÑandú 🦩"
    with open_store(tmp_path / "new" / "a.db") as store:
        number = keep(store, text)
        stored = store.article(number)
        assert stored.text == text
        assert stored.coded == to_dict(coded(text))
        assert stored.article == to_dict(article(text))
        span = stored.coded["claims"][0]["trigger"]
        assert stored.text[span["start"] : span["end"]] == span["text"]


def test_the_same_text_is_one_revision_another_is_a_second(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        one = keep(store, "Peru met Chile.")
        assert keep(store, "Peru met Chile.") == one
        assert len(store.revisions(one)) == 1
        assert keep(store, "Peru met Chile and Bolivia.") == one
        assert len(store.revisions(one)) == 2
        assert store.article(one).text == "Peru met Chile and Bolivia."
        other = keep(store, "Peru met Chile.", url="https://example.org/2")
        assert [s.number for s in store.articles()] == [one, other]


def test_parties_can_be_counted_in_plain_sql(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        keep(store, "Peru met Chile.")
        keep(store, "Peru met Chile.")
    rows = sqlite3.connect(tmp_path / "a.db").execute("select c.type, p.country from claim c join party p on p.claim_id = c.id").fetchall()
    assert rows == [("CONSULT", "PER")]


def test_lone_surrogates_do_not_move_offsets(tmp_path):
    text = "Peru \ud800 met Chile."
    with open_store(tmp_path / "a.db") as store:
        stored = store.article(keep(store, text))
    span = stored.coded["claims"][0]["trigger"]
    assert stored.text[span["start"] : span["end"]] == "met"


def test_an_unknown_article_is_explained(tmp_path):
    with open_store(tmp_path / "a.db") as store, pytest.raises(StoreError, match="no article 7"):
        store.article(7)


def test_a_file_that_is_no_store_is_explained(tmp_path):
    (tmp_path / "a.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="cannot open"):
        open_store(tmp_path / "a.db")
    with pytest.raises(StoreError, match="cannot open"):
        open_store(tmp_path)


def test_a_store_of_another_version_is_refused(tmp_path):
    open_store(tmp_path / "a.db")
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(StoreError, match="another version"):
        open_store(tmp_path / "a.db")


def test_another_process_may_write_while_it_is_open(tmp_path):
    program = (
        "import sys; from tests.test_store import keep; from lapwing.store import open_store\n"
        "with open_store(sys.argv[1]) as s:\n    for i in range(20): keep(s, 'Peru met Chile.', url=sys.argv[2] + str(i))"
    )
    path = tmp_path / "a.db"
    with open_store(path) as store:
        keep(store, "Peru met Chile.")
        writers = [subprocess.Popen([sys.executable, "-c", program, str(path), name]) for name in ("x", "y")]
        for i in range(20):
            keep(store, "Peru met Chile.", url=f"z{i}")
        assert [w.wait(60) for w in writers] == [0, 0]
        assert len(list(store.articles())) == 61


def test_records_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        article("x").title = "y"  # type: ignore[misc]
