"""Waves: shares and ranks of exporters, and the timeline."""

from report.chapters import waves
from report.sources import WIOD


def test_chinas_rise_agrees_with_the_article_in_direction() -> None:
    shares = waves.export_shares().query("exporter == 'CHN'").set_index(["database", "year"])["value"]
    article = shares["Article, World Bank"]
    assert (article[1990], article[2010]) == (1.8, 10.3)
    assert 10 < shares[WIOD.label][2010] < 13


def test_ranks_end_with_the_largest_and_leave_out_the_rest_of_the_world() -> None:
    ranks = waves.export_ranks()
    assert sorted(ranks.query("year == 2011")["rank"]) == list(range(1, 9))
    assert "ROW" not in set(ranks["exporter"])


def test_spans_of_the_waves_follow_one_another() -> None:
    spans = waves.waves()
    assert spans["start"].is_monotonic_increasing
    assert (spans["end"] > spans["start"]).all()
