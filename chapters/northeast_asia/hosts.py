"""The hosts, one by one: who earns their export dollar, how far they depend on whom, and what duty they pay."""

from collections.abc import Mapping

import pandas as pd

from exhibits.prose import Numbers
from gvc.panel import WORLD
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.ledger import HOME, cents, earned
from industrial_chains.sources import OECD

#: In the order of what they export: ASEAN's members, then India and Mexico.
HOSTS = ("VNM", "IDN", "THA", "SGP", "MYS", "PHL", "KHM", "MMR", "BRN", "LAO", "IND", "MEX")
FIRST, LAST = 2011, 2022
#: Origins that bars tell apart, the host itself in the lead.
SHOWN = (HOME, "CHN", "JPN", "KOR", "USA")
LABELS = {HOME: "The host itself", eco.ROW: "All others"} | {code: names.economy(code) for code in SHOWN[1:]}
COLOURS = {LABELS[HOME]: names.colour("ASEAN"), LABELS[eco.ROW]: names.colour(eco.ROW)} | {
    LABELS[code]: names.colour(code) for code in SHOWN[1:]
}


def dollar() -> pd.DataFrame:
    """Split a dollar of each host's goods exports by who earned it, for a chart.

    Returns
    -------
    DataFrame
        Columns host, origin, cents; the hosts that keep most of it first.
    """
    rows = []
    for host in sorted(HOSTS, key=lambda code: -own(code)[LAST]):
        parts = cents(earned(host))[LAST].groupby(lambda origin: origin if origin in SHOWN else eco.ROW).sum()
        rows += [(names.economy(host), LABELS[origin], parts[origin]) for origin in (*SHOWN, eco.ROW)]
    return pd.DataFrame(rows, columns=["host", "origin", "cents"])


def own(host: str) -> pd.Series:
    """Return what a host keeps of each dollar of goods that it exports; cents, by year."""
    part: pd.Series = cents(earned(host)).T[HOME]
    return part


def growth() -> pd.DataFrame:
    """Set what hosts export and earn, and what China earns of it, side by side.

    Returns
    -------
    DataFrame, host × ({Goods exports, Own earnings, Own cents, China’s cents}, year)
    """
    columns = {}
    for year in (FIRST, LAST):
        columns["Goods exports, billion dollars", str(year)] = {h: earned(h).sum()[year] / 1000 for h in HOSTS}
        columns["Own earnings, billion dollars", str(year)] = {h: earned(h).T[HOME][year] / 1000 for h in HOSTS}
        columns["Own cents of a dollar", str(year)] = {h: own(h)[year] for h in HOSTS}
        columns["China’s cents of a dollar", str(year)] = {h: cents(earned(h)).T["CHN"][year] for h in HOSTS}
    table = pd.DataFrame(columns).sort_index(axis=1, level=0, key=lambda heads: heads.map(_ORDER.index), kind="stable")
    return table.rename(index=names.economy).rename_axis(index="Host")


_ORDER = [
    "Goods exports, billion dollars", "Own earnings, billion dollars", "Own cents of a dollar",
    "China’s cents of a dollar", str(FIRST), str(LAST),
]  # fmt: skip


def exposure(counted: Mapping[int, Mapping[str, pd.Series]]) -> pd.DataFrame:
    """Set side by side who absorbs what hosts earn abroad, and what they sell Americans at what duty.

    Parameters
    ----------
    counted : mapping by year
        American ``imports`` and ``duty`` by partner and ``WLD``, million USD.

    Returns
    -------
    DataFrame, host × ({Absorbed by, Of American imports, American duty}, {economy or year})
        Percent: of the value added that a host exports, of all that Americans import, and of what they import of it.
    """
    columns = {}
    for buyer in ("USA", "CHN"):
        used = {h: OECD.link(h, buyer, "exports")[LAST] for h in HOSTS}
        columns["Absorbed by, 2022", names.economy(buyer)] = pd.Series(used)
    for year, of in counted.items():
        columns["Of American imports", str(year)] = 100 * of["imports"] / of["imports"][WORLD]
    for year, of in counted.items():
        columns["American duty", str(year)] = 100 * of["duty"] / of["imports"]
    return pd.DataFrame(columns).loc[list(HOSTS)].rename(index=names.economy).rename_axis(index="Host")


def keeping_less() -> list[str]:
    """List the hosts whose own part of each dollar fell by a point or more, here and in what the OECD publishes."""
    published = data.table("published").pivot(index="host", columns="year", values="home")
    fell = {host: own(host)[FIRST] - own(host)[LAST] for host in HOSTS}
    told = published[published.columns.min()] - published[LAST]
    return [host for host in HOSTS if fell[host] >= 1 and told[host] >= 1]


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    electronics = earned("VNM", "electronics")
    return {
        "hosts": len(HOSTS),
        "hosts_that_earn_more": sum(earned(host).T[HOME][LAST] > earned(host).T[HOME][FIRST] for host in HOSTS),
        "hosts_that_keep_less": len(keeping_less()),
        "percent_electronics_VNM": 100 * electronics.sum()[LAST] / earned("VNM").sum()[LAST],
    }
