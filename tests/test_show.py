"""What a person sees of who says what: the terminal and the page."""

from dataclasses import replace

import pytest

from lapwing.records import Article, Claim, CodedDocument, Count, Disagreement, Document, Issue, Link, Ref, Span, Version, span_of, to_dict
from lapwing.show import article_page, print_article
from lapwing.store import Stored

TEXT = "Kyiv said the raid killed at least 12. Minsk denied the raid."
MINSK = Ref("Minsk", 39, 44, "belarus", "Belarus", "BLR", ("GOV",), "metonym")
KYIV = Ref("Kyiv", 0, 4, "ukraine", "Ukraine", "UKR", ("GOV",), "metonym")
NATO = Ref("the alliance", 0, 4, "nato", "NATO", "IGO", (), "name")


def claim(id: str, speaker: Ref | None, status: str, stance: str, start: int, counts=()) -> Claim:
    return Claim(
        id, "ASSAULT", None, (), 4, -9.0, "190", status, Span("raid", start, start + 4), (MINSK,), (), speaker, stance, None, None,
        span_of(TEXT, 0, 38) if start < 38 else span_of(TEXT, 39, len(TEXT)), 0.9, counts,
    )  # fmt: skip


LINKS = (
    Link("outlet", "BelTA", None, None, "BLR", "run", "of the president's administration"),
    Link("interview", "Bild", Span("Kyiv", 0, 4), None, "DEU"),
)
ARTICLE = Article("a", None, "T", None, None, "BelTA", None, (), None, "en", TEXT, (), (), provenance=LINKS)
CLAIMS = (
    claim("a", KYIV, "actual", "asserts", 14, (Count("at least 12", 26, 37, "dead", 12, None),)),
    claim("b", MINSK, "negated", "denies", 56),
    claim("c", NATO, "actual", "asserts", 56),
)
CODED = CodedDocument("a", CLAIMS, (), (), (), (), Version(1, "m", "o"), (Disagreement("whether", None, ("a", "b")),))


@pytest.mark.parametrize("columns", ["200", "80", None])
def test_the_terminal_says_who_says_so(capsys, monkeypatch, columns):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    print_article(1, ARTICLE, Document("a", TEXT), CODED)
    printed = capsys.readouterr().out
    for words in (
        "Kyiv says",
        "Minsk denies",
        "NATO says",
        "at least 12 dead",
        "BelTA (state-run, BLR) ← interview: Bild",
        "disagreement on whether",
    ):
        assert words in printed, words
    assert ("in these words" in printed) == (columns != "80")


def test_an_issue_of_page_and_text_is_told_once(capsys):
    article = replace(ARTICLE, issues=(Issue("language", "the text is in German (de)"),))
    print_article(1, article, Document("a", TEXT), replace(CODED, issues=(Issue("language", "the text is in 'de'"),)))
    assert capsys.readouterr().out.count("language:") == 1


def test_the_page_says_so_too():
    page = article_page(Stored(1, "2024-01-01", TEXT, to_dict(ARTICLE), to_dict(CODED)))
    for words in ("Minsk denies", "at least 12 dead", "BelTA (state-run, BLR)", "Disagreement on whether it happened", "<q>Kyiv</q>"):
        assert words in page, words


def test_a_page_stored_before_there_was_any_of_it_still_opens():
    old = to_dict(CODED)
    del old["disagreements"]
    old["claims"] = [{k: v for k, v in c.items() if k != "counts"} for c in old["claims"]]
    article = {k: v for k, v in to_dict(ARTICLE).items() if k != "provenance"}
    assert "Minsk denies" in article_page(Stored(1, "2024-01-01", TEXT, article, old))
