"""Outlets: the home country of a name or an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapwing.resolution.evidence import evidence_of
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.outlets import home_of

KB = KnowledgeBase.load(())


@pytest.mark.parametrize(
    ("outlet", "url", "home"),
    [
        ("BBC News", None, "GBR"),
        ("Reuters", "https://www.example.com.au/1", "GBR"),
        ("The Harbour Tribune", "https://www.example.com.au/1", "AUS"),
        ("www.example.co.uk", None, "GBR"),
        (None, "https://example.ca/news?x=1", "CAN"),
        (None, "https://example.io/news", None),
        (None, "https://example.com/news", None),
        ("The Harbour Tribune", None, None),
        ("", "", None),
    ],
)
def test_the_home_of_an_outlet(outlet: str | None, url: str | None, home: str | None) -> None:
    assert home_of(outlet, url, KB) == home


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_give_a_code_or_nothing(outlet: str, url: str) -> None:
    home = home_of(outlet, url, KB)
    assert home is None or len(home) == 3


def test_a_dateline_after_title_and_teaser_weighs_as_one_at_the_head() -> None:
    report = "MINSK, May 24 (Agency) -- A plane landed, Poland said."
    alone = evidence_of(report, KB)
    assert alone["BLR"] == 3.0
    assert evidence_of(f"A plane is diverted\n\n{report}", KB)["BLR"] == 3.0
