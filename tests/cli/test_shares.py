"""Figures of foreign value added that cannot become shares."""

import pytest

import gvc
from report.cli.shares import fva_shares


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year,origin,exporter,value\n2017,CHN,BRN,x\n", "expected a CSV of numbers"),
        ("year,origin,value\n2017,CHN,1\n", "found no exporter"),
        ("year,origin,exporter,value\n2017,CHN,BRN,1\n2017,CHN,BRN,2\n", "line 3: .* found a repetition"),
        ("year,origin,exporter,value\n2017,CHN,,1\n", "line 2: expected the value added of another economy"),
        ("year,origin,exporter,value\n2017,CHN,BRN,inf\n", "line 2: expected the value added of another economy"),
        ("year,origin,exporter,value\n2017,CHN,BRN,1,2\n", "expected a CSV of numbers"),
        ("year,origin,exporter,value\n2017,BRN,BRN,1\n", "line 2: expected the value added of another economy"),
        ("year,origin,exporter,value\n2017,CHN,BRN,1\n", "found no IDN, KHM"),
    ],
)
def test_adb_figures_that_are_not(tmp_path, text: str, says: str) -> None:
    file = tmp_path / "fva.csv"
    file.write_text(text)
    with pytest.raises(gvc.GvcError, match=says):
        fva_shares(file)
