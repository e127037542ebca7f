"""Dependence, closeness and industries within Northeast Asia: the numbers behind the chapter, no charts."""

import math
from functools import cache
from itertools import permutations, product

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.indicators import link_index, link_shares, origin_share, trade_intensity, without_own
from report import article, evidence
from report.look import names
from report.sectors import BRANCHES

#: Who of Northeast Asia is in WIOD.
MEMBERS = ("CHN", "JPN", "KOR", "RUS")
#: All directions among them, those with China first.
DIRECTIONS = tuple(sorted(permutations(MEMBERS, 2), key=lambda pair: "CHN" not in pair))
#: The directions between China and its two industrial neighbours.
MAIN = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))


@cache
def _wiod(name: str = "wiod2013") -> pd.DataFrame:
    """Read a panel once; nobody writes to it."""
    return panel.load_panel(name)


def _vax(year: int) -> pd.DataFrame:
    return panel.flow_matrix(_wiod(), "va_final_demand", year)


def _at(matrix: pd.DataFrame, origin: str, absorber: str) -> float:
    return float(matrix[absorber].to_dict()[origin])


def _arrow(origin: str, absorber: str) -> str:
    return f"{names.economy(origin)} → {names.economy(absorber)}"


def links_by_pair() -> pd.DataFrame:
    """Link index of the pairs that WIOD covers: 1995–2011, and as printed for 2017 and 2021.

    Returns
    -------
    DataFrame
        Columns of :func:`report.evidence.links`, and pair (``China and Japan``), pairs with China first.
    """
    frame = evidence.links()
    frame = frame[frame["origin"].isin(MEMBERS) & frame["absorber"].isin(MEMBERS)]
    order = {code: place for place, code in enumerate(MEMBERS)}
    ends = [sorted(pair, key=lambda code: order[code]) for pair in zip(frame["origin"], frame["absorber"], strict=True)]
    frame = frame.assign(pair=[f"{names.economy(first)} and {names.economy(second)}" for first, second in ends])
    keys = [order[first] * len(MEMBERS) + order[second] for first, second in ends]
    sorted_: pd.DataFrame = frame.assign(key=keys).sort_values(["key", "origin", "year"], kind="stable")
    return sorted_.drop(columns="key").reset_index(drop=True)


def network_by_year() -> pd.DataFrame:
    """Link index of every direction in every year of WIOD, for a network with a year to choose.

    Returns
    -------
    DataFrame
        Columns Year, origin, absorber, value.
    """
    frame = evidence.links().query("database == @evidence.WIOD")
    return frame.rename(columns={"year": "Year"})[["Year", "origin", "absorber", "value"]].reset_index(drop=True)


# -- printed numbers, their rounding carried through ------------------------------------------------------------------


def changes() -> pd.DataFrame:
    """Change of every printed link from 2017 to 2021, with what rounding leaves open.

    Returns
    -------
    DataFrame, (origin, absorber) × (2017, 2021, change, low, high, verdict)
        Index points; `low` and `high` bound the change of the unrounded numbers; the verdict is ``rose``, ``fell``
        or ``level``, where the bounds hold zero.
    """
    wide = article.printed(3).pivot(index=["origin", "absorber"], columns="year", values="value")
    wide["change"] = wide[2021] - wide[2017]
    limits = [article.bounds(lambda then, now: now - then, *row, table=3) for row in wide[[2017, 2021]].to_numpy()]
    wide["low"], wide["high"] = zip(*limits, strict=True)
    wide["verdict"] = [_verdict(low, high) for low, high in limits]
    return wide.rename_axis(columns=None)


def gaps(year: int) -> pd.DataFrame:
    """By how much the stronger direction of each printed pair exceeds the weaker, with what rounding leaves open.

    Returns
    -------
    DataFrame, pair × (difference, low, high)
        Index points.
    """
    pairs = evidence.asymmetry().query("year == @year").set_index("pair")
    limits = [article.bounds(lambda one, two: one - two, *row, table=3) for row in pairs[["forth", "back"]].to_numpy()]
    return pairs[["difference"]].assign(low=[low for low, _ in limits], high=[high for _, high in limits])


def _verdict(low: float, high: float) -> str:
    # A change of exactly the rounding is no change: binary fractions must not decide.
    if low > 1e-9:
        return "rose"
    return "fell" if high < -1e-9 else "level"


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


def dependence(years: tuple[int, ...] = (1995, 2011)) -> pd.DataFrame:
    """Both shares behind the links of all directions in chosen years, WIOD.

    Returns
    -------
    DataFrame
        Columns view (``In the origin's exports, 2011``), origin, absorber, value in percent, NaN on the diagonal.
    """
    frames = []
    for place, whose in enumerate(("In the origin's exports", "In the absorber's imports")):
        for year in years:
            share = link_shares(_vax(year))[place].loc[list(MEMBERS), list(MEMBERS)]
            frames.append(evidence.long(share).assign(view=f"{whose}, {year}"))
    frame = pd.concat(frames, ignore_index=True).rename(columns={"destination": "absorber"})
    return frame[["view", "origin", "absorber", "value"]]


def exports_over_imports(origin: str, absorber: str, year: int) -> float:
    """Value added that the origin exports to all, over what the absorber imports from all, WIOD.

    It is the share in the absorber's imports over the share in the origin's exports, whatever flows between the two.
    """
    foreign = without_own(_vax(year))
    return float(foreign.sum(axis=1)[origin] / foreign.sum()[absorber])


def export_ratio(one: str, other: str, year: int) -> float:
    """Value added that one economy exports to all, over what another does, WIOD."""
    exported = without_own(_vax(year)).sum(axis=1)
    return float(exported[one] / exported[other])


def european_share(economy: str, of: str, year: int) -> float:
    """Share of the European Union of 2007 in the value added that an economy exports or imports, WIOD; percent.

    Parameters
    ----------
    economy : str
    of : {"exports", "imports"}
    year : int
    """
    vax = _vax(year)
    if of == "exports":  # the buyers in the place of the origins
        vax = vax.T.rename_axis(index="origin", columns="destination")
    return origin_share(vax, "EU27_2007", economy)


def leaders(flow: str, economy: str, of: str) -> pd.Series:
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
    wiod = _wiod()
    here, partner = ("origin", "destination") if of == "exports" else ("destination", "origin")
    rows = wiod[wiod["flow"].eq(flow) & wiod[here].eq(economy) & ~wiod[partner].isin([economy, eco.ROW])]
    return rows.loc[rows.groupby("year")["value"].idxmax()].set_index("year")[partner]


def place_among_sources(origin: str, absorber: str, year: int) -> int:
    """Rank an origin among the named sources of the foreign value added that an economy absorbs, WIOD; 1 is first."""
    supplied = without_own(_vax(year))[absorber].drop(eco.ROW)
    return int(supplied.rank(ascending=False)[origin])


def leads_since(partner: str = "CHN") -> pd.Series:
    """First year from which on a partner leads without a break to the end of WIOD; see :func:`leaders`.

    Returns
    -------
    Series by (flow, of, economy)
        For Japan, Korea and Russia; without those in which the partner does not lead at the end.
    """
    since = {}
    for key in product(("gross_exports", "va_final_demand"), ("exports", "imports"), ("JPN", "KOR", "RUS")):
        flow, of, economy = key
        first = leaders(flow, economy, of)
        behind = first.index[first != partner]
        if not len(behind):
            since[key] = int(first.index[0])
        elif behind[-1] < first.index[-1]:
            since[key] = int(behind[-1]) + 1
    return pd.Series(since)


# -- closeness and size -----------------------------------------------------------------------------------------------


def intensities(years: tuple[int, ...] = (1995, 2003, 2011)) -> pd.Series:
    """Trade intensity of all directions among the members, WIOD; by (year, origin, absorber)."""
    return pd.Series(
        {
            (year, origin, absorber): _at(intensity, origin, absorber)
            for year in years
            for intensity in [trade_intensity(_vax(year))]
            for origin, absorber in DIRECTIONS
        }
    )


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
    logs = []
    for year in (start, end):
        vax = _vax(year)
        foreign, link, intensity = without_own(vax), link_index(vax), trade_intensity(vax)
        exported, imported = foreign.sum(axis=1) / foreign.to_numpy().sum(), foreign.sum() / foreign.to_numpy().sum()
        parts = {
            _arrow(origin, absorber): (
                exported[origin] ** 0.5,
                imported[absorber] ** 0.5,
                _at(intensity, origin, absorber),
                _at(link, origin, absorber),
            )
            for origin, absorber in DIRECTIONS
        }
        columns = ["Origin", "Absorber", "Closeness", "Index"]
        logs.append(pd.DataFrame.from_dict(parts, orient="index", columns=columns).map(math.log))
    change = (100 * (logs[1] - logs[0])).rename_axis("pair").reset_index()
    return change.melt("pair", var_name="part")


def growth_of_closeness(origin: str, absorber: str, start: int = 1995, end: int = 2011) -> float:
    r"""Growth of closeness if an origin's own demand is no market to it: 100 times the change of the logarithm, WIOD.

    Notes
    -----
    The absorber's weight is taken among the others: :math:`I_{rs} (VAEX - VAIM_r) / VAEX` in place of
    :math:`I_{rs}`. Without it a large origin seems closer to everyone: it cannot sell to itself, so that an origin that
    sells to all others in proportion has an intensity above one.
    """
    logs = []
    for year in (start, end):
        imported = without_own(_vax(year)).sum()
        others = 1 - imported[origin] / imported.sum()
        logs.append(math.log(_at(trade_intensity(_vax(year)), origin, absorber) * others))
    return 100 * (logs[1] - logs[0])


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
    vax = _vax(year)
    link = link_index(vax)
    foreign = without_own(vax)
    cover = foreign.sum(axis=1) / foreign.sum()
    return pd.Series(
        {
            "links": _at(link, one, other) / _at(link, other, one),
            "flows": _at(vax, one, other) / _at(vax, other, one),
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
    wiod = _wiod()
    for year in panel.years(wiod):
        within, exported, imported = _region(panel.flow_matrix(wiod, "va_final_demand", year))
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
    wiod = _wiod()
    others = [code for code in MEMBERS if code != "CHN"]
    for year in panel.years(wiod):
        within, exported, imported = _region(panel.flow_matrix(wiod, "va_final_demand", year))
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


def _region(vax: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Flows among the members, and what every economy exports and imports; own value added is left out."""
    foreign = without_own(vax)
    return foreign.loc[list(MEMBERS), list(MEMBERS)], foreign.sum(axis=1), foreign.sum()


# -- industries -------------------------------------------------------------------------------------------------------


def _by_industry(year: int, origin: str, absorber: str) -> pd.Series:
    """Value added of the origin absorbed by the absorber, by industry (WIOD's 35) of the origin."""
    frame = _wiod("wiod2013_sectors")
    wanted = {"flow": "va_final_demand", "year": year, "origin": origin, "destination": absorber}
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return frame.set_index("sector")["value"]


def by_branch(years: tuple[int, ...] = (1995, 2011)) -> pd.DataFrame:
    """Which industries carry the links of China with Japan and Korea, WIOD.

    Returns
    -------
    DataFrame
        Columns year, origin, absorber, branch (:data:`report.sectors.BRANCHES`), value (million US dollars of value
        added absorbed), share (percent of the direction's), points (its part of the link index). Points add up to
        the index, and so do their changes.
    """
    order = {branch: place for place, branch in enumerate(dict.fromkeys(BRANCHES.values()))}
    frames = []
    for year in years:
        link = link_index(_vax(year))
        for origin, absorber in MAIN:
            value = _by_industry(year, origin, absorber).rename(BRANCHES).groupby(level=0).sum()
            part = value / value.sum()
            frame = pd.DataFrame({"value": value, "share": 100 * part, "points": _at(link, origin, absorber) * part})
            frame = frame.rename_axis("branch").reset_index().sort_values("branch", key=lambda names: names.map(order))
            frames.append(frame.assign(year=year, origin=origin, absorber=absorber))
    columns = ["year", "origin", "absorber", "branch", "value", "share", "points"]
    return pd.concat(frames, ignore_index=True)[columns]


def branch_shares(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Lay out what share each branch has in each direction, in both years.

    Returns
    -------
    DataFrame, Branch × (direction, year)
        Percent of the value added absorbed.
    """
    return _across(by_branch((start, end)), "share")


def branch_growth(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Split the growth of the value added absorbed in each direction by branch; exact.

    Returns
    -------
    DataFrame, Branch × direction
        Billion US dollars, each year's own; the last row, ``All``, is the growth of the flow.
    """
    value = _across(by_branch((start, end)), "value") / 1000
    growth = pd.DataFrame(
        {name: value[name, str(end)] - value[name, str(start)] for name in (_arrow(*pair) for pair in MAIN)}
    )
    growth.loc["All"] = growth.sum()
    return growth


def _across(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Branch × (direction, year), both in the order of the rows."""
    columns: dict[tuple[str, str], pd.Series] = {}
    for origin, absorber in MAIN:
        here = frame[frame["origin"].eq(origin) & frame["absorber"].eq(absorber)]
        for year, part in here.groupby("year"):
            columns[_arrow(origin, absorber), str(year)] = part.set_index("branch")[column]
    return pd.DataFrame(columns).rename_axis(index="Branch").reindex(list(dict.fromkeys(BRANCHES.values())))


def branch_points(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Compute what each branch added to the four link indices between two years.

    Returns
    -------
    DataFrame
        Columns partner (``With Japan``), direction (``from China``), branch, value: index points; for each direction
        a last row, ``All``, is the change of the index.
    """
    frame = by_branch((start, end))
    wide = frame.pivot(index=["origin", "absorber", "branch"], columns="year", values="points")
    change = (wide[end] - wide[start]).rename("value")
    rows = []
    for origin, absorber in MAIN:
        partner = absorber if origin == "CHN" else origin
        direction = f"{'from' if origin == 'CHN' else 'to'} {names.economy('CHN')}"
        part = change.loc[origin, absorber].reindex(list(dict.fromkeys(BRANCHES.values())))
        part.loc["All"] = part.sum()
        rows += [(f"With {names.economy(partner)}", direction, branch, value) for branch, value in part.items()]
    return pd.DataFrame(rows, columns=["partner", "direction", "branch", "value"])


def retail_share(absorber: str, year: int) -> float:
    """Share of retail trade in the Chinese value added that an economy absorbs, WIOD; percent."""
    flow = _by_industry(year, "CHN", absorber)
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
        there, back = _by_industry(year, "CHN", partner), _by_industry(year, partner, "CHN")
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
        weights = pd.DataFrame({year: _by_industry(year, *pair) for year in (start, end)})
        weights /= weights.sum()
        upstream = pd.DataFrame({year: _upstreamness(pair[0], year) for year in (start, end)})
        shift, rise = weights[end] - weights[start], upstream[end] - upstream[start]
        parts[pair] = ((upstream.mean(axis=1) * shift).sum(), (weights.mean(axis=1) * rise).sum())
    columns = ["industries", "place"]
    return pd.DataFrame.from_dict(parts, orient="index", columns=columns).set_axis(pd.MultiIndex.from_tuples(parts))


def _upstreamness(origin: str, year: int) -> pd.Series:
    """Upstreamness of an origin's industries, WIOD; an industry without output has none."""
    frame = _wiod("wiod2013_sectors")
    rows = frame[frame["flow"].eq("upstreamness") & frame["origin"].eq(origin) & frame["year"].eq(year)]
    return rows.set_index("sector")["value"]


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
        weight = _by_industry(year, origin, absorber)
        average[origin, absorber, year] = float((weight * _upstreamness(origin, year)).sum() / weight.sum())
    return pd.Series(average)
