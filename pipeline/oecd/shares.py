"""Shares that the OECD publishes every year, and estimates fitted to two of them.

``python -m pipeline oecd-shares FOLDER`` finds the factors that make each economy's estimate of a year hold its
published shares, and writes them to ``data/validation``; `pipeline.oecd.read` takes them from there.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.flows import value_added_in_exports, value_added_in_final_demand
from gvc.icio import ICIO
from gvc.labels import Array
from gvc.sources.table import reading
from industrial_chains import data as shipped
from industrial_chains import economies as eco
from pipeline.oecd.pieces import YEAR, Flows, flows_file, read_flows, read_pieces, years
from pipeline.oecd.tables import Factors, estimate, whole_table

COMMAND = "oecd-shares"
#: The folder of ``data/`` that it writes to.
INTO = "validation"

#: What an estimate is fitted to, and what another is judged by.
FITTED, UNUSED = ("EXGR_DVA", "FFD_DVA"), "FEXGR_DVA"
#: Percentage points that a fitted share may be off: the OECD prints three decimals.
CLOSE = 0.0005
#: A step in logarithms by which derivatives are found, and the longest that is gone at once.
_PROBE, _LONGEST = 0.1, 0.7
_NAMES = "oecd_tiva_mainsh_2012_2022_selected.csv", "va_in_final_demand_shares.csv"


class Published(NamedTuple):
    """Shares that the OECD publishes, in percent.

    Attributes
    ----------
    of_areas : DataFrame, (year, area) × {FFD_DVA, EXGR_DVA, FEXGR_DVA}
        Value added absorbed abroad in value added; domestic value added in exports; domestic value added in the exports
        of others, in percent of own exports.
    of_origins : Series by (year, source, exposed)
        FDVA: of the foreign value added in an economy's final demand, what an origin supplies.
    """

    of_areas: pd.DataFrame
    of_origins: pd.Series


def published(folder: str | Path) -> Published:
    """Read published shares.

    Parameters
    ----------
    folder : path
        With ``oecd_tiva_mainsh_2012_2022_selected.csv`` and ``va_in_final_demand_shares.csv``.

    Raises
    ------
    GvcError
        If a file is missing, or is not what it should be.
    """
    paths, frames = [Path(folder) / name for name in _NAMES], []
    for path in paths:
        with reading(str(path), "published shares as CSV", "`data/README.md` says what belongs there."):
            frames.append(pd.read_csv(path))
    columns = ["TIME_PERIOD", "REF_AREA", "MEASURE", "OBS_VALUE"], ["year", "source", "exposed", "weight"]
    for path, frame, names in zip(paths, frames, columns, strict=True):
        absent = [name for name in names if name not in frame]
        if absent or frame[names].isna().any(axis=None) or frame.duplicated(names[:3]).any():
            found = f"no {', '.join(absent)}" if absent else "a blank, or a repetition"
            raise GvcError(
                str(path),
                expected=f"columns {', '.join(names)}, each place once",
                found=found,
                remedy="Take the file from its carrier again.",
            )
    shares, weights = (frame.set_index(names[:3])[names[3]] for frame, names in zip(frames, columns, strict=True))
    of_areas = shares.unstack("MEASURE").rename_axis(index=["year", "area"])[["FFD_DVA", "EXGR_DVA", "FEXGR_DVA"]]
    return Published(of_areas, 100 * weights)


def of_economies(icio: ICIO) -> pd.DataFrame:
    r"""Compute what the OECD publishes of each economy.

    Returns
    -------
    DataFrame, economy × {EXGR_DVA, FFD_DVA, FEXGR_DVA}
        Percent. With :math:`e_s` the exports of s, :math:`100\, v_r' B_r e_r / \iota' e_r`,
        :math:`100 \sum_{s \ne r} v_r' B y_s / v_r' B y` and :math:`100 \sum_{s \ne r} v_r' B_s e_s / \iota' e_r`.
    """
    content, absorbed = value_added_in_exports(icio).to_numpy(), value_added_in_final_demand(icio).to_numpy()
    exports, own = content.sum(axis=0), np.diag(content)
    values = {
        "EXGR_DVA": 100 * own / exports,
        "FFD_DVA": 100 * (1 - np.diag(absorbed) / absorbed.sum(axis=1)),
        "FEXGR_DVA": 100 * (content.sum(axis=1) - own) / exports,
    }
    return pd.DataFrame(values, list(icio.result_economies))


def wanted(then: pd.DataFrame, now: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that an estimate should have.

    Parameters
    ----------
    then, now : DataFrame, economy × measures
        Published shares of the year to estimate and of that of the whole table.
    table : DataFrame, economy × measures
        Shares of the whole table.

    Returns
    -------
    DataFrame, economy × :data:`FITTED`
        Shares of the table, moved by as many points as the published ones. So what the table of 2022 cannot show, as
        China's and Mexico's exporters apart, is neither in the structure of another year. Empty for the rest of the
        world, whose inputs are modelled.
    """
    moved = (table + then - now)[list(FITTED)].reindex(table.index)
    return moved.where(moved.index.to_series() != eco.ROW)


def fit_to(table: ICIO, flows: Flows, shares: pd.DataFrame, rounds: int = 40) -> Factors:
    r"""Find the factors with which an estimate has published shares.

    Parameters
    ----------
    table, flows
        As `oecd.tables.estimate` takes them.
    shares : DataFrame, economy × :data:`FITTED`
        As :func:`wanted` returns them; where one is empty the economy has no factors.
    rounds : int
        After how many to give up.

    Returns
    -------
    Factors

    Raises
    ------
    GvcError
        If no factors give the shares, to :data:`CLOSE`.

    Notes
    -----
    Broyden's (1965) method on log-odds of the shares, with the derivatives of each economy's two shares by its own two
    factors.
    """
    due = shares.reindex(list(table.economies)).to_numpy()
    known = ~np.isnan(due).any(axis=1)
    logs = np.zeros(due.shape)

    def found(logs: Array) -> Array:
        made = estimate(table, flows, Factors(*logs.T))
        return _odds(of_economies(made)[list(FITTED)].to_numpy())

    now = found(logs)
    slopes = np.stack([(found(logs + _PROBE * np.outer(known, axis)) - now) / _PROBE for axis in np.eye(2)], axis=2)
    for _ in range(rounds):
        gaps = _percent(now) - due
        if np.abs(gaps[known]).max() <= CLOSE:
            return Factors(*logs.T)
        step = np.zeros(due.shape)
        step[known] = np.linalg.solve(slopes[known], (_odds(due) - now)[known][:, :, None])[:, :, 0]
        step = np.clip(step, -_LONGEST, _LONGEST)
        logs += step
        before, now = now, found(logs)
        unforeseen = now - before - (slopes @ step[:, :, None])[:, :, 0]
        length = np.maximum((step**2).sum(axis=1), 1e-12)[:, None, None]
        slopes += unforeseen[:, :, None] * step[:, None, :] / length
    most = np.where(known, np.abs(gaps).max(axis=1), 0)
    raise GvcError(
        f"published shares of {table.economies[most.argmax()]} in {flows.year}",
        expected=f"factors with which an estimate has them, to {CLOSE:g} points",
        found=f"{most.max():.3g} points missing",
        remedy="Look for a share that contradicts the flows of the year.",
    )


def _odds(percent: Array) -> Array:
    odds: Array = np.log(percent / (100 - percent))
    return odds


def _percent(odds: Array) -> Array:
    percent: Array = 100 / (1 + np.exp(-odds))
    return percent


def factors(table: ICIO, year: int) -> Factors:
    """Return the factors that the book ships for a year; of a year before the first published one, those of the first.

    Raises
    ------
    GvcError
        If there are none of an economy that the table shows.
    """
    frame = shipped.table("oecd_fit")
    of_year = frame[frame["year"] == max(year, int(frame["year"].min()))].set_index("economy")
    absent = sorted(set(table.economies) - set(of_year.index) - {eco.ROW})
    if absent:
        raise GvcError(
            f"factors of {year}",
            expected="one of each economy",
            found=f"none of {', '.join(absent)}",
            remedy=f"Run `python -m pipeline {COMMAND}`.",
        )
    values = of_year.reindex(list(table.economies))[list(Factors._fields)].fillna(1)
    return Factors(*np.log(values.to_numpy()).T)


def main(data: Path, out: Path) -> None:
    """Compute the factors of all years with published shares, and write them."""
    folder, shares = data / "oecd_icio", published(data / "oecd_tiva").of_areas.rename({"WXD": eco.ROW})
    table = whole_table(read_pieces(folder))
    of_year = shares.index.get_level_values("year")
    own, frames = of_economies(table), []
    for year in years(folder):
        if year < YEAR and year in of_year:
            then, now = (shares[of_year == end].droplevel("year") for end in (year, YEAR))
            due = wanted(then, now, own)
            logs = fit_to(table, read_flows(flows_file(folder, year)), due)
            frame = pd.DataFrame(np.exp(np.array(logs)).T, own.index, Factors._fields).drop(eco.ROW)
            frames.append(frame.rename_axis("economy").reset_index().assign(year=year))
    frame = pd.concat(frames)[["year", "economy", *Factors._fields]]
    frame.to_csv(out / "oecd_fit.csv", index=False, float_format="%.6g", lineterminator="\n")
