"""The table, its algebra and its flows: hand-made numbers, published numbers, identities."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError
from gvc.flows import sector_accounts, value_added_by_industry
from gvc.icio import Provenance
from gvc.leontief import input_coefficients, inverse, multipliers, output_needed, value_added_coefficients
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


def copy_of(icio: ICIO, **changes: object) -> ICIO:
    names = ("economies", "sectors", "Z", "Y", "x", "va", "year", "source", "unit", "parts")
    return ICIO(**{name: getattr(icio, name) for name in names} | changes)  # type: ignore[arg-type]


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
    accounts = sector_accounts(table).groupby("origin", sort=False).sum()
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
    link = gvc.link_index(FLOW)
    of_exports, of_imports = gvc.link_shares(FLOW)
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
    link = gvc.link_index(FLOW.iloc[:2, :2])
    assert link.loc["CHN", "THA"] == pytest.approx(100)
    assert link.loc["THA", "CHN"] == pytest.approx(100)


def test_the_link_of_an_economy_that_exports_nothing_is_undefined() -> None:
    flow = FLOW.copy()
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
        ({"x": ["many", 200]}, "x: expected numbers; found could not convert"),
        ({"economies": ["USA", "USA"]}, "USA repeated"),
        ({"economies": []}, "at least one; found none"),
        ({"parts": {"CN1": "CHN"}}, r"parts .* found \{'CN1': 'CHN'\}"),
    ],
)
def test_a_table_that_is_not_one(change: dict[str, object], says: str) -> None:
    with pytest.raises(GvcError, match=says):
        ICIO(**USA_CHN | change)


def test_a_table_cannot_be_altered() -> None:
    table = ICIO(**USA_CHN)
    with pytest.raises(ValueError, match="read-only"):
        table.Z[0, 0] = 1
    with pytest.raises(AttributeError):
        table.year = 1999  # type: ignore[misc]


def test_no_inverse_is_an_error() -> None:
    with pytest.raises(GvcError, match="expected an invertible"):
        gvc.value_added_in_exports(ICIO(**USA_CHN | {"Z": [[200, 0], [0, 50]]}))


def test_check_finds_what_does_not_add_up() -> None:
    assert ICIO(**USA_CHN).check() == []
    off = ICIO(**USA_CHN | {"Y": [[30, 20], [70, 90]], "va": [100, 150]}).check()
    assert [(finding.what, finding.where, finding.size) for finding in off] == [
        ("row balance", "CHN all", -10),
        ("column balance", "CHN all", -50),
    ]
    negative = ICIO(**USA_CHN | {"Z": [[100, 50], [0, -50]], "Y": [[30, 20], [170, 80]]})
    assert "negative intermediate delivery" in {finding.what for finding in negative.check()}


def test_value_added_from_the_tables_own_row_is_used_only_when_asked_for() -> None:
    table = ICIO(**USA_CHN | {"va": [50, 100]})
    assert multipliers(table).sum(axis=0).tolist() == pytest.approx([1, 1])
    assert gvc.value_added_in_exports(table, value_added="table").loc["USA", "USA"] == pytest.approx(35)
    with pytest.raises(GvcError, match="'residual' or 'table'; found 'row'"):
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
    return ICIO(economies="ABCDE", sectors=["s1", "s2"], Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0), parts=parts)


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
    with pytest.raises(GvcError, match="expected 'residual' or 'table'; found 'inverse'"):
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
    assert list(dict.fromkeys(accounts.index.get_level_values("origin"))) == list(table.result_economies)
    np.testing.assert_allclose(accounts["output"].groupby("origin", sort=False).sum(), table.by_economy(table.x))


def test_indices_of_negative_margins_are_undefined() -> None:
    vax = pd.DataFrame([[9.0, -2, 1], [-3, 9, 1], [1, 1, 9]], list("ABC"), list("ABC"))
    assert np.isnan(gvc.link_index(vax).loc["A", "B"])
    assert np.isnan(gvc.trade_intensity(vax).loc["A", "B"])
    assert np.isfinite(gvc.link_index(vax).loc["C", "B"]) == (-2 + 1 > 0)


def test_suppliers_of_some_destinations_only() -> None:
    flow = gvc.intermediate_flows(five())
    some = gvc.supplier_concentration(flow[["A", "C"]])
    pd.testing.assert_series_equal(some, gvc.supplier_concentration(flow)[["A", "C"]])
    shares = flow["A"].drop("A") / flow["A"].drop("A").sum()
    assert some["A"] == pytest.approx((shares**2).sum())
