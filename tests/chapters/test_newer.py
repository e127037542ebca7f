"""Newer theory: what the page computes is what the models say; duties, trials and signs by hand."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from chapters.theory import newer
from exhibits.sliders import Curve, SliderChart, saying, value
from gvc import panel
from industrial_chains.models import chain_tariffs, resilience, sourcing, stickiness
from industrial_chains.trade_model import inputs


def _curve(turned: SliderChart, number: int, name: str, x: float, **places: float) -> float:
    """Compute a curve at one place of the axis, as the page does."""
    known = {key: knob.base for key, knob in turned["knobs"].items()} | places | {"x": x}
    for key, formula in turned["lets"].items():
        known[key] = value(formula, **known)
    found = [one for one in turned["panels"][number].curves if one.name == name]
    assert isinstance(found[0], Curve)
    return float(value(found[0].formula, **known))


def test_purchases_on_the_page_are_those_of_the_best_choice() -> None:
    turned = newer.where_firms_buy()
    for size, potential, fixed, sigma in product((0.6, 1.5, 3.1), (0.5, 1.3), (0.7, 2.6), (2.0, 3.4, 4.9)):
        model = sourcing.Sourcing((potential, 0.5), (fixed, fixed), sigma)
        shown = [
            _curve(turned, 0, name, size, potential=potential, fixed=fixed, sigma=sigma)
            for name in ("At home", "Source A", "Source B")
        ]
        np.testing.assert_allclose(shown, model.bought(size), rtol=1e-9)


def test_the_sentence_on_sources_names_where_the_choice_turns() -> None:
    turned = newer.where_firms_buy()
    model = sourcing.Sourcing()
    sizes = np.arange(0.5, 3, 0.001)
    chosen = [model.choose(size) for size in sizes]
    first, second = (sizes[next(i for i, one in enumerate(chosen) if source in one)] for source in (0, 1))
    assert saying(turned).startswith(
        f"A firm buys from A from a size of {first:.2f}, and from B, too, from {second:.2f}."
    )
    assert "lowers what it buys at home by 12 per cent" in saying(turned, sigma=2)
    assert saying(turned, sigma=3).endswith("B leaves what it buys at home as it is.")
    # A weak first source and strong complements: both at once.
    assert saying(turned, potential=0.5, sigma=5).startswith("A firm buys from both sources at once")
    both = sourcing.Sourcing((0.5, 0.5), sigma=5)
    assert {len(both.choose(size)) for size in sizes} == {0, 2}


def test_the_band_on_the_page_is_that_of_the_market() -> None:
    turned = newer.temporary()
    for rate, sunk, spread in product((0.75, 1.0, 1.4), (0.0, 0.2, 0.5), (0.4, 0.7)):
        market = stickiness.Market(entry=0.1 + sunk, spread=spread)
        shown = [_curve(turned, 0, name, rate, sunk=sunk, spread=spread) for name in ("Enters", "Stays")]
        np.testing.assert_allclose(shown, [100 * market.enters(rate), 100 * market.stays(rate)])
        shock = 30
        path = market.path([1, 1, 1 + shock / 100, 1.3, 1.3, 1, 1])
        shown = [_curve(turned, 1, "Sunk cost", year, sunk=sunk, spread=spread, shock=shock) for year in range(7)]
        np.testing.assert_allclose(shown, 100 * np.array(path))


def test_risks_and_losses_on_the_page_are_those_of_the_makers() -> None:
    turned = newer.care()
    for cost, sigma, risk in product((0.01, 0.06), (2.0, 6.0), (0.12, 0.4)):
        makers = resilience.Makers(sigma, cost, risk)
        places = {"sigma": sigma, "risk": 100 * risk}
        assert _curve(turned, 0, "Makers", cost, **places) == pytest.approx(100 * makers.private())
        assert _curve(turned, 0, "Best for all", cost, **places) == pytest.approx(100 * makers.social())
        loss = makers.welfare(makers.social()) - makers.welfare(makers.private())
        assert _curve(turned, 1, "Loss", cost, **places) == pytest.approx(100 * loss, abs=1e-9)


def test_duties_on_the_page_are_those_of_the_model() -> None:
    turned = newer.duties_along_chains()
    for part, foreign, epsilon in product((0.0, 0.3, 1.0), (0, 35), (1.5, 5.0)):
        good = chain_tariffs.Good(part, foreign / 100, epsilon)
        assert _curve(turned, 0, "With them", part, foreign=foreign, epsilon=epsilon) == pytest.approx(
            100 * good.best()
        )
    assert saying(turned, part=100).startswith("It is best to subsidise the import")


def test_the_sentence_on_stages_has_the_ends_of_the_middle_line() -> None:
    turned = newer.where_stages_go()
    for cost, share in ((2, 0.3), (24, 0.7), (40, 0.5)):
        places = newer.in_places(cost, share)
        told = saying(turned, cost=cost, share=share)
        assert f"{places[3][1]:.1f} per cent of first stages and {places[3][4]:.1f} per cent of last stages" in told
        np.testing.assert_allclose(places.sum(axis=1), 100)
        np.testing.assert_allclose(places[1], places[5])


def test_the_example_of_chains_is_as_the_text_says() -> None:
    table = newer.cheapest_chains()
    low, high = dict.fromkeys(head for head, _ in table.columns)
    stages = [f"Stage {number}" for number in range(1, 5)]
    assert (table[low][stages].to_numpy()[:, :3] == [1, 5, 5]).all()
    assert table[low]["Stage 4"].tolist() == [1, 2, 3, 4, 5]
    assert (np.abs(table[high][stages].sub(np.arange(1, 6), axis=0)) <= 1).all(axis=None)


def test_the_american_part_is_that_of_the_panel() -> None:
    """The panel has it for all exports of each economy; for goods alone it must be near."""
    flow = pd.read_parquet(panel.DATA / "panel" / "oecd.parquet")
    flow = flow[(flow["flow"] == "va_exports_to_USA") & (flow["year"] == 2022)]
    whole = flow.pivot(index="origin", columns="destination", values="value")
    part = 100 * whole.loc["USA"] / whole.sum()
    found = inputs.american_part(2022)
    for code in ("CHN", "MEX", "CAN", "JPN", "KOR", "VNM"):
        assert found[code] == pytest.approx(part[code], rel=0.25)
    assert found.nlargest(2).index.tolist() == ["MEX", "CAN"]


def test_duties_are_what_customs_collected() -> None:
    rows = pd.read_csv(panel.DATA / "frontier" / "us_imports.csv")
    for year in (2022, 2025):
        sums = rows[rows["year"] == year].groupby("partner")[["imports_to", "duty_to"]].sum()
        rate = 100 * sums["duty_to"] / sums["imports_to"]
        np.testing.assert_allclose(newer.duties(year), rate[newer.duties(year).index])
        # Over all partners nobody pays more than the goods do on average.
        weight = sums["imports_to"][newer.duties(year).index]
        assert (newer.duties(year, beyond=True) * weight).sum() == pytest.approx(0, abs=1e-6 * weight.sum())


def test_chance_is_that_of_ranks_drawn_at_random() -> None:
    frame = newer.tested().set_index(["group", "beyond", "year"])
    generator = np.random.default_rng(1)
    for year, of in ((2022, 2022), (2025, 2022)):
        ranks = [one.rank().to_numpy() for one in (newer.duties(year), inputs.american_part(of))]
        r = np.corrcoef(ranks)[0, 1]
        assert frame["r"]["All partners", False, year] == pytest.approx(r)
        drawn = [np.corrcoef(generator.permutation(ranks[0]), ranks[1])[0, 1] for _ in range(20_000)]
        assert frame["chance"]["All partners", False, year] == pytest.approx(
            100 * np.mean(np.array(drawn) <= r), abs=0.8
        )


def test_the_prediction_on_duties_holds_in_2022_and_not_in_2025() -> None:
    frame = newer.tested()
    passed = frame[frame["chance"] < 5].groupby("year").size()
    assert passed.to_dict() == {2017: 1, 2022: 4, 2024: 3, 2025: 1}
    rates = newer.duties(2025) - newer.duties(2022)
    assert rates["JPN"] > 3 * rates["AUS"]
    part = inputs.american_part(2022)
    assert abs(part["AUS"] - part["JPN"]) < 0.5
    # As the title says: the three with the largest part paid next to nothing.
    assert newer.duties(2022)[part.nlargest(3).index].max() < 0.25


def test_the_small_models_have_the_signs_of_their_theories() -> None:
    signs = np.sign(newer.small_models()).astype(int).to_dict()
    minus = {"lagging", "core_second", "cycle", "kojima_least", "duty", "duty_alike"}
    assert signs == {code: -1 if code in minus else 1 for code in newer.QUESTIONS}


def test_signs_are_told_as_they_are() -> None:
    table = newer.signs()
    assert list(newer.QUESTIONS) == newer.answers().index.tolist()
    told = dict(zip(newer.QUESTIONS, table["Trade model"], strict=True))
    assert (told["learning"], told["core_first"], told["lasting"]) == ("+", "−", "0")
    assert str(told["duty_alike"]) == "− in 6 of 7"
    agree = newer.agreements()
    assert agree["duty_alike"] == "in part"
    assert sorted(agree[agree == "no"].index) == sorted(
        ["lagging", "core_first", "kojima_least", "sources", "stages", "lasting", "duty"]
    )


def test_the_answers_of_the_exercises() -> None:
    numbers = newer.numbers()
    # 1: at σ = 2 the exponent is a half: (2.3 / 1.8)^(-1/2).
    assert numbers["percent_home_falls"] == pytest.approx(100 * (1 - (1.8 / 2.3) ** 0.5))
    # 2: the third stage is in the middle more often than all others.
    dear = newer.in_places(40, 0.5)[3]
    assert dear.idxmax() == 3
    assert (numbers["percent_third_in_middle_dear"], numbers["percent_last_in_middle_dear"]) == (dear[3], dear[4])
    # 3: half of what lies between entry and exit, 0.3 - 0.95 · 0.09 / (2 s).
    market, better = stickiness.Market(), 1 + numbers["shock"] / 100
    left = 100 * (market.path([better, 1])[-1] - market.before())
    assert left == pytest.approx(50 * (0.3 - 0.95 * 0.09))
    assert f"by {left:.1f} points for good" in saying(newer.temporary())
    assert numbers["points_left_when_unsure"] == pytest.approx(50 * (0.3 - 0.95 * 0.09 / 1.6))
    # A rate as good as the better one, or better: the upper end of an even spread.
    above = numbers["shock"] / 100
    assert numbers["percent_as_good"] == pytest.approx(100 * (0.5 - above))
    assert numbers["percent_as_good_when_unsure"] == pytest.approx(100 * (0.8 - above) / 1.6)
    # 4: at a price of cost makers get σ / (σ - 1) of what consumers spend, so that a delivery earns what all gain.
    for sigma, risk in ((3, 0.1), (6, 0.02)):
        makers = resilience.Makers(sigma=sigma)
        paid = risk / (sigma * (1 - risk)) * sigma / (sigma - 1)
        step = 1e-6
        gained = (makers.welfare(risk * np.exp(-step)) - makers.welfare(risk)) / step + makers.cost
        assert gained == pytest.approx(paid, rel=1e-4)
    # 5: 1 - s = 4 · 0.1.
    assert numbers["part_of_no_duty"] == 60
    assert chain_tariffs.Good(0.6, 0.2, 4).best() == pytest.approx(0)
