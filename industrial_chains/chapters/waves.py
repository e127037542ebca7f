"""Waves of relocation: a timeline, who handed what to whom, and the rise of China."""

from collections.abc import Iterable

import pandas as pd

from gvc import economies as eco
from industrial_chains import article, waves_by_industry
from industrial_chains.industry_groups import GOODS, MANUFACTURING
from industrial_chains.literature import words
from industrial_chains.sources import LRWIOD, OECD, Source
from industrial_chains.waves_by_industry import BY_INDUSTRY, INDUSTRIES, NIES, share, shares


def waves() -> pd.DataFrame:
    """Five waves of relocation, for the timeline.

    Returns
    -------
    DataFrame
        Columns wave, start, end, who, what.
    """
    return words("waves")[["start", "end", "who", "what"]].reset_index(names="wave")


def relay() -> pd.DataFrame:
    """Shares in the world's exported value added of textiles and clothing, 1965 to 2000.

    Returns
    -------
    DataFrame
        Columns of `waves_by_industry.shares`.
    """
    frame = shares(["Textiles and clothing"], ("USA", "DEU", "ITA", "JPN", *NIES, "CHN", "IND", "MEX"))
    return frame[frame["database"] == LRWIOD.label]


def every_industry() -> pd.DataFrame:
    """Return the same of all four industries since 1965, every second year, for the leaders in them."""
    frame = shares(INDUSTRIES, ("USA", "JPN", "KOR", "CHN"))
    return frame[frame["year"] % 2 == 0]


def shown_handovers() -> pd.DataFrame:
    """Lay the hand-overs out for a table."""
    frame = waves_by_industry.handovers()
    short = {"Senders": "Sender", "Hosts": "Host"}
    for side, column in (("sender", "Senders"), ("host", "Hosts")):
        pairs = zip(frame[f"{side}_start"], frame[f"{side}_end"], strict=True)
        frame[f"{short[column]}, percent"] = [f"{before:.1f} → {after:.1f}" for before, after in pairs]
    years = [f"{start}–{end}" for start, end in zip(frame["Start"], frame["End"], strict=True)]
    return frame.assign(Years=years)[["Sender, percent", "Host, percent", "Found", "Years", "Database"]]


#: Years of the grids: every fifth of the longest database, every third or second of the others, and their ends.
GRIDS = {
    "Second, its end": range(1965, 2001, 5),
    "Third": range(1965, 2001, 5),
    "Fourth": (*range(1995, 2011, 3), 2011),
    "Fifth, so far": (*range(2011, 2022, 2), 2022),
}


def handed_by_years(wave: str) -> pd.DataFrame:
    """Count the industries that a wave handed on, by first and last year.

    Returns
    -------
    DataFrame
        Columns first, last, value; of four industries, see `waves_by_industry.years_of`.
    """
    count = waves_by_industry.years_of(wave).sum(axis=1)
    years = GRIDS[wave]
    rows = [
        (f"From {first}", f"to {last}", float(count.loc[first, last]))
        for last in years
        for first in years
        if first < last
    ]
    return pd.DataFrame(rows, columns=["first", "last", "value"])


def by_first_year() -> pd.DataFrame:
    """Lay out from which first years each wave handed each industry on, to its own last year and the database's.

    Returns
    -------
    DataFrame, (Wave, Industry) × two last years
        Spans of first years as text.
    """
    rows = {}
    for wave, (_, _, source, _, end) in waves_by_industry.SIDES.items():
        years = waves_by_industry.years_of(wave)
        for industry in INDUSTRIES:
            held = [years[industry].xs(last, level="last") for last in (end, max(source.years("va_exports")))]
            rows[wave.partition(",")[0], industry] = [_spans(one.index[one]) for one in held]
    columns = ["To the wave’s last year", "To the database’s last year"]
    frame = pd.DataFrame(rows, columns).T
    return frame.rename_axis(index=["Wave", "Industry"])


def _spans(years: Iterable[int]) -> str:
    """Write years as spans, ``1965–1982, 1991``."""
    found: list[list[int]] = []
    for year in map(int, years):
        if found and found[-1][-1] == year - 1:
            found[-1][-1] = year
        else:
            found.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found) or "–"


def fifth() -> pd.DataFrame:
    """Shares in exported value added of China and of the hosts of the fifth wave, by industry, OECD.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, value, database.
    """
    rows = []
    for industry in INDUSTRIES:
        for code, who in {"CHN": "CHN", "ASEAN10": eco.GROUPS["ASEAN10"], "IND": "IND", "MEX": "MEX"}.items():
            held = share(industry, who, OECD)
            years = map(int, held.index)
            rows += [(y, code, industry, value, OECD.label_in(y)) for y, value in zip(years, held, strict=True)]
    return pd.DataFrame(rows, columns=["year", "economy", "industry", "value", "database"])


def export_shares() -> pd.DataFrame:
    """Shares of large exporters in world exports of goods, and China's as the article has them.

    Returns
    -------
    DataFrame
        Columns year, exporter, value, database; percent of exports of all economies and the rest of the world.
    """
    frames = []
    for source in BY_INDUSTRY:
        table = source.world_shares("gross_exports", GOODS)[["CHN", "DEU", "USA", "JPN"]]
        frames.append(source.long(table, "exporter"))
    stated = [(year, "CHN", article.figure("world_export_share", "CHN", year, "WLD")) for year in (1990, 2010)]
    printed = pd.DataFrame(stated, columns=["year", "exporter", "value"])
    frames.append(printed.assign(database="Article, World Bank"))
    return pd.concat(frames, ignore_index=True)


def beside_the_union(year: int) -> dict[str, float]:
    """Shares in world exports of goods and services with the European Union as one exporter, OECD.

    Returns
    -------
    dict
        ``exports_of_EU27`` and ``exports_of_CHN``, percent; what members sell to one another counts nowhere.
    """
    sold = OECD.matrix("gross_exports", year).copy()
    union = list(eco.members("EU27"))
    sold.loc[union, union] = 0
    share = 100 * sold.sum(axis=1) / sold.to_numpy().sum()
    return {"exports_of_EU27": float(share[union].sum()), "exports_of_CHN": float(share["CHN"])}


def manufacturing() -> pd.DataFrame:
    """Value added of manufacturing.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; billion US dollars at current prices.
    """
    made = {
        source: source.by_industry("value_added", MANUFACTURING)[["CHN", "USA", "JPN", "DEU"]] for source in BY_INDUSTRY
    }
    return pd.concat([source.long(table / 1000, "economy") for source, table in made.items()], ignore_index=True)


def first_ahead(source: Source) -> int:
    """Year from which on China makes more than the United States, in one database."""
    made = source.by_industry("value_added", MANUFACTURING)
    above = made["CHN"] > made["USA"]
    return int(above.index[above][0])
