"""One command a verb: `lapwing read`, `show`, `demo`, `code`, `resolve`, `actors`, `extract`, `codebook`.

Heavy modules are imported inside the commands, so that `lapwing --help` is quick.  Exit status: 0 done (what could not be read or coded is
told item by item), 1 nothing at all could be read, 2 the call itself was wrong (no such input file, not JSON Lines, bad option).
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from lapwing.errors import LapwingError

if TYPE_CHECKING:
    from lapwing.pipeline import Coder
    from lapwing.records import Page

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Reads the news and codes political events (PLOVER) with their evidence.",
)

actors = typer.Typer(no_args_is_help=True, help="Looks after one's own tables of actors.")
app.add_typer(actors, name="actors")

Input = Annotated[str, typer.Argument(metavar="[INPUT.jsonl|-]", help="JSON Lines, one record a line; `-` is standard input")]
Output = Annotated[str, typer.Option("-o", "--output", metavar="OUTPUT.jsonl|-", help="where the results go; `-` is standard output")]
StorePath = Annotated[Path, typer.Option("--store", help="the file articles and claims are kept in", envvar="LAPWING_STORE")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines for machines instead of a table")]
DEFAULT_STORE = Path("lapwing.db")


@app.command()
def code(source: Input = "-", output: Output = "-") -> None:
    """Code documents: one JSON document a line in, one JSON result a line out, same order."""
    from lapwing.records import to_dict

    with _writer(output) as write:
        for result in _coder().code(_records(source)):
            write(to_dict(result))


@app.command()
def resolve(
    source: Input = "-",
    output: Output = "-",
    explain: Annotated[bool, typer.Option("--explain", help="add one line that says why")] = False,
) -> None:
    """Resolve actor phrases: {"id", "text", "date"?, "context"?} a line in, the party a line out."""
    coder = _coder()
    with _writer(output) as write:
        for number, record in enumerate(_records(source), 1):
            write(_resolved(coder, record, number, explain))


@actors.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE.tsv…", help="tables of the shape of ours")]) -> None:
    """Check tables of one's own: one line a problem; status 1 if there is any."""
    from lapwing.resolution.lint import problems

    found = [problem for path in files for problem in problems(path)]
    for problem in found:
        print(problem)
    if found:
        raise typer.Exit(1)


@actors.command()
def members(
    organisation: Annotated[
        str, typer.Argument(metavar="ORGANISATION", help="id in the table of organisations: nato, opec, african-union")
    ],
    year: Annotated[int, typer.Option("--year", help="members at the end of that year")] = 9999,
) -> None:
    """The member states of an organisation, one a line."""
    from lapwing.config import settings
    from lapwing.resolution.knowledge import KnowledgeBase

    kb = KnowledgeBase.load(settings().actor_tables)
    if organisation not in kb.members:
        _fail(f"no members of {organisation!r} are known; known are those of {', '.join(kb.members)}")
    for code in kb.members_of(organisation, year):
        print(f"{code}\t{kb.countries[code]}")


@actors.command()
def update(
    countries: Annotated[list[str], typer.Argument(metavar="COUNTRY…", help="alpha-3 codes: KEN DEU")],
    output: Annotated[Path, typer.Option("-o", "--output", help="the table to write")] = Path("people.tsv"),
    since: Annotated[str, typer.Option("--since", help="leave out who left office before that day")] = "1990-01-01",
    service: Annotated[str, typer.Option("--service", help="another SPARQL service with Wikidata's content", envvar="LAPWING_SPARQL")] = "",
) -> None:
    """Read heads of state and government from Wikidata into a table of one's own; never changes ours."""
    from lapwing.fetch import Limits, fetch
    from lapwing.resolution.knowledge import KnowledgeBase
    from lapwing.resolution.wikidata import SERVICE, address_of, rows_from, table_of

    kb, rows = KnowledgeBase.load(), dict[str, None]()
    if unknown := [c for c in countries if c not in kb.countries]:
        _fail(f"{unknown[0]!r} is no country; write its ISO 3166-1 alpha-3 code")
    for country in countries:
        try:
            page = fetch(address_of(country, since, service or SERVICE), Limits(private=bool(service), robots=False))
            found, skipped = rows_from(page.content, country, kb)
        except LapwingError as error:
            print(f"{country}: {error}", file=sys.stderr)
            continue
        rows.update(dict.fromkeys(found))
        print(f"{country}: {len(found)} spells" + (f", {skipped} not understood" if skipped else ""), file=sys.stderr)
    if not rows:
        raise typer.Exit(1)
    output.write_text(table_of(list(rows)), encoding="utf-8")


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.html…", help="HTML pages or plain text files")],
    url: Annotated[str | None, typer.Option("--url", help="the page's address, if one page is given")] = None,
) -> None:
    """Extract the article of each page: one JSON line a file."""
    from lapwing.pipeline import article_of
    from lapwing.records import to_dict

    if url and len(files) > 1:
        _fail("--url goes with one FILE; give the pages one by one")
    with _writer("-") as write:
        for path in files:
            page = _page(path, url)
            write(to_dict(article_of(page)) if page else _unread(path))


@app.command()
def read(
    sources: Annotated[list[str], typer.Argument(metavar="FILE|URL…", help="news pages: files, folders or addresses")],
    store: StorePath = DEFAULT_STORE,
    as_json: AsJson = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="one GeoJSON map of the claims that have a place")] = False,
) -> None:
    """Read pages: extract, code, keep, and print who did what to whom, when, where and who says so."""
    if as_json and as_geojson:
        _fail("--json or --geojson, not both")
    unread: list[tuple[str, str]] = []
    form = "geojson" if as_geojson else "json" if as_json else "table"
    count = _read(_pages(sources, unread), len(sources), store, form)
    for name, why in unread:
        print(f"lapwing: {name}: {why}", file=sys.stderr)
    if not count:
        raise typer.Exit(1)


@app.command()
def demo(store: StorePath = DEFAULT_STORE, as_json: AsJson = False) -> None:
    """Read the bundled sample: dispatches about the flight diverted to Minsk in 2021, and some about other things."""
    from importlib import resources

    folder = Path(str(resources.files("lapwing.data") / "sample"))
    paths = sorted(str(p) for p in folder.glob("*.html"))
    _read(_pages(paths, []), len(paths), store, "json" if as_json else "table")
    if not as_json:
        print(f"kept in {store}; `lapwing show 1 --store {store}` opens an article with its claims marked")


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ARTICLE", help="the article's number, as `read` prints it")],
    store: StorePath = DEFAULT_STORE,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="write the page here instead of opening it")] = None,
) -> None:
    """Open an article as a page, its claims highlighted in the text."""
    import tempfile
    import webbrowser

    from lapwing.show import article_page
    from lapwing.store import open_store

    if not store.exists():
        _fail(f"no store at {store}; `lapwing read` or `lapwing demo` makes one")
    with _explained(), open_store(store) as opened:
        page = article_page(opened.article(number))
    target = output or Path(tempfile.gettempdir()) / f"lapwing-{number}.html"
    target.write_text(page, encoding="utf-8")
    print(target)
    if output is None:
        webbrowser.open(target.as_uri())


@app.command()
def codebook(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE…]", help="`AID`, `RETREAT/release`, `military`, `COP`, CAMEO `0841`")
    ] = None,
) -> None:
    """Print an entry of the codebook with an example and a near miss; all codes if none is named."""
    from lapwing.show import codebook_index, codebook_text

    with _explained():
        print("\n\n".join(codebook_text(c) for c in codes) if codes else codebook_index())


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("lapwing"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")] = False,
) -> None:
    del version


def _coder() -> "Coder":
    """A coder with all it needs; the model, which loads outside Python, while the tables are read."""
    from concurrent.futures import ThreadPoolExecutor

    from lapwing.config import settings
    from lapwing.pipeline import Coder

    with _explained(), ThreadPoolExecutor(1) as beside:
        chosen = settings()
        coder = Coder(chosen.model, chosen.actor_tables, chosen.threads)
        model = beside.submit(lambda: coder.tagger)
        _ = coder.knowledge, coder.gazetteer
        model.result()
        return coder


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """An error of ours ends the command with its message, without a traceback."""
    try:
        yield
    except LapwingError as error:
        _fail(str(error))


def _fail(message: str) -> None:
    print(f"lapwing: {message}", file=sys.stderr)
    raise typer.Exit(2)


@contextlib.contextmanager
def _writer(output: str) -> Iterator[Any]:
    """A function that writes one record as a JSON line."""
    with contextlib.ExitStack() as stack:
        stream: IO[str] = sys.stdout
        if output != "-":
            try:
                stream = stack.enter_context(open(output, "w", encoding="utf-8", newline="\n"))
            except OSError as error:
                _fail(f"cannot write {output}: {error.strerror}")

        def write(record: Any) -> None:
            line = json.dumps(record, ensure_ascii=False)
            print(line if line.isascii() or _writable(line) else json.dumps(record), file=stream, flush=stream is sys.stdout)

        try:
            yield write
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _writable(line: str) -> bool:
    """Is it valid UTF-8 (no lone surrogate)?"""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _records(source: str) -> Iterator[Any]:
    """The records of a JSON Lines input; a line that is no JSON is passed on as `None` once the first good line was seen."""
    with contextlib.ExitStack() as stack:
        stream: IO[bytes] = sys.stdin.buffer
        if source != "-":
            try:
                stream = stack.enter_context(open(source, "rb"))
            except OSError as error:
                _fail(f"cannot open {source}: {error.strerror}")
        seen = False
        for raw in stream:
            line = raw.decode("utf-8", "replace").strip().removeprefix("\ufeff")
            if not line:
                continue
            record = _json(line)
            if record is None and not seen:
                _fail(f"{source} is not JSON Lines: its first line cannot be parsed")
            seen = True
            yield record


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _resolved(coder: "Coder", record: Any, number: int, explain: bool) -> dict[str, Any]:
    empty: dict[str, Any] = {"entity": None, "name": None, "country": None, "sectors": [], "how": "unresolved"}
    record = record if isinstance(record, Mapping) else {}
    identity = record.get("id") if isinstance(record.get("id"), str) else f"line-{number}"
    text, date, context = record.get("text"), record.get("date"), record.get("context")
    if not isinstance(text, str) or not isinstance(context, str | None):
        return {
            "id": identity,
            **empty,
            "issues": [{"code": "bad-input", "message": "needs `text`, a string, and `context`, a string if given"}],
        }
    try:
        found = coder.resolve(text, date, context or "")
    except LapwingError as error:
        return {"id": identity, **empty, "issues": [{"code": error.code, "message": str(error)}]}
    fields = {"entity": found.entity, "name": found.name, "country": found.country, "sectors": list(found.sectors), "how": found.how}
    return {"id": identity, **fields} | ({"reason": found.reason} if explain else {})


def _page(path: Path, url: str | None = None) -> "Page | None":
    from lapwing.records import Page

    try:
        return Page(path.name, path.read_bytes(), url)
    except OSError:
        return None


def _unread(path: Path) -> dict[str, Any]:
    from lapwing.records import Article, Issue, to_dict

    issue = Issue("unreadable", f"cannot read {path}; is it there, and a file?")
    return dict(to_dict(Article(path.name, None, None, None, None, None, None, (), None, None, "", (), (), (issue,))))


def _pages(sources: Iterable[str], unread: list[tuple[str, str]]) -> Iterator["Page"]:
    """The pages of files, folders and addresses; what cannot be read is added to `unread`."""
    for source in sources:
        if source.startswith(("http://", "https://")):
            page = _fetched(source, unread)
            if page:
                yield page
            continue
        paths = sorted(p for p in Path(source).iterdir() if p.is_file()) if Path(source).is_dir() else [Path(source)]
        if not paths:
            unread.append((source, "the folder has no files"))
        for path in paths:
            page = _page(path)
            if page is None:
                unread.append((str(path), "cannot be read; is it there, and a file?"))
            else:
                yield page


def _fetched(url: str, unread: list[tuple[str, str]]) -> "Page | None":
    from lapwing.fetch import fetch

    try:
        return fetch(url)
    except LapwingError as error:
        unread.append((url, str(error)))
        return None


def _read(pages: Iterator["Page"], count: int, store: Path, form: str) -> int:
    """Read pages into the store, print what they claim as `table`, `json` or `geojson`; how many were read."""
    from lapwing.geojson import feature_collection
    from lapwing.records import Article, CodedDocument, to_dict
    from lapwing.show import print_article, progress
    from lapwing.store import open_store

    coder = _coder()
    done = 0
    mapped: list[tuple[Article, CodedDocument]] = []
    with _explained(), open_store(store) as opened, _writer("-") as write:
        for article, document, coded in progress(coder.read(pages), count, quiet=form != "table"):
            number = opened.add(article, document, coded)
            if form == "geojson":
                mapped.append((article, coded))
            elif form == "json":
                write({"number": number, "article": to_dict(article), "text": document.text, "coded": to_dict(coded)})
            else:
                print_article(number, article, document, coded)
            done += 1
        if form == "geojson":
            write(feature_collection(mapped))
    return done


def main() -> None:
    """Entry point."""
    app()
