"""The OECD's own files in the place of the reconstruction, from made-up tables in the official layout to the pages."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO, GvcError, panel
from industrial_chains import data as tables_of_the_book
from industrial_chains import economies as eco
from industrial_chains import manifest, nowcasts, oecd_tables, panel_contents
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.sources import OECD
from industrial_chains.uncertainty import error_sizes
from pipeline import ledger, official
from pipeline.__main__ import app
from pipeline.oecd.tables import ESTIMATE, REBUILT
from tests import layouts
from tests.conftest import ROOT
from tests.terminal import invoked

pytestmark = pytest.mark.usefixtures("own_folders")

ECONOMIES = ("CHN", "DEU", "IND", "JPN", "KOR", "MEX", "RUS", "TWN", "USA", *eco.GROUPS["ASEAN10"], "ROW")
YEARS = (2011, 2022)
#: A year after the panel's last, of which there is a nowcast.
SINCE = 2023


def table(year: int, *, sectors: Iterable[str] = OECD_BRANCHES, seed: int = 0, **about: str) -> ICIO:
    """Make a table in which an economy buys most from itself, as accounts of exports need."""
    icio = layouts.known(ECONOMIES, tuple(sectors), seed=year + seed, taxed=False, year=year, **about)
    home = np.kron(np.eye(len(ECONOMIES)), np.ones((len(icio.sectors), len(icio.sectors))))
    Z = np.rint(icio.Z * (0.02 + 0.5 * home))
    Y = 16 * np.rint(icio.Y / 16)
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return replace(icio, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), taxes=np.zeros_like(x))


def put(folder: Path, years: Iterable[int] = YEARS) -> dict[int, ICIO]:
    """Write the files as the OECD publishes them, the years in one zip; labels of the 2025 edition."""
    folder.mkdir(exist_ok=True)
    made = {year: table(year) for year in years}
    text = {}
    for year, icio in made.items():
        file = layouts.delimited(folder / "made.csv", layouts.oecd(icio, edition=2025))
        text[f"{year}_SML.csv"] = file.read_text("utf-8")
        file.unlink()
    layouts.zipped(folder / "2011-2022_SML.zip", text)
    return made


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the data, in which the panel of the OECD is of the same economies and industries as the files."""
    folder = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(ROOT / "data", folder)
    estimated = panel_contents.tidy(table(2011, seed=1, source=ESTIMATE))
    rebuilt = (frame.assign(year=2022, source=REBUILT) for frame in estimated)
    for name, parts in zip(oecd_tables.REPLACED, zip(estimated, rebuilt, strict=True), strict=False):
        panel.write(pd.concat(parts, ignore_index=True), folder / name)
    return folder


@pytest.fixture(scope="module")
def made(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, ICIO], str]:
    """Run the command; return the data, the tables that were put in, and what it says."""
    files = tmp_path_factory.mktemp("files")
    official_tables = put(files, (*YEARS, SINCE))
    folder = files / "data"
    shutil.copytree(shipped, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel, "DATA", folder)
        patch.setenv("GVC_CACHE", str(files / "cache"))
        said = invoked(app, "official", files, "--workers", 1).output
    return folder, official_tables, said


ASKED = """
import json
from industrial_chains import oecd_tables
from industrial_chains.uncertainty import error_sizes
from industrial_chains.sources import OECD
print(json.dumps({
    "official": oecd_tables.official(),
    "estimates": list(OECD.estimates),
    "line": OECD.line,
    "labels": [OECD.label_in(2011), OECD.label_in(2022)],
    "share": OECD.share("CHN", "MEX", "fva_share")[2011],
    "off": error_sizes.half_width("origins", 2011, 30.0, 20.0, "in WIOD"),
    "off_link": error_sizes.size(OECD, "link", 2011, 10.0, "JPN"),
}))
"""


def asked(data: Path) -> dict[str, object]:
    """Ask a program of its own what the pages ask."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**os.environ, "GVC_DATA": str(data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_pages_ask_the_own_tables_and_errors_of_the_reconstruction_are_gone(made) -> None:
    data, tables, _ = made
    assert OECD.label_in(2011) == oecd_tables.ESTIMATES, "of the book as it is shipped"
    assert error_sizes.half_width("origins", 2011, 30.0, 20.0, "in WIOD") > 0
    assert error_sizes.size(OECD, "link", 2011, 10.0, "JPN") > 0
    after = asked(data)
    assert after["official"]
    assert after["estimates"] == []
    assert after["labels"] == ["OECD, 2025 edition"] * 2
    assert (after["off"], after["off_link"]) == (0, 0)
    assert after["line"] == oecd_tables.LINE
    content = gvc.value_added_in_exports(tables[2011])["MEX"].drop("MEX")
    assert after["share"] == pytest.approx(100 * content["CHN"] / content.sum(), rel=1e-6)


def test_everything_that_is_named_is_new_and_the_rest_as_it_was(shipped, made) -> None:
    data, _, said = made
    files = [path.relative_to(shipped) for path in shipped.rglob("*") if path.is_file()]
    changed = {str(path) for path in files if (data / path).read_bytes() != (shipped / path).read_bytes()}
    assert changed == {*oecd_tables.REPLACED, "manifest.yml"}
    assert {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()} == set(map(str, files))
    assert all(f"data/{name}" in said for name in oecd_tables.REPLACED)
    assert all(name in said for name in oecd_tables.LEFT)


def test_a_later_table_scores_the_nowcast_and_enters_no_panel(made) -> None:
    data, tables, said = made
    known = pd.read_csv(data / "frontier/nowcast_tables.csv").set_index("year")
    assert known.index.tolist() == [*YEARS, SINCE]
    content = gvc.value_added_in_exports(tables[SINCE])["MEX"].drop("MEX")
    assert known["share CHN MEX"][SINCE] == pytest.approx(100 * content["CHN"] / content.sum(), rel=1e-6)
    nowcast = pd.read_csv(data / "frontier/nowcast.csv").query("variant == 'central' and year == @SINCE").iloc[0]
    off = nowcast["share CHN MEX"] - known["share CHN MEX"][SINCE]
    scored = nowcasts.scored(known)
    assert scored["error"][SINCE, "share CHN MEX"] == pytest.approx(off)
    inside = int(scored["inside"].sum())
    assert f"Nowcast of {SINCE}: the table is inside the band in {inside} of {len(scored)} measures" in said
    assert sorted(panel.load_panel(str(data / oecd_tables.REPLACED[0]))["year"].unique()) == [*YEARS]


def test_a_later_table_of_other_economies_replaces_nothing(shipped, tmp_path, monkeypatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(shipped, data)
    monkeypatch.setattr(panel, "DATA", data)
    put(tmp_path / "files")
    small = layouts.known(("CHN", "JPN", "ROW"), OECD_BRANCHES, year=SINCE)
    layouts.delimited(tmp_path / "files" / f"{SINCE}_SML.csv", layouts.oecd(small, edition=2025))
    with pytest.raises(GvcError, match=rf"the table of {SINCE}: expected the economies of 2022; found other ones: BRN"):
        official.replace(tmp_path / "files", 1)
    assert kept_as_it_was(data, shipped)


def test_rows_of_the_oecd_are_of_the_tables_and_those_of_others_stay(shipped, made) -> None:
    data, tables, _ = made
    for name in ("frontier/plants.csv", "northeast_asia/ledger.csv", "theory/final_goods.csv"):
        before, after = (pd.read_csv(folder / name).query("database != 'OECD'") for folder in (shipped, data))
        pd.testing.assert_frame_equal(before.reset_index(drop=True), after.reset_index(drop=True))
        assert (pd.read_csv(data / name).query("database == 'OECD'")["year"].unique() == YEARS).all()
    due = (
        ledger.ledger(replace(tables[2022], source="OECD ICIO"))
        .query("host == 'MEX' and industry == 'all'")
        .set_index("origin")["cents"]
    )
    rows = pd.read_csv(data / "northeast_asia/ledger.csv").query("database == 'OECD' and year == 2022")
    found = rows.query("host == 'MEX' and industry == 'all'").set_index("origin")["cents"]
    pd.testing.assert_series_equal(found, due, rtol=1e-5)


def test_the_manifest_says_what_stands_there(made, monkeypatch) -> None:
    data, _, _ = made
    monkeypatch.setattr(panel, "DATA", data)
    assert manifest.problems(data) == []
    made_by = {entry["path"]: entry for entry in manifest.load(data)}
    assert {path for path, entry in made_by.items() if entry["made"] == official.MADE} == set(oecd_tables.REPLACED)
    entry = made_by["northeast_asia/ledger.csv"]
    assert "rebuilt" not in entry["edition"]
    assert entry["source"].endswith("the publisher's files; WIOD, 2013 release")


def test_what_is_replaced_and_what_is_left_are_all_that_is_made_of_the_reconstruction() -> None:
    told = {
        entry["path"]
        for entry in manifest.load()
        if any(word in str(entry["edition"]) for word in ("rebuilt from three", "estimate from", "from its pieces"))
    }
    assert told <= {*oecd_tables.REPLACED, *oecd_tables.LEFT}
    assert all((ROOT / "data" / name).is_file() for name in (*oecd_tables.REPLACED, *oecd_tables.LEFT))
    assert not {*oecd_tables.REPLACED} & {*oecd_tables.LEFT}
    assert not oecd_tables.official(), "the book ships the reconstruction"
    assert tables_of_the_book.path("oecd") == ROOT / "data" / oecd_tables.REPLACED[0]


def kept_as_it_was(data: Path, shipped: Path) -> bool:
    return all((data / name).read_bytes() == (shipped / name).read_bytes() for name in oecd_tables.REPLACED)


def test_a_year_that_is_missing_or_there_twice_is_refused(shipped, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(panel, "DATA", shipped)
    with pytest.raises(GvcError, match=r"tables of 2011 to 2022; found none of 2011, 2022\."):
        official.replace(tmp_path)
    for name in ("2011_SML.csv", "ICIO2023_2011.csv"):
        small = layouts.known(("CHN", "JPN", "ROW"), ("A01", "C26"), year=2011)
        layouts.delimited(tmp_path / name, layouts.oecd(small, edition=2025))
    with pytest.raises(GvcError, match=r"each year once; found 2011 in 2011_SML\.csv and ICIO2023_2011\.csv"):
        official.replace(tmp_path)


def test_tables_of_another_edition_replace_nothing(shipped, tmp_path, monkeypatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(shipped, data)
    monkeypatch.setattr(panel, "DATA", data)
    for year in YEARS:
        small = layouts.known(("CHN", "JPN", "ROW"), ("A01", "C26"), year=year)
        layouts.delimited(tmp_path / f"{year}_SML.csv", layouts.oecd(small, edition=2025))
    with pytest.raises(GvcError, match=r"industries of the 2025 edition; found \d+ lacking .*SML"):
        official.replace(tmp_path, 1)
    assert kept_as_it_was(data, shipped)
