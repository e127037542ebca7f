"""Nowcasts read and judged: measures against the panel, bands by plain arrays, and the score of a table that comes."""

import numpy as np
import pandas as pd
import pytest

import gvc
from gvc import panel
from industrial_chains import data, nowcasts


def test_measures_are_those_of_the_panel() -> None:
    rows = panel.load_panel("oecd").query("year == 2022")
    wide = {
        flow: some.pivot(index="origin", columns="destination", values="value") for flow, some in rows.groupby("flow")
    }
    known = nowcasts.tables().T[2022]
    assert known["dollars all"] == pytest.approx(wide["va_final_demand"]["USA"]["CHN"] / 1e3, rel=1e-5)
    mexican = wide["va_exports"]["MEX"].drop("MEX")
    assert known["share CHN MEX"] == pytest.approx(100 * mexican["CHN"] / mexican.sum(), rel=1e-4)
    absorbed = wide["va_final_demand"].loc["CHN"].drop("CHN")
    assert known["absorbed USA"] == pytest.approx(100 * absorbed["USA"] / absorbed.sum(), rel=1e-4)


def test_what_sellers_deliver_last_adds_up_to_what_the_market_absorbs() -> None:
    icio = gvc.load_sample()
    of = nowcasts.flows(icio)
    others = [code for code in icio.economies if code != "USA"]
    np.testing.assert_allclose(of["sold"].loc[others].sum(axis=1), of["absorbed"]["USA"][others], rtol=1e-10)
    assert (of["sold"]["USA"] == 0).all()
    found = nowcasts.measures(of)
    assert found["dollars straight"] + found["dollars others"] == pytest.approx(found["dollars all"])
    assert "route MEX+VNM" not in found, "the sample shows no Viet Nam"


def test_growth_of_one_everywhere_changes_nothing() -> None:
    of = nowcasts.flows(gvc.load_sample())
    trade = pd.DataFrame(1.0, of["absorbed"].index, of["absorbed"].columns)
    assert nowcasts.measures(nowcasts.grown(of, trade, trade["USA"])) == pytest.approx(nowcasts.measures(of))
    trade["USA"] = 2.0
    twice = nowcasts.measures(nowcasts.grown(of, trade, trade["CHN"]))
    assert twice["dollars all"] == pytest.approx(2 * nowcasts.measures(of)["dollars all"])


def by_arrays(database: str, measures: list[str], without: int) -> np.ndarray:
    """Errors of three-year trials with noise, in units, but those from one base."""
    rows = pd.read_csv(panel.DATA / "frontier" / "nowcast_trial.csv")
    rows = rows[rows["database"] == database]
    truth = rows[rows["kind"] == "table"].set_index("year")
    tried = rows[(rows["kind"] == "noisy") & (rows["year"] - rows["base"] == 3) & (rows["base"] != without)]
    value, came = tried[measures].to_numpy(), truth.loc[tried["year"], measures].to_numpy()
    return np.abs(value - came) / (value * (100 - value) / 100) ** 0.7


def test_the_band_of_the_route_by_plain_arrays() -> None:
    ways = ["route CHN", "route MEX+VNM", "route ASEAN10", "route MEX"]
    for without in (0, 2016):
        oecd, shared = (
            np.quantile(by_arrays("OECD", some, without), 0.9) for some in (ways, ["route CHN", "route MEX"])
        )
        wiod = np.quantile(by_arrays("WIOD", ["route CHN", "route MEX"], 0), 0.9)
        due = oecd * max(1, wiod / shared)
        assert nowcasts.half_width("route", 3, without=without) == pytest.approx(due, rel=1e-9)
    assert nowcasts.half_width("route", 3) == pytest.approx(nowcasts.half_width("route", 3, without=0))


def test_bands_hold_about_nine_nowcasts_in_ten_that_they_were_not_made_of() -> None:
    found = nowcasts.coverage()
    assert found.to_numpy().min() > 70
    assert 85 < found[3].mean() < 99
    rows = nowcasts.trials().query("database == 'OECD' and family == 'route' and ahead == 3 and kind == 'noisy'")
    inside = [abs(row.error) <= nowcasts.half_width("route", 3, without=row.base) for row in rows.itertuples()]
    assert found[3]["route"] == pytest.approx(100 * np.mean(inside))


def test_a_nowcast_is_scored_as_soon_as_a_table_of_its_year_is_there() -> None:
    assert nowcasts.scored().empty, "the tables end where the nowcast begins"
    year = nowcasts.base() + 1
    made_up = nowcasts.carried().xs("central", level="variant").loc[[year]]
    made_up["route CHN"] += 1
    made_up["share CHN ASEAN10"] *= 2
    tables = pd.concat([nowcasts.tables(), made_up])
    found = nowcasts.scored(tables)
    assert found.index.get_level_values("year").unique().tolist() == [year]
    route, host = found.loc[(year, "route CHN")], found.loc[(year, "share CHN ASEAN10")]
    assert (route["error"], route["inside"]) == (pytest.approx(-1), True)
    assert (host["table"], host["inside"]) == (pytest.approx(2 * host["value"]), False)
    assert found.drop([(year, "route CHN"), (year, "share CHN ASEAN10")])["error"].abs().max() < 1e-9


def test_the_list_of_the_nowcast_is_marked_and_holds_no_table() -> None:
    kept = data.table("nowcast_series")
    assert (kept["kind"] == "nowcast").all()
    assert not set(kept["year"]) & set(nowcasts.tables().index)
    by = kept.set_index(["measure", "year"])
    central = nowcasts.carried().xs("central", level="variant")
    for measure, year in (("route CHN", 2025), ("share CHN ASEAN10", 2024), ("dollars straight", 2023)):
        row, width = by.loc[(measure, year)], nowcasts.half_width(nowcasts.family(measure), year - 2022)
        value = central[measure][year]
        of = value if measure.startswith("dollars") else (value * (100 - value) / 100) ** 0.7
        assert (row["value"], row["low"], row["high"]) == pytest.approx(
            (value, value - width * of, value + width * of), rel=1e-4
        )
    assert ("route CHN", 2023) not in by.index, "no better than no change"
    assert not by.index.get_level_values("measure").str.startswith("demand").any()
