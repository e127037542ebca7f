"""Spoiled files of every layout: one error, or the table, never a wrong one that looks right."""

import copy
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gvc import GvcError, read_icio
from gvc.checks import cell_name
from tests import fuzz

ROOT = Path(__file__).parents[2]

#: ``make fuzz`` spoils as many as one likes.
COUNT = 80


def test_spoiled_files(tmp_path) -> None:
    counts = fuzz.run(range(COUNT), tmp_path)
    assert sum(counts.values()) == COUNT
    assert not [key for key in counts if key.partition(": ")[2].startswith(fuzz.BAD)]
    assert {layout for layout in fuzz.LAYOUTS if f"{layout}: one error" in counts} == set(fuzz.LAYOUTS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no process")
def test_files_by_the_thousand_are_read_as_a_few_are(own_program) -> None:
    """In processes that are forked off, and not started."""
    command = [sys.executable, "-m", "tests.fuzz", "40", "--seed", "200"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    rows = re.findall(r"^(.{19})(.{44}) +(\d+)$", done.stdout.partition("\n\n")[0], re.MULTILINE)
    counts = {f"{layout.strip()}: {met.strip()}": int(number) for layout, met, number in rows}
    assert sum(counts.values()) == 40
    assert counts == fuzz.run(range(200, 240))


# Among blanks that are zeros, which of them hides a number cannot always be told; a flat file has no columns to name.
@pytest.mark.parametrize("layout", [name for name in fuzz.BY_CELL if name not in ("ADB, blanks", "FIGARO, flat")])
@pytest.mark.parametrize("hole", ["x", ""])
def test_a_hole_in_an_industrys_row_is_named_by_its_place(tmp_path, layout: str, hole: str) -> None:
    rows, write = fuzz.BY_CELL[layout]
    whole, random = rows(), np.random.default_rng(1)
    numbers = [
        (row, column)
        for row, line in enumerate(whole)
        for column, value in enumerate(line)
        if isinstance(value, float)
        and not {"TOT", "xTOT"} & set(line)
        and not str(line[0]).startswith("W2_")
        and str(dict(enumerate(whole[0])).get(column)) not in ("xTOT_xX", "xTOT_xM", "xTOT_xMRG_int")
    ]
    assert len(numbers) > 200
    # The last column is among them: what stands right of final demand is counted apart.
    chosen = [numbers[at] for at in random.choice(len(numbers), 4, replace=False)]
    for row, column in [*chosen, max(numbers, key=lambda place: place[1])]:
        spoiled = copy.deepcopy(whole)
        spoiled[row][column] = hole
        with pytest.raises(GvcError, match="expected a number") as raised:
            read_icio(write(tmp_path / "spoiled", spoiled), year=fuzz.ASKED.get(layout))
        said = raised.value.where
        heading = str(dict(enumerate(whole[0])).get(column))
        label = next(str(value) for value in whole[row] if isinstance(value, str))
        assert said.endswith(f"cell {cell_name(row, column)}") or (
            re.search(rf"(row |\(|\d ){re.escape(label)}\b", said) and said.endswith(f"column {heading}")
        )
