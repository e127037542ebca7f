"""Many tables -> one tidy panel on disk, and back."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pyarrow as pa
from threadpoolctl import threadpool_limits

from gvc.errors import GvcError
from gvc.flows import (
    gross_exports,
    intermediate_flows,
    sector_accounts,
    value_added_in_exports,
    value_added_in_final_demand,
)
from gvc.icio import ICIO
from gvc.sources import read_icio

#: The folder with the repository's data; another one by the environment variable ``GVC_DATA``.
DATA = Path(os.environ.get("GVC_DATA", Path(__file__).resolve().parents[1] / "data"))

COLUMNS = ("source", "year", "flow", "origin", "destination", "value")
FLOWS: dict[str, Callable[[ICIO], pd.DataFrame]] = {
    "va_exports": value_added_in_exports,
    "va_final_demand": value_added_in_final_demand,
    "intermediates": intermediate_flows,
    "gross_exports": gross_exports,
}
#: Destination of flows that are summed over all economies abroad.
WORLD = "WLD"


def tidy(icio: ICIO) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All flows of one table in long form.

    Parameters
    ----------
    icio : ICIO
        With a year and a source.

    Returns
    -------
    flows : DataFrame
        Columns source, year, flow, origin, destination, value; the unit of the table. In `va_exports` the
        destination is the exporter, in `va_final_demand` the absorber.
    sectors : DataFrame
        The same with a column sector and the flows of :func:`gvc.flows.sector_accounts`, to ``WLD``.
    """
    if icio.year is None:
        raise GvcError(icio.source or "table", expected="a year", found="none", remedy="Pass `year=` when you read it.")
    flows = pd.concat(
        [
            pd.DataFrame({"flow": flow, "value": measure(icio).stack()})
            .rename_axis(index=["origin", "destination"])
            .reset_index()
            for flow, measure in FLOWS.items()
        ],
        ignore_index=True,
    )
    accounts = sector_accounts(icio).melt(var_name="flow", ignore_index=False).reset_index()
    flows, accounts = (
        frame.assign(source=icio.source, year=icio.year) for frame in (flows, accounts.assign(destination=WORLD))
    )
    return flows[list(COLUMNS)], accounts[["source", "year", "flow", "origin", "sector", "destination", "value"]]


def build(
    files: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    done: Callable[[], None] | None = None,
) -> tuple[Path, Path]:
    """Turn tables, one year a file, into a panel.

    Parameters
    ----------
    files : iterable of path
    out : path
        The panel's file, ``.parquet``. The sector accounts go beside it, as ``…_sectors.parquet``.
    workers : int, optional
        Processes; as many as there are processors by default.
    done : callable, optional
        Called after each year.

    Returns
    -------
    tuple of Path
        The two files written.

    Raises
    ------
    GvcError
        If a file cannot be read or two hold the same year. The old panel then stands as it was, and the years
        already computed are kept for the next attempt.

    Notes
    -----
    Each worker computes one year on one thread and holds about four tables of GN × GN numbers.
    """
    paths, out = [Path(file) for file in files], Path(out)
    if out.suffix != ".parquet" or not paths:
        raise GvcError(
            str(out) if paths else "files",
            expected="a name that ends in .parquet" if paths else "at least one table",
            found=out.suffix or "none",
            remedy="gvc build FILE... -o data/panel/NAME.parquet",
        )
    finished = out.with_name(f".{out.stem}.years")
    finished.mkdir(parents=True, exist_ok=True)
    # A new process, not a fork: the parent's BLAS threads do not survive one.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_one_year, path, finished) for path in paths]
        try:
            for future in as_completed(waiting):
                future.result()
                if done:
                    done()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        stems = [future.result() for future in waiting]
    targets = out, out.with_name(f"{out.stem}_sectors.parquet")
    for target, part in zip(targets, ("flows", "sectors"), strict=True):
        frame = pd.concat([pd.read_parquet(f"{stem}.{part}.parquet") for stem in stems], ignore_index=True)
        _once_a_year(frame, paths)
        write(frame.sort_values(["source", "year"], kind="stable", ignore_index=True), target)
    for file in finished.iterdir():
        file.unlink()
    finished.rmdir()
    return targets


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a panel as Parquet, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _atomic(path) as temporary:
        text = {name: "category" for name in frame.columns if frame[name].dtype == object}
        frame.astype(text).to_parquet(temporary, compression="zstd", index=False)


def load_panel(name: str) -> pd.DataFrame:
    """Load a panel of the repository.

    Parameters
    ----------
    name : str
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
    path = Path(name) if name.endswith(".parquet") else DATA / "panel" / f"{name}.parquet"
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
        raise GvcError(
            str(path),
            expected="a Parquet file",
            found=str(error),
            remedy="Restore it, or make it by `gvc build`.",
        ) from error
    missing = set(COLUMNS) - set(frame.columns)
    if missing:
        raise GvcError(
            str(path),
            expected=f"columns {', '.join(COLUMNS)}",
            found=f"no {', '.join(sorted(missing))}",
            remedy="Make it by `gvc build`.",
        )
    return frame.astype(dict.fromkeys(frame.select_dtypes("category").columns, str))


def flow_matrix(panel: pd.DataFrame, flow: str, year: int) -> pd.DataFrame:
    """One flow of one year, origin × destination.

    Raises
    ------
    GvcError
        If the panel does not hold that flow or that year.
    """
    for column, asked in (("flow", flow), ("year", year)):
        known = panel[column].unique()
        if asked not in known:
            raise GvcError(
                f"panel, {column}",
                expected=", ".join(str(value) for value in sorted(known)),
                found=repr(asked),
                remedy="Ask for one that the panel holds.",
            )
    part = panel[(panel["flow"] == flow) & (panel["year"] == year)]
    order = part["origin"].unique()
    matrix = part.pivot(index="origin", columns="destination", values="value").reindex(index=order)
    return matrix[part["destination"].unique()]


def years(panel: pd.DataFrame) -> list[int]:
    """Years that a panel holds, in order."""
    return sorted(int(year) for year in panel["year"].unique())


def _one_year(path: Path, folder: Path) -> Path:
    """Flows of one file into the folder, unless they are there; returns their common stem."""
    stem = folder / hashlib.sha256(path.read_bytes() + _code()).hexdigest()[:32] if path.is_file() else folder
    if not stem.with_name(f"{stem.name}.sectors.parquet").is_file():
        with threadpool_limits(1):
            flows, sectors = tidy(read_icio(path))
        write(flows, stem.with_name(f"{stem.name}.flows.parquet"))
        write(sectors, stem.with_name(f"{stem.name}.sectors.parquet"))
    return stem


def _code() -> bytes:
    """Hash of the package's own sources: years finished by other code are not taken up again."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
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
