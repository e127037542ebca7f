"""What statements say, computed anew from the files of ``data/`` by plain pandas: nothing of the book's own code.

For each statement, what speaks for it and against it in the years of which it speaks, database by database.
"""

from functools import cache
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[2] / "data"
FILES = {"Long-run WIOD": "lrwiod", "WIOD": "wiod2013", "OECD": "oecd"}
ASEAN = ["BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM"]
HOSTS = {"ASEAN": ASEAN, "IND": ["IND"], "MEX": ["MEX"]}
NEA = ("CHN", "JPN", "KOR", "MNG", "RUS")
#: Industries by their codes: WIOD's, those of the Long-run WIOD, the OECD's.
MAKING = {
    "Long-run WIOD": [
        *("D15t16", "D17t19", "D21t22", "D23", "D24", "D25", "D26", "D27t28", "D29", "D30t33", "D34t35", "Dnec"),
    ],
    "WIOD": [f"c{number}" for number in range(3, 17)],
    "OECD": [
        *("C10T12", "C13T15", "C16", "C17_18", "C19", "C20", "C21", "C22", "C23", "C24A", "C24B", "C25", "C26", "C27"),
        *("C28", "C29", "C301", "C302T309", "C31T33"),
    ],
}
FARMS_AND_MINES = {"Long-run WIOD": ["AtB", "C"], "WIOD": ["c1", "c2"]}
TEXTILES = {"Long-run WIOD": ["D17t19"], "WIOD": ["c4", "c5"], "OECD": ["C13T15"]}
BRANCHES = {
    "textiles": ["C13T15"],
    "electronics": ["C26", "C27"],
    "machinery": ["C28"],
    "vehicles": ["C29", "C301", "C302T309"],
}


@cache
def flows(database: str, kind: str = "") -> pd.DataFrame:
    rows = pd.read_parquet(DATA / "panel" / f"{FILES[database]}{kind}.parquet")
    return rows[~rows["origin"].isin(["EU27", "NAFTA", "ASEAN", "NEA", "WLD"])]


@cache
def matrix(database: str, flow: str, year: int) -> pd.DataFrame:
    rows = flows(database)
    rows = rows[(rows["flow"] == flow) & (rows["year"] == year)].astype({"origin": str, "destination": str})
    return rows.pivot_table(index="origin", columns="destination", values="value", aggfunc="sum")


def foreign(database: str, flow: str, year: int, origins, hosts) -> float:
    """Return the percentage of what hosts have from abroad that comes from some origins."""
    given = matrix(database, flow, year)
    total = part = 0.0
    for host in hosts:
        abroad = given[host].drop(host)
        total += abroad.sum()
        part += abroad.reindex([code for code in origins if code != host]).sum()
    return 100 * part / total


@cache
def industries(database: str, flow: str) -> pd.DataFrame:
    rows = flows(database, "_sectors")
    return rows[rows["flow"] == flow].astype({"origin": str, "sector": str})


def world(database: str, flow: str, codes, year: int, industry=None) -> float:
    """Return the percentage of the world's flow of some industries that some economies have."""
    rows = industries(database, flow)
    rows = rows[(rows["year"] == year) & (rows["sector"].isin(industry) if industry else True)]
    return 100 * rows.loc[rows["origin"].isin(codes), "value"].sum() / rows["value"].sum()


def partners(economy: str, year: int, *, sells: bool) -> pd.Series:
    """Sum what an economy sends to each other or takes from it, in value added by the OECD."""
    given = matrix("OECD", "va_final_demand", year)
    row = (given.loc[economy] if sells else given[economy]).drop([economy, "ROW"])
    return row.sort_values(ascending=False, kind="stable")


def printed(number: int) -> pd.DataFrame:
    return pd.read_csv(DATA / "article" / f"table{number}.csv")
