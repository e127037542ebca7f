"""To whom Japan and others export: what is kept against the source, and a spoilt source."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import markets

FILE = "imts/imts_exports_2025_top15_6reporters.csv"


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "markets.csv")
    newest = kept[kept["year"] == 2025].reset_index(drop=True)
    pd.testing.assert_frame_equal(markets.markets(test_data / "data" / FILE), newest, rtol=1e-7)
    by = newest.set_index(["reporter", "partner"])["value"] / 1000
    assert by.round(1).reindex(
        [("JPN", "USA"), ("JPN", "CHN"), ("JPN", "HKG"), ("KOR", "CHN"), ("KOR", "USA")]
    ).tolist() == [*(137.2, 125.6, 42.9, 130.8, 123.3)]
    assert newest.groupby("reporter").size().to_dict() == {
        "IDN": 11,
        "IND": 11,
        "JPN": 16,
        "KHM": 5,
        "KOR": 16,
        "LAO": 4,
    }


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda rows: rows[~(rows["reporter"].eq("KOR") & rows["partner"].eq("WLD"))], "15 rows with 507158"),
        (
            lambda rows: rows.assign(exports_fob_usd=rows["exports_fob_usd"].replace(123271040000, 5e11)),
            "16 rows with 883887",
        ),
        (lambda rows: rows.assign(partner=rows["partner"].replace("TUR", "CHN")), "16 rows with 507158"),
    ],
)
def test_a_spoilt_source_is_refused(tmp_path, test_data, spoil, found) -> None:
    spoil(pd.read_csv(test_data / "data" / FILE)).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=rf"x\.csv, KOR 2025: expected a total, and partners below it.*; found {found}"):
        markets.markets(tmp_path / "x.csv")


def test_kept_markets_of_japan_are_those_of_two_other_sources(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "markets.csv").query("reporter == 'JPN' and year < 2025")
    found = markets.of_japan(test_data / "data" / "totals_2022_2025")
    pd.testing.assert_frame_equal(found, kept.reset_index(drop=True), check_dtype=False, rtol=1e-7)
    by = kept.set_index(["year", "partner"])["value"]
    assert by[2023, "USA"] == 145131, "as printed"
    assert by[2022, "CHN"] == pytest.approx(144618.1, abs=0.1)
    assert by.groupby("year").size().to_dict() == {2022: 16, 2023: 8}


def test_the_newest_file_is_read(tmp_path, test_data) -> None:
    (tmp_path / "totals_2022_2025").symlink_to(test_data / "data" / "totals_2022_2025")
    rows = pd.read_csv(test_data / "data" / FILE)
    (tmp_path / "imts").mkdir()
    rows.to_csv(tmp_path / "imts" / "imts_exports_2025_a.csv", index=False)
    pd.concat([rows, rows.assign(year=2026)]).to_csv(tmp_path / "imts" / "imts_exports_2026_a.csv", index=False)
    markets.main(tmp_path, tmp_path / "out")
    assert set(pd.read_csv(tmp_path / "out" / "markets.csv")["year"]) == {2022, 2023, 2025, 2026}
