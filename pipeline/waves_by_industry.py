"""What the waves need of whole tables: who trades an industry's products, and what is foreign in its final goods."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from gvc import read_icio
from gvc.icio import ICIO
from industrial_chains import economies as eco
from industrial_chains import industry_groups
from industrial_chains.analysis.chains import foreign_in_final_goods, trade_by_product
from industrial_chains.sources import LRWIOD, OECD, WIOD, Source
from industrial_chains.waves_by_industry import INDUSTRIES, group
from pipeline.tables import name_of, tables, write

#: The folder of ``data/`` that it writes to.
INTO = "theory"


def _tables(data: Path) -> Iterator[tuple[Source, ICIO]]:
    for file in sorted((data / "lrwiod").glob("*.rda")):
        yield LRWIOD, read_icio(file)
    for table in tables(data):
        yield WIOD if name_of(table) == WIOD.name else OECD, table


def computed(icios: Iterable[tuple[Source, ICIO]]) -> dict[str, pd.DataFrame]:
    """Compute what needs whole tables; a frame for each file."""
    found: dict[str, list[pd.DataFrame]] = {"final_goods": [], "products": []}
    for source, table in icios:
        groups = {industry: sectors_of(industry, source, table.sectors) for industry in INDUSTRIES}
        for name, measure in (("final_goods", foreign_in_final_goods), ("products", trade_by_product)):
            frame = measure(table, groups, shown(table))
            frame.insert(0, "database", source.name)
            frame.insert(1, "year", table.year)
            found[name].append(frame)
    return {name: in_order(pd.concat(frames)) for name, frames in found.items()}


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by database, industry, economy and year."""
    return rows.sort_values(["database", "industry", "economy", "year"], kind="stable")


def main(data: Path, out: Path) -> None:
    """Compute it from all tables, and write it."""
    write(computed(_tables(data)), out)


def shown(table: ICIO) -> list[str]:
    """Makers of final goods, and traders, that the stored results name: all that have a name."""
    return [code for code in table.result_economies if code != eco.ROW]


def sectors_of(industry: str, source: Source, shown: Iterable[str]) -> tuple[str, ...]:
    """Industries of a group by the codes of a source's tables."""
    name = group(industry, source)
    return industry_groups.codes(name, shown) if isinstance(name, str) else name
