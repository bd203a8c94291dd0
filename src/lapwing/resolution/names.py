"""A written name → its words in normal form, and a sound key under which the transliterations of one name meet.

Two spellings of a name from another script differ in vowels, doubled letters and a few consonants (Gaddafi, Qadhafi; Lukashenko,
Lukashenka).  The key folds just those.  It is coarse, so it is asked only after the exact forms, and never for short names.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

BREAKS = frozenset(",;:()[]|/\u2013\u2014")


def word_set(words: str) -> frozenset[str]:
    """A set of words from one line of them."""
    return frozenset(words.split())


DETERMINERS = word_set(
    "the a an this that these those some any all both several many most other another each every no its his her their our my "
    "your own more fewer"
)
PREPOSITIONS = word_set(
    "of in from at near on outside inside across around for to with against by between among amid over under as including "
    "into throughout through during via behind within after before about since without toward towards"
)
STOPS = word_set("who whom whose which where when while because said says say is was are were has have had")
FUNCTION_WORDS = DETERMINERS | PREPOSITIONS | STOPS
"""What no person is called by alone, whatever the family name (Said, No, On)."""
SURNAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "HKG", "MAC", "VNM", "KHM"})
"""Countries whose names put the family name first, as the press writes them."""
GIVEN_NAME_USED = frozenset({"ETH", "ERI", "MYS", "THA", "LAO"})
"""Countries whose people the press calls by the first word of their names, and by the last."""
TWO_SURNAMES = word_set("ESP MEX GTM SLV HND NIC CRI PAN CUB DOM COL VEN ECU PER BOL CHL ARG URY PRY")
"""Countries whose people bear a second family name, the mother's, that the press mostly leaves out."""
_OWN_ORDER = SURNAME_FIRST | GIVEN_NAME_USED
FATHERS_NAMES = word_set("EGY SYR IRQ LBY JOR LBN YEM SAU KWT QAT BHR ARE OMN SDN SOM DJI COM MRT TCD ERI MDV AFG")
"""Countries whose people bear the father's and grandfather's names after their own, as many as the writer likes."""
LONGER_NAMES = TWO_SURNAMES | FATHERS_NAMES
"""Countries whose full names may run on after the word the press calls the family name."""
PARTICLES = word_set(
    "de da do dos das di del della der den ten van von zu bin ibn ben abu al el le la du af mac st san santa ter bint ould"
)
_SIMPLE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*\Z")
_SAME = {"ibn": "bin"}
_ARTICLE = re.compile(r"\b(?:A[sdtrnz]h?|U[lsdtrn]|[Ee]l)-(?=[A-Z][a-z])")
"""The Arabic article as it sounds before its noun: "As-Sabah" is "al-Sabah"."""
NUMERALS = word_set("jr sr i ii iii iv v vi vii viii ix x xi xii xvi")
"""What follows a name and is none."""
_TITLES = word_set("king queen prince princess sultan tunku tuanku tun tan sheikh general")
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "´": "'", "“": '"', "”": '"', "\u2013": " - ", "\u2014": " - "}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?|\b[A-Za-z]\.[A-Za-z]\b")
_TOKEN = re.compile(r"-?[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*'?|[,;:()\[\]|/]| -+ ")
_MARKS = frozenset(",;:()[]|/ ")
"""What a token that is no word ends in."""


class Word(NamedTuple):
    """A word of a phrase: its normal form and how it was written."""

    form: str
    """Lower case ASCII, without apostrophes and possessive ending."""
    capital: bool
    upper: bool
    """Written in capitals throughout, of two letters or more."""
    joined: bool
    """Joined to the word before by a hyphen."""
    possessive: bool


BREAK = Word(",", False, False, False, False)


def words_of(phrase: str) -> list[Word]:
    """The words of a phrase in order; punctuation that parts it into segments is a `BREAK`."""
    text = phrase.replace("`", "'")
    if not text.isascii():
        text = _FOREIGN.sub(lambda m: _ascii(m[0]), text)
    if "-" in text:
        text = _ARTICLE.sub("al-", text)
    if "." in text:
        text = _INITIALS.sub(lambda m: m.group().replace(".", "").upper() + " ", text)
    return [*map(_word, _TOKEN.findall(text))]


@lru_cache(maxsize=1 << 12)
def _ascii(sign: str) -> str:
    return _QUOTES[sign] if sign in _QUOTES else anyascii(sign)


@lru_cache(maxsize=1 << 16)
def _word(token: str) -> Word:
    """The word of a token; most come again and again."""
    if token[-1] in _MARKS:
        return BREAK
    possessive = token.endswith(("'", "'s", "'S"))
    if possessive:
        token = token.removesuffix("'")
        token = token[:-2] if token[-2:] in ("'s", "'S") else token
    bare = token.removeprefix("-")
    plain, form = bare.replace("'", ""), bare.replace("'", "").lower()
    capital = plain[:1].isupper() or (bare[1:2] == "'" and bare[2:3].isupper())  # d'Almeida
    return Word(_SAME.get(form, form), capital, len(plain) > 1 and plain.isupper(), token[:1] == "-", possessive)


def normal(name: str) -> str:
    """The normal form of a name: its words' forms, parted by blanks."""
    if _SIMPLE.match(name):
        return " ".join([_SAME.get(w, w) for w in name.lower().split(" ")]) if "ibn" in name.lower() else name.lower()
    return " ".join(w.form for w in words_of(name) if w is not BREAK)


def short_forms(name: str, country: str) -> list[str]:
    """What a person of that normal full name is called for short: the family name, also with what precedes it; first and last name."""
    parts = name.split()
    if len(parts) < 2:
        return []
    if len(parts) == 2 and country not in _OWN_ORDER and parts[1] not in NUMERALS and parts[0] not in ("bin", "bint"):
        return [parts[1]]
    if country == "VNM":
        return [parts[-1], parts[0]]
    if country in SURNAME_FIRST and len(parts) in (2, 3):
        return [parts[0]]
    if parts[-1] in NUMERALS:
        return [parts[-2]] if len(parts) > 2 else []
    forms = [parts[-1]]
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in PARTICLES:
        start -= 1
    if start < len(parts) - 1:
        forms.append(" ".join(parts[start:]))
    if parts[-2] in ("bin", "bint"):
        del forms[0]  # a father's name is no family name
    if len(parts) > 2:
        forms.append(" ".join(parts[-2:]))
        forms.append(f"{parts[0]} {' '.join(parts[start:])}")
        forms.append(f"{parts[0]} {parts[-1]}")
    if len(parts) > 3:
        forms.append(" ".join(parts[1:]))
    if country in GIVEN_NAME_USED and parts[0] not in _TITLES:
        forms.append(parts[0])
    return list(dict.fromkeys(forms))


_GIVEN = (
    (re.compile(r"\bm[ou]c?ham+[aei]d\b|\bmoham+ed\b|\bmehm[ae]d\b"), "mohamad"),
    (re.compile(r"\b(?:al[iy]?[ae]?[kx]s?[ea]*nd[ea]?r|al[iy]aks[ae]ndr|oleksandr|aleksandr)\b"), "aleksandr"),
    (re.compile(r"\b(?:v[ol]+[ao]d[iy]m[iy]r|uladz[iy]m[iy]r|wladim[iy]r|vlad[iy]m[iy]r)\b"), "vladimir"),
    (re.compile(r"\b(?:abd[aeu]?l?|abdel|abdul)\b"), "abdal"),
    (re.compile(r"\b(?:al|el|ul|ad|ar|as|ash|az|an|at|ath|adh)\b"), ""),
    (re.compile(r"\b(?:yo?us+[ei]f|yus+uf|jos[ei]f|yos+[ei]f)\b"), "yusuf"),
    (re.compile(r"\b(?:mi[ck]h?[ae]il|m[iy]kha?[iy]lo|mikhail|myhailo)\b"), "mihail"),
    (re.compile(r"\b(?:n[iy][ck]ola[iy]|mykola|mikalai|nikolaj)\b"), "nikolai"),
    (re.compile(r"\b(?:s[eiy]rh?[gh]?[eiy]+[iy]?|s[iy]arhei|serge)\b"), "sergei"),
    (re.compile(r"\b(?:andr[eiy]+|andrii|andrej)\b"), "andrei"),
    (re.compile(r"\b(?:dm[iy]tr[oiy]+[iy]*|dzm[iy]tr[iy]+)\b"), "dmitri"),
)
_FOLD = (
    (re.compile(r"[ou]u?vsk|ouski?|owsk"), "ovsk"),
    (re.compile(r"tsch|tch|cz|tj\b"), "ch"),
    (re.compile(r"shch|sch|sh|sz"), "s"),
    (re.compile(r"dzh|dj|zh"), "j"),
    (re.compile(r"\bye|\bje"), "e"),
    (re.compile(r"\byu|\biu|\bju"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[kg]h|q|ck|ch(?=[rlt])"), "k"),
    (re.compile(r"dh|th"), "d"),
    (re.compile(r"ts|ch"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c(?=[aou])"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"g"), "k"),
    (re.compile(r"(?<=\w)h"), ""),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"[aeiouy]*[aeiouy]"), lambda m: {"a": "a", "o": "a", "u": "u"}.get(m.group()[0], "i")),
    (re.compile(r"(\w)\1+"), r"\1"),
)


def given_form(name: str) -> str:
    """A name in normal form with the given names that many languages share in one spelling."""
    for pattern, given in _GIVEN:
        name = pattern.sub(given, name)
    return name


@lru_cache(maxsize=50_000)
def sound_of(name: str) -> str:
    """How a name in normal form sounds, however short."""
    return sounds_of([name])[name]


def sounds_of(names: Sequence[str]) -> dict[str, str]:
    """The sounds of many names in normal form: folded as one text, ten times quicker than one by one."""
    if not names:
        return {}
    text = given_form("\n".join(names))
    for pattern, sound in _FOLD:
        text = pattern.sub(sound, text)
    return {name: " ".join(line.split()) for name, line in zip(names, text.split("\n"), strict=True)}


def sound_key(name: str) -> str:
    """The key of a name in normal form; "" where it is too short to say anything."""
    key = sound_of(name)
    return key if len(key) >= 5 else ""
