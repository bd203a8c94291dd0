"""Coded articles → what a person reads: a table in the terminal, a page with the claims marked in the text, codebook entries."""

import itertools
import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from lapwing.ontology import MODES_BY_TYPE, QUADS, TYPES, Crosswalk, code_of, codebook, intensity, look_up, quad
from lapwing.records import Article, Claim, CodedDocument, Disagreement, Document, Ref, party_label, to_dict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from lapwing.store import Stored

T = TypeVar("T")
_COLOURS = {1: "green", 2: "cyan", 3: "yellow", 4: "red"}
_SEVERAL = re.compile(
    r"\b(?:officials|sources|witnesses|rebels|residents|police|they|we|people|[a-z]{3,}(?:ers|ors|ists|ians|ents|ants|men))\Z"
)
"""Speakers who say, where one says."""
_PLURAL_VERBS = {"denies": "deny"}
_STANCE_VERBS = {"asserts": "says", "denies": "denies", "alleges": "alleges", "confirms": "confirms", "disputes": "disputes"}
_TOPICS = {"whether": "whether it happened", "who": "who did it", "how-many": "how many", "when": "when"}
_KINDS = {"dead": "dead", "injured": "injured", "detained": "detained", "taking-part": "taking part"}
_TABLE_WIDTH, _FILE_WIDTH = 120, 160
"""Columns from which on claims stand in a table, and those of a file or pipe."""
_AROUND = 60
"""Characters of the sentence shown on either side of the trigger."""


def progress(items: Iterable[T], count: int, *, quiet: bool) -> Iterator[T]:
    """The items, with a progress bar on the error stream when there are many and a person watches."""
    if quiet or count < 2:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items, "reading", count, console=console, disable=not console.is_terminal, transient=True)


def print_article(number: int, article: Article, document: Document, coded: CodedDocument) -> None:
    """An article's heading, its claims (as a table, or one below the other where that would be too narrow to read), and its issues."""
    from rich.text import Text

    console = _console()
    heading = [f"{number}", article.date, article.outlet, ", ".join(article.agencies) or None]
    console.print(Text("  ".join(h for h in heading if h), "bold"), Text(article.title or article.id), sep="  ")
    if len(article.provenance) > 1 or any(link.state for link in article.provenance):
        console.print(Text("from " + _chain(to_dict(article.provenance)), "dim"))
    if coded.claims and console.width >= _TABLE_WIDTH:
        console.print(_table(coded.claims))
    else:
        for claim in coded.claims:
            console.print(*_lines(claim), sep="\n")
    for disagreement in coded.disagreements:
        console.print(Text(f"disagreement on {_topic(disagreement.on, disagreement.kind)}: {_sides(disagreement, coded)}", "bold"))
    for issue in {issue.code: issue for issue in (*coded.issues, *article.issues)}.values():  # both may tell of the language
        console.print(Text(f"{issue.code}: {issue.message}", "dim"))
    if not coded.claims:
        console.print(Text("no claims", "dim"))
    console.print()


def _console() -> "Console":
    """The terminal; a file or a pipe is as wide as a table needs."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal or "COLUMNS" in os.environ else Console(width=_FILE_WIDTH)


def _table(claims: Iterable[Claim]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1), header_style="dim")
    for title in ("who", "what", "whom", "when", "where", "says who", "in these words"):
        table.add_column(title, overflow="fold")
    for claim in claims:
        table.add_row(
            _names(claim.actors),
            Text("\n".join([_what(claim), *map(_count, to_dict(claim.counts))]), _COLOURS[claim.quad]),
            _names(claim.recipients), _when(claim), _where(claim), _says(claim), _quoted(claim),
        )  # fmt: skip
    return table


def _lines(claim: Claim) -> "Iterator[Text]":
    """A claim in two lines or three: who does what to whom, the circumstances, the words."""
    from rich.text import Text

    yield Text.assemble(_names(claim.actors) or "–", "  ", (_what(claim), _COLOURS[claim.quad]), "  ", _names(claim.recipients))
    told = " · ".join(filter(None, [_when(claim), _where(claim), _says(claim), *map(_count, to_dict(claim.counts))]))
    if told:
        yield Text(f"    {told}")
    yield Text("    ").append_text(_quoted(claim))


def _names(refs: tuple[Ref, ...]) -> str:
    return "; ".join(map(party_label, refs))


def _when(claim: Claim) -> str:
    return claim.when.value or claim.when.text if claim.when else ""


def _where(claim: Claim) -> str:
    return claim.where.name or claim.where.text if claim.where else ""


def _what(claim: Claim) -> str:
    return code_of(claim.type, claim.mode) + ("" if claim.status == "actual" else f" ({claim.status})")


def _says(claim: Claim) -> str:
    if claim.speaker is None:
        return "allegedly" if claim.stance == "alleges" else ""
    called = _called(to_dict(claim.speaker))
    verb = _STANCE_VERBS[claim.stance]
    return f"{called} {_PLURAL_VERBS.get(verb, verb[:-1]) if _SEVERAL.search(called) else verb}"


def _called(speaker: dict[str, Any]) -> str:
    """A speaker as the press calls him: "Minsk" stays Minsk, everybody else has his name."""
    return str(speaker["text"] if speaker["how"] == "metonym" else speaker["name"] or speaker["text"])


def _count(count: dict[str, Any]) -> str:
    return f"{' '.join(count['text'].split())} {_KINDS[count['kind']]}"


def _topic(on: str, kind: str | None) -> str:
    return _TOPICS[on] + (f" {_KINDS[kind]}" if kind else "")


def _sides(disagreement: Disagreement, coded: CodedDocument) -> str:
    """The claims of a disagreement in a line: "Kyiv says ASSAULT, 12 dead | Moscow denies ASSAULT"."""
    claim_by_id = {c.id: c for c in coded.claims}
    told = [claim_by_id[i] for i in disagreement.claims]
    numbers = [[_count(to_dict(n)) for n in c.counts if n.kind == disagreement.kind] for c in told]
    return " | ".join(
        ", ".join([f"{_says(c) or 'the text says'} {_names(c.actors)} {_what(c)} {_names(c.recipients)}".strip(), *n])
        for c, n in zip(told, numbers, strict=True)
    )


def _chain(links: list[dict[str, Any]]) -> str:
    """A provenance chain in a line: "DW (state-funded, DEU) ← dpa ← interview: Welt am Sonntag"."""
    parts = []
    for link in links:
        name = link["name"] if link["kind"] in ("outlet", "agency") else f"{link['kind']}: {link['name']}"
        mark = ", ".join(filter(None, [f"state-{link['state']}", link["country"]])) if link["state"] else ""
        parts.append(f"{name} ({mark})" if mark else name)
    return " ← ".join(parts)


def _quoted(claim: Claim) -> "Text":
    from rich.text import Text

    sentence, start = claim.sentence.text, claim.trigger.start - claim.sentence.start
    end = start + len(claim.trigger.text)
    low, high = max(0, start - _AROUND), min(len(sentence), end + _AROUND)
    low = sentence.rfind(" ", 0, low) + 1 if low else 0
    high = (sentence.find(" ", high) + 1 or len(sentence) + 1) - 1 if high < len(sentence) else high
    flat = [part.replace("\n", " ") for part in (sentence[low:start], sentence[start:end], sentence[end:high])]
    text = Text("…" if low else "")
    text.append(flat[0]).append(flat[1], "bold reverse").append(flat[2])
    return text.append("…" if high < len(sentence) else "")


def article_page(stored: "Stored") -> str:
    """A whole HTML page: the article's text with each claim's trigger and parties marked, and the claims beside it."""
    import jinja2

    environment = jinja2.Environment(loader=jinja2.PackageLoader("lapwing"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    claims = stored.coded["claims"]
    for claim in claims:
        claim["says"] = _STANCE_VERBS[claim["stance"]]
        claim["code"] = code_of(claim["type"], claim["mode"])
        claim["speaker_name"] = _called(claim["speaker"]) if claim["speaker"] else None
        claim["numbers"] = [_count(n) for n in claim.get("counts", [])]
    claim_by_id = {c["id"]: c for c in claims}
    disagreements = [
        {"topic": _topic(d["on"], d["kind"]), "claims": [claim_by_id[i] for i in d["claims"]]}
        for d in stored.coded.get("disagreements", [])
    ]
    links = stored.article.get("provenance", [])
    return environment.get_template("article.html").render(
        stored=stored,
        article=stored.article,
        claims=claims,
        paragraphs=_paragraphs(stored.text, claims),
        quads=QUADS,
        disagreements=disagreements,
        links=links,
        chain=_chain(links),
    )


def _paragraphs(text: str, claims: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The text as paragraphs of pieces; a piece knows which claims' triggers and parties cover it."""
    edges = {0, len(text)}
    marks: list[tuple[int, int, str, dict[str, Any]]] = []
    for claim in claims:
        marks.append((claim["trigger"]["start"], claim["trigger"]["end"], "trigger", claim))
        marks.extend((r["start"], r["end"], role[:-1], claim) for role in ("actors", "recipients") for r in claim[role])
    for start, end, *_ in marks:
        edges |= {start, end}
    position = 0
    for block in text.split("\n\n"):
        edges |= {position, position + len(block)}
        position += len(block) + 2
    ordered = sorted(edges)
    paragraphs: list[list[dict[str, Any]]] = [[]]
    for start, end in itertools.pairwise(ordered):
        piece = text[start:end]
        if piece == "\n\n":
            paragraphs.append([])
            continue
        over = [(kind, claim) for low, high, kind, claim in marks if low <= start and end <= high]
        trigger = next((claim for kind, claim in over if kind == "trigger"), None)
        kinds = sorted({kind for kind, _ in over})
        paragraphs[-1].append(
            {"text": piece, "kinds": kinds, "claims": sorted({c["id"] for _, c in over}), "quad": trigger["quad"] if trigger else None}
        )
    return [p for p in paragraphs if p]


def codebook_text(code: str) -> str:
    """An entry as plain text."""
    entry = look_up(code)
    if isinstance(entry, Crosswalk):
        target = code_of(entry.type, entry.mode) if entry.type else "no PLOVER event (a bare statement)"
        contexts = f"\ncontexts: {', '.join(entry.contexts)}" if entry.contexts else ""
        return f"CAMEO {entry.code} → {target}{contexts}"
    lines = [entry.code]
    type, _, mode = entry.code.partition("/")
    if type in TYPES:
        lines[0] += f"   quad {quad(type)} ({QUADS[quad(type)]}), intensity {intensity(type, mode or None):+g}"
    lines.append(entry.definition)
    lines.extend(f"  yes: {example}" for example in entry.examples)
    lines.extend(f"  no:  {miss}" for miss in entry.near_misses)
    if type in TYPES and not mode and MODES_BY_TYPE[type]:
        lines.append(f"modes: {', '.join(MODES_BY_TYPE[type])}")
    return "\n".join(lines)


def codebook_index() -> str:
    """All codes, a line a group."""
    lines = [f"{type:<10}{' '.join(MODES_BY_TYPE[type])}".rstrip() for type in TYPES]
    others = [code for code in codebook() if code.partition("/")[0] not in TYPES]
    return "\n".join([*lines, "", " ".join(others)])


def codebook_page() -> str:
    """The codebook as one Markdown page; `docs/codebook.md` is this."""
    lines = [
        "# Codebook",
        "",
        "Made from `lapwing/data` by `python -m lapwing.show > docs/codebook.md`; definitions and examples are ours.",
        "",
    ]
    for type in TYPES:
        lines += ["", f"## {type}", ""]
        for code in (type, *(f"{type}/{m}" for m in MODES_BY_TYPE[type])):
            entry = codebook()[code]
            mode = code.partition("/")[2]
            head = f"**{mode or type}** ({intensity(type, mode or None):+g}{'' if mode else f', {QUADS[quad(type)]}'}). {entry.definition}"
            lines.append(f"- {head} *Yes:* {' '.join(entry.examples)} *No:* {' '.join(entry.near_misses)}")
    others = [code for code in codebook() if code.partition("/")[0] not in TYPES]
    lines += ["", "## Contexts, auxiliary modes, sectors, international codes", ""]
    lines += [f"- **{code}**: {codebook()[code].definition}" for code in others]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(codebook_page(), end="")
