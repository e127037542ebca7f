"""WIOD 2013 in both of its forms and the plain form: read exactly, or refused with the place named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

import gvc
from gvc import ICIO, GvcError
from gvc.sources import plain

ECONOMIES, SECTORS = ("CHN", "ROM", "RoW"), ("c1", "c2")
RNG = np.random.default_rng(1)
Z = RNG.integers(1, 50, (6, 6)).astype(float)
FINAL = RNG.integers(0, 90, (6, 15)).astype(float)
FINAL[0, 4] = -7  # inventories
X = Z.sum(axis=1) + FINAL.sum(axis=1)
Cells = dict[tuple[int, int], Any]


def cells() -> Cells:
    """Lay the table out as the official workbooks do: labels around row 7 and column E, data from E7, a footer."""
    at: Cells = {(0, 0): "Intercountry Input-Output Table", (1, 0): "(millions of US$)"}
    labels = [(economy, sector) for economy in ECONOMIES for sector in SECTORS]
    demand = [(economy, f"c{code}") for economy in ECONOMIES for code in (37, 38, 39, 41, 42)]
    for column, (economy, sector) in enumerate([*labels, *demand, ("TOT", "c60")], 4):
        at[4, column], at[5, column] = economy, sector
    for row, (economy, sector) in enumerate(labels):
        at[6 + row, 2], at[6 + row, 3] = economy, sector
        for column, value in enumerate([*Z[row], *FINAL[row], X[row]], 4):
            at[6 + row, column] = value
    for row, (code, values) in enumerate(
        (("r60", Z.sum(axis=0)), ("r64", X - Z.sum(axis=0)), ("r69", X)), 6 + len(labels)
    ):
        at[row, 2], at[row, 3] = "TOT", code
        for column, value in enumerate(values, 4):
            at[row, column] = value
    return at


def workbook(path: Path, at: Cells, sheet: str = "WIOT_2007") -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for (row, column), value in at.items():
            page.write(row, column, value)
    return path


def test_the_official_workbook_is_read_exactly(tmp_path: Path) -> None:
    table = gvc.read_icio(workbook(tmp_path / "WIOT07_ROW_Apr12.xlsx", cells()))
    assert table.economies == ("CHN", "ROU", "ROW")
    assert table.sectors == SECTORS
    assert (table.year, table.source) == (2007, "WIOD 2013 release")
    np.testing.assert_array_equal(table.Z, Z)
    np.testing.assert_array_equal(table.Y, FINAL.reshape(6, 3, 5).sum(axis=2))
    np.testing.assert_array_equal(table.x, X)
    np.testing.assert_array_equal(table.va, X - Z.sum(axis=0))
    assert not [finding for finding in table.check() if finding.level == "FAIL"]


def change(place: tuple[int, int], value: object) -> Callable[[Cells], None]:
    return lambda at: at.__setitem__(place, value)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (change((7, 5), "n.a."), "F8.*found 'n.a.'"),
        (change((8, 6), ""), "G9"),
        (change((4, 6), "CHN"), "G5|G6"),
        (change((5, 5), "c3"), "F5|F6"),
        (change((6, 2), "XXX"), "XXX|C7"),
        (lambda at: [at.pop(place) for place in list(at) if place[0] >= 12], "r64|footer|below"),
    ],
    ids=["text", "blank", "economy", "sector", "unknown economy", "no footer"],
)
def test_a_damaged_workbook_is_one_error_with_its_place(tmp_path: Path, damage: Any, says: str) -> None:
    at = cells()
    damage(at)
    with pytest.raises(GvcError, match=says):
        gvc.read_icio(workbook(tmp_path / "WIOT07.xlsx", at))


def test_a_workbook_with_another_sheet(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match="Budget"):
        gvc.read_icio(workbook(tmp_path / "budget.xlsx", {(0, 0): "Rent", (0, 1): 7}, sheet="Budget"))


def test_a_truncated_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "WIOT07.xlsx", cells())
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(GvcError, match=r"WIOT07\.xlsx"):
        gvc.read_icio(path)


@pytest.mark.parametrize("kept", [0, 3, 1000, 200_000])
def test_a_truncated_rda(tmp_path: Path, test_data: Path, kept: int) -> None:
    path = tmp_path / "wiod07.rda"
    path.write_bytes((test_data / "data" / "wiod2013" / "wiod07.rda").read_bytes()[:kept])
    with pytest.raises(GvcError, match=r"wiod07\.rda"):
        gvc.read_icio(path)


def test_no_file_and_no_such_layout(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match="no such file"):
        gvc.read_icio(tmp_path / "absent.rda")
    with pytest.raises(GvcError, match="found 'excel'"):
        gvc.read_icio(workbook(tmp_path / "WIOT07.xlsx", cells()), source="excel")


def test_the_plain_form_round_trips(tmp_path: Path) -> None:
    table = ICIO(
        economies=["CHN", "MEX"],
        sectors=["goods", "other_services"],
        Z=RNG.integers(1, 50, (4, 4)),
        Y=RNG.integers(1, 90, (4, 2)),
        x=[400, 500, 600, 700],
        va=[100, 110, 120, 130],
        year=2011,
        source="toy",
    )
    plain.write(table, tmp_path / "toy.csv")
    back = gvc.read_icio(tmp_path / "toy.csv")
    assert (back.economies, back.sectors, back.year, back.source) == (table.economies, table.sectors, 2011, "toy")
    for name in ("Z", "Y", "x", "va"):
        np.testing.assert_array_equal(getattr(back, name), getattr(table, name))


@pytest.mark.parametrize("word", ["many", "nan", "inf", "", "1,5"])
def test_a_word_in_the_plain_form(tmp_path: Path, word: str) -> None:
    file = tmp_path / "toy.csv"
    file.write_text(f'label,CHN_a,MEX_a,CHN_FD,MEX_FD,output\nCHN_a,1,"{word}",3,4,9\nMEX_a,1,2,3,4,10\n')
    with pytest.raises(GvcError, match=r"MEX_a|MEX a|line 2"):
        gvc.read_icio(file)
