"""Tables made of labelled frames: in any order, or refused by the label that is wrong."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import ICIO, GvcError

ECONOMIES, SECTORS = ["CHN", "JPN", "MEX"], ["Farms", "Plants"]
INDUSTRIES = pd.MultiIndex.from_product([ECONOMIES, SECTORS])
#: No two numbers are the same, so that none can stand in the place of another.
Z = pd.DataFrame(np.arange(36.0).reshape(6, 6) ** 1.5, INDUSTRIES, INDUSTRIES)
Y = pd.DataFrame(1000 + np.arange(18.0).reshape(6, 3) ** 1.5, INDUSTRIES, ECONOMIES)
X = pd.Series(np.arange(6.0) + 5000, INDUSTRIES)
VA = pd.Series(np.arange(6.0) + 70, INDUSTRIES)
TAXES = pd.Series(np.arange(6.0) + 3, INDUSTRIES)


def shuffled(frame, *, seed: int, axis: int = 0):
    return frame.sample(frac=1, random_state=seed, axis=axis)


def looked_up(table: ICIO) -> dict[tuple[str, ...], float]:
    """Each number of a table by its labels."""
    rows = list(product(table.economies, table.sectors))
    found = {("Z", *row, *column): table.Z[r, c] for (r, row), (c, column) in product(enumerate(rows), enumerate(rows))}
    found |= {("Y", *row, e): table.Y[r, c] for (r, row), (c, e) in product(enumerate(rows), enumerate(ECONOMIES))}
    for name in ("x", "va", "taxes"):
        found |= {(name, *row): getattr(table, name)[r] for r, row in enumerate(rows)}
    return found


DUE = looked_up(
    ICIO(
        economies=ECONOMIES,
        sectors=SECTORS,
        Z=Z.to_numpy(),
        Y=Y.to_numpy(),
        x=X.to_numpy(),
        va=VA.to_numpy(),
        taxes=TAXES.to_numpy(),
    )
)


@pytest.mark.parametrize("seed", range(4))
def test_labels_in_any_order_and_with_either_level_first(seed: int) -> None:
    mixed = shuffled(shuffled(Z, seed=seed), seed=seed + 10, axis=1)
    mixed = mixed.swaplevel(axis=1) if seed % 2 else mixed.swaplevel(axis=0)
    demand = shuffled(shuffled(Y, seed=seed + 20), seed=seed + 30, axis=1).swaplevel()
    x, va, taxes = (shuffled(total, seed=seed + at) for at, total in enumerate((X, VA.swaplevel(), TAXES)))
    table = ICIO.from_frames(mixed, demand, x=x, va=va, taxes=taxes, year=2001, source="mine", unit="EUR")
    found = looked_up(table.aggregate({code: code for code in ECONOMIES}, {name: name for name in SECTORS}))
    assert found == DUE
    assert (table.year, table.source, table.unit) == (2001, "mine", "EUR")


def test_the_first_rows_say_in_which_order_a_table_is() -> None:
    table = ICIO.from_frames(Z.iloc[::-1], Y)
    assert (table.economies, table.sectors) == (("MEX", "JPN", "CHN"), ("Plants", "Farms"))


def test_frames_of_a_table_are_its_numbers_by_label_and_make_it_again() -> None:
    frames = ICIO.from_frames(Z, Y, x=X, va=VA, taxes=TAXES).to_frames()
    for name, due in {"Z": Z, "Y": Y, "x": X, "va": VA, "taxes": TAXES}.items():
        found = getattr(frames, name)
        assert found.index.names == ["economy", "sector"]
        for label in np.ndindex(due.shape):
            row = (due.index[label[0]],) if due.ndim == 1 else (due.index[label[0]], due.columns[label[1]])
            assert found.loc[row] == due.iloc[label], (name, row)
    assert (frames.Z.columns.names, frames.Y.columns.names) == (["economy", "sector"], ["economy"])
    again = ICIO.from_frames(**{name: shuffled(one, seed=3) for name, one in frames._asdict().items()})
    assert looked_up(again.aggregate({code: code for code in ECONOMIES}, {name: name for name in SECTORS})) == DUE


def test_who_changes_frames_does_not_change_the_table() -> None:
    table = ICIO.from_frames(Z, Y, x=X, va=VA, taxes=TAXES)
    for one in table.to_frames():
        one.iloc[:] = -1
    assert looked_up(table) == DUE


def test_totals_that_are_not_given_are_those_of_a_balanced_table() -> None:
    table = ICIO.from_frames(Z, shuffled(Y, seed=1), taxes=shuffled(TAXES, seed=2))
    assert table.x.tolist() == pytest.approx((Z.sum(axis=1) + Y.sum(axis=1)).tolist(), rel=1e-14)
    assert table.va.tolist() == pytest.approx((table.x - Z.sum() - TAXES).tolist(), rel=1e-14)
    assert [finding for finding in table.check() if finding.what in ("row balance", "column balance")] == []
    assert ICIO.from_frames(Z, Y, x=X).va.tolist() == (X.to_numpy() - Z.sum().to_numpy()).tolist()
    assert not ICIO.from_frames(Z, Y).taxes.any()


def test_components_of_final_demand_are_summed() -> None:
    parts = pd.concat({"homes": Y * 0.75, "state": Y * 0.25}, axis=1)
    for demand in (parts, parts.swaplevel(axis=1), parts.swaplevel(axis=1).sort_index(axis=1, ascending=False)):
        np.testing.assert_allclose(ICIO.from_frames(Z, demand).Y, Y.to_numpy(), rtol=1e-14)


def test_names_of_levels_tell_economies_from_sectors_of_the_same_name() -> None:
    alike = pd.MultiIndex.from_product([["A", "B"], ["A", "B"]], names=["sector", "region"])
    flows = pd.DataFrame(np.arange(16.0).reshape(4, 4), alike, alike)
    demand = pd.DataFrame([[10.0, 20.0]] * 4, alike, pd.Index(["B", "A"], name="region"))
    table = ICIO.from_frames(flows, demand)
    assert table.label(1) == "A B"
    assert table.Z[0, 1] == flows.loc[("A", "A"), ("B", "A")] == 2
    assert table.Y[0].tolist() == [20, 10]
    unnamed = flows.rename_axis([None, None]).rename_axis([None, None], axis=1)
    with pytest.raises(GvcError, match=r"rows of Z: expected a level that tells the economy; found \('A', 'A'\)"):
        ICIO.from_frames(unnamed, demand.rename_axis([None, None]))


def without(frame: pd.DataFrame, label: tuple[str, str], axis: int = 0) -> pd.DataFrame:
    return frame.drop([label], axis=axis)


def spoiled(frame: pd.DataFrame, row: int, column: int, value: object) -> pd.DataFrame:
    frame = frame.astype(object)
    frame.iloc[row, column] = value
    return frame


LAST = ("MEX", "Plants")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: (without(Z, LAST), Y), "table, rows of Z: expected each sector .*; found no MEX Plants"),
        (lambda: (without(Z, LAST, 1), Y), "table, columns of Z: expected each sector .*; found no MEX Plants"),
        (lambda: (Z, without(Y, LAST)), "table, rows of Y: expected each sector .*; found no MEX Plants"),
        (lambda: (pd.concat([Z, Z[:1]]), Y), "table, rows of Z: .* found CHN Farms twice"),
        (lambda: (Z, pd.concat([Y, Y[1:2]])), "table, rows of Y: .* found CHN Plants twice"),
        (lambda: (Z.rename({"Farms": "Barns"}, axis=1), Y), "table, columns of Z: .* found no CHN Farms, CHN Barns"),
        (lambda: (Z, Y.drop(columns="JPN")), "table, columns of Y: expected final demand .* found none of JPN"),
        (lambda: (Z, Y.assign(USA=1.0)), "table, columns of Y: expected final demand .* found that of USA"),
        (lambda: (spoiled(Z, 0, 3, np.nan), Y), r"table, Z, CHN Farms × JPN Plants: expected a finite .* found nan"),
        (lambda: (spoiled(Z, 2, 1, "n/a"), Y), "table, Z: expected numbers; found n/a"),
        (lambda: (Z, spoiled(Y, 5, 1, np.nan)), r"table, Y, MEX Plants × JPN: expected a finite .* found nan"),
        (lambda: (Z.to_numpy(), Y), r"table, Z: expected a labelled DataFrame; found a ndarray of 6 × 6"),
        (lambda: (Z, Y["CHN"]), "table, Y: expected a labelled DataFrame; found a Series of 6"),
        (lambda: (Z.reset_index(drop=True), Y), "table, rows of Z: expected labels of two levels.* found 1, as in 0"),
        (
            lambda: (Z.set_axis([f"{economy}_{sector}" for economy, sector in INDUSTRIES]), Y),
            "table, rows of Z: expected labels of two levels, economy and sector; found 1, as in 'CHN_Farms'",
        ),
        (lambda: (Z, Y.set_axis(["a", "b", "c"], axis=1)), "table, rows of Z: expected a level that tells the economy"),
        (lambda: (Z[:0], Y), "table, rows of Z: expected a level that tells the economy; found no labels"),
    ],
)
def test_frames_that_are_none_of_a_table(given, said: str) -> None:
    with pytest.raises(GvcError, match=said) as raised:
        ICIO.from_frames(*given())
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("x", X.drop([LAST]), "table, x: .* found no MEX Plants"),
        ("va", VA.where(VA > 70), "table, va, CHN Farms: expected a finite number; found nan"),
        ("taxes", pd.concat([TAXES, TAXES[:1]]), "table, taxes: .* found CHN Farms twice"),
        ("x", X.to_frame("indout"), "table, x: expected a labelled Series; found a DataFrame of 6 × 1"),
        ("x", X.droplevel(1), "table, x: expected labels of two levels, economy and sector; found 1, as in 'CHN'"),
    ],
)
def test_totals_that_are_none_of_the_table(name: str, given, said: str) -> None:
    with pytest.raises(GvcError, match=said):
        ICIO.from_frames(Z, Y, **{name: given})


def test_measures_do_not_depend_on_the_order_of_the_labels() -> None:
    table = gvc.load_sample()
    labels = pd.MultiIndex.from_product([table.economies, table.sectors], names=["country", "industry"])
    flows, demand = pd.DataFrame(table.Z, labels, labels), pd.DataFrame(table.Y, labels, table.economies)
    mixed, x = shuffled(flows, seed=1).swaplevel(), shuffled(pd.Series(table.x, labels), seed=3)
    found = ICIO.from_frames(mixed, shuffled(demand, seed=2, axis=1), x=x)
    due = gvc.value_added_in_exports(table)
    pd.testing.assert_frame_equal(gvc.value_added_in_exports(found).loc[due.index, due.columns], due)


# -- numbers by industry, for the algebra -------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [gvc.embodied, gvc.output_needed])
def test_numbers_by_industry_are_put_in_order_by_their_labels(measure) -> None:
    table = gvc.load_sample()
    labels = pd.MultiIndex.from_product([table.economies, table.sectors], names=["economy", "sector"])
    jobs = pd.DataFrame({"hours": np.arange(55.0), "persons": np.arange(55.0) ** 2}, labels)
    due = measure(table, jobs.to_numpy())
    np.testing.assert_array_equal(measure(table, shuffled(jobs, seed=1)), due)
    np.testing.assert_array_equal(
        measure(table, shuffled(jobs["hours"], seed=2).swaplevel()), measure(table, np.arange(55.0))
    )
    np.testing.assert_allclose(measure(table, list(range(55))), due[:, 0], rtol=1e-12)


@pytest.mark.parametrize("measure", [gvc.embodied, gvc.output_needed])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (np.ones(54), "expected 55 numbers, one for each industry, .* found a ndarray of 54"),
        (np.ones((55, 2, 2)), "found a ndarray of 55 × 2 × 2"),
        (["1"] * 55, "found a list"),
        (3.0, r"found 3\.0"),
        (pd.Series(np.ones(54)), r"expected shape \(55,\); found shape \(54,\)"),
        (pd.Series(np.ones(55), [f"s{number}" for number in range(55)]), "label 1: expected the labels of the table"),
        (pd.DataFrame({"jobs": [np.nan] * 55}), "jobs, CHN Primary: expected a finite number; found nan"),
    ],
)
def test_what_is_not_by_industry_is_refused(measure, given, said: str) -> None:
    with pytest.raises(GvcError, match=rf"^(per_output|demand).*{said}"):
        measure(gvc.load_sample(), given)


@pytest.mark.parametrize(("given", "found"), [(Z, "a DataFrame of 6 × 6"), (None, "a NoneType"), (3, "a int")])
def test_what_is_no_path_is_not_read(given, found: str) -> None:
    with pytest.raises(GvcError, match=rf"path: expected the path .*; found {found}\. .*ICIO\.from_frames\(Z, Y\)"):
        gvc.read_icio(given)
