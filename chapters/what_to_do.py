"""What to do: what agreements and duties are worth to Northeast Asia and to the hosts, in the trade model."""

import pandas as pd

from chapters.frontier import scenarios, what_if
from chapters.northeast_asia import intraregional
from exhibits.prose import Numbers
from industrial_chains.charting import names

#: The scenarios, as the chart calls them, and whose incomes it shows.
STEPS = {
    "agreement": "Pact of the three",
    "in_force": "Duties of August 2026",
    "origin": "Duty on content",
    "end": "Duties of 2017",
}
SHOWN = ("CHN", "JPN", "KOR", "RUS", "TWN", "VNM", "THA", "MYS", "SGP", "IDN", "IND", "MEX", "USA")


def worth() -> pd.DataFrame:
    """Return the middle of seven studies' changes of real income, for a chart.

    Returns
    -------
    DataFrame
        Columns step, economy, value; percent.
    """
    found = scenarios.results().query("trial == 'studies' and measure == 'income'")
    middle = found.groupby(level="scenario").median()
    rows = [(label, names.economy(code), middle.loc[step, code]) for code in SHOWN for step, label in STEPS.items()]
    return pd.DataFrame(rows, columns=["step", "economy", "value"])


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    solved, tried = scenarios.numbers(), what_if.numbers()
    names_of = ("pact_JPN_low", "pact_JPN_high", "origin_VNM_low", "origin_VNM_high", "four_RUS_low", "four_RUS_high")
    bought = intraregional.raw_materials()
    return {name: solved[name] for name in names_of} | {
        "percent_MNG_to_CHN": 100 * bought["China"][2024] / bought["all"][2024],
        "percent_apart_with_allies_KOR_low": tried["percent_apart_with_allies_KOR_low"],
        "percent_apart_with_allies_KOR_high": tried["percent_apart_with_allies_KOR_high"],
        "percent_closer_KOR_low": tried["percent_closer_KOR_low"],
    }
