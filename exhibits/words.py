"""Alternative texts: what a chart shows, in words that are made of its numbers."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import pandas as pd

from exhibits.names import GIVEN
from exhibits.text import Joined, Message, Untranslated, flat, joined

#: Most lines, bars or cells that a text tells; a listener finds the others in the table of numbers.
TOLD = 12


def known(code: object) -> bool:
    """Whether the book has a name for a code."""
    return isinstance(code, str) and GIVEN.known(code)


def label(code: object) -> str:
    """Return the name of a code, and anything else as it is, on one line."""
    return GIVEN.display(str(code)) if known(code) else flat(str(code))


def number(value: float, fmt: str, *, signed: bool = False) -> str:
    """Format a number, or a dash where there is none."""
    # "z": what rounds to zero has no sign.
    return "–" if pd.isna(value) else f"{value:{'+' if signed else ''}z{fmt}}".replace("-", "−")


def along(
    df: pd.DataFrame, x: str, y: str, keys: Iterable[str | None], fmt: str, *, at: str = "in", named: str | None = None
) -> Joined:
    """Tell each line from its first number to its last, and where it was clearly higher or lower in between.

    The column `named` has the words for the places of `x`, if numbers do not say where they are.
    """
    said = {} if named is None else dict(zip(df[x], df[named], strict=True))
    lines = []
    reach = df[y].max() - df[y].min()
    for key, line in _groups(df.dropna(subset=[y]), keys):
        points = sorted(zip(line[x], line[y], strict=True))
        (_, first), (_, last) = points[0], points[-1]
        turns = (max(points, key=itemgetter(1)), min(points, key=itemgetter(1)))
        far = [point for point in turns if min(abs(point[1] - first), abs(point[1] - last)) > reach / 8]
        shown = [
            Message(
                f"{{0}} {at} {{1}}", Untranslated(number(height, fmt)), Untranslated(_short(said.get(place, place)))
            )
            for place, height in points
            if (place, height) in (points[0], *far, points[-1])
        ]
        lines.append(Joined(*([key, ": "] if key else []), joined(", ", shown)))
    return _sentence(lines)


def listed(df: pd.DataFrame, keys: Iterable[str | None], values: Iterable[str], fmt: str) -> Joined:
    """Tell every row, with the names of the numbers where there are several."""
    columns = list(values)
    rows = []
    for key, row in _groups(df, keys):
        shown = [_named(column if columns[1:] else "", number(row[column].iloc[0], fmt)) for column in columns]
        rows.append(Joined(key, ": ", joined(", ", shown)))
    return _sentence(rows)


def ranked(df: pd.DataFrame, keys: Iterable[str | None], value: str, fmt: str, *, signed: bool = False) -> Joined:
    """Tell the largest numbers, and the smallest."""
    held = df.dropna(subset=[value])
    order = held.sort_values(value, ascending=False, kind="stable")
    ends = [("Largest", order.head(4))] + ([("Smallest", order.tail(2)[::-1])] if len(order) > 6 else [])
    sentences = []
    for which, part in ends:
        rows = [
            Joined(key, " ", Untranslated(number(row[value].iloc[0], fmt, signed=signed)))
            for key, row in _groups(part, keys)
        ]
        sentences.append(Joined(which, ": ", joined("; ", rows)))
    return Joined(joined(". ", sentences), ".")


def _groups(df: pd.DataFrame, keys: Iterable[str | None]) -> list[tuple[Joined, pd.DataFrame]]:
    """Split rows by their keys, in the order of the rows, each with its names."""
    columns = [key for key in keys if key]
    if not columns:
        return [(Joined(), df)]
    grouped = df.groupby(columns, sort=False, observed=True)
    return [(joined(", ", map(label, key)), rows) for key, rows in grouped]


def _named(name: str, shown: str) -> str:
    """Label a number as charts do: the translation of a label keeps its numbers."""
    return f"{_short(name)} {shown}" if name else Untranslated(shown)


def _sentence(parts: list[Joined]) -> Joined:
    more = [Message("and {0} more", Untranslated(str(len(parts) - TOLD)))] if len(parts) > TOLD else []
    return Joined(joined("; ", [*parts[:TOLD], *more]), ".") if parts else Joined()


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
