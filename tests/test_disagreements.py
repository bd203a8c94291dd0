"""Claims written by hand → what their speakers disagree on, and what is no disagreement."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapwing.disagreements import _span_of_days, disagreements
from lapwing.records import Claim, Count, Date, Disagreement, Place, Ref, Span

RUSSIA = Ref("Moscow", 0, 6, "russia", "Russia", "RUS", ("GOV",), "metonym")
TROOPS = Ref("Russian troops", 0, 14, None, None, "RUS", ("MIL",), "agent")
UKRAINE = Ref("Kyiv", 0, 4, "ukraine", "Ukraine", "UKR", ("GOV",), "metonym")
UN = Ref("the UN", 0, 6, "united-nations", "United Nations", "UNO")
PLANT = Ref("the plant", 0, 9)
CLINIC = Ref("a clinic", 0, 8)
PEOPLE = Ref("12 people", 50, 59)
MIRI = Place("Miri", 0, 4, "Miri", "UKR", "Kharkiv", 50.0, 36.0, 11, "city")
TOLO = Place("Tolo", 0, 4, "Tolo", "UKR", "Kharkiv", 50.1, 36.0, 12, "city")
NUMBERS = itertools.count()


def on(day: str) -> Date:
    return Date(day, 0, len(day), day, "day")


def killed(low: int | None, high: int | None, kind: str = "dead") -> Count:
    return Count("n", 50, 52, kind, low, high)


def claim(
    speaker=None, actors=(RUSSIA,), recipients=(PLANT,), *, type="ASSAULT", mode=None, status="actual", stance="asserts", when=None, where=None,
    counts=(), at=None,
) -> Claim:  # fmt: skip
    at = 100 * next(NUMBERS) if at is None else at
    return Claim(
        f"{type}-{at}", type, mode, (), 4, -9.0, "190", status, Span("shelled", at, at + 7), tuple(actors), tuple(recipients), speaker, stance,
        when, where, Span("s", at, at + 90), 0.9, tuple(counts),
    )  # fmt: skip


def topics(*claims: Claim) -> list[str]:
    return [d.on for d in disagreements(claims)]


def test_a_denial_stands_beside_what_it_denies():
    said, denied = claim(UKRAINE), claim(RUSSIA, status="negated", stance="denies")
    assert disagreements([said, denied]) == [Disagreement("whether", None, (said.id, denied.id))]


def test_the_forces_of_a_state_are_the_state():
    assert topics(claim(UKRAINE, [TROOPS]), claim(RUSSIA, status="negated", stance="denies")) == ["whether"]


def test_its_forces_are_those_of_who_denies():
    assert topics(claim(UKRAINE), claim(RUSSIA, [Ref("its forces", 0, 10)], status="negated")) == ["whether"]
    assert topics(claim(UKRAINE), claim(UN, [Ref("its forces", 0, 10)], status="negated")) == []


def test_a_denial_that_names_no_victim_belongs_to_the_one_attack_told():
    assert topics(claim(UKRAINE), claim(RUSSIA, recipients=(), status="negated")) == ["whether"]
    assert topics(claim(UKRAINE), claim(UKRAINE, recipients=[CLINIC]), claim(RUSSIA, recipients=(), status="negated")) == []


def test_tolls_that_cannot_both_be_right_are_set_side_by_side():
    one, two, three = (
        claim(s, recipients=[PEOPLE], counts=[killed(*n)]) for s, n in ((UKRAINE, (12, 12)), (RUSSIA, (3, 3)), (UN, (10, None)))
    )
    assert disagreements([one, two, three]) == [Disagreement("how-many", "dead", (one.id, two.id, three.id))]


def test_each_side_blames_the_other():
    assert topics(claim(UKRAINE), claim(RUSSIA, [UKRAINE])) == ["who"]


def test_two_days_for_one_deed():
    assert topics(claim(UKRAINE, when=on("2024-03-01")), claim(RUSSIA, when=on("2024-03-02"))) == ["when"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (claim(UKRAINE), claim(RUSSIA, recipients=[CLINIC], status="negated")),
        (claim(UKRAINE), claim(UKRAINE, status="negated")),
        (claim(UKRAINE), claim(UN)),
        (claim(UKRAINE), claim(RUSSIA, type="COERCE", status="negated")),
        (claim(UKRAINE, mode="aerial"), claim(RUSSIA, mode="torture", status="negated")),
        (claim(UKRAINE, where=MIRI), claim(RUSSIA, where=TOLO, status="negated")),
        (claim(UKRAINE, when=on("2024-03-01")), claim(RUSSIA, when=on("2024-03-09"), status="negated")),
        (claim(UKRAINE, status="future"), claim(RUSSIA, status="negated")),
        (claim(UKRAINE, counts=[killed(12, None)]), claim(RUSSIA, counts=[killed(15, 15)])),
        (claim(UKRAINE, counts=[killed(12, 12)]), claim(RUSSIA, counts=[killed(3, 3, "injured")])),
        (claim(None, counts=[killed(12, 12)]), claim(None, counts=[killed(3, 3)])),
        (claim(UKRAINE, recipients=[PEOPLE], counts=[killed(2, 2)], at=0), claim(UN, recipients=[PLANT], counts=[killed(9, 9)], at=9000)),
        (claim(UKRAINE, recipients=[UN], counts=[killed(2, 2)]), claim(RUSSIA, recipients=[UKRAINE], counts=[killed(9, 9)])),
        (claim(UN), claim(UKRAINE, [TROOPS])),
        (claim(UKRAINE, recipients=[UN]), claim(RUSSIA, [UKRAINE], recipients=[UKRAINE])),
        (claim(UN, [RUSSIA]), claim(PLANT, [UKRAINE])),
        (claim(UKRAINE, recipients=[UKRAINE], when=on("2024-03-01")), claim(RUSSIA, recipients=[UKRAINE], when=on("2024-03-02"))),
    ],
)
def test_on_doubt_there_is_no_link(one, two):
    assert topics(one, two) == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2023-12", "2023-12-01", "2023-12-31"),
        ("2021-W23", "2021-06-07", "2021-06-13"), ("2024-03-05", "2024-03-05", "2024-03-05"),
    ],
)  # fmt: skip
def test_days_of_a_date(value, first, last):
    assert [d.isoformat() for d in _span_of_days(value)] == [first, last]


PARTY = st.sampled_from([RUSSIA, TROOPS, UKRAINE, UN, PLANT, PEOPLE])
CLAIM = st.builds(
    claim, st.none() | PARTY, st.lists(PARTY, max_size=2), st.lists(PARTY, max_size=2), status=st.sampled_from(["actual", "negated", "future"]),
    stance=st.sampled_from(["asserts", "denies", "alleges"]), type=st.sampled_from(["ASSAULT", "AGREE"]),
    when=st.none() | st.sampled_from(["9999", "9999-12-31", "0001-01/9999", "2024-W53", "2024-W60"]).map(lambda v: Date(v, 0, 1, v, "day")),
    where=st.none() | st.sampled_from([MIRI, TOLO]), counts=st.lists(st.builds(killed, st.integers(0, 9), st.none()), max_size=2),
)  # fmt: skip


@given(st.lists(CLAIM, max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_claimed_disagreements_are_between_speakers_and_in_order(claims):
    position = {c.id: i for i, c in enumerate(claims)}
    for found in disagreements(claims):
        order = [position[c] for c in found.claims]
        assert order == sorted(set(order))
        assert len({(s.entity or s.text) if (s := claims[i].speaker) else None for i in order}) >= 2
        assert (found.kind is not None) == (found.on == "how-many")
