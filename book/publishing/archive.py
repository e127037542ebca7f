"""Packs exhibits, data and executed notebooks into one archive, described as a Frictionless data package.

``python -m book.publishing.archive`` packs what ``make book`` has built. ``datapackage.json`` says of
each table what it is, where it comes from, under which terms, and what its columns hold.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from book import chapters, identity
from book.building import processes
from book.publishing import notebooks
from exhibits.render import FOLDER
from gvc.errors import GvcError
from gvc.panel import DATA
from industrial_chains import manifest

NAME = "where-industrial-chains-go"
LICENCES = [
    {"name": "CC-BY-4.0", "title": "Text, tables and charts: Creative Commons Attribution 4.0 International"},
    {"name": "MIT", "title": "Code: MIT License"},
]
README = """# {title}

Version {version}, by {author}. Text, tables and charts: CC BY 4.0 (`LICENSE-CONTENT`). Code: MIT (`LICENSE`). Data: as
their sources say (`data/manifest.yml`).

| what | where |
|---|---|
| each chart and table, with its numbers | `exhibits/` |
| the data that they are computed from | `data/` |
| the pages with their code and results | `notebooks/` |
| what each table and its columns hold, for programs | `datapackage.json` |

Notebooks can be read as they are, but this archive is not enough to run them. {needs}
"""
#: Columns that many files have. A column that is not here is the head of a table as the book prints it.
COLUMNS = {
    "year": "Year of the table from which the value is computed",
    "value": "The value, in the unit that the description names",
    "database": "The database, its edition where there are several",
    "economy": "Economy or group, ISO 3166 alpha-3 code or the group's name",
    "industry": "Group of industries",
    "sector": "Industry, by the code of the database",
    "origin": "Economy where value is added, or that supplies",
    "exporter": "Economy whose exports hold the value",
    "absorber": "Economy whose final demand absorbs the value",
    "destination": "Economy to which the flow goes",
    "partner": "The other economy of a pair",
    "host": "Economy that takes an activity in",
    "maker": "Economy where goods are finished",
    "buyer": "Economy that buys",
    "panel": "The part of a chart in which the value stands",
    "series": "The line of a chart to which the value belongs",
    "x": "Value on the horizontal axis",
    "y": "Value on the vertical axis",
    "low": "Lower end of the band of what is known of the value's error",
    "high": "Upper end of the band of what is known of the value's error",
    "flow": "Which flow: the chapter on data lists them",
    "measure": "Which measure: the glossary defines it",
    "unit": "Unit of the value",
    "share": "Share, percent",
    "source": "Where the value comes from",
    "key": "Key of the work in references.bib",
}

_NUMBERS = {"integer": re.compile(r"-?\d+"), "number": re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")}


def pack(root: Path, site: Path, target: Path) -> int:
    """Write the archive; return how many tables it describes.

    Raises
    ------
    GvcError
        If there is no built site.
    """
    if not (site / FOLDER).is_dir():
        raise GvcError(str(site), expected="a built book", found="none", remedy="Build it first: make book")
    files = {f"exhibits/{path.name}": path for path in sorted((site / FOLDER).iterdir()) if path.suffix != ".js"}
    data = {entry["path"]: manifest.file_of(entry["path"]) for entry in manifest.load()}
    files |= {f"data/{name}": path for name, path in data.items()}
    for kept in ("manifest.yml", "README.md"):
        files[f"data/{kept}"] = DATA / kept
    offered = site / chapters.NOTEBOOKS
    files |= {f"notebooks/{path.relative_to(offered)}": path for path in sorted(offered.rglob("*.ipynb"))}
    files |= {name: root / name for name in ("CITATION.cff", "LICENSE", "LICENSE-CONTENT", "references.bib")}
    described = package(files)
    readme = README.format(
        title=identity.TITLE,
        version=identity.VERSION,
        author=identity.AUTHOR,
        needs=notebooks.needs("them", notebooks.repository(root)),
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.md", readme)
        archive.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=1))
        for name, path in files.items():
            archive.write(path, name)
    return len(described["resources"])


def package(files: dict[str, Path]) -> dict[str, Any]:
    """Describe the tables among some files, by their names in the archive."""
    entries = {f"data/{entry['path']}": entry for entry in manifest.load()}
    tables = [(name, path) for name, path in files.items() if path.suffix in (".csv", ".parquet")]
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": NAME,
        "title": identity.TITLE,
        "version": identity.VERSION,
        "created": f"{identity.built():%Y-%m-%dT%H:%M:%SZ}",
        "licenses": LICENCES,
        "contributors": [{"title": identity.AUTHOR, "role": "author"}],
        "resources": [_resource(name, path, entries.get(name)) for name, path in tables],
    }


def _resource(name: str, path: Path, entry: dict[str, Any] | None) -> dict[str, Any]:
    about: dict[str, Any]
    if entry:
        about = {
            "title": entry["title"],
            "description": ". ".join(f"{part}: {entry[part]}" for part in ("coverage", "unit", "terms", "made")) + ".",
            "sources": [{"title": f"{entry['source']}, {entry['edition']}"}],
        }
    else:
        title, *scope, source = (line for line in _lines(path) if line)
        about = {
            "title": title,
            "description": " ".join(scope),
            "sources": [{"title": source.removeprefix("Source: ")}],
        }
    kind = "parquet" if path.suffix == ".parquet" else "csv"
    # Rows are counted from 1, those before the head too.
    before = len(list(_lines(path))) if kind == "csv" else 0
    rows = {"commentChar": "#", "commentRows": list(range(1, before + 1)), "headerRows": [before + 1]}
    layout = {"dialect": rows} if before else {}
    fields = _of_parquet(path) if kind == "parquet" else list(_of_csv(path))
    return {
        "name": name.lower().replace("/", "-").replace("_", "-"),
        "path": name,
        **{key: value for key, value in about.items() if value},
        "format": kind,
        "encoding": "utf-8",
        **layout,
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _lines(path: Path) -> Iterator[str]:
    """Yield the comment lines before the numbers of an exhibit."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                return
            yield line.removeprefix("#").strip()


def _of_csv(path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")]
    head, *rows = csv.reader(io.StringIO("".join(lines)))
    for place, name in enumerate(head):
        yield _field(name, _type([row[place] for row in rows if row[place]]))


def _type(values: list[str]) -> str:
    for kind, number in _NUMBERS.items():
        if values and all(map(number.fullmatch, values)):
            return kind
    return "string"


def _of_parquet(path: Path) -> list[dict[str, str]]:
    kinds = {"int": "integer", "float": "number", "double": "number"}
    return [
        _field(column.name, next((kind for name, kind in kinds.items() if str(column.type).startswith(name)), "string"))
        for column in pq.read_schema(path)
    ]


def _field(name: str, kind: str) -> dict[str, str]:
    return {"name": name, "type": kind, **({"description": COLUMNS[name]} if name in COLUMNS else {})}


if __name__ == "__main__":
    target = Path("_build") / f"{NAME}.zip"
    with processes.alone(Path.cwd()):
        count = pack(Path.cwd(), Path("_build") / "html", target)
    sys.stdout.write(f"{count} tables, {target.stat().st_size / 1e6:.1f} MB: {target}\n")
