"""Many tables -> the two files of a panel: year by year, in several processes, both or neither."""

import hashlib
import inspect
import io
import json
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from gvc.checks import Finding
from gvc.errors import GvcError
from gvc.icio import ICIO
from gvc.panel.measures import COLUMNS, tidy
from gvc.panel.parquet import CORRECT, SECTORS, columns, content_of, frame_of, must_be_panel, write
from gvc.place import alone, atomic, must_have_room, must_not_be, replace_together, writing
from gvc.sources import balanced, cache
from gvc.sources import years as years_in
from gvc.sources.table import reading
from gvc.workers import affordable, each

#: Bytes of disk that a year takes at most while it is built.
YEAR = 20_000_000
#: A finished year is kept as a zip: one file, there or not, with a checksum of each part, where a folder of Parquet
#: would be two that can be of different builds.
_YEAR = ".zip"
_PARTS = ("about", "flows", "sectors")

Measure = Callable[[ICIO], tuple[pd.DataFrame, pd.DataFrame]]
Read = Callable[..., ICIO]


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
        Tables in the same unit. From a zip or workbook of several years all are read, or only the year given.
    out : path
        The panel's file, ``.parquet``. The sector accounts are written beside it, as ``…_sectors.parquet``.
    read : callable, optional
        Function of a module that takes a path and ``year=`` and returns a table. Default: ``gvc.sources.cache.read``.
    measure : callable, optional
        Function of a module that takes a table and returns flows and sectors in long form. Default:
        :func:`gvc.panel.tidy`.
    workers : int, optional
        Number of processes. Default: the number of processors, as far as memory allows. With one, no other process is
        started.
    done : callable, optional
        Called after each year with the total number of years.
    warned : callable, optional
        Called for each table with findings of :meth:`gvc.ICIO.check`, with its file, its year and the findings.

    Returns
    -------
    tuple of Path
        The two files. Either both are written or neither.

    Raises
    ------
    GvcError
        If a file cannot be read, two have the same year or differ in unit, `out` would overwrite something other than
        an older version of the panel, another build is running there, or memory or disk space is too small. The old
        panel is then unchanged, and the years already computed are kept for the next attempt.

    Notes
    -----
    Each worker computes one year on one thread and takes up to ``gvc.workers.WORKER`` bytes. Under
    ``joblib.parallel_config(backend="dask")`` the workers are those of a Dask cluster with access to the same
    disk; Ray's can be used in the same way. Parsed tables are kept in ``gvc.sources.cache``.
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
    if out.suffix != ".parquet" or out.stem.endswith(SECTORS):
        raise GvcError(
            str(out),
            expected=f"a name that ends in .parquet, and not in {SECTORS}.parquet as those by industry do",
            found=out.name,
            remedy=remedy,
        )
    both = out, out.with_name(f"{out.stem}{SECTORS}.parquet")
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
            frame = pd.concat([frame_of(io.BytesIO(content)) for content in contents], ignore_index=True)
            frame.attrs.update(unit=made[0].about["unit"], build=build)
            write(frame, file)
        replace_together((flows, sectors), both)
    finally:
        flows.unlink(missing_ok=True)
        sectors.unlink(missing_ok=True)


def _one_year(path: Path, year: int | None, folder: Path, size: int, work: tuple[Read, Measure]) -> _Year:
    """Put flows and industries of one table into the folder, unless it holds them; `size` is what all years take."""
    with warnings.catch_warnings(record=True) as said:
        with reading(str(path), "a file that can be read", "Check the path and its permissions."):
            key = hashlib.sha256(key_of(path, year, work[0]).encode() + _code(*work)).hexdigest()[:32]
        kept = folder / f"{key}{_YEAR}"
        if not kept.is_file():
            content = _computed(path, year, *work)
            with writing(folder, size), atomic(kept) as file:
                file.write(content)
    return _Year(key, [warning.message for warning in said if isinstance(warning.message, Warning)])


def key_of(path: Path, year: int | None, read: Read) -> str:
    """Hash what a table is read from: of a reader of others, whose files nobody here knows, all that there are."""
    files = None if read is cache.read else [file for file in (path, *sorted(path.rglob("*"))) if file.is_file()]
    return cache.key(path, year=year, files=files)


def _computed(path: Path, year: int | None, read: Read, measure: Measure) -> bytes:
    icio = balanced(read(path, year=year), path)
    try:
        with threadpool_limits(1):
            flows, sectors = measure(icio)
    except GvcError as error:
        where = f"{path}, {error.where}"
        raise GvcError(where, expected=error.expected, found=error.found, remedy=error.remedy) from error
    flows, sectors = (must_be_panel(frame, str(path), CORRECT) for frame in (flows, sectors))
    about = {
        **{name: getattr(icio, name) for name in ("source", "year", "unit")},
        "findings": [asdict(finding) for finding in icio.check()],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("about", json.dumps(about))
        archive.writestr("flows", content_of(flows))
        archive.writestr("sectors", content_of(sectors))
    return content.getvalue()


def _code(read: Read, measure: Measure) -> bytes:
    """Hash of the sources at work: years finished by other code are not taken up again."""
    reader = Path(inspect.getfile(read)).parent
    own = Path(__file__).parents[1].rglob("*.py")
    files = [*sorted(own), *sorted(reader.glob("*.py")), Path(inspect.getfile(measure))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
