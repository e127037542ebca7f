"""The league of forecasts: how those of the closed rounds did, in four trials, and what those of the open one say."""

from functools import cache

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Message, Untranslated
from industrial_chains import data, entrants, league
from industrial_chains.charting import names
from industrial_chains.league import CLOSED, FIVE, OPEN
from industrial_chains.trade_model.inputs import SELLER

#: Entrants that sentences name.
NONE, QUARTER, MODEL, BY_LAW = (
    "No change",
    "Last three months",
    "Model, duties collected",
    "Model, duties by law",
)
#: The trials: two rounds, and two of the partners whose imports are known by heading.
WINTER, SUMMER, TEN, WITHOUT = (
    "December–February",
    "March–August",
    "Ten partners, all goods",
    "Without the five",
)
#: Whose forecasts of the open round the page shows.
SHOWN = ("CHN", "MEX", "CAN", "VNM", "TWN", "KOR")
#: Digits after the point that are the same on every processor.
DIGITS = 4
#: What stands below exhibits.
OWN = (
    "Own computation, December 2026, from US Census data of October 2026, M. Waugh's tracker and the back-test's model."
)
STUDIES = "Budget Lab at Yale (2026); Ignatenko and others (2025)."


@cache
def rows() -> pd.DataFrame:
    """Read all forecasts that are in the folder."""
    return league.read(data.folder("forecasts"))


@cache
def trials() -> dict[str, pd.DataFrame]:
    """Score the forecasts of the closed rounds.

    Returns
    -------
    dict of DataFrame, forecaster × {error, …}
        Both rounds in all goods; then in the partners whose imports are known by heading, with the headings and without
        the five. Those months are the later round's and two before it, for which its forecasts stand.
    """
    return {
        WINTER: league.scores(rows(), CLOSED[0]),
        SUMMER: league.scores(rows(), CLOSED[1]),
        TEN: league.of_headings(rows(), CLOSED[1]),
        WITHOUT: league.of_headings(rows(), CLOSED[1], FIVE),
    }


def errors() -> pd.DataFrame:
    """Lay out each forecaster's mean error in the four trials, and whether it knew only what came before; points."""
    scored = trials()
    when = scored[WINTER]["when"]
    table = pd.DataFrame(
        {
            ("Information", "Ends"): when.replace({"informed before": "before"}),
            ("All goods", WINTER): scored[WINTER]["error"],
            ("All goods", SUMMER): scored[SUMMER]["error"],
            ("Ten partners, January–August", "All goods"): scored[TEN]["error"],
            ("Ten partners, January–August", WITHOUT): scored[WITHOUT]["error"],
        }
    )
    return table.loc[scored[WINTER].index].rename_axis(index="Forecast")


def of_partners() -> Message:
    """Say which partners and headings the table of errors leaves out."""
    text = (
        "Ignatenko and others have no Taiwan. Ten partners: shares among them, general imports. The five: headings {0}."
    )
    return Message(text, Untranslated(", ".join(FIVE)))


def gains() -> pd.DataFrame:
    """Say what each forecast takes off the error of no change: columns forecast, value, trial.

    The trial of ten partners in all goods is left to the table.
    """
    found = []
    for trial, scored in ((name, trials()[name]) for name in (WINTER, SUMMER, WITHOUT)):
        less = 100 * (1 - scored["error"] / scored["error"][NONE])
        found.append(less.drop(NONE).rename("value").rename_axis("forecast").reset_index().assign(trial=trial))
    long = pd.concat(found, ignore_index=True)
    order = long.groupby("forecast")["value"].min().sort_values(ascending=False, kind="stable").index
    return pd.concat([long[long["forecast"] == name] for name in order], ignore_index=True)


def more() -> pd.DataFrame:
    """Lay out the correlation of ranks and how many shares lie in the interval, by round."""
    scored = {name: trials()[name] for name in (WINTER, SUMMER)}
    columns = {
        (label, name): scored[name][column]
        for label, column in {"Correlation of ranks": "rank", "Within the interval, percent": "within"}.items()
        for name in scored
    }
    return pd.DataFrame(columns).loc[scored[WINTER].index].astype(float).rename_axis(index="Forecast")


def open_round() -> pd.DataFrame:
    """Lay out what is forecast for the open round, forecaster × partner; percent."""
    later = league.of_round(rows(), OPEN)
    wide = later.pivot(index="forecaster", columns="partner", values="share").loc[later["forecaster"].unique()]
    return wide[list(SHOWN)].rename(columns=names.economy).rename_axis(index="Forecast", columns=None)


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    error = {name: scored["error"].to_dict() for name, scored in trials().items()}
    over_model = [100 * (1 - of[QUARTER] / of[MODEL]) for of in error.values()]
    of_model = {name: 100 * (1 - of[MODEL] / of[NONE]) for name, of in error.items()}
    later = league.of_round(rows(), OPEN)
    ends = later[(later["partner"] == SELLER) & (later["forecaster"] == NONE)]
    counted = league.shares(league.imports(), CLOSED[1].first, CLOSED[1].last).to_dict()
    said = league.of_round(rows(), CLOSED[1]).set_index(["partner", "forecaster"])["share"]
    found = {
        "quarter_least": min(over_model),
        "quarter_most": max(over_model),
        "law_least": min(100 * (of[BY_LAW] / of[NONE] - 1) for of in error.values()),
        "model_winter": of_model[WINTER],
        "model_summer": of_model[SUMMER],
        "model_without": -of_model[WITHOUT],
        "china_counted": counted[SELLER],
        "china_quarter": said[SELLER, QUARTER],
        "within_most": max(trials()[name]["within"].max() for name in (WINTER, SUMMER)),
        "held": 100 * entrants.HELD,
        "open_width": (ends["high"] - ends["low"]).mean() / 2,
    }
    rounded = {name: round(float(value), DIGITS) for name, value in found.items()}
    return {
        **rounded,
        "forecasts": len(trials()[WINTER]),
        "partners": len(league.PARTNERS),
        "open_forecasts": later["forecaster"].nunique(),
        "open_rows": len(later),
    }
