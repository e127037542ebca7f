"""Sources whose numbers are drawn anew within their known errors."""

import math
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc.errors import GvcError
from industrial_chains import article, error_sizes, sources
from industrial_chains.estimate_quality import YEAR, stored
from industrial_chains.industry_groups import FLOCK
from industrial_chains.sources import ADB, ARTICLE, OECD, UNION, WIOD, Base, Side, Source, Tie, Who, Years

#: The year that WIOD and the OECD have in common.
_COMMON = 2011
#: A normal error is off by its standard deviation times this, on average.
_MEAN = math.sqrt(2 / math.pi)


@cache
def between_editions() -> float:
    """Return how far two editions of the ADB's tables are apart in what one economy supplies: mean, in proportion.

    Cells of the article's Table 2 below half a per cent are left out: rounding alone moves them by a tenth.
    """
    printed = article.printed(2).query("measure == 'fva_share' and value >= 0.5")
    cells = printed[["origin", "destination", "year", "value"]].itertuples(index=False, name=None)
    gaps = [abs(math.log(ADB.share(origin, host)[year] / value)) for origin, host, year, value in cells]
    return float(np.mean(gaps))


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
def _of_an_estimate(measure: str, year: int) -> float:
    """Error of an estimate in proportion to what it measures."""
    if measure == "link":
        values = [OECD.link(*pair)[year] for code in ("JPN", "KOR", "RUS") for pair in (("CHN", code), (code, "CHN"))]
    else:
        values = [OECD.share(sources.WIOD_NEA, host)[year] for host in sources.WIOD_HOSTS]
    return error_sizes.size(OECD, measure, year) / float(np.mean(values))


@cache
def _of_a_content(year: int) -> float:
    tried = stored("backcast").set_index(["table", "back", "measure"])["mean"].to_dict()
    return float(tried["estimate", YEAR - year, "foreign share in exports"])


def off(source: Source, measure: str, year: int, value: float, *, alone: bool) -> float:
    """Return the mean error of a number, apart from what is the same in every year; in its own points.

    Parameters
    ----------
    source : Source
    measure : {"fva_share", "imint_share", "link", "foreign"}
        A share of suppliers, a link or the foreign share in exports.
    year : int
    value : float
        The number.
    alone : bool
        Whether it speaks of a single origin; `error_sizes.size` of a share speaks of Northeast Asia as a whole.

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
        case "editions":
            # Of inputs, too: nobody has a second edition of them.
            return (
                between_editions() * value
                if alone or measure == "link"
                else error_sizes.size(ARTICLE, "fva_share", year)
            )
        case "trial" if source.kind(year) != "estimate":
            return 0.0
        case "trial" if measure == "foreign":
            return _of_a_content(year)
        case "trial":
            return _of_an_estimate("link" if alone else measure.replace("imint", "fva"), year) * value
    raise GvcError(
        f"industrial_chains/sources/databases.py, the Source {source.name!r}",
        expected="yearly=…, how its error from year to year was measured",
        found="nothing",
        remedy='Write yearly="editions" or "trial" if resampling.off can tell it, and else "unmeasured": then every '
        "rise in it counts as certain.",
    )


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
    trend; the OECD's estimates besides by what `error_sizes` knows of their year. What each number is off by has
    nothing to do with any other's.
    """

    source: Source
    random: np.random.Generator
    _drawn: dict[Any, float] = field(default_factory=dict)
    _answers: dict[Any, Years] = field(default_factory=dict)
    _frames: dict[Any, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)

    def _normal(self, *key: object) -> float:
        """One standard error, the same whenever it is asked for."""
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = float(self.random.standard_normal()) / _MEAN
        return found

    def _moved(self, value: float, year: int, measure: str, of: str, key: tuple[object, ...], *, alone: bool) -> float:
        source = self.source
        if math.isnan(value):
            return value
        if source.printed:
            half = article.ROUNDING[3 if measure == "link" else 1]
            value += half * math.erf(self._normal("rounding", measure, *key, year) * _MEAN / math.sqrt(2))
        steady = 0.0 if source.yearly == "editions" else between_databases(of) * self._normal(*key)
        yearly = off(source, measure, year, value, alone=alone) * self._normal(*key, year)
        return max(0.0, value * math.exp(steady) + yearly)

    def _years(self, found: Years, measure: str, of: str, *key: object, alone: bool = True) -> Years:
        """Draw every year of an answer, once."""
        if (measure, *key) not in self._answers:
            drawn = {year: self._moved(value, year, measure, of, key, alone=alone) for year, value in found.items()}
            self._answers[measure, *key] = Years(drawn)
        return self._answers[measure, *key]

    def share(self, origins: Who, host: Who, measure: str = "fva_share", base: Base = "all") -> Years:
        """Draw `sources.Source.share`; value added and inputs are off by the same."""
        found = self.source.share(origins, host, measure, base)
        return self._years(found, measure, "share", origins, host, base, alone=origins not in eco.GROUPS)

    def link(self, origin: str, absorber: str, of: Tie = "index") -> Years:
        """Draw `sources.Source.link`."""
        return self._years(self.source.link(origin, absorber, of), "link", "link", origin, absorber, of)

    def partners(
        self, economy: str, of: Side, year: int, flow: str = "va_final_demand", union: tuple[str, ...] = UNION
    ) -> pd.Series:
        """Draw `sources.Source.partners`."""
        key = (economy, of, flow)
        if (*key, union, year) not in self._frames:
            given = self.source.partners(economy, of, year, flow, union)
            moved = [
                self._moved(share, year, "link", "link", (*key, code), alone=True) for code, share in given.items()
            ]
            self._frames[*key, union, year] = pd.Series(moved, given.index).sort_values(ascending=False, kind="stable")
        drawn: pd.Series = self._frames[*key, union, year]
        return drawn

    def passing(self, origin: str, exporter: str) -> Years:
        """Draw `sources.Source.passing`."""
        return self._years(self.source.passing(origin, exporter), "link", "link", "passing", origin, exporter)

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
            self._frames[key] = frame * np.exp([size * self._normal(*key, code) for code in frame.columns])
        drawn: pd.DataFrame = self._frames[key]
        return drawn
