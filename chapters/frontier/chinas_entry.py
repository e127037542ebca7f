"""The trade model against what came: China's entry, of which it is told one number."""

from functools import cache
from itertools import product

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Untranslated
from industrial_chains import data
from industrial_chains.economies import ROW
from industrial_chains.trade_model import inputs

#: Who entered, when the model begins, and when it is asked.
ENTRANT = "CHN"
BASES, END = (1995, 2000), 2007
#: The one number that the factor is fitted to in :data:`END`: the entrant's share in the world's exports of goods, or
#: in the world's factor income; the first is the one that the book shows.
FITTED = ("goods", "income")
#: Industries of the entrant that the factor is given to; the first is the one that the book shows.
SCOPES = ("all", "manufacturing")
#: Elasticities beside those of the studies: four for all goods and services; those of the main study between origins
#: abroad, and half of them between home and imports.
FOUR, TIERS = "four", "two_tiers"
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
    DataFrame, (base, fitted, scope, what, place) × {before, after, an elasticity, …}
        In `base` and in the last year by the table, and in the last year by the model with the elasticities of each
        study. All but ``factor`` and ``link`` are percentages. `what` is

        - ``factor``: the fitted factor of the entrant's productivity, a pure number, which no table shows;
        - ``income``: its share in the world's factor income;
        - ``exports``: the share of economy `place` in the world's exports of goods;
        - ``imports``: the entrant's share in the goods that economy `place` imports;
        - ``industry``: the entrant's share in the world's exports of industry `place`, by WIOD's codes;
        - ``link``: the link index of two economies, ``CHN-JPN`` with China as origin, from 0 to 100;
        - ``origin``: the entrant's share in the foreign value added of the exports of `place`.
    """
    index = ["base", "fitted", "scope", "what", "place"]
    return data.table("entry").set_index(index)


def variant(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.DataFrame:
    """Choose one of the variants of :func:`predictions`, (what, place) × {before, after, an elasticity, …}."""
    chosen = predictions().groupby(level=["base", "fitted", "scope"]).get_group((base, fitted, scope))
    return chosen.droplevel(["base", "fitted", "scope"])


@cache
def placebo() -> pd.DataFrame:
    """Read how well the same factor would predict the same changes if another economy had had it.

    Returns
    -------
    DataFrame, (base, economy) × {imports, exports}
        Correlations: of the economy's predicted gains in the goods imports of all third economies with the entrant's
        actual ones, and of the predicted with the actual changes in their shares of the world's exports of goods, the
        rest of the world left out. Elasticities of the main study, all industries, the factor fitted to the entrant's
        exports.
    """
    return data.table("entry_placebo").set_index(["base", "economy"])


def moves(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.DataFrame:
    """Change from a base to 2007, (what, place) × {actual, an elasticity, …, proportion, trend}.

    In points, of links in units of the index. By proportion China's shares grow everywhere as its share in the world's
    exports of goods does, and those of other exporters shrink alike; of a link it says nothing. The trend from 1995 to
    2000 goes on, and is missing from the earlier base.
    """
    came = variant(base, fitted, scope)
    came = came[came.index.get_level_values("what") != "factor"]
    before = came.pop("before")
    moved = came.sub(before, axis=0).rename(columns={"after": "actual"})
    first_share, last_share = (float(one["exports", ENTRANT]) for one in (before, came["after"]))
    grown, left = last_share / first_share, (100 - last_share) / (100 - first_share)
    what, place = (before.index.get_level_values(level) for level in ("what", "place"))
    factor = pd.Series(grown, before.index).mask((what == "exports") & (place != ENTRANT), left).mask(what == "link")
    moved["proportion"] = before * (factor - 1)
    first, second = BASES
    earlier = variant(first, fitted, scope)["before"].reindex(before.index)
    trend = (before - earlier) * (END - second) / (second - first)
    moved["trend"] = trend if base == second else float("nan")
    return moved


def _of(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    return frame.loc[[what]].droplevel(0)


def scored(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.DataFrame:
    """Hold each way to predict against what came, (what, way) × {error, r, slope}.

    `what` is ``imports``, ``exports``, ``industry`` or ``link``; exports are those of all but China and the rest of the
    world, whose share rose most and would make the correlation. `way` is a column of :func:`moves`, or ``none``
    for no change, which has an error alone: the mean of what each place is off by. The slope is that of what came on
    what was predicted.
    """
    moved = moves(base, fitted, scope)
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
    labels = {
        "imports": "China’s share of goods imports, by importer",
        "exports": "Others’ shares of world exports",
        "industry": "China’s share of world exports, by industry",
    }
    ways = {"none": "No change", "trend": "Trend", "proportion": "In proportion", inputs.MAIN: "Model"}
    rows = {}
    for base in BASES:
        scores = scored(base)
        for what, label in labels.items():
            of_what = _of(scores, what)
            r = of_what.loc[list(ELASTICITIES), "r"]
            rows[Untranslated(str(base)), label] = {
                **{("Mean error, points", said): of_what.loc[way, "error"] for way, said in ways.items()},
                **{("Correlation", said): of_what.loc[way, "r"] for way, said in list(ways.items())[1:]},
                ("Correlation", "Four throughout"): r[FOUR],
                ("Correlation", "Least"): r.min(),
                ("Correlation", "Most"): r.max(),
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.set_axis(pd.MultiIndex.from_tuples(frame.index, names=["Base year", "Share"]))


def relative_r(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.Series:
    """Correlate what exporters were to lose and lost in per cent of their shares, by elasticity.

    In points, large exporters lose more than small ones whatever happens. China and the rest of the world are left out.
    """
    moved = _of(moves(base, fitted, scope), "exports").drop([ENTRANT, ROW])
    before = _of(variant(base, fitted, scope), "exports")["before"].drop([ENTRANT, ROW])
    part = moved.div(before, axis=0)
    return part[list(ELASTICITIES)].corrwith(part["actual"])


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_levels(), **_placebos(), **_changes(), **_of_variants()}


def _levels() -> Numbers:
    """Give shares of China and the factors that are fitted, by the tables and by the model."""
    early, late = (variant(base) for base in BASES)
    after, model = late["after"], late[inputs.MAIN]
    return {
        "entry_goods_1995": float(early["before"]["exports", ENTRANT]),
        "entry_goods_2000": float(late["before"]["exports", ENTRANT]),
        "entry_goods_after": float(after["exports", ENTRANT]),
        "entry_factor_1995": float(early[inputs.MAIN]["factor", ENTRANT]),
        "entry_factor_2000": float(model["factor", ENTRANT]),
        "entry_income_by_model_1995": float(early[inputs.MAIN]["income", ENTRANT]),
        "entry_income_by_model_2000": float(model["income", ENTRANT]),
        "entry_income_after": float(after["income", ENTRANT]),
        "entry_origin_after_MEX": float(after["origin", "MEX"]),
        "entry_origin_by_model_MEX": float(model["origin", "MEX"]),
        "entry_origin_after_IND": float(after["origin", "IND"]),
        "entry_origin_by_model_IND": float(model["origin", "IND"]),
        "entry_origin_after_IDN": float(after["origin", "IDN"]),
        "entry_origin_by_model_IDN": float(model["origin", "IDN"]),
        "entry_importers": len(late.loc["imports"]),
        "entry_industries": len(late.loc["industry"]),
        "entry_studies": len(inputs.STUDIES),
    }


def _placebos() -> Numbers:
    """Give correlations of what is predicted of others with what came, and count those better than the entrant's."""
    early, placebos = (placebo().loc[[base]].droplevel("base") for base in BASES)
    better_early, better = (one["exports"] > one["exports"][ENTRANT] for one in (early, placebos))
    return {
        "entry_r_placebo_USA": float(placebos["imports"]["USA"]),
        "entry_r_placebo_JPN": float(placebos["imports"]["JPN"]),
        "entry_r_placebo_BRA": float(placebos["imports"]["BRA"]),
        "entry_placebos": len(placebos.drop(ENTRANT)),
        "entry_better_placebos_1995": int(better_early.sum()),
        "entry_better_placebos_2000": int(better.sum()),
    }


def _changes() -> Numbers:
    """Give what Japan from 1995 and the link of China to Japan gained or lost, by the tables and by the model."""
    early, late = (moves(base) for base in BASES)
    return {
        "entry_lost_JPN_1995": -float(early["actual"]["exports", "JPN"]),
        "entry_lost_JPN_by_model_1995": -float(early[inputs.MAIN]["exports", "JPN"]),
        "entry_link_CHN_JPN_fell_1995": -float(early["actual"]["link", "CHN-JPN"]),
        "entry_link_CHN_JPN_fell_2000": -float(late["actual"]["link", "CHN-JPN"]),
        "entry_link_CHN_JPN_by_model_1995": float(early[inputs.MAIN]["link", "CHN-JPN"]),
        "entry_link_CHN_JPN_by_model_2000": float(late[inputs.MAIN]["link", "CHN-JPN"]),
    }


def _of_variants() -> Numbers:
    """Count in how many variants a finding holds: of base, fitted number, scope and elasticities."""
    nine = list(ELASTICITIES)
    imports, exports, relative, japan = [], [], [], []
    incomes: dict[str, list[pd.DataFrame]] = {scope: [] for scope in SCOPES}
    for base, fitted, scope in product(BASES, FITTED, SCOPES):
        scores, moved = scored(base, fitted, scope)["r"], moves(base, fitted, scope)
        for what, found in (("imports", imports), ("exports", exports)):
            found.append(pd.DataFrame({"r": scores[what][nine], "proportion": scores[what]["proportion"]}))
        relative.append(relative_r(base, fitted, scope))
        if fitted == FITTED[0]:
            lost = moved.loc[[("exports", "JPN")]]
            japan.append((100 * lost[nine]).div(lost["actual"], axis=0))
            incomes[scope].append(variant(base, fitted, scope).loc[[("income", ENTRANT)]][nine])
    to_china, from_others, of_japan = pd.concat(imports), pd.concat(exports), pd.concat(japan).to_numpy()
    whole, part = (pd.concat(incomes[scope]).to_numpy() for scope in SCOPES)
    after = float(variant(BASES[0])["after"]["income", ENTRANT])
    return {
        "entry_variants": len(to_china),
        "entry_r_imports_least": to_china["r"].min(),
        "entry_r_imports_most": to_china["r"].max(),
        "entry_variants_above_proportion": int((to_china["r"] > to_china["proportion"]).sum()),
        "entry_variants_below_proportion": int((from_others["r"] < from_others["proportion"]).sum()),
        "entry_r_relative_most": pd.concat(relative).max(),
        "entry_variants_of_goods": of_japan.size,
        "entry_lost_JPN_most": float(of_japan.max()),
        "entry_variants_of_all_industries": whole.size,
        "entry_variants_too_rich": int((whole > after).sum()),
        "entry_income_of_manufacturing_least": float(part.min()),
        "entry_income_of_manufacturing_most": float(part.max()),
    }
