"""Newer theory: five models with knobs, American duties beside American value, and the signs of the trade model."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from exhibits.prose import Numbers
from exhibits.sliders import Curve, Knob, Panel, Point, Sentence, SliderChart, Traced, looked_up
from exhibits.text import Message, Untranslated
from gvc.labels import Array
from industrial_chains import customs, data
from industrial_chains.charting import names
from industrial_chains.models import (
    chain_tariffs,
    countries,
    cycle,
    resilience,
    ricardo,
    sequence,
    sourcing,
    stickiness,
    tasks,
)
from industrial_chains.trade_model import inputs
from industrial_chains.trade_model.inputs import PARTNERS, STUDIES

# -- firms that choose where to buy ---------------------------------------------------------------------------------


def where_firms_buy() -> SliderChart:
    """Draw what a firm buys at home and from two sources, by its size, with knobs.

    Notes
    -----
    `models.sourcing.Sourcing` with two sources, written for the page: its profit with neither, A, B and both.
    """
    model = sourcing.Sourcing()
    other, alike = model.potentials[1], model.theta
    power = f"(sigma - 1) / {alike}"

    def profit(capability: str, sources: int) -> str:
        return f"datum.x * pow({capability}, {power}) - {sources} * fixed"

    lets = {
        "none": profit("1", 0),
        "a": profit("(1 + potential)", 1),
        "b": profit(f"(1 + {other})", 1),
        "both": profit(f"({1 + other} + potential)", 2),
        "most": "max(max(datum.none, datum.a), max(datum.b, datum.both))",
        "with_a": "if(datum.both >= datum.most, 1, if(datum.a >= datum.most, 1, 0))",
        "with_b": "if(datum.both >= datum.most, 1, if(datum.a >= datum.most, 0, if(datum.b >= datum.most, 1, 0)))",
        "home": f"(sigma - 1) * datum.x * pow(1 + datum.with_a * potential + datum.with_b * {other}, {power} - 1)",
        # Sizes from which A pays by itself, B beside A, and both at once.
        "first": f"fixed / (pow(1 + potential, {power}) - 1)",
        "second": f"fixed / (pow({1 + other} + potential, {power}) - pow(1 + potential, {power}))",
        "at_once": f"2 * fixed / (pow({1 + other} + potential, {power}) - 1)",
        "change": f"100 * (pow(1 + {other} / (1 + potential), {power} - 1) - 1)",
    }
    grid = [round(0.2 + step / 40, 3) for step in range(153)]
    panel = Panel(
        "What the firm buys, by its size",
        (0, 25),
        [
            Curve("At home", "datum.home", grid),
            Curve("Source A", "datum.home * datum.with_a * potential", grid),
            Curve("Source B", f"datum.home * datum.with_b * {other}", grid),
        ],
    )
    knobs = {
        "potential": Knob("Potential of source A, home 1", other, 2, 0.1, model.potentials[0]),
        "fixed": Knob("Fixed cost of a source", 0.5, 4, 0.1, model.fixed[0]),
        "sigma": Knob("Elasticity of demand σ", 2, 5, 0.1, model.sigma),
    }
    sizes = [("datum.first", ".2f"), ("datum.second", ".2f")]
    said = [
        Sentence(
            "A firm buys from both sources at once from a size of {0}.",
            [("datum.at_once", ".2f")],
            "datum.second < datum.first",
        ),
        Sentence(
            "A firm buys from A from a size of {0}, and from B, too, from {1}. "
            "B raises what it buys at home by {2} per cent.",
            [*sizes, ("datum.change", ".0f")],
            "datum.change > 0.001",
        ),
        Sentence(
            "A firm buys from A from a size of {0}, and from B, too, from {1}. "
            "B lowers what it buys at home by {2} per cent.",
            [*sizes, ("0 - datum.change", ".0f")],
            "datum.change < -0.001",
        ),
        Sentence(
            "A firm buys from A from a size of {0}, and from B, too, from {1}. B leaves what it buys at home as it is.",
            sizes,
        ),
    ]
    return {"panels": [panel], "knobs": knobs, "lets": lets, "said": said}


# -- chains of stages in space --------------------------------------------------------------------------------------

#: Places on a line and stages of the chain, and how alike chains are.
PLACES, STAGES, LIKENESS = 5, 4, 4.0
#: Places of the knobs of :func:`where_stages_go`, of which each pair is computed: share of own work, cost of a step.
OWN_WORK = (0.3, 0.5, 0.7)
_STEP = Knob("Trade cost of a step, percent", 2, 40, 2, 10)


@cache
def in_places(cost: float, share: float) -> pd.DataFrame:
    """How often each stage is in each place of the line, over consumers everywhere, stage × place; percent.

    Parameters
    ----------
    cost : float
        Of a step, percent.
    share : float
        Of a stage's own work in its cost.
    """
    chain = sequence.line(PLACES, STAGES, 1 + cost / 100, share)
    found = np.mean([chain.spread(place, LIKENESS) for place in range(PLACES)], axis=0)
    return pd.DataFrame(
        100 * found, pd.RangeIndex(1, STAGES + 1, name="stage"), pd.RangeIndex(1, PLACES + 1, name="place")
    )


def where_stages_go() -> SliderChart:
    """How often each stage is in the middle of the line, beside it and at an end, with knobs."""
    share = Knob("Share of a stage’s own work", OWN_WORK[0], OWN_WORK[-1], 0.2, 0.5)
    steps = [int(one) for one in np.arange(_STEP.low, _STEP.high + 1, _STEP.step)]
    places = {"Middle": PLACES // 2 + 1, "Beside it": PLACES // 2, "End": 1}
    rows = [
        (name, cost, part, stage, in_places(cost, part)[place][stage])
        for name, place in places.items()
        for cost in steps
        for part in OWN_WORK
        for stage in range(1, STAGES + 1)
    ]
    frame = pd.DataFrame(rows, columns=["name", "cost", "share", "x", "y"])
    left = Panel(
        "Stage is in the place, percent, by stage",
        (12, 26),
        [Traced(name, frame.loc[frame["name"] == name, ["x", "y", "cost", "share"]]) for name in places],
    )
    right = Panel(
        "Weight in the price of what is lost after a stage",
        (0, 1.05),
        [Curve("Weight", f"pow(1 - share, {STAGES} - datum.x)", list(range(1, STAGES + 1)))],
    )

    def told(stage: int) -> str:
        shares = [[in_places(cost, part)[places["Middle"]][stage] for part in OWN_WORK] for cost in steps]
        return looked_up({"cost": steps, "share": OWN_WORK}, np.round(shares, 3))

    said = Sentence(
        "If a step costs {0} per cent, {1} per cent of first stages and {2} per cent of last stages are in the middle.",
        [("cost", ".0f"), (told(1), ".1f"), (told(STAGES), ".1f")],
    )
    return {"panels": [left, right], "knobs": {"cost": _STEP, "share": share}, "lets": {}, "said": [said]}


#: An example with places that differ: the first stage is cheap at one end, the third at the other; costs of a step.
CHEAP = {(0, 0): 0.7, (2, 4): 0.8}
STEPS = (2, 30)


def example(cost: float) -> sequence.Chain:
    """Build the chain of the example, at a cost of a step in percent."""
    chain = sequence.line(PLACES, STAGES, 1 + cost / 100, 0.5)
    costs = chain.costs.copy()
    for place, factor in CHEAP.items():
        costs[place] = factor
    return sequence.Chain(chain.shares, costs, chain.trade)


def cheapest_chains() -> pd.DataFrame:
    """Lay the cheapest chains of the example out for a table, consumer × (cost of a step, {stage …, price})."""
    columns: dict[tuple[Message, str], list[float]] = {}
    for cost in STEPS:
        found = [example(cost).best(place) for place in range(PLACES)]
        head = Message("A step costs {0} percent", Untranslated(str(cost)))
        for stage in range(STAGES):
            columns[head, f"Stage {stage + 1}"] = [path[stage] + 1 for path, _ in found]
        columns[head, "Price"] = [price for _, price in found]
    return pd.DataFrame(columns, index=pd.Index(range(1, PLACES + 1), name="Consumer in place"))


# -- relationships that stick ---------------------------------------------------------------------------------------

#: Years of the picture, and those with the better rate.
YEARS, SHOCK = 10, (2, 5)


def temporary() -> SliderChart:
    """Suppliers by the exchange rate, on the way in and on the way out, and year by year, with knobs.

    Notes
    -----
    `models.stickiness.Market`, written for the page, with the cost of the marginal supplier in percent of the usual
    rate.
    """
    model = stickiness.Market()

    def above(rate: str) -> str:
        return f"if({rate} < 1 - spread, 1 - ({rate}), pow(max(0, 1 + spread - ({rate})), 2) / (4 * spread))"

    def enters(rate: str) -> str:
        return f"({rate} - {model.stay} - sunk + {model.discount} * ({above(f'{rate} - sunk')} - {above(rate)}))"

    def stays(rate: str) -> str:
        return f"({rate} - {model.stay} + {model.discount} * ({above(rate)} - {above(f'{rate} + sunk')}))"

    better = "(1 + shock / 100)"
    lets = {
        "before": f"({enters('1')} + {stays('1')}) / 2",
        "peak": f"min(max(datum.before, {enters(better)}), {stays(better)})",
        "after": f"min(max(datum.peak, {enters('1')}), {stays('1')})",
        "lasting": "round(1000 * (datum.after - datum.before)) / 10",
        "free": f"1 - {model.stay} + if(datum.x < {SHOCK[0]}, 0, if(datum.x < {SHOCK[1]}, shock / 100, 0))",
        "now": f"if(datum.x < {SHOCK[0]}, datum.before, if(datum.x < {SHOCK[1]}, datum.peak, datum.after))",
    }
    rates = [round(0.7 + step / 50, 2) for step in range(41)]
    left = Panel(
        "Highest cost in the market, by the rate",
        (40, 160),
        [
            Curve("Enters", f"100 * {enters('datum.x')}", rates),
            Curve("Stays", f"100 * {stays('datum.x')}", rates),
        ],
        [
            Point("1", "100 * datum.before", "'before'"),
            Point(better, "100 * datum.peak", "'during'"),
            Point("1", "100 * datum.after", "'after'"),
        ],
    )
    moments = sorted([*range(YEARS + 1), SHOCK[0] - 0.01, SHOCK[1] - 0.01])
    right = Panel(
        "Highest cost in the market, by year",
        (60, 150),
        [
            Curve("Sunk cost", "100 * datum.now", moments),
            Curve("No sunk cost", "100 * datum.free", moments),
        ],
    )
    knobs = {
        "shock": Knob("Better rate for three years, percent", 0, 40, 1, 30),
        "sunk": Knob("Sunk cost N − M", 0, 0.5, 0.01, round(model.entry - model.stay, 2)),
        "spread": Knob("Uncertainty s of the rate", 0.4, 0.8, 0.05, model.spread),
    }
    said = [
        Sentence(
            "A rate that is better by {0} per cent for three years raises the highest cost in the market "
            "by {1} points for good.",
            [("shock", ".0f"), ("datum.lasting", ".1f")],
            "datum.lasting > 0",
        ),
        Sentence("A rate that is better by {0} per cent for three years leaves nothing behind.", [("shock", ".0f")]),
    ]
    return {"panels": [left, right], "knobs": knobs, "lets": lets, "said": said}


# -- care against disruption ----------------------------------------------------------------------------------------


def care() -> SliderChart:
    """Risk that makers leave, and that all of them together would, by what care costs, with knobs.

    Notes
    -----
    `models.resilience.Makers`, written for the page.
    """
    model = resilience.Makers()

    def left(odds: str, cost: str) -> str:
        return f"min(risk / 100, {odds} * {cost} / (1 + {odds} * {cost}))"

    def worth(risk: str, cost: str) -> str:
        return f"(log(1 - {risk}) / (sigma - 1) + {cost} * log({risk}))"

    def lost(cost: str) -> str:
        social, private = left("(sigma - 1)", cost), left("sigma", cost)
        return f"100 * ({worth(social, cost)} - {worth(private, cost)})"

    grid = [round(0.0025 * step, 4) for step in range(1, 41)]
    across = "100 * datum.x"
    panels = [
        Panel(
            "Risk that is left, percent, by cost of care",
            (0, 50),
            [
                Curve("Makers", f"100 * {left('sigma', 'datum.x')}", grid, across),
                Curve("Best for all", f"100 * {left('(sigma - 1)', 'datum.x')}", grid, across),
            ],
            [
                Point("cost", f"100 * {here}", f"format(100 * {here}, '.1f')")
                for here in (left("sigma", "(cost / 100)"), left("(sigma - 1)", "(cost / 100)"))
            ],
        ),
        Panel(
            "Loss, percent of spending, by cost of care",
            (0, 1.5),
            [Curve("Loss", lost("datum.x"), grid, across)],
            [Point("cost", lost("(cost / 100)"), f"format({lost('(cost / 100)')}, '.2f')")],
        ),
    ]  # fmt: skip
    knobs = {
        "cost": Knob("Cost of a unit of care, percent of spending", 0.5, 10, 0.25, 100 * model.cost),
        "sigma": Knob("Elasticity of substitution σ", 2, 8, 0.1, model.sigma),
        "risk": Knob("Risk without care, percent", 10, 50, 1, 100 * model.risk),
    }
    said = Sentence(
        "Makers leave a risk of {0} per cent, and {1} per cent would be best for all. "
        "A subsidy of {2} per cent of the cost of care closes the gap.",
        [
            (f"100 * {left('sigma', '(cost / 100)')}", ".1f"),
            (f"100 * {left('(sigma - 1)', '(cost / 100)')}", ".1f"),
            ("100 / sigma", ".1f"),
        ],
    )
    return {"panels": panels, "knobs": knobs, "lets": {}, "said": [said]}


# -- duties along chains --------------------------------------------------------------------------------------------


def duties_along_chains() -> SliderChart:
    """Draw the duty at which home is best off, by its part in the value abroad, with knobs.

    Notes
    -----
    `models.chain_tariffs.Good.best`, written for the page.
    """
    good = chain_tariffs.Good()
    weight = good.made / (good.slope + good.made)

    def best(part: str, foreign: str) -> str:
        kappa = f"{weight} * {foreign}"
        return f"100 * (1 - {part} - epsilon * {kappa}) / (epsilon * (1 + {kappa}))"

    grid = [round(step / 20, 2) for step in range(21)]
    duty = best("(part / 100)", "(foreign / 100)")
    panel = Panel(
        "Best duty, percent, by home’s part in value abroad",
        (-20, 60),
        [
            Curve("No foreign inputs", best("datum.x", "0"), grid, "100 * datum.x"),
            Curve("With them", best("datum.x", "(foreign / 100)"), grid, "100 * datum.x"),
            Curve("Free trade", "0", [0, 1], "100 * datum.x", rule=True),
        ],
        [Point("part", duty, f"format({duty}, '.1f')")],
    )  # fmt: skip
    knobs = {
        "part": Knob("Home’s part in value abroad, percent", 0, 100, 1, 10),
        "foreign": Knob("Foreign part in value at home, percent", 0, 50, 1, 20),
        "epsilon": Knob("Elasticity of supply abroad ε", 1.5, 8, 0.1, good.epsilon),
    }
    said = [
        Sentence("The best duty is {0} per cent, and {1} per cent without any inputs across the border.",
             [(duty, ".1f"), ("100 / epsilon", ".1f")], f"{duty} >= 0"),
        Sentence("It is best to subsidise the import, by {0} per cent.", [(f"0 - ({duty})", ".1f")]),
    ]  # fmt: skip
    return {"panels": [panel], "knobs": knobs, "lets": {}, "said": said}


#: Where duties and imports come from.
CUSTOMS = "Own computation, November 2026, from US Census data in M. Waugh's tracker."
#: Partners whose goods mostly enter free of duty by treaty, and have the largest American part.
NEIGHBOURS = ("CAN", "MEX")
#: Years of the test, and the year of the table that tells the American part.
TESTED = {2017: 2017, 2022: 2022, 2024: 2022, 2025: 2022}
#: Groups of partners of the test, and whether duties are set against what goods of the same industries pay on average.
GROUPS: dict[str, tuple[str, ...]] = {
    "All partners": PARTNERS,
    "Without Canada and Mexico": tuple(code for code in PARTNERS if code not in NEIGHBOURS),
}
MEASURES = {False: "Duty collected", True: "Beyond what its goods pay on average"}
#: A chance below which the prediction counts as borne out, percent.
LIMIT = 5


@cache
def duties(year: int, beyond: bool = False) -> pd.Series:
    """Duty collected on the goods of each partner, as :func:`customs.rates` has it; percent of imports.

    Parameters
    ----------
    year : int
    beyond : bool
        Less what the partner's goods would pay if each industry paid what it pays over all partners.
    """
    rate = customs.rates(year)[list(PARTNERS)]
    if beyond:
        duty, worth = (inputs.american(what, year) for what in ("duty", "imports"))
        usual = inputs.rate(duty.sum(), worth.sum())
        rate -= 100 * (worth * usual).sum(axis=1) / worth.sum(axis=1)
    return rate


@cache
def tested() -> pd.DataFrame:
    """Rank partners by duty and by the American part of their goods.

    Returns
    -------
    DataFrame
        Columns year, group, beyond; r, the correlation of ranks, and chance, percent: how often ranks drawn at random
        are as far below zero.
    """
    rows = []
    for year, of in TESTED.items():
        for group, codes in GROUPS.items():
            for beyond in MEASURES:
                found = spearmanr(
                    duties(year, beyond)[list(codes)], inputs.american_part(of)[list(codes)], alternative="less"
                )
                rows.append((year, group, beyond, float(found.statistic), 100 * float(found.pvalue)))
    return pd.DataFrame(rows, columns=["year", "group", "beyond", "r", "chance"])


def shown_tests() -> pd.DataFrame:
    """Lay :func:`tested` out for a table, year × (measure, group, {r, chance}); chances in words."""
    frame, columns = tested(), {}
    for beyond, measure in MEASURES.items():
        for group in GROUPS:
            here = frame[(frame["group"] == group) & (frame["beyond"] == beyond)].set_index("year")
            columns[measure, group] = [
                Message("{0} ({1})", Untranslated(f"{r:z.2f}".replace("-", "−")), Untranslated(f"{chance:.1f}"))
                for r, chance in here[["r", "chance"]].to_numpy()
            ]
    return pd.DataFrame(columns, index=pd.Index([Untranslated(str(year)) for year in TESTED], name="Year"))


def duties_by_part() -> pd.DataFrame:
    """Lay duties of 2022 and of 2025 out for a chart: columns partner, code, American part, 2022 and 2025."""
    part = inputs.american_part(2022).sort_values(ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "partner": [f"{names.economy(code)}, {part[code]:.1f}" for code in part.index],
            "code": part.index,
            "American part": part.to_numpy(),
            "2022": duties(2022)[part.index].to_numpy(),
            "2025": duties(2025)[part.index].to_numpy(),
        }
    )


# -- what the trade model says of each ------------------------------------------------------------------------------

#: A change of productivity or cost, and what counts as none, as a share.
FACTOR, NOTHING = 1.1, 1e-6


@cache
def answers() -> pd.DataFrame:
    """Read what the trade model answers, question × study; `chapters.theory.newer_step` asks it.

    Returns
    -------
    DataFrame
        Changes as their questions have them, of which the sign is what counts.
    """
    return data.table("answers").set_index("question")[list(STUDIES)]


def small_models() -> pd.Series:
    """Ask the small models the same: changes, of which the sign is what counts."""
    base = ricardo.OPENED
    learnt = ricardo.learning(np.array([1.0, FACTOR]), base)["home"]
    closed = ricardo.convergence(np.array([0.0, 0.1]), base)["where_it_lags"]
    pair = countries.Countries()
    # Even at dear trade; in one country between its sustain points; in both again, in part, near free trade.
    low, _ = pair.sustain_points()
    shares = {cost: pair.equilibria([cost]).query("stable")["share"].max() for cost in (1.02, low + 0.05, 2.7)}
    free, middle, dear = shares.values()
    barrier, last = 1.2, 0.95
    traded = {at: ricardo.trade_share(base, barrier, (at - 0.05, at + 0.05), 1.5) for at in (0.55, 0.25)}
    before = ricardo.trade_share(base, barrier)
    task = tasks.Tasks()
    source = sourcing.Sourcing()
    small = sourcing.Sourcing(potentials=(source.potentials[0], source.potentials[1] / 10), fixed=source.fixed)
    size = 2.0
    market = stickiness.Market()
    makers = resilience.Makers()
    duty = [chain_tariffs.Good(home_abroad=part).best() for part in (0.0, 0.1)]
    chain = sequence.line(PLACES, STAGES, 1 + _STEP.base / 100, 0.5).weights()
    return pd.Series(
        {
            "learning": learnt.iloc[1] / learnt.iloc[0] - 1,
            "lagging": closed.iloc[1] - closed.iloc[0],
            "core_first": middle - dear,
            "core_second": free - middle,
            "cycle": cycle.relative_wage(0.05, 0.05 * FACTOR, 4, 2) - cycle.relative_wage(0.05, 0.05, 4, 2),
            "kojima_best": traded[0.55] - before,
            "kojima_least": traded[0.25] - before,
            "tasks": task.wage(2.0 / FACTOR) - task.wage(2.0),
            "sources": source.bought(size)[0] - small.bought(size)[0],
            "stages": chain[-1] - chain[0],
            "lasting": market.path([1 + last / 3, 1.0])[-1] - market.before(),
            "supplier": makers.private() - makers.social(),
            "duty": duty[1] - duty[0],
            "duty_alike": duty[1] - duty[0],
        }
    )


#: Question, theory, what changes and what is looked at, in the words of the table.
QUESTIONS: dict[str, tuple[str, str, str]] = {
    "learning": ("Comparative costs", "A rival makes more of everything", "Real income of the rich economy"),
    "lagging": ("Comparative costs", "A rival makes more where it was behind", "Real income of the rich economy"),
    "core_first": ("Core and periphery", "Trade costs fall from high to middling", "Largest maker’s share of industry"),
    "core_second": (
        "Core and periphery",
        "Trade costs fall from middling to nearly none",
        "Largest maker’s share of industry",
    ),
    "cycle": ("Product cycle", "Hosts learn to make new goods", "Leader’s wage over the hosts’"),
    "kojima_best": ("Kojima", "A plant improves the host’s strong industry", "Trade over income"),
    "kojima_least": ("Kojima", "A plant improves the host’s weak industry", "Trade over income"),
    "tasks": ("Trade in tasks", "Work from abroad becomes cheaper to use", "Real income at home"),
    "sources": ("Where firms buy", "One source becomes better", "What is bought from the others"),
    "stages": ("Chains in space", "All trade costs fall alike", "Later stages react more"),
    "lasting": ("Suppliers that stay", "A better price comes and goes", "What is left of it"),
    "supplier": ("Care against disruption", "A supplier fails", "Loss of others, which it does not count"),
    "duty": ("Duties along chains", "Home’s part in goods from abroad is larger", "Best duty, or gain from a duty"),
    "duty_alike": (
        "Duties along chains",
        "The same, where sellers depend alike on home",
        "Best duty, or gain from a duty",
    ),
}


def signs() -> pd.DataFrame:
    """Lay the signs out for a table: theory, what changes, what is looked at, small model, trade model."""
    small, large = small_models(), answers()
    rows = [
        (*told, _sign(small[code]), _signs(large.loc[code].to_numpy()), agrees(small[code], large.loc[code].to_numpy()))
        for code, told in QUESTIONS.items()
    ]
    head = ["Theory", "What changes", "What is looked at", "Small model", "Trade model", "Agree"]
    return pd.DataFrame(rows, columns=head).set_index("Theory")


def _sign(change: float) -> Untranslated:
    return Untranslated("0" if abs(change) < NOTHING else "+" if change > 0 else "−")


def _signs(changes: Any) -> Untranslated | Message:
    found = [_sign(one) for one in changes]
    main = max(dict.fromkeys(found), key=found.count)
    return (
        main
        if len(set(found)) == 1
        else Message("{0} in {1} of {2}", main, Untranslated(str(found.count(main))), Untranslated(str(len(found))))
    )


def agrees(small: float, large: Array) -> str:
    """Say whether the trade model has the sign of the small one: with all studies, with some, or with none."""
    same = [_sign(one) == _sign(small) for one in large]
    return "yes" if all(same) else "no" if not any(same) else "in part"


def agreements() -> pd.Series:
    """Count questions by whether the trade model has the sign of the small model."""
    small, large = small_models(), answers()
    return pd.Series([agrees(small[code], large.loc[code].to_numpy()) for code in QUESTIONS], index=list(QUESTIONS))


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_sources(), **_stages(), **_suppliers(), **_makers(), **_best_duty(), **_tests(), **_agreements()}


def _sources() -> Numbers:
    """Return sizes from which a firm buys abroad, and what a second source does to what it buys at home."""
    model, tried = sourcing.Sourcing(), 2.0
    first, second = model.potentials
    power, alone = model.exponent, 1 + first
    added = (alone + second) / alone
    return {
        "sigma": round(model.sigma),
        "theta": round(model.theta),
        "potential_A": first,
        "potential_B": second,
        "size_from_A": model.fixed[0] / (alone**power - 1),
        "size_from_B": model.fixed[1] / ((alone + second) ** power - alone**power),
        "percent_home_rises": 100 * (added ** (power - 1) - 1),
        "sigma_tried": round(tried),
        "percent_home_falls": 100 * (1 - added ** ((tried - 1) / model.theta - 1)),
    }


def _stages() -> Numbers:
    """Return what the chains have, and which stages are in the middle where trade is dear."""
    dear = in_places(_STEP.high, 0.5)[PLACES // 2 + 1]
    return {
        "places": PLACES,
        "stages": STAGES,
        "likeness": round(LIKENESS),
        "step": round(_STEP.base),
        "step_dear": round(_STEP.high),
        "percent_third_in_middle_dear": dear[STAGES - 1],
        "percent_last_in_middle_dear": dear[STAGES],
        "paths": PLACES**STAGES,
        "choices": PLACES**2 * STAGES,
        "step_low": STEPS[0],
        "step_high": STEPS[1],
    }


def _suppliers() -> Numbers:
    """Return the least better rate that leaves something behind, and what one leaves where rates are less certain."""
    knobs = temporary()["knobs"]
    market, unsure = stickiness.Market(), stickiness.Market(spread=knobs["spread"].high)
    better = knobs["shock"].base / 100
    return {
        "sunk": knobs["sunk"].base,
        "discount": market.discount,
        "shock": round(100 * better),
        "percent_least_that_lasts": 100 * (market.band(market.before())[1] - 1),
        "spread": market.spread,
        "spread_high": unsure.spread,
        # Rates lie evenly over twice the spread.
        "percent_as_good": 100 * (market.spread - better) / (2 * market.spread),
        "percent_as_good_when_unsure": 100 * (unsure.spread - better) / (2 * unsure.spread),
        "points_left_when_unsure": 100 * (unsure.path([1 + better, 1])[-1] - unsure.before()),
    }


def _makers() -> Numbers:
    """Return the base case of care against disruption, and the gap where goods are closer to one another."""
    makers, alike = resilience.Makers(), resilience.Makers(sigma=8)
    return {
        "cost_of_care": round(100 * makers.cost),
        "risk_without_care": round(100 * makers.risk),
        "sigma_alike": round(alike.sigma),
        "points_between_alike": 100 * (alike.private() - alike.social()),
    }


def _best_duty() -> Numbers:
    """Return the base case of duties along chains, and home's part abroad at which the best duty is none."""
    knobs = duties_along_chains()["knobs"]
    part, foreign, epsilon = knobs["part"].base, knobs["foreign"].base, knobs["epsilon"].base
    return {
        "epsilon": round(epsilon),
        "part": round(part),
        "foreign": round(foreign),
        "part_of_no_duty": round(100 - epsilon * foreign / 2),
    }


def _tests() -> Numbers:
    """Return American duties beside the American part of goods, by year."""
    frame = tested()
    passed = frame[frame["chance"] < LIMIT].groupby("year").size().reindex(list(TESTED), fill_value=0)
    all_, without = GROUPS
    cases, part = frame.set_index(["group", "beyond", "year"]), inputs.american_part(2022)
    return {
        "partners": len(part),
        "r_2022": -cases["r"][all_, False, 2022],
        "r_2025": -cases["r"][all_, False, 2025],
        "percent_chance_2022": cases["chance"][all_, False, 2022],
        "percent_chance_2025": cases["chance"][all_, False, 2025],
        "r_without_2022": -cases["r"][without, False, 2022],
        "r_beyond_2025": -cases["r"][all_, True, 2025],
        "limit": LIMIT,
        "cases_a_year": len(GROUPS) * len(MEASURES),
        "passed_2017": int(passed[2017]),
        "passed_2022": int(passed[2022]),
        "passed_2024": int(passed[2024]),
        "passed_2025": int(passed[2025]),
    }


def _agreements() -> Numbers:
    """Return how many questions get the sign of the small model from the trade model."""
    agree = agreements()
    return {
        "questions": len(agree),
        "agree": int((agree == "yes").sum()),
        "agree_in_part": int((agree == "in part").sum()),
        "disagree": int((agree == "no").sum()),
        "economies": len(inputs.table(2022).economies),
        "r_stages": -answers().T["stages"].iloc[0],
    }
