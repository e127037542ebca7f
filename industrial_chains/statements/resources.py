"""Statements on fuels, food and raw materials, of which part two speaks, and on what Mongolia sells."""

from collections.abc import Iterator
from statistics import fmean

from exhibits.text import Message
from gvc.panel import WORLD
from industrial_chains import data
from industrial_chains.charting import names
from industrial_chains.sources import OECD, Years
from industrial_chains.statements.asked import (
    GOODS_SOLD,
    LAST,
    MINERALS,
    Check,
    Inquiry,
    answers,
    number,
    path,
    sentence,
)
from industrial_chains.trade_since_2011 import ALL_FUELS, FUEL_BUYERS, FUELS, RAW_MATERIALS, SELLER

#: The last year of the file that the article can know.
_NOW = 2024


def _followed(ask: Inquiry, importer: str, product: str, column: str) -> Years:
    """Return one column of the file on fuels for an importer, by year."""
    rows = data.table("fuels").query("importer == @importer and product == @product")
    return ask.of.known(rows.set_index("year")[column], f"{product} in {importer}")


@answers(MINERALS)
def energy_supply_unstable(ask: Inquiry) -> Iterator[Check]:
    for fuel in FUELS:
        price = _followed(ask, WORLD, fuel, "price")
        moves = Years({year: 100 * abs(price[year] / price[year - 1] - 1) for year in price if year - 1 in price})
        yield from _less_steady(ask, moves, sentence(f"price of {fuel}, change in percent a year"))
    for buyer in FUEL_BUYERS:
        moved = _followed(ask, buyer, ALL_FUELS, "moved")
        words = "percent of fuels that came from another origin than the year before, {0}"
        yield from _less_steady(ask, moved, sentence(words, names.economy(buyer)))


def _less_steady(ask: Inquiry, moves: Years, label: Message) -> Iterator[Check]:
    """Whether something moved clearly more than before in the year of the war, and on average since."""
    first, war = min(moves), LAST + 1
    then = fmean(moves[year] for year in moves if year < war)
    parts = label, number(then), first, LAST
    now = moves[war]
    says = sentence("{0}: {1} ({2} to {3}), {4} in {5}", *parts, number(now), war)
    yield Check(says, now / then - 1 > ask.terms.clear, (first, war), aspect="size")
    now = fmean(moves[year] for year in range(war, _NOW + 1))
    says = sentence("{0}: {1} ({2} to {3}), {4} ({5} to {6})", *parts, number(now), war, _NOW)
    yield Check(says, now / then - 1 > ask.terms.clear, (first, _NOW), aspect="size")


@answers(MINERALS)
def energy_suppliers_diversify(ask: Inquiry) -> Iterator[Check]:
    for start, beside in ((LAST, False), (2017, True)):
        for buyer in FUEL_BUYERS:
            index = _followed(ask, buyer, ALL_FUELS, "hhi")
            from_russia = _followed(ask, buyer, ALL_FUELS, "RUS")
            says = sentence(
                "{0}, with {1} and {2} percent from Russia",
                path(sentence("concentration of fuel suppliers, {0}", names.economy(buyer)), index, start, _NOW, 3),
                *(number(from_russia[year]) for year in (start, _NOW)),
            )
            yield Check(says, 1 - index[_NOW] / index[start] > ask.terms.clear, (start, _NOW), beside, "size")


#: What China is said to need from abroad, by industries of the OECD.
_NEEDED = {"products of farms, forests and fisheries": ("A01", "A02", "A03"), "coal, oil and gas": ("B05", "B06")}
#: Imports above this part of what is used, percent, are a dependence.
_DEPENDS = 10


@answers(GOODS_SOLD)
def food_and_energy_from_abroad(ask: Inquiry) -> Iterator[Check]:
    imports = data.table("by_industry").query("economy == @SELLER").set_index(["year", "industry"])["imports"]
    last = int(imports.index.unique("year").max())
    for what, industries in _NEEDED.items():
        bought = imports.loc[last, list(industries)].sum()
        made, sold = (OECD.by_industry(flow, industries)[SELLER][last] for flow in ("output", "gross_exports"))
        part = 100 * bought / (made - sold + bought)
        says = sentence(f"imports in what China uses of {what} in {{0}}: {{1}} percent", last, number(part))
        yield Check(says, part > _DEPENDS, (last,), aspect="size")


@answers(MINERALS)
def mongolia_leans_on_china_as_market(ask: Inquiry) -> Iterator[Check]:
    bought = {code: _followed(ask, code, RAW_MATERIALS, "value") for code in (SELLER, WORLD)}
    from_mongolia = {code: _followed(ask, code, RAW_MATERIALS, "MNG") for code in bought}
    labels = sentence("China in Mongolia's sales of raw materials"), sentence("Mongolia in China's purchases")
    for year, beside in ask.moments(bought[SELLER]):
        size = 100 * bought[SELLER][year] / bought[WORLD][year]
        market = size * from_mongolia[SELLER][year] / from_mongolia[WORLD][year]
        shares = (labels[0], market), (labels[1], from_mongolia[SELLER][year])
        yield ask.exceeds(year, *shares, times=ask.terms.far, beside=beside)
        says = sentence("raw materials in {0}: {1} times what size would predict", year, number(market / size, 2))
        yield Check(says, market / size - 1 > ask.terms.clear, (year,), beside, "size")
