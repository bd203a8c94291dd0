"""Windows, tokens and decoding; the shipped model against what its float network gave."""

import itertools
import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lapwing import tagger as t
from lapwing.errors import ModelError
from lapwing.ontology import TYPES
from lapwing.records import Pair

REFERENCE = Path(__file__).parent / "golden" / "model.json"


@pytest.fixture(scope="module")
def model():
    return t.OnnxTagger()


def test_sentences_end_at_stops_and_blank_lines():
    text = "Rebels left Goma. They took two trucks.\n\nA HEADLINE WITHOUT STOP\n\nMr. Diop of the U.N. agreed."
    assert [text[a:b] for a, b in t.sentences(text)] == [
        "Rebels left Goma.", "They took two trucks.", "A HEADLINE WITHOUT STOP", "Mr. Diop of the U.N. agreed."]  # fmt: skip


def test_a_title_before_a_name_ends_no_sentence():
    text = "“No,” said Ms. Okoro of Ft. Hood. Govs. Lee and Marsh met Amb. Diop.\n\nMs.\n\nThey left. It fell 900 Ft. The pilot, a B.Eng. Ines, died."
    assert [text[a:b] for a, b in t.sentences(text)] == [
        "“No,” said Ms. Okoro of Ft. Hood.", "Govs. Lee and Marsh met Amb. Diop.", "Ms.", "They left.", "It fell 900 Ft.", "The pilot, a B.Eng.", "Ines, died."]  # fmt: skip
    began = time.process_time()
    assert len(t.sentences("Amb. Okoro " * 20_000)) == 1
    assert time.process_time() - began < 10


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_sentences_are_ordered_and_lose_only_white_space(text):
    spans = t.sentences(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


def test_letter_case_is_seen(model):
    text = "NATO met McDonald in Minsk and iPhone users."
    (tokens,) = t.tokenise(model._tokenizer, text, [(0, len(text))])
    by_word = {text[a:b]: c for a, b, c in zip(tokens.starts, tokens.ends, tokens.cases, strict=True)}
    assert by_word["NATO"] == 2
    assert by_word["Minsk"] == 1
    assert by_word["met"] == 0
    assert by_word["McDonald"] == by_word["iPhone"] == 3


@given(st.text(alphabet=st.characters(codec=None), max_size=300))
@settings(max_examples=150, deadline=None)
def test_tokens_point_into_any_text(model, text):
    spans = t.sentences(text)
    for (a, b), tokens in zip(spans, t.tokenise(model._tokenizer, text, spans), strict=True):
        assert all(a <= s <= e <= b for s, e in zip(tokens.starts, tokens.ends, strict=True))
        assert all(tokens.words <= np.arange(len(tokens)))


def test_windows_hold_whole_sentences_and_lose_none(model):
    text = " ".join(f"The council of district {i} rejected the plan on Monday." for i in range(60))
    spans = t.sentences(text)
    parts = t.tokenise(model._tokenizer, text, spans)
    made = list(t.windows(0, parts))
    assert len(made) > 1
    assert all(len(w.tokens) <= t.WINDOW - 2 for w in made if len(w.tokens) > max(map(len, parts)))
    assert np.array_equal(np.concatenate([w.tokens.ids for w in made]), np.concatenate([p.ids for p in parts]))
    assert {int(w.tokens.starts[0]) for w in made} <= {a for a, _ in spans}


def test_a_sentence_longer_than_a_window_is_cut(model):
    text = "and then " * 600
    parts = t.tokenise(model._tokenizer, text, [(0, len(text))])
    made = list(t.windows(0, parts))
    assert sum(len(w.tokens) for w in made) == len(parts[0])
    assert max(len(w.tokens) for w in made) == t.LONGEST - 2


def test_batches_hold_each_window_once(model):
    parts = t.tokenise(model._tokenizer, "a b c d", [(0, 1), (0, 3), (0, 7)])
    made = [t.Window(document, p, pair=pair) for document, pair in ((0, -1), (0, 0), (1, -1)) for p in parts * 40]
    chosen = list(t.batches(made))
    assert sorted(i for batch in chosen for i in batch) == list(range(len(made)))
    assert all(len({(made[i].document, made[i].pair) for i in batch}) == 1 for batch in chosen)


def spans_of_one_layer(logits, words, heads, least: float = 0.0):
    none = np.zeros(1, dtype=np.float32)
    (found,) = t.decode_spans(logits[:, :, None], words, heads, np.ones(words.shape, dtype=bool), none, none + np.float32(least))
    return found


def decode(tags: str, words: list[int] | None = None, heads: tuple[int, ...] = ()):
    """Spans of one window whose tokens have these tags, a letter each: `o` outside, `b` begin, `i` inside."""
    logits = np.full((1, len(tags), 3), -4.0, dtype=np.float32)
    for i, tag in enumerate(tags):
        logits[0, i, "obi".index(tag)] = 4.0
    found = spans_of_one_layer(logits, np.array([words or list(range(len(tags)))]), np.array([[int(i in heads) for i in range(len(tags))]]))
    return list(zip(found.firsts.tolist(), found.lasts.tolist(), strict=True))


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("obio", [(1, 2)]),
        ("bb", [(0, 0), (1, 1)]),
        ("oiio", [(1, 2)]),
        ("biibi", [(0, 2), (3, 4)]),
        ("ooo", []),
        ("b", [(0, 0)]),
        ("oi", [(1, 1)]),
    ],
)
def test_spans_from_tags(tags, spans):
    assert decode(tags) == spans


def test_one_doubtful_token_does_not_break_a_span():
    logits = np.full((1, 7, 3), -4.0, dtype=np.float32)
    for i, tag in enumerate("obiiiio"):
        logits[0, i, "obi".index(tag)] = 4.0
    logits[0, 3] = (0.5, -4.0, 0.0)
    words, heads = np.arange(7)[None], np.zeros((1, 7), dtype=np.int64)
    found = spans_of_one_layer(logits, words, heads)
    assert list(zip(found.firsts.tolist(), found.lasts.tolist(), strict=True)) == [(1, 5)]
    assert len(spans_of_one_layer(logits, words, heads, least=0.95).rows) == 0


def test_no_span_runs_into_another_sentence():
    assert decode("biii", heads=(0, 2)) == [(0, 1), (2, 3)]


def test_a_word_takes_the_tag_of_its_first_piece():
    assert decode("boo", [0, 0, 0]) == [(0, 2)]
    assert decode("obi", [0, 0, 0]) == []
    assert decode("bbo", [0, 0, 2]) == [(0, 1)]


@given(st.text(alphabet="obi", min_size=1, max_size=30))
def test_spans_never_overlap_and_cover_every_tagged_token(tags):
    spans = decode(tags)
    covered = [i for a, b in spans for i in range(a, b + 1)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {i for i, tag in enumerate(tags) if tag != "o"}


def test_the_shipped_model_agrees_with_its_float_network(model):
    stored = json.loads(REFERENCE.read_text(encoding="utf-8"))
    same = total = 0
    for one in stored:
        window = next(t.windows(0, t.tokenise(model._tokenizer, one["text"], t.sentences(one["text"]))))
        outputs = model.run(t.pad([t.Window(0, window.tokens, np.array(one["roles"]))]))
        tags = outputs["spans"].reshape(1, -1, len(t.LAYERS), 3)[0].argmax(-1)
        gold = np.array(one["tags"])
        same += int((tags == gold).sum())
        total += gold.size
        pair, other = outputs["pair"][0], np.array(one["pair"])
        assert pair @ other / np.linalg.norm(pair) / np.linalg.norm(other) > 0.97
    assert same / total > 0.97


def test_documents_do_not_leak_into_one_another(model):
    texts = ["Peru expelled the Bolivian ambassador on Friday.", "", "Police in Lagos arrested nine students.", "x" * 5000]
    together = model.tag([(text, ()) for text in texts])
    alone = [model.tag([(text, ())])[0] for text in texts]
    assert [[(e.span.start, e.type) for e in tags.events] for tags in together] == [
        [(e.span.start, e.type) for e in tags.events] for tags in alone
    ]


def test_a_relation_a_pair_in_order(model):
    text = "Peru expelled the Bolivian ambassador after Chile praised Ecuador."
    pairs = [Pair((0, 4), (14, 37)), Pair((44, 49), (58, 65)), Pair((4, 5), (4, 5))]
    (tags,) = model.tag([(text, pairs)])
    assert len(tags.relations) == 3
    assert all(r.type in TYPES for r in tags.relations)
    assert tags.relations[0].type == "SANCTION"
    assert tags.relations[1].type == "SUPPORT"


def test_a_model_for_other_labels_is_refused(monkeypatch):
    monkeypatch.setattr(t, "label_digest", lambda: "0" * 16)
    with pytest.raises(ModelError, match="other labels"):
        t.OnnxTagger()


def test_a_missing_or_broken_model_is_explained(tmp_path):
    with pytest.raises(ModelError, match="no model at"):
        t.OnnxTagger(tmp_path / "none.onnx")
    (tmp_path / "broken.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"broken\.onnx"):
        t.OnnxTagger(tmp_path / "broken.onnx")


def test_a_blank_that_does_not_break_is_a_blank():
    assert t.sentences("A\u00a0.") == [(0, 3)]


def test_dotted_initials_are_one_word(model):
    text = "The U.S. embassy and the U.N. spoke at 9 a.m."
    (tokens,) = t.tokenise(model._tokenizer, text, [(0, len(text))])
    firsts = [text[tokens.starts[i] : tokens.ends[i]] for i in range(len(tokens)) if tokens.words[i] == i]
    assert firsts == ["The", "U", "embassy", "and", "the", "U", "spoke", "at", "9", "a"]
