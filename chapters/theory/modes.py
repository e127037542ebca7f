"""Modes of relocation: flying geese, core and periphery, rings of land, exporters that invest."""

from functools import cache
from itertools import product
from typing import cast

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.sliders import Curve, Knob, Panel, Point, Sentence, SliderChart, Traced, looked_up
from gvc.errors import GvcError
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.charting import names
from industrial_chains.industry_groups import FLOCK
from industrial_chains.models import agglomeration, countries, industries, location
from industrial_chains.sources import LRWIOD, OECD, WIOD

SHORT = dict(zip(FLOCK, ("Textiles", "Electronics", "Machinery", "Vehicles"), strict=True))
GEESE = ("JPN", "KOR", "TWN", "CHN", "IDN", "VNM", "IND", "MEX")


def geese() -> pd.DataFrame:
    """Revealed comparative advantage in exported value added.

    Returns
    -------
    DataFrame
        Columns economy, industry, value, year, database; 1 where an industry weighs as much as in the world.
    """
    frames = []
    for industry, group in FLOCK.items():
        for source in waves_by_industry.BY_INDUSTRY:
            index = source.advantage(group)
            shown = [code for code in GEESE if code in index]
            frames.append(source.long(index[shown], "economy").assign(industry=industry))
    frame = pd.concat(frames, ignore_index=True)
    return frame[["economy", "industry", "value", "year", "database"]]


def geese_drawn() -> pd.DataFrame:
    """Return the same for the two industries that begin and end the flight, every third year."""
    frame = geese()
    chosen = frame["industry"].isin(list(FLOCK)[:2]) & frame["economy"].isin(["JPN", "KOR", "TWN", "CHN"])
    return frame[chosen & frame["year"].mod(3).eq(0)]


def geese_from_to() -> pd.DataFrame:
    """Return the same in the first and the last year of the longest and of the latest database.

    Returns
    -------
    DataFrame, economy × (industry, year)
        Missing where a database does not show an economy.
    """
    years = {LRWIOD: (1965, 2000), OECD: (2011, 2022)}
    frame = geese()
    columns = {}
    for industry, short in SHORT.items():
        for source, ends in years.items():
            for year in ends:
                here = frame["database"].eq(source.label_in(year)) & frame["year"].eq(year)
                values = frame[here & frame["industry"].eq(industry)].set_index("economy")["value"]
                columns[short, str(year)] = values.reindex(list(GEESE))
    wide = pd.DataFrame(columns)
    return wide.rename(index=names.economy).rename_axis(index="Economy")


def _places(knob: Knob) -> list[float]:
    """Places at which a knob can stand."""
    return [float(place) for place in np.round(np.arange(knob.low, knob.high + knob.step / 2, knob.step), 2)]


def _breaks(share: str) -> str:
    """Write what `break_point` of one country or two computes, for the page, by the share that firms have in demand."""
    breaks = "pow(({r} + {m}) * (1 + {m}) / (({r} - {m}) * (1 - {m})), 1 / (sigma - 1))"
    return breaks.format(r="(1 - 1 / sigma)", m=share)


def _sustains(sigma: Knob, mu: Knob, share: str) -> str:
    """Write the sustain point of one country for the page; `share` is that of manufactures in spending, from `mu`."""
    known = [[agglomeration.CorePeriphery(one, part).sustain_point() for part in _places(mu)] for one in _places(sigma)]
    return looked_up({"sigma": _places(sigma), share: _places(mu)}, known)


def one_country() -> SliderChart:
    r"""Core and periphery within one country: equilibria, and the incentive to move, at one trade cost.

    Notes
    -----
    `models.agglomeration.CorePeriphery`, written for the page. Let :math:`r = w_2 / w_1`,
    :math:`k = (G_2 / G_1)^{1-\sigma}` and :math:`T = \tau^{1-\sigma}`. Then
    :math:`\lambda / (1 - \lambda) = r^{1-\sigma} (1 - kT) / (k - T)`, and the equations of the two wages are square in
    :math:`r^\sigma`. So the curve of the gap runs along :math:`k`, from :math:`1/T` to :math:`T`. Real wages are equal
    where :math:`k = r^{(1-\sigma)/\mu}`; the equations are then
    :math:`(1-\mu)(1 - k r^\sigma) = (1+\mu) T (r^\sigma - k)`. From the break to the sustain point :math:`r` rises from
    one to :math:`\tau^\mu`.
    """
    model = agglomeration.CorePeriphery()
    low, high = 1.1, 2.5
    knobs = {
        # Steps that land on both corners, to the digits shown.
        "cost": Knob("Trade cost τ", low, high, 0.01, 1.7),
        "sigma": Knob("Elasticity σ", 4, 8, 0.5, model.sigma),
        "mu": Knob("Manufactures in spending μ", 0.2, 0.5, 0.02, model.mu),
    }
    level = "pow({r}, (1 - sigma) / mu)"
    free = f"(1 - mu) * (1 - {level} * pow({{r}}, sigma)) / ((1 + mu) * (pow({{r}}, sigma) - {level}))"
    share = f"min(100, 100 / (1 + pow({{r}}, sigma - 1) * ({level} - {{t}}) / (1 - {level} * {{t}})))"
    near, far = "datum.part", "(1 - datum.part) * pow(datum.ratio, 1 - sigma)"
    gains = [
        f"pow({supplied}, mu / (sigma - 1))"
        for supplied in (f"({near} + {far} * datum.free)", f"({near} * datum.free + {far})")
    ]
    there = "datum.there"
    lets = {
        "breaks": _breaks("mu"),
        "sustains": _sustains(knobs["sigma"], knobs["mu"], "mu"),
        "free": "pow(cost, 1 - sigma)",
        **_needed(**knobs),
        # Along the curve of unstable equilibria.
        "there": "pow(datum.sustains, mu * datum.x)",
        "free_there": free.format(r=there),
        "cost_there": "pow(datum.free_there, 1 / (1 - sigma))",
        "lead_there": f"if(datum.cost_there < {high}, {share.format(r=there, t='datum.free_there')}, -1)",
        # Along the curve of the gap.
        "supply": "pow(datum.free, 2 * datum.x - 1)",
        "sales_1": "1 - datum.supply * datum.free",
        "sales_2": "datum.supply - datum.free",
        "square": "datum.sales_2 * ((1 + mu) * datum.free + (1 - mu) * datum.supply)",
        "line": "(1 + mu) * (datum.sales_2 - datum.supply * datum.sales_1)"
        " + (1 - mu) * datum.free * (datum.supply * datum.sales_2 - datum.sales_1)",
        "rest": "datum.sales_1 * (1 - mu + (1 + mu) * datum.free * datum.supply)",
        "root": "sqrt(datum.line * datum.line + 4 * datum.square * datum.rest)",
        # Of two ways to write the root of a square equation, the one that divides by no zero.
        "power": "if(datum.line > 0, (datum.line + datum.root) / 2 / datum.square,"
        " 2 * datum.rest / (datum.root - datum.line))",
        "ratio": "pow(datum.power, 1 / sigma)",
        "part": "datum.sales_1 / (datum.sales_1 + datum.sales_2 * pow(datum.ratio, sigma - 1))",
        "gap": "100 * pow(datum.part + (1 - datum.part) * datum.ratio, mu - 1)"
        f" * ({gains[0]} - datum.ratio * {gains[1]}) / pow((1 + datum.free) / 2, mu / (sigma - 1))",
    }
    upto = f"{low} + (min({high}, datum.{{}}) - {low}) * datum.x"
    down = f"{high} - ({high} - min({high}, datum.breaks)) * datum.x"
    along = [0.001, *np.round(np.linspace(0.05, 1, 20), 2)]
    mirrored = "if(datum.lead_there < 0, -1, 100 - datum.lead_there)"
    left = Panel(
        "Share of region 1, percent, by τ",
        (0, 100),
        [
            *(Curve("Core", share, [0, 1], upto.format("sustains")) for share in ("100", "0")),
            Curve("Even", "50", [0, 1], down),
            Curve("Unstable", "50", [0, 1], upto.format("breaks"), dashed=True),
            *(Curve("Unstable", y, along, "datum.cost_there", dashed=True) for y in ("datum.lead_there", mirrored)),
        ],
        [
            Point("datum.breaks", f"if(datum.breaks < {high}, 50, -1)", _corner("break", "breaks")),
            Point("datum.sustains", f"if(datum.sustains < {high}, 100, -1)", _corner("sustain", "sustains")),
            *(
                Point("cost", y, f"format({y}, '.0f')")
                for y in (
                    "if(cost < datum.sustains, 100, -1)", "if(cost < datum.sustains, 0, -1)", "50", "datum.needed",
                    "100 - datum.needed",
                )
            ),
        ],
    )  # fmt: skip
    right = Panel(
        "Real wage gap, percent, by share of region 1",
        (-5, 5),
        [
            Curve("Gap", "datum.gap", _along(model, knobs["cost"].base), "100 * datum.part"),
            Curve("Zero", "0", [0, 100], rule=True),
        ],
        span=(0, 100),
    )
    return {
        "panels": [left, right],
        "knobs": knobs,
        "lets": lets,
        "said": [
            Sentence(
                "At a trade cost of {0} only a core in either region is stable, since an even spread breaks at {1}.",
                [("cost", ".2f"), ("datum.breaks", ".2f")],
                "cost < datum.breaks",
            ),
            Sentence(
                "At a trade cost of {0} an even spread and a core in either region are stable; a region draws in the "
                "rest once it has {1} per cent of industry.",
                [("cost", ".2f"), ("datum.needed", ".0f")],
                "cost < datum.sustains",
            ),
            Sentence(
                "At a trade cost of {0} only an even spread is stable, since a core lasts only up to {1}.",
                [("cost", ".2f"), ("datum.sustains", ".2f")],
            ),
        ],
    }


def _needed(cost: Knob, sigma: Knob, mu: Knob) -> dict[str, str]:
    """Write the share that a region needs to draw in the rest for the page, percent, as ``datum.needed``.

    There is one only between break and sustain point. These shares stand in one list, and ``datum.first`` says where
    those of an elasticity and a share of manufactures begin, less the places of the cost before the break point.
    """
    first, shares = [], []
    for one, part in product(_places(sigma), _places(mu)):
        model = agglomeration.CorePeriphery(one, part)
        ends = model.break_point(), model.sustain_point()
        inside = [place for place in _places(cost) if ends[0] < place < ends[1]]
        first.append(len(shares) - _places(cost).index(inside[0]) if inside else 0)
        shares += [round(100 * model.uneven(place), 2) for place in inside]
    which = f"datum.first + (cost - {cost.low}) / {cost.step}"
    needed = looked_up({which: range(len(shares))}, shares)
    return {
        "first": looked_up({"sigma": _places(sigma), "mu": _places(mu)}, first),
        "needed": f"if(cost > datum.breaks, if(cost < datum.sustains, {needed}, -1), -1)",
    }


def _along(model: agglomeration.CorePeriphery, cost: float) -> list[float]:
    """Places on the curve of the gap, as the page has them, at which the share rises in even steps in one case."""
    places = [0.0]
    for share in np.linspace(0, 1, 41)[1:-1]:
        own, other = model.wages(float(share), cost)
        first, second = share * own ** (1 - model.sigma), (1 - share) * other ** (1 - model.sigma)
        free = cost ** (1 - model.sigma)
        supply = (first * free + second) / (first + second * free)
        places.append(float(1 + np.log(supply) / np.log(free)) / 2)
    return [*places, 1.0]


def _corner(name: str, let: str) -> str:
    return f"'{name} ' + format(datum.{let}, '.2f')"


def corners() -> SliderChart:
    """Break and sustain point of one country, by the share of manufactures in spending, with knobs."""
    model = agglomeration.CorePeriphery()
    sigma = Knob("Elasticity σ", 4, 9, 0.5, model.sigma)
    mu = Knob("Manufactures in spending μ", 0.1, 0.6, 0.01, model.mu)
    grid = _places(mu)
    panel = Panel(
        "Trade cost τ, by manufactures in spending μ",
        (1, 3),
        [Curve("Break", "datum.breaks", grid), Curve("Sustain", "datum.sustains", grid)],
        [
            Point("mu", "datum.breaks", _corner("break", "breaks")),
            Point("mu", "datum.sustains", _corner("sustain", "sustains")),
        ],
    )
    said = Sentence(
        "An even spread breaks below a trade cost of {0}, and a core lasts up to {1}.",
        [("datum.breaks", ".2f"), ("datum.sustains", ".2f")],
    )
    # Curves have their own share, and points that of the knob.
    lets = {
        "share": "if(datum.x > 0, datum.x, mu)",
        "breaks": _breaks("datum.share"),
        "sustains": _sustains(sigma, mu, "datum.share"),
    }
    return {"panels": [panel], "knobs": {"sigma": sigma, "mu": mu}, "lets": lets, "said": [said]}


#: Places of the knobs of :func:`two_countries`, of which each pair is solved: spending, and inputs.
SPENDING, INPUTS = (0.5, 0.55, 0.6), (0.4, 0.45, 0.5, 0.55, 0.6)
#: And of the trade cost.
COSTS = tuple(map(float, np.round(np.arange(1.02, 2.7001, 0.01), 2)))


@cache
def _solved() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Solve the two countries at every place of the knobs.

    Returns
    -------
    tuple of DataFrame
        Equilibria that are neither even nor a core with all of industry; real wages in a core and outside it on the way
        that history takes.
    """
    rows, wages = [], []
    for mu, alpha in product(SPENDING, INPUTS):
        model = countries.Countries(mu=mu, alpha=alpha)
        ends = model.break_point()
        # Both unstable lines begin where the even spread breaks.
        rows += [(mu, alpha, ends, 50.0, True, upper) for upper in (True, False)]
        found = model.equilibria(COSTS)
        uneven = found.loc[found["kind"] == "uneven", ["cost", "share", "stable"]]
        for cost, share, stable in uneven.itertuples(index=False):
            rows += [(mu, alpha, cost, 100 * part, not stable, part > 0.5) for part in (share, 1 - share)]
        # As costs fall the spread is even until it breaks; from there a core remains.
        core = found[found["stable"] & (found["cost"] < ends)].drop_duplicates("cost")
        for cost, *real in core[["cost", "real_1", "real_2"]].itertuples(index=False):
            wages += [(mu, alpha, name, cost, at) for name, at in zip(("Core", "Periphery"), real, strict=True)]
    lines = pd.DataFrame(rows, columns=["mu", "alpha", "x", "y", "unstable", "upper"])
    # There may be such equilibria on both sides of those with all of industry in a core: no line joins them.
    one = ["mu", "alpha", "unstable", "upper"]
    parts = lines.groupby(one)["x"].transform(lambda x: x.diff().gt(0.015).cumsum())
    lines["line"] = 2 * parts + lines["upper"]
    return lines, pd.DataFrame(wages, columns=["mu", "alpha", "name", "x", "y"])


def _partly() -> list[float]:
    """Share of a stable core that has most of industry, percent, by the knobs; -1 where there is none."""
    lines = _solved()[0]
    cores = lines[~lines["unstable"] & lines["upper"]].set_index(["mu", "alpha", "x"])["y"]
    return [round(float(cores.get(place, -1.0)), 4) for place in product(SPENDING, INPUTS, COSTS)]


def _kept_whole(mu: float, alpha: float) -> tuple[float, float]:
    """Trade costs between which a core keeps all of industry; none lies between 1 and 0."""
    try:
        return countries.Countries(mu=mu, alpha=alpha).sustain_points()
    except GvcError:
        return 1.0, 0.0


def two_countries() -> SliderChart:
    """Core and periphery between two countries: equilibria, and real wages along the way that history takes."""
    model = countries.Countries()
    lines, wages = _solved()
    low, high = COSTS[0], COSTS[-1]
    columns = ["x", "y", "mu", "alpha"]
    sigma = f"{model.sigma:g}"
    free = f"pow(cost, 1 - {sigma})"
    power = f"(alpha * {sigma} / ({sigma} - 1))"
    pairs = {"mu": SPENDING, "alpha": INPUTS}
    whole = [_kept_whole(mu, alpha) for mu, alpha in product(SPENDING, INPUTS)]
    lets = {
        "wage": "max(1, mu / (1 - mu))",
        # Part of spending on manufactures that the core has.
        "spent": "if(mu > 0.5, mu * (1 - alpha) + alpha, (1 + alpha) / 2)",
        "breaks": _breaks("alpha").replace("sigma", sigma),
        "returns": looked_up(pairs, [ends[0] for ends in whole]),
        "sustains": looked_up(pairs, [ends[1] for ends in whole]),
        "holds": "datum.returns < datum.sustains",
        # What `models.countries.Countries.offer` computes, times the wage of the core.
        "offer": f"pow((datum.spent * {free} + (1 - datum.spent) / {free}) * pow(cost, -alpha * {sigma}), "
        f"1 / ({sigma} * (1 - alpha))) * datum.wage",
        "partly": looked_up(pairs | {"cost": COSTS}, _partly()),
        # Along the lines of an even spread, from dear trade to the break point.
        "dear": f"{high} - ({high} - datum.breaks) * datum.x",
    }
    all_or_none = f"max({low}, datum.returns) + (min({high}, datum.sustains) - max({low}, datum.returns)) * datum.x"
    partly = lines[[*columns, "line", "unstable"]]
    left = Panel(
        "Share of country 1, percent, by τ",
        (0, 100),
        [
            *(Curve("Core", f"if(datum.holds, {share}, -1)", [0, 1], all_or_none) for share in (100, 0)),
            Traced("Core", partly[~lines["unstable"]], ".0f"),
            Curve("Even", "50", [0, 1], "datum.dear"),
            Curve("Unstable", "50", [0, 1], f"{low} + (datum.breaks - {low}) * datum.x", dashed=True),
            Traced("Unstable", partly[lines["unstable"]], ".0f"),
        ],
        [
            Point("datum.breaks", "50", _corner("break", "breaks")),
            *(
                Point(f"datum.{end}", f"if(datum.holds, if({inside}, 100, -1), -1)", _corner("sustain", end))
                for end, inside in (("returns", f"datum.returns > {low}"), ("sustains", f"datum.sustains < {high}"))
            ),
            *(Point("cost", f"if(datum.offer > 1, -1, {share})", f"'{share}'") for share in (100, 0)),
            Point("cost", "50", "'50'"),
        ],
    )
    # Both have \mu of their workers in manufacturing, at a wage of one.
    even = f"pow((1 + pow({{}}, 1 - {sigma})) * mu, mu / (({sigma} - 1) * (1 - {power})))"
    right = Panel(
        "Real wage, by τ",
        (0.5, 1.2),
        [
            Traced("Core", wages.loc[wages["name"] == "Core", columns], ".2f"),
            Curve("Even", even.format("datum.dear"), list(np.round(np.linspace(0, 1, 21), 2)), "datum.dear"),
            Traced("Periphery", wages.loc[wages["name"] == "Periphery", columns], ".2f"),
        ],
        [
            Point(
                "cost",
                f"if(cost < datum.breaks, -1, {even.format('cost')})",
                f"format({even.format('cost')}, '.2f')",
            )
        ],
    )
    return {
        "panels": [left, right],
        "knobs": {
            "cost": Knob("Trade cost τ", low, high, 0.01, 1.5),
            "mu": Knob("Manufactures in spending μ", SPENDING[0], SPENDING[-1], 0.05, model.mu),
            "alpha": Knob("Inputs in cost α", INPUTS[0], INPUTS[-1], 0.05, model.alpha),
        },
        "lets": lets,
        "said": [
            Sentence(
                "At a trade cost of {0} an even spread is stable, and so is a core with {1} per cent of industry.",
                [("cost", ".2f"), ("datum.partly", ".0f")],
                "if(cost < datum.breaks, 0, datum.partly) > 0",
            ),
            Sentence(
                "At a trade cost of {0} an even spread is stable, and so is a core with all of industry, where real "
                "wages are {1} times those elsewhere.",
                [("cost", ".2f"), ("datum.wage * pow(cost, mu)", ".2f")],
                "if(cost < datum.breaks, 2, datum.offer) <= 1",
            ),
            Sentence(
                "At a trade cost of {0} only an even spread is stable; it breaks below {1}.",
                [("cost", ".2f"), ("datum.breaks", ".2f")],
                "cost >= datum.breaks",
            ),
            Sentence(
                "At a trade cost of {0} only a core with all of industry is stable, and real wages there are {1} times "
                "those in the other country.",
                [("cost", ".2f"), ("datum.wage * pow(cost, mu)", ".2f")],
                "datum.offer <= 1",
            ),
            Sentence(
                "At a trade cost of {0} only a core with {1} per cent of industry is stable, since a first firm "
                "elsewhere could pay more than the wage there.",
                [("cost", ".2f"), ("datum.partly", ".0f")],
            ),
        ],
    }


#: Industries by what they buy from themselves.
LINKS = {"Few inputs": 0.35, "More inputs": 0.45, "Most inputs": 0.55}
#: Knobs of :func:`leaving`, of which each pair is solved.
LEAVING = {
    "cost": Knob("Trade cost τ", 1.02, 1.7, 0.02, 1.3),
    "mu": Knob("Manufactures in spending μ", 0.45, 0.85, 0.1, 0.55),
}


def leaving() -> SliderChart:
    """Three industries that are solved together: how much of each a core keeps, and the wages, by trade cost.

    Notes
    -----
    `models.industries.Industries` at every place of the knobs.
    """
    kept = _kept()
    shares = kept[kept["name"].isin(LINKS) & kept["share"].ge(0)].assign(y=lambda rows: rows["share"])
    pays = kept[kept["share"].ne(0)].assign(y=kept["wage"])  # nobody of an industry that has left is a first firm
    # Where trade is dear an industry gives up its core at once: no line joins what is before and after.
    jumps = shares.sort_values(["name", "mu", "x"], kind="stable").groupby(["name", "mu"])["y"].diff().abs().gt(15)
    shares["line"] = jumps.groupby([shares["name"], shares["mu"]]).cumsum()
    columns = ["x", "y", "mu"]
    names = [*LINKS, "Wage of the core"]
    panels = [
        Panel(
            "Share of its workers in the core, percent, by τ",
            (0, 100),
            [Traced(name, shares.loc[shares["name"] == name, [*columns, "line"]], ".0f") for name in LINKS],
        ),
        Panel(
            "Wage over that elsewhere, by τ",
            (0.65, 1.35),
            [
                *(Traced(name, pays.loc[pays["name"] == name, columns], ".2f") for name in names),
                Curve("Leaves above", "1", [LEAVING["cost"].low, LEAVING["cost"].high], rule=True),
            ],
        ),
    ]
    by_place = kept.set_index("name")["share"]
    places = {knob: _places(LEAVING[knob]) for knob in ("cost", "mu")}
    known = {f"kept_{which}": looked_up(places, by_place[name]) for which, name in enumerate(LINKS)}
    said = [
        Sentence(
            "At a trade cost of {0} the core keeps {1} per cent of the industry with few inputs, and all of the "
            "others.",
            [("cost", ".2f"), ("datum.kept_0", ".0f")],
            "datum.kept_1 >= 100",
        ),
        Sentence(
            "The core keeps {0} per cent of the industry with few inputs, {1} per cent of the next, and all of the "
            "last.",
            [("datum.kept_0", ".0f"), ("datum.kept_1", ".0f")],
        ),
    ]
    return {"panels": panels, "knobs": LEAVING, "lets": known, "said": said}


def kept(cost: float, mu: float = LEAVING["mu"].base) -> pd.DataFrame:
    """Return what :func:`leaving` shows at one place of its knobs: share and wage by name."""
    rows = _kept()
    return rows[np.isclose(rows[["x", "mu"]], [cost, mu]).all(axis=1)].set_index("name")[["share", "wage"]]


@cache
def _kept() -> pd.DataFrame:
    """Solve the industries at every place of the knobs.

    Returns
    -------
    DataFrame
        Columns mu, x (trade cost), name, share (percent of the industry's workers who are in the core) and wage (what a
        first firm outside could pay, or what the core pays), both over the wage elsewhere.
    """
    places = map(_places, LEAVING.values())
    rows: list[tuple[float, float, str, float, float]] = []
    for cost, mu in product(*places):
        model = industries.Industries(mu=mu, alphas=tuple(LINKS.values()))
        wage, state = model.state(model.leaving(cost), cost)
        shares = 100 * state["first"] / (state["first"] + state["second"])
        for name, share, offer in zip(LINKS, shares, state["offer"], strict=True):
            rows.append((mu, cost, name, share, offer))
        rows.append((mu, cost, "Wage of the core", -1.0, wage))
    return pd.DataFrame(rows, columns=["mu", "x", "name", "share", "wage"]).round(6)


#: At which industry spreads over many countries.
SPREADING_COST = 1.3
NUMBER = Knob("Number of countries", 2, 8, 1, 5)


def spreading() -> SliderChart:
    """Industry by country and the wage of the cores, as spending turns to manufactures, for a number of countries.

    Notes
    -----
    `models.countries.Countries.spread`.
    """
    numbers = range(int(NUMBER.low), int(NUMBER.high) + 1)
    frame = pd.concat([_spread(number) for number in numbers])
    columns = ["x", "y", "number", "line"]
    left = Panel(
        "Workers in manufacturing, percent, by μ",
        (0, 100),
        [Traced(name, frame.loc[frame["name"] == name, columns]) for name in ("First", "Newcomers")],
    )
    right = Panel(
        "Wage of full cores over that elsewhere, by μ",
        (0.9, 1.5),
        [Traced("Wage", frame.loc[frame["name"] == "Wage", columns])],
    )
    last = looked_up({"number": numbers}, [steps(number)[-1] for number in numbers])
    said = Sentence(
        "With {0} countries industry starts in the last one when manufactures take {1} of spending.",
        [("number", ".0f"), (last, ".2f")],
    )
    return {"panels": [left, right], "knobs": {"number": NUMBER}, "lets": {}, "said": [said]}


def steps(number: int) -> list[float]:
    """Shares of manufactures in spending at which industry starts in one more of a number of countries."""
    return countries.Countries().joining(SPREADING_COST, number)


@cache
def _spread(number: int) -> pd.DataFrame:
    """Solve a number of countries by the share of manufactures in spending, from little to almost all.

    Returns
    -------
    DataFrame
        Columns x, name, y, number, and line, the country. It has rows from the start of industry there until it has no
        farmers left.
    """
    grid = np.unique(np.round([*np.linspace(0.05, 0.95, 91), *steps(number), *np.arange(1, number) / number], 6))
    rows: list[tuple[float, str, int, float]] = []
    for mu in map(float, grid[grid <= 0.95]):
        employed, wage = countries.Countries(mu=mu).spread(SPREADING_COST, number)
        for country, start in enumerate([0.0, *steps(number)]):
            if start - 1e-6 <= mu <= (country + 1) / number + 1e-6:
                rows.append((mu, "Newcomers" if country else "First", country, 100 * float(employed[country])))
        rows.append((mu, "Wage", 0, wage))
    frame = pd.DataFrame(rows, columns=["x", "name", "line", "y"]).round(5)
    return frame.assign(number=float(number))


def balances() -> pd.DataFrame:
    """Balances of trade by economy, every third year, as `waves_by_industry.balances` has them."""
    frame = waves_by_industry.balances(("USA", "JPN", "KOR", "CHN"))
    return frame[frame["year"].mod(3).eq(0)].sort_values(["economy", "industry"], key=_order, kind="stable")


def _order(column: pd.Series) -> pd.Series:
    places = {name: place for place, name in enumerate(("USA", "JPN", "KOR", "CHN", *waves_by_industry.INDUSTRIES))}
    return column.map(places)


#: Von Thünen's trades round a market: yield, price less cost, freight.
USES = pd.DataFrame(
    {"yield": [10.0, 5.0, 1.0], "margin": [10.0, 12.0, 30.0], "freight": [2.0, 1.0, 1.0]},
    index=["Market gardens", "Grain", "Grazing"],
)


def land() -> SliderChart:
    """Rent that each use of land can pay, by distance, with the freight rate as a knob.

    Notes
    -----
    `models.location.bid_rents`, written for the page, where a distance at the old rate is ``datum.x``.
    """
    edges, inner = location.rings(USES), 0.0
    curves: list[Curve] = []
    for use, outer in edges.items():
        amount, margin, freight = USES.loc[[str(use)], ["yield", "margin", "freight"]].to_numpy()[0]
        parts = ([0.0, inner], [inner, outer], [outer, margin / freight])
        rent, away = f"{amount} * ({margin} - {freight} * datum.x)", "datum.x * 100 / freight"
        curves += [Curve(str(use), rent, part, away, dashed=part[0] != inner) for part in parts if part[0] < part[1]]
        inner = outer
    panel = Panel("Rent, by distance from the market", (0, 100), curves, span=(0, 2 * inner))
    said = Sentence(
        "At {0} per cent of the old freight rate grain reaches a distance of {1}.",
        [("freight", ".0f"), (f"{edges['Grain']} * 100 / freight", ".1f")],
    )
    knobs = {"freight": Knob("Freight rate, percent of the old", 50, 100, 1, 100)}
    return {"panels": [panel], "knobs": knobs, "lets": {}, "said": [said]}


def serving() -> SliderChart:
    """Profit of serving a foreign market, by productivity and way, with knobs.

    Notes
    -----
    `models.location.Market.profits`, written for the page.
    """
    market, grid = location.Market(), [round(one / 4, 2) for one in range(41)]
    reach = "pow(1 + barrier / 100, 1 - sigma)"
    meet = f"(fi - fx) / (1 - {reach})"
    # Where no firm exports, a plant need only pay for itself.
    lets = {"exports": f"fx / {reach}", "invests": f"if(datum.exports < {meet}, {meet}, fi)"}
    panel = Panel(
        "Profit, by productivity of the firm",
        (-3, 5),
        [
            Curve("Export", f"{reach} * datum.x - fx", grid),
            Curve("Produce abroad", "datum.x - fi", grid),
        ],
        [Point("datum.invests", "datum.invests - fi", "'invests from ' + format(datum.invests, '.1f')")],
    )
    knobs = {
        "barrier": Knob("Barrier, percent of cost", 10, 60, 1, round(100 * (market.barrier - 1))),
        "fx": Knob("Fixed cost of exporting", 0.1, 1, 0.05, market.export_cost),
        "fi": Knob("Fixed cost of a plant", 2, 5, 0.05, market.plant_cost),
        "sigma": Knob("Elasticity σ", 2, 6, 0.1, market.sigma),
    }
    said = [
        Sentence(
            "Firms export from a productivity of {0}, and produce abroad from {1}.",
            [("datum.exports", ".1f"), ("datum.invests", ".1f")],
            "datum.exports < datum.invests",
        ),
        Sentence("No firm exports, and firms produce abroad from a productivity of {0}.", [("datum.invests", ".1f")]),
    ]
    return {"panels": [panel], "knobs": knobs, "lets": lets, "said": said}


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        **_turns(),
        **_advantages(),
        **_edges(),
        **_in_one_country(),
        **_between_countries(),
        **_industries(),
        **_many_countries(),
        **_investing(),
        **_tests(),
    }


def _turns() -> Numbers:
    """Return from when on China sold more vehicles than it bought."""
    cars = "Cars and other vehicles"
    return {
        "year_sells_cars_CHN": _lasting(waves_by_industry.balance(cars, "CHN", LRWIOD), 1),
        "year_sells_cars_CHN_in_WIOD": _lasting(waves_by_industry.balance(cars, "CHN", WIOD), 1),
        "year_sells_cars_CHN_in_OECD": _lasting(waves_by_industry.balance(cars, "CHN", OECD), 1),
    }


def _lasting(value: pd.Series, sign: int) -> int:
    # `keep` refuses None, of which a sentence would say that there is no such year.
    return cast("int", waves_by_industry.lasting(value, sign))


def _advantages() -> Numbers:
    """Return an index of advantage in a year that the page does not show."""
    frame = geese().replace({"industry": SHORT}).set_index(["database", "industry", "economy", "year"])["value"]
    return {"advantage_Textiles_KOR_1975": frame[LRWIOD.label, "Textiles", "KOR", 1975]}


def _edges() -> Numbers:
    """Return how far uses of land reach, at half the freight and where gardeners earn more on a unit."""
    tried, margin = USES.copy(), 11.0
    tried.loc["Market gardens", "margin"] = margin
    edge, wide, dearer = location.rings(USES), location.rings(USES, freight=0.5), location.rings(tried)
    return {
        "edge_of_gardens": edge["Market gardens"],
        "edge_of_grain": edge["Grain"],
        "edge_of_grain_at_half_freight": wide["Grain"],
        "margin_of_gardens": USES["margin"]["Market gardens"],
        "margin_tried": margin,
        "edge_of_gardens_tried": dearer["Market gardens"],
        "edge_of_grain_tried": dearer["Grain"],
    }


def _in_one_country() -> Numbers:
    """Return the base case of core and periphery, and what mobile workers gain where the trade cost rises again."""
    model, cost, at_end = agglomeration.CorePeriphery(), one_country()["knobs"]["cost"].base, 1.75
    return {
        "sigma": int(model.sigma),
        "mu": model.mu,
        "trade_cost": cost,
        "share_needed_at_trade_cost": 100 * model.uneven(cost),
        "trade_cost_at_end": at_end,
        "gap_of_core": model.gap(1.0, at_end),
        "gap_of_slight_lead": -model.gap(0.51, at_end),
    }


def _between_countries() -> Numbers:
    """Return the base case of two countries, and the core that keeps most of industry beside an even spread."""
    pair, cost = countries.Countries(), 2.1
    low, high = pair.sustain_points()
    every, here = pair.equilibria(COSTS), pair.equilibria([cost])
    lasts = every[every["stable"] & (every["kind"] == "uneven")]
    inside = here[here["kind"] == "uneven"].set_index("stable")["share"]
    return {
        "alpha": pair.alpha,
        "mu_between": pair.mu,
        "break_between": pair.break_point(),
        "sustain_low": low,
        "sustain_high": high,
        "core_wage": pair.core_wage(),
        "partial_core_ends": lasts["cost"].max(),
        "trade_cost_partial": cost,
        "share_of_partial_core": 100 * inside[True],
        "share_unstable": 100 * inside[False],
    }


def _industries() -> Numbers:
    """Return what three industries buy from themselves, and the exercise on how much is spent on them."""
    tried, low, high = 1.1, LEAVING["mu"].low, LEAVING["mu"].high
    return {
        "alpha_Few": LINKS["Few inputs"],
        "alpha_More": LINKS["More inputs"],
        "alpha_Most": LINKS["Most inputs"],
        "trade_cost_leaving": LEAVING["cost"].base,
        "trade_cost_near_free": LEAVING["cost"].low,
        "trade_cost_tried": tried,
        "spending_low": low,
        "spending_high": high,
        "offer_at_low": kept(tried, low)["wage"]["Few inputs"],
        "kept_More_at_high": kept(tried, high)["share"]["More inputs"],
    }


def _many_countries() -> Numbers:
    """Return how much must be spent for industry to start in the next of five countries, or to fill the second."""
    number, shown = round(NUMBER.base), 0.3
    starts = steps(number)
    return {
        "first_step": starts[0],
        "last_step": starts[-1],
        "spending_shown": shown,
        "spending_full": 2 / number,
    }


def _investing() -> Numbers:
    """Return the productivity of exporters and investors, at twice the barrier and with a cheap plant, too."""
    base, cheap = location.Market(), 2.0
    barrier = round(100 * (base.barrier - 1))
    return {
        "barrier": barrier,
        "barrier_doubled": 2 * barrier,
        "productivity_of_exporter": base.cutoffs()[0],
        "productivity_of_investor": base.cutoffs()[1],
        "productivity_of_investor_at_doubled_barrier": location.Market(barrier=1 + 2 * barrier / 100).cutoffs()[1],
        "plant_cost": base.plant_cost,
        "plant_cost_tried": cheap,
        "productivity_of_investor_at_cheap_plant": location.Market(plant_cost=cheap).cutoffs()[1],
    }


def _tests() -> Numbers:
    """Return cases as the flying geese predict, and as many as bystanders would make."""
    sequence = theory_tests.counted("sequence")
    *before, fifth = (theory_tests.counted("row", wave=wave) for wave in waves_by_industry.SIDES)
    return {
        "sequence_held": sequence.held,
        "sequence_of": sequence.of,
        "sequence_beside": sequence.expected,
        "row_held_before_fifth": sum(one.held for one in before),
        "row_of_before_fifth": sum(one.of for one in before),
        "row_held_in_fifth": fifth.held,
        "row_of_in_fifth": fifth.of,
    }
