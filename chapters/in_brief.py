"""In brief: the numbers of a summary for those who decide."""

import math

import pandas as pd

from chapters.frontier import back_test, nowcast, relocation, what_if
from chapters.northeast_asia import interregional, prices
from exhibits.prose import Numbers
from industrial_chains import customs, ledger
from industrial_chains import economies as eco
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import ARTICLE, OECD, WIOD
from industrial_chains.uncertainty import error_sizes

#: The first year of the duties, and the last of the tables of value added.
FIRST, LAST = 2018, 2022
#: The change between them, as weights of their numbers.
CHANGE = {FIRST: -1.0, LAST: 1.0}

# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    path = back_test.of_path()
    return {
        **_margins_of_error(),
        **_lost_with_a_dollar(),
        **_customs(),
        **_prices(),
        "points_path_missed": path["points_path_missed"],
        "years_within_a_point": path["years_within_a_point"],
        "years_of_path": path["years_of_path"],
        **_without_viet_nam(),
        **_direct(),
        "percent_of_CHN_in_hosts_2022": math.ceil(interregional.held(LAST)),
        "share_JPN_in_ASEAN_at_prices": prices.shares("ASEAN", FIRST)[prices.PRICES].T["JPN"][LAST],
        **_earned_by_japan(),
        "points_between_databases_IND_2011": _between_databases(),
        "year_of_nowcast": nowcast.numbers()["year_last"],
    }


def _prices() -> Numbers:
    """Return what exchange rates and inflation are of Japan's loss in ASEAN; points."""
    japan = prices.parts(OECD, "ASEAN", FIRST, LAST).T["JPN"]
    return {"points_by_yen_in_ASEAN": -japan["currency"], "points_by_inflation_in_ASEAN": -japan["deflator"]}


def _without_viet_nam() -> Numbers:
    """Return what China earns of a dollar of the goods of ASEAN's other members, cents."""
    china = ledger.cents(ledger.earned(ASEAN) - ledger.earned("VNM")).T["CHN"]
    return {"cents_CHN_without_VNM_2018": china[FIRST], "cents_CHN_without_VNM_2022": china[LAST]}


def _direct() -> Numbers:
    """Return what of the Korean value added that the United States absorbs crosses one border alone, percent."""
    detoured = OECD.detoured("KOR")
    return {
        "direct_KOR_2011": 100 - detoured[2011],
        "direct_KOR_2018": 100 - detoured[FIRST],
        "direct_KOR_2022": 100 - detoured[LAST],
    }


def _margins_of_error() -> Numbers:
    """Return how far changes from 2018 to 2022 may be off, in cents or percentage points."""
    return {
        "error_cents_CHN_in_ASEAN": _error_of_cents(ASEAN),
        "error_cents_CHN_in_MEX": _error_of_cents("MEX"),
        "error_passing_KOR": max(
            error_sizes.change(OECD, "passing", OECD.passing("KOR", code), (FIRST, LAST), code)
            for code in ("CHN", "VNM")
        ),
        "error_share_JPN_in_ASEAN": error_sizes.change(
            OECD, "fva_share", OECD.share("JPN", "ASEAN"), (FIRST, LAST), "ASEAN"
        ),
    }


def _by_year(numbers: pd.Series) -> dict[int, float]:
    return dict(zip(map(int, numbers.index), map(float, numbers), strict=True))


def _error_of_cents(host: str) -> float:
    """Return that of the change in what China earns of a dollar of goods that a host exports."""
    return error_sizes.of_sum("cents of goods", _by_year(ledger.cents(ledger.earned(host)).T["CHN"]), CHANGE, host)


def _lost_with_a_dollar() -> Numbers:
    """Return what China loses with a dollar of goods, by the trade model and where a plant alone moves; cents."""
    lost, tried = what_if.lost()["Middle"], what_if.tried()
    return {
        "cents_buyer": lost["buyer"],
        "cents_buyer_low": tried["buyer"].min(),
        "cents_buyer_high": tried["buyer"].max(),
        "cents_real": lost["real"],
        "cents_real_low": tried["real"].min(),
        "cents_real_high": tried["real"].max(),
        "cents_plant": relocation.plants_on_whole_tables().query("moves == 'plant'")["lost"].median(),
    }


def _customs() -> Numbers:
    """Return how far customs data reach."""
    return {"last_year": customs.end()[0], "last_month": customs.month()}


def _earned_by_japan() -> Numbers:
    """Return what Japan earned in the exports of ASEAN's members, billion dollars."""
    members = list(eco.members(ASEAN))
    earned = {year: OECD.matrix("va_exports", year)[members].T["JPN"].sum() for year in (FIRST, LAST)}
    return {
        "billions_JPN_in_ASEAN_2018": float(earned[FIRST]) / 1000,
        "billions_JPN_in_ASEAN_2022": float(earned[LAST]) / 1000,
    }


def _between_databases() -> float:
    """Return how far apart databases put Northeast Asia's share in India in 2011; percentage points."""
    levels = [source.share("NEA", "IND")[2011] for source in (ARTICLE, WIOD, OECD)]
    return max(levels) - min(levels)
