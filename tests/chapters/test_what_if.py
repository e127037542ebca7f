"""What if: that titles and sentences say what the model answers, and that fixed recipes are those of another page."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.frontier import what_if
from industrial_chains import whole_table_results
from industrial_chains.analysis import experiments
from industrial_chains.trade_model import forecasts, inputs, scenarios


def test_a_dollar_that_leaves_takes_70_cents_along_and_a_tenth_of_a_dollar_of_income() -> None:
    lost = what_if.lost().round().astype(int)
    assert lost.loc["buyer"].tolist() == [70, 70, 72]
    assert lost.loc["abroad"].tolist() == [30, 37, 41]
    assert lost.loc["earned"].tolist() == [49, 65, 78]
    assert lost.loc["real"].tolist() == [8, 11, 13]


def test_the_model_by_its_own_call() -> None:
    """The same from duties written by hand, and from the flows that customs would see."""
    table = inputs.table(2022)
    rates = pd.DataFrame(
        0.0,
        index=pd.MultiIndex.from_product([table.economies, table.sectors]),
        columns=list(table.economies),
    )
    for row in inputs.us_imports().query("year == 2022 and industry != 'other'").itertuples():
        rates.loc[(row.partner, row.industry), "USA"] = row.duty / row.imports
    after = rates.copy()
    after.loc[[("CHN", code) for code in table.sectors[:17]], "USA"] += 0.25
    result = gvc.counterfactual(table, tariffs=(rates, after), elasticity=inputs.elasticities()["fontagne_2022"])
    lost = scenarios.lost(what_if.before(), what_if.worlds("duty")["fontagne_2022"], inputs.SELLER, inputs.BUYER)
    same = gvc.counterfactual(table, tariffs=(rates, rates), elasticity=4).table
    gone = [
        gvc.content(t, "final_demand", origin="CHN", absorber="USA", of="table").sum() for t in (same, result.table)
    ]
    sold = [
        t.Z.reshape(21, 22, 21, 22)[1, :17, 0].sum() + t.Y.reshape(21, 22, 21)[1, :17, 0].sum()
        for t in (table, result.table)
    ]
    assert lost["left"] == pytest.approx(sold[0] - sold[1], rel=1e-6)
    assert lost["buyer"] == pytest.approx(100 * (gone[0] - gone[1]) / (sold[0] - sold[1]), rel=1e-6)
    assert what_if.real_income("duty").loc["CHN", "fontagne_2022"] == pytest.approx(
        100 * (result.real_income["CHN"] - 1), rel=1e-5
    )


def test_fixed_recipes_are_those_of_the_whole_table() -> None:
    """On 81 economies and 50 industries, of inputs alone, the loss is 24 to 82 cents in 2022."""
    ours = what_if.bounds()
    assert ours.loc["plant"].round().tolist() == [24, 24]
    assert ours.loc["own"].round().tolist() == [66, 82]
    # Summed to the model's economies and industries, the table gives nearly the same.
    table, sectors = inputs.table(2022), tuple(inputs.GOODS)
    for host in whole_table_results.TAKERS:
        ways = whole_table_results.moving(table, host, sectors)
        both = {way: {**arguments, "final": True} for way, arguments in ways.items()}
        lost = -experiments.per_dollar_moved(table, "CHN", "USA", both)["CHN"]
        assert (lost > ours["Lowest"][lost.index] - 2).all()
        assert (lost < ours["Highest"][lost.index] + 2).all()


def test_what_all_gain_and_lose_in_american_demand_adds_up_to_nothing() -> None:
    for scenario in ("duty", "closer"):
        np.testing.assert_allclose(what_if.absorbed(scenario).sum(), 0, atol=1e-9)
    for home in (1.0, 0.5):
        np.testing.assert_allclose(what_if.takers(home).sum(), 100)
    assert sorted(code for codes in what_if.TAKERS.values() for code in codes) == sorted(
        set(inputs.ECONOMIES) - {"CHN"}
    )
    assert what_if.takers(1.0).loc["United States"].between(41, 50).all()
    assert what_if.takers(0.5).loc["United States"].between(29, 43).all()


def test_who_gains_and_loses_by_all_studies() -> None:
    allies = what_if.real_income("apart_with_allies")
    assert (allies.loc["TWN"] < allies.loc["KOR"]).all()
    assert (allies.loc["KOR"] < allies.loc["CHN"]).all()
    assert what_if.real_income("duty").loc["USA"].between(-0.205, -0.115).all()
    assert what_if.real_income("duty_on_all").loc["USA"].between(0.135, 0.165).all()
    assert what_if.real_income("answered").loc["USA"].between(-0.095, -0.065).all()
    assert (what_if.dollars("cheaper_VNM").loc["CHN"] > 0).all()
    assert (what_if.dollars("cheaper_IND").loc["CHN"] < 0).all()
    closer = what_if.real_income("closer")
    assert (closer.loc["TWN"] < 0).all()
    assert (closer.loc[["CHN", "JPN", "KOR", "RUS"]] > 1.5).all().all()


def test_the_duties_of_2026_as_the_page_says() -> None:
    force, ruled = what_if.of_2026().values()
    for incomes in (what_if.gained(force), what_if.gained(ruled)):
        assert (incomes.loc["VNM"] > 0.1).all()
        assert (incomes.loc[["MEX", "CAN"]] < 0).all(axis=None)
        assert incomes.loc["USA"].between(0.02, 0.085).all(), "hundredths of a per cent"
    for moved in (what_if.moved(force), -what_if.moved(ruled)):
        assert (moved.loc["CHN"] < -1.9).all(), "points"
        np.testing.assert_allclose(moved.sum(), 0, atol=1e-9)
    january, march = (inputs.charged_in(month) for month in ("2026-01", "2026-03"))
    assert max(abs(january[code] - march[code]) for code in ("MEX", "CAN")) < 0.01
    assert min(january[code] - march[code] for code in ("CHN", "VNM", "IND")) > 0.05


def test_duties_like_those_of_2025_by_its_own_call() -> None:
    """The rates of 2025 by industry, China's lowered in proportion to its level of August 2026, others' raised."""
    table, goods = inputs.table(2022), list(inputs.GOODS)
    levels = inputs.charged_in("2026-08")
    found = forecasts.at_levels(table, 2022, levels, 2025)
    then, weights = inputs.charged(2025)[goods], inputs.american("imports", 2022, full_year=True)[goods]
    for code in ("CHN", "EU27"):
        mean = (then.loc[code] * weights.loc[code]).sum() / weights.loc[code].sum()
        due = then.loc[code] * levels[code] / mean if code == "CHN" else then.loc[code] + levels[code] - mean
        assert (mean > levels[code]) == (code == "CHN")
        assert found.loc[[(code, good) for good in goods], "USA"].tolist() == pytest.approx(due.tolist())
    incomes = 100 * (pd.DataFrame({s: w.real_income for s, w in what_if.under("2026-08", 2025).items()}) - 1)
    assert incomes.loc["USA"].abs().max() < 0.05
    assert incomes.loc["VNM"].min() > 0.1


def test_electronics_of_which_a_thousandth_is_left() -> None:
    cents = what_if.lost("apart").loc["buyer"]
    assert cents.round().tolist() == [60, 61, 61]


def test_links_double_with_half_the_costs() -> None:
    links = what_if.links()
    assert len(links) == 12
    assert (links["Half the costs"] / links["2022"]).between(1.9, 3.1).all()
    assert links["link"].iloc[:2].tolist() == ["China → Japan", "Japan → China"]


def test_the_loss_by_all_trials() -> None:
    tried = what_if.tried()
    assert tried["buyer"].agg(["min", "max"]).round().tolist() == [66, 74]
    assert tried["real"].agg(["min", "max"]).round().tolist() == [7, 17]
    # Americans lose in each, least without duties in force.
    assert inputs.trials()["cost"].between(0.02, 0.37).all()
    assert tried["cost"]["no_duties", "Highest"] < 0.055 < tried["cost"]["studies", "Lowest"]
    assert set(inputs.trials()["trial"]) == set(what_if.TRIALS)
    assert inputs.trials()["trial"].value_counts()["draws"] == 200


def test_trials_of_the_studies_are_those_of_the_page() -> None:
    kept = inputs.trials().query("trial == 'studies'").set_index("case")
    for study in inputs.STUDIES:
        lost = scenarios.lost(what_if.before(), what_if.worlds("duty")[study], "CHN", "USA")
        assert kept.loc[study, ["buyer", "abroad", "earned", "real"]].tolist() == pytest.approx(
            lost[["buyer", "abroad", "earned", "real"]].tolist(), rel=1e-4
        )


def test_the_range_over_studies_covers_most_draws() -> None:
    drawn = inputs.trials().query("trial == 'draws'")
    lost = what_if.lost()
    assert drawn["buyer"].between(lost["Lowest"]["buyer"] - 2, lost["Highest"]["buyer"]).mean() > 0.95
    assert drawn["real"].between(7, 17.5).all()


def test_what_the_duty_costs_china_in_dollars() -> None:
    assert what_if.numbers()["billions_CHN_low"] == pytest.approx(23.4, abs=0.1)


def test_the_world_before_is_the_table_less_the_duties_on_inputs() -> None:
    """Americans collect 83 billion dollars on the table's imports; customs counted 90 on a fifth more of them."""
    table, was = inputs.table(2022), what_if.before()
    uses = (table.Z.reshape(462, 21, 22).sum(axis=2), table.Y)
    collected = [float((what_if.duties() * of).to_numpy().sum()) for of in uses]
    assert sum(collected) == pytest.approx(83_130, abs=1)
    assert was.absorbed.to_numpy().sum() == pytest.approx(table.x.sum() - table.Z.sum() - collected[0], rel=1e-9)
    np.testing.assert_allclose(was.shipped, scenarios.as_it_is(table, tuple(inputs.GOODS)).shipped, rtol=1e-9)
    assert what_if.numbers()["billions_collected"] == pytest.approx(83.13, abs=0.01)


def test_a_range_is_written_once_where_its_ends_agree() -> None:
    said = [what_if.span(0.014, 0.006, 2), what_if.span(-0.004, 0.004, 2), what_if.span(-2.6, -1.4, 0)]
    assert said == ["0.01", "0.00", "−3 to −1"]
