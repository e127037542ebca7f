"""What China buys to make chips: numbers of the page from the raw files, by plain csv, and what titles say."""

import csv
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from chapters.frontier import chips
from industrial_chains import chip_trade, data
from tests.changed_files import with_files

CHINA = "chips/china_imports_8486_8542_by_origin_comtrade.csv"
LITHIUM = "Lithium hydroxide"
MIRROR = "chips/mirror_exports_to_china_hs8486_hs8542_annual.csv"


@pytest.fixture(scope="module")
def raw(test_data) -> dict[tuple[str, str, str], int]:
    """Read China's imports, dollars by heading, year and origin."""
    with (Path(test_data) / "data" / CHINA).open(encoding="utf-8") as file:
        return {(row["hs4"], row["year"], row["origin"]): int(row["usd"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def mirror(test_data) -> dict[tuple[str, str, str], float]:
    """Read exports to China by partners' count, million dollars by heading, year and partner."""
    with (Path(test_data) / "data" / MIRROR).open(encoding="utf-8") as file:
        return {(row["hs"], row["year"], row["origin"]): float(row["usd_mn"]) for row in csv.DictReader(file)}


def test_numbers_of_the_page_from_china_s_file(raw) -> None:
    back, total, taiwan = (raw["8542", "2023", name] for name in ("China (re-imports)", "World", "Taiwan"))
    due = 100 * taiwan / (total - back)
    assert chips.numbers()["chips_TWN_without_back"] == pytest.approx(due, rel=1e-5)
    assert chips.share("chips")["CHN"][2023] == pytest.approx(100 * back / total, rel=1e-5)
    assert round(100 * back / total) == 13
    # Shares and billions that the notes of the file print, too.
    shares = {}
    for code, name in (("NLD", "Netherlands"), ("JPN", "Japan"), ("USA", "United States"), ("KOR", "Korea")):
        for year in (2017, 2023):
            shares[code, year] = 100 * raw["8486", str(year), name] / raw["8486", str(year), "World"]
            assert chips.share("machines")[code][year] == pytest.approx(shares[code, year], rel=1e-5)
    assert [round(shares[code, year], 1) for code in ("NLD", "JPN", "USA") for year in (2017, 2023)] == [
        5.4, 19.0, 35.2, 28.8, 13.2, 11.5,
    ]  # fmt: skip
    assert chips.share("chips")["TWN"][2023] == pytest.approx(100 * taiwan / total, rel=1e-5)
    for good, heading, year, billions in (
        ("machines", "8486", 2017, 19.7), ("machines", "8486", 2023, 39.6), ("chips", "8542", 2023, 350.1),
    ):  # fmt: skip
        world = raw[heading, str(year), "World"] / 1e9
        assert chips.bought(good)["WLD"][year] == pytest.approx(world, rel=1e-5)
        assert round(world, 1) == billions
    assert chips.bought("chips")["CHN"][2023] == pytest.approx(back / 1e9, rel=1e-5)
    for year in (2022, 2023):
        dutch = raw["8486", str(year), "Netherlands"] / 1e9
        assert chips.bought("machines")["NLD"][year] == pytest.approx(dutch, rel=1e-5)


def test_numbers_of_the_page_from_the_sellers_file(raw, mirror) -> None:
    due = {
        "month_NLD_after": mirror["8486", "2026", "nl"] / 6,
        "month_JPN_before": mirror["8486", "2025", "jp"] / 12,
        "sold_NLD_last": mirror["8486", "2023", "nl"] / 1000,
        "sold_chips_USA_last": mirror["8542", "2023", "us"] / 1000,
        "percent_apart_SGP": 100 * (1 - raw["8486", "2023", "Singapore"] / 1e6 / mirror["8486", "2023", "sg"]),
        "percent_apart_most": 100 * (raw["8486", "2023", "Netherlands"] / 1e6 / mirror["8486", "2023", "nl"] - 1),
    }
    found = chips.numbers()
    assert {name: found[name] for name in due} == pytest.approx(due, rel=1e-4)
    five = chips.sold_by_five("machines")
    for year in (2021, 2025):
        sold = sum(mirror["8486", str(year), code] for code in ("jp", "kr", "sg", "us", "eu27"))
        assert five[year] == pytest.approx(sold / 1000, rel=1e-4)
    table = chips.beside_china().T
    for good, heading, year in (("Machines", "8486", "2021"), ("Machines", "8486", "2025"), ("Chips", "8542", "2025")):
        own = table[good, "United States"]["Exporter’s count", year]
        assert own == pytest.approx(mirror[heading, year, "us"] / 1000, rel=1e-4)
    times = raw["8542", "2023", "Korea"] / 1e6 / mirror["8542", "2023", "kr"]
    assert table["Chips", "Korea"]["China’s count", "of the exporter’s"] == pytest.approx(times, rel=1e-4)


def test_concentration_from_the_file(raw) -> None:
    shares = defaultdict(list)
    for (heading, year, origin), dollars in raw.items():
        if year == "2023" and origin not in ("World", "China (re-imports)"):
            total = raw[heading, year, "World"] - raw[heading, year, "China (re-imports)"]
            shares[heading].append(dollars / total)
    for good, heading in chip_trade.GOODS.items():
        few = chips.concentration(good).loc[2023]
        assert few["three"] == pytest.approx(100 * sum(sorted(shares[str(heading)])[-3:]), rel=1e-4)
        assert few["index"] == pytest.approx(sum(share**2 for share in shares[str(heading)]), rel=1e-3)


def test_what_the_page_says_of_totals() -> None:
    machines, made = (chips.bought(good)["WLD"] for good in ("machines", "chips"))
    assert 1.95 < machines[2023] / machines[2017] < 2.05
    assert 8.5 < made[2023] / machines[2023] < 9.5
    for good in ("machines", "chips"):
        for reimports in (True, False):
            total = chips.bought(good, reimports=reimports)["WLD"]
            assert total.idxmax() == 2021
            assert total[2023] > total[2017]
    five = chips.sold_by_five("machines")
    for count in (machines, five):
        assert count[2022] < count[2021]
        assert count[2023] > count[2022]
    assert five[2025] > five[2021]


def test_who_gained_and_who_lost_by_any_count() -> None:
    found = chips.tried()
    assert (found.loc[("machines", "NLD")] > 2).all()
    assert (found.loc[("machines", "SGP")] > 2).all()
    assert (found.loc[[("machines", code) for code in ("KOR", "JPN", "USA")]] < 0).all(axis=None)
    # Korea lost most in machines from any first year.
    mine = found.loc["machines"].iloc[:, :5]
    assert (mine.idxmin() == "KOR").all()
    taiwan = found.loc[("chips", "TWN")].dropna()
    assert len(taiwan) == 5
    assert (taiwan > 2).all()
    # The one answer that goes another way, which the page names.
    korea = found.loc[("chips", "KOR")]
    assert (korea.iloc[:-1] < 0).all()
    assert korea.iloc[-1] > 0
    counted = chips.agreement()
    assert counted.sum().tolist() == [53, 54]
    dutch = chips.bought("machines")["NLD"]
    assert dutch[2023] - dutch[2022] > (dutch[2023] - dutch[2017]) / 2


def test_origins_of_machines_spread_and_those_of_chips_did_not() -> None:
    for reimports in (True, False):
        machines, made = (chips.concentration(good, reimports=reimports)["index"] for good in ("machines", "chips"))
        for first in (2017, 2018, 2021):
            assert machines[2023] < machines[first]
            assert made[2023] > made[first]


def test_only_american_sales_of_machines_fell() -> None:
    sold = chips.sellers("machines")
    change = sold.loc[2025] - sold.loc[2023]
    assert set(change.index[change < 0]) == {"USA"}
    assert sold["USA"].is_monotonic_decreasing
    months = chips.a_month("machines")
    assert (months["after"] < months["before"]).all()
    made = chips.sellers("chips")["USA"]
    assert made[2025] > made[2023]
    assert made[2023] < made[2021]


def test_how_far_the_counts_are_apart() -> None:
    machines = chips.apart("machines")
    assert machines[["JPN", "NLD", "USA", "KOR"]].between(0, 10.5).all()
    assert machines["SGP"] < -25
    assert machines["DEU"] > 20
    made = chips.apart("chips")
    assert made["KOR"] > 90
    assert made["JPN"] > 190
    assert "NLD" not in made


def test_a_newer_year_extends_series_tables_and_sentences(monkeypatch) -> None:
    rows = data.table("chips")
    later = pd.concat([rows, rows[rows["year"].eq(2023) & rows["count"].ne("partners")].assign(year=2024)])
    with_files(monkeypatch, chips=later)
    assert chips.span() == (2017, 2024)
    assert chips.share("machines").index[-1] == 2024
    assert ("China’s count", "2024") in chips.beside_china().columns
    assert chips.numbers()["year_last"] == 2024


HEADINGS = "us_imports_2026/us_imports_by_partner_hs4_jan_aug_2025_2026.csv"


def test_the_machines_that_hold_chips(test_data) -> None:
    """General imports of January to August of both years, added up from the source by plain pandas."""
    rows = pd.read_csv(test_data / "data" / HEADINGS, dtype={"hs4": str}).rename(
        columns={"imports_jan_aug_2025_kusd": 2025, "imports_jan_aug_2026_kusd": 2026}
    )
    five = rows[rows["hs4"].isin(["8471", "8473", "8517", "8523", "8542"])]
    by, found = five.groupby("hs4")[[2025, 2026]].sum() / 1e6, chips.numbers()
    assert (found["holders_year"], found["holders_month"]) == (2026, "August")
    due = {
        "holders_before": by[2025].sum(),
        "holders_now": by[2026].sum(),
        "computers_before": by.loc[["8471", "8473"], 2025].sum(),
        "computers_now": by.loc[["8471", "8473"], 2026].sum(),
        "alone_now": by[2026]["8542"],
        "holders_CHN_before": five.loc[five["partner"] == "CHN", 2025].sum() / 1e6,
        "holders_CHN_now": five.loc[five["partner"] == "CHN", 2026].sum() / 1e6,
    }
    assert {name: found[name] for name in due} == pytest.approx(due, rel=1e-9)
    assert [round(due[name]) for name in ("holders_before", "holders_now")] == [307, 564]
    assert five["partner"].nunique() == 12
    change = chips.gained().set_index(["partner", "good"])["value"]
    assert change["Mexico", "Computers"] == pytest.approx(110.57 - 54.28, abs=0.01)
    assert change["China", "Phones and routers"] == pytest.approx(12.51 - 17.44, abs=0.01)
    assert list(change.index[change.isna()]) == [("Japan", "Their parts"), ("India", "Chips")], "below the largest"
    computers = change.xs("Computers", level="good").sort_values()
    assert [computers.index[0], *computers.index[-2:]] == ["China", "Taiwan", "Mexico"]
    assert change.xs("Phones and routers", level="good").idxmin() == "China"
    assert change.xs("Their parts", level="good").nlargest(2).index.tolist() == ["Viet Nam", "Korea"]


def test_where_korean_chips_go(test_data) -> None:
    rows = pd.read_csv(test_data / "data/korea_2026/korea_exports_item_top5_countries_2026-07.csv").query(
        "item_ko == '반도체'"
    )
    found = chips.numbers()
    assert found["korean_chips_month"] == "July"
    assert found["korean_chips_to_CHN"] == pytest.approx(100 * 134.9 / 331.0, rel=1e-9)
    assert found["korean_chips_to_CHN"] == pytest.approx(rows["share_pct"].iloc[0], abs=0.1), "as printed beside it"
    assert found["korean_chips_to_four"] == pytest.approx(rows["share_pct"].iloc[1:].sum(), abs=0.2)
    assert "미국" not in set(rows["country_ko"]), "the United States is not among the five"


def test_china_gained_with_lithium_and_without_it_not_in_korea(test_data) -> None:
    """Summed from the trade of each year, code by code."""
    codes = [284690, 280530, 282520, 283691, 250410, 250490, 261100, 810110, 282200, 810510, 282530, 720292]
    trade = pd.read_parquet(test_data / "data/minerals/baci_raw_materials_imports_2007_2024.parquet")
    trade = trade[trade["k"].isin(codes)]
    due = {
        "JPN": [32.2, 53.0, 26.4, 34.0],
        "KOR": [49.6, 65.7, 47.7, 30.9],
        "USA": [15.4, 20.7, 15.2, 20.8],
    }
    for importer, numbers in due.items():
        found = []
        for without in (0, 282520):
            for year in (2018, 2024):
                here = trade[(trade["j"] == importer) & (trade["t"] == year) & (trade["k"] != without)]
                found.append(100 * here.loc[here["i"] == "CHN", "v"].sum() / here["v"].sum())
        assert [round(one, 1) for one in found] == numbers
        shown = [chips.of_all_materials(year, importer, one) for one in ("", LITHIUM) for year in (2018, 2024)]
        assert [round(one, 1) for one in shown] == numbers
    every = [chips.of_all_materials(year, without=one) for one in ("", LITHIUM) for year in (2018, 2024)]
    assert [round(one, 1) for one in every] == [33.3, 52.0, 29.9, 28.2]
    # So it is from other years.
    for first, last in ((2016, 2024), (2017, 2023), (2018, 2023), (2019, 2024)):
        rise = {
            code: chips.of_all_materials(last, code, LITHIUM) - chips.of_all_materials(first, code, LITHIUM)
            for code in due
        }
        assert rise["JPN"] > 0 > rise["KOR"], (first, last)
        assert rise["USA"] > 0, (first, last)


def test_minerals_did_not_leave_china() -> None:
    share = data.table("bought").pivot(index=["importer", "material"], columns="year", values="share")
    japan = share.loc["JPN"]
    for material in ("Rare-earth compounds", "Rare-earth metals"):
        assert japan.loc[material, 2024] < japan.loc[material, 2007] - 20
    for importer in ("KOR", "USA"):
        for material in ("Rare-earth compounds", "Rare-earth metals"):
            assert share.loc[(importer, material), 2024] > share.loc[(importer, material), 2007] + 4
    by_weight = data.table("bought").set_index(["importer", "material", "year"])["share_by_weight"].unstack()
    change = (by_weight[2024] - by_weight[2007]).unstack("importer").loc[["Rare-earth compounds", "Rare-earth metals"]]
    assert change["KOR"].gt(4).all()
    assert change[["JPN", "USA"]].lt(-3).all(axis=None)
    america = share.loc["USA"]
    # It fell where China had supplied least.
    assert america[2018].nsmallest(5).index.isin(america.index[america[2024] < america[2018]]).all()
    fell = set(america.index[america[2024] < america[2018]])
    assert fell == {"Cobalt", "Vanadium", "Lithium hydroxide", "Lithium carbonate", "Tungsten"}
    counted = chips.rose(2018, 2024)
    assert counted["pairs"].tolist() == [8, 8, 8]
    # One more rose by less than shows: rare-earth metals in the United States.
    assert counted["share"].sum() == (share[2024] > share[2018] + 0.05).sum() == 11
    assert counted.loc["USA"].tolist() == [2, 0, 8]
    # As often as it fell: by weight, and up to the year before, too.
    by_weight = data.table("bought").pivot(index=["importer", "material"], columns="year", values="share_by_weight")
    assert [(frame[last] > frame[2018]).sum() for frame in (share, by_weight) for last in (2023, 2024)] == [
        13,
        12,
        11,
        11,
    ]
    index = data.table("bought").pivot(index=["importer", "material"], columns="year", values="hhi")
    assert counted["spread"].sum() == (index[2024] < index[2018] - 0.0005).sum() == 8


def test_of_minerals_mostly_chinese_two_lost() -> None:
    share = chips.mined()["China’s share"]
    most = share[share["2024"] > chips.MOST]
    assert len(most) == 14
    assert [name.partition(" (")[0] for name in most.index[most["2024"] < most["2018"]]] == ["Tungsten", "Mercury"]
    assert share.index[(share["2018"] > chips.MOST) & (share["2024"] <= chips.MOST)].tolist() == ["Coking Coal"]


def test_numbers_of_sentences_on_minerals() -> None:
    said = chips.numbers()
    shares = {name: round(said[f"materials_{name}"]) for name in ("all_2018", "all_2024", "2018", "2024")}
    assert shares == {"all_2018": 33, "all_2024": 52, "2018": 30, "2024": 28}
    assert (said["minerals"], said["minerals_mostly_Chinese"], said["minerals_mostly_Chinese_2018"]) == (65, 14, 13)
    assert (said["pairs_that_rose"], said["pairs_of_materials"]) == (11, 24)
