"""The models of the theory chapters: closed forms, published results, and the same digits everywhere."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import linprog

import gvc
from gvc import GvcError
from report.chapters import modes as story
from report.look import charts
from report.models import cycle, location, proportions
from report.models.agglomeration import CorePeriphery, real_wage_gaps
from report.models.ricardo import World, convergence, learning, opening

WORLDS = st.builds(World, technology=st.floats(0.01, 1e4), labour=st.floats(0.05, 20), theta=st.floats(1.5, 12))
FACTORS = np.array([1.0, 1.5, 2.0, 4.0])


# -- Dornbusch, Fischer and Samuelson -----------------------------------------------------------------------------


@given(WORLDS)
def test_the_border_is_where_the_closed_form_puts_it(world: World) -> None:
    odds = world.technology ** (1 / (1 + world.theta)) * world.labour ** (-world.theta / (1 + world.theta))
    assert world.border() == pytest.approx(odds / (1 + odds), rel=1e-9)
    assert world.wage() == pytest.approx((world.technology * world.labour) ** (1 / (1 + world.theta)), rel=1e-8)


@given(WORLDS)
def test_trade_balances(world: World) -> None:
    z, wage = world.border(), world.wage()
    assert (1 - z) * wage == pytest.approx(z * world.labour, rel=1e-8)


@given(WORLDS)
def test_gains_are_those_of_arkolakis_costinot_and_rodriguez_clare(world: World) -> None:
    home, abroad = world.gains()
    z = world.border()
    assume(0.01 < z < 0.99)
    assert home == pytest.approx(z ** (-1 / world.theta), rel=1e-6)
    assert abroad == pytest.approx((1 - z) ** (-1 / world.theta), rel=1e-6)


def test_equal_countries_split_the_industries() -> None:
    world = World(technology=1, labour=1)
    assert (world.border(), world.wage()) == (pytest.approx(0.5), pytest.approx(1))


@given(WORLDS, st.floats(1.01, 5))
def test_home_cannot_tell_labour_from_learning(world: World, factor: float) -> None:
    more, better = (path(np.array([1.0, factor]), world) for path in (opening, learning))
    np.testing.assert_allclose(more[["border", "home"]], better[["border", "home"]], rtol=1e-6)
    for path in (more, better):
        assert path["border"].is_monotonic_decreasing
        assert path["home"].is_monotonic_increasing
    assert more["wage"].is_monotonic_increasing
    assert better["wage"].is_monotonic_decreasing
    assert more["abroad"].is_monotonic_decreasing
    assert better["abroad"].is_monotonic_increasing


def test_industries_leave_in_kojimas_order() -> None:
    z = np.linspace(0.05, 0.95, 19)
    order = World().transfer_needed(z)
    assert (np.diff(order) < 0).all()
    assert World().transfer_needed(np.array([World().border()])) == pytest.approx(0, abs=1e-9)
    # As productivity abroad grows by what an industry needs, relative to the wage, that industry is at the border.
    world = World(labour=4)
    needed = world.transfer_needed(np.array([0.4]))[0] / 100
    after = World(world.technology / (1 + needed) ** world.theta, world.labour, world.theta)
    assert after.border() < world.border()


def test_samuelson_home_gains_if_learning_is_even_and_loses_if_it_is_not() -> None:
    gains = convergence(np.linspace(0, 0.95, 20), World(labour=4))
    assert gains["alike"].is_monotonic_increasing
    assert gains["where_it_lags"].is_monotonic_decreasing
    assert (gains > 0).all().all()
    assert gains.iloc[0].nunique() == 1


# -- Heckscher and Ohlin ------------------------------------------------------------------------------------------


@given(st.floats(0, 12))
def test_the_ladder_is_what_maximises_revenue(capital: float) -> None:
    goods = story.INDUSTRIES
    shares = proportions.ladder(np.array([capital]), goods)[list(goods.index)].to_numpy()[0]
    best = linprog(-goods["revenue"], A_ub=[goods["capital"]], b_ub=[capital], A_eq=[np.ones(len(goods))], b_eq=[1.0])
    assert shares.sum() == pytest.approx(1)
    assert shares @ goods["capital"] == pytest.approx(capital)
    assert shares @ goods["revenue"] == pytest.approx(-best.fun)


def test_rybczynski_and_stolper_samuelson() -> None:
    path = proportions.ladder(np.array([3.0, 4.0]), story.INDUSTRIES)
    gained, lost = (path[name].diff().iloc[-1] for name in ("Electronics", "Clothing"))
    # A quarter more workers in the capital-intensive industry, and as many fewer in the other; factor prices stay.
    assert (gained, lost) == (pytest.approx(0.25), pytest.approx(-0.25))
    assert path["wage"].nunique() == path["return"].nunique() == 1
    paid = path["wage"].iloc[0] + path["return"].iloc[0] * story.INDUSTRIES.loc[["Clothing", "Electronics"], "capital"]
    np.testing.assert_allclose(paid, story.INDUSTRIES.loc[["Clothing", "Electronics"], "revenue"])
    assert story.wage_steps().is_monotonic_increasing


def test_an_industry_below_the_hull_is_named() -> None:
    goods = pd.DataFrame({"capital": [0.0, 1.0, 2.0], "revenue": [1.0, 1.1, 3.0]})
    with pytest.raises(GvcError, match="Leave out the industry"):
        proportions.ladder(np.array([1.0]), goods)


@pytest.mark.parametrize("capital", [-0.1, 12.1])
def test_capital_that_no_industry_uses_is_refused(capital: float) -> None:
    with pytest.raises(GvcError, match="what the industries use"):
        proportions.ladder(np.array([1.0, capital]), story.INDUSTRIES)


# -- the product cycle --------------------------------------------------------------------------------------------


def test_products_move_where_the_costs_cross() -> None:
    for here, there, age in zip(cycle.PRICES.index[:-1], cycle.PRICES.index[1:], cycle.moves(), strict=True):
        cost = cycle.costs(np.array([age - 1e-9, age, age + 1e-9]))
        assert cost[here].iloc[1] == pytest.approx(cost[there].iloc[1], abs=1e-12)
        assert cost.iloc[0].idxmin() == here
        assert cost.iloc[2].idxmin() == there


def test_each_stage_uses_one_factor_most() -> None:
    assert list(cycle.STAGES.idxmax(axis=1)) == list(cycle.FACTORS)
    np.testing.assert_allclose(cycle.STAGES.sum(axis=1), 1)


def test_the_cohort_is_its_closed_form() -> None:
    # Still at home are the products slower than years / age of the move; paces are spread evenly.
    years = np.arange(0.0, 41)
    quick, slow = cycle.PACE
    frame = cycle.cohort(years, products=100_000)["made"].unstack()
    gone = [np.clip((years / age - quick) / (slow - quick), 0, 1) for age in cycle.moves()]
    np.testing.assert_allclose(frame["Innovating"] / 100, 1 - gone[0], atol=2e-5)
    np.testing.assert_allclose(frame["Developing"] / 100, gone[1], atol=2e-5)


def test_vernons_picture() -> None:
    frame = cycle.cohort(np.arange(0.0, 41))
    assert frame["net"].groupby("years").sum().abs().max() < 1e-5
    np.testing.assert_allclose(frame["made"].groupby("years").sum(), 100, atol=1e-5)
    net = frame["net"].unstack()
    assert np.sign(net["Innovating"].iloc[5]) == 1
    assert net["Innovating"].iloc[-1] < 0
    assert net["Industrial"].iloc[[3, -1]].max() < 0 < net["Industrial"].max()
    assert net["Developing"].iloc[3] < 0 < net["Developing"].iloc[-1]


def test_a_cohort_has_the_same_digits_everywhere() -> None:
    made = cycle.cohort(np.array([8.0, 16.0, 24.0]))["made"]
    assert list(made) == [76.7, 23.3, 0.0, 20.1, 47.1, 32.8, 0.0, 34.15, 65.85]


def test_krugmans_north_earns_what_its_simulated_stock_of_products_says() -> None:
    innovation, transfer, labour, elasticity = 0.05, 0.02, 6.0, 3.0
    stocks = solve_ivp(
        lambda _, n: [innovation * n.sum() - transfer * n[0], transfer * n[0]], (0, 400), [1.0, 1.0], rtol=1e-9
    ).y[:, -1]
    north_over_south = (stocks[0] / stocks[1] * labour) ** (1 / elasticity)
    assert cycle.relative_wage(innovation, transfer, labour, elasticity) == pytest.approx(north_over_south, rel=1e-6)
    assert cycle.relative_wage(0.01, 0.1, 1, 4) == 1


# -- core and periphery -------------------------------------------------------------------------------------------

TEXTBOOK = CorePeriphery()


def test_break_and_sustain_point_of_the_textbook() -> None:
    # Fujita, Krugman and Venables (1999), chapter 5: sigma 5, mu 0.4. Their formula gives T^4 = 7 for the first.
    assert TEXTBOOK.break_point() == pytest.approx(7**0.25, abs=1e-12)
    assert round(TEXTBOOK.break_point(), 4) == 1.6266
    assert round(TEXTBOOK.sustain_point(), 4) == 1.8073


@given(st.floats(2.5, 9), st.floats(0.1, 0.5))
def test_the_points_are_those_of_the_solved_model(sigma: float, mu: float) -> None:
    assume(mu < 0.95 * (1 - 1 / sigma))
    model = CorePeriphery(sigma, mu)
    low, high = model.break_point(), model.sustain_point()
    # The real wage gap at the even spread turns from falling to rising as trade costs pass the break point.
    slopes = [model.gap(0.5 + 1e-5, low * near) for near in (1.01, 0.99)]
    assert slopes[0] < 0 < slopes[1]
    parts = (1 + mu) / 2 * high ** (1 - sigma) + (1 - mu) / 2 * high ** (sigma - 1)
    assert high ** (-mu * sigma) * parts == pytest.approx(1, rel=1e-8)
    assert low < high


@given(st.floats(0, 1), st.floats(1.01, 3))
def test_both_regions_clear(share: float, cost: float) -> None:
    w_1, w_2 = TEXTBOOK.wages(share, cost)
    assert share * w_1 + (1 - share) * w_2 == pytest.approx(1)
    assert TEXTBOOK._offered(w_1, w_2, share, cost) == pytest.approx(w_1)
    assert TEXTBOOK._offered(w_2, w_1, 1 - share, cost) == pytest.approx(w_2)
    assert TEXTBOOK.gap(share, cost) == pytest.approx(-TEXTBOOK.gap(1 - share, cost), abs=1e-9)


def test_without_trade_costs_location_does_not_matter() -> None:
    assert [TEXTBOOK.gap(share, 1.0) for share in (0.1, 0.5, 0.9)] == pytest.approx([0, 0, 0], abs=1e-9)


def test_equilibria_are_zeros_and_cores() -> None:
    frame = TEXTBOOK.equilibria(np.array([1.5, 1.7, 2.0]))
    assert list(frame.groupby("cost").size()) == [3, 5, 1]
    inside = frame[frame["share"].between(0.01, 0.99)]
    gaps = [TEXTBOOK.gap(share, cost) for cost, share in inside[["cost", "share"]].itertuples(index=False)]
    assert gaps == pytest.approx([0] * len(gaps), abs=1e-6)
    assert list(frame.query("branch == 'even'")["stable"]) == [False, True, True]


def test_the_incentive_is_the_models_gap() -> None:
    frame = real_wage_gaps(np.array([0.25, 0.75]), np.array([1.7]), TEXTBOOK)
    assert list(frame["gap"]) == [0.005271, -0.005271]


def test_a_black_hole_is_refused() -> None:
    with pytest.raises(GvcError, match="no black hole"):
        CorePeriphery(sigma=2, mu=0.6)


@pytest.mark.parametrize("cost", [1.5, 1.9])
def test_without_two_kinds_of_rest_there_is_no_uneven_one(cost: float) -> None:
    with pytest.raises(GvcError, match="between break and sustain point"):
        TEXTBOOK.uneven(cost)


# -- location -----------------------------------------------------------------------------------------------------


def test_rings_end_where_bids_cross() -> None:
    for rate in (0.5, 1.0):
        edges = location.rings(story.USES, rate)
        inner = location.bid_rents(edges.to_numpy() - 1e-6, story.USES, rate).idxmax(axis=1)
        assert list(inner) == list(story.USES.index)
        assert location.bid_rents(edges.to_numpy()[-1:], story.USES, rate).max(axis=1).item() == pytest.approx(0)
    np.testing.assert_allclose(location.rings(story.USES, 0.5), 2 * location.rings(story.USES))


def test_firms_sort_by_productivity() -> None:
    market = location.Market()
    exports, invests = market.cutoffs()
    assert exports < invests
    assert market.profits(np.array([exports]))["Export"].item() == pytest.approx(0)
    at = market.profits(np.array([invests]))
    assert at["Export"].item() == pytest.approx(at["Produce abroad"].item())
    assert location.Market(barrier=1.6).cutoffs()[1] < invests


def test_a_market_to_which_nobody_exports_is_refused() -> None:
    with pytest.raises(GvcError, match="else nobody exports"):
        location.Market(barrier=2.0)


# -- what the chapters show ---------------------------------------------------------------------------------------


def test_chinas_rise_agrees_with_the_article_in_direction() -> None:
    shares = story.export_shares().query("exporter == 'CHN'").set_index(["database", "year"])["value"]
    article = shares["Article, World Bank"]
    assert (article[1990], article[2010]) == (1.8, 10.3)
    assert 10 < shares["WIOD, 2013 release"][2010] < 13


def test_ranks_end_with_the_largest_and_leave_out_the_rest_of_the_world() -> None:
    ranks = story.export_ranks()
    assert sorted(ranks.query("year == 2011")["rank"]) == list(range(1, 9))
    assert "ROW" not in set(ranks["exporter"])


def test_the_index_of_advantage_is_one_on_average() -> None:
    vax = story._by_industry("vax").query("year == 2011").groupby(["origin", "sector"])["value"].sum().unstack()
    worlds = vax.sum() / vax.sum().sum()
    index = vax.div(vax.sum(axis=1), axis=0) / worlds
    np.testing.assert_allclose(index.mul(worlds, axis=1).sum(axis=1), 1)
    shown = story.geese().query("year == 2011 and industry == 'Machinery'").set_index("economy")["value"]
    np.testing.assert_allclose(shown, index["c13"].reindex(shown.index))


def test_the_flock_is_as_the_text_says() -> None:
    index = story.geese().set_index(["industry", "economy", "year"])["value"].sort_index()
    textiles = index["Textiles, clothing and footwear"]
    assert [code for code in story.GEESE if textiles[code, 1995] < 1] == ["JPN"]
    assert all(textiles[code, 2011] < textiles[code, 1995] for code in story.GEESE)
    followers = index.drop("Textiles, clothing and footwear").loc[:, ["IDN", "IND"]]
    assert followers.max() < 1


def test_domestic_content_and_manufacturing_are_shares() -> None:
    for frame in (story.domestic_content(), story.hollowing()):
        assert frame["value"].between(0, 100).all()


@pytest.mark.parametrize("name", ["waves", "fifth", "theories", "effects", "motives"])
def test_tables_of_words_are_complete(name: str) -> None:
    frame = story.words(name)
    assert frame.index.is_unique
    assert not (frame.astype(str) == "").any().any()


def test_spans_of_the_waves_follow_one_another() -> None:
    waves = story.waves()
    assert waves["start"].is_monotonic_increasing
    assert (waves["end"] > waves["start"]).all()


# -- their charts -------------------------------------------------------------------------------------------------

WORDS: charts.Words = {"name": "n", "title": "T", "subtitle": "S", "source": "O.", "alt": "A"}


def test_a_knob_filters_states_and_stands_outside_the_picture() -> None:
    drawn = charts.curves(
        story.border(), "industry", "wage", "curve", across="z", points=story.borders(), knob=(story.LABOUR, 1), **WORDS
    )
    spec = drawn.to_dict()
    [knob] = [parameter for parameter in spec["params"] if parameter["name"] == "knob"]
    assert knob["value"] == 1
    assert knob["bind"] == {
        "input": "range", "min": 1.0, "max": 8.0, "step": 1.0, "name": f"{story.LABOUR} ", "element": "#n-knob"
    }  # fmt: skip
    assert all(any("knob" in str(step) for step in layer["transform"]) for layer in spec["layer"])


def test_the_new_charts_are_the_same_each_time() -> None:
    draw = {
        "timeline": lambda: charts.timeline(
            story.waves(), "wave", "start", "end", over="who", under="what", **WORDS
        ),
        "ranks": lambda: charts.ranks(story.export_ranks(), "year", "rank", "exporter", **WORDS),
        "curves": lambda: charts.curves(
            story.tomahawk(), "cost", "share", "branch", across="T", variant="stability", line="line",
            rules={"break": 1.6}, **WORDS
        ),
    }  # fmt: skip
    for chart in draw.values():
        assert chart().to_json() == chart().to_json()


# -- titles that state a finding ----------------------------------------------------------------------------------


def test_japan_lost_share_everywhere_and_china_and_india_alone_did_not_lose_textiles() -> None:
    frame = story.world_shares().set_index(["industry", "economy", "year"])["value"].sort_index()
    change = frame.xs(2011, level="year") - frame.xs(1995, level="year")
    assert (change.xs("JPN", level="economy") < 0).all()
    textiles = change["Textiles"]
    assert set(textiles[textiles > 0].index) == {"CHN", "IND", "ROW"}
    assert textiles["IND"] < 0.2
    # Computed by hand from the sector panel: vax of c14 in 2011, Japan over the world.
    sectors = gvc.load_panel("wiod2013_sectors").query("flow == 'vax' and year == 2011 and sector == 'c14'")
    by_hand = 100 * sectors.loc[sectors["origin"] == "JPN", "value"].sum() / sectors["value"].sum()
    assert frame["Electronics", "JPN", 2011] == pytest.approx(by_hand)


def test_the_industrial_follower_exports_only_for_a_while() -> None:
    net = story.product_cycle().set_index(["country", "years"])["net"]
    assert net["Innovating"][1:9].min() > 0 > net["Innovating"][15:].max()
    exporting = net["Industrial"] > 0
    assert not exporting.iloc[0]
    assert exporting.astype(int).diff().abs().sum() == 2


def test_the_incentive_changes_sign_as_the_text_says() -> None:
    frame = story.incentive()
    lead = frame[(frame["share"] > 50.1)]
    model = CorePeriphery()
    above = lead[(lead[story.TRADE_COST] > model.sustain_point())]
    assert (above["gap"] < 0).all()
    below = frame[frame[story.TRADE_COST] < model.break_point()]
    rises = below.groupby(story.TRADE_COST)["gap"].apply(lambda gap: (gap.diff().dropna() > 0).all())
    assert rises.all()


def test_domestic_content_as_titled() -> None:
    content = story.domestic_content().pivot(index="year", columns="economy", values="value")
    assert content["CHN"].idxmin() == 2005
    for code in ("KOR", "TWN"):
        assert content[code].idxmin() == 2008
        assert content.loc[2011, code] > content.loc[2008, code]
