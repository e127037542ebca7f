"""The trade model: against another solution, published numbers, closed forms and what must hold whatever the table."""

import importlib
import pickle
import re
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

import gvc
from gvc import ICIO, Counterfactual, GvcError, counterfactual
from tests.equilibrium import Before, equilibrium
from tests.gvc.test_core import copy_of
from tests.gvc.test_decompositions import split_tables
from tests.strategies import tables

pytestmark = pytest.mark.filterwarnings("ignore:.*(set to zero|sum of its uses)")
SEEDS = st.integers(0, 2**32 - 1)


def positive(table: ICIO) -> ICIO:
    """Leave out what is negative of a random table, and let output be the sum of its uses."""
    Z, Y = np.maximum(table.Z, 0), np.maximum(table.Y, 0)
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return copy_of(table, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))


def solvent(table: ICIO) -> ICIO:
    """Let economies of a random table spend about what they earn, at the same outputs: some owe more than they can."""
    table = positive(table)
    Y, earned = table.Y, table.by_economy(table.va)
    for _ in range(300):
        spent = Y.sum(axis=0) @ table.membership
        Y = Y * (table.membership @ (earned / np.where(spent, spent, 1)))
        Y = Y * (table.Y.sum(axis=1) / np.where(table.Y.any(axis=1), Y.sum(axis=1), 1))[:, None]
    return copy_of(table, Y=0.9 * Y + 0.1 * table.Y)


@st.composite
def worlds(draw: st.DrawFn) -> ICIO:
    return solvent(draw(split_tables()))


def changes(table: ICIO, seed: int, size: float = 0.3) -> dict[str, Any]:
    """Draw what may change, all of it at once."""
    random = np.random.default_rng(seed)
    shape = table.Y.shape
    return {
        "costs": np.exp(size * random.normal(size=shape)),
        "tariffs": (0.1 * random.random(shape), size * random.random(shape)),
        "productivity": np.exp(size * random.normal(size=shape[0])),
        "elasticity": random.uniform(0.5, 9, (len(table.sectors), 2)),
    }


def same(actual: Counterfactual, expected: Counterfactual, tolerance: float = 1e-8) -> None:
    for name in ("wages", "price_index", "real_income"):
        one, other = getattr(actual, name), getattr(expected, name)
        pd.testing.assert_series_equal(one, other[one.index], rtol=tolerance)


def same_uses(actual: ICIO, expected: ICIO, tolerance: float = 1e-8) -> None:
    for name in ("Z", "Y", "x"):
        np.testing.assert_allclose(
            getattr(actual, name), getattr(expected, name), rtol=tolerance, atol=tolerance * 1e-3 * expected.x.max()
        )


# -- against another solution ---------------------------------------------------------------------------------------


@settings(max_examples=8)
@given(worlds(), SEEDS)
def test_another_solver_finds_the_same(table: ICIO, seed: int) -> None:
    change = changes(table, seed)
    result = counterfactual(table, **change)
    before, after = change["tariffs"]
    world = Before(table, before, *(change["elasticity"].T + 1))
    expected = equilibrium(world, change["costs"], after, change["productivity"])
    earns, buys = result.wages.notna().to_numpy(), result.price_index.notna().to_numpy()
    np.testing.assert_allclose(result.wages[earns], expected["wages"][earns], rtol=1e-8)
    np.testing.assert_allclose(result.price_index[buys], expected["prices"][buys], rtol=1e-8)
    real = expected["spending"][buys] / expected["demand"][buys] / expected["prices"][buys]
    np.testing.assert_allclose(result.real_income[buys], real, rtol=1e-8)
    np.testing.assert_allclose(result.table.Z, expected["Z"], rtol=1e-7, atol=1e-10 * table.x.max())
    np.testing.assert_allclose(result.table.Y, expected["Y"], rtol=1e-7, atol=1e-10 * table.x.max())
    assert result.residual < 1e-9


@settings(max_examples=4)
@given(worlds(), SEEDS)
def test_another_solver_brings_balances_to_zero_first(table: ICIO, seed: int) -> None:
    change = changes(table, seed)
    result = counterfactual(table, **change, balances="zero")
    before, after = change["tariffs"]
    world = Before(table, before, *(change["elasticity"].T + 1))
    ones = np.ones_like(before)
    base = equilibrium(world, ones, before, ones[:, 0], balanced=True)
    end = equilibrium(world, change["costs"], after, change["productivity"], balanced=True)
    earns = result.wages.notna().to_numpy()
    for name, mine in (("wages", result.wages), ("prices", result.price_index)):
        np.testing.assert_allclose(mine[earns], (end[name] / base[name])[earns], rtol=1e-8)
    np.testing.assert_allclose(
        (result.real_income * result.price_index)[earns], end["spending"][earns] / base["spending"][earns], rtol=1e-8
    )
    np.testing.assert_allclose(result.table.Z, end["Z"], rtol=1e-7, atol=1e-10 * table.x.max())


def chinese_goods(table: ICIO, inside: float, elsewhere: float) -> pd.DataFrame:
    """One number for Chinese goods in the United States, and another for all else."""
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    numbers = pd.DataFrame(elsewhere, index=products, columns=table.economies)
    numbers.loc[("CHN", ["Primary", "Light", "Materials", "Machinery"]), "USA"] = inside
    return numbers


def test_a_quarter_on_chinese_goods() -> None:
    """What :mod:`tests.equilibrium` finds for the sample, in some seconds."""
    table = gvc.load_sample()
    result = counterfactual(table, costs=chinese_goods(table, 1.25, 1.0), elasticity=4)
    wages = [0.98495460, 0.99921490, 0.99851730, 0.99819057, 0.99919499, 1.00103228, 0.99874109, 1.00882640]
    real_income = [0.99646202, 1.00015619, 1.00003614, 0.99942580, 1.00014383, 1.00045837, 1.00014752, 1.00128734]
    np.testing.assert_allclose(result.wages, [*wages, 1.00661000, 1.00045748, 1.00003820], atol=1e-8)
    np.testing.assert_allclose(result.real_income, [*real_income, 0.99748822, 1.00017186, 1.00008629], atol=1e-8)
    assert list(result.wages.index) == list(table.economies)
    assert repr(result.table).endswith("2011, WIOD 2013 release, counterfactual, million USD>")


# -- closed forms ---------------------------------------------------------------------------------------------------

ABROAD = 1 - np.eye(2)


def twins(share: float, factor: float = 1.0) -> ICIO:
    """Two economies alike: a part of each user's money goes abroad, and of each dollar of output to the factor."""
    mix = np.array([[1 - share, share], [share, 1 - share]]) * 100
    Z, Y, va = mix * (1 - factor), mix * factor, [100 * factor] * 2
    return ICIO(economies=["CHN", "USA"], sectors=["all"], Z=Z, Y=Y, x=[100, 100], va=va)


@pytest.mark.parametrize(("theta", "factor"), [(4, 1), (1, 1), (4, 0.5), (0.5, 0.25)])
def test_twins_in_closed_form(theta: float, factor: float) -> None:
    """Costs of 1.5 abroad: prices by the formula of Armington's world, once more for each round of inputs."""
    result = counterfactual(twins(0.2, factor), costs=1 + 0.5 * ABROAD, elasticity=theta)
    price = (0.8 + 0.2 * 1.5**-theta) ** (-1 / (theta * factor))
    np.testing.assert_allclose(result.wages, 1, rtol=1e-10)
    np.testing.assert_allclose(result.price_index, price, rtol=1e-9)
    np.testing.assert_allclose(result.real_income, 1 / price, rtol=1e-9)
    abroad = 0.2 * 1.5**-theta / (0.8 + 0.2 * 1.5**-theta)
    np.testing.assert_allclose(result.table.Y[0, 1] / result.table.Y[:, 1].sum(), abroad, rtol=1e-9)


def test_duties_of_twins_in_closed_form() -> None:
    """Both take 50 percent and give it to their consumers: money spent grows by what goes through customs."""
    result = counterfactual(twins(0.2), tariffs=(0 * ABROAD, 0.5 * ABROAD), elasticity=4)
    power = 0.8 + 0.2 * 1.5**-4
    price, spending = power ** (-1 / 4), 1 / (1 - 0.5 / 1.5 * 0.2 * 1.5**-4 / power)
    np.testing.assert_allclose(result.price_index, price, rtol=1e-9)
    np.testing.assert_allclose(result.real_income, spending / price, rtol=1e-9)
    paid = result.table.Y * (1 + 0.5 * ABROAD)
    np.testing.assert_allclose(paid.sum(axis=0), 100 * spending, rtol=1e-9)
    np.testing.assert_allclose(result.table.x, 100, rtol=1e-9)


def test_two_unequal_economies_by_one_equation() -> None:
    """China sells with costs of 1.3 to the United States, which are three times as large: one unknown, its wage."""
    Z, Y = np.zeros((2, 2)), [[80, 20], [20, 280]]
    table = ICIO(economies=["CHN", "USA"], sectors=["all"], Z=Z, Y=Y, x=[100, 300], va=[100, 300])
    theta = 5

    def sales(wage: float) -> tuple[float, float]:
        other = (400 - 100 * wage) / 300
        at_home = 80 * wage**-theta / (80 * wage**-theta + 20 * other**-theta)
        abroad = 20 * (1.3 * wage) ** -theta / (20 * (1.3 * wage) ** -theta + 280 * other**-theta)
        return at_home * 100 * wage, abroad * 300 * other

    wage = brentq(lambda one: sum(sales(one)) - 100 * one, 0.5, 1.5, xtol=1e-14)
    result = counterfactual(table, costs=[[1, 1.3], [1, 1]], elasticity=theta)
    assert result.wages["CHN"] == pytest.approx(wage, rel=1e-9)
    assert result.table.Y[0] == pytest.approx(sales(wage), rel=1e-8)


def test_tiers_in_closed_form() -> None:
    """Of two foreign origins one becomes dearer: the other gains by theta abroad, home by theta at home."""
    Z, Y, x = np.zeros((3, 3)), np.diag([60.0, 60, 60]) + 20, [120, 120, 120]
    table = ICIO(economies=["CHN", "JPN", "USA"], sectors=["all"], Z=Z, Y=Y, x=x, va=x)
    costs = np.ones((3, 3))
    costs[0, 2] = 1.5
    theta = pd.DataFrame({"home": [2.0], "imports": [6.0]}, index=["all"])
    result = counterfactual(table, costs=costs, elasticity=theta)
    w, sold = result.wages, result.table.Y[:, 2]
    assert sold[1] / sold[0] == pytest.approx((1.5 * w["CHN"] / w["JPN"]) ** 6, rel=1e-9)
    bundle = (((1.5 * w["CHN"]) ** -6 + w["JPN"] ** -6) / 2) ** (-1 / 6)
    assert sold[2] / (sold[0] + sold[1]) == pytest.approx(2 * (bundle / w["USA"]) ** 2, rel=1e-9)
    price = (bundle**-2 / 3 + w["USA"] ** -2 * 2 / 3) ** -0.5
    assert result.price_index["USA"] == pytest.approx(price, rel=1e-9)


# -- what must hold whatever the table ------------------------------------------------------------------------------


@given(split_tables(), SEEDS)
def test_no_change_gives_back_the_table(table: ICIO, seed: int) -> None:
    table = positive(table)
    random = np.random.default_rng(seed)
    theta = random.uniform(0.5, 9, (len(table.sectors), 2))
    small = 0.01 * random.random(table.Y.shape)
    for duty in (None, (small, small)):
        result = counterfactual(table, tariffs=duty, elasticity=theta)
        for factor in (result.wages, result.price_index, result.real_income):
            np.testing.assert_allclose(factor.dropna(), 1, rtol=1e-12)
        same_uses(result.table, table, 1e-12)
        paid = (small.repeat(len(table.sectors), axis=1) * table.Z).sum(axis=0) if duty else 0 * table.x
        np.testing.assert_allclose(result.table.taxes, paid, atol=1e-10 * table.x.max())
        np.testing.assert_allclose(result.table.va, table.va - paid, atol=1e-10 * table.x.max())
        assert result.findings == ()


@given(worlds(), SEEDS)
def test_what_nobody_buys_may_be_taxed(table: ICIO, seed: int) -> None:
    """And taxes that the table prints stay what they are."""
    va = 0.7 * (table.x - table.Z.sum(axis=0))
    table = copy_of(table, va=va, taxes=va * 3 / 7)
    bought = table.Y + table.Z.reshape(*table.Y.shape, -1).sum(axis=2)
    nobody = np.where(bought > 0, 0, 0.5)
    result = counterfactual(table, tariffs=(0 * bought, nobody), costs=1 + nobody, elasticity=4)
    for name in ("Z", "Y", "x", "va", "taxes"):
        np.testing.assert_allclose(getattr(result.table, name), getattr(table, name), atol=1e-10 * table.x.max())


@given(worlds(), SEEDS)
def test_costs_of_an_economy_with_everyone_are_productivity(table: ICIO, seed: int) -> None:
    home = table.membership[:, 0].repeat(len(table.sectors)) > 0
    change = changes(table, seed)
    costs = np.where(home[:, None], 1.2, 1.0) * np.ones_like(table.Y)
    by_costs = counterfactual(table, **change | {"costs": costs, "productivity": None})
    by_productivity = counterfactual(table, **change | {"costs": None, "productivity": 1 / costs[:, 0]})
    same(by_costs, by_productivity)
    same_uses(by_costs.table, by_productivity.table)


@given(worlds(), SEEDS)
def test_changes_follow_one_another(table: ICIO, seed: int) -> None:
    """Costs, and then duties in the world that is left: as both at once."""
    change = changes(table, seed)
    before, after = change.pop("tariffs")
    first = counterfactual(table, **change, tariffs=(before, before))
    second = counterfactual(first.table, tariffs=(before, after), elasticity=change["elasticity"])
    at_once = counterfactual(table, **change, tariffs=(before, after))
    for name in ("wages", "price_index", "real_income"):
        np.testing.assert_allclose(getattr(first, name) * getattr(second, name), getattr(at_once, name), rtol=1e-7)
    same_uses(second.table, at_once.table, 1e-7)
    for name in ("va", "taxes"):
        here, there = getattr(second.table, name), getattr(at_once.table, name)
        np.testing.assert_allclose(here, there, rtol=1e-6, atol=1e-8 * table.x.max())


@given(worlds(), SEEDS)
def test_neither_units_nor_order_matter(table: ICIO, seed: int) -> None:
    change = changes(table, seed)
    expected = counterfactual(table, **change)
    random = np.random.default_rng(seed)
    G, N = len(table.economies), len(table.sectors)
    economies, sectors = random.permutation(G), random.permutation(N)
    rows = (N * economies[:, None] + sectors).ravel()
    turned = ICIO(
        economies=[table.economies[g] for g in economies],
        sectors=[table.sectors[n] for n in sectors],
        Z=1000 * table.Z[np.ix_(rows, rows)],
        Y=1000 * table.Y[np.ix_(rows, economies)],
        x=1000 * table.x[rows],
        va=1000 * table.va[rows],
        parts=table.parts,
    )
    # The numbers come in frames in the order of the first table, which their labels tell.
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    frames: dict[str, Any] = {
        "costs": pd.DataFrame(change["costs"], products, list(table.economies)),
        "tariffs": tuple(pd.DataFrame(rates, products, list(table.economies)) for rates in change["tariffs"]),
        "productivity": pd.Series(change["productivity"], products),
        "elasticity": pd.DataFrame(change["elasticity"], list(table.sectors), ["imports", "home"]),
    }
    result = counterfactual(turned, **frames)
    same(result, expected)
    Z, Y = expected.table.Z[np.ix_(rows, rows)], expected.table.Y[np.ix_(rows, economies)]
    same_uses(result.table, copy_of(turned, Z=1000 * Z, Y=1000 * Y, x=1000 * expected.table.x[rows]))


@given(tables(max_economies=4), SEEDS)
def test_an_economy_in_two_parts_is_one(table: ICIO, seed: int) -> None:
    """Two parts that do the same with one factor are what they are together, in one tier and in two."""
    table = solvent(table)
    G, N = len(table.economies), len(table.sectors)
    # Of all flows of the first economy, the one part has three tenths and the other the rest.
    split = np.eye(G)[[0, *range(G)]]
    split[:2, 0] = 0.3, 0.7
    rows = np.kron(split, np.eye(N))
    parted = ICIO(
        economies=[table.economies[0], "part", *table.economies[1:]],
        sectors=table.sectors,
        Z=rows @ table.Z @ rows.T,
        Y=rows @ table.Y @ split.T,
        x=rows @ table.x,
        va=rows @ table.va,
        parts={"part": table.economies[0]},
    )
    change = changes(table, seed)
    to, of = np.sign(split), np.sign(rows)
    copied = {
        "costs": of @ change["costs"] @ to.T,
        "tariffs": tuple(of @ rates @ to.T for rates in change["tariffs"]),
        "productivity": of @ change["productivity"],
        "elasticity": change["elasticity"],
    }
    same(counterfactual(parted, **copied), counterfactual(table, **change))


@given(tables(max_sectors=1), SEEDS)
def test_real_wages_are_what_is_bought_at_home(table: ICIO, seed: int) -> None:
    """Arkolakis, Costinot and Rodríguez-Clare (2012), with inputs: of one sector, own shares tell the real wage."""
    table = solvent(table)
    costs = changes(table, seed)["costs"]
    np.fill_diagonal(costs, 1)
    result = counterfactual(table, costs=costs, elasticity=3)
    # Of inputs and of final goods; who buys no inputs, or none at home, says nothing here.
    home = (table.Z.diagonal() > 0) & (table.Y.diagonal() > 0)
    factor = 1 - table.Z.sum(axis=0) / np.where(table.x, table.x, 1)

    def own(uses: np.ndarray) -> np.ndarray:
        return uses.diagonal()[home] / uses.sum(axis=0)[home]  # type: ignore[no-any-return]

    inputs, final = (own(getattr(result.table, name)) / own(getattr(table, name)) for name in ("Z", "Y"))
    expected = final ** (-1 / 3) * inputs ** (-(1 - factor[home]) / (3 * factor[home]))
    np.testing.assert_allclose((result.wages / result.price_index)[home], expected, rtol=1e-7)


@given(worlds(), SEEDS)
def test_the_world_loses_what_is_lost_on_the_way(table: ICIO, seed: int) -> None:
    """Of first order, costs cost the world their share in trade, and duties nothing."""
    random = np.random.default_rng(seed)
    costs, duties = random.random((2, *table.Y.shape))
    step = 1e-4
    demand = table.demand.sum(axis=0)

    def gain(**change: Any) -> float:
        return float(demand @ np.log(counterfactual(table, elasticity=4, **change).real_income.fillna(1)))

    lost = (gain(costs=np.exp(step * costs)) - gain(costs=np.exp(-step * costs))) / (2 * step)
    trade = table.Y + table.Z.reshape(*table.Y.shape, -1).sum(axis=2)
    assert lost == pytest.approx(-(trade * costs).sum(), rel=1e-5)
    taxed = (gain(tariffs=(0 * duties, step * duties)) - gain(tariffs=(0 * duties, -step * duties))) / (2 * step)
    assert taxed == pytest.approx(0, abs=1e-5 * trade.sum())


@given(tables(), SEEDS)
def test_wages_of_first_order(table: ICIO, seed: int) -> None:
    """At no change, the derivative by costs from the equations, linear there, against differences."""
    table = solvent(table)
    G, N, GN = len(table.economies), len(table.sectors), len(table.x)
    theta, step = 3.0, 1e-4
    costs = np.random.default_rng(seed).normal(size=(GN, G))
    upper, lower = (counterfactual(table, costs=np.exp(sign * step * costs), elasticity=theta) for sign in (1, -1))
    measured = (np.log(upper.wages) - np.log(lower.wages)) / (2 * step)

    x, uses = np.where(table.x, table.x, 1), np.column_stack([table.Z, table.Y])
    A, home, sector = table.Z / x, np.repeat(range(G), N), np.arange(GN) % N
    owner, of_sector = np.eye(G)[home], np.equal.outer(sector, sector).astype(float)
    factor = np.where(table.x, 1 - A.sum(axis=0), 0)
    income = owner.T @ (factor * x)
    share = uses / np.where(of_sector @ uses, of_sector @ uses, 1)  # of an origin in what a user spends on the product
    leontief = np.linalg.inv(np.eye(GN) - A)

    def sales(unit_costs: np.ndarray, direct: np.ndarray | float) -> np.ndarray:
        """By how much sales change with prices, at the same spending."""
        price = unit_costs[:, None] + direct
        return (-theta * uses * (price - of_sector @ (share * price))).sum(axis=1)  # type: ignore[no-any-return]

    # Log unit costs c = factor share × w + A'(c + costs); outputs x = A x + sales by prices + final demand by wages.
    by_wage, by_cost = leontief.T @ (factor[:, None] * owner), leontief.T @ (A * costs[:, home]).sum(axis=0)
    final = table.Y * np.divide(income, table.Y.sum(axis=0), out=0 * income, where=income > 0)
    made_by_wage = leontief @ (np.column_stack([sales(column, 0) for column in by_wage.T]) + final)
    made_by_cost = leontief @ sales(by_cost, costs[:, [*home, *range(G)]])
    system = np.vstack([owner.T @ (factor[:, None] * made_by_wage) - np.diag(income), income])
    moved = np.append(-owner.T @ (factor * made_by_cost), 0)
    expected = np.linalg.lstsq(system / income.sum(), moved / income.sum(), rcond=None)[0]
    earns = income > 0
    np.testing.assert_allclose(measured[earns], expected[earns], rtol=1e-4, atol=1e-4)


def test_balances_are_kept_or_are_none() -> None:
    table = gvc.load_sample()
    costs = chinese_goods(table, 1.25, 1.0)

    def balances(of: ICIO) -> np.ndarray:
        return of.Y.sum(axis=0) - (of.x - of.Z.sum(axis=0)).reshape(11, 5).sum(axis=1)  # type: ignore[no-any-return]

    base = counterfactual(table, elasticity=4).table
    kept = counterfactual(table, costs=costs, elasticity=4).table
    none = counterfactual(table, costs=costs, elasticity=4, balances="zero")
    np.testing.assert_allclose(balances(kept), balances(base), atol=1e-9 * table.x.sum())
    np.testing.assert_allclose(balances(none.table), 0, atol=1e-9 * table.x.sum())
    assert none.table.va.sum() == pytest.approx(base.va.sum(), rel=1e-9)
    balanced = counterfactual(table, elasticity=4, balances="zero").table
    same(counterfactual(balanced, costs=costs, elasticity=4), none)


def test_duties_stand_in_the_table() -> None:
    table = gvc.load_sample()
    before, after = chinese_goods(table, 0.03, 0.03), chinese_goods(table, 0.25, 0.03)
    new = counterfactual(table, tariffs=(before, after), elasticity=4).table
    paid = (after.to_numpy().repeat(5, axis=1) * new.Z).sum(axis=0)
    np.testing.assert_allclose(new.taxes, paid, rtol=1e-12)
    np.testing.assert_allclose(new.va, new.x - new.Z.sum(axis=0) - paid, rtol=1e-12)
    # World factor income is that of the table: final demand, but for three percent on inputs.
    assert new.va.sum() == pytest.approx(table.Y.clip(0).sum() - 0.03 * table.Z.sum(), rel=1e-9)
    assert not [one for one in new.check() if "balance" in one.what]


def test_other_taxes_keep_their_share_of_factor_income() -> None:
    table = gvc.load_sample()
    table = copy_of(table, taxes=0.2 * table.va, va=0.8 * table.va)
    none, duty = chinese_goods(table, 0.0, 0.0), chinese_goods(table, 0.25, 0.0)
    base, new = (counterfactual(table, tariffs=(none, after), elasticity=4).table for after in (none, duty))
    paid = (duty.to_numpy().repeat(5, axis=1) * new.Z).sum(axis=0)
    share = base.taxes / (base.va + base.taxes)
    np.testing.assert_allclose(new.taxes - paid, share * (new.va + new.taxes - paid), rtol=1e-9)
    assert np.abs(new.taxes - paid - base.taxes).max() > 1e-3 * base.taxes.max()


# -- what a table may be --------------------------------------------------------------------------------------------


def odd(**changes: Any) -> ICIO:
    """Two economies: one-way sales, an idle industry that buys, less than nothing in stock, and a gap in a row."""
    Z = [[10, 5, 0, 0], [0, 0, 0, 0], [0, 7, 20, 5], [5, 0, 10, 20]]
    Y, x = [[40, 30], [0, 0], [0, 50], [-4, 60]], [85, 0, 82, 92]
    table = ICIO(
        economies=["CHN", "USA"],
        sectors=["goods", "rest"],
        Z=Z,
        Y=Y,
        x=x,
        va=np.array(x) - np.sum(Z, axis=0),
        source="odd",
    )
    return copy_of(table, **changes)


@pytest.mark.filterwarnings("default")
def test_what_is_not_taken_as_it_stands_is_said() -> None:
    said = "odd: negative final demand: USA rest, set to zero (-4); inputs without output: CHN rest, set to zero (12)"
    with pytest.warns(UserWarning, match=re.escape(said)) as warned:
        result = counterfactual(odd(), elasticity=4)
    assert warned[0].filename == __file__
    assert [(one.what, one.where, one.size) for one in result.findings] == [
        ("negative final demand", "USA rest, set to zero", -4),
        ("inputs without output", "CHN rest, set to zero", 12),
        ("row balance", "USA rest, output is the sum of its uses", 1),
    ]
    # Nothing changes: what is left is in the result.
    Z = [[10, 0, 0, 0], [0, 0, 0, 0], [0, 0, 20, 5], [5, 0, 10, 20]]
    np.testing.assert_allclose(result.table.Z, Z, rtol=1e-12)
    np.testing.assert_allclose(result.table.Y, [[40, 30], [0, 0], [0, 50], [0, 60]], rtol=1e-12)
    np.testing.assert_allclose(result.table.x, [80, 0, 75, 95], rtol=1e-12)
    assert counterfactual(result.table, elasticity=4).findings == ()


def test_rates_above_five_are_taken_at_their_word() -> None:
    """As in the closed form of twins, whose duty is 500 percent and then more."""

    def price(rate: float, **word: bool) -> float:
        found = counterfactual(twins(0.2), tariffs=(0 * ABROAD, rate * ABROAD), elasticity=2, **word)
        return float(found.price_index["USA"])

    assert price(5) == pytest.approx((0.8 + 0.2 * 6**-2) ** (-1 / 2), rel=1e-9)
    assert price(7, above_500_percent=True) == pytest.approx((0.8 + 0.2 * 8**-2) ** (-1 / 2), rel=1e-9)
    with pytest.raises(GvcError, match=r"found 7\. If rates above 500% are meant, pass"):
        price(7)


@pytest.mark.parametrize(("gap", "found"), [(0.5e-7, 0), (3e-7, 1)])
def test_a_gap_in_a_row_is_said_beyond_the_noise_of_the_table(gap: float, found: int) -> None:
    """Numbers have ten digits: of an output of 100, half a unit of the last one is 5e-8, and the noise twice that."""
    table = copy_of(twins(0.2), x=[100 + gap, 100], va=[100 + gap, 100])
    assert table.noise == pytest.approx(1e-7)
    findings = counterfactual(table, elasticity=4).findings
    assert [one.where for one in findings] == ["CHN all, output is the sum of its uses"] * found
    assert [one.size for one in findings] == pytest.approx([gap] * found, rel=1e-3)


def test_who_sells_only_to_an_idle_industry_is_idle() -> None:
    """American goods are bought by America's rest alone, which sells nothing; they bought 7 from China."""
    Z = [[0, 0, 7, 0], [0, 0, 0, 0], [0, 0, 0, 9], [0, 0, 0, 0]]
    table = odd(Z=Z, Y=[[50, 0], [20, 0], [0, 0], [0, 0]], x=[57, 20, 9, 0], va=[57, 20, 2, -9])
    result = counterfactual(table, elasticity=4)
    assert [str(one) for one in result.findings] == [
        "WARN  inputs without output: USA rest and 1 more, set to zero (16)"
    ]
    np.testing.assert_allclose(result.table.x, [50, 20, 0, 0], rtol=1e-12)
    assert result.wages.isna().tolist() == [False, True]


def test_negative_deliveries_are_set_to_zero() -> None:
    table = odd(Z=np.diag([-3.0, 0, 20, 20]))
    result = counterfactual(table, elasticity=4)
    assert str(result.findings[0]) == "WARN  negative intermediate delivery: CHN goods, set to zero (-3)"
    assert result.table.Z.min() == 0


def test_what_is_not_traded_stays_so() -> None:
    costs = np.array([[1.1, 1.2], [1, 1], [0.8, 0.9], [1, 1.3]])
    result = counterfactual(odd(), costs=costs, elasticity=[[6, 2], [3, 3]])
    assert np.isfinite(result.table.Z).all()
    assert ((result.table.Z > 0) == (counterfactual(odd(), elasticity=4).table.Z > 0)).all()
    assert result.table.x[1] == 0


def test_an_economy_that_is_empty_is_nan() -> None:
    table = ICIO(
        economies=["USA", "PRK", "CHN"], sectors=["all"], Z=np.zeros((3, 3)), Y=[[9, 0, 1], [0, 0, 0], [2, 0, 8]],
        x=[10, 0, 10], va=[10, 0, 10],
    )  # fmt: skip
    result = counterfactual(table, costs=[[1, 1, 2], [1, 1, 1], [1, 1, 1]], elasticity=4)
    factors = pd.DataFrame([result.wages, result.price_index, result.real_income])
    assert factors["PRK"].isna().all()
    assert factors[["USA", "CHN"]].notna().all(axis=None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"elasticity": 0}, "elasticity, goods: expected a number above 0.*; found 0"),
        ({"elasticity": [4, -1]}, "elasticity, rest: expected a number above 0.*; found -1"),
        ({"elasticity": [4, 4, 4]}, r"elasticity: expected shape \(2,\); found shape \(3,\)"),
        ({"elasticity": "high"}, "elasticity: expected numbers"),
        ({"elasticity": None}, "elasticity: expected numbers"),
        ({"elasticity": [[4, 2], [4]]}, "elasticity: expected numbers"),
        ({"elasticity": [[8, 4]]}, r"elasticity: expected shape \(2, 2\); found shape \(1, 2\)"),
        ({"elasticity": float("nan")}, "elasticity, goods: expected a finite number"),
        ({"elasticity": {"goods": 4, "services": 4}}, "elasticity, label 2: expected the labels of the table"),
        ({"costs": np.ones((4, 4))}, r"costs: expected shape \(4, 2\); found shape \(4, 4\)"),
        ({"costs": [[1, 1], [1, 0], [1, 1], [1, 1]]}, "costs, CHN rest × USA: expected a number above 0; found 0"),
        ({"costs": pd.DataFrame(np.ones((4, 2)), columns=["CHN", "MEX"])}, "costs, label 2: expected the labels"),
        ({"productivity": [1, 1]}, r"productivity: expected shape \(4,\); found shape \(2,\)"),
        ({"productivity": [1, 1, -1, 1]}, "productivity, USA goods: expected a number above 0; found -1"),
        ({"tariffs": (np.zeros((4, 2)), -np.ones((4, 2)))}, "tariffs, after, CHN goods × CHN: .* above -1; found -1"),
        ({"tariffs": (np.zeros((4, 2)),)}, "tariffs: expected rates before and after, a pair; found a tuple of 1"),
        ({"tariffs": pd.DataFrame(np.zeros((4, 2)))}, "tariffs: expected rates before and after.*a DataFrame of 4"),
        ({"tariffs": 0.25}, "tariffs: expected rates before and after, a pair; found a float"),
        ({"tariffs": np.array(3)}, "tariffs: expected rates before and after, a pair; found a ndarray"),
        ({"elasticity": 1e-7}, "elasticity, goods: expected a number above 0, of 1e-06 at least: .*; found 1e-07"),
        ({"elasticity": {"goods": 4, "rest": 1e-16}}, "elasticity, rest: expected a number above 0.*; found 1e-16"),
        (
            {"tariffs": (np.zeros((4, 2)), np.outer([0, 0, 25, 0], [1, 0]))},
            r"tariffs, after, USA goods × CHN: expected rates, not percent: write 0\.25 for 25 percent; found 25\. .*"
            "above_500_percent=True",
        ),
        (
            {"tariffs": (np.full((4, 2), 5.01), np.zeros((4, 2)))},
            "tariffs, before, CHN goods × CHN: expected rates, not",
        ),
        ({"balances": "none"}, "balances: expected 'fixed' or 'zero'; found 'none'"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(GvcError, match=message):
        counterfactual(odd(), **{"elasticity": 4} | change)


def test_a_result_comes_back_from_a_worker() -> None:
    result = counterfactual(odd(), elasticity=4)
    again = pickle.loads(pickle.dumps(result))
    same(again, result, 1e-15)
    same_uses(again.table, result.table, 1e-15)


def test_no_table() -> None:
    with pytest.raises(GvcError, match="icio: expected an inter-country table"):
        counterfactual(np.eye(3), elasticity=4)  # type: ignore[arg-type]


def test_who_earns_and_buys_nothing_is_named() -> None:
    with pytest.raises(GvcError, match="odd, USA: expected factor income above 0, and final demand for it"):
        counterfactual(odd(Y=[[70, 0], [0, 0], [50, 0], [60, 0]]), elasticity=4)


def test_who_owes_more_than_he_earns_is_named() -> None:
    """China spends 1 of an income of 100 and owes the rest to the United States, where nobody buys its goods now."""
    Y = [[0.5, 99.5], [0.5, 199.5]]
    table = ICIO(economies=["CHN", "USA"], sectors=["all"], Z=np.zeros((2, 2)), Y=Y, x=[100, 200], va=[100, 200])
    with pytest.raises(GvcError, match=r"expected an equilibrium.*; found none for CHN, which owes more than it earns"):
        counterfactual(table, costs=[[1, 3], [1, 1]], elasticity=4)


def test_it_says_if_it_does_not_converge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("gvc.equilibrium"), "ROUNDS", 5)
    table = gvc.load_sample()
    with pytest.raises(GvcError, match=r"expected an equilibrium.*; found a gap of \de-0\d"):
        counterfactual(table, costs=chinese_goods(table, 1.25, 1.0), elasticity=4)


def test_prohibitive_duties_are_no_error_of_linear_algebra() -> None:
    """Two economies, no equilibrium within reach: a round brought nothing, and was divided by its length."""
    Z, Y = [[3, 2], [4, 1]], [[30, 15], [5, 32]]
    table = ICIO(economies=["CHN", "USA"], sectors=["all"], Z=Z, Y=Y, x=[50, 42], va=[43, 39])
    for rate, theta in product((1e6, 1e9, 1e300), (1e-5, 1.3, 4, 20)):
        try:
            result = counterfactual(
                table, tariffs=(0 * ABROAD, rate * ABROAD), elasticity=theta, above_500_percent=True
            )
        except GvcError as error:
            assert "nan" not in str(error)
        else:
            assert result.residual < 1e-9


@settings(max_examples=60)
@given(st.one_of(tables(), split_tables(), st.just(gvc.load_sample())), st.data())
def test_whatever_is_asked_there_is_an_equilibrium_or_one_error(table: ICIO, data: st.DataObject) -> None:
    """However large a change and an elasticity."""
    random = np.random.default_rng(data.draw(SEEDS))

    def drawn(largest: float, shape: tuple[int, ...]) -> np.ndarray:
        size = data.draw(st.sampled_from([0, 0.1, 1, largest]))
        return np.exp(size * random.normal(size=shape)) * (random.random(shape) < data.draw(st.sampled_from([0.1, 1])))

    costs, productivity = drawn(30, table.Y.shape), drawn(5, (len(table.x),))
    before, after = 0.1 * drawn(1, table.Y.shape), drawn(50, table.Y.shape)
    theta = np.exp(random.uniform(-13, 6, (len(table.sectors), data.draw(st.sampled_from([1, 2])))))
    try:
        result = counterfactual(
            table,
            costs=np.where(costs, costs, 1),
            productivity=np.where(productivity, productivity, 1),
            tariffs=(before, after),
            elasticity=theta if theta.shape[1] == 2 else theta[:, 0],
            balances=data.draw(st.sampled_from(["fixed", "zero"])),
            above_500_percent=True,
        )
    except GvcError as error:
        assert "nan" not in str(error)
        return
    assert result.residual < 1e-9
    assert [one for one in result.table.check() if one.level == "FAIL"] == []
    for factors in (result.wages, result.price_index, result.real_income):
        known = factors.dropna()
        assert np.isfinite(known).all()
        assert (known >= 0).all()


def bilateral(table: ICIO) -> np.ndarray:
    """Trade (G, G) between economies, without what they sell to themselves."""
    G, N = len(table.economies), len(table.sectors)
    sold = np.maximum(table.Z, 0).reshape(G, N, G, N).sum(axis=(1, 3)) + np.maximum(table.Y, 0).reshape(G, N, G).sum(
        axis=1
    )
    np.fill_diagonal(sold, 0)
    return sold


@pytest.mark.parametrize("elasticity", [1, 4, 20, [[8, 4]] * 5], ids=str)
@pytest.mark.parametrize("factor", [3, 12, 100, 1000, 1e6])
@pytest.mark.parametrize("what", ["costs", "tariffs"])
def test_trade_balances_where_it_nearly_ends(what: str, factor: float, elasticity: Any) -> None:
    """The factor is employed at any wage then; only what little is traded tells which."""
    table = gvc.load_sample()
    abroad = np.not_equal.outer(table.home, range(11))
    costs = np.where(abroad, factor, 1)
    change: dict[str, Any] = {"costs": costs} if what == "costs" else {"tariffs": (0 * costs, costs - 1)}
    result = counterfactual(table, **change, elasticity=elasticity, balances="zero", above_500_percent=True)
    trade = bilateral(result.table)
    np.testing.assert_allclose(trade.sum(axis=1), trade.sum(axis=0), rtol=1e-7)


def test_wages_have_a_limit_where_trade_ends() -> None:
    table = gvc.load_sample()
    abroad = np.not_equal.outer(table.home, range(11))
    near, far = (
        counterfactual(table, costs=np.where(abroad, factor, 1), elasticity=4, balances="zero") for factor in (30, 1e4)
    )
    np.testing.assert_allclose(near.wages, far.wages, rtol=1e-4)
    np.testing.assert_allclose(near.real_income, far.real_income, rtol=1e-4)
    assert (far.real_income < 1).all()


def test_balances_are_paid_where_trade_nearly_ends_or_cannot_be() -> None:
    table = gvc.load_sample()
    abroad = np.not_equal.outer(table.home, range(11))
    result = counterfactual(table, costs=np.where(abroad, 12, 1), elasticity=4)
    before, after = bilateral(table), bilateral(result.table)
    surplus = before.sum(axis=1) - before.sum(axis=0)
    np.testing.assert_allclose(after.sum(axis=1) - after.sum(axis=0), surplus, atol=1e-9 * result.table.va.sum())
    with pytest.raises(GvcError, match=r"found none for [A-Z]{3}, which owes more than it earns"):
        counterfactual(table, costs=np.where(abroad, 100, 1), elasticity=4)


@given(worlds(), SEEDS)
def test_large_changes_converge(table: ICIO, seed: int) -> None:
    """Costs by half and twice, elasticities to 20: to an equilibrium, or to an economy that owes more than it earns."""
    random = np.random.default_rng(seed)
    costs = np.exp(random.uniform(-0.7, 0.7, table.Y.shape))
    try:
        result = counterfactual(table, costs=costs, elasticity=random.uniform(0.3, 20, (len(table.sectors), 2)))
    except GvcError as error:
        assert "owes more than it earns" in str(error)
        return
    assert result.residual < 1e-9
