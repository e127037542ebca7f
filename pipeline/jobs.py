"""Persons employed by sector, by the Economic Transformation Database."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read.
FILES = "etd_employment_12_sectors_*.csv"
SECTORS = (
    *("Agriculture", "Mining", "Manufacturing", "Utilities", "Construction", "Trade services", "Transport services"),
    *("Business services", "Financial services", "Real estate", "Government services", "Other services"),
)
#: Thousand persons that sectors and total may be apart.
ROUNDING = 1e-3


def jobs(file: Path) -> pd.DataFrame:
    """List persons employed in manufacturing and in all sectors.

    Returns
    -------
    DataFrame
        Columns economy, year, manufacturing, all; thousand persons.

    Raises
    ------
    GvcError
        If sectors do not add up to the total, or the file counts something else.
    """
    rows = pd.read_csv(file)
    if set(rows["var"]) != {"EMP"}:
        found = ", ".join(sorted(set(rows["var"])))
        raise GvcError(file.name, expected="employment, EMP", found=found, remedy="Take that of employment.")
    apart = rows[list(SECTORS)].sum(axis=1) - rows["Total"]
    for at in apart.index[apart.abs() > ROUNDING]:
        raise GvcError(
            f"{file.name}, {rows.at[at, 'cnt']} {rows.at[at, 'year']}",
            expected="sectors that add up to the total",
            found=f"{apart[at]:+.3f} thousand persons",
            remedy="Take the file as it is offered.",
        )
    found = rows[["cnt", "year", "Manufacturing", "Total"]].set_axis(
        ["economy", "year", "manufacturing", "all"], axis=1
    )
    return found.sort_values(["economy", "year"], kind="stable", ignore_index=True)


def main(data: Path, out: Path) -> None:
    """List them, and write the list."""
    folder = data / "jobs"
    found = jobs(max(folder.glob(FILES), default=folder / FILES))
    out.mkdir(exist_ok=True)
    found.to_csv(out / "jobs.csv", index=False, float_format="%.7g", lineterminator="\n")
