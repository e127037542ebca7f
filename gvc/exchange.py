"""Tables from and for pymrio: its Z and Y, and its extensions as accounts."""

import importlib
from typing import Any

import pandas as pd

from gvc.errors import GvcError, described
from gvc.icio import ICIO, Account, must_be_table
from gvc.labels import by_economy

#: The extension that holds what a table shows between inputs and output, and its rows.
ADDED, ROWS = "value_added", ["va", "taxes"]


def from_pymrio(io: Any, *, year: int | None = None, source: str = "") -> ICIO:
    """Make a table of a pymrio system, with its extensions as accounts.

    Parameters
    ----------
    io : pymrio.IOSystem
        With `Z` and `Y`, as after ``calc_system()``, and with `F` in all extensions.
    year : int, optional
    source : str, optional
        pymrio keeps neither in a system.

    Returns
    -------
    ICIO
        In the unit of the system; empty where it has none. Categories of final demand are summed by region. Each row of
        each extension is an account by its label; labels of several levels are joined, as in ``CO2 - air``. Value added
        and taxes are the rows of the extension ``value_added`` that :func:`gvc.to_pymrio` makes. Without it value added
        is output less inputs: pymrio does not say which row of an extension it is.

    Raises
    ------
    GvcError
        If the system lacks `Z` or `Y`, an extension `F` or its unit, industries have several units, two rows have one
        name, or :class:`gvc.ICIO` refuses the numbers.

    Examples
    --------
    ``gvc.from_pymrio(pymrio.load_test())``, or with any object that has the same attributes:

    >>> import gvc
    >>> from types import SimpleNamespace
    >>> frames = gvc.load_sample().to_frames()
    >>> io = SimpleNamespace(Z=frames.Z, Y=frames.Y, x=None, unit=None, get_extensions=lambda data: [])
    >>> gvc.from_pymrio(io, year=2011, source="mine")
    <ICIO: 11 economies × 5 sectors, 2011, mine>
    """
    if not all(isinstance(getattr(io, name, None), pd.DataFrame) for name in ("Z", "Y")) or not hasattr(
        io, "get_extensions"
    ):
        raise GvcError(
            "io",
            expected="a pymrio.IOSystem with Z and Y",
            found=described(io),
            remedy="Compute them first by `io.calc_system()`; frames alone make a table by `gvc.ICIO.from_frames`.",
        )
    extensions = [*io.get_extensions(data=True)]
    own = next((one for one in extensions if one.name == ADDED and [*_must_have(one, "F").index] == ROWS), None)
    known = {} if own is None else {name: own.F.loc[name] for name in ROWS}
    table = ICIO.from_frames(
        io.Z,
        io.Y,
        x=None if io.x is None else io.x.iloc[:, 0],
        year=year,
        source=source,
        unit=_one_unit(io.unit),
        **known,
    )
    accounts: dict[str, Account] = {}
    for extension in extensions:
        if extension is not own:
            _add(accounts, extension, table)
    fields = ("economies", "sectors", "Z", "Y", "x", "va", "taxes", "year", "source", "unit")
    return ICIO(**{name: getattr(table, name) for name in fields}, accounts=accounts)


def to_pymrio(icio: ICIO) -> Any:
    """Make a pymrio system of a table, with its accounts as an extension.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    pymrio.IOSystem
        `Z`, `Y`, `x` and `unit`; the extension ``value_added`` with rows ``va`` and ``taxes``, all in the unit of the
        table; and, if the table has accounts, the extension ``accounts`` with `F`, `F_Y` and `unit`, a row for each.

    Raises
    ------
    GvcError
        If pymrio is not installed, or the table has parts, which a pymrio system cannot show.

    Notes
    -----
    :func:`gvc.from_pymrio` makes the same table of it again, but for year and source, which a system does not keep, and
    for what the table's file noted beside its numbers. ``io.calc_all()`` computes what pymrio computes.

    Examples
    --------
    >>> import gvc
    >>> io = gvc.to_pymrio(gvc.load_sample())  # doctest: +SKIP
    >>> io.calc_all().accounts.D_cba  # doctest: +SKIP
    """
    must_be_table(icio)
    if icio.parts:
        raise GvcError(
            "icio",
            expected="a table without parts, which pymrio does not know",
            found=", ".join(icio.parts),
            remedy="Join them by `aggregate`, or let them stand alone by `dataclasses.replace(icio, parts={})`.",
        )
    try:
        pymrio: Any = importlib.import_module("pymrio")
    except ImportError as error:
        remedy = "Install it by `pip install pymrio`, or take frames by `icio.to_frames()`."
        raise GvcError("gvc.to_pymrio", expected="pymrio", found=str(error), remedy=remedy) from error
    Z, Y, x, va, taxes = icio.to_frames()
    rows = Z.index.set_names(["region", "sector"])
    users = pd.MultiIndex.from_product([icio.economies, ["final demand"]], names=["region", "category"])
    added = pd.DataFrame([va.to_numpy(), taxes.to_numpy()], pd.Index(ROWS, name="row"), rows)
    extensions: dict[str, Any] = {ADDED: {"F": added, "unit": _units(added.index, icio.unit)}}
    if icio.accounts:
        names = pd.Index([*icio.accounts], name="account")
        accounts = icio.accounts.values()
        extensions["accounts"] = {
            "F": pd.DataFrame([one.F for one in accounts], names, rows),
            "F_Y": pd.DataFrame([one.F_Y for one in accounts], names, users),
            "unit": _units(names, [one.unit for one in accounts]),
        }
    return pymrio.IOSystem(
        Z=Z.set_axis(rows).set_axis(rows, axis=1),
        Y=Y.set_axis(rows).set_axis(users, axis=1),
        x=x.set_axis(rows).to_frame("indout"),
        unit=_units(rows, icio.unit),
        **{name: {"name": name} | given for name, given in extensions.items()},
    )


def _units(index: pd.Index, unit: str | list[str]) -> pd.DataFrame:
    return pd.DataFrame({"unit": unit}, index)


def _one_unit(units: pd.DataFrame | None) -> str:
    """Return the unit of all industries."""
    found = [] if units is None else [*dict.fromkeys(map(str, units["unit"]))]
    if len(found) > 1:
        raise GvcError(
            "io.unit",
            expected="one unit for all industries",
            found=" and ".join(found[:3]),
            remedy="Sums over industries need one: convert the others.",
        )
    return found[0] if found else ""


def _must_have(extension: Any, name: str) -> pd.DataFrame:
    found = getattr(extension, name, None)
    if not isinstance(found, pd.DataFrame):
        raise GvcError(
            f"extension {extension.name}, {name}",
            expected="a frame with a row for each account",
            found=described(found),
            remedy="Compute it by `io.calc_all()`, give it, or remove the extension by `io.remove_extension`.",
        )
    return found


def _add(accounts: dict[str, Account], extension: Any, table: ICIO) -> None:
    """Add the rows of an extension to accounts."""
    F, unit, F_Y = _must_have(extension, "F"), _must_have(extension, "unit"), extension.F_Y
    for name, one in (("F", F), ("F_Y", F_Y), ("unit", unit)):
        if one is not None and (one.index.has_duplicates or {*one.index} != {*F.index}):
            raise GvcError(
                f"extension {extension.name}, {name}",
                expected="each row of F once",
                found=f"{len(one)} rows of other labels, or one repeated",
                remedy="Give F, F_Y and unit the same rows.",
            )
    for label in F.index:
        name = " - ".join(map(str, label)) if isinstance(label, tuple) else str(label)
        if name in accounts:
            raise GvcError(
                f"extension {extension.name}",
                expected="rows that no other extension has",
                found=f"{name} again",
                remedy="Rename it in one of them, or remove that one.",
            )
        direct = None if F_Y is None else F_Y.loc[label]
        if direct is not None and direct.index.nlevels == 2:
            direct = by_economy(f"extension {extension.name}, F_Y, {name}", direct, table.economies)
        accounts[name] = Account(F=F.loc[label], F_Y=direct, unit=str(unit.loc[label, "unit"]))
