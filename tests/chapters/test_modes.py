"""Modes: the flock, and the incentive to follow industry, as the text says."""

import numpy as np
import pytest

import gvc
from report.chapters import modes
from report.models.agglomeration import CorePeriphery


def test_the_index_of_advantage_is_one_on_average() -> None:
    vax = (
        gvc.load_panel("wiod2013_sectors")
        .query("flow == 'vax' and year == 2011")
        .groupby(["origin", "sector"])["value"]
        .sum()
        .unstack()
    )
    worlds = vax.sum() / vax.sum().sum()
    index = vax.div(vax.sum(axis=1), axis=0) / worlds
    np.testing.assert_allclose(index.mul(worlds, axis=1).sum(axis=1), 1)
    shown = modes.geese().query("year == 2011 and industry == 'Machinery'").set_index("economy")["value"]
    np.testing.assert_allclose(shown, index["c13"].reindex(shown.index))


def test_the_flock_is_as_the_text_says() -> None:
    index = modes.geese().set_index(["industry", "economy", "year"])["value"].sort_index()
    textiles = index["Textiles, clothing and footwear"]
    assert [code for code in modes.GEESE if textiles[code, 1995] < 1] == ["JPN"]
    assert all(textiles[code, 2011] < textiles[code, 1995] for code in modes.GEESE)
    followers = index.drop("Textiles, clothing and footwear").loc[:, ["IDN", "IND"]]
    assert followers.max() < 1


def test_japan_lost_share_everywhere_and_china_and_india_alone_did_not_lose_textiles() -> None:
    frame = modes.world_shares().set_index(["industry", "economy", "year"])["value"].sort_index()
    change = frame.xs(2011, level="year") - frame.xs(1995, level="year")
    assert (change.xs("JPN", level="economy") < 0).all()
    textiles = change["Textiles"]
    assert set(textiles[textiles > 0].index) == {"CHN", "IND", "ROW"}
    assert textiles["IND"] < 0.2
    # Computed by hand from the sector panel: vax of c14 in 2011, Japan over the world.
    sectors = gvc.load_panel("wiod2013_sectors").query("flow == 'vax' and year == 2011 and sector == 'c14'")
    by_hand = 100 * sectors.loc[sectors["origin"] == "JPN", "value"].sum() / sectors["value"].sum()
    assert frame["Electronics", "JPN", 2011] == pytest.approx(by_hand)


def test_the_incentive_changes_sign_as_the_text_says() -> None:
    frame = modes.incentive()
    lead = frame[(frame["share"] > 50.1)]
    model = CorePeriphery()
    above = lead[(lead[modes.TRADE_COST] > model.sustain_point())]
    assert (above["gap"] < 0).all()
    below = frame[frame[modes.TRADE_COST] < model.break_point()]
    rises = below.groupby(modes.TRADE_COST)["gap"].apply(lambda gap: (gap.diff().dropna() > 0).all())
    assert rises.all()
