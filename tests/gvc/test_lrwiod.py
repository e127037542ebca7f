"""The Long-run WIOD: three forms of one table, damaged ones, and the files of 1965 to 2000 against other numbers."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO, GvcError, panel, sources
from tests import layouts
from tests.layouts import Row, known, same

ECONOMIES = ("AUS", "CHN", "JPN", "ROW")
SECTORS = ("AtB", "D15t16", "LtQ")
TABLE = known(ECONOMIES, SECTORS, year=1985)


def of_several(path: Path, form: Callable[[ICIO], Any], *tables: ICIO) -> Path:
    header, *_ = form(tables[0])
    return layouts.delimited(path, [header, *(row for table in tables for row in list(form(table))[1:])])


def of_one(form: str, table: ICIO, path: Path) -> Path:
    if form == "R":
        return layouts.rda_lrwiod(table, path)
    return of_several(path, {"wide": layouts.lrwiod, "long": layouts.lrwiod_long}[form], table)


# -- there and back -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["R", "wide", "long"])
def test_there_and_back(tmp_path, form: str) -> None:
    found = gvc.read_icio(of_one(form, TABLE, tmp_path / "t"))
    same(found, TABLE)
    assert (found.year, found.source, found.unit) == (1985, "Long-run WIOD, release 1.1", "million USD")
    assert (found.economies[-1], found.sectors[:2]) == ("ROW", ("AtB", "D15t16"))
    assert found.check() == []
    np.testing.assert_allclose(found.provenance.inputs, TABLE.Z.sum(axis=0), rtol=1e-12)
    np.testing.assert_array_equal(found.provenance.output, found.x)


@pytest.mark.parametrize("form", [layouts.lrwiod, layouts.lrwiod_long])
def test_labels_decide_and_not_the_order(tmp_path, form: Callable[[ICIO], Any]) -> None:
    header, *rows = form(TABLE)
    order = np.random.default_rng(3).permutation(len(header))
    shuffled = [[row[at] for at in order] for row in [header, *reversed(rows)]]
    found = gvc.read_icio(layouts.delimited(tmp_path / "t.csv", shuffled))
    assert (found.economies, found.sectors) == (ECONOMIES[::-1], SECTORS[::-1])
    same(found.aggregate({code: code for code in ECONOMIES}, {code: code for code in SECTORS}), TABLE)


def test_headings_of_the_r_data_and_more_columns_do_in_a_csv(tmp_path) -> None:
    layouts.frame_lrwiod(TABLE).to_csv(tmp_path / "t.csv")
    same(gvc.read_icio(tmp_path / "t.csv"), TABLE)


def test_a_file_of_all_years_gives_the_one_asked_for(tmp_path) -> None:
    tables = {year: known(ECONOMIES, SECTORS, year=year, seed=year) for year in (1984, 1985, 1986)}
    for form in (layouts.lrwiod, layouts.lrwiod_long):
        file = of_several(tmp_path / "lr_wiod.csv", form, *tables.values())
        assert sources.years(file) == [1984, 1985, 1986]
        for year, table in tables.items():
            found = gvc.read_icio(file, year=year)
            same(found, table)
            assert found.year == year
        with pytest.raises(GvcError, match=r"lr_wiod.csv: expected one year; found 1984, 1985, 1986. Pass `year=`"):
            gvc.read_icio(file)
        with pytest.raises(GvcError, match=r"lr_wiod.csv: expected rows of 2000; found 1984, 1985, 1986"):
            gvc.read_icio(file, year=2000)
        made, _ = panel.build([file], tmp_path / "p.parquet", workers=1)
        flows = gvc.load_panel(made)
        assert panel.years(flows) == [1984, 1985, 1986]
        np.testing.assert_allclose(panel.flow_matrix(flows, "gross_exports", 1985), gvc.gross_exports(tables[1985]))


def test_one_year_in_a_csv_says_its_own(tmp_path) -> None:
    file = of_one("wide", TABLE, tmp_path / "t.csv")
    assert sources.years(file) == [None]
    assert gvc.read_icio(file).year == 1985


# -- the year -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["R", "wide", "long"])
def test_a_year_that_the_file_does_not_hold(tmp_path, form: str) -> None:
    file = of_one(form, TABLE, tmp_path / "t")
    with pytest.raises(GvcError, match=r"1986.*; found.*1985"):
        gvc.read_icio(file, year=1986)


@pytest.mark.parametrize("form", ["R", "wide", "long"])
def test_a_name_that_says_another_year(tmp_path, form: str) -> None:
    file = of_one(form, TABLE, tmp_path / "WIODlr_WIOT_1986.rda")
    with pytest.raises(GvcError, match="found 1985 in it, 1986 in its name"):
        gvc.read_icio(file)
    assert gvc.read_icio(file, year=1985).year == 1985


def test_an_r_object_whose_name_says_another_year(tmp_path) -> None:
    layouts.write_rda(tmp_path / "t.rda", {"WIODlr_WIOT_1986": layouts.frame_lrwiod(TABLE)})
    with pytest.raises(GvcError, match="found 1985 in it, 1986 in its name"):
        gvc.read_icio(tmp_path / "t.rda")


@pytest.mark.parametrize("bad", ["", "1985.5", "nan", "year"])
@pytest.mark.parametrize("form", [layouts.lrwiod, layouts.lrwiod_long])
def test_a_row_without_a_year(tmp_path, form: Callable[[ICIO], Any], bad: str) -> None:
    rows = list(form(TABLE))
    rows[3][0] = bad
    with pytest.raises(GvcError, match=r"t\.csv: expected (a year in each row|rows of labels and numbers)"):
        gvc.read_icio(layouts.delimited(tmp_path / "t.csv", rows))


# -- damaged ------------------------------------------------------------------------------------------------------


def cell(row: int, heading: str, value: Any) -> Callable[[list[Row]], list[Row]]:
    def spoil(rows: list[Row]) -> list[Row]:
        rows[row][rows[0].index(heading)] = value
        return rows

    return spoil


def heading(old: str, new: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [[new if name == old else name for name in rows[0]], *rows[1:]]


def without(heading: str) -> Callable[[list[Row]], list[Row]]:
    return lambda rows: [[*row[: rows[0].index(heading)], *row[rows[0].index(heading) + 1 :]] for row in rows]


#: What is done to the rows of the wide form: the place that the error names, what it expects and what it finds.
DAMAGED = {
    "nothing": (cell(2, "JPN_AtB", ""), "row AUS D15t16, column JPN_AtB", "a number", "nothing"),
    "not a number": (cell(2, "JPN_AtB", "nan"), "row AUS D15t16, column JPN_AtB", "a number", "nothing"),
    "infinite": (cell(2, "JPN_AtB", "inf"), "row AUS D15t16, column JPN_AtB", "a number", "inf"),
    "no demand": (cell(2, "CHN_xGFCF", ""), "row AUS D15t16, column CHN_xGFCF", "a number", "nothing"),
    "no output": (cell(2, "xTOT_xGO", ""), "row AUS D15t16, column xTOT_xGO", "a number", "nothing"),
    "a hole in the footer": (cell(14, "JPN_AtB", ""), "row xTOT xVA, column JPN_AtB", "a number", "nothing"),
    "a row repeated": (lambda rows: [*rows, rows[4]], "row CHN AtB", "it once", "it again"),
    "a row lost": (lambda rows: rows[:4] + rows[5:], "t", "a row CHN AtB", "none"),
    "a row of another": (cell(4, "row_country", "JPN"), "row JPN AtB", "it once", "it again"),
    "an industry of one": (cell(4, "row_isic3", "AtC"), "t", "a row AUS AtC", "none"),
    "a column of another": (heading("CHN_AtB", "JPN_AtB"), "column JPN AtB", "it once", "it again"),
    "a column misspelt": (heading("CHN_AtB", "CHN_AtC"), "t", "a column CHN AtB", "none"),
    "a column lost": (without("CHN_AtB"), "t", "a column CHN AtB", "none"),
    "a column too much": (heading("xTOT_xX", "xTOT_AtB"), "column xTOT AtB", "no such column", "one"),
    "demand lost": (without("xROW_xINV"), "t", "a column xROW xINV", "none"),
    "output lost": (without("xTOT_xGO"), "t", "a column xTOT xGO", "none"),
    "footer lost": (lambda rows: rows[:13], "t", "a row xTOT xII", "none"),
    "value added lost": (lambda rows: rows[:14] + rows[15:], "t", "a row xTOT xVA", "none"),
    "a strange footer": (
        lambda rows: [*rows, [*rows[-1][:2], "xEXP", *rows[-1][3:]]],
        "row xTOT xEXP", "no such row", "one",
    ),
    "output negative": (cell(1, "xTOT_xGO", -5.0), "t", "balance of AUS AtB|printed output", "a gap"),
    "margins changed": (cell(19, "JPN_LtQ", 9e5), "JPN LtQ", "column balance of JPN LtQ", "a gap"),
    "an unknown economy": (
        lambda rows: [[str(value).replace("AUS", "AUX") if isinstance(value, str) else value for value in row]
                      for row in rows],
        "t", "an ISO 3166 code", "'AUX'",
    ),
}  # fmt: skip


# A data frame of R as its reader gives it has each column once.
@pytest.mark.parametrize(
    ("form", "name"),
    [*(("wide", name) for name in DAMAGED), *(("R", name) for name in DAMAGED if name != "a column of another")],
)
def test_a_damaged_table_is_one_error_with_its_place(tmp_path, form: str, name: str) -> None:
    spoil, place, expected, found = DAMAGED[name]
    rows = spoil(list(layouts.lrwiod(TABLE)))
    if form == "wide":
        file = layouts.delimited(tmp_path / "t", rows)
    else:
        frame = pd.DataFrame(rows[1:], columns=rows[0]).rename(
            columns={"year": "Year", "row_country": "Country", "row_isic3": "IndustryCode_isic3"}
        )
        numbers = [frame.iloc[:, at].replace("", "nan").astype(float) for at in range(3, len(rows[0]))]
        layouts.write_rda(file := tmp_path / "t", {"wiot": pd.concat([frame.iloc[:, :3], *numbers], axis=1)})
    with pytest.raises(GvcError) as raised:
        gvc.read_icio(file)
    error = raised.value
    assert str(file) in error.where
    assert place in error.where
    assert any(text in error.expected for text in expected.split("|")), error
    assert found in error.found, error


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("wide", "line 3 (1985 AUS D15t16), column JPN_AtB"),
        ("long", "line 3 (1985 AUS 1 AtB AUS 2 D15t16), column value"),
        ("R", "row AUS D15t16, column JPN_AtB"),
    ],
)
def test_text_among_the_numbers_is_named_by_its_labels(tmp_path, form: str, place: str) -> None:
    if form == "R":
        frame = layouts.frame_lrwiod(TABLE)
        frame["JPN_AtB"] = frame["JPN_AtB"].astype(str).where(frame.index != 1, "n/a")
        layouts.write_rda(tmp_path / "t", {"wiot": frame})
    else:
        rows = list(layouts.lrwiod(TABLE) if form == "wide" else layouts.lrwiod_long(TABLE))
        rows[2][rows[0].index("JPN_AtB" if form == "wide" else "value")] = "n/a"
        layouts.delimited(tmp_path / "t", rows)
    with pytest.raises(GvcError, match="expected a number; found 'n/a'") as raised:
        gvc.read_icio(tmp_path / "t")
    assert raised.value.where.endswith(place)


def test_a_number_of_the_long_form_that_is_there_twice_or_not_at_all(tmp_path) -> None:
    rows = list(layouts.lrwiod_long(TABLE))
    at = next(
        at
        for at, row in enumerate(rows)
        if row[1:] and (row[1], row[3], row[4], row[6]) == ("CHN", "LtQ", "JPN", "AtB")
    )
    place = r"row CHN LtQ, column JPN_AtB: expected "
    with pytest.raises(GvcError, match=place + "one number of 1985; found 2 of them"):
        gvc.read_icio(layouts.delimited(tmp_path / "t.csv", [*rows, rows[at]]))
    with pytest.raises(GvcError, match=place + "a number; found nothing"):
        gvc.read_icio(layouts.delimited(tmp_path / "t.csv", rows[:at] + rows[at + 1 :]))


def test_a_heading_with_a_line_break_in_it(tmp_path) -> None:
    file = of_one("wide", TABLE, tmp_path / "t.csv")
    file.write_bytes(file.read_bytes().replace(b"CHN_AtB", b"CHN\rAtB", 1))
    with pytest.raises(GvcError, match=r"t\.csv, line 1: expected headings between commas; found new-line character"):
        gvc.read_icio(file)


def test_a_table_without_final_demand(tmp_path) -> None:
    rows = [[*row[:6], *row[-4:]] for row in layouts.lrwiod(known(["AUS"], SECTORS, year=1985))]
    with pytest.raises(GvcError, match="expected final demand"):
        gvc.read_icio(layouts.delimited(tmp_path / "t.csv", rows))


# -- the files ----------------------------------------------------------------------------------------------------

#: All years weekly, since the reader reads each in one way; else every fifth, among them 1985, of which a row is odd.
YEARS = range(1965, 2001, 1 if "GVC_EXHAUSTIVE" in os.environ else 5)
#: Computed elsewhere, with a full inverse and residual value added, printed to two decimals.
LINKS = {
    ("CHN", "JPN"): (6.98, 6.91, 13.74, 14.37),
    ("JPN", "CHN"): (9.22, 9.71, 10.78, 12.20),
    ("JPN", "KOR"): (7.87, 7.95, 11.19, 9.48),
    ("KOR", "JPN"): (2.87, 4.54, 7.73, 6.83),
    ("CHN", "KOR"): (0.09, 0.17, 3.79, 4.94),
    ("KOR", "CHN"): (0.04, 0.14, 6.04, 8.95),
}
SHARES = {"MEX": (2.73, 4.91, 10.96, 10.82), "IND": (6.18, 9.84, 12.33, 9.80)}


def file_of(test_data: Path, year: int) -> Path:
    return test_data / "data" / "lrwiod" / f"WIODlr_WIOT_{year}.rda"


@pytest.mark.parametrize(("at", "year"), list(enumerate((1965, 1980, 1995, 2000))))
def test_numbers_computed_elsewhere(test_data, at: int, year: int) -> None:
    table = gvc.read_icio(file_of(test_data, year))
    link = gvc.link_index(gvc.value_added_in_final_demand(table))
    assert {pair: round(link.loc[pair], 2) for pair in LINKS} == {pair: values[at] for pair, values in LINKS.items()}
    content = gvc.value_added_in_exports(table)
    for host, values in SHARES.items():
        assert round(gvc.origin_share(content, ("CHN", "JPN", "KOR"), host), 2) == values[at]


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return gvc.load_panel("lrwiod")


@pytest.mark.parametrize("year", YEARS)
def test_every_year_is_read_adds_up_and_is_in_the_panel(test_data, shipped: pd.DataFrame, year: int) -> None:
    table = gvc.read_icio(file_of(test_data, year))
    assert (table.year, len(table.economies), len(table.sectors)) == (year, 26, 23)
    assert (table.economies[0], table.economies[-1], table.sectors[-1]) == ("AUS", "ROW", "LtQ")
    found = {(finding.what, finding.where) for finding in table.check() if finding.what != "negative final demand"}
    # What China's refineries deliver in 1985 is a quarter of a million more than they make.
    assert found == ({("row balance", "CHN D23")} if year == 1985 else set())
    assert (table.x > 0).all()
    assert (table.va > 0).all()
    np.testing.assert_allclose(table.va + table.taxes, table.x - table.Z.sum(axis=0), atol=0.001)
    world = gvc.value_added_in_final_demand(table).to_numpy().sum()
    np.testing.assert_allclose(world, table.Y.sum(), rtol=1e-7)
    exports = gvc.gross_exports(table)
    np.testing.assert_allclose(gvc.value_added_in_exports(table).sum(), exports.sum(axis=1), rtol=1e-9)
    np.testing.assert_allclose(panel.flow_matrix(shipped, "gross_exports", year), exports, rtol=1e-9, atol=1e-6)


def test_the_publishers_csv_gives_what_the_r_data_give(tmp_path, test_data) -> None:
    """The whole size of a year, two years in a file."""
    tables = [gvc.read_icio(file_of(test_data, year)) for year in (1999, 2000)]
    file = of_several(tmp_path / "lr_wiod_wiot_wide.csv", layouts.lrwiod, *tables)
    same(gvc.read_icio(file, year=2000), tables[1])
    file = of_several(tmp_path / "lr_wiod_wiot_final_filled.csv", layouts.lrwiod_long, tables[1])
    same(gvc.read_icio(file), tables[1])


def test_a_file_that_is_called_so_and_is_another_shows_its_headings(tmp_path) -> None:
    (tmp_path / "t.csv").write_text("a,b,c,d,e\n1,2,3,4,5\n", "utf-8")
    with pytest.raises(GvcError, match=r"t\.csv.*; found a, b, c, d\."):
        gvc.read_icio(tmp_path / "t.csv", source="lrwiod")
