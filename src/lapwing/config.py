"""Environment and `lapwing.toml` → one frozen `Settings`, read only at the edges."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from lapwing.errors import InputError


@dataclass(frozen=True)
class Settings:
    """What a user may set."""

    model: Path | None = None
    """Another model file; None: the bundled one.  `LAPWING_MODEL`, or `model` in `lapwing.toml`."""
    actor_tables: tuple[Path, ...] = ()
    """Extra tables of people, organisations and agents; they win over the bundled ones.  `actors` in `lapwing.toml`."""
    threads: int = 2
    """Threads of the model.  `LAPWING_THREADS`, or `threads` in `lapwing.toml`."""


def settings(folder: Path = Path()) -> Settings:
    """The settings in force in `folder`; InputError names the key that is wrong."""
    path = folder / "lapwing.toml"
    table: dict[str, object] = {}
    if path.is_file():
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: {error}") from error
    unknown = set(table) - {"model", "actors", "threads"}
    if unknown:
        raise InputError(f"{path}: unknown key {sorted(unknown)[0]!r}; known are model, actors, threads")
    model = os.environ.get("LAPWING_MODEL") or table.get("model")
    actors = table.get("actors", [])
    threads = os.environ.get("LAPWING_THREADS") or table.get("threads", 2)
    if not isinstance(model, str | None):
        raise InputError(f"{path}: `model` is not a path")
    if not isinstance(actors, list) or not all(isinstance(a, str) for a in actors):
        raise InputError(f"{path}: `actors` is not a list of paths")
    if not str(threads).isdigit() or int(str(threads)) < 1:
        raise InputError(f"`threads` is {threads!r}; write a number from 1")
    return Settings(folder / model if model else None, tuple(folder / a for a in actors), int(str(threads)))
