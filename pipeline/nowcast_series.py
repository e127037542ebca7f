"""The nowcast as a list of its numbers, each marked as nowcast, with its band; no number of a table is among them."""

from pathlib import Path

from industrial_chains import nowcasts
from pipeline.tables import write

#: The folder of ``data/`` that it writes to.
INTO = "frontier"


def main(out: Path) -> None:
    """List them, from the nowcast and its trials, and write the list."""
    write({"nowcast_series": nowcasts.series()}, out)
