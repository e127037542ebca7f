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
        **_partial_core(),
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
    lead = {code: lasting(early["Electronics"][code] - early["Textiles"][code], 1) for code in ("JPN", "TWN", "KOR")}
    return {
        **labelled("year_electronics_lead", pd.Series(lead, dtype=int)),
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
        **_dearer_gardens(),
    }


def _dearer_gardens() -> Numbers:
    """Of the exercise in which gardeners earn more on a unit."""
    uses, margin = modes.USES.copy(), 11.0
    uses.loc["Market gardens", "margin"] = margin
    edge = location.rings(uses)
    return {
        "margin_of_gardens": modes.USES["margin"]["Market gardens"],
        "margin_tried": margin,
        "edge_of_gardens_tried": edge["Market gardens"],
        "edge_of_grain_tried": edge["Grain"],
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


def _partial_core() -> Numbers:
    """Of the core that keeps most of industry beside an even spread, in the base case."""
    pair, cost = Countries(), 2.1
    frame = pair.equilibria(modes.COSTS)
    kept = frame[frame["stable"] & (frame["kind"] == "uneven")]
    here = pair.equilibria([cost])
    inside = here[here["kind"] == "uneven"].set_index("stable")["share"]
    return {
        "partial_core_ends": kept["cost"].max(),
        "trade_cost_partial": cost,
        "share_of_partial_core": 100 * inside[True],
        "share_unstable": 100 * inside[False],
    }


def _leaving() -> Numbers:
    """Of three industries, and the exercise, in which manufactures take less and more of spending."""
    cost, near_free, tried = modes.LEAVING["cost"].base, 1.02, 1.1
    low, high = (getattr(modes.LEAVING["mu"], end) for end in ("low", "high"))
    base, free = modes.kept(cost), modes.kept(near_free)
    short = {name: name.split()[0] for name in modes.LINKS}
    return {
        **labelled("alpha", {short[name]: alpha for name, alpha in modes.LINKS.items()}),
        "trade_cost_leaving": cost,
        "trade_cost_near_free": near_free,
        "kept_Few": base["share"]["Few inputs"],
        "kept_Few_near_free": free["share"]["Few inputs"],
        "wage_leaving": base["wage"]["Wage of the core"],
        "offer_More": base["wage"]["More inputs"],
        "offer_Most": base["wage"]["Most inputs"],
        "trade_cost_tried": tried,
        "spending_low": low,
        "spending_high": high,
        "offer_at_low": modes.kept(tried, low)["wage"]["Few inputs"],
        "kept_More_at_high": modes.kept(tried, high)["share"]["More inputs"],
    }


def _spreading() -> Numbers:
    """Of five countries: when industry starts in the next, and how far the second has come at one place."""
    number, shown = round(modes.NUMBER.base), 0.3
    steps = modes.steps(number)
    employed, wage = Countries(mu=shown).spread(modes.SPREADING_COST, number)
    return {
        "first_step": steps[0],
        "last_step": steps[-1],
        "spending_shown": shown,
        "newcomers_share": 100 * employed[1],
        "leaders_wage": wage,
        "spending_full": 2 / number,
        "share_of_two_equals": 100 * shown * number / 2,
    }


def _investing() -> Numbers:
    """Of the firm that invests abroad, at a barrier in percent and at twice that."""
    barrier, cheap = round(modes.serving()["knobs"]["barrier"].base), 2.0
    return {
        "barrier": barrier,
        "barrier_doubled": 2 * barrier,
        "productivity_of_exporter": location.Market().cutoffs()[0],
        "productivity_of_investor": location.Market().cutoffs()[1],
        "plant_cost": location.Market().plant_cost,
        "plant_cost_tried": cheap,
        "productivity_of_investor_at_cheap_plant": location.Market(plant_cost=cheap).cutoffs()[1],
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
