"""The map: every placed claim is a valid GeoJSON feature, and no other claim is lost."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapwing.geojson import feature, feature_collection
from lapwing.ontology import MODES_BY_TYPE, STANCES, STATUSES, TYPES, cameo, intensity, quad
from lapwing.records import Article, Claim, CodedDocument, Date, Place, Ref, Span, Version

WORDS = st.text(max_size=12)
ARTICLE = Article("a", "https://example.org/a", "Title", None, "2021-06-06", "Outlet", None, (), None, "en", "text", (), ())
NOWHERE = Place("Xyzzy", 0, 5, how="not in the gazetteer")
PLACES = st.builds(
    lambda words, lat, lon: Place(words, 0, len(words), words, "UKR", None, lat, lon, None, "city", 0.9, "the dateline"),
    WORDS, st.floats(-90, 90), st.floats(-180, 180),
)  # fmt: skip
REFS = st.builds(
    lambda words, name, country: Ref(words, 0, len(words), None, name, country), WORDS, WORDS | st.none(), st.just("UKR") | st.none()
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim."""
    type = draw(st.sampled_from(sorted(TYPES)))
    mode = draw(st.sampled_from([None, *MODES_BY_TYPE[type]]))
    words = draw(WORDS)
    span = Span(words, 0, len(words))
    return Claim(
        draw(WORDS), type, mode, (), quad(type), intensity(type, mode), cameo(type, mode), draw(st.sampled_from(sorted(STATUSES))), span,
        tuple(draw(st.lists(REFS, max_size=2))), tuple(draw(st.lists(REFS, max_size=2))), draw(REFS | st.none()),
        draw(st.sampled_from(sorted(STANCES))), draw(st.none() | st.just(Date("Sunday", 0, 6, "2021-06-06", "day"))),
        draw(st.none() | st.just(NOWHERE) | PLACES), span, draw(st.floats(0, 1)),
    )  # fmt: skip


def coded(found: list[Claim]) -> CodedDocument:
    return CodedDocument("a", tuple(found), (), (), (), (), Version(1, "m", "o"))


def check_feature(record: dict[str, Any]) -> None:
    """RFC 7946, sections 3.1.2 and 3.2."""
    assert record["type"] == "Feature"
    assert isinstance(record["id"], str)
    assert isinstance(record["properties"], dict)
    if record["geometry"] is not None:
        assert record["geometry"]["type"] == "Point"
        lon, lat = record["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


@given(st.lists(claims(), max_size=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_claims_give_valid_geojson_and_none_is_lost(found: list[Claim]) -> None:
    made = json.loads(json.dumps(feature_collection([(ARTICLE, coded(found))]), allow_nan=False))
    assert made["type"] == "FeatureCollection"
    assert made["claims"] == len(found) == made["unplaced"] + len(made["features"])
    for record in made["features"]:
        check_feature(record)
        assert record["geometry"] is not None
    for claim in found:
        check_feature(feature(claim, ARTICLE))


@given(claims(), PLACES)
def test_a_feature_tells_who_says_what_and_how_it_was_placed(claim: Claim, place: Place) -> None:
    told = feature(claim, ARTICLE)["properties"]
    assert {"who", "what", "whom", "when", "status", "speaker", "words", "trigger", "how", "confidence", "place_confidence"} <= told.keys()
    assert told["words"] == claim.sentence.text
    assert told["what"].split("/")[0] == claim.type
    assert len(told["who"]) == len(claim.actors)


def test_no_articles_are_an_empty_map() -> None:
    assert feature_collection([]) == {"type": "FeatureCollection", "features": [], "claims": 0, "unplaced": 0}
