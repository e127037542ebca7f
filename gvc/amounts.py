"""What each industry adds or uses in a unit of its output: value added, taxes, or persons, hours, tonnes."""

from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from gvc.errors import GvcError, in_short, one_of
from gvc.icio import ICIO
from gvc.labels import Array, frozen
from gvc.leontief import value_added_coefficients
from gvc.results import about

#: Rows that a table keeps.
Row = Literal["residual", "table", "taxes"]


def added_per_output(icio: ICIO, of: object) -> tuple[Array, list[str]]:
    """(GN, k) of what each industry adds in a unit of its output, and the k names."""
    if isinstance(of, str):
        one_of("of", of, ("residual", "table", "taxes"))
        if of == "taxes":
            return np.divide(icio.taxes, icio.x, out=np.zeros_like(icio.x), where=icio.x != 0)[:, None], ["taxes"]
        return value_added_coefficients(icio, of)[:, None], ["value added"]  # type: ignore[arg-type]
    if not isinstance(of, pd.Series | pd.DataFrame) or (isinstance(of, pd.DataFrame) and not of.shape[1]):
        raise GvcError(
            "of",
            expected="'residual', 'table', 'taxes', or amounts by industry in a Series or a DataFrame",
            found=in_short(of),
            remedy="Index the amounts by (economy, sector).",
        )
    columns = [of] if isinstance(of, pd.Series) else [of.iloc[:, at] for at in range(of.shape[1])]
    names = [str(column.name) if column.name is not None else "content" for column in columns]
    industries = list(product(icio.economies, icio.sectors))
    amounts = np.column_stack(
        [frozen(f"of, {name}", one, (industries,)) for name, one in zip(names, columns, strict=True)]
    )
    stray = np.argwhere((icio.x == 0)[:, None] & (amounts != 0))
    if len(stray):
        row, column = stray[0]
        raise GvcError(
            f"of, {names[column]}, {icio.label(row)}",
            expected="0 of an industry without output",
            found=f"{amounts[row, column]:g}",
            remedy="Assign it to an industry that makes something: through this one it reaches no exports.",
        )
    return amounts / np.where(icio.x == 0, 1, icio.x)[:, None], names


def labelled(
    icio: ICIO, of: str | pd.Series | pd.DataFrame, values: Array, index: pd.Index, *, names: list[str], where: str
) -> pd.Series | pd.DataFrame:
    """Numbers with their labels, and with what they are."""
    known, measure = {"year": icio.year, "source": icio.source}, f"{', '.join(names)} in {where}"
    unit = icio.unit if isinstance(of, str) else str(of.attrs.get("unit", ""))
    if isinstance(of, pd.DataFrame):
        return about(pd.DataFrame(values, index, pd.Index(of.columns)), known, measure, unit)
    return about(pd.Series(values[:, 0], index, name=names[0]), known, measure, unit)
