"""The article's statements put to the numbers: one function a statement, the same for every source that can answer.

A function yields checks. Those on the years of which the statement speaks make its verdict; those on other years stand
beside it. What stands in ``data/article/claims.yml`` is words: what the article says, where, what would make it true,
whether that must be so of each, and a judgement for the verdict that the numbers give.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, wraps
from itertools import permutations, product
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
import yaml

from exhibits.text import Told
from gvc import economies as eco
from gvc import panel
from gvc.errors import GvcError
from industrial_chains import article, doubt, since
from industrial_chains.article import HOSTS, NEA, PARTNERS
from industrial_chains.look import names
from industrial_chains.redrawn import Redrawn, off
from industrial_chains.sectors import CARS, FLOCK, GOODS, MANUFACTURING
from industrial_chains.sources import (
    ADB,
    ARTICLE,
    OECD,
    SOURCES,
    UNION,
    WIOD,
    Side,
    SilentError,
    Source,
    Tie,
    Years,
    silent,
)

#: The span of the article's Table 1, and the two years of its Table 3.
FIRST, BEFORE, LAST = 2007, 2017, 2021
#: What covers this many years of a span speaks of it; what covers fewer stands beside it, and two years are no trend.
WHOLE, PART = 10, 3
#: Where figures of a source do not join: trends start after it. In 2018 ADB's figures double what the United States
#: supply to Japan and Korea.
BREAKS = {ADB.name: 2018}
#: How often numbers are drawn anew, and from which seed.
DRAWS, SEED = 100, 2025
SIDES: tuple[Side, ...] = ("exports", "imports")
NONE = pd.Series(dtype=float)


def _file(name: str, estimates: range = range(0)) -> Source:
    """Name a file of ``data/frontier`` as a source; it holds no flows of a panel."""
    columns = ["source", "year", "flow", "origin", "destination", "value"]
    return Source(name, name, "", lambda: pd.DataFrame(columns=columns), estimates=estimates)


#: What answers statements on the years since 2018 beside the panels.
GOODS_SOLD, LAST_STAGE = _file("OECD, goods"), _file("OECD, last stage", OECD.estimates)
DUTIES, MINERALS = _file("Waugh’s tracker of tariffs"), _file("CEPII BACI")
ALL = (*SOURCES, GOODS_SOLD, LAST_STAGE, DUTIES, MINERALS)


class Verdict(StrEnum):
    """What the numbers say of a statement."""

    HOLDS = "holds"
    FITS = "fits, cause not shown"
    PARTLY = "holds in part"
    RARELY = "mostly does not hold"
    FAILS = "does not hold"
    UNTESTED = "cannot be tested here"


#: One colour a verdict.
COLOURS = {
    "holds": "#0aa568",
    "fits, cause not shown": "#2a78b5",
    "holds in part": "#b48709",
    "mostly does not hold": "#b44812",
    "does not hold": "#ab486c",
    "cannot be tested here": "#909099",
}


@dataclass(frozen=True)
class Check:
    """One comparison.

    Parameters
    ----------
    says : str
        Its numbers in words.
    holds : bool
        Whether it speaks for the statement.
    years : tuple of int
        First and last year that it compares.
    beside : bool
        Whether these are other years than those of which the statement speaks.
    """

    says: str
    holds: bool
    years: tuple[int, ...] = ()
    beside: bool = False

    @property
    def when(self) -> str:
        """Its years in words."""
        return "–".join(map(str, sorted({self.years[0], self.years[-1]}))) if self.years else ""


@dataclass(frozen=True)
class Terms:
    """The book's own choices: what they are moves verdicts, see :func:`by_terms`.

    Parameters
    ----------
    clear : float
        A change smaller than this part of where it began is not clear.
    far : float
        What exceeds another by this factor exceeds it by far.
    near : float
        So many points from a stated share another is near it.
    among : int
        The main partners are the so many largest.
    union : tuple of str
        Economies that count as one partner.
    """

    clear: float = 0.1
    far: float = 1.5
    near: float = 2.0
    among: int = 3
    union: tuple[str, ...] = UNION


TERMS = Terms()


@dataclass(frozen=True, eq=False)
class Asked:
    """A source to which statements are put, and what they compare in it."""

    of: Source | Redrawn
    terms: Terms = TERMS

    # -- years ----------------------------------------------------------------------------------------------------

    def ends(self, values: Years, first: int = FIRST, last: int = LAST) -> tuple[int, int]:
        """First and last year in a span, after a break; fewer than four years tell no trend."""
        first = max(first, BREAKS.get(self.of.name, first))
        within = [year for year in values if first <= year <= last]
        if not within or within[-1] - within[0] < PART:
            raise silent("years", f"four years between {first} and {last}", ", ".join(map(str, values)))
        return within[0], within[-1]

    def moments(self, known: Iterable[int]) -> list[tuple[int, bool]]:
        """Return the year of the article's numbers; beside it the one that it compares with, and the last there is."""
        years = list(known)
        if not years:
            raise silent(self.of.name, "a year", "none")
        wanted = dict.fromkeys((LAST, BEFORE, max(years)))
        return [(year, year != LAST) for year in wanted if year in years]

    # -- comparisons ----------------------------------------------------------------------------------------------

    def rose(self, label: str, values: Years, measure: str = "fva_share", *, alone: bool = True) -> Check:
        """Whether it rose over the article's span by more than both ends may be off."""
        start, end = self.ends(values)
        least = self.base.rounding(1) + sum(off(self.base, measure, y, values[y], alone=alone) for y in (start, end))
        return self._over(_path(label, values, start, end), values[end] - values[start] > least, start, end)

    def grew(self, label: str, values: Years, first: int = FIRST, last: int = LAST, *, least: int = WHOLE) -> Check:
        """Whether it grew clearly."""
        start, end = self.ends(values, first, last)
        holds = values[end] / values[start] - 1 > self.terms.clear
        return self._over(_path(label, values, start, end), holds, start, end, least)

    def _over(self, says: str, holds: bool, start: int, end: int, least: int = WHOLE) -> Check:
        return Check(says, holds, (start, end), beside=end - start < least)

    def exceeds(
        self,
        year: int,
        first: tuple[str, float],
        second: tuple[str, float],
        *,
        by: float = 0.0,
        times: float = 1.0,
        digits: int = 1,
        beside: bool = False,
    ) -> Check:
        """Whether the first exceeds the second, by an amount or several times."""
        says = f"{year} {first[0]} {first[1]:.{digits}f}, {second[0]} {second[1]:.{digits}f}"
        return Check(says, first[1] > times * second[1] + by, (year,), beside)

    @property
    def base(self) -> Source:
        """The source, its numbers as they are."""
        return self.of.source if isinstance(self.of, Redrawn) else self.of

    def unsure(self, year: int) -> float:
        """Return what two links must differ by to differ for certain: what each is known to be off by."""
        return max(self.base.rounding(3), 2 * float(np.nan_to_num(doubt.size(self.base, "link", year))))

    # -- what several statements ask ------------------------------------------------------------------------------

    def world(self, flow: str, group: str) -> pd.DataFrame:
        """Each named economy's share in the world's flow of a group of industries, year × economy; percent."""
        return self._world(flow, group).drop(columns=eco.ROW, errors="ignore")

    def _world(self, flow: str, group: str) -> pd.DataFrame:
        shares: pd.DataFrame = self.of.world_shares(flow, group)
        if not {"CHN", "USA"} <= set(shares):
            raise silent(self.of.name, "China and the United States", ", ".join(map(str, shares)))
        return shares

    def world_share(self, codes: Iterable[str], flow: str, group: str) -> Years:
        """Of that the share of some economies."""
        shares, wanted = self._world(flow, group), list(codes)
        if not set(wanted) <= set(shares):
            raise silent(self.of.name, ", ".join(wanted), "not all of them")
        # By numpy, since this is asked thousands of times.
        total = np.sum([shares[code].to_numpy() for code in wanted], axis=0)
        return self.of.known(dict(zip(shares.index, total, strict=True)), wanted)

    def partners(self, economy: str, of: Side, year: int, flow: str = "va_final_demand") -> pd.Series:
        """Partners of an economy, the largest first; without China nothing can be said of them."""
        partners = self.of.partners(economy, of, year, flow, self.terms.union)
        if "CHN" not in {economy, *partners.index}:
            raise silent(self.of.name, "China", ", ".join(partners.index))
        return partners

    def as_stated(self, share: Years, origin: str, host: str) -> Iterator[Check]:
        """Whether another source has the share of 2021 near that of the article's tables."""
        stated = ARTICLE.share(origin, host)[LAST]
        if not self.base.printed and LAST in share:
            says = f"{share[LAST]:.1f} in {LAST}, as stated {stated:.1f}"
            yield Check(says, abs(share[LAST] - stated) <= self.terms.near, (LAST,))

    def towards_china(self, partner: str) -> Iterator[Check]:
        """Whether the partner's link to China exceeds China's to the partner."""
        to, back = self.of.link(partner, "CHN"), self.of.link("CHN", partner)
        for year, beside in self.moments(sorted(to.keys() & back.keys())):
            label = f"{names.economy(partner)} → China"
            first, second = (label, to[year]), ("back", back[year])
            yield self.exceeds(year, first, second, by=self.unsure(year), digits=2, beside=beside)

    def china_in_asean(self) -> Years:
        """With the number of 2007 that the article has in its text only."""
        share = self.of.share("CHN", "ASEAN")
        early = {FIRST: article.figure("fva_share_asean", "CHN", FIRST, "ASEAN")} if self.base.printed else {}
        return Years({**early, **share})

    def needs(self, *codes: str) -> None:
        """Ask on only if the source shows these economies."""
        if not self.of.economies.issuperset(codes):
            raise silent(self.of.name, ", ".join(codes), "not all of them")


def _path(label: str, values: Years, start: int, end: int, digits: int = 1) -> str:
    return f"{label} {values[start]:.{digits}f} ({start}) to {values[end]:.{digits}f} ({end})"


# -- verdicts -----------------------------------------------------------------------------------------------------


@cache
def statements() -> list[dict[str, Any]]:
    """Read the statements, in our own words."""
    text = (panel.DATA / "article" / "claims.yml").read_text("utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def verdict(answers: Iterable[Iterable[Check]], *, cause: bool = False, each: bool = False) -> Verdict:
    """Sum checks up: all, most, few, none, or nothing to go by.

    Parameters
    ----------
    answers : iterable of iterable of Check
        Those of each source; those on other years are passed over.
    cause : bool
        Whether the statement is about a cause. Numbers can fit it, and they do not show it.
    each : bool
        Whether what makes the statement true must be so of each: one check against it then makes a source deny it.
    """
    by_source = [held for checks in answers if (held := [check.holds for check in checks if not check.beside])]
    held = [all(one) for one in by_source] if each else [holds for one in by_source for holds in one]
    if not held:
        return Verdict.UNTESTED
    if all(held):
        return Verdict.FITS if cause else Verdict.HOLDS
    if not any(held):
        return Verdict.FAILS
    return Verdict.PARTLY if 2 * sum(held) >= len(held) else Verdict.RARELY


def audit(of: Iterable[Source] = ALL, terms: Terms = TERMS) -> pd.DataFrame:
    """Put every statement to every source.

    Parameters
    ----------
    of : iterable of Source, optional
        Those of the book by default.
    terms : Terms, optional

    Returns
    -------
    DataFrame by id
        Columns part, where, kind, says, criterion, verdict, held (``7 of 8`` checks), speaking (the same as a number
        between 0 and 1, NaN where nothing was checked), asked (the sources that answered), beside (``2017: 2 of 4``,
        checks on other years), evidence (numbers in words, by source, estimates under their own name) and judgement
        (empty where none is written for the verdict). In the order of the article.

    Raises
    ------
    GvcError
        If a statement has neither a function nor a reason why it cannot have one, or a function no statement.
    """
    asked, rows = [Asked(source, terms) for source in of], statements()
    unmatched = {row["id"] for row in rows if "untested" not in row} ^ set(TESTS)
    if unmatched:
        raise GvcError(
            "claims.yml",
            expected="a function in chapters/claims.py for each statement, or the reason why none can be",
            found=", ".join(sorted(unmatched)),
            remedy="Give both the same name.",
        )
    audited = []
    for row in rows:
        answers = [(source.base, ask(row["id"], source)) for source in asked]
        found = _sum_up(row, (checks for _, checks in answers))
        own = [check for _, checks in answers for check in checks if not check.beside]
        words = {
            "beside": _beside(check for _, checks in answers for check in checks),
            "evidence": _evidence(answers),
            "judgement": row["untested"] if "untested" in row else row["judgement"].get(found.value, ""),
        }
        numbers = {
            "held": f"{sum(check.holds for check in own)} of {len(own)}" if own else "",
            "speaking": fmean(check.holds for check in own) if own else float("nan"),
            "asked": ", ".join(dict.fromkeys(source.name for source, checks in answers if checks)),
        }
        audited.append({**row, "verdict": found.value, **numbers, **words})
    columns = ["part", "where", "kind", "says", "criterion", "verdict", "held", "speaking", "asked", *words]
    return pd.DataFrame(audited).set_index("id")[columns]


def _sum_up(row: dict[str, Any], answers: Iterable[Iterable[Check]]) -> Verdict:
    return verdict(answers, cause=row["kind"] == "cause", each=row.get("each", False))


def _evidence(answers: Iterable[tuple[Source, list[Check]]]) -> str:
    """Say what each source says, that on other years last; what rests on estimates stands under that name."""
    said: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    for source, checks in answers:
        for check in checks:
            estimated = any(source.kind(year) == "estimate" for year in check.years)
            name = f"{source.name}, estimates" if estimated else source.name
            said[check.beside].setdefault(name, []).append(check.says)
    own, others = (" ".join(f"{name}: {'; '.join(says)}." for name, says in part.items()) for part in said.values())
    return " ".join(filter(None, (own, others and f"Other years. {others}"))).replace(" -", " −")


def _beside(checks: Iterable[Check]) -> str:
    """Count the checks on other years, year by year."""
    held: dict[str, list[bool]] = {}
    for check in checks:
        if check.beside:
            held.setdefault(check.when, []).append(check.holds)
    return ", ".join(f"{when}: {sum(held[when])} of {len(held[when])}" for when in sorted(held, reverse=True))


def ask(name: str, source: Asked) -> list[Check]:
    """Return what a source says of a statement: nothing where it cannot answer, in whole or in part."""
    found: list[Check] = []
    with suppress(SilentError):
        found.extend(TESTS[name](source) if name in TESTS else ())
    return found


def survival(of: Collection[Source] = SOURCES, draws: int = DRAWS) -> pd.Series:
    """Return how often each verdict stays when the numbers are drawn anew, see `redrawn.Redrawn`.

    Returns
    -------
    Series by id
        Percent of the draws; NaN where nothing can be tested, or is no measurement.
    """
    tested = [row for row in statements() if "untested" not in row and row["kind"] != "identity"]
    answers = {row["id"]: {source: ask(row["id"], Asked(source)) for source in of} for row in tested}
    before = {row["id"]: _sum_up(row, answers[row["id"]].values()) for row in tested}
    # Who says nothing of the years that count is not asked again.
    able = {
        name: [source for source, checks in said.items() if not all(check.beside for check in checks)]
        for name, said in answers.items()
    }
    stayed: Counter[str] = Counter()
    for random in np.random.default_rng(SEED).spawn(draws):
        drawn = {source: Asked(Redrawn(source, random)) for source in of}
        for row in tested:
            found = _sum_up(row, (ask(row["id"], drawn[source]) for source in able[row["id"]]))
            stayed[row["id"]] += found == before[row["id"]]
    known = {name: 100 * stayed[name] / draws for name in before if able[name]}
    return pd.Series(known, dtype=float).reindex([row["id"] for row in statements()]).rename("stays")


#: What else the book could have chosen.
OTHER_TERMS = {
    "Clear: from 5 per cent": Terms(clear=0.05),
    "Clear: from 20 per cent": Terms(clear=0.2),
    "By far: from 1.25 times": Terms(far=1.25),
    "By far: from 2 times": Terms(far=2.0),
    "Near: within 3 points": Terms(near=3.0),
    "Main partners: first four": Terms(among=4),
    "EU members one by one": Terms(union=()),
}


@cache
def _otherwise() -> dict[str, pd.Series]:
    """Reach every verdict by other terms, and by one database alone."""
    ways: dict[str, tuple[Iterable[Source], Terms]] = {
        "As the book asks": (ALL, TERMS),
        **{way: (ALL, terms) for way, terms in OTHER_TERMS.items()},
        **{f"{source.name} alone": ([source], TERMS) for source in (ARTICLE, ADB, OECD, WIOD)},
    }
    return {way: audit(*how)["verdict"] for way, how in ways.items()}


def by_terms() -> pd.DataFrame:
    """Count verdicts by other terms, and by one database alone.

    Returns
    -------
    DataFrame
        Columns asked (what is different), verdict, statements; those that cannot be tested are left out.
    """
    order = [one.value for one in Verdict if one is not Verdict.UNTESTED]
    counted = {way: found.value_counts().reindex(order, fill_value=0) for way, found in _otherwise().items()}
    rows = [(way, verdict, int(number)) for way, found in counted.items() for verdict, number in found.items()]
    return pd.DataFrame(rows, columns=["asked", "verdict", "statements"])


def turned_by_terms() -> int:
    """Return how many verdicts the other terms turn at most."""
    found = _otherwise()
    return max(int((found[way] != found["As the book asks"]).sum()) for way in OTHER_TERMS)


def that_hold(way: str) -> int:
    """Return how many statements hold, or fit, by one of the ways of :func:`by_terms`."""
    return int(_otherwise()[way].isin([Verdict.HOLDS, Verdict.FITS]).sum())


def headline(audited: pd.DataFrame) -> dict[str, int]:
    """Count what the first page says of statements on ties between and within regions, and of those on the frontier."""
    # An identity is a check of the print, and no measurement.
    tested = audited[(audited["verdict"] != Verdict.UNTESTED) & (audited["kind"] != "identity")]
    ties = tested[tested["part"].isin(["Between regions", "Within the region"])]
    frontier = tested[tested["part"] == "Frontier"]
    return {
        "statements_on_ties_tested": len(ties),
        "statements_on_ties_that_hold_or_fit": int(ties["verdict"].isin([Verdict.HOLDS, Verdict.FITS]).sum()),
        "statements_on_the_frontier_tested": len(frontier),
        "statements_on_the_frontier_against": int(frontier["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
    }


def then(audited: pd.DataFrame, year: int) -> pd.Series:
    """Say of statements that hold, and can be asked of another year, whether all their checks held in that year, too.

    Returns
    -------
    Series of bool by id
    """
    held = audited.loc[audited["verdict"] == Verdict.HOLDS, "beside"].str.extract(rf"\b{year}: (\d+) of (\d+)").dropna()
    return held[0] == held[1]


def shown(audited: pd.DataFrame, part: str | None = None) -> pd.DataFrame:
    """Lay the statements of one part of the article, or of all, out for a table.

    Parameters
    ----------
    audited : DataFrame
        As :func:`audit` returns it; with a column stays, see :func:`survival`, that is said, too.
    part : str, optional

    Returns
    -------
    DataFrame, statement × {Verdict, Other years, Holds if, Evidence, Judgement}
        Behind each statement part and section of the article.
    """
    of_part = (audited if part is None else audited[audited["part"] == part]).replace(
        {"evidence": "", "beside": ""}, "–"
    )
    columns = {
        "verdict": "Verdict",
        "beside": "Other years",
        "criterion": "Holds if",
        "evidence": "Evidence",
        "judgement": "Judgement",
    }
    section = of_part["where"].str.extract(r"(\d(?: \(\d\))?)", expand=False)
    statement = pd.Index(of_part["says"] + " [" + section + "]", name="Statement")
    held = (": " + of_part["held"]).where(of_part["held"] != "", "")
    if "stays" in of_part:
        stays = [f", stays in {share:.0f} per cent" if pd.notna(share) else "" for share in of_part["stays"]]
        held = held + pd.Series(stays, of_part.index)
    told = {column: of_part[column].map(Told) for column in ("beside", "evidence")}
    of_part = of_part.assign(verdict=of_part["verdict"] + held, **told)
    return of_part[list(columns)].rename(columns=columns).set_axis(statement)


def answered(of: Source) -> tuple[pd.DataFrame, str]:
    """Put the statements to one source alone.

    Returns
    -------
    DataFrame, str
        Those that it can answer as :func:`shown` lays them out, and how many got which verdict.
    """
    audited = audit([of]).query("evidence != ''")
    number = audited["verdict"].value_counts()
    verdicts = ", ".join(f"{number[verdict]} {verdict}" for verdict in COLOURS if verdict in number)
    return shown(audited).drop(columns="Judgement"), verdicts


def counts(audited: pd.DataFrame) -> pd.DataFrame:
    """Count verdicts by part of the article, for a chart.

    Returns
    -------
    DataFrame
        Columns part, verdict, statements; every verdict of every part, in order.
    """
    parts = list(dict.fromkeys(audited["part"]))
    every = pd.MultiIndex.from_product([parts, [one.value for one in Verdict]], names=["part", "verdict"])
    number = audited.groupby(["part", "verdict"]).size().reindex(every, fill_value=0)
    return number.rename("statements").reset_index()


Test = Callable[[Asked], Iterator[Check]]
TESTS: dict[str, Test] = {}


def _claim(test: Test) -> Test:
    """Register a test under its own name, which is the statement's id."""
    TESTS[test.__name__] = test
    return test


# -- part one: history and theory ---------------------------------------------------------------------------------


@_claim
def china_in_world_exports(ask: Asked) -> Iterator[Check]:
    share = ask.world_share(("CHN",), "gross_exports", GOODS)
    for year in (1990, 2010):
        if year in share:
            stated = article.figure("world_export_share", "CHN", year, "WLD")
            says = f"{share[year]:.1f} ({year}), as stated {stated:.1f}"
            yield Check(says, abs(share[year] / stated - 1) <= 0.2, (year,))


@_claim
def china_first_in_manufacturing(ask: Asked) -> Iterator[Check]:
    china, america = (ask.world_share((code,), "value_added", MANUFACTURING) for code in ("CHN", "USA"))
    for year, passed in ((2009, False), (2010, True)):
        if year in china:
            says = f"{year} China {china[year]:.1f}, United States {america[year]:.1f} of the world's"
            yield Check(says, (china[year] > america[year]) == passed, (year,))
    later = [year for year in china if year > 2010]
    if len(later) > 1:
        ahead = sum(china[year] > america[year] for year in later)
        says = f"China ahead in {ahead} of {len(later)} years since {later[0]}"
        yield Check(says, ahead == len(later), (later[0], later[-1]), beside=True)


@_claim
def china_host_of_the_fourth_wave(ask: Asked) -> Iterator[Check]:
    share = ask.world("value_added", MANUFACTURING)
    years = [int(year) for year in share.index if year >= 1990]
    start, end = years[0], years[-1]
    change = {str(code): float(share[code].to_dict()[end] - share[code].to_dict()[start]) for code in share}
    change = {code: points for code, points in change.items() if pd.notna(points)}
    first, second = sorted(change, key=lambda code: -change[code])[:2]
    says = f"{start} to {end} {names.economy(first)} {change[first]:+.1f} points"
    says += f", next {names.economy(second)} {change[second]:+.1f}"
    yield Check(says, first == "CHN", (start, end), beside=start > 2010)


@_claim
def geese_in_textiles(ask: Asked) -> Iterator[Check]:
    ask.needs("JPN", "CHN")
    frame = ask.of.advantage(FLOCK["Textiles, clothing and footwear"])
    first, last = int(frame.index[0]), int(frame.index[-1])
    if last - first > 2 * WHOLE:
        index = {code: _known(ask, frame, code) for code in ("JPN", "KOR", "HKG", "TWN", "CHN") if code in frame}
        peak = {code: max(values, key=values.__getitem__) for code, values in index.items()}
        between = [code for code in peak if code not in ("JPN", "CHN")]
        for before, after in [*product(["JPN"], between), *product(between, ["CHN"])]:
            says = f"peak in {names.economy(before)} {peak[before]}, in {names.economy(after)} {peak[after]}"
            yield Check(says, peak[before] < peak[after], (first, last))
        return
    senders = {"JPN": True, "KOR": True, "TWN": True}
    hosts = ("CHN", "IDN") if first < 2010 else ("IDN", "VNM", "KHM", "MMR")
    for code, falls in {**senders, **dict.fromkeys(hosts, False)}.items():
        values = _known(ask, frame, code)
        says = _path(names.economy(code), values, first, last, 2)
        yield Check(says, (values[last] < values[first]) == falls, (first, last), beside=first > 2010)


def _known(ask: Asked, frame: pd.DataFrame, code: str) -> Years:
    return ask.of.known(frame.get(code, NONE), code)


@_claim
def hollowing_out(ask: Asked) -> Iterator[Check]:
    share = ask.of.weight("value_added", MANUFACTURING)
    # Korea and Taiwan received industry before they sent it away.
    for code in ("USA", "JPN", "KOR", "TWN") if share.index[0] >= 1990 else ("USA", "JPN"):
        values = _known(ask, share, code)
        start, end = ask.ends(values, min(values), max(values))
        yield Check(_path(names.economy(code), values, start, end), values[end] < values[start], (start, end))


@_claim
def finer_division_of_labour(ask: Asked) -> Iterator[Check]:
    content = Years()
    known = ask.of.years("va_exports")
    for year in (known[0], known[-1]):
        matrix = ask.of.matrix("va_exports", year).to_numpy()
        content[year] = 100 * (1 - matrix.trace() / matrix.sum())
    start, end = ask.ends(content, *content)
    least = sum(off(ask.base, "foreign", year, content[year], alone=True) for year in content)
    says = _path("foreign value added in the world's exports", content, start, end)
    if least:
        says += f", of which an estimate may miss {least:.1f}"
    yield Check(says, content[end] - content[start] > least, (start, end))


# -- part two: the frontier ---------------------------------------------------------------------------------------


@_claim
def chains_turn_regional(ask: Asked) -> Iterator[Check]:
    for host in NEA:
        with suppress(SilentError):
            partners = tuple(code for code in NEA if code in ask.of.economies and code != host)
            share = ask.of.share(partners, host)
            yield ask.grew(f"region in {names.economy(host)}", share, BEFORE, 9999, least=PART)


#: Southern Africa as the OECD shows it.
_SOUTHERN_AFRICA = ("AGO", "COD", "ZAF")


@_claim
def japan_spreads_its_supply(ask: Asked) -> Iterator[Check]:
    inputs = "imint_share"
    named = {"ASEAN": eco.GROUPS["ASEAN10"], "India": ("IND",), "southern Africa": _SOUTHERN_AFRICA}
    for label, where in named.items():
        if set(where) <= ask.of.economies:
            share = ask.of.share(where, "JPN", inputs)
            for end in (LAST, LAST + 1):
                yield ask.grew(f"{label} in Japan's imported inputs", share, BEFORE, end, least=PART)
    china = ask.of.share("CHN", "JPN", inputs)
    for last in (LAST, LAST + 1):
        start, end = ask.ends(china, BEFORE, last)
        yield Check(_path("China", china, start, end), china[end] < china[start], (start, end))


@_claim
def japan_follows_the_united_states(ask: Asked) -> Iterator[Check]:
    ask.needs("JPN", "USA", "CHN")
    years = ask.of.years("gross_exports")
    start, end = ask.ends(Years(dict.fromkeys(years, 0.0)), BEFORE, 9999)
    sides: tuple[tuple[str, Side], ...] = (("sells", "exports"), ("buys", "imports"))
    for does, of in sides:
        shares = {year: ask.partners("JPN", of, year, "gross_exports") for year in (start, end)}
        for code, rises in (("USA", True), ("CHN", False)):
            share = Years({year: float(found.to_dict()[code]) for year, found in shares.items()})
            says = _path(f"of what Japan {does} abroad, {names.economy(code)}", share, start, end)
            # The article speaks of the years since 2023.
            yield Check(says, (share[end] > share[start]) == rises, (start, end), beside=end < 2023)


@_claim
def united_states_relies_less(ask: Asked) -> Iterator[Check]:
    ask.needs("USA")
    known = ask.of.years("intermediates")
    start, end = ask.ends(Years(dict.fromkeys(known, 0.0)), 2018, 9999)
    part = Years()
    for year in (start, end):
        bought = ask.of.matrix("intermediates", year)["USA"]
        part[year] = 100 * (1 - float(bought.to_dict()["USA"]) / float(bought.sum()))
    least = sum(off(ask.base, "foreign", year, part[year], alone=True) for year in part)
    says = f"{_path('foreign inputs', part, start, end)}, of which an estimate may miss {least:.1f}"
    yield Check(says, part[start] - part[end] > least, (start, end))
    share = ask.world_share(("USA",), "value_added", MANUFACTURING)
    says = _path("part in the world's manufacturing", share, start, end)
    yield Check(says, share[end] > share[start], (start, end))


@_claim
def cars_gain_weight(ask: Asked) -> Iterator[Check]:
    what = FLOCK["Vehicles and other transport equipment"]
    with suppress(SilentError):
        ask.world("gross_exports", CARS)
        what = CARS
    values = ask.world_share(("CHN",), "gross_exports", what)
    yield ask.grew(f"China in the world's exports of {what}", values, min(values), max(values))


_POORER = ("VNM", "KHM", "MMR", "IDN", "IND", "BGD", "PAK")
_RICHER = ("USA", "JPN", "DEU")


def _in_exported_value(ask: Asked, industry: str, codes: Iterable[str], first: int) -> tuple[Years, int, int]:
    """Share of some economies in what the world's industries earn abroad."""
    values = ask.world_share(codes, "vax", FLOCK[industry])
    return values, *ask.ends(values, first, 9999)


_TEXTILES, _ELECTRONICS, _MACHINES, _VEHICLES = FLOCK


@_claim
def double_pressure(ask: Asked) -> Iterator[Check]:
    for industry, others, who in (
        (_ELECTRONICS, _RICHER, "United States, Japan, Germany"),
        (_MACHINES, _RICHER, "United States, Japan, Germany"),
        (_TEXTILES, _POORER, "seven poorer hosts in Asia"),
    ):
        for label, codes, rises in (("China", ("CHN",), False), (who, others, True)):
            share, start, end = _in_exported_value(ask, industry, codes, BEFORE)
            says = _path(f"{FLOCK[industry]}: {label}", share, start, end)
            yield Check(says, (share[end] > share[start]) == rises, (start, end))


@_claim
def labour_intensive_first(ask: Asked) -> Iterator[Check]:
    change = {}
    for industry in FLOCK:
        share, start, end = _in_exported_value(ask, industry, ("CHN",), 2012)
        change[industry] = share[end] - share[start]
    first = _TEXTILES
    yield Check(f"{start} to {end} textiles {change[first]:+.1f} points", change[first] < 0, (start, end))
    for industry in list(FLOCK)[1:]:
        yield Check(f"{FLOCK[industry]} {change[industry]:+.1f}", change[first] < change[industry], (start, end))


@_claim
def plants_abroad_leave_chinese_suppliers(ask: Asked) -> Iterator[Check]:
    for measure, words in _MEASURES.items():
        for host in HOSTS:
            with suppress(SilentError):
                share = ask.of.share("CHN", host, measure)
                start, end = ask.ends(share, BEFORE, LAST)
                says = _path(f"China in {names.economy(host)}'s {words}", share, start, end)
                yield Check(says, share[end] < share[start], (start, end))


@_claim
def asean_first_among_hosts(ask: Asked) -> Iterator[Check]:
    for industry in (_TEXTILES, _ELECTRONICS):
        gain = {}
        for host in HOSTS:
            members = eco.GROUPS["ASEAN10"] if host == "ASEAN" else (host,)
            share, start, end = _in_exported_value(ask, industry, members, 2012)
            gain[host] = share[end] - share[start]
        words = ", ".join(f"{names.economy(host)} {gain[host]:+.1f}" for host in HOSTS)
        holds = gain["ASEAN"] > max(0, gain["IND"], gain["MEX"])
        yield Check(f"{FLOCK[industry]}, points from {start} to {end}: {words}", holds, (start, end))


@_claim
def mexico_a_springboard(ask: Asked) -> Iterator[Check]:
    share = ask.of.share("CHN", "MEX")
    start, end = ask.ends(share, min(share), 9999)
    grew = share[end] / share[start] - 1 > ask.terms.clear
    yield Check(
        _path("China in Mexico", share, start, end), grew, (start, end), beside=end - start < WHOLE or end < LAST
    )
    year, part = max(ask.of.passing("CHN", "MEX").items())
    says = f"{part:.1f} of what the United States absorbs from China passes Mexico ({year})"
    yield Check(says, part >= 10, (year,), beside=year < LAST)


# -- what files of the years since 2018 say -----------------------------------------------------------------------


def _answers(file: Source) -> Callable[[Test], Test]:
    """Put a statement to one file alone."""

    def only(test: Test) -> Test:
        @wraps(test)
        def asked(ask: Asked) -> Iterator[Check]:
            if ask.base is file:
                yield from test(ask)

        return _claim(asked)

    return only


def _change(label: str, values: Years, start: int, end: int, *, rises: bool) -> Check:
    """Whether a share rose, or fell, as the two numbers are printed."""
    then, now = (round(values[year], 1) for year in (start, end))
    return Check(_path(label, values, start, end), now > then if rises else now < then, (start, end))


@_answers(GOODS_SOLD)
def politics_moves_american_purchases(ask: Asked) -> Iterator[Check]:
    rows = since.stored("goods").query("economy != 'USA'")
    sold = rows.pivot(index="year", columns="economy", values="to_USA")
    share = ask.of.known(100 * sold["CHN"] / sold.sum(axis="columns"), "China")
    others = rows[rows["economy"] != "CHN"].groupby("year")[["from_CHN", "imports"]].sum()
    abroad = ask.of.known(100 * others["from_CHN"] / others["imports"], "China abroad")
    label = "China in American goods imports"
    yield _change(label, share, 2018, LAST + 1, rises=False)
    yield replace(_change(label, share, 2018, LAST, rises=False), beside=True)
    fell, fell_abroad = (values[LAST + 1] - values[2018] for values in (share, abroad))
    says = f"change to {LAST + 1}: {fell:+.1f} points in the United States, {fell_abroad:+.1f} in all others"
    yield Check(says, fell < fell_abroad, (2018, LAST + 1))


@_answers(MINERALS)
def rare_earths_without_china(ask: Asked) -> Iterator[Check]:
    rows = since.stored("bought").set_index(["importer", "material", "year"]).loc["USA"]
    for column, how in (("share", "value"), ("share_by_weight", "weight")):
        for material in since.MATERIALS:
            share = ask.of.known(rows[column].loc[material], material)
            yield _change(f"{material} by {how}", share, 2018, 2024, rises=False)


def _at_last_stage(codes: Iterable[str]) -> pd.DataFrame:
    """Share of some economies in the value added where final products are finished, industry × year; percent."""
    wide = since.stored("assembled").pivot(index=["industry", "year"], columns="economy", values="value")
    return (100 * wide[list(codes)].sum(axis=1) / wide.sum(axis=1)).unstack()


@_answers(LAST_STAGE)
def assembly_leaves_faster(ask: Asked) -> Iterator[Check]:
    share = _at_last_stage(["CHN"])
    for industry in FLOCK.values():
        yield _change(f"China in {industry}", ask.of.known(share.T[industry], industry), BEFORE, LAST + 1, rises=False)


@_answers(LAST_STAGE)
def hosts_take_assembly(ask: Asked) -> Iterator[Check]:
    for host in HOSTS:
        share = _at_last_stage(eco.GROUPS["ASEAN10"] if host == "ASEAN" else (host,))
        for industry in (FLOCK[_TEXTILES], FLOCK[_ELECTRONICS]):
            label = f"{names.economy(host)} in {industry}"
            yield _change(label, ask.of.known(share.T[industry], industry), BEFORE, LAST + 1, rises=True)


@_answers(DUTIES)
def mexico_pays_less_duty(ask: Asked) -> Iterator[Check]:
    rows = since.stored("duties").set_index(["date", "partner"])
    last = max(rows.index.unique("date"))
    charged = rows.loc[last].assign(now=lambda frame: frame["collected"] + frame["added"])
    for year, column in ((2024, "collected"), (int(last[:4]), "now")):
        duty = charged[column].to_dict()
        says = f"{year} duty on Mexico {duty['MEX']:.1f} percent, on China {duty['CHN']:.1f}"
        yield Check(says, duty["MEX"] < duty["CHN"] / 2, (year,))


# -- part three, between regions ----------------------------------------------------------------------------------


@_claim
def asean_rose_to_a_third(ask: Asked) -> Iterator[Check]:
    share = ask.of.share("NEA", "ASEAN")
    yield ask.rose("Northeast Asia in ASEAN", share, alone=False)
    for year, beside in ask.moments(share):
        yield Check(
            f"{share[year]:.1f} in {year} against a third",
            abs(share[year] - 100 / 3) <= ask.terms.near,
            (year,),
            beside,
        )


@_claim
def mexico_rose(ask: Asked) -> Iterator[Check]:
    share = ask.of.share("NEA", "MEX")
    yield ask.rose("Northeast Asia in Mexico", share, alone=False)
    yield from ask.as_stated(share, "NEA", "MEX")


@_claim
def mexico_rose_faster_under_tariffs(ask: Asked) -> Iterator[Check]:
    share = ask.of.share("NEA", "MEX")
    first, _ = ask.ends(share, FIRST, BEFORE)
    slow, fast = share.pace(first, BEFORE), share.pace(BEFORE, LAST)
    says = f"points a year {slow:.2f} in {first}–{BEFORE}, {fast:.2f} in {BEFORE}–{LAST}"
    yield Check(says, fast - slow > ask.base.rounding(1), (first, LAST))


#: Where plants are large: what a firm would build near its market to produce at scale.
_AT_SCALE = (_VEHICLES, _ELECTRONICS, _MACHINES)


@cache
def _at_scale_and_else(source: Source) -> tuple[Years, Years]:
    """Northeast Asia's share in the foreign value added of those industries of Mexico, and of its others."""
    rows = source.accounts("va_exports_of_industry")
    rows = rows[rows["destination"].eq("MEX")]
    scale = rows["sector"].isin([code for industry in _AT_SCALE for code in source.industries_in(FLOCK[industry])])
    every, near = rows["origin"].eq(panel.WORLD), rows["origin"].isin(NEA)
    shares = []
    for part in (scale, ~scale):
        given, whole = (rows[part & who].groupby("year")["value"].sum() for who in (near, every))
        shares.append(source.known(100 * given / whole, "MEX"))
    return shares[0], shares[1]


@_claim
def mexico_for_market_and_scale(ask: Asked) -> Iterator[Check]:
    shares = _at_scale_and_else(ask.base)
    start, end = ask.ends(shares[0])
    gain = [share[end] - share[start] for share in shares]
    yield ask.grew("Northeast Asia in Mexico's vehicles, electronics and machinery", shares[0])
    says = f"points gained there {gain[0]:.1f}, in what else Mexico exports {gain[1]:.1f}"
    yield Check(says, gain[0] > gain[1], (start, end), beside=end - start < WHOLE)
    earned = [ask.world_share(("MEX",), "vax", FLOCK[industry]) for industry in _AT_SCALE]
    part = Years({year: fmean(share[year] for share in earned) for year in earned[0]})
    yield ask.grew("Mexico in what these industries earn abroad, mean of the three", part)


@_claim
def india_rose(ask: Asked) -> Iterator[Check]:
    yield ask.rose("Northeast Asia in India", ask.of.share("NEA", "IND"), alone=False)


@_claim
def india_rose_less(ask: Asked) -> Iterator[Check]:
    gains, growth = {}, {}
    for host in HOSTS:
        share = ask.of.share("NEA", host)
        start, end = ask.ends(share)
        gains[host], growth[host] = share[end] - share[start], 100 * (share[end] / share[start] - 1)
    for label, change in (("points", gains), ("per cent", growth)):
        words = ", ".join(f"{names.economy(host)} {change[host]:+.1f}" for host in HOSTS)
        least = min(change, key=change.__getitem__) == "IND"
        yield Check(f"{start}–{end}, {label}: {words}", least, (start, end), beside=end - start < WHOLE)


def _both_shares(ask: Asked) -> dict[str, tuple[Years, Years]]:
    """Northeast Asia's two shares in each host that the source shows."""
    found = {}
    for host in HOSTS:
        try:
            found[host] = ask.of.share("NEA", host), ask.of.share("NEA", host, "imint_share")
        except SilentError:
            continue
    return found


@_claim
def inputs_moved_alike(ask: Asked) -> Iterator[Check]:
    for host, (content, inputs) in _both_shares(ask).items():
        start, end = ask.ends(inputs)
        within = [(content[year], inputs[year]) for year in inputs if start <= year <= end]
        r = float(pd.DataFrame(within).corr().to_numpy()[0, 1])
        alike = (inputs[end] > inputs[start]) == (content[end] > content[start]) and r > 0.7
        says = f"{_path(names.economy(host), inputs, start, end)}, correlation {r:.2f}"
        yield Check(says, alike, (start, end), beside=end - start < WHOLE)


@_claim
def inputs_carry_value_home(ask: Asked) -> Iterator[Check]:
    pairs = [(year, content[year], inputs[year]) for content, inputs in _both_shares(ask).values() for year in inputs]
    if not pairs:
        raise silent(ask.of.name, "both shares", "no host with both")
    years = [year for year, _, _ in pairs]
    r = float(np.corrcoef(np.array([values for _, *values in pairs]).T)[0, 1])
    says = f"correlation over {len(pairs)} hosts and years {r:.2f}"
    yield Check(says, r > 0.9, (min(years), max(years)), beside=max(years) < FIRST)


_MEASURES = {"fva_share": "foreign value added", "imint_share": "imported intermediates"}


@_claim
def closest_to_asean(ask: Asked) -> Iterator[Check]:
    for measure, words in _MEASURES.items():
        asean, india, mexico = (ask.of.share("NEA", host, measure) for host in HOSTS)
        ahead = [year for year in asean if asean[year] - max(india[year], mexico[year]) > ask.base.rounding(1)]
        says = f"{words}: ASEAN first in {len(ahead)} of {len(asean)} years"
        yield Check(says, len(ahead) == len(asean), (min(asean), max(asean)))


@_claim
def china_rose_in_asean(ask: Asked) -> Iterator[Check]:
    share = ask.china_in_asean()
    yield ask.rose("China in ASEAN", share)
    yield from ask.as_stated(share, "CHN", "ASEAN")


@_claim
def china_tied_closer_to_asean_and_mexico(ask: Asked) -> Iterator[Check]:
    for host in ("ASEAN", "MEX"):
        with suppress(SilentError):
            share = ask.of.share("CHN", host, "imint_share")
            yield ask.grew(f"China in {names.economy(host)}'s imported intermediates", share)


@_claim
def rise_in_asean_is_chinas(ask: Asked) -> Iterator[Check]:
    china, region = ask.china_in_asean(), ask.of.share("NEA", "ASEAN")
    start, end = ask.ends(china)
    own, every = china[end] - china[start], region[end] - region[start]
    says = f"{start} to {end} China {own:+.1f} points, Northeast Asia {every:+.1f}"
    yield Check(says, every > 0 and own > every / 2, (start, end), beside=end - start < WHOLE)


@_claim
def japan_and_korea_merely_fluctuated(ask: Asked) -> Iterator[Check]:
    if ask.base.printed:
        china, region = ask.china_in_asean(), ask.of.share("NEA", "ASEAN")
        share = {"the four other than China in ASEAN": Years({y: region[y] - china[y] for y in (FIRST, LAST)})}
    else:
        share = {f"{names.economy(code)} in ASEAN": ask.of.share(code, "ASEAN") for code in ("JPN", "KOR")}
    for label, values in share.items():
        start, end = ask.ends(values)
        flat = abs(values[end] / values[start] - 1) <= ask.terms.clear
        yield Check(_path(label, values, start, end), flat, (start, end), beside=end - start < WHOLE)


@_claim
def china_japan_korea_lead_in_asean(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR", "RUS")
    shares = {code: ask.of.share(code, "ASEAN") for code in NEA if code in ask.of.economies}
    for year, beside in ask.moments(shares["CHN"]):
        share = {code: values[year] for code, values in shares.items()}
        words = ", ".join(f"{names.economy(code)} {share[code]:.1f}" for code in sorted(share, key=lambda c: -share[c]))
        least = min(share[code] for code in ("CHN", "JPN", "KOR"))
        rest = max(share[code] for code in ("RUS", "MNG") if code in share)
        yield Check(f"{year} {words}", least > ask.terms.far * rest, (year,), beside)


@_claim
def china_in_india_is_low_and_flat(ask: Asked) -> Iterator[Check]:
    india = ask.of.share("CHN", "IND")
    if not ask.base.printed:
        start, end = ask.ends(india)
        flat = india[end] / india[start] - 1 <= ask.terms.clear
        yield Check(_path("China in India", india, start, end), flat, (start, end), beside=end - start < WHOLE)
    asean = ask.of.share("CHN", "ASEAN")
    for year, beside in ask.moments(asean):
        first = "China in ASEAN", asean[year]
        yield ask.exceeds(year, first, ("in India", india[year]), times=ask.terms.far, beside=beside)


@_claim
def others_in_india_lower_still(ask: Asked) -> Iterator[Check]:
    shares = {code: ask.of.share(code, "IND") for code in ("CHN", "JPN", "KOR", "RUS")}
    for year, beside in ask.moments(shares["CHN"]):
        china, *others = (shares[code][year] for code in shares)
        words = "{} China {:.1f}, Japan {:.1f}, Korea {:.1f}, Russia {:.1f}".format(year, china, *others)
        yield Check(words, china - max(others) > ask.base.rounding(2), (year,), beside)


@_claim
def two_models_of_relocation(ask: Asked) -> Iterator[Check]:
    asean, india = (ask.of.share("CHN", host, "imint_share") for host in ("ASEAN", "IND"))
    for year, beside in ask.moments(asean):
        first = "imported intermediates: China in ASEAN", asean[year]
        yield ask.exceeds(year, first, ("in India", india[year]), times=ask.terms.far, beside=beside)
    if not ask.base.printed:
        start, end = ask.ends(asean)
        gain = [share[end] - share[start] for share in (asean, india)]
        says = f"points gained from {start} to {end}: ASEAN {gain[0]:+.1f}, India {gain[1]:+.1f}"
        yield Check(says, gain[0] > max(0, gain[1]), (start, end), beside=end - start < WHOLE)


@_claim
def table_2_adds_up(ask: Asked) -> Iterator[Check]:
    if not ask.base.printed:
        raise silent(ask.of.name, "numbers as printed", "computed ones")
    for measure, words in _MEASURES.items():
        for host in HOSTS:
            whole, *parts = (ask.of.share(code, host, measure)[LAST] for code in ("NEA", *NEA))
            low, high = article.bounds(lambda whole, *parts: sum(parts) - whole, whole, *parts)
            says = f"{words}, {names.economy(host)}: {sum(parts):.1f} and {whole:.1f}"
            yield Check(says, low <= 0 <= high, (LAST,))


# -- part three, within the region --------------------------------------------------------------------------------

_CORE = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))


@_claim
def korea_passed_japan(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR")
    year = ask.of.years("gross_exports")[-1]
    trade = ask.of.matrix("gross_exports", year)
    trade = (trade["CHN"] + trade.T["CHN"]) / 1000
    yield ask.exceeds(year, ("trade with Korea", trade["KOR"]), ("with Japan", trade["JPN"]), digits=0, beside=True)


@_claim
def china_first_partner_of_korea(ask: Asked) -> Iterator[Check]:
    flow = "gross_exports"
    years = ask.of.years(flow)[-5:]
    if len(years) < 5 or years[-1] - years[0] != 4:
        raise silent(ask.of.name, "five years in a row", ", ".join(map(str, years)))
    sides: tuple[tuple[str, Side], ...] = (("sells most to", "exports"), ("buys most from", "imports"))
    for label, of in sides:
        first = [ask.partners("KOR", of, year, flow).index[0] for year in years].count("CHN")
        says = f"{years[0]}–{years[-1]} Korea {label} China in {first} of {len(years)} years"
        yield Check(says, first == len(years), (years[0], years[-1]), beside=years[-1] < LAST)


@_claim
def china_first_partner_of_japan(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN")
    flow = "gross_exports"
    year = ask.of.years(flow)[-1]
    sold, bought = (ask.partners("JPN", of, year, flow) for of in SIDES)
    trade = ask.of.matrix(flow, year)
    both = (sold * trade.T["JPN"].sum() + bought * trade["JPN"].sum()).sort_values(ascending=False, kind="stable")
    for label, first in (("buys most from", bought.index[0]), ("trades most with", both.index[0])):
        says = f"{year} Japan {label} {names.economy(str(first))}"
        yield Check(says, first == "CHN", (year,), beside=year < LAST)


@_claim
def core_links_are_high(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR")
    links = {pair: ask.of.link(*pair) for pair in permutations(PARTNERS, 2) if set(pair) <= ask.of.economies}
    for year, beside in ask.moments(links["CHN", "JPN"]):
        lowest = min(links[pair][year] for pair in _CORE)
        average = fmean(links[pair][year] for pair in links if pair not in _CORE)
        first, second = ("lowest of the four", lowest), ("average of the others", average)
        yield ask.exceeds(year, first, second, times=ask.terms.far, digits=2, beside=beside)


@_claim
def core_links_did_not_fall(ask: Asked) -> Iterator[Check]:
    for pair in _CORE:
        link = ask.of.link(*pair)
        start, end = ask.ends(link, BEFORE)
        says = _path(" → ".join(map(names.economy, pair)), link, start, end, 2)
        yield Check(says, link[end] / link[start] - 1 >= -ask.terms.clear, (start, end))


@_claim
def core_links_exceed_other_way(ask: Asked) -> Iterator[Check]:
    for partner in ("JPN", "KOR"):
        yield from ask.towards_china(partner)


@_claim
def japan_above_korea(ask: Asked) -> Iterator[Check]:
    for label, pairs in (
        ("links to China", (("JPN", "CHN"), ("KOR", "CHN"))),
        ("links from China", (("CHN", "JPN"), ("CHN", "KOR"))),
    ):
        japan, korea = (ask.of.link(*pair) for pair in pairs)
        for year, beside in ask.moments(japan):
            first, second = (f"{label}: Japan", japan[year]), ("Korea", korea[year])
            yield ask.exceeds(year, first, second, by=ask.unsure(year), digits=2, beside=beside)


@_claim
def china_main_market_of_japan_and_korea(ask: Asked) -> Iterator[Check]:
    for code, (year, beside) in product(("JPN", "KOR"), ask.moments(ask.of.years("va_final_demand"))):
        share = ask.partners(code, "exports", year)
        words = ", ".join(f"{names.economy(str(market))} {value:.1f}" for market, value in share.head(2).items())
        says = f"{year} {names.economy(code)}'s value added to {words}"
        yield Check(says, share.index[0] == "CHN", (year,), beside)


def _place(ask: Asked, whose: str, of: Side, partner: str, year: int) -> tuple[int, float]:
    """Return the place and the share of a partner."""
    share = ask.partners(whose, of, year)
    if partner not in share.index:
        raise silent(ask.of.name, partner, ", ".join(share.index))
    return list(share.index).index(partner) + 1, float(share[partner])


def _among_three(ask: Asked, pairs: Iterable[tuple[str, Side, str]]) -> Iterator[Check]:
    """Whether partners are among the main sources or markets."""
    for (whose, of, partner), (year, beside) in product(pairs, ask.moments(ask.of.years("va_final_demand"))):
        place, share = _place(ask, whose, of, partner, year)
        role = "source" if of == "imports" else "market"
        says = f"{year} {names.economy(partner)} is {names.economy(whose)}'s {role} number {place} with {share:.1f}"
        yield Check(says, place <= ask.terms.among, (year,), beside)


@_claim
def japan_and_korea_main_sources_of_china(ask: Asked) -> Iterator[Check]:
    yield from _among_three(ask, [("CHN", "imports", "JPN"), ("CHN", "imports", "KOR")])


@_claim
def china_and_the_two_matter_to_each_other(ask: Asked) -> Iterator[Check]:
    sources: list[tuple[str, Side, str]] = [("JPN", "imports", "CHN"), ("KOR", "imports", "CHN")]
    yield from _among_three(ask, [*sources, ("CHN", "exports", "JPN"), ("CHN", "exports", "KOR")])


@_claim
def china_ahead_in_russia_and_mongolia(ask: Asked) -> Iterator[Check]:
    for partner in (code for code in ("RUS", "MNG") if code in ask.of.economies):
        for label, towards in (("links to", True), ("links from", False)):
            links = {
                code: ask.of.link(*((code, partner) if towards else (partner, code))) for code in ("CHN", "JPN", "KOR")
            }
            for year, beside in ask.moments(links["CHN"]):
                first = f"{label} {names.economy(partner)}: China", links["CHN"][year]
                next_ = "next", max(links["JPN"][year], links["KOR"][year])
                yield ask.exceeds(year, first, next_, times=ask.terms.far, digits=2, beside=beside)


@_claim
def russia_and_mongolia_depend_on_china(ask: Asked) -> Iterator[Check]:
    with suppress(SilentError):
        for of, (year, beside) in product(SIDES, ask.moments(ask.of.years("va_final_demand"))):
            share = ask.partners("RUS", of, year)
            (first, one), (second, two) = list(share.items())[:2]
            words = f"{names.economy(str(first))} {one:.1f}, {names.economy(str(second))} {two:.1f}"
            yield Check(f"{year} Russia's {of}: {words}", first == "CHN", (year,), beside)
    if ask.base.printed:
        return
    suppliers = ask.of.suppliers("MNG").drop(index=[eco.ROW, "MNG"], errors="ignore")
    for year, beside in ask.moments(int(year) for year in suppliers.columns):
        (first, one), (second, two) = list(suppliers[year].nlargest(2).items())
        words = f"{names.economy(str(first))} {one:.1f}, {names.economy(str(second))} {two:.1f}"
        yield Check(f"{year} in Mongolia's exports: {words}", first == "CHN", (year,), beside)


@_claim
def more_market_than_source(ask: Asked) -> Iterator[Check]:
    for partner in (code for code in ("RUS", "MNG") if code in ask.of.economies):
        yield from ask.towards_china(partner)


@_claim
def china_the_regions_market(ask: Asked) -> Iterator[Check]:
    ask.needs("CHN")
    for code in (code for code in ("JPN", "KOR", "RUS", "MNG") if code in ask.of.economies):
        links = {other: ask.of.link(code, other) for other in PARTNERS if other in ask.of.economies and other != code}
        for year, beside in ask.moments(links["CHN"]):
            first = max(links, key=lambda other: links[other][year])
            says = f"{year} {names.economy(code)}'s strongest link in the region is to {names.economy(first)}"
            yield Check(f"{says}, {links[first][year]:.2f}", first == "CHN", (year,), beside)


@_claim
def russia_leans_on_china_as_market(ask: Asked) -> Iterator[Check]:
    yield from _leans(
        ask, ("RUS", "CHN"), ("exports", "China in Russia's exports"), ("imports", "Russia in China's imports")
    )


@_claim
def russia_leans_on_china_as_source(ask: Asked) -> Iterator[Check]:
    yield from _leans(
        ask, ("CHN", "RUS"), ("imports", "China in Russia's imports"), ("exports", "Russia in China's exports")
    )


def _leans(ask: Asked, pair: tuple[str, str], large: tuple[Side, str], small: tuple[Side, str]) -> Iterator[Check]:
    """Whether a share is large beside the one the other way, and beside what size alone would give."""
    ties: tuple[Tie, ...] = (large[0], small[0], "intensity")
    one, other, intensity = (ask.of.link(*pair, of) for of in ties)
    for year, beside in ask.moments(one):
        first, second = (large[1], one[year]), (small[1], other[year])
        yield ask.exceeds(year, first, second, times=ask.terms.far, beside=beside)
        says = f"{year} {intensity[year]:.2f} times what proportion gives"
        yield Check(says, intensity[year] - 1 > ask.terms.clear, (year,), beside)
