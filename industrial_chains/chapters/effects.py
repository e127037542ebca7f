"""Effects of relocation: on industry at home, on the gain from trade, on what exports hold; and the verdicts."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from exhibits.text import Myst, Told
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.charting import names
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.models import ricardo
from industrial_chains.models.ricardo import OPENED
from industrial_chains.sources import Source
from industrial_chains.waves_by_industry import BY_INDUSTRY


def hollowing() -> pd.DataFrame:
    """Share of manufacturing in value added, every second year.

    Returns
    -------
    DataFrame
        Columns year, economy, value, database; percent.
    """
    frames = []
    for source in BY_INDUSTRY:
        share = source.weight("value_added", MANUFACTURING)[["CHN", "KOR", "TWN", "DEU", "JPN", "USA"]]
        frames.append(source.long(share, "economy"))
    frame = pd.concat(frames, ignore_index=True)
    return frame[frame["year"].mod(2).eq(0)]


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
            (Told(names.economy(code), years), share[code][window.first], share[code][window.last])
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
        prediction = Told(sides["Senders"], " → ", sides["Hosts"])
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


def leads() -> pd.DataFrame:
    """Lay out for a chart how much more often each claim holds than among bystanders, by wave.

    Returns
    -------
    DataFrame
        Columns claim, wave, value; percentage points.
    """
    frame = theory_tests.lead()
    waves = frame["wave"].str.partition(",")[0] + " wave"
    return frame.assign(claim=frame["claim"].map(SHORT), wave=waves, value=frame["value"].round(3) + 0.0)


def by_economy() -> pd.DataFrame:
    """Lay out for a table every claim in every wave for nine economies."""
    frame = theory_tests.grid()
    rows = [(SHORT[claim], wave.partition(",")[0]) for claim, wave in frame.index]
    table = frame.set_axis(pd.MultiIndex.from_tuples(rows, names=["Claim", "Wave"]))
    return table.rename(columns=names.economy)
