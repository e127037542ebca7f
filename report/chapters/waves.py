"""Waves of relocation: a timeline, and who exported and made most."""

import pandas as pd

from gvc import economies as eco
from report import article
from report.literature import words
from report.sectors import GOODS, MANUFACTURING
from report.sources import WIOD


def waves() -> pd.DataFrame:
    """Five waves of relocation, for the timeline.

    Returns
    -------
    DataFrame
        Columns wave, start, end, who, what.
    """
    return words("waves")[["start", "end", "who", "what"]].reset_index(names="wave")


def export_shares() -> pd.DataFrame:
    """Shares of large exporters in world exports of goods, WIOD, and China's as the article has them.

    Returns
    -------
    DataFrame
        Columns year, exporter, value, database; percent of exports of all economies and the rest of the world.
    """
    shares = WIOD.world_shares("gross_exports", GOODS)[["CHN", "DEU", "USA", "JPN", "KOR"]]
    long = shares.melt(ignore_index=False, var_name="exporter").reset_index()
    stated = [(year, "CHN", article.figure("world_export_share", "CHN", year, "WLD")) for year in (1990, 2010)]
    printed = pd.DataFrame(stated, columns=["year", "exporter", "value"])
    return pd.concat([long.assign(database=WIOD.label), printed.assign(database="Article, World Bank")])


def export_ranks(places: int = 8) -> pd.DataFrame:
    """Ranks of the exporters of goods that end among the first, WIOD.

    Returns
    -------
    DataFrame
        Columns year, exporter, rank; the rest of the world is not ranked.
    """
    goods = WIOD.by_industry("gross_exports", GOODS)
    ranks = goods.drop(columns=eco.ROW).rank(axis=1, ascending=False).astype(int)
    last = ranks.iloc[-1]
    chosen = list(last[last <= places].sort_values().index)
    long: pd.DataFrame = ranks[chosen].melt(ignore_index=False, var_name="exporter", value_name="rank")
    return long.reset_index()


def manufacturing() -> pd.DataFrame:
    """Value added of manufacturing, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; billion US dollars at current prices.
    """
    made = WIOD.by_industry("value_added", MANUFACTURING)[["CHN", "USA", "JPN", "DEU"]] / 1000
    return made.melt(ignore_index=False, var_name="economy").reset_index()
