"""Trade intensity and the two shares behind a link: by hand, and as identities."""

import math
from itertools import permutations

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
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    np.fill_diagonal(flow.to_numpy(), 0)
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
