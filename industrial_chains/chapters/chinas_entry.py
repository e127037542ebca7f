"""The trade model against what came: China's entry, of which it is told one number."""

import pandas as pd

from exhibits.text import Own
from gvc.economies import ROW
from industrial_chains import entry, what_if
from industrial_chains.charting import names
from industrial_chains.entry import BASES, END, ENTRANT, FITTED, SCOPES

# -- China's entry ------------------------------------------------------------------------------------------------

#: Exporters that the chart names: those in Asia whose losses the article explains, and the largest others.
EXPORTERS = ("JPN", "KOR", "TWN", "IDN", "IND", "RUS", "MEX", "USA", "CAN", "DEU", "FRA", "GBR", "ITA")
#: Columns that hold what the model predicts.
ELASTICITIES = (*what_if.STUDIES, entry.FOUR, entry.TIERS)
#: What stands below exhibits.
SOURCE = "Own computation, November 2026, from WIOD, 2013 release, by the trade model of this book."


def moves(base: int, fitted: str = FITTED[0], scope: str = SCOPES[0]) -> pd.DataFrame:
    """Change from a base to 2007, (what, place) × {actual, an elasticity, …, proportion, trend}.

    In points, of links in units of the index. By proportion China's shares grow everywhere as its share in the world's
    exports of goods does, and those of other exporters shrink alike; of a link it says nothing. The trend from 1995 to
    2000 goes on, and is missing from the earlier base.
    """
    came = entry.variant(base, fitted, scope)
    came = came[came.index.get_level_values("what") != "factor"]
    before = came.pop("before")
    moved = came.sub(before, axis=0).rename(columns={"after": "actual"})
    first_share, last_share = (float(one["exports", ENTRANT]) for one in (before, came["after"]))
    grown, left = last_share / first_share, (100 - last_share) / (100 - first_share)
    what, place = (before.index.get_level_values(level) for level in ("what", "place"))
    factor = pd.Series(grown, before.index).mask((what == "exports") & (place != ENTRANT), left).mask(what == "link")
    moved["proportion"] = before * (factor - 1)
    first, second = BASES
    earlier = entry.variant(first, fitted, scope)["before"].reindex(before.index)
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


def losers() -> pd.DataFrame:
    """Lay predicted and actual changes of exporters' shares out for a chart: columns exporter, Predicted, Actual."""
    moved = _of(moves(BASES[-1]), "exports").loc[list(EXPORTERS)]
    moved = moved.sort_values("actual", kind="stable")
    return pd.DataFrame(
        {
            "exporter": [names.economy(one) for one in moved.index],
            "Predicted": moved[what_if.MAIN].to_numpy(),
            "Actual": moved["actual"].to_numpy(),
        }
    )


def table_of_tests() -> pd.DataFrame:
    """Set the ways to predict side by side for a table, (from, what) × (measure, way)."""
    labels = {
        "imports": "China’s share of goods imports, by importer",
        "exports": "Others’ shares of world exports",
        "industry": "China’s share of world exports, by industry",
    }
    ways = {"none": "No change", "trend": "Trend", "proportion": "In proportion", what_if.MAIN: "Model"}
    rows = {}
    for base in BASES:
        scores = scored(base)
        for what, label in labels.items():
            of_what = _of(scores, what)
            r = of_what.loc[list(ELASTICITIES), "r"]
            rows[Own(str(base)), label] = {
                **{("Mean error, points", said): of_what.loc[way, "error"] for way, said in ways.items()},
                **{("Correlation", said): of_what.loc[way, "r"] for way, said in list(ways.items())[1:]},
                ("Correlation", "Four throughout"): r[entry.FOUR],
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
    before = _of(entry.variant(base, fitted, scope), "exports")["before"].drop([ENTRANT, ROW])
    part = moved.div(before, axis=0)
    return part[list(ELASTICITIES)].corrwith(part["actual"])
