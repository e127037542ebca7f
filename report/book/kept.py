"""What takes long to make and depends on little, kept from build to build."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

#: The folder, from that of the book.
PLACE = ".cache/kept"
#: How many files are kept: as many again as the drawings of the book in two languages.
LIMIT = 600


def once(file: Path, make: Callable[[], bytes]) -> bytes:
    """Read a file that is named after all that its content depends on, or make it."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as part:
            part.write(make())
        Path(part.name).replace(file)  # whole, for others who make it at the same time
    file.touch()
    return file.read_bytes()


def truncate(folder: Path) -> None:
    """Drop what has not been asked for in the longest time."""
    files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-LIMIT]:
        file.unlink(missing_ok=True)
