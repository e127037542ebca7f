"""Shares at the prices of another year and the split of their change: by hand, and as identities."""

import math

import numpy as np
import pandas as pd
import pytest

from gvc.errors import GvcError
from industrial_chains.analysis import revaluation

SHARES = pd.DataFrame({2011: [50.0, 30, 20], 2022: [25.0, 55, 20]}, ["JPN", "CHN", "USA"])
RATE = pd.DataFrame({2011: [1.0, 0.2, 7], 2022: [0.5, 0.2, 7]}, ["JPN", "CHN", "USA"])


def test_a_currency_at_half_its_worth_counts_double() -> None:
    found = revaluation.at_prices_of(2011, SHARES, RATE)
    # 25 / 0.5, 55 and 20 make 125.
    assert found[2022].to_dict() == {"JPN": 40, "CHN": 44, "USA": 16}
    assert found[2011].to_dict() == {"JPN": 50, "CHN": 30, "USA": 20}
    later = revaluation.at_prices_of(2022, SHARES, RATE)
    assert later[2011].round(9).to_dict() == {"JPN": round(100 / 3, 9), "CHN": 40, "USA": round(80 / 3, 9)}


def test_the_level_of_a_price_does_not_matter() -> None:
    other = RATE.mul(pd.Series({"JPN": 130.0, "CHN": 6.7, "USA": 1}), axis=0)
    assert np.allclose(revaluation.at_prices_of(2011, SHARES, other), revaluation.at_prices_of(2011, SHARES, RATE))
    assert np.allclose(revaluation.split(SHARES, {"rate": other}), revaluation.split(SHARES, {"rate": RATE}))


def test_the_split_by_hand() -> None:
    found = revaluation.split(SHARES, {"rate": RATE})
    # The logarithmic means of 50 and 25, of 30 and 55, and 20.
    japan, china, usa = 25 / math.log(2), 25 / math.log(55 / 30), 20
    fell = -math.log(2)
    mean = japan * fell / (japan + china + usa)
    assert found["rate"].to_dict() == pytest.approx(
        {"JPN": japan * (fell - mean), "CHN": -china * mean, "USA": -usa * mean}
    )
    assert found["change"].to_dict() == {"JPN": -25, "CHN": 25, "USA": 0}
    assert found["rest"].to_numpy() == pytest.approx(found["change"] - found["rate"])


def test_parts_add_up_and_do_not_depend_on_the_order() -> None:
    rng = np.random.default_rng(36)
    for _ in range(20):
        shares = pd.DataFrame(rng.dirichlet(np.ones(6), 2).T * 100, columns=[1, 2])
        one, other = (pd.DataFrame(rng.uniform(0.1, 5, (6, 2)), columns=[1, 2]) for _ in range(2))
        found = revaluation.split(shares, {"one": one, "other": other})
        assert found[["one", "other", "rest"]].sum(axis=1).to_numpy() == pytest.approx(shares[2] - shares[1])
        assert found.sum().to_numpy() == pytest.approx(0, abs=1e-9)
        swapped = revaluation.split(shares, {"other": other, "one": one})
        assert swapped["one"].to_numpy() == pytest.approx(found["one"])
        both = revaluation.split(shares, {"both": one * other})
        assert both["both"].to_numpy() == pytest.approx(found["one"] + found["other"])
        back = revaluation.split(shares[[2, 1]], {"one": one, "other": other})
        assert back.to_numpy() == pytest.approx(-found.to_numpy())


def test_quantities_that_did_not_move_leave_nothing() -> None:
    """Shares that only prices have moved: the rest is zero."""
    worth = pd.Series({"JPN": 10.0, "CHN": 20, "USA": 30})
    values = RATE.mul(worth, axis=0)
    found = revaluation.split(100 * values / values.sum(), {"rate": RATE})
    assert found["rest"].to_numpy() == pytest.approx(0, abs=1e-9)
    assert found.loc["JPN", "change"] < -1


def test_a_supplier_of_one_year_alone_has_all_its_change_in_the_rest() -> None:
    shares = pd.DataFrame({2011: [60.0, 40, 0], 2022: [30.0, 50, 20]}, ["JPN", "CHN", "USA"])
    found = revaluation.split(shares, {"rate": RATE})
    assert found.loc["USA"].to_dict() == {"change": 20, "rate": 0, "rest": 20}
    assert found["rate"].sum() == pytest.approx(0, abs=1e-9)


def test_whose_price_is_missing_is_named() -> None:
    lacking = RATE.copy()
    lacking.loc["USA", 2022] = float("nan")
    with pytest.raises(GvcError, match="expected one for each origin and year; found none for USA in 2022"):
        revaluation.split(SHARES, {"rate": lacking})
    with pytest.raises(GvcError, match="none for CHN in 2011"):
        revaluation.at_prices_of(2011, SHARES, RATE.drop(index="CHN"))


def test_who_supplies_nothing_needs_no_price() -> None:
    shares = pd.DataFrame({2011: [60.0, 40, 0], 2022: [30.0, 70, 0]}, ["JPN", "CHN", "USA"])
    assert revaluation.split(shares, {"rate": RATE.drop(index="USA")}).loc["USA"].tolist() == [0, 0, 0]
