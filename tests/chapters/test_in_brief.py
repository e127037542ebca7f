"""The summary: what its sentences say in words about the numbers that they hold."""

import pytest

from industrial_chains import error_sizes
from industrial_chains.chapters import back_test
from industrial_chains.facts import in_brief
from industrial_chains.sources import OECD


@pytest.fixture(scope="module")
def said():
    return in_brief.numbers()


@pytest.mark.parametrize("host", ["ASEAN", "MEX"])
def test_the_rise_of_cents_exceeds_its_error(said, host):
    rise = said[f"cents_CHN_in_{host}_2022"] - said[f"cents_CHN_in_{host}_2018"]
    assert rise > said[f"error_cents_CHN_in_{host}"] > 0.5


def test_what_china_lost_is_within_the_studies_and_partly_came_without_duties(said):
    assert said["predicted_low"] < said["counted_2025"] < said["predicted"] < said["predicted_high"]
    counted = back_test.path().query("line == 'Actual'").set_index("year")["value"]
    assert counted[2022] - counted[2024] > 3
    predicted = back_test.path().query("line == 'Predicted'").set_index("year")["value"]
    assert abs(predicted[2022] - predicted[2024]) < 0.3


def test_every_central_number_lies_in_its_range(said):
    for name in ("cents_buyer", "cents_real", "percent_duty_CHN", "percent_apart_KOR"):
        assert said[f"{name}_low"] < said[name] < said[f"{name}_high"], name


def test_both_ways_of_korea_changed_by_more_than_the_error(said):
    error = said["error_passing_KOR_CHN"]
    assert said["passing_KOR_CHN_2018"] - said["passing_KOR_CHN_2022"] > error
    assert said["passing_KOR_VNM_2022"] - said["passing_KOR_VNM_2018"] > error
    of_viet_nam = error_sizes.change(OECD, "passing", OECD.passing("KOR", "VNM"), (2018, 2022), "VNM")
    assert 0.6 < of_viet_nam < error


def test_prices_account_for_most_of_what_japan_lost(said):
    lost = said["share_JPN_in_ASEAN_2018"] - said["share_JPN_in_ASEAN_2022"]
    left = said["share_JPN_in_ASEAN_2018"] - said["share_JPN_in_ASEAN_at_prices"]
    assert 0 < left < lost / 2
    assert left < said["error_share_JPN_in_ASEAN"] < lost


def test_china_buys_less_of_korea_more_of_russia_and_as_much_of_japan(said):
    part = {
        code: [said[f"share_CHN_in_exports_of_{code}_{year}"] for year in (2018, 2022)]
        for code in ("JPN", "KOR", "RUS")
    }
    error = {code: said[f"error_share_CHN_in_exports_of_{code}"] for code in part}
    assert part["KOR"][0] - part["KOR"][1] > error["KOR"]
    assert part["RUS"][1] - part["RUS"][0] > error["RUS"]
    assert abs(part["JPN"][1] - part["JPN"][0]) < error["JPN"]
    americans = OECD.link("JPN", "USA", "exports")[2022]
    assert americans == pytest.approx(said["share_CHN_in_exports_of_JPN_2022"], abs=1)


def test_russia_sells_most_to_the_european_union_as_one():
    assert list(OECD.partners("RUS", "exports", 2022).index[:2]) == ["EU27", "CHN"]
