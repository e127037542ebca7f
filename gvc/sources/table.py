"""Labels -> blocks -> ICIO: what the readers of all layouts share.

A reader says what its file prints, and where; here the labels are held against each other, final demand is summed by
economy, codes become ISO codes, and the parts of split economies are recognised.
"""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pyarrow as pa

from gvc import economies as eco
from gvc.checks import Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array, handed_over

Label = tuple[str, str]

#: Regions that the OECD shows apart from the rest of their economy.
_PART = re.compile(r"(CN|MX)\d")
_WHOLE = {"CN": "CHN", "MX": "MEX"}
_NONE = ("no", "further one")

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: In the prices of which year a table is, and when it was published: not the year that it is of.
CONSTANT = re.compile(
    r"""(?:at[ _-])? (?:
        (?<![a-z]) (?:(?:const(?:ant)?|base(?:[ _-]?year)?|prices[ _-]of|chained) [ :_-]* | usd) (\d{4}) (?!\d)
        (?:[ _-]*prices)?
      | (?<!\d) (\d{4}) (?: [ _-]*(?:const(?:ant)?[ _-]*)?prices | [ _-]*base(?:[ _-]?year)? | usd | [ ]?=[ ]?100)
        (?! [a-z] | [ :_-]*(?:(?:of|year)[ :_-]*)?\d{4})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: The year before, where its prices are meant; the table's own, if no other is named.
PREVIOUS = re.compile(
    r"(?:(?<![a-z])pyp|previous[ _-]year['’]?s?['’]?[ _-]prices)(?:[ (:_-]*\d{4}(?!\d))?", re.IGNORECASE
)
EDITION = re.compile(
    r"""(?<![a-z]) (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?
          |oct(?:ober)?|nov(?:ember)?|dec(?:ember)?) [ ._-]* (?:\d\d?,?[ _-])? (?:19|20)\d\d (?!\d)
      | (?<!\d{4}[ _-]) (?:edition|released?|version|vintage) [ :_-]* (?:19|20)\d\d (?!\d)
      | (?<!\d) (?:19|20)\d\d [ _-]* (?:edition|released?|version|vintage|ed(?![a-z])) (?![ :_-]*(?:19|20)\d\d)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Printed:
    """What a file prints, as it prints it.

    Attributes
    ----------
    where : str
        The file, and the sheet.
    rows : sequence of (economy, sector)
    columns : sequence of (economy, sector or component of final demand)
        Industries in the order of the rows, then final demand.
    values : (rows, columns) array
    output, added : (rows,) array
    taxes : (rows,) array or None
        What stands between inputs, value added and output.
    place : callable
        How the file calls the place of a number, by its row and column; of the label of a row where the column
        is None, and the other way round. Total output is one column further than `columns`.
    shown : callable
        What stands in a place where a number is missing.
    remedy : str
    """

    where: str
    rows: Sequence[Label]
    columns: Sequence[Label]
    values: Array
    output: Array
    added: Array
    taxes: Array | None
    place: Callable[[int | None, int | None], str]
    shown: Callable[[int, int], str]
    remedy: str


def build(
    printed: Printed,
    *,
    source: str,
    year: int | None,
    unit: str,
    provenance: Provenance | None = None,
    code: Callable[[str], str] | None = None,
) -> ICIO:
    """Turn what a file prints into a table.

    Parameters
    ----------
    printed : Printed
    source, unit : str
    year : int or None
    provenance : Provenance, optional
    code : callable, optional
        From an economy as printed to its ISO code; that of :func:`gvc.economies.iso` by default.

    Returns
    -------
    ICIO

    Raises
    ------
    GvcError
        If a label is missing, repeated or out of order, in the rows, the columns or final demand; if two economies have
        one code; or if all is zero.
    """
    economies, sectors = _blocks(printed)
    GN = len(printed.rows)
    split = {part for part in economies if _PART.fullmatch(part) and _WHOLE[part[:2]] in economies}
    shown = [economy for economy in economies if economy not in split]
    users = np.array([economy for economy, _ in _demand(printed, shown)])
    _all_numbers(printed)
    _not_all_zero(printed)
    final = printed.values[:, GN:]
    convert = code or (lambda label: eco.iso(label, where=printed.where))
    codes = [economy if economy in split else convert(economy) for economy in economies]
    for at, one in enumerate(codes):
        if one in codes[:at]:
            raise GvcError(
                printed.place(at * len(sectors), None),
                expected="one economy for each code",
                found=f"{economies[codes.index(one)]} and {economies[at]}, both {one}",
                remedy="Correct the label of the one that is another economy, or add the two up.",
            )
    return ICIO(
        economies=codes,
        sectors=sectors,
        Z=handed_over(printed.values)[:, :GN],
        Y=np.stack([final[:, users == economy].sum(axis=1) for economy in economies], axis=1),
        x=printed.output,
        va=printed.added,
        taxes=printed.taxes,
        year=year,
        source=source,
        unit=unit,
        parts={part: _WHOLE[part[:2]] for part in economies if part in split},
        provenance=provenance,
    )


def _blocks(printed: Printed) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Economies and sectors, which must stand in whole blocks, the same in rows as in columns."""
    rows = list(printed.rows)
    known = {sector for _, sector in rows}
    columns = [label for label in printed.columns if label[1] in known]
    pairs = list(enumerate(zip_longest(rows, columns, fillvalue=_NONE)))
    if rows == columns[: len(rows)] and 0 < len(rows) < len(columns):
        where, other = printed.place(len(rows), None), printed.place(None, len(rows))
        found, due = _NONE, printed.columns[len(rows)]
    # Where both disagree, the one that is not in whole blocks is at fault.
    elif rows != columns and _regular(columns) and not _regular(rows):
        at, (found, due) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
        where, other = printed.place(at, None), printed.place(None, at)
    elif rows != columns:
        at, (due, found) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
        found = printed.columns[at] if at < len(printed.columns) else _NONE
        where, other = printed.place(None, at), printed.place(at, None)
    elif not _regular(rows):
        pairs = list(enumerate(zip_longest(rows, _product(rows), fillvalue=_NONE)))
        at, (found, due) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
        where, other = printed.place(min(at, len(rows) - 1), None), "the order of the other economies"
    elif rows:
        return tuple(dict.fromkeys(economy for economy, _ in rows)), tuple(dict.fromkeys(sector for _, sector in rows))
    else:
        raise GvcError(printed.where, expected="rows of industries", found="none", remedy=printed.remedy)
    raise GvcError(
        where,
        expected=f"{' '.join(due)}, as in {other}",
        found=" ".join(found).strip() or "nothing",
        remedy=printed.remedy,
    )


def _demand(printed: Printed, economies: Sequence[str]) -> Sequence[Label]:
    """Labels of final demand: the same components of each economy, in the order of the rows, by either first."""
    labels = list(printed.columns[len(printed.rows) :])
    components = dict.fromkeys(component for _, component in labels)
    by_economy = [(economy, component) for economy in economies for component in components]
    by_component = [(economy, component) for component in components for economy in economies]
    if labels in (by_economy, by_component) and labels:
        return labels
    due = by_component if len(labels) > 1 and labels[0][0] != labels[1][0] else by_economy
    pairs = enumerate(zip_longest(labels, due or [(economies[0], "")], fillvalue=_NONE))
    at, (found, expected) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
    raise GvcError(
        printed.place(None, len(printed.rows) + at),
        expected=f"final demand of each economy, {' '.join(expected)} here",
        found=" ".join(found).strip() or "nothing",
        remedy=printed.remedy,
    )


def _product(labels: Sequence[Label]) -> list[Label]:
    sectors = dict.fromkeys(sector for _, sector in labels)
    return [(economy, sector) for economy in dict.fromkeys(economy for economy, _ in labels) for sector in sectors]


def _regular(labels: Sequence[Label]) -> bool:
    return "" not in {economy for economy, _ in labels} and list(labels) == _product(labels)


def _all_numbers(printed: Printed) -> None:
    for first, values in ((0, printed.values), (len(printed.columns), printed.output[:, None])):
        # The sum tells in one pass whether something is not finite; only then is it looked for.
        if not np.isfinite(values.sum()) and (bad := np.argwhere(~np.isfinite(values))).size:
            row, column = int(bad[0][0]), first + int(bad[0][1])
            raise GvcError(
                printed.place(row, column),
                expected="a number",
                found=printed.shown(row, column),
                remedy=printed.remedy,
            )


def _not_all_zero(printed: Printed) -> None:
    if not printed.values.any():
        raise GvcError(
            printed.where,
            expected="flows",
            found="nothing but zeros",
            remedy="Formulas that were never computed are saved as zeros: open the file in the program that made it, "
            "recalculate and save.",
        )


def by_labels(where: str, rows: Sequence[Label], columns: Sequence[Label]) -> Callable[[int | None, int | None], str]:
    """Make the `place` of a file that has no cells: the labels of a row and a column."""

    def place(row: int | None, column: int | None) -> str:
        parts = [where]
        if row is not None:
            parts.append(f"row {' '.join(rows[row])}" if row < len(rows) else f"after row {' '.join(rows[-1])}")
        if column is not None:
            parts.append(f"column {' '.join(columns[column])}" if column < len(columns) else "output")
        return ", ".join(parts)

    return place


def in_words(value: float) -> str:
    """Show what stands where a finite number should."""
    return "nothing" if np.isnan(value) else str(value)


@contextmanager
def reading(where: str, what: str, remedy: str) -> Iterator[None]:
    """Turn what a library raises on a damaged file into the one exception."""
    try:
        yield
    except (GvcError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError as error:
        raise GvcError(
            where,
            expected="memory for the table",
            found="not enough",
            remedy="Close other programs, or build with fewer workers, `workers=1` or `--workers 1`.",
        ) from error
    except subprocess.TimeoutExpired as error:
        raise GvcError(where, expected=what, found=f"no end of it in {error.timeout:.0f} s", remedy=remedy) from error
    # A library in Rust panics with what is not even an Exception; one in Python raises whatever the byte leads to.
    except BaseException as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise GvcError(where, expected=what, found=said[:200], remedy=remedy) from error


def must_be_file(path: Path) -> None:
    """Refuse what is there and neither a file nor a folder: a pipe never ends, nor do some devices."""
    if path.exists() and not path.is_file() and not path.is_dir():
        found = "a pipe" if path.is_fifo() else "a device or socket"
        raise GvcError(str(path), expected="a file or a folder", found=found, remedy="Save it as a file first.")


def numbers_of(table: pa.Table) -> Array:
    """Numbers of an Arrow table by row; NaN where nothing stands."""
    batches = table.combine_chunks().to_batches()
    if not batches or not table.num_columns:
        return np.empty((0, table.num_columns))
    numbers: Array = batches[0].to_tensor(null_to_nan=True, row_major=True).to_numpy()
    return numbers


def year_in(*places: str) -> int | None:
    """First year that one of the texts names."""
    found = (_YEAR.search(place) for place in places)
    return next((int(match[0]) for match in found if match), None)


def years_in(text: str) -> list[int]:
    """Years that a text names, but for those of its prices and of its edition."""
    text = EDITION.sub(" ", CONSTANT.sub(" ", text))
    found = _YEAR.findall(PREVIOUS.sub(" ", text)) or _YEAR.findall(text)
    return list(dict.fromkeys(map(int, found)))


def one_year(where: str, said: int, *names: str) -> int:
    """Year that a file says itself, if no name says another.

    Raises
    ------
    GvcError
        If one does.
    """
    named = [year for name in names if (year := year_in(name)) not in (None, said)]
    if named:
        raise GvcError(
            where,
            expected="one year in the file and in its name",
            found=f"{said} in it, {named[0]} in its name",
            remedy=f"Name it by its year, or pass `year={said}` if that is right.",
        )
    return said
