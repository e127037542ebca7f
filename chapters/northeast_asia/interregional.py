"""Northeast Asia in the exports of its hosts: by every database, member by member, by industry, on to a market."""

import math
from collections.abc import Iterable
from contextlib import suppress
from itertools import combinations, product
from typing import Any

import pandas as pd

from exhibits.prose import Numbers
from gvc.indicators import without_own
from gvc.panel import WORLD
from industrial_chains import article
from industrial_chains import economies as eco
from industrial_chains.analysis import exposure
from industrial_chains.article import HEADINGS, HOSTS, MEASURES
from industrial_chains.charting import names
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.panel_contents import MARKET
from industrial_chains.sources import ADB, ARTICLE, COMMON, OECD, WIOD, WIOD_NEA, Base, SilentError, Source, Who, Years
from industrial_chains.uncertainty import error_sizes

#: The bases of a share, as exhibits name them.
BASES: dict[Base, str] = {"all": "of all suppliers", "common": "of the ten"}
#: Who has the article's hosts, the article first.
ASKED = (ARTICLE, ADB, OECD)
#: The exports of whichever other economy.
ANY = "ANY"
_FVA, _TO_MARKET = "fva_share", f"va_exports_to_{MARKET}"

# -- the article's tables, by every database -----------------------------------------------------------------------


def table_1() -> pd.DataFrame:
    """Recompute Table 1 from the OECD's tables, ADB's figures beside it.

    Returns
    -------
    DataFrame, (Year, Table) × (measure, host and database)
        Percent; ASEAN of nine members, as in print.
    """
    columns: dict[tuple[str, str], Years] = {}
    for measure, host, source in product(MEASURES, HOSTS, (OECD, ADB)):
        with suppress(SilentError):
            label = (HEADINGS[measure], f"{names.economy(host)}, {source.name}")
            columns[label] = source.share("NEA", host, measure)
    frame = pd.DataFrame(columns).sort_index()
    kinds = ["estimate" if OECD.kind(year) == "estimate" else "rebuilt" for year in frame.index]
    return frame.set_index(pd.MultiIndex.from_arrays([frame.index, kinds], names=["Year", "OECD table"]))


def table_2() -> pd.DataFrame:
    """Set Table 2 beside what later databases say, for its year and the next.

    Returns
    -------
    DataFrame, (host, origin) × (measure, database and year)
        Percent; empty where a database does not show an origin.
    """
    columns: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for measure, (year, source) in product(MEASURES, [(2021, one) for one in ASKED] + [(2022, ADB), (2022, OECD)]):
        cells: dict[tuple[str, str], float] = {}
        for host, origin in product(HOSTS, article.SUPPLIERS):
            with suppress(SilentError):
                cells[names.economy(host), names.economy(origin)] = source.share(origin, host, measure)[year]
        if cells:
            columns[HEADINGS[measure], f"{source.name} {year}"] = cells
    order = pd.MultiIndex.from_product([map(names.economy, HOSTS), map(names.economy, article.SUPPLIERS)])
    return pd.DataFrame(columns).reindex(order).rename_axis(index=["Host", "Origin"])


def agreement(source: Source = OECD) -> pd.DataFrame:
    """Count in how many cells of Tables 1 and 2 another database agrees with the print.

    Returns
    -------
    DataFrame, (Table, Measure) × {Cells, Within 10 %, Rankings, Same order}
        Cells: those that both show. Rankings: of the hosts in a year (Table 1), of the origins in a host (Table 2).
    """
    rows = {}
    for table, measure in product((1, 2), MEASURES):
        there = article.printed(table).query("measure == @measure")
        origins = there["origin"] if table == 2 else pd.Series("NEA", there.index)
        cells = zip(origins, there["destination"], there["year"], strict=True)
        there = there.assign(
            again=[_cell(source, origin, host, measure, year) for origin, host, year in cells]
        ).dropna()
        apart = (there["again"] / there["value"] - 1).abs()
        ranked = [_in_order(one) for _, one in there.groupby("year" if table == 1 else "destination")]
        rows[table, HEADINGS[measure]] = {
            "Cells": len(there),
            "Within 10 %": int((apart <= 0.10).sum()),
            "Rankings": len(ranked),
            "Same order": sum(ranked),
        }
    return pd.DataFrame(rows).T.rename_axis(index=["Table", "Measure"])


def _in_order(both: pd.DataFrame) -> bool:
    """Whether no two numbers stand one way in print and the other way again; a tie in print stands neither way."""
    pairs = combinations(both[["value", "again"]].to_numpy(), 2)
    return not any((one - other).prod() < 0 for one, other in pairs)


def _cell(source: Source, origin: str, host: str, measure: str, year: int) -> float:
    """One cell; NaN where the source is silent."""
    with suppress(SilentError):
        return source.share(origin, host, measure)[year]
    return float("nan")


def moves(spans: Iterable[tuple[int, int]], hosts: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Compute by how much Northeast Asia's share moved, by database and base, and how far that may be off.

    Returns
    -------
    DataFrame, (host, span) × (database, {base, Margin of error})
        Percentage points. Margin of error: the half-width of the interval of the change, `error_sizes.change`; a
        smaller change is none.
    """
    rows: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for host, (start, end) in product(hosts, spans):
        row = rows.setdefault((names.economy(host), f"{start}–{end}"), {})
        for source, base in product(ASKED, BASES):
            with suppress(SilentError):
                share = source.share("NEA", host, base=base)
                row[source.name, BASES[base].capitalize()] = share[end] - share[start]
                if base == "all":
                    row[source.name, "Margin of error"] = error_sizes.change(source, _FVA, share, (start, end), host)
    frame = pd.DataFrame(rows).T.rename_axis(index=["Host", "Years"])
    order = [
        (source.name, part) for source in ASKED for part in (*map(str.capitalize, BASES.values()), "Margin of error")
    ]
    return frame[[column for column in order if column in frame.columns]]


# -- what carries the lead -----------------------------------------------------------------------------------------


def without(host: str, member: str, source: Source, year: int) -> pd.Series:
    """Return what each origin gives of the foreign value added of a pool's other members, a year; percent.

    A source of shares alone is pooled by the weights that it has of its members.
    """
    others = [code for code in eco.members(host) if code != member]
    if source is not ADB:
        return source.suppliers(tuple(others))[year]
    weights = source.matrix("pool_weight", year)[host].reindex(others)
    shares: pd.Series = (source.matrix(_FVA, year)[others] * weights / weights.sum()).sum(axis=1)
    return shares


def leads() -> pd.DataFrame:
    """Take ASEAN's lead over Mexico in Northeast Asia's share apart by origin, with Viet Nam and without it.

    Returns
    -------
    DataFrame, (ASEAN, Origin) × (database and year)
        Percentage points of foreign value added, by which the share is above Mexico's. Northeast Asia is the sum of the
        origins that the source shows, or as printed; the margin of error is half the width of that lead's interval.
    """
    columns = {}
    for source, year in ((ARTICLE, 2021), (ADB, 2021), (OECD, 2021), (ADB, 2022), (OECD, 2022)):
        pools = {"All nine members": source.suppliers("ASEAN")[year]}
        if not source.printed:
            pools["Without Viet Nam"] = without("ASEAN", "VNM", source, year)
        cells = {}
        for called, pool in pools.items():
            lead = _lead(source, year, pool)
            cells |= {(called, name): points for name, points in lead.items()}
        columns[f"{source.name} {year}"] = cells
    order = [*map(names.economy, (*article.SUPPLIERS, "NEA")), "Margin of error"]
    rows = pd.MultiIndex.from_product([["All nine members", "Without Viet Nam"], order], names=["ASEAN", "Origin"])
    return pd.DataFrame(columns).reindex(rows)


def _lead(source: Source, year: int, pool: pd.Series) -> dict[str, float]:
    """Return the lead of a pool over Mexico by origin, for Northeast Asia, and its margin of error."""
    mexico = source.suppliers("MEX")[year]
    near = [code for code in article.SUPPLIERS if code in pool.index]
    # The print rounds the region apart from its members.
    sums = {
        host: float(given["NEA"] if source.printed else given[near].sum())
        for host, given in (("ASEAN", pool), ("MEX", mexico))
    }
    off = [error_sizes.size(source, _FVA, year, share, host) for host, share in sums.items()]
    return {
        **{names.economy(code): float(pool[code] - mexico[code]) for code in near},
        names.economy("NEA"): sums["ASEAN"] - sums["MEX"],
        "Margin of error": math.hypot(*off),
    }


def ahead_without_viet_nam(source: Source) -> dict[int, bool]:
    """Say by year whether the lead of ASEAN's other eight members over Mexico exceeds its margin of error."""
    leads_by_year = {
        year: _lead(source, year, without("ASEAN", "VNM", source, year)) for year in source.share("NEA", "ASEAN")
    }
    return {year: lead[names.economy("NEA")] > lead["Margin of error"] for year, lead in leads_by_year.items()}


# -- whom ADB's figures do not name --------------------------------------------------------------------------------


def by_supplier(host: str, year: int) -> pd.DataFrame:
    """Set the suppliers of a host's foreign value added side by side, by those that ADB's figures name.

    Returns
    -------
    DataFrame, supplier × {ADB, OECD}
        Percent; members of ASEAN together under that name, and under ROW all that ADB's figures do not name.
    """
    named = set(ADB.suppliers("ASEAN").index)

    def party(code: str) -> str:
        union = "EU27" if code in eco.GROUPS["EU27"] else code
        if union not in named:
            return eco.ROW
        return "ASEAN" if code in eco.members("ASEAN") else union

    columns = {source.name: source.suppliers(host)[year] for source in (ADB, OECD)}
    return pd.DataFrame({name: given.groupby(party).sum() for name, given in columns.items()})


# -- ASEAN, member by member ---------------------------------------------------------------------------------------


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


def asean_shift_share(source: Source, start: int, end: int, origins: Who = "NEA", base: Base = "all") -> pd.DataFrame:
    """Apply :func:`shift_share` to the share of some origins in the foreign value added of ASEAN's nine members.

    Returns
    -------
    DataFrame, member × {within, between}
        Percentage points, the largest contribution first.
    """
    nine = list(eco.members("ASEAN"))
    shares = source.shares(origins, nine, base=base).loc[nine, [start, end]]
    weights = pd.DataFrame({year: _weights(source, year, base) for year in (start, end)}).loc[nine]
    parts = shift_share(shares, weights)
    return parts.loc[parts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _weights(source: Source, year: int, base: Base = "all") -> pd.Series:
    """Percentage of each of ASEAN's nine members in what suppliers of a base give to their exports."""
    pool = list(eco.members("ASEAN"))
    if source is ADB:  # it has shares, and what they are shares of in percent of the pool
        given = source.matrix(_FVA, year)[pool] * source.matrix("pool_weight", year)["ASEAN"].reindex(pool)
    else:
        given = source.matrix("va_exports", year)[pool]
    foreign = without_own(given)
    if base == "common":
        foreign = foreign[foreign.index.isin(COMMON)]
    weights: pd.Series = 100 * foreign.sum() / foreign.to_numpy().sum()
    return weights


# -- industries ----------------------------------------------------------------------------------------------------


def industries(year: int, host: str, flow: str) -> pd.DataFrame:
    """Take Northeast Asia's share in a host apart by groups of industries, OECD.

    Parameters
    ----------
    year : int
    host : str
        An economy, or a group whose members are pooled.
    flow : {"va_exports_of_industry", "va_exports"}
        By the industry of the host that exports, or by that of the origin that earns.

    Returns
    -------
    DataFrame, group of industries × {points, within}
        Percentage points of all the foreign value added in the host's exports, which add up to the share; and the
        percentage of Northeast Asia in what is foreign in the group.
    """
    rows = OECD.accounts(flow)
    rows = rows[rows["year"].eq(year) & rows["destination"].isin(eco.members(host))]
    by_group = rows.groupby([rows["sector"].map(OECD_BRANCHES), "origin"])["value"].sum().unstack()
    near, every = by_group[list(WIOD_NEA)].sum(axis=1), by_group[WORLD]
    return pd.DataFrame({"points": 100 * near / every.sum(), "within": 100 * near / every})


# -- to the United States ------------------------------------------------------------------------------------------


def paths(year: int, exporters: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Foreign value added in exports by origin, exporter and market: the United States, and all others; OECD.

    Returns
    -------
    DataFrame
        Columns origin, exporter, market, value; billion US dollars. Origins: China, Japan, Korea, the United States,
        the European Union, and the rest. What is the exporter's own is left out; of a group, each member's own.
    """
    every, there = (without_own(OECD.matrix(flow, year)) for flow in ("va_exports", _TO_MARKET))
    rows = []
    for exporter in exporters:
        pool = list(eco.members(exporter))
        all_, direct = every[pool].sum(axis=1), there[pool].sum(axis=1)
        to = pd.DataFrame({MARKET: direct, eco.ROW: all_ - direct})
        for origin, value in to.groupby(_party, sort=False).sum().iterrows():
            rows += [(origin, exporter, market, value[market] / 1000) for market in to.columns]
    frame = pd.DataFrame(rows, columns=["origin", "exporter", "market", "value"])
    order = dict.fromkeys(("CHN", "JPN", "KOR", "USA", exposure.UNION, eco.ROW))
    return frame.sort_values("origin", key=lambda code: code.map(list(order).index), kind="stable", ignore_index=True)


def _party(code: str) -> str:
    if code in eco.GROUPS["EU27"]:
        return exposure.UNION
    return code if code in ("CHN", "JPN", "KOR", "USA") else eco.ROW


def sent_on(source: Source, year: int, exporters: Iterable[str]) -> pd.Series:
    """Of Northeast Asia's value added in each exporter's exports, the percentage that goes to the United States.

    An exporter, or a group whose members are pooled. China, Japan, Korea and Russia, less the exporter's own.
    """
    near = list(WIOD_NEA)
    every, there = (without_own(source.matrix(flow, year)).loc[near] for flow in ("va_exports", _TO_MARKET))
    pools = {exporter: list(eco.members(exporter)) for exporter in exporters}
    return pd.Series({e: 100 * there[p].to_numpy().sum() / every[p].to_numpy().sum() for e, p in pools.items()})


def part_in_sales_to_usa(source: Source, origin: str, exporter: str) -> pd.Series:
    """Value added of an origin in percent of the exporter's gross exports to the United States, by year."""
    there = {year: source.matrix(_TO_MARKET, year)[exporter] for year in source.years(_TO_MARKET)}
    return pd.Series({year: 100 * column[origin] / column.sum() for year, column in there.items()})


def held(year: int, origin: str = "CHN") -> float:
    """Return at most how much of what an origin earns abroad lies in the exports of ASEAN and Mexico; percent, OECD.

    At most, because a unit may pass several of them, and may come home.
    """
    content = OECD.matrix("va_exports", year).loc[origin, [*eco.members("ASEAN10"), "MEX"]]
    return float(100 * content.sum() / OECD.traded(year)["exported"][origin])


def passing(
    source: Source = WIOD,
    years: tuple[int, ...] = (1995, 2011),
    origins: tuple[str, ...] = ("CHN", "JPN", "KOR", "TWN"),
    exporters: tuple[str, ...] = ("CHN", "MEX", "CAN", "IDN", "IND", eco.ROW),
) -> pd.DataFrame:
    """Of the value added that the United States absorbs from an origin, the part that passes an exporter on its way.

    Returns
    -------
    DataFrame
        Columns year, origin, exporter, value; percent. NaN for an origin's own exports. A unit may pass more than one
        exporter, so that the parts do not add up.
    """
    rows: list[tuple[Any, ...]] = []
    for year, exporter, origin in product(years, exporters, origins):
        part = float("nan") if origin == exporter else source.passing(origin, exporter)[year]
        rows.append((str(year), origin, exporter, part))
    return pd.DataFrame(rows, columns=["year", "origin", "exporter", "value"])


def detours(
    origins: Iterable[str] = ("KOR", "JPN", "TWN", "CHN"), exporters: Iterable[str] = ("CHN", "VNM", "MEX")
) -> pd.DataFrame:
    """Follow the parts of :func:`passing` over the years, in each database that shows the exporter, below their whole.

    Returns
    -------
    DataFrame
        Columns year, origin, exporter (:data:`ANY` for all that crosses two borders or more), value, database; percent.
    """
    rows: list[tuple[Any, ...]] = []
    for origin, exporter, source in product(origins, (*exporters, ANY), (WIOD, OECD)):
        if origin == exporter:
            continue
        with suppress(SilentError):
            found = source.detoured(origin) if exporter == ANY else source.passing(origin, exporter)
            rows += [(year, origin, exporter, part, source.label_in(year)) for year, part in found.items()]
    return pd.DataFrame(rows, columns=["year", "origin", "exporter", "value", "database"])


def with_bands(ways: pd.DataFrame) -> pd.DataFrame:
    """Add `error_sizes.bands` to :func:`detours`; that of all detours together is not known."""
    return pd.concat([error_sizes.bands(ways[ways["exporter"].ne(ANY)], "passing"), ways[ways["exporter"].eq(ANY)]])


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        **_numbers_of_agreement(),
        **_numbers_of_hosts(),
        **_numbers_of_members(),
        **_numbers_of_industries(),
        **_numbers_to_usa(),
    }


def _numbers_of_agreement() -> Numbers:
    """Return in how many cells and rankings the OECD's tables agree with the print."""
    counts = agreement()
    of_table = counts.groupby("Table").sum()
    return {
        "cells_compared": int(counts["Cells"].sum()),
        "cells_within_10": int(counts["Within 10 %"].sum()),
        "rankings_table_1": int(of_table["Rankings"][1]),
        "rankings_table_2": int(of_table["Rankings"][2]),
        "rankings_agreed_table_1": int(of_table["Same order"][1]),
        "rankings_agreed_table_2": int(of_table["Same order"][2]),
    }


def _numbers_of_hosts() -> Numbers:
    """Return what Northeast Asia, China and others supply to the hosts."""
    region = OECD.shares("NEA", HOSTS)
    china_of_ten = OECD.shares("CHN", HOSTS, base="common")[2021]
    rest_in_indonesia = ADB.share("ROW", "IDN")
    return {
        "least_points_gained_2011_2021": (region[2021] - region[2011]).min(),
        "oecd_share_others_in_IND_2022": by_supplier("IND", 2022)["OECD"][eco.ROW],
        **_numbers_of_leads(),
        **_numbers_of_rises(),
        "points_RUS_in_IND_2019_2022_adb": russian_in_india(),
        "adb_share_ROW_in_IDN_2017": rest_in_indonesia[2017],
        "adb_share_ROW_in_IDN_2018": rest_in_indonesia[2018],
        "printed_share_CHN_in_ASEAN_2007": article.figure("fva_share_asean", "CHN", 2007, "ASEAN"),
        "oecd_share_CHN_among_ten_in_ASEAN_2021": china_of_ten["ASEAN"],
        "oecd_share_CHN_among_ten_in_IND_2021": china_of_ten["IND"],
    }


def russian_in_india() -> float:
    """Return by how much Russia's share in India rose from the low of 2019 to 2022 in the ADB's figures, points."""
    russia = ADB.share("RUS", "IND")
    return russia[2022] - russia[2019]


def _numbers_of_leads() -> Numbers:
    """Return in how many years ASEAN leads Mexico without Viet Nam, by more than the margin of error."""
    adb, oecd = (list(ahead_without_viet_nam(source).values()) for source in (ADB, OECD))
    return {
        "years_ahead_without_VNM_adb": sum(adb),
        "years_of_adb": len(adb),
        "years_ahead_without_VNM_oecd": sum(oecd),
        "years_of_oecd": len(oecd),
    }


def _numbers_of_rises() -> Numbers:
    """Return how many changes to 2021 the table has of a host, by database, base and first year."""
    table = moves([(2011, 2021), (2017, 2021), (2018, 2021)], ["ASEAN"])
    return {"changes_to_2021": int(table.drop(columns="Margin of error", level=1).notna().to_numpy().sum())}


def _numbers_of_members() -> Numbers:
    """Return how many of ASEAN's members rose, or have more concentrated suppliers, from 2017 to 2021."""
    nine = eco.members("ASEAN")
    risen = {source: _since_2017(source.shares("NEA", nine)) for source in (ADB, OECD)}
    narrowed = {source: _since_2017(source.concentration(nine)["hhi"].unstack()) for source in (ADB, OECD)}
    return {
        "members_up_ten_adb": int((risen[ADB] >= 10).sum()),
        "largest_gain_of_a_member_oecd": risen[OECD].max(),
        "members_more_concentrated_adb": int((narrowed[ADB] > 0).sum()),
        "members_more_concentrated_oecd": int((narrowed[OECD] > 0).sum()),
    }


def _since_2017(by_year: pd.DataFrame) -> pd.Series:
    return by_year[2021] - by_year[2017]


def _numbers_of_industries() -> Numbers:
    """Return what exports of industries carry in a host, and what part services earn in Northeast Asia."""
    exporting = "va_exports_of_industry"
    earning = pd.DataFrame({host: industries(2022, host, "va_exports")["points"] for host in HOSTS})
    in_services = 100 * earning.loc[["Trade and transport", "Other services, utilities"]].sum() / earning.sum()
    return {
        "points_electronics_in_ASEAN_2011": industries(2011, "ASEAN", exporting)["points"]["Electronics"],
        "points_electronics_in_VNM_2022": industries(2022, "VNM", exporting)["points"]["Electronics"],
        "points_largest_in_IND_2022": industries(2022, "IND", exporting)["points"].max(),
        "percent_earned_in_services_min": in_services.min(),
        "percent_earned_in_services_max": in_services.max(),
    }


def _numbers_to_usa() -> Numbers:
    """Return what reaches the United States through others."""
    through = paths(2022, ["CHN", "VNM", "MEX"]).query("market == @MARKET").set_index(["exporter", "origin"])["value"]
    japanese = passing(OECD, (2022,), ("JPN",), eco.members("ASEAN10"))["value"]
    then, now = sent_on(OECD, 2011, ["VNM"]), sent_on(OECD, 2022, ["MEX", "ASEAN", "VNM"])
    in_sales = part_in_sales_to_usa(OECD, "CHN", "MEX")
    detoured = OECD.detoured("KOR")
    return {
        "direct_KOR_2011": 100 - detoured[2011],
        "direct_KOR_2018": 100 - detoured[2018],
        "direct_KOR_2022": 100 - detoured[2022],
        "billion_dollars_KOR_in_CHN_to_USA_2022": through["CHN", "KOR"],
        "billion_dollars_KOR_in_VNM_to_USA_2022": through["VNM", "KOR"],
        "share_JPN_through_ASEAN_at_least": japanese.max(),
        "share_JPN_through_ASEAN_at_most": japanese.sum(),
        "sent_on_to_USA_oecd_2022_MEX": now["MEX"],
        "sent_on_to_USA_oecd_2022_ASEAN": now["ASEAN"],
        "sent_on_to_USA_oecd_2011_VNM": then["VNM"],
        "sent_on_to_USA_oecd_2022_VNM": now["VNM"],
        "oecd_share_of_CHN_in_sales_of_MEX_to_USA_2011": in_sales[2011],
        "oecd_share_of_CHN_in_sales_of_MEX_to_USA_2022": in_sales[2022],
        "share_of_USA_in_foreign_value_MEX_to_USA_2022": 100 * through["MEX", "USA"] / through["MEX"].sum(),
    }
