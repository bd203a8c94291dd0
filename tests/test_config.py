"""Settings from file and environment."""

from pathlib import Path

import pytest

from lapwing.config import Settings, settings
from lapwing.errors import InputError


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    for name in ("LAPWING_MODEL", "LAPWING_THREADS"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_gives_the_defaults(tmp_path):
    assert settings(tmp_path) == Settings()


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "lapwing.toml").write_text('model = "m.onnx"\nactors = ["people.tsv"]\nthreads = 1\n')
    assert settings(tmp_path) == Settings(tmp_path / "m.onnx", (tmp_path / "people.tsv",), 1)


def test_the_environment_wins(tmp_path, monkeypatch):
    (tmp_path / "lapwing.toml").write_text("threads = 1\n")
    monkeypatch.setenv("LAPWING_THREADS", "4")
    monkeypatch.setenv("LAPWING_MODEL", "/x/m.onnx")
    assert settings(tmp_path) == Settings(Path("/x/m.onnx"), (), 4)


@pytest.mark.parametrize("text", ["threads = 0", 'threads = "many"', "colour = 1", "actors = 1", "model = 1", "not toml"])
def test_a_bad_file_is_named(tmp_path, text):
    (tmp_path / "lapwing.toml").write_text(text)
    with pytest.raises(InputError, match=r"lapwing\.toml|threads"):
        settings(tmp_path)
