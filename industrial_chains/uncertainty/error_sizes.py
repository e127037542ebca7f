"""How far a number may be off: the half-width of the interval that holds the truth nine times in ten.

Of the OECD's numbers it is the reconstruction error, the distance to the OECD's own table, which the trial on WIOD
tells (`pipeline.oecd.trial`), held against what the OECD publishes (`pipeline.oecd.intervals`). Of the print and of the
ADB's figures it is the difference between editions.
"""

import math
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from typing import overload

import numpy as np
import pandas as pd

from gvc.labels import Array
from gvc.panel import WORLD
from industrial_chains import article, data, oecd_tables, sources
from industrial_chains import economies as eco
from industrial_chains.article import HOSTS
from industrial_chains.industry_groups import OECD_BRANCHES
from industrial_chains.sources import ADB, OECD, WIOD, Source, Who

#: The year of the OECD's table that is put together from pieces that show it; of the years before there are estimates.
YEAR = 2022
#: Of errors, the percentage that an interval holds, and how many standard deviations of a normal error that takes.
LEVEL, DEVIATIONS = 90, 1.645
#: Errors grow with the number, by this power of :math:`p (100 - p) / 100`.
POWER = 0.7
#: Industries of whose exports the trial follows every cent; the last is all, services too.
CENTS = ("goods", "electronics", "machinery", "vehicles", "textiles", "metals", "all")
#: Measures whose intervals do not depend on the rest of the world.
_WITHOUT_REST = ("foreign", "absorbed", "onward")
#: Measures that estimates are fitted to, and the first year of which they are published.
FITTED, FIRST = ("foreign", "absorbed"), 2012
#: Measures that the OECD publishes, as the trial calls them.
PUBLISHED = ("origins", "foreign", "absorbed", "onward")


@overload
def unit(share: float) -> float: ...
@overload
def unit(share: pd.Series) -> pd.Series: ...
def unit(share: float | pd.Series) -> float | pd.Series:
    r"""Return the unit of the error of a share.

    Parameters
    ----------
    share : float or Series
        Percent, between 0 and 100.

    Returns
    -------
    float or Series
        :math:`(p (100 - p) / 100)^{0.7}`, percentage points.

    Notes
    -----
    The error of a share of 30 per cent is 8.5 times that of a share of one per cent. The power is that of
    a line through errors and shares on logarithmic scales, which lies between 0.62 and 0.79 for all measures.

    Examples
    --------
    >>> round(unit(50.0), 2), round(unit(1.0), 2)
    (9.52, 0.99)
    """
    return (share * (100 - share) / 100) ** POWER


# -- the OECD's numbers -------------------------------------------------------------------------------------------


@cache
def _trial() -> dict[tuple[str, str, int], float]:
    frame = data.table("oecd_trial")
    return {(measure, table, back): size for measure, table, back, size in frame[_SIZES].itertuples(index=False)}


_SIZES = ["measure", "table", "back", "size"]


@cache
def _factors() -> dict[tuple[str, str], tuple[float, float]]:
    """By measure and group of economies the factors of what is rebuilt and of what is estimated."""
    rows = data.table("oecd_factors")[["measure", "economies", "rebuilt", "estimate"]].itertuples(index=False)
    return {(measure, economies): (rebuilt, estimate) for measure, economies, rebuilt, estimate in rows}


def group_of(place: str) -> str:
    """Say whether WIOD, on which errors were measured, shows an economy; one group of the two has a factor each."""
    return "in WIOD" if place in WIOD.economies else "not in WIOD"


@cache
def factors(measure: str, economies: str) -> tuple[float, float]:
    """Return how many times as large the OECD's errors are as those of the trial.

    Parameters
    ----------
    measure : str
        As `pipeline.oecd.trial.printed` has it.
    economies : {"in WIOD", "not in WIOD"}

    Returns
    -------
    (float, float)
        Of the rebuilt table, and of what estimates add.

    Notes
    -----
    Of what the OECD publishes both are measured. Of the rest the first is that of the origins in final demand, since
    one thing makes the rebuilt table err, what the rest of the world uses. The second is theirs, too, for links, which
    are of final demand; for all that is in exports it is that of what others export of an economy's value added.
    """
    if measure in PUBLISHED:
        return _factors()[measure, "all" if measure == "origins" else economies]
    rebuilt, of_final = _factors()["origins", "all"]
    return rebuilt, of_final if measure == "link" else _factors()["onward", economies][1]


def half_width(measure: str, year: int, share: float, rest: float, economies: str) -> float:
    r"""Return the half-width of the interval of a number of the OECD's tables.

    Parameters
    ----------
    measure : str
        As `pipeline.oecd.trial.printed` has it.
    year : int
    share : float
        The number, percent.
    rest : float
        The share of the rest of the world in what is foreign there, percent.
    economies : {"in WIOD", "not in WIOD"}

    Returns
    -------
    float
        Percentage points.

    Notes
    -----
    :math:`u(p) \sqrt{(\lambda\, a)^2 R + (\kappa\, c_t)^2}` with the unit u, the sizes a of the rebuilt table and
    :math:`c_t` of an estimate t years back, the factors of :func:`factors`, and R the share of the rest of the world.
    An estimate adds nothing to a share that it is fitted to.
    None of it applies to the OECD's own tables, with which it is 0.
    """
    if oecd_tables.official():
        return 0.0
    of_table, of_estimate = factors(measure, economies)
    rebuilt = of_table * _trial()[measure, "rebuilt", 0] * (1 if measure in _WITHOUT_REST else rest) ** 0.5
    taken_up = measure in FITTED and year >= FIRST
    estimate = of_estimate * _trial()[measure, "estimate", YEAR - year] if year < YEAR and not taken_up else 0.0
    return unit(min(max(share, 0.0), 100.0)) * float(np.hypot(rebuilt, estimate))


@cache
def _rest(measure: str, year: int, place: Who) -> float:
    """Share of the rest of the world in what is foreign in a place; percent."""
    if measure in _WITHOUT_REST:
        return 1.0
    if measure == "link":
        return float(OECD.ties("imports", year)[place][eco.ROW])
    return float(OECD.suppliers(place)[year][eco.ROW])


@cache
def _correlations(measure: str) -> pd.DataFrame:
    """Correlations of errors of one place, years back × years back."""
    rows = data.table("oecd_years").query("measure == @measure")
    every = range(int(rows["other"].max()) + 1)
    frame = pd.DataFrame(np.eye(len(every)), every, every)
    for one, other, found in rows[["back", "other", "correlation"]].itertuples(index=False):
        frame.at[one, other] = frame.at[other, one] = found
    return frame


@cache
def drawn_together(measure: str) -> Array:
    """Return a matrix that turns independent standard errors into errors of the years, the last one first.

    Returns
    -------
    (12, 12) array
        :math:`L` with :math:`L L'` the correlations of :func:`correlation`, the nearest that errors can have.
    """
    values, vectors = np.linalg.eigh(_correlations(measure).to_numpy())
    root = vectors * np.sqrt(np.maximum(values, 0))
    matrix: Array = root / np.sqrt((root**2).sum(axis=1, keepdims=True))
    return matrix


def correlation(measure: str, one: int, other: int) -> float:
    """Return how far errors of two years of the OECD's tables go together, by the trial; between −1 and 1."""
    return float(_correlations(measure)[YEAR - other][YEAR - one])


def _unsplit(measure: str, place: Who, share: float) -> float:
    """How far a share may be off because the file of 2022 shows Mexico's exporters and its other firms in one piece.

    The published foreign share of Mexico's exports is larger than the computed one. What is missing may come from
    Northeast Asia in any proportion that occurs among Mexico's exporting industries.
    """
    if place != "MEX" or (measure not in ("fva_share", "foreign") and "cents of" not in measure):
        return 0.0
    published, computed = float(published_foreign()["MEX"][YEAR]), _foreign_share("MEX", YEAR)
    if measure == "foreign" or measure.startswith("home"):
        return published - computed
    missing = 1 - computed / published
    highest, lowest, whole = _of_region_by_industry()
    if measure == "fva_share":
        return missing * max(highest - whole, whole - lowest) * share / whole
    return missing * share * highest / whole


@cache
def _of_region_by_industry() -> tuple[float, float, float]:
    """Northeast Asia's share in Mexico's foreign value added: the highest and the lowest of its industries, and all."""
    rows = OECD.accounts("va_exports_of_industry")
    rows = rows[rows["year"].eq(YEAR) & rows["destination"].eq("MEX")]
    wide = rows.groupby([rows["sector"].map(OECD_BRANCHES), "origin"])["value"].sum().unstack()
    near = wide[list(sources.WIOD_NEA)].sum(axis=1)
    share = 100 * near / wide[WORLD]
    return float(share.max()), float(share.min()), float(100 * near.sum() / wide[WORLD].sum())


@cache
def _foreign_share(economy: str, year: int) -> float:
    content = OECD.matrix("va_exports", year)[economy]
    return float(100 * (1 - content[economy] / content.sum()))


@cache
def published_foreign() -> pd.DataFrame:
    """Return the foreign value added in exports as the OECD publishes it, year × economy; percent of exports."""
    frame: pd.DataFrame = data.table("oecd_published").pivot(index="year", columns="economy", values="foreign")
    return frame


def of_cents(host: str, industry: str, year: int, origin: str, cents: float) -> float:
    """Return the half-width of the interval of the cents that an origin earns of a dollar of a host's exports.

    Parameters
    ----------
    host : str
        An economy of the OECD's tables, or a group.
    industry : str
        One of :data:`CENTS`, or ``computers``, which is measured as electronics.
    year : int
    origin : str
        An economy, or the host itself: ``home``.
    cents : float
        By the OECD's tables.

    Returns
    -------
    float
        Cents.

    Notes
    -----
    The rest of the world weighs as in all exports of the host. Nothing of a group was tried: its interval is that of an
    economy with its cents, which is on the safe side, since errors of its members offset each other in part.

    Examples
    --------
    >>> round(of_cents("IDN", "goods", 2022, "CHN", 2.9), 2) < round(of_cents("IDN", "goods", 2012, "CHN", 2.9), 2)
    True
    """
    name = "electronics" if industry == "computers" else industry
    measure = f"{'home ' if origin in ('home', host) else ''}cents of {name}"
    return float(np.hypot(_of_oecd(measure, year, cents, host), _unsplit(measure, host, cents)))


def _of_oecd(measure: str, year: int, value: float, place: Who) -> float:
    rest = 1.0 if measure.startswith("home") else _rest(measure, year, place)
    return half_width(measure, year, value, rest, group_of(str(place)))


# -- two editions -------------------------------------------------------------------------------------------------


def between_editions() -> pd.Series:
    """Return the difference between editions of the ADB's tables in the cells that both show.

    Returns
    -------
    Series, (year, host)
        Sizes of the differences of Northeast Asia's share in foreign value added, percentage points.
    """
    return _signed().abs()


def _signed() -> pd.Series:
    both = sources.beside_print(ADB).loc["NEA"]
    gaps: pd.Series = pd.concat({host: both[host, "difference"] for host in HOSTS}, names=["host", "year"])
    ordered: pd.Series = gaps.swaplevel().sort_index()
    return ordered


@cache
def _of_editions() -> tuple[float, float]:
    """Half-widths of a share of Northeast Asia, and of its change: what nine cells, or pairs of years, in ten keep."""
    wide = _signed().unstack("year")
    changes = [wide[other] - wide[one] for one, other in combinations(wide.columns, 2)]
    level, change = (pd.concat(parts).abs().quantile(LEVEL / 100) for parts in ([_signed()], changes))
    return float(level), float(change)


@cache
def in_proportion() -> float:
    """Return how far two editions of the ADB's tables are apart in what one economy supplies, in proportion.

    Nine cells in ten of the article's Table 2 are no farther; those below half a per cent are left out, since rounding
    alone moves them by a tenth.
    """
    shown = article.printed(2).query("measure == 'fva_share' and value >= 0.5")
    cells = shown[["origin", "destination", "year", "value"]].itertuples(index=False, name=None)
    gaps = [abs(np.log(ADB.share(origin, host)[year] / value)) for origin, host, year, value in cells]
    return float(np.quantile(gaps, LEVEL / 100))


# -- any source ---------------------------------------------------------------------------------------------------


def size(source: Source, measure: str, year: int, value: float, place: Who) -> float:
    """Return the half-width of the interval of a number: it holds the truth nine times in ten.

    Parameters
    ----------
    source : Source
    measure : {"fva_share", "imint_share", "link", "passing", "foreign"}
        A share of Northeast Asia or of one of its members, a link index, what passes an exporter, or the foreign share
        in exports.
    year : int
    value : float
        The number.
    place : str or tuple of str
        The host, absorber or exporter; a group stands for its members as one.

    Returns
    -------
    float
        Percentage points, or points of the index; NaN where nobody has measured it.

    Notes
    -----
    Of the print and of ADB's figures it is the difference between editions of shares of Northeast Asia. Of links there
    is no second edition: they are taken to differ as what one economy supplies does. Of the OECD's tables it is the
    reconstruction error, :func:`half_width`, and for Mexico besides what its exporters in one piece may do. Of a group
    it is that of an economy with the same numbers.
    """
    if source.yearly == "editions":
        if measure == "link":
            return in_proportion() * value
        return _of_editions()[0] if measure == "fva_share" else np.nan
    if source.yearly == "trial":
        return float(np.hypot(_of_oecd(measure, year, value, place), _unsplit(measure, place, value)))
    return np.nan


def of_sum(measure: str, values: Mapping[int, float], weights: Mapping[int, float], place: Who) -> float:
    r"""Return the half-width of the interval of a weighted sum of the OECD's numbers of several years.

    Notes
    -----
    :math:`\sqrt{\sum_{t,u} w_t w_u \rho_{tu} h_t h_u}` with the correlations of :func:`correlation`; weights that
    add up to zero, as those of a change, cancel what Mexico's exporters in one piece do.
    """
    off = {year: weight * _of_oecd(measure, year, values[year], place) for year, weight in weights.items()}
    squares = sum(off[one] * off[other] * correlation(measure, one, other) for one in off for other in off)
    return float(np.sqrt(max(squares, 0.0)))


def change(source: Source, measure: str, values: Mapping[int, float], span: tuple[int, int], place: Who) -> float:
    r"""Return the half-width of the interval of a change between two years.

    Parameters
    ----------
    source, measure, place
        As :func:`size` has them.
    values : Mapping
        The numbers by year.
    span : (int, int)

    Returns
    -------
    float
        Percentage points, or points of the index; NaN where nobody has measured it.

    Notes
    -----
    Errors of two years of one place go together, since they share the table that both are made from. With the
    correlation :math:`\rho` that the trial gives, :math:`\sqrt{h_1^2 + h_2^2 - 2 \rho h_1 h_2}`. What Mexico's
    exporters in one piece do is the same in both years, and drops out. Of two editions the changes between years are
    compared themselves.
    """
    one, other = span
    if source.yearly == "editions":
        if measure == "fva_share":
            return _of_editions()[1]
        return math.hypot(*(size(source, measure, year, values[year], place) for year in span))
    if source.yearly == "trial":
        return of_sum(measure, values, {one: -1.0, other: 1.0}, place)
    return np.nan


def bands(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Add the bounds of each value, between which the truth lies nine times in ten.

    Parameters
    ----------
    frame : DataFrame
        As `sources.shares` and `sources.links` return it, of one measure; of what passes, with a column exporter.
    measure : str
        As :func:`size` has it.

    Returns
    -------
    DataFrame
        With the columns low and high, empty where no error is known.
    """
    named = {source.label_in(year): source for source in sources.SOURCES for year in (source.estimates[:1] or (0,))}
    named |= {source.label: source for source in sources.SOURCES}
    where = {"link": "absorber", "passing": "exporter"}.get(measure, "destination")
    rows = frame[["database", "year", "value", where]].itertuples(index=False)
    off = np.array([size(named[label], measure, int(year), value, place) for label, year, value, place in rows])
    return frame.assign(low=frame["value"] - off, high=frame["value"] + off)
