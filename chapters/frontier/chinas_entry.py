"""The trade model against what came: China's entry, of which it is told how much each industry came to sell."""

from functools import cache

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Untranslated
from industrial_chains import data
from industrial_chains.economies import ROW
from industrial_chains.trade_model import inputs

#: Who entered, when the model begins, and when it is asked.
ENTRANT = "CHN"
BASES, END = (1995, 2000), 2007
#: Whose productivity rises until the entrant sells what it came to sell: each industry of goods, by its own factor,
#: fitted to its share in the world's exports of each; or all industries, or manufacturing, by one factor, fitted to its
#: share in those of all goods. The book shows the first.
FITS = ("industries", "all", "manufacturing")
#: Elasticities beside those of the studies: four for all goods and services; those of the main study between origins
#: abroad, and half of them between home and imports.
FOUR, TIERS = "four", "two_tiers"
#: What a rule without a model says: the entrant's sales grow everywhere by one factor, or by one in each industry.
PROPORTION = "proportion"
#: Economies whose links are predicted, and whose exports hold value added of the entrant.
LINKED, HELD_IN = ("CHN", "JPN", "KOR", "RUS"), ("IND", "MEX", "IDN")
#: Exporters that the chart names: those in Asia whose losses the article explains, and the largest others.
EXPORTERS = ("JPN", "KOR", "TWN", "IDN", "IND", "RUS", "MEX", "USA", "CAN", "DEU", "FRA", "GBR", "ITA")
#: Columns that hold what the model predicts.
ELASTICITIES = (*inputs.STUDIES, FOUR, TIERS)
#: What stands below exhibits.
SOURCE = "Own computation, November 2026, from WIOD, 2013 release, by the trade model of this book."


@cache
def predictions() -> pd.DataFrame:
    """Read what the model predicts of the last year, and what the tables say.

    Returns
    -------
    DataFrame, (base, fit, what, place) × {before, after, proportion, an elasticity, …}
        In `base` and in the last year by the table, and in the last year by the rule of :data:`PROPORTION`, which is
        silent on some, and by the model with the elasticities of each study. All but ``factor`` and ``link`` are
        percentages. `what` is

        - ``factor``: the fitted factor of the entrant's productivity, a pure number, which no table shows; by industry,
          or one for the entrant;
        - ``income``: its share in the world's factor income;
        - ``exports``: the share of economy `place` in the world's exports of goods;
        - ``imports``: the entrant's share in the goods that economy `place` imports;
        - ``industry``: the entrant's share in the world's exports of industry `place`, by WIOD's codes;
        - ``link``: the link index of two economies, ``CHN-JPN`` with China as origin, from 0 to 100;
        - ``origin``: the entrant's share in the foreign value added of the exports of `place`.
    """
    index = ["base", "fit", "what", "place"]
    return data.table("entry").set_index(index)


def variant(base: int, fit: str = FITS[0]) -> pd.DataFrame:
    """Choose one of the variants of :func:`predictions`, (what, place) × {before, after, …}."""
    chosen = predictions().groupby(level=["base", "fit"]).get_group((base, fit))
    return chosen.droplevel(["base", "fit"])


@cache
def placebo() -> pd.DataFrame:
    """Read how well the same factors would predict the same changes if another economy had had them.

    Returns
    -------
    DataFrame, (base, economy) × {imports, exports}
        Correlations: of the economy's predicted gains in the goods imports of all third economies with the entrant's
        actual ones, and of the predicted with the actual changes in their shares of the world's exports of goods, the
        rest of the world left out. Elasticities of the main study, a factor for each industry.
    """
    return data.table("entry_placebo").set_index(["base", "economy"])


def moves(base: int, fit: str = FITS[0]) -> pd.DataFrame:
    """Change from a base to 2007, (what, place) × {actual, proportion, an elasticity, …, trend}.

    In points, of links in units of the index. The trend from 1995 to 2000 goes on; the earlier base has none.
    """
    came = variant(base, fit)
    came = came[came.index.get_level_values("what") != "factor"]
    before = came.pop("before")
    moved = came.sub(before, axis=0).rename(columns={"after": "actual"})
    first, second = BASES
    earlier = variant(first, fit)["before"].reindex(before.index)
    trend = (before - earlier) * (END - second) / (second - first)
    moved["trend"] = trend if base == second else float("nan")
    return moved


def _of(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    return frame.loc[[what]].droplevel(0)


def scored(base: int, fit: str = FITS[0]) -> pd.DataFrame:
    """Hold each way to predict against what came, (what, way) × {error, r, slope}.

    `what` is ``imports``, ``exports``, ``industry`` or ``link``; exports are those of all but China and the rest of the
    world, whose share rose most and would make the correlation. `way` is a column of :func:`moves`, or ``none``
    for no change, which has an error alone: the mean of what each place is off by. The slope is that of what came on
    what was predicted.
    """
    moved = moves(base, fit)
    rows: dict[tuple[str, str], dict[str, float]] = {}
    for what in ("imports", "exports", "industry", "link"):
        of_what = _of(moved, what).drop([ENTRANT, ROW] if what == "exports" else [])
        actual = of_what.pop("actual")
        rows[what, "none"] = {"error": actual.abs().mean()}
        for way, predicted in of_what.items():
            rows[what, str(way)] = {
                "error": (predicted - actual).abs().mean(skipna=False),
                "r": predicted.corr(actual),
                "slope": predicted.cov(actual) / predicted.var(),
            }
    return pd.DataFrame.from_dict(rows, orient="index")


def table_of_tests() -> pd.DataFrame:
    """Set the ways to predict side by side for a table, (from, what) × (measure, way)."""
    labels = {"imports": "China’s share of goods imports, by importer", "exports": "Others’ shares of world exports"}
    ways = {"none": "No change", "trend": "Trend", PROPORTION: "In proportion", inputs.MAIN: "Model"}
    rows = {}
    for base in BASES:
        scores, one = scored(base), scored(base, FITS[1])
        for what, label in labels.items():
            of_what = _of(scores, what)
            r = of_what.loc[list(ELASTICITIES), "r"]
            rows[Untranslated(str(base)), label] = {
                **{("Mean error, points", said): of_what.loc[way, "error"] for way, said in ways.items()},
                **{("Correlation", said): of_what.loc[way, "r"] for way, said in list(ways.items())[1:]},
                ("Correlation", "Least"): r.min(),
                ("Correlation", "Most"): r.max(),
                ("Correlation", "One factor"): one["r"][what, inputs.MAIN],
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.set_axis(pd.MultiIndex.from_tuples(frame.index, names=["Base year", "Share"]))


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return how much of Japan's loss the model explains at most, percent, and how many placebos do better."""
    japan = pd.concat([moves(base).loc[[("exports", "JPN")]] for base in BASES])
    explained = (100 * japan[list(ELASTICITIES)]).div(japan["actual"], axis=0)
    r = placebo().loc[[BASES[1]]].droplevel("base")["exports"]
    return {
        "entry_industries": len(_of(variant(BASES[1]), "factor")),
        "entry_lost_JPN_most": float(explained.to_numpy().max()),
        "entry_placebos": len(r.drop(ENTRANT)),
        "entry_better_placebos_2000": int((r > r[ENTRANT]).sum()),
    }
