"""The hosts: their tables from the raw files, and what the sentences say in words."""

import pandas as pd
import pytest

from chapters.northeast_asia import hosts
from industrial_chains import data, ledger
from industrial_chains.sources import OECD
from industrial_chains.uncertainty import error_sizes


@pytest.fixture(scope="module")
def growth():
    return hosts.growth()


def test_growth_is_that_of_the_file(growth):
    rows = data.table("ledger").query("database == 'OECD' and industry == 'goods' and host == 'KHM' and year == 2022")
    dollars, cents = (rows.set_index("origin")[column] for column in ("dollars", "cents"))
    found = growth.loc["Cambodia"].xs("2022", level=1)
    assert found["Goods exports, billion dollars"] == pytest.approx(dollars.sum() / 1000)
    assert found["Own earnings, billion dollars"] == pytest.approx(dollars["home"] / 1000)
    assert found["Own cents of a dollar"] == pytest.approx(cents["home"], abs=1e-3)
    assert found["China’s cents of a dollar"] == pytest.approx(19.32, abs=0.01)


def test_every_dollar_is_whole():
    assert hosts.dollar().groupby("host")["cents"].sum().tolist() == pytest.approx([100] * 12)


def test_who_earns_more_and_who_keeps_less(growth):
    earnings = growth["Own earnings, billion dollars"]
    assert list(earnings.index[earnings["2022"] < earnings["2011"]]) == ["Brunei"]
    assert hosts.keeping_less() == ["VNM", "PHL", "KHM", "MMR", "BRN", "LAO", "MEX"]
    exports, own = growth["Goods exports, billion dollars"], growth["Own cents of a dollar"]
    rate = exports["2022"] / exports["2011"]
    assert list(rate.nlargest(3).index) == ["Viet Nam", "Cambodia", "Laos"], "grew most"
    assert rate.idxmin() == (own["2022"] - own["2011"]).idxmax() == "Malaysia"
    assert 3.8 < rate["Viet Nam"] < 4, "nearly fourfold"
    assert own["2022"].idxmin() == "Viet Nam"
    assert growth["China’s cents of a dollar", "2022"].idxmax() == "Cambodia"


@pytest.mark.parametrize("host", hosts.HOSTS)
def test_chinas_part_rose_by_more_than_its_margin(host):
    part = {int(year): float(value) for year, value in ledger.cents(ledger.earned(host)).loc["CHN"].items()}
    off = error_sizes.of_sum("cents of goods", part, {2011: -1.0, 2022: 1.0}, host)
    assert part[2022] - part[2011] > off


def test_japans_part_fell_in_most():
    fell = [h for h in hosts.HOSTS if ledger.cents(ledger.earned(h)).loc["JPN"].pipe(lambda own: own[2022] < own[2011])]
    assert len(fell) == 10


def test_exposure_is_that_of_customs():
    rows = data.table("us_market_by_month")
    counted = {
        year: rows[rows["month"].between(f"{year}-01", f"{year}-08")].groupby("partner")[["imports", "duty"]].sum()
        for year in (2024, 2026)
    }
    year, found = counted[2026], hosts.exposure(counted)
    for code, name in (("KHM", "Cambodia"), ("VNM", "Viet Nam")):
        assert found.loc[name, ("American duty", "2026")] == pytest.approx(100 * year.duty[code] / year.imports[code])
        share = 100 * year.imports[code] / year.imports["WLD"]
        assert found.loc[name, ("Of American imports", "2026")] == pytest.approx(share)
    duty = found["American duty"]["2026"]
    assert isinstance(duty, pd.Series)
    assert duty["Cambodia"] == pytest.approx(22.1, abs=0.05)
    rest = found["Of American imports"]
    assert (rest["2026"] > rest["2024"] + 0.5).pipe(lambda grew: set(grew.index[grew])) == {
        "Viet Nam", "Thailand", "Mexico", "Malaysia",
    }  # fmt: skip
    assert abs(rest["2026"]["India"] - rest["2024"]["India"]) < 0.05
    both = found["Absorbed by, 2022"]
    assert {"Malaysia", "Indonesia", "Laos", "Myanmar"} <= set(both.index[both["China"] > both["United States"]])
    assert both["United States"]["Mexico"] == pytest.approx(OECD.link("MEX", "USA", "exports")[2022])


def test_a_third_of_cambodias_goods_are_textiles():
    part = ledger.earned("KHM", "textiles").sum()[2022] / ledger.earned("KHM").sum()[2022]
    assert part == pytest.approx(1 / 3, abs=0.02)
