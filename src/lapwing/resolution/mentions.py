"""All actor mentions of one document → one `Ref` each: what single phrases leave open is settled by the document.

In order of trust: the phrase itself, the words beside it, an earlier mention of the same name, the body or person an anaphor
("the alliance", "the president") goes back to, the model's antecedent, and for generic agents the scene of the sentence or the one
country at issue.
A family name that the document itself introduced means that person, whoever else in the base bears it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from lapwing.records import Ref
from lapwing.resolution.evidence import evidence_of, introduction, one_sided, scene_of, title_before
from lapwing.resolution.knowledge import KnowledgeBase
from lapwing.resolution.matching import HONORIFICS
from lapwing.resolution.names import normal, sound_key, words_of
from lapwing.resolution.phrases import PRONOUNS, Ask, Reading, Resolution, read_phrase

_ANAPHORS: Mapping[str, frozenset[str]] = {
    "alliance": frozenset({"intergovernmental"}),
    "bloc": frozenset({"intergovernmental"}),
    "union": frozenset({"intergovernmental", "union"}),
    "organisation": frozenset({"intergovernmental", "ngo", "armed"}),
    "organization": frozenset({"intergovernmental", "ngo", "armed"}),
    "body": frozenset({"intergovernmental"}),
    "council": frozenset({"intergovernmental"}),
    "court": frozenset({"intergovernmental"}),
    "tribunal": frozenset({"intergovernmental"}),
    "watchdog": frozenset({"intergovernmental", "ngo"}),
    "agency": frozenset({"intergovernmental", "media", "agency"}),
    "charity": frozenset({"ngo"}),
    "group": frozenset({"armed", "ngo", "company"}),
    "movement": frozenset({"armed", "party"}),
    "militia": frozenset({"armed"}),
    "guerrillas": frozenset({"armed"}),
    "rebels": frozenset({"armed"}),
    "militants": frozenset({"armed"}),
    "insurgents": frozenset({"armed"}),
    "jihadists": frozenset({"armed"}),
    "extremists": frozenset({"armed"}),
    "terrorists": frozenset({"armed"}),
    "party": frozenset({"party"}),
    "company": frozenset({"company"}),
    "firm": frozenset({"company"}),
    "airline": frozenset({"company"}),
    "carrier": frozenset({"company"}),
    "newspaper": frozenset({"media"}),
    "broadcaster": frozenset({"media"}),
}
_TWO = frozenset(
    {"the two leaders", "both leaders", "the two presidents", "both presidents", "the two men", "the pair", "the two ministers", "both men"}
)
_ACRONYM_AFTER = re.compile(r"\A\s*\(([A-Z][A-Za-z-]{1,9})\)")
_DETERMINED = re.compile(r"^(?:the|this|that|its|their)\s+(?:[\w-]+\s+){0,2}([a-z]+)$", re.IGNORECASE)
_SHORTEST_SLIP = 5
"""Letters of a name from which one or two slips are still the same name."""


@dataclass(slots=True)
class _Document:
    """What is known while the mentions of one document are settled."""

    text: str
    spans: Sequence[tuple[int, int]]
    ask: Ask
    sentences: Sequence[tuple[int, int]]
    one: str | None
    persons: dict[str, Resolution] = field(default_factory=dict)
    """Family name, or full name → who the document means by it."""
    aliases: dict[str, Resolution] = field(default_factory=dict)
    """Acronym that the document explains → the body."""
    settled: list[Resolution] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    scenes: dict[tuple[int, int], str | None] = field(default_factory=dict)

    def phrase(self, i: int) -> str:
        start, end = self.spans[i]
        return self.text[start:end]

    def read(self, phrase: str) -> Reading:
        """What a phrase says by itself; documents repeat theirs."""
        if phrase not in self.readings:
            self.readings[phrase] = read_phrase(phrase, self.ask)
        return self.readings[phrase]

    def scene(self, i: int) -> str | None:
        """The country that the sentence around a mention plays in."""
        start, _ = self.spans[i]
        around = next(((a, b) for a, b in self.sentences if a <= start < b), None)
        if around is None:
            return None
        if around not in self.scenes:
            self.scenes[around] = scene_of(self.text[around[0] : around[1]], self.ask.kb)
        return self.scenes[around]


def resolve_mentions(
    text: str,
    spans: Sequence[tuple[int, int]],
    antecedents: Sequence[int | None],
    *,
    date: str | None,
    kb: KnowledgeBase,
    sentences: Sequence[tuple[int, int]] = (),
) -> list[Ref]:
    """A `Ref` for each span; `antecedents[i]` is the index of an earlier mention of the same party as the model sees it, or None."""
    evidence = evidence_of(text, kb, date) if spans else {}
    document = _Document(text, spans, Ask(kb, date, evidence), sentences, one_sided(evidence))
    readings = [_read(document, i) for i in range(len(spans))]
    for i, reading in enumerate(readings):
        _remember(document, i, reading)
    for i, reading in enumerate(readings):
        antecedent = antecedents[i] if i < len(antecedents) else None
        document.settled.append(_settle(document, i, reading, antecedent if antecedent is not None and antecedent < i else None))
    return [_ref(text, span, found) for span, found in zip(spans, document.settled, strict=True)]


def _ref(text: str, span: tuple[int, int], found: Resolution) -> Ref:
    start, end = span
    return Ref(text[start:end], start, end, found.entity, found.name, found.country, found.sectors, found.how, found.reason)


# -- first pass: each mention with the words beside it ----------------------------------------------------------------


def _read(document: _Document, i: int) -> Reading:
    phrase = document.phrase(i)
    reading = document.read(phrase)
    if not reading.person and not (reading.resolution.how == "unresolved" and phrase[:1].isupper()):
        return reading
    if reading.person and reading.resolution.entity:
        return reading
    start, end = document.spans[i]
    before, apposed = introduction(document.text, start, end)
    title = title_before(before, document.ask.kb)
    wider = f"{title} {phrase}" if title else phrase
    wider = f"{wider}, {apposed}" if apposed else wider
    if wider == phrase:
        return reading
    found = document.read(wider)
    better = found.person and (found.resolution.entity or found.resolution.country or found.resolution.sectors)
    return found if better else reading


def _name_words(name: str) -> list[str]:
    return [w for w in name.split() if w not in HONORIFICS]


def _remember(document: _Document, i: int, reading: Reading) -> None:
    """Keep who a full name introduced, and the acronym that explains a body."""
    found = reading.resolution
    words = _name_words(reading.person or "")
    if len(words) > 1 and (found.country or found.sectors or found.entity):
        for key in (" ".join(words), words[-1], *((words[0],) if found.entity and _family_first(found, words, document.ask.kb) else ())):
            known = document.persons.get(key)
            if known is None or (known.entity is None and found.entity):
                document.persons[key] = found
    _, end = document.spans[i]
    explained = _ACRONYM_AFTER.match(document.text[end : end + 16])
    if explained and found.how != "unresolved":
        document.aliases.setdefault(normal(explained[1]), found)


def _family_first(found: Resolution, words: Sequence[str], kb: KnowledgeBase) -> bool:
    return any(f"person:{p.id}" == found.entity for p in kb.by_short_name.get(words[0], ()))


# -- second pass: what the document settles ---------------------------------------------------------------------------


def _settle(document: _Document, i: int, reading: Reading, antecedent: int | None) -> Resolution:
    phrase = " ".join(document.phrase(i).split())
    own = reading.resolution
    if phrase.lower() in PRONOUNS and not (phrase.isupper() and len(phrase) > 1):
        return _corefers(document, antecedent, phrase) or _person_before(document, i, phrase) or own
    if alias := document.aliases.get(_bare(phrase)):
        if own.entity and own.entity == alias.entity:
            return own
        return replace(alias, how="coreference", reason=f"{phrase} was explained as {alias.name or alias.reason}")
    if reading.person and (namesake := _namesake(document, reading)):
        return namesake
    if own.entity is not None or (own.country is not None and own.how != "unresolved" and not reading.generic):
        return own
    return (
        _two(document, i, phrase)
        or _anaphor(document, i, phrase)
        or _office_of(document, i, phrase, reading)
        or _linked(document, antecedent, own, reading)
        or _placed(document, i, reading)
        or own
    )


def _bare(phrase: str) -> str:
    form = normal(phrase)
    return form.removeprefix("the ")


def _corefers(document: _Document, antecedent: int | None, phrase: str) -> Resolution | None:
    if antecedent is None:
        return None
    target = document.settled[antecedent]
    if target.how == "unresolved":
        return None
    return replace(target, how="coreference", reason=f"{phrase!r} goes back to {document.phrase(antecedent)!r}: {target.reason}")


def _person_before(document: _Document, i: int, phrase: str) -> Resolution | None:
    """He or she whom the model leaves alone: the first person of the sentence so far, else of the sentence before."""
    if phrase.lower() not in ("he", "she"):
        return None
    at = next((n for n, (a, b) in enumerate(document.sentences) if a <= document.spans[i][0] < b), None)
    for start, end in document.sentences[max(0, at - 1) : at + 1][::-1] if at is not None else ():
        for j in range(len(document.settled)):
            found = document.settled[j]
            if start <= document.spans[j][0] < min(end, document.spans[i][0]) and (found.entity or "").startswith("person:"):
                return replace(found, how="coreference", reason=f"{phrase!r} goes back to {document.phrase(j)!r}: {found.reason}")
    return None


def _namesake(document: _Document, reading: Reading) -> Resolution | None:
    """The person of the document who bears the name, spelling slips and transliterations allowed for."""
    words = _name_words(reading.person or "")
    if not words:
        return None
    own = reading.resolution
    key = " ".join(words)
    found = document.persons.get(key) or (document.persons.get(words[-1]) if len(words) == 1 else None)
    if found is None and own.entity is None:
        found = _alike(document, words)
    if found is None or (own.entity is not None and own.entity == found.entity):
        return None
    if len(words) > 1 and (own.entity is not None or found is own):
        return None
    country, sectors = found.country or own.country, found.sectors or own.sectors
    return replace(found, country=country, sectors=sectors, how="coreference", reason=f"{key!r} was introduced in the text: {found.reason}")


def _alike(document: _Document, words: Sequence[str]) -> Resolution | None:
    name = " ".join(words)
    for known, found in document.persons.items():
        same_length = known.count(" ") == len(words) - 1
        if same_length and len(words[-1]) >= _SHORTEST_SLIP and known[:1] == name[:1] and _same_but_for_slips(known, name):
            return found
    return None


def _same_but_for_slips(known: str, name: str) -> bool:
    """One slip, two in a long name or where only letters have changed places, or the same sound."""
    slips = 2 if len(name) >= 8 or sorted(known) == sorted(name) else 1
    return OSA.distance(known, name, score_cutoff=slips) <= slips or (bool(sound_key(known)) and sound_key(known) == sound_key(name))


def _two(document: _Document, i: int, phrase: str) -> Resolution | None:
    if phrase.lower() not in _TWO:
        return None
    people: dict[str, Resolution] = {}
    for found in reversed(document.settled[:i]):
        if found.entity and found.entity.startswith("person:"):
            people.setdefault(found.entity, found)
        if len(people) == 2:
            break
    if len(people) < 2:
        return None
    second, first = people.values()
    names = f"{first.name} and {second.name}"
    country = first.country if first.country == second.country else None
    shared = tuple(s for s in first.sectors if s in second.sectors)
    return Resolution(None, names, country, shared, "coreference", f"goes back to {names}")


def _anaphor(document: _Document, i: int, phrase: str) -> Resolution | None:
    """The body last named that "the alliance", "the group" can mean; one named later only if it is the only one."""
    match = _DETERMINED.match(phrase)
    kinds = _ANAPHORS.get(match[1].lower()) if match else None
    noun = match[1].lower() if match else ""
    if noun == "ministry":
        return _ministry(document, i, phrase)
    if not kinds:
        return None
    for found in reversed(document.settled[:i]):
        form = document.ask.kb.organisations.get((found.entity or "").removeprefix("organisation:"))
        if form and form.detail in kinds and (noun not in ("court", "tribunal") or "JUD" in form.sectors):
            return Resolution(form.entity, form.name, form.code, form.sectors, "coreference", f"{phrase!r} goes back to {form.name}")
    return None


def _ministry(document: _Document, i: int, phrase: str) -> Resolution | None:
    for j in range(i - 1, -1, -1):
        found = document.settled[j]
        if "ministry" in document.phrase(j).lower() and found.country:
            return replace(found, how="coreference", reason=f"{phrase!r} goes back to {document.phrase(j)!r}")
    return None


def _office_of(document: _Document, i: int, phrase: str, reading: Reading) -> Resolution | None:
    """ "The president" in a document that names one, or that is about one country."""
    words = [w.form for w in words_of(phrase)]
    title = " ".join(w for w in words if w not in ("the", "his", "her", "their", "its"))
    offices = {o.id for o in document.ask.kb.titles.get(title, ())}
    if not offices or not words or words[0] in ("a", "an"):
        return None
    kb, date = document.ask.kb, document.ask.date
    for found in reversed(document.settled[:i]):
        person = kb.people.get((found.entity or "").removeprefix("person:"))
        if person and any(s.office in offices and (date is None or s.covers(date)) for s in person.spells):
            return replace(found, how="coreference", reason=f"{phrase!r} goes back to {person.name}")
    country = document.one
    if country and date and (held := kb.holder(country, title, date)):
        office, spell, person = held
        why = f"{person.name} was {office.id.replace('-', ' ')} ({country}) on {date}; the text is about {kb.countries[country]}"
        return Resolution(f"person:{person.id}", person.name, country, spell.sectors or office.sectors, "office", why)
    return None


def _linked(document: _Document, antecedent: int | None, own: Resolution, reading: Reading) -> Resolution | None:
    """A mention that says little takes what the model's antecedent says more; the two must not differ in kind."""
    target = _corefers(document, antecedent, document.phrase(len(document.settled)))
    if target is None or target.country is None:
        return None
    if own.sectors and target.sectors and not set(own.sectors) & set(target.sectors):
        return replace(own, country=target.country, how="coreference", reason=target.reason)
    return target if not own.sectors else replace(target, sectors=own.sectors)


_OF_MANY = re.compile(
    r"(?:the |some |several |many )?(?:western|international|regional|neighbou?ring|european|african|arab|asian|global)\b", re.I
)
"""Agents who belong to no one country, wherever the text plays."""


def _placed(document: _Document, i: int, reading: Reading) -> Resolution | None:
    """A generic agent in the scene of its sentence, or in the one country the document is about."""
    own = reading.resolution
    if not reading.generic or own.country is not None or not own.sectors or _OF_MANY.match(document.phrase(i)):
        return None
    country = document.scene(i)
    name = document.ask.kb.countries
    if country:
        return replace(own, country=country, how="coreference", reason=f"{own.reason}; the sentence plays in {name[country]}")
    if document.one:
        return replace(own, country=document.one, how="coreference", reason=f"{own.reason}; the text is about {name[document.one]}")
    return None
