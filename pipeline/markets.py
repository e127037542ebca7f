"""To whom Japan and others export, by the IMF's statistics of merchandise trade."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read.
FILES = "imts_exports_*.csv"


def markets(file: Path) -> pd.DataFrame:
    """List exports of goods by reporter, year and largest partners.

    Returns
    -------
    DataFrame
        Columns reporter, year, partner, value; million USD, free on board. `WLD` is all partners.

    Raises
    ------
    GvcError
        If a reporter has no total, or partners that exceed it, or a partner twice.
    """
    rows = pd.read_csv(file)
    found = rows[["reporter", "year", "partner"]].assign(value=rows["exports_fob_usd"] / 1e6)
    for (reporter, year), own in found.groupby(["reporter", "year"]):
        value = own.set_index("partner")["value"]
        named = value.drop(WORLD, errors="ignore")
        if WORLD not in value or value.index.has_duplicates or not named.sum() <= value[WORLD]:
            raise GvcError(
                f"{file.name}, {reporter} {year}",
                expected="a total, and partners below it, each once",
                found=f"{len(value)} rows with {named.sum():.0f} million USD",
                remedy="Look these statistics up again.",
            )
    return found.sort_values(["reporter", "year"], kind="stable", ignore_index=True)


def main(data: Path, out: Path) -> None:
    """List them, and write the list."""
    folder = data / "imts"
    found = markets(max(folder.glob(FILES), default=folder / FILES))
    out.mkdir(exist_ok=True)
    found.to_csv(out / "markets.csv", index=False, float_format="%.8g", lineterminator="\n")
