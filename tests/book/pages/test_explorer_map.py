"""The map of the explorer: every economy of the databases has a square of its own, beside its neighbours."""

import pandas as pd
import pytest

from book.pages import explorer
from industrial_chains.sources import SOURCES

TILES = pd.read_csv(explorer.TILES, index_col="code")


def test_every_economy_has_a_square_of_its_own() -> None:
    economies = {code for source in SOURCES for code in source.economies} - {"ROW", *explorer.GROUPS}
    assert set(TILES.index) == economies
    assert TILES.index.is_unique
    assert not TILES.duplicated(["column", "row"]).any()


def test_a_phone_has_room_for_it() -> None:
    assert TILES.min().to_dict() == {"column": 0, "row": 0}
    assert 358 / (TILES["column"].max() + 1) >= 25, "of a window of 390 pixels the page takes 32 for its margins"


@pytest.mark.parametrize(
    "from_west_to_east",
    [
        "CHN KOR JPN",
        "PAK BGD LAO VNM PHL",
        "IND THA KHM",
        "HKG TWN",
        "USA PRT ESP ITA GRC TUR",
        "IRL GBR NLD DEU POL BLR RUS",
        "MAR TUN EGY SAU ARE",
        "CHL ARG",
        "MYS BRN",
        "AUS NZL",
        "FRA CHE AUT HUN ROU KAZ MNG",
        "SEN NGA CMR",
    ],
)
def test_what_lies_further_east_stands_further_right(from_west_to_east: str) -> None:
    assert TILES.loc[from_west_to_east.split(), "column"].diff().dropna().gt(0).all()


@pytest.mark.parametrize(
    "from_north_to_south",
    [
        "RUS MNG CHN VNM",
        "CHN HKG LAO THA MYS SGP",
        "JPN TWN PHL IDN AUS",
        "CAN USA MEX CRI COL PER CHL",
        "SWE DNK DEU AUT SVN",
        "EST LVA BLR UKR ROU BGR TUR CYP",
        "GBR FRA ESP MAR SEN CIV",
        "ITA MLT TUN NGA STP AGO",
        "RUS KAZ PAK IND",
        "CZE AUT ITA TUN",
        "TUR ISR SAU",
    ],
)
def test_what_lies_further_south_stands_further_down(from_north_to_south: str) -> None:
    assert TILES.loc[from_north_to_south.split(), "row"].diff().dropna().gt(0).all()


@pytest.mark.parametrize(
    "neighbours",
    ["CHN KOR", "KOR JPN", "MNG CHN", "USA CAN", "USA MEX", "MYS SGP", "CHN HKG", "DEU POL", "ESP PRT", "LAO VNM"],
)
def test_neighbours_share_a_side(neighbours: str) -> None:
    one, other = neighbours.split()
    assert (TILES.loc[one] - TILES.loc[other]).abs().sum() == 1
