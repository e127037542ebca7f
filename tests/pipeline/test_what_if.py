"""What the trade model is fed with, against the sources and against numbers taken by hand."""

from pathlib import Path

import numpy as np
import pytest

import gvc
from gvc import panel
from industrial_chains.trade_model import inputs
from pipeline import what_if as step


def test_elasticities_are_means_of_what_studies_print() -> None:
    numbers = inputs.elasticities()
    assert numbers.shape == (22, 7)
    assert numbers.loc["C29_30", "caliendo_parro_2015"] == pytest.approx((1.84 + 0.39) / 2)
    assert numbers.loc["C26", "lashkaripour_lugovskyy_2023"] == pytest.approx(1.235)
    assert numbers.loc["C26", "giri_yi_yilmazkuday_2021"] == 4  # which it does not estimate
    assert (numbers.loc["J_N"] == 5).all()


def test_tables_are_whole_and_rounded() -> None:
    for year in (2017, 2022):
        table = inputs.table(year)
        assert (len(table.economies), len(table.sectors), table.year) == (21, 22, year)
        assert min(table.Z.min(), table.Y.min(), table.va.min()) >= 0
        np.testing.assert_allclose(table.x, table.Z.sum(axis=1) + table.Y.sum(axis=1), rtol=1e-12)
    assert table.x.sum() == pytest.approx(199_691_270, abs=1000)
    goods = list(inputs.GOODS)
    assert table.sectors[: len(goods)] == tuple(goods)


def test_the_step_writes_what_the_book_holds(tmp_path: Path, test_data: Path) -> None:
    step.main(test_data / "data", tmp_path)
    for name in ("elasticities.csv", "tariffs.csv"):
        assert (tmp_path / name).read_bytes() == (panel.DATA / "frontier" / name).read_bytes()
    for year in (2017, 2022):
        ours = inputs.table(year)
        again = gvc.read_icio(tmp_path / f"what_if_{year}.parquet")
        np.testing.assert_allclose(again.Z, ours.Z, rtol=2e-3, atol=0.02)
        np.testing.assert_allclose(again.Y, ours.Y, rtol=2e-3, atol=0.02)
