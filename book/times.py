"""Keeps what the last two builds and the last two runs of the tests took, by stage and by file.

``python -m book.times`` prints it, the longest first.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

#: Where it is kept, from the folder of the book.
PLACE = Path(".cache", "times")
#: Of a build: seconds on the clock, and of all processors, by stage.
Stages = dict[str, tuple[float, float]]
#: Rows that are printed of each list.
MOST = 40


@contextmanager
def stage(stages: Stages, name: str) -> Iterator[None]:
    """Time what is done within, with the processes that it waits for."""
    begun, used = time.monotonic(), sum(os.times()[:4])
    yield
    stages[name] = time.monotonic() - begun, sum(os.times()[:4]) - used


def keep(root: Path, what: str, seconds: Mapping[str, tuple[float, ...]]) -> None:
    """Keep the seconds of a run, and those of the run before it."""
    file = root / PLACE / f"{what}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        file.replace(file.with_stem(f"{what}-before"))
    file.write_text(json.dumps({name: [round(one, 2) for one in of] for name, of in seconds.items()}), "utf-8")


def table(root: Path, what: str, heads: tuple[str, ...]) -> list[str]:
    """Lay out the seconds of a run beside those of the run before it."""
    file = root / PLACE / f"{what}.json"
    if not file.exists():
        return [f"{what}: nothing is kept yet"]
    now, before = (
        json.loads(one.read_text("utf-8")) if one.exists() else {} for one in (file, file.with_stem(f"{what}-before"))
    )
    blank = ["–"] * len(heads)
    names = sorted(now, key=lambda name: -now[name][0])
    rows = [
        [name, *(f"{one:.1f}" for one in now[name]), *(f"{one:.1f}" for one in before.get(name, ()))] for name in names
    ]
    rows = [[what, *heads, *(f"{head} before" for head in heads)], *rows[:MOST]]
    wide = max(len(row[0]) for row in rows)
    lines = [
        "  ".join([row[0].ljust(wide), *(cell.rjust(12) for cell in [*row[1:], *blank][: 2 * len(heads)])])
        for row in rows
    ]
    rest = len(names) - MOST
    return [*lines, *([f"and {rest} more, {sum(now[name][0] for name in names[MOST:]):.1f}"] if rest > 0 else [])]


def main() -> None:
    """Print both lists."""
    root = Path.cwd()
    print(
        "\n".join(
            [*table(root, "make book", ("clock", "processors")), "", *table(root, "make test", ("seconds", "tests"))]
        )
    )


if __name__ == "__main__":
    main()
