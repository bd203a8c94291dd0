"""Articles with their claims → one GeoJSON FeatureCollection (RFC 7946): a point a claim whose event has a place.

A claim without a place is no feature, since a map would have to invent one: the collection's foreign members `claims` and `unplaced` say how
many there are of each.  A country or region stands at its centre; `grain` tells a map not to draw it as a spot.
"""

from collections.abc import Iterable
from typing import Any

from lapwing.ontology import code_of
from lapwing.records import Article, Claim, CodedDocument, Place, party_label


def feature_collection(read: Iterable[tuple[Article, CodedDocument]]) -> dict[str, Any]:
    """The placed claims of some articles as features, in the order given."""
    claims = [(article, claim) for article, coded in read for claim in coded.claims]
    features = [feature(claim, article) for article, claim in claims if _is_placed(claim.where)]
    return {"type": "FeatureCollection", "features": features, "claims": len(claims), "unplaced": len(claims) - len(features)}


def feature(claim: Claim, article: Article) -> dict[str, Any]:
    """A claim as a feature; its geometry is null where the event has no place."""
    place = claim.where
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place and _is_placed(place) else None
    return {"type": "Feature", "id": claim.id, "geometry": point, "properties": _what(claim) | _where(place) | _source(claim, article)}


def _is_placed(place: Place | None) -> bool:
    return place is not None and place.lat is not None and place.lon is not None


def _what(claim: Claim) -> dict[str, Any]:
    return {
        "who": [party_label(r) for r in claim.actors], "what": code_of(claim.type, claim.mode), "whom": [party_label(r) for r in claim.recipients],
        "when": claim.when.value if claim.when else None, "status": claim.status, "stance": claim.stance,
        "speaker": party_label(claim.speaker) if claim.speaker else None, "quad": claim.quad, "intensity": claim.intensity,
        "confidence": claim.confidence,
    }  # fmt: skip


def _where(place: Place | None) -> dict[str, Any]:
    found = place or Place("", 0, 0)
    return {"place": found.name, "country": found.country, "grain": found.grain, "how": found.how, "place_confidence": found.confidence}


def _source(claim: Claim, article: Article) -> dict[str, Any]:
    return {"words": claim.sentence.text, "trigger": claim.trigger.text, "article": article.id, "title": article.title, "url": article.url,
            "outlet": article.outlet, "published": article.date}  # fmt: skip
