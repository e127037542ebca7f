"""EXIOBASE 3: ``Z.txt``, ``Y.txt`` and the files beside them, in a folder or zip ``IOT_2019_pxp`` or ``…_ixi``.

Fields are separated by tabs. Two lines of headings, ``region`` and ``sector`` (in ``Y.txt`` ``category``), begin with
two empty places for labels; a third may name these. ``x.txt`` has output, ``unit.txt`` the unit of each row. Older
editions have ``A.txt`` and no ``Z.txt``: those are not read.

Accounts lie in folders beside them, such as ``satellite`` or, in newer editions, ``air_emissions`` and ``employment``:
``F.txt`` has a line for each account and a column for each industry, ``F_Y.txt`` (once called ``F_hh.txt``) a column
for each component of final demand, ``unit.txt`` the unit of each account. All three have one field for the name.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Account, chosen_accounts
from gvc.labels import Array
from gvc.sources import delimited
from gvc.sources.table import Label, Printed, build, by_labels, in_words, reading

#: Bytes to which a file may unpack: 9,800² numbers of up to 25 signs take 2.4 GB.
LARGEST = 4_000_000_000
#: What it calls the five rests of the world, and what some of its editions call them.
_RESTS = {"WA": "WWA", "WL": "WWL", "WE": "WWE", "WF": "WWF", "WM": "WWM"}
_UNITS = {"M.EUR": "million EUR"}
_SYSTEMS = {"pxp": "product by product", "ixi": "industry by industry"}
_BLOCK = 1 << 24
_REMEDY = (
    "Take a monetary table of EXIOBASE 3, IOT_…_pxp or IOT_…_ixi, as its publisher offers it, in the zip or unpacked."
)

#: Files of a table that are opened, if they are there; others are not.
OPENED = ("Z.txt", "Y.txt", "x.txt", "unit.txt")

Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class _Files:
    """Files of one table, by name, those of accounts with their folder, and the name of what they lie in."""

    path: Path
    folder: str
    named: Mapping[str, Opener]

    def where(self, name: str) -> str:
        return f"{self.path}, {name}"

    @contextmanager
    def reading(self, name: str, what: str) -> Iterator[IO[bytes]]:
        with reading(self.where(name), what, _REMEDY), self.named[name]() as file:
            yield file

    def fields(self, name: str, lines: int | None = None) -> list[list[str]]:
        """Fields of the first lines."""
        with self.reading(name, "lines of labels") as file:
            texts = delimited.lines_of(file, self.where(name))
            return [line.rstrip("\r\n").split("\t") for line in islice(texts, lines)]


def read(path: Path, year: int | None = None, accounts: Collection[str] | None = ()) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        The zip, or the folder with the files.
    year : int, optional
        The year, where the name of the folder or zip does not tell it.
    accounts : collection of str, optional
        Names of accounts to read; None for all. A name that several folders have is told by its folder:
        ``impacts/Employment``.

    Returns
    -------
    ICIO
        In million EUR. The rests of the world are ``WWA`` (Asia and Pacific), ``WWL`` (America), ``WWE`` (Europe),
        ``WWF`` (Africa) and ``WWM`` (Middle East). `va` is what output leaves after inputs, taxes among it.
    """
    files = _files(path)
    (inputs, skip), (users, skip_users) = _headings(files, "Z.txt"), _headings(files, "Y.txt")
    n = len(inputs)
    values = np.empty((n, n + len(users)))
    rows = _numbers(files, "Z.txt", skip, values[:, :n])
    again = _numbers(files, "Y.txt", skip_users, values[:, n:])
    if rows == inputs:  # or else Z.txt is at fault, which is said below
        _must_agree(files, "Y.txt", again, rows)
    output = _output(files, again) if "x.txt" in files.named else values.sum(axis=1)
    system = re.search(r"(?<![a-z])(pxp|ixi)(?![a-z])", files.folder, re.IGNORECASE)
    columns = [*inputs, *users]
    satellites = {} if accounts is not None and not accounts else _accounts(files, accounts, inputs, users)
    found = build(
        Printed(
            str(path),
            rows,
            columns,
            values,
            output=output,
            added=output - values[:, :n].sum(axis=0),
            taxes=None,
            place=by_labels(files.where("Z.txt and Y.txt"), rows, columns),
            shown=lambda row, column: in_words(values[row, column] if column < len(columns) else output[row]),
            remedy=_REMEDY,
        ),
        source=", ".join(["EXIOBASE 3", *([_SYSTEMS[system[1].lower()]] if system else [])]),
        year=delimited.agreed(str(path), delimited.years_of(f"{files.folder}."), year, "in its name"),
        unit=_unit(files),
        code=lambda label: _code(label, str(path)),
    )
    return replace(found, accounts=satellites) if satellites else found


def opened(path: Path, _: int | None = None) -> list[Path]:
    """Files on disk that reading a table opens."""
    return [file for name in OPENED if (file := path / name).is_file()] if path.is_dir() else [path]


def is_table(names: list[str]) -> bool:
    """Whether files by these names, with the folders of a zip, hold a table of EXIOBASE 3."""
    return bool(_folders(names))


def _folders(names: list[str]) -> list[str]:
    """Folders that have final demand and deliveries or coefficients."""
    there = {(str(PurePosixPath(name).parent), delimited.base(name)) for name in names}
    return sorted(
        folder for folder, name in there if name == "Y.txt" and {(folder, "Z.txt"), (folder, "A.txt")} & there
    )


def _files(path: Path) -> _Files:
    if path.is_dir():
        there = [*path.iterdir(), *path.glob("*/*")]
        named: dict[str, Opener] = {
            file.relative_to(path).as_posix(): partial(file.open, "rb") for file in there if file.is_file()
        }
        found = _Files(path, path.resolve().name, named)
    else:
        zipped = delimited.members(path) if zipfile.is_zipfile(path) else []
        folders = _folders([file.filename for file in zipped])
        if len(folders) != 1:
            raise GvcError(
                str(path),
                expected="Z.txt and Y.txt of one table, in a folder or zip",
                found=f"those of {', '.join(folders)}" if folders else "none",
                remedy="Unpack it, and name the folder that you mean." if folders else _REMEDY,
            )
        (folder,) = folders
        place = PurePosixPath(folder)
        named = {}
        for file in zipped:
            parent, opener = PurePosixPath(file.filename).parent, partial(delimited.unpacked, path, file, LARGEST)
            if parent == place:
                named[delimited.base(file.filename)] = opener
            elif parent.parent == place:
                named[f"{parent.name}/{delimited.base(file.filename)}"] = opener
        found = _Files(path, path.stem if folder == "." else PurePosixPath(folder).name, named)
    missing = [name for name in OPENED[:2] if name not in found.named]
    if missing:
        raise GvcError(
            found.where(missing[0]),
            expected="the file, among the others",
            found="A.txt only, as older editions have it" if "A.txt" in found.named else "no such file",
            remedy="Take an edition that has it; or let pymrio compute it: `mrio = pymrio.parse_exiobase3(path)"
            '.calc_system()`, then `gvc.ICIO.from_frames(mrio.Z, mrio.Y, unit="million EUR")`.',
        )
    return found


def _headings(files: _Files, name: str) -> tuple[list[Label], int]:
    """Economy and sector, or category, of each column of numbers; and how many lines stand above them."""
    lines = files.fields(name, 3)
    found = " and ".join(f"{len(line)} fields" for line in lines[:2]) or "nothing"
    regular = len(lines) == 3 and 3 <= len(lines[0]) == len(lines[1])
    if regular and (lines[0][1] or lines[1][1]):
        regular, found = False, f"{lines[0][1]!r} and {lines[1][1]!r} in the second"
    if not regular:
        raise GvcError(
            f"{files.where(name)}, line {min(2, len(lines) or 1)}",
            expected="two lines of headings, of economies and of what is theirs, behind two fields for labels",
            found=found,
            remedy=_REMEDY,
        )
    if len(lines[0]) > delimited.WIDEST:
        expected, found = f"at most {delimited.WIDEST:,} columns", f"{len(lines[0]):,}"
        raise GvcError(f"{files.where(name)}, line 1", expected=expected, found=found, remedy=_REMEDY)
    return [*zip(lines[0][2:], lines[1][2:], strict=True)], 2 if any(lines[2][2:]) else 3


def _numbers(files: _Files, name: str, skip: int, into: Array) -> list[Label]:
    """Read numbers into their place, as many lines as that has; return their labels."""
    width = into.shape[1]
    kinds = {str(at): pa.float64() if at > 1 else pa.string() for at in range(width + 2)}
    labels: list[Label] = []
    with files.reading(name, f"two labels and {width} numbers a line") as file:
        try:
            with delimited.batches_of(
                file,
                arrow_csv.ReadOptions(column_names=list(kinds), skip_rows=skip, block_size=_BLOCK),
                arrow_csv.ParseOptions(delimiter="\t"),
                arrow_csv.ConvertOptions(column_types=kinds, null_values=[""], strings_can_be_null=False),
            ) as blocks:
                for block in blocks:
                    first, last = len(labels), len(labels) + len(block)
                    labels += zip(block.column(0).to_pylist(), block.column(1).to_pylist(), strict=True)
                    if last > len(into):
                        break
                    into[first:last] = block.select(range(2, width + 2)).to_tensor(null_to_nan=True).to_numpy()
        except pa.ArrowInvalid:
            fields = ["", "", *(f"field {at + 3}" for at in range(width))]
            with files.named[name]() as again:
                delimited.explain(again, files.where(name), fields, skip, delimiter="\t")
            raise
    if len(labels) != len(into):
        raise GvcError(
            f"{files.where(name)}, line {skip + min(len(labels), len(into) + 1)}",
            expected=f"{len(into)} lines of numbers, one for each industry",
            found="more" if len(labels) > len(into) else str(len(labels)),
            remedy=_REMEDY,
        )
    return labels


def _output(files: _Files, rows: list[Label]) -> Array:
    header, *lines = files.fields("x.txt") or [[]]
    where = files.where("x.txt")
    if len(header) != 3:
        raise GvcError(
            f"{where}, line 1",
            expected="three fields, economy, sector and output",
            found=str(len(header)) if header else "an empty file",
            remedy=_REMEDY,
        )
    lines = [line for line in lines if line != [""]]
    for number, line in enumerate(lines, 2):
        try:
            _, _, output = line
            float(output)
        except ValueError as error:
            found = repr("\t".join(line)[:100])
            expected = "economy, sector and a number"
            raise GvcError(f"{where}, line {number}", expected=expected, found=found, remedy=_REMEDY) from error
    _must_agree(files, "x.txt", [(economy, sector) for economy, sector, _ in lines], rows)
    return np.array([float(output) for *_, output in lines])


def _accounts(
    files: _Files, asked: Collection[str] | None, inputs: list[Label], users: list[Label]
) -> dict[str, Account]:
    """Read those accounts that were asked for, of all the folders."""
    folders = sorted(name.removesuffix("/F.txt") for name in files.named if name.endswith("/F.txt"))
    units = {folder: _units(files, f"{folder}/unit.txt") for folder in folders}
    times = Counter(name for found in units.values() for name in found)
    places = {
        name if times[name] == 1 else f"{folder}/{name}": (folder, name) for folder in folders for name in units[folder]
    }
    names = places if asked is None else chosen_accounts(f"{files.path}, accounts", asked, places)
    wanted = {name: places[name] for name in names}
    economies = [economy for economy, _ in users]
    parts = [np.array(economies) == economy for economy in dict.fromkeys(economy for economy, _ in inputs)]
    F: dict[tuple[str, str], Array] = {}
    direct: dict[tuple[str, str], Array] = {}
    for folder in folders:
        names = {name for of, name in wanted.values() if of == folder}
        if names:
            F |= {(folder, name): row for name, row in _rows(files, f"{folder}/F.txt", names, inputs).items()}
            for file in (f"{folder}/F_Y.txt", f"{folder}/F_hh.txt"):
                if file in files.named:
                    direct |= {(folder, name): row for name, row in _rows(files, file, names, users).items()}
                    break
    return {
        name: Account(
            F=F[at],
            F_Y=np.array([direct[at][part].sum() for part in parts]) if at in direct else None,
            unit=units[at[0]][at[1]],
        )
        for name, at in wanted.items()
    }


def _units(files: _Files, name: str) -> dict[str, str]:
    """Names of accounts in a folder, and their units."""
    if name not in files.named:
        raise GvcError(files.where(name), expected="the file, beside F.txt", found="no such file", remedy=_REMEDY)
    units: dict[str, str] = {}
    for number, line in enumerate(files.fields(name)[1:], 2):
        if line == [""]:
            continue
        if len(line) != 2 or line[0] in units:
            raise GvcError(
                f"{files.where(name)}, line {number}",
                expected="an account and its unit, each account once",
                found=repr("\t".join(line)[:100]),
                remedy=_REMEDY,
            )
        units[line[0]] = line[1]
    return units


def _rows(files: _Files, name: str, wanted: Collection[str], columns: list[Label]) -> dict[str, Array]:
    """Read some lines of a file of accounts: of all others, which are a thousand, the name alone."""
    rows: dict[str, Array] = {}
    with files.reading(name, "a name and numbers a line") as file:
        lines = delimited.lines_of(file, files.where(name))
        heads = [line.rstrip("\r\n").split("\t") for line in islice(lines, 2)]
        pairs = zip(*(head[1:] for head in heads), strict=False) if len(heads) == 2 else ()
        _must_agree(files, name, [(economy, other) for economy, other in pairs], columns)
        for number, line in enumerate(lines, 3):
            label, _, numbers = line.rstrip("\r\n").partition("\t")
            if label not in wanted:
                continue
            place = f"{files.where(name)}, line {number} ({label})"
            fields = numbers.split("\t")
            if len(fields) != len(columns) or label in rows:
                found = "a second one" if label in rows else f"one of {len(fields)}"
                raise GvcError(place, expected=f"one line of {len(columns)} numbers", found=found, remedy=_REMEDY)
            rows[label] = np.array([_number(field) for field in fields])
            if not np.isfinite(rows[label]).all():
                at = int(np.flatnonzero(~np.isfinite(rows[label]))[0])
                raise GvcError(
                    f"{place}, column {' '.join(columns[at])}",
                    expected="a number",
                    found=repr(fields[at]) if fields[at] else "nothing",
                    remedy=_REMEDY,
                )
    if missing := [label for label in wanted if label not in rows]:
        raise GvcError(files.where(name), expected=f"a line {missing[0]}, as in unit.txt", found="none", remedy=_REMEDY)
    return rows


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _must_agree(files: _Files, name: str, found: list[Label], rows: list[Label]) -> None:
    """Refuse other labels than those of the deliveries."""
    pairs = zip([*found, ("no", "further one")], [*rows, ("no", "further one")], strict=False)
    wrong = next(((one, due) for one, due in pairs if one != due), None)
    if wrong:
        raise GvcError(
            files.where(name),
            expected=f"{' '.join(wrong[1])}, in the order of the other files",
            found=" ".join(wrong[0]),
            remedy=_REMEDY,
        )


def _unit(files: _Files) -> str:
    """Tell the unit of all rows; that of the monetary tables, where no file says it."""
    if "unit.txt" not in files.named:
        return _UNITS["M.EUR"]
    said = list(dict.fromkeys(line[-1].strip() for line in files.fields("unit.txt")[1:] if line != [""]))
    if len(said) != 1 or said[0] not in _UNITS:
        raise GvcError(
            files.where("unit.txt"),
            expected=f"one unit of money, {' or '.join(_UNITS)}",
            found=delimited.few(said) or "none",
            remedy=_REMEDY,
        )
    return _UNITS[said[0]]


def _code(label: str, where: str) -> str:
    rest = _RESTS.get(label, label)
    return rest if rest in _RESTS.values() else eco.iso(label, where=where)
