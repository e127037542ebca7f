"""What the printed tables say about themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import article


def test_rounding_is_carried_through() -> None:
    low, high = article.bounds(lambda first, last: last - first, 23.1, 34.3)
    assert (low, high) == pytest.approx((11.1, 11.3))
    assert article.bounds(lambda a, b: a - b, 9.06, 12.25, table=3) == pytest.approx((-3.2, -3.18))


@given(*[st.floats(1, 50)] * 2, *[st.floats(-0.05, 0.05)] * 2)
def test_no_unrounded_numbers_leave_the_bounds(first: float, last: float, up: float, down: float) -> None:
    def growth(start: float, end: float) -> float:
        return 100 * (end / start - 1)

    low, high = article.bounds(growth, first, last)
    assert low - 1e-9 <= growth(first + up, last + down) <= high + 1e-9


def test_table_2_adds_up_to_table_1_within_rounding() -> None:
    """Five rounded numbers and their rounded sum: the article's tables do not contradict one another."""
    total = article.printed(1).query("year == 2021").set_index(["measure", "destination"])["value"]
    parts = article.printed(2).groupby(["measure", "destination"])["value"].agg(list)
    for key, numbers in parts.items():
        low, high = article.bounds(lambda *terms: sum(terms[1:]) - terms[0], total[key], *numbers)
        assert low <= 0 <= high, key
