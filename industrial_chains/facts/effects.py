"""Numbers in the sentences on the effects of relocation."""

from itertools import permutations

import pandas as pd

from exhibits.prose import Numbers, labelled
from gvc.economies import GROUPS
from industrial_chains import article, theory_tests
from industrial_chains.chapters import effects, oecd
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.sources import LRWIOD, OECD, WIOD, WIOD_NEA
from industrial_chains.waves_by_industry import ECONOMIES


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_verdicts(),
        **_tests(),
        **_manufacturing(),
        **_catching_up(),
        **_domestic_content(),
        **_asean(),
        **_links(),
    )


def _verdicts() -> Numbers:
    """How many claims are tested, and what the rule says of them."""
    table = effects.verdicts()
    found, same = table["Verdict"], table["Same verdict"].str.partition(" ")[0]
    counts = {verdict: int((found == verdict).sum()) for verdict in found.unique()}
    return {
        "verdicts_tested": len(found) - counts[theory_tests.UNTESTED],
        "verdicts_not_tested": counts[theory_tests.UNTESTED],
        "verdicts_that_fit": counts[theory_tests.FITS],
        "verdicts_in_part": counts[theory_tests.IN_PART],
        "verdicts_as_elsewhere": counts[theory_tests.ELSEWHERE],
        "verdicts_that_fail": counts[theory_tests.FAILS],
        "verdicts_that_turn": int(pd.to_numeric(same, errors="coerce").lt(6).sum()),
        "percent_least": theory_tests.LEAST,
        "percent_most": 100 * theory_tests.MOST,
        "percent_chance": 100 * theory_tests.CHANCE,
    }


def _tests() -> Numbers:
    """Cases as predicted, all cases, and as many as bystanders would make."""
    told = theory_tests.numbers
    lock_in = theory_tests.counted("lock_in")
    leaders = WIOD.world_shares("value_added", MANUFACTURING)[list(theory_tests.LEADERS)].sum(axis=1)
    return {
        **labelled("core_share", leaders[[1995, 2011]]),
        **told("hollowing"),
        **_hosts_hollowing(),
        **told("proportions"),
        **_proportions_of_nine(),
        **told("marginal"),
        **told("low_end"),
        "draws": theory_tests.DRAWS,
        "claims_drawn": len(theory_tests.CLAIMS),
        "verdicts_turned_by_drawing": len(theory_tests.turned()),
        "percent_chance_handed_on": 100 * theory_tests.counted("handed_on").by_chance,
        "percent_chance_handed_on_drawn": 100 * theory_tests.drawn("handed_on"),
        "percent_chance_proportions": 100 * theory_tests.counted("proportions").by_chance,
        "percent_chance_proportions_drawn": 100 * theory_tests.drawn("proportions"),
        "low_end_most_held": theory_tests.counted("low_end_most").held,
        "opened_up_held": lock_in.of - lock_in.held,
        "opened_up_of": lock_in.of,
        "opened_up_beside": lock_in.of - lock_in.expected,
        "row_held_in_fifth": theory_tests.counted("row", wave="Fifth, so far").held,
        "row_of_in_fifth": theory_tests.counted("row", wave="Fifth, so far").of,
    }


def _hosts_hollowing() -> Numbers:
    """Hosts in whose value added manufacturing lost weight, of all that count."""
    held = []
    for window in theory_tests.windows():
        weight = window.source.weight("value_added", MANUFACTURING)[window.receiving()]
        held += list(weight.loc[window.last] < weight.loc[window.first])
    return {"hosts_hollowing_held": sum(map(bool, held)), "hosts_hollowing_of": len(held)}


def _proportions_of_nine() -> Numbers:
    """Of the nine economies of the waves alone: high savers in whose exports textiles lost weight, and low savers."""
    found = theory_tests.found("proportions")
    high, low = ([one for one in of if one.who[0] in ECONOMIES] for of in (found.cases, found.others))
    rates = pd.DataFrame(low).groupby("wave")["held"].mean()
    return {
        "proportions_held_of_nine": sum(one.held for one in high),
        "proportions_of_of_nine": len(high),
        "proportions_beside_of_nine": sum(float(rates[one.wave]) for one in high),
    }


def _manufacturing() -> Numbers:
    """Its weight in the value added of an economy."""
    japan, usa = (effects.weight(code, LRWIOD) for code in ("JPN", "USA"))
    return {
        **labelled("weight_JPN", japan[[1970, 1990]]),
        **labelled("weight_KOR", effects.weight("KOR", WIOD)[[1995, 2010]]),
        **labelled("weight_CHN", effects.weight("CHN", OECD)[[2011, 2022]]),
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
