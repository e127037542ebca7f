"""Hosts of relocation: splits that add up, routes that sum to exports, numbers computed a second way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gvc import economies as eco
from gvc import panel
from report import article, sources
from report.chapters import interregional
from report.sources import ADB


def _frame(values: object) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[2017, 2021], dtype=float)


# -- shift-share ---------------------------------------------------------------------------------------------------


@given(
    arrays.arrays(float, (5, 2), elements=st.floats(0, 100)),
    arrays.arrays(float, (5, 2), elements=st.floats(0.01, 1)),
)
def test_within_and_between_add_up_to_the_change_of_the_mean(shares: np.ndarray, raw: np.ndarray) -> None:
    weights = raw / raw.sum(axis=0)
    parts = interregional.shift_share(_frame(shares), _frame(100 * weights))
    means = (shares * weights).sum(axis=0)
    assert parts.to_numpy().sum() == pytest.approx(means[1] - means[0], abs=1e-9)


@given(arrays.arrays(float, 4, elements=st.floats(0, 100)), arrays.arrays(float, (4, 2), elements=st.floats(0.01, 1)))
def test_constant_shares_leave_nothing_within(share: np.ndarray, raw: np.ndarray) -> None:
    parts = interregional.shift_share(_frame(np.column_stack([share, share])), _frame(100 * raw / raw.sum(axis=0)))
    assert (parts["within"] == 0).all()


def test_shift_share_by_hand() -> None:
    # The mean goes from 30 to 0.75 * 50 + 0.25 * 20 = 42.5; it is 36.25 on average.
    parts = interregional.shift_share(_frame([[40, 50], [20, 20]]), _frame([[50, 75], [50, 25]]))
    assert parts["within"].tolist() == [pytest.approx(6.25), 0]
    assert parts["between"].tolist() == [pytest.approx(0.25 * 8.75), pytest.approx(0.25 * 16.25)]


def test_a_member_below_the_mean_that_gains_weight_counts_against() -> None:
    parts = interregional.shift_share(_frame([[40, 40], [20, 20]]), _frame([[50, 40], [50, 60]]))
    assert (parts["between"] < 0).all()


@pytest.mark.parametrize(("start", "end"), [(2017, 2021), (2017, 2022), (2021, 2022)])
@pytest.mark.parametrize("origins", [article.NEA, ("CHN",), ("JPN",)])
def test_the_parts_of_asean_add_up_to_its_own_share(start: int, end: int, origins: tuple[str, ...]) -> None:
    change = sum(ADB.share(o, "ASEAN")[end] - ADB.share(o, "ASEAN")[start] for o in origins)
    assert interregional.asean_shift_share(start, end, origins).to_numpy().sum() == pytest.approx(change)


def test_asean_2017_to_2021() -> None:
    parts = interregional.asean_shift_share(2017, 2021)
    # Computed apart, on arrays.
    assert parts.sum().round(2).tolist() == [4.65, 0.98]
    assert parts.loc["VNM"].round(2).tolist() == [2.39, 0.68]


# -- members -------------------------------------------------------------------------------------------------------


def test_who_turned_to_northeast_asia() -> None:
    """What title, alt text and paragraph say of the members, with and without the unnamed rest."""
    shares, named = interregional.member_shares(), interregional.member_shares(base="named")
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
    table = sources.shares(article.NEA, of=[ADB]).pivot(index=["destination", "year"], columns="origin", values="value")
    assert (table.idxmax(axis=1) == "CHN").all()
    second = table.drop(columns="CHN").idxmax(axis=1)["IND"]
    assert second[2022] == "RUS"
    assert second[2017] != "RUS"


def test_members_in_two_years() -> None:
    shares = interregional.member_shares()
    assert shares.loc[["VNM", "KHM", "LAO"], [2017, 2021]].round(1).to_numpy().tolist() == [
        [40.1, 50.0],
        [40.6, 50.6],
        [29.8, 22.1],
    ]
    assert list(shares.index[-3:]) == ["ASEAN", "IND", "MEX"]
    assert set(shares.index[:-3]) == set(eco.members("ASEAN"))


def test_changes_are_those_of_the_shares() -> None:
    change = interregional.member_changes(2017, 2021).set_index(["exporter", "origin"])["value"]
    assert change["PHL", "KOR"] == pytest.approx(7.2, abs=0.05)
    old = interregional.changes(2017, 2021).set_index(["destination", "origin"])["value"]
    for host in article.HOSTS:
        assert change[host, "JPN"] == pytest.approx(old[host, "JPN"])


def test_the_table_of_members() -> None:
    table = interregional.member_table()
    assert table["Weight", "2021"].sum() == pytest.approx(100)
    assert table.loc["Cambodia", ("Concentration", "2021")] == pytest.approx(0.296, abs=5e-4)
    assert table.loc["Mexico", ("China", "2022")] == pytest.approx(ADB.share("CHN", "MEX")[2022])


# -- to the United States ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exporter", ["MEX", "IND", "IDN"])
def test_the_paths_through_an_exporter_are_its_foreign_content(exporter: str) -> None:
    paths = interregional.paths(2011).query("exporter == @exporter")
    content = panel.flow_matrix(panel.load_panel("wiod2013"), "va_exports", 2011)[exporter]
    assert paths["value"].sum() * 1000 == pytest.approx(content.drop(exporter).sum())
    assert (paths["value"] > 0).all()


def test_paths_by_hand() -> None:
    value = interregional.paths(2011).set_index(["origin", "exporter", "market"])["value"]
    assert value["CHN", "MEX", "USA"] == pytest.approx(13.253, abs=1e-3)
    assert value["USA", "MEX", "USA"] == pytest.approx(26.705, abs=1e-3)
    assert value["EU27", "IDN", "ROW"] == pytest.approx(3.574 - 0.361, abs=1e-3)


def test_what_goes_on_to_the_united_states() -> None:
    assert interregional.sent_on(2011, ["MEX", "IND", "IDN", "CHN"]).round(1).tolist() == [73.6, 38.6, 14.1, 21.4]
    part = interregional.part_in_sales_to_usa("CHN", "MEX")
    assert (round(part[1995], 1), round(part[2011], 1)) == (0.4, 5.8)


def test_what_passes_an_exporter() -> None:
    value = interregional.passing().set_index(["year", "origin", "exporter"])["value"]
    assert value["2011", "CHN", "MEX"] == pytest.approx(3.46, abs=0.005)
    assert value["1995", "KOR", "CHN"] == pytest.approx(3.63, abs=0.005)
    assert np.isnan(value["2011", "CHN", "CHN"])
    assert value.dropna().between(0, 100).all()
