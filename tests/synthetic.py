"""A full set of ADB workbooks, 2007 to 2021, made up: for the path that a reader takes with the real ones.

The name of each sheet ends in *synthetic*, which the reader takes for the edition: the word is in every result.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

import gvc
from gvc import ICIO
from gvc import economies as eco
from gvc.sources import plain
from tests import layouts

#: Economies that the book speaks of, some of their partners, and the rest of the world.
ECONOMIES = (
    "CHN", "JPN", "KOR", "RUS", "MNG", "BRN", "KHM", "IDN", "LAO", "MYS", "PHL", "SGP", "THA", "VNM",
    *eco.GROUPS["EU27"],
    "IND", "MEX", "USA", "TWN", "HKG", "AUS", "CAN", "BRA", "GBR", "TUR", "ROW",
)  # fmt: skip
#: Rough sizes; all others are one.
SIZES = {
    "USA": 30,
    "CHN": 20,
    "ROW": 20,
    "JPN": 8,
    "DEU": 6,
    "IND": 5,
    "GBR": 4,
    "FRA": 4,
    "RUS": 3,
    "KOR": 3,
    "MNG": 0.1,
}


def table(year: int, sectors: int = 2) -> ICIO:
    """Make a balanced table in which everybody trades with everybody, China more each year."""
    random = np.random.default_rng(2000)
    size = np.array([SIZES.get(code, 1.0) for code in ECONOMIES])
    size = size * np.where(np.array(ECONOMIES) == "CHN", 1.07, 1.03) ** (year - 2007)
    G = len(ECONOMIES)
    trade = np.outer(size, size) / size.sum() * random.uniform(0.05, 0.3, (G, G))
    np.fill_diagonal(trade, size * random.uniform(1, 2, G))
    spread = random.uniform(0.5, 1.5, (G * sectors, G * sectors)) / sectors**2
    Z = np.kron(trade, np.ones((sectors, sectors))) * spread * 1e4
    Y = np.kron(trade, np.ones((sectors, 1))) * random.uniform(0.8, 1.6, (G * sectors, G)) / sectors * 1e4
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(
        economies=ECONOMIES,
        sectors=[f"c{number}" for number in range(1, sectors + 1)],
        Z=Z,
        Y=Y,
        x=x,
        va=x - Z.sum(axis=0),
        year=year,
        source="synthetic",
    )


def write(folder: Path, years: Iterable[int] = range(2007, 2022), sectors: int = 2) -> list[Path]:
    """Write a workbook a year in the layout of ADB MRIO."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for year in years:
        icio = table(year, sectors)
        assert (icio.va > 0).all()
        sheets = {f"ADB MRIO {year} synthetic": layouts.adb(icio), "Legend": layouts.legend(icio)}
        files.append(layouts.xlsx(folder / f"synthetic-{year}.xlsx", sheets))
    return files


def write_quickly(folder: Path, sectors: int = 2) -> list[Path]:
    """Write a year a file, 2007 to 2021: the last as a workbook, and all others as the CSV of a table read from one."""
    (last,) = write(folder, [2021], sectors)
    read = gvc.read_icio(last)
    files = []
    for year in range(2007, 2021):
        files.append(folder / f"synthetic-{year}.csv")
        plain.write(replace(table(year, sectors), source=read.source, unit=read.unit), files[-1])
    return [*files, last]


def toy(year: int = 2000) -> ICIO:
    """Make the smallest table of all: two economies with an industry each."""
    Z, Y = [[100.0, 50], [0, 50]], [[30.0, 20], [70, 80]]
    return ICIO(
        economies=["CHN", "MEX"], sectors=["all"], Z=Z, Y=Y, x=[200, 200], va=[100, 100], year=year, source="toy"
    )
