"""With whom China trades, by its customs, as a file copies them from the bulletin of each December."""

from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD
from industrial_chains import economies as eco

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read: it holds all years.
FILES = "china_customs_by_partner_*_rmb.csv"
#: Groups by their codes in the file. Others overlap with these, and the row of China holds what comes back to it.
GROUPS = {"ASEAN": "ASEAN10", "EU27": "EU27", "RCEP": "RCEP", "WLD": WORLD}
PASSED_OVER = ("APEC", "ASIA", "BRI", "CHN")
FLOWS = {"total": "both", "export": "exports", "import": "imports"}
#: Billion RMB that sums may be apart by rounding, and points between printed growth and that of two printed years, of
#: which customs revise the first.
ROUNDING, REVISED = 1e-3, 2.0
#: Of 10,000 RMB, as printed, to a billion.
BILLION = 1e-5


def china_customs(file: Path) -> pd.DataFrame:
    """List China's trade by partner and year, as its customs count it.

    Returns
    -------
    DataFrame
        Columns year, partner, both, exports, imports, growth_both, growth_exports, growth_imports; billion RMB, and
        percent over the year before, as printed. Blank where customs print none. `WLD` is all partners, ``RCEP`` the
        other fourteen members of that agreement, ``ASEAN10`` without Timor-Leste.

    Raises
    ------
    GvcError
        If a partner stands twice in a year, parts do not add up to their total, or a growth is not that of the years.
    """
    rows = pd.read_csv(file)
    rows = rows[~rows["iso3"].isin(PASSED_OVER)].assign(iso3=lambda frame: frame["iso3"].replace(GROUPS))
    found = pd.DataFrame({"year": rows["year"], "partner": rows["iso3"]})
    for name, column in FLOWS.items():
        found[column] = rows[f"{name}_rmb_10k"] * BILLION
    for name, column in FLOWS.items():
        found[f"growth_{column}"] = rows[f"yoy_{name}_pct"]
    found = found.sort_values(["year", "partner"], kind="stable", ignore_index=True)
    for year, partner in found.loc[found.duplicated(["year", "partner"]), ["year", "partner"]].to_numpy():
        raise _wrong(file, f"{partner} {year}", "one row", "two")
    _add_up(file, found)
    _grow_as_printed(file, found)
    return found


def _add_up(file: Path, found: pd.DataFrame) -> None:
    apart = found["exports"] + found["imports"] - found["both"]
    for at in apart.index[apart.abs() > ROUNDING]:
        row = found.loc[at]
        raise _wrong(file, f"{row['partner']} {row['year']}", "exports and imports that add up", f"{apart[at]:+.3f}")
    for column in FLOWS.values():
        wide = found.pivot(index="year", columns="partner", values=column)
        printed = wide.get("ASEAN10", pd.Series(dtype=float)).dropna()
        apart = wide.reindex(columns=list(eco.members("ASEAN10"))).sum(axis=1, skipna=False)[printed.index] - printed
        for year in apart.index[~(apart.abs() <= ROUNDING)]:
            raise _wrong(file, f"ASEAN {year}, {column}", "members that add up", f"{apart[year]:+.3f}")


def _grow_as_printed(file: Path, found: pd.DataFrame) -> None:
    by = found.set_index(["partner", "year"])
    for partner, year in by.index:
        for column in FLOWS.values():
            then, printed = by[column].get((partner, year - 1)), by.at[(partner, year), f"growth_{column}"]
            if then is not None:
                off = 100 * (by.at[(partner, year), column] / then - 1) - printed
                # Small partners move by any amount, and so do revisions of theirs.
                if abs(off) > REVISED and then > 1:
                    raise _wrong(file, f"{partner} {year}, {column}", f"growth near {printed}", f"{off:+.1f} points")


def _wrong(file: Path, where: str, expected: str, found: str) -> GvcError:
    return GvcError(f"{file.name}, {where}", expected=expected, found=found, remedy="Look the bulletin up again.")


def main(data: Path, out: Path) -> None:
    """List it, and write the list."""
    folder = data / "china_customs"
    found = china_customs(max(folder.glob(FILES), default=folder / FILES))
    out.mkdir(exist_ok=True)
    found.to_csv(out / "china_customs.csv", index=False, float_format="%.8g", lineterminator="\n")
