"""Exchange rates, inflation and fuel: numbers computed a second way, and what could break the titles."""

import math

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.northeast_asia import prices as chapter
from industrial_chains.analysis import revaluation
from industrial_chains.sources import OECD
from industrial_chains.uncertainty import error_sizes

NINE = ("BRN", "IDN", "KHM", "LAO", "MYS", "PHL", "SGP", "THA", "VNM")
FUEL = ("B05", "B06", "B07", "B08", "B09", "C19")


def rates() -> pd.DataFrame:
    """Read the file without the module that reads it."""
    return pd.read_csv(gvc.panel.DATA / "northeast_asia" / "rates.csv", index_col=["economy", "year"])


def given(name: str, year: int, *hosts: str) -> pd.Series:
    """Sum what all others give to the hosts' exports, from a panel's rows."""
    rows = gvc.load_panel(name).query("flow == 'va_exports' and year == @year and origin != destination")
    return rows[rows["destination"].isin(hosts)].groupby("origin", observed=True)["value"].sum()


# -- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("economy", "year", "expected"),
    [
        ("JPN", 2011, 79.8),
        ("JPN", 2022, 131.5),
        ("CHN", 2011, 6.46),
        ("CHN", 2022, 6.74),
        ("KOR", 2011, 1108),
        ("KOR", 2022, 1291),
        ("MEX", 2022, 20.1),
        ("DEU", 2011, 0.718),
        ("DEU", 2022, 0.950),
    ],
)
def test_known_rates_by_all_three_banks(economy: str, year: int, expected: float) -> None:
    found = rates().loc[(economy, year), ["rate", "fed", "ecb"]].astype(float)
    assert found.to_numpy() == pytest.approx(expected, rel=2e-3)


def test_rates_are_units_of_currency_per_dollar() -> None:
    rate = chapter.rates("rate")
    assert (rate.loc[["GBR", "DEU", "FRA"]].loc[:, 2011:] < 1).all(axis=None)
    assert (rate.loc["VNM", 2011:] > 20000).all()
    assert (rate.loc["USA"] == 1).all()
    assert rate.loc["GBR", 2022] == pytest.approx(0.811, rel=2e-3)
    assert rate.loc["TWN", 2022] == 29.7963


def test_every_economy_of_the_panel_has_a_rate_and_a_deflator() -> None:
    frame = rates()
    assert set(frame.index.get_level_values("economy")) == OECD.economies - {"ROW"}
    assert len(frame) == 80 * 28
    assert (frame["rate"] > 0).all()
    assert frame["rate"].notna().all()
    lacking = frame[frame["deflator"].isna()].index
    assert {*lacking} == {("STP", year) for year in range(1995, 2001)}
    based = frame.xs(2011, level="year")
    assert based["deflator"].to_numpy() == pytest.approx(100)
    assert based["export_price"].to_numpy() == pytest.approx(100)
    assert frame.dropna(subset="export_price").index.get_level_values("year").max() == 2018


def test_central_banks_agree_on_the_currencies_that_matter() -> None:
    frame = rates().query("year >= 2011")
    apart = (100 * (frame[["fed", "ecb"]].div(frame["rate"], axis=0) - 1).abs()).groupby("economy").max().max(axis=1)
    assert apart["JPN"] < 0.2
    assert apart["CHN"] < 1
    assert apart.drop("IND").max() < 1
    assert 3 < apart["IND"] < 3.5
    found = chapter.gaps().max(axis=1)
    assert found.to_dict() == pytest.approx(apart.dropna()[found.index].to_dict())


def test_the_dollar_stands_for_the_rest_of_the_world() -> None:
    for of in ("currency", "value added", "exports"):
        index = chapter.in_dollars(of)
        assert index.loc["ROW"].equals(index.loc["USA"].rename("ROW"))


# -- shares -----------------------------------------------------------------------------------------------------------


def test_two_cells_by_plain_pandas() -> None:
    frame = rates()
    dearer = frame["rate"].xs(2022, level="year") / frame["rate"].xs(2011, level="year")
    mexico = given("oecd", 2022, "MEX")
    worth = mexico * dearer.reindex(mexico.index).fillna(1)  # the rest of the world has the dollar
    japan = 100 * worth["JPN"] / worth.sum()
    assert japan == pytest.approx(4.72, abs=5e-3)
    shown = chapter.side_by_side()
    assert shown.loc[("Mexico", "Japan"), "2022 at 2011 rates"] == pytest.approx(japan)

    inflated = frame["deflator"].xs(2022, level="year") / 100
    asean = given("oecd", 2022, *NINE)
    real = dearer / inflated
    worth = asean * real.reindex(asean.index).fillna(real["USA"])
    china = 100 * worth["CHN"] / worth.sum()
    assert china == pytest.approx(18.04, abs=5e-3)
    assert shown.loc[("ASEAN", "China"), "2022 at 2011 rates and prices"] == pytest.approx(china)
    assert shown.loc[("ASEAN", "China"), "2011 in dollars"] == pytest.approx(11.43, abs=5e-3)


def test_the_split_of_japan_in_mexico_with_logarithms_by_hand() -> None:
    frame = rates()
    before, after = (given("oecd", year, "MEX") for year in (2011, 2022))
    mean, weights, moved = {}, {}, {}
    for code in before.index:
        one, other = 100 * before[code] / before.sum(), 100 * after[code] / after.sum()
        weights[code] = (other - one) / math.log(other / one)
        like = "USA" if code == "ROW" else code
        moved[code] = -math.log(frame.loc[(like, 2022), "rate"] / frame.loc[(like, 2011), "rate"])
    mean = sum(weights[code] * moved[code] for code in weights) / sum(weights.values())
    by_yen = weights["JPN"] * (moved["JPN"] - mean)
    assert by_yen == pytest.approx(-1.61, abs=5e-3)
    assert chapter.parts(OECD, "MEX", 2011, 2022).loc["JPN", "currency"] == pytest.approx(by_yen)


def test_what_the_first_title_says() -> None:
    for host in ("ASEAN", "MEX"):
        found = chapter.parts(OECD, host, 2011, 2022)
        assert found.loc["JPN", "change"] < -2
        vanished = found.loc["JPN", "change"] - found.loc["JPN", "rest"]
        assert vanished < (0.8 if host == "ASEAN" else 1) * found.loc["JPN", "change"], "most, and all"
        china = found.loc["CHN"]
        assert 0 < china["currency"] + china["deflator"] < 0.3 * china["change"]


def test_prices_account_for_most_of_what_japan_lost_in_every_trial_since_2011() -> None:
    trials = chapter.trials()
    since = trials.loc["OECD"]["Japan"]
    assert len(since) == 18
    lost = since[since["Change"] < 0]
    assert since.index.difference(lost.index).tolist() == [("2011–2021", "all", "India")]
    assert (lost["Change"] - lost["What remains"] < 0.5 * lost["Change"]).all()
    assert since["What remains"].idxmin() == ("2011–2022", "the ten", "ASEAN")


def test_most_of_chinas_gain_in_asean_and_mexico_remains_in_every_trial() -> None:
    china = chapter.trials()["China"].drop(index="2021–2022", level="Years")
    for host in ("ASEAN", "Mexico"):
        here = china.xs(host, level="Host")
        assert (here["Change"] > 3).all()
        assert (here["What remains"] > 0.6 * here["Change"]).all()
    among_ten = china.loc["OECD", "2011–2022", "the ten", "India"]
    assert among_ten["Change"] > 0 > among_ten["What remains"]


def test_the_regions_rise_survives_in_all_three_hosts() -> None:
    for host, share in (("ASEAN", 6.51), ("IND", 6.18), ("MEX", 4.47)):
        region = chapter.parts(OECD, host, 2011, 2022).loc[["CHN", "JPN", "KOR", "RUS"]].sum()
        assert region["change"] == pytest.approx(share, abs=5e-3)
        assert region["rest"] > region["change"]
    moved = chapter.parts(OECD, "ASEAN", 2011, 2022).loc[["JPN", "CHN"], ["currency", "deflator"]].sum(axis=1)
    assert moved["JPN"] < -moved["CHN"] < 0


def test_before_2011_the_yen_rose() -> None:
    japan = chapter.trials().loc["WIOD"]["Japan"]
    assert (japan["Exchange rates"] > 1).all()
    assert (japan["Change"] < 0).all()
    assert (japan.xs("Mexico", level="Host")["What remains"] > 0).all()
    india = japan.xs("India", level="Host")
    assert (india["What remains"] < 0.5 * india["Change"]).all()
    assert rates().loc[("JPN", 2011), "deflator"] < 0.9 * rates().loc[("JPN", 1995), "deflator"]


def test_what_remains_for_japan_in_asean_and_mexico_is_within_the_interval_of_2011() -> None:
    for host in ("ASEAN", "MEX"):
        remains = chapter.parts(OECD, host, 2011, 2022).loc["JPN", "rest"]
        assert abs(remains) < error_sizes.size(OECD, "fva_share", 2011, OECD.share("JPN", host)[2011], host)


def test_japan_at_rates_and_prices_of_2011_is_where_it_was() -> None:
    for host in ("ASEAN", "MEX"):
        then = chapter.shares(host)["In dollars"].loc["JPN", 2011]
        dollars, rates_, real = (share.loc["JPN", 2022] for share in chapter.shares(host).values())
        assert dollars < rates_ < real
        assert abs(real / then - 1) < 0.06
        assert dollars / then < 0.62
    india = chapter.shares("IND")
    assert india["At 2011 rates and prices"].loc["JPN", 2022] > 1.3 * india["In dollars"].loc["JPN", 2011]


def test_japans_value_added_in_dollars_and_in_yen() -> None:
    rows = gvc.load_panel("oecd_sectors").query("flow == 'value_added' and origin == 'JPN'")
    dollars = rows.groupby("year")["value"].sum() / 1e6
    assert dollars[[2011, 2021, 2022]].round(2).tolist() == [5.99, 4.78, 4.04]
    found = chapter.worth("JPN")
    assert found["dollars"].to_dict() == pytest.approx(dollars.to_dict())
    assert found["own"][[2011, 2022]].round().tolist() == [478, 532]
    assert found["own"][2011] == pytest.approx(dollars[2011] * 79.807, rel=1e-6)


def test_export_prices_leave_what_japan_lost() -> None:
    for host in ("ASEAN", "IND", "MEX"):
        given = OECD.suppliers(host)[[2011, 2018]]
        by_exports, by_deflator = (
            revaluation.split(given, {"price": chapter.in_dollars(of)}) for of in ("exports", "value added")
        )
        assert by_exports.loc[["CHN", "JPN", "KOR"], "price"].abs().max() < 0.3
        if host != "IND":
            japan = by_exports.loc["JPN"]
            assert japan["rest"] < 0.9 * japan["change"] < 0 < by_deflator.loc["JPN", "rest"]
    price = rates()["export_price"].loc["JPN"]
    assert price[2018] == pytest.approx(100, abs=2)
    assert price[2018] > 100


# -- the handover, links, fuel ----------------------------------------------------------------------------------------


def test_china_passed_japan_at_any_prices() -> None:
    frame = rates()
    price = frame["deflator"] / frame["rate"]
    for base, year, led in ((1995, 2011, 35), (2011, 2001, 21), (2011, 2000, 12), (1995, 2008, 11), (1995, 2009, 30)):
        rows = gvc.load_panel("wiod2013").query("flow == 'va_exports' and year == @year")
        flow = rows.pivot(index="origin", columns="destination", values="value")
        flow = flow.drop(columns=["CHN", "JPN", "ROW"])
        china, japan = (flow.loc[code] * price[code, base] / price[code, year] for code in ("CHN", "JPN"))
        assert len(china) == 38 == chapter.exporters()
        assert int((china > japan).sum()) == led == chapter.led(base)[year]
    assert [chapter.year_of_most(base) for base in (None, 2011, 1995)] == [2005, 2001, 2009]
    assert chapter.led()[2007] == 37


def test_the_origins_currency_leaves_its_own_side_of_a_link() -> None:
    flow = OECD.matrix("va_final_demand", 2022)
    dearer = flow.mul(pd.Series(np.where(flow.index == "JPN", 2.0, 1), flow.index), axis=0)
    for one, other in zip(gvc.link_shares(flow), gvc.link_shares(dearer), strict=True):
        moved = other.loc["JPN", "CHN"] / one.loc["JPN", "CHN"]
        assert moved == pytest.approx(1) or 1.8 < moved < 2
    assert gvc.link_shares(dearer)[0].loc["JPN", "CHN"] == pytest.approx(gvc.link_shares(flow)[0].loc["JPN", "CHN"])


def test_links_at_constant_rates_and_prices() -> None:
    frame = rates()
    price = (frame["deflator"] / frame["rate"]).unstack()
    moved = price[2022] / price[2011]
    rows = gvc.load_panel("oecd").query("flow == 'va_final_demand' and year == 2022 and origin != destination")
    worth = rows["value"] / rows["origin"].astype(str).map(moved).fillna(moved["USA"])
    sums = [worth[rows[side].eq(code)].sum() for side, code in (("origin", "JPN"), ("destination", "CHN"))]
    pair = worth[rows["origin"].eq("JPN") & rows["destination"].eq("CHN")].sum()
    link = 100 * pair / math.sqrt(sums[0] * sums[1])
    assert link == pytest.approx(14.25, abs=5e-3)
    found = chapter.links()
    assert found.loc["Japan to China", ("Link index", "2022 at 2011 rates and prices")] == pytest.approx(link)
    close = found["Trade intensity"]
    assert (close["2022"] < close["2011"]).all()
    assert (close["2022 at 2011 rates and prices"] < close["2011"]).all()
    nearer = close["2022 at 2011 rates"] > close["2011"]
    assert nearer[nearer].index.tolist() == ["China to Japan", "China to Korea"]


@pytest.mark.parametrize(
    ("host", "members", "year", "expected"),
    [
        ("ASEAN", NINE, 2021, 42.4),
        ("ASEAN", NINE, 2022, 40.3),
        ("India", ("IND",), 2022, 26.9),
        ("Mexico", ("MEX",), 2022, 31.7),
    ],
)
def test_shares_without_fuel_by_plain_pandas(host: str, members: tuple[str, ...], year: int, expected: float) -> None:
    rows = gvc.load_panel("oecd_sectors").query("flow == 'va_exports' and year == @year")
    rows = rows[rows["destination"].isin(members) & ~rows["sector"].isin(FUEL)]
    near = rows[rows["origin"].isin(["CHN", "JPN", "KOR", "RUS"])]["value"].sum()
    share = 100 * near / rows[rows["origin"].eq("WLD")]["value"].sum()
    assert share == pytest.approx(expected, abs=0.05)
    assert chapter.fuels([year]).loc[(host, "without mining and refining"), year] == pytest.approx(share)


def test_with_fuel_the_shares_are_those_of_the_flows() -> None:
    found = chapter.fuels((2011, 2022))
    for host, name in (("ASEAN", "ASEAN"), ("IND", "India"), ("MEX", "Mexico")):
        for year in (2011, 2022):
            assert found.loc[(name, "all value"), year] == pytest.approx(OECD.share("NEA", host)[year], rel=2e-5)


def test_fuel_hid_what_northeast_asia_lost_in_india() -> None:
    found = chapter.fuels((2021, 2022))
    lost = found[2021] - found[2022]
    assert abs(lost["India", "all value"]) < 0.05
    assert lost["India", "without mining and refining"] > 2
    assert lost["ASEAN", "all value"] - lost["ASEAN", "without mining and refining"] > 0.8
    assert (lost.drop(("India", "all value")) > 1).all()
    bare = found.xs("without mining and refining", level="Counted")
    assert (bare.loc["ASEAN"] > bare.loc["Mexico"]).all()
    assert (bare.loc["Mexico"] > bare.loc["India"]).all()
    russia = chapter.fuel_of("RUS", "IND")
    assert russia[[2021, 2022]].round(1).tolist() == [0.9, 3.2]
