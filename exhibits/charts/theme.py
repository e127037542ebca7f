"""How every chart looks: colours, type, and the theme that Vega-Lite reads."""

from typing import Any

#: Roles, not colours: the page exchanges them for those of its light or dark theme.
INK, MUTED, GRID, PAPER = "#1f2328", "#5c636b", "#dfe2e6", "#ffffff"

#: The one colour of charts whose marks have none of their own; for a loss, `LOSS`. Both at 3:1 from either page.
ACCENT, LOSS = "#2a78b5", "#c8551b"

#: For series that have none of their own, in this order; colour-blind readers can tell the first five apart.
PALETTE = (ACCENT, LOSS, "#0aa568", "#a8496c", "#7854d8", "#b58709", "#8e9196")

FONT = (
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', "
    "'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)

#: Width of a downloaded chart, and of the column of text that a chart fills on a wide screen.
WIDTH = 720
#: Size of labels.
TEXT = 12

#: Pixels that a phone leaves to curves with their names to the right.
PHONE = 240
#: Pixels between panels.
GAP = 24

THEME: dict[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "offset": 16,
        "color": INK,
        "fontSize": 17,
        "fontWeight": 600,
        "lineHeight": 22,
        "subtitleColor": MUTED,
        "subtitleFontSize": 13,
        "subtitleLineHeight": 18,
        "subtitlePadding": 6,
    },
    "axis": {
        "domainColor": MUTED,
        "tickColor": MUTED,
        "tickSize": 4,
        "gridColor": GRID,
        "labelColor": MUTED,
        "labelFontSize": TEXT,
        "labelPadding": 6,
    },
    "axisX": {"grid": False},
    "axisY": {"domain": False, "ticks": False},
    "header": {
        "labelAnchor": "start",
        "labelColor": INK,
        "labelFontSize": 13,
        "labelFontWeight": 600,
        "labelPadding": 8,
    },
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "offset": 12,
        "columns": 3,
        "columnPadding": 16,
        "rowPadding": 4,
        "labelColor": INK,
        "labelFontSize": TEXT,
    },
    "text": {"color": INK, "fontSize": TEXT},
    "facet": {"spacing": GAP},
}
