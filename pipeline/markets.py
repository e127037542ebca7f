"""To whom Japan and others export, by their customs, as the IMF and the United Nations collect them."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read.
FILES = "imts_exports_*.csv"
#: What shows Japan's markets in the year before the article says that they changed, and in that year.
BEFORE, THEN = "imf_bilateral/imf_exports_fob_2022_2025.csv", "comtrade_2023/comtrade_2023_top7_partners.csv"
REPORTER, LARGEST = "JPN", 15


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
    return checked(rows[["reporter", "year", "partner"]].assign(value=rows["exports_fob_usd"] / 1e6), file.name)


def of_japan(folder: Path) -> pd.DataFrame:
    """List Japan's exports to its largest partners in 2022, by the IMF, and in 2023, by the United Nations.

    Returns
    -------
    DataFrame
        As :func:`markets` returns it; the total of 2022 is that of all partners that the file names.
    """
    named = pd.read_csv(folder / BEFORE).query("exporter == @REPORTER").set_index("importer")["usd_2022"].dropna() / 1e6
    largest = pd.concat([pd.Series({WORLD: named.sum()}), named.nlargest(LARGEST)])
    rows = pd.read_csv(folder / THEN).query("reporter == @REPORTER and flow == 'X'")
    by_year = {2022: largest, 2023: rows.set_index("partner")["usd_m"].astype(float)}
    found = pd.concat(by_year, names=["year", "partner"]).rename("value").reset_index()
    return checked(found.assign(reporter=REPORTER)[["reporter", "year", "partner", "value"]], "Japan's markets")


def checked(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return exports in order if each reporter has a total, and no more than that in partners."""
    for (reporter, year), own in found.groupby(["reporter", "year"]):
        value = own.set_index("partner")["value"]
        named = value.drop(WORLD, errors="ignore")
        if WORLD not in value or value.index.has_duplicates or not named.sum() <= value[WORLD]:
            raise GvcError(
                f"{name}, {reporter} {year}",
                expected="a total, and partners below it, each once",
                found=f"{len(value)} rows with {named.sum():.0f} million USD",
                remedy="Look these statistics up again.",
            )
    return found.sort_values(["reporter", "year"], kind="stable", ignore_index=True)


def main(data: Path, out: Path) -> None:
    """List them, and write the list."""
    folder = data / "imts"
    newest = markets(max(folder.glob(FILES), default=folder / FILES))
    found = pd.concat([of_japan(data / "totals_2022_2025"), newest]).sort_values(["reporter", "year"], kind="stable")
    out.mkdir(exist_ok=True)
    found.to_csv(out / "markets.csv", index=False, float_format="%.8g", lineterminator="\n")
