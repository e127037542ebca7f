"""Scenarios for Northeast Asia: what agreements and American duties would do to incomes, over seven studies."""

from functools import cache

import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Message, Untranslated
from industrial_chains import data
from industrial_chains.charting import names
from industrial_chains.trade_model import inputs, scenarios

YEAR = 2022
SOURCE = (
    "Own computation, December 2026: a trade model on the OECD's tables, 2025 edition, elasticities of seven studies; "
    "tariffs, Teti (2025); US Census data."
)
#: What the table calls the scenarios.
LABELS = {
    "agreement": "China, Japan and Korea agree",
    "with_russia": "The same with Russia",
    "origin": "American duty on Chinese content",
    "in_force": "American duties of August 2026",
    "end": "Back to the duties of 2017",
}
SHOWN = ("CHN", "JPN", "KOR", "RUS", "TWN", "VNM", "MEX", "IND", "IDN", "USA")
#: What is tried, and for whom it is shown, in the words of the table.
TRIALS = {
    "studies": "As above",
    "half": "Elasticities of goods halved",
    "double": "Elasticities of goods doubled",
    "two_tiers": "Half the elasticity between home and imports",
    "balanced": "Every economy spends what it earns",
    "all_duties": "Duties of all economies in the base",
    "made_only": "Farming and food left out of the agreement",
}
CELLS = {
    "Agreement: China": ("agreement", "CHN"),
    "Agreement: Japan": ("agreement", "JPN"),
    "Agreement: Korea": ("agreement", "KOR"),
    "Content: Viet Nam": ("origin", "VNM"),
    "August 2026: China": ("in_force", "CHN"),
}
#: Names of the lowest and the highest of the studies' answers in sentences, with scenario, measure and economy.
GAINS = (
    (("pact_JPN_low", "pact_JPN_high"), "agreement", "income", "JPN"),
    (("pact_KOR_low", "pact_KOR_high"), "agreement", "income", "KOR"),
    (("sold_JPN_low", "sold_JPN_high"), "agreement", "sold_in_region", "JPN"),
    (("four_RUS_low", "four_RUS_high"), "with_russia", "income", "RUS"),
    (("end_CHN_low", "end_CHN_high"), "end", "income", "CHN"),
)
#: The same of losses, which sentences tell without a sign.
LOSSES = (
    (("loss_CHN_low", "loss_CHN_high"), "agreement", "income", "CHN"),
    (("loss_TWN_low", "loss_TWN_high"), "agreement", "income", "TWN"),
    (("now_CHN_low", "now_CHN_high"), "in_force", "income", "CHN"),
    (("now_KOR_low", "now_KOR_high"), "in_force", "income", "KOR"),
    (("origin_VNM_low", "origin_VNM_high"), "origin", "income", "VNM"),
    (("origin_MEX_low", "origin_MEX_high"), "origin", "income", "MEX"),
    (("sold_VNM_low", "sold_VNM_high"), "origin", "sold_to_USA", "VNM"),
    (("end_VNM_low", "end_VNM_high"), "end", "income", "VNM"),
)


@cache
def results() -> pd.DataFrame:
    """Read what `chapters.frontier.scenarios_step` computes, (scenario, trial, measure, study) × economy."""
    return data.table("regional_scenarios").set_index(["scenario", "trial", "measure", "study"]).sort_index()


def ends(scenario: str, measure: str = "income", trial: str = "studies") -> pd.DataFrame:
    """Return the lowest and the highest of seven studies, economy × {min, max}."""
    found = results().query("scenario == @scenario and trial == @trial and measure == @measure")
    return pd.DataFrame({"min": found.min(), "max": found.max()})


def _span(ends: pd.Series) -> Message | Untranslated:
    said = [f"{end:z.2f}".replace("-", "−") for end in ends]
    return Untranslated(said[0]) if said[0] == said[1] else Message("{0} to {1}", *map(Untranslated, said))


def incomes() -> pd.DataFrame:
    """Write the changes of real income, percent, ranges over studies, economy × scenario, for a table."""
    columns = {
        label: pd.Series([_span(ends(scenario).T[code]) for code in SHOWN], list(SHOWN), dtype=object)
        for scenario, label in LABELS.items()
    }
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Economy")


def tried() -> pd.DataFrame:
    """Write the changes of some real incomes, percent, ranges over studies, trial × case, for a table."""
    solved = {(scenario, trial) for scenario, trial, *_ in results().index}
    rows = {
        said: {
            label: _span(ends(scenario, trial=trial).T[code]) if (scenario, trial) in solved else Untranslated("")
            for label, (scenario, code) in CELLS.items()
        }
        for trial, said in TRIALS.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="Assumption")


def average(seller: str, buyer: str) -> float:
    """Return the tariff of 2021 on the goods that a buyer had from a seller in 2022, percent of their value."""
    table, goods = inputs.table(YEAR), list(inputs.GOODS)
    bought = scenarios.by_buyer(table)[table.economies.index(seller), : len(goods), table.economies.index(buyer)]
    return float(100 * inputs.tariffs()[buyer].loc[seller].loc[goods] @ bought / bought.sum())


def on_hosts() -> pd.Series:
    """Return what a duty on Chinese content, as high as that on Chinese goods, adds to the duty on hosts' goods.

    Returns
    -------
    Series by host
        Percent of what Americans bought of their goods.
    """
    table, goods, rate = inputs.table(YEAR), tuple(inputs.GOODS), inputs.charged_in(inputs.NOW)["CHN"]
    added = scenarios.on_content(table, "USA", "CHN", {"VNM": rate, "MEX": rate}, goods)["USA"]
    bought = pd.Series(scenarios.by_buyer(table)[:, :, table.economies.index("USA")].ravel(), added.index)
    paid, whole = (of.loc[["VNM", "MEX"], list(goods)].groupby(level=0).sum() for of in (added * bought, bought))
    return 100 * paid / whole


def numbers() -> Numbers:
    """Return the numbers of the page's sentences; losses without the sign, which sentences tell."""
    spans = {}
    for (low, high), scenario, measure, code in GAINS:
        spans[low], spans[high] = ends(scenario, measure).T[code]
    for (low, high), scenario, measure, code in LOSSES:
        spans[high], spans[low] = -ends(scenario, measure).T[code]
    on_content = on_hosts()
    return spans | {
        "tariff_JPN_CHN": average("JPN", "CHN"),
        "tariff_CHN_JPN": average("CHN", "JPN"),
        "added_VNM": float(on_content["VNM"]),
        "added_MEX": float(on_content["MEX"]),
        "origin_CHN_most": -ends("origin").T["CHN"]["min"],
        "rate_on_content": 100 * inputs.charged_in(inputs.NOW)["CHN"],
        "end_USA_gains": int((results().xs(("end", "double", "income"))["USA"] > 0).sum()),
        "studies": len(inputs.STUDIES),
    }
