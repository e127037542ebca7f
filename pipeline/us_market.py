"""What American customs count by partner and month, by partner and heading, and of computing hardware by month.

All numbers are of one vintage. The files of `pipeline.us_customs` reach further back, and are of an older one: customs
revise single months by up to an eighth, so that growth from one to the other means nothing.
"""

import re
from calendar import month_abbr
from pathlib import Path

import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: Where the files are. Of several, that is read whose name comes last; the months are in the names of columns.
MONTHLY, HEADINGS = "us_imports_by_partner_monthly_*.csv", "us_imports_by_partner_hs4_jan_*.csv"
TOTALS = "hs4_totals_and_coverage.csv"
COMPUTING = "waugh_ai_imports_monthly_to_*.csv"
FOLDERS = "us_imports_20??"
#: What the rows of a partner are called that hold all that it sells, also what no other row does.
ALL = "all"
#: Points that the share of the rows may be from the printed one: totals are in ten million dollars.
ROUNDING = 0.05
AGAIN = "Take the files again, all of one commit."


def find(data: Path, pattern: str) -> Path:
    """Find the file that reaches furthest, by its name."""
    found = sorted(data.glob(f"{FOLDERS}/{pattern}"), key=lambda path: path.stem)
    if not found:
        raise GvcError(
            str(data / FOLDERS), expected=pattern, found="no such file", remedy="TO_2026.md says where it comes from."
        )
    return found[-1]


def by_month(file: Path) -> pd.DataFrame:
    """List imports for consumption and the duty calculated on them, by partner and month.

    Returns
    -------
    DataFrame
        Columns month (2026-08), partner, imports, duty; USD. ``WLD`` is all partners, also those that have no row.

    Raises
    ------
    GvcError
        If a partner lacks a month or has it twice, an amount is no amount, the last month is not the one that the
        file's name says, or partners sell more than all.
    """
    rows = pd.read_csv(file, dtype={"month": str}, keep_default_na=False, na_values=[""])
    found = rows.rename(columns={"imports_consumption_usd": "imports", "duty_usd": "duty"})
    found = found[["month", "partner", "imports", "duty"]].sort_values(["month", "partner"], ignore_index=True)
    _are_amounts(file, found, ["partner", "month"], ["imports", "duty"])
    if WORLD not in set(found["partner"]):
        raise GvcError(file.name, expected=f"rows of {WORLD}, all partners", found="none", remedy=AGAIN)
    months = pd.period_range(found["month"].min(), found["month"].max(), freq="M").astype(str)
    for partner, here in found.groupby("partner"):
        if missing := sorted(set(months) - set(here["month"])):
            raise GvcError(
                f"{file.name}, {partner}", expected=f"{len(months)} months", found=f"no {missing[0]}", remedy=AGAIN
            )
    if not file.stem.endswith(months[-1]):
        raise GvcError(file.name, expected="months to that of its name", found=f"to {months[-1]}", remedy=AGAIN)
    wide = found.pivot(index="month", columns="partner", values="imports")
    more = wide.drop(columns=WORLD).sum(axis=1) > wide[WORLD]
    if more.any():
        raise GvcError(f"{file.name}, {wide.index[more][0]}", expected="partners below all", found="more", remedy=AGAIN)
    return found.astype({"imports": "int64", "duty": "int64"})


def by_heading(file: Path) -> pd.DataFrame:
    """List general imports by partner and heading of the Harmonized System, of the same months of two years.

    Returns
    -------
    DataFrame
        Columns partner, heading, year, to, imports: the imports from January to the month `to` (8), thousand USD. The
        source has a partner's largest headings; :data:`ALL` is all headings, so that the two say what the rows cover.

    Raises
    ------
    GvcError
        If columns do not name their months, a heading stands twice or is none, an amount is no amount, or the rows
        cover another part of the partner's imports than is printed beside them.
    """
    rows = pd.read_csv(file, dtype={"hs4": str})
    named = {
        name: match
        for name in map(str, rows)
        if (match := re.fullmatch(r"imports_jan(?:_([a-z]{3}))?_(\d{4})_kusd", name))
    }
    ends = {match[1] or "jan" for match in named.values()}
    if len(named) != 2 or len(ends) != 1 or not ends <= set(_MONTHS):
        raise GvcError(
            file.name,
            expected="imports_jan_…_YEAR_kusd of two years to one month",
            found=", ".join(map(str, rows)),
            remedy="Name them so.",
        )
    found = rows.rename(columns={"hs4": "heading", **{name: match[2] for name, match in named.items()}})
    years = sorted(match[2] for match in named.values())
    for partner, heading in found.loc[~found["heading"].str.fullmatch(r"\d{4}"), ["partner", "heading"]].to_numpy():
        raise GvcError(f"{file.name}, {partner}", expected="headings of four digits", found=str(heading), remedy=AGAIN)
    _are_amounts(file, found, ["partner", "heading"], years)
    totals = _totals(file, found, years)
    both = pd.concat([found, totals]).melt(["partner", "heading"], years, "year", "imports").astype({"year": int})
    both.insert(3, "to", _MONTHS.index(ends.pop()) + 1)
    return both.sort_values(["partner", "year", "heading"], ignore_index=True).astype({"imports": "int64"})


def _totals(file: Path, found: pd.DataFrame, years: list[str]) -> pd.DataFrame:
    """Read all that each partner sells, against what its rows are said to cover of that."""
    beside = file.with_name(TOTALS)
    rows = pd.read_csv(beside).set_index("partner")
    sums = found.groupby("partner")[years].sum()
    if set(rows.index) != set(sums.index):
        odd = ", ".join(sorted(set(rows.index) ^ set(sums.index)))
        raise GvcError(f"{beside.name}, {odd}", expected="the partners of both files", found="in one", remedy=AGAIN)
    columns = {}
    for year in years:
        columns[year] = (rows[f"total_general_{year}_bn"] * 1e6).round()
        covered = 100 * sums[year] / columns[year]
        apart = (covered - rows[f"coverage_{year}_pct"]).abs()
        for partner in apart.index[~(apart < ROUNDING)]:
            raise GvcError(
                f"{file.name}, {partner} {year}",
                expected=f"rows that cover {rows.at[partner, f'coverage_{year}_pct']} per cent of all",
                found=f"{covered[partner]:.2f}",
                remedy=AGAIN,
            )
    return pd.DataFrame(columns).rename_axis("partner").reset_index().assign(heading=ALL)


def computing(file: Path, months: pd.DataFrame) -> pd.DataFrame:
    """List imports for consumption of computing hardware from all partners, and the duty on it, by month.

    Returns
    -------
    DataFrame
        Columns month, imports, rate: USD, and duty in percent of them, of the months that :func:`by_month` has, too.

    Raises
    ------
    GvcError
        If a month is missing, or more computing hardware is imported than goods of all kinds.
    """
    rows = pd.read_csv(file)
    every = months[months["partner"] == WORLD].set_index("month")["imports"]
    named = {"date": "month", "compute_hardware_dollars": "imports", "compute_hardware_tariff": "rate"}
    found = rows.rename(columns=named)[[*named.values()]]
    found = found.assign(month=found["month"].str[:7], imports=(found["imports"] * 1e9).round())
    found = found[found["month"] >= every.index.min()].sort_values("month", ignore_index=True)
    due = list(every.index[every.index <= found["month"].max()])
    if list(found["month"]) != due:
        odd = ", ".join(sorted(set(found["month"]) ^ set(due))) or "a month twice"
        raise GvcError(file.name, expected="each month once, from the first of the other file", found=odd, remedy=AGAIN)
    wrong = ~(found["imports"].gt(0) & found["imports"].lt(every[due].to_numpy()) & found["rate"].between(0, 100))
    for at in found.index[wrong]:
        remedy = "Its dollars are billions, its duties percent."
        where = f"{file.name}, {found.at[at, 'month']}"
        raise GvcError(where, expected="less than all imports", found=str(found.at[at, "imports"]), remedy=remedy)
    return pd.DataFrame(found.astype({"imports": "int64"}))


def _are_amounts(file: Path, found: pd.DataFrame, key: list[str], columns: list[str]) -> None:
    """Refuse rows that stand twice, and cells that are empty, below zero or no whole number."""
    for one in found.loc[found.duplicated(key), key].to_numpy():
        raise GvcError(f"{file.name}, {' '.join(one)}", expected="one row", found="two", remedy=AGAIN)
    for column in columns:
        values = pd.to_numeric(found[column], errors="coerce")
        wrong = ~(values.ge(0) & values.mod(1).eq(0))
        for at in found.index[wrong]:
            where = f"{file.name}, {' '.join(found.loc[at, key])}, {column}"
            raise GvcError(where, expected="a whole amount", found=str(found.at[at, column]), remedy=AGAIN)


_MONTHS = [name.lower() for name in month_abbr[1:]]


def main(data: Path, out: Path) -> None:
    """List all three, the first two of files that end in the same month, and write the lists."""
    files = find(data, MONTHLY), find(data, HEADINGS)
    months, headings = by_month(files[0]), by_heading(files[1])
    ends = months["month"].max(), "{}-{:02}".format(*headings[["year", "to"]].max())
    if ends[0] != ends[1]:
        raise GvcError(files[1].name, expected=f"imports to {ends[0]}", found=f"to {ends[1]}", remedy=AGAIN)
    results = {
        "us_market_by_month": months,
        "us_market_by_heading": headings,
        "us_market_computing": computing(find(data, COMPUTING), months),
    }
    for name, frame in results.items():
        frame.to_csv(out / f"{name}.csv", index=False, lineterminator="\n", float_format="%.6g")
