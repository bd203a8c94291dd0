"""Articles and their claims ↔ one SQLite file.  The only file that speaks SQL.

An article is known by its link, or its file's name; each new text of it is a revision, the old ones stay.  Claims belong to the revision they
were read from, so their offsets always fit its text.  Write-ahead logging lets the command line and a watcher have the file open at once.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from lapwing.errors import StoreError
from lapwing.records import Article, CodedDocument, Document, to_dict

SCHEMA = 1
_META = sa.MetaData()
_ARTICLE = sa.Table(
    "article", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String, unique=True, nullable=False),
)  # fmt: skip
_REVISION = sa.Table(
    "revision", _META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("article_id", sa.ForeignKey("article.id"), nullable=False, index=True),
    sa.Column("digest", sa.String, nullable=False),
    sa.Column("read_at", sa.String, nullable=False),
    sa.Column("date", sa.String, index=True),
    sa.Column("outlet", sa.String),
    sa.Column("title", sa.String),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("article", sa.JSON, nullable=False),
    sa.Column("coded", sa.JSON, nullable=False),
    sa.UniqueConstraint("article_id", "digest"),
)  # fmt: skip
_CLAIM = sa.Table(
    "claim", _META,
    sa.Column("revision_id", sa.ForeignKey("revision.id"), primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("type", sa.String, nullable=False, index=True),
    sa.Column("mode", sa.String),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("quad", sa.Integer, nullable=False),
    sa.Column("intensity", sa.Float, nullable=False),
    sa.Column("date", sa.String),
    sa.Column("confidence", sa.Float, nullable=False),
)  # fmt: skip
_PARTY = sa.Table(
    "party", _META,
    sa.Column("revision_id", sa.Integer, primary_key=True),
    sa.Column("claim_id", sa.String, primary_key=True),
    sa.Column("role", sa.String, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("country", sa.String, index=True),
    sa.Column("entity", sa.String, index=True),
    sa.Column("text", sa.String, nullable=False),
    sa.ForeignKeyConstraint(["revision_id", "claim_id"], ["claim.revision_id", "claim.id"]),
)  # fmt: skip


@dataclass(frozen=True)
class Stored:
    """An article as it was read: number in the store, moment of reading (ISO 8601, UTC), the coded text, and the JSON forms of both records."""

    number: int
    read_at: str
    text: str
    article: dict[str, Any]
    coded: dict[str, Any]


class Store:
    """An open store; a context manager."""

    def __init__(self, path: Path) -> None:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(self._engine, "connect", _on_connect)
        try:
            with self._engine.begin() as connection:
                version = connection.execute(sa.text("PRAGMA user_version")).scalar_one()
                if version not in (0, SCHEMA):
                    raise StoreError(f"{path} was made by another version of Lapwing (schema {version}, here {SCHEMA})")
                _META.create_all(connection)
                connection.execute(sa.text(f"PRAGMA user_version = {SCHEMA}"))
        except DatabaseError as error:
            raise StoreError(f"cannot open the store {path}: {error.orig}") from error

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._engine.dispose()

    def add(self, article: Article, document: Document, coded: CodedDocument) -> int:
        """Keep an article and its claims; the article's number.  The same text read again replaces its claims, not its revision."""
        digest = hashlib.sha256(document.text.encode("utf-8", "replace")).hexdigest()
        with self._engine.begin() as connection:
            number = _article_number(connection, article.url or article.id)
            revision = _revision_number(connection, number, digest, article, document, coded)
            for table in (_PARTY, _CLAIM):
                connection.execute(table.delete().where(table.c.revision_id == revision))
            _add_claims(connection, revision, coded)
        return number

    def article(self, number: int) -> Stored:
        """The newest revision of an article; StoreError if there is none of that number."""
        query = sa.select(_REVISION).where(_REVISION.c.article_id == number).order_by(_REVISION.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise StoreError(f"no article {number} in {self.path}; `lapwing read` prints the numbers")
        return _stored(row)

    def articles(self) -> Iterator[Stored]:
        """The newest revision of every article, by number."""
        newest = sa.select(sa.func.max(_REVISION.c.id)).group_by(_REVISION.c.article_id)
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_REVISION).where(_REVISION.c.id.in_(newest)).order_by(_REVISION.c.article_id))
            for row in rows.mappings():
                yield _stored(row)

    def revisions(self, number: int) -> list[str]:
        """When each revision of an article was first read, oldest first."""
        query = sa.select(_REVISION.c.read_at).where(_REVISION.c.article_id == number).order_by(_REVISION.c.id)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())


def open_store(path: str | os.PathLike[str]) -> Store:
    """Open the store at `path`, made if it is not there."""
    return Store(Path(path))


def _on_connect(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _stored(row: Any) -> Stored:
    return Stored(row["article_id"], row["read_at"], row["text"], row["article"], row["coded"])


def _article_number(connection: sa.Connection, key: str) -> int:
    found = connection.execute(sa.select(_ARTICLE.c.id).where(_ARTICLE.c.key == key)).scalar()
    return int(found if found is not None else connection.execute(_ARTICLE.insert().values(key=key)).inserted_primary_key[0])  # type: ignore[index]


def _revision_number(
    connection: sa.Connection, number: int, digest: str, article: Article, document: Document, coded: CodedDocument
) -> int:  # fmt: skip
    records = {"article": _plain(article), "coded": _plain(coded)}
    same = (_REVISION.c.article_id == number) & (_REVISION.c.digest == digest)
    found = connection.execute(sa.select(_REVISION.c.id).where(same)).scalar()
    if found is not None:
        connection.execute(_REVISION.update().where(same).values(**records))
        return int(found)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    values = {
        "article_id": number,
        "digest": digest,
        "read_at": now,
        "date": article.date,
        "outlet": article.outlet,
        "title": article.title,
    }
    made = connection.execute(_REVISION.insert().values(**values, text=_clean(document.text), **records))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _plain(record: Any) -> Any:
    return json.loads(_clean(json.dumps(to_dict(record), ensure_ascii=False)))


def _clean(text: str) -> str:
    """SQLite takes no lone surrogates; each becomes one replacement character, so offsets hold."""
    return "".join("�" if 0xD800 <= ord(c) < 0xE000 else c for c in text)


def _add_claims(connection: sa.Connection, revision: int, coded: CodedDocument) -> None:
    claims: list[dict[str, Any]] = []
    parties: list[dict[str, Any]] = []
    for claim in coded.claims:
        columns = {name: getattr(claim, name) for name in ("id", "type", "mode", "status", "quad", "intensity", "confidence")}
        claims.append({"revision_id": revision, **columns, "date": claim.when.value if claim.when else None})
        sides: Sequence[tuple[str, Sequence[Any]]] = (("actor", claim.actors), ("recipient", claim.recipients))
        for role, refs in sides:
            parties.extend(
                {"revision_id": revision, "claim_id": claim.id, "role": role, "position": i, "country": r.country, "entity": r.entity, "text": _clean(r.text)}
                for i, r in enumerate(refs)
            )  # fmt: skip
    if claims:
        connection.execute(_CLAIM.insert(), claims)
    if parties:
        connection.execute(_PARTY.insert(), parties)
