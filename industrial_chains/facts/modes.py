"""Numbers in the sentences on how industry moves."""

import pandas as pd

from exhibits.prose import Numbers, labelled
from industrial_chains import theory_tests
from industrial_chains.chapters import modes
from industrial_chains.models import location
from industrial_chains.models.agglomeration import CorePeriphery
from industrial_chains.models.countries import Countries
from industrial_chains.sources import LRWIOD, OECD, WIOD
from industrial_chains.waves_by_industry import SIDES, balance, lasting


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_turns(),
        **_advantages(),
        **_rings(),
        **_one_country(),
        **_two_countries(),
        **_leaving(),
        **_spreading(),
        **_investing(),
        **_tests(),
    )


def _turns() -> Numbers:
    """Years from which Japan bought more textiles than it sold, and others sold more vehicles than they bought."""
    textiles, cars = "Textiles and clothing", "Cars and other vehicles"
    years = {
        "JPN_buys_textiles": lasting(balance(textiles, "JPN", LRWIOD), -1),
        "sells_cars_KOR": lasting(balance(cars, "KOR", LRWIOD), 1),
        "sells_cars_MEX": lasting(balance(cars, "MEX", LRWIOD), 1),
        "sells_cars_CHN": lasting(balance(cars, "CHN", LRWIOD), 1),
        "sells_cars_CHN_in_WIOD": lasting(balance(cars, "CHN", WIOD), 1),
        "sells_cars_CHN_in_OECD": lasting(balance(cars, "CHN", OECD), 1),
    }
    return labelled("year", pd.Series(years, dtype=int))  # which raises where a balance does not turn for good


def _advantages() -> Numbers:
    """Revealed comparative advantage, by industry and economy."""
    columns = ["database", "industry", "economy", "year"]
    index = modes.geese().replace({"industry": modes.SHORT}).set_index(columns)["value"].sort_index()
    early, middle, late = (index[source.label] for source in (LRWIOD, WIOD, OECD))
    in_2022 = late.xs(2022, level="year")
    young = in_2022[["Electronics", "Machinery", "Vehicles"]].groupby("economy").max()
    return {
        **labelled("advantage_Textiles_KOR", early["Textiles"]["KOR"][[1975, 2000]]),
        **labelled("advantage_Electronics_KOR", early["Electronics"]["KOR"][[1965, 2000]]),
        **labelled("advantage_Textiles_CHN", early["Textiles"]["CHN"][[1965, 2000]]),
        **labelled("advantage_Electronics_CHN", middle["Electronics"]["CHN"][[1995, 2011]]),
        "advantage_Textiles_CHN_2011": index[OECD.label_in(2011)]["Textiles"]["CHN"][2011],
        "advantage_Textiles_CHN_2022": in_2022["Textiles"]["CHN"],
        "advantage_Textiles_VNM_2022": in_2022["Textiles"]["VNM"],
        "advantage_Electronics_VNM_2022": in_2022["Electronics"]["VNM"],
        "advantage_Vehicles_MEX_2022": in_2022["Vehicles"]["MEX"],
        "advantage_Vehicles_JPN_2022": in_2022["Vehicles"]["JPN"],
        **labelled("highest_advantage", young[["IND", "IDN"]]),
    }


def _rings() -> Numbers:
    """Edges of uses of land, by distance from the market."""
    edge, wide = location.rings(modes.USES), location.rings(modes.USES, freight=0.5)
    return {
        "edge_of_gardens": edge["Market gardens"],
        "edge_of_grain": edge["Grain"],
        "edge_of_grain_at_half_freight": wide["Grain"],
    }


def _one_country() -> Numbers:
    """Core and periphery within a country, and the exercise, in which the trade cost falls and rises."""
    model, cost, at_end = CorePeriphery(), modes.one_country()["knobs"]["cost"].base, 1.75
    return {
        "sigma": int(model.sigma),
        "mu": model.mu,
        "break_point": model.break_point(),
        "sustain_point": model.sustain_point(),
        "trade_cost": cost,
        "share_needed_at_trade_cost": 100 * model.uneven(cost),
        "trade_cost_at_end": at_end,
        "gap_of_core": model.gap(1.0, at_end),
        "gap_of_slight_lead": -model.gap(0.51, at_end),
    }


def _two_countries() -> Numbers:
    """Core and periphery between countries, in the base case and with the textbook's numbers."""
    pair, textbook = Countries(), Countries(mu=0.5, alpha=0.4)
    low, high = pair.sustain_points()
    return {
        "alpha": pair.alpha,
        "mu_between": pair.mu,
        "break_between": pair.break_point(),
        "sustain_low": low,
        "sustain_high": high,
        "core_wage": pair.core_wage(),
        "break_textbook": textbook.break_point(),
        "sustain_textbook": textbook.sustain_points()[1],
    }


def _leaving() -> Numbers:
    """Which industry leaves the core first, and the exercise, in which manufactures take half of spending."""
    few, middle, most = (Countries(alpha=modes.LINKS[f"{name} inputs"]) for name in ("Few", "More", "Most"))
    half, near_free = Countries(mu=0.5, alpha=few.alpha), 1.05
    return {
        "leaves_middle": middle.sustain_points()[0],
        "leaves_most": most.sustain_points()[0],
        "least_offer": min(few.offer(1 + step / 100) for step in range(100)),
        "near_free": near_free,
        "offer_at_half": half.offer(near_free),
    }


def _spreading() -> Numbers:
    steps = modes.steps(5)
    return {"first_step": round(steps[0], 2), "last_step": round(steps[-1], 2)}


def _investing() -> Numbers:
    """Of the firm that invests abroad, at a barrier in percent and at twice that."""
    barrier = round(modes.serving()["knobs"]["barrier"].base)
    return {
        "barrier": barrier,
        "barrier_doubled": 2 * barrier,
        "productivity_of_investor": location.Market().cutoffs()[1],
        "productivity_of_investor_at_doubled_barrier": location.Market(barrier=1 + 2 * barrier / 100).cutoffs()[1],
    }


def _tests() -> Numbers:
    """Cases as the flying geese predict, and as many as bystanders would make."""
    *before, fifth = (theory_tests.counted("row", wave=wave) for wave in SIDES)
    return {
        **theory_tests.numbers("sequence"),
        "row_held_before_fifth": sum(one.held for one in before),
        "row_of_before_fifth": sum(one.of for one in before),
        "row_held_in_fifth": fifth.held,
        "row_of_in_fifth": fifth.of,
    }
