"""Statements that are a row of ``claims.yml``: what ``test`` names there, and how it is put to a source.

``test: {rose: {origin: NEA, host: IND}}`` asks whether Northeast Asia's share in India rose. A list of such tests asks
each of them; a list in a field asks of each that it names. Where a source cannot answer one, it may answer the next.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from inspect import signature
from itertools import product
from typing import Any

import pandas as pd

from exhibits.text import Message
from gvc.errors import GvcError
from industrial_chains import data
from industrial_chains import economies as eco
from industrial_chains.charting import names
from industrial_chains.industry_groups import FLOCK
from industrial_chains.sources import ARTICLE, Side, SilentError, Tie, silent
from industrial_chains.statements.asked import (
    JOBS,
    LAST,
    LAST_STAGE,
    MEASURE_WORDS,
    Check,
    Inquiry,
    Test,
    change,
    number,
    path,
    sentence,
)

Link = tuple[str, str]
Operator = Callable[..., Iterator[Check]]
OPERATORS: dict[str, Operator] = {}


def _operator(asks: Operator) -> Operator:
    """Register an operator under its own name. Its arguments by keyword are the fields that a row must give."""
    OPERATORS[asks.__name__] = asks
    return asks


# -- shares of suppliers ----------------------------------------------------------------------------------------------


@_operator
def rose(ask: Inquiry, *, origin: str, host: str) -> Iterator[Check]:
    """Whether an origin's share in foreign value added rose over the article's span."""
    yield ask.rose(_in(origin, host), ask.share(origin, host))


@_operator
def near_print(ask: Inquiry, *, origin: str, host: str) -> Iterator[Check]:
    """Whether the other edition has the share of 2021 near that of the article's tables."""
    if ask.base.yearly != "editions" or ask.base.printed:
        return  # levels of another database say nothing of this one's
    share, printed = ask.share(origin, host), ARTICLE.share(origin, host)[LAST]
    if LAST in share:
        says = sentence("{0} in {1} against {2} as stated", number(share[LAST]), LAST, number(printed))
        yield Check(says, abs(share[LAST] - printed) <= ask.terms.near, (LAST,), aspect="size")


#: Parts that the article names in words, in percent.
_PARTS = {"a third": 100 / 3}


@_operator
def near(ask: Inquiry, *, origin: str, host: str, part: str) -> Iterator[Check]:
    """Whether the share is near a part that the article names in words, in the article's own database."""
    if ask.base.yearly != "editions":
        return
    share = ask.share(origin, host)
    for year, beside in ask.moments(share):
        says = sentence(f"{{0}} in {{1}} against {part}", number(share[year]), year)
        yield Check(says, abs(share[year] - _PARTS[part]) <= ask.terms.near, (year,), beside, "size")


@_operator
def grew(ask: Inquiry, *, origin: str, host: str, by: str) -> Iterator[Check]:
    """Whether a share grew clearly over the article's span."""
    yield ask.grew(_in(origin, host, by), ask.share(origin, host, by))


def _in(origin: str, host: str, by: str = "") -> Message:
    words = f"{{0}} in {{1}}'s {MEASURE_WORDS[by]}" if by else "{0} in {1}"
    return sentence(words, names.economy(origin), names.economy(host))


# -- links and partners -----------------------------------------------------------------------------------------------


@_operator
def exceeds(ask: Inquiry, *, link: Link, other: tuple[Link, ...], margin: str) -> Iterator[Check]:
    """Whether a link exceeds another, or the largest of several, by more than rounding or by far."""
    every = [ask.of.link(*pair) for pair in (link, *other)]
    first, second = _compared(link, other)
    for year, beside in ask.moments(sorted(set.intersection(*map(set, every)))):
        one = every[0][year]
        two = max(found[year] for found in every[1:])
        far = {"times": ask.terms.far} if margin == "far" else {"by": ask.base.rounding(3)}
        yield ask.exceeds(year, (first, one), (second, two), digits=2, beside=beside, **far)


def _compared(link: Link, other: tuple[Link, ...]) -> tuple[Message, Message]:
    """Name two links by what they have in common: the pair, where they lead, or where they come from."""
    if other == (link[::-1],):
        return sentence("{0} → {1}", *map(names.economy, link)), sentence("the reverse")
    to = all(absorber == link[1] for _, absorber in other)
    common, own = link[::-1] if to else link
    words = f"links {'to' if to else 'from'} {{0}}: {{1}}"
    rival = sentence("next") if other[1:] else sentence("{0}", names.economy(other[0][0 if to else 1]))
    return sentence(words, names.economy(common), names.economy(own)), rival


#: On which side of an economy's trade a partner stands.
_ROLES: dict[str, Side] = {"market": "exports", "source": "imports"}


@_operator
def among_main(ask: Inquiry, *, partner: str, of: str, role: str) -> Iterator[Check]:
    """Whether a partner is among an economy's main markets or sources of value added."""
    yield from _among(ask, partner, of, role, ask.terms.among)


@_operator
def among_important(ask: Inquiry, *, partner: str, of: str, role: str) -> Iterator[Check]:
    """Whether a partner is among an economy's important markets or sources of value added."""
    yield from _among(ask, partner, of, role, ask.terms.important)


def _among(ask: Inquiry, partner: str, of: str, role: str, first: int) -> Iterator[Check]:
    """Whether a partner is among so many of an economy's largest markets or sources of value added."""
    for year, beside in ask.moments(ask.of.years("va_final_demand")):
        share = ask.partners(of, _ROLES[role], year)
        if partner not in share.index:
            raise silent(ask.of.name, partner, ", ".join(share.index))
        place = list(share.index).index(partner) + 1
        words = f"{{1}} number {{3}} among {{2}}'s {role}s in {{0}}, with {{4}} percent"
        says = sentence(words, year, names.economy(partner), names.economy(of), place, number(share[partner]))
        yield Check(says, place <= first, (year,), beside, "rank")


@_operator
def leans(ask: Inquiry, *, economy: str, partner: str, role: str) -> Iterator[Check]:
    """Whether a partner's share in an economy's trade far exceeds the share the other way, and what size would give."""
    market = role == "market"
    pair = (economy, partner) if market else (partner, economy)
    own, back = ("exports", "imports") if market else ("imports", "exports")
    ties: tuple[Tie, ...] = (_ROLES[role], "imports" if market else "exports", "intensity")
    one, other, intensity = (ask.of.link(*pair, of) for of in ties)
    first, second = names.economy(economy), names.economy(partner)
    labels = sentence(f"{{0}} in {{1}}'s {own}", second, first), sentence(f"{{0}} in {{1}}'s {back}", first, second)
    for year, beside in ask.moments(one):
        shares = (labels[0], one[year]), (labels[1], other[year])
        yield ask.exceeds(year, *shares, times=ask.terms.far, beside=beside)
        says = sentence("{0} {1} times what size would predict", year, number(intensity[year], 2))
        yield Check(says, intensity[year] - 1 > ask.terms.clear, (year,), beside, "size")


# -- the last stage of production -------------------------------------------------------------------------------------


@_operator
def gained_last_stage(ask: Inquiry, *, economy: str, industry: str, years: tuple[int, int]) -> Iterator[Check]:
    """Whether an economy's share rose in the value added where final products for export are finished."""
    if ask.base is LAST_STAGE:
        rows = data.table("assembled").query("industry == @industry")
        wide: pd.DataFrame = rows.pivot(index="year", columns="economy", values="exported")
        codes = eco.GROUPS["ASEAN10"] if economy == "ASEAN" else (economy,)
        share = ask.of.known(100 * wide[list(codes)].sum(axis=1) / wide.sum(axis=1), industry)
        yield change(sentence(f"{{0}} in {industry}", names.economy(economy)), share, *years, rises=True)


# -- what other offices count -----------------------------------------------------------------------------------------


def _of(rows: pd.Series, economy: str) -> pd.Series:
    """Return the years of an economy, none if it is not there."""
    return rows[rows.index.get_level_values(0) == economy].droplevel(0)


@_operator
def more_in_manufacturing(ask: Inquiry, *, economy: str, years: tuple[int, int]) -> Iterator[Check]:
    """Whether more persons worked in an economy's manufacturing at the end of some years."""
    if ask.base is JOBS:
        rows = data.table("jobs").set_index(["economy", "year"])["manufacturing"]
        persons = ask.of.known(_of(rows, economy) / 1000, economy)
        says = path(sentence("{0}, millions", names.economy(economy)), persons, *years, digits=2)
        yield Check(says, persons[years[1]] > persons[years[0]], years)


# -- rows -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Field:
    """What a field may hold: words for it, and what reads it, or raises a ValueError."""

    expected: str
    read: Callable[[Any], Any]


def _one_of(*allowed: str) -> _Field:
    def read(value: Any) -> Any:
        return allowed[allowed.index(value)]

    return _Field(" or ".join(allowed), read)


def _code(value: Any) -> str:
    if not isinstance(value, str) or not names.known(value):
        raise ValueError
    return value


def _span(value: Any) -> tuple[int, int]:
    first, last = map(int, str(value).split("–"))
    if first >= last:
        raise ValueError
    return first, last


def _link(value: Any) -> Link:
    origin, absorber = map(_code, str(value).split(" → "))
    return origin, absorber


def _links(value: Any) -> tuple[Link, ...]:
    return tuple(map(_link, value if isinstance(value, list) and value else [value]))


_ECONOMY = _Field("the code of an economy or a group, such as IND or NEA", _code)
_FIELDS = {
    **dict.fromkeys(("origin", "host", "partner", "of", "economy"), _ECONOMY),
    "by": _one_of(*MEASURE_WORDS),
    "part": _one_of(*_PARTS),
    "role": _one_of(*_ROLES),
    "margin": _one_of("rounding", "far"),
    "industry": _one_of(*FLOCK.values()),
    "years": _Field("two years, the first before the last, such as 2017–2021", _span),
    "link": _Field("a link such as JPN → CHN", _link),
    "other": _Field("a link such as CHN → JPN, or a list of links", _links),
}
#: Fields whose list is one answer, and no list of questions.
_TOGETHER = ("other",)


def test(row: dict[str, Any]) -> Test:
    """Make the test of a row of ``claims.yml``.

    Parameters
    ----------
    row : dict
        With its ``id``, and as ``test`` an operator with its fields, or a list of such.

    Returns
    -------
    callable
        What yields the checks of a source.

    Raises
    ------
    GvcError
        If an operator or a field is unknown, missing or not what it should be.

    Examples
    --------
    >>> asks = test({"id": "india_rose", "test": {"rose": {"origin": "NEA", "host": "IND"}}})
    >>> [str(check.says) for check in asks(Inquiry(ARTICLE))]
    ['Northeast Asia in India 12.3 (2007) to 17.9 (2021)']
    """
    lines = row["test"] if isinstance(row["test"], list) else [row["test"]]
    questions = [question for line in lines for question in _questions(f"claims.yml, {row['id']}, test", line)]
    if not questions:
        raise _wrong(f"claims.yml, {row['id']}, test", "an operator with its fields", "nothing")

    def asked(ask: Inquiry) -> Iterator[Check]:
        for operator, fields in questions:
            with suppress(SilentError):
                yield from operator(ask, **fields)

    return asked


def _questions(where: str, line: Any) -> Iterator[tuple[Operator, dict[str, Any]]]:
    """Read one line of a test; a list in a field makes a question of each of its values."""
    if not isinstance(line, dict) or len(line) != 1:
        raise _wrong(where, "one operator with its fields, such as rose: {origin: NEA, host: IND}", repr(line))
    ((name, fields),) = line.items()
    if name not in OPERATORS:
        raise _wrong(where, f"an operator: {', '.join(OPERATORS)}", repr(name))
    wanted = list(signature(OPERATORS[name]).parameters)[1:]
    if not isinstance(fields, dict) or set(fields) != set(wanted):
        found = ", ".join(map(str, fields)) if isinstance(fields, dict) else repr(fields)
        raise _wrong(f"{where}, {name}", f"the fields {', '.join(wanted)}", found or "none")
    values = [
        [_read(f"{where}, {name}, {field}", field, one) for one in _each(field, fields[field])] for field in fields
    ]
    for chosen in product(*values):
        question = dict(zip(fields, chosen, strict=True))
        if "link" in question and not _alike(question["link"], question["other"]):
            found = f"{fields['link']} and {fields['other']}"
            raise _wrong(f"{where}, {name}", "links with an economy in common", found)
        yield OPERATORS[name], question


def _each(field: str, value: Any) -> list[Any]:
    return value if isinstance(value, list) and field not in _TOGETHER else [value]


def _alike(link: Link, other: tuple[Link, ...]) -> bool:
    ends = [(origin == link[0], absorber == link[1]) for origin, absorber in other]
    return other == (link[::-1],) or all(to for _, to in ends) or all(from_ for from_, _ in ends)


def _read(where: str, field: str, value: Any) -> Any:
    try:
        return _FIELDS[field].read(value)
    except ValueError as error:
        raise _wrong(where, _FIELDS[field].expected, repr(value)) from error


def _wrong(where: str, expected: str, found: str) -> GvcError:
    remedy = "Correct the row, or give the statement a function of its name in industrial_chains/statements."
    return GvcError(where, expected=expected, found=found, remedy=remedy)
