"""Numbers in the sentences on geopolitics."""

from exhibits.prose import Numbers, labelled
from industrial_chains import error_sizes, literature
from industrial_chains.chapters import geopolitics
from industrial_chains.chapters.geopolitics import SPAN
from industrial_chains.sources import ADB, OECD


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_works(), **_leaning(), **_concentration())


def _works() -> Numbers:
    works = literature.of_part("2")
    method = literature.works("geopolitics")["method"]
    sections = ("geopolitics", "resilience", "relocation")
    return {
        "works_here": len(method),
        "works_with_a_method": int((method != "").sum()),
        "works_cited": len(works),
        "works_in_Chinese": int((works["language"] == "Chinese").sum()),
        "works_in_sections": int(literature.sections_over_years()["works"].sum()),
        "works_in_tables": sum(len(literature.works(section)) for section in sections),
    }


def _leaning() -> Numbers:
    in_asean, every = ADB.share("CHN", "ASEAN"), geopolitics.every_exporter()
    first, last = SPAN
    named = ["IND", "BGD", "PAK", "KHM", "LAO", "BRN"]
    sure = _sure()
    return {
        "exporters": len(every),
        "rises_beyond_error": sure.count(1),
        "falls_beyond_error": sure.count(-1),
        "error_CHN_in_ASEAN": error_sizes.change(OECD, "fva_share", OECD.share("CHN", "ASEAN"), SPAN, "ASEAN"),
        "others_that_lean_less": int((every[last] < every[first]).drop(named).sum()),
        "exporters_that_lean_more": int((every[last] > every[first]).sum()),
        "exporters_that_lean_more_to_2021": int((every[2021] > every[first]).sum()),
        "exporters_that_lean_less_in_2022": int((every[last] < every[2021]).sum()),
        **labelled("CHN_in_ASEAN", geopolitics.leaning().loc["ASEAN"]),
        **labelled("CHN_in_ASEAN_by_ADB", {year: in_asean[year] for year in (2018, 2022)}),
    }


def _sure() -> list[int]:
    """Say of each exporter whether China's share rose or fell by more than the error: 1, -1 or 0."""
    first, last = SPAN
    found = []
    for code in geopolitics.every_exporter().index:
        share = OECD.share("CHN", code)
        change, error = share[last] - share[first], error_sizes.change(OECD, "fva_share", share, SPAN, code)
        found.append(int(change > error) - int(change < -error))
    return found


def _concentration() -> Numbers:
    """Of suppliers, years × exporters."""
    index = OECD.concentration(("ASEAN", "VNM"))["hhi"].unstack()
    return labelled("hhi", index[list(SPAN)].T)
