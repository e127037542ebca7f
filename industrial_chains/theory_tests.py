"""What each theory predicts of senders and hosts, how often it is so, and how often it is so of bystanders.

A theory that says what happens everywhere says nothing of relocation. So each claim is put to those of whom it speaks,
in every wave, and to the bystanders: economies that neither sent nor hosted in that wave. One rule, :func:`judged`,
makes a verdict of both numbers, for all claims alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from industrial_chains import data, waves_by_industry
from industrial_chains import economies as eco
from industrial_chains.industry_groups import MANUFACTURING
from industrial_chains.sources import Source
from industrial_chains.waves_by_industry import CLAIMED, INDUSTRIES, SIDES, group

TEXTILES, METALS, ELECTRONICS, VEHICLES = INDUSTRIES
#: The rich countries that led in industry when the data begin.
LEADERS = ("USA", "DEU", "JPN", "GBR", "FRA", "ITA", "CAN")
#: Percent of the world's manufacturing that an economy makes at least, to count in a window.
LEAST = 0.1

FITS, IN_PART, ELSEWHERE, FAILS = "Fits", "In part", "No more than elsewhere", "Does not hold"
UNTESTED = "Not tested"
#: A claim that fits holds in this part of its cases at least.
MOST = 0.75
#: More than elsewhere is what bystanders would do with this chance at most.
CHANCE = 0.1
#: How many years a window may lose at either end, which makes nine windows of one.
CUTS = (0, 1, 2)


@dataclass(frozen=True)
class Window:
    """One wave in one database: who sent, who received, and from when to when."""

    wave: str
    source: Source
    first: int
    last: int
    senders: tuple[str, ...]
    hosts: tuple[str, ...]

    def makers(self) -> list[str]:
        """Economies that make enough to count: those that a table shows, but tiny ones."""
        made = _at(self.source.world_shares("value_added", MANUFACTURING), self.first)
        return [str(code) for code, percent in made.items() if percent >= LEAST and code != eco.ROW]

    def beside(self) -> list[str]:
        """List the bystanders."""
        return [code for code in self.makers() if code not in (*self.senders, *self.hosts)]

    def receiving(self) -> list[str]:
        """List the hosts that count."""
        return [code for code in self.makers() if code in self.hosts]


def windows(cut: tuple[int, int] = (0, 0)) -> list[Window]:
    """Return the waves with as many years cut off at either end."""
    return [
        Window(wave, source, first + cut[0], last - cut[1], senders, hosts)
        for wave, (senders, hosts, source, first, last) in SIDES.items()
    ]


class Case(NamedTuple):
    """One instance of a claim: in which wave, of what, of whom, and whether it is as claimed."""

    wave: str
    what: str
    who: tuple[str, ...]
    held: bool


class Rate(NamedTuple):
    """How many bystanders did what the claim says, of how many."""

    held: int
    of: int


@dataclass
class Found:
    """Cases of a claim, and by wave and what they are of the bystanders'."""

    cases: list[Case] = field(default_factory=list)
    beside: dict[tuple[str, str], Rate] = field(default_factory=dict)
    #: Bystanders one by one, where a case is of one economy.
    others: list[Case] = field(default_factory=list)

    def put(self, wave: str, what: str, outcome: pd.Series, of: Iterable[str], beside: Iterable[str]) -> None:
        """Add one outcome of single economies: of those of whom the claim speaks, and of bystanders."""
        held = {str(code): bool(so) for code, so in outcome.items()}
        self.cases += [Case(wave, what, (code,), held[code]) for code in of if code in held]
        others = [Case(wave, what, (code,), held[code]) for code in beside if code in held]
        self.others += others
        self.beside[wave, what] = Rate(sum(one.held for one in others), len(others))

    def judged_cases(self) -> list[Case]:
        """Cases that bystanders stand beside."""
        return [case for case in self.cases if self.beside[case.wave, case.what].of]


def chance(rates: Iterable[float], held: int) -> float:
    """Chance that as many or more of several cases hold, if each holds with a chance of its own.

    Parameters
    ----------
    rates : iterable of float
    held : int

    Returns
    -------
    float

    Examples
    --------
    >>> chance([0.5, 0.5], 1)
    0.75
    """
    spread = np.array([1.0])
    for rate in rates:
        spread = np.convolve(spread, [1 - rate, rate])
    return float(spread[held:].sum())


def judged(held: int, of: int, by_chance: float) -> str:
    """Return the verdict: the rule for all claims.

    Parameters
    ----------
    held, of : int
        Cases in which it is as claimed, and all cases.
    by_chance : float
        Chance that as many bystanders would do the same.
    """
    more = by_chance <= CHANCE
    if held >= MOST * of:
        return FITS if more else ELSEWHERE
    if more:
        return IN_PART
    return ELSEWHERE if 2 * held > of else FAILS


# -- what the claims say, of one window each ---------------------------------------------------------------------------


def _at(by_year: pd.DataFrame, year: int) -> pd.Series:
    """Return one year of a table of years, by economy."""
    return by_year.T[year]


def _grown(before: pd.Series, after: pd.Series) -> pd.Series:
    """Change in logarithms, missing where either is nothing."""
    return pd.Series(np.log(after.where(after > 0) / before.where(before > 0)))


def hollowing(window: Window, found: Found) -> None:
    """Ask whether a sender's manufacturing loses weight in its value added."""
    weight = window.source.weight("value_added", MANUFACTURING)
    fell = _at(weight, window.last) < _at(weight, window.first)
    found.put(window.wave, "manufacturing", fell, window.senders, window.beside())


def proportions(window: Window, found: Found) -> None:
    """Ask whether textiles lose weight in the exports of economies that save more than the median."""
    saved = saving(window.source)
    if saved.empty:
        return
    codes = [code for code in window.makers() if code in saved]
    mean = saved.loc[window.first : window.last, codes].mean()
    advantage = window.source.advantage("textiles")
    fell = _at(advantage, window.last) < _at(advantage, window.first)
    above, below = (list(mean.index[mean.gt(mean.median()) == side]) for side in (True, False))
    found.put(window.wave, "textiles", fell, above, below)


@cache
def saving(source: Source) -> pd.DataFrame:
    """Part of its product that an economy does not consume, percent, year × economy; empty if a source has none."""
    frame = data.table("saving")
    frame = frame[frame["database"].eq(source.name)]
    share = 100 * (1 - frame["consumption"] / frame["product"])
    return frame.assign(share=share).pivot(index="year", columns="economy", values="share")


def core(window: Window, found: Found) -> None:
    """Ask whether a leader loses share in the world's manufacturing."""
    share = window.source.world_shares("value_added", MANUFACTURING)
    fell = _at(share, window.last) < _at(share, window.first)
    beside = [code for code in window.beside() if code not in LEADERS]
    found.put(window.wave, "manufacturing", fell, LEADERS, beside)


def marginal(window: Window, found: Found) -> None:
    """Ask whether a sender's industries lose share in the order of their advantage at the start, the weakest most."""
    codes = window.source.industries_in(MANUFACTURING)
    shares = {code: window.source.world_shares("vax", (code,)) for code in codes}
    whole = window.source.world_shares("vax", MANUFACTURING).loc[window.first]
    start = pd.DataFrame({code: _at(share, window.first) / whole for code, share in shares.items()})
    moved = pd.DataFrame({code: _grown(_at(of, window.first), _at(of, window.last)) for code, of in shares.items()})
    held = {str(code): bool(start.T[code].rank().corr(moved.T[code].rank()) > 0) for code in window.makers()}
    found.put(window.wave, "industries", pd.Series(held), window.senders, window.beside())


@cache
def _by_product(source: Source) -> dict[str, pd.DataFrame]:
    """Return imports, output and exports of each industry's products, year × (what, economy)."""
    frame = data.table("products")
    frame = frame[frame["database"].eq(source.name)]
    return {
        str(industry): rows.pivot(index="year", columns="economy", values=["imports", "output", "exports"])
        for industry, rows in frame.groupby("industry")
    }


@cache
def _balance(source: Source, year: int) -> pd.Series:
    """Return exports less imports of everything, over both together, by economy; percent."""
    flows = source.matrix("gross_exports", year)
    sold, bought = flows.sum(axis=1), flows.sum()
    return 100 * (sold - bought) / (sold + bought)


def net_balance(window: Window, industry: str, year: int) -> pd.Series:
    """Balance of an industry's products less that of all trade, by economy; points."""
    table = _by_product(window.source)[industry].loc[year].unstack(level=0)
    of_industry = 100 * (table["exports"] - table["imports"]) / (table["exports"] + table["imports"])
    return of_industry - _balance(window.source, year).reindex(of_industry.index)


def cycle(window: Window, found: Found) -> None:
    """Ask whether in electronics and vehicles a sender's net balance falls and a host's rises."""
    for industry in (ELECTRONICS, VEHICLES):
        moved = (net_balance(window, industry, window.last) - net_balance(window, industry, window.first)).dropna()
        beside = window.beside()
        found.put(window.wave, f"{industry}, senders", moved.lt(0), window.senders, beside)
        found.put(window.wave, f"{industry}, hosts", moved.gt(0), window.receiving(), beside)


def sequence(window: Window, found: Found) -> None:
    """Ask whether a host's share is largest first in imports of an industry's products, later in output and exports."""
    for industry, table in _by_product(window.source).items():
        years = table.loc[window.first : window.last]
        peak = {}
        for what in ("imports", "output", "exports"):
            of = pd.DataFrame(years[what])
            share = of.div(of.sum(axis=1), axis=0)
            peak[what] = share.idxmax()
        held = (peak["imports"] < peak["output"]) & (peak["output"] <= peak["exports"])
        found.put(window.wave, industry, held, window.receiving(), window.beside())


def _foreign(window: Window, industry: str) -> pd.Series:
    frame = data.table("final_goods")
    frame = frame[frame["database"].eq(window.source.name) & frame["industry"].eq(industry)]
    by_year = frame.pivot(index="year", columns="economy", values="foreign")
    return (_at(by_year, window.last) - _at(by_year, window.first)).dropna()


def tasks(window: Window, found: Found) -> None:
    """Ask whether more of the value of a sender's final goods comes from abroad."""
    for industry in INDUSTRIES:
        found.put(window.wave, industry, _foreign(window, industry).gt(0), window.senders, window.beside())


def lock_in(window: Window, found: Found) -> None:
    """Ask whether a host earns no larger part of its final goods at the end."""
    for industry in INDUSTRIES:
        found.put(window.wave, industry, _foreign(window, industry).ge(0), window.receiving(), window.beside())


def _pairs(window: Window) -> list[tuple[str, str]]:
    return [(sender, host) for sender in window.senders for host in window.receiving() if sender != host]


def _put_pairs(found: Found, window: Window, what: str, held: Callable[[str, str], bool]) -> None:
    """Add an outcome of pairs: sender and host, and of any two bystanders."""
    found.cases += [Case(window.wave, what, pair, held(*pair)) for pair in _pairs(window)]
    beside = window.beside()
    others = [held(one, other) for one, other in product(beside, beside) if one != other]
    found.beside[window.wave, what] = Rate(sum(others), len(others))


def handed_on(window: Window, found: Found) -> None:
    """Ask whether a sender's share falls and a host's rises in an industry that the wave is said to move."""
    for industry in CLAIMED[window.wave]:
        share = window.source.world_shares("vax", group(industry, window.source))
        moved = (_at(share, window.last) - _at(share, window.first)).to_dict()
        _put_pairs(found, window, industry, lambda one, other, by=moved: by[one] < 0 < by[other])


def low_end(window: Window, found: Found) -> None:
    """Ask whether a host is further ahead of the sender in textiles than in other industries, at both ends."""
    ends = []
    for year in (window.first, window.last):
        shares = [_at(window.source.world_shares("vax", group(one, window.source)), year) for one in INDUSTRIES]
        ends.append(pd.DataFrame([_grown(pd.Series(1.0, one.index), one) for one in shares]).to_dict("list"))
    _put_pairs(found, window, "textiles", lambda one, other: all(_first(of[one], of[other]) for of in ends))


def low_end_most(window: Window, found: Found) -> None:
    """Ask whether a host gains on the sender most in textiles, of the four industries."""
    shares = [window.source.world_shares("vax", group(one, window.source)) for one in INDUSTRIES]
    moved = pd.DataFrame([_grown(_at(one, window.first), _at(one, window.last)) for one in shares]).to_dict("list")
    _put_pairs(found, window, "textiles", lambda one, other: _first(moved[one], moved[other]))


def _first(sent: list[float], received: list[float]) -> bool:
    gained = [there - here for here, there in zip(sent, received, strict=True)]
    return gained[0] == max(gained)


def row(window: Window, found: Found) -> None:
    """Ask whether a host's share in an industry is largest later than the sender's."""
    for industry in INDUSTRIES:
        share = window.source.world_shares("vax", group(industry, window.source)).loc[window.first : window.last]
        peak = share.idxmax().to_dict()
        _put_pairs(found, window, industry, lambda one, other, by=peak: by[one] < by[other])


class Claim(NamedTuple):
    """What a theory predicts, what would be seen if it were not so, and what asks for it in one window."""

    prediction: str
    rival: str
    ask: Callable[[Window, Found], None]


CLAIMS: dict[str, Claim] = {
    "handed_on": Claim(
        "In industries that a wave is said to move, the sender's share falls and the host's rises",
        "Both grow, at the cost of others",
        handed_on,
    ),
    "low_end": Claim(
        "The host is further ahead in textiles than in three other industries, at the start and the end",
        "Any of the four comes first",
        low_end,
    ),
    "low_end_most": Claim(
        "The host gains on the sender most in textiles, of four industries",
        "It gains most where the world's trade grows",
        low_end_most,
    ),
    "proportions": Claim(
        "In economies that save more than the median, textiles lose weight in exports",
        "They do so whatever an economy saves",
        proportions,
    ),
    "cycle": Claim(
        "In electronics and vehicles the sender's balance falls and the host's rises, less the balance of all trade",
        "Saving and the dollar move all balances alike",
        cycle,
    ),
    "marginal": Claim(
        "The sender's industries lose share in the order of their advantage at the start, the weakest most",
        "Firms take their strongest industries abroad",
        marginal,
    ),
    "sequence": Claim(
        "The host's share is largest in the world's imports first, in output later, in exports last",
        "Plants export from the start",
        sequence,
    ),
    "row": Claim(
        "The host's share in an industry is largest later than the sender's",
        "Peaks follow no order",
        row,
    ),
    "core": Claim(
        "Each of seven rich countries loses share in the world's manufacturing",
        "What has gathered stays",
        core,
    ),
    "tasks": Claim(
        "More of the value of the sender's final goods comes from abroad",
        "Oil and metals become dearer for all",
        tasks,
    ),
    "hollowing": Claim(
        "Manufacturing loses weight in the sender's value added",
        "It does so wherever services grow",
        hollowing,
    ),
    "lock_in": Claim(
        "The host earns no larger part of its final goods at the end than at the start",
        "Local suppliers replace imports",
        lock_in,
    ),
}


@cache
def found(claim: str, cut: tuple[int, int] = (0, 0)) -> Found:
    """Put a claim of :data:`CLAIMS` to all windows."""
    here = Found()
    for window in windows(cut):
        CLAIMS[claim].ask(window, here)
    return here


class Counted(NamedTuple):
    """A claim's cases, those that are as claimed, as many as bystanders would make, and the verdict."""

    held: int
    of: int
    expected: float
    by_chance: float
    verdict: str


def counted(claim: str, cut: tuple[int, int] = (0, 0), wave: str | None = None) -> Counted:
    """Count a claim's cases, in all waves or in one, and judge.

    Parameters
    ----------
    claim : str
        One of :data:`CLAIMS`.
    cut : tuple of int
        Years cut off each window at its start and its end.
    wave : str, optional
    """
    here = found(claim, cut)
    cases = [case for case in here.judged_cases() if wave in (None, case.wave)]
    if not cases:
        return Counted(0, 0, 0.0, 1.0, UNTESTED)
    beside = [here.beside[case.wave, case.what] for case in cases]
    rates = [rate.held / rate.of for rate in beside]
    held = sum(case.held for case in cases)
    by_chance = chance(rates, held)
    return Counted(held, len(cases), sum(rates), by_chance, judged(held, len(cases), by_chance))


#: How often those of whom a claim speaks are drawn at random.
DRAWS = 999
#: Claims on the same economies in every wave, whoever sent or hosted: those that save much, and the rich.
OF_ALL = ("proportions", "core")


@cache
def drawn(claim: str, wave: str | None = None) -> float:
    """Chance that as many cases hold if those of whom a claim speaks are drawn from all economies that count.

    Parameters
    ----------
    claim : str
        One of :data:`CLAIMS`.
    wave : str, optional

    Returns
    -------
    float
        Share of the draws with at least as many cases as claimed, the true one among them.

    Notes
    -----
    Cases hang together as the true ones do. A drawn sender or host stays one in all its pairs and industries of a
    wave. For a claim of :data:`OF_ALL` one order of all economies is drawn, and in every wave the first of it that
    count are taken, as many as the claim speaks of: who is drawn in one wave is drawn in the next.
    """
    totals, true = (_groups if claim in OF_ALL else _sides)(
        claim, [one for one in windows() if wave in (None, one.wave)]
    )
    return float((1 + (totals >= true).sum()) / (1 + DRAWS))


def _sides(claim: str, among: list[Window]) -> tuple[np.ndarray, int]:
    """Return how many cases hold in each draw of senders and hosts, and how many truly do."""
    rng, totals, true = np.random.default_rng(1), np.zeros(DRAWS), 0
    for window in among:
        makers = window.makers()
        all_ = Found()
        CLAIMS[claim].ask(Window(window.wave, window.source, window.first, window.last, (*makers,), (*makers,)), all_)
        senders, hosts = len(window.senders), len(window.receiving())
        place = {code: number for number, code in enumerate(makers)}
        drawn_as = [rng.permutation(len(makers)) for _ in range(DRAWS)]
        for what in dict.fromkeys(case.what for case in all_.cases):
            held = np.zeros((len(makers),) * 2 if len(all_.cases[0].who) == 2 else len(makers))
            for case in all_.cases:
                if case.what == what:
                    held[tuple(place[code] for code in case.who)] = case.held
            for number, order in enumerate(drawn_as):
                sent, received = order[:senders], order[senders : senders + hosts]
                if held.ndim == 2:
                    totals[number] += held[np.ix_(sent, received)].sum()
                else:
                    totals[number] += held[received if _of_hosts(claim, what) else sent].sum()
        true += sum(case.held for case in found(claim).judged_cases() if case.wave == window.wave)
    return totals, true


def _groups(claim: str, among: list[Window]) -> tuple[np.ndarray, int]:
    """Return how many cases hold in each draw of the economies of whom a claim speaks, and how many truly do."""
    codes = sorted({code for window in windows() for code in window.makers()})
    orders = np.random.default_rng(1).random((DRAWS, len(codes)))
    totals, true = np.zeros(DRAWS), 0
    for window in among:
        all_ = Found()
        CLAIMS[claim].ask(Window(window.wave, window.source, window.first, window.last, (), ()), all_)
        held = {case.who[0]: case.held for case in (*all_.cases, *all_.others)}
        spoken = [case.held for case in found(claim).judged_cases() if case.wave == window.wave]
        here = [place for place, code in enumerate(codes) if code in held]
        first = np.argsort(orders[:, here], axis=1, kind="stable")[:, : len(spoken)]
        totals += np.array([held[codes[place]] for place in here], dtype=float)[first].sum(axis=1)
        true += sum(spoken)
    return totals, true


def _of_hosts(claim: str, what: str) -> bool:
    """Say whether the cases of a claim are hosts, and not senders."""
    return claim in ("sequence", "lock_in") or what.endswith(", hosts")


def turned() -> list[str]:
    """Claims whose verdict is another one if its chance is that of :func:`drawn`."""
    return [
        claim
        for claim in CLAIMS
        if judged(counted(claim).held, counted(claim).of, drawn(claim)) != counted(claim).verdict
    ]


def alike(claim: str, wave: str | None = None) -> int:
    """Of the nine choices of years return how many give the verdict that the whole windows give."""
    due = counted(claim, wave=wave).verdict
    return sum(counted(claim, cut, wave).verdict == due for cut in product(CUTS, CUTS))


def lead() -> pd.DataFrame:
    """Return how much more often a claim holds than among bystanders, by wave.

    Returns
    -------
    DataFrame
        Columns claim, wave, value; percentage points. A wave without cases is missing.
    """
    rows = [
        (claim, wave, 100 * (here.held - here.expected) / here.of)
        for claim, wave in product(CLAIMS, SIDES)
        if (here := counted(claim, wave=wave)).of
    ]
    return pd.DataFrame(rows, columns=["claim", "wave", "value"])


def grid() -> pd.DataFrame:
    """Lay out every claim in every wave for each of the nine economies of the waves.

    Returns
    -------
    DataFrame, (claim, wave) × economy
        Cases as claimed of all cases in which it takes part, "2 of 4"; of a bystander in brackets.
    """
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for claim, wave in product(CLAIMS, SIDES):
        here = found(claim)
        spoken, others = ([case for case in of if case.wave == wave] for of in (here.judged_cases(), here.others))
        row = {}
        for code in waves_by_industry.ECONOMIES:
            mine, beside = ([case.held for case in of if code in case.who] for of in (spoken, others))
            if claim == "cycle":  # of whom the claim does not say whether its balance should rise or fall
                beside = []
            row[code] = _said(mine, "{} of {}") or _said(beside, "({} of {})") or "–"
        if spoken:
            cells[claim, wave] = row
    return pd.DataFrame(cells).T.rename_axis(index=["claim", "wave"])


def _said(held: list[bool], how: str) -> str:
    return how.format(sum(held), len(held)) if held else ""
