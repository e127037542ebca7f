"""The sheets of a workbook, loaded in a process of its own.

Two cells far from each other, or a damaged record, can make the library ask for more memory than there is, which ends
the process it runs in; or turn in circles, or print a backtrace of its own. So the library runs here: this module,
which needs nothing of the package, is started as a program, under a limit on memory and on time, and asked for one
sheet after the other. It ends when who asks does.
"""

import faulthandler
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, TypeVar
from xml.etree import ElementTree

import fastexcel
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

#: Seconds that loading may take: some, and one for every half megabyte.
PATIENCE = 20
#: Rows and columns that a table can have; the largest that is published has 4,053 and 4,538.
ROWS, COLUMNS = 6_000, 7_000
#: Bytes of memory that loading so many cells takes at most. Measured: 4.3 GB.
MEMORY = 5_500_000_000
#: Parts of a workbook that list its sheets.
LISTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
#: Rows of a sheet that tell what is in it.
HEAD = 20

#: A sheet as numbers, NaN where there is none; what the library says of cells that hold no number, with the places of
#: all of which it says the same, counted along the rows; and the column of the sheet that comes first in the numbers.
Loaded = tuple[NDArray[np.float64], dict[str, NDArray[np.int64]], int]

_Number = TypeVar("_Number", bound=np.generic)
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="(([A-Z]{1,7})(\d{1,9}))"')


_TRUE = re.compile(rb'<(?:\w+:)?c ([^>]*\bt="b"[^>]*)>(?:(?!</(?:\w+:)?c>).)*<(?:\w+:)?v>1<', re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,7})(\d{1,9})"')


class TooLargeError(Exception):
    """A sheet in which the first and the last cell are too far apart."""


# -- who asks -----------------------------------------------------------------------------------------------------


class Book:
    """A workbook that another process has opened."""

    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes], patience: float) -> None:
        assert isinstance(process.stdout, io.BufferedReader)
        self._process, self._out, self._said, self._patience = process, process.stdout, said, patience
        self.names: list[str] = self._answer()

    def load(self, name: str) -> Loaded:
        """Load a sheet.

        Raises
        ------
        TooLargeError
            If no table can have so many cells as there are from the first to the last.
        RuntimeError
            If the other process fails or is ended.
        TimeoutExpired
            If it takes far longer than a workbook of that size can.
        """
        return self._sheet("whole", name)

    def head(self, name: str) -> Loaded:
        """Load the first rows of a sheet as :meth:`load` does, without waiting for all of it."""
        return self._sheet("head", name)

    def _sheet(self, how: str, name: str) -> Loaded:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # the answer tells what happened
            os.write(self._process.stdin.fileno(), json.dumps([how, name]).encode() + b"\n")
        shape, counts, left = self._answer()
        numbers = self._array(np.empty(shape))
        return numbers, {said: self._array(np.empty(count, dtype=np.int64)) for said, count in counts.items()}, left

    def _array(self, empty: NDArray[_Number]) -> NDArray[_Number]:
        if empty.size and self._out.readinto(empty.data.cast("B")) < empty.nbytes:
            raise self._failure()
        return empty

    def _answer(self) -> Any:
        line = self._out.readline()
        if not line.endswith(b"\n"):
            raise self._failure()
        return json.loads(line)

    def _failure(self) -> Exception:
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").splitlines()
        if lines and lines[0].startswith("Timeout"):
            return subprocess.TimeoutExpired(self._process.args, self._patience)
        telling = [line.strip() for line in lines if re.match(r"memory allocation|[\w.]+(Error|Exception): ", line)]
        said = telling[-1] if telling else "the process that read it was ended"
        too_large = re.search(r"^memory allocation|capacity overflow|MemoryError|TooLargeError", said)
        said = re.sub(r"^[\w.]+(Error|Exception): ", "", said)
        return TooLargeError(said) if too_large else RuntimeError(said)


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """Open a workbook in a process of its own, which ends with the context."""
    patience = PATIENCE + path.stat().st_size / 500_000
    # -P: the modules beside this one must not stand in for those that the libraries import.
    command = [sys.executable, "-P", __file__, str(path.absolute()), str(patience), str(MEMORY)]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # each thread of it would count against the limit
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=alone) as process,
    ):
        try:
            yield Book(process, said, patience)
        finally:
            process.kill()


def parts(path: Path) -> Mapping[str, str]:
    """From the name of each sheet to the part of the file that holds it; empty for an .xlsb."""
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        book, relations = (ElementTree.fromstring(archive.read(name)) for name in LISTS)
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    sheets = [element for element in book.iter() if element.tag.endswith("}sheet")]
    found = {
        sheet.get("name", ""): targets.get(value, "")
        for sheet in sheets
        for key, value in sheet.items()
        if key.endswith("}id")
    }
    return {name: target[1:] if target.startswith("/") else f"xl/{target}" for name, target in found.items()}


def far_cell(path: Path, name: str) -> str:
    """First cell of a sheet that is farther right or down than a table can reach; empty if no cell says so."""
    part = parts(path).get(name)
    if part is None:
        return ""
    with zipfile.ZipFile(path) as archive, archive.open(part) as sheet:
        rest = b""
        while piece := sheet.read(1 << 20):
            for cell, letters, row in _CELL.findall(rest + piece):
                if int(row) > ROWS or _column(letters) > COLUMNS:
                    return str(cell, "ascii")
            rest = piece[-200:]
    return ""


def _column(letters: bytes) -> int:
    """Count a column by its letters, from 1."""
    column = 0
    for letter in letters:
        column = 26 * column + letter - 64
    return column


# -- who is asked -------------------------------------------------------------------------------------------------


def main() -> None:
    """Write the names of the sheets, then each sheet that is asked for, to the standard output."""
    path, patience = Path(sys.argv[1]), float(sys.argv[2])
    faulthandler.dump_traceback_later(patience, exit=True)
    asked: SimpleQueue[tuple[str, str]] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    _limit_memory(int(sys.argv[3]))  # a thread that starts without memory is waited for, for ever
    book, heads = _open(path), None
    _write(book.sheet_names)
    while True:
        faulthandler.cancel_dump_traceback_later()
        how, name = asked.get()
        faulthandler.dump_traceback_later(patience, exit=True)
        if how == "head":
            heads = heads or _open_heads(path)
        numbers, others, left = _load(heads if heads and how == "head" else book, name)
        # To the library TRUE is 1. To look for it takes as long as a part of loading: only where there is a 1.
        if how == "whole" and (numbers == 1).any() and (truths := _truths(path, name, numbers.shape, left)):
            numbers, others = numbers.copy(), others | {"but got 'TRUE'": np.array(truths, dtype=np.int64)}
            numbers.flat[truths] = np.nan
        _write([numbers.shape, {said: len(places) for said, places in others.items()}, left], numbers, *others.values())


def _limit_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not all systems have such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _listen(asked: "SimpleQueue[tuple[str, str]]") -> None:
    for line in sys.stdin.buffer:
        asked.put(json.loads(line))
    # Whoever asked is gone, in whatever way.
    os._exit(0)


def _write(about: Any, *arrays: NDArray[Any]) -> None:
    out = sys.stdout.buffer
    out.write(json.dumps(about).encode() + b"\n")
    for array in arrays:
        out.write(np.ascontiguousarray(array).data)
    out.flush()


def _open(path: Path) -> fastexcel.ExcelReader:
    """Open a workbook whatever its name is."""
    # From a path the library tells the format by the name, and from bytes by content, which takes longer.
    with zipfile.ZipFile(path) as archive:
        suffix = ".xlsb" if "xl/workbook.bin" in archive.namelist() else ".xlsx"
    return fastexcel.read_excel(path if path.suffix.lower() == suffix and _is_text(path) else path.read_bytes())


def _is_text(path: Path) -> bool:
    """Whether a path is no bytes in an encoding other than the system's, which the library does not take."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _open_heads(path: Path) -> fastexcel.ExcelReader:
    """Open a copy of a workbook in which each sheet ends after its first rows."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as short:
        if "xl/workbook.bin" in archive.namelist():
            return _open(path)
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    short.writestr(name, _first_rows(part) if "/worksheets/" in name else part.read())
    return fastexcel.read_excel(copy.getvalue())


def _first_rows(sheet: IO[bytes]) -> bytes:
    start = b""
    while piece := sheet.read(1 << 20):
        start += piece
        if end := next(islice(_ROW_END.finditer(start), HEAD - 1, None), None):
            return start[: end.end()] + b"</sheetData></worksheet>"
    return start


def _load(book: fastexcel.ExcelReader, name: str) -> Loaded:
    """Load a sheet in one pass."""
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="float")
    if sheet.height * sheet.width > ROWS * COLUMNS:
        raise TooLargeError(f"{sheet.height:,} rows and {sheet.width:,} columns")
    batch, errors = sheet.to_arrow_with_errors()
    places: dict[str, list[int]] = {}
    for error in errors.errors if errors else ():
        row, column = error.position
        places.setdefault(error.detail, []).append(row * sheet.width + column)
    columns = sheet.available_columns()
    others = {said: np.array(there, dtype=np.int64) for said, there in places.items()}
    return _numbers(batch), others, columns[0].absolute_index if columns else 0


def _truths(path: Path, name: str, shape: tuple[int, int], left: int) -> list[int]:
    """Places of a sheet where TRUE stands, counted along the rows; none of an .xlsb, which does not say it in words."""
    part, places = parts(path).get(name), []
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return []
        with archive.open(part) as sheet:
            rest = b""
            while piece := sheet.read(1 << 20):
                rows, _, rest = (rest + piece).rpartition(b"row>")
                cells = [_PLACE.search(cell) for cell in _TRUE.findall(rows)] if b't="b"' in rows else []
                at = [(int(cell[2]) - 1, _column(cell[1]) - 1 - left) for cell in cells if cell]
                places += [row * shape[1] + column for row, column in at if row < shape[0] and 0 <= column < shape[1]]
    return places


def _numbers(batch: pa.RecordBatch) -> NDArray[np.float64]:
    if not batch.num_rows or not batch.num_columns:
        return np.empty((batch.num_rows, batch.num_columns))
    numbers: NDArray[np.float64] = batch.to_tensor(null_to_nan=True, row_major=True).to_numpy()
    return numbers


if __name__ == "__main__":
    main()
