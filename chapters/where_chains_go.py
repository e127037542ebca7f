"""Where chains go: China's share of what Americans buy, beside its share of what hosts and the world earn."""

import pandas as pd

from chapters.frontier import league, nowcast
from exhibits.prose import Numbers
from industrial_chains import customs, ledger, waves_by_industry
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import OECD, Years

#: The first year of the American duties, and the last of the tables of value added.
FIRST, LAST = 2018, 2022
#: Hosts whose exports are looked into, as the chart calls them.
HOSTS = {ASEAN: "ASEAN’s goods exports", "MEX": "Mexico’s goods exports", "IND": "India’s goods exports"}


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


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        "year_of_nowcast": nowcast.numbers()["year_last"],
        "forecasts_tried": league.numbers()["forecasts"],
    }
