"""Statements of part three on ties within the region."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import permutations, product
from statistics import fmean

from gvc import economies as eco
from industrial_chains.article import PARTNERS
from industrial_chains.charting import names
from industrial_chains.sources import (
    Side,
    SilentError,
    Tie,
    silent,
)
from industrial_chains.statements.asked import BEFORE, LAST, SIDES, Asked, Check, claim, path

_CORE = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))


@claim
def korea_passed_japan(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR")
    year = ask.of.years("gross_exports")[-1]
    trade = ask.of.matrix("gross_exports", year)
    trade = (trade["CHN"] + trade.T["CHN"]) / 1000
    yield ask.exceeds(year, ("trade with Korea", trade["KOR"]), ("with Japan", trade["JPN"]), digits=0, beside=True)


@claim
def china_first_partner_of_korea(ask: Asked) -> Iterator[Check]:
    flow = "gross_exports"
    years = ask.of.years(flow)[-5:]
    if len(years) < 5 or years[-1] - years[0] != 4:
        raise silent(ask.of.name, "five years in a row", ", ".join(map(str, years)))
    sides: tuple[tuple[str, Side], ...] = (("sells most to", "exports"), ("buys most from", "imports"))
    for label, of in sides:
        first = [ask.partners("KOR", of, year, flow).index[0] for year in years].count("CHN")
        says = f"{years[0]}–{years[-1]} Korea {label} China in {first} of {len(years)} years"
        yield Check(says, first == len(years), (years[0], years[-1]), beside=years[-1] < LAST)


@claim
def china_first_partner_of_japan(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN")
    flow = "gross_exports"
    year = ask.of.years(flow)[-1]
    sold, bought = (ask.partners("JPN", of, year, flow) for of in SIDES)
    trade = ask.of.matrix(flow, year)
    both = (sold * trade.T["JPN"].sum() + bought * trade["JPN"].sum()).sort_values(ascending=False, kind="stable")
    for label, first in (("buys most from", bought.index[0]), ("trades most with", both.index[0])):
        says = f"{year} Japan {label} {names.economy(str(first))}"
        yield Check(says, first == "CHN", (year,), beside=year < LAST)


@claim
def core_links_are_high(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR")
    links = {pair: ask.of.link(*pair) for pair in permutations(PARTNERS, 2) if set(pair) <= ask.of.economies}
    for year, beside in ask.moments(links["CHN", "JPN"]):
        lowest = min(links[pair][year] for pair in _CORE)
        average = fmean(links[pair][year] for pair in links if pair not in _CORE)
        first, second = ("lowest of the four", lowest), ("average of the others", average)
        yield ask.exceeds(year, first, second, times=ask.terms.far, digits=2, beside=beside)


@claim
def core_links_did_not_fall(ask: Asked) -> Iterator[Check]:
    for pair in _CORE:
        link = ask.of.link(*pair)
        start, end = ask.ends(link, BEFORE)
        says = path(" → ".join(map(names.economy, pair)), link, start, end, 2)
        yield Check(says, link[end] / link[start] - 1 >= -ask.terms.clear, (start, end))


@claim
def core_links_exceed_other_way(ask: Asked) -> Iterator[Check]:
    for partner in ("JPN", "KOR"):
        yield from ask.towards_china(partner)


@claim
def japan_above_korea(ask: Asked) -> Iterator[Check]:
    for label, pairs in (
        ("links to China", (("JPN", "CHN"), ("KOR", "CHN"))),
        ("links from China", (("CHN", "JPN"), ("CHN", "KOR"))),
    ):
        japan, korea = (ask.of.link(*pair) for pair in pairs)
        for year, beside in ask.moments(japan):
            first, second = (f"{label}: Japan", japan[year]), ("Korea", korea[year])
            yield ask.exceeds(year, first, second, by=ask.unsure(year), digits=2, beside=beside)


@claim
def china_main_market_of_japan_and_korea(ask: Asked) -> Iterator[Check]:
    for code, (year, beside) in product(("JPN", "KOR"), ask.moments(ask.of.years("va_final_demand"))):
        share = ask.partners(code, "exports", year)
        words = ", ".join(f"{names.economy(str(market))} {value:.1f}" for market, value in share.head(2).items())
        says = f"{year} {names.economy(code)}'s value added to {words}"
        yield Check(says, share.index[0] == "CHN", (year,), beside)


def _place(ask: Asked, whose: str, of: Side, partner: str, year: int) -> tuple[int, float]:
    """Return the place and the share of a partner."""
    share = ask.partners(whose, of, year)
    if partner not in share.index:
        raise silent(ask.of.name, partner, ", ".join(share.index))
    return list(share.index).index(partner) + 1, float(share[partner])


def _among_three(ask: Asked, pairs: Iterable[tuple[str, Side, str]]) -> Iterator[Check]:
    """Whether partners are among the main sources or markets."""
    for (whose, of, partner), (year, beside) in product(pairs, ask.moments(ask.of.years("va_final_demand"))):
        place, share = _place(ask, whose, of, partner, year)
        role = "source" if of == "imports" else "market"
        says = f"{year} {names.economy(partner)} is {names.economy(whose)}'s {role} number {place} with {share:.1f}"
        yield Check(says, place <= ask.terms.among, (year,), beside)


@claim
def japan_and_korea_main_sources_of_china(ask: Asked) -> Iterator[Check]:
    yield from _among_three(ask, [("CHN", "imports", "JPN"), ("CHN", "imports", "KOR")])


@claim
def china_and_the_two_matter_to_each_other(ask: Asked) -> Iterator[Check]:
    sources: list[tuple[str, Side, str]] = [("JPN", "imports", "CHN"), ("KOR", "imports", "CHN")]
    yield from _among_three(ask, [*sources, ("CHN", "exports", "JPN"), ("CHN", "exports", "KOR")])


@claim
def china_ahead_in_russia_and_mongolia(ask: Asked) -> Iterator[Check]:
    for partner in (code for code in ("RUS", "MNG") if code in ask.of.economies):
        for label, towards in (("links to", True), ("links from", False)):
            links = {
                code: ask.of.link(*((code, partner) if towards else (partner, code))) for code in ("CHN", "JPN", "KOR")
            }
            for year, beside in ask.moments(links["CHN"]):
                first = f"{label} {names.economy(partner)}: China", links["CHN"][year]
                next_ = "next", max(links["JPN"][year], links["KOR"][year])
                yield ask.exceeds(year, first, next_, times=ask.terms.far, digits=2, beside=beside)


@claim
def russia_and_mongolia_depend_on_china(ask: Asked) -> Iterator[Check]:
    with suppress(SilentError):
        for of, (year, beside) in product(SIDES, ask.moments(ask.of.years("va_final_demand"))):
            share = ask.partners("RUS", of, year)
            (first, one), (second, two) = list(share.items())[:2]
            words = f"{names.economy(str(first))} {one:.1f}, {names.economy(str(second))} {two:.1f}"
            yield Check(f"{year} Russia's {of}: {words}", first == "CHN", (year,), beside)
    if ask.base.printed:
        return
    suppliers = ask.of.suppliers("MNG").drop(index=[eco.ROW, "MNG"], errors="ignore")
    for year, beside in ask.moments(int(year) for year in suppliers.columns):
        (first, one), (second, two) = list(suppliers[year].nlargest(2).items())
        words = f"{names.economy(str(first))} {one:.1f}, {names.economy(str(second))} {two:.1f}"
        yield Check(f"{year} in Mongolia's exports: {words}", first == "CHN", (year,), beside)


@claim
def more_market_than_source(ask: Asked) -> Iterator[Check]:
    for partner in (code for code in ("RUS", "MNG") if code in ask.of.economies):
        yield from ask.towards_china(partner)


@claim
def china_the_regions_market(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN")
    for code in (code for code in ("JPN", "KOR", "RUS", "MNG") if code in ask.of.economies):
        links = {other: ask.of.link(code, other) for other in PARTNERS if other in ask.of.economies and other != code}
        for year, beside in ask.moments(links["CHN"]):
            first = max(links, key=lambda other: links[other][year])
            says = f"{year} {names.economy(code)}'s strongest link in the region is to {names.economy(first)}"
            yield Check(f"{says}, {links[first][year]:.2f}", first == "CHN", (year,), beside)


@claim
def russia_leans_on_china_as_market(ask: Asked) -> Iterator[Check]:
    yield from _leans(
        ask, ("RUS", "CHN"), ("exports", "China in Russia's exports"), ("imports", "Russia in China's imports")
    )


@claim
def russia_leans_on_china_as_source(ask: Asked) -> Iterator[Check]:
    yield from _leans(
        ask, ("CHN", "RUS"), ("imports", "China in Russia's imports"), ("exports", "Russia in China's exports")
    )


def _leans(ask: Asked, pair: tuple[str, str], large: tuple[Side, str], small: tuple[Side, str]) -> Iterator[Check]:
    """Whether a share is large beside the one the other way, and beside what size alone would give."""
    ties: tuple[Tie, ...] = (large[0], small[0], "intensity")
    one, other, intensity = (ask.of.link(*pair, of) for of in ties)
    for year, beside in ask.moments(one):
        first, second = (large[1], one[year]), (small[1], other[year])
        yield ask.exceeds(year, first, second, times=ask.terms.far, beside=beside)
        says = f"{year} {intensity[year]:.2f} times what proportion gives"
        yield Check(says, intensity[year] - 1 > ask.terms.clear, (year,), beside)
