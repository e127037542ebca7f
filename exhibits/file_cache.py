"""Files that take long to make, kept from build to build."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

#: The folder, from that of the book.
PLACE = ".cache/drawings"
#: Most files that are kept: twice the drawings of a book of 75 charts in two languages.
LIMIT = 600
#: Length of the checksum with which a file begins, in bytes.
SUM = 32


def once(file: Path, make: Callable[[], bytes]) -> bytes:
    """Read a file that is named after all that its content depends on; make it if it is missing or damaged."""
    with suppress(FileNotFoundError):
        os.utime(file)
        whole = file.read_bytes()
        content = whole[SUM:]
        if whole[:SUM] == sha256(content).digest():
            return content
        print(f"{file} is damaged, and made again.", file=sys.stderr)
    content = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as part:
        part.write(sha256(content).digest() + content)
    Path(part.name).replace(file)  # whole, for others who make it at the same time
    return content


def truncate(folder: Path) -> None:
    """Delete the files that nobody has read for the longest time."""
    asked = {}
    for file in folder.glob("*"):
        with suppress(FileNotFoundError):  # another process has just given it its name
            asked[file] = file.stat().st_mtime_ns
    for file in sorted(asked, key=asked.__getitem__)[:-LIMIT]:
        file.unlink(missing_ok=True)
