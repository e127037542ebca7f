"""With whom China trades, by its customs, as files copy them from bulletins: of each December, and of a last month."""

import re
from calendar import month_abbr
from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD
from industrial_chains import economies as eco

#: The folder of ``data/`` that it writes to.
INTO = "northeast_asia"

#: The newest by its name is read: it holds all years.
FILES = "china_customs_by_partner_*_rmb.csv"
#: Part of a year, to the month of the file's name; the last by its name is read.
TO_MONTH = "china_customs_20??/china_customs_by_partner_*_ytd_rmb.csv"
#: Groups by their codes in the file. Others overlap with these, and the row of China holds what comes back to it.
GROUPS = {"ASEAN": "ASEAN10", "EU27": "EU27", "RCEP": "RCEP", "WLD": WORLD}
PASSED_OVER = ("APEC", "ASIA", "BRI", "CHN")
FLOWS = {"total": "both", "export": "exports", "import": "imports"}
#: Billion RMB that sums may be apart by rounding, and points between printed growth and that of two printed years, of
#: which customs revise the first.
ROUNDING, REVISED = 1e-3, 2.0
#: How the bulletin of a month calls groups, and points that the growth of a sum may be from what its parts say.
PRINTED = {"World": WORLD, "ASEAN-11 (with TLS)": "ASEAN10", "EU-27": "EU27"}
PRINTED_TO = 0.2
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


def to_month(file: Path) -> pd.DataFrame:
    """List China's trade by partner from January to the month of the file's name.

    Returns
    -------
    DataFrame
        Columns year, to, partner and those of :func:`china_customs`: `to` is the month (7), growth is over the same
        months of the year before, as printed. ``ASEAN10`` is without Timor-Leste, but its growth is that of all eleven.

    Raises
    ------
    GvcError
        If a partner stands twice, parts do not add up to their total, or the growth of exports and imports is not
        that of their sum.
    """
    match = re.search(r"_(\d{4})-(\d{2})_ytd", file.stem)
    if not match:
        raise _wrong(file, "its name", "the last month, as in 2026-07_ytd", file.stem)
    year, month = match.groups()
    rows = pd.read_csv(file)
    span = f"jan_{month_abbr[int(month)].lower()}_{year}" if int(month) > 1 else f"jan_{year}"
    found = pd.DataFrame({"year": int(year), "to": int(month), "partner": rows["partner"].replace(PRINTED)})
    flows = {"both": "total", "exports": "exports", "imports": "imports"}
    for column, name in flows.items():
        if f"{name}_{span}" not in rows:
            raise _wrong(file, "columns", f"{name}_{span}", ", ".join(map(str, rows)))
        found[column] = rows[f"{name}_{span}"] * BILLION
    for column, name in flows.items():
        found[f"growth_{column}"] = rows[f"{name}_yoy_pct"]
    found = found[found["partner"].str.fullmatch("[A-Z0-9]+") & ~found["partner"].isin(PASSED_OVER)]
    found = found.sort_values("partner", ignore_index=True)
    for partner in found.loc[found["partner"].duplicated(), "partner"]:
        raise _wrong(file, partner, "one row", "two")
    at = found.set_index("partner").index
    found.loc[at == "ASEAN10", list(flows)] -= found.loc[at == "TLS", list(flows)].to_numpy()
    _add_up(file, found)
    before = {flow: found[flow] / (1 + found[f"growth_{flow}"] / 100) for flow in flows}
    off = 100 * (found["both"] / (before["exports"] + before["imports"]) - 1) - found["growth_both"]
    for row in found.index[(off.abs() > PRINTED_TO) & found["both"].gt(1)]:
        raise _wrong(
            file, str(found.at[row, "partner"]), "growth of both parts that adds up", f"{off[row]:+.1f} points"
        )
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
    """List whole years and part of one, and write the lists."""
    folder = data / "china_customs"
    whole = china_customs(max(folder.glob(FILES), default=folder / FILES))
    part = to_month(max(data.glob(TO_MONTH), key=lambda path: path.stem, default=data / TO_MONTH))
    out.mkdir(exist_ok=True)
    for name, found in (("china_customs", whole), ("china_customs_to_month", part)):
        found.to_csv(out / f"{name}.csv", index=False, float_format="%.8g", lineterminator="\n")
