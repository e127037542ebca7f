"""What the United States imports and charges, where goods are finished, and who supplies minerals, since 2011.

For `industrial_chains.trade_since_2011` to read.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from gvc import panel
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.leontief import value_added_coefficients
from industrial_chains import economies as eco
from industrial_chains import industry_groups
from industrial_chains.trade_model import inputs
from industrial_chains.trade_since_2011 import (
    ALL_FUELS,
    BUYER,
    BY_PIPE,
    FUEL_BUYERS,
    FUEL_SELLERS,
    FUELS,
    IMPORTERS,
    MATERIALS,
    PARTNERS,
    RAW_MATERIALS,
    SELLER,
)
from pipeline.oecd.pieces import Flows, flows_file, read_flows, years
from pipeline.tables import name_of, tables

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: Years of which imports by industry are kept: the last before the duties of 2018, and the last.
BY_INDUSTRY = (2017, 2022)


# -- goods --------------------------------------------------------------------------------------------------------


def by_industry(flows: Flows) -> pd.DataFrame:
    """List what each economy sells to the buyer, and buys from the seller and from all, by industry of goods.

    Returns
    -------
    DataFrame
        Columns year, economy, industry, to_USA, from_CHN, imports; million USD, own deliveries left out.
    """
    crossing, names = flows.abroad[:, :, : flows.goods], list(flows.economies)
    columns = {
        f"to_{BUYER}": crossing[:, names.index(BUYER)],
        f"from_{SELLER}": crossing[names.index(SELLER)],
        "imports": crossing.sum(axis=0),
    }
    index = pd.MultiIndex.from_product([names, flows.sectors[: flows.goods]], names=["economy", "industry"])
    frame = pd.DataFrame({name: values.ravel() for name, values in columns.items()}, index).reset_index()
    frame.insert(0, "year", flows.year)
    return frame


def goods(flows: Flows) -> pd.DataFrame:
    """:func:`by_industry`, all industries together."""
    return by_industry(flows).drop(columns="industry").groupby(["year", "economy"], as_index=False, sort=False).sum()


# -- the last stage ---------------------------------------------------------------------------------------------------


def assembled(icio: ICIO) -> pd.DataFrame:
    """List the value added where final products are finished, by industry, economy and market.

    Returns
    -------
    DataFrame
        Columns year, industry, economy, value, outside_CHN, exported, to_USA; million USD. `industry` is one of
        `sectors.FLOCK`. What the industry that sells a product to its last buyer adds to it itself: its value added
        per unit of output, times what it sells to final demand anywhere, anywhere but in the seller's market, in any
        other economy than its own, and in the buyer's market from abroad.
    """
    last = value_added_coefficients(icio)[:, None] * icio.demand
    by_buyer = pd.DataFrame(last, columns=list(icio.result_economies))
    own = icio.home[:, None] == np.arange(len(icio.result_economies))
    abroad = by_buyer.mask(own, 0.0)
    markets = {
        "value": by_buyer.sum(axis=1),
        f"outside_{SELLER}": by_buyer.drop(columns=SELLER).sum(axis=1),
        "exported": abroad.sum(axis=1),
        f"to_{BUYER}": abroad[BUYER],
    }
    where = pd.MultiIndex.from_product([icio.economies, icio.sectors])
    frames = []
    for group in industry_groups.FLOCK.values():
        here = where.isin(industry_groups.codes(group, icio.sectors), level=1)
        values = pd.DataFrame(markets).set_index(where)[here].groupby(level=0, sort=False).sum()
        frames.append(values.rename_axis(index="economy").reset_index().assign(year=icio.year, industry=group))
    return pd.concat(frames, ignore_index=True)[["year", "industry", "economy", *markets]]


# -- duties -------------------------------------------------------------------------------------------------------


def duties(folder: Path) -> pd.DataFrame:
    """Set the duty collected in 2024 beside what has been added to it since, by partner.

    Returns
    -------
    DataFrame
        Columns partner, date, imports, collected, added: imports of 2024, million USD; duty collected in 2024 and
        duties added since the start of 2025, percent of these imports. ``WLD`` is all partners of the tracker, and
        ``ROW`` those that the trade model does not tell apart.
        Groups are weighted by imports.

    Notes
    -----
    `added` follows the tracker: rates in force by law, at the shares that goods had in the imports of 2024. It leaves
    out the ordinary duty and the duties of 2018 and 2019, which `collected` holds.
    """
    rows = pd.read_csv(folder / "us_tariffs" / "country-by-time.csv")
    # The tracker lists Slovakia beside the Union, of which it is a part.
    rows = rows[rows["country_name"] != "SLOVAKIA"]
    every = tuple(rows["country_name"].unique())
    named = {code: (name,) for code, name in inputs.ECONOMIES.items() if name}
    left = {eco.ROW: tuple(name for name in every if (name,) not in named.values())}
    groups = PARTNERS | named | left | {panel.WORLD: every}
    frames = []
    for partner, names in groups.items():
        here = rows[rows["country_name"].isin(names)]
        if here["country_name"].nunique() != len(names):
            raise GvcError(
                "country-by-time.csv", expected=", ".join(names), found="fewer", remedy="Take the file again."
            )
        worth = here["total imports"]
        sums = (
            pd.DataFrame(
                {
                    "date": here["date"],
                    "imports": worth,
                    "collected": here["2024 tariff"] * worth,
                    "added": here["effective tariff"] * worth,
                }
            )
            .groupby("date", as_index=False)
            .sum()
        )
        for column in ("collected", "added"):
            sums[column] /= sums["imports"]
        frames.append(sums.assign(partner=partner, imports=sums["imports"] / 1e6))
    return pd.concat(frames, ignore_index=True)[["partner", "date", "imports", "collected", "added"]]


# -- minerals -----------------------------------------------------------------------------------------------------


def _concentrated(values: pd.Series) -> dict[str, object]:
    """Give the seller's share, the largest and its share, percent, and the Herfindahl–Hirschman index of suppliers."""
    shares = values.groupby(level=0).sum() / values.sum()
    return {
        "share": 100 * shares.get(SELLER, 0.0),
        "largest": shares.idxmax(),
        "largest_share": 100 * shares.max(),
        "hhi": (shares**2).sum(),
    }


def mined(folder: Path) -> pd.DataFrame:
    """Follow the seller's share in the world's mine production of each mineral.

    Returns
    -------
    DataFrame
        Columns mineral, year, share, largest, largest_share, hhi: the source's name, percent, and an index between
        zero and one.
    """
    rows = pd.read_csv(folder / "minerals" / "world_mining_data_2018_2024.csv")
    years = [str(column) for column in rows if str(column).isdigit()]
    frame = [
        {"mineral": mineral, "year": int(year), **_concentrated(here.set_index("Country_ISO")[year].dropna())}
        for mineral, here in rows.groupby("mineral")
        for year in years
    ]
    return pd.DataFrame(frame)


def bought(folder: Path) -> pd.DataFrame:
    """Follow the seller's share in what the importers buy of each material, by value.

    Returns
    -------
    DataFrame
        Columns importer, material, year, value, share, share_by_weight, largest, largest_share, hhi; million USD,
        percent and an index between zero and one.
    """
    rows = pd.read_parquet(folder / "minerals" / "baci_raw_materials_imports_2007_2024.parquet")
    material = {code: name for name, codes in MATERIALS.items() for code in codes}
    rows = rows.assign(material=rows["k"].astype(int).map(material)).dropna(subset=["material"])
    frame = []
    for (importer, name, year), here in rows[rows["j"].isin(IMPORTERS)].groupby(["j", "material", "t"]):
        weight = here.set_index("i")["q"].dropna()
        frame.append(
            {
                "importer": importer,
                "material": name,
                "year": year,
                "value": here["v"].sum() / 1000,
                **_concentrated(here.set_index("i")["v"]),
                "share_by_weight": 100 * weight[weight.index == SELLER].sum() / weight.sum(),
            }
        )
    return pd.DataFrame(frame)


def mongolia(folder: Path) -> pd.DataFrame:
    """List who buys the raw materials that Mongolia sells.

    Returns
    -------
    DataFrame
        Columns year, importer, value; million USD. The source has 73 raw materials and 18 importers.
    """
    rows = pd.read_parquet(folder / "minerals" / "baci_raw_materials_imports_2007_2024.parquet")
    rows = rows[rows["i"] == "MNG"].rename(columns={"t": "year", "j": "importer", "v": "value"})
    return (rows.groupby(["year", "importer"])["value"].sum() / 1000).reset_index()


# -- fuels --------------------------------------------------------------------------------------------------------


def fuels(folder: Path) -> pd.DataFrame:
    """Follow who supplies fuels, and all raw materials, to the importers of fuels and to all importers of the source.

    Returns
    -------
    DataFrame
        Columns importer, product, year, value, price, RUS, MNG, hhi, moved: million USD; USD a tonne, empty for what
        is no single fuel; percent that Russia and Mongolia supply; the Herfindahl–Hirschman index of origins; and the
        percentage of the value that came from another origin than the year before. ``WLD`` is the 18 importers.

    Notes
    -----
    `price` is the value-weighted median of the unit values of all flows, since the weight of some is misreported. Gas
    by pipe is left out of it: few customs weigh that.
    """
    rows = pd.read_parquet(folder / "minerals" / "baci_raw_materials_imports_2007_2024.parquet")
    rows = rows.astype({"k": int}).rename(columns={"t": "year", "i": "origin", "j": "importer"})
    code = {code: fuel for fuel, codes in FUELS.items() for code in codes}
    fuel = rows["k"].map(code)
    products = {ALL_FUELS: rows[fuel.notna()], **{name: rows[fuel == name] for name in FUELS}, RAW_MATERIALS: rows}
    frames = [
        _followed(here).assign(importer=importer, product=product, price=_price(here) if product in FUELS else np.nan)
        for product, every in products.items()
        for importer in (panel.WORLD, *FUEL_BUYERS)
        for here in (every if importer == panel.WORLD else every[every["importer"] == importer],)
    ]
    columns = ["importer", "product", "year", "value", "price", *FUEL_SELLERS, "hhi", "moved"]
    return pd.concat(frames).reset_index()[columns]


def _followed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return value, shares of some origins, concentration and change of origins, by year."""
    by = rows.pivot_table(index="year", columns="origin", values="v", aggfunc="sum", fill_value=0.0)
    share = by.div(by.sum(axis=1), axis=0)
    return pd.DataFrame(
        {
            "value": by.sum(axis=1) / 1000,
            # A few dollars of a hundred billion are no share.
            **{seller: (100 * share.get(seller, 0.0 * by.sum(axis=1))).round(6) for seller in FUEL_SELLERS},
            "hhi": (share**2).sum(axis=1),
            "moved": 50 * share.diff().abs().sum(axis=1, min_count=1),
        }
    )


def _price(rows: pd.DataFrame) -> pd.Series:
    """Return the unit value at or below which half of the value was bought, by year."""
    weighed = rows[rows["q"].gt(0) & rows["k"].ne(BY_PIPE)]
    weighed = weighed.assign(price=1000 * weighed["v"] / weighed["q"]).sort_values("price", kind="stable")
    part = weighed.groupby("year")["v"].cumsum() / weighed.groupby("year")["v"].transform("sum")
    return weighed[part >= 0.5].groupby("year")["price"].first()


# -- written ------------------------------------------------------------------------------------------------------


def main(data: Path, out: Path) -> None:
    """Compute everything from the sources, and write it."""
    by_year = [read_flows(flows_file(data / "oecd_icio", year)) for year in years(data / "oecd_icio")]
    results = {
        "goods": pd.concat(map(goods, by_year)),
        "assembled": pd.concat(assembled(icio) for icio in tables(data) if name_of(icio) == "OECD"),
        "by_industry": pd.concat(by_industry(flows) for flows in by_year if flows.year in BY_INDUSTRY),
        "duties": duties(data),
        "mined": mined(data),
        "bought": bought(data),
        "mongolia": mongolia(data),
        "fuels": fuels(data),
    }
    out.mkdir(exist_ok=True)
    for name, frame in results.items():
        frame.to_csv(out / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
