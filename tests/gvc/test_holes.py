"""Holes in a panel: by hand, in the panel that ships, and in the Long-run WIOD, where some are known."""

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import GvcError, holes, panel

FOUND = ["source", "flow", "origin", "destination", "first", "last", "before", "within", "after"]


def series(*values: float, others: float = 900, source: str = "s", first: int = 1990) -> pd.DataFrame:
    """Make a panel in which A sells `values` to B, year by year, and C sells it `others`."""
    rows = [
        (source, year, "gross_exports", origin, destination, float(value))
        for year, sold in enumerate(values, first)
        for origin, destination, value in (("A", "B", sold), ("C", "B", others), ("B", "B", 0), ("B", "A", 50))
    ]
    return pd.DataFrame(rows, columns=["source", "year", "flow", "origin", "destination", "value"])


def spells(*values: float, others: float = 900) -> list[tuple[int, int, float, float, float]]:
    found = holes.find(series(*values, others=others))
    assert set(zip(found["origin"], found["destination"], strict=True)) <= {("A", "B")}
    return list(found[["first", "last", "before", "within", "after"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ((100, 1, 200), [(1991, 1991, 100, 1, 200)]),
        ((100, 0, 0, 3, 200), [(1991, 1993, 100, 3, 200)]),
        ((100, 1, 1, 1, 1, 1, 200), [(1991, 1995, 100, 1, 200)]),
        ((100, 1, 1, 1, 1, 1, 1, 200), []),
        ((100, 9.9, 100), [(1991, 1991, 100, 9.9, 100)]),
        ((100, 10, 100), []),
        ((100, 5, 40), []),
        ((40, 5, 100), []),
        ((100, 50, 4, 40), []),
        ((1, 100, 100, 1), []),
        ((100, 1), []),
        ((100, 1, 200, 2, 300), [(1991, 1991, 100, 1, 200), (1993, 1993, 200, 2, 300)]),
        ((100, 5, 0.1, 5, 100), [(1991, 1993, 100, 5, 100)]),
        ((100, np.nan, 100), []),
        ((100, -3, 100), [(1991, 1991, 100, -3, 100)]),
    ],
)
def test_spells_by_hand(values: tuple[float, ...], due: list[tuple[int, int, float, float, float]]) -> None:
    assert spells(*values) == due


def test_a_flow_that_hardly_matters_is_no_hole() -> None:
    """Half a percent of imports is enough, and it must be so before and after."""
    assert spells(100, 1, 100, others=100 * 199) == [(1991, 1991, 100, 1, 100)]
    assert spells(100, 1, 100, others=100 * 199 + 1) == []
    assert spells(99, 1, 100, others=100 * 199) == []
    assert spells(100, 1, 99, others=100 * 199) == []


def test_the_unit_does_not_matter() -> None:
    frame = series(100, 1, 200)
    thousand = holes.find(frame.assign(value=frame["value"] * 1000))
    assert thousand[["before", "within", "after"]].to_numpy().tolist() == [[100_000, 1000, 200_000]]


def test_each_source_is_looked_at_apart() -> None:
    both = pd.concat([series(100, 100, 100), series(1, 1, 1, 200, 1, 200, source="t")])
    found = holes.find(both)
    assert list(found.columns) == FOUND
    assert found[["source", "first"]].to_numpy().tolist() == [["t", 1994]]
    assert holes.find(series(100, 100, 100)).columns.tolist() == FOUND


def test_what_is_sold_at_home_is_no_flow() -> None:
    rows = [("s", year, "intermediates", "A", "A", value) for year, value in ((1990, 100.0), (1991, 1), (1992, 100))]
    rows += [("s", year, "intermediates", "B", "A", 100.0) for year in (1990, 1991, 1992)]
    assert holes.find(pd.DataFrame(rows, columns=panel.COLUMNS), "intermediates").empty


def test_sentences_join_what_is_alike() -> None:
    frame = series(100, 1, 200, others=300)
    frame.loc[(frame["origin"] == "C") & (frame["year"] == 1991), "value"] = 2
    assert holes.sentences(holes.find(frame)) == [
        "s, 1991: gross_exports to B from C, A nearly vanish and return (C 300, 2, 300)"
    ]


def test_a_panel_without_such_a_flow() -> None:
    with pytest.raises(GvcError, match=r"expected a number for each pair .*; found the flows gross_exports"):
        holes.find(series(1, 2, 3), "intermediates")
    with pytest.raises(GvcError, match=r"expected a number for each pair .*; found several"):
        holes.find(pd.concat([series(1, 2, 3)] * 2))


def test_the_panel_that_ships_has_one_small_hole() -> None:
    wiod = gvc.load_panel("wiod2013")
    assert holes.find(wiod).empty
    found = holes.find(wiod, "intermediates")
    assert found[FOUND[2:]].to_numpy().tolist() == [["MEX", "BGR", 2006, 2006, 71, 3, 186]]


@pytest.fixture(scope="module")
def exports() -> pd.DataFrame:
    """Gross exports of the Long-run WIOD, 1965 to 2000: those of its files, see ``test_lrwiod.py``."""
    return gvc.load_panel("lrwiod").query("flow == 'gross_exports'")


def test_holes_of_the_long_run(exports: pd.DataFrame) -> None:
    found = holes.find(exports).set_index(["origin", "destination", "first"])
    for origin in ("JPN", "USA", "DEU", "HKG", "CAN", "FRA", "GBR", "ITA"):
        assert found.loc[(origin, "CHN", 1984), "last"] == 1986
    japan = found.loc[("JPN", "CHN", 1984)]
    assert [round(japan[name]) for name in ("before", "within", "after")] == [5665, 74, 8802]
    for pair in (("KOR", "TWN"), ("TWN", "KOR")):
        assert found.loc[(*pair, 1982), "last"] == 1983
    assert set(found.xs(("AUS", 1983), level=("destination", "first")).index) == {"KOR", "TWN", "CHN"}
    # Australia is missing on the other side of the same trade, and one year longer where China's hole follows.
    assert found.loc[("AUS", "CHN", 1983), "last"] == 1986
    assert {destination for origin, destination, first in found.index if (origin, first) == ("AUS", 1983)} == {
        *("CHN", "IND", "KOR", "TWN"),
    }
    spells = found.reset_index()[["destination", "first", "last"]].drop_duplicates()
    assert (len(found), len(spells)) == (36, 18)
    assert found["last"].max() < 1994


def test_the_hole_of_china_is_found_in_a_part_of_the_years(exports: pd.DataFrame) -> None:
    around = exports[exports["year"].between(1983, 1987)]
    assert {("JPN", "CHN"), ("HKG", "CHN")} <= set(
        holes.find(around)[["origin", "destination"]].itertuples(index=False, name=None)
    )
    assert holes.find(exports[exports["year"].between(1984, 1990)]).query("destination == 'CHN'").empty


def test_what_may_be_left_out_of_a_flow_is_what_a_group_sends_to_itself() -> None:
    """To one that is no origin itself; between two that are, nothing may be left out."""
    rows = [("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "NEA")]
    frame = pd.DataFrame(rows, columns=["origin", "destination"]).assign(source="x", year=2011, flow="f", value=1.0)
    assert np.isnan(gvc.flow_matrix(frame, "f", 2011).loc["JPN", "NEA"])
    back = pd.DataFrame({"origin": ["JPN"], "destination": ["NEA"]}).assign(source="x", year=2011, flow="f", value=1.0)
    with pytest.raises(GvcError, match="found none for JPN → CHN"):
        gvc.flow_matrix(
            pd.concat(
                [
                    frame.drop(index=1),
                    back,
                    frame.drop(index=[0, 2]).assign(destination="JPN"),
                    frame.iloc[:1].assign(destination="CHN"),
                ]
            ),
            "f",
            2011,
        )
