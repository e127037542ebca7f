"""What China buys to make chips, and what those who sell it count.

For `industrial_chains.chip_trade` to read.
"""

from pathlib import Path

import pandas as pd

from gvc import panel
from gvc.errors import GvcError
from industrial_chains import economies as eco
from industrial_chains.chip_trade import BUYER, GOODS

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "chip-trade"

CHINA, PARTNERS = "china_imports_8486_8542_by_origin_comtrade.csv", "mirror_exports_to_china_hs8486_hs8542_annual.csv"
#: Years that the first file lacks, and China's own sales, typed from UN Comtrade.
TYPED = "chips_typed.csv"
#: Names of the first file that no standard has.
_NAMES = {"World": panel.WORLD, "China (re-imports)": BUYER, "Korea": "KOR"}
#: What the origins that a file names must give of the total at least, and at most.
NAMED = (0.9, 1.0)


def _good(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Name goods in place of their headings; other headings are left out."""
    goods = frame[column].map({heading: good for good, heading in GOODS.items()})
    return frame.assign(good=goods).dropna(subset=["good"])


def bought(file: Path, typed: Path) -> pd.DataFrame:
    """List what China counts as its imports, by good, origin and year.

    Returns
    -------
    DataFrame
        Columns good, partner, year, value; million USD. ``WLD`` is all origins, ``CHN`` what China imports back.

    Raises
    ------
    GvcError
        If the two files disagree, or named origins of a year are more than its total, or far less.

    Notes
    -----
    The file has some years in part, without a total. Such a year, and one that it lacks, is the typed one.
    """
    rows = _good(pd.read_csv(file), "hs4")
    codes = {name: _NAMES.get(name) or eco.iso(name, where=file.name, called=name) for name in rows["origin"].unique()}
    given = rows.assign(partner=rows["origin"].map(codes)).set_index(["good", "year", "partner"])["usd"]
    own = _good(pd.read_csv(typed).query("flow == 'imports'"), "hs4").set_index(["good", "year", "partner"])["usd"]
    for key in given.index.intersection(own.index):
        if given[key] != own[key]:
            raise GvcError(
                f"{typed.name}, {', '.join(map(str, key))}",
                expected=f"{given[key]} as in {file.name}",
                found=f"{own[key]}",
                remedy="Look it up again.",
            )
    whole = {key[:2] for key in given.index if key[2] == panel.WORLD}
    rest = own[[key[:2] not in whole for key in own.index]]
    found = pd.concat([given[[key[:2] in whole for key in given.index]], rest]).sort_index(kind="stable")
    for (good, year), one in found.groupby(["good", "year"]):
        by = one.droplevel(["good", "year"])
        part = by.drop(panel.WORLD).sum() / by[panel.WORLD]
        if not NAMED[0] <= part <= NAMED[1]:
            raise GvcError(
                f"{file.name}, {good}, {year}",
                expected="origins that give nine tenths of the total or more, and no more than all",
                found=f"{part:.3f} of it",
                remedy="Take the file as it is offered.",
            )
    return (found / 1e6).rename("value").reset_index()[["good", "partner", "year", "value"]]


def sold(typed: Path) -> pd.DataFrame:
    """List what China counts as its exports to all, in the same columns."""
    rows = _good(pd.read_csv(typed).query("flow == 'exports'"), "hs4")
    return rows.assign(value=rows["usd"] / 1e6)[["good", "partner", "year", "value"]]


def counted_by_partners(file: Path) -> pd.DataFrame:
    """List what partners count as exports to China, in the same columns and with the months of the year."""
    rows = _good(pd.read_csv(file), "hs")
    codes = {code: "EU27" if code == "eu27" else eco.iso(code, where=file.name) for code in rows["origin"].unique()}
    rows = rows.assign(partner=rows["origin"].map(codes), value=rows["usd_mn"])
    return rows[["good", "partner", "year", "value", "months"]]


def main(data: Path, out: Path) -> None:
    """List everything, and write it."""
    folder, typed = data / "chips", panel.DATA / "frontier" / TYPED
    counts = {
        "bought": bought(folder / CHINA, typed),
        "sold": sold(typed),
        "partners": counted_by_partners(folder / PARTNERS),
    }
    frame = pd.concat(rows.assign(count=count) for count, rows in counts.items()).fillna({"months": 12})
    frame = frame.astype({"months": int})[["count", "good", "partner", "year", "months", "value"]]
    out.mkdir(exist_ok=True)
    frame.to_csv(out / "chips.csv", index=False, float_format="%.6g", lineterminator="\n")
