"""The inter-country input-output table: a frozen record, its checks, its aggregation."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import product
from numbers import Integral
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from gvc.checks import Finding, Provenance, findings, imbalances, last_digit
from gvc.errors import GvcError, described, in_short, names_of
from gvc.labels import Array, by_economy, frozen, handed_over, in_one_order, read_only, rebuilt

#: What says into which labels those of a table go: a mapping, or a frame or CSV file of columns `from` and `to`.
Concordance = Mapping[str, str] | pd.DataFrame | str | PathLike[str]

#: Rows of a table that measures know by these names, so that no account can have them.
ROWS = ("residual", "table", "taxes")


@dataclass(frozen=True, eq=False, init=False)
class Account:
    """What industries and final demand use or emit of one thing, such as persons, hours, hectares or tonnes.

    A satellite account, which a table carries by name: ``ICIO(..., accounts={"CO2": Account(...)})``. A table that
    there is already gets accounts by ``dataclasses.replace(table, accounts=...)``.

    Parameters
    ----------
    F : (GN,) array or Series
        Amount by industry; in a Series by the labels of industries, in any order.
    F_Y : (G,) array or Series, optional
        Amount that final demand of each economy uses or emits itself, such as households by heating and driving; in a
        Series by economy, or by economy and category, whose categories are summed. Default: none.
    unit : str
        Of both.

    Attributes
    ----------
    F, F_Y, unit
        As passed; in the `accounts` of a table, arrays of float64 in its order, read-only.

    Notes
    -----
    The names are those of pymrio and EXIOBASE, whose frames have a row for each account: ``Account(F=F.loc[name],
    F_Y=F_Y.loc[name], unit=unit.loc[name, "unit"])``.

    Examples
    --------
    >>> import gvc
    >>> from dataclasses import replace
    >>> table = gvc.load_sample()
    >>> output = gvc.Account(F=table.x, unit="million USD")
    >>> sorted(replace(table, accounts={"output": output, **table.accounts}).accounts)
    ['CO2', 'output']
    """

    F: Array
    F_Y: Array
    unit: str

    def __init__(self, *, F: ArrayLike, F_Y: ArrayLike | None = None, unit: str) -> None:
        for name, value in (("F", F), ("F_Y", F_Y), ("unit", unit)):
            object.__setattr__(self, name, value)


class Frames(NamedTuple):
    """The numbers of a table with their labels, as :meth:`ICIO.from_frames` takes them."""

    Z: pd.DataFrame
    Y: pd.DataFrame
    x: pd.Series
    va: pd.Series
    taxes: pd.Series


@dataclass(frozen=True, eq=False, init=False, repr=False)
class ICIO:
    r"""Inter-country input-output table of G economies with N sectors each.

    Built by keyword from arrays. Shapes and labels are checked, and nothing is altered: a table that does not
    balance is kept as it is, and :meth:`check` reports it. Arrays are copied, so that a change of them does not change
    the table; one that is read-only, such as those of another table, is shared.

    Frames and series are put in the order of the table by their labels. Labels of industries are (economy, sector),
    (sector, economy) or both in one text, such as ``CHN_c1``; with a single sector, the economy alone. Other labels are
    refused. Rows and columns numbered from 0, the default of pandas, count as unlabelled and are assumed to be in the
    order of the table.

    Parameters
    ----------
    economies, sectors : iterable of str
        G and N labels.
    Z : (GN, GN) array
        Intermediate deliveries, sellers in rows, economies outermost; all amounts in `unit`.
    Y : (GN, G) array
        Final demand by absorbing economy.
    x, va : (GN,) array
        Gross output, and the table's own row of value added.
    year : int, optional
    source, unit : str, optional
    parts : Mapping of str to str, optional
        Economies that are parts of another (``{"CN1": "CHN"}``): separate in the algebra, joined in results.
    taxes : (GN,) array, optional
        What the table shows between inputs, value added and output: net taxes on products, transport
        margins, adjustments. Zero by default.
    provenance : Provenance, optional
        Further information from the file that the table was read from.
    accounts : Mapping of str to Account, optional
        What industries and final demand use or emit, by name. None by default.

    Attributes
    ----------
    economies, sectors, Z, Y, x, va, year, source, unit, parts, taxes, provenance, accounts
        As passed: labels as tuples, arrays of float64 and the mappings read-only.

    Raises
    ------
    GvcError
        If a label is repeated, a shape or a frame's labels do not match, or a number is missing, masked or text.

    Notes
    -----
    With :math:`\iota` a column of ones, a balanced table has :math:`Z\iota + Y\iota = x` along the rows and
    :math:`\iota'Z + taxes' + va' = x'` down the columns (Miller and Blair 2009, chapter 2).

    Examples
    --------
    The United States ships parts worth 50 to China, which assembles them (Koopman, Wang and Wei 2014, appendix C).

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
    accounts: Mapping[str, Account]

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
        accounts: Mapping[str, Account] | None = None,
    ) -> None:
        _must_be_about(source=source, unit=unit, year=year)
        where = _place(source, year)
        parts = _mapping(f"{where}, parts", parts, "an economy that is a part to the whole")
        economies, sectors = _labels(f"{where}, economies", economies), _labels(f"{where}, sectors", sectors)
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
        if not isinstance(provenance, Provenance | None):
            remedy = "Leave it out: readers of files make it."
            raise GvcError(f"{where}, provenance", expected="a Provenance", found=described(provenance), remedy=remedy)
        set_(self, "provenance", provenance or Provenance())
        if not isinstance(accounts, Mapping | None):
            remedy = "Pass `accounts={name: gvc.Account(F=..., unit=...)}`."
            raise GvcError(f"{where}, accounts", expected="a dict by name", found=described(accounts), remedy=remedy)
        set_(self, "accounts", MappingProxyType(_in_order(where, accounts or {}, industries, users)))

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
        r"""Make a table from labelled frames, such as other libraries use, in any order.

        Economies and sectors are in the order in which the rows of `Z` first name them; everything else is put in
        that order. Of the two levels of a label, the economy is the one named ``economy``, ``region`` or
        ``country``; if neither is, the one that the columns of `Y` share.

        Parameters
        ----------
        Z : (GN, GN) DataFrame
            Intermediate deliveries, sellers in rows; labels of two levels, economy and sector in either order.
        Y : (GN, G) or (GN, GK) DataFrame
            Final demand by economy, or by economy and component; components are summed.
        x : (GN,) Series, optional
            Gross output. Default: the sum of the rows, :math:`Z\iota + Y\iota`.
        va : (GN,) Series, optional
            Value added. Default: output less inputs and taxes, :math:`x' - \iota'Z - taxes'`.
        taxes : (GN,) Series, optional
            Net taxes on products and margins. Default: none.
        year : int, optional
        source, unit : str, optional

        Returns
        -------
        ICIO

        Raises
        ------
        GvcError
            If labels do not identify economy and sector, one is missing, repeated or in one frame only, or a number
            is missing.

        Examples
        --------
        The sample, with rows by sector first and columns in yet another order:

        >>> import gvc, pandas as pd
        >>> table = gvc.load_sample()
        >>> labels = pd.MultiIndex.from_product([table.economies, table.sectors], names=["region", "sector"])
        >>> Z = pd.DataFrame(table.Z, labels, labels).swaplevel(axis=0).sort_index(axis=1)
        >>> Y = pd.DataFrame(table.Y, labels, table.economies)
        >>> again = gvc.ICIO.from_frames(Z, Y, year=2011)
        >>> bool((again.Z == table.Z).all())
        True

        A pymrio system works in the same way: ``gvc.ICIO.from_frames(mrio.Z, mrio.Y, unit="million EUR")``.
        """
        _must_be_about(source=source, unit=unit, year=year)
        ordered = in_one_order(_place(source, year), Z, Y, x=x, va=va, taxes=taxes)
        economies, sectors, deliveries, demand, output, added, margins = ordered
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

    def to_frames(self) -> Frames:
        """Put the numbers of the table into labelled frames, the inverse of :meth:`ICIO.from_frames`.

        Returns
        -------
        Frames : Z, Y, x, va, taxes
            A named tuple, all in the unit of the table: `Z`, (GN, GN), by (economy, sector) in rows and columns; `Y`,
            (GN, G), by (economy, sector) and economy; the others, (GN,), by (economy, sector). They are copies, so that
            a change of them does not change the table.

        Notes
        -----
        Year, source, unit, parts and accounts stay with the table; :func:`gvc.save` keeps everything.

        Examples
        --------
        >>> import gvc
        >>> table = gvc.load_sample()
        >>> frames = table.to_frames()
        >>> frames.Z.loc[("KOR", "Machinery"), "MEX"].round()  # million USD
        sector
        Primary        17.0
        Light         116.0
        Materials     106.0
        Machinery    4541.0
        Services     1180.0
        Name: (KOR, Machinery), dtype: float64
        >>> again = gvc.ICIO.from_frames(**frames._asdict(), year=table.year, source=table.source, unit=table.unit)
        >>> bool((again.Z == table.Z).all())
        True

        To a file for other programs: ``frames.Z.to_csv("Z.csv")``.
        """
        rows = pd.MultiIndex.from_product([self.economies, self.sectors], names=["economy", "sector"])
        return Frames(
            Z=pd.DataFrame(self.Z, rows, rows, copy=True),
            Y=pd.DataFrame(self.Y, rows, pd.Index(self.economies, name="economy"), copy=True),
            x=pd.Series(self.x, rows, name="x", copy=True),
            va=pd.Series(self.va, rows, name="va", copy=True),
            taxes=pd.Series(self.taxes, rows, name="taxes", copy=True),
        )

    def __repr__(self) -> str:
        parts = f" and {len(self.parts)} parts" if self.parts else ""
        size = f"{len(self.result_economies)} economies{parts} × {len(self.sectors)} sectors"
        said = ", ".join(str(piece) for piece in (size, self.year, self.source, self.unit) if piece)
        return f"<ICIO: {' '.join(said.split())}>"

    def __reduce__(self) -> tuple[object, ...]:
        # By the constructor: what comes back can be written to as little as what went.
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return rebuilt, (ICIO, given | {"parts": dict(self.parts), "accounts": dict(self.accounts)})

    # -- labels ---------------------------------------------------------------------------------------------

    def label(self, row: int) -> str:
        """Label of a row of Z, as ``economy sector``.

        Parameters
        ----------
        row : int
            Number of the row, from 0.

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
        """The R economies of results: all economies except parts."""
        return tuple(code for code in self.economies if code not in self.parts)

    @cached_property
    def membership(self) -> Array:
        """(G, R) zeros and ones: which result economy each economy belongs to."""
        member = np.zeros((len(self.economies), len(self.result_economies)))
        for row, code in enumerate(self.economies):
            member[row, self.result_economies.index(self.parts.get(code, code))] = 1
        return read_only(member)

    @cached_property
    def home(self) -> NDArray[np.intp]:
        """(GN,) positions in `result_economies` of each row's economy."""
        return read_only(np.repeat(self.membership.argmax(axis=1), len(self.sectors)))

    @cached_property
    def own(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Index of the entries of a (GN, R) array where the column is the row's own economy."""
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
            In the unit of `columns`.

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
        """Results that measures have computed from this table, by name, kept as long as the table exists."""
        return {}

    # -- checks ---------------------------------------------------------------------------------------------

    def check(self) -> list[Finding]:
        """Accounting checks; an empty list means that nothing was found.

        Value added is reported as negative where it is so in the measures, that is, where inputs cost more than the
        output. Net taxes and margins count as value added (see :func:`gvc.value_added_coefficients`), whatever
        the table's own row of value added.

        Returns
        -------
        list of Finding
            First what was noticed when the file was read, then each check, largest first; sizes in the unit of the
            table.

        Examples
        --------
        The sum of WIOD's rounding errors in the sample stays below half a percent of output.

        >>> import gvc
        >>> for finding in gvc.load_sample().check()[:2]:
        ...     print(finding)
        WARN  row balance: EUU Services (20,404)
        WARN  row balance: EUU Light (7,621)
        """
        return findings(self)

    def imbalances(self) -> list[Finding]:
        r"""Find sums and totals of the table that disagree by more than rounding can explain.

        Returns
        -------
        list of Finding
            ``FAIL`` if the gap also exceeds half a percent of the industry's output, else ``WARN``; sizes in the
            unit of the table. If columns need not add up, their gaps are ``FAIL`` only if together they exceed a
            quarter of all output: value added is then in another unit or another row.

        Notes
        -----
        In a table with three decimals or fewer, each entry and each total differs from the true value by up to half a
        unit of the last digit. Over n of them the errors add up to at most n/2 units, and hardly ever to more than six
        standard deviations, :math:`6 \sqrt{n/12}`, in either direction. Entries shown as 0 can also hide flows below
        half a unit, so that sums may fall further below totals. Flows that small are about as many as those a little
        larger, so the number of entries shown as 1 sets the allowance: twice that number plus 16 units, but at most
        half a unit for each 0. In the seventeen years of WIOD's 2013 release, which is in whole millions, no gap above
        half a percent of the output of an industry that makes anything exceeds 0.82 of this allowance.

        Examples
        --------
        >>> import gvc
        >>> from dataclasses import replace
        >>> table = gvc.load_sample()
        >>> doubled = replace(table, x=table.x * ([2] + [1] * 54))
        >>> print(doubled.imbalances()[0])
        FAIL  row balance: CHN Primary (1.94829e+06)
        """
        return imbalances(self)

    @cached_property
    def digit(self) -> float | None:
        """Unit of the table's last digit, if it shows three decimals or fewer."""
        return last_digit(self.x, self.Y, self.Z)

    @cached_property
    def rounding(self) -> float:
        """Largest possible sum of rounding errors along a row or down a column, in the unit of the table.

        Half a unit of the last digit for each entry if the table shows three decimals or fewer, otherwise the noise.
        """
        return 0.5 * self.digit * (len(self.x) + len(self.economies)) if self.digit else self.noise

    @cached_property
    def noise(self) -> float:
        """Error left by ten digits of each number and by floating point, in the unit of the table."""
        # Half a unit of the tenth digit is at most 5e-10 of an entry; entries and their total come to twice that.
        return max(1e-9 * float(np.abs(self.x).max()), 1e-11 * float(np.abs(self.x).sum()))

    # -- aggregation ----------------------------------------------------------------------------------------

    def aggregate(self, economies: Concordance | None = None, sectors: Concordance | None = None) -> ICIO:
        """Sum economies and sectors into larger ones, or give them other names.

        Parameters
        ----------
        economies, sectors : Mapping of str to str, DataFrame or path of a CSV file, optional
            From each label to its new label, in the order of the new table. Of a mapping, labels left out are unchanged
            and follow in the order of the table. A frame or a file is a concordance: its columns ``from`` and ``to``
            name every label of the table once; other columns are notes. If an economy with parts is named, its parts go
            with it; if not, they stay its parts.

        Returns
        -------
        ICIO
            Sums of the same flows; totals are preserved up to floating point. Everything else about the table is kept,
            except the cells of a workbook, which hold no sums.

        Raises
        ------
        GvcError
            If a label is not in the table, or what is given does not map labels to labels; if a concordance cannot be
            read, repeats a label, leaves one out, or says nothing of it.

        Examples
        --------
        >>> import gvc
        >>> table = gvc.load_sample()
        >>> rest = {code: "ROW" for code in table.economies if code not in ("CHN", "JPN")}
        >>> table.aggregate({"CHN": "CHN", "JPN": "JPN"} | rest, dict.fromkeys(table.sectors, "all"))
        <ICIO: 3 economies × 1 sectors, 2011, WIOD 2013 release, million USD>

        By a concordance, such as one kept in a file, ``table.aggregate(sectors="sectors.csv")``:

        >>> import pandas as pd
        >>> groups = pd.DataFrame({"from": table.sectors, "to": ["goods"] * 4 + ["services"]})
        >>> table.aggregate(sectors=groups).sectors
        ('goods', 'services')

        One new label for each old one renames, and sums nothing:

        >>> table.aggregate(sectors={"Light": "Light manufacturing"}).sectors
        ('Light manufacturing', 'Primary', 'Materials', 'Machinery', 'Services')
        >>> names = pd.DataFrame({"from": table.sectors, "to": [name.upper() for name in table.sectors]})
        >>> renamed = table.aggregate(sectors=names)
        >>> renamed.sectors, bool((renamed.Z == table.Z).all())
        (('PRIMARY', 'LIGHT', 'MATERIALS', 'MACHINERY', 'SERVICES'), True)
        """
        economies = _concordance("aggregation by economy", economies, self.economies, self.parts)
        sectors = _concordance("aggregation by sector", sectors, self.sectors, {})
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
            Z=handed_over(rows @ self.Z @ rows.T),
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
            accounts={
                name: Account(F=rows @ account.F, F_Y=by_economy @ account.F_Y, unit=account.unit)
                for name, account in self.accounts.items()
            },
        )


@described.register
def _(value: ICIO) -> str:
    return f"a table, {value!r}"


def must_be_table(icio: object) -> None:
    """Refuse what is no table where one belongs."""
    if not isinstance(icio, ICIO):
        raise GvcError(
            "icio",
            expected="an inter-country table, a gvc.ICIO",
            found=described(icio),
            remedy="Read one by `gvc.read_icio`, make one by `gvc.ICIO(...)`, or try `gvc.load_sample()`.",
        )


def chosen_accounts(where: str, asked: str | Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names of accounts that were asked for, each once; refuse others, and say which may have been meant.

    Names are long and many: unlike :func:`gvc.errors.some_of` it lists few, and knows a name by a part of it.
    """
    names = names_of(where, asked)
    strange = [name for name in names if name not in known]
    if strange or not names:
        near = near_names(strange[0], known) if strange else []
        some = " or ".join(map(repr, [*known][:5])) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
        remedy = f"Did you mean {' or '.join(map(repr, near))}?" if near else "Pick one of these."
        if not known:
            remedy = "Give it some: `dataclasses.replace(table, accounts={name: gvc.Account(F=..., unit=...)})`."
        found = in_short(strange[0]) if strange else "none"
        raise GvcError(where, expected=some if known else "a table with accounts", found=found, remedy=remedy)
    return tuple(map(str, names))


def near_names(name: object, known: Collection[str]) -> list[str]:
    """Return at most five known names that hold a name, or are spelt like it."""
    plain, text = {one.casefold(): one for one in known}, str(name).casefold()
    near = [one for one in known if text and text in one.casefold()]
    near += [plain[one] for one in difflib.get_close_matches(text, plain, 3) if plain[one] not in near]
    return near[:5]


def by_row(icio: ICIO, name: str, values: ArrayLike) -> Array:
    """Take numbers by industry, (GN,) or (GN, k), as an array: of series and frames in the order of the table.

    Raises
    ------
    GvcError
        If there are not as many as industries, one is missing, or labels are not those of the table.
    """
    must_be_table(icio)
    if isinstance(values, pd.DataFrame) and values.shape[1]:
        return np.column_stack([by_row(icio, f"{name}, {label}", column) for label, column in values.items()])
    if isinstance(values, pd.Series):
        return frozen(name, values, ([*product(icio.economies, icio.sectors)],))
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.ndim not in (1, 2) or len(array) != len(icio.x) or array.dtype.kind not in "biuf" or not array.size:
        across = array.ndim == 2 and array.shape[1] == len(icio.x)
        raise GvcError(
            name,
            expected=f"{len(icio.x)} numbers, one for each industry, or columns of as many",
            found=in_short(values),
            remedy="Transpose it."
            if across
            else "Order them by economy, then sector, or pass a Series with these labels.",
        )
    if not np.isfinite(array.sum()) and not np.isfinite(array).all():
        at = np.argwhere(~np.isfinite(array))[0]
        raise GvcError(
            f"{name}, {icio.label(at[0])}",
            expected="a finite number",
            found=str(array[tuple(at)]),
            remedy="Correct the source: a missing value is not a zero.",
        )
    return array


def _in_order(
    where: str,
    accounts: Mapping[str, Account],
    industries: Sequence[tuple[str, ...]],
    users: Sequence[tuple[str, ...]],
) -> dict[str, Account]:
    """Put accounts in the order of a table."""
    found: dict[str, Account] = {}
    for name, account in accounts.items():
        place = f"{where}, account {name}"
        if not isinstance(name, str) or name in ("", *ROWS) or not isinstance(account, Account):
            raise GvcError(
                place,
                expected=f"a gvc.Account, by a name that is not {', '.join(ROWS)} or empty",
                found=f"{described(account)} by the name {name!r}",
                remedy="Pass `accounts={name: gvc.Account(F=..., unit=...)}`.",
            )
        direct: Any = np.zeros(len(users)) if account.F_Y is None else account.F_Y
        if isinstance(direct, pd.Series) and direct.index.nlevels == 2:
            direct = by_economy(f"{place}, F_Y", direct, [economy for (economy,) in users])
        found[name] = Account(
            F=frozen(f"{place}, F", account.F, (industries,)),
            F_Y=frozen(f"{place}, F_Y", direct, (users,)),
            unit=account.unit,
        )
    return found


def _place(source: str, year: int | None) -> str:
    """Name a table where an error says where it is."""
    return " ".join(str(piece) for piece in (source or "table", year) if piece)


def _must_be_about(*, source: object, unit: object, year: object) -> None:
    """Refuse what says nothing about a table."""
    for name, value in (("source", source), ("unit", unit)):
        if not isinstance(value, str):
            raise GvcError(name, expected="a text", found=in_short(value), remedy=f'Pass it as in `{name}="TEXT"`.')
    if year is not None and (not isinstance(year, Integral) or isinstance(year, bool)):  # NumPy's are whole, too
        raise GvcError(
            "year",
            expected="a whole number",
            found=in_short(year),
            remedy="Pass it as in `year=2011`.",
        )


def _labels(where: str, given: object) -> tuple[str, ...]:
    """Labels in their order; a text alone would be taken apart into its letters."""
    labels = tuple(given) if np.iterable(given) and not isinstance(given, str) else None
    odd = given if labels is None else next((one for one in labels if not isinstance(one, str)), None)
    if labels is None or not all(isinstance(one, str) for one in labels):
        raise GvcError(
            where, expected="labels, each a text", found=in_short(odd), remedy='Pass a list, as in `["CHN", "JPN"]`.'
        )
    return tuple(map(str, labels))


def _mapping(where: str, given: object, meaning: str, other: str = "") -> dict[str, str]:
    """Labels by label; none where nothing is given."""
    if given is None:
        return {}
    texts = [one for pair in given.items() for one in pair] if isinstance(given, Mapping) else [given]
    odd = [one for one in texts if not isinstance(one, str)] if isinstance(given, Mapping) else texts
    if odd:
        raise GvcError(
            where,
            expected=f"a dict from {meaning}, each a text{other}",
            found=in_short(odd[0]),
            remedy='Pass it as in `{"CHN": "EAST", "JPN": "EAST"}`, or make it by `dict.fromkeys(OLD, "NEW")`.',
        )
    return dict(given)  # type: ignore[call-overload]


def _concordance(where: str, given: object, labels: tuple[str, ...], parts: Mapping[str, str]) -> dict[str, str]:
    """Return new labels by label, of a mapping, a frame or a file; the last two name every label, or a part's whole."""
    if isinstance(given, PathLike) or (isinstance(given, str) and given.lower().endswith(".csv")):
        where, given = f"{where}, {Path(given)}", _pairs_in(where, Path(given))
    if not isinstance(given, pd.DataFrame):
        other = ", or a CSV file or DataFrame with columns from and to"
        return _mapping(where, given, "a label to its new label", other)
    expected, found, remedy = "columns from and to, each once", ", ".join(map(str, given.columns)) or "none", ""
    if [*given.columns].count("from") == [*given.columns].count("to") == 1:
        old, new = given["from"].tolist(), given["to"].tolist()
        blank = next((at for at, pair in enumerate(zip(old, new, strict=True)) if not _texts(pair)), None)
        again = next((at for at, label in enumerate(old) if label in old[:at]), None) if blank is None else None
        absent = [label for label in labels if label not in old and parts.get(label) not in old]
        if blank is not None:
            expected, found = "a text under from and to", f"{old[blank]!r} and {new[blank]!r} in row {blank + 1}"
            remedy = "Fill both; codes that look like numbers are read by `pd.read_csv(path, dtype=str)`."
        elif again is not None:
            expected, found = "each label once under from", f"{old[again]} again in row {again + 1}"
            remedy = "Remove one of the two: a label goes into one other."
        elif absent:
            expected, found = "every label of the table under from", f"no {', '.join(absent)}"
            remedy = "Add them, with their own name under to if they stay; or pass a dict, which may leave labels out."
        else:
            return dict(zip(old, new, strict=True))
    raise GvcError(where, expected=expected, found=found, remedy=remedy or "Call the two columns so.")


def _texts(pair: tuple[object, ...]) -> bool:
    return all(isinstance(one, str) and one.strip() for one in pair)


def _pairs_in(where: str, path: Path) -> pd.DataFrame:
    """Read a CSV file of texts, among which NA is a name: Namibia's, for one."""
    try:
        # The headings as a row: of two that are the same pandas would rename one, and rows that are too long shift.
        rows = pd.read_csv(path, header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise GvcError(
            f"{where}, {path}",
            expected="a CSV file in UTF-8 with columns from and to",
            found=getattr(error, "strerror", None) or str(error),
            remedy="Check the path; save a spreadsheet as CSV UTF-8, with commas.",
        ) from error
    return rows[1:].set_axis(rows.iloc[0].tolist(), axis=1)


def _sums(labels: tuple[str, ...], mapping: Mapping[str, str]) -> tuple[Array, tuple[str, ...]]:
    """Zero-one matrix that adds old labels up to new ones, and the new labels."""
    targets = [mapping.get(label, label) for label in labels]
    new = tuple(dict.fromkeys([*mapping.values(), *targets]))
    return np.array([[float(target == label) for target in targets] for label in new]), new
