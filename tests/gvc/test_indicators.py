"""Trade intensity and the two shares behind a link: by hand, and as identities."""

import math
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import gvc

#: Three economies; what stands on the diagonal must not count.
VAX = pd.DataFrame(
    [[99.0, 6, 2], [4, 99, 4], [1, 3, 99]],
    index=["CHN", "JPN", "USA"],
    columns=["CHN", "JPN", "USA"],
)
flows = arrays(float, (4, 4), elements=st.floats(0.1, 1000))


@pytest.mark.parametrize("flow", [VAX.iloc[[0, 1, 2, 0]], VAX.iloc[:, [0, 1, 1, 2]]])
@pytest.mark.parametrize(
    "measure", [gvc.link_index, gvc.trade_intensity, lambda flow: gvc.origin_share(flow, "CHN", "USA")]
)
def test_an_economy_that_stands_twice_is_refused(flow: pd.DataFrame, measure: Any) -> None:
    with pytest.raises(gvc.GvcError, match=r"expected each economy once; found (CHN|JPN) twice"):
        measure(flow)


def test_intensity_by_hand() -> None:
    # China sends 8. Of the 15 that the others take Japan takes 9: 4.8 are to be expected from China to Japan, 6 flow.
    intensity = gvc.trade_intensity(VAX)
    assert intensity.loc["CHN", "JPN"] == pytest.approx(6 / 4.8)
    assert intensity.loc["USA", "CHN"] == pytest.approx((1 / 4) / (5 / 14))
    assert intensity.isna().to_numpy().diagonal().all()


@given(flows)
def test_link_is_intensity_times_weights(values: np.ndarray) -> None:
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    link, intensity = gvc.link_index(flow), gvc.trade_intensity(flow)
    world = values.sum() - np.trace(values)
    for origin, absorber in permutations("abcd", 2):
        exported = flow.loc[origin].sum() - flow.loc[origin, origin]
        imported = flow[absorber].sum() - flow.loc[absorber, absorber]
        others = world - (flow[origin].sum() - flow.loc[origin, origin])
        weights = math.sqrt(exported / others * imported / others)
        assert link.loc[origin, absorber] == pytest.approx(100 * intensity.loc[origin, absorber] * weights)


@given(flows, st.integers(0, 3))
def test_who_sells_in_proportion_has_an_intensity_of_one(values: np.ndarray, seller: int) -> None:
    """Whatever the others do: own sales are no part of what is to be expected."""
    flow = pd.DataFrame(values * (1 - np.eye(4)), index=list("abcd"), columns=list("abcd"))
    others = flow.drop(index="abcd"[seller]).sum().drop("abcd"[seller])
    flow.loc["abcd"[seller], others.index] = others * 0.7
    assert gvc.trade_intensity(flow).loc["abcd"[seller], others.index].to_numpy() == pytest.approx([1.0] * 3)


@given(flows)
def test_an_absorber_matters_by_its_imports_and_an_origin_by_its_exports(values: np.ndarray) -> None:
    """The ratio of the two shares does not know the flow between the two."""
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    of_exports, of_imports = gvc.link_shares(flow)
    for origin, absorber in permutations("abcd", 2):
        exported = flow.loc[origin].drop(origin).sum()
        imported = flow[absorber].drop(absorber).sum()
        ratio = of_imports.loc[origin, absorber] / of_exports.loc[origin, absorber]
        assert ratio == pytest.approx(exported / imported)


def test_an_economy_that_sends_nothing_has_no_intensity() -> None:
    mute = VAX.copy()
    mute.loc["USA", ["CHN", "JPN"]] = 0
    assert gvc.trade_intensity(mute).loc["USA"].isna().all()


#: Five flows are known, and what the United States send to Japan is not.
HOLED = VAX.mask((VAX.index == "USA")[:, None] & (VAX.columns == "JPN"))


def test_a_flow_that_is_missing_is_missing_in_the_link_and_its_shares() -> None:
    """The exports of the United States and the imports of Japan are not known; all others are."""
    of_exports, of_imports = gvc.link_shares(HOLED)
    nan = math.nan
    np.testing.assert_allclose(of_exports, [[nan, 75, 25], [50, nan, 50], [nan, nan, nan]])
    np.testing.assert_allclose(of_imports, [[nan, nan, 100 / 3], [80, nan, 200 / 3], [20, nan, nan]])
    # Only where both are known: 2 of 8 and of 6, 4 of 8 and of 5, 4 of 8 and of 6.
    link = [[nan, nan, 200 / math.sqrt(48)], [400 / math.sqrt(40), nan, 400 / math.sqrt(48)], [nan, nan, nan]]
    np.testing.assert_allclose(gvc.link_index(HOLED), link)


def test_a_flow_that_is_missing_leaves_no_intensity_since_it_is_part_of_the_worlds() -> None:
    assert gvc.trade_intensity(HOLED).isna().all(axis=None)


def test_a_supplier_that_is_missing_leaves_no_concentration_of_its_destination() -> None:
    flow = HOLED.rename_axis(columns="destination")
    np.testing.assert_allclose(gvc.supplier_concentration(flow), [(4 / 5) ** 2 + (1 / 5) ** 2, math.nan, 20 / 36])
    # As the share of any origin in it.
    assert math.isnan(gvc.origin_share(flow, "CHN", "JPN"))


def test_exports_that_are_missing_leave_no_advantage_since_they_are_part_of_the_worlds() -> None:
    index = pd.MultiIndex.from_product([["CHN", "JPN"], ["c1", "c2"]], names=["economy", "sector"])
    assert gvc.revealed_comparative_advantage(pd.Series([1.0, 2, 3, math.nan], index)).isna().all()


def test_what_is_missing_on_the_diagonal_does_not_matter() -> None:
    empty = VAX.mask(np.eye(3, dtype=bool))
    for measure in (gvc.link_index, gvc.trade_intensity, gvc.supplier_concentration):
        np.testing.assert_array_equal(measure(empty), measure(VAX))
