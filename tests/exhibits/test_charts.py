"""Charts: their words, their labels, and specifications that compare exactly."""

import json
import re
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits import charts
from exhibits.charts import encodings, flows, labels, series
from exhibits.views import compact
from tests.exhibits import scene

WORDS: charts.Captions = {
    "name": "shares",
    "title": "A share that rises",
    "subtitle": "Per cent",
    "source": "Invented.",
    "alt": "Two lines rise.",
}
SHARES = pd.DataFrame(
    [
        (economy, year, group, base + rise * (year - 2010))
        for economy, base, rise in (("CHN", 100 / 3, 2.0), ("MEX", 20.0, 1 / 7))
        for year in range(2010, 2016)
        for group in ("one", "two")
    ],
    columns=["economy", "year", "group", "share"],
)
LINKS = pd.DataFrame(
    [
        (one, other, year, float("nan") if one == other else 1 + i + j / 3)
        for year in ("2017", "2021")
        for i, one in enumerate(("CHN", "JPN", "KOR", "RUS", "MNG"))
        for j, other in enumerate(("CHN", "JPN", "KOR", "RUS", "MNG"))
    ],
    columns=["origin", "destination", "year", "link"],
)
STAGES = ["origin", "exporter", "market"]
WAYS = pd.DataFrame(
    [
        (origin, exporter, market, 1 + i + 2 * j + 4 * k / 3)
        for i, origin in enumerate(("CHN", "JPN", "ROW"))
        for j, exporter in enumerate(("MEX", "IDN"))
        for k, market in enumerate(("USA", "ROW"))
    ],
    columns=[*STAGES, "value"],
)
ONE = SHARES.query("group == 'one'")
LAST = ONE.query("year == 2015")

DRAWN = {
    "lines": lambda: charts.lines(ONE, "year", "share", "economy", **WORDS),
    "lines by variant": lambda: charts.lines(SHARES, "year", "share", "economy", variant="group", **WORDS),
    "lines in panels": lambda: charts.lines(SHARES, "year", "share", "group", facet="economy", **WORDS),
    "lines with events": lambda: charts.lines(ONE, "year", "share", "economy", events={"2012": 2012.5}, **WORDS),
    "panels with events": lambda: charts.lines(
        SHARES, "year", "share", "group", facet="economy", events={"2012": 2012.5, "2014": 2014}, **WORDS
    ),
    "bands": lambda: charts.stacked(ONE, "year", "share", "economy", **WORDS),
    "bars of parts": lambda: charts.stacked(
        SHARES.query("year == 2015"), "group", "share", "economy", **WORDS
    ),
    "bars": lambda: charts.bars(LAST, "economy", "share", **WORDS),
    "gains and losses": lambda: charts.bars(
        LAST.assign(share=[1.5, -2.0]), "economy", "share", facet="group", **WORDS
    ),
    "dumbbell": lambda: charts.dumbbell(
        LAST.assign(before=[1.0, 2.0]), "economy", "before", "share", **WORDS
    ),
    "scatter": lambda: charts.scatter(
        LAST.assign(before=[-1.0, 2.0], low=[-2.0, 1.0], high=[0.5, 3.0]), "economy", "before", "share",
        span=("low", "high"), **WORDS
    ),
    "heatmap": lambda: charts.heatmap(LINKS, "destination", "origin", "link", facet="year", **WORDS),
    "differences": lambda: charts.heatmap(
        LINKS.query("year == '2021'").assign(link=lambda df: df["link"] - 3),
        "destination",
        "origin",
        "link",
        diverging=True,
        **WORDS,
    ),
    "sankey": lambda: charts.sankey(WAYS, STAGES, "value", **WORDS),
}  # fmt: skip


@pytest.fixture(params=DRAWN)
def spec(request: pytest.FixtureRequest) -> dict[str, Any]:
    drawn: dict[str, Any] = DRAWN[request.param]().to_dict()
    return drawn


def test_an_exhibit_carries_its_words(spec: dict[str, Any]) -> None:
    assert " ".join(spec["title"]["text"]) == WORDS["title"]
    assert " ".join(spec["title"]["subtitle"]) == WORDS["subtitle"]
    assert spec["description"].startswith(f"{WORDS['alt']} ")
    assert spec["usermeta"]["exhibit"]["name"] == WORDS["name"]
    assert spec["usermeta"]["exhibit"]["csv"].count("\n") > 2


@pytest.mark.parametrize("kind", DRAWN)
def test_drawn_twice_it_is_the_same(kind: str) -> None:
    one, other = (json.dumps(DRAWN[kind]().to_dict()) for _ in range(2))
    assert one == other
    assert not re.search(r'"(view|param|concat|layer|facet)_\d+"', one)


def test_numbers_are_rounded_and_names_spelled_out() -> None:
    spec = DRAWN["lines"]().to_dict()
    (rows,) = spec["datasets"].values()
    assert rows[0]["share"] == 33.3333
    assert {row["_end"] for row in rows} == {None, "China 43.3", "Mexico 20.7"}


def test_a_band_does_not_run_from_one_variant_to_another() -> None:
    frame = pd.DataFrame(
        {"year": [1, 2, 1, 2], "value": [5.0, 6, 1, 2], "low": [4.0, 5, 0, 1], "high": [6.0, 7, 2, 3]}
    ).assign(economy="CHN", edition=["a", "a", "b", "b"])
    spec = charts.lines(frame, "year", "value", "economy", variant="edition", band=("low", "high"), **WORDS).to_dict()
    (area,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert area["encoding"]["detail"]["field"] == "edition"


def test_the_legend_says_dots_of_a_variant_that_has_no_line() -> None:
    frame = pd.DataFrame({"year": [1, 2, 3], "value": [5.0, 6, 7], "economy": "CHN", "edition": ["a", "a", "b"]})
    spec = charts.lines(frame, "year", "value", "economy", variant="edition", **WORDS).to_dict()
    (dash,) = [layer["encoding"]["strokeDash"] for layer in spec["layer"] if "strokeDash" in layer["encoding"]]
    assert dash["legend"]["labelExpr"].startswith("indexof(['b'], datum.label)")
    spec = charts.lines(frame.replace({"edition": {"b": "a"}}), "year", "value", "economy", variant="edition", **WORDS)
    assert "labelExpr" not in str(spec.to_dict()["layer"])


def test_a_value_between_gaps_is_a_dot_and_a_band_shows_how_sure_a_value_is() -> None:
    frame = pd.DataFrame(
        {
            "year": [2001, 2002, 2003, 2004, 2004],
            "value": [1.0, 2.0, None, 4.0, 5.0],
            "economy": ["CHN"] * 4 + ["JPN"],
            "low": [0.5, 1.5, None, 3.0, 4.5],
            "high": [1.5, 2.5, None, 9.0, 5.5],
        }
    )
    spec = charts.lines(frame, "year", "value", "economy", band=("low", "high"), **WORDS).to_dict()
    rows = next(iter(spec["datasets"].values()))
    assert [(row["economy"], row["year"]) for row in rows if row["_alone"]] == [("China", 2004), ("Japan", 2004)]
    assert [row["value"] for row in rows] == [1, 2, None, 4, 5], "a gap stays one"
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks[:4] == ["area", "rule", "line", "point"]
    domain = spec["layer"][2]["encoding"]["y"]["scale"]["domain"]
    assert domain[-1] >= 9, "the band is in the picture"
    plain = charts.lines(ONE, "year", "share", "economy", **WORDS).to_dict()
    assert plain["layer"][0]["mark"]["type"] == "line"


def test_events_are_marked_and_named_one_below_the_other() -> None:
    events = {"A duty": 2012.5, "Another": 2014.25}
    spec = charts.lines(ONE, "year", "share", "economy", events=events, **WORDS).to_dict()
    rows = spec["datasets"]
    rules = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rule"]
    assert [[row["year"] for row in rows[rule["data"]["name"]]] for rule in rules] == [[2012.5, 2014.25]]
    named = {
        rows[layer["data"]["name"]][0]["_event"]: layer["encoding"]["y"]["value"]
        for layer in spec["layer"]
        if layer["encoding"].get("text", {}).get("field") == "_event"
    }
    assert named == {"A duty": 0, "Another": 14}
    # The numbers that readers download are those of the lines alone.
    assert (
        spec["usermeta"]["exhibit"]["csv"]
        == charts.lines(ONE, "year", "share", "economy", **WORDS).to_dict()["usermeta"]["exhibit"]["csv"]
    )


def test_events_are_marked_in_every_panel_by_data_of_its_own() -> None:
    spec = DRAWN["panels with events"]().to_dict()
    assert len(spec["datasets"]) == 1
    rules = [layer for layer in spec["spec"]["layer"] if layer["mark"]["type"] == "rule"]
    assert [rule["encoding"]["x"]["datum"] for rule in rules] == [2012.5, 2014]
    (rows,) = spec["datasets"].values()
    assert [row["economy"] for row in rows if row["_first"]] == ["China", "Mexico"]


def test_a_part_of_a_year_is_told_in_words() -> None:
    months = ONE.assign(month=[f"{year}-07" for year in ONE["year"]], year=ONE["year"] + 0.54)
    spec = charts.lines(months, "year", "share", "economy", at="month", **WORDS).to_dict()
    assert "in 2010-07" in spec["description"]
    assert "2010.5" not in spec["description"]
    shown = next(layer for layer in spec["layer"] if layer.get("name") == "points")["encoding"]["tooltip"]
    assert [one["field"] for one in shown] == ["economy", "month", "share"]


def test_numbers_of_a_dumbbell_stand_beside_its_dots_and_not_on_them() -> None:
    numbers = [
        layer["mark"]
        for layer in DRAWN["dumbbell"]().to_dict()["layer"]
        if layer.get("encoding", {}).get("text", {}).get("field") == "_text"
    ]
    assert {(mark["align"], mark["dx"]) for mark in numbers} == {("right", -9), ("left", 9)}


def test_a_single_view_fills_its_column() -> None:
    assert DRAWN["lines"]().to_dict()["width"] == "container"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=15))
def test_labels_keep_their_order_and_distance(places: list[float]) -> None:
    wanted = pd.Series(places)
    moved = labels.spread(wanted, [0.0, 100.0], 300)
    in_order = moved[wanted.sort_values(kind="stable").index]
    assert (in_order.diff().dropna() >= 5 - 1e-5).all()
    assert in_order.min() >= 0
    assert in_order.max() <= 100


def test_labels_with_room_stay_where_they_are() -> None:
    places = pd.Series([10.0, 50.0, 90.0])
    pd.testing.assert_series_equal(labels.spread(places, [0.0, 100.0], 300), places)


PEAKS = st.lists(
    st.tuples(st.text("abcdefgh", min_size=1, max_size=12), st.floats(0, 12), st.floats(0, 100)), min_size=1, max_size=6
)


@given(PEAKS)
def test_names_at_peaks_do_not_touch_on_a_phone(peaks: list[tuple[str, float, float]]) -> None:
    wanted = pd.DataFrame(peaks, columns=["text", "x", "y"])
    moved = labels.stagger(wanted, [0.0, 12.0], [0.0, 100.0], 300).sort_index()
    assert (moved >= wanted["y"] - 1e-5).all()
    # Pixels on a plot of 240: a name begins 17 to the right of its peak, a letter takes less than 7, a line 15.
    left = 20 * wanted["x"]
    boxes = list(zip(left, left + 17 + 6.72 * wanted["text"].str.len(), 3 * moved, strict=True))
    for (begin, end, at), (other_begin, other_end, other_at) in combinations(boxes, 2):
        assert end <= other_begin + 1e-3 or other_end <= begin + 1e-3 or abs(at - other_at) > 14.5


def test_a_name_at_a_peak_with_room_stays_there() -> None:
    wanted = pd.DataFrame({"text": ["Farming", "Machinery"], "x": [0.0, 6.0], "y": [100.0, 100.0]})
    assert list(labels.stagger(wanted, [0.0, 12.0], [0.0, 100.0], 300)) == [100, 100]


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_cover_the_values(low: float, span: float) -> None:
    ticks = encodings.ticks(pd.Series([low, low + span]))
    slack = span * 1e-3
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 8


def test_a_share_is_measured_from_zero_and_a_near_constant_is_not() -> None:
    assert encodings.ticks(pd.Series([12.0, 35.0]))[0] == 0
    assert encodings.ticks(pd.Series([98.0, 101.0]))[0] > 90


PANELS = pd.concat([ONE.assign(panel=panel) for panel in ("North", "South", "West")])


def _labels(spec: dict[str, Any]) -> dict[str, str | None]:
    """Name the columns that a chart writes as text, each with the condition under which it does."""
    texts = [layer for layer in spec["spec"]["layer"] if layer["mark"]["type"] == "text"]
    return {layer["encoding"]["text"]["field"]: layer["transform"][-1]["filter"] for layer in texts}


def test_panels_of_the_same_series_share_the_room_for_names() -> None:
    spec = charts.lines(PANELS, "year", "share", "economy", facet="panel", **WORDS).to_dict()
    shown = _labels(spec)
    assert shown == {"_end": "(datum._panel + 1) % across == 0", "_last": "(datum._panel + 1) % across != 0"}
    assert {"name": "across", "value": spec["columns"]} in spec["params"]
    rows = [row for row in max(spec["datasets"].values(), key=len) if row["_end"]]
    assert {(row["panel"], row["_panel"]) for row in rows} == {("North", 0), ("South", 1), ("West", 2)}
    assert all(row["_end"] == f"{row['economy']} {row['_last']}" for row in rows)


def test_panels_of_other_series_name_each_and_a_panel_does_not_say_its_own_name_again() -> None:
    mixed = PANELS[(PANELS["panel"] != "West") | (PANELS["economy"] == "CHN")].replace({"panel": {"West": "China"}})
    spec = charts.lines(mixed, "year", "share", "economy", facet="panel", **WORDS).to_dict()
    assert _labels(spec) == {"_end": "isValid(datum._end)"}
    assert "across" not in {one["name"] for one in spec["params"]}
    rows = next(iter(spec["datasets"].values()))
    assert [row["_end"] for row in rows if row["_end"] and row["panel"] == "China"] == ["43.3"]
    assert {row["_end"] for row in rows if row["panel"] != "China"} == {None, "China 43.3", "Mexico 20.7"}


@pytest.mark.parametrize("panels", [2, 3, 4, 8])
@pytest.mark.parametrize(("room", "beside"), [(40, 40), (60, 120), (120, 0)])
def test_a_row_of_panels_fits_its_column(panels: int, room: int, beside: int) -> None:
    across, width = series._row(panels, 30, room, beside, None)
    assert across * (width + 14) + (across - 1) * 24 + 30 + beside <= charts.WIDTH  # years stand out by half
    assert across in {3: (1, 3), 4: (2,)}.get(panels, (2, 3)), "three panels leave no hole"
    assert panels % 2 or across * (width - room) >= 0.6 * charts.WIDTH or across == 2


def _light(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("sign", [1, -1])
def test_the_numbers_of_a_matrix_can_be_read_on_its_deepest_tint(sign: int) -> None:
    matrix = pd.DataFrame([("a", "b", 1.0), ("b", "a", sign * 100.0)], columns=[*"xyv"])
    spec = charts.heatmap(matrix, "x", "y", "v", diverging=True, **WORDS).to_dict()
    deepest = max(next(iter(spec["datasets"].values())), key=lambda row: row["_tint"])
    tinted = [round(255 + deepest["_tint"] * (int(deepest["_colour"][at : at + 2], 16) - 255)) for at in (1, 3, 5)]
    ink = _light("#1f2328")
    assert (_light("#" + "".join(f"{one:02x}" for one in tinted)) + 0.05) / (ink + 0.05) >= 4.5


def test_a_cell_of_a_large_matrix_has_no_decimals_where_it_is_narrow() -> None:
    matrix = pd.DataFrame([(a, b, 10.25 * i) for i, a in enumerate("abcdefgh") for b in "abcdefgh"], columns=[*"xyv"])
    spec = charts.heatmap(matrix, "x", "y", "v", **WORDS).to_dict()
    (text,) = (layer["encoding"]["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text")
    assert text["field"] == "_text"
    assert text["condition"]["value"] == {"expr": "datum._short"}
    assert text["condition"]["test"] == "width < 224", "eight times three figures and a point, and some air"
    rows = next(iter(spec["datasets"].values()))
    assert {(row["v"], row["_text"], row["_short"]) for row in rows} >= {(10.25, "10.2", "10"), (71.75, "71.8", "72")}


@pytest.mark.parametrize(
    ("text", "pixels"), [("United States 12.3", 99), ("Cars and other vehicles", 124), ("世界其他地区", 72)]
)
def test_a_label_is_measured_as_helvetica_sets_it(text: str, pixels: int) -> None:
    assert labels.pixels(text) == pytest.approx(pixels, rel=0.08)


@given(st.lists(st.floats(0.01, 50), min_size=12, max_size=12))
def test_bands_fill_their_nodes_without_a_gap_or_an_overlap(values: list[float]) -> None:
    nodes, bands = flows._columns_of_nodes(WAYS.assign(value=values), STAGES, "value")
    edges = nodes.set_index(["_x", "_name"])
    for x, column in enumerate(STAGES):
        # A node in the middle is filled from either side.
        for stage, end in ((x, 3), (x - 1, 4)):
            for name in set(WAYS[column]):
                here = sorted((band[end], band[2]) for band in bands if band[0] == stage and band[1][column] == name)
                if not here:
                    continue
                at = edges.loc[(x, name), "_low"]
                for low, height in here:
                    assert low == pytest.approx(at)
                    at = low + height
                assert at == pytest.approx(edges.loc[(x, name), "_high"])
    assert nodes.groupby("_x")["value"].sum().tolist() == pytest.approx([sum(values)] * 3)


def test_a_band_keeps_the_colour_of_its_origin_and_says_where_it_goes() -> None:
    spec = DRAWN["sankey"]().to_dict()
    area = spec["layer"][0]
    colours = dict(zip(*(area["encoding"]["color"]["scale"][key] for key in ("domain", "range")), strict=True))
    assert area["encoding"]["color"]["field"] == "origin"
    assert colours["China"] == "#d6123c"
    assert [entry["field"] for entry in area["encoding"]["tooltip"]] == [*STAGES, "value"]
    rows = spec["datasets"][area["data"]["name"]]
    _, bands = flows._columns_of_nodes(WAYS, STAGES, "value")
    for number, (stage, _, _, start, end) in enumerate(bands):
        lows = {row["_x"] - stage: row["_low"] for row in rows if row["_band"] == number}
        assert [lows[0], lows[1]] == [pytest.approx(start, abs=1e-3), pytest.approx(end, abs=1e-3)]
    assert {row["market"] for row in rows if row["_x"] < 1} == {"all"}
    assert {row["market"] for row in rows if row["_x"] > 1} == {"United States", "Rest of world"}
    assert spec["width"] == "container"


@pytest.mark.parametrize("end", [3, 4])
def test_bands_between_two_nodes_lie_together(end: int) -> None:
    _, bands = flows._columns_of_nodes(WAYS, STAGES, "value")
    for stage, (here, there) in enumerate(pairwise(STAGES)):
        for pair in {(band[1][here], band[1][there]) for band in bands if band[0] == stage}:
            chosen = [band for band in bands if band[0] == stage and (band[1][here], band[1][there]) == pair]
            top, bottom = min(band[end] for band in chosen), max(band[end] + band[2] for band in chosen)
            assert bottom - top == pytest.approx(sum(band[2] for band in chosen))


def test_names_stand_in_the_gaps_between_nodes() -> None:
    nodes, _ = flows._columns_of_nodes(WAYS, STAGES, "value")
    pixels = 460 / (nodes["_high"].max() - nodes["_low"].min())
    for _, column in nodes.sort_values("_low").groupby("_x"):
        gaps = (column["_low"].iloc[1:].to_numpy() - column["_high"].iloc[:-1].to_numpy()) * pixels
        assert (gaps >= 20).all()


def test_a_tick_is_labelled_as_it_stands() -> None:
    # Without a precision Vega rounds 12.5 to 13.
    spec = charts.lines(ONE.assign(share=lambda df: df["share"] / 4), "year", "share", "economy", **WORDS).to_dict()
    axes = [layer["encoding"]["y"]["axis"] for layer in spec["layer"] if "axis" in layer["encoding"].get("y", {})]
    assert {tick % 5 for axis in axes for tick in axis["values"]} == {0, 2.5}
    assert {axis["format"] for axis in axes} == {",.6~r"}


BRANCHES = pd.DataFrame(
    [(cost, 0.5, "even", "Stable" if cost > 1.55 else "Unstable", "even") for cost in (1.5, 1.6, 1.7)]
    + [(cost, share, "core", "Stable", f"core {share}") for cost in (1.5, 1.7) for share in (0, 1)],
    columns=["cost", "share", "branch", "stability", "line"],
)

WAVES = pd.DataFrame(
    [("First", 1880, 1914, "Some", "this"), ("Second", 1950, 1970, "Others", "that")],
    columns=["wave", "start", "end", "who", "what"],
)


def test_the_new_charts_are_the_same_each_time() -> None:
    draw = {
        "timeline": lambda: charts.timeline(WAVES, "wave", "start", "end", over="who", under="what", **WORDS),
        "curves": lambda: charts.curves(
            BRANCHES[BRANCHES["line"] != "core 0"], "cost", "share", "branch", across="T", **WORDS
        ),
    }  # fmt: skip
    for chart in draw.values():
        assert chart().to_json() == chart().to_json()


def test_a_variant_is_dots_if_all_that_it_shows_is_alone() -> None:
    rows = [(1, 5.0, "a"), (2, 6.0, "a"), (3, None, "a"), (4, 7.0, "a"), (5, None, "b"), (6, 8.0, "b"), (7, None, "b")]
    frame = pd.DataFrame(rows, columns=["year", "value", "edition"]).assign(economy="CHN")
    spec = charts.lines(frame, "year", "value", "economy", variant="edition", **WORDS).to_dict()
    assert "indexof(['b'], datum.label)" in str(spec).replace("\\", "")


def test_labels_that_crowd_at_the_top_stay_below_it() -> None:
    moved = labels.spread(pd.Series([100.0, 100.0, 40.0]), [0.0, 100.0], 300)
    assert sorted(moved) == [40.0, 95.0, 100.0]


def test_a_scatter_has_the_same_scale_both_ways_and_the_line_of_equals() -> None:
    spec = DRAWN["scatter"]().to_dict()
    equal, reach, dots, *_ = spec["layer"]
    domains = {tuple(layer["encoding"][way]["scale"]["domain"]) for layer in (equal, dots) for way in ("x", "y")}
    ((low, high),) = domains
    assert low <= -2 < 43 < high
    assert spec["datasets"][equal["data"]["name"]] == [{"before": one, "share": one} for one in (low, high)]
    assert (reach["encoding"]["x"]["field"], reach["encoding"]["x2"]["field"]) == ("low", "high")
    view = spec["usermeta"]["exhibit"]["view"]
    assert view["values"] == ["before", "share"]
    assert compact(spec["usermeta"]["exhibit"])["dims"][-1]["labels"] == ["before", "share"]


def test_curves_are_named_at_their_last_point_or_where_they_are_highest() -> None:
    frame = pd.DataFrame({"x": [1.0, 2, 3], "y": [1.0, 5, 2], "s": "a"})
    for peaks, due in ((False, 3), (True, 2)):
        spec = charts.curves(frame, "x", "y", "s", across="X", peaks=peaks, **WORDS).to_dict()
        (rows,) = spec["datasets"].values()
        assert [row["x"] for row in rows if row["_end"]] == [due]


@pytest.mark.parametrize(
    ("first", "last", "panel", "named"),
    [
        (1965, 2022, False, [1970, 1980, 1990, 2000, 2010, 2022]),
        (1966, 2022, False, [1970, 1980, 1990, 2000, 2010, 2022]),
        (1966, 2022, True, [1980, 2000, 2022]),
        (1965, 2022, True, [1965, 2022]),
        (1965, 2000, False, [1965, 1970, 1975, 1980, 1985, 1990, 1995, 2000]),
        (2007, 2022, False, [2007, 2010, 2013, 2016, 2019, 2022]),
        (2011, 2022, True, [2011, 2022]),
        (1900, 2025, False, [1900, 1925, 1950, 1975, 2000, 2025]),
    ],
)
def test_an_axis_of_half_a_century_names_decades(first: int, last: int, panel: bool, named: list[int]) -> None:
    years = pd.Series([first, last], name="year")
    assert encodings.time(years, ["A"], panel=panel).to_dict()["axis"]["values"] == named


NAMED = {
    "years": [f"from {year}" for year in range(1995, 2001)],
    "Chinese": [f"{year}年起" for year in range(1995, 2001)],
    "economies": ["China", "Host", "United States", "Others", "Rest of the world", "Viet Nam", "Indonesia"],
}


@pytest.mark.parametrize("facet", [None, "panel"])
@pytest.mark.parametrize("width", [320, 358, 500, 720])
@pytest.mark.parametrize("names", NAMED)
def test_names_of_columns_do_not_touch_at_any_width(names: str, width: int, facet: str | None) -> None:
    rows = [(x, y, 10.25 * i, "2021") for i, x in enumerate(NAMED[names]) for y in ("Textiles and clothing", "Cars")]
    matrix = pd.DataFrame(rows, columns=["x", "y", "v", "panel"])
    spec = charts.heatmap(matrix, "x", "y", "v", facet=facet, **WORDS).to_dict()
    spec.pop("title")
    if facet:
        spec["spec"]["width"] = width - 150
    shown = scene.words(scene.drawn(spec, width))
    heads = [
        one
        for one in shown
        if "." not in one.text and one.text != "2021" and any(one.text in name for name in NAMED[names])
    ]
    assert sorted(" ".join(one.text for one in heads).split()) == sorted(" ".join(NAMED[names]).split())
    level = [one for one in heads if not one.angle]
    assert not [(one, other) for one, other in combinations(level, 2) if scene.touch(one, other)]
    slanted = sorted(one.at[0] for one in heads if one.angle)
    assert not (level and slanted)
    assert all(other - one > 15 for one, other in pairwise(slanted)), (
        "12 pixels, the height of a line, over the root of 2"
    )
    numbers = [one for one in shown if one.text[0].isdigit() and not one.angle and one not in heads]
    assert not [(one, other) for one, other in combinations(numbers + level, 2) if scene.touch(one, other)]
    # None is written at an angle where all would fit as they are.
    widest = max(map(labels.pixels, NAMED[names]))
    assert not slanted or (width - 150) / len(NAMED[names]) < widest * 1.3 + 12


def test_a_large_matrix_scrolls_before_its_numbers_touch() -> None:
    rows = [(x, y, 139.0 * (-1) ** i) for i, x in enumerate(NAMED["economies"]) for y in ("Electronics", "Cars")]
    chart = charts.heatmap(pd.DataFrame(rows, columns=[*"xyv"]), "x", "y", "v", diverging=True, fmt=".0f", **WORDS)
    least = chart.to_dict()["usermeta"]["exhibit"]["least"]
    numbers = [one for one in scene.words(scene.drawn(chart, least)) if one.text in ("+139", "−139")]
    assert len(numbers) == 14
    assert not [(one, other) for one, other in combinations(numbers, 2) if scene.touch(one, other)]


def test_three_matrices_stand_in_one_row_or_in_one_column() -> None:
    for columns, in_row in ((4, 3), (12, 1)):
        cells = [(x, y, 1.5, panel) for x in range(columns) for y in ("Cars", "Rare earths") for panel in "abc"]
        spec = charts.heatmap(pd.DataFrame(cells, columns=[*"xyvp"]), "x", "y", "v", facet="p", **WORDS).to_dict()
        assert spec["columns"] == in_row
        spec.pop("title")
        shown = scene.words(scene.drawn(spec, 720))
        assert not [(one, other) for one, other in combinations(shown, 2) if scene.touch(one, other)]


@pytest.mark.parametrize("alt", ["Two small line charts.", "Line charts in two panels.", "Three Panels of lines."])
def test_an_alternative_text_counts_the_panels_there_are(alt: str) -> None:
    rows = [(panel, year, 1.0 + year) for panel in ("a", "b", "c") for year in (2000, 2001)]
    frame = pd.DataFrame(rows, columns=["panel", "year", "value"]).assign(series="s")
    words = {"name": "n", "title": "t", "subtitle": "s", "source": "s"}
    draw = lambda frame: charts.lines(frame, "year", "value", "series", facet="panel", alt=alt, **words)  # noqa: E731
    right = frame if "hree" in alt else frame[frame["panel"] != "c"]
    draw(right)
    with pytest.raises(ValueError, match="n: expected an alternative text that counts"):
        draw(frame if len(right) < len(frame) else frame[frame["panel"] != "c"])
