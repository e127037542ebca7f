"""The American market: numbers of the page by plain pandas from the raw files, and what its words say."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import american_market as page

MONTHLY = "data/us_imports_2026/us_imports_by_partner_monthly_2023-09_2026-08.csv"
HEADINGS = "data/us_imports_2026/us_imports_by_partner_hs4_jan_aug_2025_2026.csv"


@pytest.fixture
def raw(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / MONTHLY)
    return rows.pivot(index="month", columns="partner", values=["imports_consumption_usd", "duty_usd"])


def test_taiwan_and_viet_nam_each_sold_more_than_china(raw) -> None:
    sums = raw["imports_consumption_usd"].loc["2026-01":"2026-08"].sum()
    share = 100 * sums / sums["WLD"]
    assert share[["TWN", "VNM", "CHN"]].round(2).tolist() == [7.52, 7.48, 7.37]
    shown = page.sold()["Percent of all"]
    assert shown["2026"].loc[["Taiwan", "Viet Nam", "China"]].tolist() == pytest.approx([7.52, 7.48, 7.37], abs=5e-3)
    assert shown["2024"]["China"] == pytest.approx(12.89, abs=5e-3)
    late = raw["imports_consumption_usd"].loc["2026-06":"2026-08"].sum()
    assert late["TWN"] < late["CHN"] < late["VNM"]


def test_duty_is_that_of_the_raw_file(raw) -> None:
    rate = 100 * raw["duty_usd"] / raw["imports_consumption_usd"]
    numbers = page.numbers()
    assert numbers["rate_CHN_peak"] == pytest.approx(rate["CHN"].max())
    assert rate["CHN"].idxmax() == "2025-05"
    assert rate["WLD"].idxmax() == "2025-10"
    assert numbers["rate_CHN_last"] == pytest.approx(rate["CHN"]["2026-08"])
    assert rate["CHN"]["2026-08"] > 3 * rate["WLD"]["2026-08"], "over three times the average"
    assert page.by_law("CHN").iloc[-1] == pytest.approx(22.8, abs=0.1)


def test_the_five_headings_and_all_else(test_data) -> None:
    rows = pd.read_csv(test_data / HEADINGS, dtype={"hs4": str})
    five = rows[rows["hs4"].isin(page.FIVE)].groupby("partner").sum(numeric_only=True) / 1e6
    change = five.iloc[:, 0] - five.iloc[:, 1]
    assert page.numbers()["five_grew"] == pytest.approx(change.sum())
    assert change.sum() == pytest.approx(257, abs=0.5)
    assert change.index[change < 0].tolist() == ["CHN"], "China alone loses"
    tried = page.engines_tried()["Growth, percent"]
    assert tried["Listed headings without the five"].round(1)[["Viet Nam", "China", "India"]].tolist() == [
        7.5,
        -14.1,
        -21.3,
    ]
    assert tried["Without the five"].round(1)[["Viet Nam", "Mexico", "China"]].tolist() == [7.8, 1.8, -14.1]


def test_chinas_share_fell_in_the_spring_of_2025_and_then_held(raw) -> None:
    wide = raw["imports_consumption_usd"]
    share = np.log(wide["CHN"] / wide["WLD"])
    level = share.iloc[12:] - np.tile(share.iloc[:12].to_numpy(), 2)
    april = level["2025-05":"2025-10"].mean() - level["2024-10":"2025-03"].mean()
    february = level["2026-03":"2026-08"].mean() - level["2025-08":"2026-01"].mean()
    shown = page.events().loc["China"]
    assert shown["April 2025", "6 months"] == pytest.approx(100 * np.expm1(april))
    assert shown["February 2026", "6 months"] == pytest.approx(100 * np.expm1(february))
    assert (round(100 * np.expm1(april)), round(100 * np.expm1(february))) == (-36, 1)
    assert 52 < 100 * np.exp(level["2025-09":]).min() < 100 * np.exp(level["2025-09":]).max() < 60
    assert sorted(page.outside("February 2026", 6)) == ["IDN", "MYS"]
    assert not {"VNM", "MEX", "THA"} & set(page.outside("February 2026", 6))


def test_only_the_united_states_bought_less_from_china() -> None:
    growth = page.abroad().set_index("partner")["value"]
    assert growth.index[growth < 0].tolist() == ["USA"]
    assert len(growth) == 14
    numbers = page.numbers()
    assert numbers["china_all_grew"] == 14
    assert (numbers["korea_chips_first"], numbers["korea_chips_last"]) == (12.87, 33.1)


def test_china_sold_more_elsewhere_than_it_lost_in_the_united_states(test_data) -> None:
    rows = pd.read_csv(test_data / "data/china_customs/china_customs_by_partner_2024_2025_rmb.csv")
    rows = rows.set_index(["partner", "year"])
    sold = rows["export_rmb_10k"] / 1e5
    before = sold["World", 2025] / (1 + rows.loc[("World", 2025), "yoy_export_pct"] / 100)
    lost = sold["United States", 2024] - sold["United States", 2025]
    gained = sold["World", 2025] - before + lost
    found = page.numbers()
    assert (found["markets_first_year"], found["markets_last_year"]) == (2024, 2025)
    assert (found["markets_lost"], found["markets_gained"]) == pytest.approx((lost, gained), abs=1e-2)
    assert (round(lost), round(gained)) == (727, 2279)
    # In dollars and euros, too: if RMB of the last year are worth a twentieth less.
    assert 0.95 * sold["World", 2025] - before + lost > lost
