"""Numbers to Altair charts, in one look. Nothing here touches a file.

Each constructor takes a tidy DataFrame, the names of its columns and the words round the chart (`Words`), and
keeps the order of the rows. Codes are shown by the names that the book
gives them, each in its colour (:func:`exhibits.names.naming`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any, TypedDict, Unpack

import altair as alt
import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from exhibits.names import GIVEN
from exhibits.text import by_series, csv, flat
from exhibits.words import along, known, label, listed, number, ranked

#: What a chart leaves in a notebook: its specification. The page decides how it is drawn.
MIME = "application/vnd.vegalite.v6+json"
#: What its output says it is.
KIND = "chart"


def _in_words(spec: dict[str, Any]) -> str:
    """Say what a chart says: words, then numbers. A reader without pictures gets that, and whoever compares runs."""
    if "gvc" not in spec.get("usermeta", {}):
        return str(spec.get("description", "A chart"))
    about, title = spec["usermeta"]["gvc"], spec["title"]
    words = [" ".join(title["text"]), " ".join(title["subtitle"]), f"Source: {about['source']}", spec["description"]]
    if "said" in about:
        words.append(base_case(about["said"]))
    return "\n".join([about["name"], *words, "", by_series(about["csv"])])


def base_case(said: Mapping[str, Any]) -> str:
    """Return the sentence beside the sliders of a chart as it stands before anybody turns them."""
    which, *numbers = said["base"]
    sentence: str = said["sentences"][int(which)]
    return sentence.format(*numbers)


# Altair's own type of this kind lacks the plus sign, and notebooks hold no objects under such a type.
alt.renderers.register("gvc", lambda spec, **_: ({MIME: spec, "text/plain": _in_words(spec)}, {"gvc": KIND}))
alt.renderers.enable("gvc")

#: Roles, not colours: the page exchanges them for those of its light or dark theme.
INK, MUTED, GRID, PAPER = "#1f2328", "#5c636b", "#dfe2e6", "#ffffff"
#: The one colour of charts whose marks have none of their own; for a loss, `LOSS`. Both at 3:1 from either page.
ACCENT, LOSS = "#2a78b5", "#c8551b"
#: For series that have none of their own, in this order; colour-blind readers can tell the first five apart.
PALETTE = (ACCENT, LOSS, "#0aa568", "#a8496c", "#7854d8", "#b58709", "#8e9196")
FONT = (
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', "
    "'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
#: Width of a chart off the page, and of the text column it fills on a wide screen.
WIDTH = 720

_TEXT = 12
#: Pixels that a phone leaves to curves with their names to the right.
_PHONE = 240
_GAP = 24
#: What a dot before a label takes, and half of a year under the beginning of an axis.
_DOT, _YEAR = 6, 14

THEME: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "offset": 16,
        "color": INK,
        "fontSize": 17,
        "fontWeight": 600,
        "lineHeight": 22,
        "subtitleColor": MUTED,
        "subtitleFontSize": 13,
        "subtitleLineHeight": 18,
        "subtitlePadding": 6,
    },
    "axis": {
        "domainColor": MUTED,
        "tickColor": MUTED,
        "tickSize": 4,
        "gridColor": GRID,
        "labelColor": MUTED,
        "labelFontSize": _TEXT,
        "labelPadding": 6,
    },
    "axisX": {"grid": False},
    "axisY": {"domain": False, "ticks": False},
    "header": {
        "labelAnchor": "start",
        "labelColor": INK,
        "labelFontSize": 13,
        "labelFontWeight": 600,
        "labelPadding": 8,
    },
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "offset": 12,
        "columns": 3,
        "columnPadding": 16,
        "rowPadding": 4,
        "labelColor": INK,
        "labelFontSize": _TEXT,
    },
    "text": {"color": INK, "fontSize": _TEXT},
    "facet": {"spacing": _GAP},
}


class Words(TypedDict):
    """The words round a chart.

    `name` is what the text refers to, `title` the finding, `subtitle` unit and scope, `alt` what kind of picture it is
    and what to see in it, to which the chart adds its numbers, `source` where these come from: plain text, since it
    is drawn into the pictures that readers download.
    """

    name: str
    title: str
    subtitle: str
    source: str
    alt: str


def exhibit(
    chart: Any,
    *,
    name: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    told: str = "",
    said: Mapping[str, Any] | None = None,
    least: int = 0,
    data: pd.DataFrame | None = None,
) -> Any:
    """Finish any Altair chart: look, words, and `data` (else the chart's own) as what readers download.

    `told` follows the alt text: what the chart shows, as :mod:`exhibits.words` tells it from the numbers. `said`
    holds the ``sentences`` that stand beside sliders, and ``base``: the number of that of the base case, and its
    numbers. Where there are fewer pixels than `least`, the picture is scrolled and not made narrower.
    """
    numbers = chart.data if data is None else data
    title, subtitle, source, alt = map(flat, (title, subtitle, source, alt))
    width = chart._get("width") if isinstance(chart._get("width"), int) else WIDTH
    chart = chart.properties(
        title={"text": wrap(title, width // 9), "subtitle": wrap(subtitle, width // 7)},
        description=f"{alt} {told}".rstrip(),
        usermeta={
            "gvc": {
                "name": name,
                "source": source,
                "told": told,
                "csv": csv(numbers, index=False),
                **({"said": said} if said else {}),
                **({"least": least} if least else {}),
            },
        },
        config=THEME,
    )
    return _fill_column(chart)


def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    facet: str | None = None,
    variant: str | None = None,
    dashes: Mapping[str, Sequence[float]] | None = None,
    band: tuple[str, str] | None = None,
    columns: int | None = None,
    fmt: str = ".1f",
    **words: Unpack[Words],
) -> Any:
    """Draw series over time, each labelled at its end with its last value.

    A `variant` column (say, the edition of the source) sets the stroke: as `dashes` say, or solid, dashed, dotted in
    order of appearance; where two of them end together, the label gives the first one's value. A row without a value is
    a gap in its line, and a value between gaps a dot. The columns of a `band` hold the ends of what a value may be.
    On a wide page there are as many panels in a row as their labels leave room for, or `columns`. Panels of the same
    series share the room for names: the last of each row has them, and the others values alone. Nor does a panel name
    a series again that it is named after.
    """
    data = _tidy(df, [x, y, series, variant, facet, *(band or ())])
    data["_alone"] = _alone(data, x, y, [column for column in (facet, series, variant) if column])
    height = 190 if facet else 320
    ticks = _ticks(pd.concat([data[column] for column in (y, *(band or ()))]))
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
    shared = len(panels) > 1 and len({frozenset(panel[series]) for panel in panels}) == 1
    written = data["_end"].dropna()
    if shared:
        data["_last"] = pd.Series(last, ends.index)
        data["_panel"] = data[facet].map({name: place for place, name in enumerate(_unique(data[facet]))})
        written = data["_last"].dropna()
    data["_at"] = pd.concat(_spread(panel[y], ticks, height) for panel in panels)

    base = alt.Chart(data).encode(
        x=_time(data[x], written, panel=facet is not None),
        color=_colour(data[series], _palette(df[series])),
    )
    line = base.encode(y=_level(y, ticks))
    end = base.transform_filter("isValid(datum._end)").encode(y=_level("_at", ticks))
    chart = alt.layer(
        *([] if band is None else _spans(line, *band, variant)),
        line.mark_line(strokeWidth=2.25, strokeJoin="round").encode(
            **(
                {}
                if variant is None
                else {"strokeDash": _dashes(data[variant], dashes, data.dropna(subset=y)["_alone"])}
            )
        ),
        *(
            [line.transform_filter("datum._alone").mark_point(filled=True, opacity=1, size=45)]
            if any(data["_alone"])
            else []
        ),
        *_end_labels(end, shared=shared),
        _hovered(line, _tooltip(data, [facet, series, variant, x], y, fmt)),
        data=data,
    )
    chart = chart.properties(height=height)
    if facet:
        room, beside = _room(written), _room(data["_end"].dropna()) - _room(written)
        axis = round(max(map(_long, map("{:,g}".format, ticks)))) + 18
        columns, width = _row(len(panels), axis, room + _DOT, beside, columns)
        chart = _panels(chart.properties(width=width), data, facet, columns).resolve_axis(x="independent")
        if shared:
            # The page arranges panels anew where it is narrow, and says so.
            chart = chart.properties(align={"column": "each", "row": "all"})
            across = alt.param(name="across", value=columns).param
            chart.params = [*([] if chart.params is alt.Undefined else chart.params), across]
    told = along(df, x, y, [facet, series, variant], fmt)
    return exhibit(chart, data=df, told=told, **words)


def _row(panels: int, axis: int, room: int, beside: int, columns: int | None) -> tuple[int, int]:
    """Say how many panels stand in a row, and how wide each is: three, if three fifths of the row are then plots."""
    for wanted in (columns,) if columns else (2,) if panels == 4 else (3, 2):
        across = min(wanted, panels)
        width = (WIDTH - beside - axis - (across - 1) * _GAP) // across - _YEAR
        if across * (width - room) >= 0.6 * WIDTH:
            break
    return across, width


def _alone(data: pd.DataFrame, x: str, y: str, keys: list[str]) -> list[bool]:
    """Whether a value has none beside it in its line, so that no stroke would show it."""
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


def stacked(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    colours: Mapping[str, str] | None = None,
    fmt: str = ".1f",
    **words: Unpack[Words],
) -> Any:
    """Draw what a total is made of, a bar a category.

    `colours` are those of series that have none of their own and mean something.
    """
    data = _tidy(df, [x, y, series])
    data["_order"] = data[series].map({name: i for i, name in enumerate(_unique(data[series]))})
    palette = _palette(df[series]) if colours is None else dict(colours)
    whole = float(data.groupby(x)[y].sum().max())
    data["_middle"] = data.groupby(x)[y].cumsum() - data[y] / 2
    # A number is written where a phone, too, has room for it.
    data["_text"] = [number(part, fmt) if part >= 0.09 * whole else None for part in data[y]]
    data["_ink"] = [_ink_on(palette[name]) for name in data[series]]
    scale = alt.Scale(domain=[0, whole], nice=False)
    base = alt.Chart(data).encode(y=_rows(data[x]))
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
                color=_colour(data[series], palette, alt.Legend(title=None, symbolType="circle")),
                order="_order:Q",
                tooltip=_tooltip(data, [x, series], y, fmt),
            ),
            base.transform_filter("isValid(datum._text)")
            .mark_text()
            .encode(
                x=alt.X("_middle", type="quantitative", scale=scale),
                text="_text:N",
                color=alt.Color("_ink:N", scale=None),
            ),
        )
        .resolve_scale(color="independent")
        .properties(height=44 * data[x].nunique())
    )
    return exhibit(chart, data=df, told=listed(df, [x, series], [y], fmt), **words)


def bars(
    df: pd.DataFrame,
    category: str,
    value: str,
    *,
    facet: str | None = None,
    fmt: str = ".1f",
    **words: Unpack[Words],
) -> Any:
    """Draw a bar a category, with its number; as gains and losses, which get their signs, where some are negative."""
    data = _tidy(df, [category, value, facet])
    signed = bool((data[value] < 0).any())
    data["_text"] = [number(one, fmt, signed=signed) for one in data[value]]
    if signed:
        data["_colour"] = [ACCENT if one >= 0 else LOSS for one in data[value]]
    else:
        named = all(map(known, df[category]))
        data["_colour"] = [GIVEN.colour(code) if named else ACCENT for code in df[category]]
    room = _room(data["_text"])
    scale = alt.Scale(
        domain=[min(0.0, float(data[value].min())), max(0.0, float(data[value].max()))],
        nice=False,
        range=[room if signed else 0, _right(room, panel=facet is not None)],
    )
    base = alt.Chart(data).encode(y=_rows(data[category]), x=alt.X(value, type="quantitative", axis=None, scale=scale))
    text = base.encode(text="_text:N")
    layers = [
        base.mark_bar(size=18).encode(
            color=alt.Color("_colour:N", scale=None),
            tooltip=_tooltip(data, [facet, category], value, fmt),
        ),
        text.transform_filter(alt.datum[value] >= 0).mark_text(align="left", dx=5),
    ]
    if signed:
        layers += [
            text.transform_filter(alt.datum[value] < 0).mark_text(align="right", dx=-5),
            alt.Chart(data).mark_rule(color=MUTED).encode(x=alt.datum(0, type="quantitative")),
        ]
    chart = alt.layer(*layers, data=data).properties(height=28 * data[category].nunique())
    return exhibit(_panels(chart, data, facet), data=df, told=listed(df, [facet, category], [value], fmt), **words)


def dumbbell(df: pd.DataFrame, category: str, start: str, end: str, *, fmt: str = ".1f", **words: Unpack[Words]) -> Any:
    """Draw two joined dots a category: the columns `start`, hollow, and `end`, full, under these names."""
    wide = _tidy(df, [category, start, end])
    data = wide.melt(id_vars=category, value_vars=[start, end], var_name="_when", value_name="_value")
    data["_text"] = [number(one, fmt) for one in data["_value"]]
    start_is_left = data[category].map((wide[start] <= wide[end]).set_axis(wide[category]))
    data["_left"] = start_is_left == (data["_when"] == start)
    # The two moments are named once, over the first row.
    data["_head"] = data["_when"].where(data[category] == wide[category].iloc[0], None)
    room = _room(data["_text"])
    # The name at the right needs what the first row leaves of a phone's width; the left one may reach over the labels.
    low, high = _ends(data["_value"])
    name, at = max(zip((start, end), wide[[start, end]].iloc[0], strict=True), key=lambda pair: pair[1])
    right = max(room, _room([name]) - round(180 * (high - at) / (high - low or 1)))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, range=[room, _right(right, panel=False)])
    base = alt.Chart(data).encode(
        y=_rows(data[category], grid=True), x=alt.X("_value", type="quantitative", axis=None, scale=scale)
    )
    dots = base.encode(tooltip=_tooltip(data, [category, "_when"], "_value", fmt))
    sides: list[tuple[str, Any, int]] = [("datum._left", "right", -9), ("!datum._left", "left", 9)]
    texts = [
        layer
        for side, align, dx in sides
        for layer in (
            *_haloed(base.transform_filter(side).encode(text="_text:N"), align=align, dx=dx),
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
    return exhibit(chart.properties(height=34 * len(wide)), data=df, told=told, **words)


def heatmap(
    df: pd.DataFrame,
    x: str,
    y: str,
    value: str,
    *,
    facet: str | None = None,
    diverging: bool = False,
    fmt: str = ".1f",
    **words: Unpack[Words],
) -> Any:
    """Draw a matrix, `y` down and `x` across, its numbers in the cells; `diverging` for differences."""
    data = _tidy(df, [x, y, value, facet])
    # Tints, not a ramp of colours: the numbers in the cells keep the contrast of the page's own text.
    data["_tint"] = (data[value].abs() / data[value].abs().max() * 0.55 + 0.03).round(3).fillna(0)
    data["_colour"] = [LOSS if one < 0 else ACCENT for one in data[value]]
    data["_text"] = [number(one, fmt, signed=diverging) for one in data[value]]
    columns = _unique(data[x])
    slanted = len(columns) > 6
    text: Any = alt.Text("_text:N")
    if slanted and not facet and fmt != ".0f":
        # On a phone there is no room in a cell for what follows the point.
        data["_short"] = [number(one, ".0f", signed=diverging) for one in data[value]]
        narrow = f"width < {len(columns) * math.ceil(max(map(_long, data['_text'])) + 4)}"
        text = alt.Text("_text:N", condition={"test": narrow, "value": {"expr": "datum._short"}})
    across = alt.Axis(
        # Over the matrix stand the names of the panels, if any.
        orient="bottom" if facet else "top",
        domain=False,
        ticks=False,
        labelAngle=-45 if slanted else 0,
        labelColor=INK,
        labelOverlap=False,
    )
    base = alt.Chart(data).encode(x=alt.X(x, type="nominal", sort=columns, title=None, axis=across), y=_rows(data[y]))
    chart = alt.layer(
        base.mark_rect(stroke=PAPER, strokeWidth=2).encode(
            color=alt.Color("_colour:N", scale=None),
            fillOpacity=alt.FillOpacity("_tint:Q", scale=None),
            tooltip=_tooltip(data, [facet, y, x], value, fmt),
        ),
        base.mark_text().encode(text=text),
        data=data,
    )
    chart = _panels(chart.properties(height=36 * data[y].nunique()), data, facet, 2)
    least = 0
    if slanted and not facet:
        least = _room(data[y]) + 3 * len(columns[-1]) + 22 * len(columns)
        # The last name leans out over the edge, where a picture of a given width has no room for it.
        chart = chart.properties(padding={"left": 0, "top": 0, "bottom": 0, "right": 3 * len(columns[-1])})
    told = ranked(df, [facet, y, x], value, fmt, signed=diverging)
    chart = chart.resolve_axis(x="independent") if facet else chart
    return exhibit(chart, data=df, told=told, least=least, **words)


def sankey(df: pd.DataFrame, stages: Iterable[str], value: str, *, fmt: str = ".1f", **words: Unpack[Words]) -> Any:
    """Draw flows through stages, left to right: bands in the colour of where they begin, as wide as they are large.

    Each row of `df` is one way through all of the `stages`, columns of it. Names stand over their nodes, each with
    its sum, so that the bands have the whole width of a phone.
    """
    columns = list(stages)
    palette = _palette(pd.concat([df[column] for column in columns]))
    data = _tidy(df, [*columns, value])
    nodes, ends = _columns_of_nodes(data, columns, value)
    bands = pd.DataFrame(
        [
            {**key, value: sum_, "_band": band, "_x": stage + t, "_low": low, "_high": low + sum_}
            for band, (stage, key, sum_, start, end) in enumerate(ends)
            for t in (step / 16 for step in range(17))
            for low in [start + (end - start) * t * t * (3 - 2 * t)]
        ]
    ).round(4)
    # A band's tooltip names every stage; those it has not reached yet are summed over.
    bands[columns] = bands[columns].fillna("all")
    last = len(columns) - 1
    nodes["_text"] = [f"{name} {number(sum_, fmt)}" for name, sum_ in zip(nodes["_name"], nodes[value], strict=True)]
    across = alt.X("_x", type="quantitative", axis=None, scale=alt.Scale(domain=[0, last], nice=False))
    extent = [float(nodes["_low"].min()), float(nodes["_high"].max())]

    def up(column: str) -> Any:
        return alt.Y(column, type="quantitative", axis=None, scale=alt.Scale(domain=extent, nice=False, reverse=True))

    node = alt.Chart(nodes).encode(x=across, color=_colour(nodes["_name"], palette))
    name = node.encode(y=up("_low"), text="_text:N", color=alt.value(INK))
    sides = [(0, {"align": "left", "dx": -4}), (last, {"align": "right", "dx": 4})]
    places = [(alt.datum._x == at, place) for at, place in sides]
    places.append((f"datum._x > 0 && datum._x < {last}", {"align": "center"}))
    chart = alt.layer(
        alt.Chart(bands)
        .mark_area(opacity=0.6)
        .encode(
            x=across,
            y=up("_low"),
            y2="_high",
            color=_colour(bands[columns[0]], palette),
            detail="_band:N",
            tooltip=_tooltip(data, columns, value, fmt),
        ),
        node.mark_rule(strokeWidth=8).encode(
            y=up("_low"), y2="_high", tooltip=[alt.Tooltip("_name:N", title="of"), *_tooltip(data, [], value, fmt)]
        ),
        *(
            layer
            for side, place in places
            for layer in _haloed(name.transform_filter(side), dy=-9, fontWeight=600, **place)
        ),
    )
    return exhibit(chart.properties(height=460), data=df, told=ranked(data, columns, value, fmt), **words)


def _columns_of_nodes(
    data: pd.DataFrame, columns: list[str], value: str
) -> tuple[pd.DataFrame, list[tuple[int, dict[str, Any], float, float, float]]]:
    """Place the nodes of each stage under each other, and each band between two of them.

    Returns
    -------
    nodes : DataFrame
        Columns _name, _x, _low, _high, and the sum under `value`.
    bands : list of tuple
        Stage, names, value, and the lower edges at both ends; as many names as the band has passed, the next included.
    """
    rank = {column: {name: i for i, name in enumerate(_unique(data[column]))} for column in columns}
    most = max(map(len, rank.values()))
    # Room for a name over each node.
    gap = float(data[value].sum()) * 24 / (460 - 24 * most)
    rows: list[dict[str, Any]] = []
    for x, column in enumerate(columns):
        at = (most - len(rank[column])) * gap / 2
        for name in rank[column]:
            sum_ = float(data.loc[data[column] == name, value].sum())
            rows.append({"_name": name, "_x": x, "_low": at, "_high": at + sum_, value: sum_})
            at += sum_ + gap
    nodes = pd.DataFrame(rows)
    top = nodes.set_index(["_x", "_name"])["_low"].to_dict()

    bands: list[tuple[int, dict[str, Any], float, float, float]] = []
    for stage in range(len(columns) - 1):
        passed = columns[: stage + 2]
        sums = data.groupby(passed, sort=False)[value].sum()
        keys = list(sums.index)
        lows: list[dict[Any, float]] = []
        # At its start a band is ordered by where it goes, then by where it comes from; at its end by the latter.
        for here, order in ((stage, [passed[-1], *passed[:-1]]), (stage + 1, [passed[-2], *passed[:-2], passed[-1]])):
            edge = {name: top[here, name] for name in rank[columns[here]]}
            low: dict[Any, float] = {}
            for key in sorted(keys, key=lambda key: [rank[c][dict(zip(passed, key, strict=True))[c]] for c in order]):
                name = key[here]
                low[key] = edge[name]
                edge[name] += float(sums[key])
            lows.append(low)
        bands += [
            (stage, dict(zip(passed, key, strict=True)), float(sums[key]), lows[0][key], lows[1][key]) for key in keys
        ]
    return nodes, bands


def curves(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str,
    *,
    across: str,
    peaks: bool = False,
    fmt: str = ".2f",
    **words: Unpack[Words],
) -> Any:
    """Draw curves of a model over any horizontal scale, each named at its last point.

    Parameters
    ----------
    across : str
        What stands on the horizontal axis; what stands on the vertical one belongs in the subtitle.
    peaks : bool
        Name each curve over its highest point; names that would touch on a phone stand over one another.
    """
    data = _tidy(df, [x, y, series])
    ticks = _ticks(data[y])
    ends = data.sort_values(y if peaks else x, kind="stable").groupby(series, sort=False).tail(1)
    data["_end"] = ends[series]
    height = 340
    span = _ends(data[x])
    # Names keep off what they would cover: the tips of other curves, and the axis.
    lift = (ticks[-1] - ticks[0]) / height
    above = [ticks[0] + 8 * lift, *ticks[1:]]
    data["_at"] = (
        _stagger(ends[[series, x, y]], span, ticks, height) + 12 * lift if peaks else _spread(ends[y], above, height)
    )
    scale = alt.Scale(
        domain=span, nice=False, zero=False, range=[0, _right(_room(data["_end"].dropna()) + 14, panel=False)]
    )
    horizontal = alt.Axis(
        title=across,
        tickCount=6,
        labelFlush=False,
        titleColor=MUTED,
        titleFontSize=_TEXT,
        titleFontWeight=400,
        titleAnchor="start",
        titlePadding=8,
    )
    base = alt.Chart(data).encode(
        x=alt.X(x, type="quantitative", axis=horizontal, scale=scale), color=_colour(data[series], _palette(df[series]))
    )
    drawn = base.encode(y=_level(y, ticks), detail=[f"{series}:N"])
    chart = alt.layer(
        drawn.mark_line(strokeWidth=2.25, clip=True).encode(order=f"{x}:Q"),
        *_end_labels(base.transform_filter("isValid(datum._end)").encode(y=_level("_at", ticks))),
        _hovered(drawn, _tooltip(data, [series, x], y, fmt), clip=True),
    )
    return exhibit(chart.properties(height=height), data=df, told=along(data, x, y, [series], fmt, at="at"), **words)


def timeline(df: pd.DataFrame, row: str, start: str, end: str, *, over: str, under: str, **words: Unpack[Words]) -> Any:
    """Draw spans of years, a row each, with a line of text over each span and one under it.

    Text begins where its span begins, or ends where it ends if that is in the right half.
    """
    data = _tidy(df, [row, start, end, over, under])
    first, last = int(data[start].min()), int(data[end].max())
    low, high = 10 * (first // 10), 10 * math.ceil(last / 10)
    late = data[end] > (low + high) / 2
    data["_at"] = data[end].where(late, data[start])
    data["_side"] = ["right" if is_late else "left" for is_late in late]
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    axis = alt.Axis(format="d", tickCount=6, title=None)
    base = alt.Chart(data).encode(y=_rows(data[row]))
    text = base.encode(x=alt.X("_at", type="quantitative", scale=scale))
    sides = [
        layer
        for side in ("left", "right")
        for layer in (
            *_haloed(
                text.transform_filter(alt.datum._side == side).encode(text=f"{over}:N"),
                align=side,
                dy=-17,
                fontWeight=600,
            ),
            *_haloed(
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
        **words,
    )


def _fill_column(chart: Any) -> Any:
    """Let a single view take the width of the page; panels, and views of a given width, keep it."""
    if isinstance(chart, alt.Chart | alt.LayerChart) and chart.width is alt.Undefined:
        return chart.properties(width="container", autosize={"type": "fit-x", "contains": "padding"})
    return chart


def _panels(chart: Any, data: pd.DataFrame, facet: str | None, columns: int = 3) -> Any:
    """Small multiples that fill `WIDTH`; the page rearranges them on a narrower screen."""
    if facet is None:
        return chart
    names = _unique(data[facet])
    if chart.width is alt.Undefined:
        columns = min(columns, len(names))
        chart = chart.properties(width=(WIDTH - 80 - (columns - 1) * _GAP) // columns)
    return chart.facet(facet=alt.Facet(facet, type="nominal", sort=names, title=None), columns=columns)


def _tidy(df: pd.DataFrame, columns: Iterable[str | None]) -> pd.DataFrame:
    """Copy the columns a chart draws, rounded to what a reader can tell apart: charts compare exactly."""
    data = df[[column for column in columns if column]].reset_index(drop=True)
    for column in data.select_dtypes(exclude="number"):
        data[column] = data[column].map(label)
    for column in data.select_dtypes("float"):
        data[column] = [float(f"{one:.6g}") + 0.0 for one in data[column]]  # and no "-0"
    return data


def _unique(values: pd.Series) -> list[Any]:
    return list(dict.fromkeys(values))


def _ticks(values: pd.Series) -> list[float]:
    """Round numbers that cover the values; from zero, unless that would waste half of the height."""
    low, high = float(values.min()), float(values.max())
    if 0 < low < high / 2:
        low = 0.0
    span = high - low or abs(high) or 1.0
    power = 10 ** math.floor(math.log10(span / 4))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if span / (power * m) <= 5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def _ends(values: pd.Series) -> list[float]:
    return [values.min().item(), values.max().item()]


def _spread(wanted: pd.Series, ticks: list[float], height: int) -> pd.Series:
    """Move labels apart, as little as can be: neighbours that touch share their mean place."""
    gap = 15 * (ticks[-1] - ticks[0]) / height
    order = wanted.sort_values(kind="stable")
    ranks = gap * np.arange(len(order))
    places = isotonic_regression(order.to_numpy() - ranks).x
    moved = np.maximum(ticks[0], np.minimum(places, ticks[-1] - ranks[-1])) + ranks
    return pd.Series(moved, order.index).round(6)


def _stagger(wanted: pd.DataFrame, span: list[float], ticks: list[float], height: int) -> pd.Series:
    """Raise each label (columns text, x, y) over those to its left that it would touch on a phone."""
    gap = 15 * (ticks[-1] - ticks[0]) / height
    per_pixel = (span[1] - span[0]) / _PHONE
    placed: list[tuple[float, float]] = []
    places = {}
    for row, written, begin, place in wanted.sort_values(wanted.columns[1], kind="stable").itertuples():
        at = place
        while any(end > begin and abs(at - other) < 0.99 * gap for end, other in placed):
            at += gap
        placed.append((begin + per_pixel * (17 + len(written) * _TEXT * 0.56), at))
        places[row] = at
    return pd.Series(places, dtype=float).round(6)


def _room(labels: Iterable[str]) -> int:
    """Pixels that the longest label needs, with some air."""
    return math.ceil(max(map(_long, labels)) * 1.04) + 12


def _long(text: str) -> float:
    """Say how many pixels a label is long, in Helvetica and what is set like it."""
    return _TEXT * sum(
        1.0 if sign >= "\u2e80" else next((em for em, signs in _EMS.items() if sign in signs), 0.56) for sign in text
    )


#: Widths of letters in ems; of all others 0.56, or one if they are Chinese.
_EMS = {0.23: "ijl|'’", 0.31: " .,:;!Itfr/()[]-", 0.72: "ABCDEFGHKNOPQRSTUVXYZw", 0.9: "mMW%@"}


def _right(room: int, *, panel: bool) -> Any:
    """End of a horizontal scale that leaves `room` at the right."""
    return alt.expr(f"{'child_width' if panel else 'width'} - {room}")


def _time(values: pd.Series, labels: Iterable[str], *, panel: bool = False) -> Any:
    end = _right(_room(labels) + _DOT, panel=panel)
    scale = alt.Scale(domain=_ends(values), nice=False, zero=False, range=[0, end])
    first, last = map(int, _ends(values))
    least = max(1, math.ceil((last - first) / (2 if panel else 7)))
    # Steps that reach both ends, if any do.
    step = next((step for step in range(least, 2 * least + 1) if (last - first) % step == 0), least)
    axis = alt.Axis(values=list(range(last, first - 1, -step))[::-1], format="d", labelFlush=False)
    return alt.X(str(values.name), type="quantitative", title=None, axis=axis, scale=scale)


def _level(column: str, ticks: list[float]) -> Any:
    scale = alt.Scale(domain=[ticks[0], ticks[-1]], nice=False)
    return alt.Y(column, type="quantitative", title=None, axis=alt.Axis(values=ticks, format=",.6~r"), scale=scale)


def _rows(labels: pd.Series, *, grid: bool = False) -> Any:
    axis = alt.Axis(domain=False, ticks=False, grid=grid, labelColor=INK, labelLimit=170, labelPadding=8)
    return alt.Y(str(labels.name), type="nominal", sort=_unique(labels), title=None, axis=axis)


def _palette(codes: pd.Series) -> dict[str, str]:
    """Colours by name: a code's own, or the palette's in turn."""
    distinct = _unique(codes)
    if all(map(known, distinct)):
        return {label(code): GIVEN.colour(code) for code in distinct}
    return {label(code): PALETTE[i % len(PALETTE)] for i, code in enumerate(distinct)}


def _colour(labels: pd.Series, palette: dict[str, str], legend: Any = None) -> Any:
    scale = alt.Scale(domain=list(palette), range=list(palette.values()))
    return alt.Color(str(labels.name), type="nominal", scale=scale, legend=legend)


def _ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return "black" if luminance > 0.179 else "white"


def _dashes(
    values: pd.Series, dashes: Mapping[str, Sequence[float]] | None = None, alone: pd.Series | None = None
) -> Any:
    shown = _unique(values)
    # The legend draws a stroke for each; of a variant whose values all stand alone it says that they are dots.
    dots = [] if alone is None else [name for name in shown if alone[values.reindex(alone.index) == name].all()]
    named = f"indexof({dots}, datum.label) < 0 ? datum.label : datum.label + ' (dots)'"
    strokes: list[Any] = [[1, 0], [6, 3], [2, 2.5]] if dashes is None else [list(dashes[name]) for name in shown]
    return alt.StrokeDash(
        str(values.name),
        type="nominal",
        scale=alt.Scale(domain=shown, range=strokes),
        legend=alt.Legend(
            title=None,
            symbolType="stroke",
            symbolStrokeColor=MUTED,
            symbolSize=400,
            labelExpr=named if dots else alt.Undefined,
        ),
    )


def _tooltip(data: pd.DataFrame, keys: Iterable[str | None], value: str, fmt: str) -> list[Any]:
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


def _hovered(line: Any, tooltip: list[Any], **mark: Any) -> Any:
    """Draw the points of a line that show, with their numbers, where a reader points."""
    # Not the nearest point: Vega-Lite then shows "undefined" for text in tooltips.
    hover = alt.selection_point(name="hover", on="pointerover", clear="pointerout", empty=False)
    points = line.mark_point(filled=True, size=100, **mark).encode(
        opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=tooltip
    )
    return points.properties(name="points").add_params(hover)


def _end_labels(end: Any, *, shared: bool = False) -> list[Any]:
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
        *(layer for text in texts for layer in _haloed(text, align="left", dx=17)),
    ]


def _haloed(text: Any, **mark: Any) -> tuple[Any, Any]:
    """Text that stays readable over lines: once as a rim in the colour of the page, once as itself."""
    rim = text.encode(color=alt.value(PAPER)).mark_text(stroke=PAPER, strokeWidth=3.5, strokeJoin="round", **mark)
    return rim, text.mark_text(**mark)
