"""Which flows the book's panels hold."""

from pathlib import Path

import gvc
from gvc import panel
from industrial_chains import panel_contents


def test_the_books_panels_hold_more(toys: list[Path], tmp_path: Path) -> None:
    out, sectors = panel.build(toys, tmp_path / "panel.parquet", measure=panel_contents.tidy, workers=1)
    frame = gvc.load_panel(str(out))
    further = {"inputs_first_stage", "inputs_every_stage", "DVA", "DAVAX", "DDC", "FVA", "FDC"}
    assert set(frame["flow"]) == {*panel.FLOWS, *further}  # no United States, no group in part
    assert len(frame) == 2 * 11 * 4
    assert "va_final_demand" in set(gvc.load_panel(str(sectors))["flow"])
