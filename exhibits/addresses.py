"""Addresses of cells: a number of a sentence is a cell of an exhibit, named by the keys of its row and column.

``chips-origins[Machines, NLD, 2023]`` is the cell of the exhibit *chips-origins* that has these labels, and perhaps
others. A key is a label as the CSV has it, or the code of an economy whose name the label is; ``first`` and ``last``
stand for the first and the last year that the other keys leave. The order of the keys counts only where the same ones
in another order name another cell, as those of an origin and an absorber do: it is that of the columns. A key with a
comma stands in quotation marks.
"""

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from exhibits.names import GIVEN
from exhibits.translation import plain

#: An exhibit and its keys, as a sentence has them.
_CELL = re.compile(r"([\w-]+)\[([^\[\]]*)\]")
_NUMBER = re.compile(rf"(-?)\s*{_CELL.pattern}\s*(?:([-/])\s*{_CELL.pattern}\s*)?(?::(\S+))?\s*")
_DIRECTION = re.compile(rf"([^:：]+)[:：]\s*({_CELL.pattern}(?:,\s*{_CELL.pattern})*)\s*(?:±\s*(\d+(?:\.\d+)?))?\s*")
_YEAR = re.compile(r"(1[89]|20)\d\d")
#: Keys that stand for a year.
_ENDS: dict[str, Callable[[list[int]], int]] = {"first": min, "last": max}
#: A change of less than this part of the larger number is none, if a sentence does not say how much is.
LEAST = 0.01
#: So far, as a part of the larger number, may apart be what a sentence says has stayed; and from a multiple.
NEAR = 0.05
#: Most of its keys that a message lists.
_LISTED = 12


class AddressError(ValueError):
    """An address that leads to no cell, to several or to a hole; or a word that its cells do not bear."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of an exhibit, in the language of the book.

    Parameters
    ----------
    table : str
        The CSV, without comments.
    heads : tuple of tuple of str
        The labels of each column, from the outer to the inner.
    labels, values : tuple of int
        Which columns hold labels, and which hold numbers.
    """

    table: str
    heads: tuple[tuple[str, ...], ...]
    labels: tuple[int, ...]
    values: tuple[int, ...]


NONE = Numbers("", (), (), ())


@cache
def cells(numbers: Numbers) -> dict[tuple[str, ...], list[tuple[int, int, str]]]:
    """Return row, column and text of the cells by their labels: two rows may have the same."""
    found: dict[tuple[str, ...], list[tuple[int, int, str]]] = {}
    _, *rows = csv.reader(numbers.table.splitlines())
    for at, row in enumerate(rows):
        own = tuple(row[column] for column in numbers.labels)
        for column in numbers.values:
            labels = (*own, *filter(None, numbers.heads[column]))
            found.setdefault(labels, []).append((at, column, row[column]))
    return found


def of_chart(about: Mapping[str, Any]) -> Numbers:
    """Find the numbers of a chart in what it says of itself."""
    head, *rows = csv.reader(about["csv"].splitlines())
    view = about.get("view", {"dims": {}})
    named = {*view["dims"].values(), view.get("x"), view.get("at")}
    columns = [list(filter(None, of)) for of in zip(*rows, strict=True)] or [[] for _ in head]
    # Years are labels, too, where a chart does not say what a column is.
    values = tuple(
        at
        for at, (name, of) in enumerate(zip(head, columns, strict=True))
        if name not in named and of and all(map(_numeric, of)) and not all(map(_YEAR.fullmatch, of))
    )
    labels = tuple(at for at in range(len(head)) if at not in values)
    return Numbers(about["csv"], tuple((name,) for name in head), labels, values)


def of_table(table: Mapping[str, Any]) -> Numbers:
    """Find the numbers of a table in what the renderer gets of it: none, where its CSV is another table."""
    head, *rows = csv.reader(table["csv"].splitlines())
    if (len(head), len(rows)) != (len(table["numeric"]), len(table["body"])):
        return NONE
    spread = [[plain(label) for label, span in row for _ in range(span)] for row in table["head"]]
    values = tuple(at for at, numeric in enumerate(table["numeric"]) if numeric)
    return Numbers(table["csv"], tuple(zip(*spread, strict=True)), tuple(range(table["stubs"])), values)


def _numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Cell:
    """A number where it stands: the exhibit, row and column of its CSV, and what it is."""

    exhibit: str
    row: int
    column: int
    value: float


def cell(exhibit: str, keys: str, known: Mapping[str, Numbers]) -> Cell:
    """Find the cell of an address.

    Raises
    ------
    AddressError
        If the book has no such exhibit, or if no cell, several cells or a hole answer the keys.
    """
    if exhibit not in known:
        raise AddressError(f"no exhibit is named {exhibit!r}; write its name=…")
    if not known[exhibit].values:
        raise AddressError(f"{exhibit!r} offers another table than it shows, which has no addresses")
    numbers, wanted = known[exhibit], next(csv.reader([keys], skipinitialspace=True))
    found = [(labels, places) for labels in cells(numbers) if (places := _matched(wanted, labels))]
    for key, end in _ENDS.items():
        if key in wanted and found:
            of_cell = [int(labels[places[wanted.index(key)]]) for labels, places in found]
            chosen = end(of_cell)
            found = [pair for pair, year in zip(found, of_cell, strict=True) if year == chosen]
    least = min((_disorder(places) for _, places in found), default=0)
    found = [pair for pair in found if _disorder(pair[1]) == least]
    hits = [(labels, *place) for labels, _ in found for place in cells(numbers)[labels]]
    asked = f"{exhibit}[{keys}]"
    if not hits:
        raise AddressError(f"no cell is {asked}; {_there(wanted, numbers)}")
    if hits[1:]:
        several = "; ".join(", ".join(labels) for labels, *_ in hits[:_LISTED])
        raise AddressError(f"{len(hits)} cells are {asked}: {several}. Name more of their labels")
    (labels, row, column, text) = hits[0]
    if not _numeric(text) or not math.isfinite(float(text)):
        raise AddressError(f"{asked} holds no number but {text!r}; the cell is {', '.join(labels)}")
    return Cell(exhibit, row, column, int(text) if re.fullmatch(r"-?\d+", text) else float(text))


def _matched(keys: list[str], labels: tuple[str, ...]) -> list[int]:
    """Return the places of the labels that the keys name, in order as far as may be; nothing, if one names none."""
    ways = product(*([at for at, label in enumerate(labels) if _same(key, label)] for key in keys))
    found = [list(way) for way in ways if len(set(way)) == len(way)]
    return min(found, key=_disorder, default=[])


def _disorder(places: list[int]) -> int:
    """Count the pairs of which the first comes after the second."""
    return sum(one > other for one, other in combinations(places, 2))


def _same(key: str, label: str) -> bool:
    if key in _ENDS:
        return bool(_YEAR.fullmatch(label))
    return key == label or (GIVEN.known(key) and GIVEN.display(key) == label)


def _there(wanted: list[str], numbers: Numbers) -> str:
    """Say what the keys of an exhibit are, those first that do not know what was asked."""
    depth = max(map(len, cells(numbers)), default=0)
    every = [dict.fromkeys(labels[at] for labels in cells(numbers) if at < len(labels)) for at in range(depth)]
    unknown = [key for key in wanted if not any(_same(key, label) for of in every for label in of)]
    lists = [f"{', '.join(list(of)[:_LISTED])}{', …' if len(of) > _LISTED else ''}" for of in every]
    first = f"no label is {', '.join(unknown)}; " if unknown else ""
    return f"{first}its keys are, in their order, {' | '.join(lists)}"


def number(text: str, known: Mapping[str, Numbers]) -> tuple[str, Cell]:
    r"""Write the number of an address, or the difference or the ratio of two, and return it with its first cell.

    Parameters
    ----------
    text : str
        ``exhibit[keys]``, ``exhibit[keys] - exhibit[keys]`` or ``exhibit[keys] / exhibit[keys]``, each with a format of
        Python after a colon. A ``-`` before it says by how much something is less.
    known : mapping
        Exhibits by name.

    Raises
    ------
    AddressError

    Examples
    --------
    >>> share = Numbers("year,value\n2017,12.34\n2023,24.68\n", (("year",), ("value",)), (0,), (1,))
    >>> number("share[2023]:.1f", {"share": share})[0], number("share[last] / share[first]:.0f", {"share": share})[0]
    ('24.7', '2')
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        raise AddressError("write exhibit[key, key]:.1f, or the difference or the ratio of two, a - b or a / b")
    minus, exhibit, keys, sign, other, others, form = found.groups()
    one = cell(exhibit, keys, known)
    value = -one.value if minus else one.value
    if sign:
        second = cell(other, others, known).value
        if sign == "/" and not second:
            raise AddressError(f"{other}[{others}] is zero, and divides nothing")
        value = value - second if sign == "-" else value / second
    try:
        return format(value + 0, form or ""), one
    except ValueError as error:
        raise AddressError(f"{form!r} is no format of a number: {error}") from error


# -- words of direction ------------------------------------------------------------------------------------------------


def _more(one: float, other: float, least: float) -> bool:
    return other - one > least


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


#: What words claim of two numbers, the earlier or the one spoken of first, or of four: `least` is what counts as more.
_CLAIMS: dict[str, Callable[..., bool]] = {
    "up": lambda least, one, other: _more(one, other, least),
    "down": lambda least, one, other: _more(other, one, least),
    "flat": lambda least, one, other: _near(one, other),
    "above": lambda least, one, other: _more(other, one, least),
    "below": lambda least, one, other: _more(one, other, least),
    "doubled": lambda least, one, other: _near(2 * one, other),
    "halved": lambda least, one, other: _near(one / 2, other),
    "tripled": lambda least, one, other: _near(3 * one, other),
    # One then and now, the other then and now.
    "overtook": lambda least, one, one_now, other, other_now: (
        _more(one, other, least) and _more(other_now, one_now, least)
    ),
}
_OF_FOUR = {"overtook"}


def words() -> dict[str, str]:
    """Read what each word of direction claims, in any language."""
    rows = csv.DictReader((Path(__file__).parent / "directions.csv").read_text("utf-8").splitlines())
    return {row["word"]: row["claim"] for row in rows}


def direction(text: str, known: Mapping[str, Numbers]) -> tuple[str, Cell]:
    r"""Return the word of a direction, ``rose: exhibit[keys], exhibit[keys]``, if its cells bear it.

    Parameters
    ----------
    text : str
        A word of `directions.csv` and its cells: the number before and the number after, or the one spoken of and that
        with which it is compared; ``overtook`` has four, of the one before and after, then of the other. After a ``±``
        may stand what a difference must exceed; else that is a hundredth of the larger number.
    known : mapping
        Exhibits by name.

    Raises
    ------
    AddressError

    Examples
    --------
    >>> share = Numbers("year,value\n2017,12.34\n2023,24.68\n", (("year",), ("value",)), (0,), (1,))
    >>> direction("doubled: share[2017], share[2023]", {"share": share})[0]
    'doubled'
    """
    found = _DIRECTION.fullmatch(text)
    if not found:
        raise AddressError("write word: exhibit[key, key], exhibit[key, key]")
    word, cells, least = found[1].strip(), found[2], found[found.re.groups]
    claims = words()
    if word not in claims:
        raise AddressError(f"{word!r} stands for no direction; add it to directions.csv, or take {', '.join(claims)}")
    claim = claims[word]
    needed, given = 4 if claim in _OF_FOUR else 2, list(_cells(cells, known))
    if len(given) != needed:
        raise AddressError(f"{word!r} is about {needed} cells, and {len(given)} are named")
    numbers = [one.value for one in given]
    margin = float(least) if least else LEAST * max(map(abs, numbers))
    if not _CLAIMS[claim](margin, *numbers):
        told = ", ".join(f"{one:g}" for one in numbers)
        about = f"they hold {told}; a difference begins at {margin:g}"
        raise AddressError(f"the cells do not bear {word!r} ({claim}): {about}")
    return word, given[0]


def _cells(text: str, known: Mapping[str, Numbers]) -> Iterator[Cell]:
    for found in _CELL.finditer(text):
        yield cell(found[1], found[2], known)
