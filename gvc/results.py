"""What a result says of itself: measure, unit, year and source, beside its numbers and as rows of a file."""

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import numpy as np
import pandas as pd

from gvc.errors import GvcError, described
from gvc.icio import ICIO

P = ParamSpec("P")
Result = TypeVar("Result", pd.Series, pd.DataFrame)

#: The unit of a result, or that of each of its accounts by name.
Unit = str | Mapping[str, str]

#: Entries of ``attrs`` of every result, in this order.
ABOUT = ("measure", "unit", "year", "source")


def measures(measure: str, unit: str | None = None) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Let a function of a table put into ``attrs`` what it measures, in which unit: by default that of the table."""

    def of(function: Callable[Concatenate[ICIO, P], Result]) -> Callable[Concatenate[ICIO, P], Result]:
        @wraps(function)
        def measured(icio: ICIO, *args: P.args, **kwargs: P.kwargs) -> Result:
            result = function(icio, *args, **kwargs)
            return about(
                result, {"year": icio.year, "source": icio.source}, measure, icio.unit if unit is None else unit
            )

        return measured

    return of


class Measure(str):
    """The name of a measure, which keeps the numbers that it was given to.

    pandas passes ``attrs`` on to whatever is computed from a result, and of two results those of one. Only the numbers
    tell what they are: a digest would do for a whole result, and not for rows and columns that are chosen of it. The
    name is text, as ``attrs`` must be to go to Parquet; there it leaves the numbers behind.
    """

    numbers: Any

    def __deepcopy__(self, memo: object) -> Self:
        # Nobody changes it, and pandas copies `attrs` with every operation.
        return self

    def is_of(self, result: pd.Series | pd.DataFrame) -> bool:
        """Whether each number of a result is one of its own, at the same labels."""
        if result.equals(self.numbers):
            return True
        rows, own = _rows(result), _rows(self.numbers)
        shared = [name for name in rows if name in own]  # of one row or column, pandas has lost the other's name
        of_rows, of_own = (pd.util.hash_pandas_object(some[shared], index=False) for some in (rows, own))
        return bool(np.isin(of_rows, of_own).all())


def about(result: Result, known: Mapping[Any, object], measure: str, unit: Unit) -> Result:
    """Put into ``attrs`` what a result measures, of the year and source that are known."""
    result.attrs = {}
    name = Measure(measure)
    name.numbers = result.copy()
    result.attrs = {
        "measure": name,
        "unit": unit,
        "year": known.get("year"),
        "source": known.get("source", ""),
    }
    return result


def known(result: pd.Series | pd.DataFrame) -> dict[str, Any]:
    """Return what ``attrs`` say, if they still describe the numbers; what somebody wrote there stands."""
    measure = result.attrs.get("measure")
    if isinstance(measure, Measure) and not measure.is_of(result):
        return {}
    return {name: result.attrs[name] for name in ABOUT if name in result.attrs}


def as_rows(result: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Put a result in long form, one row for each number, to save it or join it with others.

    Parameters
    ----------
    result : Series or DataFrame
        The result of a measure, or part of it.

    Returns
    -------
    DataFrame
        A column for each dimension; `term`, if the columns of the result are terms and not economies; `value`; and
        `measure`, `unit`, `year` and `source` from ``attrs``: empty if not there, or if they describe other numbers.

    Raises
    ------
    GvcError
        If `result` is neither.

    Warns
    -----
    UserWarning
        If ``attrs`` describe other numbers.

    Notes
    -----
    pandas keeps ``attrs`` in whatever is computed from a result. They describe rows and columns chosen from it, sorted
    or transposed: all numbers that stand at their labels as the measure returned them. Sums, shares, rounded numbers
    and new labels are other numbers, of which nobody but the caller can tell the unit; it goes into the rows by
    ``.assign(unit="percent")``. ``attrs`` that were written by hand, or read from a file, are taken as they are.

    Examples
    --------
    >>> import gvc
    >>> upstream = gvc.upstreamness(gvc.load_sample())
    >>> as_rows(upstream.loc[["JPN"]]).round(2).head(2)
      economy   sector  value       measure unit  year             source
    0     JPN  Primary   3.00  upstreamness    1  2011  WIOD 2013 release
    1     JPN    Light   2.13  upstreamness    1  2011  WIOD 2013 release

    To save it: ``as_rows(upstream).to_csv("upstreamness.csv", index=False)``.
    """
    if not isinstance(result, pd.Series | pd.DataFrame):
        raise GvcError(
            "result",
            expected="a Series or DataFrame",
            found=described(result),
            remedy="Pass what a measure of `gvc` returns.",
        )
    if isinstance(result, pd.DataFrame) and result.columns.has_duplicates:
        twice = result.columns[result.columns.duplicated()][0]
        raise GvcError(
            "result", expected="each column once", found=f"{twice!r} twice", remedy="Rename or drop one of them."
        )
    described_by = known(result)
    if "measure" in result.attrs and not described_by:
        said = f"result: not all of the numbers are those of {str(result.attrs['measure'])!r}; measure, unit, year and"
        warnings.warn(f"{said} source are left empty. Put them in by `.assign(unit=…)` of the rows", stacklevel=2)
    rows, units = _rows(result), described_by.get("unit")
    if isinstance(units, Mapping):  # accounts in several units: in columns, or one that was chosen of them
        of = rows["account"] if "account" in rows else [getattr(result, "name", None)] * len(rows)
        described_by["unit"] = [units.get(name, "") for name in of]
    # A dimension of that name stays: years of several results, side by side, are their own.
    return rows.assign(**{name: described_by.get(name, "") for name in ABOUT if name not in rows})


def _rows(result: pd.Series | pd.DataFrame) -> pd.DataFrame:
    numbers: Any = result.copy()
    numbers.attrs = {}
    names = ["value", *numbers.index.names]
    if isinstance(numbers, pd.DataFrame):
        *outer, inner = numbers.columns.names
        numbers.columns = numbers.columns.set_names([*outer, inner or "term"])
        names += numbers.columns.names
    twice = next((name for name in names if name is not None and names.count(name) > 1), None)
    if twice is not None:
        raise GvcError(
            "result",
            expected="dimensions with names of their own, none of them value",
            found=f"{twice!r} twice" if twice != "value" else "value",
            remedy="Rename one by `result.rename_axis(columns=...)` or `rename_axis(index=...)`.",
        )
    if isinstance(numbers, pd.DataFrame):
        numbers = numbers.stack([*range(numbers.columns.nlevels)], future_stack=True)
    rows: pd.DataFrame = numbers.rename("value").reset_index()
    return rows
