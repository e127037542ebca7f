"""Which sheet of a workbook holds the table of a year."""

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gvc.checks import Finding, cell_name
from gvc.errors import GvcError
from gvc.labels import Array
from gvc.sources import apart
from gvc.sources.table import reading, years_in

REMEDY = "Take the workbook as its publisher offers it."

#: What stands where nothing flows, if not 0.
BLANK = ("", "NA", "-")
#: Bytes that a part of a workbook unpacks to at most: the largest sheet that a table can fill, each cell with a style.
_LARGEST = 3_000_000_000
#: And those that list its sheets: a hundred times what the longest list takes.
_LIST = 10_000_000
SECTOR = re.compile(r"c\d+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_SHORT_YEAR = re.compile(r"WIOT(\d\d)_")


@lru_cache(maxsize=1024)
def _code(text: str) -> str:
    return text.lower() if SECTOR.fullmatch(text) else text.upper()


@dataclass(frozen=True)
class Sheet:
    """A sheet: numbers, NaN where there is none, and the text of cells that are not numbers.

    Text that stands for nothing is kept apart: there may be as much of it as there are numbers.
    """

    name: str
    numbers: Array
    texts: Mapping[tuple[int, int], str]
    blanks: Mapping[str, NDArray[np.int64]]  # places counted along the rows
    left: int  # column of the sheet in which the first column of numbers stands

    def text(self, row: int, column: int) -> str:
        return self.texts.get((row, column), "").strip()

    def code(self, row: int, column: int) -> str:
        """Text of a label whatever its case: c1 of an industry, all others in capitals."""
        return _code(self.text(row, column))

    def cell(self, row: int, column: int) -> str:
        return cell_name(row, self.left + column)

    def shown(self, row: int, column: int) -> str:
        """Show what stands where a finite number should."""
        place = row * self.numbers.shape[1] + column
        blank = next((text for text, places in self.blanks.items() if place in places), None)
        text = self.texts.get((row, column), blank)
        number = self.numbers[row, column]
        return repr(text) if text is not None else str(number) if np.isinf(number) else "nothing"


@dataclass(frozen=True)
class Table:
    """A sheet with a table, or only its first rows; where the table begins, and which year it says that it is."""

    sheet: Sheet
    top: int  # row of the sector codes above the block
    left: int  # column where the block starts

    @cached_property
    def title(self) -> dict[str, str]:
        """What stands above and left of the labels, by its cell."""
        sheet, title = self.sheet, {}
        for at in ((row, column) for row in range(self.top) for column in range(self.left)):
            number = sheet.numbers[at]
            title[sheet.cell(*at)] = f"{number:g}" if np.isfinite(number) else sheet.text(*at)
        return {cell: text for cell, text in title.items() if text}

    @cached_property
    def in_name(self) -> list[int]:
        return years_in(self.sheet.name)

    @cached_property
    def in_title(self) -> list[int]:
        return list(dict.fromkeys(year for text in self.title.values() for year in years_in(text)))

    @cached_property
    def years(self) -> list[int]:
        """Years that it may be of: several where its name and its title disagree, none where they do not say."""
        agreed = set(self.in_name) & set(self.in_title)
        return sorted(agreed or {*self.in_name, *self.in_title})

    def __str__(self) -> str:
        return f"sheet {self.sheet.name} of {' or '.join(map(str, self.years)) or 'no year'}"


def read(path: Path, year: int | None = None) -> tuple[Table, dict[str, str]]:
    """Load the sheet with the table of a year, and the legend: code to country.

    Raises
    ------
    GvcError
        If there is no table, none of that year, or several to choose from.
    """
    _must_fit(path)
    with reading(str(path), "a workbook", REMEDY), apart.opened(path) as book:
        names = [name for name in book.names if not is_legend(name)]
        if len(names) > 1:
            names = [_of_year(path, _tables(path, names, book.head), year).sheet.name]
        (table,) = _tables(path, names, book.load)
        legends = [_load(path, name, book.load) for name in book.names if is_legend(name)]
    pairs = [pair for sheet in legends for pair in _rows_of_text(sheet)]
    return table, {code.upper(): country for code, country in pairs if code.isalpha() and code.lower() != "code"}


def years(path: Path) -> list[int]:
    """Years of the tables of a workbook with several; none if it holds one, or if it is not clear which they are."""
    _must_fit(path)
    with reading(str(path), "a workbook", REMEDY):
        # A look at the names tells that most workbooks hold no more than one.
        if sum(not is_legend(name) for name in apart.parts(path)) == 1:
            return []
        with apart.opened(path) as book:
            names = [name for name in book.names if not is_legend(name)]
            tables = _tables(path, names, book.head) if len(names) > 1 else []
    found = sorted({table.years[0] for table in tables if len(table.years) == 1})
    return found if len(found) == len(tables) > 1 else []


def year_of(path: Path, table: Table, asked: int | None) -> tuple[int, list[Finding]]:
    """Year of a table: its sheet's name and title say it, or else the file's name, or who asks.

    Returns
    -------
    int
    list of Finding
        Where another year stands.

    Raises
    ------
    GvcError
        If that is no year, more than one, or not the one asked for.
    """
    short = _SHORT_YEAR.search(path.name)
    in_file = [(1900 if int(short[1]) > 50 else 2000) + int(short[1])] if short else years_in(path.name)
    places = {"the sheet's name": table.in_name, "its title": table.in_title, "the file's name": in_file}
    found = table.years or sorted(set(in_file))
    if (asked and found and asked not in found) or (not asked and len(found) != 1):
        said = [f"{' and '.join(map(str, there))} in {place}" for place, there in places.items() if there]
        raise GvcError(
            f"{path}, sheet {table.sheet.name}",
            expected=f"one year, {asked}" if asked else "one year",
            found=", ".join(said) or "none in the sheet's name, its title or the file's name",
            remedy="Ask for the year that it is of; correct the name or the title if they are wrong."
            if asked
            else "Pass `year=`.",
        )
    year = asked or found[0]
    return year, [
        Finding("another year", f"{' and '.join(map(str, there))} in {place}", 0, "WARN", table.sheet.name)
        for place, there in places.items()
        if there and year not in there
    ]


def is_legend(name: str) -> bool:
    return "legend" in name.lower()


def _must_fit(path: Path) -> None:
    with reading(str(path), "a workbook", REMEDY), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    for part in parts:
        largest, what = (_LIST, "list of sheets has") if part.filename in apart.LISTS else (_LARGEST, "table fills")
        if part.file_size > largest:
            raise GvcError(
                f"{path}, {part.filename}",
                expected=f"no more than {largest / 1e6:,.0f} MB, which no {what}",
                found=f"{part.file_size / 1e6:,.1f} MB",
                remedy=REMEDY,
            )


def _tables(path: Path, names: Sequence[str], load: Callable[[str], apart.Loaded]) -> list[Table]:
    tables = [table for name in names if (table := _table(_load(path, name, load)))]
    if not tables:
        raise GvcError(
            str(path),
            expected=f"a sheet with sector codes c1, c2 … among its first {apart.HEAD} rows",
            found=f"none in {', '.join(names) or 'a workbook without sheets'}",
            remedy=REMEDY,
        )
    return tables


def _table(sheet: Sheet) -> Table | None:
    for row in range(1, apart.HEAD):
        for column in range(2, apart.HEAD):
            if sheet.code(row, column) == "c1" and SECTOR.fullmatch(sheet.text(row, column + 1)):
                return Table(sheet, row, column)
    return None


def _of_year(path: Path, tables: Sequence[Table], year: int | None) -> Table:
    """Pick the table of a year, or the one that there is."""
    if len(tables) == 1:
        return tables[0]
    fitting = [table for table in tables if year in (None, *table.years)]
    if len(fitting) != 1:
        raise GvcError(
            str(path),
            expected=f"one table of {year}" if year else "one table",
            found=", ".join(map(str, fitting or tables)),
            remedy="Delete all of them but one." if year and fitting else "Pass the year of one of them as `year=`.",
        )
    return fitting[0]


def _load(path: Path, name: str, load: Callable[[str], apart.Loaded]) -> Sheet:
    where = f"{path}, sheet {name}"
    with reading(where, "a sheet of numbers and labels", REMEDY):
        try:
            numbers, others, left = load(name)
        except apart.TooLargeError as error:
            cell = apart.far_cell(path, name)
            raise GvcError(
                f"{where}, cell {cell}" if cell else where,
                expected=f"a sheet of numbers and labels in at most {apart.ROWS:,} rows and {apart.COLUMNS:,} columns",
                found="something far outside of them" if cell else str(error),
                remedy="Delete the rows below the table and the columns right of it, and save the workbook.",
            ) from error
        texts: dict[tuple[int, int], str] = {}
        blanks: dict[str, NDArray[np.int64]] = {}
        for said, places in others.items():
            text = _text(said)
            if text.strip() in BLANK:
                blanks[text] = places
            else:
                texts |= {divmod(place, numbers.shape[1]): text for place in places.tolist()}
        return Sheet(name, numbers, texts, blanks, left)


def _text(detail: str) -> str:
    """Text of a cell, from what fastexcel says of one that is not a number.

    python-calamine gives texts themselves, but takes twice the time for a workbook of 2,205 industries, and reads
    ``#REF!`` as an empty cell. pyproject.toml names the versions of fastexcel that say it so.
    """
    shown = detail.partition("but got '")[2].removesuffix("'")
    return _ESCAPED.sub(_unescaped, shown[8:-2]) if shown.startswith('String("') else shown


def _unescaped(escaped: re.Match[str]) -> str:
    code, letter = escaped.groups()
    return chr(int(code, 16)) if code else {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(letter, letter)


def _rows_of_text(sheet: Sheet) -> list[tuple[str, str]]:
    """First two texts of each row that has two."""
    rows: dict[int, list[str]] = {}
    for (row, _), text in sorted(sheet.texts.items()):
        rows.setdefault(row, []).append(text.strip())
    return [(row[0], row[1]) for row in rows.values() if len(row) > 1]
