"""The American market to August 2026, against numbers of its source, and files that are wrong or reach further."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import us_market as step

FOLDER = "us_imports_2026"
MONTHLY = f"{FOLDER}/us_imports_by_partner_monthly_2023-09_2026-08.csv"
HEADINGS = f"{FOLDER}/us_imports_by_partner_hs4_jan_aug_2025_2026.csv"
AI = f"{FOLDER}/waugh_ai_imports_monthly_to_2026-05.csv"
FIVE = ("8471", "8473", "8517", "8523", "8542")


@pytest.fixture
def months() -> pd.DataFrame:
    return pd.read_csv(panel.DATA / "frontier" / "us_market_by_month.csv")


@pytest.fixture
def headings() -> pd.DataFrame:
    return pd.read_csv(panel.DATA / "frontier" / "us_market_by_heading.csv", dtype={"heading": str})


def test_sums_of_eight_months_are_those_of_the_source(months) -> None:
    wide = months.pivot(index="month", columns="partner", values="imports") / 1e9
    sums = {year: wide.loc[f"{year}-01" : f"{year}-08"].sum() for year in (2024, 2025, 2026)}
    due = {
        "CHN": (273.4, 213.8, 175.6),
        "MEX": (331.5, 354.1, 417.0),
        "CAN": (273.5, 258.9, 268.7),
        "JPN": (99.8, 99.0, 96.3),
        "WLD": (2120.8, 2306.1, 2382.8),
    }
    for partner, values in due.items():
        assert tuple(round(sums[year][partner], 1) for year in sums) == values
    nine = [wide.loc[first:last].sum() for first, last in (("2024-12", "2025-08"), ("2025-12", "2026-08"))]
    growth = 100 * (nine[1] / nine[0] - 1)
    due = {"THA": 71.4, "TWN": 58.6, "VNM": 44.7, "MEX": 16.8, "JPN": -2.6, "CHN": -21.9, "WLD": 2.8}
    for partner, value in due.items():
        assert growth[partner] == pytest.approx(value, abs=0.05)


def test_duty_over_imports_is_that_of_the_source(months) -> None:
    world = months.query("partner == 'WLD'").set_index("month")
    rate = 100 * world["duty"] / world["imports"]
    due = {"2025-10": 10.8, "2025-11": 9.8, "2025-12": 9.3, "2026-01": 9.9, "2026-02": 8.5}
    assert {month: round(rate[month], 1) for month in due} == due
    # As another author computes it from the same statistics.
    assert [rate[f"2026-{month:02}"] for month in (2, 3, 4, 5, 6)] == pytest.approx(
        [8.476978, 6.848561, 6.73939, 6.890734, 6.813445], abs=1e-6
    )


def test_five_headings_grew_by_what_is_told(headings) -> None:
    rows = headings[headings["heading"] != step.ALL]
    five = rows["heading"].isin(FIVE)
    sums = rows.groupby([five, "year"])["imports"].sum() / 1e6
    assert [round(sums[inside, year]) for inside in (True, False) for year in (2025, 2026)] == [307, 564, 846, 821]
    rest = rows[~five].pivot_table(index="partner", columns="year", values="imports", aggfunc="sum")
    growth = (100 * (rest[2026] / rest[2025] - 1)).round(1).to_dict()
    assert growth == {
        **{"KHM": 24.8, "PHL": 8.5, "VNM": 7.5, "THA": 5.0, "TWN": 2.8, "MEX": 2.0},
        **{"KOR": -0.1, "MYS": -1.0, "JPN": -3.8, "IDN": -8.5, "CHN": -14.1, "IND": -21.3},
    }
    totals = headings[headings["heading"] == step.ALL].set_index(["partner", "year"])["imports"]
    assert totals["CHN", 2026] == 183_520_000
    assert set(headings["to"]) == {8}


def test_the_step_writes_what_the_book_holds(tmp_path, test_data) -> None:
    step.main(test_data / "data", tmp_path)
    for name in ("us_market_by_month", "us_market_by_heading", "us_market_computing"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (panel.DATA / "frontier" / f"{name}.csv").read_bytes()


def test_files_to_december_change_no_code(tmp_path, test_data) -> None:
    """A year later, in a folder of its own: four months more, each as the last, and headings of whole years."""
    here = tmp_path / "us_imports_2027"
    here.mkdir()
    rows = pd.read_csv(test_data / "data" / MONTHLY)
    last = rows[rows["month"] == "2026-08"]
    more = [last.assign(month=f"2026-{month:02}") for month in range(9, 13)]
    pd.concat([rows, *more]).to_csv(here / "us_imports_by_partner_monthly_2023-09_2026-12.csv", index=False)
    whole = pd.read_csv(test_data / "data" / HEADINGS, dtype={"hs4": str})
    whole.columns = [name.replace("jan_aug", "jan_dec") for name in whole]
    whole.to_csv(here / "us_imports_by_partner_hs4_jan_dec_2025_2026.csv", index=False)
    (here / step.TOTALS).write_bytes((test_data / "data" / FOLDER / step.TOTALS).read_bytes())
    (here / AI.rpartition("/")[2]).write_bytes((test_data / "data" / AI).read_bytes())
    step.main(tmp_path, tmp_path)
    assert pd.read_csv(tmp_path / "us_market_by_month.csv")["month"].max() == "2026-12"
    assert set(pd.read_csv(tmp_path / "us_market_by_heading.csv")["to"]) == {12}
    whole.columns = [name.replace("jan_dec", "jan_nov") for name in whole]
    whole.to_csv(here / "us_imports_by_partner_hs4_jan_nov_2026_2027.csv", index=False)
    with pytest.raises(GvcError, match=r"hs4_jan_nov_2026_2027\.csv: expected imports to 2026-12; found to 2026-11"):
        step.main(tmp_path, tmp_path)


MONTH_SLIPS = [
    (lambda rows: rows.drop(index=40), r"_2026-08\.csv, BGD: expected 36 months; found no 2024-01\. Take the files"),
    (lambda rows: pd.concat([rows, rows[3:4]]), r"AUS 2023-12: expected one row; found two"),
    (lambda rows: rows.replace({1247508385: -1}), r"AUS 2023-09, imports: expected a whole amount; found -1"),
    (lambda rows: rows[rows["month"] < "2026-08"], r"expected months to that of its name; found to 2026-07"),
    (lambda rows: rows[rows["partner"] != "WLD"], r"expected rows of WLD, all partners; found none"),
    (
        lambda rows: rows.assign(
            imports_consumption_usd=rows["imports_consumption_usd"] * (1 + 9 * rows["partner"].eq("CHN"))
        ),
        r"2023-09: expected partners below all; found more",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), MONTH_SLIPS)
def test_wrong_months_are_refused(tmp_path, test_data, spoil, message) -> None:
    file = tmp_path / "us_imports_by_partner_monthly_2023-09_2026-08.csv"
    spoil(pd.read_csv(test_data / "data" / MONTHLY)).to_csv(file, index=False)
    with pytest.raises(GvcError, match=message):
        step.by_month(file)


HEADING_SLIPS = [
    (lambda rows: pd.concat([rows, rows[:1]]), r"CHN 8517: expected one row; found two"),
    (lambda rows: rows.replace({"hs4": {"8517": "851"}}), r"CHN: expected headings of four digits; found 851"),
    (lambda rows: rows[1:], r"CHN 2025: expected rows that cover 94\.92 per cent of all; found 86\.97"),
    (lambda rows: rows[rows["partner"] != "CHN"], r"coverage\.csv, CHN: expected the partners of both files"),
    (lambda rows: rows.iloc[:, :3], r"expected imports_jan_…_YEAR_kusd of two years to one month; found partner, hs4"),
]


@pytest.mark.parametrize(("spoil", "message"), HEADING_SLIPS)
def test_wrong_headings_are_refused(tmp_path, test_data, spoil, message) -> None:
    file = tmp_path / "us_imports_by_partner_hs4_jan_aug_2025_2026.csv"
    spoil(pd.read_csv(test_data / "data" / HEADINGS, dtype={"hs4": str})).to_csv(file, index=False)
    (tmp_path / step.TOTALS).write_bytes((test_data / "data" / FOLDER / step.TOTALS).read_bytes())
    with pytest.raises(GvcError, match=message):
        step.by_heading(file)


def test_computing_hardware_is_counted_each_month(tmp_path, test_data, months) -> None:
    kept = pd.read_csv(panel.DATA / "frontier" / "us_market_computing.csv").set_index("month")
    assert len(kept) == 33
    assert kept["imports"]["2026-05"] / 1e9 == pytest.approx(52.3, abs=0.05)
    assert kept["rate"]["2026-05"] == pytest.approx(0.4, abs=0.05)
    rows = pd.read_csv(test_data / "data" / AI)
    rows.drop(index=20).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=r"x\.csv: expected each month once, .*; found 2024-09"):
        step.computing(tmp_path / "x.csv", months)
    rows["compute_hardware_dollars"] *= 1e3
    rows.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=r"x\.csv, 2023-09: expected less than all imports"):
        step.computing(tmp_path / "x.csv", months)


def test_a_folder_without_them_says_what_belongs_there(tmp_path) -> None:
    with pytest.raises(GvcError, match=r"expected us_imports_by_partner_monthly_\*\.csv; found no such file"):
        step.main(tmp_path, tmp_path)
