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
    # China sends 8 of the world's 20, Japan takes 9: 3.6 are to be expected from China to Japan, and 6 flow.
    intensity = gvc.trade_intensity(VAX)
    assert intensity.loc["CHN", "JPN"] == pytest.approx(6 / 3.6)
    assert intensity.loc["USA", "CHN"] == pytest.approx(1 * 20 / (4 * 5))
    assert intensity.isna().to_numpy().diagonal().all()


@given(flows)
def test_link_is_intensity_times_weights(values: np.ndarray) -> None:
    flow = pd.DataFrame(values, index=list("abcd"), columns=list("abcd"))
    link, intensity = gvc.link_index(flow), gvc.trade_intensity(flow)
    world = values.sum() - np.trace(values)
    for origin, absorber in permutations("abcd", 2):
        exported = flow.loc[origin].sum() - flow.loc[origin, origin]
        imported = flow[absorber].sum() - flow.loc[absorber, absorber]
        weights = math.sqrt(exported / world * imported / world)
        assert link.loc[origin, absorber] == pytest.approx(100 * intensity.loc[origin, absorber] * weights)


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
