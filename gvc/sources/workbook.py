"""Workbooks in the layout of WIOD 2013, which the ADB MRIO shares.

Economy labels stand in one row above the sector codes and in the column left of them; after the last industry come the
final demand columns of each economy and total output; below the last industry come rows of the economy ``TOT``. Where
all this starts is read off the labels.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Array

_SECTOR = re.compile(r"c\d+")
_TOTAL = {"TOT", "TOTAL"}
_REMEDY = "Take the workbook as its publisher offers it, one year a file."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read a workbook of one year.

    Parameters
    ----------
    path : Path
    year : int, optional
        Overrides the year in the sheet's name or title.

    Returns
    -------
    ICIO
        `va` is row r64, value added at basic prices.
    """
    sheet, cells = _sheet(path)
    where = f"{path}, sheet {sheet}"
    top, left = _first_sector(where, cells)
    economy_row, economy_column = top - 1, left - 2
    first = next((row for row in range(top + 1, len(cells)) if _text(cells[row][left - 1]) == "c1"), top + 1)

    industries: list[tuple[str, str]] = []
    for row in range(first, len(cells)):
        economy = _text(cells[row][economy_column])
        if economy.upper() in _TOTAL or not economy:
            break
        industries.append((economy, _text(cells[row][left - 1])))
    GN = len(industries)
    economies, sectors = _blocks(where, industries, first, economy_column)
    for at, label in enumerate(industries):
        found = (_text(cells[economy_row][left + at]), _text(cells[top][left + at]))
        if found != label:
            raise GvcError(
                f"{where}, cell {_cell(top, left + at)}",
                expected=f"{' '.join(label)}, as in row {first + at + 1}",
                found=" ".join(found) or "nothing",
                remedy=_REMEDY,
            )
    demand = []
    for column in range(left + GN, len(cells[economy_row])):
        economy = _text(cells[economy_row][column])
        if economy not in economies:
            break
        demand.append(economy)
    missing = [code for code in economies if code not in demand]
    if missing:
        raise GvcError(
            where,
            expected="final demand of each economy",
            found=f"none of {', '.join(missing)}",
            remedy=_REMEDY,
        )
    last = left + GN + len(demand)
    numbers = _numbers(where, cells, range(first, first + GN), range(left, last + 1))
    footer = {_text(row[left - 1]): at for at, row in enumerate(cells) if at >= first + GN}
    if "r64" not in footer:
        raise GvcError(
            where,
            expected="a row r64 (value added) below the last industry",
            found=", ".join(code for code in footer if code) or "no footer",
            remedy=_REMEDY,
        )
    va = _numbers(where, cells, range(footer["r64"], footer["r64"] + 1), range(left, left + GN))[0]
    final = numbers[:, GN:-1]
    title = " ".join(_text(cell) for row in cells[:top] for cell in row[:left])
    return ICIO(
        economies=[eco.iso(code, where=where) for code in economies],
        sectors=sectors,
        Z=numbers[:, :GN],
        Y=np.stack([final[:, [code == economy for code in demand]].sum(axis=1) for economy in economies], axis=1),
        x=numbers[:, -1],
        va=va,
        year=year or _year(where, sheet, title, path.name),
        source="ADB MRIO" if "ADB" in f"{sheet} {title}" else "WIOD 2013 release",
    )


def _sheet(path: Path) -> tuple[str, list[list[Any]]]:
    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(_SECTOR.fullmatch(_text(cell)) for row in cells[:15] for cell in row[:15]):
                return name, cells
    # Panics of the library on damaged files arrive as plain exceptions.
    except (CalamineError, OSError, ValueError) as error:
        raise GvcError(
            str(path), expected="a workbook", found=f"{type(error).__name__}: {error}", remedy=_REMEDY
        ) from error
    raise GvcError(
        str(path),
        expected="a sheet with sector codes c1, c2 … among its first 15 rows",
        found=f"sheets {', '.join(book.sheet_names)} without",
        remedy=_REMEDY,
    )


def _first_sector(where: str, cells: list[list[Any]]) -> tuple[int, int]:
    """Row of the sector codes above the block, and column where the block starts."""
    for row, line in enumerate(cells[:15]):
        for column, cell in enumerate(line[:15]):
            if _text(cell) == "c1" and column >= 2 and row >= 1:
                return row, column
    raise GvcError(
        where, expected="code c1 above the first industry", found="none in the first 15 rows", remedy=_REMEDY
    )


def _blocks(
    where: str, industries: list[tuple[str, str]], first: int, column: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    economies = tuple(dict.fromkeys(economy for economy, _ in industries))
    sectors = tuple(dict.fromkeys(sector for _, sector in industries))
    expected = [(economy, sector) for economy in economies for sector in sectors]
    for at, (found, due) in enumerate(zip(industries, expected, strict=False)):
        if found != due:
            raise GvcError(
                f"{where}, cell {_cell(first + at, column)}",
                expected=f"{' '.join(due)}, in blocks of {len(sectors)} sectors",
                found=" ".join(found),
                remedy=_REMEDY,
            )
    if len(industries) != len(expected) or not industries:
        raise GvcError(
            where,
            expected=f"{len(economies)} economies × {len(sectors)} sectors",
            found=f"{len(industries)} rows",
            remedy=_REMEDY,
        )
    return economies, sectors


def _numbers(where: str, cells: list[list[Any]], rows: range, columns: range) -> Array:
    block = [cells[row][columns.start : columns.stop] for row in rows]
    for row, line in zip(rows, block, strict=True):
        for column, cell in zip(columns, line, strict=False):
            if not isinstance(cell, (int, float)) or isinstance(cell, bool) or not np.isfinite(cell):
                raise GvcError(
                    f"{where}, cell {_cell(row, column)}",
                    expected="a number",
                    found=repr(cell),
                    remedy=_REMEDY,
                )
        if len(line) != len(columns):
            raise GvcError(
                f"{where}, row {row + 1}",
                expected=f"{len(columns)} numbers from column {_column(columns.start)} on",
                found=str(len(line)),
                remedy=_REMEDY,
            )
    return np.array(block, dtype=np.float64)


def _year(where: str, *places: str) -> int:
    for place in places:
        found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", place)
        if found:
            return int(found[0])
        short = re.search(r"WIOT(\d\d)", place)
        if short:
            return (1900 if int(short[1]) > 50 else 2000) + int(short[1])
    raise GvcError(where, expected="a year in the sheet's name or title", found="none", remedy="Pass `year=`.")


def _text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _column(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(row: int, column: int) -> str:
    return f"{_column(column)}{row + 1}"
