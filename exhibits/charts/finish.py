"""Finish a chart: the words around it, the numbers that readers download, and what a notebook keeps of it."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, TypedDict

import altair as alt
import pandas as pd

from exhibits.charts.theme import THEME, WIDTH
from exhibits.text import by_series, csv, flat

#: What a chart leaves in a notebook: its specification. The page decides how it is drawn.
MIME = "application/vnd.vegalite.v6+json"

#: What its output says it is.
KIND = "chart"


def _in_words(spec: dict[str, Any]) -> str:
    """Say what a chart says: words, then numbers. A reader without pictures gets that, and whoever compares runs."""
    if "exhibit" not in spec.get("usermeta", {}):
        return str(spec.get("description", "A chart"))
    about, title = spec["usermeta"]["exhibit"], spec["title"]
    words = [" ".join(title["text"]), " ".join(title["subtitle"]), f"Source: {about['source']}", spec["description"]]
    if "said" in about:
        words.append(base_case(about["said"]))
    return "\n".join([about["name"], *words, "", by_series(about["csv"])])


def base_case(said: Mapping[str, Any]) -> str:
    """Return the sentence beside the sliders of a chart as it stands before anybody turns them."""
    which, *numbers = said["base"]
    sentence: str = said["sentences"][int(which)]
    return sentence.format(*numbers)


# Altair's own type of this kind lacks the plus sign, and notebooks hold no objects under such a type.
alt.renderers.register("exhibits", lambda spec, **_: ({MIME: spec, "text/plain": _in_words(spec)}, {"exhibit": KIND}))
alt.renderers.enable("exhibits")


class Captions(TypedDict):
    """The words round a chart.

    `name` is what the text refers to, `title` the finding, `subtitle` unit and scope, `alt` what kind of picture it is
    and what to see in it, to which the chart adds its numbers, `source` where these come from: plain text, since it
    is drawn into the pictures that readers download.
    """

    name: str
    title: str
    subtitle: str
    source: str
    alt: str


def exhibit(
    chart: Any,
    *,
    name: str,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    told: str = "",
    said: Mapping[str, Any] | None = None,
    least: int = 0,
    data: pd.DataFrame | None = None,
) -> Any:
    """Finish any Altair chart: look, words, and `data` (else the chart's own) as what readers download.

    `told` follows the alt text: what the chart shows, as :mod:`exhibits.words` tells it from the numbers. `said`
    holds the ``sentences`` that stand beside sliders, and ``base``: the number of that of the base case, and its
    numbers. Where there are fewer pixels than `least`, the picture is scrolled and not made narrower.
    """
    numbers = chart.data if data is None else data
    title, subtitle, source, alt = map(flat, (title, subtitle, source, alt))
    width = chart._get("width") if isinstance(chart._get("width"), int) else WIDTH
    chart = chart.properties(
        title={"text": wrap(title, width // 9), "subtitle": wrap(subtitle, width // 7)},
        description=f"{alt} {told}".rstrip(),
        usermeta={
            "exhibit": {
                "name": name,
                "source": source,
                "told": told,
                "csv": csv(numbers, index=False),
                **({"said": said} if said else {}),
                **({"least": least} if least else {}),
            },
        },
        config=THEME,
    )
    return _fill_column(chart)


def _fill_column(chart: Any) -> Any:
    """Let a single view take the width of the page; panels, and views of a given width, keep it."""
    if isinstance(chart, alt.Chart | alt.LayerChart) and chart.width is alt.Undefined:
        return chart.properties(width="container", autosize={"type": "fit-x", "contains": "padding"})
    return chart
