"""The table, its algebra and its flows: hand-made numbers, published numbers, identities."""

import copy
import gc
import importlib.util
import inspect
import pickle
import weakref
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, Account, Finding, GvcError, labels
from gvc import economies as eco
from gvc.checks import Cells, Provenance
from gvc.flows import all_stage_inputs, first_stage_inputs, sector_accounts, value_added_by_industry
from gvc.leontief import _factors, input_coefficients, inverse, multipliers, output_needed, value_added_coefficients
from gvc.sources import rda
from tests import layouts
from tests.strategies import tables

# Koopman, Wang and Wei (2014), online appendix: the United States ships 50 of parts to China, which assembles.
USA_CHN = {
    "economies": ["USA", "CHN"],
    "sectors": ["all"],
    "Z": [[100, 50], [0, 50]],
    "Y": [[30, 20], [70, 80]],
    "x": [200, 200],
    "va": [100, 100],
}


def copy_of(icio: ICIO, **changes: Any) -> ICIO:
    return replace(icio, **changes)


# -- published numbers --------------------------------------------------------------------------------------------


def test_value_added_in_final_demand_as_koopman_wang_wei_print_it() -> None:
    vby = gvc.value_added_in_final_demand(ICIO(**USA_CHN))
    assert vby.round(1).to_numpy().tolist() == [[53.3, 46.7], [46.7, 53.3]]


def test_value_added_in_exports_by_hand() -> None:
    # B = [[2, 2/3], [0, 4/3]], v = (1/2, 1/2): of China's exports of 70, a third is American.
    vbe = gvc.value_added_in_exports(ICIO(**USA_CHN))
    expected = [[70, 70 / 3], [0, 140 / 3]]
    np.testing.assert_allclose(vbe, expected, rtol=1e-14)
    assert vbe.index.name == "origin"
    assert vbe.columns.name == "exporter"


def test_gross_and_intermediate_flows_by_hand() -> None:
    table = ICIO(**USA_CHN)
    assert gvc.gross_exports(table).to_numpy().tolist() == [[0, 70], [70, 0]]
    assert gvc.intermediate_flows(table).to_numpy().tolist() == [[100, 50], [0, 50]]


LEATHER = ["Argentina", "Turkey", "Germany"]


def test_leather_table(test_data) -> None:
    """The three-economy leather table of the literature on `decompr`, computed there in R."""
    folder = test_data / "vectors" / "decompr_leather"

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"{name}.csv", index_col=0)

    Z, Y, x = read("Z"), read("Y"), read("X")
    table = ICIO(
        economies=LEATHER,
        sectors=[label.partition(".")[2] for label in Z.index[:3]],
        Z=Z,
        Y=Y,
        x=x["output"],
        va=x["output"].to_numpy() - Z.sum().to_numpy(),
    )
    np.testing.assert_allclose(value_added_coefficients(table), read("decompr_Vc")["V1"], rtol=1e-12)
    for name, flow in (
        ("headline_VA_origin_in_exports", gvc.value_added_in_exports(table)),
        ("headline_VA_in_final_demand_T", gvc.value_added_in_final_demand(table)),
    ):
        np.testing.assert_allclose(flow, read(name), rtol=1e-10, err_msg=name)
    link = gvc.link_index(gvc.value_added_in_final_demand(table))
    np.testing.assert_allclose(link.fillna(0), read("headline_LINK"), rtol=1e-10)
    exports = read("decompr_ESR").groupby(lambda label: label.partition(".")[0], sort=False).sum()
    np.testing.assert_allclose(gvc.gross_exports(table), exports, rtol=1e-12)


# -- identities ---------------------------------------------------------------------------------------------------


@given(tables())
def test_value_added_in_exports_sums_to_exports(table: ICIO) -> None:
    exported = gvc.gross_exports(table).sum(axis=1)
    np.testing.assert_allclose(gvc.value_added_in_exports(table).sum(), exported, rtol=1e-9, atol=1e-9)


@given(tables())
def test_world_value_added_is_world_final_demand(table: ICIO) -> None:
    vby = gvc.value_added_in_final_demand(table)
    np.testing.assert_allclose(vby.to_numpy().sum(), table.Y.sum(), rtol=1e-9)
    np.testing.assert_allclose(vby.sum(axis=1), table.by_economy(table.va), rtol=1e-9)
    np.testing.assert_allclose(vby.sum(), table.Y.sum(axis=0), rtol=1e-9)


@given(tables())
def test_trade_in_value_added_balances_as_gross_trade_does(table: ICIO) -> None:
    vby, exports = gvc.value_added_in_final_demand(table), gvc.gross_exports(table)
    net = (vby.sum(axis=1) - vby.sum()).to_numpy()
    np.testing.assert_allclose(net, exports.sum(axis=1) - exports.sum(), rtol=1e-7, atol=1e-7)


@given(tables())
def test_multipliers_match_the_inverse_and_sum_to_one(table: ICIO) -> None:
    A, v = input_coefficients(table), value_added_coefficients(table)
    B = np.linalg.inv(np.eye(len(v)) - A)
    V = np.eye(len(table.economies)).repeat(len(table.sectors), axis=1) * v
    np.testing.assert_allclose(multipliers(table), V @ B, rtol=1e-9, atol=1e-12)
    busy = table.x != 0
    np.testing.assert_allclose(multipliers(table).sum(axis=0)[busy], 1, rtol=1e-9)
    np.testing.assert_allclose(output_needed(table, table.Y.sum(axis=1)), table.x, rtol=1e-9, atol=1e-9)


@given(tables())
def test_sector_accounts_add_up_to_the_flows(table: ICIO) -> None:
    accounts = sector_accounts(table).groupby("economy", sort=False).sum()
    vby = gvc.value_added_in_final_demand(table)
    off_diagonal = vby.sum(axis=1) - np.diag(vby)
    np.testing.assert_allclose(accounts["vax"], off_diagonal, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(accounts["gross_exports"], gvc.gross_exports(table).sum(axis=1), rtol=1e-9)
    np.testing.assert_allclose(accounts["value_added"], table.by_economy(table.va), rtol=1e-9)


@given(tables())
def test_industries_add_up_to_their_economy(table: ICIO) -> None:
    vby = gvc.value_added_in_final_demand(table)
    by_industry = value_added_by_industry(table)
    np.testing.assert_allclose(by_industry.groupby("origin", sort=False).sum(), vby, rtol=1e-8, atol=1e-8)
    own = by_industry.to_numpy()[np.arange(len(by_industry)), np.repeat(np.arange(len(vby)), len(table.sectors))]
    vax = sector_accounts(table)["vax"]
    np.testing.assert_allclose(by_industry.sum(axis=1) - own, vax, rtol=1e-8, atol=1e-8)


@given(tables(min_economies=3), st.integers(1, 2))
def test_parts_are_joined_after_the_inversion(table: ICIO, split: int) -> None:
    """An economy in two parts: results as if computed apart and added, its inner trade not exported."""
    part, whole = table.economies[-1], table.economies[-1 - split]
    joined = copy_of(table, parts={part: whole})
    apart, together = gvc.value_added_in_final_demand(table), gvc.value_added_in_final_demand(joined)
    expected = (
        apart.rename(index={part: whole}, columns={part: whole}).groupby(level=0).sum().T.groupby(level=0).sum().T
    )
    pd.testing.assert_frame_equal(together.sort_index().sort_index(axis=1), expected, check_names=False)
    exports = gvc.gross_exports(joined)
    inner = gvc.gross_exports(table).loc[[part, whole], [part, whole]].to_numpy().sum()
    assert exports.to_numpy().sum() == pytest.approx(gvc.gross_exports(table).to_numpy().sum() - inner)
    np.testing.assert_allclose(gvc.value_added_in_exports(joined).sum(), exports.sum(axis=1), rtol=1e-9)


@given(tables(min_economies=3))
def test_aggregation_conserves_totals(table: ICIO) -> None:
    merged = table.aggregate(
        {table.economies[0]: "ROW", table.economies[2]: "ROW"}, dict.fromkeys(table.sectors, "all")
    )
    assert merged.economies[0] == "ROW"
    assert len(merged.economies) == len(table.economies) - 1
    for name in ("Z", "Y", "x", "va"):
        assert getattr(merged, name).sum() == pytest.approx(getattr(table, name).sum())
    assert not [finding for finding in merged.check() if finding.level == "FAIL"]


def whole_table() -> ICIO:
    """Make a table in which no field is what it is by default."""
    table = five({"D": "B", "E": "B"})
    taxes = np.arange(1.0, 11)
    from_file = Provenance(
        inputs=table.Z.sum(axis=0),
        output=table.x + taxes,
        discrepancy=np.arange(10.0, 0, -1),
        loose=True,
        remarks=(Finding("in the legend only", "MNG", 0, "WARN"),),
        cells=Cells("sheet", 1, 2, 30, 40),
    )
    about = {"year": 2011, "source": "somewhere", "unit": "thousand EUR"}
    accounts = {
        "CO2": Account(F=np.arange(10.0), F_Y=np.arange(5.0), unit="kt"),
        "persons": Account(F=np.arange(10.0) ** 2, unit="1000"),
    }
    return replace(table, **about, taxes=taxes, provenance=from_file, accounts=accounts)  # type: ignore[arg-type]


def values(icio: ICIO) -> dict[str, Any]:
    """All that a table holds, by name."""
    held = {field.name: getattr(icio, field.name) for field in fields(icio)}
    provenance, accounts = held.pop("provenance"), held.pop("accounts")
    held |= {f"accounts.{name}": np.array([getattr(one, name) for one in accounts.values()]) for name in ("F", "F_Y")}
    held["accounts"] = tuple((name, account.unit) for name, account in accounts.items())
    return held | {f"provenance.{field.name}": getattr(provenance, field.name) for field in fields(provenance)}


def same_values(found: dict[str, Any], due: dict[str, Any]) -> None:
    assert found.keys() == due.keys()
    for name, value in due.items():
        np.testing.assert_array_equal(found[name], value, err_msg=name)


def test_no_field_is_as_it_is_by_default() -> None:
    """So that one which is lost is missed."""
    plain, full = values(five()), values(whole_table())
    assert [name for name in full if np.array_equal(plain[name], full[name])] == [
        *("economies", "sectors", "Z", "Y", "x", "va")
    ]


def test_every_field_survives_an_aggregation_that_joins_nothing() -> None:
    table = whole_table()
    same_values(values(table.aggregate()), values(table) | {"provenance.cells": None})


def test_every_field_is_summed_or_kept_by_an_aggregation() -> None:
    table = whole_table()
    merged, before = values(table.aggregate({"A": "AC", "C": "AC"}, {"s1": "all", "s2": "all"})), values(table)
    joined = ([0, 1, 4, 5], [2, 3], [6, 7], [8, 9])  # A with C, then B, D, E
    due = before | {"economies": ("AC", "B", "D", "E"), "sectors": ("all",), "provenance.cells": None}
    for name in ("x", "va", "taxes", "provenance.inputs", "provenance.output", "provenance.discrepancy"):
        due[name] = [before[name][rows].sum() for rows in joined]
    due["accounts.F"] = [[F[rows].sum() for rows in joined] for F in before["accounts.F"]]
    due["accounts.F_Y"] = [[F_Y[users].sum() for users in ([0, 2], [1], [3], [4])] for F_Y in before["accounts.F_Y"]]
    due["Z"] = [[before["Z"][np.ix_(rows, columns)].sum() for columns in joined] for rows in joined]
    due["Y"] = [[before["Y"][np.ix_(rows, users)].sum() for users in ([0, 2], [1], [3], [4])] for rows in joined]
    assert merged.keys() == due.keys()
    for name, value in due.items():
        if isinstance(value, list):
            np.testing.assert_allclose(merged[name], value, rtol=1e-14, err_msg=name)
        else:
            assert merged[name] == value, name


@given(tables(min_economies=3))
def test_three_ways_to_pool_a_group(table: ICIO) -> None:
    group, rest = table.economies[:2], table.economies[2:]
    vbe, exports = gvc.value_added_in_exports(table), gvc.gross_exports(table)
    by_members = gvc.foreign_value_added(table, group, "members")
    expected = vbe[list(group)].sum(axis=1)
    for member in group:
        expected[member] -= vbe.loc[member, member]
    np.testing.assert_allclose(by_members, expected, rtol=1e-9, atol=1e-9)
    outward = exports.loc[list(group), list(rest)].to_numpy().sum()
    for treatment in ("block", "merged"):
        pooled = gvc.foreign_value_added(table, group, treatment)
        assert list(pooled.index) == list(rest)
        assert pooled.sum() <= outward + abs(outward) * 1e-9
    alone = gvc.foreign_value_added(table, group[0], "members")
    for treatment in ("block", "merged"):
        pd.testing.assert_series_equal(gvc.foreign_value_added(table, group[0], treatment), alone)


# -- shares and the link index ------------------------------------------------------------------------------------

FLOW = pd.DataFrame(
    [[100.0, 10, 20], [30, 200, 40], [50, 60, 300]],
    index=pd.Index(["CHN", "THA", "VNM"], name="origin"),
    columns=pd.Index(["CHN", "THA", "VNM"], name="exporter"),
)
VAX = FLOW.rename_axis(columns="absorber")


def test_origin_share_leaves_out_what_is_own_and_counts_fellow_members_as_foreign() -> None:
    assert gvc.origin_share(FLOW, "CHN", "THA") == pytest.approx(100 * 10 / 70)
    assert gvc.origin_share(FLOW, ["CHN"], ["THA", "VNM"]) == pytest.approx(100 * 30 / 130)
    assert gvc.origin_share(FLOW, ["THA", "VNM"], ["THA", "VNM"]) == pytest.approx(100 * 100 / 130)


def test_a_group_that_a_table_shows_in_part_is_announced() -> None:
    with pytest.warns(gvc.CoverageWarning, match=r"ASEAN: the table shows THA, VNM, not BRN"):
        share = gvc.origin_share(FLOW, "CHN", "ASEAN")
    assert share == pytest.approx(100 * 30 / 130)


def test_an_economy_that_a_table_lacks_is_an_error() -> None:
    with pytest.raises(GvcError, match="found USA"):
        gvc.origin_share(FLOW, ["USA"], "THA")
    with pytest.raises(GvcError, match=r"'ASAEN'.*ASEAN"):
        gvc.origin_share(FLOW, "CHN", "ASAEN")


def test_share_of_nothing_is_undefined() -> None:
    assert np.isnan(gvc.origin_share(FLOW * 0, "CHN", "THA"))


def test_link_index_is_the_geometric_mean_of_two_shares() -> None:
    link = gvc.link_index(VAX)
    of_exports, of_imports = gvc.link_shares(VAX)
    # China exports 30, Thailand imports 70: 10 of it is China's.
    assert of_exports.loc["CHN", "THA"] == pytest.approx(100 / 3)
    assert of_imports.loc["CHN", "THA"] == pytest.approx(100 / 7)
    assert link.loc["CHN", "THA"] == pytest.approx(100 * 10 / np.sqrt(30 * 70))
    assert np.isnan(np.diag(link)).all()


@given(tables(min_economies=3))
def test_link_index_lies_between_its_shares(table: ICIO) -> None:
    vax = gvc.value_added_in_final_demand(table).clip(lower=0)
    link, (of_exports, of_imports) = gvc.link_index(vax), gvc.link_shares(vax)
    defined = link.notna().to_numpy()
    low, high = np.minimum(of_exports, of_imports).to_numpy(), np.maximum(of_exports, of_imports).to_numpy()
    assert (link.to_numpy()[defined] >= low[defined] - 1e-9).all()
    assert (link.to_numpy()[defined] <= high[defined] + 1e-9).all()


def test_with_two_economies_the_link_index_is_100() -> None:
    link = gvc.link_index(VAX.iloc[:2, :2])
    assert link.loc["CHN", "THA"] == pytest.approx(100)
    assert link.loc["THA", "CHN"] == pytest.approx(100)


def test_the_link_of_an_economy_that_exports_nothing_is_undefined() -> None:
    flow = VAX.copy()
    flow.loc["CHN", ["THA", "VNM"]] = 0
    link = gvc.link_index(flow)
    assert link.loc["CHN"].isna().all()
    assert link.loc["THA", "CHN"] > 0


# -- tables that cannot be numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"Z": [[100, 50]]}, r"Z: expected shape \(2, 2\); found shape \(1, 2\)"),
        ({"Y": [[30, float("nan")], [70, 80]]}, r"Y, USA all × CHN: expected a finite number; found nan"),
        ({"Z": [[100, 50], [float("inf"), 50]]}, r"Z, CHN all × USA all: .*found inf"),
        ({"x": ["many", 200]}, r"x: expected numbers; found many, a str_\."),
        ({"x": ["200", "200"]}, r"x: expected numbers; found 200, a str_\."),
        ({"Z": pd.DataFrame([[100, 50], ["0", 50]])}, r"Z: expected numbers; found 0, a str\."),
        ({"x": np.array([200, None])}, r"x: expected numbers; found None, a NoneType\."),
        ({"va": [100 + 1j, 100]}, r"va: expected numbers; found \(100\+1j\), a complex128\."),
        ({"x": np.array(["2000", "2001"], "datetime64[Y]")}, r"x: expected numbers; found 2000, a datetime64\."),
        ({"Z": [[100, 50], [0]]}, r"Z: expected numbers; found .*inhomogeneous"),
        ({"x": [10**400, 200]}, r"x: expected numbers; found .*too large"),
        (
            {"Z": np.ma.masked_equal([[100, 50], [0, 50]], 0)},
            r"Z, CHN all × USA all: expected a finite number; found nan\. Correct the source",
        ),
        ({"economies": ["USA", "USA"]}, "USA repeated"),
        ({"economies": []}, "at least one; found none"),
        ({"parts": {"CN1": "CHN"}}, r"parts .* found \{'CN1': 'CHN'\}"),
    ],
)
def test_a_table_that_is_not_one(change: dict[str, object], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        ICIO(**USA_CHN | change)


@pytest.mark.parametrize(
    "Z",
    [
        np.array([[True, False], [False, True]]),
        np.array([[1, 0], [0, 1]], dtype=np.uint8),
        np.array([[1, 0], [0, 1]], dtype=np.float16),
        np.array([[Fraction(1), Decimal(0)], [0.0, np.int64(1)]], dtype=object),
        np.array([[True, False], [False, True]], dtype=object),
        pd.DataFrame([[1, 0], [0, 1]], dtype="Int64"),
        np.ma.masked_equal([[1, 0], [0, 1]], 7),
    ],
    ids=["bool", "uint8", "float16", "objects", "objects of bool", "Int64", "nothing masked"],
)
def test_numbers_of_every_kind_are_numbers(Z: Any) -> None:
    table = ICIO(economies=["USA", "CHN"], sectors=["all"], Z=Z, Y=np.eye(2), x=[2, 2], va=[1, 1])
    assert type(table.Z) is np.ndarray
    assert table.Z.dtype == np.float64
    assert table.Z.tolist() == [[1, 0], [0, 1]]


def arrays(icio: ICIO) -> dict[str, np.ndarray]:
    """All arrays that hang on a table, those that are computed once among them."""
    computed = {name: getattr(icio, name) for name in ("membership", "home", "demand")}
    computed |= {"own, rows": icio.own[0], "own, columns": icio.own[1]}
    computed |= {"V·B": multipliers(icio), "B": inverse(icio), "LU": _factors(icio)[0], "pivots": _factors(icio)[1]}
    computed |= {f"{name}, {of}": getattr(one, of) for name, one in icio.accounts.items() for of in ("F", "F_Y")}
    held = {name: value for name, value in values(icio).items() if isinstance(value, np.ndarray)}
    return computed | {name: value for name, value in held.items() if not name.startswith("accounts.")}


def by_pickle(icio: ICIO) -> ICIO:
    back: ICIO = pickle.loads(pickle.dumps(icio))
    return back


@pytest.mark.parametrize("again", [lambda icio: icio, by_pickle, copy.copy, copy.deepcopy, replace])
def test_a_table_cannot_be_altered_nor_its_copies(again: Callable[[ICIO], ICIO]) -> None:
    table = whole_table()
    arrays(table)  # so that a copy could take over what was computed
    found = again(table)
    same_values(values(found), values(table))
    assert [name for name, array in arrays(found).items() if array.flags.writeable] == []
    with pytest.raises(ValueError, match="read-only"):
        found.Z[0, 0] = 1
    with pytest.raises(AttributeError):
        found.year = 1999  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.parts["A"] = "B"  # type: ignore[index]


def test_what_a_table_keeps_goes_with_it() -> None:
    table = five()
    block = gvc.as_block(table, ["A", "B"], "AB")
    lu = weakref.ref(_factors(table)[0])
    assert _factors(block)[0] is lu()
    multipliers(block)
    del table
    gc.collect()
    assert lu() is not None
    del block
    gc.collect()
    assert lu() is None


def test_a_table_is_one_line() -> None:
    assert repr(gvc.load_sample()) == "<ICIO: 11 economies × 5 sectors, 2011, WIOD 2013 release, million USD>"
    assert repr(whole_table()) == "<ICIO: 3 economies and 2 parts × 2 sectors, 2011, somewhere, thousand EUR>"
    assert repr(replace(five(), source="two\nlines", unit="")) == "<ICIO: 5 economies × 2 sectors, two lines>"


def test_the_sample_stays_as_it_is() -> None:
    sample = gvc.load_sample()
    assert sample.economies == ("CHN", "JPN", "KOR", "TWN", "RUS", "IND", "IDN", "MEX", "USA", "EUU", "ROW")
    assert sample.sectors == ("Primary", "Light", "Materials", "Machinery", "Services")
    assert sample.x.sum() == 141_767_904
    assert not [finding for finding in sample.check() if finding.level == "FAIL"]


# -- arguments of another kind ------------------------------------------------------------------------------------

OFFERED = {
    f"{module}.{name}": value
    for module in ("leontief", "flows", "contents", "shocks", "indicators", "decompositions", "positions")
    for name, value in vars(importlib.import_module(f"gvc.{module}")).items()
    if inspect.isfunction(value) and value.__module__ == f"gvc.{module}" and name[0] != "_"
}


def takers(argument: str) -> list[str]:
    return [name for name, function in OFFERED.items() if argument in inspect.signature(function).parameters]


def asked(name: str, first: object) -> object:
    """Call a function with its first argument, and something for those that must follow."""
    _, *others = inspect.signature(OFFERED[name]).parameters.values()
    return OFFERED[name](first, *["CHN" for other in others if other.default is inspect.Parameter.empty])


@pytest.mark.parametrize("name", takers("icio"))
@pytest.mark.parametrize("value", [FLOW, FLOW.to_numpy(), "wiod11.rda", None])
def test_what_is_no_table_is_refused(name: str, value: object) -> None:
    with pytest.raises(GvcError, match=r"icio: expected an inter-country table, .*; found a \w+.*gvc\.read_icio"):
        asked(name, value)


@pytest.mark.parametrize("name", [*takers("vax"), *takers("flow"), *takers("exports")])
def test_a_table_where_a_flow_belongs_is_refused(name: str) -> None:
    with pytest.raises(GvcError, match=r"found a table, <ICIO: 11 .*>\. Pass what `gvc\.\w+` returns"):
        asked(name, gvc.load_sample())
    with pytest.raises(GvcError, match=r"found a ndarray of 3 × 3"):
        asked(name, FLOW.to_numpy())


@pytest.mark.parametrize("name", [*takers("vax"), *takers("flow")])
def test_a_flow_that_is_transposed_is_refused(name: str) -> None:
    with pytest.raises(GvcError, match=r"found absorber × origin\. Transpose it by `\.T`"):
        asked(name, VAX.T)


def test_flows_are_many() -> None:
    assert len(takers("icio")) == 40
    assert len(takers("vax")) == len(takers("flow")) == 3


@pytest.mark.parametrize("name", takers("vax"))
def test_a_link_is_of_value_added_absorbed_and_of_all_the_world(name: str) -> None:
    with pytest.raises(GvcError, match=r"found origin × exporter\. Pass what `gvc\.value_added_in_final_demand`"):
        OFFERED[name](FLOW)
    with pytest.raises(GvcError, match=r"vax: .* found THA, VNM in one of them only\. Pass the whole matrix"):
        OFFERED[name](VAX[["CHN"]])
    with pytest.raises(GvcError, match=r"vax: .* found VNM in one of them only"):
        OFFERED[name](VAX.loc[["CHN", "THA"]])
    with pytest.raises(GvcError, match=r"vax: .* found two orders\. Reindex"):
        OFFERED[name](VAX[["THA", "CHN", "VNM"]])
    OFFERED[name](VAX)
    OFFERED[name](VAX.rename_axis(columns="destination"))
    OFFERED[name](VAX.rename_axis(index=None, columns=None))


def framed(icio: ICIO, labels: Callable[[str, str], object]) -> dict[str, Any]:
    """Put labels to the arrays of a table."""
    rows = pd.Index([labels(economy, sector) for economy in icio.economies for sector in icio.sectors])
    Z = pd.DataFrame(icio.Z, rows, rows)
    Y = pd.DataFrame(icio.Y, rows, list(icio.economies))
    return {"Z": Z, "Y": Y, "x": pd.Series(icio.x, rows), "va": pd.Series(icio.va, rows)}


LABELS: list[Callable[[str, str], object]] = [
    lambda economy, sector: (economy, sector),
    lambda economy, sector: (sector, economy),
    lambda economy, sector: f"{economy}_{sector}",
    lambda economy, sector: f"{sector}_{economy}",
    lambda economy, sector: f"{economy}.{sector}",
    lambda economy, sector: f"{economy} {sector}",
]


@pytest.mark.parametrize("labels", LABELS)
def test_labels_of_frames_decide_and_not_their_order(labels: Callable[[str, str], object]) -> None:
    table = five()
    frames = framed(table, labels)
    same_values(values(copy_of(table, **frames)), values(table))
    by_sector = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
    turned = {name: frame.iloc[by_sector] for name, frame in frames.items()}
    turned["Z"] = turned["Z"].iloc[:, ::-1]
    turned["Y"] = turned["Y"][list("CABED")]
    assert turned["Y"].iloc[1, 0] == table.Y[2, 2]
    same_values(values(copy_of(table, **turned)), values(table))
    for name, frame in turned.items():
        same_values(values(copy_of(table, **{name: frame})), values(table))
    same_values(
        values(copy_of(table, taxes=pd.Series(range(10), turned["x"].index))),
        {**values(table), "taxes": np.array([0.0, 5, 1, 6, 2, 7, 3, 8, 4, 9])},
    )


def test_a_sample_framed_by_sector_first_measures_the_same() -> None:
    sample = gvc.load_sample()
    frames = framed(sample, lambda economy, sector: (economy, sector))
    turned = {name: frame.swaplevel().sort_index() for name, frame in frames.items()}
    turned["Z"] = turned["Z"].swaplevel(axis=1).sort_index(axis=1)
    assert turned["x"].index[0] == ("Light", "CHN")
    link = gvc.link_index(gvc.value_added_in_final_demand(copy_of(sample, **turned)))
    assert link.loc["JPN", "CHN"] == pytest.approx(13.68, abs=0.005)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda table: {"x": pd.Series(table.x, list("klmnopqrst"))}, "x, label 1: .* A s1 .*; found k"),
        (lambda table: {"x": pd.Series(table.x)[::-1]}, "x, label 1: .*; found 9"),
        (lambda table: {"x": pd.Series(table.x).iloc[[1, 0, *range(2, 10)]]}, "x, label 1: .*; found 1"),
        (lambda table: {"Y": pd.DataFrame(table.Y, columns=list("ABCDF"))}, "Y, label 5: .*A.*; found F"),
        (lambda table: {"Y": pd.DataFrame(table.Y, columns=list("ABCDA"))}, "Y, label 5: .*A.*; found A again"),
        (lambda table: {"Z": pd.DataFrame(table.Z, columns=range(1, 11))}, "Z, label 1: .*; found 1"),
    ],
)
def test_frames_with_other_labels_are_refused(change: Callable[[ICIO], dict[str, Any]], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        copy_of(five(), **change(five()))


def test_frames_without_labels_are_taken_as_arrays() -> None:
    table = five()
    bare = {"Z": pd.DataFrame(table.Z), "Y": pd.DataFrame(table.Y), "x": pd.Series(table.x), "va": pd.Series(table.va)}
    same_values(values(copy_of(table, **bare)), values(table))
    assert replace(replace(table, economies=[*"12345"]), Y=pd.DataFrame(table.Y)).economies == (*"12345",)


def test_labels_that_could_be_of_economies_or_of_sectors_are_refused() -> None:
    """Where both go by the same names, (1, 2) may be sector 2 of economy 1 or the other way round."""
    names, x = ["1", "2"], np.array([4.0, 3, 2, 1])
    labels = pd.MultiIndex.from_product([names, names])
    parts = {"economies": names, "sectors": names, "Z": np.zeros((4, 4)), "Y": np.outer(x, [0.5, 0.5]), "va": x}
    with pytest.raises(GvcError, match=r"x, label 1: expected .* tell economy and sector; found 1 1"):
        ICIO(**parts, x=pd.Series(x, labels))
    assert ICIO(**parts, x=x).x.tolist() == [4, 3, 2, 1]


def test_the_one_sector_of_all_needs_no_label() -> None:
    table = ICIO(**USA_CHN | {"x": pd.Series([200, 300], ["CHN", "USA"])})
    assert table.x.tolist() == [300, 200]


# -- supply -------------------------------------------------------------------------------------------------------


def test_ghosh_inverse_as_miller_and_blair_print_it() -> None:
    """Their chapter 12, on the table of two sectors of chapter 2."""
    table = ICIO(
        economies=["USA"],
        sectors=["1", "2"],
        Z=[[150, 500], [200, 100]],
        Y=[[350], [1700]],
        x=[1000, 2000],
        va=[650, 1400],
    )
    assert gvc.ghosh_inverse(table).round(4).tolist() == [[1.2541, 0.6601], [0.1320, 1.1221]]


@given(tables())
def test_ghosh_inverse_is_one(table: ICIO) -> None:
    shares = np.divide(table.Z, table.x[:, None], out=np.zeros_like(table.Z), where=table.x[:, None] != 0)
    ghosh = gvc.ghosh_inverse(table)
    np.testing.assert_allclose(ghosh, np.linalg.inv(np.eye(len(shares)) - shares), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose((table.x - table.Z.sum(axis=0)) @ ghosh, table.x, rtol=1e-9)
    made = table.x != 0
    np.testing.assert_allclose(ghosh.sum(axis=1)[made], gvc.upstreamness(table)[made], rtol=1e-9)


# -- errors -------------------------------------------------------------------------------------------------------


def test_an_error_is_caught_as_what_every_package_raises() -> None:
    with pytest.raises(ValueError, match="treatment: expected 'members' or 'block' or 'merged'; found 'pooled'"):
        gvc.foreign_value_added(gvc.load_sample(), "MEX", "pooled")  # type: ignore[arg-type]


# -- names of economies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["PRC", "chn", "China", "china", "Cn"])
def test_another_name_is_known_and_not_taken(asked: str) -> None:
    for ask in (eco.members, lambda name: eco.covered(name, FLOW), lambda name: eco.covered([name], FLOW)):
        with pytest.raises(GvcError, match=rf"found '?{asked}'?\. Did you mean CHN\?"):
            ask(asked)
    with pytest.raises(GvcError, match=r"Did you mean CHN\?"):
        gvc.origin_share(FLOW, asked, "THA")
    with pytest.raises(GvcError, match=r"Did you mean CHN, THA\?"):
        gvc.origin_share(FLOW, [asked, "Thailand"], "VNM")
    with pytest.raises(GvcError, match=r"Did you mean CHN\?"):
        gvc.foreign_value_added(gvc.load_sample(), asked)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        *(("asean", "ASEAN"), ("USCMA", "USMCA"), ("Korea", "PRK or KOR")),
        *(("Russia", "RUS"), ("UK", "GBR"), ("row", "ROW")),
    ],
)
def test_what_may_have_been_meant(asked: str, meant: str) -> None:
    with pytest.raises(GvcError, match=rf"found '{asked}'\. Did you mean {meant}\?$"):
        eco.members(asked)


def test_only_what_a_table_shows_is_proposed() -> None:
    with pytest.raises(GvcError, match=r"Did you mean KOR\?"):
        eco.covered("Korea", ["CHN", "KOR"])
    with pytest.raises(GvcError, match=r"Did you mean Argentina\?"):
        eco.covered("argentina", LEATHER)
    with pytest.raises(GvcError, match=r"found Germany\. Ask for economies that the table shows"):
        eco.covered(["Germany"], ["CHN", "KOR"])
    with pytest.raises(GvcError, match=r"found 'xx'\. Look its ISO 3166 code up"):
        eco.covered("xx", ["CHN", "KOR"])


#: As the databases write them; ADB's are in `layouts`, with which its workbooks are made.
WRITTEN = {
    **{written: code for code, written in layouts.ADB_CODES.items()},
    **{"KUW": "KWT", "UAE": "ARE", "ROM": "ROU", "ROW": "ROW", "xROW": "ROW"},
    **{"SDS": "SSD", "SUD": "SDN", "USR": "SUN"},
    **{"EL": "GRC", "UK": "GBR", "FIGW1": "ROW"},
}


@pytest.mark.parametrize("written", WRITTEN)
def test_codes_of_databases(written: str) -> None:
    assert eco.iso(written, where="header") == eco.iso(written.lower(), where="header") == WRITTEN[written]


def test_no_code_of_a_database_is_untested() -> None:
    assert set(eco._ALIASES) <= {written.upper() for written in WRITTEN}


# -- what cannot be inverted, and what does not add up ----------------------------------------------------------------


def test_no_inverse_is_an_error() -> None:
    with pytest.raises(GvcError, match="expected an invertible"):
        gvc.value_added_in_exports(ICIO(**USA_CHN | {"Z": [[200, 0], [0, 50]]}))


def closed(sectors: int, seed: int, left: float = 0.0) -> ICIO:
    """Make a table of two economies, the second of which uses all that it makes as inputs, but for what is left."""
    draw = np.random.default_rng(seed).random
    own, other = 10 * draw((2, sectors, sectors))
    Z = np.kron(np.diag([1, 0]), own) + np.kron(np.diag([0, 1]), other + other.T)  # inputs are then all of the output
    Y = np.zeros((2 * sectors, 2))
    Y[:sectors, 0], Y[sectors:, 1] = own.sum(axis=0), left * Z[sectors:].sum(axis=1)
    x = Z.sum(axis=1) + Y.sum(axis=1)
    names = [f"c{at}" for at in range(sectors)]
    return ICIO(economies=["CHN", "MEX"], sectors=names, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))


@pytest.mark.parametrize("sectors", [3, 10, 35])
def test_an_economy_that_uses_all_that_it_makes_is_never_inverted(sectors: int) -> None:
    for seed in range(20):
        with pytest.raises(GvcError, match="expected an invertible"):
            multipliers(closed(sectors, seed))
        np.testing.assert_allclose(multipliers(closed(sectors, seed, 1e-9)).sum(axis=0), 1, rtol=1e-4)


def test_check_finds_what_does_not_add_up() -> None:
    assert ICIO(**USA_CHN).check() == []
    off = ICIO(**USA_CHN | {"Y": [[30, 20], [70, 90]], "va": [100, 150]}).check()
    assert [(finding.what, finding.where, finding.size) for finding in off] == [
        ("row balance", "CHN all", -10),
        ("column balance", "CHN all", -50),
    ]
    negative = ICIO(**USA_CHN | {"Z": [[100, 50], [0, -50]], "Y": [[30, 20], [170, 80]]})
    found = {finding.what: (finding.where, finding.size) for finding in negative.check()}
    assert found["negative intermediate delivery"] == ("CHN all → CHN all", -50)
    owed = ICIO(**USA_CHN | {"Y": [[60, -10], [70, 90]]})
    found = {finding.what: (finding.where, finding.size) for finding in owed.check()}
    assert found["negative final demand"] == ("USA all → CHN", -10)


def off_by(size: float, **about: Any) -> list[tuple[str, str]]:
    """Check a table in which one industry of output 1,000 delivers that much more, or less, than it makes."""
    table = ICIO(
        economies=["USA", "CHN"],
        sectors=["all"],
        Z=np.zeros((2, 2)),
        Y=[[1000 + size, 0], [0, 1000.123456]],
        x=[1000, 1000.123456],
        va=[1000, 1000.123456],
        **about,
    )
    return [(finding.what, finding.level) for finding in table.check()]


@pytest.mark.parametrize("sign", [1, -1])
def test_half_a_percent_of_output_may_be_missing(sign: int) -> None:
    assert off_by(0) == []
    assert off_by(sign * 0.001) == [("row balance", "WARN")]
    assert off_by(sign * 4.9) == [("row balance", "WARN")]
    assert off_by(sign * 5.1) == [("row balance", "FAIL")]
    assert off_by(sign * 15) == [("row balance", "FAIL")]


def test_value_added_is_negative_where_inputs_cost_more_than_the_output() -> None:
    """As the measures count it, whatever the table prints and whatever taxes are."""

    def found(Z: float, taxes: float, va: float) -> list[tuple[str, float]]:
        table = ICIO(
            economies=["USA", "CHN"],
            sectors=["all"],
            Z=[[0, Z], [0, 0]],
            Y=[[200 - Z, 0], [0, 100]],
            x=[200, 100],
            va=[200, va],
            taxes=[0, taxes],
        )
        return [(finding.what, finding.size) for finding in table.check()]

    assert found(Z=90, taxes=4, va=6) == []
    assert found(Z=105, taxes=-10, va=5) == [("negative value added", -5)]  # a subsidy pays for it
    assert found(Z=95, taxes=10, va=-5) == []  # taxes belong to what remains
    assert found(Z=105, taxes=0, va=-5) == [("negative value added", -5)]


def owing(*gaps: float, **about: Any) -> ICIO:
    """Make a table in which each industry of output 1,000.1234 delivers so much less than that."""
    x = np.full(len(gaps), 1000.1234)
    economies = [f"E{at}" for at in range(len(gaps))]
    return ICIO(economies=economies, sectors=["all"], Z=np.diag(x * 0), Y=np.diag(x - gaps), x=x, va=x, **about)


def test_the_largest_gap_comes_first_be_it_missing_or_too_much() -> None:
    found = owing(20, -50, 30, -10).check()
    assert [(finding.where, round(finding.size)) for finding in found] == [
        ("E1 all", -50),
        ("E2 all", 30),
        ("E0 all", 20),
        ("E3 all", -10),
    ]


def test_what_counts_as_noise_grows_with_the_table() -> None:
    """Of 300 industries 1e-11 of all output, 3 millionths; of three industries 1e-9 of the largest, one millionth."""
    assert [finding.what for finding in owing(2e-6, *[0] * 2).check()] == ["row balance"]
    assert owing(2e-6, *[0] * 299).check() == []
    assert [finding.what for finding in owing(4e-6, *[0] * 299).check()] == ["row balance"]


def test_an_industry_without_output_has_no_value_added_to_be_negative() -> None:
    table = {"Z": [[0, 8], [0, 0]], "Y": [[92, 0], [0, 0]], "x": [100, 0], "va": [100, 0]}
    found = ICIO(economies=["CHN", "LUX"], sectors=["c8"], **table).check()
    assert {finding.what for finding in found if finding.where == "LUX c8"} == {
        "column balance",
        "flows without output",
        "zero output",
    }


@pytest.mark.parametrize(("loose", "level"), [(True, "WARN"), (False, "FAIL")])
def test_flows_without_output_are_no_graver_than_other_gaps_where_columns_need_not_add_up(loose, level) -> None:
    table = {"Z": [[0, 8], [0, 0]], "Y": [[92, 0], [0, 0]], "x": [100, 0], "va": [100, 0]}
    found = ICIO(economies=["CHN", "LUX"], sectors=["c8"], **table, provenance=Provenance(loose=loose)).check()
    assert [finding.level for finding in found if finding.what == "flows without output"] == [level]


# -- rounding -----------------------------------------------------------------------------------------------------


def rounded(digit: float, seed: int = 5) -> ICIO:
    """Round every number of a table that balances, many small ones among them."""
    random = np.random.default_rng(seed)
    Z, Y = digit * random.gamma(0.2, 20, (60, 60)), digit * random.gamma(0.2, 100, (60, 20))
    x = Z.sum(axis=1) + Y.sum(axis=1)
    every = {"Z": Z, "Y": Y, "x": x, "va": x - Z.sum(axis=0)}
    codes, sectors = [f"E{number}" for number in range(20)], ["a", "b", "c"]
    return ICIO(economies=codes, sectors=sectors, **{name: np.rint(v / digit) * digit for name, v in every.items()})


@pytest.mark.parametrize("digit", [1, 0.1, 0.01, 0.001])
def test_what_rounding_does_is_excused_and_a_doubled_output_is_not(digit: float) -> None:
    table = rounded(digit)
    gap = table.x - table.Z.sum(axis=1) - table.Y.sum(axis=1)
    assert np.abs(gap).max() > 3 * digit
    assert not [finding for finding in table.check() if "balance" in finding.what]
    doubled = replace(table, x=2 * table.x, va=table.va + table.x)
    assert [(finding.what, finding.level) for finding in doubled.imbalances()] == [("row balance", "FAIL")] * 60
    halved = replace(table, x=np.rint(table.x / digit / 2) * digit)
    assert {finding.where for finding in halved.check() if finding.what == "row balance"} == {
        table.label(row) for row in range(60)
    }


@pytest.mark.parametrize(
    ("output", "digit"), [(1000, 1), (1000.5, 0.1), (1000.05, 0.01), (1000.005, 0.001), (1000.0005, None)]
)
def test_the_last_digit_of_a_table(output: float, digit: float | None) -> None:
    table = {"Z": [[0]], "Y": [[output]], "x": [output], "va": [output]}
    assert ICIO(economies=["CHN"], sectors=["all"], **table).digit == digit


def test_a_table_with_four_decimals_has_no_rounding_to_excuse_it() -> None:
    table = rounded(0.0001)
    assert len(table.imbalances()) > 60


def of_entries(printed: list[float], zeros: int, gap: float) -> list[str]:
    """Check a row of some entries whose sum is short of output by a gap; all else of the table balances."""
    Y = np.zeros((2, len(printed) + zeros))
    Y[0, : len(printed)] = printed
    Z = np.zeros((len(Y[0]) * 2, len(Y[0]) * 2))
    final = np.zeros((len(Z), len(Y[0])))
    final[0] = Y[0]
    x = final.sum(axis=1)
    x[0] += gap
    table = ICIO(economies=map(str, range(len(Y[0]))), sectors=["a", "b"], Z=Z, Y=final, x=x, va=x)
    return [finding.level for finding in table.check() if finding.what == "row balance"]


@pytest.mark.parametrize(
    ("printed", "missing", "too_much"),
    [
        # One entry and the total, half a unit each; and zeros, which may hide half a unit each, 16 at most.
        ([9], 1 + 16, 1),
        # Two more for each entry printed as 1.
        ([9, 1, 1, 1], 2.5 + 16 + 6, 2.5),
        # A hundred and the total: six standard deviations, 6 √(101 / 12) = 17.4.
        ([9] * 100, 17 + 16, 17),
    ],
)
def test_what_a_row_may_miss_and_exceed(printed: list[float], missing: float, too_much: float) -> None:
    for allowed, sign in ((missing, 1), (too_much, -1)):
        inside, beyond = int(allowed), int(allowed) + 1
        assert of_entries(printed, 200, sign * inside) == []
        assert of_entries(printed, 200, sign * beyond) == ["FAIL"]


def test_few_zeros_hide_little() -> None:
    # Three final demands and eight deliveries of nothing: five and a half, and one for the entry and the total.
    assert of_entries([9], 3, 6) == []
    assert of_entries([9], 3, 7) == ["FAIL"]


@pytest.mark.parametrize("year", [1998, 2000, 2011])
def test_wiod_is_rounded_and_a_doubled_output_is_found(test_data, year: int) -> None:
    """Of 2000 is the largest gap, 113; in 1998 an industry prints an output of 1 and deliveries of -2."""
    table = rda.read(test_data / "data" / "wiod2013" / f"wiod{year % 100:02}.rda")
    assert table.imbalances() == []
    # Each row is judged by itself, so that all can be doubled at once; the file prints no value added.
    doubled = replace(table, x=2 * table.x, va=table.va + table.x)
    found = {finding.where for finding in doubled.imbalances() if finding.level == "FAIL"}
    missed = [output for row, output in enumerate(table.x) if output and table.label(row) not in found]
    assert max(missed) < 50
    if year == 2011:
        assert (len(found), len(table.x), sorted(missed)) == (1407, 1435, [4, 9, 11, 12, 16, 39])


# -- value added, and industries without output -------------------------------------------------------------------


def test_inputs_at_face_value_and_looked_through_leave_out_who_makes_nothing() -> None:
    """LUX books a delivery of 8 to ROW, which makes its 40 with 10 of its own; nobody makes LUX's final good of 5."""
    table = ICIO(
        economies=["LUX", "ROW"], sectors=["c8"], Z=[[0, 8], [0, 10]], Y=[[0, 5], [10, 20]], x=[0, 40], va=[0, 22]
    )
    assert first_stage_inputs(table).to_numpy().tolist() == [[0, 0], [0, 30 * 10 / 40]]
    np.testing.assert_allclose(all_stage_inputs(table), [[0, 0], [0, 30 * (1 / (1 - 10 / 40) - 1)]], rtol=1e-14)


def test_value_added_from_the_tables_own_row_is_used_only_when_asked_for() -> None:
    table = ICIO(**USA_CHN | {"va": [50, 100]})
    assert multipliers(table).sum(axis=0).tolist() == pytest.approx([1, 1])
    assert gvc.value_added_in_exports(table, value_added="table").loc["USA", "USA"] == pytest.approx(35)
    with pytest.raises(GvcError, match="'residual' or 'table' or 'taxes'; found 'row'"):
        gvc.value_added_in_exports(table, value_added="row")  # type: ignore[arg-type]


def test_an_industry_without_output_neither_exports_nor_adds_value() -> None:
    """WIOD books a few millions to Luxembourg's refining, which makes nothing."""
    table = ICIO(
        economies=["LUX", "ROW"],
        sectors=["c8", "c9"],
        Z=np.zeros((4, 4)),
        Y=[[4, -4], [10, 5], [0, 20], [3, 30]],
        x=[0, 15, 20, 33],
        va=[0, 15, 20, 33],
    )
    assert gvc.gross_exports(table).loc["LUX", "ROW"] == 5
    assert gvc.value_added_in_exports(table).loc["LUX", "LUX"] == 5
    assert gvc.value_added_in_final_demand(table).loc["LUX"].tolist() == [10, 5]
    assert [str(finding) for finding in table.check() if finding.what == "flows without output"] == [
        "FAIL  flows without output: LUX c8 (8)"
    ]


def test_what_an_industry_without_output_delivers_is_not_an_input() -> None:
    table = ICIO(
        economies=["LUX", "ROW"], sectors=["c8"], Z=[[0, 1], [0, 9]], Y=[[0, 0], [10, 20]], x=[0, 40], va=[0, 30]
    )
    assert multipliers(table).tolist() == [[0, 0], [0, 1]]
    assert gvc.value_added_in_exports(table).sum().tolist() == gvc.gross_exports(table).sum(axis=1).tolist() == [0, 10]


# -- what a reader of the code broke ------------------------------------------------------------------------------


def five(parts: dict[str, str] | None = None) -> ICIO:
    random = np.random.default_rng(4)
    Z, Y = random.gamma(1, 10, (10, 10)), random.gamma(1, 60, (10, 5))
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return ICIO(economies=[*"ABCDE"], sectors=["s1", "s2"], Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), parts=parts)


def test_merging_two_economies_leaves_the_parts_of_a_third_apart() -> None:
    table = five({"D": "B", "E": "B"})
    merged = table.aggregate({"A": "AC", "C": "AC"})
    assert merged.economies == ("AC", "B", "D", "E")
    assert merged.parts == {"D": "B", "E": "B"}
    content = gvc.value_added_in_exports(merged)
    apart = gvc.value_added_in_exports(copy_of(five(), parts={}).aggregate({"A": "AC", "C": "AC"}))
    of_parts = apart.loc[["B", "D", "E"], "AC"].sum()
    assert content.loc["B", "AC"] == pytest.approx(of_parts)
    assert gvc.foreign_value_added(table, ["A", "C"], "merged")["B"] == pytest.approx(of_parts)


def test_parts_go_with_a_whole_that_is_merged() -> None:
    merged = five({"D": "B", "E": "B"}).aggregate({"A": "AB", "B": "AB"})
    assert (merged.economies, merged.parts) == (("AB", "C"), {})


def test_aggregation_by_sector_keeps_the_order_of_economies_and_what_the_file_says() -> None:
    table = five({"D": "B"})
    short = table.x * 1.1
    from_file = Provenance(discrepancy=short - table.x, output=short, loose=True)
    taller = ICIO(**{name: getattr(table, name) for name in ("economies", "sectors", "Z", "Y", "va", "parts")},
                  x=short, taxes=short - table.x, provenance=from_file)  # fmt: skip
    one = taller.aggregate(sectors={"s1": "all", "s2": "all"})
    assert one.economies == taller.economies
    assert one.provenance.loose
    assert not [finding for finding in taller.check() + one.check() if finding.level == "FAIL"]


def test_a_kind_of_value_added_that_there_is_not_is_refused_whatever_was_asked_before() -> None:
    table = five()
    inverse(table)
    with pytest.raises(GvcError, match="expected 'residual' or 'table' or 'taxes'; found 'inverse'"):
        gvc.value_added_in_exports(table, "inverse")  # type: ignore[arg-type]


def test_an_economy_named_twice_counts_once() -> None:
    flow = gvc.value_added_in_exports(five())
    assert gvc.origin_share(flow, ["A", "B", "B"], ["C", "C"]) == gvc.origin_share(flow, ["A", "B"], "C")


def test_idle_industries_of_the_first_of_a_block_are_found() -> None:
    table = five()
    Z, Y, x = table.Z.copy(), table.Y.copy(), table.x.copy()
    Z[0], Z[:, 0], Y[0], x[0] = 0, 0, 0, 0
    idle = copy_of(table, Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))
    said = [str(finding) for finding in idle.check() if finding.what == "zero output"]
    block = gvc.as_block(idle, ["A", "B"], "AB")
    assert len(said) == len([finding for finding in block.check() if finding.what == "zero output"]) == 1


def test_sectors_are_in_the_order_of_all_results_when_a_part_comes_first() -> None:
    table = five({"A": "B"})
    accounts = sector_accounts(table)
    assert list(dict.fromkeys(accounts.index.get_level_values("economy"))) == list(table.result_economies)
    np.testing.assert_allclose(accounts["output"].groupby("economy", sort=False).sum(), table.by_economy(table.x))


def test_indices_of_negative_margins_are_undefined() -> None:
    vax = pd.DataFrame([[9.0, -2, 1], [-3, 9, 1], [1, 1, 9]], list("ABC"), list("ABC"))
    assert np.isnan(gvc.link_index(vax).loc["A", "B"])
    assert np.isnan(gvc.trade_intensity(vax).loc["A", "B"])
    assert np.isfinite(gvc.link_index(vax).loc["C", "B"]) == (-2 + 1 > 0)


def test_exports_and_imports_below_nothing_have_no_shares() -> None:
    """Of A, which sends 1 less than nothing, to C, which takes more; of B, which takes 2 less than nothing, from C."""
    vax = pd.DataFrame([[9.0, -3, 2], [4, 9, 5], [3, 1, 9]], list("ABC"), list("ABC"))
    of_exports, of_imports = gvc.link_shares(vax)
    assert np.isnan(gvc.trade_intensity(vax).loc["A", "C"])
    assert np.isnan(of_exports.loc["A", "C"])
    assert np.isnan(of_imports.loc["C", "B"])
    assert of_imports.loc["A", "C"] == pytest.approx(100 * 2 / 7)
    assert of_exports.loc["C", "B"] == pytest.approx(100 * 1 / 4)
    concentration = gvc.supplier_concentration(vax)
    assert np.isnan(concentration["B"])
    assert concentration["A"] == pytest.approx((4 / 7) ** 2 + (3 / 7) ** 2)


def test_the_union_of_2007_is_that_before_croatia_with_britain() -> None:
    written = (
        "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
    )
    assert sorted(gvc.economies.members("EU27_2007")) == written.split()


def test_members_of_a_year() -> None:
    """Sizes and joiners as the organisations print them."""
    sizes = {
        ("EU", "6 9 10 12 15 15 25 27 28 28 27"): (1972, 1973, 1981, 1986, 1995, 2003, 2004, 2007, 2013, 2019, 2020),
        ("OECD", "19 20 24 25 30 34 38"): (1961, 1962, 1973, 1994, 2000, 2010, 2021),
        ("ASEAN", "5 6 7 9 10"): (1967, 1984, 1995, 1997, 1999),
        ("BRICS", "4 5 9 10"): (2009, 2010, 2024, 2025),
        ("CPTPP", "6 7 8 9 11 12"): (2018, 2019, 2021, 2022, 2023, 2024),
        ("RCEP", "13 15"): (2022, 2023),
    }
    for (group, numbers), years in sizes.items():
        assert [len(eco.members(group, year)) for year in years] == list(map(int, numbers.split())), group
        assert set(eco.members(group)) == set(eco.members(group, years[-1]))
    assert "GBR" in eco.members("EU", 2019)
    assert "GBR" not in eco.members("EU", 2020)
    assert set(eco.members("EU", 2007)) == set(eco.members("EU27_2007"))
    assert set(eco.members("NAFTA", 2019)) == set(eco.members("USMCA", 2020)) == set(eco.members("NAFTA"))
    assert eco.members("MEX", 1990) == ("MEX",)
    assert all(eco.is_economy(code) for codes in eco.GROUPS.values() for code in codes)


@pytest.mark.parametrize(("group", "year"), [("EU", 1957), ("NAFTA", 1993), ("NAFTA", 2020), ("RCEP", 2021)])
def test_a_group_without_members_that_year(group: str, year: int) -> None:
    with pytest.raises(GvcError, match=rf"year: expected one in which {group} has members; .*; found {year}"):
        eco.members(group, year)


def test_asean_has_ten_and_none_goes_without_a_word() -> None:
    nine = ["BRN", "IDN", "KHM", "LAO", "MYS", "PHL", "SGP", "THA", "VNM"]
    assert sorted(eco.members("ASEAN")) == sorted([*nine, "MMR"])
    assert "MMR" in eco.covered("ASEAN", [*nine, "CHN", "MMR"])
    with pytest.warns(gvc.CoverageWarning, match=r"^ASEAN: the table shows .*, not MMR$"):
        eco.covered("ASEAN", [*nine, "CHN"])


def test_packages_add_groups_and_replace_none(monkeypatch) -> None:
    """Those of an entry point of `gvc.groups`."""
    theirs = SimpleNamespace(load=lambda: {"OURS": ("CHN", "MEX"), "OECD": ("CHN",)})
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [theirs] if group == "gvc.groups" else [])
    spec = importlib.util.spec_from_file_location("again", eco.__file__)
    assert spec
    assert spec.loader
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again.members("OURS") == ("CHN", "MEX")
    assert len(again.members("OECD")) == 38


def test_suppliers_of_some_destinations_only() -> None:
    flow = gvc.intermediate_flows(five())
    some = gvc.supplier_concentration(flow[["A", "C"]])
    pd.testing.assert_series_equal(some, gvc.supplier_concentration(flow)[["A", "C"]])
    shares = flow["A"].drop("A") / flow["A"].drop("A").sum()
    assert some["A"] == pytest.approx((shares**2).sum())


def test_what_is_found_ends_with_one_full_stop() -> None:
    assert str(gvc.GvcError("a", expected="b", found="c.", remedy="D.")) == "a: expected b; found c. D."


def test_two_tables_of_the_same_numbers_are_two() -> None:
    """So that measures can be kept by table, and no comparison goes through all numbers."""
    table = gvc.load_sample()
    assert len({table, table, replace(table)}) == 2


@pytest.mark.parametrize(
    ("loose", "va", "found"),
    [
        (True, [100, 90], ["WARN  column balance: LUX c8 (10)"]),
        (True, [100, 51], ["WARN  column balance: LUX c8 (49)"]),
        (True, [100, 49], ["FAIL  column balance: LUX c8 (51)"]),
        (False, [100, 90], ["FAIL  column balance: LUX c8 (10)"]),
    ],
)
def test_where_columns_need_not_add_up_a_gap_fails_by_a_quarter_of_all_output(loose, va, found) -> None:
    table = ICIO(
        economies=["CHN", "LUX"],
        sectors=["c8"],
        Z=np.zeros((2, 2)),
        Y=[[100, 0], [0, 100]],
        x=[100, 100],
        va=va,
        provenance=Provenance(loose=loose),
    )
    assert [str(finding) for finding in table.imbalances()] == found


def test_a_table_does_not_change_with_the_arrays_it_was_made_of() -> None:
    table = gvc.load_sample()
    given = {name: np.array(getattr(table, name)) for name in ("Z", "Y", "x", "va", "taxes")}
    named = {"economies": table.economies, "sectors": table.sectors}
    made = gvc.ICIO(**named, **given)
    views = {name: array[...] for name, array in given.items()}
    for view in views.values():
        view.setflags(write=False)
    of_views = gvc.ICIO(**named, **views)
    for name, array in given.items():
        np.add(array, 1, out=array)
        for one in (made, of_views):
            assert (getattr(one, name) == getattr(table, name)).all()
            assert not np.shares_memory(getattr(one, name), array)


def test_what_is_handed_over_is_shared_whatever_it_is_a_view_of() -> None:
    made = np.ones((4, 2))
    given = labels.handed_over(made[::2])
    assert np.shares_memory(labels.frozen("Z", given, ([("a",), ("b",)], [("c",), ("d",)])), made)
    assert not made.flags.writeable


def test_labels_of_two_levels_may_differ_in_their_signs_alone() -> None:
    table = layouts.known(sectors=("a b", "a-b", "c"))
    F = pd.Series(np.arange(15.0), pd.MultiIndex.from_product([table.economies, table.sectors]))
    held = replace(table, accounts={"t": Account(F=F.iloc[::-1], unit="t")})
    assert held.accounts["t"].F.tolist() == F.tolist()


def test_what_nobody_can_write_to_is_not_copied() -> None:
    table = gvc.load_sample()
    block = gvc.as_block(table, ["CHN", "JPN"])
    assert block.Z is table.Z


@pytest.mark.parametrize(
    ("given", "found"),
    [(["CHN"], "a list"), ("NEA", "'NEA'"), (np.eye(11), "a ndarray of 11 × 11"), ({"CHN": 1}, "1")],
)
def test_aggregate_says_what_it_takes(given, found: str) -> None:
    said = "a dict from a label to its new label, each a text, or a CSV file or DataFrame with columns from and to"
    with pytest.raises(GvcError, match=r"Pass it as in .{.CHN") as raised:
        gvc.load_sample().aggregate(given)
    assert (raised.value.where, raised.value.expected) == ("aggregation by economy", said)
    assert raised.value.found == found


def concordance(table: ICIO, **other: str) -> pd.DataFrame:
    """Put all economies but some into one."""
    return pd.DataFrame(
        {"from": table.economies, "to": [other.get(code, "ROW") for code in table.economies], "note": ""}
    )


def test_a_table_is_aggregated_by_a_concordance(tmp_path) -> None:
    table = gvc.load_sample()
    small = concordance(table, CHN="EAST", JPN="EAST", MEX="NA")
    small[::-1].to_csv(tmp_path / "small.csv", index=False, encoding="utf-8-sig")
    due = values(table.aggregate(dict(zip(small["from"], small["to"], strict=True))))
    same_values(values(table.aggregate(small)), due)
    for path in (tmp_path / "small.csv", str(tmp_path / "small.csv")):
        same_values(values(table.aggregate(path)), values(table.aggregate(small[::-1])))
    assert table.aggregate(small).economies == ("EAST", "ROW", "NA")
    sectors = pd.DataFrame({"to": ["goods"] * 4 + ["services"], "from": table.sectors})
    goods = table.aggregate(small, sectors)
    assert goods.x[0] == pytest.approx(table.x[:4].sum() + table.x[5:9].sum())


def test_one_new_name_for_each_renames() -> None:
    table = gvc.load_sample()
    names = pd.DataFrame({"from": table.sectors, "to": [*table.sectors[1:], table.sectors[0]]})
    renamed = table.aggregate(sectors=names)
    assert renamed.sectors == (*table.sectors[1:], table.sectors[0])
    for name in ("Z", "Y", "x", "va"):
        np.testing.assert_array_equal(getattr(renamed, name), getattr(table, name))


def test_parts_go_with_the_whole_that_a_concordance_names() -> None:
    table = five({"D": "B", "E": "B"})
    small = pd.DataFrame({"from": ["A", "B", "C"], "to": ["AB", "AB", "C"]})
    same_values(values(table.aggregate(small)), values(table.aggregate({"A": "AB", "B": "AB", "C": "C"})))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda it: it.rename(columns={"to": "into"}), "columns from and to, each once; found from, into, note"),
        (lambda it: it.set_axis(["from", "to", "to"], axis=1), "columns from and to, each once; found from, to, to"),
        (lambda it: it[["from"]], "columns from and to, each once; found from"),
        (lambda it: it[[]], "columns from and to, each once; found none\\."),
        (lambda it: pd.concat([it, it[1:2]]), "each label once under from; found JPN again in row 12"),
        (lambda it: it[2:], "every label of the table under from; found no CHN, JPN"),
        (lambda it: it.assign(to=["", *it["to"][1:]]), "a text under from and to; found 'CHN' and '' in row 1"),
        (lambda it: it.replace("JPN", "XXX"), "every label of the table under from; found no JPN"),
        (
            lambda it: pd.concat([it, pd.DataFrame({"from": ["XXX"], "to": ["ROW"]})]),
            "labels of the table .* found XXX",
        ),
    ],
)
def test_a_concordance_with_holes_is_refused(tmp_path, spoil, says: str) -> None:
    table = gvc.load_sample()
    wrong = spoil(concordance(table))
    with pytest.raises(GvcError, match=f"^aggregation by economy: expected {says}"):
        table.aggregate(wrong)
    wrong.to_csv(tmp_path / "wrong.csv", index=False)
    with pytest.raises(GvcError, match=r"^aggregation by economy"):
        table.aggregate(tmp_path / "wrong.csv")


def test_a_concordance_of_other_than_text_or_without_a_file_is_refused(tmp_path) -> None:
    table = gvc.load_sample()
    with pytest.raises(GvcError, match=r"aggregation by sector: expected a text .* in row 1\. .*dtype=str"):
        table.aggregate(sectors=pd.DataFrame({"from": [1, 2], "to": ["a", "b"]}))
    (tmp_path / "odd.csv").write_bytes(b"from,to\n\xff,a\n")
    (tmp_path / "none.csv").write_bytes(b"")
    (tmp_path / "long.csv").write_bytes(b"from,to\nPrimary,a,b\n")
    for name in ("odd.csv", "none.csv", "long.csv", "missing.csv", ""):
        with pytest.raises(GvcError, match=f"{name}: expected a CSV file in UTF-8 with columns from and to"):
            table.aggregate(sectors=tmp_path / name)


def test_a_transposed_array_is_called_so() -> None:
    table = gvc.load_sample()
    with pytest.raises(GvcError, match=r"found shape .* Transpose it"):
        gvc.ICIO(economies=table.economies, sectors=table.sectors, Z=table.Z, Y=table.Y.T, x=table.x, va=table.va)
    with pytest.raises(GvcError, match="Transpose it"):
        gvc.embodied(table, table.Y.T)


@pytest.mark.parametrize("value", ["no", 1, None, pd.Series([1.0])])
def test_a_flag_is_true_or_false(value) -> None:
    with pytest.raises(GvcError, match="once: expected True or False"):
        gvc.content(gvc.load_sample(), "exports", once=value)


def test_a_series_is_no_choice() -> None:
    table = gvc.load_sample()
    with pytest.raises(GvcError, match="approach: expected 'source' or 'sink'; found a Series of 55"):
        gvc.borin_mancini(table, approach=pd.Series(table.va))  # type: ignore[call-overload]
    with pytest.raises(GvcError, match="by: expected a name, or several in a list; found 3"):
        gvc.content(table, "exports", by=3)
