"""Series over time, and curves over any scale."""

import re
from collections.abc import Mapping
from typing import Any, Unpack

import altair as alt
import pandas as pd

from exhibits.charts import encodings, labels
from exhibits.charts.finish import Captions, exhibit
from exhibits.charts.roles import roles
from exhibits.charts.theme import GAP, MUTED, TEXT, WIDTH
from exhibits.names import Stroke
from exhibits.words import along, number


def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    facet: str | None = None,
    variant: str | None = None,
    strokes: Mapping[str, Stroke] | None = None,
    band: tuple[str, str] | None = None,
    columns: int | None = None,
    events: Mapping[str, float] | None = None,
    at: str | None = None,
    fmt: str = ".1f",
    **words: Unpack[Captions],
) -> Any:
    """Draw series over time, each labelled at its end with its last value.

    A `variant` column (say, the edition of the source) sets the stroke: as `strokes` say, or solid, dashed, dotted in
    order of appearance; where two of them end together, the label gives the first one's value. A row without a value is
    a gap in its line, and a value between gaps a dot. The columns of a `band` hold the ends of what a value may be.
    On a wide page there are as many panels in a row as their labels leave room for, or `columns`. Panels of the same
    series share the room for names: the last of each row has them, and the others values alone. Nor does a panel name
    a series again that it is named after. `events` are named moments on the axis, each marked by a rule; in panels the
    subtitle names them. Where `x` is a part of a year, the column `at` says in words which.
    """
    data = encodings.tidy(df, [x, y, series, variant, facet, at, *(band or ())])
    data["_alone"] = _alone(data, x, y, [column for column in (facet, series, variant) if column])
    height = 190 if facet else 320
    ticks = encodings.ticks(pd.concat([data[column] for column in (y, *(band or ()))]))
    ends = data.dropna(subset=[y]).sort_values(x, ascending=False, kind="stable")
    ends = ends.drop_duplicates([column for column in (facet, series) if column]).sort_index()
    last = [number(one, fmt) for one in ends[y]]
    titles = [""] * len(ends) if facet is None else ends[facet]
    data["_end"] = pd.Series(
        [
            one if name == title else f"{name} {one}"
            for name, title, one in zip(ends[series], titles, last, strict=True)
        ],
        ends.index,
    )
    panels = [ends] if facet is None else [panel for _, panel in ends.groupby(facet, sort=False)]
    if facet:
        _counted(words["alt"], len(panels), words["name"])
    shared = len(panels) > 1 and len({frozenset(panel[series]) for panel in panels}) == 1
    written = data["_end"].dropna()
    if shared:
        data["_last"] = pd.Series(last, ends.index)
        data["_panel"] = data[facet].map({name: place for place, name in enumerate(encodings.unique(data[facet]))})
        written = data["_last"].dropna()
    data["_at"] = pd.concat(labels.spread(panel[y], ticks, height) for panel in panels)

    base = alt.Chart().encode(
        x=encodings.time(data[x], written, panel=facet is not None),
        color=encodings.colour(data[series], encodings.palette(df[series])),
    )
    line = base.encode(y=encodings.level(y, ticks))
    end = base.transform_filter("isValid(datum._end)").encode(y=encodings.level("_at", ticks))
    marks: list[Any] = []
    if events:
        marks = _marked_in_panels(events, x, data, facet) if facet else _marked(events, x, base)
    chart = alt.layer(
        *([] if band is None else _spans(line, *band, variant)),
        line.mark_line(strokeJoin="round", strokeWidth=2.25 if variant is None else alt.Undefined).encode(
            **({} if variant is None else encodings.strokes(data[variant], strokes, data.dropna(subset=y)["_alone"]))
        ),
        *(
            [line.transform_filter("datum._alone").mark_point(filled=True, opacity=1, size=45)]
            if any(data["_alone"])
            else []
        ),
        *labels.at_ends(end, shared=shared),
        encodings.hovered(line, encodings.tooltip(data, [facet, series, variant, at or x], y, fmt)),
        *marks,
        data=data,
    )
    chart = chart.properties(height=height)
    if facet:
        room, beside = labels.room(written), labels.room(data["_end"].dropna()) - labels.room(written)
        axis = round(max(map(labels.pixels, map("{:,g}".format, ticks)))) + 18
        columns, width = _row(len(panels), axis, room + labels.DOT, beside, columns)
        chart = encodings.panels(chart.properties(width=width), data, facet, columns).resolve_axis(x="independent")
        if shared:
            # The page arranges panels anew where it is narrow, and says so.
            chart = chart.properties(align={"column": "each", "row": "all"})
            across = alt.param(name="across", value=columns).param
            chart.params = [*([] if chart.params is alt.Undefined else chart.params), across]
    told = along(df, x, y, [facet, series, variant], fmt, named=at)
    dims = {"series": series, "panel": facet, "stroke": variant}
    more = {"x": x, "at": at, "band": band and list(band), "events": dict(events or {})}
    return exhibit(
        chart, data=df, told=told, view=roles(df, "lines", [y], dims, fmt=fmt, strokes=strokes, **more), **words
    )


#: How an alternative text counts the panels of a chart, if it does.
_COUNT = re.compile(r"(?:Line charts in )?(\w+) (?:small )?(?:line charts|panels)\b", re.IGNORECASE)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _counted(alt: str, panels: int, name: str) -> None:
    """Refuse an alternative text that counts other panels than there are: a listener would miss one."""
    said = _COUNT.match(alt)
    if said and said[1].lower() in _NUMBERS and _NUMBERS.index(said[1].lower()) + 1 != panels:
        raise ValueError(
            f"{name}: expected an alternative text that counts {panels} panels; found {said[0]!r}. Correct alt=…, and "
            "see whether what follows is still so."
        )


def _row(panels: int, axis: int, room: int, beside: int, columns: int | None) -> tuple[int, int]:
    """Return the panels in a row and their width: three, if plots then have three fifths of the row.

    Three panels leave no hole: they stand in one row, if plots have a third of it, else in one column.
    """
    choices, least = {3: ((3, 1), 0.33), 4: ((2,), 0.6)}.get(panels, ((3, 2), 0.6))
    for wanted in (columns,) if columns else choices:
        across = min(wanted, panels)
        width = (WIDTH - beside - axis - (across - 1) * GAP) // across - labels.YEAR
        if across * (width - room) >= least * WIDTH:
            break
    return across, width


def _alone(data: pd.DataFrame, x: str, y: str, keys: list[str]) -> list[bool]:
    """Find values without a neighbour in their line, which no stroke would show."""
    there = data[y].notna()
    order = data.assign(_there=there).sort_values(x, kind="stable").groupby(keys, sort=False)["_there"]
    beside = order.shift(1, fill_value=False) | order.shift(-1, fill_value=False)
    alone: list[bool] = (there & ~beside.reindex(data.index)).tolist()
    return alone


def _spans(line: Any, low: str, high: str, variant: str | None = None) -> list[Any]:
    """Shade what each value may be: an area along a line, a rule at a value that stands alone."""
    ends: dict[str, Any] = {"y": alt.Y(low, type="quantitative", title=None), "y2": alt.Y2(high)}
    if variant:  # an area each, not one through the lines of all
        ends["detail"] = alt.Detail(variant, type="nominal")
    return [
        line.mark_area(opacity=0.16).encode(**ends),
        line.transform_filter("datum._alone").mark_rule(strokeWidth=5, opacity=0.35).encode(**ends),
    ]


def _marked(events: Mapping[str, float], x: str, line: Any) -> list[Any]:
    """Draw a rule at each event, with its name at the top."""
    moments = pd.DataFrame({"_event": list(events), x: list(events.values())})
    across = line.encoding.x
    layers: list[Any] = [alt.Chart(moments).mark_rule(color=MUTED, strokeDash=[2, 3]).encode(x=across)]
    for row in range(len(moments)):
        # One below the other, since on a phone they would touch.
        name = alt.Chart(moments.iloc[[row]]).encode(x=across, text="_event:N", y=alt.value(14 * row))
        layers += labels.haloed(name.encode(color=alt.value(MUTED)), align="right", baseline="top", dx=-4)
    return layers


def _marked_in_panels(events: Mapping[str, float], x: str, data: pd.DataFrame, facet: str) -> list[Any]:
    """Draw a rule at each event in every panel, from data that each has: a panel shows no other data than its own."""
    data["_first"] = ~data.duplicated(facet)
    rule = alt.Chart().transform_filter("datum._first").mark_rule(color=MUTED, strokeDash=[2, 3])
    return [rule.encode(x=alt.datum(moment, type="quantitative", title=None)) for moment in events.values()]


def curves(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    across: str,
    peaks: bool = False,
    fmt: str = ".2f",
    **words: Unpack[Captions],
) -> Any:
    """Draw curves of a model over any horizontal scale, each named at its last point.

    Parameters
    ----------
    across : str
        What stands on the horizontal axis; what stands on the vertical one belongs in the subtitle.
    peaks : bool
        Name each curve over its highest point; names that would touch on a phone stand over one another.
    """
    data = encodings.tidy(df, [x, y, series])
    ticks = encodings.ticks(data[y])
    ends = data.sort_values(y if peaks else x, kind="stable").groupby(series, sort=False).tail(1)
    data["_end"] = ends[series]
    height = 340
    span = encodings.ends(data[x])
    # Names keep off what they would cover: the tips of other curves, and the axis.
    lift = (ticks[-1] - ticks[0]) / height
    above = [ticks[0] + 8 * lift, *ticks[1:]]
    data["_at"] = (
        labels.stagger(ends[[series, x, y]], span, ticks, height) + 12 * lift
        if peaks
        else labels.spread(ends[y], above, height)
    )
    scale = alt.Scale(
        domain=span,
        nice=False,
        zero=False,
        range=[0, labels.right_end(labels.room(data["_end"].dropna()) + 14, panel=False)],
    )
    horizontal = alt.Axis(
        title=across,
        tickCount=6,
        labelFlush=False,
        titleColor=MUTED,
        titleFontSize=TEXT,
        titleFontWeight=400,
        titleAnchor="start",
        titlePadding=8,
    )
    base = alt.Chart().encode(
        x=alt.X(x, type="quantitative", axis=horizontal, scale=scale),
        color=encodings.colour(data[series], encodings.palette(df[series])),
    )
    drawn = base.encode(y=encodings.level(y, ticks), detail=[f"{series}:N"])
    chart = alt.layer(
        drawn.mark_line(strokeWidth=2.25, clip=True).encode(order=f"{x}:Q"),
        *labels.at_ends(base.transform_filter("isValid(datum._end)").encode(y=encodings.level("_at", ticks))),
        encodings.hovered(drawn, encodings.tooltip(data, [series, x], y, fmt), clip=True),
        data=data,
    )
    told = along(data, x, y, [series], fmt, at="at")
    view = roles(df, "curves", [y], {"series": series}, fmt=fmt, x=x, across=across)
    return exhibit(chart.properties(height=height), data=df, told=told, view=view, **words)
