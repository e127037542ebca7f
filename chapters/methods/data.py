"""The sources: what the databases cover, and how far two editions of one of them are apart."""

from exhibits.prose import Numbers
from industrial_chains.sources import ADB, LRWIOD, OECD, WIOD, Source
from industrial_chains.uncertainty import error_sizes

# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    gaps = error_sizes.between_editions()
    of_lrwiod, of_wiod, of_oecd = (source.years("va_exports") for source in (LRWIOD, WIOD, OECD))
    of_adb = ADB.years("fva_share")
    return {
        "first_year_of_lrwiod": of_lrwiod[0],
        "last_year_of_lrwiod": of_lrwiod[-1],
        "economies_in_lrwiod": _economies(LRWIOD),
        "industries_in_lrwiod": _industries(LRWIOD),
        "holes_in_lrwiod": len(LRWIOD.holes),
        "first_year_of_wiod2013": of_wiod[0],
        "last_year_of_wiod2013": of_wiod[-1],
        "economies_in_wiod2013": _economies(WIOD),
        "industries_in_wiod2013": _industries(WIOD),
        "idle_industries_in_wiod2013": int((WIOD.accounts("output")["value"] == 0).sum()),  # over all years
        "first_year_of_oecd": of_oecd[0],
        "last_year_of_oecd": of_oecd[-1],
        "economies_in_oecd": _economies(OECD),
        "industries_in_oecd": _industries(OECD),
        "first_year_of_ADB": of_adb[0],
        "last_year_of_ADB": of_adb[-1],
        "exporters_in_ADB": ADB.rows("fva_share")["destination"].nunique() - 1,  # without ASEAN as a whole
        "origins_in_ADB": len(ADB.economies),
        "cells_in_both_editions": len(gaps),
        "median_gap_between_editions": gaps.median(),
        "nine_in_ten_gaps_between_editions": float(gaps.quantile(0.9)),
    }


def _economies(source: Source) -> int:
    """Return how many economies a source has, without the rest of the world."""
    return len(source.economies) - 1


def _industries(source: Source) -> int:
    return source.accounts("output")["sector"].nunique()
