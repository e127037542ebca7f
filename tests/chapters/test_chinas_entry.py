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
VARIANTS = list(product((1995, 2000), ("industries", "all", "manufacturing")))


def levels(what: str, base: int, fit: str = "industries") -> pd.DataFrame:
    """Take levels by place straight from the file."""
    chosen = STORED[(STORED["base"] == base) & (STORED["fit"] == fit) & (STORED["what"] == what)]
    return chosen.set_index("place").drop(columns=["base", "fit", "what"])


def rows(what: str, base: int, fit: str = "industries") -> pd.DataFrame:
    """Take changes by place; of exporters without who gained, and what is no economy."""
    of = levels(what, base, fit)
    moved = of.drop(columns="before").sub(of["before"], axis=0).rename(columns={"after": "actual"})
    return moved.drop(["CHN", "ROW"]) if what == "exports" else moved


def correlation(what: str, base: int, fit: str = "industries") -> pd.Series:
    moved = rows(what, base, fit)
    return pd.Series({name: np.corrcoef(moved[name], moved["actual"])[0, 1] for name in [*NINE, "proportion"]})


def test_who_came_to_buy_is_predicted_as_well_by_a_rule() -> None:
    for base in (1995, 2000):
        r = correlation("imports", base)
        assert r["fontagne_2022"] == pytest.approx({1995: 0.73, 2000: 0.72}[base], abs=0.005)
        assert (r[NINE] - r["proportion"]).abs().max() < 0.025, "no better, and no worse"
        scores = chinas_entry.scored(base).loc["imports", "r"]
        assert scores[r.index].to_list() == pytest.approx(r.to_list())


def test_an_importer_and_an_exporter_by_hand() -> None:
    """From 2000: Japan's exports in shares of 2000 and 2007, and by one factor for all goods; trend of five years."""
    moved = chinas_entry.moves(2000)
    assert moved.loc[("imports", "KOR"), ["actual", "trend"]].to_list() == pytest.approx([9.39, 4.11], abs=0.01)
    japan = chinas_entry.moves(2000, "all").loc[("exports", "JPN")]
    assert japan["proportion"] == pytest.approx(7.486 * ((100 - 9.5996) / (100 - 4.1274) - 1), abs=0.001)
    assert japan["trend"] == pytest.approx(1.4 * (7.486 - 9.002), abs=0.005)
    assert moved["proportion"].loc["link"].isna().all()
    assert chinas_entry.moves(1995)["trend"].isna().all()
    others = moved.drop(("exports", "CHN")).loc["exports", "proportion"]
    assert others.sum() == pytest.approx(-moved.loc[("exports", "CHN"), "proportion"], abs=2e-3)


def test_errors_are_means_of_absolute_gaps() -> None:
    for base in (1995, 2000):
        scores = chinas_entry.scored(base)
        for what in ("imports", "exports"):
            moved = rows(what, base)
            assert scores.loc[(what, "none"), "error"] == pytest.approx(moved["actual"].abs().mean())
            row = scores.loc[(what, "four")]
            assert row["error"] == pytest.approx((moved["four"] - moved["actual"]).abs().mean())
            assert row["slope"] == pytest.approx(np.polyfit(moved["four"], moved["actual"], 1)[0])


def test_the_region_does_it_and_not_china() -> None:
    for base in (1995, 2000):
        imports, exports = (chinas_entry.placebo().xs(base)[which] for which in ("imports", "exports"))
        assert (imports[["USA", "JPN"]] > imports["CHN"] - 0.04).all()
        assert imports["ITA"] < 0 < imports["BRA"] < imports["CHN"] - 0.2
        assert (exports.drop("ROW") > exports["CHN"]).sum() > 20


def test_size_says_more_of_who_lost_than_the_model() -> None:
    for base in (1995, 2000):
        r = correlation("exports", base)
        assert (r[NINE] < r["proportion"]).all()
        assert r["fontagne_2022"] > correlation("exports", base, "all")["fontagne_2022"] + 0.03


def test_no_variant_explains_what_japan_lost() -> None:
    parts = [
        rows("exports", base).loc["JPN", NINE] / rows("exports", base).loc["JPN", "actual"] for base in (1995, 2000)
    ]
    assert chinas_entry.numbers()["entry_lost_JPN_most"] == pytest.approx(100 * max(part.max() for part in parts))
    for base, fit in VARIANTS:
        moved = rows("exports", base, fit)
        most = (moved.loc["JPN", NINE] / moved.loc["JPN", "actual"]).max()
        assert most < (1 / 6 if fit == "industries" else 0.22), "a sixth at most"
        assert (moved.loc["USA", NINE] / moved.loc["USA", "actual"]).max() < 0.30
        assert moved.loc["KOR", "actual"] > 0 > moved.loc["KOR", NINE].max()
    shown = rows("exports", 2000).loc[list(chinas_entry.EXPORTERS)]
    assert shown["actual"].nsmallest(2).index.tolist() == ["USA", "JPN"]
    assert set(shown.index[shown["actual"] > 0]) == {"KOR", "IND", "RUS", "DEU"}
    assert shown["fontagne_2022"].idxmin() == "USA"
    assert (shown["fontagne_2022"] < 0).all()
