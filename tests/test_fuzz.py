"""Spoiled files of every layout: one error, or the table, never a wrong one that looks right."""

import pytest

from tests import fuzz

COUNT = 600


@pytest.mark.parametrize("part", range(4))
def test_spoiled_files(tmp_path, part: int) -> None:
    counts = fuzz.run(range(part * COUNT // 4, (part + 1) * COUNT // 4), tmp_path)
    assert sum(counts.values()) == COUNT // 4
    assert not [key for key in counts if key.partition(": ")[2].startswith(fuzz.BAD)]
    assert {layout for layout in fuzz.LAYOUTS if f"{layout}: one error" in counts} == set(fuzz.LAYOUTS)
