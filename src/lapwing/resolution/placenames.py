"""A written place name → its normal form, under which the gazetteer's index and the text meet.

Only the standard library: the package build loads this file by its path to make the index, before the package can be imported.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ħ": "h"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´.\"“”", "")
)
_GAP = re.compile(r"[^\w]+")


@lru_cache(maxsize=1 << 15)
def normal_form(name: str) -> str:
    """Lower case without accents, apostrophes and full stops, other signs as one space: "St. Pölten" → "st polten"."""
    if name.isascii():
        plain = name.lower()
    else:
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()) if not unicodedata.combining(c)
        )
    return _GAP.sub(" ", plain.translate(_LETTERS)).strip()
