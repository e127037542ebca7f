"""Resilience: the three counts are those of the tables, and titles say what they show."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.frontier import resilience
from chapters.methods import oecd
from industrial_chains import data, whole_table_results
from industrial_chains.analysis import exposure
from industrial_chains.sources import OECD, WIOD


@pytest.mark.parametrize("origin", [None, "CHN"])
def test_reliance_over_time_is_each_years_tables(test_data, origin) -> None:
    table = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod03.rda")
    due = exposure.three_ways(table, origin)
    shown = resilience.counted(WIOD, origin).loc[2003]
    pd.testing.assert_frame_equal(shown, due.loc[shown.index, list(shown)], rtol=1e-5)
    assert len(shown) == (8 if origin is None else 7)


def test_reliance_of_the_united_states_on_china_as_computed_elsewhere() -> None:
    """Three counts of 2011, by a full inverse on WIOD, and of 2022 on the OECD's table; percent."""
    for source, year, due in ((WIOD, 2011, [1.68, 2.47, 4.59]), (OECD, 2022, [1.05, 1.75, 2.89])):
        assert resilience.counted(source, "CHN").loc[(year, "USA")].round(2).tolist() == due


def test_china_earned_more_than_it_sold_in_every_year_and_database() -> None:
    for source, year, low, high in ((WIOD, 2011, 1.15, 1.74), (OECD, 2022, 1.22, 1.82)):
        counted = resilience.counted(source, "CHN")
        assert (counted["once"] > counted["direct"]).all()
        ratio = (counted["once"] / counted["direct"]).loc[year]
        assert [round(ratio.min(), 2), round(ratio.max(), 2)] == [low, high]
        assert (ratio.idxmin(), ratio.idxmax()) == ("MEX", "JPN" if year == 2011 else "KOR")


def test_reliance_on_china_rose_to_2011_by_each_count_and_then_most_in_mexico() -> None:
    before, after = (resilience.counted(source, "CHN") for source in (WIOD, OECD))
    assert (before.loc[2011] > before.loc[1995]).all(axis=None)
    rise = after.loc[2022] - after.loc[2011]
    assert (rise.idxmax() == "MEX").all()


def test_japan_and_mexico_alone_rely_more_on_foreign_inputs_since_2011() -> None:
    counted = resilience.counted(OECD)
    rise = counted.loc[2022] - counted.loc[2011]
    assert rise.index[(rise > 0).all(axis=1)].tolist() == ["JPN", "MEX"]
    assert (rise.loc[["JPN", "MEX"]] > 5.5).all(axis=None)


def test_from_2015_two_others_came_to_rely_more_on_foreign_inputs_too() -> None:
    wide = {name: column.unstack() for name, column in resilience.counted(OECD).items()}
    for name in ("direct", "once", "gross"):
        assert wide[name].shape[1] == 8
        japan = wide[name]["JPN"]
        assert japan[2022] - japan[2021] > (japan[2022] - japan[2011]) / 2, name
    rise = wide["once"].loc[2022] - wide["once"].loc[2015]
    off = oecd.by_year()["Domestic in exports", "Mean"].loc[(2012, "estimate")]
    assert round(off, 1) == 0.6
    assert set(rise.index[rise > off]) == {"JPN", "MEX", "KOR", "IND", "IDN", "CHN"}


def test_counts_are_laid_out_by_maker() -> None:
    shown = resilience.over_time("CHN")
    assert len(shown) == 7 * 3 * (17 + 12)
    value = shown.set_index(["maker", "how", "database", "year"])["value"]
    assert value["Japan", "Gross", WIOD.label, 2003] == WIOD.reliance("CHN").loc[(2003, "JPN"), "gross"]
    table = resilience.counted_in()
    assert table.loc["China"].round(1).tolist() == [7.5, 23.7, 18.8, 5.5, 17.2, 13.8]
    assert "China" not in resilience.counted_in("CHN").index


# -- suppliers ----------------------------------------------------------------------------------------------------


def test_conventions_agree_on_mexico_to_2011_and_on_five_after() -> None:
    for measure in ("imint_share", "fva_share"):
        changes = resilience.conventions(measure).groupby(["period", "buyer"])["change"]
        # What is less than half a thousandth would not show.
        ways = {"more": changes.min() > 0.0005, "less": changes.max() < -0.0005}
        assert {buyer: way for way, known in ways.items() for buyer in known.index[known]} == {
            ("1995–2011", "MEX"): "less",
            ("2011–2022", "CHN"): "less",
            ("2011–2022", "MEX"): "less",
            ("2011–2022", "JPN"): "more",
            ("2011–2022", "IDN"): "more",
            ("2011–2022", "USA"): "more",
        }


def test_conventions_are_those_of_the_two_functions() -> None:
    """The package's index on the whole flow, and the book's own, give two of the six changes."""
    changes = resilience.conventions().set_index(["period", "union", "rest", "buyer"])["change"].sort_index()
    flows = (WIOD.matrix("intermediates", year) for year in (1995, 2011))
    then, now = (gvc.supplier_concentration(flow) for flow in flows)
    apart = changes["1995–2011", "EU members apart", "Rest as one"]
    np.testing.assert_allclose(apart, (now - then)[apart.index], atol=1e-12)
    assert (apart > 0).sum() == 6
    book = WIOD.concentration(resilience.MAKERS, "imint_share")["hhi"].unstack()
    as_one = changes["1995–2011", "EU as one", "Rest dropped"]
    np.testing.assert_allclose(as_one, (book[2011] - book[1995])[as_one.index], atol=1e-12)
    assert (as_one < 0).all()


# -- without each other -------------------------------------------------------------------------------------------


def test_dr_congo_and_taiwan_lose_most_and_korea_is_ninth() -> None:
    """As worked out from the stored change, economy by economy."""
    lost = resilience.losses("CHN", "USA")[2022].drop(["CHN", "USA", "EU27"]).dropna().nlargest(9).round(2)
    assert lost.index.tolist() == ["COD", "TWN", "AGO", "SGP", "VNM", "CHL", "MYS", "ARE", "KOR"]
    assert lost.tolist() == [1.07, 0.95, 0.6, 0.54, 0.51, 0.44, 0.43, 0.38, 0.37]


def test_of_all_third_economies_one_loses_more_than_taiwan() -> None:
    lost = resilience.losses("CHN", "USA").drop(index=["CHN", "USA"])
    assert lost[2011].idxmax() == "TWN"
    assert lost[2022].nlargest(2).index.tolist() == ["COD", "TWN"]
    back = resilience.losses("USA", "CHN").drop(index=["CHN", "USA"])
    assert back[2022].idxmax() == "CAN"


def test_the_union_is_its_members() -> None:
    kept = data.table("without").query("database == 'OECD' and year == 2022 and seller == 'CHN'").set_index("economy")
    members = kept.loc[[code for code in kept.index if code in gvc.economies.GROUPS["EU27"]]]
    assert len(members) == 27
    due = -100 * members["change"].sum() / members["before"].sum()
    assert resilience.losses("CHN", "USA").loc["EU27", 2022] == pytest.approx(due)


def test_hosts_leave_china_a_fifth_to_a_third_in_2022() -> None:
    left = resilience.left_after_move()
    assert left["own"].round().to_dict() == {
        "USA": 22,
        "IND": 25,
        "IDN": 27,
        "MEX": 28,
        "MYS": 29,
        "THA": 30,
        "VNM": 36,
    }
    assert left["seller"].round(1).unique().tolist() == [72.9]
    # Viet Nam leaves most and the United States least by each count; WIOD has no Viet Nam.
    for count in ("once", "gross"):
        for source, most in ((WIOD, "MEX"), (OECD, "VNM")):
            own = resilience.left_after_move(count, source)["own"]
            assert (own.idxmin(), own.idxmax()) == ("USA", most)


def test_china_earns_less_beside_its_sales_than_america_or_japan_in_each_database() -> None:
    for source, due in ((OECD, [1.65, 2.31, 2.08, 1.62, 1.63, 1.57]), (WIOD, [1.68, 2.05, 2.3, 1.42, 1.92, 1.53])):
        median = resilience.origins(source)["median"]
        assert median[["CHN", "USA", "JPN", "DEU", "IND", "KOR"]].round(2).tolist() == due
    counted = resilience.origins()
    assert counted.loc[list(whole_table_results.MAKERS), "makers"].eq(79).all()
    assert counted["more"][["CHN", "USA", "JPN", "DEU", "KOR", "VNM"]].tolist() == [79, 79, 79, 79, 73, 67]
    shown = resilience.large_origins()
    assert len(shown) == 18
    assert (shown["median"] > 1).all()
