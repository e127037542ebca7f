"""Dependence, closeness and industries within Northeast Asia."""

import math
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd

from gvc.indicators import without_own
from gvc.panel import WORLD
from report import article, sources
from report.article import PARTNERS
from report.look import names
from report.sectors import BRANCHES
from report.sources import WIOD, Side
from report.sources import WIOD_NEA as MEMBERS

#: All directions among those that WIOD shows, those with China first.
DIRECTIONS = tuple(sorted(permutations(MEMBERS, 2), key=lambda pair: "CHN" not in pair))
#: The directions between China and its two industrial neighbours.
MAIN = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))
#: The two shares behind a link.
SIDES: dict[Side, str] = {"exports": "origin's exports", "imports": "absorber's imports"}


def links_by_pair() -> pd.DataFrame:
    """Link index of the pairs that WIOD covers: 1995–2011, and as printed for 2017 and 2021.

    Returns
    -------
    DataFrame
        Columns of :func:`report.sources.links_by_pair`.
    """
    pairs = sources.links_by_pair(combinations(MEMBERS, 2))
    return pairs.sort_values(["pair", "origin", "year"], ignore_index=True)


# -- printed numbers, their rounding carried through ------------------------------------------------------------------


def table_3_change() -> pd.DataFrame:
    """Change of every printed link from 2017 to 2021.

    Returns
    -------
    DataFrame
        Columns origin, absorber, value; index points, NaN on the diagonal.
    """
    every = pd.MultiIndex.from_product([PARTNERS, PARTNERS], names=["origin", "absorber"])
    return article.changes()["change"].reindex(every).rename("value").reset_index()


def asymmetry() -> pd.DataFrame:
    """Both directions of every pair of Table 3.

    Returns
    -------
    DataFrame
        Columns pair, year, forth (first to second), back, difference; the pair stands so that in 2021 `forth` is the
        stronger direction.
    """
    table = article.printed(3).set_index(["year", "origin", "absorber"])["value"]
    rows = []
    for a, b in combinations(PARTNERS, 2):
        first, second = (a, b) if table[2021, a, b] >= table[2021, b, a] else (b, a)
        for year in (2021, 2017):
            forth, back = table[year, first, second], table[year, second, first]
            rows.append((_arrow(first, second), year, forth, back, forth - back))
    frame = pd.DataFrame(rows, columns=["pair", "year", "forth", "back", "difference"])
    return frame.sort_values(["year", "difference"], ascending=False, kind="stable", ignore_index=True)


def gaps(year: int) -> pd.DataFrame:
    """By how much the stronger direction of each printed pair exceeds the weaker, with what rounding leaves open.

    Returns
    -------
    DataFrame, pair × (difference, low, high)
        Index points.
    """
    pairs = asymmetry().query("year == @year").set_index("pair")
    limits = [article.bounds(lambda one, two: one - two, *row, table=3) for row in pairs[["forth", "back"]].to_numpy()]
    return pairs[["difference"]].assign(low=[low for low, _ in limits], high=[high for _, high in limits])


def least_shares(year: int = 2021) -> pd.DataFrame:
    r"""Bound the two shares behind a printed link, for every direction with Mongolia.

    Returns
    -------
    DataFrame, (Origin, Absorber) × (Link index, Larger share, Either share, Other, if one is half)
        Percent: the larger of the two shares is at least the index; either is at least its square over 100, since
        the other is at most 100. The last column is what the one share would be if the other were one half. Bounds
        take the lowest number that rounds to the printed one.

    Notes
    -----
    :math:`LINK^2 = s_{exports} \cdot s_{imports}`, all in percent.
    """
    frame = article.printed(3).query("year == @year and (origin == 'MNG' or absorber == 'MNG')")
    frame = frame.assign(key=frame["origin"].ne("MNG")).sort_values(["key", "value"], ascending=[True, False])
    low = frame["value"] - article.ROUNDING[3]
    return pd.DataFrame(
        {
            "Origin": frame["origin"].map(names.economy),
            "Absorber": frame["absorber"].map(names.economy),
            "Link index": frame["value"],
            "Larger share": low,
            "Either share": low**2 / 100,
            "Other, if one is half": frame["value"] ** 2 / 50,
        }
    ).set_index(["Origin", "Absorber"])


def supplier_order(year: int = 2021) -> float:
    r"""How many times Russia's exports of value added those of China must be for Mongolia to absorb more from China.

    Returns
    -------
    float
        The square of the ratio of the two printed links, the highest that rounding leaves open.

    Notes
    -----
    :math:`VAEX_{rs} / VAIM_s = LINK_{rs} \sqrt{VAEX_r / VAIM_s} / 100`: of two origins with the same link, the larger
    supplies more.
    """
    of_print = article.printed(3).query("year == @year and absorber == 'MNG'").set_index("origin")["value"]
    _, high = article.bounds(lambda russia, china: (russia / china) ** 2, of_print["RUS"], of_print["CHN"], table=3)
    return high


# -- the two shares ---------------------------------------------------------------------------------------------------


def link_shares(pairs: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Take the link index of ordered pairs apart into its two shares, WIOD.

    Returns
    -------
    DataFrame
        Columns year, origin, absorber, of (``exports`` of the origin, ``imports`` of the absorber), value in percent,
        and pair (``China → Japan``) and share (``origin's exports``) for a chart.
    """
    rows = []
    for year, (origin, absorber), (of, share) in product(WIOD.years("link"), pairs, SIDES.items()):
        value = WIOD.link(origin, absorber, of)[year]
        rows.append((year, origin, absorber, of, value, _arrow(origin, absorber), share))
    return pd.DataFrame(rows, columns=["year", "origin", "absorber", "of", "value", "pair", "share"])


def dependence(years: tuple[int, ...] = (1995, 2011)) -> pd.DataFrame:
    """Both shares behind the links of all directions in chosen years, WIOD.

    Returns
    -------
    DataFrame
        Columns view (``In the origin's exports, 2011``), origin, absorber, value in percent, NaN on the diagonal.
    """
    rows = []
    for (of, share), year, absorber, origin in product(SIDES.items(), years, MEMBERS, MEMBERS):
        value = float("nan") if origin == absorber else WIOD.link(origin, absorber, of)[year]
        rows.append((f"In the {share}, {year}", origin, absorber, value))
    return pd.DataFrame(rows, columns=["view", "origin", "absorber", "value"])


def leaders(flow: str, economy: str, of: Side) -> pd.Series:
    """Largest named partner of an economy in each year of WIOD: its market, or its source.

    Parameters
    ----------
    flow : {"gross_exports", "va_final_demand"}
    economy : str
    of : {"exports", "imports"}

    Returns
    -------
    Series by year
        Codes; the rest of the world is no partner, and the members of the European Union stand one by one.
    """
    return pd.Series({year: WIOD.partners(economy, of, year, flow).index[0] for year in WIOD.years(flow)})


def leads_since(partner: str = "CHN") -> pd.Series:
    """First year from which on a partner leads without a break to the end of WIOD; see :func:`leaders`.

    Returns
    -------
    Series by (flow, of, economy)
        For Japan, Korea and Russia; without those in which the partner does not lead at the end.
    """
    since = {}
    for key in product(("gross_exports", "va_final_demand"), SIDES, ("JPN", "KOR", "RUS")):
        flow, of, economy = key
        first = leaders(flow, economy, of)
        behind = first.index[first != partner]
        if not len(behind):
            since[key] = int(first.index[0])
        elif behind[-1] < first.index[-1]:
            since[key] = int(behind[-1]) + 1
    return pd.Series(since)


# -- closeness and size -----------------------------------------------------------------------------------------------


def growth_of_links(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    r"""Growth of each link between two years, split into closeness and the two weights in the world; exact.

    Returns
    -------
    DataFrame
        Columns pair, part (weight of the ``Origin`` and of the ``Absorber``, ``Closeness``, ``Index``), value: 100
        times the change of the logarithm; the first three parts add up to the last.

    Notes
    -----
    :math:`\ln LINK_{rs} = \ln 100 + \ln I_{rs} + \frac12 \ln \frac{VAEX_r}{VAEX} + \frac12 \ln \frac{VAIM_s}{VAEX}`.
    """
    weights = {year: WIOD.traded(year) / WIOD.traded(year)["exported"].sum() for year in (start, end)}
    parts = {}
    for origin, absorber in DIRECTIONS:
        both = {
            "Origin": [weights[year]["exported"][origin] ** 0.5 for year in (start, end)],
            "Absorber": [weights[year]["imported"][absorber] ** 0.5 for year in (start, end)],
            "Closeness": [WIOD.link(origin, absorber, "intensity")[year] for year in (start, end)],
            "Index": [WIOD.link(origin, absorber)[year] for year in (start, end)],
        }
        parts[_arrow(origin, absorber)] = {part: 100 * math.log(now / then) for part, (then, now) in both.items()}
    return pd.DataFrame(parts).T.rename_axis("pair").reset_index().melt("pair", var_name="part")


def growth_of_closeness(origin: str, absorber: str, start: int = 1995, end: int = 2011) -> float:
    r"""Growth of closeness if an origin's own demand is no market to it: 100 times the change of the logarithm, WIOD.

    Notes
    -----
    The absorber's weight is taken among the others: :math:`I_{rs} (VAEX - VAIM_r) / VAEX` in place of
    :math:`I_{rs}`. Without it a large origin seems closer to everyone: it cannot sell to itself, so that an origin that
    sells to all others in proportion has an intensity above one.
    """
    closeness = []
    for year in (start, end):
        imported = WIOD.traded(year)["imported"]
        closeness.append(WIOD.link(origin, absorber, "intensity")[year] * (1 - imported[origin] / imported.sum()))
    return 100 * math.log(closeness[1] / closeness[0])


def lean(one: str, other: str, year: int) -> pd.Series:
    r"""Take apart by how much a link exceeds the link the other way; exact, WIOD.

    Returns
    -------
    Series
        `links`: the link from `one` to `other` over the one back. `flows`: value added sent over value added
        received, between the two. `balance`: what `other` exports to all over what it imports from all, over the
        same of `one`, and the root of it. The first is the product of the other two.

    Notes
    -----
    :math:`\frac{LINK_{rs}}{LINK_{sr}} = \frac{VAEX_{rs}}{VAEX_{sr}}
    \sqrt{\frac{VAEX_s / VAIM_s}{VAEX_r / VAIM_r}}`.
    """
    vax, traded = WIOD.matrix("va_final_demand", year), WIOD.traded(year)
    cover = traded["exported"] / traded["imported"]
    return pd.Series(
        {
            "links": WIOD.link(one, other)[year] / WIOD.link(other, one)[year],
            "flows": vax[other][one] / vax[one][other],
            "balance": (cover[other] / cover[one]) ** 0.5,
        }
    )


# -- the region as a whole --------------------------------------------------------------------------------------------


def kept_within() -> pd.DataFrame:
    """How much of the value added that each member exports, and absorbs from abroad, is a fellow member's; WIOD.

    Returns
    -------
    DataFrame
        Columns year, side (``Of exported value added``, ``Of foreign value added absorbed``), economy (a member, or
        NEA for the four together), value in percent.
    """
    rows = []
    for year in WIOD.years("va_final_demand"):
        within, exported, imported = _region(year)
        sides = (
            ("Of exported value added", within.sum(axis=1), exported),
            ("Of foreign value added absorbed", within.sum(), imported),
        )
        for side, part, whole in sides:
            rows += [(year, side, code, 100 * part[code] / whole[code]) for code in MEMBERS]
            rows.append((year, side, "NEA", 100 * part.sum() / whole[list(MEMBERS)].sum()))
    return pd.DataFrame(rows, columns=["year", "side", "economy", "value"])


def inwardness() -> pd.DataFrame:
    """Set what the region keeps against what its weight in the world lets expect, WIOD.

    Returns
    -------
    DataFrame, year × (kept, weight, expected, ratio, without_china)
        `kept`: percentage of the members' exported value added that a fellow member absorbs. `weight`: of all
        value added that crosses a border in the world, the percentage that the members absorb. `expected`: the
        percentage that they would keep if each sold to all others in proportion to what those absorb; no member
        sells to itself, so it lies below the weight. `ratio`: kept over expected. `without_china`: as kept, among
        Japan, Korea and Russia.
    """
    rows = {}
    others = [code for code in MEMBERS if code != "CHN"]
    for year in WIOD.years("va_final_demand"):
        within, exported, imported = _region(year)
        world, sent = imported.sum(), exported[list(MEMBERS)].sum()
        expected = sum(
            exported[origin] * imported[absorber] / (world - imported[origin]) for origin, absorber in DIRECTIONS
        )
        rows[year] = (
            100 * within.to_numpy().sum() / sent,
            100 * imported[list(MEMBERS)].sum() / world,
            100 * expected / sent,
            within.to_numpy().sum() / expected,
            100 * within.loc[others, others].to_numpy().sum() / exported[others].sum(),
        )
    columns = ["kept", "weight", "expected", "ratio", "without_china"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(index="year")


def _region(year: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Flows among the members, and what every economy exports and imports; own value added is left out."""
    traded, vax = WIOD.traded(year), WIOD.matrix("va_final_demand", year)
    return without_own(vax.loc[list(MEMBERS), list(MEMBERS)]), traded["exported"], traded["imported"]


# -- industries -------------------------------------------------------------------------------------------------------


def by_branch(years: tuple[int, ...] = (1995, 2011)) -> pd.DataFrame:
    """Which industries carry the links of China with Japan and Korea, WIOD.

    Returns
    -------
    DataFrame, branch × ({value, share, points}, origin, absorber, year)
        By the branches of :data:`report.sectors.BRANCHES`: million US dollars of value added absorbed, percent of the
        direction's, and part of the link index. Points add up to the index, and so do their changes.
    """
    pairs = list(product(MAIN, years))
    value = pd.DataFrame({(*pair, year): _absorbed(*pair, year) for pair, year in pairs}).rename(index=BRANCHES)
    value = value.groupby(level=0).sum().loc[list(dict.fromkeys(BRANCHES.values()))]
    part = value / value.sum()
    link = pd.Series({(*pair, year): WIOD.link(*pair)[year] for pair, year in pairs})
    parts = {"value": value, "share": 100 * part, "points": part * link}
    return pd.concat(parts, axis=1, names=["what", "origin", "absorber", "year"]).rename_axis(index="Branch")


def branch_shares(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Lay out what share each branch has in each direction, in both years.

    Returns
    -------
    DataFrame, Branch × (direction, year)
        Percent of the value added absorbed.
    """
    share = by_branch((start, end)).loc[:, ["share"]]
    heads = [(_arrow(*pair), str(year)) for pair, year in product(MAIN, (start, end))]
    return share.set_axis(pd.MultiIndex.from_tuples(heads), axis=1)


def branch_growth(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Split the growth of the value added absorbed in each direction by branch; exact.

    Returns
    -------
    DataFrame, Branch × direction
        Billion US dollars, each year's own; the last row, ``All``, is the growth of the flow.
    """
    growth = _change("value", start, end) / 1000
    return growth.set_axis([_arrow(*pair) for pair in MAIN], axis=1)


def branch_points(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Compute what each branch added to the four link indices between two years.

    Returns
    -------
    DataFrame
        Columns partner (``With Japan``), direction (``from China``), branch, value: index points; for each direction
        a last row, ``All``, is the change of the index.
    """
    points, rows = _change("points", start, end), []
    for origin, absorber in MAIN:
        partner, way = (absorber, "from") if origin == "CHN" else (origin, "to")
        head = f"With {names.economy(partner)}", f"{way} {names.economy('CHN')}"
        rows += [(*head, branch, value) for branch, value in points[origin, absorber].items()]
    return pd.DataFrame(rows, columns=["partner", "direction", "branch", "value"])


def _change(what: str, start: int, end: int) -> pd.DataFrame:
    """Change by branch and in all, Branch × (origin, absorber)."""
    then, now = (by_branch((year,)).loc[:, [what]].droplevel(["what", "year"], axis=1) for year in (start, end))
    change = now - then
    change.loc["All"] = change.sum()
    return change


def _absorbed(origin: str, absorber: str, year: int) -> pd.Series:
    """Value added of the origin absorbed by the absorber, by industry (WIOD's 35) of the origin."""
    return WIOD.industries_of("va_final_demand", origin, absorber, year)


def retail_share(absorber: str, year: int) -> float:
    """Share of retail trade in the Chinese value added that an economy absorbs, WIOD; percent."""
    flow = _absorbed("CHN", absorber, year)
    return float(100 * flow["c21"] / flow.sum())


def likeness(years: tuple[int, ...] = (1995, 2011)) -> pd.Series:
    r"""How alike the industries are by which China's value added and that of a partner reach each other, WIOD.

    Returns
    -------
    Series by (partner, year)
        Percent: 0 where no industry sends value added both ways, 100 where all weigh the same in both directions.

    Notes
    -----
    :math:`100 \sum_i \min(s_i, t_i)` over the shares of the 35 industries in either direction.
    """
    alike = {}
    for partner, year in product(("JPN", "KOR"), years):
        there, back = _absorbed("CHN", partner, year), _absorbed(partner, "CHN", year)
        alike[partner, year] = 100 * float(np.minimum(there / there.sum(), back / back.sum()).sum())
    return pd.Series(alike)


def stages_by_cause(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    r"""Split the change of :func:`stages` into a change of industries and one of the industries' own place; exact.

    Returns
    -------
    DataFrame, (origin, absorber) × (industries, place)
        Stages; both together are the change.

    Notes
    -----
    With :math:`w_i` an industry's weight, :math:`u_i` its upstreamness and means over the two years,
    :math:`\Delta \sum_i w_i u_i = \sum_i \bar u_i\, \Delta w_i + \sum_i \bar w_i\, \Delta u_i`.
    """
    parts = {}
    for pair in MAIN:
        weights = pd.DataFrame({year: _absorbed(*pair, year) for year in (start, end)})
        weights /= weights.sum()
        upstream = pd.DataFrame({year: _upstreamness(pair[0], year) for year in (start, end)})
        shift, rise = weights[end] - weights[start], upstream[end] - upstream[start]
        parts[pair] = ((upstream.mean(axis=1) * shift).sum(), (weights.mean(axis=1) * rise).sum())
    columns = ["industries", "place"]
    return pd.DataFrame.from_dict(parts, orient="index", columns=columns).set_axis(pd.MultiIndex.from_tuples(parts))


def _upstreamness(origin: str, year: int) -> pd.Series:
    """Upstreamness of an origin's industries, WIOD; an industry without output has none."""
    return WIOD.industries_of("upstreamness", origin, WORLD, year)


def stages(years: tuple[int, ...] = (1995, 2011)) -> pd.Series:
    """Average upstreamness of the origin's industries, weighted by the value added that the absorber takes; WIOD.

    Returns
    -------
    Series by (origin, absorber, year)
        Stages. An industry's upstreamness is that of all its output, wherever it goes; one without output has none,
        and no value added to weigh it by.
    """
    average = {}
    for (origin, absorber), year in product(MAIN, years):
        weight = _absorbed(origin, absorber, year)
        average[origin, absorber, year] = float((weight * _upstreamness(origin, year)).sum() / weight.sum())
    return pd.Series(average)


def _arrow(origin: str, absorber: str) -> str:
    return f"{names.economy(origin)} → {names.economy(absorber)}"
