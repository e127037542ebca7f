"""The first page: numbers of its sentences, from the modules of the pages that it points to."""

from chapters.frontier import back_test, what_if
from chapters.northeast_asia import claims, interregional, intraregional, long_run
from exhibits.prose import Numbers
from industrial_chains.sources import OECD, WIOD


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    statements = claims.headline(claims.verdicts())
    detoured, neighbours, path = OECD.detoured("KOR"), intraregional.of_neighbours(), back_test.of_path()
    return {
        "points_path_missed": path["points_path_missed"],
        "years_within_a_point": path["years_within_a_point"],
        "years_of_path": path["years_of_path"],
        "pairs_by_land": neighbours["pairs_by_land"],
        "pairs_by_land_closer_than_CHN_JPN": neighbours["pairs_by_land_closer_than_CHN_JPN"],
        "points_direct_KOR": detoured[2018] - detoured[2022],
        "points_RUS_in_IND_2019_2022_adb": interregional.russian_in_india(),
        "cents_model": what_if.lost()["Middle"]["buyer"],
        "exporters_of_all_databases": len(long_run.everywhere()),
        "led_by_CHN_2000": long_run.led(WIOD, 2000),
        "led_by_CHN_2007": long_run.led(WIOD, 2007),
        "statements_on_ties_tested": statements["statements_on_ties_tested"],
        "statements_on_ties_supported": statements["statements_on_ties_supported"],
        "statements_on_ties_uncertain": statements["statements_on_ties_uncertain"],
        "statements_on_the_frontier_tested": statements["statements_on_the_frontier_tested"],
        "statements_on_the_frontier_against": statements["statements_on_the_frontier_against"],
    }
