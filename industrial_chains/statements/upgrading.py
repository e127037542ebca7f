"""Statements of parts one to three on who moves up, who stays behind, and what policies and relocation do about it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from exhibits.text import Message
from industrial_chains import data, ledger
from industrial_chains.charting import names
from industrial_chains.industry_groups import FLOCK, MANUFACTURING
from industrial_chains.sources import UNION, Years, silent
from industrial_chains.statements.asked import (
    BEFORE,
    CENSUS,
    DEALS,
    ELECTRONICS,
    JOBS,
    LAST,
    LEDGER,
    MACHINES,
    PUBLISHED,
    TEXTILES,
    Check,
    Inquiry,
    answers,
    change,
    claim,
    number,
    path,
    points,
    sentence,
)
from industrial_chains.statements.history import known
from industrial_chains.trade_model import inputs

#: The last year of the tables.
_END = LAST + 1


# -- the chain as a whole ---------------------------------------------------------------------------------------------


@claim
def chains_deeply_rebuilt(ask: Inquiry) -> Iterator[Check]:
    years = set(ask.of.years("gross_exports"))
    for before, middle, after in ((2012, BEFORE, _END), (2013, BEFORE, LAST)):
        if {before, middle, after} <= years:
            then, now = _turned(ask, before, middle), _turned(ask, middle, after)
            if not then:
                raise silent(ask.of.name, f"imports that changed their origin from {before} to {middle}", "none")
            parts = number(then), before, middle, number(now), middle, after
            says = sentence("percent of imports that changed their origin: {0} in {1}–{2}, {3} in {4}–{5}", *parts)
            yield Check(says, now / then - 1 > ask.terms.clear, (before, after), after != _END, "size")


def _turned(ask: Inquiry, start: int, end: int) -> float:
    """Return the percentage of imports whose origin changed, in the average importer by what it imports.

    Economies that are shown in one of the years only are left out.
    """
    flows = [ask.of.matrix("gross_exports", year) for year in (start, end)]
    both = flows[0].index.intersection(flows[1].index)
    abroad = [flow.loc[both, both].to_numpy() * (1 - np.eye(len(both))) for flow in flows]
    changed = np.abs(np.subtract(*(flow / flow.sum(axis=0) for flow in abroad))).sum(axis=0) / 2
    return float(100 * np.average(changed, weights=abroad[1].sum(axis=0)))


# -- China ------------------------------------------------------------------------------------------------------------

#: The first year for which the OECD publishes indicators.
_FIRST = 2012


def _own_part_of_china(ask: Inquiry) -> Years:
    foreign = data.table("oecd_published").query("economy == 'CHN'").set_index("year")["foreign"]
    return ask.of.known(100 - foreign, "China")


@claim
def china_locked_in_low_stages(ask: Inquiry) -> Iterator[Check]:
    whole = ask.world_share(("CHN",), "vax", MANUFACTURING)
    for industry, rises in ((TEXTILES, True), (ELECTRONICS, False), (MACHINES, False)):
        share = ask.world_share(("CHN",), "vax", FLOCK[industry])
        weight = Years({year: share[year] / whole[year] for year in share if year in whole})
        start, end = ask.ends(weight, BEFORE, 9999)
        words = f"China in {FLOCK[industry]} as a multiple of its share in all manufacturing"
        says = path(sentence(words), weight, start, end, 2)
        yield Check(says, (weight[end] > weight[start]) == rises, (start, end))


@claim
def relocation_weakens_chinas_industry(ask: Inquiry) -> Iterator[Check]:
    if ask.base is JOBS:
        persons = ask.of.known(_jobs("manufacturing")["CHN"] / 1000, "CHN")
        says = path(sentence("manufacturing jobs in China, millions"), persons, *_FIFTH, digits=2)
        yield Check(says, persons[_FIFTH[1]] < persons[_FIFTH[0]], _FIFTH)
        return
    weight = known(ask, ask.of.weight("value_added", MANUFACTURING), "CHN")
    start, end = ask.ends(weight, _FIFTH[0], 9999)
    yield change(sentence("manufacturing in China's value added"), weight, start, end, rises=False)
    share = ask.world_share(("CHN",), "value_added", MANUFACTURING)
    yield change(sentence("China in the world's manufacturing"), share, start, end, rises=False)


#: First and last year of the fifth wave for which employment is known.
_FIFTH = (2010, 2018)


def _jobs(what: str) -> pd.DataFrame:
    """Return thousands of persons, year × economy."""
    return data.table("jobs").pivot(index="year", columns="economy", values=what)


@claim
def chinas_market_draws_neighbours(ask: Inquiry) -> Iterator[Check]:
    if ask.base is PUBLISHED:
        own = _own_part_of_china(ask)
        yield change(sentence("China's own part of its exports"), own, _FIRST, LAST, rises=True)
        return
    start, end = ask.ends(ask.of.link("JPN", "CHN", "exports"), _FIRST - 1)
    for code in ("JPN", "KOR", "RUS"):
        sold = ask.of.link(code, "CHN", "exports")
        yield ask.grew(sentence("China as a market of {0}", names.economy(code)), sold, start, end)
    traded = {year: ask.of.traded(year)["imported"] for year in (start, end)}
    market = Years({year: float(100 * imported["CHN"] / imported.sum()) for year, imported in traded.items()})
    yield ask.grew(sentence("China as a market of the world"), market, start, end)


# -- hosts ------------------------------------------------------------------------------------------------------------


@answers(PUBLISHED)
def hosts_locked_in(ask: Inquiry) -> Iterator[Check]:
    rows = data.table("published").set_index(["host", "year"])["home"]
    for host in (*ledger.MEMBERS, "IND", "MEX"):
        own = ask.of.known(rows.loc[host], host)
        says = sentence("own part of exports, {0}", names.economy(host))
        yield change(says, own, min(own), max(own), rises=False)


@answers(LEDGER)
def hosts_lack_suppliers(ask: Inquiry) -> Iterator[Check]:
    for industry in (TEXTILES, ELECTRONICS):
        foreign = {}
        for maker in (ledger.ASEAN, "IND", "MEX", "CHN"):
            earned = ledger.earned(maker, FLOCK[industry], within="finished")
            own = ask.of.known(ledger.cents(earned).T[ledger.HOME], maker)
            year = max(own)
            foreign[maker] = 100 - own[year]
        for host in (ledger.ASEAN, "IND", "MEX"):
            label = sentence(f"foreign value in finished {FLOCK[industry]}: {{0}}", names.economy(host))
            sides = (label, foreign[host]), (sentence("China"), foreign["CHN"])
            yield ask.exceeds(year, *sides, times=1 + ask.terms.clear)


#: Hosts in Southeast and South Asia, without Singapore, which industry leaves, and Brunei, which sells oil.
_ASIAN_HOSTS = (
    *("KHM", "IDN", "LAO", "MMR", "MYS", "PHL", "THA", "VNM"),
    *("BGD", "IND", "PAK", "LKA", "NPL"),
)


@claim
def relocation_industrialises_asia(ask: Inquiry) -> Iterator[Check]:
    if ask.base is JOBS:
        parts = 100 * _jobs("manufacturing") / _jobs("all")
        for host in _ASIAN_HOSTS:
            share = ask.of.known(parts[host], host)
            yield change(sentence("manufacturing in the jobs of {0}", names.economy(host)), share, *_FIFTH, rises=True)
        return
    ask.needs("IND", "VNM")
    weight = ask.of.weight("value_added", MANUFACTURING)
    for host in (code for code in _ASIAN_HOSTS if code in weight):
        share = known(ask, weight, host)
        start, end = ask.ends(share, _FIFTH[0], 9999)
        says = sentence("manufacturing in the value added of {0}", names.economy(host))
        yield change(says, share, start, end, rises=True)


@answers(DEALS)
def india_attracts_chinese_firms(ask: Inquiry) -> Iterator[Check]:
    rows = data.table("chinese_deals")
    # India's programme began in 2014.
    for first, last in ((2010, 2014), (2015, 2019), (2020, 2024)):
        deals = rows.query("first == @first and last == @last").set_index("host")["deals"]
        place = 1 + int((deals > deals["IND"]).sum())
        words = "large Chinese investments in India from {0} to {1}: {2}, number {3} of {4} hosts"
        says = sentence(words, first, last, int(deals["IND"]), place, len(deals))
        yield Check(says, place <= ask.terms.among, (first, last), last <= 2014, "rank")


# -- policies ---------------------------------------------------------------------------------------------------------

#: Allies of the United States by treaty, of those that its imports are shown from.
_ALLIES = ("EU27", "GBR", "CAN", "JPN", "KOR", "AUS")
#: The last year before the government of which the article speaks, and its last.
_BIDEN = (2020, 2024)


@claim
def united_states_revives_industry(ask: Inquiry) -> Iterator[Check]:
    if ask.base is CENSUS:
        bought = inputs.us_imports().groupby(["year", "partner"])["imports"].sum(min_count=1).unstack()
        share = ask.of.known(100 * bought[[*_ALLIES]].sum(axis=1, min_count=1) / bought.sum(axis=1), "allies")
        label = sentence("allies in American goods imports")
        yield from _revived(ask, label, share, _BIDEN[1])
        return
    share = ask.world_share(("USA",), "value_added", MANUFACTURING)
    yield from _revived(ask, sentence("United States in the world's manufacturing"), share, _END)


def _revived(ask: Inquiry, label: Message, share: Years, end: int) -> Iterator[Check]:
    """Whether a share grew clearly under the government; beside it, since the trade conflict began."""
    for start in (_BIDEN[0], BEFORE):
        if not {start, end} <= set(share):
            raise silent(ask.of.name, f"{start} and {end}", ", ".join(map(str, share)))
        yield replace(change(label, share, start, end, rises=True), beside=start == BEFORE)
        grew = share[end] / share[start] - 1
        says = sentence("that is {0} percent from {1} to {2}", points(100 * grew), start, end)
        yield Check(says, grew > ask.terms.clear, (start, end), start == BEFORE, "size")


@claim
def european_union_moves_up(ask: Inquiry) -> Iterator[Check]:
    for industry in (ELECTRONICS, MACHINES):
        share = ask.world_share(UNION, "vax", FLOCK[industry])
        start, end = ask.ends(share, BEFORE, 9999)
        label = sentence(f"European Union in what the world's {FLOCK[industry]} industries earn abroad")
        yield change(label, share, start, end, rises=True)
