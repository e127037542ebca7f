"""Numbers in the sentences on the effects of relocation."""

from itertools import permutations

from exhibits.prose import Numbers, labelled
from gvc.economies import GROUPS
from industrial_chains import article
from industrial_chains.chapters import effects, oecd
from industrial_chains.sources import LRWIOD, OECD, WIOD, WIOD_NEA


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(**_verdicts(), **_manufacturing(), **_catching_up(), **_domestic_content(), **_asean(), **_links())


def _verdicts() -> Numbers:
    found = effects.verdicts()["Verdict"]
    return {
        "verdicts": len(found),
        "verdicts_not_tested": int((found == effects.UNTESTED).sum()),
        "verdicts_that_fit": int(found.str.startswith("Fits").sum()),
    }


def _manufacturing() -> Numbers:
    """Its weight in the value added of an economy."""
    japan, korea, usa = (effects.weight(code, LRWIOD) for code in ("JPN", "KOR", "USA"))
    return {
        **labelled("weight_JPN", japan[[1970, 1990, 2000]]),
        **labelled("weight_KOR", korea[[1965, 1988, 1997, 2000]]),
        **labelled("weight_USA", usa[[1965, 2000]]),
        **labelled("weight_late_JPN", effects.weight("JPN", OECD)[[2011, 2022]]),
        **labelled("weight_late_KOR", effects.weight("KOR", OECD)[[2011, 2022]]),
        "points_JPN_lost": japan[1970] - japan[2000],
        "points_USA_lost": usa[1970] - usa[2000],
    }


def _catching_up() -> Numbers:
    """Home's gain from trade, by the percent of the gap that abroad has closed."""
    gain = effects.catching_up().set_index(["how", "closed"])["value"]
    even, lagging = gain["alike in every industry"], gain["most where it lags most"]
    return {
        "gain_at_start": even[0.0],
        "gain_after_even_learning": even[90.0],
        "gain_after_learning_where_it_lags": lagging[90.0],
        "gain_at_first": lagging[0.0],
        "gain_at_half": lagging[50.0],
    }


def _domestic_content() -> Numbers:
    """Of exports."""
    korea, china = effects.content("KOR", LRWIOD), effects.content("CHN", WIOD)
    return {
        **labelled("content_KOR", korea[[1965, 1990]]),
        "content_KOR_lowest": korea.min(),
        "year_content_KOR_lowest": int(korea.index[korea == korea.min()][0]),
        **labelled("content_CHN", china[[1995, 2011]]),
        "content_CHN_lowest": china.min(),
        "year_content_CHN_lowest": int(china.index[china == china.min()][0]),
        **labelled("content_MEX", effects.content("MEX", OECD)[[2011, 2022]]),
        **labelled("content_VNM", effects.content("VNM", OECD)[[2011, 2022]]),
        "points_below_published_VNM_2012": oecd.error("EXGR_DVA", 2012)["largest"],
    }


def _asean() -> Numbers:
    """Shares of its suppliers in foreign value added."""
    but_viet_nam = tuple(code for code in GROUPS["ASEAN"] if code != "VNM")
    shares = {f"{code}_in_ASEAN": OECD.share(code, "ASEAN") for code in ("CHN", "JPN", "KOR")}
    shares["KOR_in_ASEAN_without_VNM"] = OECD.share("KOR", but_viet_nam)
    return labelled("share", {(name, year): share[year] for name, share in shares.items() for year in (2011, 2022)})


def _links() -> Numbers:
    """Within the region, in print and by the OECD."""
    moved = article.changes()["change"]
    links = [OECD.link(*pair) for pair in permutations(WIOD_NEA, 2)]
    weaker = {year: sum(link[year] < link[2011] for link in links) for year in (2021, 2022)}
    return {
        "links": len(moved),
        "links_that_fell": int((moved < 0).sum()),
        "links_in_OECD": len(links),
        **labelled("links_weaker_than_in_2011", weaker),
    }
