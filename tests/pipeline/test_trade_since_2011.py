"""Results on goods, duties and minerals, against the sources and against sums worked out another way."""

import h5py
import numpy as np
import pandas as pd
import pytest

from industrial_chains import data
from industrial_chains.trade_model import inputs
from industrial_chains.trade_since_2011 import PARTNERS
from pipeline import trade_since_2011
from pipeline.oecd.pieces import flows_file, read_flows, read_pieces
from pipeline.oecd.tables import whole_table


def kept(name: str, **where: object) -> pd.DataFrame:
    frame = data.table(name)
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame.reset_index(drop=True)


def test_goods_are_the_sums_of_industries() -> None:
    columns = ["to_USA", "from_CHN", "imports"]
    summed = kept("by_industry", year=2022).groupby("economy")[columns].sum()
    pd.testing.assert_frame_equal(
        kept("goods", year=2022).set_index("economy")[columns].sort_index(), summed, rtol=1e-4
    )
    assert len(kept("goods", year=2011)) == 81


def test_goods_are_those_of_the_file(test_data) -> None:
    with h5py.File(test_data / "data" / "oecd_icio" / "ICIO2017.mat") as file:
        # As stored: sector, destination, origin.
        values, codes = (
            file["data/Xjik_3D"][()],
            [
                bytes(np.asarray(file[place][()].ravel(), dtype="<u2")).decode("utf-16-le")
                for place in file["data/countries"][()].ravel()
            ],
        )
    usa, china, viet_nam = (codes.index(code) for code in ("USA", "CHN", "VNM"))
    goods = values[:27]
    flows = read_flows(flows_file(test_data / "data" / "oecd_icio", 2017))
    pd.testing.assert_frame_equal(
        trade_since_2011.by_industry(flows), kept("by_industry", year=2017), check_dtype=False, rtol=1e-4
    )
    row = kept("goods", year=2017, economy="VNM").iloc[0]
    assert row["to_USA"] == pytest.approx(goods[:, usa, viet_nam].sum(), rel=1e-5)
    assert row["from_CHN"] == pytest.approx(goods[:, viet_nam, china].sum(), rel=1e-5)
    assert row["imports"] == pytest.approx(goods[:, viet_nam].sum() - goods[:, viet_nam, viet_nam].sum(), rel=1e-5)


def test_duties_agree_with_the_tracker_and_its_own_words() -> None:
    duty = data.table("duties").assign(charged=lambda frame: frame["collected"] + frame["added"])
    charged = duty.pivot(index="date", columns="partner", values="charged")
    # The tracker's description: from 10.89 to 11.39 per cent of all imports on 24 July 2026, small partners among them.
    assert charged["WLD"][["2026-07-22", "2026-07-24"]].tolist() == pytest.approx([10.89, 11.39], abs=0.05)
    collected = duty.groupby("partner")["collected"].first()
    assert collected[["CHN", "MEX", "CAN", "JPN"]].round(2).tolist() == [10.87, 0.25, 0.10, 1.51]
    of_model = set(inputs.PARTNERS)
    assert set(duty["partner"]) == {*PARTNERS, *of_model, "WLD"}
    imports = duty.groupby("partner")["imports"].first()
    assert imports[list(of_model)].sum() == pytest.approx(imports["WLD"], rel=1e-5)
    assert duty["date"].nunique() == 23


def test_a_group_is_weighted_by_imports(test_data) -> None:
    rows = pd.read_csv(test_data / "data" / "us_tariffs" / "country-by-time.csv")
    here = rows[rows["date"].eq("2026-08-19") & rows["country_name"].isin(PARTNERS["ASEAN"])]
    assert len(here) == 7
    due = np.average(here["effective tariff"], weights=here["total imports"])
    found = kept("duties", partner="ASEAN", date="2026-08-19")["added"].item()
    assert found == pytest.approx(due, rel=1e-4)
    pd.testing.assert_frame_equal(trade_since_2011.duties(test_data / "data"), data.table("duties"), rtol=1e-4)


def test_mines_and_imports_are_those_to_expect() -> None:
    mined = kept("mined", year=2024).set_index("mineral")["share"].round(1)
    assert mined[["Gallium", "Germanium", "Tungsten (W)", "Graphite", "Rare Earths (REO)"]].tolist() == [
        98.7,
        93.3,
        77.9,
        75.9,
        67.8,
    ]
    share = data.table("bought").pivot(index=["importer", "material"], columns="year", values="share").round()
    years = [2017, 2021, 2024]
    assert share.loc[("USA", "Rare-earth compounds"), years].tolist() == [63, 65, 74]
    assert share.loc[("JPN", "Rare-earth compounds"), years].tolist() == pytest.approx([57, 76, 58], abs=1)
    assert share.loc[("KOR", "Lithium hydroxide"), years].tolist() == [55, 84, 84]


def test_minerals_another_way(test_data) -> None:
    folder = test_data / "data" / "minerals"
    mines = pd.read_csv(folder / "world_mining_data_2018_2024.csv")
    total: dict[str, float] = {}
    for row in mines[mines["mineral"] == "Lithium (Li2O)"].itertuples():
        if row._11 == row._11:  # the column 2024, where it has a number
            total[row.Country_ISO] = total.get(row.Country_ISO, 0) + row._11
    world = sum(total.values())
    found = kept("mined", mineral="Lithium (Li2O)", year=2024).iloc[0]
    assert found["share"] == pytest.approx(100 * total["CHN"] / world, rel=1e-4)
    assert found["hhi"] == pytest.approx(sum((one / world) ** 2 for one in total.values()), rel=1e-4)
    assert found["largest"] == max(total, key=lambda code: total[code])
    trade = pd.read_parquet(folder / "baci_raw_materials_imports_2007_2024.parquet")
    trade = trade.query("j == 'KOR' and t == 2024 and k in (250410, 250490)")
    by_origin = trade.groupby("i")["v"].sum()
    found = kept("bought", importer="KOR", material="Graphite", year=2024).iloc[0]
    assert found["share"] == pytest.approx(100 * by_origin["CHN"] / by_origin.sum(), rel=1e-4)
    assert found["hhi"] == pytest.approx(((by_origin / by_origin.sum()) ** 2).sum(), rel=1e-4)
    assert found["value"] == pytest.approx(by_origin.sum() / 1000, rel=1e-4)
    weight = trade.groupby("i")["q"].sum()
    assert found["share_by_weight"] == pytest.approx(100 * weight["CHN"] / weight.sum(), rel=1e-4)
    for name, made in (
        ("mined", trade_since_2011.mined(test_data / "data")),
        ("bought", trade_since_2011.bought(test_data / "data")),
    ):
        pd.testing.assert_frame_equal(made, data.table(name), check_dtype=False, rtol=1e-4)


def test_the_last_stage_another_way(test_data) -> None:
    table = whole_table(read_pieces(test_data / "data" / "oecd_icio"))
    pd.testing.assert_frame_equal(
        trade_since_2011.assembled(table), kept("assembled", year=2022), check_dtype=False, rtol=1e-4, atol=1e-3
    )
    # What is made and not delivered to industries is sold to last buyers; what is made and not bought is added.
    to_last_buyers, added = table.x - table.Z.sum(axis=1), table.x - table.Z.sum(axis=0)
    of_vehicles = np.isin(table.sectors, ["C29", "C301", "C302T309"])
    for code in ("MEX", "CHN"):
        start = table.economies.index(code) * len(table.sectors)
        here = np.arange(start, start + len(table.sectors))[of_vehicles]
        due = (to_last_buyers[here] * added[here] / table.x[here]).sum()
        assert kept("assembled", year=2022, industry="vehicles", economy=code)["value"].item() == pytest.approx(
            due, rel=1e-3
        )


def test_all_minerals_of_the_source_are_kept(test_data) -> None:
    """China supplied more than half of 14 in 2024 and of 13 in 2018, as counted from the file row by row."""
    rows = pd.read_csv(test_data / "data" / "minerals" / "world_mining_data_2018_2024.csv")
    most = {"2018": set[str](), "2024": set[str]()}
    for mineral in rows["mineral"].unique():
        here = rows[rows["mineral"] == mineral]
        for year, found in most.items():
            if here.loc[here["Country_ISO"] == "CHN", year].sum() > here[year].sum() / 2:
                found.add(mineral)
    assert [len(found) for found in most.values()] == [13, 14]
    share = data.table("mined").pivot(index="mineral", columns="year", values="share")
    assert len(share) == rows["mineral"].nunique() == 65
    for year, found in most.items():
        assert set(share.index[share[int(year)] > 50]) == found


def test_the_last_stage_by_market_another_way(test_data) -> None:
    """From the flows of final products alone: value added per unit of output, times what each market buys."""
    table = whole_table(read_pieces(test_data / "data" / "oecd_icio"))
    size = len(table.sectors)
    kept_rows = kept("assembled", year=2022, industry="textiles").set_index("economy")
    sector = table.sectors.index("C13T15")
    china, america = table.economies.index("CHN"), table.economies.index("USA")
    for code in ("CHN", "VNM", "USA"):
        own = table.economies.index(code)
        row = own * size + sector
        per_unit = 1 - table.Z[:, row].sum() / table.x[row]
        bought = table.Y[row].tolist()
        assert len(bought) == len(table.economies)
        due = {
            "value": sum(bought),
            "outside_CHN": sum(bought) - bought[china],
            "exported": sum(bought) - bought[own],
            "to_USA": 0 if code == "USA" else bought[america],
        }
        for market, sold in due.items():
            assert kept_rows.loc[code, market] == pytest.approx(per_unit * sold, rel=1e-4), (code, market)


def test_every_year_shows_every_economy() -> None:
    rows = data.table("assembled")
    assert set(rows["industry"]) == {"textiles", "electronics", "machinery", "vehicles"}
    assert sorted(rows["year"].unique()) == list(range(2011, 2023))
    assert (rows.groupby(["year", "industry"])["economy"].nunique() == 81).all()


def test_who_buys_what_mongolia_sells(test_data) -> None:
    """China took 12.93 of 12.97 billion dollars in 2024, as added up by hand."""
    by = kept("mongolia", year=2024).set_index("importer")["value"]
    assert round(by["CHN"] / 1000, 2) == 12.93
    assert round(by.sum() / 1000, 2) == 12.97
    trade = pd.read_parquet(test_data / "data/minerals/baci_raw_materials_imports_2007_2024.parquet")
    for year, importer in ((2007, "CHN"), (2021, "SGP"), (2022, "KOR")):
        value = trade.query("i == 'MNG' and j == @importer and t == @year")["v"].sum() / 1000
        (found,) = kept("mongolia", year=year, importer=importer)["value"]
        assert found == pytest.approx(value, rel=1e-4)
    assert len(set(trade["j"]) - {"MNG", "CHN"}) == 16
    made = trade_since_2011.mongolia(test_data / "data")
    pd.testing.assert_frame_equal(made, data.table("mongolia"), check_dtype=False, rtol=1e-4)


def test_fuels_are_those_of_the_source(test_data) -> None:
    """India bought fuels for 188.6 billion dollars in 2024, as added up by hand; 30.1 per cent of it from Russia."""
    made = trade_since_2011.fuels(test_data / "data")
    pd.testing.assert_frame_equal(made, data.table("fuels"), check_dtype=False, rtol=1e-4)
    by = made.set_index(["importer", "product", "year"])
    assert by.at[("IND", "fuels", 2024), "value"] == pytest.approx(188_600, rel=1e-3)
    assert by.at[("IND", "fuels", 2024), "RUS"] == pytest.approx(30.1, abs=0.05)
    assert len(by) == len(by.index.unique()) == 10 * 5 * 18
    priced = {"coal", "crude oil", "gas"}
    assert {product for _, product, _ in by.index[by["price"].notna()]} == priced
    assert by["price"].unstack("product")[[*priced]].notna().all(axis=None)
    parts = by["value"].unstack("product")
    assert (parts["coal"] + parts["crude oil"] + parts["gas"]).to_numpy() == pytest.approx(parts["fuels"].to_numpy())


def test_a_price_is_that_of_the_half_of_what_was_bought() -> None:
    """Three flows at 100, 200 and 900 dollars a tonne; gas by pipe, and flows without a weight, are left out."""
    rows = pd.DataFrame(
        {
            "year": 2021,
            "k": [270900, 270900, 270900, 270900, 271121],
            "v": [40.0, 30.0, 30.0, 500.0, 500.0],
            "q": [400.0, 150.0, 100 / 3, float("nan"), 1.0],
        }
    )
    assert trade_since_2011._price(rows).to_dict() == {2021: pytest.approx(200.0)}
