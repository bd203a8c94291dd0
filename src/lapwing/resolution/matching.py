"""The words of a phrase → its items: countries, organisations, agents, names and the joints between them, longest match first.

How a phrase is written decides what may match: a proper name needs its capital and an acronym its capitals, unless the whole phrase is in
lower case or in capitals, as wire texts are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lapwing.resolution.knowledge import Form, KnowledgeBase, Person
from lapwing.resolution.names import BREAK, DETERMINERS, LONGER_NAMES, PARTICLES, PREPOSITIONS, STOPS, Word, word_set

MIXED, LOWER, SHOUTING = "mixed", "lower", "shouting"
PLACES = frozenset({"country", "capital", "demonym", "people", "locality"})
BODIES = frozenset({"organisation", "seat"})
AGENTS = frozenset({"party", "role", "modifier", "former"})
COUNTING = word_set(
    "dozens hundreds thousands scores millions tens group groups number majority part handful lots "
    "one two three four five six seven eight nine ten at least nearly almost about around more fewer"
)
HONORIFICS = word_set(
    "mr mrs ms miss dr prof professor sir lord lady dame madame monsieur herr don dona mme rev reverend sayyid haji maulana"
)
ROLES_OF_OTHERS = word_set(
    "backed supported sponsored funded financed trained armed equipped allied aligned brokered mediated born made built "
    "supplied held occupied controlled administered installed appointed educated friendly mandated imposed dominated leaning "
    "style era speaking"
)
LED = frozenset({"led", "run", "based", "commanded", "headed"})
DESCRIPTORS = word_set(
    "province oblast region state district governorate prefecture county city town village area island islands border coast "
    "peninsula valley airport port street square camp prison base river sea gulf strait desert mountains university hospital "
    "hotel"
)
_NOT_NAMES = word_set(
    "us who it is un car mit arg ice pap sap sana gam tak mend fact care memorial mia ma pa no amal mud pri ida eta cop bild "
    "total apple vale kia visa meta male nice mobile reading split march may rice straw hunt fox king brown gates bush major "
    "sun un ana page oracle labour labor solidarity front intel ford target orange sabah tass mon shan karen naga kachin maya "
    "sami care ant arena"
) - {"un", "tass", "labour", "labor"}
SURNAMES = word_set(
    "black white king prince bishop pope major judge cardinal monk priest marshal fisher farmer shepherd sheriff baker page speaker"
)
"""Common nouns that are as common as family names; after another name they are one."""
_SONS = word_set("bin ben bint ould abu al von van")
"""A name that ends so goes on, even where the rest alone is somebody else's name."""
_WORD = re.compile(r"[a-z]")
_OWNERS = PLACES | BODIES
_BACKERS, _LOOSE_BACKERS = ROLES_OF_OTHERS | LED, ROLES_OF_OTHERS | {"led"}
_KINDS = (
    dict.fromkeys(COUNTING, "word") | dict.fromkeys(STOPS, "stop") | dict.fromkeys(("and", "or"), "and")
    | dict.fromkeys(PREPOSITIONS, "prep") | dict.fromkeys(DETERMINERS, "det")
)  # fmt: skip
"""Kinds of the words that are no names; of a word in several sets the last one's."""


@dataclass(slots=True)
class Item:
    """A stretch of a phrase and what it may be; never changed, since those of plain words are shared."""

    kind: str
    """The kind of its first form, `person`, `name` (capitalised, unknown), `word`, `det`, `prep`, `and`, `break`."""
    text: str
    """Normal form."""
    words: Sequence[Word]
    forms: Sequence[Form] = ()
    people: Sequence[Person] = ()
    other: str = ""
    """`others` where the item only says who backs the party, `led` where it leads it, `based` where that is its seat."""

    @property
    def possessive(self) -> bool:
        """Ends in a possessive."""
        return self.words[-1].possessive

    def form(self, kinds: frozenset[str]) -> Form | None:
        """The first form of one of these kinds."""
        for form in self.forms:
            if form.kind in kinds:
                return form
        return None


def manner(words: Sequence[Word]) -> str:
    """Is a phrase written in mixed, lower or upper case?"""
    letters = [w for w in words if w.form.isalpha() or _WORD.search(w.form)]
    if not any([w.capital for w in letters]):
        return LOWER
    if all([w.upper or len(w.form) == 1 for w in letters]) and len(letters) > 1 and sum(len(w.form) for w in letters) > 5:
        return SHOUTING
    return MIXED


def items_of(words: Sequence[Word], kb: KnowledgeBase, case: str | None = None) -> list[Item]:
    """The items of a phrase in order."""
    case = case or manner(words)
    items: list[Item] = []
    beginnings, at = kb.longest, 0
    while at < len(words):
        word = words[at]
        item, width = (word.form in beginnings and _longest(words, at, kb, case)) or (_plain(word, case), 1)
        at += width
        if not word.joined or not items:
            items.append(item)
        elif item.kind == "word" and item.text in _BACKERS:
            items[-1] = replace(items[-1], other="based" if item.text == "based" else "led" if item.text in LED else "others")
        elif items[-1].text in ("anti", "pro", "non"):
            items[-1] = replace(item, other="others")
        else:
            items.append(item)
    return _names_joined(_loose_backers(items), kb)


def _longest(words: Sequence[Word], at: int, kb: KnowledgeBase, case: str) -> tuple[Item, int] | None:
    first = words[at].form
    reach = kb.longest.get(first, 0)
    if reach > 1 and at + 1 < len(words):
        reach = kb.longest.get(f"{first} {words[at + 1].form}", 1)
    if reach < 2 and first not in kb.forms:
        return None
    for width in range(min(reach, len(words) - at), 0, -1):
        span = words[at : at + width]
        if BREAK in span:
            continue
        key = " ".join([w.form for w in span]) if width > 1 else span[0].form
        people = kb.by_full_name.get(key) if width > 1 else None
        if people is None and key not in kb.forms:
            if key in kb.by_short_name and (width > 2 or (width == 2 and span[1].joined)) and any([w.capital for w in span]):
                return Item("name", key, span), width
            continue
        if people and (case != MIXED or (span[0].capital or span[-1].capital)) and not any(w.possessive for w in span[:-1]):
            return Item("person", key, span, tuple(kb.forms.get(key, ())), people), width
        forms = [f for f in kb.forms.get(key, ()) if _written(f, span, case, key, len(words))]
        if forms:
            return Item(forms[0].kind, key, span, forms), width
    return None


def _written(form: Form, span: Sequence[Word], case: str, key: str, length: int) -> bool:
    """May the words, as they are written, be this form?"""
    if not form.proper:
        return True
    if case == LOWER:
        if key == "us":
            return length > 1
        return key not in _NOT_NAMES and not (form.kind == "locality" and len(key) < 5)
    if case == SHOUTING:
        return key not in _NOT_NAMES or key == "us"
    if form.acronym:
        return any(w.upper for w in span) or (span[0].capital and len(key) >= 4 and key not in _NOT_NAMES)
    return span[0].capital or any(w.capital for w in span)


@lru_cache(maxsize=1 << 15)
def _plain(word: Word, case: str) -> Item:
    """The item of a word that matches nothing."""
    if word is BREAK:
        kind = "break"
    elif known := _KINDS.get(word.form):
        kind = known
    elif case != LOWER and word.capital and not word.form.isdigit() and word.form not in HONORIFICS:
        kind = "name"
    else:
        kind = "word"
    return Item(kind, word.form, (word,))


def _loose_backers(items: list[Item]) -> list[Item]:
    """ "US backed Syrian rebels" without a hyphen."""
    if _LOOSE_BACKERS.isdisjoint([item.text for item in items]):
        return items
    out: list[Item] = []
    for i, item in enumerate(items):
        backs = item.kind == "word" and item.text in _LOOSE_BACKERS and bool(out) and out[-1].kind in _OWNERS
        if backs and i + 1 < len(items) and items[i + 1].kind != "prep":
            out[-1] = replace(out[-1], other="led" if item.text == "led" else "others")
        else:
            out.append(item)
    return out


def _names_joined(items: list[Item], kb: KnowledgeBase) -> list[Item]:
    """Adjacent capitalised unknown words are one name; a given name that spells a place belongs to it ("Jordan Smith")."""
    out = items[:1]
    for item in items[1:]:
        previous = out[-1]
        if len(out) > 1 and _bridges(out[-2], previous, item):
            out[-2:] = [_joined(_joined(out[-2], previous), item)]
        elif (item.kind == "name" or previous.kind == "name") and not previous.possessive and _continues(previous, item, kb):
            out[-1] = _joined(previous, item)
        elif previous.kind == "person" and item.kind == "name" and any(p.codes & LONGER_NAMES for p in previous.people):
            out[-1] = replace(previous, words=(*previous.words, *item.words))
        else:
            out.append(item)
    return out


def _joined(name: Item, item: Item) -> Item:
    return Item("name", f"{name.text} {item.text}", (*name.words, *item.words), other=name.other)


def _bridges(name: Item, particle: Item, item: Item) -> bool:
    """ "Hamad | bin | Khalifa": a particle between two names makes them one."""
    if name.kind != "name" or name.possessive or particle.text not in PARTICLES or particle.kind != "word":
        return False
    return item.kind == "name" or (particle.text in _SONS and item.words[0].capital)


def _continues(name: Item, item: Item, kb: KnowledgeBase) -> bool:
    if item.kind == "name":
        return name.kind == "name" or _given(name, item)
    if name.kind != "name" or not item.words[0].capital:
        return False
    first, last = name.text.split(" ")[0], name.text.split(" ")[-1]
    return item.text in SURNAMES or last in _SONS or f"{first} {item.text}" in kb.by_full_name


def _given(item: Item, after: Item) -> bool:
    """May a place's name be a given name before that word?"""
    single = item.kind in ("country", "locality", "capital", "people") and len(item.words) == 1 and not item.words[0].upper
    return single and not item.other and after.text not in DESCRIPTORS and not after.words[0].joined
