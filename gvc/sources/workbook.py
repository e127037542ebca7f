"""Workbooks: ADB MRIO, and the World Input-Output Database of 2013 and 2016.

All three print one layout. Economy codes stand in a row above the sector codes c1, c2 … and in the column left of them;
after the last industry come the final demand columns of each economy and total output; below the last industry come the
rows of the economy ``TOT``. Where all this starts is read off the labels.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Array, Cells, Finding, Provenance, cell_name
from gvc.sources import apart
from gvc.sources.table import Label, Printed, build, in_words, numbers_of, reading, year_in

_REMEDY = "Take the workbook as its publisher offers it, one year a file."
_PASS = "Pass `year=`."
_TOTAL = ("", "TOT", "TOTAL")
_HEADER = 20  # rows and columns among which the first sector code is looked for
_SECTOR = re.compile(r"c\d+")
_CONSTANT = re.compile(r"(?:at )?constant (\d{4})(?: prices)?", re.IGNORECASE)
_UNIT = re.compile(r"\b(thousand|million|billion)s?\b.*?(US\$|USD|EUR|euro)", re.IGNORECASE)

#: What a footer row is, by its code: those of ADB and WIOD 2013 stand beside the rows, those of WIOD 2016 before them.
WIOD2016 = {"II_fob": "inputs", "VA": "added", "GO": "output"} | dict.fromkeys(
    ("TXSP", "EXP_adj", "PURR", "PURNR", "IntTTM"), "taxes"
)
WIOD2013 = {"r60": "inputs", "r64": "added", "r69": "output"} | dict.fromkeys(
    ("r99", "r61", "r62", "r63", "r65", "trs"), "taxes"
)


@dataclass(frozen=True)
class _Sheet:
    """A sheet: numbers, NaN where there is none, and the text of cells that are not numbers."""

    name: str
    numbers: Array
    texts: Mapping[tuple[int, int], str]
    left: int  # column of the sheet in which the first column of numbers stands

    def text(self, row: int, column: int) -> str:
        return self.texts.get((row, column), "").strip()

    def cell(self, row: int, column: int) -> str:
        return cell_name(row, self.left + column)

    def shown(self, row: int, column: int) -> str:
        """Show what stands where a finite number should."""
        text = self.texts.get((row, column))
        return in_words(self.numbers[row, column]) if text is None else repr(text)


@dataclass(frozen=True)
class _Footer:
    """Rows below the block by kind (inputs, taxes summed, added, output), and what their codes tell."""

    rows: Mapping[str, Array]
    row_of_added: int
    remarks: tuple[Finding, ...]
    loose: bool
    release: int


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
        `va` is value added at basic prices; `taxes` sums the rows of taxes, margins and adjustments.
    """
    sheet, (top, left), legend = _sheets(path)
    where = f"{path}, sheet {sheet.name}"
    height, width = sheet.numbers.shape
    first = next((row for row in range(top + 1, height) if sheet.text(row, left - 1) == "c1"), top + 1)
    rows: list[Label] = []
    while sheet.text(first + len(rows), left - 2).upper() not in _TOTAL:
        rows.append((sheet.text(first + len(rows), left - 2), sheet.text(first + len(rows), left - 1)))
    head, last = _economy_row(sheet, top, left, rows), first + len(rows)
    columns = [(sheet.text(head, column), sheet.text(top, column)) for column in range(left, width)]
    economies = {economy for economy, _ in rows}
    end = next((at for at in range(len(rows), len(columns)) if columns[at][0].upper() in _TOTAL), None)
    if end is None:
        raise GvcError(where, expected="total output right of final demand", found="no such column", remedy=_REMEDY)
    footer = _footer(where, sheet, last, left, len(rows))
    block = sheet.numbers[first:last, left : left + end + 1]
    title = " ".join(sheet.text(row, column) for row in range(top) for column in range(left))
    source, unit = _about(sheet, title, economies, footer.release)

    def labelled(economy: str) -> str:
        at = [code for code, _ in rows].index(economy) if economy in economies else None
        return where if at is None else f"{where}, cell {sheet.cell(first + at, left - 2)}"

    return build(
        Printed(
            where,
            rows,
            columns[:end],
            values=block[:, :end],
            output=block[:, end],
            added=footer.rows["added"],
            taxes=footer.rows.get("taxes"),
            place=lambda row, column: (
                f"{where}, cell "
                + sheet.cell(head if row is None else first + row, left - 2 if column is None else left + column)
            ),
            shown=lambda row, column: sheet.shown(first + row, left + column),
            remedy=_REMEDY,
        ),
        source=source,
        unit=unit,
        year=year or _year(where, sheet.name, title, path.name),
        code=lambda label: eco.iso(label, where=labelled(label), called=legend.get(label, "")),
        provenance=Provenance(
            inputs=footer.rows.get("inputs"),
            output=footer.rows.get("output"),
            loose=footer.loose,
            remarks=(*footer.remarks, *_unlisted(legend, economies)),
            cells=Cells(sheet.name, first, sheet.left + left, sheet.left + left + end, footer.row_of_added),
        ),
    )


def _sheets(path: Path) -> tuple[_Sheet, tuple[int, int], dict[str, str]]:
    """Load the sheet with the table, find the first of its sector codes, and load the legend: code to country."""
    with reading(str(path), "a workbook", _REMEDY):
        if apart.is_binary(path):
            names, load = apart.names_apart(path), partial(apart.load_apart, path)
        else:
            book = apart.open_book(path)
            names, load = book.sheet_names, partial(apart.load, book)
        names = sorted(names, key=lambda name: "legend" in name.lower())
    table: tuple[_Sheet, tuple[int, int]] | None = None
    legend: dict[str, str] = {}
    for name in names:
        if "legend" in name.lower():
            pairs = _rows_of_text(_load(path, name, load))
            legend |= {code: country for code, country in pairs if code.isalpha() and code.lower() != "code"}
        elif table is None:
            sheet = _load(path, name, load)
            corner = _corner(sheet)
            table = (sheet, corner) if corner else None
    if table is None:
        raise GvcError(
            str(path),
            expected=f"a sheet with sector codes c1, c2 … among its first {_HEADER} rows",
            found=f"none in {', '.join(names) or 'a workbook without sheets'}",
            remedy=_REMEDY,
        )
    return *table, legend


def _load(path: Path, name: str, load: Callable[[str], tuple[pa.RecordBatch, apart.Others, int]]) -> _Sheet:
    with reading(f"{path}, sheet {name}", "a sheet of numbers and labels", _REMEDY):
        cells, others, left = load(name)
        texts = {(row, column): _text(said) for row, column, said in others}
        return _Sheet(name, numbers_of(pa.table(cells)), texts, left)


def _text(detail: str) -> str:
    """Text of a cell, from what the library says of one that is not a number."""
    shown = detail.partition("but got '")[2].removesuffix("'")
    if shown.startswith('String("'):
        return shown[8:-2].replace('\\"', '"').replace("\\\\", "\\")
    return shown


def _rows_of_text(sheet: _Sheet) -> list[tuple[str, str]]:
    """First two texts of each row that has two."""
    rows: dict[int, list[str]] = {}
    for (row, _), text in sorted(sheet.texts.items()):
        rows.setdefault(row, []).append(text.strip())
    return [(row[0], row[1]) for row in rows.values() if len(row) > 1]


def _corner(sheet: _Sheet) -> tuple[int, int] | None:
    """Row of the sector codes above the block, and column where the block starts."""
    for row in range(1, _HEADER):
        for column in range(2, _HEADER):
            if sheet.text(row, column) == "c1" and _SECTOR.fullmatch(sheet.text(row, column + 1)):
                return row, column
    return None


def _economy_row(sheet: _Sheet, top: int, left: int, rows: list[Label]) -> int:
    """Find the header row that agrees best with the economies of the rows: extra rows of codes may stand around it."""
    return max(
        range(top - 1, -1, -1),
        key=lambda row: sum(sheet.text(row, left + at) == economy for at, (economy, _) in enumerate(rows)),
    )


def _footer(where: str, sheet: _Sheet, first: int, left: int, GN: int) -> _Footer:
    kinds, codes = _footer_rows(where, sheet, first, left)
    due = WIOD2016 if codes & set(WIOD2016) else WIOD2013
    missing = sorted(set(due) - codes - ({"r65", "trs"} if codes & {"r65", "trs"} else set()))
    remarks = [Finding("footer row missing", code, 0, "WARN", sheet.name) for code in missing]
    sums: dict[str, Array] = {}
    for kind, rows in kinds.items():
        values = sheet.numbers[rows, left : left + GN]
        blank = ~np.isfinite(values)
        for at, column in np.argwhere(blank).tolist():
            if kind == "added" or sheet.text(rows[at], left + column) not in ("", "NA"):
                raise GvcError(
                    f"{where}, cell {sheet.cell(rows[at], left + column)}",
                    expected="a number",
                    found=sheet.shown(rows[at], left + column),
                    remedy=_REMEDY,
                )
        for row, line in zip(rows, blank, strict=True):
            if line.any():
                cell = f"{sheet.name}!{sheet.cell(row, left + int(line.argmax()))}"
                code = sheet.text(row, left - 1)
                remarks.append(Finding("blank in the footer", code, float(line.sum()), "WARN", cell))
        if kind == "taxes":
            sums[kind] = np.where(blank, 0, values).sum(axis=0)
        elif not blank.any():
            sums[kind] = values[0]
    lacks_taxes = any(due[code] == "taxes" for code in missing)
    return _Footer(sums, kinds["added"][0], tuple(remarks), lacks_taxes, 2016 if due is WIOD2016 else 2013)


def _footer_rows(where: str, sheet: _Sheet, first: int, left: int) -> tuple[dict[str, list[int]], set[str]]:
    """Rows below the block by kind, and their codes."""
    kinds: dict[str, list[int]] = {}
    codes: set[str] = set()
    for row in range(first, len(sheet.numbers)):
        before, beside = sheet.text(row, left - 4), sheet.text(row, left - 1)
        code, kind = (before, WIOD2016[before]) if before in WIOD2016 else (beside, WIOD2013.get(beside, ""))
        if kind:
            kinds.setdefault(kind, []).append(row)
            codes.add(code)
        elif _SECTOR.fullmatch(beside):
            raise GvcError(
                f"{where}, cell {sheet.cell(row, left - 2)}",
                expected=f"the economy of sector {beside}",
                found=repr(sheet.text(row, left - 2)),
                remedy=_REMEDY,
            )
    if len(kinds.get("added", ())) != 1:
        raise GvcError(
            where,
            expected="one row of value added (r64, or VA) below the last industry",
            found=f"{len(kinds.get('added', ()))} of them; footer rows {', '.join(sorted(codes)) or 'none'}",
            remedy=_REMEDY,
        )
    return kinds, codes


def _about(sheet: _Sheet, title: str, economies: set[str], release: int) -> tuple[str, str]:
    """Source and unit, as the sheet's name and its title say them."""
    said = f"{sheet.name} {title}"
    unit = _UNIT.search(title)
    scale, currency = (unit[1].lower(), unit[2].upper()) if unit else ("million", "USD")
    currency = {"US$": "USD", "EURO": "EUR"}.get(currency, currency)
    constant = re.search(_CONSTANT, said)
    prices = f", constant {constant[1]} prices" if constant else ""
    if re.search(r"previous years?['’]? prices|PYP", said):
        prices = ", previous year's prices"
    if re.search(r"ADB|MRIO|multi-?regional", said, re.IGNORECASE):
        shown = len([code for code in economies if code.upper() != eco.ROW])
        # After the year the name of the sheet may tell the edition.
        edition = re.sub(_CONSTANT, "", re.sub(r"^.*?\d{4}", "", sheet.name)).strip(" ,_-()")
        named = f", {edition}" if edition and edition != sheet.name else ""
        return f"ADB MRIO, {shown} economies{named}{prices}", f"{scale} {currency}{prices}"
    return f"WIOD {release} release{prices}", f"{scale} {currency}{prices}"


def _year(where: str, sheet: str, title: str, name: str) -> int:
    dated = [re.sub(_CONSTANT, "", text) for text in (sheet, title, name)]
    in_sheet, in_title, in_name = map(year_in, dated)
    if in_sheet and in_title and in_sheet != in_title:
        raise GvcError(
            where, expected="one year", found=f"{in_sheet} in the sheet's name, {in_title} in its title", remedy=_PASS
        )
    short = re.search(r"WIOT(\d\d)_", name)
    found = in_sheet or in_title or in_name or (short and (1900 if int(short[1]) > 50 else 2000) + int(short[1]))
    if not found:
        raise GvcError(where, expected="a year in the sheet's name or title", found="none", remedy=_PASS)
    return found


def _unlisted(legend: Mapping[str, str], economies: set[str]) -> list[Finding]:
    absent = [code for code in legend if code not in economies and legend[code]]
    return [Finding("in the legend only", f"{code} {legend[code]}", 0, "WARN", "Legend") for code in absent]
