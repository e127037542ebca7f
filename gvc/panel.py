"""Many tables -> one tidy panel on disk, and back."""

import hashlib
import inspect
import io
import json
import os
import re
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from threadpoolctl import threadpool_limits

from gvc.checks import Finding
from gvc.decompositions import domestic_value_added_in_exports
from gvc.errors import GvcError
from gvc.flows import (
    gross_exports,
    intermediate_flows,
    sector_accounts,
    value_added_in_exports,
    value_added_in_final_demand,
)
from gvc.icio import ICIO
from gvc.place import alone, atomic, must_have_room, must_not_be, replace_together, writing
from gvc.positions import downstreamness, upstreamness
from gvc.sources import balanced, cache
from gvc.sources import years as years_in
from gvc.sources.table import reading
from gvc.workers import affordable, each

#: The folder with the repository's data; another one by the environment variable ``GVC_DATA``.
DATA = Path(os.environ.get("GVC_DATA", Path(__file__).resolve().parents[1] / "data"))

COLUMNS = ("source", "year", "flow", "origin", "destination", "value")
FLOWS: dict[str, Callable[[ICIO], pd.DataFrame]] = {
    "va_exports": value_added_in_exports,
    "va_final_demand": value_added_in_final_demand,
    "intermediates": intermediate_flows,
    "gross_exports": gross_exports,
}
#: Bytes of disk that a year takes at most while it is built.
YEAR = 20_000_000
#: Rows that a panel may have: twenty times those of all years of the OECD.
ROWS = 20_000_000
#: Columns that say what a row is, besides the year.
_LABELS = ("source", "flow", "origin", "sector", "destination")
#: How the name of a panel by industry ends.
_SECTORS = "_sectors"
#: A finished year is kept as a zip: one file, there or not, with a checksum of each part, where a folder of Parquet
#: would be two that can be of different builds.
_YEAR = ".zip"
_PARTS = ("about", "flows", "sectors")
_RESTORE = "Restore it, or make it by `gvc build` or `gvc.panel.build`."
_CORRECT = "Correct the table, or the name of its file."
#: Destination of flows that are summed over all economies abroad.
WORLD = "WLD"
#: What a unit means that names no prices: readers of tables name all others.
CURRENT = "current prices"

Measure = Callable[[ICIO], tuple[pd.DataFrame, pd.DataFrame]]
Read = Callable[..., ICIO]


def tidy(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Flows and industry accounts of one table in long form.

    Parameters
    ----------
    icio : ICIO
        With a year and a source.

    Returns
    -------
    flows : DataFrame
        Columns source, year, flow, origin, destination, value; the unit of the table; the flows of ``FLOWS``. In
        `va_exports` the destination is the exporter, in `va_final_demand` the absorber.
    sectors : DataFrame
        The same with a column sector: to ``WLD`` the flows of :func:`gvc.sector_accounts`, `dva_exports`
        (:func:`gvc.domestic_value_added_in_exports`), `upstreamness` and `downstreamness` (pure numbers).

    Raises
    ------
    GvcError
        If the table has no year.
    """
    flows = (long_form(flow, measure(icio)) for flow, measure in FLOWS.items())
    accounts = [(str(name), values) for name, values in sector_accounts(icio).items()]
    accounts += [
        ("dva_exports", domestic_value_added_in_exports(icio)),
        ("upstreamness", upstreamness(icio)),
        ("downstreamness", downstreamness(icio)),
    ]
    sectors = (long_form(name, series.to_frame(WORLD)) for name, series in accounts)
    return of_year(icio, flows), of_year(icio, sectors)


def of_year(icio: ICIO, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Join flows in long form, and say of which table they are.

    Raises
    ------
    GvcError
        If the table has no year.
    """
    if icio.year is None:
        raise GvcError(
            icio.source or "table",
            expected="a year",
            found="none",
            remedy="Write `# year:` into the file, or pass `year=` when you read it.",
        )
    frame = pd.concat(frames).assign(source=icio.source, year=icio.year)
    return frame[[name for name in (*COLUMNS[:4], "sector", *COLUMNS[4:]) if name in frame]]


def long_form(flow: str, matrix: pd.DataFrame) -> pd.DataFrame:
    """Turn origin × destination, or (origin, sector) × destination, into rows, in the order of the table.

    Returns
    -------
    DataFrame
        Columns flow, origin, destination, value, and sector where the rows are of industries.
    """
    rows = matrix.index.set_names(["origin", "sector"][: matrix.index.nlevels])
    return (
        rows.repeat(matrix.shape[1])
        .to_frame(index=False)
        .assign(destination=np.tile(matrix.columns, len(rows)), value=matrix.to_numpy().ravel(), flow=flow)
    )


def build(
    files: Iterable[str | Path | tuple[Path, int]],
    out: str | Path,
    *,
    read: Read = cache.read,
    measure: Measure = tidy,
    workers: int | None = None,
    done: Callable[[int], None] | None = None,
    warned: Callable[[Path, int, Sequence[Finding]], None] | None = None,
) -> tuple[Path, Path]:
    """Turn tables into a panel.

    Parameters
    ----------
    files : iterable of path, or of (path, year)
        Tables of one unit; of a zip or a workbook of several years, all are taken, or the one that is named.
    out : path
        The panel's file, ``.parquet``. The sector accounts go beside it, as ``…_sectors.parquet``.
    read : callable, optional
        From a path, and ``year=``, to a table, a function of some module; ``gvc.sources.cache.read`` by default.
    measure : callable, optional
        From a table to its flows and sectors in long form, some module's function; :func:`gvc.panel.tidy` by default.
    workers : int, optional
        Processes; by default as many as there are processors, and as memory allows. One is this process itself.
    done : callable, optional
        Called after each year with the number of years in all.
    warned : callable, optional
        Called for each table that :meth:`gvc.ICIO.check` finds something in, with its file, its year and what that is.

    Returns
    -------
    tuple of Path
        The two files written, both or neither.

    Raises
    ------
    GvcError
        If a file cannot be read, two hold the same year or differ in unit, something would be lost that stands where
        `out` is to stand, another build is at work there, or memory or disk do not suffice. The old panel then stands
        as it was, and the years already computed are kept for the next attempt.

    Notes
    -----
    Each worker computes one year on one thread and takes up to ``gvc.workers.WORKER`` bytes. Under
    ``joblib.parallel_config(backend="dask")`` the workers are those of a Dask cluster, which sees the same disk; Ray's
    come by the same way. Parsed tables are kept in
    ``gvc.sources.cache``.
    """
    out = Path(out)
    asked = [file if isinstance(file, tuple) else (Path(file), None) for file in files]
    if not asked:
        raise GvcError("files", expected="at least one table", found="none", remedy="Name one or more.")
    both = targets(out, [path for path, _ in asked])
    tables = [(path, one) for path, year in asked for one in ([year] if year else _years_in(path))]
    workers = min(workers or affordable(), len(tables))
    with _finished_years(out, YEAR * len(tables)) as finished:
        made = _all_years(tables, finished, (read, measure), workers, done)
        _once_a_year(made)
        _one_unit(made)
        for table, _, about in made:
            if warned and about["findings"]:
                warned(table, about["year"], [Finding(**finding) for finding in about["findings"]])
        _write_both(made, both, finished)
    return both


def targets(out: Path, inputs: Sequence[Path] = ()) -> tuple[Path, Path]:
    """Name the two files of a panel, that of flows and that of industries beside it.

    Parameters
    ----------
    out : Path
        The first of them.
    inputs : sequence of Path
        What the panel is made from.

    Returns
    -------
    tuple of Path

    Raises
    ------
    GvcError
        If readers would not look for that name, or something stands there that is no older state of the panel.
    """
    remedy = "Choose another name, such as NAME.parquet."
    if out.suffix != ".parquet" or out.stem.endswith(_SECTORS):
        raise GvcError(
            str(out),
            expected=f"a name that ends in .parquet, and not in {_SECTORS}.parquet as those by industry do",
            found=out.name,
            remedy=remedy,
        )
    both = out, out.with_name(f"{out.stem}{_SECTORS}.parquet")
    with writing(out):
        for target, kind in zip(both, ("a panel of flows", "a panel by industry"), strict=True):
            must_not_be(target, inputs)
            if target.exists() and (stands := _kind(target)) != kind:
                raise GvcError(str(target), expected=f"no file yet, or {kind}", found=stands, remedy=remedy)
    return both


def _kind(path: Path) -> str:
    """Say what stands in the place of a panel."""
    try:
        names = columns(path)
    except GvcError:
        return "something else"
    if not set(COLUMNS) <= names:
        return "something else"
    return "a panel by industry" if "sector" in names else "a panel of flows"


def _years_in(path: Path) -> list[int | None]:
    with reading(str(path), "a file that can be read", "Check the path and its permissions."):
        return years_in(path)


@contextmanager
def _finished_years(out: Path, size: int) -> Iterator[Path]:
    """Folder beside a panel that holds finished years until the panel is complete."""
    folder = out.with_name(f".{out.stem}.years")
    with writing(out, size):
        out.parent.mkdir(parents=True, exist_ok=True)
        with alone(out):
            must_have_room(out, size)
            folder.mkdir(exist_ok=True)
            try:
                _drop_damaged(folder)
                yield folder
                shutil.rmtree(folder)
            finally:
                for unfinished in folder.glob(".*"):  # of a worker that was ended while it wrote
                    unfinished.unlink()
                with suppress(OSError):  # finished years stay
                    folder.rmdir()


def _drop_damaged(folder: Path) -> None:
    """Remove whatever is not a year as a whole, as an interrupted build or a disk may leave it."""
    damaged = [path for path in folder.iterdir() if not _is_whole(path)]
    for path in damaged:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if damaged:
        warnings.warn(f"{folder}: dropped {len(damaged)} that an interrupted build left unfinished", stacklevel=2)


def _is_whole(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return path.suffix == _YEAR and archive.namelist() == list(_PARTS) and archive.testzip() is None
    except Exception:  # whatever damage leads to
        return False


class _Year(NamedTuple):
    """What a worker says of the year that it has put into the folder.

    Little enough to be sent at once: of more, half could be there when the system ends the worker, and the build would
    wait for the rest forever.
    """

    key: str
    said: list[Warning]


class _Made(NamedTuple):
    """A finished year: its table, the zip that it is kept in, and what that says of it."""

    table: Path
    kept: Path
    about: dict[str, Any]


def _all_years(
    tables: Sequence[tuple[Path, int | None]],
    folder: Path,
    work: tuple[Read, Measure],
    workers: int,
    done: Callable[[int], None] | None,
) -> list[_Made]:
    size = YEAR * len(tables)
    keys: dict[int, str] = {}
    with closing(each(_one_year, [(path, year, folder, size, work) for path, year in tables], workers)) as finished:
        for at, year in finished:
            keys[at] = year.key
            for warning in year.said:
                warnings.warn(warning, stacklevel=2)
            if done:
                done(len(tables))
    kept = [folder / f"{keys[at]}{_YEAR}" for at in range(len(tables))]
    made = [_Made(path, year, json.loads(_part(year, "about"))) for (path, _), year in zip(tables, kept, strict=True)]
    return sorted(made, key=lambda one: (one.about["source"], one.about["year"]))


def _part(year: Path, name: str) -> bytes:
    with zipfile.ZipFile(year) as archive:
        return archive.read(name)


def _once_a_year(made: Sequence[_Made]) -> None:
    for one, other in pairwise(made):
        if (one.about["source"], one.about["year"]) == (other.about["source"], other.about["year"]):
            raise GvcError(
                str(other.table),
                expected="one file a year of each source",
                found=f"{one.about['source']}, {one.about['year']} in {one.table}, too",
                remedy="Leave one of them out.",
            )


def _one_unit(made: Sequence[_Made]) -> None:
    for one, other in pairwise(made):
        if one.about["unit"] != other.about["unit"]:
            raise GvcError(
                str(other.table),
                expected=f"{one.about['unit']}, the unit of {one.table}",
                found=other.about["unit"],
                remedy="Build a panel of each: the numbers of a panel are compared.",
            )


def _write_both(made: Sequence[_Made], both: tuple[Path, Path], folder: Path) -> None:
    """Join years to the two files of a panel, and put these in the place of older ones: both, or neither."""
    parts = [[_part(one.kept, name) for one in made] for name in _PARTS[1:]]
    # What is the same in both files tells readers that they belong together.
    build = hashlib.sha256(b"".join(map(b"".join, parts))).hexdigest()[:16]
    flows, sectors = (folder / target.name for target in both)
    try:
        for file, contents in zip((flows, sectors), parts, strict=True):
            frame = pd.concat([_frame(io.BytesIO(content)) for content in contents], ignore_index=True)
            frame.attrs.update(unit=made[0].about["unit"], build=build)
            write(frame, file)
        replace_together((flows, sectors), both)
    finally:
        flows.unlink(missing_ok=True)
        sectors.unlink(missing_ok=True)


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a panel as Parquet, whole or not at all.

    Parameters
    ----------
    frame : DataFrame
        As :func:`gvc.load_panel` returns it, with its unit in ``attrs["unit"]``.
    path : Path

    Raises
    ------
    GvcError
        If :func:`gvc.load_panel` would refuse it.
    """
    frame = _must_be_panel(frame, str(path), _CORRECT)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as file:
        file.write(_parquet(frame))


def _parquet(frame: pd.DataFrame) -> bytes:
    content: bytes = _by_category(frame).to_parquet(
        compression="zstd",
        index=False,
        write_page_checksum=True,
        # Values hardly repeat: bytes of equal weight side by side take a quarter less than a dictionary of them.
        use_dictionary=[name for name in frame.columns if name != "value"],
        use_byte_stream_split=["value"],
    )
    return content


def _by_category(frame: pd.DataFrame) -> pd.DataFrame:
    """Text as categories, which are short to write and quick to check."""
    texts = [name for name in frame.select_dtypes(["object", "string"]) if name in _LABELS]
    return frame.astype(dict.fromkeys(texts, "category"))


def load_panel(name: str | Path) -> pd.DataFrame:
    """Load a panel of the book's repository, or from a file.

    Parameters
    ----------
    name : str or Path
        ``wiod2013``, ``wiod2013_sectors``, ``adb_fva_shares`` …; see ``data/README.md``. Or the path of a file.

    Returns
    -------
    DataFrame
        Columns source, year, flow, origin, destination, value; panels by industry have sector as well. The unit of
        all values but positions, which are pure numbers, is ``attrs["unit"]``, empty where the file does not say it.

    Raises
    ------
    GvcError
        If there is no such panel, it is not one, or it is by industry and of another build than its flows.

    Examples
    --------
    A panel that ``gvc build`` has written; the book's have names, ``gvc.load_panel("wiod2013")``.

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
    with reading(str(path), "a Parquet file", _RESTORE):
        _must_have_columns(_schema(path).empty_table().to_pandas(), str(path))
        with path.open("rb") as file:
            labels = _frame(file, ["source", "year"])
        beside = f"{path.stem}{_SECTORS}.parquet"
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
    with reading(str(path), "a Parquet file", _RESTORE):
        if not path.is_file() and path.is_relative_to(DATA) and not DATA.is_dir():
            raise GvcError(
                str(name),
                expected="the path of a panel, a file .parquet",
                found="a name, which only a folder of panels gives a meaning",
                remedy="The package brings no panels. Make one by `gvc build` or `gvc.panel.build`, and pass its path. "
                "Names are those of panels of the book *Where industrial chains go*: if you have its repository, set "
                "the environment variable GVC_DATA to its folder `data` before `import gvc`.",
            )
        if not path.is_file():
            raise GvcError(
                str(name),
                expected=f"a panel: {', '.join(file.stem for file in files())}",
                found="no such file",
                remedy="Pass the path of one, or make one by `gvc build` or `gvc.panel.build`.",
            )
    return path


def read(name: str | Path) -> pd.DataFrame:
    """Load a panel as :func:`load_panel` does, but with text as categories: to write it out takes most of the time."""
    path = _file(name)
    with reading(str(path), "a Parquet file", _RESTORE):
        with path.open("rb") as file:  # Arrow does not open every name
            # A few bytes can stand for a billion rows that are alike.
            if (rows := pq.read_metadata(file).num_rows) > ROWS:
                found, remedy = f"{rows:,}", "Keep fewer years in one panel."
                raise GvcError(str(path), expected=f"at most {ROWS:,} rows", found=found, remedy=remedy)
            file.seek(0)
            frame = _frame(file)
        frame = _must_be_panel(frame, str(path))
    _must_fit_its_flows(path, frame.attrs.get("build"))
    frame.attrs["unit"] = str(frame.attrs.get("unit", ""))
    return frame.astype({"year": "int64", "value": "float64"})


def _frame(file: BinaryIO, columns: list[str] | None = None) -> pd.DataFrame:
    """Read Parquet in this thread: those that Arrow starts may outlive the interpreter and abort it at its end."""
    with pq.ParquetFile(file, pre_buffer=False, page_checksum_verification=True) as parquet:
        table = parquet.read(columns, use_threads=False)
    frame: pd.DataFrame = table.to_pandas(use_threads=False)
    frame.attrs = json.loads((table.schema.metadata or {}).get(b"PANDAS_ATTRS", b"{}"))
    return frame


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Write categories out as text."""
    columns = frame.select_dtypes("category").items()
    return frame.assign(
        **{str(name): column.cat.categories.to_numpy(object)[column.cat.codes] for name, column in columns}
    )


def _must_be_panel(frame: pd.DataFrame, where: str, remedy: str = _RESTORE) -> pd.DataFrame:
    """Refuse a frame that does not hold a number for each of its labels, and return it with text as categories."""

    def odd(expected: str, found: object) -> GvcError:
        return GvcError(where, expected=expected, found=str(found), remedy=remedy)

    def at(row: int) -> str:
        return " ".join(str(frame[name].iloc[row]) for name in labels)

    _must_have_columns(frame, where)
    frame = _by_category(frame)
    if frame.empty:
        raise odd("rows", "none")
    texts = [name for name in _LABELS if name in frame]
    labels = [*texts, "year"]
    for name in texts:
        if not _is_text(frame[name]):
            raise odd(f"text in each row of column {name}", frame[name].unique()[:3].tolist())
    year, value = frame["year"], frame["value"]
    if not pd.api.types.is_integer_dtype(year) or year.isna().any() or not year.between(0, 9999).all():
        raise odd("years in column year, as whole numbers", f"{year.min()} to {year.max()} as {year.dtype}")
    if not pd.api.types.is_float_dtype(value) and not pd.api.types.is_integer_dtype(value):
        raise odd("numbers in column value", value.dtype)
    numbers = value.to_numpy("float64", na_value=np.nan)
    # An industry without output has no position in the chain.
    bad = np.isinf(numbers) if "sector" in frame else ~np.isfinite(numbers)
    if bad.any():
        raise odd("a finite number in each row of column value", f"{numbers[bad][0]} of {at(int(bad.argmax()))}")
    twice = frame.duplicated(labels).to_numpy()
    if twice.any():
        raise odd("each row once", f"{at(int(twice.argmax()))} again")
    return frame


def _must_have_columns(frame: pd.DataFrame, where: str) -> None:
    missing = set(COLUMNS) - set(frame.columns)
    if missing or not frame.columns.is_unique:
        raise GvcError(
            where,
            expected=f"columns {', '.join(COLUMNS)}",
            found=f"no {', '.join(sorted(missing))}" if missing else "one of them twice",
            remedy=_RESTORE,
        )


def _is_text(column: pd.Series) -> bool:
    """Whether a column of categories holds text and nothing else."""
    if not isinstance(column.dtype, pd.CategoricalDtype) or column.isna().any():
        return False
    try:
        "".join(column.cat.categories).encode()
    except (TypeError, UnicodeEncodeError):  # not a text, or half a character of an undecodable name
        return False
    return True


def _must_fit_its_flows(path: Path, build: object) -> None:
    flows = path.with_name(f"{path.stem.removesuffix(_SECTORS)}.parquet")
    if not path.stem.endswith(_SECTORS) or not flows.is_file():
        return
    with reading(str(flows), "a Parquet file", _RESTORE):
        other = json.loads((_schema(flows).metadata or {}).get(b"PANDAS_ATTRS", b"{}")).get("build")
    if other != build:
        raise GvcError(
            str(path),
            expected=f"what was built together with {flows.name}",
            found="another build: one was interrupted, or a file was exchanged",
            remedy="Build it again, by `gvc build` or `gvc.panel.build`.",
        )


def _schema(path: Path) -> pa.Schema:
    with reading(str(path), "a Parquet file", _RESTORE), path.open("rb") as file:
        return pq.read_schema(file)


def columns(path: Path) -> set[str]:
    """Names of the columns of a Parquet file; those of a panel are :data:`COLUMNS`, and by industry ``sector``, too.

    Raises
    ------
    GvcError
        If it is not Parquet.
    """
    return set(_schema(path).names)


def flow_matrix(panel: pd.DataFrame, flow: str, year: int) -> pd.DataFrame:
    """Take one flow of one year out of a panel.

    Parameters
    ----------
    panel : DataFrame
        As :func:`gvc.load_panel` returns it.
    flow : str
        One of its flows: ``va_exports``, ``va_final_demand``, ``gross_exports`` …
    year : int

    Returns
    -------
    DataFrame, origin × destination
        In the unit of the panel; as the measure itself returns it, :func:`gvc.value_added_in_exports` and the like.

    Raises
    ------
    GvcError
        If the panel does not hold that flow or that year, or holds it from several sources.

    Examples
    --------
    >>> import gvc
    >>> flows, _ = gvc.panel.tidy(gvc.load_sample())  # of a table; of files, `gvc.panel.build` and `gvc.load_panel`
    >>> vax = gvc.flow_matrix(flows, "va_final_demand", 2011)
    >>> round(float(gvc.link_index(vax).loc["JPN", "CHN"]), 2)
    13.68
    """
    _must_have_columns(panel, "panel")
    part = panel
    for column, asked in (("year", year), ("flow", flow)):  # the year first: it is the faster to find
        chosen = part[column] == asked
        if not chosen.any():
            raise GvcError(
                f"panel, {column}",
                expected=", ".join(str(value) for value in sorted(part[column].unique())),
                found=repr(asked),
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
            remedy=_RESTORE,
        )
    return matrix


def years(panel: pd.DataFrame) -> list[int]:
    """Years that a panel holds, in order."""
    return sorted(int(year) for year in panel["year"].unique())


def _one_year(path: Path, year: int | None, folder: Path, size: int, work: tuple[Read, Measure]) -> _Year:
    """Put flows and industries of one table into the folder, unless it holds them; `size` is what all years take."""
    with warnings.catch_warnings(record=True) as said:
        with reading(str(path), "a file that can be read", "Check the path and its permissions."):
            key = hashlib.sha256(cache.key(path, year=year).encode() + _code(*work)).hexdigest()[:32]
        kept = folder / f"{key}{_YEAR}"
        if not kept.is_file():
            content = _computed(path, year, *work)
            with writing(folder, size), atomic(kept) as file:
                file.write(content)
    return _Year(key, [warning.message for warning in said if isinstance(warning.message, Warning)])


def _computed(path: Path, year: int | None, read: Read, measure: Measure) -> bytes:
    icio = balanced(read(path, year=year), path)
    try:
        with threadpool_limits(1):
            flows, sectors = measure(icio)
    except GvcError as error:
        where = f"{path}, {error.where}"
        raise GvcError(where, expected=error.expected, found=error.found, remedy=error.remedy) from error
    flows, sectors = (_must_be_panel(frame, str(path), _CORRECT) for frame in (flows, sectors))
    about = {
        **{name: getattr(icio, name) for name in ("source", "year", "unit")},
        "findings": [asdict(finding) for finding in icio.check()],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("about", json.dumps(about))
        archive.writestr("flows", _parquet(flows))
        archive.writestr("sectors", _parquet(sectors))
    return content.getvalue()


def _code(read: Read, measure: Measure) -> bytes:
    """Hash of the sources at work: years finished by other code are not taken up again."""
    reader = Path(inspect.getfile(read)).parent
    files = [*sorted(Path(__file__).parent.rglob("*.py")), *sorted(reader.glob("*.py")), Path(inspect.getfile(measure))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
