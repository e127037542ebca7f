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
    years = page.followed(page.ROUTES | page.DOLLARS).query("kind == 'Nowcast'").groupby("line", sort=False)["year"]
    assert years.agg(list).to_dict() == {
        "Straight from China": [2022, 2024, 2025, 2022, 2023, 2024, 2025],
        "Through Mexico and Viet Nam": [2022, 2024, 2025],
        "Through other economies": [2022, 2023, 2024, 2025],
    }


def test_bands_are_those_of_the_years_ahead() -> None:
    chart = page.followed(page.ROUTES).query("kind == 'Nowcast'").set_index(["line", "year"])
    for ahead in (2, 3):
        low, value, high = chart.loc[("Straight from China", 2022 + ahead), ["low", "value", "high"]]
        half = nowcasts.half_width("route", ahead) * (value * (100 - value) / 100) ** 0.7
        assert [low, high] == pytest.approx([value - half, value + half])
    moved, shown = nowcasts.moved(2025), page.within()
    assert shown["Band, low"].tolist() == moved["low"][[f"share CHN {host}" for host in page.EXPORTERS]].tolist() + [
        moved["low"][f"share {origin} ASEAN10"] for origin in page.ORIGINS
    ]
    covered, found = page.covered(), nowcasts.coverage()
    for ahead, label in ((1, "One year ahead"), (2, "Two years ahead"), (3, "Three years ahead")):
        assert covered.loc["Dollars straight from China", label] == found[ahead]["dollars straight"]
    assert found.loc["dollars straight"].nunique() == 3


def test_the_two_counts_lay_on_either_side_of_the_truth() -> None:
    found = page.by_customs()
    assert found.index.tolist() == ["2017–2020", "2018–2021", "2019–2022"]
    assert (found["China’s customs"] > 0).all()
    assert (found["American customs"] < 0).all()
    assert (found["Both"].abs() < 1).all()
    assert (found["Change"] + found[["China’s customs", "American customs"]].max(axis=1) < 0).all(), "the sign is right"
    assert found.loc["2017–2020"].round(1).tolist() == [-3.4, 1.5, 0.7, -0.8]


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
    table = page.within()["Ways beyond"]
    assert table.iloc[0] == 2, "China in ASEAN"
    assert table.max() < 15


def test_numbers_of_sentences_by_plain_pandas() -> None:
    said = page.numbers()
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast_trial.csv").query("database == 'OECD'")
    table = rows[rows["kind"] == "table"].set_index("year")["demand CHN"]
    tried = rows[rows["kind"] == "American customs"]
    came = table[tried["year"]].to_numpy()
    assert said["demand_off"] == pytest.approx(np.abs(tried["demand CHN"] - came).mean())
    assert said["demand_changed"] == pytest.approx(np.abs(table[tried["base"]].to_numpy() - came).mean())
    assert [round(said[name], 1) for name in ("demand_off", "demand_changed")] == [1.4, 1.1]
    noise = pd.read_csv(panel.DATA / "frontier" / "nowcast_noise.csv").set_index("ahead")
    assert said["noise"] == 100 * noise["pair"][3]
    assert (said["links"], said["shares"], said["year_base"]) == (6, 39, 2022)


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


def test_a_table_that_comes_has_a_column_of_its_own(monkeypatch) -> None:
    assert "Tables since" not in page.covered()
    came = nowcasts.carried().xs("central", level="variant").loc[[2023]]
    came["route CHN"] += 50
    known = pd.concat([nowcasts.tables(), came])
    monkeypatch.setattr(nowcasts, "tables", lambda: known)
    found = page.covered()["Tables since"]
    assert found["Route to America"] == 75, "one of four"
    assert found["Origins in ASEAN’s exports"] == 100
