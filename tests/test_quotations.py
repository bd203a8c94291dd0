"""Attributions put together from the model's pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapwing.quotations import mended, quoted
from lapwing.records import TaggedQuote, TaggedSpan, Tags


def span(text, words, kind="quote"):
    start = text.index(words)
    return TaggedSpan(kind, start, start + len(words), 0.9)


def tags(text, pieces, actors=(), sentences=None):
    """Tags with quotations of (words, actor's index or None, cue's words or None)."""
    quotes = tuple(TaggedQuote(span(text, w), a, None if c is None else span(text, c, "cue")) for w, a, c in pieces)
    named = tuple(span(text, a, "actor") for a in actors)
    return Tags(tuple(sentences or [(0, len(text))]), named, (None,) * len(named), (), (), (), quotes, ())


def contents(text, found):
    return [(text[q.span.start : q.span.end], q.speaker) for q in mended(text, found).quotes]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("''We are five,'' he said.", ["''We are five,''"]),
        ("‘It’s late,’ she said.", ["‘It’s late,’"]),
        ("“First paragraph.\n\n“Second paragraph.” After.", ["“First paragraph.\n\n“Second paragraph.”"]),
        ("“Never closed.\n\nAnother paragraph.", []),
        ('A 6" pipe and a 5" one.', []),
    ],
)
def test_quoted_stretches(text, stretches):
    assert [text[a:b] for a, b in quoted(text)] == stretches


def test_a_quotation_runs_from_mark_to_mark():
    text = "“The bridge is ours. We hold both banks and we will stay,” Colonel Amadou Keita said."
    found = tags(text, [("The bridge is ours", None, None), ("we will stay,”", 0, "said")], ["Colonel Amadou Keita"])
    assert contents(text, found) == [("“The bridge is ours. We hold both banks and we will stay,”", 0)]


def test_an_interjection_does_not_part_it():
    text = "“The bridge is ours,” Colonel Amadou Keita said. “We hold both banks.”"
    found = tags(text, [("“The bridge is ours,”", 0, "said"), ("We hold both banks", None, None)], ["Colonel Amadou Keita"])
    assert contents(text, found) == [(text, 0)]


def test_two_speakers_have_two_quotations():
    text = "“The bridge is ours,” Keita said. “It is not,” Diallo replied."
    found = tags(text, [("“The bridge is ours,”", 0, "said"), ("“It is not,”", 1, "replied")], ["Keita", "Diallo"])
    assert contents(text, found) == [("“The bridge is ours,”", 0), ("“It is not,”", 1)]


def test_pieces_of_an_indirect_content_are_joined():
    text = "The ministry said the convoy of grain had reached the port."
    found = tags(text, [("the convoy of", 0, "said"), ("had reached the port", None, None)], ["The ministry"])
    assert contents(text, found) == [("the convoy of grain had reached the port", 0)]


def test_an_indirect_content_has_all_of_the_words_quoted_in_it():
    text = "The ministry said the talks were “open and entirely frank”."
    assert contents(text, tags(text, [("the talks were “open", 0, "said")], ["The ministry"])) == [
        ("the talks were “open and entirely frank”", 0)
    ]


def test_marks_and_single_words_are_no_content():
    text = "The so-called “alliance” said I."
    assert contents(text, tags(text, [("I", None, None)])) == []


def test_speech_that_the_model_missed_is_of_who_spoke_before_it():
    text = "“We will pay the fine in full,” Ms. Okoro said.\n\n“The court has left us no other way to go.”"
    end = text.index("\n")
    found = tags(text, [("“We will pay the fine in full,”", 0, "said")], ["Ms. Okoro"], [(0, end), (end + 2, len(text))])
    assert [s for _, s in contents(text, found)] == [0, 0]


@given(st.text(alphabet="ab .,\n“”\"'‘’«»„`I", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=5))
def test_every_content_lies_in_the_text(text, places):
    pieces = tuple(TaggedQuote(TaggedSpan("quote", a, min(a + n, len(text)), 0.9), None, None) for a, n in sorted(places) if a < len(text))
    found = mended(text, Tags(((0, len(text)),) if text else (), (), (), (), (), (), pieces, ()))
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found.quotes)
