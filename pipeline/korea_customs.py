"""What Korea exports by month, by its customs: to some destinations, and semiconductors to all."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The last by its name is read of each.
DESTINATIONS, ITEMS = "korea_exports_by_destination_monthly_*.csv", "korea_exports_by_item_monthly*.csv"
FOLDERS = "korea_20??"
CODES = {
    "China": "CHN",
    "United States": "USA",
    "ASEAN": "ASEAN10",
    "EU": "EU27",
    "Hong Kong": "HKG",
    "Taiwan": "TWN",
    "Japan": "JPN",
    "India": "IND",
}
#: How the file calls semiconductors, and how ours does; and what is not told apart.
CHIPS, SEMICONDUCTORS, ALL = "반도체", "semiconductors", "all"
#: Of a hundred million dollars, as printed, to a million.
MILLION = 100


def korea_by_month(destinations: Path, items: Path) -> pd.DataFrame:
    """List Korea's exports by month.

    Returns
    -------
    DataFrame
        Columns month (2026-07), item, partner, exports; million USD, as printed to ten million. All items to some
        partners, and semiconductors to all.

    Raises
    ------
    GvcError
        If a destination or semiconductors are missing, or one of them lacks a month that another has.
    """
    to = pd.read_csv(destinations, dtype={"month": str})
    to = to.assign(partner=to["destination"].map(CODES), item=ALL).dropna(subset=["partner"])
    of = pd.read_csv(items, dtype={"month": str}).query("item_ko == @CHIPS").assign(partner=WORLD, item=SEMICONDUCTORS)
    found = pd.concat([to, of])
    found = found.assign(exports=(found["exports_100m_usd"] * MILLION).round())
    wide = found.pivot(index="month", columns=["item", "partner"], values="exports")
    due = [*((ALL, code) for code in CODES.values()), (SEMICONDUCTORS, WORLD)]
    months = pd.period_range(wide.index.min(), wide.index.max(), freq="M").astype(str)
    wide = wide.reindex(index=months, columns=pd.MultiIndex.from_tuples(due))
    for item, partner in due:
        values = wide[item, partner]
        for month in values.index[~values.gt(0)]:
            raise GvcError(
                f"{(items if item == SEMICONDUCTORS else destinations).name}, {month}",
                expected=f"exports of {item} to {partner}",
                found=str(values[month]),
                remedy="Take both files again.",
            )
    columns = ["month", "item", "partner", "exports"]
    return found.sort_values(columns[:3], ignore_index=True)[columns].astype({"exports": "int64"})


def main(data: Path, out: Path) -> None:
    """List it, and write the list."""
    files = [
        max(data.glob(f"{FOLDERS}/{one}"), key=lambda path: path.stem, default=data / FOLDERS / one)
        for one in (DESTINATIONS, ITEMS)
    ]
    out.mkdir(exist_ok=True)
    korea_by_month(*files).to_csv(out / "korea_by_month.csv", index=False, lineterminator="\n")
