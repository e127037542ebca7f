"""Finish a chart: the words around it, the numbers that readers download, and what a notebook keeps of it."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, TypedDict

import altair as alt
import pandas as pd

from exhibits.charts.theme import THEME, WIDTH
from exhibits.text import by_series, coded, csv, flat

#: What a chart leaves in a notebook: its specification. The page decides how it is drawn.
MIME = "application/vnd.vegalite.v6+json"

#: What its output says it is.
KIND = "chart"


def _in_words(spec: dict[str, Any]) -> str:
    """Write the words of a chart, then its numbers, for a reader without pictures and for comparing two runs."""
    if "exhibit" not in spec.get("usermeta", {}):
        return str(spec.get("description", "A chart"))
    about, title = spec["usermeta"]["exhibit"], spec["title"]
    words = [
        " ".join(title["text"]),
        " ".join(title["subtitle"]),
        f"Source: {' '.join(about['source'])}",
        spec["description"],
    ]
    if "sentence" in about:
        words.append(base_case(about["sentence"]))
    return "\n".join([about["name"], *words, "", by_series(about["csv"])])


def base_case(sentence: Mapping[str, Any]) -> str:
    """Return the sentence beside the sliders of a chart as it stands before anybody moves them."""
    which, *numbers = sentence["base"]
    chosen: str = sentence["choices"][int(which)]
    return chosen.format(*numbers)


# Altair's own type of this kind lacks the plus sign, and notebooks hold no objects under such a type.
alt.renderers.register("exhibits", lambda spec, **_: ({MIME: spec, "text/plain": _in_words(spec)}, {"exhibit": KIND}))
alt.renderers.enable("exhibits")


class Captions(TypedDict):
    """The words around a chart.

    `name` is what the text refers to, `title` the finding, `subtitle` unit and scope. `alt` says what kind of picture
    it is and what to see in it, to which the chart adds its numbers. `source` says where these come from; of several
    sources each is a text of its own. All are plain text, since they are drawn into the pictures that readers download.
    """

    name: str
    title: str
    subtitle: str
    source: str | Sequence[str]
    alt: str


def exhibit(
    chart: Any,
    *,
    name: str,
    title: str,
    subtitle: str,
    source: str | Sequence[str],
    alt: str,
    told: str = "",
    sentence: Mapping[str, Any] | None = None,
    least: int = 0,
    data: pd.DataFrame | None = None,
    view: Mapping[str, Any] | None = None,
) -> Any:
    """Finish any Altair chart: look, words, and `data` (else the chart's own) as what readers download.

    `told` follows the alt text: what the chart shows, as :mod:`exhibits.words` tells it from the numbers. `sentence`
    stands beside sliders. It holds ``choices``, the sentences of which one applies, and ``base``: which one that is in
    the base case, and its numbers. Where there are fewer pixels than `least`, the picture scrolls instead of shrinking.
    `view` says what the columns of `data` are to a page that draws them anew (:mod:`exhibits.charts.roles`).
    """
    numbers = chart.data if data is None else data
    title, subtitle, alt = map(flat, (title, subtitle, alt))
    width = chart._get("width") if isinstance(chart._get("width"), int) else WIDTH
    chart = chart.properties(
        title={"text": wrap(title, width // 9), "subtitle": wrap(subtitle, width // 7)},
        description=f"{alt} {told}".rstrip(),
        usermeta={
            "exhibit": {
                "name": name,
                "source": list(map(flat, [source] if isinstance(source, str) else source)),
                "alt": alt,
                "told": coded(told),
                "csv": csv(numbers, index=False),
                **({"view": dict(view)} if view else {}),
                **({"sentence": sentence} if sentence else {}),
                **({"least": least} if least else {}),
            },
        },
        config=THEME,
    )
    return _fill_column(chart)


def _fill_column(chart: Any) -> Any:
    """Let a single view take the width of the page; panels, and views of a given width, keep it."""
    if isinstance(chart, alt.Chart | alt.LayerChart) and chart.width is alt.Undefined:
        fit = {"type": "fit-x", "contains": "padding"} if chart.autosize is alt.Undefined else chart.autosize
        return chart.properties(width="container", autosize=fit)
    return chart
