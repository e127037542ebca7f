r"""Where in the chain an industry stands, and how much of what it does is part of one.

In the formulas L is the inverse of each economy's own block, :math:`A^F` the input coefficients between economies,
:math:`y^D` and :math:`y^F` final goods sold at home and abroad, hats diagonal matrices. The parts of an economy are
joined with the weights of the measure's denominator; where that is zero, as in an industry without output, the measure
is NaN.
"""

from typing import Literal

import numpy as np
import pandas as pd

from gvc.amounts import ValueAdded, counts
from gvc.decompositions import borin_mancini
from gvc.errors import one_of
from gvc.flows import industry_exports, value_added_in_exports
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array
from gvc.leontief import (
    by_industry,
    domestic_inverse,
    embodied,
    imported_inputs,
    multipliers,
    output_needed,
    value_added_coefficients,
)
from gvc.results import measures

Linkage = Literal["forward", "backward"]


@measures("upstreamness", "1")
def upstreamness(icio: ICIO) -> pd.Series:
    r"""Average distance of an industry's output from final use.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    Series by (economy, sector)
        Stages; 1 where all output goes to final use, NaN for an industry without output.

    Notes
    -----
    .. math:: U = (I - \hat x^{-1} Z)^{-1} \iota = \hat x^{-1} B x

    Antràs, Chor, Fally and Hillberry (2012).

    Examples
    --------
    >>> import gvc
    >>> gvc.upstreamness(gvc.load_sample())["CHN"].round(2)
    sector
    Primary      3.49
    Light        2.88
    Materials    3.87
    Machinery    2.63
    Services     2.20
    Name: upstreamness, dtype: float64
    """
    must_be_table(icio)
    return _ratio(icio, output_needed(icio, icio.x), "upstreamness")


@measures("downstreamness", "1")
def downstreamness(icio: ICIO) -> pd.Series:
    r"""Average number of stages that an industry's output embodies.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    Series by (economy, sector)
        Stages; 1 where all output is value added, NaN for an industry without output.

    Notes
    -----
    .. math:: D = (I - A')^{-1} \iota = B' \iota

    The number of stages N of Fally (2012).

    Examples
    --------
    >>> import gvc
    >>> gvc.downstreamness(gvc.load_sample())["CHN"].round(2)
    sector
    Primary      2.26
    Light        3.16
    Materials    3.22
    Machinery    3.58
    Services     2.61
    Name: downstreamness, dtype: float64
    """
    must_be_table(icio)
    return _ratio(icio, embodied(icio, np.ones_like(icio.x)) * icio.x, "downstreamness")


@counts("activities of production")
def production_activities(icio: ICIO, linkage: Linkage = "forward", value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Value added, or final goods, by kind of production.

    Parameters
    ----------
    icio : ICIO
    linkage : {"forward", "backward"}
        Value added by the industry that earns it, or final goods by the industry that finishes them.
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, (economy, sector) × (D, RT, GVC_S, GVC_C)
        In the unit of the table, or in that of the amounts: ``D``, purely domestic; ``RT``, traditional trade in final
        goods; ``GVC_S``, simple chains, whose intermediates cross one border and whose product is used there;
        ``GVC_C``, complex chains, which cross at least one more border, as inputs or as final goods. Rows sum to value
        added (forward), if the rows of the table add up to output, or to what final goods contain (backward), with the
        residual as value added to these goods.

    Raises
    ------
    GvcError
        If `linkage` has another value, or amounts do not fit the table.

    Notes
    -----
    Wang, Wei, Yu and Zhu (2017a):

    .. math:: \hat V B \hat Y = \hat V L \hat Y^D + \hat V L \hat Y^F + \hat V L A^F L \hat Y^D
              + \hat V L A^F (B \hat Y - L \hat Y^D),

    summed along rows or down columns.

    Examples
    --------
    >>> import gvc
    >>> gvc.production_activities(gvc.load_sample()).loc["JPN"].round()  # million USD
                       D        RT     GVC_S    GVC_C
    sector
    Primary      74696.0    3387.0    6121.0   2966.0
    Light       270987.0   10379.0   11909.0   5154.0
    Materials   276313.0   33493.0   82259.0  44683.0
    Machinery   180842.0   89448.0   69762.0  35389.0
    Services   4351768.0  119467.0  163195.0  63616.0
    """
    one_of("linkage", linkage, ("forward", "backward"))
    v = value_added_coefficients(icio, value_added)
    L, imported = domestic_inverse(icio), imported_inputs(icio)
    at_home, abroad = _final_goods(icio)
    if linkage == "forward":
        made = L @ at_home
        simple = v * (L @ (imported @ made))
        chains = v * (L @ (imported @ output_needed(icio, at_home + abroad)))
        columns = [v * made, v * (L @ abroad), simple, chains - simple]
    else:
        own = v @ L
        simple = (own @ imported @ L) * at_home
        chains = embodied(icio, own @ imported) * (at_home + abroad)
        columns = [own * at_home, own * abroad, simple, chains - simple]
    return _by_industry(icio, dict(zip(("D", "RT", "GVC_S", "GVC_C"), columns, strict=True)))


@counts("length of production", "stages")
def production_length(icio: ICIO, linkage: Linkage = "forward", value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Average number of stages from primary inputs to final goods, by kind of production.

    Parameters
    ----------
    icio : ICIO
    linkage : {"forward", "backward"}
        By the industry that earns the value added, or by the one that finishes the goods.
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, (economy, sector) × (total, D, RT, GVC)
        Stages: gross output induced by the value added, divided by the value added, in total and for each activity of
        :func:`production_activities`. NaN where an activity is absent.

    Raises
    ------
    GvcError
        If `linkage` has another value, or amounts do not fit the table.

    Notes
    -----
    Wang, Wei, Yu and Zhu (2017b):

    .. math::
        \frac{\hat V B B \hat Y}{\hat V B \hat Y}, \quad
        \frac{\hat V L L \hat Y^D}{\hat V L \hat Y^D}, \quad
        \frac{\hat V L L \hat Y^F}{\hat V L \hat Y^F}, \quad
        \frac{\hat V (L L A^F B + L A^F B B) \hat Y}{\hat V L A^F B \hat Y},

    with numerator and denominator summed along rows (forward) or down columns (backward). For an economy without parts,
    total backward length is :func:`downstreamness` where the industry makes final goods and value added is the
    residual, and total forward length is :func:`upstreamness` where the rows of the table add up to output. Other
    amounts are weights: the stages between the industry that uses them and the final goods. Forward, each industry has
    its own alone, so that only where it uses none, or parts are joined, do they make a difference.

    Examples
    --------
    >>> import gvc
    >>> gvc.production_length(gvc.load_sample(), "backward").loc["JPN"].round(2)
               total     D    RT   GVC
    sector
    Primary     2.18  1.86  1.86  3.65
    Light       2.35  2.07  2.07  4.35
    Materials   2.59  2.17  2.17  3.76
    Machinery   2.75  2.35  2.35  4.78
    Services    1.74  1.57  1.57  4.27
    """
    one_of("linkage", linkage, ("forward", "backward"))
    v = value_added_coefficients(icio, value_added)
    L, imported = domestic_inverse(icio), imported_inputs(icio)
    at_home, abroad = _final_goods(icio)
    if linkage == "forward":
        reached = output_needed(icio, at_home + abroad)
        value = [L @ at_home, L @ abroad, L @ (imported @ reached)]
        induced = [L @ stage for stage in value]
        induced[2] += L @ (imported @ output_needed(icio, reached))
        weight = [v, v, v]
    else:
        own = v @ L
        crossing = embodied(icio, own @ imported)
        value = [own, own, crossing]
        induced = [own @ L, own @ L, embodied(icio, own @ L @ imported) + embodied(icio, crossing)]
        weight = [at_home, abroad, at_home + abroad]
    over, under = (
        _by_industry(icio, {name: w * part for name, w, part in zip(("D", "RT", "GVC"), weight, parts, strict=True)})
        for parts in (induced, value)
    )
    lengths = over / under
    lengths.insert(0, "total", over.sum(axis=1) / under.sum(axis=1))
    return lengths


@counts("vertical specialization")
def vertical_specialization(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Foreign value added in an economy's exports, and its own in the exports of others.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, economy × measure
        In the unit of the table, or in that of the amounts. ``VS``: foreign value added in the economy's exports.
        ``VS1``: its own value added in the exports of all others. ``VS1*``: the part of that in their exports to the
        economy itself.

    Notes
    -----
    .. math::
        VS_s = \sum_{t \ne s} V_t B_{ts} e_s, \qquad
        VS1_s = \sum_{r \ne s} V_s B_{sr} e_r, \qquad
        VS1^*_s = \sum_{r \ne s} V_s B_{sr} e_{rs}

    VS and VS1 are the measures of Hummels, Ishii and Yi (2001), VS1* is that of Daudin, Rifflart and Schweisguth
    (2011), each for many economies as in Koopman, Wang and Wei (2014): VS is the sum of their terms 7 to 9, VS1* the
    sum of terms 4 to 6. Value added that crosses several borders counts at each.

    Examples
    --------
    >>> import gvc
    >>> gvc.vertical_specialization(gvc.load_sample()).loc[["CHN", "MEX", "RUS"]].round()  # million USD
                   VS       VS1     VS1*
    economy
    CHN      442750.0  287795.0  51425.0
    MEX       99164.0   53284.0   3945.0
    RUS       33402.0  159006.0   4736.0
    """
    content = value_added_in_exports(icio, value_added).to_numpy()
    own = np.diagonal(content)
    returned = np.einsum("sc,cs->s", multipliers(icio, value_added), industry_exports(icio))
    values = np.column_stack([content.sum(axis=0) - own, content.sum(axis=1) - own, returned])
    return pd.DataFrame(values, pd.Index(icio.result_economies, name="economy"), ["VS", "VS1", "VS1*"])


@counts("participation in chains", "percent")
def participation(
    icio: ICIO, basis: Literal["trade", "content", "output"] = "trade", value_added: ValueAdded = None
) -> pd.DataFrame:
    r"""Participation in global value chains.

    Parameters
    ----------
    icio : ICIO
    basis : {"trade", "content", "output"}
        ``trade``: GVCB and GVCF of :func:`borin_mancini` at the source, as shares of gross exports. ``content``: VS and
        VS1 of :func:`vertical_specialization`, as shares of gross exports. ``output``: simple and complex chains of
        :func:`production_activities` together, as shares of final goods (backward) and of value added (forward).
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.
        Shares of exports and of final goods are then shares of what these contain of the amounts, as they are of the
        residual, which adds up to the goods themselves.

    Returns
    -------
    DataFrame, economy × (backward, forward)
        Percent; NaN where the denominator is zero.

    Raises
    ------
    GvcError
        If `basis` has another value, or amounts do not fit the table.

    Notes
    -----
    ``trade`` is the measure of Borin and Mancini (2019), ``output`` that of Wang, Wei, Yu and Zhu (2017a). ``content``
    is that of Koopman, Powers, Wang and Wei (2010) and of the OECD, which calls the shares DEXFVAPSH and FEXDVAPSH. The
    former's index of participation is the sum of both shares; their index of position is
    :math:`\ln(1 + \text{forward}) - \ln(1 + \text{backward})` with the shares as fractions. ``content`` counts value
    added that crosses several borders at each.

    Examples
    --------
    >>> import gvc
    >>> gvc.participation(gvc.load_sample()).loc[["CHN", "MEX", "RUS"]].round(1)
             backward  forward
    economy
    CHN          21.9     11.8
    MEX          29.3     12.8
    RUS           7.0     26.5
    """
    one_of("basis", basis, ("trade", "content", "output"))
    if basis == "content":
        exported = multipliers(icio, value_added).sum(axis=0) * industry_exports(icio).sum(axis=1)
        part, whole = vertical_specialization(icio, value_added)[["VS", "VS1"]], icio.by_economy(exported)
    elif basis == "trade":
        terms = borin_mancini(icio, value_added=value_added)
        part, whole = terms[["GVCB", "GVCF"]], terms["DC"] + terms["FC"]
    if basis != "output":
        return 100 * part.set_axis(["backward", "forward"], axis=1).div(whole, axis=0)
    shares = {}
    for linkage in ("backward", "forward"):
        activities = production_activities(icio, linkage, value_added).groupby("economy", sort=False).sum()
        shares[linkage] = 100 * (activities["GVC_S"] + activities["GVC_C"]) / activities.sum(axis=1)
    return pd.DataFrame(shares)


def _final_goods(icio: ICIO) -> tuple[Array, Array]:
    """(GN,) each: final demand for a product at home and abroad."""
    at_home: Array = icio.demand[icio.own]
    return at_home, icio.demand.sum(axis=1) - at_home


def _by_industry(icio: ICIO, columns: dict[str, Array]) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["economy", "sector"])
    values = by_industry(icio, np.column_stack(list(columns.values())))
    return pd.DataFrame(values.reshape(len(index), -1), index=index, columns=list(columns))


def _ratio(icio: ICIO, over: Array, name: str) -> pd.Series:
    """Average over output, parts joined."""
    amounts = _by_industry(icio, {"over": over, "output": icio.x})
    return (amounts["over"] / amounts["output"]).rename(name)
