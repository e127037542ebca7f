"""All whole tables but those of the long run, which several steps go through, and how these write what they find."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from gvc.icio import ICIO
from gvc.sources import read_icio
from pipeline.oecd.pieces import YEAR, flows_file, read_flows, read_pieces, years
from pipeline.oecd.shares import factors
from pipeline.oecd.tables import estimate, whole_table


def tables(folder: Path) -> Iterator[ICIO]:
    """All whole tables: those of WIOD, and the OECD's rebuilt and estimated ones."""
    yield from sorted(map(read_icio, (folder / "wiod2013").glob("wiod*.rda")), key=lambda icio: icio.year or 0)
    rebuilt = whole_table(read_pieces(folder / "oecd_icio"))
    for year in years(folder / "oecd_icio"):
        if year == YEAR:
            yield rebuilt
        else:
            yield estimate(rebuilt, read_flows(flows_file(folder / "oecd_icio", year)), factors(rebuilt, year))


def name_of(icio: ICIO) -> str:
    """Name a table as `sources` names its database."""
    return icio.source.split()[0]


def write(results: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Write results to a folder, a CSV each, numbers to six figures."""
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in results.items():
        frame.to_csv(out / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
