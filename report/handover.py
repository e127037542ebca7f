"""Who made what over half a century: shares of the world's exported value added, and who passed whom.

Three databases follow one another and overlap; no number joins two of them.
"""

from collections.abc import Iterable

import pandas as pd

from report.sources import LRWIOD, OECD, WIOD, Source

#: In the order in which they hand on what others have made before.
SOURCES = (LRWIOD, WIOD, OECD)
#: By the codes of each database, where :data:`report.sectors.GROUPS` has no group. Steel stands apart in the OECD's only;
#: these are basic metals with metal goods everywhere.
METALS = {"Long-run WIOD": ("D27t28",), "WIOD": ("c12",), "OECD": ("C24A", "C24B", "C25")}
#: Industries of the waves, by their names in charts.
INDUSTRIES = {
    "Textiles and clothing": "textiles",
    "Steel and other metals": "metals",
    "Electronics": "electronics",
    "Cars and other vehicles": "vehicles",
}
#: Korea, Taiwan and Hong Kong; Singapore is in the OECD's tables only.
NIES = ("KOR", "TWN", "HKG")
ECONOMIES = ("USA", "DEU", "JPN", *NIES, "CHN", "IND", "MEX")


def group(industry: str, source: Source) -> str | tuple[str, ...]:
    """Name an industry of :data:`INDUSTRIES` as a source knows it."""
    name = INDUSTRIES[industry]
    return METALS[source.name] if name == "metals" else name


def share(industry: str, who: str | Iterable[str], source: Source, flow: str = "vax") -> pd.Series:
    """Share of one or several economies in the world's exported value added of an industry.

    Parameters
    ----------
    industry : str
        One of :data:`INDUSTRIES`.
    who : str or iterable of str
        Economies, summed.
    source : Source
    flow : str
        Value added absorbed abroad (``vax``), or another flow by industry.

    Returns
    -------
    Series by year
        Percent; economies that the source does not show are left out of the sum.
    """
    table = source.world_shares(flow, group(industry, source))
    codes = [who] if isinstance(who, str) else [code for code in who if code in table]
    return table[codes].sum(axis=1, min_count=len(codes))


def shares(industries: Iterable[str], economies: Iterable[str] = ECONOMIES) -> pd.DataFrame:
    """Put :func:`share` to the three databases.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, value, database.
    """
    chosen, rows = list(economies), []
    for industry in industries:
        for source in SOURCES:
            table = source.world_shares("vax", group(industry, source))
            rows += [
                (year, code, industry, value, source.label_in(year))
                for code in chosen
                if code in table and not (code == "HKG" and source is OECD)
                for year, value in table[code].items()
            ]
    return pd.DataFrame(rows, columns=["year", "economy", "industry", "value", "database"])


def passed(industry: str, ahead: str | Iterable[str], behind: str | Iterable[str], source: Source) -> int | None:
    """Year from which on one side's share exceeds the other's to the end of a source.

    Returns
    -------
    int or None
        None if it did so from the start, or does not at the end.
    """
    above = share(industry, behind, source) > share(industry, ahead, source)
    if above.iloc[0] or not above.iloc[-1]:
        return None
    return int(above.index[~above][-1]) + 1


def turned(industry: str, economy: str, source: Source) -> int:
    """Year of an economy's largest share."""
    return int(share(industry, economy, source).idxmax())
