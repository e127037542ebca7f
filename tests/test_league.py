"""The league of forecasts: what enters, how it is scored, and that no entrant of the book saw the outcome."""

import shutil
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from gvc import panel
from gvc.errors import GvcError
from industrial_chains import data, entrants, league
from industrial_chains.trade_model import forecasts, inputs
from pipeline import league as league_step
from pipeline import predictions
from tests.terminal import run

WINTER, SUMMER = league.CLOSED
HEAD = "forecaster,made,informed,first,last,partner,share,low,high"
ROW = "Me,2026-12-03,2026-12-01,2027-01,2027-12,CHN,7.5,6,9"


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return league.read(data.folder("forecasts"))


def test_shares_are_of_all_imports() -> None:
    """Literals: from the source by hand, China 2025-12 to 2026-02."""
    counted = pd.read_csv(data.path("us_market_by_month"))
    months = counted[counted["month"].isin(["2025-12", "2026-01", "2026-02"])].groupby("partner")["imports"].sum()
    due = 100 * months["CHN"] / months["WLD"]
    assert league.shares(league.imports(), WINTER.first, WINTER.last)["CHN"] == pytest.approx(due)
    assert due == pytest.approx(7.47, abs=0.005)


def test_scores_are_those_of_separate_code(rows) -> None:
    counted = pd.read_csv(data.path("us_market_by_month")).pivot(index="month", columns="partner", values="imports")
    names = list(league.PARTNERS)
    real, base = (
        100 * counted.loc[first:last, names].sum() / counted.loc[first:last, "WLD"].sum()
        for first, last in (("2026-03", "2026-08"), ("2024-08", "2025-07"))
    )
    said = rows[(rows["forecaster"] == "Model, duties collected") & (rows["first"] == "2026-03")].set_index("partner")
    found = league.scores(rows, SUMMER).loc["Model, duties collected"]
    error = np.mean([abs(said["share"][code] - real[code]) for code in names])
    assert found["error"] == pytest.approx(error)
    assert found["skill"] == pytest.approx(100 - 100 * error / (base - real).abs().mean())
    assert found["rank"] == pytest.approx((said["share"] - base).corr(real - base, method="spearman"))
    assert found["within"] == 100 * np.mean([said["low"][code] <= real[code] <= said["high"][code] for code in names])


def test_what_is_printed(rows) -> None:
    winter, summer = (league.scores(rows, one) for one in league.CLOSED)
    assert winter["error"].round(2).to_dict() == {
        "Last three months": 0.43,
        "Diversion": 0.75,
        "Trend of 24 months": 0.91,
        "Model on the trend": 0.93,
        "Model, duties collected": 1.03,
        "Trend 2013–2017": 1.06,
        "No change": 1.09,
        "Budget Lab, GTAP": 1.47,
        "Model, duties by law": 1.95,
        "Ignatenko and others": 2.34,
    }
    assert summer.index[0] == "Last three months"
    assert winter.loc["No change", "skill"] == pytest.approx(0, abs=0.1)
    assert np.isnan(winter.loc["No change", "rank"])
    assert winter.loc["Budget Lab, GTAP", "when"] == "after"
    assert winter.loc["Ignatenko and others", "partners"] == 12
    assert (winter["within"].dropna() < 80).all()
    assert (summer["within"].dropna() < 80).all()


@pytest.mark.parametrize(
    ("made", "informed", "due"),
    [
        ("2025-11-30", "2025-11-15", "before"),
        ("2025-12-01", "2025-11-15", "informed before"),
        ("2025-11-30", "2025-11-16", "after"),
    ],
)
def test_a_forecast_is_made_before_or_only_informed(made: str, informed: str, due: str) -> None:
    assert league.when(pd.Series({"made": made, "informed": informed}), WINTER) == due


def test_without_the_five_headings(rows) -> None:
    raw = pd.read_csv(data.path("us_market_by_heading"), dtype={"heading": str})
    sold = raw[raw["heading"] == "all"].set_index(["partner", "year"])["imports"]
    for heading in ("8471", "8473", "8517", "8523", "8542"):
        sold = sold.sub(raw[raw["heading"] == heading].set_index(["partner", "year"])["imports"], fill_value=0)
    wide = sold.unstack().drop(["PHL", "KHM"])
    then, real = (100 * wide[year] / wide[year].sum() for year in (2025, 2026))
    month = pd.read_csv(data.path("us_market_by_month")).pivot(index="month", columns="partner", values="imports")
    was = 100 * month.loc["2025-01":"2025-08"].sum() / month.loc["2025-01":"2025-08", "WLD"].sum()
    said = rows[(rows["forecaster"] == "Diversion") & (rows["first"] == "2026-03")].set_index("partner")["share"]
    grown = then * said / was
    due = (100 * grown / grown.sum() - real).abs().mean()
    found = league.of_headings(rows, SUMMER, league.FIVE).loc["Diversion"]
    assert found["error"] == pytest.approx(due)
    assert found["skill"] == pytest.approx(100 * (1 - due / (then - real).abs().mean()))
    assert found["rank"] == pytest.approx((100 * grown / grown.sum() - then).corr(real - then, method="spearman"))
    assert due == pytest.approx(1.00, abs=0.005)


@pytest.fixture
def cut(monkeypatch):
    """Take away, or make absurd, all that came after the days that the closed rounds know."""
    real = data.table

    def before(name: str, **more) -> pd.DataFrame:
        rows = real(name, **more)
        if name == "us_market_by_month":
            later = rows["month"] > "2025-07"
            rows.loc[later, ["imports", "duty"]] = rows.loc[later, ["imports", "duty"]] * 3 + 7e9
        if name == "us_imports_by_month":
            rows = rows[(rows["year"] < 2025) | (rows["month"] <= 7) & (rows["year"] == 2025)]
        if name == "us_imports":
            rows = rows[rows["year"] < 2025]
        if name == "duties_by_law":
            rows = rows[rows["date"] <= "2025-11-15"]
        return rows

    monkeypatch.setattr(data, "table", before)
    caches = (league.imports, league.duty, inputs.us_imports, inputs.american, forecasts.rates, entrants._past)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


def test_no_entrant_saw_the_outcome(cut, tmp_path) -> None:
    league_step.closed().to_csv(tmp_path / "2025-11.csv", index=False, float_format="%.3f", lineterminator="\n")
    assert (tmp_path / "2025-11.csv").read_bytes() == data.path("2025-11").read_bytes()


def test_what_is_known_is_what_the_forecasts_rest_on(cut, monkeypatch) -> None:
    """The test above can fail: a month that was known moves forecasts."""
    now = entrants.known("2025-07", "2025-11-15")
    before = entrants.no_change(now, WINTER)
    now.imports.loc["2025-07", "CHN"] *= 2
    assert entrants.no_change(now, WINTER)["CHN"] > before["CHN"] + 0.5


def test_the_files_are_what_the_step_makes(tmp_path) -> None:
    league_step.main(tmp_path)
    for name in ("2025-11.csv", "2027.csv"):
        made, kept = (pd.read_csv(folder / name) for folder in (tmp_path, data.folder("forecasts")))
        pd.testing.assert_frame_equal(made, kept, atol=2e-3)


def part(first: str, last: str) -> pd.Series:
    counted = league.imports().loc[first:last].sum()
    return 100 * counted[list(league.PARTNERS)] / counted.sum()


def test_rules_by_plain_pandas(rows) -> None:
    """From the end of January 2025 it is 11.5 months to the middle of winter, and 16 to that of March to August."""
    base, before = part("2024-08", "2025-07"), part("2023-08", "2024-07")
    quiet = (part("2017-01", "2017-12") - part("2013-01", "2013-12")) / 4
    for one, years in ((WINTER, 11.5 / 12), (SUMMER, 16 / 12)):
        said = league.of_round(rows, one).pivot(index="partner", columns="forecaster", values="share")
        due = {"Trend of 24 months": base + (base - before) * years, "Trend 2013–2017": base + quiet * years}
        for name, share in (due | {"Last three months": part("2025-05", "2025-07"), "No change": base}).items():
            np.testing.assert_allclose(said[name][share.index], share, atol=6e-4, err_msg=name)


def test_an_interval_is_as_wide_as_past_errors(rows) -> None:
    """Of China without a change: twelve months, and then those from the fifth to the seventh after them."""
    months = [str(month) for month in pd.period_range("2013-01", "2025-07", freq="M")]
    missed = [
        part(months[at - 11], months[at])["CHN"] - part(months[at + 5], months[at + 7])["CHN"]
        for at in range(23, len(months) - 7)
    ]
    said = league.of_round(rows, WINTER).set_index(["forecaster", "partner"]).loc[("No change", "CHN")]
    half = np.quantile(np.abs(missed), 0.8)
    assert [said["low"], said["high"]] == pytest.approx([said["share"] - half, said["share"] + half], abs=1.1e-3)


def test_duties_that_the_model_is_given() -> None:
    """What was collected in July 2025, and the law of mid-November, over the averages of twelve months."""
    now = entrants.known("2025-07", "2025-11-15")
    rows = pd.read_csv(data.path("us_market_by_month")).query("partner == 'CHN'").set_index("month")
    year = rows.loc["2024-08":"2025-07"].sum()
    rate = rows.loc["2025-07", "duty"] / rows.loc["2025-07", "imports"] - year["duty"] / year["imports"]
    before, after = entrants.collected(now)
    np.testing.assert_allclose((after - before).loc["CHN"], rate)
    before, after = entrants.by_law(now)
    steps = data.table("duties_by_law").query("edition == '2025-11-15' and partner == 'CHN'").set_index("date")["added"]
    days = [str(day.date()) for day in pd.date_range("2024-08-01", "2025-07-31")]
    average = np.mean([0.0 if day < steps.index[0] else steps[:day].iloc[-1] for day in days])
    assert len(days) == 365
    np.testing.assert_allclose((after - before).loc["CHN"], (steps.iloc[-1] - average) / 100)
    assert steps.iloc[-1] - average == pytest.approx(1.9, abs=0.05)


def test_diversion_hands_on_what_china_loses() -> None:
    now = entrants.known("2025-07", "2025-11-15")
    base = entrants.base(now)
    moved = entrants.diversion(now, WINTER) - base
    assert moved["CHN"] < -1
    assert moved.drop("CHN").min() >= 0, "nobody else loses"
    assert moved.sum() == pytest.approx(0, abs=1e-9)
    then, later = (inputs.american("imports", year) for year in (2022, 2024))
    period = forecasts.Period(2024, 2024, 2022)
    model = forecasts.modelled(period, entrants.collected(now), forecasts.elasticity(inputs.MAIN))
    lost, due = -forecasts.predicted(period, model).loc["CHN"], 0.0
    for industry in later:
        gains = {
            code: later.loc[code, industry] / later[industry].sum() - then.loc[code, industry] / then[industry].sum()
            for code in later.index
            if code != "CHN"
        }
        due += lost[industry] * max(gains["VNM"], 0) / sum(gain for gain in gains.values() if gain > 0)
    of_year = 100 * later.loc["CHN"].sum() / later.to_numpy().sum()
    assert moved["VNM"] == pytest.approx(due * base["CHN"] / of_year)


def test_open_round_is_dated_and_waits(rows) -> None:
    later = league.of_round(rows, league.OPEN)
    assert set(later["made"]) == {"2026-12-03"}
    assert later["forecaster"].nunique() == 8
    assert not league.is_counted(league.OPEN)
    with pytest.raises(GvcError, match="no 2027-01"):
        league.scores(rows, league.OPEN)


def test_another_enters_by_its_file(tmp_path) -> None:
    shutil.copytree(data.folder("forecasts"), tmp_path / "all")
    mine = ROW.replace("2027-01,2027-12", "2026-03,2026-08")
    (tmp_path / "all" / "mine.csv").write_text(f"{HEAD}\n{mine}\n{mine.replace('CHN,7.5,6,9', 'MEX,17,,')}\n")
    table = pd.read_csv(StringIO(run("league", tmp_path / "all", "--format", "csv").output))
    row = table[table["forecaster"] == "Me"].iloc[0]
    assert (row["round"], row["when"], row["partners"], row["within"]) == ("2026-03 to 2026-08", "after", 2, 100)
    assert np.isnan(row["rank"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (HEAD, HEAD.replace("share", "value"), "row 1: expected forecaster,made"),
        ("CHN", "FRA", "row 2, partner: expected one of AUS, CAN"),
        ("7.5", "7,5", "row 2"),
        ("7.5", "175", "row 2, share: expected a share of all imports, from 0 to 100; found '175'"),
        ("7.5", "", "row 2, share: expected a share of all imports, from 0 to 100; found ''"),
        ("7.5", "nan", "row 2, share: expected a share of all imports"),
        ("6,9", "6,", "row 2, high: expected both ends of an interval, or none; found ''"),
        ("6,9", "8,9", "row 2, low: expected no more than the share, 7.5; found '8'"),
        ("6,9", "6,7", "row 2, high: expected no less than the share, 7.5; found '7'"),
        ("2026-12-03", "3.12.2026", "row 2, made: expected a day such as 2026-12-03; found '3.12.2026'"),
        ("2026-12-03", "2026-02-30", "row 2, made: expected a day"),
        ("2026-12-01", "2026-12-09", "row 2, informed: expected no later day than 2026-12-03"),
        ("2027-12", "2027-06", "row 2, last: expected months of a round"),
        ("Me", " ", "row 2, forecaster: expected a name"),
        (ROW, "", "row 2: expected a forecast; found none"),
        (ROW, f"{ROW}\n{ROW}", "row 3, partner: expected one forecast of CHN by Me; found two"),
        (ROW, f"{ROW}\n{ROW.replace('CHN,7.5,6,9', 'MEX,95,,')}", "add up to no more than 100; found 102.50"),
    ],
)
def test_a_bad_file_says_where(tmp_path, old: str, new: str, said: str) -> None:
    (tmp_path / "mine.csv").write_text(f"{HEAD}\n{ROW}\n".replace(old, new, 1))
    with pytest.raises(GvcError) as error:
        league.read(tmp_path)
    assert said in str(error.value)
    assert "mine.csv" in str(error.value)


def test_a_folder_without_forecasts(tmp_path) -> None:
    with pytest.raises(GvcError, match="expected CSV files of forecasts; found none"):
        league.read(tmp_path)


def test_what_ignatenko_and_others_print_comes_out() -> None:
    """China and Viet Nam lose most, by separate code on the authors' matrix."""
    factor = data.table("study_factors").query("study == 'liberation_day'").set_index("partner")["factor"]
    assert list(factor.nsmallest(2).index) == ["CHN", "VNM"]
    assert factor["CHN"] / factor["MEX"] == pytest.approx((3.163 / 15.175) / (18.489 / 15.818), rel=1e-3)
    assert "TWN" not in factor.index
    assert panel.DATA.is_dir()


def test_duties_by_law_and_studies_are_what_the_step_makes(tmp_path, test_data) -> None:
    predictions.main(test_data / "data", tmp_path)
    for name in ("duties_by_law", "study_factors"):
        made = pd.read_csv(tmp_path / f"{name}.csv")
        pd.testing.assert_frame_equal(made, data.table(name), rtol=1e-5)


@pytest.mark.parametrize(
    ("edition", "name", "last"),
    [
        ("2025-11-15", "us_tariffs_2026/country-by-time_vintage_2025-11-15.csv", "2025-11-14"),
        ("2026-08-31", "us_tariffs/country-by-time.csv", "2026-08-19"),
    ],
)
def test_duties_by_law_are_those_of_the_tracker(test_data, edition: str, name: str, last: str) -> None:
    """China's as printed, and of all others together by the imports of 2024."""
    kept = data.table("duties_by_law").query("edition == @edition").set_index(["partner", "date"])["added"]
    assert kept["CHN"].index.max() == last
    raw = pd.read_csv(test_data / "data" / name).query("date == @last").set_index("country_name")
    assert kept["CHN", last] == pytest.approx(raw["effective tariff"]["CHINA"], rel=1e-5)
    others = raw.drop([name for name in inputs.ECONOMIES.values() if name] + ["SLOVAKIA"])
    paid = sum(row["effective tariff"] * row["total imports"] for _, row in others.iterrows())
    assert kept["ROW", last] == pytest.approx(paid / others["total imports"].sum(), rel=1e-5)


def test_the_rest_of_the_budget_lab_is_weighed_by_imports_of_2024(test_data) -> None:
    """Weights from the tracker, and what is left of all by the monthly count."""
    factor = data.table("study_factors").query("study == 'budget_lab'").set_index("partner")["factor"]
    rows = pd.read_csv(test_data / "data/predictions/budgetlab_gtap_us_import_predictions_goods_2025-07_2026-02.csv")
    sums = rows.groupby("source_region").sum(numeric_only=True)
    grown = sums["postsim_musd_2025-11"] / sums["baseline_musd"]
    bought = pd.read_csv(test_data / "data" / predictions.TRACKERS["2025-11-15"])
    bought = bought.drop_duplicates("country_name").set_index("country_name")["total imports"] / 1e6
    free_trade = ["CHILE", "COLOMBIA", "PERU", "COSTA RICA", "GUATEMALA", "HONDURAS", "NICARAGUA", "EL SALVADOR"]
    free_trade += ["DOMINICAN REPUBLIC", "ISRAEL"]
    weight = {"eu": bought["EUROPEAN UNION"], "uk": bought["UNITED KINGDOM"], "ftrow": bought[free_trade].sum()}
    weight["row"] = league.imports().loc["2024-01":"2024-12", league.REST].sum() - sum(weight.values())
    due = sum(grown[region] * size for region, size in weight.items()) / sum(weight.values())
    assert factor["REST"] == pytest.approx(due, rel=1e-3)
    assert due == pytest.approx(0.892, abs=5e-4)
    assert factor["CHN"] == pytest.approx(grown["china"], rel=1e-5)
