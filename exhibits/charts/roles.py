"""What the columns of a chart's numbers are, so that a page can draw them anew as its reader chooses."""

from collections.abc import Mapping
from csv import reader
from typing import Any

import pandas as pd

from exhibits.charts import encodings
from exhibits.names import Stroke
from exhibits.text import csv
from exhibits.words import known, label


def roles(
    df: pd.DataFrame,
    kind: str,
    values: list[str],
    dims: Mapping[str, str | None],
    *,
    fmt: str,
    palette: Mapping[str, str] | None = None,
    strokes: Mapping[str, Stroke] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Say what columns are, and what the codes in them are called, each with its colour.

    Parameters
    ----------
    df : DataFrame
        What readers download.
    kind : str
        The constructor.
    values : list of str
        Columns of numbers.
    dims : mapping
        Columns of names by what they tell apart: among others `series`, `panel` and `stroke`.
    fmt : str
        Format of a number.
    palette : mapping, optional
        Colours of the series by name, where they mean something.
    strokes : mapping, optional
        How the lines of a variant are drawn.
    **more
        What only this kind has: `x` a column of numbers across, `at` its words, `band` two columns of bounds.

    Returns
    -------
    dict
        Codes are as the CSV has them.
    """
    columns = {role: column for role, column in dims.items() if column}
    head, *rows = reader(csv(df, index=False).splitlines())
    names: dict[str, dict[str, str]] = {}
    colours: dict[str, dict[str, str]] = {}
    for role, column in columns.items():
        at = head.index(column)
        codes = {row[at]: label(given) for row, given in zip(rows, df[column], strict=True)}
        shades = encodings.palette(df[column]) | (dict(palette or {}) if role == "series" else {})
        colours[column] = {code: shades[name] for code, name in codes.items()}
        names[column] = {code: code for code in codes} if pd.api.types.is_numeric_dtype(df[column]) else codes
    own = [column for column in columns.values() if all(map(known, df[column]))]
    if palette and "series" in columns:
        own.append(columns["series"])
    if strokes and "stroke" in columns:
        drawn = {label(name): stroke for name, stroke in strokes.items()}
        of_codes = {code: drawn[name] for code, name in names[columns["stroke"]].items()}
        more["strokes"] = {code: [list(stroke.dash), stroke.width] for code, stroke in of_codes.items()}
    shown = [*columns.values(), *(more[part] for part in ("x", "at") if more.get(part)), *values]
    heads = {column: column.replace("_", " ").strip() for column in shown}
    found = {"kind": kind, "values": values, "dims": columns, "format": fmt, "heads": heads}
    found |= {"names": names, "colours": colours, "own": own}
    return found | {name: part for name, part in more.items() if part}
