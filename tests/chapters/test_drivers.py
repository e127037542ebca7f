"""Drivers: what the text says of Kojima's contrast and of the cycle as it is seen."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.theory import drivers
from exhibits.sliders import Traced
from industrial_chains import waves_by_industry
from industrial_chains.sources import LRWIOD, OECD, WIOD


def test_a_marginal_industry_adds_to_trade_and_a_leading_one_takes_from_it() -> None:
    # A tenth of the industries, half as productive again: pinned, since the text names both.
    assert drivers.change_of_trade(0.55, 20) == pytest.approx(5.7, abs=0.05)
    assert drivers.change_of_trade(0.25, 20) == pytest.approx(-4.4, abs=0.05)
    [curve] = drivers.transfer_and_trade()["panels"][0].curves
    assert isinstance(curve, Traced)
    base = curve.data[curve.data["barrier"] == 20].set_index("x")["y"]
    assert base[0.55] == pytest.approx(drivers.change_of_trade(0.55, 20))
    assert base[base.index > 0.77].map(str).eq("0.0").all(), "abroad's own industries change nothing"


def traded(barrier: float, low: float = 0.0, high: float = 0.0) -> float:
    """Trade over world income, percent, industry by industry, if those from `low` to `high` abroad improve by half."""
    z = (np.arange(20_000) + 0.5) / 20_000
    advantage = (1024 * (1 - z) / z) ** 0.25 / np.where((z >= low) & (z < high), 1.5, 1.0)
    ordered = np.sort(advantage)

    def sold(wage: float) -> tuple[float, float]:
        """Spending on home's exports, by four workers abroad, and on imports, by one at home."""
        above, below = np.searchsorted(ordered, [wage * barrier, wage / barrier]) / len(z)
        return 4 * (1 - above), wage * below

    wages = np.linspace(4, 6.5, 2_501)
    balance = [abs(np.subtract(*sold(wage))) for wage in wages]
    wage = float(wages[int(np.argmin(balance))])
    return 100 * sum(sold(wage)) / (wage + 4)


def test_in_how_many_industries_a_plant_adds_to_trade() -> None:
    shares = drivers.adds_to_trade([0, 2, 10, 20, 30, 50])
    assert [round(share) for share in shares.values()] == [0, 33, 34, 38, 49, 44]
    # The answer to the exercise: none without a cost, then more, then fewer. Industry by industry it is the same.
    for percent in (0, 10, 30, 50):
        barrier = 1 + percent / 100
        before = traded(barrier)
        middle = np.arange(0.05, 0.9501, 0.025)
        adds = [traded(barrier, at - 0.05, at + 0.05) - before > 0.5 for at in middle]
        assert 100 * np.mean(adds) == pytest.approx(shares[percent], abs=3.5)


def test_answers_to_exercises() -> None:
    told = drivers.numbers()
    # By hand, of the closed forms: z/(1-z) = (1024 / 4^8)^(1/9) = 4^(-1/3), and z^(-1/8); 4^(1/5) with theta 4.
    border = 4 ** (-1 / 3) / (1 + 4 ** (-1 / 3))
    assert told["share_made_at_theta_8"] == pytest.approx(100 * border)
    assert told["gain_at_theta_8"] == pytest.approx(100 * (border ** (-1 / 8) - 1))
    assert told["gain_at_theta_4"] == pytest.approx(100 * ((1 + 4**-0.2) ** (1 / 4) - 1))
    # Three units between clothing's two and electronics' six; the wage is what clothing's three less two by 0.6 leave.
    rungs = drivers.rungs().set_index(["industry", "capital"])["value"]
    assert [rungs["Clothing", 3], rungs["Electronics", 3], rungs["Electronics", 4]] == pytest.approx([75, 25, 50])
    assert told["wage_while_saving"] == pytest.approx(3 - 2 * (5.4 - 3) / (6 - 2))
    assert (told["year_Innovating_imports"], told["year_Innovating_imports_then"]) == (11, 11)
    assert told["percent_dearer_when_standard"] == pytest.approx(100 * ((5 / 1.8) ** 0.1 * 3**0.2 * 0.7**0.7 - 1))
    assert told["percent_relative_wage_falls"] == pytest.approx(100 * (1 - 0.5**0.25))
    assert told["percent_relative_wage_falls_at_8"] == pytest.approx(100 * (1 - 0.5**0.125))


def test_a_turn_of_trade_lasts() -> None:
    turns = drivers.turns()
    bought = waves_by_industry.balance("Electronics", "USA", LRWIOD)
    sold = waves_by_industry.balance("Cars and other vehicles", "KOR", LRWIOD)
    for balance, year in ((-bought, turns["USA_electronics"]), (sold, turns["KOR_cars"])):
        assert balance[balance.index >= year].gt(0).all()
        assert balance[year - 1] <= 0


def test_the_cycle_is_seen_as_titled() -> None:
    frame = drivers.cycle_seen()
    frame = frame[frame["database"] == LRWIOD.label]
    wide = frame.pivot(index="year", columns=["industry", "economy"], values="value")
    for industry in ("Cars and other vehicles", "Electronics"):
        assert wide[industry, "USA"].iloc[0] > 20
        assert wide[industry, "USA"].iloc[-1] < 0
        assert wide[industry, "KOR"].iloc[0] < 0 < wide[industry, "KOR"].iloc[-1]
    for code in ("JPN", "DEU"):
        assert waves_by_industry.balance("Cars and other vehicles", code, OECD)[2022] > 20


@pytest.mark.parametrize("margin", [0, 2, 5, 10])
def test_sellers_and_buyers_changed_places_by_any_margin(margin: int) -> None:
    """In trade of both industries; in later databases in every year, those of crises near zero."""
    for industry in ("Cars and other vehicles", "Electronics"):
        for code, sign in (("USA", -1), ("KOR", 1)):
            first = sign * waves_by_industry.balance(industry, code, LRWIOD)
            assert first[1965] < -margin
            assert first[2000] > margin
            for later in (WIOD, OECD):
                since = sign * waves_by_industry.balance(industry, code, later)
                assert since.gt(0).all()
                assert since.median() > margin


def test_the_american_turn_outlasts_the_balance_of_all_trade() -> None:
    """Exports less imports over both together, and the same of all trade taken off, from the raw rows."""
    products = pd.read_csv(gvc.panel.DATA / "theory" / "products.csv", keep_default_na=False)
    flows = gvc.load_panel("lrwiod").query("flow == 'gross_exports'")
    found = {}
    for year in (1965, 2000):
        row = products.query("database == 'Long-run WIOD' and year == @year and economy == 'USA'")
        row = row.set_index("industry").loc["Electronics"]
        sold, bought = (
            flows.query(f"year == {year} and {side} == 'USA'")["value"].sum() for side in ("origin", "destination")
        )
        whole = (sold - bought) / (sold + bought)
        found[year] = 100 * ((row["exports"] - row["imports"]) / (row["exports"] + row["imports"]) - whole)
    told = drivers.numbers()
    assert told["net_balance_USA_electronics_1965"] == pytest.approx(found[1965])
    assert told["net_deficit_USA_electronics_2000"] == pytest.approx(-found[2000])
    assert found[1965] > 20
    assert found[2000] < 0
