"""Statements of part one, on history and theory."""

from collections.abc import Iterator
from itertools import product

import pandas as pd

from industrial_chains import article
from industrial_chains.charting import names
from industrial_chains.industry_groups import FLOCK, GOODS, MANUFACTURING
from industrial_chains.sources import (
    Years,
)
from industrial_chains.statements.asked import WHOLE, Check, Inquiry, claim, number, path, points, sentence

NONE = pd.Series(dtype=float)


@claim
def china_in_world_exports(ask: Inquiry) -> Iterator[Check]:
    share = ask.world_share(("CHN",), "gross_exports", GOODS)
    for year in (1990, 2010):
        if year in share:
            stated = article.figure("world_export_share", "CHN", year, "WLD")
            says = sentence("{0} ({1}) against {2} as stated", number(share[year]), year, number(stated))
            yield Check(says, abs(share[year] / stated - 1) <= 0.2, (year,), aspect="size")
    yield ask.rose(sentence("{0}", "China"), share, 1990, 2010)


@claim
def china_first_in_manufacturing(ask: Inquiry) -> Iterator[Check]:
    china, america = (ask.world_share((code,), "value_added", MANUFACTURING) for code in ("CHN", "USA"))
    for year, passed in ((2009, False), (2010, True)):
        if year in china:
            both = number(china[year]), number(america[year])
            says = sentence("{0} China {1}, United States {2} of the world's", year, *both)
            # A lead that is not clear may be one of the prices and taxes that tables count differently.
            ahead = china[year] / america[year] - 1 > (0 if passed else ask.terms.clear)
            yield Check(says, ahead == passed, (year,), aspect="rank")
    later = [year for year in china if year > 2010]
    if len(later) > 1:
        ahead = sum(china[year] > america[year] for year in later)
        says = sentence("China ahead in {0} of {1} years since {2}", ahead, len(later), later[0])
        yield Check(says, ahead == len(later), (later[0], later[-1]), True, "rank")


#: Those who sent industry away in the fourth wave, and so are no hosts of it: Japan, the West and the newly industrial.
_SENDERS = {
    *("JPN", "USA", "CAN", "AUS", "KOR", "TWN", "HKG", "SGP", "AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR"),
    *("GRC", "IRL", "ITA", "LUX", "NLD", "PRT", "SWE"),
}


@claim
def china_host_of_the_fourth_wave(ask: Inquiry) -> Iterator[Check]:
    share = ask.world("value_added", MANUFACTURING)
    years = [int(year) for year in share.index if year >= 1990]
    start, end = years[0], years[-1]
    rose = (share.loc[end] - share.loc[start]).to_dict()
    gain = {str(code): value for code, value in rose.items() if pd.notna(value) and code not in _SENDERS}
    first, second = sorted(gain, key=lambda code: -gain[code])[:2]
    both = [part for code in (first, second) for part in (names.economy(code), points(gain[code]))]
    says = sentence("{0} to {1} {2} {3} points, next {4} {5}", start, end, *both)
    yield Check(says, first == "CHN", (start, end), start > 2010, "rank")


@claim
def geese_in_textiles(ask: Inquiry) -> Iterator[Check]:
    ask.needs("JPN", "CHN")
    frame = ask.of.advantage(FLOCK["Textiles, clothing and footwear"])
    first, last = int(frame.index[0]), int(frame.index[-1])
    if last - first > 2 * WHOLE:
        index = {code: known(ask, frame, code) for code in ("JPN", "KOR", "HKG", "TWN", "CHN") if code in frame}
        peak = {code: max(values, key=values.__getitem__) for code, values in index.items()}
        between = [code for code in peak if code not in ("JPN", "CHN")]
        for before, after in [*product(["JPN"], between), *product(between, ["CHN"])]:
            both = [part for code in (before, after) for part in (names.economy(code), peak[code])]
            says = sentence("peak in {0} {1}, in {2} {3}", *both)
            yield Check(says, peak[before] < peak[after], (first, last), aspect="rank")
        return
    senders = {"JPN": True, "KOR": True, "TWN": True}
    hosts = ("CHN", "IDN") if first < 2010 else ("IDN", "VNM", "KHM", "MMR")
    for code, falls in {**senders, **dict.fromkeys(hosts, False)}.items():
        values = known(ask, frame, code)
        says = path(sentence("{0}", names.economy(code)), values, first, last, 2)
        yield Check(says, (values[last] < values[first]) == falls, (first, last), beside=first > 2010)


def known(ask: Inquiry, frame: pd.DataFrame, code: str) -> Years:
    return ask.of.known(frame.get(code, NONE), code)


@claim
def hollowing_out(ask: Inquiry) -> Iterator[Check]:
    share = ask.of.weight("value_added", MANUFACTURING)
    # Korea and Taiwan received industry before they sent it away.
    for code in ("USA", "JPN", "KOR", "TWN") if share.index[0] >= 1990 else ("USA", "JPN"):
        values = known(ask, share, code)
        start, end = ask.ends(values, min(values), max(values))
        yield Check(
            path(sentence("{0}", names.economy(code)), values, start, end), values[end] < values[start], (start, end)
        )


@claim
def finer_division_of_labour(ask: Inquiry) -> Iterator[Check]:
    content = ask.of.foreign_in_exports()
    yield ask.rose(sentence("foreign value added in the world's exports"), content, min(content), 9999)
