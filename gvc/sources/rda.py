"""R data files, one a year: WIOD 2013 as the R package ``wiod`` carries it, WIOD 2016 as its makers offer it."""

import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rdata

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Array, Provenance
from gvc.sources.table import Printed, build, by_labels, in_words, reading
from gvc.sources.workbook import WIOD2016

SOURCE = "WIOD 2013 release"
SOURCE_2016 = "WIOD 2016 release"
_MISSING = np.iinfo(np.int32).min  # R's NA among integers
_REMEDY = "Take wiodYY.rda from the R package `wiod`, or WIOTyyyy_…_ROW.RData; download it again if it is damaged."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        2013: a file with `interYY` (GN × GN), `finalYY` (GN × 5G), `outputYY`, `countries` and `industries`.
        2016: a file with one data frame.
    year : int, optional
        Overrides the year in the file.

    Returns
    -------
    ICIO
        In million USD. The files of 2013 have no value-added row: `va` is the residual x − ΣZ.
    """
    objects = _load(path)
    frames = {name: value for name, value in objects.items() if isinstance(value, pd.DataFrame)}
    if len(frames) == 1 and len(objects) == 1:
        (name, frame), *_ = frames.items()
        return _of_frame(f"{path}, {name}", frame, year)
    return _of_matrices(path, objects, year)


def _of_frame(where: str, frame: pd.DataFrame, year: int | None) -> ICIO:
    """Read a frame of IndustryCode, IndustryDescription, Country, RNr, Year, AUS1 … ROW61, TOT."""
    missing = [name for name in ("IndustryCode", "Country", "RNr", "Year", "TOT") if name not in frame.columns]
    if missing:
        raise GvcError(where, expected="a column " + missing[0], found=_few(frame.columns), remedy=_REMEDY)
    with reading(where, "numbers and labels", _REMEDY):
        users = [match for name in frame.columns if (match := re.fullmatch(r"([A-Za-z]{3})(\d+)", str(name)))]
        numbers = frame[[*(match[0] for match in users), "TOT"]].to_numpy(dtype=np.float64, na_value=np.nan)
        country, codes = (frame[name].astype(str).tolist() for name in ("Country", "IndustryCode"))
        order, years = (frame[name].astype(int).tolist() for name in ("RNr", "Year"))
    GN = country.index("TOT") if "TOT" in country else len(country)
    rows = [(economy, f"c{number}") for economy, number in zip(country[:GN], order[:GN], strict=True)]
    columns = [(match[1], f"c{match[2]}") for match in users]
    kinds: dict[str, list[int]] = {}
    for row, code in enumerate(codes[GN:], GN):
        kinds.setdefault(WIOD2016.get(code, ""), []).append(row)
    if {"inputs", "taxes", "added", "output"} - set(kinds) or "" in kinds:
        raise GvcError(where, expected=f"rows {', '.join(WIOD2016)} at the end", found=_few(codes[GN:]), remedy=_REMEDY)
    if len(set(years)) != 1:
        raise GvcError(where, expected="one year", found=_few(sorted(set(years))), remedy=_REMEDY)
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
        year=year or years[0],
        provenance=Provenance(inputs=footer["inputs"], output=footer["output"]),
    )


def _few(labels: Iterable[object]) -> str:
    """Show the first labels of many."""
    shown = [str(label) for label in labels]
    return (", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")) or "none"


def _of_matrices(path: Path, objects: dict[str, Any], year: int | None) -> ICIO:
    found = {name[:-2]: name for name in objects if re.fullmatch(r"(inter|final|output)\d\d", name)}
    years = {name[-2:] for name in found.values()}
    if set(found) != {"inter", "final", "output"} or len(years) != 1 or not {"countries", "industries"} <= set(objects):
        raise GvcError(
            str(path),
            expected="objects interYY, finalYY, outputYY of one year, countries and industries",
            found=", ".join(sorted(objects)) or "none",
            remedy=_REMEDY,
        )
    two_digits = int(years.pop())
    countries = [str(code) for code in np.asarray(objects["countries"])]
    industries = [str(code) for code in np.asarray(objects["industries"])]
    G, GN = len(countries), len(countries) * len(industries)
    Z = _numbers(path, objects, found["inter"], (GN, GN))
    final = _numbers(path, objects, found["final"], (GN, 5 * G))
    x = _numbers(path, objects, found["output"], (GN,))
    return ICIO(
        economies=[eco.iso(code, where=str(path)) for code in countries],
        sectors=industries,
        Z=Z,
        Y=final.reshape(GN, G, 5).sum(axis=2),
        x=x,
        va=x - Z.sum(axis=0),
        year=year or (1900 if two_digits > 50 else 2000) + two_digits,
        source=SOURCE,
    )


def _load(path: Path) -> dict[str, Any]:
    with reading(str(path), "an R data file", _REMEDY), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dict(rdata.read_rda(path))


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
