"""The article's statements put to the numbers: one function a statement, the same for every source that can answer.

A function yields checks. A statement holds if all checks of all sources that can answer hold, holds in part if some
do, and cannot be tested here if no source can answer. What stands in ``data/article/claims.yml`` is words: what the
article says, where, what would make it true, and a judgement for the verdict that the numbers give.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, permutations, product
from statistics import fmean
from typing import Any

import pandas as pd
import yaml

from gvc import economies as eco
from gvc import panel
from gvc.errors import GvcError
from report import article
from report.article import HOSTS, NEA, PARTNERS
from report.look import names
from report.sectors import FLOCK, GOODS, MANUFACTURING
from report.sources import SOURCES, Side, SilentError, Source, Years, silent

#: The span of the article's Table 1, and the two years of its Table 3.
FIRST, BEFORE, LAST = 2007, 2017, 2021
#: A change smaller than this part of where it began is not clear.
CLEAR = 0.1
#: What exceeds another by this factor exceeds it by far.
FAR = 1.5
SIDES: tuple[Side, ...] = ("exports", "imports")
NONE = pd.Series(dtype=float)


class Verdict(StrEnum):
    """What the numbers say of a statement."""

    HOLDS = "holds"
    PARTLY = "holds in part"
    FAILS = "does not hold"
    UNTESTED = "cannot be tested here"


#: One colour a verdict.
COLOURS = {
    "holds": "#0aa568",
    "holds in part": "#b58709",
    "does not hold": "#c8551b",
    "cannot be tested here": "#8e9196",
}


@dataclass(frozen=True)
class Check:
    """One comparison: its numbers in words, and whether it speaks for the statement."""

    says: str
    holds: bool


def statements() -> list[dict[str, Any]]:
    """Read the statements, in our own words."""
    text = (panel.DATA / "article" / "claims.yml").read_text("utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def verdict(checks: Iterable[Check], *, cause: bool = False) -> Verdict:
    """Sum checks up: all, some, none, or nothing to go by.

    A statement about a cause holds in part at best: numbers can fit it, and they do not show it.
    """
    held = [check.holds for check in checks]
    if not held:
        return Verdict.UNTESTED
    if not any(held):
        return Verdict.FAILS
    return Verdict.HOLDS if all(held) and not cause else Verdict.PARTLY


def audit(of: Iterable[Source] = SOURCES) -> pd.DataFrame:
    """Put every statement to every source.

    Parameters
    ----------
    of : iterable of Source, optional
        Those of the book by default.

    Returns
    -------
    DataFrame by id
        Columns part, where, kind, says, criterion, verdict, held (``7 of 8`` checks), speaking (the same as a number
        between 0 and 1, NaN where nothing was checked), asked (the sources that answered), evidence (numbers in words,
        by source) and judgement (empty where none is written for the verdict). In the order of the article.

    Raises
    ------
    GvcError
        If a statement has neither a function nor a reason why it cannot have one, or a function no statement.
    """
    asked, rows = list(of), statements()
    unmatched = {row["id"] for row in rows if "untested" not in row} ^ set(TESTS)
    if unmatched:
        raise GvcError(
            "claims.yml",
            expected="a function in report.chapters.claims for each statement, or the reason why none can be",
            found=", ".join(sorted(unmatched)),
            remedy="Give both the same name.",
        )
    audited = []
    for row in rows:
        answers = [(source.name, _ask(row["id"], source)) for source in asked]
        every = [check for _, checks in answers for check in checks]
        found = verdict(every, cause=row["kind"] == "cause")
        said = [f"{name}: {'; '.join(check.says for check in checks)}." for name, checks in answers if checks]
        judgement = row["untested"] if "untested" in row else row["judgement"].get(found.value, "")
        held = f"{sum(check.holds for check in every)} of {len(every)}" if every else ""
        words = {"evidence": " ".join(said).replace(" -", " −"), "judgement": judgement}
        numbers = {
            "speaking": fmean(check.holds for check in every) if every else float("nan"),
            "asked": ", ".join(name for name, checks in answers if checks),
        }
        audited.append({**row, "verdict": found.value, "held": held, **numbers, **words})
    columns = ["part", "where", "kind", "says", "criterion", "verdict", "held", "speaking", "asked", *words]
    return pd.DataFrame(audited).set_index("id")[columns]


def shown(audited: pd.DataFrame, part: str | None = None) -> pd.DataFrame:
    """Lay the statements of one part of the article, or of all, out for a table.

    Returns
    -------
    DataFrame, statement × {Verdict, Holds if, Evidence, Judgement}
        Behind each statement part and section of the article.
    """
    of_part = (audited if part is None else audited[audited["part"] == part]).replace({"evidence": ""}, "–")
    columns = {"verdict": "Verdict", "criterion": "Holds if", "evidence": "Evidence", "judgement": "Judgement"}
    section = of_part["where"].str.extract(r"(\d(?: \(\d\))?)", expand=False)
    statement = pd.Index(of_part["says"] + " [" + section + "]", name="Statement")
    held = (": " + of_part["held"]).where(of_part["held"] != "", "")
    of_part = of_part.assign(verdict=of_part["verdict"] + held)
    return of_part[list(columns)].rename(columns=columns).set_axis(statement)


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


Test = Callable[[Source], Iterator[Check]]
TESTS: dict[str, Test] = {}


def _claim(test: Test) -> Test:
    """Register a test under its own name, which is the statement's id."""
    TESTS[test.__name__] = test
    return test


def _ask(name: str, source: Source) -> list[Check]:
    """Return what a source says of a statement: nothing where it cannot answer, in whole or in part."""
    found: list[Check] = []
    with suppress(SilentError):
        found.extend(TESTS[name](source) if name in TESTS else ())
    return found


def _world(source: Source, flow: str, sectors: tuple[str, ...], year: int) -> dict[Any, float]:
    """Each named economy's share in the world's flow of some industries; percent."""
    shares = source.world_shares(flow, sectors)
    made: dict[Any, float] = shares.loc[year].dropna().to_dict() if year in shares.index else {}
    if not {"CHN", "USA"} <= set(made):
        raise silent(source.name, f"China and the United States in {year}", ", ".join(made))
    return {code: share for code, share in made.items() if code != eco.ROW}


def _partners(source: Source, economy: str, of: Side, year: int, flow: str = "va_final_demand") -> pd.Series:
    """Partners of an economy, the largest first; without China nothing can be said of them."""
    partners = source.partners(economy, of, year, flow)
    if "CHN" not in {economy, *partners.index}:
        raise silent(source.name, "China", ", ".join(partners.index))
    return partners


def _latest(source: Source) -> int:
    """Return the last year of which a source tells who absorbs whose value added."""
    return source.years("va_final_demand")[-1]


def _as_printed(source: Source) -> None:
    """Ask on only if the source is the print."""
    if not source.printed:
        raise silent(source.name, "numbers as printed", "computed ones")


def _ends(values: Years, first: int = FIRST, last: int = LAST) -> tuple[int, int]:
    """First and last year in the span; nothing shorter than four years tells a trend."""
    within = [year for year in values if first <= year <= last]
    if not within or within[-1] - within[0] < 4:
        raise silent("years", f"four years between {first} and {last}", ", ".join(map(str, values)))
    return within[0], within[-1]


def _china_in_asean(source: Source) -> Years:
    """With the number of 2007 that the article has in its text only."""
    share = source.share("CHN", "ASEAN")
    early = {FIRST: article.figure("fva_share_asean", "CHN", FIRST, "ASEAN")} if source.printed else {}
    return Years({**early, **share})


# -- comparisons --------------------------------------------------------------------------------------------------


def _path(label: str, values: Years, start: int, end: int, digits: int = 1) -> str:
    return f"{label} {values[start]:.{digits}f} ({start}) to {values[end]:.{digits}f} ({end})"


def _rose(label: str, values: Years, rounding: float = 0.0) -> Check:
    """Whether it rose over the article's span, or what the source covers of it."""
    start, end = _ends(values)
    return Check(_path(label, values, start, end), values[end] - values[start] > rounding)


def _grew(label: str, values: Years, first: int, last: int = 9999) -> Check:
    """Whether it grew clearly."""
    start, end = _ends(values, first, last)
    return Check(_path(label, values, start, end), values[end] / values[start] - 1 > CLEAR)


def _exceeds(
    first: tuple[str, float], second: tuple[str, float], *, by: float = 0.0, times: float = 1.0, digits: int = 1
) -> Check:
    """Whether the first exceeds the second, by an amount or several times."""
    says = f"{first[0]} {first[1]:.{digits}f}, {second[0]} {second[1]:.{digits}f}"
    return Check(says, first[1] > times * second[1] + by)


def _towards_china(source: Source, partner: str) -> Iterator[Check]:
    """Whether the partner's link to China exceeds China's to the partner, in both years of Table 3."""
    for year in (BEFORE, LAST):
        to, back = source.link(partner, "CHN")[year], source.link("CHN", partner)[year]
        label = f"{year} {names.economy(partner)} → China"
        yield _exceeds((label, to), ("back", back), by=source.rounding(3), digits=2)


# -- part one: history and theory ---------------------------------------------------------------------------------


@_claim
def china_in_world_exports(source: Source) -> Iterator[Check]:
    first, last = (_world(source, "gross_exports", GOODS, year)["CHN"] for year in (1995, 2010))
    stated = article.figure("world_export_share", "CHN", 2010, "WLD")
    yield Check(f"{last:.1f} (2010), as stated {stated:.1f}", abs(last - stated) <= 1)
    yield Check(f"{first:.1f} (1995) to {last:.1f} (2010)", last > 2 * first)


@_claim
def china_first_in_manufacturing(source: Source) -> Iterator[Check]:
    for year, passed in ((2009, False), (2010, True)):
        share = _world(source, "value_added", MANUFACTURING, year)
        says = f"{year} China {share['CHN']:.1f}, United States {share['USA']:.1f} of the world's"
        yield Check(says, (share["CHN"] > share["USA"]) == passed)


@_claim
def china_host_of_the_fourth_wave(source: Source) -> Iterator[Check]:
    before, after = (_world(source, "value_added", MANUFACTURING, year) for year in (1995, 2011))
    gain = {code: after[code] - before[code] for code in after if code in before}
    first, second = sorted(gain, key=lambda code: -gain[code])[:2]
    ahead, behind = names.economy(first), names.economy(second)
    says = f"1995 to 2011 {ahead} {gain[first]:+.1f} points, next {behind} {gain[second]:+.1f}"
    yield Check(says, first == "CHN")


@_claim
def geese_in_textiles(source: Source) -> Iterator[Check]:
    frame = source.advantage(next(iter(FLOCK.values())))
    for code, falls in {"JPN": True, "KOR": True, "TWN": True, "CHN": False, "IDN": False}.items():
        index = source.known(frame.get(code, NONE), code)
        yield Check(_path(names.economy(code), index, 1995, 2011, 2), (index[2011] < index[1995]) == falls)


@_claim
def hollowing_out(source: Source) -> Iterator[Check]:
    share = source.weight("value_added", MANUFACTURING)
    for code in ("USA", "JPN", "KOR", "TWN"):
        values = source.known(share.get(code, NONE), code)
        start, end = _ends(values, min(values), max(values))
        yield Check(_path(names.economy(code), values, start, end), values[end] < values[start])


@_claim
def finer_division_of_labour(source: Source) -> Iterator[Check]:
    content = Years()
    for year in source.years("va_exports"):
        matrix = source.matrix("va_exports", year)
        content[year] = 100 * (1 - matrix.to_numpy().trace() / matrix.to_numpy().sum())
    start, end = _ends(content, min(content), max(content))
    yield Check(_path("foreign value added in the world's exports", content, start, end), content[end] > content[start])


# -- part two: the frontier ---------------------------------------------------------------------------------------


@_claim
def chains_turn_regional(source: Source) -> Iterator[Check]:
    for host in NEA:
        partners = [source.share(origin, host) for origin in NEA if origin != host]
        known = sorted(set.intersection(*map(set, partners)))
        share = Years({year: sum(partner[year] for partner in partners) for year in known})
        yield _grew(f"region in {names.economy(host)}", share, BEFORE)


@_claim
def cars_gain_weight(source: Source) -> Iterator[Check]:
    share = Years({year: _world(source, "gross_exports", ("c15",), year)["CHN"] for year in (1995, 2011)})
    yield _grew("China in exports of transport equipment", share, 1995, 2011)


@_claim
def plants_abroad_leave_chinese_suppliers(source: Source) -> Iterator[Check]:
    for host in HOSTS:
        share = source.share("CHN", host)
        start, end = _ends(share, BEFORE)
        yield Check(_path(f"China in {names.economy(host)}", share, start, end), share[end] < share[start])


@_claim
def mexico_a_springboard(source: Source) -> Iterator[Check]:
    share = source.share("CHN", "MEX")
    yield _grew("China in Mexico", share, min(share))
    year, part = max(source.passing("CHN", "MEX").items())
    yield Check(f"{part:.1f} of what the United States absorbs from China passes Mexico ({year})", part >= 10)


# -- part three, between regions ----------------------------------------------------------------------------------


@_claim
def asean_rose_to_a_third(source: Source) -> Iterator[Check]:
    share = source.share("NEA", "ASEAN")
    yield _rose("Northeast Asia in ASEAN", share, source.rounding(1))
    _, end = _ends(share)
    yield Check(f"{share[end]:.1f} in {end} against a third", abs(share[end] - 100 / 3) <= 2)


@_claim
def mexico_rose(source: Source) -> Iterator[Check]:
    yield _rose("Northeast Asia in Mexico", source.share("NEA", "MEX"), source.rounding(1))


@_claim
def mexico_rose_faster_under_tariffs(source: Source) -> Iterator[Check]:
    share = source.share("NEA", "MEX")
    slow, fast = share.pace(FIRST, BEFORE), share.pace(BEFORE, LAST)
    yield Check(f"points a year {slow:.2f} to {BEFORE}, {fast:.2f} since", fast - slow > source.rounding(1))


@_claim
def india_rose(source: Source) -> Iterator[Check]:
    yield _rose("Northeast Asia in India", source.share("NEA", "IND"), source.rounding(1))


@_claim
def india_rose_less(source: Source) -> Iterator[Check]:
    gains, growth = {}, {}
    for host in HOSTS:
        share = source.share("NEA", host)
        start, end = _ends(share)
        gains[host], growth[host] = share[end] - share[start], 100 * (share[end] / share[start] - 1)
    for label, change in (("points", gains), ("per cent", growth)):
        words = ", ".join(f"{names.economy(host)} {change[host]:+.1f}" for host in HOSTS)
        yield Check(f"{label}: {words}", min(change, key=change.__getitem__) == "IND")


def _both_shares(source: Source) -> dict[str, tuple[Years, Years]]:
    """Northeast Asia's two shares in each host that the source shows."""
    found = {}
    for host in HOSTS:
        try:
            found[host] = source.share("NEA", host), source.share("NEA", host, "imint_share")
        except SilentError:
            continue
    return found


@_claim
def inputs_moved_alike(source: Source) -> Iterator[Check]:
    for host, (content, inputs) in _both_shares(source).items():
        start, end = _ends(inputs)
        within = [(content[year], inputs[year]) for year in inputs if start <= year <= end]
        r = float(pd.DataFrame(within).corr().to_numpy()[0, 1])
        alike = (inputs[end] > inputs[start]) == (content[end] > content[start])
        yield Check(f"{_path(names.economy(host), inputs, start, end)}, correlation {r:.2f}", alike and r > 0.7)


@_claim
def inputs_carry_value_home(source: Source) -> Iterator[Check]:
    pairs = [(content[year], inputs[year]) for content, inputs in _both_shares(source).values() for year in inputs]
    if not pairs:
        raise silent(source.name, "both shares", "no host with both")
    r = float(pd.DataFrame(pairs).corr().to_numpy()[0, 1])
    yield Check(f"correlation over {len(pairs)} hosts and years {r:.2f}", r > 0.9)


_MEASURES = {"fva_share": "foreign value added", "imint_share": "imported intermediates"}


@_claim
def closest_to_asean(source: Source) -> Iterator[Check]:
    for measure, words in _MEASURES.items():
        asean, india, mexico = (source.share("NEA", host, measure) for host in HOSTS)
        ahead = [year for year in asean if asean[year] - max(india[year], mexico[year]) > source.rounding(1)]
        yield Check(f"{words}: ASEAN first in {len(ahead)} of {len(asean)} years", len(ahead) == len(asean))


@_claim
def china_rose_in_asean(source: Source) -> Iterator[Check]:
    yield _rose("China in ASEAN", _china_in_asean(source), source.rounding(2))


@_claim
def china_tied_closer_to_asean_and_mexico(source: Source) -> Iterator[Check]:
    yield _grew("China in Mexico", source.share("CHN", "MEX"), FIRST, LAST)
    yield _grew("in ASEAN", source.share("CHN", "ASEAN"), FIRST, LAST)


@_claim
def rise_in_asean_is_chinas(source: Source) -> Iterator[Check]:
    china, region = _china_in_asean(source), source.share("NEA", "ASEAN")
    start, end = _ends(china)
    own, every = china[end] - china[start], region[end] - region[start]
    yield Check(f"China {own:+.1f} points, Northeast Asia {every:+.1f}", every > 0 and own > every / 2)


@_claim
def japan_and_korea_merely_fluctuated(source: Source) -> Iterator[Check]:
    for code in ("JPN", "KOR"):
        share = source.share(code, "ASEAN")
        start, end = _ends(share)
        rises = [after > before for before, after in pairwise(share[year] for year in share if start <= year <= end)]
        turns = sum(one != next_ for one, next_ in pairwise(rises))
        yield Check(
            f"{_path(f'{names.economy(code)} in ASEAN', share, start, end)}, changes of direction: {turns}", turns > 0
        )


@_claim
def china_japan_korea_lead_in_asean(source: Source) -> Iterator[Check]:
    share = {code: source.share(code, "ASEAN")[LAST] for code in NEA}
    words = ", ".join(f"{names.economy(code)} {share[code]:.1f}" for code in sorted(NEA, key=lambda code: -share[code]))
    least = min(share[code] for code in ("CHN", "JPN", "KOR"))
    yield Check(f"{LAST} {words}", least > FAR * max(share["RUS"], share["MNG"]))


@_claim
def china_in_india_is_low_and_flat(source: Source) -> Iterator[Check]:
    india = source.share("CHN", "IND")
    if not source.printed:
        start, end = _ends(india)
        yield Check(_path("China in India", india, start, end), india[end] / india[start] - 1 <= CLEAR)
    year = max(india)
    asean = source.share("CHN", "ASEAN")[year]
    yield _exceeds((f"{year} China in ASEAN", asean), ("in India", india[year]), times=FAR)


@_claim
def others_in_india_lower_still(source: Source) -> Iterator[Check]:
    year = max(source.share("CHN", "IND"))
    china, *others = (source.share(code, "IND")[year] for code in ("CHN", "JPN", "KOR", "RUS"))
    words = "China {:.1f}, Japan {:.1f}, Korea {:.1f}, Russia {:.1f}".format(china, *others)
    yield Check(f"{year} {words}", china - max(others) > source.rounding(2))


@_claim
def two_models_of_relocation(source: Source) -> Iterator[Check]:
    for measure, words in _MEASURES.items():
        asean, india = (source.share("CHN", host, measure) for host in ("ASEAN", "IND"))
        year = max(asean)
        yield _exceeds((f"{words} {year}: China in ASEAN", asean[year]), ("in India", india[year]), times=FAR)


@_claim
def table_2_adds_up(source: Source) -> Iterator[Check]:
    _as_printed(source)
    for measure, words in _MEASURES.items():
        for host in HOSTS:
            whole, *parts = (source.share(code, host, measure)[LAST] for code in ("NEA", *NEA))
            low, high = article.bounds(lambda whole, *parts: sum(parts) - whole, whole, *parts)
            yield Check(f"{words}, {names.economy(host)}: {sum(parts):.1f} and {whole:.1f}", low <= 0 <= high)


# -- part three, within the region --------------------------------------------------------------------------------

_CORE = (("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "KOR"), ("KOR", "CHN"))


@_claim
def korea_passed_japan(source: Source) -> Iterator[Check]:
    _as_printed(source)
    korea, japan = (article.figure("trade", "CHN", 2024, code) for code in ("KOR", "JPN"))
    yield _exceeds(("2024 trade with Korea", korea), ("with Japan", japan))


@_claim
def china_first_partner_of_korea(source: Source) -> Iterator[Check]:
    flow = "gross_exports"
    years = source.years(flow)[-5:]
    if len(years) < 5 or years[-1] - years[0] != 4:
        raise silent(source.name, "five years in a row", ", ".join(map(str, years)))
    sides: tuple[tuple[str, Side], ...] = (("sells most to", "exports"), ("buys most from", "imports"))
    for label, of in sides:
        first = [_partners(source, "KOR", of, year, flow).index[0] for year in years].count("CHN")
        says = f"{years[0]}–{years[-1]} Korea {label} China in {first} of {len(years)} years"
        yield Check(says, first == len(years))


@_claim
def core_links_are_high(source: Source) -> Iterator[Check]:
    others = [pair for pair in permutations(PARTNERS, 2) if pair not in _CORE]
    for year in (BEFORE, LAST):
        lowest = min(source.link(*pair)[year] for pair in _CORE)
        average = fmean(source.link(*pair)[year] for pair in others)
        yield _exceeds((f"{year} lowest of the four", lowest), ("average of the others", average), times=FAR, digits=2)


@_claim
def core_links_did_not_fall(source: Source) -> Iterator[Check]:
    for pair in _CORE:
        start, end = (source.link(*pair)[year] for year in (BEFORE, LAST))
        yield Check(f"{' → '.join(map(names.economy, pair))} {start:.2f} to {end:.2f}", end / start - 1 >= -CLEAR)


@_claim
def core_links_exceed_other_way(source: Source) -> Iterator[Check]:
    for partner in ("JPN", "KOR"):
        yield from _towards_china(source, partner)


@_claim
def japan_above_korea(source: Source) -> Iterator[Check]:
    for year in (BEFORE, LAST):
        for label, (japan, korea) in (
            ("to China", (source.link("JPN", "CHN"), source.link("KOR", "CHN"))),
            ("from China", (source.link("CHN", "JPN"), source.link("CHN", "KOR"))),
        ):
            first = f"{year} {label}: Japan", japan[year]
            yield _exceeds(first, ("Korea", korea[year]), by=source.rounding(3), digits=2)


@_claim
def china_main_market_of_japan_and_korea(source: Source) -> Iterator[Check]:
    year = _latest(source)
    for code in ("JPN", "KOR"):
        share = _partners(source, code, "exports", year)
        words = ", ".join(f"{names.economy(str(market))} {value:.1f}" for market, value in share.head(2).items())
        yield Check(f"{year} {names.economy(code)}'s value added to {words}", share.index[0] == "CHN")


@_claim
def japan_and_korea_main_sources_of_china(source: Source) -> Iterator[Check]:
    year = _latest(source)
    share = _partners(source, "CHN", "imports", year)
    for place, (code, value) in enumerate(share.items(), start=1):
        if code in ("JPN", "KOR"):
            yield Check(f"{year} {names.economy(str(code))} is source number {place} with {value:.1f}", place <= 3)


@_claim
def china_and_the_two_matter_to_each_other(source: Source) -> Iterator[Check]:
    year = _latest(source)
    sources = [("JPN", "CHN"), ("KOR", "CHN")]
    markets = [(partner, whose) for whose, partner in sources]
    for (whose, partner), role in [(pair, "source") for pair in sources] + [(pair, "market") for pair in markets]:
        share = _partners(source, whose, "imports" if role == "source" else "exports", year)
        if partner not in share.index:
            raise silent(source.name, partner, ", ".join(share.index))
        place = list(share.index).index(partner) + 1
        says = f"{names.economy(partner)} is {names.economy(whose)}'s {role} number {place} with {share[partner]:.1f}"
        yield Check(f"{year} {says}", place <= 3)


@_claim
def china_ahead_in_russia_and_mongolia(source: Source) -> Iterator[Check]:
    for year, partner in product((BEFORE, LAST), ("RUS", "MNG")):
        to = {code: source.link(code, partner)[year] for code in ("CHN", "JPN", "KOR")}
        back = {code: source.link(partner, code)[year] for code in ("CHN", "JPN", "KOR")}
        for label, links in (("to", to), ("from", back)):
            rival = max(links["JPN"], links["KOR"])
            yield _exceeds(
                (f"{year} {label} {names.economy(partner)}: China", links["CHN"]), ("next", rival), times=FAR, digits=2
            )


@_claim
def russia_and_mongolia_depend_on_china(source: Source) -> Iterator[Check]:
    for code in ("RUS", "MNG"):
        others = [other for other in PARTNERS if other != code]
        market = {other: source.link(code, other)[LAST] for other in others}
        supply = {other: source.link(other, code)[LAST] for other in others}
        for label, links in (("from", market), ("towards", supply)):
            first = max(links, key=links.__getitem__)
            says = f"strongest link {label} {names.economy(code)}: {names.economy(first)} {links[first]:.2f}"
            yield Check(says, first == "CHN")


@_claim
def more_market_than_source(source: Source) -> Iterator[Check]:
    for partner in ("RUS", "MNG"):
        yield from _towards_china(source, partner)


@_claim
def china_the_regions_market(source: Source) -> Iterator[Check]:
    for partner in ("JPN", "KOR", "RUS", "MNG"):
        yield from _towards_china(source, partner)


@_claim
def russia_leans_on_china_as_market(source: Source) -> Iterator[Check]:
    exports, imports = (source.link("RUS", "CHN", of) for of in SIDES)
    yield _first_of_russia(source, "exports")
    yield _leans(exports, "China in Russia's exports", imports, "Russia in China's imports")


@_claim
def russia_leans_on_china_as_source(source: Source) -> Iterator[Check]:
    exports, imports = (source.link("CHN", "RUS", of) for of in SIDES)
    yield _first_of_russia(source, "imports")
    yield _leans(imports, "China in Russia's imports", exports, "Russia in China's exports")


def _first_of_russia(source: Source, of: Side) -> Check:
    """Whether no partner, the European Union counted as one, is larger than China in what Russia exports or imports."""
    year = _latest(source)
    share = _partners(source, "RUS", of, year)
    inside = share.index.isin(eco.members("EU27_2007"))
    partners = pd.concat([share[~inside], pd.Series({"EU27_2007": share[inside].sum()})]).to_dict()
    china = partners.pop("CHN")
    rival = max(partners, key=partners.__getitem__)
    return _exceeds((f"{year} China in Russia's {of}", china), (names.economy(rival), partners[rival]))


def _leans(large: Years, whose: str, small: Years, other: str) -> Check:
    year = max(large)
    return _exceeds((f"{year} {whose}", large[year]), (other, small[year]), times=FAR)
