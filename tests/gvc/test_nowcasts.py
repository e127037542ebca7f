"""A table carried to a later year: by hand, by scaling whole matrices, and by what random tables must keep."""

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError
from tests.gvc.test_decompositions import split_tables
from tests.strategies import tables

#: A and B trade 20 each way and earn 70 each; costs of inputs are three tenths of output.
TWO = ICIO(
    economies=["A", "B"],
    sectors=["all"],
    Z=[[20, 10], [10, 20]],
    Y=[[60, 10], [10, 60]],
    x=[100, 100],
    va=[70, 70],
    year=2022,
    source="made",
)


@pytest.fixture(scope="module")
def sample() -> ICIO:
    return gvc.load_sample()


def totals(icio: ICIO, sectors: Any = None) -> pd.DataFrame:
    """Sum sales of sectors by origin and destination; none at home."""
    chosen = np.tile(np.isin(icio.sectors, icio.sectors if sectors is None else sectors), len(icio.economies))
    sold = icio.Z @ np.eye(len(icio.result_economies))[icio.home] + icio.demand
    by_origin = np.array([sold[chosen & (icio.home == at)].sum(axis=0) for at in range(len(icio.result_economies))])
    np.fill_diagonal(by_origin, 0)
    return pd.DataFrame(by_origin, icio.result_economies, icio.result_economies)


def gdp(icio: ICIO) -> pd.Series:
    earned = icio.x - icio.Z.sum(axis=0)
    return pd.Series(earned).groupby(icio.home).sum().set_axis(list(icio.result_economies))


def everywhere(icio: ICIO, growth: Any) -> pd.DataFrame:
    """Growth of all pairs that trade."""
    goals = pd.DataFrame(growth, icio.result_economies, icio.result_economies, dtype=float)
    return goals.where(totals(icio) > 0)


def imbalances(icio: ICIO) -> list[str]:
    return [str(one) for one in icio.imbalances()]


# -- by hand ------------------------------------------------------------------------------------------------------


def test_two_economies_by_hand() -> None:
    """A keeps its GDP and B doubles it: B's deliveries to itself double before the factor of its inputs, 1.2.

    B spends 1.2 · (20 · 2 + 10) = 60 on inputs, three tenths of 200. A sells it 1.2 · 10 + 10 = 22, 1.1 times as much.
    Own final demand is what is left of output: 100 - 20 - 12 - 10 in A, and 200 - 48 - 10 - 10 in B.
    """
    trade = pd.DataFrame([[np.nan, 1.1], [1, np.nan]], ["A", "B"], ["A", "B"])
    later = gvc.nowcast(TWO, trade, sectors="all", gdp=pd.Series({"A": 1.0, "B": 2.0}), year=2025)
    np.testing.assert_allclose(later.Z, [[20, 12], [10, 48]], rtol=1e-5)
    np.testing.assert_allclose(later.Y, [[58, 10], [10, 132]], rtol=1e-5)
    np.testing.assert_allclose(later.x, [100, 200], rtol=1e-5)
    np.testing.assert_allclose(later.va, [70, 140], rtol=1e-5)
    assert (later.year, later.source, later.unit) == (2025, "made, nowcast", "million USD")
    assert later.check() == []


def test_taxes_and_what_the_columns_lack_grow_with_output() -> None:
    """Of the same two: output of B doubles, and with it taxes of 10 and the 5 that no row of the table explains."""
    trade = pd.DataFrame([[np.nan, 1.1], [1, np.nan]], ["A", "B"], ["A", "B"])
    asked: Any = {"sectors": "all", "gdp": pd.Series({"A": 1.0, "B": 2.0}), "year": 2025}
    later = gvc.nowcast(replace(TWO, taxes=[10, 10], va=[55, 55]), trade, **asked)
    np.testing.assert_allclose(later.taxes, [10, 20], rtol=1e-5)
    np.testing.assert_allclose(later.va, [55, 110], rtol=1e-5)


def test_the_unit_of_a_table_changes_nothing() -> None:
    trade = pd.DataFrame([[np.nan, 1.1], [1, np.nan]], ["A", "B"], ["A", "B"])
    small = replace(TWO, **{name: getattr(TWO, name) * 1e-6 for name in ("Z", "Y", "x", "va")})
    later = gvc.nowcast(small, trade, sectors="all", gdp=pd.Series({"A": 1.0, "B": 2.0}), year=2025)
    np.testing.assert_allclose(later.x, [1e-4, 2e-4], rtol=1e-5)


def by_scaling(
    icio: ICIO, trade: pd.DataFrame, growth: pd.Series, counted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Scale whole matrices, pair by pair and industry by industry, as the docstring says; 400 times."""
    G, N = len(icio.economies), len(icio.sectors)
    Z, Y = icio.Z.copy().reshape(G, N, G, N), icio.Y.copy().reshape(G, N, G)
    share, goal = icio.Z.sum(axis=0) / icio.x, totals(icio, np.array(icio.sectors)[counted]) * trade
    earned = growth * gdp(icio)
    gap = (icio.x - icio.Z.sum(axis=1) - icio.Y.sum(axis=1)).reshape(G, N) * growth.to_numpy()[:, None]
    for r in range(G):
        Z[r, :, r] *= growth.iloc[r]
        Y[r, :, r] *= growth.iloc[r]
        for s in set(range(G)) - {r}:
            Z[r, ~counted, s] *= np.sqrt(growth.iloc[r] * growth.iloc[s])
            Y[r, ~counted, s] *= np.sqrt(growth.iloc[r] * growth.iloc[s])
    for _ in range(400):
        for r in range(G):
            for s in set(range(G)) - {r}:
                factor = goal.iloc[r, s] / (Z[r, counted, s].sum() + Y[r, counted, s].sum())
                Z[r, counted, s] *= factor
                Y[r, counted, s] *= factor
        x = Z.sum(axis=(2, 3)) + Y.sum(axis=2) + gap
        Z *= (share * x.ravel() / Z.sum(axis=(0, 1)).ravel()).reshape(G, N)
        made = ((1 - share) * x.ravel()).reshape(G, N).sum(axis=1)
        for r in range(G):
            Y[r, :, r] *= earned.iloc[r] / made[r]
    return Z.reshape(G * N, G * N), Y.reshape(G * N, G)


def test_the_sample_as_whole_matrices_scaled_in_turn(sample: ICIO) -> None:
    random = np.random.default_rng(3)
    goods = sample.sectors[:4]
    trade = everywhere(sample, random.uniform(0.8, 1.3, (11, 11)))
    growth = pd.Series(random.uniform(0.95, 1.2, 11), sample.economies)
    later = gvc.nowcast(sample, trade, sectors=goods, gdp=growth)
    Z, Y = by_scaling(sample, trade, growth, np.isin(sample.sectors, goods))
    np.testing.assert_allclose(later.Z, Z, rtol=1e-4, atol=0.01)
    np.testing.assert_allclose(later.Y, Y, rtol=1e-4, atol=0.01)
    np.testing.assert_allclose(totals(later, goods) / totals(sample, goods), trade, rtol=1e-5)
    np.testing.assert_allclose(gdp(later) / gdp(sample), growth, rtol=1e-5)
    assert imbalances(later) == []


# -- of random tables ----------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(split_tables(), st.sampled_from([0.5, 1, 1.1, 3]))
def test_a_world_in_which_all_grows_alike_is_itself_times_the_growth(table: ICIO, growth: float) -> None:
    grown = gvc.nowcast(
        table,
        everywhere(table, growth),
        sectors=table.sectors[:1],
        gdp=pd.Series(growth, table.result_economies).where(gdp(table) > 0),
        year=table.year,
    )
    for name in ("Z", "Y", "x", "va", "taxes"):
        np.testing.assert_allclose(getattr(grown, name), growth * getattr(table, name), rtol=1e-6, atol=1e-5)
    assert (grown.year, dict(grown.parts)) == (table.year, dict(table.parts))


@settings(deadline=None, max_examples=40)
@given(tables(), st.integers(0, 2**32 - 1))
def test_totals_cost_shares_signs_and_balance(table: ICIO, seed: int) -> None:
    random = np.random.default_rng(seed)
    trade = everywhere(table, random.uniform(0.8, 1.25, (len(table.economies),) * 2))
    trade = trade.where(random.random(trade.shape) < 0.8)
    assume(trade.notna().any(axis=None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        later = gvc.nowcast(table, trade, sectors=table.sectors[:2])
    told = {one.where for one in later.provenance.remarks}
    grown = totals(later, table.sectors[:2]) / totals(table, table.sectors[:2])
    for r, s in zip(*np.nonzero(trade.notna()), strict=True):
        met = grown.iloc[r, s] == pytest.approx(trade.iloc[r, s], rel=1e-3)
        assert met or f"{trade.index[r]} → {trade.columns[s]}" in told
    assert (np.sign(later.Z) == np.sign(table.Z)).all()
    assert (np.sign(later.Y) == np.sign(table.Y)).all()
    share = np.divide(table.Z.sum(axis=0), table.x, out=np.zeros_like(table.x), where=table.x != 0)
    for at, (spent, due) in enumerate(zip(later.Z.sum(axis=0), share * later.x, strict=True)):
        assert spent == pytest.approx(due, rel=1e-3, abs=later.noise) or table.label(at) in told
    assert imbalances(later) == []


@settings(deadline=None, max_examples=25)
@given(tables(), st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.2, 7]))
def test_in_another_currency_nothing_else_changes(table: ICIO, seed: int, rate: float) -> None:
    random = np.random.default_rng(seed)
    trade = everywhere(table, random.uniform(0.8, 1.25, (len(table.economies),) * 2))
    growth = pd.Series(random.uniform(0.9, 1.1, len(table.economies)), table.economies).where(gdp(table) > 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            first = gvc.nowcast(table, trade, sectors=table.sectors[:1], gdp=growth)
        except GvcError:  # exports beyond GDP
            return
        assume(not first.provenance.remarks)
        again = gvc.nowcast(table, rate * trade, sectors=table.sectors[:1], gdp=rate * growth)
    for name in ("Z", "Y", "x", "va"):
        np.testing.assert_allclose(getattr(again, name), rate * getattr(first, name), rtol=1e-6, atol=1e-6)


def test_parts_move_with_their_whole(sample: ICIO) -> None:
    """Japan as a part of China: sales between the two are at home."""
    parts = dict(vars(sample), parts={"JPN": "CHN"})
    table = ICIO(**{name: parts[name] for name in ICIO.__dataclass_fields__})
    trade = pd.DataFrame({"USA": {"CHN": 0.5}})
    later = gvc.nowcast(table, trade, sectors=table.sectors)
    assert totals(later).loc["CHN", "USA"] == pytest.approx(totals(table).loc["CHN", "USA"] / 2, rel=1e-6)
    with pytest.raises(GvcError, match=r"trade, origins: expected some of CHN, .*; found 'JPN'"):
        gvc.nowcast(table, pd.DataFrame({"USA": {"JPN": 0.5}}), sectors=table.sectors)


# -- what cannot be met, and what is no goal -------------------------------------------------------------------------


def test_a_total_beyond_another_is_told() -> None:
    """B buys all its inputs from A and consumes none of A: they grow as its output does, and not as the pair should."""
    table = ICIO(
        economies=["A", "B"],
        sectors=["all"],
        Z=[[20, 30], [10, 0]],
        Y=[[50, 0], [10, 80]],
        x=[100, 100],
        va=[70, 70],
    )
    trade = pd.DataFrame([[np.nan, 1.5], [1, np.nan]], ["A", "B"], ["A", "B"])
    with pytest.warns(UserWarning, match=r"2 goals were not met, A → B first"):
        later = gvc.nowcast(table, trade, sectors="all", gdp=pd.Series({"B": 1.0}))
    pair, spent = later.check()
    assert (pair.what, pair.where, pair.level) == ("trade growth not met", "A → B", "WARN")
    assert (spent.what, spent.where) == ("cost share of inputs not kept", "A all")
    assert totals(later).loc["A", "B"] + pair.size == pytest.approx(45)
    assert later.Z[:, 0].sum() + spent.size == pytest.approx(0.3 * later.x[0])
    assert imbalances(later) == []


def test_exports_beyond_gdp_are_refused() -> None:
    trade = pd.DataFrame([[np.nan, 6], [1, np.nan]], ["A", "B"], ["A", "B"])
    with pytest.raises(
        GvcError, match=r"gdp, A: .* times the GDP of a growth of 1\. Compare it with the growth of its"
    ):
        gvc.nowcast(TWO, trade, sectors="all", gdp=pd.Series(1.0, ["A", "B"]))


GROWN = pd.DataFrame({"USA": {"CHN": 0.7, "MEX": 1.2}})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"trade": GROWN.rename({"MEX": "MEXICO"})}, r"trade, origins: .* found 'MEXICO'\. Did you mean MEX\?"),
        ({"trade": GROWN.rename(columns={"USA": "usa"})}, r"trade, destinations: .* Did you mean USA\?"),
        ({"trade": pd.concat([GROWN, GROWN.iloc[:1]])}, r"trade, origins: expected each economy once; found CHN twice"),
        ({"trade": GROWN * 0}, r"trade, CHN → USA: expected growth as a factor above 0: .* found 0\. Add 1"),
        ({"trade": GROWN - 1}, r"trade, CHN → USA: .* found -0\.3"),
        ({"trade": GROWN * np.inf}, r"trade, CHN × USA: expected a finite number; found inf"),
        ({"trade": GROWN.astype(str)}, r"trade: expected numbers; found 0\.7, a str"),
        ({"trade": GROWN * np.nan}, r"trade: expected growth of some pair; found none"),
        ({"trade": GROWN.rename({"MEX": "USA"})}, r"trade, USA → USA: expected NaN: an economy .* found 1\.2"),
        ({"trade": GROWN["USA"]}, r"trade: expected a DataFrame, origin × destination; found a Series of 2"),
        ({"trade": GROWN.iloc[:0]}, r"trade, origins: expected some of"),
        ({"sectors": "Goods"}, r"sectors: expected some of Primary, .* found 'Goods'"),
        ({"gdp": 1.1}, r"gdp: expected a Series by economy; found a float"),
        ({"gdp": pd.Series({"MEX": -0.1})}, r"gdp, MEX: .* found -0\.1"),
        ({"gdp": pd.Series([1.1, 1.2], ["MEX", "MEX"])}, r"gdp: expected each economy once; found MEX twice"),
        ({"year": "2025"}, r"year: expected a whole number"),
    ],
)
def test_what_is_no_goal_is_refused(sample: ICIO, given: dict[str, Any], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.nowcast(sample, **{"trade": GROWN, "sectors": sample.sectors[:4]} | given)
