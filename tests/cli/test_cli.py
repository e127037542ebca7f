"""The command line: what it prints, and how it ends."""

import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from gvc import ICIO, panel
from gvc.sources import plain
from industrial_chains import article, cli, sectors
from industrial_chains.book import manifest
from industrial_chains.cli import app, checks
from tests import layouts, synthetic
from tests.conftest import ROOT
from tests.layouts import known


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("signal.signal", lambda *_: None)  # the runner's own remain


def fails(monkeypatch, capsys, *words: object) -> str:
    """Run the command line as the shell does, and return its one error."""
    monkeypatch.setattr("sys.argv", ["gvc", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("note: ")]
    assert line.startswith("error: ")
    return line


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def spoiled(path: Path, row: int, column: int, factor: float) -> Path:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    rows[row][column] *= factor
    return layouts.xlsx(path, {"ADB MRIO 2021": rows})


# -- check --------------------------------------------------------------------------------------------------------


def test_check_lists_each_check(tmp_path) -> None:
    lines = run("check", spoiled(tmp_path / "t.xlsx", 8, 6, 1)).output.splitlines()
    assert lines[0] == "ADB MRIO, 2 economies, 2021: 2 economies × 2 sectors, million USD"
    assert [line.split("  ")[0] for line in lines[1:-1]] == ["PASS"] * (len(checks.CHECKS) - 1) + ["WARN"]
    assert lines[-2] == "WARN  economies of the book: no KOR (0), and 13 more"
    assert lines[-1] == "WARN"


def test_check_fails_with_label_size_and_cell(tmp_path) -> None:
    output = run("check", spoiled(tmp_path / "t.xlsx", 8, 6, -1), code=1).output
    assert "FAIL  row balance: CHN c2 (" in output
    assert "in ADB MRIO 2021!S9" in output
    assert "WARN  negative intermediate delivery: CHN c2 → JPN c1" in output
    assert output.splitlines()[-1] == "FAIL"


def test_check_for_machines(tmp_path) -> None:
    said = json.loads(run("check", "--json", spoiled(tmp_path / "t.xlsx", 8, 6, -1), code=1).output)
    assert (said["level"], said["table"]["economies"]) == ("FAIL", 2)
    by_name = {check["check"]: check for check in said["checks"]}
    assert list(by_name) == list(checks.CHECKS)
    assert by_name["row balance"]["level"] == "FAIL"
    (finding,) = by_name["row balance"]["findings"]
    assert (finding["where"], finding["cell"]) == ("CHN c2", "ADB MRIO 2021!S9")
    assert by_name["negative output"] == {"check": "negative output", "level": "PASS", "findings": []}


def test_check_of_what_cannot_be_read(tmp_path, capsys, monkeypatch) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"")
    said = json.loads(run("check", "--json", tmp_path / "t.xlsx", code=1).output)
    assert said["level"] == "FAIL"
    assert said["error"]["found"] == "an empty file"
    monkeypatch.setattr("sys.argv", ["gvc", "check", str(tmp_path / "t.xlsx")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    error = capsys.readouterr().err
    assert error.startswith("error:")
    assert "expected a file with a table; found an empty file" in error


def test_check_of_one_year_of_a_zip(tmp_path) -> None:
    file = layouts.delimited(tmp_path / "t.csv", layouts.oecd(known()))
    zipped = layouts.zipped(tmp_path / "t.zip", {f"{year}.csv": file.read_bytes() for year in (2010, 2011)})
    assert "OECD ICIO, 2011" in run("check", zipped, "--year", 2011).output


def test_check_of_a_panel_and_a_build_name_its_holes(tmp_path, monkeypatch, capsys) -> None:
    """In 2001 all but a thousandth of what Japan sells to China is booked to the rest of the world."""
    files = []
    for year in (2000, 2001, 2002):
        table = known(["CHN", "JPN", "ROW"], ["c1"], year=year, taxed=False)
        Z, Y = np.array(table.Z), np.array(table.Y)
        if year == 2001:
            for uses in (Z, Y):
                uses[2, 0] += 0.999 * uses[1, 0]
                uses[1, 0] *= 0.001
        x = Z.sum(axis=1) + Y.sum(axis=1)
        found = ICIO(
            economies=table.economies, sectors=["c1"], Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), year=year, source="s"
        )
        plain.write(found, tmp_path / f"{year}.csv")
        files.append(str(tmp_path / f"{year}.csv"))
    out = tmp_path / "p.parquet"
    monkeypatch.setattr("sys.argv", ["gvc", "build", *files, "-o", str(out), "--workers", "1"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    said = "s, 2001: gross_exports to CHN from JPN nearly vanish and return (JPN "
    assert f"note: {said}" in capsys.readouterr().err
    lines = run("check", out).output.splitlines()
    assert lines[0].startswith(f"WARN  {said}")
    assert lines[1:] == ["WARN"]
    (check,) = json.loads(run("check", "--json", out).output)["checks"]
    (finding,) = check["findings"]
    assert (check["check"], check["level"]) == ("holes", "WARN")
    assert (finding["origin"], finding["destination"], finding["first"], finding["last"]) == ("JPN", "CHN", 2001, 2001)
    panel.write(panel.load_panel(out).query("year < 2002"), out)
    assert run("check", out).output.splitlines() == ["PASS  holes", "PASS"]


@pytest.mark.parametrize("name", ["adb_fva_shares", "wiod2013_sectors"])
def test_check_of_another_panel_does_not_take_it_for_a_table(name, tmp_path, monkeypatch, capsys) -> None:
    panel.write(panel.load_panel(name), tmp_path / "p.parquet")
    said = fails(monkeypatch, capsys, "check", tmp_path / "p.parquet")
    assert said.startswith(f"error: {tmp_path / 'p.parquet'}, gross_exports: expected a number for each pair of")
    assert "Take a panel of flows between economies" in said
    assert (
        "p.parquet, gross_exports"
        in json.loads(run("check", "--json", tmp_path / "p.parquet", code=1).output)["error"]["where"]
    )


def test_check_of_a_damaged_panel_is_said_to_machines_too(tmp_path) -> None:
    (tmp_path / "p.parquet").write_bytes(b"PAR1 and no more")
    said = json.loads(run("check", "--json", tmp_path / "p.parquet", code=1).output)
    assert said["error"]["expected"] == "a Parquet file"


# -- build, table, compare, info ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Path:
    """Name a data folder with the printed tables and a panel of 2017 and 2021 in full coverage."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "article").mkdir()
    for table in (1, 2, 3):
        article.printed(table).to_csv(folder / "article" / f"table{table}.csv", index=False)
    files = synthetic.write(folder / "files", [2017, 2021])
    run("build", *files, "-o", folder / "panel" / "adb.parquet", "--workers", 1)
    return folder


@pytest.fixture
def data(full, monkeypatch) -> Path:
    monkeypatch.setattr(panel, "DATA", full)
    monkeypatch.setattr(article, "DATA", full)
    return full


def test_build_says_what_it_wrote(tmp_path) -> None:
    output = run("build", *synthetic.write(tmp_path, [2021], sectors=1), "-o", tmp_path / "p.parquet").output
    assert [line.split()[0] for line in output.splitlines() if ".parquet" in line] == [
        str(tmp_path / "p.parquet"),
        str(tmp_path / "p_sectors.parquet"),
    ]


def test_build_says_what_the_checks_find_a_line_a_table(tmp_path) -> None:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    next(row for row in rows if row[3] == "r60")[5] = rows[2][0] = None
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows, "Legend": [["Code", "Country"], ["FJI", "Fiji"]]})
    (line,) = [line for line in run("build", file, "-o", tmp_path / "p.parquet").output.splitlines() if "WARN" in line]
    first = run("check", file).output.splitlines()
    assert line.startswith("WARN t.xlsx, 2021: ")
    said = [
        check.removeprefix("WARN  ") for check in first if check.startswith("WARN  ") and "of the book" not in check
    ]
    assert len(said) == 3
    assert sorted(line.removeprefix("WARN t.xlsx, 2021: ").split("; ")) == sorted(said)


def test_an_unbalanced_table_is_not_built(tmp_path, monkeypatch, capsys) -> None:
    file = spoiled(tmp_path / "t.xlsx", 8, 6, 1.5)
    said = fails(monkeypatch, capsys, "build", file, "-o", tmp_path / "p.parquet", "--workers", 1)
    assert "t.xlsx, ADB MRIO 2021!G17: expected column balance of JPN c1 to half a percent" in said
    assert not (tmp_path / "p.parquet").exists()


def test_what_would_be_overwritten_is_said(tmp_path, monkeypatch, capsys) -> None:
    file = tmp_path / "t.csv"
    plain.write(known(), file)
    for words in (("sample", file, "-o", file), ("build", file, "-o", tmp_path / "t_sectors.parquet")):
        assert "Choose" in fails(monkeypatch, capsys, *words)
    plain.write(known(), tmp_path / "t.parquet")
    for command in ("build", "shares"):
        said = fails(monkeypatch, capsys, command, tmp_path / "t.parquet", "-o", tmp_path / "t.parquet")
        assert "found one of the tables to read" in said
    panel.write(panel.load_panel("adb_fva_shares").assign(sector="c1"), tmp_path / "p_sectors.parquet")
    said = fails(monkeypatch, capsys, "shares", file, "-o", tmp_path / "p.parquet")
    assert "p.parquet: expected a panel without industries; found p_sectors.parquet" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p_sectors.parquet", "t.csv", "t.parquet"]


def test_a_panel_that_the_book_ships_is_not_overwritten(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "panel").mkdir()
    (tmp_path / "manifest.yml").write_text("- path: panel/oecd.parquet\n")
    monkeypatch.setattr(panel, "DATA", tmp_path)
    (file,) = synthetic.write(tmp_path / "files", [2021], sectors=1)
    out, link = tmp_path / "panel" / "oecd.parquet", tmp_path / "other.parquet"
    link.symlink_to(out)
    monkeypatch.chdir(tmp_path)
    for command in ("build", "shares"):
        for name in ("panel/oecd.parquet", "./panel/../panel/oecd.parquet", out, link):
            assert fails(monkeypatch, capsys, command, file, "-o", name) == (
                f"error: {Path(name)}: expected a name of your own; found oecd.parquet, which the book ships. "
                "Choose another name by `-o`."
            )
    assert not out.exists()
    manifest.must_be_own(Path("oecd.parquet"))
    run("build", file, "-o", "panel/mine.parquet", "--workers", 1)
    run("build", file, "-o", out, "--shipped", "--workers", 1)
    assert sorted(path.name for path in (tmp_path / "panel").glob("*.parquet")) == [
        "mine.parquet", "mine_sectors.parquet", "oecd.parquet", "oecd_sectors.parquet",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["build", "oecd"])
def test_no_example_overwrites_a_panel_that_the_book_ships(command: str) -> None:
    names = re.findall(r"-o data/(panel/\w+\.parquet)", run(command, "--help").output)
    assert names
    assert not {*names} & {entry["path"] for entry in manifest.load()}


def test_make_data_may_write_what_the_book_ships() -> None:
    lines = subprocess.run(
        ["make", "-n", "-o", ".venv/gvc", "data"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.replace("\\\n", " ")
    commands = [line.split() for line in lines.splitlines() if "-o data/panel/" in line]
    assert [words[1] for words in commands] == ["build", "build", "shares", "oecd"]
    assert all(words[-1] == "--shipped" for words in commands)


def test_tables_in_each_form(data) -> None:
    printed = run("table", 1).output
    assert "2021" in printed
    assert json.loads(run("table", 2, "--panel", "adb", "--format", "json").output)[0]["Origin"] == "China"
    assert run("table", 1, "--panel", "adb", "--format", "csv").output.count("\n") == 5
    lines = run("table", 3, "--panel", "adb", "--format", "md").output.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("| ") for line in lines)


def test_no_cell_of_a_table_is_a_formula(data, monkeypatch) -> None:
    wide = pd.DataFrame([[1.25, float("nan")]], pd.Index(["=1+1"], name="@Origin"), [["-x", "+y"], [2021, 2021]])
    monkeypatch.setattr(cli.article, "layout", lambda *_: wide)
    lines = run("table", 3, "--format", "csv").output.splitlines()
    assert lines == [",'-x,'+y", ",2021,2021", "'@Origin,,", "'=1+1,1.25,"]


def test_compare_sums_up_and_names_the_largest_gaps(data) -> None:
    output = run("compare", "--panel", "adb", "--largest", 3).output
    first, second = output.strip().split("\n\n")
    assert len(first.splitlines()) == 6
    assert len(second.splitlines()) == 4
    everything = json.loads(run("compare", "--panel", "adb", "--format", "json").output)
    assert len(everything) == 82
    largest = max(everything, key=lambda row: abs(row["gap"]))
    assert f"{largest['gap']:.2f}" in second.splitlines()[1]
    assert run("compare", "--panel", "adb", "--format", "csv").output.count("\n") == 83
    assert run("compare", "--panel", "adb", "--format", "md").output.startswith("| table |")


def test_compare_with_nothing_to_compare(data, tmp_path) -> None:
    frame = panel.load_panel("adb").query("year == 2017")
    panel.write(frame.assign(year=1990), tmp_path / "old.parquet")
    with pytest.raises(cli.GvcError, match="a year and an economy that the article prints"):
        run("compare", "--panel", tmp_path / "old.parquet")


@pytest.mark.filterwarnings("ignore::gvc.CoverageWarning")
def test_a_table_of_economies_that_the_panel_lacks(data, tmp_path) -> None:
    frame = panel.load_panel("adb").query("origin in ('CHN', 'MEX') and destination in ('CHN', 'MEX')")
    panel.write(frame, tmp_path / "two.parquet")
    with pytest.raises(cli.GvcError, match="economies that the article's Table 3 shows"):
        run("table", 3, "--panel", tmp_path / "two.parquet")
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        run("compare", "--panel", tmp_path / "two.parquet")


def test_info(data) -> None:
    output = run("info").output
    assert f"panel     adb: ADB MRIO, {len(synthetic.ECONOMIES) - 1} economies, synthetic, 2017–2021" in output
    assert output.splitlines()[-1].endswith(" economies, million USD")
    assert "cache" in output
    assert cli._panels() == ["adb", "adb_sectors"]


@pytest.mark.parametrize("command", ["build", "check", "table", "compare"])
def test_help_has_an_example(command: str) -> None:
    assert f"gvc {command}" in run(command, "--help").output


def test_shell_completion_is_offered() -> None:
    assert "--install-completion" in run("--help").output


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


def test_info_counts_economies_and_no_pools(data) -> None:
    shown = panel.load_panel("adb")
    economies = {code for code in shown["origin"].unique() if code not in ("ROW", "WLD")}
    line = next(line for line in run("info").output.splitlines() if line.startswith("panel     adb:"))
    assert line.endswith(f"{len(economies)} economies, million USD")


def test_info_says_what_is_wrong_with_a_panel_and_goes_on(data, monkeypatch) -> None:
    for name, content in (("aaa", b"PAR1"), ("b[x]", b"")):
        (data / "panel" / f"{name}.parquet").write_bytes(content)
    lines = run("info", code=1).output.splitlines()
    for name in ("aaa", "b[x]"):
        (data / "panel" / f"{name}.parquet").unlink()
        assert any(line.startswith(f"panel     {name}: ") and "expected a Parquet file" in line for line in lines)
    assert any(line.startswith("panel     adb: ADB MRIO") for line in lines)


def test_info_without_a_home(data, monkeypatch) -> None:
    for name in ("GVC_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", none)
    assert "cache     none, for want of a home folder; GVC_CACHE names one" in run("info").output


def test_names_of_a_panel_are_shown_and_not_obeyed(data, tmp_path) -> None:
    odd = {"VNM": "[/x]", "THA": "a|b\nc", "LAO": "\x1b[31m", "FRA": "{{7*7}}", "ITA": "<img>", "GBR": "中国"}
    frame = panel.load_panel("adb").replace({"origin": odd, "destination": odd}).assign(source="s[/x]\n\x1b[31m")
    panel.write(frame, data / "panel" / "odd.parquet")
    info = run("info").output
    for words in (("table", 1), ("table", 2), ("table", 3), ("compare",)):
        for form in ("text", "csv", "md", "json"):
            with warnings.catch_warnings(record=True):
                run(*words, "--panel", "odd", "--format", form)
    (data / "panel" / "odd.parquet").unlink()
    assert r"panel     odd: s[/x]\n\x1b[31m, 2017–2021" in info


def test_an_error_that_nobody_foresaw_is_one_line(monkeypatch, capsys) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("[/x] by\nzero")

    monkeypatch.setattr(article, "printed", broken)
    said = fails(monkeypatch, capsys, "table", 1)
    assert r"ZeroDivisionError: [/x] by\nzero. This should not happen" in said


def test_reading_and_writing_have_their_own_remedies(tmp_path, monkeypatch, capsys) -> None:
    read = fails(monkeypatch, capsys, "check", "x" * 300)
    assert "File name too long" in read
    assert "-o" not in read

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/there")

    monkeypatch.setattr(article, "printed", refused)
    read = fails(monkeypatch, capsys, "table", 1)
    assert read == "error: /there: Permission denied. Check the path and its permissions."


def test_an_empty_name_is_no_panel(data) -> None:
    with pytest.raises(cli.GvcError, match="expected a panel"):
        run("table", 1, "--panel", "")


def test_what_cannot_be_written_is_one_line(tmp_path, capsys, monkeypatch) -> None:
    layouts.delimited(tmp_path / "t.csv", [["year", "origin", "exporter", "value"]])
    monkeypatch.setattr("sys.argv", ["gvc", "shares", str(tmp_path / "t.csv"), "-o", str(tmp_path / "y.csv")])
    with pytest.raises(SystemExit):
        cli.main()
    assert "expected a name that ends in .parquet" in capsys.readouterr().err
    table = tmp_path / "table.csv"
    plain.write(
        known(["CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA", "ROW"], list(sectors.SAMPLE)), table
    )
    said = fails(monkeypatch, capsys, "sample", table, "-o", tmp_path / "absent" / "s.csv")
    assert "s.csv: expected a place to write to; found No such file or directory. Choose another one by `-o`" in said


# -- from a shell ------------------------------------------------------------------------------------------------


def shell(*words: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("gvc"), *map(str, words)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_the_command_line_as_a_module(toys: list[Path], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "industrial_chains.cli",
        "build",
        *toys,
        "-o",
        tmp_path / "panel.parquet",
        "--workers",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    shell("build", *toys, "-o", tmp_path / "again.parquet")
    assert (tmp_path / "panel.parquet").read_bytes() == (tmp_path / "again.parquet").read_bytes()


def test_the_command_line(toys: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "panel.parquet"
    assert "panel.parquet" in shell("build", *toys, "-o", out).stdout
    assert "PASS  row balance" in shell("check", toys[0]).stdout
    shown = shell("table", 3, "--panel", "wiod2013", "--year", 2011, "--format", "csv").stdout
    assert "12.92" in shown
    assert "13.75" in shown
    assert "34.3" in shell("table", 1, "--format", "md").stdout
    note = shell("table", 1, "--panel", "wiod2013", "--year", 2007).stderr
    assert note.count("NEA: the table shows CHN, JPN, KOR, RUS, not MNG") == 1


#: What goes wrong, and what is said of it: as text, and as only a shell can give it.
ERRORS = [
    (("table", 1, "--panel", "nothing"), "expected a panel: "),
    (("table", 1, "--year", 1999), "expected 2007"),
    (("check", "absent.csv"), "no such file"),
    (("build", "absent.csv", "-o", "out.csv"), "ends in .parquet"),
    (("shares", "absent.csv", "-o", "out.parquet"), "a file that can be read; found No such file or directory. Check"),
    (("check", "/proc/self/mem"), "found [Errno 5] Input/output error. Check the path"),
    (("check", "[/x]"), "[/x]: expected a file with a table; found no such file"),
    (("table", 1, "--panel", "[/x]"), "[/x]: expected a panel: "),
]
FROM_A_SHELL = [
    (("check", "\x1b[31m\n.csv"), r"\x1b[31m\n.csv: expected a file with a table"),
    (("check", os.fsdecode(b"\xb1\xed.csv")), r"\udcb1\udced.csv: expected a file with a table"),
]


@pytest.mark.parametrize(("words", "says"), ERRORS)
def test_an_error_is_one_line_and_an_exit_code(words, says, tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert says in fails(monkeypatch, capsys, *words)
    assert not list(Path().iterdir())


@pytest.mark.parametrize(("words", "says"), FROM_A_SHELL)
def test_so_it_is_from_a_shell(words, says, tmp_path, monkeypatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    error = shell(*words, expect=1).stderr.strip()
    assert says in error
    assert error.startswith("error:")
    assert len(error.splitlines()) == 1
    assert not list(Path().iterdir())


def test_what_the_book_ships_is_kept_where_its_folder_is_a_link(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "there" / "panel").mkdir(parents=True)
    (tmp_path / "there" / "manifest.yml").write_text("- path: panel/oecd.parquet\n")
    (tmp_path / "data").symlink_to(tmp_path / "there")
    monkeypatch.setattr(panel, "DATA", tmp_path / "data")
    monkeypatch.setattr("industrial_chains.oecd.years", lambda _: [2022])
    out = tmp_path / "data" / "panel" / "oecd.parquet"
    assert "expected a name of your own" in fails(monkeypatch, capsys, "oecd", tmp_path, "-o", out)
