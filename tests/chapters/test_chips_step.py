"""What China buys to make chips: what is kept against the sources, and spoilt sources."""

import pandas as pd
import pytest

from chapters.frontier import chips_step
from gvc import GvcError, panel

TYPED = panel.DATA / "frontier" / chips_step.TYPED


def test_kept_numbers_are_those_of_the_sources(test_data, tmp_path) -> None:
    chips_step.main(test_data / "data", tmp_path)
    kept = (panel.DATA / "frontier" / "chips.csv").read_text("utf-8")
    assert (tmp_path / "chips.csv").read_text("utf-8") == kept
    rows = pd.read_csv(tmp_path / "chips.csv").set_index(["count", "good", "year", "partner"])["value"].sort_index()
    # Read off the files by hand.
    assert rows["bought", "machines", 2017, "WLD"] == 19667.2
    assert rows["bought", "machines", 2023, "NLD"] == 7514.82
    assert rows["bought", "chips", 2018, "CHN"] == 42383.6
    assert rows["partners", "machines", 2026, "NLD"] == 1522.36
    # And off the other one.
    assert rows["bought", "machines", 2021, "USA"] == 6939.92
    assert rows["bought", "chips", 2022, "WLD"] == 416525
    assert rows["sold", "chips", 2023, "WLD"] == 136335


def test_every_year_is_there_and_whole() -> None:
    rows = pd.read_csv(panel.DATA / "frontier" / "chips.csv").query("count == 'bought'")
    wide = rows.pivot(index=["good", "year"], columns="partner", values="value")
    assert wide.index.tolist() == [(good, year) for good in ("chips", "machines") for year in range(2017, 2024)]
    named = wide.drop(columns="WLD").sum(axis="columns") / wide["WLD"]
    assert named.between(0.97, 1).all()


def test_years_in_part_agree_with_the_typed_ones(test_data) -> None:
    rows = pd.read_csv(test_data / "data" / "chips" / chips_step.CHINA)
    typed = pd.read_csv(TYPED).query("flow == 'imports'").set_index(["hs4", "year", "partner"])["usd"]
    codes = {"Taiwan": "TWN", "Malaysia": "MYS", "Viet Nam": "VNM", "United States": "USA", "Philippines": "PHL"}
    shown = 0
    for row in rows.query("hs4 == 8542 and year in (2017, 2022)").itertuples():
        if row.origin in codes:
            assert typed[8542, row.year, codes[row.origin]] == row.usd
            shown += 1
    assert shown == 8


def spoilt(tmp_path, test_data, change) -> pd.DataFrame:
    rows = pd.read_csv(test_data / "data" / "chips" / chips_step.CHINA)
    change(rows).to_csv(tmp_path / "x.csv", index=False)
    return chips_step.bought(tmp_path / "x.csv", TYPED)


def test_a_slip_is_seen_where_two_copies_show_a_year(tmp_path, test_data) -> None:
    with pytest.raises(GvcError, match=r"chips_typed\.csv, chips, 2022, TWN: expected 159008370389 as in x\.csv"):
        spoilt(
            tmp_path,
            test_data,
            lambda rows: rows.assign(usd=rows["usd"].where(rows["usd"] != 159008370388, 159008370389)),
        )


def test_origins_that_miss_the_total_are_refused(tmp_path, test_data) -> None:
    with pytest.raises(GvcError, match=r"x\.csv, machines, 2018: expected origins that give nine tenths"):
        spoilt(
            tmp_path,
            test_data,
            lambda rows: rows[~(rows["year"].eq(2018) & rows["hs4"].eq(8486) & rows["origin"].eq("Japan"))],
        )


def test_a_newer_year_is_taken_as_it_comes(tmp_path, test_data) -> None:
    def later(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([rows, rows[rows["year"] == 2023].assign(year=2024)])

    found = spoilt(tmp_path, test_data, later)
    assert found["year"].max() == 2024
    assert found.query("year == 2024 and partner == 'WLD' and good == 'chips'")["value"].item() == 350138.570686


def test_a_name_that_no_economy_has_is_refused(tmp_path, test_data) -> None:
    with pytest.raises(GvcError, match="Atlantis"):
        spoilt(tmp_path, test_data, lambda rows: rows.replace({"origin": {"Japan": "Atlantis"}}))
