"""How the OECD tables were put together: what the page says, and what its results hold."""

import pytest

from industrial_chains.chapters import oecd
from industrial_chains.estimate_quality import stored


def test_the_parts_are_all_output() -> None:
    parts, known = oecd.blocks(), oecd.known()
    assert parts["Percent"].sum() == pytest.approx(100)
    assert known.to_dict() == pytest.approx(
        {"exact": 44.79, "fitted": 1.63, "given": 49.70, "modelled": 3.87}, abs=0.01
    )


def test_errors_by_year_are_the_stored_ones() -> None:
    table = oecd.errors()
    assert table.index.tolist() == [(2022, "rebuilt"), *((year, "estimate") for year in range(2021, 2011, -1))]
    assert table["Origins in final demand", "Mean"].notna().sum() == 3
    row = stored("errors").query("table == 'kept' and year == 2012 and measure == 'EXGR_DVA' and among == 'economies'")
    assert table.loc[(2012, "estimate"), ("Domestic in exports", "Largest")] == row["largest"].item()
    assert oecd.error("EXGR_DVA", 2012)["where"] == "VNM"
    assert oecd.error("FDVA", 2022)["where"] == "MEX→USA"


def test_the_farther_back_the_less_is_known() -> None:
    means = oecd.errors()["Domestic in exports", "Mean"].droplevel("Table")
    assert means.is_monotonic_increasing, "from 2022 to 2012"


def test_only_china_and_mexico_are_off_in_2022() -> None:
    assert oecd.apart("EXGR_DVA")["largest"] < 0.03
    assert oecd.error("EXGR_DVA", 2022)["where"] == "MEX"


def test_the_start_of_the_services_hardly_matters() -> None:
    table = oecd.tried(oecd.REBUILT, (2022,))
    other = table.loc["Services for final demand from where industries have them"]
    assert (table.loc["As the panel holds it"] - other).abs().max() < 0.001


def test_two_estimates_come_closer_and_no_more() -> None:
    origins = oecd.tried(oecd.ESTIMATES, (2021, 2019, 2012))["Origins in final demand"]
    closer = origins.index[(origins < origins.loc["RAS, as the panel holds it"]).all(axis=1)]
    assert [label.split(",")[1].split()[0] for label in closer] == ["cost", "imported"]
    exports = oecd.tried(oecd.ESTIMATES, (2021,))["Domestic in exports"]["2021"]
    assert exports.idxmin() == "RAS, imported inputs fitted to published domestic shares"
    parts = oecd.tried(oecd.ESTIMATES, (2021,))["Absorbed abroad"]["2021"].drop("No estimate: the table of 2022")
    assert parts.idxmax() == "RAS, all services as one industry"


def test_an_old_table_drifts_away_from_the_truth() -> None:
    wide = oecd.trial().pivot(index=["measure", "year"], columns="method", values="value")
    ratio = wide["Table of 2011"] / wide["Estimate"]
    assert ratio.between(3, 10).all()
    assert len(ratio) == 2 * 11
    assert oecd.missed("LINK", 11, "stayed")["mean"] > 9 * oecd.missed("LINK", 11)["mean"]


def test_the_pieces_agree_but_in_real_estate() -> None:
    gaps = oecd.identities()
    assert gaps["Largest gap"].idxmax() == "National tables: uses that add up to output"
    assert gaps["Where"].iloc[2:4].str.endswith(", L").all(), "real estate"
    lost = gaps.loc["Intermediate use beyond its flow, among the economies shown"]
    assert lost["Where"] == "Hong Kong, C302T309"
    assert lost["All gaps"] < 14
    found = stored("findings").query("year == 2022 and what == 'negative value added'")
    assert (found["number"].item(), found["where"].item()) == (2, "ISL C21")
