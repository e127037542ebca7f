"""One dollar of Viet Nam's electronics exports: who sold, who earned, who bought and used, and every measure of it."""

from pathlib import Path

import numpy as np
import pandas as pd

import gvc
from gvc.flows import industry_exports
from gvc.icio import ICIO
from industrial_chains.industry_groups import GROUPS
from pipeline.oecd.pieces import read_pieces
from pipeline.oecd.tables import whole_table

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "northeast_asia", "dollar"

EXPORTER, SECTORS = "VNM", GROUPS["electronics"]["OECD"]
#: Industries of the OECD's tables that make goods; all others render services.
GOODS = GROUPS["goods"]["OECD"]
#: Terms of Borin and Mancini that are shares of the dollar.
TERMS = ("DC", "DVA", "VAX", "REF", "DDC", "FC", "FVA", "FDC", "DAVAX", "GVCB", "GVCF")


def main(folder: Path, out: Path) -> None:
    """Write `dollar.csv` from the OECD's table of 2022."""
    rows = dollar(whole_table(read_pieces(folder / "oecd_icio")), EXPORTER, SECTORS, GOODS)
    rows.to_csv(out / "dollar.csv", index=False, float_format="%.6g", lineterminator="\n")


def dollar(icio: ICIO, exporter: str, sectors: tuple[str, ...], goods: tuple[str, ...]) -> pd.DataFrame:
    """Follow one dollar of what an economy exports of some industries.

    Parameters
    ----------
    icio : ICIO
    exporter : str
    sectors : tuple of str
        Industries whose products are exported.
    goods : tuple of str
        Industries that make goods, by which services are told apart.

    Returns
    -------
    DataFrame
        Columns what, who, value. Cents of the dollar by economy: `plant`, what the exporting industry itself adds;
        `sold`, what its direct suppliers sold to it; `earned`, what each economy earned of the dollar at any stage, and
        `services`, of that in services; `shipped`, to whom; `absorbed`, in whose final demand it ended. Then `measure`,
        with the name of a term of :func:`gvc.borin_mancini` in cents, or of a position in stages, the mean over the
        industries by their exports; `of_all`, vertical specialization in percent of all that the exporter exports; and
        `advantage`, the revealed comparative advantage of the industries together.
    """
    names, many = list(icio.result_economies), list(sectors)
    index = pd.MultiIndex.from_product([icio.economies, icio.sectors])
    sold = pd.Series(industry_exports(icio).sum(axis=1), index)[exporter]
    weights = sold[many] / sold[many].sum()
    inputs = pd.DataFrame(gvc.input_coefficients(icio), index, index)[exporter][many] @ weights
    coefficients = pd.DataFrame({"added": gvc.value_added_coefficients(icio)}, index).loc[exporter]
    added = float(coefficients.T[many].to_numpy()[0] @ weights.to_numpy())
    here = {"exporter": exporter, "sector": many}
    earned = gvc.content(icio, "exports", by=("origin", "origin_sector"), **here)
    total = float(earned.sum())
    service = ~np.isin(earned.index.get_level_values("origin_sector"), goods)
    parts: dict[str, pd.Series] = {
        "plant": pd.Series({exporter: added}),
        "sold": inputs.groupby(level=0).sum(),
        "earned": earned.groupby(level="origin").sum() / total,
        "services": earned[service].groupby(level="origin").sum() / total,
        "shipped": gvc.content(icio, "exports", by=("importer",), **here) / total,
        "absorbed": gvc.content(icio, "exports", by=("absorber",), **here) / total,
    }
    terms = gvc.borin_mancini(icio, detail="sector").loc[exporter].loc[many]
    parts["measure"] = pd.Series({term: float(terms[term].sum()) / total for term in TERMS})
    rows = [(what, who, 100 * part[who]) for what, part in parts.items() for who in _in_order(part, what, names)]
    for name, position in {"upstreamness": gvc.upstreamness(icio), "downstreamness": gvc.downstreamness(icio)}.items():
        rows.append(("measure", name, float(position[exporter][many] @ weights)))
    exported = gvc.gross_exports(icio).T[exporter].sum()
    special = gvc.vertical_specialization(icio).T[exporter].to_dict()
    rows += [("of_all", name, 100 * special[name] / exported) for name in ("VS", "VS1")]
    rows.append(("advantage", exporter, _advantage(icio, exporter, many)))
    return pd.DataFrame(rows, columns=["what", "who", "value"])


def _in_order(part: pd.Series, what: str, names: list[str]) -> list[str]:
    """List whom a part names: terms as they are, economies by the order of the table."""
    return list(part.index) if what == "measure" else [name for name in names if name in part.index]


def _advantage(icio: ICIO, exporter: str, sectors: list[str]) -> float:
    """Divide the part of some industries in what an economy exports by their part in what all export."""
    sold = industry_exports(icio).sum(axis=1).reshape(len(icio.economies), -1)
    own, these = sold[list(icio.economies).index(exporter)], np.isin(icio.sectors, sectors)
    return float((own[these].sum() / own.sum()) / (sold[:, these].sum() / sold.sum()))
