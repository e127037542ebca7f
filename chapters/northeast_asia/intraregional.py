"""Links, dependence, closeness and industries within Northeast Asia."""

from collections.abc import Mapping, Sequence
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined
from gvc.indicators import trade_intensity, without_own
from gvc.panel import WORLD
from industrial_chains import article, data
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.industry_groups import BRANCHES
from industrial_chains.sources import ARTICLE, OECD, UNION, WIOD, Side, Source
from industrial_chains.sources import WIOD_NEA as MEMBERS
from industrial_chains.uncertainty import error_sizes

#: All directions among those that WIOD and the OECD show, those with China first.
DIRECTIONS = tuple(sorted(permutations(MEMBERS, 2), key=lambda pair: "CHN" not in pair))
#: The directions between China and its two industrial neighbours.
MAIN = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))
#: The neighbours of China that WIOD and the OECD show.
NEIGHBOURS = ("JPN", "KOR", "RUS")
#: Economies of the OECD's tables that share a land border at home, each pair once; China's with Hong Kong left out.
BORDERS = {
    "AGO": "COD",
    "ARG": "BRA CHL",
    "AUT": "CHE CZE DEU HUN ITA SVK SVN",
    "BEL": "DEU FRA LUX NLD",
    "BGD": "IND MMR",
    "BGR": "GRC ROU TUR",
    "BLR": "LTU LVA POL RUS UKR",
    "BRA": "COL PER",
    "BRN": "MYS",
    "CAN": "USA",
    "CHE": "DEU FRA ITA",
    "CHL": "PER",
    "CHN": "IND KAZ LAO MMR PAK RUS VNM",
    "CMR": "NGA",
    "COL": "PER",
    "CZE": "DEU POL SVK",
    "DEU": "DNK FRA LUX NLD POL",
    "EGY": "ISR",
    "ESP": "FRA PRT",
    "EST": "LVA RUS",
    "FIN": "NOR RUS SWE",
    "FRA": "ITA LUX",
    "GBR": "IRL",
    "GRC": "TUR",
    "HRV": "HUN SVN",
    "HUN": "ROU SVK SVN UKR",
    "IDN": "MYS",
    "IND": "MMR PAK",
    "ISR": "JOR",
    "ITA": "SVN",
    "JOR": "SAU",
    "KAZ": "RUS",
    "KHM": "LAO THA VNM",
    "LAO": "MMR THA VNM",
    "LTU": "LVA POL RUS",
    "LVA": "RUS",
    "MEX": "USA",
    "MMR": "THA",
    "MYS": "THA",
    "NOR": "RUS SWE",
    "POL": "RUS SVK UKR",
    "ROU": "UKR",
    "RUS": "UKR",
    "SAU": "ARE",
    "SVK": "UKR",
}
#: What an economy sends to its markets and takes from its sources.
SIDES: tuple[Side, ...] = ("exports", "imports")
#: China, Japan and Korea have a narrow sea between them.
AT_SEA = tuple(combinations(("CHN", "JPN", "KOR"), 2))
#: Ways to count closeness: the flow, and who is one partner.
COUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Value added": ("va_final_demand", ()),
    "Value added, European Union as one": ("va_final_demand", UNION),
    "Gross exports": ("gross_exports", ()),
}


# -- Table 3 beside the OECD's tables ---------------------------------------------------------------------------------


def changes() -> pd.DataFrame:
    """Change of every link from 2017 to 2021, as printed and by the OECD's tables, and what came after.

    Returns
    -------
    DataFrame, (origin, absorber) × (printed, oecd, error, after, error_after)
        Index points. `error`: the half-width of the interval of the OECD's change, `error_sizes.change`; `after` and
        `error_after`: the OECD's change from 2021 to 2022, and that of it.
    """
    rows = {}
    for pair in DIRECTIONS:
        printed, again = ARTICLE.link(*pair), OECD.link(*pair)
        error, error_after = (
            error_sizes.change(OECD, "link", again, of, pair[1]) for of in ((2017, 2021), (2021, 2022))
        )
        after = again[2022] - again[2021]
        rows[pair] = (printed[2021] - printed[2017], again[2021] - again[2017], error, after, error_after)
    return _by_pair(rows, ["printed", "oecd", "error", "after", "error_after"])


def agreement() -> pd.DataFrame:
    """Count how far the OECD's tables agree with the print, link by link.

    Returns
    -------
    DataFrame, Year × (Within 10 per cent, Pairs of links, Same order)
        How many of the OECD's links are that near to the printed number; how many pairs of links there are, and in how
        many the same one is the stronger.
    """
    rows = {}
    for year in (2017, 2021):
        both = [(ARTICLE.link(*pair)[year], OECD.link(*pair)[year]) for pair in DIRECTIONS]
        order = [(one[0] > other[0]) == (one[1] > other[1]) for one, other in combinations(both, 2)]
        rows[year] = {
            "Within 10 per cent": sum(abs(again / printed - 1) <= 0.1 for printed, again in both),
            "Pairs of links": len(order),
            "Same order": sum(order),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="Year")


def recomputed() -> pd.DataFrame:
    """Compute Table 3 from the OECD's tables, with its distance from the print and the two shares behind each link.

    Returns
    -------
    DataFrame, (Origin, Absorber) × (heading, year)
        Index points; percent.
    """
    rows = {}
    for pair in DIRECTIONS:
        link, printed = OECD.link(*pair), ARTICLE.link(*pair)
        row = {("Link index", str(year)): link[year] for year in (2017, 2021, 2022)}
        row |= {("Difference from article", str(year)): link[year] - printed[year] for year in (2017, 2021)}
        for of, whose in zip(SIDES, ("origin", "absorber"), strict=True):
            share = OECD.link(*pair, of)
            row |= {(f"Share in the {whose}'s {of}", str(year)): share[year] for year in (2017, 2021, 2022)}
        rows[tuple(map(names.economy, pair))] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index=["Origin", "Absorber"])


# -- Mongolia, which neither WIOD nor the OECD shows ------------------------------------------------------------------


def mongolia(year: int = 2021) -> pd.DataFrame:
    r"""Find what the printed links of Mongolia say of the shares behind them, by the sizes of its partners.

    Returns
    -------
    DataFrame, (Origin, Absorber) × (heading, what)
        The link as printed; of what passes between Mongolia and the other four the part of this partner, which is also
        the most that its share in all of Mongolia's exports, or imports, can be; the least of that share; and at least
        and at most Mongolia's in the partner's imports, or exports. Percent.

    Notes
    -----
    :math:`VAEX_{rs} = LINK_{rs} \sqrt{VAEX_r \cdot VAIM_s} / 100`, and the size of Mongolia is the same in all of its
    links in one direction. So the sizes of the partners, those of the OECD, give the parts of the four. Together they
    are 100 per cent of Mongolia's exports at most. And Mongolia, one of those whom the OECD puts into the rest of the
    world, has no larger share in a partner's imports than that. The link gives the one share from the other.
    """
    traded, near, rows = OECD.traded(year), list(MEMBERS), {}
    sides = (
        ({code: ("MNG", code) for code in near}, traded["imported"], OECD.ties("imports", year).loc[eco.ROW]),
        ({code: (code, "MNG") for code in near}, traded["exported"], OECD.ties("exports", year)[eco.ROW]),
    )
    for pairs, size, rest in sides:
        link = pd.Series({code: ARTICLE.link(*pair)[year] for code, pair in pairs.items()})
        flow = link * size[near] ** 0.5
        part = 100 * flow / flow.sum()
        least = part * (link**2 / rest[near] / part).max()
        for code in part.sort_values(ascending=False, kind="stable").index:
            rows[tuple(map(names.economy, pairs[code]))] = {
                ("", "Link index"): link[code],
                ("", "Share among the four"): part[code],
                ("In Mongolia's trade", "At least"): least[code],
                ("In the partner's trade", "At least"): link[code] ** 2 / part[code],
                ("In the partner's trade", "At most"): link[code] ** 2 / least[code],
            }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index=["Origin", "Absorber"])


def raw_materials() -> pd.DataFrame:
    """Return what China and 16 other economies buy of Mongolia's raw materials, year × {China, all}; billion USD."""
    bought = data.table("mongolia").pivot_table(index="year", columns="importer", values="value") / 1000
    return pd.DataFrame({"China": bought["CHN"], "all": bought.sum(axis=1)})


def coal() -> pd.DataFrame:
    """Return what Mongolia and Russia supply of the coal that China imports: columns year, origin, value; percent."""
    rows = data.table("fuels").query("importer == 'CHN' and product == 'coal'").set_index("year")
    return rows[["MNG", "RUS"]].melt(ignore_index=False, var_name="origin").reset_index()


# -- ships ------------------------------------------------------------------------------------------------------------

#: Who builds most ships, and the industry of the OECD that does.
BUILDERS, SHIPS = ("KOR", "CHN", "JPN"), ("C301",)


def ships(flow: str = "gross_exports") -> pd.DataFrame:
    """Return the shares of economies in what the world's shipyards export, year × economy; percent.

    Parameters
    ----------
    flow : {"gross_exports", "vax", "output"}
        Or in the value added that they earn abroad, or in all that they make.
    """
    return OECD.world_shares(flow, SHIPS)


# -- both directions of a pair ----------------------------------------------------------------------------------------


def lean(source: Source, one: str, other: str, year: int) -> float:
    """Return the value added that one economy sends to another over what it receives from it."""
    vax = source.matrix("va_final_demand", year)
    return float(vax[other][one] / vax[one][other])


# -- who weighs in whose trade ----------------------------------------------------------------------------------------


def weights() -> pd.DataFrame:
    """Follow the two shares behind each link of China: what China weighs in the neighbour's trade, and it in China's.

    Returns
    -------
    DataFrame
        Columns year, link (``China → Japan``), economy (whose weight in the other's exports or imports of value
        added), value in percent, database.
    """
    rows = []
    for code, ways, source in product(NEIGHBOURS, (1, -1), (WIOD, OECD)):
        link = ("CHN", code)[::ways]
        # The absorber weighs in the origin's exports, the origin in the absorber's imports.
        for whose, of in zip(link[::-1], SIDES, strict=True):
            shares = source.link(link[0], link[1], of)
            rows += [(year, arrow(*link), whose, share, source.label_in(year)) for year, share in shares.items()]
    frame = pd.DataFrame(rows, columns=["year", "link", "economy", "value", "database"])
    return frame.sort_values("economy", key=lambda codes: codes.ne("CHN"), kind="stable", ignore_index=True)


def outweighs_since() -> dict[str, int]:
    """By link the first year from which on China's weight is the larger, without a break to 2022 in either database."""
    since = {}
    for link, of in weights().groupby("link", sort=False):
        wide = of.pivot(index=["year", "database"], columns="economy", values="value")
        years = wide.index.get_level_values("year")
        behind = years[wide["CHN"] <= wide.drop(columns="CHN").iloc[:, 0]]
        since[str(link)] = int(behind.max()) + 1 if len(behind) else int(years.min())
    return since


def leads_since(union: tuple[str, ...] = UNION) -> dict[tuple[str, Side, str], int]:
    """First year from which on China leads without a break to the end of WIOD.

    Parameters
    ----------
    union : tuple of str
        Who is one partner, see `sources.Source.partners`.

    Returns
    -------
    dict by (flow, of, economy)
        For Japan, Korea and Russia; without those in which China does not lead at the end.
    """
    since = {}
    for flow, of, economy in product(("gross_exports", "va_final_demand"), SIDES, NEIGHBOURS):
        years = WIOD.years(flow)
        behind = [year for year in years if WIOD.partners(economy, of, year, flow, union).index[0] != "CHN"]
        first = behind[-1] + 1 if behind else years[0]
        if first <= years[-1]:
            since[flow, of, economy] = first
    return since


def leading(source: Source, economy: str, of: Side) -> list[int]:
    """Years in which China is an economy's largest market or source of value added, of those with a name."""
    return [year for year in source.years("link") if source.partners(economy, of, year).index[0] == "CHN"]


# -- closeness and size -----------------------------------------------------------------------------------------------


def closeness() -> pd.DataFrame:
    """Follow how close China and each neighbour are, against proportion to their sizes.

    Returns
    -------
    DataFrame
        Columns year, pair (``China and Japan``), origin, value (:func:`gvc.trade_intensity`), low and high (the
        interval of the link in proportion, where it is known), database.
    """
    rows = []
    for source, code in product((WIOD, OECD), NEIGHBOURS):
        for pair in (("CHN", code), (code, "CHN")):
            link = source.link(*pair)
            for year, value in source.link(*pair, "intensity").items():
                # Closeness and link are one flow over different sizes, which hardly err.
                off = value * error_sizes.size(source, "link", year, link[year], pair[1]) / link[year]
                head = f"China and {names.economy(code)}"
                rows.append((year, head, pair[0], value, value - off, value + off, source.label_in(year)))
    return pd.DataFrame(rows, columns=["year", "pair", "origin", "value", "low", "high", "database"])


def intensity(source: Source, year: int, flow: str, union: tuple[str, ...]) -> pd.DataFrame:
    """Return the closeness of all pairs in one year, origin × absorber, with the members of a union as one partner."""
    matrix = source.matrix(flow, year)
    one = dict.fromkeys(union, "EU27")
    return trade_intensity(matrix.rename(index=one, columns=one).groupby(level=0).sum().T.groupby(level=0).sum().T)


def beyond_size(closeness: float) -> float:
    r"""Return the part of a flow that size does not give, :math:`1 - 1/I_{rs}`; percent, below zero under size."""
    return 100 * (1 - 1 / closeness)


def premiums() -> pd.DataFrame:
    """Follow how much more China, Japan and Korea trade than size gives, by three ways to count.

    Returns
    -------
    DataFrame, (Flow, Direction) × (database, year or what)
        Closeness; of WIOD its highest, too, and in which year that was. The part of the flow beyond size in 2022,
        percent, with the bounds between which the truth lies nine times in ten, where errors were measured.
    """
    rows = {}
    for (called, (flow, union)), (origin, absorber) in product(COUNTS.items(), MAIN):
        series = {
            source: pd.Series(
                {year: intensity(source, year, flow, union).loc[origin, absorber] for year in source.years(flow)}
            )
            for source in (WIOD, OECD)
        }
        now = float(series[OECD][2022])
        row: dict[tuple[str, str], object] = {(WIOD.name, "1995"): series[WIOD][1995]}
        row[WIOD.name, "Peak"] = series[WIOD].max()
        row[WIOD.name, "Peak year"] = str(series[WIOD].idxmax())
        row[WIOD.name, "2011"] = series[WIOD][2011]
        row |= {(OECD.name, str(year)): series[OECD][year] for year in (2011, 2018, 2022)}
        row["Beyond size 2022, percent", "Estimate"] = beyond_size(now)
        for what, side in (("At least", -1), ("At most", 1)):
            bound = np.nan
            if called == "Value added":
                link = OECD.link(origin, absorber)[2022]
                bound = beyond_size(now * (1 + side * error_sizes.size(OECD, "link", 2022, link, absorber) / link))
            row["Beyond size 2022, percent", what] = bound
        rows[called, arrow(origin, absorber)] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index=["Flow", "Direction"])


def growth_of_links(source: Source = WIOD, start: int = 1995, end: int = 2011) -> pd.DataFrame:
    r"""Split the growth of each link between two years into closeness and two sizes; exact.

    Returns
    -------
    DataFrame, (origin, absorber) × (Origin, Absorber, Closeness, Index)
        100 times the change of the logarithm; the first three add up to the last.

    Notes
    -----
    :math:`\ln LINK_{rs} = \ln 100 + \ln I_{rs} + \frac12 \ln \frac{VAEX_r}{VAEX - VAIM_r}
    + \frac12 \ln \frac{VAIM_s}{VAEX - VAIM_r}`: the closeness of :func:`gvc.trade_intensity`, the origin's exports and
    the absorber's imports, both against what all but the origin import.
    """
    parts = {}
    for origin, absorber in DIRECTIONS:
        then, now = (
            np.array([source.link(origin, absorber, "intensity")[year], source.link(origin, absorber)[year]])
            for year in (start, end)
        )
        sizes = []
        for year in (start, end):
            traded = source.traded(year)
            others = traded["imported"].sum() - traded["imported"][origin]
            sizes.append([traded["exported"][origin] / others, traded["imported"][absorber] / others])
        grown = np.log([*np.sqrt(np.divide(sizes[1], sizes[0])), *(now / then)])
        parts[origin, absorber] = tuple(100 * grown)
    return _by_pair(parts, ["Origin", "Absorber", "Closeness", "Index"])


def neighbours(year: int = 2022) -> pd.DataFrame:
    """Say how close neighbours are, by the OECD: those that share a land border, and China, Japan and Korea.

    Returns
    -------
    DataFrame
        Columns one, other (codes), pair (``China–Japan``), value (geometric mean of both directions of
        :func:`gvc.trade_intensity`), flow (value added that they send each other, million USD); the largest flow first.
    """
    pairs = [(one, other) for one, others in BORDERS.items() for other in others.split()]
    vax, close = (of.stack() for of in (OECD.matrix("va_final_demand", year), OECD.ties("intensity", year)))
    rows = [
        (
            one,
            other,
            Joined(names.economy(one), "–", names.economy(other)),
            np.sqrt(close[one, other] * close[other, one]),
            vax[one, other] + vax[other, one],
        )
        for one, other in (*AT_SEA, *pairs)
    ]
    frame = pd.DataFrame(rows, columns=["one", "other", "pair", "value", "flow"])
    return frame.sort_values("flow", ascending=False, kind="stable", ignore_index=True)


# -- the region as a whole --------------------------------------------------------------------------------------------


def region() -> pd.DataFrame:
    """Set what the four sell to one another against proportion to the sizes of their buyers.

    Returns
    -------
    DataFrame
        Columns year, economy (a member, or NEA for the four together), share (of its exports of value added that a
        fellow member takes, percent), value (that share over what it would be if it sold to all others in proportion to
        what those import), database.
    """
    rows = []
    near = list(MEMBERS)
    for source in (WIOD, OECD):
        for year in source.years("va_final_demand"):
            exported, imported = (source.traded(year)[side] for side in ("exported", "imported"))
            within = without_own(source.matrix("va_final_demand", year).loc[near, near])
            # To each its share in what all but the origin import.
            rate = exported / (imported.sum() - imported)
            due = without_own(pd.DataFrame(np.outer(rate[near], imported[near]), near, near))
            sums = pd.DataFrame({"part": within.sum(axis=1), "due": due.sum(axis=1), "whole": exported[near]})
            sums.loc["NEA"] = sums.sum()
            rows += [
                (year, code, 100 * of["part"] / of["whole"], of["part"] / of["due"], source.label_in(year))
                for code, of in sums.iterrows()
            ]
    return pd.DataFrame(rows, columns=["year", "economy", "share", "value", "database"])


def kept_without_china(year: int) -> float:
    """Share of the exports of value added of Japan, Korea and Russia that one of them absorbs, WIOD; percent."""
    near = list(NEIGHBOURS)
    within = without_own(WIOD.matrix("va_final_demand", year).loc[near, near])
    return float(100 * within.to_numpy().sum() / WIOD.traded(year)["exported"][near].sum())


# -- industries -------------------------------------------------------------------------------------------------------


def by_branch(source: Source, year: int) -> pd.DataFrame:
    """Say which industries earn the value added that China and each neighbour absorb from one another.

    Returns
    -------
    DataFrame, branch × (origin, absorber)
        Percent of the direction's, by the groups of `sectors.BRANCHES`.
    """
    pairs = [pair for pair in DIRECTIONS if "CHN" in pair]
    value = pd.DataFrame({pair: source.industries_of("va_final_demand", *pair, year) for pair in pairs}).rename(
        index=BRANCHES
    )
    value = value.groupby(level=0).sum().loc[list(dict.fromkeys(BRANCHES.values()))]
    return (100 * value / value.sum()).rename_axis(index="Branch", columns=["origin", "absorber"])


def branch_points(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Compute what each branch added to the links of China with Japan and Korea, WIOD.

    Returns
    -------
    DataFrame, branch × (origin, absorber)
        Index points: a branch has its share in the direction of the index. They add up to the last row, ``All``, the
        change of the index.
    """
    points = {year: by_branch(WIOD, year) / 100 for year in (start, end)}
    added = {
        pair: points[end][pair] * WIOD.link(*pair)[end] - points[start][pair] * WIOD.link(*pair)[start] for pair in MAIN
    }
    found = pd.DataFrame(added)
    found.loc["All"] = found.sum()
    return found


def likeness(source: Source, partner: str, year: int) -> float:
    r"""How alike the industries are by which China's value added and that of a partner reach each other.

    Returns
    -------
    float
        Percent: 0 where no industry sends value added both ways, 100 where all weigh the same in both directions.

    Notes
    -----
    :math:`100 \sum_i \min(s_i, t_i)` over the shares of the source's industries in either direction.
    """
    there, back = (
        source.industries_of("va_final_demand", *pair, year) for pair in (("CHN", partner), (partner, "CHN"))
    )
    return 100 * float(np.minimum(there / there.sum(), back / back.sum()).sum())


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
        weights = pd.DataFrame({year: WIOD.industries_of("va_final_demand", *pair, year) for year in (start, end)})
        weights /= weights.sum()
        upstream = pd.DataFrame(
            {year: WIOD.industries_of("upstreamness", pair[0], WORLD, year) for year in (start, end)}
        )
        shift, rise = weights[end] - weights[start], upstream[end] - upstream[start]
        parts[pair] = ((upstream.mean(axis=1) * shift).sum(), (weights.mean(axis=1) * rise).sum())
    columns = ["industries", "place"]
    return pd.DataFrame.from_dict(parts, orient="index", columns=columns).set_axis(pd.MultiIndex.from_tuples(parts))


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
        weight = WIOD.industries_of("va_final_demand", origin, absorber, year)
        upstream = WIOD.industries_of("upstreamness", origin, WORLD, year)
        average[origin, absorber, year] = float((weight * upstream).sum() / weight.sum())
    return pd.Series(average)


def arrow(origin: str, absorber: str) -> str:
    """Name a direction, ``China → Japan``."""
    return f"{names.economy(origin)} → {names.economy(absorber)}"


def _by_pair(rows: Mapping[tuple[str, str], Sequence[float]], columns: list[str]) -> pd.DataFrame:
    """Put rows of numbers under (origin, absorber)."""
    index = pd.MultiIndex.from_tuples(list(rows), names=["origin", "absorber"])
    return pd.DataFrame(list(rows.values()), index, columns)


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        **_numbers_of_links(),
        **_numbers_of_flows(),
        **_numbers_of_leads(),
        **_numbers_of_growth(),
        **_numbers_of_closeness(),
        **of_neighbours(),
        **_numbers_of_industries(),
        **_numbers_of_ships(),
        **_numbers_of_mongolia(),
    }


def _numbers_of_links() -> Numbers:
    """Return how many links rose or fell in print, and in how many the OECD's tables agree."""
    printed, both, level = article.changes(), changes(), agreement().T[2021]
    same = (both["printed"] > 0) == (both["oecd"] > 0)
    sure = both["oecd"].abs() > both["error"]
    return {
        "percent_between_editions": 100 * error_sizes.in_proportion(),
        "links_risen_2017_2021": int(printed["verdict"].eq("rose").sum()),
        "links_fallen_2017_2021": int(printed["verdict"].eq("fell").sum()),
        "points_gained_to_CHN_2017_2021": printed.xs("CHN", level="absorber")["change"].sum(),
        "points_gained_from_CHN_2017_2021": printed.xs("CHN", level="origin")["change"].sum(),
        "directions_compared": len(both),
        "directions_that_agree": int(same.sum()),
        "directions_beyond_error": int(sure.sum()),
        "directions_beyond_error_that_agree": int((same & sure).sum()),
        "links_fallen_2021_2022": int((both["after"] < 0).sum()),
        "links_within_tenth_2021": int(level["Within 10 per cent"]),
        "pairs_of_links": int(level["Pairs of links"]),
        "pairs_in_order_2021": int(level["Same order"]),
    }


def _numbers_of_flows() -> Numbers:
    """Return which way of a pair is the larger, and what the region keeps without China."""
    since = outweighs_since()
    return {
        "year_CHN_outweighs_in_CHN_to_JPN": since["China → Japan"],
        "year_CHN_outweighs_in_JPN_to_CHN": since["Japan → China"],
        "ratio_of_flows_JPN_to_CHN_over_back_2021": lean(OECD, "JPN", "CHN", 2021),
        "ratio_of_flows_RUS_to_CHN_over_back_2022": lean(OECD, "RUS", "CHN", 2022),
        "share_of_JPN_KOR_RUS_in_their_exports_2011": kept_without_china(2011),
    }


def _numbers_of_leads() -> Numbers:
    """Return since when China is first partner, and in which places China's partners are."""
    as_one, singly = leads_since(), leads_since(union=())
    market = leading(OECD, "JPN", "exports")
    places = {code: place for place, code in enumerate(OECD.partners("CHN", "imports", 2022).index, start=1)}
    return {
        "year_CHN_leads_gross_exports_of_JPN": as_one["gross_exports", "exports", "JPN"],
        "year_CHN_leads_gross_exports_of_KOR": as_one["gross_exports", "exports", "KOR"],
        "year_CHN_leads_exports_of_KOR": as_one["va_final_demand", "exports", "KOR"],
        "year_CHN_leads_exports_of_JPN_oecd_first": market[0],
        "year_CHN_leads_exports_of_JPN_oecd_last": market[-1],
        "year_CHN_leads_imports_of_JPN": as_one["va_final_demand", "imports", "JPN"],
        "year_CHN_leads_imports_of_KOR": as_one["va_final_demand", "imports", "KOR"],
        "year_CHN_leads_imports_of_JPN_members_singly": singly["va_final_demand", "imports", "JPN"],
        "year_CHN_leads_imports_of_KOR_members_singly": singly["va_final_demand", "imports", "KOR"],
        "place_JPN_in_imports_of_CHN_2022": places["JPN"],
        "place_KOR_in_imports_of_CHN_2022": places["KOR"],
    }


def _numbers_of_growth() -> Numbers:
    """Return what closeness adds to the growth of links, in log points."""
    early, later = growth_of_links(end=2003), growth_of_links(OECD, 2011, 2022)
    late = growth_of_links(start=2003).loc[list(MAIN)]
    return {
        "log_points_of_index_CHN_to_KOR_1995_2003": early["Index"]["CHN", "KOR"],
        "log_points_of_index_JPN_to_CHN_1995_2003": early["Index"]["JPN", "CHN"],
        "log_points_of_closeness_CHN_to_KOR_1995_2003": early["Closeness"]["CHN", "KOR"],
        "log_points_of_closeness_JPN_to_CHN_1995_2003": early["Closeness"]["JPN", "CHN"],
        "log_points_lost_of_closeness_2003_2011_least": -late["Closeness"].max(),
        "log_points_lost_of_closeness_2003_2011_most": -late["Closeness"].min(),
        "log_points_of_index_2003_2011_most": late["Index"].max(),
        "log_points_of_closeness_RUS_to_CHN_2011_2022": later["Closeness"]["RUS", "CHN"],
        "log_points_lost_of_closeness_KOR_to_CHN_2011_2022": -later["Closeness"]["KOR", "CHN"],
    }


def _numbers_of_closeness() -> Numbers:
    """Return how close the four directions are at the least and at the most, and when they were closest."""
    found = premiums()
    of_value, as_one = found.loc["Value added"], found.loc["Value added, European Union as one"]
    return {
        "closeness_CHN_JPN_KOR_2022_least": of_value["OECD", "2022"].min(),
        "closeness_CHN_JPN_KOR_2022_most": of_value["OECD", "2022"].max(),
        "closeness_CHN_JPN_KOR_highest_least": of_value["WIOD", "Peak"].min(),
        "closeness_CHN_JPN_KOR_highest_most": of_value["WIOD", "Peak"].max(),
        "closeness_EU_as_one_2022_least": as_one["OECD", "2022"].min(),
        "closeness_EU_as_one_2022_most": as_one["OECD", "2022"].max(),
        "year_of_highest_closeness_first": int(found["WIOD", "Peak year"].min()),
        "year_of_highest_closeness_last": int(found["WIOD", "Peak year"].max()),
    }


def of_neighbours() -> Numbers:
    """Return how many pairs of neighbours by land are closer than China, Japan and Korea."""
    close = neighbours().set_index(["one", "other"])["value"]
    by_land = close.drop(list(AT_SEA))
    return {
        "pairs_by_land": len(by_land),
        "pairs_by_land_closer_than_CHN_JPN": int((by_land > close["CHN", "JPN"]).sum()),
        "pairs_by_land_closer_than_CHN_KOR": int((by_land > close["CHN", "KOR"]).sum()),
        "pairs_by_land_closer_than_JPN_KOR": int((by_land > close["JPN", "KOR"]).sum()),
        "closeness_by_land_median": by_land.median(),
    }


def _numbers_of_industries() -> Numbers:
    """Return what industries gained and lost, how alike they are, and how far from final use."""
    points, far = branch_points(), stages()
    return {
        "points_gained_electrical_KOR_to_CHN_1995_2011": points["KOR", "CHN"]["Electrical and optical"],
        "points_lost_food_CHN_to_JPN_1995_2011": -points["CHN", "JPN"]["Agriculture and food"],
        "points_lost_textiles_CHN_to_JPN_1995_2011": -points["CHN", "JPN"]["Textiles and leather"],
        "overlap_of_industries_CHN_JPN_1995": likeness(WIOD, "JPN", 1995),
        "overlap_of_industries_CHN_JPN_2011": likeness(WIOD, "JPN", 2011),
        "stages_KOR_CHN_1995": far["KOR", "CHN", 1995],
        "stages_KOR_CHN_2011": far["KOR", "CHN", 2011],
        "stages_by_change_of_industries_max": stages_by_cause()["industries"].max(),
    }


def _numbers_of_ships() -> Numbers:
    """Return what shipyards make and sell, and who gained in exports as Korea lost."""
    sold, made = ships(), ships("output")
    total = OECD.by_industry("gross_exports", SHIPS).sum(axis=1)
    others = sold[["ITA", "NLD", "DEU"]].sum(axis=1)
    return {
        "ships_by_next_three_2011": others[2011],
        "ships_by_next_three_2022": others[2022],
        "ships_made_in_KOR_2011": made["KOR"][2011],
        "ships_made_in_KOR_2022": made["KOR"][2022],
        "ships_made_in_CHN_2011": made["CHN"][2011],
        "ships_made_in_CHN_2022": made["CHN"][2022],
        "ships_exported_fell": 100 * (1 - total[2022] / total[2011]),
        "ships_value_added_KOR_2011": ships("vax")["KOR"][2011],
        "ships_value_added_KOR_2022": ships("vax")["KOR"][2022],
    }


def _numbers_of_mongolia() -> Numbers:
    """Return what is bought of Mongolia, and China's part in what it sends to the four."""
    bought = raw_materials()
    return {
        "billions_MNG_to_CHN_2024": bought["China"][2024],
        "billions_MNG_to_all_2024": bought["all"][2024],
        "percent_MNG_to_CHN_least": 100 * (bought["China"] / bought["all"]).min(),
        "part_CHN_in_market_of_MNG_2017": mongolia(2017)["", "Share among the four"]["Mongolia", "China"],
        "share_MNG_in_imports_of_CHN_if_half": ARTICLE.link("MNG", "CHN")[2021] ** 2 / 50,
    }
