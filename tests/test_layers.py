"""What `lint-imports` cannot say: the map gives the order of reading and every layer that the contracts hold."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
PASSAGE = (ROOT / "docs" / "map.md").read_text("utf-8")


def layers(container: str) -> list[str]:
    """Modules of a package from the lowest layer up, one layer after the other."""
    [contract] = [one for one in CONTRACTS if one.get("containers") == [container]]
    return [name for layer in reversed(contract["layers"]) for name in layer.split(" | ")]


def test_the_map_gives_the_order_of_reading() -> None:
    order = layers("gvc")
    assert order[0] == "errors"
    assert order[-1] == "cli"
    assert [name for name in re.findall(r"`(\w+)/?`", PASSAGE) if name in order] == order


def drawn(package: str) -> list[str]:
    """Names in the map of a package."""
    return re.findall(
        r"^ {6}(\w+)(?:/|\.py) ", PASSAGE.partition(f"    {package}/\n")[2].split("\n\n")[0], re.MULTILINE
    )


def test_the_map_draws_every_layer() -> None:
    assert sorted(drawn("industrial_chains")) == sorted(layers("industrial_chains"))
    assert sorted(drawn("exhibits")) == sorted(layers("exhibits"))
    assert sorted(drawn("pipeline")) == sorted(layers("pipeline"))
    assert sorted(drawn("book")) == sorted(layers("industrial_chains.book"))
    there = {
        path.stem
        for path in (ROOT / "industrial_chains").iterdir()
        if path.stem[0] not in "_." and path.suffix != ".toml"
    }
    assert there == set(layers("industrial_chains"))


def test_chapters_modules_have_the_chapters_names() -> None:
    pages = {path.stem for path in (ROOT / "chapters").rglob("*.md")}
    assert {path.stem for path in (ROOT / "industrial_chains" / "chapters").glob("[!_]*.py")} <= pages


def test_a_page_keeps_the_facts_of_its_name_by_one_call() -> None:
    """So that its source is prose, exhibits and the few lines that make them."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    glued = {page.stem: page.read_text("utf-8") for page in pages if "{glue:text}" in page.read_text("utf-8")}
    modules = {path.stem for path in (ROOT / "industrial_chains" / "facts").glob("[!_]*.py")}
    assert set(glued) == modules
    for name, text in glued.items():
        first = text.partition("```{code-cell}")[2].partition("```")[0]
        assert f"from industrial_chains.facts import {name} as facts\n" in first
        assert "\nkeep(**facts.numbers())\n" in first, name
        assert text.count("keep(") == 1, name
