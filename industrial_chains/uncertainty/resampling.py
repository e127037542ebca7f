"""Sources whose numbers are drawn anew within their known errors."""

import math
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.labels import Array
from industrial_chains import article, sources
from industrial_chains import economies as eco
from industrial_chains.industry_groups import FLOCK
from industrial_chains.sources import OECD, UNION, WIOD, Base, Side, Source, Tie, Who, Years
from industrial_chains.uncertainty import error_sizes
from industrial_chains.uncertainty.error_sizes import YEAR

#: The year that WIOD and the OECD have in common.
_COMMON = 2011
#: A normal error is off by its standard deviation times this, on average.
_MEAN = math.sqrt(2 / math.pi)


@cache
def between_databases(of: str) -> float:
    """Return how far a database is off if WIOD and the OECD are off alike: mean, in proportion, in 2011.

    Parameters
    ----------
    of : {"share", "link", "industry"}
        Northeast Asia in the foreign value added of every economy that both show; links within Northeast Asia; shares
        of the largest economies in what the world's industries export.

    Notes
    -----
    Two errors of the same size that have nothing to do with each other make a difference larger by the root of two.
    """
    near = sources.WIOD_NEA
    shown = sorted((WIOD.economies & OECD.economies) - {eco.ROW})
    both = []
    for source in (WIOD, OECD):
        if of == "share":
            values = [source.share(near, host)[_COMMON] for host in shown]
        elif of == "link":
            values = [source.link(r, s)[_COMMON] for r in near for s in near if r != s]
        else:
            shares = [source.world_shares("vax", group).loc[_COMMON].to_dict() for group in FLOCK.values()]
            values = [share[code] for share in shares for code in ("CHN", "JPN", "KOR", "USA")]
        both.append(np.log(values))
    return float(np.mean(np.abs(both[0] - both[1])) / math.sqrt(2))


@cache
def half_width(source: Source, measure: str, year: int, value: float, place: Who, *, alone: bool) -> float:
    """Return the half-width of the interval of a number, apart from what is the same in every year; in its own points.

    Parameters
    ----------
    source : Source
    measure : {"fva_share", "imint_share", "link", "passing", "foreign", "gross"}
        As `error_sizes.size` has them; or a share in gross trade.
    year : int
    value : float
        The number.
    place : str or tuple of str
        The host, absorber or exporter.
    alone : bool
        Whether a share speaks of a single origin; two editions differ by less in the region as a whole.

    Returns
    -------
    float
        Zero where the source says that nobody has measured it.

    Raises
    ------
    GvcError
        If the source does not say how it was measured.
    """
    match source.yearly:
        case "unmeasured":
            return 0.0
        case "editions" if measure == "foreign":
            return 0.0
        case "editions" if alone or measure in ("link", "passing"):
            return error_sizes.in_proportion() * value
        case "editions":
            # Of inputs, too: nobody has a second edition of them.
            return error_sizes.size(source, "fva_share", year, value, place)
        case "trial" if measure == "gross":
            return 0.0  # an estimate takes the flows of the year as they are
        case "trial":
            return error_sizes.size(source, measure, year, value, place)
    raise GvcError(
        f"industrial_chains/sources/databases.py, the Source {source.name!r}",
        expected="yearly=…, how its error from year to year was measured",
        found="nothing",
        remedy='Write yearly="editions" or "trial" if resampling.half_width can tell it, and else "unmeasured": then '
        "every rise in it counts as certain.",
    )


@cache
def _halves(
    source: Source, measure: str, years: tuple[int, ...], values: tuple[float, ...], place: Who, *, alone: bool
) -> Array:
    """Return :func:`off` of numbers, each with its year."""
    both = zip(years, values, strict=True)
    return np.array([half_width(source, measure, year, value, place, alone=alone) for year, value in both])


def _moved(values: Array, steady: Array | float, half: Array, yearly: Array, of: str) -> Array:
    """Move numbers by standard errors: in the same proportion every year, and by parts of a half-width."""
    moved = values * np.exp(between_databases(of) * steady) + half / error_sizes.DEVIATIONS * yearly
    return np.maximum(0.0, moved)


def change_off(source: Source, measure: str, values: Years, span: tuple[int, int], place: Who, *, alone: bool) -> float:
    """Return the half-width of the interval of a change between two years, as :func:`off` has that of a number."""
    whole = source.yearly == "trial" or (source.yearly == "editions" and measure == "fva_share" and not alone)
    if whole:
        return error_sizes.change(source, measure, values, span, place)
    return math.hypot(*(half_width(source, measure, year, values[year], place, alone=alone) for year in span))


@dataclass(eq=False)
class Redrawn:
    """A source whose answers are drawn anew; each stays the same until the next draw.

    Parameters
    ----------
    source : Source
    random : numpy.random.Generator
        Where errors come from.

    Notes
    -----
    A number of the print is first unrounded: it may be anything that rounds to what is printed. Of the print and of
    ADB's figures each number is then off by what two editions differ by. Numbers of the other databases are off by what
    WIOD and the OECD differ by, in the same proportion in each year, since databases differ in level far more than in
    trend; the OECD's besides by what `error_sizes` knows of their year, and those of two years as far together as in
    the trial. What each number is off by has nothing to do with any other's.
    """

    source: Source
    random: np.random.Generator
    _drawn: dict[Any, float] = field(default_factory=dict)
    _answers: dict[Any, Years] = field(default_factory=dict)
    _frames: dict[Any, Any] = field(default_factory=dict)
    _drawn_of_partners: dict[Any, dict[str, Array]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)

    def _normal(self, *key: object) -> float:
        """One standard error, the same whenever it is asked for."""
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = float(self.random.standard_normal()) / _MEAN
        return found

    def _years(self, found: Years, measure: str, of: str, place: Who, *key: object, alone: bool = True) -> Years:
        """Draw every year of an answer, once."""
        if (measure, *key) not in self._answers:
            if self.source.yearly == "editions":
                drawn = {
                    year: self._of_edition(value, year, measure, key, place=place, alone=alone)
                    for year, value in found.items()
                }
            else:
                known = {year: value for year, value in found.items() if not math.isnan(value)}
                drawn = {**found, **self._of_tables(known, measure, of, key, place=place, alone=alone)}
            self._answers[measure, *key] = Years(drawn)
        return self._answers[measure, *key]

    def _of_edition(
        self, value: float, year: int, measure: str, key: tuple[object, ...], *, place: Who, alone: bool
    ) -> float:
        if math.isnan(value):
            return value
        if self.source.printed:
            half = article.ROUNDING[3 if measure == "link" else 1]
            value += half * math.erf(self._normal("rounding", measure, *key, year) * _MEAN / math.sqrt(2))
        half = half_width(self.source, measure, year, value, place, alone=alone)
        yearly = half / error_sizes.DEVIATIONS * self._normal(*key, year) * _MEAN if half else 0.0
        return max(0.0, value + yearly)

    def _of_tables(
        self, values: dict[int, float], measure: str, of: str, key: tuple[object, ...], *, place: Who, alone: bool
    ) -> dict[int, float]:
        if not values:
            return {}
        steady = self._normal(*key)
        years, numbers = tuple(values), tuple(values.values())
        half, yearly = _halves(self.source, measure, years, numbers, place, alone=alone), np.zeros(len(years))
        if half.any():  # of the OECD's tables, whose errors of the years go together
            together = error_sizes.drawn_together(measure)
            yearly = (together @ self.random.standard_normal(len(together)))[[YEAR - year for year in years]]
        return dict(zip(years, _moved(np.array(numbers), steady, half, yearly, of).tolist(), strict=True))

    def share(self, origins: Who, host: Who, measure: str = "fva_share", base: Base = "all") -> Years:
        """Draw `sources.Source.share`."""
        found = self.source.share(origins, host, measure, base)
        return self._years(found, measure, "share", host, origins, host, base, alone=origins not in eco.GROUPS)

    def link(self, origin: str, absorber: str, of: Tie = "index") -> Years:
        """Draw `sources.Source.link`."""
        return self._years(self.source.link(origin, absorber, of), "link", "link", absorber, origin, absorber, of)

    def partners(
        self, economy: str, of: Side, year: int, flow: str = "va_final_demand", union: tuple[str, ...] = UNION
    ) -> pd.Series:
        """Draw `sources.Source.partners`."""
        key = (economy, of, flow, union, year)
        if key not in self._frames:
            given = self.source.partners(economy, of, year, flow, union)
            measure = "gross" if flow == "gross_exports" else "link"
            half = _halves(self.source, measure, (year,) * len(given), tuple(given.tolist()), economy, alone=True)
            steady, yearly = self._of_partners((economy, of, flow), measure, year, given.index.tolist(), half)
            moved = _moved(given.to_numpy(), steady, half, yearly, "link")
            order = np.argsort(-moved, kind="stable")
            self._frames[key] = pd.Series(moved[order], given.index[order])
        drawn: pd.Series = self._frames[key]
        return drawn

    def _of_partners(
        self, key: tuple[str, ...], measure: str, year: int, codes: list[str], half: Array
    ) -> tuple[Array, Array]:
        """Give standard errors of partners, steady and of a year, drawn one partner after the other."""
        editions = self.source.yearly == "editions"
        known = self._drawn_of_partners.setdefault((*key, year if editions else None), {})
        together = self.source.yearly == "trial" and half.any()
        of_years = error_sizes.drawn_together(measure)[YEAR - year] if together else np.ones(1)
        none = np.full(1 + len(of_years), np.nan)
        rows = np.array([known.get(code, none) for code in codes]).reshape(-1, len(none))
        wanted = np.isnan(rows)
        wanted[:, 0] &= not editions
        wanted[:, 1:] &= half[:, None] != 0
        if wanted.any():
            rows[wanted] = self.random.standard_normal(np.count_nonzero(wanted))
            known.update(zip(codes, rows, strict=True))
        rows = np.nan_to_num(rows)
        return rows[:, 0] / _MEAN, rows[:, 1:] @ of_years

    def passing(self, origin: str, exporter: str) -> Years:
        """Draw `sources.Source.passing`."""
        found = self.source.passing(origin, exporter)
        return self._years(found, "passing", "link", exporter, "passing", origin, exporter)

    def world_shares(self, flow: str, group: str) -> pd.DataFrame:
        """Draw `sources.Source.world_shares`: each economy's is off in the same proportion every year."""
        return self._level("world_shares", flow, group)

    def advantage(self, group: str) -> pd.DataFrame:
        """Draw `sources.Source.advantage`."""
        return self._level("advantage", group)

    def weight(self, flow: str, group: str) -> pd.DataFrame:
        """Draw `sources.Source.weight`."""
        return self._level("weight", flow, group)

    def _level(self, *key: str) -> pd.DataFrame:
        if key not in self._frames:
            name, *of = key
            frame: pd.DataFrame = getattr(self.source, name)(*of)
            size = between_databases("industry")
            factors = np.exp([size * self._normal(*key, code) for code in frame.columns])
            self._frames[key] = pd.DataFrame(frame.to_numpy() * factors, frame.index, frame.columns)
        drawn: pd.DataFrame = self._frames[key]
        return drawn
