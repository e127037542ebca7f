"""Effects of relocation: on industry at home, on the gain from trade, on what exports hold; and the verdicts."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.text import Joined, Myst
from industrial_chains import article, theory_tests, waves_by_industry
from industrial_chains.charting import names
from industrial_chains.economies import GROUPS
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.models import ricardo
from industrial_chains.models.ricardo import OPENED
from industrial_chains.sources import LRWIOD, OECD, WIOD, WIOD_NEA, Source
from industrial_chains.waves_by_industry import BY_INDUSTRY, ECONOMIES


def weight(economy: str, source: Source) -> pd.Series:
    """Share of manufacturing in one economy's value added, by year; percent."""
    return source.weight("value_added", MANUFACTURING)[economy]


def catching_up() -> pd.DataFrame:
    """Home's gain from trade as technology abroad closes its gap, in two ways.

    Returns
    -------
    DataFrame
        Columns closed, how, value; percent.
    """
    names = {"alike": "alike in every industry", "where_it_lags": "most where it lags most"}
    path = ricardo.convergence(np.linspace(0, 0.9, 37), OPENED).rename(columns=names)
    frame = path.melt(ignore_index=False, var_name="how").reset_index()
    return frame.assign(closed=100 * frame["closed"]).round(6)


def domestic_content() -> pd.DataFrame:
    """Share of domestic value added in gross exports.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; percent.
    """
    rows = [
        (year, code, value, source.label_in(year))
        for code, source in product(("CHN", "KOR", "TWN", "MEX", "VNM"), BY_INDUSTRY)
        if code in source.economies
        for held in [content(code, source)]
        for year, value in zip(map(int, held.index), held, strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "economy", "value", "database"])


def content(economy: str, source: Source) -> pd.Series:
    """Domestic value added in one economy's exports, percent, by year."""
    found = {}
    for year in source.years("va_exports"):
        held = source.matrix("va_exports", year)[economy]
        found[year] = 100 * float(held[economy]) / float(held.sum())
    return pd.Series(found)


def senders() -> pd.DataFrame:
    """Share of manufacturing in the value added of every sender, at the start and the end of its wave.

    Returns
    -------
    DataFrame
        Columns who, start, end; percent.
    """
    rows = []
    for window in theory_tests.windows():
        share = window.source.weight("value_added", MANUFACTURING)
        years = f", {window.first}–{window.last}"
        rows += [
            (Joined(names.economy(code), years), share[code][window.first], share[code][window.last])
            for code in window.senders
        ]
    return pd.DataFrame(rows, columns=["who", "start", "end"])


# -- every theory and every wave ---------------------------------------------------------------------------------------

UNTESTED = theory_tests.UNTESTED
#: Which theory makes which of the claims that are tested, in the order of the article.
TESTED = {
    "low_end": Myst("Waves: the low end first"),
    "low_end_most": Myst("Waves: the low end most"),
    "proportions": Myst("{ref}`Factor proportions <theory-proportions>`"),
    "cycle": Myst("{ref}`Product cycle <theory-cycle>`"),
    "marginal": Myst("{ref}`Marginal industries <theory-marginal>`"),
    "sequence": Myst("{ref}`Flying geese <theory-geese>`, within an economy"),
    "row": Myst("{ref}`Flying geese <theory-geese>`, nations in a row"),
    "core": Myst("{ref}`Core and periphery <theory-countries>`, between countries"),
    "tasks": Myst("{ref}`Trade in tasks <theory-stages>`"),
    "hollowing": Myst("Hollowing out"),
    "lock_in": Myst("Lock-in"),
}
#: What the book has no data on, by what follows it in the table.
NOT_TESTED = {
    "proportions": (
        Myst("{ref}`Comparative advantage <theory-ricardo>`"),
        Myst("What a country makes follows its relative productivity; so found elsewhere {cite:p}`costinot2012`"),
    ),
    "sequence": (
        Myst("{ref}`Monopolistic advantage <theory-monopoly>`"),
        "Investment comes from concentrated industries and goes both ways",
    ),
    "core": (Myst("{ref}`Location <theory-location>`"), "Activities sort by what distance costs them"),
    "tasks": (
        Myst("{ref}`Core and periphery <theory-core>`, one country"),
        Myst("History decides between break and sustain point; elsewhere divided {cite:p}`davis2002,redding2011`"),
    ),
    "hollowing": (Myst("{ref}`Eclectic paradigm <theory-oli>`"), "Direct investment where three advantages meet"),
}


def verdicts() -> pd.DataFrame:
    """Say of each theory and each wave what it predicts, how often that is so, and what that says.

    Returns
    -------
    DataFrame, (Theory or wave) × {Prediction, Rival, As predicted, Bystanders, Verdict, Same verdict}
        As predicted "7 of 8"; how many cases that would be at the bystanders' rate; for how many of nine choices of
        years the verdict is the same.
    """
    columns = ["Theory or wave", "Prediction", "Rival", "As predicted", "Bystanders", "Verdict", "Same verdict"]
    return pd.DataFrame([*_waves(), *_theories()], columns=columns).set_index(columns[0])


Row = tuple[str, ...]


def _waves() -> Iterator[Row]:
    yield _untested("First wave", "Industry went from Britain to Europe and North America")
    handed = waves_by_industry.handovers()
    for wave in waves_by_industry.SIDES:
        sides = handed.loc[wave].iloc[0]
        prediction = Joined(sides["Senders"], " → ", sides["Hosts"])
        yield _tested(f"{wave.split(',')[0]} wave", "handed_on", wave, prediction)
    yield _tested("All waves together", "handed_on")


def _theories() -> Iterator[Row]:
    for claim, theory in TESTED.items():
        if claim in NOT_TESTED:
            yield _untested(*NOT_TESTED[claim])
        yield _tested(theory, claim)
    yield _untested("Jobs and wages", Myst("The skilled gain on the unskilled; {ref}`theory-jobs`"))


def _untested(theory: str, prediction: str) -> Row:
    return theory, prediction, "–", "–", "–", UNTESTED, "–"


def _tested(theory: str, claim: str, wave: str | None = None, prediction: str = "") -> Row:
    asked, found = theory_tests.CLAIMS[claim], theory_tests.counted(claim, wave=wave)
    return (
        theory,
        prediction or asked.prediction,
        asked.rival,
        f"{found.held} of {found.of}",
        f"{found.expected:.1f}",
        found.verdict,
        f"{theory_tests.alike(claim, wave)} of {len(theory_tests.CUTS) ** 2}",
    )


#: The claims as headings of the rows of a chart.
SHORT = {
    "handed_on": "Handed on",
    "low_end": "Low end first",
    "low_end_most": "Low end most",
    "proportions": "Factor proportions",
    "cycle": "Product cycle",
    "marginal": "Marginal industries",
    "sequence": "Geese, sequence",
    "row": "Geese, row",
    "core": "Core loses",
    "tasks": "Tasks",
    "hollowing": "Hollowing out",
    "lock_in": "Lock-in",
}


def chances() -> pd.DataFrame:
    """Lay out for a table each claim's chance at the bystanders' rate, and if those of whom it speaks are drawn.

    Returns
    -------
    DataFrame, Claim × {As predicted, At the bystanders' rate, Drawn at random, Verdict, Verdict if drawn}
        Chances in percent.
    """
    rows = {}
    for claim, name in SHORT.items():
        found, by_drawing = theory_tests.counted(claim), theory_tests.drawn(claim)
        rows[name] = {
            "As predicted": f"{found.held} of {found.of}",
            "At the bystanders' rate": 100 * found.by_chance,
            "Drawn at random": 100 * by_drawing,
            "Verdict": found.verdict,
            "Verdict if drawn": theory_tests.judged(found.held, found.of, by_drawing),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="Claim")


def by_economy() -> pd.DataFrame:
    """Lay out for a table every claim in every wave for nine economies."""
    frame = theory_tests.grid()
    rows = [(SHORT[claim], wave.partition(",")[0]) for claim, wave in frame.index]
    table = frame.set_axis(pd.MultiIndex.from_tuples(rows, names=["Claim", "Wave"]))
    return table.rename(columns=names.economy)


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_verdicts(), **_tests(), **_proportions_of_nine(), **_manufacturing(), **_domestic_content(), **_region()}


def _verdicts() -> Numbers:
    """Return how many claims are tested, and what the rule says of them."""
    table = verdicts()
    found, same = table["Verdict"], table["Same verdict"].str.partition(" ")[0]
    counts = {verdict: int((found == verdict).sum()) for verdict in found.unique()}
    return {
        "verdicts_tested": len(found) - counts[UNTESTED],
        "verdicts_not_tested": counts[UNTESTED],
        "verdicts_that_fit": counts[theory_tests.FITS],
        "verdicts_in_part": counts[theory_tests.IN_PART],
        "verdicts_as_elsewhere": counts[theory_tests.ELSEWHERE],
        "verdicts_that_fail": counts[theory_tests.FAILS],
        "verdicts_that_turn": int(pd.to_numeric(same, errors="coerce").lt(6).sum()),
        "percent_least": theory_tests.LEAST,
        "percent_most": 100 * theory_tests.MOST,
        "percent_chance": 100 * theory_tests.CHANCE,
        "draws": theory_tests.DRAWS,
        "claims_drawn": len(theory_tests.CLAIMS),
        "verdicts_turned_by_drawing": len(theory_tests.turned()),
    }


def _tests() -> Numbers:
    """Return cases as predicted, all cases, and as many as bystanders would make."""
    hollow, lock_in = theory_tests.counted("hollowing"), theory_tests.counted("lock_in")
    proportions, low_end = theory_tests.counted("proportions"), theory_tests.counted("low_end")
    marginal, row = theory_tests.counted("marginal"), theory_tests.counted("row", wave="Fifth, so far")
    return {
        "hollowing_held": hollow.held,
        "hollowing_of": hollow.of,
        "hollowing_beside": hollow.expected,
        "opened_up_held": lock_in.of - lock_in.held,
        "opened_up_of": lock_in.of,
        "opened_up_beside": lock_in.of - lock_in.expected,
        "proportions_held": proportions.held,
        "proportions_of": proportions.of,
        "proportions_beside": proportions.expected,
        "low_end_held": low_end.held,
        "low_end_of": low_end.of,
        "low_end_beside": low_end.expected,
        "low_end_most_held": theory_tests.counted("low_end_most").held,
        "marginal_held": marginal.held,
        "marginal_of": marginal.of,
        "marginal_beside": marginal.expected,
        "row_held_in_fifth": row.held,
        "row_of_in_fifth": row.of,
    }


def _proportions_of_nine() -> Numbers:
    """Return in how many of the nine economies of the waves textiles lost weight in exports, by what they save."""
    found = theory_tests.found("proportions")
    high, low = ([one for one in of if one.who[0] in ECONOMIES] for of in (found.cases, found.others))
    rates = pd.DataFrame(low).groupby("wave")["held"].mean()
    return {
        "proportions_held_of_nine": sum(one.held for one in high),
        "proportions_of_of_nine": len(high),
        "proportions_beside_of_nine": sum(float(rates[one.wave]) for one in high),
    }


def _manufacturing() -> Numbers:
    """Return manufacturing's weight in the value added of economies, and what rich countries make of the world's."""
    leaders = WIOD.world_shares("value_added", MANUFACTURING)[list(theory_tests.LEADERS)].sum(axis=1)
    lost = pd.concat([_lost(window) for window in theory_tests.windows()])
    return {
        "weight_late_KOR_2011": weight("KOR", OECD)[2011],
        "hosts_hollowing_held": int(lost.sum()),
        "hosts_hollowing_of": len(lost),
        "core_share_1995": leaders[1995],
        "core_share_2011": leaders[2011],
    }


def _lost(window: theory_tests.Window) -> pd.Series:
    """Return whether manufacturing lost weight in each host of a wave that counts."""
    share = window.source.weight("value_added", MANUFACTURING)[window.receiving()].T
    return share[window.last] < share[window.first]


def _domestic_content() -> Numbers:
    """Return where the domestic content of exports was lowest."""
    korea, china = content("KOR", LRWIOD), content("CHN", WIOD)
    return {
        "content_KOR_lowest": korea.min(),
        "year_content_KOR_lowest": int(korea.index[korea == korea.min()][0]),
        "content_CHN_lowest": china.min(),
        "year_content_CHN_lowest": int(china.index[china == china.min()][0]),
    }


def _region() -> Numbers:
    """Return Korea's share in the exports of ASEAN without Viet Nam, and how many links in Northeast Asia weakened."""
    korea = OECD.share("KOR", tuple(code for code in GROUPS["ASEAN"] if code != "VNM"))
    moved = article.changes()["change"]
    links = [OECD.link(*pair) for pair in permutations(WIOD_NEA, 2)]
    return {
        "share_KOR_in_ASEAN_without_VNM_2011": korea[2011],
        "share_KOR_in_ASEAN_without_VNM_2022": korea[2022],
        "links": len(moved),
        "links_that_fell": int((moved < 0).sum()),
        "links_in_OECD": len(links),
        "links_weaker_than_in_2011_2021": sum(link[2021] < link[2011] for link in links),
        "links_weaker_than_in_2011_2022": sum(link[2022] < link[2011] for link in links),
    }
