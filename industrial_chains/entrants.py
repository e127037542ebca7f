"""The book's own entrants in the league of forecasts, each from what was known on a day and from nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

import numpy as np
import pandas as pd

from industrial_chains import data, league
from industrial_chains.league import BASE, COLUMNS, PARTNERS, REST, Round
from industrial_chains.trade_model import forecasts, inputs
from industrial_chains.trade_model.forecasts import Period
from industrial_chains.trade_model.inputs import MAIN, SELLER, YEARS
from industrial_chains.trade_model.inputs import PARTNERS as OF_MODEL

#: How many of the past errors an interval holds.
HELD = 0.8
#: Before the duties of 2018.
QUIET = (2013, 2017)
#: For how many years gains before are measured.
GAINED_IN = 2


@dataclass(frozen=True, eq=False)
class Known:
    """What is known on a day.

    Attributes
    ----------
    imports, duty : DataFrame, month × partner
        Million USD, to the last month that has been counted.
    law : DataFrame, date × partner of the trade model
        What the law has added to duties since the start of 2025; percent.
    year : int
        The last of which imports are known by industry.
    """

    imports: pd.DataFrame
    duty: pd.DataFrame
    law: pd.DataFrame
    year: int

    @property
    def last(self) -> str:
        """The last month that has been counted."""
        return str(self.imports.index[-1])


def known(month: str, edition: str) -> Known:
    """Cut everything off after a month, and take the tracker of duties as it was on a day.

    Parameters
    ----------
    month : str
        The last whose count was out.
    edition : str
        Of ``duties_by_law``.
    """
    rows = data.table("duties_by_law").query("edition == @edition")
    law = rows.pivot(index="date", columns="partner", values="added")
    return Known(league.imports().loc[:month], league.duty().loc[:month], law, int(month[:4]) - 1)


Forecast = Callable[[Known, Round], pd.Series]


def base(now: Known) -> pd.Series:
    """Return shares over the last year that has been counted; percent."""
    return league.year_to(now.imports, now.last)


def distance(now: Known, one: Round) -> float:
    """Return how many years are between the middle of the :func:`base` and that of a round."""
    middle = (pd.Period(one.first, "M").ordinal + pd.Period(one.last, "M").ordinal) / 2
    return (middle - pd.Period(now.last, "M").ordinal + (BASE - 1) / 2) / 12


# -- rules ------------------------------------------------------------------------------------------------------------


def no_change(now: Known, one: Round) -> pd.Series:
    """Shares stay as they were in the last year."""
    return base(now)


def last_three_months(now: Known, one: Round) -> pd.Series:
    """Shares stay as they were in the last three months."""
    return league.shares(now.imports, league.earlier(now.last, 2), now.last)


def quiet_trend(now: Known, one: Round) -> pd.Series:
    """Shares move as in the years before the duties of 2018."""
    first, last = (league.shares(now.imports, f"{year}-01", f"{year}-12") for year in QUIET)
    return base(now) + (last - first) / (QUIET[1] - QUIET[0]) * distance(now, one)


def trend(now: Known, one: Round) -> pd.Series:
    """Shares move on as from the last year but one to the last."""
    before = league.year_to(now.imports, league.earlier(now.last, BASE))
    return base(now) + (base(now) - before) * distance(now, one)


# -- the trade model --------------------------------------------------------------------------------------------------


def modelled(shares: pd.Series, year: int, rates: tuple[pd.DataFrame, pd.DataFrame]) -> pd.Series:
    """Let the trade model move shares, whose industries are those of a year, by duties before and after; percent."""
    cells = inputs.american("imports", year)
    table = YEARS[0] if year < YEARS[-1] else YEARS[-1]
    grown = forecasts.grown(cells, forecasts.modelled(Period(year, year, table), rates, forecasts.elasticity(MAIN)))
    factor = _with_rest(grown.sum(axis=1)) / _with_rest(cells.sum(axis=1))
    return _to_hundred(shares * factor)


def diverted(shares: pd.Series, year: int, rates: tuple[pd.DataFrame, pd.DataFrame]) -> pd.Series:
    """Give what China loses of each industry by the trade model to those who gained there before, as they gained."""
    table = YEARS[0] if year < YEARS[-1] else YEARS[-1]
    period = Period(year, year, table)
    factors = forecasts.modelled(period, rates, forecasts.elasticity(MAIN))
    lost = -forecasts.predicted(period, factors).loc[SELLER]
    then, now = (inputs.american("imports", one) for one in (year - GAINED_IN, year))
    won = (now / now.sum() - then / then.sum()).drop(index=SELLER).clip(lower=0)
    moved = (won / won.sum()).fillna(0.0) * lost
    points = _with_rest(pd.concat([moved.sum(axis=1), pd.Series({SELLER: -moved.to_numpy().sum()})]))
    start = _with_rest(inputs.american("imports", year).sum(axis=1))
    # A point of the year's shares is as much of those that it is applied to.
    scale = float(shares[SELLER] / (100 * start[SELLER] / start.sum()))
    return shares.add(scale * points)


def collected(now: Known) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return duties collected in the base and in its last month, as :func:`by_law` does; members of the rest alike."""
    months = slice(league.earlier(now.last, BASE - 1), now.last)
    whole = 100 * now.duty.loc[months].sum() / now.imports.loc[months].sum()
    latest = 100 * now.duty.T[now.last] / now.imports.T[now.last]
    more: pd.Series = latest - whole
    return _charged(now.year, _of_model(more))


def by_law(now: Known) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return duties by law in the base and on its last day, partner × industry; pure numbers.

    What has been added since the base is added to what was collected in the last year that is known by industry, the
    same to all industries of a partner.
    """
    days = pd.date_range(
        f"{league.earlier(now.last, BASE - 1)}-01", f"{league.earlier(now.last, -1)}-01", inclusive="left"
    )
    steps = now.law.set_axis(pd.to_datetime(now.law.index))
    added = steps.reindex(steps.index.union(days)).ffill().reindex(days).fillna(0.0).mean()
    return _charged(now.year, now.law.iloc[-1] - added)


def _charged(year: int, more: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    before = forecasts.rates(year)
    return before, before.add(more[list(OF_MODEL)] / 100, axis=0)


def _of_model(values: pd.Series) -> pd.Series:
    return pd.Series({code: values[code if code in PARTNERS else REST] for code in OF_MODEL})


def _with_rest(values: pd.Series) -> pd.Series:
    return pd.concat([values[list(PARTNERS)], pd.Series({REST: values.drop(list(PARTNERS)).sum()})])


def _to_hundred(shares: pd.Series) -> pd.Series:
    return 100 * shares / shares.sum()


def model(now: Known, one: Round) -> pd.Series:
    """Ask the trade model, with duties as collected."""
    return modelled(base(now), now.year, collected(now))


def model_by_law(now: Known, one: Round) -> pd.Series:
    """Ask the trade model, with duties by law."""
    return modelled(base(now), now.year, by_law(now))


def model_on_trend(now: Known, one: Round) -> pd.Series:
    """Put what the trade model moves, with duties as collected, on top of the trend of the last two years."""
    return trend(now, one) + model(now, one) - base(now)


def diversion(now: Known, one: Round) -> pd.Series:
    """China's loss by the trade model, with duties as collected, goes to those who gained before."""
    return diverted(base(now), now.year, collected(now))


# -- others -----------------------------------------------------------------------------------------------------------


def study(name: str) -> Forecast:
    """Apply the factors of a study to the shares of 2024, before the duties of 2025."""

    def of(now: Known, one: Round) -> pd.Series:
        rows = data.table("study_factors")
        factor = rows[rows["study"] == name].set_index("partner")["factor"]
        start = league.shares(now.imports, "2024-01", "2024-12")
        absent = [code for code in PARTNERS if code not in factor.index]
        grouped = start.drop(absent).add(pd.Series({REST: start[absent].sum()}), fill_value=0.0)
        return _to_hundred(grouped * factor).drop(REST)

    return of


# -- intervals --------------------------------------------------------------------------------------------------------


def errors_of_rule(rule: Forecast, now: Known, one: Round) -> pd.DataFrame:
    """Return what a rule would have missed, had it been asked each month for months as far ahead; past × partner."""
    ahead = pd.Period(one.first, "M").ordinal - pd.Period(now.last, "M").ordinal
    length = pd.Period(one.last, "M").ordinal - pd.Period(one.first, "M").ordinal
    found = {}
    for month in now.imports.index[2 * BASE - 1 : len(now.imports) - ahead - length]:
        first, last = league.earlier(month, -ahead), league.earlier(month, -ahead - length)
        then = replace(now, imports=now.imports.loc[:month])
        if rule is quiet_trend and month <= f"{QUIET[1]}-12":
            continue
        said = rule(then, replace(one, first=first, last=last))
        found[month] = said - league.shares(now.imports, first, last)
    return pd.DataFrame(found).T


@cache
def _past(kind: str, year: int, years: int) -> pd.Series:
    """Say with what is known of a year how shares stand some years later, by one use of the trade model; percent."""
    start = _with_rest(
        100 * inputs.american("imports", year).sum(axis=1) / inputs.american("imports", year).to_numpy().sum()
    )
    rates = forecasts.rates(year), forecasts.rates(year + years)
    return diverted(start, year, rates) if kind == "diverted" else modelled(start, year, rates)


def errors_of_model(kind: str, now: Known, one: Round) -> pd.DataFrame:
    """Return what the trade model would have missed, given the duties of the later year, in whole years.

    Parameters
    ----------
    kind : {"modelled", "diverted", "trend"}
    now : Known
    one : Round
        Rounded up, as many years ahead as it is.
    """
    years, found = ceil(distance(now, one) - 1e-9), {}

    def counted(year: int) -> pd.Series:
        return _to_hundred(_with_rest(inputs.american("imports", year).sum(axis=1)))

    for year in range(QUIET[0] + GAINED_IN, now.year - years + 1):
        said = _past("diverted" if kind == "diverted" else "modelled", year, years)
        if kind == "trend":
            said = said + years * (counted(year) - counted(year - 1))
        found[year] = said - counted(year + years)
    return pd.DataFrame(found).T


# -- all of them ------------------------------------------------------------------------------------------------------

#: Entrants that are asked in every round, each with what measures its past errors: itself, or a use of the model.
ENTRANTS: dict[str, tuple[Forecast, str]] = {
    "No change": (no_change, ""),
    "Last three months": (last_three_months, ""),
    "Trend 2013–2017": (quiet_trend, ""),
    "Trend of 24 months": (trend, ""),
    "Model, duties collected": (model, "modelled"),
    "Model, duties by law": (model_by_law, "modelled"),
    "Model on the trend": (model_on_trend, "trend"),
    "Diversion": (diversion, "diverted"),
}
#: Studies by others: the name in ``study_factors``, when it was made or, here, put into shares, and the last day of its
#: information.
STUDIES = {
    "Budget Lab, GTAP": ("budget_lab", "2026-04-06", "2026-04-06"),
    "Ignatenko and others": ("liberation_day", "2026-12-03", "2025-04-02"),
}


def forecast(name: str, now: Known, one: Round, made: str, informed: str) -> pd.DataFrame:
    """Make the forecast of an entrant, with its interval.

    Returns
    -------
    DataFrame
        Columns :data:`industrial_chains.league.COLUMNS`.
    """
    rule, kind = ENTRANTS[name]
    past = errors_of_model(kind, now, one) if kind else errors_of_rule(rule, now, one)
    half = past.abs().quantile(HELD)
    return _rows(name, one, (made, informed), rule(now, one), half)


def of_study(name: str, now: Known, one: Round) -> pd.DataFrame:
    """Lay the forecast of a study out likewise; it has no interval."""
    key, made, informed = STUDIES[name]
    return _rows(name, one, (made, informed), study(key)(now, one))


def _rows(name: str, one: Round, days: tuple[str, str], said: pd.Series, half: pd.Series | None = None) -> pd.DataFrame:
    here = said[[code for code in PARTNERS if code in said.index]]
    rows = pd.DataFrame({"partner": here.index, "share": here.to_numpy()})
    if half is not None:
        wide = half[here.index].to_numpy()
        rows = rows.assign(low=np.clip(rows["share"] - wide, 0, None), high=np.clip(rows["share"] + wide, None, 100))
    rows = rows.assign(forecaster=name, made=days[0], informed=days[1], first=one.first, last=one.last)
    return rows.reindex(columns=COLUMNS)
