"""The step behind the dollar: the sample by numpy alone, and what the book holds."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters import one_dollar_step
from industrial_chains import data
from pipeline.oecd.pieces import read_pieces
from pipeline.oecd.tables import whole_table

GOODS = ("Primary", "Light", "Materials", "Machinery")


@pytest.fixture(scope="module")
def found() -> pd.Series:
    rows = one_dollar_step.dollar(gvc.load_sample(), "MEX", ("Materials", "Machinery"), GOODS)
    return rows.set_index(["what", "who"])["value"]


def test_a_dollar_of_the_sample_by_numpy(found: pd.Series) -> None:
    table = gvc.load_sample()
    names, many = list(table.economies), list(table.sectors)
    Z, Y, size = table.Z, table.Y, len(many)
    x = table.x
    A = Z / x
    inverse, added = np.linalg.inv(np.eye(len(x)) - A), 1 - A.sum(axis=0)
    at = names.index("MEX") * size
    rows = [at + many.index(name) for name in ("Materials", "Machinery")]
    by_buyer = Z.reshape(len(x), len(names), size).sum(axis=2)
    abroad = [index for index in range(len(names)) if index != names.index("MEX")]
    final = Y.reshape(len(x), len(names), -1).sum(axis=2)
    shipped = (by_buyer + final)[rows][:, abroad]
    weights = shipped.sum(axis=1) / shipped.sum()
    assert found["plant", "MEX"] == pytest.approx(100 * added[rows] @ weights)
    sold = (A[:, rows] @ weights).reshape(len(names), size).sum(axis=1)
    earned = (added[:, None] * inverse[:, rows] @ weights).reshape(len(names), size)
    for index, name in enumerate(names):
        assert found["sold", name] == pytest.approx(100 * sold[index])
        assert found["earned", name] == pytest.approx(100 * earned[index].sum())
        assert found["services", name] == pytest.approx(100 * earned[index, many.index("Services")])
    usa = abroad.index(names.index("USA"))
    assert found["shipped", "USA"] == pytest.approx(100 * shipped[:, usa].sum() / shipped.sum())
    stages = inverse.sum(axis=0)
    assert found["measure", "downstreamness"] == pytest.approx(stages[rows] @ weights)


def test_parts_add_up(found: pd.Series) -> None:
    for what in ("earned", "shipped"):
        assert found[what].sum() == pytest.approx(100)
    # Rows of WIOD miss output by rounding and more.
    assert found["absorbed"].sum() == pytest.approx(100, abs=0.05)
    assert found["plant"].sum() + found["sold"].sum() == pytest.approx(100)
    assert found["measure", "DC"] == pytest.approx(found["earned", "MEX"])


def test_the_book_holds_what_the_step_gives(test_data) -> None:
    table = whole_table(read_pieces(test_data / "data" / "oecd_icio"))
    step = one_dollar_step
    due = step.dollar(table, step.EXPORTER, step.SECTORS, step.GOODS).set_index(["what", "who"])["value"]
    kept = data.table("dollar").set_index(["what", "who"])["value"]
    assert list(kept.index) == list(due.index)
    assert kept.to_numpy() == pytest.approx(due.to_numpy(), rel=1e-5, abs=1e-9)
