"""Geopolitics: how concentrated suppliers are, as titles and text say."""

import pandas as pd

from chapters.frontier import geopolitics
from gvc import panel
from industrial_chains import literature, trade_since_2011
from industrial_chains.analysis import exposure
from industrial_chains.article import HOSTS, NEA
from industrial_chains.sources import ADB, OECD, WIOD
from industrial_chains.uncertainty import error_sizes

BUYERS = ("CHN", "JPN", "KOR", "RUS", "IDN", "IND", "MEX", "USA")
EXPORTERS = (*NEA, "IDN", *HOSTS)


def _suppliers(year: int, buyer: str) -> pd.Series:
    inputs = panel.flow_matrix(panel.load_panel("wiod2013"), "intermediates", year)
    return exposure.union_as_one(exposure.supplier_shares(inputs, buyer), [buyer])


def test_suppliers_spread_everywhere_as_china_rose() -> None:
    wide = WIOD.concentration((*BUYERS, "MNG", "ASEAN"), "imint_share")[["hhi", "largest"]].unstack()
    assert (wide["hhi", 2011] < wide["hhi", 1995]).all()
    share = WIOD.shares("CHN", ["JPN", "KOR", "IDN", "IND", "MEX", "USA"], "imint_share")
    assert (share[2011] > 2 * share[1995]).all()
    lead = wide["largest"].loc[["JPN", "KOR", "IDN", "IND"]]
    assert (lead[2011] == "CHN").all()
    assert (lead[1995] != "CHN").all()
    for buyer in lead.index:
        before, after = (_suppliers(year, buyer).drop("ROW") for year in (1995, 2011))
        change = (after / after.sum()) ** 2 - (before / before.sum()) ** 2
        ahead = before.index[before > before["CHN"]]
        assert -change[ahead].sum() > change["CHN"] > 0, "those ahead of China fell back by more than it rose"


def test_after_2017_concentration_has_no_common_direction() -> None:
    wide = ADB.concentration((*EXPORTERS, "USA"))["hhi"].unstack()
    change = wide[2022] - wide[2017]
    hardly = change.abs() < 0.005
    assert set(change.index[hardly]) == {"CHN", "IND"}
    assert set(change.index[~hardly & (change > 0)]) == {"ASEAN", "IDN", "JPN", "KOR"}
    assert set(change.index[~hardly & (change < 0)]) == {"RUS", "MNG", "MEX"}
    assert change["KOR"] < change[["ASEAN", "IDN", "JPN"]].min()


def test_exporters_lean_on_china_more_and_two_hardly() -> None:
    share = OECD.shares("CHN", [*geopolitics.LEANING, "ASEAN"])
    change = share[2022] - share[2017]
    assert set(change.index[change < 0.5]) == {"IND", "USA"}
    assert change.idxmax() == "VNM"
    assert (change.drop("ASEAN") > 0.5).sum() == 10
    for base in ("all", "named"):
        by_year = OECD.shares("CHN", geopolitics.LEANING, base=base)  # type: ignore[arg-type]
        assert len(by_year) == 12
        assert (by_year[2017] < by_year[2021]).all()
        assert (by_year[2021] > by_year[2022]).all()
    named = OECD.shares("CHN", geopolitics.LEANING, base="named")
    assert set(named.index[named[2022] < named[2017]]) == {"USA"}
    since_2018 = OECD.shares("CHN", geopolitics.LEANING)
    assert ((since_2018[2022] - since_2018[2018]).drop(["IND", "USA"]) > 0).all()
    by_adb = ADB.share("CHN", "ASEAN")
    assert by_adb[2022] > by_adb[2018] + 3
    assert share[2022].idxmax() == "VNM"


def test_concentration_rose_in_asean_and_fell_in_china_and_mexico() -> None:
    index = OECD.concentration(("ASEAN", *geopolitics.LEANING, "CHN"))["hhi"].unstack()
    change = index[2022] - index[2017]
    assert change.idxmax() == "VNM"
    assert set(change.index[change < -0.01]) == {"CHN", "MEX", "RUS"}
    assert change["ASEAN"] > 0.005
    for buyer in ("CHN", "MEX", "RUS"):
        then, now = (
            exposure.concentration_by_convention(OECD.suppliers(buyer)[year], [buyer]) for year in (2017, 2022)
        )
        apart = (now - then)["apart"]
        assert (apart > 0).all() if buyer == "RUS" else ((now - then) < 0).all()
    shares = OECD.suppliers("MEX")
    assert shares.loc["CHN", 2022] > shares.loc["CHN", 2017]
    assert shares.loc["USA", 2022] < shares.loc["USA", 2017]


def test_of_all_exporters_ten_lean_on_china_less() -> None:
    """Counted from the panel's flows, and without the rest of the world, too."""
    for left_out, count in ((["CHN"], 10), (["CHN", "ROW"], 10)):
        share = {}
        for year in (2017, 2022):
            flow = OECD.matrix("va_exports", year)
            for host in flow.columns.drop(["CHN", "ROW"]):
                others = flow[host].drop([host, *left_out])
                share[year, host] = flow[host]["CHN"] / (others.sum() + flow[host]["CHN"])
        hosts = [host for year, host in share if year == 2022]
        fell = {host for host in hosts if share[2022, host] < share[2017, host]}
        assert len(hosts) == 79
        assert fell >= {"BGD", "PAK", "KHM", "LAO", "BRN"}
        assert len(fell) == count
    every = geopolitics.every_exporter()
    assert (every[2022] > every[2017]).sum() == 69
    assert (every[2021] > every[2017]).sum() == 74
    assert (every[2022] < every[2021]).sum() == 59
    assert set(geopolitics.LEANING) < set(every.index)


def test_most_rises_are_larger_than_their_error() -> None:
    numbers = geopolitics.numbers()
    assert [numbers["rises_beyond_error"], numbers["falls_beyond_error"]] == [63, 6]
    # India's rise and that of the United States are not, and Viet Nam's rise is twice its error.
    every = geopolitics.every_exporter()
    change = every[2022] - every[2017]
    off = {
        code: error_sizes.change(OECD, "fva_share", OECD.share("CHN", code), (2017, 2022), code)
        for code in change.index
    }
    assert all(abs(change[code]) < off[code] for code in ("IND", "USA"))
    assert change["VNM"] > 2 * off["VNM"]
    assert {code for code in change.index if change[code] < -off[code]} == {"BGD", "BRN", "CYP", "KHM", "LAO", "PAK"}


def test_works_that_state_a_method() -> None:
    """Few do on geopolitics and relocation, and most on resilience, as headings say."""
    stated = {name: literature.works(name)["method"].ne("") for name in ("geopolitics", "resilience", "relocation")}
    assert {name: (int(given.sum()), len(given)) for name, given in stated.items()} == {
        "geopolitics": (2, 12),
        "resilience": (12, 20),
        "relocation": (6, 26),
    }


def test_russias_fuels_go_to_india_and_china(test_data) -> None:
    """What title, text and description of the chart say, off the source."""
    rows = pd.read_parquet(test_data / "data/minerals/baci_raw_materials_imports_2007_2024.parquet")
    fuels = rows[rows["k"].isin([270111, 270112, 270119, 270210, 270220, 270900, 271111, 271121])]
    value = fuels.groupby(["t", "j", "i"])["v"].sum().unstack(fill_value=0)
    share = (100 * value["RUS"] / value.sum(axis=1)).unstack()
    shown = geopolitics.fuels_from_russia().pivot(index="year", columns="importer", values="value")
    pd.testing.assert_frame_equal(shown, share.loc[2012:, sorted(shown)], check_names=False, rtol=1e-4)
    assert set(shown.loc[2024].nlargest(2).index) == {"IND", "CHN"}
    assert (shown.loc[2024] > shown.loc[2021]).to_dict() == {
        **{"IND": True, "CHN": True},
        **{"JPN": False, "KOR": False, "DEU": False},
    }
    assert (shown.loc[:2021].idxmax(axis=1) == "DEU").all()
    assert shown.loc[:2021, "IND"].max() < 2
    # Each of the nine bought for over ten billion dollars in 2021; no other importer of the source did.
    large = value.loc[2021].sum(axis=1) > 1e7
    assert set(large.index[large]) == set(trade_since_2011.FUEL_BUYERS)
    index = value.div(value.sum(axis=1), axis=0).pow(2).sum(axis=1).unstack()[[*trade_since_2011.FUEL_BUYERS]]
    more = index.loc[2024] > index.loc[2021]
    assert more[["IND", "CHN"]].all()
    found = geopolitics.numbers()
    assert [found["fuel_importers_more_concentrated"], found["fuel_importers"]] == [more.sum(), len(more)] == [6, 9]
