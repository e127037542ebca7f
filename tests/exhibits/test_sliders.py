"""Charts that a reader turns: their formulas are the models', and what the page holds is small and fixed."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
import vl_convert

from chapters.theory import drivers, modes, newer, stages
from exhibits import charts, sliders
from exhibits.sliders import (
    Curve,
    Knob,
    Panel,
    Sentence,
    SliderChart,
    Traced,
    looked_up,
    saying,
    slider_chart,
    value,
)
from gvc import GvcError
from industrial_chains.models import cycle
from industrial_chains.models.agglomeration import CorePeriphery
from industrial_chains.models.countries import Countries
from industrial_chains.models.industries import Industries
from industrial_chains.models.location import Market
from industrial_chains.models.ricardo import World
from industrial_chains.models.tasks import Tasks
from tests.exhibits import scene

WORDS = {"name": "n", "title": "t", "subtitle": "s", "source": "o", "alt": "a"}


@cache
def turned_by(made: Callable[[], SliderChart]) -> SliderChart:
    """Make what a chart turns by once for all tests: some solve a model at each place of their knobs."""
    return made()


@cache
def _drawn(made: Callable[[], SliderChart]) -> dict[str, Any]:
    return slider_chart(**turned_by(made), **WORDS).to_dict()


def spec_of(made: Callable[[], SliderChart]) -> dict[str, Any]:
    """Specify a chart, as a test may change it."""
    return deepcopy(_drawn(made))


def computed(turned: SliderChart, formula: str, **knobs: float) -> float:
    names = {name: knob.base for name, knob in turned["knobs"].items()} | {"x": 1.0} | knobs
    with np.errstate(all="ignore"):
        for name, let in turned["lets"].items():
            names[name] = value(let, **names)
        return float(value(formula, **names))


@pytest.mark.parametrize("labour", [1.0, 4.0, 8.0])
@pytest.mark.parametrize("theta", [2.0, 4.0, 7.5])
def test_the_page_computes_the_ricardian_model(labour: float, theta: float) -> None:
    turned, world = turned_by(drivers.border), World(700.0, labour, theta)
    at = {"labour": labour, "theta": theta, "tech": 700.0}
    assert computed(turned, "datum.border", **at) == pytest.approx(world.border())
    assert computed(turned, "datum.wage", **at) == pytest.approx(world.wage())
    assert computed(turned, "datum.home", **at) == pytest.approx(world.gains()[0])
    assert computed(turned, "datum.abroad", **at) == pytest.approx(world.gains()[1])
    home, abroad = turned["panels"][1].curves
    assert isinstance(home, Curve)
    assert isinstance(abroad, Curve)
    assert computed(turned, home.formula, **at, x=labour) == pytest.approx(world.gains()[0])
    assert computed(turned, abroad.formula, **at, x=labour) == pytest.approx(world.gains()[1])


@pytest.mark.parametrize("beta", [1.0, 1.5, 2.0, 2.9, 3.4])
@pytest.mark.parametrize("spread", [0.5, 2.0, 5.0])
def test_the_page_computes_trade_in_tasks(beta: float, spread: float) -> None:
    turned, model = turned_by(stages.turned), Tasks(spread=spread)
    at = {"beta": beta, "spread": spread}
    ended = beta <= model.end()
    assert saying(turned, **at).startswith("The model ends" if ended else "Abroad does")
    # Below its end the page stays there.
    beta = max(beta, model.end())
    assert computed(turned, "datum.gone", **at) == pytest.approx(model.abroad(beta))
    assert computed(turned, "datum.wage", **at) == pytest.approx(model.wage(beta))
    assert computed(turned, "datum.foreign", **at) == pytest.approx(100 * model.foreign_share(beta))


@pytest.mark.parametrize("cost", [1.02, 1.3, 1.54, 1.7])
@pytest.mark.parametrize("mu", [0.45, 0.55, 0.65, 0.85])
def test_the_page_shows_what_leaves_a_core(cost: float, mu: float) -> None:
    turned, model = turned_by(modes.leaving), Industries(mu=mu)
    wage, state = model.state(model.leaving(cost), cost)
    kept = (100 * state["first"] / (state["first"] + state["second"])).tolist()
    for which, share in enumerate(kept):
        assert computed(turned, f"datum.kept_{which}", mu=mu, cost=cost) == pytest.approx(share, abs=1e-2)
    shown = [one for panel in turned["panels"] for one in panel.curves if isinstance(one, Traced)]
    wages = {"Wage of the core": wage} | dict(zip(modes.LINKS, state["offer"], strict=True))
    due = [*kept, *(wages[one.name] for one in shown[3:])]
    for one, height in zip(shown, due, strict=True):
        at = one.data[np.isclose(one.data[["mu", "x"]], [mu, cost]).all(axis=1)]
        # An industry that has left has no first firm, so no wage that it could pay.
        assert list(at["y"]) == pytest.approx([height]) or (at.empty and kept[list(modes.LINKS).index(one.name)] == 0)


def test_what_a_core_keeps_is_said_with_all_that_is_partly_gone() -> None:
    turned = turned_by(modes.leaving)
    places = [np.round(np.arange(knob.low, knob.high + 1e-9, knob.step), 2) for knob in turned["knobs"].values()]
    for cost in places[0]:
        for mu in places[1]:
            first, second, third = (computed(turned, f"datum.kept_{which}", cost=cost, mu=mu) for which in range(3))
            assert third == 100
            said = saying(turned, cost=cost, mu=mu)
            assert f"keeps {first:.0f} per cent of the industry with few inputs" in said
            assert (f"{second:.0f} per cent of the next" in said) == (second < 100)


def test_the_page_computes_the_cutoffs() -> None:
    market = Market(1.45, 0.3, 2.5, 3.0)
    at = {"barrier": 45.0, "fx": 0.3, "fi": 2.5, "sigma": 3.0}
    found = [computed(turned_by(modes.serving), formula, **at) for formula in ("datum.exports", "datum.invests")]
    assert found == pytest.approx(list(market.cutoffs()))


@pytest.mark.parametrize("developing", [0.4, 0.7, 1.6])
@pytest.mark.parametrize("industrial", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("slow", [8.0, 20.0, 40.0])
def test_the_page_computes_the_product_cycle(
    developing: float, industrial: float, slow: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cycle, "PACE", (5.0, slow))
    prices = cycle.PRICES.copy()
    prices.loc[["Industrial", "Developing"], "labour"] = industrial, developing
    turned, years = drivers.generation(), np.array([3.0, 12.0, 30.0])
    due = cycle.cohort(years, prices)
    at = {"developing": developing, "industrial": industrial, "slow": slow}
    for panel, column in zip(turned["panels"], ("made", "net"), strict=True):
        for curve in panel.curves:
            assert isinstance(curve, Curve)
            for year in years:
                found = computed(turned, curve.formula, x=year, **at)
                if column == "made":
                    found = max(found, 0.0)
                assert found == pytest.approx(due[column][year, curve.name], abs=0.02)
    turn = computed(turned, "datum.turn", **at)
    when = cycle.turns(prices).get("Innovating_imports")
    assert int(turn) + 1 == when or ((when is None or when > 59) and turn > 59)


@pytest.mark.parametrize("sigma", [4.0, 5.0, 9.0])
@pytest.mark.parametrize("mu", [0.1, 0.4, 0.6])
def test_the_page_computes_the_corners(sigma: float, mu: float) -> None:
    turned, model = turned_by(modes.corners), CorePeriphery(sigma, mu)
    # A curve is at its own place, and a point, which has none, at the knob's.
    for at in ({"mu": 0.3, "x": mu}, {"mu": mu, "x": np.nan}):
        assert computed(turned, "datum.breaks", sigma=sigma, **at) == pytest.approx(model.break_point())
        found = computed(turned, "datum.sustains", sigma=sigma, **at)
        assert found == pytest.approx(model.sustain_point(), abs=1e-7)


@pytest.mark.parametrize("sigma", [4.0, 5.0, 8.0])
@pytest.mark.parametrize("mu", [0.2, 0.4, 0.5])
def test_the_page_computes_core_and_periphery(sigma: float, mu: float) -> None:
    turned, model = turned_by(modes.one_country), CorePeriphery(sigma, mu)
    low, high = model.break_point(), model.sustain_point()
    assert computed(turned, "datum.breaks", sigma=sigma, mu=mu) == pytest.approx(low)
    assert computed(turned, "datum.sustains", sigma=sigma, mu=mu) == pytest.approx(high, abs=1e-7)
    # Places of the knob, which ends at 2.5.
    for cost in np.round([low - 0.02, (low + high) / 2, high + 0.2], 2).clip(max=2.5):
        at = {"sigma": sigma, "mu": mu, "cost": cost}
        due = 100 * model.uneven(cost) if low < cost < high else -1
        assert computed(turned, "datum.needed", **at) == pytest.approx(due, abs=0.05)
        even = model.real_wages(0.5, cost)[0]
        shares = [computed(turned, "datum.part", **at, x=place) for place in (0.0, 0.3, 0.5, 0.9, 1.0)]
        assert shares[::2] == pytest.approx([0, 0.5, 1])
        for place, share in zip((0.0, 0.3, 0.5, 0.9, 1.0), np.clip(shares, 0, 1), strict=True):
            found = computed(turned, "datum.gap", **at, x=place)
            assert found == pytest.approx(100 * model.gap(share, cost) / even, abs=1e-9)
    for along in (0.3, 0.7, 0.98):
        at = {"sigma": sigma, "mu": mu, "x": along}
        cost = computed(turned, "datum.cost_there", **at)
        assert low < cost < high
        if cost < turned["knobs"]["cost"].high:
            assert computed(turned, "datum.lead_there", **at) == pytest.approx(100 * model.uneven(cost), abs=1e-2)


@pytest.mark.parametrize(("mu", "alpha"), [(0.5, 0.4), (0.55, 0.5), (0.55, 0.4), (0.6, 0.55), (0.6, 0.6)])
def test_the_page_computes_two_countries(mu: float, alpha: float) -> None:
    turned, model = turned_by(modes.two_countries), Countries(mu=mu, alpha=alpha)
    at = {"mu": mu, "alpha": alpha}
    assert computed(turned, "datum.breaks", **at) == pytest.approx(model.break_point())
    try:
        ends = model.sustain_points()
    except GvcError:
        assert not computed(turned, "datum.holds", **at)
    else:
        assert computed(turned, "datum.holds", **at)
        found = [computed(turned, f"datum.{end}", **at) for end in ("returns", "sustains")]
        assert found == pytest.approx(list(ends), abs=1e-7)
    even = turned["panels"][1].curves[1]
    assert isinstance(even, Curve)
    assert computed(turned, even.across, **at, x=0.0) == 2.7
    dear = model.equilibria([2.7])
    assert computed(turned, even.formula, **at, x=0.0) == pytest.approx(dear["real_1"].iloc[0])
    assert computed(turned, "datum.offer", **at, cost=1.3) == pytest.approx(model.offer(1.3))


def test_every_stable_equilibrium_is_named_at_every_place_of_the_knobs() -> None:
    turned = turned_by(modes.two_countries)
    costs = np.array(modes.COSTS)
    for mu, alpha in product(modes.SPENDING, modes.INPUTS):
        names = {"mu": mu, "alpha": alpha, "cost": costs, "x": np.nan}
        with np.errstate(all="ignore"):
            for name, let in turned["lets"].items():
                names[name] = value(let, **names)
            holds = [
                np.broadcast_to(value(one.when, **names) if one.when else True, costs.shape) for one in turned["said"]
            ]
        which = np.argmax(np.array(holds, dtype=bool), axis=0)
        frame = Countries(mu=mu, alpha=alpha).equilibria(costs)
        stable = frame[frame["stable"]].groupby("cost")
        for cost, said, partly in zip(costs, which, names["partly"], strict=True):
            rows = stable.get_group(cost)
            due = {("even", "uneven"): 0, ("core", "even"): 1, ("even",): 2, ("core",): 3, ("uneven",): 4}
            assert due[tuple(sorted(rows["kind"]))] == said, (mu, alpha, cost)
            if said in (0, 4):
                (share,) = rows.loc[rows["kind"] == "uneven", "share"]
                assert partly == pytest.approx(100 * share, abs=1e-2)
    country, model = turned_by(modes.one_country), CorePeriphery()
    for cost in np.round(np.arange(1.1, 2.51, 0.02), 2):
        found = model.equilibria(np.array([cost])).query("stable")["branch"].str.split().str[0].unique().tolist()
        said = saying(country, cost=cost)
        assert [word for word in ("even", "core") if f"{word} spread" in said or f"a {word} in either" in said] == [
            word for word in ("even", "core") if word in found or f"{word} spread breaks" in said
        ]


ALL = {
    "border": drivers.border, "kojima": drivers.transfer_and_trade, "one": modes.one_country, "leaving": modes.leaving,
    "spreading": modes.spreading, "stages": stages.turned, "serving": modes.serving, "corners": modes.corners,
    "generation": drivers.generation, "two": modes.two_countries, "land": modes.land,
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_sliders_are_native_and_start_at_the_base_case(name: str) -> None:
    turned, spec = turned_by(ALL[name]), spec_of(ALL[name])
    assert [one["name"] for one in spec["params"]] == list(turned["knobs"])
    for one, knob in zip(spec["params"], turned["knobs"].values(), strict=True):
        assert one["bind"]["input"] == "range"
        assert one["bind"]["element"] == "#n-knob"
        assert one["value"] == knob.base
        steps = (knob.base - knob.low) / knob.step
        assert steps == pytest.approx(round(steps), abs=1e-6), "a slider rests on its base case"
    assert len(json.dumps(spec)) < 200_000


def test_a_chart_made_again_is_the_same() -> None:
    """One that solves its model at each place of its knobs."""
    assert slider_chart(**modes.two_countries(), **WORDS).to_dict() == spec_of(modes.two_countries)


def test_the_base_case_stays_as_a_pale_line_and_in_the_numbers() -> None:
    panel = Panel("h", (0, 10), [Curve("c", "k * datum.x", [0.0, 1.0, 2.0])])
    chart = slider_chart([panel], {"k": Knob("k", 0, 4, 1, 3)}, said=[Sentence("s", [])], **WORDS)
    spec = chart.to_dict()
    rows = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    assert [row["y"] for row in rows if row["k"] == "base"] == [[0, 3, 6]]
    assert "6 at 2" in spec["description"]
    assert "c,2,6" in spec["usermeta"]["exhibit"]["csv"]


def test_what_is_drawn_is_of_the_knobs_places_and_within_the_frame() -> None:
    # Known for q at 2, 3 and 4, of which the one at 3 is seen; above 10 nothing is.
    places = [{"x": x, "y": float(q), "q": float(q)} for q in (2, 3, 4) for x in (0.0, 1.0)]
    curves = [
        Curve("c", "q * datum.x", [0.0, 1.0, 2.0, 8.0]),
        Curve("r", "5", [0.0, 1.0], rule=True),
        Traced("t", pd.DataFrame(places)),
    ]
    said = Sentence("is {0}", [(looked_up({"q": [2, 3, 4]}, [5, 6, -7.5]), ".1f")])
    chart = slider_chart([Panel("h", (0, 10), curves)], {"q": Knob("q", 0, 4, 1, 3)}, said=[said], **WORDS)
    marks = [*_marks(vl_convert.vegalite_to_scenegraph(chart.to_dict()))]
    lines = [
        ([round(10 - point["y"] / 30, 6) for point in mark["items"]], mark["items"][0]["strokeDash"])
        for mark in marks
        if mark["marktype"] == "line" and "strokeDash" in mark["items"][0]
    ]
    assert lines == [([0, 3, 6], [1, 0]), ([5, 5], [2, 3]), ([3, 3], [1, 0])]
    assert "0;6.0" in [one.get("description") for mark in marks for one in mark["items"]]


def _marks(part: Any) -> Iterator[dict[str, Any]]:
    """All marks of a drawing."""
    if isinstance(part, dict):
        if "marktype" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _marks(one)


@pytest.mark.parametrize(
    ("made", "places"),
    [
        (stages.turned, {"beta": 1.0}),
        (stages.turned, {"gap": 4.0}),
        (drivers.border, {"T": 4096.0}),
        (modes.serving, {"barrier": 10}),
        (modes.serving, {"barrier": 60}),
        (modes.serving, {"fi": 2}),
        (modes.corners, {"mu": 0.1}),
        (modes.corners, {"mu": 0.6}),
    ],
)
def test_words_keep_clear_of_one_another_and_of_the_edge_of_a_phone(
    made: Any, places: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "WIDTH", 382)
    turned = turned_by(made)
    knobs = {name: replace(knob, base=places.get(name, knob.base)) for name, knob in turned["knobs"].items()}
    names = {curve.name for panel in turned["panels"] for curve in panel.curves}
    spec = slider_chart(**(turned | {"knobs": knobs}), **WORDS).to_dict()
    drawn = json.loads(json.dumps(vl_convert.vegalite_to_scenegraph(spec)))
    for panel in _groups(drawn):
        texts = [
            one for mark in _marks(panel) if mark["marktype"] == "text" for one in mark["items"] if one.get("text")
        ]
        at = {(one["text"], one.get("x", 0) + one.get("dx", 0), one.get("y", 0) + one.get("dy", 0)) for one in texts}
        ends = sorted(y for text, _, y in at if text in names)
        assert all(below - above > 13 for above, below in pairwise(ends))
        assert all(x > -1 for text, x, _ in at if re.match("invests|sustain|break", str(text)))


@pytest.mark.parametrize("width", [0, 310])
@pytest.mark.parametrize(
    "made",
    [
        *(drivers.border, drivers.generation, modes.one_country, modes.corners, modes.two_countries, modes.leaving),
        *(modes.land, modes.serving, newer.where_firms_buy, newer.temporary, newer.care, newer.duties_along_chains),
        stages.turned,
    ],
)
def test_words_touch_no_others_and_no_line_runs_through_them(made: Any, width: int) -> None:
    spec = spec_of(made)
    spec.pop("title")
    if width:
        spec["columns"], spec["spec"]["width"] = 1, width
    drawn = scene.drawn(spec, 0)
    shown, lines = scene.words(drawn), scene.lines(drawn)
    assert len(shown) > 8
    assert len(lines) > 8
    assert [(one, other) for one, other in combinations(shown, 2) if scene.touch(one, other)] == []
    assert [one for one in shown if scene.crossed(one, lines)] == []


def test_a_long_text_is_folded_in_its_middle() -> None:
    folds = {
        "half has left by year 12": "half has left|by year 12",
        "home makes 57 %, wage 5.28": "home makes|57 %, wage 5.28",
    }
    for text, due in folds.items():
        assert re.sub(sliders._fold(text), "|", text) == due
    assert sliders._fold("sustain 1.81") == ""


def _groups(part: Any) -> Iterator[dict[str, Any]]:
    """Panels of a drawing: the groups that have axes."""
    if isinstance(part, dict):
        if part.get("marktype") == "group" and part.get("name") == "cell":
            yield from part["items"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _groups(one)


def test_a_point_beyond_the_panel_is_not_drawn_in_it() -> None:
    turned = turned_by(modes.corners)
    (_, sustain), panel = turned["panels"][0].points, turned["panels"][0]
    assert computed(turned, sustain.y, mu=0.6, x=np.nan) > panel.frame[1]


def test_the_sentence_names_what_is_seen_there() -> None:
    # By hand, or from the models' own tests: break 1.63 and sustain 1.81; 1.5 to the power 0.55, by 11/9; 57 per cent.
    country = turned_by(modes.one_country)
    assert saying(country) == (
        "At a trade cost of 1.70 an even spread and a core in either region are stable; a region draws in the rest "
        "once it has 83 per cent of industry."
    )
    assert saying(country, cost=1.5).endswith(
        "only a core in either region is stable, since an even spread breaks at 1.63."
    )
    assert saying(country, cost=2.5).endswith("only an even spread is stable, since a core lasts only up to 1.81.")
    assert saying(turned_by(modes.two_countries)).endswith(
        "real wages there are 1.53 times those in the other country."
    )
    assert saying(turned_by(modes.two_countries), cost=2.1) == (
        "At a trade cost of 2.10 an even spread is stable, and so is a core with 95 per cent of industry."
    )
    assert saying(turned_by(stages.turned), beta=1.2).startswith(
        "The model ends at a coordination cost of 1.50: all tasks"
    )
    assert saying(turned_by(modes.spreading)).endswith(
        "starts in the last one when manufactures take 0.82 of spending."
    )
    assert saying(turned_by(modes.land), freight=50).endswith("grain reaches a distance of 15.0.")
    assert saying(turned_by(modes.serving), fx=1, barrier=60, sigma=6).startswith("No firm exports")
    assert saying(turned_by(drivers.border)).startswith("Home makes 57 per cent of the industries")


@pytest.mark.parametrize("name", ALL)
def test_a_sentence_has_two_numbers_at_most_and_no_other(name: str) -> None:
    for one in turned_by(ALL[name])["said"]:
        assert re.findall(r"\d+", one.text) == [str(at) for at in range(len(one.numbers))]
        assert len(one.numbers) in (1, 2)


def test_numbers_by_places_of_knobs_are_those_at_the_nearest_place() -> None:
    assert [float(value(looked_up({"k": [0, 2, 4]}, [7, 8, 9]), k=at)) for at in (0, 2.1, 4)] == [7, 8, 9]
    places = [1, 2, 3], [0.5, 1.0, 1.5, 2.0], [-1, 1]
    known = np.array([[[10 * a + b * c for c in places[2]] for b in places[1]] for a in places[0]])
    formula = looked_up(dict(zip("abc", places, strict=True)), known)
    for a, b, c in product(*places):
        assert float(value(f"if(a > 0, {formula}, 0)", a=a, b=b + 0.1, c=c)) == 10 * a + b * c
    with pytest.raises(ValueError, match="reshape"):
        looked_up({"k": [0, 2, 4]}, [7, 8])


def test_both_corners_can_be_landed_on() -> None:
    knob = turned_by(modes.one_country)["knobs"]["cost"]
    places = np.round(np.arange(knob.low, knob.high + 1e-9, knob.step), 2)
    assert {1.63, 1.81} <= set(places)
    knob = turned_by(modes.two_countries)["knobs"]["cost"]
    places = np.round(np.arange(knob.low, knob.high + 1e-9, knob.step), 2)
    assert {1.14, 1.9, 1.91} <= set(places)


@pytest.mark.parametrize("turned", [modes.one_country, modes.leaving])
def test_a_level_that_others_are_read_against_is_dotted_and_grey(turned: Any) -> None:
    spec = spec_of(turned)
    (rule,) = {
        one.name for panel in turned_by(turned)["panels"] for one in panel.curves if isinstance(one, Curve) and one.rule
    }
    rows = max(spec["datasets"].values(), key=len)
    assert {row["k"] for row in rows if row.get("c") == rule} == {"curve"}, "and has no base case"
    assert {row.get("r") for row in rows if row.get("c") == rule} == {1}
    layers = [layer["encoding"] for layer in spec["spec"]["layer"]]
    (dashes,) = (layer["strokeDash"]["scale"]["range"] for layer in layers if "strokeDash" in layer)
    assert dashes[2] == [2, 3]
    colour = next(layer["color"]["scale"] for layer in layers if "scale" in layer.get("color", {}))
    shades = dict(zip(colour["domain"], colour["range"], strict=True))
    assert shades.pop(rule) == charts.MUTED
    assert list(shades.values()) == list(charts.PALETTE[: len(shades)])
