"""What the numbers say of the article's statements, which `industrial_chains.statements` puts to every source.

A statement yields checks. Those on the years of which the statement speaks make its verdict; those on other years stand
beside it. ``data/article/claims.yml`` says what the article states, where, what would make it true, how that is tested
unless by a function, whether it must be so of each, and a judgement for the verdict that the numbers give.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache, partial, reduce
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd
import yaml

from exhibits.prose import Numbers
from exhibits.tables import Cards
from exhibits.text import Message, Untranslated
from gvc.errors import GvcError
from industrial_chains import article, data, official_counts
from industrial_chains.kept import kept
from industrial_chains.sources import (
    ADB,
    ARTICLE,
    LRWIOD,
    OECD,
    SOURCES,
    UNION,
    WIOD,
    SilentError,
    Source,
)
from industrial_chains.statements import operators
from industrial_chains.statements.asked import ALL, TERMS, TESTS, Check, Inquiry, Terms, Test, unsaid
from industrial_chains.uncertainty.resampling import Redrawn

#: How often numbers are drawn anew, and from which seed.
DRAWS, SEED = 200, 2025
#: The percentage of draws that a verdict must survive; the numbers are too close for any other.
SURE = 90


class Verdict(StrEnum):
    """What the numbers say of a statement."""

    HOLDS = "holds"
    FITS = "fits, cause not shown"
    PARTLY = "holds in part"
    RARELY = "mostly does not hold"
    FAILS = "does not hold"
    CLOSE = "too close to call"
    UNTESTED = "cannot be tested here"


#: One colour a verdict.
COLOURS = {
    "holds": "#0aa568",
    "fits, cause not shown": "#2a78b5",
    "holds in part": "#b48709",
    "mostly does not hold": "#b44812",
    "does not hold": "#ab486c",
    "too close to call": "#7d4fd0",
    "cannot be tested here": "#909099",
}


@cache
def statements() -> list[dict[str, Any]]:
    """Read the statements, in our own words.

    Raises
    ------
    GvcError
        If the file is no YAML, or a statement that is tested has no judgements.
    """
    text = data.path("claims").read_text("utf-8")
    try:
        found: list[dict[str, Any]] = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GvcError(
            f"article/claims.yml, line {line}",
            expected="a list of statements in YAML",
            found=error.problem or "none",
            remedy="Close what is open there or above, or put a text that has a colon into quotation marks.",
        ) from error
    for row in found:
        given = row.get("judgement")
        if "untested" not in row and not isinstance(given, dict):
            raise GvcError(
                f"article/claims.yml, {row['id']}, judgement",
                expected="a sentence for each verdict that the numbers may give",
                found="nothing" if given is None else repr(given),
                remedy=f"Write one for each, such as {Verdict.HOLDS}: It does.",
            )
    return found


@cache
def tests() -> dict[str, Test]:
    """Return what puts each statement to a source, by id: the ``test`` of its row, or else a function of its name.

    Raises
    ------
    GvcError
        If a statement has none of the two and no reason why nothing can be tested, or more than one of the three; if a
        function has no statement.
    """
    rows = statements()
    given = [row["id"] for row in rows for how in ("test", "untested") if how in row] + list(TESTS)
    unmatched = sorted({row["id"] for row in rows} ^ set(given) | {name for name in given if given.count(name) > 1})
    if unmatched:
        raise GvcError(
            "claims.yml",
            expected="for each statement a test in its row, a function in statements, or why it is untested",
            found=", ".join(unmatched),
            remedy="Give each exactly one. A function in industrial_chains/statements is named as the id.",
        )
    return TESTS | {row["id"]: operators.test(row) for row in rows if "test" in row}


def verdict(answers: Iterable[Iterable[Check]], *, cause: bool = False, each: bool = False) -> Verdict:
    """Return the verdict that checks give: all, most, few or none of them speak for the statement, or there are none.

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
        As :func:`tests` does.
    """
    asked, rows = [Inquiry(source, terms) for source in of], statements()
    tests()  # without a source nobody would ask whether each statement has one
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
    found: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    for source, checks in answers:
        for check in checks:
            estimated = any(source.kind(year) == "estimate" for year in check.years)
            name = f"{source.name}, estimates" if estimated else source.name
            found[check.beside].setdefault(name, []).append(check.says)
    own, others = (
        _joined("{0} {1}", [Message("{0}: {1}.", name, _joined("{0}; {1}", says)) for name, says in part.items()])
        for part in found.values()
    )
    return _joined("{0} {1}", [*filter(None, (own, others and Message("Other years. {0}", others)))])


def _beside(checks: Iterable[Check]) -> str:
    """Count the checks on other years, year by year."""
    held: dict[str, list[bool]] = {}
    for check in checks:
        if check.beside:
            held.setdefault(check.when, []).append(check.holds)
    counted = ((_years(when), str(sum(held[when])), str(len(held[when]))) for when in sorted(held, reverse=True))
    return _joined("{0}, {1}", [Message("{0}: {1} of {2}", *numbers) for numbers in counted])


def _years(when: str) -> Untranslated:
    """Write a year or a span of years: ``2018–2021``, ``2018—2021年``."""
    return Untranslated(when, zh=when.replace("–", "—") + "年")


def _joined(two: str, parts: Sequence[str]) -> str:
    """Put any number of parts together by a message for two, so that a language needs no other."""
    return reduce(partial(Message, two), parts) if parts else ""


def ask(name: str, source: Inquiry) -> list[Check]:
    """Return what a source says of a statement: nothing where it cannot answer, in whole or in part."""
    found: list[Check] = []
    with suppress(SilentError):
        found.extend(tests()[name](source) if name in tests() else ())
    return found


def survival(of: Collection[Source] = SOURCES, draws: int = DRAWS) -> pd.Series:
    """Return how often each verdict stays when the numbers are drawn anew, see `resampling.Redrawn`.

    Returns
    -------
    Series by id
        Percent of the draws; NaN where nothing can be tested, or is no measurement.
    """
    tested = [row for row in statements() if "untested" not in row and row["kind"] != "identity"]
    answers = {row["id"]: {source: ask(row["id"], Inquiry(source)) for source in of} for row in tested}
    before = {row["id"]: _sum_up(row, answers[row["id"]].values()) for row in tested}
    # Who says nothing of the years that count is not asked again.
    able = {
        name: [source for source, checks in said.items() if not all(check.beside for check in checks)]
        for name, said in answers.items()
    }
    stayed: Counter[str] = Counter()
    for random in np.random.default_rng(SEED).spawn(draws):
        drawn = {source: Inquiry(Redrawn(source, random)) for source in of}
        for row in tested:
            with unsaid():
                found = _sum_up(row, [ask(row["id"], drawn[source]) for source in able[row["id"]]])
            stayed[row["id"]] += found == before[row["id"]]
    known = {name: 100 * stayed[name] / draws for name in before if able[name]}
    return pd.Series(known, dtype=float).reindex([row["id"] for row in statements()]).rename("stays")


@kept
def verdicts() -> pd.DataFrame:
    """Put every statement to the book's sources, and all numbers to the draws, which takes a while.

    Returns
    -------
    DataFrame by id
        As :func:`audit` returns it, with columns stays, of :func:`survival`, and as_it_stands, the verdict of the
        numbers as they are. One that stays in fewer than :data:`SURE` per cent of the draws is too close to call.
    """
    found = audit().join(survival())
    close = found["stays"] < SURE
    judged = {row["id"]: row.get("judgement", {}).get(Verdict.CLOSE.value, "") for row in statements()}
    return found.assign(
        as_it_stands=found["verdict"],
        verdict=found["verdict"].mask(close, Verdict.CLOSE.value),
        judgement=found["judgement"].where(~close, pd.Series(judged)),
    )


#: What else the book could have chosen.
OTHER_TERMS = {
    "Clear: from 5 per cent": Terms(clear=0.05),
    "Clear: from 20 per cent": Terms(clear=0.2),
    "By far: from 1.25 times": Terms(far=1.25),
    "By far: from 2 times": Terms(far=2.0),
    "Near: within 3 points": Terms(near=3.0),
    "Main partners: first four": Terms(among=4),
    "EU as one partner": Terms(union=UNION),
}


@cache
def _otherwise() -> dict[str, pd.Series]:
    """Reach every verdict by other terms, and by one database alone."""
    ways: dict[str, tuple[Iterable[Source], Terms]] = {
        "Thresholds as described": (ALL, TERMS),
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
    return max(int((found[way] != found["Thresholds as described"]).sum()) for way in OTHER_TERMS)


def that_hold(way: str) -> int:
    """Return how many statements hold, or fit, by one of the ways of :func:`by_terms`."""
    return int(_otherwise()[way].isin([Verdict.HOLDS, Verdict.FITS]).sum())


#: Origins of investment that the article names, and Singapore, from where most of Indonesia's comes.
INVESTORS = ("CHN", "HKG", "JPN", "KOR", "USA", "SGP")


def investors() -> pd.DataFrame:
    """Return realised direct investment in Indonesia by origin, since its statistics show China.

    Returns
    -------
    DataFrame
        Columns year, origin, value; billion USD, current prices.
    """
    rows = data.table("investors")
    first = rows.loc[rows["origin"] == "CHN", "year"].min()
    rows = rows[rows["origin"].isin(INVESTORS) & (rows["year"] >= first)]
    billions: pd.DataFrame = rows.assign(value=(rows["value"] / 1000).round(2)).reset_index(drop=True)
    return billions


def tested(audited: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the statements that are tested on ties between and within regions, and those on the frontier."""
    # An identity is a check of the print, and no measurement.
    found = audited[(audited["verdict"] != Verdict.UNTESTED) & (audited["kind"] != "identity")]
    ties = found["part"].isin(["Between regions", "Within the region"])
    return found[ties], found[found["part"] == "Frontier"]


def headline(audited: pd.DataFrame) -> dict[str, int]:
    """Count what the first page says of statements on ties between and within regions, and of those on the frontier.

    The table is that of :func:`verdicts`.
    """
    ties, frontier = tested(audited)
    return {
        "statements_on_ties_tested": len(ties),
        "statements_on_ties_that_hold_or_fit": int(ties["verdict"].isin([Verdict.HOLDS, Verdict.FITS]).sum()),
        "statements_on_ties_too_close": int(ties["verdict"].eq(Verdict.CLOSE).sum()),
        "statements_on_the_frontier_tested": len(frontier),
        "statements_on_the_frontier_against": int(frontier["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
    }


def shown(audited: pd.DataFrame, part: str | None = None) -> pd.DataFrame:
    """Return the statements of one part of the article, or of all, as a table shows them.

    Parameters
    ----------
    audited : DataFrame
        As :func:`audit` returns it; with a column stays, see :func:`survival`, that is said, too.
    part : str, optional

    Returns
    -------
    DataFrame, statement × {Verdict, Judgement, How sure, Holds if, Evidence, Other years}
        Behind each statement part and section of the article.
    """
    of_part = _of_part(audited, part).replace({"evidence": "", "beside": ""}, "–")
    columns = {
        "verdict": "Verdict",
        "judgement": "Judgement",
        "sure": "How sure",
        "criterion": "Holds if",
        "evidence": "Evidence",
        "beside": "Other years",
    }
    section = of_part["where"].str.extract(r"(\d(?: \(\d\))?)", expand=False)
    statement = pd.Index(of_part["says"] + " [" + section + "]", name="Statement")
    stays = of_part["stays"] if "stays" in of_part else pd.Series(float("nan"), of_part.index)
    sure = [_sure(held, share) for held, share in zip(of_part["held"], stays, strict=True)]
    return of_part.assign(sure=sure)[list(columns)].rename(columns=columns).set_axis(statement)


def _sure(held: str, stays: float) -> str:
    """Say how many comparisons speak for a statement, and in how many draws its verdict stays."""
    if not held:
        return "–"
    counted = Message("{0} comparisons support it.", held)
    if pd.isna(stays):
        return counted
    return Message("{0} {1}", counted, Message("The verdict reappears in {0} per cent of draws.", f"{stays:.0f}"))


def _of_part(audited: pd.DataFrame, part: str | None) -> pd.DataFrame:
    return audited if part is None else audited[audited["part"] == part]


def cards(audited: pd.DataFrame, part: str) -> Cards:
    """Return what makes the table of :func:`shown` cards."""
    of_part = _of_part(audited, part)
    ids = tuple(f"statement-{name.replace('_', '-')}" for name in of_part.index)
    return Cards(ids, tuple(of_part["verdict"].map(COLOURS)), folded=(3, 4, 5, 6))


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


# -- numbers of sentences that no exhibit holds -----------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {**_verdicts(), **_choices(), **_draws(), **_counted(), **_conclusions()}


def _verdicts() -> Numbers:
    """Return how many statements are tested, and what the numbers say of them; more stands in :func:`headline`."""
    audited = verdicts()
    ties, frontier = tested(audited)
    every = int((audited["held"] != "").sum())
    causes = audited.loc[audited["kind"] == "cause", "verdict"]
    return {
        **headline(audited),
        "statements_on_ties_that_hold_in_part": int(ties["verdict"].eq(Verdict.PARTLY).sum()),
        "statements_on_ties_against": int(ties["verdict"].isin([Verdict.RARELY, Verdict.FAILS]).sum()),
        "statements": len(audited),
        "statements_tested": every,
        "statements_of_other_kinds_tested": every - len(ties) - len(frontier),
        "statements_on_causes_tested": int((causes != Verdict.UNTESTED).sum()),
        "statements_on_causes_that_fit": int((causes == Verdict.FITS).sum()),
    }


def _choices() -> Numbers:
    """Return how many verdicts turn by other choices, and by one database alone."""
    counts = by_terms().pivot(index="asked", columns="verdict", values="statements")
    answered, denied = counts.sum(axis=1), counts[[Verdict.RARELY, Verdict.FAILS]].sum(axis=1)
    return {
        "most_statements_moved_by_a_choice": turned_by_terms(),
        "fewer_hold_with_EU_as_one": that_hold("Thresholds as described") - that_hold("EU as one partner"),
        "statements_OECD_answers": int(answered["OECD alone"]),
        "statements_OECD_denies": int(denied["OECD alone"]),
        "statements_all_answer": int(answered["Thresholds as described"]),
        "statements_all_deny": int(denied["Thresholds as described"]),
    }


def _draws() -> Numbers:
    """Return how often verdicts stay when all numbers are drawn anew."""
    found = verdicts()
    stays, close = found["stays"].dropna(), found["verdict"] == Verdict.CLOSE
    held = found.loc[close, "as_it_stands"].isin([Verdict.HOLDS, Verdict.FITS])
    return {
        "draws": DRAWS,
        "verdicts_drawn": len(stays),
        "verdicts_that_stay_in_nine_of_ten": int((stays >= SURE).sum()),
        "verdicts_too_close": int(close.sum()),
        "verdicts_too_close_that_hold_as_they_stand": int(held.sum()),
        "percent_of_draws_ASEAN_first": stays["closest_to_asean"],
        "percent_of_draws_rise_is_CHN": stays["rise_in_asean_is_chinas"],
        "percent_of_draws_JPN_above_KOR": stays["japan_above_korea"],
    }


def _counted() -> Numbers:
    """Return what customs and other offices count."""
    both, bought = official_counts.china_trade("both"), official_counts.china_trade("imports")
    dollars = article.figure("trade", "CHN", 2024, "JPN") / both["JPN"][2024]
    year = max(official_counts.years("JPN"))
    sold = official_counts.exports_of("JPN", year)
    share = 100 * sold / sold["WLD"]
    jobs = data.table("jobs").set_index(["economy", "year"])["manufacturing"] / 1000
    trade = both[["RCEP", "WLD", "USA"]].dropna()
    rest = trade["WLD"] - trade["USA"] - trade["RCEP"]
    last = int(trade.index[-1])
    return {
        "trade_of_CHN_with_KOR_2024_RMB": both["KOR"][2024],
        "trade_of_CHN_with_JPN_2024_RMB": both["JPN"][2024],
        "trade_of_CHN_with_KOR_2024": article.figure("trade", "CHN", 2024, "KOR"),
        "trade_of_CHN_with_JPN_2024": article.figure("trade", "CHN", 2024, "JPN"),
        "CHN_buys_from_JPN_2024": bought["JPN"][2024] * dollars,
        "year_of_exports_of_JPN": year,
        "share_of_USA_in_exports_of_JPN": share["USA"],
        "share_of_CHN_in_exports_of_JPN": share["CHN"],
        "share_of_CHN_and_HKG_in_exports_of_JPN": share["CHN"] + share["HKG"],
        "jobs_in_CHN_1990": jobs["CHN", 1990],
        "jobs_in_CHN_2010": jobs["CHN", 2010],
        "jobs_in_VNM_2010": jobs["VNM", 2010],
        "jobs_in_VNM_2018": jobs["VNM", 2018],
        "first_year_of_RCEP": last - 1,
        "last_year_of_RCEP": last,
        "growth_with_RCEP": 100 * trade["RCEP"].pct_change().iloc[-1],
        "growth_with_others": 100 * rest.pct_change().iloc[-1],
    }


def _conclusions() -> Numbers:
    """Return what bears on the article's conclusions, and when textiles peaked."""
    peak = LRWIOD.advantage("textiles").idxmax()
    invested = investors().set_index(["origin", "year"])["value"]
    content = OECD.matrix("va_exports", 2022)["CHN"]
    # As of its exports to all: what each member treats as foreign, that of fellow members, too.
    china, japan = (OECD.share(code, "ASEAN10", "va_exports_to_USA") for code in ("CHN", "JPN"))
    return {
        "year_of_peak_in_textiles_JPN": int(peak["JPN"]),
        "year_of_peak_in_textiles_KOR": int(peak["KOR"]),
        "year_of_peak_in_textiles_TWN": int(peak["TWN"]),
        "year_of_peak_in_textiles_CHN": int(peak["CHN"]),
        "foreign_in_exports_of_CHN_2022": 100 * (1 - content["CHN"] / content.sum()),
        "invested_in_IDN_CHN_and_HKG_2023": invested["CHN", 2023] + invested["HKG", 2023],
        "share_CHN_in_inputs_of_ASEAN_2011": OECD.share("CHN", "ASEAN", "imint_share")[2011],
        "share_JPN_in_inputs_of_ASEAN_2011": OECD.share("JPN", "ASEAN", "imint_share")[2011],
        "share_CHN_in_sales_of_ASEAN_to_USA_2011": china[2011],
        "share_CHN_in_sales_of_ASEAN_to_USA_2022": china[2022],
        "share_JPN_in_sales_of_ASEAN_to_USA_2011": japan[2011],
        "share_JPN_in_sales_of_ASEAN_to_USA_2022": japan[2022],
    }
