"""What the book's numbers are held against: printed examples, accounts that must close, databases, published shares."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import yaml

import gvc
from exhibits.prose import Numbers
from exhibits.text import Joined, calendar_year
from gvc.flows import industry_exports, value_added_in_exports
from gvc.icio import ICIO
from gvc.indicators import origin_share
from gvc.leontief import input_coefficients, value_added_coefficients
from industrial_chains import article, data, sources
from industrial_chains import economies as eco
from industrial_chains.analysis import exposure
from industrial_chains.article import HOSTS, MEASURES
from industrial_chains.charting import names
from industrial_chains.panel_contents import MARKET
from industrial_chains.sample import sample
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD, WIOD_NEA, SilentError, Source
from industrial_chains.uncertainty.error_sizes import YEAR

#: Databases that hold all flows, in the order of their years.
TABLES = (LRWIOD, WIOD, OECD)
#: What two sums may differ by and be called equal, as a part of the second.
EQUAL = 1e-9
#: The last of the accounts, which asks the table and not the package alone.
OF_DATA = "Value added absorbed anywhere makes value added"
_SIDES = ("first", "second")
#: Points that a share or a link must move by for its direction to count.
MOVED = 0.5
#: Databases that have years in common with the article.
OTHERS = (WIOD, ADB, OECD)


def examples() -> list[dict[str, Any]]:
    """Read the tables and results that Koopman, Wang and Wei (2014) print in their online appendix, as printed."""
    text = data.path("kww2014").read_text("utf-8")
    read: list[dict[str, Any]] = yaml.safe_load(text)
    return read


def table_of(example: dict[str, Any]) -> ICIO:
    """Make the table of an example; sectors that an economy lacks are industries without output."""
    economies = example["economies"]
    counts = example.get("sectors", [1] * len(economies))
    N = max(counts)
    rows = [N * at + sector for at, count in enumerate(counts) for sector in range(count)]
    GN = N * len(economies)
    Z, Y, x, va = np.zeros((GN, GN)), np.zeros((GN, len(economies))), np.zeros(GN), np.zeros(GN)
    Z[np.ix_(rows, rows)], Y[rows], x[rows], va[rows] = (example[name] for name in ("Z", "Y", "x", "va"))
    return ICIO(economies=economies, sectors=[f"s{n + 1}" for n in range(N)], Z=Z, Y=Y, x=x, va=va, source="KWW 2014")


def against_print() -> pd.DataFrame:
    """Recompute every printed number of the examples.

    Returns
    -------
    DataFrame, example × {Appendix, Economies, Numbers, Agree, Largest gap}
        A number agrees if it rounds to the printed one. The gap is in units of the last printed digit.
    """
    rows = {}
    for example in examples():
        gaps = [_in_last_digits(found, printed) for found, printed in _pairs(example)]
        rows[example["name"]] = {
            "Appendix": example["appendix"],
            "Economies": len(example["economies"]),
            "Numbers": len(gaps),
            # Beyond a half by what floating point adds to a number that ends in 5.
            "Agree": sum(gap <= 0.5 + 1e-9 for gap in gaps),
            "Largest gap": max(gaps),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="Example")


def nafta() -> pd.DataFrame:
    """Set the trade model's effects of NAFTA beside the published ones.

    Returns
    -------
    DataFrame, (Deficits, Effect) × (member, {Published, Here})
        Percent.
    """
    rows = data.table("nafta").rename(columns={"published": "Published", "computed": "Here"})
    rows = rows.assign(
        economy=rows["economy"].map(names.economy),
        measure=rows["measure"].str.capitalize(),
        deficits=rows["deficits"].map({"zero": "Brought to zero", "kept": "Kept"}),
    )
    wide = rows.pivot_table(
        index=["deficits", "measure"], columns="economy", values=["Published", "Here"], sort=False, dropna=False
    ).swaplevel(axis=1)
    columns = [(economy, column) for economy in rows["economy"].unique() for column in ("Published", "Here")]
    shown = wide[columns].set_axis(pd.MultiIndex.from_tuples(columns), axis=1)
    return shown.rename_axis(index=["Deficits", "Effect"])


def _pairs(example: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Each printed number with the one that the package gives."""
    table, printed = table_of(example), example["printed"]
    terms, content = gvc.kww(table), value_added_in_exports(table)
    exports = gvc.gross_exports(table).sum(axis=1)
    if "absorbed" in printed:
        yield from zip(np.ravel(gvc.value_added_in_final_demand(table)), np.ravel(printed["absorbed"]), strict=True)
    if "exports" in printed:
        yield from zip(exports, printed["exports"], strict=True)
    for code in set(printed) & set(table.economies):
        row, total, at_home = terms.loc[code], exports[code], content.loc[code, code]
        found = {
            "E": total,
            "VAX": row.iloc[:3].sum(),
            "DVA": row.iloc[:5].sum(),
            "FVA": row[["FVA_FIN", "FVA_INT"]].sum(),
            "DC": at_home,
            "VS": content[code].sum() - at_home,
            "VS1star": content.loc[code].sum() - at_home,
        }
        found |= {f"{name}_share": found[name] / total for name in ("DVA", "DC")}
        found["VAX_ratio"] = found["VAX"] / total
        yield from zip(row, printed[code]["terms"], strict=True)
        yield from ((found[name], number) for name, number in printed[code]["others"].items())


def _in_last_digits(found: float, printed: float) -> float:
    return float(abs(found - printed)) * 10.0 ** len(str(printed).partition(".")[2])


def by_rounds(icio: ICIO, rounds: Iterable[int]) -> pd.DataFrame:
    r"""Follow value added in exports from supplier to supplier, without solving anything.

    Parameters
    ----------
    icio : ICIO
    rounds : iterable of int
        How many rounds of suppliers, none of them for the exporting industry alone.

    Returns
    -------
    DataFrame, rounds × {missing, exporter, gap}
        `missing`: of the exports of the exporter that has most of it left, what no origin has been found for, in
        percent. `gap`: of any origin in any exporter's exports, how far the sum so far is from
        :func:`gvc.value_added_in_exports`, in percent of the exports.

    Notes
    -----
    :math:`V (I + A + A^2 + \dots + A^k) E`, which tends to :math:`V B E`.
    """
    rounds, names = sorted(rounds), icio.result_economies
    A, v, solved = input_coefficients(icio), value_added_coefficients(icio), value_added_in_exports(icio).to_numpy()
    output = np.zeros((len(icio.x), len(names)))
    output[icio.own] = industry_exports(icio).sum(axis=1)
    exports, found, rows = output.sum(axis=0), np.zeros_like(solved), {}
    for done in range(rounds[-1] + 1):
        found += icio.by_economy((v[:, None] * output).T).T
        output = A @ output
        if done in rounds:
            missing = 100 * (1 - found.sum(axis=0) / exports)
            most = int(missing.argmax())
            gap = float((100 * np.abs(found - solved) / exports).max())
            rows[done] = {"missing": float(missing[most]), "exporter": names[most], "gap": gap}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="rounds")


def accounts(source: Source = WIOD) -> pd.DataFrame:
    """Hold the flows of a source against each other: what must be equal, computed by different functions.

    Parameters
    ----------
    source : Source
        With a panel by industry.

    Returns
    -------
    DataFrame, identity × {compared, open, gap, economy, year, near}
        How many pairs of numbers, and how many of them differ by more than :data:`EQUAL`; the largest gap, in percent
        of the second; whose and when it is; the largest gap of the economies of Northeast Asia.
    """

    def total(flow: str, by: str = "origin", *, abroad: bool = False) -> pd.Series:
        rows = source.rows(flow)
        return _sum(rows[rows["origin"] != rows["destination"]] if abroad else rows, by)

    def made(flow: str) -> pd.Series:
        return _sum(source.accounts(flow), "origin")

    exports, sales = total("gross_exports"), source.rows("gross_exports")
    to_market = _sum(sales[(sales["destination"] == MARKET) & (sales["origin"] != MARKET)], "origin")
    sides = {
        "Value added of all origins makes gross exports": (total("va_exports", "destination"), exports),
        "DVA, DDC, FVA and FDC make gross exports": (
            sum((total(term) for term in ("DVA", "DDC", "FVA", "FDC")), start=0 * exports),
            exports,
        ),
        "FVA and FDC are the foreign value added of Table 1": (
            total("FVA") + total("FDC"),
            total("va_exports", "destination", abroad=True),
        ),
        "The industries' exports of value added make VAX": (made("vax"), total("va_final_demand", abroad=True)),
        "The industries' value added in exports makes DVA": (made("dva_exports"), total("DVA")),
        "Value added in exports to the United States makes those exports": (
            total(f"va_exports_to_{MARKET}", "destination").drop(MARKET, level="economy"),
            to_market,
        ),
        OF_DATA: (total("va_final_demand"), made("value_added")),
    }
    rows = {}
    for identity, (one, other) in sides.items():
        gap = (100 * (one - other).abs() / other).dropna()
        year, economy = gap.index[int(gap.argmax())]
        near = gap[gap.index.get_level_values("economy").isin(eco.GROUPS["NEA"])]
        rows[identity] = {
            "compared": len(gap),
            "open": int((gap > 100 * EQUAL).sum()),
            "gap": gap.max(),
            "economy": economy,
            "year": year,
            "near": near.max(),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="identity")


def world(source: Source) -> pd.DataFrame:
    """Hold the world's sums of a database against each other, year by year.

    Returns
    -------
    DataFrame, year × {demand, exports}
        Gaps in percent: of final demand from value added, and of value added in exports from gross exports. What one
        economy's final demand absorbs from all origins is that final demand, so that the first is the part of output
        that the rows of the table do not use.
    """
    made = source.accounts("value_added").groupby("year")["value"].sum()
    absorbed, content, exports = (
        source.rows(flow).groupby("year")["value"].sum() for flow in ("va_final_demand", "va_exports", "gross_exports")
    )
    return pd.DataFrame({"demand": 100 * (absorbed / made - 1), "exports": 100 * (content / exports - 1)})


def _sum(rows: pd.DataFrame, by: str) -> pd.Series:
    """Add rows up by year and economy."""
    return rows.groupby(["year", by])["value"].sum().rename_axis(["year", "economy"])


# -- databases against each other -------------------------------------------------------------------------------------


class Overlap(NamedTuple):
    """Two databases that show the same years.

    Attributes
    ----------
    first, second : Source
    years : range
    origins, hosts : tuple of str
        Whose shares in whose foreign value added are compared.
    links : tuple of str
        Among whom the link index is.
    """

    first: Source
    second: Source
    years: range
    origins: tuple[str, ...]
    hosts: tuple[str, ...]
    links: tuple[str, ...] = ()


def _named_by(*those: Source) -> tuple[str, ...]:
    shown = frozenset.intersection(*(source.economies for source in those))
    return tuple(sorted(shown - {eco.ROW}))


def overlaps() -> list[Overlap]:
    """List the years that two databases share, with what both can be asked."""
    both, later = _named_by(LRWIOD, WIOD), _named_by(WIOD, OECD)
    partners = (*WIOD_NEA, "IDN", "IND", "MEX", "TWN", "USA", "EU27")
    of_adb = tuple(sorted(set(ADB.rows("fva_share")["destination"]) & OECD.economies))
    return [
        Overlap(LRWIOD, WIOD, range(1995, 2001), both, both, both),
        Overlap(WIOD, OECD, range(2011, 2012), later, later, later),
        Overlap(ARTICLE, ADB, range(2017, 2022), ("NEA",), HOSTS),
        Overlap(ARTICLE, OECD, range(2017, 2022), ("NEA",), HOSTS, WIOD_NEA),
        Overlap(ADB, OECD, range(2018, 2023), partners, of_adb),
    ]


def cells(source: Source, overlap: Overlap, measure: str) -> pd.Series:
    """Ask a database for what an overlap compares.

    Parameters
    ----------
    source : Source
    overlap : Overlap
    measure : {"origins", "foreign", "links"}
        Shares of origins in foreign value added; the foreign share of exports; the link index.

    Returns
    -------
    Series by (year, origin, destination)
        Percent, or points of the index; of a foreign share the origin is empty.
    """
    if measure == "origins":
        frame = sources.shares(overlap.origins, overlap.hosts, of=[source])
    elif measure == "links":
        frame = sources.links(overlap.links, of=[source]).rename(columns={"absorber": "destination"})
    else:
        by_year = {year: exposure.reliance(source.matrix("va_exports", year)) for year in overlap.years}
        found = pd.concat({year: exposure.foreign(shares)[list(overlap.hosts)] for year, shares in by_year.items()})
        frame = found.rename_axis(["year", "destination"]).rename("value").reset_index().assign(origin="")
    within = frame[frame["year"].isin(overlap.years)]
    return within.set_index(["year", "origin", "destination"])["value"].dropna()


def compared(overlap: Overlap, measure: str) -> dict[str, Any]:
    """Compare level, rank and change of one measure.

    Returns
    -------
    dict
        compared (cells), mean (the second less the first), size (mean of the gaps' sizes), largest and where; rank
        (Spearman's correlation within a year, mean of years); same and told: of the changes from the first year to the
        last that the first database has larger than :data:`MOVED`, those with the same sign in the second.
    """
    both = pd.DataFrame({name: cells(getattr(overlap, name), overlap, measure) for name in _SIDES}).dropna()
    gap = both["second"] - both["first"]
    year, origin, destination = gap.index[int(gap.abs().to_numpy().argmax())]
    pair = _in_words("→".join(filter(None, (origin, destination))))
    ranks = [part.corr("spearman").to_numpy()[0, 1] for _, part in both.groupby(level="year")]
    last, first = (both[both.index.get_level_values("year") == overlap.years[end]].droplevel("year") for end in (-1, 0))
    change = (last - first).dropna()
    told = change[change["first"].abs() > MOVED]
    return {
        "compared": len(both),
        "mean": gap.mean(),
        "size": gap.abs().mean(),
        "largest": gap.abs().max(),
        "where": Joined(pair, ", ", calendar_year(year)),
        "rank": float(np.mean(ranks)),
        "same": int((told["first"] * told["second"] > 0).sum()),
        "told": len(told),
    }


def overlap_table() -> pd.DataFrame:
    """Compare the databases wherever two have the same years.

    Returns
    -------
    DataFrame, (overlap, measure) × those of :func:`compared`
        The columns same and told in words: ``3 of 4``.
    """
    called = {
        "origins": "Origins",
        "foreign": "Foreign share",
        "links": "Links",
    }
    rows = {}
    for overlap in overlaps():
        flows = overlap.first in TABLES and overlap.second in TABLES
        for measure, text in called.items():
            if measure == "origins" or (flows if measure == "foreign" else overlap.links):
                found = compared(overlap, measure)
                found["direction"] = f"{found['same']} of {found['told']}" if found["told"] else "–"
                rows[between(overlap), text] = found
    return pd.DataFrame.from_dict(rows, orient="index").drop(columns=["same", "told"])


def between(overlap: Overlap) -> str:
    """Name an overlap: who, and when."""
    first, last = overlap.years[0], overlap.years[-1]
    when = str(first) if first == last else f"{first}–{last}"
    return f"{overlap.first.name} and {overlap.second.name}, {when}"


def _in_words(where: str) -> str:
    """Name the economies of a place: ``CHN→THA``."""
    return "→".join(map(names.economy, where.split("→")))


# -- against what is published ----------------------------------------------------------------------------------------


def published() -> pd.DataFrame:
    """Hold the OECD's tables, made here, against the shares that the OECD publishes.

    Returns
    -------
    DataFrame, (measure, among) × ({2022, 2012–2021}, {Compared, Mean, Largest, Where})
        Sizes of the differences, percentage points: of the table that was rebuilt, and of all estimates.
    """
    errors = data.table("oecd_errors").query(
        "table == 'kept' and among in ['economies', 'groups', 'rest of the world', 'pairs']"
    )
    rows = {}
    for measure, among in (
        *product(("FFD_DVA", "EXGR_DVA", "FEXGR_DVA"), ("economies", "groups", "rest of the world")),
        ("FDVA", "pairs"),
    ):
        part = errors[(errors["measure"] == measure) & (errors["among"] == among)]
        now, then = part[part["year"] == YEAR].iloc[0], part[part["year"] < YEAR]
        most = then.sort_values("largest", kind="stable").iloc[-1]
        rows[measure, among] = {
            ("2022", "Compared"): now["compared"],
            ("2022", "Mean"): now["mean"],
            ("2022", "Largest"): now["largest"],
            ("2022", "Where"): _in_words(now["where"]),
            ("Estimates", "Compared"): then["compared"].sum(),
            ("Estimates", "Mean"): float(np.average(then["mean"], weights=then["compared"])),
            ("Estimates", "Largest"): most["largest"],
            ("Estimates", "Where"): Joined(_in_words(most["where"]), ", ", calendar_year(most["year"])),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index=["Measure", "Among"])


# -- against the print ------------------------------------------------------------------------------------------------


def agreement() -> pd.DataFrame:
    """Compare the printed shares with those of each other database, year by year where both have them.

    Returns
    -------
    DataFrame
        Columns database, measure, destination, first, last (years), mean, smallest and largest (gap: the database less
        the article, points), same and told (yearly changes of the same sign, of those whose sign survives the
        rounding of the article), correlation (of levels).
    """
    rows = []
    for source, measure, host in product(OTHERS, MEASURES, HOSTS):
        with suppress(SilentError):
            other, printed = (pd.Series(one.share("NEA", host, measure)) for one in (source, ARTICLE))
            both = pd.DataFrame({"printed": printed, "other": other}).dropna()
            gap = both["other"] - both["printed"]
            signs = [_sign(*pair) for pair in pairwise(both["printed"])]
            moves = zip(signs, both["other"].diff()[1:], strict=True)
            rows.append(
                {
                    "database": source.name,
                    "measure": measure,
                    "destination": host,
                    "first": int(both.index[0]),
                    "last": int(both.index[-1]),
                    "mean": gap.mean(),
                    "smallest": gap.min(),
                    "largest": gap.max(),
                    "same": sum(sign * move > 0 for sign, move in moves),
                    "told": sum(sign != 0 for sign in signs),
                    "correlation": both["printed"].corr(both["other"]),
                }
            )
    return pd.DataFrame(rows)


def same_order() -> tuple[int, int]:
    """Count the years in which another database ranks the hosts as the article does, by share in foreign value added.

    Returns
    -------
    same, compared : int
        Over WIOD (India, Mexico), the ADB and the OECD (all three).
    """
    printed, same = ARTICLE.shares("NEA", HOSTS), []
    for source in OTHERS:
        other = source.shares("NEA", HOSTS)
        for year in other.columns.intersection(printed.columns):
            order = other[year].sort_values(kind="stable").index
            same.append(list(order) == list(printed.loc[order, year].sort_values(kind="stable").index))
    return sum(same), len(same)


def _sign(before: float, after: float) -> int:
    """Sign of a change between two printed numbers; 0 where rounding could have made it."""
    return article.sign(*article.bounds(lambda start, end: end - start, before, after))


def gap_reasons() -> pd.DataFrame:
    """How far each reason could move Northeast Asia's share, WIOD against the article and against the OECD.

    Returns
    -------
    DataFrame, reason × {IND, MEX}
        Percentage points. Gaps to the article are means of 2007–2011, those to the OECD of 2011; bounds are the largest
        that the panels show.
    """
    hosts = ("IND", "MEX")
    gaps = agreement().query("database == @WIOD.name").set_index(["measure", "destination"])["mean"]
    once, again = ({year: WIOD.matrix(flow, year).sum(axis=1) for year in range(2007, 2012)} for flow in ("FVA", "FDC"))
    twice = (pd.DataFrame(again) / pd.DataFrame(once)).max(axis=1)
    coarse = value_added_in_exports(sample())

    def to_oecd(measure: str = "fva_share", base: sources.Base = "all") -> dict[str, float]:
        both = (source.shares("NEA", hosts, measure, base)[2011] for source in (WIOD, OECD))
        return {host: wiod[host] - oecd[host] for wiod, oecd in [both] for host in hosts}

    reasons = {
        "WIOD less the article, foreign value added": {host: gaps["fva_share", host] for host in hosts},
        "WIOD less the article, imported intermediates": {host: gaps["imint_share", host] for host in hosts},
        "WIOD less the OECD, foreign value added": to_oecd(),
        "WIOD less the OECD, imported intermediates": to_oecd("imint_share"),
        "WIOD less the OECD, among ten suppliers": to_oecd(base="common"),
        "Mongolia, at most": {host: max(ADB.share("MNG", host).values()) for host in hosts},
        "Double counting, at most": {host: 100 * twice[host] for host in hosts},
        "Five industries, eleven economies": {
            host: origin_share(coarse, WIOD_NEA, host) - WIOD.share("NEA", host)[2011] for host in hosts
        },
    }
    return pd.DataFrame(reasons).T


# -- numbers of sentences that no exhibit holds -----------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_examples(), **_accounts(), **_worlds(), **_databases()}


def _examples() -> Numbers:
    """Return how many published results come out, and what rounds of suppliers leave of the exports."""
    printed, effects = against_print(), data.table("nafta")
    return {
        "number_of_results_printed": int(printed["Numbers"].sum()),
        "number_of_results_that_agree": int(printed["Agree"].sum()),
        "number_of_nafta_published": int((effects["published"] == effects["computed"].round(2)).sum()),
        "exporter_with_most_not_found": names.economy(by_rounds(sample(), [0])["exporter"][0]),
    }


def _accounts() -> Numbers:
    """Return how many pairs of numbers differ, and what final demand does not absorb of value added, at most."""
    every = [accounts(source) for source in TABLES]
    exact, of_data = [one.drop(index=OF_DATA) for one in every], [one.T[OF_DATA] for one in every]
    lrwiod, wiod, _ = of_data
    return {
        "number_of_tables": sum(len(source.years("va_exports")) for source in TABLES),
        # These only the package could make differ.
        "number_of_pairs_compared": sum(int(one["compared"].sum()) for one in exact),
        "number_of_pairs_equal": sum(int((one["compared"] - one["open"]).sum()) for one in exact),
        "number_of_pairs_of_data": sum(int(one["compared"]) for one in of_data),
        "number_of_pairs_of_data_open": sum(int(one["open"]) for one in of_data),
        "percent_lost_most": wiod["gap"],
        "economy_that_loses_most": names.economy(wiod["economy"]),
        "year_of_most_lost": int(wiod["year"]),
        "percent_lost_most_in_NEA": wiod["near"],
        "lrwiod_pairs_open": int(lrwiod["open"]),
        "lrwiod_percent_lost_most": lrwiod["gap"],
        "lrwiod_economy_that_loses_most": names.economy(lrwiod["economy"]),
        "lrwiod_year_of_most_lost": int(lrwiod["year"]),
    }


def _worlds() -> Numbers:
    """Return how many sums of the world are equal, and the largest gaps."""
    gaps = {source: world(source).abs() for source in TABLES}
    equal = {source: gap < 100 * EQUAL for source, gap in gaps.items()}
    return {
        "wiod_world_gap": gaps[WIOD]["demand"].max(),
        "lrwiod_world_gap": gaps[LRWIOD]["demand"].max(),
        "number_of_years_exports_equal": sum(int(one["exports"].sum()) for one in equal.values()),
        "oecd_years_demand_equal": int(equal[OECD]["demand"].sum()),
        "oecd_years": len(gaps[OECD]),
    }


def _databases() -> Numbers:
    """Return how far databases agree with each other, with what the OECD publishes, and with the article."""
    found, (same, asked), shares, reasons = overlap_table(), same_order(), published().T, gap_reasons().T
    early, *_, late = map(between, overlaps())
    where, _, year = shares["FEXGR_DVA", "economies"]["Estimates", "Where"].parts
    changes = agreement().groupby("database")[["same", "told"]].sum()
    of_all = reasons["WIOD less the OECD, foreign value added"]["IND"]
    of_ten = reasons["WIOD less the OECD, among ten suppliers"]["IND"]
    return {
        "rank_lowest_of_origins_and_links": found["rank"].drop("Foreign share", level=1).min(),
        "comparisons_with_same_order": same,
        "comparisons": asked,
        "directions_1995_2000": found["direction"][early, "Links"],
        "directions_2018_2022": found["direction"][late, "Origins"],
        "number_of_published_shares": int(shares.xs("Compared", level=1).to_numpy().sum()),
        "number_of_areas": int(shares["EXGR_DVA"].loc[("2022", "Compared")].sum()),
        "FEXGR_gap_largest_where": where,
        "FEXGR_gap_largest_year": int(year),
        "WIOD_changes_same": int(changes["same"]["WIOD"]),
        "WIOD_changes_told": int(changes["told"]["WIOD"]),
        "ADB_changes_same": int(changes["same"]["ADB"]),
        "ADB_changes_told": int(changes["told"]["ADB"]),
        "OECD_changes_same": int(changes["same"]["OECD"]),
        "OECD_changes_told": int(changes["told"]["OECD"]),
        "percent_of_gap_in_IND_by_rest": 100 * (1 - of_ten / of_all),
        "share_MNG_max": reasons["Mongolia, at most"].max(),
        "points_by_double_counting_max": reasons["Double counting, at most"].max(),
    }
