"""From foreign value added in exports, as the ADB figures give it, to the shares and weights that the book keeps."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.panel import COLUMNS
from gvc.sources.table import must_be_file
from industrial_chains import economies as eco

SOURCE = "ADB MRIO, 72 economies"
_REMEDY = "It needs the columns year, origin, exporter, value, in million USD."


def fva_shares(path: Path, pool: str = "ASEAN") -> pd.DataFrame:
    """Shares of each origin in each exporter's foreign value added, and the weights of a pool's members.

    Parameters
    ----------
    path : Path
        A CSV with columns year, origin, exporter, value: foreign value added by origin and exporter.
    pool : str
        The group of exporters to pool, member by member: a fellow member is foreign.

    Returns
    -------
    DataFrame
        A panel, its unit percent. Flow `fva_share`: of the foreign value added in the exports of the destination
        (an economy, or the pool), what the origin supplies. Flow `pool_weight`: of the pool's foreign value
        added, what stands in the exports of the origin, a member.

    Raises
    ------
    GvcError
        If the file lacks a column, a number, a member of the pool or, in some year, what another exporter has.
    """
    frame = _read(path)
    members = frame[frame["exporter"].isin(eco.members(pool))]
    absent = set(eco.members(pool)) - set(members["exporter"])
    if absent:
        raise GvcError(
            str(path),
            expected=f"every member of {pool} as exporter",
            found=f"no {', '.join(sorted(absent))}",
            remedy=_REMEDY,
        )
    _must_be_whole(frame, path, pool)
    pooled = frame[["year", "origin", "exporter", "value"]]
    pooled = pd.concat([pooled, members.assign(exporter=pool)])
    value = pooled.groupby(["year", "origin", "exporter"])["value"].sum()
    total = value.groupby(["year", "exporter"]).transform("sum")
    if not total.all():
        year, _, exporter = total.index[int((total == 0).argmax())]
        found = f"nothing of {exporter} in {year}"
        raise GvcError(str(path), expected="foreign value added of each exporter", found=found, remedy=_REMEDY)
    share = 100 * value / total
    weight = members.groupby(["year", "exporter"])["value"].sum()
    weight = 100 * weight / weight.groupby("year").transform("sum")
    panel = pd.concat(
        [
            share.rename_axis(index=["year", "origin", "destination"]).reset_index().assign(flow="fva_share"),
            weight.rename_axis(index=["year", "origin"]).reset_index().assign(flow="pool_weight", destination=pool),
        ],
        ignore_index=True,
    ).assign(source=SOURCE)
    panel = panel.sort_values(["year", "flow", "destination"], kind="stable", ignore_index=True)[list(COLUMNS)]
    panel.attrs["unit"] = "percent"
    return panel


def _must_be_whole(frame: pd.DataFrame, path: Path, pool: str) -> None:
    """Refuse figures that lack an origin of some exporter, or a member of the pool, in one of the years."""
    there = set(frame[["year", "exporter", "origin"]].itertuples(index=False, name=None))
    exporters = {pair[:2] for pair in there} | set(product(frame["year"].unique(), eco.members(pool)))
    for (year, exporter), origin in product(sorted(exporters), sorted(frame["origin"].unique())):
        if origin != exporter and (year, exporter, origin) not in there:
            raise GvcError(
                f"{path}, {year}, {origin} → {exporter}",
                expected="a value, as others have",
                found="none",
                remedy="Write the line, with 0 if nothing flows: without it all shares of the exporter are too high.",
            )


def _read(path: Path) -> pd.DataFrame:
    must_be_file(path)
    try:
        frame = pd.read_csv(path, dtype={"year": "int64", "origin": "str", "exporter": "str", "value": "float64"})
    except OSError as error:
        found, remedy = error.strerror or str(error), "Check the path and its permissions."
        raise GvcError(str(path), expected="a file that can be read", found=found, remedy=remedy) from error
    except ValueError as error:
        raise GvcError(str(path), expected="a CSV of numbers", found=str(error).strip(), remedy=_REMEDY) from error
    missing = {"year", "origin", "exporter", "value"} - set(frame.columns)
    if missing:
        raise GvcError(
            str(path),
            expected="year, origin, exporter, value",
            found=f"no {', '.join(sorted(missing))}",
            remedy=_REMEDY,
        )
    lacking = frame[["origin", "exporter"]].isna().any(axis=1) | ~np.isfinite(frame["value"]) | (frame["value"] < 0)
    bad = frame[lacking | (frame["origin"] == frame["exporter"])]
    if len(bad):
        raise GvcError(
            f"{path}, line {bad.index[0] + 2}",
            expected="the value added of another economy, as a number not below 0",
            found=", ".join(str(value) for value in bad.iloc[0]),
            remedy=_REMEDY,
        )
    twice = frame[frame.duplicated(["year", "origin", "exporter"])]
    if len(twice):
        raise GvcError(
            f"{path}, line {twice.index[0] + 2}",
            expected="each year, origin and exporter once",
            found="a repetition",
            remedy=_REMEDY,
        )
    codes = set(frame["origin"]) | set(frame["exporter"])
    known = {code for code, members in eco.GROUPS.items() if not codes & set(members)}
    known |= {code for code in codes if eco.is_economy(code)}
    for column in ("exporter", "origin"):
        odd = frame[~frame[column].isin(known)]
        if len(odd):
            raise GvcError(
                f"{path}, line {odd.index[0] + 2}",
                expected="an ISO 3166 alpha-3 code, ROW, or a group without its members beside it",
                found=str(odd[column].iloc[0]),
                remedy=_REMEDY,
            )
    return frame
