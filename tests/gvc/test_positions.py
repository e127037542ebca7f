"""Positions, lengths and participation: against chains tracked round by round, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gvc
from gvc import ICIO, GvcError
from gvc.positions import Linkage
from tests import naive
from tests.gvc.test_core import USA_CHN, copy_of
from tests.gvc.test_decompositions import close, five_stages, joined, split_tables
from tests.strategies import tables

LINKAGES = st.sampled_from(["forward", "backward"])
#: The names of :func:`naive.stages` for those of the package.
ACTIVITIES = {"D": "D", "RT": "RT", "GVC_S": "S", "GVC_C": "C"}


def tracked(table: ICIO, linkage: Linkage) -> dict[str, np.ndarray]:
    """Sum the tracked chains by the industry that earns the value added, or that finishes the good."""
    axis = 1 if linkage == "forward" else 0
    return {name: joined(table, amounts.sum(axis=axis)[:, None]) for name, amounts in naive.stages(table).items()}


def ratio(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    return np.divide(over, under, out=np.full_like(over, np.nan), where=under != 0)


@given(split_tables(), LINKAGES)
def test_activities_are_what_tracked_chains_say(table: ICIO, linkage: Linkage) -> None:
    activities = gvc.production_activities(table, linkage)
    assert activities.index.names == ["economy", "sector"]
    assert list(activities) == list(ACTIVITIES)
    stages = tracked(table, linkage)
    for name, tracked_name in ACTIVITIES.items():
        close(table, activities[name], stages[tracked_name], name)


@given(split_tables(), LINKAGES)
def test_activities_add_up(table: ICIO, linkage: Linkage) -> None:
    whole = table.va if linkage == "forward" else table.Y.sum(axis=1)
    close(table, gvc.production_activities(table, linkage).sum(axis=1), joined(table, whole[:, None]))


@given(split_tables(), LINKAGES)
def test_lengths_are_what_tracked_chains_say(table: ICIO, linkage: Linkage) -> None:
    lengths = gvc.production_length(table, linkage)
    stages = tracked(table, linkage)
    stages["GVC"], stages["long GVC"] = stages["S"] + stages["C"], stages["long S"] + stages["long C"]
    stages["total"] = stages["D"] + stages["RT"] + stages["GVC"]
    stages["long total"] = stages["long D"] + stages["long RT"] + stages["long GVC"]
    for name in lengths:
        enough = np.abs(stages[name]) > 1e-9 * table.x.max()
        expected = ratio(stages[f"long {name}"], stages[name])
        # Backward, an activity's length is that of a unit of it and does not need the activity to take place.
        np.testing.assert_allclose(lengths[name][enough], expected[enough], rtol=1e-8, err_msg=name)
        assert lengths[name][joined(table, table.x[:, None]) == 0].isna().all()


@given(tables())
def test_length_in_all_is_position(table: ICIO) -> None:
    ahead, behind = (gvc.production_length(table, linkage)["total"] for linkage in ("forward", "backward"))  # type: ignore[arg-type]
    np.testing.assert_allclose(ahead, gvc.upstreamness(table), rtol=1e-8)
    finished = table.Y.sum(axis=1) != 0
    np.testing.assert_allclose(behind[finished], gvc.downstreamness(table)[finished], rtol=1e-8)


@given(tables())
def test_world_averages_agree(table: ICIO) -> None:
    """The world's output over its value added, forward as backward: the average length of all chains."""
    world = table.x.sum() / table.va.sum()
    ahead, behind = gvc.upstreamness(table).fillna(0), gvc.downstreamness(table).fillna(0)
    assert (ahead * table.va).sum() / table.va.sum() == pytest.approx(world)
    assert (behind * table.Y.sum(axis=1)).sum() / table.va.sum() == pytest.approx(world)


@given(split_tables())
def test_the_parts_of_an_economy_weigh_by_output(table: ICIO) -> None:
    whole = copy_of(table, parts={})
    for measure in (gvc.upstreamness, gvc.downstreamness):
        apart = (measure(whole).to_numpy() * table.x)[:, None]
        apart[table.x == 0] = 0
        output = joined(table, table.x[:, None])
        np.testing.assert_allclose(measure(table), ratio(joined(table, apart), output), rtol=1e-9)


def test_positions_by_hand() -> None:
    # Of five stages with a unit of value each, the first has all five ahead, the last on average three behind.
    table = five_stages()
    ahead, behind = gvc.upstreamness(table), gvc.downstreamness(table)
    assert ahead.index.names == ["economy", "sector"]
    assert ahead.dropna().tolist() == [5, 3, 1, 4, 2]
    assert behind.dropna().round(12).tolist() == [1, 2, 3, 1.5, 2.5]
    assert np.isnan(ahead["C2", "c"])
    assert np.isnan(behind["C2", "c"])


def test_activities_by_hand() -> None:
    """America's parts go to China, which sells assembled goods at home (80) and back (70): B = [[2, 2/3], [0, 4/3]]."""
    forward = gvc.production_activities(ICIO(**USA_CHN)).droplevel("sector")  # type: ignore[arg-type]
    np.testing.assert_allclose(forward.loc["USA"], [30, 20, 80 / 3, 70 / 3], rtol=1e-14)
    np.testing.assert_allclose(forward.loc["CHN"], [80 * 2 / 3, 70 * 2 / 3, 0, 0], atol=1e-12)
    backward = gvc.production_activities(ICIO(**USA_CHN), "backward").droplevel("sector")  # type: ignore[arg-type]
    np.testing.assert_allclose(backward.loc["CHN"], [80 * 2 / 3, 70 * 2 / 3, 80 / 3, 70 / 3], rtol=1e-14)


def test_participation_by_hand() -> None:
    table = ICIO(**USA_CHN)  # type: ignore[arg-type]
    trade, output = gvc.participation(table), gvc.participation(table, "output")
    assert trade.index.name == output.index.name == "economy"
    assert list(trade) == list(output) == ["backward", "forward"]
    np.testing.assert_allclose(trade, [[0, 100 * (70 / 3) / 70], [100 / 3, 0]], atol=1e-12)
    np.testing.assert_allclose(output, [[0, 50], [100 / 3, 0]], atol=1e-12)


@given(split_tables())
def test_participation_in_trade_is_of_exports(table: ICIO) -> None:
    terms, shares = gvc.borin_mancini(table), gvc.participation(table)
    close(table, shares.sum(axis=1) * terms["EXGR"] / 100, terms["GVC"])


@given(split_tables())
def test_vertical_specialization_in_the_nine_terms(table: ICIO) -> None:
    found, terms = gvc.vertical_specialization(table), gvc.kww(table)
    assert list(found) == ["VS", "VS1", "VS1*"]
    close(table, found["VS"], terms[["FVA_FIN", "FVA_INT", "FDC"]].sum(axis=1))
    close(table, found["VS1*"], terms[["RDV_FIN", "RDV_INT", "DDC"]].sum(axis=1))
    # What is foreign in somebody's exports is somebody's own.
    close(table, found["VS1"].sum(), found["VS"].sum())
    shares = gvc.participation(table, "content")
    assert list(shares) == ["backward", "forward"]
    close(table, shares.mul(gvc.gross_exports(table).sum(axis=1), axis=0).fillna(0) / 100, found[["VS", "VS1"]])


def test_vertical_specialization_by_hand() -> None:
    """A third of China's exports of 70 are America's parts, and all of them go back; B = [[2, 2/3], [0, 4/3]]."""
    found = gvc.vertical_specialization(ICIO(**USA_CHN))  # type: ignore[arg-type]
    np.testing.assert_allclose(found, [[0, 70 / 3, 70 / 3], [70 / 3, 0, 0]], rtol=1e-14, atol=1e-12)


def test_an_economy_that_takes_no_part_is_nan_or_nought() -> None:
    alone = ICIO(economies=["USA", "PRK"], sectors=["all"], Z=np.zeros((2, 2)), Y=[[9, 0], [0, 0]], x=[9, 0], va=[9, 0])
    assert gvc.participation(alone).isna().all(axis=None)
    assert gvc.participation(alone, "content").isna().all(axis=None)
    assert gvc.vertical_specialization(alone).to_numpy().tolist() == [[0, 0, 0], [0, 0, 0]]
    assert gvc.participation(alone, "output").loc["USA"].tolist() == [0, 0]
    assert gvc.participation(alone, "output").loc["PRK"].isna().all()
    lengths = gvc.production_length(alone)
    assert lengths.loc["USA", ["total", "D"]].to_numpy().tolist() == [[1, 1]]
    assert lengths.loc["USA", ["RT", "GVC"]].isna().all(axis=None)
    away = gvc.production_length(copy_of(alone, Y=[[0, 9], [0, 0]]), "backward").loc["USA"]
    assert away[["total", "RT"]].to_numpy().tolist() == [[1, 1]]
    assert away[["D", "GVC"]].isna().all(axis=None)


def test_a_question_that_is_not_one() -> None:
    table = ICIO(**USA_CHN)  # type: ignore[arg-type]
    for ask in (gvc.production_activities, gvc.production_length):
        with pytest.raises(GvcError, match="linkage: expected 'forward' or 'backward'; found 'both'"):
            ask(table, "both")  # type: ignore[operator]
    with pytest.raises(GvcError, match="basis: expected 'trade' or 'content' or 'output'; found 'exports'"):
        gvc.participation(table, "exports")  # type: ignore[arg-type]
