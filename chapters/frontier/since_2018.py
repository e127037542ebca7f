"""Evidence since 2018: what the United States buys and charges, who supplies minerals, where goods are finished."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from exhibits.names import Stroke
from exhibits.prose import Numbers
from exhibits.text import Joined, Untranslated, joined
from gvc.labels import Array
from gvc.leontief import input_coefficients, value_added_coefficients
from gvc.panel import WORLD
from industrial_chains import customs, data, literature, trade_since_2011
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.sources import OECD
from industrial_chains.sources import STROKES as OF_SOURCES
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.inputs import GOODS
from industrial_chains.trade_since_2011 import BUYER, SELLER
from industrial_chains.uncertainty import error_sizes

#: Whose part in the imports of the United States charts follow.
ORIGINS = (SELLER, "ASEAN10", "VNM", "MEX", "CAN", "EU27", "JPN", "KOR", "TWN", "IND")
#: The last year before the duties of 2018, and the last year of the tables.
SPAN = (2017, 2022)
#: Goods of which the table says who gained.
GAINERS = 3
#: Of what the United States imports in the first year, percent: suppliers that count as large.
LARGE = 0.5
#: Draws of economies for the interval of a correlation, the percentage of them that it holds, and where they begin.
DRAWS, LEVEL, SEED = 2000, 95, 20221231
#: Minerals that are listed: of which China supplies more than this of the world's output, percent.
MOST = 50
#: Moments of the duties: the peak on China, the end of a year of changes, the ruling of the Supreme Court, the last.
MOMENTS = {
    "2025-04-09": "9 Apr 2025",
    "2025-12-04": "4 Dec 2025",
    "2026-02-20": "20 Feb 2026",
    "2026-08-19": "19 Aug 2026",
}
#: How charts call what customs count, and its stroke beside those of the tables.
COUNTED = "US Census"
STROKES = OF_SOURCES | {COUNTED: Stroke()}
#: What stands below exhibits.
CENSUS = "Own computation, November 2026, from US Census data in M. Waugh's tracker."
FLOWS = "Own computation, November 2026, from the OECD's gross flows by industry, 2025 edition."
DUTIES = (
    "Own computation, November 2026, from M. Waugh's tracker of tariffs, August 2026, on US Census imports of 2024."
)
BACI = trade_since_2011.BACI
MINING = "Own computation, November 2026, from World Mining Data (Austrian Federal Ministry of Finance)."
#: Where goods are finished.
PLACES = (SELLER, "ASEAN10", "VNM", "MEX", "IND", "USA", "JPN", "EU27")


def parts(flow: str = "va_final_demand") -> pd.DataFrame:
    """Follow what each of :data:`ORIGINS` gives of all that is foreign to the United States, year × origin; percent.

    Parameters
    ----------
    flow : {"va_final_demand", "imint_share"}
        Value added in its final demand, or the inputs that it imports.
    """
    return pd.DataFrame({origin: OECD.share(origin, BUYER, flow) for origin in ORIGINS})


def goods_parts() -> pd.DataFrame:
    """Follow what each origin sells of the goods that the United States imports, year × origin; percent, gross."""
    sold = data.table("goods").pivot(index="year", columns="economy", values="to_USA")
    total = sold.drop(columns=BUYER).sum(axis=1)
    return pd.DataFrame({o: 100 * sold[list(eco.members(o))].sum(axis=1) / total for o in ORIGINS})


def counted_parts() -> pd.DataFrame:
    """Follow what customs count of the goods that the United States imports, year × partner; percent, to 2022."""
    return pd.DataFrame({year: customs.shares(year) for year in customs.years() if year <= SPAN[1]}).T


def sold_and_earned() -> pd.DataFrame:
    """Lay the three shares out for a chart: columns year, origin, value, what, kind."""
    followed = ["CHN", "ASEAN10", "VNM", "MEX"]
    shares = {
        "Goods by customs": counted_parts()[["CHN", "VNM", "MEX"]],
        "Goods, gross": goods_parts()[followed],
        "Value added in final demand": parts()[followed],
    }
    frames = []
    for what, wide in shares.items():
        long = wide.rename_axis("year").melt(ignore_index=False, var_name="origin").reset_index()
        kinds = {"Goods by customs": COUNTED, "Goods, gross": OECD.label}
        frames.append(long.assign(what=what, kind=kinds.get(what, long["year"].map(OECD.label_in))))
    return pd.concat(frames, ignore_index=True)


def share_by_counts(year: int) -> dict[str, float]:
    r"""Give China's share of the foreign value added in American final demand by two counts of imports; percent.

    Parameters
    ----------
    year : {2017, 2022}

    Returns
    -------
    dict
        ``table``: as the OECD's table summed to 21 economies has it. ``customs``: with the shares of partners in each
        industry of goods that American customs count; what each user imports of an industry stays.

    Notes
    -----
    :math:`v' (I - A^*)^{-1} y^*`, where rows of goods in the American columns of A and of final demand are shared out
    anew among partners.
    """
    table, bought = inputs.table(year), inputs.american("imports", year, full_year=True)[list(GOODS)]
    seller = np.array(table.economies)[table.home]
    product = np.tile(np.array(table.sectors), len(table.economies))
    uses = np.column_stack([input_coefficients(table), table.demand[:, table.economies.index(BUYER)]])
    shared, american = uses.copy(), np.append(seller == BUYER, True)
    for industry in bought:
        rows = np.flatnonzero((product == industry) & (seller != BUYER))
        of = bought[industry].reindex(seller[rows]).to_numpy()
        shared[np.ix_(rows, american)] = np.outer(of / of.sum(), uses[np.ix_(rows, american)].sum(axis=0))
    found = {}
    for name, given in (("table", uses), ("customs", shared)):
        output = np.linalg.solve(np.eye(len(seller)) - given[:, :-1], given[:, -1])
        earned = pd.Series(value_added_coefficients(table) * output).groupby(seller).sum()
        found[name] = float(100 * earned[SELLER] / earned.drop(BUYER).sum())
    return found


# -- who gained what China lost -----------------------------------------------------------------------------------


def by_branch() -> pd.DataFrame:
    """Share of each origin in what the United States imports of each branch of goods, (branch, origin) × year; percent.

    Notes
    -----
    The European Union is apart: each member stands for itself, as customs have it. The rest of the world is one.
    """
    rows = data.table("by_industry")
    rows = rows[rows["economy"] != BUYER].assign(branch=rows["industry"].map(OECD_BRANCHES))
    value = rows.pivot_table(index=["branch", "economy"], columns="year", values="to_USA", aggfunc="sum")
    return 100 * value / value.groupby("branch").transform("sum")


def gained() -> pd.DataFrame:
    """List, branch by branch, what China's share was and became, and who gained most.

    Returns
    -------
    DataFrame, branch × ({China's share 2017, 2022}, Change, {Gained most})
        Percent and points; branches in the order of what China lost.
    """
    share, (first, last) = by_branch(), SPAN
    change = share[last] - share[first]
    rows: dict[str, dict[str, Any]] = {}
    for branch in sorted(share.index.unique("branch"), key=lambda branch: change[branch, SELLER]):
        most = change[branch].drop([SELLER, eco.ROW]).nlargest(GAINERS)
        rows[branch] = {
            str(first): share.loc[(branch, SELLER), first],
            str(last): share.loc[(branch, SELLER), last],
            "Change": change[branch, SELLER],
            "Gained most, points": joined(
                ", ",
                (Joined(names.economy(str(code)), " ", Untranslated(f"{points:.1f}")) for code, points in most.items()),
            ),
        }
    return pd.DataFrame(rows).T.infer_objects().rename_axis(index="Goods")


def abroad() -> pd.DataFrame:
    """China's share in what all others but the United States import of each branch of goods, branch × year; percent."""
    rows = data.table("by_industry")
    rows = rows[~rows["economy"].isin([SELLER, BUYER])].assign(branch=rows["industry"].map(OECD_BRANCHES))
    sums = rows.groupby(["branch", "year"])[["from_CHN", "imports"]].sum()
    return (100 * sums["from_CHN"] / sums["imports"]).unstack()


# -- connectors ---------------------------------------------------------------------------------------------------


def moved(first: int = SPAN[0], last: int = SPAN[1]) -> pd.DataFrame:
    """Set what each supplier gained in the United States beside what it came to take from China, in goods.

    Returns
    -------
    DataFrame, economy × {size, gained, before, after, more, sales, from_China, from_others}
        `size` and `gained`: share in the goods that the United States imports, percent, and its change in points;
        `before`, `after`, `more`: China's share in the goods that the economy imports and its change; the others:
        growth of its sales to the United States, of its imports from China and from all others, in logarithms.
    """
    rows = data.table("goods")
    then, now = (rows[rows["year"] == year].drop(columns="year").set_index("economy") for year in (first, last))
    size, later = (100 * at["to_USA"] / at["to_USA"].drop(BUYER).sum() for at in (then, now))
    before, after = (100 * at["from_CHN"] / at["imports"] for at in (then, now))
    others = (now["imports"] - now["from_CHN"]) / (then["imports"] - then["from_CHN"])
    ratio = (now / then).assign(others=others)
    growth = np.log(ratio.where(ratio > 0))
    frame = pd.DataFrame(
        {
            "size": size,
            "gained": later - size,
            "before": before,
            "after": after,
            "more": after - before,
            "sales": growth["to_USA"],
            "from_China": growth["from_CHN"],
            "from_others": growth["others"],
        }
    )
    return frame.drop([SELLER, BUYER, eco.ROW])


def correlation(one: pd.Series, other: pd.Series) -> dict[str, object]:
    """Correlate two columns, by value and by rank, and say what one economy can do to it.

    Returns
    -------
    dict
        economies, r, low, high (:func:`interval`), rank, least, most (without one economy each) and without (whose
        absence makes it least).
    """
    left_out = pd.Series({code: one.drop(code).corr(other.drop(code)) for code in one.index})
    low, high = interval(_drawn(one, other, pd.Series(1.0, one.index)))
    return {
        "economies": len(one),
        "r": one.corr(other),
        "low": low,
        "high": high,
        "rank": one.rank().corr(other.rank()),
        "least": left_out.min(),
        "most": left_out.max(),
        "without": left_out.idxmin(),
    }


def tests() -> pd.DataFrame:
    """Ask in several ways whether those who gained took more from China.

    Returns
    -------
    DataFrame, question × {Economies, Correlation, low, high, of ranks, least, most, without}
    """
    first, last = SPAN
    after, earlier = moved(first, last), moved(2011, first)
    large, large_then = after[after["size"] > LARGE], earlier[earlier["size"] > LARGE]
    asked = {
        f"Shares, {first}–{last}": (after, "gained", "more"),
        "the large suppliers": (large, "gained", "more"),
        f"Shares, 2011–{first}, large": (large_then, "gained", "more"),
        f"Growth, {first}–{last}: from China": (after, "sales", "from_China"),
        "from all others": (after, "sales", "from_others"),
    }
    rows = {question: correlation(frame[one], frame[other]) for question, (frame, one, other) in asked.items()}
    labels = {
        "economies": "Economies",
        "r": "Correlation",
        "rank": "of ranks",
        "least": "least",
        "most": "most",
        "without": "least without",
    }
    table = pd.DataFrame(rows).T.rename(columns=labels).infer_objects().rename_axis(index="Question")
    return table.assign(**{"least without": table["least without"].map(names.economy)})


def pearson(one: Array, other: Array, weight: Array) -> Array:
    """Correlate along the last axis, each economy by its weight."""
    weight = weight / weight.sum(axis=-1, keepdims=True)
    one, other = (values - (weight * values).sum(axis=-1, keepdims=True) for values in (one, other))
    both = (weight * one * other).sum(axis=-1)
    r: Array = both / np.sqrt((weight * one**2).sum(axis=-1) * (weight * other**2).sum(axis=-1))
    return r


def _drawn(one: pd.Series, other: pd.Series, weight: pd.Series) -> Array:
    """Correlate once for each of :data:`DRAWS` draws of as many economies, with replacement."""
    drawn = np.random.default_rng(SEED).integers(0, len(one), (DRAWS, len(one)))
    return pearson(*(_floats(column)[drawn] for column in (one, other, weight)))


def _floats(column: pd.Series) -> Array:
    return np.asarray(column, dtype=float)


def interval(drawn: Array) -> tuple[float, float]:
    """Return between what :data:`LEVEL` per cent of the draws lie."""
    low, high = np.percentile(drawn, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)


#: Of which weight an economy is in a correlation, and how charts call it.
WEIGHTS = {"alike": "All economies alike", "sales": "By sales to the United States", "imports": "By imports"}


def by_first_year(last: int = SPAN[1]) -> pd.DataFrame:
    """Correlate what economies gained in the United States with what more they took from China, year by first year.

    Returns
    -------
    DataFrame
        Columns first, weight, r, low, high: `weight` is a key of :data:`WEIGHTS`; sales and imports are those of the
        first year. The ends of the interval are those of :func:`interval`.
    """
    imports = data.table("goods").set_index(["year", "economy"])["imports"]
    rows: list[tuple[int, str, float, float, float]] = []
    for first in range(2011, last):
        frame = moved(first, last)
        weights = {
            "alike": pd.Series(1.0, frame.index),
            "sales": frame["size"],
            "imports": imports[first].reindex(frame.index),
        }
        for name, weight in weights.items():
            columns = frame["gained"], frame["more"], weight
            r = float(pearson(*map(_floats, columns)))
            rows.append((first, name, r, *interval(_drawn(*columns))))
    return pd.DataFrame(rows, columns=["first", "weight", "r", "low", "high"])


def growth_by_first_year(last: int = SPAN[1]) -> pd.DataFrame:
    """Correlate growth of sales to the United States with growth of imports from China and from all others.

    Returns
    -------
    DataFrame, first × {China, others, low, high}
        Both correlations, all economies alike, and the interval of how much larger the first is.
    """
    rows = {}
    for first in range(2011, last):
        frame = moved(first, last).dropna()
        alike = pd.Series(1.0, frame.index)
        pair = [_drawn(frame["sales"], frame[other], alike) for other in ("from_China", "from_others")]
        low, high = interval(pair[0] - pair[1])
        rows[first] = {
            "China": frame["sales"].corr(frame["from_China"]),
            "others": frame["sales"].corr(frame["from_others"]),
            "low": low,
            "high": high,
        }
    return pd.DataFrame(rows).T.rename_axis(index="first")


def growth_without(left_out: str, first: int, last: int = SPAN[1]) -> dict[str, float]:
    """Correlate growth as :func:`growth_by_first_year` does, without one economy: China, others."""
    frame = moved(first, last).drop(left_out)
    return {name: frame["sales"].corr(frame[f"from_{name}"]) for name in ("China", "others")}


def among_industries() -> dict[str, float]:
    """Correlate the two changes over pairs of an economy and an industry of manufacturing."""
    rows, (first, last) = data.table("by_industry"), SPAN
    rows = rows[rows["industry"].str.startswith("C")]
    wide = rows.set_index(["year", "economy", "industry"])
    bought = wide["to_USA"].drop(BUYER, level="economy")
    size = 100 * bought / bought.groupby(["year", "industry"]).transform("sum")
    reliance = 100 * wide["from_CHN"] / wide["imports"]
    change = pd.DataFrame(
        {"gained": size.loc[last] - size.loc[first], "more": reliance.loc[last] - reliance.loc[first]}
    )
    change = change.drop([SELLER, eco.ROW], level="economy").dropna()
    both = change["gained"], change["more"]
    return {"pairs": len(change), "r": both[0].corr(both[1]), "rank": both[0].rank().corr(both[1].rank())}


# -- duties -------------------------------------------------------------------------------------------------------


def duties() -> pd.DataFrame:
    """List what the United States charged each partner in 2024 and at each of :data:`MOMENTS`.

    Returns
    -------
    DataFrame, partner × {imports, collected, the moments}
        Imports of 2024 in billion USD; duty collected in 2024, and that duty with what was added, percent of the
        imports of 2024.
    """
    rows = data.table("duties").assign(charged=lambda frame: frame["collected"] + frame["added"])
    wide = rows.pivot(index="partner", columns="date", values="charged")[list(MOMENTS)]
    fixed = rows.groupby("partner")[["imports", "collected"]].first()
    table = fixed.assign(imports=fixed["imports"] / 1000).join(wide).loc[[*trade_since_2011.PARTNERS, WORLD]]
    return table.rename_axis(columns=None)


def shown_duties() -> pd.DataFrame:
    """Name the partners and the moments of :func:`duties`, for a table and for a chart."""
    table = duties().rename(columns={"imports": "Imports 2024, billion USD", "collected": "2024", **MOMENTS})
    label = {"ASEAN": "ASEAN, seven members", WORLD: "All partners"}
    return table.set_axis(pd.Index([label.get(code) or names.economy(code) for code in table.index], name="Partner"))


# -- minerals -----------------------------------------------------------------------------------------------------


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


def concentration_of_imports(first: int = 2018, last: int = 2024) -> pd.DataFrame:
    """Set China's share in imports, by value and by weight, and the concentration of origins side by side.

    Returns
    -------
    DataFrame, (importer, material) × ({Share by value, Share by weight, Index}, year)
    """
    counts = {"Share by value": "share", "Share by weight": "share_by_weight", "Index": "hhi"}
    rows = data.table("bought").pivot(index=["importer", "material"], columns="year", values=list(counts.values()))
    columns = {(label, str(year)): rows[column, year] for label, column in counts.items() for year in (first, last)}
    order = pd.MultiIndex.from_product(
        [trade_since_2011.IMPORTERS, trade_since_2011.MATERIALS], names=["Importer", "Material"]
    )
    return pd.DataFrame(columns).reindex(order).rename(index=names.economy, level="Importer")


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


LITHIUM = "Lithium hydroxide"


def of_all_materials(year: int, importer: str = "", without: str = "") -> float:
    """China's share in all that the importers, or one, buy of the materials, by value, percent; or without one."""
    rows = data.table("bought").query("year == @year and material != @without")
    rows = rows[rows["importer"].eq(importer) | (importer == "")]
    return float(np.average(rows["share"], weights=rows["value"]))


def with_and_without_lithium(first: int = 2018, last: int = 2024) -> pd.DataFrame:
    """Lay China's share in the materials out by importer, with lithium hydroxide and without.

    Returns
    -------
    DataFrame, importer × ({All eight, Without lithium hydroxide}, year)
        By value, percent; the three importers together in the last row.
    """
    columns = {
        (label, str(year)): {
            importer or "All three": of_all_materials(year, importer, without)
            for importer in (*trade_since_2011.IMPORTERS, "")
        }
        for label, without in (("All eight", ""), ("Without lithium hydroxide", LITHIUM))
        for year in (first, last)
    }
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Importer")


# -- where goods are finished -------------------------------------------------------------------------------------


#: In what market final products are sold: columns of `data.table("assembled")`, and the imports of others.
MARKETS = {
    "value": "All markets",
    "outside_CHN": "Outside China",
    "exported": "All imports",
    "to_USA": "American imports",
    "elsewhere": "Others’ imports",
}


def finished(places: Iterable[str] = PLACES, market: str = "value") -> pd.DataFrame:
    """Share of places in the value added where final products are finished, (industry, year) × place; percent.

    Parameters
    ----------
    places : iterable of str
    market : str
        Where the products are sold, a key of :data:`MARKETS`.
    """
    rows = data.table("assembled").assign(elsewhere=lambda frame: frame["exported"] - frame["to_USA"])
    wide = rows.pivot(index=["industry", "year"], columns="economy", values=market)
    total = wide.sum(axis=1)
    return pd.DataFrame({place: 100 * wide[list(eco.members(place))].sum(axis=1) / total for place in places})


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    machinery = finished(["MEX"], "to_USA")["MEX"]["machinery"]
    return {
        **_error(),
        **_by_customs(),
        **_supplied_abroad(),
        **_connectors(),
        **_first_years(),
        **_minerals(),
        **_elasticities(),
        "last_to_USA_machinery_MEX_2017": machinery[2017],
        "last_to_USA_machinery_MEX_2022": machinery[2022],
        "level": LEVEL,
        "newer_works": len(literature.newer()),
    }


def _error() -> Numbers:
    """Return the error of the change of China's share in value added, points."""
    earned, (first, last) = parts()["CHN"], SPAN
    return {
        "error_value_added_CHN": error_sizes.of_sum(
            "origins", {year: earned[year] for year in SPAN}, {first: -1.0, last: 1.0}, "USA"
        ),
    }


def _by_customs() -> Numbers:
    """Return how early customs count China's loss of goods, and its share of value added with their partners."""
    share, (first, last) = counted_parts()[SELLER], SPAN
    fall = share[first] - share[last]
    then, now = map(share_by_counts, SPAN)
    return {
        "percent_of_fall_by_2019": 100 * (share[first] - share[2019]) / fall,
        "percent_of_fall_by_2021": 100 * (share[first] - share[2021]) / fall,
        "share_by_table_2017": then["table"],
        "share_by_customs_2017": then["customs"],
        "share_by_table_2022": now["table"],
        "share_by_customs_2022": now["customs"],
    }


def _supplied_abroad() -> Numbers:
    """Return China's share in what all others but the United States import, percent."""
    share = abroad()
    return {
        "abroad_textiles_2017": share[2017]["Textiles and leather"],
        "abroad_textiles_2022": share[2022]["Textiles and leather"],
        "abroad_electronics_2017": share[2017]["Electronics"],
        "abroad_electronics_2022": share[2022]["Electronics"],
    }


def _connectors() -> Numbers:
    """Return how many of those who gained or lost in the United States took more from China, and correlations."""
    change = moved()
    won, more = change["gained"] > 0, change["more"] > 0
    without_viet_nam = change.drop("VNM")
    without_brunei = growth_without("BRN", 2018)
    return {
        "economies_that_took_more": int(more.sum()),
        "economies_that_took_less_in_2022": int((moved(2021)["more"] < 0).sum()),
        "gainers": int(won.sum()),
        "gainers_that_took_more": int((won & more).sum()),
        "losers": int((~won).sum()),
        "losers_that_took_more": int((~won & more).sum()),
        "connector_r_without_VNM": without_viet_nam["gained"].corr(without_viet_nam["more"]),
        "connector_r_industries": among_industries()["r"],
        "growth_r_without_Brunei_China": without_brunei["China"],
        "growth_r_without_Brunei_others": without_brunei["others"],
    }


def _first_years() -> Numbers:
    """Return how many intervals are tried, over first years, last years and weights, and how many exclude zero."""
    shares = pd.concat([by_first_year(last) for last in (2021, 2022)])
    growth = pd.concat([growth_by_first_year(last) for last in (2021, 2022)])
    return {
        "intervals_tried": len(shares),
        "intervals_without_zero": int(((shares["low"] > 0) | (shares["high"] < 0)).sum()),
        "growth_spans": len(growth),
        "growth_spans_China_more": int((growth["low"] > 0).sum()),
    }


def _minerals() -> Numbers:
    """Return of how many minerals China supplies most, and in how many pairs of importer and material more."""
    share = mined()["China’s share"]
    most = share[share["2024"] > MOST]
    pairs, by_weight = rose(2018, 2024), concentration_of_imports()["Share by weight"]
    return {
        "minerals": len(share),
        "minerals_mostly_Chinese": len(most),
        "minerals_mostly_Chinese_2018": int((share["2018"] > MOST).sum()),
        "minerals_that_rose": int((most["2024"] > most["2018"]).sum()),
        "materials": int(pairs["pairs"]["USA"]),
        "pairs_of_materials": int(pairs["pairs"].sum()),
        "pairs_that_rose": int(pairs["share"].sum()),
        "pairs_that_rose_USA": int(pairs["share"]["USA"]),
        "pairs_that_rose_since_2017": int(rose(2017, 2024)["share"].sum()),
        "pairs_that_rose_by_weight": int((by_weight["2024"] > by_weight["2018"]).sum()),
        "pairs_less_concentrated": int(pairs["spread"].sum()),
    }


def _elasticities() -> Numbers:
    """Return the studies' medians of elasticities, lowest and highest."""
    rows = inputs.elasticities()
    medians = rows[rows.index.str[0].isin(["A", "B", "C"])].median()  # over the industries that make goods
    return {"elasticity_least": medians.min(), "elasticity_most": medians.max()}
