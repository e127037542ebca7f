"""Tables in one CSV file: labels, [Z | Y], totals. Read by Arrow in one pass, from the file or from inside a zip.

The layouts that are so differ in their totals and in how they name them; :mod:`gvc.sources.oecd`,
:mod:`gvc.sources.figaro` and :mod:`gvc.sources.plain` say how.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gvc.errors import GvcError
from gvc.icio import ICIO, Array, Finding, Provenance
from gvc.sources.table import Label, Printed, build, in_words, numbers_of, reading, year_in

_REMEDY = (
    "Take the file as its publisher offers it; your own one in the plain form, described in the book under Rebuild."
)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_NOBODY = ("", "DISC")  # the column in which the OECD books what nobody used
_BLOCK = 1 << 24  # bytes that Arrow parses at a time: many rows of the widest table


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
    """

    where: str
    name: str
    about: Mapping[str, str]
    header: list[str]
    labels: list[str]
    values: Array

    def place(self, row: int | None, column: int | None) -> str:
        """Name a row, a column or a field."""
        parts = [self.where]
        parts += [f"row {self.labels[row]}"] if row is not None else []
        parts += [f"column {self.header[column]}"] if column is not None and column < len(self.header) else []
        return ", ".join(parts)

    def shown(self, row: int, column: int) -> str:
        """Show what stands where a finite number should."""
        return in_words(self.values[row, column])

    def numbers(self, rows: slice, columns: slice) -> Array:
        """Take a part of the values, none of which may be missing."""
        part = self.values[rows, columns]
        missing = np.argwhere(~np.isfinite(part))
        if len(missing):
            row, column = range(len(self.labels))[rows][missing[0][0]], range(len(self.header))[columns][missing[0][1]]
            raise GvcError(self.place(row, column), expected="a number", found=self.shown(row, column), remedy=_REMEDY)
        return part


def text(path: Path, year: int | None = None) -> Text:
    """Open a CSV file, or the one of a year inside a zip.

    Raises
    ------
    GvcError
        If the zip holds no CSV of that year, or several.
    """
    if not zipfile.is_zipfile(path):
        return Text(str(path), path.name, lambda: path.open("rb"))
    with reading(str(path), "a zip with CSV files", _REMEDY), zipfile.ZipFile(path) as archive:
        members = [info.filename for info in archive.infolist() if not info.is_dir()]
    tables = [name for name in members if name.lower().endswith(".csv")]
    chosen = [name for name in tables if year is None or year_of(name) == year]
    if len(chosen) != 1:
        nested = [name for name in members if name.lower().endswith(".zip")]
        raise GvcError(
            str(path),
            expected=f"one CSV of {year}" if year else "one CSV file",
            found=", ".join(nested or chosen or members) or "no file",
            remedy="Unpack the inner zip, and read that."
            if nested
            else "Pass `year=`, or unpack the one that you mean.",
        )
    # The archive lives as long as the member that is open.
    return Text(f"{path}, {chosen[0]}", Path(chosen[0]).name, lambda: zipfile.ZipFile(path).open(chosen[0]))


def years(path: Path) -> list[int]:
    """Years of the CSV files in a zip, by their names."""
    with reading(str(path), "a zip with CSV files", _REMEDY), zipfile.ZipFile(path) as archive:
        found = {year_of(name) for name in archive.namelist() if name.lower().endswith(".csv")}
    return sorted(year for year in found if year is not None)


def year_of(name: str) -> int | None:
    """Year of a table by the name of its file, in which the year of the edition may come first."""
    edition = re.match(r"ICIO(?:\d{4})?_(\d{4})", Path(name).stem)
    return int(edition[1]) if edition else year_in(Path(name).stem)


def head(source: Text) -> tuple[dict[str, str], list[str], int]:
    """Read what stands before the rows: comments, headings, and how many lines they take."""
    about: dict[str, str] = {}
    lines = 1
    with reading(source.where, "a CSV file in UTF-8", _REMEDY), source.open() as file:
        line = file.readline()
        if line.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
            raise GvcError(
                source.where,
                expected="plain UTF-8",
                found="a byte order mark before the first letter",
                remedy="Save it as CSV in UTF-8 without a byte order mark.",
            )
        while line.startswith(b"#"):
            key, _, value = line[1:].decode().partition(":")
            about[key.strip()] = value.strip()
            line, lines = file.readline(), lines + 1
        header = line.decode().rstrip("\r\n")
        headings = next(csv.reader([header]), [])
    if header.count(";") > header.count(","):
        raise GvcError(
            source.where,
            expected="commas between fields, points in numbers",
            found="semicolons",
            remedy="Save it as CSV in an English locale.",
        )
    return about, headings, lines


def load(source: Text) -> Lines:
    """Read labels and numbers.

    Raises
    ------
    GvcError
        If a field is no number, or a row has another number of fields than the header.
    """
    about, header, skip = head(source)
    kinds = {str(at): pa.float64() if at else pa.string() for at in range(len(header))}
    with reading(source.where, "rows of a label and numbers", _REMEDY):
        try:
            with source.open() as file:
                table = arrow_csv.read_csv(
                    file,
                    arrow_csv.ReadOptions(column_names=list(kinds), skip_rows=skip, block_size=_BLOCK),
                    arrow_csv.ParseOptions(),
                    arrow_csv.ConvertOptions(column_types=kinds, null_values=[""], strings_can_be_null=False),
                )
        except pa.ArrowInvalid:
            with source.open() as file:
                explain(file, source.where, ["", *(f"column {heading}" for heading in header[1:])], skip)
            raise
    return of_arrow(source, about, header, table)


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
    rows = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""), delimiter=delimiter)
    for row in rows:
        if rows.line_num <= skip or not row:
            continue
        place = f"{where}, line {rows.line_num}"
        if len(row) != len(fields):
            raise GvcError(place, expected=f"{len(fields)} fields", found=str(len(row)), remedy=_REMEDY)
        for name, field in zip(fields, row, strict=True):
            if name and field and not _NUMBER.fullmatch(field.strip()):
                labels = takewhile(lambda field: not field[0], zip(fields, row, strict=True))
                label = " ".join(text for _, text in labels)
                raise GvcError(
                    f"{place}, {name}" if fields[0] else f"{place} ({label}), {name}",
                    expected="a number",
                    found=repr(field),
                    remedy="Use a decimal point, no separator of thousands, and 0 where nothing flows.",
                )


def table(
    lines: Lines,
    *,
    footer: Mapping[str, str],
    total: Collection[str],
    due: Collection[str],
    source: str,
    year: int | None,
    unit: str,
    code: Callable[[str], str] | None = None,
) -> ICIO:
    """Turn lines into a table.

    Parameters
    ----------
    lines : Lines
    footer : Mapping of str to str
        From a pattern of the labels below the block to what they are: added, taxes or output.
    total : collection of str
        Headings that total output may have; empty if the layout prints none, and rows are summed.
    due : collection of str
        Kinds of footer that the layout always has.
    source, unit : str
    year : int or None
    code : callable, optional
        As in :func:`gvc.sources.table.build`.
    """
    known = {pattern: re.compile(pattern) for pattern in footer}
    kinds = [
        next((kind for pattern, kind in footer.items() if known[pattern].fullmatch(label)), "")
        for label in lines.labels
    ]
    GN = next((at for at, kind in enumerate(kinds) if kind), len(kinds))
    stray = next((at for at in range(GN, len(kinds)) if not kinds[at]), None)
    if stray is not None:
        raise GvcError(
            lines.place(stray, None),
            expected=f"no industry below {lines.labels[GN]}",
            found=lines.labels[stray],
            remedy=_REMEDY,
        )
    if total and (not lines.header or lines.header[-1] not in total):
        raise GvcError(
            lines.where,
            expected=f"total output in the last column ({' or '.join(total)})",
            found=lines.header[-1] if lines.header else "no column",
            remedy=_REMEDY,
        )
    if "added" in due and "added" not in kinds:
        raise GvcError(
            lines.where,
            expected="value added below the last industry",
            found=", ".join(lines.labels[GN:]) or "no footer",
            remedy=_REMEDY,
        )
    rows = [_split(label, ()) for label in lines.labels[:GN]]
    economies = {economy for economy, _ in rows}
    columns = [_split(heading, economies) for heading in lines.header[: len(lines.header) - bool(total)]]
    sums: dict[str, Array] = {}
    for at, kind in enumerate(kinds[GN:], GN):
        sums[kind] = sums.get(kind, 0) + lines.numbers(slice(at, at + 1), slice(GN))[0]
    remarks = [Finding("footer row missing", kind, 0, "WARN") for kind in due if kind not in sums]
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
            loose="taxes" in due and "taxes" not in sums,
            remarks=tuple(remarks),
        ),
    )


def _split(label: str, economies: Collection[str]) -> Label:
    """Economy and the rest: split at the first underscore, or at the last where the economy stands there."""
    economy, _, rest = label.partition("_")
    component, _, last = label.rpartition("_")
    if economy not in economies and last in economies:
        return last, component
    return _NOBODY if label == _NOBODY[1] else (economy, rest)
