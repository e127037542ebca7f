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
    assert sorted(drawn("book")) == sorted(layers("book"))
    there = {
        path.stem
        for path in (ROOT / "industrial_chains").iterdir()
        if path.stem[0] not in "_." and path.suffix != ".toml"
    }
    assert there == set(layers("industrial_chains"))


def test_what_lies_beside_a_page_is_its_own_or_imported_by_one() -> None:
    """A page's Python has its name, its step that with `_step`; a page beside a second module imports it."""
    pages = {path.with_suffix("") for path in (ROOT / "chapters").rglob("*.md")} | {ROOT / "chapters" / "index"}
    beside = {path.with_suffix("") for path in (ROOT / "chapters").rglob("[!_]*.py")}
    for module in {path.with_name(path.name.removesuffix("_step")) for path in beside} - pages:
        imports = re.compile(rf"from chapters\.{module.parent.name} import (?:[\w, ]+, )?{module.name}\b")
        assert any(imports.search(page.read_text("utf-8")) for page in module.parent.glob("*.md")), module


def test_a_page_keeps_the_numbers_of_its_own_module_by_one_call() -> None:
    """So that its source is prose, exhibits and the few lines that make them."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    glued = {page: page.read_text("utf-8") for page in pages if "{glue:text}" in page.read_text("utf-8")}
    assert glued
    for page, text in glued.items():
        folder = page.relative_to(ROOT).parent if page.name != "index.md" else Path("chapters")
        first = text.partition("```{code-cell}")[2].partition("```")[0]
        assert re.search(rf"from {'.'.join(folder.parts)} import (?:[\w, ]+, )?{page.stem}\b", first), page
        assert re.search(rf"\nkeep\(\*\*{page.stem}\.numbers\(\)(, \*\*\w+\.numbers\(\))*\)\n", first), page
        assert text.count("keep(") == 1, page


def test_every_name_of_a_number_can_be_found_by_grep() -> None:
    """A name that code puts together is found nowhere by whoever reads it in a sentence."""
    pages = [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]
    for page in pages:
        names = set(re.findall(r"\{glue:text\}`(\w+)", page.read_text("utf-8")))
        folder = ROOT / "chapters" if page.name == "index.md" else page.parent
        modules = re.findall(r"\*\*(\w+)\.numbers\(\)", page.read_text("utf-8"))
        code = "".join((folder / f"{module}.py").read_text("utf-8") for module in modules)
        assert [name for name in sorted(names) if not re.search(rf"[\"']{name}[\"']|\b{name}=", code)] == [], page
