"""Experiments on a table: results worked out by hand, and what every experiment keeps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError
from gvc.leontief import input_coefficients
from industrial_chains.analysis import experiments
from industrial_chains.analysis.exposure import three_ways
from industrial_chains.sample import sample
from tests.strategies import tables


def one_sector(A: list[list[float]], economies: list[str], **more: object) -> ICIO:
    """Make a table with an output of 100 everywhere of input coefficients."""
    x = np.full(len(A), 100.0)
    Z = np.array(A) * x
    y = x - Z.sum(axis=1)
    return ICIO(economies=economies, sectors=["all"], Z=Z, Y=np.diag(y), x=x, va=x - Z.sum(axis=0), **more)


def taxed(icio: ICIO, taxes: np.ndarray) -> ICIO:
    """Let industries pay taxes out of their value added."""
    parts = {"economies": icio.economies, "sectors": icio.sectors, "Z": icio.Z, "Y": icio.Y, "x": icio.x}
    return ICIO(**parts, va=icio.va - taxes, taxes=taxes)


HOSTS = ("MEX", "IDN", "IND", "USA")
GOODS = ["Primary", "Light", "Materials", "Machinery"]
TWO = one_sector([[0.2, 0.1], [0.3, 0.4]], ["CHN", "USA"])
THREE = one_sector([[0.2, 0.2, 0.0], [0.2, 0.2, 0.2], [0.0, 0.2, 0.2]], ["CHN", "USA", "MEX"])


def amounts(icio: ICIO) -> dict[str, float]:
    """Value added by economy, free of the noise of floating point."""
    return {str(code): round(float(value), 9) for code, value in by_economy(icio).items()}


def by_economy(icio: ICIO) -> pd.Series:
    return experiments.value_added(icio).groupby("economy", sort=False).sum()


# -- by hand ------------------------------------------------------------------------------------------------------


def test_extraction_of_a_link_on_a_2_by_2_table() -> None:
    # Without a12 = 0.1: x1 = 70 / 0.8 = 87.5, x2 = (30 + 0.3 * 87.5) / 0.6 = 93.75. Half of output is value added;
    # the outside delivers 0.1 * 93.75.
    after = experiments.extract_link(TWO, "CHN", "USA", final=False)
    assert after.x.round(9).tolist() == [87.5, 93.75, 9.375]
    assert amounts(after) == {"CHN": 43.75, "USA": 46.875, "Outside": 9.375}


def test_extraction_of_final_products_too() -> None:
    # The final demand of 30 of the second economy is its own here, so that nothing else moves if Y is diagonal;
    # with 10 of the first economy's 70 sold to the second, x1 = 60 / 0.8 = 75 and x2 = (30 + 22.5) / 0.6 = 87.5.
    table = ICIO(economies=TWO.economies, sectors=TWO.sectors, Z=TWO.Z, Y=[[60, 10], [0, 30]], x=TWO.x, va=TWO.va)
    assert amounts(experiments.extract_link(table, "CHN", "USA")) == {"CHN": 37.5, "USA": 43.75, "Outside": 18.75}


def test_return_home_on_a_2_by_2_table() -> None:
    # a22 = 0.5: x1 = 87.5, x2 = 56.25 / 0.5 = 112.5.
    after = experiments.replace_inputs(TWO, "CHN", "USA", "USA")
    assert after.x.round(9).tolist() == [87.5, 112.5]
    assert amounts(after) == {"CHN": 43.75, "USA": 56.25}


def test_half_of_a_link_on_a_2_by_2_table() -> None:
    # a12 = 0.05, a22 = 0.45: 0.8 x1 = 70 + 0.05 x2 and 0.55 x2 = 30 + 0.3 x1, so x1 = 40 / 0.425, x2 = 45 / 0.425.
    after = experiments.replace_inputs(TWO, "CHN", "USA", "USA", share=0.5)
    np.testing.assert_allclose(after.x, [40 / 0.425, 45 / 0.425], rtol=1e-12)


def test_substitution_by_the_hosts_recipe_on_a_3_by_3_table() -> None:
    # a12 = 0, a32 = 0.4: x1 = 60 / 0.8 = 75; x3 = 75 + 0.5 x2; 0.7 x2 = 70. Value added is 0.6, 0.4, 0.6 of output.
    after = experiments.replace_inputs(THREE, "CHN", "USA", "MEX")
    assert after.x.round(9).tolist() == [75, 100, 125]
    assert amounts(after) == {"CHN": 45, "USA": 40, "MEX": 75}


def test_substitution_by_the_sellers_recipe_on_a_3_by_3_table() -> None:
    # The moved plant makes x4 = 0.2 x2 by the recipe (0.2, 0.2, 0): x1 = 75 + 0.05 x2; x3 = 75 + 0.25 x2;
    # 0.8 x2 = 70 + 0.1 x2. Mexico earns 0.6 * 100 and 0.6 * 20.
    after = experiments.replace_inputs(THREE, "CHN", "USA", "MEX", technology="seller")
    assert after.x.round(9).tolist() == [80, 100, 100, 20]
    assert after.parts == {"MEX moved": "MEX"}
    assert amounts(after) == {"CHN": 48, "USA": 40, "MEX": 72}


def test_a_plant_that_moves_and_buys_nearby_on_a_3_by_3_table() -> None:
    # What the plant bought in China, 0.2, it now buys in Mexico: x1 = 75; x3 = 75 + 0.3 x2; 0.76 x2 = 70 + 0.06 x2.
    after = experiments.replace_inputs(THREE, "CHN", "USA", "MEX", technology="seller", local=["all"])
    assert after.x.round(9).tolist() == [75, 100, 105, 20]
    assert amounts(after) == {"CHN": 45, "USA": 40, "MEX": 75}


def test_a_new_label_moves_exports_and_no_value_added() -> None:
    after = experiments.replace_inputs(THREE, "CHN", "USA", "MEX", technology="label")
    assert amounts(after) == amounts(THREE)
    before, then = (gvc.gross_exports(table) for table in (THREE, after))
    assert (then - before).loc[["CHN", "MEX"], "USA"].round(9).tolist() == [-20, 20]
    assert (then - before).loc["CHN", "MEX"].round(9) == 20


def test_what_the_host_does_not_make_the_plant_buys_where_it_did() -> None:
    idle = ICIO(
        economies=["CHN", "USA", "MEX"],
        sectors=["a", "b"],
        Z=np.outer([20, 10, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0]),
        Y=np.diag([60.0, 80, 100, 100, 50, 0]) @ np.kron(np.eye(3), np.ones((2, 1))),
        x=[100, 100, 100, 100, 50, 0],
        va=[70, 100, 70, 100, 50, 0],
    )
    after = experiments.replace_inputs(idle, "CHN", "USA", "MEX", technology="seller", sectors=["a"], local=["a", "b"])
    plant = input_coefficients(after)[:, 6]
    assert plant.round(12).tolist() == [0, 0.1, 0, 0, 0.2, 0, 0, 0]


def test_what_is_taken_beyond_the_old_amount_is_paid_by_the_buyer() -> None:
    # As above, with a32 = 0.44 as a fifth more is taken: x3 = 75 + 0.55 x2, 0.8 x2 = 55 + 15 + 0.11 x2, x2 = 70 / 0.69.
    after = experiments.replace_inputs(THREE, "CHN", "USA", "MEX", extra=0.2)
    x2 = 70 / 0.69
    assert amounts(after) == {"CHN": 45, "USA": round(0.36 * x2, 9), "MEX": round(0.6 * (75 + 0.55 * x2), 9)}
    assert by_economy(after).sum() == pytest.approx(160, rel=1e-12)


def test_others_take_over_in_proportion() -> None:
    # The United States buys 0.2 from each of two others: each takes half of the 0.2 that moves.
    after = experiments.replace_inputs(THREE, "CHN", "USA", experiments.OTHERS)
    assert input_coefficients(after)[:, 1].round(12).tolist() == [0, 0.3, 0.3]


def test_a_newcomer_supplies_by_its_size() -> None:
    # China sells nothing to Mexico's buyer; of two suppliers new to the United States the larger takes more.
    A = [[0.2, 0.4, 0.0, 0.0], [0.1, 0.1, 0.1, 0.1], [0.0, 0.0, 0.2, 0.0], [0.0, 0.0, 0.0, 0.2]]
    x = np.array([100.0, 100, 30, 10])
    Z = np.array(A) * x
    table = ICIO(
        economies=["CHN", "USA", "MEX", "IND"],
        sectors=["all"],
        Z=Z,
        Y=np.diag(x - Z.sum(axis=1)),
        x=x,
        va=x - Z.sum(axis=0),
    )
    after = experiments.replace_inputs(table, "CHN", "USA", ["MEX", "IND"])
    assert input_coefficients(after)[:, 1].round(12).tolist() == [0, 0.1, 0.3, 0.1]


def test_one_product_moves_and_one_that_nobody_makes_stays() -> None:
    table = sample()
    A = input_coefficients(table)
    after = experiments.replace_inputs(table, "CHN", "USA", "MEX", sectors=["Machinery"])
    changed = np.abs(input_coefficients(after) - A).max(axis=1) > 1e-12
    assert [table.label(row) for row in np.flatnonzero(changed)] == ["CHN Machinery", "MEX Machinery"]

    idle = ICIO(
        economies=["CHN", "USA", "MEX"],
        sectors=["a", "b"],
        Z=np.kron(np.eye(3), np.zeros((2, 2))) + np.outer([1, 1, 0, 0, 0, 0], [0, 0, 20, 20, 0, 0]),
        Y=np.diag([60.0, 60, 100, 100, 50, 0]) @ np.kron(np.eye(3), np.ones((2, 1))),
        x=[100, 100, 100, 100, 50, 0],
        va=[100, 100, 60, 60, 50, 0],
    )
    assert idle.check()[0].what == "zero output"
    after = experiments.replace_inputs(idle, "CHN", "USA", "MEX")
    assert after.Z.sum(axis=1).round(12).tolist() == [0, 40, 0, 0, 40, 0]


def test_cents_on_the_dollar_by_hand() -> None:
    cases = {"own": {"to": "MEX"}, "moved": {"to": "MEX", "technology": "seller"}}
    cents = experiments.per_dollar_moved(THREE, "CHN", "USA", cases)
    assert cents.round(9).to_numpy().tolist() == [[-75, 0, 75], [-60, 0, 60]]


def test_a_plant_that_moves_changes_nothing_elsewhere_to_the_last_digit() -> None:
    cents = experiments.per_dollar_moved(sample(), "CHN", "USA", {"": {"to": "MEX", "technology": "seller"}}).loc[""]
    assert cents[cents != 0].index.tolist() == ["CHN", "MEX"]
    assert cents["CHN"] == pytest.approx(-cents["MEX"])
    both = ["economy", "sector"]
    table = sample()
    moved = experiments.replace_inputs(table, "CHN", "USA", "MEX", technology="seller", share=1e-7)
    little = experiments.compare(table, moved, both)["change"].loc["CHN"]
    assert (little["Machinery":"Machinery"] < 0).all(), "what is small and real stays"


def test_what_is_asked_to_move_is_what_the_seller_delivers() -> None:
    table = sample()
    inputs = gvc.intermediate_flows(table)["USA"].to_dict()["CHN"]
    exports = gvc.gross_exports(table)["USA"].to_dict()["CHN"]
    assert experiments.value_moved(table, "CHN", "USA", share=0.5) == pytest.approx(inputs / 2)
    assert experiments.value_moved(table, "CHN", "USA", final=True) == pytest.approx(exports)
    assert experiments.value_moved(table, "CHN", "USA", share=0.25, final=True) == pytest.approx(exports / 4)


def test_a_plant_has_the_recipe_of_the_part_that_sells() -> None:
    # China's second part alone sells to the United States, and earns 60 cents of a dollar; the first earns 50.
    A = [[0.5, 0, 0, 0.4], [0, 0.5, 0, 0], [0, 0, 0.5, 0], [0, 0.1, 0, 0]]
    table = one_sector(A, ["CHN", "USA", "MEX", "CH2"], parts={"CH2": "CHN"})
    cents = experiments.per_dollar_moved(table, "CHN", "USA", {"moved": {"to": "MEX", "technology": "seller"}})
    assert cents.round(9).to_numpy().tolist() == [[-60, 0, 60]]


def test_a_new_label_pays_no_taxes_and_a_plant_that_moves_does() -> None:
    table = taxed(THREE, np.full(3, 10.0))
    label, plant = (
        experiments.replace_inputs(table, "CHN", "USA", "MEX", technology=way) for way in ("label", "seller")
    )
    assert label.taxes.round(9).tolist() == [10, 10, 10, 0]
    assert plant.taxes.round(9).tolist() == [8, 10, 10, 2]
    for after in (label, plant):
        np.testing.assert_allclose(after.Z.sum(axis=0) + after.taxes + after.va, after.x)


def test_last_buyers_pay_no_more_when_industries_take_more() -> None:
    table = ICIO(economies=TWO.economies, sectors=TWO.sectors, Z=TWO.Z, Y=[[60, 10], [0, 30]], x=TWO.x, va=TWO.va)
    after = experiments.replace_inputs(table, "CHN", "USA", "USA", final=True, extra=0.5)
    assert after.Y.round(9).tolist() == [[60, 0], [0, 40]]


# -- what every experiment keeps ----------------------------------------------------------------------------------


@st.composite
def moves(draw: st.DrawFn) -> tuple[ICIO, dict[str, object]]:
    table = draw(tables(min_economies=3))
    seller, buyer = draw(st.permutations(table.economies))[:2]
    others = [code for code in table.economies if code != seller]
    targets = st.sampled_from([experiments.OTHERS, experiments.OUTSIDE, *others])
    arguments = {
        "seller": seller,
        "buyer": buyer,
        "to": draw(st.one_of(targets, st.lists(st.sampled_from(others), min_size=1, unique=True))),
        "share": draw(st.floats(0.01, 1)),
        "technology": draw(st.sampled_from(["host", "seller", "label"])),
        "final": draw(st.booleans()),
    }
    return table, arguments


@given(moves())
def test_totals_are_conserved_and_the_table_balances(move) -> None:
    table, arguments = move
    after = experiments.replace_inputs(table, **arguments)
    scale = np.abs(table.x).sum()
    assert abs(by_economy(after).sum() - by_economy(table).sum()) < 1e-9 * scale
    assert abs(after.Y.sum() - table.Y.sum()) < 1e-9 * scale
    assert np.abs(after.x - after.Z.sum(axis=1) - after.Y.sum(axis=1)).max() < 1e-9 * scale
    assert np.abs(after.x - after.Z.sum(axis=0) - after.va).max() < 1e-9 * scale
    assert not [finding for finding in after.check() if finding.level == "FAIL" and finding.what.endswith("balance")]


@given(moves())
def test_buyers_recipes_keep_their_sums(move) -> None:
    table, arguments = move
    after = experiments.replace_inputs(table, **arguments)
    size = len(table.x)
    np.testing.assert_allclose(
        input_coefficients(after).sum(axis=0)[:size], input_coefficients(table).sum(axis=0), atol=1e-9
    )


@given(moves())
def test_moving_next_to_nothing_changes_next_to_nothing(move) -> None:
    table, arguments = move
    little = experiments.replace_inputs(table, **arguments | {"share": 1e-12})
    np.testing.assert_allclose(little.x[: len(table.x)], table.x, rtol=1e-6, atol=1e-6)


def test_what_a_table_misses_it_misses_after() -> None:
    table = sample()
    gap = table.x - table.Z.sum(axis=1) - table.Y.sum(axis=1)
    after = experiments.replace_inputs(table, "CHN", "USA", "MEX", share=0.5)
    np.testing.assert_allclose(after.x - after.Z.sum(axis=1) - after.Y.sum(axis=1), gap, atol=1e-3)
    total = experiments.compare(table, after)
    assert total["change"].sum() == pytest.approx(0, abs=1e-9 * total["before"].sum())


def test_comparison_by_economy_and_sector_agree() -> None:
    table = sample()
    after = experiments.extract_link(table, "CHN", "USA")
    both = experiments.compare(table, after, ["economy", "sector"])
    by_sector = experiments.compare(table, after, "sector")
    assert both["change"].groupby("sector", sort=False).sum().tolist() == pytest.approx(by_sector["change"].tolist())
    assert both.loc["Outside", "before"].eq(0).all()
    assert both.loc["Outside", "percent"].isna().all()
    there = by_sector["before"] > 0
    of_before = 100 * by_sector["change"][there] / by_sector["before"][there]
    assert by_sector["percent"][there].tolist() == pytest.approx(of_before.tolist())


def test_parts_of_an_economy_move_together() -> None:
    """Mexico in two parts gives what Mexico in one does, where both make things alike."""
    table = sample()
    N, G = len(table.sectors), len(table.economies)
    split = np.eye(G * N)
    mexico = slice(table.economies.index("MEX") * N, (table.economies.index("MEX") + 1) * N)
    split[mexico] *= 0.25
    split = np.vstack([split, np.zeros((N, G * N))])
    split[G * N :, mexico] = 0.75 * np.eye(N)
    halves = ICIO(
        economies=(*table.economies, "MX2"),
        sectors=table.sectors,
        Z=split @ table.Z @ split.T,
        Y=np.hstack([split @ table.Y, np.zeros((len(split), 1))]),
        x=split @ table.x,
        va=split @ table.va,
        parts={"MX2": "MEX"},
    )
    ways = [{"technology": way} for way in ("host", "seller", "label")]
    ways.append({"technology": "seller", "local": ["Services", "Materials"]})
    for seller, to in (("CHN", "MEX"), ("MEX", "IND")):
        for way in ways:
            results = [
                by_economy(experiments.replace_inputs(icio, seller, "USA", to, **way, final=True))
                for icio in (table, halves)
            ]
            np.testing.assert_allclose(results[0], results[1], rtol=1e-9)


def test_extraction_ends_the_direct_reliance_and_not_the_full_one() -> None:
    after = experiments.replace_inputs(sample(), "CHN", "USA", "MEX", technology="seller")
    left, before = (three_ways(table, "CHN").loc["USA"] for table in (after, sample()))
    assert left["direct"] == pytest.approx(0, abs=1e-12)
    assert left["once"] > 0.5 * before["once"]
    assert left["gross"] > 0.5 * before["gross"]


@given(moves())
def test_without_a_replacement_each_economy_loses_most(move) -> None:
    table, arguments = move
    if (table.Y < 0).any():
        return
    left = by_economy(experiments.replace_inputs(table, **arguments | {"to": experiments.OUTSIDE}))
    replaced = by_economy(experiments.replace_inputs(table, **arguments))
    assert (replaced.drop("Outside", errors="ignore") >= left[list(table.result_economies)] - 1e-7).all()


# -- plants that import more ----------------------------------------------------------------------------------------


def test_plants_split_off_as_they_were_change_nothing() -> None:
    table = sample()
    content = gvc.leontief.multipliers(table)[0]
    sold = table.Z[:5, table.home == table.economies.index("USA")].sum(axis=1)
    same = experiments.split_off(table, "CHN", "USA", float(content[:5] @ sold / sold.sum()))
    np.testing.assert_allclose(gvc.value_added_in_exports(same), gvc.value_added_in_exports(table), rtol=1e-9)
    for way in ({"technology": "seller"}, {"technology": "host"}):
        results = [by_economy(experiments.replace_inputs(icio, "CHN", "USA", "MEX", **way)) for icio in (table, same)]
        np.testing.assert_allclose(results[0], results[1], rtol=1e-9)


@pytest.mark.parametrize(("content", "sectors"), [(0.6, GOODS), (0.5, GOODS), (0.3, ["Machinery"])])
def test_plants_split_off_have_the_content_asked_for(content, sectors) -> None:
    table = sample()
    split = experiments.split_off(table, "CHN", "USA", content, sectors)
    assert not [finding for finding in split.check() if finding.level == "FAIL"]
    whole = split.aggregate({"CHN": "CHN"})
    order = [whole.economies.index(code) * 5 + k for code in table.economies for k in range(5)]
    np.testing.assert_allclose(whole.Z[np.ix_(order, order)], table.Z, atol=1e-6)
    np.testing.assert_allclose(whole.va[order], table.va, rtol=1e-12)
    made = split.x[-5:]
    assert gvc.leontief.multipliers(split)[0, -5:] @ made / made.sum() == pytest.approx(content, abs=0.003)
    assert made.sum() == pytest.approx(experiments.value_moved(table, "CHN", "USA", sectors=sectors))


def test_plants_split_off_pay_their_part_of_the_taxes() -> None:
    table = sample()
    split = experiments.split_off(taxed(table, table.va / 10), "CHN", "USA", 0.6, GOODS)
    assert split.taxes.sum() == pytest.approx(table.va.sum() / 10)
    np.testing.assert_allclose(split.taxes, split.va / 9)


@pytest.mark.parametrize("content", [0.01, 0.99])
def test_content_out_of_reach_is_refused(content) -> None:
    with pytest.raises(GvcError, match=r"^content"):
        experiments.split_off(sample(), "CHN", "USA", content)


def test_a_seller_in_parts_is_not_split_again() -> None:
    split = experiments.split_off(sample(), "CHN", "USA", 0.6)
    with pytest.raises(GvcError, match=r"^seller"):
        experiments.split_off(split, "CHN", "USA", 0.6)


# -- what the chapters' titles say ----------------------------------------------------------------------------------


def test_a_dollar_of_goods_costs_china_70_to_75_cents_or_21() -> None:
    lost = {}
    for technology in ("host", "seller"):
        cases = {to: {"to": to, "technology": technology, "sectors": GOODS} for to in HOSTS}
        lost[technology] = -experiments.per_dollar_moved(sample(), "CHN", "USA", cases)["CHN"]
    assert [round(lost["host"].min()), round(lost["host"].max())] == [70, 75]
    assert lost["seller"].round().unique().tolist() == [21]


def test_services_of_the_host_cost_china_another_eleven_cents() -> None:
    case = {"to": "MEX", "technology": "seller", "sectors": GOODS, "local": ["Services"]}
    assert -experiments.per_dollar_moved(sample(), "CHN", "USA", {"": case}).loc["", "CHN"] == pytest.approx(
        31.5, abs=0.05
    )


def test_a_quarter_of_what_china_loses_and_mexico_gains_is_services() -> None:
    table = sample()
    moved = experiments.replace_inputs(table, "CHN", "USA", "MEX", share=0.25, sectors=GOODS)
    change = experiments.compare(table, moved, ["economy", "sector"])["change"].unstack()
    part = change["Services"] / change.sum(axis=1)
    assert part[["CHN", "MEX"]].between(0.225, 0.275).all()


def test_a_fifth_of_the_reliance_is_left_or_two_thirds() -> None:
    after = experiments.reliance_after(sample(), "CHN", "USA", HOSTS)
    left = after[["host", "seller"]].div(after["before"], axis=0)
    assert left.index.unique("count").tolist() == ["once", "gross"]
    assert left["host"].between(0.15, 0.22).all()
    assert left["seller"].between(0.68, 0.72).all()


def test_without_china_taiwan_and_korea_lose_a_larger_part_than_the_united_states() -> None:
    table = sample()
    lost = -experiments.compare(table, experiments.extract_link(table, "CHN", "USA"))["percent"]
    assert lost.drop("CHN").nlargest(2).index.tolist() == ["TWN", "KOR"]
    assert lost["USA"] < lost["KOR"]


# -- what is wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"seller": "XXX"}, "economies"),
        ({"to": "DEU"}, "economies"),
        ({"to": "CHN"}, "to"),
        ({"share": 0.0}, "share"),
        ({"share": 1.5}, "share"),
        ({"extra": -0.1}, "extra"),
        ({"extra": 9.0}, "extra"),
        ({"local": ["all"]}, "local"),
        ({"local": ["chips"], "technology": "seller"}, "local"),
        ({"technology": "best"}, "technology"),
        ({"sectors": ["chips"]}, "sectors"),
        ({"sectors": []}, "sectors"),
    ],
)
def test_wrong_arguments_are_named(arguments, place) -> None:
    asked = {"seller": "CHN", "buyer": "USA", "to": "MEX"} | arguments
    with pytest.raises(GvcError, match=rf"^{place}"):
        experiments.replace_inputs(THREE, **asked)
