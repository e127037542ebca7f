"""A file of some database -> ICIO. One module a layout; the layout is told by content, not by name."""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from numbers import Integral
from os import PathLike
from pathlib import Path

from gvc.checks import Finding
from gvc.errors import GvcError, described, in_short, must_be_flag, names_of
from gvc.icio import ICIO, chosen_accounts
from gvc.sources import delimited, eora, exiobase, figaro, lrwiod, oecd, plain, rda, saved, sheets, workbook
from gvc.sources.table import must_be_file, reading

READERS: dict[str, Callable[[Path, int | None], ICIO]] = {
    "workbook": workbook.read,
    "rda": rda.read,
    "lrwiod": lrwiod.read,
    "oecd": oecd.read,
    "figaro": figaro.read,
    "eora": eora.read,
    "exiobase": exiobase.read,
    "plain": plain.read,
    "saved": saved.read,
}

#: Of the layouts of several files, those that a reader opens; of all others it is the path itself.
OPENED: dict[str, Callable[[Path, int | None], list[Path]]] = {"eora": eora.opened, "exiobase": exiobase.opened}

#: What a zip holds if it is a workbook.
_WORKBOOK = "[Content_Types].xml"
#: Layouts that one member of a zip tells.
_MEMBERS = {_WORKBOOK: "workbook", saved.ABOUT: "saved"}
#: How a table of one's own comes in.
_OWN = (
    "Make a table of arrays by `gvc.ICIO(...)`, of labelled frames by `gvc.ICIO.from_frames(Z, Y)`, or bring it into "
    "the plain form, which `help('gvc.sources.plain')` describes."
)
#: How files begin that hold arrays or frames, what they are called, and what opens them.
_ARRAYS: dict[bytes, tuple[str, str]] = {
    b"MATLAB 5.0": ("a MATLAB file", "`scipy.io.loadmat`"),
    b"MATLAB 7.3": ("a MATLAB file of version 7.3", "`h5py.File`"),
    b"\x89HDF": ("an HDF5 file", "`h5py.File`"),
    b"\x93NUMPY": ("a NumPy array", "`numpy.load`"),
    b"ARROW1": ("a Feather file", "`pandas.read_feather`"),
    b"<stata_dta>": ("a Stata file", "`pandas.read_stata`"),
}
#: The name in the MATLAB files of flows between the OECD's economies of the array of these.
_FLOWS = b"Xjik_3D"
#: Bytes of a file in which that name is looked for: forty times what such a file has.
_SEARCHED = 50_000_000
#: What files of GLORIA's tables are called.
_GLORIA = re.compile(r"_[TYV]-Results_\d{4}_\d+_Markup\d+", re.IGNORECASE)


class BalanceWarning(UserWarning):
    r"""The sums and totals of a table read by :func:`gvc.read_icio` with ``strict=False`` disagree.

    Examples
    --------
    >>> import gvc, warnings
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as caught:
    ...     file = Path(folder) / "mine.csv"
    ...     rows = "label,CHN_c1,JPN_c1,CHN_FD,JPN_FD,output", "CHN_c1,1,2,3,4,20", "JPN_c1,4,3,2,1,10"
    ...     _ = file.write_text("\n".join(rows), encoding="utf-8")
    ...     table = gvc.read_icio(file, strict=False)
    >>> print(str(caught[0].message).rpartition("mine.csv, ")[2])
    CHN c1: row balance, a gap of 10. `check()` of the table lists all findings
    """


def read_icio(
    path: str | Path,
    *,
    source: str | None = None,
    year: int | None = None,
    strict: bool = True,
    accounts: str | Iterable[str] | None = (),
) -> ICIO:
    """Read an inter-country input-output table from a file.

    Parameters
    ----------
    path : str or Path
        The file; for Eora26 and EXIOBASE, a folder is also accepted.
    source : {"workbook", "rda", "lrwiod", "oecd", "figaro", "eora", "exiobase", "plain", "saved"}, optional
        The layout; recognised from the content by default.
    year : int, optional
        The table to read from a workbook, zip or folder of several years; or the year of a file that states none.
    strict : bool, optional
        Whether to refuse a table whose sums and totals disagree by more than rounding. If not, it is read as it is,
        with a warning; :meth:`gvc.ICIO.check` lists where they disagree.
    accounts : str or iterable of str, optional
        Names of the satellite accounts to read, such as ``"CO2 - combustion - air"``; None for all. By default none of
        EXIOBASE, which has a thousand, and all of a file in the plain form or of :func:`gvc.save`. No other layout has
        any.

    Returns
    -------
    ICIO
        Economies are ISO 3166 alpha-3 codes, the rest of the world is ``ROW``.

    Raises
    ------
    GvcError
        If the file cannot be read in full, is of another year, holds several tables and `year` selects none, or has
        sums and totals that disagree by more than rounding; if it has no account of such a name; or if `year` is not a
        whole number.

    Warns
    -----
    BalanceWarning
        If `strict` is False and sums and totals disagree.

    Examples
    --------
    >>> import gvc
    >>> from gvc.sample import FILE  # in the plain form that anybody can write
    >>> gvc.read_icio(FILE)
    <ICIO: 11 economies × 5 sectors, 2011, WIOD 2013 release, million USD>
    """
    must_be_flag("strict", strict)
    icio = read_as_it_is(path, source=source, year=year, accounts=accounts)
    if strict:
        return balanced(icio, path)
    if wrong := _failures(icio):
        worst = wrong[0]
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        said = f"{path}, {worst.cell or worst.where}: {worst.what}, {_size(worst)}{more}"
        warnings.warn(f"{said}. `check()` of the table lists all findings", BalanceWarning, stacklevel=2)
    return icio


def balanced(icio: ICIO, path: str | Path) -> ICIO:
    """Return a table if its sums and totals agree.

    Raises
    ------
    GvcError
        If they disagree beyond rounding; for the largest gap.
    """
    if failed := _failures(icio):
        worst = failed[0]
        size = f"{worst.what} of {worst.where} to half a percent of its output"
        raise GvcError(
            f"{path}, {worst.cell or worst.where}",
            expected=f"no {worst.what}" if worst.what in _WRONG else size,
            found=_size(worst) + (f", and {len(failed) - 1} more" if len(failed) > 1 else ""),
            remedy="Download the file again, or correct it. `gvc.read_icio(path, strict=False)` reads it as it is; "
            "`check()` of that table lists what is wrong, as the command `gvc check` does.",
        )
    return icio


#: Checks of which a finding is wrong in itself; others find gaps between two numbers.
_WRONG = ("negative output", "flows without output")


def _failures(icio: ICIO) -> list[Finding]:
    """List what checks that fail have found, the largest first."""
    failed = [finding for finding in icio.check() if finding.level == "FAIL"]
    return sorted(failed, key=lambda finding: -abs(finding.size))


def _size(finding: Finding) -> str:
    return ("" if finding.what in _WRONG else "a gap of ") + f"{finding.size:,.6g}"


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


def read_as_it_is(
    path: str | Path, *, source: str | None = None, year: int | None = None, accounts: str | Iterable[str] | None = ()
) -> ICIO:
    """Read a table whether or not its sums and totals agree, to check it.

    Parameters
    ----------
    path, source, year, accounts
        As in :func:`read_icio`.

    Returns
    -------
    ICIO
    """
    path, layout, year = _asked(path, source, year)
    _must_hold_something(path)
    with reading(str(path), f"a table in the layout {layout}", "Leave out `source=`, or download the file again."):
        asked = None if accounts is None else tuple(map(str, names_of("accounts", accounts)))
        if layout == "exiobase":
            return exiobase.read(path, year, asked)
        found = READERS[layout](path, year)
        if not asked:
            return found
        names = chosen_accounts(f"{path}, accounts", asked, found.accounts)
        return replace(found, accounts={name: found.accounts[name] for name in names})


def opened(path: str | Path, source: str | None = None, year: int | None = None) -> list[Path]:
    """List the files that reading a table opens: what is kept of it is kept as long as none of them changes.

    Parameters
    ----------
    path, source, year
        As in :func:`read_icio`.

    Returns
    -------
    list of Path

    Raises
    ------
    GvcError
        If no reader knows the layout, or the reader of several files does not find its own.
    """
    path, layout, year = _asked(path, source, year)
    with reading(str(path), f"a table in the layout {layout}", "Leave out `source=`, or download the file again."):
        return OPENED[layout](path, year) if layout in OPENED else [path] if path.is_file() else []


def _asked(path: str | Path, source: str | None, year: int | None) -> tuple[Path, str, int | None]:
    """Path, layout and year that are meant."""
    if not isinstance(path, str | PathLike):
        raise GvcError("path", expected="the path of a file or folder", found=described(path), remedy=_OWN)
    if year is not None:
        if not isinstance(year, Integral) or isinstance(year, bool):  # NumPy's are whole numbers, too
            raise GvcError(
                "year",
                expected="a whole number",
                found=in_short(year),
                remedy="Pass it as in `year=2011`.",
            )
        year = int(year)
    path = Path(path)
    layout = detect(path, year) if source is None else source
    if not isinstance(layout, str) or layout not in READERS:
        raise GvcError(
            "source",
            expected=" or ".join(READERS),
            found=in_short(layout),
            remedy="Leave it out to let the content decide.",
        )
    return path, layout, year


def detect(path: Path, year: int | None = None) -> str:
    """Tell the layout of a file by its content.

    Raises
    ------
    GvcError
        If no reader knows it.
    """
    _must_hold_something(path)
    if path.is_dir():
        return _by_names(path, [file.name for file in path.iterdir()]) or "eora"
    with reading(str(path), "a file that can be read", "Check the path and its permissions."):
        with path.open("rb") as file:
            start = file.read(4096)
        members = zipfile.ZipFile(path).namelist() if zipfile.is_zipfile(path) else []
    told = next((layout for member, layout in _MEMBERS.items() if member in members), None)
    if layout := told or _by_names(path, members or [path.name]):
        return layout
    _must_not_be_arrays(path, start, members)
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
    if start.startswith((b"region\t", b"sector\t")):
        raise GvcError(
            str(path),
            expected="the folder or zip of a table of EXIOBASE",
            found="one file of it",
            remedy=f"Pass the folder, `gvc.read_icio({str(path.parent)!r})`.",
        )
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
        if len(header) > 1 and "_" not in header[1]:
            raise GvcError(
                f"{source.where}, line {line}",
                expected="headings of economy and industry, such as AUS_A01",
                found=f"{header[1]}: a table of one economy, which does not tell origins and destinations",
                remedy="Take the OECD's inter-country tables, ICIO, of that year.",
            )
        return "oecd"
    raise GvcError(
        f"{source.where}, line {line}",
        expected=f"an inter-country table in one of the layouts {', '.join(READERS)}",
        found=f"headings {', '.join(header[:3])} … {header[-1]}"[:120] if header else "no headings",
        remedy=f"A list of figures, such as trade or indicators, is no table. {_OWN}",
    )


def _by_names(path: Path, names: list[str]) -> str | None:
    """Tell the layout of several files by their names, or of one that is called so.

    Raises
    ------
    GvcError
        If they are supply and use tables, from which a table of products or of industries has yet to be made.
    """
    if found := next((name for name in names if _GLORIA.search(name)), None):
        raise GvcError(
            f"{path}, {found}",
            expected="one table of products or of industries",
            found="GLORIA's supply and use tables",
            remedy="Let pymrio make one of them, from the folder that holds its satellite accounts and ReadMe, too: "
            "`mrio = pymrio.parse_gloria(folder, year, version).calc_system()`, then "
            '`gvc.ICIO.from_frames(mrio.Z, mrio.Y, unit="thousand USD")`.',
        )
    if any(map(eora.is_table, names)):
        return "eora"
    return "exiobase" if exiobase.is_table(names) else None


def _must_not_be_arrays(path: Path, start: bytes, members: list[str]) -> None:
    """Refuse a file of arrays or frames, in which nothing says what they are of."""
    for beginning, (kind, opener) in _ARRAYS.items():
        if start.startswith(beginning):
            _must_not_be_flows(path)
            remedy = f"Open it by {opener}. {_OWN}"
            raise GvcError(str(path), expected="an inter-country table", found=kind, remedy=remedy)
    if members and all(name.endswith(".npy") for name in members):
        raise GvcError(
            str(path),
            expected="an inter-country table: Z, Y and output with their labels",
            found=f"NumPy arrays {delimited.few([name.removesuffix('.npy') for name in members])}",
            remedy=f"Open it by `numpy.load`. {_OWN}",
        )


def _must_not_be_flows(path: Path) -> None:
    """Refuse the OECD's gross flows by the name of their array."""
    with path.open("rb") as file:
        if file.read(_SEARCHED).find(_FLOWS) >= 0:
            raise GvcError(
                str(path),
                expected="an inter-country table: inputs of each industry from each other, and final demand",
                found=f"gross flows by origin, destination and sector ({_FLOWS.decode()}), whoever uses them",
                remedy="From these no value added follows. Take the OECD's inter-country tables, ICIO, of that year as "
                "CSV; gross exports alone are in it by `h5py.File(path)`.",
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
