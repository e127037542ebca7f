"""From an inter-country table to flows between economies. All in the unit of the table."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gvc import economies as eco
from gvc.amounts import Row, ValueAdded, counts
from gvc.errors import one_of
from gvc.icio import ICIO, must_be_table
from gvc.labels import Array
from gvc.leontief import (
    by_industry,
    embodied,
    input_coefficients,
    multipliers,
    output_needed,
    value_added_coefficients,
)
from gvc.results import measures


@measures("gross exports")
def gross_exports(icio: ICIO) -> pd.DataFrame:
    r"""Gross exports, intermediate and final, by origin and destination.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    DataFrame, exporter × importer
        In the unit of the table. :math:`e_{rs} = \iota'(Z_{rs}\iota + y_{rs})` for :math:`r \ne s`, zero on the
        diagonal. An industry without output has nothing to export: exports that the table nevertheless records for it
        (in WIOD a few millions, mostly Luxembourg's) are left out, and :meth:`gvc.ICIO.check` lists them.

    Examples
    --------
    >>> import gvc
    >>> exports = gvc.gross_exports(gvc.load_sample())
    >>> exports.loc[["CHN", "JPN"], ["CHN", "JPN", "KOR"]]  # million USD
    importer       CHN       JPN       KOR
    exporter
    CHN               0.0  183514.0  111867.0
    JPN          179976.0       0.0   57196.0
    """
    exports = industry_exports(icio)
    return _frame(icio, icio.by_economy(exports.T).T, "exporter", "importer")


@measures("intermediate deliveries")
def intermediate_flows(icio: ICIO) -> pd.DataFrame:
    r"""Intermediate deliveries from economy to economy.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    DataFrame, exporter × importer
        In the unit of the table. :math:`\iota' Z_{rs} \iota`; own use is on the diagonal. Deliveries recorded
        for an industry without output are included.

    Examples
    --------
    >>> import gvc
    >>> inputs = gvc.intermediate_flows(gvc.load_sample())
    >>> inputs.loc[["CHN", "JPN"], ["CHN", "JPN", "KOR"]]  # million USD
    importer         CHN        JPN      KOR
    exporter
    CHN          13407505.0    86787.0  80236.0
    JPN            135774.0  4840972.0  44726.0
    """
    must_be_table(icio)
    return _frame(icio, icio.by_economy(icio.by_economy(icio.Z).T).T, "exporter", "importer")


@counts("value added in exports")
def value_added_in_exports(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Value added of each origin in the gross exports of each exporter, V·B·E.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, origin × exporter
        In the unit of the table, or in that of the amounts. :math:`v_o' B_{oe} e_e` with :math:`e_e` the gross exports
        of e by sector. Each column sums to what the exporter's exports contain, with the residual as value added to
        these exports; off the diagonal is foreign value added.

    Notes
    -----
    The exporter-side accounting of Koopman, Wang and Wei (2014). The off-diagonal sums are their terms 7 to 9.

    Examples
    --------
    >>> import gvc
    >>> content = gvc.value_added_in_exports(gvc.load_sample())
    >>> content.loc[["CHN", "JPN", "MEX"], ["CHN", "MEX"]].round()  # million USD
    exporter        CHN       MEX
    origin
    CHN       1642215.0   16984.0
    JPN         42432.0    5504.0
    MEX          3406.0  243326.0
    """
    exported = multipliers(icio, value_added) * industry_exports(icio).sum(axis=1)
    return _frame(icio, icio.by_economy(exported), "origin", "exporter")


@counts("value added in final demand")
def value_added_in_final_demand(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Value added of each origin absorbed in the final demand of each economy, V·B·Y.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, origin × absorber
        In the unit of the table, or in that of the amounts. Off the diagonal it is VAX, exports of value added. Rows
        sum to the origin's value added, or amounts, where the rows of the table add up to output.

    Notes
    -----
    Johnson and Noguera (2012), equation 5.

    Examples
    --------
    >>> import gvc
    >>> absorbed = gvc.value_added_in_final_demand(gvc.load_sample())
    >>> absorbed.loc[["CHN", "JPN"], ["CHN", "JPN", "KOR"]].round()  # million USD
    absorber        CHN        JPN      KOR
    origin
    CHN       5796530.0   138662.0  61268.0
    JPN        133164.0  5164489.0  28382.0
    """
    return _frame(icio, multipliers(icio, value_added) @ icio.demand, "origin", "absorber")


@counts("accounts of industries")
def sector_accounts(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Output, value added, exports and exported value added of each industry.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, (economy, sector) × (output, value_added, gross_exports, vax)
        In the unit of the table. `vax` is value added of the industry absorbed abroad, :math:`\hat{V}_s \sum_{u \ne
        s} (B Y_u)_s`: summed over the industries of an economy it is VAX. Where amounts are given, `value_added` and
        `vax` count them, in their unit, and the two others are left out.

    Examples
    --------
    >>> import gvc
    >>> sector_accounts(gvc.load_sample()).loc["JPN"].round()  # million USD
                  output  value_added  gross_exports       vax
    sector
    Primary     198318.0      87249.0         3956.0   12273.0
    Light       800499.0     298608.0        23765.0   27082.0
    Materials  1497219.0     437037.0       239316.0  157413.0
    Machinery  1275958.0     375610.0       438975.0  192596.0
    Services   7561415.0    4698975.0       188054.0  341980.0
    """
    v = value_added_coefficients(icio, value_added)
    reached = output_needed(icio, icio.demand)
    abroad = reached.sum(axis=1) - reached[icio.own]
    columns = np.column_stack([icio.x, v * icio.x, industry_exports(icio).sum(axis=1), v * abroad])
    industries = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["economy", "sector"])
    values = by_industry(icio, columns).reshape(len(industries), -1)
    accounts = pd.DataFrame(values, industries, ["output", "value_added", "gross_exports", "vax"])
    return accounts[["value_added", "vax"]] if isinstance(value_added, pd.Series) else accounts


@counts("value added in final demand")
def value_added_by_industry(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Value added of each industry absorbed in the final demand of each economy.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, (origin, origin_sector) × absorber
        In the unit of the table, or in that of the amounts. :math:`\hat{v} B Y`: summed over the sectors of an origin
        it is :func:`value_added_in_final_demand`.

    Notes
    -----
    Johnson and Noguera (2012), by industry of origin.

    Examples
    --------
    >>> import gvc
    >>> absorbed = value_added_by_industry(gvc.load_sample())
    >>> absorbed.loc["JPN", ["CHN", "JPN", "KOR"]].round()  # million USD
    absorber       CHN        JPN      KOR
    origin_sector
    Primary     2494.0    74897.0    625.0
    Light       5402.0   271346.0   1342.0
    Materials  34541.0   279335.0   9072.0
    Machinery  43960.0   182844.0   6526.0
    Services   46766.0  4356066.0  10817.0
    """
    absorbed = value_added_coefficients(icio, value_added)[:, None] * output_needed(icio, icio.demand)
    industries = pd.MultiIndex.from_product([icio.result_economies, icio.sectors], names=["origin", "origin_sector"])
    values = by_industry(icio, absorbed).reshape(len(industries), -1)
    return pd.DataFrame(values, index=industries, columns=pd.Index(icio.result_economies, name="absorber"))


@measures("inputs of the first stage")
def first_stage_inputs(icio: ICIO) -> pd.DataFrame:
    r"""Count the inputs that makers of final products buy, by origin: the chain at face value.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    DataFrame, origin × maker
        In the unit of the table. :math:`\iota_o' A \hat{f}_d` with :math:`f_d` what d makes for final use anywhere;
        own inputs stand on the diagonal.

    Notes
    -----
    Face value in Baldwin, Freeman and Theodorakopoulos (2023).

    Examples
    --------
    >>> import gvc
    >>> inputs = first_stage_inputs(gvc.load_sample())
    >>> inputs.loc[["CHN", "MEX"], ["MEX", "USA"]].round()  # million USD
    maker        MEX       USA
    origin
    CHN      19354.0  106724.0
    MEX     338731.0   62557.0
    """
    A = input_coefficients(icio)
    bought = icio.by_economy(A.T).T * icio.Y.sum(axis=1)
    return _frame(icio, icio.by_economy(bought), "origin", "maker")


@measures("inputs of every stage")
def all_stage_inputs(icio: ICIO) -> pd.DataFrame:
    r"""Count the inputs of every stage before a final product, by origin: the chain looked through.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    DataFrame, origin × maker
        In the unit of the table. :math:`\iota_o' (B - I) \hat{f}_d`: the output of o that all stages before the last
        take. It counts an input as often as it changes hands.

    Notes
    -----
    Look-through in Baldwin, Freeman and Theodorakopoulos (2022, 2023), here without the finished product itself.

    Examples
    --------
    >>> import gvc
    >>> inputs = all_stage_inputs(gvc.load_sample())
    >>> inputs.loc[["CHN", "MEX"], ["MEX", "USA"]].round()  # million USD
    maker        MEX       USA
    origin
    CHN      82792.0  558411.0
    MEX     486537.0  176648.0
    """
    must_be_table(icio)
    makers = np.eye(len(icio.result_economies))[icio.home]
    bought = (embodied(icio, makers) - makers).T * icio.Y.sum(axis=1)
    return _frame(icio, icio.by_economy(bought), "origin", "maker")


@counts("value added in inputs")
def value_added_in_inputs(icio: ICIO, value_added: ValueAdded = None) -> pd.DataFrame:
    r"""Count who earned what makers of final products pay for inputs, each unit once.

    Parameters
    ----------
    icio : ICIO
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    DataFrame, origin × maker
        In the unit of the table, or in that of the amounts. :math:`v_o' (B - I) \hat{f}_d` with :math:`f_d` what d
        makes for final use anywhere: value added of o at every stage before the last. With the residual it adds up over
        origins to :math:`\iota' A \hat{f}_d`, as :func:`first_stage_inputs` does, since :math:`v' = \iota'(I - A)`:
        that divides the same sum by who sells.

    Notes
    -----
    The value chain of a final product in Los, Timmer and de Vries (2015), without its last stage.

    Examples
    --------
    >>> import gvc
    >>> earned = value_added_in_inputs(gvc.load_sample())
    >>> earned.loc[["CHN", "MEX"], ["MEX", "USA"]].round()  # million USD
    maker        MEX       USA
    origin
    CHN      21825.0  159975.0
    MEX     296542.0   89497.0
    """
    earned = multipliers(icio, value_added).copy()
    earned[icio.home, np.arange(len(icio.x))] -= value_added_coefficients(icio, value_added)
    return _frame(icio, icio.by_economy(earned * icio.Y.sum(axis=1)), "origin", "maker")


Treatment = Literal["members", "block", "merged"]


@overload
def foreign_value_added(
    icio: ICIO, exporters: str | Iterable[str], treatment: Treatment = "members", *, value_added: pd.DataFrame
) -> pd.DataFrame: ...
@overload
def foreign_value_added(
    icio: ICIO,
    exporters: str | Iterable[str],
    treatment: Treatment = "members",
    value_added: Row | pd.Series | None = None,
) -> pd.Series: ...
@counts("foreign value added in exports")
def foreign_value_added(
    icio: ICIO, exporters: str | Iterable[str], treatment: Treatment = "members", value_added: ValueAdded = None
) -> pd.Series | pd.DataFrame:
    """Foreign value added in the exports of one economy or of a group, by origin.

    Parameters
    ----------
    icio : ICIO
    exporters : str or iterable of str
        An economy, a group of :data:`gvc.economies.GROUPS`, or several economies.
    treatment : {"members", "block", "merged"}
        ``members``: each member exports on its own; trade within the group counts, and a fellow member's value
        added is foreign. ``block``: only exports out of the group count, and members'
        value added is domestic, but every member stays separate in the algebra. ``merged``: the members are summed into
        one economy before anything is computed.
    value_added : {"residual", "table", "taxes"}, Series or DataFrame, optional
        See :func:`gvc.value_added_coefficients`.

    Returns
    -------
    Series by origin, or DataFrame with a column for each column of `value_added`
        In the unit of the table, or in that of the amounts. Origins whose value added is domestic under the treatment
        are left out.

    Raises
    ------
    GvcError
        If the table does not show the exporters, `treatment` has another value, or amounts do not fit the table.

    Examples
    --------
    >>> import gvc
    >>> foreign = gvc.foreign_value_added(gvc.load_sample(), "MEX")
    >>> foreign.sort_values(ascending=False).head(3).round()  # million USD
    origin
    USA    35380.0
    ROW    19139.0
    CHN    16984.0
    Name: foreign value added, dtype: float64
    """
    must_be_table(icio)
    group = list(eco.covered(exporters, icio.result_economies))
    inside = np.isin(icio.result_economies, group)
    one_of("treatment", treatment, ("members", "block", "merged"))
    if treatment == "members":
        content = value_added_in_exports(icio, value_added).to_numpy(copy=True)
        np.fill_diagonal(content, 0)
        return _series(icio, content[:, inside].sum(axis=1), ~inside | (inside.sum() > 1))
    if treatment == "block":
        outward = industry_exports(icio)[:, ~inside].sum(axis=1) * inside[icio.home]
        return _series(icio, multipliers(icio, value_added) @ outward, ~inside)
    if isinstance(value_added, pd.Series):  # summed with the table, as its own row
        icio, value_added = replace(icio, va=value_added.to_numpy()), "table"
    merged = icio.aggregate(economies=dict.fromkeys(group, group[0]))
    return value_added_in_exports(merged, value_added)[group[0]].drop(group[0]).rename("foreign value added")


def industry_exports(icio: ICIO) -> Array:
    """Sum what each industry that makes anything delivers to each economy but its own, for any use.

    Parameters
    ----------
    icio : ICIO

    Returns
    -------
    (GN, R) array
        In the unit of the table.

    Examples
    --------
    >>> import gvc
    >>> industry_exports(gvc.load_sample())[8, :3].tolist()  # Japan's machinery to China, Japan, Korea, million USD
    [114303.0, 0.0, 20050.0]
    """
    must_be_table(icio)
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
