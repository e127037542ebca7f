"""The map from exhibit to code on the first page is complete and true."""

import ast
import pkgutil
import re
from pathlib import Path

import pytest

from report.book import references

ROOT = Path(__file__).parents[1]
INDEX = (ROOT / "index.md").read_text(encoding="utf-8")


def exhibits() -> dict[str, tuple[str, set[str]]]:
    """Every numbered exhibit: its chapter, and the functions called there."""
    found = {}
    for chapter in references.chapters(ROOT):
        trees = [ast.parse(cell) for cell in references.code(ROOT, chapter)]
        calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
        called = {ast.unparse(call.func) for call in calls}
        for call in calls:
            words = {word.arg: word.value for word in call.keywords}
            made = ast.unparse(call.func).startswith(("charts.", "tables.")) and "numbered" not in words
            if made and isinstance(words.get("name"), ast.Constant):
                found[words["name"].value] = chapter, called
    return found


EXHIBITS = exhibits()


@pytest.mark.parametrize("name", EXHIBITS)
def test_the_map_names_chapter_and_function(name: str) -> None:
    rows = [line for line in INDEX.splitlines() if f"| {{numref}}`{name}` |" in line]
    assert len(rows) == 1, f"index.md: expected one row for {name}, found {len(rows)}"
    chapter, called = EXHIBITS[name]
    function = re.findall(r"`(\w+\.\w+)`", rows[0])
    assert function, f"index.md: no function for {name}"
    assert function[0] in called, f"{chapter} does not call {function[0]}"
    assert f"{{doc}}`{chapter}`" in rows[0]


def test_the_map_names_nothing_else() -> None:
    assert set(re.findall(r"\{numref\}`([\w-]+)`", INDEX)) == set(EXHIBITS)


def test_the_readme_names_what_there_is() -> None:
    names = re.findall(r"`((?:gvc|report)\.[\w.]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert len(names) > 5
    for name in names:
        assert pkgutil.resolve_name(name), name
