"""Scenarios of the trade model: numbers taken by hand, a solver of its own, and what every world keeps."""

import numpy as np
import pandas as pd
import pytest

from gvc import ICIO, GvcError, counterfactual
from industrial_chains.trade_model import forecasts, inputs, scenarios
from industrial_chains.trade_model.scenarios import Apart, Cheaper, Closer, Duty, Scenario

#: What the model cannot take of the sample as it stands.
pytestmark = pytest.mark.filterwarnings("ignore:WIOD 2013 release")

GOODS = ("Primary", "Light", "Materials", "Machinery")
DUTY = Duty(0.25, ("CHN",), "USA", GOODS)


def two(A: list[list[float]]) -> ICIO:
    """Make a table of one product and an output of 100 in each economy."""
    Z = 100 * np.array(A)
    return ICIO(
        economies=["CHN", "USA"],
        sectors=["all"],
        Z=Z,
        Y=np.diag(100 - Z.sum(axis=1)),
        x=np.full(2, 100.0),
        va=100 - Z.sum(axis=0),
    )


def theta(icio: ICIO, value: float = 4.0) -> pd.Series:
    return pd.Series(value, index=list(icio.sectors))


def none(icio: ICIO) -> pd.DataFrame:
    products = pd.MultiIndex.from_product([icio.economies, icio.sectors])
    return pd.DataFrame(0.0, products, list(icio.economies))


def in_force(icio: ICIO) -> pd.DataFrame:
    """Let Americans charge 10 percent on machinery from China and Japan, and Mexico 20 percent on theirs."""
    duties = none(icio)
    duties.loc[[("CHN", "Machinery"), ("JPN", "Machinery")], "USA"] = 0.1
    duties.loc[("USA", "Machinery"), "MEX"] = 0.2
    return duties


def solved(icio: ICIO, scenario: Scenario, value: float = 4.0) -> scenarios.World:
    given = theta(icio, value)
    return scenarios.changed(icio, scenario.arguments(icio, given, in_force(icio)), given, GOODS)


# -- what is asked --------------------------------------------------------------------------------------------------


def test_half_of_the_costs_by_hand() -> None:
    """Of 100, the United States buys 10 from China and China 30 from it; at home they buy 90 and 70."""
    table = two([[0.2, 0.1], [0.3, 0.4]])
    assert scenarios.freeness(table, "CHN", "USA")["all"] == pytest.approx((10 * 30 / (90 * 70)) ** 0.5)
    costs = Closer(("CHN", "USA"), ("all",)).arguments(table, theta(table, 2.0), none(table))["costs"]
    dearer = 21**0.25  # with an elasticity of 2 the root of the root
    assert costs.loc[("CHN", "all"), "USA"] == pytest.approx((1 + (dearer - 1) / 2) / dearer)
    assert costs.to_numpy().tolist() == [[1, pytest.approx(0.73357, abs=1e-5)], [pytest.approx(0.73357, abs=1e-5), 1]]


def test_where_nothing_is_dearer_abroad_nothing_can_be_halved() -> None:
    table = two([[0.1, 0.7], [0.8, 0.1]])
    with pytest.raises(GvcError, match="CHN and USA, all: expected less trade with the other than at home"):
        Closer(("CHN", "USA"), ("all",)).arguments(table, theta(table), none(table))
    nothing = ICIO(
        economies=["CHN", "USA"],
        sectors=["all"],
        Z=np.array([[0.0, 50.0], [50.0, 0.0]]),
        Y=np.array([[0.0, 50.0], [0.0, 50.0]]),
        x=np.full(2, 100.0),
        va=np.full(2, 50.0),
    )
    with pytest.raises(GvcError, match="expected purchases at home; found none"):
        scenarios.freeness(nothing, "CHN", "USA")


def test_where_duties_stand(sample: ICIO) -> None:
    duties = in_force(sample)
    before, after = DUTY.arguments(sample, theta(sample), duties)["tariffs"]
    assert before.equals(in_force(sample))
    assert after.loc["CHN", "USA"].tolist() == [0.25, 0.25, 0.25, 0.35, 0]
    assert (after - before).to_numpy().sum() == pytest.approx(1)
    answered = Duty(0.25, ("CHN", "MEX"), "USA", GOODS, answered=True)
    after = answered.arguments(sample, theta(sample), duties)["tariffs"][1]
    assert after.loc["USA", "CHN"].tolist() == [0.25, 0.25, 0.25, 0.25, 0]
    assert after.loc["USA", "MEX"].tolist() == [0.25, 0.25, 0.25, 0.45, 0]
    assert (after - before).to_numpy().sum() == pytest.approx(4)


@pytest.mark.parametrize(
    "scenario", [Cheaper("MEX", GOODS, 1.1), Closer(("CHN", "JPN"), GOODS), Apart(("CHN",), ("USA",), GOODS)]
)
def test_where_something_else_changes_duties_stay(sample: ICIO, scenario: Scenario) -> None:
    before, after = scenario.arguments(sample, theta(sample), in_force(sample))["tariffs"]
    assert before.equals(after)
    assert before.equals(in_force(sample))


def test_duties_of_2022_are_what_customs_collected_over_imports() -> None:
    """On electronics from China the duty was a fourteenth or so, on goods from Mexico next to nothing."""
    duties = forecasts.in_force(inputs.table(2022), 2022)
    rows = inputs.us_imports().query("year == 2022 and industry != 'other'").set_index(["partner", "industry"])
    for place in (("CHN", "C26"), ("EU27", "A"), ("ROW", "C13T15")):
        assert duties.loc[place, "USA"] == rows.loc[place, "duty"] / rows.loc[place, "imports"]
    assert duties.loc["MEX"]["USA"].max() < 0.02 < duties.loc["CHN"]["USA"].max() < 0.25
    assert duties.loc["USA"].to_numpy().sum() == 0
    assert duties.drop(columns="USA").to_numpy().sum() == 0
    assert duties.loc[[("CHN", code) for code in inputs.SERVICES], "USA"].sum() == 0


def test_members_and_parts_pay_what_the_group_does() -> None:
    """Of a table with the OECD's own economies and industries."""
    finer = ICIO(
        economies=["DEU", "PER", "USA"],
        sectors=["C24A", "C24B", "K"],
        Z=np.zeros((9, 9)),
        Y=np.ones((9, 3)),
        x=np.full(9, 3.0),
        va=np.full(9, 3.0),
    )
    duties, ours = (forecasts.in_force(one, 2022)["USA"] for one in (finer, inputs.table(2022)))
    metals = ours["EU27"]["C24"], ours["ROW"]["C24"]
    assert duties.tolist() == [metals[0], metals[0], 0, metals[1], metals[1], 0, 0, 0, 0]
    assert min(metals) > 0


def test_trade_that_is_made_too_dear_ends_both_ways(sample: ICIO) -> None:
    scenario = Apart(("CHN",), ("USA", "JPN"), ("Machinery",))
    given = theta(sample).replace({4.0: 3.0})
    costs = scenario.arguments(sample, given, none(sample))["costs"]
    assert costs.loc[("CHN", "Machinery"), "JPN"] == pytest.approx(10)
    assert costs.loc[("JPN", "Machinery"), "CHN"] == pytest.approx(10)
    assert (costs != 1).to_numpy().sum() == 4
    result = counterfactual(sample, elasticity=3, costs=costs)
    machinery = sample.sectors.index("Machinery")
    was, now = (scenarios.by_buyer(one)[:, machinery] for one in (sample, result.table))
    china, others = sample.economies.index("CHN"), [sample.economies.index(code) for code in ("USA", "JPN")]
    assert (now[china, others] / was[china, others]).max() < 0.01
    assert (now[others, china] / was[others, china]).max() < 0.01


def test_draws_take_each_industry_from_a_study() -> None:
    numbers = pd.DataFrame({"one": [1.0, 2.0], "other": [10.0, 20.0]}, index=["a", "b"])
    drawn = list(scenarios.draws(numbers, 60, seed=1))
    assert {tuple(given) for given, _ in drawn} == {(1, 2), (1, 20), (10, 2), (10, 20)}
    homes = [home for _, home in drawn]
    assert 0.5 <= min(homes) < 0.55
    assert 0.95 < max(homes) <= 1
    again = next(scenarios.draws(numbers, 60, seed=1))
    assert again[0].equals(drawn[0][0])
    assert again[1] == homes[0]


# -- what becomes of the world --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scenario", [Duty(0, ("CHN",), "USA", GOODS), Cheaper("MEX", GOODS, 1), Apart(("CHN",), ("USA",), GOODS, left=1)]
)
def test_no_change_is_the_table(sample: ICIO, scenario: Scenario) -> None:
    was, now = scenarios.as_it_is(sample, GOODS), solved(sample, scenario)
    np.testing.assert_allclose(now.real_income, 1, atol=1e-9)
    np.testing.assert_allclose(now.shipped, was.shipped, rtol=1e-3)  # but for what is below zero in the table
    # China sells 325 billion dollars of goods to the United States.
    assert was.shipped.loc["CHN", "USA"] == pytest.approx(now.shipped.loc["CHN", "USA"])


def test_two_that_are_alike_stay_alike() -> None:
    table = two([[0.3, 0.2], [0.2, 0.3]])
    for scenario in (Closer(("CHN", "USA"), ("all",)), Apart(("CHN",), ("USA",), ("all",))):
        arguments = scenario.arguments(table, theta(table), none(table))
        world = scenarios.changed(table, arguments, theta(table), ("all",))
        assert world.real_income["CHN"] == pytest.approx(world.real_income["USA"], rel=1e-9)
        assert (world.real_income["CHN"] > 1) == isinstance(scenario, Closer)


def test_world_value_added_is_handed_out_anew(sample: ICIO) -> None:
    was, now = solved(sample, Duty(0, ("CHN",), "USA", GOODS)), solved(sample, DUTY)
    assert now.absorbed.to_numpy().sum() == pytest.approx(was.absorbed.to_numpy().sum(), rel=1e-9)
    lost = scenarios.lost(was, now, "CHN", "USA")
    left = was.shipped.loc["CHN", "USA"] - now.shipped.loc["CHN", "USA"]
    assert lost["left"] == pytest.approx(left)
    arguments = DUTY.arguments(sample, theta(sample), in_force(sample))
    wage = counterfactual(sample, elasticity=4, **arguments).wages["CHN"]
    assert lost["earned"] == pytest.approx(100 * (1 - wage) * was.absorbed.loc["CHN"].sum() / left)
    assert lost["real"] == pytest.approx(100 * (1 - now.real_income["CHN"]) * was.absorbed["CHN"].sum() / left)
    assert lost["real"] < lost["abroad"] < lost["buyer"] < 100


def by_hand(icio: ICIO, before: np.ndarray, rates: np.ndarray, elasticity: np.ndarray) -> np.ndarray:
    """Real income after other duties, by plain rounds of prices, purchases and wages, each a step towards the next."""
    G, N = len(icio.economies), len(icio.sectors)
    uses = np.concatenate([icio.Z.reshape(G, N, G, N), icio.Y.reshape(G, N, G, 1)], axis=3)
    paid = uses * (1 + before)[..., None]
    x, final = uses.sum(axis=(2, 3)), paid[..., N].sum(axis=(0, 1))
    bundle = paid.sum(axis=0)  # (N, G, N + 1)
    share = np.divide(paid, bundle, out=np.zeros_like(uses), where=bundle > 0)
    spent = np.concatenate([x, final[:, None]], axis=1)
    weight = np.divide(bundle, spent, out=np.zeros_like(bundle), where=spent > 0)
    factor = 1 - weight[..., :N].sum(axis=0)
    income = (factor * x).sum(axis=1)
    balance = final - income - (uses * before[..., None]).sum(axis=(0, 1, 3))
    power = elasticity[:, None, None]
    wages, cost, output, money = np.ones(G), np.ones((G, N)), x.copy(), final.copy()
    for _ in range(600):
        price = (cost[:, :, None] * (1 + rates) / (1 + before))[..., None]
        index = np.where(bundle > 0, (share * price ** -power[None]).sum(axis=0), 1) ** (-1 / power)
        now = share * (price / index) ** -power[None]
        cost = wages[:, None] ** factor * np.prod(index[..., :N] ** weight[..., :N], axis=0)
        bought = now * weight * np.concatenate([output, money[:, None]], axis=1) / (1 + rates)[..., None]
        output = bought.sum(axis=(2, 3))
        money = wages * income + balance + (bought * rates[..., None]).sum(axis=(0, 1, 3))
        wages = wages * ((factor * output).sum(axis=1) / (wages * income)) ** 0.5
        wages *= income.sum() / (wages @ income)
    return money / final / np.prod(index[..., N] ** weight[..., N], axis=0)


def test_real_income_by_another_solver() -> None:
    """On the model's own table and duties, with the numbers of a study."""
    table, given = inputs.table(2022), inputs.elasticities()["fontagne_2022"]
    arguments = inputs.SCENARIOS["duty"].arguments(table, given, forecasts.in_force(table, 2022))
    before, rates = (one.to_numpy().reshape(21, 22, 21) for one in arguments["tariffs"])
    wanted = by_hand(table, before, rates, given.to_numpy())
    world = scenarios.changed(table, arguments, given, tuple(inputs.GOODS))
    np.testing.assert_allclose(world.real_income, wanted, atol=2e-7)
    without = by_hand(table, 0 * before, rates - before, given.to_numpy())
    usa = table.economies.index("USA")
    # What more duty costs those who charge it grows with what they charge.
    assert wanted[usa] < 0.9985
    assert 0.9995 < without[usa] < 1
