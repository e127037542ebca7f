"""China's entry in the trade model: the fit and a prediction by a solver of its own, and what the step stores."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.frontier import chinas_entry
from chapters.frontier import chinas_entry_step as step

STUDIES = [
    "caliendo_parro_2015",
    "shapiro_2016",
    "bagwell_staiger_yurukoglu_2021",
    "giri_yi_yilmazkuday_2021",
    "lashkaripour_2021",
    "fontagne_2022",
    "lashkaripour_lugovskyy_2023",
    "four",
    "two_tiers",
]


@pytest.fixture(scope="module")
def predicted() -> pd.DataFrame:
    return chinas_entry.predictions()


def uses_of(icio: gvc.ICIO) -> np.ndarray:
    """List uses by economy and industry of the product, economy and user; without what is negative, or has no maker."""
    G, N = len(icio.economies), len(icio.sectors)
    uses = np.concatenate([icio.Z.reshape(G, N, G, N), icio.Y.reshape(G, N, G, 1)], axis=3).clip(0)
    for _ in range(5):
        uses[..., :N] *= uses.sum(axis=(2, 3)) > 0
    return uses


def by_own_solver(uses: np.ndarray, factor: float, china: int, theta: float) -> np.ndarray:
    """Solve for uses after China makes more: prices, outputs and wages in turn, wages moved a little each time."""
    G, N = uses.shape[:2]
    spent = uses.sum(axis=0)  # product, economy, user
    money = spent.sum(axis=0)  # economy, user: all inputs, or final demand
    output = uses.sum(axis=(2, 3))
    of_inputs = spent[..., :N] / np.where(output > 0, output, 1)  # product, economy, industry
    earns = np.where(output > 0, 1 - of_inputs.sum(axis=0), 0)
    income = (earns * output).sum(axis=1)
    balance = money[:, N] - income
    share = uses / np.where(spent > 0, spent, 1)
    made_cheaper = np.ones(G)
    made_cheaper[china] = factor
    wage, price, x = np.ones(G), np.ones((N, G, N + 1)), output.copy()
    for _ in range(3000):
        cost = wage[:, None] ** earns * np.exp((of_inputs * np.log(price[..., :N])).sum(axis=0)) / made_cheaper[:, None]
        new_price = np.einsum("gndk,gn->ndk", share, cost**-theta, optimize=True)
        new_price = np.where(spent > 0, new_price, 1) ** (-1 / theta)
        grown = np.where(output > 0, x / np.where(output > 0, output, 1), 0)
        final = (wage * income + balance) / money[:, N]
        grows = np.concatenate([grown, final[:, None]], axis=1)
        demand = new_price**theta * grows
        new_x = cost**-theta * np.einsum("gndk,ndk->gn", uses, demand, optimize=True)
        new_wage = wage * ((earns * new_x).sum(axis=1) / (wage * income)) ** 0.2
        new_wage *= income.sum() / (new_wage @ income)
        gap = max(abs(new_wage / wage - 1).max(), abs(np.log(new_price / price)).max(), abs(new_x - x).max() / x.max())
        wage, price, x = new_wage, new_price, new_x
        if gap < 1e-9:
            return uses * (cost**-theta)[:, :, None, None] * demand
    raise AssertionError(gap)


@pytest.mark.parametrize("base", [1995, 2000])
def test_the_fit_and_a_prediction_by_a_solver_of_its_own(base: int, predicted: pd.DataFrame, test_data: Path) -> None:
    """Where four is the elasticity of all: China sells what it came to sell, and Americans buy what is stored."""
    icio = gvc.read_icio(test_data / "data" / "wiod2013" / f"wiod{base % 100:02}.rda")
    stored = predicted.xs((base, "all"))["four"]
    china, usa, japan = (icio.economies.index(one) for one in ("CHN", "USA", "JPN"))
    after = by_own_solver(uses_of(icio), stored["factor", "CHN"], china, theta=4)
    sold = after[:, :16].sum(axis=3)
    for one in range(len(icio.economies)):
        sold[one, :, one] = 0
    of_world = 100 * sold.sum(axis=(1, 2)) / sold.sum()
    assert of_world[china] == pytest.approx(9.6, abs=0.01)
    assert of_world[[china, japan]] == pytest.approx(stored["exports"][["CHN", "JPN"]], rel=1e-3)
    of_american = 100 * sold[china, :, usa].sum() / sold[:, :, usa].sum()
    assert of_american == pytest.approx(stored["imports", "USA"], rel=1e-3)


def test_the_shares_that_factors_are_fitted_to_are_met(predicted: pd.DataFrame) -> None:
    assert list(predicted.columns) == ["before", "after", "proportion", *STUDIES]
    for base in (1995, 2000):
        for fit in ("industries", "all", "manufacturing"):
            row = predicted.loc[(base, fit, "exports", "CHN")]
            assert row["after"] == pytest.approx(9.60, abs=0.01)
            # By industry it is not asked for: the weight of industries in world exports came to be another.
            apart = 0.13 if fit == "industries" else 1e-4
            assert row[STUDIES].to_numpy(float) == pytest.approx(row["after"], rel=apart)
        of_each = predicted.loc[(base, "industries", "industry")]
        for way in ("proportion", *STUDIES):
            assert of_each[way].to_numpy() == pytest.approx(of_each["after"].to_numpy(), rel=2e-4)


def test_the_rule_by_hand(test_data: Path) -> None:
    """Korea's imports and Japan's exports, each industry by its own factors, with plain sums."""
    tables = {year: step.table(test_data / "data", year) for year in (2000, 2007)}
    sold = {}
    for year, icio in tables.items():
        flows = icio.Z.reshape(41, 35, 41, 35).sum(axis=3) + icio.Y.reshape(41, 35, 41)
        flows[range(41), :, range(41)] = 0
        sold[year] = flows[:, :16]
    china, korea, japan = (tables[2000].economies.index(one) for one in ("CHN", "KOR", "JPN"))
    part = {year: flows[china].sum(axis=1) / flows.sum(axis=(0, 2)) for year, flows in sold.items()}
    after = sold[2000] * ((1 - part[2007]) / (1 - part[2000]))[None, :, None]
    after[china] = sold[2000][china] * (part[2007] / part[2000])[:, None]
    stored = chinas_entry.variant(2000)["proportion"]
    of_korea = 100 * after[china, :, korea].sum() / after[:, :, korea].sum()
    assert stored["imports", "KOR"] == pytest.approx(of_korea, rel=1e-4)
    assert stored["exports", "JPN"] == pytest.approx(100 * after[japan].sum() / after.sum(), rel=1e-4)


def test_what_came_is_the_same_from_each_base_and_shares_are_of_the_world(predicted: pd.DataFrame) -> None:
    after = predicted["after"].drop("factor", level="what").unstack(["base", "fit"])
    assert (after.sub(after.iloc[:, 0], axis=0) == 0).all(axis=None)
    exports = predicted.xs("exports", level="what").groupby(["base", "fit"]).sum()
    assert exports.to_numpy() == pytest.approx(100, abs=0.01)
    counts = predicted.xs((1995, "industries")).groupby("what").size()
    assert counts.to_dict() == {
        "exports": 41,
        "factor": 16,
        "imports": 40,
        "income": 1,
        "industry": 16,
        "link": 12,
        "origin": 3,
    }


def test_what_the_tables_say_is_what_the_book_says_elsewhere(predicted: pd.DataFrame) -> None:
    """Links and shares of origin in 2007, computed with a full inverse by others; below zero is set to zero here."""
    came = predicted.xs((1995, "all"))["after"]
    links = {"CHN-JPN": 11.56, "JPN-CHN": 13.25, "CHN-KOR": 7.60, "KOR-CHN": 10.18}
    assert came["link"][list(links)].to_numpy() == pytest.approx(list(links.values()), abs=0.05)


def test_elasticities_of_industries_that_hold_several_are_means() -> None:
    found = step.elasticities()
    assert found["caliendo_parro_2015"]["c15"] == pytest.approx((1.84 + 0.39) / 2)
    assert found["lashkaripour_lugovskyy_2023"]["c4"] == found["lashkaripour_lugovskyy_2023"]["c5"] == 3.359
    assert (found["shapiro_2016"][["c17", "c30", "c35"]] == 5).all()
    two = found["two_tiers"]
    assert (two["imports"] == 2 * two["home"]).all()
    assert list(two.columns) == ["imports", "home"]


def test_the_placebo_of_china_is_the_prediction(predicted: pd.DataFrame) -> None:
    for base in (1995, 2000):
        came = predicted.xs((base, "industries"))
        moved = came[["after", "fontagne_2022"]].sub(came["before"], axis=0)
        row = chinas_entry.placebo().loc[(base, "CHN")]
        assert row["imports"] == pytest.approx(np.corrcoef(moved.loc["imports"].T)[0, 1], abs=1e-3)
        assert row["exports"] == pytest.approx(np.corrcoef(moved.loc["exports"].drop(["CHN", "ROW"]).T)[0, 1], abs=1e-3)


@pytest.mark.parametrize(("fit", "name"), [("manufacturing", "two_tiers"), ("industries", "lashkaripour_2021")])
def test_the_step_writes_what_the_book_holds(predicted: pd.DataFrame, test_data: Path, fit: str, name: str) -> None:
    tables = {year: step.table(test_data / "data", year) for year in (2000, 2007)}
    stored = predicted.xs((2000, fit))[name]
    found = step.predicted(tables[2000], fit, step.shares(tables[2007], fit), step.elasticities()[name])
    assert found.to_numpy() == pytest.approx(stored.to_numpy(), rel=1e-3)
