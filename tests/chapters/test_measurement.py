"""How the members of a group are treated: what the chapter on measurement says of it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.methods import measurement
from industrial_chains import economies as eco
from industrial_chains import panel_contents
from industrial_chains.sample import sample
from industrial_chains.sources import OECD, TREATMENTS, Source


@pytest.mark.parametrize("exporter", ["IND", "MEX", "IDN"])
def test_a_single_economy_is_the_same_by_every_treatment(exporter: str) -> None:
    table = sample()
    one, block, merged = (gvc.foreign_value_added(table, exporter, name) for name in TREATMENTS)
    pd.testing.assert_series_equal(block[one.index], one, rtol=1e-9)
    pd.testing.assert_series_equal(merged[one.index], one, rtol=1e-9)


def test_shares_from_a_panel_are_those_of_the_table() -> None:
    table = sample()
    shares = (
        Source("", "", "", lambda: panel_contents.tidy(table)[0])
        .by_treatment("NAFTA", "NEA")
        .set_index("treatment")["value"]
    )
    near = ["CHN", "JPN", "KOR", "RUS"]
    for treatment in TREATMENTS:
        values = gvc.foreign_value_added(table, ["MEX", "USA"], treatment)
        assert shares[treatment] == pytest.approx(100 * values[near].sum() / values.sum(), rel=1e-9)
    assert shares.nunique() == 3


def test_wiod_by_plain_algebra(test_data: Path) -> None:
    table = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod11.rda")
    codes = np.array(table.economies)
    home = codes.repeat(len(table.sectors))
    x = np.where(table.x == 0, 1, table.x)
    A = table.Z / x
    VB = np.array([np.where(home == code, 1 - A.sum(axis=0), 0) for code in codes]) @ np.linalg.inv(np.eye(len(x)) - A)
    inside = np.isin(codes, eco.GROUPS["NAFTA"])
    within = np.isin(home, eco.GROUPS["NAFTA"])
    outward = np.where(within, table.Z[:, ~within].sum(axis=1) + table.Y[:, ~inside].sum(axis=1), 0)
    block = (VB @ outward)[~inside]
    china = {
        row.treatment: row.value
        for row in measurement.by_treatment()
        .query("group == 'NAFTA' and origins == 'CHN' and year == 2011")
        .itertuples()
    }
    assert china["block"] == pytest.approx(100 * block[codes[~inside] == "CHN"].item() / block.sum(), rel=1e-6)
    exports = {
        code: np.where(home == code, table.Z[:, home != code].sum(axis=1) + table.Y[:, codes != code].sum(axis=1), 0)
        for code in codes[inside]
    }
    foreign = sum(np.where(codes == code, 0, VB @ exports[code]) for code in exports)
    assert china["members"] == pytest.approx(100 * foreign[codes == "CHN"].item() / foreign.sum(), rel=1e-6)
    fellows = 100 * foreign[inside].sum() / foreign.sum()
    assert measurement.fellows()["NAFTA", 2011] == pytest.approx(fellows, rel=1e-6)


def test_the_chart_says_what_the_numbers_say() -> None:
    shares = measurement.by_treatment().query("origins == 'NEA'")
    wide = shares.pivot(index=["group", "year"], columns="treatment", values="value")
    assert 6 <= (wide[["block", "merged"]].sub(wide["members"], axis=0)).min().min() < 7
    by_group = {group: wide.loc[group] for group in ("NAFTA", "EU27")}
    assert by_group["NAFTA"]["members"].loc[[1995, 2011]].round().tolist() == [18, 23]
    assert by_group["NAFTA"][["block", "merged"]].loc[[1995, 2011]].to_numpy().round().ravel().tolist() == [
        29,
        29,
        30,
        31,
    ]
    assert by_group["EU27"]["members"].loc[[1995, 2011]].round().tolist() == [10, 17]
    assert by_group["EU27"]["block"].loc[[1995, 2011]].round().tolist() == [22, 27]


def test_asean_without_fellow_members(test_data: Path) -> None:
    frame = pd.read_csv(test_data / "data" / "adb" / "fva_origin_2017_2022.csv")
    asean = frame[frame["exporter"].isin(eco.GROUPS["ASEAN"])]
    outside = asean[~asean["origin"].isin(eco.GROUPS["ASEAN"])]
    near = asean[asean["origin"].isin(eco.GROUPS["NEA"])].groupby("year")["value"].sum()
    found = measurement.asean_without_fellows()
    np.testing.assert_allclose(found["counted"], 100 * near / asean.groupby("year")["value"].sum())
    np.testing.assert_allclose(found["left_out"], 100 * near / outside.groupby("year")["value"].sum())
    assert found.loc[2021, ["counted", "left_out"]].round(1).tolist() == [34.7, 38.9]


def test_how_far_numbers_are_off() -> None:
    table = measurement.doubts()
    assert table.index.tolist() == [
        "Article, ADB 2022",
        "ADB, 72 economies",
        "OECD, estimates, 2011",
        "OECD, estimates, 2017",
        "OECD, estimates, 2021",
        "OECD, 2025 edition, 2022",
    ]
    assert table["ASEAN"].round(1).tolist() == [2.0, 2.0, 3.7, 2.9, 1.3, 0.2]
    assert table["Mexico"].round(1).tolist() == [2.0, 2.0, 1.9, 1.7, 1.6, 1.4]
    assert table["Japan → China"].isna().tolist() == [False, True, False, False, False, False]
    assert table["Japan → China"].iloc[-1] == pytest.approx(0.30, abs=0.01)


def test_asean_gains_less_as_a_block_than_the_groups_that_the_title_names() -> None:
    wide = OECD.by_treatment("ASEAN", "NEA").pivot(index="year", columns="treatment", values="value")
    assert wide["block"].sub(wide["members"]).between(4.5, 5.6).all()
    for group in ("NAFTA", "EU27"):
        other = OECD.by_treatment(group, "NEA").pivot(index="year", columns="treatment", values="value")
        assert other["block"].sub(other["members"]).min() > 6
