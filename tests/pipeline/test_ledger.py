"""The ledger against a full inverse of the pieces' numbers, by numpy alone, and against identities."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
import rdata

import gvc
from industrial_chains import data
from pipeline import ledger
from pipeline.oecd.pieces import flows_file, read_flows, read_pieces
from pipeline.oecd.shares import factors
from pipeline.oecd.tables import estimate, whole_table

MEMBERS = ["BRN", "KHM", "IDN", "LAO", "MYS", "PHL", "SGP", "THA", "VNM", "MMR"]


@cache
def _table(folder, year):
    rebuilt = whole_table(read_pieces(folder))
    return rebuilt if year == 2022 else estimate(rebuilt, read_flows(flows_file(folder, year)), factors(rebuilt, year))


def _inverse(Z, x):
    """Give what each industry adds in a unit of each product: v (I - A)^-1, industries in rows."""
    A = Z / np.where(x == 0, 1, x)
    return (1 - A.sum(axis=0))[:, None] * np.linalg.inv(np.eye(len(x)) - A)


def kept(name: str, **where: object) -> pd.DataFrame:
    frame = data.table(name)
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame.reset_index(drop=True)


def test_the_recipe_of_indian_machinery_from_the_file_of_wiod(test_data) -> None:
    """India's own cents and China's in 2011, by the objects of the file, as the package `rdata` reads them."""
    file = rdata.read_rda(test_data / "data" / "wiod2013" / "wiod11.rda")
    Z, final, x = (np.asarray(file[f"{name}11"], dtype=float) for name in ("inter", "final", "output"))
    x = x.ravel()
    codes = [str(code) for code in np.asarray(file["countries"]).ravel()]
    home = np.repeat(np.arange(41), 35)
    added = _inverse(Z, x)
    india, china, mining_and_refining = codes.index("IND"), codes.index("CHN"), np.isin(np.arange(1435) % 35, (1, 7))
    row = india * 35 + 12  # c13, the thirteenth industry
    shipped = Z[row, home != india].sum() + final[row, np.repeat(np.arange(41), 5) != india].sum()
    earned = added[:, row] * shipped
    found = kept("ledger", database="WIOD", host="IND", industry="machinery", year=2011).set_index("origin")
    assert found.loc["home", "dollars"] == pytest.approx(earned[home == india].sum(), rel=1e-5)
    assert found.loc["CHN", "cents"] == pytest.approx(100 * earned[home == china].sum() / shipped, rel=1e-5)
    without = earned * ~mining_and_refining
    assert found.loc["CHN", "cents_without"] == pytest.approx(
        100 * without[home == china].sum() / without.sum(), rel=1e-5
    )
    assert "ASEAN10" not in found.index


def test_three_cells_of_the_oecd_by_a_full_inverse(test_data) -> None:
    table = _table(test_data / "data" / "oecd_icio", 2022)
    Z, x, codes, sectors = table.Z, table.x, list(table.economies), np.array(table.sectors)
    added = _inverse(Z, x)
    code, sector = np.repeat(codes, len(sectors)), np.tile(sectors, len(codes))

    def shipped(host, products, outside):
        """Sell what rows of a host make, less what some economies buy."""
        rows = (code == host) & np.isin(sector, products)
        bought = table.demand[:, [table.result_economies.index(one) for one in outside]].sum(axis=1)
        return rows * (table.x - Z[:, np.isin(code, outside)].sum(axis=1) - bought)

    viet_nam = added @ shipped("VNM", ["C26", "C27"], ["VNM"])
    found = kept("ledger", database="OECD", host="VNM", industry="electronics", year=2022).set_index("origin")
    assert found.loc["KOR", "dollars"] == pytest.approx(viet_nam[code == "KOR"].sum(), rel=1e-4)
    assert found.loc["home", "cents"] == pytest.approx(100 * viet_nam[code == "VNM"].sum() / viet_nam.sum(), rel=1e-4)
    fellows = np.isin(code, MEMBERS) & (code != "VNM")
    assert found.loc["ASEAN10", "dollars"] == pytest.approx(viet_nam[fellows].sum(), rel=1e-4)

    mexico = added @ shipped("MEX", ["C29", "C301", "C302T309"], ["MEX"])
    mexico = mexico * ~np.isin(sector, ["B05", "B06", "B07", "B08", "B09", "C19"])
    found = kept("ledger", database="OECD", host="MEX", industry="vehicles", year=2022).set_index("origin")
    assert found.loc["USA", "cents_without"] == pytest.approx(
        100 * mexico[code == "USA"].sum() / mexico.sum(), rel=1e-4
    )

    asean = added @ sum(shipped(member, ["C13T15"], MEMBERS) for member in MEMBERS)
    found = kept("ledger", database="OECD", host="ASEAN10 as one", industry="textiles", year=2022).set_index("origin")
    assert found.loc["home", "dollars"] == pytest.approx(asean[np.isin(code, MEMBERS)].sum(), rel=1e-4)
    assert found.loc["CHN", "cents"] == pytest.approx(100 * asean[code == "CHN"].sum() / asean.sum(), rel=1e-4)


def test_final_products_another_way(test_data) -> None:
    table = _table(test_data / "data" / "oecd_icio", 2022)
    code, sector = np.repeat(table.economies, len(table.sectors)), np.tile(table.sectors, len(table.economies))
    of = (code == "VNM") & (sector == "C13T15")
    at_home = table.result_economies.index("VNM")
    all_final, abroad = of * table.demand.sum(axis=1), of * np.delete(table.demand, at_home, axis=1).sum(axis=1)
    found = kept("finished", database="OECD", maker="VNM", industry="textiles", year=2022)
    assert found["dollars"].sum() == pytest.approx(all_final.sum(), rel=1e-4)
    assert found["dollars_abroad"].sum() == pytest.approx(abroad.sum(), rel=1e-4)
    earned = _inverse(table.Z, table.x) @ np.column_stack([all_final, abroad])
    china = found.set_index("origin").loc["CHN", ["dollars", "dollars_abroad"]].tolist()
    assert china == pytest.approx(earned[code == "CHN"].sum(axis=0).tolist(), rel=1e-4)
    # The ten makers of which Viet Nam is in ASEAN are the world.
    world = table.demand[np.isin(sector, "C13T15")].sum()
    makers = data.table("finished").query("database == 'OECD' and industry == 'textiles' and year == 2022")
    assert makers[makers["maker"] != "VNM"]["dollars"].sum() == pytest.approx(world, rel=1e-4)


def test_an_estimated_year_is_that_of_its_table(test_data) -> None:
    table = _table(test_data / "data" / "oecd_icio", 2018)
    keys = ["host", "industry", "origin"]
    due = ledger.ledger(table).set_index(keys).sort_index().drop(columns=["database", "year"])
    found = kept("ledger", database="OECD", year=2018).set_index(keys).sort_index().drop(columns=["database", "year"])
    # Dollars are kept to a thousand.
    pd.testing.assert_frame_equal(found, due, rtol=1e-4, atol=1e-3)
    keys[0] = "maker"
    due = ledger.finished(table).set_index(keys).sort_index().drop(columns=["database", "year"])
    found = kept("finished", database="OECD", year=2018).set_index(keys).sort_index()
    pd.testing.assert_frame_equal(found.drop(columns=["database", "year"]), due, rtol=1e-4, atol=1e-3)


def test_published_shares_are_those_of_the_file(test_data) -> None:
    file = test_data / "data" / "oecd_tiva" / "oecd_tiva_mainsh_2012_2022_selected.csv"
    found = data.table("published").set_index(["host", "year"])["home"]
    rows = [line.split(",") for line in file.read_text("utf-8").splitlines() if ",EXGR_DVA,MEX," in line]
    assert len(rows) == 11
    for row in rows:
        year, value = row[7:9]
        assert found["MEX", int(year)] == float(value)
    # As the OECD prints them, one digit.
    assert found["VNM"][[2012, 2022]].round(1).tolist() == [65.0, 51.5]
    assert found["ASEAN10 as one"][[2012, 2022]].round(1).tolist() == [70.3, 66.7]
    assert len(found) == 13 * 11


@pytest.mark.parametrize("suffix", ["", "_without"])
def test_origins_add_up(suffix: str) -> None:
    """Cents to a dollar, dollars of ASEAN to those of its members, goods to no less than the industries among them."""
    rows = data.table("ledger")
    keys = ["database", "host", "industry", "year"]
    cents = rows.dropna(subset=f"cents{suffix}").groupby(keys)[f"cents{suffix}"].sum()
    assert cents.to_numpy() == pytest.approx(100, abs=1e-3)
    sums = rows[rows["database"] == "OECD"].groupby(keys[1:])[f"dollars{suffix}"].sum().unstack("host")
    assert sums["ASEAN10"].to_numpy() == pytest.approx(sums[MEMBERS].sum(axis=1).to_numpy(), rel=1e-4)
    assert (sums["ASEAN10 as one"] < sums["ASEAN10"]).all()
    for host in ("VNM", "MEX", "IND"):
        here = sums[host].unstack("industry")
        disjoint = here[["electronics", "machinery", "vehicles", "textiles", "metals"]].sum(axis=1)
        assert ((disjoint < here["goods"]) & (here["goods"] < here["all"])).all()


def test_dollars_are_the_exports_of_another_file() -> None:
    """The panel has gross exports of goods and services, by its own way from the same tables."""
    flows = gvc.load_panel("oecd").query("flow == 'gross_exports' and year == 2022")
    for host in ("VNM", "MEX", "IND"):
        due = flows[flows["origin"] == host]["value"].sum()
        assert kept("ledger", database="OECD", host=host, industry="all", year=2022)["dollars"].sum() == pytest.approx(
            due, rel=1e-4
        )
