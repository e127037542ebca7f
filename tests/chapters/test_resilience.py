"""Resilience: reliance year by year is that of the tables."""

import pandas as pd
import pytest

import gvc
from report.analysis import exposure
from report.chapters import resilience
from report.sources import WIOD


@pytest.mark.parametrize("origin", [None, "CHN"])
def test_reliance_over_time_is_each_years_tables(test_data, origin) -> None:
    table = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod03.rda")
    over_time = WIOD.reliance(origin)
    pd.testing.assert_frame_equal(over_time.loc[2003], exposure.direct_and_full(table, origin), rtol=1e-8)
    shown = resilience.in_two_panels(over_time, ["USA", "JPN"])
    assert shown["reach"].unique().tolist() == ["Direct", "Full"]
    value = shown.set_index(["reach", "maker", "year"])["value"]
    assert value["Full", "JPN", 2003] == over_time.loc[(2003, "JPN"), "full"]
    assert len(value) == 2 * 2 * 17
