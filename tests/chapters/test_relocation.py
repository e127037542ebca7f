"""Relocation: what moves along, what counts as whose, and China's share in its hosts, as titles say."""

import pytest

from chapters.frontier import relocation, what_if
from gvc import ICIO, positions
from industrial_chains import data
from industrial_chains.sources import ADB, OECD, WIOD


def test_the_full_tables_of_2011_as_computed_elsewhere() -> None:
    by_table = relocation.by_table()
    assert by_table.loc[("WIOD 2011", 41, 35), "The host's own chain instead"] == "66–74"
    assert by_table.loc[("WIOD 2011", 11, 5), "The host's own chain instead"] == "70–75"
    assert by_table.loc[("WIOD 2011", 41, 35), "The plant alone"] == "20"
    assert by_table.loc[("OECD 2022", 81, 50), "The host's own chain instead"] == "75–82"
    assert len(by_table) == 7


def test_sums_of_economies_change_nothing_that_shows() -> None:
    keys = ["database", "year", "industries", "economies"]
    kept = data.table("plants").query("host != 'VNM'").set_index(keys).sort_index()
    for database, year, industries, few, many in (("WIOD", 2011, 35, 11, 41), ("OECD", 2022, 50, 11, 81)):
        same = kept.loc[(database, year, industries)].pivot(columns=["host", "moves"], values="lost").T
        assert (same[few] - same[many]).abs().max() < 0.5


def test_the_host_gains_what_the_plant_alone_earned() -> None:
    plant = relocation.plants_on_whole_tables().query("moves == 'plant'")
    assert plant["gained"].tolist() == pytest.approx(plant["lost"].tolist(), abs=1e-3)


def test_the_model_loses_what_its_own_page_says() -> None:
    found, tried = relocation.numbers(), what_if.tried()["buyer"]
    assert [found["cents_model_low"], found["cents_model_high"]] == pytest.approx([tried.min(), tried.max()])


def test_processing_plants_have_less_to_lose(sample: ICIO) -> None:
    lost = relocation.processing(sample)
    own = lost["The host's own chain instead"].round(1)
    assert own.to_dict() == {
        ("All goods", "As in the table"): 69.8,
        ("All goods", "60 percent"): 54.1,
        ("Machinery", "As in the table"): 65.0,
        ("Machinery", "30 percent"): 20.8,
    }
    plant = lost["The plant alone"]
    assert plant["All goods"].iloc[0] == pytest.approx(plant["All goods"].iloc[1])


def test_what_a_tenth_more_costs_the_buyer(sample: ICIO) -> None:
    gained = relocation.rules(sample)["USA"]
    # A dollar moves, ten cents more are paid, and some of them come back.
    assert gained["A tenth more is taken"] - gained["A quarter moves"] == pytest.approx(-10 + 1.2, abs=0.1)
    shared = relocation.rules(sample).loc["Everyone takes over"]
    assert shared[["CHN", "MEX", "USA", "EUU", "ROW"]].round().tolist() == [-74, 5, 55, 7, 4]
    assert relocation.services_in_loss(sample) == pytest.approx(24.0, abs=0.5)


def test_what_china_keeps_by_a_mere_label_its_last_stage_earns() -> None:
    content = (
        data.table("rerouted").query("what == 'content'").set_index(["through", "way", "economy"])["value"].sort_index()
    )
    for host in ("VNM", "MEX"):
        label, stage = content[host, "label"], content[host, "plant"]
        assert label["CHN"] - stage["CHN"] == pytest.approx(stage[host] - label[host], abs=1e-3)
    assert content.groupby(level=["through", "way"]).sum().round(3).eq(100).all()


def test_chinas_share_rose_to_2021_but_in_india() -> None:
    for base in ("all", "named"):
        for source, hosts, first, last in (
            (WIOD, ["IDN", "MEX"], 1995, 2011),
            (ADB, ["ASEAN", "IDN", "MEX"], 2018, 2021),
            (OECD, ["ASEAN", "IDN", "MEX"], 2011, 2021),
        ):
            share = source.shares("CHN", hosts, base=base)
            assert (share[last] > share[first] + 3).all()
    adb, oecd = (source.share("CHN", "IND") for source in (ADB, OECD))
    assert adb[2021] < adb[2018]
    assert oecd[2021] > oecd[2018] + 2
    assert min(adb, key=adb.__getitem__) == 2019
    assert adb[2022] > adb[2021]


def test_of_all_suppliers_china_from_2018_to_2022() -> None:
    for source in (ADB, OECD):
        for host in ("ASEAN", "MEX"):
            share = source.share("CHN", host)
            assert share[2022] > share[2018] + 2
        india = source.share("CHN", "IND")
        assert abs(india[2022] - india[2018]) < 0.8
    named = ADB.share("CHN", "IND", base="named")
    assert round(named[2022] - named[2018]) == 2
    rest = ADB.suppliers("IND").loc["ROW"]
    assert rest[2022] > rest[2018]


def test_russias_share_in_india_jumped_in_2022_alone() -> None:
    russia = ADB.share("RUS", "IND")
    assert russia[2021] < russia[2018]
    assert russia[2022] > 2 * russia[2021]


def test_chinas_machinery_stands_further_from_use_than_its_hosts(sample: ICIO) -> None:
    to_use = positions.upstreamness(sample).unstack()["Machinery"]
    assert to_use["CHN"] > 2 > to_use[["MEX", "IND", "IDN"]].max()
    assert to_use["USA"] == pytest.approx(to_use["IDN"], abs=0.05)


def test_a_range_is_written_once_where_its_ends_agree() -> None:
    assert [relocation.span(20.4, 20.1), relocation.span(66.2, 74.1)] == ["20", "66–74"]
