"""The steps of ``make data``: what they write, and where they refuse to."""

import re
import subprocess
from inspect import signature

import pytest

from gvc import cli, panel
from gvc.sources import plain
from industrial_chains import industry_groups
from pipeline import emissions
from pipeline.__main__ import app
from tests import layouts
from tests.conftest import ROOT
from tests.layouts import known
from tests.terminal import refused

pytestmark = pytest.mark.usefixtures("own_folders")


def fails(*arguments: object) -> str:
    return refused(lambda: cli.run(app), *arguments)


def test_what_would_be_overwritten_is_said(tmp_path, monkeypatch, capsys) -> None:
    file = tmp_path / "t.csv"
    plain.write(known(), file)
    assert "Choose" in fails(monkeypatch, capsys, "sample", file, file, "-o", file)
    plain.write(known(), tmp_path / "t.parquet")
    said = fails(monkeypatch, capsys, "shares", tmp_path / "t.parquet", "-o", tmp_path / "t.parquet")
    assert "found one of the tables to read" in said
    panel.write(panel.load_panel("adb_fva_shares").assign(sector="c1"), tmp_path / "p_sectors.parquet")
    said = fails(monkeypatch, capsys, "shares", file, "-o", tmp_path / "p.parquet")
    assert "p.parquet: expected a panel without industries; found p_sectors.parquet" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p_sectors.parquet", "t.csv", "t.parquet"]


def test_what_cannot_be_written_is_one_line(tmp_path, capsys, monkeypatch) -> None:
    layouts.delimited(tmp_path / "t.csv", [["year", "origin", "exporter", "value"]])
    said = fails(monkeypatch, capsys, "shares", tmp_path / "t.csv", "-o", tmp_path / "y.csv")
    assert "expected a name that ends in .parquet" in said
    table = tmp_path / "table.csv"
    plain.write(
        known(["CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA", "ROW"], list(industry_groups.SAMPLE)),
        table,
    )
    codes = ("CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA", "RoW")
    rows = [[code, industry, 1] for code in codes for industry in (*emissions.SECTORS, emissions.HOUSEHOLDS)]
    emitted = layouts.delimited(tmp_path / "co2.csv", [["economy", "industry", 2021], *rows])
    said = fails(monkeypatch, capsys, "sample", table, emitted, "-o", tmp_path / "absent" / "s.csv")
    assert "s.csv: expected a place to write to; found No such file or directory. Choose another one" in said


def test_a_file_that_is_not_there_is_one_line(tmp_path, monkeypatch, capsys) -> None:
    said = fails(monkeypatch, capsys, "shares", tmp_path / "absent.csv", "-o", tmp_path / "out.parquet")
    assert "a file that can be read; found No such file or directory. Check" in said


def test_make_data_runs_each_step_once_and_the_manifest_last() -> None:
    lines = subprocess.run(
        ["make", "--no-print-directory", "-n", "-o", ".venv/gvc", "data"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.replace("\\\n", " ")
    steps = re.findall(r"python -m pipeline ([\w-]+)", lines)
    known = {command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands}
    assert {*steps} == known - {"official"}  # which readers run, on files of their own
    assert {"chip-trade", "nafta", "ledger", "estimate-quality"} <= {*steps}  # beside a page, here, and in a folder
    assert lines.splitlines()[-1].endswith("-m industrial_chains.manifest")


def test_a_step_asks_for_a_folder_if_it_reads_sources() -> None:
    asked = {command.name: signature(command.callback).parameters for command in app.registered_commands}
    assert [name for name in ("theories", "forecasts") if asked[name]] == []
    assert [list(asked[name]) for name in ("chip-trade", "ledger", "nafta")] == [["folder"]] * 3
