"""Data to take: what the site offers is what the book computed."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from book.publishing import take
from gvc.panel import DATA
from industrial_chains import manifest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "chapters/methods/data.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("taken")
    take.fill(made / take.FOLDER, made / "cache")
    return made / take.FOLDER


def test_every_file_of_the_manifest_is_there_with_its_sum(folder: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / take.SUMS).read_text("utf-8").splitlines())
    assert {entry["path"] for entry in manifest.load()} <= sums.keys()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == sums.keys() | {take.SUMS, "datapackage.json"}
    assert all(sha256((folder / name).read_bytes()).hexdigest() == found for name, found in sums.items())


def test_a_panel_is_the_same_as_text(folder: Path) -> None:
    read = pd.read_csv(folder / "panel/adb_fva_shares.csv.gz")
    kept = pd.read_parquet(DATA / "panel/adb_fva_shares.parquet")
    pd.testing.assert_frame_equal(read, kept, check_dtype=False, check_categorical=False, rtol=1e-12)


def test_the_description_names_every_column(folder: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    by_path = {one["path"]: one for one in described["resources"]}
    assert by_path.keys() == {
        entry["path"] for entry in manifest.load() if entry["path"].endswith((".csv", ".parquet"))
    }
    oecd = by_path["panel/oecd.parquet"]
    assert [field["name"] for field in oecd["schema"]["fields"]] == [
        "source", "year", "flow", "origin", "destination", "value",
    ]  # fmt: skip
    assert oecd["hash"] == f"sha256:{sha256((DATA / 'panel/oecd.parquet').read_bytes()).hexdigest()}"


def test_the_lines_of_python_on_the_page_read_a_panel(folder: Path) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = lines.replace("\n\n", "\n")  # the formatter's
    assert len(lines.splitlines()) == 3
    *before, last = lines.strip().splitlines()
    scope: dict[str, object] = {"BOOK": str(folder.parent)}
    exec("\n".join([*before, f"found = {last}"]), scope)
    found = scope["found"]
    assert isinstance(found, pd.DataFrame)
    assert list(found["year"].sort_values(kind="stable")) == list(range(2011, 2023))


def test_a_link_says_how_large_its_file_is() -> None:
    for name in ("panel/oecd.parquet", "article/table1.csv"):
        size = (DATA / name).stat().st_size
        (written,) = re.findall(r"\(([\d.]+)&nbsp;([MkG])B\)", take._links(name, "_data")[0])
        unit = {"k": 1_000, "M": 1_000_000}[written[1]]
        assert abs(float(written[0]) * unit - size) < max(600, 0.06 * unit)
