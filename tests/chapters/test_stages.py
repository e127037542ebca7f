"""Stages: foreign value in final goods, as titled."""

import pandas as pd
import pytest

from chapters.theory import stages
from exhibits import sliders
from gvc.panel import DATA
from industrial_chains import waves_by_industry
from industrial_chains.models.tasks import Tasks
from industrial_chains.sources import LRWIOD, OECD, WIOD


def test_foreign_value_rose_to_2008_and_stood_still() -> None:
    world = waves_by_industry.foreign_shares().set_index(["database", "industry", "year"])["value"]
    for industry in ("Electronics", "Cars and other vehicles", "Textiles and clothing", "Steel and other metals"):
        assert world[LRWIOD.label][industry][2000] > 1.5 * world[LRWIOD.label][industry][1965]
        assert 2005 <= world[WIOD.label][industry].idxmax() <= 2008
        late = world["OECD, estimates"][industry]
        assert world[OECD.label][industry][2022] < late[2011] + 1


def test_makers_moved_apart() -> None:
    rows = waves_by_industry.foreign_shares(["JPN", "MEX", "DEU", "CHN", "USA"])
    rows = rows[rows["database"].str.startswith("OECD") & rows["year"].isin([2011, 2022])]
    by_year = rows.pivot(index=["industry", "economy"], columns="year", values="value")
    apart = (by_year[2022] - by_year[2011]).unstack("economy")
    assert len(apart) == 4
    assert apart[["JPN", "MEX", "DEU"]].min().min() > 2.4
    assert apart[["CHN", "USA"]].max().max() < 0
    assert apart.loc["Electronics", ["JPN", "CHN"]].round().tolist() == [9, -6]
    both = waves_by_industry.foreign_shares(("WLD", "CHN")).query("year == 2022")
    by = both.pivot(index="industry", columns="economy", values="value")
    assert (by["CHN"] < by["WLD"]).all()


def test_viet_nams_electronics_hold_more_foreign_value_than_chinas() -> None:
    made = pd.read_csv(DATA / "theory" / "final_goods.csv", keep_default_na=False)
    made = made[made["database"].eq("OECD") & made["year"].eq(2022) & made["industry"].eq("Electronics")]
    due = made.set_index("economy")["foreign"]
    told = stages.numbers()
    assert [told[f"foreign_electronics_{code}"] for code in ("VNM", "CHN")] == pytest.approx([due["VNM"], due["CHN"]])
    assert due["VNM"] > 50
    assert due["CHN"] < 25


@pytest.mark.parametrize("beta", [1.5, 1.6, 2.0, 3.2])
def test_the_page_computes_what_the_model_does(beta: float) -> None:
    drawn, model = stages.turned(), Tasks()
    knobs = {name: knob.base for name, knob in drawn["knobs"].items()} | {"beta": beta}

    def seen(panel: int, name: str) -> float:
        [curve] = [one for one in drawn["panels"][panel].curves if one.name == name]
        assert isinstance(curve, sliders.Curve)
        return float(sliders._at(curve.formula, beta, knobs, dict(drawn["lets"])))

    assert seen(1, "Abroad") == pytest.approx(100 * model.foreign_share(beta))
    assert seen(1, "Home") == pytest.approx(100 - 100 * model.foreign_share(beta))
    assert seen(0, "Home's wage") == pytest.approx(model.wage(beta))


def test_curve_and_knob_end_where_all_tasks_are_abroad() -> None:
    drawn = stages.turned()
    knobs = {name: knob.base for name, knob in drawn["knobs"].items()} | {"beta": 1.0}
    for curve in drawn["panels"][1].curves:
        assert isinstance(curve, sliders.Curve)
        at = [float(sliders._at(curve.across, x, knobs, dict(drawn["lets"]))) for x in (1.0, 1.4, 1.5, 1.6)]
        assert at == [1.5, 1.5, 1.5, 1.6]
    (point, *_) = drawn["panels"][1].points
    assert float(sliders._at(point.x, 0.0, knobs, dict(drawn["lets"]))) == 1.5


def test_answers_to_exercises() -> None:
    # By hand, with a gap of three and a spread of two: 1 - sqrt(1 - 2 (3/2.5 - 1) / 2), and with a spread of one.
    told = stages.numbers()
    assert told["tasks_abroad_base"] == pytest.approx(100 * (1 - 0.8**0.5))
    assert told["tasks_abroad_alike"] == pytest.approx(100 * (1 - 0.6**0.5))
    # At the end Omega is (1 + 2/2) / (1 + 2), and labour in tasks is six tenths of the good.
    assert told["coordination_at_end"] == 1.5
    assert told["foreign_share_at_end"] == pytest.approx(60)
    frame = pd.read_csv(DATA / "theory" / "final_goods.csv", keep_default_na=False)
    frame = frame[frame["database"].eq("WIOD") & frame["economy"].eq("WLD") & frame["industry"].eq("Electronics")]
    assert told["year_foreign_electronics_highest"] == frame.set_index("year")["foreign"].idxmax() == 2007
