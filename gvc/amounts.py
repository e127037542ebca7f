"""What each industry adds or uses in a unit of its output: value added, taxes, or persons, hours, tonnes.

Every measure of value added takes these by one contract, that of :func:`gvc.value_added_coefficients`.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import product
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from gvc.errors import GvcError, described, in_short, one_of
from gvc.icio import ICIO, ROWS, chosen_accounts, must_be_table
from gvc.labels import Array, frozen
from gvc.results import Unit, about, known

P = ParamSpec("P")
Result = TypeVar("Result", bound=pd.Series | pd.DataFrame)

#: A row that a table keeps, of :data:`gvc.icio.ROWS`, or one of its accounts by name.
Row = str
#: What a measure takes in place of value added.
ValueAdded = Row | list[str] | pd.Series | pd.DataFrame | None


def added_per_output(icio: ICIO, of: object, argument: str = "of") -> tuple[Array, list[str]]:
    """(GN, k) of what each industry adds in a unit of its output, and the k names."""
    if _of_table(of):
        rows = {"table": icio.va, "taxes": icio.taxes}
        amount = rows[of] if of in rows else icio.x - (icio.x != 0).astype(float) @ icio.Z
        amounts, names = amount[:, None], ["taxes" if of == "taxes" else "value added"]
    else:
        amounts, names = _own(icio, of, argument)
    return amounts * reciprocal(icio.x)[:, None], names


def counts(measure: str, unit: str | None = None) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Let a measure take any amounts as `value_added`, and say in ``attrs`` what it counts, in which unit.

    The function itself gets amounts in a Series that is in the order of the table. Of a frame it is called once for
    each column; the results stand side by side.

    Parameters
    ----------
    measure : str
        What is measured; in it, the name of amounts takes the place of the words "value added".
    unit : str, optional
        Of a measure that is a share or a length. Default: that of the amounts.
    """

    def of(function: Callable[Concatenate[ICIO, P], Result]) -> Callable[Concatenate[ICIO, P], Result]:
        place = [*inspect.signature(function).parameters].index("value_added") - 1

        @wraps(function)
        def measured(icio: ICIO, *args: P.args, **kwargs: P.kwargs) -> Result:
            must_be_table(icio)
            given: Any = args[place] if len(args) > place else kwargs.get("value_added")
            result: Any
            if _of_table(given):
                names = ["taxes" if given == "taxes" else "value added"]
                result = function(icio, *args, **kwargs)
            else:
                amounts, names = _own(icio, given, "value_added")
                call: Callable[..., Any] = function
                results = []
                for amount in amounts.T:
                    taken = pd.Series(amount)
                    if len(args) > place:
                        results.append(call(icio, *args[:place], taken, *args[place + 1 :], **kwargs))
                    else:
                        results.append(call(icio, *args, **kwargs | {"value_added": taken}))
                columns = columns_of(given)
                result = results[0] if columns is None else _side_by_side(results, columns)
            said: Result = _said(icio, result, measure, names, unit or unit_of(icio, given))
            return said

        return measured

    return of


def _of_table(of: object) -> bool:
    """Whether amounts are value added or taxes, as the table has them."""
    return of is None or (isinstance(of, str) and of in ROWS)


def columns_of(of: object) -> pd.Index | None:
    """Labels of amounts of which there may be several; None of amounts that are one by their kind."""
    if isinstance(of, list):
        return pd.Index(list(dict.fromkeys(of)), name="account")
    return of.columns if isinstance(of, pd.DataFrame) else None


def unit_of(icio: ICIO, of: ValueAdded) -> Unit:
    """Return the unit of amounts: that of the table or of its accounts, or what their ``attrs`` say."""
    if isinstance(of, list):
        units = {name: icio.accounts[name].unit for name in of}
        return next(iter(units.values())) if len({*units.values()}) == 1 else units
    if isinstance(of, str) and of in icio.accounts:
        return icio.accounts[of].unit
    if of is None or isinstance(of, str):
        return icio.unit
    unit = known(of).get("unit", "")
    return unit if isinstance(unit, Mapping) else str(unit)


def labelled(
    icio: ICIO, of: ValueAdded, values: Array, index: pd.Index, *, names: list[str], where: str
) -> pd.Series | pd.DataFrame:
    """Numbers with their labels, and with what they are."""
    table, measure = {"year": icio.year, "source": icio.source}, f"{in_words(names)} in {where}"
    unit, columns = unit_of(icio, of), columns_of(of)
    if columns is not None:
        return about(pd.DataFrame(values, index, columns), table, measure, unit)
    return about(pd.Series(values[:, 0], index, name=names[0]), table, measure, unit)


def reciprocal(x: Array) -> Array:
    """1 over output, 0 where there is none."""
    return np.divide(1.0, x, out=np.zeros_like(x), where=x != 0)


def in_words(names: list[str]) -> str:
    """Say what is counted, as every row of a file may say it."""
    return ", ".join(names) if len(names) <= 5 else f"{len(names)} amounts"


def _said(icio: ICIO, result: Any, measure: str, names: list[str], unit: Unit) -> Any:
    """Put into ``attrs``, and into the name of a series, what was counted."""
    if result.ndim == 1:
        result = result.rename(_naming(result.name, names))
    return about(result, {"year": icio.year, "source": icio.source}, _naming(measure, names), unit)


def _naming(measure: str, names: list[str]) -> str:
    """Say what is measured, with what is counted."""
    counted = in_words(names)
    if "value added" in measure:
        return measure.replace("value added", counted)
    return measure if counted == "value added" else f"{measure}: {counted}"


def _side_by_side(results: list[Any], columns: pd.Index) -> pd.DataFrame:
    """Results of each column of a frame, under its name."""
    joined: pd.DataFrame = pd.concat(results, axis=1, keys=list(columns))
    inner = results[0].columns.names if isinstance(results[0], pd.DataFrame) else []
    outer = [name or "amount" for name in columns.names] if inner else list(columns.names)
    joined.columns = joined.columns.set_names([*outer, *inner])
    return joined


def _own(icio: ICIO, of: object, argument: str) -> tuple[Array, list[str]]:
    """(GN, k) amounts of the user, or of an account, in the order of the table, and the k names."""
    if isinstance(of, str | list):
        if isinstance(of, str) and not icio.accounts:
            one_of(argument, of, ROWS)
        names = [*chosen_accounts(argument, of, [*ROWS, *icio.accounts] if isinstance(of, str) else icio.accounts)]
        return _made(icio, np.column_stack([icio.accounts[name].F for name in names]), names, argument), names
    if not isinstance(of, pd.Series | pd.DataFrame):
        raise GvcError(
            argument,
            expected="'residual', 'table', 'taxes', an account, a list of accounts, or amounts by industry in a Series "
            "or DataFrame",
            found=in_short(of),
            remedy="Index the amounts by (economy, sector): "
            "`pd.Series(amounts, pd.MultiIndex.from_product([table.economies, table.sectors]))`.",
        )
    _must_be_vectors(icio, of, argument)
    columns = [of] if isinstance(of, pd.Series) else [of.iloc[:, at] for at in range(of.shape[1])]
    names = [str(column.name) if column.name is not None else "content" for column in columns]
    industries = list(product(icio.economies, icio.sectors))
    amounts = np.column_stack(
        [frozen(f"{argument}, {name}", one, (industries,)) for name, one in zip(names, columns, strict=True)]
    )
    return _made(icio, amounts, names, argument), names


def _made(icio: ICIO, amounts: Array, names: list[str], argument: str) -> Array:
    """Refuse amounts of an industry that makes nothing."""
    stray = np.argwhere((icio.x == 0)[:, None] & (amounts != 0))
    if len(stray):
        row, column = stray[0]
        raise GvcError(
            f"{argument}, {names[column]}, {icio.label(row)}",
            expected="0 of an industry without output",
            found=f"{amounts[row, column]:g}",
            remedy="Assign it to an industry that makes something: through this one it reaches no exports.",
        )
    return amounts


def _must_be_vectors(icio: ICIO, of: pd.Series | pd.DataFrame, argument: str) -> None:
    """Refuse what does not have a row for each industry, and say what it may be instead."""
    size = len(icio.x)
    if len(of) == size and (isinstance(of, pd.Series) or of.shape[1]):
        return
    found, remedy = described(of), "Give each industry of the table one number: 0 where it uses nothing."
    if isinstance(of, pd.DataFrame) and of.shape[1] == size:
        remedy = "Transpose it by `.T`."
    elif isinstance(of, pd.DataFrame) and of.shape == (len(icio.economies), len(icio.sectors)):
        remedy = "Make one column of economies × sectors by `.stack()`."
    else:
        given = set(of.index)
        absent = [label for label in product(icio.economies, icio.sectors) if label not in given]
        found += f" without {' '.join(absent[0])}" if 0 < len(absent) < size else ""
    raise GvcError(
        argument,
        expected=f"amounts of {size} industries in rows, in one column or several",
        found=found,
        remedy=remedy,
    )
