"""The shipped panels against the files they were made from and against numbers computed elsewhere."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import GvcError, holes, panel
from gvc.flows import sector_accounts
from industrial_chains import economies as eco
from industrial_chains import panel_contents
from pipeline.shares import fva_shares

NEA = ("CHN", "JPN", "KOR", "RUS")  # Mongolia is not in WIOD
YEARS = range(1995, 2012)


@pytest.fixture(scope="module")
def wiod() -> pd.DataFrame:
    return gvc.load_panel("wiod2013")


# Computed independently, with a full inverse: shares of NEA in IND, MEX and IDN, percent.
SHARES = {
    (2007, "va_exports"): (19.81, 24.38, 22.26),
    (2011, "va_exports"): (25.90, 28.52, 33.06),
    (2007, "intermediates"): (15.65, 18.75, 23.25),
    (2011, "intermediates"): (21.93, 22.90, 35.82),
}
LINKS = {2007: (11.56, 13.25, 7.60, 10.18), 2011: (12.92, 13.75, 8.18, 10.87)}


@pytest.mark.parametrize(("year", "flow"), SHARES)
def test_origin_shares(wiod: pd.DataFrame, year: int, flow: str) -> None:
    matrix = panel.flow_matrix(wiod, flow, year)
    shares = [round(gvc.origin_share(matrix, NEA, host), 2) for host in ("IND", "MEX", "IDN")]
    assert tuple(shares) == SHARES[year, flow]


@pytest.mark.parametrize("year", LINKS)
def test_links(wiod: pd.DataFrame, year: int) -> None:
    link = gvc.link_index(panel.flow_matrix(wiod, "va_final_demand", year))
    pairs = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))
    assert tuple(round(link.loc[pair], 2) for pair in pairs) == LINKS[year]


@pytest.mark.parametrize("year", YEARS)
def test_value_added_in_exports_sums_to_gross_exports(wiod: pd.DataFrame, year: int) -> None:
    content = panel.flow_matrix(wiod, "va_exports", year)
    exports = panel.flow_matrix(wiod, "gross_exports", year)
    np.testing.assert_allclose(content.sum(), exports.sum(axis=1), rtol=1e-9)
    assert content.shape == (41, 41)


def test_the_panel_covers_every_year_flow_and_pair(wiod: pd.DataFrame) -> None:
    assert panel.years(wiod) == list(YEARS)
    assert wiod["value"].notna().all()
    cells = wiod.groupby(["flow", "year"]).size().unstack()
    assert (cells.nunique(axis=1) == 1).all(), "every year alike"
    groups = cells.index.isin(["fva_block", "fva_merged"])
    assert (cells[~groups] == 41 * 41).all(axis=None)
    # Foreign origins of Northeast Asia, North America and the European Union; Indonesia alone is no group.
    assert (cells[groups] == (41 - 4) + (41 - 3) + (41 - 26)).all(axis=None)


def test_terms_of_exports_add_up_in_every_year(wiod: pd.DataFrame) -> None:
    for year in YEARS:
        content = panel.flow_matrix(wiod, "va_exports", year).to_numpy()
        terms = {term: panel.flow_matrix(wiod, term, year).sum(axis=1).to_numpy() for term in panel_contents.TERMS}
        np.testing.assert_allclose(terms["DVA"] + terms["DDC"], np.diagonal(content), rtol=1e-9)
        np.testing.assert_allclose(terms["FVA"] + terms["FDC"], content.sum(axis=0) - np.diagonal(content), rtol=1e-9)
        assert (terms["DAVAX"] < terms["DVA"]).all()


def test_routes_to_the_united_states(wiod: pd.DataFrame) -> None:
    for year in (1995, 2011):
        exported = panel.flow_matrix(wiod, "va_exports_to_USA", year)
        absorbed = panel.flow_matrix(wiod, "va_absorbed_by_USA", year)
        vax = panel.flow_matrix(wiod, "va_final_demand", year)["USA"]
        sales = panel.flow_matrix(wiod, "gross_exports", year)["USA"]
        np.testing.assert_allclose(exported.sum(), sales, rtol=1e-9)
        own = pd.Series(absorbed.to_numpy().diagonal(), absorbed.index).drop("USA")
        np.testing.assert_allclose(own, vax.drop("USA"), rtol=1e-9)


@pytest.mark.parametrize("year", [1995, 2003, 2011])
def test_the_panel_is_what_the_files_give(wiod: pd.DataFrame, test_data, year: int) -> None:
    table = gvc.read_icio(test_data / "data" / "wiod2013" / f"wiod{year % 100:02}.rda")
    assert (table.year, table.source) == (year, "WIOD 2013 release")
    assert not [finding for finding in table.check() if finding.level == "FAIL"]
    for flow, measure in panel.FLOWS.items():
        expected = measure(table)
        shipped = panel.flow_matrix(wiod, flow, year)
        np.testing.assert_allclose(shipped, expected, rtol=1e-9, atol=1e-6, err_msg=flow)
        assert list(shipped.index) == list(expected.index)
    world = gvc.value_added_in_final_demand(table).to_numpy().sum()
    imbalance = abs(table.x - table.Z.sum(axis=1) - table.Y.sum(axis=1)).sum()
    assert abs(world - table.Y.sum()) <= imbalance
    assert abs(table.va.sum() - table.Y.sum()) <= imbalance
    every = gvc.load_panel("wiod2013_sectors")
    sectors = every[(every["year"] == year) & (every["destination"] == "WLD")].pivot(
        index=["origin", "sector"], columns="flow", values="value"
    )
    accounts = sector_accounts(table)
    np.testing.assert_allclose(sectors.loc[accounts.index, accounts.columns], accounts, rtol=1e-9, atol=1e-6)
    further, by_industry = panel_contents.tidy(table)
    for frame, shipped in ((further, wiod), (by_industry, every)):
        keys = [name for name in frame.columns if name != "value"]
        both = frame.merge(shipped[shipped["year"] == year], on=keys, how="outer", suffixes=("", "_shipped"))
        assert len(both) == len(frame)
        np.testing.assert_allclose(both["value_shipped"], both["value"], rtol=1e-8, atol=1e-5)


def test_the_sample_is_the_table_of_2011(test_data) -> None:
    full = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod11.rda")
    sample = gvc.load_sample()
    assert (sample.year, sample.unit, len(sample.economies), len(sample.sectors)) == (2011, "million USD", 11, 5)
    for name in ("Z", "Y", "x", "va"):
        assert getattr(sample, name).sum() == pytest.approx(getattr(full, name).sum())
    china = full.economies.index("CHN") * 35
    assert sample.x[:5].sum() == pytest.approx(full.x[china : china + 35].sum())
    assert not [finding for finding in sample.check() if finding.level == "FAIL"]


def test_the_sample_has_the_co2_of_its_year() -> None:
    """As the accounts have it: kt in all, and of some economies industries and households together."""
    account = gvc.load_sample().accounts["CO2"]
    emitted = gvc.load_sample().by_economy(account.F) + account.F_Y
    assert emitted.sum() == pytest.approx(35_013_384.316, abs=0.05)
    shown = dict(zip(gvc.load_sample().economies, emitted, strict=True))
    for code, kt in {"CHN": 9_793_968, "JPN": 1_249_165, "MEX": 493_983, "USA": 5_253_197}.items():
        assert shown[code] == pytest.approx(kt, abs=1), code


# -- ADB ----------------------------------------------------------------------------------------------------------


def test_adb_shares_as_published_elsewhere() -> None:
    shares = panel.flow_matrix(gvc.load_panel("adb_fva_shares"), "fva_share", 2021)
    nea = shares.loc[list(eco.GROUPS["NEA"]), ["ASEAN", "IND", "MEX"]].sum()
    assert nea.round(2).tolist() == [34.68, 16.57, 28.58]


def test_adb_shares_and_weights_are_complete() -> None:
    frame = gvc.load_panel("adb_fva_shares")
    shares = frame[frame["flow"] == "fva_share"].groupby(["year", "destination"])["value"].sum()
    weights = frame[frame["flow"] == "pool_weight"].groupby("year")["value"].agg(["sum", "size"])
    np.testing.assert_allclose(shares, 100, rtol=1e-12)
    np.testing.assert_allclose(weights["sum"], 100, rtol=1e-12)
    assert (weights["size"] == 9).all()
    assert len(shares) == 6 * 17


def test_pooled_asean_is_its_members_weighted() -> None:
    frame = gvc.load_panel("adb_fva_shares")
    for year in panel.years(frame):
        shares = panel.flow_matrix(frame, "fva_share", year)
        weights = panel.flow_matrix(frame, "pool_weight", year)["ASEAN"]
        pooled = (shares[list(weights.index)] * weights).sum(axis=1) / 100
        np.testing.assert_allclose(pooled, shares["ASEAN"], rtol=1e-9, atol=1e-12)


def test_adb_shares_are_what_the_file_gives(test_data) -> None:
    made = fva_shares(test_data / "data" / "adb" / "fva_origin_2017_2022.csv")
    pd.testing.assert_frame_equal(made, gvc.load_panel("adb_fva_shares"), check_dtype=False, rtol=1e-9)


def test_the_panel_has_one_small_hole(wiod: pd.DataFrame) -> None:
    assert holes.find(wiod).empty
    found = holes.find(wiod, "intermediates")
    assert found.iloc[:, 2:].to_numpy().tolist() == [["MEX", "BGR", 2006, 2006, 71, 3, 186]]


@pytest.fixture(scope="module")
def exports() -> pd.DataFrame:
    """Gross exports of the Long-run WIOD, 1965 to 2000: those of its files, see ``tests/gvc/test_lrwiod.py``."""
    return gvc.load_panel("lrwiod").query("flow == 'gross_exports'")


def test_holes_of_the_long_run(exports: pd.DataFrame) -> None:
    found = holes.find(exports).set_index(["origin", "destination", "first"])
    for origin in ("JPN", "USA", "DEU", "HKG", "CAN", "FRA", "GBR", "ITA"):
        assert found.loc[(origin, "CHN", 1984), "last"] == 1986
    japan = found.loc[("JPN", "CHN", 1984)]
    assert [round(japan[name]) for name in ("before", "within", "after")] == [5665, 74, 8802]
    for pair in (("KOR", "TWN"), ("TWN", "KOR")):
        assert found.loc[(*pair, 1982), "last"] == 1983
    assert set(found.xs(("AUS", 1983), level=("destination", "first")).index) == {"KOR", "TWN", "CHN"}
    # Australia is missing on the other side of the same trade, and one year longer where China's hole follows.
    assert found.loc[("AUS", "CHN", 1983), "last"] == 1986
    assert {destination for origin, destination, first in found.index if (origin, first) == ("AUS", 1983)} == {
        *("CHN", "IND", "KOR", "TWN"),
    }
    spells = found.reset_index()[["destination", "first", "last"]].drop_duplicates()
    assert (len(found), len(spells)) == (36, 18)
    assert found["last"].max() < 1994


def test_the_hole_of_china_is_found_in_a_part_of_the_years(exports: pd.DataFrame) -> None:
    around = exports[exports["year"].between(1983, 1987)]
    assert {("JPN", "CHN"), ("HKG", "CHN")} <= set(
        holes.find(around)[["origin", "destination"]].itertuples(index=False, name=None)
    )
    assert holes.find(exports[exports["year"].between(1984, 1990)]).query("destination == 'CHN'").empty


def test_a_panel_that_there_is_not() -> None:
    with pytest.raises(GvcError, match=r"expected a panel: .*adb_fva_shares, .*wiod2013.*no such file"):
        gvc.load_panel("wiod2014")


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    content = (panel.DATA / "panel" / "wiod2013.parquet").read_bytes()
    for at in np.random.default_rng(1).integers(4, len(content), 5):
        damaged = bytearray(content)
        damaged[at] ^= 1
        (tmp_path / "p.parquet").write_bytes(damaged)
        with pytest.raises(GvcError, match=r"p\.parquet: expected a Parquet file"):
            gvc.load_panel(tmp_path / "p.parquet")


def test_the_books_panels_say_their_unit() -> None:
    units = {name: gvc.load_panel(name).attrs["unit"] for name in ("wiod2013", "wiod2013_sectors", "adb_fva_shares")}
    assert units == {"wiod2013": "million USD", "wiod2013_sectors": "million USD", "adb_fva_shares": "percent"}
