"""Numbers in the sentences on the trade model as a forecast."""

from typing import Any

from exhibits.prose import Numbers, labelled
from industrial_chains import forecasts
from industrial_chains.analysis import back_test as analysis
from industrial_chains.chapters import back_test
from industrial_chains.chapters.back_test import OTHERS, SELLER, TREND
from industrial_chains.forecasts import FUELS, PERIODS, Period
from industrial_chains.what_if import GOODS, MAIN


def numbers() -> Numbers:
    """All of them, by name."""
    parts = (_size(), _years(), _goods(), _gainers(), _left(), _trials())
    # The solver's last digits are not those of every processor.
    found = {name: round(float(value), 4) for part in parts for name, value in part.items()}
    return {**found, "others": len(OTHERS), "industries": len(GOODS)}


def _size() -> Numbers:
    """Give what China lost, counted and predicted, as points lost, and the duty it paid."""
    found: Numbers = {}
    for period in PERIODS:
        table = back_test.by_partner(period).T[SELLER]
        drawn = back_test.falls()[str(period), "Two tiers"]
        found |= {
            f"lost_{period.last}": -table["counted"],
            f"predicted_{period.last}": -table["Model"],
            f"least_{period.last}": -table["high"],
            f"most_{period.last}": -table["low"],
            f"drawn_least_{period.last}": -drawn["Draws, 95 percent"],
            f"drawn_most_{period.last}": -drawn["Draws, 5 percent"],
        }
    return found


def _duty(year: int, to_november: bool = False) -> float:
    value = forecasts.imports(year, to_november).T[SELLER]
    return float(100 * (forecasts.rates(year, to_november).T[SELLER] * value).sum() / value.sum())


def _years() -> Numbers:
    """Give what China gained and lost in years whose duties hardly changed."""
    quiet, before = Period(2022, 2024, 2022, True), Period(2013, 2017, 2017)
    lost = -forecasts.counted(quiet).T[SELLER].sum()
    return {
        **labelled("duty_CHN", {year: _duty(year) for year in (2017, 2022, 2024)}),
        "duty_CHN_2025": _duty(2025, True),
        "lost_2022_2024": lost,
        "lost_2022_2024_percent": -100 * lost / forecasts.counted(PERIODS[1]).T[SELLER].sum(),
        "gained_2013_2017": forecasts.counted(before).T[SELLER].sum(),
        "gained_2013_2017_no_fuels": _gained_without_fuels(),
        "lost_2024_2025": -forecasts.counted(Period(2024, 2025, 2022, True)).T[SELLER].sum(),
        "predicted_2024_2025": -back_test.by_study(Period(2024, 2025, 2022, True))[MAIN][SELLER],
        "late_r": back_test.late(),
        "placebo_lost": -back_test.in_years_before(),
        "lost_2017_2025": -forecasts.counted(Period(2017, 2025, 2017, True)).T[SELLER].sum(),
        "predicted_2017_2025": -back_test.by_study(Period(2017, 2025, 2017, True))[MAIN][SELLER],
    }


def _gained_without_fuels() -> float:
    """By how much China's share in all but mining and fuels rose before the duties; points."""
    then, now = (analysis.shares(forecasts.imports(year).drop(columns=list(FUELS))).T[SELLER].sum() for year in TREND)
    return float(now - then)


def _goods() -> Numbers:
    """Say of which industries China's loss is made."""
    table = back_test.goods()
    first, last = map(str, PERIODS)
    found: Numbers = {}
    for period in (first, last):
        of = table[period]
        found |= {
            f"electronics_{period[-4:]}": 100 * of["Actual"]["Electronics"] / of["Actual"].sum(),
            f"electronics_predicted_{period[-4:]}": 100 * of["Predicted"]["Electronics"] / of["Predicted"].sum(),
        }
    scores = {period.last: back_test.by_goods(period) for period in PERIODS}
    return {
        **found,
        "electronics_duty": table[first, "Duty added"]["Electronics"],
        "machinery_duty": table[first, "Duty added"]["Machinery"],
        **{f"goods_{which}_{year}": one[which] for year, one in scores.items() for which in ("model", "share")},
        **{f"goods_relative_{year}": one["relative"] for year, one in scores.items()},
    }


def _gainers() -> Numbers:
    """Score the model and the rules over the other partners."""
    found: Numbers = {}
    for period in PERIODS:
        table, year = back_test.scored(period), period.last
        found |= {
            f"r_{year}": table["correlation"]["Model"],
            f"r_least_{year}": table["correlation"]["lowest of seven studies"],
            f"r_most_{year}": table["correlation"]["highest of seven studies"],
            f"rank_{year}": table["rank"]["Model"],
            f"error_{year}": table["error"]["Model"],
            f"error_none_{year}": table["error"]["No change"],
            f"r_trend_{year}": table["correlation"]["Trend 2013–2017"],
            f"rank_trend_{year}": table["rank"]["Trend 2013–2017"],
            f"cells_{year}": table["cells"]["Model"],
            f"mixed_{year}": back_test.mixed()[str(period)],
        }
    later = back_test.scored(PERIODS[1])
    return {
        **found,
        "r_short_trend_2025": later["correlation"]["Trend 2020–2022"],
        "cells_trend_2025": later["cells"]["Trend 2013–2017"],
    }


def _left() -> Numbers:
    """Give the largest of what is left, and how it correlates with the candidates."""
    first, last = (back_test.left(period) for period in PERIODS)
    table = back_test.candidates()["Over partners"]
    own, trend = (table.loc[(str(PERIODS[1]), row)] for row in ("Duty on its own goods", "Its trend, 2013–2017"))
    return {
        "left_TWN_electronics": last["C26"]["TWN"],
        "left_VNM_electronics": last["C26"]["VNM"],
        "left_VNM_electronics_2022": first["C26"]["VNM"],
        "left_CAN_mining_lost": -last["B"]["CAN"],
        "left_CHE_metals": last["C24"]["CHE"],
        "candidate_trend": trend["Correlation"],
        "candidate_trend_least": trend["least"],
        "candidate_duty": own["Correlation"],
        "candidate_duty_most": own["most"],
        "candidates_most_2022": table.loc[str(PERIODS[0])]["Correlation"].max(),
    }


def _trials() -> Numbers:
    """Give the trials in which the model does best, and worst."""
    table = back_test.trials()
    r: Any = table["Correlation, others"]
    lost: Any = table["China’s share"]
    first, last = map(str, PERIODS)
    shares = r.loc[first].drop("Dollars, percent of all imports before")
    return {
        "r_most_of_trials_2022": shares["highest"].max(),
        "r_no_fuels": r.loc[(last, "Without mining and fuels"), "Model"],
        "r_no_odd": r.loc[(last, "Without all of these"), "Model"],
        "r_no_odd_trend": r.loc[(last, "Without all of these"), "Trend"],
        "r_China_alone": r.loc[(last, "Duty on China alone"), "Model"],
        "lost_China_alone": -lost.loc[(last, "Duty on China alone"), "Predicted"],
        "dollars_grew_2022": _sales_grew(),
    }


def _sales_grew() -> float:
    """By how much China's sales to the United States grew over the first period; percent."""
    first, last = (forecasts.imports(year).T[SELLER].sum() for year in (PERIODS[0].first, PERIODS[0].last))
    return float(100 * (last / first - 1))
