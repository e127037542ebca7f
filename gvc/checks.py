"""Checks of a table: what they find, what a file prints for them to compare, and what rounding excuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from gvc.labels import Array, read_only, rebuilt

Level = Literal["WARN", "FAIL"]

#: Of an industry's output, what may stay unbalanced before a check fails.
BALANCE_TOLERANCE = 5e-3

#: Of all output, what taxes and margins that a table does not print may come to, in sum, before a check fails. Where
#: they are printed, they come to a few hundredths.
LOOSE = 0.25


@dataclass(frozen=True)
class Finding:
    """What a check found, where, and how large it is.

    Attributes
    ----------
    what : str
        The check: ``row balance``, ``negative value added`` …
    where : str
        Labels of the economy and the sector.
    size : float
        The amount, in the unit of the table.
    level : {"WARN", "FAIL"}
        ``FAIL`` if results would be wrong, ``WARN`` if users should know.
    cell : str
        Sheet and cell, if the table was read from a workbook.

    Examples
    --------
    >>> import gvc
    >>> print(gvc.Finding("row balance", "CHN all", -10.0, "FAIL"))
    FAIL  row balance: CHN all (-10)
    """

    what: str
    where: str
    size: float
    level: Level
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.level}  {self.what}: {self.where} ({self.size:,.6g})" + (f" in {self.cell}" if self.cell else "")


@dataclass(frozen=True)
class Cells:
    """Where the numbers of a table stand in a workbook; rows and columns count from 0.

    Attributes
    ----------
    sheet : str
    top, left : int
        Row and column of the first intermediate delivery; the others follow without a gap.
    output : int
        Column of total output.
    added : int
        Row of value added.
    """

    sheet: str
    top: int
    left: int
    output: int
    added: int

    def of(self, row: int, column: int) -> str:
        """Sheet and cell of a row and column of Z."""
        return f"{self.sheet}!{cell_name(self.top + row, self.left + column)}"

    def of_output(self, row: int) -> str:
        """Sheet and cell of an industry's total output."""
        return f"{self.sheet}!{cell_name(self.top + row, self.output)}"

    def of_value_added(self, column: int) -> str:
        """Sheet and cell of an industry's value added."""
        return f"{self.sheet}!{cell_name(self.added, self.left + column)}"


@dataclass(frozen=True)
class Provenance:
    """What a file says about a table beyond its numbers.

    Attributes
    ----------
    inputs, output : (GN,) array or None
        Totals that it prints below the block, to be compared with the sums.
    discrepancy : (GN,) array or None
        What it books to no user at all.
    loose : bool
        Whether columns need not add up: a row of taxes is missing, or the database does not balance them.
    remarks : tuple of Finding
        What its reader noticed.
    cells : Cells or None
    """

    inputs: Array | None = None
    output: Array | None = None
    discrepancy: Array | None = None
    loose: bool = False
    remarks: tuple[Finding, ...] = ()
    cells: Cells | None = None

    def __post_init__(self) -> None:
        for name in ("inputs", "output", "discrepancy"):
            if (total := getattr(self, name)) is not None:
                object.__setattr__(self, name, read_only(np.asarray(total, dtype=np.float64).view()))

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt, (Provenance, {field.name: getattr(self, field.name) for field in fields(self)})


class Table(Protocol):
    """What checks read of a :class:`gvc.ICIO`, whose methods call them."""

    @property
    def economies(self) -> tuple[str, ...]: ...
    @property
    def sectors(self) -> tuple[str, ...]: ...
    @property
    def Z(self) -> Array: ...
    @property
    def Y(self) -> Array: ...
    @property
    def x(self) -> Array: ...
    @property
    def va(self) -> Array: ...
    @property
    def taxes(self) -> Array: ...
    @property
    def parts(self) -> Mapping[str, str]: ...
    @property
    def provenance(self) -> Provenance: ...
    @property
    def digit(self) -> float | None: ...
    @property
    def rounding(self) -> float: ...
    @property
    def noise(self) -> float: ...
    def label(self, row: int) -> str: ...


def findings(table: Table) -> list[Finding]:
    """Find all that :meth:`gvc.ICIO.check` lists."""
    residual = table.x - table.Z.sum(axis=0)
    no_output = table.x == 0
    # Where a table shows an economy's parts, the rows of the whole are empty by design.
    whole = np.isin(table.economies, list(table.parts.values())) & ~table.x.reshape(len(table.economies), -1).any(
        axis=1
    )
    # Where columns need not add up, inputs into an industry that makes nothing are one more gap.
    grave = np.inf if table.provenance.loose else table.rounding
    # Only of those that make nothing: in most tables a few industries, and the table is large.
    idle, none = np.zeros(len(table.x)), np.flatnonzero(no_output)
    idle[none] = sum(np.abs(flows).sum(axis=1) for flows in (table.Z.T[none], table.Z[none], table.Y[none]))
    least_delivery, least_demand = table.Z.min(axis=1), table.Y.min(axis=1)
    cells = table.provenance.cells
    return [
        *table.provenance.remarks,
        *imbalances(table),
        *_found(table, "flows without output", "FAIL", idle, no_output & (idle > grave)),
        *_found(table, "negative output", "FAIL", table.x, table.x < 0),
        *_found(table, "negative value added", "WARN", residual, (residual < 0) & ~no_output, down=True),
        *_found(table, "flows without output", "WARN", idle, no_output & (idle > 0) & (idle <= grave)),
        *_found(table, "zero output", "WARN", table.x, no_output & ~whole.repeat(len(table.sectors))),
        *(
            Finding(
                "negative intermediate delivery",
                f"{table.label(row)} → {table.label(buyer)}",
                float(least_delivery[row]),
                "WARN",
                cells.of(row, buyer) if cells else "",
            )
            for row in _largest(least_delivery, least_delivery < 0)
            for buyer in (int(table.Z[row].argmin()),)
        ),
        *(
            Finding(
                "negative final demand",
                f"{table.label(row)} → {table.economies[table.Y[row].argmin()]}",
                float(least_demand[row]),
                "WARN",
                f"{cells.sheet}!row {cells.top + row + 1}" if cells else "",
            )
            for row in _largest(least_demand, least_demand < 0)
        ),
    ]


def imbalances(table: Table) -> list[Finding]:
    """Find all that :meth:`gvc.ICIO.imbalances` lists."""
    inputs, row_gap = table.Z.sum(axis=0), table.x - table.Z.sum(axis=1) - table.Y.sum(axis=1)
    uses, costs = [table.Z, table.Y], [table.Z.T, table.va[:, None]]
    if table.provenance.discrepancy is not None:
        row_gap = row_gap - table.provenance.discrepancy
        uses.append(table.provenance.discrepancy[:, None])
    if table.taxes.any():
        costs.append(table.taxes[:, None])
    gaps = [("row balance", row_gap, uses, False)]
    gaps.append(("column balance", table.x - inputs - table.taxes - table.va, costs, True))
    if table.provenance.inputs is not None:
        gaps.append(("printed inputs", table.provenance.inputs - inputs, [table.Z.T], True))
    if table.provenance.output is not None:
        # One total against the other, of which each is rounded.
        gaps.append(("printed output", table.provenance.output - table.x, [table.x[:, None]], True))
    noise = table.noise
    found: list[Finding] = []
    for what, gap, entries, down in gaps:
        # Rounding is worked out only for a table that has a gap to excuse.
        if not (np.abs(gap) > noise).any():
            continue
        missing, too_much = _by_rounding(table.digit, entries) if table.digit else (noise, noise)
        beyond = (np.abs(gap) > noise) & ((gap > missing) | (-gap > too_much))
        grave = beyond & (np.abs(gap) > BALANCE_TOLERANCE * np.abs(table.x))
        if what == "column balance" and table.provenance.loose and abs(gap.sum()) <= LOOSE * np.abs(table.x).sum():
            grave[:] = False
        found += _found(table, what, "FAIL", gap, grave, down=down)
        found += _found(table, what, "WARN", gap, beyond & ~grave, down=down)
    return found


def _found(
    table: Table, what: str, level: Level, size: Array, where: NDArray[np.bool_], *, down: bool = False
) -> list[Finding]:
    """List industries with their cell: that of output at the end of a row, of value added `down` a column."""
    cells = table.provenance.cells
    place = (cells.of_value_added if down else cells.of_output) if cells else (lambda _: "")
    return [Finding(what, table.label(row), float(size[row]), level, place(row)) for row in _largest(size, where)]


def last_digit(*blocks: Array) -> float | None:
    """Give the unit of the last digit that blocks of a table show, if they show three decimals or fewer."""
    return next((digit for digit in (1, 0.1, 0.01, 0.001) if all(_in_units_of(digit, b) for b in blocks)), None)


def _largest(size: Array, where: NDArray[np.bool_]) -> list[int]:
    """Positions of the chosen numbers, the largest first."""
    rows = np.flatnonzero(where)
    chosen: list[int] = rows[np.argsort(-np.abs(size[rows]), kind="stable")].tolist()
    return chosen


def _in_units_of(digit: float, array: Array) -> bool:
    # In one copy of the array: it is large.
    scaled = array / digit
    scaled -= np.rint(scaled)
    return bool((np.abs(scaled, out=scaled) <= 1e-5).all())


def _by_rounding(digit: float, entries: list[Array]) -> tuple[Array, Array]:
    """By how much entries, (GN, …) in several blocks, can miss and exceed their totals because all are rounded."""
    printed = np.sum([np.count_nonzero(block, axis=1) for block in entries], axis=0)
    ones = np.sum([np.count_nonzero(_in_digits(digit, block) == 1, axis=1) for block in entries], axis=0)
    zeros = sum(block.shape[1] for block in entries) - printed
    rounded = printed + 1  # and the total
    too_much = np.minimum(rounded / 2, 6 * np.sqrt(rounded / 12))
    hidden = np.minimum(zeros / 2, 2 * ones + 16)
    return digit * (too_much + hidden), digit * too_much


def _in_digits(digit: float, array: Array) -> Array:
    """Size of each entry in units of the last digit; in one copy of the array, which is large."""
    size = np.abs(array)
    size /= digit
    return np.rint(size, out=size)


def cell_name(row: int, column: int) -> str:
    """``E8`` for row 7 and column 4: as spreadsheets name a cell, counting from 0 here."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
