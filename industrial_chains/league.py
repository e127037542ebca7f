"""A league of forecasts of American imports: what a forecast is, and how it is scored. Anyone can enter, and lose.

`industrial_chains.entrants` makes the forecasts of the book.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.panel import WORLD
from industrial_chains import data

#: Whose shares are forecast: all whom both the trade model and the monthly count name.
PARTNERS = ("AUS", "CAN", "CHN", "IDN", "IND", "JPN", "KOR", "MEX", "MYS", "SGP", "THA", "TWN", "VNM")
#: All others together.
REST = "REST"
#: Columns of a forecast, of which the last two may be blank.
COLUMNS = ("forecaster", "made", "informed", "first", "last", "partner", "share", "low", "high")
#: Headings of computers, their parts, telephones, storage and chips.
FIVE = ("8471", "8473", "8517", "8523", "8542")
#: How the file by heading calls all that a partner sells.
ALL = "all"
#: How many months a base has: a year, for seasons.
BASE = 12


@dataclass(frozen=True)
class Round:
    """What is forecast: shares in the imports of some months together.

    Attributes
    ----------
    first, last : str
        Months, such as "2025-12".
    known : str
        The last month whose count was out on the day to which a forecaster may be informed.
    informed : str
        That day.
    """

    first: str
    last: str
    known: str
    informed: str

    def __str__(self) -> str:
        """Name it by its months."""
        return f"{self.first} to {self.last}"


#: The law changed in February 2026, so that what came before and after it is scored apart. On 15 November 2025 the
#: count of July was the last: the government had been shut, and August came out on the 19th.
CLOSED = (
    Round("2025-12", "2026-02", "2025-07", "2025-11-15"),
    Round("2026-03", "2026-08", "2025-07", "2025-11-15"),
)
OPEN = Round("2027-01", "2027-12", "2026-08", "2026-12-31")
ROUNDS = (*CLOSED, OPEN)


# -- what is counted --------------------------------------------------------------------------------------------------


@cache
def imports() -> pd.DataFrame:
    """Read American imports for consumption, month × partner with :data:`REST`; million USD.

    Returns
    -------
    DataFrame
        Months such as "2025-12", from 2013. From the first month of the newest count all numbers are its; before it
        they are of an older one, which for those months says nearly the same.
    """
    newest = _with_rest(_newest("imports") / 1e6)
    older = data.table("us_imports_by_month")
    older.index = pd.Index([f"{year}-{month:02}" for year, month in zip(older["year"], older["month"], strict=True)])
    return pd.concat([_with_rest(older[older.index < newest.index[0]]), newest])


@cache
def duty() -> pd.DataFrame:
    """Read the duty on :func:`imports`, of the months of the newest count; million USD."""
    return _with_rest(_newest("duty") / 1e6)


def _newest(what: str) -> pd.DataFrame:
    return data.table("us_market_by_month").pivot(index="month", columns="partner", values=what)


def _with_rest(amounts: pd.DataFrame) -> pd.DataFrame:
    named = amounts[list(PARTNERS)]
    return named.assign(**{REST: amounts[WORLD] - named.sum(axis=1)})


def shares(amounts: pd.DataFrame, first: str, last: str) -> pd.Series:
    """Return each partner's share in the imports of some months together; percent.

    Parameters
    ----------
    amounts : DataFrame, month × partner
        As :func:`imports` has it, or its first months.
    first, last : str

    Raises
    ------
    GvcError
        If a month is not there.
    """
    months = pd.period_range(first, last, freq="M").astype(str)
    absent = months.difference(amounts.index)
    if len(absent):
        raise GvcError(
            "imports",
            expected=f"months {first} to {last}",
            found=f"no {absent[0]}",
            remedy="Ask for months that have been counted.",
        )
    sums = amounts.loc[months].sum()
    return _among(sums)


def year_to(amounts: pd.DataFrame, last: str) -> pd.Series:
    """Return :func:`shares` of the :data:`BASE` months that end in one."""
    return shares(amounts, earlier(last, BASE - 1), last)


def earlier(month: str, by: int) -> str:
    """Name the month that is so many months earlier."""
    return str(pd.Period(month, "M") - by)


def is_counted(one: Round) -> bool:
    """Say whether all months of a round have been counted."""
    return one.last <= str(imports().index[-1])


# -- what is forecast -------------------------------------------------------------------------------------------------


def read(folder: Path) -> pd.DataFrame:
    """Read all forecasts of a folder.

    Parameters
    ----------
    folder : Path
        Of CSV files with the :data:`COLUMNS`.

    Returns
    -------
    DataFrame
        The columns; shares in percent.

    Raises
    ------
    GvcError
        Names file, row and column of the first thing that cannot be used.

    Notes
    -----
    A row is a partner's share in American imports for consumption of all goods, from month `first` to month `last`
    together, and the ends of an interval, if there is one. `made` is the day of the forecast, `informed` the day to
    which its information reaches.
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise GvcError(
            str(folder), expected="CSV files of forecasts", found="none", remedy="Name the folder that holds them."
        )
    rows = pd.concat([_read(file) for file in files], ignore_index=True)
    twice = rows[rows.duplicated(["forecaster", "first", "last", "partner"])]
    for _, row in twice.iterrows():
        raise GvcError(
            f"{folder / row['file']}, row {row['row']}, partner",
            expected=f"one forecast of {row['partner']} by {row['forecaster']}",
            found="two",
            remedy="Take one out, or give it a name of its own as a forecaster.",
        )
    return rows[list(COLUMNS)]


def _read(file: Path) -> pd.DataFrame:
    try:
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise GvcError(
            str(file), expected=f"a CSV file in UTF-8 with {', '.join(COLUMNS)}", found=str(error), remedy="Save it so."
        ) from error
    if list(rows) != list(COLUMNS):
        raise GvcError(
            f"{file}, row 1", expected=",".join(COLUMNS), found=",".join(map(str, rows)), remedy="Name columns so."
        )
    if rows.empty:
        raise GvcError(f"{file}, row 2", expected="a forecast", found="none", remedy="Write a row for each partner.")
    found = rows.assign(file=file.name, row=range(2, len(rows) + 2))
    for column in ("share", "low", "high"):
        found[column] = pd.to_numeric(rows[column], errors="coerce")
    for (_, text), (_, row) in zip(rows.iterrows(), found.iterrows(), strict=True):
        for column, expected, remedy in _wrong(text, row):
            where = f"{file}, row {row['row']}, {column}"
            raise GvcError(where, expected=expected, found=repr(text[column]), remedy=remedy)
    sums = found.groupby(["forecaster", "first", "last"], sort=False)["share"].sum()
    for (forecaster, first, last), total in zip(sums.index, sums, strict=True):
        if total <= 100:
            continue
        raise GvcError(
            f"{file}, {forecaster}, {first} to {last}",
            expected="shares that add up to no more than 100",
            found=f"{total:.2f}",
            remedy="Write shares in all American imports, in percent.",
        )
    return found


def _wrong(text: pd.Series, row: pd.Series) -> Iterator[tuple[str, str, str]]:
    """Say what is wrong with a row: the column, what it should have, and what to do."""
    if not text["forecaster"].strip():
        yield "forecaster", "a name", "Say who made it."
    for column in ("made", "informed"):
        if not _is_day(text[column]):
            yield column, "a day such as 2026-12-03", "Write it so."
    if text["informed"] > text["made"]:
        yield "informed", f"no later day than {text['made']}, when it was made", "Correct one of the two days."
    spans = {(one.first, one.last) for one in ROUNDS}
    if (text["first"], text["last"]) not in spans:
        named = "; ".join(",".join(span) for span in sorted(spans))
        column = "last" if text["first"] in {first for first, _ in spans} else "first"
        yield column, f"months of a round ({named})", "Forecast the months of a round together."
    if text["partner"] not in PARTNERS:
        yield "partner", f"one of {', '.join(PARTNERS)}", "Leave out others."
    if not 0 <= row["share"] <= 100:
        yield "share", "a share of all imports, from 0 to 100", "Write percent, with a point."
    if (text["low"] == "") != (text["high"] == ""):
        yield (
            ("low" if text["low"] == "" else "high"),
            "both ends of an interval, or none",
            "Add the other, or take it out.",
        )
    for column in ("low", "high"):
        if text[column] != "" and not 0 <= row[column] <= 100:
            yield column, "a share from 0 to 100, or nothing", "Write percent, with a point."
    if row["low"] > row["share"]:
        yield "low", f"no more than the share, {text['share']}", "Correct one of the two."
    if row["high"] < row["share"]:
        yield "high", f"no less than the share, {text['share']}", "Correct one of the two."


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


# -- scores -----------------------------------------------------------------------------------------------------------


def of_round(rows: pd.DataFrame, one: Round) -> pd.DataFrame:
    """Choose the forecasts of a round."""
    return rows[(rows["first"] == one.first) & (rows["last"] == one.last)]


def when(row: pd.Series, one: Round) -> str:
    """Say of a forecast whether it was made before the months that it is of, or only its information was."""
    if row["informed"] > one.informed:
        return "after"
    return "before" if row["made"] < f"{one.first}-01" else "informed before"


def scores(rows: pd.DataFrame, one: Round) -> pd.DataFrame:
    r"""Score the forecasts of a round.

    Parameters
    ----------
    rows : DataFrame
        As :func:`read` returns them.
    one : Round
        All of its months have been counted.

    Returns
    -------
    DataFrame, forecaster × {when, partners, error, skill, rank, within}
        The best first. `error` is the mean of :math:`|f_j - s_j|` over the partners that it names, points; `skill` is
        what it takes off the error of no change in the same partners, percent: :math:`100 (1 - e / e_0)`; `rank` is the
        correlation of the ranks of changes; `within` is how many of the shares lie in the interval, percent. No change
        is the share over the :data:`BASE` months to the round's last known one. NaN where there is none.
    """
    counted, base = shares(imports(), one.first, one.last), year_to(imports(), one.known)
    found = {}
    for name, own in of_round(rows, one).groupby("forecaster", sort=False):
        said = own.set_index("partner")
        real, then = counted[said.index], base[said.index]
        error = (said["share"] - real).abs().mean()
        spans = said.dropna(subset=["low", "high"])
        inside = (spans["low"] <= real[spans.index]) & (real[spans.index] <= spans["high"])
        found[name] = {
            "when": when(own.iloc[0], one),
            "partners": len(said),
            "error": error,
            "skill": 100 * (1 - error / (then - real).abs().mean()),
            "rank": _ranks(said["share"] - then, real - then),
            "within": 100 * inside.mean() if len(spans) else np.nan,
        }
    return pd.DataFrame(found).T.infer_objects().rename_axis(index="forecaster").sort_values("error", kind="stable")


def _ranks(one: pd.Series, other: pd.Series) -> float:
    """Correlate ranks; NaN for fewer than three, and where nothing changes but by rounding."""
    if len(one) < 3 or one.abs().max() < 1e-3:
        return np.nan
    return float(one.rank().corr(other.rank()))


def of_headings(rows: pd.DataFrame, one: Round, without: tuple[str, ...] = ()) -> pd.DataFrame:
    """Score forecasts as growth over the year before, in the partners whose imports are known by heading.

    Parameters
    ----------
    rows : DataFrame
    one : Round
        Within the months of the file, of which the last year is scored.
    without : tuple of str
        Headings that are left out.

    Returns
    -------
    DataFrame, forecaster × {error, skill, rank}
        As :func:`scores` has them, of shares among these partners only. A forecast counts as what it says of the growth
        of shares in all goods, over the same months as the file's in its first year; no change is none since then.
    """
    table = data.table("us_market_by_heading")
    sold = table[table["heading"] == ALL].pivot(index="partner", columns="year", values="imports")
    left_out = table[table["heading"].isin(without)].groupby(["partner", "year"])["imports"].sum().unstack("year")
    sold = sold.sub(left_out.reindex(sold.index), fill_value=0.0).loc[[code for code in PARTNERS if code in sold.index]]
    year, to = int(table["year"].min()), int(table["to"].iloc[0])
    before = shares(imports(), f"{year}-01", f"{year}-{to:02}")
    found = {}
    for name, own in of_round(rows, one).groupby("forecaster", sort=False):
        said = own.set_index("partner")["share"]
        then, real = (_among(sold[sold.index.isin(said.index)][column]) for column in (year, year + 1))
        predicted = _among(then * said[then.index] / before[then.index])
        error = (predicted - real).abs().mean()
        skill = 100 * (1 - error / (then - real).abs().mean())
        found[name] = {"error": error, "skill": skill, "rank": _ranks(predicted - then, real - then)}
    return pd.DataFrame(found).T.rename_axis(index="forecaster").sort_values("error", kind="stable")


def _among(amounts: pd.Series) -> pd.Series:
    return 100 * amounts / amounts.sum()
