"""Numbers of dead, injured, detained and taking part: 70 phrases, most with a trap; spans exact whatever goes in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapwing.counts import counted, counts_in
from lapwing.records import Claim, Ref, Span, span_of

PHRASES = [
    ("Shelling killed at least 12 people in the town.", [("at least 12", "dead", 12, None)]),
    ("Dozens were wounded when the depot blew up.", [("Dozens", "injured", 24, None)]),
    ("Up to 300 people took part in the vigil.", [("Up to 300", "taking-part", None, 300)]),
    ("More than 1,000 students marched on the ministry.", [("More than 1,000", "taking-part", 1001, None)]),
    ("Police detained some 200 people outside the court.", [("some 200", "detained", 180, 220)]),
    ("A dozen miners were hurt.", [("A dozen", "injured", 12, 12)]),
    ("Hundreds rallied outside the port.", [("Hundreds", "taking-part", 200, None)]),
    ("Two soldiers died in the ambush.", [("Two", "dead", 2, 2)]),
    ("A 12-year-old boy was killed by a stray bullet.", []),
    ("Omar Lund, 34, was killed on Tuesday.", []),
    ("The raid on June 12 killed three officers.", [("three", "dead", 3, 3)]),
    ("In 2014 the militia killed nine villagers.", [("nine", "dead", 9, 9)]),
    ("The bomb, worth $300, harmed 3 parked cars.", []),
    ("The strike destroyed 12 tanks and killed four crewmen.", [("four", "dead", 4, 4)]),
    ("The blast was felt 12 kilometres away and injured 7.", [("7", "injured", 7, 7)]),
    ("Turnout was 40 percent and 15 people were arrested.", [("15", "detained", 15, 15)]),
    ("Their side lost 2-1 and 30 fans were arrested.", [("30", "detained", 30, 30)]),
    ("Twelve people, including three children, were killed.", [("Twelve", "dead", 12, 12)]),
    ("The army killed 20 fighters, including two commanders.", [("20", "dead", 20, 20)]),
    ("Gunmen killed 12 people and wounded 30 others.", [("12", "dead", 12, 12), ("30", "injured", 30, 30)]),
    ("Five people were killed and 11 injured.", [("Five", "dead", 5, 5), ("11", "injured", 11, 11)]),
    ("The attack left 12 dead and dozens wounded.", [("12", "dead", 12, 12), ("dozens", "injured", 24, None)]),
    ("Twelve soldiers and three civilians were killed.", [("Twelve", "dead", 12, 12), ("three", "dead", 3, 3)]),
    ("The shells killed two nurses and a further 14 patients.", [("two", "dead", 2, 2), ("a further 14", "dead", 14, 14)]),
    ("Twelve gunmen killed three guards.", [("three", "dead", 3, 3)]),
    ("Two car bombs killed scores of worshippers.", [("scores", "dead", 40, None)]),
    ("Two days of fighting killed 16 people.", [("16", "dead", 16, 16)]),
    ("The death toll rose from 12 to 15.", [("15", "dead", 15, 15)]),
    ("Officials put the death toll at 41.", [("41", "dead", 41, 41)]),
    ("Between 20 and 30 people were wounded.", [("Between 20 and 30", "injured", 20, 30)]),
    ("Two or three prisoners were executed.", [("Two or three", "dead", 2, 3)]),
    ("Some 20 to 25 farmers were hurt.", [("Some 20 to 25", "injured", 20, 25)]),
    ("Nearly 50 activists were rounded up.", [("Nearly 50", "detained", 45, 49)]),
    ("Fewer than 100 demonstrators turned out.", [("Fewer than 100", "taking-part", None, 99)]),
    ("No fewer than 60 people were abducted.", [("No fewer than 60", "detained", 60, None)]),
    ("No more than 500 people gathered in the square.", [("No more than 500", "taking-part", None, 500)]),
    ("Tens of thousands of people marched.", [("Tens of thousands", "taking-part", 20000, None)]),
    ("Several hundred workers went on strike.", [("Several hundred", "taking-part", 300, None)]),
    ("Half a dozen monks were arrested.", [("Half a dozen", "detained", 6, 6)]),
    ("Two dozen protesters were detained.", [("Two dozen", "detained", 24, 24)]),
    ("No one was injured in the blast.", [("No one", "injured", 0, 0)]),
    ("Police made 45 arrests.", [("45", "detained", 45, 45)]),
    ("The clashes caused at least ten civilian deaths.", [("at least ten", "dead", 10, None)]),
    ("Thirty-five people have died since dawn.", [("Thirty-five", "dead", 35, 35)]),
    ("Two hundred and fifty men were feared dead.", [("Two hundred and fifty", "dead", 250, 250)]),
    ("The rally drew about 2,000 people.", [("about 2,000", "taking-part", 1800, 2200)]),
    ("A crowd of 400 blocked the road.", [("400", "taking-part", 400, 400)]),
    ("A 300-strong crowd sang outside.", [("300", "taking-part", 300, 300)]),
    ("Police dispersed some 90 demonstrators with water cannon.", [("some 90", "taking-part", 81, 99)]),
    ("The court freed 12 protesters.", []),
    ("A judge sentenced 30 demonstrators to jail.", []),
    ("The army said it killed or wounded 80 fighters.", []),
    ("Eighty fighters were killed or wounded.", []),
    ("The shelling claimed 17 lives.", [("17", "dead", 17, 17)]),
    ("Rebels took 14 villagers hostage.", [("14", "detained", 14, 14)]),
    ("Rebels seized 14 trucks and kidnapped 3 drivers.", [("3", "detained", 3, 3)]),
    ("Three houses burned and a hundred sheep were killed.", []),
    ("Resolution 12 was adopted after 60 people were hurt.", [("60", "injured", 60, 60)]),
    ("The fire came two weeks after troops killed a couple of herders.", [("a couple", "dead", 2, 2)]),
    ("Ten of the 30 passengers were killed.", [("Ten", "dead", 10, 10)]),
    ("Eleven were wounded, two of them badly.", [("Eleven", "injured", 11, 11)]),
    ("The government deployed 300 soldiers and three villagers were killed.", [("three", "dead", 3, 3)]),
    ("One in three people was hurt.", []),
    ("Prices rose 12 percent; 100,000 workers walked out.", [("100,000", "taking-part", 100000, 100000)]),
    ("About 1.5 million people marched.", [("About 1.5 million", "taking-part", 1350000, 1650000)]),
    ("Killed 40 years ago, he is mourned by thousands.", []),
    ("An estimated 60 or more prisoners were executed.", [("An estimated 60 or more", "dead", 54, 66)]),
    ("The drone hit at 10 p.m. and killed 6.", [("6", "dead", 6, 6)]),
    ("Ministers met for 3 hours; two hostages died.", [("two", "dead", 2, 2)]),
    ("Troops arrested 100+ students.", [("100+", "detained", 100, None)]),
    ("The two-day strike was joined by hundreds of nurses.", [("hundreds", "taking-part", 200, None)]),
    ("The arrests of six editors drew 14 statements of protest.", [("six", "detained", 6, 6)]),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[p for p, _ in PHRASES])
def test_phrases(text, expected):
    assert [(c.text, c.kind, c.low, c.high) for c in counts_in(text)] == expected


def claim(text: str, trigger: str, type: str = "ASSAULT", mode: str | None = None) -> Claim:
    start = text.index(trigger)
    return Claim(
        trigger, type, mode, (), 4, -9.0, "190", "actual", Span(trigger, start, start + len(trigger)), (), (), None, "asserts", None, None,
        span_of(text, 0, len(text)), 0.9,
    )  # fmt: skip


def told(text: str, *claims: Claim) -> dict[str, list[tuple[str, str]]]:
    return {c.id: [(n.kind, n.text) for n in c.counts] for c in counted(text, claims)}


def test_each_claim_has_the_numbers_of_its_own_kind():
    text = "Police arrested 40 people at the rally of 2,000, where a bomb blast killed 3 and hurt 7."
    claims = (claim(text, "arrested", "COERCE", "arrest"), claim(text, "rally", "PROTEST", "demo"), claim(text, "blast"))
    assert told(text, *claims) == {
        "arrested": [("detained", "40")],
        "rally": [("taking-part", "2,000")],
        "blast": [("dead", "3"), ("injured", "7")],
    }


def test_a_number_goes_to_the_nearest_of_two_triggers():
    text = "An air raid killed nine in Tolo, and a car bomb hurt six in Miri."
    assert told(text, claim(text, "raid"), claim(text, "bomb")) == {"raid": [("dead", "nine")], "bomb": [("injured", "six")]}


def test_a_number_of_another_kind_of_event_is_nobodys():
    text = "The union held a march after 12 people were killed."
    assert told(text, claim(text, "march", "PROTEST", "demo")) == {"march": []}
    assert told(text, claim(text, "march", "PROTEST", "riot")) == {"march": [("dead", "12")]}


def test_a_number_of_another_sentence_is_not_counted():
    text = "Rebels raided Tolo. Nine people were killed."
    first = replace(claim(text, "raided"), sentence=span_of(text, 0, 19))
    assert told(text, first) == {"raided": []}


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "side", "party", "counts"),
    [
        (
            "Seven activists have fasted outside the court.",
            "fasted",
            ("PROTEST", "hunger"),
            "actors",
            "activists",
            [("taking-part", "Seven")],
        ),
        ("A court held two fitters from Perm.", "held", ("COERCE", "arrest"), "recipients", "two fitters from Perm", [("detained", "two")]),
        (
            "A clash in which soldiers beat some forty of the miners.",
            "beat",
            ("ASSAULT", "beat"),
            "recipients",
            "miners",
            [("injured", "some forty")],
        ),
        ("They shelled the two villages.", "shelled", ("ASSAULT", None), "recipients", "the two villages", []),
        ("Police arrested the deputies of two towns.", "arrested", ("COERCE", "arrest"), "recipients", "the deputies of two towns", []),
        ("They killed 12 people, including two children.", "killed", ("ASSAULT", None), "recipients", "two children", [("dead", "12")]),
        ("Soldiers beat two miners to death.", "beat", ("ASSAULT", "beat"), "recipients", "two miners", [("dead", "two")]),
        ("Shells killed or wounded 12 people.", "killed", ("ASSAULT", None), "recipients", "12 people", []),
        ("Police arrested two of the five men.", "arrested", ("COERCE", "arrest"), "recipients", "the five men", [("detained", "two")]),
        ("A general met nine rebels.", "met", ("CONSULT", None), "actors", "nine rebels", []),
    ],
)
def test_parties_named_by_their_number_are_counted(text, trigger, kind, side, party, counts):
    start = text.index(party)
    made = replace(claim(text, trigger, *kind), **{side: (Ref(party, start, start + len(party)),)})
    assert told(text, made) == {trigger: counts}


PIECES = [
    "killed", "at least", "12", "people", "between", "and", "20", "to", "1,000", "hundreds of", "thousands", "wounded", "were", "two", "dozen", ",", "including",
    "half a", "no one", "death toll", "rose from", "million", "-strong crowd", "\n\n", "e\u0301", "🦩", "١٢", "9" * 400, "marched", "-", ".", "lives", "claimed",
]  # fmt: skip


def check(text: str) -> None:
    for count in counts_in(text):
        assert text[count.start : count.end] == count.text
        assert count.text.strip() == count.text != ""
        assert (count.low, count.high) != (None, None)
        assert count.low is None or count.high is None or 0 <= count.low <= count.high


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_exact_spans_and_ordered_ranges(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_run_of_number_words_does_too(words):
    check(" ".join(words))
    check("".join(words))
