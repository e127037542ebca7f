"""The CO2 of the sample: summed from a file of industries, and what is refused of it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from gvc import GvcError
from industrial_chains.industry_groups import CONCORDANCE, SAMPLE
from pipeline.emissions import HOUSEHOLDS, SECTORS, co2
from tests import layouts

ORDER = (["CHN", "ROW"], ["Primary", "Light", "Materials", "Machinery", "Services"])
ROWS = [
    [economy, industry, at, 100 + at]
    for economy in ("CHN", "RoW", "NOR")
    for at, industry in enumerate([*SECTORS, HOUSEHOLDS])
]


def written(folder: Path, rows: Iterable[list[object]] = ROWS) -> Path:
    return layouts.delimited(folder / "co2.csv", [["economy", "industry", 2010, 2011], *rows])


def test_industries_and_economies_are_summed(tmp_path) -> None:
    found = co2(written(tmp_path), 2010, {"CHN": "CHN"}, ORDER)
    due = {sector: sum(at for at, of in enumerate(SECTORS.values()) if of == sector) for sector in ORDER[1]}
    assert list(found.F) == [*due.values(), *(2 * amount for amount in due.values())]
    assert list(found.F_Y) == [len(SECTORS), 2 * len(SECTORS)]
    assert found.unit == "kt"
    assert co2(written(tmp_path), 2011, {"CHN": "CHN"}, ORDER).F_Y[0] == 100 + len(SECTORS)


def test_industries_are_in_the_groups_of_the_book() -> None:
    """By the OECD's codes, whose industries are of the same classification."""
    groups = {code: SAMPLE[old[0]] for old, codes in CONCORDANCE for code in codes}
    wider = {"C31_C32": "C31T33", "C33": "C31T33", "C24": "C24A", "C30": "C301", "B": "B05", "D35": "D"}
    compared = 0
    for code, sector in SECTORS.items():
        known = wider.get(code, code.replace("-C", "T"))
        if known in groups:
            assert groups[known] == sector, code
            compared += 1
    assert compared >= 25


@pytest.mark.parametrize(
    ("rows", "year", "says"),
    [
        (ROWS[1:], 2010, r"co2\.csv, CHN: expected 57 industries and households, each once; found A01"),
        ([*ROWS, ROWS[0]], 2010, r"co2\.csv, CHN: .* found one of them twice"),
        (ROWS, 2012, r"co2\.csv: expected the year 2012; found 2010, 2011"),
        (ROWS[57:], 2010, r"co2\.csv: expected the economies of the table; found .*'CHN'"),
    ],
)
def test_what_is_not_whole_is_refused(tmp_path, rows, year: int, says: str) -> None:
    with pytest.raises(GvcError, match=says):
        co2(written(tmp_path, rows), year, {"CHN": "CHN"}, ORDER)
