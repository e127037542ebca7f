"""Northeast Asia's weight over thirty years: three databases side by side, and why they differ."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import pairwise, product

import pandas as pd

from gvc.flows import value_added_in_exports
from gvc.indicators import origin_share
from report import article, sources
from report.article import HOSTS, MEASURES
from report.flows import TERMS
from report.look import names
from report.sample import sample
from report.sources import ADB, ARTICLE, WIOD, WIOD_HOSTS, WIOD_NEA, Base, SilentError, Source

#: Those that compute, in the order of their years, and all.
PANELS = (WIOD, ADB)
SPANS = (WIOD, ARTICLE, ADB)
_IN_WORDS = {"fva_share": "foreign value added", "imint_share": "imported intermediates"}


def long_run(of: Iterable[Source] = SPANS) -> pd.DataFrame:
    """Northeast Asia's two shares in the hosts, 1995–2022.

    Returns
    -------
    DataFrame
        Columns year, measure, destination, value, database, panel; percent. In the panels Indonesia stands with ASEAN:
        WIOD shows no other member, the article no member by itself.
    """
    hosts = ("ASEAN", *WIOD_HOSTS)
    frames = [sources.shares(["NEA"], hosts, MEASURES, of=[source]) for source in of]
    frame = pd.concat([frame.sort_values("year", kind="stable") for frame in frames]).drop(columns="origin")
    whom = {host: "ASEAN, Indonesia" if host in ("ASEAN", "IDN") else names.economy(host) for host in hosts}
    frame["panel"] = frame["destination"].map(whom) + ": " + frame["measure"].map(_IN_WORDS)
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
    rows = []
    for source, measure, host in product(PANELS, MEASURES, HOSTS):
        with suppress(SilentError):
            other, printed = (pd.Series(one.share("NEA", host, measure)) for one in (source, ARTICLE))
            both = pd.DataFrame({"printed": printed, "other": other}).dropna()
            gap = both["other"] - both["printed"]
            signs = [_sign(*pair) for pair in pairwise(both["printed"])]
            moves = zip(signs, both["other"].diff()[1:], strict=True)
            rows.append(
                {
                    "database": source.label,
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
        Share=frame["measure"].map(_IN_WORDS),
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
    printed, same = ARTICLE.shares("NEA", HOSTS), []
    for source in PANELS:
        other = source.shares("NEA", HOSTS)
        for year in other.columns.intersection(printed.columns):
            order = other[year].sort_values().index
            same.append(list(order) == list(printed.loc[order, year].sort_values().index))
    return sum(same), len(same)


def _sign(before: float, after: float) -> int:
    """Sign of a change between two printed numbers; 0 where rounding could have made it."""
    return article.sign(*article.bounds(lambda start, end: end - start, before, after))


def gap_reasons() -> pd.DataFrame:
    """How far each reason could move Northeast Asia's share in foreign value added, WIOD against the article.

    Returns
    -------
    DataFrame, reason × {IND, MEX}
        Percentage points. The gaps are means of 2007–2011; bounds are the largest that the panels show.
    """
    hosts = ("IND", "MEX")
    gaps = agreement().query("database == @WIOD.label").set_index(["measure", "destination"])["mean"]
    twice = pd.DataFrame({year: _total("FDC", year) / _total("FVA", year) for year in range(2007, 2012)}).max(axis=1)
    coarse = value_added_in_exports(sample())
    reasons = {
        "Gap in foreign value added": {host: gaps["fva_share", host] for host in hosts},
        "Gap in imported intermediates": {host: gaps["imint_share", host] for host in hosts},
        "Mongolia, at most": {host: max(ADB.share("MNG", host).values()) for host in hosts},
        "Double counting, at most": {host: 100 * twice[host] for host in hosts},
        "Five industries, eleven economies": {
            host: origin_share(coarse, WIOD_NEA, host) - WIOD.share("NEA", host)[2011] for host in hosts
        },
    }
    return pd.DataFrame(reasons).T


def _total(flow: str, year: int) -> pd.Series:
    """Sum a flow of WIOD over its destinations."""
    return WIOD.matrix(flow, year).sum(axis=1)


def among_common_suppliers() -> pd.DataFrame:
    """Northeast Asia's share in what the suppliers give that both panels name, and in all foreign value added.

    Returns
    -------
    DataFrame
        Columns database, year, destination, base (``all``, ``common``), value; percent; Indonesia, India, Mexico.
        The common base holds :data:`report.sources.COMMON` less the host itself.
    """
    bases: tuple[Base, ...] = ("all", "common")
    parts = [sources.shares(["NEA"], WIOD_HOSTS, of=PANELS, base=base).assign(base=base) for base in bases]
    frame = pd.concat([part.sort_values("year", kind="stable") for part in parts], ignore_index=True)
    return frame[["database", "year", "destination", "base", "value"]]


def pace() -> pd.DataFrame:
    """How fast Northeast Asia's share in foreign value added changed, period by period.

    Returns
    -------
    DataFrame, host × (database, period)
        Percentage points a year; NaN where the database does not show the host.
    """
    periods = {
        WIOD: ((1995, 2001), (2001, 2007), (2007, 2011)),
        ARTICLE: ((2007, 2011), (2011, 2017), (2017, 2021)),
        ADB: ((2017, 2021),),
    }
    hosts, columns = ("ASEAN", *WIOD_HOSTS), {}
    for source, spans in periods.items():
        shares = source.shares("NEA", hosts)
        for start, end in spans:
            columns[source.label, f"{start}–{end}"] = (shares[end] - shares[start]) / (end - start)
    return pd.DataFrame(columns).reindex(list(hosts))


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
    for source, start, end in ((WIOD, 1995, 2011), (ADB, 2017, 2021), (ADB, 2018, 2021)):
        shares = source.shares(supplier, exporters, base=base)
        gains = (shares[end] - shares[start]) / (end - start)
        rows += [(f"{start}–{end}", code, gain) for code, gain in gains.items()]
    return pd.DataFrame(rows, columns=["period", "exporter", "value"])


def overtaken(destination: str) -> int:
    """Return the first year from which China's share in a host stays above Japan's, WIOD."""
    china, japan = (WIOD.share(origin, destination) for origin in ("CHN", "JPN"))
    return max(year for year in china if china[year] <= japan[year]) + 1


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
    columns = {}
    for year in years:
        terms = pd.DataFrame({term: _total(term, year) for term in TERMS})
        content = WIOD.matrix("va_exports", year)
        exports = _total("gross_exports", year)
        near = pd.Series({e: content.loc[[o for o in WIOD_NEA if o != e], e].sum() for e in exporters})
        columns["Backward", str(year)] = 100 * (terms["FVA"] + terms["FDC"] + terms["DDC"]) / exports
        columns["Forward", str(year)] = 100 * (terms["DVA"] - terms["DAVAX"]) / exports
        columns["Northeast Asia", str(year)] = 100 * near / exports
    frame = pd.DataFrame(columns).loc[list(exporters)]
    return frame[[(label, str(year)) for label in ("Backward", "Forward", "Northeast Asia") for year in years]]


def link_ranks(years: tuple[int, int] = (2011, 2017)) -> float:
    """Rank correlation of the links that both databases show, between a year of WIOD and a printed one."""
    wide = sources.links().pivot(index=["origin", "absorber"], columns="year", values="value")[list(years)].dropna()
    return float(wide[years[0]].corr(wide[years[1]], method="spearman"))
