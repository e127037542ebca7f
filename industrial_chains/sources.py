"""The databases, each a :class:`Source` that is asked in the article's terms.

Shares, links and concentrations are computed from panels here and nowhere else. Where a source cannot answer it is
silent: it raises :class:`SilentError`, which whoever asks several sources passes over.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd

from exhibits.text import enumerated, flat
from gvc import economies as eco
from gvc import holes, panel
from gvc.errors import GvcError
from gvc.indicators import (
    link_index,
    link_shares,
    revealed_comparative_advantage,
    trade_intensity,
    without_own,
)
from industrial_chains import article, industry_groups
from industrial_chains.analysis import exposure
from industrial_chains.article import HOSTS, MEASURES, PARTNERS
from industrial_chains.charting import names
from industrial_chains.panel_contents import MARKET

#: Of what a share is taken: of all that is foreign, of what suppliers with a name give, of what those in `COMMON` give.
Base = Literal["all", "named", "common"]
#: What can be said of a pair of economies, see :meth:`Source.ties`.
Tie = Literal["index", "exports", "imports", "intensity"]
#: What an economy sends to all others, or takes from them.
Side = Literal["exports", "imports"]
#: An economy or a group, or several economies.
Who = str | tuple[str, ...]
#: Industries: a group of `sectors.GROUPS`, which each database has in codes of its own, or codes.
Group = str | tuple[str, ...]
#: Where a source finds its rows: the name of a panel, or what makes them.
Rows = str | Callable[[], pd.DataFrame]

#: How it was measured what a source's numbers are off by from year to year: by another edition of it, by a trial of the
#: method of its estimates, or not at all, so that trends count as certain.
Yearly = Literal["editions", "trial", "unmeasured"]

#: Northeast Asia and the hosts as WIOD shows them.
WIOD_NEA, WIOD_HOSTS = ("CHN", "JPN", "KOR", "RUS"), ("IDN", "IND", "MEX")
#: Suppliers that every database names; ADB's figures show the European Union as one, without the United Kingdom.
COMMON = (*WIOD_NEA, *WIOD_HOSTS, "TWN", "USA", "EU27", *eco.GROUPS["EU27"])
#: Who trades as one partner.
UNION = eco.GROUPS["EU27"]
_BEHIND = {**MEASURES, "link": "va_final_demand"}
#: The treatments of :func:`gvc.foreign_value_added`, as the charts name them.
TREATMENTS = {"members": "One by one", "block": "As a block", "merged": "Merged"}


class SilentError(GvcError):
    """A source lacks what a question asks for."""


class Years(dict[int, float]):
    """A number a year; of a year without one the source is silent."""

    def __missing__(self, year: int) -> float:
        raise silent("years", f"one of {', '.join(map(str, self))}", str(year))

    def pace(self, start: int, end: int) -> float:
        """Change a year from one year to another."""
        return (self[end] - self[start]) / (end - start)


@dataclass(frozen=True, eq=False)
class Source:
    """One database.

    Parameters
    ----------
    name, label : str
        As sentences and as charts name it.
    line : str
        What stands below an exhibit.
    dash : tuple of float
        How charts draw its lines: a database keeps its stroke.
    flows : str or callable
        Its panel of flows between economies. Instead of value added in exports it may hold the shares themselves.
    industries : str or callable, optional
        Its panel by industry.
    printed : bool
        Whether its numbers are read off a page, and rounded there.
    estimates : range
        Years whose tables are its publisher's estimates.
    yearly : {"editions", "trial", "unmeasured"}
        How its error from year to year was measured. Without it no statement on a rise can be put to the source.

    Notes
    -----
    Rows are read once a process, when they are first asked for, and so is each matrix: nobody may write to them.
    """

    name: str
    label: str
    line: str
    flows: Rows
    industries: Rows | None = None
    dash: tuple[float, ...] = (1, 0)
    printed: bool = False
    estimates: range = range(0)
    yearly: Yearly | None = None

    # -- rows and matrices --------------------------------------------------------------------------------------------

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Rows of the panel of flows."""
        return panel.as_text(self._all)

    @cached_property
    def about(self) -> panel.About:
        """Which panel its flows are; the print counts as one."""
        return panel.about(self.flows) if isinstance(self.flows, str) else article.about()

    @cached_property
    def _all(self) -> pd.DataFrame:
        return _read(self.flows)

    @cached_property
    def _by_flow(self) -> dict[str, pd.DataFrame]:
        return _apart(self._all)

    @cached_property
    def _accounts_by_flow(self) -> dict[str, pd.DataFrame]:
        return {} if self.industries is None else _apart(_read(self.industries))

    @cached_property
    def economies(self) -> frozenset[str]:
        """Codes of all origins."""
        return frozenset(self._all["origin"].unique())

    def kind(self, year: int) -> Literal["print", "table", "estimate"]:
        """Say what the numbers of a year come from."""
        if self.printed:
            return "print"
        return "estimate" if year in self.estimates else "table"

    def label_in(self, year: int) -> str:
        """Name it as charts do for one year: estimates have a name, and a stroke, of their own."""
        return f"{self.name}, estimates" if self.kind(year) == "estimate" else self.label

    def long(self, by_year: pd.DataFrame, columns: str) -> pd.DataFrame:
        """Lay a table by year out for a chart: columns year, `columns`, value, database."""
        rows = by_year.rename_axis(index="year", columns=columns).melt(ignore_index=False).reset_index()
        return rows.assign(database=rows["year"].map(self.label_in))

    @cached_property
    def holes(self) -> pd.DataFrame:
        """Flows that its tables lost for some years, as :func:`gvc.holes.find` has them."""
        held = "gross_exports" in self._by_flow
        return holes.find(self.rows("gross_exports")) if held else pd.DataFrame(columns=list(holes.COLUMNS))

    @cache  # noqa: B019
    def lost(self, year: int) -> frozenset[tuple[str, str]]:
        """Pairs, origin and destination, whose trade a table has lost: what they show in that year is not known."""
        there = self.holes["first"].le(year) & self.holes["last"].ge(year)
        return frozenset(self.holes.loc[there, ["origin", "destination"]].itertuples(index=False, name=None))

    def rounding(self, table: int) -> float:
        """Return what two numbers of one of the article's tables must differ by to differ for certain."""
        return 2 * article.ROUNDING[table] + 1e-9 if self.printed else 0.0

    @cache  # noqa: B019 (there are a few sources, and they last)
    def years(self, flow: str) -> list[int]:
        """Years for which it holds a flow, or one of the article's measures."""
        return panel.years(self.rows(self._flow(flow)))

    @cache  # noqa: B019
    def matrix(self, flow: str, year: int) -> pd.DataFrame:
        """One flow of one year, origin × destination."""
        return panel.flow_matrix(self.rows(flow), flow, year)

    @cache  # noqa: B019
    def _offered(self, flow: str, year: int, base: Base) -> pd.DataFrame:
        """One flow of one year, from the origins of a base."""
        given = self.matrix(flow, year)
        return given if base == "all" else given[_within(base, given.index)]

    def known(self, values: pd.Series | Mapping[Any, float], what: object) -> Years:
        """Keep the years that have a number."""
        numbers: dict[Any, float] = dict(values.items())
        known = Years({int(year): float(value) for year, value in numbers.items() if not math.isnan(value)})
        if not known:
            raise silent(self.name, str(what), "no year of it")
        return known

    @cache  # noqa: B019
    def rows(self, flow: str) -> pd.DataFrame:
        """Rows of one flow of the panel of flows."""
        if flow not in self._by_flow:
            raise silent(self.name, f"the flow {flow}", ", ".join(self._by_flow))
        return panel.as_text(self._by_flow[flow])

    def _flow(self, measure: str) -> str:
        """Name the flow behind a measure, or that of the measure itself where the panel holds it."""
        return measure if measure in self._by_flow else _BEHIND.get(measure, measure)

    # -- shares -------------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def suppliers(self, host: Who, measure: str = "fva_share", base: Base = "all") -> pd.DataFrame:
        """Return what each origin gives of all that is foreign to a host.

        Parameters
        ----------
        host : str or tuple of str
            An economy, a group or several economies, pooled member by member.
        measure : {"fva_share", "imint_share"}
            Of the foreign value added in its exports, or of its imported intermediates; or a flow of the panel.
        base : {"all", "named", "common"}

        Returns
        -------
        DataFrame, origin × year
            Percent; the years in which the source shows the whole host. As printed, not every origin is there.
            Empty is what a hole has taken: see :attr:`holes`.
        """
        found = {}
        for year in self.years(measure):
            given = self.matrix(self._flow(measure), year)
            members = _members(host, given.columns)
            if not all(code in given.columns for code in members):
                continue
            if not self.printed:
                within = self._offered(self._flow(measure), year, base)
                found[year] = exposure.supplier_shares(within, members)
                lost = {origin for origin, destination in self.lost(year) if destination in members}
                if lost and lost.intersection(within.index):
                    # It stands under the rest of the world; shares of a base without that are wrong for all.
                    gone = [*lost, eco.ROW] if base == "all" else within.index
                    found[year] = found[year].mask(found[year].index.isin(gone))
            elif base == "all":
                found[year] = given[host]
        if not found:
            raise silent(self.name, f"{measure} of {base} suppliers in {host}", "no year of it")
        return pd.DataFrame(found)

    @cache  # noqa: B019
    def share(self, origins: Who, host: Who, measure: str = "fva_share", base: Base = "all") -> Years:
        """Share of some origins, those that the source shows, in what is foreign to a host; percent."""
        table = self.suppliers(host, measure, base)
        shown = [code for code in _members(origins, table.index) if code in table.index and code != host]
        # A sum of which a part is lost is lost; the print does not name every origin in every year.
        least = 1 if self.printed else max(1, len(shown))
        # By numpy, since this is asked thousands of times.
        given = table.to_numpy(dtype=float)[table.index.get_indexer(pd.Index(shown))]
        enough = np.isfinite(given).sum(axis=0) >= least
        return self.known(dict(zip(table, np.where(enough, np.nansum(given, axis=0), np.nan), strict=True)), origins)

    def shares(
        self, origins: Who, hosts: Iterable[str], measure: str = "fva_share", base: Base = "all"
    ) -> pd.DataFrame:
        """Return :meth:`share` of those hosts that the source shows, host × year."""
        found = {}
        for host in hosts:
            with suppress(SilentError):
                found[host] = self.share(origins, host, measure, base)
        if not found:
            raise silent(self.name, f"{measure} of {origins} in one of {', '.join(hosts)}", "none")
        return pd.DataFrame(found).sort_index().T.rename_axis(index="destination", columns="year")

    def concentration(self, buyers: Iterable[str], measure: str = "fva_share") -> pd.DataFrame:
        """Follow the concentration of buyers' suppliers over the years.

        Returns
        -------
        DataFrame, (buyer, year) × those of `analysis.exposure.concentration`
            Buyers that the source shows, in the years of which no supplier is lost.
        """
        rows = {}
        for buyer in buyers:
            with suppress(SilentError):
                for year, given in self.suppliers(buyer, measure).dropna(axis="columns").items():
                    rows[buyer, year] = exposure.concentration(exposure.union_as_one(given, _members(buyer)))
        return pd.DataFrame(rows).T.rename_axis(index=["buyer", "year"]).infer_objects()

    def reliance(self, origin: str | None = None) -> pd.DataFrame:
        """Follow reliance on an origin, or on all that is foreign, at face value and looked through.

        Returns
        -------
        DataFrame, (year, maker) × {direct, gross, face_value, hidden}
            As `analysis.exposure.three_ways` has them for one table.
        """
        first, every = "inputs_first_stage", "inputs_every_stage"
        by_year = {
            year: exposure.two_ways(self.matrix(first, year), self.matrix(every, year), origin)
            for year in self.years(first)
        }
        return pd.concat(by_year, names=["year"])

    def by_treatment(self, group: str, origins: str) -> pd.DataFrame:
        """Share of some origins in the foreign value added of a group's exports, by each treatment of its members.

        Parameters
        ----------
        group, origins : str
            Groups or, as origins, one economy; of their members those that the source shows.

        Returns
        -------
        DataFrame
            Columns year, treatment, value; percent.
        """
        inside, from_ = (
            tuple(code for code in eco.members(name) if code in self.economies) for name in (group, origins)
        )
        by_treatment = {
            "members": self.share(from_, inside, "va_exports"),
            "block": self.share(from_, group, "fva_block"),
            "merged": self.share(from_, group, "fva_merged"),
        }
        wide = pd.DataFrame(by_treatment).rename_axis(index="year", columns="treatment")
        return wide.reset_index().melt("year").sort_values("year", kind="stable", ignore_index=True)

    @cache  # noqa: B019
    def passing(self, origin: str, exporter: str) -> Years:
        """Of the value added that :data:`MARKET` absorbs from an origin, the part that passes an exporter; percent."""
        found = {}
        for year in self.years(f"va_absorbed_by_{MARKET}"):
            passed, absorbed = self.matrix(f"va_absorbed_by_{MARKET}", year), self.matrix("va_final_demand", year)
            if {origin, exporter} <= set(passed.index):
                found[year] = 100 * passed[exporter].to_dict()[origin] / absorbed[MARKET].to_dict()[origin]
        return self.known(found, f"{origin} through {exporter}")

    # -- links --------------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def ties(self, of: Tie, year: int, flow: str = "va_final_demand") -> pd.DataFrame:
        """One measure of all pairs in one year, origin × absorber.

        Parameters
        ----------
        of : {"index", "exports", "imports", "intensity"}
            The link index; the absorber's share in the origin's exports, the origin's in the absorber's imports,
            percent; the intensity of trade.
        year : int
        flow : str
        """
        if self.printed and of == "index":
            return self.matrix("link", year)
        given = self.matrix(flow, year)
        if of in ("exports", "imports"):
            found = link_shares(given)[of == "imports"]
        else:
            found = link_index(given) if of == "index" else trade_intensity(given)
        for origin, absorber in self.lost(year):
            found.loc[origin, absorber] = float("nan")
        return found

    @cache  # noqa: B019
    def link(self, origin: str, absorber: str, of: Tie = "index") -> Years:
        """Link index from an origin to an absorber, or another of the measures of :meth:`ties`."""
        found = {}
        for year in self.years("link"):
            matrix = self.ties(of, year)
            if origin in matrix.index and absorber in matrix.columns:
                found[year] = matrix[absorber].to_dict()[origin]
        return self.known(found, f"{origin} → {absorber}")

    @cache  # noqa: B019
    def partners(
        self,
        economy: str,
        of: Side,
        year: int,
        flow: str = "va_final_demand",
        union: tuple[str, ...] = UNION,
    ) -> pd.Series:
        """Share of each partner with a name in what an economy `exports` or `imports`; percent, the largest first.

        The European Union, as it is today, is one partner, ``EU27``, but to its own members: it trades as one, and one
        by one its members would rarely lead. Another `union`, or an empty one, shows what that does to a rank.
        """
        shares = self.ties("exports", year, flow).T if of == "exports" else self.ties("imports", year, flow)
        if economy not in shares:
            raise silent(self.name, economy, ", ".join(shares.columns))
        given = shares[economy].drop([economy, eco.ROW], errors="ignore")
        if economy not in union:
            # A sum of which a hole has taken a part is lost.
            given = given.groupby(given.index.where(~given.index.isin(union), "EU27")).agg(pd.Series.sum, skipna=False)
        return given.dropna().sort_values(ascending=False, kind="stable")

    @cache  # noqa: B019
    def traded(self, year: int) -> pd.DataFrame:
        """Value added that each economy sends to all others and takes from them, economy × {exported, imported}."""
        foreign = without_own(self.matrix("va_final_demand", year))
        return pd.DataFrame({"exported": foreign.sum(axis=1), "imported": foreign.sum()})

    # -- industries ---------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def by_industry(self, flow: str, group: Group | None = None) -> pd.DataFrame:
        """Sum a flow over a group of industries, or over all: year × economy."""
        rows = self.accounts(flow)
        chosen = rows if group is None else rows[rows["sector"].isin(self.industries_in(group))]
        total: pd.DataFrame = chosen.groupby(["year", "origin"])["value"].sum().unstack()
        return total

    def industries_in(self, group: Group) -> tuple[str, ...]:
        """Industries of a group by the codes of this source."""
        found = industry_groups.codes(group, self._industries) if isinstance(group, str) else group
        if not found or not self._industries.issuperset(found):
            raise silent(self.name, f"the industries of {group}", "others")
        return found

    @cached_property
    def _industries(self) -> frozenset[str]:
        """Codes of all industries."""
        return frozenset(str(code) for rows in self._accounts_by_flow.values() for code in rows["sector"].unique())

    @cache  # noqa: B019
    def world_shares(self, flow: str, group: Group) -> pd.DataFrame:
        """Each economy's share in the world's flow of a group of industries, year × economy; percent."""
        total = self.by_industry(flow, group)
        return 100 * total.div(total.sum(axis=1), axis=0)

    @cache  # noqa: B019
    def weight(self, flow: str, group: Group) -> pd.DataFrame:
        """Share of a group of industries in each economy's flow, year × economy; percent."""
        return 100 * self.by_industry(flow, group) / self.by_industry(flow)

    @cache  # noqa: B019
    def advantage(self, group: Group) -> pd.DataFrame:
        """Revealed comparative advantage of a group of industries in exported value added, year × economy."""
        within, whole = self.by_industry("vax", group), self.by_industry("vax")
        found = {}
        for year in whole.index:
            parts = {"these": within.loc[year], "others": whole.loc[year] - within.loc[year]}
            exports = pd.concat(parts, names=["sector", "exporter"])
            found[year] = revealed_comparative_advantage(exports).loc["these"]
        return pd.DataFrame(found).T

    @cache  # noqa: B019
    def industries_of(self, flow: str, origin: str, destination: str, year: int) -> pd.Series:
        """One flow of one year between two economies, by industry of the origin."""
        rows = self.accounts(flow)
        here = rows["year"].eq(year) & rows["origin"].eq(origin) & rows["destination"].eq(destination)
        return rows[here].set_index("sector")["value"]

    @cache  # noqa: B019
    def accounts(self, flow: str) -> pd.DataFrame:
        """Rows of one flow of the panel by industry."""
        if flow not in self._accounts_by_flow:
            raise silent(self.name, f"the flow {flow} by industry", ", ".join(self._accounts_by_flow) or "none")
        return panel.as_text(self._accounts_by_flow[flow])


def _read(rows: Rows) -> pd.DataFrame:
    return panel.read(rows) if isinstance(rows, str) else rows()


def _apart(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(flow): of_flow for flow, of_flow in rows.groupby("flow", sort=False, observed=True)}


def silent(where: str, expected: str, found: str) -> SilentError:
    """Make the error of a source that cannot answer."""
    return SilentError(where, expected=expected, found=found, remedy="Ask another source.")


def _members(who: Who, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Economies that are meant; a group that a panel shows as one is one."""
    if not isinstance(who, str):
        return who
    return (who,) if who in known else eco.members(who)


def _within(base: Base, origins: pd.Index) -> Any:
    return origins.isin(COMMON) if base == "common" else origins != eco.ROW


# -- those of the book ------------------------------------------------------------------------------------------------

ARTICLE = Source(
    "Printed",
    "Article, ADB 2022",
    "Li Qingru (2025), from the UIBE GVC Database on ADB MRIO 2022.",
    flows=article.as_panel,
    dash=(6, 3),
    printed=True,
    yearly="editions",
)
ADB = Source(
    "ADB",
    "ADB, 72 economies",
    "Own computation, November 2026, from ADB MRIO figures, 72-economy edition of August 2023.",
    flows="adb_fva_shares",
    dash=(8, 2, 2, 2),
    yearly="editions",
)
LRWIOD = Source(
    "Long-run WIOD",
    "Long-run WIOD, release 1.1",
    "Own computation, November 2026, from the Long-run WIOD, release 1.1.",
    flows="lrwiod",
    industries="lrwiod_sectors",
    yearly="unmeasured",
    dash=(10, 4),
)
WIOD = Source(
    "WIOD",
    "WIOD, 2013 release",
    "Own computation, November 2026, from WIOD, 2013 release.",
    flows="wiod2013",
    industries="wiod2013_sectors",
    yearly="unmeasured",
)
OECD = Source(
    "OECD",
    "OECD, 2025 edition",
    "Own computation, November 2026, from the OECD's tables, 2025 edition: 2022 rebuilt, the years before estimated.",
    flows="oecd",
    industries="oecd_sectors",
    dash=(3, 1),
    estimates=range(2011, 2022),
    yearly="trial",
)
#: All of them, the print first; an exhibit that names none asks each, and shows what those say that can answer.
SOURCES = (ARTICLE, LRWIOD, WIOD, ADB, OECD)
#: Strokes by database, for charts; estimates are dotted.
DASHES = {source.label: source.dash for source in SOURCES} | {OECD.label_in(OECD.estimates[0]): (1.5, 3)}


def readers(name: str) -> Source:
    """Ask a panel that a reader has built, with its industries if they are there, too.

    Raises
    ------
    GvcError
        If it is damaged.
    """
    about = panel.about(name)
    label = f"panel {flat(name)}"  # as none of the book's is called
    line = f"Own computation from {about.source} ({label})."
    industries = f"{name}_sectors" if about.by_industry else None
    source = Source(label, label, line, name, industries, yearly="unmeasured")
    source.economies  # noqa: B018 (its numbers are read)
    return source


# -- several at once --------------------------------------------------------------------------------------------------


def shares(
    origins: Iterable[Who],
    hosts: Iterable[str] = HOSTS,
    measures: Iterable[str] = ("fva_share",),
    *,
    of: Iterable[Source] = SOURCES,
    base: Base = "all",
) -> pd.DataFrame:
    """Put :meth:`Source.share` to several sources, origins and hosts.

    Returns
    -------
    DataFrame
        Columns year, measure, destination, origin, value, database; percent; nothing where a source is silent, and a
        year without a value where it has a hole.
    """
    rows: list[tuple[Any, ...]] = []
    for source, measure, host, origin in product(of, measures, hosts, origins):
        with suppress(SilentError):
            found = source.share(origin, host, measure, base)
            rows += [
                (year, measure, host, origin, found.get(year), source.label_in(year))
                for year in source.years(measure)
                if min(found) <= year <= max(found)
            ]
    columns = ["year", "measure", "destination", "origin", "value", "database"]
    return pd.DataFrame(rows, columns=columns).astype({"value": float})


def links(economies: Iterable[str] = PARTNERS, *, of: Iterable[Source] = SOURCES) -> pd.DataFrame:
    """Link index of every ordered pair, year by year.

    Returns
    -------
    DataFrame
        Columns database, year, origin, absorber, value.
    """
    frames = []
    for source in of:
        with suppress(SilentError):
            for year in source.years("link"):
                long = source.ties("index", year).rename_axis(columns="absorber").melt(ignore_index=False).reset_index()
                pairs = pd.MultiIndex.from_frame(long[["origin", "absorber"]])
                known = long[long["value"].notna() | pairs.isin(source.lost(year))]
                frames.append(known.assign(year=year, database=source.label_in(year)))
    frame = pd.concat(frames, ignore_index=True)[["database", "year", "origin", "absorber", "value"]]
    return frame[frame[["origin", "absorber"]].isin(list(economies)).all(axis=1)].reset_index(drop=True)


def links_by_pair(pairs: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Link index of pairs in both directions, pair by pair and year by year.

    Returns
    -------
    DataFrame
        Columns of :func:`links`, and pair (``Japan and Korea``).
    """
    every, frames = links().sort_values("year", kind="stable"), []
    for pair in pairs:
        both = every[every["origin"].isin(pair) & every["absorber"].isin(pair)]
        frames.append(both.assign(pair=" and ".join(map(names.economy, pair))))
    return pd.concat(frames, ignore_index=True)


def beside_print(source: Source, origins: Iterable[str] = ("NEA",), hosts: Iterable[str] = HOSTS) -> pd.DataFrame:
    """Set another database's shares in foreign value added beside the printed ones.

    Returns
    -------
    DataFrame, (origin, year) × (host, {printed, the source's name, difference})
        Percent, and percentage points; where both have a number.
    """
    columns: dict[tuple[str, str], pd.Series] = {}
    frames = (shares(origins, hosts, of=[one]).assign(database=one.name) for one in (ARTICLE, source))
    wide = pd.concat(frames).pivot(index=["origin", "year"], columns=["destination", "database"], values="value")
    for host in hosts:
        both = wide[host].dropna()
        columns |= {(host, "printed"): both[ARTICLE.name], (host, source.name): both[source.name]}
        columns[host, "difference"] = both[source.name] - both[ARTICLE.name]
    return pd.DataFrame(columns)


def holes_of(*of: Source) -> pd.DataFrame:
    """List the flows that tables have lost.

    Returns
    -------
    DataFrame, (Source, Destination, Years) × {Origins, largest flow before, within, after}
        Million USD of the largest of the flows; one row for the origins lost together.
    """
    rows = {}
    for source in of:
        for _, same in source.holes.groupby(["destination", "first", "last"]):
            largest = same.sort_values("before", kind="stable").iloc[-1]
            first, last, to = largest["first"], largest["last"], str(largest["destination"])
            years = str(first) if first == last else f"{first}–{last}"
            rows[source.name, names.economy(to), years] = {
                "Origins": enumerated(map(names.economy, same["origin"])),
                "Largest before": largest["before"],
                "in the hole": largest["within"],
                "after": largest["after"],
            }
    return pd.DataFrame(rows).T.rename_axis(index=["Source", "Destination", "Years"]).infer_objects()


def coverage() -> pd.DataFrame:
    """List which years each source has for each of the article's tables.

    Returns
    -------
    DataFrame, source × table
        Spans of years; empty where the source has nothing.
    """
    columns = {"Foreign value added": "fva_share", "Imported intermediates": "imint_share", "Link index": "link"}
    rows = {source.label: {label: _span(source, measure) for label, measure in columns.items()} for source in SOURCES}
    return pd.DataFrame(rows).T.rename_axis(index="Source")


def _span(source: Source, measure: str) -> str:
    try:
        known = source.years(measure)
    except SilentError:
        return ""
    return f"{known[0]}–{known[-1]}" if len(known) == known[-1] - known[0] + 1 else ", ".join(map(str, known))
