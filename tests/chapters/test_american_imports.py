"""American imports since 2013: numbers of the page by plain pandas from the raw files, and what its words say."""

import io
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from chapters.frontier import american_market as page
from exhibits.text import csv
from industrial_chains import customs
from tests.conftest import ROOT

ALL = "TOTAL FOR ALL COUNTRIES"
FIVE = ["VIETNAM", "MEXICO", "INDIA", "TAIWAN", "THAILAND"]
#: Partners that overlap with none, from the names in the file.
APART = [
    *FIVE, "CHINA", "JAPAN", "KOREA, SOUTH", "RUSSIA", "MALAYSIA", "SINGAPORE", "INDONESIA", "CANADA", "EUROPEAN UNION",
    "UNITED KINGDOM", "SWITZERLAND", "AUSTRALIA", "BRAZIL", "SAUDI ARABIA",
]  # fmt: skip
#: Industries of the book by their first three digits of NAICS.
GROUPS = {
    "A": "111 112 113 114 115", "B": "211 212", "food": "311 312", "C13": "313 314 315 316", "wood": "321",
    "paper": "322 323", "fuel": "324", "chemicals": "325", "rubber": "326",
    "glass": "327", "metal": "331", "products": "332", "electronics": "334 335", "C28": "333", "C29": "336",
    "toys": "337 339",
}  # fmt: skip


@cache
def raw(folder: Path) -> pd.DataFrame:
    rows = pd.read_csv(folder / "data/us_imports/us_imports_naics3_partner_annual_2013_2025.csv", dtype={"NAICS": str})
    group = {naics: name for name, several in GROUPS.items() for naics in several.split()}
    return rows.assign(group=rows["NAICS"].map(group).fillna("other"))


def total(folder: Path, partner: str, year: int, what: str = "imports") -> float:
    rows = raw(folder)
    here = rows[(rows["CTY_NAME"] == partner) & (rows["year"] == year) & (rows["NAICS"] == "00")]
    return float(here[f"{what}_jan_nov_usd"].item())


def share(folder: Path, partner: str, year: int) -> float:
    return 100 * total(folder, partner, year) / total(folder, ALL, year)


def cells(folder: Path, year: int, what: str = "imports") -> pd.DataFrame:
    """Partner × group of industries, the rest of the world last; billion USD."""
    rows = raw(folder)
    rows = rows[(rows["year"] == year) & (rows["NAICS"] != "00")]
    wide = rows.pivot_table(index="CTY_NAME", columns="group", values=f"{what}_jan_nov_usd", aggfunc="sum").fillna(0)
    apart = wide.loc[APART]
    return pd.concat([apart, (wide.loc[ALL] - apart.sum()).to_frame("rest").T]) / 1e9


def gained(folder: Path, first: int, last: int) -> pd.DataFrame:
    then, now = cells(folder, first), cells(folder, last)
    return (now / now.sum() - then / then.sum()) * now.sum()


def test_shares_by_plain_pandas(test_data: Path) -> None:
    found = page.numbers()
    gained = sum(share(test_data, one, 2025) - share(test_data, one, 2022) for one in FIVE)
    assert found["gained_five"] == pytest.approx(gained, abs=1e-3)
    china = page.trials_of_shares()["China"]
    for trial, first, last in (("From 2018", 2018, 2025), ("2022–2024", 2022, 2024), ("From 2024", 2024, 2025)):
        both = [share(test_data, "CHINA", year) for year in (first, last)]
        assert china.loc[trial, ["First year", "Last year"]].tolist() == pytest.approx(both, abs=1e-3)
    months = pd.read_csv(test_data / "data/us_imports/us_imports_total_monthly.csv").set_index(["year", "month"])
    monthly = 100 * months["CHINA"] / months[ALL]
    by_month = page.since_2013().query("partner == 'CHN'").set_index("month")["value"]
    assert by_month.min() == pytest.approx(monthly.min(), abs=1e-3)
    assert by_month["2025-11"] == pytest.approx(monthly.loc[(2025, 11)], abs=1e-3)
    less = {year: cells(test_data, year).drop(columns="electronics").sum(axis=1) for year in (2022, 2025)}
    parts = {year: 100 * of / of.sum() for year, of in less.items()}
    change = parts[2025] - parts[2022]
    trial = page.trials_of_shares().loc["Without electronics"]
    assert trial["China", "Change"] == pytest.approx(change["CHINA"], abs=1e-3)
    assert trial["Change, points", page.TOGETHER] == pytest.approx(change[FIVE].sum(), abs=1e-3)


def test_industries_by_plain_pandas(test_data: Path) -> None:
    change = gained(test_data, 2022, 2025)
    electronics = customs.gains(2022, 2025)["electronics"]
    for code, partner in (("CHN", "CHINA"), ("TWN", "TAIWAN"), ("VNM", "VIETNAM")):
        assert electronics[code] == pytest.approx(change.loc[partner, "electronics"], rel=1e-4), code


def test_duties_by_plain_pandas(test_data: Path) -> None:
    collected = page.duty_by_year().set_index(["partner", "year"])["value"]
    for partner, year, code in (
        ("CHINA", 2017, "CHN"),
        ("CHINA", 2024, "CHN"),
        ("CHINA", 2025, "CHN"),
        ("VIETNAM", 2025, "VNM"),
        ("TAIWAN", 2025, "TWN"),
    ):
        rate = 100 * total(test_data, partner, year, "duty") / total(test_data, partner, year)
        assert collected[code, year] == pytest.approx(rate, abs=1e-3), (code, year)
    change, now = gained(test_data, 2022, 2025), cells(test_data, 2025)
    rate = (cells(test_data, 2025, "duty") / now).fillna(0)
    lost, won = -change.loc["CHINA"].clip(upper=0), change.drop(index="CHINA").clip(lower=0)
    others = [
        lost[group] * sum(won.loc[one, group] / won[group].sum() * rate.loc[one, group] for one in won.index)
        for group in lost.index
    ]
    trial = page.trials_of_duty().loc["All goods, from 2022"]
    assert trial["On what was bought instead"] == pytest.approx(100 * sum(others) / lost.sum(), abs=1e-3)
    due = 100 * (lost * rate.loc["CHINA"]).sum() / lost.sum()
    assert trial["On China’s, last year"] == pytest.approx(due, abs=1e-3)


def test_the_law_day_by_day(test_data: Path) -> None:
    """Walk through the days of 2025 one by one."""
    rows = pd.read_csv(test_data / "data/us_tariffs/country-by-time.csv")
    steps = rows[rows["country_name"] == "CHINA"].sort_values("date", kind="stable")
    months = pd.read_csv(test_data / "data/us_imports/us_imports_total_monthly.csv")
    bought = months[months["year"] == 2025].set_index("month")["CHINA"]
    by_month: dict[int, list[float]] = {month: [] for month in range(1, 12)}
    for day in pd.date_range("2025-01-01", "2025-11-30"):
        before = steps[steps["date"] <= f"{day:%Y-%m-%d}"]
        by_month[day.month].append(float(before["effective tariff"].iloc[-1]) if len(before) else 0.0)
    old = float(steps["2024 tariff"].iloc[0])
    days = [one for of in by_month.values() for one in of]
    weighed = sum(bought[month] * np.mean(of) for month, of in by_month.items()) / bought.sum()
    law = [customs.by_law("CHN"), customs.by_law("CHN", bought=True)]
    assert law == pytest.approx([old + np.mean(days), old + weighed], abs=1e-2)
    assert [round(one, 1) for one in law] == [41.2, 38.7]


def test_the_csv_gives_the_table_of_the_data(test_data: Path) -> None:
    """Rebuild the table of American imports that accompanies the data from what a reader downloads."""
    table = pd.read_csv(io.StringIO(csv(page.imports_and_duties(), index=False))).set_index(["partner", "industry"])
    printed = (test_data / "data" / "README.md").read_text("utf-8")
    rows = dict(
        re.findall(
            r"^\| (2023|2024|2025|computers and electronics \(334\), 2022|the same, 2025) \| (.*) \|$", printed, re.M
        )
    )
    assert len(rows) == 5
    for label, numbers in rows.items():
        industry = "all" if len(label) == 4 else "C26"
        column = f"imports_{label[-4:]}"
        for partner, number in zip(("CHN", "VNM", "MEX", "IND", "TWN", "WLD"), numbers.split(" | "), strict=True):
            assert table.loc[(partner, industry), column] / 1000 == pytest.approx(float(number), abs=0.051), (
                label,
                partner,
            )


def test_value_added_by_hand() -> None:
    """What gains can hold, from cents in the file and shares in another."""
    content = (
        pd.read_csv(ROOT / "data" / "frontier" / "us_imports_content.csv").groupby("exporter").sum(numeric_only=True)
    )
    sold = pd.read_csv(ROOT / "data" / "frontier" / "us_imports.csv").pivot_table(
        index="partner", columns="year", values="imports_to", aggfunc="sum"
    )
    gain = (sold[2025] / sold[2025].sum() - sold[2022] / sold[2022].sum()) * sold[2025].sum() / 1000
    lost = -gain["CHN"] * content.loc["CHN", "home"] / content.loc["CHN", "exports"]
    counts = page.counts()
    assert customs.chinese_content_of_gains(2022, 2025).loc["CHN", "average"] == pytest.approx(lost, rel=1e-4)
    for column, part in (
        ("As in 2022", lambda one: one["CHN"]),
        ("All foreign", lambda one: one["exports"] - one["home"]),
        ("All foreign but American", lambda one: one["exports"] - one["home"] - one["USA"]),
    ):
        back = sum(
            gain[code] * part(content.loc[code]) / content.loc[code, "exports"]
            for code in ("VNM", "MEX", "IND", "TWN", "THA")
        )
        due = 100 * back / lost
        assert counts.loc["The five, all goods, from 2022", column] == pytest.approx(due, rel=1e-4), column
    assert (counts["As in 2022"] < counts["All foreign but American"]).all()
    assert (counts["All foreign but American"] < counts["All foreign"]).all()
    assert counts["As in 2022"].max() < 20
    assert counts["All foreign"].max() < 66
    assert sorted(counts["All foreign"].round(0))[-2:] == [65, 66]


def test_titles_are_true_by_every_count() -> None:
    trials = page.trials_of_shares()
    assert (trials["China", "Change"] < -3).all()
    assert trials["Change, points", page.TOGETHER].min() > 0.9
    months = page.since_2013().pivot(index="time", columns="partner", values="value")
    then, now = months[(months.index >= 2018) & (months.index < 2019)].mean(), months.iloc[-12:].mean()
    assert 0.55 < 1 - now["CHN"] / then["CHN"] < 0.6, "nearly three fifths"
    assert (now[["TWN", "VNM"]] > 2 * then[["TWN", "VNM"]]).all()
    for base in (2017, 2018, 2022, 2024):
        change = customs.gains(base, 2025)
        assert customs.points(base, 2025).idxmin() == "electronics"
        assert change["electronics"].idxmax() == "TWN"
        assert change.loc["CHN", "electronics"] == change.loc["CHN"].min()
    assert 45 < customs.part_of_electronics(2022, 2025) < 50, "nearly half"
    subsets = ([], list(page.FUELS), [*page.FUELS, *page.METALS], [customs.ELECTRONICS], ["C20_21"])
    for first, end in ((2022, 2024), (2024, 2025)):
        for without in subsets:
            assert (customs.shares(end, without) - customs.shares(first, without)).idxmin() == "CHN"
    assert customs.moved(2022, 2025).idxmax() == "TWN", "with the European Union as one"
    assert customs.moved(2022, 2025, [customs.ELECTRONICS]).idxmax() == "EU27", "outside electronics another"
    lost = customs.gains(2022, 2025)
    assert lost.loc["TWN", "electronics"] > 0.95 * lost.loc["TWN"].clip(lower=0).sum()
    assert (lost.loc[["VNM", "MEX"]] > 0).sum(axis=1).min() > len(lost.columns) / 2
    assert customs.by_law("CHN") > customs.rates(2025)["CHN"]
    duty = page.duty_by_year().pivot(index="year", columns="partner", values="value")
    assert (duty["CHN"][2024] > 2 * duty.drop(columns="CHN").loc[2024]).all()
    assert (duty["CHN"][2025] > 3 * duty.drop(columns="CHN").loc[2025]).all()
    trials = page.trials_of_duty()
    assert (trials["On China’s, last year"] > 3 * trials["On what was bought instead"]).all()
