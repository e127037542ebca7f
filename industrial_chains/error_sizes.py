"""Sizes of errors, as a second edition or a trial on known tables measures them."""

from functools import cache

import numpy as np
import pandas as pd

from industrial_chains import sources
from industrial_chains.article import HOSTS, ROUNDING
from industrial_chains.estimate_quality import YEAR, stored
from industrial_chains.sources import ADB, Source

#: What the trial on WIOD calls the article's measures, among the economies that both it and the article show.
_TRIED = {
    "fva_share": "share of Northeast Asia in foreign value added of exports",
    "link": "LINK with China in Northeast Asia",
}
_TABLES = {"fva_share": 1, "imint_share": 1, "link": 3}


def between_editions() -> pd.Series:
    """Return how far the two editions of the ADB's tables are apart in the cells that both show.

    Returns
    -------
    Series, (year, host)
        Sizes of the differences of Northeast Asia's share in foreign value added, percentage points.
    """
    both = sources.beside_print(ADB).loc["NEA"]
    gaps: pd.Series = pd.concat({host: both[host, "difference"].abs() for host in HOSTS}, names=["host", "year"])
    ordered: pd.Series = gaps.swaplevel().sort_index()
    return ordered


@cache
def size(source: Source, measure: str, year: int) -> float:
    """Return the error that a number of a source has on average.

    Parameters
    ----------
    source : Source
    measure : {"fva_share", "imint_share", "link"}
        A share of Northeast Asia, or an index of a link within it.
    year : int

    Returns
    -------
    float
        Percentage points, or points of the index; NaN where nobody has measured it.

    Notes
    -----
    Of the print and of ADB's figures it is what a change of the edition does, :func:`between_editions`; of a link only
    the rounding is known. Of the OECD's estimates it is the error that the same method makes on WIOD as many years
    from the table whose structure it uses. Of its rebuilt table it is that of the published shares that can be
    compared, of an origin in the foreign value added of final demand.
    """
    if source.yearly == "editions":
        known = measure == "fva_share"
        return float(between_editions().mean()) if known else ROUNDING[_TABLES[measure]] if source.printed else np.nan
    if source.yearly == "trial" and measure in _TRIED:
        if source.kind(year) == "table":
            published = stored("errors").set_index(["table", "year", "measure", "among"])["mean"].to_dict()
            return float(published["kept", year, "FDVA", "pairs"])
        tried = stored("backcast").set_index(["table", "back", "measure"])["mean"].to_dict()
        return float(tried["estimate", YEAR - year, _TRIED[measure]])
    return np.nan


def bands(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Add the bounds of each value, one error below it and one above.

    Parameters
    ----------
    frame : DataFrame
        As `sources.shares` and `sources.links` return it, of one measure.
    measure : str
        As :func:`size` has it.

    Returns
    -------
    DataFrame
        With the columns low and high, empty where no error is known.
    """
    named = {source.label_in(year): source for source in sources.SOURCES for year in (source.estimates[:1] or (0,))}
    named |= {source.label: source for source in sources.SOURCES}
    off = [size(named[label], measure, int(year)) for label, year in zip(frame["database"], frame["year"], strict=True)]
    return frame.assign(low=frame["value"] - off, high=frame["value"] + off)
