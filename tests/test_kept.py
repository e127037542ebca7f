"""What is kept goes stale when something it comes from changes, and a chapter with no module it does not import."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from book import chapters
from gvc import panel
from industrial_chains import kept

ROOT = Path(__file__).parents[1]


def files(code: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in kept.modules(code)}


def test_imports_are_followed_through_what_they_import() -> None:
    assert files("from industrial_chains.models.agglomeration import CorePeriphery") == {
        *("gvc/__init__.py", "gvc/errors.py"),
        *(path.relative_to(ROOT).as_posix() for path in kept.modules("import gvc")),
        *(
            "industrial_chains/__init__.py",
            "industrial_chains/models/__init__.py",
            "industrial_chains/models/agglomeration.py",
        ),
    }
    assert {"gvc/leontief.py", "gvc/sources/rda.py"} <= files("import gvc")
    assert "industrial_chains/charting/names.py" in files("from industrial_chains.charting import charts")
    assert not files("import pandas as pd\nfrom pathlib import Path")


def test_no_chapter_depends_on_the_command_line_or_the_extension() -> None:
    for chapter in chapters.chapters(ROOT):
        found = files("\n".join(chapters.code(ROOT, chapter)))
        assert not [
            name for name in found if name.startswith(("gvc/cli", "industrial_chains/commands", "book/extension"))
        ], chapter


def test_a_chapter_depends_on_its_own_module_and_on_no_others() -> None:
    found = files("\n".join(chapters.code(ROOT, "chapters/theory/effects")))
    assert {
        "chapters/theory/effects.py",
        "industrial_chains/charting/names.py",
        "gvc/panel/parquet.py",
    } <= found
    assert "chapters/theory/waves.py" not in found


def test_the_digest_moves_with_code_the_data_it_names_and_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(panel, "DATA", tmp_path / "data")
    waves = tmp_path / "data" / "theory" / "waves.csv"
    waves.parent.mkdir(parents=True)
    waves.write_text("1")
    reading = "data.table('waves')"
    seen = [kept.digest(reading, lock), kept.digest("import gvc", lock)]
    lock.write_text("numpy==2")
    seen.append(kept.digest(reading, lock))
    other = kept.digest("x = 1", lock)
    waves.write_text("2")
    seen.append(kept.digest(reading, lock))
    assert len(set(seen)) == 4
    assert kept.digest("x = 1", lock) == other, "it does not read the file"
    assert kept.digest("x = 2", lock) == other, "the cache knows the code by itself"


def test_a_module_that_has_changed_is_hashed_again(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    seen = set()
    for number, text in enumerate(("a = 1", "a = 2")):
        path.write_text(text)
        os.utime(path, (number, number))
        seen.add(kept._hash(path, path.stat().st_mtime_ns))
    assert len(seen) == 2


MODULE = """
from industrial_chains import kept

@kept.kept
def counted(by: float = 1.0) -> float:
    with open({log!r}, "a") as log:
        log.write("x")
    return {number} * by
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep results in a folder, of a package of one module."""
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "results"))
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def loaded(folder: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a module that counts how often it computes, as another process would."""
    # Each of another length: bytecode goes by that, and by seconds.
    code = MODULE.format(log=str(folder / "log"), number=number) + "#" * number
    (folder / "counting.py").write_text(code, "utf-8")
    monkeypatch.setattr(kept, "_now", lambda module: f"digest{number}")
    sys.modules.pop("counting", None)
    importlib.invalidate_caches()
    return importlib.import_module("counting")


def test_a_result_is_computed_once_for_all_processes_until_its_code_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, times in ((2, 1), (2, 1), (3, 2), (3, 2)):
        assert loaded(folder, number, monkeypatch).counted() == number
        assert (folder / "log").read_text() == "x" * times
    assert len([one for one in (folder / "results").iterdir() if one.suffix != ".lock"]) == 1, "the old one is dropped"


def test_results_of_other_arguments_are_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = loaded(folder, 2, monkeypatch)
    assert [counting.counted(by) for by in (1.0, 2.0, 2.0)] == [2, 4, 4]
    assert counting.counted(by=3.0) == 6
    assert (folder / "log").read_text() == "xxx"


def test_a_damaged_result_is_computed_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert loaded(folder, 2, monkeypatch).counted() == 2
    (file,) = (one for one in (folder / "results").iterdir() if one.suffix != ".lock")
    file.write_bytes(file.read_bytes()[:-3])
    assert loaded(folder, 2, monkeypatch).counted() == 2
    assert (folder / "log").read_text() == "xx"
    assert "damaged" in capsys.readouterr().err


def test_where_nobody_says_where_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(kept.FOLDER)
    for _ in range(2):
        assert loaded(folder, 2, monkeypatch).counted() == 2
    assert not (folder / "results").exists()
    assert (folder / "log").read_text() == "xx"
