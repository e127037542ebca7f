"""What the trade model is fed with, against the sources and against numbers taken by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import panel
from industrial_chains import what_if
from pipeline import what_if as step


@pytest.fixture(scope="module")
def imports() -> pd.DataFrame:
    return what_if.us_imports()


def test_imports_are_those_of_customs(imports: pd.DataFrame) -> None:
    """The numbers that the file's carrier prints: all goods of China, by year; electronics to November."""
    of_china = imports[imports["partner"] == "CHN"].groupby("year")[["imports", "imports_to", "duty"]].sum()
    assert of_china.loc[2017, "imports"] == pytest.approx(503_652, abs=1)
    assert of_china.loc[2025, "imports_to"] == pytest.approx(279_852, abs=1)
    assert of_china.loc[2017, "duty"] == pytest.approx(13_501, abs=1)
    row = imports[(imports["partner"] == "VNM") & (imports["industry"] == "C26") & (imports["year"] == 2025)]
    assert row["imports_to"].item() == pytest.approx(92_600, abs=50)
    all_goods = imports.groupby("year")["imports_to"].sum()
    assert all_goods[2025] == pytest.approx(3_115_400, abs=50)


def test_the_union_does_not_hold_the_united_kingdom(imports: pd.DataFrame) -> None:
    """Where it did, it would fall by some 50 billion dollars from 2017 to 2018."""
    union = imports[imports["partner"] == "EU27"].groupby("year")["imports"].sum()
    assert union[2017] == pytest.approx(378_400, rel=2e-3)
    assert union[2018] > union[2017]


def test_elasticities_are_means_of_what_studies_print() -> None:
    numbers = what_if.elasticities()
    assert numbers.shape == (22, 7)
    assert numbers.loc["C29_30", "caliendo_parro_2015"] == pytest.approx((1.84 + 0.39) / 2)
    assert numbers.loc["C26", "lashkaripour_lugovskyy_2023"] == pytest.approx(1.235)
    assert numbers.loc["C26", "giri_yi_yilmazkuday_2021"] == 4  # which it does not estimate
    assert (numbers.loc["J_N"] == 5).all()


def test_tables_are_whole_and_rounded() -> None:
    for year in (2017, 2022):
        table = what_if.table(year)
        assert (len(table.economies), len(table.sectors), table.year) == (21, 22, year)
        assert min(table.Z.min(), table.Y.min(), table.va.min()) >= 0
        np.testing.assert_allclose(table.x, table.Z.sum(axis=1) + table.Y.sum(axis=1), rtol=1e-12)
    assert table.x.sum() == pytest.approx(199_691_270, abs=1000)
    goods = list(what_if.GOODS)
    assert table.sectors[: len(goods)] == tuple(goods)


def test_the_step_writes_what_the_book_holds(tmp_path: Path, test_data: Path) -> None:
    step.main(test_data / "data", tmp_path)
    for name in ("us_imports.csv", "elasticities.csv"):
        assert (tmp_path / name).read_bytes() == (panel.DATA / "frontier" / name).read_bytes()
    for year in (2017, 2022):
        ours = what_if.table(year)
        again = gvc.read_icio(tmp_path / f"what_if_{year}.parquet")
        np.testing.assert_allclose(again.Z, ours.Z, rtol=2e-3, atol=0.02)
        np.testing.assert_allclose(again.Y, ours.Y, rtol=2e-3, atol=0.02)
