"""The inline format: what the lint proves, what the corpus keeps, what the network is shown."""

import random
import re

import pytest

from lapwing.ontology import MODES_BY_TYPE, TYPES, code_of
from training import plan
from training.annotation import CORPUS, parse, read_all
from training.lint import near_duplicates

GOOD = """t-1 date=2021-06-06 voice=agency region=europe invented
[a1 The mayor of [p1 Split]] [ec1 said] on [d1 Friday] [q1 [ap2 Zagreb] had [e2 refused] his plea].
[a3 He] marched.
--
a1 HRV GOV; a2 HRV GOV; a3 = a1; p1 HRV; p2 HRV; d1 2021-06-04
q1 a1 c1
e1 ACCUSE a1>a2 on=d1
e2 REJECT/assist a2>a1 by=a1 ctx=economic
"""


def test_marks_become_offsets():
    passage = parse(GOOD)
    assert passage.problems == []
    assert passage.text == "The mayor of Split said on Friday Zagreb had refused his plea. He marched."
    assert [passage.surface(i) for i in ("a1", "p1", "e1", "c1", "q1", "p2", "a3")] == [
        "The mayor of Split", "Split", "said", "said", "Zagreb had refused his plea", "Zagreb", "He"]  # fmt: skip
    assert [passage.text[a:b] for a, b in passage.sentences] == [
        "The mayor of Split said on Friday Zagreb had refused his plea.",
        "He marched.",
    ]
    event = passage.events["e2"]
    assert (event.type, event.mode, event.actors, event.recipients, event.speaker) == ("REJECT", "assist", ["a2"], ["a1"], "a1")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("REJECT/assist", "REJECT/visit", "mode visit"),
        ("REJECT/assist", "YIELD", "type YIELD"),
        ("a2>a1 by", "a2>a9 by", "no actor a9"),
        ("a1>a2 on", "a1>a1 on", "both sides"),
        ("on=d1", "on=d7", "date d7"),
        ("a1 HRV GOV", "a1 CRO GOV", "country CRO"),
        ("a1 HRV GOV", "a1 HRV KING", "sectors"),
        ("d1 2021-06-04", "d1 2021-06-34", "date 2021-06-34"),
        ("ctx=economic", "ctx=money", "contexts"),
        ("by=a1", "by=a1:shouts", "stance shouts"),
        ("q1 a1 c1", "q1 a1 -", "belongs to no quote"),
        ("a3 = a1", "a3 = a4", "antecedent"),
        ("[d1 Friday]", "[d1 Friday", "not closed"),
        ("plea].", "plea]].", "stray ]"),
        ("; p2 HRV", "", "no attribute line"),
        ("REJECT/assist a2>a1", "AID a2", "needs a recipient"),
        ("REJECT/assist a2>a1", "REJECT/assist", "neither actor nor recipient"),
        ("--\n", "", "no line"),
        ("date=2021-06-06 ", "", "header date"),
    ],
)
def test_every_constraint_is_proved(old, new, complaint):
    assert old in GOOD
    problems = parse(GOOD.replace(old, new, 1)).problems
    assert any(complaint in p for p in problems), problems


@pytest.fixture(scope="module")
def corpus():
    return read_all()


def test_the_corpus_is_sound(corpus):
    assert [f"{p.id}: {problem}" for p in corpus for problem in p.problems] == []
    assert len({p.id for p in corpus}) == len(corpus)


def test_no_sentence_is_written_twice(corpus):
    seen: dict[str, str] = {}
    for passage in corpus:
        for start, end in passage.sentences:
            words = re.findall(r"[a-z0-9]+", passage.text[start:end].lower())
            if len(words) > 5:
                key = " ".join(words)
                assert key not in seen, f"{passage.id} repeats {seen[key]}: {key}"
                seen[key] = passage.id


def test_the_plan_is_seeded():
    assert plan.batch(7) == plan.batch(7) != plan.batch(8)
    lengths = plan.sentence_lengths(random.Random(1), 5000)
    assert 23 < sum(lengths) / 5000 < 25
    assert (min(lengths), max(lengths)) >= (6, 40)


def test_a_sentence_that_another_passage_has_nearly_is_found():
    like = GOOD.replace("t-1", "t-2").replace("[a1 The mayor", "[a1 Once more the mayor")
    other = GOOD.replace("t-1", "t-3").replace("marched", "walked")
    assert list(near_duplicates([parse(GOOD)])) == []
    assert [(one, two) for one, two, _ in near_duplicates([parse(GOOD), parse(like)])] == [("t-2", "t-1")]
    assert [(one, two) for one, two, _ in near_duplicates([parse(other), parse(GOOD)])] == [("t-1", "t-3")]


def test_every_type_and_mode_has_three_examples_and_two_near_misses():
    text = (CORPUS / "EXAMPLES.md").read_text()
    entries = dict(re.findall(r"^##+ ([A-Z]+(?:/[a-z-]+)?)\n((?:[+-] .*\n?)+)", text, re.M))
    assert set(entries) == {code_of(t, m) for t in TYPES for m in (None, *MODES_BY_TYPE[t])}
    for name, body in entries.items():
        assert len(re.findall(r"^\+ .*\*.+\*", body, re.M)) == 3, name
        assert all(other in entries and other != name for other in re.findall(r"^- .* → ([A-Z]+(?:/[a-z-]+)?)$", body, re.M)), name
        assert len(re.findall(r"^- .*\*.+\*.* → (?:[A-Z]+(?:/[a-z-]+)?|no event \(.+\))$", body, re.M)) == 2, name


def test_who_was_told_is_known_unless_it_is_an_event():
    passage = parse("""t-9 date=2021-06-06 voice=agency region=europe invented
[a1 The minister] [c1 told] [a2 the Herald] that [q1 the bridge was safe]. [a3 A clerk] [ec2 told] [a4 the police] to [q2 leave].
--
a1 KEN GOV; a2 KEN JRN; a3 KEN GOV; a4 KEN COP
q1 a1 c1; q2 a3 c2
e2 REQUEST a3>a4
""")
    assert passage.problems == []
    assert passage.told() == [("a1", "c1", "a2")]
