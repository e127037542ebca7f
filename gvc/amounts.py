"""What each industry adds or uses in a unit of its output: value added, taxes, or persons, hours, tonnes."""

from itertools import product

import numpy as np
import pandas as pd

from gvc.errors import GvcError, described, one_of
from gvc.icio import ICIO, ROWS, chosen_accounts
from gvc.labels import Array, frozen
from gvc.leontief import value_added_coefficients
from gvc.results import about

#: A row that a table keeps, of :data:`gvc.icio.ROWS`, or one of its accounts by name.
Row = str


def added_per_output(icio: ICIO, of: object) -> tuple[Array, list[str]]:
    """(GN, k) of what each industry adds in a unit of its output, and the k names."""
    if isinstance(of, str) and of in ROWS:
        if of == "taxes":
            return np.divide(icio.taxes, icio.x, out=np.zeros_like(icio.x), where=icio.x != 0)[:, None], ["taxes"]
        return value_added_coefficients(icio, of)[:, None], ["value added"]  # type: ignore[arg-type]
    if isinstance(of, str):
        if not icio.accounts:
            one_of("of", of, ROWS)
        chosen_accounts("of", of, [*ROWS, *icio.accounts])
        return _per_output(icio, icio.accounts[of].F[:, None], [of]), [of]
    if not isinstance(of, pd.Series | pd.DataFrame):
        raise GvcError(
            "of",
            expected="'residual', 'table', 'taxes', an account's name, or amounts by industry in a Series or DataFrame",
            found=described(of),
            remedy="Index the amounts by (economy, sector).",
        )
    if len(of) != len(icio.x) and of.ndim == 2 and of.shape[1] == len(icio.x):
        raise GvcError(
            "of",
            expected="industries in the rows, and a column for each amount",
            found=f"{len(of)} rows, and industries in the columns",
            remedy="Transpose it: pass `of.T`.",
        )
    columns = [of] if isinstance(of, pd.Series) else [of.iloc[:, at] for at in range(of.shape[1])]
    names = [str(column.name) if column.name is not None else "content" for column in columns]
    industries = list(product(icio.economies, icio.sectors))
    amounts = np.column_stack(
        [frozen(f"of, {name}", one, (industries,)) for name, one in zip(names, columns, strict=True)]
    )
    return _per_output(icio, amounts, names), names


def _per_output(icio: ICIO, amounts: Array, names: list[str]) -> Array:
    """Divide amounts, (GN, k), by output."""
    stray = np.argwhere((icio.x == 0)[:, None] & (amounts != 0))
    if len(stray):
        row, column = stray[0]
        raise GvcError(
            f"of, {names[column]}, {icio.label(row)}",
            expected="0 of an industry without output",
            found=f"{amounts[row, column]:g}",
            remedy="Assign it to an industry that makes something: through this one it reaches no exports.",
        )
    per_output: Array = amounts / np.where(icio.x == 0, 1, icio.x)[:, None]
    return per_output


def labelled(
    icio: ICIO, of: str | pd.Series | pd.DataFrame, values: Array, index: pd.Index, *, names: list[str], where: str
) -> pd.Series | pd.DataFrame:
    """Numbers with their labels, and with what they are."""
    known, measure = {"year": icio.year, "source": icio.source}, f"{', '.join(names)} in {where}"
    if isinstance(of, str):
        unit = icio.accounts[of].unit if of in icio.accounts else icio.unit
    else:
        unit = str(of.attrs.get("unit", ""))
    if isinstance(of, pd.DataFrame):
        return about(pd.DataFrame(values, index, pd.Index(of.columns)), known, measure, unit)
    return about(pd.Series(values[:, 0], index, name=names[0]), known, measure, unit)
