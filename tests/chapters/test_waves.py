"""Waves: shares of exporters, the timeline, and what the titles say."""

from report.chapters import waves
from report.sources import LRWIOD, OECD, WIOD


def test_chinas_rise_agrees_with_the_article_in_direction() -> None:
    shares = waves.export_shares().query("exporter == 'CHN'").set_index(["database", "year"])["value"]
    article = shares["Article, World Bank"]
    assert (article[1990], article[2010]) == (1.8, 10.3)
    assert 10 < shares[WIOD.label][2010] < 13
    early = shares[LRWIOD.label]
    assert early.loc[:1990].max() < 2
    last = waves.export_shares().query("year == 2022").set_index("exporter")["value"]
    assert last.idxmax() == "CHN"


def test_spans_of_the_waves_follow_one_another() -> None:
    spans = waves.waves()
    assert spans["start"].is_monotonic_increasing
    assert (spans["end"] > spans["start"]).all()


def test_the_relay_is_as_titled() -> None:
    frame = waves.relay().pivot(index="year", columns="economy", values="value")
    assert frame.loc[2000].idxmax() == "CHN"
    assert frame["JPN"].idxmax() < frame[["KOR", "TWN", "HKG"]].idxmax().min()


def test_japan_rose_in_what_it_is_said_to_have_handed_on() -> None:
    frame = waves.every_industry().query("economy == 'JPN'").set_index(["industry", "database", "year"])["value"]
    for industry in ("Steel and other metals", "Electronics", "Cars and other vehicles"):
        assert frame[industry][LRWIOD.label][1990] > frame[industry][LRWIOD.label][1970]
    china = waves.every_industry().query("economy == 'CHN'").set_index(["industry", "database", "year"])["value"]
    assert all(china[industry][OECD.label][2022] > 10 for industry in china.index.levels[0])


def test_china_gains_next_to_its_hosts() -> None:
    frame = waves.fifth().set_index(["industry", "economy", "year"])["value"].unstack()
    change = (frame[2022] - frame[2011]).unstack()
    assert (change["CHN"] > 1).all()
    assert change.loc["Electronics", "ASEAN10"] > 3
    assert change.loc["Cars and other vehicles", "MEX"] > 3
    assert (change["IND"] < 1.1).all()


def test_chinas_manufacturing_passed_around_2010() -> None:
    assert (waves.first_ahead(WIOD), waves.first_ahead(OECD)) == (2009, 2011)
