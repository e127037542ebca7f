"""The inter-country input-output table: a frozen record, its checks, its aggregation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gvc.errors import GvcError

Array = NDArray[np.float64]

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
    """

    what: str
    where: str
    size: float
    level: Literal["WARN", "FAIL"]

    def __str__(self) -> str:
        return f"{self.level}  {self.what}: {self.where} ({self.size:,.6g})"


@dataclass(frozen=True, eq=False, init=False)
class ICIO:
    r"""Inter-country input-output table of G economies with N sectors each.

    Built by keyword from arrays. Shapes and labels are checked, nothing is altered: a table that does not
    balance is kept as it is, and :meth:`check` says so.

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
        What the table prints between inputs, value added and output: net taxes on products, margins. Zero
        where it prints nothing.

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
            By check, the largest first. An imbalance is noted where it exceeds all that rounding can add up to,
            half a unit for each entry of a table in integers, and fails beyond half a percent of output.
        """
        entries = len(self.x) + self.Y.shape[1]
        integral = all(np.array_equal(array, np.rint(array)) for array in (self.Z, self.Y, self.x))
        rounding = 0.5 * entries if integral else 1e-11 * np.abs(self.x).sum()
        allowed = np.maximum(BALANCE_TOLERANCE * np.abs(self.x), rounding)
        residual = self.x - self.Z.sum(axis=0)
        row_gap = self.x - self.Z.sum(axis=1) - self.Y.sum(axis=1)
        column_gap = residual - self.taxes - self.va
        no_output = self.x == 0
        idle = np.abs(self.Z).sum(axis=0) + np.abs(self.Z).sum(axis=1) + np.abs(self.Y).sum(axis=1)
        found: list[Finding] = []

        def note(what: str, level: Literal["WARN", "FAIL"], size: Array, where: NDArray[np.bool_]) -> None:
            rows = np.flatnonzero(where)
            for row in rows[np.argsort(-np.abs(size[rows]), kind="stable")]:
                found.append(Finding(what, self.label(row), float(size[row]), level))

        for what, gap in (("row balance", row_gap), ("column balance", column_gap)):
            size = np.abs(gap)
            note(what, "FAIL", gap, size > allowed)
            note(what, "WARN", gap, (size > rounding) & (size <= allowed))
        note("flows without output", "FAIL", idle, no_output & (idle > rounding))
        note("negative output", "FAIL", self.x, self.x < 0)
        note("negative value added", "WARN", residual, (residual < 0) & ~no_output)
        note("flows without output", "WARN", idle, no_output & (idle > 0) & (idle <= rounding))
        note("zero output", "WARN", self.x, no_output)
        smallest = self.Z.min(axis=1)
        note("negative intermediate delivery", "WARN", smallest, smallest < 0)
        smallest = self.Y.min(axis=1)
        note("negative final demand", "WARN", smallest, smallest < 0)
        return found

    # -- aggregation ----------------------------------------------------------------------------------------

    def aggregate(self, economies: Mapping[str, str] | None = None, sectors: Mapping[str, str] | None = None) -> ICIO:
        """Sum economies and sectors into larger ones.

        Parameters
        ----------
        economies, sectors : Mapping of str to str, optional
            From each label to the one it becomes, in the order that the new table shall have. Labels left out
            stay as they are and follow in the order of the table.

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
        joined = {part: economies.get(whole, whole) for part, whole in self.parts.items()}
        by_economy, new_economies = _sums(self.economies, joined | economies)
        by_sector, new_sectors = _sums(self.sectors, sectors)
        rows = np.kron(by_economy, by_sector)
        return ICIO(
            economies=new_economies,
            sectors=new_sectors,
            Z=rows @ self.Z @ rows.T,
            Y=rows @ self.Y @ by_economy.T,
            x=rows @ self.x,
            va=rows @ self.va,
            taxes=rows @ self.taxes,
            year=self.year,
            source=self.source,
            unit=self.unit,
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
