"""The inter-country input-output table: a frozen record, its checks, its aggregation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from itertools import product
from numbers import Real
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from gvc.errors import GvcError

Array = NDArray[np.float64]
Frozen = TypeVar("Frozen", bound=NDArray[Any])
Level = Literal["WARN", "FAIL"]

#: Of an industry's output, what may stay unbalanced before a check fails.
BALANCE_TOLERANCE = 5e-3

#: Of all output, what taxes and margins that a table does not print may come to, in sum, before a check fails. Where
#: they are printed, they come to a few hundredths.
LOOSE = 0.25


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
        return _again, (Provenance, {field.name: getattr(self, field.name) for field in fields(self)})


@dataclass(frozen=True, eq=False, init=False, repr=False)
class ICIO:
    r"""Inter-country input-output table of G economies with N sectors each.

    Built by keyword from arrays. Shapes and labels are checked, nothing is altered: a table that does not
    balance is kept as it is, and :meth:`check` says so. Arrays of floats are not copied: do not change them
    afterwards.

    Frames and series are put in the order of the table by their labels, whatever theirs is: those of industries are
    (economy, sector), (sector, economy) or both in one text, as ``CHN_c1``, or where there is one sector the economy
    alone. Other labels are refused. Rows and columns numbered from 0, as pandas does by itself, have no labels, and
    are taken to be in the order of the table already.

    Parameters
    ----------
    economies, sectors : iterable of str
        G and N labels.
    Z : (GN, GN) array
        Intermediate deliveries, seller in the row, economy-major order; all amounts in `unit`.
    Y : (GN, G) array
        Final demand by absorbing economy.
    x, va : (GN,) array
        Gross output, and the value added that the table itself prints.
    year : int, optional
    source, unit : str, optional
    parts : Mapping of str to str, optional
        Economies that are parts of another (``{"CN1": "CHN"}``): kept apart in the algebra, joined in results.
    taxes : (GN,) array, optional
        What the table prints between inputs, value added and output: net taxes on products, transport
        margins, adjustments. Zero where it prints nothing.
    provenance : Provenance, optional
        What the file that it was read from says besides.

    Attributes
    ----------
    economies, sectors, Z, Y, x, va, year, source, unit, parts, taxes, provenance
        As passed: labels as tuples, arrays of float64 that cannot be written to, a mapping that cannot be changed.

    Raises
    ------
    GvcError
        If a label is repeated, a shape or the labels of a frame do not fit, or a number is missing, masked or text.

    Notes
    -----
    With :math:`\iota` a column of ones, a balanced table has :math:`Z\iota + Y\iota = x` along the rows and
    :math:`\iota'Z + taxes' + va' = x'` down the columns (Miller and Blair 2009, chapter 2).

    Examples
    --------
    The United States ship parts of 50 to China, which assembles them (Koopman, Wang and Wei 2014, appendix C).

    >>> import gvc
    >>> gvc.ICIO(
    ...     economies=["USA", "CHN"],
    ...     sectors=["all"],
    ...     Z=[[100, 50], [0, 50]],
    ...     Y=[[30, 20], [70, 80]],
    ...     x=[200, 200],
    ...     va=[100, 100],
    ... )
    <ICIO: 2 economies × 1 sectors, million USD>
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
        where = _place(source, year)
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
        industries = list(product(economies, sectors))
        users = [(economy,) for economy in economies]
        for name, values, axes in (
            ("Z", Z, (industries, industries)),
            ("Y", Y, (industries, users)),
            ("x", x, (industries,)),
            ("va", va, (industries,)),
            ("taxes", np.zeros(len(industries)) if taxes is None else taxes, (industries,)),
        ):
            set_(self, name, frozen(f"{where}, {name}", values, axes))
        set_(self, "year", year)
        set_(self, "source", source)
        set_(self, "unit", unit)
        set_(self, "parts", MappingProxyType(parts))
        set_(self, "provenance", provenance or Provenance())

    @classmethod
    def from_frames(
        cls,
        Z: pd.DataFrame,
        Y: pd.DataFrame,
        *,
        x: pd.Series | None = None,
        va: pd.Series | None = None,
        taxes: pd.Series | None = None,
        year: int | None = None,
        source: str = "",
        unit: str = "million USD",
    ) -> ICIO:
        r"""Make a table of labelled frames, as other libraries hold it, whatever the order of their labels.

        Economies and sectors come in the order in which the rows of `Z` first name them; all else is put in that
        order. Of the two levels of a label, the economy is the one that is named ``economy``, ``region`` or
        ``country``; where neither is, the one that the columns of `Y` share.

        Parameters
        ----------
        Z : (GN, GN) DataFrame
            Intermediate deliveries, seller in the row; labels of two levels, economy and sector in either order.
        Y : (GN, G) or (GN, GK) DataFrame
            Final demand, by economy or by economy and component, which are summed.
        x : (GN,) Series, optional
            Gross output; what the rows add up to, :math:`Z\iota + Y\iota`, if left out.
        va : (GN,) Series, optional
            Value added; what output leaves after inputs and taxes, :math:`x' - \iota'Z - taxes'`, if left out.
        taxes : (GN,) Series, optional
            Net taxes on products and margins; none if left out.
        year : int, optional
        source, unit : str, optional

        Returns
        -------
        ICIO

        Raises
        ------
        GvcError
            If labels do not tell economy and sector, one is missing, repeated or in one frame only, or a number is
            missing.

        Examples
        --------
        The sample, its rows by sector first and its columns in another order still:

        >>> import gvc, pandas as pd
        >>> table = gvc.load_sample()
        >>> labels = pd.MultiIndex.from_product([table.economies, table.sectors], names=["region", "sector"])
        >>> Z = pd.DataFrame(table.Z, labels, labels).swaplevel(axis=0).sort_index(axis=1)
        >>> Y = pd.DataFrame(table.Y, labels, table.economies)
        >>> again = gvc.ICIO.from_frames(Z, Y, year=2011)
        >>> bool((again.Z == table.Z).all())
        True

        Likewise of a system of pymrio, ``gvc.ICIO.from_frames(mrio.Z, mrio.Y, unit="million EUR")``.
        """
        where = _place(source, year)
        for name, frame, kind in (("Z", Z, pd.DataFrame), ("Y", Y, pd.DataFrame)):
            _must_be(f"{where}, {name}", frame, kind)
        _must_have_two_levels(f"{where}, rows of Z", Z.index)
        level = _economy_level(f"{where}, rows of Z", Z.index, Y.columns)
        users = _users(f"{where}, columns of Y", Y.columns, set(map(str, Z.index.get_level_values(level))))
        rows = _industries(f"{where}, rows of Z", Z.index, users)
        economies, sectors = (list(dict.fromkeys(label[level] for label in rows)) for level in (0, 1))
        due = [*product(economies, sectors)]

        def order(name: str, index: pd.Index) -> list[int]:
            place = f"{where}, {name}"
            return _places(place, _industries(place, index, users), due)

        def vector(name: str, given: pd.Series | None) -> Array | None:
            if given is None:
                return None
            _must_be(f"{where}, {name}", given, pd.Series)
            return frozen(f"{where}, {name}", given.to_numpy()[order(name, given.index)], (due,))

        columns = [tuple(map(str, label if isinstance(label, tuple) else (label,))) for label in Y.columns]
        cells = np.ix_(order("rows of Z", Z.index), order("columns of Z", Z.columns))
        deliveries = frozen(f"{where}, Z", Z.to_numpy()[cells], (due, due))
        demand = frozen(f"{where}, Y", Y.to_numpy()[order("rows of Y", Y.index)], (due, columns))
        by_economy = [[at for at, user in enumerate(users) if user == one] for one in economies]
        absent = [economy for economy, found in zip(economies, by_economy, strict=True) if not found]
        strange = [user for user in users if user not in economies]
        if absent or strange:
            raise GvcError(
                f"{where}, columns of Y",
                expected="final demand of each economy of Z, and of no other",
                found=f"none of {absent[0]}" if absent else f"that of {strange[0]}",
                remedy="Give both frames the same economies.",
            )
        demand = np.stack([demand[:, at].sum(axis=1) for at in by_economy], axis=1)
        output, added, margins = vector("x", x), vector("va", va), vector("taxes", taxes)
        if output is None:
            output = deliveries.sum(axis=1) + demand.sum(axis=1)
        if added is None:
            added = output - deliveries.sum(axis=0) - (0 if margins is None else margins)
        return cls(
            economies=economies,
            sectors=sectors,
            Z=deliveries,
            Y=demand,
            x=output,
            va=added,
            taxes=margins,
            year=year,
            source=source,
            unit=unit,
        )

    def __repr__(self) -> str:
        parts = f" and {len(self.parts)} parts" if self.parts else ""
        size = f"{len(self.result_economies)} economies{parts} × {len(self.sectors)} sectors"
        said = ", ".join(str(piece) for piece in (size, self.year, self.source, self.unit) if piece)
        return f"<ICIO: {' '.join(said.split())}>"

    def __reduce__(self) -> tuple[object, ...]:
        # By the constructor: what comes back can be written to as little as what went.
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return _again, (ICIO, given | {"parts": dict(self.parts)})

    # -- labels ---------------------------------------------------------------------------------------------

    def label(self, row: int) -> str:
        """``economy sector`` of a row of Z.

        Parameters
        ----------
        row : int
            Its number, from 0.

        Returns
        -------
        str

        Examples
        --------
        >>> import gvc
        >>> gvc.load_sample().label(6)
        'JPN Light'
        """
        economy, sector = divmod(int(row), len(self.sectors))
        return f"{self.economies[economy]} {self.sectors[sector]}"

    @cached_property
    def result_economies(self) -> tuple[str, ...]:
        """All economies but the parts, R labels, of which results speak."""
        return tuple(code for code in self.economies if code not in self.parts)

    @cached_property
    def membership(self) -> Array:
        """Zeros and ones, (G, R), that say which result economy each economy belongs to."""
        member = np.zeros((len(self.economies), len(self.result_economies)))
        for row, code in enumerate(self.economies):
            member[row, self.result_economies.index(self.parts.get(code, code))] = 1
        return read_only(member)

    @cached_property
    def home(self) -> NDArray[np.intp]:
        """(GN,) position in `result_economies` of each row's economy."""
        return read_only(np.repeat(self.membership.argmax(axis=1), len(self.sectors)))

    @cached_property
    def own(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Places, in a (GN, R) array, where the row's economy meets itself."""
        return read_only(np.arange(len(self.x))), self.home

    @cached_property
    def demand(self) -> Array:
        """(GN, R) final demand by product and result economy, in the unit of the table."""
        return read_only(self.Y @ self.membership)

    def by_economy(self, columns: Array) -> Array:
        """Sum over sectors and parts.

        Parameters
        ----------
        columns : (…, GN) array

        Returns
        -------
        (…, R) array
            In the unit of what is summed.

        Examples
        --------
        >>> import gvc
        >>> table = gvc.load_sample()
        >>> table.result_economies[:3]
        ('CHN', 'JPN', 'KOR')
        >>> table.by_economy(table.x)[:3].tolist()  # gross output, million USD
        [22271024.0, 11333409.0, 2877350.0]
        """
        blocks = columns.reshape(*columns.shape[:-1], len(self.economies), len(self.sectors))
        total: Array = blocks.sum(axis=-1) @ self.membership
        return total

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What measures have computed of this table, by name, for as long as there is one."""
        return {}

    # -- checks ---------------------------------------------------------------------------------------------

    def check(self) -> list[Finding]:
        """Accounting checks; an empty list is a clean table.

        Value added is called negative where it is in the measures: where inputs cost more than the output, net taxes
        and margins counted to value added (see :func:`gvc.value_added_coefficients`), whatever row of value
        added the table prints.

        Returns
        -------
        list of Finding
            What the reader of the file noticed, then by check, the largest first; sizes in the unit of the table.

        Examples
        --------
        What WIOD's rounding adds up to in the sample stays below half a percent of output.

        >>> import gvc
        >>> for finding in gvc.load_sample().check()[:2]:
        ...     print(finding)
        WARN  row balance: EUU Services (20,404)
        WARN  row balance: EUU Light (7,621)
        """
        residual = self.x - self.Z.sum(axis=0)
        no_output = self.x == 0
        # Where a table shows an economy's parts, the rows of the whole are empty by design.
        whole = np.isin(self.economies, list(self.parts.values())) & ~self.x.reshape(len(self.economies), -1).any(
            axis=1
        )
        # Where columns need not add up, inputs into an industry that makes nothing are one more gap.
        grave = np.inf if self.provenance.loose else self.rounding
        # Only of those that make nothing: in most tables a few industries, and the table is large.
        idle, none = np.zeros(len(self.x)), np.flatnonzero(no_output)
        idle[none] = sum(np.abs(flows).sum(axis=1) for flows in (self.Z.T[none], self.Z[none], self.Y[none]))
        least_delivery, least_demand = self.Z.min(axis=1), self.Y.min(axis=1)
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
                    f"{self.label(row)} → {self.label(buyer)}",
                    float(least_delivery[row]),
                    "WARN",
                    cells.of(row, buyer) if cells else "",
                )
                for row in _largest(least_delivery, least_delivery < 0)
                for buyer in (int(self.Z[row].argmin()),)
            ),
            *(
                Finding(
                    "negative final demand",
                    f"{self.label(row)} → {self.economies[self.Y[row].argmin()]}",
                    float(least_demand[row]),
                    "WARN",
                    f"{cells.sheet}!row {cells.top + row + 1}" if cells else "",
                )
                for row in _largest(least_demand, least_demand < 0)
            ),
        ]

    def imbalances(self) -> list[Finding]:
        r"""Where the sums and the totals of the table disagree by more than rounding can do to them.

        Returns
        -------
        list of Finding
            ``FAIL`` where the gap exceeds half a percent of the industry's output as well, else ``WARN``; sizes in
            the unit of the table. Where columns need not add up, gaps in them are ``FAIL`` only if all of them together
            come to more than a quarter of all output: value added is then in another unit, or another row.

        Notes
        -----
        Of a table that shows three decimals or fewer, each entry and each total is up to half a unit of the last
        digit away from the truth. Over n of them these add up to n/2 units at worst, and hardly to more than six
        standard deviations, :math:`6 \sqrt{n/12}`. That may be missing or too much. Entries printed as 0 can besides
        hide flows below half a unit, so that more may be missing. Small flows are about as many as those a little
        larger, so the entries printed as 1 tell how much: twice their number and 16 units, but half a unit for each 0
        at most. In the seventeen years of WIOD's 2013 release, which is in whole millions, no gap above half a percent
        of output of an industry that makes anything reaches more than 0.82 of what this allows.

        Examples
        --------
        >>> import gvc
        >>> from dataclasses import replace
        >>> table = gvc.load_sample()
        >>> doubled = replace(table, x=table.x * ([2] + [1] * 54))
        >>> print(doubled.imbalances()[0])
        FAIL  row balance: CHN Primary (1.94829e+06)
        """
        inputs, row_gap = self.Z.sum(axis=0), self.x - self.Z.sum(axis=1) - self.Y.sum(axis=1)
        uses, costs = [self.Z, self.Y], [self.Z.T, self.va[:, None]]
        if self.provenance.discrepancy is not None:
            row_gap = row_gap - self.provenance.discrepancy
            uses.append(self.provenance.discrepancy[:, None])
        if self.taxes.any():
            costs.append(self.taxes[:, None])
        gaps = [("row balance", row_gap, uses, False)]
        gaps.append(("column balance", self.x - inputs - self.taxes - self.va, costs, True))
        if self.provenance.inputs is not None:
            gaps.append(("printed inputs", self.provenance.inputs - inputs, [self.Z.T], True))
        if self.provenance.output is not None:
            # One total against the other, of which each is rounded.
            gaps.append(("printed output", self.provenance.output - self.x, [self.x[:, None]], True))
        noise = self.noise
        found: list[Finding] = []
        for what, gap, entries, down in gaps:
            # Rounding is worked out only for a table that has a gap to excuse.
            if not (np.abs(gap) > noise).any():
                continue
            missing, too_much = _by_rounding(self.digit, entries) if self.digit else (noise, noise)
            beyond = (np.abs(gap) > noise) & ((gap > missing) | (-gap > too_much))
            grave = beyond & (np.abs(gap) > BALANCE_TOLERANCE * np.abs(self.x))
            if what == "column balance" and self.provenance.loose and abs(gap.sum()) <= LOOSE * np.abs(self.x).sum():
                grave[:] = False
            found += self._found(what, "FAIL", gap, grave, down=down)
            found += self._found(what, "WARN", gap, beyond & ~grave, down=down)
        return found

    @cached_property
    def digit(self) -> float | None:
        """Unit of the last digit that the table shows, if it shows three decimals or fewer."""
        blocks = (self.x, self.Y, self.Z)
        return next((digit for digit in (1, 0.1, 0.01, 0.001) if all(_in_units_of(digit, b) for b in blocks)), None)

    @cached_property
    def rounding(self) -> float:
        """What rounding can add up to along a row or down a column at worst, in the unit of the table.

        Half a unit of the last digit for each entry of a table that shows three decimals or fewer, else the noise.
        """
        return 0.5 * self.digit * (len(self.x) + len(self.economies)) if self.digit else self.noise

    @cached_property
    def noise(self) -> float:
        """What ten digits of each number leave open, and floating point, in the unit of the table."""
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
            Sums of the same flows: totals are conserved exactly up to floating point. All that is said of the table
            stays, but for the cells of a workbook, in which no sum stands.

        Raises
        ------
        GvcError
            If a label is not in the table.

        Examples
        --------
        >>> import gvc
        >>> table = gvc.load_sample()
        >>> rest = {code: "ROW" for code in table.economies if code not in ("CHN", "JPN")}
        >>> table.aggregate({"CHN": "CHN", "JPN": "JPN"} | rest, dict.fromkeys(table.sectors, "all"))
        <ICIO: 3 economies × 1 sectors, 2011, WIOD 2013 release, million USD>
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
                remarks=self.provenance.remarks,
            ),
        )


def must_be_table(icio: object) -> None:
    """Refuse what is no table where one belongs."""
    if not isinstance(icio, ICIO):
        raise GvcError(
            "icio",
            expected="an inter-country table, a gvc.ICIO",
            found=described(icio),
            remedy="Read one by `gvc.read_icio`, make one by `gvc.ICIO(...)`, or try `gvc.load_sample()`.",
        )


def by_row(icio: ICIO, name: str, values: ArrayLike) -> Array:
    """Take numbers by industry, (GN,) or (GN, k), as an array: of series and frames in the order of the table.

    Raises
    ------
    GvcError
        If there are not as many as industries, one is missing, or labels are not those of the table.
    """
    must_be_table(icio)
    if isinstance(values, pd.DataFrame):
        return np.column_stack([by_row(icio, f"{name}, {label}", column) for label, column in values.items()])
    if isinstance(values, pd.Series):
        return frozen(name, values, ([*product(icio.economies, icio.sectors)],))
    array = np.asarray(values)
    if array.ndim not in (1, 2) or len(array) != len(icio.x) or array.dtype.kind not in "biuf":
        raise GvcError(
            name,
            expected=f"{len(icio.x)} numbers, one for each industry, or columns of as many",
            found=described(values),
            remedy="Order them by economy, then sector, or pass a Series with these labels.",
        )
    return array


def described(value: object) -> str:
    """Say what an argument is, in one line."""
    if isinstance(value, ICIO):
        return f"a table, {value!r}"
    shape = getattr(value, "shape", None)
    size = f" of {' × '.join(map(str, shape))}" if shape else ""
    return f"a {type(value).__name__}{size}"


def _place(source: str, year: int | None) -> str:
    """Name a table where an error says where it is."""
    return " ".join(str(piece) for piece in (source or "table", year) if piece)


def read_only(array: Frozen) -> Frozen:
    """Return the array itself, which cannot be written to any more."""
    array.setflags(write=False)
    return array


def _again(kind: type, given: dict[str, Any]) -> object:
    return kind(**given)


def frozen(where: str, values: ArrayLike, axes: tuple[Sequence[tuple[str, ...]], ...]) -> Array:
    """Read-only float view of an array whose shape the labels of its axes give."""
    try:
        given = np.asarray(values)
        # Text that looks like numbers, and the real part of a complex one, would be converted without a word.
        for one in () if given.dtype.kind in "biuf" else given.flat:
            if given.dtype != object or not isinstance(one, Real | Decimal):
                raise TypeError(f"{str(one)[:100]}, {described(one)}")
        array = np.asarray(given, dtype=np.float64).view()
    except (TypeError, ValueError, OverflowError) as error:
        raise GvcError(where, expected="numbers", found=str(error), remedy="Convert them first.") from error
    if isinstance(values, np.ma.MaskedArray):
        array = np.where(np.ma.getmaskarray(values), np.nan, array)  # what lies under a mask is no number
    shape = tuple(len(labels) for labels in axes)
    if array.shape != shape:
        raise GvcError(
            where,
            expected=f"shape {shape}",
            found=f"shape {array.shape}",
            remedy="Order rows and columns by economy, then sector; sum final demand by economy.",
        )
    if isinstance(values, pd.Series | pd.DataFrame):
        array = _in_order(where, values, array, axes)
    # The sum shows in one pass that something is not finite; only then is it looked for.
    if not np.isfinite(array.sum()) and not np.isfinite(array).all():
        place = tuple(np.argwhere(~np.isfinite(array))[0])
        raise GvcError(
            f"{where}, {' × '.join(' '.join(labels[at]) for labels, at in zip(axes, place, strict=True))}",
            expected="a finite number",
            found=str(array[place]),
            remedy="Correct the source: a missing value is not a zero.",
        )
    return read_only(array)


def _in_order(
    where: str, frame: pd.Series | pd.DataFrame, array: Array, axes: tuple[Sequence[tuple[str, ...]], ...]
) -> Array:
    """Put the numbers of a frame in the order of the table, by the frame's labels."""
    for number, (axis, due) in enumerate(zip(frame.axes, axes, strict=True)):
        if axis.equals(pd.RangeIndex(len(axis))):
            continue
        shown = [_read(label, axis) for label in axis]
        places = {label: place for place, label in enumerate(shown)}
        alone = len({label[1:] for label in due}) == 1  # of one sector, the economy says enough
        readings = [due, [label[::-1] for label in due], [label[:1] if alone else label for label in due]]
        read = [[_read(label, axis) for label in reading] for reading in readings]
        orders = {tuple(map(places.__getitem__, labels)) for labels in read if {*labels} == {*places}}
        if len(places) < len(shown) or len(orders) != 1:
            raise _mislabelled(where, shown, read, " ".join(due[0]))
        (order,) = orders
        if order != (*range(len(order)),):
            array = array.take(order, axis=number)
    return array


def _mislabelled(where: str, shown: list[tuple[str, ...]], read: list[list[tuple[str, ...]]], first: str) -> GvcError:
    known = {label for labels in read for label in labels}
    odd = (at for at, label in enumerate(shown) if label not in known or label in shown[:at])
    at = next(odd, 0)
    return GvcError(
        f"{where}, label {at + 1}",
        expected=f"the labels of the table, {first} and so on, each once and so that they tell economy and sector",
        found=" ".join(shown[at]) + (" again" if shown[at] in shown[:at] else ""),
        remedy="Correct them, or pass `.to_numpy()` if the order is that of the table.",
    )


def _read(label: object, axis: pd.Index) -> tuple[str, ...]:
    """Levels of a label, or ``CHN c1`` for all of ``CHN_c1``, ``CHN.c1`` and ``CHN c1``."""
    levels = tuple(map(str, label if isinstance(label, tuple) else (label,)))
    return levels if axis.nlevels > 1 else (re.sub(r"[\W_]+", " ", " ".join(levels)).strip(),)


#: What libraries call the level of a label that is the economy.
_ECONOMY = ("economy", "region", "country")


def _must_be(where: str, given: object, kind: type) -> None:
    if not isinstance(given, kind):
        raise GvcError(
            where,
            expected=f"a labelled {kind.__name__}",
            found=described(given),
            remedy="Pass arrays that are in order to `gvc.ICIO(...)` itself.",
        )


def _economy_level(where: str, labels: pd.Index, others: Iterable[object]) -> int:
    """Which level of labels is the economy: the one that is called so, or else the one that shares most with others."""
    named = [level for level, name in enumerate(labels.names) if str(name).lower() in _ECONOMY]
    if len(named) == 1:
        return named[0]
    known = {str(part) for other in others for part in (other if isinstance(other, tuple) else (other,))}
    shared = [len(known & set(map(str, labels.get_level_values(level)))) for level in range(labels.nlevels)]
    if not max(shared) or shared.count(max(shared)) > 1:
        raise GvcError(
            where,
            expected="a level that tells the economy",
            found=f"{labels[0]} and so on" if len(labels) else "no labels",
            remedy='Name the levels: `frame.index.names = ["economy", "sector"]`, and the columns likewise.',
        )
    return shared.index(max(shared))


def _users(where: str, columns: pd.Index, economies: set[str]) -> list[str]:
    """Economy of each column of final demand."""
    level = _economy_level(where, columns, economies) if columns.nlevels > 1 else 0
    return [str(label) for label in columns.get_level_values(level)]


def _industries(where: str, labels: pd.Index, economies: Iterable[str]) -> list[tuple[str, str]]:
    """Economy and sector of each label."""
    _must_have_two_levels(where, labels)
    level = _economy_level(where, labels, economies)
    return [(str(label[level]), str(label[1 - level])) for label in labels]


def _must_have_two_levels(where: str, labels: pd.Index) -> None:
    if labels.nlevels != 2:
        raise GvcError(
            where,
            expected="labels of two levels, economy and sector",
            found=f"{labels.nlevels}, as in {labels[0]!r}" if len(labels) else "none",
            remedy='Split them: `frame.index = frame.index.str.split("_", n=1, expand=True)`.',
        )


def _places(where: str, labels: Sequence[tuple[str, str]], due: Sequence[tuple[str, str]]) -> list[int]:
    """Where each industry that is due stands among labels."""
    places, known = {label: place for place, label in enumerate(labels)}, set(due)
    twice = next((label for place, label in enumerate(labels) if places[label] != place), None)
    strange = next((label for label in labels if label not in known), None)
    missing = next((label for label in due if label not in places), None)
    wrong = [f"{' '.join(twice)} twice"] if twice else []
    wrong += [f"no {' '.join(missing)}"] if missing else []
    wrong += [" ".join(strange)] if strange else []
    if wrong:
        raise GvcError(
            where,
            expected="each sector of each economy once, the same as in the rows of Z",
            found=", ".join(wrong),
            remedy="Correct the labels, and give each economy all sectors: zeros where it makes nothing.",
        )
    return [places[label] for label in due]


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
