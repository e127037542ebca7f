"""Statements of part two, on the frontier."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from gvc.panel import WORLD
from industrial_chains import chip_trade, data, official_counts, trade_since_2011
from industrial_chains import economies as eco
from industrial_chains.article import HOSTS, NEA
from industrial_chains.charting import names
from industrial_chains.industry_groups import CARS, FLOCK
from industrial_chains.sources import (
    Side,
    SilentError,
    Years,
)
from industrial_chains.statements.asked import (
    BEFORE,
    CENSUS,
    CHIPS,
    CUSTOMS,
    DUTIES,
    ELECTRONICS,
    GOODS_SOLD,
    LAST,
    MACHINES,
    MINERALS,
    PART,
    TEXTILES,
    WHOLE,
    Check,
    Inquiry,
    answers,
    change,
    claim,
    in_turn,
    number,
    path,
    points,
    sentence,
)
from industrial_chains.trade_model import inputs

_NORTH_AMERICA = ("MEX", "CAN")


@claim
def chains_turn_regional(ask: Inquiry) -> Iterator[Check]:
    for host in NEA:
        with suppress(SilentError):
            partners = tuple(code for code in NEA if code in ask.of.economies and code != host)
            share = ask.of.share(partners, host)
            yield ask.rose(sentence("own region in {0}", names.economy(host)), share, BEFORE, 9999, least=PART)
    if set(_NORTH_AMERICA) <= ask.of.economies:
        share = ask.of.share(_NORTH_AMERICA, "USA", "imint_share")
        says = sentence("Mexico and Canada in the imported inputs of the United States")
        yield ask.rose(says, share, BEFORE, 9999, least=PART)


@claim
def japan_follows_the_united_states(ask: Inquiry) -> Iterator[Check]:
    if ask.base in (CUSTOMS, CENSUS):
        yield from _traded_with_japan(ask)
        return
    ask.needs("JPN", "USA", "CHN")
    years = ask.of.years("gross_exports")
    start, end = ask.ends(Years(dict.fromkeys(years, 0.0)), BEFORE, 9999)
    sides: tuple[tuple[str, Side], ...] = (("sells", "exports"), ("buys", "imports"))
    for does, of in sides:
        shares = {year: ask.partners("JPN", of, year, "gross_exports") for year in (start, end)}
        for code, rises in (("USA", True), ("CHN", False)):
            share = Years({year: float(found.to_dict()[code]) for year, found in shares.items()})
            says = path(sentence(f"of what Japan {does} abroad, {{0}}", names.economy(code)), share, start, end)
            # The article speaks of the years since 2023.
            yield Check(says, (share[end] > share[start]) == rises, (start, end), beside=end < 2023)


#: The last year before the article, of which it speaks when it says "of late".
_OF_LATE = 2024


def _traded_with_japan(ask: Inquiry) -> Iterator[Check]:
    """Whether China, or the United States, trades as the statement asks in each year that customs count."""
    if ask.base is CUSTOMS:
        for flow, does in (("exports", "sells to"), ("imports", "buys from")):
            values = ask.of.known(official_counts.china_trade_usd(flow)["JPN"], "JPN")
            label = sentence(f"billion USD that China {does} Japan")
            for start, end in pairwise(year for year in values if year >= _OF_LATE - 1):
                yield replace(change(label, values, start, end, rises=False), beside=end != _OF_LATE)
        return
    rows = inputs.us_imports().query("partner == 'JPN'").groupby("year")
    bought = rows[["imports", "imports_to"]].sum(min_count=1) / 1000
    whole = ask.of.known(bought["imports"], "JPN")
    label = sentence("billion dollars that the United States buys from Japan")
    full = change(sentence("{0}, full years", label), whole, _OF_LATE - 1, _OF_LATE, rises=True)
    yield replace(full, beside=True)
    months = ask.of.known(bought["imports_to"], "JPN")
    label = sentence("{0}, in the months covered by the last year", label)
    yield replace(change(label, months, _OF_LATE, max(months), rises=True), beside=True)


@claim
def cars_gain_weight(ask: Inquiry) -> Iterator[Check]:
    what = FLOCK["Vehicles and other transport equipment"]
    with suppress(SilentError):
        ask.world("gross_exports", CARS)
        what = CARS
    values = ask.world_share(("CHN",), "gross_exports", what)
    yield ask.rose(sentence(f"China in the world's exports of {what}"), values, min(values), max(values))


_POORER = ("VNM", "KHM", "MMR", "IDN", "IND", "BGD", "PAK")
_RICHER = ("USA", "JPN", "DEU")


def _in_exported_value(ask: Inquiry, industry: str, codes: Iterable[str], first: int) -> tuple[Years, int, int]:
    """Share of some economies in what the world's industries earn abroad."""
    values = ask.world_share(codes, "vax", FLOCK[industry])
    return values, *ask.ends(values, first, 9999)


@claim
def double_pressure(ask: Inquiry) -> Iterator[Check]:
    rich = in_turn(sentence("{0}", names.economy(code)) for code in _RICHER)
    poor = sentence("seven poorer hosts in Asia")
    for industry, others, who in ((ELECTRONICS, _RICHER, rich), (MACHINES, _RICHER, rich), (TEXTILES, _POORER, poor)):
        for label, codes, rises in ((sentence("China"), ("CHN",), False), (who, others, True)):
            share, start, end = _in_exported_value(ask, industry, codes, BEFORE)
            says = path(sentence("{0}: {1}", FLOCK[industry], label), share, start, end)
            yield Check(says, (share[end] > share[start]) == rises, (start, end))


@claim
def labour_intensive_first(ask: Inquiry) -> Iterator[Check]:
    gain = {}
    for industry in FLOCK:
        share, start, end = _in_exported_value(ask, industry, ("CHN",), 2012)
        gain[industry] = share[end] - share[start]
    first = TEXTILES
    says = sentence("{0} to {1} textiles {2} points", start, end, points(gain[first]))
    yield Check(says, gain[first] < 0, (start, end))
    for industry in list(FLOCK)[1:]:
        says = sentence(f"{FLOCK[industry]} {{0}}", points(gain[industry]))
        yield Check(says, gain[first] < gain[industry], (start, end), aspect="rank")


@claim
def asean_first_among_hosts(ask: Inquiry) -> Iterator[Check]:
    for industry in (TEXTILES, ELECTRONICS):
        gain = {}
        for host in HOSTS:
            members = eco.GROUPS["ASEAN10"] if host == "ASEAN" else (host,)
            share, start, end = _in_exported_value(ask, industry, members, 2012)
            gain[host] = share[end] - share[start]
        gained = in_turn(sentence("{0} {1}", names.economy(host), points(gain[host])) for host in HOSTS)
        holds = gain["ASEAN"] > max(0, gain["IND"], gain["MEX"])
        says = sentence("{0}, points from {1} to {2}: {3}", FLOCK[industry], start, end, gained)
        yield Check(says, holds, (start, end), aspect="rank")


@claim
def mexico_a_springboard(ask: Inquiry) -> Iterator[Check]:
    share = ask.of.share("CHN", "MEX")
    start, end = ask.ends(share, min(share), 9999)
    says = path(sentence("{0} in {1}", "China", "Mexico"), share, start, end)
    yield Check(says, share[end] > share[start], (start, end), beside=end - start < WHOLE or end < LAST)
    year, part = max(ask.of.passing("CHN", "MEX").items())
    rivals = ask.of.economies - {"CHN", "USA", "MEX", eco.ROW}
    # In order, since each answer takes its draw from one stream.
    others = {code: ask.of.passing("CHN", code)[year] for code in sorted(rivals)}
    next_ = max(others, key=others.__getitem__)
    both = number(part), names.economy(next_), number(others[next_])
    told = (
        "of the Chinese value added that the United States absorbs, {0} percent passes through Mexico "
        "and {2} through {1} ({3})"
    )
    says = sentence(told, *both, year)
    yield Check(says, part > others[next_], (year,), year < LAST, "rank")


@answers(GOODS_SOLD)
def politics_moves_american_purchases(ask: Inquiry) -> Iterator[Check]:
    rows = data.table("goods").query("economy != 'USA'")
    sold = rows.pivot(index="year", columns="economy", values="to_USA")
    share = ask.of.known(100 * sold["CHN"] / sold.sum(axis="columns"), "China")
    others = rows[rows["economy"] != "CHN"].groupby("year")[["from_CHN", "imports"]].sum()
    abroad = ask.of.known(100 * others["from_CHN"] / others["imports"], "China abroad")
    label = sentence("China in American goods imports")
    yield change(label, share, 2018, LAST + 1, rises=False)
    yield replace(change(label, share, 2018, LAST, rises=False), beside=True)
    fell, fell_abroad = (values[LAST + 1] - values[2018] for values in (share, abroad))
    words = "change to {0}: {1} points in the United States, {2} in all others"
    says = sentence(words, LAST + 1, points(fell), points(fell_abroad))
    yield Check(says, fell < fell_abroad, (2018, LAST + 1), aspect="rank")


#: What American imports of rare earths go under.
_RARE_EARTHS = ("Rare-earth compounds", "Rare-earth metals")


@answers(MINERALS)
def rare_earths_without_china(ask: Inquiry) -> Iterator[Check]:
    yield from _without_china(ask, _RARE_EARTHS)


@answers(MINERALS)
def key_resources_without_china(ask: Inquiry) -> Iterator[Check]:
    yield from _without_china(ask, [name for name in trade_since_2011.MATERIALS if name not in _RARE_EARTHS])


def _without_china(ask: Inquiry, materials: Iterable[str]) -> Iterator[Check]:
    rows = data.table("bought").set_index(["importer", "material", "year"]).loc["USA"]
    for column, how in (("share", "value"), ("share_by_weight", "weight")):
        for material in materials:
            share = ask.of.known(rows[column].loc[material], material)
            yield change(sentence(f"{{0}} by {how}", material), share, 2018, 2024, rises=False)


#: Of what China imports of a good, without what it imports back, percent: what its three largest origins must exceed.
_HALF = 50


@answers(CHIPS)
def key_technology_imported(ask: Inquiry) -> Iterator[Check]:
    for good in chip_trade.GOODS:
        by = chip_trade.by_partner("bought", good)
        bought = ask.of.known(by[WORLD] - by[chip_trade.BUYER], good)
        sold = ask.of.known(chip_trade.by_partner("sold", good)[WORLD], good)
        first, last = min(bought), max(sold)
        dollars = number(bought[last]), number(sold[last])
        says = sentence(f"billion dollars of {good} in {{0}}: bought {{1}}, sold {{2}}", last, *dollars)
        yield Check(says, bought[last] > ask.terms.far * sold[last], (last,), aspect="size")
        origins = by.drop(columns=[WORLD, chip_trade.BUYER]).T[last]
        three = 100 * float(origins.nlargest(3).sum()) / bought[last]
        says = sentence(f"three largest origins of {good} in {{0}}: {{1}} percent", last, number(three))
        yield Check(says, three > _HALF, (last,), aspect="size")
        label = sentence(f"billion dollars of {good} bought")
        yield change(label, bought, first, last, rises=True)
        yield replace(change(label, bought, LAST, last, rises=True), beside=True)


@answers(DUTIES)
def mexico_pays_less_duty(ask: Inquiry) -> Iterator[Check]:
    rows = data.table("duties").set_index(["date", "partner"])
    last = max(rows.index.unique("date"))
    charged = rows.loc[last].assign(now=lambda frame: frame["collected"] + frame["added"])
    for year, column in ((2024, "collected"), (int(last[:4]), "now")):
        duty = charged[column].to_dict()
        both = number(duty["MEX"]), number(duty["CHN"])
        says = sentence("{0} duty on Mexico {1} percent, on China {2}", year, *both)
        yield Check(says, duty["MEX"] < duty["CHN"] / 2, (year,), year > 2024, "size")
