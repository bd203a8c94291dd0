"""Names change, marks move along."""

import random

from training.annotation import parse, read_all
from training.rewriting import _SHORT, rewritten, substituted

TEXT = """t-1 date=2021-06-06 voice=agency region=europe invented
[a1 The United States] [e1 accused] [a2 an American reporter in [p1 Kenya]] of [q1 lying to the United Nations].
[a3 Kenyan police] watched.
--
a1 USA GOV; a2 USA JRN; a3 KEN COP; p1 KEN
q1 a1 -
e1 ACCUSE a1>a2
"""


def test_marks_move_with_the_words():
    passage = substituted(parse(TEXT), _SHORT, lambda word: {"The United States": "The U.S.", "American": "U.S."}.get(word, "UN"))
    assert passage.text.startswith("The U.S. accused an U.S. reporter in Kenya of lying to the UN. Kenyan")
    assert passage.surface("a1") == "The U.S."
    assert passage.surface("a2").endswith("reporter in Kenya")
    assert passage.surface("p1") == "Kenya"
    assert [passage.text[a:b][-1] for a, b in passage.sentences] == [".", "."]


def test_any_rewriting_keeps_every_mark_on_a_word_edge():
    dice = random.Random(1)
    for passage in read_all()[::40]:
        other = rewritten(passage, dice)
        assert len(other.marks) == len(passage.marks)
        for id, mark in other.marks.items():
            surface = other.surface(id)
            assert surface == surface.strip() != "", (passage.id, id)
            assert 0 <= mark.start < mark.end <= len(other.text)
        assert "".join(other.text[a:b] for a, b in other.sentences).replace(" ", "") == other.text.replace(" ", "")
