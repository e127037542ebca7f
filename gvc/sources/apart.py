"""A sheet of a workbook, loaded here or in a process of its own.

A damaged .xlsb can name a cell so far away that the library asks for more memory than there is, which ends the process,
or can make it turn in circles or print a backtrace of its own. Such a file is loaded by running this module, which
needs nothing of the package.
"""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import fastexcel
import pyarrow as pa

#: Seconds that loading may take: some, and one for every half megabyte.
PATIENCE = 20
#: Row, column and what the library says of each cell that holds no number.
Others = list[tuple[int, int, str]]


def is_binary(path: Path) -> bool:
    """Whether a workbook is an .xlsb, by what it holds."""
    with zipfile.ZipFile(path) as archive:
        return "xl/workbook.bin" in archive.namelist()


def open_book(path: Path) -> fastexcel.ExcelReader:
    """Open a workbook whatever its name is."""
    # From a path the library tells the format by the name, and from bytes by content, which takes longer.
    named = path.suffix.lower() == (".xlsb" if is_binary(path) else ".xlsx")
    return fastexcel.read_excel(path if named else path.read_bytes())


def load(book: fastexcel.ExcelReader, name: str) -> tuple[pa.RecordBatch, Others, int]:
    """Load a sheet in one pass.

    Returns
    -------
    RecordBatch
        The sheet as numbers, null where there is none.
    list of (row, column, text)
    int
        Column of the sheet that comes first in the batch.
    """
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="float")
    batch, errors = sheet.to_arrow_with_errors()
    others = [(*error.position, error.detail) for error in errors.errors] if errors else []
    columns = sheet.available_columns()
    return batch, others, columns[0].absolute_index if columns else 0


def names_apart(path: Path) -> list[str]:
    """Names of the sheets, found in another process, which :func:`load_apart` says more of."""
    names: list[str] = json.loads(_apart(path))
    return names


def load_apart(path: Path, name: str) -> tuple[pa.RecordBatch, Others, int]:
    """Load a sheet as :func:`load` does, in another process.

    Raises
    ------
    RuntimeError
        If that process fails or is ended.
    TimeoutExpired
        If it takes far longer than a workbook of that size can.
    """
    table = pa.ipc.open_stream(_apart(path, name)).read_all()
    others, left = json.loads(table.schema.metadata[b"others"])
    batches = table.to_batches()
    empty = pa.RecordBatch.from_pylist([], schema=table.schema)
    return batches[0] if batches else empty, [(row, column, text) for row, column, text in others], left


def _apart(path: Path, *name: str) -> bytes:
    patience = PATIENCE + path.stat().st_size / 500_000
    command = [sys.executable, __file__, str(path), *name]
    done = subprocess.run(command, capture_output=True, check=False, timeout=patience)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        telling = [line for line in said if re.match(r"memory allocation|[\w.]+(Error|Exception): ", line)]
        raise RuntimeError((telling or ["the process was ended"])[0])
    return done.stdout


def main() -> None:
    """Write the names of the sheets, or one of the sheets, to the standard output."""
    path, *name = sys.argv[1:]
    book = open_book(Path(path))
    if not name:
        print(json.dumps(book.sheet_names))
        return
    batch, others, left = load(book, name[0])
    batch = batch.replace_schema_metadata({"others": json.dumps([others, left])})
    with pa.ipc.new_stream(sys.stdout.buffer, batch.schema) as stream:
        stream.write_batch(batch)


if __name__ == "__main__":
    main()
