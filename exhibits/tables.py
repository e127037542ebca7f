"""Tables of numbers: one layout, a numbered caption, all digits as CSV. Nothing here touches a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from exhibits.text import Joined, Message, Myst, Untranslated, coded, csv, escape, flat

#: What the renderer reads; Jupyter and GitHub show the Markdown instead.
MIME = "application/vnd.exhibits.table+json"
#: What its output says it is.
KIND = "table"

_Cells = tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """Search box of a table that can also be sorted: its label, its hint, and how it counts rows.

    `count` has ``{0}`` for the rows that are shown and ``{1}`` for all; `by` are the columns by which they can be
    narrowed, the first of the table being 0.
    """

    label: str
    hint: str
    count: str
    by: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cards:
    """What makes each row of a table a card: an address, a colour for what column `chip` says, and what is folded.

    The first column of the table is 0; columns in `folded` are opened by their headings.
    """

    ids: tuple[str, ...]
    colours: tuple[str, ...]
    chip: int = 1
    folded: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A finished table: its text as it is shown, and its numbers as CSV.

    `head` holds rows of (text, columns it spans); the first `stubs` columns of the body head their rows. Of all these
    only what is `Myst` is markup.
    """

    name: str
    caption: str
    source: tuple[str, ...]
    notes: str
    head: tuple[tuple[tuple[str, int], ...], ...]
    body: tuple[_Cells, ...]
    stubs: int
    numeric: tuple[bool, ...]
    numbered: bool
    csv: str
    search: Search | None = None
    cards: Cards | None = None

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {
            "name": self.name,
            "caption": coded(self.caption),
            "source": list(map(coded, self.source)),
            "notes": coded(self.notes),
            "head": [[[coded(label), span] for label, span in row] for row in self.head],
            "body": [list(map(coded, row)) for row in self.body],
            "stubs": self.stubs,
            "numeric": list(self.numeric),
            "numbered": self.numbered,
            "csv": self.csv,
            **({"search": asdict(self.search)} if self.search else {}),
            **({"cards": asdict(self.cards)} if self.cards else {}),
        }
        return {MIME: data, "text/markdown": self.markdown(), "text/plain": self._in_words()}, {"exhibit": KIND}

    def _in_words(self) -> str:
        """Write the words of the table, then its numbers, for comparing two runs."""
        words = [self.name, self.caption, *filter(None, [self.notes]), f"Source: {' '.join(self.source)}"]
        return "\n".join([*words, "", self.csv])

    def markdown(self) -> str:
        """Write the table as Markdown, its spanner headings folded into the columns' own."""
        columns = [[escape(text)] for text, _ in self.head[-1]]
        for row in self.head[-2::-1]:
            spread = [escape(text) for text, span in row for _ in range(span)]
            columns = [[text, *below] if text else below for text, below in zip(spread, columns, strict=True)]
        rows = [
            [", ".join(parts) for parts in columns],
            ["--:" if number else ":--" for number in self.numeric],
            *(map(escape, row) for row in self.body),
        ]
        lines = ["| " + " | ".join(re.sub(r"(?<!\\)\|", r"\|", cell) for cell in row) + " |" for row in rows]
        below = [text for text in (escape(self.notes), f"Source: {' '.join(map(escape, self.source))}") if text]
        return "\n\n".join([f"**{escape(self.caption)}**", "\n".join(lines), *below])


def table(
    df: pd.DataFrame,
    *,
    name: str,
    caption: str,
    source: str | Sequence[str],
    decimals: int | Mapping[Any, int] = 1,
    notes: str = "",
    numbered: bool = True,
    search: Search | None = None,
    cards: Cards | None = None,
) -> Table:
    """Make a table of a DataFrame: its index heads the rows, two levels of columns make spanner headings.

    Parameters
    ----------
    name : str
        What ``{numref}`` refers to, and the name of the CSV file.
    caption, notes : str
    source : str or sequence of str
        Text around the table; of several sources each is a text of its own. Like the text of cells and headings it is
        shown as it stands. Only `Myst` may hold mathematics, citations and links.
    decimals : int or mapping
        Digits after the point of floating-point columns; by (last-level) column name where they differ, 1 otherwise.
    numbered : bool
        Whether the caption carries a number, which ``{numref}`` needs.
    search : Search, optional
        Lets readers search and sort the rows.
    cards : Cards, optional
        Shows each row as a card, at every width.
    """
    index = df.index.to_frame(index=False) if df.index.names != [None] else None
    stubs = 0 if index is None else index.shape[1]
    labels = [] if index is None else [_text(label) for label in index.columns]

    columns = [column if isinstance(column, tuple) else (column,) for column in df.columns]
    levels = df.columns.nlevels
    head = [
        *((*[("", 1)] * stubs, *_spans([column[: level + 1] for column in columns])) for level in range(levels - 1)),
        (*((label, 1) for label in labels), *((_text(column[-1]), 1) for column in columns)),
    ]

    digits = [
        decimals if isinstance(decimals, int) else decimals.get(column, decimals.get(column[-1], 1))
        for column in columns
    ]
    shown = [df.iloc[:, i].map(_show(number)) for i, number in enumerate(digits)]
    stub_cells = [] if index is None else [index[column].map(_text) for column in index]
    body = zip(*stub_cells, *shown, strict=True)
    numeric = [False] * stubs + [pd.api.types.is_numeric_dtype(df.iloc[:, i]) for i in range(len(columns))]
    named = df.set_axis([" ".join(filter(None, map(str, column))) or "Value" for column in columns], axis=1)
    return Table(
        name=name,
        caption=_text(caption),
        source=tuple(map(_text, [source] if isinstance(source, str) else source)),
        notes=_text(notes),
        head=tuple(head),
        body=tuple(body),
        stubs=stubs,
        numeric=tuple(numeric),
        numbered=numbered,
        csv=csv(named, index=index is not None),
        search=search,
        cards=cards,
    )


def _spans(columns: list[tuple[Any, ...]]) -> list[tuple[str, int]]:
    return [(_text(column[-1]), len(list(run))) for column, run in groupby(columns)]


def _show(decimals: int) -> Any:
    def show(value: Any) -> str:
        if pd.isna(value):
            return "–"
        if isinstance(value, float):
            return f"{value:z,.{decimals}f}".replace("-", "−")
        if isinstance(value, int) and abs(value) >= 10_000:  # not a year
            return f"{value:,}".replace("-", "−")
        return _text(value)

    return show


def _text(value: Any) -> str:
    return value if isinstance(value, Myst | Untranslated | Message | Joined) else flat(str(value))
