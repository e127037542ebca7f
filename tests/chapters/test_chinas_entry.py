"""The trade model against what came: what titles and text say, by numbers worked out another way."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import chinas_entry
from gvc import panel

# -- China's entry ------------------------------------------------------------------------------------------------

STORED = pd.read_csv(panel.DATA / "frontier" / "entry.csv")
STUDIES = list(STORED.columns[7:14])
NINE = [*STUDIES, "four", "two_tiers"]
VARIANTS = list(product((1995, 2000), ("goods", "income"), ("all", "manufacturing")))


def rows(what: str, base: int, fitted: str = "goods", scope: str = "all") -> pd.DataFrame:
    """Take changes by place straight from the file."""
    chosen = STORED[(STORED["base"] == base) & (STORED["fitted"] == fitted) & (STORED["scope"] == scope)]
    levels = chosen[chosen["what"] == what].set_index("place").drop(columns=["base", "fitted", "scope", "what"])
    return levels.drop(columns="before").sub(levels["before"], axis=0).rename(columns={"after": "actual"})


def without(moved: pd.DataFrame, what: str) -> pd.DataFrame:
    """Leave out who gained, and what is no economy, among exporters."""
    return moved.drop(["CHN", "ROW"]) if what == "exports" else moved


def correlation(what: str, base: int, fitted: str, scope: str) -> pd.Series:
    moved = without(rows(what, base, fitted, scope), what)
    return pd.Series({name: np.corrcoef(moved[name], moved["actual"])[0, 1] for name in NINE})


def test_who_came_to_buy_is_predicted_in_each_variant() -> None:
    assert len(VARIANTS) * len(NINE) == 72
    every = np.concatenate([correlation("imports", *variant) for variant in VARIANTS])
    assert 0.6 < every.min() < every.max() < 0.8
    for base in (1995, 2000):
        assert correlation("imports", base, "goods", "all")["fontagne_2022"] == pytest.approx(0.72, abs=0.01)


def test_proportion_does_nearly_as_well() -> None:
    """China's share of an importer's goods in the base year, times the growth of its share of all exports."""
    above = 0
    for base, fitted, scope in VARIANTS:
        chosen = STORED[(STORED["base"] == base) & (STORED["fitted"] == fitted) & (STORED["scope"] == scope)]
        before = chosen[chosen["what"] == "imports"].set_index("place")["before"]
        moved = rows("imports", base, fitted, scope)
        r = np.corrcoef(before, moved["actual"])[0, 1]
        above += (correlation("imports", base, fitted, scope) > r).sum()
        assert r == pytest.approx({1995: 0.69, 2000: 0.67}[base], abs=0.005)
        scores = chinas_entry.scored(base, fitted, scope)
        assert scores.loc[("imports", "proportion"), "r"] == pytest.approx(r)
        error = (before * ({1995: 9.5996 / 3.2919, 2000: 9.5996 / 4.1274}[base] - 1) - moved["actual"]).abs().mean()
        assert scores.loc[("imports", "proportion"), "error"] == pytest.approx(error, rel=1e-3)
    assert above == 66


def test_an_importer_and_an_exporter_by_hand() -> None:
    """From 2000: Korea's imports and Japan's exports, in shares of 2000, 2007 and by the model; trend of five years."""
    moved = chinas_entry.moves(2000)
    korea = moved.loc[("imports", "KOR")]
    assert korea[["actual", "fontagne_2022", "proportion", "trend"]].to_list() == pytest.approx(
        [9.39, 8.88, 10.50, 4.11], abs=0.01
    )
    japan = moved.loc[("exports", "JPN")]
    assert japan["proportion"] == pytest.approx(7.486 * ((100 - 9.5996) / (100 - 4.1274) - 1), abs=0.001)
    assert japan["trend"] == pytest.approx(1.4 * (7.486 - 9.002), abs=0.005)
    assert moved["proportion"].loc["link"].isna().all()
    assert chinas_entry.moves(1995)["trend"].isna().all()
    others = moved.drop(("exports", "CHN")).loc["exports", "proportion"]
    assert others.sum() == pytest.approx(-moved.loc[("exports", "CHN"), "actual"], abs=1e-3)


def test_errors_are_means_of_absolute_gaps() -> None:
    for base in (1995, 2000):
        scores = chinas_entry.scored(base)
        for what in ("imports", "exports", "industry"):
            moved = without(rows(what, base), what)
            assert scores.loc[(what, "none"), "error"] == pytest.approx(moved["actual"].abs().mean())
            row = scores.loc[(what, "four")]
            assert row["error"] == pytest.approx((moved["four"] - moved["actual"]).abs().mean())
            assert row["slope"] == pytest.approx(np.polyfit(moved["four"], moved["actual"], 1)[0])


def test_the_region_does_it_and_not_china() -> None:
    for base in (1995, 2000):
        imports, exports = (chinas_entry.placebo().xs(base)[which] for which in ("imports", "exports"))
        assert imports["CHN"] == imports.max()
        assert (imports[["USA", "JPN"]] > imports["CHN"] - 0.06).all()
        assert imports["ITA"] < 0 < imports["BRA"] < imports["CHN"] - 0.2
        assert (exports.drop("ROW") > exports["CHN"]).sum() > 25


def test_size_says_more_of_who_lost_than_the_model() -> None:
    worse = 0
    for base, fitted, scope in VARIANTS:
        chosen = STORED[(STORED["base"] == base) & (STORED["fitted"] == fitted) & (STORED["scope"] == scope)]
        before = without(chosen[chosen["what"] == "exports"].set_index("place")[["before"]], "exports")["before"]
        moved = without(rows("exports", base, fitted, scope), "exports")
        r = np.corrcoef(-before, moved["actual"])[0, 1]
        worse += (correlation("exports", base, fitted, scope) < r).sum()
        assert chinas_entry.scored(base, fitted, scope).loc[("exports", "proportion"), "r"] == pytest.approx(r)
        relative = [np.corrcoef(moved[name] / before, moved["actual"] / before)[0, 1] for name in NINE]
        assert chinas_entry.relative_r(base, fitted, scope).to_list() == pytest.approx(relative)
        assert max(relative) < 0.08
    assert worse == 71


def test_no_variant_explains_what_japan_lost() -> None:
    for base, fitted, scope in VARIANTS:
        if fitted == "goods":
            moved = rows("exports", base, fitted, scope)
            assert (moved.loc["JPN", NINE] / moved.loc["JPN", "actual"]).max() < 0.22
            assert (moved.loc["USA", NINE] / moved.loc["USA", "actual"]).max() < 0.30
            assert moved.loc["KOR", "actual"] > 0 > moved.loc["KOR", NINE].max()
    shown = rows("exports", 2000).loc[list(chinas_entry.EXPORTERS)]
    assert shown["actual"].nsmallest(2).index.tolist() == ["USA", "JPN"]
    assert set(shown.index[shown["actual"] > 0]) == {"KOR", "IND", "RUS", "DEU"}
    assert shown["fontagne_2022"].idxmin() == "USA"


def test_one_study_alone_is_better_than_four_for_all() -> None:
    for variant in VARIANTS:
        r = correlation("industry", *variant)
        assert [study for study in STUDIES if r[study] > r["four"]] == ["bagwell_staiger_yurukoglu_2021"]


def test_the_factor_that_fits_exports_makes_china_too_rich() -> None:
    income = STORED[(STORED["what"] == "income") & (STORED["fitted"] == "goods")]
    too_rich = income[NINE].gt(income["after"], axis=0).groupby(income["scope"]).sum().sum(axis=1)
    assert too_rich["all"] == 17
    apart = (
        income[NINE].sub(income["after"], axis=0).abs().groupby([income["base"], income["scope"]]).mean().mean(axis=1)
    )
    for base in (1995, 2000):
        assert apart[base, "manufacturing"] < 0.4 * apart[base, "all"]


def test_links_and_origins_that_are_missed() -> None:
    for base in (1995, 2000):
        link = rows("link", base).loc["CHN-JPN"]
        assert link["actual"] < 0 < link[NINE].min()
        mexico = rows("origin", base).loc["MEX"]
        assert mexico[NINE].max() < 0.6 * mexico["actual"]


def test_the_table_shows_both_bases_and_each_way() -> None:
    table = chinas_entry.table_of_tests()
    assert table.shape == (6, 10)
    assert table[("Mean error, points", "Trend")].isna().tolist() == [True] * 3 + [False] * 3
    others = table.iloc[4]
    assert others["Mean error, points"].round(2).tolist() == [0.46, 0.61, 0.42, 0.42]
    assert others["Correlation"].round(2).tolist() == [-0.05, 0.68, 0.61, 0.62, 0.50, 0.65]
