"""With whom China trades: what is kept against the bulletin, a spoilt one, and one with a year more."""

import pandas as pd
import pytest

from gvc import GvcError, panel
from pipeline import china_customs

FILE = "china_customs/china_customs_by_partner_2024_2025_rmb.csv"
PART = "china_customs_2026/china_customs_by_partner_2026-07_ytd_rmb.csv"


@pytest.fixture
def source(test_data) -> pd.DataFrame:
    return pd.read_csv(test_data / "data" / FILE)


def test_kept_numbers_are_those_of_the_bulletin(test_data, source) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "china_customs.csv")
    pd.testing.assert_frame_equal(china_customs.china_customs(test_data / "data" / FILE), kept, rtol=1e-7)
    by = kept.set_index(["partner", "year"])
    # Billion RMB, as the bulletin rounds them.
    assert by.loc[("KOR", 2024), ["both", "exports", "imports"]].round(1).tolist() == [2334.6, 1041.5, 1293.1]
    assert by.loc[("JPN", 2024), ["both", "exports", "imports"]].round(1).tolist() == [2193.4, 1081.6, 1111.9]
    assert by["exports"].round().reindex([("VNM", 2024), ("VNM", 2025), ("USA", 2024), ("USA", 2025)]).tolist() == [
        *(1152, 1418, 3734, 3007)
    ]
    assert "CHN" not in set(kept["partner"]), "what comes back to China is no partner"
    assert kept.loc[kept["partner"].isin(["WLD", "RCEP", "RUS", "TLS"]), "year"].eq(2025).all()
    names = "Brunei|Indonesia|Cambodia|Laos|Myanmar|Malaysia|Philippines|Singapore|Thailand|Viet Nam"
    members = source[source["partner"].str.fullmatch(names) & source["year"].eq(2024)]
    assert by.loc[("ASEAN10", 2024), "both"] == pytest.approx(members["total_rmb_10k"].sum() / 1e5, abs=1e-3)


@pytest.mark.parametrize(
    ("where", "changed", "message"),
    [
        (
            "JPN",
            {"export_rmb_10k": 1},
            r"x\.csv, JPN 2024: expected exports and imports that add up; found -1081\.577\.",
        ),
        ("VNM", {"iso3": "JPN"}, r"x\.csv, JPN 2024: expected one row; found two"),
        ("MMR", {"iso3": "XXX"}, r"ASEAN 2024, both: expected members that add up; found \+nan"),
    ],
)
def test_a_slip_of_the_pen_is_refused(tmp_path, source, where, changed, message) -> None:
    here = source["iso3"].eq(where) & source["year"].eq(2024)
    for column, value in changed.items():
        source.loc[here, column] = value
    source.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=message):
        china_customs.china_customs(tmp_path / "x.csv")


def test_a_digit_that_the_printed_growth_denies_is_refused(tmp_path, source) -> None:
    here = source["iso3"].eq("IND") & source["year"].eq(2025)
    source.loc[here, ["total_rmb_10k", "export_rmb_10k"]] += 3e7  # 97.2 to 127.2 million, and the sum with it
    source.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(GvcError, match=r"IND 2025, both: expected growth near 13\.0; found \+30\.5 points"):
        china_customs.china_customs(tmp_path / "x.csv")


def test_the_newest_file_is_read_and_may_hold_another_year(tmp_path, test_data, source) -> None:
    (tmp_path / "china_customs").mkdir()
    source.to_csv(tmp_path / "china_customs" / "china_customs_by_partner_2024_2025_rmb.csv", index=False)
    more = source[source["year"].eq(2025)].assign(year=2026)
    for column in [name for name in more if name.endswith("rmb_10k")]:
        more[column] *= 1.1
    more = more.assign(yoy_total_pct=10, yoy_export_pct=10, yoy_import_pct=10)
    both = pd.concat([source, more])
    both.to_csv(tmp_path / "china_customs" / "china_customs_by_partner_2024_2026_rmb.csv", index=False)
    part = tmp_path / PART
    part.parent.mkdir()
    part.write_bytes((test_data / "data" / PART).read_bytes())
    china_customs.main(tmp_path, tmp_path / "out")
    found = pd.read_csv(tmp_path / "out" / "china_customs.csv").set_index(["partner", "year"])["exports"]
    assert found["MEX", 2026] == pytest.approx(1.1 * 638.1169, rel=1e-6)


def test_part_of_a_year_is_that_of_the_bulletin(test_data) -> None:
    kept = pd.read_csv(panel.DATA / "northeast_asia" / "china_customs_to_month.csv")
    pd.testing.assert_frame_equal(china_customs.to_month(test_data / "data" / PART), kept, rtol=1e-7)
    by = kept.set_index("partner")
    sold = {"VNM": 969, "THA": 538, "MYS": 539, "IDN": 390, "IND": 645, "MEX": 376, "USA": 1782, "KOR": 766, "JPN": 674}
    assert by["exports"].round()[list(sold)].to_dict() == sold
    assert by.loc[["VNM", "USA", "ASEAN10"], "growth_exports"].tolist() == [22.5, -1.3, 20.3]
    assert by.loc["KOR", ["imports", "growth_imports"]].round(1).tolist() == [1170.6, 60.5]
    assert (kept["year"].unique(), kept["to"].unique()) == (2026, 7)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"exports_jan_jul_2026": 1.0}, r"VNM 2026: expected exports and imports that add up; found -968\.542\."),
        ({"exports_yoy_pct": 2.25}, r"VNM: expected growth of both parts that adds up; found -15\.4 points"),
        ({"partner": "THA"}, r"THA: expected one row; found two"),
    ],
)
def test_a_slip_in_part_of_a_year_is_refused(tmp_path, test_data, changed, message) -> None:
    rows = pd.read_csv(test_data / "data" / PART)
    for column, value in changed.items():
        rows.loc[rows["partner"].eq("VNM"), column] = value
    file = tmp_path / PART.rpartition("/")[2]
    rows.to_csv(file, index=False)
    with pytest.raises(GvcError, match=message):
        china_customs.to_month(file)
    rows.to_csv(tmp_path / "china_customs_by_partner_2026-06_ytd_rmb.csv", index=False)
    with pytest.raises(GvcError, match=r"columns: expected total_jan_jun_2026; found partner, "):
        china_customs.to_month(tmp_path / "china_customs_by_partner_2026-06_ytd_rmb.csv")


def test_a_folder_without_one_says_what_belongs_there(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match=r"china_customs_by_partner_\*_rmb\.csv"):
        china_customs.main(tmp_path, tmp_path / "out")
