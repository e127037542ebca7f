"""A table as `gvc` saves it: a zip of its arrays as NumPy writes them, each with a checksum, and the rest as JSON.

Nothing is rounded, added or left out, so that what is read equals what was saved bit for bit. The arrays are those of
the table by their names, and for accounts `F` and `F_Y`, a row for each; ``numpy.load`` opens them, too. `about` is
UTF-8: labels, unit, year, source, parts, accounts with their units, and what the reader of the first file noticed.
"""

import json
import zipfile
from dataclasses import asdict, replace
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import numpy as np

from gvc.checks import Cells, Finding, Provenance
from gvc.errors import GvcError, in_short
from gvc.icio import ICIO, Account, must_be_table
from gvc.labels import handed_over
from gvc.place import atomic, writing
from gvc.sources import delimited
from gvc.sources.table import reading

#: The member by which such a file is known.
ABOUT = "about.npy"
_ARRAYS = ("Z", "Y", "x", "va", "taxes")
_TOTALS = ("inputs", "output", "discrepancy")
_LABELS = ("economies", "sectors", "source", "unit")


def save(icio: ICIO, path: str | Path) -> None:
    """Save a table with everything that belongs to it, accounts included, in one file.

    Parameters
    ----------
    icio : ICIO
    path : str or Path
        A name that ends in ``.npz``. A file of that name is replaced once the new one is whole.

    Raises
    ------
    GvcError
        If `icio` is no table, or nothing can be written at `path`.

    Notes
    -----
    :func:`gvc.read_icio` reads the file. The table is then equal bit for bit: numbers, labels, year, source, unit,
    parts, accounts, and what :meth:`gvc.ICIO.check` knows of the file that it came from. A table whose sums disagree is
    saved as it is, and is read with ``strict=False``. The file is a zip of NumPy arrays, which other programs read by
    ``numpy.load``; frames for files in other formats come from :meth:`gvc.ICIO.to_frames`.

    Examples
    --------
    >>> import gvc
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> table = gvc.load_sample()
    >>> with TemporaryDirectory() as folder:
    ...     gvc.save(table, Path(folder) / "sample.npz")
    ...     again = gvc.read_icio(Path(folder) / "sample.npz")
    >>> again
    <ICIO: 11 economies × 5 sectors, 2011, WIOD 2013 release, million USD>
    >>> bool((again.Z == table.Z).all()), list(again.accounts)
    (True, ['CO2'])
    """
    must_be_table(icio)
    if not isinstance(path, str | PathLike) or Path(path).suffix != ".npz":
        raise GvcError(
            "path",
            expected="the name of a file that ends in .npz",
            found=str(path) if isinstance(path, PathLike) else in_short(path),
            remedy='Pass it as in `gvc.save(icio, "mine.npz")`; to another format goes what `to_frames()` gives.',
        )
    path = Path(path)
    with writing(path), atomic(path) as file:
        write(icio, file)


def read(path: Path, year: int | None = None) -> ICIO:
    """Read a table that :func:`save` has written.

    Parameters
    ----------
    path : Path
    year : int, optional
        The year, where the table has none.

    Returns
    -------
    ICIO
    """
    with reading(str(path), "a whole table as `gvc.save` writes it", "Save it again, or take another copy."):
        found = load(path)
    said = [] if found.year is None else [found.year]
    year = delimited.agreed(str(path), said, year, "in it")
    return found if year == found.year else replace(found, year=year)


def load(path: Path) -> ICIO:
    """Read a table, or raise whatever a damaged file leads to."""
    with zipfile.ZipFile(path) as archive:
        packed = [member.filename for member in archive.infolist() if member.compress_type != zipfile.ZIP_STORED]
    if packed:  # a few bytes can unpack to more than the memory holds
        raise ValueError(f"{packed[0]}, which is packed")
    # The zip carries a checksum of each array, which reading to its end compares.
    with np.load(path, allow_pickle=False) as arrays:
        about = json.loads(bytes(arrays["about"]))
        provenance = Provenance(
            **{name: arrays[name] for name in _TOTALS if name in arrays},
            loose=about["loose"],
            remarks=tuple(Finding(**remark) for remark in about["remarks"]),
            cells=Cells(**about["cells"]) if about["cells"] else None,
        )
        rows = zip(about["accounts"].items(), arrays["F"], arrays["F_Y"], strict=True)
        return ICIO(
            **{name: about[name] for name in (*_LABELS, "year", "parts")},
            **{name: handed_over(arrays[name]) for name in _ARRAYS},
            provenance=provenance,
            accounts={name: Account(F=F, F_Y=F_Y, unit=unit) for (name, unit), F, F_Y in rows},
        )


def write(icio: ICIO, file: BinaryIO) -> None:
    """Write a table to an open file."""
    about = {name: getattr(icio, name) for name in _LABELS} | {
        "year": None if icio.year is None else int(icio.year),
        "parts": dict(icio.parts),
        "loose": icio.provenance.loose,
        "remarks": [asdict(remark) for remark in icio.provenance.remarks],
        "cells": asdict(icio.provenance.cells) if icio.provenance.cells else None,
        "accounts": {name: account.unit for name, account in icio.accounts.items()},
    }
    arrays = {name: getattr(icio, name) for name in _ARRAYS}
    arrays |= {name: np.array([getattr(one, name) for one in icio.accounts.values()]) for name in ("F", "F_Y")}
    arrays |= {name: total for name in _TOTALS if (total := getattr(icio.provenance, name)) is not None}
    np.savez(file, about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8), **arrays)
