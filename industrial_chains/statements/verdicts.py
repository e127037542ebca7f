"""What the numbers say of the article's statements: verdicts, and how often they stay when all numbers are drawn anew.

A statement yields checks. Those on the years of which the statement speaks make its verdict; those on other years stand
beside it. ``data/article/claims.yml`` says what the article states, where, what would make it true, how that is tested
unless by a function, whether it must be so of each, and a judgement for the verdict that the numbers give.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache, partial, reduce
from typing import Any, get_args

import numpy as np
import pandas as pd
import yaml
from joblib import Parallel, delayed

from exhibits.text import Message, Untranslated
from gvc.errors import GvcError
from industrial_chains import data
from industrial_chains.kept import kept
from industrial_chains.sources import SilentError, Source
from industrial_chains.statements import operators
from industrial_chains.statements.asked import ALL, TERMS, TESTS, Aspect, Check, Inquiry, Terms, Test, unsaid
from industrial_chains.uncertainty.resampling import Redrawn, UndrawnError

#: How often numbers are drawn anew, and from which seed.
DRAWS, SEED = 5000, 2025
#: The percentage of draws that a verdict must survive to be sure.
SURE = 90
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


class Verdict(StrEnum):
    """What the numbers say of a statement."""

    HOLDS = "holds"
    FITS = "fits, cause not shown"
    SUPPORTED = "supported; the size is uncertain"
    PARTLY = "holds in part"
    RARELY = "mostly does not hold"
    FAILS = "does not hold"
    CLOSE = "too close to call"
    UNTESTED = "cannot be tested here"


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
        Whether the statement is about a cause. Numbers can fit it, and they do not show it. A cause is a tendency: nine
        comparisons in ten make it.
    each : bool
        Whether what makes the statement true must be so of each: one check against it then makes a source deny it.
    """
    by_source = [held for checks in answers if (held := [check.holds for check in checks if not check.beside])]
    held = [all(one) for one in by_source] if each else [holds for one in by_source for holds in one]
    if not held:
        return Verdict.UNTESTED
    if cause and 10 * sum(held) >= 9 * len(held):
        return Verdict.FITS
    if all(held):
        return Verdict.HOLDS
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
        Columns part, where, kind, says, criterion, verdict, held (``7 of 8`` checks), direction, size and rank (the
        same of the checks that speak of each), asked (the sources that answered), beside (``2017: 2 of 4``, checks on
        other years), evidence (numbers in words, by source, estimates under their own name) and judgement (empty where
        none is written for the verdict). In the order of the article.

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
            "held": _held(own),
            **{aspect: _held(check for check in own if check.aspect == aspect) for aspect in ASPECTS},
            "asked": ", ".join(dict.fromkeys(source.name for source, checks in answers if checks)),
        }
        audited.append({**row, "verdict": found.value, **numbers, **words})
    columns = ["part", "where", "kind", "says", "criterion", "verdict", "held", *ASPECTS, "asked", *words]
    return pd.DataFrame(audited).set_index("id")[columns]


def _held(checks: Iterable[Check]) -> str:
    held = [check.holds for check in checks]
    return f"{sum(held)} of {len(held)}" if held else ""


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
        joined("{0} {1}", [Message("{0}: {1}.", name, joined("{0}; {1}", says)) for name, says in part.items()])
        for part in found.values()
    )
    return joined("{0} {1}", [*filter(None, (own, others and Message("Other years. {0}", others)))])


def _beside(checks: Iterable[Check]) -> str:
    """Count the checks on other years, year by year."""
    held: dict[str, list[bool]] = {}
    for check in checks:
        if check.beside:
            held.setdefault(check.when, []).append(check.holds)
    counted = ((_years(when), str(sum(held[when])), str(len(held[when]))) for when in sorted(held, reverse=True))
    return joined("{0}, {1}", [Message("{0}: {1} of {2}", *numbers) for numbers in counted])


def _years(when: str) -> Untranslated:
    """Write a year or a span of years: ``2018–2021``, ``2018—2021年``."""
    return Untranslated(when, zh=when.replace("–", "—") + "年")


def joined(two: str, parts: Sequence[str]) -> str:
    """Put any number of parts together by a message for two, so that a language needs no other."""
    return reduce(partial(Message, two), parts) if parts else ""


def ask(name: str, source: Inquiry) -> list[Check]:
    """Return what a source says of a statement: nothing where it cannot answer, in whole or in part."""
    found: list[Check] = []
    with suppress(SilentError):
        found.extend(tests()[name](source) if name in tests() else ())
    return found


# -- numbers drawn anew ------------------------------------------------------------------------------------------------


def survival(draws: int = DRAWS) -> pd.DataFrame:
    """Return how often each verdict stays when the numbers are drawn anew, see `resampling.Redrawn`.

    Returns
    -------
    DataFrame
        Columns id, aspect (empty of the whole verdict, else what it says of one aspect), stays (percent of the draws).
        Statements are left out that are no measurement, that nothing can test, or that rest on numbers of which nobody
        has measured how far they may be off. Sources of which that is so beside others stay as they are.
    """
    randoms = np.random.default_rng(SEED).spawn(draws)
    batches = [randoms[at : at + 100] for at in range(0, draws, 100)]
    counted = Parallel(n_jobs=-1)(delayed(_stayed)(batch) for batch in batches)
    stayed = sum(counted, Counter[tuple[str, str]]())
    rows = [(*key, 100 * stayed[key] / draws) for name in _drawn() for key in _verdicts_of(name, _as_they_are(name))]
    return pd.DataFrame(rows, columns=["id", "aspect", "stays"])


def _stayed(randoms: Iterable[np.random.Generator]) -> Counter[tuple[str, str]]:
    """Count in how many draws each verdict is that of the numbers as they are."""
    before = {name: _verdicts_of(name, _as_they_are(name)) for name in _drawn()}
    stayed: Counter[tuple[str, str]] = Counter()
    for random in randoms:
        inquiries = {source: Inquiry(Redrawn(source, random)) for source in ALL if _is_drawn(source)}
        for name, fixed in _drawn().items():
            with unsaid():
                drawn = [ask(name, inquiries[source]) for source in inquiries if source not in fixed]
            found = _verdicts_of(name, [*fixed.values(), *drawn])
            stayed.update(key for key in before[name] if key in found and _side(found[key]) == _side(before[name][key]))
    return stayed


def _side(verdict: Verdict) -> Verdict:
    """Of two verdicts against a statement it does not matter which one a draw gives."""
    return Verdict.FAILS if verdict is Verdict.RARELY else verdict


def _is_drawn(source: Source) -> bool:
    return source.yearly in ("editions", "trial")


@cache
def _answers(name: str) -> dict[Source, list[Check]]:
    return {source: ask(name, Inquiry(source)) for source in ALL}


def _as_they_are(name: str) -> list[list[Check]]:
    return list(_answers(name).values())


@cache
def _drawn() -> dict[str, dict[Source, list[Check]]]:
    """Return the statements that are drawn anew, each with the answers of the sources that stay as they are."""
    found = {}
    random = np.random.default_rng(SEED)
    for row in statements():
        answers = {} if "untested" in row or row["kind"] == "identity" else _answers(row["id"])
        # Who says nothing of the years that count is not asked again.
        drawn = [source for source, said in answers.items() if _is_drawn(source) and not all(c.beside for c in said)]
        with suppress(UndrawnError):
            for source in drawn:
                ask(row["id"], Inquiry(Redrawn(source, random)))
            if drawn:
                found[row["id"]] = {source: said for source, said in answers.items() if source not in drawn}
    return found


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in statements()}


def _verdicts_of(name: str, answers: list[list[Check]]) -> dict[tuple[str, str], Verdict]:
    """Return the verdict on a statement, under an empty name, and on each aspect that it has."""
    row = _rows()[name]
    own = [[check for check in checks if not check.beside] for checks in answers]
    aspects = {check.aspect for checks in own for check in checks}
    found = {(name, ""): _sum_up(row, own)}
    for aspect in ASPECTS:
        if aspect in aspects:
            found[name, aspect] = _sum_up(
                row, [[check for check in checks if check.aspect == aspect] for checks in own]
            )
    return found


@kept
def verdicts() -> pd.DataFrame:
    """Put every statement to the book's sources, and judge each by how often its verdict stays, too.

    Returns
    -------
    DataFrame by id
        As :func:`audit` returns it, with columns as_it_stands, the verdict of the numbers as they are, and stays,
        stays_direction, stays_size and stays_rank, of ``data/article/draws.csv``. Where a verdict stays in fewer than
        :data:`SURE` per cent of the draws, one against the statement is too close to call, and one that every
        comparison supports is supported, or fits.

    Raises
    ------
    GvcError
        If that file knows other statements than `data/article/claims.yml`.
    """
    found = audit()
    stored = data.table("draws", text=True).astype({"stays": float})
    stays = stored.pivot(index="id", columns="aspect", values="stays").rename(
        columns=lambda one: f"stays_{one}".rstrip("_")
    )
    unknown = sorted(set(stays.index) - set(found.index) | set(_drawn()) - set(stays.index))
    if unknown:
        raise GvcError(
            "data/article/draws.csv",
            expected="the statements that are drawn anew",
            found=f"others: {', '.join(unknown)}",
            remedy="Draw them again: python -m pipeline draws.",
        )
    found = found.join(stays).assign(as_it_stands=found["verdict"])
    unsure = found["stays"] < SURE
    verdict = found["verdict"].mask(unsure & found["verdict"].eq(Verdict.HOLDS), Verdict.SUPPORTED.value)
    verdict = verdict.mask(unsure & found["verdict"].isin([Verdict.RARELY, Verdict.FAILS]), Verdict.CLOSE.value)
    written = {row["id"]: row.get("judgement", {}) for row in statements()}
    judged = [written[name].get(one, "") for name, one in verdict.items()]
    return found.assign(
        verdict=verdict,
        judgement=found["judgement"].where(verdict == found["as_it_stands"], pd.Series(judged, found.index)),
    )
