"""Who invests in Indonesia: what is kept against the source, and a spoilt source."""

import fastexcel
import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import investors

FILE = "fdi/bps_fdi_country_2000_2024_combined.xlsx"


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "investors.csv")
    pd.testing.assert_frame_equal(
        investors.investors(test_data / "data" / FILE).reset_index(drop=True), kept, rtol=1e-5, check_dtype=False
    )
    by = kept.set_index(["year", "origin"])["value"]
    # Read off the file by hand.
    assert (by[2024, "CHN"], by[2024, "HKG"], by[2024, "JPN"], by[2024, "SGP"]) == (8106.9, 8216.5, 3463.9, 20075.2)
    assert by[2000, "JPN"] == 1954.4
    assert min(kept.loc[kept["origin"].eq("CHN"), "year"]) == 2015


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda rows: rows.assign(
                **{"fdi_million usd": rows["fdi_million usd"].where(rows["country"].ne("Asia"), 1)}
            ),
            r"x\.xlsx, 2000: expected parts of the world that add up to the total; found -3821\.8 million USD",
        ),
        (
            lambda rows: rows[rows["country"].ne("Japan")],
            r"x\.xlsx: expected a row of each origin; found none of Japan",
        ),
    ],
)
def test_a_spoilt_source_is_refused(monkeypatch, tmp_path, test_data, spoil, message) -> None:
    rows = fastexcel.read_excel(test_data / "data" / FILE).load_sheet(0).to_pandas()

    class Spoilt:
        def load_sheet(self, _: int) -> "Spoilt":
            return self

        def to_pandas(self) -> pd.DataFrame:
            return spoil(rows)

    monkeypatch.setattr(fastexcel, "read_excel", lambda _: Spoilt())
    with pytest.raises(GvcError, match=message):
        investors.investors(tmp_path / "x.xlsx")
