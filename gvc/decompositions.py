r"""Gross exports taken apart: whose value added, absorbed where, counted how often. In the unit of the table.

With the residual as value added the terms of each exporter add up to gross exports as :func:`gvc.gross_exports` has
them; with the table's own they fall short of these by the taxes and margins that the residual counts in. With other
amounts, such as jobs, they add up to what these exports contain of them, in their unit. Where the rows of a table do
not add up to output (WIOD 2013 is in whole millions that sum to less), what is missing in final demand is missing in
the terms of :func:`kww` and :func:`wwz`; :func:`borin_mancini` has it in VAX. For a group as one exporter pass
``gvc.as_block(icio, group)``.

Once or again is asked at the border of each exporter as a whole, also by sector and by importer. The perspectives of an
importer and of a flow itself, which Borin and Mancini (2023) have besides, are in :func:`gvc.content` with
``once=True``. That of the world, which counts foreign value added once in the exports of all economies together, is in
:func:`borin_mancini` with ``perspective="world"``.

Throughout, :math:`A_{sr}` are the input coefficients of r for products of s, :math:`B = (I - A)^{-1}`,
:math:`L_{ss} = (I - A_{ss})^{-1}`, :math:`V_s` the value-added coefficients of s, :math:`Y_{sr}` final demand of r
for products of s, :math:`e_{sr} = A_{sr} x_r + Y_{sr}` the exports of s to r and :math:`e_s = \sum_{r \ne s} e_{sr}`.
:math:`X^u = B Y_u` is the output for the final demand of u.

These identities hold exactly for a table whose rows add up to output, with or without parts, and the residual as value
added. With the table's own, or other amounts, those hold that name neither gross exports nor final demand; in place of
both stands what they contain. VBE stands for :func:`gvc.value_added_in_exports`, VBY for
:func:`gvc.value_added_in_final_demand`, BM for :func:`borin_mancini` at source and sink. A test checks each under its
name.

=====================  ===================================================================================
content                each column of VBE = gross exports of the exporter
absorption             each column of VBY = final demand of the absorber; each row = value added of the origin
trade balance          VAX exported − VAX imported = gross exports − gross imports
nine terms             all terms of :func:`kww` = gross exports
sixteen terms          all terms of :func:`wwz` over sectors = gross exports to the importer
BM, flow by flow       EXGR = DC + FC = VAX + REF + DDC + FVA + FDC = gross exports to the importer
BM, subtotals          DVA = VAX + REF; DC = DVA + DDC; FC = FVA + FDC
BM, details            terms by sector and importer = terms by sector, by importer, of the exporter
BM, source and sink    the terms of an exporter that both have are the same
BM, the world          FVA in the perspective of the world, over all exporters, at the source as at the sink = GVCF,
                       over all exporters
participation          GVC = EXGR − DAVAX = GVCB + GVCF; GVCB = FC + DDC; GVCF = DVA − DAVAX
VBE in BM              diagonal of VBE = DC; the rest of the column = FC
VBE in the nine        the rest of the column = FVA_FIN + FVA_INT + FDC
VAX in BM              row of VBY off the diagonal = VAX
VAX in the nine        row of VBY off the diagonal = DVA_FIN + DVA_INT + DVA_INTrex
VAX by route           row of VBY off the diagonal = absorbed, through the origin, in all markets abroad
nine in BM             first five of the nine = DVA; DDC = DDC; RDV_FIN + RDV_INT = REF
sixteen in the nine    DVA_INT + DVA_INTrexI1 = DVA_INT; DVA_INTrexF + DVA_INTrexI2 = DVA_INTrex; RDV_FIN + RDV_FIN2 =
                       RDV_FIN; DDC_FIN + DDC_INT = DDC; each OVA with its MVA = FVA; ODC + MDC = FDC; the rest as named
forward linkage        :func:`domestic_value_added_in_exports` over the sectors = DVA
=====================  ===================================================================================
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.amounts import Row, ValueAdded, counts
from gvc.errors import one_of
from gvc.flows import industry_exports
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array
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
Perspective = Literal["exporter", "world"]

_LEVELS: dict[str | None, tuple[str, ...]] = {
    None: ("economy",),
    "bilateral": ("exporter", "importer"),
    "sector": ("economy", "sector"),
    "bilateral_sector": ("exporter", "sector", "importer"),
}


@counts("gross exports by Koopman, Wang and Wei")
def kww(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Nine terms of gross exports by Koopman, Wang and Wei.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, economy × term
        In the unit of the table, or in that of the amounts. Domestic value added: ``DVA_FIN`` in final exports;
        ``DVA_INT`` in intermediates for final goods that are absorbed where they are finished; ``DVA_INTrex`` in
        intermediates for final goods that are sent on from there to third economies. ``RDV_FIN`` and ``RDV_INT``:
        domestic value added that returns home in final goods and in intermediates. ``DDC``: domestic double counting.
        ``FVA_FIN`` and ``FVA_INT``: foreign value added in final and in intermediate exports. ``FDC``: foreign double
        counting.

    Notes
    -----
    Koopman, Wang and Wei (2014), equation 36. With the residual the terms of an exporter add up to its gross exports;
    with other amounts, to what these contain of them, a column of :func:`gvc.value_added_in_exports`. The sums over
    partners simplify, because
    :math:`V_s = V_s B (I - A)` gives

    .. math:: \sum_{r \ne s} V_s B_{sr} A_{rs} L_{ss} = V_s B_{ss} - V_s L_{ss},

    so that the multipliers V·B and the domestic inverse suffice.

    Borin and Mancini (2019) object to how the last three terms divide foreign content. FDC includes all that the
    importer exports again, whether or not it has left s before, while DDC includes only what has left s before. As
    measures of what s itself counts twice, FVA is therefore too small and FDC too large. Their sum and the domestic
    terms are unaffected; :func:`borin_mancini` divides domestic and foreign content by the same criterion.

    Examples
    --------
    >>> import gvc
    >>> terms = gvc.kww(gvc.load_sample())
    >>> terms.loc[["CHN", "MEX"], ["DVA_FIN", "DVA_INT", "DDC", "FVA_FIN", "FVA_INT", "FDC"]].round()  # million USD
               DVA_FIN   DVA_INT      DDC   FVA_FIN   FVA_INT      FDC
    economy
    CHN       747667.0  744308.0  13204.0  199974.0  170420.0  72138.0
    MEX        81418.0  140672.0   1094.0   48957.0   36617.0  13573.0

    Two thirds of value added are wages in this example:

    >>> table = gvc.load_sample()
    >>> industries = pd.MultiIndex.from_product([table.economies, table.sectors])
    >>> wages = pd.Series(2 / 3 * gvc.value_added_coefficients(table) * table.x, industries, name="wages")
    >>> wages.attrs["unit"] = "million USD"
    >>> in_exports = gvc.kww(table, wages)
    >>> in_exports.loc["MEX", ["DVA_FIN", "DVA_INT", "FDC"]].round()
    DVA_FIN    54279.0
    DVA_INT    93781.0
    FDC         9049.0
    Name: MEX, dtype: float64
    >>> in_exports.attrs["measure"]
    'gross exports by Koopman, Wang and Wei: wages'
    """
    VB, L = multipliers(icio, value_added), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    again = domestic - value_added_coefficients(icio, value_added) @ L
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
    return pd.DataFrame(terms, index=pd.Index(icio.result_economies, name="economy"))


@counts("gross exports by Borin and Mancini")
def borin_mancini(
    icio: ICIO,
    approach: Approach = "source",
    detail: Detail | None = None,
    value_added: ValueAdded = None,
    perspective: Perspective = "exporter",
) -> pd.DataFrame:
    r"""Terms of gross exports by Borin and Mancini, from the perspective of the exporter or of the world.

    Parameters
    ----------
    icio : ICIO
    approach : {"source", "sink"}
        Whether value added that leaves the exporter several times counts in the first of these flows or in the last.
        The totals of an exporter are the same.
    detail : {"bilateral", "sector", "bilateral_sector"}, optional
        By importer, by exporting sector, or by both.
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.
    perspective : {"exporter", "world"}
        Whether foreign value added counts once in the exports of each exporter, or once in those of all economies
        together, when it crosses a foreign border for the first time (source) or the last (sink). Only ``FVA`` and
        ``FDC`` differ.

    Returns
    -------
    DataFrame, economy (, sector) × term, or exporter (, sector), importer × term
        In the unit of the table, or in that of the amounts. ``EXGR``: gross exports, left out where amounts are given,
        since it does not count them. ``DC``: domestic content, the sum of ``DVA``, counted once and either absorbed
        abroad (``VAX``) or reflected home (``REF``), and ``DDC``, counted again. ``FC``: foreign content, the sum of
        ``FVA``, counted once, and ``FDC``, counted again. At the source also ``DAVAX``, domestic value added that the
        importer absorbs without its crossing a second border, and ``GVC`` = DC + FC − DAVAX, the sum of backward
        ``GVCB`` = FC + DDC and forward ``GVCF`` = DVA − DAVAX. At the sink also ``VAXIM``, domestic value added that
        the importer absorbs in the end.

    Raises
    ------
    GvcError
        If `approach`, `detail` or `perspective` has another value, or amounts do not fit the table.

    Notes
    -----
    DC and FC add up to EXGR with the residual, and to what exports contain of them with other amounts.

    Borin and Mancini (2019; 2023). Let :math:`B^{\not s} = (I - A^{\not s})^{-1}` be the inverse in a world where s
    sells no inputs abroad. Value added that reaches a flow :math:`e_{sr}` through it has not left s before;
    value added that goes on through it will not leave s again. Of the content :math:`V_t B_{ts} e_{sr}` from each
    origin t, the source approach counts the former, the sink approach the latter:

    .. math::
        \text{source:} \quad & V_t B^{\not s}_{ts}\, e_{sr}, \\
        \text{sink:} \quad & V_t B_{ts}\, e^{\not s}_{sr}, \quad
        e^{\not s}_{sr} = e_{sr} - A_{sr} B^{\not s}_{rs} e_s,

    which is DVA for t = s, and FVA if summed over all other t. For t = s, :math:`B^{\not s}_{ss} = L_{ss}`. The parts
    of DVA that are reflected, and that the importer absorbs, are

    .. math::
        \text{source:} \quad & REF_{sr} = V_s L_{ss} A_{sr} X^s_r, &
        DAVAX_{sr} &= V_s L_{ss} (Y_{sr} + A_{sr} L_{rr} Y_{rr}), \\
        \text{sink:} \quad & REF_{sr} = V_s B_{ss} A_{sr} \sum_j B^{\not s}_{rj} Y_{js}, &
        VAXIM_{sr} &= V_s B_{ss} \Big( Y_{sr} + A_{sr} \sum_{j \ne s} B^{\not s}_{rj} Y_{jr} \Big).

    :math:`B^{\not s}` need not be computed. In blocks of B,

    .. math::
        B^{\not s}_{rs} = B_{rs} B_{ss}^{-1} L_{ss}, \qquad
        B^{\not s}_{rj} = B_{rj} - B_{rs} B_{ss}^{-1} B_{sj} \quad (j \ne s),

    so that, with :math:`T_{rs} = B_{rs} B_{ss}^{-1}`, the output of r that a unit leaving s requires,

    .. math::
        B^{\not s}_{rs} e_s = T_{rs} L_{ss} e_s, \qquad
        \sum_{j \ne s} B^{\not s}_{rj} Y_{jr} = X^r_r - T_{rs} X^r_s, \qquad
        \sum_j B^{\not s}_{rj} Y_{js} = X^s_r - T_{rs} (X^s_s - L_{ss} Y_{ss}).

    From the perspective of the world, value added of t crosses a foreign border for the first time when an economy s
    exports what came directly from t. It does so for the last time when the importer r absorbs it without exporting it,
    or when r is t itself and exports it to an economy that absorbs it in this way. With
    :math:`d_{sr} = Y_{sr} + A_{sr} L_{rr} Y_{rr}` and :math:`d_r = \sum_{u \ne r} d_{ru}`,

    .. math::
        \text{source:} \quad & FVA_{sr} = \sum_{t \ne s} V_t L_{tt} A_{ts} L_{ss}\, e_{sr}, \\
        \text{sink:} \quad & FVA_{sr} = \sum_{t \ne s} V_t B_{ts}\, d_{sr} + V_r B_{rs} A_{sr} L_{rr}\, d_r.

    The help of Stata's ``icio`` (Belotti, Borin and Mancini 2021, The Stata Journal 21 (3)) describes an exporter's
    terms at the sink as those of Koopman, Wang and Wei, corrected. The command has them only for all exports of an
    economy.

    Examples
    --------
    >>> import gvc
    >>> terms = gvc.borin_mancini(gvc.load_sample())
    >>> terms.loc[["CHN", "MEX"], ["EXGR", "VAX", "REF", "DDC", "FVA", "FDC"]].round()  # million USD
                   EXGR        VAX      REF      DDC       FVA     FDC
    economy
    CHN       2084965.0  1590795.0  38216.0  13204.0  438746.0  4004.0
    MEX        342490.0   239383.0   2848.0   1094.0   98819.0   345.0
    >>> by_importer = gvc.borin_mancini(gvc.load_sample(), "sink", "bilateral")
    >>> by_importer.loc["MEX"].loc[["CHN", "USA"], ["EXGR", "DVA", "REF", "VAXIM"]].round()
                  EXGR       DVA     REF     VAXIM
    importer
    CHN         8748.0    6299.0    34.0    4667.0
    USA       227467.0  156706.0  2516.0  132677.0

    A quarter of the foreign content of Mexico's exports has been exported before by an economy that did not add it.

    >>> gvc.borin_mancini(gvc.load_sample(), perspective="world").loc["MEX", ["FC", "FVA", "FDC"]].round()
    FC     99164.0
    FVA    74853.0
    FDC    24312.0
    Name: MEX, dtype: float64
    """
    one_of("approach", approach, ("source", "sink"))
    one_of("detail", detail, tuple(_LEVELS))
    one_of("perspective", perspective, ("exporter", "world"))
    VB, A, B, L = multipliers(icio, value_added), input_coefficients(icio), inverse(icio), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    Y, exports = icio.demand, industry_exports(icio)
    reached = output_needed(icio, Y)  # X^u, a column each
    kept, sent = L @ Y[icio.own], L @ exports.sum(axis=1)  # L_rr Y_rr, L_rr e_r
    leaving = np.column_stack([sent, reached, reached[icio.own] - kept])
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
            near[rows] += delivered(kept)
            home[rows] = delivered(reached[:, s])
        else:
            through = B[:, rows] @ (to_cross @ leaving[rows])  # T_rs of each
            again, to_importer, to_exporter = through[:, 0], through[:, 1:-1][icio.own], through[:, -1]
            counted[rows] -= delivered(again)
            near[rows] += delivered(reached[icio.own] - to_importer)
            home[rows] = delivered(reached[:, s] - to_exporter)
    dc, fc = domestic[:, None] * exports, foreign[:, None] * exports
    dva, ref, absorbed = (domestic_once[:, None] * part for part in (counted, home, near))
    fva = foreign_once[:, None] * counted
    if perspective == "world":
        fva = _once_in_the_world(icio, approach, value_added)
    terms = {} if isinstance(value_added, pd.Series) else {"EXGR": exports}
    terms |= {"DC": dc, "DVA": dva, "VAX": dva - ref, "REF": ref, "DDC": dc - dva}
    terms |= {"FC": fc, "FVA": fva, "FDC": fc - fva}
    if approach == "source":
        terms |= {"DAVAX": absorbed, "GVC": fc + dc - absorbed, "GVCB": fc + dc - dva, "GVCF": dva - absorbed}
    else:
        terms["VAXIM"] = absorbed
    return _frame(icio, terms, detail)


@counts("gross exports by Wang, Wei and Zhu")
def wwz(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Sixteen terms of bilateral sector exports by Wang, Wei and Zhu.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, (exporter, sector, importer) × term
        In the unit of the table, or in that of the amounts. Domestic value added: ``DVA_FIN`` in final goods;
        ``DVA_INT`` in intermediates that the importer makes into goods that it absorbs. Domestic value added that the
        importer sends on to third economies: ``DVA_INTrexI1`` in intermediates for goods that these absorb,
        ``DVA_INTrexF`` in final goods, ``DVA_INTrexI2`` in intermediates for goods that these send on again. Domestic
        value added that returns home: ``RDV_INT`` in intermediates, ``RDV_FIN`` in final goods of the importer,
        ``RDV_FIN2`` in those of a third economy. Foreign value added of other economies and of the importer:
        ``OVA_FIN`` and ``MVA_FIN`` in final goods, ``OVA_INT`` and ``MVA_INT`` in intermediates. Double counting:
        domestic through final exports (``DDC_FIN``) and through intermediate exports (``DDC_INT``); foreign of other
        economies (``ODC``) and of the importer (``MDC``). Zero where the importer is the exporter.

    Notes
    -----
    Wang, Wei and Zhu (2013), the decomposition of bilateral sector exports. Summed over sectors and importers,
    these pairs make terms of :func:`kww`: DVA_INT and DVA_INTrexI1, DVA_INTrexF and DVA_INTrexI2, RDV_FIN and
    RDV_FIN2, each OVA and its MVA, DDC_FIN and DDC_INT, ODC and MDC. The others are the same.

    With the residual the terms of a row add up to gross exports; with other amounts, to what these exports contain of
    them, as :func:`gvc.content` has it by exporter, sector and importer.

    Examples
    --------
    >>> import gvc
    >>> terms = gvc.wwz(gvc.load_sample())
    >>> terms.loc[("MEX", "Machinery", "USA")].head(4).round()  # million USD
    DVA_FIN         35282.0
    DVA_INT         21984.0
    DVA_INTrexI1     3177.0
    DVA_INTrexF      3018.0
    Name: (MEX, Machinery, USA), dtype: float64
    """
    VB, A, B, L = multipliers(icio, value_added), input_coefficients(icio), inverse(icio), domestic_inverse(icio)
    domestic, foreign = _own_and_foreign(icio, VB)
    once = value_added_coefficients(icio, value_added) @ L
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


@counts("value added that reaches a market")
def value_added_by_route(
    icio: ICIO, exporters: str | Iterable[str], market: str | Iterable[str], value_added: ValueAdded = None
) -> pd.DataFrame:
    r"""Value added of each origin that reaches a market through given exporters.

    Parameters
    ----------
    icio : ICIO
    exporters : str or iterable of str
        Economies or a group, pooled member by member: value added that passes through two of them counts for each. To
        treat the group as one exporter, pass ``as_block(icio, group)`` and its name.
    market : str or iterable of str
        The destination: an economy, a group, or several economies.
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, origin × (exported, absorbed)
        In the unit of the table, or in that of the amounts. ``exported``: value added of each origin in the exporters'
        exports to the market, whatever their use there, counted at each passage. ``absorbed``: value added that leaves
        an exporter for any destination and ends in the market's final demand, each unit counted once. The rows include
        the exporters' own value added and the market's.

    Raises
    ------
    GvcError
        If the table does not show the exporters or the market, or amounts do not fit the table.

    Notes
    -----
    The two columns, from origin t through s to the market u, are

    .. math:: V_t B_{ts} e_{su} \quad\text{and}\quad V_t B_{ts} B_{ss}^{-1} (X^u_s - L_{ss} Y_{ss} [u = s]).

    The second is the loss of :math:`V_t B Y_u` if s exported nothing, the extraction of Los, Timmer and de Vries (2016)
    for every origin. For t = s, summed over :math:`u \ne s`, it is VAX.

    Examples
    --------
    >>> import gvc
    >>> routes = gvc.value_added_by_route(gvc.load_sample(), "MEX", "USA")
    >>> routes.loc[["CHN", "JPN", "MEX", "USA"]].round()  # million USD
            exported  absorbed
    origin
    CHN      12169.0   10875.0
    JPN       3920.0    3496.0
    MEX     157642.0  136700.0
    USA      24702.0   21925.0
    """
    must_be_table(icio)
    through = np.isin(icio.result_economies, eco.covered(exporters, icio.result_economies))
    exported, absorbed = routes(icio, market, value_added)  # type: ignore[arg-type]  # of a frame one column
    return pd.DataFrame(
        {"exported": exported.loc[:, through].sum(axis=1), "absorbed": absorbed.loc[:, through].sum(axis=1)}
    )


def routes(
    icio: ICIO, market: str | Iterable[str], value_added: Row | pd.Series | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Value added that reaches a market, by origin and by the exporter that it passes.

    Parameters
    ----------
    icio : ICIO
    market : str or iterable of str
    value_added : {"residual", "table", "taxes"} or Series, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    exported, absorbed : DataFrame, origin × exporter
        In the unit of the table, as :func:`value_added_by_route` defines them, for each exporter by itself.

    Raises
    ------
    GvcError
        If the table does not show the market.

    Examples
    --------
    >>> import gvc
    >>> _, absorbed = routes(gvc.load_sample(), "USA")
    >>> absorbed.loc[["CHN", "JPN"], ["KOR", "MEX"]].round()  # million USD
    exporter     KOR      MEX
    origin
    CHN       4919.0  10875.0
    JPN       3137.0   3496.0
    """
    must_be_table(icio)
    to = np.isin(icio.result_economies, eco.covered(market, icio.result_economies))
    VB, B = multipliers(icio, value_added), inverse(icio)
    exported = icio.by_economy(VB * industry_exports(icio)[:, to].sum(axis=1))
    leaving = output_needed(icio, icio.demand)
    leaving[icio.own] -= domestic_inverse(icio) @ icio.demand[icio.own]
    absorbed = np.empty_like(exported)
    for s, rows in enumerate(home_blocks(icio)):
        absorbed[:, s] = VB[:, rows] @ np.linalg.solve(B[np.ix_(rows, rows)], leaving[rows][:, to].sum(axis=1))
    names = icio.result_economies
    index, columns = pd.Index(names, name="origin"), pd.Index(names, name="exporter")
    return pd.DataFrame(exported, index, columns), pd.DataFrame(absorbed, index, columns)


@overload
def domestic_value_added_in_exports(icio: ICIO, value_added: pd.DataFrame) -> pd.DataFrame: ...
@overload
def domestic_value_added_in_exports(icio: ICIO, value_added: Row | pd.Series | None = None) -> pd.Series: ...
@counts("domestic value added in exports")
def domestic_value_added_in_exports(icio: ICIO, value_added: ValueAdded = None) -> pd.Series | pd.DataFrame:
    r"""Value added of each industry in all exports of its economy, counted once: the forward linkage.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    Series by (economy, sector), or DataFrame with a column for each column of `value_added`
        In the unit of the table, or in that of the amounts. :math:`\hat V_s L_{ss} e_s`; its sum over an exporter's
        sectors is DVA of :func:`borin_mancini`.

    Notes
    -----
    Wang, Wei and Zhu (2013), as the basis for :func:`gvc.revealed_comparative_advantage`.

    Examples
    --------
    >>> import gvc
    >>> gvc.domestic_value_added_in_exports(gvc.load_sample())["JPN"].round()  # million USD
    sector
    Primary       12482.0
    Light         27457.0
    Materials    160551.0
    Machinery    194678.0
    Services     346459.0
    Name: domestic value added in exports, dtype: float64
    """
    value = value_added_coefficients(icio, value_added) * (domestic_inverse(icio) @ industry_exports(icio).sum(axis=1))
    index = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["economy", "sector"])
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


def _once_in_the_world(icio: ICIO, approach: Approach, value_added: ValueAdded) -> Array:
    """(GN, R) of foreign value added in exports that crosses a foreign border for the first or the last time."""
    L, Y = domestic_inverse(icio), icio.demand
    if approach == "source":
        arriving = (value_added_coefficients(icio, value_added) @ L) @ imported_inputs(icio)
        once: Array = (arriving @ L)[:, None] * industry_exports(icio)
        return once
    VB, A = multipliers(icio, value_added), input_coefficients(icio)
    kept, absorbed = L @ Y[icio.own], Y.copy()
    absorbed[icio.own] = 0
    for _, rows, delivered in _exporters(icio, A):
        absorbed[rows] += delivered(kept)
    once = _own_and_foreign(icio, VB)[1][:, None] * absorbed
    sent_on = L @ absorbed.sum(axis=1)
    for _, rows, delivered in _exporters(icio, A):
        once[rows] += VB[:, rows].T * delivered(sent_on)
    return once


def _frame(icio: ICIO, terms: dict[str, Array], detail: Detail | None) -> pd.DataFrame:
    """Terms by (industry, importer), summed to the levels of the detail asked for."""
    first = _LEVELS[detail][0]  # one economy alone is no exporter beside an importer
    levels = {first: icio.result_economies, "sector": icio.sectors, "importer": icio.result_economies}
    values = by_industry(icio, np.stack(list(terms.values()), axis=-1))
    dropped = tuple(axis for axis, level in enumerate(levels) if level not in _LEVELS[detail])
    kept = [pd.Index(levels[level], name=level) for level in _LEVELS[detail]]
    index = pd.MultiIndex.from_product(kept) if len(kept) > 1 else kept[0]
    return pd.DataFrame(values.sum(axis=dropped).reshape(-1, len(terms)), index=index, columns=list(terms))
