"""What economies consume of what they produce, by the tables that tell uses of final goods apart."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import rdata

from gvc import read_icio
from industrial_chains import economies as eco
from industrial_chains.sources import LRWIOD, WIOD

#: The folder of ``data/`` that it writes to.
INTO = "theory"

#: Of the five columns of final demand that WIOD has for an economy: households, those who serve them, governments.
CONSUMED = 3


def main(data: Path, out: Path) -> None:
    """Compute it, and write it."""
    rows = [*_long_run(data / "lrwiod"), *_wiod(data / "wiod2013")]
    frame = pd.concat(rows).sort_values(["database", "economy", "year"], kind="stable")
    frame.to_csv(out / "saving.csv", index=False, float_format="%.6g", lineterminator="\n")


def _long_run(folder: Path) -> Iterator[pd.DataFrame]:
    for file in sorted(folder.glob("*.rda")):
        (frame,) = rdata.read_rda(file).values()
        industries = frame[frame["Country"].astype(str) != "xTOT"]
        consumed: dict[str, float] = defaultdict(float)
        for column in map(str, frame.columns):
            if user := re.fullmatch(r"(\w+)_xCONS_[hg]", column):
                consumed[eco.iso(user[1], where=str(file))] += float(industries[column].sum())
        yield _rows(file, LRWIOD.name, consumed)


def _wiod(folder: Path) -> Iterator[pd.DataFrame]:
    for file in sorted(folder.glob("wiod*.rda")):
        objects = rdata.read_rda(file)
        (final,) = (np.asarray(values) for name, values in objects.items() if name.startswith("final"))
        by_use = final.sum(axis=0).reshape(len(objects["countries"]), -1)
        codes = [eco.iso(str(code), where=str(file)) for code in objects["countries"]]
        yield _rows(file, WIOD.name, dict(zip(codes, by_use[:, :CONSUMED].sum(axis=1), strict=True)))


def _rows(file: Path, database: str, consumed: Mapping[str, float]) -> pd.DataFrame:
    """Put consumption beside the product, which is output less inputs, and so spending less net imports."""
    table = read_icio(file)
    product = pd.Series(table.x - table.Z.sum(axis=0)).groupby(table.home).sum()
    product = product.set_axis(list(table.result_economies)).drop(eco.ROW)
    return pd.DataFrame(
        {
            "database": database,
            "year": table.year,
            "economy": product.index,
            "consumption": [consumed[code] for code in product.index],
            "product": product.to_numpy(),
        }
    )
