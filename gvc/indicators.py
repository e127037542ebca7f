"""From flows to the article's measures: origin shares and the link index."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import Array


def without_own(flow: pd.DataFrame) -> pd.DataFrame:
    """Set what each economy delivers to itself to zero, by label: rows and columns need not be the same."""
    return flow.mask(np.asarray(flow.index)[:, None] == np.asarray(flow.columns), 0.0)


def origin_share(flow: pd.DataFrame, origins: str | Iterable[str], destinations: str | Iterable[str]) -> float:
    r"""Of all that is foreign to the destinations, the percentage that comes from the origins.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        Value added in exports, intermediates …; what stands on the diagonal is each economy's own and is left
        out.
    origins, destinations : str or iterable of str
        Groups or economies. Destinations are pooled member by member: flows are summed, and a fellow member
        is foreign.

    Returns
    -------
    float
        Percent; NaN where nothing foreign arrives.

    Raises
    ------
    GvcError
        If an economy is not in the flow.

    Notes
    -----
    :math:`100 \sum_{d \in D} \sum_{o \in O,\, o \ne d} f_{od} \,/ \sum_{d \in D} \sum_{o \ne d} f_{od}`:
    the definition under Table 1 of the article, for exports as for imported intermediates.
    """
    foreign = without_own(flow)[list(eco.covered(destinations, flow.columns))]
    total = float(foreign.to_numpy().sum())
    part = float(foreign.loc[list(eco.covered(origins, flow.index))].to_numpy().sum())
    return 100 * part / total if total else float("nan")


def link_index(vax: pd.DataFrame) -> pd.DataFrame:
    r"""Link index of each origin with each absorber.

    Parameters
    ----------
    vax : DataFrame, origin × absorber
        Value added absorbed in final demand; the diagonal is left out.

    Returns
    -------
    DataFrame, origin × absorber
        NaN on the diagonal and where the origin exports, or the absorber imports, no value added.

    Notes
    -----
    .. math:: LINK_{rs} = 100\, \frac{VAEX_{rs}}{\sqrt{VAEX_r \cdot VAIM_s}}

    with :math:`VAEX_r = \sum_s VAEX_{rs}` and :math:`VAIM_s = \sum_r VAEX_{rs}`: the geometric mean of the
    two shares that :func:`link_shares` returns. The article prints it without the radical sign.
    """
    foreign, exported, imported = _margins(vax)
    return pd.DataFrame(100 * foreign / np.sqrt(exported * imported), vax.index, vax.columns)


def link_shares(vax: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the two shares behind the link index, in percent.

    Parameters
    ----------
    vax : DataFrame, origin × absorber

    Returns
    -------
    of_exports : DataFrame, origin × absorber
        How much the absorber matters to the origin: its share in the origin's exports of value added.
    of_imports : DataFrame, origin × absorber
        How much the origin matters to the absorber: its share in the absorber's imports of value added.
    """
    foreign, exported, imported = _margins(vax)
    of_exports, of_imports = (
        pd.DataFrame(100 * foreign / total, vax.index, vax.columns) for total in (exported, imported)
    )
    return of_exports, of_imports


def trade_intensity(vax: pd.DataFrame) -> pd.DataFrame:
    r"""How much more of a flow there is than the sizes of origin and absorber alone let expect.

    Parameters
    ----------
    vax : DataFrame, origin × absorber
        Value added absorbed in final demand, of all the world; the diagonal is left out.

    Returns
    -------
    DataFrame, origin × absorber
        1 where the absorber's share in the origin's exports is its share in the imports of the world. NaN on the
        diagonal and where the origin exports, or the absorber imports, no value added.

    Notes
    -----
    .. math:: I_{rs} = \frac{VAEX_{rs}\, VAEX}{VAEX_r \cdot VAIM_s}, \qquad
              LINK_{rs} = 100\, I_{rs} \sqrt{\frac{VAEX_r}{VAEX} \cdot \frac{VAIM_s}{VAEX}},

    with VAEX the sum over all pairs: the intensity of trade of Yamazawa (1971), on value added, and what the link
    index makes of it.
    """
    foreign, exported, imported = _margins(vax)
    return pd.DataFrame(foreign * np.nansum(foreign) / (exported * imported), vax.index, vax.columns)


def revealed_comparative_advantage(exports: pd.Series) -> pd.Series:
    r"""How much more a sector weighs in an economy's exports than in the world's.

    Parameters
    ----------
    exports : Series by (exporter, sector)
        :func:`gvc.domestic_value_added_in_exports`; or ``EXGR`` of :func:`gvc.borin_mancini` by sector, for the
        traditional index.

    Returns
    -------
    Series by (exporter, sector)
        1 where the two weigh the same; NaN where an economy, or the whole world in that sector, exports nothing.

    Notes
    -----
    .. math:: RCA_{si} = \frac{e_{si} / \sum_j e_{sj}}{\sum_r e_{ri} / \sum_{rj} e_{rj}}

    Balassa (1965); Koopman, Wang and Wei (2014) compare it on gross exports and on value added.
    """
    by_exporter = exports.groupby(level="exporter").transform("sum")
    by_sector = exports.groupby(level="sector").transform("sum")
    return (exports * exports.sum() / (by_exporter * by_sector)).rename("RCA")


def supplier_concentration(flow: pd.DataFrame) -> pd.Series:
    r"""Concentration of the foreign suppliers of each destination, the Herfindahl–Hirschman index.

    Parameters
    ----------
    flow : DataFrame, origin × destination
        :func:`gvc.intermediate_flows`, :func:`gvc.value_added_in_exports` …; the diagonal is left out.

    Returns
    -------
    Series by destination
        Between 1/n for n equal suppliers and 1 for a single one; NaN where nothing foreign arrives.

    Notes
    -----
    :math:`\sum_{o \ne d} (f_{od} / \sum_{p \ne d} f_{pd})^2`: Hirschman (1945), Herfindahl (1950). Competition
    authorities print it times 10,000.
    """
    foreign = without_own(flow)
    imported = foreign.sum()
    return (foreign / imported.where(imported > 0)).pow(2).sum(min_count=1).rename("concentration")


def _margins(vax: pd.DataFrame) -> tuple[Array, Array, Array]:
    if list(vax.index) != list(vax.columns):
        raise GvcError(
            "vax",
            expected="the same economies in rows and columns, in the same order",
            found=f"{list(vax.index)[:4]} … against {list(vax.columns)[:4]} …",
            remedy="Reindex one like the other.",
        )
    foreign = vax.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(foreign, np.nan)
    exported, imported = np.nansum(foreign, axis=1, keepdims=True), np.nansum(foreign, axis=0)
    return foreign, np.where(exported > 0, exported, np.nan), np.where(imported > 0, imported, np.nan)
