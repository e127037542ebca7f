"""China's other markets on the page after 2022: recomputed from the bulletin by plain pandas, and with a year more."""

from pathlib import Path

import pandas as pd
import pytest

from chapters.frontier import after_2022 as page
from industrial_chains import data
from tests.changed_files import with_files


@pytest.fixture(scope="module")
def bulletin(test_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data/china_customs/china_customs_by_partner_2024_2025_rmb.csv")
    return rows.set_index(["partner", "year"])


def test_numbers_of_the_section_by_plain_pandas(bulletin) -> None:
    sold, found = bulletin["export_rmb_10k"] / 1e5, page.numbers()
    table = page.markets()
    change = table[2025] - table[2024]
    all_before = sold["World", 2025] / (1 + bulletin.loc[("World", 2025), "yoy_export_pct"] / 100)
    lost = sold["United States", 2024] - sold["United States", 2025]
    gained = sold["World", 2025] - all_before + lost
    assert change["USA"] == pytest.approx(-lost, abs=1e-3)
    assert change["WLD"] - change["USA"] == pytest.approx(gained, abs=1e-2)
    assert (round(lost), round(gained)) == (727, 2279)
    for code, name in (("VNM", "Viet Nam"), ("IND", "India"), ("MEX", "Mexico")):
        assert table.loc[code].tolist() == pytest.approx([sold[name, 2024], sold[name, 2025]], abs=1e-3)
    assert (found["markets_first_year"], found["markets_last_year"]) == (2024, 2025)
    assert change["HKG"] == pytest.approx(sold["Hong Kong", 2025] - sold["Hong Kong", 2024], abs=1e-3)
    russia = sold["Russia", 2025] * (1 - 1 / (1 - 9.9 / 100))
    named = ["Viet Nam", "Mexico", "India", "Taiwan", "Thailand", "Hong Kong", "Japan", "Korea", "Canada", "Brunei"]
    named += ["Indonesia", "Cambodia", "Laos", "Myanmar", "Malaysia", "Philippines", "Singapore"]
    rest = gained - russia - sum(sold[name, 2025] - sold[name, 2024] for name in named)
    assert change[page.ALL_ELSE] == pytest.approx(rest, abs=1e-2)


def test_the_rows_of_markets_add_up() -> None:
    for flow in ("exports", "imports", "both"):
        table = page.markets(flow)
        pd.testing.assert_series_equal(table.drop("WLD").sum(), table.loc["WLD"], check_names=False)
        assert table.loc[page.ALL_ELSE].min() > 0


def test_what_the_section_says_is_so_in_every_count() -> None:
    trials = page.trials_of_markets()
    assert (trials["United States"] < 0).all()
    assert (trials["All others"] > -trials["United States"]).all(), "the title of the chart"
    assert len(trials) == 6
    table = page.markets()
    change = table[table.columns[-1]] - table[table.columns[0]]
    assert (change[list(page.GAINERS)] > 0).sum() == 4, "four of the five bought more"
    assert -10 < change["MEX"] < 0, "a little less"
    alone = change[list(page.MARKETS)]
    assert alone.nlargest(2).index.tolist() == ["HKG", "VNM"]
    assert change.drop("WLD").idxmax() == page.ALL_ELSE
    assert change.drop("WLD").abs().nlargest(2).index.tolist() == [page.ALL_ELSE, "USA"]


def test_exports_are_more_abroad_in_dollars_and_euros_too() -> None:
    """The title stays true if RMB of the last year are worth a twentieth less."""
    table = page.markets()
    first, last = table.iloc[:, 0], 0.95 * table.iloc[:, -1]
    change = last - first
    assert change["WLD"] - change["USA"] > -change["USA"]


def test_another_year_extends_table_chart_and_sentences(monkeypatch) -> None:
    rows = data.table("china_customs")
    grown = rows[rows["year"].eq(2025)].assign(year=2026)
    grown[["both", "exports", "imports"]] *= 1.1
    more = pd.concat([rows, grown])
    with_files(monkeypatch, china_customs=more)
    assert list(page.markets()) == [2024, 2025, 2026]
    assert str(page.of_markets("{0} to {1}")) == "2024 to 2026"
    assert page.shown_markets()["Billion RMB", "2026"].round(1)["Viet Nam"] == 1559.4
    values = page.markets_changed().set_index("partner")["value"]
    assert values["VNM"] == 407.4
    assert len(page.trials_of_markets()) == 5, "the growth over one year revises no year before it"
    assert page._markets()["markets_last_year"] == 2026
