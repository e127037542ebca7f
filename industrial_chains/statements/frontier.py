"""Statements of part two, on the frontier."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

import pandas as pd

from gvc import economies as eco
from industrial_chains import trade_since_2011
from industrial_chains.article import HOSTS, NEA
from industrial_chains.charting import names
from industrial_chains.industry_groups import CARS, FLOCK, MANUFACTURING
from industrial_chains.resampling import off
from industrial_chains.sources import (
    Side,
    SilentError,
    Years,
)
from industrial_chains.statements.asked import (
    BEFORE,
    DUTIES,
    ELECTRONICS,
    GOODS_SOLD,
    LAST,
    LAST_STAGE,
    MACHINES,
    MEASURES,
    MINERALS,
    PART,
    TEXTILES,
    WHOLE,
    Asked,
    Check,
    answers,
    change,
    claim,
    path,
)


@claim
def chains_turn_regional(ask: Asked) -> Iterator[Check]:
    for host in NEA:
        with suppress(SilentError):
            partners = tuple(code for code in NEA if code in ask.of.economies and code != host)
            share = ask.of.share(partners, host)
            yield ask.grew(f"region in {names.economy(host)}", share, BEFORE, 9999, least=PART)


#: Southern Africa as the OECD shows it.
_SOUTHERN_AFRICA = ("AGO", "COD", "ZAF")


@claim
def japan_spreads_its_supply(ask: Asked) -> Iterator[Check]:
    inputs = "imint_share"
    named = {"ASEAN": eco.GROUPS["ASEAN10"], "India": ("IND",), "southern Africa": _SOUTHERN_AFRICA}
    for label, where in named.items():
        if set(where) <= ask.of.economies:
            share = ask.of.share(where, "JPN", inputs)
            for end in (LAST, LAST + 1):
                yield ask.grew(f"{label} in Japan's imported inputs", share, BEFORE, end, least=PART)
    china = ask.of.share("CHN", "JPN", inputs)
    for last in (LAST, LAST + 1):
        start, end = ask.ends(china, BEFORE, last)
        yield Check(path("China", china, start, end), china[end] < china[start], (start, end))


@claim
def japan_follows_the_united_states(ask: Asked) -> Iterator[Check]:
    ask.needs("JPN", "USA", "CHN")
    years = ask.of.years("gross_exports")
    start, end = ask.ends(Years(dict.fromkeys(years, 0.0)), BEFORE, 9999)
    sides: tuple[tuple[str, Side], ...] = (("sells", "exports"), ("buys", "imports"))
    for does, of in sides:
        shares = {year: ask.partners("JPN", of, year, "gross_exports") for year in (start, end)}
        for code, rises in (("USA", True), ("CHN", False)):
            share = Years({year: float(found.to_dict()[code]) for year, found in shares.items()})
            says = path(f"of what Japan {does} abroad, {names.economy(code)}", share, start, end)
            # The article speaks of the years since 2023.
            yield Check(says, (share[end] > share[start]) == rises, (start, end), beside=end < 2023)


@claim
def united_states_relies_less(ask: Asked) -> Iterator[Check]:
    ask.needs("USA")
    known = ask.of.years("intermediates")
    start, end = ask.ends(Years(dict.fromkeys(known, 0.0)), 2018, 9999)
    part = Years()
    for year in (start, end):
        bought = ask.of.matrix("intermediates", year)["USA"]
        part[year] = 100 * (1 - float(bought.to_dict()["USA"]) / float(bought.sum()))
    least = sum(off(ask.base, "foreign", year, part[year], alone=True) for year in part)
    says = f"{path('foreign inputs', part, start, end)}, of which an estimate may miss {least:.1f}"
    yield Check(says, part[start] - part[end] > least, (start, end))
    share = ask.world_share(("USA",), "value_added", MANUFACTURING)
    says = path("part in the world's manufacturing", share, start, end)
    yield Check(says, share[end] > share[start], (start, end))


@claim
def cars_gain_weight(ask: Asked) -> Iterator[Check]:
    what = FLOCK["Vehicles and other transport equipment"]
    with suppress(SilentError):
        ask.world("gross_exports", CARS)
        what = CARS
    values = ask.world_share(("CHN",), "gross_exports", what)
    yield ask.grew(f"China in the world's exports of {what}", values, min(values), max(values))


_POORER = ("VNM", "KHM", "MMR", "IDN", "IND", "BGD", "PAK")
_RICHER = ("USA", "JPN", "DEU")


def _in_exported_value(ask: Asked, industry: str, codes: Iterable[str], first: int) -> tuple[Years, int, int]:
    """Share of some economies in what the world's industries earn abroad."""
    values = ask.world_share(codes, "vax", FLOCK[industry])
    return values, *ask.ends(values, first, 9999)


@claim
def double_pressure(ask: Asked) -> Iterator[Check]:
    for industry, others, who in (
        (ELECTRONICS, _RICHER, "United States, Japan, Germany"),
        (MACHINES, _RICHER, "United States, Japan, Germany"),
        (TEXTILES, _POORER, "seven poorer hosts in Asia"),
    ):
        for label, codes, rises in (("China", ("CHN",), False), (who, others, True)):
            share, start, end = _in_exported_value(ask, industry, codes, BEFORE)
            says = path(f"{FLOCK[industry]}: {label}", share, start, end)
            yield Check(says, (share[end] > share[start]) == rises, (start, end))


@claim
def labour_intensive_first(ask: Asked) -> Iterator[Check]:
    change = {}
    for industry in FLOCK:
        share, start, end = _in_exported_value(ask, industry, ("CHN",), 2012)
        change[industry] = share[end] - share[start]
    first = TEXTILES
    yield Check(f"{start} to {end} textiles {change[first]:+.1f} points", change[first] < 0, (start, end))
    for industry in list(FLOCK)[1:]:
        yield Check(f"{FLOCK[industry]} {change[industry]:+.1f}", change[first] < change[industry], (start, end))


@claim
def plants_abroad_leave_chinese_suppliers(ask: Asked) -> Iterator[Check]:
    for measure, words in MEASURES.items():
        for host in HOSTS:
            with suppress(SilentError):
                share = ask.of.share("CHN", host, measure)
                start, end = ask.ends(share, BEFORE, LAST)
                says = path(f"China in {names.economy(host)}'s {words}", share, start, end)
                yield Check(says, share[end] < share[start], (start, end))


@claim
def asean_first_among_hosts(ask: Asked) -> Iterator[Check]:
    for industry in (TEXTILES, ELECTRONICS):
        gain = {}
        for host in HOSTS:
            members = eco.GROUPS["ASEAN10"] if host == "ASEAN" else (host,)
            share, start, end = _in_exported_value(ask, industry, members, 2012)
            gain[host] = share[end] - share[start]
        words = ", ".join(f"{names.economy(host)} {gain[host]:+.1f}" for host in HOSTS)
        holds = gain["ASEAN"] > max(0, gain["IND"], gain["MEX"])
        yield Check(f"{FLOCK[industry]}, points from {start} to {end}: {words}", holds, (start, end))


@claim
def mexico_a_springboard(ask: Asked) -> Iterator[Check]:
    share = ask.of.share("CHN", "MEX")
    start, end = ask.ends(share, min(share), 9999)
    grew = share[end] / share[start] - 1 > ask.terms.clear
    yield Check(
        path("China in Mexico", share, start, end), grew, (start, end), beside=end - start < WHOLE or end < LAST
    )
    year, part = max(ask.of.passing("CHN", "MEX").items())
    says = f"{part:.1f} of what the United States absorbs from China passes Mexico ({year})"
    yield Check(says, part >= 10, (year,), beside=year < LAST)


@answers(GOODS_SOLD)
def politics_moves_american_purchases(ask: Asked) -> Iterator[Check]:
    rows = trade_since_2011.stored("goods").query("economy != 'USA'")
    sold = rows.pivot(index="year", columns="economy", values="to_USA")
    share = ask.of.known(100 * sold["CHN"] / sold.sum(axis="columns"), "China")
    others = rows[rows["economy"] != "CHN"].groupby("year")[["from_CHN", "imports"]].sum()
    abroad = ask.of.known(100 * others["from_CHN"] / others["imports"], "China abroad")
    label = "China in American goods imports"
    yield change(label, share, 2018, LAST + 1, rises=False)
    yield replace(change(label, share, 2018, LAST, rises=False), beside=True)
    fell, fell_abroad = (values[LAST + 1] - values[2018] for values in (share, abroad))
    says = f"change to {LAST + 1}: {fell:+.1f} points in the United States, {fell_abroad:+.1f} in all others"
    yield Check(says, fell < fell_abroad, (2018, LAST + 1))


@answers(MINERALS)
def rare_earths_without_china(ask: Asked) -> Iterator[Check]:
    rows = trade_since_2011.stored("bought").set_index(["importer", "material", "year"]).loc["USA"]
    for column, how in (("share", "value"), ("share_by_weight", "weight")):
        for material in trade_since_2011.MATERIALS:
            share = ask.of.known(rows[column].loc[material], material)
            yield change(f"{material} by {how}", share, 2018, 2024, rises=False)


def _at_last_stage(codes: Iterable[str]) -> pd.DataFrame:
    """Share of some economies in the value added where final products are finished, industry × year; percent."""
    wide = trade_since_2011.stored("assembled").pivot(index=["industry", "year"], columns="economy", values="value")
    return (100 * wide[list(codes)].sum(axis=1) / wide.sum(axis=1)).unstack()


@answers(LAST_STAGE)
def assembly_leaves_faster(ask: Asked) -> Iterator[Check]:
    share = _at_last_stage(["CHN"])
    for industry in FLOCK.values():
        yield change(f"China in {industry}", ask.of.known(share.T[industry], industry), BEFORE, LAST + 1, rises=False)


@answers(LAST_STAGE)
def hosts_take_assembly(ask: Asked) -> Iterator[Check]:
    for host in HOSTS:
        share = _at_last_stage(eco.GROUPS["ASEAN10"] if host == "ASEAN" else (host,))
        for industry in (FLOCK[TEXTILES], FLOCK[ELECTRONICS]):
            label = f"{names.economy(host)} in {industry}"
            yield change(label, ask.of.known(share.T[industry], industry), BEFORE, LAST + 1, rises=True)


@answers(DUTIES)
def mexico_pays_less_duty(ask: Asked) -> Iterator[Check]:
    rows = trade_since_2011.stored("duties").set_index(["date", "partner"])
    last = max(rows.index.unique("date"))
    charged = rows.loc[last].assign(now=lambda frame: frame["collected"] + frame["added"])
    for year, column in ((2024, "collected"), (int(last[:4]), "now")):
        duty = charged[column].to_dict()
        says = f"{year} duty on Mexico {duty['MEX']:.1f} percent, on China {duty['CHN']:.1f}"
        yield Check(says, duty["MEX"] < duty["CHN"] / 2, (year,))
