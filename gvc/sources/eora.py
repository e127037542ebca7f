"""Eora26: the files ``Eora26_2015_bp_T.txt``, ``_FD``, ``_VA`` and their labels, in one folder or one zip.

The rest of the world has one sector where every other economy has 26. The table gets that sector as a 27th, in which
nobody else makes anything. Output is not printed: it is what a row adds up to. Eora does not balance its columns to it.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gvc.errors import GvcError
from gvc.icio import ICIO, Array, Provenance
from gvc.sources.delimited import explain
from gvc.sources.table import Label, Printed, build, by_labels, in_words, numbers_of, reading

_TABLE = re.compile(r"(Eora26_(\d{4})_[a-z]+)_T\.txt", re.IGNORECASE)
_REST = "ROW"
_REMEDY = "Take Eora26's zip of a year as its publisher offers it, with the labels in it or unpacked beside it."


@dataclass(frozen=True)
class _Folder:
    """Files that belong together, in a folder or a zip."""

    path: Path
    names: list[str]
    open: Callable[[str], IO[bytes]]

    @contextmanager
    def reading(self, name: str, what: str) -> Iterator[IO[bytes]]:
        where = f"{self.path}, {name}"
        if name not in self.names:
            raise GvcError(where, expected="the file, among the others", found="no such file", remedy=_REMEDY)
        with reading(where, what, _REMEDY), self.open(name) as file:
            yield file

    def labels(self, name: str) -> list[Label]:
        """Economy and sector: the second and the fourth of the fields separated by tabs."""
        with self.reading(name, "lines of labels") as file:
            fields = [line.split("\t") for line in file.read().decode().splitlines() if line.strip()]
        short = next((at for at, line in enumerate(fields) if len(line) < 4), None)
        if short is not None or not fields:
            raise GvcError(
                f"{self.path}, {name}" + (f", line {short + 1}" if short is not None else ""),
                expected="four fields separated by tabs",
                found=str(len(fields[short])) if short is not None else "nothing",
                remedy=_REMEDY,
            )
        return [(line[1].strip(), line[3].strip()) for line in fields]

    def numbers(self, name: str, width: int, height: int | None = None) -> Array:
        """Fields separated by tabs, `width` of them in each of `height` lines."""
        kinds = {str(at): pa.float64() for at in range(width)}
        with self.reading(name, f"{width} numbers a line") as file:
            try:
                table = arrow_csv.read_csv(
                    file,
                    arrow_csv.ReadOptions(column_names=list(kinds), block_size=1 << 24),
                    arrow_csv.ParseOptions(delimiter="\t"),
                    arrow_csv.ConvertOptions(column_types=kinds, null_values=[""]),
                )
            except pa.ArrowInvalid:
                with self.open(name) as again:
                    explain(again, f"{self.path}, {name}", [f"field {at + 1}" for at in range(width)], delimiter="\t")
                raise
            values = numbers_of(table)
        if height is not None and len(values) != height:
            raise GvcError(f"{self.path}, {name}", expected=f"{height} lines", found=str(len(values)), remedy=_REMEDY)
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
    folder = _folder(path)
    tables = [match for name in folder.names if (match := _TABLE.fullmatch(name)) and year in (None, int(match[2]))]
    if len(tables) != 1:
        raise GvcError(
            str(path),
            expected=f"one file Eora26_{year or 'YEAR'}_bp_T.txt",
            found=", ".join(match[0] for match in tables) or "none",
            remedy="Pass `year=`." if tables else _REMEDY,
        )
    stem = tables[0][1]
    industries, users = folder.labels("labels_T.txt"), folder.labels("labels_FD.txt")
    n = len(industries)
    flows = folder.numbers(f"{stem}_T.txt", n, height=n)
    final = folder.numbers(f"{stem}_FD.txt", len(users), height=n)
    added = folder.numbers(f"{stem}_VA.txt", n).sum(axis=0)
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
        year=int(tables[0][2]),
        unit="thousand USD",
        provenance=Provenance(loose=True),
    )


def _folder(path: Path) -> _Folder:
    if path.is_file() and zipfile.is_zipfile(path):
        with reading(str(path), "a zip", _REMEDY), zipfile.ZipFile(path) as archive:
            members = {PurePosixPath(name).name: name for name in archive.namelist()}
        return _Folder(path, list(members), lambda name: zipfile.ZipFile(path).open(members[name]))
    folder = path if path.is_dir() else path.parent
    names = [file.name for file in folder.iterdir()]
    # A file named by itself stands for its year, whatever others lie beside it.
    names = [name for name in names if path.is_dir() or name == path.name or not _TABLE.fullmatch(name)]
    return _Folder(path, names, lambda name: (folder / name).open("rb"))
