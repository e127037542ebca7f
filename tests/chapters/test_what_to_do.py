"""What to do: the middle of seven studies from the raw file, and what its sentences say in words."""

import pandas as pd
import pytest

from chapters import what_to_do
from chapters.frontier import american_market, scenarios, what_if
from industrial_chains import data
from industrial_chains.sources import OECD


@pytest.fixture(scope="module")
def worth():
    return what_to_do.worth().pivot(index="economy", columns="step", values="value")


def test_the_middle_is_that_of_the_file(worth):
    rows = data.table("regional_scenarios").query("trial == 'studies' and measure == 'income'")
    for scenario, label in what_to_do.STEPS.items():
        seven = rows[rows["scenario"] == scenario]
        assert len(seven) == 7
        for code, name in (("JPN", "Japan"), ("VNM", "Viet Nam"), ("CHN", "China")):
            assert worth.loc[name, label] == pytest.approx(sorted(seven[code])[3])


def test_the_words_of_the_pact(worth):
    pact = worth["Pact of the three"]
    assert pact.idxmax() == "Japan"
    assert pact["China"] < 0 < pact["Korea"]
    assert scenarios.ends("agreement").abs().max(axis=None) < 0.5, "by less than half of one per cent"
    # American duties cost China the same with the pact and without.
    without, shielded = (scenarios.ends(name).loc["CHN"] for name in ("in_force", "shielded"))
    assert shielded.tolist() == pytest.approx(without.tolist(), abs=0.01)


def test_the_words_of_the_duties(worth):
    now, origin = worth["Duties of August 2026"], worth["Duty on content"]
    assert now[["China", "Japan", "Korea", "Russia"]].idxmin() == "Korea"
    assert origin.idxmin() == "Viet Nam"
    assert origin["Viet Nam"] < origin["Mexico"] < -0.1
    assert abs(origin["China"]) < 0.01
    # The ruling of February is worth more to India than any step.
    ruled = what_if.incomes_and_shares().loc["India", ("Real income, percent", "After the ruling")]
    assert str(ruled).startswith("0.05")
    assert worth.loc["India"].abs().max() < 0.05


def test_china_buys_less_of_korea_and_a_fifth_of_japan():
    japan, korea = (OECD.link(code, "CHN", "exports") for code in ("JPN", "KOR"))
    assert korea[2018] - korea[2022] > 2
    for buyer in ("CHN", "USA"):
        assert OECD.link("JPN", buyer, "exports")[2022] == pytest.approx(20, abs=1.5), "about a fifth"
    assert japan[2022] > 0


def test_mexico_pays_half_the_average():
    duty = american_market.sold()["Duty, percent"]["2026"]
    assert isinstance(duty, pd.Series)
    assert duty["Mexico"] / duty["All partners"] == pytest.approx(0.5, abs=0.05)
    assert duty["Japan"] == pytest.approx(11, abs=0.05)
