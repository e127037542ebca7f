"""One number for one question: what several pages say of American imports, by plain pandas from the source."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from chapters.frontier import american_market, back_test, value_added
from chapters.northeast_asia import claims, interregional
from chapters.theory import newer
from industrial_chains import customs, data
from industrial_chains.trade_model import forecasts
from industrial_chains.trade_model.inputs import GOODS

ALL = "TOTAL FOR ALL COUNTRIES"


@cache
def raw(folder: Path) -> pd.DataFrame:
    """All goods of each partner and year, January to November of each: imports and duty."""
    rows = pd.read_csv(
        folder / "data/us_imports/us_imports_naics3_partner_annual_2013_2025.csv", dtype={"NAICS": str}
    ).query("NAICS == '00'")
    wide = rows.set_index(["CTY_NAME", "year"])[["imports_jan_nov_usd", "duty_jan_nov_usd"]]
    return wide.set_axis(["imports", "duty"], axis=1)


def test_the_canonical_shares_and_duties_by_plain_pandas(test_data: Path) -> None:
    rows = raw(test_data)
    worth, duty = rows["imports"].unstack("year"), rows["duty"].unstack("year")
    shares, rates = 100 * worth / worth.loc[ALL], 100 * duty / worth
    for code, name in (("CHN", "CHINA"), ("JPN", "JAPAN"), ("KOR", "KOREA, SOUTH"), ("VNM", "VIETNAM")):
        for year in range(2013, 2026):
            assert customs.shares(year)[code] == pytest.approx(shares.loc[name, year], abs=1e-3), (code, year)
            assert customs.rates(year)[code] == pytest.approx(rates.loc[name, year], abs=1e-3), (code, year)
    assert shares.loc["CHINA", [2018, 2022, 2025]].round(1).tolist() == [21.3, 16.5, 9.0]
    assert shares.loc["JAPAN", [2018, 2025]].round(1).tolist() == [5.6, 4.3]
    assert rates.loc["CHINA", [2024, 2025]].round(1).tolist() == [10.9, 30.6]
    assert rates.loc["JAPAN", 2025].round(1) == 10.7
    assert customs.rates(2025)["WLD"] == pytest.approx(rates.loc[ALL, 2025], abs=1e-3)


def test_months_and_industries_give_the_same_share() -> None:
    """The other file, month by month, has no industries."""
    months = pd.read_csv(data.path("us_imports_by_month")).query("month <= 11").groupby("year").sum()
    for year in range(2013, 2026):
        assert customs.shares(year)["CHN"] == pytest.approx(
            100 * months.loc[year, "CHN"] / months.loc[year, "WLD"], abs=1e-3
        )


def test_all_pages_say_the_same_share() -> None:
    path = back_test.path().set_index(["line", "year"])["value"]["Actual"]
    for year in customs.years():
        assert path[year] == pytest.approx(customs.shares(year)["CHN"], abs=1e-4), year
    trials = american_market.trials_of_shares()["China"]
    assert trials.loc["From 2018", ["First year", "Last year"]].tolist() == pytest.approx(
        [path[2018], path[2025]], abs=1e-4
    )
    for period in forecasts.PERIODS:
        counted = forecasts.counted(period).sum(axis=1)
        pd.testing.assert_series_equal(counted, customs.moved(period.first, period.last), check_names=False)
        trial = back_test.trials()["China’s share", "Actual"][str(period), "As above"]
        assert trial == pytest.approx(path[period.last] - path[period.first], abs=2e-4)
    counted = value_added.counted_parts()["CHN"]
    assert counted.to_numpy() == pytest.approx(path[counted.index].to_numpy(), abs=1e-4)


def test_all_pages_say_the_same_duty() -> None:
    lines = american_market.duty_by_year().set_index(["partner", "year"])["value"]
    for year in (2022, 2024, 2025):
        assert customs.rates(year)["CHN"] == lines["CHN", year]
    for year in newer.TESTED:
        found = newer.duties(year)
        assert found.to_numpy() == pytest.approx(customs.rates(year)[found.index].to_numpy())
    # What the model is given are the same rates, industry by industry.
    duty, worth = (customs.amounts(what, 2025) for what in ("duty", "imports"))
    cells = forecasts.rates(2025)
    assert cells.loc["CHN", "C28"] == pytest.approx(duty.loc["CHN", "C28"] / worth.loc["CHN", "C28"])
    assert list(cells) == list(GOODS)


def test_electronics_are_one_group(test_data: Path) -> None:
    """Computers and electronics (C26, NAICS 334) with electrical equipment (C27, NAICS 335), as in the ledger."""
    rows = pd.read_csv(
        test_data / "data/us_imports/us_imports_naics3_partner_annual_2013_2025.csv", dtype={"NAICS": str}
    )
    worth = rows.set_index(["CTY_NAME", "year", "NAICS"])["imports_jan_nov_usd"]

    def points(year: int, *naics: str) -> float:
        return 100 * sum(worth["CHINA", year, one] for one in naics) / worth[ALL, year, "00"]

    lost = {y: points(y, "334", "335") - points(2022, "334", "335") for y in (2025,)}
    part = 100 * lost[2025] / (points(2025, "00") - points(2022, "00"))
    assert american_market.numbers()["electronics_percent"] == pytest.approx(part, abs=1e-2)
    assert round(part) == 47
    first = 100 * (points(2022, "334", "335") - points(2017, "334", "335")) / (points(2022, "00") - points(2017, "00"))
    assert back_test.numbers()["electronics_2022"] == pytest.approx(first, abs=1e-2)
    assert round(first) == 61
    said = interregional.numbers()
    assert said["points_electronics_in_VNM_2022"] == pytest.approx(28.7, abs=0.05)
    in_asean = interregional.industries(2022, "ASEAN", "va_exports_of_industry")["points"]
    assert in_asean["Electronics"] == pytest.approx(13.6, abs=0.05)


def test_fellow_members_count_as_foreign_in_aseans_sales_to_the_united_states() -> None:
    """By hand: each member's exports, less what it earned in them itself."""
    members = ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]
    rows = pd.read_parquet(data.path("oecd"), filters=[("flow", "==", "va_exports_to_USA"), ("year", "==", 2022)])
    rows = rows[rows["destination"].isin(members)].astype({"origin": str, "destination": str})
    wide = rows.pivot(index="origin", columns="destination", values="value")
    foreign = sum(wide[member].drop(member).sum() for member in members)
    said = claims.numbers()
    assert said["share_CHN_in_sales_of_ASEAN_to_USA_2022"] == pytest.approx(100 * wide.loc["CHN"].sum() / foreign)
    assert round(said["share_CHN_in_sales_of_ASEAN_to_USA_2022"], 1) == 26.2
    assert round(said["share_JPN_in_sales_of_ASEAN_to_USA_2022"], 1) == 7.1
