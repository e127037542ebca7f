"""Tables, elasticities and tariffs for the trade model, for `industrial_chains.trade_model.inputs` to read."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.equilibrium import counterfactual
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.sources import plain
from industrial_chains.trade_model.inputs import ECONOMIES, GOODS, SERVICES, STUDIES, YEARS, economies_of, industries
from pipeline.oecd import read
from pipeline.oecd.pieces import Flows, flows_file, read_flows, read_tariffs

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: Figures of a number that a table keeps, and what is less than so many million USD is nothing: the page sends it.
FIGURES, LEAST = 4, 0.01
#: Where a study has no number: Simonovska and Waugh's (2014) for all goods, rounded.
UNKNOWN = 4.0
#: Lashkaripour's (2021) for services, which the others do not estimate.
OF_SERVICES = 5.0

#: Numbers of each study within an industry, by its own codes or else its names of sectors.
_WITHIN: dict[str, dict[str, tuple[str, ...]]] = {
    "caliendo_parro_2015": {
        "A": ("01-05",),
        "B": ("10-14",),
        "C10T12": ("15-16",),
        "C13T15": ("17-19",),
        "C16": ("20",),
        "C17_18": ("21-22",),
        "C19": ("23",),
        "C20_21": ("24",),
        "C22": ("25",),
        "C23": ("26",),
        "C24": ("27",),
        "C25": ("28",),
        "C26": ("30", "32", "33"),
        "C27": ("31",),
        "C28": ("29",),
        "C29_30": ("34", "35"),
        "C31T33": ("36-37",),
    },
    "fontagne_2022": {
        "A": ("C01T05",),
        "B": ("C10T14",),
        "C10T12": ("C15T16",),
        "C13T15": ("C17T19",),
        "C16": ("C20",),
        "C17_18": ("C21T22",),
        "C19": ("C23",),
        "C20_21": ("C24",),
        "C22": ("C25",),
        "C23": ("C26",),
        "C24": ("C27",),
        "C25": ("C28",),
        "C26": ("C30T33X",),
        "C27": ("C31",),
        "C28": ("C29",),
        "C29_30": ("C34", "C35"),
        "C31T33": ("C36T37",),
    },
    "giri_yi_yilmazkuday_2021": {
        "C10T12": ("311", "313-314"),
        "C13T15": ("321", "322", "323", "324"),
        "C16": ("331",),
        "C17_18": ("341-342",),
        "C20_21": ("352",),
        "C22": ("355", "356"),
        "C23": ("361", "362", "369"),
        "C24": ("371",),
        "C25": ("381",),
        "C27": ("383",),
        "C29_30": ("384",),
        "C31T33": ("332",),
    },
    "shapiro_2016": {
        "A": ("Agriculture, forestry",),
        "B": ("Mining",),
        "C10T12": ("Food, beverages, tobacco",),
        "C13T15": ("Textiles", "Apparel, leather"),
        "C16": ("Wood",),
        "C17_18": ("Paper, printing",),
        "C19": ("Petroleum, coal, minerals",),
        "C20_21": ("Chemicals, rubber, plastics",),
        "C22": ("Chemicals, rubber, plastics",),
        "C23": ("Petroleum, coal, minerals",),
        "C24": ("Metals",),
        "C25": ("Metals",),
        "C26": ("Machinery, electrical",),
        "C27": ("Machinery, electrical",),
        "C28": ("Machinery, electrical",),
        "C29_30": ("Transport equipment",),
        "C31T33": ("Other",),
    },
    "bagwell_staiger_yurukoglu_2021": {
        "A": ("0", "4", "5,22", "7", "29"),
        "B": ("28", "32", "33,34"),
        "C10T12": ("1", "2", "3", "6", "8", "9", "11", "12", "41,42,43"),
        "C13T15": ("21,61", "26", "65", "83,84", "85"),
        "C16": ("24", "63"),
        "C17_18": ("25", "64"),
        "C19": ("33,34",),
        "C20_21": ("27,55,56,57", "51", "52", "53", "54", "58", "59"),
        "C22": ("23", "62"),
        "C23": ("66",),
        "C24": ("67", "68,69"),
        "C25": ("68,69",),
        "C26": ("75,76", "87,88"),
        "C27": ("77", "81"),
        "C28": ("71", "72,73,74"),
        "C29_30": ("78", "79"),
        "C31T33": ("82", "89"),
    },
    "lashkaripour_2021": {
        "A": ("Agriculture, forestry, fishing",),
        "B": ("Mining and quarrying",),
        "C10T12": ("Food products, beverages, tobacco",),
        "C13T15": ("Textiles, wearing apparel, leather",),
        "C16": ("Wood, paper, printing",),
        "C17_18": ("Wood, paper, printing",),
        "C19": ("Coke and refined petroleum",),
        "C20_21": ("Chemicals and pharmaceuticals",),
        "C22": ("Rubber, plastics, non-metallic minerals",),
        "C23": ("Rubber, plastics, non-metallic minerals",),
        "C24": ("Basic metals",),
        "C25": ("Fabricated metals",),
        "C26": ("Computer, electronic, optical",),
        "C27": ("Electrical equipment",),
        "C28": ("Machinery and equipment n.e.c.",),
        "C29_30": ("Transport equipment",),
        "C31T33": ("Other manufacturing; repair",),
    },
    "lashkaripour_lugovskyy_2023": {
        "A": ("Agriculture and Mining",),
        "B": ("Agriculture and Mining",),
        "C10T12": ("Food",),
        "C13T15": ("Textiles, Leather, Footwear",),
        "C16": ("Wood",),
        "C17_18": ("Paper",),
        "C19": ("Petroleum",),
        "C20_21": ("Chemicals",),
        "C22": ("Rubber and Plastic",),
        "C23": ("Minerals",),
        "C24": ("Basic and Fabricated Metals",),
        "C25": ("Basic and Fabricated Metals",),
        "C26": ("Electrical and Optical Equipment",),
        "C27": ("Electrical and Optical Equipment",),
        "C28": ("Machinery",),
        "C29_30": ("Transport Equipment",),
        "C31T33": ("N.E.C. and Recycling",),
    },
}


def model_table(icio: ICIO) -> ICIO:
    """Sum a table of the OECD for the model, as the book keeps it.

    Returns
    -------
    ICIO
        Output is the sum of its uses, in rounded numbers, and value added what it leaves.
    """
    summed = icio.aggregate(economies_of(icio.economies), industries())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the model sets to zero is said where it is counted
        taken = counterfactual(summed, elasticity=UNKNOWN).table
    Z, Y = rounded(taken.Z), rounded(taken.Y)
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(
        economies=taken.economies,
        sectors=taken.sectors,
        Z=Z,
        Y=Y,
        x=x,
        va=x - Z.sum(axis=0),
        year=icio.year,
        source=f"{icio.source}, summed for the trade model",
        unit=icio.unit,
    )


def rounded(values: np.ndarray) -> np.ndarray:
    """Keep so many figures of each number, and nothing of what is near zero."""
    kept = np.where(np.abs(values) < LEAST, 0, values)
    return np.array([float(f"{value:.{FIGURES}g}") for value in kept.ravel()]).reshape(kept.shape)


def elasticities(folder: Path) -> pd.DataFrame:
    """Take each study's elasticities to the industries of the model: what `trade_model.inputs.elasticities` reads."""
    path = folder / "elasticities" / "trade_elasticities_by_source.csv"
    rows = pd.read_csv(path, dtype={"native_code": str})
    rows["key"] = rows["native_code"].fillna(rows["sector"])
    columns = {}
    for study in STUDIES:
        given = rows[rows["source"] == study].set_index("key")["epsilon_positive"]
        wanted = {key for keys in _WITHIN[study].values() for key in keys}
        if missing := wanted - set(given.index):
            raise GvcError(
                str(path),
                expected=f"{study}: {', '.join(sorted(missing))}",
                found="no such row",
                remedy="Take the file again.",
            )
        columns[study] = {
            **{code: given[list(_WITHIN[study][code])].mean() if code in _WITHIN[study] else UNKNOWN for code in GOODS},
            **dict.fromkeys(SERVICES, OF_SERVICES),
        }
    return pd.DataFrame(columns).rename_axis(index="industry")


def tariffs(flows: Flows, rates: Flows) -> pd.DataFrame:
    """Average tariffs of the OECD's economies and industries by the flows that bear them, for the model.

    Returns
    -------
    DataFrame, (economy, industry of goods) × economy that charges them
        0.25 for 25 percent; 0 where nothing is traded.
    """
    order, becomes, industry = list(ECONOMIES), economies_of(flows.economies), industries()
    whose = [order.index(becomes[code]) for code in flows.economies]
    made_by = [list(GOODS).index(industry[code]) for code in flows.sectors[: flows.goods]]
    charged, bought = np.zeros((2, len(order), len(GOODS), len(order)))
    at = np.ix_(whose, made_by, whose)
    values = flows.X[:, :, : flows.goods].transpose(0, 2, 1)
    np.add.at(charged, at, values * rates.X[:, :, : flows.goods].transpose(0, 2, 1))
    np.add.at(bought, at, values)
    products = pd.MultiIndex.from_product([order, GOODS], names=["economy", "industry"])
    mean = np.divide(charged, bought, out=np.zeros_like(bought), where=bought > 0)
    return pd.DataFrame(mean.reshape(len(products), -1), products, order)


def main(data: Path, out: Path) -> None:
    """Compute everything from the sources, and write it."""
    for year in YEARS:
        plain.write(model_table(read(data / "oecd_icio", year)), out / f"what_if_{year}.parquet")
    elasticities(data).to_csv(out / "elasticities.csv", float_format="%.6g", lineterminator="\n")
    file = flows_file(data / "oecd_icio", YEARS[-1])
    tariffs(read_flows(file), read_tariffs(file)).to_csv(out / "tariffs.csv", float_format="%.4g", lineterminator="\n")
