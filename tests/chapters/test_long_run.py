"""Over thirty years: databases side by side, and why they differ; numbers computed a second way."""

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import economies as eco
from gvc import panel
from report import sources
from report.chapters import long_run
from report.sources import ADB, ARTICLE, WIOD, WIOD_HOSTS, WIOD_NEA


def test_databases_are_compared_where_they_meet() -> None:
    table = long_run.agreement().set_index(["database", "measure", "destination"])
    assert len(table) == 7
    india = table.loc[(WIOD.label, "fva_share", "IND")]
    gaps = np.array([19.81 - 12.3, 25.90 - 14.7])  # 2007 and 2011, from the inverse of `test_wiod`
    assert [india["smallest"], india["first"], india["last"]] == [pytest.approx(gaps[0], abs=0.01), 2007, 2011]
    assert india["largest"] > gaps[1]
    asean = table.loc[(ADB.label, "fva_share", "ASEAN")]
    # 2021: the article has a fall, the later edition a rise.
    assert [asean["same"], asean["told"]] == [3, 4]


def test_agreement_for_a_table() -> None:
    row = long_run.agreement_table().loc[(f"{ADB.label}, 2017–2021", "foreign value added", "ASEAN")]
    assert row["Direction"] == "3 of 4"
    assert row["Lowest"] <= row["Mean gap"] <= row["Highest"]


def test_where_both_have_years_wiod_runs_half_as_fast_again() -> None:
    """What the first page says of Mexico, so that paces of two databases are not compared without it."""
    pace = long_run.pace().loc["MEX"]
    assert 1.4 < pace[WIOD.label, "2007–2011"] / pace[ARTICLE.label, "2007–2011"] < 1.6


def test_databases_rank_the_hosts_alike() -> None:
    assert long_run.same_order() == (10, 10)  # five years with WIOD, five with ADB


def test_a_change_that_rounding_could_have_made_has_no_sign() -> None:
    assert [long_run._sign(20.1, after) for after in (20.0, 20.1, 20.2, 20.3, 19.9)] == [0, 0, 0, 1, -1]


def test_reasons_for_the_gap() -> None:
    reasons = long_run.gap_reasons()
    assert reasons.loc["Five industries, eleven economies"].round(2).tolist() == [-4.25, -0.40]
    assert (reasons.loc["Mongolia, at most"] < 0.05).all()
    assert (reasons.loc["Double counting, at most"] < 0.5).all()


def test_the_bound_of_double_counting_bounds() -> None:
    """Whatever of the double count is Northeast Asia's, leaving it out moves the share by less than the bound."""
    bound = long_run.gap_reasons().loc["Double counting, at most", "MEX"]
    wiod = panel.load_panel("wiod2013")
    twice, once = (panel.flow_matrix(wiod, term, 2011).loc["MEX"].sum() for term in ("FDC", "FVA"))
    content = panel.flow_matrix(wiod, "va_exports", 2011)["MEX"].drop("MEX")
    assert twice + once == pytest.approx(content.sum())
    near = content[list(WIOD_NEA)].sum()
    for taken in (0, twice):
        assert abs((near - taken) / once - near / (once + twice)) * 100 <= bound + 1e-9


def test_common_suppliers() -> None:
    frame = long_run.among_common_suppliers().set_index(["base", "destination", "year"])["value"]
    # Computed apart, by adding columns.
    expected = {("IDN", 1995): 47.5, ("IDN", 2007): 46.2, ("IND", 2011): 49.8, ("MEX", 2011): 35.0, ("MEX", 2021): 33.0}
    for (host, year), value in expected.items():
        assert frame["common", host, year] == pytest.approx(value, abs=0.05)
    assert frame["all", "IDN", 2007] == pytest.approx(22.26, abs=0.005)
    assert (frame["common"] > frame["all"]).all()


def test_unnamed() -> None:
    rest = {**WIOD.share("ROW", "IDN"), **ADB.share("ROW", "IDN")}
    assert [round(rest[year], 1) for year in (1995, 2007, 2017, 2018)] == [17.3, 43.2, 39.0, 27.4]


def test_pace() -> None:
    pace = long_run.pace()
    assert pace.loc["MEX", (ARTICLE.label, "2011–2017")] == pytest.approx((22.8 - 22.7) / 6)
    assert pace.loc["ASEAN", (ARTICLE.label, "2017–2021")] == pytest.approx((34.3 - 29.1) / 4)
    assert pace.loc["IDN", (WIOD.label, "2007–2011")] == pytest.approx((33.06 - 22.26) / 4, abs=0.005)
    assert np.isnan(pace.loc["IDN", (ARTICLE.label, "2017–2021")])


def test_china_gained_in_economies_that_are_no_hosts() -> None:
    gain = long_run.supplier_gain_a_year(base="all").set_index(["period", "exporter"])["value"]
    assert gain["2017–2021", "RUS"] == pytest.approx((17.4 - 11.5) / 4, abs=0.03)
    assert gain["1995–2011", "MEX"] == pytest.approx((17.4 - 1.1) / 16, abs=0.01)


def test_china_gained_among_common_suppliers() -> None:
    gain = long_run.supplier_gain_a_year().set_index(["period", "exporter"])["value"]
    # Computed apart, by adding columns: shares in 1995 and 2011, in 2017 and 2021.
    for exporter, start, end in (("JPN", 8.5, 31.7), ("MEX", 1.2, 21.4), ("RUS", 1.7, 15.9)):
        assert gain["1995–2011", exporter] == pytest.approx((end - start) / 16, abs=0.007)
    for exporter, start, end in (("JPN", 29.6, 30.2), ("MEX", 15.1, 21.9), ("RUS", 17.9, 24.1)):
        assert gain["2017–2021", exporter] == pytest.approx((end - start) / 4, abs=0.026)


def test_one_year_turns_the_order_of_chinas_gains() -> None:
    """What the title and the text beside it say of 2017 and 2018."""
    gain = long_run.supplier_gain_a_year().set_index(["period", "exporter"])["value"]
    order = {period: list(gain[period].sort_values(ascending=False).index) for period in ("2017–2021", "2018–2021")}
    assert order["2017–2021"][:2] == ["IDN", "MEX"]
    assert order["2018–2021"][:3] == ["IDN", "JPN", "KOR"]
    assert gain["2018–2021", "IND"] > 0 > gain["2017–2021", "IND"], "all that India lost it lost in 2018"
    for exporter in ("JPN", "KOR"):
        before, after = (ADB.share("USA", exporter)[year] for year in (2017, 2018))
        assert after / before == pytest.approx(2, abs=0.1)
    india = (
        long_run.among_common_suppliers().query("base == 'common' and destination == 'IND'").set_index("year")["value"]
    )
    assert india[2018] < india[2021] < india[2017]


def test_only_two_are_tied_to_the_region_more_than_korea() -> None:
    everyone = [code for code in set(panel.load_panel("wiod2013")["origin"]) if code != eco.ROW]
    cents = long_run.participation((2011,), tuple(everyone))["Northeast Asia", "2011"].sort_values(ascending=False)
    assert list(cents.index[:3]) == ["LTU", "TWN", "KOR"]


@pytest.mark.parametrize(("host", "year"), [("IDN", 2006), ("IND", 1999), ("MEX", 2004)])
def test_when_china_passed_japan(host: str, year: int) -> None:
    assert long_run.overtaken(host) == year
    china, japan = (pd.Series(WIOD.share(origin, host)) for origin in ("CHN", "JPN"))
    assert (china.loc[year:] > japan.loc[year:]).all()
    assert china[year - 1] <= japan[year - 1]


def test_participation() -> None:
    table = long_run.participation()
    assert table["Backward", "2011"].round(1).to_dict() == {
        "IDN": 14.6, "IND": 21.7, "MEX": 30.2, "CHN": 22.6, "JPN": 17.3, "KOR": 40.5, "RUS": 6.2,
    }  # fmt: skip
    assert table.loc["IDN", ("Forward", "1995")] == pytest.approx(14.1, abs=0.05)
    content = panel.flow_matrix(panel.load_panel("wiod2013"), "va_exports", 2011)
    korea = content.loc[["CHN", "JPN", "RUS"], "KOR"].sum() / content["KOR"].sum()
    assert table.loc["KOR", ("Northeast Asia", "2011")] == pytest.approx(100 * korea)
    # A share of foreign value added times the foreign content of exports.
    foreign = 1 - content.loc["MEX", "MEX"] / content["MEX"].sum()
    assert table.loc["MEX", ("Northeast Asia", "2011")] == pytest.approx(28.52 * foreign, abs=0.01)


def test_links_keep_their_ranks_across_databases() -> None:
    links = sources.links()
    both = [links[links["year"] == year].set_index(["origin", "absorber"])["value"] for year in (2011, 2017)]
    ranks = [values.reindex(both[0].index).rank() for values in both]
    distance = ((ranks[0] - ranks[1]) ** 2).sum()
    assert long_run.link_ranks() == pytest.approx(1 - 6 * distance / (12 * 143))  # Spearman (1904)


def test_long_run_holds_each_database_once() -> None:
    frame = long_run.long_run()
    assert not frame.duplicated(["database", "year", "measure", "destination"]).any()
    assert frame.groupby("database").size().to_dict() == {WIOD.label: 102, ARTICLE.label: 90, ADB.label: 24}


def test_handover_follows_the_panels() -> None:
    value = sources.shares(["CHN", "JPN", "KOR"], WIOD_HOSTS, of=[WIOD, ADB]).set_index(
        ["destination", "origin", "year"]
    )["value"]
    assert value["IDN", "JPN", 2007] == pytest.approx(WIOD.share("JPN", "IDN")[2007])
    assert value["IND", "KOR", 2022] == pytest.approx(ADB.share("KOR", "IND")[2022])


def test_the_links_of_japan_and_korea_loosened_and_those_of_china_and_russia_tripled() -> None:
    flows = gvc.load_panel("wiod2013")
    first, last = (gvc.link_index(panel.flow_matrix(flows, "va_final_demand", year)) for year in (1995, 2011))
    ratio = last / first
    assert all(0.55 < ratio.loc[pair] < 0.6 for pair in (("JPN", "KOR"), ("KOR", "JPN")))
    assert all(ratio.loc[pair] > 3 for pair in (("CHN", "RUS"), ("RUS", "CHN")))
    assert all(ratio.loc[one, "RUS"] > 1.5 and ratio.loc["RUS", one] > 1.5 for one in ("JPN", "KOR"))
