"""Every layout: there and back, what may vary in it, and one clear error for what may not."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import rdata

import gvc
from gvc import ICIO, GvcError, sources
from gvc.sources import apart, plain
from tests import layouts
from tests.layouts import Row, known, same

REGIONS = {"MX1": "MEX", "MX2": "MEX", "CN1": "CHN", "CN2": "CHN"}
SPLIT = ("CHN", "JPN", "MEX", "ROW", *REGIONS)
EUROPE = ("AUT", "GRC", "FIN", "ROW", "FRA", "GBR", "USA")
#: What later editions add, here under codes that only their legend explains.
LATER = {
    "ARG": "Argentina",
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "CHL": "Chile",
    "COL": "Colombia",
    "ECU": "Ecuador",
    "EGY": "Egypt",
    "GEO": "Georgia",
    "KWT": "Kuwait",
    "NZL": "New Zealand",
    "SAU": "Saudi Arabia",
    "ARE": "United Arab Emirates",
}


def adb_file(path: Path, icio: ICIO, **kind: Any) -> Path:
    return layouts.xlsx(path, {f"ADB MRIO {icio.year}": layouts.adb(icio, **kind), "Legend": layouts.legend(icio)})


# -- there and back -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code_row", [False, True], ids=["row 8", "row 9"])
@pytest.mark.parametrize("margins", ["trs", "r65"])
@pytest.mark.parametrize("blank", [None, " "])
def test_adb(tmp_path, code_row: bool, margins: str, blank: str | None) -> None:
    table = known([*layouts.ADB62[:6], "MNG", "ROW"])
    found = gvc.read_icio(adb_file(tmp_path / "t.xlsx", table, code_row=code_row, margins=margins, blank=blank))
    same(found, table)
    assert (found.year, found.source, found.unit) == (2021, "ADB MRIO, 7 economies", "million USD")
    assert found.check() == []


def test_adb_with_75_economies_some_of_which_only_the_legend_explains(tmp_path) -> None:
    economies = [*layouts.ADB62[:-1], *LATER, "ROW"]
    assert len(economies) == 75
    table = known(economies, ["c1"], year=2024)
    codes = layouts.ADB_CODES | {code: f"X{chr(65 + at)}X" for at, code in enumerate(LATER)}
    sheets = {
        "Legend": layouts.legend(table, LATER, codes),
        "ADB MRIO 2024 August 2025": layouts.adb(table, codes=codes),
    }
    found = gvc.read_icio(layouts.xlsx(tmp_path / "ADB-MRIO-2024-August 2025.xlsx", sheets))
    same(found, table)
    assert (found.year, found.source) == (2024, "ADB MRIO, 74 economies, August 2025")


def test_adb_at_constant_prices(tmp_path) -> None:
    table = known(year=2015)
    rows = layouts.adb(table, subtitle="5 economies, at constant 2010 prices")
    name = "ADB MRIO 2015, at constant 2010 prices"
    found = gvc.read_icio(layouts.xlsx(tmp_path / f"{name}.xlsx", {name[:31]: rows}))
    assert (found.year, found.source) == (2015, "ADB MRIO, 4 economies, constant 2010 prices")
    assert found.unit == "million USD, constant 2010 prices"


@pytest.mark.parametrize("name", ["table", "table.xls", "table.xlsb"])
def test_a_workbook_is_told_by_content(tmp_path, name: str) -> None:
    table = known()
    adb_file(tmp_path / "t.xlsx", table).rename(tmp_path / name)
    same(gvc.read_icio(tmp_path / name), table)


@pytest.mark.parametrize("write", [layouts.xlsx, layouts.xlsb])
@pytest.mark.parametrize(
    ("rows", "release"),
    [(layouts.wiod2013, 2013), (layouts.wiod2016, 2016), (partial(layouts.wiod2016, letter="c"), 2016)],
    ids=["2013", "2016", "2016, c1 in rows"],
)
def test_wiod_workbooks(tmp_path, write: Callable[..., Path], rows: Callable[[ICIO], Any], release: int) -> None:
    table = known(["AUS", "ROU", "ROW"], year=2007)
    found = gvc.read_icio(write(tmp_path / "t.bin", {"WIOT_2007": rows(table)}))
    same(found, table)
    assert (found.year, found.source) == (2007, f"WIOD {release} release")
    assert found.check() == []


def test_rows_that_have_letters_of_their_own_agree_in_number(tmp_path) -> None:
    """A row called r2 is that of column c2, wherever the rows begin; FOR2 is a code of its own."""
    table = known(["AUS", "ROW"], year=2014)
    rows = list(layouts.wiod2016(table))
    rows.insert(6, [None] * 4 + [f"{at:04}" for at in range(1, len(rows[5]) - 3)])
    same(gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", {"2014": rows})), table)
    rows[8][3] = "r9"
    assert_one_error(layouts.xlsx(tmp_path / "t.xlsx", {"2014": rows}), "cell C9", "AUS c2, as in", "AUS c9")
    rows[8][3] = "FOR2"
    assert_one_error(layouts.xlsx(tmp_path / "t.xlsx", {"2014": rows}), "cell C9", "AUS c2, as in", "AUS FOR2")


def test_the_year_of_a_wiod_workbook_may_stand_in_its_name_only(tmp_path) -> None:
    rows = list(layouts.wiod2013(known()))
    rows[0][0] = "World Input-Output Table"
    assert gvc.read_icio(layouts.xlsx(tmp_path / "WIOT07_ROW_Apr12.xlsx", {"WIOT": rows})).year == 2007


def test_r_data(tmp_path) -> None:
    table = known(taxed=False, year=1995)
    found = gvc.read_icio(layouts.rda2013(table, tmp_path / "wiod95"))
    same(found, table)
    assert found.year == 1995
    table = known(year=2014)
    layouts.write_rda(tmp_path / "t.RData", {"wiot": layouts.frame2016(table)})
    found = gvc.read_icio(tmp_path / "t.RData")
    same(found, table)
    assert (found.year, found.source) == (2014, "WIOD 2016 release")


@pytest.mark.parametrize("edition", [2016, 2018, 2021])
@pytest.mark.parametrize("split", [False, True], ids=["plain", "extended"])
def test_oecd(tmp_path, edition: int, split: bool) -> None:
    parts = REGIONS if split else {}
    table = known(SPLIT if split else SPLIT[:4], ["01T02", "10T12"], parts=parts)
    file = layouts.delimited(tmp_path / f"ICIO{edition}_2011.CSV", layouts.oecd(table, edition=edition))
    found = gvc.read_icio(file)
    same(found, table)
    assert (found.year, found.unit) == (2011, "million USD")
    assert found.check() == []
    assert list(gvc.gross_exports(found).index) == ["CHN", "JPN", "MEX", "ROW"]
    years = {f"{year}_SML.csv": file.read_bytes() for year in (2010, 2011)}
    zipped = layouts.zipped(tmp_path / "2010-2011.zip", years)
    same(gvc.read_icio(zipped, year=2010), table)
    with pytest.raises(GvcError, match=r"found 2010_SML.csv, 2011_SML.csv. Pass `year=`"):
        gvc.read_icio(zipped)


def test_what_the_oecd_books_to_nobody_is_kept_apart_and_said(tmp_path) -> None:
    table = known(["CHN", "ROW"], ["c1"])
    rows = list(layouts.oecd(table, edition=2016))
    for row in rows[1:3]:
        row[-2] += 500
        row[-1] += 500
    rows[-1][1:3] = [rows[1][-1], rows[2][-1]]
    rows[-2][1:3] = [rows[-2][1] + 500, rows[-2][2] + 500]
    found = gvc.read_icio(layouts.delimited(tmp_path / "t.csv", rows))
    np.testing.assert_allclose(found.x, table.x + 500)
    assert [str(finding) for finding in found.check()] == ["WARN  booked to no user: DISC (1,000)"]


@pytest.mark.parametrize("at", [1, -3, -2, -1], ids=["inputs", "final", "DISC", "TOTAL"])
def test_a_hole_in_the_edition_with_what_nobody_used_is_named(tmp_path, at) -> None:
    rows = list(layouts.oecd(known(), edition=2016))
    rows[2][at] = ""
    place = f"row {rows[2][0]}, column {rows[0][at]}"
    assert_one_error(layouts.delimited(tmp_path / "t.csv", rows), place, "a number", "nothing")


def test_regions_are_inverted_apart_and_joined_after(tmp_path) -> None:
    table = known(SPLIT, ["c1", "c2"], parts=REGIONS)
    found = gvc.read_icio(layouts.delimited(tmp_path / "t.csv", layouts.oecd(table)))
    apart = ICIO(economies=SPLIT, sectors=table.sectors, Z=table.Z, Y=table.Y, x=table.x, va=table.va)
    detailed = gvc.value_added_in_final_demand(apart)
    joined = detailed.rename(index=REGIONS, columns=REGIONS).groupby(level=0).sum().T.groupby(level=0).sum().T
    result = gvc.value_added_in_final_demand(found)
    np.testing.assert_allclose(result.loc[joined.index, joined.columns], joined, rtol=1e-10, atol=1e-6)


def test_figaro(tmp_path) -> None:
    table = known(EUROPE, ["A01", "C10T12"])
    file = layouts.delimited(tmp_path / "matrix_eu-ic-io_ind-by-ind_24ed_2021.csv", layouts.figaro(table))
    found = gvc.read_icio(file)
    same(found, table)
    assert (found.year, found.source, found.unit) == (2021, "FIGARO, 2024 edition", "million EUR")
    assert found.check() == []


def test_eora(tmp_path) -> None:
    table = layouts.one_sector_row(known(["AFG", "SDN", "SUN", "ROW"], ["a", "b", "TOTAL"]))
    files = layouts.eora(table)
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    zipped = layouts.zipped(tmp_path / "Eora26_2015_bp.zip", {f"Eora26/{name}": text for name, text in files.items()})
    for path in (tmp_path, tmp_path / "Eora26_2015_bp_T.txt", zipped):
        found = gvc.read_icio(path)
        same(found, table)
        assert (found.year, found.source, found.unit) == (2015, "Eora26", "thousand USD")
    assert {finding.what for finding in found.check()} == {"zero output"}


def test_the_rest_of_the_world_has_one_sector_in_eora(tmp_path) -> None:
    table = layouts.one_sector_row(known(["AFG", "ROW"], ["a", "b", "TOTAL"]))
    for name, content in layouts.eora(table).items():
        (tmp_path / name).write_text(content, "utf-8")
    labels, again = tmp_path / "labels_T.txt", "Country ROW\tROW\tIndustries\tOTHER\t\n"
    labels.write_text(labels.read_text("utf-8") + again, "utf-8")
    for part, line in (("T", "0\t0\t0\t0"), ("FD", "\t".join("0" * 10))):
        file = tmp_path / f"Eora26_2015_bp_{part}.txt"
        rows = file.read_text("utf-8").splitlines()
        rows = [f"{row}\t0" for row in rows] if part == "T" else rows
        file.write_text("\n".join([*rows, line]) + "\n", "utf-8")
    file = tmp_path / "Eora26_2015_bp_VA.txt"
    file.write_text("".join(f"{row}\t0\n" for row in file.read_text("utf-8").splitlines()), "utf-8")
    with pytest.raises(GvcError, match=r"labels_T\.txt, line 4: expected no further one.*; found ROW OTHER"):
        gvc.read_icio(tmp_path)


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
@pytest.mark.parametrize("taxed", [False, True])
def test_plain(tmp_path, name: str, taxed: bool) -> None:
    table = known(["A", "B_", "CHN"][::2], ["one", "two_three"], taxed=taxed, year=None, unit="thousand EUR")
    plain.write(table, tmp_path / name)
    found = gvc.read_icio(tmp_path / name)
    same(found, table)
    assert (found.year, found.source, found.unit) == (None, "known", "thousand EUR")


# -- what a file says besides -------------------------------------------------------------------------------------


def test_a_finding_in_a_workbook_names_the_cell(tmp_path) -> None:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    rows[8][6] = -rows[8][6]
    found = sources.read_as_it_is(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})).check()
    where = {(finding.what, finding.level): (finding.where, finding.cell) for finding in found}
    assert where["negative intermediate delivery", "WARN"] == ("CHN c2 → JPN c1", "ADB MRIO 2021!G9")
    assert where["row balance", "FAIL"] == ("CHN c2", "ADB MRIO 2021!S9")
    assert where["column balance", "FAIL"] == ("JPN c1", "ADB MRIO 2021!G17")
    assert where["printed inputs", "FAIL"] == ("JPN c1", "ADB MRIO 2021!G17")


def test_a_negative_final_demand_names_its_row(tmp_path) -> None:
    rows = list(layouts.adb(known(["CHN", "JPN"], ["c1", "c2"])))
    rows[8][9] = -1e6
    found = sources.read_as_it_is(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})).check()
    (finding,) = (finding for finding in found if finding.what == "negative final demand")
    assert (finding.where, finding.cell) == ("CHN c2 → CHN", "ADB MRIO 2021!row 9")


@pytest.mark.parametrize("code", ["r60", "r62", "r69"])
def test_one_footer_row_may_be_missing(tmp_path, code: str) -> None:
    rows = [row for row in layouts.adb(known()) if row[3] != code]
    found = gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})).check()
    assert ("footer row missing", code) in {(finding.what, finding.where) for finding in found}
    assert not [finding for finding in found if finding.level == "FAIL"]


@pytest.mark.parametrize("blank", [None, " ", "NA"])
def test_a_blank_in_the_footer_is_said(tmp_path, blank: str | None) -> None:
    rows = list(layouts.adb(known(taxed=False)))
    row = next(row for row in rows if row[3] == "r61")
    row[5] = blank
    (finding,) = gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})).check()
    assert (finding.what, finding.where, finding.level) == ("blank in the footer", "r61", "WARN")
    assert finding.cell.startswith("ADB MRIO 2021!F")


def test_a_gap_beyond_rounding_is_a_warning(tmp_path) -> None:
    rows = list(layouts.adb(known()))
    rows[7][-1] *= 1.001
    found = gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows})).check()
    assert {(finding.what, finding.level) for finding in found} == {
        ("row balance", "WARN"),
        ("column balance", "WARN"),
        ("printed output", "WARN"),
    }


def test_an_economy_of_the_legend_that_the_table_lacks(tmp_path) -> None:
    table = known()
    sheets = {"ADB MRIO 2021": layouts.adb(table), "Legend": [*layouts.legend(table), ["INO", "Indonesia"]]}
    assert [str(finding) for finding in gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", sheets)).check()] == [
        "WARN  in the legend only: INO Indonesia (0) in Legend"
    ]


# -- bad workbooks ------------------------------------------------------------------------------------------------

TABLE = known(["CHN", "JPN", "KOR"], ["c1", "c2", "c3"])
N = 3


def cell(row: int, column: int, value: Any) -> Callable[[list[Row]], list[Row]]:
    def spoil(rows: list[Row]) -> list[Row]:
        rows[row][column] = value
        return rows

    return spoil


def without_rows(*out: int) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [row for at, row in enumerate(rows) if at not in out]


def without_block(rows: list[Row]) -> list[Row]:
    """Leave JPN out in rows and columns alike: the labels still agree, the totals do not."""
    out = {at for at, code in enumerate(rows[5]) if code == "JPN"}
    return [[value for at, value in enumerate(row) if at not in out] for row in rows if len(row) < 3 or row[2] != "JPN"]


def swapped(rows: list[Row]) -> list[Row]:
    rows[7], rows[10] = rows[10], rows[7]
    return rows


def again(rows: list[Row]) -> list[Row]:
    for row in (13, 14, 15):
        rows[row][2] = "PRC"
    return rows


BAD_CELLS = {
    "text": (cell(8, 5, "n/a"), "cell F9", "a number", "'n/a'"),
    "blank string": (cell(8, 5, " "), "cell F9", "a number", "' '"),
    "nothing": (cell(8, 5, None), "cell F9", "a number", "nothing"),
    "NaN as text": (cell(8, 5, "NaN"), "cell F9", "a number", "nan|nothing|'NaN'"),
    "infinity as text": (cell(8, 5, "inf"), "cell F9", "a number", "inf"),
    "decimal comma": (cell(8, 5, "1,5"), "cell F9", "a number", "'1,5'"),
    "text in output": (cell(8, -1, "-"), "cell AC9", "a number", "'-'"),
    "text in value added": (cell(21, 5, "x"), "cell F22", "a number", "'x'"),
    "unknown economy": (
        lambda rows: [[("XYZ" if value == "JPN" else value) for value in row] for row in rows],
        "sheet ADB MRIO 2021", "an ISO 3166 code", "'XYZ'",
    ),
    "label of a row": (cell(11, 2, "KOR"), "cell C12", "JPN c2, as in", "KOR c2"),
    "label of a column": (cell(5, 8, "KOR"), "cell I6", "JPN c2, as in", "KOR c2"),
    "sector of a column": (cell(6, 8, "c9"), "cell I6", "JPN c2, as in", "JPN c9"),
    "economy repeated": (again, "cell C14", "KOR c1, as in", "PRC c1"),
    "rows out of order": (swapped, "cell C8", "PRC c1, as in", "JPN c1"),
    "a sector short": (without_rows(11), "cell C12", "JPN c2, as in", "JPN c3"),
    "an economy missing": (without_block, "ADB MRIO 2021", "balance|printed", "a gap"),
    "header row missing": (without_rows(5), "cell E", "PRC c1", "c1"),
    "codes missing": (without_rows(6), "t.xlsx", "sector codes c1, c2", "none in ADB MRIO 2021"),
    "no footer": (without_rows(*range(16, 24)), "ADB MRIO 2021", "one row of value added", "0 of them"),
    "value added missing": (without_rows(21), "ADB MRIO 2021", "one row of value added", "0 of them"),
    "totals disagree": (cell(8, -1, 1e6), "AC9", "balance", "a gap"),
    "printed totals disagree": (cell(16, 5, 1e6), "F22", "printed inputs of PRC|printed inputs of CHN c2", "a gap"),
    "no output": (lambda rows: [row[:-1] for row in rows], "ADB MRIO 2021", "total output", "no such column"),
    "unknown user": (cell(5, -2, "XYZ"), "cell AB6", "final demand of each economy, KOR F5", "XYZ F5"),
    "final demand of another": (cell(5, 13, "JPN"), "cell N6", "final demand of each economy, PRC F1", "JPN F1"),
    "two years": (cell(0, 0, "Multiregional Input-Output Table 2019"), "2021", "one year", "2019 in its title"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CELLS)
def test_a_bad_workbook_is_one_error_with_its_place(tmp_path, name: str) -> None:
    spoil, place, expected, found = BAD_CELLS[name]
    file = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": spoil(list(layouts.adb(TABLE)))})
    assert_one_error(file, place, expected, found)


def assert_one_error(path: Path, place: str, expected: str, found: str, **how: Any) -> None:
    with pytest.raises(GvcError) as raised:
        gvc.read_icio(path, **how)
    error = raised.value
    assert str(path.name) in error.where
    assert place in error.where, error
    assert any(text in error.expected for text in expected.split("|")), error
    assert any(text in error.found for text in found.split("|")), error
    assert error.remedy


@pytest.mark.parametrize(
    ("spoil", "expected", "found"),
    [
        (lambda frame: frame.drop(columns="Year"), "a column Year", "IndustryCode"),
        (lambda frame: frame.iloc[:-1], "GO, TXSP", "II_fob"),
        (lambda frame: frame.replace({"IndustryCode": {"VA": "WA"}}), "GO, TXSP", "WA"),
        (lambda frame: frame.assign(CHN1="x"), "numbers and labels", "could not convert"),
    ],
    ids=["column", "footer", "code", "text"],
)
def test_r_data_of_wiod_2016_that_are_not(tmp_path, spoil, expected, found) -> None:
    frame = spoil(layouts.frame2016(known(year=2014)))
    layouts.write_rda(tmp_path / "t.RData", {"wiot": frame})
    assert_one_error(tmp_path / "t.RData", "t.RData, wiot", expected, found)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("inter95", lambda Z: Z[:, 1:], ("inter95", "numbers of shape (4, 4)", "of shape (4, 3)")),
        ("output95", lambda x: x.astype(str), ("output95", "numbers of shape (4,)", "<U")),
        ("inter95", lambda Z: np.where(np.arange(16).reshape(4, 4) == 6, np.nan, Z), ("[2, 3]", "a number", "missing")),
        ("final95", lambda _: None, ("t.rda", "finalYY", "countries, industries, inter95")),
        ("countries", lambda _: None, ("t.rda", "countries and industries", "final95")),
    ],
    ids=["shape", "text", "hole", "no final", "no countries"],
)
def test_r_data_of_wiod_2013_that_are_not(tmp_path, name, change, said) -> None:
    table = known(["CHN", "JPN"], ["c1", "c2"], taxed=False, year=1995)
    objects = rdata.read_rda(layouts.rda2013(table, tmp_path / "whole.rda"))
    changed = change(np.asarray(objects[name]))
    objects = {key: value for key, value in (objects | {name: changed}).items() if value is not None}
    layouts.write_rda(tmp_path / "t.rda", objects)
    assert_one_error(tmp_path / "t.rda", *said)


@pytest.mark.parametrize(
    ("column", "said"), [("JPN2", "column JPN c2"), ("CHN58", "column CHN c58"), ("TOT", "output")]
)
def test_a_hole_in_r_data_is_named_by_its_own_column(tmp_path, column, said) -> None:
    frame = layouts.frame2016(known(year=2014))
    frame.loc[1, column] = np.nan
    layouts.write_rda(tmp_path / "t.RData", {"wiot": frame})
    assert_one_error(tmp_path / "t.RData", f"row CHN c2, {said}", "a number", "nothing")


def test_the_year_of_r_data_is_the_one_in_the_file_or_an_error(tmp_path) -> None:
    table = known(taxed=False, year=2007)
    file = layouts.rda2013(table, tmp_path / "wiod08.rda")
    assert_one_error(file, "wiod08.rda", "one year in the file and in its name", "2007 in it, 2008 in its name")
    assert_one_error(file, "wiod08.rda", "one table of 2008", "inter07 of 2007", year=2008)
    assert gvc.read_icio(file, year=2007).year == 2007
    layouts.write_rda(tmp_path / "WIOT2015_ROW.RData", {"wiot": layouts.frame2016(known(year=2014))})
    assert_one_error(tmp_path / "WIOT2015_ROW.RData", "WIOT2015", "in its name", "2014 in it, 2015 in its name")
    assert_one_error(tmp_path / "WIOT2015_ROW.RData", "WIOT2015", "one table of 2015", "wiot of 2014", year=2015)


def test_r_data_with_several_tables_want_a_year(tmp_path) -> None:
    tables = {year: known(taxed=False, year=year, seed=year) for year in (2007, 2008)}
    objects = {}
    for table in tables.values():
        objects |= rdata.read_rda(layouts.rda2013(table, tmp_path / "one.rda"))
    layouts.write_rda(tmp_path / "t.rda", objects)
    frames = {year: layouts.frame2016(known(year=year, seed=year)) for year in (2013, 2014)}
    layouts.write_rda(tmp_path / "two.RData", {f"wiot{year}": frame for year, frame in frames.items()})
    layouts.write_rda(tmp_path / "joined.RData", {"wiot": pd.concat(frames.values(), ignore_index=True)})
    for name, listed in {
        "t.rda": "inter07 of 2007, inter08 of 2008",
        "two.RData": "wiot2013 of 2013, wiot2014 of 2014",
        "joined.RData": "wiot of 2013, wiot of 2014",
    }.items():
        assert_one_error(tmp_path / name, name, "one table, of one year", listed)
        assert_one_error(tmp_path / name, name, "one table of 1999", listed, year=1999)
    for year, table in tables.items():
        same(gvc.read_icio(tmp_path / "t.rda", year=year), table)
    for year in frames:
        for name in ("two.RData", "joined.RData"):
            same(gvc.read_icio(tmp_path / name, year=year), known(year=year, seed=year))


@pytest.mark.parametrize("year", ["x", np.nan, 2014.5])
def test_r_data_with_a_row_that_has_no_year(tmp_path, year: object) -> None:
    frame = layouts.frame2016(known(year=2014))
    frame["Year"] = frame["Year"].astype(type(year)).where(frame.index != 2, year)
    layouts.write_rda(tmp_path / "t.RData", {"wiot": frame})
    assert_one_error(tmp_path / "t.RData", "t.RData, wiot", "a year in each row", "|")


def test_the_wrong_sheet(tmp_path) -> None:
    file = layouts.xlsx(tmp_path / "t.xlsx", {"Notes": [["nothing here"]], "Legend": layouts.legend(TABLE)})
    assert_one_error(file, "t.xlsx", "a sheet with sector codes", "none in Notes")


def test_a_legend_that_contradicts_the_code(tmp_path) -> None:
    sheets = {"ADB MRIO 2021": layouts.adb(TABLE), "Legend": [["PRC", "Austria"]]}
    assert_one_error(layouts.xlsx(tmp_path / "t.xlsx", sheets), "ADB MRIO 2021", "ISO 3166", "'PRC' for Austria")


@pytest.mark.parametrize(
    ("content", "expected", "found"),
    [
        (b"", "a file with a table", "an empty file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "without a password", "an encrypted workbook"),
        (b"PK\x03\x04" + bytes(600), "a whole workbook", "its beginning only"),
        (b"BZh91AY&SY" + bytes(600), "an R data file", "|"),
        (b"RDX3\nX\n" + bytes(40), "an R data file", "|"),
        (b"PAR1" + bytes(40), "a Parquet file", "|"),
        (b"\x00\x01\x02" * 99, "|", "|"),
    ],
    ids=["zero bytes", "encrypted", "truncated", "bzip2", "R", "Parquet", "noise"],
)
def test_a_damaged_file(tmp_path, content: bytes, expected: str, found: str) -> None:
    (tmp_path / "t").write_bytes(content)
    assert_one_error(tmp_path / "t", "t", expected, found)


def test_a_truncated_workbook(tmp_path) -> None:
    whole = adb_file(tmp_path / "t.xlsx", TABLE).read_bytes()
    for size in (len(whole) // 3, len(whole) - 40):
        (tmp_path / "t.xlsx").write_bytes(whole[:size])
        assert_one_error(tmp_path / "t.xlsx", "t.xlsx", "|", "|")


def test_a_binary_workbook_that_takes_the_library_apart(tmp_path, own_program, monkeypatch) -> None:
    """One cell that is too far away for any memory, and a row whose end is never found."""
    whole = layouts.xlsb(tmp_path / "t.xlsb", {"2021": layouts.wiod2016(TABLE)})
    with zipfile.ZipFile(whole) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = files["xl/worksheets/sheet1.bin"]
    far = sheet.replace(b"\x05\x10\x0a\x00\x00\x00", b"\x05\x10\xff\xff\xff\x0f", 1)
    layouts.zipped(whole, files | {"xl/worksheets/sheet1.bin": far})
    assert_one_error(whole, "t.xlsb", "a sheet of numbers", "memory allocation|ended")
    monkeypatch.setattr(apart, "PATIENCE", 2)
    last = sheet.rindex(b"\x05\x10\x18")
    circling = sheet[:last] + b"\x05\x10" + sheet[last:]
    layouts.zipped(whole, files | {"xl/worksheets/sheet1.bin": circling})
    assert_one_error(whole, "t.xlsb", "a sheet of numbers", "no end of it in 2 s")


def test_no_such_file(tmp_path) -> None:
    assert_one_error(tmp_path / "none.xlsx", "none.xlsx", "a file with a table", "no such file")


def test_an_unknown_source(tmp_path) -> None:
    with pytest.raises(GvcError, match="expected workbook or rda"):
        gvc.read_icio(adb_file(tmp_path / "t.xlsx", TABLE), source="adb")


@pytest.mark.parametrize("source", sources.READERS)
def test_a_layout_forced_on_another_file_is_an_error(tmp_path, source: str) -> None:
    file = adb_file(tmp_path / "t.xlsx", TABLE)
    if source != "workbook":
        assert_one_error(file, "t.xlsx", "|", "|", source=source)


# -- bad CSVs -----------------------------------------------------------------------------------------------------


def oecd_text(spoil: Callable[[list[Row]], list[Row]] = lambda rows: rows) -> str:
    return "\n".join(",".join(map(str, row)) for row in spoil(list(layouts.oecd(TABLE)))) + "\n"


BAD_CSV = {
    "semicolons": (oecd_text().replace(",", ";"), "2018.csv", "commas between fields", "semicolons"),
    "decimal commas": (oecd_text(cell(2, 2, '"12,5"')), "line 3 (CHN_c2), column CHN_c2", "a number", "'12,5'"),
    "text": (oecd_text(cell(2, 2, "..")), "line 3 (CHN_c2), column CHN_c2", "a number", "'..'"),
    "nothing": (oecd_text(cell(2, 2, "")), "row CHN_c2, column CHN_c2", "a number", "nothing"),
    "NaN": (oecd_text(cell(2, 2, "NaN")), "row CHN_c2, column CHN_c2", "a number", "'NaN'"),
    "infinity": (oecd_text(cell(2, 2, "inf")), "row CHN_c2, column CHN_c2", "a number", "inf"),
    "a field short": (oecd_text(lambda rows: [*rows[:3], rows[3][:-1], *rows[4:]]), "line 4", "26 fields", "25"),
    "truncated": (oecd_text()[:900], "2018.csv", "|", "|"),
    "no footer": (oecd_text(lambda rows: rows[:-3]), "2018.csv", "value added below", "no footer"),
    "totals disagree": (oecd_text(cell(2, -1, 1e6)), "CHN c2", "balance|output", "a gap"),
    "label of a row": (oecd_text(cell(5, 0, "JPN_c9")), "row JPN_c9", "JPN c2, as in", "JPN c9"),
    "label of a column": (oecd_text(cell(0, 5, "JPN_c9")), "column JPN_c9", "JPN c2, as in", "JPN c9"),
    "unknown economy": (oecd_text().replace("JPN", "XYZ"), "2018.csv", "ISO 3166", "'XYZ'"),
    "row below the footer": (oecd_text(lambda rows: [*rows, rows[1]]), "row CHN_c1", "no industry below TLS", "CHN_c1"),
    "unknown layout": ("a,b\n1,2\n", "2018.csv", "one of the layouts", "headings a, b"),
    "final demand missing": (
        oecd_text(lambda rows: [[v for at, v in enumerate(row) if not 15 <= at < 20] for row in rows]),
        "column KOR_HFCE", "final demand of each economy, JPN HFCE", "KOR HFCE",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CSV)
def test_a_bad_csv_is_one_error_with_its_place(tmp_path, name: str) -> None:
    text, place, expected, found = BAD_CSV[name]
    (tmp_path / "2018.csv").write_text(text, encoding="utf-8")
    assert_one_error(tmp_path / "2018.csv", place, expected, found)


def test_a_csv_in_another_encoding(tmp_path) -> None:
    (tmp_path / "t.csv").write_text(oecd_text(), encoding="utf-16")
    assert_one_error(tmp_path / "t.csv", "t.csv, line 1", "text in UTF-8", "UTF-16")
    (tmp_path / "t.csv").write_bytes(oecd_text().replace("V1", "é").encode("latin-1"))
    assert_one_error(tmp_path / "t.csv", "t.csv, line 1", "text in UTF-8", r"b'\xe9,CH'")


def test_a_zip_inside_a_zip(tmp_path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("2018.csv", oecd_text())
    outer = layouts.zipped(tmp_path / "2016-2020.zip", {"2018.zip": inner.getvalue()})
    assert_one_error(outer, "2016-2020.zip", "one CSV", "2018.zip")
    with pytest.raises(GvcError, match="Unpack the inner zip"):
        gvc.read_icio(outer)


def test_eora_with_a_file_missing_or_short(tmp_path) -> None:
    files = layouts.eora(layouts.one_sector_row(known(["AFG", "ROW"], ["a", "TOTAL"])))
    lines = files["Eora26_2015_bp_T.txt"].splitlines()
    for name, content, place, expected in (
        ("labels_T.txt", None, "labels_T.txt", "the file, among the others"),
        ("labels_T.txt", "x\n", "labels_T.txt, line 1", "4 fields"),
        ("labels_T.txt", files["labels_T.txt"].splitlines()[0] * 1 + "\n", "_T.txt, line 1", "1 fields"),
        ("Eora26_2015_bp_FD.txt", "1\t2\n", "_FD.txt, line 1", "fields"),
        ("Eora26_2015_bp_T.txt", "\n".join(lines).replace("\t", "\tx", 1), "_T.txt, line 1, field 2", "a number"),
        ("Eora26_2015_bp_T.txt", lines[0] + "\n", "_T.txt", "2 lines"),
        ("Eora26_2015_bp_T.txt", "\n".join(lines).replace(lines[0].split("\t")[0], "nan", 1), "field 1", "a number"),
    ):
        changed = {key: text for key, text in (files | {name: content}).items() if text is not None}
        zipped = layouts.zipped(tmp_path / "Eora26_2015_bp.zip", changed)
        assert_one_error(zipped, place, expected, "|")


def test_plain_does_not_write_what_it_could_not_read(tmp_path) -> None:
    for table in (
        known(SPLIT, ["c1"], parts=REGIONS),
        gvc.as_block(known(), ["CHN", "JPN"]),
        known(["A_B", "CHN"], ["c1"]),
    ):
        with pytest.raises(GvcError, match="without parts, and without an underscore"):
            plain.write(table, tmp_path / "t.csv")
        assert not (tmp_path / "t.csv").exists()


def test_a_table_that_adds_up_to_nonsense_is_no_result(tmp_path) -> None:
    """One industry sells less than nothing; every row and column adds up all the same."""
    table = known()
    Y = np.array(table.Y)
    Y[4, 0] -= 2 * table.x[4]
    x = table.Z.sum(axis=1) + Y.sum(axis=1)
    odd = ICIO(economies=table.economies, sectors=table.sectors, Z=table.Z, Y=Y, x=x, va=x - table.Z.sum(axis=0))
    plain.write(odd, tmp_path / "t.csv")
    assert_one_error(tmp_path / "t.csv", odd.label(4), "no negative output", f"{x[4]:,.6g}")


def test_plain_bad_year(tmp_path) -> None:
    plain.write(known(), tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text()
    (tmp_path / "t.csv").write_text(text.replace("# year: 2021", "# year: last"))
    assert_one_error(tmp_path / "t.csv", "t.csv", "a year", "'last'")


def test_not_enough_memory_is_one_error(tmp_path, monkeypatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    file = adb_file(tmp_path / "t.xlsx", TABLE)
    monkeypatch.setattr("gvc.sources.apart.Book.load", exhausted)
    assert_one_error(file, "t.xlsx", "memory for the table", "not enough")
    monkeypatch.undo()
    monkeypatch.setattr("gvc.sources.workbook.build", exhausted)
    assert_one_error(file, "t.xlsx", "memory for the table", "not enough")


@pytest.mark.parametrize(
    ("write", "codes", "place"),
    [
        (layouts.adb, ("PRC", "CHN"), "sheet 2021, cell C14"),
        (layouts.oecd, ("ROM", "ROU"), "row ROU_c1"),
        (layouts.figaro, ("UK", "GB"), "row GB_c1"),
    ],
    ids=["ADB", "OECD", "FIGARO"],
)
def test_two_codes_of_one_economy_are_one_error_where_the_second_stands(tmp_path, write, codes, place: str) -> None:
    written = {"AUT": codes[0], "AT": codes[0], "JPN": codes[1]}

    def recoded(value: object) -> object:
        code, underscore, rest = str(value).partition("_")
        return written[code] + underscore + rest if code in written else value

    rows = [[recoded(value) for value in row] for row in write(known(["AUT", "KOR", "JPN"]))]
    made = layouts.xlsx if write == layouts.adb else layouts.delimited
    file = made(tmp_path / "2021", {"2021": rows} if write == layouts.adb else rows)
    both = {"PRC": "CHN", "ROM": "ROU", "UK": "GBR"}[codes[0]]
    assert_one_error(file, place, "one economy for each code", f"{codes[0]} and {codes[1]}, both {both}")


# -- vectors of another program -----------------------------------------------------------------------------------


def test_vectors_of_exvatools_through_the_plain_form(tmp_path, test_data) -> None:
    """Value added by origin, and NAFTA as a block, as the R package `exvatools` computes them from the same table."""
    folder = test_data / "vectors" / "exvatools_wiodtest"
    Z, Y, x, va = (pd.read_csv(folder / f"{name}.csv", index_col=0) for name in ("Z", "Yfd", "X", "VA"))
    rows = pd.concat([Z, Y, x.rename(columns={"X": "output"})], axis=1).rename_axis("label")
    added = va.T.reindex(columns=rows.columns)
    pd.concat([rows, added]).rename_axis("label").to_csv(tmp_path / "t.csv")
    table = gvc.read_icio(tmp_path / "t.csv")
    assert not [finding for finding in table.check() if finding.level == "FAIL"]
    expected = pd.read_csv(folder / "get_va.csv").pivot(index="origin", columns="dest", values="va_exgr_TC")
    exported = gvc.value_added_in_exports(table, value_added="table")
    np.testing.assert_allclose(exported, expected.loc[exported.index, exported.columns], rtol=1e-9)
    nafta = gvc.foreign_value_added(table, ["MEX", "USA"], treatment="block")
    foreign = pd.read_csv(folder / "get_va.csv").pivot(index="origin", columns="dest", values="va_exgr_FC")["NAFTA"]
    np.testing.assert_allclose(nafta, foreign[nafta.index], rtol=1e-9)


def test_a_damaged_xlsb_is_one_error_and_nothing_else_is_printed(tmp_path, capfd) -> None:
    path = layouts.xlsb(tmp_path / "t.xlsb", {"2014": layouts.wiod2016(known())})
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    relations = "xl/_rels/workbook.bin.rels"
    layouts.zipped(path, files | {relations: files[relations].replace(b"<Relationship ", b"<Relation     ")})
    with pytest.raises(GvcError, match="expected a workbook"):
        sources.read_icio(path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kept", [3, 1000, 200_000])
def test_a_truncated_file_is_one_error(tmp_path, test_data, kept: int) -> None:
    path = tmp_path / "wiod07.rda"
    path.write_bytes((test_data / "data" / "wiod2013" / "wiod07.rda").read_bytes()[:kept])
    with pytest.raises(GvcError, match=r"wiod07\.rda"):
        sources.read_icio(path)


# -- what is no table ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found", "remedy"),
    [
        (b"MATLAB 7.3 MAT-file, Platform: MACA64" + b"\0" * 5000, "a MATLAB file of version 7.3", "h5py.File"),
        (b"MATLAB 5.0 MAT-file, Platform: posix" + b"\0" * 200, "a MATLAB file", "scipy.io.loadmat"),
        (b"\x89HDF\r\n\x1a\n" + b"\0" * 200, "an HDF5 file", "h5py.File"),
        (b"\x93NUMPY\x01\0v\0{'descr': '<f8'}", "a NumPy array", "numpy.load"),
        (b"ARROW1\0\0" + b"\0" * 200, "a Feather file", "pandas.read_feather"),
        (b"<stata_dta><header><release>118", "a Stata file", "pandas.read_stata"),
    ],
)
def test_a_file_of_arrays_is_called_what_it_is(tmp_path, content: bytes, found: str, remedy: str) -> None:
    (tmp_path / "t.mat").write_bytes(content)
    assert_one_error(tmp_path / "t.mat", "t.mat", "an inter-country table", found)
    with pytest.raises(GvcError, match=rf"Open it by `{remedy}`\. Make a table of arrays by `gvc\.ICIO\(\.\.\.\)`"):
        gvc.read_icio(tmp_path / "t.mat")


def test_gross_flows_of_the_oecd_are_called_what_they_are(tmp_path) -> None:
    (tmp_path / "ICIO2022.mat").write_bytes(b"MATLAB 7.3 MAT-file" + b"\0" * 9000 + b"Xjik_3D" + b"\0" * 100)
    assert_one_error(
        tmp_path / "ICIO2022.mat", "ICIO2022", "final demand", "gross flows by origin, destination and sector"
    )
    with pytest.raises(
        GvcError, match=r"no value added follows\. Take the OECD's inter-country tables, ICIO, of that year"
    ):
        gvc.read_icio(tmp_path / "ICIO2022.mat")


def test_a_zip_of_arrays_is_called_what_it_is(tmp_path) -> None:
    np.savez(tmp_path / "t.npz", Z=np.eye(2), output=np.ones(2))
    assert_one_error(tmp_path / "t.npz", "t.npz", "Z, Y and output with their labels", "NumPy arrays Z, output")


def test_a_table_of_one_economy_is_called_what_it_is(tmp_path) -> None:
    (tmp_path / "CHN2022ttl.csv").write_text('"","A01","C17_18","HFCE","TOTAL"\n"TTL_A01",1,2,3,6\n', "utf-8")
    assert_one_error(tmp_path / "CHN2022ttl.csv", "line 1", "economy and industry", "A01: a table of one economy")


def test_a_list_of_figures_is_no_table(tmp_path) -> None:
    (tmp_path / "t.csv").write_text("year,origin,exporter,value\n2017,CHN,MEX,1\n", "utf-8")
    with pytest.raises(
        GvcError, match=r"found headings year, origin, exporter … value\. A list of figures, .* is no table"
    ):
        gvc.read_icio(tmp_path / "t.csv")
    frame = pd.DataFrame({"k": ["a"] * 9, "i": 1, "v": 1.5})
    frame.to_parquet(tmp_path / "t.parquet")
    with pytest.raises(GvcError, match=r"found 9 rows of 3 columns\. A list of figures, .* is no table"):
        gvc.read_icio(tmp_path / "t.parquet")


def test_a_panel_is_no_table(tmp_path) -> None:
    flows, _ = gvc.panel.tidy(gvc.load_sample())
    gvc.panel.write(flows, tmp_path / "mine.parquet")
    with pytest.raises(GvcError, match=r"found 484 rows of 6 columns\. It is a panel: `gvc\.load_panel` reads it"):
        gvc.read_icio(tmp_path / "mine.parquet")


# -- a table that is slightly off ---------------------------------------------------------------------------------


def slightly_off(path: Path) -> Path:
    return layouts.delimited(path, cell(2, -1, 1e6)(list(layouts.oecd(TABLE))))


def test_a_table_that_is_off_is_read_on_demand_with_its_findings(tmp_path) -> None:
    file = slightly_off(tmp_path / "2018.csv")
    with pytest.raises(GvcError, match=r"`gvc\.read_icio\(path, strict=False\)` reads it as it is; `check\(\)`"):
        gvc.read_icio(file)
    with pytest.warns(
        gvc.BalanceWarning, match=r"2018\.csv, CHN c2: .*, a gap of .*, and \d more\. `check\(\)`"
    ) as said:
        table = gvc.read_icio(file, strict=False)
    assert len(said) == 1
    assert said[0].filename == __file__
    assert table.x[1] == 1e6
    failed = [finding for finding in table.check() if finding.level == "FAIL"]
    assert {finding.where for finding in failed} == {"CHN c2"}
    assert f"and {len(failed) - 1} more" in str(said[0].message)
    assert {"row balance", "printed output"} <= {finding.what for finding in failed}


def test_a_table_that_is_right_is_read_without_a_word(tmp_path, recwarn) -> None:
    file = layouts.delimited(tmp_path / "2018.csv", layouts.oecd(TABLE))
    same(gvc.read_icio(file, strict=False), gvc.read_icio(file))
    assert [str(warning.message) for warning in recwarn] == []


def test_what_cannot_be_read_is_an_error_on_demand_too(tmp_path) -> None:
    file = layouts.delimited(tmp_path / "2018.csv", cell(2, 2, "..")(list(layouts.oecd(TABLE))))
    assert_one_error(file, "line 3 (CHN_c2), column CHN_c2", "a number", "'..'", strict=False)


def test_another_file_of_eora_than_the_table_is_told_from_it(tmp_path) -> None:
    for name, content in layouts.eora(layouts.one_sector_row(known(["AFG", "ROW"], ["a", "TOTAL"]))).items():
        (tmp_path / name).write_text(content, "utf-8")
    assert_one_error(tmp_path / "Eora26_2015_bp_FD.txt", "FD.txt", "one file Eora26_YEAR_bp_T.txt", "none")
