"""A file of some database -> ICIO. One module a layout; the layout is told by content, not by name."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.sources import plain, rda, workbook

READERS: dict[str, Callable[[Path, int | None], ICIO]] = {
    "rda": rda.read,
    "workbook": workbook.read,
    "plain": plain.read,
}


def read_icio(path: str | Path, *, source: str | None = None, year: int | None = None) -> ICIO:
    """Read an inter-country input-output table from a file.

    Parameters
    ----------
    path : str or Path
    source : {"rda", "workbook", "plain"}, optional
        Forces a layout; told by content if left out.
    year : int, optional
        The year, where the file does not say it.

    Returns
    -------
    ICIO
        Economies as ISO 3166 alpha-3 codes, rest of world ``ROW``.

    Raises
    ------
    GvcError
        If the file cannot be read as a table in full.
    """
    path = Path(path)
    layout = source or _detect(path)
    if layout not in READERS:
        raise GvcError(
            "source",
            expected=" or ".join(READERS),
            found=repr(layout),
            remedy="Leave it out to let the content decide.",
        )
    _must_be_file(path)
    return READERS[layout](path, year)


def _detect(path: Path) -> str:
    _must_be_file(path)
    if zipfile.is_zipfile(path):
        return "workbook"
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    if start.startswith((b"BZh", b"\x1f\x8b", b"\xfd7zXZ", b"RDX")):
        return "rda"
    return "plain"


def _must_be_file(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        raise GvcError(
            str(path),
            expected="a file with a table",
            found="an empty file" if path.is_file() else "no such file",
            remedy="Check the path, or download the file again.",
        )
