"""Sources whose numbers are drawn anew within what they may be off."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.labels import Array
from industrial_chains import article
from industrial_chains import economies as eco
from industrial_chains.sources import UNION, Base, Side, Source, Tie, Who, Years
from industrial_chains.uncertainty import error_sizes
from industrial_chains.uncertainty.error_sizes import YEAR

#: What is known of how a database came about, and no number of it.
_NO_NUMBERS = ("name", "label", "line", "printed", "yearly", "economies", "years", "known", "rounding", "kind")


class UndrawnError(GvcError):
    """A number that is not drawn anew, since nobody has measured how far it may be off."""


@cache
def half_width(source: Source, measure: str, year: int, value: float, place: Who, *, alone: bool) -> float:
    """Return the half-width of the interval of a number, in its own points.

    Parameters
    ----------
    source : Source
    measure : {"fva_share", "imint_share", "link", "passing", "foreign"}
        As `error_sizes.size` has them.
    year : int
    value : float
        The number.
    place : str or tuple of str
        The host, absorber or exporter.
    alone : bool
        Whether a share speaks of a single origin; two editions differ by less in the region as a whole.

    Raises
    ------
    UndrawnError
        If nobody has measured the error of this source.
    GvcError
        If the source does not say how it was measured.
    """
    if source.yearly == "trial":
        return error_sizes.size(source, measure, year, value, place)
    if source.yearly == "editions" and measure not in {"foreign", "passing"}:
        if measure == "link":
            return error_sizes.size(source, measure, year, value, place)
        if alone:
            return error_sizes.in_proportion() * value
        # Of inputs, too: nobody has a second edition of them.
        return error_sizes.size(source, "fva_share", year, value, place)
    if source.yearly is None:
        raise GvcError(
            f"industrial_chains/sources/databases.py, the Source {source.name!r}",
            expected="yearly=…, how its error from year to year was measured",
            found="nothing",
            remedy='Write yearly="editions" or "trial" if resampling.half_width can tell it, and else "unmeasured": '
            "then its numbers are never drawn anew.",
        )
    raise _undrawn(source, measure)


def _undrawn(source: Source, what: str) -> UndrawnError:
    return UndrawnError(
        f"{source.name}, {what}",
        expected="a number that Redrawn can draw anew",
        found="one of which nobody has measured how far it may be off",
        remedy="Write a method of Redrawn that draws it, once its error is known.",
    )


@dataclass(eq=False)
class Redrawn:
    """A source whose answers are drawn anew; each stays the same until the next draw.

    Parameters
    ----------
    source : Source
    random : numpy.random.Generator
        Where errors come from.

    Raises
    ------
    UndrawnError
        By whatever asks for a number that is not drawn anew.

    Notes
    -----
    A number of the print is first unrounded: it may be anything that rounds to what is printed. Of the print and of
    ADB's figures each number is then off by what two editions differ by. Of the OECD's tables it is off by the
    reconstruction error of its year, and errors of two years go together as in the trial. What one number is off by has
    nothing to do with another's. Databases differ by more; that is no error of one of them, and each is asked itself.
    """

    source: Source
    random: np.random.Generator
    _answers: dict[Any, Years] = field(default_factory=dict)
    _frames: dict[Any, Any] = field(default_factory=dict)
    _of_partner: dict[Any, Array] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        if name in _NO_NUMBERS:
            return getattr(self.source, name)
        raise _undrawn(self.source, name)

    def _years(self, found: Years, measure: str, place: Who, *key: object, alone: bool = True) -> Years:
        """Draw every year of an answer, once."""
        if (measure, *key) not in self._answers:
            drawn = self._drawn(np.array(list(found.values())), list(found), measure, place, alone=alone)
            self._answers[measure, *key] = Years(zip(found, drawn.tolist(), strict=True))
        return self._answers[measure, *key]

    def _drawn(self, values: Array, years: list[int], measure: str, place: Who, *, alone: bool) -> Array:
        """Draw numbers, each of another year; a hole stays one."""
        off = _halves(self.source, measure, tuple(years), tuple(values.tolist()), place, alone=alone)
        if self.source.printed:
            half = article.ROUNDING[3 if measure == "link" else 1]
            values = values + self.random.uniform(-half, half, len(values))
        return _moved(values, off, self._normal(measure, years))

    def _normal(self, measure: str, years: list[int]) -> Array:
        """Give standard errors of some years."""
        if self.source.yearly == "editions":
            return self.random.standard_normal(len(years))
        together = error_sizes.drawn_together(measure)
        errors = together @ self.random.standard_normal(len(together))
        chosen: Array = errors[[YEAR - year for year in years]]
        return chosen

    def share(self, origins: Who, host: Who, measure: str = "fva_share", base: Base = "all") -> Years:
        """Draw `sources.Source.share`."""
        found = self.source.share(origins, host, measure, base)
        return self._years(found, measure, host, origins, host, base, alone=origins not in eco.GROUPS)

    def link(self, origin: str, absorber: str, of: Tie = "index") -> Years:
        """Draw `sources.Source.link`."""
        return self._years(self.source.link(origin, absorber, of), "link", absorber, origin, absorber, of)

    def passing(self, origin: str, exporter: str) -> Years:
        """Draw `sources.Source.passing`."""
        return self._years(self.source.passing(origin, exporter), "passing", exporter, origin, exporter)

    def foreign_in_exports(self) -> Years:
        """Draw `sources.Source.foreign_in_exports`."""
        return self._years(self.source.foreign_in_exports(), "foreign", eco.ROW)

    def suppliers(self, host: Who, measure: str = "fva_share", base: Base = "all") -> pd.DataFrame:
        """Draw `sources.Source.suppliers`: each origin by itself."""
        key = ("suppliers", host, measure, base)
        if key not in self._frames:
            given = self.source.suppliers(host, measure, base)
            years = list(map(int, given.columns.tolist()))
            rows = [self._drawn(row, years, measure, host, alone=True) for row in given.to_numpy(dtype=float)]
            self._frames[key] = pd.DataFrame(rows, given.index, given.columns)
        drawn: pd.DataFrame = self._frames[key]
        return drawn

    def partners(
        self, economy: str, of: Side, year: int, flow: str = "va_final_demand", union: tuple[str, ...] = UNION
    ) -> pd.Series:
        """Draw `sources.Source.partners`: each partner by itself, alike whatever the union."""
        if flow != "va_final_demand" or self.source.yearly != "trial":
            raise _undrawn(self.source, f"partners in {flow}")
        key = (economy, of, union, year)
        if key not in self._frames:
            given = self.source.partners(economy, of, year, flow, union)
            shares = given.to_numpy()
            off = _halves(self.source, "link", (year,) * len(given), tuple(shares.tolist()), economy, alone=True)
            moved = _moved(
                shares, off, np.array([self._partner(economy, of, code)[YEAR - year] for code in given.index])
            )
            order = np.argsort(-moved, kind="stable")
            self._frames[key] = pd.Series(moved[order], given.index[order])
        drawn: pd.Series = self._frames[key]
        return drawn

    def _partner(self, economy: str, of: Side, code: str) -> Array:
        """Give the standard errors of a partner in every year, the last one first."""
        if (economy, of, code) not in self._of_partner:
            together = error_sizes.drawn_together("link")
            self._of_partner[economy, of, code] = together @ self.random.standard_normal(len(together))
        return self._of_partner[economy, of, code]


@cache
def _halves(
    source: Source, measure: str, years: tuple[int, ...], values: tuple[float, ...], place: Who, *, alone: bool
) -> Array:
    """Return :func:`half_width` of numbers, each with its year."""
    half = [half_width(source, measure, *both, place, alone=alone) for both in zip(years, values, strict=True)]
    return np.array(half)


def _moved(values: Array, half: Array, errors: Array) -> Array:
    """Move numbers by parts of their half-widths; none falls below zero."""
    moved: Array = np.maximum(0.0, values + half / error_sizes.DEVIATIONS * errors)
    return moved
