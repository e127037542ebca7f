"""Where final goods' value comes from: by hand for two economies, and what adds up in any table."""

import numpy as np
import pytest
from hypothesis import given

from gvc import ICIO
from industrial_chains.analysis.chains import ALL, foreign_in_final_goods, trade_by_product
from tests.analysis.test_experiments import TWO, one_sector
from tests.strategies import tables


def test_two_economies_by_hand() -> None:
    # A = [[.2, .1], [.3, .4]], so B = [[.6, .1], [.3, .8]] / .45 and v = (.5, .5): of a good of China .5 * .3 / .45.
    found = foreign_in_final_goods(TWO, {"all": ["all"]}, ["CHN", "USA"]).set_index("economy")["foreign"]
    assert found["CHN"] == pytest.approx(100 * 0.5 * 0.3 / 0.45)
    assert found["USA"] == pytest.approx(100 * 0.5 * 0.1 / 0.45)
    # Final goods are 70 and 30.
    assert found[ALL] == pytest.approx((70 * found["CHN"] + 30 * found["USA"]) / 100)
    traded = trade_by_product(TWO, {"all": ["all"]}, ["CHN", "USA"]).set_index("economy")
    assert traded.loc["CHN", ["output", "exports", "imports"]].tolist() == pytest.approx([100, 10, 30])
    assert traded.loc["USA", ["output", "exports", "imports"]].tolist() == pytest.approx([100, 30, 10])


def test_all_economies_are_those_with_a_name() -> None:
    table = one_sector([[0.2, 0.2, 0.0], [0.2, 0.2, 0.2], [0.0, 0.2, 0.2]], ["CHN", "USA", "ROW"])
    found = foreign_in_final_goods(table, {"all": ["all"]}, table.economies).set_index("economy")["foreign"]
    # Final goods are 60, 40 and 60.
    assert found[ALL] == pytest.approx(0.6 * found["CHN"] + 0.4 * found["USA"])
    assert found[ALL] != pytest.approx((60 * found["CHN"] + 40 * found["USA"] + 60 * found["ROW"]) / 160)


@given(tables())
def test_exports_of_all_are_imports_of_all(table: ICIO) -> None:
    frame = trade_by_product(table, {"all": table.sectors}, table.result_economies)
    scale = float(np.abs(table.x).sum())
    assert frame["exports"].sum() == pytest.approx(frame["imports"].sum(), abs=1e-9 * scale)
    assert frame["output"].sum() == pytest.approx(table.x.sum())
