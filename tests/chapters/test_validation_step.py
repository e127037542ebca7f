"""The trade model against Caliendo and Parro's (2015) NAFTA: real wages, welfare by formula, and exact income."""

from pathlib import Path

import pandas as pd
import pytest

from chapters.methods.validation_step import Nafta, results, without_nafta
from gvc import panel

MEMBERS = ["Canada", "Mexico", "USA"]


def percent(factors: pd.Series) -> list[float]:
    return (100 * (factors[MEMBERS] - 1)).round(2).tolist()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def nafta(test_data: Path) -> Path:
    return test_data / "vectors" / "cp2015" / "cp2015_nafta.rda"


@pytest.fixture(scope="module")
def found(nafta: Path) -> pd.DataFrame:
    return results(nafta)


@pytest.mark.parametrize(
    ("deficits", "measure", "due"),
    [
        ("zero", "real wages", [0.32, 1.72, 0.11]),
        ("kept", "real wages", [0.33, 1.64, 0.12]),
        # What the article calls welfare is of first order: their Table 2, at the trade of before.
        ("zero", "terms of trade", [-0.11, -0.41, 0.04]),
        ("zero", "volume of trade", [0.04, 1.72, 0.04]),
        ("zero", "welfare", [-0.06, 1.31, 0.08]),
        ("kept", "terms of trade", [-0.08, -0.41, 0.05]),
        ("kept", "volume of trade", [0.04, 1.59, 0.04]),
        ("kept", "welfare", [-0.04, 1.17, 0.08]),
        # This is exact.
        ("zero", "real income", [-0.11, 0.01, 0.07]),
        ("kept", "real income", [-0.08, -0.05, 0.08]),
    ],
)
def test_nafta_comes_out_to_the_last_digit(found: pd.DataFrame, deficits: str, measure: str, due: list[float]) -> None:
    rows = found[(found["deficits"] == deficits) & (found["measure"] == measure)]
    assert rows["economy"].tolist() == ["CAN", "MEX", "USA"]
    assert rows["computed"].round(2).tolist() == due
    assert measure == "real income" or rows["published"].tolist() == due


def test_deficits_of_nafta_are_brought_to_zero(nafta: Path) -> None:
    """From the world with deficits, in one call, what the world without them gives."""
    result = without_nafta(Nafta(nafta, deficits=True), balances="zero")
    assert percent(result.wages / result.price_index) == [0.32, 1.72, 0.11]
    assert percent(result.real_income) == [-0.11, 0.01, 0.07]


def test_the_book_holds_what_the_step_gives(found: pd.DataFrame) -> None:
    held = pd.read_csv(panel.DATA / "validation" / "nafta.csv")
    pd.testing.assert_frame_equal(held, found, atol=2e-6, rtol=0)
