"""One line of text → what it is: furniture, a sentence, a date, a credit, a section, an outlet's address."""

import datetime
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lapwing.extraction.tables import FURNITURE, OUTLETS, REGIONS, SECTIONS
from lapwing.records import Caption

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
SENTENCE_END = re.compile(r"""[.!?…:;。！？]["'”’»)\]]*$|[.!?,]["'”’»]$""")
_MONTH = (
    r"(?P<n>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?P<d>\d\d?)"
_DATES = (
    re.compile(rf"(?<!\d){_YEAR[:-6]}(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d)"),
    re.compile(rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.I),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}", re.I),
    re.compile(rf"{_DAY}\.\s?(?P<m>\d\d?)\.\s?{_YEAR}"),
    re.compile(rf"(?<!\d)(?P<a>\d\d?)/(?P<b>\d\d?)/{_YEAR}"),
)
_DATE_WORDS = re.compile(
    r"\b(?:(?:first )?published|posted|issued|created|last|updated?|modified|date|on|at|by|the|read|ago|"
    r"gmt|utc|cest|cet|bst|e[sd]?t|p[sd]t|msk|ist|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?|[ap]\.?m\b\.?|(?:gmt|utc)?[+-]\d{1,2}(?::?\d\d)?|\d{1,2}|\d+[- ]min(?:ute)?s?)\b",
    re.I,
)
_CREDIT_WORD = (
    r"(?:(?:Image|Photo|Picture) credits?|(?:Image|Photo) source|Images?|Photos?|Photograph|Pictures?|Pic|Credits?|"
    r"File photo|Foto|Bild)"
)
_CREDIT = re.compile(
    rf"\s*(?:[\[(|/–—-]\s*)?(?<![A-Z])(?P<word>{_CREDIT_WORD}(?:\s+by)?\s*:|(?i:image source,)|(?:Photo|Image|Picture|Photograph)s? by\b|"
    r"©|\(c\)|Getty Images\b|(?:AP|AFP|EPA|REUTERS|Reuters)\s?(?:Photo)?/)\s*(?P<named>[^:]{0,120})$"
)
_CREDIT_TAIL = re.compile(
    r"\s*[\[(]((?:(?:AP|AFP|EPA|Reuters|REUTERS|dpa|Getty)(?: Photos?| Images?|\s?/)|(?:Photo|Image|Picture|Credit|File)s?\b)"
    r"[^()\[\]]{0,80}|[^()\[\]/]{3,50}/\s?(?:AP|AFP|EPA|Reuters|REUTERS|dpa|Getty|TASS|Anadolu)\b[^()\[\]]{0,40})[\])]\.?$"
)
_CHROME = re.compile(
    r"(?:skip|jump|go) to (?:the )?(?:main |more |page )?(?:content|menu|navigation|search|article|footer|header|[\w ]+ sites)|"
    r"(?:sign up|subscribe|register) (?:for|to|now|here|today)\b.*|(?:get )?(?:our|the|your) (?:\w+ )?newsletters?\b.{0,60}|"
    r"(?:story|article) continues (?:below|after).*|continue reading\b.*|share (?:this|on|via|to|with|article|story|page)\b.*|"
    r"(?:e-?mail|print|save|listen to|bookmark) (?:this|the|page|article)\b.*|follow (?:us|@).*|watch (?:video|live)\b.*|"
    r"\d+[- ]min(?:ute)?s?(?: read)?|\d+ (?:comments?|shares?|views?)|"
    r"(?:read|see|view|watch) more\s*(?:[:»>…].*|(?:on|about|from)\b.*)|"
    r"(?:read also|also read|see also|read|related|watch|more on this)\s*:.*|(?:click|tap) here\b.*|"
    r"(?:©|\(c\)|copyright\b).*|.{0,60}\ball rights reserved\b.*|terms (?:of|and)\b.{0,30}|"
    r"(?:download|get) (?:our|the) app\b.*|loading\b.{0,20}|toggle .{1,30}",
    re.I,
)
_COOKIES = re.compile(
    r"\bcookies?\b.*\b(?:we|use|uses|accept|consent|agree|policy|privacy|partners)\b|\b(?:we|use|uses|accept|consent)\b.*\bcookies\b",
    re.I,
)
_TAIL_HEADING = re.compile(
    r"(?:related(?: (?:articles?|stor(?:y|ies)|content|topics|links|news|coverage|posts))?|more (?:on|from|in|about) .{1,60}|"
    r"more (?:stories|news|articles|like this)|most (?:read|popular|viewed|shared|watched)|(?:what to )?read next|up next|keep reading|"
    r"recommended(?: .{0,30})?|you (?:may|might) (?:also )?(?:like|be interested in)|"
    r"(?:top|latest|other|further|trending|featured) (?:stories|news|articles|headlines|reading|posts)|"
    r"explore more|topics?|tags?(?:\s*:.*)?|keywords?(?:\s*:.*)?|about the authors?|comments?(?: \(\d+\))?|"
    r"leave a (?:comment|reply)|join the (?:conversation|discussion)|editors?[’']?s? picks?|don[’']t miss|"
    r"trending(?: now)?|popular)\s*:?",
    re.I,
)


def squeezed(text: str) -> str:
    """One line, single spaces, no invisible characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def letters(text: str) -> str:
    """Letters and digits alone, case folded: what two spellings of a line have in common."""
    return "".join(c for c in text.casefold() if c.isalnum())


def word_count(text: str) -> int:
    """Words of a text; two characters of a script written without spaces count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def is_prose(line: str) -> bool:
    """A line that reads like a sentence or a paragraph; a short question is a subhead."""
    words = word_count(line)
    return words >= 25 or (words >= 6 and bool(SENTENCE_END.search(line)) and not (line.endswith("?") and words <= 20))


def is_chrome(line: str) -> bool:
    """A line of the page's furniture: menus, sharing, adverts, cookies."""
    if len(line) > 600:
        return False
    bare = line.strip(" :|»›>…-–—")
    if len(line) <= 150 and (bare.lower() in FURNITURE or _CHROME.fullmatch(bare)):
        return True
    return len(line.split()) <= 60 and bool(_COOKIES.search(line))


def is_tail_heading(line: str) -> bool:
    """A heading over lists of other articles."""
    return len(line) <= 100 and bool(_TAIL_HEADING.fullmatch(line.strip()))


def dates_in(line: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, `YYYY-MM-DD`) of the dates written in a line; 3/4/2021 is left out: it may be March or April."""
    for pattern in _DATES:
        for match in pattern.finditer(line):
            part = match.groupdict()
            if "a" in part:
                a, b = int(part["a"]), int(part["b"])
                if a <= 12 and b <= 12 and a != b:
                    continue
                day, month = (a, b) if b <= 12 else (b, a)
            else:
                day, month = int(part["d"]), int(part.get("m") or 0) or _MONTHS.index(part["n"][:3].lower()) + 1
            try:
                yield match.start(), match.end(), datetime.date(int(part["y"]), month, day).isoformat()
            except ValueError:
                continue


def date_in(line: str | None) -> str | None:
    """The first date written in a line."""
    return next((value for _, _, value in dates_in(line[:500])), None) if line else None


def date_line(line: str) -> str | None:
    """The date of a line that says little else."""
    if len(line) > 160:
        return None
    found = list(dates_in(line))
    rest = "".join(c if not any(s <= i < e for s, e, _ in found) else " " for i, c in enumerate(line))
    words = re.findall(r"\w+", _DATE_WORDS.sub(" ", rest))
    return found[0][2] if found and len(words) <= 5 and not (len(words) > 1 and line.endswith(".")) else None


def credited(line: str) -> tuple[str, str | None]:
    """A caption line without the credit glued to its end, and the credit."""
    if len(line) > 1500:
        return line, None
    if tail := _CREDIT_TAIL.search(line):
        text, credit = line[: tail.start()], re.sub(rf"^{_CREDIT_WORD}(?:\s+by\b|\s*:)\s*:?\s*", "", tail[1], flags=re.I)
    elif glued := _CREDIT.search(line):
        named = glued["named"].strip(" ])")
        kept = glued["word"] if glued["word"] in ("©", "(c)", "Getty Images") or glued["word"].endswith("/") else ""
        text, credit = line[: glued.start()], f"{kept}{'' if kept.endswith('/') else ' '}{named}"
    else:
        return line.strip(), None
    return text.strip(" |[(–—"), squeezed(credit) or None


def merged(captions: Iterable[Caption]) -> tuple[Caption, ...]:
    """The captions, each once; of two alike the one that has a credit."""
    by_letters: dict[str, Caption] = {}
    for caption in captions:
        key = letters(caption.text)
        if key and (key not in by_letters or not by_letters[key].credit):
            by_letters[key] = caption
    return tuple(by_letters.values())


def section_region(line: str) -> tuple[str | None, str | None]:
    """Section and region of a breadcrumb, of two names run together ("ConflictsEurope"), or of one name; else (None, None)."""
    parts = [p.strip() for p in re.split(r"\s*[>»›|/·•]\s*|\s+[-–—]\s+|,\s+", line) if p.strip()]
    if len(parts) == 1 and len(line.split()) <= 5:
        cuts = [m.start() for m in re.finditer(r"(?<=[a-z])(?=[A-Z])", line)]
        parts = next(([line[:c].strip(), line[c:].strip()] for c in cuts if line[c:].strip().lower() in REGIONS), parts)
    known = [p for p in parts if p.lower() in REGIONS or p.lower() in SECTIONS]
    if not known or len(parts) > 5 or any(len(p.split()) > 4 for p in parts):
        return None, None
    region = next((p for p in reversed(parts) if p.lower() in REGIONS), None)
    others = [p for p in parts if p != region and p.lower() not in ("home", "news", "all news", "front page")]
    return (others[-1] if others else region if region else known[-1]), region


def host_of(url: str | None) -> str:
    """Host of an address, or the empty string."""
    try:
        return (urlsplit(url).hostname or "").lower() if url else ""
    except ValueError:
        return ""


def outlet_of(*urls: str | None) -> str | None:
    """The outlet whose host one of the addresses is at or under."""
    for host in map(host_of, urls):
        labels = host.split(".")
        for i in range(len(labels) - 1):
            if ".".join(labels[i:]) in OUTLETS:
                return OUTLETS[".".join(labels[i:])]
    return None
