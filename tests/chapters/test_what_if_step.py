"""Trials of the duty on China: cases by hand, and what the book holds."""

import pytest

from chapters.frontier import what_if_step
from industrial_chains.trade_model import inputs
from pipeline.oecd import read


def test_what_was_collected_in_2022() -> None:
    """On electronics from China the duty was a fourteenth or so, on goods from Mexico next to nothing."""
    rates = what_if_step.collected(inputs.table(2022), 2022)
    rows = inputs.us_imports().query("year == 2022 and partner == 'CHN' and industry == 'C26'")
    assert rates.loc[("CHN", "C26"), "USA"] == pytest.approx(float((rows["duty"] / rows["imports"]).iloc[0]))
    assert rates.loc["USA"].to_numpy().sum() == 0
    assert rates.loc["CHN"].drop(columns="USA").to_numpy().sum() == 0
    assert rates.loc["MEX"]["USA"].max() < 0.02 < rates.loc["CHN"]["USA"].max()


def test_each_case_is_what_the_book_holds() -> None:
    """The first draw and the studies' cases of one study, solved again."""
    kept = inputs.trials().set_index(["trial", "case"])
    cases = [next(what_if_step._of_draws()), *what_if_step._of_studies()]
    asked = [one for one in cases if one.case in ("0", "fontagne_2022", "4")]
    assert len(asked) == 11
    for one in asked:
        again = what_if_step.solved(one)
        assert kept.loc[(one.trial, one.case), "real"] == pytest.approx(again["real"], rel=1e-4), one.trial
        assert kept.loc[(one.trial, one.case), "buyer"] == pytest.approx(again["buyer"], rel=1e-4), one.trial


def test_the_whole_table_as_the_book_holds_it(test_data) -> None:
    whole = read(test_data / "data" / "oecd_icio", 2022)
    case = next(one for one in what_if_step._whole(whole) if one.case == "lashkaripour_lugovskyy_2023")
    again = what_if_step.solved(case)
    kept = inputs.trials().set_index(["trial", "case"]).loc[("whole", "lashkaripour_lugovskyy_2023")]
    assert kept["buyer"] == pytest.approx(again["buyer"], rel=1e-4)
    assert kept["fall"] == pytest.approx(again["fall"], rel=1e-4)
