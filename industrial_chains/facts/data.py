"""Numbers in the sentences on the databases."""

from exhibits.prose import Numbers
from industrial_chains import error_sizes
from industrial_chains.sources import ADB, LRWIOD, OECD, WIOD, Source


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_coverage(LRWIOD), **_coverage(WIOD), **_coverage(OECD), **_holes(), **_idle(), **_adb())


def _coverage(source: Source) -> Numbers:
    years = source.years("va_exports")
    return {
        f"first_year_of_{source.flows}": years[0],
        f"last_year_of_{source.flows}": years[-1],
        f"economies_in_{source.flows}": len(source.economies) - 1,  # without the rest of the world
        f"industries_in_{source.flows}": source.accounts("output")["sector"].nunique(),
    }


def _holes() -> Numbers:
    """Flows that the Long-run WIOD lost, and the largest of them."""
    lost = LRWIOD.holes
    in_china = lost[lost["destination"].eq("CHN") & lost["first"].ge(1983)].set_index("origin")
    return {
        "holes_in_lrwiod": len(lost),
        **{f"million_JPN_to_CHN_{when}": in_china[when]["JPN"] for when in ("before", "within", "after")},
    }


def _idle() -> Numbers:
    """Industries of WIOD without output, over all economies and years."""
    return {"idle_industries_in_wiod2013": int((WIOD.accounts("output")["value"] == 0).sum())}


def _adb() -> Numbers:
    """Of the later edition: what it covers, and how far it is from the article's."""
    gaps, years = error_sizes.between_editions(), ADB.years("fva_share")
    return {
        "first_year_of_ADB": years[0],
        "last_year_of_ADB": years[-1],
        "exporters_in_ADB": ADB.rows("fva_share")["destination"].nunique() - 1,  # without ASEAN as a whole
        "origins_in_ADB": len(ADB.economies),
        "cells_in_both_editions": len(gaps),
        "mean_gap_between_editions": gaps.mean(),
        "median_gap_between_editions": gaps.median(),
        "doubt_between_editions": float(gaps.quantile(0.9)),
    }
