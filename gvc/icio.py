"""The inter-country input-output table: a frozen record, its checks, its aggregation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from gvc.errors import GvcError

Array = NDArray[np.float64]
Level = Literal["WARN", "FAIL"]

#: Of an industry's output, what may stay unbalanced before a check fails.
BALANCE_TOLERANCE = 5e-3


@dataclass(frozen=True)
class Finding:
    """What a check met, where, and how large it is.

    Attributes
    ----------
    what : str
        The check: ``row balance``, ``negative value added`` …
    where : str
        Labels of the place, economy and sector.
    size : float
        The amount, in the unit of the table.
    level : {"WARN", "FAIL"}
        ``FAIL`` where a result would be wrong, ``WARN`` where a reader should know.
    cell : str
        Sheet and cell, where the table was read from a workbook.
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


@dataclass(frozen=True, eq=False, init=False)
class ICIO:
    r"""Inter-country input-output table of G economies with N sectors each.

    Built by keyword from arrays. Shapes and labels are checked, nothing is altered: a table that does not
    balance is kept as it is, and :meth:`check` says so. Arrays of floats are not copied: do not change them afterwards.

    Attributes
    ----------
    economies, sectors : tuple of str
        G and N labels.
    Z : (GN, GN) array
        Intermediate deliveries, seller in the row, economy-major order.
    Y : (GN, G) array
        Final demand by absorbing economy.
    x, va : (GN,) array
        Gross output, and the value added that the table itself prints.
    year : int or None
    source, unit : str
    parts : Mapping of str to str
        Economies that are parts of another (``{"CN1": "CHN"}``): kept apart in the algebra, joined in results.
    taxes : (GN,) array
        What the table prints between inputs, value added and output: net taxes on products, transport
        margins, adjustments. Zero where it prints nothing.
    provenance : Provenance
        What the file that it was read from says besides.

    Notes
    -----
    With :math:`\iota` a column of ones, a balanced table has :math:`Z\iota + Y\iota = x` along the rows and
    :math:`\iota'Z + taxes' + va' = x'` down the columns (Miller and Blair 2009, chapter 2).
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    Z: Array
    Y: Array
    x: Array
    va: Array
    year: int | None
    source: str
    unit: str
    parts: Mapping[str, str]
    taxes: Array
    provenance: Provenance

    def __init__(
        self,
        *,
        economies: Iterable[str],
        sectors: Iterable[str],
        Z: ArrayLike,
        Y: ArrayLike,
        x: ArrayLike,
        va: ArrayLike,
        year: int | None = None,
        source: str = "",
        unit: str = "million USD",
        parts: Mapping[str, str] | None = None,
        taxes: ArrayLike | None = None,
        provenance: Provenance | None = None,
    ) -> None:
        economies, sectors, parts = tuple(economies), tuple(sectors), dict(parts or {})
        where = " ".join(str(piece) for piece in (source or "table", year) if piece)
        for kind, labels in (("economy", economies), ("sector", sectors)):
            repeated = {label for label in labels if labels.count(label) > 1}
            if repeated or not labels:
                raise GvcError(
                    where,
                    expected=f"each {kind} once, and at least one",
                    found=f"{', '.join(sorted(repeated))} repeated" if repeated else "none",
                    remedy=f"Give every {kind} a label of its own.",
                )
        strangers = {*parts, *parts.values()} - set(economies)
        if strangers or set(parts) & set(parts.values()):
            raise GvcError(
                where,
                expected="parts that map an economy of the table to another that is not itself a part",
                found=f"{dict(parts)}",
                remedy="Name both in `economies`.",
            )
        set_ = object.__setattr__
        set_(self, "economies", economies)
        set_(self, "sectors", sectors)
        industries = [self.label(row) for row in range(len(economies) * len(sectors))]
        for name, values, axes in (
            ("Z", Z, (industries, industries)),
            ("Y", Y, (industries, economies)),
            ("x", x, (industries,)),
            ("va", va, (industries,)),
            ("taxes", np.zeros(len(industries)) if taxes is None else taxes, (industries,)),
        ):
            set_(self, name, _frozen(f"{where}, {name}", values, axes))
        set_(self, "year", year)
        set_(self, "source", source)
        set_(self, "unit", unit)
        set_(self, "parts", parts)
        set_(self, "provenance", provenance or Provenance())

    # -- labels ---------------------------------------------------------------------------------------------

    def label(self, row: int) -> str:
        """``economy sector`` of a row of Z."""
        economy, sector = divmod(int(row), len(self.sectors))
        return f"{self.economies[economy]} {self.sectors[sector]}"

    @cached_property
    def result_economies(self) -> tuple[str, ...]:
        """The economies that results speak of: all but the parts, R labels."""
        return tuple(code for code in self.economies if code not in self.parts)

    @cached_property
    def membership(self) -> Array:
        """(G, R) of zeros and ones: which result economy each economy belongs to."""
        member = np.zeros((len(self.economies), len(self.result_economies)))
        for row, code in enumerate(self.economies):
            member[row, self.result_economies.index(self.parts.get(code, code))] = 1
        member.setflags(write=False)
        return member

    @cached_property
    def home(self) -> NDArray[np.intp]:
        """(GN,) position in `result_economies` of each row's economy."""
        return np.repeat(self.membership.argmax(axis=1), len(self.sectors))

    @cached_property
    def own(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Places, in a (GN, R) array, where the row's economy meets itself."""
        return np.arange(len(self.x)), self.home

    @cached_property
    def demand(self) -> Array:
        """(GN, R) final demand by product and result economy."""
        total: Array = self.Y @ self.membership
        total.setflags(write=False)
        return total

    def by_economy(self, columns: Array) -> Array:
        """Sum an (…, GN) array over sectors and parts to (…, R)."""
        blocks = columns.reshape(*columns.shape[:-1], len(self.economies), len(self.sectors))
        total: Array = blocks.sum(axis=-1) @ self.membership
        return total

    # -- checks ---------------------------------------------------------------------------------------------

    def check(self) -> list[Finding]:
        """Accounting checks; an empty list is a clean table.

        Returns
        -------
        list of Finding
            What the reader of the file noticed, then by check, the largest first.
        """
        residual = self.x - self.Z.sum(axis=0)
        no_output = self.x == 0
        # Where a table shows an economy's parts, the rows of the whole are empty by design.
        whole = np.isin(self.economies, list(self.parts.values())) & ~self.x.reshape(len(self.economies), -1).any(
            axis=1
        )
        # Where columns need not add up, inputs into an industry that makes nothing are one more gap.
        grave = np.inf if self.provenance.loose else self.rounding
        idle = np.abs(self.Z).sum(axis=0) + np.abs(self.Z).sum(axis=1) + np.abs(self.Y).sum(axis=1)
        buyer, absorber = self.Z.argmin(axis=1), self.Y.argmin(axis=1)
        every = np.arange(len(self.x))
        least_delivery, least_demand = self.Z[every, buyer], self.Y[every, absorber]
        cells = self.provenance.cells
        return [
            *self.provenance.remarks,
            *self.imbalances(),
            *self._found("flows without output", "FAIL", idle, no_output & (idle > grave)),
            *self._found("negative output", "FAIL", self.x, self.x < 0),
            *self._found("negative value added", "WARN", residual, (residual < 0) & ~no_output, down=True),
            *self._found("flows without output", "WARN", idle, no_output & (idle > 0) & (idle <= grave)),
            *self._found("zero output", "WARN", self.x, no_output & ~whole.repeat(len(self.sectors))),
            *(
                Finding(
                    "negative intermediate delivery",
                    f"{self.label(row)} → {self.label(buyer[row])}",
                    float(least_delivery[row]),
                    "WARN",
                    cells.of(row, buyer[row]) if cells else "",
                )
                for row in _largest(least_delivery, least_delivery < 0)
            ),
            *(
                Finding(
                    "negative final demand",
                    f"{self.label(row)} → {self.economies[absorber[row]]}",
                    float(least_demand[row]),
                    "WARN",
                    f"{cells.sheet}!row {cells.top + row + 1}" if cells else "",
                )
                for row in _largest(least_demand, least_demand < 0)
            ),
        ]

    def imbalances(self) -> list[Finding]:
        """Where the sums and the totals of the table disagree.

        Returns
        -------
        list of Finding
            ``FAIL`` where the gap exceeds half a percent of the industry's output and all that rounding can
            add up to, ``WARN`` where it exceeds rounding alone.
        """
        inputs = self.Z.sum(axis=0)
        row_gap = self.x - self.Z.sum(axis=1) - self.Y.sum(axis=1)
        if self.provenance.discrepancy is not None:
            row_gap = row_gap - self.provenance.discrepancy
        gaps = [("row balance", row_gap, False), ("column balance", self.x - inputs - self.taxes - self.va, True)]
        if self.provenance.inputs is not None:
            gaps.append(("printed inputs", self.provenance.inputs - inputs, True))
        if self.provenance.output is not None:
            gaps.append(("printed output", self.provenance.output - self.x, True))
        found: list[Finding] = []
        for what, gap, down in gaps:
            # Rounding is worked out only for a table that has a gap to excuse.
            if not (np.abs(gap) > 1e-11 * np.abs(self.x).sum()).any():
                continue
            allowed = np.maximum(BALANCE_TOLERANCE * np.abs(self.x), self.rounding)
            if what == "column balance" and self.provenance.loose:
                allowed[:] = np.inf
            found += self._found(what, "FAIL", gap, np.abs(gap) > allowed, down=down)
            found += self._found(what, "WARN", gap, (np.abs(gap) > self.rounding) & (np.abs(gap) <= allowed), down=down)
        return found

    @cached_property
    def rounding(self) -> float:
        """What rounding alone can add up to along a row or down a column.

        Half a unit of the last digit for each entry of a table that shows three decimals or fewer, else what ten
        digits of each entry leave open, or the noise of floating point.
        """
        for digit in (1, 0.1, 0.01, 0.001):
            if all(_in_units_of(digit, array) for array in (self.x, self.Y, self.Z)):
                return 0.5 * digit * (len(self.x) + len(self.economies))
        # Half a unit of the tenth digit is at most 5e-10 of an entry; entries and their total come to twice that.
        return max(1e-9 * float(np.abs(self.x).max()), 1e-11 * float(np.abs(self.x).sum()))

    def _found(
        self, what: str, level: Level, size: Array, where: NDArray[np.bool_], *, down: bool = False
    ) -> list[Finding]:
        """List industries with their cell: that of output at the end of a row, of value added `down` a column."""
        cells = self.provenance.cells
        place = (cells.of_value_added if down else cells.of_output) if cells else (lambda _: "")
        return [Finding(what, self.label(row), float(size[row]), level, place(row)) for row in _largest(size, where)]

    # -- aggregation ----------------------------------------------------------------------------------------

    def aggregate(self, economies: Mapping[str, str] | None = None, sectors: Mapping[str, str] | None = None) -> ICIO:
        """Sum economies and sectors into larger ones.

        Parameters
        ----------
        economies, sectors : Mapping of str to str, optional
            From each label to the one it becomes, in the order that the new table shall have. Labels left out
            stay as they are and follow in the order of the table. Parts go with their whole if that is named, and
            stay parts of it if not.

        Returns
        -------
        ICIO
            Sums of the same flows: totals are conserved exactly up to floating point.

        Raises
        ------
        GvcError
            If a label is not in the table.
        """
        economies, sectors = dict(economies or {}), dict(sectors or {})
        for kind, given, known in (("economy", economies, self.economies), ("sector", sectors, self.sectors)):
            strangers = set(given) - set(known)
            if strangers:
                raise GvcError(
                    f"aggregation by {kind}",
                    expected=f"labels of the table ({', '.join(known)})",
                    found=", ".join(sorted(strangers)),
                    remedy="Drop them from the mapping.",
                )
        economies = {part: economies[whole] for part, whole in self.parts.items() if whole in economies} | economies
        by_economy, new_economies = _sums(self.economies, economies)
        by_sector, new_sectors = _sums(self.sectors, sectors)
        rows = csr_array(np.kron(by_economy, by_sector))  # nearly all zeros

        def summed(total: Array | None) -> Array | None:
            return None if total is None else rows @ total

        return ICIO(
            economies=new_economies,
            sectors=new_sectors,
            Z=rows @ self.Z @ rows.T,
            Y=rows @ self.Y @ by_economy.T,
            x=rows @ self.x,
            va=rows @ self.va,
            year=self.year,
            source=self.source,
            unit=self.unit,
            parts={part: whole for part, whole in self.parts.items() if part not in economies},
            taxes=rows @ self.taxes,
            provenance=Provenance(
                inputs=summed(self.provenance.inputs),
                output=summed(self.provenance.output),
                discrepancy=summed(self.provenance.discrepancy),
                loose=self.provenance.loose,
            ),
        )


def _frozen(where: str, values: ArrayLike, axes: tuple[Sequence[str], ...]) -> Array:
    """Read-only float view of an array whose shape the labels of its axes give."""
    try:
        array = np.asarray(values, dtype=np.float64).view()
    except (TypeError, ValueError) as error:
        raise GvcError(where, expected="numbers", found=str(error), remedy="Convert them first.") from error
    shape = tuple(len(labels) for labels in axes)
    if array.shape != shape:
        raise GvcError(
            where,
            expected=f"shape {shape}",
            found=f"shape {array.shape}",
            remedy="Order rows and columns by economy, then sector; sum final demand by economy.",
        )
    # The sum shows in one pass that something is not finite; only then is it looked for.
    if not np.isfinite(array.sum()) and not np.isfinite(array).all():
        place = tuple(np.argwhere(~np.isfinite(array))[0])
        raise GvcError(
            f"{where}, {' × '.join(labels[at] for labels, at in zip(axes, place, strict=True))}",
            expected="a finite number",
            found=str(array[place]),
            remedy="Correct the source: a missing value is not a zero.",
        )
    array.setflags(write=False)
    return array


def _sums(labels: tuple[str, ...], mapping: Mapping[str, str]) -> tuple[Array, tuple[str, ...]]:
    """Zero-one matrix that adds old labels up to new ones, and the new labels."""
    targets = [mapping.get(label, label) for label in labels]
    new = tuple(dict.fromkeys([*mapping.values(), *targets]))
    return np.array([[float(target == label) for target in targets] for label in new]), new


def _largest(size: Array, where: NDArray[np.bool_]) -> list[int]:
    """Positions of the chosen numbers, the largest first."""
    rows = np.flatnonzero(where)
    chosen: list[int] = rows[np.argsort(-np.abs(size[rows]), kind="stable")].tolist()
    return chosen


def _in_units_of(digit: float, array: Array) -> bool:
    scaled = array / digit
    return bool((np.abs(scaled - np.rint(scaled)) <= 1e-5).all())


def cell_name(row: int, column: int) -> str:
    """``E8`` for row 7 and column 4: as spreadsheets name a cell, counting from 0 here."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
