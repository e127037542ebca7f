"""What theories predict of senders, hosts and bystanders: every count anew, by plain pandas from the panels."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

import gvc
from gvc.panel import DATA
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.sources import LRWIOD

ASEAN = ("BRN", "IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "SGP", "THA", "VNM")
#: Panel, name in data/theory, first and last year, senders, hosts.
WAVES = {
    "Second, its end": ("lrwiod", "Long-run WIOD", 1965, 1970, ("USA",), ("JPN", "DEU")),
    "Third": ("lrwiod", "Long-run WIOD", 1970, 1990, ("JPN",), ("KOR", "TWN", "HKG")),
    "Fourth": ("wiod2013", "WIOD", 1995, 2010, ("JPN", "USA", "DEU", "KOR", "TWN"), ("CHN",)),
    "Fifth, so far": ("oecd", "OECD", 2011, 2022, ("CHN",), (*ASEAN, "IND", "MEX")),
}
LEADERS = {"USA", "DEU", "JPN", "GBR", "FRA", "ITA", "CAN"}
MAKING = {
    "lrwiod": "D15t16 D17t19 D21t22 D23 D24 D25 D26 D27t28 D29 D30t33 D34t35 Dnec",
    "wiod2013": " ".join(f"c{number}" for number in range(3, 17)),
    "oecd": "C10T12 C13T15 C16 C17_18 C19 C20 C21 C22 C23 C24A C24B C25 C26 C27 C28 C29 C301 C302T309 C31T33",
}
CODES = {
    "Textiles and clothing": {"lrwiod": "D17t19", "wiod2013": "c4 c5", "oecd": "C13T15"},
    "Steel and other metals": {"lrwiod": "D27t28", "wiod2013": "c12", "oecd": "C24A C24B C25"},
    "Electronics": {"lrwiod": "D30t33", "wiod2013": "c14", "oecd": "C26 C27"},
    "Cars and other vehicles": {"lrwiod": "D34t35", "wiod2013": "c15", "oecd": "C29 C301 C302T309"},
}
TEXTILES, METALS, ELECTRONICS, VEHICLES = CODES
SAID = {wave: list(CODES) for wave in WAVES} | {
    "Second, its end": [TEXTILES, METALS],
    "Fifth, so far": [TEXTILES, ELECTRONICS],
}
#: A case: whether it is as claimed, and what the bystanders beside it did.
Cases = list[tuple[bool, list[bool]]]


@cache
def rows(panel: str, flow: str) -> pd.DataFrame:
    frame = gvc.load_panel(f"{panel}_sectors").query("flow == @flow")
    return frame.assign(**{name: frame[name].astype(str) for name in ("origin", "sector")})


@cache
def total(panel: str, flow: str, codes: str = "") -> pd.DataFrame:
    """Sum over sectors: year × economy."""
    frame = rows(panel, flow)
    chosen = frame[frame["sector"].isin(codes.split())] if codes else frame
    return chosen.pivot_table(index="year", columns="origin", values="value", aggfunc="sum")


def share(panel: str, flow: str, codes: str) -> pd.DataFrame:
    of = total(panel, flow, codes)
    return of.div(of.sum(axis=1), axis=0) * 100


@cache
def who(wave: str) -> tuple[list[str], list[str], list[str]]:
    """Senders, hosts that make a tenth of a percent of the world's manufactures, and bystanders that do."""
    panel, _, first, _, senders, hosts = WAVES[wave]
    made = share(panel, "value_added", MAKING[panel]).loc[first]
    makers = [code for code, percent in made.items() if percent >= 0.1 and code != "ROW"]
    return (
        list(senders),
        [code for code in hosts if code in makers],
        [code for code in makers if code not in senders + hosts],
    )


def economies(held: Callable[[str, str], bool], of: Iterable[str], beside: Iterable[str], wave: str) -> Cases:
    others = [held(wave, code) for code in beside]
    return [(held(wave, code), others) for code in of]


def pairs(held: Callable[[str, str], bool], wave: str) -> Cases:
    senders, hosts, beside = who(wave)
    others = [held(one, other) for one, other in permutations(beside, 2)]
    return [(held(one, other), others) for one, other in product(senders, hosts) if one != other]


def hollowing(wave: str) -> Cases:
    panel, _, first, last, _, _ = WAVES[wave]
    weight = total(panel, "value_added", MAKING[panel]) / total(panel, "value_added")
    senders, _, beside = who(wave)
    return economies(lambda _, code: weight[code][last] < weight[code][first], senders, beside, wave)


def lost_share(wave: str) -> pd.Series:
    panel, _, first, last, _, _ = WAVES[wave]
    of = share(panel, "value_added", MAKING[panel])
    return of.loc[last] < of.loc[first]


def core(wave: str) -> Cases:
    fell = lost_share(wave)
    return economies(lambda _, code: fell[code], LEADERS, set(who(wave)[2]) - LEADERS, wave)


def handed_on(wave: str) -> Cases:
    panel, _, first, last, _, _ = WAVES[wave]
    found: Cases = []
    for industry in SAID[wave]:
        of = share(panel, "vax", CODES[industry][panel])
        moved = of.loc[last] - of.loc[first]
        found += pairs(lambda one, other, by=moved: by[one] < 0 < by[other], wave)
    return found


def ratios(wave: str, year: int) -> pd.DataFrame:
    panel = WAVES[wave][0]
    return pd.DataFrame({industry: share(panel, "vax", codes[panel]).loc[year] for industry, codes in CODES.items()})


def low_end(wave: str) -> Cases:
    ends = [ratios(wave, year) for year in WAVES[wave][2:4]]
    return pairs(lambda one, other: all((of.loc[other] / of.loc[one]).idxmax() == TEXTILES for of in ends), wave)


def low_end_most(wave: str) -> Cases:
    start, end = (ratios(wave, year) for year in WAVES[wave][2:4])
    grown = end / start
    return pairs(lambda one, other: (grown.loc[other] / grown.loc[one]).idxmax() == TEXTILES, wave)


def marginal(wave: str) -> Cases:
    panel, _, first, last, _, _ = WAVES[wave]
    by_code = {
        year: rows(panel, "vax").query("year == @year").pivot_table(index="origin", columns="sector", values="value")
        for year in (first, last)
    }
    start, end = (of[MAKING[panel].split()] for of in by_code.values())
    advantage = start.div(start.sum(axis=1), axis=0) / (start.sum() / start.to_numpy().sum())
    moved = (end / end.sum()) / (start / start.sum())
    senders, _, beside = who(wave)

    def held(_: str, code: str) -> bool:
        both = pd.DataFrame({"advantage": advantage.loc[code], "moved": moved.loc[code]})
        both = both[both["moved"].gt(0) & np.isfinite(both["moved"])]
        return bool(both.corr(method="spearman").iloc[0, 1] > 0)

    return economies(held, senders, beside, wave)


def proportions(wave: str) -> Cases:
    _, name, first, last, _, _ = WAVES[wave]
    frame = pd.read_csv(DATA / "theory" / "saving.csv")
    frame = frame[frame["database"].eq(name) & frame["year"].between(first, last)]
    if frame.empty:
        return []
    saved = (1 - frame["consumption"] / frame["product"]).groupby(frame["economy"]).mean()
    saved = saved[sorted([*who(wave)[2], *WAVES[wave][4], *who(wave)[1]])]
    high = saved[saved > saved.median()].index
    low = saved.index.difference(high)
    fell = left_textiles(wave)
    return economies(lambda _, code: fell[code], high, low, wave)


def left_textiles(wave: str) -> pd.Series:
    panel, _, first, last, _, _ = WAVES[wave]
    textiles, whole = total(panel, "vax", CODES[TEXTILES][panel]), total(panel, "vax")
    index = (textiles / whole).div(textiles.sum(axis=1) / whole.sum(axis=1), axis=0)
    return index.loc[last] < index.loc[first]


@cache
def traded(name: str) -> pd.DataFrame:
    frame = pd.read_csv(DATA / "theory" / "products.csv", keep_default_na=False)
    return frame[frame["database"].eq(name)].set_index(["industry", "economy", "year"]).sort_index()


def cycle(wave: str) -> Cases:
    panel, name, first, last, _, _ = WAVES[wave]
    flows = gvc.load_panel(panel).query("flow == 'gross_exports'")
    sold, bought = (flows.groupby([side, "year"], observed=True)["value"].sum() for side in ("origin", "destination"))
    table = traded(name)

    def net(industry: str, code: str, year: int) -> float:
        row = table.loc[(industry, code, year)]
        whole = (sold[code, year] - bought[code, year]) / (sold[code, year] + bought[code, year])
        return float((row["exports"] - row["imports"]) / (row["exports"] + row["imports"]) - whole)

    senders, hosts, beside = who(wave)
    found: Cases = []
    for industry, (of, sign) in product((ELECTRONICS, VEHICLES), ((senders, -1), (hosts, 1))):
        moved = {code: sign * (net(industry, code, last) - net(industry, code, first)) for code in {*of, *beside}}
        found += economies(lambda _, code, by=moved: by[code] > 0, of, beside, wave)
    return found


def sequence(wave: str) -> Cases:
    _, name, first, last, _, _ = WAVES[wave]
    _, hosts, beside = who(wave)
    found: Cases = []
    for industry in CODES:
        here = traded(name).loc[industry].unstack("economy").loc[first:last]

        def peak(what: str, code: str, here: pd.DataFrame = here) -> int:
            of = here[what]
            return int((of[code] / of.sum(axis=1)).idxmax())

        def held(_: str, code: str, peak: Callable[[str, str], int] = peak) -> bool:
            return peak("imports", code) < peak("output", code) <= peak("exports", code)

        found += economies(held, hosts, beside, wave)
    return found


def row(wave: str) -> Cases:
    panel, _, first, last, _, _ = WAVES[wave]
    found: Cases = []
    for codes in CODES.values():
        peak = share(panel, "vax", codes[panel]).loc[first:last].idxmax()
        found += pairs(lambda one, other, by=peak: by[one] < by[other], wave)
    return found


def foreign(wave: str) -> dict[str, pd.Series]:
    _, name, first, last, _, _ = WAVES[wave]
    frame = pd.read_csv(DATA / "theory" / "final_goods.csv", keep_default_na=False)
    wide = frame[frame["database"].eq(name)].pivot(index=["industry", "economy"], columns="year", values="foreign")
    moved = (wide[last] - wide[first]).dropna()  # an industry may sell nothing to final users
    return {industry: moved.loc[industry] for industry in CODES}


def tasks(wave: str) -> Cases:
    senders, _, beside = who(wave)
    return [
        case
        for moved in foreign(wave).values()
        for case in economies(
            lambda _, code, by=moved: by[code] > 0, *(moved.index.intersection(who) for who in (senders, beside)), wave
        )
    ]


def lock_in(wave: str) -> Cases:
    _, hosts, beside = who(wave)
    return [
        case
        for moved in foreign(wave).values()
        for case in economies(
            lambda _, code, by=moved: by[code] >= 0, *(moved.index.intersection(who) for who in (hosts, beside)), wave
        )
    ]


BY_HAND: dict[str, Callable[[str], Cases]] = {
    of.__name__: of
    for of in (
        handed_on, low_end, low_end_most, proportions, cycle, marginal, sequence, row, core, tasks, hollowing, lock_in,
    )
}  # fmt: skip
#: Read off what follows from the counts by the rule of the page.
DUE = {
    "handed_on": "In part",
    "low_end": "In part",
    "low_end_most": "Does not hold",
    "proportions": "Fits",
    "cycle": "No more than elsewhere",
    "marginal": "In part",
    "sequence": "Does not hold",
    "row": "Does not hold",
    "core": "In part",
    "tasks": "No more than elsewhere",
    "hollowing": "No more than elsewhere",
    "lock_in": "No more than elsewhere",
}


def at_least(rates: list[float], held: int) -> float:
    """Chance of as many or more, case by case."""
    if held <= 0:
        return 1.0
    if held > len(rates):
        return 0.0
    known = [1.0] + [0.0] * len(rates)
    for rate in rates:
        for count in range(len(rates), 0, -1):
            known[count] = known[count] * (1 - rate) + known[count - 1] * rate
        known[0] *= 1 - rate
    return sum(known[held:])


def test_every_claim_has_its_count_by_hand() -> None:
    assert list(BY_HAND) == list(theory_tests.CLAIMS) == list(DUE)


@pytest.fixture
def cut(request, monkeypatch) -> Iterator[tuple[int, int]]:
    """Take years off either end of every wave."""
    for wave, (panel, name, first, last, *sides) in WAVES.items():
        monkeypatch.setitem(WAVES, wave, (panel, name, first + request.param[0], last - request.param[1], *sides))
    who.cache_clear()
    yield request.param
    who.cache_clear()


@pytest.mark.parametrize("cut", [(0, 0), (2, 1)], indirect=True)
@pytest.mark.parametrize("claim", DUE)
def test_counts_and_verdicts_by_hand(claim: str, cut: tuple[int, int]) -> None:
    every: Cases = []
    for wave in WAVES:
        here = BY_HAND[claim](wave)
        found = theory_tests.counted(claim, cut, wave)
        assert (found.held, found.of) == (sum(held for held, _ in here), len(here)), wave
        assert found.expected == pytest.approx(sum(np.mean(beside) for _, beside in here)), wave
        every += here
    rates = [float(np.mean(beside)) for _, beside in every]
    held, of = sum(held for held, _ in every), len(every)
    more = at_least(rates, held) <= 0.1
    due = ("Fits" if 4 * held >= 3 * of else "In part") if more else None
    due = due or ("No more than elsewhere" if 2 * held > of else "Does not hold")
    assert theory_tests.counted(claim, cut).verdict == due
    assert cut != (0, 0) or due == DUE[claim]


def test_seven_of_eight_senders_lost_manufacturing_and_so_would_bystanders() -> None:
    found = theory_tests.counted("hollowing")
    assert (found.held, found.of, round(found.expected, 1)) == (7, 8, 6.5)
    # Whichever years are taken off.
    assert theory_tests.alike("hollowing") == 9


@pytest.mark.parametrize(
    ("held", "of", "by_chance", "due"),
    [
        (8, 8, 0.05, "Fits"),
        (6, 8, 0.1, "Fits"),
        (5, 8, 0.05, "In part"),
        (2, 8, 0.01, "In part"),
        (8, 8, 0.5, "No more than elsewhere"),
        (5, 8, 0.5, "No more than elsewhere"),
        (4, 8, 0.5, "Does not hold"),
        (0, 8, 1.0, "Does not hold"),
    ],
)
def test_the_rule(held: int, of: int, by_chance: float, due: str) -> None:
    assert theory_tests.judged(held, of, by_chance) == due


def test_a_chance_by_counting() -> None:
    rates = (0.2, 0.5, 0.9)
    by_hand = sum(
        np.prod([rate if held else 1 - rate for rate, held in zip(rates, sides, strict=True)])
        for sides in product((0, 1), repeat=3)
        if sum(sides) >= 2
    )
    assert theory_tests.chance(rates, 2) == pytest.approx(by_hand)
    assert theory_tests.chance(rates, 0) == pytest.approx(1)


def test_a_claim_that_everybody_fulfils_says_nothing(monkeypatch) -> None:
    def sure(window: theory_tests.Window, found: theory_tests.Found) -> None:
        held = pd.Series(True, window.makers())
        found.put(window.wave, "anything", held, window.senders, window.beside())

    monkeypatch.setitem(theory_tests.CLAIMS, "sure", theory_tests.Claim("", "", sure))
    assert theory_tests.counted("sure").verdict == "No more than elsewhere"


def test_windows_lose_years_within_their_database() -> None:
    for cut in product(theory_tests.CUTS, theory_tests.CUTS):
        for window, (panel, _, first, last, senders, hosts) in zip(
            theory_tests.windows(cut), WAVES.values(), strict=True
        ):
            assert (window.first, window.last) == (first + cut[0], last - cut[1])
            assert (set(window.senders), set(window.hosts)) == (set(senders), set(hosts))
            assert window.source.flows == panel


def test_the_grid_names_each_case_once() -> None:
    grid = theory_tests.grid()
    assert list(grid.columns) == ["USA", "DEU", "JPN", "KOR", "TWN", "HKG", "CHN", "IND", "MEX"]
    assert grid.loc[("hollowing", "Fourth")].to_dict() == {
        "USA": "1 of 1", "DEU": "1 of 1", "JPN": "1 of 1", "KOR": "0 of 1", "TWN": "1 of 1", "HKG": "–", "CHN": "–",
        "IND": "(1 of 1)", "MEX": "(1 of 1)",
    }  # fmt: skip
    assert grid.loc[("handed_on", "Third")]["JPN"] == "2 of 12"


def test_a_lead_is_over_bystanders() -> None:
    lead = theory_tests.lead().set_index(["claim", "wave"])["value"]
    senders, _, beside = who("Third")
    assert senders == ["JPN"]
    (case,) = hollowing("Third")
    assert lead["hollowing", "Third"] == pytest.approx(100 * (case[0] - np.mean(case[1])))
    assert len(beside) == len(case[1])
    assert ("proportions", "Fifth, so far") not in lead.index


def test_drawn_senders_and_hosts_agree_with_all_that_could_be_drawn() -> None:
    # Any s of the makers are equally likely senders: hypergeometric in each wave.
    spread = np.array([1.0])
    for window in theory_tests.windows():
        share = window.source.weight("value_added", MANUFACTURING)
        fell = [share[code][window.last] < share[code][window.first] for code in window.makers()]
        drawn = hypergeom(len(fell), sum(fell), len(window.senders))
        spread = np.convolve(spread, drawn.pmf(range(len(window.senders) + 1)))
    assert theory_tests.drawn("hollowing") == pytest.approx(spread[7:].sum(), abs=0.04)

    # One sender and two hosts, in two industries: all four as claimed.
    (second,) = (window for window in theory_tests.windows() if window.wave.startswith("Second"))
    moved = []
    for industry in ("Textiles and clothing", "Steel and other metals"):
        share = LRWIOD.world_shares("vax", waves_by_industry.group(industry, LRWIOD))
        moved.append((share.loc[1970] - share.loc[1965])[second.makers()].to_numpy())
    falls, rises = (np.logical_and(*(side * one > 0 for one in moved)) for side in (-1, 1))
    makers, risen = len(falls), int(rises.sum())
    exact = falls.sum() / makers * risen * (risen - 1) / ((makers - 1) * (makers - 2))
    assert theory_tests.drawn("handed_on", "Second, its end") == pytest.approx(exact, abs=0.02)


#: Claims on the same economies in every wave: who did as claimed, of whom it speaks in how many waves.
OF_GROUPS = {"proportions": (left_textiles, proportions), "core": (lost_share, core)}


@pytest.mark.parametrize("claim", OF_GROUPS)
def test_groups_drawn_in_one_wave_are_hypergeometric(claim: str) -> None:
    did, cases = OF_GROUPS[claim]
    for wave in ("Second, its end", "Third", "Fourth"):
        senders, hosts, beside = who(wave)
        held, spoken = did(wave)[[*senders, *hosts, *beside]], cases(wave)
        exact = hypergeom(len(held), held.sum(), len(spoken)).sf(sum(one for one, _ in spoken) - 1)
        assert theory_tests.drawn(claim, wave) == pytest.approx(exact, abs=0.05), wave


@pytest.mark.parametrize("claim", OF_GROUPS)
def test_groups_drawn_once_for_all_waves(claim: str) -> None:
    did, cases = OF_GROUPS[claim]
    by_wave = {wave: cases(wave) for wave in WAVES if cases(wave)}
    counted = {wave: [code for side in who(wave) for code in side] for wave in by_wave}
    held, random = {wave: did(wave).to_dict() for wave in by_wave}, np.random.default_rng(2026)
    codes = sorted({code for here in counted.values() for code in here})
    true, as_many, draws = sum(one for of in by_wave.values() for one, _ in of), 0, 4000
    for _ in range(draws):
        order = list(random.permutation(codes))
        as_many += true <= sum(
            held[wave][code]
            for wave, of in by_wave.items()
            for code in [code for code in order if code in counted[wave]][: len(of)]
        )
    assert theory_tests.drawn(claim) == pytest.approx(as_many / draws, abs=0.015)
    assert 0 < theory_tests.drawn(claim) <= 0.1


def test_dependence_turns_no_verdict_but_raises_the_chance() -> None:
    assert theory_tests.turned() == []
    for claim in ("handed_on", "proportions"):
        assert theory_tests.drawn(claim) > 20 * theory_tests.counted(claim).by_chance
