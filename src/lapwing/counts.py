"""The words of a sentence → how many it says are dead, injured, detained or taking part, each with its claim.

A number is a count only where the words beside it say of what, or where it numbers a party of the claim ("held two fitters"); ages, dates, money, measures and scores are none.  Wording becomes a range:
"at least 12" is 12 or more, "some 200" is 200 give or take a tenth, "dozens" is 24 or more.  A part of a toll ("12, including two children")
is no toll of its own, and "killed or wounded" is neither: on doubt there is no count.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from lapwing.records import Claim, Count, Span

Bounds = tuple[int | None, int | None]

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{w: i for i, w in enumerate(_ONES, 1)}, **{w: i for i, w in enumerate(_TEENS, 10)}, **{w: 10 * i for i, w in enumerate(_TENS, 2)},
    "a": 1, "an": 1, "hundred": 100, "thousand": 1000, "million": 1_000_000,
}  # fmt: skip
_PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
"""The least that a bare plural says: twice the unit."""
_UNITS = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_HUNDREDS = rf"(?:(?:{_SMALL}|a) hundred(?:(?: and)? {_SMALL})?|{_SMALL})"
_EXACT = rf"(?:(?:{_HUNDREDS}|{_DIGITS}|a) (?:thousand|million|hundred)(?:,?(?: and)? {_HUNDREDS})?|{_HUNDREDS}|{_DIGITS})"
_VAGUE = (
    r"(?:tens|dozens|hundreds) of (?:thousands|millions)|(?:several |many |a few )?(?:dozens|scores|hundreds|thousands|millions)"
    r"|(?:several|a few) (?:dozen|hundred|thousand|million)|a couple|several|a few"
)
_DOZEN = rf"(?:half a|a|{_SMALL}) (?:dozen|score)"
_MODIFIERS = {
    "least": r"at least|at the very least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|upwards? of",
    "over": r"(?:well |far |slightly |just |a little )?(?:more than|over)|in excess of|above",
    "under": r"(?:slightly )?(?:fewer|less) than|under|below",
    "most": r"up to|as many as|at (?:the )?most|no more than|not more than|a maximum of",
    "near": r"nearly|almost|close to|just under|just short of|approaching",
    "about": r"some|about|around|roughly|approximately|an estimated|estimated",
}
_QUANTITY = re.compile(
    r"(?<![\w.,:/$€£¥₹#–-])(?:(?P<none>no[ -]one|nobody|no(?= (?:deaths|fatalities|injuries|arrests)\b))|"
    + "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _MODIFIERS.items())
    + r")?\s*(?:(?:a total of|all(?: of the)?|another|a further|an additional) )?(?:between (?=\S+ and ))?"
    + rf"(?P<first>{_VAGUE}|{_DOZEN}|{_EXACT})(?:(?P<join> to | or |[-–]| and )(?P<second>{_EXACT}))?"
    + r"(?P<more> or more|\+|-plus)?(?P<so> or so|-odd)?)(?![\w$€£])",
    re.I,
)
_NO_COUNT_AFTER = re.compile(
    r"\s?%|[.:/]\d|-(?!strong)\w|\s(?:(?:more|straight|preceding|previous|following|consecutive|full|long|whole|square|nautical|cubic|further|metric|successive)\s)?"
    r"(?:per ?cent|percent|percentage|points?|years?|months?|weeks?|weekends?|days?|nights?|hours?|minutes?|seconds?|o'clock|[ap]\.?m\b|noon|"
    r"km|kilomet\w+|kilos?|kilograms?|kg|miles?|met(?:er|re)s?|yards?|feet|foot|inch\w*|tons?|tonnes?|hectares?|acres?|degrees?|billions?|"
    r"trillions?|dollars?|euros?|pounds?|r(?:o)?ubles?|yuan|yen|rupees?|cents?|times|thirds?|quarters?|halves|half|goals?|votes?|seats?|"
    r"(?:in|out of) (?:every )?(?:\d|three|four|five|ten)|percentile|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?! \d+ people))(?![\w])"
)
_NO_COUNT_BEFORE = re.compile(
    r"(?:\b(?:January|February|March|April|May|June|July|August|September|October|November|December|aged?|articles?|resolution|section|"
    r"chapter|number|no\.|flight|page|room|brigade|battalion|highway|route|channel|phase|stage|day|US|USD|EUR|GBP|one in|out of)|from)\s$",
    re.I,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")

_NOT_PEOPLE = re.compile(
    r"\b(?:tanks?|vehicles?|cars?|trucks?|lorries|buses|bus|trains?|houses?|homes?|buildings?|villages?|towns?|cities|city|districts?|provinces?|"
    r"countries|states?|ships?|boats?|vessels?|trawlers?|aircraft|planes?|jets?|helicopters?|drones?|missiles?|rockets?|shells?|bombs?|mines?|attacks?|"
    r"strikes?|raids?|blasts?|explosions?|clashes|incidents?|cases?|charges?|warrants?|weapons?|rifles?|guns?|grenades?|cattle|cows?|sheep|"
    r"goats?|horses?|dogs?|camels?|animals?|livestock|birds?|pigs?|elephants?|companies|firms?|banks?|schools?|hospitals?|churches|mosques?|shops?|"
    r"parties|unions?|groups?|organi[sz]ations?|factor(?:y|ies)|plants?|networks?|lit(?:er|re)s?|ministr(?:y|ies)|battalions?|brigades?|positions?|checkpoints?|bases?|roads?|bridges?|trees?|shots?|rounds?|"
    r"protests|rallies|demonstrations|marches|gatherings|stages?|laws?|bills?|deals?|proposals?|jobs|plans?|talks|projects?|hopes?)\b",
    re.I,
)
_STOP = (
    r"(?:who|that|which|where|whose|in|on|at|by|from|for|with|to|after|before|as|when|while|and|or|but|were|was|are|is|has|have|had|been|be|being|"
    r"said|says|not|the|a|an|this|those|his|her|its|their|into|near|during|since|if|than|of|may|might|could|would|will|"
    r"killed|wounded|injured|arrested|detained|dead|hurt|died)"
)
_WORD = r"[^\W\d_][\w'’.-]*"
_PEOPLE = rf"(?:(?: (?:of|among) (?:the|its|their|his|her|those|them|us)?(?: {_DIGITS})?)?(?: (?!{_STOP}\b){_WORD}){{0,5}})"
_ASIDE = r"(?:, (?:including|among them|most of them|mostly|many of them|all)\b[^,;.]{1,80},| aged [\d, and]{1,16}\d|(?: (?:in|from|on|at|near|aboard|inside|of|outside) [\w'’ -]{1,40}?))?"
_AUX = (
    r"(?: (?:may|might|could|would|will|must|reportedly|also|all|have|has|had|were|was|are|is|been|being|be|got|feared|believed|reported|"
    r"confirmed|to|known|presumed|later|found|either|already|still|now|allegedly|thought|seriously|badly|slightly|critically|lightly|taken|held|remain))+"
)
_BOUNDARY = (
    r"(?=\s*(?:[.,;:)\"”'’–—?!]|$)|\s(?:in|by|when|and|after|as|on|since|during|at|near|over|while|with|from|under|outside|inside|across|this|last|"
    r"early|late|amid|but|so|today|yesterday|overnight|before|because|for|including|elsewhere|there|here|were|are|include[ds]?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_PARTICIPLES = {
    "dead": r"killed|slain|murdered|executed|massacred|assassinated|shot dead|gunned down|beheaded|dead|beaten to death|burned to death",
    "injured": r"wounded|injured|hurt|maimed",
    "detained": r"arrested|detained|abducted|kidnapped|rounded up|seized by|into custody|in custody|hostage|captive|prisoner|under arrest|in detention",
}
_FINITE = {
    "dead": r"died|die|perished|drowned|(?:lost|lose|losing) their lives|succumbed|lives (?:were |have been |had been )?lost",
    "taking-part": (
        r"march(?:ed|ing)|rall(?:ied|ying)|protest(?:ed|ing)|demonstrat(?:ed|ing)|gather(?:ed|ing)|assembled|"
        r"(?:to|will|would|could|may|might) (?:march|rally|protest|demonstrate|gather|attend|join|walk out|strike)|"
        r"(?:took|taken|take|taking) to the|"
        r"(?:took|taken|take|taking) part|participat(?:ed|ing)|joined|turned out|walked (?:out|off)|(?:went|gone|going|go|are|were|remain) on (?:hunger )?strike|"
        r"on (?:hunger )?strike|(?:protest|march|rally|demonstrate|gather) (?:in|against|over|at|across|outside|for|as)|attended|converged|staged|staging|picketed|massed|poured|flocked|filled|packed|thronged|blocked|chant(?:ed|ing)|sat down|clashed|downed tools"
    ),
}
_NOUNS = {
    "dead": r"(?:deaths|fatalities)\b",
    "injured": r"injuries\b",
    "detained": r"(?:arrests|detentions)\b",
}
_VERBS_BEFORE = {
    "dead": (
        r"kill(?:ed|s|ing)?|slain|slaying|murder(?:ed|ing)|execut(?:ed|ing)|massacr(?:ed|ing)|assassinat(?:ed|ing)|shot dead|gunned down|lives of|"
        r"(?:deaths?|killings?|murders?|executions?|massacre) of|behead(?:ed|ing)"
    ),
    "injured": r"wound(?:ed|s|ing)?|injur(?:ed|es|e|ing)|hurt(?:ing)?|maim(?:ed|ing)",
    "detained": (
        r"arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?|round(?:ed|ing) up|abduct(?:ed|ing)|kidnap(?:ped|ping)?|"
        r"(?:arrests?|detention|abduction|kidnapping) of"
    ),
    "taking-part": (
        r"(?:crowds?|rally|march|gathering|turnout|protest|demonstration|attendance|procession) (?:estimated at|put at|of|by)|drew|draws?|drawing|"
        r"attended by|joined by|strike by|attract(?:ed|ing)"
    ),
}
_TOLL = r"(?:\b{}\b[^.;\d]{{0,40}}?(?:from \S+ )?\b(?:to|at|of|is|was|reached|reaching|hit|stands at|stood at|passed|exceeds|exceeded|topped)\s)$"
_TOLLS = {
    "dead": r"(?:toll|(?:number|count) of (?:the )?(?:dead|deaths|fatalities|people killed|those killed|killed))",
    "injured": r"(?:number|count) of (?:the )?(?:wounded|injured|injuries|people (?:wounded|injured|hurt)|those (?:wounded|injured|hurt))",
    "detained": r"(?:number|count) of (?:the )?(?:arrests|detainees|detained|arrested|people (?:arrested|detained)|those (?:arrested|detained))",
    "taking-part": r"(?:number of (?:the )?(?:protesters|demonstrators|marchers|participants|strikers)|(?:crowd|turnout))",
}


_ONE_MORE = rf"(?:himself|herself|themselves|him|her|(?:the|a|an|his|her|its|their)(?: (?!{_STOP}\b){_WORD}){{1,3}})"

_BEFORE = {k: re.compile(rf"(?<![\w-])(?:{v})\s(?:(?:in all|also|{_ONE_MORE} and)\s)?$", re.I) for k, v in _VERBS_BEFORE.items()}
_TOLL_BEFORE = {k: re.compile(_TOLL.format(v), re.I) for k, v in _TOLLS.items()}
_PASSIVE = {k: re.compile(rf"{_PEOPLE}{_ASIDE}{_AUX} (?:{v})\b", re.I) for k, v in _PARTICIPLES.items()}
_REDUCED = {k: re.compile(rf"{_PEOPLE} (?:{v})\b{_BOUNDARY}", re.I) for k, v in _PARTICIPLES.items()}
_ACTIVE = {k: re.compile(rf"{_PEOPLE}{_ASIDE}(?:{_AUX})?(?: who)? (?:{v})\b", re.I) for k, v in _FINITE.items()}
_COUNTED = {
    k: re.compile(rf"(?: (?:civilian|more|new|further|confirmed|reported|serious|minor)){{0,2}} {v}", re.I) for k, v in _NOUNS.items()
}
_CROWD = re.compile(
    r"(?:-strong (?:crowd|rally|march|protest|demonstration)|"
    rf"(?: (?!{_STOP}\b){_WORD}){{0,3}} (?:protest[eo]rs?|demonstrators?|marchers?|strikers?|picketers?|rioters?))\b",
    re.I,
)
_DONE_TO_CROWD = re.compile(
    r"\b(?:free[ds]?|freeing|releas\w+|sentenc\w+|charg\w+|jail\w+|imprison\w+|tried|try|convict\w+|fin(?:ed|ing)|beat\w*|acquit\w*|pardon\w*|of)\s$",
    re.I,
)
_LIVES = re.compile(r"\b(?:claim|cost|t[ao]k)\w*\s(?:the\s)?$", re.I)
_PERSONS = re.compile(r"\b(?:people|persons|men|women|children|youths|nurses|folk|\w+(?:ers|ors|ists|ians|ants|dents|ees|mates))\b", re.I)
_BOTH_BEFORE = re.compile(r"\b(?:kill|wound|injur|dead|hurt)\w* (?:or|and/or|and) (?:wound|injur|kill|hurt|dead|maim)\w*\s$", re.I)
_BOTH_AFTER = re.compile(r" (?:or|and/or|and) (?:wounded|injured|killed|hurt|dead|maimed)\b", re.I)
_AND = re.compile(rf"{_PEOPLE}(?:,? (?:and|as well as|plus) |, )", re.I)
_BARE = re.compile(rf"{_PEOPLE}{_BOUNDARY}", re.I)
_CLAUSE = re.compile(r"(?:^|[,;:“\"(]\s?|\b(?:that|said|where|when|after|as|and|but)\s)$", re.I)
_SUBSET = re.compile(r"(?:\b(?:including|among (?:them|whom|the dead)|of (?:them|whom))(?: at least)?,?\s)$", re.I)
_PART = re.compile(r" of (?:them|whom|the (?:dead|wounded|injured|victims|detained|arrested))\b", re.I)


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number in the words: its span, its bounds, and up to 160 characters on either side in its sentence."""

    start: int
    end: int
    bounds: Bounds
    before: str
    after: str


def counted(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each with the counts that its sentence gives of its event: a count goes to the nearest trigger of a type that has such."""
    counts_by_claim: dict[str, list[Count]] = {}
    for start, end in dict.fromkeys((c.sentence.start, c.sentence.end) for c in claims):
        here = [c for c in claims if (c.sentence.start, c.sentence.end) == (start, end)]
        quantities = list(_quantities(text, start, end))
        told = _told(text, quantities)
        for count in told:
            fitting = [c for c in here if _has(c, count.kind)]
            nearest = min((_distance(c.trigger, count) for c in fitting), default=0)
            for claim in fitting:
                if _distance(claim.trigger, count) == nearest:
                    counts_by_claim.setdefault(claim.id, []).append(count)
        numbered = [q for q in quantities if not any(_counted_in(text, t, q) for t in told)]
        for claim in here:
            counts_by_claim.setdefault(claim.id, []).extend(_of_parties(text, claim, numbered, {t.kind for t in told}))
    return [replace(c, counts=tuple(sorted(counts_by_claim.get(c.id, ()), key=lambda n: n.start))) for c in claims]


_OUT_OF = re.compile(r" of(?: the| its| their| those| these)?\s?")


def _counted_in(text: str, count: Count, quantity: _Quantity) -> bool:
    """Is the number that count, or the whole of which it is a part ("two of the five")?"""
    same = quantity.start < count.end and count.start < quantity.end
    return same or (count.end <= quantity.start and bool(_OUT_OF.fullmatch(text, count.end, quantity.start)))


_KILLS = re.compile(
    r"(?:kill|slay|slain|murder|execut|massacr|assassinat|shot dead|shoot\w* dead|gun\w* down|behead|lynch|di(?:e|ed|es|ying)\b|deaths?\b)",
    re.I,
)
_HURTS = re.compile(r"(?:wound|injur|hurt|maim|beat|batter|club|whip|flog|tortur)", re.I)
_TO_DEATH = re.compile(r"\bto death\b", re.I)
_EITHER = re.compile(r"\b(?:kill|wound|injur|hurt)\w* (?:and/)?or (?:kill|wound|injur|hurt)\w*", re.I)
_BEFORE_NUMBER = re.compile(r"(?:the|his|her|its|their|all|of|those|these|other|a group of)?\s*", re.I)
_BEFORE_PARTY = re.compile(r"(?: of)?(?: the| its| their| his| her)?\s*")
_OWNS = re.compile(r"\s?['’]")


def _of_parties(text: str, claim: Claim, quantities: Sequence[_Quantity], told: Container[str]) -> Iterator[Count]:
    """How many they are who protest, are detained, killed or hurt, where the claim names them by their number: "held two fitters from Perm"."""
    kind, parties = _those_counted(text, claim)
    for party in parties:
        quantity = next((q for q in quantities if _numbers_party(text, q, party)), None)
        if quantity and not (kind in told and _SUBSET.search(quantity.before)):
            yield _count(text, quantity, kind)


def _numbers_party(text: str, quantity: _Quantity, party: Span) -> bool:
    """Does the number stand at the head of the party or right before it, and count people?"""
    inside = party.start <= quantity.start < party.end and _BEFORE_NUMBER.fullmatch(text, party.start, quantity.start)
    before = quantity.end <= party.start and _BEFORE_PARTY.fullmatch(text, quantity.end, party.start)
    people = not _NOT_PEOPLE.search(text, quantity.end, party.end) and not _OWNS.match(text, party.end)
    return bool((inside or before) and people)


def _those_counted(text: str, claim: Claim) -> tuple[str, Sequence[Span]]:
    """The kind of count that a claim's own parties give, and those parties; none where "killed or wounded" leaves it open."""
    if _has(claim, "taking-part"):
        return "taking-part", claim.actors
    if _has(claim, "detained"):
        return "detained", claim.recipients
    words = claim.trigger.text
    kills = _KILLS.match(words) or _TO_DEATH.search(text, claim.trigger.start, min(claim.trigger.end + 40, claim.sentence.end))
    if claim.type != "ASSAULT" or not (kills or _HURTS.match(words)) or _EITHER.search(claim.sentence.text):
        return "", ()
    return "dead" if kills else "injured", claim.recipients


def _has(claim: Claim, kind: str) -> bool:
    if kind == "taking-part":
        return claim.type == "PROTEST"
    if kind == "detained":
        return (claim.type, claim.mode) in (("COERCE", "arrest"), ("ASSAULT", "abduct"))
    return claim.type == "ASSAULT" or (claim.type == "PROTEST" and claim.mode in ("riot", "vandalize"))


def _distance(trigger: Span, count: Span) -> int:
    return max(trigger.start - count.end, count.start - trigger.end, 0)


def counts_in(text: str, start: int = 0, end: int | None = None) -> list[Count]:
    """The counts of one sentence, `text[start:end]`, in its order."""
    return _told(text, list(_quantities(text, start, len(text) if end is None else end)))


def _told(text: str, quantities: Sequence[_Quantity]) -> list[Count]:
    """Those of a sentence's numbers that count people."""
    kinds = [_kind(q) for q in quantities]
    for i in range(1, len(quantities)):
        kinds[i] = kinds[i] or _carried(text, quantities[i - 1], kinds[i - 1], quantities[i])
    for i in reversed(range(len(quantities) - 1)):
        kinds[i] = kinds[i] or _shared(text, quantities[i], quantities[i + 1], kinds[i + 1])
    out: list[Count] = []
    for i, (quantity, kind) in enumerate(zip(quantities, kinds, strict=True)):
        whole = i and re.fullmatch(rf" of (?:the|its|their|those|these)\s?(?:{_WORD} )?", text[quantities[i - 1].end : quantity.start])
        if kind is None or whole or (_SUBSET.search(quantity.before) and any(c.kind == kind for c in out)):
            continue
        out.append(_count(text, quantity, kind))
    return out


def _count(text: str, quantity: _Quantity, kind: str) -> Count:
    low, high = quantity.bounds
    return Count(text[quantity.start : quantity.end], quantity.start, quantity.end, kind, low, high)


def _quantities(text: str, start: int, end: int) -> Iterator[_Quantity]:
    for found in _numbers(text, start, end):
        before, after = text[max(start, found.start() - 160) : found.start()], text[found.end() : min(end, found.end() + 160)]
        words = found[0].lower()
        after = re.sub(r"^ of(?= (?!the\b|its\b|their\b|those\b|them\b|his\b|her\b|whom\b))", "", re.sub(r"\s", " ", after))
        before = re.sub(r"\s", " ", before)
        aged = before.endswith(", ") and after.startswith(",") and words.isdigit()
        a_year = bool(_YEAR.fullmatch(words)) and not re.match(r" (?:people|protesters|demonstrators|soldiers|civilians)\b", after)
        bounds = _bounds(found)
        if bounds is None or aged or a_year or _NO_COUNT_AFTER.match(after) or _NO_COUNT_BEFORE.search(before):
            continue
        yield _Quantity(found.start() + len(found[0]) - len(found[0].lstrip()), found.end(), bounds, before, after)


def _numbers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Every quantity; "from 12 to 15" is a change, two of them, and no range."""
    found = _QUANTITY.search(text, start, end)
    while found:
        if found["second"] and text[max(start, found.start() - 5) : found.start()].lower() == "from ":
            found = _QUANTITY.search(text, found.start("second"), end) or found
        yield found
        found = _QUANTITY.search(text, found.end(), end)


def _bounds(found: re.Match[str]) -> Bounds | None:
    """The range that the words of a quantity say; None where they say none."""
    if found["none"]:
        return 0, 0
    low, high = _value(found["first"])
    if found["second"]:
        second = _value(found["second"])[0]
        if second is None or low is None or high is None:
            return None
        unit = next((_UNITS[u] for u in _UNITS if found["second"].lower().endswith(u)), 1)
        low = low * unit if low < second / unit and found["join"] != " and " else low
        between = "between" in found[0].lower()
        return (low, second) if low < second and (found["join"] != " and " or between) else None
    if found["so"] or found["about"]:
        return (low, high) if low is None or high is None else (low - max(1, low // 10), high + max(1, high // 10))
    if found["least"] or found["more"]:
        return low, None
    if found["over"]:
        return (low, None) if low is None or high is None else (low + 1, None)
    if high is None:
        return (low, None) if not (found["under"] or found["most"] or found["near"]) else None
    if found["under"]:
        return None, high - 1
    if found["most"]:
        return None, high
    return (high - max(1, high // 10), high - 1) if found["near"] else (low, high)


def _value(words: str) -> Bounds:
    """What a number without its modifiers says."""
    tokens = re.findall(r"[\d.,]*\d|[a-z]+", words.lower())
    if (len(tokens) > 2 and tokens[1] == "of") or tokens[-1] in _PLURALS:
        factor = {"tens": 20, "dozens": 24, "hundreds": 200}.get(tokens[0], 1) if "of" in tokens else 1
        unit = _PLURALS[tokens[-1]] // (2 if "of" in tokens else 1)
        return factor * unit, None
    if tokens[:2] == ["a", "couple"]:
        return 2, 2
    if tokens[0] == "several" or tokens[:2] == ["a", "few"]:
        return 3 * _UNITS.get(tokens[-1], 1), None
    if tokens[-1] in ("dozen", "score"):
        number = 0.5 if tokens[0] == "half" else _sum(tokens[:-1])
        return int(number * _UNITS[tokens[-1]]), int(number * _UNITS[tokens[-1]])
    value = int(_sum(tokens))
    return value, value


def _sum(tokens: Sequence[str]) -> float:
    total = group = 0.0
    for token in tokens:
        if token == "and":
            continue
        if token in ("thousand", "million"):
            total, group = total + (group or 1) * _VALUES[token], 0.0
        elif token == "hundred":
            group = (group or 1) * 100
        else:
            group += _VALUES[token] if token in _VALUES else float(token.replace(",", "")[:15])
    return total + group


def _kind(quantity: _Quantity) -> str | None:
    """What is counted, by the words right before the number, else by those after it."""
    before, after = quantity.before, quantity.after
    matched = re.match(_PEOPLE, after, re.I)
    noun = matched[0] if matched else ""
    if re.match(r" lives\b", after, re.I) and _LIVES.search(before):
        return "dead"
    toll = next((k for k, p in _TOLL_BEFORE.items() if p.search(before)), None)
    if toll:
        return toll
    if _NOT_PEOPLE.search(noun) or _BOTH_BEFORE.search(before):
        return None
    for kind, pattern in _BEFORE.items():
        if pattern.search(before) and (kind != "taking-part" or not noun or _PERSONS.search(noun)):
            return kind
    matches = [
        (match.end(), kind)
        for table in (_PASSIVE, _REDUCED, _ACTIVE, _COUNTED)
        for kind, pattern in table.items()
        if (match := pattern.match(after))
    ]
    if matches:
        end, kind = min(matches)
        return None if _BOTH_AFTER.match(after[end:]) else kind
    crowd = _CROWD.match(after)
    return "taking-part" if crowd and not _DONE_TO_CROWD.search(before) and not _PART.match(after) else None


def _carried(text: str, first: _Quantity, kind: str | None, second: _Quantity) -> str | None:
    """ "killed 12 soldiers and three civilians": the second number has the kind of the first, whose verb stands before it."""
    verb = kind and (_BEFORE[kind].search(first.before) if kind in _BEFORE else None)
    between = re.sub(r"\s", " ", text[first.end : second.start][:160])
    noun = _BARE.match(second.after)
    joined = bool(verb and noun and _AND.fullmatch(between))
    return kind if joined and noun and not _NOT_PEOPLE.search(noun[0]) and not _PART.match(second.after) else None


def _shared(text: str, first: _Quantity, second: _Quantity, kind: str | None) -> str | None:
    """ "12 soldiers and three civilians were killed": the first number has the kind of the second, whose verb stands after it."""
    if kind is None or (kind in _BEFORE and _BEFORE[kind].search(second.before)) or not _CLAUSE.search(first.before):
        return None
    between = re.sub(r"\s", " ", text[first.end : second.start][:160])
    return kind if _AND.fullmatch(between) and not _NOT_PEOPLE.search(between) and not _PART.match(first.after) else None
