"""What the book adds to the command line: the article's tables, and care for the panels that it ships."""

import json
import re
import shutil
import warnings
from pathlib import Path

import pandas as pd
import pytest

from gvc import cli, economies, panel
from industrial_chains import economies as eco
from industrial_chains import manifest, tables
from tests import layouts, synthetic
from tests.terminal import HOSTILE, fails, invoked, is_shown, run, shell

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def data(full, monkeypatch) -> Path:
    (full / "article").mkdir(exist_ok=True)
    for table in (1, 2, 3):
        shutil.copy(panel.DATA / "article" / f"table{table}.csv", full / "article")
    monkeypatch.setattr(panel, "DATA", full)
    return full


def test_a_panel_that_the_book_ships_is_not_overwritten(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "panel").mkdir()
    (tmp_path / "manifest.yml").write_text("- path: panel/oecd.parquet\n")
    monkeypatch.setattr(panel, "DATA", tmp_path)
    (file,) = synthetic.write(tmp_path / "files", [2021], sectors=1)
    out, link = tmp_path / "panel" / "oecd.parquet", tmp_path / "other.parquet"
    link.symlink_to(out)
    monkeypatch.chdir(tmp_path)
    for name in ("panel/oecd.parquet", "./panel/../panel/oecd.parquet", out, link):
        assert fails(monkeypatch, capsys, "build", file, "-o", name) == (
            f"error: {Path(name)}: expected a name of your own; found oecd.parquet, which the book ships. "
            "Choose another name by `-o`; `python -m pipeline panel` makes a panel of the book."
        )
    assert not out.exists()
    manifest.must_be_own(Path("oecd.parquet"))
    run("build", file, "-o", "panel/mine.parquet", "--workers", 1)
    assert sorted(path.name for path in (tmp_path / "panel").glob("*.parquet")) == [
        "mine.parquet",
        "mine_sectors.parquet",
    ]


def test_what_the_book_ships_is_kept_where_its_folder_is_a_link(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "there" / "panel").mkdir(parents=True)
    (tmp_path / "there" / "manifest.yml").write_text("- path: panel/oecd.parquet\n")
    (tmp_path / "data").symlink_to(tmp_path / "there")
    monkeypatch.setattr(panel, "DATA", tmp_path / "data")
    out = tmp_path / "data" / "panel" / "oecd.parquet"
    assert "expected a name of your own" in fails(monkeypatch, capsys, "build", tmp_path, "-o", out)


def test_no_example_overwrites_a_panel_that_the_book_ships() -> None:
    names = re.findall(r"-o data/(panel/\w+\.parquet)", run("build", "--help").output)
    assert names
    assert not {*names} & {entry["path"] for entry in manifest.load()}


def test_tables_in_each_form(data) -> None:
    printed = run("table", 1).output
    assert "2021" in printed
    assert json.loads(run("table", 2, "--panel", "adb", "--format", "json").stdout)[0]["Origin"] == "China"
    assert run("table", 1, "--panel", "adb", "--format", "csv").stdout.count("\n") == 5
    lines = run("table", 3, "--panel", "adb", "--format", "md").stdout.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("| ") for line in lines)


def test_no_cell_of_a_table_is_a_formula(data, monkeypatch) -> None:
    wide = pd.DataFrame([[1.25, float("nan")]], pd.Index(["=1+1"], name="@Origin"), [["-x", "+y"], [2021, 2021]])
    monkeypatch.setattr(tables, "layout", lambda *_: wide)
    lines = run("table", 3, "--panel", "adb", "--format", "csv").stdout.splitlines()
    assert lines == [",'-x,'+y", ",2021,2021", "'@Origin,,", "'=1+1,1.25,"]


def test_check_says_whom_the_tables_want(tmp_path) -> None:
    """Which `gvc` alone does not say."""
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": layouts.adb(layouts.known(["CHN", "JPN"], ["c1"]))})
    lines, alone = (invoked(app, "check", file).output.splitlines() for app in (cli.app(), cli.own))
    assert lines[-2:] == ["WARN  economies of gvc table: no KOR (0), and 13 more", "WARN"]
    assert lines[:-2] == alone[:-1]
    (whole,) = synthetic.write(tmp_path / "files", [2021], sectors=1)
    last = json.loads(run("check", "--json", whole).output)["checks"][-1]
    assert last == {"check": "economies of gvc table", "level": "PASS", "findings": []}


def test_gvc_alone_knows_no_article() -> None:
    assert {command.name or command.callback.__name__ for command in cli.own.registered_commands} == {
        *("build", "check", "what_if", "download", "info")
    }


def test_the_nine_of_the_article_are_not_the_ten() -> None:
    nine = eco.members("ASEAN")
    assert (len(nine), len(eco.members("ASEAN10"))) == (9, 10)
    assert economies.members("ASEAN") == eco.members("ASEAN10")
    assert eco.covered("ASEAN", [*nine, "MMR"]) == nine, "Myanmar is not of it"
    assert eco.covered("ASEAN", ["ASEAN", "MMR"]) == ("ASEAN",), "where it is one economy"
    with pytest.warns(economies.CoverageWarning, match="ASEAN9: the table shows THA, not BRN, .*, VNM"):
        assert eco.covered("ASEAN", ["THA"]) == ("THA",)


def test_compare_sums_up_and_names_the_largest_gaps(data) -> None:
    output = run("compare", "--panel", "adb", "--largest", 3).stdout
    first, second = output.strip().split("\n\n")
    assert len(first.splitlines()) == 6
    assert len(second.splitlines()) == 4
    everything = json.loads(run("compare", "--panel", "adb", "--format", "json").stdout)
    assert len(everything) == 82
    largest = max(everything, key=lambda row: abs(row["gap"]))
    assert f"{largest['gap']:.2f}" in second.splitlines()[1]
    assert run("compare", "--panel", "adb", "--format", "csv").stdout.count("\n") == 83
    assert run("compare", "--panel", "adb", "--format", "md").stdout.startswith("| table |")


def test_what_comes_of_a_panel_says_of_which(data, tmp_path) -> None:
    frame = panel.load_panel("adb")
    frame.attrs["unit"] = "thousand EUR, constant 2010 prices"
    panel.write(frame.assign(source="\x1b[31mmine"), tmp_path / "a b.parquet")
    for words in (("table", 1), ("compare",)):
        said = run(*words, "--panel", tmp_path / "a b.parquet").stderr
        assert said.startswith("note: panel a b: \\x1b[31mmine, 2017–2021, 51 economies, thousand EUR, constant 2010")
    assert run("table", 1).stderr == ""


def test_compare_with_nothing_to_compare(data, tmp_path) -> None:
    frame = panel.load_panel("adb").query("year == 2017")
    panel.write(frame.assign(year=1990), tmp_path / "old.parquet")
    with pytest.raises(cli.GvcError, match="a year and an economy that the article prints"):
        run("compare", "--panel", tmp_path / "old.parquet")


@pytest.mark.filterwarnings("ignore::gvc.CoverageWarning")
def test_a_table_of_economies_that_the_panel_lacks(data, tmp_path) -> None:
    frame = panel.load_panel("adb").query("origin in ('CHN', 'MEX') and destination in ('CHN', 'MEX')")
    panel.write(frame, tmp_path / "two.parquet")
    with pytest.raises(cli.GvcError, match="economies that Table 3 shows"):
        run("table", 3, "--panel", tmp_path / "two.parquet")
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        run("compare", "--panel", tmp_path / "two.parquet")


@pytest.mark.parametrize("command", ["build", "table", "compare"])
def test_help_has_an_example(command: str) -> None:
    assert f"gvc {command}" in run(command, "--help").output


def test_a_note_is_said_once(capsys, monkeypatch, data) -> None:
    frame = panel.load_panel("adb")
    few = frame[~frame["origin"].isin(["MNG"]) & ~frame["destination"].isin(["MNG"])]
    panel.write(few, data / "panel" / "few.parquet")
    monkeypatch.setattr("sys.argv", ["gvc", "compare", "--panel", "few"])
    with pytest.raises(SystemExit):
        cli.main()
    (data / "panel" / "few.parquet").unlink()
    assert capsys.readouterr().err.count("NEA: the table shows") == 1
    assert isinstance(few, pd.DataFrame)


def test_names_of_a_panel_are_shown_and_not_obeyed(data, tmp_path) -> None:
    odd = {"VNM": "[/x]", "THA": "a|b\nc", "LAO": f"LAO{HOSTILE}", "FRA": "{{7*7}}", "ITA": "<img>", "GBR": "中国"}
    frame = panel.load_panel("adb").replace({"origin": odd, "destination": odd}).assign(source="s[/x]\n\x1b[31m")
    panel.write(frame, data / "panel" / "odd.parquet")
    info = run("info").output
    for words in (("table", 1), ("table", 2), ("table", 3), ("compare",)):
        for form in ("text", "csv", "md", "json"):
            with warnings.catch_warnings(record=True):
                assert is_shown(run(*words, "--panel", "odd", "--format", form).output)
    (data / "panel" / "odd.parquet").unlink()
    assert r"panel     odd: s[/x]\n\x1b[31m, 2017–2021" in info


def test_the_article_from_a_shell() -> None:
    shown = shell("table", 3, "--panel", "wiod2013", "--year", 2011, "--format", "csv").stdout
    assert shown.splitlines()[1] == ",China,Japan,Korea,Russia"
    assert "34.3" in shell("table", 1, "--format", "md").stdout


def test_an_unknown_year_is_one_line(monkeypatch, capsys) -> None:
    assert "expected 2007" in fails(monkeypatch, capsys, "table", 1, "--year", 1999)
