"""Results on whole tables, against the tables and against sums worked out another way."""

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc.leontief import input_coefficients, inverse, value_added_coefficients
from industrial_chains import data
from industrial_chains.sample import sample
from industrial_chains.whole_table_results import GROUPS, goods_of
from pipeline import whole_table_results
from pipeline.oecd.pieces import read_pieces
from pipeline.oecd.tables import whole_table


def kept(name: str, database: str, year: int) -> pd.DataFrame:
    frame = data.table(name)
    return frame[frame["database"].eq(database) & frame["year"].eq(year)].reset_index(drop=True)


def test_goods_are_known_by_every_code(sample) -> None:
    assert goods_of(sample) == ("Primary", "Light", "Materials", "Machinery")
    assert len(GROUPS) == 50
    assert {code for code in GROUPS if GROUPS[code] == "Machinery"} == {
        "C26",
        "C27",
        "C28",
        "C29",
        "C301",
        "C302T309",
    }


def test_coarser_tables_keep_their_totals(sample) -> None:
    by_sector = sample.aggregate(sectors={name: "c1" if name == "Primary" else name for name in sample.sectors})
    assert goods_of(by_sector) == ("c1", "Light", "Materials", "Machinery")
    shown = data.table("plants")[["database", "year", "economies", "industries"]].drop_duplicates()
    assert len(shown) == 10


def test_plants_of_the_sample_are_stored_as_they_are() -> None:
    table = sample()
    kept_plants = data.table("plants").query("economies == 11 and industries == 5 and database == 'WIOD'")
    pd.testing.assert_frame_equal(
        whole_table_results.plants(table), kept_plants.reset_index(drop=True), check_dtype=False, rtol=1e-4, atol=1e-4
    )


def test_what_leaves_the_plant_alone_is_its_own_value_added() -> None:
    table = sample()
    home, goods = table.home == table.economies.index("CHN"), np.tile(np.arange(5) < 4, 11)
    sold = np.where(home & goods, table.Z[:, table.home == table.economies.index("USA")].sum(axis=1), 0)
    due = 100 * value_added_coefficients(table) @ sold / sold.sum()
    assert whole_table_results.plants(table).query("moves == 'plant'")["lost"].round(9).unique().tolist() == [
        round(due, 9)
    ]


def test_whole_tables_of_2011_are_stored_as_they_are(test_data) -> None:
    icio = gvc.read_icio(test_data / "data" / "wiod2013" / "wiod11.rda")
    for name, made in (
        ("reliance", whole_table_results.reliance(icio)),
        ("without", whole_table_results.without(icio)),
    ):
        pd.testing.assert_frame_equal(made, kept(name, "WIOD", 2011), check_dtype=False, rtol=1e-5, atol=1e-4)
    kept_plants = kept("plants", "WIOD", 2011)
    pd.testing.assert_frame_equal(
        whole_table_results.plants(icio),
        kept_plants[kept_plants["economies"].eq(41) & kept_plants["industries"].eq(35)].reset_index(drop=True),
        check_dtype=False,
        rtol=1e-5,
        atol=1e-4,
    )
    # Summed to the economies of the sample, the Union has the members of today and the United Kingdom.
    few = list(whole_table_results.coarser(icio))[1]
    members = np.isin(icio.economies, [*gvc.economies.GROUPS["EU27"], "GBR"]).repeat(35)
    assert few.x[few.home == few.economies.index("EUU")].sum() == pytest.approx(icio.x[members].sum())
    # Once more, by a full inverse and no function of the package.
    B, v = inverse(icio), value_added_coefficients(icio)
    china, america = (icio.home == icio.economies.index(code) for code in ("CHN", "USA"))
    finished = np.where(america, icio.Y.sum(axis=1), 0)
    paid = (input_coefficients(icio) @ finished).sum()
    earned = (np.where(china, v, 0) @ (B - np.eye(len(v)))) @ finished
    once = kept("reliance", "WIOD", 2011).query("maker == 'USA' and origin == 'CHN'")["percent"].item()
    assert once == pytest.approx(100 * earned / paid, rel=1e-5)
    # Without the link: what China sells to the United States is demand that is gone, and so are inputs for it.
    A, Y = input_coefficients(icio).copy(), icio.Y.copy()
    A[np.ix_(china, america)] = 0
    Y[china, icio.economies.index("USA")] = 0
    x = np.linalg.solve(np.eye(len(A)) - A, Y.sum(axis=1) + icio.x - icio.Z.sum(axis=1) - icio.Y.sum(axis=1))
    taiwan = icio.home == icio.economies.index("TWN")
    change = kept("without", "WIOD", 2011).query("seller == 'CHN' and economy == 'TWN'")["change"].item()
    assert change == pytest.approx(float((v * (x - icio.x))[taiwan].sum()), rel=1e-4)


def test_what_origins_earn_another_way() -> None:
    """By a full inverse on the small table, maker by maker."""
    table = sample()
    A = table.Z / table.x
    B, v = np.linalg.inv(np.eye(len(A)) - A), 1 - A.sum(axis=0)
    codes = [code for code in table.economies if code != "ROW"]
    rows = {code: np.flatnonzero(table.home == table.economies.index(code)) for code in codes}
    ratios, earned = [], 0.0
    for maker in codes:
        if maker != "CHN":
            finished = np.zeros(len(A))
            finished[rows[maker]] = table.Y[rows[maker]].sum(axis=1)
            once = (v * (B @ finished - finished))[rows["CHN"]].sum()
            ratios.append(once / (A @ finished)[rows["CHN"]].sum())
            earned += once
    found = whole_table_results.origins(table).set_index("origin").loc["CHN"]
    assert found["median"] == pytest.approx(np.median(ratios))
    assert [found["makers"], found["more"]] == [len(ratios), sum(one > 1 for one in ratios)]
    assert found["earned"] == pytest.approx(earned)


def test_purchases_move_cell_by_cell(test_data) -> None:
    """Chinese inputs of American industries become Vietnamese in the table of 2022, by numpy alone."""
    table = whole_table(read_pieces(test_data / "data" / "oecd_icio"))
    china, viet_nam, america = (np.flatnonzero(table.home == table.economies.index(c)) for c in ("CHN", "VNM", "USA"))
    A = np.divide(table.Z, table.x, out=np.zeros_like(table.Z), where=table.x > 0)
    moved = A[np.ix_(china, america)]
    # What Viet Nam does not make stays where it was.
    made = table.x[viet_nam] > 0
    A[np.ix_(viet_nam[made], america)] += moved[made]
    A[np.ix_(china[made], america)] = 0
    finished = np.zeros(len(A))
    finished[america] = table.Y[america].sum(axis=1)
    earned = (1 - A.sum(axis=0)) * (np.linalg.solve(np.eye(len(A)) - A, finished) - finished)
    rows = kept("purchases", "OECD", 2022).set_index(["count", "host"])
    assert rows.loc[("once", "VNM"), "own"] == pytest.approx(100 * earned[china].sum() / earned.sum(), rel=1e-4)
    left = (100 * rows["own"] / rows["before"])["once"].round(1)
    assert left.to_dict() == {"USA": 21.6, "IND": 25.4, "IDN": 26.7, "MEX": 27.5, "MYS": 29.0, "THA": 30.3, "VNM": 35.5}


def test_rerouting_another_way(monkeypatch) -> None:
    monkeypatch.setattr(whole_table_results, "THROUGH", ("MEX",))
    icio = sample()
    found = whole_table_results.rerouted(icio).set_index(["way", "what", "economy"])["value"]
    names = icio.economies
    china, mexico, america = (icio.home == names.index(code) for code in ("CHN", "MEX", "USA"))
    bought = icio.Z[:, america].sum(axis=1) + icio.demand[:, names.index("USA")]
    assert found["none", "gross", "MEX"] == pytest.approx(bought[mexico].sum() / 1000)
    goods = np.where(china & np.tile(np.arange(5) < 4, len(names)), bought, 0)
    assert found["label", "gross", "MEX"] - found["none", "gross", "MEX"] == pytest.approx(goods.sum() / 4000)
    v, B = np.where(china, value_added_coefficients(icio), 0), inverse(icio)
    assert found["label", "content", "CHN"] == pytest.approx(100 * v @ B @ goods / goods.sum())
    # What passes Mexico is what is lost to China once Mexico exports nothing (Los, Timmer and de Vries 2016).
    A, final = input_coefficients(icio).copy(), icio.demand[:, names.index("USA")]
    absorbed = v @ B @ final
    A[np.ix_(mexico, ~mexico)] = 0
    left = v @ np.linalg.solve(np.eye(len(A)) - A, np.where(mexico, 0, final))
    assert found["none", "route", "MEX"] == pytest.approx(100 * (1 - left / absorbed))


def test_the_table_of_2022_is_stored_as_it_is(test_data) -> None:
    icio = whole_table(read_pieces(test_data / "data" / "oecd_icio"))
    pd.testing.assert_frame_equal(
        whole_table_results.reliance(icio), kept("reliance", "OECD", 2022), check_dtype=False, rtol=1e-5, atol=1e-4
    )
    # Under a new label a dollar is China's as far as China's own product is, in the table as it stands.
    names, goods = icio.economies, np.isin(icio.sectors, goods_of(icio))
    china, america = (icio.home == names.index(code) for code in ("CHN", "USA"))
    sold = icio.Z[:, america].sum(axis=1) + icio.Y[:, names.index("USA")]
    sold = np.where(china & np.tile(goods, len(names)), sold, 0)
    v = np.where(china, value_added_coefficients(icio), 0)
    needed = np.linalg.solve(np.eye(len(sold)) - input_coefficients(icio), sold)
    rerouted = data.table("rerouted").set_index(["through", "way", "what", "economy"])["value"]
    assert rerouted["VNM", "label", "content", "CHN"] == pytest.approx(100 * v @ needed / sold.sum(), rel=1e-5)
    moved = rerouted["VNM", "label", "gross", "VNM"] - rerouted["VNM", "none", "gross", "VNM"]
    assert moved == pytest.approx(whole_table_results.PART * sold.sum() / 1000, rel=2e-3)
