"""Article + tags → claims and quotes: who did what to whom, with the evidence.

The model says what stands in a sentence; the rules here say what makes a claim of it: parties of the same name are one, an event told twice
in a sentence is one claim, the speaker is the one whose words it stands in, and what has no party at all is no claim.
"""

import hashlib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from lapwing.ontology import cameo, intensity, quad, requires_recipient
from lapwing.records import Claim, Date, Document, Place, Quote, Ref, Span, TaggedEvent, TaggedSpan, Tags, span_of

M = TypeVar("M", Place, Date)
Calibration = tuple[float, float]
Groups = dict[int, set[int]]
Side = frozenset[str]


def claims(
    document: Document,
    tags: Tags,
    refs: Sequence[Ref],
    places: Sequence[Place],
    dates: Sequence[Date],
    *,
    model: str,
    dateline: Place | None = None,
    calibration: Calibration = (1.0, 0.0),
    threshold: float = 0.0,
) -> list[Claim]:
    """The claims of a document in the order of their triggers; `refs`, `places` and `dates` are parallel to those of `tags`.

    `calibration` (slope, intercept) maps the model's score, as a logit, to the probability that the claim is right; below `threshold`
    of that probability nothing is claimed.
    """
    made = []
    groups = compounds(document.text, tags)
    for event in _events(document.text, tags):
        claim = _claim(document, tags, event, groups, refs, places, dates, dateline, model, calibration)
        if claim and claim.confidence >= threshold:
            made.append(claim)
    told = _one_per_event(_filled(_shared(document.text, sorted(made, key=lambda c: c.trigger.start))))
    return [_hosted(document.text, claim) for claim in told]


_SILENCE = re.compile(
    r"(?:declin|refus)\w+ (?:any )?(?:immediate |further )?(?:to (?:comment|say|be (?:named|identified|quoted)|give (?:details|a reason)|elaborate|specify|answer)|comment)\b",
    re.I,
)


def _events(text: str, tags: Tags) -> Iterator[TaggedEvent]:
    """The events of the tags; an adverb right before another trigger ("forcibly diverted") is none of its own, and "declined to comment" is no
    refusal of anything."""
    starts = {e.span.start for e in tags.events}
    for event in tags.events:
        adverb = text[event.span.start : event.span.end].endswith("ly") and event.span.end + 1 in starts
        silent = event.type == "REJECT" and _SILENCE.match(text, event.span.start)
        if not adverb and not silent:
            yield event


def _claim(
    document: Document,
    tags: Tags,
    event: TaggedEvent,
    groups: Groups,
    refs: Sequence[Ref],
    places: Sequence[Place],
    dates: Sequence[Date],
    dateline: Place | None,
    model: str,
    calibration: Calibration,
) -> Claim | None:
    text = document.text
    trigger = span_of(text, event.span.start, event.span.end)
    sentence = _sentence(text, tags, trigger)
    sides = _sides(text, tags, event, groups, sentence)
    attending = [i for i in sides[0] if not (event.type in _TALKS and _TOPIC.match(text, refs[i].end))]
    actors = _parties(_nearest([refs[i] for i in attending], text, sentence)) or _first_person(text, tags, event, refs)
    known = {_identity(r) for r in actors}
    recipients = tuple(r for r in _parties(_nearest([refs[i] for i in sides[1]], text, sentence)) if _identity(r) not in known)
    when, place = _told(dates, event.date, text, sentence), _told(places, event.place, text, sentence)
    if place is not None and event.type in _DONE_TO and _ENDS.search(text[sentence.start : place.start]):
        place = None
    if (not actors and not recipients) or sentence.text.endswith("?"):
        return None  # a question asserts nothing
    speaker = _speaker(tags, event, refs, actors)
    status = _status(event, when, document.date)
    where = place or _at_dateline(dateline, status, (*actors, *recipients))
    score = event.score * (0.8 if requires_recipient(event.type) and len(actors) + len(recipients) < 2 else 1.0)
    return Claim(
        _id(document, event, model),
        event.type,
        event.mode,
        event.contexts,
        quad(event.type),
        intensity(event.type, event.mode),
        cameo(event.type, event.mode),
        status,
        trigger,
        actors,
        recipients,
        speaker,
        event.stance if speaker or event.stance == "alleges" else "asserts",
        when,
        where,
        sentence,
        calibrated(score, calibration),
    )


_DETERMINERS = frozenset("a an the any each every no some all other about around nearly almost least more than of and or at in by".split())  # noqa: SIM905
"""What the model leaves of a party it lost; no party."""
_BEFORE_DATE = re.compile(r"(?:\s+(?:on|in|last|late|early))?\s+\Z")
_AND = re.compile(r",? (?:and|as well as|&)(?: also)? (?:the )?")
_BETWEEN = re.compile(r"(?: [\w'’-]+){0,4} (?:between|by both) (?:the )?")
_MEDIATES = re.compile(r"(?:mediat|broker|arbitrat|conciliat|interced|shuttl)", re.I)


_TALKS = frozenset({"AGREE", "CONSULT"})
_TOPIC = re.compile(r" (?:will be|is|was|are|were|being|to be)(?: \w+)? on the agenda\b")
"""After a party of which others talk; it does not take part."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)(?: \w+ly)? \Z")
_DONE_TO = frozenset({"COERCE", "ASSAULT"})
"""Types whose verb, in the passive, has the recipient for its subject; troops that "were deployed" are MOBILIZE's actor."""


def _sides(text: str, tags: Tags, event: TaggedEvent, groups: Groups, sentence: Span) -> tuple[list[int], list[int]]:
    """Indices of actors and of recipients: the model's, and whoever is joined to one of them by "and"; "talks between A and B" has A and B as
    actors, and who "mediated between A and B" has them as recipients."""
    after = next((i for i, a in enumerate(tags.actors) if a.start >= event.span.end), None)
    if after is not None and after in groups and _BETWEEN.fullmatch(text[event.span.end : tags.actors[after].start]):
        mediators = [i for i, _ in event.actors if i not in groups[after]] if _MEDIATES.match(text, event.span.start) else []
        return (mediators, sorted(groups[after])) if mediators else (sorted(groups[after]), [])
    actors, recipients = _one_side(event, groups)
    named = any(sentence.start <= tags.actors[i].start < sentence.end for i in recipients)
    if event.type in _DONE_TO and not named and _PASSIVE.search(text[sentence.start : event.span.start]):
        before = [i for i in actors if tags.actors[i].end <= event.span.start]
        actors, recipients = [i for i in actors if i not in before], before
    others = {i for e in tags.events if e is not event for i, _ in e.actors} - set(actors)

    def joins(i: int, j: int) -> bool:
        """Not the next clause's subject, as Z is in "X attacked Y and Z fled"; both before the verb are one subject."""
        return j not in others or max(tags.actors[i].end, tags.actors[j].end) <= event.span.start

    whole = [
        sorted({j for i in side for j in groups.get(i, {i}) if j == i or (j not in opposite and joins(i, j))})
        for side, opposite in ((actors, recipients), (recipients, actors))
    ]
    return whole[0], whole[1]


def _one_side(event: TaggedEvent, groups: Groups) -> tuple[list[int], list[int]]:
    """Indices of actors and of recipients; those joined by "and" whom the model puts on both sides all go to the likelier one."""
    sides = [dict(event.actors), dict(event.recipients)]
    for i, j in [(i, j) for i in sides[0] for j in sides[1] if j in groups.get(i, ())]:
        if i in sides[0] and j in sides[1]:
            loser = int(max(sides[0][i] for i in sides[0] if i in groups[j]) > max(sides[1][j] for j in sides[1] if j in groups[i]))
            moved = {k: sides[loser].pop(k) for k in list(sides[loser]) if k in groups[i]}
            sides[1 - loser].update(moved)
    return list(sides[0]), list(sides[1])


def compounds(text: str, tags: Tags) -> Groups:
    """For each actor mention that is one of "A, B and C" the indices of all of them."""
    order = sorted(range(len(tags.actors)), key=lambda i: tags.actors[i].start)
    groups = _lists(text, [(tags.actors[i].start, tags.actors[i].end) for i in order])
    return {order[i]: {order[j] for j in group} for i, group in groups.items()}


def _lists(text: str, spans: Sequence[tuple[int, int]]) -> Groups:
    """For each of the spans, ordered, that is one of "A, B and C" the indices of all of them."""
    out: Groups = {}
    for last in range(1, len(spans)):
        if not _AND.fullmatch(text[spans[last - 1][1] : spans[last][0]]):
            continue
        first = last - 1
        while first > 0 and text[spans[first - 1][1] : spans[first][0]] in (", ", ", the "):
            first -= 1
        group = set(range(first, last + 1)) | out.get(last - 1, set())
        for i in group:
            out[i] = group
    return out


def with_joined_places(text: str, tags: Tags, names: Sequence[tuple[int, int]]) -> Tags:
    """The tags with place names as actors where a list joins them to one: of "states such as Ukraine, Georgia and Moldova" the model may see
    only the first."""
    actors = [(a.start, a.end) for a in tags.actors]
    free = {n for n in names if not any(n[0] < end and start < n[1] for start, end in actors)}
    spans = sorted({*actors, *free})
    groups = _lists(text, spans)
    joined = sorted(spans[i] for i, group in groups.items() if spans[i] in free and any(spans[j] not in free for j in group))
    if not joined:
        return tags
    more = tuple(TaggedSpan("actor", start, end, 0.5) for start, end in joined)
    return replace(tags, actors=tags.actors + more, antecedents=tags.antecedents + (None,) * len(more))


def without_dates(text: str, tags: Tags, dates: Sequence[tuple[int, int]]) -> Tags:
    """The tags with no date at the end of an actor: of "warned Moscow and Minsk Sunday" the model may take the day for a name."""
    cuts = {a: start for start, end in dates for a in tags.actors if a.start < start < a.end <= end}
    if not cuts:
        return tags

    def cut(actor: TaggedSpan) -> TaggedSpan:
        kept = _BEFORE_DATE.sub("", text[actor.start : cuts[actor]])
        return replace(actor, end=actor.start + len(kept)) if kept else actor

    return replace(tags, actors=tuple(cut(a) if a in cuts else a for a in tags.actors))


_ENDS = re.compile(
    r"\b(?:flight|plane|airliner|jet|train|bus|coach|lorry|truck|convoy|ferry|ship|vessel|tanker|freighter)s?\b(?: [\w'’-]+){0,4}?"
    r" (?:bound for|en route to|on (?:its|their) way to|from(?: [\w'’.-]+){1,3} to|from)(?: the)? \Z"
)
"""Before a place where a journey begins or ends: what is done to a "flight from Athens to Vilnius" is done elsewhere."""
_ABROAD = frozenset({"CONCEDE", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_AT_HOME = frozenset({"AID", "CONCEDE", "COERCE", "ASSAULT"})
_SPOKEN = re.compile(r"(?:announc|apolog|agree|promis|pledg|said|declar|express)", re.I)
"""What is done where one speaks: "announced a ceasefire in Havana"."""
_TOWARDS = re.compile(r"\b(?:to|from)(?: the)? \Z")


def _hosted(text: str, claim: Claim) -> Claim:
    """A material deed whose text names no recipient, done to the place it is linked to: "strengthened its forces in Lebanon", "imposed a curfew
    on Basra".  Annotators leave such a side empty; who watches a country wants it there, and `reason` says so."""
    place, home = claim.where, {r.country for r in claim.actors}
    if claim.recipients or not home or place is None or place.country is None or (place.how or "").startswith(_DATELINE):
        return claim
    foreign = place.country not in home and None not in home
    venue = claim.type == "CONCEDE" and _SPOKEN.match(claim.trigger.text)
    ends = _TOWARDS.search(text, max(0, place.start - 10), place.start) or any(
        r.start < place.end and place.start < r.end for r in claim.actors
    )
    if claim.type not in (_ABROAD if foreign else _AT_HOME) or ends or venue:
        return claim
    reason = f"where it was done: {place.name}, the text names no recipient"
    return replace(claim, recipients=(Ref(place.text, place.start, place.end, None, None, place.country, (), "metonym", reason),))


_EDGE = re.compile(r"(?:[\s,;:–—]|\b(?:and|or|of|by|at|in|to|with|from)\b(?=\s))*")
_END = re.compile(r"(?<![\s,;:–—])(?:[\s,;:–—]|(?<=\s)(?:and|or|of|by|at|in|to|with|from|the|a|an))+\Z")


def trimmed(text: str, tags: Tags) -> Tags:
    """The tags with no comma, blank, conjunction or preposition at an end of an actor."""

    def trim(actor: TaggedSpan) -> TaggedSpan:
        before = _EDGE.match(text, actor.start, actor.end)
        start = before.end() if before else actor.start
        after = _END.search(text, start, actor.end)
        end = after.start() if after else actor.end
        return replace(actor, start=start, end=end) if start < end else actor

    return replace(tags, actors=tuple(map(trim, tags.actors)))


def calibrated(score: float, calibration: Calibration) -> float:
    """A model score 0 … 1 as a probability, by a logistic map fitted on the dev split."""
    bounded = min(max(score, 1e-4), 1 - 1e-4)
    value = calibration[0] * math.log(bounded / (1 - bounded)) + calibration[1]
    return round(1 / (1 + math.exp(-value)), 4)


def _id(document: Document, event: TaggedEvent, model: str) -> str:
    parts = (document.id, str(event.span.start), str(event.span.end), event.type, model)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _identity(ref: Ref) -> str:
    return ref.entity or " ".join((ref.name or ref.text).lower().split())


_DATELINE = "the dateline"


def _at_dateline(dateline: Place | None, status: str, parties: Sequence[Ref]) -> Place | None:
    """The place a report is sent from stands in for an event that it tells as happening, unless all parties belong elsewhere."""
    countries = {r.country for r in parties} - {None}
    if dateline is None or status != "actual" or (countries and dateline.country not in countries):
        return None
    return replace(dateline, how=f"{_DATELINE}; {dateline.how}" if dateline.how else _DATELINE)


def _status(event: TaggedEvent, when: Date | None, published: str | None) -> str:
    """The model's status; between actual and historical the calendar decides where the text gives a date: a year is the border."""
    if event.status not in ("actual", "historical") or when is None or when.value is None or published is None:
        return event.status
    last = when.value.split("/")[-1]
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", last):
        return event.status
    return "historical" if last < f"{int(published[:4]) - 1:04d}{published[4:]}"[: len(last)] else "actual"


def _nearest(refs: Sequence[Ref], text: str, sentence: Span) -> Sequence[Ref]:
    """Those of the event's own sentence if it has any: a party elsewhere counts only where the sentence leaves it out, and never one that only a
    later paragraph names."""
    inside = [r for r in refs if sentence.start <= r.start < sentence.end]
    return inside or [r for r in refs if not _later(text, sentence, r)]


def _told(mentions: Sequence[M], index: int | None, text: str, sentence: Span) -> M | None:
    """The place or date that the model links to an event, unless only a later paragraph tells it."""
    return None if index is None or _later(text, sentence, mentions[index]) else mentions[index]


def _later(text: str, sentence: Span, other: Span) -> bool:
    """Does a later paragraph tell it?"""
    return other.start >= sentence.end and "\n" in text[sentence.end : other.start].strip(" ")


_CLAUSE_END = re.compile(r"[.;:!?]\s")
_WE = re.compile(r"\b(?:[Ww]e|I)\b")
_FIRST_PERSON = frozenset({"we", "us", "i", "me"})


def first_persons(tags: Tags, refs: Sequence[Ref]) -> list[Ref]:
    """The mentions, "we" and "I" in a quotation as whoever speaks it, where nothing else tells who they are."""

    def resolved(ref: Ref) -> Ref:
        if ref.text.lower() not in _FIRST_PERSON or ref.entity or ref.country:
            return ref
        quote = tags.quotation_around(ref.start, ref.start + 1)
        return ref if quote is None or quote.speaker is None else _as_speaker(refs[quote.speaker], ref.text, ref.start)

    return [resolved(ref) for ref in refs]


def _first_person(text: str, tags: Tags, event: TaggedEvent, refs: Sequence[Ref]) -> tuple[Ref, ...]:
    """The "we" of a quotation is whoever speaks it, where the event has no other actor: "We will answer in kind," the minister said."""
    quote = tags.quotation_around(event.span.start, event.span.start + 1)
    if quote is None or quote.speaker is None:
        return ()
    clause = max((m.end() for m in _CLAUSE_END.finditer(text, quote.span.start, event.span.start)), default=quote.span.start)
    found = _WE.search(text, clause, event.span.start)
    if not found or any(found.end() <= a.start < event.span.start for a in tags.actors):
        return ()
    return (_as_speaker(refs[quote.speaker], found[0], found.start()),)


def _as_speaker(speaker: Ref, words: str, start: int) -> Ref:
    reason = f"{words!r} is the speaker, {speaker.text}"
    return replace(speaker, text=words, start=start, end=start + len(words), how="coreference", reason=reason)


def _parties(refs: Sequence[Ref]) -> tuple[Ref, ...]:
    """The parties once each, in the order of the text."""
    by_identity: dict[str, Ref] = {}
    for ref in sorted(refs, key=lambda r: r.start):
        if _DETERMINERS.issuperset(ref.text.lower().split()):
            continue
        by_identity.setdefault(_identity(ref), ref)
    return tuple(by_identity.values())


_DESCRIBED = re.compile(r"(?:an?|the|his|her|its|their) [^\W\d_].*(?<!s)\Z", re.I | re.S)
"""A description of one person; whose head is a plural, it may be of several."""
_MANY = re.compile(
    r"(?:\w+(?:people|men|women)|people|crowd|group|gang|mob|delegation|militia|army|police|government|team|family|party|alliance)\Z", re.I
)
_NAME_PARTS = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)+")
_PARTICLES = frozenset("al bin da de del der di dos el ibn la ten van von".split())  # noqa: SIM905
_APART = re.compile(r"\Z|[.;:)]|,(?! (?:and )?[A-ZÀ-ÖØ-Þ])| and (?:his|her|its|their|an?) ")
"""What follows a name that stands beside a description; another name would make a list of it."""
_OPENING = re.compile(
    r"(?:\A|[.!?\n]\s*)(?:After|Before|During|While|When|In|At|On|With|According|Despite|Following|Since|As|By|For|From|Under|Amid|\w+ing)\b[^,.!?\n]*\Z"
)
"""The comma after a clause that opens a sentence joins no name to its last word."""


def called(text: str, refs: Sequence[Ref]) -> list[Ref]:
    """The mentions, a description with the name beside it: of "a journalist, Ana Ruiz, was shot" the journalist is Ana Ruiz."""
    by_start = {ref.start: ref for ref in refs}
    return [_named(text, ref, by_start.get(ref.end + 2)) for ref in refs]


def _named(text: str, ref: Ref, other: Ref | None) -> Ref:
    """The mention with the identity of the one that stands beside it, if it is its name."""
    if other is None or ref.entity is not None or not text.startswith(", ", ref.end) or not _APART.match(text, other.end):
        return ref
    person = other.entity is None or other.entity.startswith("person:")
    name = _NAME_PARTS.fullmatch(other.text) and all(w[0].isupper() or w in _PARTICLES for w in other.text.split())
    described = _DESCRIBED.match(ref.text) and not _MANY.search(ref.text)
    if not (person and name and described) or _OPENING.search(text, max(0, ref.start - 200), ref.start):
        return ref
    sectors = tuple(dict.fromkeys((*ref.sectors, *other.sectors)))
    return replace(
        ref, entity=other.entity, name=other.name or other.text, country=other.country or ref.country, sectors=sectors, how="coreference",
        reason=f"called {other.text} beside it",
    )  # fmt: skip


def _speaker(tags: Tags, event: TaggedEvent, refs: Sequence[Ref], actors: Sequence[Ref]) -> Ref | None:
    """Who the model links to the event as its speaker, else the speaker of the innermost quotation around the trigger.

    Nobody is the source of his own act of speaking: a speaker who is an actor counts only inside a quotation, or where he denies, confirms,
    disputes or alleges the act.  Who speaks inside the quotation ("the panel said the minister admitted that") is nearer than who is quoted."""
    innermost = tags.quotation_around(event.span.start, event.span.end)
    own = None if event.speaker is None else refs[event.speaker]
    if innermost and innermost.speaker is not None:
        nested = own and event.stance != "asserts" and innermost.span.start <= own.start < event.span.start
        return own if nested else refs[innermost.speaker]
    return None if own in actors and event.stance == "asserts" else own


def _sentence(text: str, tags: Tags, trigger: Span) -> Span:
    for start, end in tags.sentences:
        if start <= trigger.start < end:
            return span_of(text, start, max(end, trigger.end))
    return trigger


_COORDINATED = re.compile(r"(?: [\w'’-]+){0,3},? and(?: (?:also|then|has|have|had))*(?: [\w'’-]+ly)? ")


def _shared(text: str, made: Sequence[Claim]) -> list[Claim]:
    """A verb without a recipient has that of the verb joined to it: "imposed sanctions and banned the carriers of Belarus"."""
    out = list(made)
    for i in range(len(out) - 1):
        one, two = out[i], out[i + 1]
        joined = one.actors == two.actors and _COORDINATED.fullmatch(text[one.trigger.end : two.trigger.start])
        if joined and not one.recipients and requires_recipient(one.type):
            out[i] = replace(one, recipients=two.recipients)
    return out


def _filled(made: Sequence[Claim]) -> list[Claim]:
    """A deed without an actor has the one that the document names elsewhere for such a deed to the same person or firm, if it names only one:
    "Kisanga was arrested" after "Police arrested Joseph Kisanga"."""
    known: dict[tuple[str, str], dict[frozenset[str], tuple[Ref, ...]]] = {}
    for claim in made:
        for key in _victims(claim) if claim.actors and claim.status != "negated" else ():
            known.setdefault(key, {}).setdefault(frozenset(map(_identity, claim.actors)), claim.actors)
    return [replace(c, actors=_elsewhere(c, known)) if not c.actors and c.status in ("actual", "historical") else c for c in made]


def _victims(claim: Claim) -> list[tuple[str, str]]:
    return [(claim.type, r.entity) for r in claim.recipients if r.entity and (r.entity.startswith("person:") or "BUS" in r.sectors)]


def _elsewhere(claim: Claim, known: dict[tuple[str, str], dict[frozenset[str], tuple[Ref, ...]]]) -> tuple[Ref, ...]:
    sides = {who: refs for key in _victims(claim) for who, refs in known.get(key, {}).items()}
    if claim.type not in _DONE_TO or len(sides) != 1:
        return ()
    return tuple(
        replace(r, how="coreference", reason=f"named elsewhere as who did it: {r.reason or r.text}") for r in next(iter(sides.values()))
    )


def _one_per_event(made: Sequence[Claim]) -> list[Claim]:
    """Claims of one sentence with the same type, status and parties become one, the most confident; of a reciprocal event told twice ("the
    summit, to be attended by") the one with more parties stays."""
    best: dict[tuple[tuple[int, str, str], Side, Side], Claim] = {}
    for claim in made:
        told = (claim.sentence.start, claim.type, claim.status)
        key = (told, frozenset(map(_identity, claim.actors)), frozenset(map(_identity, claim.recipients)))
        other = best.get(key)
        if other is None:
            best[key] = claim
        else:
            keep, drop = (claim, other) if claim.confidence > other.confidence else (other, claim)
            best[key] = replace(keep, when=keep.when or drop.when, where=keep.where or drop.where)
    reciprocal: dict[tuple[int, str, str], list[Side]] = {}
    for told, who, whom in best:
        if not whom:
            reciprocal.setdefault(told, []).append(who)
    kept = [c for (told, who, whom), c in best.items() if whom or len(who) < 2 or not any(who < more for more in reciprocal[told])]
    return sorted(kept, key=lambda c: c.trigger.start)


def quotes(document: Document, tags: Tags, refs: Sequence[Ref]) -> list[Quote]:
    """Every attribution of a document; direct where the content opens with a quotation mark."""
    out = []
    for quote in tags.quotes:
        content = span_of(document.text, quote.span.start, quote.span.end)
        cue = None if quote.cue is None else span_of(document.text, quote.cue.start, quote.cue.end)
        speaker = None if quote.speaker is None else refs[quote.speaker]
        out.append(Quote(speaker, cue, content, content.text[:1] in "\"“”'‘«„`"))
    return out
