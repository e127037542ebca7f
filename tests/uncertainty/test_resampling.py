"""Numbers drawn anew: off by what is known of them, the same for the same seed, and none passed on undrawn."""

from dataclasses import replace

import numpy as np
import pytest

from gvc import GvcError
from industrial_chains import economies as eco
from industrial_chains.sources import ADB, ARTICLE, OECD, SOURCES, WIOD, Source
from industrial_chains.uncertainty import error_sizes
from industrial_chains.uncertainty.resampling import Redrawn, UndrawnError, half_width


def draws(source, ask, number=200):
    return np.array([ask(Redrawn(source, random)) for random in np.random.default_rng(1).spawn(number)])


def test_how_far_editions_are_apart() -> None:
    assert half_width(ARTICLE, "fva_share", 2021, 34.3, "ASEAN", alone=False) == pytest.approx(2.0, abs=0.005)
    assert half_width(ARTICLE, "fva_share", 2021, 20.4, "ASEAN", alone=True) == pytest.approx(20.4 * 0.162, abs=0.02)
    assert half_width(ARTICLE, "link", 2021, 13.43, "CHN", alone=True) == pytest.approx(2.17, abs=0.01)
    for measure, place in (("fva_share", "ASEAN"), ("link", "CHN"), ("passing", "VNM"), ("foreign", "MEX")):
        assert half_width(OECD, measure, 2017, 13.4, place, alone=True) == error_sizes.size(
            OECD, measure, 2017, 13.4, place
        )


def test_numbers_are_off_by_what_is_known() -> None:
    share = draws(ADB, lambda source: source.share("NEA", "ASEAN")[2021])
    assert np.quantile(np.abs(share - ADB.share("NEA", "ASEAN")[2021]), 0.9) == pytest.approx(2.0, rel=0.15)
    link = draws(OECD, lambda source: source.link("JPN", "CHN")[2017])
    off = np.quantile(np.abs(link - OECD.link("JPN", "CHN")[2017]), 0.9)
    assert off == pytest.approx(error_sizes.size(OECD, "link", 2017, OECD.link("JPN", "CHN")[2017], "CHN"), rel=0.15)


def test_every_answer_is_drawn() -> None:
    """One that was passed on undrawn made a verdict certain for years."""
    drawn = Redrawn(OECD, np.random.default_rng(1))
    for name, asked in {
        "share": ("NEA", "ASEAN"),
        "link": ("JPN", "CHN"),
        "passing": ("CHN", "MEX"),
        "foreign_in_exports": (),
    }.items():
        due, found = (getattr(source, name)(*asked) for source in (OECD, drawn))
        assert all(found[year] != due[year] for year in due if year < 2022), name
    mongolia = Redrawn(ADB, np.random.default_rng(1)).suppliers("MNG")
    assert (mongolia.to_numpy() != ADB.suppliers("MNG").to_numpy()).mean() > 0.9
    partners = drawn.partners("JPN", "exports", 2017)
    assert (partners.sort_index() != OECD.partners("JPN", "exports", 2017).sort_index()).all()


@pytest.mark.parametrize(
    "ask",
    [
        lambda source: source.matrix("va_exports", 2017),
        lambda source: source.world_shares("vax", "textiles"),
        lambda source: source.advantage("textiles"),
        lambda source: source.weight("vax", "textiles"),
        lambda source: source.partners("JPN", "exports", 2017, "gross_exports"),
        lambda source: source.frame,
    ],
)
def test_what_cannot_be_drawn_is_refused(ask) -> None:
    with pytest.raises(
        UndrawnError, match=r"OECD, .*: expected a number that Redrawn can draw anew; found one of which"
    ):
        ask(Redrawn(OECD, np.random.default_rng(1)))


def test_a_database_without_a_known_error_is_refused() -> None:
    for ask in (lambda source: source.link("JPN", "CHN"), lambda source: source.share("NEA", "MEX")):
        with pytest.raises(UndrawnError, match=r"WIOD, "):
            ask(Redrawn(WIOD, np.random.default_rng(1)))


def test_errors_of_two_years_of_the_oecd_go_together() -> None:
    """One half-width is 1.645 standard deviations; neighbouring years share most of their error."""
    due = OECD.share("NEA", "IND")
    drawn = [Redrawn(OECD, random).share("NEA", "IND") for random in np.random.default_rng(2).spawn(400)]
    change = [years[2017] - years[2016] - due[2017] + due[2016] for years in drawn]
    expected = error_sizes.change(OECD, "fva_share", due, (2016, 2017), "IND")
    assert np.quantile(np.abs(change), 0.9) == pytest.approx(expected, rel=0.15)


def test_a_number_stays_until_the_next_draw() -> None:
    one, other = (Redrawn(OECD, np.random.default_rng(1)) for _ in range(2))
    assert one.share("CHN", "MEX") == one.share("CHN", "MEX") == other.share("CHN", "MEX")
    assert list(one.partners("JPN", "exports", 2021)) == list(other.partners("JPN", "exports", 2021))
    assert one.suppliers("MEX").equals(other.suppliers("MEX"))
    assert one.passing("CHN", "MEX") == other.passing("CHN", "MEX")


def test_rounding_is_undone_first() -> None:
    """The print's shares may be anything within half a tenth, besides what editions differ by."""
    mongolia = draws(ARTICLE, lambda source: source.share("MNG", "ASEAN")[2021])
    assert 0 < mongolia.max() < 0.07, "printed 0.0"
    assert mongolia.min() == 0


def test_partners_are_drawn_alike_where_members_count_one_by_one() -> None:
    drawn = Redrawn(OECD, np.random.default_rng(1))
    together, single = (drawn.partners("JPN", "exports", 2017, union=union) for union in (eco.GROUPS["EU27"], ()))
    assert "DEU" not in together
    assert "DEU" in single
    assert together["USA"] == single["USA"], "by the same, whatever the union"


def test_each_partner_is_off_by_itself() -> None:
    due = OECD.partners("JPN", "exports", 2017)
    moved = draws(OECD, lambda source: source.partners("JPN", "exports", 2017).reindex(due.index))
    off = (moved - due.to_numpy())[:, :2]
    sizes = [error_sizes.size(OECD, "link", 2017, share, "JPN") for share in due[:2]]
    assert np.quantile(np.abs(off), 0.9, axis=0) == pytest.approx(sizes, rel=0.25)
    assert abs(np.corrcoef(off.T)[0, 1]) < 0.2


def test_a_new_database_says_how_its_error_was_measured_before_a_rise_counts() -> None:
    new = Source("New", "New", "", lambda: WIOD.frame, yearly=None)
    with pytest.raises(GvcError, match=r"the Source 'New': expected yearly=…, .*; found nothing\. Write yearly="):
        half_width(new, "fva_share", 2011, 20.0, "MEX", alone=True)
    with pytest.raises(UndrawnError):
        half_width(replace(new, yearly="unmeasured"), "fva_share", 2011, 20.0, "MEX", alone=True)
    assert {source.name for source in SOURCES if source.yearly is None} == set()
