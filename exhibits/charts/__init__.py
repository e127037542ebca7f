"""Numbers to Altair charts, in one look. Nothing here touches a file.

Each constructor takes a tidy DataFrame, the names of its columns and the words around the chart (`Captions`), and
keeps the order of the rows. Codes are shown by the names that the book gives them, each in its colour
(:func:`exhibits.names.naming`).
"""

from exhibits.charts.categories import bars, dumbbell, heatmap, scatter, stacked, timeline
from exhibits.charts.finish import KIND, MIME, Captions, base_case, exhibit
from exhibits.charts.flows import sankey
from exhibits.charts.series import curves, lines
from exhibits.charts.theme import ACCENT, FONT, GRID, INK, LOSS, MUTED, PALETTE, PAPER, THEME, WIDTH

__all__ = [
    "ACCENT",
    "FONT",
    "GRID",
    "INK",
    "KIND",
    "LOSS",
    "MIME",
    "MUTED",
    "PALETTE",
    "PAPER",
    "THEME",
    "WIDTH",
    "Captions",
    "bars",
    "base_case",
    "curves",
    "dumbbell",
    "exhibit",
    "heatmap",
    "lines",
    "sankey",
    "scatter",
    "stacked",
    "timeline",
]
