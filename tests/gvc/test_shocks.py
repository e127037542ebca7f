"""Shocks to demand and to sales: against printed numbers, tables solved without the sales, and other measures."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, CoverageWarning, GvcError
from tests import naive
from tests.gvc.test_contents import industries, residual, shares_of_inputs
from tests.gvc.test_core import copy_of
from tests.gvc.test_decompositions import close, split_tables


@pytest.fixture(scope="module")
def sample() -> ICIO:
    return gvc.load_sample()


# -- a change of final demand -------------------------------------------------------------------------------------

#: Miller and Blair (2009), table 2.3: two sectors of one economy.
TWO_SECTORS = {
    "economies": ["USA"],
    "sectors": ["1", "2"],
    "Z": [[150, 500], [200, 100]],
    "Y": [[350], [1700]],
    "x": [1000, 2000],
    "va": [650, 1400],
}


def test_impact_as_miller_and_blair_print_it() -> None:
    """Final demand of 600 and 1,500 instead calls forth output of 1,247.52 and 1,841.58: their section 2.3."""
    table = ICIO(**TWO_SECTORS)  # type: ignore[arg-type]
    change = pd.Series({("USA", "1"): 250, ("USA", "2"): -200})
    output = gvc.impact(table, change, pd.Series(table.x, industries(table), name="output"))
    assert (output + table.x).round(2).tolist() == [1247.52, 1841.58]
    assert gvc.impact(table, change).sum() == pytest.approx(50), "all of it is value added"


@given(split_tables())
def test_all_of_final_demand_brings_all_of_value_added(table: ICIO) -> None:
    whole = pd.Series(table.Y.sum(axis=1), industries(table))
    for at, absorber in enumerate(table.result_economies):
        change = pd.Series((table.Y @ table.membership)[:, at], industries(table))
        found = gvc.impact(table, change)
        assert found.index.names == ["economy", "sector"]
        close(table, found, gvc.content(table, "final_demand", absorber=absorber, by=("origin", "origin_sector")))
    earned = gvc.impact(table, whole).groupby("economy", sort=False).sum()
    close(table, earned, [naive.shares(table)[2][table.home == home].sum() for home in range(len(earned))])


def test_impact_takes_some_industries_in_any_order(sample: ICIO) -> None:
    some = pd.Series({("MEX", "Machinery"): 1000.0, ("CHN", "Light"): -500.0})
    whole = some.reindex(industries(sample), fill_value=0)
    hours = pd.DataFrame({"hours": sample.x * 2, "tonnes": sample.x}, industries(sample))
    pd.testing.assert_series_equal(gvc.impact(sample, some), gvc.impact(sample, whole))
    both = gvc.impact(sample, some, hours)
    assert list(both) == ["hours", "tonnes"]
    np.testing.assert_allclose(both["hours"], 2 * both["tonnes"])
    assert gvc.impact(sample, some).attrs["measure"] == "value added in a change of final demand"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (pd.Series({("MEX", "Machines"): 1.0}), r"change: expected industries of the table, .* found MEX Machines\."),
        (pd.Series({"MEX": 1.0}), r"found MEX\."),
        (pd.Series([1.0, 2], [("MEX", "Light")] * 2), r"each once; found MEX Light\. .* or sum"),
        (pd.Series({("MEX", "Light"): np.nan}), r"change, MEX Light: expected a finite number; found nan"),
        (np.ones(55), r"change: expected a Series by \(economy, sector\); found a ndarray of 55"),
    ],
)
def test_a_change_that_is_none_is_refused(sample: ICIO, change: Any, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.impact(sample, change)


# -- extraction ---------------------------------------------------------------------------------------------------


TWO = ICIO(
    economies=["CHN", "USA"], sectors=["all"], Z=[[20, 10], [30, 40]], Y=[[60, 10], [0, 30]], x=[100, 100], va=[50, 50]
)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        # Without a12 = 0.1: x1 = 70 / 0.8 = 87.5 and x2 = (30 + 0.3 * 87.5) / 0.6 = 93.75; half of it is value added.
        ({"seller": "CHN", "buyer": "USA", "use": "intermediate"}, [43.75, 46.875]),
        # And without the 10 of final products: x1 = 60 / 0.8 = 75 and x2 = (30 + 0.3 * 75) / 0.6 = 87.5.
        ({"seller": "CHN", "buyer": "USA"}, [37.5, 43.75]),
        ({"seller": "CHN", "buyer": "foreign"}, [37.5, 43.75]),
        # Without these 10 alone: x = B (60, 30), with B = ((0.6, 0.1), (0.3, 0.8)) / 0.45.
        ({"seller": "CHN", "buyer": "USA", "use": "final"}, [130 / 3, 140 / 3]),
        # Without a11 = 0.2 and the 60: x1 = 10 + 0.1 x2 and 0.6 x2 = 30 + 0.3 x1, so x2 = 33 / 0.57.
        ({"seller": "CHN", "buyer": "domestic"}, [5 + 1.65 / 0.57, 16.5 / 0.57]),
        # The first sells nothing, so that it makes and buys nothing: x2 = 30 / 0.6.
        ({"seller": "CHN"}, [0, 25]),
        # Nobody sells anything.
        ({}, [0, 0]),
        # These sales are not in the table.
        ({"seller": "USA", "buyer": "CHN", "use": "final"}, [50, 50]),
    ],
)
def test_extraction_on_a_2_by_2_table(asked: dict[str, str], left: list[float]) -> None:
    np.testing.assert_allclose(50 - gvc.extract(TWO, **asked), left, rtol=1e-12, atol=1e-12)


@given(st.data())
def test_extraction_is_what_is_left_without(data: st.DataObject) -> None:
    """Both tables solved by themselves, by an explicit inverse, and their value added subtracted."""
    table = data.draw(split_tables())
    home, _ = naive.homes(table)
    names, N, GN = table.result_economies, len(table.sectors), len(table.x)
    asked: dict[str, Any] = {
        name: data.draw(st.lists(st.sampled_from(labels), min_size=1, unique=True))
        for name, labels in (
            ("seller", names),
            ("sector", table.sectors),
            ("buyer", names),
            ("use", ["intermediate", "final"]),
        )
        if data.draw(st.booleans())
    }
    if data.draw(st.booleans()):
        asked["buyer"] = data.draw(st.sampled_from(["domestic", "foreign"]))
    A, Y = shares_of_inputs(table), table.Y @ table.membership
    before = np.linalg.inv(np.eye(GN) - A) @ Y.sum(axis=1)
    for row in range(GN):
        if names[home[row]] not in asked.get("seller", names):
            continue
        if table.sectors[row % N] not in asked.get("sector", table.sectors):
            continue
        for at, economy in enumerate(names):
            relation = "domestic" if at == home[row] else "foreign"
            wanted = asked.get("buyer", names)
            if economy not in wanted and relation != wanted:
                continue
            if "intermediate" in asked.get("use", ["intermediate"]):
                A[row, home == at] = 0
            if "final" in asked.get("use", ["final"]):
                Y[row, at] = 0
    after = np.linalg.inv(np.eye(GN) - A) @ Y.sum(axis=1)
    lost = pd.Series(residual(table) * (before - after), industries(table))
    joined = lost.groupby([[names[at] for at in home], lost.index.get_level_values("sector")]).sum()
    found = gvc.extract(table, **asked)
    assert found.index.names == ["economy", "sector"]
    close(table, found, joined.reindex(found.index))


@given(split_tables())
def test_extraction_of_all_exports_is_bms(table: ICIO) -> None:
    """Los, Timmer and de Vries (2016): DVA is what the exporter itself would lose, FVA what all others would."""
    terms, forward = gvc.borin_mancini(table), gvc.domestic_value_added_in_exports(table)
    for exporter in table.result_economies:
        lost = gvc.extract(table, exporter, buyer="foreign")
        close(table, lost[exporter], forward[exporter])
        own = lost[exporter].sum()
        close(table, [own, lost.sum() - own], terms.loc[exporter, ["DVA", "FVA"]])


@given(st.data())
def test_extraction_of_exports_is_content_once(data: st.DataObject) -> None:
    table = data.draw(split_tables())
    seller, buyer = (data.draw(st.sampled_from(table.result_economies)) for _ in range(2))
    if seller == buyer:
        buyer = "foreign"
    of = pd.Series(table.x * 3, industries(table), name="hours")
    chosen = {} if buyer == "foreign" else {"importer": buyer}
    for sector in (None, table.sectors[0]):
        found = gvc.extract(table, seller, of=of, sector=sector, buyer=buyer)
        by = ("origin", "origin_sector")
        once = gvc.content(table, "exports", of, exporter=seller, sector=sector, once=True, by=by, **chosen)
        close(table, found, once.reindex(found.index))


def test_what_rows_lack_is_not_taken_out(sample: ICIO) -> None:
    """It is delivered all the same, and not to anybody who could be chosen."""
    lost = gvc.extract(sample)
    sold = sample.Z.sum(axis=1) + sample.Y.sum(axis=1)
    assert (sold < sample.x).any()
    np.testing.assert_allclose(lost, residual(sample) * sold)


def test_extraction_says_what_it_is(sample: ICIO) -> None:
    lost = gvc.extract(sample, seller="KOR", sector="Machinery", buyer=["CHN", "USA"])
    pd.testing.assert_series_equal(lost, gvc.extract(sample, "KOR", sector="Machinery", buyer=["CHN", "USA"]))
    assert lost.name == "value added"
    about = {"unit": "million USD", "year": 2011, "source": "WIOD 2013 release"}
    assert lost.attrs == {"measure": "value added in sales taken out"} | about
    hours = pd.DataFrame({"hours": sample.x * 2, "tonnes": sample.x}, industries(sample))
    both = gvc.extract(sample, "KOR", of=hours)
    np.testing.assert_allclose(both["hours"], 2 * both["tonnes"])
    taxed = copy_of(sample, va=sample.va * 0.9)
    own, residue = gvc.extract(taxed, "KOR", of="table"), gvc.extract(taxed, "KOR")
    assert (own < residue)["KOR"].all()
    with pytest.warns(CoverageWarning) as warned:
        group = gvc.extract(sample, seller="BRICS", buyer="NAFTA")
    assert {one.filename for one in warned} == {__file__}, "which line asked"
    assert [str(one.message).partition(":")[0] for one in warned] == ["BRICS", "NAFTA"]
    by_name = gvc.extract(sample, seller=["CHN", "IND", "RUS", "IDN"], buyer=["MEX", "USA"])
    pd.testing.assert_series_equal(group, by_name)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"seller": "Mexico"}, r"^seller: .* found 'Mexico'\. Did you mean MEX\?"),
        ({"buyer": ["USA", "VNM"]}, r"^buyer: expected economies of the table .* found VNM\."),
        ({"buyer": []}, r"^buyer: .* found none asked for\."),
        ({"sector": "machinery"}, r"^sector: expected some of Primary, .* Did you mean Machinery\?"),
        ({"use": "fnal"}, r"^use: expected some of intermediate, final; found 'fnal'\."),
        ({"of": "hours"}, r"^of: expected 'residual' or 'table' or 'taxes' or 'CO2'; found 'hours'\."),
    ],
)
def test_an_extraction_of_what_is_not_there_is_refused(sample: ICIO, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.extract(sample, **asked)
