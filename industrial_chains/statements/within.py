"""Statements of part three on ties within the region."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations, product
from statistics import fmean

from gvc.panel import WORLD
from industrial_chains import data, official_counts
from industrial_chains import economies as eco
from industrial_chains.article import PARTNERS
from industrial_chains.charting import names
from industrial_chains.sources import (
    Side,
    silent,
)
from industrial_chains.statements.asked import (
    BEFORE,
    CUSTOMS,
    LAST,
    MARKETS,
    MINERALS,
    MODEL,
    SIDES,
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

_CORE = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))
#: The year in which Korea passed Japan, by the article, and since which Japan sells most to the United States.
_PASSED, _SINCE = 2024, 2023


@claim
def korea_passed_japan(ask: Inquiry) -> Iterator[Check]:
    if ask.base is CUSTOMS:
        korea, japan = (ask.of.known(official_counts.china_trade_usd("both")[code], code) for code in ("KOR", "JPN"))
        for year in (_PASSED - 1, _PASSED, max(korea)):
            sides = [("Korea", korea[year]), ("Japan", japan[year])]
            (first, one), (second, two) = sides if year >= _PASSED else reversed(sides)  # before, it had not passed yet
            both = (sentence(f"trade in billion USD with {first}"), one), (sentence(f"with {second}"), two)
            yield ask.exceeds(year, *both, digits=0, beside=year > _PASSED)
        return
    ask.needs("CHN", "JPN", "KOR")
    year = ask.of.years("gross_exports")[-1]
    trade = ask.of.matrix("gross_exports", year)
    trade = (trade["CHN"] + trade.T["CHN"]) / 1000
    first, second = sentence("trade with Korea"), sentence("with Japan")
    yield ask.exceeds(year, (first, trade["KOR"]), (second, trade["JPN"]), digits=0, beside=True)


@claim
def china_first_partner_of_korea(ask: Inquiry) -> Iterator[Check]:
    flow = "gross_exports"
    years = ask.of.years(flow)[-5:]
    if len(years) < 5 or years[-1] - years[0] != 4:
        raise silent(ask.of.name, "five years in a row", ", ".join(map(str, years)))
    sides: tuple[tuple[str, Side], ...] = (("sells most to", "exports"), ("buys most from", "imports"))
    for label, of in sides:
        first = [ask.partners("KOR", of, year, flow).index[0] for year in years].count("CHN")
        words = f"{{0}}–{{1}} Korea {label} China in {{2}} of {{3}} years"
        says = sentence(words, years[0], years[-1], first, len(years))
        yield Check(says, first == len(years), (years[0], years[-1]), years[-1] < LAST, "rank")


@claim
def china_first_partner_of_japan(ask: Inquiry) -> Iterator[Check]:
    ask.needs("CHN", "JPN")
    flow = "gross_exports"
    year = ask.of.years(flow)[-1]
    sold, bought = (ask.partners("JPN", of, year, flow) for of in SIDES)
    trade = ask.of.matrix(flow, year)
    both = (sold * trade.T["JPN"].sum() + bought * trade["JPN"].sum()).sort_values(ascending=False, kind="stable")
    for label, first in (("buys most from", bought.index[0]), ("trades most with", both.index[0])):
        says = sentence(f"{{0}} Japan {label} {{1}}", year, names.economy(str(first)))
        yield Check(says, first == "CHN", (year,), year < LAST, "rank")


@answers(CUSTOMS)
def china_and_japan_trade_less(ask: Inquiry) -> Iterator[Check]:
    values = ask.of.known(official_counts.china_trade_usd("both")["JPN"], "JPN")
    label = sentence("trade between China and Japan in billion USD")
    for start, end in pairwise(year for year in values if year >= LAST):
        yield replace(change(label, values, start, end, rises=False), beside=end > _PASSED)
    says = sentence("{0} percent from {1} to {2}", points(100 * (values[_PASSED] / values[LAST] - 1)), LAST, _PASSED)
    clearly = values[_PASSED] / values[LAST] - 1 < -ask.terms.clear
    yield Check(says, clearly, (LAST, _PASSED), aspect="size")


@claim
def japans_largest_market(ask: Inquiry) -> Iterator[Check]:
    if ask.base is MARKETS:
        shares = {year: official_counts.exports_of("JPN", year) for year in official_counts.years("JPN")}
        shares = {year: (100 * sold / sold[WORLD]).drop(WORLD) for year, sold in shares.items()}
    else:
        ask.needs("CHN", "JPN", "USA")
        year = ask.of.years("gross_exports")[-1]
        shares = {year: ask.partners("JPN", "exports", year, "gross_exports")}
    for year, share in shares.items():
        (first, one), (second, two) = list(share.items())[:2]
        both = names.economy(str(first)), number(one), names.economy(str(second)), number(two)
        says = sentence("{0} percent of Japan's exports: to {1} {2}, to {3} {4}", year, *both)
        due = "USA" if year >= _SINCE else "CHN"  # which it passed in that year
        beside = ask.base is not MARKETS or year > _PASSED
        yield Check(says, first == due, (year,), beside, "rank")


@claim
def core_links_are_high(ask: Inquiry) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR")
    links = {pair: ask.of.link(*pair) for pair in permutations(PARTNERS, 2) if set(pair) <= ask.of.economies}
    for year, beside in ask.moments(links["CHN", "JPN"]):
        lowest = min(links[pair][year] for pair in _CORE)
        average = fmean(links[pair][year] for pair in links if pair not in _CORE)
        first, second = (sentence("lowest of the four"), lowest), (sentence("average of the others"), average)
        yield ask.exceeds(year, first, second, times=ask.terms.far, digits=2, beside=beside)


@claim
def core_links_did_not_fall(ask: Inquiry) -> Iterator[Check]:
    for pair in _CORE:
        link = ask.of.link(*pair)
        for last in dict.fromkeys((LAST, max(LAST, *link))):
            start, end = ask.ends(link, BEFORE, last)
            says = path(sentence("{0} → {1}", *map(names.economy, pair)), link, start, end, 2)
            steady = link[end] / link[start] - 1 >= -ask.terms.clear
            yield Check(says, steady, (start, end), end > LAST, "size")


@claim
def russia_depends_on_china(ask: Inquiry) -> Iterator[Check]:
    for of, (year, beside) in product(SIDES, ask.moments(ask.of.years("va_final_demand"))):
        share = ask.partners("RUS", of, year)
        (first, one), (second, two) = list(share.items())[:2]
        both = names.economy(str(first)), number(one), names.economy(str(second)), number(two)
        says = sentence(f"{{0}} Russia's {of}: {{1}} {{2}}, {{3}} {{4}}", year, *both)
        yield Check(says, first == "CHN", (year,), beside, "rank")


@claim
def mongolia_depends_on_china(ask: Inquiry) -> Iterator[Check]:
    if ask.base.printed:
        return
    if ask.base is MINERALS:
        yield from _sold_by_mongolia(ask)
        return
    suppliers = ask.of.suppliers("MNG").drop(index=[eco.ROW, "MNG"], errors="ignore")
    for year, beside in ask.moments(int(year) for year in suppliers.columns):
        (first, one), (second, two) = list(suppliers[year].nlargest(2).items())
        both = names.economy(str(first)), number(one), names.economy(str(second)), number(two)
        says = sentence("{0} in Mongolia's exports: {1} {2}, {3} {4}", year, *both)
        yield Check(says, first == "CHN", (year,), beside, "rank")


def _sold_by_mongolia(ask: Inquiry) -> Iterator[Check]:
    """Whether China buys the most of the raw materials that Mongolia sells."""
    wide = data.table("mongolia").pivot(index="importer", columns="year", values="value")
    share = 100 * wide / wide.sum()
    for year, beside in ask.moments(int(year) for year in share.columns):
        (first, one), (second, two) = list(share[year].nlargest(2).items())
        both = names.economy(str(first)), number(one), names.economy(str(second)), number(two)
        says = sentence("{0} raw materials that Mongolia sells: to {1} {2}, to {3} {4}", year, *both)
        yield Check(says, first == "CHN", (year,), beside, "rank")


@claim
def china_the_regions_market(ask: Inquiry) -> Iterator[Check]:
    ask.needs("CHN")
    for code in (code for code in ("JPN", "KOR", "RUS", "MNG") if code in ask.of.economies):
        links = {other: ask.of.link(code, other) for other in PARTNERS if other in ask.of.economies and other != code}
        for year, beside in ask.moments(links["CHN"]):
            first = max(links, key=lambda other: links[other][year])
            words = "{0} {1}'s strongest link in the region is to {2}, {3}"
            says = sentence(words, year, names.economy(code), names.economy(first), number(links[first][year], 2))
            yield Check(says, first == "CHN", (year,), beside, "rank")
            market = sentence("{0}'s link with China as its market", names.economy(code)), links["CHN"][year]
            source = sentence("as its source"), ask.of.link("CHN", code)[year]
            yield ask.exceeds(year, market, source, by=ask.base.rounding(3), digits=2, beside=beside)


@answers(MODEL)
def cooperation_gains_for_all(ask: Inquiry) -> Iterator[Check]:
    rows = data.table("regional_scenarios")
    incomes = rows.query("scenario == 'with_russia' and trial == 'studies' and measure == 'income'")
    words = "real income without duties among the four, {0}: {1} to {2} percent"
    for code in ("CHN", "JPN", "KOR", "RUS"):
        low, high = incomes[code].min(), incomes[code].max()
        both = (f"{end:+.2f}".replace("-", "−") for end in (low, high))
        yield Check(sentence(words, names.economy(code), *both), low > 0, (LAST + 1,))
