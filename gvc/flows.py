"""From an inter-country table to flows between economies. All in the unit of the table."""

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.errors import one_of
from gvc.icio import ICIO, Array
from gvc.leontief import (
    ValueAdded,
    by_industry,
    embodied,
    input_coefficients,
    multipliers,
    output_needed,
    value_added_coefficients,
)


def gross_exports(icio: ICIO) -> pd.DataFrame:
    r"""Gross exports, intermediate and final, by origin and destination.

    Returns
    -------
    DataFrame, origin × destination
        :math:`e_{rs} = \iota'(Z_{rs}\iota + y_{rs})` for :math:`r \ne s`, zero on the diagonal. An industry
        without output has nothing to export: what the table books to it all the same (in WIOD a few
        millions, mostly Luxembourg's) is left out, and :meth:`gvc.ICIO.check` lists it.
    """
    return _frame(icio, icio.by_economy(industry_exports(icio).T).T, "origin", "destination")


def intermediate_flows(icio: ICIO) -> pd.DataFrame:
    r"""Intermediate deliveries by origin and destination.

    Returns
    -------
    DataFrame, origin × destination
        :math:`\iota' Z_{rs} \iota`; own use stands on the diagonal. What an industry without output is said to
        deliver is in it.
    """
    return _frame(icio, icio.by_economy(icio.by_economy(icio.Z).T).T, "origin", "destination")


def value_added_in_exports(icio: ICIO, value_added: ValueAdded = "residual") -> pd.DataFrame:
    r"""Value added of each origin in the gross exports of each exporter, V·B·E.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table"}
        See :func:`gvc.leontief.value_added_coefficients`.

    Returns
    -------
    DataFrame, origin × exporter
        :math:`v_o' B_{oe} e_e` with :math:`e_e` the gross exports of e by sector. With the residual as value
        added each column sums to the exporter's gross exports; off the diagonal stands foreign value added.

    Notes
    -----
    The exporter-side accounting of Koopman, Wang and Wei (2014), whose terms 7 to 9 the off-diagonal sums.
    """
    exported = multipliers(icio, value_added) * industry_exports(icio).sum(axis=1)
    return _frame(icio, icio.by_economy(exported), "origin", "exporter")


def value_added_in_final_demand(icio: ICIO, value_added: ValueAdded = "residual") -> pd.DataFrame:
    r"""Value added of each origin absorbed in the final demand of each economy, V·B·Y.

    Returns
    -------
    DataFrame, origin × absorber
        Off the diagonal it is VAX, exports of value added. Rows sum to the origin's value added where the rows of the
        table add up to output.

    Notes
    -----
    Johnson and Noguera (2012), equation 5.
    """
    return _frame(icio, multipliers(icio, value_added) @ icio.demand, "origin", "absorber")


def sector_accounts(icio: ICIO) -> pd.DataFrame:
    r"""Output, value added, exports and exported value added of each industry.

    Returns
    -------
    DataFrame, (origin, sector) × (output, value_added, gross_exports, vax)
        `vax` is value added of the industry absorbed abroad, :math:`\hat{V}_s \sum_{u \ne s} (B Y_u)_s`: with the other
        industries of its economy it adds up to VAX. Value added is the residual.
    """
    v = value_added_coefficients(icio)
    reached = output_needed(icio, icio.demand)
    abroad = reached.sum(axis=1) - reached[icio.own]
    columns = np.column_stack([icio.x, v * icio.x, industry_exports(icio).sum(axis=1), v * abroad])
    industries = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["origin", "sector"])
    values = by_industry(icio, columns).reshape(len(industries), -1)
    return pd.DataFrame(values, industries, ["output", "value_added", "gross_exports", "vax"])


def value_added_by_industry(icio: ICIO) -> pd.DataFrame:
    r"""Value added of each industry absorbed in the final demand of each economy.

    Returns
    -------
    DataFrame, (origin, sector) × absorber
        :math:`\hat{v} B Y`: over the sectors of an origin it adds up to :func:`value_added_in_final_demand`.

    Notes
    -----
    Johnson and Noguera (2012), by industry of origin.
    """
    absorbed = value_added_coefficients(icio)[:, None] * output_needed(icio, icio.demand)
    industries = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["origin", "sector"])
    values = by_industry(icio, absorbed).reshape(len(industries), -1)
    return pd.DataFrame(values, index=industries, columns=pd.Index(icio.result_economies, name="absorber"))


def first_stage_inputs(icio: ICIO) -> pd.DataFrame:
    r"""Count the inputs that makers of final products buy, by origin: the chain at face value.

    Returns
    -------
    DataFrame, origin × maker
        :math:`\iota_o' A \hat{f}_d` with :math:`f_d` what d makes for final use anywhere; own inputs stand on the
        diagonal.

    Notes
    -----
    Face value in Baldwin, Freeman and Theodorakopoulos (2023).
    """
    bought = icio.by_economy(input_coefficients(icio).T).T * _finished(icio)
    return _frame(icio, icio.by_economy(bought), "origin", "maker")


def all_stage_inputs(icio: ICIO) -> pd.DataFrame:
    r"""Count the inputs of every stage before a final product, by origin: the chain looked through.

    Returns
    -------
    DataFrame, origin × maker
        :math:`\iota_o' (B - I) \hat{f}_d`: the output of o that all stages before the last take. It counts an input
        as often as it changes hands.

    Notes
    -----
    Look-through in Baldwin, Freeman and Theodorakopoulos (2022, 2023), here without the finished product itself.
    """
    makers = np.eye(len(icio.result_economies))[icio.home]
    bought = (embodied(icio, makers) - makers).T * _finished(icio)
    return _frame(icio, icio.by_economy(bought), "origin", "maker")


Treatment = Literal["members", "block", "merged"]


def foreign_value_added(icio: ICIO, exporters: str | Iterable[str], treatment: Treatment = "members") -> pd.Series:
    """Foreign value added in the exports of one economy or of a group, by origin.

    Parameters
    ----------
    icio : ICIO
    exporters : str or iterable of str
        An economy, a group of :data:`gvc.economies.GROUPS`, or several economies.
    treatment : {"members", "block", "merged"}
        ``members``: each member exports on its own; trade inside the group counts and a fellow member's value
        added is foreign (the article's reading). ``block``: only exports out of the group count and members'
        value added is domestic, with every member kept in the algebra. ``merged``: the members are summed into
        one economy before anything is computed.

    Returns
    -------
    Series by origin
        Origins whose value added is domestic by the treatment are absent.
    """
    group = list(eco.covered(exporters, icio.result_economies))
    inside = np.isin(icio.result_economies, group)
    one_of("treatment", treatment, ("members", "block", "merged"))
    if treatment == "members":
        content = value_added_in_exports(icio).to_numpy(copy=True)
        np.fill_diagonal(content, 0)
        return _series(icio, content[:, inside].sum(axis=1), ~inside | (inside.sum() > 1))
    if treatment == "block":
        outward = industry_exports(icio)[:, ~inside].sum(axis=1) * inside[icio.home]
        return _series(icio, multipliers(icio) @ outward, ~inside)
    merged = icio.aggregate(economies=dict.fromkeys(group, group[0]))
    return foreign_value_added(merged, group[0], "members")


def _finished(icio: ICIO) -> Array:
    """(GN,): final products that each industry makes, for whomever."""
    made: Array = np.where(icio.x != 0, icio.Y.sum(axis=1), 0.0)
    return made


def industry_exports(icio: ICIO) -> Array:
    """(GN, R): what each industry that makes anything delivers to each economy but its own, for any use."""
    delivered = icio.by_economy(icio.Z) + icio.demand
    delivered[icio.own] = 0
    delivered[icio.x == 0] = 0
    return delivered


def _series(icio: ICIO, values: Array, foreign: NDArray[np.bool_]) -> pd.Series:
    index = pd.Index(icio.result_economies, name="origin")
    return pd.Series(values, index=index, name="foreign value added")[foreign]


def _frame(icio: ICIO, values: Array, rows: str, columns: str) -> pd.DataFrame:
    return pd.DataFrame(
        values,
        index=pd.Index(icio.result_economies, name=rows),
        columns=pd.Index(icio.result_economies, name=columns),
    )
