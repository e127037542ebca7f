"""Holes in a panel: by hand, in the panel that ships, and in the Long-run WIOD, where some are known."""

import numpy as np
import pandas as pd
import pytest

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


def test_what_may_be_left_out_of_a_flow_is_what_a_group_sends_to_itself() -> None:
    """To one that is no origin itself; between two that are, nothing may be left out."""
    rows = [("CHN", "JPN"), ("JPN", "CHN"), ("CHN", "RCEP")]
    frame = pd.DataFrame(rows, columns=["origin", "destination"]).assign(source="x", year=2011, flow="f", value=1.0)
    assert np.isnan(panel.flow_matrix(frame, "f", 2011).loc["JPN", "RCEP"])
    back = pd.DataFrame({"origin": ["JPN"], "destination": ["RCEP"]}).assign(source="x", year=2011, flow="f", value=1.0)
    with pytest.raises(GvcError, match="found none for JPN → CHN"):
        panel.flow_matrix(
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
