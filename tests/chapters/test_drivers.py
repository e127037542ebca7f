"""Drivers: what the text says of Kojima's contrast and of the cycle as it is seen."""

import pandas as pd
import pytest

import gvc
from exhibits.sliders import Traced
from industrial_chains import waves_by_industry
from industrial_chains.chapters import drivers
from industrial_chains.facts import drivers as facts
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
    shares = drivers.adds_to_trade([0, 20, 50])
    assert shares[50] > shares[20]


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
    told = facts.numbers()
    assert told["net_balance_USA_electronics_1965"] == pytest.approx(found[1965])
    assert told["net_deficit_USA_electronics_2000"] == pytest.approx(-found[2000])
    assert found[1965] > 20
    assert found[2000] < 0
