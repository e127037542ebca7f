"""Numbers in the sentences on newer theory."""

from exhibits.prose import Numbers, labelled
from industrial_chains import what_if
from industrial_chains.chapters import newer
from industrial_chains.models import chain_tariffs, resilience, sourcing, stickiness


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_sources(), **_stages(), **_suppliers(), **_care(), **_duties(), **_tests(), **_signs())


def _sources() -> Numbers:
    """Sizes from which a firm buys abroad, and what a second source does to what it buys at home."""
    model = sourcing.Sourcing()
    first, second = model.potentials
    alone = 1 + first

    def change(sigma: float) -> float:
        """Return the change of purchases at home that the second source brings, percent."""
        exponent = (sigma - 1) / model.theta
        return float(100 * (((alone + second) / alone) ** (exponent - 1) - 1))

    power, tried = model.exponent, 2.0
    return {
        "sigma": round(model.sigma),
        "theta": round(model.theta),
        "potential_A": first,
        "potential_B": second,
        "size_from_A": model.fixed[0] / (alone**power - 1),
        "size_from_B": model.fixed[1] / ((alone + second) ** power - alone**power),
        "percent_home_rises": change(model.sigma),
        "sigma_tried": round(tried),
        "percent_home_falls": -change(tried),
    }


def _stages() -> Numbers:
    """Weights of what is lost on the way, and which stages are in the middle, by what a step costs."""
    cost, share = newer.where_stages_go()["knobs"]["cost"], 0.5
    middle = newer.PLACES // 2 + 1
    base, dear = newer.in_places(cost.base, share)[middle], newer.in_places(cost.high, share)[middle]
    weights = newer.example(0).weights()
    return {
        "places": newer.PLACES,
        "stages": newer.STAGES,
        "likeness": round(newer.LIKENESS),
        "weight_first": weights[0],
        "step": round(cost.base),
        "percent_first_in_middle": base[1],
        "percent_last_in_middle": base[newer.STAGES],
        "step_dear": round(cost.high),
        "percent_third_in_middle_dear": dear[newer.STAGES - 1],
        "percent_last_in_middle_dear": dear[newer.STAGES],
        "paths": newer.PLACES**newer.STAGES,
        "choices": newer.PLACES**2 * newer.STAGES,
        "step_low": newer.STEPS[0],
        "step_high": newer.STEPS[1],
    }


def _suppliers() -> Numbers:
    """Return what a better rate leaves behind, the least that does, and the same where the rate is less certain."""
    knobs = newer.temporary()["knobs"]
    shock, sunk = knobs["shock"].base, knobs["sunk"].base
    market, unsure = stickiness.Market(), stickiness.Market(spread=knobs["spread"].high)
    start = market.before()
    return {
        "sunk": sunk,
        "discount": market.discount,
        "shock": round(shock),
        "points_left": 100 * (market.path([1 + shock / 100, 1])[-1] - start),
        "percent_least_that_lasts": 100 * (market.band(start)[1] - 1),
        "spread": market.spread,
        "spread_high": unsure.spread,
        "percent_as_good": _as_good(market, shock),
        "percent_as_good_when_unsure": _as_good(unsure, shock),
        "points_left_when_unsure": 100 * (unsure.path([1 + shock / 100, 1])[-1] - unsure.before()),
    }


def _as_good(market: stickiness.Market, shock: float) -> float:
    """Chance of a rate at least as good as a shock makes it, percent."""
    return 100 * (market.spread - shock / 100) / (2 * market.spread)


def _care() -> Numbers:
    """Risks that are left, in the base case and where goods are closer to one another; percent."""
    makers, alike = resilience.Makers(), resilience.Makers(sigma=8)
    return {
        "cost_of_care": round(100 * makers.cost),
        "risk_without_care": round(100 * makers.risk),
        "risk_private": 100 * makers.private(),
        "risk_social": 100 * makers.social(),
        "loss": 100 * (makers.welfare(makers.social()) - makers.welfare(makers.private())),
        "sigma_alike": round(alike.sigma),
        "points_between": 100 * (makers.private() - makers.social()),
        "points_between_alike": 100 * (alike.private() - alike.social()),
    }


def _duties() -> Numbers:
    """Return the best duty without and with inputs across the border, and the part at which it is none; percent."""
    knobs = newer.duties_along_chains()["knobs"]
    part, foreign, epsilon = knobs["part"].base / 100, knobs["foreign"].base / 100, knobs["epsilon"].base
    kappa = foreign / 2
    return {
        "epsilon": round(epsilon),
        "part": round(100 * part),
        "foreign": round(100 * foreign),
        "duty_textbook": 100 * chain_tariffs.Good(epsilon=epsilon).best(),
        "duty_with_part": 100 * chain_tariffs.Good(part, 0, epsilon).best(),
        "duty_with_both": 100 * chain_tariffs.Good(part, foreign, epsilon).best(),
        "part_of_no_duty": round(100 * (1 - epsilon * kappa)),
    }


def _tests() -> Numbers:
    """American duties beside the American part of goods, by year."""
    cases = newer.tested().set_index(["group", "beyond", "year"])
    all_, without = newer.GROUPS
    passed = (
        newer.tested().query("chance < @newer.LIMIT").groupby("year").size().reindex(list(newer.TESTED), fill_value=0)
    )
    part = what_if.american_part(2022)
    return {
        "partners": len(part),
        **labelled("percent_part", part[["MEX", "CHN"]]),
        **labelled("percent_duty_2022", newer.duties(2022)[["MEX", "CHN"]]),
        "percent_duty_CHN_2025": newer.duties(2025)["CHN"],
        **{f"r_{year}": -cases["r"][all_, False, year] for year in (2022, 2025)},
        **{f"percent_chance_{year}": cases["chance"][all_, False, year] for year in (2022, 2025)},
        "r_without_2022": -cases["r"][without, False, 2022],
        "r_beyond_2025": -cases["r"][all_, True, 2025],
        "limit": newer.LIMIT,
        "cases_a_year": len(newer.GROUPS) * len(newer.MEASURES),
        **labelled("passed", passed),
    }


def _signs() -> Numbers:
    """Count questions by whether the trade model has the sign of the small model."""
    agrees = newer.agreements()
    answers = newer.answers().T
    return {
        "questions": len(agrees),
        "agree": int((agrees == "yes").sum()),
        "agree_in_part": int((agrees == "in part").sum()),
        "disagree": int((agrees == "no").sum()),
        "economies": len(what_if.table(2022).economies),
        "studies": len(what_if.STUDIES),
        "studies_alike": int((answers["duty_alike"] < 0).sum()),
        "r_stages": -answers["stages"].iloc[0],
    }
