"""How many large Chinese investments were announced in each host, and their sums, by a tracker."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from industrial_chains import economies as eco

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read.
FILES = "aei_cgit_host_year_sector_*.csv"
HOSTS = (*eco.members("ASEAN10"), "IND", "MEX")
#: Sectors of the tracker that hold manufacturing; none holds nothing else.
INDUSTRY = ("Chemicals", "Health", "Metals", "Other", "Technology", "Transport")
#: First and last years of the sums: single deals are the tracker's own.
SPANS = ((2005, 2009), (2010, 2014), (2015, 2019), (2020, 2024))


def deals(file: Path) -> pd.DataFrame:
    """Count announced investments of about 100 million dollars and more, by host and span of years.

    Returns
    -------
    DataFrame
        Columns host, first, last, deals, industry, energy, all: their number in the sectors that hold manufacturing,
        and their sums in these, in energy and in all sectors; million USD.

    Raises
    ------
    GvcError
        If the file lacks one of the spans or of the sectors.
    """
    rows = pd.read_csv(file)
    missing = [str(year) for span in SPANS for year in span if year not in set(rows["year"])]
    missing += [sector for sector in INDUSTRY if sector not in set(rows["sector"])]
    if missing:
        found = f"none of {', '.join(missing)}"
        raise GvcError(file.name, expected="all years and sectors", found=found, remedy="Take it whole.")
    rows = rows[rows["host"].isin(HOSTS)]
    parts = {"industry": rows["sector"].isin(INDUSTRY), "energy": rows["sector"] == "Energy", "all": rows["year"] > 0}
    frames = []
    for first, last in SPANS:
        within = rows["year"].between(first, last)
        by = {"deals": rows[within & parts["industry"]].groupby("host")["deals"].sum()}
        by |= {name: rows[within & part].groupby("host")["investment_musd"].sum() for name, part in parts.items()}
        summed = pd.DataFrame(by, index=[*HOSTS]).fillna(0).astype(int).rename_axis("host").reset_index()
        frames.append(summed.assign(first=first, last=last))
    return pd.concat(frames, ignore_index=True)[["host", "first", "last", *by]]


def main(data: Path, out: Path) -> None:
    """Count them, and write the sums."""
    folder = data / "china_outward_investment"
    found = deals(max(folder.glob(FILES), default=folder / FILES))
    out.mkdir(exist_ok=True)
    found.to_csv(out / "chinese_deals.csv", index=False, lineterminator="\n")
