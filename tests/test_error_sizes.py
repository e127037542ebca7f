"""How far a number may be off."""

from dataclasses import replace

import numpy as np
import pytest

from industrial_chains import error_sizes, sources
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD


def test_two_editions_of_one_database() -> None:
    gaps = error_sizes.between_editions()
    assert len(gaps) == 15, "five years, three hosts"
    # Worked out by hand from the print and the ADB figures.
    assert gaps[2021, "ASEAN"] == pytest.approx(34.68 - 34.3, abs=0.006)
    assert gaps[2021, "IND"] == pytest.approx(17.9 - 16.57, abs=0.006)
    assert gaps.mean() == pytest.approx(0.83, abs=0.005)
    assert gaps.median() == pytest.approx(0.4, abs=0.05)
    assert (gaps > 1).sum() == 6


def test_what_is_known_of_each_source() -> None:
    assert (
        error_sizes.size(ARTICLE, "fva_share", 2021)
        == error_sizes.size(ADB, "fva_share", 2019)
        == error_sizes.between_editions().mean()
    )
    assert error_sizes.size(ARTICLE, "link", 2021) == 0.005
    assert error_sizes.size(OECD, "fva_share", 2021) == pytest.approx(0.249, abs=0.001), (
        "a year from the structure it uses"
    )
    assert error_sizes.size(OECD, "fva_share", 2011) == pytest.approx(0.687, abs=0.001)
    assert error_sizes.size(OECD, "link", 2012) == pytest.approx(0.199, abs=0.001)
    assert error_sizes.size(OECD, "link", 2022) == pytest.approx(0.0107, abs=0.0001), "against published shares"
    for source in (LRWIOD, WIOD):
        assert np.isnan(error_sizes.size(source, "fva_share", 2000)), "nobody has measured it"


def test_how_far_a_number_is_off_follows_what_its_database_states() -> None:
    """Not from which of the book's it is: a later edition of one is a Source of its own."""
    for yearly, known in (("editions", 0.83), ("unmeasured", None), (None, None)):
        later = replace(ADB, name="ADB, later edition", yearly=yearly)
        assert error_sizes.size(later, "fva_share", 2021) == pytest.approx(known or np.nan, abs=0.005, nan_ok=True)


def test_a_band_lies_round_its_value() -> None:
    frame = error_sizes.bands(sources.shares(["NEA"], ["MEX"]), "fva_share")
    np.testing.assert_allclose((frame["low"] + frame["high"]) / 2, frame["value"].where(frame["low"].notna()))
    known = frame.dropna(subset=["low"]).groupby("database")["year"].agg(["min", "max"]).T.to_dict("list")
    assert known == {
        "ADB, 72 economies": [2017, 2022],
        "Article, ADB 2022": [2007, 2021],
        "OECD, 2025 edition": [2022, 2022],
        "OECD, estimates": [2011, 2021],
    }
    width = frame.assign(width=frame["high"] - frame["value"]).set_index(["database", "year"])["width"]
    assert width["OECD, estimates", 2021] == pytest.approx(0.249, abs=0.001)
    assert width["ADB, 72 economies", 2021] == pytest.approx(0.83, abs=0.005)
