"""Draws of what the trade model predicts: as the file has them, and what is drawn."""

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import back_test_step as step
from industrial_chains.trade_model import forecasts, inputs

FIRST, SECOND = forecasts.PERIODS


def test_each_industry_has_the_number_of_a_study() -> None:
    numbers = step.elasticities(np.random.default_rng(1))
    of_studies = inputs.elasticities()
    assert all(drawn in of_studies.loc[industry].to_numpy() for industry, drawn in numbers["imports"].items())
    assert not any((numbers["imports"] == of_studies[study]).all() for study in of_studies)
    home = numbers["home"] / numbers["imports"]
    assert home.max() == pytest.approx(home.min())
    assert 0.5 <= home.min() <= 1


def test_duties_are_dealt_out_among_the_other_partners() -> None:
    before, after = forecasts.duties(SECOND)
    start, mixed = step.mixed_duties(SECOND, np.random.default_rng(1))
    pd.testing.assert_frame_equal(start, before)
    assert mixed.loc["CHN"].to_numpy() == pytest.approx(after.loc["CHN"].to_numpy())
    was, now = ((1 + later) / (1 + earlier) for earlier, later in ((before, after), (start, mixed)))
    assert sorted(now["C26"]) == pytest.approx(sorted(was["C26"]))
    assert not np.allclose(was, now)


@pytest.mark.parametrize(("period", "what", "number"), [(FIRST, "elasticities", 0), (SECOND, "duties", 199)])
def test_the_file_holds_what_the_step_draws(period, what: str, number: int) -> None:
    kinds = [("2017–2022", "elasticities"), ("2017–2022", "duties"), ("2022–2025", "elasticities")]
    place = [*kinds, ("2022–2025", "duties")].index((str(period), what)) * 200 + number
    seed = np.random.SeedSequence(2017).spawn(800)[place]
    row = step._draw(period, what, number, seed)
    rows = forecasts.draws()
    due = rows[(rows["period"] == str(period)) & (rows["what"] == what) & (rows["draw"] == number)].iloc[0]
    assert list(row) == list(rows)
    assert [row[partner] for partner in inputs.PARTNERS] == pytest.approx(due[list(inputs.PARTNERS)].tolist(), abs=2e-3)
