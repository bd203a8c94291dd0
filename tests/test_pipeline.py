"""The whole coder on texts: contract, bad input, spans, order; whatever goes in, a result comes out."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapwing.errors import InputError
from lapwing.ontology import CONTEXTS, MODES_BY_TYPE, STANCES, STATUSES, TYPES
from lapwing.pipeline import Coder, document_of, read_document
from lapwing.records import Article, Caption, Document, Page, to_dict

TEXT = (
    "Kenyan police arrested 40 students in Nairobi on Sunday after a march against the education ministry. "
    "Uganda's president, Yoweri Museveni, condemned the arrests and urged Kenya to free the students, his spokesman said."
)
HOW = {"name", "office", "demonym", "metonym", "agent", "coreference", "unresolved"}
POINT = r"\d{4}(-W\d\d|-\d\d(-\d\d)?)?"


@pytest.fixture(scope="module")
def coder():
    return Coder()


def test_a_text_is_read_alike_whatever_stands_beside_it(coder):
    one = {"id": "a", "text": TEXT, "date": "2024-05-14"}
    other = {
        "id": "b",
        "text": "Rebels shelled a market.\n\nAnother long day of talks ended in Oslo without a result, both sides said. " * 6,
    }
    pair = one | {"pairs": [{"actor": [0, 13], "recipient": [23, 34]}]}
    (alone,) = coder.code([one])
    among = list(coder.code([other, one, pair, other]))
    assert (alone.claims, alone.quotes) == (among[1].claims, among[1].quotes) == (among[2].claims, among[2].quotes)


@pytest.mark.parametrize(
    "outlet, url, home",
    [
        ("Jornal de Angola", None, "AGO"),
        ("The Independent", "https://www.example.co.ug/1", "UGA"),
        ("The Independent", "https://www.example.com/1", "GBR"),
        ("The Harbour Tribune", None, None),
        (None, None, None),
    ],
)
def test_the_table_of_outlets_tells_where_a_document_is_at_home(coder, outlet, url, home):
    assert coder._home(Document("d", "x", outlet=outlet, url=url)) == home


def check_contract(document: dict, result: dict) -> None:
    """Every rule of the contract that a result can break."""
    text = document["text"] if isinstance(document.get("text"), str) else ""

    def span(record):
        assert 0 <= record["start"] <= record["end"] <= len(text)
        assert text[record["start"] : record["end"]] == record["text"]

    def ref(record):
        span(record)
        assert record["country"] is None or re.fullmatch("[A-Z]{3}", record["country"])
        assert all(re.fullmatch("[A-Z]{3}", s) for s in record["sectors"])
        assert record["how"] in HOW

    def date(record):
        span(record)
        assert record["value"] is None or re.fullmatch(rf"{POINT}(/{POINT})?", record["value"])
        assert record["grain"] in ("day", "week", "month", "year", "interval") or record["value"] is None

    def place(record):
        span(record)
        assert (record["lat"] is None) == (record["lon"] is None)
        assert record["lat"] is None or (-90 <= record["lat"] <= 90 and -180 <= record["lon"] <= 180)

    for claim in result["claims"]:
        assert claim["type"] in TYPES
        assert claim["mode"] is None or claim["mode"] in MODES_BY_TYPE[claim["type"]]
        assert claim["status"] in STATUSES
        assert claim["stance"] in STANCES
        assert set(claim["contexts"]) <= set(CONTEXTS)
        assert 0 <= claim["confidence"] <= 1
        assert claim["actors"] or claim["recipients"]
        span(claim["trigger"])
        span(claim["sentence"])
        assert claim["sentence"]["start"] <= claim["trigger"]["start"] < claim["sentence"]["end"]
        for party in (*claim["actors"], *claim["recipients"], *([claim["speaker"]] if claim["speaker"] else [])):
            ref(party)
        for count in claim["counts"]:
            span(count)
            assert count["kind"] in ("dead", "injured", "detained", "taking-part")
            assert (count["low"], count["high"]) != (None, None)
        if claim["when"]:
            date(claim["when"])
        if claim["where"]:
            place(claim["where"])
    for disagreement in result["disagreements"]:
        assert disagreement["on"] in ("whether", "who", "how-many", "when")
        assert set(disagreement["claims"]) <= {c["id"] for c in result["claims"]}
    assert len({c["id"] for c in result["claims"]}) == len(result["claims"])
    for quote in result["quotes"]:
        span(quote["content"])
        if quote["speaker"]:
            ref(quote["speaker"])
    for mention in result["mentions"]:
        {"place": place, "date": date}[mention["kind"]](mention)
    json.dumps(result)


def code(coder, *documents):
    results = [to_dict(r) for r in coder.code(documents)]
    assert len(results) == len(documents)
    for document, result in zip(documents, results, strict=True):
        check_contract(document if isinstance(document, dict) else {}, result)
    return results


def test_who_did_what_to_whom_when_and_where(coder):
    (result,) = code(coder, {"id": "a", "text": TEXT, "date": "2021-06-08"})
    arrest = next(c for c in result["claims"] if c["type"] == "COERCE")
    assert arrest["mode"] == "arrest"
    assert [(a["country"], a["sectors"][0]) for a in arrest["actors"]] == [("KEN", "COP")]
    assert "students" in arrest["recipients"][0]["text"]
    assert arrest["when"]["value"] == "2021-06-06"
    accuse = next(c for c in result["claims"] if c["type"] == "ACCUSE")
    assert accuse["actors"][0]["country"] == "UGA"
    kinds = {(m["kind"], m["text"]) for m in result["mentions"]}
    assert {("place", "Nairobi"), ("date", "Sunday")} <= kinds
    nairobi = next(m for m in result["mentions"] if m["text"] == "Nairobi")
    assert nairobi["country"] == "KEN"


def test_without_a_date_relative_dates_stay_unresolved(coder):
    (result,) = code(coder, {"id": "a", "text": TEXT})
    assert [m["value"] for m in result["mentions"] if m["kind"] == "date"] == [None]
    assert [i["code"] for i in result["issues"]] == ["no-date"]


@pytest.mark.parametrize(
    ("record", "issue"),
    [
        (None, "bad-input"),
        ([1], "bad-input"),
        ({"text": "x"}, "bad-input"),
        ({"id": 7, "text": "x"}, "bad-input"),
        ({"id": "a"}, "bad-input"),
        ({"id": "a", "text": "x", "date": "June 6"}, "bad-input"),
        ({"id": "a", "text": "x", "date": "2021-02-30"}, "bad-input"),
        ({"id": "a", "text": "x", "title": 3}, "bad-input"),
        ({"id": "a", "text": "x", "pairs": "no"}, "bad-input"),
        ({"id": "a", "text": "x", "pairs": [{"actor": [0, 9], "recipient": [0, 1]}]}, "bad-input"),
        ({"id": "a", "text": "  \n "}, "empty"),
        ({"id": "a", "text": "x" * 2_000_001}, "too-large"),
        ({"id": "a", "text": "x y", "language": "de"}, "language"),
        ({"id": "a", "text": "北约秘书长警告俄罗斯和白俄罗斯不要采取破坏稳定的行动。" * 20}, "language"),
    ],
)
def test_what_cannot_be_coded_is_explained_and_the_rest_goes_on(coder, record, issue):
    results = code(coder, {"id": "first", "text": TEXT, "date": "2021-06-08"}, record, {"id": "last", "text": TEXT, "date": "2021-06-08"})
    assert [r["id"] for r in results][::2] == ["first", "last"]
    assert [i["code"] for i in results[1]["issues"]] == [issue]
    assert results[1]["claims"] == []
    assert results[0]["claims"]
    assert len(results[0]["claims"]) == len(results[2]["claims"])


def test_a_bad_pair_still_owes_a_relation(coder):
    (result,) = code(coder, {"id": "a", "text": "x", "pairs": [{"actor": [0, 9], "recipient": [0, 1]}]})
    assert len(result["relations"]) == 1


def test_given_pairs_are_related(coder):
    pairs = [{"actor": [0, 13], "recipient": [23, 34]}]
    (result,) = code(coder, {"id": "a", "text": TEXT, "pairs": pairs})
    (relation,) = result["relations"]
    assert (relation["type"], relation["mode"]) == ("COERCE", "arrest")


def test_the_same_document_gives_the_same_result_alone_and_in_company(coder):
    document = {"id": "a", "text": TEXT, "date": "2021-06-08"}
    others = [{"id": str(i), "text": "Peru and Chile signed a treaty. " * (i % 7 + 1)} for i in range(70)]
    (alone,) = code(coder, document)
    *_, company = code(coder, *others, document)
    assert [c["id"] for c in alone["claims"]] == [c["id"] for c in company["claims"]]


@given(st.text(alphabet=st.characters(codec=None), max_size=500), st.sampled_from([None, "2021-06-06", "0001-01-01", "9999-12-31"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_result_with_exact_spans(coder, text, date):
    code(coder, {"id": "a", "text": text, "date": date})


@given(
    st.lists(
        st.sampled_from(
            [
                "Israel",
                "bombed",
                "e\u0301",
                "\u202e",
                "🦩",
                "Hamas",
                "\x00",
                "said",
                "“no”",
                "Sunday",
                ".",
                "\n\n",
                "two",
                "weeks ago",
                "in",
                "Paris",
                "ﬁ",
                "ß",
            ]
        ),
        max_size=60,
    )
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_news_words_among_strange_characters_keep_their_spans(coder, words):
    code(coder, {"id": "a", "text": " ".join(words), "date": "2021-06-06"})


def test_a_megabyte_without_a_space_is_read(coder):
    code(coder, {"id": "a", "text": "a" * 1_000_000, "language": "en"})


def test_an_article_is_coded_with_title_teaser_body_and_captions_each_once():
    article = Article(
        "a",
        None,
        "Title",
        "Teaser.",
        None,
        None,
        None,
        (),
        None,
        "en",
        "Body one.\n\nBody two.",
        (Caption("Caption"), Caption("Body two.")),
        (),
    )
    assert document_of(article).text == "Title\n\nTeaser.\n\nBody one.\n\nBody two.\n\nCaption"


def test_pages_are_read_to_claims(coder):
    page = Page(
        "a.html", f"<html><head><title>Arrests in Nairobi</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
    )
    ((article, document, coded),) = coder.read([page])
    assert article.id == document.id == coded.id == "a.html"
    assert TEXT.split(".")[0] in document.text
    assert coded.claims


def test_resolve_takes_a_date(coder):
    assert coder.resolve("the German chancellor", "2021-12-09").name == "Olaf Scholz"
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        coder.resolve("the German chancellor", "yesterday")


def test_a_document_may_be_given_as_a_record(coder):
    (result,) = list(coder.code([Document("a", TEXT, "2021-06-08")]))
    assert result.claims
    assert read_document({"id": "a", "text": TEXT, "date": "2021-06-08"}) == Document("a", TEXT, "2021-06-08")
