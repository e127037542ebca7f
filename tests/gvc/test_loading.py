"""Panels written, loaded or refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gvc
from gvc import ICIO, GvcError, panel
from tests.synthetic import toy


def test_a_panel_holds_every_flow_of_every_year(toys: list[Path], tmp_path: Path) -> None:
    out, sectors = panel.build(reversed(toys), tmp_path / "panel.parquet", workers=1)
    frame = gvc.load_panel(str(out))
    assert list(frame.columns) == ["source", "year", "flow", "origin", "destination", "value"]
    assert panel.years(frame) == [2000, 2001]
    assert set(frame["flow"]) == {*panel.FLOWS}
    assert len(frame) == 2 * 4 * 4
    for flow, measure in panel.FLOWS.items():
        np.testing.assert_allclose(panel.flow_matrix(frame, flow, 2001), measure(toy()), rtol=1e-12)
    assert set(gvc.load_panel(str(sectors))["flow"]) == {
        *("output", "value_added", "gross_exports", "vax", "dva_exports", "upstreamness", "downstreamness"),
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2000.csv",
        "2001.csv",
        "panel.parquet",
        "panel_sectors.parquet",
    ]


def test_a_panel_that_is_not_one(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(GvcError, match=r"broken\.parquet: expected a Parquet file; found .*magic bytes"):
        gvc.load_panel(str(broken))
    with pytest.raises(GvcError, match=r"expected a Parquet file; found .*magic bytes"):
        panel.columns(broken)


@pytest.fixture
def good() -> pd.DataFrame:
    rows = [("va_exports", "CHN", "CHN", 5.0), ("va_exports", "CHN", "MEX", 1.0), ("va_exports", "MEX", "CHN", 2.0)]
    frame = pd.DataFrame(rows, columns=["flow", "origin", "destination", "value"]).assign(source="toy", year=2000)
    return frame[list(panel.COLUMNS)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda frame: frame.drop(columns="destination"), r"expected columns source, .*; found no destination\."),
        (lambda frame: pd.DataFrame(), "expected columns .*; found no destination, flow, origin, source, value, year"),
        (lambda frame: frame[:0], "expected rows; found none"),
        (lambda frame: frame.assign(year=frame["year"] + 0.0), "expected years .*; found 2000.0 to 2000.0 as float64"),
        (lambda frame: frame.assign(year="2000"), "expected years .*; found 2000 to 2000 as (object|str)"),
        (lambda frame: frame.assign(year=True), "expected years .*; found True to True as bool"),
        (lambda frame: frame.assign(year=20_000), "expected years .*; found 20000 to 20000 as int64"),
        (lambda frame: frame.assign(year=-1), "expected years .*; found -1 to -1 as int64"),
        (lambda frame: frame.assign(year=pd.array([2000, None, 2000], "Int64")), "expected years .*; found .*Int64"),
        (lambda frame: frame.assign(value="1"), "expected numbers in column value; found (object|str)"),
        (lambda frame: frame.assign(value=True), "expected numbers in column value; found bool"),
        (lambda frame: frame.assign(value=[1, np.nan, 1]), "expected a finite number .*; found nan of .* CHN MEX 2000"),
        (
            lambda frame: frame.assign(value=[1, 1, -np.inf]),
            "expected a finite number .*; found -inf of .* MEX CHN 2000",
        ),
        (lambda frame: frame.assign(sector="c1", value=[1, np.inf, 1]), "expected a finite number .*; found inf of"),
        (lambda frame: frame.assign(origin=["CHN", None, "MEX"]), "expected text .* column origin; found .*nan"),
        (lambda frame: frame.assign(origin=3), r"expected text .* column origin; found \[3\]"),
        (lambda frame: frame.assign(flow=pd.Categorical([1, 1, 1])), r"expected text .* column flow; found \[1\]"),
        (
            lambda frame: pd.concat([frame, frame[1:2]]),
            "expected each row once; found toy va_exports CHN MEX 2000 again",
        ),
    ],
)
def test_an_odd_panel_is_one_error(good: pd.DataFrame, tmp_path: Path, change, says: str) -> None:
    odd = change(good)
    odd.to_parquet(tmp_path / "odd.parquet", index=False)
    with pytest.raises(GvcError, match=rf"odd\.parquet: {says}"):
        gvc.load_panel(tmp_path / "odd.parquet")
    with pytest.raises(GvcError, match=rf"new\.parquet: {says}"):
        panel.write(odd, tmp_path / "new.parquet")
    assert not (tmp_path / "new.parquet").exists()


def test_a_panel_by_other_hands_is_one(good: pd.DataFrame, tmp_path: Path) -> None:
    other = good.astype({"origin": "string", "flow": "category", "year": "int16", "value": "float32"})
    other.to_parquet(tmp_path / "other.parquet", index=False)
    frame = gvc.load_panel(tmp_path / "other.parquet")
    pd.testing.assert_frame_equal(frame, good)
    assert frame.attrs["unit"] == ""


def test_an_industry_without_output_has_no_position(good: pd.DataFrame, tmp_path: Path) -> None:
    panel.write(good.assign(sector="c1", value=[1, np.nan, 1]), tmp_path / "p.parquet")
    assert gvc.load_panel(tmp_path / "p.parquet")["value"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("said", [b"[1, 2", b"[1, 2]", b"3"])
def test_what_else_a_file_says_may_be_anything(good: pd.DataFrame, tmp_path: Path, said: bytes) -> None:
    table = pa.Table.from_pandas(good, preserve_index=False)
    pq.write_table(table.replace_schema_metadata({b"PANDAS_ATTRS": said}), tmp_path / "p.parquet")
    with pytest.raises(GvcError, match=r"p\.parquet: expected a Parquet file"):
        gvc.load_panel(tmp_path / "p.parquet")
    panel.write(good.assign(sector="c1"), tmp_path / "p_sectors.parquet")
    with pytest.raises(GvcError, match=r"p\.parquet: expected a Parquet file"):
        gvc.load_panel(tmp_path / "p_sectors.parquet")


def test_a_pair_that_is_missing_is_not_passed_over(good: pd.DataFrame) -> None:
    assert panel.flow_matrix(good, "va_exports", 2000).isna().to_numpy().tolist() == [[False, False], [False, True]]
    lacking = good.assign(origin=["CHN", "MEX", "MEX"], destination=["CHN", "CHN", "MEX"])
    with pytest.raises(GvcError, match=r"va_exports of 2000: expected a number for each pair .* none for CHN → MEX\."):
        panel.flow_matrix(lacking, "va_exports", 2000)
    with pytest.raises(GvcError, match="panel: expected columns"):
        panel.flow_matrix(pd.DataFrame(), "va_exports", 2000)


def test_more_destinations_than_origins(good: pd.DataFrame) -> None:
    sides = [(origin, to) for origin in ("MEX", "CHN") for to in ("IND", "ASEAN", "JPN")]
    wide = pd.concat([good.iloc[[0]]] * 6, ignore_index=True)
    wide[["origin", "destination"]], wide["value"] = sides, [1.0, 2, 3, 4, 5, 6]
    found = panel.flow_matrix(wide, "va_exports", 2000)
    assert (list(found.index), list(found.columns)) == (["MEX", "CHN"], ["IND", "ASEAN", "JPN"])
    assert found.to_numpy().tolist() == [[1, 2, 3], [4, 5, 6]]


def test_a_group_may_lack_its_members(good: pd.DataFrame) -> None:
    group = good.assign(origin=["CHN", "MEX", "CHN"], destination=["MEX", "CHN", "ASEAN"])
    found = panel.flow_matrix(group, "va_exports", 2000)
    assert found.isna().to_numpy().tolist() == [[False, True, False], [True, False, True]]


def test_a_year_or_flow_that_is_not_there(good: pd.DataFrame) -> None:
    with pytest.raises(GvcError, match=r"panel, year: expected 2000; found 2012"):
        panel.flow_matrix(good, "va_exports", 2012)
    with pytest.raises(GvcError, match=r"panel, flow: expected .*; found 'exports'"):
        panel.flow_matrix(good, "exports", 2000)
    with pytest.raises(GvcError, match="expected a year; found none"):
        panel.tidy(ICIO(economies=["CHN"], sectors=["all"], Z=[[0]], Y=[[1]], x=[1], va=[1]))


def test_values_survive_a_panel_exactly(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"source": "s", "year": 1, "flow": "f", "origin": "a", "destination": ["b", "c"], "value": [np.pi, -1e-300]}
    )
    frame.attrs["unit"] = "apples"
    panel.write(frame, tmp_path / "p.parquet")
    again = gvc.load_panel(str(tmp_path / "p.parquet"))
    pd.testing.assert_frame_equal(again, frame)
    assert again.attrs == {"unit": "apples"}
