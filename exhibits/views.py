"""A chart's numbers with what each column is: what a page needs to draw the chart anew, as its reader chooses."""

import re
from csv import reader
from typing import Any

#: The order in which names are given: what tells lines, bars or rows apart comes first.
_ORDER = ("stage0", "stage1", "stage2", "stage3", "row", "series", "column", "panel", "stroke", "over", "under")


def compact(about: dict[str, Any]) -> dict[str, Any]:
    """Put the numbers of a chart together with the roles of their columns, column by column.

    Parameters
    ----------
    about : dict
        What a chart says of itself, with `view` as :func:`exhibits.charts.roles.roles` makes it, and `csv`.

    Returns
    -------
    dict
        `dims`: columns of names, each with `name`, the column of the CSV, `role`, `label`, `codes` as the CSV has them,
        in the order of its rows, their `labels` and `colours`, and `rows`, by row the place of its code. `values`: the
        numbers by row, null where there is none; where the chart has two columns of numbers that one name tells apart,
        these have become rows with a name more. `x`: a column of numbers across, with `rows`.
    """
    view = about["view"]
    head, *rows = reader(about["csv"].splitlines())
    columns = {name: [row[at] for row in rows] for at, name in enumerate(head)}
    kind, values = view["kind"], view["values"]
    found: dict[str, Any] = {"kind": kind, "format": view["format"]}
    dims = [_dim(view, role, view["dims"][role], columns) for role in _ORDER if role in view["dims"]]
    if kind in {"dumbbell", "scatter"}:
        # Two columns of numbers are two names of a row each.
        count = len(rows)
        for dim in dims:
            dim["rows"] *= 2
        labels = [view["heads"][name] for name in values]
        both = [0] * count + [1] * count
        dims.append({"name": "case", "role": "when", "label": "", "codes": values, "labels": labels, "rows": both})
        found["values"] = [number for name in values for number in map(_number, columns[name])]
        found["head"] = "value"
    else:
        found["values"] = [*map(_number, columns[values[0]])]
        found["head"] = values[0]
    if kind == "timeline":
        found["ends"] = [*map(_number, columns[values[1]])]
        found["heads"] = values
    found["dims"] = dims
    if "x" in view:
        across = {"name": view["x"], "label": view["heads"][view["x"]], "rows": [*map(_number, columns[view["x"]])]}
        if "at" in view:
            words = view["names"].get(view["at"], {})
            across["said"] = [words.get(word, word) for word in columns[view["at"]]]
        found["x"] = across
    if "band" in view:
        found["band"] = [{"name": name, "rows": [*map(_number, columns[name])]} for name in view["band"]]
    for part in ("signed", "across", "events", "lines", "dashed"):
        if part in view:
            found[part] = view[part]
    return found


def _dim(view: dict[str, Any], role: str, name: str, columns: dict[str, list[str]]) -> dict[str, Any]:
    codes = list(dict.fromkeys(columns[name]))
    places = {code: place for place, code in enumerate(codes)}
    made = {
        "name": name,
        "role": role,
        "label": view["heads"][name],
        "codes": codes,
        "labels": [view["names"][name][code] for code in codes],
        "colours": [view["colours"][name][code] for code in codes],
        "rows": [places[code] for code in columns[name]],
    }
    if name in view["own"]:
        made["own"] = True
    if role == "stroke" and "strokes" in view:
        made["strokes"] = [view["strokes"][code] for code in codes]
    return made


def _number(text: str) -> float | int | None:
    if not text:
        return None
    value = float(text)
    return int(value) if re.fullmatch(r"-?\d+", text) else value
