"""Location: rings of land, and firms that sort by productivity."""

import numpy as np
import pytest

from chapters.theory.modes import USES
from gvc import GvcError
from industrial_chains.models import location


def test_rings_end_where_bids_cross() -> None:
    for rate in (0.5, 1.0):
        edges = location.rings(USES, rate)
        inner = location.bid_rents(edges.to_numpy() - 1e-6, USES, rate).idxmax(axis=1)
        assert list(inner) == list(USES.index)
        assert location.bid_rents(edges.to_numpy()[-1:], USES, rate).max(axis=1).item() == pytest.approx(0)
    np.testing.assert_allclose(location.rings(USES, 0.5), 2 * location.rings(USES))


def test_firms_sort_by_productivity() -> None:
    market = location.Market()
    exports, invests = market.cutoffs()
    assert exports < invests
    assert market.profits(np.array([exports]))["Export"].item() == pytest.approx(0)
    at = market.profits(np.array([invests]))
    assert at["Export"].item() == pytest.approx(at["Produce abroad"].item())
    assert location.Market(barrier=1.6).cutoffs()[1] < invests


def test_a_market_to_which_nobody_exports_is_refused() -> None:
    with pytest.raises(GvcError, match="else nobody exports"):
        location.Market(barrier=2.0)
