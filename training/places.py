"""Corpus → the weights of place resolution: `python -m training.places [--write]`.

The scoring of `lapwing.resolution.places` is linear in its weights, so they are fitted by maximum likelihood, held towards the values that
were set by hand.  Right are, of a mark in `corpus/places.tsv`, the candidates at its spot; of any other mark all candidates in its annotated
country, or the country alone if the name is its own; "none of them" where there is no such candidate.  The two rounds are those of the run time: what the first settles under the weights
so far is evidence in the second, which is fitted.  No map of the confidence is fitted: our towns are easier to tell than those of the news, and one
fitted on them made the resolver too bold there.
"""

import argparse
import json
import math
import random
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from lapwing.resolution.gazetteer import Entry, Gazetteer, default_path
from lapwing.resolution.placenames import normal_form
from lapwing.resolution.places import (
    SAME_KM,
    Evidence,
    Name,
    is_inside,
    is_within,
    read_names,
    score,
    settle,
    with_settled,
)
from training.annotation import CORPUS, Passage, read_all, split_of

BY_HAND = {
    "country": 18.0, "admin1": 7.0, "site": 12.0, "inhabitants": 1.5, "division_inhabitants": 0.8, "capital": 1.5, "alternate": -2.5,
    "namesake": -5.0, "country_share": 4.0, "outlet": 1.0, "division_named": 2.0, "inside": 7.0, "not_inside": -3.0, "as_region": 6.0,
    "type_word": 6.0, "near": 1.0, "none": 5.2,
}  # fmt: skip
"""Where the fit starts and what it is held to: a city of ten times the people is 4.5 times as likely; a division of 5 million stands level
with a city of 1 million; none of them is about a village of 3,000 that nothing else speaks for."""
NONE, UNCLEAR = "none", "-"
FIXED = ("country_share", "none")
"""Kept as they were set by hand: what a country's share of all names is worth, and how much must speak for a place at all, hangs on the length
of a text, and our passages are short and name the country of nearly every town."""
HELD = 1.0
"""Deviation from the value by hand that costs half a nat; of the size of what a weight may reasonably change by."""
SLIPS = 0.01
"""Share of marks of which annotation and gazetteer disagree: "southern Sudan", "Congo"."""
ROUNDS, STEPS, RATE = 3, 400, 0.05
SURE = 0.9
PATTERNS, SEED, FAR_KM = 200, 20, 500.0
NAMES = tuple(BY_HAND)
UNITS: dict[str, Any] = {name: row for name, row in zip(NAMES, np.eye(len(NAMES)), strict=True)}
"""As weights they make of a score its features."""
_STATE = {"HKG": "CHN", "MAC": "CHN", "PRI": "USA", "GUM": "USA", "VIR": "USA", "GRL": "DNK", "FLK": "GBR", "GIB": "GBR",
          "NCL": "FRA", "PYF": "FRA", "REU": "FRA", "GUF": "FRA", "GLP": "FRA", "MTQ": "FRA", "MYT": "FRA"}  # fmt: skip
"""The gazetteer's code of a territory → the state on whose ground the corpus puts it."""
Marked = dict[tuple[str, str], str]


@dataclass
class Instance:
    """One mark and the candidates of its name."""

    text: "Text"
    key: str
    right: np.ndarray
    """Which candidates are; last comes "none of them"."""
    gold: str | None
    """What `places.tsv` says, if anything."""
    decidable: bool
    """Does the annotation tell a right candidate from any wrong one?"""

    @property
    def name(self) -> Name:
        """The name with its candidates."""
        return self.text.names[self.key]


@dataclass
class Text:
    """A passage's names and what it says before any is settled."""

    names: dict[str, Name]
    evidence: Evidence


def read_gold(path: Path = CORPUS / "places.tsv") -> Marked:
    """What each mark of the file means, by passage and mark."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {(passage, mark): place for passage, mark, _, place in rows}


def instances(passages: Sequence[Passage], gold: Marked, gazetteer: Gazetteer) -> list[Instance]:
    """The marks that have candidates."""
    found = []
    for passage in passages:
        marks = [m for m in passage.marks.values() if m.kind == "p"]
        names, evidence = read_names(
            passage.text, [(m.start, m.end) for m in marks], gazetteer=gazetteer, countries=_actors_countries(passage)
        )
        text = Text(names, evidence)
        for mark in marks:
            key = normal_form(passage.surface(mark.id))
            if entries := names[key].entries:
                place = gold.get((passage.id, mark.id))
                right = _right(entries, place, passage.places[mark.id])
                if right is not None:
                    chosen = [e for e, ok in zip(entries, right, strict=False) if ok]
                    one_spot = all(is_within(chosen[0], e, SAME_KM) for e in chosen[1:])
                    found.append(Instance(text, key, right, place, one_spot))
    return found


def _actors_countries(passage: Passage) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for actor in (*passage.actors, *passage.same_as):
        country = passage.actors[passage.same_as.get(actor, actor)][0]
        if country:
            counts[country] += 1
    return counts


def _right(entries: Sequence[Entry], place: str | None, country: str | None) -> np.ndarray | None:
    """Which candidates are right, and last whether none is; None if the annotation does not tell."""
    if place == NONE:
        right = [False] * len(entries)
    elif place and place != UNCLEAR:
        spots = [e for e in entries if place in (str(e.geonameid), e.division if e.kind == "admin1" else None)]
        right = [any(is_within(e, spot, SAME_KM) for spot in spots) for e in entries]
    elif itself := [e for e in entries if e.kind == "country" and _is_of(e, country)]:
        right = [is_within(e, itself[0], SAME_KM) for e in entries]
    else:
        sites = [e.kind == "site" or not e.country for e in entries]
        right = sites if country is None else [_is_of(e, country) for e in entries]
        if not any(right) and any(sites):
            return None
        chosen = [e for e, ok in zip(entries, right, strict=True) if ok and e.kind != "country"]
        right = [ok or any(is_within(e, c, SAME_KM) for c in chosen) for e, ok in zip(entries, right, strict=True)]
    return np.array([*right, not any(right)])


def _is_of(entry: Entry, country: str | None) -> bool:
    return country is not None and country in (entry.country, _STATE.get(entry.country or ""))


def patterns(gazetteer: Gazetteer) -> list[Instance]:
    """Small towns named with their division where a place ten times as large bears the name too: of these our corpus has next to none."""
    with sqlite3.connect(default_path()) as index:
        rows = index.execute(
            "SELECT name, admin1, id FROM place WHERE kind = 2 AND admin1 IS NOT NULL AND population BETWEEN 1000 AND 100000 ORDER BY id"
        ).fetchall()
    found: list[Instance] = []
    for town, division, id in random.Random(SEED).sample(rows, len(rows)):
        entries = gazetteer.find(town)
        meant = next((e for e in entries if e.id == id), None)
        if meant and entries[0].population > 10 * meant.population and not is_within(entries[0], meant, FAR_KM):
            text = f"Police in {town}, {division}, said so."
            names, evidence = read_names(text, [(10, 10 + len(town))], gazetteer=gazetteer)
            name = names[normal_form(town)]
            if any(is_inside(meant, r) for r in name.regions) and meant in name.entries:
                right = np.array([*(is_within(e, meant, SAME_KM) for e in name.entries), False])
                found.append(Instance(Text(names, evidence), normal_form(town), right, None, True))
                if len(found) == PATTERNS:
                    break
    return found


@dataclass(frozen=True)
class Table:
    """The candidates of many marks, one a row, after those of each mark "none of them"."""

    x: np.ndarray
    right: np.ndarray
    starts: np.ndarray
    """First row of each mark."""

    def log_likelihood(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of the right candidates of each mark, and the slope of the sum; `SLIPS` keeps a few marks that fit nothing from ruling the fit."""
        counts = np.diff(np.append(self.starts, len(self.x)))
        scores = self.x @ values
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, self.starts), counts))
        every = odds / np.repeat(np.add.reduceat(odds, self.starts), counts)
        mass = np.maximum(np.add.reduceat(every * self.right, self.starts), 1e-300)
        explained = (1 - SLIPS) * mass + SLIPS
        posterior = every * self.right / np.repeat(mass, counts)
        slope = (np.repeat((1 - SLIPS) * mass / explained, counts) * (posterior - every)) @ self.x
        return np.log(explained), slope


def table(found: Sequence[Instance], weights: Mapping[str, float]) -> Table:
    """The features of the second round, after a first one under these weights."""
    rows: list[np.ndarray] = []
    starts: list[int] = []
    second: dict[int, Evidence] = {}
    for instance in found:
        text = instance.text
        if id(text) not in second:
            second[id(text)] = with_settled(text.evidence, settle(text.names, text.evidence, weights))
        starts.append(len(rows))
        rows += [score(e, instance.key, instance.name, second[id(text)], UNITS) for e in instance.name.entries]
        rows.append(UNITS["none"])
    return Table(np.array(rows), np.concatenate([i.right for i in found]), np.array(starts))


def climb(slope_at: Callable[[np.ndarray], np.ndarray], start: np.ndarray) -> np.ndarray:
    """Adam with a falling rate, upwards; deterministic."""
    values, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = slope_at(values)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 - (step - 1) / STEPS)
        values = values + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-12)
    return values


def fit_weights(found: Sequence[Instance]) -> dict[str, float]:
    """The weights, from those set by hand."""
    by_hand = values = np.array([BY_HAND[n] for n in NAMES])
    free = np.array([n not in FIXED for n in NAMES])
    for _ in range(ROUNDS):
        rows = table(found, dict(zip(NAMES, values.tolist(), strict=True)))

        def slope(v: np.ndarray, rows: Table = rows) -> np.ndarray:
            return free * (rows.log_likelihood(v)[1] - (v - by_hand) / HELD**2) / len(found)

        values = climb(slope, values)
    return {name: round(float(v), 2) for name, v in zip(NAMES, values, strict=True)}


@dataclass
class Answer:
    """What the resolver makes of a mark."""

    instance: Instance
    entry: Entry
    probability: float
    is_right: bool


def answers(found: Sequence[Instance], weights: Mapping[str, float]) -> list[Answer]:
    """The likeliest candidate of each mark that can be judged."""
    settled: dict[int, dict[str, tuple[Entry, float]]] = {}
    out = []
    for instance in found:
        text = instance.text
        if id(text) not in settled:
            first = settle(text.names, text.evidence, weights)
            settled[id(text)] = settle(text.names, with_settled(text.evidence, first), weights)
        entry, probability = settled[id(text)][instance.key]
        is_right = any(e == entry and ok for e, ok in zip(instance.name.entries, instance.right, strict=False))
        if instance.decidable:
            out.append(Answer(instance, entry, probability, is_right))
    return out


def surely_wrong(given: Sequence[Answer]) -> tuple[int, int]:
    """Of the towns of the file that are at `SURE` or above, how many are wrong; and how many there are."""
    sure = [a for a in given if a.instance.gold and a.entry.kind == "city" and a.probability >= SURE]
    return sum(not a.is_right for a in sure), len(sure)


def log_loss(given: Sequence[Answer]) -> float:
    """Of the confidence; lower is better."""
    chances = [min(max(a.probability, 1e-9), 1 - 1e-9) for a in given]
    return -sum(math.log(c if a.is_right else 1 - c) for c, a in zip(chances, given, strict=True)) / len(given)


def report(name: str, found: Sequence[Instance], weights: Mapping[str, float]) -> str:
    """One line of figures."""
    likelihoods, _ = table(found, weights).log_likelihood(np.array([weights[n] for n in NAMES]))
    judged = np.array([bool(i.gold) for i in found])
    judged |= not judged.any()
    mean, of_file = likelihoods.mean(), likelihoods[judged].mean()
    given = answers(found, weights)
    in_file = [a for a in given if a.instance.gold] or given
    wrong, sure = surely_wrong(given)
    return (
        f"{name:20} log-likelihood {mean:.4f} ({len(found)} marks), of the file {of_file:.4f} ({judged.sum()}); "
        f"right {sum(a.is_right for a in given)}/{len(given)}, of the file {sum(a.is_right for a in in_file)}/{len(in_file)}; "
        f"log loss {log_loss(given):.4f}, of the file {log_loss(in_file):.4f}; towns at {SURE}: {wrong} of {sure} wrong"
    )


def main() -> None:
    """Fit, compare, and on demand write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="the learned weights go to the package's data")
    options = parser.parse_args()
    gold = read_gold()
    passages = [p for p in read_all() if not p.problems]
    with Gazetteer.open() as gazetteer:
        train, dev = (instances([p for p in passages if split_of(p) == split], gold, gazetteer) for split in ("train", "dev"))
        drawn = patterns(gazetteer)
    weights = fit_weights([*train, *drawn])
    print(f"{'weight':22} by hand  learned")
    for name in NAMES:
        print(f"{name:22} {BY_HAND[name]:7.2f}  {weights[name]:7.2f}")
    for split, found in (("train", train), ("dev", dev), ("patterns", drawn)):
        print(report(f"{split}: by hand", found, BY_HAND))
        print(report(f"{split}: learned", found, weights))
    if options.write:
        path = Path(str(resources.files("lapwing.data"))) / "place_weights.json"
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
