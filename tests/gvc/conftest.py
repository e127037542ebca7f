"""What the tests of `gvc` share. With ``--confcutdir=tests/gvc`` they need nothing of the book."""

from pathlib import Path

import pandas as pd
import pytest

from gvc import ICIO
from tests.fixtures import forks, own_folders, own_program, test_data, toys

__all__ = ["forks", "own_folders", "own_program", "test_data", "toys"]


@pytest.fixture(scope="session")
def wiodtest_data(test_data: Path) -> Path:
    return test_data / "vectors" / "exvatools_wiodtest"


@pytest.fixture(scope="session")
def wiodtest(wiodtest_data: Path) -> ICIO:
    """Read the table that comes with exvatools."""
    Z, Y, x = (pd.read_csv(wiodtest_data / f"{name}.csv", index_col=0) for name in ("Z", "Y", "X"))
    value_added = x["X"].to_numpy() - Z.to_numpy().sum(axis=0)
    return ICIO(economies=list(Y), sectors=["01T09", "10T39", "41T98"], Z=Z, Y=Y, x=x["X"].to_numpy(), va=value_added)
