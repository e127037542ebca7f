"""Charts that a reader turns: sliders change a model's parameters, and the page computes its curves anew.

What the page computes is a formula in the language of Vega that is also one of Python's (:func:`value`), so that the
same string draws the base case here, without a page, and any other case there. The base case stays as a pale line.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

import altair as alt
import numpy as np
import pandas as pd

from report.look import charts
from report.look.words import along, label

#: Functions that both languages have under one name; `where` is Vega's `if`.
_SHARED = {name: getattr(np, name) for name in ("sqrt", "exp", "log", "abs", "round", "floor", "where")} | {
    "pow": np.power,
    "min": np.minimum,
    "max": np.maximum,
}


class Turned(TypedDict):
    """What a chapter hands to :func:`turning` but for the words."""

    panels: Sequence["Panel"]
    knobs: Mapping[str, "Knob"]
    lets: Mapping[str, str]


@dataclass(frozen=True)
class Knob:
    """A parameter, its slider's label, ends and step, and the value of the base case."""

    label: str
    low: float
    high: float
    step: float
    base: float


@dataclass(frozen=True)
class Curve:
    """A curve by its name: a formula in ``datum.x`` and the knobs, over the places of a grid."""

    name: str
    formula: str
    grid: Sequence[float]


@dataclass(frozen=True)
class Traced:
    """Curves that are known point by point.

    `data` has the columns x and y, and may have: line, which tells apart lines of one name; unstable, which dashes
    them; and state, the value of the first knob at which a row is shown.
    """

    name: str
    data: pd.DataFrame
    #: Whether the points at the first knob's value are marked, with their height in this format.
    mark: str = ""


@dataclass(frozen=True)
class Point:
    """A marked place, and what stands beside it, all three formulas; a text without a mark if not `marked`."""

    x: str
    y: str
    text: str
    marked: bool = True
    dx: float = 10
    dy: float = -10


@dataclass(frozen=True)
class Panel:
    """One picture: its heading, which names both scales, and the lowest and highest value shown."""

    heading: str
    frame: tuple[float, float]
    curves: Sequence[Curve | Traced]
    points: Sequence[Point] = field(default_factory=tuple)


def value(formula: str, **names: Any) -> Any:
    """Compute a formula of a chart.

    Examples
    --------
    >>> float(value("if(datum.x > cost, pow(datum.x, 2), 0)", x=3.0, cost=2.0))
    9.0
    """
    said = re.sub(r"\bif\(", "where(", formula.replace("datum.", ""))
    return eval(said, {"__builtins__": {}}, _SHARED | names)


def turning(
    panels: Sequence[Panel],
    knobs: Mapping[str, Knob],
    *,
    lets: Mapping[str, str] | None = None,
    height: int = 300,
    fmt: str = ".3g",
    **words: Unpack[charts.Words],
) -> Any:
    """Draw panels that share their knobs.

    Parameters
    ----------
    panels : sequence of Panel
    knobs : mapping
        By the name that formulas use. The sliders stand in the element of the page with the chart's name and ``-knob``.
    lets : mapping, optional
        Formulas that others use as ``datum.<name>``, in order.
    """
    base: dict[str, Any] = {name: knob.base for name, knob in knobs.items()}
    steps = dict(lets or {})
    rows, told, formulas = _rows(panels, base, steps)
    data = alt.InlineData(values=rows)
    first, knob = next(iter(knobs.items()))
    labels = list(dict.fromkeys(told["series"]))
    palette = charts._palette(pd.Series(labels))
    drawn = alt.Chart(data).transform_filter(f"!isValid(datum.s) || abs(datum.s - {first}) < {knob.step / 2:g}")
    room = charts._room(labels)
    across = alt.X(
        "_x:Q",
        title=None,
        axis=alt.Axis(tickCount=5, labelFlush=False),
        scale=alt.Scale(nice=False, zero=False, range=[0, charts._right(room, panel=True)]),
    )
    up = alt.Y("_y:Q", title=None, axis=alt.Axis(tickCount=5, format=",.6~r"), scale=alt.Scale(nice=False, zero=False))
    colour = charts._colour(pd.Series(labels, name="c"), {label(name): shade for name, shade in palette.items()})
    curve = drawn.transform_filter("datum.k == 'curve' && datum._y >= datum._lo && datum._y <= datum._hi")
    end = curve.transform_joinaggregate(_last="max(_x)", groupby=["p", "c"]).transform_filter(
        "datum._x == datum._last && !datum.o"
    )
    # Pins keep the layers of a panel without points from being empty, of which Vega would complain.
    text = drawn.transform_filter("datum.k == 'point' || datum.k == 'pin'")
    seen = alt.condition("datum.k != 'pin' && datum.m !== false", alt.value(1), alt.value(0))
    detail = ["c:N", "l:N"]
    layers = [
        alt.Chart(data)
        .transform_filter("isValid(datum.b) && datum.b >= datum._lo && datum.b <= datum._hi")
        .mark_line(strokeWidth=5, opacity=0.22, clip=True)
        .encode(x=alt.X("x:Q", title=None), y=alt.Y("b:Q", title=None), color=colour, detail=detail, order="x:Q"),
        curve.mark_line(strokeWidth=2.25, clip=True).encode(
            x=across,
            y=up,
            color=colour,
            detail=[*detail, "_u:N"],
            order="_x:Q",
            strokeDash=alt.StrokeDash("_u:N", scale=alt.Scale(domain=[0, 1], range=[[1, 0], [4, 3]]), legend=None),
        ),
        alt.Chart(data)
        .transform_filter("datum.k == 'pin'")
        .mark_point(opacity=0, size=1)
        .encode(x=alt.X("x:Q", title=None), y=alt.Y("_y:Q", title=None)),
        *charts._haloed(end.encode(x=across, y=up, text="c:N", color=alt.value(charts.INK)), align="left", dx=6),
        text.mark_point(filled=True, size=80, color=charts.INK).encode(x=across, y=up, opacity=seen),
        *charts._haloed(
            text.encode(x=across, y=up, text="_t:N", color=alt.value(charts.INK)),
            align="left",
            dx={"expr": "datum.dx"},
            dy={"expr": "datum.dy"},
        ),
    ]
    here = f"abs(datum._x - {first}) < {knob.step / 100:g}"
    marked = drawn.transform_filter(f"datum.k == 'pin' || datum.k == 'curve' && datum.f && {here}")
    if any("f" in row for row in rows):
        layers += [
            marked.mark_point(filled=True, size=70).encode(x=across, y=up, color=colour, opacity=seen),
            *charts._haloed(
                marked.transform_calculate(_t="datum.f ? format(datum._y, datum.f) : ''").encode(
                    x=across, y=up, text="_t:N", color=alt.value(charts.INK)
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
    columns = len(panels)
    width = (charts.WIDTH - 60 * columns - (columns - 1) * 24) // columns
    chart = alt.layer(*layers, data=data)
    frames = {f"_{end}": [panel.frame[place] for panel in panels] for place, end in enumerate(("lo", "hi"))}
    chart = chart.transform_calculate(
        **{name: f"{ends}[datum.p]" for name, ends in frames.items()}, _u="datum.u ? 1 : 0"
    )
    chart = _calculated(chart, steps, formulas).properties(width=width, height=height)
    headings = alt.Header(labelExpr=f"{json.dumps([panel.heading for panel in panels])}[datum.value]")
    chart = chart.facet(facet=alt.Facet("p:O", header=headings, title=None), columns=columns)
    chart = chart.resolve_scale(x="independent", y="independent").resolve_axis(x="independent", y="independent")
    chart.params = [slider.param for slider in sliders]
    keys = [key for key in ("panel", "series", "line") if told[key].nunique() > 1 or key == "series"]
    said = along(told, "x", "y", keys, fmt, at="at")
    return charts.exhibit(chart, data=told.drop(columns="line"), told=said, **words)


def _rows(
    panels: Sequence[Panel], base: dict[str, Any], lets: dict[str, str]
) -> tuple[list[dict[str, Any]], pd.DataFrame, dict[str, list[str]]]:
    """Lay out what all panels show as rows of one table, what a reader gets as numbers, and the formulas by row."""
    rows: list[dict[str, Any]] = []
    told: list[pd.DataFrame] = []
    formulas: dict[str, list[str]] = {"y": [], "x": [], "t": []}
    for place, panel in enumerate(panels):
        low, high = panel.frame
        spans: list[float] = []
        for one in panel.curves:
            if isinstance(one, Curve):
                x = np.asarray(one.grid, dtype=float)
                y = np.broadcast_to(_at(one.formula, x, base, lets), x.shape)
                frame = pd.DataFrame({"x": x, "y": y})
                formulas["y"].append(one.formula)
                common: dict[str, Any] = {"p": place, "k": "curve", "c": one.name, "i": len(formulas["y"]) - 1}
            else:
                frame = one.data
                common = {"p": place, "k": "curve", "c": one.name}
                if one.mark:
                    common["f"] = one.mark
            # Of lines that depend on a state the one of the base case stays, pale.
            fixed = "state" in frame
            for row in frame.to_dict("records"):
                here = common | {"x": _short(row["x"])}
                here |= {"y": _short(row["y"])} if fixed or row.get("unstable") else {"b": _short(row["y"])}
                here |= {short: row[name] for short, name in _OPTIONAL.items() if row.get(name)}
                rows.append(here | ({"s": _short(row["state"])} if fixed else {}))
                if fixed and np.isclose(row["state"], next(iter(base.values()))) and not row.get("unstable"):
                    rows.append({"p": place, "k": "base", "c": one.name, "x": here["x"], "b": here["y"]})
            spans += [float(frame["x"].min()), float(frame["x"].max())]
            seen = frame[np.isclose(frame["state"], next(iter(base.values())))] if fixed else frame
            seen = seen[seen["y"].between(low, high)]
            lines = seen.get("line", "")
            told.append(seen[["x", "y"]].assign(panel=panel.heading, series=one.name, line=lines))
        ends = zip((min(spans), max(spans)), panel.frame, strict=True)
        rows += [{"p": place, "k": "pin", "x": x, "y": y} for x, y in ends]
        for point in panel.points:
            for axis in ("x", "y"):
                formulas[axis].append(getattr(point, axis))
            formulas["t"].append(point.text)
            number = {"i": len(formulas["y"]) - 1, "j": len(formulas["t"]) - 1}
            rows.append({"p": place, "k": "point", **number, "m": point.marked, "dx": point.dx, "dy": point.dy})
    frame = pd.concat(told, ignore_index=True)[["panel", "series", "line", "x", "y"]].round(6)
    return rows, frame, formulas


#: Further columns of traced curves, by their short names.
_OPTIONAL = {"l": "line", "u": "unstable", "o": "unnamed"}


def _short(value: float) -> float:
    return float(f"{value:.5g}")


def _at(formula: str, x: Any, base: dict[str, Any], lets: dict[str, str]) -> Any:
    names = base | {"x": x}
    with np.errstate(all="ignore"):
        for name, let in lets.items():
            names[name] = value(let, **names)
        return value(formula, **names)


def _calculated(chart: Any, lets: dict[str, str], formulas: dict[str, list[str]]) -> Any:
    for name, let in lets.items():
        chart = chart.transform_calculate(**{name: let})
    for axis, number, other in (
        ("y", "i", "isValid(datum.b) ? datum.b : datum.y"),
        ("x", "j", "datum.x"),
        ("t", "j", "''"),
    ):
        said = other
        for which, formula in enumerate(formulas[axis]):
            said = f"datum.{number} === {which} ? ({formula}) : {said}"
        chart = chart.transform_calculate(**{f"_{axis}": said})
    return chart
