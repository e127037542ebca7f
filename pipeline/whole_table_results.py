"""What reliance and the experiments give on whole tables, for `industrial_chains.whole_table_results` to read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.decompositions import value_added_by_route
from gvc.flows import first_stage_inputs, gross_exports, value_added_in_inputs
from gvc.icio import ICIO
from gvc.leontief import multipliers
from gvc.panel import WORLD
from gvc.sample import load_sample
from industrial_chains import economies as eco
from industrial_chains.analysis import experiments
from industrial_chains.analysis.exposure import three_ways
from industrial_chains.industry_groups import SAMPLE
from industrial_chains.uncertainty.error_sizes import YEAR
from industrial_chains.whole_table_results import (
    BUYER,
    GROUPS,
    MAKERS,
    SELLER,
    TAKERS,
    TAKING_OVER,
    THROUGH,
    goods_of,
    moving,
)
from pipeline.tables import name_of, tables, write

#: The folder of ``data/`` that it writes to.
INTO = "frontier"

#: On whom reliance is kept; :data:`gvc.panel.WORLD` is all that is foreign.
ORIGINS = (WORLD, "CHN", "JPN")
#: Which part of goods is rerouted, and what is done where they pass.
PART = 0.25
WAYS: dict[str, experiments.Technology] = {"label": "label", "plant": "seller", "own": "host"}


# -- reliance -----------------------------------------------------------------------------------------------------


def reliance(icio: ICIO) -> pd.DataFrame:
    """Count the reliance of the makers on each of the origins once.

    Returns
    -------
    DataFrame
        Columns database, year, maker, origin, percent: `once` of `analysis.exposure.three_ways`.
    """
    rows = [
        (name_of(icio), icio.year, maker, origin, once)
        for origin in ORIGINS
        for maker, once in three_ways(icio, None if origin == WORLD else origin)["once"].items()
        if maker in MAKERS
    ]
    return pd.DataFrame(rows, columns=["database", "year", "maker", "origin", "percent"])


def origins(icio: ICIO) -> pd.DataFrame:
    """Set what each origin earns of the inputs of all makers abroad beside what it sells to them.

    Returns
    -------
    DataFrame
        Columns database, year, origin, earned, makers, more, low, median, high: what the origin earns of what makers
        abroad pay for inputs, million USD (:func:`gvc.flows.value_added_in_inputs`); of how many makers, and of how
        many of these more than it sells to them (:func:`gvc.flows.first_stage_inputs`); the quartiles over makers of
        the ratio of both. The rest of the world is neither a maker nor an origin.
    """
    named = [code for code in icio.result_economies if code != eco.ROW]
    sold, earned = (flow.loc[named, named] for flow in (first_stage_inputs(icio), value_added_in_inputs(icio)))
    ratio = (earned / sold.where(sold > 0)).mask(np.eye(len(named), dtype=bool))
    quartiles = {name: ratio.quantile(part, axis=1) for name, part in (("low", 0.25), ("median", 0.5), ("high", 0.75))}
    frame = pd.DataFrame(
        {
            "earned": earned.sum(axis=1) - np.diag(earned),
            "makers": ratio.notna().sum(axis=1),
            "more": (ratio > 1).sum(axis=1),
            **quartiles,
        }
    )
    frame = frame.rename_axis(index="origin").reset_index().assign(database=name_of(icio), year=icio.year)
    return frame[["database", "year", "origin", "earned", "makers", "more", *quartiles]]


def purchases(icio: ICIO) -> pd.DataFrame:
    """Move all that the buyer's industries buy from the seller to each host, and count what reliance is left.

    Returns
    -------
    DataFrame
        Columns database, year, count, host, before, own, seller: `analysis.experiments.reliance_after` with the
        host's own suppliers and with the seller's; percent. `count` is ``once`` or ``gross``.
    """
    hosts = [host for host in TAKING_OVER if host in icio.economies]
    left = experiments.reliance_after(icio, SELLER, BUYER, hosts).rename(columns={"host": "own"})
    frame = left.reset_index().assign(database=name_of(icio), year=icio.year)
    return frame[["database", "year", "count", "host", "before", "own", "seller"]]


# -- a plant moves ------------------------------------------------------------------------------------------------


def plants(icio: ICIO) -> pd.DataFrame:
    """Let the goods that the buyer's industries buy from the seller be made by each taker, in each of four ways.

    Returns
    -------
    DataFrame
        Columns database, year, economies, industries, host, moves, lost, gained: `moves` is ``plant``, ``services``,
        ``everything`` or ``own``; what the seller loses and the host gains, cents on the dollar moved.
    """
    rows = []
    for host in TAKERS:
        if host not in icio.economies:
            continue
        cents = experiments.per_dollar_moved(icio, SELLER, BUYER, moving(icio, host))
        for moves, lost, gained in zip(cents.index, -cents[SELLER], cents[host], strict=True):
            size = len(icio.economies), len(icio.sectors)
            rows.append((name_of(icio), icio.year, *size, host, moves, lost, gained))
    columns = ["database", "year", "economies", "industries", "host", "moves", "lost", "gained"]
    return pd.DataFrame(rows, columns=columns)


def coarser(icio: ICIO) -> Iterator[ICIO]:
    """Sum a table in each of two ways: its industries to the groups of the sample, its economies to the sample's."""
    kept = load_sample().economies
    union = dict.fromkeys({*eco.GROUPS["EU27"], "GBR"} & set(icio.economies), "EUU")
    rest = {code: eco.ROW for code in icio.economies if code not in kept and code not in union}
    groups = {sector: (SAMPLE | GROUPS)[sector] for sector in icio.sectors}
    yield icio.aggregate(sectors=groups)
    yield icio.aggregate(economies=union | rest)


# -- without each other ---------------------------------------------------------------------------------------------


def without(icio: ICIO) -> pd.DataFrame:
    """Take all that seller sells to buyer, or buyer to seller, out of a table.

    Returns
    -------
    DataFrame
        Columns database, year, seller, buyer, economy, before, change: value added and its change, million USD, in
        `analysis.experiments.extract_link`.
    """
    frames = []
    for seller, buyer in ((SELLER, BUYER), (BUYER, SELLER)):
        cut = experiments.compare(icio, experiments.extract_link(icio, seller, buyer)).drop(index=experiments.OUTSIDE)
        frames.append(cut.reset_index().assign(seller=seller, buyer=buyer))
    frame = pd.concat(frames, ignore_index=True).assign(database=name_of(icio), year=icio.year)
    return frame[["database", "year", "seller", "buyer", "economy", "before", "change"]]


# -- rerouted -----------------------------------------------------------------------------------------------------


def rerouted(icio: ICIO) -> pd.DataFrame:
    """Let a part of all goods that the seller sells to the buyer reach it through another economy.

    Returns
    -------
    DataFrame
        Columns through, way, what, economy, value. `way` is ``none``, the table as it is, or one of :data:`WAYS`;
        `what` is ``gross``, what the economy (the seller, or that through which goods go) exports to the buyer, billion
        USD; ``route``, of the value added of the seller that ends in the buyer's final demand, what passes the
        economy, percent (:func:`gvc.value_added_by_route`); or ``content``, value added of the economy in a dollar of
        the goods rerouted, cents, all others as the world.
    """
    goods, rows = goods_of(icio), []
    for through in THROUGH:
        rows += [(through, "none", *row) for row in _counted(icio, through)]
        for way, technology in WAYS.items():
            after = experiments.replace_inputs(
                icio, SELLER, BUYER, through, share=PART, sectors=goods, technology=technology, final=True
            )
            rows += [(through, way, *row) for row in _counted(after, through)]
            rows += [(through, way, "content", code, cents) for code, cents in _content(icio, after, through).items()]
    return pd.DataFrame(rows, columns=["through", "way", "what", "economy", "value"])


def _counted(icio: ICIO, through: str) -> Iterator[tuple[str, str, float]]:
    sales = gross_exports(icio)[BUYER].to_dict()
    for economy in (SELLER, through):
        yield "gross", economy, sales[economy] / 1000
    names = icio.result_economies
    absorbed = multipliers(icio)[names.index(SELLER)] @ icio.demand[:, names.index(BUYER)]
    passed = value_added_by_route(icio, through, BUYER)["absorbed"].to_dict()[SELLER]
    yield "route", through, float(100 * passed / absorbed)


def _content(before: ICIO, after: ICIO, through: str) -> dict[str, float]:
    """Split a dollar of the goods rerouted, by who earned it."""
    names, size = after.result_economies, len(before.x)
    rows = np.arange(size, len(after.x)) if len(after.x) > size else np.flatnonzero(after.home == names.index(through))
    goods = np.isin(before.sectors, goods_of(before))
    sold = before.Z[:, before.home == names.index(BUYER)].sum(axis=1) + before.demand[:, names.index(BUYER)]
    mix = sold[before.home == names.index(SELLER)] * goods
    cents = 100 * multipliers(after)[:, rows] @ mix / mix.sum()
    named = {code: float(cents[names.index(code)]) for code in (SELLER, through, BUYER)}
    return named | {WORLD: float(cents.sum()) - sum(named.values())}


# -- written ------------------------------------------------------------------------------------------------------


def computed(icios: Iterable[ICIO]) -> dict[str, pd.DataFrame]:
    """Compute everything from tables; a frame for each file."""
    results: dict[str, list[pd.DataFrame]] = {
        "reliance": [],
        "origins": [],
        "purchases": [],
        "plants": [plants(load_sample())],
        "without": [],
    }
    for icio in icios:
        results["reliance"].append(reliance(icio))
        if icio.year in (2011, YEAR):
            results["plants"] += [plants(table) for table in (icio, *coarser(icio))]
            results["without"].append(without(icio))
            results["origins"].append(origins(icio))
            results["purchases"].append(purchases(icio))
        if icio.year == YEAR:
            results["rerouted"] = [rerouted(icio)]
    return {name: pd.concat(frames) for name, frames in results.items()}


def main(data: Path, out: Path) -> None:
    """Compute everything from the source tables, and write it."""
    write(computed(tables(data)), out)
