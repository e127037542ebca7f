"""The article's Tables 1 to 3 as printed, and how the numbers of a panel compare with them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product
from typing import Any, Literal

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import About, years
from industrial_chains import data, tables
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.tables import recomputed

NEA = eco.GROUPS["NEA"]
#: Hosts, rows and measures of the tables, in the order of the article.
HOSTS, SUPPLIERS, PARTNERS = tables.HOSTS, tables.SUPPLIERS, tables.PARTNERS
MEASURES, HEADINGS = tables.MEASURES, tables.HEADINGS

#: Half a unit of the last printed digit: 0.1 in Tables 1 and 2, 0.01 in Table 3.
ROUNDING = {1: 0.05, 2: 0.05, 3: 0.005}


def printed(table: int) -> pd.DataFrame:
    """Return one of the article's tables, a row a number.

    Parameters
    ----------
    table : {1, 2, 3}

    Returns
    -------
    DataFrame
        Table 1: year, measure, destination, value. Table 2: year, measure, origin, destination, value.
        Table 3: year, origin, absorber, value. Percent in Tables 1 and 2.
    """
    _known(table)
    return (data.table("table1"), data.table("table2"), data.table("table3"))[table - 1]


def number(table: int, **where: object) -> float:
    """Return one cell of a printed table: ``number(1, year=2021, measure="fva_share", destination="ASEAN")``."""
    frame = printed(table)
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    (value,) = frame["value"]
    return float(value)


def figure(name: str, economy: str, year: int, partner: str) -> float:
    """Return one number that the article states in its text."""
    return _figures()[name, economy, partner, year]


@cache
def _figures() -> dict[Any, float]:
    frame = data.table("figures").set_index(["name", "economy", "partner", "year"])
    return {where: float(value) for where, value in frame["value"].items()}


def as_panel(tables: Mapping[int, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Return the printed tables, or others in their columns, in the form of a panel.

    Returns
    -------
    DataFrame
        Columns source, year, flow, origin, destination, value: the shares `fva_share` and `imint_share`, and `link`.
    """
    forms = [_one_form(printed(number) if tables is None else tables[number]) for number in ROUNDING]
    return pd.concat(forms, ignore_index=True).rename(columns={"measure": "flow"}).assign(source="the article's tables")


def about() -> About:
    """Describe the printed tables as a panel is described."""
    printed_ = (data.path("table1"), data.path("table2"), data.path("table3"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in printed_)).hexdigest()
    return About("print", "print", "percent", "", "the article's tables", tuple(years(as_panel())), False, digest)


def bounds(compute: Callable[..., float], *values: float, table: Literal[1, 2, 3] = 1) -> tuple[float, float]:
    """Carry the rounding of printed numbers through what is computed from them.

    Parameters
    ----------
    compute : callable
        Rising or falling in each of the values, whatever the others are: sums, differences, ratios of such.
    *values : float
        Numbers as the table prints them.
    table : {1, 2, 3}
        Whose last digit, see :data:`ROUNDING`; numbers in the article's text have one decimal, as Table 1.

    Returns
    -------
    tuple of float
        The lowest and the highest result that unrounded numbers could have given.
    """
    _known(table)
    half = ROUNDING[table]
    results = [compute(*corner) for corner in product(*((value - half, value + half) for value in values))]
    return min(results), max(results)


def changes() -> pd.DataFrame:
    """Return how every printed link changed from 2017 to 2021, with the bounds that rounding sets.

    Returns
    -------
    DataFrame, (origin, absorber) × (2017, 2021, change, low, high, verdict)
        Index points; `low` and `high` bound the change of the unrounded numbers; the verdict is ``rose``, ``fell``
        or ``level``, where the bounds hold zero.
    """
    wide = printed(3).pivot(index=["origin", "absorber"], columns="year", values="value")
    wide["change"] = wide[2021] - wide[2017]
    limits = [bounds(lambda then, now: now - then, *row, table=3) for row in wide[[2017, 2021]].to_numpy()]
    wide["low"], wide["high"] = zip(*limits, strict=True)
    wide["verdict"] = [("fell", "level", "rose")[sign(low, high) + 1] for low, high in limits]
    return wide.rename_axis(columns=None)


def sign(low: float, high: float) -> int:
    """Return the sign of a number between two bounds; 0 where they hold zero, or would but for binary fractions."""
    return int(low > 1e-9) - int(high < -1e-9)


def compare(panel: pd.DataFrame, numbers: Iterable[int] = tuple(ROUNDING)) -> pd.DataFrame:
    """Compare the numbers of a panel with the printed ones, one by one.

    Parameters
    ----------
    panel : DataFrame
        As :func:`recomputed` takes it.
    numbers : iterable of {1, 2, 3}
        Which of the article's tables.

    Returns
    -------
    DataFrame
        Columns table, year, measure, origin, destination, printed, recomputed, gap (recomputed less printed) and
        rounded (whether the gap is within half a unit of the last printed digit); a row for each number that the
        article prints and the panel gives, the largest gaps of a table first.
    """
    keys = ["year", "measure", "origin", "destination"]
    tables = []
    for table in numbers:
        there, again = (_one_form(numbers) for numbers in (printed(table), recomputed(table, panel)))
        both = there.rename(columns={"value": "printed"}).merge(again.rename(columns={"value": "recomputed"}), on=keys)
        both = both.assign(table=table, gap=both["recomputed"] - both["printed"])
        both["rounded"] = both["gap"].abs() <= ROUNDING[table] + 1e-9
        tables.append(both.sort_values("gap", key=lambda gap: -gap.abs(), kind="stable"))
    found = [one for one in tables if len(one)] or tables  # pandas warns of empty ones
    return pd.concat(found, ignore_index=True)[["table", *keys, "printed", "recomputed", "gap", "rounded"]]


def deviations(compared: pd.DataFrame) -> pd.DataFrame:
    """Summarise a comparison by table and measure.

    Parameters
    ----------
    compared : DataFrame
        As :func:`compare` returns it.

    Returns
    -------
    DataFrame, (table, measure) × (printed, compared, rounded, mean, largest, where)
        How many numbers the article prints, how many of them the panel gives, how many agree to the last printed
        digit; the mean and the largest absolute gap, and where it is.
    """
    rows = []
    for table in ROUNDING:
        for measure, there in _one_form(printed(table)).groupby("measure", sort=False):
            part = compared[(compared["table"] == table) & (compared["measure"] == measure)]
            gap = part["gap"].abs()
            worst = next((f"{row.origin} → {row.destination} {row.year}" for row in part.itertuples()), "")
            agreed = int(part["rounded"].sum())
            rows.append((table, measure, len(there), len(part), agreed, gap.mean(), gap.max(), worst))
    columns = ["table", "measure", "printed", "compared", "rounded", "mean", "largest", "where"]
    return pd.DataFrame(rows, columns=columns).set_index(["table", "measure"])


def _one_form(numbers: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of any of the tables by year, measure, origin and destination."""
    numbers = numbers.rename(columns={"absorber": "destination"})
    return numbers.assign(measure=numbers.get("measure", "link"), origin=numbers.get("origin", "NEA"))


def layout(table: int, numbers: pd.DataFrame) -> pd.DataFrame:
    """Lay numbers out as the article lays its table out, see :func:`industrial_chains.tables.layout`."""
    return tables.layout(table, numbers, names.economy)


def _known(table: int) -> None:
    if table not in ROUNDING:
        raise GvcError("table", expected="1, 2 or 3", found=repr(table), remedy="The article has three tables.")
