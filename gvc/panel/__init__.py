"""Many tables -> one tidy panel on disk, and back."""

import hashlib
import os
import re
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from gvc.errors import GvcError, in_short
from gvc.panel.building import YEAR, Measure, Read, build, targets
from gvc.panel.measures import COLUMNS, FLOWS, WORLD, long_form, of_year, tidy
from gvc.panel.parquet import (
    RESTORE,
    SECTORS,
    as_text,
    columns,
    frame_of,
    must_be_panel,
    must_fit_its_flows,
    must_have_columns,
    schema,
    write,
)
from gvc.sources.table import reading

__all__ = [
    "COLUMNS",
    "CURRENT",
    "DATA",
    "FLOWS",
    "ROWS",
    "WORLD",
    "YEAR",
    "About",
    "Measure",
    "Read",
    "about",
    "as_text",
    "build",
    "columns",
    "files",
    "flow_matrix",
    "load_panel",
    "long_form",
    "of_year",
    "read",
    "targets",
    "tidy",
    "write",
    "years",
]

#: The folder with the repository's data; another one by the environment variable ``GVC_DATA``.
DATA = Path(os.environ.get("GVC_DATA", Path(__file__).resolve().parents[2] / "data"))
#: Rows that a panel may have: twenty times those of all years of the OECD.
ROWS = 20_000_000
#: Rows that a file may have in any case, and for each of its bytes besides, ten times those of a panel: its values
#: hardly repeat. And the bytes of a row, packed away or not, of which a panel has nine.
FEW, DENSEST, BYTES = 1_000_000, 2, 50
#: What a unit means that names no prices: readers of tables name all others.
CURRENT = "current prices"


def load_panel(name: str | Path) -> pd.DataFrame:
    """Load a panel from the book's repository or from a file.

    Parameters
    ----------
    name : str or Path
        ``wiod2013``, ``wiod2013_sectors``, ``adb_fva_shares`` … (see ``data/README.md``), or the path of a file.

    Returns
    -------
    DataFrame
        Columns source, year, flow, origin, destination and value; panels by industry also have sector. The unit of
        all values is ``attrs["unit"]``, empty if the file does not state it; positions are pure numbers.

    Raises
    ------
    GvcError
        If there is no such panel, the file is not one, or it is by industry and from another build than its flows.

    Examples
    --------
    A panel from a file. The book's panels have names, as in ``gvc.load_panel("wiod2013")``.

    >>> import gvc, tempfile
    >>> flows, _ = tidy(gvc.load_sample())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(flows, Path(folder) / "mine.parquet")
    ...     panel = gvc.load_panel(Path(folder) / "mine.parquet")
    >>> panel.tail(2)
                    source  year           flow origin destination      value
    482  WIOD 2013 release  2011  gross_exports    ROW         EUU  1195106.0
    483  WIOD 2013 release  2011  gross_exports    ROW         ROW        0.0
    """
    return as_text(read(name))


@dataclass(frozen=True)
class About:
    """What a panel is, apart from its numbers: whoever shows these says it from here.

    Attributes
    ----------
    key : str
        What no panel of another name has, in up to 50 letters, digits, ``_`` and ``-``: for names of files, addresses.
    name : str
        Of its file, without ``.parquet``.
    unit, prices : str
        Of its values: ``thousand EUR`` and ``constant 2010 prices``. The unit is empty where the file does not say it.
        Prices are current ones where a unit of money names no others, as readers of tables do; of percent, empty.
    source : str
        All of its tables.
    years : tuple of int
    by_industry : bool
        Whether its industries stand beside it.
    digest : str
        Another one whenever a byte of its files is.
    """

    key: str
    name: str
    unit: str
    prices: str
    source: str
    years: tuple[int, ...]
    by_industry: bool
    digest: str


def about(name: str | Path) -> About:
    """Say what a panel is, by the name that :func:`load_panel` takes, without reading its numbers.

    Raises
    ------
    GvcError
        If there is no such panel, or it is not one.
    """
    path = _file(name)
    with reading(str(path), "a Parquet file", RESTORE):
        must_have_columns(schema(path).empty_table().to_pandas(), str(path))
        _must_not_be_denser(path)
        with path.open("rb") as file:
            labels = frame_of(file, ["source", "year"])
        beside = f"{path.stem}{SECTORS}.parquet"
        both = [path, *(file for file in path.parent.iterdir() if file.name == beside)]
        digest = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in both)).hexdigest()
        unit, prices = _unit_and_prices(str(labels.attrs.get("unit", "")))
        sources = ", ".join(map(str, labels["source"].unique()))
        return About(_key(path.stem), path.stem, unit, prices, sources, tuple(years(labels)), len(both) > 1, digest)


def _unit_and_prices(said: str) -> tuple[str, str]:
    """Take ``million USD, constant 2010 prices`` apart."""
    unit, _, prices = said.partition(", ")
    if not prices and unit not in ("", "percent") and not re.search("price|constant|PYP", unit, re.IGNORECASE):
        prices = CURRENT
    return unit, prices


def _key(name: str) -> str:
    if len(name) <= 40 and re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        return name
    words = re.sub("[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return f"{words}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}".lstrip("-")


def files(folder: Path | None = None) -> list[Path]:
    """List the panels of ``data/`` or of another folder like it; a file whose name begins with a dot is none."""
    found = ((folder or DATA) / "panel").glob("*.parquet")
    return sorted(file for file in found if not file.name.startswith("."))


def _file(name: str | Path) -> Path:
    """Find the file of a panel."""
    path = Path(name) if str(name).endswith(".parquet") else DATA / "panel" / f"{name}.parquet"
    with reading(str(path), "a Parquet file", RESTORE):
        if not path.is_file() and path.is_relative_to(DATA) and not DATA.is_dir():
            raise GvcError(
                str(name) or "the name of a panel",
                expected="the path of a panel, a file .parquet",
                found="a name, which only a folder of panels gives a meaning",
                remedy="The package brings no panels. Make one by `gvc build` or `gvc.panel.build`, and pass its path. "
                "Names are those of panels of the book *Where industrial chains go*: if you have its repository, set "
                "the environment variable GVC_DATA to its folder `data` before `import gvc`.",
            )
        if not path.is_file():
            raise GvcError(
                str(name) or "the name of a panel",
                expected=f"a panel: {', '.join(file.stem for file in files())}",
                found="no such file",
                remedy="Pass the path of one, or make one by `gvc build` or `gvc.panel.build`.",
            )
    return path


def read(name: str | Path) -> pd.DataFrame:
    """Load a panel as :func:`load_panel` does, but with text as categories: to write it out takes most of the time."""
    path = _file(name)
    with reading(str(path), "a Parquet file", RESTORE):
        _must_not_be_denser(path)
        with path.open("rb") as file:  # Arrow does not open every name
            frame = frame_of(file)
        frame = must_be_panel(frame, str(path))
    must_fit_its_flows(path, frame.attrs.get("build"))
    frame.attrs["unit"] = str(frame.attrs.get("unit", ""))
    return frame.astype({"year": "int64", "value": "float64"})


def _must_not_be_denser(path: Path) -> None:
    """Refuse a file that would fill the memory: a few bytes can stand for a billion rows that are alike."""
    with path.open("rb") as file:
        metadata = pq.read_metadata(file)
    rows, size = metadata.num_rows, path.stat().st_size
    if rows > ROWS:
        found, remedy = f"{rows:,}", "Keep fewer years in one panel."
        raise GvcError(str(path), expected=f"at most {ROWS:,} rows", found=found, remedy=remedy)
    most, unpacked = (
        FEW + DENSEST * size,
        sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups)),
    )
    if max(rows, unpacked / BYTES) > most:
        raise GvcError(
            str(path),
            expected=f"at most {most:,} rows of some {BYTES} bytes in a file of {size:,} bytes",
            found=f"{rows:,} rows, {unpacked:,} bytes unpacked: the same over and over",
            remedy=RESTORE,
        )


def flow_matrix(panel: pd.DataFrame, flow: str, year: int) -> pd.DataFrame:
    """Take one flow of one year from a panel.

    Parameters
    ----------
    panel : DataFrame
        As :func:`gvc.load_panel` returns it.
    flow : str
        A flow of the panel: ``va_exports``, ``va_final_demand``, ``gross_exports`` …
    year : int

    Returns
    -------
    DataFrame, origin × destination
        In the unit of the panel, as measures such as :func:`gvc.value_added_in_exports` return it.

    Raises
    ------
    GvcError
        If the panel does not hold that flow or that year, or has it from several sources.

    Examples
    --------
    >>> import gvc
    >>> flows, _ = gvc.panel.tidy(gvc.load_sample())  # from files: `gvc.panel.build` and `gvc.load_panel`
    >>> vax = gvc.flow_matrix(flows, "va_final_demand", 2011)
    >>> round(float(gvc.link_index(vax).loc["JPN", "CHN"]), 2)
    13.68
    """
    must_have_columns(panel, "panel")
    part = panel
    for column, asked in (("year", year), ("flow", flow)):  # the year first: it is the faster to find
        chosen = part[column] == asked if isinstance(asked, str | Integral) else pd.Series(dtype=bool)
        if not chosen.any():
            raise GvcError(
                f"panel, {column}",
                expected=", ".join(sorted(map(str, part[column].unique()))) or "rows",
                found=in_short(asked),
                remedy="Ask for one that the panel holds.",
            )
        part = part[chosen]
    (row, origins), (column, destinations) = (pd.factorize(part[side]) for side in ("origin", "destination"))
    if np.bincount(row * len(destinations) + column).max() > 1:
        raise GvcError(
            f"panel, {flow} of {year}",
            expected="one number for each pair of economies",
            found=f"several, from {', '.join(map(str, part['source'].unique()))}",
            remedy="Take the rows of one source.",
        )
    values = np.full((len(origins), len(destinations)), np.nan)
    values[row, column] = part["value"]
    matrix = pd.DataFrame(values, pd.Index(origins, name="origin"), pd.Index(destinations, name="destination"))
    # Only what an economy has with itself, or with a group that it may belong to, may be left out.
    holes = matrix.isna().to_numpy() & (np.asarray(matrix.index)[:, None] != np.asarray(matrix.columns))
    holes &= matrix.columns.isin(matrix.index)
    if holes.any():
        origin, destination = np.argwhere(holes)[0]
        raise GvcError(
            f"panel, {flow} of {year}",
            expected="a number for each pair of economies",
            found=f"none for {matrix.index[origin]} → {matrix.columns[destination]}",
            remedy=RESTORE,
        )
    return matrix


def years(panel: pd.DataFrame) -> list[int]:
    """Years that a panel holds, in order."""
    return sorted(int(year) for year in panel["year"].unique())
