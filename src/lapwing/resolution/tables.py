"""A tab-separated table of actors → its kind and checked cells, each error with file and line."""

import datetime
from pathlib import Path

from lapwing.errors import KnowledgeError
from lapwing.ontology import SECTORS

TABLES = {
    "countries": ("code", "state", "name", "names", "former", "demonyms", "capital", "seats", "abbreviations", "neighbours"),
    "peoples": ("name", "forms", "country", "sectors"),
    "localities": ("name", "country", "kind"),
    "organisations": ("organisation", "name", "aliases", "code", "sectors", "founded", "ended", "kind", "seat"),
    "memberships": ("organisation", "members"),
    "agents": ("phrase", "kind", "code", "sectors"),
    "offices": ("office", "titles", "sectors", "single", "organisation"),
    "people": ("person", "name", "variants", "country", "office", "sectors", "start", "end", "source"),
}
OPTIONAL = frozenset({"seat"})
"""Last columns that a user's table may leave out."""
Row = tuple[str, int, dict[str, str]]
"""File, line and cells by column."""
_SECTORS = frozenset(SECTORS)


def read_table(path: Path) -> tuple[str, list[Row]]:
    """The kind and rows of a table of the user's."""
    try:
        return rows_of(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def rows_of(name: str, text: str) -> tuple[str, list[Row]]:
    """A table's kind, known by its header, and its rows with their line numbers."""
    table: str | None = None
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if table is None:
            columns = tuple(cells)
            table = next((t for t, full in TABLES.items() if columns == full or (full[-1] in OPTIONAL and columns == full[:-1])), None)
            if table is None:
                raise KnowledgeError(f"{name}, line {number}: the header is that of no knowledge table; known are {', '.join(TABLES)}")
        elif len(cells) != len(columns):
            raise KnowledgeError(f"{name}, line {number}: {len(cells)} columns, {len(columns)} expected ({', '.join(columns)})")
        elif not cells[0]:
            raise KnowledgeError(f"{name}, line {number}: the first column is empty")
        else:
            rows.append((name, number, dict(zip(TABLES[table], [*cells, ""], strict=False))))
    if table is None:
        raise KnowledgeError(f"{name}: the table has no header")
    return table, rows


def identity(table: str, cells: dict[str, str]) -> str:
    """What makes two rows of a table the same entry."""
    return cells[TABLES[table][0]].lower()


def items_in(cell: str) -> list[str]:
    """The items of a list, parted by `|`."""
    return [item for item in cell.split("|") if item] if cell else []


def sectors_in(row: Row, cell: str) -> tuple[str, ...]:
    """The PLOVER sectors of a cell."""
    if not cell:
        return ()
    sectors = tuple(items_in(cell))
    for sector in sectors:
        if sector not in _SECTORS:
            raise KnowledgeError(f"{row[0]}, line {row[1]}: {sector!r} is no PLOVER sector")
    return sectors


def date_in(row: Row, cell: str) -> str | None:
    """The day of a cell, None if it is empty."""
    if not cell:
        return None
    try:
        if len(cell) != len("YYYY-MM-DD"):
            raise ValueError
        datetime.date.fromisoformat(cell)
    except ValueError:
        raise KnowledgeError(f"{row[0]}, line {row[1]}: {cell!r} is no date; write YYYY-MM-DD or leave it empty") from None
    return cell
