"""The golden cases of who says what are well formed; how many the model gets right is an evaluation."""

from benchmarks.golden_says import cases
from lapwing.ontology import STANCES, STATUSES


def test_the_cases_are_forty_and_whole():
    assert len(cases()) == 40
    for text, expected in cases():
        assert expected, text
        for claim in expected:
            assert claim.status in STATUSES
            assert claim.stance in STANCES
            assert claim.speaker is None or all(s in text for s in claim.speaker.split("/")), claim
