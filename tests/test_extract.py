"""Golden pages compared whole, bad content answered with issues, parts of the reading case by case.

`python tests/test_extract.py` writes the golden JSON anew.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapwing.extraction import extract, language_of
from lapwing.extraction.lines import credited, date_in, section_region
from lapwing.records import Article, Caption, to_dict

GOLDEN = Path(__file__).parent / "golden" / "pages"
PAGES = sorted(p for p in GOLDEN.iterdir() if p.suffix in (".html", ".txt"))
SAMPLE = Path(__file__).parent.parent / "src" / "lapwing" / "data" / "sample"
SENTENCE = "The mayor of Port Varo accused the harbour company on Monday of hiding a fire from the inspectors. "
SLOWEST_S = 5.0


def read(path: Path) -> dict:
    return to_dict(extract(path.read_bytes(), id=path.name))


def codes(article: Article) -> list[str]:
    return [issue.code for issue in article.issues]


def page(body: str, head: str = "<title>A fire in the harbour</title>") -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_golden_page(path):
    found = read(path)
    assert found.pop("provenance") == []
    assert found == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_every_golden_page_has_its_json_and_no_json_is_left_over():
    assert len(PAGES) >= 8
    assert {p.with_suffix(".json") for p in PAGES} == set(GOLDEN.glob("*.json"))


# -- the bundled sample -----------------------------------------------------------------------------------------------


def test_sample_pages_are_read_whole():
    paths = sorted(SAMPLE.glob("*.html"))
    assert len(paths) >= 26
    assert len([p for p in paths if "2021-05-23" <= p.name[:10] <= "2021-06-16"]) >= 16
    titles = set()
    for path in paths:
        article = extract(path.read_bytes(), id=path.name)
        assert article.date == path.name[:10], path.name
        assert article.issues == (), path.name
        assert None not in (article.title, article.outlet, article.url, article.teaser), path.name
        assert 110 <= len(article.text.split()) <= 360, (path.name, len(article.text.split()))
        assert "cookie" not in article.text.lower(), path.name
        titles.add(article.title)
    assert len(titles) == len(paths)


def test_sample_has_agency_reports_and_captions():
    articles = [extract(p.read_bytes()) for p in sorted(SAMPLE.glob("*.html"))]
    assert len({agency for a in articles for agency in a.agencies}) >= 5
    assert sum(bool(a.captions) for a in articles) >= 5
    for article in articles:
        assert not any(caption.text in article.text for caption in article.captions)


# -- bad content ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", "", b"  \n\t ", "\ufeff"])
def test_nothing_is_empty(content):
    assert codes(extract(content)) == ["empty"]


@pytest.mark.parametrize(
    "content, name",
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x20ftypisom", "video"),
        (bytes(range(32)) * 40, "binary"),
    ],
)
def test_what_is_no_page_is_named(content, name):
    article = extract(content, id="x")
    assert codes(article) == ["not-html"]
    assert name in article.issues[0].message
    assert (article.id, article.text, article.title) == ("x", "", None)


def test_fifty_megabytes_are_refused_at_once():
    start = time.process_time()
    article = extract(b"<p>word</p>" * 4_800_000)
    assert codes(article) == ["too-large"]
    assert time.process_time() - start < 1


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table", "ul", "x-y", "font"])
def test_ten_thousand_nested_tags(tag):
    start = time.process_time()
    article = extract(page(f"<{tag}>" * 10_000 + f"<p>{SENTENCE * 3}</p>"))
    assert time.process_time() - start < SLOWEST_S
    assert "too-deep" in codes(article)
    assert "hiding a fire" in article.text


HOSTILE = {
    "paragraphs": "<p>a b c d</p>" * 300_000,
    "open angles": "<" * 5_000_000,
    "open comments": "<!--" * 1_000_000,
    "open scripts": "<script>" * 500_000,
    "long attribute": f"<p class='{'a b ' * 300_000}'>x</p>",
    "captions": "<figcaption>a b c Image: x" * 9_000,
    "nested lists in data": f"<script type='application/ld+json'>{'[' * 200_000}</script><p>{SENTENCE}",
    "dates": f"<p>{'2021-01-01 ' * 100_000}",
    "title": f"<title>{'a | ' * 200_000}</title><p>{SENTENCE}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_in_time(name):
    start = time.process_time()
    article = extract(page(HOSTILE[name]))
    assert time.process_time() - start < SLOWEST_S
    assert article.text or article.issues


@pytest.mark.parametrize("line", ["a b\n", "June 6, 2021\n", "A man in the street Image: x\n", "By ", '"', SENTENCE])
def test_hostile_text_is_read_in_time(line):
    start = time.process_time()
    extract(line * (4_000_000 // len(line)))
    assert time.process_time() - start < SLOWEST_S


def test_broken_utf8_is_mended_and_said():
    article = extract(page(f"<p>Caf\xe9 \x97 {SENTENCE * 3}</p>").encode("latin-1").replace(b"\x97", b"\xff"))
    assert "encoding" in codes(article)
    assert "accused the harbour company" in article.text


def test_declared_charset_needs_no_mending():
    text = "<html><head><meta charset='windows-1251'></head><body><p>" + "Президент принял посла в Минске и обсудил с ним договор. " * 4
    article = extract(text.encode("cp1251"))
    assert codes(article) == ["language"]
    assert "Президент принял посла" in article.text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_byte_order_marks_and_wide_text(codec):
    article = extract((SENTENCE * 3).encode(codec))
    assert article.issues == ()
    assert article.text == (SENTENCE * 3).strip()


def test_surrogates_and_nul_characters():
    article = extract(f"{SENTENCE * 3}\ud800 and\0 more.")
    assert codes(article) == ["encoding"]
    assert "\0" not in article.text
    article.text.encode("utf-8")
    assert extract((SENTENCE * 3 + "one\0two.").encode()).text.endswith("onetwo.")


def test_a_page_in_chinese_is_returned_and_named():
    article = extract(
        page(
            "<h1>港口火灾</h1><p>" + "市长星期一指责港口公司向检查人员隐瞒火灾。港口公司否认了这一指控，并表示将公布所有文件。" * 3 + "</p>"
        )
    )
    assert article.language == "zh"
    assert codes(article) == ["language"]
    assert "Chinese" in article.issues[-1].message
    assert "市长星期一" in article.text


def test_a_text_in_chinese_is_returned_and_named():
    article = extract("港口火灾\n\n" + "市长星期一指责港口公司向检查人员隐瞒火灾。港口公司否认了这一指控，并表示将公布所有文件。\n\n" * 3)
    assert (article.title, article.language, codes(article)) == ("港口火灾", "zh", ["language"])
    assert article.text.count("市长星期一") == 3


def test_one_word_is_short():
    article = extract("Hello")
    assert (article.text, article.title, codes(article)) == ("Hello", None, ["short"])


def test_a_page_of_menus_has_no_body():
    article = extract(page("<h1>Port Varo Gazette</h1><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>", "<title>Start</title>"))
    assert article.text == ""
    assert "no-body" in codes(article)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.binary(max_size=600), st.text(max_size=400)))
def test_arbitrary_content_never_raises(content):
    article = extract(content)
    assert article.text or article.issues
    json.dumps(to_dict(article)).encode("utf-8")


MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<div class='caption'>",
        "</div>",
        "<figcaption>",
        "</figcaption>",
        "<script type='application/ld+json'>",
        "</script>",
        "{'@type': 'NewsArticle'}",
        "<time datetime='2021-13-45'>",
        "<meta property='og:title' content='x'>",
        "<br>",
        "<table><tr><td>",
        "<!--",
        "-->",
        "<a href='http://[x'>",
        "&#0;",
        "By Jane Roe",
        "(dpa)",
        "June 6, 2021",
        "Image: x/AFP",
        "Related stories",
        "The minister said on Monday that the talks had failed. ",
        "\n",
        "\n\n",
        "Home > World > Europe",
        "©",
        "\x00",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MARKUP, max_size=40))
def test_arbitrary_markup_never_raises(parts):
    for content in ("".join(parts), "<html>" + "".join(parts)):
        article = extract(content, url="https://example.org/2021/06/06/x")
        assert article.date is None or date_in(article.date) == article.date


# -- the parts of a page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line, value",
    [
        ("June 6, 2021", "2021-06-06"),
        ("Sun, 6 Jun 2021 14:03 GMT", "2021-06-06"),
        ("Published on the 1st of March, 2019", "2019-03-01"),
        ("06.06.2021", "2021-06-06"),
        ("2021-06-06T10:00:00Z", "2021-06-06"),
        ("2021/6/6", "2021-06-06"),
        ("13/06/2021", "2021-06-13"),
        ("06/13/2021", "2021-06-13"),
        ("04/04/2021", "2021-04-04"),
        ("06/05/2021", None),
        ("31 February 2021", None),
        ("June 6", None),
    ],
)
def test_date_in(line, value):
    assert date_in(line) == value


@pytest.mark.parametrize(
    "line, section, region",
    [
        ("ConflictsEurope", "Conflicts", "Europe"),
        ("Home > World > Middle East", "World", "Middle East"),
        ("Politics | Africa", "Politics", "Africa"),
        ("Human RightsLatin America", "Human Rights", "Latin America"),
        ("Politics", "Politics", None),
        ("Mayor resigns", None, None),
        ("McDonald", None, None),
    ],
)
def test_section_region(line, section, region):
    assert section_region(line) == (section, region)


@pytest.mark.parametrize(
    "line, text, credit",
    [
        ("Smoke over the quayImage: Ada Roe/AFP", "Smoke over the quay", "Ada Roe/AFP"),
        ("Smoke over the quay. Photo: Ada Roe", "Smoke over the quay.", "Ada Roe"),
        ("Smoke over the quay (Photo by Ada Roe)", "Smoke over the quay", "Ada Roe"),
        ("Smoke over the quay [Ada Roe/Reuters]", "Smoke over the quay", "Ada Roe/Reuters"),
        ("Smoke over the quay. (AP Photo/Ada Roe)", "Smoke over the quay.", "AP Photo/Ada Roe"),
        ("Smoke over the quay © Harbour Press", "Smoke over the quay", "© Harbour Press"),
        ("He said the smoke had cleared. (Reuters)", "He said the smoke had cleared. (Reuters)", None),
        ("Smoke over the quay", "Smoke over the quay", None),
    ],
)
def test_credited(line, text, credit):
    assert credited(line) == (text, credit)


@pytest.mark.parametrize(
    "opening, closing, agencies",
    [
        ("PORT VARO (Reuters) - ", "", ("Reuters",)),
        ("PORT VARO, May 2 (Xinhua) -- ", "", ("Xinhua",)),
        ("PORT VARO, May 2. /TASS/. ", "", ("TASS",)),
        ("PORT VARO, Sunvale (AP) — ", "", ("AP",)),
        ("", "ar/rc (dpa)", ("dpa",)),
        ("", "kb,sms/rt (AFP, dpa)", ("AFP", "dpa")),
        ("", "AFP contributed to this report.", ("AFP",)),
        ("", "With reporting by BelTA and Interfax", ("BelTA", "Interfax")),
        ("", "(EFE)", ("EFE",)),
        ("The editor told Reuters that ", "", ()),
        ("The Coastal Workers' Front (CWF) - a union - said that ", "", ()),
    ],
)
def test_agencies(opening, closing, agencies):
    article = extract(f"Fire in the harbour of Port Varo\n\n{opening}{SENTENCE}\n\n{SENTENCE * 2}\n\n{closing}")
    assert article.agencies == agencies
    assert article.text == f"{opening}{SENTENCE.strip()}\n\n{(SENTENCE * 2).strip()}"
    assert article.byline == (closing or None)


def test_a_reporter_who_is_called_like_an_agency_is_none():
    for byline in ("By Petra Varnai", "Reporting by Petra Varnai; editing by Ansa Lind"):
        assert extract(f"Fire in the harbour\n\n{SENTENCE * 3}\n\n{byline}").agencies == ()
    assert extract(f"Fire in the harbour of Port Varo\n\nBy Petra Varnai and AFP\n\n{SENTENCE * 3}").agencies == ("AFP",)


def test_the_outlet_is_known_by_its_host():
    article = extract(f"Fire in the harbour\n\nhttps://www.bbc.co.uk/news/1\n\n{SENTENCE * 3}")
    assert (article.outlet, article.url) == ("BBC", "https://www.bbc.co.uk/news/1")
    assert extract(SENTENCE * 3, url="https://nobody.example/x").outlet is None


def test_a_related_box_in_the_middle_does_not_end_the_body():
    lines = [
        "Fire in the harbour of Port Varo",
        SENTENCE,
        "Keep reading",
        "Who owns the port?",
        "Ten fires in a year",
        SENTENCE,
        "Read more: The port",
        SENTENCE * 2,
    ]
    assert extract("\n\n".join(lines)).text.count("accused") == 4
    assert "Ten fires" not in extract("\n\n".join(lines)).text


def test_captions_leave_the_body():
    figure = "<figure><img><figcaption>Smoke over the quay <cite>Ada Roe/AFP</cite></figcaption></figure>"
    article = extract(page(f"<article><h1>A fire in the harbour</h1>{figure}<p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article>"))
    assert article.captions == (Caption("Smoke over the quay", "Ada Roe/AFP"),)
    assert "Smoke" not in article.text


def test_links_of_the_body_are_absolute_and_once():
    links = "<a href='/b'>one</a> <a href='/b'>two</a> <a href='mailto:x@y'>three</a> <a href='http://[z'>four</a>"
    article = extract(page(f"<article><p>{SENTENCE} {links}</p><p>{SENTENCE * 2}</p></article>"), url="https://example.org/a")
    assert article.links == ("https://example.org/b",)


@pytest.mark.parametrize(
    "text, language",
    [
        (SENTENCE, "en"),
        ("Der Bürgermeister warf der Hafengesellschaft am Montag vor, den Inspektoren einen Brand verschwiegen zu haben.", "de"),
        ("Le maire a accusé lundi la société portuaire d'avoir caché un incendie aux inspecteurs de la ville.", "fr"),
        ("Lukashenko met Putin in Sochi, Tsikhanouskaya visited Vilnius and Warsaw.", "en"),
        ("Minsk", None),
        ("", None),
    ],
)
def test_language_of(text, language):
    assert language_of(text) == language


def test_plain_english_needs_no_language_model():
    code = f"import sys; from lapwing.extraction import language_of; print(language_of({SENTENCE * 2!r}), 'py3langid' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["en", "False"]


def test_the_page_is_not_changed_and_reading_it_again_gives_the_same():
    for path in PAGES:
        content = path.read_bytes()
        assert extract(content) == extract(bytes(content))


if __name__ == "__main__":
    for golden in PAGES:
        golden.with_suffix(".json").write_text(json.dumps(read(golden), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "opening",
    ["BOGOTA, Feb. 18, 2025 -", "BOGOTA, Feb 18 2025 -", "BOGOTA, Colombia (AP) — Feb. 18, 2025 —", "BOGOTA, Feb. 18, 2025 (Reuters) -"],
)
def test_the_day_of_a_dateline_is_the_reports(opening):
    body = "Rebels attacked a post near Cali on Monday, the army said in a long statement that it read to reporters."
    assert extract(f"Rebels leave the talks\n\n{opening} {body}\n\nIt sent more troops there.\n".encode(), id="x").date == "2025-02-18"
