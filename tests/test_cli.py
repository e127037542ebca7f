"""The command line: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import typer

from gvc import ICIO, GvcError, cli, counterfactual, load_sample, panel, sample
from gvc.cli import checks, tariffs
from gvc.sources import plain
from tests import layouts, synthetic
from tests.layouts import known
from tests.terminal import HOSTILE, fails, invoked, is_shown, run, shell

pytestmark = pytest.mark.usefixtures("own_folders")


def spoiled(path: Path, row: int, column: int, factor: float) -> Path:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    rows[row][column] *= factor
    return layouts.xlsx(path, {"ADB MRIO 2021": rows})


# -- check --------------------------------------------------------------------------------------------------------


def test_check_lists_each_check(tmp_path) -> None:
    lines = invoked(cli.own, "check", spoiled(tmp_path / "t.xlsx", 8, 6, 1)).output.splitlines()
    assert lines[0] == "ADB MRIO, 2 economies, 2021: 2 economies × 2 sectors, million USD"
    assert lines[1:-1] == [f"PASS  {check}" for check in checks.CHECKS]
    assert lines[-1] == "PASS"


def test_check_fails_with_label_size_and_cell(tmp_path) -> None:
    output = run("check", spoiled(tmp_path / "t.xlsx", 8, 6, -1), code=1).output
    assert "FAIL  row balance: CHN c2 (" in output
    assert "in ADB MRIO 2021!S9" in output
    assert "WARN  negative intermediate delivery: CHN c2 → JPN c1" in output
    assert output.splitlines()[-1] == "FAIL"


def test_check_for_machines(tmp_path) -> None:
    said = json.loads(invoked(cli.own, "check", "--json", spoiled(tmp_path / "t.xlsx", 8, 6, -1), code=1).output)
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


# -- build, info --------------------------------------------------------------------------------------------------


@pytest.fixture
def data(full, monkeypatch) -> Path:
    monkeypatch.setattr(panel, "DATA", full)
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
    first = invoked(cli.own, "check", file).output.splitlines()
    assert line.startswith("WARN t.xlsx, 2021: ")
    said = [check.removeprefix("WARN  ") for check in first if check.startswith("WARN  ")]
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
    assert "Choose" in fails(monkeypatch, capsys, "build", file, "-o", tmp_path / "t_sectors.parquet")
    plain.write(known(), tmp_path / "t.parquet")
    said = fails(monkeypatch, capsys, "build", tmp_path / "t.parquet", "-o", tmp_path / "t.parquet")
    assert "found one of the tables to read" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv", "t.parquet"]


def test_info(data) -> None:
    output = run("info").output
    assert f"panel     adb: ADB MRIO, {len(synthetic.ECONOMIES) - 1} economies, synthetic, 2017–2021" in output
    assert output.splitlines()[-1].endswith(" economies, million USD, current prices")
    assert "cache" in output
    (data / "panel" / "._mac.parquet").touch()
    assert cli.panels() == ["adb", "adb_sectors"]
    (data / "panel" / "._mac.parquet").unlink()


@pytest.mark.parametrize("command", ["build", "check", "what-if"])
def test_help_has_an_example(command: str) -> None:
    assert f"gvc {command}" in invoked(cli.own, command, "--help").output


def test_other_packages_add_commands_and_put_theirs_in_the_place_of_ours(monkeypatch) -> None:
    theirs = typer.Typer()
    theirs.command("hello")(lambda: print("hello"))
    theirs.command("info")(lambda: print("their info"))
    entry = SimpleNamespace(load=lambda: theirs)
    monkeypatch.setattr(cli, "entry_points", lambda group: [entry] if group == "gvc.commands" else [])
    assert run("hello").output == "hello\n"
    assert run("info").output == "their info\n"
    assert "gvc check" in run("check", "--help").output


def test_shell_completion_is_offered() -> None:
    assert "--install-completion" in run("--help").output


def test_info_counts_economies_and_no_pools(data) -> None:
    shown = panel.load_panel("adb")
    economies = {code for code in shown["origin"].unique() if code not in ("ROW", "WLD")}
    line = next(line for line in run("info").output.splitlines() if line.startswith("panel     adb:"))
    assert line.endswith(f"{len(economies)} economies, million USD, current prices")


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


def test_a_table_of_bad_will_is_shown_and_not_obeyed(tmp_path) -> None:
    file = tmp_path / "t.csv"
    plain.write(known(["CHN", f"JPN{HOSTILE}"], ["c1"], source=f"s{HOSTILE}"), file)
    shown = run("check", file).output
    assert is_shown(shown)
    assert r"s\x1b]0;pwned\x07\u009b31m\u202e\u007f, 2021: 2 economies" in shown
    machines = run("check", "--json", file).output
    assert is_shown(machines)
    assert json.loads(machines)["table"]["source"] == f"s{HOSTILE}"
    file.write_text(file.read_text("utf-8").replace(f"JPN{HOSTILE}_FD", f"JPN_FD{HOSTILE}"), "utf-8")
    machines = run("check", "--json", file, code=1).output
    assert is_shown(machines)
    assert HOSTILE.encode("unicode_escape").decode()[:10] in json.loads(machines)["error"]["where"]


def test_a_panel_of_bad_will_is_shown_and_not_obeyed(tmp_path) -> None:
    rows = [
        ("s", year, "gross_exports", origin, destination, 0.01 if (year, origin) == (2001, HOSTILE) else 100.0)
        for year in (2000, 2001, 2002)
        for origin, destination in permutations(("CHN", HOSTILE, "ROW"), 2)
    ]
    frame = pd.DataFrame(rows, columns=list(panel.COLUMNS))
    panel.write(frame, tmp_path / "p.parquet")
    shown = run("check", tmp_path / "p.parquet").output
    assert is_shown(shown)
    assert r"gross_exports to CHN from \x1b]0;pwned\x07\u009b31m\u202e\u007f nearly vanish" in shown
    machines = run("check", "--json", tmp_path / "p.parquet").output
    assert is_shown(machines)
    assert json.loads(machines)["checks"][0]["findings"][0]["origin"] == HOSTILE


def test_an_error_that_nobody_foresaw_is_one_line(monkeypatch, capsys) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("[/x] by\nzero")

    monkeypatch.setattr(panel, "about", broken)
    said = fails(monkeypatch, capsys, "table", 1, "--panel", "wiod2013")
    assert r"ZeroDivisionError: [/x] by\nzero. This should not happen" in said


def test_reading_and_writing_have_their_own_remedies(tmp_path, monkeypatch, capsys) -> None:
    read = fails(monkeypatch, capsys, "check", "x" * 300)
    assert "File name too long" in read
    assert "-o" not in read

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/there")

    monkeypatch.setattr(panel, "about", refused)
    read = fails(monkeypatch, capsys, "table", 1, "--panel", "wiod2013")
    assert read == "error: /there: Permission denied. Check the path and its permissions."


def test_an_empty_name_is_no_panel(data) -> None:
    with pytest.raises(cli.GvcError, match="expected a panel"):
        run("table", 1, "--panel", "")


# -- from a shell ------------------------------------------------------------------------------------------------


def test_the_command_line_as_a_module(toys: list[Path], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "gvc.cli",
        "build",
        *toys,
        "-o",
        tmp_path / "panel.parquet",
        "--workers",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
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
    note = shell("table", 1, "--panel", "wiod2013", "--year", 2007).stderr
    assert note.count("NEA: the table shows CHN, JPN, KOR, RUS, not MNG") == 1


#: What goes wrong, and what is said of it: as text, and as only a shell can give it.
ERRORS = [
    (("table", 1, "--panel", "nothing"), "expected a panel: "),
    (("check", "absent.csv"), "no such file"),
    (("build", "absent.csv", "-o", "out.csv"), "ends in .parquet"),
    (("check", "/proc/self/mem"), "found an empty file. Check the path"),
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


# -- what-if ------------------------------------------------------------------------------------------------------


@pytest.fixture
def sample_file() -> Path:
    return Path(sample.FILE)


def test_what_if_prints_factors_of_change(sample_file) -> None:
    wanted = ["what-if", sample_file, "--tariff", "CHN>USA:goods:+25", "--elasticity", 4, "--format"]
    with pytest.warns(UserWarning, match="set to zero"):
        lines = run(*wanted, "csv").stdout.splitlines()
    assert lines[0] == "economy,wages,price_index,real_income"
    table = load_sample()
    rates = np.zeros_like(table.Y)
    rates[:4, table.economies.index("USA")] = 0.25
    with pytest.warns(UserWarning, match="set to zero"):
        result = counterfactual(table, tariffs=(0 * rates, rates), elasticity=4)
    cells = dict(line.split(",", 1) for line in lines[1:])
    assert list(cells) == list(table.economies)
    for code, numbers in cells.items():
        expected = [result.wages[code], result.price_index[code], result.real_income[code]]
        assert [float(number) for number in numbers.split(",")] == pytest.approx(expected, abs=1e-5)


@pytest.mark.filterwarnings("ignore:.*set to zero")
def test_what_if_in_each_form(sample_file) -> None:
    wanted = ["what-if", sample_file, "--tariff", "CHN>USA:goods:+25", "--elasticity", 4, "--format"]
    assert json.loads(run(*wanted, "json").stdout)[0] == {
        "economy": "CHN", "wages": 0.982211, "price_index": 0.985544, "real_income": 0.995867
    }  # fmt: skip
    assert run(*wanted, "md").stdout.splitlines()[0] == "| economy | wages | price_index | real_income |"
    assert run(*wanted, "text").stdout.splitlines()[2].split() == ["CHN", "0.982211", "0.985544", "0.995867"]


def rated(typed: list[str], sectors: list[str], parts: dict[str, str] | None = None) -> dict[tuple[str, str], float]:
    """Read tariffs on a table of China, Mexico and the United States: the rates that are not nought."""
    table = known(["CHN", "MEX", "USA"], sectors)
    table = replace(table, parts=parts or {})
    rates = tariffs.rates(table, typed)
    return {
        (table.label(row), table.economies[column]): round(rates[row, column], 6) for row, column in np.argwhere(rates)
    }


def test_tariffs_as_they_are_typed() -> None:
    assert rated(["CHN>USA:c1:+25"], ["c1", "c2"]) == {("CHN c1", "USA"): 0.25}
    assert rated(["CHN > USA : c1, c2 : 7.5%"], ["c1", "c2"]) == {("CHN c1", "USA"): 0.075, ("CHN c2", "USA"): 0.075}
    # Nobody pays at home, and two on the same product are added.
    twice = rated(["all>USA,CHN:all:+10", "CHN>USA:c1:-2"], ["c1"])
    assert twice == {
        ("CHN c1", "USA"): 0.08, ("MEX c1", "USA"): 0.1, ("MEX c1", "CHN"): 0.1, ("USA c1", "CHN"): 0.1,
    }  # fmt: skip
    # A part of an economy is the economy.
    assert rated(["CHN>USA:all:5"], ["c1"], {"MEX": "CHN"}) == {("CHN c1", "USA"): 0.05, ("MEX c1", "USA"): 0.05}
    # A sector whose name holds a comma or a colon is one sector.
    assert rated(["CHN>USA:Post, other:+1"], ["Post, other", "b: c"]) == {("CHN Post, other", "USA"): 0.01}
    assert rated(["CHN>USA:b: c:+1"], ["Post, other", "b: c"]) == {("CHN b: c", "USA"): 0.01}


@pytest.mark.parametrize(
    ("sectors", "goods"),
    [
        (["c1", "c9", "c16", "c17", "c35"], ["c1", "c9", "c16"]),
        (["A01", "B05", "C10T12", "C302T309", "D", "E", "H49"], ["A01", "B05", "C10T12", "C302T309"]),
        (["A01", "B", "C19", "D35", "E36"], ["A01", "B", "C19"]),
        (["AtB", "C", "D15t16", "Dnec", "E", "I60t63"], ["AtB", "C", "D15t16", "Dnec"]),
        (["Primary", "Light", "Services"], ["Primary", "Light"]),
    ],
)
def test_goods_are_told_by_their_codes(sectors: list[str], goods: list[str]) -> None:
    assert list(rated(["CHN>USA:goods:+25"], sectors)) == [(f"CHN {sector}", "USA") for sector in goods]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("CHN:goods:+25", "--tariff: expected EXPORTERS>IMPORTERS:SECTORS:+PERCENT; found CHN:goods:+25"),
        ("CHN>USA:goods:+1.2.3", "--tariff: expected EXPORTERS>IMPORTERS:SECTORS:+PERCENT"),
        ("CHN>USA:cars:+25", "--tariff: expected all, goods or sectors of the table (Primary, Light, "),
        ("CHN>XYZ:goods:+25", "XYZ"),
        ("CHN>CHN:goods:+25", "--tariff: expected an importer that is not the exporter; found CHN>CHN"),
        ("CHN>USA:goods:-100", "--tariff, CHN Primary to USA: expected more than -100 percent in all; found -100"),
        (
            f"CHN>USA:goods:+{'9' * 400}",
            "--tariff: expected EXPORTERS>IMPORTERS:SECTORS:+PERCENT; found CHN>USA:goods:+9",
        ),
    ],
)
def test_tariffs_that_cannot_be_read(sample_file, monkeypatch, capsys, typed: str, message: str) -> None:
    assert message in fails(monkeypatch, capsys, "what-if", sample_file, "--tariff", typed, "--elasticity", 4)


@pytest.mark.filterwarnings("ignore:.*set to zero")
def test_percent_above_500_is_percent(sample_file) -> None:
    """What is typed is percent in any case: no rate is taken for it."""
    wanted = ["what-if", sample_file, "--tariff", "CHN>USA:goods:+800", "--elasticity", 4, "--format", "json"]
    table = load_sample()
    rates = np.zeros_like(table.Y)
    rates[:4, table.economies.index("USA")] = 8
    result = counterfactual(table, tariffs=(0 * rates, rates), elasticity=4, above_500_percent=True)
    assert json.loads(run(*wanted).stdout)[0]["real_income"] == pytest.approx(result.real_income["CHN"], abs=1e-6)


@pytest.mark.filterwarnings("ignore:.*set to zero")
def test_balances_are_fixed_or_zero(sample_file) -> None:
    wanted = ["what-if", sample_file, "--tariff", "CHN>USA:goods:+25", "--elasticity", 4, "--format", "json"]
    table = load_sample()
    rates = np.zeros_like(table.Y)
    rates[:4, table.economies.index("USA")] = 0.25
    result = counterfactual(table, tariffs=(0 * rates, rates), elasticity=4, balances="zero")
    done = run(*wanted, "--balances", "zero")
    assert json.loads(done.stdout)[0]["wages"] == pytest.approx(result.wages["CHN"], abs=1e-6)
    assert "balances are zero" in done.stderr
    assert "balances are fixed" in run(*wanted).stderr


def test_an_error_of_the_model_names_what_the_command_has(tmp_path, monkeypatch, capsys) -> None:
    """China owes most of its income to the United States, where nobody buys its goods any more."""
    Y = [[0.5, 99.5], [0.5, 199.5]]
    owing = ICIO(
        economies=["CHN", "USA"], sectors=["c1"], Z=np.zeros((2, 2)), Y=Y, x=[100, 200], va=[100, 200], year=2000
    )
    plain.write(owing, tmp_path / "t.csv")
    wanted = ["what-if", tmp_path / "t.csv", "--tariff", "CHN>USA:all:+300", "--elasticity", 4]
    error = fails(monkeypatch, capsys, *wanted)
    assert error.endswith(
        "found none for CHN, which owes more than it earns. Try a smaller change, or set balances to zero."
    )
    run(*wanted, "--balances", "zero")
    error = fails(monkeypatch, capsys, *wanted[:-1], 1e-9)
    assert "elasticity, c1: expected a number above 0, of 1e-06 at least" in error


# -- one gate -----------------------------------------------------------------------------------------------------

#: Commands that take tables, and how they are called; `check` says what is wrong, the others compute.
COMPUTE = {
    "build": lambda file, folder: ["build", file, "-o", folder / "p.parquet", "--workers", 1],
    "what-if": lambda file, folder: ["what-if", file, "--tariff", "CHN>USA:goods:+25", "--elasticity", 4],
}


def test_every_command_that_takes_tables_is_here() -> None:
    whole = typer.main.get_command(cli.own)
    taking = {
        name
        for name, command in whole.commands.items()  # type: ignore[attr-defined]
        if any(one.name in ("file", "files") for one in command.params)
    }
    assert taking == {"check", *COMPUTE}


@pytest.mark.parametrize("command", COMPUTE)
def test_no_command_computes_on_what_check_fails(command: str, sample_file, tmp_path, monkeypatch, capsys) -> None:
    """A cell of the sample ten times as large: what the United States buy of Chinese machinery."""
    table = load_sample()
    Y = table.Y.copy()
    Y[table.economies.index("CHN") * 5 + table.sectors.index("Machinery"), table.economies.index("USA")] *= 10
    plain.write(replace(table, Y=Y), tmp_path / "t.csv")
    assert "FAIL  row balance: CHN Machinery" in run("check", tmp_path / "t.csv", code=1).output
    error = fails(monkeypatch, capsys, *COMPUTE[command](tmp_path / "t.csv", tmp_path))
    assert (
        "CHN Machinery: expected row balance of CHN Machinery to half a percent of its output; found a gap of" in error
    )
    assert "gvc check" in error


# -- version ------------------------------------------------------------------------------------------------------


def test_version() -> None:
    assert run("--version").stdout == f"gvc {version('gvc-measures')}\n"
    assert shell("--version").stdout == run("--version").stdout


def test_goods_that_cannot_be_told() -> None:
    with pytest.raises(GvcError, match="expected sectors by code, among which goods can be told; found Food, Trade"):
        rated(["CHN>USA:goods:+25"], ["Food", "Trade"])
