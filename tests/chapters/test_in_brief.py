"""The summary: what its sentences say in words about the numbers that they hold."""

import pandas as pd
import pytest

from chapters import in_brief
from chapters.frontier import back_test
from industrial_chains import ledger
from industrial_chains.ledger import ASEAN
from industrial_chains.sources import OECD
from industrial_chains.uncertainty import error_sizes


@pytest.fixture(scope="module")
def said():
    return in_brief.numbers()


@pytest.mark.parametrize(("host", "name"), [(ASEAN, "ASEAN"), ("MEX", "MEX")])
def test_the_rise_of_cents_exceeds_its_error(said, host, name):
    cents = ledger.cents(ledger.earned(host)).T["CHN"]
    assert cents[2022] - cents[2018] > said[f"error_cents_CHN_in_{name}"] > 0.3


def test_what_china_lost_is_within_the_studies_and_partly_came_without_duties():
    path = back_test.path().set_index(["line", "year"])
    counted, predicted = path["value"]["Actual"], path["value"]["Predicted"]
    assert path["low"]["Predicted", 2025] < counted[2025] < predicted[2025] < path["high"]["Predicted", 2025]
    assert counted[2022] - counted[2024] > 3
    assert abs(predicted[2022] - predicted[2024]) < 0.3


def test_the_model_is_near_in_two_of_eight_years():
    # Independent: what customs count, by plain pandas, less what the model gives, 2018 to 2025.
    counted = [21.27, 18.25, 18.46, 17.53, 16.50, 13.73, 13.23, 8.98]
    predicted = [20.76, 17.13, 16.45, 15.73, 16.00, 16.15, 16.18, 10.11]
    off = [abs(one - other) for one, other in zip(counted, predicted, strict=True)]
    assert back_test.missed().tolist() == pytest.approx(off, abs=0.012)
    found = back_test.of_path()
    assert found["points_path_missed"] == pytest.approx(1.55, abs=0.005)
    assert (found["years_within_a_point"], found["years_of_path"]) == (2, 8)
    assert list(back_test.missed().nsmallest(2).index) == [2022, 2018], "the years of the title"


def test_more_than_half_of_aseans_rise_is_viet_nams_and_the_peak_has_passed():
    without = ledger.cents(ledger.earned(ASEAN) - ledger.earned("VNM")).T["CHN"]
    assert [without[2018], without[2022]] == pytest.approx([6.28, 7.21], abs=0.005)
    asean = ledger.cents(ledger.earned(ASEAN)).T["CHN"]
    assert 0 < without[2022] - without[2018] < (asean[2022] - asean[2018]) / 2
    for host in (ASEAN, "MEX"):
        assert ledger.cents(ledger.earned(host)).T["CHN"].idxmax() == 2021


def test_most_of_what_korea_no_longer_sends_through_china_goes_directly():
    china, viet_nam = (OECD.passing("KOR", code) for code in ("CHN", "VNM"))
    direct = {year: 100 - OECD.detoured("KOR")[year] for year in (2011, 2018, 2022)}
    gained = viet_nam[2022] - viet_nam[2018]
    assert china[2018] - china[2022] > gained > error_sizes.change(OECD, "passing", viet_nam, (2018, 2022), "VNM")
    assert direct[2022] - direct[2018] > 1.8 * gained, "most of the difference goes directly"
    assert direct[2022] == pytest.approx(direct[2011], abs=0.5)


def test_prices_account_for_most_of_what_japan_lost(said):
    share = OECD.share("JPN", "ASEAN")
    lost, left = share[2018] - share[2022], share[2018] - said["share_JPN_in_ASEAN_at_prices"]
    assert lost == pytest.approx(2.33, abs=0.005)
    assert 0 < left < lost / 2


#: Each by plain pandas from the shipped files, or by others: December 2026.
HEADLINES = {
    "China’s share of American imports, 2018": 20.75,
    "China’s share of American imports, 2026": 7.37,
    "China’s part of ASEAN’s dollar, 2011": 4.45,
    "China’s part of ASEAN’s dollar, 2018": 7.60,
    "China’s part of ASEAN’s dollar, 2022": 9.60,
    "Japan’s part of ASEAN’s dollar, 2022": 2.77,
    "Japan’s earnings in ASEAN’s goods exports, 2022": 37.58,
    "A plant that keeps its suppliers": 24.16,
    "A chain of the host’s own": 75.50,
    "A dollar that Americans stop buying from China": 70.19,
    "Korean value added that reaches America directly, 2022": 72.16,
    "Korean value added that reaches America through China, 2022": 7.88,
    "Correlation of model and gains, 2017–2022": 0.073,
    "Correlation of model and gains, 2022–2025": 0.027,
    "What duties miss of China’s share, a year": 1.55,
}


def test_the_numbers_that_the_book_repeats():
    found = in_brief.headlines()
    assert found["Value"].to_dict() == pytest.approx(HEADLINES, abs=0.006)
    ranged = found.dropna()
    assert ranged["Low"].le(ranged["Value"]).all()
    assert ranged["High"].ge(ranged["Value"]).all()
    assert len(ranged) == 7
    for year, low, high in ((2011, 3.51, 5.39), (2018, 6.75, 8.45)):
        of_china = found.T[f"China’s part of ASEAN’s dollar, {year}"]
        assert [of_china["Low"], of_china["High"]] == pytest.approx([low, high], abs=0.006)
    assert found.T["A plant that keeps its suppliers"][["Low", "High"]].tolist() == pytest.approx(
        [19.7, 24.2], abs=0.06
    )


def test_chinas_share_compares_the_same_months():
    # Both from files of their own months, by plain pandas.
    old = pd.read_csv("data/frontier/us_imports_by_month.csv").query("year == 2018 and month <= 8")
    new = pd.read_csv("data/frontier/us_market_by_month.csv").query("'2026-01' <= month <= '2026-08'")
    sums = new.groupby("partner")["imports"].sum()
    shares = [100 * old["CHN"].sum() / old["WLD"].sum(), 100 * sums["CHN"] / sums["WLD"]]
    assert in_brief.headlines()["Value"].iloc[:2].tolist() == pytest.approx(shares)
    assert shares[1] / shares[0] < 0.37, "fell by nearly two thirds"


def test_three_fifths_of_chinas_rise_in_asean_came_before_the_duties():
    cents = ledger.cents(ledger.earned(ASEAN)).T["CHN"]
    assert (cents[2018] - cents[2011]) / (cents[2022] - cents[2011]) == pytest.approx(0.61, abs=0.005)
