"""What if: questions to the trade model, over the elasticities of seven studies, and what fixed recipes say."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

import gvc
from exhibits.prose import Numbers
from exhibits.text import Message, Untranslated
from industrial_chains import customs, data
from industrial_chains.charting import names
from industrial_chains.kept import kept
from industrial_chains.sources import OECD
from industrial_chains.trade_model import forecasts, inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, NORTHEAST_ASIA, SCENARIOS, SELLER, STUDIES
from industrial_chains.trade_model.scenarios import World

#: The year of the table and of the American duties from which the model starts.
YEAR = 2022
#: What stands below the table of the duties of 2026.
CUSTOMS = (
    "Own computation, December 2026: a trade model on the OECD's tables, 2025 edition, elasticities of seven studies; "
    "US Census data."
)
#: What the tables call the scenarios.
LABELS = {
    "duty": "25 points on China",
    "duty_on_all": "10 points on all",
    "answered": "10 points, with retaliation",
    "cheaper_VNM": "Viet Nam",
    "cheaper_MEX": "Mexico",
    "cheaper_IND": "India",
    "closer": "Trade costs halved",
    "apart": "China and United States",
    "apart_with_allies": "With allies",
}
#: Economies that the tables show.
SHOWN = ("USA", "CHN", "JPN", "KOR", "RUS", "TWN", "VNM", "MEX", "IND", "EU27")
#: Who may take over from China.
TAKERS: dict[str, tuple[str, ...]] = {
    "United States": ("USA",),
    "Mexico and Canada": ("MEX", "CAN"),
    "Southeast Asia, five economies": ("VNM", "THA", "MYS", "SGP", "IDN"),
    "Japan, Korea and Taiwan": ("JPN", "KOR", "TWN"),
    "India": ("IND",),
    "European Union, United Kingdom and Switzerland": ("EU27", "GBR", "CHE"),
    "All others": ("RUS", "AUS", "BRA", "SAU", "ROW"),
}
#: What moves along with a plant, and how the model counts, in the words of the chart.
FIXED = {
    "own": "Fixed recipes: own chain",
    "everything": "Fixed recipes: all inputs",
    "services": "Fixed recipes: services, too",
    "plant": "Fixed recipes: plant alone",
}
COUNTED = {
    "buyer": "Model: absorbed by Americans",
    "abroad": "Model: absorbed outside China",
    "earned": "Model: China’s factor income",
    "real": "Model: China’s real income",
}
#: What is tried, in the words of the table.
TRIALS = {
    "studies": "As above: seven studies, one tier",
    "draws": "200 draws of studies by industry and of home elasticities",
    "two_tiers": "Two tiers: half the elasticity between home and imports",
    "four": "An elasticity of 4 everywhere",
    "services_low": "Services: an elasticity of 2.5, not 5",
    "services_high": "Services: an elasticity of 10",
    "base_2017": "Base: the 2017 table and duties",
    "no_duties": "Without the duties of 2022",
    "costs": "A cost of 25 per cent that nobody collects",
    "answered": "China retaliates with the same duty",
    "balanced": "Every economy spends what it earns",
    "whole": "81 economies and 50 industries",
}


@cache
def duties() -> pd.DataFrame:
    """Take the duties that the United States collected in 2022, (economy, industry) × economy; pure numbers."""
    return forecasts.in_force(inputs.table(YEAR), YEAR)


@cache
def before() -> World:
    """Take the world of 2022, with its duties: of whatever elasticities, it is the same."""
    theta = inputs.elasticities()[inputs.MAIN]
    return scenarios.changed(inputs.table(YEAR), {"tariffs": (duties(), duties())}, theta, tuple(GOODS))


@kept
def worlds(scenario: str, home: float = 1.0) -> Mapping[str, World]:
    """Solve a scenario with the elasticities of each study.

    Parameters
    ----------
    scenario : str
        Of `inputs.SCENARIOS`.
    home : float
        Elasticity between home and imports, as a share of that between imports.
    """
    table, theta = inputs.table(YEAR), inputs.elasticities()
    found = Parallel()(
        delayed(scenarios.changed)(
            table, SCENARIOS[scenario].arguments(table, theta[study], duties()), theta[study], tuple(GOODS), home=home
        )
        for study in STUDIES
    )
    return dict(zip(STUDIES, found, strict=True))


@kept
def under(month: str, like: int | None = None) -> Mapping[str, World]:
    """Solve for the duties that partners paid in a month, with the elasticities of each study.

    Parameters
    ----------
    month : str
        As `inputs.charged_in` takes it.
    like : int, optional
        Whose duties by industry they are brought to, as `forecasts.at_levels` does.
    """
    table, theta = inputs.table(YEAR), inputs.elasticities()
    arguments = {"tariffs": (duties(), forecasts.at_levels(table, YEAR, inputs.charged_in(month), like))}
    found = Parallel()(delayed(scenarios.changed)(table, arguments, theta[study], tuple(GOODS)) for study in STUDIES)
    return dict(zip(STUDIES, found, strict=True))


def over_studies(scenario: str, measure: Any) -> pd.DataFrame:
    """Take a measure of the worlds after a scenario, things × study.

    Parameters
    ----------
    scenario : str
        Of `inputs.SCENARIOS`.
    measure : callable
        From a `World` to a Series.
    """
    return pd.DataFrame({study: measure(world) for study, world in worlds(scenario).items()})


def spread(by_study: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest, the middle and the highest of seven studies."""
    ends = {"Lowest": by_study.min(axis=1), "Middle": by_study.median(axis=1), "Highest": by_study.max(axis=1)}
    return pd.DataFrame(ends)


# -- what China loses of a dollar -----------------------------------------------------------------------------------


def lost(scenario: str = "duty") -> pd.DataFrame:
    """Count what China loses for each dollar of goods that Americans no longer buy from it, count × {Lowest, …}.

    Returns
    -------
    DataFrame, {left, buyer, abroad, earned, real} × {Lowest, Middle, Highest}
        As `scenarios.lost`: cents, and `left` in billion USD.
    """
    by_study = over_studies(scenario, lambda after: scenarios.lost(before(), after, SELLER, BUYER))
    by_study.loc["left"] /= 1000
    return spread(by_study)


def bounds() -> pd.DataFrame:
    """Read what moves with fixed recipes on the whole table of the year, `whole_table_results.plants`.

    Returns
    -------
    DataFrame, what moves × {Lowest, Highest}
        What China loses on the dollar, cents, over five hosts.
    """
    rows = data.table("plants")
    whole = (
        rows["database"].eq(OECD.name) & rows["year"].eq(YEAR) & rows["industries"].eq(50) & rows["economies"].gt(80)
    )
    lost = rows[whole].groupby("moves")["lost"]
    return pd.DataFrame({"Lowest": lost.min(), "Highest": lost.max()})


# -- who gains and who loses ----------------------------------------------------------------------------------------


def real_income(scenario: str) -> pd.DataFrame:
    """Return by how much real income changes, economy × study; percent."""
    return 100 * (over_studies(scenario, lambda after: after.real_income) - 1)


def dollars(scenario: str) -> pd.DataFrame:
    """Return by how much real income changes, economy × study; billion USD of what is spent in 2022, with duty."""
    return real_income(scenario).mul(((1 + duties()) * inputs.table(YEAR).demand).sum(), axis=0) / 100 / 1000


def absorbed(scenario: str) -> pd.DataFrame:
    """Return by how much value added changes in American final demand, origin × study; billion USD.

    At the size that this demand had before, so that what all origins gain and lose adds up to nothing: in units of the
    world's income it grows with American wages.
    """
    was = before().absorbed[BUYER]
    return over_studies(scenario, lambda after: _share(after) * was.sum() - was) / 1000


def _share(world: World) -> pd.Series:
    return world.absorbed[BUYER] / world.absorbed[BUYER].sum()


def incomes_and_absorption(*asked: str) -> pd.DataFrame:
    """Write the changes of real income and of value added in American final demand, ranges over studies, for a table.

    Parameters
    ----------
    *asked : str
        Scenarios.

    Returns
    -------
    DataFrame, economy × (measure, scenario)
    """
    measures: dict[str, tuple[Any, int]] = {
        "Real income, percent": (real_income, 2),
        "In American final demand, billion dollars": (absorbed, 0),
    }
    columns = {}
    for label, (measure, decimals) in measures.items():
        for scenario in asked:
            columns[label, LABELS[scenario]] = spans(spread(measure(scenario)).loc[list(SHOWN)], decimals)
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Economy")


def spans(ends: pd.DataFrame, decimals: int) -> pd.Series:
    """Write what :func:`spread` returns as a range each, for a table."""
    ranges = [span(low, high, decimals) for low, high in ends[["Lowest", "Highest"]].to_numpy()]
    return pd.Series(ranges, ends.index, dtype=object)


def span(low: float, high: float, decimals: int) -> Message | Untranslated:
    """Write a range of numbers, or one where both ends show the same."""
    ends = [f"{end:z.{decimals}f}".replace("-", "−") for end in (low, high)]
    return Untranslated(ends[0]) if ends[0] == ends[1] else Message("{0} to {1}", *map(Untranslated, ends))


def takers(home: float = 1.0) -> pd.DataFrame:
    """Say who adds, in American final demand, what China no longer adds after the duty.

    Parameters
    ----------
    home : float
        As in :func:`worlds`.

    Returns
    -------
    DataFrame, taker × study
        Percent of what China loses there.
    """
    share = _share(before())
    change = pd.DataFrame({study: _share(world) - share for study, world in worlds("duty", home).items()})
    groups = {taker: change.loc[list(codes)].sum() for taker, codes in TAKERS.items()}
    return 100 * pd.DataFrame(groups).T / -change.loc[SELLER]


# -- duties of 2026 ---------------------------------------------------------------------------------------------------


def of_2026() -> dict[str, dict[str, tuple[World, World]]]:
    """List the worlds before and after by study: the duties of the last month against those of 2022, and the ruling."""
    now, january, march = map(under, (inputs.NOW, inputs.BEFORE_RULING, inputs.AFTER_RULING))
    return {
        "In force": {study: (before(), now[study]) for study in STUDIES},
        "After the ruling": {study: (january[study], march[study]) for study in STUDIES},
    }


def gained(worlds: Mapping[str, tuple[World, World]]) -> pd.DataFrame:
    """Return by how much real income changes, economy × study; percent."""
    return 100 * pd.DataFrame({study: now.real_income / was.real_income - 1 for study, (was, now) in worlds.items()})


def sold(world: World) -> pd.Series:
    """Return the share of each partner in American imports of goods, percent."""
    imports = world.shipped[BUYER].drop(BUYER)
    return 100 * imports / imports.sum()


def moved(worlds: Mapping[str, tuple[World, World]]) -> pd.DataFrame:
    """Return by how much :func:`sold` changes, partner × study; points."""
    return pd.DataFrame({study: sold(now) - sold(was) for study, (was, now) in worlds.items()})


def incomes_and_shares() -> pd.DataFrame:
    """Write what :func:`of_2026` changes, ranges over studies, economy × (measure, case), for a table."""
    columns = {}
    for label, measure, decimals in (
        ("Real income, percent", gained, 2),
        ("Share of American imports, points", moved, 1),
    ):
        for case, worlds in of_2026().items():
            ends = spread(measure(worlds)).reindex([*SHOWN, "CAN"])
            columns[label, case] = spans(ends.dropna(), decimals).reindex(ends.index)
    return pd.DataFrame(columns).rename(index=names.economy).rename_axis(index="Economy")


def _of_2026() -> Numbers:
    """Return what becomes of China's share and of real incomes under the duties of 2026; percent."""
    cases = of_2026()
    share = spread(pd.DataFrame({study: sold(now) for study, (_, now) in cases["In force"].items()}))
    like = {study: (before(), now) for study, now in under(inputs.NOW, customs.end()[0]).items()}
    force, ruled = (spread(gained(worlds)) for worlds in cases.values())
    return {
        "share_CHN_2022": float(sold(before())[SELLER]),
        "share_CHN_in_force_lowest": share["Lowest"][SELLER],
        "share_CHN_in_force_highest": share["Highest"][SELLER],
        "percent_like_USA_most": float(gained(like).T["USA"].abs().max()),
        "percent_in_force_USA_lowest": force["Lowest"]["USA"],
        "percent_in_force_USA_highest": force["Highest"]["USA"],
        "percent_ruled_USA_lowest": ruled["Lowest"]["USA"],
        "percent_ruled_USA_highest": ruled["Highest"]["USA"],
        "percent_ruled_VNM_lowest": ruled["Lowest"]["VNM"],
        "percent_ruled_VNM_highest": ruled["Highest"]["VNM"],
    }


# -- closer neighbours ----------------------------------------------------------------------------------------------


def links() -> pd.DataFrame:
    """Set the link index before half the trade costs among Northeast Asia are gone beside that after it, for a chart.

    Returns
    -------
    DataFrame
        Columns link (``China → Japan``), 2022 and Half the costs, the middle of seven studies; the closest first.
    """
    pairs = [(one, other) for one in NORTHEAST_ASIA for other in NORTHEAST_ASIA if one != other]

    def of(world: World) -> pd.Series:
        index = gvc.link_index(world.absorbed)
        return pd.Series({(one, other): index.loc[one][other] for one, other in pairs})

    frame = pd.DataFrame(
        {
            "link": [f"{names.economy(one)} → {names.economy(other)}" for one, other in pairs],
            str(YEAR): of(before()).to_numpy(),
            "Half the costs": over_studies("closer", of).median(axis=1).to_numpy(),
        }
    )
    return frame.sort_values("Half the costs", ascending=False, kind="stable", ignore_index=True)


# -- trials ---------------------------------------------------------------------------------------------------------


def tried() -> pd.DataFrame:
    """Return what becomes of the duty on China in each trial, (trial, {Lowest, Middle, Highest}) × count.

    Of draws the lowest and the highest twentieth are left out.
    """
    by_trial = inputs.trials().drop(columns="case").groupby("trial")
    ends = {"Lowest": by_trial.min(), "Middle": by_trial.median(), "Highest": by_trial.max()}
    ends["Lowest"].loc["draws"] = by_trial.quantile(0.05).loc["draws"]
    ends["Highest"].loc["draws"] = by_trial.quantile(0.95).loc["draws"]
    return pd.concat(ends).swaplevel().sort_index().reindex(list(TRIALS), level=0)


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    table = inputs.table(YEAR)
    return {
        "points_duty": inputs.POINTS,
        "points_duty_on_all": inputs.POINTS_ON_ALL,
        "economies": len(table.economies),
        "industries": len(table.sectors),
        "percent_more_made": 10,
        "billions_collected": _collected(),
        "elasticity_unknown": 4,
        "elasticity_services": 5,
        **_cents(),
        **_made_at_home(),
        **_billions(),
        **_incomes_after_duties(),
        **_incomes_after_a_split(),
        **_incomes_gained(),
        **_of_2026(),
    }


def _collected() -> float:
    """Return the duty that the United States collects on what the table says that it imports, billion USD."""
    table = inputs.table(YEAR)
    bought = scenarios.by_buyer(table).reshape(duties().shape)
    return float((duties() * bought).to_numpy().sum() / 1000)


def _cents() -> Numbers:
    """Return what China loses of a dollar, in electronics and over all trials, cents, and the fall of imports."""
    electronics, trial = lost("apart"), tried()
    low, high = trial.xs("Lowest", level=1), trial.xs("Highest", level=1)
    return {
        "cents_electronics_low": electronics["Lowest"]["buyer"],
        "cents_electronics_high": electronics["Highest"]["buyer"],
        "cents_buyer_tried_low": low["buyer"].min(),
        "cents_buyer_tried_high": high["buyer"].max(),
        "cents_real_tried_low": low["real"].min(),
        "cents_real_tried_high": high["real"].max(),
        "percent_fall_low": low["fall"]["studies"],
        "percent_fall_high": high["fall"]["studies"],
    }


def _made_at_home() -> Numbers:
    """Return what part of China's loss in American final demand Americans make up for, percent."""
    one, two = (spread(takers(home)) for home in (1.0, 0.5))
    return {
        "percent_made_in_USA_low": one["Lowest"]["United States"],
        "percent_made_in_USA_high": one["Highest"]["United States"],
        "percent_made_in_USA_two_tiers_low": two["Lowest"]["United States"],
        "percent_made_in_USA_two_tiers_high": two["Highest"]["United States"],
    }


def _billions() -> Numbers:
    """Return what China loses or gains, billion dollars, without the sign, which sentences tell."""
    duty, gain, loss = (
        spread(change) for change in (-dollars("duty"), dollars("cheaper_VNM"), -dollars("cheaper_IND"))
    )
    return {
        "billions_CHN_low": duty["Lowest"]["CHN"],
        "billions_CHN_high": duty["Highest"]["CHN"],
        "billions_CHN_cheaper_VNM_low": gain["Lowest"]["CHN"],
        "billions_CHN_cheaper_VNM_high": gain["Highest"]["CHN"],
        "billions_cost_CHN_cheaper_IND_low": loss["Lowest"]["CHN"],
        "billions_cost_CHN_cheaper_IND_high": loss["Highest"]["CHN"],
    }


def _incomes_after_duties() -> Numbers:
    """Return changes of real income, percent, without their signs, which sentences tell."""
    on_china, on_all, answered = (
        spread(real_income(scenario).abs()) for scenario in ("duty", "duty_on_all", "answered")
    )
    cost = tried()["cost"]
    return {
        "percent_duty_USA_low": on_china["Lowest"]["USA"],
        "percent_duty_USA_high": on_china["Highest"]["USA"],
        "percent_no_duties_USA_low": cost["no_duties", "Lowest"],
        "percent_no_duties_USA_high": cost["no_duties", "Highest"],
        "percent_tried_USA_low": cost.min(),
        "percent_tried_USA_high": cost.max(),
        "percent_duty_on_all_USA_low": on_all["Lowest"]["USA"],
        "percent_duty_on_all_USA_high": on_all["Highest"]["USA"],
        "percent_answered_USA_low": answered["Lowest"]["USA"],
        "percent_answered_USA_high": answered["Highest"]["USA"],
        "percent_answered_MEX_low": answered["Lowest"]["MEX"],
        "percent_answered_MEX_high": answered["Highest"]["MEX"],
    }


def _incomes_after_a_split() -> Numbers:
    """Return losses of real income if electronics trade is cut off, percent."""
    apart, allies = (spread(-real_income(scenario)) for scenario in ("apart", "apart_with_allies"))
    return {
        "percent_apart_CHN_low": apart["Lowest"]["CHN"],
        "percent_apart_CHN_high": apart["Highest"]["CHN"],
        "percent_apart_USA_low": apart["Lowest"]["USA"],
        "percent_apart_USA_high": apart["Highest"]["USA"],
        "percent_apart_with_allies_TWN_low": allies["Lowest"]["TWN"],
        "percent_apart_with_allies_TWN_high": allies["Highest"]["TWN"],
        "percent_apart_with_allies_KOR_low": allies["Lowest"]["KOR"],
        "percent_apart_with_allies_KOR_high": allies["Highest"]["KOR"],
        "percent_apart_with_allies_CHN_low": allies["Lowest"]["CHN"],
        "percent_apart_with_allies_CHN_high": allies["Highest"]["CHN"],
    }


def _incomes_gained() -> Numbers:
    """Return gains of real income in Viet Nam and in Northeast Asia, and Taiwan's loss, percent."""
    cheaper, closer = (spread(real_income(scenario)) for scenario in ("cheaper_VNM", "closer"))
    return {
        "percent_cheaper_VNM_low": cheaper["Lowest"]["VNM"],
        "percent_cheaper_VNM_high": cheaper["Highest"]["VNM"],
        "percent_closer_KOR_low": closer["Lowest"]["KOR"],
        "percent_closer_KOR_high": closer["Highest"]["KOR"],
        "percent_closer_CHN_low": closer["Lowest"]["CHN"],
        "percent_closer_CHN_high": closer["Highest"]["CHN"],
        "percent_closer_TWN_low": -closer["Highest"]["TWN"],
        "percent_closer_TWN_high": -closer["Lowest"]["TWN"],
    }
