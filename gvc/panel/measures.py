"""Flows and industry accounts of one table in long form, as the panel holds them."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from gvc.decompositions import domestic_value_added_in_exports
from gvc.errors import GvcError
from gvc.flows import (
    gross_exports,
    intermediate_flows,
    sector_accounts,
    value_added_in_exports,
    value_added_in_final_demand,
)
from gvc.icio import ICIO
from gvc.positions import downstreamness, upstreamness

COLUMNS = ("source", "year", "flow", "origin", "destination", "value")
FLOWS: dict[str, Callable[[ICIO], pd.DataFrame]] = {
    "va_exports": value_added_in_exports,
    "va_final_demand": value_added_in_final_demand,
    "intermediates": intermediate_flows,
    "gross_exports": gross_exports,
}
#: Destination of flows that are summed over all economies abroad.
WORLD = "WLD"


def tidy(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Flows and industry accounts of one table in long form.

    Parameters
    ----------
    icio : ICIO
        A table with a year and a source.

    Returns
    -------
    flows : DataFrame
        Columns source, year, flow, origin, destination and value, in the unit of the table, for the flows of ``FLOWS``.
        In `va_exports` the destination is the exporter, in `va_final_demand` the absorber.
    sectors : DataFrame
        The same with a column sector and ``WLD`` as destination: the flows of :func:`gvc.sector_accounts`,
        `dva_exports` (:func:`gvc.domestic_value_added_in_exports`), `upstreamness` and `downstreamness` (pure numbers).

    Raises
    ------
    GvcError
        If the table has no year.
    """
    flows = (long_form(flow, measure(icio)) for flow, measure in FLOWS.items())
    accounts = [(str(name), values) for name, values in sector_accounts(icio).items()]
    accounts += [
        ("dva_exports", domestic_value_added_in_exports(icio)),
        ("upstreamness", upstreamness(icio)),
        ("downstreamness", downstreamness(icio)),
    ]
    sectors = (long_form(name, series.to_frame(WORLD)) for name, series in accounts)
    return of_year(icio, flows), of_year(icio, sectors)


def of_year(icio: ICIO, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join flows in long form, and say of which table they are.

    Raises
    ------
    GvcError
        If the table has no year.
    """
    if icio.year is None:
        raise GvcError(
            icio.source or "table",
            expected="a year",
            found="none",
            remedy="Write `# year:` into the file, or pass `year=` when you read it.",
        )
    frame = pd.concat(frames).assign(source=icio.source, year=icio.year)
    return frame[[name for name in (*COLUMNS[:4], "sector", *COLUMNS[4:]) if name in frame]]


def long_form(flow: str, matrix: pd.DataFrame) -> pd.DataFrame:
    """Turn origin × destination, or (origin, sector) × destination, into rows, in the order of the table.

    Returns
    -------
    DataFrame
        Columns flow, origin, destination, value, and sector where the rows are of industries.
    """
    rows = matrix.index.set_names(["origin", "sector"][: matrix.index.nlevels])
    return (
        rows.repeat(matrix.shape[1])
        .to_frame(index=False)
        .assign(destination=np.tile(matrix.columns, len(rows)), value=matrix.to_numpy().ravel(), flow=flow)
    )
