"""The American market in value added: what titles and text say, by numbers worked out another way."""

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import value_added
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.sources import OECD
from industrial_chains.trade_model import inputs
from tests.changed_files import with_files

GOODS = data.table("goods").set_index(["year", "economy"])


def test_china_fell_in_goods_and_hardly_in_value_added() -> None:
    goods, earned = value_added.goods_parts()["CHN"], value_added.parts()["CHN"]
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
    goods, earned = value_added.goods_parts()["CHN"], value_added.parts()["CHN"]
    assert goods[2017] < goods[2021] < goods[2017] + 0.1
    assert earned[2022] < earned[2021] - 1.4


def test_by_customs_most_of_the_fall_came_before_2022() -> None:
    share = value_added.counted_parts()["CHN"]
    # Independent, from the reduced file of customs.
    assert share[[2017, 2019, 2021, 2022]].round(2).tolist() == [21.60, 18.25, 17.53, 16.50]


def test_with_customs_partners_china_lost_value_added() -> None:
    # Independent: the two tables inverted apart from the book's code.
    for year, (table, customs) in {2017: (16.801, 16.777), 2022: (16.891, 15.609)}.items():
        found = value_added.share_by_counts(year)
        assert found["table"] == pytest.approx(table, abs=0.001)
        assert found["customs"] == pytest.approx(customs, abs=0.001)


def test_the_more_customs_count_from_china_the_more_it_earns(monkeypatch) -> None:
    counted, earned = inputs.american("imports", 2022, full_year=True), []
    for times in (0, 1, 2):
        changed = counted.T.assign(CHN=times * counted.loc["CHN"]).T
        monkeypatch.setattr(value_added.inputs, "american", lambda what, year, *, full_year, changed=changed: changed)
        earned.append(value_added.share_by_counts(2022)["customs"])
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
    assert value_added.goods_parts().loc[2022, "MEX"] == pytest.approx(100 * sold["MEX"] / sold.sum())


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
    row = value_added.tests().iloc[0]
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
    assert value_added.moved().loc["MEX", "from_others"] == pytest.approx(grown)


def test_no_way_to_ask_finds_much() -> None:
    table = value_added.tests()
    assert (table["Correlation"].abs() < 0.4).all()
    assert table["Correlation"].iloc[-1] > table["Correlation"].iloc[-2] - 0.05
    # An interval of a normal error, by Fisher's transformation, is not narrower by half or wider by half.
    row = table.iloc[0]
    fisher = np.tanh(np.arctanh(row["Correlation"]) + np.array([-1.96, 1.96]) / np.sqrt(78 - 3))
    assert (row["high"] - row["low"]) / (fisher[1] - fisher[0]) == pytest.approx(1, abs=0.5)


def test_without_viet_nam_little_is_left_of_the_correlation() -> None:
    """By numpy's matrix, and found among all economies that are left out."""
    frame = value_added.moved()[["gained", "more"]]
    due = np.corrcoef(frame[frame.index != "VNM"].to_numpy().T)[0, 1]
    assert value_added.numbers()["connector_r_without_VNM"] == pytest.approx(due)
    assert round(due, 2) == 0.0


def test_no_first_year_and_no_weight_parts_the_correlation_from_zero() -> None:
    """Draws of another generator, one economy at a time, and weights by numpy's covariance."""
    draw = np.random.RandomState(7)
    for last in (2021, 2022):
        found = value_added.by_first_year(last).set_index(["first", "weight"])
        assert len(found) == 3 * (last - 2011)
        assert ((found["low"] < 0) & (found["high"] > 0)).all()
        assert found["r"].between(found["low"], found["high"]).all()
    frame = value_added.moved(2016)
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


def test_most_gainers_and_losers_took_more_with_the_union_as_one_and_in_no_single_last_year() -> None:
    members = set(eco.members("EU27"))
    rows = data.table("goods")
    rows = rows.assign(economy=rows["economy"].where(~rows["economy"].isin(members), "EU27"))
    for first, last, most in ((2017, 2022, True), (2018, 2022, True), (2017, 2021, True), (2021, 2022, False)):
        for frame in (rows, data.table("goods")):
            by = frame.groupby(["year", "economy"])[["to_USA", "from_CHN", "imports"]].sum()
            then, now = by.loc[first], by.loc[last]
            more = (now["from_CHN"] / now["imports"] > then["from_CHN"] / then["imports"]).drop(["CHN", "USA", "ROW"])
            won = (now["to_USA"] / now["to_USA"].sum() > then["to_USA"] / then["to_USA"].sum())[more.index]
            assert (more[won].mean() > 0.5) == most
            assert (more[~won].mean() > 0.5) == most
    said = value_added.numbers()
    assert said["economies_that_took_less_in_2022"] == 55, "23 of 78 rose"
    assert [said[name] for name in ("gainers", "gainers_that_took_more", "losers", "losers_that_took_more")] == [
        55,
        48,
        23,
        19,
    ]
    assert (said["intervals_tried"], said["intervals_without_zero"]) == (63, 0)
    assert said["error_value_added_CHN"] == pytest.approx(0.226, abs=0.001), (
        "of a difference: parts of both ends cancel"
    )


def test_chart_of_suppliers_runs_from_gainers_to_losers() -> None:
    change = value_added.moved()
    large = change[change["size"] > value_added.LARGE]
    assert [large["gained"].idxmax(), large["gained"].idxmin()] == ["VNM", "JPN"]
    assert set(large.index[large["after"] < large["before"]]) == {"IND", "TWN", "FRA", "JPN"}


def test_duties_rose_on_all() -> None:
    last = "2026-08-19"
    table = value_added.duties()
    rise = table[last] - table["collected"]
    assert table.loc["CHN", last] > 2 * table.loc["CHN", "collected"]
    assert (rise[["JPN", "KOR"]] > rise["CHN"]).all()
    assert rise[["VNM", "ASEAN", "EU27", "IND"]].between(9, rise["CHN"]).all()
    assert rise["MEX"] < 8
    assert table.drop("WLD")[last].idxmax() == "CHN"
    assert set(table.drop("WLD")[last].nsmallest(3).index) == {"MEX", "CAN", "TWN"}
    assert data.table("duties").query("partner == 'CHN'").set_index("date")["added"].idxmax() == "2025-04-09"


def test_no_industry_left_china_in_all_markets_together() -> None:
    finished = value_added.finished(("CHN", "ASEAN10", "MEX"))
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
        share = value_added.finished(("CHN",), market)["CHN"][industry]
        assert share[[2017, 2022]].round(1).tolist() == numbers, (industry, market)
    america = value_added.finished(("CHN", "VNM", "MEX"), "to_USA")
    for first in (2015, 2017, 2018, 2019, 2021):
        change = america["CHN"].unstack("year")[2022] - america["CHN"].unstack("year")[first]
        assert set(change.index[change > 0]) == {"vehicles"}, first
    assert (america["VNM"].unstack("year")[2022] > america["VNM"].unstack("year")[2017]).all()
    everyone = [code for code in data.table("assembled")["economy"].unique() if code not in ("USA", "ROW")]
    every = value_added.finished(everyone, "to_USA")
    gain = (every.xs(2022, level="year") - every.xs(2017, level="year")).idxmax(axis=1)
    assert (gain["electronics"], gain["machinery"]) == ("VNM", "MEX")


def test_who_sells_nothing_has_no_growth(monkeypatch) -> None:
    rows = data.table("goods")
    none = rows["economy"].eq("VNM") & rows["year"].eq(value_added.SPAN[1])
    changed = rows.assign(to_USA=rows["to_USA"].mask(none, 0.0))
    with_files(monkeypatch, goods=changed)
    assert value_added.moved().loc["VNM", ["sales", "from_China"]].isna().tolist() == [True, False]
