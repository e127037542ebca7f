"""What the hosts of relocation hold of others' value added: by member, by route, by database, over thirty years."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.flows import value_added_in_exports
from gvc.indicators import origin_share, without_own
from report import article, evidence
from report.analysis import exposure
from report.flows import TERMS
from report.look import names

#: Of what a share is taken, see :func:`shares_of`.
Base = Literal["all", "common"]
#: Hosts that WIOD shows.
WIOD_HOSTS = ("IDN", "IND", "MEX")
#: Northeast Asia as WIOD shows it.
WIOD_NEA = ("CHN", "JPN", "KOR", "RUS")
#: Suppliers that both panels name; ADB's figures show the European Union as one, without the United Kingdom.
COMMON = (*WIOD_NEA, *WIOD_HOSTS, "TWN", "USA", "EU27")
#: The panels by the name of their database, and the flow that tells foreign value added in exports by origin.
PANELS = {evidence.WIOD: ("wiod2013", "va_exports"), evidence.ADB: ("adb_fva_shares", "fva_share")}


# -- ASEAN, member by member ---------------------------------------------------------------------------------------


def member_shares(origins: Iterable[str] = article.NEA) -> pd.DataFrame:
    """Share of some origins in the foreign value added of each member's exports, and of pooled ASEAN, India, Mexico.

    Returns
    -------
    DataFrame, exporter × year
        Percent, ADB 2017–2022; the members first, by the share of the last year, then the pool and the others.
    """
    frame = panel.load_panel("adb_fva_shares")
    chosen = frame["flow"].eq("fva_share") & frame["origin"].isin(list(origins))
    wide = frame[chosen].pivot_table(index="destination", columns="year", values="value", aggfunc="sum")
    members = wide.loc[list(eco.members("ASEAN"))].sort_values(wide.columns[-1], ascending=False)
    return pd.concat([members, wide.loc[list(article.HOSTS)]]).rename_axis(index="exporter")


def named_shares() -> pd.DataFrame:
    """Shares of :func:`member_shares` in what suppliers with a name give: the rest of the world is left out.

    Returns
    -------
    DataFrame, exporter × year
        Percent.
    """
    shares = member_shares()
    return 100 * shares / (100 - member_shares([eco.ROW]).loc[shares.index])


def member_table(years: tuple[int, ...] = (2017, 2021, 2022)) -> pd.DataFrame:
    """Set out who of ASEAN is tied to Northeast Asia, and how that moved.

    Returns
    -------
    DataFrame, exporter × ({Weight, Northeast Asia, China, Concentration}, year)
        Percent; the index of :func:`report.analysis.exposure.concentration` by year. Weight: of ASEAN's foreign
        value added what stands in the member's exports, in the last year but one of `years`.
    """
    shares = {"Northeast Asia": member_shares(), "China": member_shares(["CHN"])}
    order = shares["Northeast Asia"].index
    frame = exposure.concentration_over_time("adb_fva_shares", "fva_share", order)
    shares["Concentration"] = frame.pivot(index="buyer", columns="year", values="hhi")
    weights = _weights(years[-2])
    columns = {("Weight", str(years[-2])): weights.reindex(order)}
    columns |= {(label, str(year)): share.loc[order, year] for label, share in shares.items() for year in years}
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Exporter")


def member_changes(start: int, end: int, origins: Iterable[str] = WIOD_NEA) -> pd.DataFrame:
    """Compute what each origin gained or lost in the exports of each member of ASEAN, of the pool, India and Mexico.

    Returns
    -------
    DataFrame
        Columns exporter, origin, value; percentage points of foreign value added.
    """
    parts = []
    for origin in origins:
        wide = member_shares([origin])
        parts.append((wide[end] - wide[start]).rename("value").reset_index().assign(origin=origin))
    order = {code: place for place, code in enumerate(member_shares().index)}
    frame = pd.concat(parts, ignore_index=True)
    return frame.sort_values("exporter", key=lambda code: code.map(order), kind="stable", ignore_index=True)


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


def asean_shift_share(start: int, end: int, origins: Iterable[str] = article.NEA) -> pd.DataFrame:
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
    return panel.flow_matrix(panel.load_panel("adb_fva_shares"), "pool_weight", year)["ASEAN"]


# -- to the United States ------------------------------------------------------------------------------------------


def paths(year: int, exporters: Iterable[str] = ("MEX", "IND", "IDN")) -> pd.DataFrame:
    """Foreign value added in exports by origin, exporter and market: the United States, and all others.

    Returns
    -------
    DataFrame
        Columns origin, exporter, market, value; billion US dollars, WIOD. Origins: China, Japan, Korea, the United
        States, the European Union of 2011, and the rest. What is the exporter's own is left out.
    """
    wiod = panel.load_panel("wiod2013")
    every, there = (panel.flow_matrix(wiod, flow, year) for flow in ("va_exports", "va_exports_to_USA"))
    rows = []
    for exporter in exporters:
        to = pd.DataFrame({"USA": there[exporter], eco.ROW: every[exporter] - there[exporter]}).drop(exporter)
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
    wiod = panel.load_panel("wiod2013")
    every, there = (panel.flow_matrix(wiod, flow, year) for flow in ("va_exports", "va_exports_to_USA"))
    origins = {exporter: [code for code in WIOD_NEA if code != exporter] for exporter in exporters}
    return pd.Series({e: 100 * there.loc[o, e].sum() / every.loc[o, e].sum() for e, o in origins.items()})


def part_in_sales_to_usa(origin: str, exporter: str) -> pd.Series:
    """Value added of an origin in percent of the exporter's gross exports to the United States, by year, WIOD."""
    wiod = panel.load_panel("wiod2013")
    there = {year: panel.flow_matrix(wiod, "va_exports_to_USA", year)[exporter] for year in panel.years(wiod)}
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
    wiod = panel.load_panel("wiod2013")
    frames = []
    for year in years:
        passed = panel.flow_matrix(wiod, "va_absorbed_by_USA", year).loc[list(origins), list(exporters)]
        absorbed = panel.flow_matrix(wiod, "va_final_demand", year).loc[list(origins), "USA"]
        part = (
            (100 * passed.div(absorbed, axis=0)).rename_axis(columns="exporter").melt(ignore_index=False).reset_index()
        )
        own = part["origin"] == part["exporter"]
        frames.append(part.assign(year=str(year), value=part["value"].mask(own)))
    return pd.concat(frames, ignore_index=True)[["year", "origin", "exporter", "value"]]


# -- over thirty years ---------------------------------------------------------------------------------------------


def long_run() -> pd.DataFrame:
    """Northeast Asia's two shares in the hosts, from three databases, 1995–2022.

    Returns
    -------
    DataFrame
        Columns database, year, measure, destination, value, panel; percent. In the panels Indonesia stands with ASEAN:
        WIOD shows no other member, the article no member by itself.
    """
    adb = member_shares().loc[[*article.HOSTS, "IDN"]].rename_axis("destination").reset_index()
    adb = adb.melt(id_vars="destination", var_name="year").astype({"year": int}).assign(measure="fva_share")
    frames = {evidence.WIOD: evidence.wiod_shares(), evidence.ARTICLE: article.printed(1), evidence.ADB: adb}
    frame = pd.concat([frame.assign(database=name) for name, frame in frames.items()], ignore_index=True)
    whom = {"ASEAN": "ASEAN, Indonesia", "IDN": "ASEAN, Indonesia"} | {
        code: names.economy(code) for code in ("IND", "MEX")
    }
    what = {"fva_share": "foreign value added", "imint_share": "imported intermediates"}
    frame["panel"] = frame["destination"].map(whom) + ": " + frame["measure"].map(what)
    return frame.sort_values("panel", kind="stable", ignore_index=True)


def agreement() -> pd.DataFrame:
    """Compare the printed shares with those of each other database, year by year where both have them.

    Returns
    -------
    DataFrame
        Columns database, measure, destination, first, last (years), mean, smallest and largest (gap: the database less
        the article, points), same and told (yearly changes of the same sign, of those whose sign survives the
        rounding of the article), correlation (of levels).
    """
    keys = ["destination", "measure", "year"]
    printed = article.printed(1).set_index(keys)["value"].rename("printed")
    frame = long_run().query("database != @evidence.ARTICLE and destination in @article.HOSTS")
    rows = []
    frame = frame.sort_values(["database", "measure"], ascending=[False, True], kind="stable")
    for (database, measure, host), part in frame.groupby(["database", "measure", "destination"], sort=False):
        both = part.rename(columns={"value": "other"}).join(printed, on=keys, how="inner").set_index("year")
        gap = both["other"] - both["printed"]
        signs = [_sign(*pair) for pair in pairwise(both["printed"])]
        moves = zip(signs, both["other"].diff()[1:], strict=True)
        rows.append(
            {
                "database": database,
                "measure": measure,
                "destination": host,
                "first": int(both.index[0]),
                "last": int(both.index[-1]),
                "mean": gap.mean(),
                "smallest": gap.min(),
                "largest": gap.max(),
                "same": sum(sign * move > 0 for sign, move in moves),
                "told": sum(sign != 0 for sign in signs),
                "correlation": both["printed"].corr(both["other"]),
            }
        )
    return pd.DataFrame(rows)


def agreement_table() -> pd.DataFrame:
    """Lay :func:`agreement` out for a table.

    Returns
    -------
    DataFrame, (Database, Share, Host) × (Mean gap, Lowest, Highest, Direction, Correlation)
        Direction in words: ``3 of 4``.
    """
    frame = agreement()
    frame = frame.assign(
        Direction=frame["same"].astype(str) + " of " + frame["told"].astype(str),
        Share=frame["measure"].map({"fva_share": "foreign value added", "imint_share": "imported intermediates"}),
        Host=frame["destination"].map(names.economy),
        Database=frame["database"] + ", " + frame["first"].astype(str) + "–" + frame["last"].astype(str),
    ).set_index(["Database", "Share", "Host"])
    columns = {"mean": "Mean gap", "smallest": "Lowest", "largest": "Highest", "Direction": "Direction"}
    return frame.rename(columns=columns | {"correlation": "Correlation"})[[*columns.values(), "Correlation"]]


def same_order() -> tuple[int, int]:
    """Count the years in which another database ranks the hosts as the article does, by share in foreign value added.

    Returns
    -------
    same, compared : int
        Over WIOD (India, Mexico) and ADB (all three).
    """
    shares = long_run().query("measure == 'fva_share' and destination in @article.HOSTS")
    by_year = {
        database: part.pivot(index="year", columns="destination", values="value")
        for database, part in shares.groupby("database", sort=False)
    }
    printed, same = by_year[evidence.ARTICLE], []
    for database in PANELS:
        other = by_year[database].loc[by_year[database].index.isin(printed.index)]
        for year, row in other.iterrows():
            hosts = list(row.dropna().sort_values().index)
            same.append(hosts == list(printed.loc[[year], hosts].iloc[0].sort_values().index))
    return sum(same), len(same)


def _sign(before: float, after: float) -> int:
    """Sign of a change between two printed numbers; 0 where rounding could have made it."""
    low, high = (round(bound, 9) for bound in article.bounds(lambda start, end: end - start, before, after))
    return (low > 0) - (high < 0)


def gap_reasons() -> pd.DataFrame:
    """How far each reason could move Northeast Asia's share in foreign value added, WIOD against the article.

    Returns
    -------
    DataFrame, reason × {IND, MEX}
        Percentage points. The gaps are means of 2007–2011; bounds are the largest that the panels show.
    """
    gaps = agreement().query("database == @evidence.WIOD").set_index(["measure", "destination"])["mean"]
    wiod, adb = panel.load_panel("wiod2013"), panel.load_panel("adb_fva_shares")
    mongolia = adb.query("flow == 'fva_share' and origin == 'MNG'").groupby("destination")["value"].max()
    twice = {
        year: panel.flow_matrix(wiod, "FDC", year).sum(axis=1) / panel.flow_matrix(wiod, "FVA", year).sum(axis=1)
        for year in range(2007, 2012)
    }
    coarse = value_added_in_exports(evidence.sample())
    fine = panel.flow_matrix(wiod, "va_exports", 2011)
    hosts = ("IND", "MEX")
    reasons = {
        "Gap in foreign value added": {host: gaps["fva_share", host] for host in hosts},
        "Gap in imported intermediates": {host: gaps["imint_share", host] for host in hosts},
        "Mongolia, at most": {host: mongolia[host] for host in hosts},
        "Double counting, at most": {host: 100 * max(ratio[host] for ratio in twice.values()) for host in hosts},
        "Five industries, eleven economies": {
            host: origin_share(coarse, WIOD_NEA, host) - origin_share(fine, WIOD_NEA, host) for host in hosts
        },
    }
    return pd.DataFrame(reasons).T


def shares_of(
    suppliers: Iterable[str], database: str, exporters: Iterable[str] | None = None, base: Base = "all"
) -> pd.DataFrame:
    """Follow suppliers' shares in the foreign value added of exports through a database.

    Parameters
    ----------
    suppliers : iterable of str
        Those that the database does not show are left out.
    database : str
        A key of :data:`PANELS`.
    exporters : iterable of str, optional
        All by default.
    base : {"all", "common"}
        Shares of all foreign value added, or of what the suppliers in :data:`COMMON` gave, the exporter left out.

    Returns
    -------
    DataFrame
        Columns year, destination, origin, value, database; percent; nothing where the origin is the exporter.
    """
    name, flow = PANELS[database]
    frame = panel.load_panel(name)
    parts = []
    for year in panel.years(frame):
        matrix = panel.flow_matrix(frame, flow, year)
        matrix = matrix if exporters is None else matrix[list(exporters)]
        matrix = matrix if base == "all" else matrix[matrix.index.isin([*COMMON, *eco.GROUPS["EU27"]])]
        share = 100 * matrix[matrix.index.isin(list(suppliers))] / without_own(matrix).sum()
        share = share.melt(ignore_index=False).reset_index()
        parts.append(share[share["origin"] != share["destination"]].assign(year=year, database=database))
    return pd.concat(parts, ignore_index=True)[["year", "destination", "origin", "value", "database"]]


def unnamed(host: str) -> pd.Series:
    """Share of the rest of the world in the foreign value added of a host's exports, percent, by year, WIOD and ADB."""
    parts = [shares_of([eco.ROW], database, [host]) for database in PANELS]
    return pd.concat(parts).set_index("year")["value"]


def among_common_suppliers() -> pd.DataFrame:
    """Northeast Asia's share in what the suppliers give that both panels name, and in all foreign value added.

    Returns
    -------
    DataFrame
        Columns database, year, destination, base (``all``, ``common``), value; percent; Indonesia, India, Mexico.
        The common base holds :data:`COMMON` less the host itself.
    """
    whom: dict[Base, tuple[str, ...]] = {"all": article.NEA, "common": WIOD_NEA}
    parts = [
        shares_of(near, database, WIOD_HOSTS, base).assign(base=base)
        for base, near in whom.items()
        for database in PANELS
    ]
    keys = ["database", "year", "destination", "base"]
    return pd.concat(parts).groupby(keys, sort=False)["value"].sum().reset_index()


def pace() -> pd.DataFrame:
    """How fast Northeast Asia's share in foreign value added changed, period by period.

    Returns
    -------
    DataFrame, host × (database, period)
        Percentage points a year; NaN where the database does not show the host.
    """
    periods = {
        evidence.WIOD: ((1995, 2001), (2001, 2007), (2007, 2011)),
        evidence.ARTICLE: ((2007, 2011), (2011, 2017), (2017, 2021)),
        evidence.ADB: ((2017, 2021),),
    }
    shares = (
        long_run().query("measure == 'fva_share'").pivot(index="destination", columns=["database", "year"])["value"]
    )
    columns = {
        (database, f"{start}–{end}"): (shares[database, end] - shares[database, start]) / (end - start)
        for database, spans in periods.items()
        for start, end in spans
    }
    return pd.DataFrame(columns).loc[["ASEAN", "IDN", "IND", "MEX"]]


def supplier_gain_a_year(supplier: str = "CHN", base: Base = "common") -> pd.DataFrame:
    """Change of a supplier's share in the foreign value added of exports, in hosts and in economies that are none.

    Returns
    -------
    DataFrame
        Columns period (1995–2011, 2017–2021, 2018–2021), exporter, value; percentage points a year, WIOD and ADB: the
        exporters that both panels show, hosts first.
    """
    exporters = ("IDN", "MEX", "IND", "JPN", "KOR", "RUS")
    rows = []
    for database, start, end in ((evidence.WIOD, 1995, 2011), (evidence.ADB, 2017, 2021), (evidence.ADB, 2018, 2021)):
        share = shares_of([supplier], database, exporters, base).set_index(["destination", "year"])["value"].to_dict()
        period = f"{start}–{end}"
        rows += [(period, code, (share[code, end] - share[code, start]) / (end - start)) for code in exporters]
    return pd.DataFrame(rows, columns=["period", "exporter", "value"])


def handover() -> pd.DataFrame:
    """Shares of China, Japan and Korea in the foreign value added of the hosts' exports, 1995–2011 and 2017–2022.

    Returns
    -------
    DataFrame
        Columns year, destination, origin, value, database; percent; Indonesia, India, Mexico.
    """
    return pd.concat([shares_of(["CHN", "JPN", "KOR"], database, WIOD_HOSTS) for database in PANELS], ignore_index=True)


def overtaken(destination: str) -> int:
    """Return the first year from which China's share in a host stays above Japan's, WIOD."""
    frame = shares_of(["CHN", "JPN"], evidence.WIOD, [destination])
    wide = frame.pivot(index="year", columns="origin", values="value")
    behind = wide.index[wide["CHN"] <= wide["JPN"]]
    return int(behind.max()) + 1


def participation(
    years: tuple[int, ...] = (1995, 2011), exporters: tuple[str, ...] = (*WIOD_HOSTS, *WIOD_NEA)
) -> pd.DataFrame:
    """Participation in global chains, and what Northeast Asia holds of a dollar of exports, WIOD.

    Returns
    -------
    DataFrame, exporter × ({Backward, Forward, Northeast Asia}, year)
        Percent of gross exports. The exporter's own value added is not counted to Northeast Asia.

    Notes
    -----
    After Borin and Mancini: backward is FVA + FDC + DDC, forward DVA − DAVAX.
    """
    wiod = panel.load_panel("wiod2013")
    columns = {}
    for year in years:
        terms = pd.DataFrame({term: panel.flow_matrix(wiod, term, year).sum(axis=1) for term in TERMS})
        content = panel.flow_matrix(wiod, "va_exports", year)
        exports = panel.flow_matrix(wiod, "gross_exports", year).sum(axis=1)
        near = pd.Series({e: content.loc[[o for o in WIOD_NEA if o != e], e].sum() for e in exporters})
        columns["Backward", str(year)] = 100 * (terms["FVA"] + terms["FDC"] + terms["DDC"]) / exports
        columns["Forward", str(year)] = 100 * (terms["DVA"] - terms["DAVAX"]) / exports
        columns["Northeast Asia", str(year)] = 100 * near / exports
    frame = pd.DataFrame(columns).loc[list(exporters)]
    return frame[[(label, str(year)) for label in ("Backward", "Forward", "Northeast Asia") for year in years]]


def links_around(pairs: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Link index of pairs in both directions, WIOD 1995–2011 and as printed for 2017 and 2021.

    Returns
    -------
    DataFrame
        Columns database, year, origin, absorber, value, pair (``Japan and Korea``).
    """
    links = evidence.links().sort_values("year", kind="stable")
    frames = []
    for pair in pairs:
        both = links[links["origin"].isin(pair) & links["absorber"].isin(pair)]
        frames.append(both.assign(pair=" and ".join(map(names.economy, pair))))
    return pd.concat(frames, ignore_index=True)


def link_ranks(years: tuple[int, int] = (2011, 2017)) -> float:
    """Rank correlation of the links that both databases show, between a year of WIOD and a printed one."""
    wide = evidence.links().pivot(index=["origin", "absorber"], columns="year", values="value")[list(years)].dropna()
    return float(wide[years[0]].corr(wide[years[1]], method="spearman"))
