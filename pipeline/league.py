"""The book's own forecasts of American imports: those of the round that is closed, and those of the open one."""

from pathlib import Path

import pandas as pd

from industrial_chains import entrants, league
from industrial_chains.entrants import ENTRANTS, STUDIES

#: The folder of ``data/`` that it writes to.
INTO = "forecasts"

#: When they were made, and editions of the tracker of duties that they know.
MADE = "2026-12-03"
THEN, NOW = "2025-11-15", "2026-08-31"


def closed() -> pd.DataFrame:
    """Forecast the closed rounds from what was known in November 2025."""
    frames = []
    for one in league.CLOSED:
        then = entrants.known(one.known, THEN)
        frames += [entrants.forecast(name, then, one, MADE, one.informed) for name in ENTRANTS]
        frames += [entrants.of_study(name, then, one) for name in STUDIES]
    return pd.concat(frames, ignore_index=True)


def open_round() -> pd.DataFrame:
    """Forecast the open round, with the duties in force in the last month that has been counted."""
    now = entrants.known(league.OPEN.known, NOW)
    frames = [entrants.forecast(name, now, league.OPEN, MADE, MADE) for name in ENTRANTS]
    return pd.concat(frames, ignore_index=True)


def main(output: Path) -> None:
    """Write both to a folder."""
    for name, frame in {"2025-11": closed(), "2027": open_round()}.items():
        frame.to_csv(output / f"{name}.csv", index=False, float_format="%.3f", lineterminator="\n")
