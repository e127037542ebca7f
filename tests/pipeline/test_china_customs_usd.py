"""China's customs in dollars: what is kept against the source, and a spoilt source."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import china_customs_usd


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "china_customs_usd.csv")
    found = china_customs_usd.in_dollars(test_data / "data" / china_customs_usd.FILE)
    pd.testing.assert_frame_equal(found, kept, rtol=1e-7)
    by = kept.set_index(["partner", "year"])["both"]
    assert (by["KOR", 2024], by["JPN", 2024]) == (pytest.approx(328.083), pytest.approx(308.274)), "billions"
    assert kept.groupby("partner").size().value_counts().to_dict() == {6: 17, 3: 1}, "Russia from 2023 only"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: pd.concat([rows, rows.tail(1)]),
        lambda rows: rows.assign(total_100m_usd=rows["total_100m_usd"] + (rows.index == 100)),
    ],
)
def test_a_spoilt_source_is_refused(tmp_path, test_data, spoil) -> None:
    spoil(pd.read_csv(test_data / "data" / china_customs_usd.FILE)).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=r"x\.csv, [A-Z]{3} 20\d\d: expected one row, whose exports and imports add up"):
        china_customs_usd.in_dollars(tmp_path / "x.csv")
