"""Panels written, loaded or refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO, GvcError, panel
from tests.synthetic import toy


def test_a_panel_holds_every_flow_of_every_year(toys: list[Path], tmp_path: Path) -> None:
    out, sectors = panel.build(reversed(toys), tmp_path / "panel.parquet", workers=1)
    frame = gvc.load_panel(str(out))
    assert list(frame.columns) == ["source", "year", "flow", "origin", "destination", "value"]
    assert panel.years(frame) == [2000, 2001]
    assert set(frame["flow"]) == {*panel.FLOWS}
    assert len(frame) == 2 * 4 * 4
    for flow, measure in panel.FLOWS.items():
        np.testing.assert_allclose(panel.flow_matrix(frame, flow, 2001), measure(toy()), rtol=1e-12)
    assert set(gvc.load_panel(str(sectors))["flow"]) == {
        *("output", "value_added", "gross_exports", "vax", "dva_exports", "upstreamness", "downstreamness"),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2000.csv",
        "2001.csv",
        "panel.parquet",
        "panel_sectors.parquet",
    ]


def test_a_panel_that_is_not_one(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match=r"expected a panel: .*adb_fva_shares, .*wiod2013.*no such file"):
        gvc.load_panel("wiod2014")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(GvcError, match="expected a Parquet file"):
        gvc.load_panel(str(broken))
    short = tmp_path / "short.parquet"
    panel.write(gvc.load_panel("adb_fva_shares").drop(columns="destination"), short)
    with pytest.raises(GvcError, match="found no destination"):
        gvc.load_panel(str(short))


def test_a_year_or_flow_that_is_not_there() -> None:
    frame = gvc.load_panel("wiod2013")
    with pytest.raises(GvcError, match=r"panel, year: expected 1995.*2011; found 2012"):
        panel.flow_matrix(frame, "va_exports", 2012)
    with pytest.raises(GvcError, match=r"panel, flow: expected .*; found 'exports'"):
        panel.flow_matrix(frame, "exports", 2011)
    with pytest.raises(GvcError, match="expected a year; found none"):
        panel.tidy(ICIO(economies=["CHN"], sectors=["all"], Z=[[0]], Y=[[1]], x=[1], va=[1]))


def test_values_survive_a_panel_exactly(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"source": "s", "year": 1, "flow": "f", "origin": "a", "destination": "b", "value": [np.pi, -1e-300]}
    )
    panel.write(frame, tmp_path / "p.parquet")
    pd.testing.assert_frame_equal(gvc.load_panel(str(tmp_path / "p.parquet")), frame)
