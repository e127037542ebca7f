"""Tables carried to known years: one base by plain arrays, and what is kept."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gvc import panel
from gvc.icio import ICIO
from gvc.sources import read_icio
from industrial_chains import nowcasts
from pipeline import nowcast_trial as step
from pipeline.oecd import read

GOODS = 16


@pytest.fixture(scope="module")
def wiod(test_data: Path) -> dict[int, ICIO]:
    return {year: read_icio(test_data / f"data/wiod2013/wiod{year % 100:02d}.rda") for year in (2008, 2011)}


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast_trial.csv")
    return rows.set_index(["database", "kind", "base", "year", "draw"]).sort_index()


def cells(icio: ICIO) -> tuple[np.ndarray, np.ndarray]:
    """Z as (G, N, G, N), and Y as (G, N, G)."""
    G, N = len(icio.economies), len(icio.sectors)
    return icio.Z.copy().reshape(G, N, G, N), icio.Y.copy().reshape(G, N, G)


def by_scaling(before: ICIO, after: ICIO) -> tuple[np.ndarray, np.ndarray]:
    """Carry one table to the totals of the other by scaling whole arrays in turn, 300 times."""
    Z, Y = cells(after)
    goal = Z[:, :GOODS].sum(axis=(1, 3)) + Y[:, :GOODS].sum(axis=1)
    Z, Y = cells(before)
    G = len(Z)
    share = before.Z.sum(axis=0) / np.where(before.x, before.x, 1)
    gdp = [(one.x - one.Z.sum(axis=0)).reshape(G, -1).sum(axis=1) for one in (before, after)]
    grew = gdp[1] / gdp[0]
    between = np.sqrt(np.outer(grew, grew))
    lost = (before.x - before.Z.sum(axis=1) - before.Y.sum(axis=1)).reshape(G, -1) * grew[:, None]
    own = np.arange(G)
    for r in own:
        goal[r, r] = (Z[r, :GOODS, r].sum() + Y[r, :GOODS, r].sum()) * grew[r]
    Z[:, GOODS:] *= between[:, None, :, None]
    Y[:, GOODS:] *= between[:, None, :]
    Z[own, :GOODS, own] *= grew[:, None, None]
    Y[own, :GOODS, own] *= grew[:, None]
    for _ in range(300):
        total = Z[:, :GOODS].sum(axis=(1, 3)) + Y[:, :GOODS].sum(axis=1)
        factor = np.where(total > 0, goal / np.where(total > 0, total, 1), 1)
        factor[own, own] = 1
        Z[:, :GOODS] *= factor[:, None, :, None]
        Y[:, :GOODS] *= factor[:, None, :]
        x = (Z.sum(axis=(2, 3)) + Y.sum(axis=2) + lost).ravel()
        bought = Z.sum(axis=(0, 1)).ravel()
        Z *= np.where(bought > 0, share * x / np.where(bought > 0, bought, 1), 1).reshape(G, -1)
        made = ((1 - share) * x).reshape(G, -1).sum(axis=1)
        Y[own, :, own] *= (gdp[1] / made)[:, None]
    N = Z.shape[1]
    return Z.reshape(G * N, G * N), Y.reshape(G * N, G)


def by_hand(economies: tuple[str, ...], Z: np.ndarray, Y: np.ndarray, x: np.ndarray) -> dict[str, float]:
    """Shares and the route by the whole inverse."""
    at, G = economies.index, len(economies)
    home = np.repeat(np.arange(G), len(x) // G)
    A = Z / np.where(x, x, 1)
    V = np.eye(G)[home].T * (1 - A.sum(axis=0))
    earned = V @ np.linalg.inv(np.eye(len(x)) - A)
    exports = Z @ np.eye(G)[home] + Y
    exports[np.arange(len(x)), home] = 0
    of_mexico = earned @ np.where(home == at("MEX"), exports.sum(axis=1), 0)
    usa = home == at("USA")
    final = Y[:, at("USA")]
    inside = np.linalg.solve(np.eye(usa.sum()) - A[np.ix_(usa, usa)], final[usa])
    crossing = np.where(usa, 0, final + A[:, usa] @ inside)
    china = earned[at("CHN")] * crossing
    return {
        "share CHN MEX": 100 * of_mexico[at("CHN")] / (of_mexico.sum() - of_mexico[at("MEX")]),
        "route CHN": 100 * china[home == at("CHN")].sum() / china.sum(),
        "route MEX": 100 * china[home == at("MEX")].sum() / china.sum(),
        "dollars straight": china[home == at("CHN")].sum() / 1e3,
        "dollars all": earned[at("CHN")] @ final / 1e3,
    }


def test_a_base_of_wiod_by_plain_arrays(wiod, kept) -> None:
    Z, Y = by_scaling(wiod[2008], wiod[2011])
    x = Z.sum(axis=1) + Y.sum(axis=1)
    found = by_hand(wiod[2008].economies, Z, Y, x)
    row = kept.loc["WIOD", nowcasts.EXACT, 2008, 2011, 0]
    for measure, value in found.items():
        assert row[measure] == pytest.approx(value, rel=2e-3), measure
    assert found["share CHN MEX"] == pytest.approx(17.24, abs=0.01), "17.38 came, and 13.45 was there"
    assert found["dollars straight"] == pytest.approx(283.48, abs=0.01), "billions; 289.96 came, and 228.87 was there"


def test_mean_errors_on_wiod_are_those_of_the_trial() -> None:
    """Points, of the shares of China, Japan and Korea in the exports of Indonesia, India and Mexico."""
    found = nowcasts.mean_errors().loc["WIOD", "share"]
    assert found[nowcasts.EXACT].round(2).tolist() == [0.32, 0.42, 0.47]
    assert found[nowcasts.NO_CHANGE].round(2).tolist() == [0.69, 1.18, 1.73]
    assert found[nowcasts.NO_GDP].round(2).tolist() == [0.36, 0.53, 0.69]
    assert found[nowcasts.TREND].round(2).tolist() == [0.81, 1.18, 1.43]
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast_trial.csv").query("database == 'WIOD'")
    came = rows[rows["kind"] == "table"].set_index("year")["dollars straight"]
    tried = rows[(rows["kind"] == "exact") & (rows["year"] - rows["base"] == 3)]
    due = (100 * (tried["dollars straight"] / came[tried["year"]].to_numpy() - 1)).abs().mean()
    off = nowcasts.mean_errors()[nowcasts.EXACT]["WIOD", "dollars straight", 3]
    assert off == pytest.approx(due) == pytest.approx(3.19, abs=0.005), "percent of what came"


def test_noise_is_what_customs_and_tables_differ_by(test_data) -> None:
    """China's exports to two dozen partners over three years, by the IMF's print and by the OECD's flows."""
    own = pd.read_csv(test_data / "data" / step.CHINAS).query("months == 12")
    own = own.pivot(index="year", columns="partner", values="china_exports_musd")
    goods = pd.read_csv(panel.DATA / "frontier" / "goods.csv")
    flows = goods.pivot(index="year", columns="economy", values="from_CHN")
    gap = (np.log(own) - np.log(flows.reindex(columns=own.columns))).diff(3).dropna(how="all").dropna(axis=1)
    assert gap.shape == (3, 24)
    american = pd.read_csv(panel.DATA / "frontier" / "us_imports.csv").dropna(subset="imports")["year"]
    assert (american.min(), flows.index.max()) == (2013, 2022), "differed from 2013 to 2022"
    chinese = gap.var(axis=1).mean()
    assert np.sqrt(chinese) == pytest.approx(0.18, abs=0.005)
    known = {}
    for year, rows in goods.groupby("year"):
        of = rows.set_index("economy")
        trade = pd.DataFrame(index=of.index, columns=of.index, dtype=float)
        trade["USA"], trade.loc["CHN"] = of["to_USA"], of["from_CHN"]
        known[year] = made_up(trade, pd.Series(1.0, of.index))
    noise = pd.DataFrame({ahead: vars(found) for ahead, found in step.noises(test_data / "data", known).items()}).T
    assert noise["pair"][3] ** 2 == pytest.approx((chinese + 0.109**2) / 2, rel=0.02), "and the mean of both reporters"
    assert (noise.diff().dropna() > 0).all(axis=None), "it grows with the years"


def made_up(trade: pd.DataFrame, gdp: pd.Series) -> step.Year:
    """Make a year up, of which trade and GDP are known and no table is asked for."""
    return step.Year(None, {}, trade, gdp)


def test_noise_by_hand(tmp_path, monkeypatch) -> None:
    """Each year customs grow by more than tables: of the United States by 0.1 and 0.3, of China by -0.2 and 0.2."""
    years, codes = range(2019, 2023), ["CHN", "USA", "JPN", "KOR"]
    grew = np.add.outer([0.1, 0.4, 0.2, 0.7], [0.3, 0.2, 0.5, 0.1])
    known = {
        year: made_up(pd.DataFrame(np.exp(grew * t), codes, codes), pd.Series(np.exp(0.2 * t), codes))
        for t, year in enumerate(years)
    }
    american, chinese = (
        pd.DataFrame({code: [np.exp((table[code] + more) * t) for t in range(4)] for code, more in gaps}, years)
        for table, gaps in (
            (dict(zip(codes, grew[:, 1], strict=True)), (("JPN", 0.1), ("KOR", 0.3))),
            (dict(zip(codes, grew[0], strict=True)), (("JPN", -0.2), ("KOR", 0.2))),
        )
    )
    monkeypatch.setattr(step, "_american", lambda: american.assign(ROW=1.0))
    monkeypatch.setattr(step, "_chinese", lambda folder: chinese)
    rows = [
        (year, code, np.exp((0.2 + more) * t))
        for t, year in enumerate(years)
        for code, more in (("CHN", 0.05), ("USA", -0.05))
    ]
    (tmp_path / step.OUTLOOK).parent.mkdir(parents=True)
    pd.DataFrame(rows, columns=["year", "iso", "ngdpd"]).to_csv(tmp_path / step.OUTLOOK, index=False)
    for ahead, found in step.noises(tmp_path, known).items():
        pair, side = np.sqrt((0.02 + 0.08) / 2), np.sqrt((0.2**2 + 0) / 2)
        assert vars(found) == pytest.approx({"pair": ahead * pair, "side": ahead * side, "gdp": ahead * 0.05})


def test_a_path_is_tried_where_its_end_is_known() -> None:
    codes = ["CHN", "USA"]
    known = {year: made_up(pd.DataFrame(1.0, codes, codes), pd.Series(1.0, codes)) for year in range(2019, 2023)}
    noise = dict.fromkeys(nowcasts.AHEAD, step.Noise(0.1, 0.05, 0.02))
    known_of = {id(one): year for year, one in known.items()}
    asked = step.cases("WIOD", known, noise, np.random.SeedSequence(1))
    paths = {(known_of[id(case.base)], case.ahead) for case in asked if case.kind == nowcasts.PATH}
    assert paths == {(2019, 1), (2019, 2)}


def test_chinas_pairs_grow_as_customs_of_either_side_count_them(tmp_path, monkeypatch) -> None:
    codes = ["CHN", "USA", "VNM"]
    known = {
        year: made_up(pd.DataFrame(factor, codes, codes), pd.Series(factor, codes))
        for year, factor in ((2019, 1.0), (2022, 3.0))
    }
    monkeypatch.setattr(step, "_american", lambda: pd.DataFrame({"CHN": {2019: 200.0, 2022: 100.0}}))
    monkeypatch.setattr(step, "_chinese", lambda folder: pd.DataFrame({"USA": {2019: 100.0, 2022: 80.0}}))
    found = {case.kind: case for case in step.counted(tmp_path, known)}
    due = {nowcasts.CHINAS: 0.8, nowcasts.AMERICAN: 0.5, nowcasts.BLENDED: (0.8 * 0.8 * 0.5) ** (1 / 3)}
    assert {kind: case.trade.loc["CHN", "USA"] for kind, case in found.items()} == pytest.approx(due)
    for case in found.values():
        assert (case.base.trade == 1).all(axis=None)
        assert case.trade.loc["USA"].eq(3).all()
        assert case.trade.loc["CHN", "VNM"] == 3, "which no customs count"


def test_measures_of_tables_by_the_whole_inverse(wiod, kept, test_data) -> None:
    for database, icio in (("WIOD", wiod[2011]), ("OECD", read(test_data / "data" / "oecd_icio"))):
        found = by_hand(icio.economies, icio.Z, icio.Y, icio.x)
        row = kept.loc[database, nowcasts.TABLE, icio.year, icio.year, 0]
        for measure, value in found.items():
            assert row[measure] == pytest.approx(value, rel=1e-4), measure
    assert found["dollars straight"] == pytest.approx(429.41, abs=0.01), "billions of 2022"
    assert found["dollars all"] == pytest.approx(545.88, abs=0.01)
    assert found["route CHN"] == pytest.approx(78.66, abs=0.01)


def test_what_is_kept_is_computed_anew(wiod, kept) -> None:
    known = {year: step.Year.of(icio) for year, icio in wiod.items()}
    noise = {3: step.Noise(0.1, 0.05, 0.02)}
    asked = list(step.cases("WIOD", known, noise, np.random.SeedSequence(1)))
    assert [case.kind for case in asked[:3]] == [nowcasts.EXACT, nowcasts.NO_GDP, nowcasts.GROSS]
    assert [case.kind for case in asked[3:]] == [nowcasts.NOISY] * step.DRAWS, "no path without the years between"
    for case in asked[:3]:
        found = pd.Series(step.tried(case)).drop(["database", "kind", "draw", "base", "year"])
        due = kept.loc["WIOD", case.kind, 2008, 2011, 0][found.index]
        np.testing.assert_allclose(found.astype(float), due, rtol=1e-4)


def test_noise_is_drawn_as_wide_as_it_was_measured() -> None:
    codes = [f"E{number}" for number in range(60)]
    trade, made = pd.DataFrame(1.0, codes, codes), pd.Series(1.0, codes)
    noisy, gdp = step.disturbed(trade, made, step.Noise(0.15, 0.04, 0.05), np.random.default_rng(7))
    logs = np.log(noisy.to_numpy())
    assert logs.std() == pytest.approx(np.sqrt(0.15**2 + 2 * 0.04**2), rel=0.05)
    assert logs.mean(axis=1).std() == pytest.approx(np.sqrt(0.04**2 + 0.15**2 / 60), rel=0.3)
    assert np.log(gdp).std() == pytest.approx(0.05, rel=0.2)
    assert logs.mean(axis=0).std() == pytest.approx(np.sqrt(0.04**2 + 0.15**2 / 60), rel=0.3), "importers err, too"
    assert abs(np.corrcoef(logs.mean(axis=0), logs.mean(axis=1))[0, 1]) < 0.4, "and by themselves"


def test_on_a_path_only_pairs_that_customs_count_are_known_each_year() -> None:
    codes = ["CHN", "USA", "VNM"]
    path = step.along(pd.DataFrame(5.0, codes, codes), pd.DataFrame(8.0, codes, codes), 1)
    assert path.loc["VNM"].tolist() == pytest.approx([5, 5, 2]), "a third of the way of 8 is 2"
    assert path.loc["USA"].tolist() == pytest.approx([5, 5, 2])
    assert path.loc["CHN"].tolist() == pytest.approx([5, 5, 5])
