"""PLOVER as checked data: types, modes, contexts, quads, intensities, sectors, codes; the codebook; the crosswalk to CAMEO.

Source: PLOVER manual, state of February 2024, with the slips mended that `data/PROVENANCE.md` names; the crosswalk is the alliance's
conversion table of 2021 brought to that manual.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from lapwing.errors import InputError

ONTOLOGY = "PLOVER-2024.02"
STATUSES = ("actual", "negated", "future", "hypothetical", "historical")
STANCES = ("asserts", "denies", "alleges", "confirms", "disputes")


def _read(name: str) -> str:
    return resources.files("lapwing.data").joinpath(name).read_text(encoding="utf-8")


_DATA: dict[str, Any] = json.loads(_read("plover.json"))
_TYPE_BY_NAME: dict[str, dict[str, Any]] = {t["type"]: t for t in _DATA["types"]}

TYPES: tuple[str, ...] = tuple(_TYPE_BY_NAME)
MODES_BY_TYPE: dict[str, tuple[str, ...]] = {t: tuple(m["mode"] for m in d["modes"]) for t, d in _TYPE_BY_NAME.items()}
CONTEXTS: tuple[str, ...] = tuple(_DATA["contexts"])
SECTORS: tuple[str, ...] = tuple(_DATA["sectors"])
INTERNATIONAL: dict[str, str] = _DATA["international"]
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

# The CAMEO code a user of older series would look for; every one leads back to its type (tests hold it).
_NEAREST_CAMEO = {
    "AGREE": "030", "CONSULT": "040", "CONSULT/visit": "042", "CONSULT/third-party": "045", "CONSULT/multilateral": "046", "CONSULT/phone": "041",
    "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "084", "RETREAT/withdraw": "0874", "RETREAT/release": "0841", "RETREAT/disarm": "0873", "RETREAT/ceasefire": "087",
    "RETREAT/access": "086", "RETREAT/resign": "084",
    "REQUEST": "100", "REQUEST/assist": "101", "REQUEST/change": "104", "REQUEST/yield": "105", "REQUEST/meet": "106",
    "ACCUSE": "110", "ACCUSE/disapprove": "111", "ACCUSE/investigate": "090", "ACCUSE/allege": "112",
    "REJECT": "120", "REJECT/assist": "121", "REJECT/change": "123", "REJECT/yield": "124", "REJECT/meet": "125",
    "THREATEN": "130", "THREATEN/restrict": "132", "THREATEN/arrest": "130", "THREATEN/relations": "131", "THREATEN/expel": "136",
    "THREATEN/territory": "1382", "THREATEN/violence": "138",
    "PROTEST": "140", "PROTEST/demo": "141", "PROTEST/riot": "145", "PROTEST/strike": "143", "PROTEST/hunger": "142", "PROTEST/boycott": "143",
    "PROTEST/obstruct": "144", "PROTEST/vandalize": "145",
    "SANCTION": "160", "SANCTION/convict": "160", "SANCTION/expel": "166", "SANCTION/withdraw": "161", "SANCTION/discontinue": "162",
    "MOBILIZE": "150", "MOBILIZE/troops": "154", "MOBILIZE/weapons": "152", "MOBILIZE/police": "153", "MOBILIZE/militia": "154",
    "COERCE": "170", "COERCE/seize": "1711", "COERCE/restrict": "172", "COERCE/censor": "1721", "COERCE/curfew": "1723",
    "COERCE/martial-law": "1724", "COERCE/arrest": "173", "COERCE/deport": "174", "COERCE/withhold": "172", "COERCE/misinformation": "170",
    "COERCE/cyber": "176",
    "ASSAULT": "190", "ASSAULT/abduct": "181", "ASSAULT/beat": "182", "ASSAULT/torture": "1822", "ASSAULT/sexual": "1821", "ASSAULT/targeted": "186",
    "ASSAULT/destroy": "1712", "ASSAULT/primitive": "182", "ASSAULT/firearms": "193", "ASSAULT/explosives": "183", "ASSAULT/suicide-attack": "1831",
    "ASSAULT/aerial": "195", "ASSAULT/drone": "1952", "ASSAULT/heavy-weapons": "194", "ASSAULT/crowd-control": "175", "ASSAULT/unconventional": "204",
}  # fmt: skip


def code_of(type: str, mode: str | None) -> str:
    """`ASSAULT/aerial`, or the type alone."""
    return f"{type}/{mode}" if mode else type


def quad(type: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return int(_TYPE_BY_NAME[type]["quad"])


def requires_recipient(type: str) -> bool:
    """Does the manual ask for a recipient?"""
    return bool(_TYPE_BY_NAME[type]["requires_recipient"])


@cache
def intensity(type: str, mode: str | None = None) -> float:
    """Conflict–cooperation score, −10 … +10; a mode that has none takes its type's."""
    entry = _TYPE_BY_NAME[type]
    scores = {m["mode"]: m["score"] for m in entry["modes"]}
    found = scores.get(mode)
    return float(entry["score"] if found is None else found)


def cameo(type: str, mode: str | None = None) -> str:
    """The nearest CAMEO code."""
    return _NEAREST_CAMEO[code_of(type, mode)]


@dataclass(frozen=True)
class Crosswalk:
    """What a CAMEO code is in PLOVER; `type` None: a bare statement, which PLOVER does not code."""

    code: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]


@cache
def crosswalk() -> dict[str, Crosswalk]:
    """PLOVER by CAMEO code, 01–20 with subcodes."""
    rows = [line.split("\t") for line in _read("cameo.tsv").splitlines() if line and not line.startswith("#")][1:]
    return {c: Crosswalk(c, t or None, m or None, tuple(x for x in x_s.split(",") if x)) for c, t, m, x_s in rows}


@dataclass(frozen=True)
class Entry:
    """A codebook entry; `examples` and `near_misses` are our own sentences, a near miss with why it is one."""

    code: str
    definition: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@cache
def codebook() -> dict[str, Entry]:
    """Entries by code: types (`AID`), modes (`RETREAT/release`), contexts, auxiliary modes, sectors and international codes."""
    raw = json.loads(_read("codebook.json"))
    return {c: Entry(c, e["definition"], tuple(e.get("examples", ())), tuple(e.get("near_misses", ()))) for c, e in raw.items()}


def look_up(code: str) -> Entry | Crosswalk:
    """The entry of a PLOVER code in any letter case, or the crosswalk of a CAMEO code; InputError if it is neither."""
    entries = codebook()
    found = {c.lower(): c for c in entries}.get(code.strip().lower().replace(" ", "/"))
    if found:
        return entries[found]
    if code.strip() in crosswalk():
        return crosswalk()[code.strip()]
    raise InputError(f"no code {code!r} in PLOVER or CAMEO; `lapwing codebook` lists them")


def label_digest() -> str:
    """Digest of every label list a model is trained on; a model made for other lists is refused."""
    labels = [TYPES, MODES_BY_TYPE, CONTEXTS, STATUSES, STANCES]
    return hashlib.sha256(json.dumps(labels).encode()).hexdigest()[:16]
