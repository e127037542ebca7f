"""What should be zero is zero, in every number that is shown or downloaded, and has no minus.

Noise is what lies below a billionth of the largest number of its column.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from book import chapters
from book.building import references
from tests.browser import SITE

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?")


def noise(column: Iterable[object], least: float = 1e-9) -> list[str]:
    """Find the numbers of a column that should be zero; words are none."""
    written = (str(one).replace("−", "-") for one in column)
    known = {one: abs(float(one.replace(",", ""))) for one in written if NUMBER.fullmatch(one)}
    most = max(known.values(), default=0.0)
    return [one for one, size in known.items() if 0 < size < least * most or (size == 0 and one.startswith("-"))]


def of_rows(rows: Sequence[Sequence[object]]) -> list[str]:
    """Find them in the columns of a table; where a column may hold nothing else, in the whole of it."""
    columns = [[row[i] for row in rows if i < len(row)] for i in range(max(map(len, rows), default=0))]
    return [*chain(*map(noise, columns)), *noise(chain(*rows), 1e-12)]


def table(text: str) -> list[list[str]]:
    """Read the rows of a CSV file, without comments and head."""
    return [*csv.reader(line for line in text.splitlines() if line and not line.startswith("# "))][1:]


def points(text: str) -> list[list[str]]:
    """Read the numbers that a chart says: after the last colon of a line, those of a point between two commas."""
    return [point.split() for line in text.splitlines() for point in line.rpartition(": ")[2].split(", ")]


def test_what_noise_is() -> None:
    assert noise(["20.7", "-4.97e-12", "0", "2.1e-7", "–", "Mexico"]) == ["-4.97e-12"]
    assert noise(["-0", "0.0", "−0.0", "-0.1"]) == ["-0", "-0.0"]
    assert noise([-0.0, 3, 2e-9, 4e-9, True]) == ["-0.0", "2e-09"]
    assert of_rows([["A", "1", "-1e-16"], ["B", "2", "1e-16"]]) == ["-1e-16", "1e-16"], "a column of nothing else"
    assert points("x y\nA, b: 1 2, 3 -0") == [["x", "y"], ["1", "2"], ["3", "-0"]]


@pytest.mark.parametrize("chapter", chapters.chapters(ROOT))
def test_no_number_of_a_chapter_is_noise(chapter: str) -> None:
    notebook = nbformat.read(references.reference(ROOT, chapter), as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get("text/plain", "")
            words, _, numbers = text.rpartition("\n\n")
            kind = output.get("metadata", {}).get("exhibit")
            if kind == "table":
                assert not of_rows(table(numbers)), words
            elif kind == "chart":
                assert not of_rows(points(numbers)), words
                assert not re.findall(r"−0(?:\.0+)?(?![\d.]*\d)", words), words
            else:
                kept = (line.rpartition(" = ")[2] for line in text.splitlines())
                assert not [one for one in kept if noise([one, "1"])], "beside one"


def drawn(spec: Any) -> Iterator[list[dict[str, Any]]]:
    """Find the data of a chart as the page draws it."""
    if isinstance(spec, dict):
        yield from spec.get("datasets", {}).values()
        if isinstance(spec.get("data"), dict) and "values" in spec["data"]:
            yield spec["data"]["values"]
        yield from chain.from_iterable(map(drawn, spec.values()))
    elif isinstance(spec, list):
        yield from chain.from_iterable(map(drawn, spec))


@pytest.fixture(scope="module")
def site() -> Path:
    if not SITE.exists():
        pytest.skip("no site yet: run make book")
    return SITE


@pytest.mark.parametrize("folder", ["_exhibits", "zh/_exhibits"])
def test_nothing_that_is_downloaded_or_drawn_holds_noise(folder: str, site: Path) -> None:
    files = [*(site / folder).glob("*.csv")]
    assert len(files) > 150
    found: dict[str, list[str]] = {file.name: of_rows(table(file.read_text("utf-8"))) for file in files}
    for file in (site / folder).glob("*.live.js"):
        spec = json.loads(file.read_text("utf-8").partition(", ")[2].rstrip(");\n"))
        data = [*drawn(spec)]
        assert data, file
        columns: dict[str, list[object]] = {}
        for row in chain(*data):
            for key, value in row.items():
                columns.setdefault(key, []).extend(value if isinstance(value, list) else [value])
        found[file.name] = [*chain(*map(noise, columns.values()))]
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_the_explorer_sends_no_noise(site: Path) -> None:
    """Its amounts reach from a dollar to trillions of them; what is too small to be said beside the largest is none."""
    files = [file for file in (site / "_static" / "explorer").glob("*.js") if file.name != "index.js"]
    assert len(files) > 10
    for file in files:
        _, part, content = file.read_text("utf-8").split(", ", 2)
        if part in ('"economies"', '"errors"'):
            continue
        for year, matrix in json.loads(content.rstrip(");\n")).items():
            values = np.abs(np.array([value for value in matrix["values"] if value is not None], dtype=float))
            rests = values[(values > 0) & (values < 1e-15 * values.max())]
            assert not rests.size, (file.name, year, rests)


@pytest.mark.parametrize("path", sorted((ROOT / "data").rglob("*.csv")), ids=lambda path: path.stem)
def test_no_file_that_the_book_ships_holds_noise(path: Path) -> None:
    """Estimates there are as small as a hundred dollars, beside trade of a hundred billion."""
    for column in zip(*table(path.read_text("utf-8-sig")), strict=True):
        assert not noise(column, 1e-10)
