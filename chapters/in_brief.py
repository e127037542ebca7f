"""In brief: the numbers of a summary for those who decide."""

import math

import pandas as pd

from chapters.frontier import american_market, back_test, nowcast, relocation, what_if
from chapters.northeast_asia import prices
from exhibits.prose import Numbers
from gvc import panel
from industrial_chains import customs, ledger
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import ARTICLE, OECD, WIOD
from industrial_chains.uncertainty import error_sizes

#: The first year of the duties, and the last of the tables of value added.
FIRST, LAST = 2018, 2022
#: The change between them, as weights of their numbers.
CHANGE = {FIRST: -1.0, LAST: 1.0}

# -- the numbers that the book repeats ---------------------------------------------------------------------------------


def headlines() -> pd.DataFrame:
    """Compute each number that pages, pictures and the README repeat, with what it is of.

    Returns
    -------
    DataFrame, quantity × {Value, Low, High, Unit, Of}
        Low and High: the margin of error of an estimate, or the range over hosts, tables or studies.
    """
    months = range(1, american_market.end().month + 1)
    counted = customs.by_month().loc[[(FIRST, month) for month in months]].sum()
    now = american_market.to_month("imports", american_market.end().year)
    cents = ledger.cents(ledger.earned(ASEAN)).T
    japan = ledger.earned(ASEAN).T["JPN"]
    plants = relocation.plants_on_whole_tables()
    of_2022 = plants[plants["year"] == LAST].groupby("moves")["lost"].median()
    lost, tried = what_if.lost()["Middle"], what_if.tried()["buyer"]
    ways = {"directly": 100 - OECD.detoured("KOR")[LAST], "through China": OECD.passing("KOR", "CHN")[LAST]}
    market = f"US Census, imports for consumption, January to {american_market.end().strftime('%B')}"
    goods, table = "goods exports of the ten members", "OECD, 2025 edition"
    rows: dict[str, tuple[float, float, float, str, str]] = {}
    for year, sums in ((FIRST, counted), (american_market.end().year, now)):
        share = 100 * sums["CHN"] / sums[panel.WORLD]
        rows[f"China’s share of American imports, {year}"] = share, math.nan, math.nan, "percent", market
    for code, year in (("CHN", 2011), ("CHN", FIRST), ("CHN", LAST), ("JPN", LAST)):
        value = cents[code][year]
        error = error_sizes.of_sum("cents of goods", {year: value}, {year: 1.0}, ASEAN) if year < LAST else math.nan
        name = f"{'China' if code == 'CHN' else 'Japan'}’s part of ASEAN’s dollar, {year}"
        rows[name] = (value, value - error, value + error, "cents", f"{table}, {goods}")
    rows["Japan’s earnings in ASEAN’s goods exports, 2022"] = (
        japan[LAST] / 1000, math.nan, math.nan, "billion dollars", f"{table}, {goods}",
    )  # fmt: skip
    for moves, name in (("plant", "A plant that keeps its suppliers"), ("own", "A chain of the host’s own")):
        ends = plants.query("moves == @moves")["lost"]
        where = f"{table}, {LAST}; range: five hosts, WIOD 2011, OECD 2011 and 2022"
        rows[name] = (of_2022[moves], ends.min(), ends.max(), "cents", where)
    rows["A dollar that Americans stop buying from China"] = (
        lost["buyer"], tried.min(), tried.max(), "cents", f"trade model of {LAST}; range: all trials",
    )  # fmt: skip
    for way, share in ways.items():
        rows[f"Korean value added that reaches America {way}, 2022"] = (share, math.nan, math.nan, "percent", table)
    for period, (first, last) in zip(back_test.PERIODS, ((2017, 2022), (2022, 2025)), strict=True):
        scored = back_test.scored(period)["correlation"]
        ends = scored[["lowest of seven studies", "highest of seven studies"]]
        rows[f"Correlation of model and gains, {first}–{last}"] = (scored["Model"], *ends, "", "partners but China")
    missed = float(back_test.of_path()["points_path_missed"])
    rows["What duties miss of China’s share, a year"] = (missed, math.nan, math.nan, "points", "trade model, 2018–2025")
    columns = ["Value", "Low", "High", "Unit", "Of"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(index="Quantity")


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    year, _ = customs.end()
    return {
        **_margins_of_error(),
        "cents_real": what_if.lost()["Middle"]["real"],
        "last_year": year,
        "last_month": customs.month(),
        "direct_KOR_2018": 100 - OECD.detoured("KOR")[FIRST],
        "share_JPN_in_ASEAN_at_prices": prices.shares("ASEAN", FIRST)[prices.PRICES].T["JPN"][LAST],
        "points_between_databases_IND_2011": _between_databases(),
        "year_of_nowcast": nowcast.numbers()["year_last"],
    }


def _margins_of_error() -> Numbers:
    """Return how far changes from 2018 to 2022 may be off, in cents or percentage points."""
    return {
        "error_cents_CHN_in_ASEAN": _error_of_cents(ASEAN),
        "error_cents_CHN_in_MEX": _error_of_cents("MEX"),
    }


def _by_year(numbers: pd.Series) -> dict[int, float]:
    return dict(zip(map(int, numbers.index), map(float, numbers), strict=True))


def _error_of_cents(host: str) -> float:
    """Return that of the change in what China earns of a dollar of goods that a host exports."""
    return error_sizes.of_sum("cents of goods", _by_year(ledger.cents(ledger.earned(host)).T["CHN"]), CHANGE, host)


def _between_databases() -> float:
    """Return how far apart databases put Northeast Asia's share in India in 2011; percentage points."""
    levels = [source.share("NEA", "IND")[2011] for source in (ARTICLE, WIOD, OECD)]
    return max(levels) - min(levels)
