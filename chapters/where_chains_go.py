"""Where chains go, and what to do: China's share of several wholes, and what agreements and duties are worth."""

import pandas as pd

from chapters.frontier import league, nowcast, scenarios, what_if
from chapters.northeast_asia import intraregional
from exhibits.prose import Numbers
from industrial_chains import customs, ledger, waves_by_industry
from industrial_chains.charting import names
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import OECD, Years

#: The first year of the American duties, and the last of the tables of value added.
FIRST, LAST = 2018, 2022
#: Hosts whose exports are looked into, as the chart calls them.
HOSTS = {ASEAN: "ASEAN’s goods exports", "MEX": "Mexico’s goods exports", "IND": "India’s goods exports"}

#: The scenarios, as the chart calls them, and whose incomes it shows.
STEPS = {
    "agreement": "Pact of the three",
    "in_force": "Duties of August 2026",
    "origin": "Duty on content",
    "end": "Duties of 2017",
}
SHOWN = ("CHN", "JPN", "KOR", "RUS", "TWN", "VNM", "THA", "MYS", "SGP", "IDN", "IND", "MEX", "USA")


def shares() -> pd.DataFrame:
    """Set China's share in several wholes in the two years side by side, for a chart; percent.

    Returns
    -------
    DataFrame
        Columns of, 2018, 2022: of American imports by customs, of the foreign value added that Americans use, of the
        goods exports of hosts, and of what the world's exports earn in each industry of the waves.
    """
    counted = pd.Series({year: customs.shares(year)["CHN"] for year in (FIRST, LAST)})
    rows = {"Goods that Americans import": counted, "Foreign value added that Americans use": used()}
    rows |= {label: ledger.cents(ledger.earned(host)).T["CHN"] for host, label in HOSTS.items()}
    for industry in waves_by_industry.INDUSTRIES:
        rows[f"{industry}, world"] = waves_by_industry.share(industry, "CHN", OECD)
    cells = [(label, float(row[FIRST]), float(row[LAST])) for label, row in rows.items()]
    return pd.DataFrame(cells, columns=["of", str(FIRST), str(LAST)])


def used() -> Years:
    """Return China's share of the foreign value added in American final demand; percent, by year."""
    return OECD.share("CHN", "USA", "va_final_demand")


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
    bought = intraregional.raw_materials()
    of_steps = ("pact_JPN_low", "pact_JPN_high", "origin_VNM_low", "origin_VNM_high")
    of_costs = ("percent_apart_with_allies_KOR_low", "percent_apart_with_allies_KOR_high", "percent_closer_KOR_low")
    return (
        {name: solved[name] for name in of_steps}
        | {name: tried[name] for name in of_costs}
        | {
            "percent_MNG_to_CHN": 100 * bought["China"][2024] / bought["all"][2024],
            "year_of_nowcast": nowcast.numbers()["year_last"],
            "forecasts_tried": league.numbers()["forecasts"],
        }
    )
