"""Labels of marks: how wide they are, and where they stand so that none covers another."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from exhibits.charts.theme import INK, PAPER, PHONE, TEXT

#: Pixels of the dot before a label, and of half a year under the beginning of an axis.
DOT, YEAR = 6, 14

#: Widths of letters in ems; of all others 0.56, or one if they are Chinese.
_EMS = {0.23: "ijl|'’", 0.31: " .,:;!Itfr/()[]-", 0.72: "ABCDEFGHKNOPQRSTUVXYZw", 0.9: "mMW%@"}


@cache  # the same few words are measured thousands of times, for all places where they may stand
def pixels(text: str) -> float:
    """Return the width of a label in pixels, in Helvetica and fonts of the same widths."""
    return TEXT * sum(
        1.0 if sign >= "\u2e80" else next((em for em, signs in _EMS.items() if sign in signs), 0.56) for sign in text
    )


def room(labels: Iterable[str]) -> int:
    """Return the pixels that the longest label needs, with a margin."""
    return math.ceil(max(map(pixels, labels)) * 1.04) + 12


def right_end(room: int, *, panel: bool) -> Any:
    """Return the end of a horizontal scale that leaves `room` at the right."""
    return alt.expr(f"{'child_width' if panel else 'width'} - {room}")


def across(*, under: bool, panel: bool) -> dict[str, Any]:
    """Say how an axis writes the names of columns: on a line, else on two, else slanted, whichever first has room.

    Widths are those of the names that are shown, which a translation changes, and of the columns where they are shown.
    """
    em = "(test(/[\\u2e80-\\uffff]/, join(domain('x'), '')) ? 12 : 6.4)"
    column = f"({'child_width' if panel else 'width'} / length(domain('x')) - 6) / {em}"
    # The last word of a name goes on the second line.
    lines = r"split(replace(join(domain('x'), '|'), / (?=[^ |]*([|]|$))/g, '|'), '|')"
    slanted, whole = (f"extent(pluck({parts}, 'length'))[1] {{}} {column}" for parts in (lines, "domain('x')"))
    slanted, whole = slanted.format(">"), whole.format("<=")
    # Slanted, they lean towards the names of rows, where there is room.
    return {
        "labelExpr": f"{slanted} || {whole} ? datum.label : split(replace(datum.label, / (?=[^ ]*$)/, '|'), '|')",
        "labelAngle": alt.expr(f"{slanted} ? {-45 if under else 45} : 0"),
        "labelAlign": alt.expr(f"{slanted} ? 'right' : 'center'"),
        "labelBaseline": alt.expr(f"{slanted} ? 'middle' : '{'top' if under else 'bottom'}'"),
        # A second line stands under the first.
        "labelPadding": 6 if under else alt.expr(f"{slanted} || {whole} ? 6 : {TEXT + 8}"),
    }


def spread(wanted: pd.Series, ticks: list[float], height: int) -> pd.Series:
    """Move labels apart, as little as can be: neighbours that touch share their mean place."""
    gap = 15 * (ticks[-1] - ticks[0]) / height
    order = wanted.sort_values(kind="stable")
    ranks = gap * np.arange(len(order))
    places = isotonic_regression(order.to_numpy() - ranks).x
    moved = np.maximum(ticks[0], np.minimum(places, ticks[-1] - ranks[-1])) + ranks
    return pd.Series(moved, order.index).round(6)


def stagger(wanted: pd.DataFrame, span: list[float], ticks: list[float], height: int) -> pd.Series:
    """Raise each label (columns text, x, y) over those to its left that it would touch on a phone."""
    gap = 15 * (ticks[-1] - ticks[0]) / height
    per_pixel = (span[1] - span[0]) / PHONE
    placed: list[tuple[float, float]] = []
    places = {}
    for row, written, begin, place in wanted.sort_values(wanted.columns[1], kind="stable").itertuples():
        at = place
        while any(end > begin and abs(at - other) < 0.99 * gap for end, other in placed):
            at += gap
        placed.append((begin + per_pixel * (17 + len(written) * TEXT * 0.56), at))
        places[row] = at
    return pd.Series(places, dtype=float).round(6)


def at_ends(end: Any, *, shared: bool = False) -> list[Any]:
    """Label the ends of lines or bands, a dot of their colour before each label; if `shared`, with names once a row."""
    labels = [("_end", "")]
    if shared:
        labels = [("_end", "(datum._panel + 1) % across == 0"), ("_last", "(datum._panel + 1) % across != 0")]
    texts = [
        (end.transform_filter(where) if where else end).encode(text=f"{column}:N", color=alt.value(INK))
        for column, where in labels
    ]
    return [
        end.mark_point(filled=True, opacity=1, size=40, xOffset=9),
        *(layer for text in texts for layer in haloed(text, align="left", dx=17)),
    ]


def haloed(text: Any, **mark: Any) -> tuple[Any, Any]:
    """Draw text twice, first as a rim in the colour of the page, so that it stays readable over lines."""
    rim = text.encode(color=alt.value(PAPER)).mark_text(stroke=PAPER, strokeWidth=3.5, strokeJoin="round", **mark)
    return rim, text.mark_text(**mark)
