"""The same question to several sources. Those that cannot answer are left out."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import product
from typing import Any

import pandas as pd

from exhibits.text import enumerated
from industrial_chains.article import HOSTS, PARTNERS
from industrial_chains.charting import names
from industrial_chains.sources.database import SilentError
from industrial_chains.sources.databases import ARTICLE, SOURCES
from industrial_chains.sources.source import Base, Source, Who


def shares(
    origins: Iterable[Who],
    hosts: Iterable[str] = HOSTS,
    measures: Iterable[str] = ("fva_share",),
    *,
    of: Iterable[Source] = SOURCES,
    base: Base = "all",
) -> pd.DataFrame:
    """Ask several sources for :meth:`Source.share` of several origins and hosts.

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
    """Return the link index of every ordered pair, year by year.

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
    """Return the link index of pairs in both directions, pair by pair and year by year.

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
    """Compare another database's shares in foreign value added with the printed ones.

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
