"""The first page: numbers of its sentences, from the modules of the pages that it points to."""

from chapters.frontier import what_if
from chapters.northeast_asia import claims, long_run
from exhibits.prose import Numbers
from industrial_chains import customs
from industrial_chains.sources import WIOD


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    last, _ = customs.end()
    statements = claims.headline(claims.verdicts())
    return {
        "last_year": last,
        "cents_model": what_if.lost()["Middle"]["buyer"],
        "exporters_of_all_databases": len(long_run.everywhere()),
        "led_by_CHN_2000": long_run.led(WIOD, 2000),
        "led_by_CHN_2007": long_run.led(WIOD, 2007),
        "statements_on_ties_tested": statements["statements_on_ties_tested"],
        "statements_on_ties_too_close": statements["statements_on_ties_too_close"],
        "statements_on_ties_that_hold_or_fit": statements["statements_on_ties_that_hold_or_fit"],
        "statements_on_the_frontier_tested": statements["statements_on_the_frontier_tested"],
        "statements_on_the_frontier_against": statements["statements_on_the_frontier_against"],
    }
