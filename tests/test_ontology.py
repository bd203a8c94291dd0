"""PLOVER as data: complete, consistent, and the crosswalk leads there and back."""

import pytest

from lapwing import ontology
from lapwing.errors import InputError

CODES = [(t, m) for t in ontology.TYPES for m in (None, *ontology.MODES_BY_TYPE[t])]


def test_sixteen_types_in_four_quads():
    assert len(ontology.TYPES) == 16
    assert {q: sum(ontology.quad(t) == q for t in ontology.TYPES) for q in (1, 2, 3, 4)} == {1: 4, 2: 3, 3: 4, 4: 5}
    assert ontology.quad("SANCTION") == 4


def test_mended_slips_of_the_manual():
    assert ontology.intensity("ACCUSE") == -3
    assert ontology.intensity("PROTEST", "vandalize") == ontology.intensity("PROTEST") == -5


@pytest.mark.parametrize(("type", "mode"), CODES)
def test_intensity_has_the_sign_of_the_quad(type, mode):
    value = ontology.intensity(type, mode)
    assert -10 <= value <= 10
    if type not in ("REQUEST",):
        assert (value > 0) == (ontology.quad(type) <= 2)


@pytest.mark.parametrize(("type", "mode"), CODES)
def test_the_nearest_cameo_code_leads_back_to_the_type(type, mode):
    assert ontology.crosswalk()[ontology.cameo(type, mode)].type == type


def test_crosswalk_covers_cameo_and_names_only_plover():
    table = ontology.crosswalk()
    assert {code[:2] for code in table} == {f"{n:02d}" for n in range(1, 21)}
    for row in table.values():
        assert row.type is None or row.type in ontology.TYPES
        assert row.mode is None or row.mode in ontology.MODES_BY_TYPE[row.type or ""]
        assert set(row.contexts) <= set(ontology.CONTEXTS)
        assert len(row.code) == 2 or row.code[:-1] in table or row.code[:2] in table
    assert all(table[c].type is None for c in ("01", "010", "012"))


def test_the_codebook_has_every_code_with_examples():
    book = ontology.codebook()
    for type, mode in CODES:
        entry = book[ontology.code_of(type, mode)]
        assert entry.definition
        assert entry.examples, entry.code
        assert entry.near_misses, entry.code
    for code in (*ontology.CONTEXTS, *ontology.SECTORS, *ontology.INTERNATIONAL, "historical", "future", "hypothetical", "negation"):
        assert book[code].definition


def test_examples_are_not_repeated():
    seen = [s for e in ontology.codebook().values() for s in e.examples]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("code", ["retreat/release", "RETREAT release", " aid ", "MILITARY", "cop", "0841"])
def test_look_up_takes_any_letter_case(code):
    assert ontology.look_up(code)


def test_look_up_names_the_code_it_does_not_know():
    with pytest.raises(InputError, match="YIELD"):
        ontology.look_up("YIELD")


def test_label_digest_is_stable():
    assert ontology.label_digest() == ontology.label_digest()
    assert len(ontology.label_digest()) == 16
