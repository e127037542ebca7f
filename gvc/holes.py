"""Holes in a panel: flows that all but vanish for some years and return, which no check of a single table can see.

A table with a hole balances, because what one partner lost another was given: in the Long-run WIOD nearly all that
China bought in 1984 to 1986 stands under the rest of the world.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gvc.errors import GvcError, one_of
from gvc.labels import Array
from gvc.panel.parquet import must_have_columns

#: A flow is in a hole where it is below this part of what it is before and after.
FALL = 0.1
#: Years that a hole may last.
LONGEST = 5
#: Part of the destination's imports that the flow must be before and after: many a small one comes and goes.
FLOOR = 0.005

COLUMNS = ("source", "flow", "origin", "destination", "first", "last", "before", "within", "after")


def find(panel: pd.DataFrame, flow: str = "gross_exports") -> pd.DataFrame:
    """Find spells in which a flow falls below a tenth of its value in the years before and after.

    Parameters
    ----------
    panel : DataFrame
        As :func:`gvc.load_panel` returns it; each source is searched separately.
    flow : str
        ``gross_exports`` or ``intermediates``.

    Returns
    -------
    DataFrame
        A row for each hole: source, flow, origin, destination, the first and last year of the hole, the flow in the
        year before, the largest flow within it and the flow in the year after, in the unit of the panel. Sorted by
        destination, year and size.

    Raises
    ------
    GvcError
        If the panel does not hold that flow, or holds it by industry.

    Notes
    -----
    Years are taken in the order of the panel. A hole is a spell of up to ``LONGEST`` years in which each value is
    below ``FALL`` times the values of the year before and of the year after. In both these years the flow must be at
    least ``FLOOR`` times the destination's imports. Of overlapping spells, the longest counts. A gap at the beginning
    or end of a series is not counted, since nothing shows that it is one.
    """
    must_have_columns(panel, "panel")
    one_of("flow", flow, ("gross_exports", "intermediates"))
    part = panel[(panel["flow"] == flow) & (panel["origin"] != panel["destination"])]
    if part.empty or part.duplicated(["source", "year", "origin", "destination"]).any():
        raise GvcError(
            f"panel, {flow}",
            expected="a number for each pair of economies and year",
            found=f"the flows {', '.join(sorted(panel['flow'].unique()))}" if part.empty else "several",
            remedy="Take a panel of flows between economies, as `gvc build` and `gvc.panel.build` make it.",
        )
    rows = [
        (source, flow, *hole)
        for source, of_source in part.groupby("source", observed=True)
        for hole in _holes(of_source.pivot(index=["origin", "destination"], columns="year", values="value"))
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    size = found[["before", "after"]].min(axis=1)
    order = found.assign(size=-size).sort_values(["source", "destination", "first", "last", "size"], kind="stable")
    return order.drop(columns="size").reset_index(drop=True)


def sentences(found: pd.DataFrame) -> list[str]:
    """Say which holes there are, those of one destination and the same years together.

    Parameters
    ----------
    found : DataFrame
        As :func:`find` returns it.

    Returns
    -------
    list of str
    """
    said = []
    for (source, flow, destination, first, last), same in found.groupby(
        ["source", "flow", "destination", "first", "last"], sort=False
    ):
        years = str(first) if first == last else f"{first}–{last}"
        largest = same.iloc[0]
        said.append(
            f"{source}, {years}: {flow} to {destination} from {', '.join(same['origin'])} nearly vanish and return "
            f"({largest['origin']} {largest['before']:,.0f}, {largest['within']:,.0f}, {largest['after']:,.0f})"
        )
    return said


def _holes(series: pd.DataFrame) -> Iterator[tuple[str, str, int, int, float, float, float]]:
    """Find the holes of one source, (origin, destination) × year."""
    values: Array = series.to_numpy(dtype=np.float64)
    bought = series.groupby("destination").sum().reindex(series.index.get_level_values("destination"))
    matters = values >= FLOOR * bought.to_numpy()
    taken = np.zeros(values.shape, dtype=bool)
    pairs, years = series.index.to_list(), [int(year) for year in series.columns]
    for length in range(min(LONGEST, len(years) - 2), 0, -1):
        for first in range(1, len(years) - length):
            before, after = first - 1, first + length
            spell = slice(first, after)
            edge = np.minimum(values[:, before], values[:, after])
            hole = (values[:, spell] < FALL * edge[:, None]).all(axis=1) & ~taken[:, spell].any(axis=1)
            for row in np.flatnonzero(hole & matters[:, before] & matters[:, after]):
                taken[row, spell] = True
                origin, destination = pairs[row]
                around = float(values[row, before]), float(values[row, spell].max()), float(values[row, after])
                yield origin, destination, years[first], years[after - 1], *around
