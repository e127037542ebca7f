"""Charts with sliders: a reader changes the parameters of a model, and the page computes its curves anew.

What the page computes is a formula in the language of Vega that is also one of Python's (:func:`value`), so that the
same string draws the base case here, without a page, and any other case there. The base case stays as a pale line. A
sentence says in numbers what the curves show; the page fills it in anew as a slider moves.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import CodeType
from typing import Any, TypedDict, Unpack

import altair as alt
import numpy as np
import pandas as pd

from exhibits.charts import encodings, labels, placing, theme
from exhibits.charts.finish import Captions, exhibit
from exhibits.charts.roles import roles
from exhibits.words import along, label, number

#: Functions that both languages have under one name; `where` is Vega's `if`.
_SHARED: dict[str, Any] = {
    name: getattr(np, name) for name in ("sqrt", "exp", "log", "abs", "round", "floor", "where")
} | {
    "pow": np.power,
    "min": np.minimum,
    "max": np.maximum,
    "format": lambda value, fmt: number(float(value), fmt),
    # Beyond the list there is nothing that the page shows: both sides of an `if` are computed here.
    "take": lambda listed, place: np.take(listed, np.asarray(place).astype(int), mode="clip"),
}

#: What is left of zero when a solution has been rounded.
_ZERO = 1e-12
#: Words beside a point that have more signs than these stand on two lines.
_LONG = 16


class SliderChart(TypedDict):
    """Arguments of :func:`slider_chart`, without the captions."""

    panels: Sequence["Panel"]
    knobs: Mapping[str, "Knob"]
    lets: Mapping[str, str]
    said: Sequence["Sentence"]


@dataclass(frozen=True)
class Knob:
    """A parameter: label, ends and step of its slider, and its value in the base case."""

    label: str
    low: float
    high: float
    step: float
    base: float


@dataclass(frozen=True)
class Curve:
    """A curve by its name: a formula in ``datum.x`` and the knobs, over the places of a grid.

    With `across`, a formula, too, the grid runs along the curve, and not along the axis. A dashed curve has no name at
    its end. A rule is no result but what others are read against: it is dotted and grey.
    """

    name: str
    formula: str
    grid: Sequence[float]
    across: str = "datum.x"
    dashed: bool = False
    rule: bool = False


@dataclass(frozen=True)
class Traced:
    """Curves that are known point by point.

    `data` has the columns x and y, and a column by the name of each knob that the curves depend on: the place of the
    knob at which a row is shown. It may have line, which tells apart lines of one name, and unstable, which dashes
    them.
    """

    name: str
    data: pd.DataFrame
    #: Format of the height that is written beside the points at the first knob's place; none if they are not marked.
    mark: str = ""


@dataclass(frozen=True)
class Point:
    """A marked place, and what stands beside it, all three formulas; a text without a mark if not `marked`.

    The text stands where it is clear of curves and of other words, in the base case and with each knob at its ends.
    """

    x: str
    y: str
    text: str
    marked: bool = True


@dataclass(frozen=True)
class Sentence:
    """A sentence beside sliders: ``{0}`` in `text` is the first of `numbers`, which are formulas with formats."""

    text: str
    numbers: Sequence[tuple[str, str]]
    #: Condition, a formula. Of several sentences the page shows the first whose condition holds.
    when: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture: its heading, which names both scales, and the lowest and highest value shown.

    The horizontal axis is as long as the base case, or has the ends `span`.
    """

    heading: str
    frame: tuple[float, float]
    curves: Sequence[Curve | Traced]
    points: Sequence[Point] = field(default_factory=tuple)
    span: tuple[float, float] | None = None


def value(formula: str, **names: Any) -> Any:
    """Compute a formula of a chart.

    Examples
    --------
    >>> float(value("if(datum.x > cost, pow(datum.x, 2), 0)", x=3.0, cost=2.0))
    9.0
    """
    return eval(_compiled(formula), {"__builtins__": {}}, _SHARED | names)


@cache
def _compiled(formula: str) -> CodeType:
    named = re.sub(r"\bif\(", "where(", formula.replace("datum.", ""))
    return compile(re.sub(r"(\[[^]]*\])\[([^]]*)\]", r"take(\1, \2)", named), formula, "eval")


def looked_up(along: Mapping[str, Sequence[float]], values: Any) -> str:
    """Write numbers that are known on a grid as a formula: a list of them, and which it is by the places of the grid.

    Parameters
    ----------
    along : mapping
        By what it runs along, such as a knob or ``datum.<name>``, evenly spaced places. They hold no list of their own.
    values : array
        With an axis for each.

    Examples
    --------
    >>> looked_up({"a": [1, 2], "b": [0.5, 1, 1.5]}, [[7, 8, 9], [4, 5, 6.25]])
    '[7,8,9,4,5,6.25][3 * round((a - 1) / 1) + round((b - 0.5) / 0.5)]'
    """
    which, stride = "", 1
    for name, places in reversed([*along.items()]):
        place = f"round(({name} - {places[0]:g}) / {places[1] - places[0]:g})"
        which = f"{stride} * {place} + {which}" if which else place
        stride *= len(places)
    listed = np.reshape(values, [len(places) for places in along.values()])
    return f"[{','.join(f'{one:.9g}' for one in listed.flat)}][{which}]"


def saying(turned: SliderChart, **places: float) -> str:
    """Return the sentence for knobs at these places; knobs that are not named stand at their base."""
    which, *numbers = _spoken(turned["said"], _base(turned["knobs"]) | places, turned["lets"])
    return turned["said"][int(which)].text.format(*numbers)


def slider_chart(
    panels: Sequence[Panel],
    knobs: Mapping[str, Knob],
    *,
    said: Sequence[Sentence],
    lets: Mapping[str, str] | None = None,
    height: int = 300,
    fmt: str = ".3g",
    **words: Unpack[Captions],
) -> Any:
    """Draw panels that share their knobs.

    Parameters
    ----------
    panels : sequence of Panel
    knobs : mapping
        By the name that formulas use. The sliders stand in the element of the page with the chart's name and ``-knob``.
    said : sequence of Sentence
        Sentences beside the sliders, of which the page shows the first that holds. They know no ``datum.x``, nor do
        the formulas of points.
    lets : mapping, optional
        Formulas that others use as ``datum.<name>``, in order.
    """
    base, steps = _base(knobs), dict(lets or {})
    rows, told, formulas = _rows(panels, base, steps)
    columns = len(panels)
    width = (theme.WIDTH - 48 * columns - (columns - 1) * 24) // columns
    room = labels.room(list(dict.fromkeys(told["series"])))
    _place(rows, panels, knobs, steps, (width, room, height))
    data = alt.InlineData(values=tuple(rows))  # no list, which Altair copies deeply with each layer
    first, knob = next(iter(knobs.items()))
    names = list(dict.fromkeys(told["series"]))
    rules = {one.name for panel in panels for one in panel.curves if isinstance(one, Curve) and one.rule}
    palette = colours(names, rules)
    drawn = alt.Chart()  # the layers have the rows in common: Altair would print them to name each layer
    across = alt.X(
        "_x:Q",
        title=None,
        axis=alt.Axis(tickCount=5, labelFlush=False),
        scale=alt.Scale(nice=False, zero=False, range=[0, labels.right_end(room, panel=True)]),
    )
    up = alt.Y("_y:Q", title=None, axis=alt.Axis(tickCount=5, format=",.6~r"), scale=alt.Scale(nice=False, zero=False))
    colour = encodings.colour(pd.Series(names, name="c"), {label(name): shade for name, shade in palette.items()})
    framed = "datum._y >= datum._lo && datum._y <= datum._hi"
    curve = drawn.transform_filter(f"datum.k == 'curve' && {framed}")
    solid = curve.transform_filter("!datum.u")
    end = solid.transform_joinaggregate(_last="max(_x)", groupby=["p", "c"]).transform_filter("datum._x == datum._last")
    # Names that would touch stand over one another: each is raised over those below it, by as few pixels as it takes.
    end = (
        end.transform_window(_rank="row_number()", sort=[{"field": "_y"}], groupby=["p"])
        .transform_calculate(_up=f"(datum._y - datum._lo) / (datum._hi - datum._lo) * {height}")
        .transform_calculate(_least="datum._up - 15 * datum._rank")
        .transform_window(_floor="max(_least)", sort=[{"field": "_y"}], groupby=["p"])
    )
    raised = {"expr": "datum._up - datum._floor - 15 * datum._rank + (datum.e || 0)"}
    # Pins keep the layers of a panel without points from being empty, of which Vega would complain.
    text = drawn.transform_filter(f"datum.k == 'pin' || datum.k == 'point' && {framed}")
    seen = alt.condition("datum.k != 'pin' && datum.m !== false", alt.value(1), alt.value(0))
    detail = ["c:N", "l:N"]
    dashes = [[1, 0], [4, 3], *([[2, 3]] if rules else [])]
    layers = [
        drawn.transform_filter(f"datum.k == 'base' && {framed}")
        .mark_line(strokeWidth=5, opacity=0.22, clip=True)
        .encode(x=across, y=up, color=colour, detail=detail, order="_x:Q"),
        curve.mark_line(strokeWidth=2.25, clip=True).encode(
            x=across,
            y=up,
            color=colour,
            detail=[*detail, "_u:N"],
            order="_x:Q",
            strokeDash=alt.StrokeDash("_u:N", scale=alt.Scale(domain=[*range(len(dashes))], range=dashes), legend=None),
        ),
        drawn.transform_filter("datum.k == 'pin'").mark_point(opacity=0, size=1).encode(x=across, y=up),
        # The page reads the numbers of its sentence where Vega puts a description.
        drawn.transform_filter("datum.k == 'said'")
        .mark_point(opacity=0, size=1, aria=True)
        .encode(x=across, y=up, description="_said:N"),
        *labels.haloed(
            end.encode(x=across, y=up, text="c:N", color=alt.value(theme.INK)), align="left", dx=6, dy=raised
        ),
        text.mark_point(filled=True, size=80, color=theme.INK).encode(x=across, y=up, opacity=seen),
        *labels.haloed(
            text.encode(x=across, y=up, text="_t:N", color=alt.value(theme.INK)),
            align={"expr": "datum._dx < 0 ? 'right' : 'left'"},
            dx={"expr": "datum._dx"},
            dy={"expr": "datum.dy"},
            lineBreak="\n",
        ),
    ]
    here = f"abs(datum._x - {first}) < {knob.step / 100:g}"
    marked = drawn.transform_filter(f"datum.k == 'pin' || datum.k == 'curve' && datum.f && {here}")
    if any("f" in row for row in rows):
        layers += [
            marked.mark_point(filled=True, size=70).encode(x=across, y=up, color=colour, opacity=seen),
            *labels.haloed(
                marked.transform_calculate(_t="datum.f ? format(datum._y, datum.f) : ''").encode(
                    x=across, y=up, text="_t:N", color=alt.value(theme.INK)
                ),
                align="left",
                dx=8,
                dy=-10,
            ),
        ]
    sliders = [
        alt.param(
            name=name,
            value=one.base,
            bind=alt.binding_range(
                min=one.low, max=one.high, step=one.step, name=f"{one.label} ", element=f"#{words['name']}-knob"
            ),
        )
        for name, one in knobs.items()
    ]
    kept = [
        f"!isValid(datum.{name}) || abs(datum.{name} - {name}) < {one.step / 2:g}"
        for name, one in knobs.items()
        if any(name in row for row in rows)
    ]
    frames = {f"_{end}": [panel.frame[place] for panel in panels] for place, end in enumerate(("lo", "hi"))}
    formed = {name: f"{ends}[datum.p]" for name, ends in frames.items()}
    # Text that has no room at its side of the point, on a phone or as a slider moves, stands at the other.
    pins = [row["x"][0] for row in rows if row["k"] == "pin"]
    part = f"(datum._x - {pins[::2]}[datum.p]) / ({pins[1::2]}[datum.p] - {pins[::2]}[datum.p])"
    formed["_u"] = "datum.r ? 2 : datum.u ? 1 : 0" if rules else "datum.u ? 1 : 0"
    formed |= _calculated(steps, formulas, _speech(said))
    formed["_dx"] = (
        f"datum.dx < 0 && {theme.PHONE} * {part} < datum.w - datum.dx ? 9 : "
        f"datum.dx > 0 && {theme.PHONE} * (1 - {part}) + {room} < datum.w + datum.dx ? -9 : datum.dx"
    )
    # All at once: the library copies the whole chart for each that is added.
    transform = [
        *(alt.FilterTransform(filter=one) for one in kept),
        alt.FlattenTransform(flatten=["x", "y"]),
        *(alt.CalculateTransform(calculate=formula, **{"as": name}) for name, formula in formed.items()),
    ]
    chart = alt.layer(*layers, data=data, transform=transform).properties(width=width, height=height)
    headings = alt.Header(labelExpr=f"{json.dumps([panel.heading for panel in panels])}[datum.value]")
    chart = chart.facet(facet=alt.Facet("p:O", header=headings, title=None), columns=columns)
    chart = chart.resolve_scale(x="independent", y="independent").resolve_axis(x="independent", y="independent")
    chart.params = [slider.param for slider in sliders]  # pyrefly: ignore[bad-assignment]
    keys = [key for key in ("panel", "series", "line") if told[key].nunique() > 1 or key == "series"]
    numbers, dims = told[["panel", "series", "x", "y"]], {"series": "series", "panel": "panel"}
    pieces = told.groupby(["piece", "line"]).ngroup()
    apart = {"lines": pieces.tolist(), "dashed": told["unstable"].astype(int).tolist()}
    return exhibit(
        chart,
        data=numbers,
        told=along(told, "x", "y", keys, fmt, at="at"),
        view=roles(numbers, "turning", ["y"], dims, fmt=fmt, palette=palette, x="x", **apart),
        sentence={"choices": [one.text for one in said], "base": _spoken(said, base, steps)},
        **words,
    )


def colours(names: Sequence[str], rules: Collection[str]) -> dict[str, str]:
    """Colours of curves by name: those of the palette in turn, but for rules."""
    others = pd.Series([name for name in names if name not in rules])
    return encodings.palette(others) | dict.fromkeys(rules, theme.MUTED)


def _base(knobs: Mapping[str, Knob]) -> dict[str, Any]:
    return {name: knob.base for name, knob in knobs.items()}


def _spoken(said: Sequence[Sentence], places: dict[str, Any], lets: Mapping[str, str]) -> list[str]:
    """Return which sentence holds, and its numbers: what the page computes by :func:`_speech`."""
    which = next(i for i, one in enumerate(said) if not one.when or _at(one.when, np.nan, places, lets))
    return [str(which), *(number(float(_at(one, np.nan, places, lets)), fmt) for one, fmt in said[which].numbers)]


def _speech(said: Sequence[Sentence]) -> str:
    formula = "''"
    for which, one in reversed([*enumerate(said)]):
        spoken = " + ';' + ".join([f"'{which}'", *(f"format({number}, '{fmt}')" for number, fmt in one.numbers)])
        formula = f"if({one.when}, {spoken}, {formula})" if one.when else spoken
    return formula


def _rows(
    panels: Sequence[Panel], base: dict[str, Any], lets: dict[str, str]
) -> tuple[list[dict[str, Any]], pd.DataFrame, dict[str, dict[str, int]]]:
    """Lay out what all panels show: rows of one table, what a reader gets as numbers, and numbered formulas.

    A row is a line, its places x and y in lists, or a point. ``nx``, ``ny`` and ``nt`` number the formulas that place
    it and that write beside it.
    """
    rows: list[dict[str, Any]] = []
    told: list[pd.DataFrame] = []
    formulas: dict[str, dict[str, int]] = {"x": {}, "y": {}, "t": {}}

    def numbered(axis: str, formula: str) -> dict[str, int]:
        return {f"n{axis}": formulas[axis].setdefault(formula, len(formulas[axis]))}

    for place, panel in enumerate(panels):
        low, high = panel.frame
        spans: list[float] = []
        for one in panel.curves:
            common: dict[str, Any] = {"p": place, "k": "curve", "c": one.name}
            if isinstance(one, Curve):
                grid = np.asarray(one.grid, dtype=float)
                x, y = (
                    np.broadcast_to(_at(formula, grid, base, lets), grid.shape) for formula in (one.across, one.formula)
                )
                seen = pd.DataFrame({"x": x, "y": y, "unstable": one.dashed})
                dashed = ({"u": 1} if one.dashed else {}) | ({"r": 1} if one.rule else {})
                formed = numbered("x", one.across) | numbered("y", one.formula)
                rows.append(common | {"l": len(rows)} | dashed | {"x": [*map(_short, grid)], "y": []} | formed)
                spans += [*x[[0, -1]]]
            else:
                if one.mark:
                    common["f"] = one.mark
                turned = [name for name in base if name in one.data]
                data = one.data.assign(line=one.data.get("line", ""), unstable=one.data.get("unstable", False))
                for (_, unstable, *at), part in data.groupby(["line", "unstable", *turned], sort=False):
                    dashed = {"u": 1} if unstable else {}
                    where = {name: _short(float(str(place))) for name, place in zip(turned, at, strict=True)}
                    rows.append(common | {"l": len(rows)} | dashed | where | _places(part))
                seen = data[data[turned].sub([base[name] for name in turned]).abs().lt(1e-9).all(axis=1)]
                spans += [data["x"].min(), data["x"].max()]
            # The base case stays, pale.
            lines = seen.get("line", pd.Series("", seen.index))
            pale = seen[~seen["unstable"] & (not (isinstance(one, Curve) and one.rule))]
            for _, part in pale.groupby(lines, sort=False):
                rows.append({"p": place, "k": "base", "c": one.name, "l": len(rows), **_places(part)})
            inside = seen[seen["y"].between(low, high)]
            named = {"panel": panel.heading, "series": one.name, "line": lines, "piece": len(told)}
            told.append(inside[["x", "y", "unstable"]].assign(**named))
        ends = [*zip(map(_short, panel.span or (min(spans), max(spans))), panel.frame, strict=True)]
        rows += [{"p": place, "k": "pin", "x": [x], "y": [y]} for x, y in ends]
        corner = numbered("x", str(ends[0][0])) | numbered("y", str(ends[0][1]))
        rows.append({"p": place, "k": "said", "x": [None], "y": [], **corner})
        for point in panel.points:
            text = point.text
            if folded := _fold(str(_at(text, np.nan, base, lets))):
                text = f"replace({text}, /{folded}/, '\\n')"
            formed = numbered("x", point.x) | numbered("y", point.y) | numbered("t", text)
            rows.append({"p": place, "k": "point", "x": [None], "y": [], **formed, "m": point.marked})
    columns = ["panel", "series", "line", "x", "y"]
    frame = pd.concat(told, ignore_index=True)[[*columns, "piece", "unstable"]].round(6).drop_duplicates(columns)
    return rows, frame, formulas


def _fold(text: str) -> str:
    """Write where a long text is folded, in the middle, as an expression for the space before its last words."""
    words = text.split(" ")
    breaks = [count for count in range(1, len(words)) if not words[-count].startswith("%")]
    if len(text) <= _LONG or not breaks:
        return ""
    count = min(breaks, key=lambda count: abs(len(text) - 2 * len(" ".join(words[-count:]))))
    return f" (?={' '.join(['[^ ]+'] * count)}$)"


def _place(
    rows: list[dict[str, Any]],
    panels: Sequence[Panel],
    knobs: Mapping[str, Knob],
    lets: Mapping[str, str],
    size: tuple[int, int, int],
) -> None:
    """Find where words stand, by drawing each panel in the base case and with each knob at its ends."""
    base = _base(knobs)
    cases = [base, *(base | {name: end} for name, one in knobs.items() for end in (one.low, one.high))]
    pins = [row["x"][0] for row in rows if row["k"] == "pin"]
    for place, panel in enumerate(panels):
        own = [row for row in rows if row["p"] == place]
        widths = [size[0]] if len(panels) > 1 else [size[0], theme.PHONE + size[1]]
        scenes = [
            _scene(panel, case, lets, knobs, (pins[2 * place], pins[2 * place + 1], width, *size[1:]))
            for case in cases
            for width in widths
        ]
        for scene in scenes[len(widths) :]:
            scene.weight = 0.05
        found = placing.placed(scenes)
        for row in own:
            down = found.get(row.get("c"), (0, 0))[1]
            if row["k"] == "curve" and down:
                row["e"] = down
        points = (row for row in own if row["k"] == "point")
        for which, row in enumerate(points):
            row["dx"], row["dy"] = found.get(which, placing.AROUND[0])
            text = next((scene.texts[which][0].words for scene in scenes if which in scene.texts), "")
            row["w"] = round(max(map(labels.pixels, text.split("\n"))))


def _scene(
    panel: Panel,
    case: dict[str, Any],
    lets: Mapping[str, str],
    knobs: Mapping[str, Knob],
    size: tuple[float, float, int, int, int],
) -> placing.Scene:
    """Draw a panel in one case: its curves and words in pixels."""
    (low, high), (first, last, width, room, height) = panel.frame, size

    def pixels(x: Any, y: Any) -> Any:
        across = (np.asarray(x, dtype=float) - first) / (last - first) * (width - room)
        return np.column_stack(np.broadcast_arrays(across, (high - np.asarray(y, dtype=float)) / (high - low) * height))

    curves, tips = [], []
    texts: dict[Any, list[placing.Text]] = {}
    for one in panel.curves:
        solid = []
        for x, y, named in _drawn(one, case, lets, knobs):
            inside = (y >= low) & (y <= high) & (x >= first) & (x <= last)
            curves.append(pixels(x[inside], y[inside]))
            solid += [curves[-1][np.argmax(curves[-1][:, 0])]] if named and inside.any() else []
        tips += [(y, x, one.name) for x, y in solid if x == max(tip[0] for tip in solid)]
    # Names that would touch stand over one another, as the page raises them.
    floor = height + 15.0
    for y, x, name in sorted(tips, reverse=True):
        floor = min(y, floor - 15)
        texts.setdefault(name, []).append(placing.Text(name, x, floor, placing.BEHIND))
    known = _known(np.nan, case, lets)
    for which, point in enumerate(panel.points):
        with np.errstate(all="ignore"):
            x, y, words = (value(formula, **known) for formula in (point.x, point.y, point.text))
        if str(words) and np.isfinite([x, y]).all() and low <= y <= high:
            ((across, down),) = pixels([x], [y])
            texts[which] = [
                placing.Text(re.sub(_fold(str(words)) or "$^", "\n", str(words)), float(across), float(down))
            ]
    bottom = np.array([[0.0, height], [width - room, height]])
    return placing.Scene(width, height, [*curves, bottom], texts)


def _drawn(
    one: Curve | Traced, case: dict[str, Any], lets: Mapping[str, str], knobs: Mapping[str, Knob]
) -> list[tuple[Any, Any, bool]]:
    """Return the lines of a curve in one case: places, heights, and whether it is solid, with a name at its end."""
    if isinstance(one, Curve):
        grid = np.asarray(one.grid, dtype=float)
        x, y = (np.broadcast_to(_at(formula, grid, case, lets), grid.shape) for formula in (one.across, one.formula))
        return [(x, y, not one.dashed)]
    data = one.data.assign(line=one.data.get("line", ""), unstable=one.data.get("unstable", False))
    for name in set(knobs) & set(data):
        data = data[(data[name] - case[name]).abs() < knobs[name].step / 2]
    parts = data.groupby(["line", "unstable"], sort=False)
    return [(part["x"].to_numpy(), part["y"].to_numpy(), not unstable) for (_, unstable), part in parts]


def _places(line: pd.DataFrame) -> dict[str, list[float]]:
    return {axis: [*map(_short, line[axis])] for axis in ("x", "y")}


def _short(value: float) -> float:
    return float(f"{value:.5g}") + 0.0 if abs(value) > _ZERO else 0.0


def _at(formula: str, x: Any, base: dict[str, Any], lets: Mapping[str, str]) -> Any:
    with np.errstate(all="ignore"):
        return value(formula, **_known(x, base, lets))


def _known(x: Any, base: dict[str, Any], lets: Mapping[str, str]) -> dict[str, Any]:
    """Compute the numbers that formulas use."""
    names = base | {"x": x}
    with np.errstate(all="ignore"):
        for name, let in lets.items():
            names[name] = value(let, **names)
    return names


def _calculated(lets: dict[str, str], formulas: dict[str, dict[str, int]], speech: str) -> dict[str, str]:
    """Name, in order, what the page computes of a row."""
    found = dict(lets)
    for axis, other in (("y", "datum.y"), ("x", "datum.x"), ("t", "''")):
        chosen = other
        for formula, which in formulas[axis].items():
            chosen = f"datum.n{axis} === {which} ? ({formula}) : {chosen}"
        found[f"_{axis}"] = chosen
    return found | {"_said": speech}
