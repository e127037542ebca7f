"""Estimates fitted to published shares: what they meet, what they keep, and what they are not told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import GvcError
from industrial_chains import data
from industrial_chains.sources import OECD
from pipeline.oecd import shares, tables, trial
from pipeline.oecd.pieces import by_sector, read_flows, read_pieces
from pipeline.oecd.tables import Factors, estimate, whole_table
from tests.layouts import known
from tests.pipeline import pieces as written

ECONOMIES = ("CHN", "EGY", "JPN", "MEX", "ZAF", "ROW")
INDUSTRIES = ("A01", "C17_18", "C26", "G", "J61", "T")
G, GOODS, N = 6, 3, 6
BASE, OTHER = known(ECONOMIES, INDUSTRIES, seed=1, year=2022), known(ECONOMIES, INDUSTRIES, seed=2, year=2017)
FLOWS = trial.cut(OTHER, GOODS).flows


def by_hand(icio: gvc.ICIO) -> pd.DataFrame:
    """Compute the three shares with the full inverse."""
    B = np.linalg.inv(np.eye(G * N) - icio.Z / icio.x)
    v, home = 1 - icio.Z.sum(axis=0) / icio.x, np.repeat(np.arange(G), N)
    sales = icio.Z.reshape(G * N, G, N).sum(axis=2) + icio.Y
    rows = {}
    for r, code in enumerate(ECONOMIES):
        earned = (v * (home == r)) @ B
        sent = sales.sum(axis=1) - sales[np.arange(G * N), home]
        content = np.array([(earned * sent)[home == s].sum() for s in range(G)])
        absorbed, exports = earned @ icio.Y, sent[home == r].sum()
        abroad = absorbed.sum() - absorbed[r]
        rows[code] = (content[r] / exports, abroad / absorbed.sum(), (content.sum() - content[r]) / exports)
    return 100 * pd.DataFrame.from_dict(rows, orient="index", columns=["EXGR_DVA", "FFD_DVA", "FEXGR_DVA"])


def test_shares_by_the_full_inverse() -> None:
    pd.testing.assert_frame_equal(shares.of_economies(BASE), by_hand(BASE), rtol=1e-9)


def test_a_fitted_estimate_has_the_shares_and_keeps_the_flows() -> None:
    """Shares that known factors have made: they, and so the factors, are found again."""
    random = np.random.default_rng(3)
    truth = Factors(*(np.append(random.uniform(-0.3, 0.3, G - 1), 0) for _ in range(2)))
    due = by_hand(estimate(BASE, FLOWS, truth))[list(shares.FITTED)]
    due.loc["ROW"] = np.nan
    found = shares.fit_to(BASE, FLOWS, due)
    np.testing.assert_allclose(found, truth, atol=0.002)
    made = estimate(BASE, FLOWS, found)
    got = by_hand(made)[list(shares.FITTED)]
    assert (got - due).drop("ROW").abs().to_numpy().max() < 0.0005
    plain = by_hand(estimate(BASE, FLOWS))[list(shares.FITTED)]
    assert (plain - due).abs().max().max() > 1, "not for nothing"
    sold = made.Z.reshape(G, N, G, N).sum(axis=3) + made.Y.reshape(G, N, G)
    np.testing.assert_allclose(by_sector(sold.transpose(0, 2, 1), GOODS), FLOWS.X, rtol=1e-9)
    np.testing.assert_allclose(made.Z.sum(axis=0) + made.va + made.taxes, made.x, rtol=1e-9)


def test_what_the_two_factors_move() -> None:
    """Japan alone: odds of inputs in output by 1.2, of imports as inputs by 1.5 to the power of the weight."""
    logs = np.zeros((2, G))
    logs[:, 2] = np.log([1.5, 1.2])
    plain, made = estimate(BASE, FLOWS), estimate(BASE, FLOWS, Factors(*logs))
    a, b = (one.Z.sum(axis=0) / one.x for one in (plain, made))
    ratio = ((b / (1 - b)) / (a / (1 - a))).reshape(G, N)
    np.testing.assert_allclose(ratio[2], 1.2, rtol=1e-6)
    np.testing.assert_allclose(np.delete(ratio, 2, axis=0), 1, rtol=1e-6)
    x = made.x.reshape(G, N)[2]
    sold = (made.Z.reshape(G, N, G, N).sum(axis=3) + made.Y.reshape(G, N, G))[2]
    exported = sold.sum(axis=1) - sold[:, 2]
    weights = exported / x / (exported.sum() / x.sum())
    for industry in range(N):  # China's electronics against Japan's own, for an industry against final demand
        moved = [
            one.Z[2, 12 + industry] / one.Y[2, 2] / (one.Z[14, 12 + industry] / one.Y[14, 2]) for one in (plain, made)
        ]
        assert moved[1] / moved[0] == pytest.approx(1.5 ** weights[industry], rel=1e-6)


def test_shares_that_have_no_odds_stay() -> None:
    """One of a half has three times its odds with three quarters; inputs above output are left as they are."""
    assert tables._with_odds(np.array([0, 0.5, 1, 1.5]), np.array(3.0)).tolist() == [0, 0.75, 1, 1.5]


def test_shares_are_moved_as_published_ones_are() -> None:
    """Mexico's of 2022 is two points too high in the table, and so in another year. The rest of the world has none."""
    rows = ["MEX", "ROW"]
    then, now, table = (
        pd.DataFrame({"EXGR_DVA": [e, 80.0], "FFD_DVA": [f, 20.0], "FEXGR_DVA": 10.0}, rows)
        for e, f in ((70.0, 25.0), (66.0, 27.0), (68.0, 28.0))
    )
    due = shares.wanted(then, now, table)
    assert due.loc["MEX"].to_dict() == {"EXGR_DVA": 72.0, "FFD_DVA": 26.0}
    assert due.loc["ROW"].isna().all()


def test_the_step_finds_the_factors_of_a_year(tmp_path: Path) -> None:
    """Published shares are half a point above those of the tables in 2022, and so in 2017."""
    folder = written.write(tmp_path / "oecd_icio", BASE, GOODS, [OTHER])
    table, flows = whole_table(read_pieces(folder)), read_flows(folder / "ICIO2017.mat")
    truth = Factors(*(np.append(np.log(values), 0) for values in ((1.2, 0.9, 1, 1.1, 0.8), (0.9, 1.1, 1.2, 1, 0.95))))
    rows = [
        (year, "WXD" if area == "ROW" else area, measure, value + 0.5)
        for year, icio in ((2017, estimate(table, flows, truth)), (2022, table))
        for (area, measure), value in by_hand(icio).stack().items()
    ]
    (tmp_path / "oecd_tiva").mkdir()
    frame = pd.DataFrame(rows, columns=["TIME_PERIOD", "REF_AREA", "MEASURE", "OBS_VALUE"])
    frame.to_csv(tmp_path / "oecd_tiva" / "oecd_tiva_mainsh_2012_2022_selected.csv", index=False)
    weights = pd.DataFrame([(2022, "CHN", "JPN", 0.25)], columns=["year", "source", "exposed", "weight"])
    weights.to_csv(tmp_path / "oecd_tiva" / "va_in_final_demand_shares.csv", index=False)
    assert shares.published(tmp_path / "oecd_tiva").of_origins[2022, "CHN", "JPN"] == 25, "percent"
    shares.main(tmp_path, tmp_path)
    found = pd.read_csv(tmp_path / "oecd_fit.csv")
    assert found[["year", "economy"]].to_numpy().tolist() == [[2017, code] for code in ECONOMIES[:-1]]
    np.testing.assert_allclose(found[["imported", "inputs"]], np.exp(np.array(truth).T[:-1]), atol=0.002)


def test_shares_that_no_factors_give() -> None:
    due = by_hand(OTHER)[list(shares.FITTED)]
    due.loc["JPN"] = 99.9, 0.01
    with pytest.raises(GvcError, match=r"published shares of JPN in 2017: expected factors .* found .* points missing"):
        shares.fit_to(BASE, FLOWS, due, rounds=3)


def test_factors_that_are_shipped() -> None:
    for year, other in ((2011, 2012), (2000, 2012)):
        for one, two in zip(shares.factors(BASE, year), shares.factors(BASE, other), strict=True):
            np.testing.assert_array_equal(one, two)
    assert (shares.factors(BASE, 2012).inputs != shares.factors(BASE, 2013).inputs)[:-1].all()
    stranger = known(("CHN", "MNG", "ROW"), INDUSTRIES, seed=1, year=2022)
    with pytest.raises(GvcError, match="factors of 2017: expected one of each economy; found none of MNG"):
        shares.factors(stranger, 2017)
    frame = data.table("oecd_fit")
    assert frame.groupby("year").size().to_dict() == dict.fromkeys(range(2012, 2022), 80)


@pytest.mark.parametrize("year", range(2012, 2022))
def test_the_panel_has_the_published_shares(test_data: Path, year: int) -> None:
    """Moved by what the table of 2022 cannot show: the same in all years. Nothing but plain pandas here."""
    frame = pd.read_csv(test_data / "data/oecd_tiva/oecd_tiva_mainsh_2012_2022_selected.csv")
    wide = frame.pivot_table(index=["TIME_PERIOD", "REF_AREA"], columns="MEASURE", values="OBS_VALUE")
    off = {}
    for one in (year, 2022):
        content, absorbed = OECD.matrix("va_exports", one), OECD.matrix("va_final_demand", one)
        own = {code: 100 * content.at[code, code] / content[code].sum() for code in content.columns[:-1]}
        home = {code: 100 * (1 - absorbed.at[code, code] / absorbed.loc[code].sum()) for code in own}
        ours = pd.DataFrame({"EXGR_DVA": own, "FFD_DVA": home})
        off[one] = (ours - wide.loc[one, ["EXGR_DVA", "FFD_DVA"]]).dropna()
    assert len(off[year]) == 80
    assert (off[year] - off[2022]).abs().to_numpy().max() < 0.001
    assert off[2022].abs().max(axis=1).nlargest(2).index.tolist() == ["MEX", "CHN"]
