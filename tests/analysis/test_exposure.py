"""Suppliers, their concentration and reliance on foreign inputs: by hand, as identities, on real tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import gvc
from gvc import ICIO, panel, positions
from gvc.leontief import inverse
from report import evidence
from report.analysis import exposure
from tests.strategies import tables

FLOW = pd.DataFrame(
    [[900.0, 60, 10], [30, 900, 10], [10, 20, 900], [10, 20, 80]],
    index=["CHN", "DEU", "FRA", "ROW"],
    columns=["CHN", "DEU", "USA"],
)


def test_supplier_shares_by_hand() -> None:
    assert exposure.supplier_shares(FLOW.rename(index={"FRA": "JPN", "DEU": "KOR"}), "USA").round(9).to_dict() == {
        "JPN": 90,
        "ROW": 8,
        "CHN": 1,
        "KOR": 1,
    }


def test_the_european_union_is_one_supplier_unless_it_buys() -> None:
    assert exposure.supplier_shares(FLOW, "CHN").to_dict() == {"EU27": 80, "ROW": 20, "CHN": 0}
    assert exposure.supplier_shares(FLOW, "DEU").to_dict() == {"CHN": 60, "FRA": 20, "ROW": 20, "DEU": 0}


def test_buyers_are_pooled_member_by_member() -> None:
    # China 60 to Germany and 10 to the United States; Germany 30 and 10, France 10 and 900.
    shares = exposure.supplier_shares(FLOW.drop(index=["FRA", "ROW"]), ["CHN", "USA"])
    assert shares.to_dict() == {"EU27": 80, "CHN": 20}


def test_concentration_by_hand() -> None:
    result = exposure.concentration(pd.Series({"CHN": 50.0, "JPN": 30, "ROW": 20}))
    # Five eighths and three eighths of what is named.
    assert result.to_dict() == {"hhi": pytest.approx(34 / 64), "largest": "CHN", "largest_share": 50, "unnamed": 20}
    grown = exposure.concentration(pd.Series({"CHN": 25.0, "JPN": 15, "ROW": 60}))
    assert grown["hhi"] == pytest.approx(result["hhi"]), "a rest that grows alone concentrates nothing"


def test_the_index_and_the_one_that_counts_the_rest_as_one() -> None:
    flow = panel.flow_matrix(panel.load_panel("wiod2013"), "intermediates", 2011)
    whole = gvc.supplier_concentration(flow)
    apart = flow.loc[:, ["DEU"]]
    named = exposure.concentration(exposure.supplier_shares(apart, "DEU"))
    rest = named["unnamed"] / 100
    assert rest**2 + (1 - rest) ** 2 * named["hhi"] == pytest.approx(whole["DEU"])


def test_panels_are_followed_year_by_year() -> None:
    frame = exposure.concentration_over_time("adb_fva_shares", "fva_share")
    assert sorted(set(frame["year"])) == list(range(2017, 2023))
    assert set(frame["buyer"]) == {"CHN", "JPN", "KOR", "RUS", "MNG", "IDN", "ASEAN", "IND", "MEX"}
    assert frame["hhi"].between(0, 1).all()
    china = exposure.supplier_over_time("adb_fva_shares", "fva_share", "CHN", ["ASEAN"])
    assert china["value"].iloc[4] == pytest.approx(evidence.adb_share("CHN", "ASEAN", 2021))


def _inputs(year: int) -> pd.DataFrame:
    return panel.flow_matrix(panel.load_panel("wiod2013"), "intermediates", year)


def test_suppliers_spread_everywhere_as_china_rose() -> None:
    frame = exposure.concentration_over_time("wiod2013", "intermediates")
    wide = frame.pivot(index="buyer", columns="year", values=["hhi", "largest"])
    assert (wide["hhi", 2011] < wide["hhi", 1995]).all()
    china = exposure.supplier_over_time("wiod2013", "intermediates", "CHN", ["JPN", "KOR", "IDN", "IND", "MEX", "USA"])
    share = china.pivot(index="buyer", columns="year", values="value")
    assert (share[2011] > 2 * share[1995]).all()
    lead = wide["largest"].loc[["JPN", "KOR", "IDN", "IND"]]
    assert (lead[2011] == "CHN").all()
    assert (lead[1995] != "CHN").all()
    for buyer in lead.index:
        before, after = (exposure.supplier_shares(_inputs(year), buyer).drop("ROW") for year in (1995, 2011))
        change = (after / after.sum()) ** 2 - (before / before.sum()) ** 2
        ahead = before.index[before > before["CHN"]]
        assert -change[ahead].sum() > change["CHN"] > 0, "those ahead of China fell back by more than it rose"


def test_after_2017_concentration_has_no_common_direction() -> None:
    frame = exposure.concentration_over_time("adb_fva_shares", "fva_share")
    wide = frame.pivot(index="buyer", columns="year", values="hhi")
    change = wide[2022] - wide[2017]
    hardly = change.abs() < 0.005
    assert set(change.index[hardly]) == {"CHN", "IND"}
    assert set(change.index[~hardly & (change > 0)]) == {"ASEAN", "IDN", "JPN", "KOR"}
    assert set(change.index[~hardly & (change < 0)]) == {"RUS", "MNG", "MEX"}
    assert change["KOR"] < change[["ASEAN", "IDN", "JPN"]].min()


def test_chinas_share_rose_in_every_host_and_after_2017_not_in_india() -> None:
    for name, flow, hosts, last in (
        ("wiod2013", "va_exports", ["IDN", "IND", "MEX"], 2011),
        ("adb_fva_shares", "fva_share", ["ASEAN", "IDN", "IND", "MEX"], 2022),
    ):
        share = exposure.supplier_over_time(name, flow, "CHN", hosts).pivot(
            index="buyer", columns="year", values="value"
        )
        fell = share[last] < share[share.columns[0]]
        assert fell.index[fell].tolist() == (["IND"] if last == 2022 else [])


def test_chinas_machinery_embodies_most_and_stands_further_from_use_than_its_hosts() -> None:
    table = evidence.sample()
    to_use = positions.upstreamness(table).unstack()["Machinery"]
    embodied = positions.downstreamness(table).unstack()["Machinery"]
    assert embodied.idxmax() == "CHN"
    assert to_use["CHN"] > 2 > to_use[["MEX", "IND", "IDN"]].max()
    assert to_use["USA"] == pytest.approx(to_use["IDN"], abs=0.05)


# A = [[0.2, 0.2], [0.3, 0.3]], so that B = [[1.4, 0.4], [0.6, 1.6]]; final products (60, 40).
TABLE = ICIO(
    economies=["CHN", "USA"],
    sectors=["all"],
    Z=[[20, 20], [30, 30]],
    Y=[[40, 20], [10, 30]],
    x=[100, 100],
    va=[50, 50],
)


def test_inputs_by_hand() -> None:
    np.testing.assert_allclose(exposure.first_stage_inputs(TABLE), [[12, 8], [18, 12]])
    np.testing.assert_allclose(exposure.all_stage_inputs(TABLE), [[24, 16], [36, 24]])


def test_reliance_by_hand() -> None:
    result = exposure.direct_and_full(TABLE)
    assert result.round(9).to_dict("index") == {
        "CHN": {"direct": 60, "full": 60, "face_value": 30, "hidden": 30},
        "USA": {"direct": 40, "full": 40, "face_value": 20, "hidden": 20},
    }
    assert exposure.direct_and_full(TABLE, "CHN").index.tolist() == ["USA"]


def test_reliance_of_one_who_buys_nothing_is_missing() -> None:
    nothing = FLOW.loc[["CHN", "DEU"], ["CHN", "DEU"]].assign(CHN=0.0)
    assert exposure.foreign(exposure.reliance(nothing)).isna().tolist() == [True, False]


@given(tables())
def test_inputs_add_up_to_what_the_inverse_says(icio) -> None:
    every = exposure.all_stage_inputs(icio)
    finished = np.where(icio.x != 0, icio.Y.sum(axis=1), 0)
    expected = (inverse(icio) - np.eye(len(icio.x))) * finished
    np.testing.assert_allclose(every, icio.by_economy(icio.by_economy(expected).T).T, atol=1e-7)
    # Output is what is finished and what goes in at every stage.
    made = icio.by_economy(np.where(icio.x != 0, icio.x, 0)[None])[0]
    np.testing.assert_allclose(every.sum(axis=1) + icio.by_economy(finished[None])[0], made, rtol=1e-7, atol=1e-7)


@given(tables())
def test_hidden_exposure_is_what_lies_beyond_the_first_stage(icio) -> None:
    gap = exposure.all_stage_inputs(icio) - exposure.first_stage_inputs(icio)
    if (icio.Y.sum(axis=1) >= 0).all():
        assert (gap.to_numpy() > -1e-7).all()


@pytest.mark.parametrize("origin", [None, "CHN"])
def test_reliance_over_time_is_each_years_tables(test_data, origin) -> None:
    table = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod03.rda")
    over_time = exposure.reliance_over_time("wiod2013", origin)
    pd.testing.assert_frame_equal(over_time.loc[2003], exposure.direct_and_full(table, origin), rtol=1e-8)
    shown = exposure.in_two_panels(over_time, ["USA", "JPN"])
    assert shown["reach"].unique().tolist() == ["Direct", "Full"]
    value = shown.set_index(["reach", "maker", "year"])["value"]
    assert value["Full", "JPN", 2003] == over_time.loc[(2003, "JPN"), "full"]
    assert len(value) == 2 * 2 * 17


def test_the_sample_stands_for_the_full_table(test_data) -> None:
    """Eleven economies with five sectors give the full reliance of the full table to a point and a half."""
    full = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod11.rda")
    shown = ["CHN", "JPN", "KOR", "RUS", "IND", "IDN", "MEX", "USA"]
    for origin, tolerance in ((None, 1.5), ("CHN", 1.0)):
        kept = shown if origin is None else shown[1:]
        gap = (
            exposure.direct_and_full(full, origin).loc[kept]
            - exposure.direct_and_full(evidence.sample(), origin).loc[kept]
        )
        assert gap[["direct", "full"]].abs().max().max() < tolerance


def test_hosts_are_compared() -> None:
    frame = exposure.hosts_compared()
    assert frame.index.tolist() == ["ASEAN", "India", "Mexico"]
