"""Trials of the duty on China: cases by hand, and what the book holds."""

import pytest

from chapters.frontier import what_if_step
from industrial_chains.trade_model import inputs
from pipeline.oecd import read


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
        assert kept.loc[(one.trial, one.case), "cost"] == pytest.approx(again["cost"], rel=1e-4, abs=1e-6), one.trial


def test_the_whole_table_as_the_book_holds_it(test_data) -> None:
    whole = read(test_data / "data" / "oecd_icio", 2022)
    case = next(one for one in what_if_step._whole(whole) if one.case == "lashkaripour_lugovskyy_2023")
    again = what_if_step.solved(case)
    kept = inputs.trials().set_index(["trial", "case"]).loc[("whole", "lashkaripour_lugovskyy_2023")]
    assert kept["buyer"] == pytest.approx(again["buyer"], rel=1e-4)
    assert kept["fall"] == pytest.approx(again["fall"], rel=1e-4)
