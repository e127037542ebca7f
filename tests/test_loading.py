"""Panels loaded or refused, the command line's errors, and the manifest of `data/`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO, GvcError, panel
from gvc.sources import plain
from report import flows
from report.book import manifest

GVC = Path(sys.executable).with_name("gvc")


def run(*words: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([GVC, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


def small(year: int = 2000) -> ICIO:
    Z, Y = np.array([[100.0, 50], [0, 50]]), np.array([[30.0, 20], [70, 80]])
    return ICIO(
        economies=["CHN", "MEX"], sectors=["all"], Z=Z, Y=Y, x=[200, 200], va=[100, 100], year=year, source="toy"
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{year}.csv" for year in (2000, 2001)]
    for path in paths:
        plain.write(small(int(path.stem)), path)
    return paths


def test_a_panel_holds_every_flow_of_every_year(files: list[Path], tmp_path: Path) -> None:
    out, sectors = panel.build(reversed(files), tmp_path / "panel.parquet", workers=1)
    frame = gvc.load_panel(str(out))
    assert list(frame.columns) == ["source", "year", "flow", "origin", "destination", "value"]
    assert panel.years(frame) == [2000, 2001]
    assert set(frame["flow"]) == {*panel.FLOWS}
    assert len(frame) == 2 * 4 * 4
    for flow, measure in panel.FLOWS.items():
        np.testing.assert_allclose(panel.flow_matrix(frame, flow, 2001), measure(small()), rtol=1e-12)
    assert set(gvc.load_panel(str(sectors))["flow"]) == {
        *("output", "value_added", "gross_exports", "vax", "dva_exports", "upstreamness", "downstreamness"),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2000.csv",
        "2001.csv",
        "panel.parquet",
        "panel_sectors.parquet",
    ]


def test_the_books_panels_hold_more(files: list[Path], tmp_path: Path) -> None:
    out, sectors = panel.build(files, tmp_path / "panel.parquet", measure=flows.tidy, workers=1)
    frame = gvc.load_panel(str(out))
    further = {"inputs_first_stage", "inputs_every_stage", "DVA", "DAVAX", "DDC", "FVA", "FDC"}
    assert set(frame["flow"]) == {*panel.FLOWS, *further}  # no United States, no group in part
    assert len(frame) == 2 * 11 * 4
    assert "va_final_demand" in set(gvc.load_panel(str(sectors))["flow"])


def test_a_panel_that_is_not_one(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match=r"expected a panel: .*adb_fva_shares, .*wiod2013.*no such file"):
        gvc.load_panel("wiod2014")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(GvcError, match="expected a Parquet file"):
        gvc.load_panel(str(broken))
    short = tmp_path / "short.parquet"
    panel.write(gvc.load_panel("adb_fva_shares").drop(columns="destination"), short)
    with pytest.raises(GvcError, match="found no destination"):
        gvc.load_panel(str(short))


def test_a_year_or_flow_that_is_not_there() -> None:
    frame = gvc.load_panel("wiod2013")
    with pytest.raises(GvcError, match=r"panel, year: expected 1995.*2011; found 2012"):
        panel.flow_matrix(frame, "va_exports", 2012)
    with pytest.raises(GvcError, match=r"panel, flow: expected .*; found 'exports'"):
        panel.flow_matrix(frame, "exports", 2011)
    with pytest.raises(GvcError, match="expected a year; found none"):
        panel.tidy(ICIO(economies=["CHN"], sectors=["all"], Z=[[0]], Y=[[1]], x=[1], va=[1]))


def test_the_command_line(files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "panel.parquet"
    assert "panel.parquet" in run("build", *files, "-o", out).stdout
    assert "PASS  row balance" in run("check", files[0]).stdout
    shown = run("table", 3, "--panel", "wiod2013", "--year", 2011, "--format", "csv").stdout
    assert "12.92" in shown
    assert "13.75" in shown
    assert "34.3" in run("table", 1, "--format", "md").stdout
    note = run("table", 1, "--panel", "wiod2013", "--year", 2007).stderr
    assert note.count("NEA: the table shows CHN, JPN, KOR, RUS, not MNG") == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("table", 1, "--panel", "nothing"), "expected a panel: "),
        (("table", 1, "--year", 1999), "expected 2007"),
        (("check", "absent.csv"), "no such file"),
        (("build", "absent.csv", "-o", "out.csv"), "ends in .parquet"),
        (("shares", "absent.csv", "-o", "out.parquet"), "expected a CSV of numbers"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    words: tuple[object, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = run(*words, expect=1).stderr.strip()
    assert says in error
    assert error.startswith("error:")
    assert len(error.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_every_data_file_is_what_the_manifest_says() -> None:
    assert manifest.problems() == []


def test_new_checksums_change_nothing_else_in_the_manifest(tmp_path: Path) -> None:
    """Not even where an entry was begun with a checksum that stands in other words, too."""
    folder = tmp_path / "data"
    shutil.copytree(panel.DATA, folder)
    file = folder / "manifest.yml"
    whole = file.read_text("utf-8")
    begun = re.sub(r'sha256: ".*"', 'sha256: "x"', whole, count=2)
    file.write_text(begun, "utf-8")
    manifest.refresh(folder)
    assert file.read_text("utf-8") == whole
    assert "Mexico" in whole
    assert len(re.findall(r"[0-9a-f]{64}", whole)) == len(manifest.load(folder))


def test_the_manifest_sees_a_changed_and_an_unknown_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(panel.DATA, folder)
    (folder / "article" / "table1.csv").write_text("year\n")
    (folder / "stray.csv").write_text("x\n")
    found = manifest.problems(folder)
    assert any(line.startswith("stray.csv: not in the manifest") for line in found)
    assert any(line.startswith("article/table1.csv: not the file") for line in found)
    manifest.refresh(folder)
    assert manifest.problems(folder) == ["stray.csv: not in the manifest"]


def test_a_checksum_to_come_leaves_other_words_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    (tmp_path / "manifest.yml").write_text("# x\n- path: a.csv\n  title: text\n  sha256: x\n  unit: index\n")
    manifest.refresh(tmp_path)
    [entry] = manifest.load(tmp_path)
    assert (entry["title"], entry["unit"]) == ("text", "index")
    assert len(entry["sha256"]) == 64


def test_values_survive_a_panel_exactly(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"source": "s", "year": 1, "flow": "f", "origin": "a", "destination": "b", "value": [np.pi, -1e-300]}
    )
    panel.write(frame, tmp_path / "p.parquet")
    pd.testing.assert_frame_equal(gvc.load_panel(str(tmp_path / "p.parquet")), frame)
