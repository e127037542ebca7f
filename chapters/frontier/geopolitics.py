"""Geopolitics: on whom buyers depend, then and now."""

from collections.abc import Iterable

import pandas as pd

from exhibits.prose import Numbers
from industrial_chains import data, literature
from industrial_chains import economies as eco
from industrial_chains.sources import OECD
from industrial_chains.trade_since_2011 import ALL_FUELS, FUEL_BUYERS
from industrial_chains.uncertainty import error_sizes

#: Exporters of one database, the large members of ASEAN apart; and the years set side by side.
LEANING = ("VNM", "IDN", "THA", "PHL", "MYS", "SGP", "JPN", "KOR", "RUS", "MEX", "IND", "USA")
SPAN = (2017, 2022)


def every_exporter() -> pd.DataFrame:
    """Follow China's share in the foreign value added of all economies' exports, exporter × year; percent."""
    return OECD.shares("CHN", [code for code in OECD.economies if code not in ("CHN", eco.ROW)])


#: Large importers whose fuels from Russia a chart follows, since when, and the last year before the war in Ukraine.
FUELLED, SINCE, PEACE = ("IND", "CHN", "JPN", "KOR", "DEU"), 2012, 2021


def fuels_from_russia() -> pd.DataFrame:
    """Return Russia's share in the fuels that some economies import: columns year, importer, value; percent."""
    rows = _all_fuels(FUELLED)
    shown = rows.loc[rows["year"] >= SINCE, ["year", "importer", "RUS"]]
    return shown.rename(columns={"RUS": "value"}).reset_index(drop=True)


def _more_concentrated() -> int:
    """Count the large importers of fuels whose suppliers have become more concentrated since peace."""
    index = _all_fuels(FUEL_BUYERS).pivot(index="importer", columns="year", values="hhi")
    return int((index[index.columns.max()] > index[PEACE]).sum())


def _all_fuels(importers: Iterable[str]) -> pd.DataFrame:
    rows = data.table("fuels")
    return rows[rows["product"].eq(ALL_FUELS) & rows["importer"].isin([*importers])]


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    first, last = SPAN
    every, hhi = every_exporter(), OECD.concentration(["ASEAN"])["hhi"]
    fell, sure, in_asean = every[last] < every[first], _sure(), OECD.share("CHN", "ASEAN")
    cited, method = literature.of_part("2"), literature.works("geopolitics")["method"]
    return {
        "fuel_importers": len(FUEL_BUYERS),
        "fuel_importers_more_concentrated": _more_concentrated(),
        "exporters": len(every),
        "exporters_that_lean_more": int((every[last] > every[first]).sum()),
        "exporters_that_lean_more_to_2021": int((every[2021] > every[first]).sum()),
        "exporters_that_lean_less_in_2022": int((every[last] < every[2021]).sum()),
        # Than those that the sentence names.
        "others_that_lean_less": int(fell.drop(["BGD", "PAK", "KHM", "LAO", "BRN"]).sum()),
        "rises_beyond_error": sure.count(1),
        "falls_beyond_error": sure.count(-1),
        "error_CHN_in_ASEAN": error_sizes.change(OECD, "fva_share", in_asean, SPAN, "ASEAN"),
        "hhi_2017_ASEAN": hhi["ASEAN", 2017],
        "hhi_2022_ASEAN": hhi["ASEAN", 2022],
        "works_cited": len(cited),
        "works_in_Chinese": int((cited["language"] == "Chinese").sum()),
        "works_here": len(method),
        "works_with_a_method": int((method != "").sum()),
        "works_in_sections": int(literature.sections_over_years()["works"].sum()),
        "newer_works": len(literature.newer()),
        "works_in_tables": sum(len(literature.works(one)) for one in ("geopolitics", "resilience", "relocation")),
    }


def _sure() -> list[int]:
    """Say of each exporter whether China's share rose or fell by more than the error: 1, -1 or 0."""
    first, last = SPAN
    found = []
    for code in every_exporter().index:
        share = OECD.share("CHN", code)
        change, error = share[last] - share[first], error_sizes.change(OECD, "fva_share", share, SPAN, code)
        found.append(int(change > error) - int(change < -error))
    return found
