"""Intervals of the OECD's numbers, held against what the OECD publishes.

The trial on WIOD says how large errors are. What is published, and no estimate was fitted to, says how many times as
large those of the OECD's tables are, and how often the published number then lies in its interval. The shares that
estimates are fitted to count as what they would be had none been published of the year.
"""

import numpy as np
import pandas as pd

from gvc.indicators import without_own
from industrial_chains import economies as eco
from industrial_chains.sources import OECD
from industrial_chains.uncertainty.error_sizes import FITTED, group_of, unit
from pipeline.oecd.pieces import YEAR
from pipeline.oecd.trial import FARTHEST, LEAST, LEVEL


def against_published(of_areas: pd.DataFrame, of_origins: pd.Series, carried: pd.DataFrame) -> pd.DataFrame:
    """Subtract published shares from those of tables that have not used them.

    Parameters
    ----------
    of_areas, of_origins
        Of `pipeline.oecd.shares.Published`.
    carried : DataFrame, (year, economy) × {EXGR_DVA, FFD_DVA}
        Shares of the rebuilt table, and of estimates with the factors of the year after theirs.

    Returns
    -------
    DataFrame
        Columns measure, year, place, value, rest, miss, as `pipeline.oecd.trial.misses` has them.
    """
    frames = []
    for year in OECD.years("va_exports"):
        if year in of_areas.index.unique("year"):
            published, ours = of_areas.loc[year], carried.loc[year].drop(eco.ROW)
            content = OECD.matrix("va_exports", year)
            onward = (100 * without_own(content).sum(axis=1) / content.sum()).drop(eco.ROW)
            for measure, computed, theirs in (
                ("foreign", 100 - ours["EXGR_DVA"], 100 - published["EXGR_DVA"]),
                ("absorbed", ours["FFD_DVA"], published["FFD_DVA"]),
                ("onward", onward, published["FEXGR_DVA"]),
            ):
                gap = (computed - theirs.reindex(computed.index)).dropna()
                frames.append(_rows(measure, year, computed[gap.index], pd.Series(1.0, gap.index), gap))
        if year in of_origins.index.unique("year"):
            final = without_own(OECD.matrix("va_final_demand", year))
            shares = (100 * final / final.sum()).stack()
            gap = (shares - of_origins.loc[year].reindex(shares.index)).dropna()
            rest = gap.index.get_level_values(1).map(shares[eco.ROW].to_dict())
            frames.append(_rows("origins", year, shares[gap.index], pd.Series(rest, gap.index), gap))
    found = pd.concat(frames, ignore_index=True)
    return found[found["value"] >= LEAST].reset_index(drop=True)


def _rows(measure: str, year: int, value: pd.Series, rest: pd.Series, gap: pd.Series) -> pd.DataFrame:
    places = ["→".join(label) if isinstance(label, tuple) else label for label in gap.index]
    columns = {"value": value.to_numpy(), "rest": rest.to_numpy(), "miss": gap.to_numpy()}
    return pd.DataFrame({"measure": measure, "year": year, "place": places, **columns})


def factors(apart: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Find how many times as large errors are as in the trial.

    Parameters
    ----------
    apart : DataFrame
        Of :func:`against_published`.
    sizes : DataFrame
        Of `pipeline.oecd.trial.sizes`.

    Returns
    -------
    DataFrame
        Columns measure, economies, compared, rebuilt, estimate: with these factors nine in ten published numbers of the
        rebuilt year, and nine in ten of all others, lie in their intervals. Economies that WIOD shows and others have
        factors of their own where the measure speaks of all of them.
    """
    rows = []
    for (measure, economies), part in _in_units(apart, sizes).groupby(["measure", "economies"], sort=False):
        now = part["year"] == YEAR
        rebuilt = float((part["error"] / part["rebuilt"])[now].quantile(LEVEL))
        over = np.sqrt(np.maximum(part["error"] ** 2 - (rebuilt * part["rebuilt"]) ** 2, 0)) / part["estimate"]
        rows.append((measure, economies, len(part), rebuilt, float(over[~now].quantile(LEVEL))))
    return pd.DataFrame(rows, columns=["measure", "economies", "compared", "rebuilt", "estimate"])


def coverage(apart: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Count how many published numbers lie in their intervals.

    Returns
    -------
    DataFrame
        Columns measure, year (0 for all), compared, inside, without, other; percent. In intervals whose factors were
        found from all, without the economy or the absorber, and without the year. The rebuilt table is of one year.
    """
    economies = apart["place"].str[-3:]
    found = {"inside": _inside(apart, sizes, apart)}
    for name, left_out in (("without", economies), ("other", apart["year"])):
        parts = [
            _inside(part, sizes, apart[apart["measure"].eq(str(measure)) & (left_out != label)])
            for (measure, label), part in apart.groupby([apart["measure"], left_out])
            if label != YEAR
        ]
        found[name] = pd.concat(parts).reindex(apart.index)
    both = apart.assign(**{name: 100 * inside.astype(float) for name, inside in found.items()})
    every = [*both.groupby(["measure", "year"], sort=False), *both.assign(year=0).groupby(["measure", "year"])]
    rows = [(*key, len(part), *part[list(found)].mean()) for key, part in every]
    return pd.DataFrame(rows, columns=["measure", "year", "compared", *found])


def _inside(apart: pd.DataFrame, sizes: pd.DataFrame, fitted_to: pd.DataFrame) -> pd.Series:
    """Say of each number whether it lies in its interval, with factors found from others or from the same."""
    parts = _in_units(apart, sizes)
    found = factors(fitted_to, sizes).set_index(["measure", "economies"])[["rebuilt", "estimate"]]
    factor = found.loc[pd.MultiIndex.from_frame(parts[["measure", "economies"]])].to_numpy()
    half = np.hypot(parts["rebuilt"] * factor[:, 0], parts["estimate"] * factor[:, 1])
    return parts["error"] <= half * (1 + 1e-9)


def _in_units(apart: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Add errors and sizes of the trial, in units."""
    known = sizes.set_index(["measure", "table", "back"])["size"].to_dict()
    rebuilt = [known[measure, "rebuilt", 0] for measure in apart["measure"]] * apart["rest"] ** 0.5
    # With the factors of another year the trial has estimates of its farthest year.
    distance = (YEAR - apart["year"]).where(~apart["measure"].isin(FITTED) | apart["year"].eq(YEAR), FARTHEST)
    back = zip(apart["measure"], distance, strict=True)
    estimate = [known[measure, "estimate", years] if years else 0.0 for measure, years in back]
    groups = ["all" if "→" in place else group_of(place) for place in apart["place"]]
    error = apart["miss"].abs() / unit(apart["value"])
    return apart.assign(error=error, rebuilt=rebuilt, estimate=estimate, economies=groups)
