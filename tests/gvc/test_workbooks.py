"""Workbooks: the right year, blanks, units, what may stand in the footer, and files made to break a reader."""

import mmap
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gvc
from gvc import ICIO, GvcError, panel, sources
from gvc.checks import cell_name
from gvc.sources import apart, sheets
from tests import layouts
from tests.layouts import Row, known, same, with_zeros

TABLE = known(["CHN", "JPN", "KOR"], ["c1", "c2", "c3"])
#: Where the numbers of `TABLE` stand in its sheet: the last industry, the first and last footer row, total output.
FIRST, LAST, ADDED, OUTPUT = 7, 15, 21, 28


def rows_of(icio: ICIO = TABLE, **kind: Any) -> list[Row]:
    return list(layouts.adb(icio, **kind))


def book(path: Path, rows: list[Row], name: str = "ADB MRIO 2021") -> Path:
    return layouts.xlsx(path, {name: rows})


def refused(path: Path, **how: Any) -> GvcError:
    with pytest.raises(GvcError) as raised:
        gvc.read_icio(path, **how)
    error = raised.value
    assert path.name in error.where
    assert all((error.expected, error.found, error.remedy))
    return error


def warned(icio: ICIO) -> list[tuple[str, str, float, str]]:
    found = icio.check()
    assert not [finding for finding in found if finding.level == "FAIL"]
    return [(finding.what, finding.where, finding.size, finding.cell) for finding in found]


# -- the year -----------------------------------------------------------------------------------------------------


def two_years(path: Path, *others: tuple[str, list[Row]]) -> tuple[Path, dict[int, ICIO]]:
    tables = {year: known(["CHN", "JPN"], ["c1", "c2"], year=year, seed=year) for year in (2020, 2021)}
    return layouts.xlsx(path, {**layouts.adb_years(tables.values()), **dict(others)}), tables


def test_a_year_chooses_its_sheet(tmp_path, own_program) -> None:
    path, tables = two_years(tmp_path / "t.xlsx")
    for year in (2020, 2021):
        found = gvc.read_icio(path, year=year)
        same(found, tables[year])
        assert found.year == year
        assert found.provenance.cells.sheet == f"ADB MRIO {year}"


@pytest.mark.parametrize(
    ("year", "expected"), [(None, "one table"), (2019, "one table of 2019")], ids=["no year", "another year"]
)
def test_several_years_are_listed(tmp_path, year: int | None, expected: str) -> None:
    error = refused(two_years(tmp_path / "t.xlsx")[0], year=year)
    assert error.expected == expected
    assert error.found == "sheet ADB MRIO 2020 of 2020, sheet ADB MRIO 2021 of 2021"
    assert "`year=`" in error.remedy


def test_all_years_of_a_workbook_are_built(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GVC_CACHE", str(tmp_path / "cache"))
    path, tables = two_years(tmp_path / "t.xlsx", ("Notes 2019", [["Nothing to read here, in 2019"]]), ("Chart", []))
    assert sources.years(path) == [2020, 2021]
    made, _ = panel.build([path], tmp_path / "p.parquet", workers=1)
    frame = gvc.load_panel(made)
    assert panel.years(frame) == [2020, 2021]
    for year, table in tables.items():
        np.testing.assert_allclose(
            panel.flow_matrix(frame, "gross_exports", year), gvc.gross_exports(table), rtol=1e-12
        )


def test_a_workbook_with_one_table_says_its_own_year(tmp_path) -> None:
    notes = {"Notes 2019": [["c1"]], "ADB MRIO 2021": rows_of(), "Legend": layouts.legend(TABLE)}
    for sheets_there in (notes, {"ADB MRIO 2021": rows_of()}):
        path = layouts.xlsx(tmp_path / "t.xlsx", sheets_there)
        assert sources.years(path) == [None]
        assert gvc.read_icio(path).year == 2021


@pytest.mark.parametrize("name", ["ADB MRIO 2021 (2)", "Copy"])
def test_two_tables_that_cannot_be_told_apart(tmp_path, name: str) -> None:
    rows = rows_of()
    path = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": rows, name: rows})
    error = refused(path, year=2021)
    assert (error.expected, error.remedy) == ("one table of 2021", "Delete all of them but one.")
    assert name in error.found
    assert sources.years(path) == [None]


def test_no_table_is_left_out_unsaid(tmp_path) -> None:
    """Two years are clear; the third sheet says none, or one of theirs."""
    for title in ("Multiregional Input-Output Table", "Table of 2021"):
        rows = rows_of()
        rows[0][0] = title
        path, _ = two_years(tmp_path / "t.xlsx", ("Another", rows))
        assert sources.years(path) == [None]
        assert "sheet Another of" in refused(path).found


def test_years_in_titles_only(tmp_path) -> None:
    sheets_there = {}
    for year, name in ((2007, "One"), (2008, "Two")):
        rows = rows_of(known(["CHN", "JPN"], ["c1", "c2"], year=year, seed=year))
        rows[0][0], rows[0][1] = ("Multiregional Input-Output Table", year) if year == 2008 else rows[0][:2]
        sheets_there[name] = rows
    path = layouts.xlsx(tmp_path / "t.xlsx", sheets_there)
    assert sources.years(path) == [2007, 2008]
    assert gvc.read_icio(path, year=2008).provenance.cells.sheet == "Two"


#: What a sheet, its title and its file may be called, and of which year the table then is.
NAMES = {
    ("ADB MRIO 2024 August 2025", None, "t.xlsx"): 2024,
    ("ADB MRIO 2023", None, "ADB-MRIO62-2023_August 2024.xlsx"): 2023,
    ("MRIO", None, "ADB-MRIO62-2023_August 2024.xlsx"): 2023,
    ("MRIO", None, "ADB-MRIO-2007.xlsx"): 2007,
    ("MRIO", None, "ADB-MRIO-2000_Mar2022-3.xlsx"): 2000,
    ("MRIO", None, "ADB-MRIO62-2021_Dec2022.xlsx"): 2021,
    ("MRIO", None, "ADB-MRIO-2024-August 2025.xlsx"): 2024,
    ("MRIO", None, "ADB-MRIO72-2024_August 2025.xlsx"): 2024,
    ("MRIO", None, "ADB MRIO 2015, at constant 2010 prices.xlsx"): 2015,
    ("MRIO", None, "ADB-MRIO-LAC-2007_Mar2022-1.xlsx"): 2007,
    ("MRIO", None, "WIOT07_ROW_Apr12.xlsx"): 2007,
    ("MRIO", None, "WIOT95_ROW_Apr12.xlsx"): 1995,
    ("MRIO", None, "MRIO 2023 edition, 2018.xlsx"): 2018,
    ("MRIO", None, "MRIO_2018_edition 2023.xlsx"): None,
    ("MRIO", None, "mrio2023_2018.xlsx"): None,
    ("MRIO", None, "August 2025.xlsx"): None,
    ("MRIO", "Market tables of 2018, edition 2023", "t.xlsx"): 2018,
    ("MRIO", "Table of 2018 (release 2023)", "t.xlsx"): 2018,
    ("MRIO", "Table of 2018 at 2010 prices", "t.xlsx"): 2018,
    ("MRIO", "Table of 2018 (base year 2010)", "t.xlsx"): 2018,
    ("MRIO", None, "MRIO_2018_2010prices.xlsx"): 2018,
    ("MRIO", None, "MRIO_2018_pyp2017.xlsx"): 2018,
    ("MRIO", "Tables 2017 to 2019", "t.xlsx"): None,
    ("MRIO 2018", "Tables 2017, 2018 and 2019", "t.xlsx"): 2018,
    ("MRIO 2018", "Table of 2019", "t.xlsx"): None,
}


def called(folder: Path, sheet: str, title: str | None, name: str) -> Path:
    rows = rows_of()
    rows[0][0] = title or "Multiregional Input-Output Table"
    return book(folder / name, rows, sheet)


@pytest.mark.parametrize(("sheet", "title", "name"), NAMES)
def test_a_year_is_told_from_an_edition(tmp_path, sheet: str, title: str | None, name: str) -> None:
    path, due = called(tmp_path, sheet, title, name), NAMES[sheet, title, name]
    if due:
        assert gvc.read_icio(path).year == due
    else:
        error = refused(path)
        assert (error.expected, error.remedy) == ("one year", "Pass `year=`.")


@pytest.mark.parametrize(
    ("sheet", "title", "name"),
    [("MRIO 2018", None, "t.xlsx"), ("MRIO", "Table of 2018", "t.xlsx"), ("MRIO", None, "MRIO 2018.xlsx")],
)
def test_a_year_that_is_told_is_the_one_to_ask_for(tmp_path, sheet: str, title: str | None, name: str) -> None:
    path = called(tmp_path, sheet, title, name)
    assert gvc.read_icio(path, year=2018).year == 2018
    assert refused(path, year=2017).expected == "one year, 2017"


def test_a_year_that_is_not_clear_can_be_chosen_but_not_made_up(tmp_path) -> None:
    rows = rows_of()
    rows[0][0] = "Table of 2019"
    path = book(tmp_path / "t.xlsx", rows)
    assert refused(path).found == "2021 in the sheet's name, 2019 in its title"
    assert refused(path, year=2018).expected == "one year, 2018"
    found = gvc.read_icio(path, year=2019)
    assert found.year == 2019
    assert warned(found) == [("another year", "2021 in the sheet's name", 0, "ADB MRIO 2021")]


def test_what_the_workbook_says_goes_before_its_name(tmp_path) -> None:
    path = book(tmp_path / "ADB-MRIO-2019.xlsx", rows_of())
    found = gvc.read_icio(path)
    assert found.year == 2021
    assert warned(found) == [("another year", "2019 in the file's name", 0, "ADB MRIO 2021")]
    assert "2021 in the sheet's name, 2021 in its title" in refused(path, year=2019).found


def test_a_table_that_says_no_year_is_of_the_one_asked_for(tmp_path) -> None:
    rows = rows_of()
    rows[0][0] = "Multiregional Input-Output Table"
    path = book(tmp_path / "t.xlsx", rows, "MRIO")
    assert gvc.read_icio(path, year=2014).year == 2014
    assert "none in the sheet's name" in refused(path).found


def test_the_first_rows_of_a_sheet_are_those_of_the_whole(tmp_path) -> None:
    rows = [["x" * 3000, *range(600)] for _ in range(60)]
    path = layouts.xlsx(tmp_path / "t.xlsx", {"One": rows, "Two": rows[:5], "Three": []})
    with apart.opened(path) as opened:
        whole, head = opened.load("One"), opened.head("One")
        np.testing.assert_array_equal(head[0], whole[0][:20])
        assert head[1].keys() == whole[1].keys()
        assert [places.tolist() for places in head[1].values()] == [list(range(0, 20 * 601, 601))]
        assert len(opened.head("Two")[0]) == 5
        assert opened.head("Three")[0].shape == (0, 0)


def test_sheets_whose_tags_have_a_prefix(tmp_path) -> None:
    """As some programs write them."""
    path, tables = two_years(tmp_path / "t.xlsx", ("Long", [[1]] * 50))
    for number in (1, 2, 4):
        changed(
            path,
            f"xl/worksheets/sheet{number}.xml",
            lambda xml: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x="),
        )
    assert sources.years(path) == [2020, 2021]
    same(gvc.read_icio(path, year=2021), tables[2021])


@pytest.mark.parametrize("year", [2013, 2014])
def test_a_binary_workbook_of_two_years(tmp_path, year: int) -> None:
    tables = {year: known(["AUS", "ROW"], year=year, seed=year) for year in (2013, 2014)}
    rows = {str(year): list(layouts.wiod2016(table)) for year, table in tables.items()}
    path = layouts.xlsb(tmp_path / "t.xlsb", rows)
    assert sources.years(path) == [2013, 2014]
    same(gvc.read_icio(path, year=year), tables[year])


# -- blanks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zero", [None, "", " ", "\xa0", "NA", "-"], ids=repr)
def test_blanks_that_are_zeros(tmp_path, zero: str | None) -> None:
    table = with_zeros(known(["CHN", "JPN", "ROW"]), idle=[4])
    rows = rows_of(table, zero=zero)
    block = [row[4:] for row in rows[7:16]]
    count = sum(value == zero for row in block for value in row)
    assert count > 40
    found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
    same(found, table)
    first = next(
        cell_name(7 + row, 4 + column)
        for row, line in enumerate(block)
        for column, value in enumerate(line)
        if value == zero
    )
    assert ("blank in the block", "PRC c1", count, f"ADB MRIO 2021!{first}") in warned(found)
    footer = {where: (size, cell) for what, where, size, cell in warned(found) if what == "blank in the footer"}
    codes = ("r60", "r99", "r61", "r62", "r63", "r64", "trs", "r69")
    assert footer == {code: (1, f"ADB MRIO 2021!I{17 + at}") for at, code in enumerate(codes)}
    assert {what for what, *_ in warned(found)} == {"blank in the block", "blank in the footer", "zero output"}
    np.testing.assert_array_equal(found.provenance.inputs, table.Z.sum(axis=0))
    assert found.provenance.output[4] == 0


@pytest.mark.parametrize("hole", [None, " ", "NA", "-"], ids=repr)
@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [(9, 6, "G10"), (9, 15, "P10"), (9, OUTPUT, "AC10"), (ADDED, 8, "I22"), (17, 8, "I18")],
    ids=["delivery", "final demand", "output", "value added", "taxes"],
)
def test_a_hole_among_blanks_is_named(tmp_path, hole: str | None, row: int, column: int, cell: str) -> None:
    table = with_zeros(TABLE, idle=[0], share=0)
    rows = rows_of(table, zero=hole)
    assert isinstance(rows[row][column], float)
    rows[row][column] = hole
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith(f"sheet ADB MRIO 2021, cell {cell}")
    assert error.expected.startswith("a number, or a blank")
    assert error.found.startswith(repr(hole) if hole else "nothing")
    assert "with a gap of" in error.found


@pytest.mark.parametrize(("hidden", "read"), [(0.0005, True), (0.003, False)])
def test_blanks_may_leave_a_gap_as_other_rows_do(tmp_path, hidden: float, read: bool) -> None:
    """Row PRC c1 misses a thousandth of its output; what the blank of PRC c3 hides is less, or more."""
    rows = rows_of()
    rows[7][13] -= 0.001 * rows[7][OUTPUT]
    lost = rows[9][12]
    rows[9][12], rows[9][13] = None, rows[9][13] + lost - hidden * rows[9][OUTPUT]
    rows[16][12], rows[ADDED][12] = rows[16][12] - lost, rows[ADDED][12] + lost
    path = book(tmp_path / "t.xlsx", rows)
    if read:
        assert ("blank in the block", "PRC c3", 1, "ADB MRIO 2021!M10") in warned(gvc.read_icio(path))
    else:
        assert refused(path).where.endswith("cell M10")


@pytest.mark.parametrize(("hidden", "read"), [(0.00009, True), (0.00011, False)])
def test_blanks_may_hide_a_ten_thousandth_where_all_rows_have_some(tmp_path, hidden: float, read: bool) -> None:
    rows = rows_of(with_zeros(known(["CHN", "JPN", "KOR", "ROW"]), share=0.4), zero=" ")
    assert all(" " in row[4:] for row in rows[7:19])
    row, output = rows[9], len(rows[9]) - 1
    place = next(at for at in range(16, output) if isinstance(row[at], float))
    other = next(at for at in range(place + 1, output) if isinstance(row[at], float))
    row[place], row[other] = " ", row[other] + row[place] - hidden * row[output]
    path = book(tmp_path / "t.xlsx", rows)
    if read:
        assert ("row balance", "CHN c3") in {(what, where) for what, where, *_ in warned(gvc.read_icio(path))}
    else:
        assert "or 0 if nothing flows there" in refused(path).remedy


def test_a_blank_that_only_hides_a_printed_total_leaves_the_total_out(tmp_path) -> None:
    for code, what in (("r60", "inputs"), ("r69", "output")):
        rows = rows_of()
        next(row for row in rows if row[3] == code)[6] = " "
        found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
        same(found, TABLE)
        assert getattr(found.provenance, what) is None
        assert [(name, where) for name, where, *_ in warned(found)] == [("blank in the footer", code)]


def test_a_hole_among_blanks_of_its_row_is_counted_with_them(tmp_path) -> None:
    rows = rows_of(with_zeros(TABLE, share=0), zero=None)
    moved, rows[9][15], rows[9][16] = rows[9][15], None, None
    rows[9][17] += moved
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith("cell P10")
    assert error.found.startswith("nothing (and 1 more), with a gap of")


def test_text_is_no_blank(tmp_path) -> None:
    for text in ("n/a", "..", "x", "0,0"):
        rows = rows_of(with_zeros(TABLE), zero=text)
        assert refused(book(tmp_path / "t.xlsx", rows)).found == repr(text)


@pytest.mark.parametrize("nothing", [0.0, None, ""], ids=repr)
@pytest.mark.parametrize("only_output", [False, True])
def test_formulas_that_were_never_computed(tmp_path, nothing: Any, only_output: bool) -> None:
    rows = rows_of()
    for row in rows[7:]:
        row[OUTPUT if only_output else 4 :] = [nothing] * len(row[OUTPUT if only_output else 4 :])
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith("cells AC8 to AC16" if only_output else "cells E8 to AB16")
    assert error.found == "0 or nothing in all of them"
    assert "open the workbook in a spreadsheet program and save it" in error.remedy


# -- labels -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
@pytest.mark.parametrize("layout", [layouts.adb, layouts.wiod2013, layouts.wiod2016])
def test_codes_in_any_case(tmp_path, layout: Callable[[ICIO], Any], change: Callable[[str], str]) -> None:
    table = known(["ROU", "JPN", "ROW"], year=2021)
    rows = [
        row[:4] + [change(value) if isinstance(value, str) else value for value in row[4:]] for row in layout(table)
    ]
    for row in rows[6:]:
        row[:4] = [change(value) if isinstance(value, str) else value for value in row[:4]]
    found = gvc.read_icio(layouts.xlsx(tmp_path / "t.xlsx", {"MRIO 2021": rows}))
    same(found, table)
    assert warned(found) == []


def test_case_may_differ_between_rows_and_columns(tmp_path) -> None:
    table = known(["CHN", "ROW"])
    rows = rows_of(table)
    rows[5] = [str(value).upper() if isinstance(value, str) else value for value in rows[5]]
    rows[6] = [str(value).upper() if at % 2 and isinstance(value, str) else value for at, value in enumerate(rows[6])]
    found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
    same(found, table)
    assert found.source == "ADB MRIO, 1 economies"


def test_economies_of_every_edition(tmp_path) -> None:
    """The codes that stand in the published files, in their order, with what ISO 3166 says."""
    later = ["ARG", "COL", "ECU", "ARM", "EGY", "GEO", "KUW", "NZL", "SAU", "UAE"]
    table = known([*layouts.ADB62[:-1], *later[:6], "KWT", "NZL", "SAU", "ARE", "ROW"], ["c1"])
    rows = rows_of(table, codes=layouts.ADB_CODES | {"KWT": "KUW", "ARE": "UAE"})
    printed = [row[2] for row in rows[7:-8]]
    assert {"PRC", "INO", "TAP", "KUW", "UAE", "MON", "RoW", "UKG", "NET", "SPA", "SRI", "CAM"} <= set(printed)
    assert not {"CHN", "IDN", "TWN", "KWT", "ARE", "MNG", "ROW", "GBR", "NLD", "ESP", "LKA", "KHM"} & set(printed)
    same(gvc.read_icio(book(tmp_path / "t.xlsx", rows)), table)


@pytest.mark.parametrize("after", [4, 5, 6, 7], ids=["above", "names", "economies", "codes"])
def test_a_row_of_numeric_codes_may_stand_anywhere_in_the_head(tmp_path, after: int) -> None:
    rows = rows_of()
    rows.insert(after, [None] * 4 + [f"{at:04}" for at in range(1, OUTPUT - 3)])
    same(gvc.read_icio(book(tmp_path / "t.xlsx", rows)), TABLE)


# -- gates --------------------------------------------------------------------------------------------------------


def beyond(path: Path, what: str, cell: str) -> None:
    error = refused(path)
    assert error.expected.startswith(what)
    assert error.where.endswith(cell)


def within(path: Path, *due: str) -> None:
    assert {what for what, *_ in warned(gvc.read_icio(path))} == set(due)


@pytest.mark.parametrize(
    ("what", "at", "cell"),
    [
        ("row balance", (10, 22), "ADB MRIO 2021!AC11"),
        ("column balance", (ADDED, 7), "ADB MRIO 2021!H22"),
        ("column balance", (17, 7), "ADB MRIO 2021!H22"),
        ("printed inputs", (16, 7), "ADB MRIO 2021!H22"),
        ("printed output", (23, 7), "ADB MRIO 2021!H22"),
    ],
    ids=["row", "column", "taxes", "inputs", "output"],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_half_a_percent_of_output_decides(tmp_path, what, at, cell, sign) -> None:
    """JPN c1: its row is row 11 of the sheet, its column is column H."""
    for share, outcome in ((0.00495, within), (0.00505, beyond)):
        rows = rows_of()
        rows[at[0]][at[1]] += sign * share * rows[10][OUTPUT]
        path = book(tmp_path / "t.xlsx", rows)
        outcome(path, what, *([cell] if outcome is beyond else []))


@pytest.mark.parametrize("code", ["r99", "r61", "r62", "r63", "trs"])
def test_every_row_of_taxes_counts(tmp_path, code: str) -> None:
    rows = rows_of()
    next(row for row in rows if row[3] == code)[7] += 0.01 * rows[10][OUTPUT]
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.expected.startswith("column balance of JPN c1")
    rows = [row for row in rows_of() if row[3] != code]
    found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
    assert found.provenance.loose
    assert said_missing(found) == {"trs": ["trs or r65"]}.get(code, [code])


def said_missing(icio: ICIO) -> list[str]:
    return [where for what, where, *_ in warned(icio) if what == "footer row missing"]


@pytest.mark.parametrize("at", [(7, 5), (9, OUTPUT), (18, 6)], ids=["block", "output", "footer"])
def test_true_is_no_number(tmp_path, at: tuple[int, int]) -> None:
    """To the library that reads it TRUE is 1."""
    rows = rows_of()
    assert isinstance(rows[at[0]][at[1]], float)
    rows[at[0]][at[1]] = True
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith(f"cell {cell_name(*at)}")
    assert (error.expected, error.found) == ("a number", "'TRUE'")


def test_true_outside_of_the_table_is_nobodys_business(tmp_path) -> None:
    rows = rows_of()
    rows[0] += [None] * 20 + [True]
    same(gvc.read_icio(book(tmp_path / "t.xlsx", rows)), TABLE)


@pytest.mark.parametrize("margins", ["trs", "r65"])
def test_a_row_that_goes_by_two_names_is_missing_once(tmp_path, margins: str) -> None:
    rows = rows_of(margins=margins)
    assert said_missing(gvc.read_icio(book(tmp_path / "t.xlsx", rows))) == []
    without = [row for row in rows if row[3] != margins]
    assert said_missing(gvc.read_icio(book(tmp_path / "t.xlsx", without))) == ["trs or r65"]


@pytest.mark.parametrize("code", ["r99", "r61", "r62", "r63", "trs"])
def test_an_empty_row_of_taxes_is_a_missing_one(tmp_path, code: str) -> None:
    rows = rows_of()
    row = next(row for row in rows if row[3] == code)
    row[4:13] = [" "] * 9
    found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
    assert found.provenance.loose
    assert said_missing(found) == {"trs": ["trs or r65"]}.get(code, [code])


@pytest.mark.parametrize(
    ("layout", "at"),
    [(layout, at) for layout in (layouts.adb, layouts.wiod2013, layouts.wiod2016) for at in range(8)],
)
def test_a_footer_row_that_stands_twice(tmp_path, layout: Callable[[ICIO], Any], at: int) -> None:
    rows = list(layout(TABLE))
    footer = len(rows) - 8 + at
    rows.insert(footer, rows[footer])
    error = refused(layouts.xlsx(tmp_path / "t.xlsx", {"MRIO 2021": rows}))
    assert error.where.endswith(f"cell D{footer + 2}")
    assert error.expected.startswith("one row ")
    assert error.expected.endswith(f"that of cell D{footer + 1}")


def test_cells_are_named_by_the_column_of_the_sheet(tmp_path) -> None:
    """An empty column before the first is not among the numbers."""
    rows = [[None, *row] for row in layouts.adb(TABLE, blank=None)]
    assert gvc.read_icio(book(tmp_path / "t.xlsx", rows)).provenance.cells.of(0, 0) == "ADB MRIO 2021!F8"
    assert rows[7][5] == TABLE.Z[0, 0]
    rows[7][5] = "x"
    assert refused(book(tmp_path / "t.xlsx", rows)).where.endswith("cell F8")


@pytest.mark.parametrize("layout", [layouts.adb, layouts.wiod2013])
def test_value_added_under_two_codes(tmp_path, layout: Callable[[ICIO], Any]) -> None:
    """Without a row of taxes no sum of the columns would tell that it is counted twice."""
    rows = [row for row in layout(TABLE) if "r61" not in row]
    added = next(row for row in rows if "r64" in row)
    rows.append(["VA", "VA", "TOT", "VA", *added[4:]])
    error = refused(layouts.xlsx(tmp_path / "t.xlsx", {"MRIO 2021": rows}))
    assert error.expected.startswith("one row of value added")
    assert error.found.startswith("2 of them")


# -- units --------------------------------------------------------------------------------------------------------

UNITS = {
    "In millions of US$": "million USD",
    "(millions of US$)": "million USD",
    "In thousands of US$": "thousand USD",
    "In billions of US dollars": "billion USD",
    "in million USD": "million USD",
    "US$ million": "million USD",
    "USD, in thousands": "thousand USD",
    "In millions of EUR": "million EUR",
    "In billions of euros": "billion EUR",
    "€ million": "million EUR",
    "In millions of constant 2010 US$": "million USD, constant 2010 prices",
    "In trillions of JPY": "trillion JPY",
    "in million usd": "million USD",
    "In millions all over": None,
    "In millions of yuan": None,
    "In millions of XYZ": None,
    "In millions": None,
    "In US$": None,
    "In current euros": None,
    "In millions of US$ or in billions of US$": None,
    "In millions of US$, or of EUR; in millions of EUR": None,
}


@pytest.mark.parametrize("title", UNITS)
def test_the_unit_stands_in_the_title(tmp_path, title: str) -> None:
    rows = rows_of()
    rows[2][0] = title
    path = book(tmp_path / "t.xlsx", rows)
    if UNITS[title]:
        found = gvc.read_icio(path)
        assert found.unit == UNITS[title]
        assert warned(found) == []
    else:
        error = refused(path)
        assert error.where.endswith("sheet ADB MRIO 2021, cell A3")
        assert error.expected == "one unit, as in 'In millions of US$'"
        assert error.found == repr(title)


CURRENT, CONSTANT = "3 economies, at current prices", "3 economies, at constant 2010 prices"


@pytest.mark.parametrize(
    ("name", "subtitle", "said"),
    [
        ("ADB MRIO 2021, at constant 2010 prices.xlsx", CURRENT, "constant 2010 prices in the file's name"),
        ("ADB_MRIO_2021_constant_2015_prices.xlsx", CONSTANT, "constant 2015 prices in the file's name"),
        ("WIOT2021_PYP_Nov16_ROW.xlsx", CURRENT, "previous year's prices in the file's name"),
        ("ADB MRIO 2021, at constant 2010 prices.xlsx", CONSTANT, None),
        ("ADB_MRIO_2021_2015prices.xlsx", CONSTANT, "constant 2015 prices in the file's name"),
        ("ADB_MRIO_2021_pyp2020.xlsx", CURRENT, "previous year's prices in the file's name"),
        ("ADB-MRIO62-2021_Dec2022.xlsx", CONSTANT, None),
    ],
)
def test_prices_of_which_the_name_says_otherwise(tmp_path, name: str, subtitle: str, said: str | None) -> None:
    """What the workbook says goes before its name."""
    found = gvc.read_icio(book(tmp_path / name, rows_of(subtitle=subtitle)))
    assert found.unit == {CURRENT: "million USD", CONSTANT: "million USD, constant 2010 prices"}[subtitle]
    assert warned(found) == ([("other prices", said, 0, "ADB MRIO 2021")] if said else [])


def test_a_title_without_a_unit_is_said(tmp_path) -> None:
    rows = rows_of()
    rows[2][0] = None
    found = gvc.read_icio(book(tmp_path / "t.xlsx", rows))
    assert found.unit == "million USD"
    assert warned(found) == [("unit assumed", "million USD", 0, "ADB MRIO 2021")]


def test_units_in_two_cells_that_disagree(tmp_path) -> None:
    rows = rows_of()
    rows[1][0] = "3 economies, in billions"
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith("cell A2")
    assert error.found == "'3 economies, in billions' and 'In millions of US$'"


# -- files made to break a reader ---------------------------------------------------------------------------------


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        files = {part: archive.read(part) for part in archive.namelist()}
    before = files[name]
    files[name] = change(before)
    assert files[name] != before
    return layouts.zipped(path, files)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("cell", "other", "lie"),
    [
        ("XFD1048576", {}, True),
        ("XFD1048576", {"Notes": [["nothing"]]}, False),
        ("A1048576", {}, False),
        ("A100000", {}, True),  # memory suffices, but there are too many cells
    ],
)
def test_a_cell_far_away(tmp_path, own_program, cell: str, other: dict[str, Any], lie: bool) -> None:
    table = known([*layouts.ADB62[:-1], "ROW"], ["c1", "c2"])
    row = int(cell.lstrip("AXFD"))
    path = layouts.xlsx(tmp_path / "t.xlsx", {"ADB MRIO 2021": layouts.adb(table), **other})
    stray = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    changed(path, SHEET, lambda xml: xml.replace(b"</sheetData>", stray.encode()))
    if not lie:
        ref = f"A1:{cell}".encode()
        changed(path, SHEET, lambda xml: re.sub(rb'(?<=<dimension ref=")[^"]*', ref, xml, count=1))
    error = refused(path)
    assert error.where.endswith(f"sheet ADB MRIO 2021, cell {cell}")
    assert "6,000 rows and 7,000 columns" in error.expected
    assert "Delete the rows below the table" in error.remedy


def test_a_dimension_that_lies_about_a_good_sheet(tmp_path) -> None:
    path = book(tmp_path / "t.xlsx", rows_of())
    for ref in (b"A1:XFD1048576", b"A1", b"B2:A1"):
        changed(path, SHEET, lambda xml, ref=ref: re.sub(rb'(?<=<dimension ref=")[^"]*', ref, xml, count=1))
        same(gvc.read_icio(path), TABLE)


def test_a_cell_not_so_far_away_is_no_matter(tmp_path) -> None:
    rows = rows_of()
    rows += [[None]] * 3000
    rows += [[None] * 200 + ["a note"]]
    same(gvc.read_icio(book(tmp_path / "t.xlsx", rows)), TABLE)


def test_a_part_that_says_it_is_too_large(tmp_path) -> None:
    path = book(tmp_path / "t.xlsx", rows_of())
    content = bytearray(path.read_bytes())
    entry = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 24 : entry + 28] = (4_000_000_000).to_bytes(4, "little")
    path.write_bytes(content)
    error = refused(path)
    assert error.where.endswith(SHEET)
    assert (error.expected, error.found) == ("no more than 3,000 MB, which no table fills", "4,000.0 MB")


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml"])
@pytest.mark.parametrize("lie", [False, True], ids=["declared", "not declared"])
def test_a_bomb_meets_the_limit_on_memory(tmp_path, own_program, monkeypatch, part: str, lie: bool) -> None:
    """Half a gigabyte in a few megabytes, with the limit lowered so that the test is quick."""
    monkeypatch.setattr(apart, "MEMORY", 800_000_000)
    whole = book(tmp_path / "whole.xlsx", rows_of())
    path = tmp_path / "t.xlsx"
    before, after = (
        (b"<worksheet><sheetData><row><c t='inlineStr'><is><t>", b"</t></is></c></row></sheetData></worksheet>")
        if part == SHEET
        else (b"<sst><si><t>", b"</t></si></sst>")
    )
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb:
        for name in archive.namelist():
            if name != part:
                bomb.writestr(name, archive.read(name))
        with bomb.open(part, "w") as file:
            file.write(before)
            for _ in range(500):
                file.write(b"x" * 1_000_000)
            file.write(after)
    assert path.stat().st_size < 10_000_000
    if lie:
        content = bytearray(path.read_bytes())
        entry = content.rindex(part.encode()) - 46
        content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
        path.write_bytes(content)
    start = time.monotonic()
    refused(path)
    assert time.monotonic() - start < 60


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
def test_the_reader_ends_with_whoever_asked(tmp_path) -> None:
    """A workbook in which the library turns in circles, and a process that is killed while it waits."""
    whole = layouts.xlsb(tmp_path / "t.xlsb", {"2021": layouts.wiod2016(TABLE)})
    changed(
        whole,
        "xl/worksheets/sheet1.bin",
        lambda sheet: sheet[: (at := sheet.rindex(b"\x05\x10\x18"))] + b"\x05\x10" + sheet[at:],
    )
    code = f"import gvc; gvc.read_icio({str(whole)!r})"
    asking = subprocess.Popen([sys.executable, "-c", code])

    def readers() -> list[int]:
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if os.fsencode(whole) in command:
                found.append(int(folder.name))
        return found

    try:
        until = time.monotonic() + 30
        while not readers() and time.monotonic() < until:
            time.sleep(0.05)
        assert readers()
        time.sleep(0.5)
    finally:
        asking.kill()
        asking.wait()
    until = time.monotonic() + 5
    while readers() and time.monotonic() < until:
        time.sleep(0.05)
    left = readers()
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert not left


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there the limit counts what is mapped")
def test_tests_that_have_mapped_more_than_a_reader_may_read_workbooks(tmp_path) -> None:
    """Forked off a process that has drawn, a reader had no memory at all, and could wait for a thread for ever."""
    table = known(
        ["CHN", "DEU", "FRA", "GBR", "IND", "JPN", "KOR", "MEX", "USA"], [f"c{number}" for number in range(1, 36)]
    )
    path = book(tmp_path / "t.xlsx", rows_of(table))
    with mmap.mmap(-1, 6_000_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ):
        same(gvc.read_icio(path), table)


def test_a_reader_that_is_ended_names_the_file(tmp_path, own_program, monkeypatch) -> None:
    path = book(tmp_path / "t.xlsx", rows_of())
    load = apart.Book.load

    def ended(opened: apart.Book, name: str) -> Any:
        opened._process.kill()
        return load(opened, name)

    monkeypatch.setattr(apart.Book, "load", ended)
    error = refused(path)
    assert error.where.endswith("sheet ADB MRIO 2021")
    assert error.found == "the process that read it was ended"


def test_a_name_in_another_encoding(tmp_path, own_program) -> None:
    path = book(tmp_path / "t.xlsx", rows_of())
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd6\xd0.xlsx"))
    same(gvc.read_icio(path.rename(odd)), TABLE)


@pytest.mark.parametrize("size", [1, 2, 5, 10, 50, 90, 99])
def test_a_workbook_cut_short(tmp_path, size: int) -> None:
    path = book(tmp_path / "t.xlsx", rows_of())
    path.write_bytes(path.read_bytes()[: path.stat().st_size * size // 100])
    refused(path)
    refused(path, source="workbook")


def test_what_is_no_xlsx(tmp_path) -> None:
    old = tmp_path / "t.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    refused(old, source="workbook")
    error = refused(old)
    assert error.found == "an encrypted workbook, or one of before 2007"
    document = layouts.zipped(tmp_path / "t.ods", {"mimetype": "application/x", "content.xml": "<a/>"})
    refused(document, source="workbook")
    error = refused(document)
    assert error.found == "an OpenDocument spreadsheet"
    assert "save it as .xlsx" in error.remedy


def test_escapes_in_text_are_undone() -> None:
    said = "Expected float but got 'String(\"a\\\"b\\\\c\\n\\u{a0}\\'d\")'"
    assert sheets._text(said) == "a\"b\\c\n\xa0'd"


def test_the_library_still_says_it_in_these_words(tmp_path) -> None:
    """What its versions from 0.19 to 0.21 say of a cell that is no number is where all labels come from."""
    rows = [["CHN", 1.5, "a\"b\\c\n\xa0'd"], ["c1", 2.0, "-"]]
    file = layouts.xlsx(tmp_path / "t.xlsx", {"A": rows})
    numbers, others, left = apart._load(apart._open(file), "A")
    said = {sheets._text(detail): places.tolist() for detail, places in others.items()}
    assert said == {"CHN": [0], "a\"b\\c\n\xa0'd": [2], "c1": [3], "-": [5]}
    assert all(detail.startswith("Expected float but got 'String(\"") for detail in others)
    assert (numbers[0, 1], numbers[1, 1], left) == (1.5, 2, 0)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    (sheet,) = (name for name in parts if "worksheets/" in name)
    parts[sheet] = re.sub(r'<c r="B2"[^>]*>.*?</c>', '<c r="B2" t="e"><v>#DIV/0!</v></c>', parts[sheet])
    _, others, _ = apart._load(apart._open(layouts.zipped(tmp_path / "u.xlsx", parts)), "A")
    assert others["Expected float but got 'Error(Div0)'"].tolist() == [4]


def test_an_industry_without_its_economy_is_named_by_the_cell_that_is_empty(tmp_path) -> None:
    rows = rows_of()
    rows[LAST] = [*rows[LAST][:2], None, *rows[LAST][3:]]
    error = refused(book(tmp_path / "t.xlsx", rows))
    assert error.where.endswith(f"cell {cell_name(LAST, 2)}")
    assert (error.expected, error.found) == ("the economy of sector c3", "''")
