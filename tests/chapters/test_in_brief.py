"""The summary: what its sentences say in words about the numbers that they hold."""

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


def test_more_than_half_of_aseans_rise_is_viet_nams_and_the_peak_has_passed(said):
    assert [said[f"cents_CHN_without_VNM_{year}"] for year in (2018, 2022)] == pytest.approx([6.28, 7.21], abs=0.005)
    without = said["cents_CHN_without_VNM_2022"] - said["cents_CHN_without_VNM_2018"]
    asean = ledger.cents(ledger.earned(ASEAN)).T["CHN"]
    assert 0 < without < (asean[2022] - asean[2018]) / 2
    for host in (ASEAN, "MEX"):
        assert ledger.cents(ledger.earned(host)).T["CHN"].idxmax() == 2021


def test_every_central_number_lies_in_its_range(said):
    for name in ("cents_buyer", "cents_real"):
        assert said[f"{name}_low"] < said[name] < said[f"{name}_high"], name


def test_both_ways_of_korea_changed_by_more_than_the_error(said):
    error = said["error_passing_KOR"]
    china, viet_nam = (OECD.passing("KOR", code) for code in ("CHN", "VNM"))
    assert china[2018] - china[2022] > error
    assert viet_nam[2022] - viet_nam[2018] > error
    assert 0.3 < error_sizes.change(OECD, "passing", viet_nam, (2018, 2022), "VNM") <= error
    direct = said["direct_KOR_2022"] - said["direct_KOR_2018"]
    assert direct > 1.8 * (viet_nam[2022] - viet_nam[2018]), "most of the difference goes directly"
    assert said["direct_KOR_2022"] == pytest.approx(said["direct_KOR_2011"], abs=0.5)


def test_prices_account_for_most_of_what_japan_lost(said):
    share = OECD.share("JPN", "ASEAN")
    lost, left = share[2018] - share[2022], share[2018] - said["share_JPN_in_ASEAN_at_prices"]
    assert 0 < left < lost / 2
    assert left < said["error_share_JPN_in_ASEAN"] < lost
    # Independent: of 2.33 points exchange rates are 0.82, inflation 0.89.
    assert lost == pytest.approx(2.33, abs=0.005)
    assert said["points_by_yen_in_ASEAN"] == pytest.approx(0.82, abs=0.005)
    assert said["points_by_inflation_in_ASEAN"] == pytest.approx(0.89, abs=0.005)
