"""Where a report comes from, and the table of outlets behind it."""

from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapwing.extraction.tables import AGENCIES, OUTLETS
from lapwing.provenance import COLUMNS, outlets, provenance
from lapwing.records import Article

ARTICLE = Article("a", None, None, None, None, "DW", "ar/rc (dpa)", ("dpa",), None, "en", "", (), ())


def links(text: str, **fields) -> list[tuple[str, str]]:
    bare = {"outlet": None, "agencies": (), "byline": None} | fields
    return [(link.kind, link.name) for link in provenance(replace(ARTICLE, text=text, **bare))]


def test_the_chain_from_the_outlet_to_the_interview():
    text = "The envoy warned of war in an interview with the German newspaper Welt am Sonntag. He told Welt am Sonntag why."
    outlet, agency, interview = provenance(replace(ARTICLE, text=text))
    assert (outlet.kind, outlet.name, outlet.country, outlet.state) == ("outlet", "DW", "DEU", "funded")
    assert outlet.reason
    assert (agency.kind, agency.name, agency.byline, agency.state) == ("agency", "dpa", "ar/rc (dpa)", None)
    assert (interview.kind, interview.name) == ("interview", "Welt am Sonntag")
    assert interview.wording is not None
    assert interview.wording.text == "in an interview with the German newspaper Welt am Sonntag"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister told Bild that talks had begun.", [("interview", "Bild")]),
        ("Four died, according to Reuters.", [("report", "Reuters")]),
        ("He said so in a statement carried by BelTA.", [("statement", "BelTA")]),
        ("TASS reported that two men had been held.", [("report", "TASS")]),
        ("Iran's IRNA news agency said the ship was freed.", [("report", "IRNA")]),
        ("She spoke to Russia's state news agency TASS.", [("interview", "TASS")]),
        ("She told the local newspaper La Voz del Puerto why.", [("interview", "La Voz del Puerto")]),
        ("A letter seen by the Financial Times names him.", [("statement", "Financial Times")]),
        ("A video broadcast by Al Jazeera shows the raid.", [("statement", "Al Jazeera")]),
        ("Belarusian state television reported the arrest.", [("report", "Belarusian state television")]),
        ("He told Bild of it. Later he told Bild more.", [("interview", "Bild")]),
        ("He told parliament, and then told reporters.", []),
        ("In an interview with President Ada Moreno she asked why.", []),
        ("According to the UN, two died.", []),
        ("Nobody told Timothy.", []),
        ("The New York Times building burned.", []),
    ],
)
def test_what_the_text_names(text, expected):
    assert links(text) == expected


def test_a_report_of_ones_own_agency_is_no_further_link():
    assert links("Reuters reported this.", agencies=("Reuters",)) == [("agency", "Reuters")]


def test_what_a_state_runs_is_marked_with_country_and_reason():
    (link,) = provenance(replace(ARTICLE, outlet="Xinhua", agencies=(), byline=None))
    assert (link.country, link.state) == ("CHN", "run")
    assert link.reason
    (called,) = provenance(replace(ARTICLE, outlet=None, agencies=(), text="State media said so: state television reported it."))
    assert (called.state, called.country) == ("run", None)


@given(st.lists(st.sampled_from(["told", "Bild", "according to", "the", "state", "television", "Reuters", "said", "TASS", "e\u0301", "newspaper", "'s", "\n", "."]), max_size=30))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_spans_are_exact(words):
    article = replace(ARTICLE, text=" ".join(words))
    for link in provenance(article):
        assert link.wording is None or article.text[link.wording.start : link.wording.end] == link.wording.text


def rows() -> list[dict[str, str]]:
    first, header, *lines = resources.files("lapwing.data").joinpath("knowledge", "outlets.tsv").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")
    assert tuple(header.split("\t")) == COLUMNS
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_the_table_covers_what_the_product_promises():
    assert sum(bool(r["state"]) for r in rows()) >= 120
    assert sum(not r["state"] for r in rows()) >= 150
    assert len({r["country"] for r in rows()}) >= 100


def test_every_row_is_whole():
    pycountry = pytest.importorskip("pycountry")
    countries = {c.alpha_3 for c in pycountry.countries}
    for row in rows():
        assert row["country"] in countries, row
        assert row["kind"] in ("agency", "broadcaster", "newspaper", "magazine", "online"), row
        assert row["state"] in ("run", "funded", ""), row
        assert row["outlet"], row
        assert len(row["reason"]) > 7, row


def test_no_name_means_two_outlets():
    names = [n for r in rows() for n in (r["outlet"], *r["aliases"].split("|")) if n]
    assert [n for n in names if names.count(n) > 1] == []


def test_every_agency_and_outlet_that_extraction_knows_is_in_the_table():
    assert set(AGENCIES.values()) | set(OUTLETS.values()) <= set(outlets())
