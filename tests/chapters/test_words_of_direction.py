"""Words of direction about numbers that no exhibit holds: the two numbers that each compares, with literals."""

from chapters.frontier import american_market, back_test
from chapters.northeast_asia import claims, interregional, ledger, prices
from industrial_chains import customs
from industrial_chains.ledger import ASEAN, cents, earned


def pair(numbers, stem, *ends):
    return [round(float(numbers[f"{stem}_{end}"]), 1) for end in ends]


def test_in_brief_japans_share_fell_and_its_dollars_did_not() -> None:
    dollars = earned(ASEAN).T["JPN"] / 1000
    assert [round(dollars[year], 1) for year in (2018, 2022)] == [36.4, 37.6]
    share = cents(earned(ASEAN)).T["JPN"]
    assert share[2022] < share[2018]


def test_in_brief_and_index_name_the_fall_of_chinas_share() -> None:
    then, now = customs.shares(2018)["CHN"], american_market.sold().loc["China", ("Percent of all", "2026")]
    assert (round(then, 1), round(now, 1)) == (21.3, 7.4)
    assert 0.63 < 1 - now / then < 2 / 3, "nearly two thirds"


def test_index_a_year_earlier_the_gap_was_wider() -> None:
    ways = (
        interregional.detours(["KOR"], ["CHN", "VNM"])
        .set_index(["exporter", "year"])["value"]
        .groupby(level=[0, 1])
        .last()
    )
    gap = {year: round(ways["CHN", year] - ways["VNM", year], 1) for year in (2021, 2022)}
    assert gap == {2021: 3.5, 2022: 0.6}


def test_ledger() -> None:
    said = ledger.numbers()
    assert pair(said, "cents_RUS_in_IND", 2021, 2022, "without_2022") == [0.6, 1.9, 0.9], "rose, and less without fuel"
    assert round(said["gained_CHN_in_VNM"]) == 51, "gained"
    own = ledger.answer(ledger.Quantity("VNM", ledger.HOME, "billions"))
    assert own[1] > 3 * own[0], "more than threefold"
    for database, years in (("OECD", (2017, 2022)), ("ADB", (2017, 2022))):
        for host in (ledger.ASEAN, "VNM", "MEX"):
            share = ledger.foreign(host, database)
            assert share.loc["CHN", years[1]] > share.loc["CHN", years[0]], (database, host)
            assert share.loc["JPN", years[1]] < share.loc["JPN", years[0]], (database, host)


def test_american_market() -> None:
    said, last = american_market.numbers(), customs.end()[0]
    assert round(float(said["gained_five"]), 1) == 7.6
    in_electronics = sum(customs.points(customs.BASE, last, code)[customs.ELECTRONICS] for code in customs.GAINERS)
    assert in_electronics > said["gained_five"] / 2, "most of them"
    trial = american_market.trials_of_shares().loc["Without electronics"]
    assert trial["China", "Change"].round(1) == -4.6
    assert trial["Change, points", american_market.TOGETHER].round(1) == 1.0


def test_back_test() -> None:
    said = back_test.numbers()
    assert round(said["dollars_grew_2022"], 1) == 6.7, "grew"
    rose = customs.moved(2013, 2017)["CHN"]
    assert round(rose, 1) == 2.1
    assert round(said["gained_2013_2017_no_fuels"], 1) == 0.4, "cheaper oil accounts for most of the rise"
    assert (said["years_within_a_point"], said["years_of_path"]) == (2, 8), "off by more in six"


def test_prices() -> None:
    said = prices.numbers()
    assert [round(said[f"trillion_dollars_JPN_{year}"], 2) for year in (2011, 2022)] == [5.99, 4.04], "fell"
    assert prices.worth("JPN")["own"].round()[[2011, 2022]].tolist() == [478, 532], "rose in yen"
    assert pair(said, "fuel_of_RUS_in_IND", 2021, 2022) == [0.9, 3.2], "rose"
    assert said["percent_export_price_JPN"] > 0.5, "rose"
    assert round(said["percent_value_added_price_JPN"]) == 26, "fell"


def test_claims() -> None:
    said = claims.numbers()
    assert pair(said, "share_CHN_in_sales_of_ASEAN_to_USA", 2011, 2022) == [13.8, 26.2], "rose"
    assert pair(said, "share_JPN_in_sales_of_ASEAN_to_USA", 2011, 2022) == [12.1, 7.1], "fell"
