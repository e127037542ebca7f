"""Nowcast: what the page says leaves its band and what does not, and what it leaves out."""

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import nowcast as page
from gvc import panel
from industrial_chains import nowcasts


def test_the_route_leaves_its_band_in_all_ways_and_the_rest_of_the_dollars_does_not() -> None:
    moved = nowcasts.moved(page.last())
    assert page.last() == 2025
    for measure in ("route CHN", "route MEX+VNM", "route ASEAN10", "absorbed USA"):
        assert (moved["beyond"][measure], moved["of"][measure]) == (15, 15), measure
    assert moved["beyond"][["dollars all", "dollars others", "share CHN ASEAN10"]].max() < 15
    assert moved["beyond"]["dollars straight"] == 14, "but by exporters' customs alone"
    for measure in ("dollars others", "share CHN ASEAN10", "share JPN ASEAN10", "share KOR ASEAN10", "dollars all"):
        assert moved["low"][measure] < moved["before"][measure] < moved["high"][measure], measure
    inside = moved[moved["family"].isin(["link", "share", "share ASEAN10"])]
    assert (inside["beyond"] < inside["of"]).all(), "no share and no link leaves its band in all ways"
    assert len(inside[inside["family"] != "link"]) == 39
    shown = page.sides()
    both, before = shown.T["By both"], shown.T["2022"]
    assert before.round(1).tolist() == [78.7, 8.0, 429.4, 116.5, 545.9, 20.3], "as the table has it"
    assert both.round(1).tolist() == pytest.approx([69.7, 12.4, 324.3, 140.8, 465.1, 16.1], abs=0.11)
    assert shown.loc[["Lowest of all ways", "Highest of all ways"]].iloc[:, 0].round(1).tolist() == [66.0, 70.9]


def test_each_family_is_shown_in_the_years_in_which_it_beats_no_change() -> None:
    shown = {family: [nowcasts.skilled(family, ahead) for ahead in nowcasts.AHEAD] for family in page.FAMILIES}
    assert shown["route"] == shown["absorbed"] == [False, True, True]
    assert shown["link"] == [False, False, True]
    assert not any(shown["demand"])
    assert all(all(shown[family]) for family in shown if family.startswith(("dollars", "share")))
    years = (
        page.followed(page.ROUTES | {"dollars straight": "In dollars", "dollars others": "Others in dollars"})
        .query("kind == 'Nowcast'")
        .groupby("line", sort=False)["year"]
    )
    assert years.agg(list).to_dict() == {
        "Straight from China": [2022, 2024, 2025],
        "Through Mexico and Viet Nam": [2022, 2024, 2025],
        "In dollars": [2022, 2023, 2024, 2025],
        "Others in dollars": [2022, 2023, 2024, 2025],
    }


def test_bands_are_those_of_the_years_ahead() -> None:
    chart = page.followed(page.ROUTES).query("kind == 'Nowcast'").set_index(["line", "year"])
    for ahead in (2, 3):
        low, value, high = chart.loc[("Straight from China", 2022 + ahead), ["low", "value", "high"]]
        half = nowcasts.half_width("route", ahead) * (value * (100 - value) / 100) ** 0.7
        assert [low, high] == pytest.approx([value - half, value + half])


def test_both_counts_of_chinas_sales_by_the_raw_files(test_data) -> None:
    own = pd.read_csv(test_data / "data/totals_2022_2025/china_usd/china_customs_by_partner_annual_2020_2025_usd.csv")
    own = own.query("partner == 'USA'").set_index("year")["exports_100m_usd"]
    assert page.fell()[0] == pytest.approx(100 * (1 - own[2025] / own[2022]), rel=1e-5)
    american = pd.read_csv(test_data / "data/us_imports/us_imports_total_monthly.csv").query("month <= 11")
    american = american.groupby("year")["CHINA"].sum()
    assert page.fell()[1] == pytest.approx(100 * (1 - american[2025] / american[2022]), rel=1e-4)
    assert np.round(page.fell()).tolist() == [28, 43]


def test_rows_of_both_sides_are_those_of_the_kept_ways() -> None:
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast.csv").query("year == 2025").set_index("variant")
    shown = page.sides()
    for row, way in (("By exporters’ customs", "exporters"), ("By American customs", "American customs")):
        assert shown.loc[row].tolist() == rows.loc[way, list(page.SIDES)].tolist(), row
    straight = shown["Billion dollars", "Straight"]
    assert straight["By exporters’ customs"] > straight["By both"] > straight["By American customs"]


def test_how_often_the_sign_of_the_route_was_right_by_plain_arrays() -> None:
    told = right = 0
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast_trial.csv")
    for database in ("OECD", "WIOD"):
        mine = rows[rows["database"] == database]
        table = mine[mine["kind"] == "table"].set_index("year")
        noisy = mine[(mine["kind"] == "noisy") & (mine["year"] - mine["base"] == 3)]
        for way in ("route CHN", "route MEX+VNM", "route ASEAN10", "route MEX"):
            for base, year, value in noisy[["base", "year", way]].dropna().itertuples(index=False):
                moved, came = value - table[way][base], table[way][year] - table[way][base]
                if abs(moved) > nowcasts.half_width("route", 3) * (value * (100 - value) / 100) ** 0.7:
                    told, right = told + 1, right + (moved > 0) * (came > 0) + (moved < 0) * (came < 0)
    assert (page.numbers()["signs"], page.numbers()["signs_right"]) == (told, right) == (23, 22)
    said = page.numbers()
    assert (said["shares"], said["year_base"], said["beyond_straight"]) == (39, 2022, 14)
    assert said["covered"] == nowcasts.coverage()[3]["route"]
    assert round(said["covered"]) == 99
    assert said["listed"] == len(pd.read_csv(panel.DATA / "frontier" / "nowcast_series.csv"))
