"""Numbers in the sentences on what China buys to make chips."""

from collections.abc import Iterable

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc.panel import WORLD
from industrial_chains.chapters import chips
from industrial_chains.chapters.chips import BEFORE, BUYER, FIVE, SAID
from industrial_chains.chip_trade import GOODS


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_years(), **_bought(), **_origins(), **_few(), **_sellers(), **_trials())


def _years() -> Numbers:
    """Give the ends of both counts, so that a newer file moves them in the sentences."""
    (first, last), (_, end) = chips.span(), chips.sellers_span()
    return {"year_first": first, "year_last": last, "year_sellers_last": end}


def _bought() -> Numbers:
    """Give what China bought and sold of both, in billions."""
    first, last = chips.span()
    total = {good: chips.bought(good)[WORLD] for good in GOODS}
    times = {good: chips.bought(good, reimports=False)[WORLD] / chips.sold(good) for good in GOODS}
    years = {"before": BEFORE, "last": last}
    return {
        **labelled("billions", {(good, at): total[good][year] for good in GOODS for at, year in years.items()}),
        "times_chips_first": times["chips"][first],
        **labelled("times", {(good, "last"): times[good][last] for good in GOODS}),
        "percent_chips_back": chips.share("chips")[BUYER][last],
        "billions_chips_back": chips.bought("chips")[BUYER][last],
    }


def _origins() -> Numbers:
    """Give shares of origins in the first and the last year."""
    first, last = chips.span()
    machines, made = chips.share("machines"), chips.share("chips")
    without = chips.share("chips", reimports=False)
    ends = {"first": first, "last": last}
    return {
        **labelled("machines", _at(machines, SAID["machines"], ends)),
        **labelled("chips", _at(made, SAID["chips"], ends)),
        "chips_TWN_without_back": without["TWN"][last],
        **labelled("billions_NLD", chips.bought("machines")["NLD"][[2022, 2023]]),
    }


def _at(parts: pd.DataFrame, origins: Iterable[str], ends: dict[str, int]) -> dict[tuple[str, str], float]:
    """Take the shares of some origins at both ends."""
    return {(code, end): parts[code][year] for code in origins for end, year in ends.items()}


def _few() -> Numbers:
    """Say how far both come from few origins."""
    first, last = chips.span()
    found: Numbers = {}
    for good in GOODS:
        few = chips.concentration(good)
        found[f"percent_three_{good}"] = few["three"][last]
        found |= labelled(f"index_{good}", {"first": few["index"][first], "last": few["index"][last]})
    return found


def _sellers() -> Numbers:
    """Give what sellers count, and how far that is from China's count."""
    _, end = chips.sellers_span()
    _, last = chips.span()
    machines, made = chips.sellers("machines"), chips.sellers("chips")
    five = machines[list(FIVE)].sum(axis="columns")
    apart, chips_apart = chips.apart("machines"), chips.apart("chips")
    month = chips.a_month("machines")
    return {
        **labelled("sold_USA", {"before": machines["USA"][BEFORE], "end": machines["USA"][end]}),
        **labelled("sold_five", {"before": five[BEFORE], "end": five[end]}),
        **labelled("sold_NLD", {"last": machines["NLD"][last], "end": machines["NLD"][end]}),
        **labelled("sold_chips_USA", {"last": made["USA"][last], "end": made["USA"][end]}),
        "percent_apart_most": apart[["JPN", "NLD", "USA", "KOR"]].abs().max(),
        "percent_apart_SGP": -apart["SGP"],
        "percent_apart_DEU": apart["DEU"],
        **labelled("times_chips_counted", (chips_apart / 100 + 1)[["JPN", "KOR"]]),
        **labelled("month", month.loc[["NLD", "JPN"]]),
        "months_half": int(chips.half_year("machines")["months"].max()),
        "year_half": end + 1,
    }


def _trials() -> Numbers:
    counted = chips.agreement()
    return {
        "trials": int(counted["all"].sum()),
        "trials_same": int(counted["same"].sum()),
        "parts_said": len(counted),
    }
