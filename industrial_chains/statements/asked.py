"""What statements have in common: a source that is asked, checks, and the sentences that they say."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Literal

import pandas as pd

from exhibits.text import Message
from industrial_chains import article
from industrial_chains import economies as eco
from industrial_chains.industry_groups import FLOCK
from industrial_chains.sources import (
    ADB,
    OECD,
    SOURCES,
    Side,
    Source,
    Years,
    silent,
)
from industrial_chains.uncertainty.resampling import Redrawn

#: The span of the article's Table 1, and the two years of its Table 3.
FIRST, BEFORE, LAST = 2007, 2017, 2021
#: A change over at least `WHOLE` years of a span speaks of it. One over fewer stands beside it, and over fewer than
#: `PART` it is no trend.
WHOLE, PART = 10, 3
#: Years in which the figures of a source break, so that trends start there. In 2018 ADB's figures double what the
#: United States supply to Japan and Korea.
BREAKS = {ADB.name: 2018}
SIDES: tuple[Side, ...] = ("exports", "imports")


class _Unsaid(Message):
    """No words. All of them are the same, so that they can be no keys."""

    __hash__ = None  # type: ignore[assignment]


_UNSAID = _Unsaid("")
_unsaid = ContextVar("_unsaid", default=False)


@contextmanager
def unsaid() -> Iterator[None]:
    """Let checks say nothing meanwhile: to compose sentences that nobody reads takes longer than to compare."""
    before = _unsaid.set(True)
    try:
        yield
    finally:
        _unsaid.reset(before)


def sentence(words: str, *parts: object) -> Message:
    """Put names and numbers into the places of a sentence, ``{0}``.

    A part that is such a sentence itself becomes part of this one, so that another language can order all of it.

    Examples
    --------
    >>> sentence("{0} {1} in {2}", sentence("{0} in {1}", "China", "Mexico"), "12.5", 2021).message
    '{0} in {1} {2} in {3}'
    """
    if _unsaid.get():
        return _UNSAID
    places: list[str] = []
    filled: list[str] = []
    for part in parts:
        inner, own = (part.message, part.parts) if isinstance(part, Message) else ("{0}", (str(part),))
        places.append(inner.format(*(f"{{{len(filled) + at}}}" for at in range(len(own)))))
        filled += own
    return Message(words.format(*places), *filled)


def in_turn(sentences: Iterable[Message]) -> Message:
    """Put sentences one after the other into one, with commas between."""
    every = list(sentences)
    return sentence(", ".join(f"{{{at}}}" for at in range(len(every))), *every)


def number(value: float, digits: int = 1) -> str:
    """Write a number as evidence has it."""
    return f"{value:.{digits}f}"


def points(value: float) -> str:
    """Write a change as evidence has it, with its sign."""
    return f"{value:+.1f}".replace("-", "−")


def _file(name: str, estimates: range = range(0)) -> Source:
    """Name a file of ``data/frontier`` as a source; it holds no flows of a panel."""
    columns = ["source", "year", "flow", "origin", "destination", "value"]
    return Source(name, name, "", lambda: pd.DataFrame(columns=columns), estimates=estimates)


#: What answers statements on the years since 2018 beside the panels.
GOODS_SOLD, LAST_STAGE = _file("OECD, goods"), _file("OECD, last stage", OECD.estimates)
DUTIES, MINERALS = _file("Waugh’s tracker of tariffs"), _file("CEPII BACI")
LEDGER = _file("OECD, ledger", OECD.estimates)
CHIPS = _file("UN Comtrade")
#: What customs and other offices count, most of it after the tables end.
CUSTOMS, CENSUS = _file("China’s customs"), _file("US Census")
MARKETS = _file("Exporters’ customs")
JOBS = _file("Economic Transformation Database")
PUBLISHED, DEALS = _file("OECD, published indicators"), _file("China Global Investment Tracker")
#: What the trade model answers of :mod:`industrial_chains.trade_model`.
MODEL = _file("Trade model")
ALL = (
    *(*SOURCES, GOODS_SOLD, LAST_STAGE, DUTIES, MINERALS, LEDGER, CHIPS, CUSTOMS, CENSUS, MARKETS, JOBS),
    *(PUBLISHED, DEALS, MODEL),
)


TEXTILES, ELECTRONICS, MACHINES, VEHICLES = FLOCK
MEASURE_WORDS = {"fva_share": "foreign value added", "imint_share": "imported intermediates"}


#: Of what a comparison speaks: which way something moved, how large it is, or which of two is larger.
Aspect = Literal["direction", "size", "rank"]


@dataclass(frozen=True)
class Check:
    """One comparison.

    Parameters
    ----------
    says : Message
        Its numbers in words, as :func:`sentence` puts them together.
    holds : bool
        Whether it speaks for the statement.
    years : tuple of int
        First and last year that it compares.
    beside : bool
        Whether these are other years than those of which the statement speaks.
    aspect : {"direction", "size", "rank"}
        Of what it speaks.
    """

    says: Message
    holds: bool
    years: tuple[int, ...] = ()
    beside: bool = False
    aspect: Aspect = "direction"

    @property
    def when(self) -> str:
        """Its years in words."""
        return "–".join(map(str, sorted({self.years[0], self.years[-1]}))) if self.years else ""


@dataclass(frozen=True)
class Terms:
    """Choices of the book that move verdicts, see :func:`chapters.northeast_asia.claims.by_terms`.

    Parameters
    ----------
    clear : float
        A change smaller than this part of where it began is not clear.
    far : float
        A number exceeds another by far if it is more than so many times as large.
    near : float
        A share is near a stated one within so many points.
    among : int
        So many of the largest partners are main partners.
    important : int
        So many of the largest partners are important ones.
    union : tuple of str
        Economies that count as one partner; none, since the article ranks by country.
    """

    clear: float = 0.1
    far: float = 1.5
    near: float = 2.0
    among: int = 3
    important: int = 5
    union: tuple[str, ...] = ()


TERMS = Terms()


@dataclass(frozen=True, eq=False)
class Inquiry:
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
        """Return the years to compare, each with whether it stands beside the verdict: all but 2021 do."""
        years = list(known)
        if not years:
            raise silent(self.of.name, "a year", "none")
        wanted = dict.fromkeys((LAST, BEFORE, max(years)))
        return [(year, year != LAST) for year in wanted if year in years]

    # -- comparisons ----------------------------------------------------------------------------------------------

    def rose(self, label: Message, values: Years, first: int = FIRST, last: int = LAST, *, least: int = WHOLE) -> Check:
        """Whether something rose over some years, by more than rounding."""
        start, end = self.ends(values, first, last)
        holds = values[end] - values[start] > self.base.rounding(1)
        return Check(path(label, values, start, end), holds, (start, end), beside=end - start < least)

    def grew(self, label: Message, values: Years, first: int = FIRST, last: int = LAST) -> Check:
        """Whether it grew clearly."""
        start, end = self.ends(values, first, last)
        holds = values[end] / values[start] - 1 > self.terms.clear
        return Check(path(label, values, start, end), holds, (start, end), beside=end - start < WHOLE, aspect="size")

    def exceeds(
        self,
        year: int,
        first: tuple[Message, float],
        second: tuple[Message, float],
        *,
        by: float = 0.0,
        times: float = 1.0,
        digits: int = 1,
        beside: bool = False,
    ) -> Check:
        """Whether the first exceeds the second, by an amount or several times."""
        numbers = [number(value, digits) for _, value in (first, second)]
        says = sentence("{0} {1} {2}, {3} {4}", year, first[0], numbers[0], second[0], numbers[1])
        aspect: Aspect = "rank" if times == 1 else "size"
        return Check(says, first[1] > times * second[1] + by, (year,), beside, aspect)

    @property
    def base(self) -> Source:
        """The source, its numbers as they are."""
        return self.of.source if isinstance(self.of, Redrawn) else self.of

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
        """Return the share of some economies in it; percent."""
        shares, wanted = self._world(flow, group), list(codes)
        if not set(wanted) <= set(shares):
            raise silent(self.of.name, ", ".join(wanted), "not all of them")
        # By numpy, since this is asked thousands of times.
        total = shares.to_numpy()[:, shares.columns.get_indexer(pd.Index(wanted))].sum(axis=1)
        return self.of.known(dict(zip(shares.index, total, strict=True)), wanted)

    def partners(self, economy: str, of: Side, year: int, flow: str = "va_final_demand") -> pd.Series:
        """Partners of an economy, the largest first; without China nothing can be said of them."""
        partners = self.of.partners(economy, of, year, flow, self.terms.union)
        if "CHN" not in {economy, *partners.index.tolist()}:
            raise silent(self.of.name, "China", ", ".join(partners.index))
        return partners

    def share(self, origin: str, host: str, measure: str = "fva_share") -> Years:
        """Share of an origin in a host, with the number of 2007 that the article has in its text only; percent."""
        share = self.of.share(origin, host, measure)
        if not self.base.printed or (origin, host, measure) != ("CHN", "ASEAN", "fva_share"):
            return share
        return Years({FIRST: article.figure("fva_share_asean", "CHN", FIRST, "ASEAN"), **share})

    def needs(self, *codes: str) -> None:
        """Ask on only if the source shows these economies."""
        if not self.of.economies.issuperset(codes):
            raise silent(self.of.name, ", ".join(codes), "not all of them")


def path(label: Message, values: Years, start: int, end: int, digits: int = 1) -> Message:
    """Say where something began and where it ended."""
    then, now = (number(values[year], digits) for year in (start, end))
    return sentence("{0} {1} ({2}) to {3} ({4})", label, then, start, now, end)


Test = Callable[[Inquiry], Iterator[Check]]
TESTS: dict[str, Test] = {}


def claim(test: Test) -> Test:
    """Register a test under its own name, which is the statement's id."""
    TESTS[test.__name__] = test
    return test


def answers(file: Source) -> Callable[[Test], Test]:
    """Put a statement to one file alone."""

    def only(test: Test) -> Test:
        @wraps(test)
        def asked(ask: Inquiry) -> Iterator[Check]:
            if ask.base is file:
                yield from test(ask)

        return claim(asked)

    return only


def change(label: Message, values: Years, start: int, end: int, *, rises: bool) -> Check:
    """Whether a share rose, or fell, as the two numbers are printed."""
    then, now = (round(values[year], 1) for year in (start, end))
    return Check(path(label, values, start, end), now > then if rises else now < then, (start, end))
