"""What a chart tells of its numbers: its ends, the turns between, the largest and the smallest; names, not codes."""

import pandas as pd

from exhibits.words import along, listed, ranked

LINES = pd.DataFrame(
    [("CHN", 1995, 1), ("CHN", 2000, 9), ("CHN", 2011, 5), ("JPN", 1995, 4), ("JPN", 2011, 4.04), ("KOR", 2003, None)],
    columns=["origin", "year", "share"],
)  # fmt: skip


def test_a_line_is_told_by_its_ends_and_where_it_turns() -> None:
    told = along(LINES, "year", "share", ["origin"], ".1f")
    assert told == "China: 1.0 in 1995, 9.0 in 2000, 5.0 in 2011; Japan: 4.0 in 1995, 4.0 in 2011."
    down = LINES.assign(share=-LINES["share"])
    assert along(down, "year", "share", ["origin"], ".1f").startswith(
        "China: −1.0 in 1995, −9.0 in 2000, −5.0 in 2011;"
    )


def test_a_small_turn_is_not_told() -> None:
    flat = pd.DataFrame({"year": [1, 2, 3, 4], "share": [1.0, 1.9, 1.8, 9.0]})
    assert along(flat, "year", "share", [None], ".1f", at="at") == "1.0 at 1, 9.0 at 4."


def test_rows_are_told_with_the_names_of_their_numbers() -> None:
    pairs = pd.DataFrame({"pair": ["a", "b"], "2017": [1.5, 2.0], "2021": [1.0, None]})
    assert listed(pairs, ["pair"], ["2017"], ".1f") == "a: 1.5; b: 2.0."
    assert listed(pairs, ["pair"], ["2017", "2021"], ".1f") == "a: 2017 1.5, 2021 1.0; b: 2017 2.0, 2021 –."


def test_what_is_too_much_to_hear_is_counted() -> None:
    many = pd.DataFrame({"name": [f"n{i}" for i in range(15)], "value": range(15)})
    assert listed(many, ["name"], ["value"], ".0f").endswith("n11: 11; and 3 more.")


def test_a_matrix_is_told_by_its_ends() -> None:
    cells = pd.DataFrame({"origin": list("abcdefg"), "value": [3.0, 9.0, -1.0, 0.5, 2.0, 7.0, 1.0]})
    assert ranked(cells, ["origin"], "value", ".1f", signed=True) == (
        "Largest: b +9.0; f +7.0; a +3.0; e +2.0. Smallest: c −1.0; d +0.5."
    )
    assert ranked(cells.head(2), ["origin"], "value", ".0f") == "Largest: b 9; a 3."
