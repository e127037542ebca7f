"""The conclusion: its picture from the raw files, and the words of its sentences."""

import pandas as pd
import pytest

from chapters import where_chains_go
from chapters.frontier import american_market, scenarios, what_if
from industrial_chains import data, ledger, waves_by_industry
from industrial_chains.sources import OECD


@pytest.fixture(scope="module")
def shares():
    return where_chains_go.shares().set_index("of")


def test_the_picture_by_plain_pandas(shares):
    rows = data.table("ledger").query("database == 'OECD' and industry == 'goods' and origin == 'CHN'")
    cents = rows.set_index(["host", "year"])["cents"]
    for host, label in where_chains_go.HOSTS.items():
        assert shares.loc[label].tolist() == pytest.approx([cents[host, 2018], cents[host, 2022]], abs=1e-3)
    # By customs, as the back-test has them typed.
    assert shares.loc["Goods that Americans import"].round(2).tolist() == [21.27, 16.50]


def test_china_lost_the_american_market_and_gained_elsewhere(shares):
    change = shares["2022"] - shares["2018"]
    assert change["Goods that Americans import"] < -4
    assert -1 < change["Foreign value added that Americans use"] < 0, "hardly fell"
    gained = change.drop(["Goods that Americans import", "Foreign value added that Americans use"])
    assert len(gained) == 7
    assert (gained > 0.5).all()


@pytest.mark.parametrize("first", [2011, 2017, 2018])
def test_chinas_share_rose_in_every_industry_from_other_years_too(first):
    for industry in waves_by_industry.INDUSTRIES:
        held = waves_by_industry.share(industry, "CHN", OECD)
        assert held[2022] > held[first], industry


def test_the_words_about_hosts():
    host = ledger.earned("VNM")
    assert 3 < host.loc["home", 2022] / host.loc["home", 2011] < 3.3, "more than threefold"
    asean = ledger.cents(ledger.earned("ASEAN10")).loc["CHN"]
    assert asean[2018] < asean[2022] < asean[2021], "more than in 2018, less than in 2021"
    parts = ledger.cents(ledger.earned("ASEAN10"))[2022]
    assert parts["CHN"] > parts["JPN"] + parts["KOR"]


def test_without_hardware_most_partners_sold_little_more():
    grew = american_market.engines_tried()["Growth, percent"]["Without the five"]
    assert isinstance(grew, pd.Series)
    assert (grew.drop("The twelve") < 10).sum() >= 10


@pytest.fixture(scope="module")
def worth():
    return where_chains_go.worth().pivot(index="economy", columns="step", values="value")


def test_the_middle_is_that_of_the_file(worth):
    rows = data.table("regional_scenarios").query("trial == 'studies' and measure == 'income'")
    for scenario, label in where_chains_go.STEPS.items():
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
