"""`make corpus-stats`: the corpus' counts, diversity and splits, as the tables of its data card."""

import collections
import re
import statistics

from lapwing.ontology import CONTEXTS, MODES_BY_TYPE, STANCES, STATUSES, TYPES, code_of
from training.annotation import Passage, read_all, split_of

Table = list[tuple[str, int | float | str]]


def stem(words: str) -> str:
    """A rough lemma: lower case, the first word, common endings off."""
    word = re.sub(r"[^a-z]", "", words.lower().split()[0])
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def words_of(passage: Passage, span: tuple[int, int]) -> int:
    """Words of a sentence."""
    return len(passage.text[span[0] : span[1]].split())


def counts(passages: list[Passage]) -> Table:
    """How much of everything there is."""
    events = [e for p in passages for e in p.events.values()]
    quotes = [(p, q) for p in passages for q in p.quotes.items()]
    direct = sum(p.surface(id)[:1] in "\"“”'‘" for p, (id, _) in quotes)
    empty = sum(not any(s <= p.marks[e].start < t for e in p.events) for p in passages for s, t in p.sentences)
    traps = sum(len(p.sentences) for p in passages if p.meta.get("voice") == "trap")
    return [
        ("passages", len(passages)),
        ("sentences", sum(len(p.sentences) for p in passages)),
        ("words", sum(len(p.text.split()) for p in passages)),
        ("events", len(events)),
        ("actor mentions", sum(len(p.actors) + len(p.same_as) for p in passages)),
        ("coreferent actor mentions", sum(len(p.same_as) for p in passages)),
        ("places", sum(len(p.places) for p in passages)),
        ("date expressions", sum(len(p.dates) for p in passages)),
        ("attributions", len(quotes)),
        ("attributions with speaker", sum(speaker is not None for _, (_, (speaker, _)) in quotes)),
        ("indirect attributions", len(quotes) - direct),
        ("sentences without event", empty),
        ("sentences in trap passages", traps),
        ("contrast sets", sum(p.meta.get("voice") == "contrast" for p in passages)),
    ]


def by_label(passages: list[Passage]) -> dict[str, Table]:
    """Events by type, mode, status, stance and context."""
    events = [e for p in passages for e in p.events.values()]
    types = collections.Counter(e.type for e in events)
    modes = collections.Counter(code_of(e.type, e.mode) for e in events)
    contexts = collections.Counter(c for e in events for c in e.contexts)
    lemmas = {t: {stem(p.surface(e.id)) for p in passages for e in p.events.values() if e.type == t} for t in TYPES}
    return {
        "type": [(t, types[t]) for t in TYPES],
        "distinct trigger lemmas": [(t, len(lemmas[t])) for t in TYPES],
        "mode": [(f"{t}/{m}", modes[f"{t}/{m}"]) for t in TYPES for m in MODES_BY_TYPE[t]],
        "status": [(s, sum(e.status == s for e in events)) for s in STATUSES],
        "stance": [(s, sum(e.stance == s for e in events)) for s in STANCES],
        "context": [(c, contexts[c]) for c in CONTEXTS],
    }


def shape(passages: list[Passage]) -> Table:
    """Sentence lengths, openings, and how many begin with the actor."""
    lengths = [words_of(p, s) for p in passages for s in p.sentences]
    openings = collections.Counter(" ".join(p.text[s:t].split()[:2]).lower() for p in passages for s, t in p.sentences)
    starts = [any(m.kind == "a" and s <= m.start <= s + 1 for m in p.marks.values()) for p in passages for s, _ in p.sentences]
    tokens = [w.lower() for p in passages for w in re.findall(r"[A-Za-z']+", p.text)]
    return [
        ("words a sentence, mean", round(statistics.mean(lengths), 1)),
        ("words a sentence, deviation", round(statistics.stdev(lengths), 1)),
        ("words a sentence, least and most", f"{min(lengths)}–{max(lengths)}"),
        ("sentences beginning with an actor, %", round(100 * statistics.mean(starts))),
        ("distinct two-word openings, %", round(100 * len(openings) / len(lengths))),
        ("type–token ratio, mean of 1,000-token runs", round(type_token(tokens), 3)),
    ]


def type_token(tokens: list[str], run: int = 1000) -> float:
    """Mean type–token ratio of runs of a thousand tokens."""
    runs = [tokens[i : i + run] for i in range(0, len(tokens) - run + 1, run)]
    return statistics.mean(len(set(r)) / run for r in runs) if runs else 0.0


def main() -> None:
    """Print all tables."""
    passages = read_all()
    tables = {"counts": counts(passages), "shape": shape(passages), **by_label(passages)}
    tables["split"] = [(s, sum(split_of(p) == s for p in passages)) for s in ("train", "dev", "test")]
    tables["voice"] = sorted(collections.Counter(p.meta.get("voice", "?") for p in passages).items())
    tables["region"] = sorted(collections.Counter(p.meta.get("region", "?") for p in passages).items())
    tables["decade"] = sorted(collections.Counter(p.meta.get("date", "?")[:3] + "0s" for p in passages).items())
    for name, rows in tables.items():
        print(f"\n{name}")
        for label, value in rows:
            print(f"  {label:<46} {value:>8}" if not isinstance(value, int) else f"  {label:<46} {value:>8,}")


if __name__ == "__main__":
    main()
