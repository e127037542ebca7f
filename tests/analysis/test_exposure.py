"""Suppliers, their concentration and reliance on foreign inputs: by hand, as identities, on real tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import gvc
from gvc import ICIO, panel
from gvc.flows import value_added_in_inputs
from gvc.leontief import inverse
from industrial_chains.analysis import exposure
from tests.strategies import tables

FLOW = pd.DataFrame(
    [[900.0, 60, 10], [30, 900, 10], [10, 20, 900], [10, 20, 80]],
    index=["CHN", "DEU", "FRA", "ROW"],
    columns=["CHN", "DEU", "USA"],
)


def suppliers(flow: pd.DataFrame, *buyers: str) -> pd.Series:
    """Shares of suppliers, the European Union as one of them."""
    return exposure.union_as_one(exposure.supplier_shares(flow, buyers), buyers)


def test_supplier_shares_by_hand() -> None:
    assert suppliers(FLOW.rename(index={"FRA": "JPN", "DEU": "KOR"}), "USA").round(9).to_dict() == {
        "JPN": 90,
        "ROW": 8,
        "CHN": 1,
        "KOR": 1,
    }


def test_the_european_union_is_one_supplier_unless_it_buys() -> None:
    assert suppliers(FLOW, "CHN").to_dict() == {"EU27": 80, "ROW": 20, "CHN": 0}
    assert suppliers(FLOW, "DEU").to_dict() == {"CHN": 60, "FRA": 20, "ROW": 20, "DEU": 0}


def test_buyers_are_pooled_member_by_member() -> None:
    # China 60 to Germany and 10 to the United States; Germany 30 and 10, France 10 and 900.
    shares = suppliers(FLOW.drop(index=["FRA", "ROW"]), "CHN", "USA")
    assert shares.to_dict() == {"EU27": 80, "CHN": 20}


def test_concentration_by_hand() -> None:
    result = exposure.concentration(pd.Series({"CHN": 50.0, "JPN": 30, "ROW": 20}))
    # Five eighths and three eighths of what is named.
    assert result.to_dict() == {"hhi": pytest.approx(34 / 64), "largest": "CHN", "largest_share": 50, "unnamed": 20}
    grown = exposure.concentration(pd.Series({"CHN": 25.0, "JPN": 15, "ROW": 60}))
    assert grown["hhi"] == pytest.approx(result["hhi"]), "a rest that grows alone concentrates nothing"


def test_conventions_by_hand() -> None:
    shares = pd.Series({"CHN": 50.0, "DEU": 20, "FRA": 10, "ROW": 20})
    found = exposure.concentration_by_convention(shares, ["USA"]).round(9)
    assert found["apart"].to_dict() == {"one": 0.34, "dropped": 0.46875, "many": 0.3}
    assert found["one"].to_dict() == {"one": 0.38, "dropped": 0.53125, "many": 0.34}
    assert exposure.concentration_by_convention(shares, ["AUT"]).nunique() == 3, "the union is none to a member"


def test_conventions_hold_the_two_indices_in_use() -> None:
    flow = panel.flow_matrix(panel.load_panel("wiod2013"), "intermediates", 2011)
    shares = exposure.supplier_shares(flow, "MEX")
    found = exposure.concentration_by_convention(shares, ["MEX"])
    assert found["apart", "one"] == pytest.approx(gvc.supplier_concentration(flow)["MEX"])
    assert found["one", "dropped"] == pytest.approx(exposure.concentration(suppliers(flow, "MEX"))["hhi"])


def test_however_the_rest_is_made_up_the_index_lies_between_many_and_one() -> None:
    shares = pd.Series({"CHN": 50.0, "JPN": 10, "ROW": 40})
    found = exposure.concentration_by_convention(shares, ["USA"])["apart"]
    for parts in ([40], [20, 20], [39, 1], [1] * 40):
        squares = sum((part / 100) ** 2 for part in (50, 10, *parts))
        assert found["many"] < squares <= found["one"]
    assert found["dropped"] > found["one"]


def test_the_index_and_the_one_that_counts_the_rest_as_one() -> None:
    flow = panel.flow_matrix(panel.load_panel("wiod2013"), "intermediates", 2011)
    whole = gvc.supplier_concentration(flow)
    apart = flow.loc[:, ["DEU"]]
    named = exposure.concentration(suppliers(apart, "DEU"))
    rest = named["unnamed"] / 100
    assert rest**2 + (1 - rest) ** 2 * named["hhi"] == pytest.approx(whole["DEU"])


# A = [[0.2, 0.2], [0.3, 0.3]], so that B = [[1.4, 0.4], [0.6, 1.6]]; final products (60, 40).
TABLE = ICIO(
    economies=["CHN", "USA"],
    sectors=["all"],
    Z=[[20, 20], [30, 30]],
    Y=[[40, 20], [10, 30]],
    x=[100, 100],
    va=[50, 50],
)


def test_inputs_by_hand() -> None:
    np.testing.assert_allclose(exposure.first_stage_inputs(TABLE), [[12, 8], [18, 12]])
    np.testing.assert_allclose(exposure.all_stage_inputs(TABLE), [[24, 16], [36, 24]])


def test_reliance_by_hand() -> None:
    result = exposure.three_ways(TABLE)
    assert result.round(9).to_dict("index") == {
        "CHN": {"direct": 60, "once": 60, "gross": 60, "face_value": 30, "hidden": 30},
        "USA": {"direct": 40, "once": 40, "gross": 40, "face_value": 20, "hidden": 20},
    }
    assert exposure.three_ways(TABLE, "CHN").index.tolist() == ["USA"]


def test_the_three_counts_on_a_chain_by_hand() -> None:
    # Mexico sells 20 to China, which sells 50 to the United States, which finishes 100. Of the 50 China earned 30.
    chain = ICIO(
        economies=["MEX", "CHN", "USA"],
        sectors=["all"],
        Z=[[0, 20, 0], [0, 0, 50], [0, 0, 0]],
        Y=np.diag([0.0, 0, 100]),
        x=[20, 50, 100],
        va=[20, 30, 50],
    )
    on_china = exposure.three_ways(chain, "CHN").loc["USA"]
    assert on_china[["direct", "once", "gross"]].round(6).tolist() == [100, 60, round(100 * 50 / 70, 6)]


def test_reliance_of_one_who_buys_nothing_is_missing() -> None:
    nothing = FLOW.loc[["CHN", "DEU"], ["CHN", "DEU"]].assign(CHN=0.0)
    assert exposure.foreign(exposure.reliance(nothing)).isna().tolist() == [True, False]


@given(tables())
def test_inputs_add_up_to_what_the_inverse_says(icio) -> None:
    every = exposure.all_stage_inputs(icio)
    finished = np.where(icio.x != 0, icio.Y.sum(axis=1), 0)
    expected = (inverse(icio) - np.eye(len(icio.x))) * finished
    np.testing.assert_allclose(every, icio.by_economy(icio.by_economy(expected).T).T, atol=1e-7)
    # Output is what is finished and what goes in at every stage.
    made = icio.by_economy(np.where(icio.x != 0, icio.x, 0)[None])[0]
    np.testing.assert_allclose(every.sum(axis=1) + icio.by_economy(finished[None])[0], made, rtol=1e-7, atol=1e-7)


@given(tables())
def test_value_added_in_inputs_divides_what_makers_pay(icio) -> None:
    earned = value_added_in_inputs(icio)
    np.testing.assert_allclose(earned.sum(), exposure.first_stage_inputs(icio).sum(), atol=1e-7)
    finished = np.where(icio.x != 0, icio.Y.sum(axis=1), 0)
    v = gvc.leontief.value_added_coefficients(icio)
    expected = v[:, None] * (inverse(icio) - np.eye(len(icio.x))) * finished
    np.testing.assert_allclose(earned, icio.by_economy(icio.by_economy(expected).T).T, atol=1e-7)


@given(tables())
def test_hidden_exposure_is_what_lies_beyond_the_first_stage(icio) -> None:
    gap = exposure.all_stage_inputs(icio) - exposure.first_stage_inputs(icio)
    if (icio.Y.sum(axis=1) >= 0).all():
        assert (gap.to_numpy() > -1e-7).all()


def test_the_sample_stands_for_the_full_table(test_data, sample) -> None:
    """Eleven economies with five sectors give the full reliance of the full table to a point and a half."""
    full = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod11.rda")
    shown = ["CHN", "JPN", "KOR", "RUS", "IND", "IDN", "MEX", "USA"]
    for origin, tolerance in ((None, 1.5), ("CHN", 1.0)):
        kept = shown if origin is None else shown[1:]
        gap = exposure.three_ways(full, origin).loc[kept] - exposure.three_ways(sample, origin).loc[kept]
        assert gap[["direct", "once", "gross"]].abs().max().max() < tolerance
