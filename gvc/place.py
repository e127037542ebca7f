"""Writing a file: alone, whole or not at all, and one error where the system refuses."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from gvc.errors import GvcError


def must_not_be(out: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write a file, by whatever name, that is to be read."""
    if out.exists() and any(path.exists() and out.samefile(path) for path in inputs):
        raise GvcError(
            str(out),
            expected="another file than those to read",
            found="one of the tables to read",
            remedy="Choose another name.",
        )


@contextmanager
def writing(out: Path, size: int = 0) -> Iterator[None]:
    """Turn what the system says of a place that cannot be written to into the one exception.

    Parameters
    ----------
    out : Path
        The file to write.
    size : int, optional
        Bytes that this takes, where they are known.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(out, size) from error
        raise GvcError(
            str(error.filename or out),
            expected="a place to write to",
            found=error.strerror or str(error),
            remedy="Choose another one.",
        ) from error


def must_have_room(out: Path, size: int) -> None:
    """Refuse a disk that will be full before a file is written."""
    if shutil.disk_usage(out.parent).free < size:
        raise _full(out, size)


def _full(out: Path, size: int) -> GvcError:
    return GvcError(
        str(out.parent),
        expected=f"{size / 1e6:,.0f} MB of free disk" if size else "free disk",
        found=f"{shutil.disk_usage(out.parent).free / 1e6:,.0f} MB",
        remedy="Free some, or write elsewhere: finished years are kept.",
    )


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other processes from writing the same file; the system lets them in if this one dies.

    Raises
    ------
    GvcError
        If one is writing it.
    """
    place = out.with_name(f".{out.stem}.lock")
    lock = FileLock(place)
    place.touch()  # where nothing can be written, this says so; the lock may wait
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise GvcError(
            str(out),
            expected="no other build of it meanwhile",
            found=f"one by process {_read(place) or '?'}",
            remedy="Wait until it ends, or choose another place.",
        ) from error
    try:
        place.write_text(str(os.getpid()), "ascii")
        yield
    finally:
        with suppress(OSError):  # not every system removes a file that is open
            place.unlink()
        lock.release()


def _read(place: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return place.read_text("ascii")
    return ""


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file to write, which stands in its place at the end, or does not stand there at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # some disks say only now that they are full
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_together(new: tuple[Path, Path], old: tuple[Path, Path]) -> None:
    """Put two files in the place of two others, or leave those.

    Only a process that is killed between the two leaves one of each.
    """
    first, kept = old[0], new[0].with_name(".old")
    try:
        if first.exists():
            shutil.copyfile(first, kept)
        try:
            for file, target in zip(new, old, strict=True):
                file.replace(target)
        except BaseException:
            if kept.exists():
                kept.replace(first)
            else:
                first.unlink(missing_ok=True)
            raise
    finally:
        kept.unlink(missing_ok=True)
