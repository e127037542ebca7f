"""Korea's exports by month: numbers that are printed, and files that lack one."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import korea_customs as step

DESTINATIONS = "korea_2026/korea_exports_by_destination_monthly_2025-08_2026-07.csv"
ITEMS = "korea_2026/korea_exports_by_item_monthly.csv"
LARGEST = "korea_2026/korea_exports_item_top5_countries_2026-07.csv"


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "korea_by_month.csv")
    found = step.korea_by_month(*(test_data / "data" / one for one in (DESTINATIONS, ITEMS, LARGEST)))
    pd.testing.assert_frame_equal(found, kept)
    by = kept.set_index(["month", "item", "partner"])["exports"]
    july = [by["2026-07", "all", partner] for partner in ("CHN", "ASEAN10", "USA")]
    assert july == [21_660, 18_800, 17_470]
    assert by["2025-08", "semiconductors", "WLD"] == 12_870
    assert by["2026-07", "semiconductors", "WLD"] == 33_100
    chips = [by["2026-07", "semiconductors", partner] for partner in ("CHN", "VNM", "HKG", "TWN", "MYS")]
    assert chips == [13_490, 5_940, 4_380, 3_920, 1_590]
    assert len(kept) == 12 * 9 + 5


def test_a_month_that_is_missing_is_refused(tmp_path, test_data) -> None:
    rows = pd.read_csv(test_data / "data" / DESTINATIONS)
    rows[~(rows["destination"].eq("Japan") & rows["month"].eq("2026-03"))].to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=r"x\.csv, 2026-03: expected exports of all to JPN; found nan"):
        step.korea_by_month(tmp_path / "x.csv", test_data / "data" / ITEMS, test_data / "data" / LARGEST)
    items = pd.read_csv(test_data / "data" / ITEMS)
    items[items["item_ko"] != step.CHIPS].to_csv(tmp_path / "y.csv", index=False)
    with pytest.raises(GvcError, match=r"y\.csv, 2025-08: expected exports of semiconductors to WLD; found nan"):
        step.korea_by_month(test_data / "data" / DESTINATIONS, tmp_path / "y.csv", test_data / "data" / LARGEST)


@pytest.mark.parametrize("spoil", [("country_ko", "중국", "화성"), ("exports_100m_usd_2026_07", 134.9, 1349.0)])
def test_largest_buyers_that_cannot_be_are_refused(tmp_path, test_data, spoil) -> None:
    column, was, becomes = spoil
    rows = pd.read_csv(test_data / "data" / LARGEST)
    rows.assign(**{column: rows[column].replace(was, becomes)}).to_csv(tmp_path / "z.csv", index=False)
    with pytest.raises(GvcError, match=r"z\.csv: expected exports_100m_usd_2026_07 of buyers that are known"):
        step.korea_by_month(test_data / "data" / DESTINATIONS, test_data / "data" / ITEMS, tmp_path / "z.csv")
