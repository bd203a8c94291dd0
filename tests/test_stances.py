"""Stance, status and speaker by the words over an event."""

import pytest

from lapwing.records import TaggedEvent, TaggedQuote, TaggedSpan, Tags
from lapwing.stances import worded


def read(marked: str, quote: str | None = None, cue: str | None = None) -> tuple[str, str, str | None]:
    """Stance, status and speaker of the event marked *so*; parties are marked [so]."""
    text, actors, trigger = "", [], None
    for part in marked.replace("[", "\x00[").replace("]", "]\x00").replace("*", "\x00*\x00").split("\x00"):
        if part == "*":
            trigger = (*trigger, len(text)) if trigger else (len(text),)
            continue
        words = part.strip("[]") if part.startswith("[") else part
        if part.startswith("["):
            actors.append(TaggedSpan("actor", len(text), len(text) + len(words), 0.9))
        text += words
    event = TaggedEvent(TaggedSpan("trigger", *trigger, 0.9), "ASSAULT", None, "actual", "asserts", (), (), (), None, None, None, 0.9)
    quotes = ()
    if quote:
        spans = [
            TaggedSpan(kind, text.index(words), text.index(words) + len(words), 0.9) for kind, words in (("quote", quote), ("cue", cue))
        ]
        quotes = (TaggedQuote(spans[0], len(actors) - 1, spans[1]),)
    tags = Tags(((0, len(text)),), tuple(actors), (None,) * len(actors), (), (), (event,), quotes)
    (told,) = worded(text, tags).events
    speaker = None if told.speaker is None else text[actors[told.speaker].start : actors[told.speaker].end]
    return told.stance, told.status, speaker


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("[Mali] denied *shelling* the village.", ("denies", "negated", "Mali")),
        ("[Mali] has denied that [its army] had *shelled* the village.", ("denies", "negated", "Mali")),
        ("[Mali] rejected claims that [its army] had *killed* farmers.", ("denies", "negated", "Mali")),
        ("[Mali] dismissed a newspaper report that [its army] had *killed* farmers.", ("denies", "negated", "Mali")),
        ("[Mali] disputed [Niger]'s account that [its soldiers] had *fired*.", ("disputes", "actual", "Mali")),
        ("[A general], [Ali Bako], acknowledged that [his men] *beat* prisoners.", ("confirms", "actual", "Ali Bako")),
        ("The panel said [the minister] had admitted that [police] *beat* prisoners.", ("confirms", "actual", "the minister")),
        ("[Mali] accused [Niger] of *shelling* a village.", ("alleges", "actual", "Mali")),
        ("[Niger] was accused by opponents of *shelling* a village.", ("alleges", "actual", None)),
        ("[Gunmen] allegedly *kidnapped* nine aid workers.", ("alleges", "actual", None)),
        ("[The court] heard of [his] alleged *attack* on a guard.", ("alleges", "actual", None)),
        ("MALI DENIES *SHELLING* VILLAGE", ("denies", "negated", None)),
        ("[Mali] denied that [U.S. forces] had *bombed* 1,200 farms.", ("denies", "negated", "Mali")),
        ("[Mali] denied it had *shelled* the village.", ("denies", "negated", "Mali")),
        ("[Mali] denied having deliberately *shelled* the village.", ("denies", "negated", "Mali")),
        ("[Officials] dispute that [police] *beat* prisoners.", ("disputes", "actual", "Officials")),
        ("[Mali] confirmed the *arrest* of two officers.", ("confirms", "actual", "Mali")),
        ("[Niger] was accused of *shelling* a village.", ("alleges", "actual", None)),
        ('[Mali] denied the raid and accused "armed groups" of *burning* a village.', ("alleges", "actual", "Mali")),
        ("[The minister], in a letter to [the UN], denied that [Mali] had *bombed* it.", ("denies", "negated", "The minister")),
    ],
)
def test_words_before_the_event_tell_stance_and_speaker(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "[Mali] would neither confirm nor deny that [its army] had *shelled* the village.",
        "[Mali] did not deny that [it] had *shelled* the village.",
        "[Mali] denied a visa to the envoy, and [troops] *shelled* the village.",
        "[Turkey] admitted 300 people who fled the *attack*.",
        "[Troops] *attacked* in the disputed district.",
        "Soldiers entered the contested town and *shot* a farmer.",
        "[He] was admitted after [gunmen] *shot* him.",
        "[Niger] rejected the plan and *shelled* a village.",
        "[The Kremlin] denied the allegations and *accused* [Kyiv] of lies.",
        "[A court] dismissed the charges and *freed* the journalist.",
        "[A judge] denied his request for bail and *jailed* the activist.",
        "[The army] rejected the accusations and said [rebels] had *killed* the hostages.",
        "[Russia] confirmed the meeting but *rejected* the offer.",
        "[Officials] cannot confirm that the minister was *killed*.",
        "[The UN] urged [Mali] to admit that [its army] *shelled* the village.",
        "No official has confirmed that [the army] *shelled* the village.",
        "[The board] dismissed its accountant and *sued* [him].",
        "[The first] confirmed *attack* on Mali killed two.",
        "[A man] who allegedly stole cars was *shot* by police.",
        "[Police] questioned two men over allegations that [they] *beat* a guard.",
        "[A man] accused by police of theft was *beaten* by a mob.",
    ],
)
def test_other_uses_of_the_words_tell_nothing(sentence):
    assert read(sentence)[:2] == ("asserts", "actual")


@pytest.mark.parametrize("cue, stance", [("denied", "denies"), ("confirmed", "confirms"), ("alleged", "alleges"), ("said", "asserts")])
def test_the_cue_of_the_quotation_around_the_event(cue, stance):
    assert read(f"“[The army] *shelled* a village,” [the mayor] {cue}.", "“The army shelled a village,”", cue)[0] == stance


@pytest.mark.parametrize(("type", "expected"), [("ACCUSE", ("asserts", "actual")), ("ASSAULT", ("denies", "negated"))])
def test_what_a_speaker_does_after_a_denial_is_not_denied(type, expected):
    text = "Mali denied the raid and blamed the army."
    start = text.index("blamed")
    event = TaggedEvent(TaggedSpan("trigger", start, start + 6, 0.9), type, None, "negated", "denies", (), (), (), None, None, None, 0.9)
    (told,) = worded(text, Tags(((0, len(text)),), (), (), (), (), (event,), ())).events
    assert (told.stance, told.status) == expected
