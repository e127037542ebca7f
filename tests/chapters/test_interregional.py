"""Hosts of relocation: splits that add up, routes that sum to exports, numbers computed a second way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import gvc
from gvc import economies as eco
from gvc import panel
from report import article, evidence
from report.chapters import interregional as hosts


def _frame(values: object) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[2017, 2021], dtype=float)


# -- shift-share ---------------------------------------------------------------------------------------------------


@given(
    arrays.arrays(float, (5, 2), elements=st.floats(0, 100)),
    arrays.arrays(float, (5, 2), elements=st.floats(0.01, 1)),
)
def test_within_and_between_add_up_to_the_change_of_the_mean(shares: np.ndarray, raw: np.ndarray) -> None:
    weights = raw / raw.sum(axis=0)
    parts = hosts.shift_share(_frame(shares), _frame(100 * weights))
    means = (shares * weights).sum(axis=0)
    assert parts.to_numpy().sum() == pytest.approx(means[1] - means[0], abs=1e-9)


@given(arrays.arrays(float, 4, elements=st.floats(0, 100)), arrays.arrays(float, (4, 2), elements=st.floats(0.01, 1)))
def test_constant_shares_leave_nothing_within(share: np.ndarray, raw: np.ndarray) -> None:
    parts = hosts.shift_share(_frame(np.column_stack([share, share])), _frame(100 * raw / raw.sum(axis=0)))
    assert (parts["within"] == 0).all()


def test_shift_share_by_hand() -> None:
    # The mean goes from 30 to 0.75 * 50 + 0.25 * 20 = 42.5; it is 36.25 on average.
    parts = hosts.shift_share(_frame([[40, 50], [20, 20]]), _frame([[50, 75], [50, 25]]))
    assert parts["within"].tolist() == [pytest.approx(6.25), 0]
    assert parts["between"].tolist() == [pytest.approx(0.25 * 8.75), pytest.approx(0.25 * 16.25)]


def test_a_member_below_the_mean_that_gains_weight_counts_against() -> None:
    parts = hosts.shift_share(_frame([[40, 40], [20, 20]]), _frame([[50, 40], [50, 60]]))
    assert (parts["between"] < 0).all()


@pytest.mark.parametrize(("start", "end"), [(2017, 2021), (2017, 2022), (2021, 2022)])
@pytest.mark.parametrize("origins", [article.NEA, ("CHN",), ("JPN",)])
def test_the_parts_of_asean_add_up_to_its_own_share(start: int, end: int, origins: tuple[str, ...]) -> None:
    change = sum(evidence.adb_share(o, "ASEAN", end) - evidence.adb_share(o, "ASEAN", start) for o in origins)
    assert hosts.asean_shift_share(start, end, origins).to_numpy().sum() == pytest.approx(change)


def test_asean_2017_to_2021() -> None:
    parts = hosts.asean_shift_share(2017, 2021)
    # Computed apart, on arrays.
    assert parts.sum().round(2).tolist() == [4.65, 0.98]
    assert parts.loc["VNM"].round(2).tolist() == [2.39, 0.68]


# -- members -------------------------------------------------------------------------------------------------------


def test_who_turned_to_northeast_asia() -> None:
    """What title, alt text and paragraph say of the members, with and without the unnamed rest."""
    shares, named = hosts.member_shares(), hosts.named_shares()
    rose, among_named = (share[2021] - share[2017] for share in (shares, named))
    assert set(rose.index[rose.round() >= 10]) == {"PHL", "IDN", "KHM", "VNM", "BRN"}
    kept = among_named / rose
    assert kept[["PHL", "KHM"]].min() > 0.9, "these turned to Northeast Asia"
    assert kept[["IDN", "VNM"]].max() < 0.5, "here the unnamed rest shrank as well"
    assert (rose.loc[["MYS", "THA", "SGP"]] < 2.5).all()
    assert rose[["LAO", "IND"]].max() < 0
    frame = panel.load_panel("adb_fva_shares").query("flow == 'fva_share' and destination == 'VNM' and year == 2021")
    value = frame.set_index("origin")["value"]
    expected = 100 * value[list(article.NEA)].sum() / value.drop("ROW").sum()
    assert named.loc["VNM", 2021] == pytest.approx(expected)


def test_who_leads_of_northeast_asia_in_each_host() -> None:
    table = evidence.adb_shares().pivot(index=["destination", "year"], columns="origin", values="value")
    assert (table.idxmax(axis=1) == "CHN").all()
    second = table.drop(columns="CHN").idxmax(axis=1)["IND"]
    assert second[2022] == "RUS"
    assert second[2017] != "RUS"


def test_members_in_two_years() -> None:
    shares = hosts.member_shares()
    assert shares.loc[["VNM", "KHM", "LAO"], [2017, 2021]].round(1).to_numpy().tolist() == [
        [40.1, 50.0],
        [40.6, 50.6],
        [29.8, 22.1],
    ]
    assert list(shares.index[-3:]) == ["ASEAN", "IND", "MEX"]
    assert set(shares.index[:-3]) == set(eco.members("ASEAN"))


def test_changes_are_those_of_the_shares() -> None:
    change = hosts.member_changes(2017, 2021).set_index(["exporter", "origin"])["value"]
    assert change["PHL", "KOR"] == pytest.approx(7.2, abs=0.05)
    old = evidence.change_by_origin(2017, 2021).set_index(["destination", "origin"])["value"]
    for host in article.HOSTS:
        assert change[host, "JPN"] == pytest.approx(old[host, "JPN"])


def test_the_table_of_members() -> None:
    table = hosts.member_table()
    assert table["Weight", "2021"].sum() == pytest.approx(100)
    assert table.loc["Cambodia", ("Concentration", "2021")] == pytest.approx(0.296, abs=5e-4)
    assert table.loc["Mexico", ("China", "2022")] == pytest.approx(evidence.adb_share("CHN", "MEX", 2022))


# -- to the United States ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exporter", ["MEX", "IND", "IDN"])
def test_the_paths_through_an_exporter_are_its_foreign_content(exporter: str) -> None:
    paths = hosts.paths(2011).query("exporter == @exporter")
    content = panel.flow_matrix(panel.load_panel("wiod2013"), "va_exports", 2011)[exporter]
    assert paths["value"].sum() * 1000 == pytest.approx(content.drop(exporter).sum())
    assert (paths["value"] > 0).all()


def test_paths_by_hand() -> None:
    value = hosts.paths(2011).set_index(["origin", "exporter", "market"])["value"]
    assert value["CHN", "MEX", "USA"] == pytest.approx(13.253, abs=1e-3)
    assert value["USA", "MEX", "USA"] == pytest.approx(26.705, abs=1e-3)
    assert value["EU27", "IDN", "ROW"] == pytest.approx(3.574 - 0.361, abs=1e-3)


def test_what_goes_on_to_the_united_states() -> None:
    assert hosts.sent_on(2011, ["MEX", "IND", "IDN", "CHN"]).round(1).tolist() == [73.6, 38.6, 14.1, 21.4]
    part = hosts.part_in_sales_to_usa("CHN", "MEX")
    assert (round(part[1995], 1), round(part[2011], 1)) == (0.4, 5.8)


def test_what_passes_an_exporter() -> None:
    value = hosts.passing().set_index(["year", "origin", "exporter"])["value"]
    assert value["2011", "CHN", "MEX"] == pytest.approx(3.46, abs=0.005)
    assert value["1995", "KOR", "CHN"] == pytest.approx(3.63, abs=0.005)
    assert np.isnan(value["2011", "CHN", "CHN"])
    assert value.dropna().between(0, 100).all()


# -- over thirty years ---------------------------------------------------------------------------------------------


def test_databases_are_compared_where_they_meet() -> None:
    table = hosts.agreement().set_index(["database", "measure", "destination"])
    assert len(table) == 7
    india = table.loc[(evidence.WIOD, "fva_share", "IND")]
    gaps = np.array([19.81 - 12.3, 25.90 - 14.7])  # 2007 and 2011, from the inverse of `test_wiod`
    assert [india["smallest"], india["first"], india["last"]] == [pytest.approx(gaps[0], abs=0.01), 2007, 2011]
    assert india["largest"] > gaps[1]
    asean = table.loc[(evidence.ADB, "fva_share", "ASEAN")]
    # 2021: the article has a fall, the later edition a rise.
    assert [asean["same"], asean["told"]] == [3, 4]


def test_agreement_for_a_table() -> None:
    row = hosts.agreement_table().loc[(f"{evidence.ADB}, 2017–2021", "foreign value added", "ASEAN")]
    assert row["Direction"] == "3 of 4"
    assert row["Lowest"] <= row["Mean gap"] <= row["Highest"]


def test_where_both_have_years_wiod_runs_half_as_fast_again() -> None:
    """What the first page says of Mexico, so that paces of two databases are not compared without it."""
    pace = hosts.pace().loc["MEX"]
    assert 1.4 < pace[evidence.WIOD, "2007–2011"] / pace[evidence.ARTICLE, "2007–2011"] < 1.6


def test_databases_rank_the_hosts_alike() -> None:
    assert hosts.same_order() == (10, 10)  # five years with WIOD, five with ADB


def test_a_change_that_rounding_could_have_made_has_no_sign() -> None:
    assert [hosts._sign(20.1, after) for after in (20.0, 20.1, 20.2, 20.3, 19.9)] == [0, 0, 0, 1, -1]


def test_reasons_for_the_gap() -> None:
    reasons = hosts.gap_reasons()
    assert reasons.loc["Five industries, eleven economies"].round(2).tolist() == [-4.25, -0.40]
    assert (reasons.loc["Mongolia, at most"] < 0.05).all()
    assert (reasons.loc["Double counting, at most"] < 0.5).all()


def test_the_bound_of_double_counting_bounds() -> None:
    """Whatever of the double count is Northeast Asia's, leaving it out moves the share by less than the bound."""
    bound = hosts.gap_reasons().loc["Double counting, at most", "MEX"]
    wiod = panel.load_panel("wiod2013")
    twice, once = (panel.flow_matrix(wiod, term, 2011).loc["MEX"].sum() for term in ("FDC", "FVA"))
    content = panel.flow_matrix(wiod, "va_exports", 2011)["MEX"].drop("MEX")
    assert twice + once == pytest.approx(content.sum())
    near = content[list(hosts.WIOD_NEA)].sum()
    for taken in (0, twice):
        assert abs((near - taken) / once - near / (once + twice)) * 100 <= bound + 1e-9


def test_common_suppliers() -> None:
    frame = hosts.among_common_suppliers().set_index(["base", "destination", "year"])["value"]
    # Computed apart, by adding columns.
    expected = {("IDN", 1995): 47.5, ("IDN", 2007): 46.2, ("IND", 2011): 49.8, ("MEX", 2011): 35.0, ("MEX", 2021): 33.0}
    for (host, year), value in expected.items():
        assert frame["common", host, year] == pytest.approx(value, abs=0.05)
    assert frame["all", "IDN", 2007] == pytest.approx(22.26, abs=0.005)
    assert (frame["common"] > frame["all"]).all()


def test_unnamed() -> None:
    rest = hosts.unnamed("IDN")
    assert rest[[1995, 2007, 2017, 2018]].round(1).tolist() == [17.3, 43.2, 39.0, 27.4]


def test_pace() -> None:
    pace = hosts.pace()
    assert pace.loc["MEX", (evidence.ARTICLE, "2011–2017")] == pytest.approx((22.8 - 22.7) / 6)
    assert pace.loc["ASEAN", (evidence.ARTICLE, "2017–2021")] == pytest.approx((34.3 - 29.1) / 4)
    assert pace.loc["IDN", (evidence.WIOD, "2007–2011")] == pytest.approx((33.06 - 22.26) / 4, abs=0.005)
    assert np.isnan(pace.loc["IDN", (evidence.ARTICLE, "2017–2021")])


def test_china_gained_in_economies_that_are_no_hosts() -> None:
    gain = hosts.supplier_gain_a_year(base="all").set_index(["period", "exporter"])["value"]
    assert gain["2017–2021", "RUS"] == pytest.approx((17.4 - 11.5) / 4, abs=0.03)
    assert gain["1995–2011", "MEX"] == pytest.approx((17.4 - 1.1) / 16, abs=0.01)


def test_china_gained_among_common_suppliers() -> None:
    gain = hosts.supplier_gain_a_year().set_index(["period", "exporter"])["value"]
    # Computed apart, by adding columns: shares in 1995 and 2011, in 2017 and 2021.
    for exporter, start, end in (("JPN", 8.5, 31.7), ("MEX", 1.2, 21.4), ("RUS", 1.7, 15.9)):
        assert gain["1995–2011", exporter] == pytest.approx((end - start) / 16, abs=0.007)
    for exporter, start, end in (("JPN", 29.6, 30.2), ("MEX", 15.1, 21.9), ("RUS", 17.9, 24.1)):
        assert gain["2017–2021", exporter] == pytest.approx((end - start) / 4, abs=0.026)


def test_one_year_turns_the_order_of_chinas_gains() -> None:
    """What the title and the text beside it say of 2017 and 2018."""
    gain = hosts.supplier_gain_a_year().set_index(["period", "exporter"])["value"]
    order = {period: list(gain[period].sort_values(ascending=False).index) for period in ("2017–2021", "2018–2021")}
    assert order["2017–2021"][:2] == ["IDN", "MEX"]
    assert order["2018–2021"][:3] == ["IDN", "JPN", "KOR"]
    assert gain["2018–2021", "IND"] > 0 > gain["2017–2021", "IND"], "all that India lost it lost in 2018"
    for exporter in ("JPN", "KOR"):
        before, after = (evidence.adb_share("USA", exporter, year) for year in (2017, 2018))
        assert after / before == pytest.approx(2, abs=0.1)
    india = hosts.among_common_suppliers().query("base == 'common' and destination == 'IND'").set_index("year")["value"]
    assert india[2018] < india[2021] < india[2017]


def test_only_two_are_tied_to_the_region_more_than_korea() -> None:
    everyone = [code for code in set(panel.load_panel("wiod2013")["origin"]) if code != eco.ROW]
    cents = hosts.participation((2011,), tuple(everyone))["Northeast Asia", "2011"].sort_values(ascending=False)
    assert list(cents.index[:3]) == ["LTU", "TWN", "KOR"]


@pytest.mark.parametrize(("host", "year"), [("IDN", 2006), ("IND", 1999), ("MEX", 2004)])
def test_when_china_passed_japan(host: str, year: int) -> None:
    assert hosts.overtaken(host) == year
    china, japan = (evidence.wiod_share(origin, host) for origin in ("CHN", "JPN"))
    assert (china[year:] > japan[year:]).all()
    assert china[year - 1] <= japan[year - 1]


def test_participation() -> None:
    table = hosts.participation()
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


def test_links_around() -> None:
    frame = hosts.links_around([("JPN", "KOR")])
    assert set(frame["origin"]) == set(frame["absorber"]) == {"JPN", "KOR"}
    latest = frame.query("year == 2021").set_index("absorber")["value"]
    assert latest.to_dict() == {"KOR": 5.66, "JPN": 4.05}
    assert len(frame) == 2 * (17 + 2)


def test_links_keep_their_ranks_across_databases() -> None:
    links = evidence.links()
    both = [links[links["year"] == year].set_index(["origin", "absorber"])["value"] for year in (2011, 2017)]
    ranks = [values.reindex(both[0].index).rank() for values in both]
    distance = ((ranks[0] - ranks[1]) ** 2).sum()
    assert hosts.link_ranks() == pytest.approx(1 - 6 * distance / (12 * 143))  # Spearman (1904)


def test_long_run_holds_each_database_once() -> None:
    frame = hosts.long_run()
    assert not frame.duplicated(["database", "year", "measure", "destination"]).any()
    assert frame.groupby("database").size().to_dict() == {evidence.WIOD: 102, evidence.ARTICLE: 90, evidence.ADB: 24}


def test_handover_follows_the_panels() -> None:
    value = hosts.handover().set_index(["destination", "origin", "year"])["value"]
    assert value["IDN", "JPN", 2007] == pytest.approx(evidence.wiod_share("JPN", "IDN")[2007])
    assert value["IND", "KOR", 2022] == pytest.approx(evidence.adb_share("KOR", "IND", 2022))


def test_the_links_of_japan_and_korea_loosened_and_those_of_china_and_russia_tripled() -> None:
    flows = gvc.load_panel("wiod2013")
    first, last = (gvc.link_index(panel.flow_matrix(flows, "va_final_demand", year)) for year in (1995, 2011))
    ratio = last / first
    assert all(0.55 < ratio.loc[pair] < 0.6 for pair in (("JPN", "KOR"), ("KOR", "JPN")))
    assert all(ratio.loc[pair] > 3 for pair in (("CHN", "RUS"), ("RUS", "CHN")))
    assert all(ratio.loc[one, "RUS"] > 1.5 and ratio.loc["RUS", one] > 1.5 for one in ("JPN", "KOR"))
