"""What China buys to make chips, from whom, and what those who sell it count."""

from calendar import month_name
from collections.abc import Callable

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Message, calendar_year
from gvc.panel import WORLD
from industrial_chains import data, trade_since_2011
from industrial_chains.charting import names
from industrial_chains.chip_trade import BUYER, by_partner

#: What stands below exhibits.
CHINA = "Own computation, November 2026, from UN Comtrade, China’s imports and exports of HS 8486 and HS 8542."
SELLERS = (
    "Own computation, November 2026, from Eurostat, US Census, Japan’s trade statistics and, of Korea and Singapore, "
    "UN Comtrade: exports to China of HS 8486 and HS 8542."
)
BACI = trade_since_2011.BACI
MINING = "Own computation, November 2026, from World Mining Data (Austrian Federal Ministry of Finance)."
#: What the goods are called in exhibits.
LABELS = {"machines": "Machines", "chips": "Chips"}
#: Origins that charts and tables follow, those of most in the lead.
ORIGINS = {
    "machines": ("JPN", "NLD", "SGP", "USA", "KOR", "TWN"),
    "chips": ("TWN", "KOR", "MYS", "JPN", "VNM", "USA"),
}
#: Sellers whose own count is followed; five of them overlap with no other, and make a sum.
COUNTING = ("JPN", "NLD", "SGP", "USA", "KOR", "DEU")
FIVE = ("JPN", "KOR", "SGP", "USA", "EU27")
#: Goods that hold chips, and chips themselves, by headings of the Harmonized System; from whom Americans buy them.
HOLDERS = {"8471": "Computers", "8473": "Their parts", "8517": "Phones and routers", "8523": "Storage", "8542": "Chips"}
MAKERS = ("TWN", "MEX", "VNM", "THA", "KOR", "MYS", "PHL", "IND", "JPN", "CHN")
CENSUS = "Own computation, December 2026, from US Census data of October 2026."
#: The year before the American controls of October 2022.
BEFORE = 2021
#: Minerals that are listed: of which China supplies more than this of the world's output, percent.
MOST = 50
#: So many of the largest origins are counted together.
LARGEST = 3


def bought(good: str, *, reimports: bool = True) -> pd.DataFrame:
    """Return what China counts as imports, year × origin; billion USD, ``WLD`` is all.

    Parameters
    ----------
    good : {"machines", "chips"}
    reimports : bool
        Whether what China imports back counts, as its customs have it.
    """
    wide = by_partner("bought", good)
    if reimports:
        return wide
    others = wide.drop(columns=BUYER)
    return others.assign(**{WORLD: wide[WORLD] - wide[BUYER]})


def sold(good: str) -> pd.Series:
    """Return what China counts as exports, by year; billion USD."""
    return by_partner("sold", good)[WORLD]


def sellers(good: str) -> pd.DataFrame:
    """Return what sellers count as exports to China, year × seller; billion USD, whole years only."""
    return by_partner("partners", good)


def half_year(good: str) -> pd.DataFrame:
    """Return what sellers count in the last year that is not whole, seller × {months, value}; million USD."""
    rows = data.table("chips").query("count == 'partners' and good == @good and months < 12")
    latest: pd.DataFrame = rows[rows["year"] == rows["year"].max()].set_index("partner")[["months", "value"]]
    return latest


def span() -> tuple[int, int]:
    """Return the first and the last year that China counts."""
    years = bought("machines").index
    return int(years.min()), int(years.max())


def sellers_span() -> tuple[int, int]:
    """Return the first and the last year for which each of :data:`FIVE` counts twelve months."""
    years = sellers("machines")[list(FIVE)].dropna().index
    return int(years.min()), int(years.max())


def share(good: str, *, reimports: bool = True) -> pd.DataFrame:
    """Return the share of each origin in what China imports of a good, year × origin; percent."""
    wide = bought(good, reimports=reimports)
    return 100 * wide.drop(columns=WORLD).div(wide[WORLD], axis="index")


def sold_by_five(good: str) -> pd.Series:
    """Return what :data:`FIVE` count as exports to China, by year, nothing where one is missing; billion USD."""
    return sellers(good)[list(FIVE)].sum(axis="columns", min_count=len(FIVE))


def share_by_sellers(good: str) -> pd.DataFrame:
    """Return the share of each seller in what :data:`FIVE` sell China by their own count, year × seller; percent."""
    return 100 * sellers(good).div(sold_by_five(good), axis="index")


# -- from whom ---------------------------------------------------------------------------------------------------------


def concentration(good: str, *, reimports: bool = False) -> pd.DataFrame:
    """Say how far a good comes from few origins, year × {largest, three, index}.

    Returns
    -------
    DataFrame
        The code of the largest origin, the part of the three largest in percent, and the Herfindahl–Hirschman index
        between zero and one. An origin that the source does not name adds nothing to the index.
    """
    parts = share(good, reimports=reimports)
    three = parts.apply(lambda year: year.nlargest(LARGEST).sum(), axis="columns")
    return pd.DataFrame(
        {"largest": parts.idxmax(axis="columns"), "three": three, "index": (parts**2).sum(axis="columns") / 1e4}
    )


# -- what sellers count ------------------------------------------------------------------------------------------------


def beside_china() -> pd.DataFrame:
    """Set what sellers count beside what China counts, (good, seller) × years; billion USD, and a ratio.

    Returns
    -------
    DataFrame
        Years of the sellers' count, the last of them in part; what China counts in its last year; and that over what
        the seller counts in the same year.
    """
    _, last = span()
    rows = {}
    for good, label in LABELS.items():
        wide, china, half = sellers(good), bought(good), half_year(good)
        for code in COUNTING:
            own = china.get(code, pd.Series(dtype=float)).get(last, np.nan)
            rows[label, names.economy(code)] = {
                **{("Exporter’s count", str(year)): wide[code][year] for year in wide.index},
                ("Exporter’s count", _half_year()): half["value"].get(code, np.nan) / 1000,
                ("China’s count", str(last)): own,
                ("China’s count", "of the exporter’s"): own / wide[code][last],
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Good", "Exporter"])


def _half_year() -> str:
    rows = data.table("chips").query("count == 'partners' and months < 12")
    year = int(rows["year"].max())
    return f"{year}, {int(rows.loc[rows['year'] == year, 'months'].max())} months"


def apart(good: str) -> pd.Series:
    """Say how much more China counts in its last year than each seller; percent of the seller's count."""
    _, last = span()
    wide, china = sellers(good).T[last], bought(good).T[last]
    return (100 * (china / wide - 1)).reindex(list(COUNTING)).dropna()


def a_month(good: str) -> pd.DataFrame:
    """Return million USD a month by seller in the last whole year, and after it: seller × {before, after}."""
    half = half_year(good)
    last = sellers(good).index.max()
    before = 1000 * sellers(good).loc[last, list(half.index)] / 12
    return pd.DataFrame({"before": before, "after": half["value"] / half["months"]})


# -- the machines that hold them ---------------------------------------------------------------------------------------


def holders() -> pd.DataFrame:
    """Return what Americans import of goods that hold chips, (heading, partner) × year; general imports, billion USD.

    Both years are of the same months and the same vintage. The source lists a partner's largest headings: what it lacks
    is blank.
    """
    rows = data.table("us_market_by_heading", text=True).astype({"year": int, "imports": float})
    rows = rows[rows["heading"].isin(HOLDERS)]
    return rows.pivot(index=["heading", "partner"], columns="year", values="imports") / 1e6


def gained() -> pd.DataFrame:
    """Return by how much imports of each good from each maker grew: columns partner, good, value; billion USD."""
    wide = holders()
    change = (wide.iloc[:, -1] - wide.iloc[:, 0]).unstack("heading").reindex(index=MAKERS, columns=list(HOLDERS))
    named = change.rename(columns=HOLDERS, index=names.economy)
    return named.rename_axis(index="partner", columns="good").melt(ignore_index=False).reset_index()


def of_months(text: str) -> Message:
    """Say of which months :func:`holders` is: the text has places for the last month and the two years."""
    rows = data.table("us_market_by_heading")
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return Message(text, month_name[int(rows["to"].iloc[0])], calendar_year(first), calendar_year(last))


# -- other ways of asking ----------------------------------------------------------------------------------------------

#: Whose part the page says rose or fell.
SAID = {"machines": ("NLD", "SGP", "USA", "JPN", "KOR"), "chips": ("TWN", "KOR", "USA")}


def tried() -> pd.DataFrame:
    """Ask for the change of each part that the page speaks of in other ways.

    Returns
    -------
    DataFrame, (good, origin) × way
        Percentage points; nothing where a way does not know the origin. The first way is the page's.
    """
    (first, last), (start, end) = span(), sellers_span()

    def change(parts: Callable[[str], pd.DataFrame], then: int, now: int) -> Callable[[str, str], float]:
        def asked(good: str, origin: str) -> float:
            found = parts(good).get(origin)
            return float("nan") if found is None else float(found[now] - found[then])

        return asked

    def named(good: str) -> pd.DataFrame:
        wide = bought(good).drop(columns=WORLD)
        return 100 * wide.div(wide.sum(axis="columns"), axis="index")

    ways = {
        f"{first}–{last}": change(share, first, last),
        "Without goods bought back": change(lambda good: share(good, reimports=False), first, last),
        "Over named origins only": change(named, first, last),
        f"{first + 1}–{last}": change(share, first + 1, last),
        f"{BEFORE}–{last}": change(share, BEFORE, last),
        f"By five exporters, {start}–{last}": change(share_by_sellers, start, last),
        f"By five exporters, {start}–{end}": change(share_by_sellers, start, end),
    }
    rows = {
        (good, origin): {way: asked(good, origin) for way, asked in ways.items()}
        for good, origins in SAID.items()
        for origin in origins
    }
    return pd.DataFrame(rows).T.rename_axis(index=["good", "origin"])


def agreement() -> pd.DataFrame:
    """Count the answers of :func:`tried` that go the page's way, (good, origin) × {same, all}."""
    found = tried()
    same = found.mul(found.iloc[:, 0], axis="index") > 0
    return pd.DataFrame({"same": same.sum(axis="columns"), "all": found.notna().sum(axis="columns")})


# -- minerals ----------------------------------------------------------------------------------------------------------


def mined() -> pd.DataFrame:
    """Set China's part in the world's output of each mineral, and its concentration, in two years side by side.

    Returns
    -------
    DataFrame, mineral × ({China's share, Index}, year)
        All minerals of the source by its names, in the first and the last year.
    """
    wide = data.table("mined").pivot(index="mineral", columns="year", values=["share", "hhi"])
    years = wide.columns.unique("year")
    first, last = years.min(), years.max()
    columns = {
        (label, str(year)): wide[column, year]
        for label, column in (("China’s share", "share"), ("Index", "hhi"))
        for year in (first, last)
    }
    table = pd.DataFrame(columns).rename_axis(index="Mineral")
    return table.sort_values(("China’s share", str(last)), ascending=False, kind="stable")


def rose(first: int, last: int) -> pd.DataFrame:
    """Count, of pairs of an importer and a material, those in which China's share rose or origins spread out.

    Returns
    -------
    DataFrame, importer × {share, spread, pairs}
        A change counts if it shows: by a tenth of a per cent of the share, and by a thousandth of the index.
    """
    wide = data.table("bought").pivot(index=["importer", "material"], columns="year", values=["share", "hhi"])
    change = pd.DataFrame({column: wide[column, last] - wide[column, first] for column in ("share", "hhi")}).dropna()
    moved = change.round({"share": 1, "hhi": 3})
    counted = pd.DataFrame({"share": moved["share"] > 0, "spread": moved["hhi"] < 0, "pairs": True})
    return counted.groupby("importer").sum()


def of_all_materials(year: int, importer: str = "", without: str = "") -> float:
    """China's share in all that the importers, or one, buy of the materials, by value, percent; or without one."""
    rows = data.table("bought").query("year == @year and material != @without")
    rows = rows[rows["importer"].eq(importer) | (importer == "")]
    return float(np.average(rows["share"], weights=rows["value"]))


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    (first, last), (_, end) = span(), sellers_span()
    machines, chips = (bought(good, reimports=False)[WORLD] / sold(good) for good in ("machines", "chips"))
    more, month, counted = apart("machines"), a_month("machines"), agreement()
    held, korea = holders(), data.table("korea_by_month").query("item == 'semiconductors'")
    (before, now), every = held.columns, held.groupby("heading").sum()
    from_china = held.xs(BUYER, level="partner")
    buyers = korea[korea["month"] == korea["month"].max()].set_index("partner")["exports"]
    share_of, pairs = mined()["China’s share"], rose(2018, 2024)
    return {
        "minerals": len(share_of),
        "minerals_mostly_Chinese": int((share_of["2024"] > MOST).sum()),
        "minerals_mostly_Chinese_2018": int((share_of["2018"] > MOST).sum()),
        "pairs_of_materials": int(pairs["pairs"].sum()),
        "pairs_that_rose": int(pairs["share"].sum()),
        "materials_all_2018": of_all_materials(2018),
        "materials_all_2024": of_all_materials(2024),
        "materials_2018": of_all_materials(2018, without="Lithium hydroxide"),
        "materials_2024": of_all_materials(2024, without="Lithium hydroxide"),
        "holders_year": now,
        "holders_month": month_name[int(data.table("us_market_by_heading")["to"].iloc[0])],
        "holders_before": every[before].sum(),
        "holders_now": every[now].sum(),
        "computers_before": every.loc[["8471", "8473"], before].sum(),
        "computers_now": every.loc[["8471", "8473"], now].sum(),
        "holders_CHN_before": from_china[before].sum(),
        "holders_CHN_now": from_china[now].sum(),
        "alone_now": every[now]["8542"],
        "korean_chips_month": month_name[int(korea["month"].max()[5:])],
        "korean_chips_to_CHN": 100 * buyers["CHN"] / buyers[WORLD],
        "korean_chips_to_four": 100 * buyers[["VNM", "HKG", "TWN", "MYS"]].sum() / buyers[WORLD],
        "chips_bought_back_percent": share("chips")[BUYER][last],
        # Ends of both counts, so that a newer file moves them in the sentences.
        "year_first": first,
        "year_last": last,
        "year_sellers_last": end,
        "year_half": end + 1,
        "months_half": int(half_year("machines")["months"].max()),
        "times_chips_first": chips[first],
        "times_chips_last": chips[last],
        "times_machines_last": machines[last],
        # What exporters count in the last year of China's count.
        "sold_NLD_last": sellers("machines")["NLD"][last],
        "sold_chips_USA_last": sellers("chips")["USA"][last],
        "chips_TWN_without_back": share("chips", reimports=False)["TWN"][last],
        "percent_apart_most": more[["JPN", "NLD", "USA", "KOR"]].abs().max(),
        "percent_apart_DEU": more["DEU"],
        "percent_apart_SGP": -more["SGP"],
        "month_NLD_before": month["before"]["NLD"],
        "month_NLD_after": month["after"]["NLD"],
        "month_JPN_before": month["before"]["JPN"],
        "month_JPN_after": month["after"]["JPN"],
        "parts_said": len(counted),
        "trials": int(counted["all"].sum()),
        "trials_same": int(counted["same"].sum()),
    }
