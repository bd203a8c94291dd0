"""The shipped model holds the floors of our own test split."""

import json

from benchmarks.own_split import FLOORS, evaluate, summarise


def test_the_shipped_model_holds_its_floors():
    values = summarise(evaluate("test"))
    floors = json.loads(FLOORS.read_text())
    assert {n: round(values[n], 3) for n, floor in floors.items() if values[n] < floor} == {}
