"""Other ways to put the tables together, to see what the choices do; none of them is in the panel."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gvc.icio import ICIO
from gvc.labels import Array
from industrial_chains.industry_groups import CONCORDANCE
from pipeline.oecd.pieces import YEAR, Flows, Pieces
from pipeline.oecd.tables import ESTIMATE, estimate, in_icio, rows_of, the_same_everywhere, whole_table

AFRICA = ("AGO", "CIV", "CMR", "COD", "EGY", "MAR", "NGA", "SEN", "STP", "TUN", "ZAF")
#: Beyond these a difference between two databases is no change over time.
RATIOS = (0.5, 1.5)


# -- of the year of the pieces ----------------------------------------------------------------------------------------


def rebuilt(pieces: Pieces) -> dict[str, Callable[[], ICIO]]:
    """Other whole tables of the year of the pieces, by what is different in them."""
    table = whole_table(pieces)
    return {
        "rest of the world like all": lambda: whole_table(pieces, pieces.inter.economies),
        "rest of the world like Africa": lambda: whole_table(pieces, AFRICA),
        "services for final demand as for industries": lambda: whole_table(pieces, prior=as_for_industries),
        "goods and one sector of services": lambda: in_sectors_of_flows(table, pieces.flows),
    }


def as_for_industries(pairs: Array, exports: Array, use: Array) -> Array:
    """Prior of `oecd.tables.services` in which final demand buys from whom industries do."""
    everywhere, n = the_same_everywhere(pairs, exports, use), use.shape[2]
    prior = everywhere.copy()
    prior[:, :, :n] = np.maximum(use, 0) + 1e-3 * everywhere[:, :, :n]
    prior[np.arange(n), :, np.arange(n)] = 0
    return prior


def in_sectors_of_flows(table: ICIO, flows: Flows) -> ICIO:
    """Sum all services of a table into one."""
    services = flows.sectors[-1]
    return table.aggregate(sectors={code: code if code in flows.sectors else services for code in table.sectors})


# -- of other years -----------------------------------------------------------------------------------------------


def estimates(table: ICIO, flows: Flows, wiod: ICIO) -> dict[str, Callable[[], ICIO]]:
    """Other estimates of a year without factors, by what is different in them.

    Parameters
    ----------
    table : ICIO
        The whole table.
    flows : Flows
        Of the year to estimate.
    wiod : ICIO
        WIOD of 2011.
    """
    return {
        "as in 2022": lambda: table,
        "each flow divided as in 2022": lambda: flows_divided(table, flows),
        "inputs by product as in 2022": lambda: inputs_by_product(table, flows),
        "goods and one sector of services": lambda: estimate(in_sectors_of_flows(table, flows), flows),
        "cost ratios towards WIOD 2011": lambda: estimate(with_costs_towards(table, wiod, flows.year), flows),
    }


def flows_divided(table: ICIO, flows: Flows) -> ICIO:
    """Divide each flow among uses as in the table: the first half step of RAS, which meets no sum of a column."""
    Z, Y, rows, factor = _scaled(table, flows)
    return _table(table, flows, Z * factor[:, :, :, None], Y * factor, rows)


def inputs_by_product(table: ICIO, flows: Flows) -> ICIO:
    """Keep inputs of each product per output; origins are those of the flows, and final demand what is left of them."""
    Z, _, rows, factor = _scaled(table, flows)
    x, before = rows.sum(axis=2), table.x.reshape(rows.shape[:2])
    due = Z.sum(axis=0) * np.divide(x, before, out=np.zeros_like(x), where=before > 0)
    Z *= factor[:, :, :, None]
    bought = Z.sum(axis=0)
    Z *= np.divide(due, bought, out=np.zeros_like(due), where=bought > 0)
    return _table(table, flows, Z, rows - Z.sum(axis=3), rows)


def _scaled(table: ICIO, flows: Flows) -> tuple[Array, Array, Array, Array]:
    """Z and Y of a table by economy and industry, the flows of the year, and what they are of those of the table."""
    G, N = len(table.economies), len(table.sectors)
    Z, Y = (np.maximum(array, 0) for array in (table.Z.reshape(G, N, G, N), table.Y.reshape(G, N, G)))
    sold = Z.sum(axis=3) + Y
    rows = rows_of(sold, flows)
    return Z, Y, rows, np.divide(rows, sold, out=np.zeros_like(rows), where=sold > 0)


def _table(table: ICIO, flows: Flows, Z: Array, Y: Array, rows: Array) -> ICIO:
    x = rows.sum(axis=2)
    va = x - Z.sum(axis=(0, 1))
    return in_icio(table.economies, table.sectors, (Z, Y, x, va), flows.year, ESTIMATE)


def with_costs_towards(table: ICIO, wiod: ICIO, year: int) -> ICIO:
    """Move the ratio of inputs to output towards that of WIOD, by the part of the way from the table to it.

    Returns
    -------
    ICIO
        Of the table only output differs, by which `oecd.tables.estimate` judges what inputs
        cost. Economies that WIOD does not show keep their ratios.
    """
    G, N = len(table.economies), len(table.sectors)
    part = (int(table.year or YEAR) - year) / (int(table.year or YEAR) - int(wiod.year or 0))
    ratio = np.ones((G, N))
    for at, economy in enumerate(table.economies):
        if economy not in wiod.economies:
            continue
        for theirs, ours in CONCORDANCE:
            now, then = _cost(table, economy, ours), _cost(wiod, economy, theirs)
            if now > 0 and then > 0:
                ratio[at, np.isin(table.sectors, ours)] = np.clip(then / now, *RATIOS) ** part
    return replace(table, x=(table.x / ratio.ravel()))


def _cost(table: ICIO, economy: str, industries: tuple[str, ...]) -> float:
    """Take inputs per output of some industries of an economy together."""
    N = len(table.sectors)
    columns = table.economies.index(economy) * N + np.flatnonzero(np.isin(table.sectors, industries))
    output = table.x[columns].sum()
    return float(table.Z[:, columns].sum() / output) if output > 0 else 0.0
