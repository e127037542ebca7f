"""Statements of part three on ties between regions."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from industrial_chains import article, ledger
from industrial_chains.article import HOSTS, NEA
from industrial_chains.charting import names
from industrial_chains.industry_groups import FLOCK
from industrial_chains.sources import (
    SilentError,
    Years,
    silent,
)
from industrial_chains.statements.asked import (
    BEFORE,
    FIRST,
    LAST,
    LEDGER,
    MEASURE_WORDS,
    WHOLE,
    Check,
    Inquiry,
    answers,
    change,
    claim,
    in_turn,
    number,
    path,
    points,
    sentence,
)


@claim
def mexico_rose_faster_under_tariffs(ask: Inquiry) -> Iterator[Check]:
    share = ask.of.share("NEA", "MEX")
    first, _ = ask.ends(share, FIRST, BEFORE)
    slow, fast = share.pace(first, BEFORE), share.pace(BEFORE, LAST)
    paces = number(slow, 2), first, BEFORE, number(fast, 2), BEFORE, LAST
    says = sentence("points a year {0} in {1}–{2}, {3} in {4}–{5}", *paces)
    yield Check(says, fast - slow > ask.base.rounding(1), (first, LAST), aspect="rank")


@claim
def india_rose_less(ask: Inquiry) -> Iterator[Check]:
    gains = {}
    for host in HOSTS:
        share = ask.of.share("NEA", host)
        start, end = ask.ends(share)
        gains[host] = share[end] - share[start]
    gained = in_turn(sentence("{0} {1}", names.economy(host), points(gains[host])) for host in HOSTS)
    least = min(gains, key=gains.__getitem__) == "IND"
    says = sentence("{0}–{1}, points: {2}", start, end, gained)
    yield Check(says, least, (start, end), end - start < WHOLE, "rank")


def _both_shares(ask: Inquiry) -> dict[str, tuple[Years, Years]]:
    """Northeast Asia's two shares in each host that the source shows."""
    found = {}
    for host in HOSTS:
        try:
            found[host] = ask.of.share("NEA", host), ask.of.share("NEA", host, "imint_share")
        except SilentError:
            continue
    return found


@claim
def inputs_moved_alike(ask: Inquiry) -> Iterator[Check]:
    for host, (content, inputs) in _both_shares(ask).items():
        start, end = ask.ends(inputs)
        alike = (inputs[end] > inputs[start]) == (content[end] > content[start])
        moved = path(sentence("inputs of {0}", names.economy(host)), inputs, start, end)
        yield Check(moved, alike, (start, end), beside=end - start < WHOLE)


@claim
def inputs_carry_value_home(ask: Inquiry) -> Iterator[Check]:
    pairs = [(year, content[year], inputs[year]) for content, inputs in _both_shares(ask).values() for year in inputs]
    if not pairs:
        raise silent(ask.of.name, "both shares", "no host with both")
    years = [year for year, _, _ in pairs]
    r = float(np.corrcoef(np.array([values for _, *values in pairs]).T)[0, 1])
    says = sentence("correlation over {0} hosts and years {1}", len(pairs), number(r, 2))
    yield Check(says, r > 0.7, (min(years), max(years)), max(years) < FIRST, "size")


@claim
def closest_to_asean(ask: Inquiry) -> Iterator[Check]:
    for measure, words in MEASURE_WORDS.items():
        with suppress(SilentError):
            shares = {host: ask.of.share("NEA", host, measure) for host in HOSTS}
            for year, beside in ask.moments(sorted(set.intersection(*map(set, shares.values())))):
                share = {host: values[year] for host, values in shares.items()}
                given = in_turn(sentence("{0} {1}", names.economy(host), number(share[host])) for host in HOSTS)
                lead = share["ASEAN"] - max(share["IND"], share["MEX"])
                says = sentence(f"{words} in {{0}}: {{1}}", year, given)
                yield Check(says, lead > ask.base.rounding(1), (year,), beside, "rank")


@claim
def rise_in_asean_is_chinas(ask: Inquiry) -> Iterator[Check]:
    china, region = ask.share("CHN", "ASEAN"), ask.of.share("NEA", "ASEAN")
    start, end = ask.ends(china)
    own, every = china[end] - china[start], region[end] - region[start]
    says = sentence("{0} to {1} China {2} points, Northeast Asia {3}", start, end, points(own), points(every))
    yield Check(says, every > 0 and own > every / 2, (start, end), end - start < WHOLE, "size")


@claim
def japan_and_korea_merely_fluctuated(ask: Inquiry) -> Iterator[Check]:
    if ask.base.printed:
        china, region = ask.share("CHN", "ASEAN"), ask.of.share("NEA", "ASEAN")
        rest = Years({year: region[year] - china[year] for year in (FIRST, LAST)})
        share = [(sentence("the four other than China in ASEAN"), rest)]
    else:
        share = [
            (sentence("{0} in {1}", names.economy(code), "ASEAN"), ask.of.share(code, "ASEAN"))
            for code in ("JPN", "KOR")
        ]
    for label, values in share:
        start, end = ask.ends(values)
        flat = abs(values[end] / values[start] - 1) <= ask.terms.clear
        yield Check(path(label, values, start, end), flat, (start, end), end - start < WHOLE, "size")


@claim
def china_japan_korea_lead_in_asean(ask: Inquiry) -> Iterator[Check]:
    ask.needs("CHN", "JPN", "KOR", "RUS")
    shares = {code: ask.of.share(code, "ASEAN") for code in NEA if code in ask.of.economies}
    for year, beside in ask.moments(shares["CHN"]):
        share = {code: values[year] for code, values in shares.items()}
        order = sorted(share, key=lambda code: -share[code])
        given = in_turn(sentence("{0} {1}", names.economy(code), number(share[code])) for code in order)
        least = min(share[code] for code in ("CHN", "JPN", "KOR"))
        rest = max(share[code] for code in ("RUS", "MNG") if code in share)
        yield Check(sentence("{0} {1}", year, given), least > ask.terms.far * rest, (year,), beside, "size")


@claim
def china_in_india_is_flat(ask: Inquiry) -> Iterator[Check]:
    india = ask.of.share("CHN", "IND")
    if not ask.base.printed:
        start, end = ask.ends(india)
        flat = india[end] / india[start] - 1 <= ask.terms.clear
        says = path(sentence("{0} in {1}", "China", "India"), india, start, end)
        yield Check(says, flat, (start, end), end - start < WHOLE, "size")


@claim
def china_in_india_is_low(ask: Inquiry) -> Iterator[Check]:
    india, asean = (ask.of.share("CHN", host) for host in ("IND", "ASEAN"))
    for year, beside in ask.moments(asean):
        first = sentence("China in ASEAN"), asean[year]
        second = sentence("in India"), india[year]
        yield ask.exceeds(year, first, second, times=ask.terms.far, beside=beside)


@claim
def others_in_india_lower_still(ask: Inquiry) -> Iterator[Check]:
    shares = {code: ask.of.share(code, "IND") for code in ("CHN", "JPN", "KOR", "RUS")}
    for year, beside in ask.moments(shares["CHN"]):
        china, *others = (shares[code][year] for code in shares)
        says = sentence("{0} China {1}, Japan {2}, Korea {3}, Russia {4}", year, *map(number, (china, *others)))
        yield Check(says, china - max(others) > ask.base.rounding(2), (year,), beside, "rank")


@claim
def chains_extend_to_asean(ask: Inquiry) -> Iterator[Check]:
    asean, india = (ask.of.share("CHN", host, "imint_share") for host in ("ASEAN", "IND"))
    for year, beside in ask.moments(asean):
        first = sentence("imported intermediates: China in ASEAN"), asean[year]
        second = sentence("in India"), india[year]
        yield ask.exceeds(year, first, second, times=ask.terms.far, beside=beside)
    if not ask.base.printed:
        start, end = ask.ends(asean)
        gain = [share[end] - share[start] for share in (asean, india)]
        says = sentence("points gained from {0} to {1}: ASEAN {2}, India {3}", start, end, *map(points, gain))
        yield Check(says, gain[0] > max(0, gain[1]), (start, end), end - start < WHOLE, "rank")


@answers(LEDGER)
def chains_compete_in_india(ask: Inquiry) -> Iterator[Check]:
    for industry in FLOCK.values():
        cents = ledger.cents(ledger.earned("IND", industry)).T
        for code, rises in (("CHN", False), ("IND", True)):
            part = ask.of.known(cents[ledger.HOME if code == "IND" else code], code)
            label = sentence(f"cents earned by {{0}} per dollar of India's exports of {industry}", names.economy(code))
            yield change(label, part, 2011, LAST, rises=rises)
            yield replace(change(label, part, 2011, LAST + 1, rises=rises), beside=True)


@claim
def table_2_adds_up(ask: Inquiry) -> Iterator[Check]:
    if not ask.base.printed:
        raise silent(ask.of.name, "numbers as printed", "computed ones")
    for measure, words in MEASURE_WORDS.items():
        for host in HOSTS:
            whole, *parts = (ask.of.share(code, host, measure)[LAST] for code in ("NEA", *NEA))
            low, high = article.bounds(lambda whole, *parts: sum(parts) - whole, whole, *parts)
            says = sentence("{0}, {1}: {2} and {3}", words, names.economy(host), number(sum(parts)), number(whole))
            yield Check(says, low <= 0 <= high, (LAST,))
