"""The page on the league: its errors by plain pandas from raw files, what its words say, and its instructions."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from chapters.frontier import league as page
from gvc.errors import GvcError
from industrial_chains import data, league
from pipeline import league as league_step
from tests.terminal import run

MONTHLY = "data/us_imports_2026/us_imports_by_partner_monthly_2023-09_2026-08.csv"
HEADINGS = "data/us_imports_2026/us_imports_by_partner_hs4_jan_aug_2025_2026.csv"
NAMED = ["AUS", "CAN", "CHN", "IDN", "IND", "JPN", "KOR", "MEX", "MYS", "SGP", "THA", "TWN", "VNM"]
TEN = ["CHN", "IDN", "IND", "JPN", "KOR", "MEX", "MYS", "THA", "TWN", "VNM"]
TEXT = Path(str(page.__file__)).with_name("back_test.md").read_text("utf-8")


@pytest.fixture
def month(test_data: Path) -> pd.DataFrame:
    return pd.read_csv(test_data / MONTHLY).pivot(index="month", columns="partner", values="imports_consumption_usd")


def share(month: pd.DataFrame, first: str, last: str) -> pd.Series:
    sums = month.loc[first:last].sum()
    return 100 * sums[NAMED] / sums["WLD"]


@pytest.mark.parametrize(
    ("forecast", "first", "december", "march"),
    [("No change", "2024-08", 1.09, 1.29), ("Last three months", "2025-05", 0.43, 0.59)],
)
def test_errors_of_both_rounds_are_those_of_the_raw_file(month, forecast, first, december, march) -> None:
    said = share(month, first, "2025-07")
    shown = page.errors()["All goods"].loc[forecast]
    rounds = (("2025-12", "2026-02", december), ("2026-03", "2026-08", march))
    for (begin, end, literal), error in zip(rounds, shown, strict=True):
        due = (said - share(month, begin, end)).abs().mean()
        assert due == pytest.approx(literal, abs=0.005)
        assert error == pytest.approx(due, abs=0.001)


@pytest.mark.parametrize(
    ("forecast", "first", "literals"),
    [("No change", "2024-08", (2.36, 1.35)), ("Last three months", "2025-05", (1.02, 0.50))],
)
def test_errors_with_and_without_the_five_are_those_of_the_raw_files(
    month, test_data, forecast, first, literals
) -> None:
    growth = share(month, first, "2025-07") / share(month, "2025-01", "2025-08")
    totals = data.table("us_market_by_heading").query("heading == 'all'")
    sold = totals.pivot(index="partner", columns="year", values="imports").loc[TEN]
    rows = pd.read_csv(test_data / HEADINGS, dtype={"hs4": str})
    five = rows[rows["hs4"].isin(["8471", "8473", "8517", "8523", "8542"])].groupby("partner").sum(numeric_only=True)
    later, earlier = (five.loc[TEN].iloc[:, at] for at in (0, 1))
    parts = (sold, pd.DataFrame({2025: sold[2025] - earlier, 2026: sold[2026] - later}))
    shown = page.errors()["Ten partners, January–August"].loc[forecast, ["All goods", "Without the five"]]
    for part, literal, one in zip(parts, literals, shown, strict=True):
        said, real = part[2025] * growth[TEN], part[2026]
        error = (100 * said / said.sum() - 100 * real / real.sum()).abs().mean()
        assert error == pytest.approx(literal, abs=0.005)
        assert one == pytest.approx(error, abs=0.002)


def test_who_beats_no_change() -> None:
    error = page.errors().drop(columns=[("Information", "Ends")]).astype(float)
    beats = (error < error.loc["No change"]).drop("No change")
    assert sorted(beats.index[beats.all(axis=1)]) == ["Diversion", "Last three months", "Trend of 24 months"]
    assert len(beats) == 9
    assert (error.idxmin() == "Last three months").all()
    assert beats.loc["Model, duties collected"].tolist() == [True, True, True, False]
    assert not beats.loc["Model, duties by law"].any()
    studies = beats.loc[["Budget Lab, GTAP", "Ignatenko and others"]]
    assert not studies.to_numpy().any()
    assert (error.loc["Diversion"] < error.loc["Model, duties collected"]).all(), "in every trial"
    assert set(page.gains()["trial"]) == {page.WINTER, page.SUMMER, page.WITHOUT}


def test_what_the_model_is_worth() -> None:
    numbers = page.numbers()
    assert (round(numbers["quarter_least"]), round(numbers["quarter_most"])) == (30, 70)
    assert [round(numbers[f"model_{name}"]) for name in ("winter", "summer", "without")] == [6, 23, 22]
    assert round(numbers["law_least"]) == 43
    assert numbers["within_most"] < numbers["held"] == 80, "too sure of themselves"


def test_numbers_of_sentences_by_plain_pandas(month) -> None:
    said, error = page.numbers(), page.errors().drop(columns=[("Information", "Ends")]).astype(float)
    none, model = error.loc["No change"], error.loc["Model, duties collected"]
    assert said["model_without"] == pytest.approx(100 * (model.iloc[3] / none.iloc[3] - 1), abs=1e-3)
    assert said["law_least"] == pytest.approx((100 * (error.loc["Model, duties by law"] / none - 1)).min(), abs=1e-3)
    over = 100 * (1 - error.loc["Last three months"] / model)
    assert [said["quarter_least"], said["quarter_most"]] == pytest.approx([over.min(), over.max()], abs=1e-3)
    rows = pd.read_csv(data.path("2025-11")).query("first == '2026-03'").set_index(["partner", "forecaster"])["share"]
    assert said["china_quarter"] == rows["CHN", "Last three months"]
    counted = share(month, "2026-03", "2026-08")
    assert said["china_counted"] == pytest.approx(counted["CHN"], abs=1e-3)
    later = pd.read_csv(data.path("2027")).set_index(["partner", "forecaster"]).loc[("CHN", "No change")]
    assert said["open_width"] == pytest.approx(later["share"] - later["low"], abs=2e-3)
    assert round(said["open_width"], 1) == 3.2


def test_bars_begin_with_the_forecast_whose_worst_trial_is_best() -> None:
    gains = page.gains()
    bar = gains.set_index(["forecast", "trial"])["value"]
    error = page.errors()["All goods"]
    due = 100 * (1 - error.loc["Diversion", page.WINTER] / error.loc["No change", page.WINTER])
    assert bar["Diversion", page.WINTER] == pytest.approx(due) == pytest.approx(31, abs=0.5)
    worst = [gains[gains["forecast"] == name]["value"].min() for name in gains["forecast"].unique()]
    assert worst == sorted(worst, reverse=True)


def test_ranks_and_intervals_by_plain_pandas(month) -> None:
    row = page.more().loc["Diversion"]
    rows = pd.read_csv(data.path("2025-11")).query("forecaster == 'Diversion'")
    base = share(month, "2024-08", "2025-07")
    for name, first, last in ((page.WINTER, "2025-12", "2026-02"), (page.SUMMER, "2026-03", "2026-08")):
        said = rows[rows["first"] == first].set_index("partner").loc[NAMED]
        real = share(month, first, last)
        rank = (said["share"] - base).corr(real - base, method="spearman")
        assert row["Correlation of ranks", name] == pytest.approx(rank)
        held = ((said["low"] <= real) & (real <= said["high"])).sum()
        assert row["Within the interval, percent", name] == pytest.approx(100 * held / 13)


def test_days_and_counts_in_words() -> None:
    text = " ".join(TEXT.split())
    day = {
        name: f"{pd.Timestamp(when):%-d %B %Y}"
        for name, when in (("made", league_step.MADE), ("then", league_step.THEN))
    }
    assert f"written on {day['made']} with the duties in force in August" in text
    assert f"was known on {day['then']}, when imports had been counted to July" in text
    assert {one.informed for one in league.CLOSED} == {league_step.THEN}
    assert {one.known for one in league.CLOSED} == {"2025-07"}
    assert (league.OPEN.known, league_step.NOW[:7]) == ("2026-08", "2026-08"), "in force in August"
    assert (league.OPEN.first, league.OPEN.last) == ("2027-01", "2027-12")
    assert league.OPEN.informed == "2026-12-31", "whoever enters by the end of 2026"
    assert (len(page.SHOWN), len(league.PARTNERS)) == (6, 13), "six of thirteen partners"
    assert len(page.errors()) - 1 == page.gains()["forecast"].nunique() == 9, "three of nine"
    assert page.errors().shape[1] - 1 == 4, "four trials"


def test_one_study_is_marked() -> None:
    marked = page.errors()["Information"]["Ends"]
    assert marked.index[marked == "after"].tolist() == ["Budget Lab, GTAP"]
    assert "it is not strictly before the event" in TEXT


def test_the_open_round_is_as_told() -> None:
    rows = pd.read_csv(data.path("2027"))
    china = rows[rows["partner"] == "CHN"].set_index("forecaster")
    spread = rows.groupby("partner")["share"].agg(lambda said: said.max() - said.min())
    assert spread.idxmax() == "CHN"
    assert china["share"].idxmin() == "Trend of 24 months"
    assert china["share"].idxmax() == "Model, duties collected"
    assert page.numbers()["open_rows"] == len(rows) == 8 * 13


def test_whoever_follows_the_page_is_in(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```\n(forecaster,.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    shutil.copytree(data.folder("forecasts"), tmp_path / "all")
    mine = tmp_path / "all" / "mine.csv"
    mine.write_text(example, "utf-8")
    assert "open: 9 forecasts wait" in run("league", tmp_path / "all").output
    listed = re.findall(r"\b[A-Z]{3}\b", next(line for line in TEXT.split("\n\n") if "The partners are" in line))
    assert [code for code in listed if code != "CSV"] == NAMED == list(league.PARTNERS)

    mine.write_text(example.replace("2027-01,2027-12", "2026-03,2026-08"), "utf-8")
    table = pd.read_csv(StringIO(run("league", tmp_path / "all", "--format", "csv").output)).set_index("forecaster")
    assert table.loc["My name", "when"] == "after"
    assert table.loc["My name", "error"] == pytest.approx((7.5 - 7.297 + 17.9 - 17.682) / 2, abs=0.002)

    mine.write_text(example.replace("CHN", "China"), "utf-8")
    with pytest.raises(GvcError, match=r"mine\.csv, row 2, partner: expected one of AUS"):
        league.read(tmp_path / "all")
