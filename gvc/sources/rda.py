"""The WIOD 2013 release as the R package ``wiod`` carries it: one .rda file a year."""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import rdata

from gvc import economies as eco
from gvc.errors import GvcError
from gvc.icio import ICIO, Array

SOURCE = "WIOD 2013 release"
_MISSING = np.iinfo(np.int32).min  # R's NA among integers
_REMEDY = "Take wiodYY.rda from the R package `wiod`, and download it again if it is damaged."


def read(path: Path, year: int | None = None) -> ICIO:
    """Read one year.

    Parameters
    ----------
    path : Path
        A file with `interYY` (GN × GN), `finalYY` (GN × 5G), `outputYY`, `countries` and `industries`.
    year : int, optional
        Overrides the year in the objects' names.

    Returns
    -------
    ICIO
        In million USD. The file has no value-added row: `va` is the residual x − ΣZ.
    """
    objects = _load(path)
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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            objects = rdata.read_rda(path)
    # The library raises whatever the damaged byte leads to: struct, index, key, EOF, compression errors.
    except Exception as error:
        raise GvcError(
            str(path), expected="an R data file", found=f"{type(error).__name__}: {error}", remedy=_REMEDY
        ) from error
    return dict(objects)


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
