"""The grammar of English date expressions: patterns, where each may stand, and the function that gives it its meaning.

A pattern is tried only at words that can begin it.  Fiscal years, Orthodox feasts and names such as Black Friday have rules without a
meaning: they are matched so that nothing inside them is taken for a date.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lapwing.resolution.calendar_meaning import (
    NUMERIC,
    Context,
    Resolver,
    ago,
    anaphoric_day,
    bare_month,
    bare_year,
    before_last,
    century,
    decade,
    deictic,
    feast,
    half_ago,
    in_time,
    iso,
    month_day,
    month_year,
    nine_eleven,
    numeric,
    part_of_year,
    relative_unit,
    season,
    short_year,
    span_of_units,
    the_weekend,
    week_of_month,
    weekday,
    year_before,
    year_end,
)
from lapwing.resolution.calendar_ranges import century_range, month_range, year_range
from lapwing.resolution.calendar_values import (
    DAY_BY_NAME,
    DECADES,
    EASTER,
    FEASTS,
    FLOATING,
    MONTH_BY_NAME,
    NUMBERS,
    ORDINALS,
    SMALL,
    TENS,
    words,
)

_M = (
    r"(?:jan(?:uary|\b\.?)|feb(?:ruary|\b\.?)|mar(?:ch|\b\.?)|apr(?:il|\b\.?)|may|june?\b\.?|july?\b\.?|aug(?:ust|\b\.?)"
    r"|sep(?:tember|t?\b\.?)|oct(?:ober|\b\.?)|nov(?:ember|\b\.?)|dec(?:ember|\b\.?))"
)
_W = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WSHORT = r"(?:" + _W + r"|(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
_DWORD = r"(?:" + "|".join(ORDINALS) + ")"
_Y = r"(?:1\d|20)\d\d(?![\d%]|[.,]\d)"
_WHICHYEAR = rf"(?:{_Y}|(?:of )?(?:last|this|next|that|the (?:same|previous|following)) year)"
_TENSWORD = "|".join(TENS)
_N = rf"(?:\d{{1,4}}|(?:{_TENSWORD})(?:[ -](?:{'|'.join(SMALL[1:10])}))?|{'|'.join(SMALL[1:])}|an?(?: couple of| hundred)?|couple of)"
_FEWWORD = r"(?:a few|several|some|many|few|a number of|various)"
_U = r"(?:day|week|fortnight|month|year|decade|centurie|century|hour|minute)s?"
_LONG = r"(?:day|week|fortnight|month|year|decade|centurie|century)s?"
_TO = r"\s?(?:-|–|—|to|through|until)\s?"
_DASH = r"\s?[-–—]\s?"
_PARTOFDAY = r"(?: (?:early |late |mid-)?(?:morning|afternoon|evening|night|midday|noon|lunchtime))?"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, its meaning, and the check whether its place in the text makes it a date; `value` None: left out."""

    pattern: re.Pattern[str]
    value: Resolver | None
    fits: Callable[[re.Match[str], str], bool] | None = None
    after_part: bool = False
    """Only after "the end of" and the like."""


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|during|after|before|between|through|mid|early|late|last|next|this|each|every|for|to|and|than|or)"
    r"[ -]$",
    re.IGNORECASE,
)
_BEFORE_SHY_MONTH = re.compile(r"\b(?:in|since|until|till|during|through|mid|early|late|last|next|this)[ -]$", re.IGNORECASE)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|before|after|during|through|throughout|around|circa|years?|between|late|early|mid|than|to|and|or"
    r"|as of|for|back in|end of|start of|the|its|his|her|their|a|that|election|season|about)[ -]|[(,–—-] ?)$",
    re.IGNORECASE,
)
_SURE_BEFORE_YEAR = re.compile(r"\b(?:in|since|until|till|during|year|by|late|early|mid|before|after)[ -]$", re.IGNORECASE)
_NOT_BEFORE_YEAR = re.compile(
    r"(?:[$€£¥#№+=@/]|[\d.,:]|\b(?:no|nr|number|nos|resolution|flight|route|article|section|law|act|chapter|room|page|pp|highway|boeing"
    r"|airbus|type|model|over|nearly|almost|roughly|approximately|some|least|most|only|another|every|than|rs|usd|eur|us\$|at|up to|exceed"
    r"|windows|iso|unit|bus|train|line|class)\.? ?)$",
    re.IGNORECASE,
)
_COUNTED = (
    r"people|troops|soldiers|workers|men|women|children|police|members|civilians|persons|dead|deaths|protesters|jobs|homes|houses|units"
    r"|copies|miles|metres|meters|kilometres|kilometers|km|kg|tonnes|tons|dollars|euros|pounds|rupees|yen|points|votes|seats|feet|hectares|acres"
    r"|hours?|days|weeks|months|years|times|year[ -]old|percent|per|million|billion|thousand|others|more|fighters|migrants|refugees"
    r"|families|students|passengers|vehicles|cars|aircraft|tanks|rockets|MW|mm|cm|mph|GMT|UTC|local time"
)
_NOT_AFTER_YEAR = re.compile(
    rf"(?:[%°:/]|[.,]\d|-[a-z]+|['’]?[a-rt-z]|\s(?:{_COUNTED})\b"
    r"|\s(?:[A-Z][a-z]+ )?(?:Road|Street|Avenue|Drive|Lane|Boulevard|Highway|Block)\b)"
)
_NAMED_DAY_BEFORE = re.compile(r"\b(?:black|bloody|super|cyber|giving|sheffield|fat|ruby|manic)\s$", re.IGNORECASE)
_NAMED_DAY_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|People|Review|Tribune|Post|School|Mass|Night Live|Night Football)\b"
)
_NAME_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Theresa|Brian|James|Elaine|Minister|Leader|Secretary|President)\.?\s)$")


def _month_fits(match: re.Match[str], text: str) -> bool:
    """A lone month needs a word before it that takes a time; "may", "march" and names need a stronger one."""
    word, start = match["month"], match.start()
    before = text[max(0, start - 14) : start]
    if match["which"]:
        return word[0].isupper() or word not in ("may", "march")
    if word.rstrip(".").lower() in ("may", "march", "mar", "august") or not word[0].isupper():
        return bool(_BEFORE_SHY_MONTH.search(before)) and not re.match(
            r"\s(?:said|told|says|has|was|is)\b", text[match.end() : match.end() + 8]
        )
    if _NAME_BEFORE.search(before):
        return False
    return len(word) > 5 or bool(_BEFORE_MONTH.search(before))


def _year_fits(match: re.Match[str], text: str) -> bool:
    """A four-digit number is a year where a time may stand and nothing is counted; outside 1700–2039 only after a sure word."""
    start, end = match.start(), match.end()
    before, after = text[max(0, start - 16) : start], text[end : end + 24]
    if _NOT_BEFORE_YEAR.search(before) or _NOT_AFTER_YEAR.match(after):
        return False
    if not 1700 <= int(match["year"]) <= 2039:
        return bool(_SURE_BEFORE_YEAR.search(before))
    return bool(_BEFORE_YEAR.search(before)) or bool(re.match(r"[),.;'’]|\s(?:elections?|census|budget|season)\b|\s?$", after))


def _weekday_fits(match: re.Match[str], text: str) -> bool:
    start, end = match.start(), match.end()
    return not (_NAMED_DAY_BEFORE.search(text[max(0, start - 12) : start]) or _NAMED_DAY_AFTER.match(text[end : end + 18]))


def _decade_fits(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 8) : match.start()].lower()
    if match["decade"].lower() in DECADES:
        return before.endswith("the ")
    return match["decade"][0] != "0" and not re.search(r"(?:his|her|their|my|our|[\d$€£.])[ -]?$", before)


def _in_time_fits(match: re.Match[str], text: str) -> bool:
    """ "in a week's time" always; "in two weeks" only in a sentence about the future."""
    return bool(match["time"]) or Context(text, None).tense(match.start(), match.end()) == "future"


def _day_month_fits(match: re.Match[str], text: str) -> bool:
    """ "31 may come" is no date: a lower-case "may" or "march" needs an ordinal or a year."""
    word = match["month"]
    shy = word in ("may", "march", "mar", "sun", "dec", "jan") and not match["year"]
    return (
        not shy
        or bool(re.search(r"\d(?:st|nd|rd|th)|\bof\b", match[0]))
        or bool(_BEFORE_DAY.search(text[max(0, match.start() - 12) : match.start()]))
    )


_BEFORE_DAY = re.compile(r"\b(?:on|of|by|from|since|until|after|before|dated?|,)\s$", re.IGNORECASE)


def _short_year_fits(match: re.Match[str], text: str) -> bool:
    return bool(
        re.search(r"\b(?:in|since|of|from|after|before|until|by) ['’]$", text[max(0, match.start() - 9) : match.start()], re.IGNORECASE)
    )


def _anaphoric_fits(match: re.Match[str], text: str) -> bool:
    """Whether "the day before" closes a clause; "the day before the vote" is another day."""
    return bool(re.match(r"\s?(?:[,.;:)\"”]|$|and\b|when\b)", text[match.end() : match.end() + 8]))


_MONTH_WORDS = tuple(MONTH_BY_NAME)
_DAY_WORDS = tuple(DAY_BY_NAME)
_DIGITS = ("0",)
_NUMBER_WORDS = (*_DIGITS, *NUMBERS, *words("several some many few various"))
_YEARTAIL = rf"(?:,? (?P<year>{_WHICHYEAR}))?"
_NEARYEAR = rf"(?:,? (?:of )?(?P<year>{_Y}|(?:last|this|next) year))"
_WHICH = r"(?:(?P<which>last|next|this past|this coming|this|coming|the following|the previous) )"
_NTH = r"(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th)"
_FROM_A_DATE = r"(?<!hour )(?<!hours )(?<!minute )(?<!minutes )(?:earlier|previously|from now|hence|later|afterwards)"
_FEAST = "|".join(
    sorted((*FEASTS, *EASTER, *(f for f in FLOATING if f != "thanksgiving"), "thanksgiving(?: day)?"), key=len, reverse=True)
).replace("'", "['’]")
_OTHER_CALENDAR = r"orthodox|coptic|julian|chinese|lunar|persian|jewish|islamic"


def _rule(
    pattern: str,
    value: Resolver | None,
    starts: Sequence[str],
    fits: Callable[[re.Match[str], str], bool] | None = None,
    *,
    after_part: bool = False,
) -> tuple[Rule, Sequence[str]]:
    return Rule(re.compile(pattern + r"(?!\w)", re.IGNORECASE), value, fits, after_part), starts


_RULES = [
    _rule(r"9/11(?!/)|sept(?:ember|\.)? 11(?:th)?(?:, 2001,?)?(?= (?:terror|attack|terrorist|hijack))",
          nine_eleven, (*_DIGITS, "sept", "september")),
    _rule(r"(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?", iso, _DIGITS),
    _rule(NUMERIC.pattern, numeric, _DIGITS),
    _rule(rf"(?:{_WSHORT},? )?(?:the )?(?P<day>{_D}|{_DWORD})(?:{_TO}(?P<day2>{_D}))?(?: day)?(?: of)? (?P<month>{_M}){_YEARTAIL}",
          month_day, (*_DIGITS, *_DAY_WORDS, *ORDINALS, "the", "twenty"), _day_month_fits),
    _rule(rf"(?:{_WSHORT},? )?(?P<month>{_M}) (?:the )?(?P<day>{_D})(?:{_TO}(?P<day2>{_D}))?{_YEARTAIL}",
          month_day, (*_MONTH_WORDS, *_DAY_WORDS)),
    _rule(rf"(?P<month>{_M}) (?P<day>{_D}){_DASH}(?P<month2>{_M}) (?P<day2>{_D}){_YEARTAIL}", month_day, _MONTH_WORDS),
    _rule(rf"(?P<day>{_D}) (?P<month>{_M}){_DASH}(?P<day2>{_D}) (?P<month2>{_M}){_YEARTAIL}", month_day, _DIGITS),
    _rule(rf"(?:(?<=between )|(?<=from ))(?P<day>{_D})(?: and | to | until )(?P<day2>{_D}) (?P<month>{_M}){_YEARTAIL}", month_day, _DIGITS),
    _rule(rf"(?<=between )(?P<month>{_M}) (?P<day>{_D}) and (?P<day2>{_D})(?! {_M}){_YEARTAIL}", month_day, _MONTH_WORDS),
    _rule(rf"(?P<month>{_M}){_DASH}(?P<month2>{_M})(?! \d\d?\b),? (?P<year>{_Y})", month_range, _MONTH_WORDS),
    _rule(rf"(?P<month>{_M})(?: of|,)? (?P<year>{_WHICHYEAR})", month_year, _MONTH_WORDS),
    _rule(rf"(?:(?P<which>last|next|this past|this) )?(?P<month>{_M})(?<!\.)",
          bare_month, (*_MONTH_WORDS, "last", "next", "this"), _month_fits),
    _rule(rf"(?:overnight(?: on)? )?(?:(?P<weekon>a week (?:on|from) )|{_WHICH}?)(?P<weekday>{_W}){_PARTOFDAY}"
          r"(?: (?:of )?(?P<inweek>last|next|this) week|(?P<weeklater> week))?",
          weekday, (*_DAY_WORDS, *words("last next this coming the a overnight")), _weekday_fits),
    _rule(rf"today|tonight|overnight|(?:yesterday|tomorrow){_PARTOFDAY}|last night|this (?:morning|afternoon|evening)"
          r"|the day (?:before yesterday|after tomorrow)", deictic, words("today tonight overnight yesterday tomorrow last this the")),
    _rule(r"(?P<which>last|next|this|the past|the last|past|the coming|the next|the current|the previous|the following|the same|that) "
          r"(?P<unit>week|fortnight|month|year|decade|century|quarter)", relative_unit, words("last next this the past that")),
    _rule(r"the (?P<unit>week|month|year|decade|century)", relative_unit, ("the",), after_part=True),
    _rule(r"(?:(?P<which>last|this past|this coming|this|next|the last|the past|past|the coming|coming) |the )?weekend",
          the_weekend, words("last this next the past coming weekend")),
    _rule(rf"(?P<count>{_N}|{_FEWWORD}) (?P<unit>{_U})(?P<half> and a half)? (?P<way>ago|{_FROM_A_DATE})", ago, (*_NUMBER_WORDS, "couple")),
    _rule(rf"(?:(?<=in )|(?<=within ))(?P<count>{_N}) (?P<unit>{_LONG})(?P<time>['’]?s?['’]? time)?",
          in_time, _NUMBER_WORDS, _in_time_fits),
    _rule(rf"(?:the )?(?P<which>last|past|previous|next|coming|recent)(?: (?P<count>{_N}|few|several|couple of))? (?P<unit>{_LONG[:-1]})",
          span_of_units, words("the last past previous next coming recent")),
    _rule(rf"(?P<year>{_Y})", bare_year, _DIGITS, _year_fits),
    _rule(rf"the year (?P<year>{_Y})", bare_year, ("the",)),
    _rule(r"(?P<year>\d\d)", short_year, _DIGITS, _short_year_fits),
    _rule(r"the (?P<unit>week|month|year) (?:before|previous)", year_before, ("the",), _anaphoric_fits),
    _rule(r"the (?P<unit>week|month|year) before last", before_last, ("the",)),
    _rule(r"half an? (?P<unit>century|decade|year) ago", half_ago, ("half",)),
    _rule(r"(?:the )?year[- ]end", year_end, ("the", "year")),
    _rule(rf"(?P<year>{_Y})(?:{_DASH}|\s?/\s?)(?P<last>(?:1\d|20)\d\d|\d\d(?!\d|-))", year_range, _DIGITS),
    _rule(r"(?:the )?['’]?(?P<decade>(?:1\d|20)\d0s|\d0s)", decade, (*_DIGITS, "the"), _decade_fits),
    _rule(rf"(?P<decade>{'|'.join(DECADES)})", decade, tuple(DECADES), _decade_fits),
    _rule(rf"(?:the )?(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{_DWORD})[ -]century", century, (*_DIGITS, *ORDINALS, "the", "twenty")),
    _rule(rf"(?:the )?(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{_DWORD})(?: and | to |{_DASH})(?P<ordinal2>\d{{1,2}}(?:st|nd|rd|th)|{_DWORD})"
          r"[ -]centur(?:y|ies)", century_range, (*_DIGITS, *ORDINALS, "the", "twenty")),
    _rule(r"the (?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[ -]"
          r"(?:quarter|(?P<half>half)(?= of (?:\d|last|this|next|the year)))"
          rf"(?:,? (?:of )?(?P<year>{_Y}|(?:last|this|next|the) year))?", part_of_year, ("the",)),
    _rule(rf"{_NTH}[ -](?:quarter|(?P<half>half)){_NEARYEAR}", part_of_year, (*ORDINALS, "final", *_DIGITS)),
    _rule(rf"q(?P<ordinal>[1-4]){_NEARYEAR}", part_of_year, words("q1 q2 q3 q4")),
    _rule(rf"the (?P<ordinal>first|second|third|fourth|final|last) week (?:of|in) (?P<month>{_M}){_YEARTAIL}", week_of_month, ("the",)),
    _rule(rf"(?:(?:the|last|this|next|the past) )?(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<year>{_Y})",
          season, words("the last this next spring summer autumn fall winter")),
    _rule(r"(?:last|this|next|the past) (?P<season>spring|summer|autumn|winter)", season, words("last this next the")),
    _rule(rf"(?:(?P<which>last|next) )?(?P<feast>{_FEAST}){_YEARTAIL}", feast,
          ("last", "next", *dict.fromkeys(re.split(r"\W", name)[0] for name in (*FEASTS, *EASTER, *FLOATING)))),
    _rule(r"(?P<which>the same|that|the next|the following|the previous) (?:day|night|evening|morning|afternoon)",
          anaphoric_day, ("the", "that")),
    _rule(r"(?P<which>the day (?:before|after))", anaphoric_day, ("the",), _anaphoric_fits),
    _rule(r"(?:the )?(?:(?:last|next|this|current|first|second|third|fourth) )?(?:quarter of )?(?:fiscal|financial|tax|marketing)(?: year)?"
          rf"(?: ending)?(?: {_Y}(?:[-/]\d+)?)?",
          None, words("the last next this current first second third fourth fiscal financial tax marketing")),
    _rule(rf"(?:the )?{_Y}(?:{_DASH}|/)(?:\d\d){{1,2}} (?:fiscal|financial|tax|budget) year", None, (*_DIGITS, "the")),
    _rule(rf"(?:fiscal|fy)[ -]?(?:year )?(?:{_Y}|\d\d)(?:[-/]\d+)?", 
          None, ("fiscal", "fy", *(f"fy{y}" for y in (*range(2000, 2040), *range(10, 40))))),
    _rule(rf"(?:black|bloody|super|cyber|fat) {_W}|sheffield wednesday|good friday (?:agreement|accords?)|easter island"
          rf"|(?:{_OTHER_CALENDAR}) (?:christmas(?: eve| day)?|easter(?: sunday)?|new year(?:['’]s (?:eve|day))?)"
          r"|christmas (?:island|tree|market|card|present|gift)s?",
          None, (*words("black bloody super cyber fat sheffield good christmas easter"), *_OTHER_CALENDAR.split("|"))),
]  # fmt: skip
RULES_BY_WORD: dict[str, list[Rule]] = {}
for _made, _starts in _RULES:
    for _word in _starts:
        RULES_BY_WORD.setdefault(_word, []).append(_made)
