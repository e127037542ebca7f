"""Persons employed: what is kept against the source, and a spoilt source."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import jobs

FILE = "jobs/etd_employment_12_sectors_1990_2018.csv"


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "jobs.csv")
    pd.testing.assert_frame_equal(jobs.jobs(test_data / "data" / FILE), kept, rtol=1e-6)
    assert len(kept) == 51 * 29
    assert not {"USA", "RUS"} & set(kept["economy"])
    by = kept.set_index(["economy", "year"])
    # Read off the file by hand.
    assert by.loc[("ARG", 1990)].tolist() == [2031.536, 11811.48]
    assert by["manufacturing"].round(1).reindex([("VNM", 1990), ("VNM", 2018), ("CHN", 2018)]).tolist() == [
        *(2103.8, 9717.4, 151140.0)
    ]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda rows: rows.assign(Mining=rows["Mining"].where(rows.index != 1, 125.701)),
            r"x\.csv, ARG 1991: expected sectors that add up to the total; found \+100\.000 thousand persons",
        ),
        (lambda rows: rows.assign(var="VA_Q15"), r"x\.csv: expected employment, EMP; found VA_Q15"),
    ],
)
def test_a_spoilt_source_is_refused(tmp_path, test_data, spoil, message) -> None:
    spoil(pd.read_csv(test_data / "data" / FILE)).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=message):
        jobs.jobs(tmp_path / "x.csv")


def test_the_file_is_found_by_its_name(tmp_path, test_data) -> None:
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "etd_employment_12_sectors_1990_2018.csv").write_bytes(
        (test_data / "data" / FILE).read_bytes()
    )
    jobs.main(tmp_path, tmp_path / "out")
    assert (tmp_path / "out" / "jobs.csv").read_bytes() == (panel.DATA / "northeast_asia" / "jobs.csv").read_bytes()
