"""Modes: the flock, and the incentive to follow industry, as the text says."""

import numpy as np
import pandas as pd
import pytest

import gvc
from chapters.theory import modes
from exhibits.sliders import Traced
from industrial_chains import waves_by_industry
from industrial_chains.models.countries import Countries
from industrial_chains.sources import LRWIOD, OECD, WIOD
from tests.models import all_equations


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


def test_industry_reaches_one_country_after_another() -> None:
    assert len(modes.steps(5)) == 4
    _, wage = modes.spreading()["panels"]
    (traced,) = wage.curves
    assert isinstance(traced, Traced)
    five = traced.data[traced.data["number"] == 5].set_index("x")["y"]
    # Wages rise to a start and fall back to those elsewhere as the newcomer fills, not at once.
    for start, full in zip(modes.steps(5), (0.4, 0.6, 0.8), strict=False):
        rising, falling = five[full - 0.2 : round(start, 6)], five[round(start, 6) : full]
        assert rising.is_monotonic_increasing
        assert falling.is_monotonic_decreasing
        assert falling.iloc[-1] == pytest.approx(1, abs=1e-4)
        assert len(falling) > 5


def test_answers_to_exercises() -> None:
    told = modes.numbers()
    # Wages and price indices by all equations at once.
    core, slight = (all_equations.core_and_periphery(1.75, 5, 0.4, share) for share in (1 - 1e-12, 0.51))
    assert told["gap_of_core"] == pytest.approx(core[0] - core[1], abs=1e-8)
    assert told["gap_of_slight_lead"] == pytest.approx(slight[1] - slight[0], abs=1e-8)
    # Gardens and grain bid alike where 10 (11 - 2 d) = 5 (12 - d).
    assert told["edge_of_gardens_tried"] == pytest.approx(10 / 3)
    assert told["edge_of_grain_tried"] == pytest.approx(told["edge_of_grain"])
    for share, start in (("share_of_partial_core", [0.999, 0.07]), ("share_unstable", [0.86, 0.24])):
        workers, *_ = all_equations.countries(2.1, 5, [0.55], [0.5], np.array([start]))
        assert told[share] == pytest.approx(100 * workers[0, 0] / workers.sum(), abs=1e-3)
    links = list(modes.LINKS.values())
    low = np.array([[0.3, 0], [0.3, 0], [0.3, 0]])
    _, _, offers = all_equations.countries(1.1, 5, [0.15] * 3, links, low)
    assert told["offer_at_low"] == pytest.approx(offers[0, 1], abs=1e-5)
    high = np.array([[0, 0.56], [0.45, 0.12], [0.54, 0]])
    workers, *_ = all_equations.countries(1.1, 5, [0.85 / 3] * 3, links, high)
    assert told["kept_More_at_high"] == pytest.approx(100 * workers[1, 0] / workers[1].sum(), abs=1e-3)
    assert workers[0, 0] == pytest.approx(0, abs=1e-6)
    # Exporting and a plant pay alike where phi - 2 = phi / 1.3^3 - 0.5.
    assert told["productivity_of_investor_at_cheap_plant"] == pytest.approx(1.5 / (1 - 1.3**-3))
    assert told["productivity_of_exporter"] == pytest.approx(0.5 * 1.3**3)
