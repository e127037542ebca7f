"""The trade model as a forecast: predictions by a solver of its own, scores by hand, and what titles and text say."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import back_test
from gvc import panel
from industrial_chains.trade_model import forecasts, inputs
from industrial_chains.trade_model.forecasts import Period

FIRST, SECOND = forecasts.PERIODS
FONTAGNE = "fontagne_2022"


@cache
def customs(what: str, year: int) -> pd.DataFrame:
    """Partner × industry, all goods, January to November, from the file."""
    rows = pd.read_csv(panel.DATA / "frontier" / "us_imports.csv")
    return rows[rows["year"] == year].pivot(index="partner", columns="industry", values=f"{what}_to")


def moved(first: int, last: int) -> pd.Series:
    """Change of shares by partner, points."""
    then, now = (customs("imports", year).sum(axis=1) for year in (first, last))
    return 100 * (now / now.sum() - then / then.sum())


def solved(table, rates: list[np.ndarray], theta: np.ndarray) -> np.ndarray:
    """Solve Caliendo and Parro's model in factors of change by plain rounds: uses after, (G, N, G, N + 1)."""
    G, N = len(table.economies), len(table.sectors)
    uses = np.concatenate([table.Z.reshape(G, N, G, N), table.Y.reshape(G, N, G, 1)], axis=3)
    before, after = rates
    spent = uses * (1 + before)[..., None]
    whole = spent.sum(axis=0)
    share = np.divide(spent, whole, out=np.zeros_like(spent), where=whole > 0)
    x = uses.sum(axis=(2, 3))
    buys = np.column_stack([x, whole[..., N].sum(axis=0)])
    spends = np.divide(whole, buys, out=np.zeros_like(whole), where=buys > 0)
    factor = 1 - spends[..., :N].sum(axis=0)
    income = (factor * x).sum(axis=1)
    balance = buys[:, N] - income - (before[..., None] * uses).sum(axis=(0, 1, 3))
    cost, wage, made = np.ones((G, N)), np.ones(G), x.copy()
    final = buys[:, N].copy()
    for _ in range(600):
        cheaper = (cost[:, :, None] * (1 + after) / (1 + before)) ** -theta[None, :, None]
        bundle = np.einsum("gndk,gnd->ndk", share, cheaper)
        bundle[bundle == 0] = 1
        price = -np.log(bundle) / theta[:, None, None]
        cost = np.exp(factor * np.log(wage)[:, None] + (spends * price).sum(axis=0)[:, :N])
        new = share * cheaper[..., None] / bundle
        sold = new * spends * np.column_stack([made, final]) / (1 + after)[..., None]
        made = sold.sum(axis=(2, 3))
        final = wage * income + balance + (after[..., None] * sold).sum(axis=(0, 1, 3))
        wage *= ((factor * made).sum(axis=1) / (wage * income)) ** 0.2
        wage *= income.sum() / (wage * income).sum()
    idle = (factor * made).sum(axis=1) / (wage * income) - 1
    assert np.abs(idle).max() < 1e-5
    return sold


@pytest.mark.parametrize(("period", "due"), [(FIRST, -5.60), (SECOND, -6.76)])
def test_predictions_by_another_solver(period, due: float) -> None:
    table = inputs.table(2017 if period is FIRST else 2022)
    G, goods = len(table.economies), list(inputs.GOODS)
    rates = []
    for year in (period.first, period.last):
        value, duty = customs("imports", year), customs("duty", year)
        charged = np.zeros((G, 22, G))
        for g, economy in enumerate(table.economies):
            for n, good in enumerate(goods):
                if economy != "USA" and value.loc[economy, good] > 0:
                    charged[g, n, 0] = duty.loc[economy, good] / value.loc[economy, good]
        rates.append(charged)
    assert table.economies[0] == "USA"
    assert list(table.sectors[:17]) == goods
    theta = pd.read_csv(panel.DATA / "frontier" / "elasticities.csv").set_index("industry")[FONTAGNE]
    after = solved(table, rates, theta[list(table.sectors)].to_numpy())[:, :, 0].sum(axis=2)
    before = (table.Z.reshape(G, 22, G, 22)[:, :, 0].sum(axis=2) + table.Y.reshape(G, 22, G)[:, :, 0])[1:, :17]
    factors = np.divide(after[1:, :17], before, out=np.ones_like(before), where=before > 0)
    base = customs("imports", period.first).loc[list(table.economies[1:])]
    then, now = base.sum(axis=1), (base[goods] * factors).sum(axis=1) + base["other"]
    change = 100 * (now / now.sum() - then / then.sum())
    ours = forecasts.predicted(period, forecasts.factors(period, FONTAGNE)).sum(axis=1)
    assert change["CHN"] == pytest.approx(due, abs=0.006)
    assert ours[["CHN", "VNM", "MEX"]].to_numpy() == pytest.approx(change[["CHN", "VNM", "MEX"]].to_numpy(), abs=1e-3)


def test_count_by_hand() -> None:
    for period, due in ((FIRST, -5.10), (SECOND, -7.51)):
        counted = forecasts.counted(period).sum(axis=1)
        assert counted["CHN"] == pytest.approx(due, abs=0.006)
        expected = moved(period.first, period.last)
        assert counted.to_numpy() == pytest.approx(expected[counted.index].to_numpy())


def test_scores_by_hand() -> None:
    table = back_test.scores()
    for period in (FIRST, SECOND):
        counted = moved(period.first, period.last).drop("CHN")
        before = moved(2013, 2017).drop("CHN")
        row = table.loc[(str(period), "Trend 2013–2017")]
        assert row["Other partners", "Correlation"] == pytest.approx(np.corrcoef(before, counted)[0, 1], abs=1e-4)
        assert row["Other partners", "of ranks"] == pytest.approx(
            np.corrcoef(before.rank(), counted.rank())[0, 1], abs=1e-4
        )
        none = table.loc[(str(period), "No change")]
        assert none["Other partners", "Error"] == pytest.approx(counted.abs().mean(), abs=1e-4)
        assert none["China", "Points"] == 0
    # Five years of the yearly change from 2013 to 2017.
    due = (1.25 * moved(2013, 2017).drop("CHN") - moved(2017, 2022).drop("CHN")).abs().mean()
    assert table.loc[("2017–2022", "Trend 2013–2017"), ("Other partners", "Error")] == pytest.approx(due, abs=1e-4)
    again = table.loc[("2022–2025", "As in 2017–2022")]
    assert again["China", "Points"] == pytest.approx(moved(2017, 2022)["CHN"], abs=1e-4)


def test_the_size_is_within_what_studies_give() -> None:
    for period in forecasts.PERIODS:
        studies, counted = back_test.by_study(period).loc["CHN"], forecasts.counted(period).T["CHN"].sum()
        assert studies.min() < counted < studies.max()
        assert abs(studies[FONTAGNE] - counted) < 1
    assert back_test.by_study(FIRST).loc["CHN"].round(1).agg(["min", "max"]).tolist() == [-8.4, -3.9]
    drawn = back_test.draws_of(FIRST, "elasticities")["CHN"]
    assert drawn.quantile(0.05) < forecasts.counted(FIRST).T["CHN"].sum() < drawn.quantile(0.95)
    # Predicted by all duties of 2022, whatever came of it.
    assert back_test.in_years_before() == pytest.approx(-5.0, abs=0.05)
    assert moved(2013, 2017)["CHN"] > 2


def test_the_years_are_not_what_duties_predict() -> None:
    path = back_test.path().set_index(["line", "year"])
    counted, said = path["value"]["Actual"], path["value"]["Predicted"]
    assert counted[2013] < said[2013] - 2
    assert said[[2020, 2021, 2022, 2023, 2024]].diff().abs().max() < 1
    assert counted[2022] - counted[2024] > 3
    assert said[2022] - said[2024] < 0
    assert counted[2024] < path["low"]["Predicted"][2024]
    assert path["low"]["Predicted"][2025] < counted[2025] < path["high"]["Predicted"][2025]
    assert said[2017] == counted[2017]


def test_china_lost_less_than_predicted_until_2022_and_more_since() -> None:
    said = {year: back_test.by_study(Period(2017, year, 2017)).loc["CHN", FONTAGNE] for year in range(2018, 2026)}
    off = {year: moved(2017, year)["CHN"] - loss for year, loss in said.items()}
    assert [year for year, gap in off.items() if gap > 0] == [2018, 2019, 2020, 2021, 2022]
    assert [year for year, gap in off.items() if abs(gap) < 1] == [2018, 2022], "near in two of eight years"
    assert back_test.missed().to_dict() == pytest.approx({year: abs(gap) for year, gap in off.items()}, abs=2e-4)


def test_duties_by_law_are_weighed_with_goods_of_the_year_before() -> None:
    """The tracker's rates, day by day, on the goods of 2024; each industry as collected, but for the level."""
    rows = pd.read_csv(panel.DATA / "frontier" / "duties.csv")
    days = pd.date_range("2025-01-01", "2025-11-30")
    value, duty = customs("imports", 2024), customs("duty", 2025) / customs("imports", 2025)
    _, after = back_test.by_law(SECOND)
    goods = list(inputs.GOODS)
    for partner in ("CHN", "VNM", "ROW"):
        steps = rows[rows["partner"] == partner]
        of_day = [steps[pd.to_datetime(steps["date"]) <= day]["added"].tolist() or [0.0] for day in days]
        level = steps["collected"].iloc[0] + np.mean([one[-1] for one in of_day])
        weights = value.loc[partner, goods]
        assert 100 * (after.loc[partner] * weights).sum() / weights.sum() == pytest.approx(level, abs=1e-4)
        more = after.loc[partner] - duty.loc[partner, goods].fillna(0)
        assert np.ptp(more) < 1e-9, "the law charges all of these more than was collected"
    table = back_test.trials()
    said, actual = (table["China’s share", which]["2022–2025", "Duties by law"] for which in ("Predicted", "Actual"))
    assert said < actual < table["China’s share", "Predicted"]["2022–2025", "As above"]
    assert back_test.numbers()["duty_by_law"] == pytest.approx(41.2, abs=0.05)


def test_electronics_made_three_fifths_of_the_loss() -> None:
    table = back_test.goods()
    assert table.index[0] == "Electronics"
    china = 100 * (customs("imports", 2022).loc["CHN"] / customs("imports", 2022).to_numpy().sum())
    then = 100 * (customs("imports", 2017).loc["CHN"] / customs("imports", 2017).to_numpy().sum())
    lost = (china - then)[["C26", "C27"]].sum()
    assert table.loc["Electronics", ("2017–2022", "Actual")] == pytest.approx(lost, abs=1e-4)
    assert 0.58 < lost / (china - then).sum() < 0.62
    model_covers = table["2017–2022", "Duty added"].drop(["Mining", "Second-hand, returned and other goods"])
    assert model_covers.idxmin() == "Electronics"
    machinery = table.loc["Machinery", "2017–2022"]
    assert 2 < machinery["Predicted"] / machinery["Actual"] < 2.5, "more than twice"
    # Where China sold more, it lost more: duties tell no better.
    for period in (FIRST, SECOND):
        base, goods = customs("imports", period.first), list(inputs.GOODS)
        found = back_test.by_goods(period)
        rule = np.corrcoef(-base.loc["CHN", goods], forecasts.counted(period).T["CHN"][goods])[0, 1]
        assert found["share"] == pytest.approx(rule)
        assert found["model"] < found["share"]


def test_who_gained_is_hardly_known() -> None:
    table = back_test.trials()
    r = table["Correlation, others"]
    first = r.loc["2017–2022"].drop("Dollars, percent of all imports before")
    assert first["highest"].max() < 0.3
    shares = r.loc["2017–2022"].drop("Dollars, percent of all imports before")
    assert (shares["Trend"] > shares["Model"] - 0.005).all()
    second = r.loc["2022–2025"]
    assert second.loc["As above"].round(2).tolist() == [0.03, -0.13, 0.04, 0.67]
    assert second["Trend"].min() > 0.55
    assert second["Model"].idxmax() == "Without all of these"
    assert second["Model"].max() > second["Trend"]["Without all of these"]
    for share in back_test.mixed().values():
        assert 40 < share < 60


def test_trials_differ_in_what_they_say() -> None:
    table = back_test.trials()["China’s share"]
    assert table["Actual"][("2017–2024", "As above")] == pytest.approx(moved(2017, 2024)["CHN"], abs=1e-4)
    less = customs("imports", 2017).drop(columns=["B", "C19"]), customs("imports", 2022).drop(columns=["B", "C19"])
    then, now = (100 * one.loc["CHN"].sum() / one.to_numpy().sum() for one in less)
    assert table["Actual"][("2017–2022", "Without mining and fuels")] == pytest.approx(now - then, abs=1e-4)
    dollars = customs("imports", 2022).loc["CHN"].sum() - customs("imports", 2017).loc["CHN"].sum()
    due = 100 * dollars / customs("imports", 2017).to_numpy().sum()
    assert table["Actual"][("2017–2022", "Dollars, percent of all imports before")] == pytest.approx(due, abs=1e-4)
    assert table["Predicted"][("2013–2017", "Before the duties")] == pytest.approx(0, abs=0.1)
    assert table["Predicted"][("2022–2025", "Duty on China alone")] < table["Predicted"][("2022–2025", "As above")] - 1
    assert table["Predicted"][("2017–2022", "Elasticity of four everywhere")] == pytest.approx(-4.66, abs=0.01)


def test_charts_show_what_their_titles_say() -> None:
    to_2022 = back_test.gaps(FIRST).set_index("partner")
    gap = to_2022["Actual"] - to_2022["Predicted"]
    assert gap.nlargest(2).index.tolist() == ["VNM", "TWN"]
    assert to_2022.loc["JPN", "Predicted"] > 0.5
    assert to_2022.loc["JPN", "Actual"] < -1
    to_2025 = back_test.gaps(SECOND).set_index("partner")
    assert abs(to_2025.loc["MEX"].diff().iloc[-1]) < 0.2
    assert (to_2025["Actual"] - to_2025["Predicted"]).nlargest(2).index.tolist() == ["TWN", "VNM"]
    assert to_2025.loc["CAN", "Predicted"] > 1.5
    assert to_2025.loc["CAN", "Actual"] < -2
    assert "CHN" not in to_2022.index.append(to_2025.index)
    before, after = (back_test.left(period).stack() for period in (FIRST, SECOND))
    assert after.drop("CHN").idxmax() == ("TWN", "C26")
    assert after.idxmin() == ("CAN", "B")
    assert before.drop("CHN").nsmallest(2).index.tolist() == [("CAN", "C29_30"), ("JPN", "C29_30")]
    assert before["VNM", "C26"] > 0.9


def test_draws_are_of_the_pipeline() -> None:
    rows = forecasts.draws()
    assert rows.groupby(["period", "what"]).size().tolist() == [200] * 4
    assert rows.drop(columns=["period", "what", "draw"]).sum(axis=1).abs().max() < 0.02
    assert -back_test.draws_of(FIRST, "elasticities")["CHN"].quantile(0.95) == pytest.approx(4.4, abs=0.05)


def test_what_came_late_did_not_come_where_duties_had_risen() -> None:
    then, now = (customs("imports", year)[list(inputs.GOODS)] for year in (2022, 2024))
    change = np.log((now.loc["CHN"] / now.sum()) / (then.loc["CHN"] / then.sum()))
    rates = [
        (customs("duty", year).loc["CHN"] / customs("imports", year).loc["CHN"])[then.columns] for year in (2017, 2022)
    ]
    weights = then.loc["CHN"] / then.loc["CHN"].sum()
    added, change = (one - (weights * one).sum() for one in (rates[1] - rates[0], change))
    due = (weights * added * change).sum() / np.sqrt((weights * added**2).sum() * (weights * change**2).sum())
    assert back_test.late() == pytest.approx(due)
    assert due > 0.3
    # Without weights there is nothing either.
    assert (
        abs(np.corrcoef(rates[1] - rates[0], np.log(now.loc["CHN"] / now.sum() / (then.loc["CHN"] / then.sum())))[0, 1])
        < 0.1
    )
