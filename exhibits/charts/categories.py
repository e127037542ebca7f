"""Bars, dots, cells and spans, by category."""

import math
from collections.abc import Mapping
from typing import Any, Unpack

import altair as alt
import pandas as pd

from exhibits.charts import encodings, labels
from exhibits.charts.finish import Captions, exhibit
from exhibits.charts.roles import roles
from exhibits.charts.theme import ACCENT, GAP, INK, LOSS, MUTED, PAPER, WIDTH
from exhibits.names import GIVEN
from exhibits.words import known, listed, number, ranked


def bars(
    df: pd.DataFrame,
    category: str,
    value: str,
    *,
    facet: str | None = None,
    fmt: str = ".1f",
    **words: Unpack[Captions],
) -> Any:
    """Draw a bar a category, with its number; as gains and losses, which get their signs, where some are negative."""
    data = encodings.tidy(df, [category, value, facet])
    signed = bool((data[value] < 0).any())
    data["_text"] = [number(one, fmt, signed=signed) for one in data[value]]
    if signed:
        data["_colour"] = [ACCENT if one >= 0 else LOSS for one in data[value]]
    else:
        named = all(map(known, df[category]))
        data["_colour"] = [GIVEN.colour(code) if named else ACCENT for code in df[category]]
    room = labels.room(data["_text"])
    scale = alt.Scale(
        domain=[min(0.0, float(data[value].min())), max(0.0, float(data[value].max()))],
        nice=False,
        range=[room if signed else 0, labels.right_end(room, panel=facet is not None)],
    )
    base = alt.Chart().encode(
        y=encodings.rows(data[category]), x=alt.X(value, type="quantitative", axis=None, scale=scale)
    )
    text = base.encode(text="_text:N")
    layers = [
        base.mark_bar(size=18).encode(
            color=alt.Color("_colour:N", scale=None),
            tooltip=encodings.tooltip(data, [facet, category], value, fmt),
        ),
        text.transform_filter(alt.datum[value] >= 0).mark_text(align="left", dx=5),
    ]
    if signed:
        layers += [
            text.transform_filter(alt.datum[value] < 0).mark_text(align="right", dx=-5),
            alt.Chart().mark_rule(color=MUTED).encode(x=alt.datum(0, type="quantitative")),
        ]
    chart = alt.layer(*layers, data=data).properties(height=28 * data[category].nunique())
    told = listed(df, [facet, category], [value], fmt)
    view = roles(df, "bars", [value], {"series": category, "panel": facet}, fmt=fmt, signed=signed)
    return exhibit(encodings.panels(chart, data, facet), data=df, told=told, view=view, **words)


def stacked(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    colours: Mapping[str, str] | None = None,
    fmt: str = ".1f",
    **words: Unpack[Captions],
) -> Any:
    """Draw what a total is made of, a bar a category.

    `colours` are those of series that have none of their own and mean something.
    """
    data = encodings.tidy(df, [x, y, series])
    data["_order"] = data[series].map({name: i for i, name in enumerate(encodings.unique(data[series]))})
    palette = encodings.palette(df[series]) if colours is None else dict(colours)
    whole = float(data.groupby(x)[y].sum().max())
    data["_middle"] = data.groupby(x)[y].cumsum() - data[y] / 2
    # A number is written where a phone, too, has room for it.
    data["_text"] = [number(part, fmt) if part >= 0.09 * whole else None for part in data[y]]
    data["_ink"] = [encodings.ink_on(palette[name]) for name in data[series]]
    scale = alt.Scale(domain=[0, whole], nice=False)
    base = alt.Chart().encode(y=encodings.rows(data[x]))
    chart = (
        alt.layer(
            base.mark_bar(size=30, stroke=PAPER, strokeWidth=1).encode(
                x=alt.X(
                    y,
                    type="quantitative",
                    stack=True,
                    title=None,
                    scale=scale,
                    axis=alt.Axis(grid=True, domain=False, ticks=False, tickCount=5),
                ),
                color=encodings.colour(
                    data[series], palette, alt.Legend(title=None, symbolType="circle", labelLimit=260)
                ),
                order="_order:Q",
                tooltip=encodings.tooltip(data, [x, series], y, fmt),
            ),
            base.transform_filter("isValid(datum._text)")
            .mark_text()
            .encode(
                x=alt.X("_middle", type="quantitative", scale=scale),
                text="_text:N",
                color=alt.Color("_ink:N", scale=None),
            ),
            data=data,
        )
        .resolve_scale(color="independent")
        .properties(height=44 * data[x].nunique())
    )
    view = roles(df, "stacked", [y], {"series": series, "row": x}, fmt=fmt, palette=colours and palette)
    return exhibit(chart, data=df, told=listed(df, [x, series], [y], fmt), view=view, **words)


def dumbbell(
    df: pd.DataFrame, category: str, start: str, end: str, *, fmt: str = ".1f", **words: Unpack[Captions]
) -> Any:
    """Draw two joined dots a category: the columns `start`, hollow, and `end`, full, under these names."""
    wide = encodings.tidy(df, [category, start, end])
    data = wide.melt(id_vars=category, value_vars=[start, end], var_name="_when", value_name="_value")
    data["_text"] = [number(one, fmt) for one in data["_value"]]
    start_is_left = data[category].map((wide[start] <= wide[end]).set_axis(wide[category]))
    data["_left"] = start_is_left == (data["_when"] == start)
    # The two moments are named once, over the first row.
    data["_head"] = data["_when"].where(data[category] == wide[category].iloc[0], None)
    room = labels.room(data["_text"])
    # The name at the right needs what the first row leaves of a phone's width; the left one may reach over the labels.
    low, high = encodings.ends(data["_value"])
    name, at = max(zip((start, end), wide[[start, end]].iloc[0], strict=True), key=lambda pair: pair[1])
    right = max(room, labels.room([name]) - round(180 * (high - at) / (high - low or 1)))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, range=[room, labels.right_end(right, panel=False)])
    base = alt.Chart().encode(
        y=encodings.rows(data[category], grid=True), x=alt.X("_value", type="quantitative", axis=None, scale=scale)
    )
    dots = base.encode(tooltip=encodings.tooltip(data, [category, "_when"], "_value", fmt))
    sides: list[tuple[str, Any, int]] = [("datum._left", "right", -9), ("!datum._left", "left", 9)]
    texts = [
        layer
        for side, align, dx in sides
        for layer in (
            *labels.haloed(base.transform_filter(side).encode(text="_text:N"), align=align, dx=dx),
            base.transform_filter(f"{side} && isValid(datum._head)")
            .mark_text(align=align, dx=0, dy=-17, color=MUTED, fontWeight=600)
            .encode(text="_head:N"),
        )
    ]
    chart = alt.layer(
        base.mark_line(color=ACCENT, strokeWidth=2.5, opacity=0.55).encode(detail=f"{category}:N"),
        dots.transform_filter(alt.datum._when == start).mark_point(
            filled=True, opacity=1, size=90, fill=PAPER, stroke=ACCENT, strokeWidth=2
        ),
        dots.transform_filter(alt.datum._when == end).mark_point(filled=True, opacity=1, size=100, color=ACCENT),
        *texts,
        data=data,
    )
    told = listed(df, [category], [start, end], fmt)
    view = roles(df, "dumbbell", [start, end], {"series": category}, fmt=fmt)
    return exhibit(chart.properties(height=34 * len(wide)), data=df, told=told, view=view, **words)


def scatter(
    df: pd.DataFrame,
    label: str,
    x: str,
    y: str,
    *,
    span: tuple[str, str] | None = None,
    fmt: str = ".1f",
    **words: Unpack[Captions],
) -> Any:
    """Draw a named dot a row at two numbers of one unit, under whose names the axes stand, and the line of equals.

    The columns of a `span` hold the ends of what the number across may be.
    """
    data = encodings.tidy(df, [label, x, y, *(span or ())])
    ticks, height = encodings.ticks(pd.concat([data[column] for column in (x, y, *(span or ()))])), 380
    data["_at"] = labels.spread(data[y], ticks, height)
    ends = [ticks[0], ticks[-1]]
    axis: dict[str, Any] = {"values": ticks, "format": ",.6~r", "titleColor": MUTED, "titleFontWeight": 400}
    across = alt.Axis(**axis, grid=True, title=x, titleAnchor="start", titlePadding=8)
    up = alt.Axis(**axis, title=y, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=6, titleY=-8)
    right = labels.right_end(labels.room(data[label]), panel=False)
    wide, high = alt.Scale(domain=ends, nice=False, range=[0, right]), alt.Scale(domain=ends, nice=False)

    def at(column: str) -> Any:
        return alt.X(column, type="quantitative", axis=across, scale=wide)

    base = alt.Chart(data).encode(x=at(x))
    dots = base.encode(y=alt.Y(y, type="quantitative", axis=up, scale=high))
    equal = alt.Chart(pd.DataFrame({x: ends, y: ends})).encode(x=at(x), y=dots.encoding.y)
    reach = dots.mark_rule(color=ACCENT, strokeWidth=4, opacity=0.25)
    chart = alt.layer(
        equal.mark_line(color=MUTED, strokeDash=[4, 3]),
        *([] if span is None else [reach.encode(x=at(span[0]), x2=span[1])]),
        dots.mark_point(filled=True, opacity=1, size=80, color=ACCENT).encode(
            tooltip=[*encodings.tooltip(data, [label], x, fmt), *encodings.tooltip(data, [], y, fmt)]
        ),
        *labels.haloed(
            base.encode(y=alt.Y("_at", type="quantitative", axis=up, scale=high), text=f"{label}:N"), align="left", dx=9
        ),
    )
    told = listed(df, [label], [x, y], fmt)
    view = roles(df, "scatter", [x, y], {"series": label}, fmt=fmt)
    return exhibit(chart.properties(height=height), data=df, told=told, view=view, **words)


def heatmap(
    df: pd.DataFrame,
    x: str,
    y: str,
    value: str,
    *,
    facet: str | None = None,
    diverging: bool = False,
    fmt: str = ".1f",
    **words: Unpack[Captions],
) -> Any:
    """Draw a matrix, `y` down and `x` across, its numbers in the cells; `diverging` for differences."""
    data = encodings.tidy(df, [x, y, value, facet])
    # Tints, not a ramp of colours: the numbers in the cells keep the contrast of the page's own text.
    data["_tint"] = (data[value].abs() / data[value].abs().max() * 0.55 + 0.03).round(3).fillna(0)
    data["_colour"] = [LOSS if one < 0 else ACCENT for one in data[value]]
    data["_text"] = [number(one, fmt, signed=diverging) for one in data[value]]
    columns = encodings.unique(data[x])
    many = len(columns) > 6 and not facet
    written = data["_text"]
    text: Any = alt.Text("_text:N")
    if many and fmt != ".0f":
        # On a phone there is no room in a cell for what follows the point.
        data["_short"] = [number(one, ".0f", signed=diverging) for one in data[value]]
        narrow = f"width < {len(columns) * math.ceil(max(map(labels.pixels, written)) + 4)}"
        text = alt.Text("_text:N", condition={"test": narrow, "value": {"expr": "datum._short"}})
        written = data["_short"]
    across = alt.Axis(
        # Over the matrix stand the names of the panels, if any.
        orient="bottom" if facet else "top",
        domain=False,
        ticks=False,
        labelColor=INK,
        labelOverlap=False,
        **labels.across(under=bool(facet), panel=bool(facet)),
    )
    base = alt.Chart().encode(
        x=alt.X(x, type="nominal", sort=columns, title=None, axis=across), y=encodings.rows(data[y])
    )
    chart = alt.layer(
        base.mark_rect(stroke=PAPER, strokeWidth=2).encode(
            color=alt.Color("_colour:N", scale=None),
            fillOpacity=alt.FillOpacity("_tint:Q", scale=None),
            tooltip=encodings.tooltip(data, [facet, y, x], value, fmt),
        ),
        base.mark_text().encode(text=text),
        data=data,
    )
    chart = chart.properties(height=36 * data[y].nunique())
    in_row = 2
    if facet and data[facet].nunique() == 3:  # two of them would leave a hole
        width = (WIDTH - labels.room(data[y]) - 2 * GAP) // 3
        in_row = 3 if width >= len(columns) * (max(map(labels.pixels, written)) + 6) else 1
        chart = chart.properties(width=width) if in_row == 3 else chart
    chart = encodings.panels(chart, data, facet, in_row)
    least = 0
    if not facet:
        # Again after each change: how names of columns are written depends on the width that those of rows leave.
        chart = chart.properties(autosize={"type": "fit-x", "contains": "padding", "resize": True})
    if many:
        least = labels.room(data[y]) + len(columns) * math.ceil(max(18, *map(labels.pixels, written)) + 4)
    told = ranked(df, [facet, y, x], value, fmt, signed=diverging)
    chart = chart.resolve_axis(x="independent") if facet else chart
    dims = {"row": y, "column": x, "panel": facet}
    view = roles(df, "heatmap", [value], dims, fmt=fmt, signed=diverging)
    return exhibit(chart, data=df, told=told, least=least, view=view, **words)


def timeline(
    df: pd.DataFrame, row: str, start: str, end: str, *, over: str, under: str, **words: Unpack[Captions]
) -> Any:
    """Draw spans of years, a row each, with a line of text over each span and one under it.

    Text begins where its span begins, or ends where it ends if that is in the right half.
    """
    data = encodings.tidy(df, [row, start, end, over, under])
    first, last = int(data[start].min()), int(data[end].max())
    low, high = 10 * (first // 10), 10 * math.ceil(last / 10)
    late = data[end] > (low + high) / 2
    data["_at"] = data[end].where(late, data[start])
    data["_side"] = ["right" if is_late else "left" for is_late in late]
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    axis = alt.Axis(format="d", tickCount=6, title=None)
    base = alt.Chart().encode(y=encodings.rows(data[row]))
    text = base.encode(x=alt.X("_at", type="quantitative", scale=scale))
    sides = [
        layer
        for side in ("left", "right")
        for layer in (
            *labels.haloed(
                text.transform_filter(alt.datum._side == side).encode(text=f"{over}:N"),
                align=side,
                dy=-17,
                fontWeight=600,
            ),
            *labels.haloed(
                text.transform_filter(alt.datum._side == side).encode(text=f"{under}:N"), align=side, dy=18, fontSize=11
            ),
        )
    ]
    bar = base.mark_bar(size=12, cornerRadius=2, color=ACCENT).encode(
        x=alt.X(start, type="quantitative", scale=scale, axis=axis),
        x2=f"{end}:Q",
        tooltip=[alt.Tooltip(name, title=name.replace("_", " ")) for name in (row, over, under)],
    )
    return exhibit(
        alt.layer(bar, *sides, data=data).properties(height=68 * len(data)),
        data=df,
        told=listed(df, [row, over], [start, end], "g"),
        view=roles(df, "timeline", [start, end], {"series": row, "over": over, "under": under}, fmt=".0f"),
        **words,
    )
