"""Who made what over half a century: shares of the world's exported value added, and who passed whom.

Three databases follow one another and overlap; no number joins two of them.
"""

from collections.abc import Iterable

import pandas as pd

from exhibits.text import Joined, enumerated
from industrial_chains import data
from industrial_chains.analysis.chains import ALL
from industrial_chains.charting import names
from industrial_chains.panel_contents import HOST_ECONOMIES
from industrial_chains.sources import LRWIOD, OECD, WIOD, Source

#: Databases that show industries, in the order in which they hand on what others have made before.
BY_INDUSTRY = (LRWIOD, WIOD, OECD)
#: By the codes of each database, where `industry_groups.GROUPS` has no group. Steel stands apart in the OECD's
#: only; these are basic metals with metal goods everywhere.
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


#: What two shares must differ by, in points, before the book calls it a change.
CLEAR = 1.0
#: Of each wave who sent, who received, and the database and years in which that can be seen.
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...], Source, int, int]] = {
    "Second, its end": (("USA",), ("JPN", "DEU"), LRWIOD, 1965, 1970),
    "Third": (("JPN",), NIES, LRWIOD, 1970, 1990),
    "Fourth": (("JPN", "USA", "DEU", "KOR", "TWN"), ("CHN",), WIOD, 1995, 2010),
    "Fifth, so far": (("CHN",), HOST_ECONOMIES, OECD, 2011, 2022),
}
#: Which industries the article names for each of them; for the fourth and the fifth it names stages, found in these.
CLAIMED = {
    "Second, its end": ("Textiles and clothing", "Steel and other metals"),
    "Third": tuple(INDUSTRIES),
    "Fourth": tuple(INDUSTRIES),
    "Fifth, so far": ("Textiles and clothing", "Electronics"),
}
#: What a sender's and a host's change say of a wave, by whether each is clear: -1 fell, 1 rose.
FOUND = {
    (-1, 1): "Handed on",
    (1, 1): "Both grew",
    (0, 1): "Host grew",
    (-1, 0): "Sender fell",
    (1, 0): "Sender grew",
    (0, 0): "No clear move",
    (-1, -1): "Both fell",
    (0, -1): "Host fell",
    (1, -1): "Handed back",
}


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
        for source in BY_INDUSTRY:
            table = source.world_shares("vax", group(industry, source))
            rows += [
                (year, code, industry, value, source.label_in(year))
                for code in chosen
                if code in table and not (code == "HKG" and source is OECD)
                for year, value in zip(map(int, table.index), table[code], strict=True)
            ]
    return pd.DataFrame(rows, columns=["year", "economy", "industry", "value", "database"])


def passed(industry: str, ahead: str | Iterable[str], behind: str | Iterable[str], source: Source) -> int | None:
    """Year from which on one side's share exceeds the other's to the end of a source.

    Returns
    -------
    int or None
        None if it did so in every year, or does not at the end.
    """
    front, back = share(industry, ahead, source), share(industry, behind, source)
    below = [int(year) for year in front.index[back <= front]]
    if not below or below[-1] == front.index[-1]:
        return None
    return below[-1] + 1


def turned(industry: str, economy: str, source: Source) -> int:
    """Year of an economy's largest share."""
    held = share(industry, economy, source)
    return int(held.index[int(held.to_numpy().argmax())])


def handovers(flow: str = "vax") -> pd.DataFrame:
    """Shares of senders and hosts of each wave at its start and its end, by industry, and what that says.

    Parameters
    ----------
    flow : str
        Of what the shares are, see `waves_by_industry.share`.

    Returns
    -------
    DataFrame, (Wave, Industry) × {Senders, Hosts, Start, End, sender_start, …, host_end, Found, Database}
        Percent of the world's; found as in :data:`FOUND`.
    """
    rows = {}
    for wave, (senders, hosts, source, start, end) in SIDES.items():
        for industry in INDUSTRIES:
            sent, held = share(industry, senders, source, flow), share(industry, hosts, source, flow)
            signs = (_sign(sent[end] - sent[start]), _sign(held[end] - held[start]))
            rows[wave, industry] = {
                "Senders": _named(senders),
                "Hosts": _named(hosts),
                "Start": start,
                "End": end,
                "sender_start": sent[start],
                "sender_end": sent[end],
                "host_start": held[start],
                "host_end": held[end],
                "Found": FOUND[signs],
                "Database": source.name,
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Wave", "Industry"]).infer_objects()


def years_of(wave: str) -> pd.DataFrame:
    """Say of every choice of years which industries a wave handed on.

    Parameters
    ----------
    wave : str
        One of :data:`SIDES`.

    Returns
    -------
    DataFrame, (first, last) × industry
        Whether the senders' share fell and the hosts' rose, each by :data:`CLEAR` points or more, between each two
        years of the database.
    """
    senders, hosts, source, _, _ = SIDES[wave]
    found = {}
    for industry in INDUSTRIES:
        sent, held = share(industry, senders, source), share(industry, hosts, source)
        fell, rose = (pd.DataFrame({first: of - of[first] for first in of.index}) for of in (-sent, held))
        found[industry] = ((fell >= CLEAR) & (rose >= CLEAR)).unstack()
    frame = pd.DataFrame(found).rename_axis(index=["first", "last"])
    return frame[frame.index.get_level_values("first") < frame.index.get_level_values("last")]


def _sign(change: float) -> int:
    return 0 if abs(change) < CLEAR else 1 if change > 0 else -1


def _named(codes: tuple[str, ...]) -> Joined:
    shown = ("ASEAN", *codes[-2:]) if codes == HOST_ECONOMIES else codes
    return enumerated(map(names.economy, shown))


def balances(economies: Iterable[str]) -> pd.DataFrame:
    """Take exports less imports of an industry's products, over both together.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, value, database; percent, from -100 (imports only) to 100 (exports only).
    """
    frame = data.table("products")
    frame = frame[frame["economy"].isin(list(economies))]
    value = 100 * (frame["exports"] - frame["imports"]) / (frame["exports"] + frame["imports"])
    labels = {source.name: source for source in BY_INDUSTRY}
    database = [labels[name].label_in(int(year)) for name, year in zip(frame["database"], frame["year"], strict=True)]
    return frame[["year", "economy", "industry"]].assign(value=value, database=database)


def lasting(value: pd.Series, sign: int) -> int | None:
    """Year from which on a series keeps a sign to its end.

    Returns
    -------
    int or None
        None if it has that sign throughout, or not at the end.
    """
    against = [int(year) for year in value.index[value * sign <= 0]]
    if not against or against[-1] == value.index[-1]:
        return None
    return int(min(year for year in value.index if year > against[-1]))


def balance(industry: str, economy: str, source: Source) -> pd.Series:
    """One of :func:`balances`, by year."""
    frame = data.table("products")
    here = frame["database"].eq(source.name) & frame["industry"].eq(industry) & frame["economy"].eq(economy)
    rows = frame[here].set_index("year").sort_index()
    return 100 * (rows["exports"] - rows["imports"]) / (rows["exports"] + rows["imports"])


def foreign_shares(economies: Iterable[str] = (ALL,)) -> pd.DataFrame:
    """Foreign value added in final goods, by industry.

    Returns
    -------
    DataFrame
        Columns year, industry, economy, value, database; percent.
    """
    frame = data.table("final_goods")
    frame = frame[frame["economy"].isin(list(economies))]
    labels = {source.name: source for source in BY_INDUSTRY}
    database = [labels[name].label_in(int(year)) for name, year in zip(frame["database"], frame["year"], strict=True)]
    return frame.rename(columns={"foreign": "value"})[["year", "industry", "economy", "value"]].assign(
        database=database
    )
