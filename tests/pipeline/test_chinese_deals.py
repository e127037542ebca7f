"""Large Chinese investments: what is kept against the source, and a spoilt source."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import chinese_deals

FILE = "china_outward_investment/aei_cgit_host_year_sector_2005_2024.csv"


def test_kept_numbers_are_those_of_the_source(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "chinese_deals.csv")
    pd.testing.assert_frame_equal(chinese_deals.deals(test_data / "data" / FILE), kept)
    assert len(kept) == 12 * 4
    by = kept.set_index(["host", "first"])
    # Counted in the file by hand.
    assert by["deals"][[("IND", 2010), ("IND", 2015), ("IND", 2020), ("VNM", 2020)]].tolist() == [0, 21, 1, 23]


def test_sums_another_way(test_data) -> None:
    rows = pd.read_csv(test_data / "data" / FILE)
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "chinese_deals.csv").set_index(["host", "first"])
    for host, first, every, energy in (
        ("IDN", 2020, 18840, 1540),
        ("IND", 2015, 14140, 1290),
        ("SGP", 2005, 6720, 2180),
    ):
        here = rows[(rows["host"] == host) & (rows["year"] >= first) & (rows["year"] < first + 5)]
        assert here["investment_musd"].sum() == kept["all"][host, first] == every
        assert here.loc[here["sector"] == "Energy", "investment_musd"].sum() == kept["energy"][host, first] == energy
    industry = rows[rows["sector"].isin(["Chemicals", "Health", "Metals", "Other", "Technology", "Transport"])]
    for host, first, due in (("IDN", 2020, 12910), ("IND", 2015, 7980), ("IND", 2020, 260), ("VNM", 2015, 1510)):
        here = industry[(industry["host"] == host) & industry["year"].between(first, first + 4)]
        assert here["investment_musd"].sum() == kept["industry"][host, first] == due


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda rows: rows[rows["year"] != 2019], "none of 2019"),
        (lambda rows: rows[rows["sector"] != "Metals"], "none of Metals"),
    ],
)
def test_a_spoilt_source_is_refused(tmp_path, test_data, spoil, found) -> None:
    spoil(pd.read_csv(test_data / "data" / FILE)).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=rf"x\.csv: expected all years and sectors; found {found}\. Take it whole\."):
        chinese_deals.deals(tmp_path / "x.csv")


def test_the_file_is_found_by_its_name(tmp_path, test_data) -> None:
    (tmp_path / "china_outward_investment").mkdir()
    (tmp_path / FILE).write_bytes((test_data / "data" / FILE).read_bytes())
    chinese_deals.main(tmp_path, tmp_path / "out")
    shipped = panel.DATA / "northeast_asia" / "chinese_deals.csv"
    assert (tmp_path / "out" / "chinese_deals.csv").read_bytes() == shipped.read_bytes()
