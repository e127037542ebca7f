"""Tables in one CSV file: labels, [Z | Y], totals. Read by Arrow in one pass, from the file or from inside a zip.

The layouts that are so differ in their totals and in how they name them; :mod:`gvc.sources.oecd`,
:mod:`gvc.sources.figaro` and :mod:`gvc.sources.plain` say how.
"""

import codecs
import csv
import re
import sys
import time
import zipfile
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gvc.checks import Finding, Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources.table import EDITION, Label, Printed, build, in_words, numbers_of, reading, years_in

_REMEDY = (
    "Take the file as its publisher offers it; your own one in the plain form, which `help('gvc.sources.plain')` "
    "describes."
)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_NOBODY = ("", "DISC")  # the column in which the OECD books what nobody used
#: Seconds to wait at most for threads that have read a file.
PATIENCE = 10
_BLOCK = 1 << 24  # bytes that Arrow parses at a time: many rows of the widest table

#: Columns that a table may have: five times those of Eora26, the widest of the layouts.
WIDEST = 30_000
#: Bytes to which a file in a zip may unpack, and how many times as large as it is packed. Of the tables known, the
#: long-run WIOD takes the most, a gigabyte for all its years; digits pack to no less than a tenth.
LARGEST, DENSEST = 2_000_000_000, 200

_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.](?:0[1-9]|1[0-2])[-_.](?:0[1-9]|[12]\d|3[01])(?!\d)")
_EDITION = re.compile(r"edition|release", re.IGNORECASE)
#: How the OECD begins names, with the year of an edition, which is one of these, and that of a table.
_OECD, _EDITIONS = re.compile(r"icio[-_ ]?(\d{4})[-_ ]+\d{4}(?!\d)", re.IGNORECASE), (2016, 2018, 2021, 2023, 2025)


@dataclass(frozen=True)
class Text:
    """A CSV file, or one inside a zip."""

    where: str
    name: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Lines:
    """Labels and numbers of a file.

    Attributes
    ----------
    where, name : str
        The file; its name, or that of the member of a zip.
    about : Mapping of str to str
        What ``# key: value`` lines before the header say.
    header, labels : list of str
        Of the columns of numbers, and of the rows.
    values : (labels, header) array
        NaN where nothing stands.
    remarks : tuple of Finding
        What reading them noticed.
    written : callable or None
        Reads again what stands in a field, by its row and column: of a missing number the values do not tell.
    """

    where: str
    name: str
    about: Mapping[str, str]
    header: list[str]
    labels: list[str]
    values: Array
    remarks: tuple[Finding, ...] = ()
    written: Callable[[int, int], str] | None = None

    def place(self, row: int | None, column: int | None) -> str:
        """Name a row, a column or a field; the last row where one further is asked for."""
        parts = [self.where]
        if row is not None and self.labels:
            parts.append(f"row {self.labels[row]}" if row < len(self.labels) else f"after row {self.labels[-1]}")
        parts += [f"column {self.header[column]}"] if column is not None and column < len(self.header) else []
        return ", ".join(parts)

    def shown(self, row: int, column: int) -> str:
        """Show what stands where a finite number should."""
        text = self.written(row, column).strip() if self.written else ""
        return repr(text) if text else in_words(self.values[row, column])

    def numbers(self, rows: slice, columns: slice) -> Array:
        """Take a part of the values, none of which may be missing."""
        part = self.values[rows, columns]
        missing = np.argwhere(~np.isfinite(part))
        if len(missing):
            row, column = range(len(self.labels))[rows][missing[0][0]], range(len(self.header))[columns][missing[0][1]]
            raise GvcError(self.place(row, column), expected="a number", found=self.shown(row, column), remedy=_REMEDY)
        return part


# -- zips and years -----------------------------------------------------------------------------------------------


def text(path: Path, year: int | None = None) -> Text:
    """Open a CSV file, or the one of a year inside a zip.

    Raises
    ------
    GvcError
        If the zip holds no CSV of that year, or several.
    """
    if not zipfile.is_zipfile(path):
        return Text(str(path), path.name, lambda: path.open("rb"))
    tables = [file for file in members(path) if file.filename.lower().endswith(".csv")]
    chosen = tables
    if year is not None and len(tables) > 1:
        chosen = [file for file in tables if years_of(file.filename) == [year]]
    if len(chosen) != 1:
        raise _which(path, tables, chosen, year)
    (file,) = chosen
    return Text(f"{path}, {file.filename}", base(file.filename), lambda: unpacked(path, file))


def _which(
    path: Path, tables: Sequence[zipfile.ZipInfo], chosen: Sequence[zipfile.ZipInfo], year: int | None
) -> GvcError:
    """Say what a zip holds, and how to name the one of its tables that is meant."""
    candidates = [file.filename for file in chosen or tables]
    told = [tuple(years_of(name)) for name in candidates]
    if not tables:
        candidates = [file.filename for file in members(path)]
        nested = [name for name in candidates if name.lower().endswith(".zip")]
        candidates, remedy = (nested, "Unpack the inner zip, and read that.") if nested else (candidates, _REMEDY)
    elif len(set(told)) == len(told) and max(map(len, told)) == 1:
        remedy = "Pass `year=`, or unpack the one that you mean."
    else:
        remedy = "Unpack the one that you mean, and read that."
    expected = "one CSV file" + ("" if year is None else f" of {year}")
    return GvcError(str(path), expected=expected, found=few(candidates) or "no file", remedy=remedy)


def members(path: Path) -> list[zipfile.ZipInfo]:
    """Files in a zip, but for the hidden ones that some systems add."""
    with reading(str(path), "a zip", _REMEDY), zipfile.ZipFile(path) as archive:
        return [file for file in archive.infolist() if not file.is_dir() and not base(file.filename).startswith(".")]


def unpacked(path: Path, file: zipfile.ZipInfo, largest: int = LARGEST) -> IO[bytes]:
    """Open a file in a zip, of which no more can be read than the zip declares.

    Raises
    ------
    GvcError
        If it is encrypted, or unpacks to more than a table can be.
    """
    where = f"{path}, {file.filename}"
    if file.flag_bits & 1:
        found, remedy = "an encrypted file", "Unpack it, and read that."
        raise GvcError(where, expected="a zip without a password", found=found, remedy=remedy)
    limit = min(largest, 1_000_000 + DENSEST * file.compress_size)
    if file.file_size > limit:
        found, remedy = f"{file.file_size:,} from {file.compress_size:,} in the zip", "Unpack it only if you trust it."
        raise GvcError(where, expected=f"a table, up to {limit:,} bytes", found=found, remedy=remedy)
    # The archive lives as long as the member that is open.
    return zipfile.ZipFile(path).open(file)


def base(name: str) -> str:
    """Name of a file in a zip without its folders."""
    return re.split(r"[/\\]", name)[-1]


def few(names: Sequence[str]) -> str:
    """Show the first names of many."""
    return ", ".join(names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")


def years(path: Path) -> list[int]:
    """Years of the CSV files in a zip, by their names.

    Raises
    ------
    GvcError
        If some tell their year and another does not.
    """
    named = {file.filename: years_of(file.filename) for file in members(path) if file.filename.lower().endswith(".csv")}
    several = any(named.values()) and len(named) > 1
    for name, found in named.items():
        if several and len(found) != 1:
            raise GvcError(
                f"{path}, {name}",
                expected="one year in its name, as the others have",
                found=", ".join(map(str, found)) or "none",
                remedy="Unpack the zip, and pass the files that you mean.",
            )
    return sorted({year for found in named.values() for year in found}) if several else []


def years_of(name: str, edition: int | None = None) -> list[int]:
    """Years of which a table may be by the name of its file: none, one, or several if the name leaves that open.

    An edition is never older than its tables: where a name tells an edition and two years, the earlier is the table's.

    Parameters
    ----------
    name : str
    edition : int, optional
        The OECD's, where the table tells it.
    """
    stem = base(name).rpartition(".")[0] or name
    text = _DAY.sub(" ", stem)
    found = sorted(years_in(text))
    if len(found) != 2:
        return found
    # An edition that is told with its year is not among those.
    begins = _OECD.match(text)
    of_oecd = begins and int(begins[1]) == found[1] and found[1] in ((edition,) if edition else _EDITIONS)
    return found[:1] if of_oecd or _EDITION.search(EDITION.sub(" ", text)) else found


def agreed(where: str, said: Sequence[int], asked: int | None, place: str) -> int | None:
    """Year that a file says, or the one asked for if it says none or leaves open which.

    Raises
    ------
    GvcError
        If the two disagree, or if it says several and none was asked for.
    """
    listed = ", ".join(map(str, said))
    if asked is None and len(said) > 1:
        raise GvcError(
            where,
            expected=f"one year {place}",
            found=listed,
            remedy="Pass `year=`, or keep the table's year alone in the name.",
        )
    if asked is not None and said and asked not in said:
        raise GvcError(
            where,
            expected=f"the year {asked}, as asked for",
            found=f"{listed} {place}",
            remedy="Leave out `year=`, or name the file of that year.",
        )
    return next(iter(said), None) if asked is None else asked


# -- lines --------------------------------------------------------------------------------------------------------


def head(source: Text) -> tuple[dict[str, str], list[str], int]:
    """Read what stands before the rows: comments, headings, and how many lines they take.

    Raises
    ------
    GvcError
        If there are more headings than a table has, semicolons or tabs between them, or a comment says its key again.
    """
    about: dict[str, str] = {}
    header: list[str] = []
    number = 1
    with reading(source.where, "a CSV file in UTF-8", _REMEDY), source.open() as file:
        for number, line in enumerate(lines_of(file, source.where), 1):
            header = _fields(line, f"{source.where}, line {number}")
            # A spreadsheet program fills a comment up with commas, and puts quotes around one that has commas.
            comment = header[0] if line.startswith('"#') else line
            if not comment.startswith("#"):
                break
            key, _, value = comment[1:].strip().rstrip(",").partition(":")
            note(about, key, value, f"{source.where}, line {number}")
            header = []
    place = f"{source.where}, line {number}"
    if len(header) > WIDEST:
        raise GvcError(place, expected=f"at most {WIDEST:,} columns", found=f"{len(header):,}", remedy=_REMEDY)
    joined = ",".join(header)
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if joined.count(sign) > joined.count(","):
            raise GvcError(
                place,
                expected="commas between fields, points in numbers",
                found=name,
                remedy="Save it as CSV in an English locale.",
            )
    return about, header, number


def note(about: dict[str, str], key: str, value: str, place: str) -> None:
    """Note what a file says of itself, its key in any case.

    Raises
    ------
    GvcError
        If it says its source, year or unit twice.
    """
    key, value = key.strip().lower(), value.strip()
    if key in about and key in ("source", "year", "unit"):
        found = f"{about[key]!r} and {value!r}"
        raise GvcError(place, expected=f"one {key}", found=found, remedy="Leave one of them out.")
    about[key] = value


def _fields(line: str, place: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error as error:
        raise GvcError(place, expected="headings between commas", found=str(error), remedy=_REMEDY) from error


def lines_of(file: IO[bytes], where: str) -> Iterator[str]:
    """Lines of a text in UTF-8, without a byte-order mark.

    Raises
    ------
    GvcError
        If one is in another encoding, or longer than any row of a table.
    """
    number = 0
    while line := file.readline(_BLOCK):
        number += 1
        if number == 1:
            utf16 = line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            line = line.removeprefix(codecs.BOM_UTF8)
        place = f"{where}, line {number}"
        if len(line) == _BLOCK:
            raise GvcError(place, expected=f"less than {_BLOCK:,} bytes", found="more", remedy=_REMEDY)
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            found = "UTF-16" if utf16 else f"bytes of another encoding, {line[error.start : error.start + 4]!r}"
            raise GvcError(place, expected="text in UTF-8", found=found, remedy="Save it in UTF-8.") from error


def load(source: Text) -> Lines:
    """Read labels and numbers.

    Raises
    ------
    GvcError
        If a field is no number, or a row has another number of fields than the header.
    """
    about, header, skip = head(source)
    kinds = {at: pa.float64() if at else pa.string() for at in range(len(header))}
    table = columns_of(source, header, skip, kinds)
    lines = of_arrow(source, about, header, table)
    return replace(lines, written=lambda row, column: field(source, skip, row, column + 1))


@contextmanager
def let_go(file: IO[bytes]) -> Iterator[None]:
    """Wait until the threads of Arrow have let go of a file that it reads within.

    They may hold it for a tenth of a second after the last of it is read; one that lets go of it while the interpreter
    ends aborts the whole process.
    """
    held = sys.getrefcount(file)
    try:
        yield
    finally:
        end = time.monotonic() + PATIENCE
        while sys.getrefcount(file) > held and time.monotonic() < end:
            time.sleep(0.0005)


@contextmanager
def batches_of(file: IO[bytes], *options: object, **more: object) -> Iterator[Iterator[pa.RecordBatch]]:
    """Batches of a CSV file, which Arrow lets go of at the end."""

    def batches() -> Generator[pa.RecordBatch, None, None]:
        yield from arrow_csv.open_csv(file, *options, **more)

    with let_go(file), closing(batches()) as found:
        yield found


def field(source: Text, skip: int, row: int, column: int) -> str:
    """Read one field as text, counted below the lines that the header and the comments take."""
    with source.open() as file:
        rows = filter(None, csv.reader(islice(lines_of(file, source.where), skip, None)))  # no empty ones, as Arrow
        return next(islice(rows, row, None))[column]


def columns_of(source: Text, header: Sequence[str], skip: int, kinds: Mapping[int, pa.DataType]) -> pa.Table:
    """Read columns by their place in the header, from below the lines that it and the comments take.

    Raises
    ------
    GvcError
        If a field that should be a number is none, or if a row has another number of fields than the header.
    """
    options = arrow_csv.ConvertOptions(
        column_types={str(at): kind for at, kind in kinds.items()},
        include_columns=[str(at) for at in kinds],
        null_values=[""],
        strings_can_be_null=False,
    )
    names = [str(at) for at in range(len(header))]
    numbers = [f"column {heading}" if kinds.get(at) == pa.float64() else "" for at, heading in enumerate(header)]
    with reading(source.where, "rows of labels and numbers", _REMEDY):
        try:
            with source.open() as file, let_go(file):
                table = arrow_csv.read_csv(
                    file,
                    arrow_csv.ReadOptions(column_names=names, skip_rows=skip, block_size=_BLOCK),
                    arrow_csv.ParseOptions(),
                    options,
                )
        except pa.ArrowInvalid:
            with source.open() as file:
                explain(file, source.where, numbers, skip)
            raise
    if not table.num_rows:
        raise _no_rows(source.where, skip)
    return table


def of_arrow(source: Text, about: Mapping[str, str], header: Sequence[str], table: pa.Table) -> Lines:
    """Take labels from the first column of an Arrow table and numbers from the others."""
    with reading(source.where, "a column of labels and columns of numbers", _REMEDY):
        labels = table.column(0).to_pylist()
        values = numbers_of(table.select(range(1, table.num_columns)))
    return Lines(source.where, source.name, about, [heading.strip() for heading in header[1:]], labels, values)


def explain(file: IO[bytes], where: str, fields: Sequence[str], skip: int = 0, delimiter: str = ",") -> None:
    """Raise for the first line of another length than `fields`, or the first field that should be a number and is none.

    Labels are empty in `fields`; lines that begin with labels are named by them, too.
    """
    lines = lines_of(file, where)
    for _ in range(skip):
        next(lines, None)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            place = f"{where}, line {skip + rows.line_num}"
            if row and len(row) != len(fields):
                raise GvcError(place, expected=f"{len(fields)} fields", found=str(len(row)), remedy=_REMEDY)
            for name, field in zip(fields, row, strict=False):
                if name and field and not _NUMBER.fullmatch(field.strip()):
                    labels = " ".join(row[: sum(1 for _ in takewhile(lambda name: not name, fields))])
                    raise GvcError(
                        f"{place}, {name}" if fields[0] else f"{place} ({labels}), {name}",
                        expected="a number",
                        found=repr(field[:100]),
                        remedy="Use a decimal point, no separator of thousands, and 0 where nothing flows.",
                    )
    except csv.Error as error:
        place = f"{where}, line {skip + rows.line_num}"
        raise GvcError(place, expected="fields of a CSV", found=str(error), remedy=_REMEDY) from error
    if not rows.line_num:
        raise _no_rows(where, skip)


def _no_rows(where: str, skip: int) -> GvcError:
    return GvcError(f"{where}, line {skip}", expected="rows of numbers below it", found="none", remedy=_REMEDY)


def table(
    lines: Lines,
    *,
    footer: Mapping[str, tuple[str, str]],
    total: Collection[str],
    whole: bool,
    source: str,
    year: int | None,
    unit: str,
    code: Callable[[str], str] | None = None,
) -> ICIO:
    """Turn lines into a table.

    Parameters
    ----------
    lines : Lines
    footer : Mapping of str to (str, str)
        The rows below the block by name: a pattern of their labels, and what they are (added, taxes or output).
        What a pattern captures tells several rows of one name apart.
    total : collection of str
        Headings that total output may have; empty if the layout prints none, and rows are summed.
    whole : bool
        Whether the layout always has all rows of the footer.
    source, unit : str
    year : int or None
    code : callable, optional
        As in :func:`gvc.sources.table.build`.
    """
    if total and (not lines.header or lines.header[-1] not in total):
        raise GvcError(
            lines.place(None, len(lines.header) - 1 if lines.header else None),
            expected=f"total output in the last column ({' or '.join(total)})",
            found=lines.header[-1] if lines.header else "no column",
            remedy=_REMEDY,
        )
    GN, kinds, missing = _footer(lines, footer)
    unknown = [name for name in missing if footer[name][1] == "added"] if whole else []
    if unknown:
        raise GvcError(
            lines.place(len(lines.labels) - 1, None),
            expected=f"{' and '.join(unknown)} below the last industry",
            found=", ".join(lines.labels[GN:]) or "no footer",
            remedy=_REMEDY,
        )
    rows = [_split(label, ()) for label in lines.labels[:GN]]
    economies = {economy for economy, _ in rows}
    columns = [_split(heading, economies) for heading in lines.header[: len(lines.header) - bool(total)]]
    if len(columns) < GN:
        expected = f"no more industries in the rows than the {len(columns)} columns"
        raise GvcError(lines.place(len(columns), None), expected=expected, found=f"{GN}", remedy=_REMEDY)
    sums: dict[str, Array] = {}
    for at, kind in enumerate(kinds, GN):
        sums[kind] = sums.get(kind, 0) + lines.numbers(slice(at, at + 1), slice(GN))[0]
    remarks = [Finding("footer row missing", name, 0, "WARN") for name in missing if whole]
    values, discrepancy = lines.values[:GN, : len(columns)], None
    if columns and columns[-1] == _NOBODY:
        values, columns = values[:, :-1], columns[:-1]
        discrepancy = lines.numbers(slice(GN), slice(len(columns), len(columns) + 1))[:, 0]
        unused = float(np.abs(discrepancy).sum())
        remarks += [Finding("booked to no user", lines.header[-2], unused, "WARN")] if unused else []
    x = lines.numbers(slice(GN), slice(-1, None))[:, 0] if total else values.sum(axis=1)
    taxes = sums.get("taxes", np.zeros(GN))
    return build(
        Printed(
            lines.where,
            rows,
            columns,
            values,
            output=x,
            added=sums["added"] if "added" in sums else x - values[:, :GN].sum(axis=0) - taxes,
            taxes=taxes,
            place=lines.place,
            shown=lines.shown,
            remedy=_REMEDY,
        ),
        source=source,
        unit=unit,
        year=year,
        code=code,
        provenance=Provenance(
            output=sums.get("output"),
            discrepancy=discrepancy,
            loose=whole and "taxes" not in sums,
            remarks=(*lines.remarks, *remarks),
        ),
    )


def _footer(lines: Lines, footer: Mapping[str, tuple[str, str]]) -> tuple[int, list[str], list[str]]:
    """Count the industries; say what each row below them is, and which rows are not there."""
    known = {name: re.compile(pattern) for name, (pattern, _) in footer.items()}
    names = [
        next(((name, *match.groups()) for name, pattern in known.items() if (match := pattern.fullmatch(label))), None)
        for label in lines.labels
    ]
    GN = next((at for at, name in enumerate(names) if name), len(names))
    found: list[tuple[str, ...]] = []
    for at, name in enumerate(names[GN:], GN):
        if name is None or name in found:
            raise GvcError(
                lines.place(at, None),
                expected=f"no industry below {lines.labels[GN]}" if name is None else f"{name[0]} once",
                found=lines.labels[at] if name is None else f"{lines.labels[at]} again",
                remedy=_REMEDY,
            )
        found.append(name)
    there = [name[0] for name in found]
    return GN, [footer[name][1] for name in there], [name for name in footer if name not in there]


def _split(label: str, economies: Collection[str]) -> Label:
    """Economy and the rest: split at the first underscore, or at the last where the economy stands there."""
    economy, _, rest = label.partition("_")
    component, _, last = label.rpartition("_")
    if economy not in economies and last in economies:
        return last, component
    return _NOBODY if label == _NOBODY[1] else (economy, rest)
