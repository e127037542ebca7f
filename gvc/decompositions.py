r"""Gross exports taken apart: whose value added, absorbed where, counted how often. In the unit of the table.

Value added is the residual, so the terms of each exporter add up to gross exports as :func:`gvc.gross_exports` has
them. Where the rows of a table do not add up to output (WIOD 2013 is in whole millions that sum to less), what is
missing in final demand is missing in the terms of :func:`kww` and :func:`wwz`; :func:`borin_mancini` has it in VAX. For
a group as one exporter pass ``gvc.as_block(icio, group)``.

Throughout, :math:`A_{sr}` are the input coefficients of r for products of s, :math:`B = (I - A)^{-1}`,
:math:`L_{ss} = (I - A_{ss})^{-1}`, :math:`V_s` the value-added coefficients of s, :math:`Y_{sr}` final demand of r
for products of s, :math:`e_{sr} = A_{sr} x_r + Y_{sr}` the exports of s to r and :math:`e_s = \sum_{r \ne s} e_{sr}`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.errors import one_of
from gvc.flows import industry_exports
from gvc.icio import ICIO, Array
from gvc.leontief import (
    by_industry,
    domestic_inverse,
    home_blocks,
    imported_inputs,
    input_coefficients,
    inverse,
    multipliers,
    output_needed,
    value_added_coefficients,
)

Approach = Literal["source", "sink"]
Detail = Literal["bilateral", "sector", "bilateral_sector"]

_LEVELS: dict[str | None, tuple[str, ...]] = {
    None: ("exporter",),
    "bilateral": ("exporter", "importer"),
    "sector": ("exporter", "sector"),
    "bilateral_sector": ("exporter", "sector", "importer"),
}


def kww(icio: ICIO) -> pd.DataFrame:
    r"""Nine terms of gross exports by Koopman, Wang and Wei.

    Returns
    -------
    DataFrame, exporter × term
        ``DVA_FIN``, ``DVA_INT``, ``DVA_INTrex``: domestic value added in final exports, in intermediates for what
        the economy of their last maker absorbs, in intermediates for final goods that it sends on to third ones.
        ``RDV_FIN``, ``RDV_INT``: domestic value added that comes home in final goods, in intermediates. ``DDC``:
        domestic double counting. ``FVA_FIN``, ``FVA_INT``: foreign value added in final exports, in intermediates.
        ``FDC``: foreign double counting.

    Notes
    -----
    Koopman, Wang and Wei (2014), equation 36. Its sums over partners collapse, because
    :math:`V_s = V_s B (I - A)` gives

    .. math:: \sum_{r \ne s} V_s B_{sr} A_{rs} L_{ss} = V_s B_{ss} - V_s L_{ss},

    so that the multipliers V·B and the domestic inverse are all it takes.
    """
    VB, L = multipliers(icio), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    again = domestic - value_added_coefficients(icio) @ L
    Y, exports = icio.demand, industry_exports(icio).sum(axis=1)
    kept = Y[icio.own]
    sold = Y.sum(axis=1) - kept
    bought = imported_inputs(icio) @ (L @ np.column_stack([kept, exports]))
    final, stays = icio.by_economy(domestic * sold), icio.by_economy(domestic * kept)
    returns = np.diagonal(VB @ Y) - stays
    terms = {
        "DVA_FIN": final,
        "DVA_INT": VB @ kept - stays,
        "DVA_INTrex": VB @ sold - final - returns,
        "RDV_FIN": returns,
        "RDV_INT": icio.by_economy(again * kept),
        "DDC": icio.by_economy(again * exports),
        "FVA_FIN": icio.by_economy(foreign * sold),
        "FVA_INT": icio.by_economy(foreign * bought[:, 0]),
        "FDC": icio.by_economy(foreign * bought[:, 1]),
    }
    return pd.DataFrame(terms, index=pd.Index(icio.result_economies, name="exporter"))


def borin_mancini(icio: ICIO, approach: Approach = "source", detail: Detail | None = None) -> pd.DataFrame:
    r"""Gross exports by Borin and Mancini, in the perspective of the exporter.

    Parameters
    ----------
    icio : ICIO
    approach : {"source", "sink"}
        Value added that leaves the exporter several times counts in the flow of the first time, or of the last.
        The totals of an exporter are the same.
    detail : {"bilateral", "sector", "bilateral_sector"}, optional
        By importer, by exporting sector, or by both.

    Returns
    -------
    DataFrame, exporter (, sector) (, importer) × term
        ``EXGR``: gross exports. ``DC``: domestic content, of which ``DVA`` counted once, absorbed abroad
        (``VAX``) or reflected home (``REF``), and ``DDC`` counted again. ``FC``: foreign content, of which
        ``FVA`` counted once and ``FDC`` again. At the source also ``DAVAX``, domestic value added that the
        importer absorbs without its crossing a second border, and ``GVC`` = EXGR − DAVAX, of which backward
        ``GVCB`` = FC + DDC and forward ``GVCF`` = DVA − DAVAX. At the sink also ``VAXIM``, domestic value added
        that the importer absorbs in the end.

    Raises
    ------
    GvcError
        If `approach` or `detail` is none of these.

    Notes
    -----
    Borin and Mancini (2019; 2023). Their inverse without the intermediate exports of s,
    :math:`B^{\not s} = (I - A^{\not s})^{-1}`, is not computed: by blocks of B it is

    .. math::
        B^{\not s}_{rs} = B_{rs} B_{ss}^{-1} L_{ss}, \qquad
        B^{\not s}_{rj} = B_{rj} - B_{rs} B_{ss}^{-1} B_{sj} \quad (j \ne s).

    Of the content :math:`V_t B_{ts} e_{sr}` from each origin t, :math:`V_t B^{\not s}_{ts} e_{sr}` counts at the
    source and :math:`V_t B_{ts} (e_{sr} - A_{sr} B^{\not s}_{rs} e_s)` at the sink.
    """
    one_of("approach", approach, ("source", "sink"))
    one_of("detail", detail, tuple(_LEVELS))
    VB, A, B, L = multipliers(icio), input_coefficients(icio), inverse(icio), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    Y, exports = icio.demand, industry_exports(icio)
    reached = output_needed(icio, Y)
    local = L @ np.column_stack([Y[icio.own], exports.sum(axis=1)])
    output = np.column_stack([reached, local])
    # What counts, by importer, and of it what ends in the importer's final demand and in the exporter's own.
    counted, near, home = exports.copy(), Y.copy(), np.empty_like(exports)
    near[icio.own] = 0
    # Value added in a unit of what counts.
    domestic_once, foreign_once = domestic.copy(), foreign.copy()
    for s, rows, delivered in _exporters(icio, A):
        to_cross = np.linalg.inv(B[np.ix_(rows, rows)])
        if approach == "source":
            first = to_cross @ L[np.ix_(rows, rows)]
            domestic_once[rows], foreign_once[rows] = domestic[rows] @ first, foreign[rows] @ first
            near[rows] += delivered(local[:, 0])
            home[rows] = delivered(reached[:, s])
        else:
            again = B[:, rows] @ (to_cross @ output[rows])
            counted[rows] -= delivered(again[:, -1])
            near[rows] += delivered(reached[icio.own] - again[icio.own])
            home[rows] = delivered(reached[:, s] - again[:, s] + again[:, -2])
    dc, fc = domestic[:, None] * exports, foreign[:, None] * exports
    dva, ref, absorbed = (domestic_once[:, None] * part for part in (counted, home, near))
    fva = foreign_once[:, None] * counted
    terms = {"EXGR": exports, "DC": dc, "DVA": dva, "VAX": dva - ref, "REF": ref, "DDC": dc - dva}
    terms |= {"FC": fc, "FVA": fva, "FDC": fc - fva}
    if approach == "source":
        terms |= {"DAVAX": absorbed, "GVC": exports - absorbed, "GVCB": fc + dc - dva, "GVCF": dva - absorbed}
    else:
        terms["VAXIM"] = absorbed
    return _frame(icio, terms, detail)


def wwz(icio: ICIO) -> pd.DataFrame:
    r"""Sixteen terms of bilateral sector exports by Wang, Wei and Zhu.

    Returns
    -------
    DataFrame, (exporter, sector, importer) × term
        Of the exports of a sector, domestic value added: ``DVA_FIN`` in final goods; ``DVA_INT`` in intermediates
        that the importer makes into what it absorbs; those that it sends on to third economies, which make them
        into what they themselves absorb (``DVA_INTrexI1``), which come as final goods (``DVA_INTrexF``), or which
        third economies send on again (``DVA_INTrexI2``); those that return home as intermediates (``RDV_INT``), in
        final goods of the importer (``RDV_FIN``) or of a third economy (``RDV_FIN2``). Foreign value added of
        other economies and of the importer in final goods (``OVA_FIN``, ``MVA_FIN``) and in intermediates
        (``OVA_INT``, ``MVA_INT``). Double counted: domestic, through final (``DDC_FIN``) and intermediate exports
        (``DDC_INT``), and foreign, of others and of the importer (``ODC``, ``MDC``). Zero for importer = exporter.

    Notes
    -----
    Wang, Wei and Zhu (2013), the decomposition of bilateral sector exports. Summed over sectors and importers the
    terms make those of :func:`kww`: DVA_INT with DVA_INTrexI1, DVA_INTrexF with DVA_INTrexI2, RDV_FIN with
    RDV_FIN2, each OVA with its MVA, DDC_FIN with DDC_INT, ODC with MDC.
    """
    VB, A, B, L = multipliers(icio), input_coefficients(icio), inverse(icio), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    once = value_added_coefficients(icio) @ L
    Y, exports = icio.demand, industry_exports(icio).sum(axis=1)
    kept = Y[icio.own]
    sold = Y.sum(axis=1) - kept
    # Output of the row for final goods made in the column's economy: B_rt Y_tt, B_rt Σ Y_tu over u ≠ t.
    for_kept, for_sold = icio.by_economy(B * kept), icio.by_economy(B * sold)
    reached = output_needed(icio, Y)
    assembled = np.empty_like(Y)  # B_rr Y_ru
    for rows in home_blocks(icio):
        assembled[rows] = B[np.ix_(rows, rows)] @ Y[rows]
    made, passed = L @ kept, L @ exports
    terms = {name: np.zeros_like(Y) for name in _WWZ}
    for s, rows, delivered in _exporters(icio, A):
        home = reached[:, s] - assembled[:, s] - for_kept[:, s]
        final = Y[rows]
        final[:, s] = 0
        mine = VB[:, rows].T
        others = foreign[rows, None] - mine
        first, again = once[rows, None], (domestic - once)[rows, None]
        for name, value in {
            "DVA_FIN": domestic[rows, None] * final,
            "DVA_INT": first * delivered(for_kept[icio.own]),
            "DVA_INTrexI1": first * delivered(for_kept.sum(axis=1) - for_kept[icio.own] - for_kept[:, s]),
            "DVA_INTrexF": first * delivered(for_sold[icio.own] - assembled[:, s]),
            "DVA_INTrexI2": first * delivered(for_sold.sum(axis=1) - for_sold[icio.own] - for_sold[:, s] - home),
            "RDV_INT": first * delivered(for_kept[:, s]),
            "RDV_FIN": first * delivered(assembled[:, s]),
            "RDV_FIN2": first * delivered(home),
            "OVA_FIN": others * final,
            "MVA_FIN": mine * final,
            "OVA_INT": others * delivered(made),
            "MVA_INT": mine * delivered(made),
            "DDC_FIN": first * delivered(for_sold[:, s]),
            "DDC_INT": again * delivered(icio.x),
            "ODC": others * delivered(passed),
            "MDC": mine * delivered(passed),
        }.items():
            terms[name][rows] = value
    return _frame(icio, terms, "bilateral_sector")


def value_added_by_route(icio: ICIO, exporters: str | Iterable[str], market: str | Iterable[str]) -> pd.DataFrame:
    r"""Whose value added reaches a market through given exporters.

    Parameters
    ----------
    icio : ICIO
    exporters : str or iterable of str
        Economies or a group, pooled member by member: what passes through two of them counts with each. For the
        group as one exporter, pass ``as_block(icio, group)`` and its name.
    market : str or iterable of str
        Where it goes: an economy, a group or several.

    Returns
    -------
    DataFrame, origin × (exported, absorbed)
        ``exported``: value added of each origin in the exporters' exports to the market, whatever the market does
        with them, and as often as it passes. ``absorbed``: what of it leaves an exporter for anywhere and ends in
        the market's final demand, each unit once. The exporters' own value added and the market's are among the
        rows.

    Raises
    ------
    GvcError
        If the table does not show the exporters or the market.

    Notes
    -----
    With :math:`X^u = B Y_u` the output for the final demand of u, exports from t through s to u are

    .. math:: V_t B_{ts} e_{su} \quad\text{and}\quad V_t B_{ts} B_{ss}^{-1} (X^u_s - L_{ss} Y_{ss} [u = s]):

    the second is what the world would lack of :math:`V_t B Y_u` if s exported nothing, the extraction of Los,
    Timmer and de Vries (2016) for every origin. For t = s summed over :math:`u \ne s` it is VAX.
    """
    through = np.isin(icio.result_economies, eco.covered(exporters, icio.result_economies))
    exported, absorbed = routes(icio, market)
    return pd.DataFrame(
        {"exported": exported.loc[:, through].sum(axis=1), "absorbed": absorbed.loc[:, through].sum(axis=1)}
    )


def routes(icio: ICIO, market: str | Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Value added that reaches a market, by origin and by the exporter that it passes.

    Parameters
    ----------
    icio : ICIO
    market : str or iterable of str

    Returns
    -------
    exported, absorbed : DataFrame, origin × exporter
        As :func:`value_added_by_route` defines them, for each exporter by itself.

    Raises
    ------
    GvcError
        If the table does not show the market.
    """
    to = np.isin(icio.result_economies, eco.covered(market, icio.result_economies))
    VB, B = multipliers(icio), inverse(icio)
    exported = icio.by_economy(VB * industry_exports(icio)[:, to].sum(axis=1))
    leaving = output_needed(icio, icio.demand)
    leaving[icio.own] -= domestic_inverse(icio) @ icio.demand[icio.own]
    absorbed = np.empty_like(exported)
    for s, rows in enumerate(home_blocks(icio)):
        absorbed[:, s] = VB[:, rows] @ np.linalg.solve(B[np.ix_(rows, rows)], leaving[rows][:, to].sum(axis=1))
    names = icio.result_economies
    index, columns = pd.Index(names, name="origin"), pd.Index(names, name="exporter")
    return pd.DataFrame(exported, index, columns), pd.DataFrame(absorbed, index, columns)


def domestic_value_added_in_exports(icio: ICIO) -> pd.Series:
    r"""Value added of each industry in all exports of its economy, counted once: the forward linkage.

    Returns
    -------
    Series by (exporter, sector)
        :math:`\hat V_s L_{ss} e_s`; over the sectors of an exporter it adds up to DVA of
        :func:`borin_mancini`.

    Notes
    -----
    Wang, Wei and Zhu (2013): what :func:`gvc.revealed_comparative_advantage` should compare.
    """
    value = value_added_coefficients(icio) * (domestic_inverse(icio) @ industry_exports(icio).sum(axis=1))
    index = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["exporter", "sector"])
    return pd.Series(by_industry(icio, value).ravel(), index=index, name="domestic value added in exports")


_WWZ = (
    *("DVA_FIN", "DVA_INT", "DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_INT", "RDV_FIN", "RDV_FIN2"),
    *("OVA_FIN", "MVA_FIN", "OVA_INT", "MVA_INT", "DDC_FIN", "DDC_INT", "ODC", "MDC"),
)


def _own_and_foreign(icio: ICIO, VB: Array) -> tuple[Array, Array]:
    """(GN,) each: value added of its own economy, and of all others, in a unit of each product."""
    domestic = VB.T[icio.own]
    return domestic, VB.sum(axis=0) - domestic


def _exporters(icio: ICIO, A: Array) -> Iterator[tuple[int, NDArray[np.intp], Callable[[Array], Array]]]:
    """Each exporter, its rows, and what it delivers to other economies for an output (GN,) of theirs."""
    for s, rows in enumerate(home_blocks(icio)):

        def delivered(output: Array, s: int = s, inputs: Array = A[rows]) -> Array:
            to = icio.by_economy(inputs * output)
            to[:, s] = 0
            return to

        yield s, rows, delivered


def _frame(icio: ICIO, terms: dict[str, Array], detail: Detail | None) -> pd.DataFrame:
    """Terms by (industry, importer), summed to the levels of the detail asked for."""
    levels = {"exporter": icio.result_economies, "sector": icio.sectors, "importer": icio.result_economies}
    values = by_industry(icio, np.stack(list(terms.values()), axis=-1))
    dropped = tuple(axis for axis, level in enumerate(levels) if level not in _LEVELS[detail])
    kept = [pd.Index(levels[level], name=level) for level in _LEVELS[detail]]
    index = pd.MultiIndex.from_product(kept) if len(kept) > 1 else kept[0]
    return pd.DataFrame(values.sum(axis=dropped).reshape(-1, len(terms)), index=index, columns=list(terms))
