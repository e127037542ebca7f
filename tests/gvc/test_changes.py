"""Changes between two tables: by hand, by every order with explicit inverses, and what they add up to."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, Account, GvcError, leontief
from tests import naive
from tests.gvc.test_contents import industries, residual, shares_of_inputs
from tests.gvc.test_core import copy_of
from tests.gvc.test_decompositions import split_tables

# -- structural decomposition -------------------------------------------------------------------------------------

ALIKE = {"economies": ["USA", "CHN"], "sectors": ["all"]}
BEFORE = ICIO(**ALIKE, Z=[[100, 50], [0, 50]], Y=[[30, 20], [70, 80]], x=[200, 200], va=[100, 100], year=2000)
AFTER = ICIO(**ALIKE, Z=[[80, 20], [0, 100]], Y=[[30, 30], [80, 120]], x=[160, 300], va=[80, 180], year=2005)


def test_three_factors_by_hand() -> None:
    """V is (.5, .5), then (.5, .6); A is ((.5, .25), (0, .25)), then ((.5, 1/15), (0, 1/3)); y 50, 150, then 60, 200.

    v0'B0 is (1, 1/3) of the United States and (0, 2/3) of China, v1'B1 (1, 1/10) and (0, 9/10). Of output as it is
    afterwards, China's inputs change by -55 and 25; as before, by -110/3 and 50/3.
    """
    found = gvc.structural_decomposition(BEFORE, AFTER)
    first = [[0, -55 + 25 / 3, 10 + 50 / 3, 0], [30, 50 / 3, 100 / 3, 0]]
    second = [[0, -110 / 3 + 5 / 3, 10 + 5, 0], [20, 15, 45, 0]]
    np.testing.assert_allclose(found["polar_1"], first, atol=1e-12)
    np.testing.assert_allclose(found["polar_2"], second, atol=1e-12)
    np.testing.assert_allclose(found["mean"], (np.array(first) + second) / 2, atol=1e-12)
    assert found.columns.names == ["form", "term"]
    assert list(found.index) == ["USA", "CHN"]


def test_two_factors_by_hand() -> None:
    """One economy of one product, whose jobs per unit stay 2: A falls from .5 to .4, final demand grows from 50 to 90.

    Jobs are 2 · 2 · 50 = 200, then 2 · 5/3 · 90 = 300. Inputs first: (5/3 - 2) · 2 · 50 = -100/3, then 5/3 · 2 · 40 =
    400/3. Final demand first: 2 · 2 · 40 = 160, then (5/3 - 2) · 2 · 90 = -60.
    """
    alone = {"economies": ["CHN"], "sectors": ["all"]}
    before = ICIO(**alone, Z=[[50]], Y=[[50]], x=[100], va=[50])
    after = ICIO(**alone, Z=[[60]], Y=[[90]], x=[150], va=[90])
    jobs = tuple(pd.Series(2 * table.x, industries(table), name="jobs") for table in (before, after))
    found = gvc.structural_decomposition(before, after, jobs)  # type: ignore[arg-type]
    np.testing.assert_allclose(found["polar_2"], [[0, -100 / 3, 400 / 3, 0]], atol=1e-12)
    np.testing.assert_allclose(found["polar_1"], [[0, -60, 160, 0]], atol=1e-12)


def test_what_rows_lack_is_no_final_demand() -> None:
    """Rows of the second fall short by 6 and 9, which v0'B0 takes by (1, 1/3) and by (0, 2/3)."""
    lacking = replace(AFTER, Y=AFTER.Y - [[6, 0], [0, 9]])
    whole, found = (gvc.structural_decomposition(BEFORE, table)["polar_1"] for table in (AFTER, lacking))
    np.testing.assert_allclose(found["discrepancy"], [9, 6])
    np.testing.assert_allclose(found["final_demand"], whole["final_demand"] - [9, 6])
    np.testing.assert_allclose(found[["coefficients", "inputs"]], whole[["coefficients", "inputs"]])


@st.composite
def pairs(draw: st.DrawFn, size: float = 0.3) -> tuple[ICIO, ICIO]:
    """Draw a table and what became of it; an industry may be idle in one or both, and rows may lack something."""
    before = draw(split_tables())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    Z, Y = (block * np.exp(size * rng.normal(size=block.shape)) for block in (before.Z, before.Y))
    if draw(st.booleans()) and len(before.x) > 2:
        out = rng.integers(len(before.x))
        Z[out], Z[:, out], Y[out] = 0, 0, 0
    x = Z.sum(axis=1) + Y.sum(axis=1)
    x *= 1 + draw(st.sampled_from([0, 0.01])) * rng.random(len(x))
    after = copy_of(before, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), year=2001)
    return (before, after) if draw(st.booleans()) else (after, before)


def near(tables: tuple[ICIO, ICIO], actual: object, expected: object) -> None:
    size = max(np.abs(table.x).max() for table in tables)
    np.testing.assert_allclose(actual, expected, rtol=1e-8, atol=1e-10 * size)  # type: ignore[arg-type]


def ends(table: ICIO) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(R, GN) coefficients by economy, A, and final demand with what rows lack."""
    home, economies = naive.homes(table)
    v = np.array([np.where(home == economy, residual(table), 0) for economy in economies])
    A = shares_of_inputs(table)
    return v, A, table.x - A @ table.x


def in_order(tables: tuple[ICIO, ICIO], order: tuple[int, ...]) -> np.ndarray:
    """(R, 3) changes by factor, as these change one after the other."""
    start, end = (ends(table) for table in tables)
    now = list(start)

    def value() -> np.ndarray:
        v, A, y = now
        return np.asarray(v @ np.linalg.inv(np.eye(len(y)) - A) @ y)

    by_factor = np.zeros((len(start[0]), 3))
    for factor in order:
        was = value()
        now[factor] = end[factor]
        by_factor[:, factor] = value() - was
    return by_factor


def three(terms: pd.DataFrame) -> np.ndarray:
    return np.column_stack([terms[["coefficients", "inputs"]], terms[["final_demand", "discrepancy"]].sum(axis=1)])


@given(pairs())
def test_polar_forms_are_two_of_the_six_orders(tables: tuple[ICIO, ICIO]) -> None:
    found = gvc.structural_decomposition(*tables)
    near(tables, three(found["polar_1"]), in_order(tables, (2, 1, 0)))
    near(tables, three(found["polar_2"]), in_order(tables, (0, 1, 2)))
    near(tables, found["mean"], (found["polar_1"] + found["polar_2"]) / 2)


@given(pairs(size=0.1))
def test_the_mean_is_near_that_of_all_orders(tables: tuple[ICIO, ICIO]) -> None:
    """Dietzenbacher and Los (1998): nearer than the polar forms are to each other, at any rate."""
    if ((tables[0].x == 0) != (tables[1].x == 0)).any():
        return  # an industry that begins has no coefficient to compare
    found = gvc.structural_decomposition(*tables)
    every = np.mean([in_order(tables, order) for order in permutations(range(3))], axis=0)
    off = np.abs(three(found["mean"]) - every).sum()
    apart = np.abs(three(found["polar_1"]) - three(found["polar_2"])).sum()
    assert off <= apart / 4 + 1e-9 * np.abs(tables[0].x).sum()


@given(pairs())
def test_terms_add_up_to_the_change(tables: tuple[ICIO, ICIO]) -> None:
    found = gvc.structural_decomposition(*tables)
    home, economies = naive.homes(tables[0])
    earned = [[naive.shares(table)[2][home == economy].sum() for economy in economies] for table in tables]
    for form in ("mean", "polar_1", "polar_2"):
        near(tables, found[form].sum(axis=1), np.subtract(earned[1], earned[0]))
    back = gvc.structural_decomposition(tables[1], tables[0])
    near(tables, back["polar_1"], -found["polar_2"])
    near(tables, back["mean"], -found["mean"])
    nothing = gvc.structural_decomposition(tables[0], tables[0])
    near(tables, nothing, 0 * nothing)


@given(pairs(), st.integers(0, 99))
def test_jobs_in_place_of_value_added(tables: tuple[ICIO, ICIO], seed: int) -> None:
    rng = np.random.default_rng(seed)
    jobs = [
        pd.Series(rng.gamma(2, 5, len(table.x)) * (table.x != 0), industries(table), name="jobs") for table in tables
    ]
    for one in jobs:
        one.attrs["unit"] = "persons"
    pair: Any = tuple(one.sample(frac=1, random_state=seed) for one in jobs)
    found = gvc.structural_decomposition(*tables, pair)
    change = jobs[1].to_numpy() - jobs[0].to_numpy()
    home, economies = naive.homes(tables[0])
    expected = [change[home == economy].sum() for economy in economies]
    for form in ("mean", "polar_1", "polar_2"):
        near(tables, found[form].sum(axis=1), expected)
    assert found.attrs["measure"] == "change of jobs"
    assert found.attrs["unit"] == "persons"
    carrying: Any = [
        replace(table, accounts={"jobs": Account(F=one, unit="persons")})
        for table, one in zip(tables, jobs, strict=True)
    ]
    pd.testing.assert_frame_equal(gvc.structural_decomposition(*carrying, "jobs"), found)
    frames: Any = tuple(pd.DataFrame({"jobs": one, "twice": 2 * one}) for one in jobs)
    for one in frames:
        one.attrs["unit"] = "persons"
    both = gvc.structural_decomposition(*tables, frames)
    assert both.columns.names == ["amount", "form", "term"]
    near(tables, both["jobs"], found)
    near(tables, both["twice"], 2 * found)


def test_rows_of_the_table_are_what_they_hold() -> None:
    before, after = (replace(table, va=0.9 * table.va, taxes=0.1 * table.va) for table in (BEFORE, AFTER))
    own, taxes, all_of_it = (gvc.structural_decomposition(before, after, row) for row in ("table", "taxes", "residual"))
    np.testing.assert_allclose(own + taxes, all_of_it)
    np.testing.assert_allclose(own["mean"].sum(axis=1), after.va - before.va)
    assert taxes.attrs["measure"] == "change of taxes"


def test_it_says_what_it_is() -> None:
    found = gvc.structural_decomposition(replace(BEFORE, source="mine"), replace(AFTER, source="mine"))
    about = {"measure": "change of value added", "unit": "million USD", "year": "2000 to 2005", "source": "mine"}
    assert found.attrs == about
    rows = gvc.as_rows(found)
    assert len(rows) == 2 * 3 * 4
    assert {"form", "term"} <= set(rows)
    assert set(rows["unit"]) == {"million USD"}


def test_no_inverse_is_formed(monkeypatch: pytest.MonkeyPatch) -> None:
    solved = []
    solve = leontief.lu_solve
    monkeypatch.setattr(leontief, "_inverted", None)
    monkeypatch.setattr(leontief, "lu_solve", lambda lu, b, **how: solved.append(b.shape[1]) or solve(lu, b, **how))
    sample = copy_of(gvc.load_sample())
    gvc.structural_decomposition(sample, replace(sample, Y=1.1 * sample.Y))
    assert solved == [11, 11], "a right-hand side for each economy"


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (
            replace(AFTER, economies=["USA", "MEX"]),
            "expected the same economies in the same order; found CHN only in the first, MEX only in the second. Sum",
        ),
        (
            AFTER.aggregate({"CHN": "CHN", "USA": "USA"}),
            "expected the same economies in the same order; found another order. Sum both .* by `aggregate`",
        ),
        (replace(AFTER, sectors=["goods"]), "the same sectors .* all only in the first, goods only in the second"),
        (replace(AFTER, parts={"CHN": "USA"}), "the same parts of economies; found {} and {'CHN': 'USA'}"),
        (replace(AFTER, unit="million EUR"), "expected one unit; found million USD and million EUR. Convert one by"),
        (np.eye(2), "icio: expected an inter-country table"),
    ],
)
def test_tables_that_are_not_alike_are_refused(after: Any, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.structural_decomposition(BEFORE, after)


def test_the_remedy_works() -> None:
    turned = AFTER.aggregate({"CHN": "CHN", "USA": "USA"})
    again = turned.aggregate({code: code for code in BEFORE.economies})
    pd.testing.assert_frame_equal(
        gvc.structural_decomposition(BEFORE, again), gvc.structural_decomposition(BEFORE, AFTER)
    )


JOBS = pd.Series([3.0, 4], industries(BEFORE), name="jobs")
THOUSANDS = JOBS / 1000
THOUSANDS.attrs["unit"] = "thousand"


@pytest.mark.parametrize(
    ("value_added", "says"),
    [
        (JOBS, r"expected own amounts of both tables, in a pair; found a Series of 2\. Pass `\(amounts_before, "),
        (pd.DataFrame({"jobs": JOBS}), r"in a pair; found a DataFrame of 2 × 1"),
        ((JOBS,), r"in a pair; found 1 in a tuple"),
        ((JOBS, JOBS.rename("hours")), r"the same amounts of both .* found jobs \(\) and hours \(\)"),
        ((JOBS, THOUSANDS), r"in one unit; found jobs \(\) and jobs \(thousand\)"),
        ((JOBS, None), r"found jobs \(\) and value added \(million USD\)"),
        ((JOBS, JOBS[:1]), r"expected amounts of 2 industries .* a Series of 1 without CHN all"),
        ("jobs", r"expected 'residual' or 'table' or 'taxes'; found 'jobs'"),
        ([JOBS, JOBS], r"found a list"),
    ],
)
def test_amounts_that_are_not_of_both_are_refused(value_added: Any, says: str) -> None:
    with pytest.raises(GvcError, match=r"^value_added.*" + says):
        gvc.structural_decomposition(BEFORE, AFTER, value_added)


# -- differences --------------------------------------------------------------------------------------------------

LATER = replace(BEFORE, Z=[[100, 40], [0, 54]], Y=[[30, 20], [75, 75]], va=[100, 150])


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (
            "block",
            {("va",): (200, 250, 50, 25, 50), ("Z",): (200, 194, -6, -3, 14), ("Y",): (200, 200, 0, 0, 10)},
        ),
        (
            "economy",
            {
                ("va", "CHN", ""): (100, 150, 50, 50, 50),
                ("Z", "USA", "CHN"): (50, 40, -10, -20, 10),
                ("Y", "CHN", "USA"): (70, 75, 5, 100 / 14, 5),
                ("Y", "CHN", "CHN"): (80, 75, -5, -6.25, 5),
                ("Z", "CHN", "CHN"): (50, 54, 4, 8, 4),
            },
        ),
        (
            "cell",
            {
                ("va", "CHN", "all", "", ""): (100, 150, 50, 50, 50),
                ("Z", "USA", "all", "CHN", "all"): (50, 40, -10, -20, 10),
                ("Y", "CHN", "all", "USA", ""): (70, 75, 5, 100 / 14, 5),
                ("Y", "CHN", "all", "CHN", ""): (80, 75, -5, -6.25, 5),
                ("Z", "CHN", "all", "CHN", "all"): (50, 54, 4, 8, 4),
            },
        ),
    ],
)
def test_differences_by_hand(by: Any, expected: dict[tuple[str, ...], tuple[float, ...]]) -> None:
    found = gvc.differences(BEFORE, LATER, by)
    assert list(found) == ["first", "second", "difference", "percent", "absolute"]
    assert [label if isinstance(label, tuple) else (label,) for label in found.index] == list(expected)
    np.testing.assert_allclose(found, list(expected.values()))
    assert len(gvc.differences(BEFORE, LATER, by, 2)) == 2
    pd.testing.assert_frame_equal(gvc.differences(BEFORE, LATER, by, 2), found[:2])
    assert gvc.differences(BEFORE, BEFORE, by).empty


@given(pairs())
def test_differences_are_those_of_each_cell(tables: tuple[ICIO, ICIO]) -> None:
    """Every cell by itself; and cells add up to pairs of economies, these to blocks."""
    first, second = (replace(table, year=2000) for table in tables)
    labels = list(industries(first))
    columns = {"Z": labels, "Y": [(code, "") for code in first.economies]}
    cells: dict[tuple[str, ...], tuple[float, float]] = {}
    for name in ("Z", "Y", "x", "va", "taxes"):
        one, other = (np.asarray(getattr(table, name)).reshape(len(labels), -1) for table in (first, second))
        for (row, column), value in np.ndenumerate(one):
            if value != other[row, column]:
                buyer = columns.get(name, [("", "")])[column]
                cells[(name, *labels[row], *buyer)] = value, other[row, column]
    found = gvc.differences(first, second, "cell", 10**6)
    assert dict(zip(found.index, zip(found["first"], found["second"], strict=True), strict=True)) == cells
    assert found["absolute"].is_monotonic_decreasing
    np.testing.assert_array_equal(found["absolute"], found["difference"].abs())
    by_economy = gvc.differences(first, second, "economy", 10**6)
    whole = {part: first.parts.get(part, part) for part in (*first.economies, "")}
    summed = found[["difference", "absolute"]].rename(index=whole, level="seller").rename(index=whole, level="buyer")
    expected = summed.groupby(level=["block", "seller", "buyer"]).sum()
    near((first, second), by_economy[["difference", "absolute"]], expected.reindex(by_economy.index))
    by_block = gvc.differences(first, second)
    expected = found[["difference", "absolute"]].groupby(level="block").sum()
    near((first, second), by_block[["difference", "absolute"]], expected.reindex(by_block.index))
    assert set(by_block.index) == set(expected.index)


def test_what_was_nothing_has_no_percent() -> None:
    found = gvc.differences(BEFORE, replace(BEFORE, Z=[[100, 50], [3, 50]]), "cell")
    assert found["difference"].tolist() == [3]
    assert found["percent"].isna().all()


def test_another_year_is_told() -> None:
    with pytest.warns(UserWarning, match="tables of 2000 and 2005: what changed in between") as warned:
        gvc.differences(BEFORE, AFTER)
    assert [one.filename for one in warned] == [__file__]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"by": "sector"}, "by: expected 'block' or 'economy' or 'cell'; found 'sector'"),
        ({"largest": 0}, "largest: expected a whole number above 0; found 0"),
        ({"largest": 2.5}, r"largest: expected .* found 2\.5"),
        ({"second": replace(BEFORE, unit="million EUR")}, "expected one unit; found million USD and million EUR"),
        ({"second": gvc.load_sample()}, "expected the same economies .* JPN only in the second, .* and 5 more"),
        ({"second": BEFORE.Z}, "icio: expected an inter-country table"),
        ({"first": BEFORE.Z}, "icio: expected an inter-country table"),
    ],
)
def test_what_cannot_be_compared_is_refused(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        gvc.differences(**({"first": BEFORE, "second": BEFORE} | asked))
