"""What a result says of itself: measure, unit, year and source, beside its numbers and as rows of a file."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from gvc.errors import GvcError, described
from gvc.icio import ICIO

P = ParamSpec("P")
Result = TypeVar("Result", pd.Series, pd.DataFrame)

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


def about(result: Result, known: Mapping[Any, object], measure: str, unit: str) -> Result:
    """Put into ``attrs`` what a result measures, of the year and source that are known."""
    result.attrs = {
        "measure": measure,
        "unit": unit,
        "year": known.get("year"),
        "source": known.get("source", ""),
    }
    return result


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
        `measure`, `unit`, `year` and `source` from ``attrs``, empty if not set there.

    Raises
    ------
    GvcError
        If `result` is neither.

    Notes
    -----
    pandas keeps ``attrs`` when rows and columns are selected, and drops it when two results are combined.

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
    numbers: Any = result.copy()
    numbers.attrs = {}
    if isinstance(numbers, pd.DataFrame):
        *outer, inner = numbers.columns.names
        numbers.columns = numbers.columns.set_names([*outer, inner or "term"])
        numbers = numbers.stack([*range(numbers.columns.nlevels)], future_stack=True)
    rows: pd.DataFrame = numbers.rename("value").reset_index()
    return rows.assign(**{name: result.attrs.get(name, "") for name in ABOUT})
