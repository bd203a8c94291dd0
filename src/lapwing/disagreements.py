"""Claims of one document → where its speakers disagree: on whether something happened, who did it, how many it struck, or when.

Two claims are set side by side only if type, parties, dates and places let them tell of the same happening and two speakers (one of them may be
the document) tell it differently.  On doubt there is no link: a missed disagreement is still readable in the claims, an invented one misleads.
"""

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lapwing.ontology import INTERNATIONAL
from lapwing.records import Claim, Count, Date, Disagreement, Place, Ref

FAR = 20_000
"""Characters between two claims beyond which they are not compared."""
NEAR = 400
"""Characters between the sentences of two claims that one shared party is enough to link."""
Sides = Literal["same", "open", "different"]
Topic = tuple[str, str | None]
Days = tuple[datetime.date, datetime.date]
_MATERIAL = 4
_POSSESSIVE = re.compile(r"(?:its|their|his|her|our)\b", re.I)
_STATE_SECTORS = ("GOV", "MIL")


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what the comparison needs: keys of its parties and speaker, its days, whether it says that it happened."""

    claim: Claim
    actors: frozenset[str]
    recipients: frozenset[str]
    speaker: str | None
    days: Days | None
    happened: bool | None


def disagreements(claims: Sequence[Claim]) -> list[Disagreement]:
    """The disagreements in the order of their first claims; the claims of each in the order of the text."""
    pairs: dict[Topic, list[tuple[_Told, _Told]]] = defaultdict(list)
    for one, two in _candidates([_told(c) for c in claims]):
        for topic in _topics(one, two):
            pairs[topic].append((one, two))
    position = {c.id: i for i, c in enumerate(claims)}
    found = [
        Disagreement(topic[0], topic[1], tuple(sorted(group, key=position.__getitem__)))
        for topic, linked in pairs.items()
        for group in _groups(_sure(linked))
    ]
    return sorted(found, key=lambda d: ([position[c] for c in d.claims], d.on, d.kind or ""))


def _told(claim: Claim) -> _Told:
    denied = claim.status == "negated" or claim.stance in ("denies", "disputes")
    happened = False if denied else True if claim.status in ("actual", "historical") else None
    speaker = _key(claim.speaker) if claim.speaker else None
    own = speaker if denied else None
    return _Told(claim, _keys(claim, claim.actors, own), _keys(claim, claim.recipients, own), speaker, _days(claim.when), happened)


def _keys(claim: Claim, parties: Sequence[Ref], denier: str | None) -> frozenset[str]:
    """Who the parties are; counted ones ("12 people") are nobody in particular, and "its forces" in a denial are the denier's."""
    named = [r for r in parties if not any(c.start < r.end and r.start < c.end for c in claim.counts)]
    return frozenset(denier if denier and not r.country and _POSSESSIVE.match(r.text) else _key(r) for r in named)


def _key(ref: Ref) -> str:
    """Who a party is: a state, its government and its forces are one, everybody else himself."""
    state = ref.country if ref.country and ref.country not in INTERNATIONAL else None
    if state and (not ref.sectors or ref.sectors[0] in _STATE_SECTORS):
        return state
    return ref.entity or re.sub(r"^(?:the|a|an) ", "", " ".join(ref.text.lower().split()))


def _days(when: Date | None) -> Days | None:
    """First and last day of a date; None where it has none."""
    try:
        ends = [_span_of_days(v) for v in when.value.split("/")] if when and when.value else []
    except ValueError:
        return None
    return (ends[0][0], ends[-1][1]) if ends else None


def _span_of_days(value: str) -> Days:
    year, _, rest = value.partition("-")
    if rest.startswith("W"):
        return datetime.date.fromisocalendar(int(year), int(rest[1:]), 1), datetime.date.fromisocalendar(int(year), int(rest[1:]), 7)
    if "-" in rest:
        day = datetime.date.fromisoformat(value)
        return day, day
    last = int(rest or 12)
    return datetime.date(int(year), int(rest or 1), 1), datetime.date(int(year), last, calendar.monthrange(int(year), last)[1])


def _candidates(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of the same type that two speakers tell and that may be of one happening."""
    by_type: dict[str, list[_Told]] = defaultdict(list)
    for item in told:
        if item.happened is not None:
            by_type[item.claim.type].append(item)
    for items in by_type.values():
        for i, one in enumerate(items):
            for two in items[i + 1 :]:
                if two.claim.trigger.start - one.claim.trigger.start > FAR:
                    break
                if one.speaker != two.speaker and _modes_agree(one.claim, two.claim) and _places_agree(one.claim.where, two.claim.where):
                    yield one, two


def _modes_agree(one: Claim, two: Claim) -> bool:
    return one.mode is None or two.mode is None or one.mode == two.mode


def _places_agree(one: Place | None, two: Place | None) -> bool:
    """May two places be one, or one lie in the other?"""
    if one is None or two is None or one.name is None or two.name is None:
        return True
    if one.country != two.country:
        return False
    if one.geonameid == two.geonameid or "country" in (one.grain, two.grain):
        return True
    return "admin1" in (one.grain, two.grain) and one.admin1 == two.admin1


def _topics(one: _Told, two: _Told) -> Iterator[Topic]:
    """What the two disagree on."""
    actors, recipients = _side(one.actors, two.actors), _side(one.recipients, two.recipients)
    if not _overlap(one.days, two.days):
        if _same_but_for_the_day(one, two, actors, recipients):
            yield "when", None
        return
    if one.happened != two.happened:
        if "different" not in (actors, recipients) and "same" in (actors, recipients):
            yield "whether", None
        return
    if not one.happened:
        return
    if actors == "different" and recipients == "same" and _blamed_each_other(one, two):
        yield "who", None
    if _of_one_happening(one, two, actors, recipients):
        for kind in dict.fromkeys(c.kind for c in one.claim.counts):
            if _apart(one.claim.counts, two.claim.counts, kind):
                yield "how-many", kind


def _side(one: frozenset[str], two: frozenset[str]) -> Sides:
    return "open" if not one or not two else "same" if one & two else "different"


def _overlap(one: Days | None, two: Days | None) -> bool:
    return one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])


def _same_but_for_the_day(one: _Told, two: _Told, actors: Sides, recipients: Sides) -> bool:
    """All parties the same, both told to a day by two named speakers, of the same words or against the same party that is no state."""
    to_a_day = all(t.days is not None and t.days[0] == t.days[1] for t in (one, two))
    parties = actors == recipients == "same" and one.actors == two.actors and one.recipients == two.recipients
    particular = any(len(key) != 3 or not key.isupper() for key in one.recipients)
    return bool(to_a_day and parties and particular and one.happened and two.happened and one.speaker and two.speaker)


def _blamed_each_other(one: _Told, two: _Told) -> bool:
    """Does one speaker lay on the other's side what the other lays elsewhere?  States are struck often: there day or place must be the same too."""
    if one.claim.quad != _MATERIAL or not one.speaker or not two.speaker:
        return False
    blamed = one.speaker in two.actors or two.speaker in one.actors
    shared = one.recipients & two.recipients
    particular = any(len(key) != 3 or not key.isupper() for key in shared)
    return blamed and (particular or _same_day(one, two) or _same_place(one.claim.where, two.claim.where))


def _of_one_happening(one: _Told, two: _Told, actors: Sides, recipients: Sides) -> bool:
    """Two signs that it is the same, or one in neighbouring sentences."""
    if "different" in (actors, recipients):
        return False
    signs = [actors == "same", recipients == "same", _same_day(one, two), _same_place(one.claim.where, two.claim.where)]
    first, second = one.claim.sentence, two.claim.sentence
    return sum(signs) >= 2 or (any(signs) and second.start - first.end < NEAR)


def _same_day(one: _Told, two: _Told) -> bool:
    return one.days is not None and one.days == two.days and one.days[0] == one.days[1]


def _same_place(one: Place | None, two: Place | None) -> bool:
    if one is None or two is None or one.geonameid is None:
        return False
    return one.geonameid == two.geonameid and one.grain in ("city", "site")


def _apart(one: Iterable[Count], two: Iterable[Count], kind: str) -> bool:
    """Do the two give that number, and no two of their ranges meet?"""
    pairs = [(a, b) for a in one for b in two if a.kind == b.kind == kind]
    return bool(pairs) and not any(_meet(a, b) for a, b in pairs)


def _meet(one: Count, two: Count) -> bool:
    return all(a.low is None or b.high is None or a.low <= b.high for a, b in ((one, two), (two, one)))


def _sure(pairs: Sequence[tuple[_Told, _Told]]) -> list[tuple[_Told, _Told]]:
    """The pairs without those of a claim that leaves a party out and so would fit several happenings."""
    partners: dict[str, list[_Told]] = defaultdict(list)
    for one, two in pairs:
        partners[one.claim.id].append(two)
        partners[two.claim.id].append(one)
    vague = {id for id, others in partners.items() if any(_side(a.recipients, b.recipients) == "different" for a in others for b in others)}
    return [p for p in pairs if not vague & {p[0].claim.id, p[1].claim.id}]


def _groups(pairs: Sequence[tuple[_Told, _Told]]) -> list[set[str]]:
    """Claim ids that the pairs connect."""
    groups: list[set[str]] = []
    for one, two in pairs:
        joined = {one.claim.id, two.claim.id}
        apart = [g for g in groups if not g & joined]
        groups = [*apart, joined.union(*(g for g in groups if g & joined))]
    return groups
