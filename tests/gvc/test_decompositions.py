"""Exports taken apart: against sums written out, against paths followed, and the identities between frameworks."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError, decompositions
from gvc.decompositions import Approach
from gvc.leontief import (
    _factors,
    domestic_inverse,
    embodied,
    home_blocks,
    imported_inputs,
    input_coefficients,
    inverse,
    value_added_coefficients,
)
from tests import naive
from tests.gvc.test_core import USA_CHN, copy_of
from tests.strategies import tables

#: From the nine terms of Koopman, Wang and Wei to the sixteen of Wang, Wei and Zhu.
SIXTEEN = {
    "DVA_FIN": ["DVA_FIN"],
    "DVA_INT": ["DVA_INT", "DVA_INTrexI1"],
    "DVA_INTrex": ["DVA_INTrexF", "DVA_INTrexI2"],
    "RDV_FIN": ["RDV_FIN", "RDV_FIN2"],
    "RDV_INT": ["RDV_INT"],
    "DDC": ["DDC_FIN", "DDC_INT"],
    "FVA_FIN": ["OVA_FIN", "MVA_FIN"],
    "FVA_INT": ["OVA_INT", "MVA_INT"],
    "FDC": ["ODC", "MDC"],
}


@st.composite
def split_tables(draw: st.DrawFn) -> ICIO:
    """Draw a table with or without an economy in parts."""
    table = draw(tables())
    if len(table.economies) < 3 or draw(st.booleans()):
        return table
    whole, part = draw(st.permutations(table.economies))[:2]
    return copy_of(table, parts={part: whole})


def nine(terms: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: terms[parts].sum(axis=1) for name, parts in SIXTEEN.items()})


def close(icio: ICIO, actual: object, expected: object, says: str = "") -> None:
    """Equal to rounding, of each number or of the largest output."""
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11 * icio.x.max(), err_msg=says)  # type: ignore[arg-type]


def joined(icio: ICIO, rows: np.ndarray) -> np.ndarray:
    """(GN, R) by industry to (R · N · R,), the parts of an economy added."""
    home, economies = naive.homes(icio)
    N = len(icio.sectors)
    sector = np.arange(len(icio.x)) % N
    return np.array([rows[(home == s) & (sector == n)].sum(axis=0) for s in economies for n in range(N)]).ravel()


# -- against sums written out and paths followed ------------------------------------------------------------------


@given(split_tables())
def test_kww_is_the_articles_sums(table: ICIO) -> None:
    close(table, gvc.kww(table), naive.kww(table))


@given(split_tables())
def test_wwz_is_the_articles_sums(table: ICIO) -> None:
    terms = gvc.wwz(table)
    assert terms.index.names == ["exporter", "sector", "importer"]
    for name, rows in naive.wwz(table).items():
        close(table, terms[name], joined(table, rows), name)
    assert set(terms) == set(naive.wwz(table))


@given(split_tables(), st.sampled_from(["source", "sink"]))
def test_borin_mancini_is_what_paths_say(table: ICIO, approach: Approach) -> None:
    terms = gvc.borin_mancini(table, approach, "bilateral_sector")
    followed = naive.borin_mancini(table, approach)
    for name, rows in followed.items():
        close(table, terms[name], joined(table, rows), name)
    assert set(terms) == set(followed)


@given(split_tables(), st.sampled_from(["source", "sink"]))
def test_borin_mancini_in_the_world_is_what_paths_say(table: ICIO, approach: Approach) -> None:
    terms = gvc.borin_mancini(table, approach, "bilateral_sector", perspective="world")
    close(table, terms["FVA"], joined(table, naive.once_in_the_world(table)[approach]))
    close(table, terms["FVA"] + terms["FDC"], terms["FC"])
    # Nothing else changes.
    exporters = gvc.borin_mancini(table, approach, "bilateral_sector")
    assert list(terms) == list(exporters)
    pd.testing.assert_frame_equal(terms.drop(columns=["FVA", "FDC"]), exporters.drop(columns=["FVA", "FDC"]))


@given(tables(max_economies=4), st.data())
def test_routes_are_what_paths_say(table: ICIO, data: st.DataObject) -> None:
    _, routes = naive.follow(table)
    economies = st.lists(st.sampled_from(table.economies), min_size=1, max_size=2, unique=True)
    exporters, market = data.draw(economies), data.draw(economies)
    through, to = np.isin(table.economies, exporters), np.isin(table.economies, market)
    found = gvc.value_added_by_route(table, exporters, market)
    close(table, found["absorbed"], routes[:, through][:, :, to].sum(axis=(1, 2)))
    exported = gvc.gross_exports(table).loc[exporters, market].to_numpy().sum()
    close(table, found["exported"].sum(), exported)


def without_exports_of_inputs(table: ICIO, s: int) -> np.ndarray:
    """Invert a world in which s sells no inputs abroad."""
    A = input_coefficients(table)
    inside = table.home == s
    A[np.outer(inside, ~inside)] = 0
    return np.linalg.inv(np.eye(len(A)) - A)


@given(split_tables())
def test_borin_mancini_is_the_equations_of_its_docstring(table: ICIO) -> None:
    """With that inverse itself, where the package takes it from blocks of B."""
    A, B, L, v = (
        input_coefficients(table),
        inverse(table),
        domestic_inverse(table).toarray(),
        value_added_coefficients(table),
    )
    Y, exports, codes = table.demand, gvc.flows.industry_exports(table), table.result_economies
    source, sink = (gvc.borin_mancini(table, approach, "bilateral") for approach in ("source", "sink"))
    for s, rows in enumerate(home_blocks(table)):
        cut, e_s = without_exports_of_inputs(table, s), exports[rows].sum(axis=1)
        own, foreign = np.where(table.home == s, v, 0), np.where(table.home == s, 0, v)
        close(table, cut[np.ix_(rows, rows)], L[np.ix_(rows, rows)], "B without s, at s")
        for r, there in enumerate(home_blocks(table)):
            if r == s:
                continue
            pair, inputs, sent, demand = (codes[s], codes[r]), A[np.ix_(rows, there)], exports[rows, r], Y[rows, r]
            last = sent - inputs @ cut[np.ix_(there, rows)] @ e_s
            kept = L[np.ix_(there, there)] @ Y[there, r]
            abroad = np.where(table.home == s, 0, Y[:, r])
            for terms, name, value in (
                (source, "DVA", (own @ L)[rows] @ sent),
                (source, "FVA", (foreign @ cut)[rows] @ sent),
                (source, "REF", (own @ L)[rows] @ inputs @ (B @ Y[:, s])[there]),
                (source, "DAVAX", (own @ L)[rows] @ (demand + inputs @ kept)),
                (sink, "DVA", (own @ B)[rows] @ last),
                (sink, "FVA", (foreign @ B)[rows] @ last),
                (sink, "REF", (own @ B)[rows] @ inputs @ (cut @ Y[:, s])[there]),
                (sink, "VAXIM", (own @ B)[rows] @ (demand + inputs @ (cut @ abroad)[there])),
            ):
                close(table, terms.loc[pair, name], value, name)


# -- identities ---------------------------------------------------------------------------------------------------

Sides = Iterator[tuple[object, object]]


def off_diagonal(flow: pd.DataFrame, axis: int) -> pd.Series:
    return flow.sum(axis=axis) - np.diag(flow)


def content(table: ICIO) -> Sides:
    yield gvc.value_added_in_exports(table).sum(), gvc.gross_exports(table).sum(axis=1)


def absorption(table: ICIO) -> Sides:
    vby = gvc.value_added_in_final_demand(table)
    yield vby.sum(), table.demand.sum(axis=0)
    yield vby.sum(axis=1), table.by_economy(table.va)


def trade_balance(table: ICIO) -> Sides:
    vby, exports = gvc.value_added_in_final_demand(table), gvc.gross_exports(table)
    yield off_diagonal(vby, 1) - off_diagonal(vby, 0), exports.sum(axis=1) - exports.sum()


def nine_terms(table: ICIO) -> Sides:
    yield gvc.kww(table).sum(axis=1), gvc.gross_exports(table).sum(axis=1)


def sixteen_terms(table: ICIO) -> Sides:
    flows = gvc.wwz(table).sum(axis=1).groupby(["exporter", "importer"], sort=False).sum()
    yield flows.unstack(sort=False), gvc.gross_exports(table)


def both(table: ICIO, detail: str) -> list[pd.DataFrame]:
    return [gvc.borin_mancini(table, approach, detail) for approach in ("source", "sink")]  # type: ignore[arg-type]


def bm_flow_by_flow(table: ICIO) -> Sides:
    for terms in both(table, "bilateral"):
        yield terms["EXGR"].unstack(sort=False), gvc.gross_exports(table)
        yield terms["DC"] + terms["FC"], terms["EXGR"]
        yield terms[["VAX", "REF", "DDC", "FVA", "FDC"]].sum(axis=1), terms["EXGR"]


def bm_subtotals(table: ICIO) -> Sides:
    for terms in both(table, "bilateral_sector"):
        yield terms["VAX"] + terms["REF"], terms["DVA"]
        yield terms["DVA"] + terms["DDC"], terms["DC"]
        yield terms["FVA"] + terms["FDC"], terms["FC"]


def bm_details(table: ICIO) -> Sides:
    for approach in ("source", "sink"):
        full = gvc.borin_mancini(table, approach, "bilateral_sector")  # type: ignore[arg-type]
        for detail, levels, named in (
            ("bilateral", ["exporter", "importer"], ["exporter", "importer"]),
            ("sector", ["exporter", "sector"], ["economy", "sector"]),
            (None, ["exporter"], ["economy"]),
        ):
            some = gvc.borin_mancini(table, approach, detail)  # type: ignore[arg-type]
            summed = full.groupby(levels, sort=False).sum()
            assert some.index.names == named
            assert some.index.equals(summed.index)
            yield some, summed


def bm_source_and_sink(table: ICIO) -> Sides:
    source, sink = gvc.borin_mancini(table), gvc.borin_mancini(table, "sink")
    common = [name for name in source if name in sink]
    assert common == ["EXGR", "DC", "DVA", "VAX", "REF", "DDC", "FC", "FVA", "FDC"]
    yield source[common], sink[common]


def bm_the_world(table: ICIO) -> Sides:
    forward = gvc.borin_mancini(table)["GVCF"]
    for approach in ("source", "sink"):
        yield gvc.borin_mancini(table, approach, perspective="world")["FVA"].sum(), forward.sum()  # type: ignore[arg-type]


def participation(table: ICIO) -> Sides:
    terms = gvc.borin_mancini(table, "source", "bilateral_sector")
    yield terms["GVC"], terms["EXGR"] - terms["DAVAX"]
    yield terms["GVC"], terms["GVCB"] + terms["GVCF"]
    yield terms["GVCB"], terms["FC"] + terms["DDC"]
    yield terms["GVCF"], terms["DVA"] - terms["DAVAX"]


def vbe_in_bm(table: ICIO) -> Sides:
    vbe, terms = gvc.value_added_in_exports(table), gvc.borin_mancini(table)
    yield np.diag(vbe), terms["DC"]
    yield off_diagonal(vbe, 0), terms["FC"]


def vbe_in_the_nine(table: ICIO) -> Sides:
    vbe = gvc.value_added_in_exports(table)
    yield off_diagonal(vbe, 0), gvc.kww(table)[["FVA_FIN", "FVA_INT", "FDC"]].sum(axis=1)


def vax_in_bm(table: ICIO) -> Sides:
    vax = off_diagonal(gvc.value_added_in_final_demand(table), 1)
    yield vax, gvc.borin_mancini(table)["VAX"]
    yield vax, gvc.borin_mancini(table, "sink")["VAX"]


def vax_in_the_nine(table: ICIO) -> Sides:
    vax = off_diagonal(gvc.value_added_in_final_demand(table), 1)
    yield vax, gvc.kww(table)[["DVA_FIN", "DVA_INT", "DVA_INTrex"]].sum(axis=1)


def vax_by_route(table: ICIO) -> Sides:
    vax = off_diagonal(gvc.value_added_in_final_demand(table), 1)
    for exporter in table.result_economies:
        abroad = [code for code in table.result_economies if code != exporter]
        yield gvc.value_added_by_route(table, exporter, abroad).loc[exporter, "absorbed"], vax[exporter]


def nine_in_bm(table: ICIO) -> Sides:
    nine, terms = gvc.kww(table), gvc.borin_mancini(table)
    yield nine.iloc[:, :5].sum(axis=1), terms["DVA"]
    yield nine["DDC"], terms["DDC"]
    yield nine[["RDV_FIN", "RDV_INT"]].sum(axis=1), terms["REF"]


def sixteen_in_the_nine(table: ICIO) -> Sides:
    yield nine(gvc.wwz(table)).groupby("exporter", sort=False).sum(), gvc.kww(table)


def forward_linkage(table: ICIO) -> Sides:
    earned = gvc.domestic_value_added_in_exports(table)
    yield earned.groupby("economy", sort=False).sum(), gvc.borin_mancini(table)["DVA"]


CHECKS: dict[str, Callable[[ICIO], Sides]] = {
    "content": content,
    "absorption": absorption,
    "trade balance": trade_balance,
    "nine terms": nine_terms,
    "sixteen terms": sixteen_terms,
    "BM, flow by flow": bm_flow_by_flow,
    "BM, subtotals": bm_subtotals,
    "BM, details": bm_details,
    "BM, source and sink": bm_source_and_sink,
    "BM, the world": bm_the_world,
    "participation": participation,
    "VBE in BM": vbe_in_bm,
    "VBE in the nine": vbe_in_the_nine,
    "VAX in BM": vax_in_bm,
    "VAX in the nine": vax_in_the_nine,
    "VAX by route": vax_by_route,
    "nine in BM": nine_in_bm,
    "sixteen in the nine": sixteen_in_the_nine,
    "forward linkage": forward_linkage,
}
#: The rows of the table in the docstring of the module.
IDENTITIES = re.findall(r"^(\w[\w ,]*?)  +\S", (decompositions.__doc__ or "").split("====\n", 1)[1], re.MULTILINE)


def test_every_identity_of_the_docstring_has_its_check_and_no_other() -> None:
    assert list(CHECKS) == IDENTITIES


@pytest.mark.parametrize("name", IDENTITIES)
@given(table=split_tables())
def test_identity(name: str, table: ICIO) -> None:
    for one, other in CHECKS[name](table):
        close(table, one, other, name)


@given(tables(max_economies=2))
def test_two_economies_leave_no_third(table: ICIO) -> None:
    close(table, gvc.kww(table)["DVA_INTrex"], 0)
    third = ["DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_FIN2", "OVA_FIN", "OVA_INT", "ODC"]
    close(table, gvc.wwz(table)[third], 0)


@given(tables(max_sectors=1))
def test_one_sector(table: ICIO) -> None:
    close(table, gvc.borin_mancini(table, "source", "sector"), gvc.borin_mancini(table))


@given(split_tables())
def test_an_exporter_meets_itself_nowhere(table: ICIO) -> None:
    for terms in (
        gvc.wwz(table),
        gvc.borin_mancini(table, "source", "bilateral"),
        gvc.borin_mancini(table, "sink", "bilateral"),
        gvc.borin_mancini(table, "source", "bilateral", perspective="world"),
        gvc.borin_mancini(table, "sink", "bilateral", perspective="world"),
    ):
        own = terms.index.get_level_values("exporter") == terms.index.get_level_values("importer")
        assert own.any()
        assert not terms[own].to_numpy().any()


@given(split_tables())
def test_what_an_industry_without_output_delivers_is_left_out(table: ICIO) -> None:
    idle = np.flatnonzero(table.x == 0)
    assume(idle.size)
    Z, Y = table.Z.copy(), table.Y.copy()
    Z[idle], Y[idle] = 1, 2
    booked = copy_of(table, Z=Z, Y=Y)
    close(table, gvc.wwz(booked), gvc.wwz(table))
    close(table, gvc.kww(booked), gvc.kww(table))
    for approach in ("source", "sink"):
        for perspective in ("exporter", "world"):
            asked = {"approach": approach, "detail": "sector", "perspective": perspective}
            close(table, gvc.borin_mancini(booked, **asked), gvc.borin_mancini(table, **asked))
    for measure in (gvc.upstreamness, gvc.downstreamness, gvc.production_activities, gvc.production_length):
        close(table, measure(booked), measure(table))


# -- groups -------------------------------------------------------------------------------------------------------


@given(tables(min_economies=4), st.data())
def test_a_block_is_an_economy_in_parts(table: ICIO, data: st.DataObject) -> None:
    group = data.draw(st.lists(st.sampled_from(table.economies), min_size=2, max_size=3, unique=True))
    block = gvc.as_block(table, group, "group")
    foreign = gvc.foreign_value_added(table, group, "block")
    terms = gvc.borin_mancini(block).loc["group"]
    close(table, terms["FC"], foreign.sum())
    close(table, gvc.value_added_in_exports(block)["group"].drop("group"), foreign)
    outward = gvc.gross_exports(table).loc[group].drop(columns=group).to_numpy().sum()
    close(table, terms["EXGR"], outward)
    close(table, gvc.kww(block).loc["group"].sum(), outward)
    # The order of the members is of no account.
    close(table, gvc.kww(gvc.as_block(table, group[::-1], "group")), gvc.kww(block))


def test_a_block_keeps_its_name_its_place_and_the_factors() -> None:
    codes = ["CN1", "USA", "CHN", "MYS", "VNM"]
    table = ICIO(
        economies=codes, sectors=["all"], Z=np.eye(5), Y=np.ones((5, 5)), x=[6] * 5, va=[5] * 5, parts={"CN1": "CHN"}
    )
    with pytest.warns(gvc.CoverageWarning, match="ASEAN: the table shows MYS, VNM"):
        asean = gvc.as_block(table, "ASEAN")
    assert asean.result_economies == ("USA", "CHN", "ASEAN")
    assert gvc.as_block(table, ["CHN", "USA"]).result_economies == ("CHN+USA", "MYS", "VNM")
    assert gvc.as_block(table, ["CHN", "USA"]).membership.sum(axis=0).tolist() == [3, 1, 1]
    assert inverse(gvc.as_block(table, ["CHN", "USA"])) is not inverse(table)
    B = inverse(table)
    assert inverse(gvc.as_block(table, ["CHN", "USA"])) is B
    assert _factors(gvc.as_block(table, ["CHN", "USA"])) is _factors(table)
    with pytest.raises(GvcError, match="repeated"):
        gvc.as_block(table, ["MYS", "VNM"], "USA")
    with pytest.raises(GvcError, match="found JPN"):
        gvc.as_block(table, ["MYS", "JPN"])


def test_members_pool_what_passes_through_each_and_a_block_counts_it_once() -> None:
    """Value added of 10 goes from A to B to C to D: through B and through C, and once through both as a block."""
    chain = ICIO(
        economies=["AUS", "MYS", "VNM", "USA"],
        sectors=["all"],
        Z=[[0, 10, 0, 0], [0, 0, 15, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
        Y=[[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 20], [0, 0, 0, 5]],
        x=[10, 15, 20, 5],
        va=[10, 5, 5, 5],
    )
    found = gvc.value_added_by_route(chain, ["MYS", "VNM"], "USA")
    assert found["absorbed"].round(9).tolist() == [20, 10, 5, 0]
    assert found["exported"].round(9).tolist() == [10, 5, 5, 0]
    once = gvc.value_added_by_route(gvc.as_block(chain, ["MYS", "VNM"], "both"), "both", "USA")
    assert once["absorbed"].round(9).tolist() == once["exported"].round(9).tolist() == [10, 10, 0]
    assert once.index.tolist() == ["AUS", "both", "USA"]
    assert gvc.value_added_by_route(chain, "MYS", "USA")["exported"].tolist() == [0, 0, 0, 0]


# -- published numbers ----------------------------------------------------------------------------------------------


def test_two_country_example_as_koopman_wang_wei_print_it() -> None:
    """Koopman, Wang and Wei (2014), online appendix C: all of it to one decimal."""
    terms = gvc.kww(ICIO(**USA_CHN)).round(1)  # type: ignore[arg-type]
    assert terms.loc["USA"].tolist() == [20.0, 26.7, 0, 23.3, 0, 0, 0, 0, 0]
    assert terms.loc["CHN"].tolist() == [46.7, 0, 0, 0, 0, 0, 23.3, 0, 0]


def five_stages() -> ICIO:
    """Koopman, Wang and Wei (2014), online appendix D: five stages between two countries, one unit of value each."""
    Z = np.zeros((6, 6))  # country 2 has two industries; its third is idle
    Z[0, 3], Z[3, 1], Z[1, 4], Z[4, 2] = 1, 2, 3, 4
    Y = np.zeros((6, 2))
    Y[2] = 2, 3
    return ICIO(economies=["C1", "C2"], sectors=["a", "b", "c"], Z=Z, Y=Y, x=[1, 3, 5, 2, 4, 0], va=[1, 1, 1, 1, 1, 0])


def test_five_stages_as_koopman_wang_wei_print_them() -> None:
    terms = gvc.kww(five_stages())
    np.testing.assert_allclose(terms.loc["C1"], [1.8, 0, 0, 0, 0.8, 2.2, 1.2, 0, 1.0], atol=1e-12)
    np.testing.assert_allclose(terms.loc["C2"], [0, 0.8, 0, 1.2, 0, 1.0, 0, 0.8, 2.2], atol=1e-12)


# -- concentration and advantage --------------------------------------------------------------------------------------


def test_supplier_concentration_by_hand() -> None:
    flow = pd.DataFrame([[9, 3, 0], [2, 9, 0], [2, 1, 9]], list("abc"), list("abc"), dtype=float)
    assert gvc.supplier_concentration(flow)[["a", "b"]].tolist() == [0.5, 0.625]
    assert np.isnan(gvc.supplier_concentration(flow)["c"])


@given(tables())
def test_supplier_concentration_lies_between_equal_shares_and_one_supplier(table: ICIO) -> None:
    for flow in (gvc.intermediate_flows(table), gvc.value_added_in_exports(table)):
        index = gvc.supplier_concentration(flow).dropna()
        assert (index > 1 / (len(table.economies) - 1) - 1e-12).all()
        assert (index <= 1 + 1e-12).all()


def test_revealed_comparative_advantage_by_hand() -> None:
    index = pd.MultiIndex.from_product([["a", "b", "c"], ["x", "y", "z"]], names=["economy", "sector"])
    exports = pd.Series([30.0, 10, 0, 20, 40, 0, 0, 0, 0], index)
    found = gvc.revealed_comparative_advantage(exports)
    assert found[["a", "b"]].drop("z", level=1).tolist() == [1.5, 0.5, 20 / 60 / 0.5, 40 / 60 / 0.5]
    assert found.drop(["a", "b"], level=0).isna().all()
    assert found.xs("z", level=1).isna().all()


@given(split_tables())
def test_advantages_weighted_by_the_worlds_exports_average_to_one(table: ICIO) -> None:
    exports = gvc.domestic_value_added_in_exports(table)
    world = exports.groupby("sector").transform("sum") / exports.sum()
    if (exports > 0).all():
        average = (gvc.revealed_comparative_advantage(exports) * world).groupby("economy").sum()
        np.testing.assert_allclose(average, 1, rtol=1e-9)


# -- failing well -------------------------------------------------------------------------------------------------


def test_a_question_that_is_not_one() -> None:
    table = ICIO(**USA_CHN)  # type: ignore[arg-type]
    with pytest.raises(GvcError, match=r"approach: expected 'source' or 'sink'; found 'both'"):
        gvc.borin_mancini(table, "both")  # type: ignore[arg-type]
    with pytest.raises(GvcError, match=r"detail: expected None or 'bilateral'.*; found 'importer'"):
        gvc.borin_mancini(table, "sink", "importer")  # type: ignore[arg-type]
    with pytest.raises(GvcError, match=r"perspective: expected 'exporter' or 'world'; found 'importer'"):
        gvc.borin_mancini(table, perspective="importer")  # type: ignore[arg-type]
    with pytest.raises(GvcError, match="found JPN"):
        gvc.value_added_by_route(table, "JPN", "USA")


@given(tables(), st.data())
def test_value_added_that_is_not_the_residual_is_found_and_not_used(table: ICIO, data: st.DataObject) -> None:
    industry = data.draw(st.sampled_from(np.flatnonzero(table.x).tolist()))
    share = data.draw(st.sampled_from([-0.5, -0.01, -0.0051, -0.0049, 0.002, 0.0049, 0.0051, 0.1]))
    va = table.va.copy()
    va[industry] += share * table.x[industry]
    wrong = copy_of(table, va=va)
    found = [finding for finding in wrong.check() if finding.what == "column balance"]
    level = "FAIL" if abs(share) > 0.005 else "WARN"
    assert [(finding.where, finding.level) for finding in found] == [(table.label(industry), level)]
    assert found[0].size == pytest.approx(-share * table.x[industry])
    for measure in (gvc.kww, gvc.borin_mancini, gvc.wwz, gvc.participation, gvc.production_length):
        pd.testing.assert_frame_equal(measure(wrong), measure(table))


def test_a_wrong_value_added_in_the_articles_example_is_found() -> None:
    found = [str(finding) for finding in ICIO(**USA_CHN | {"va": [100, 105]}).check()]  # type: ignore[arg-type]
    assert found == ["FAIL  column balance: CHN all (-5)"]


# -- the algebra below --------------------------------------------------------------------------------------------


@given(split_tables())
def test_parts_of_the_inverse(table: ICIO) -> None:
    A = input_coefficients(table)
    np.testing.assert_allclose(inverse(table) @ (np.eye(len(A)) - A), np.eye(len(A)), atol=1e-10)
    assert inverse(table) is inverse(table)
    assert not inverse(table).flags.writeable
    weights = np.arange(1.0, len(A) + 1)
    np.testing.assert_allclose(embodied(table, weights), weights @ inverse(table), rtol=1e-9)
    home, _ = naive.homes(table)
    np.testing.assert_array_equal(imported_inputs(table), np.where(np.equal.outer(home, home), 0, A))
