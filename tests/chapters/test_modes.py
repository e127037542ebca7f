"""Modes: the flock, and the incentive to follow industry, as the text says."""

import numpy as np
import pandas as pd
import pytest

import gvc
from exhibits.sliders import Traced
from industrial_chains import waves_by_industry
from industrial_chains.chapters import modes
from industrial_chains.models.countries import Countries
from industrial_chains.sources import LRWIOD, OECD, WIOD


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
    shown = modes.geese().query("year == 2011 and industry == 'Machinery'")
    shown = shown[shown["database"] == WIOD.label]
    np.testing.assert_allclose(shown.set_index("economy")["value"], index["c13"].reindex(list(shown["economy"])))


def test_the_flock_is_as_the_text_says() -> None:
    frame = modes.geese().replace({"industry": modes.SHORT})
    index = frame.set_index(["industry", "database", "economy", "year"])["value"].sort_index()
    early, late = index["Textiles"][LRWIOD.label], index.xs(OECD.label, level="database")
    assert early["KOR"].idxmax() < early["TWN"].idxmax()
    assert early["KOR"][2000] < early["KOR"][1975] / 2
    electronics = index["Electronics"][LRWIOD.label]
    for code in ("KOR", "TWN"):
        assert electronics[code][2000] > electronics[code][1965]
    assert late["Textiles"]["CHN"][2022] > 3
    for industry in ("Electronics", "Machinery", "Vehicles"):
        assert max(late[industry]["IND"][2022], late[industry]["IDN"][2022]) < 1


def test_balances_cross_zero_as_titled() -> None:
    frame = modes.balances()
    frame = frame[frame["database"] == LRWIOD.label]
    wide = frame.pivot(index="year", columns=["economy", "industry"], values="value")
    assert wide["JPN", "Textiles and clothing"].iloc[[0, -1]].mul([1, -1]).gt(0).all()
    for industry in ("Electronics", "Cars and other vehicles"):
        assert wide["KOR", industry].iloc[[0, -1]].mul([-1, 1]).gt(0).all()
        assert wide["USA", industry].iloc[[0, -1]].mul([1, -1]).gt(0).all()
    now = modes.balances().query("year == 2022").set_index(["economy", "industry"])["value"]
    assert now["CHN"].gt(0).all()
    assert max(now["JPN"]["Textiles and clothing"], now["KOR"]["Textiles and clothing"]) < 0
    assert now["USA"][["Electronics", "Cars and other vehicles"]].lt(0).all()


def test_chinas_balance_in_cars_turned_more_than_once() -> None:
    balance = {
        source: waves_by_industry.balance("Cars and other vehicles", "CHN", source) for source in (LRWIOD, WIOD, OECD)
    }
    assert [waves_by_industry.lasting(one, 1) for one in balance.values()] == [2000, 2007, 2018]
    assert (balance[OECD][[2013, 2017]] < 0).all()


def test_equilibria_with_some_industry_abroad_are_the_models() -> None:
    core, unstable = (one for one in modes.two_countries()["panels"][0].curves if isinstance(one, Traced))
    for mu, alpha, cost in ((0.55, 0.5, 1.05), (0.55, 0.5, 2.0), (0.6, 0.4, 1.5)):
        frame = Countries(mu=mu, alpha=alpha).equilibria([cost]).query("kind == 'uneven'")
        for stable, traced in ((True, core.data), (False, unstable.data)):
            at = traced[np.isclose(traced[["mu", "alpha", "x"]], [mu, alpha, cost]).all(axis=1)]
            due = 100 * frame.loc[frame["stable"] == stable, "share"]
            assert sorted(at["y"]) == pytest.approx(sorted([*due, *(100 - due)]))
    # No line runs through what another kind of equilibrium takes.
    assert core.data.groupby(["mu", "alpha", "line"])["x"].diff().max() < 0.011


def test_real_wages_are_those_of_the_equilibrium_that_history_takes() -> None:
    traced = [one for one in modes.two_countries()["panels"][1].curves if isinstance(one, Traced)]
    wages = pd.concat([one.data.assign(name=one.name) for one in traced])
    for mu, alpha, cost in ((0.55, 0.5, 1.05), (0.55, 0.5, 1.5), (0.6, 0.4, 1.3)):
        model = Countries(mu=mu, alpha=alpha)
        at = wages[np.isclose(wages[["mu", "alpha", "x"]], [mu, alpha, cost]).all(axis=1)].set_index("name")["y"]
        first = model.equilibria([cost]).query("stable").iloc[0]
        assert at.to_dict() == pytest.approx({"Core": first["real_1"], "Periphery": first["real_2"]})
        assert at["Core"] > at["Periphery"]
        of_pair = wages[np.isclose(wages[["mu", "alpha"]], [mu, alpha]).all(axis=1)]
        assert model.break_point() - 0.011 < of_pair["x"].max() < model.break_point()


def test_industries_leave_in_the_order_of_their_links() -> None:
    points = [Countries(alpha=modes.LINKS[name]).sustain_points()[0] for name in ("More inputs", "Most inputs")]
    assert points[0] > points[1]
    assert min(Countries(alpha=modes.LINKS["Few inputs"]).offer(1 + step / 100) for step in range(150)) > 1


def test_industry_reaches_one_country_after_another() -> None:
    assert len(modes.steps(5)) == 4
