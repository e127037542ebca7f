"""Northeast Asia in the exports of its hosts: who gained, member by member, and the routes to the United States."""

from collections.abc import Iterable
from itertools import product

import pandas as pd

from gvc import economies as eco
from report import sources
from report.analysis import exposure
from report.article import HOSTS, NEA, SUPPLIERS
from report.flows import MARKET
from report.look import names
from report.sources import ADB, WIOD, WIOD_NEA, Base, Who

# -- the later edition --------------------------------------------------------------------------------------------


def printed_and_later() -> pd.DataFrame:
    """Table 2's left half against the later ADB edition, 2021.

    Returns
    -------
    DataFrame, origin × (host, {printed, ADB, difference})
    """
    both = sources.beside_print(ADB, SUPPLIERS)
    return both.loc[[(origin, 2021) for origin in SUPPLIERS]].droplevel("year")


def changes(start: int, end: int, origins: Iterable[str] = ("NEA", *NEA), hosts: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Compute what each origin gained or lost in each host's foreign value added between two years, ADB.

    Returns
    -------
    DataFrame
        Columns destination, origin, value; percentage points.
    """
    pairs = {(host, origin): ADB.share(origin, host) for host, origin in product(hosts, origins)}
    rows = [(*pair, share[end] - share[start]) for pair, share in pairs.items()]
    return pd.DataFrame(rows, columns=["destination", "origin", "value"])


# -- ASEAN, member by member ---------------------------------------------------------------------------------------


def member_shares(origins: Who = "NEA", base: Base = "all") -> pd.DataFrame:
    """Share of some origins in the foreign value added of each member's exports, and of pooled ASEAN, India, Mexico.

    Returns
    -------
    DataFrame, exporter × year
        Percent, ADB; the members first, by the share of the last year, then the pool and the others.
    """
    members = ADB.shares(origins, eco.members("ASEAN"), base=base)
    ordered = members.sort_values(members.columns[-1], ascending=False)
    return pd.concat([ordered, ADB.shares(origins, HOSTS, base=base)]).rename_axis(index="exporter")


def member_table(years: tuple[int, ...] = (2017, 2021, 2022)) -> pd.DataFrame:
    """Set out who of ASEAN is tied to Northeast Asia, and how that moved.

    Returns
    -------
    DataFrame, exporter × ({Weight, Northeast Asia, China, Concentration}, year)
        Percent; the index of :func:`report.analysis.exposure.concentration` by year. Weight: of ASEAN's foreign
        value added what stands in the member's exports, in the last year but one of `years`.
    """
    shares = {"Northeast Asia": member_shares(), "China": member_shares("CHN")}
    order = shares["Northeast Asia"].index
    shares["Concentration"] = ADB.concentration(order)["hhi"].unstack()
    columns = {("Weight", str(years[-2])): _weights(years[-2]).reindex(order)}
    columns |= {(label, str(year)): share.loc[order, year] for label, share in shares.items() for year in years}
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Exporter")


def member_changes(start: int, end: int) -> pd.DataFrame:
    """Compute what China, Japan, Korea and Russia gained or lost in the exports of those in :func:`member_shares`.

    Returns
    -------
    DataFrame
        Columns exporter, value, origin; percentage points of foreign value added.
    """
    frame = changes(start, end, WIOD_NEA, member_shares().index).rename(columns={"destination": "exporter"})
    return frame[["exporter", "value", "origin"]]


def shift_share(shares: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    r"""Split the change of a weighted mean into change within the members and shifts between them.

    Parameters
    ----------
    shares, weights : DataFrame, member × {start, end}
        Percent; two columns each. The weights of a column sum to 100.

    Returns
    -------
    DataFrame, member × {within, between}
        Percentage points. All cells together are the change of the mean.

    Notes
    -----
    With :math:`\bar w_m` and :math:`\bar s_m` the means of the two years, and :math:`\bar s` that of the pool,

    .. math:: \Delta s = \sum_m \bar w_m\, \Delta s_m + \sum_m \Delta w_m\, (\bar s_m - \bar s)

    The midpoints leave no residual. Subtracting :math:`\bar s` changes no sum, since weights sum to one, and lets a
    member that gains weight count for a rise only if its share is above the mean.
    """
    start, end = shares.columns
    pooled = (shares * weights.to_numpy() / 100).sum().mean()
    return pd.DataFrame(
        {
            "within": weights.mean(axis=1) / 100 * (shares[end] - shares[start]),
            "between": weights.diff(axis=1).iloc[:, 1] / 100 * (shares.mean(axis=1) - pooled),
        }
    )


def asean_shift_share(start: int, end: int, origins: Who = "NEA") -> pd.DataFrame:
    """Apply :func:`shift_share` to the share of some origins in ASEAN's foreign value added, ADB.

    Returns
    -------
    DataFrame, member × {within, between}
        Percentage points, the largest contribution first.
    """
    shares = member_shares(origins).loc[list(eco.members("ASEAN")), [start, end]]
    weights = pd.DataFrame({year: _weights(year) for year in (start, end)}).loc[shares.index]
    parts = shift_share(shares, weights)
    return parts.loc[parts.sum(axis=1).sort_values(ascending=False).index]


def _weights(year: int) -> pd.Series:
    return ADB.matrix("pool_weight", year)["ASEAN"]


# -- to the United States ------------------------------------------------------------------------------------------


def paths(year: int, exporters: Iterable[str] = ("MEX", "IND", "IDN")) -> pd.DataFrame:
    """Foreign value added in exports by origin, exporter and market: the United States, and all others.

    Returns
    -------
    DataFrame
        Columns origin, exporter, market, value; billion US dollars, WIOD. Origins: China, Japan, Korea, the United
        States, the European Union of 2011, and the rest. What is the exporter's own is left out.
    """
    every, there = _exports_and_to_market(year)
    rows = []
    for exporter in exporters:
        to = pd.DataFrame({MARKET: there[exporter], eco.ROW: every[exporter] - there[exporter]}).drop(exporter)
        for origin, value in to.groupby(_party, sort=False).sum().iterrows():
            rows += [(origin, exporter, market, value[market] / 1000) for market in to.columns]
    frame = pd.DataFrame(rows, columns=["origin", "exporter", "market", "value"])
    order = dict.fromkeys(("CHN", "JPN", "KOR", "USA", exposure.UNION, eco.ROW))
    return frame.sort_values("origin", key=lambda code: code.map(list(order).index), kind="stable", ignore_index=True)


def _party(code: str) -> str:
    if code in eco.GROUPS["EU27_2007"]:
        return exposure.UNION
    return code if code in ("CHN", "JPN", "KOR", "USA") else eco.ROW


def sent_on(year: int, exporters: Iterable[str]) -> pd.Series:
    """Of Northeast Asia's value added in each exporter's exports, the percentage that goes to the United States, WIOD.

    An exporter's own value added is left out.
    """
    every, there = _exports_and_to_market(year)
    origins = {exporter: [code for code in WIOD_NEA if code != exporter] for exporter in exporters}
    return pd.Series({e: 100 * there.loc[o, e].sum() / every.loc[o, e].sum() for e, o in origins.items()})


def part_in_sales_to_usa(origin: str, exporter: str) -> pd.Series:
    """Value added of an origin in percent of the exporter's gross exports to the United States, by year, WIOD."""
    flow = f"va_exports_to_{MARKET}"
    there = {year: WIOD.matrix(flow, year)[exporter] for year in WIOD.years(flow)}
    return pd.Series({year: 100 * column[origin] / column.sum() for year, column in there.items()})


def passing(
    years: tuple[int, ...] = (1995, 2011),
    origins: tuple[str, ...] = ("CHN", "JPN", "KOR", "TWN"),
    exporters: tuple[str, ...] = ("CHN", "MEX", "CAN", "IDN", "IND"),
) -> pd.DataFrame:
    """Of the value added that the United States absorbs from an origin, the part that passes an exporter on its way.

    Returns
    -------
    DataFrame
        Columns year, origin, exporter, value; percent, WIOD. NaN for an origin's own exports. A unit may pass more
        than one exporter, so that the parts do not add up.
    """
    rows = []
    for year, exporter, origin in product(years, exporters, origins):
        part = float("nan") if origin == exporter else WIOD.passing(origin, exporter)[year]
        rows.append((str(year), origin, exporter, part))
    return pd.DataFrame(rows, columns=["year", "origin", "exporter", "value"])


def _exports_and_to_market(year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Value added in each exporter's exports, and in those to the United States, origin × exporter."""
    return WIOD.matrix("va_exports", year), WIOD.matrix(f"va_exports_to_{MARKET}", year)
