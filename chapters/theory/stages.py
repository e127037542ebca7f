"""Stages: a model of tasks that go abroad, and the value from abroad in real final goods."""

import numpy as np

from exhibits.prose import Numbers
from exhibits.sliders import Curve, Knob, Panel, Point, Sentence, SliderChart
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.models import tasks
from industrial_chains.sources import OECD, WIOD


def turned() -> SliderChart:
    """Tasks that go abroad as coordination becomes cheaper, and where the good's value then comes from.

    Notes
    -----
    Closed forms of `models.tasks`, written for the page. Home's wage before is one.
    """
    task = np.round(np.linspace(0, 1, 41), 4)
    costs = np.round(np.linspace(1.0, 3.5, 61), 4)
    gone = "1 - sqrt(max(0, 1 - 2 * max(0, gap / {b} - 1) / spread))"
    paid = "100 * labour * {b} * ({i} + spread * {i} * {i} / 2) / gap"
    lets = {
        # The model ends where the last task leaves: so do the curve and the point on it.
        "ends": "gap / (1 + spread / 2)",
        "b": "max(beta, datum.ends)",
        "b_there": "max(datum.x, datum.ends)",
        "gone": gone.format(b="datum.b"),
        "gone_there": gone.format(b="datum.b_there"),
        "wage": "if(datum.gone > 0, datum.b * (1 + spread * datum.gone) / gap, 1)",
        "foreign": paid.format(b="datum.b", i="datum.gone"),
        "foreign_there": paid.format(b="datum.b_there", i="datum.gone_there"),
    }
    left = Panel(
        "Cost of a task, home's old wage 1, by task",
        (0, 3),
        [
            Curve("Abroad", "datum.b * (1 + spread * datum.x) / gap", list(task)),
            Curve("Home's wage", "datum.wage", list(task)),
        ],
        [
            Point("datum.gone", "datum.wage", "''"),
            Point(
                "min(datum.gone, 0.45)",
                "datum.wage",
                "format(100 * datum.gone, '.0f') + ' % of tasks abroad'",
                marked=False,
            ),
        ],
    )
    right = Panel(
        "Value added by origin, percent, by β",
        (0, 100),
        [
            Curve("Home", "100 - datum.foreign_there", list(costs), "datum.b_there"),
            Curve("Abroad", "datum.foreign_there", list(costs), "datum.b_there"),
        ],
        [
            Point("datum.b", "100 - datum.foreign", "format(100 - datum.foreign, '.0f')"),
            Point("datum.b", "datum.foreign", "format(datum.foreign, '.0f')"),
        ],
        span=(1.0, 3.5),
    )
    base = tasks.Tasks()
    knobs = {
        "beta": Knob("Coordination cost β", 1.0, 3.5, 0.01, 2.0),
        "gap": Knob("Wage gap", 1.5, 4, 0.05, base.gap),
        "spread": Knob("Spread of difficulty κ", 0.5, 5, 0.05, base.spread),
        "labour": Knob("Share of tasks in cost", 0.1, 1, 0.01, base.labour),
    }
    said = [
        Sentence(
            "The model ends at a coordination cost of {0}: all tasks are abroad and add {1} per cent of the good's "
            "value, so that no labour is left at home whose wage could be named.",
            [("datum.ends", ".2f"), ("datum.foreign", ".0f")],
            "beta <= datum.ends",
        ),
        Sentence(
            "Abroad does {0} per cent of the tasks and adds {1} per cent of the good's value.",
            [("100 * datum.gone", ".0f"), ("datum.foreign", ".0f")],
        ),
    ]
    return {"panels": [left, right], "knobs": knobs, "lets": lets, "said": said}


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_foreign(), **_cases(), **_tasks()}


def _foreign() -> Numbers:
    """Return when foreign value added in the electronics of all economies was highest, and two economies'; percent."""
    every = waves_by_industry.foreign_shares(["WLD", "VNM", "CHN"]).query("industry == 'Electronics'")
    value = every.set_index(["economy", "database", "year"])["value"].sort_index()
    return {
        "year_foreign_electronics_highest": int(value["WLD", WIOD.label].idxmax()),
        "foreign_electronics_VNM": value["VNM", OECD.label, 2022],
        "foreign_electronics_CHN": value["CHN", OECD.label, 2022],
    }


def _cases() -> Numbers:
    """Return in how many cases of a sender and an industry the foreign part grew, and in how many of bystanders."""
    counted = theory_tests.counted("tasks")
    return {"tasks_held": counted.held, "tasks_of": counted.of, "tasks_beside": counted.expected}


def _tasks() -> Numbers:
    """Return what the model says in its base case, at other costs of coordination, and where tasks differ less."""
    model, cost, tried = tasks.Tasks(), turned()["knobs"]["beta"].base, 2.5
    return {
        "wage_gap": model.gap,
        "coordination": cost,
        "tasks_abroad": 100 * model.abroad(cost),
        "percent_wage_gains": 100 * (model.wage(cost) - 1),
        "coordination_at_end": model.end(),
        "foreign_share_at_end": 100 * model.foreign_share(model.end()),
        "coordination_tried": tried,
        "tasks_abroad_alike": 100 * tasks.Tasks(spread=model.spread / 2).abroad(tried),
        "tasks_abroad_base": 100 * model.abroad(tried),
    }
