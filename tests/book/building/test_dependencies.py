"""What a chapter depends on: all that its results come from, and little that they do not."""

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


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("import gvc", {"wiod2011.csv", *(path.name for path in (ROOT / "data" / "panel").glob("*.parquet"))}),
        ("read(DATA / 'theory' / 'waves.csv')", {"waves.csv"}),
        ("[read(f'table{number}.csv') for number in (1, 2, 3)]", {"table1.csv", "table2.csv", "table3.csv"}),
        ("'a sentence on waves.csv'; f'{name}'; f'c{at}'; 'c*'", set()),
    ],
)
def test_data_count_where_code_names_them(code: str, named: set[str]) -> None:
    assert {path.name for path in dependencies.data(code)} == named


def test_data_that_an_imported_module_names_count(tmp_path: Path) -> None:
    assert "claims.yml" in {path.name for path in dependencies.data("from industrial_chains.chapters import claims")}
    assert "claims.yml" not in {path.name for path in dependencies.data("from industrial_chains import reader_panels")}


def test_the_digest_moves_with_code_data_and_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.lock"
    seen = {dependencies.digest("x = 1", lock)}
    lock.write_text("numpy==2")
    seen.add(dependencies.digest("x = 1", lock))
    monkeypatch.setattr(dependencies, "DATA", tmp_path)
    (tmp_path / "waves.csv").write_text("1")
    seen.add(dependencies.digest("x = 'waves.csv'", lock))
    (tmp_path / "waves.csv").write_text("2")
    seen.add(dependencies.digest("x = 'waves.csv'", lock))
    assert dependencies.digest("x = 1", lock) in seen
    assert len(seen) == 4
