"""The direction of imports, the homes of heavy dependencies and the size ceilings of the design, read off the syntax tree."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "lapwing"
MODULES = sorted(p for p in SRC.rglob("*.py"))
CEILING = 800

STAGES = {
    "fetch",
    "sources",
    "extraction",
    "tagger",
    "quotations",
    "stances",
    "coder",
    "counts",
    "disagreements",
    "provenance",
    "resolution",
    "dedupe",
}
LAYER_BELOW = {
    "records": set(),
    "errors": set(),
    "ontology": {"records", "errors"},
    **{stage: {"records", "errors", "ontology"} for stage in STAGES},
    "sources": {"records", "errors", "ontology", "fetch"},
    "pipeline": {"records", "errors", "ontology"} | STAGES,
    "store": {"records", "errors", "ontology"},
    "config": {"errors"},
    "geojson": {"records", "errors", "ontology"},
    "show": {"records", "errors", "ontology", "store"},
}
EDGES = {"cli", "batch", "web", "__init__", "__main__"}
HOMES = {
    "onnxruntime": {"tagger"}, "tokenizers": {"tagger"}, "sentencex": {"tagger"}, "trafilatura": {"extraction"}, "lxml": {"extraction"},
    "htmldate": {"extraction"}, "py3langid": {"extraction"}, "sqlalchemy": {"store"}, "rapidfuzz": {"resolution"}, "ahocorasick_rs": {"resolution"},
    "anyascii": {"resolution"}, "dateutil": {"resolution"}, "sqlite3": {"resolution"}, "jinja2": {"show"}, "rich": {"show"}, "typer": {"cli"},
    "httpx2": {"fetch"}, "protego": {"fetch"}, "tomllib": {"config"},
}  # fmt: skip
VAGUE = re.compile(r"util|helper|core|base|manager|service", re.I)


def part(path: Path) -> str:
    """The module or folder directly under `lapwing`."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Dotted names a module imports, anywhere in it, type-checking blocks included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own_parts(path: Path) -> set[str]:
    """The parts of the package a module imports."""
    names = {p.stem for p in SRC.glob("*.py")} | {p.name for p in SRC.iterdir() if p.is_dir()}
    return {n for name in imports(path) if name.startswith("lapwing.") for n in [name.split(".")[1]] if n in names}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    name = part(path)
    if name in EDGES or name in ("data", "templates"):
        return
    assert name in LAYER_BELOW, f"{name} has no place in the design; name its layer here"
    above = own_parts(path) - LAYER_BELOW[name] - {name, "data"}
    assert not above, f"{path.name} imports {sorted(above)}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_dependencies_have_one_home(path):
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or part(path) in homes, f"{path.name} imports {name}; its home is {sorted(homes or ())}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_the_package_does_not_know_how_it_was_made(path):
    assert not {n for n in imports(path) if n.split(".")[0] in ("training", "benchmarks", "tests")}


def test_no_cycles():
    graph = {p.stem if p.parent == SRC else part(p): set() for p in MODULES}
    for path in MODULES:
        graph[part(path)] = graph.get(part(path), set()) | (own_parts(path) - {part(path)})
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"import cycle {' → '.join((*trail, name))}"
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", [p for d in ("src", "training", "benchmarks", "tests") for p in (ROOT / d).rglob("*.py")], ids=str)
def test_modules_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= CEILING


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_names_say_what_a_module_is(path):
    assert not VAGUE.search(path.stem)


def test_a_folder_needs_three_siblings():
    for folder in {p.parent for p in MODULES} - {SRC, SRC / "data"}:
        assert len([p for p in folder.glob("*.py") if p.name != "__init__.py"]) >= 3, folder
