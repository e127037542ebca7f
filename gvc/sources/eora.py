"""Eora26: the files ``Eora26_2015_bp_T.txt``, ``_FD``, ``_VA`` in one folder or one zip, and their labels.

The labels lie among them or beside them, unpacked, in a folder ``indices`` or in ``indices.zip``.

The rest of the world has one sector where every other economy has 26. The table gets that sector as a 27th, in which
nobody else makes anything. Output is not printed: it is what a row adds up to. Eora does not balance its columns to it.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gvc.checks import Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources import delimited
from gvc.sources.table import Printed, build, by_labels, in_words, numbers_of, reading

_TABLE = re.compile(r"(Eora26_(\d{4})_[a-z]+)_T\.txt", re.IGNORECASE)
_LABELS = 10_000_000  # bytes to which a file of labels may unpack: thirty times what Eora26 has
_REST = "ROW"
_REMEDY = "Take Eora26's zip of a year as its publisher offers it, with the labels in it, beside it or in indices.zip."

Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class _Files:
    """Files that belong together, by name."""

    path: Path
    named: Mapping[str, Opener]

    @contextmanager
    def reading(self, name: str, what: str) -> Iterator[IO[bytes]]:
        where = f"{self.path}, {name}"
        if name not in self.named:
            raise GvcError(where, expected="the file, among the others", found="no such file", remedy=_REMEDY)
        with reading(where, what, _REMEDY), self.named[name]() as file:
            yield file

    def labels(self, name: str, count: int = 4) -> list[list[str]]:
        """Fields of each line, separated by tabs, so many at least."""
        where = f"{self.path}, {name}"
        found: list[list[str]] = []
        with self.reading(name, "lines of labels") as file:
            for number, line in enumerate(delimited.lines_of(file, where), 1):
                fields = [field.strip() for field in line.split("\t")]
                if len(fields) < count and line.strip():
                    expected = f"{count} fields separated by tabs"
                    raise GvcError(f"{where}, line {number}", expected=expected, found=str(len(fields)), remedy=_REMEDY)
                found += [fields] if line.strip() else []
                if len(found) > delimited.WIDEST:
                    expected = f"at most {delimited.WIDEST:,} labels"
                    raise GvcError(f"{where}, line {number}", expected=expected, found="more", remedy=_REMEDY)
        if not found:
            raise GvcError(f"{where}, line 1", expected="labels", found="nothing", remedy=_REMEDY)
        return found

    def numbers(self, name: str, width: int, height: int | None = None) -> Array:
        """Fields separated by tabs, `width` of them in each of `height` lines."""
        kinds = {str(at): pa.float64() for at in range(width)}
        with self.reading(name, f"{width} numbers a line") as file, delimited.let_go(file):
            try:
                table = arrow_csv.read_csv(
                    file,
                    arrow_csv.ReadOptions(column_names=list(kinds), block_size=1 << 24),
                    arrow_csv.ParseOptions(delimiter="\t"),
                    arrow_csv.ConvertOptions(column_types=kinds, null_values=[""]),
                )
            except pa.ArrowInvalid:
                fields = [f"field {at + 1}" for at in range(width)]
                with self.named[name]() as again:
                    delimited.explain(again, f"{self.path}, {name}", fields, delimiter="\t")
                raise
            values = numbers_of(table)
        if height is not None and len(values) != height:
            raise GvcError(
                f"{self.path}, {name}, line {len(values)}",
                expected=f"{height} lines",
                found=str(len(values)),
                remedy=_REMEDY,
            )
        bad = np.argwhere(~np.isfinite(values))
        if len(bad):
            row, column = map(int, bad[0])
            raise GvcError(
                f"{self.path}, {name}, line {row + 1}, field {column + 1}",
                expected="a number",
                found=in_words(values[row, column]),
                remedy=_REMEDY,
            )
        return values


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        The zip, the folder, or the file ``…_T.txt`` beside the others.
    year : int, optional
        Chooses the year where a folder or zip has several.

    Returns
    -------
    ICIO
        In thousand USD; `va` sums all primary inputs.
    """
    name, stem, told = _chosen(path, year)
    files = _Files(path, _with(path, name))
    industries, users = ([(row[1], row[3]) for row in files.labels(f"labels_{part}.txt")] for part in ("T", "FD"))
    n = len(industries)
    flows = files.numbers(f"{stem}_T.txt", n, height=n)
    final = files.numbers(f"{stem}_FD.txt", len(users), height=n)
    inputs = len(files.labels("labels_VA.txt", 1)) if "labels_VA.txt" in files.named else None
    added = files.numbers(f"{stem}_VA.txt", n, height=inputs).sum(axis=0)
    economies = list(dict.fromkeys(economy for economy, _ in industries))
    usual = [sector for economy, sector in industries if economy == economies[0]]
    own = [sector for economy, sector in industries if economy == _REST]
    due = [(economy, sector) for economy in economies for sector in (own[:1] if economy == _REST else usual)]
    for line, (found, expected) in enumerate(zip_longest(industries, due, fillvalue=("no", "further one")), 1):
        if found != expected:
            raise GvcError(
                f"{path}, labels_T.txt, line {line}",
                expected=f"{' '.join(expected)}, the sectors of {economies[0]} for all, and one for {_REST}",
                found=" ".join(found),
                remedy=_REMEDY,
            )
    sectors = list(dict.fromkeys([*usual, *own]))
    rows = [(economy, sector) for economy in economies for sector in sectors]
    at = [economies.index(economy) * len(sectors) + sectors.index(sector) for economy, sector in industries]
    values = np.zeros((len(rows), len(rows) + len(users)))
    values[np.ix_(at, at)] = flows
    values[at, len(rows) :] = final
    va = np.zeros(len(rows))
    va[at] = added
    columns = [*rows, *users]
    return build(
        Printed(
            str(path),
            rows,
            columns,
            values,
            output=values.sum(axis=1),
            added=va,
            taxes=None,
            place=by_labels(f"{path}, {stem}", rows, columns),
            shown=lambda row, column: in_words(values[row, column]),
            remedy=_REMEDY,
        ),
        source="Eora26",
        year=told,
        unit="thousand USD",
        provenance=Provenance(loose=True),
    )


def opened(path: Path, year: int | None = None) -> list[Path]:
    """Files on disk that reading a year opens, or may."""
    if zipfile.is_zipfile(path):
        return [path, *beside(path)]
    name, stem, _ = _chosen(path, year)
    folder = path if path.is_dir() else path.parent
    numbers = [folder / file for file in (name, *(f"{stem}_{part}.txt" for part in ("FD", "VA")))]
    return [file for file in numbers if file.is_file()] + beside(path)


def years(path: Path) -> list[int]:
    """Years of the tables in a folder or zip."""
    return sorted({int(table[2]) for _, table in _tables(path)})


def is_table(name: str) -> bool:
    """Whether a file is the one of the intermediate deliveries of a year."""
    return bool(_TABLE.fullmatch(delimited.base(name)))


def beside(path: Path) -> list[Path]:
    """Files on disk, next to a folder, a zip or a file of numbers, that may hold its labels; the nearest first."""
    folder = path if path.is_dir() else path.parent
    names = ("labels_*.txt", "indices/labels_*.txt", "indices.zip")
    return [
        file
        for place in (folder, folder.parent)
        for name in names
        for file in sorted(place.glob(name))
        if file.is_file()
    ]


def _tables(path: Path) -> list[tuple[str, re.Match[str]]]:
    """Files of intermediate deliveries: name in the folder or zip, and its match."""
    if path.is_dir():
        names = sorted(file.name for file in path.iterdir())
    elif zipfile.is_zipfile(path):
        names = [file.filename for file in delimited.members(path)]
    else:  # a file named by itself stands for its year, whatever others lie beside it
        names = [path.name]
    return [(name, match) for name in names if (match := _TABLE.fullmatch(delimited.base(name)))]


def _chosen(path: Path, year: int | None) -> tuple[str, str, int]:
    """Name of the one table of a year, what the names of its files begin with, and the year."""
    tables = _tables(path)
    chosen = [(name, match) for name, match in tables if year in (None, int(match[2]))]
    if len(chosen) != 1:
        remedy = "Pass the `year=` of one of them." if tables else _REMEDY
        if len({match[2] for _, match in chosen}) == 1:
            remedy = "Unpack them, and name the file that you mean."
        raise GvcError(
            str(path),
            expected=f"one file Eora26_{year or 'YEAR'}_bp_T.txt",
            found=delimited.few([name for name, _ in chosen or tables]) or "none",
            remedy=remedy,
        )
    ((name, match),) = chosen
    return name, match[1], int(match[2])


def _with(path: Path, table: str) -> dict[str, Opener]:
    """Files that lie with a table, and those of labels from elsewhere, the nearest first."""
    elsewhere: list[tuple[str, Opener]] = []
    if zipfile.is_zipfile(path):
        every, within = _zipped(path), table.removesuffix(delimited.base(table))
        files = {delimited.base(name): opener for name, opener in every if name == within + delimited.base(name)}
        # Of labels in several folders of a zip, nothing tells to which of its years they belong.
        counts = Counter(delimited.base(name) for name, _ in every)
        elsewhere += [(name, opener) for name, opener in every if counts[delimited.base(name)] == 1]
    else:
        folder = path if path.is_dir() else path.parent
        files = {file.name: _on_disk(file) for file in folder.iterdir() if file.is_file()}
    for file in beside(path):
        elsewhere += _zipped(file) if file.suffix == ".zip" else [(file.name, _on_disk(file))]
    for name, opener in elsewhere:
        if _is_label(name):
            files.setdefault(delimited.base(name), opener)
    return files


def _on_disk(file: Path) -> Opener:
    return lambda: file.open("rb")


def _zipped(path: Path) -> list[tuple[str, Opener]]:
    """Names and openers of the files in a zip."""
    return [(file.filename, partial(_unpacked, path, file)) for file in delimited.members(path)]


def _unpacked(path: Path, file: zipfile.ZipInfo) -> IO[bytes]:
    return delimited.unpacked(path, file, _LABELS if _is_label(file.filename) else delimited.LARGEST)


def _is_label(name: str) -> bool:
    return delimited.base(name).startswith("labels_")
