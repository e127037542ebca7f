"""What a database is, and how it is read: its names and its line, its files, its years, its industries, its errors."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

import pandas as pd

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
    """A number a year; of a year without one the source is silent."""

    def __missing__(self, year: int) -> float:
        raise silent("years", f"one of {', '.join(map(str, self))}", str(year))

    def pace(self, start: int, end: int) -> float:
        """Change a year from one year to another."""
        return (self[end] - self[start]) / (end - start)


def silent(where: str, expected: str, found: str) -> SilentError:
    """Make the error of a source that cannot answer."""
    return SilentError(where, expected=expected, found=found, remedy="Ask another source.")


@dataclass(frozen=True, eq=False)
class Database:
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

    # -- its names and years -------------------------------------------------------------------------------------------

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

    def rounding(self, table: int) -> float:
        """Return what two numbers of one of the article's tables must differ by to differ for certain."""
        return 2 * article.ROUNDING[table] + 1e-9 if self.printed else 0.0

    @cached_property
    def about(self) -> panel.About:
        """Which panel its flows are; the print counts as one."""
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

    @cached_property
    def _all(self) -> pd.DataFrame:
        return _read(self.flows)

    @cached_property
    def _by_flow(self) -> dict[str, pd.DataFrame]:
        return _apart(self._all)

    @cache  # noqa: B019
    def rows(self, flow: str) -> pd.DataFrame:
        """Rows of one flow of the panel of flows."""
        if flow not in self._by_flow:
            raise silent(self.name, f"the flow {flow}", ", ".join(self._by_flow))
        return panel.as_text(self._by_flow[flow])

    def _flow(self, measure: str) -> str:
        """Name the flow behind a measure, or that of the measure itself where the panel holds it."""
        return measure if measure in self._by_flow else _BEHIND.get(measure, measure)

    @cache  # noqa: B019 (there are a few sources, and they last)
    def years(self, flow: str) -> list[int]:
        """Years for which it holds a flow, or one of the article's measures."""
        return panel.years(self.rows(self._flow(flow)))

    @cache  # noqa: B019
    def matrix(self, flow: str, year: int) -> pd.DataFrame:
        """One flow of one year, origin × destination."""
        return panel.flow_matrix(self.rows(flow), flow, year)

    def known(self, values: pd.Series | Mapping[Any, float], what: object) -> Years:
        """Keep the years that have a number."""
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
        """Pairs, origin and destination, whose trade a table has lost: what they show in that year is not known."""
        there = self.holes["first"].le(year) & self.holes["last"].ge(year)
        return frozenset(self.holes.loc[there, ["origin", "destination"]].itertuples(index=False, name=None))

    # -- its industries ------------------------------------------------------------------------------------------------

    @cache  # noqa: B019
    def accounts(self, flow: str) -> pd.DataFrame:
        """Rows of one flow of the panel by industry."""
        if flow not in self._accounts_by_flow:
            raise silent(self.name, f"the flow {flow} by industry", ", ".join(self._accounts_by_flow) or "none")
        return panel.as_text(self._accounts_by_flow[flow])

    @cached_property
    def _accounts_by_flow(self) -> dict[str, pd.DataFrame]:
        return {} if self.industries is None else _apart(_read(self.industries))

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


def _read(rows: Rows) -> pd.DataFrame:
    return panel.read(rows) if isinstance(rows, str) else rows()


def _apart(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(flow): of_flow for flow, of_flow in rows.groupby("flow", sort=False, observed=True)}
