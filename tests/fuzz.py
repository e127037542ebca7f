"""Spoil files of every layout, a cell or some bytes at a time, and see what the readers make of them.

``python -m tests.fuzz 10000 --seed 7`` counts the outcomes of seeds 7 to 10,006. There is one error, or the table, or
what differs is within rounding or is said by a check; never another exception, a wait, or a wrong table that looks
right.
"""

import argparse
import codecs
import copy
import gzip
import io
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gvc import ICIO, GvcError, save, sources
from gvc.sources import plain
from tests import forked_readers, layouts
from tests.layouts import Row, known

#: Seconds after which a reading counts as a hang.
PATIENCE = 60
BAD = ("another exception", "hang", "silently wrong")

_ECONOMIES = ("CHN", "JPN", "MEX", "ROW")
_TABLE = known(_ECONOMIES, ("c1", "c2", "c3"), seed=7)
_NO_VALUE_ADDED = known(_ECONOMIES, ("c1", "c2", "c3"), seed=7, taxed=False)
_OTHER_YEAR = known(_ECONOMIES, ("c1", "c2", "c3"), seed=8, year=2020)
_ZEROS = layouts.with_zeros(_TABLE, idle=[4])
_EXIOBASE = known(_ECONOMIES, ("a", "b"), taxed=False, seed=8)
_EORA = layouts.one_sector_row(known(_ECONOMIES, ("a", "b", "TOTAL"), seed=7))
_EUROPE = known(("AUT", "GRC", "ROW", "USA"), ("A01", "B"), seed=7)
_WHOLE_NUMBERS = layouts.in_whole_numbers(_TABLE)
_SPLIT = known((*_ECONOMIES, "CN1", "CN2"), ("c1", "c2"), parts={"CN1": "CHN", "CN2": "CHN"}, seed=7)


def _adb(path: Path, rows: list[Row]) -> Path:
    return layouts.xlsx(path, {"ADB MRIO 2021": rows, "Legend": layouts.legend(_TABLE)})


def _two_years(path: Path, rows: list[Row]) -> Path:
    return layouts.xlsx(path, {**layouts.adb_years([_OTHER_YEAR]), "ADB MRIO 2021": rows})


def _wiod(path: Path, rows: list[Row]) -> Path:
    return layouts.xlsx(path, {"WIOT_2021": rows})


def _wiod2016(path: Path, rows: list[Row]) -> Path:
    return layouts.xlsb(path, {"2021": rows})


def _zip(path: Path, rows: list[Row]) -> Path:
    inner = layouts.delimited(path.with_suffix(".inner"), rows)
    return layouts.zipped(path, {"2018.csv": inner.read_bytes()})


def _eora(path: Path) -> Path:
    return layouts.zipped(path, layouts.eora(_EORA))


def _exiobase(path: Path) -> Path:
    return layouts.zipped(path, layouts.exiobase(_EXIOBASE, {code: code for code in _ECONOMIES}))


def _frame(path: Path) -> Path:
    layouts.write_rda(path, {"wiot": layouts.frame2016(_TABLE)})
    return path


def _long_run(path: Path, rows: list[Row]) -> Path:
    """Write columns of numbers as R data hold them, or of text where one is none."""
    frame = pd.DataFrame({str(name): [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])})
    for name in frame:
        try:
            frame[name] = frame[name].astype(float)
        except (TypeError, ValueError):
            frame[name] = frame[name].astype(str)
    layouts.write_rda(path, {"wiot": frame})
    return path


def _long_form(path: Path) -> Path:
    return layouts.delimited(path, layouts.lrwiod_long(_TABLE))


def _saved(path: Path) -> Path:
    save(_TABLE, path)
    return path


def _plain(path: Path) -> Path:
    plain.write(_TABLE, path)
    return path


Rows = Callable[[], list[Row]]
#: Layouts made of rows, which can be spoiled by the cell: rows and what writes them.
BY_CELL: dict[str, tuple[Rows, Callable[[Path, list[Row]], Path]]] = {
    "ADB": (lambda: list(layouts.adb(_TABLE)), _adb),
    "ADB, two years": (lambda: list(layouts.adb(_TABLE)), _two_years),
    "ADB, blanks": (lambda: list(layouts.adb(_ZEROS, zero=" ")), _adb),
    "WIOD 2013": (lambda: list(layouts.wiod2013(_TABLE)), _wiod),
    "WIOD 2013, whole": (lambda: list(layouts.wiod2013(_WHOLE_NUMBERS)), _wiod),
    "WIOD 2016": (lambda: list(layouts.wiod2016(_TABLE)), _wiod2016),
    "OECD": (lambda: list(layouts.oecd(_SPLIT)), layouts.delimited),
    "OECD 2016": (lambda: list(layouts.oecd(_TABLE, edition=2016)), layouts.delimited),
    "OECD, zip": (lambda: list(layouts.oecd(_SPLIT)), _zip),
    "FIGARO": (lambda: list(layouts.figaro(_EUROPE)), layouts.delimited),
    "FIGARO, flat": (lambda: list(layouts.figaro_flat(_EUROPE)), layouts.delimited),
    "WIOD, long run": (lambda: list(layouts.lrwiod(_TABLE)), layouts.delimited),
    "WIOD, long run, R": (lambda: list(layouts.lrwiod(_TABLE)), _long_run),
}
#: The others, which can be spoiled by the byte.
BY_BYTE: dict[str, Callable[[Path], Path]] = {
    "WIOD 2013, R": lambda path: layouts.rda2013(_NO_VALUE_ADDED, path),
    "WIOD 2016, R": _frame,
    "WIOD, long form": _long_form,
    "Eora26": _eora,
    "EXIOBASE": _exiobase,
    "plain": lambda path: _plain(path.with_suffix(".csv")),
    "plain, Parquet": lambda path: _plain(path.with_suffix(".parquet")),
    "saved": lambda path: _saved(path.with_suffix(".npz")),
}
LAYOUTS = (*BY_CELL, *BY_BYTE)
#: Which year is asked for.
ASKED = {"ADB, two years": 2021}
#: Layouts of which only the name of the file tells the year.
NAMED = ("OECD", "OECD 2016", "FIGARO", "FIGARO, flat")


_TEXTS = (
    "",
    " ",
    "NA",
    "1,5",
    "1.5",
    "-",
    "c1",
    "c9",
    "CHN",
    "JPN",
    "XYZ",
    "TOT",
    "ToT",
    "r60",
    "r64",
    True,
    None,
    "é",
    "#REF!",
)
# Workbooks have no way to hold the last two as numbers.
_NUMBERS = (0.0, 1e300, -1.0, 12345.6, "nan", "inf")
_FACTORS = (-1, 2, 1.01, 1.0001, 1 + 1e-8)


def spoil_cell(rows: list[Row], random: np.random.Generator) -> None:
    """Change or exchange cells, drop or repeat a row or a column, or repeat a row of the footer."""

    def somewhere() -> tuple[int, int]:
        row = int(random.integers(len(rows)))
        return row, int(random.integers(len(rows[row])))

    row, column = somewhere()
    old = rows[row][column]
    match random.choice(["number", "text", "swap", "scale", "row", "column", "footer"]):
        case "number":
            rows[row][column] = _NUMBERS[random.integers(len(_NUMBERS))]
        case "text":
            rows[row][column] = _TEXTS[random.integers(len(_TEXTS))]
        case "swap":
            other, place = somewhere()
            rows[row][column], rows[other][place] = rows[other][place], old
        case "scale" if isinstance(old, float):
            rows[row][column] = old * float(random.choice(_FACTORS))
        case "row":
            rows[row : row + 1] = [rows[row]] * int(random.choice([0, 2]))
        case "column":
            for line in rows:
                line[column : column + 1] = line[column : column + 1] * (2 if row % 2 else 0)
        case "footer":
            below = [at for at, line in enumerate(rows) if "TOT" in line[:4]] or [*range(len(rows) - 8, len(rows))]
            rows.insert(int(random.choice(below)), list(rows[random.choice(below)]))


def spoil_bytes(content: bytes, random: np.random.Generator) -> bytes:
    """Change, cut, repeat or drop some bytes, cut after a line, or put a mark of the order of bytes before them."""
    data = bytearray(content)
    at = int(random.integers(len(data) + 1))
    length = int(random.choice([1, 1, 2, 8, 64, 512]))
    match random.integers(8):
        case 0:
            for place in random.integers(len(data), size=length) if data else []:
                data[place] = random.integers(256)
        case 1:
            if at < len(data):
                data[at] ^= 1 << int(random.integers(8))
        case 2:
            del data[at : at + length]
        case 3:
            data[at:at] = data[at : at + length]
        case 4:
            data[at:at] = random.bytes(length)
        case 5:
            del data[at:]
        case 6:
            del data[data.find(b"\n", at) + 1 :]
        case 7:
            data[:0] = random.choice([codecs.BOM_UTF8, codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
    return bytes(data)


def spoil_inside(content: bytes, random: np.random.Generator) -> bytes:
    """Spoil what a zip or gzip holds, and close it again as if nothing had happened."""
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(spoil_bytes(gzip.decompress(content), random), mtime=0)
    if not content.startswith(b"PK"):
        return spoil_bytes(content, random)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    chosen = list(files)[random.integers(len(files))]
    files[chosen] = spoil_bytes(files[chosen], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def whole(layout: str, folder: Path) -> tuple[Path, ICIO]:
    """Write a file that nothing is wrong with, and read it."""
    path = folder / f"whole-{LAYOUTS.index(layout)}"
    if layout in BY_CELL:
        rows, write = BY_CELL[layout]
        write(path, rows())
    else:
        path = BY_BYTE[layout](path)
    return path, sources.read_icio(path, year=ASKED.get(layout))


#: Names that publishers and users give to a table of a year, in an edition of a later one.
NAMES = (
    "{year}_SML.csv",
    "{year}.CSV",
    "ICIO{edition}_{year}.csv",
    "icio{edition}_{year}.csv",
    "OECD-{edition}-edition-{year}.csv",
    "OECD-{year}-edition-{edition}.csv",
    "figaro_{edition}_{year}.csv",
    "{year}_{edition}.csv",
    "matrix_eu-ic-io_ind-by-ind_{short}ed_{year}.csv",
    "{year}_downloaded_{edition}-05-31.csv",
    "edition_{edition}.csv",
    "release {edition}, {year}, {other}.csv",
    "ICIO_{year}_{base}prices.csv",
    "ICIO{edition}_{year}_{base}=100.csv",
    "icio{year}_base{base}.csv",
    "{year}, constant {base} prices.csv",
    "{year}_pyp{base}.csv",
    "ICIO_{year}_x{other}.csv",
    "table.csv",
)


def outcome_of_name(content: bytes, folder: Path, random: np.random.Generator) -> str:
    """Say what reading a whole file comes to under a name that tells its year, or seems to."""
    year, other = map(int, random.choice(range(1995, 2021), 2, replace=False))
    edition = max(year, other) + int(random.integers(1, 7))
    name = str(random.choice(NAMES))
    asked = [None, year, other][random.integers(3)]
    path = folder / name.format(year=year, other=other, base=other, edition=edition, short=f"{edition % 100:02}")
    path.write_bytes(content)
    if random.random() < 0.5:
        path = layouts.zipped(folder / "t.zip", {path.name: content})
    try:
        found = sources.read_icio(path, year=asked).year
    except GvcError as error:
        return "one error" if path.name in error.where else BAD[0]
    except BaseException as error:
        return f"{BAD[0]}: {type(error).__name__}: {error}"[:200]
    if asked == other and "{year}" in name and "{other}" not in name:
        return f"{BAD[2]}: {path.name}, year={asked}"
    if found == year or (found == asked and "{year}" not in name):
        return "the table"
    return "a year that the name leaves open" if found in (None, asked) else f"{BAD[2]}: {path.name} as {found}"


def outcome(path: Path, due: ICIO, year: int | None = None) -> str:
    """Say what reading a spoiled file comes to."""
    start = time.monotonic()
    try:
        found = sources.read_icio(path, year=year)
        said = found.check()
    except GvcError as error:
        complete = all((error.where, error.expected, error.found, error.remedy)) and path.name in error.where
        return ("one error" if complete else BAD[0]) if time.monotonic() - start < PATIENCE else BAD[1]
    except BaseException as error:
        return f"{BAD[0]}: {type(error).__name__}: {error}"[:200]
    if time.monotonic() - start > PATIENCE:
        return BAD[1]
    # That blanks were read as 0 excuses no other number.
    new = {str(finding) for finding in said if "blank" not in finding.what}
    return _compared(found, due, new - {str(finding) for finding in due.check()})


def _compared(found: ICIO, due: ICIO, said: set[str]) -> str:
    if found.Z.shape != due.Z.shape or found.Y.shape != due.Y.shape:
        return BAD[2]
    gaps = {name: np.abs(getattr(found, name) - getattr(due, name)) for name in ("Z", "Y", "x", "va", "taxes")}
    labels = (found.economies, found.sectors, found.parts) == (due.economies, due.sectors, due.parts)
    supplied = found.Z.sum(axis=1) - due.Z.sum(axis=1) + found.Y.sum(axis=1) - due.Y.sum(axis=1)
    bought = found.Z.sum(axis=0) - due.Z.sum(axis=0)
    elsewhere = gaps["Z"] - np.diag(gaps["Z"].diagonal())
    rows, columns = left_open(due)
    cells = np.minimum(rows[:, None], columns)
    reasons = {
        "the table": labels and not any(gap.any() for gap in gaps.values()),
        "a label that stands in one place only": not any(gap.any() for gap in gaps.values()),
        "a finding of the check": bool(said),
        "a change within rounding": (gaps["Z"] <= cells).all()
        and (gaps["Y"] <= rows[:, None]).all()
        and all((gaps[name] <= columns).all() for name in ("x", "va", "taxes")),
        "cells exchanged under the same sums": (gaps["x"] <= rows).all()  # sums, where no output is printed
        and (np.abs(supplied) <= rows).all()
        and (np.abs(bought) <= columns).all(),
        "an industry's own use where no output is printed": due.provenance.output is None
        and not elsewhere.any()
        and not gaps["Y"].any(),
    }
    return next((reason for reason, holds in reasons.items() if holds), BAD[2])


def left_open(due: ICIO) -> tuple[Any, Any]:
    """By how much a check may let each row and each column change, as the notes on :meth:`gvc.ICIO.imbalances` say.

    Ten digits of the largest output where all digits are printed. In whole numbers what rounding may leave missing and
    what may be too much: one more industry may have come from either end to the other.
    """
    GN = len(due.x)
    if not all((array == np.rint(array)).all() for array in (due.Z, due.Y, due.x)):
        return (np.full(GN, max(1e-9 * due.x.max(), 1e-11 * due.x.sum())),) * 2

    def both(entries: Any) -> Any:
        zeros, ones = (entries == 0).sum(axis=1), (np.abs(entries) == 1).sum(axis=1)
        numbers = entries.shape[1] - zeros + 1
        either = np.minimum(numbers / 2, 6 * np.sqrt(numbers / 12))
        return 2 * either + np.minimum(zeros / 2, 2 * ones + 16)

    return both(np.hstack([due.Z, due.Y])), both(np.column_stack([due.Z.T, due.va, due.taxes]))


def spoiled(path: Path, layout: str, rows: list[Row] | None, random: np.random.Generator) -> Path:
    """Write a file spoiled by the cell or by the byte beside a whole one."""
    target = path.with_name(f"spoiled{path.suffix}")
    if rows and random.random() < 0.6:
        changed = copy.deepcopy(rows)
        spoil_cell(changed, random)
        BY_CELL[layout][1](target, changed)
    else:
        spoil = spoil_inside if random.random() < 0.7 else spoil_bytes
        target.write_bytes(spoil(path.read_bytes(), random))
    return target


def run(seeds: range, folder: Path | None = None) -> Counter[str]:
    """Spoil a file for each seed, layouts in turn; count outcomes by layout."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Path(name)
        ready: dict[str, tuple[Path, ICIO, Any]] = {}
        for seed in seeds:
            layout = LAYOUTS[seed % len(LAYOUTS)]
            random = np.random.default_rng(seed)
            if layout not in ready:
                path, due = whole(layout, home)
                ready[layout] = path, due, BY_CELL[layout][0]() if layout in BY_CELL else None
            path, due, rows = ready[layout]
            if layout in NAMED and random.random() < 0.1:
                met = outcome_of_name(path.read_bytes(), home, random)
            else:
                met = outcome(spoiled(path, layout, rows, random), due, ASKED.get(layout))
            counts[f"{layout}: {met}"] += 1
            if met.startswith(BAD):
                print(f"seed {seed}, {layout}: {met}", file=sys.stderr)
    return counts


def main() -> None:
    """Count outcomes of many files, a process a processor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="the first")
    asked = parser.parse_args()
    count, step, end = asked.count, 240, asked.seed + asked.count
    chunks = [range(first, min(first + step, end)) for first in range(asked.seed, end, step)]
    start = time.monotonic()
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=forked_readers.fork) as pool:
        counts = sum(pool.map(run, chunks), Counter[str]())
    total: Counter[str] = Counter()
    for (layout, met), number in sorted((tuple(key.split(": ", 1)), number) for key, number in counts.items()):
        total[met] += number
        print(f"{layout:<19}{met:<44}{number:>7,}")
    print(f"\n{count:,} files in {time.monotonic() - start:,.0f} s")
    for met, number in total.most_common():
        print(f"{met:<60}{number:>7,}")
    sys.exit(any(met.startswith(BAD) for met in total))


if __name__ == "__main__":
    main()
