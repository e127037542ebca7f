"""Numbers drawn anew: off by what is known of them, the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest

from gvc import GvcError
from industrial_chains import economies as eco
from industrial_chains.sources import ADB, ARTICLE, OECD, SOURCES, WIOD, Source, Years
from industrial_chains.uncertainty import error_sizes, resampling
from industrial_chains.uncertainty.resampling import Redrawn, change_off, half_width


def draws(source, ask, number=200):
    return np.array([ask(Redrawn(source, random)) for random in np.random.default_rng(1).spawn(number)])


def test_how_far_editions_and_databases_are_apart() -> None:
    assert 0.1 < resampling.between_databases("link") < 0.2
    assert half_width(ARTICLE, "fva_share", 2021, 34.3, "ASEAN", alone=False) == pytest.approx(2.0, abs=0.005)
    assert half_width(ARTICLE, "fva_share", 2021, 20.4, "ASEAN", alone=True) == pytest.approx(20.4 * 0.162, abs=0.02)
    assert half_width(WIOD, "link", 2011, 13.75, "CHN", alone=True) == 0
    assert half_width(ADB, "foreign", 2021, 40.0, "MEX", alone=True) == 0
    assert half_width(OECD, "gross", 2021, 29.5, "KOR", alone=True) == 0, "an estimate takes the flows of its year"
    for measure, place in (("fva_share", "ASEAN"), ("link", "CHN"), ("passing", "VNM"), ("foreign", "MEX")):
        assert half_width(OECD, measure, 2017, 13.4, place, alone=True) == error_sizes.size(
            OECD, measure, 2017, 13.4, place
        )


def test_a_change_may_be_off_by_what_its_two_years_do_not_share() -> None:
    share = OECD.share("NEA", "ASEAN")
    of_oecd = change_off(OECD, "fva_share", share, (2017, 2021), "ASEAN", alone=False)
    assert of_oecd == pytest.approx(2.68, abs=0.02)
    region = change_off(ARTICLE, "fva_share", ARTICLE.share("NEA", "IND"), (2007, 2021), "IND", alone=False)
    assert region == pytest.approx(3.29, abs=0.005)
    one = change_off(ARTICLE, "fva_share", Years({2007: 7.5, 2021: 20.4}), (2007, 2021), "ASEAN", alone=True)
    assert one == pytest.approx(0.1616 * (7.5**2 + 20.4**2) ** 0.5, abs=0.02)
    assert change_off(WIOD, "foreign", Years({1995: 10.0, 2011: 20.0}), (1995, 2011), "CHN", alone=True) == 0


def test_numbers_are_off_by_what_is_known() -> None:
    share = draws(ADB, lambda source: source.share("NEA", "ASEAN")[2021])
    assert np.quantile(np.abs(share - ADB.share("NEA", "ASEAN")[2021]), 0.9) == pytest.approx(2.0, rel=0.15)
    link = draws(WIOD, lambda source: source.link("JPN", "CHN")[2011])
    gap = np.abs(np.log(link / WIOD.link("JPN", "CHN")[2011]))
    assert np.mean(gap) == pytest.approx(resampling.between_databases("link"), rel=0.15)


def test_each_partner_and_each_industry_is_off_by_itself() -> None:
    due = WIOD.partners("JPN", "exports", 2011)
    moved = draws(WIOD, lambda source: source.partners("JPN", "exports", 2011).reindex(due.index))
    gap = np.log(moved / due.to_numpy())
    assert np.abs(gap).mean() == pytest.approx(resampling.between_databases("link"), rel=0.05)
    assert abs(np.corrcoef(gap[:, 0], gap[:, 1])[0, 1]) < 0.2
    shares = WIOD.world_shares("vax", "textiles").loc[[1995, 2011], ["CHN", "USA"]]
    moved = draws(WIOD, lambda source: source.world_shares("vax", "textiles").loc[[1995, 2011], ["CHN", "USA"]])
    gap = np.log(moved / shares.to_numpy())
    assert np.abs(gap).mean() == pytest.approx(resampling.between_databases("industry"), rel=0.15)
    assert np.allclose(gap[:, 0], gap[:, 1]), "the same in every year"


def test_partners_take_their_errors_one_after_the_other() -> None:
    """Of each partner first what is steady, then one of each of twelve years."""
    stream, due = np.random.default_rng(1), OECD.partners("JPN", "exports", 2017)
    drawn = Redrawn(OECD, np.random.default_rng(1)).partners("JPN", "exports", 2017)
    for partner, share in due.items():
        steady, *of_years = stream.standard_normal(13)
        yearly = error_sizes.drawn_together("link")[2022 - 2017] @ of_years
        off_by = error_sizes.size(OECD, "link", 2017, share, "JPN") / 1.645
        size = resampling.between_databases("link") * np.sqrt(np.pi / 2)
        expected = max(0, share * np.exp(size * steady) + off_by * yearly)
        assert drawn[partner] == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_an_error_of_the_database_leaves_a_trend_as_it_is() -> None:
    drawn = Redrawn(WIOD, np.random.default_rng(1)).link("JPN", "CHN")
    due = WIOD.link("JPN", "CHN")
    assert drawn[2011] / drawn[1995] == pytest.approx(due[2011] / due[1995])
    assert drawn[2011] != pytest.approx(due[2011], rel=0.001)


def test_errors_of_two_years_of_the_oecd_go_together() -> None:
    """One half-width is 1.645 standard deviations; neighbouring years share most of their error."""
    due = OECD.share("NEA", "IND")
    drawn = [Redrawn(OECD, random).share("NEA", "IND") for random in np.random.default_rng(2).spawn(400)]
    moved = np.array([[years[year] / due[year] for year in (2016, 2017)] for years in drawn])
    change = np.log(moved[:, 1] / moved[:, 0])  # what is the same in every year drops out
    expected = error_sizes.change(OECD, "fva_share", due, (2016, 2017), "IND") / due[2017]
    assert np.quantile(np.abs(change), 0.9) == pytest.approx(expected, rel=0.2)


def test_a_number_stays_until_the_next_draw() -> None:
    one, other = (Redrawn(OECD, np.random.default_rng(1)) for _ in range(2))
    assert one.share("CHN", "MEX") == one.share("CHN", "MEX") == other.share("CHN", "MEX")
    assert list(one.partners("JPN", "exports", 2021)) == list(other.partners("JPN", "exports", 2021))
    assert one.world_shares("vax", "textiles").equals(other.world_shares("vax", "textiles"))
    assert one.passing("CHN", "MEX") == other.passing("CHN", "MEX")


def test_rounding_is_undone_first() -> None:
    """The print's links may be anything within half a hundredth, besides what editions differ by."""
    mongolia = draws(ARTICLE, lambda source: source.share("MNG", "ASEAN")[2021])
    assert 0 < mongolia.max() < 0.07, "printed 0.0"
    assert mongolia.min() == 0


def test_partners_are_drawn_anew_where_members_count_one_by_one() -> None:
    drawn = Redrawn(WIOD, np.random.default_rng(1))
    together, single = (drawn.partners("JPN", "exports", 2011, union=union) for union in (eco.GROUPS["EU27"], ()))
    assert "DEU" not in together
    assert "DEU" in single
    assert together["USA"] == single["USA"], "by the same, whatever the union"


def test_a_new_database_says_how_its_error_was_measured_before_a_rise_counts() -> None:
    new = Source("New", "New", "", lambda: WIOD.frame, yearly=None)
    with pytest.raises(GvcError, match=r"the Source 'New': expected yearly=…, .*; found nothing\. Write yearly="):
        half_width(new, "fva_share", 2011, 20.0, "MEX", alone=True)
    assert half_width(replace(new, yearly="unmeasured"), "fva_share", 2011, 20.0, "MEX", alone=True) == 0
    assert {source.name for source in SOURCES if source.yearly is None} == set()
