"""R data files: WIOD 2013 as the R package ``wiod`` carries it, WIOD 2016 as its makers offer it, and Long-run WIOD.

The last comes a year a file, as the companion of the R package ``ionet`` carries it; :mod:`gvc.sources.lrwiod` reads
its frames.
"""

import bz2
import gzip
import io
import lzma
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc.checks import Provenance
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources import lrwiod
from gvc.sources.table import Printed, build, by_labels, in_words, one_year, reading
from gvc.sources.workbook import WIOD2016

SOURCE = "WIOD 2013 release"
SOURCE_2016 = "WIOD 2016 release"
_MISSING = np.iinfo(np.int32).min  # R's NA among integers
_REMEDY = (
    "Take wiodYY.rda of the R package `wiod`, WIOTyyyy_…_ROW.RData or WIODlr_WIOT_yyyy.rda; "
    "download it again if it is damaged."
)
#: Bytes to which a file may unpack: three times seventeen years of WIOD 2013 in one; and what reading them may take.
LARGEST, MEMORY = 500_000_000, 2_000_000_000
_PACKED: dict[bytes, Any] = {b"BZh": bz2, b"\x1f\x8b": gzip, b"\xfd7zXZ": lzma}
_MATRIX = re.compile(r"(inter|final|output)\d\d")


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        2013: a file with `interYY` (GN × GN), `finalYY` (GN × 5G), `outputYY`, `countries` and `industries`.
        2016 and long-run: a file with one data frame.
    year : int, optional
        Chooses the table in a file that holds several.

    Returns
    -------
    ICIO
        In million USD. The files of 2013 have no value-added row: `va` is the residual x − ΣZ.

    Raises
    ------
    GvcError
        If the file holds no table of that year, or several; if its name says another year and none was asked for.
    """
    tables = _tables(path, _load(path))
    chosen = [table for table in tables if year in (None, table[1])]
    if len(chosen) != 1:
        raise GvcError(
            str(path),
            expected=f"one table of {year}" if year else "one table, of one year",
            found=", ".join(f"{name} of {said}" for name, said, _ in tables),
            remedy="Pass the `year=` of one of these.",
        )
    ((name, said, make),) = chosen
    if year is None:
        short = re.fullmatch(r"wiod(\d\d)", path.stem, re.IGNORECASE)
        one_year(str(path), said, name, str(_full(short[1])) if short else path.stem)
    return make()


Table = tuple[str, int, Callable[[], ICIO]]


def _tables(path: Path, objects: dict[str, Any]) -> list[Table]:
    """Tables that a file holds: name, year, and what makes it."""
    found: list[Table] = []
    for name, frame in objects.items():
        if isinstance(frame, pd.DataFrame) and (len(objects) == 1 or _heading_of_year(frame) in frame.columns):
            found += _by_year(f"{path}, {name}", name, frame)
    matrices = [name for name in objects if _MATRIX.fullmatch(name)]
    for short in dict.fromkeys(name[-2:] for name in matrices):
        name = next(name for name in matrices if name.endswith(short))
        found.append((name, _full(short), partial(_of_matrices, path, objects, short)))
    if not found:
        raise _incomplete(path, objects)
    return found


def _by_year(where: str, name: str, frame: pd.DataFrame) -> Iterator[Table]:
    heading = _heading_of_year(frame)
    if list(frame.columns).count(heading) != 1:
        raise GvcError(where, expected=f"a column {heading}", found=_few(frame.columns), remedy=_REMEDY)
    with reading(where, "a year in each row", _REMEDY):
        years = frame[heading].astype(float)
    if bad := [year for year in years if not year.is_integer()]:
        raise GvcError(where, expected="a year in each row", found=in_words(bad[0]), remedy=_REMEDY)
    make = lrwiod.of_frame if lrwiod.labels(map(str, frame.columns)) else _of_frame
    for year in sorted(set(years.astype(int))):
        yield name, year, partial(make, where, frame[years == year], year)


def _heading_of_year(frame: pd.DataFrame) -> str:
    return (lrwiod.labels(map(str, frame.columns)) or ("Year",))[0]


def _full(short: str) -> int:
    """Year of two digits in full."""
    return (1900 if int(short) > 50 else 2000) + int(short)


def _of_frame(where: str, frame: pd.DataFrame, year: int) -> ICIO:
    """Read a frame of IndustryCode, IndustryDescription, Country, RNr, Year, AUS1 … ROW61, TOT."""
    missing = [name for name in ("IndustryCode", "Country", "RNr", "TOT") if name not in frame.columns]
    if missing:
        raise GvcError(where, expected="a column " + missing[0], found=_few(frame.columns), remedy=_REMEDY)
    with reading(where, "numbers and labels", _REMEDY):
        users = [match for name in frame.columns if (match := re.fullmatch(r"([A-Za-z]{3})(\d+)", str(name)))]
        numbers = frame[[*(match[0] for match in users), "TOT"]].to_numpy(dtype=np.float64, na_value=np.nan)
        country, codes = (frame[name].astype(str).tolist() for name in ("Country", "IndustryCode"))
        order = frame["RNr"].astype(int).tolist()
    GN = country.index("TOT") if "TOT" in country else len(country)
    rows = [(economy, f"c{number}") for economy, number in zip(country[:GN], order[:GN], strict=True)]
    columns = [(match[1], f"c{match[2]}") for match in users]
    kinds: dict[str, list[int]] = {}
    for row, code in enumerate(codes[GN:], GN):
        kinds.setdefault(WIOD2016.get(code, ""), []).append(row)
    if {"inputs", "taxes", "added", "output"} - set(kinds) or "" in kinds:
        raise GvcError(where, expected=f"rows {', '.join(WIOD2016)} at the end", found=_few(codes[GN:]), remedy=_REMEDY)
    footer = {kind: numbers[at, :GN].sum(axis=0) for kind, at in kinds.items()}
    return build(
        Printed(
            where,
            rows,
            columns,
            values=numbers[:GN, :-1],
            output=numbers[:GN, -1],
            added=footer["added"],
            taxes=footer["taxes"],
            place=by_labels(where, rows, columns),
            shown=lambda row, column: in_words(numbers[row, column]),
            remedy=_REMEDY,
        ),
        source=SOURCE_2016,
        unit="million USD",
        year=year,
        provenance=Provenance(inputs=footer["inputs"], output=footer["output"]),
    )


def _few(labels: Iterable[object]) -> str:
    """Show the first labels of many."""
    shown = [str(label) for label in labels]
    return (", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")) or "none"


def _of_matrices(path: Path, objects: dict[str, Any], short: str) -> ICIO:
    if not {f"inter{short}", f"final{short}", f"output{short}", "countries", "industries"} <= set(objects):
        raise _incomplete(path, objects)
    countries = [str(code) for code in np.asarray(objects["countries"])]
    industries = [str(code) for code in np.asarray(objects["industries"])]
    G, GN = len(countries), len(countries) * len(industries)
    Z = _numbers(path, objects, f"inter{short}", (GN, GN))
    final = _numbers(path, objects, f"final{short}", (GN, 5 * G))
    x = _numbers(path, objects, f"output{short}", (GN,))
    return ICIO(
        economies=[eco.iso(code, where=str(path)) for code in countries],
        sectors=industries,
        Z=Z,
        Y=final.reshape(GN, G, 5).sum(axis=2),
        x=x,
        va=x - Z.sum(axis=0),
        year=_full(short),
        source=SOURCE,
    )


def _incomplete(path: Path, objects: dict[str, Any]) -> GvcError:
    return GvcError(
        str(path),
        expected="a data frame, or objects interYY, finalYY, outputYY of one year, countries and industries",
        found=", ".join(sorted(objects)) or "none",
        remedy=_REMEDY,
    )


def _load(path: Path) -> dict[str, Any]:
    import rdata  # noqa: PLC0415  (an eighth of what `import gvc` would take, for one layout of seven)

    with reading(str(path), "an R data file", _REMEDY), _little_memory(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(rdata.read_rda(io.BytesIO(_unpacked(path))))


def _unpacked(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(6)
        file.seek(0)
        unpack = next((module.open for magic, module in _PACKED.items() if start.startswith(magic)), None)
        content = (unpack(file) if unpack else file).read(LARGEST + 1)
    if len(content) > LARGEST:
        raise GvcError(
            str(path),
            expected=f"R data of at most {LARGEST:,} bytes",
            found=f"more, from {path.stat().st_size:,} bytes of the file",
            remedy=_REMEDY,
        )
    return content


@contextmanager
def _little_memory() -> Iterator[None]:
    """Let R data take no more than :data:`MEMORY`: a few bytes can stand for a sequence of any length."""
    try:
        import resource  # noqa: PLC0415  (not all systems have it, nor tell what a process has taken)

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        limits = [limit for limit in (taken + MEMORY, *before) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(limits), before[1]))
    except (ImportError, OSError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _numbers(path: Path, objects: dict[str, Any], name: str, shape: tuple[int, ...]) -> Array:
    values = np.ma.filled(np.ma.asarray(objects[name]), _MISSING) if _is_integer(objects[name]) else objects[name]
    array = np.asarray(values)
    if array.shape != shape or array.dtype.kind not in "if":
        raise GvcError(
            f"{path}, {name}",
            expected=f"numbers of shape {shape}",
            found=f"{array.dtype} of shape {array.shape}",
            remedy=_REMEDY,
        )
    bad = array == _MISSING if array.dtype.kind == "i" else ~np.isfinite(array)
    if bad.any():
        place = ", ".join(str(at + 1) for at in np.argwhere(bad)[0])
        raise GvcError(f"{path}, {name}[{place}]", expected="a number", found="a missing value", remedy=_REMEDY)
    return array.astype(np.float64)


def _is_integer(values: Any) -> bool:
    return np.asarray(values).dtype.kind == "i"
