"""Numbers drawn anew: off by what is known of them, the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest

from gvc import GvcError
from gvc import economies as eco
from industrial_chains import error_sizes, resampling
from industrial_chains.resampling import Redrawn, off
from industrial_chains.sources import ADB, ARTICLE, OECD, SOURCES, WIOD, Source


def draws(source, ask, number=200):
    return np.array([ask(Redrawn(source, random)) for random in np.random.default_rng(1).spawn(number)])


def test_how_far_editions_and_databases_are_apart() -> None:
    """Twelve cells of Table 2, worked out by hand: ADB has 20.1 for 20.4, 7.1 for 6.7 and so on."""
    assert resampling.between_editions() == pytest.approx(0.064, abs=0.001)
    assert 0.1 < resampling.between_databases("link") < 0.2
    assert off(ARTICLE, "fva_share", 2021, 34.3, alone=False) == pytest.approx(0.83, abs=0.005)
    assert off(ARTICLE, "fva_share", 2021, 20.4, alone=True) == pytest.approx(20.4 * resampling.between_editions())
    assert off(WIOD, "link", 2011, 13.75, alone=True) == off(OECD, "link", 2022, 11.5, alone=True) == 0
    assert 0.01 < off(OECD, "link", 2021, 13.4, alone=True) / 13.4 * 2 < 0.05
    assert off(OECD, "foreign", 2011, 22.3, alone=True) == pytest.approx(2.264, abs=0.001), "eleven years back"
    # Of a share of the region in proportion to its mean in three hosts, of a single origin as of six links of China.
    of_region = 0.249 / np.mean([18.04, 31.46, 37.28])
    assert off(OECD, "fva_share", 2021, 39.0, alone=False) == pytest.approx(39.0 * of_region, rel=0.01)
    of_link = error_sizes.size(OECD, "link", 2021) / np.mean([12.96, 9.63, 7.71, 13.37, 12.48, 6.22])
    assert off(OECD, "fva_share", 2021, 23.1, alone=True) == pytest.approx(23.1 * of_link, rel=0.01)


def test_numbers_are_off_by_what_is_known() -> None:
    share = draws(ADB, lambda source: source.share("NEA", "ASEAN")[2021])
    assert np.mean(np.abs(share - ADB.share("NEA", "ASEAN")[2021])) == pytest.approx(0.83, rel=0.15)
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


def test_an_error_of_the_database_leaves_a_trend_as_it_is() -> None:
    drawn = Redrawn(WIOD, np.random.default_rng(1)).link("JPN", "CHN")
    due = WIOD.link("JPN", "CHN")
    assert drawn[2011] / drawn[1995] == pytest.approx(due[2011] / due[1995])
    assert drawn[2011] != pytest.approx(due[2011], rel=0.001)


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
        off(new, "fva_share", 2011, 20.0, alone=True)
    assert off(replace(new, yearly="unmeasured"), "fva_share", 2011, 20.0, alone=True) == 0
    assert {source.name for source in SOURCES if source.yearly is None} == set()
