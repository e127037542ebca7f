"""The archive: every table of the site is in it, and what it says of them is so."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from book.publishing import archive
from gvc.errors import GvcError

ROOT = Path(__file__).parents[3]


def _site(folder: Path) -> Path:
    exhibits = folder / "_exhibits"
    exhibits.mkdir(parents=True)
    (exhibits / "rise.csv").write_text(
        "# China rose\n# Share, percent\n# Source: WIOD, 2013 release.\nyear,value,note\n1995,1.5,\n1996,2,a\n", "utf-8"
    )
    (exhibits / "rise.svg").write_text("<svg/>", "utf-8")
    (exhibits / "rise.js").write_text("exhibitValues()", "utf-8")
    notebook = folder / "_notebooks" / "chapters" / "rise.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("{}", "utf-8")
    return folder


def test_each_table_is_described_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "all.zip"
    count = archive.pack(ROOT, _site(tmp_path / "html"), target)
    with zipfile.ZipFile(target) as packed:
        names = set(packed.namelist())
        described = json.loads(packed.read("datapackage.json"))
    tables = {name for name in names if name.endswith((".csv", ".parquet"))}
    assert {resource["path"] for resource in described["resources"]} == tables
    assert len(tables) == count
    assert {"exhibits/rise.svg", "notebooks/chapters/rise.ipynb", "data/panel/oecd.parquet", "CITATION.cff"} <= names
    assert "exhibits/rise.js" not in names, "it belongs to the pages"
    (rise,) = (resource for resource in described["resources"] if resource["path"] == "exhibits/rise.csv")
    assert (rise["title"], rise["description"]) == ("China rose", "Share, percent")
    assert rise["sources"] == [{"title": "WIOD, 2013 release."}]
    assert [(field["name"], field["type"]) for field in rise["schema"]["fields"]] == [
        ("year", "integer"), ("value", "number"), ("note", "string"),
    ]  # fmt: skip
    assert rise["dialect"] == {"commentChar": "#", "commentRows": [1, 2, 3], "headerRows": [4]}


def test_it_says_what_it_holds_and_that_notebooks_need_more(tmp_path: Path) -> None:
    archive.pack(ROOT, _site(tmp_path / "html"), tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        said = packed.read("README.md").decode()
        folders = {name.split("/")[0] for name in packed.namelist() if "/" in name}
    assert folders == {"exhibits", "data", "notebooks"}
    assert all(f"| `{folder}/` |" in said for folder in folders)
    assert said.startswith("# Where Industrial Chains Go\n\nVersion 0.3.0, by The gvc authors.")
    assert "To run them you need Python 3.11, 3.12 or 3.13 and a copy of the book's repository, version 0.3.0." in said
    assert "`pip install -e . -e ./exhibits -e ./industrial_chains`" in said


def test_columns_are_those_of_the_files(tmp_path: Path) -> None:
    archive.pack(ROOT, _site(tmp_path / "html"), tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        for resource in json.loads(packed.read("datapackage.json"))["resources"]:
            with packed.open(resource["path"]) as file:
                read = pd.read_csv(file, comment="#") if resource["format"] == "csv" else pd.read_parquet(file)
            assert [field["name"] for field in resource["schema"]["fields"]] == list(read.columns), resource["path"]


def test_without_a_site_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match="make book"):
        archive.pack(ROOT, tmp_path, tmp_path / "all.zip")


def test_zenodo_is_told_what_the_citation_says() -> None:
    told = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    for said in (told["title"], f"version: {told['version']}", told["creators"][0]["name"], *told["keywords"]):
        assert said in citation
