"""What `make check` leaves out, and refuses where a test asks for it all the same."""

from pathlib import Path
from typing import Any

BUILT = Path(__file__).parents[1] / "_build"
REMEDY = "make check runs no such test: move it to tests/site, or to what CHECKED in the Makefile does not name."


def refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuse the built site and browsers; an audit hook, which sees whatever opens a file or begins a process."""
    if event == "open" and isinstance(args[0], str) and args[0].startswith(f"{BUILT}/"):
        raise AssertionError(f"{args[0]} belongs to the built site. {REMEDY}")
    if event == "subprocess.Popen" and any(part in str(args[0]) for part in ("playwright", "chrom")):
        raise AssertionError(f"{args[0]} is a browser, or begins one. {REMEDY}")
