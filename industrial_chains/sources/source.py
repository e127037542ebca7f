"""Questions in the article's terms to one database: shares, links, concentrations, industries.

They are computed from panels here and nowhere else. Where a source cannot answer it is silent: it raises a
:class:`~industrial_chains.sources.database.SilentError`, which whoever asks several sources passes over.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from gvc.indicators import (
    link_index,
    link_shares,
    revealed_comparative_advantage,
    trade_intensity,
    without_own,
)
from industrial_chains import economies as eco
from industrial_chains.analysis import exposure
from industrial_chains.panel_contents import MARKET
from industrial_chains.sources.database import Database, Group, SilentError, Years, silent

#: Of what a share is taken: of all that is foreign, of what suppliers with a name give, of what those in `COMMON` give.
Base = Literal["all", "named", "common"]
#: What can be said of a pair of economies, see :meth:`Source.ties`.
Tie = Literal["index", "exports", "imports", "intensity"]
#: What an economy sends to all others, or takes from them.
Side = Literal["exports", "imports"]
#: An economy or a group, or several economies.
Who = str | tuple[str, ...]

#: Suppliers that every database names; ADB's figures show the European Union as one, without the United Kingdom.
COMMON = ("CHN", "JPN", "KOR", "RUS", "IDN", "IND", "MEX", "TWN", "USA", "EU27", *eco.GROUPS["EU27"])
#: Who trades as one partner.
UNION = eco.GROUPS["EU27"]


class Source(Database):
    """A database that is asked in the article's terms."""

    # -- shares --------------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def suppliers(self, host: Who, measure: str = "fva_share", base: Base = "all") -> pd.DataFrame:
        """Return what each origin gives of all that is foreign to a host.

        Parameters
        ----------
        host : str or tuple of str
            An economy, a group or several economies, pooled member by member. A source that holds shares cannot pool.
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
            if len(members) > 1 and self.holds_shares(measure):
                raise silent(self.name, f"weights to pool {', '.join(members)}", "shares alone")
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
    def _offered(self, flow: str, year: int, base: Base) -> pd.DataFrame:
        """Return one flow of one year from the origins of a base."""
        given = self.matrix(flow, year)
        return given if base == "all" else given[_within(base, given.index)]

    @cache  # noqa: B019
    def share(self, origins: Who, host: Who, measure: str = "fva_share", base: Base = "all") -> Years:
        """Return the share of origins, those that the source shows, in what is foreign to a host; percent."""
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
        """Return the share of origins in the foreign value added of a group's exports, by treatment of its members.

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
        """Return the part that passes an exporter of the value added :data:`MARKET` absorbs from an origin; percent."""
        found = {}
        for year in self.years(f"va_absorbed_by_{MARKET}"):
            passed, absorbed = self.matrix(f"va_absorbed_by_{MARKET}", year), self.matrix("va_final_demand", year)
            if {origin, exporter} <= set(passed.index):
                found[year] = 100 * passed[exporter].to_dict()[origin] / absorbed[MARKET].to_dict()[origin]
        return self.known(found, f"{origin} through {exporter}")

    @cache  # noqa: B019
    def foreign_in_exports(self) -> Years:
        """Return the foreign value added in the world's exports; percent."""
        matrices = {year: self.matrix("va_exports", year).to_numpy() for year in self.years("va_exports")}
        return Years({year: float(100 * (1 - m.trace() / m.sum())) for year, m in matrices.items()})

    @cache  # noqa: B019
    def detoured(self, origin: str) -> Years:
        """Return the part that crosses two borders or more of the value added :data:`MARKET` absorbs from an origin.

        Percent; the rest is DAVAX, which crosses one. No part of :meth:`passing` is larger, and they do not add up to
        it, since a unit may pass several exporters.
        """
        found = {}
        for year in self.years("DAVAX"):
            direct, absorbed = self.matrix("DAVAX", year)[MARKET], self.matrix("va_final_demand", year)[MARKET]
            if origin in direct.index:
                found[year] = 100 - 100 * direct.to_dict()[origin] / absorbed.to_dict()[origin]
        return self.known(found, origin)

    # -- links ---------------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def ties(self, of: Tie, year: int, flow: str = "va_final_demand") -> pd.DataFrame:
        """Return one measure of all pairs in one year, origin × absorber.

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
        """Return the link index from an origin to an absorber, or another of the measures of :meth:`ties`."""
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
        """Return the share of each named partner in what an economy `exports` or `imports`; percent, the largest first.

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
        """Return each economy's value added sent to all others and taken from them, economy × {exported, imported}."""
        foreign = without_own(self.matrix("va_final_demand", year))
        return pd.DataFrame({"exported": foreign.sum(axis=1), "imported": foreign.sum()})

    # -- industries ----------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def by_industry(self, flow: str, group: Group | None = None) -> pd.DataFrame:
        """Sum a flow over a group of industries, or over all: year × economy."""
        rows = self.accounts(flow)
        chosen = rows if group is None else rows[rows["sector"].isin(self.industries_in(group))]
        total: pd.DataFrame = chosen.groupby(["year", "origin"])["value"].sum().unstack()
        return total

    @cache  # noqa: B019
    def world_shares(self, flow: str, group: Group) -> pd.DataFrame:
        """Return each economy's share in the world's flow of a group of industries, year × economy; percent."""
        total = self.by_industry(flow, group)
        return 100 * total.div(total.sum(axis=1), axis=0)

    @cache  # noqa: B019
    def weight(self, flow: str, group: Group) -> pd.DataFrame:
        """Return the share of a group of industries in each economy's flow, year × economy; percent."""
        return 100 * self.by_industry(flow, group) / self.by_industry(flow)

    @cache  # noqa: B019
    def advantage(self, group: Group) -> pd.DataFrame:
        """Return the revealed comparative advantage of industries in exported value added, year × economy."""
        within, whole = self.by_industry("vax", group), self.by_industry("vax")
        found = {}
        for year in whole.index:
            parts = {"these": within.loc[year], "others": whole.loc[year] - within.loc[year]}
            exports = pd.concat(parts, names=["sector", "economy"])
            found[year] = revealed_comparative_advantage(exports).loc["these"]
        return pd.DataFrame(found).T

    @cache  # noqa: B019
    def industries_of(self, flow: str, origin: str, destination: str, year: int) -> pd.Series:
        """Return one flow of one year between two economies, by industry of the origin."""
        rows = self.accounts(flow)
        here = rows["year"].eq(year) & rows["origin"].eq(origin) & rows["destination"].eq(destination)
        return rows[here].set_index("sector")["value"]


def _members(who: Who, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the economies of a group; one that the panel shows as a single economy stays one."""
    if not isinstance(who, str):
        return who
    return (who,) if who in known else eco.members(who)


def _within(base: Base, origins: pd.Index) -> Any:
    return origins.isin(COMMON) if base == "common" else origins != eco.ROW
