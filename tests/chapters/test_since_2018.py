"""Evidence since 2018: what titles and text say, by numbers worked out another way."""

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import since_2018
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.sources import OECD
from industrial_chains.trade_model import inputs
from tests.changed_files import with_files

GOODS = data.table("goods").set_index(["year", "economy"])


def test_china_fell_in_goods_and_hardly_in_value_added() -> None:
    goods, earned = since_2018.goods_parts()["CHN"], since_2018.parts()["CHN"]
    assert goods[[2017, 2022]].round(1).tolist() == [20.1, 18.1]
    assert earned[[2017, 2022]].round(1).tolist() == [16.8, 17.0]
    # From another year, and without the rest of the world, too.
    named = OECD.share("CHN", "USA", "va_final_demand", "named")
    for first in (2017, 2018):
        assert goods[2022] - goods[first] < -1.5
        assert earned[2022] - earned[first] > -0.6
        assert named[2022] - named[first] > -0.8
    assert abs(earned[2022] - earned[2017]) < 0.15
    assert abs(named[2022] - named[2017]) < 0.2
    for base in ("all", "named"):
        inputs = OECD.share("CHN", "USA", "imint_share", base)
        assert inputs[2022] < inputs[2017] - 0.5


def test_one_year_earlier_nothing_had_fallen() -> None:
    goods, earned = since_2018.goods_parts()["CHN"], since_2018.parts()["CHN"]
    assert goods[2017] < goods[2021] < goods[2017] + 0.1
    assert earned[2022] < earned[2021] - 1.4


def test_by_customs_most_of_the_fall_came_before_2022() -> None:
    share = since_2018.counted_parts()["CHN"]
    # Independent, from the reduced file of customs.
    assert share[[2017, 2019, 2021, 2022]].round(2).tolist() == [21.60, 18.25, 17.53, 16.50]
    said = since_2018.numbers()
    assert [round(said[f"percent_of_fall_by_{year}"]) for year in (2019, 2021)] == [66, 80]


def test_with_customs_partners_china_lost_value_added() -> None:
    # Independent: the two tables inverted apart from the book's code.
    for year, (table, customs) in {2017: (16.801, 16.777), 2022: (16.891, 15.609)}.items():
        found = since_2018.share_by_counts(year)
        assert found["table"] == pytest.approx(table, abs=0.001)
        assert found["customs"] == pytest.approx(customs, abs=0.001)


def test_the_more_customs_count_from_china_the_more_it_earns(monkeypatch) -> None:
    counted, earned = inputs.american("imports", 2022, full_year=True), []
    for times in (0, 1, 2):
        changed = counted.T.assign(CHN=times * counted.loc["CHN"]).T
        monkeypatch.setattr(since_2018.inputs, "american", lambda what, year, *, full_year, changed=changed: changed)
        earned.append(since_2018.share_by_counts(2022)["customs"])
    assert 0 < earned[0] < earned[1] < earned[2], "something through others and in services even without its goods"


def test_since_2018_the_share_fell_in_american_imports_and_rose_in_most_others() -> None:
    share = (100 * GOODS["from_CHN"] / GOODS["imports"]).unstack("year").drop(["CHN", "ROW"])
    for last in (2021, 2022):
        change = share[last] - share[2018]
        assert change["USA"] < -0.3
        assert (change > 0).sum() >= 65


def test_shares_of_goods_leave_out_the_buyer() -> None:
    sold = GOODS.loc[2022, "to_USA"]
    assert sold["USA"] == 0
    assert since_2018.goods_parts().loc[2022, "MEX"] == pytest.approx(100 * sold["MEX"] / sold.sum())


def test_who_gained() -> None:
    table = since_2018.gained()
    assert table.index[:2].tolist() == ["Textiles and leather", "Electronics"]
    assert table["Gained most, points"].iloc[:2].str.startswith("Viet Nam").all()
    assert table.loc["Machinery", "Gained most, points"].startswith("Mexico")
    assert (table["Change"] > 0).pipe(lambda rose: set(rose.index[rose])) == {
        "Chemicals and plastics",
        "Transport equipment",
    }
    assert not table["Gained most, points"].str.contains("Rest of").any()
    by_branch = since_2018.by_branch()
    # Viet Nam is first with the European Union as one supplier, too.
    union = [code for code in by_branch.index.unique("economy") if code in eco.GROUPS["EU27"]]
    for branch in table.index[:2]:
        change = (by_branch[2022] - by_branch[2017])[branch]
        assert change["VNM"] > change[union].sum()
        assert change.idxmax() == "VNM"
    assert by_branch.groupby("branch").sum().round(9).eq(100).all(axis=None)
    rows = data.table("by_industry").query("industry in ('C26', 'C27') and economy != 'USA' and year == 2022")
    due = 100 * rows[rows["economy"] == "CHN"]["to_USA"].sum() / rows["to_USA"].sum()
    assert by_branch.loc[("Electronics", "CHN"), 2022] == pytest.approx(due)


def test_connectors_another_way() -> None:
    codes = [code for code in GOODS.loc[2017].index if code not in ("CHN", "USA", "ROW")]
    gained, more = [], []
    total = {year: GOODS.loc[year, "to_USA"].sum() for year in (2017, 2022)}
    for code in codes:
        then, now = GOODS.loc[(2017, code)], GOODS.loc[(2022, code)]
        gained.append(100 * (now["to_USA"] / total[2022] - then["to_USA"] / total[2017]))
        more.append(100 * (now["from_CHN"] / now["imports"] - then["from_CHN"] / then["imports"]))
    r = np.corrcoef(gained, more)[0, 1]
    ranks = [pd.Series(column).rank().to_numpy() for column in (gained, more)]
    without = [np.corrcoef(np.delete(gained, i), np.delete(more, i))[0, 1] for i in range(len(codes))]
    row = since_2018.tests().iloc[0]
    assert row["Economies"] == len(codes) == 78
    assert [row["Correlation"], row["of ranks"], row["least"], row["most"]] == pytest.approx(
        [r, np.corrcoef(*ranks)[0, 1], min(without), max(without)]
    )
    assert codes[int(np.argmin(without))] == "VNM"
    assert row["least without"] == "Viet Nam"
    assert round(r, 2) == 0.11
    assert sum(one > 0 for one in more) == 67
    mexico = GOODS["imports"] - GOODS["from_CHN"]
    grown = np.log(mexico[2022, "MEX"] / mexico[2017, "MEX"])
    assert since_2018.moved().loc["MEX", "from_others"] == pytest.approx(grown)


def test_no_way_to_ask_finds_much() -> None:
    table = since_2018.tests()
    assert (table["Correlation"].abs() < 0.4).all()
    assert table["Correlation"].iloc[-1] > table["Correlation"].iloc[-2] - 0.05
    assert abs(float(str(since_2018.among_industries()["r"]))) < 0.1
    # An interval of a normal error, by Fisher's transformation, is not narrower by half or wider by half.
    row = table.iloc[0]
    fisher = np.tanh(np.arctanh(row["Correlation"]) + np.array([-1.96, 1.96]) / np.sqrt(78 - 3))
    assert (row["high"] - row["low"]) / (fisher[1] - fisher[0]) == pytest.approx(1, abs=0.5)


def test_without_viet_nam_little_is_left_of_the_correlation() -> None:
    """By numpy's matrix, and found among all economies that are left out."""
    frame = since_2018.moved()[["gained", "more"]]
    due = np.corrcoef(frame[frame.index != "VNM"].to_numpy().T)[0, 1]
    assert since_2018.numbers()["connector_r_without_VNM"] == pytest.approx(due)
    assert round(due, 2) == 0.0


def test_no_first_year_and_no_weight_parts_the_correlation_from_zero() -> None:
    """Draws of another generator, one economy at a time, and weights by numpy's covariance."""
    draw = np.random.RandomState(7)
    for last in (2021, 2022):
        found = since_2018.by_first_year(last).set_index(["first", "weight"])
        assert len(found) == 3 * (last - 2011)
        assert ((found["low"] < 0) & (found["high"] > 0)).all()
        assert found["r"].between(found["low"], found["high"]).all()
    frame = since_2018.moved(2016)
    columns = frame[["gained", "more", "size"]].to_numpy()
    weighted = np.cov(columns[:, :2].T, aweights=columns[:, 2])
    row = found.loc[(2016, "sales")]
    assert row["r"] == pytest.approx(weighted[0, 1] / np.sqrt(weighted[0, 0] * weighted[1, 1]))
    drawn = []
    for _ in range(1500):
        some = columns[[draw.randint(78) for _ in range(78)]]
        given = np.cov(some[:, :2].T, aweights=some[:, 2])
        drawn.append(given[0, 1] / np.sqrt(given[0, 0] * given[1, 1]))
    assert [row["low"], row["high"]] == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.08)


def test_growth_from_china_goes_no_closer_than_growth_from_others() -> None:
    for last in (2021, 2022):
        assert (since_2018.growth_by_first_year(last)["low"] < 0).all()
    growth = since_2018.growth_by_first_year()
    assert growth.loc[2018, ["China", "others"]].round(2).tolist() == [0.46, 0.02]
    assert {name: round(r, 2) for name, r in since_2018.growth_without("BRN", 2018).items()} == {
        "China": 0.34,
        "others": 0.43,
    }
    # No other economy does that.
    frame = since_2018.moved(2018)
    without = {code: frame.drop(code)["sales"].corr(frame.drop(code)["from_others"]) for code in frame.index}
    assert sorted(without, key=lambda code: without[code])[-1] == "BRN"
    assert sorted(without.values())[-2] < 0.1


def test_chart_of_suppliers_runs_from_gainers_to_losers() -> None:
    change = since_2018.moved()
    large = change[change["size"] > since_2018.LARGE]
    assert [large["gained"].idxmax(), large["gained"].idxmin()] == ["VNM", "JPN"]
    assert set(large.index[large["after"] < large["before"]]) == {"IND", "TWN", "FRA", "JPN"}


def test_duties_rose_on_all() -> None:
    last = "2026-08-19"
    table = since_2018.duties()
    rise = table[last] - table["collected"]
    assert table.loc["CHN", last] > 2 * table.loc["CHN", "collected"]
    assert (rise[["JPN", "KOR"]] > rise["CHN"]).all()
    assert rise[["VNM", "ASEAN", "EU27", "IND"]].between(9, rise["CHN"]).all()
    assert rise["MEX"] < 8
    assert table.drop("WLD")[last].idxmax() == "CHN"
    assert set(table.drop("WLD")[last].nsmallest(3).index) == {"MEX", "CAN", "TWN"}
    assert data.table("duties").query("partner == 'CHN'").set_index("date")["added"].idxmax() == "2025-04-09"


def test_china_gained_with_lithium_in_all_three_and_without_it_not_in_korea(test_data) -> None:
    """Summed from the trade of each year, code by code."""
    codes = [284690, 280530, 282520, 283691, 250410, 250490, 261100, 810110, 282200, 810510, 282530, 720292]
    trade = pd.read_parquet(test_data / "data/minerals/baci_raw_materials_imports_2007_2024.parquet")
    trade = trade[trade["k"].isin(codes)]
    shown = since_2018.with_and_without_lithium()
    due = {
        "JPN": [32.2, 53.0, 26.4, 34.0],
        "KOR": [49.6, 65.7, 47.7, 30.9],
        "USA": [15.4, 20.7, 15.2, 20.8],
    }
    for (importer, numbers), name in zip(due.items(), ("Japan", "Korea", "United States"), strict=True):
        found = []
        for without in (0, 282520):
            for year in (2018, 2024):
                here = trade[(trade["j"] == importer) & (trade["t"] == year) & (trade["k"] != without)]
                found.append(100 * here.loc[here["i"] == "CHN", "v"].sum() / here["v"].sum())
        assert [round(one, 1) for one in found] == numbers
        assert shown.loc[name].round(1).tolist() == numbers
    assert shown.loc["All three"].round(1).tolist() == [33.3, 52.0, 29.9, 28.2]
    # So it is from other years.
    for first, last in ((2016, 2024), (2017, 2023), (2018, 2023), (2019, 2024)):
        table = since_2018.with_and_without_lithium(first, last)["Without lithium hydroxide"]
        rise = table[str(last)] - table[str(first)]
        assert (rise[["Japan", "United States"]] > 0).all(), (first, last)
        assert rise["Korea"] < 0, (first, last)


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
    counted = since_2018.rose(2018, 2024)
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
    share = since_2018.mined()["China’s share"]
    most = share[share["2024"] > since_2018.MOST]
    assert len(most) == 14
    assert [name.partition(" (")[0] for name in most.index[most["2024"] < most["2018"]]] == ["Tungsten", "Mercury"]
    assert share.index[(share["2018"] > since_2018.MOST) & (share["2024"] <= since_2018.MOST)].tolist() == [
        "Coking Coal"
    ]


def test_no_industry_left_china_in_all_markets_together() -> None:
    finished = since_2018.finished()
    for industry in ("textiles", "electronics", "machinery", "vehicles"):
        china = finished["CHN"][industry]
        assert china[2022] > china[2017] > china[2011]
    for industry in ("textiles", "electronics"):
        assert (
            finished["ASEAN10"][industry][2022]
            > finished["ASEAN10"][industry][2017]
            > finished["ASEAN10"][industry][2011]
        )
    assert finished["MEX"]["vehicles"][2022] > finished["MEX"]["vehicles"][2017]
    # In proportion all value added of China rose by more.
    earned = OECD.matrix("va_final_demand", 2011), OECD.matrix("va_final_demand", 2022)
    then, now = (by_origin.sum(axis=1) / by_origin.to_numpy().sum() for by_origin in earned)
    rise = finished["CHN"].unstack("year")
    assert (rise[2022] / rise[2011]).between(1.2, now["CHN"] / then["CHN"] - 0.02).all()


def test_last_stages_left_china_in_american_imports_but_for_vehicles() -> None:
    """As worked out from the tables' flows of final products by another program; 2017, 2022."""
    due = {
        ("textiles", "outside_CHN"): [15.5, 15.3],
        ("textiles", "exported"): [35.3, 34.0],
        ("textiles", "to_USA"): [39.8, 30.4],
        ("textiles", "elsewhere"): [33.7, 35.3],
        ("electronics", "outside_CHN"): [10.0, 12.0],
        ("electronics", "exported"): [20.2, 23.9],
        ("electronics", "to_USA"): [32.1, 25.8],
        ("electronics", "elsewhere"): [17.7, 23.4],
        ("machinery", "outside_CHN"): [5.6, 7.5],
        ("machinery", "exported"): [12.4, 15.7],
        ("machinery", "to_USA"): [15.0, 11.4],
        ("machinery", "elsewhere"): [12.0, 16.4],
        ("vehicles", "outside_CHN"): [1.5, 3.7],
        ("vehicles", "exported"): [3.7, 8.8],
        ("vehicles", "to_USA"): [3.0, 6.6],
        ("vehicles", "elsewhere"): [3.9, 9.5],
    }
    for (industry, market), numbers in due.items():
        share = since_2018.finished(("CHN",), market)["CHN"][industry]
        assert share[[2017, 2022]].round(1).tolist() == numbers, (industry, market)
    america = since_2018.finished(("CHN", "VNM", "MEX"), "to_USA")
    for first in (2015, 2017, 2018, 2019, 2021):
        change = america["CHN"].unstack("year")[2022] - america["CHN"].unstack("year")[first]
        assert set(change.index[change > 0]) == {"vehicles"}, first
    assert (america["VNM"].unstack("year")[2022] > america["VNM"].unstack("year")[2017]).all()


def test_abroad_china_supplied_more_of_every_branch_but_in_the_united_states() -> None:
    share = since_2018.abroad()
    assert (share[2022] > share[2017]).all()
    assert share.loc["Textiles and leather"].round(1).tolist() == [43.3, 44.4]
    assert share.loc["Electronics"].round(1).tolist() == [34.1, 41.4]
    rows = data.table("by_industry").query("economy != 'CHN'")
    of_textiles = rows[rows["industry"].map(OECD_BRANCHES) == "Textiles and leather"]
    textiles = of_textiles.groupby("year")[["from_CHN", "imports"]].sum()
    everywhere = 100 * textiles["from_CHN"] / textiles["imports"]
    assert everywhere[2022] < everywhere[2017], "with the United States counted"


def test_who_sells_nothing_has_no_growth(monkeypatch) -> None:
    rows = data.table("goods")
    none = rows["economy"].eq("VNM") & rows["year"].eq(since_2018.SPAN[1])
    changed = rows.assign(to_USA=rows["to_USA"].mask(none, 0.0))
    with_files(monkeypatch, goods=changed)
    assert since_2018.moved().loc["VNM", ["sales", "from_China"]].isna().tolist() == [True, False]


def test_medians_of_elasticities_of_goods() -> None:
    """Sorted by hand: the seventeen industries that make goods, in the studies with the lowest and highest median."""
    numbers = since_2018.numbers()
    assert [numbers["elasticity_least"], numbers["elasticity_most"]] == [3.28, 8.95]
