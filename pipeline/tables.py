"""All whole tables but those of the long run, which several steps go through."""

from collections.abc import Iterator
from pathlib import Path

from gvc.icio import ICIO
from gvc.sources import read_icio
from pipeline.oecd.pieces import YEAR, flows_file, read_flows, read_pieces, years
from pipeline.oecd.tables import estimate, whole_table


def tables(folder: Path) -> Iterator[ICIO]:
    """All whole tables: those of WIOD, and the OECD's rebuilt and estimated ones."""
    yield from sorted(map(read_icio, (folder / "wiod2013").glob("wiod*.rda")), key=lambda icio: icio.year or 0)
    rebuilt = whole_table(read_pieces(folder / "oecd_icio"))
    for year in years(folder / "oecd_icio"):
        yield rebuilt if year == YEAR else estimate(rebuilt, read_flows(flows_file(folder / "oecd_icio", year)))


def name_of(icio: ICIO) -> str:
    """Name a table as `sources` names its database."""
    return icio.source.split()[0]
