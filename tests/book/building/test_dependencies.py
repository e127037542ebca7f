"""A chapter depends on all that its results come from, and on no module that it does not import."""

import os
from pathlib import Path

import pytest

from industrial_chains.book import chapters
from industrial_chains.book.building import dependencies

ROOT = Path(__file__).parents[3]


def files(code: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in dependencies.modules(code)}


def test_imports_are_followed_through_what_they_import() -> None:
    assert files("from industrial_chains.models.agglomeration import CorePeriphery") == {
        *("gvc/__init__.py", "gvc/errors.py"),
        *(path.relative_to(ROOT).as_posix() for path in dependencies.modules("import gvc")),
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
            name
            for name in found
            if name.startswith(("gvc/cli", "industrial_chains/commands", "industrial_chains/book/extension"))
        ], chapter


def test_a_chapter_depends_on_its_own_module_and_on_no_others() -> None:
    found = files("\n".join(chapters.code(ROOT, "chapters/theory/stages")))
    assert {
        "industrial_chains/chapters/stages.py",
        "industrial_chains/charting/names.py",
        "gvc/panel/parquet.py",
    } <= found
    assert "industrial_chains/chapters/waves.py" not in found


def test_all_that_can_be_read_counts() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in dependencies.data()}
    assert {
        *("data/panel/lrwiod.parquet", "data/article/claims.yml", "data/theory/waves.csv", "data/terms.csv"),
        *("gvc/sample/wiod2011.csv", "references.bib"),
    } <= names


def test_the_digest_moves_with_code_data_and_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(dependencies, "DATA", tmp_path / "data")
    waves = tmp_path / "data" / "theory" / "waves.csv"
    waves.parent.mkdir(parents=True)
    waves.write_text("1")
    seen = [dependencies.digest("x = 1", lock), dependencies.digest("import gvc", lock)]
    lock.write_text("numpy==2")
    seen.append(dependencies.digest("x = 1", lock))
    waves.write_text("2")
    seen.append(dependencies.digest("x = 1", lock))
    assert len(set(seen)) == 4
    waves.rename(waves.with_name("other.csv"))
    assert dependencies.digest("x = 1", lock) not in seen
    waves.with_name("other.csv").rename(waves)
    assert dependencies.digest("x = 2", lock) == seen[-1], "the cache knows the code by itself"


def test_a_module_that_has_changed_is_hashed_again(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    seen = set()
    for number, text in enumerate(("a = 1", "a = 2")):
        path.write_text(text)
        os.utime(path, (number, number))
        seen.add(dependencies._hash(path, path.stat().st_mtime_ns))
    assert len(seen) == 2
