"""What Korea exports by month, by its customs: all to some destinations, chips to all and to the largest buyers."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The last by its name is read of each.
DESTINATIONS, ITEMS = "korea_exports_by_destination_monthly_*.csv", "korea_exports_by_item_monthly*.csv"
LARGEST = "korea_exports_item_top5_countries_*.csv"
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
#: Buyers of semiconductors, as the file of the largest names them.
BUYERS = {
    "중국": "CHN",
    "베트남": "VNM",
    "홍콩": "HKG",
    "대만": "TWN",
    "말레이시아": "MYS",
    "미국": "USA",
    "싱가포르": "SGP",
    "일본": "JPN",
}
#: How the file calls semiconductors, and how ours does; and what is not told apart.
CHIPS, SEMICONDUCTORS, ALL = "반도체", "semiconductors", "all"
#: Of a hundred million dollars, as printed, to a million.
MILLION = 100


def korea_by_month(destinations: Path, items: Path, largest: Path) -> pd.DataFrame:
    """List Korea's exports by month.

    Returns
    -------
    DataFrame
        Columns month (2026-07), item, partner, exports; million USD, as printed to ten million. All items to some
        partners, and semiconductors to all; in the last month also to the largest buyers.

    Raises
    ------
    GvcError
        If a destination or semiconductors are missing, one of them lacks a month that another has, or the largest
        buyers are of another month, not known, or buy more than all.
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
    found = pd.concat([found, _largest(largest, months[-1], wide.iloc[-1][SEMICONDUCTORS, WORLD])])
    return found.sort_values(columns[:3], ignore_index=True)[columns].astype({"exports": "int64"})


def _largest(file: Path, month: str, every: float) -> pd.DataFrame:
    """List the largest buyers of semiconductors in the last month."""
    rows = pd.read_csv(file).query("item_ko == @CHIPS")
    column = f"exports_100m_usd_{month.replace('-', '_')}"
    unknown = [name for name in rows["country_ko"] if name not in BUYERS]
    if column not in rows or unknown or not 0 < rows[column].sum() * MILLION <= every:
        raise GvcError(
            file.name,
            expected=f"{column} of buyers that are known, no more than all",
            found=", ".join(map(str, unknown or rows.columns)),
            remedy="Take the three files of one month, and add a new buyer to BUYERS.",
        )
    partners = rows["country_ko"].map(BUYERS)
    return pd.DataFrame(
        {"month": month, "item": SEMICONDUCTORS, "partner": partners, "exports": (rows[column] * MILLION).round()}
    )


def main(data: Path, out: Path) -> None:
    """List it, and write the list."""
    files = [
        max(data.glob(f"{FOLDERS}/{one}"), key=lambda path: path.stem, default=data / FOLDERS / one)
        for one in (DESTINATIONS, ITEMS, LARGEST)
    ]
    out.mkdir(exist_ok=True)
    korea_by_month(*files).to_csv(out / "korea_by_month.csv", index=False, lineterminator="\n")
