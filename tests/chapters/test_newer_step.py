"""What the trade model is asked: questions by hand, and what the book holds."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.theory import newer, newer_step
from industrial_chains.trade_model import inputs

STUDY = "lashkaripour_lugovskyy_2023"


@pytest.fixture(scope="module")
def again() -> dict[str, float]:
    return newer_step.asked(STUDY)


def test_the_answers_are_what_the_book_holds(again: dict[str, float]) -> None:
    kept = newer.answers()[STUDY]
    assert list(kept.index) == list(again)
    for question, answer in again.items():
        assert kept[question] == pytest.approx(answer, rel=1e-4, abs=1e-7), question


def test_cheaper_goods_from_mexico_by_hand(again: dict[str, float]) -> None:
    table, theta = inputs.table(2022), inputs.elasticities()[STUDY]
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    costs = pd.DataFrame(1.0, index=products, columns=list(table.economies))
    goods = [code for code in table.sectors if code.startswith("C")]
    costs.loc[[("MEX", code) for code in goods], "USA"] = 1 / 1.1
    result = gvc.counterfactual(table, costs=costs, elasticity=theta)
    assert again["tasks"] == pytest.approx(result.real_income["USA"] - 1)

    def of_others(one: gvc.ICIO) -> float:
        G, N = len(one.economies), len(one.sectors)
        to = (one.Z.reshape(G, N, G, N).sum(axis=3) + one.Y.reshape(G, N, G))[:, :, one.economies.index("USA")]
        bought = pd.DataFrame(to, list(one.economies), list(one.sectors))[list(inputs.GOODS)].sum(axis=1)
        return float(bought.drop("MEX").sum())

    assert again["sources"] == pytest.approx(of_others(result.table) / of_others(table) - 1)


def test_what_comes_and_goes_leaves_nothing(again: dict[str, float]) -> None:
    assert abs(again["lasting"]) < 1e-8


def test_the_partial_correlation_is_that_of_residuals(again: dict[str, float]) -> None:
    """Ranks of the gains and of the American part, each less what the rank of dependence tells of it."""
    table, theta = inputs.table(2022), inputs.elasticities()[STUDY]
    before = newer_step._shipped(table)
    partners = list(inputs.PARTNERS)
    spent = gvc.value_added_in_final_demand(table, "table")["USA"].sum()
    gains = []
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    for code in partners:
        none = pd.DataFrame(0.0, index=products, columns=list(table.economies))
        duty = none.copy()
        duty.loc[[(code, sector) for sector in inputs.GOODS], "USA"] = 0.1
        income = gvc.counterfactual(table, tariffs=(none, duty), elasticity=theta).real_income["USA"]
        gains.append((income - 1) * spent / before.loc[code]["USA"])
    ranks = pd.DataFrame(
        {
            "gain": gains,
            "part": inputs.american_part(2022)[partners].to_numpy(),
            "depends": (before["USA"] / before.sum(axis=1))[partners].to_numpy(),
        }
    ).rank()
    # What the page says of those who depend on American buyers.
    assert ranks["gain"].corr(ranks["depends"]) > 0.4
    assert {partners[place] for place in ranks["depends"].nlargest(2).index} == {"CAN", "MEX"}
    assert again["duty"] == pytest.approx(ranks["gain"].corr(ranks["part"]))
    left = {
        name: ranks[name] - np.polyval(np.polyfit(ranks["depends"], ranks[name], 1), ranks["depends"])
        for name in ("gain", "part")
    }
    assert again["duty_alike"] == pytest.approx(left["gain"].corr(left["part"]))
