"""A database: its names, files, years, industries and errors, and how its rows are read."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

import pandas as pd

from exhibits.names import SOLID, Stroke
from gvc import holes, panel
from gvc.errors import GvcError
from industrial_chains import article, industry_groups
from industrial_chains.article import MEASURES

#: Industries: a group of `industry_groups.GROUPS`, which each database has in codes of its own, or codes.
Group = str | tuple[str, ...]
#: Where a database finds its rows: the name of a panel, or what makes them.
Rows = str | Callable[[], pd.DataFrame]
#: How it was measured what a database's numbers are off by from year to year: by another edition of it, by a trial of
#: the method of its estimates, or not at all, so that trends count as certain.
Yearly = Literal["editions", "trial", "unmeasured"]

#: The flow from which each of the article's measures is computed.
_BEHIND = {**MEASURES, "link": "va_final_demand"}


class SilentError(GvcError):
    """A source lacks what a question asks for."""


class Years(dict[int, float]):
    """Numbers by year. Asking for a year without one raises :class:`SilentError`."""

    def __missing__(self, year: int) -> float:
        raise silent("years", f"one of {', '.join(map(str, self))}", str(year))

    def pace(self, start: int, end: int) -> float:
        """Return the mean change a year between two years."""
        return (self[end] - self[start]) / (end - start)


def silent(where: str, expected: str, found: str) -> SilentError:
    """Return the error that a source raises if it cannot answer."""
    return SilentError(where, expected=expected, found=found, remedy="Ask another source.")


@dataclass(frozen=True, eq=False)
class Database:
    """One database and its rows.

    Parameters
    ----------
    name, label : str
        Its name in sentences and its name in charts.
    line : str
        The line of sources below an exhibit.
    stroke : Stroke
        Its lines in charts, the same in all of them.
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
    stroke: Stroke = SOLID
    printed: bool = False
    estimates: range = range(0)
    yearly: Yearly | None = None

    # -- its names and years -------------------------------------------------------------------------------------------

    def kind(self, year: int) -> Literal["print", "table", "estimate"]:
        """Return whether the numbers of a year come from print, from a table or from an estimate."""
        if self.printed:
            return "print"
        return "estimate" if year in self.estimates else "table"

    def label_in(self, year: int) -> str:
        """Return its name in charts for one year; estimates have a name and a stroke of their own."""
        return f"{self.name}, estimates" if self.kind(year) == "estimate" else self.label

    def long(self, by_year: pd.DataFrame, columns: str) -> pd.DataFrame:
        """Return a table by year in long form: columns year, `columns`, value and database."""
        rows = by_year.rename_axis(index="year", columns=columns).melt(ignore_index=False).reset_index()
        return rows.assign(database=rows["year"].map(self.label_in))

    def rounding(self, table: int) -> float:
        """Return the least difference of two numbers of one of the article's tables that rounding cannot explain."""
        return 2 * article.ROUNDING[table] + 1e-9 if self.printed else 0.0

    @cached_property
    def about(self) -> panel.About:
        """Facts on the panel of its flows; the print counts as a panel."""
        return panel.about(self.flows) if isinstance(self.flows, str) else article.about()

    # -- its flows between economies -----------------------------------------------------------------------------------

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Rows of the panel of flows."""
        return panel.as_text(self._all)

    @cached_property
    def economies(self) -> frozenset[str]:
        """Codes of all origins."""
        return frozenset(self._all["origin"].unique())

    def read(self) -> None:
        """Read its files now, which are else read when they are first asked for."""
        _ = self._by_flow, self._accounts_by_flow

    @cached_property
    def _all(self) -> pd.DataFrame:
        return _read(self.flows)

    @cached_property
    def _by_flow(self) -> dict[str, pd.DataFrame]:
        return _apart(self._all)

    @cache  # noqa: B019
    def rows(self, flow: str) -> pd.DataFrame:
        """Return the rows of one flow of the panel of flows."""
        if flow not in self._by_flow:
            raise silent(self.name, f"the flow {flow}", ", ".join(self._by_flow))
        return panel.as_text(self._by_flow[flow])

    def _flow(self, measure: str) -> str:
        """Return the flow from which a measure is computed, or the measure itself where the panel holds it."""
        return measure if measure in self._by_flow else _BEHIND.get(measure, measure)

    def holds_shares(self, measure: str) -> bool:
        """Whether the panel holds one of the article's shares itself, and not the flow behind it."""
        return measure in MEASURES and measure in self._by_flow

    @cache  # noqa: B019 (there are a few sources, and they last)
    def years(self, flow: str) -> list[int]:
        """Return the years for which it holds a flow, or one of the article's measures."""
        return panel.years(self.rows(self._flow(flow)))

    @cache  # noqa: B019
    def matrix(self, flow: str, year: int) -> pd.DataFrame:
        """Return one flow of one year, origin × destination."""
        return panel.flow_matrix(self.rows(flow), flow, year)

    def known(self, values: pd.Series | Mapping[Any, float], what: object) -> Years:
        """Return the years that have a number."""
        numbers: dict[Any, float] = dict(values.items())
        known = Years({int(year): float(value) for year, value in numbers.items() if not math.isnan(value)})
        if not known:
            raise silent(self.name, str(what), "no year of it")
        return known

    @cached_property
    def holes(self) -> pd.DataFrame:
        """Flows that its tables lost for some years, as :func:`gvc.holes.find` has them."""
        held = "gross_exports" in self._by_flow
        return holes.find(self.rows("gross_exports")) if held else pd.DataFrame(columns=list(holes.COLUMNS))

    @cache  # noqa: B019
    def lost(self, year: int) -> frozenset[tuple[str, str]]:
        """Return the pairs (origin, destination) whose trade is missing from the table of a year."""
        there = self.holes["first"].le(year) & self.holes["last"].ge(year)
        return frozenset(self.holes.loc[there, ["origin", "destination"]].itertuples(index=False, name=None))

    # -- its industries ------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def accounts(self, flow: str) -> pd.DataFrame:
        """Return the rows of one flow of the panel by industry."""
        if flow not in self._accounts_by_flow:
            raise silent(self.name, f"the flow {flow} by industry", ", ".join(self._accounts_by_flow) or "none")
        return panel.as_text(self._accounts_by_flow[flow])

    @cached_property
    def _accounts_by_flow(self) -> dict[str, pd.DataFrame]:
        return {} if self.industries is None else _apart(_read(self.industries))

    def industries_in(self, group: Group) -> tuple[str, ...]:
        """Return the industries of a group in the codes of this database."""
        found = industry_groups.codes(group, self._industries) if isinstance(group, str) else group
        if not found or not self._industries.issuperset(found):
            raise silent(self.name, f"the industries of {group}", "others")
        return found

    @cached_property
    def _industries(self) -> frozenset[str]:
        """Codes of all industries."""
        return frozenset(str(code) for rows in self._accounts_by_flow.values() for code in rows["sector"].unique())


def _read(rows: Rows) -> pd.DataFrame:
    return panel.read(rows) if isinstance(rows, str) else rows()


def _apart(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(flow): of_flow for flow, of_flow in rows.groupby("flow", sort=False, observed=True)}
