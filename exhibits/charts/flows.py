"""Flows through stages."""

from collections.abc import Iterable
from typing import Any, Unpack

import altair as alt
import pandas as pd

from exhibits.charts import encodings, labels
from exhibits.charts.finish import Captions, exhibit
from exhibits.charts.roles import roles
from exhibits.charts.theme import INK
from exhibits.words import number, ranked


def sankey(df: pd.DataFrame, stages: Iterable[str], value: str, *, fmt: str = ".1f", **words: Unpack[Captions]) -> Any:
    """Draw flows through stages, left to right: bands in the colour of where they begin, as wide as they are large.

    Each row of `df` is one way through all of the `stages`, columns of it. Names stand over their nodes, each with
    its sum, so that the bands have the whole width of a phone.
    """
    columns = list(stages)
    palette = encodings.palette(pd.concat([df[column] for column in columns]))
    data = encodings.tidy(df, [*columns, value])
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

    node = alt.Chart(nodes).encode(x=across, color=encodings.colour(nodes["_name"], palette))
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
            color=encodings.colour(bands[columns[0]], palette),
            detail="_band:N",
            tooltip=encodings.tooltip(data, columns, value, fmt),
        ),
        node.mark_rule(strokeWidth=8).encode(
            y=up("_low"),
            y2="_high",
            tooltip=[alt.Tooltip("_name:N", title="of"), *encodings.tooltip(data, [], value, fmt)],
        ),
        *(
            layer
            for side, place in places
            for layer in labels.haloed(name.transform_filter(side), dy=-9, fontWeight=600, **place)
        ),
    )
    view = roles(df, "sankey", [value], {f"stage{place}": column for place, column in enumerate(columns)}, fmt=fmt)
    return exhibit(chart.properties(height=460), data=df, told=ranked(data, columns, value, fmt), view=view, **words)


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
    rank = {column: {name: i for i, name in enumerate(encodings.unique(data[column]))} for column in columns}
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
