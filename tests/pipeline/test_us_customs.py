"""What American customs count, against the source read by plain pandas, and a file that reaches further."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gvc import panel
from gvc.errors import GvcError
from industrial_chains import ledger
from industrial_chains.trade_model import inputs
from pipeline import us_customs as step
from tests.conftest import ROOT

NAMES = ("us_imports", "us_imports_by_month", "us_imports_content")
ANNUAL, MONTHLY = "us_imports_naics3_partner_annual_2013_2025.csv", "us_imports_total_monthly.csv"


def test_imports_are_those_of_customs() -> None:
    """The numbers that the file's carrier prints: all goods of China, by year; electronics to November."""
    imports = inputs.us_imports()
    of_china = imports[imports["partner"] == "CHN"].groupby("year")[["imports", "imports_to", "duty"]].sum()
    assert of_china.loc[2017, "imports"] == pytest.approx(503_652, abs=1)
    assert of_china.loc[2025, "imports_to"] == pytest.approx(279_852, abs=1)
    assert of_china.loc[2017, "duty"] == pytest.approx(13_501, abs=1)
    row = imports[(imports["partner"] == "VNM") & (imports["industry"] == "C26") & (imports["year"] == 2025)]
    assert row["imports_to"].item() == pytest.approx(92_600, abs=50)
    all_goods = imports.groupby("year")["imports_to"].sum()
    assert all_goods[2025] == pytest.approx(3_115_400, abs=50)


def test_the_union_does_not_hold_the_united_kingdom() -> None:
    """Where it did, it would fall by some 50 billion dollars from 2017 to 2018."""
    imports = inputs.us_imports()
    union = imports[imports["partner"] == "EU27"].groupby("year")["imports"].sum()
    assert union[2017] == pytest.approx(378_400, rel=2e-3)
    assert union[2018] > union[2017]
    months = pd.read_csv(panel.DATA / "frontier" / "us_imports_by_month.csv").set_index(["year", "month"])
    assert months["EU27"].groupby("year").sum()[2017] == pytest.approx(union[2017], rel=1e-5)
    rest = months["EU27"] - months[["AUT", "BEL", "FRA", "DEU", "IRL", "ITA", "NLD", "ESP", "SWE"]].sum(axis=1)
    # Beyond the nine that the file shows, nothing jumps where the source's own row does, by four billion a month.
    assert abs(rest[2018, 1] - rest[2017, 12]) < 1_000


def test_months_add_up_to_years() -> None:
    months = pd.read_csv(panel.DATA / "frontier" / "us_imports_by_month.csv").set_index(["year", "month"])
    sums = months.groupby("year").sum()
    years = inputs.us_imports().pivot_table(index="year", columns="partner", values="imports", aggfunc="sum")
    for partner in ("CHN", "VNM", "EU27", "GBR"):
        whole = years[partner][years[partner] > 0]
        np.testing.assert_allclose(sums[partner][whole.index], whole, rtol=1e-5)
    assert (
        months.drop(columns=["WLD", "AUT", "BEL", "FRA", "DEU", "IRL", "ITA", "NLD", "ESP", "SWE"]).sum(axis=1)
        < months["WLD"]
    ).all()


def test_content_is_the_ledgers() -> None:
    """Viet Nam's electronics hold what they hold in the ledger: of one industry all exports are made alike."""
    content = pd.read_csv(panel.DATA / "frontier" / "us_imports_content.csv").set_index(["exporter", "industry"])
    parts = content.div(content["exports"], axis=0)
    for host in ("VNM", "MEX", "IND", "THA"):
        due = ledger.cents(ledger.earned(host, "computers"))[2022] / 100
        for ours, theirs in (("home", "home"), ("CHN", "CHN"), ("USA", "USA")):
            assert parts.loc[(host, "C26"), ours] == pytest.approx(due[theirs], abs=1e-4)
    sold = content["exports"].groupby("exporter").sum()
    counted = inputs.us_imports().query("year == 2022").groupby("partner")["imports"].sum()
    # The OECD and customs agree on who is large.
    assert np.corrcoef(np.log(sold), np.log(counted[sold.index]))[0, 1] > 0.95
    assert (content[["home", "CHN", "USA"]].sum(axis=1) <= content["exports"] * 1.00001).all()


def test_the_step_writes_what_the_book_holds(tmp_path: Path, test_data: Path) -> None:
    step.main(test_data / "data", tmp_path)
    for name in NAMES[:2]:
        assert (tmp_path / f"{name}.csv").read_bytes() == (panel.DATA / "frontier" / f"{name}.csv").read_bytes()
    ours, again = (pd.read_csv(folder / f"{NAMES[2]}.csv") for folder in (panel.DATA / "frontier", tmp_path))
    pd.testing.assert_frame_equal(again, ours, rtol=1e-4, atol=1e-3)


def further(source: Path, out: Path, *, year: int, month: int) -> Path:
    """Write the files as they may come: one that ends in another month, and what is new is last year's half again."""
    raw = out / "us_imports"
    raw.mkdir(parents=True)
    months = pd.read_csv(source / "us_imports" / MONTHLY)
    partners = [name for name in months if name not in ("year", "month")]
    late = months[(months["year"] == 2025) & (months["month"] == 11)]
    made = []
    for at in range(2025 * 12 + 12, year * 12 + month + 1):
        row = late.copy()
        row["year"], row["month"] = (at - 1) // 12, (at - 1) % 12 + 1
        row[partners] = (row[partners] * 1.5).round()
        made.append(row)
    pd.concat([months, *made]).to_csv(raw / MONTHLY, index=False)
    rows = pd.read_csv(source / "us_imports" / ANNUAL, dtype={"NAICS": str})
    columns = {"imports_jan_nov_usd": "imports_usd", "duty_jan_nov_usd": "duty_usd"}
    last = rows[rows["year"] == 2025]
    # A month is an eleventh of the year so far.
    added = last[["imports_usd", "duty_usd"]] * (1.5 / 11)
    full = last.assign(months=12, **{name: last[name] + added[name] for name in added})
    parts = {name: rows[old] * month / 12 for name, old in zip(("imports", "duty"), columns.values(), strict=True)}
    rows = rows.drop(columns=list(columns))
    short = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"][month - 1]
    span = "jan" if month == 1 else f"jan_{short}"
    rows = rows.assign(**{f"{name}_{span}_usd": value for name, value in parts.items()})
    full = full.drop(columns=list(columns)).assign(
        **{f"{name}_{span}_usd": full[f"{name}_usd"] * month / 12 for name in ("imports", "duty")}
    )
    every = [rows[rows["year"] < 2025], full]
    if year > 2025:
        new = full.assign(year=year, months=month)
        for name in ("imports", "duty"):
            new[f"{name}_usd"] = new[f"{name}_{span}_usd"]
        every.append(new)
    pd.concat(every).to_csv(raw / ANNUAL.replace("2025", str(year)), index=False)
    return out


#: What a page on a folder of data says: its numbers, and the words and axes of its charts.
_ASKED = """
import json, sys
from industrial_chains import customs
from chapters import in_brief
from chapters.frontier import american_market as page, back_test
from chapters.methods import data
print(json.dumps({
    "numbers": page._since_2013(), "share": customs.shares(customs.end()[0])["CHN"],
    "month": page.since_2013()["month"].iloc[-1], "month_now": customs.monthly_shares()["CHN"].iloc[-1],
    "duties": int(page.duty_by_year()["year"].max()), "industries": list(page.industries())[:4],
    "subtitle": str(customs.to_month("January to {0}")), "path": int(back_test.path()["year"].max()),
    "variants": sorted(set(data.variants()["Months"])),
    "brief": {name: in_brief.numbers()[name] for name in ("last_year", "last_month")},
    "whole": list(page.imports_and_duties())[-1],
    "trials": list(page.trials_of_shares().index), "counts": list(page.counts().index),
}))
"""


@pytest.mark.parametrize(("year", "month"), [(2025, 12), (2026, 2), (2026, 1)])
def test_a_newer_file_extends_everything(tmp_path: Path, test_data: Path, year: int, month: int) -> None:
    """A made-up next month, and a made-up next year, change every series, axis and sentence, and no line of code."""
    raw = further(test_data / "data", tmp_path / "raw", year=year, month=month)
    data = tmp_path / "data"
    data.mkdir()
    for path in panel.DATA.iterdir():
        (data / path.name).symlink_to(path) if path.name != "frontier" else None
    (data / "frontier").mkdir()
    for path in (panel.DATA / "frontier").iterdir():
        if path.stem not in NAMES[:2]:
            (data / "frontier" / path.name).symlink_to(path)
    step.us_imports(raw).to_csv(data / "frontier" / "us_imports.csv", index=False)
    step.us_imports_by_month(raw).to_csv(data / "frontier" / "us_imports_by_month.csv", index=False)
    done = subprocess.run(
        [sys.executable, "-c", _ASKED],
        cwd=ROOT,
        env={**os.environ, "GVC_DATA": str(data)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    name = {12: "December", 2: "February", 1: "January"}[month]
    assert (said["numbers"]["last_year"], said["numbers"]["last_month"]) == (year, name)
    assert said["subtitle"] == f"January to {name}"
    assert said["path"] == year
    assert said["variants"] == ["Full year", f"January to {name}"]
    assert said["brief"] == {"last_year": year, "last_month": name}
    assert said["month"] == f"{year}-{month:02}"
    assert said["industries"] == ["2017", "2022", "2024", str(year)]
    assert said["duties"] == year
    assert said["whole"] == f"duty_{year}"
    assert said["trials"][0] == "All goods, from 2022"
    # The made-up months hold as much of everybody's goods as November 2025 did, so that China's share is November's.
    assert said["month_now"] == pytest.approx(7.770, abs=1e-3)
    # And the made-up year has the shares of January to November 2025.
    assert said["share"] == pytest.approx(8.983, abs=1e-3)
    text = json.dumps(said)
    assert "November" not in text
    assert year == 2025 or "2025" not in text


def test_a_file_without_its_columns_is_told(tmp_path: Path, test_data: Path) -> None:
    raw = tmp_path / "us_imports"
    raw.mkdir()
    with pytest.raises(GvcError, match="no such file"):
        step.us_imports(tmp_path)
    rows = pd.read_csv(test_data / "data" / "us_imports" / ANNUAL, dtype={"NAICS": str})
    rows.rename(columns={"imports_jan_nov_usd": "so_far"}).to_csv(raw / ANNUAL, index=False)
    with pytest.raises(GvcError, match="imports_jan_"):
        step.us_imports(tmp_path)


def test_files_that_end_in_different_months_are_told(tmp_path: Path, test_data: Path) -> None:
    raw = tmp_path / "us_imports"
    raw.mkdir()
    (raw / ANNUAL).symlink_to(test_data / "data" / "us_imports" / ANNUAL)
    months = pd.read_csv(test_data / "data" / "us_imports" / MONTHLY)
    months[:-1].to_csv(raw / MONTHLY, index=False)
    with pytest.raises(GvcError, match="expected 2025, month 10; found 2025, month 11"):
        step.main(tmp_path, tmp_path)
