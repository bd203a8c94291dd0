"""Tags to claims, with tags written by hand."""

from dataclasses import replace

import pytest

from lapwing import coder
from lapwing.records import Date, Document, Place, Ref, Span, TaggedEvent, TaggedQuote, TaggedSpan, Tags

TEXT = "“Minsk shelled the village,” Kyiv said, but Minsk denied that it had attacked it."
DOCUMENT = Document("d", TEXT, "2021-06-06")


def tagged(kind: str, words: str, nth: int = 0) -> TaggedSpan:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return TaggedSpan(kind, start, start + len(words), 0.9)


def ref(words: str, nth: int = 0, **fields) -> Ref:
    span = tagged("actor", words, nth)
    return Ref(words, span.start, span.end, **fields)


ACTORS = (tagged("actor", "Minsk"), tagged("actor", "the village"), tagged("actor", "Kyiv"), tagged("actor", "Minsk", 1))
REFS = [ref("Minsk", entity="BLR"), ref("the village"), ref("Kyiv", entity="UKR"), ref("Minsk", 1, entity="BLR")]


def event(words: str, actors=(0,), recipients=(1,), **fields) -> TaggedEvent:
    made = TaggedEvent(
        tagged("trigger", words), "ASSAULT", "heavy-weapons", "actual", "asserts", ("military",),
        tuple((i, 0.9) for i in actors), tuple((i, 0.9) for i in recipients), None, None, None, 0.8,
    )  # fmt: skip
    return replace(made, **fields)


def claims(*events: TaggedEvent, quotes=(), dates=(), **options):
    tags = Tags(((0, len(TEXT)),), ACTORS, (None,) * 4, (), (), tuple(events), tuple(quotes))
    return coder.claims(DOCUMENT, tags, REFS, [], list(dates), model="m", **options)


def test_a_claim_has_all_its_evidence():
    (claim,) = claims(event("shelled"))
    assert (claim.trigger.text, claim.sentence.text) == ("shelled", TEXT)
    assert [r.text for r in claim.actors] == ["Minsk"]
    assert [r.text for r in claim.recipients] == ["the village"]
    assert (claim.quad, claim.intensity, claim.cameo) == (4, -9.5, "194")
    assert claim.confidence == pytest.approx(0.8)


def test_ids_are_stable_and_depend_on_document_and_model():
    (one,), (same,) = claims(event("shelled")), claims(event("shelled"))
    assert one.id == same.id
    tags = Tags(((0, len(TEXT)),), ACTORS, (None,) * 4, (), (), (event("shelled"),), ())
    (other,) = coder.claims(replace(DOCUMENT, id="e"), tags, REFS, [], [], model="m")
    assert other.id != one.id


def test_no_party_no_claim():
    assert claims(event("shelled", (), ())) == []


def test_the_same_party_is_named_once_and_stands_on_one_side():
    (claim,) = claims(event("shelled", (0, 3), (1, 3)))
    assert [r.start for r in claim.actors] == [REFS[0].start]
    assert [r.text for r in claim.recipients] == ["the village"]


def test_one_event_told_twice_in_a_sentence_is_one_claim():
    day = Date("x", 0, 1, "2021-06-05", "day")
    first, second = event("shelled", score=0.9), event("attacked", (3,), score=0.6, date=0)
    (claim,) = claims(first, second, dates=[day])
    assert claim.trigger.text == "shelled"
    assert claim.when == day


def test_a_denied_event_is_another_claim_than_the_event():
    made = claims(event("shelled"), event("attacked", (3,), status="negated", stance="denies", speaker=3))
    assert [c.status for c in made] == ["actual", "negated"]


def test_the_speaker_is_the_one_whose_words_it_stands_in():
    quote = TaggedQuote(tagged("quote", "“Minsk shelled the village,”"), 2, tagged("cue", "said"))
    (claim,) = claims(event("shelled"), quotes=[quote])
    assert claim.speaker == REFS[2]


def test_nobody_is_the_source_of_his_own_deed():
    (claim,) = claims(event("shelled", speaker=0))
    assert claim.speaker is None


def test_who_denies_his_own_deed_is_the_source_of_the_denial():
    (claim,) = claims(event("attacked", (3,), speaker=3, stance="denies", status="negated"))
    assert (claim.speaker, claim.stance) == (REFS[3], "denies")


def test_who_speaks_inside_a_quotation_is_nearer_than_who_is_quoted():
    quote = TaggedQuote(tagged("quote", "Minsk denied that it had attacked it"), 2, None)
    (claim,) = claims(event("attacked", (), speaker=3, stance="denies", status="negated"), quotes=[quote])
    assert claim.speaker == REFS[3]


def test_below_the_threshold_nothing_is_claimed():
    assert claims(event("shelled", score=0.3), threshold=0.5) == []


@pytest.mark.parametrize("score", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_calibration_is_a_probability_that_grows_with_the_score(score):
    value = coder.calibrated(score, (1.3, -0.4))
    assert 0 <= value <= 1
    assert value <= coder.calibrated(min(1.0, score + 0.05), (1.3, -0.4))


def test_quotes_know_whether_they_are_direct():
    spans = [tagged("quote", "“Minsk shelled the village,”"), tagged("quote", "it had attacked it")]
    tags = Tags(
        ((0, len(TEXT)),),
        ACTORS,
        (None,) * 4,
        (),
        (),
        (),
        (TaggedQuote(spans[0], 2, tagged("cue", "said")), TaggedQuote(spans[1], 3, None)),
    )
    direct, indirect = coder.quotes(DOCUMENT, tags, REFS)
    assert (direct.direct, indirect.direct) == (True, False)
    assert direct.cue is not None
    assert direct.cue.text == "said"
    assert (direct.speaker, indirect.speaker) == (REFS[2], REFS[3])


def spans_of(text: str, *names: str) -> Tags:
    """Tags of a text whose actors are these names in their order."""
    found, position = [], 0
    for name in names:
        position = text.index(name, position)
        found.append(TaggedSpan("actor", position, position + len(name), 0.9))
        position += len(name)
    return Tags(((0, len(text)),), tuple(found), (None,) * len(found), (), (), (), ())


@pytest.mark.parametrize(
    ("text", "names", "groups"),
    [
        ("Oslo warned Moscow and Minsk.", ["Oslo", "Moscow", "Minsk"], [{1, 2}]),
        ("Chad, Niger and the Gambia met.", ["Chad", "Niger", "Gambia"], [{0, 1, 2}]),
        ("Chad met Niger, and Mali met Gabon.", ["Chad", "Niger", "Mali", "Gabon"], [{1, 2}]),
        ("Chad said Niger had left.", ["Chad", "Niger"], []),
        ("the minister, Ana Lind, left", ["the minister", "Ana Lind"], []),
    ],
)
def test_compounds_are_joined_by_and(text, names, groups):
    assert sorted({frozenset(g) for g in coder.compounds(text, spans_of(text, *names)).values()}, key=min) == groups


def code(text: str, names: list[str], trigger: str, actors: list[int], recipients: list[int]):
    """Actor and recipient words of the one claim."""
    tags = spans_of(text, *names)
    start = text.index(trigger)
    span = TaggedSpan("trigger", start, start + len(trigger), 0.9)
    event_ = replace(
        event("shelled"),
        span=span,
        type="COOPERATE",
        mode=None,
        actors=tuple((i, 0.9) for i in actors),
        recipients=tuple((i, 0.9) for i in recipients),
    )
    refs = [Ref(text[a.start : a.end], a.start, a.end) for a in tags.actors]
    (claim,) = coder.claims(Document("d", text), replace(tags, events=(event_,)), refs, [], [], model="m")
    return [r.text for r in claim.actors], [r.text for r in claim.recipients]


def test_who_is_joined_to_a_party_is_a_party():
    assert code("Oslo helped Moscow and Minsk.", ["Oslo", "Moscow", "Minsk"], "helped", [0], [1]) == (["Oslo"], ["Moscow", "Minsk"])


def test_between_names_the_parties():
    text = "Oslo saw closer cooperation between Moscow and Minsk."
    assert code(text, ["Oslo", "Moscow", "Minsk"], "cooperation", [0], []) == (["Moscow", "Minsk"], [])


def test_who_mediates_between_two_is_no_party_of_their_talks():
    text = "Oslo mediated between Moscow and Minsk."
    assert code(text, ["Oslo", "Moscow", "Minsk"], "mediated", [0], [1]) == (["Oslo"], ["Moscow", "Minsk"])


def test_parties_of_the_sentence_come_before_those_of_others():
    text = "Peru left. Chile helped Bolivia."
    tags = replace(spans_of(text, "Peru", "Chile", "Bolivia"), sentences=((0, 10), (11, len(text))))
    span = TaggedSpan("trigger", text.index("helped"), text.index("helped") + 6, 0.9)
    made = replace(event("shelled"), span=span, actors=((0, 0.9), (1, 0.9)), recipients=((2, 0.9),))
    refs = [Ref(text[a.start : a.end], a.start, a.end) for a in tags.actors]
    (claim,) = coder.claims(Document("d", text), replace(tags, events=(made,)), refs, [], [], model="m")
    assert [r.text for r in claim.actors] == ["Chile"]


def test_a_question_asserts_nothing():
    text = "Who attacked Peru?"
    tags = spans_of(text, "Peru")
    span = TaggedSpan("trigger", 4, 12, 0.9)
    made = replace(event("shelled"), span=span, actors=(), recipients=((0, 0.9),))
    assert coder.claims(Document("d", text), replace(tags, events=(made,)), [Ref("Peru", 13, 17)], [], [], model="m") == []


def test_places_in_a_list_with_a_party_are_parties():
    text = "Russia attacked Ukraine, Georgia and Moldova, not Riga."
    tags = spans_of(text, "Russia", "Ukraine")
    names = [(text.index(n), text.index(n) + len(n)) for n in ("Ukraine", "Georgia", "Moldova", "Riga")]
    found = coder.with_joined_places(text, tags, names)
    assert [text[a.start : a.end] for a in found.actors] == ["Russia", "Ukraine", "Georgia", "Moldova"]
    assert len(found.antecedents) == 4
    assert coder.with_joined_places(text, spans_of(text, "Russia"), names[3:]).actors == spans_of(text, "Russia").actors


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [("historical", "2021-03/2021-06", "actual"), ("actual", "2014", "historical"), ("actual", "2020", "actual"), ("actual", "2021-06-05", "actual"),
     ("negated", "2014", "negated"), ("historical", None, "historical"), ("historical", "2021-W22", "historical"), ("actual", "2020-06-05", "historical")],
)  # fmt: skip
def test_the_calendar_decides_what_is_history(status, value, expected):
    (claim,) = claims(event("shelled", status=status, date=0), dates=[Date("x", 0, 1, value, "day" if value else None)])
    assert claim.status == expected


@pytest.mark.parametrize(
    ("span", "kept"), [("Minsk Sunday", "Minsk"), ("Minsk on Sunday", "Minsk"), ("Minsk", "Minsk"), ("Sunday", "Sunday")]
)
def test_a_day_is_no_part_of_a_party(span, kept):
    text = f"They warned {span}."
    day = text.find("Sunday")
    found = coder.without_dates(text, spans_of(text, span), [(day, day + 6)] if day >= 0 else [])
    assert [text[a.start : a.end] for a in found.actors] == [kept]


DATELINE = Place("KYIV", 0, 4, "Kyiv", "UKR", None, 50.45, 30.52, 703448, "city", 0.9, "the gazetteer")


@pytest.mark.parametrize(
    ("country", "status", "found"), [("UKR", "actual", True), (None, "actual", True), ("USA", "actual", False), ("UKR", "future", False)]
)
def test_the_dateline_stands_in_for_a_place(country, status, found):
    refs = [replace(r, country=country) for r in REFS]
    tags = Tags(((0, len(TEXT)),), ACTORS, (None,) * 4, (), (), (event("shelled", status=status),), ())
    (claim,) = coder.claims(DOCUMENT, tags, refs, [], [], model="m", dateline=DATELINE)
    assert (claim.where is not None) == found
    assert not found or (claim.where.name, claim.where.how) == ("Kyiv", "the dateline; the gazetteer")


@pytest.mark.parametrize(
    ("actor", "kind", "recipients"),
    [
        ("RUS", "MOBILIZE", ["UKR"]),
        ("UKR", "MOBILIZE", []),
        ("UKR", "COERCE", ["UKR"]),
        (None, "ASSAULT", ["UKR"]),
        ("RUS", "CONCEDE", ["UKR"]),
        ("UKR", "RETREAT", []),
        ("RUS", "CONSULT", []),
        ("RUS", "REQUEST", []),
    ],
)
def test_a_deed_that_names_nobody_is_done_to_its_place(actor, kind, recipients):
    refs = [replace(r, country=actor) for r in REFS]
    tags = Tags(((0, len(TEXT)),), ACTORS, (None,) * 4, (), (), (event("shelled", recipients=(), type=kind, mode=None, place=0),), ())
    (claim,) = coder.claims(DOCUMENT, tags, refs, [replace(DATELINE, start=len(TEXT) - 3, end=len(TEXT))], [], model="m")
    assert [r.country for r in claim.recipients] == recipients


QUOTED = "“The pact is old. We will answer in kind,” the Ruritanian minister said."


def test_we_in_a_quotation_is_its_speaker():
    start = QUOTED.index("answer")
    answer = replace(event("shelled", (), ()), span=TaggedSpan("trigger", start, start + 6, 0.9))
    who = TaggedSpan("actor", QUOTED.index("the Rur"), QUOTED.index(" said"), 0.9)
    quote = TaggedQuote(TaggedSpan("quote", 0, QUOTED.index(" the Rur"), 0.9), 0, None)
    tags = Tags(((0, len(QUOTED)),), (who,), (None,), (), (), (answer,), (quote,))
    speaker = Ref(QUOTED[who.start : who.end], who.start, who.end, country="RUS")
    (claim,) = coder.claims(Document("q", QUOTED), tags, [speaker], [], [], model="m")
    assert [(r.text, r.country, r.how) for r in claim.actors] == [("We", "RUS", "coreference")]
    assert claim.speaker == speaker


JOINED = "The EU imposed sanctions and banned Belarusian carriers. Brussels forcibly seized two planes."


def joined(*words: str, recipients=((), ())):
    found = []
    for word, side in zip(words, recipients, strict=True):
        start = JOINED.index(word)
        made = event("shelled", (0,), side, type="SANCTION", mode=None)
        found.append(replace(made, span=TaggedSpan("trigger", start, start + len(word), 0.9)))
    names = ("The EU", "Belarusian carriers")
    spans = [(JOINED.index(n), JOINED.index(n) + len(n)) for n in names]
    refs = [Ref(n, a, b, country=c) for n, (a, b), c in zip(names, spans, ("EUR", "BLR"), strict=True)]
    end = JOINED.index(".") + 1
    tags = Tags(
        ((0, end), (end + 1, len(JOINED))), tuple(TaggedSpan("actor", a, b, 0.9) for a, b in spans), (None, None), (), (), tuple(found), ()
    )
    return coder.claims(Document("j", JOINED), tags, refs, [], [], model="m")


def test_joined_verbs_share_their_recipient():
    assert [[r.country for r in c.recipients] for c in joined("imposed", "banned", recipients=((), (1,)))] == [["BLR"]]


def test_who_declines_to_comment_rejects_nothing():
    text = "Paris declined to comment and declined to sell Oslo a ship."
    triggers = [TaggedSpan("trigger", at, at + 8, 0.9) for at in (text.index("declined"), text.rindex("declined"))]
    events = [replace(event("shelled"), span=span, type="REJECT", mode=None) for span in triggers]
    tags = Tags(((0, len(text)),), ACTORS, (None,) * 4, (), (), tuple(events), ())
    assert [e.span.start for e in coder._events(text, tags)] == [text.rindex("declined")]


def test_an_adverb_before_a_trigger_is_no_event():
    assert [c.trigger.text for c in joined("forcibly", "seized", recipients=((1,), (1,)))] == ["seized"]


def test_a_later_paragraph_names_no_party():
    refs = [Ref("A", 0, 1), Ref("B", 30, 31)]
    text = "A struck. It was a Monday.\n\n  B came"
    sentence = Span("It was a Monday.", 10, 26)
    assert [r.text for r in coder._nearest(refs, text, sentence)] == ["A"]


def test_who_is_joined_by_and_stands_on_one_side():
    made = event("shelled", (0, 1), (2,))
    made = replace(made, actors=((0, 0.95), (1, 0.5)), recipients=((2, 0.8),))
    assert coder._one_side(made, {1: {1, 2}, 2: {1, 2}}) == ([0], [2, 1])
    assert coder._one_side(made, {0: {0, 2}, 2: {0, 2}}) == ([0, 1, 2], [])


def test_the_subject_of_a_passive_is_the_recipient():
    text = "Two planes were forcibly diverted."
    start = text.index("diverted")
    made = replace(event("shelled", (0,), (), type="COERCE", mode=None), span=TaggedSpan("trigger", start, start + 8, 0.9))
    tags = Tags(((0, len(text)),), (TaggedSpan("actor", 0, 10, 0.9),), (None,), (), (), (made,), ())
    sentence = Span(text, 0, len(text))
    assert coder._sides(text, tags, made, {}, sentence) == ([], [0])
    assert coder._sides(text, tags, replace(made, type="MOBILIZE"), {}, sentence) == ([0], [])


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("a journalist,", "a journalist"),
        (" Ana", "Ana"),
        ("the government and", "the government"),
        ("of the gangs", "the gangs"),
        ("a campus in", "a campus"),
        ("and the", "the"),
        ("Bank of Oman", "Bank of Oman"),
    ],
)
def test_a_party_ends_without_comma_or_connecting_word(words, kept):
    tags = Tags(((0, len(words)),), (TaggedSpan("actor", 0, len(words), 0.9),), (None,), (), (), (), ())
    (actor,) = coder.trimmed(words, tags).actors
    assert words[actor.start : actor.end] == kept


@pytest.mark.parametrize(
    ("first", "second", "filled"), [("arrested", "arrested", True), ("arrested", "released", False), ("released", "arrested", False)]
)
def test_who_did_it_may_be_named_elsewhere(first, second, filled):
    text = "Police arrested released Joseph Kisanga. Kisanga was arrested released."
    types = {"arrested": "COERCE", "released": "RETREAT"}
    spans = [("Police", 0), ("Joseph Kisanga", 25), ("Kisanga", 41)]
    who = "person:joseph-kisanga"
    refs = [Ref(t, a, a + len(t), e) for (t, a), e in zip(spans, (None, who, who), strict=True)]
    found = []
    for words, near, sides in ((first, 0, ((0,), (1,))), (second, 41, ((), (2,)))):
        start = text.index(words, near)
        span = TaggedSpan("trigger", start, start + len(words), 0.9)
        found.append(replace(event("shelled", *sides, type=types[words], mode=None), span=span))
    tags = Tags(
        ((0, 40), (41, len(text))), tuple(TaggedSpan("actor", r.start, r.end, 0.9) for r in refs), (None,) * 3, (), (), tuple(found), ()
    )
    claims = coder.claims(Document("k", text), tags, refs, [], [], model="m")
    assert [r.text for r in claims[1].actors] == (["Police"] if filled else [])


@pytest.mark.parametrize(
    ("text", "description", "name", "called"),
    [
        ("Police held a journalist, Ana Ruiz, and his girlfriend.", "a journalist", "Ana Ruiz", "Ana Ruiz"),
        ("Gunmen killed the mayor, Juan Ortiz. Police said so.", "the mayor", "Juan Ortiz", "Juan Ortiz"),
        ("Police freed a poet, Ștefan Țîrdea, on Monday.", "a poet", "Ștefan Țîrdea", "Ștefan Țîrdea"),
        ("After talks with the envoy, Ban Ki-moon, of the UN, left.", "the envoy", "Ban Ki-moon", None),
        ("Soldiers fired on the crowd, Juan Ortiz, a monk, wrote.", "the crowd", "Juan Ortiz", None),
        ("Rebels shot the officers, Juan Ortiz, a monk, wrote.", "the officers", "Juan Ortiz", None),
        ("Gunmen killed the mayor, Juan Ortiz and Ana Ruiz.", "the mayor", "Juan Ortiz", None),
        ("Rebels freed the mayor, Juan Ortiz said.", "the mayor", "Juan Ortiz", None),
        ("Gunmen killed Ana Ruiz, Juan Ortiz, and others.", "Ana Ruiz", "Juan Ortiz", None),
    ],
)
def test_a_description_has_the_name_beside_it(text, description, name, called):
    refs = [Ref(words, text.index(words), text.index(words) + len(words)) for words in (description, name)]
    assert [r.name for r in coder.called(text, refs)] == [called, None]


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Minsk seized a flight travelling from Athens to Vilnius.", False),
        ("Minsk seized a tanker bound for Vilnius.", False),
        ("Minsk seized a ship from Vilnius.", False),
        ("Minsk stopped a bus carrying pilgrims from Iran in Vilnius.", True),
        ("Minsk seized a flight in Vilnius.", True),
        ("Minsk seized the port of Vilnius.", True),
    ],
)
def test_the_end_of_a_journey_is_not_where_it_was_stopped(text, placed):
    start = text.index("Vilnius")
    place = Place("Vilnius", start, start + 7, "Vilnius", "LTU")
    made = replace(event("shelled", (0,), ()), type="COERCE", mode="seize", place=0)
    made = replace(made, span=TaggedSpan("trigger", 6, 12, 0.9))
    tags = Tags(((0, len(text)),), (TaggedSpan("actor", 0, 5, 0.9),), (None,), (), (), (made,), ())
    (claim,) = coder.claims(Document("d", text), tags, [Ref("Minsk", 0, 5)], [place], [], model="m")
    assert (claim.where is not None) == placed


@pytest.mark.parametrize(("inside", "told"), [(True, "Kyiv"), (False, None)])
def test_we_marked_as_a_party_is_the_speaker(inside, told):
    text = "“We shelled it,” Kyiv said."
    quote = TaggedQuote(TaggedSpan("quote", 0 if inside else 3, 16, 0.9), 1, None)
    actors = (TaggedSpan("actor", 1, 3, 0.9), TaggedSpan("actor", 17, 21, 0.9))
    tags = Tags(((0, len(text)),), actors, (None, None), (), (), (), (quote,))
    refs = [Ref("We", 1, 3), Ref("Kyiv", 17, 21, "kyiv", "Kyiv", "UKR")]
    we, speaker = coder.first_persons(tags, refs)
    assert (we.name, we.text, we.start, speaker) == (told, "We", 1, refs[1])


def test_a_reciprocal_event_told_twice_keeps_all_its_parties():
    first, second = event("shelled", (0, 2), ()), event("attacked", (0, 1, 2), ())
    (claim,) = claims(first, second)
    assert [r.text for r in claim.actors] == ["Minsk", "the village", "Kyiv"]
    assert len(claims(event("shelled", (0, 2), ()), event("attacked", (0, 2), (1,)))) == 2
    assert len(claims(event("shelled", (0,), ()), event("attacked", (0, 2), ()))) == 2


@pytest.mark.parametrize(("type", "actors"), [("CONSULT", ["Oslo"]), ("ASSAULT", ["Minsk", "Oslo"])])
def test_what_is_on_the_agenda_takes_no_part_in_the_talks(type, actors):
    text = "Minsk will be high on the agenda when Oslo meets."
    tags = spans_of(text, "Minsk", "Oslo")
    span = TaggedSpan("trigger", text.index("meets"), text.index("meets") + 5, 0.9)
    made = replace(event("shelled"), span=span, type=type, mode=None, actors=((0, 0.9), (1, 0.9)), recipients=())
    refs = [Ref(text[a.start : a.end], a.start, a.end) for a in tags.actors]
    (claim,) = coder.claims(Document("d", text), replace(tags, events=(made,)), refs, [], [], model="m")
    assert [r.text for r in claim.actors] == actors
