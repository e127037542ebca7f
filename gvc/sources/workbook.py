"""Workbooks: ADB MRIO, and the World Input-Output Database of 2013 and 2016.

All three print one layout. Economy codes stand in a row above the sector codes c1, c2 … and in the column left of them,
where WIOD 2016 has r1, r2 … for c1, c2 …; after the last industry come the final demand columns of each economy and
total output; below the last industry come the rows of the economy ``TOT``. Where all this starts is read off the
labels.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycountry
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.checks import Cells, Finding, Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources import sheets
from gvc.sources.sheets import REMEDY, SECTOR, Sheet, Table
from gvc.sources.table import CONSTANT, PREVIOUS, Label, Printed, build

_TOTAL = ("", "TOT", "TOTAL")
#: Share of output by which rows and columns may be off in any file, and a check says so.
_NOISE = 1e-4
#: Cells that count as 0 if the totals then agree: row and column of each, and the industries in whose row and column it
#: is, or -1.
_Blanks = NDArray[np.int64]

_SCALE = re.compile(r"\b(thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_MONEY = re.compile(r"US ?\$|U\.?S\.? dollars?\b|\busd\b|\beur\b|\beuros?\b|€", re.IGNORECASE)
_CODE = r"\b(?-i:[A-Z]{3})\b"
_UNIT = re.compile(
    rf"{_SCALE.pattern}(?: of)?(?: current| constant(?: \d{{4}})?)? ({_MONEY.pattern}|{_CODE})"
    rf"|({_MONEY.pattern}|{_CODE}),? (?:in )?{_SCALE.pattern}",
    re.IGNORECASE,
)
_CURRENCIES = {"US$": "USD", "USDOLLAR": "USD", "USDOLLARS": "USD", "EURO": "EUR", "EUROS": "EUR", "€": "EUR"}

#: What a footer row is, by its code: those of ADB and WIOD 2013 stand beside the rows, those of WIOD 2016 before them.
WIOD2016 = {"II_fob": "inputs", "VA": "added", "GO": "output"} | dict.fromkeys(
    ("TXSP", "EXP_adj", "PURR", "PURNR", "IntTTM"), "taxes"
)
WIOD2013 = {"r60": "inputs", "r64": "added", "r69": "output"} | dict.fromkeys(
    ("r99", "r61", "r62", "r63", "r65", "trs"), "taxes"
)
_KINDS = WIOD2013 | WIOD2016
_BEFORE = {code.upper(): code for code in WIOD2016}
_BESIDE = {code.upper(): code for code in WIOD2013}


@dataclass(frozen=True)
class _Block:
    """Where the numbers of a table stand in its sheet, and their labels."""

    where: str
    sheet: Sheet
    head: int  # row of the economies above
    top: int
    left: int
    rows: list[Label]
    columns: list[Label]  # total output is one further

    @property
    def below(self) -> int:
        return self.top + len(self.rows)

    @property
    def right(self) -> int:
        return self.left + len(self.columns)

    @property
    def values(self) -> Array:
        return self.sheet.numbers[self.top : self.below, self.left : self.right]

    @property
    def output(self) -> Array:
        return self.sheet.numbers[self.top : self.below, self.right]

    def cell(self, row: int, column: int) -> str:
        """File, sheet and cell of a row and column of the sheet."""
        return f"{self.where}, cell {self.sheet.cell(row, column)}"

    def place(self, row: int | None, column: int | None) -> str:
        """File, sheet and cell of a row and column of the block, or of a label beside or above it."""
        return self.cell(
            self.head if row is None else self.top + row, self.left - 2 if column is None else self.left + column
        )


@dataclass(frozen=True)
class _Footer:
    """Rows below the block by kind (inputs, taxes summed, added, output), and what their codes tell."""

    rows: Mapping[str, Array]
    row_of_added: int
    remarks: list[Finding]
    blanks: _Blanks
    loose: bool
    release: int


def read(path: Path, year: int | None = None) -> ICIO:
    """Read the table of a year.

    Parameters
    ----------
    path : Path
    year : int, optional
        Which table, where the workbook holds several; its year, where it says none.

    Returns
    -------
    ICIO
        `va` is value added at basic prices; `taxes` sums the rows of taxes, margins and adjustments. A blank is 0 where
        its row and column then add up as the others do, and a remark counts such blanks.
    """
    table, legend = sheets.read(path, year)
    sheet = table.sheet
    year, of_year = sheets.year_of(path, table, year)
    block = _block(f"{path}, sheet {sheet.name}", table)
    blanks, of_blanks = _blanks(block)
    _must_be_computed(block)
    footer = _footer(block)
    unit, of_unit = _unit(block.where, table)
    prices, of_prices = _prices(path, table)
    economies = list(dict.fromkeys(economy for economy, _ in block.rows))

    def code(label: str) -> str:
        row = next((row for row, (economy, _) in enumerate(block.rows) if economy == label), None)
        place = block.where if row is None else block.place(row, None)
        return eco.iso(label, where=place, called=legend.get(label, ""))

    icio = build(
        Printed(
            block.where,
            block.rows,
            block.columns,
            values=block.values,
            output=block.output,
            added=footer.rows["added"],
            taxes=footer.rows.get("taxes"),
            place=block.place,
            shown=lambda row, column: sheet.shown(block.top + row, block.left + column),
            remedy=REMEDY,
        ),
        source=_source(table, economies, footer.release) + prices,
        unit=unit + prices,
        year=year,
        code=code,
        provenance=Provenance(
            inputs=footer.rows.get("inputs"),
            output=footer.rows.get("output"),
            loose=footer.loose,
            remarks=(*of_year, *of_unit, *of_prices, *of_blanks, *footer.remarks, *_unlisted(legend, economies)),
            cells=Cells(sheet.name, block.top, sheet.left + block.left, sheet.left + block.right, footer.row_of_added),
        ),
    )
    _must_balance(block, icio, np.concatenate([blanks, footer.blanks]))
    return icio


# -- labels -------------------------------------------------------------------------------------------------------


def _block(where: str, table: Table) -> _Block:
    """Find where the block ends, by the labels of its rows and columns."""
    sheet, left = table.sheet, table.left
    height, width = sheet.numbers.shape
    top = next((row for row in range(table.top + 1, height) if _seller(sheet, row, left) == "c1"), table.top + 1)
    rows: list[Label] = []
    while sheet.code(top + len(rows), left - 2) not in _TOTAL:
        rows.append((sheet.code(top + len(rows), left - 2), _seller(sheet, top + len(rows), left)))
    head = _economy_row(sheet, table.top, left, rows)
    columns = [(sheet.code(head, column), sheet.code(table.top, column)) for column in range(left, width)]
    end = next((at for at in range(len(rows), len(columns)) if columns[at][0] in _TOTAL), None)
    if end is None:
        raise GvcError(where, expected="total output right of final demand", found="no such column", remedy=REMEDY)
    return _Block(where, sheet, head, top, left, rows, columns[:end])


def _seller(sheet: Sheet, row: int, left: int) -> str:
    """Sector code of a row as columns have it: in the workbooks of WIOD 2016 row r1 is the seller of column c1."""
    return re.sub(r"^R(?=\d+$)", "c", sheet.code(row, left - 1))


def _economy_row(sheet: Sheet, top: int, left: int, rows: list[Label]) -> int:
    """Find the header row that agrees best with the economies of the rows: extra rows of codes may stand around it."""
    return max(
        range(top - 1, -1, -1),
        key=lambda row: sum(sheet.code(row, left + at) == economy for at, (economy, _) in enumerate(rows)),
    )


def _unlisted(legend: Mapping[str, str], economies: Sequence[str]) -> list[Finding]:
    absent = [code for code in legend if code not in economies and legend[code]]
    return [Finding("in the legend only", f"{code} {legend[code]}", 0, "WARN", "Legend") for code in absent]


# -- cells without a number ---------------------------------------------------------------------------------------


def _zero_blanks(sheet: Sheet, rows: range, columns: range) -> NDArray[np.int64]:
    """Put 0 where nothing or a blank stands in a part of a sheet; return the rows and columns where that was."""
    part = sheet.numbers[rows.start : rows.stop, columns.start : columns.stop]
    empty = np.isnan(part)
    for row, column in sheet.texts:
        if row in rows and column in columns:
            empty[row - rows.start, column - columns.start] = False
    part[empty] = 0
    places: NDArray[np.int64] = np.argwhere(empty) + np.array([rows.start, columns.start])
    return places


def _blanks(block: _Block) -> tuple[_Blanks, list[Finding]]:
    """Put 0 for the blanks of the block and of total output, and count them."""
    places = _zero_blanks(block.sheet, range(block.top, block.below), range(block.left, block.right + 1))
    sellers, buyers = (places - (block.top, block.left)).T
    # An industry's output ends its row, and its column as well.
    buyers = np.where(places[:, 1] == block.right, sellers, np.where(buyers < len(block.rows), buyers, -1))
    blanks = np.column_stack([places, sellers, buyers])
    if not len(blanks):
        return blanks, []
    row, column, seller, _ = blanks[0].tolist()
    cell = f"{block.sheet.name}!{block.sheet.cell(row, column)}"
    return blanks, [Finding("blank in the block", " ".join(block.rows[seller]), len(blanks), "WARN", cell)]


def _must_be_computed(block: _Block) -> None:
    """Refuse formulas whose results were never stored: they read as 0 or as nothing."""
    for values, left in ((block.values, block.left), (block.output[:, None], block.right)):
        if values.size and not values.any():
            last = block.sheet.cell(block.below - 1, left + values.shape[1] - 1)
            raise GvcError(
                f"{block.where}, cells {block.sheet.cell(block.top, left)} to {last}",
                expected="numbers",
                found="0 or nothing in all of them",
                remedy="If they are formulas, open the workbook in a spreadsheet program and save it.",
            )


def _must_balance(block: _Block, icio: ICIO, blanks: _Blanks) -> None:
    """Refuse a blank that, as 0, leaves a gap in its row or column that rows and columns without blanks do not have."""
    if not len(blanks):
        return
    sellers, buyers = blanks[:, 2], blanks[:, 3]
    imbalances = icio.imbalances()
    rows = _gaps(icio, [gap for gap in imbalances if gap.what == "row balance"], sellers)
    columns = _gaps(icio, [gap for gap in imbalances if gap.what == "column balance"], buyers)
    short, down = np.isin(sellers, list(rows)), np.isin(buyers, list(columns))
    if rows or columns:
        # A delivery that is missing is missing in its row and in its column.
        at_fault = (short | (sellers < 0)) & (down | (buyers < 0))
        (row, column, seller, buyer), *others = blanks[at_fault if at_fault.any() else short | down].tolist()
        raise GvcError(
            block.cell(row, column),
            expected="a number, or a blank where 0 makes the totals agree",
            found=block.sheet.shown(row, column)
            + (f" (and {len(others)} more)" if others else "")
            + f", with a gap of {rows.get(seller, columns.get(buyer, 0)):,.6g}",
            remedy="Write the number into the cell, or 0 if nothing flows there.",
        )


def _gaps(icio: ICIO, found: Sequence[Finding], blank: NDArray[np.int64]) -> dict[int, float]:
    """Gaps of industries with a blank that are larger, as shares of output, than noise and those of all without."""
    at = {icio.label(row): row for row in range(len(icio.x))}
    gaps = {at[gap.where]: abs(gap.size) for gap in found}
    share = {row: gap / icio.x[row] if icio.x[row] else np.inf for row, gap in gaps.items()}
    own = set(blank.tolist())
    usual = max([_NOISE, *(share[row] for row in gaps if row not in own)])
    return {row: gap for row, gap in gaps.items() if row in own and share[row] > usual}


# -- below the block ----------------------------------------------------------------------------------------------


def _footer(block: _Block) -> _Footer:
    sheet, found = block.sheet, _footer_rows(block)
    columns = range(block.left, block.left + len(block.rows))
    sums = {"inputs": block.values[:, : len(columns)].sum(axis=0), "output": block.output}
    rows: dict[str, Array] = {}
    remarks: list[Finding] = []
    blanks = [np.empty((0, 4), dtype=np.int64)]
    for code, row in list(found.items()):
        places = _zero_blanks(sheet, range(row, row + 1), columns)
        empty = places[:, 1] - block.left
        kind, values = _KINDS[code], _numbers(block, row, columns)
        if len(empty) == len(columns) and kind != "added":
            del found[code]
            continue
        if len(empty):
            cell = f"{sheet.name}!{sheet.cell(row, columns[empty[0]])}"
            remarks.append(Finding("blank in the footer", code, len(empty), "WARN", cell))
        if kind in ("added", "taxes"):
            rows[kind] = rows.get(kind, 0) + values
            blanks.append(np.column_stack([places, np.full(len(empty), -1), empty]))
        # A total is only compared: it is left out if a blank hides one that is not 0.
        elif not sums[kind][empty].any():
            rows[kind] = values
    due = WIOD2016 if set(found) & set(WIOD2016) else WIOD2013
    margins = {"r65", "trs"}  # one row, which goes by either name
    missing = sorted(set(due) - set(found) - (margins if margins & set(found) else {"r65"}))
    return _Footer(
        rows,
        row_of_added=next(row for code, row in found.items() if _KINDS[code] == "added"),
        remarks=[
            *(
                Finding("footer row missing", "trs or r65" if code == "trs" else code, 0, "WARN", sheet.name)
                for code in missing
            ),
            *remarks,
        ],
        blanks=np.concatenate(blanks),
        loose=any(due[code] == "taxes" for code in missing),
        release=2016 if due is WIOD2016 else 2013,
    )


def _numbers(block: _Block, row: int, columns: range) -> Array:
    values = block.sheet.numbers[row, columns.start : columns.stop]
    if not np.isfinite(values).all():
        column = columns[int(np.flatnonzero(~np.isfinite(values))[0])]
        raise GvcError(
            block.cell(row, column), expected="a number", found=block.sheet.shown(row, column), remedy=REMEDY
        )
    return values


def _footer_rows(block: _Block) -> dict[str, int]:
    """Rows below the block by their codes."""
    sheet, left = block.sheet, block.left
    rows: dict[str, int] = {}
    for row in range(block.below, len(sheet.numbers)):
        beside = sheet.text(row, left - 1)
        code = _BEFORE.get(sheet.code(row, left - 4)) or _BESIDE.get(beside.upper())
        if code in rows:
            raise GvcError(
                block.cell(row, left - 1),
                expected=f"one row {code}, that of cell {sheet.cell(rows[code], left - 1)}",
                found="another one",
                remedy=REMEDY,
            )
        if code:
            rows[code] = row
        elif SECTOR.fullmatch(beside):
            raise GvcError(
                block.cell(row, left - 2),
                expected=f"the economy of sector {beside}",
                found=repr(sheet.text(row, left - 2)),
                remedy=REMEDY,
            )
    added = [code for code in rows if _KINDS[code] == "added"]
    if len(added) != 1:
        raise GvcError(
            block.where,
            expected="one row of value added (r64, or VA) below the last industry",
            found=f"{len(added)} of them; footer rows {', '.join(sorted(rows)) or 'none'}",
            remedy=REMEDY,
        )
    return rows


# -- what the title says ------------------------------------------------------------------------------------------


def _source(table: Table, economies: Sequence[str], release: int) -> str:
    """Database and edition, as the sheet's name and its title say them."""
    name = table.sheet.name
    if not re.search(r"ADB|MRIO|multi-?regional", f"{name} {' '.join(table.title.values())}", re.IGNORECASE):
        return f"WIOD {release} release"
    shown = sum(code != eco.ROW for code in economies)
    # After the year the name of the sheet may tell the edition.
    edition = re.sub(CONSTANT, "", re.sub(r"^.*?\d{4}", "", name)).strip(" ,_-()")
    return f"ADB MRIO, {shown} economies" + (f", {edition}" if edition and edition != name else "")


def _prices(path: Path, table: Table) -> tuple[str, list[Finding]]:
    """Find the prices in the sheet's name and title, and a remark if the file's name says others."""
    said, named = _prices_in(" ".join((table.sheet.name, *table.title.values()))), _prices_in(path.name)
    other = f"{named.removeprefix(', ')} in the file's name"
    return said, [Finding("other prices", other, 0, "WARN", table.sheet.name)] if named not in ("", said) else []


def _prices_in(said: str) -> str:
    """Name prices other than current ones, if a text does, to be added to what they are prices of."""
    if PREVIOUS.search(said):
        return ", previous year's prices"
    constant = CONSTANT.search(said)
    return f", constant {constant[1] or constant[2]} prices" if constant else ""


def _unit(where: str, table: Table) -> tuple[str, list[Finding]]:
    """Find the unit in the title; million USD if it says nothing of one, and a remark that says so."""
    said = {cell: text for cell, text in table.title.items() if _SCALE.search(text) or _MONEY.search(text)}
    scales = {scale.lower() for text in said.values() for scale in _SCALE.findall(text)}
    units = {
        f"{(match[1] or match[4]).lower()} {currency}"
        for text in said.values()
        for match in _UNIT.finditer(text)
        if (currency := _currency(match[2] or match[3]))
    }
    if not said:
        return "million USD", [Finding("unit assumed", "million USD", 0, "WARN", table.sheet.name)]
    if len(units) != 1 or len(scales) != 1:
        raise GvcError(
            f"{where}, cell {next(iter(said))}",
            expected="one unit, as in 'In millions of US$'",
            found=" and ".join(map(repr, said.values())),
            remedy="Correct the title.",
        )
    return units.pop(), []


def _currency(text: str) -> str | None:
    """ISO 4217 code of a currency."""
    text = re.sub(r"[ .]", "", text.upper())
    code = _CURRENCIES.get(text, text)
    return code if pycountry.currencies.get(alpha_3=code) else None
