"""With whom China trades, by its customs in dollars: years that its bulletins in renminbi do not show."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

FILE = "totals_2022_2025/china_usd/china_customs_by_partner_annual_2020_2025_usd.csv"
#: Of a hundred million dollars, as printed, to a billion; and billions that sums may be apart by rounding.
BILLION, ROUNDING = 0.1, 2e-3


def in_dollars(file: Path) -> pd.DataFrame:
    """List China's trade by partner and year.

    Returns
    -------
    DataFrame
        Columns year, partner, both, exports, imports; billion USD at current prices.

    Raises
    ------
    GvcError
        If a partner stands twice in a year, or exports and imports do not add up to their total.
    """
    rows = pd.read_csv(file)
    flows = {"both": "total", "exports": "exports", "imports": "imports"}
    found = rows[["year", "partner"]].assign(
        **{flow: rows[f"{column}_100m_usd"] * BILLION for flow, column in flows.items()}
    )
    found = found.sort_values(["year", "partner"], kind="stable", ignore_index=True)
    apart = (found["exports"] + found["imports"] - found["both"]).abs() > ROUNDING
    wrong = found[found.duplicated(["year", "partner"]) | apart]
    if len(wrong):
        year, partner = wrong.iloc[0][["year", "partner"]]
        raise GvcError(
            f"{file.name}, {partner} {year}",
            expected="one row, whose exports and imports add up to its total",
            found=f"{wrong.iloc[0]['exports']:.3f} and {wrong.iloc[0]['imports']:.3f} of {wrong.iloc[0]['both']:.3f}",
            remedy="Look the customs statistics up again.",
        )
    return found


def main(data: Path, out: Path) -> None:
    """List it, and write the list."""
    out.mkdir(exist_ok=True)
    in_dollars(data / FILE).to_csv(out / "china_customs_usd.csv", index=False, float_format="%.8g", lineterminator="\n")
