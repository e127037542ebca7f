"""Numbers in the sentences on stages of production."""

from exhibits.prose import Numbers
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.chapters import stages
from industrial_chains.models.tasks import Tasks
from industrial_chains.sources import LRWIOD, OECD, WIOD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_all_makers(), **_single_makers(), **_tasks(), **_likeness(), **theory_tests.numbers("tasks"))


def _all_makers() -> Numbers:
    """Foreign value added in final goods of all economies together."""
    foreign = stages.chains().set_index(["database", "industry", "year"])["value"]
    early, middle, late = (foreign[source.label]["Electronics"] for source in (LRWIOD, WIOD, OECD))
    year_of_highest = foreign[WIOD.label].unstack().idxmax(axis=1)
    return {
        "foreign_electronics_1965": early[1965],
        "foreign_electronics_2000": early[2000],
        "foreign_electronics_highest": middle.max(),
        "foreign_electronics_2022": late[2022],
        "year_foreign_electronics_highest": int(year_of_highest["Electronics"]),
        "year_foreign_textiles_highest": int(year_of_highest["Textiles and clothing"]),
        "year_foreign_metals_highest": int(year_of_highest["Steel and other metals"]),
        "year_foreign_lowest_oecd": stages.lowest(),
    }


def _single_makers() -> Numbers:
    """Foreign value added in electronics, by the economy that completes them."""
    changed = stages.changes(["JPN", "CHN"]).T["Electronics"]
    foreign = waves_by_industry.foreign_shares(["CHN", "VNM"]).query("industry == 'Electronics'")
    made = foreign.set_index(["economy", "database", "year"])["value"]
    china = made["CHN"][WIOD.label]
    return {
        "points_foreign_electronics_gained_JPN": changed["JPN"],
        "points_foreign_electronics_lost_CHN": -changed["CHN"],
        "foreign_CHN_highest": china.max(),
        "year_foreign_CHN_highest": int(china.idxmax()),
        "foreign_CHN_2022": made["CHN"][OECD.label][2022],
        "foreign_VNM_2022": made["VNM"][OECD.label][2022],
    }


def _tasks() -> Numbers:
    """Of the model in its base case, and at a lower cost of coordination."""
    model, cost, lower = Tasks(), stages.turned()["knobs"]["beta"].base, 1.6
    return {
        "wage_gap": model.gap,
        "spread_of_difficulty": model.spread,
        "coordination": cost,
        "tasks_abroad": 100 * model.abroad(cost),
        "foreign_share": 100 * model.foreign_share(cost),
        "percent_wage_gains": 100 * (model.wage(cost) - 1),
        "coordination_lower": lower,
        "tasks_abroad_lower": 100 * model.abroad(lower),
        "foreign_share_lower": 100 * model.foreign_share(lower),
        "coordination_at_end": model.end(),
        "foreign_share_at_end": 100 * model.foreign_share(model.end()),
        "percent_wage_gains_at_end": 100 * (model.wage(model.end()) - 1),
    }


def _likeness() -> Numbers:
    """Of the exercise in which tasks differ half as much."""
    base, cost = Tasks(), 2.5
    return {
        "coordination_tried": cost,
        "tasks_abroad_alike": 100 * Tasks(spread=base.spread / 2).abroad(cost),
        "tasks_abroad_base": 100 * base.abroad(cost),
    }
