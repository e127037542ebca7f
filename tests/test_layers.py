"""Who may use whom: the measuring package knows nothing of the book, and each of its files only those before it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: The order in which ``gvc`` is read; `CONTRIBUTING.md` gives it to the reader.
ORDER = (
    *("errors", "economies", "icio", "leontief", "flows", "indicators", "decompositions", "positions"),
    *("sources", "sample", "place", "workers", "panel", "holes", "__init__"),
)
SOURCES = (
    *("table", "apart", "delimited", "sheets", "workbook", "lrwiod", "rda", "oecd", "figaro", "eora", "plain"),
    *("__init__", "cache"),
)


def imported(path: Path) -> Iterator[str]:
    """Full names of what a file imports, modules and what is taken from them alike."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def used(path: Path, package: str, known: tuple[str, ...]) -> set[str]:
    """Modules of a package that a file imports from, the package itself as ``__init__``."""
    prefix = f"{package}."
    names = {name.removeprefix(prefix).split(".")[0] for name in imported(path) if name.startswith(prefix)}
    return {name if name in known else "__init__" for name in names}


def test_the_orders_name_every_file() -> None:
    files = [path.stem for path in (ROOT / "gvc").glob("*.py")]
    assert sorted(ORDER) == sorted([*files, "sources", "sample"])
    assert sorted(SOURCES) == sorted(path.stem for path in (ROOT / "gvc" / "sources").glob("*.py"))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "gvc").rglob("*.py")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_file_uses_only_those_before_it(path: Path) -> None:
    assert not {name for name in imported(path) if name.split(".")[0] in ("report", "tests")}
    if path.parent.name == "sources":
        before = ORDER[: ORDER.index("sources") + 1]
        assert used(path, "gvc.sources", SOURCES) <= set(SOURCES[: SOURCES.index(path.stem)])
    else:
        before = ORDER[: ORDER.index("sample" if path.parent.name == "sample" else path.stem)]
    assert used(path, "gvc", ORDER) <= set(before)


def test_what_the_charts_and_tables_show_comes_to_them() -> None:
    """They know names and colours, and no file and no measure."""
    for name in ("charts", "tables"):
        path = ROOT / "report" / "look" / f"{name}.py"
        assert used(path, "gvc", ORDER) <= {"economies", "errors", "__init__"}
        assert all(name.startswith("report.look.") for name in imported(path) if name.startswith("report."))


def test_contributing_gives_the_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    passage = text[text.index("## Reading the code") :].split("\n## ")[0]
    named = [name for name in re.findall(r"`(\w+)/?`", passage) if name in ORDER]
    assert named == list(ORDER[:-1])
