"""Parsed tables, kept on disk by the content of their files: a second reading takes tenths of a second.

The folder is ``GVC_CACHE``, or else ``gvc/tables`` among the user's caches. Nothing in it is needed: a table that is
not there, or is damaged, is read from its source again.

Not joblib.Memory: it takes a damaged file for another number, where a zip of arrays has checksums, and runs what is in
it, where arrays are only read.
"""

import hashlib
import os
import warnings
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from filelock import FileLock

from gvc.icio import ICIO
from gvc.sources import opened, read_as_it_is, saved
from gvc.sources.table import reading

#: Bytes that the folder may hold; the tables that were not used for longest go first.
LIMIT = 4_000_000_000
#: A table that is read faster than this, in seconds, is not worth the disk.
WORTH = 0.5
#: Seconds to wait for another process that keeps a table.
PATIENCE = 60

_PARTIAL = ".partial.npz"


def read(path: str | Path, *, source: str | None = None, year: int | None = None) -> ICIO:
    """Read a table from the cache, or from its file into the cache.

    Parameters
    ----------
    path, source, year
        As in :func:`gvc.read_icio`.

    Returns
    -------
    ICIO
        As :func:`gvc.sources.read_as_it_is` returns it, balanced or not.
    """
    path, place = Path(path), folder()
    with reading(str(path), "a file that can be read", "Check the path and its permissions."):
        name = f"{key(path, source, year)}.npz"
    found = _load(place / name) if place else None
    if found is None:
        start = perf_counter()
        found = read_as_it_is(path, source=source, year=year)
        if place and perf_counter() - start > WORTH:
            _keep(found, place / name)
    return found


def folder() -> Path | None:
    """Where the tables are kept; nowhere if no folder is named and the user has no home."""
    if named := os.environ.get("GVC_CACHE"):
        return Path(named)
    try:
        caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(caches) / "gvc" / "tables"


def key(path: Path, source: str | None = None, year: int | None = None, *, files: Iterable[Path] | None = None) -> str:
    """Hash of content and name, since a name may tell the year, of what was asked for and of the code that reads.

    Content is that of the files that reading opens, not of others in their folder; `files`, if another reader does.
    """
    here = Path(__file__).parent
    table = (here.parent / f"{name}.py" for name in ("economies", "labels", "checks", "icio"))
    code = [*sorted(here.glob("*.py")), *table]
    digest = hashlib.sha256(os.fsencode(f"{path.name} {source} {year}"))
    for file in (*code, *(opened(path, source, year) if files is None else files)):
        digest.update(os.fsencode(file.name))
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:32]


def _load(kept: Path) -> ICIO | None:
    try:
        found = saved.load(kept)
    except OSError:
        return None
    # Whatever a damaged file leads to, the source is still there.
    except Exception:
        with suppress(OSError):
            kept.unlink()
        return None
    with suppress(OSError):
        kept.touch()
    return found


def _keep(icio: ICIO, kept: Path) -> None:
    partial = kept.with_name(_PARTIAL)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        # One at a time: what stands at the name of the partial file is then what a process that was killed has left.
        with FileLock(kept.with_name(".lock"), timeout=PATIENCE):
            try:
                with partial.open("wb") as file:
                    saved.write(icio, file)
                partial.replace(kept)
            finally:
                partial.unlink(missing_ok=True)
            _shrink(kept.parent)
    except OSError as error:
        warnings.warn(f"{kept.parent}: the table is not kept there ({error.strerror or error})", stacklevel=3)


def _shrink(folder: Path) -> None:
    """Remove what was not used for longest until the rest is within the limit."""
    tables = sorted(((file.stat(), file) for file in folder.glob("*.npz")), key=lambda item: -item[0].st_mtime)
    total = 0
    for stat, file in tables:
        total += stat.st_size
        if total > LIMIT:
            file.unlink(missing_ok=True)
