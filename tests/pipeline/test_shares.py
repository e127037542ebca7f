"""Figures of foreign value added that cannot become shares."""

from pathlib import Path

import pytest

import gvc
from pipeline.shares import fva_shares


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
        ("year,origin,exporter,value\n2017,CHN,BRN,-0.1\n", "line 2: .* as a number not below 0; found 2017, CHN, BRN"),
        ("year,origin,exporter,value\n2017,1,2,1\n", "line 2: expected an ISO 3166 .*; found 2"),
        ("year,origin,exporter,value\n2017,China,BRN,1\n", "line 2: expected an ISO 3166 .*; found China"),
        ("year,origin,exporter,value\n2017,CHN,BRN,1\n2017,CHN,XYZ,1\n", "line 3: expected an ISO .*; found XYZ"),
    ],
)
def test_adb_figures_that_are_not(tmp_path, text: str, says: str) -> None:
    file = tmp_path / "fva.csv"
    file.write_text(text)
    with pytest.raises(gvc.GvcError, match=says):
        fva_shares(file)


MEMBERS = ("BRN", "IDN", "KHM", "LAO", "MYS", "PHL", "SGP", "THA", "VNM")
ORIGINS = ("CHN", "EU27", "ROW", *MEMBERS)


def whole() -> list[str]:
    """Lines of two years in which each exporter has each origin but itself."""
    return [
        f"{year},{origin},{exporter},{at + 1}"
        for year in (2018, 2019)
        for exporter in (*MEMBERS, "CHN")
        for at, origin in enumerate(ORIGINS)
        if origin != exporter
    ]


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(["year,origin,exporter,value", *lines, ""]), "utf-8")
    return path


def test_whole_figures_become_shares(tmp_path) -> None:
    found = fva_shares(written(tmp_path / "fva.csv", whole())).set_index(["year", "flow", "origin", "destination"])
    assert found["value"][2019, "fva_share", "CHN", "VNM"] == pytest.approx(100 / 66)
    assert found["value"][2019, "fva_share", "ROW", "CHN"] == pytest.approx(300 / 77)


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        (("2019,CHN,VNM,",), "2019, CHN → VNM: expected a value, .*; found none"),
        (("2018,EU27,CHN,",), "2018, EU27 → CHN: expected a value"),
        (tuple(f"2019,{origin},LAO," for origin in ORIGINS), "2019, BRN → LAO: expected a value"),
    ],
)
def test_what_one_year_lacks_is_named(tmp_path, left_out, says) -> None:
    lines = [line for line in whole() if not line.startswith(left_out)]
    with pytest.raises(gvc.GvcError, match=says):
        fva_shares(written(tmp_path / "fva.csv", lines))


def test_an_economy_that_a_year_does_not_show_as_exporter_may_be_no_member(tmp_path) -> None:
    lines = [line for line in whole() if not line.startswith(tuple(f"2018,{origin},CHN," for origin in ORIGINS))]
    assert len(fva_shares(written(tmp_path / "fva.csv", lines)).query("destination == 'CHN'")) == 11


@pytest.mark.parametrize("line", ["2018,ASEAN,CHN,5", "2019,CHN,ASEAN,5"])
def test_no_group_stands_beside_its_members(tmp_path, line) -> None:
    """Its value added would count twice."""
    with pytest.raises(gvc.GvcError, match="a group without its members beside it; found ASEAN"):
        fva_shares(written(tmp_path / "fva.csv", [*whole(), line]))


def test_no_group_stands_beside_members_that_are_exporters_alone(tmp_path) -> None:
    lines = [line for line in whole() if line.split(",")[1] not in MEMBERS]
    with pytest.raises(gvc.GvcError, match="a group without its members beside it; found ASEAN"):
        fva_shares(written(tmp_path / "fva.csv", [*lines, "2018,CHN,ASEAN,5"]))


def test_a_device_is_no_file() -> None:
    with pytest.raises(gvc.GvcError, match="/dev/zero: expected a file or a folder; found a device"):
        fva_shares(Path("/dev/zero"))
