"""Many tables -> one tidy panel on disk, and back."""

import errno
import hashlib
import inspect
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from threadpoolctl import threadpool_limits

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
from gvc.positions import downstreamness, upstreamness
from gvc.sources import balanced, cache
from gvc.sources import years as years_in

#: The folder with the repository's data; another one by the environment variable ``GVC_DATA``.
DATA = Path(os.environ.get("GVC_DATA", Path(__file__).resolve().parents[1] / "data"))

COLUMNS = ("source", "year", "flow", "origin", "destination", "value")
FLOWS: dict[str, Callable[[ICIO], pd.DataFrame]] = {
    "va_exports": value_added_in_exports,
    "va_final_demand": value_added_in_final_demand,
    "intermediates": intermediate_flows,
    "gross_exports": gross_exports,
}
#: Bytes of memory that a worker takes at most. Measured, and most of it while the file is read: 0.55 GB for an ADB
#: workbook of 2,205 industries, 1.33 GB for a CSV of the OECD with 3,780.
WORKER = 1_500_000_000
#: Bytes of disk that a year takes at most while it is built.
YEAR = 20_000_000
#: Destination of flows that are summed over all economies abroad.
WORLD = "WLD"

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
        Columns source, year, flow, origin, destination, value; the unit of the table; the flows of :data:`FLOWS`. In
        `va_exports` the destination is the exporter, in `va_final_demand` the absorber.
    sectors : DataFrame
        The same with a column sector: to ``WLD`` the flows of :func:`gvc.flows.sector_accounts`, `dva_exports`
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
    matrix = matrix.rename_axis(index=["origin", "sector"][: matrix.index.nlevels], columns="destination")
    return matrix.T.melt(ignore_index=False, value_name="value").reset_index().assign(flow=flow)


def build(
    files: Iterable[str | Path | tuple[Path, int]],
    out: str | Path,
    *,
    read: Read = cache.read,
    measure: Measure = tidy,
    workers: int | None = None,
    done: Callable[[int], None] | None = None,
) -> tuple[Path, Path]:
    """Turn tables, one year a file, into a panel.

    Parameters
    ----------
    files : iterable of path, or of (path, year)
        Tables; a zip may hold several years. With a year that one alone.
    out : path
        The panel's file, ``.parquet``. The sector accounts go beside it, as ``…_sectors.parquet``.
    read : callable, optional
        From a path, and ``year=``, to a table, a function of some module; :func:`gvc.sources.cache.read` by default.
    measure : callable, optional
        From a table to its flows and sectors in long form, a function of some module; :func:`tidy` by default.
    workers : int, optional
        Processes; by default as many as there are processors, and as memory allows.
    done : callable, optional
        Called after each year with the number of years in all.

    Returns
    -------
    tuple of Path
        The two files written.

    Raises
    ------
    GvcError
        If a file cannot be read, two hold the same year, or memory or disk do not suffice. The old panel then
        stands as it was, and the years already computed are kept for the next attempt.

    Notes
    -----
    Each worker computes one year on one thread and takes up to :data:`WORKER` bytes. Parsed tables are kept in
    :mod:`gvc.sources.cache`.
    """
    out = Path(out)
    must_be_parquet(out)
    tables = [table for file in files for table in _tables(file)]
    if not tables:
        raise GvcError("files", expected="at least one table", found="none", remedy="Name one or more.")
    workers = min(workers or _affordable(), len(tables))
    finished = out.with_name(f".{out.stem}.years")
    with _room(finished, YEAR * len(tables)):
        finished.mkdir(parents=True, exist_ok=True)
        stems = _all_years(tables, finished, (read, measure), workers, done)
        targets = out, out.with_name(f"{out.stem}_sectors.parquet")
        for target, part in zip(targets, ("flows", "sectors"), strict=True):
            frame = pd.concat([pd.read_parquet(f"{stem}.{part}.parquet") for stem in stems], ignore_index=True)
            _once_a_year(frame, [path for path, _ in tables])
            write(frame.sort_values(["source", "year"], kind="stable", ignore_index=True), target)
    for file in finished.iterdir():
        file.unlink()
    finished.rmdir()
    return targets


def _tables(file: str | Path | tuple[Path, int]) -> list[tuple[Path, int | None]]:
    if isinstance(file, tuple):
        return [file]
    path = Path(file)
    return [(path, year) for year in years_in(path)]


def must_be_parquet(out: Path) -> None:
    """Refuse a name that readers would not look for."""
    if out.suffix != ".parquet":
        expected, remedy = "a name that ends in .parquet", "Name it -o data/panel/NAME.parquet."
        raise GvcError(str(out), expected=expected, found=out.suffix or "none", remedy=remedy)


def _all_years(
    tables: Sequence[tuple[Path, int | None]],
    folder: Path,
    work: tuple[Read, Measure],
    workers: int,
    done: Callable[[int], None] | None,
) -> list[Path]:
    # A new process, not a fork: the parent's BLAS threads do not survive one.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_one_year, path, year, folder, work) for path, year in tables]
        try:
            for future in as_completed(waiting):
                future.result()
                if done:
                    done(len(tables))
        except BrokenProcessPool as error:
            raise GvcError(
                "a worker",
                expected=f"up to {WORKER / 1e9:.1f} GB of memory for each of {workers} workers",
                found="one that the system ended",
                remedy="Run the same command with `--workers 1`: finished years are kept.",
            ) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        return [future.result() for future in waiting]


def _affordable() -> int:
    """Workers that processors and free memory allow; one at least."""
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # only some systems tell
        free = WORKER
    return max(1, min(os.cpu_count() or 1, free // WORKER))


@contextmanager
def _room(folder: Path, size: int) -> Iterator[None]:
    """Turn a disk that is full, or will be, into the one exception."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
    full = GvcError(
        str(folder.parent),
        expected=f"{size / 1e6:,.0f} MB of free disk",
        found=f"{shutil.disk_usage(there).free / 1e6:,.0f} MB",
        remedy="Free some, or write elsewhere: finished years are kept.",
    )
    if shutil.disk_usage(there).free < size:
        raise full
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full from error
        raise GvcError(
            str(error.filename or folder),
            expected="a folder to write to",
            found=error.strerror or str(error),
            remedy="Choose another place by `-o`.",
        ) from error


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a panel as Parquet, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _atomic(path) as temporary:
        text = {name: "category" for name in frame.columns if frame[name].dtype == object}
        # Values hardly repeat: bytes of equal weight side by side take a quarter less than a dictionary of them.
        labels = [name for name in frame.columns if name != "value"]
        frame.astype(text).to_parquet(
            temporary, compression="zstd", index=False, use_dictionary=labels, use_byte_stream_split=["value"]
        )


def load_panel(name: str | Path) -> pd.DataFrame:
    """Load a panel of the repository.

    Parameters
    ----------
    name : str or Path
        ``wiod2013``, ``wiod2013_sectors``, ``adb_fva_shares`` …; see ``data/README.md``. Or the path of a file.

    Returns
    -------
    DataFrame
        Columns source, year, flow, origin, destination, value; panels by industry have sector as well.

    Raises
    ------
    GvcError
        If there is no such panel, or it is not one.
    """
    path = Path(name) if str(name).endswith(".parquet") else DATA / "panel" / f"{name}.parquet"
    known = sorted(file.stem for file in (DATA / "panel").glob("*.parquet"))
    if not path.is_file():
        raise GvcError(
            str(name),
            expected=f"a panel: {', '.join(known)}",
            found="no such file",
            remedy="Make it by `gvc build`.",
        )
    try:
        frame = pd.read_parquet(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise _not_parquet(path, error) from error
    missing = set(COLUMNS) - set(frame.columns)
    if missing:
        raise GvcError(
            str(path),
            expected=f"columns {', '.join(COLUMNS)}",
            found=f"no {', '.join(sorted(missing))}",
            remedy="Make it by `gvc build`.",
        )
    return frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, str))


def holds_flows(path: Path) -> bool:
    """Whether a Parquet file holds the flows from which the article's tables are computed, not accounts or shares.

    Raises
    ------
    GvcError
        If it is not Parquet.
    """
    try:
        if not set(COLUMNS) <= set(pq.read_schema(path).names):
            return False
        flows = pd.read_parquet(path, columns=["flow"])["flow"]
    except (pa.ArrowInvalid, OSError) as error:
        raise _not_parquet(path, error) from error
    return set(FLOWS) <= set(flows.unique())


def _not_parquet(path: Path, error: Exception) -> GvcError:
    return GvcError(
        str(path), expected="a Parquet file", found=str(error), remedy="Restore it, or make it by `gvc build`."
    )


def flow_matrix(panel: pd.DataFrame, flow: str, year: int) -> pd.DataFrame:
    """One flow of one year, origin × destination.

    Raises
    ------
    GvcError
        If the panel does not hold that flow or that year, or holds it from several sources.
    """
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
    if part.duplicated(["origin", "destination"]).any():
        raise GvcError(
            f"panel, {flow} of {year}",
            expected="one number for each pair of economies",
            found=f"several, from {', '.join(map(str, part['source'].unique()))}",
            remedy="Take the rows of one source.",
        )
    order = part["origin"].unique()
    matrix = part.pivot(index="origin", columns="destination", values="value").reindex(index=order)
    return matrix[part["destination"].unique()]


def years(panel: pd.DataFrame) -> list[int]:
    """Years that a panel holds, in order."""
    return sorted(int(year) for year in panel["year"].unique())


def _one_year(path: Path, year: int | None, folder: Path, work: tuple[Read, Measure]) -> Path:
    """Flows of one table into the folder, unless they are there; returns their common stem."""
    read, measure = work
    key = hashlib.sha256(cache.key(path, year=year).encode() + _code(read, measure)).hexdigest()[:32]
    stem = folder / key
    if not stem.with_name(f"{key}.sectors.parquet").is_file():
        with threadpool_limits(1):
            flows, sectors = measure(balanced(read(path, year=year), path))
        write(flows, stem.with_name(f"{key}.flows.parquet"))
        write(sectors, stem.with_name(f"{key}.sectors.parquet"))
    return stem


def _code(read: Read, measure: Measure) -> bytes:
    """Hash of the sources at work: years finished by other code are not taken up again."""
    reader = Path(inspect.getfile(read)).parent
    files = [*sorted(Path(__file__).parent.rglob("*.py")), *sorted(reader.glob("*.py")), Path(inspect.getfile(measure))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def _once_a_year(frame: pd.DataFrame, paths: Sequence[Path]) -> None:
    keys = [name for name in frame.columns if name != "value"]
    twice = frame[frame.duplicated(keys)]
    if len(twice):
        raise GvcError(
            ", ".join(path.name for path in paths),
            expected="one file a year of each source",
            found=f"{twice['source'].iloc[0]} {twice['year'].iloc[0]} twice",
            remedy="Leave one of them out.",
        )


@contextmanager
def _atomic(path: Path) -> Iterator[Path]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
