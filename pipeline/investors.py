"""Who invests in Indonesia, by the yearly tables of Statistics Indonesia."""

from pathlib import Path

import fastexcel
import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: Economies, as the file names them; the rest is written as parts of the world or of continents.
ORIGINS = {
    "China": "CHN",
    "Hongkong": "HKG",
    "Japan": "JPN",
    "South Korea": "KOR",
    "Taiwan": "TWN",
    "Singapore": "SGP",
    "India": "IND",
    "USA": "USA",
    "Total": WORLD,
}
#: Parts that make up the total. The file repeats the name of Australia for the country, which stands second.
PARTS = ("America", "Europe", "Asia", "Australia", "Africa", "Other Countries")
#: Million USD that parts and total of a year may be apart, by rounding.
ROUNDING = 1.0


def investors(file: Path) -> pd.DataFrame:
    """List realised direct investment in Indonesia by origin.

    Returns
    -------
    DataFrame
        Columns year, origin, value; million USD, current prices. China begins in 2015; the file has no number before.

    Raises
    ------
    GvcError
        If parts of a year do not add up to its total, or an origin is missing.
    """
    rows = fastexcel.read_excel(file).load_sheet(0).to_pandas()
    rows = rows.drop_duplicates(["year", "country"]).astype({"year": int})
    wide = rows.pivot(index="year", columns="country", values="fdi_million usd")
    missing = [name for name in (*ORIGINS, *PARTS) if name not in wide]
    if missing:
        raise GvcError(
            file.name, expected="a row of each origin", found=f"none of {', '.join(missing)}", remedy="Take it whole."
        )
    apart = wide[list(PARTS)].sum(axis=1) - wide["Total"]
    for year, by in apart[apart.abs() > ROUNDING].items():
        raise GvcError(
            f"{file.name}, {year}",
            expected="parts of the world that add up to the total",
            found=f"{by:+.1f} million USD",
            remedy="Take the file as it is offered.",
        )
    long = wide[list(ORIGINS)].rename(columns=ORIGINS).melt(ignore_index=False, var_name="origin").dropna()
    return long.reset_index().sort_values("year", kind="stable")


def main(data: Path, out: Path) -> None:
    """List them, and write the list."""
    found = investors(data / "fdi" / "bps_fdi_country_2000_2024_combined.xlsx")
    out.mkdir(exist_ok=True)
    found.to_csv(out / "investors.csv", index=False, float_format="%.6g", lineterminator="\n")
