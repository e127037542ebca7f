"""The trade model as a forecast of American imports: what it says after duties changed, and what customs count."""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from industrial_chains import customs
from industrial_chains.trade_model import back_test, forecasts, inputs
from industrial_chains.trade_model.forecasts import FUELS, PERIODS, Period
from industrial_chains.trade_model.inputs import BUYER, GOODS, MAIN, OTHER, PARTNERS, SELLER, STUDIES

#: Before the duties of 2018.
TREND = (2013, 2017)
#: Partners but China.
OTHERS = [partner for partner in PARTNERS if partner != SELLER]
#: Partners whose share moves for reasons of their own: oil, gold, and what is left of all.
ODD = ("CAN", "CHE", "ROW")
#: Trade between home and imports reacts this much as between imports, in two tiers.
HOME = 0.5
#: How many partners the charts show.
SHOWN = 12
#: Digits after the point that are the same on every processor.
DIGITS = 4
#: China’s average duty on American goods before July and from September 2018 (Bown 2020).
RETALIATION = (0.072, 0.183)
#: What stands below exhibits.
CUSTOMS = "Own computation, November 2026, from US Census data in M. Waugh's tracker."
MODEL = (
    "Own computation, November 2026: a trade model on the OECD's tables, 2025 edition, elasticities of seven studies; "
    "US Census data in M. Waugh's tracker."
)

Growth = Callable[[str], pd.DataFrame]


# -- one period -----------------------------------------------------------------------------------------------------


def by_study(period: Period, home: float = 1.0) -> pd.DataFrame:
    """Predict with the elasticities of each study how shares change, partner × study; points."""
    return pd.DataFrame(
        {
            study: forecasts.predicted(period, forecasts.factors(period, str(study), home)).sum(axis=1)
            for study in inputs.elasticities()
        }
    )


def trend(period: Period, first: int = TREND[0], last: int = TREND[1]) -> pd.DataFrame:
    """Carry a change of shares from one year to another on for as many years as a period has, partner × industry."""
    moved = forecasts.counted(Period(first, last, period.table))
    return moved * ((period.last - period.first) / (last - first))


def rules(period: Period) -> dict[str, pd.DataFrame]:
    """Lay out what the model and rules without a model say of changes of shares, each partner × industry; points."""
    base = back_test.shares(forecasts.imports(period.first))
    model = forecasts.predicted(period, forecasts.factors(period, MAIN))
    lost = model.sum(axis=1)[SELLER]
    spread = base.mul(back_test.in_proportion(base.sum(axis=1), SELLER, lost) / base.sum(axis=1), axis=0)
    before = period.first - 2, period.first
    said = {
        "Model": model,
        "No change": 0 * base,
        "All in proportion": spread,
        f"Trend {TREND[0]}–{TREND[1]}": trend(period),
        f"Trend {before[0]}–{before[1]}": trend(period, *before),
    }
    if period.first > PERIODS[0].first:
        said[f"As in {PERIODS[0]}"] = forecasts.counted(Period(2017, 2022, 2017))
    return said


def by_partner(period: Period) -> pd.DataFrame:
    """Set what is predicted, with its range over studies, beside what is counted, partner × {counted, Model, ...}."""
    rows = {"counted": forecasts.counted(period), **rules(period)}
    studies = by_study(period)
    sums = pd.DataFrame({rule: cells.sum(axis=1) for rule, cells in rows.items()})
    return sums.assign(low=studies.min(axis=1), high=studies.max(axis=1))


# -- exhibits -------------------------------------------------------------------------------------------------------


def path() -> pd.DataFrame:
    """Follow China's share in American imports of goods, counted and by the model from the duties of each year.

    Returns
    -------
    DataFrame
        Columns year, line, value, low, high, kind; percent. Low and high: over studies.
    """
    years = customs.years()
    start = customs.shares(2017)[SELLER]
    rows = []
    for year in years:
        share = customs.shares(year)[SELLER]
        rows.append({"year": year, "line": "Actual", "value": share, "low": share, "high": share, "kind": "Customs"})
    for year in years:
        said = start + by_study(Period(2017, year, 2017)).loc[SELLER]
        ends = {"value": said[MAIN], "low": said.min(), "high": said.max()}
        rows.append({"year": year, "line": "Predicted", **ends, "kind": "Model"})
    return pd.DataFrame(rows).round(DIGITS)


def missed() -> pd.Series:
    """Return by how much :func:`path` misses China's share in each year since the duties; points, without sign."""
    value = path().pivot(index="year", columns="line", values="value").loc[2018:]
    off: pd.Series = (value["Actual"] - value["Predicted"]).abs()
    return off


def of_path() -> Numbers:
    """Return by how much the model misses in an average year, and in how many of them by less than a point."""
    off = missed()
    return {"points_path_missed": off.mean(), "years_within_a_point": int((off < 1).sum()), "years_of_path": len(off)}


def gaps(period: Period) -> pd.DataFrame:
    """Lay out for a chart what is predicted and counted of the other partners whose shares move most."""
    both = by_partner(period).loc[OTHERS, ["Model", "counted"]].set_axis(["Predicted", "Actual"], axis=1)
    large = both.abs().max(axis=1).nlargest(SHOWN).index
    both = both.round(DIGITS)
    return both.loc[large].sort_values("Actual", ascending=False, kind="stable").rename_axis("partner").reset_index()


def scored(period: Period) -> pd.DataFrame:
    """Score the model, with its range over studies and draws, and the rules.

    Returns
    -------
    DataFrame, forecast × {China, correlation, rank, slope, error}
        China's change in points; scores over the other partners.
    """
    counted = forecasts.counted(period)
    said = rules(period)
    studies = pd.DataFrame(
        {study: _scored(forecasts.predicted(period, forecasts.factors(period, study)), counted) for study in STUDIES}
    )
    drawn = pd.DataFrame(
        [
            {"China": row[SELLER], **back_test.scores(row[OTHERS], counted.sum(axis=1)[OTHERS])}
            for _, row in draws_of(period, "elasticities").iterrows()
        ]
    )
    rows = {
        "Model": _scored(said.pop("Model"), counted),
        "lowest of seven studies": studies.min(axis=1),
        "highest of seven studies": studies.max(axis=1),
        "5 percent of draws": drawn.quantile(0.05),
        "95 percent of draws": drawn.quantile(0.95),
        **{rule: _scored(cells, counted) for rule, cells in said.items()},
    }
    return pd.DataFrame(rows).T


def draws_of(period: Period, what: str) -> pd.DataFrame:
    """Return the draws of a period, draw × partner."""
    rows = forecasts.draws()
    return rows.loc[(rows["period"] == str(period)) & (rows["what"] == what), list(PARTNERS)]


def _scored(predicted: pd.DataFrame, counted: pd.DataFrame) -> dict[str, float]:
    return {
        "China": float(predicted.T[SELLER].sum()),
        **back_test.scores(predicted.loc[OTHERS].sum(axis=1), counted.loc[OTHERS].sum(axis=1)),
    }


def scores() -> pd.DataFrame:
    """Lay :func:`scored` out for a table by partner, (period, forecast) × score."""
    labels = {
        "China": ("China", "Points"),
        "correlation": ("Other partners", "Correlation"),
        "rank": ("Other partners", "of ranks"),
        "slope": ("Other partners", "Slope"),
        "error": ("Other partners", "Error"),
    }
    frames = {str(period): scored(period) for period in PERIODS}
    table = pd.concat(frames, names=["Period", "Forecast"])[list(labels)].round(DIGITS)
    table.columns = pd.MultiIndex.from_tuples(labels.values())
    return table


def goods() -> pd.DataFrame:
    """Lay out in which industries China lost, by the model and by customs' count, industry × (period, column).

    Returns
    -------
    DataFrame
        Percentage points of duty that were added; points of all American imports.
    """
    columns = {}
    for period in PERIODS:
        before, after = (customs.rates_by_industry(year).loc[SELLER] for year in (period.first, period.last))
        said = customs.with_electronics(forecasts.predicted(period, forecasts.factors(period, MAIN)))
        columns[str(period), "Duty added"] = 100 * (after - before)
        columns[str(period), "Predicted"] = said.loc[SELLER]
        columns[str(period), "Actual"] = customs.points(period.first, period.last)
    table = pd.DataFrame(columns).round(DIGITS)
    table = table.sort_values((str(PERIODS[0]), "Actual"), kind="stable")
    return table.rename(index=customs.NAMES).rename_axis(index="Industry")


def by_goods(period: Period) -> dict[str, float]:
    """Correlate over industries what China loses of each, by the model and by its share before, with what is counted.

    Returns
    -------
    dict
        `model` and `share`: correlations of points of all imports.
    """
    base = forecasts.imports(period.first)[list(GOODS)]
    growth = forecasts.factors(period, MAIN)
    counted = forecasts.counted(period).T[SELLER][list(GOODS)]
    return {
        "model": forecasts.predicted(period, growth).T[SELLER][list(GOODS)].corr(counted),
        "share": -base.T[SELLER].corr(counted),
    }


def late() -> float:
    """Correlate, over industries, China's change in years without new duties with the duty added before them.

    Returns
    -------
    float
        Of the logarithm of the factor by which China's share within an industry changes from 2022 to 2024, and the
        points of duty added from 2017 to 2022; weighed by what China sells. Below zero if duties worked late.
    """
    flows = [forecasts.imports(year)[list(GOODS)] for year in (2022, 2024)]
    then, now = (one.T[SELLER] / one.sum() for one in flows)
    before, after = (rates.T[SELLER] for rates in forecasts.duties(PERIODS[0]))
    return back_test.scores(after - before, pd.Series(np.log(now / then)), flows[0].T[SELLER])["correlation"]


# -- what is left ---------------------------------------------------------------------------------------------------


def left(period: Period) -> pd.DataFrame:
    """Subtract what the model predicts from what is counted, partner × industry; points of imports of goods."""
    return forecasts.counted(period) - forecasts.predicted(period, forecasts.factors(period, MAIN))


# -- trials ---------------------------------------------------------------------------------------------------------


def trials() -> pd.DataFrame:
    """Ask again in other ways, for each period.

    Returns
    -------
    DataFrame, (years, trial) × {China: counted, predicted; others: model, lowest, highest, trend}
        Points, and correlations over the other partners.
    """
    first = PERIODS[0]
    rows = {}
    for period in PERIODS:
        rows[period, "As above"] = _trial(period)
        if period.last == customs.end()[0]:
            rows[period, "Duties by law"] = _trial(period, lambda study, at=period: _by_law(at, study))
        rows[period, "Two tiers"] = _trial(period, lambda study, at=period: forecasts.factors(at, study, HOME))
        rows[period, "Elasticity of four everywhere"] = _trial(period, lambda _, at=period: _of_four(at))
        rows[period, "Duty on China alone"] = _trial(period, lambda study, at=period: _of_china(at, study))
        rows[period, "Shares in the OECD’s table"] = _of_table(period)
        rows[period, "Without mining and fuels"] = _trial(period, without=FUELS)
        rows[period, "Without Canada, Switzerland and the rest"] = _trial(period, out=ODD)
        rows[period, "Without all of these"] = _trial(period, without=FUELS, out=ODD)
        rows[period, "Goods of the industries the model covers"] = _trial(period, without=[OTHER])
        rows[period, "Weighted by imports"] = _trial(period, weighed=True)
        rows[period, "Dollars, percent of all imports before"] = _trial(period, dollars=True)
        if period == first:
            rows[first, "Table of 2022"] = _trial(Period(2017, 2022, 2022))
            rows[first, "China’s duty on American goods, too"] = _trial(
                first, lambda study: _with_retaliation(first, study)
            )
    for last in (2019, 2021, 2023, 2024, 2025):
        rows[Period(2017, last, 2017), "As above"] = _trial(Period(2017, last, 2017))
    for start, last in ((2022, 2024), (2024, 2025)):
        rows[Period(start, last, 2022), "As above"] = _trial(Period(start, last, 2022))
    eve = Period(2024, 2025, 2022)
    rows[eve, "Duties by law"] = _trial(eve, lambda study: _by_law(eve, study))
    rows[Period(2013, 2017, 2017), "Before the duties"] = _trial(Period(2013, 2017, 2017))
    table = pd.DataFrame({(str(period), trial): row for (period, trial), row in rows.items()}).T
    return table.rename_axis(index=["Years", "Trial"]).round(DIGITS)


def _trial(
    period: Period,
    growth: Growth | None = None,
    *,
    without: Iterable[str] = (),
    out: Iterable[str] = (),
    weighed: bool = False,
    dollars: bool = False,
) -> dict[tuple[str, str], float]:
    """Predict with each study, and compare shares in all goods but some, or values over all of the first year."""
    growth = growth or (lambda study: forecasts.factors(period, study))

    def at(year: int) -> pd.DataFrame:
        return forecasts.imports(year).drop(columns=list(without))

    base = at(period.first)
    whole = base.to_numpy().sum()

    def shares(flows: pd.DataFrame) -> pd.Series:
        sums = flows.sum(axis=1)
        return 100 * sums / (whole if dollars else sums.sum())

    said = {study: shares(forecasts.grown(base, growth(study))) for study in STUDIES}
    before = shares(at(TREND[1])) - shares(at(TREND[0]))
    start = shares(base)
    return _row(
        pd.DataFrame(said).sub(start, axis=0),
        shares(at(period.last)) - start,
        before,
        [partner for partner in OTHERS if partner not in out],
        start if weighed else None,
    )


def _of_table(period: Period) -> dict[tuple[str, str], float]:
    """Take the model's shares in its own table for what it predicts."""
    base = back_test.bought(inputs.table(period.table), BUYER).loc[list(PARTNERS), list(GOODS)]
    start = back_test.shares(base)
    said = {study: (back_test.shares(base * forecasts.factors(period, study)) - start).sum(axis=1) for study in STUDIES}
    return _row(pd.DataFrame(said), forecasts.counted(period).sum(axis=1), trend(period).sum(axis=1), OTHERS, None)


def _row(
    said: pd.DataFrame, counted: pd.Series, before: pd.Series, others: list[str], weights: pd.Series | None
) -> dict[tuple[str, str], float]:
    def r(one: pd.Series) -> float:
        return back_test.scores(one[others], counted[others], weights)["correlation"]

    over = said.apply(r)
    return {
        ("China’s share", "Actual"): counted[SELLER],
        ("China’s share", "Predicted"): float(said.T[SELLER][MAIN]),
        ("Correlation, others", "Model"): over[MAIN],
        ("Correlation, others", "lowest"): over.min(),
        ("Correlation, others", "highest"): over.max(),
        ("Correlation, others", "Trend"): r(before),
    }


@cache
def _of_four(period: Period) -> pd.DataFrame:
    return forecasts.modelled(period, forecasts.duties(period), pd.Series(4.0, inputs.elasticities().index))


def by_law(period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Bring the duties of a period's last year to what the law charged each partner on the goods of the year before.

    Industries of a partner pay as many points more than is collected, or less in proportion.
    """
    before, after = forecasts.duties(period)
    weights = forecasts.imports(customs.EVE)[list(GOODS)]
    collected = (after * weights).sum(axis=1) / weights.sum(axis=1)
    charged = pd.Series({partner: customs.by_law(partner) / 100 for partner in PARTNERS})
    raised = after.add((charged - collected).clip(lower=0), axis=0)
    return before, raised.mul((charged / collected).clip(upper=1), axis=0)


@cache
def _by_law(period: Period, study: str) -> pd.DataFrame:
    return forecasts.modelled(period, by_law(period), forecasts.elasticity(study))


@cache
def _of_china(period: Period, study: str) -> pd.DataFrame:
    before, after = forecasts.duties(period)
    alone = before.copy()
    alone.loc[SELLER] = after.loc[SELLER]
    return forecasts.modelled(period, (before, alone), forecasts.elasticity(study))


@cache
def _with_retaliation(period: Period, study: str) -> pd.DataFrame:
    table = inputs.table(period.table)
    pair = []
    for rate in RETALIATION:
        charged = pd.DataFrame(rate, index=[BUYER], columns=list(GOODS))
        pair.append(back_test.duties(charged, table, SELLER))
    return forecasts.modelled(period, forecasts.duties(period), forecasts.elasticity(study), (pair[0], pair[1]))


def mixed() -> dict[str, float]:
    """Say how often duties of other partners, dealt out anew among them, correlate at least as the actual ones do.

    Returns
    -------
    dict by period
        Percent of draws.
    """
    found = {}
    for period in PERIODS:
        table = by_partner(period).loc[OTHERS]
        due = table["Model"].corr(table["counted"])
        drawn = draws_of(period, "duties")[OTHERS]
        found[str(period)] = 100 * float((drawn.T.corrwith(table["counted"]) >= due).mean())
    return found


def in_years_before() -> float:
    """Predict the change of China's share had the duties of 2022 been charged in 2013; points."""
    before, after = forecasts.rates(2017), forecasts.rates(2022)
    growth = forecasts.modelled(PERIODS[0], (before, after), forecasts.elasticity(MAIN))
    base = forecasts.imports(2013)
    return float((back_test.shares(forecasts.grown(base, growth)) - back_test.shares(base)).T[SELLER].sum())


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    found = {**_years(), **_weights(), **_losses(), **_gainers()}
    # The solver's last digits are not those of every processor.
    rounded = {name: round(float(value), DIGITS) for name, value in found.items()}
    return {**rounded, **of_path(), "last_month": customs.month(), "others": len(OTHERS), "industries": len(GOODS)}


def _years() -> Numbers:
    """Return what China lost and gained in years whose duties hardly changed."""
    quiet = customs.moved(2022, 2024)[SELLER]
    sold_first, sold_last = (forecasts.imports(year).T[SELLER].sum() for year in (PERIODS[0].first, PERIODS[0].last))
    return {
        "lost_2022_2024_percent": 100 * quiet / customs.moved(2022, 2025)[SELLER],
        "late_r": late(),
        "placebo_lost": -in_years_before(),
        "gained_2013_2017_no_fuels": _gained_without_fuels(),
        "dollars_grew_2022": 100 * (sold_last / sold_first - 1),
    }


def _gained_without_fuels() -> float:
    """Return by how much China's share in all but mining and fuels rose before the duties; points."""
    return float(customs.moved(*TREND, FUELS)[SELLER])


def _weights() -> Numbers:
    """Return China's average duty of the last year, on the goods of that year and of the second period's first."""
    period = PERIODS[1]
    rates = forecasts.rates(period.last).T[SELLER]
    then, before = (
        100 * float(np.average(rates, weights=forecasts.imports(year).T[SELLER][list(GOODS)]))
        for year in (period.last, period.first)
    )
    return {
        "duty_2025_then": then,
        "duty_2025_before": before,
        "duty_by_law": customs.by_law(SELLER),
    }


def _losses() -> Numbers:
    """Return how much of China's loss is electronics, and how well the model and a rule tell its industries."""
    table = goods()
    part = (100 * table.loc["Electronics"] / table.sum()).to_dict()
    one, two = (by_goods(period) for period in PERIODS)
    return {
        "electronics_2022": customs.part_of_electronics(PERIODS[0].first, PERIODS[0].last),
        "electronics_predicted_2022": part[str(PERIODS[0]), "Predicted"],
        "goods_model_2022": one["model"],
        "goods_model_2025": two["model"],
        "goods_share_2022": one["share"],
        "goods_share_2025": two["share"],
    }


def _gainers() -> Numbers:
    """Return how well the model tells the other partners at most, and how duties dealt out anew do."""
    first, last = map(str, PERIODS)
    tried, draws = trials(), mixed()
    r = tried["Correlation, others"].loc[first].drop("Dollars, percent of all imports before")
    second = tried["Correlation, others"].loc[last].drop("Dollars, percent of all imports before")
    return {
        "mixed_2022": draws[first],
        "mixed_2025": draws[last],
        "r_most_of_trials_2022": r["highest"].max(),
        "variants_2025": len(second),
        "variants_above_trend_2025": int((second["Model"] > second["Trend"]).sum()),
    }
