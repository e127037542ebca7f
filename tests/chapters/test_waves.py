"""Waves: shares of exporters, the timeline, and what the titles say."""

import pandas as pd
import pytest

import gvc
from chapters.theory import waves
from industrial_chains import data, waves_by_industry
from industrial_chains import economies as eco
from industrial_chains.industry_groups import GOODS
from industrial_chains.sources import LRWIOD, OECD, WIOD


def test_chinas_rise_agrees_with_the_article_in_direction() -> None:
    shares = waves.export_shares().query("exporter == 'CHN'").set_index(["database", "year"])["value"]
    article = shares["Article, World Bank"]
    assert (article[1990], article[2010]) == (1.8, 10.3)
    assert 10 < shares[WIOD.label][2010] < 13
    early = shares[LRWIOD.label]
    assert early.loc[:1990].max() < 2
    assert early[1990] < early[1965]
    last = waves.export_shares().query("year == 2022").set_index("exporter")["value"]
    assert last.idxmax() == "CHN"


def test_no_single_economy_sells_more_goods_since_2009() -> None:
    for source, first in ((WIOD, 2009), (OECD, 2011)):
        shares = source.world_shares("gross_exports", GOODS).drop(columns=eco.ROW)
        assert (shares.idxmax(axis=1) == "CHN").loc[first:].all()
        assert source is OECD or shares.loc[first - 1].idxmax() != "CHN"


def test_the_union_as_one_exporter_sells_more_than_china() -> None:
    flows = gvc.load_panel("oecd").query("flow == 'gross_exports' and year == 2022")
    union = [flows[side].isin(eco.members("EU27")) for side in ("origin", "destination")]
    outside = flows[~(union[0] & union[1])]
    by_hand = 100 * outside.loc[union[0], "value"].sum() / outside["value"].sum()
    shares = waves.beside_the_union(2022)
    assert shares["exports_of_EU27"] == pytest.approx(by_hand)
    assert round(by_hand, 1) == 16.8
    assert shares["exports_of_CHN"] == pytest.approx(14.4, abs=0.05)


def test_spans_of_the_waves_follow_one_another() -> None:
    spans = data.table("waves")
    assert spans["start"].is_monotonic_increasing
    assert (spans["end"] > spans["start"]).all()


def test_the_relay_is_as_titled() -> None:
    shown = ("USA", "DEU", "ITA", "JPN", "KOR", "TWN", "HKG", "CHN", "IND", "MEX")
    shares = waves_by_industry.shares(["Textiles and clothing"], shown)
    frame = shares[shares["database"] == LRWIOD.label].pivot(index="year", columns="economy", values="value")
    assert frame.loc[2000].idxmax() == "CHN"
    assert frame["JPN"].idxmax() < frame[["KOR", "TWN", "HKG"]].idxmax().min()
    # Italy led before, which the title has to say.
    assert (frame.loc[1971:1995].idxmax(axis=1) == "ITA").all()
    together = frame[["KOR", "TWN", "HKG"]].sum(axis=1)
    assert together[1980] > frame["JPN"][1980]
    assert (frame.loc[1996:, "CHN"] > pd.concat([together, frame["ITA"]], axis=1).max(axis=1).loc[1996:]).all()


def test_japan_rose_in_what_it_is_said_to_have_handed_on() -> None:
    shares = waves_by_industry.shares(waves_by_industry.INDUSTRIES, ("JPN", "CHN"))
    shares = shares.set_index(["economy", "industry", "database", "year"])["value"]
    frame = shares["JPN"]
    for industry in ("Electronics", "Cars and other vehicles"):
        assert frame[industry][LRWIOD.label][1990] > frame[industry][LRWIOD.label][1970] + 8
    china = shares["CHN"]
    assert all(china[industry][OECD.label][2022] > 10 for industry in china.index.levels[0])
    # Metals and electronics within WIOD, cars not before the OECD's last year.
    metals, chips, cars = (
        waves_by_industry.passed(industry, "JPN", "CHN", WIOD) for industry in list(waves_by_industry.INDUSTRIES)[1:]
    )
    assert (metals, chips, cars) == (2006, 2005, None)
    assert waves_by_industry.passed("Cars and other vehicles", "JPN", "CHN", OECD) == 2022


def test_the_third_wave_moved_metals_too_in_gross_exports() -> None:
    by_flow = {flow: waves_by_industry.handovers(flow)["Found"]["Third"] for flow in ("vax", "gross_exports")}
    handed = {flow: list(found.index[found == "Handed on"]) for flow, found in by_flow.items()}
    assert handed["vax"] == ["Textiles and clothing"]
    assert handed["gross_exports"] == ["Textiles and clothing", "Steel and other metals"]


def test_the_grids_of_years_are_as_titled() -> None:
    grids = {
        wave: waves.handed_by_years(wave).pivot(index="last", columns="first", values="value")
        for wave in waves_by_industry.SIDES
    }
    second = grids["Second, its end"]
    assert second.loc["to 1980", ["From 1970", "From 1975"]].tolist() == [3, 2]
    assert (second[["From 1985", "From 1990", "From 1995"]].fillna(0).sum() <= 1).all()
    third = grids["Third"]
    assert third.loc["to 1990", "From 1970"] == 1
    assert third.loc[["to 1995", "to 2000"], "From 1985"].tolist() == [3, 3]
    assert third[["From 1965", "From 1970"]].max().max() == 1
    # The years round the hole in China's imports say what those in it do.
    years = waves_by_industry.years_of("Third")
    for first in (1983, 1985, 1987):
        assert years.loc[first, 2000].tolist() == [False, True, True, True]
    fourth = grids["Fourth"]
    assert all(column.dropna().is_monotonic_increasing for _, column in fourth.items())
    assert (fourth.loc["to 2010", ["From 1995", "From 1998", "From 2001", "From 2004"]] == 4).all()
    every = waves_by_industry.years_of("Fifth, so far")
    assert every.any(axis=1).mean() < 0.15


def test_spans_of_years() -> None:
    assert waves._spans([1965, 1966, 1967, 1970, 1972, 1973]) == "1965–1967, 1970, 1972–1973"
    assert waves._spans([]) == "–"
    table = waves.by_first_year()
    assert table.loc[("Third", "Electronics")].tolist() == ["1984–1986", "1983–1996"]
    assert table.loc["Fifth"].eq("–").all().all()


def test_newcomers_grew_by_selling_abroad() -> None:
    frame = pd.read_csv(gvc.panel.DATA / "theory" / "products.csv", keep_default_na=False)
    frame = frame[frame["database"].eq("Long-run WIOD") & frame["year"].isin([1965, 1990])]
    sold = frame.groupby(["economy", "year"])[["output", "exports"]].sum()
    part = (100 * sold["exports"] / sold["output"]).unstack()
    assert part.loc[["KOR", "TWN"]].round().to_numpy().tolist() == [[8, 31], [15, 39]]
    assert round(waves.numbers()["percent_sold_abroad_KOR_1990"]) == 31


def test_china_gains_next_to_its_hosts() -> None:
    frame = waves.fifth().set_index(["industry", "economy", "year"])["value"].unstack()
    change = (frame[2022] - frame[2011]).unstack()
    assert (change["CHN"] > 1).all()
    assert change.loc["Electronics", "ASEAN10"] > 3
    assert change.loc["Cars and other vehicles", "MEX"] > 3
    assert change["IND"].drop("Steel and other metals").max() < 0.5
    assert 1 < change["IND"]["Steel and other metals"] < 1.2


def test_chinas_manufacturing_passed_around_2010() -> None:
    assert (waves.first_ahead(WIOD), waves.first_ahead(OECD)) == (2009, 2011)


def test_answers_to_exercises() -> None:
    told = waves.numbers()
    rows = gvc.load_panel("lrwiod_sectors").query("flow == 'vax'")
    rows = rows.assign(sector=rows["sector"].astype(str))
    by_code = {
        code: rows[rows["sector"] == code].pivot_table(index="year", columns="origin", values="value", observed=True)
        for code in ("D17t19", "D34t35")
    }
    textiles, cars = (100 * of.div(of.sum(axis=1), axis=0) for of in by_code.values())
    largest = textiles[["JPN", "KOR", "TWN", "HKG"]].idxmax()
    assert [told[f"year_largest_{code}"] for code in ("HKG", "TWN", "KOR")] == largest[["HKG", "TWN", "KOR"]].tolist()
    assert largest["JPN"] < largest["HKG"] < largest["TWN"] < largest["KOR"]
    assert told["years_after_JPN_TWN"] == largest["TWN"] - largest["JPN"]
    assert told["years_after_JPN_KOR"] == largest["KOR"] - largest["JPN"]
    # Hong Kong's year is one of the three that lack the origins of China's imports; without them it comes earlier.
    assert largest["HKG"] in (1984, 1985, 1986)
    complete = textiles["HKG"].drop([1984, 1985, 1986])
    assert told["next_year_HKG"] == complete.idxmax()
    assert textiles["HKG"].max() - complete.max() < 0.1 * textiles["HKG"].max()
    frame = waves_by_industry.shares(["Cars and other vehicles"], ("KOR", "JPN")).query("year in (1970, 1990)")
    shown = frame.set_index(["economy", "year"])["value"]
    gained = {code: shown[code, 1990] - shown[code, 1970] for code in ("KOR", "JPN")}
    for code, points in gained.items():
        assert points == pytest.approx(cars.loc[1990, code] - cars.loc[1970, code])
    assert gained["JPN"] > gained["KOR"] > 0
