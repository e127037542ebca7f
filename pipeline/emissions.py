"""CO2 that industries and households emit, by the environmental accounts of the World Input-Output Database."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.icio import Account

SOURCE = (
    "European Commission, Joint Research Centre, World Input-Output Database Environmental Accounts, Update 2000-2016 "
    "(Corsatea and others 2019, doi 10.2760/024036)"
)
UNIT = "kt"
#: What it calls final consumption of households, which is no industry.
HOUSEHOLDS = "FC_HH"
#: Its industries, of NACE Rev. 2, in the groups of the sample. Those of WIOD's 2013 release are of Rev. 1.1, where
#: repair (C33) was with what is repaired and publishing (J58) with printing; both emit little.
SECTORS: dict[str, str] = {
    **dict.fromkeys(("A01", "A02", "A03", "B"), "Primary"),
    **dict.fromkeys(("C10-C12", "C13-C15", "C16", "C17", "C18", "C31_C32", "C33"), "Light"),
    **dict.fromkeys(("C19", "C20", "C21", "C22", "C23", "C24", "C25"), "Materials"),
    **dict.fromkeys(("C26", "C27", "C28", "C29", "C30"), "Machinery"),
    **dict.fromkeys(
        (
            *("D35", "E36", "E37-E39", "F", "G45", "G46", "G47", "H49", "H50", "H51", "H52", "H53", "I"),
            *("J58", "J59_J60", "J61", "J62_J63", "K64", "K65", "K66", "L68", "M69_M70", "M71", "M72", "M73"),
            *("M74_M75", "N", "O84", "P85", "Q", "R_S", "T", "U"),
        ),
        "Services",
    ),
}


def co2(file: Path, year: int, economies: Mapping[str, str], order: tuple[list[str], list[str]]) -> Account:
    """Sum emissions of a year to larger economies and sectors.

    Parameters
    ----------
    file : Path
        CSV: economy, industry, and a column for each year.
    year : int
    economies : Mapping of str to str
        From each economy to the larger one; those left out are in ``ROW``, as ``RoW`` is.
    order : (economies, sectors)
        Those of the table that the account is for.

    Returns
    -------
    Account

    Raises
    ------
    GvcError
        If the file lacks the year, or an economy has other industries than all others.
    """
    rows = pd.read_csv(file)
    due = {*SECTORS, HOUSEHOLDS}
    for economy, found in rows.groupby("economy")["industry"]:
        if sorted(found) != sorted(due):
            raise GvcError(
                f"{file.name}, {economy}",
                expected=f"{len(due)} industries and households, each once",
                found=", ".join(sorted({*found} ^ due)) or "one of them twice",
                remedy="Take the file as it is offered.",
            )
    if str(year) not in rows:
        found_years = ", ".join(rows.columns[2:])
        raise GvcError(file.name, expected=f"the year {year}", found=found_years, remedy="Take another file.")
    rows["economy"] = [economies.get(code, "ROW") for code in rows["economy"]]
    rows["sector"] = rows["industry"].map({**SECTORS, HOUSEHOLDS: HOUSEHOLDS})
    sums = rows.groupby(["economy", "sector"])[str(year)].sum().round(3)
    by_industry = pd.MultiIndex.from_product(order)
    of_households = pd.MultiIndex.from_product([order[0], [HOUSEHOLDS]])
    if len(sums) != len(by_industry) + len(of_households):
        strangers = {*sums.index} ^ {*by_industry, *of_households}
        raise GvcError(file.name, expected="the economies of the table", found=str(strangers), remedy="Map them.")
    return Account(F=np.asarray(sums.loc[by_industry]), F_Y=np.asarray(sums.loc[of_households]), unit=UNIT)
