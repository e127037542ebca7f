"""The American market in value added: who counts the imports, who buys from China, where goods are finished."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from exhibits.names import Stroke
from exhibits.prose import Numbers
from gvc.labels import Array
from gvc.leontief import input_coefficients, value_added_coefficients
from gvc.panel import WORLD
from industrial_chains import customs, data, trade_since_2011
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import OECD
from industrial_chains.sources import STROKES as OF_SOURCES
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.inputs import GOODS
from industrial_chains.trade_since_2011 import BUYER, SELLER
from industrial_chains.uncertainty import error_sizes

#: Whose part in the imports of the United States charts follow.
ORIGINS = (SELLER, "ASEAN10", "VNM", "MEX")
#: The last year before the duties of 2018, and the last year of the tables.
SPAN = (2017, 2022)
#: Of what the United States imports in the first year, percent: suppliers that count as large.
LARGE = 0.5
#: Draws of economies for the interval of a correlation, the percentage of them that it holds, and where they begin.
DRAWS, LEVEL, SEED = 2000, 95, 20221231
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


def parts() -> pd.DataFrame:
    """Follow what each origin earns of the foreign value added in American final demand, year × origin; percent."""
    return pd.DataFrame({origin: OECD.share(origin, BUYER, "va_final_demand") for origin in ORIGINS})


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
    shares = {
        "Goods by customs": counted_parts()[["CHN", "VNM", "MEX"]],
        "Goods, gross": goods_parts(),
        "Value added in final demand": parts(),
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


# -- connectors --------------------------------------------------------------------------------------------------------


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


def by_first_year(last: int = SPAN[1]) -> pd.DataFrame:
    """Correlate what economies gained in the United States with what more they took from China, year by first year.

    Returns
    -------
    DataFrame
        Columns first, weight, r, low, high: `weight` is alike, or sales to the United States or imports in the first
        year. The ends of the interval are those of :func:`interval`.
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


# -- duties by law, by date --------------------------------------------------------------------------------------------


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


# -- where goods are finished ------------------------------------------------------------------------------------------


#: In what market final products are sold: columns of `data.table("assembled")`, and the imports of others.
MARKETS = {
    "value": "All markets",
    "outside_CHN": "Outside China",
    "exported": "All imports",
    "to_USA": "American imports",
    "elsewhere": "Others’ imports",
}


def finished(places: Iterable[str], market: str = "value") -> pd.DataFrame:
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
    """Return the numbers of the page's sentences on value added that no exhibit holds."""
    (first, last), earned, change = SPAN, parts()[SELLER], moved()
    then, now = map(share_by_counts, SPAN)
    won, more, without_viet_nam = change["gained"] > 0, change["more"] > 0, change.drop("VNM")
    intervals = pd.concat([by_first_year(2021), by_first_year(2022)])
    return {
        "error_value_added_CHN": error_sizes.of_sum(
            "origins", {year: earned[year] for year in SPAN}, {first: -1.0, last: 1.0}, BUYER
        ),
        "share_by_customs_2017": then["customs"],
        "share_by_customs_2022": now["customs"],
        "economies_that_took_less_in_2022": int((moved(2021)["more"] < 0).sum()),
        "gainers": int(won.sum()),
        "gainers_that_took_more": int((won & more).sum()),
        "losers": int((~won).sum()),
        "losers_that_took_more": int((~won & more).sum()),
        "connector_r_without_VNM": without_viet_nam["gained"].corr(without_viet_nam["more"]),
        "intervals_tried": len(intervals),
        "intervals_without_zero": int(((intervals["low"] > 0) | (intervals["high"] < 0)).sum()),
    }
