"""What charts of all kinds share: tidy data, axes, colours, strokes, tooltips and small multiples."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from exhibits.charts import labels
from exhibits.charts.theme import GAP, INK, MUTED, PALETTE, WIDTH
from exhibits.names import GIVEN, Stroke
from exhibits.words import known, label


def tidy(df: pd.DataFrame, columns: Iterable[str | None]) -> pd.DataFrame:
    """Copy the columns that a chart draws, rounded to six digits, since charts are compared exactly."""
    data = df[[column for column in columns if column]].reset_index(drop=True)
    for column in data.select_dtypes(exclude="number"):
        data[column] = data[column].map(label)
    for column in data.select_dtypes("float"):
        data[column] = [float(f"{one:.6g}") + 0.0 for one in data[column]]  # and no "-0"
    return data


def unique(values: pd.Series) -> list[Any]:
    return list(dict.fromkeys(values))


def ticks(values: pd.Series) -> list[float]:
    """Round numbers that cover the values; from zero, unless that would waste half of the height."""
    low, high = float(values.min()), float(values.max())
    if 0 < low < high / 2:
        low = 0.0
    span = high - low or abs(high) or 1.0
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if span / (power * m) <= 5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def ends(values: pd.Series) -> list[float]:
    return [values.min().item(), values.max().item()]


def _years(first: int, last: int, *, panel: bool) -> list[int]:
    """Choose the years that an axis names: decades of a long time, else steps that reach both ends; always the last."""
    span = last - first
    least = max(1, math.ceil(span / (2 if panel else 7)))
    step = next((step for step in range(least, 2 * least + 1) if span % step == 0), least)
    if span < 30 or step == span or step % 5 == 0:
        return list(range(last, first - 1, -step))[::-1]
    decades = 20 if panel else 10 * math.ceil(least / 10)
    return [*(year for year in range(first, last - decades // 2 + 1) if year % decades == 0), last]


def time(values: pd.Series, written: Iterable[str], *, panel: bool = False) -> Any:
    end = labels.right_end(labels.room(written) + labels.DOT, panel=panel)
    scale = alt.Scale(domain=ends(values), nice=False, zero=False, range=[0, end])
    axis = alt.Axis(values=_years(*map(int, ends(values)), panel=panel), format="d", labelFlush=False)
    return alt.X(str(values.name), type="quantitative", title=None, axis=axis, scale=scale)


def level(column: str, ticks: list[float]) -> Any:
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], nice=False)
    return alt.Y(column, type="quantitative", title=None, axis=alt.Axis(values=ticks, format=",.6~r"), scale=scale)


def rows(categories: pd.Series, *, grid: bool = False) -> Any:
    axis = alt.Axis(domain=False, ticks=False, grid=grid, labelColor=INK, labelLimit=170, labelPadding=8)
    return alt.Y(str(categories.name), type="nominal", sort=unique(categories), title=None, axis=axis)


def palette(codes: pd.Series) -> dict[str, str]:
    """Map names to colours: a code's own, or those of the palette in turn."""
    distinct = unique(codes)
    if all(map(known, distinct)):
        return {label(code): GIVEN.colour(code) for code in distinct}
    return {label(code): PALETTE[i % len(PALETTE)] for i, code in enumerate(distinct)}


def colour(series: pd.Series, palette: dict[str, str], legend: Any = None) -> Any:
    scale = alt.Scale(domain=list(palette), range=list(palette.values()))
    return alt.Color(str(series.name), type="nominal", scale=scale, legend=legend)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "black" if luminance > 0.179 else "white"


def strokes(
    values: pd.Series, strokes: Mapping[str, Stroke] | None = None, alone: pd.Series | None = None
) -> dict[str, Any]:
    """Tell variants apart: by the strokes that are given, else by dashes in order of appearance."""
    shown = unique(values)
    # The legend draws a stroke for each; of a variant whose values all stand alone it says that they are dots.
    dots = [] if alone is None else [name for name in shown if alone[values.reindex(alone.index) == name].all()]
    named = f"indexof({dots}, datum.label) < 0 ? datum.label : datum.label + ' (dots)'"
    legend = alt.Legend(
        title=None,
        symbolType="stroke",
        symbolStrokeColor=MUTED,
        symbolSize=400,
        labelExpr=named if dots else alt.Undefined,
    )
    in_turn = [Stroke(dash) for dash in ((1, 0), (6, 3), (2, 2.5))]
    drawn = in_turn[: len(shown)] if strokes is None else [strokes[one] for one in shown]
    column = str(values.name)
    dash: Any = [list(stroke.dash) for stroke in drawn]
    # Vega-Lite would take the first and the last of several widths, and spread the others between them.
    width = alt.Scale(type="ordinal", domain=shown, range=[stroke.width for stroke in drawn])
    return {
        "strokeDash": alt.StrokeDash(column, type="nominal", scale=alt.Scale(domain=shown, range=dash), legend=legend),
        "strokeWidth": alt.StrokeWidth(column, type="nominal", sort=shown, scale=width, legend=legend),
    }


def tooltip(data: pd.DataFrame, keys: Iterable[str | None], value: str, fmt: str) -> list[Any]:
    """Show keys and number under the columns' own names."""
    return [
        *(
            alt.Tooltip(
                key,
                type="quantitative" if pd.api.types.is_numeric_dtype(data[key]) else "nominal",
                title=key.replace("_", " ").strip(),
            )
            for key in keys
            if key
        ),
        alt.Tooltip(value, type="quantitative", format=fmt, title=value.replace("_", " ").strip()),
    ]


def hovered(line: Any, tooltip: list[Any], **mark: Any) -> Any:
    """Draw the points of a line that show, with their numbers, where a reader points."""
    # Not the nearest point: Vega-Lite then shows "undefined" for text in tooltips.
    hover = alt.selection_point(name="hover", on="pointerover", clear="pointerout", empty=False)
    points = line.mark_point(filled=True, size=100, **mark).encode(
        opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=tooltip
    )
    return points.properties(name="points").add_params(hover)


def panels(chart: Any, data: pd.DataFrame, facet: str | None, columns: int = 3) -> Any:
    """Make small multiples that fill `WIDTH`; the page rearranges them on a narrower screen."""
    if facet is None:
        return chart
    names = unique(data[facet])
    if chart.width is alt.Undefined:
        columns = min(columns, len(names))
        chart = chart.properties(width=(WIDTH - 80 - (columns - 1) * GAP) // columns)
    return chart.facet(facet=alt.Facet(facet, type="nominal", sort=names, title=None), columns=columns)
