"""A file of some database -> ICIO. One module a layout; the layout is told by content, not by name."""

import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from numbers import Integral
from pathlib import Path

from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.sources import delimited, eora, figaro, lrwiod, oecd, plain, rda, sheets, workbook
from gvc.sources.table import must_be_file, reading

READERS: dict[str, Callable[[Path, int | None], ICIO]] = {
    "workbook": workbook.read,
    "rda": rda.read,
    "lrwiod": lrwiod.read,
    "oecd": oecd.read,
    "figaro": figaro.read,
    "eora": eora.read,
    "plain": plain.read,
}

#: What a zip holds if it is a workbook.
_WORKBOOK = "[Content_Types].xml"


def read_icio(path: str | Path, *, source: str | None = None, year: int | None = None) -> ICIO:
    """Read an inter-country input-output table from a file.

    Parameters
    ----------
    path : str or Path
        Eora26 may be a folder.
    source : {"workbook", "rda", "lrwiod", "oecd", "figaro", "eora", "plain"}, optional
        Forces a layout; told by content if left out.
    year : int, optional
        Which table, where a workbook, zip or folder has those of several years; the year, where the file says none.

    Returns
    -------
    ICIO
        Economies as ISO 3166 alpha-3 codes, rest of world ``ROW``.

    Raises
    ------
    GvcError
        If the file cannot be read as a table in full, is of another year, holds several tables of which `year` chooses
        none, or has sums and totals that disagree beyond rounding; or if `year` is no whole number.

    Examples
    --------
    >>> import gvc
    >>> from gvc.sample import FILE  # in the plain form that anybody can write
    >>> gvc.read_icio(FILE)
    <ICIO: 11 economies × 5 sectors, 2011, WIOD 2013 release, million USD>
    """
    return balanced(read_as_it_is(path, source=source, year=year), path)


def balanced(icio: ICIO, path: str | Path) -> ICIO:
    """Return a table if its sums and totals agree.

    Raises
    ------
    GvcError
        If they disagree beyond rounding; for the largest gap.
    """
    failed = [finding for finding in icio.check() if finding.level == "FAIL"]
    if failed:
        worst = max(failed, key=lambda finding: abs(finding.size))
        wrong = worst.what in ("negative output", "flows without output")
        raise GvcError(
            f"{path}, {worst.cell or worst.where}",
            expected=f"no {worst.what}" if wrong else f"{worst.what} of {worst.where} to half a percent of its output",
            found=("" if wrong else "a gap of ")
            + f"{worst.size:,.6g}"
            + (f", and {len(failed) - 1} more" if len(failed) > 1 else ""),
            remedy="`gvc check` lists them all, or `gvc.sources.read_as_it_is(path).check()`. Download the file "
            "again, or correct it.",
        )
    return icio


def years(path: str | Path) -> list[int | None]:
    """Years of the tables in a workbook, zip, folder or CSV of several; ``[None]`` for one table, which says its own.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    list of int or None
        What `year` may be for :func:`read_icio`.

    Raises
    ------
    GvcError
        If the names of some tables in a zip tell their years, and that of another does not; or if `path` is a pipe or
        a device.
    """
    path = Path(path)
    must_be_file(path)
    found = eora.years(path)
    if zipfile.is_zipfile(path) and not found:
        with reading(str(path), "a zip", "Download it again."), zipfile.ZipFile(path) as archive:
            is_workbook = _WORKBOOK in archive.namelist()
        found = sheets.years(path) if is_workbook else delimited.years(path)
    if path.is_file() and not found:
        with suppress(GvcError):  # reading says what is wrong
            found = lrwiod.years(path) if detect(path) == "lrwiod" else []
    return [*found] if len(found) > 1 else [None]


def read_as_it_is(path: str | Path, *, source: str | None = None, year: int | None = None) -> ICIO:
    """Read a table whether or not its sums and totals agree, to check it.

    Parameters
    ----------
    path, source, year
        As in :func:`read_icio`.

    Returns
    -------
    ICIO
    """
    if year is not None:
        if not isinstance(year, Integral) or isinstance(year, bool):  # NumPy's are whole numbers, too
            raise GvcError(
                "year",
                expected="a whole number",
                found=repr(year),
                remedy="Pass it as in `year=2011`.",
            )
        year = int(year)
    path = Path(path)
    layout = detect(path, year) if source is None else source
    if layout not in READERS:
        raise GvcError(
            "source",
            expected=" or ".join(READERS),
            found=repr(layout),
            remedy="Leave it out to let the content decide.",
        )
    _must_hold_something(path)
    with reading(str(path), f"a table in the layout {layout}", "Leave out `source=`, or download the file again."):
        return READERS[layout](path, year)


def detect(path: Path, year: int | None = None) -> str:
    """Tell the layout of a file by its content.

    Raises
    ------
    GvcError
        If no reader knows it.
    """
    _must_hold_something(path)
    if path.is_dir():
        return "eora"
    with reading(str(path), "a file that can be read", "Check the path and its permissions."):
        with path.open("rb") as file:
            start = file.read(4096)
        members = zipfile.ZipFile(path).namelist() if zipfile.is_zipfile(path) else []
    if _WORKBOOK in members:
        return "workbook"
    if any(eora.is_table(name) for name in members):
        return "eora"
    if start.startswith(b"\xd0\xcf\x11\xe0") or "content.xml" in members:
        raise GvcError(
            str(path),
            expected=".xlsx or .xlsb without a password",
            found="an OpenDocument spreadsheet" if members else "an encrypted workbook, or one of before 2007",
            remedy="Open it in a spreadsheet program and save it as .xlsx.",
        )
    if start.startswith(b"PK") and not members:
        raise GvcError(
            str(path), expected="a whole workbook or zip", found="its beginning only", remedy="Download it again."
        )
    if start.startswith((b"BZh", b"\x1f\x8b", b"\xfd7zXZ", b"RDX", b"RDA")):
        return "rda"
    if start.startswith(b"PAR1"):
        return "plain"
    return _detect_text(path, start, year)


def _detect_text(path: Path, start: bytes, year: int | None) -> str:
    is_own = re.match(rb"(?:\xef\xbb\xbf)?(?:#.*\n\s*)*label\b", start)  # with tabs, which reading refuses
    if b"\t" in start and b"," not in start and not start.startswith(b"PK") and not is_own:
        return "eora"
    source = delimited.text(path, year)
    _, header, line = delimited.head(source)
    if lrwiod.labels(header):
        return "lrwiod"
    if header and (header[0] == "label" or header[-1] == "output"):
        return "plain"
    if header[:1] == ["rowLabels"] or figaro.is_flat(header) or any(name.startswith("FIGW1_") for name in header):
        return "figaro"
    if header and header[-1] in ("OUT", "TOTAL"):
        return "oecd"
    raise GvcError(
        f"{source.where}, line {line}",
        expected=f"one of the layouts {', '.join(READERS)}",
        found=f"headings {', '.join(header[:3])} … {header[-1]}"[:120] if header else "no headings",
        remedy="Bring it into the plain form, which `help('gvc.sources.plain')` describes.",
    )


def _must_hold_something(path: Path) -> None:
    must_be_file(path)
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        raise GvcError(
            str(path),
            expected="a file with a table",
            found="an empty file" if path.exists() else "no such file",
            remedy="Check the path, or download the file again.",
        )
