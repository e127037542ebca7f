"""The trade model as a forecast: duties, factors and scores by hand."""

import math

import numpy as np
import pandas as pd
import pytest

import gvc
from industrial_chains.trade_model import back_test

SAMPLE = gvc.load_sample()
GOODS = ["Primary", "Light", "Materials", "Machinery"]
NONE = pd.DataFrame(0.0, index=["CHN", "MEX"], columns=GOODS)


def test_duties_are_the_importers_alone_and_on_what_is_named() -> None:
    rates = NONE.copy()
    rates.loc["CHN", "Light"] = 0.25
    charged = back_test.duties(rates, SAMPLE, "USA")
    assert charged.shape == (55, 11)
    assert charged.loc[("CHN", "Light"), "USA"] == 0.25
    assert charged.to_numpy().sum() == 0.25


def test_bought_is_for_industries_and_for_final_demand() -> None:
    at = SAMPLE.economies.index("USA")
    row = SAMPLE.economies.index("MEX") * 5 + SAMPLE.sectors.index("Machinery")
    due = SAMPLE.Z[row, 5 * at : 5 * at + 5].sum() + SAMPLE.Y[row, at]
    assert back_test.bought(SAMPLE, "USA").loc["MEX", "Machinery"] == pytest.approx(due)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_growth_is_one_where_nothing_changes_and_falls_where_duty_rises() -> None:
    theta = pd.Series(4.0, list(SAMPLE.sectors))
    same = back_test.growth(SAMPLE, "USA", (NONE, NONE), theta)
    assert np.allclose(same, 1, atol=1e-6)
    higher = NONE.copy()
    higher.loc["CHN"] = 0.25
    change = back_test.growth(SAMPLE, "USA", (NONE, higher), theta)
    # Of two origins of the same product only that one's duty differs: 1.25 to the power of -5, times what costs do.
    relative = (change.loc["CHN"] / change.loc["MEX"])[GOODS]
    assert relative.between(1.25**-5 * 0.98, 1.25**-5 * 1.15).all()
    # With the same duty abroad as at home the pair is the sum of both.
    charged = back_test.duties(higher, SAMPLE, "USA")
    again = back_test.growth(SAMPLE, "USA", (NONE, NONE), theta, abroad=(0 * charged, charged))
    pd.testing.assert_frame_equal(again, change)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_is_not_bought_does_not_grow() -> None:
    Z, Y = SAMPLE.Z.copy(), SAMPLE.Y.copy()
    at, row = SAMPLE.economies.index("USA"), SAMPLE.economies.index("KOR") * 5
    Z[row, 5 * at : 5 * at + 5] = 0
    Y[row, at] = 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    table = gvc.ICIO(economies=SAMPLE.economies, sectors=SAMPLE.sectors, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))
    change = back_test.growth(table, "USA", (NONE, NONE + 0.1), pd.Series(4.0, list(SAMPLE.sectors)))
    assert change.loc["KOR", "Primary"] == 1
    assert change.loc["MEX", "Light"] < 1


def test_shares_are_of_all() -> None:
    flows = pd.DataFrame([[1.0, 3.0], [2.0, 4.0]])
    assert back_test.shares(flows).to_numpy().tolist() == [[10, 30], [20, 40]]


def test_others_fill_in_proportion() -> None:
    change = back_test.in_proportion(pd.Series({"a": 50.0, "b": 30.0, "c": 20.0}), "a", -10.0)
    assert change.to_dict() == {"a": -10, "b": 6, "c": 4}


def test_scores_by_hand() -> None:
    predicted, counted = pd.Series([1.0, 2.0, 3.0]), pd.Series([2.0, 2.0, 5.0])
    # Deviations (-1, 0, 1) and (-1, -1, 2): product 3, squares 2 and 6. Ranks (1, 2, 3) and (1.5, 1.5, 3).
    due = {"correlation": 3 / math.sqrt(12), "rank": 1.5 / math.sqrt(3), "slope": 1.5, "error": 1.0}
    assert back_test.scores(predicted, counted) == pytest.approx(due)
    # Twice the last entry is a weight of two.
    longer = [pd.Series([*one, one.iloc[-1]]) for one in (predicted, counted)]
    weighed = back_test.scores(predicted, counted, pd.Series([1.0, 1.0, 2.0]))
    plain = back_test.scores(*longer)
    for score in ("correlation", "slope", "error"):
        assert weighed[score] == pytest.approx(plain[score])


def test_scores_go_by_label() -> None:
    one = pd.Series({"a": 1.0, "b": 2.0, "c": 4.0})
    other = pd.Series({"c": 4.0, "b": 2.0, "a": 1.0})
    assert back_test.scores(one, other)["error"] == 0
    assert back_test.scores(one, other)["correlation"] == pytest.approx(1)


def test_a_forecast_that_does_not_differ_has_an_error_alone() -> None:
    found = back_test.scores(pd.Series([0.0, 0.0]), pd.Series([1.0, -3.0]))
    assert found.pop("error") == 2
    assert all(map(math.isnan, found.values()))
