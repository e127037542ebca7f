"""The colours of the book: all readers can tell them apart, and every economy keeps its own."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chapters.northeast_asia import claims
from exhibits import charts
from industrial_chains.charting import names
from tests.browser import ROOT, SITE

WHITE, DARK = "#ffffff", "#121212"
#: Economies that share a chart.
TOGETHER = [
    ("CHN", "JPN", "KOR", "RUS", "MNG"),
    ("ASEAN", "IND", "MEX", "IDN"),
    ("CHN", "USA", "EU27", "JPN", "KOR", "ROW"),
    ("DEU", "FRA", "ITA"),
    ("USA", "DEU", "ITA", "JPN", "KOR", "CHN"),
]
#: Machado, Oliveira and Fernandes (2009), severity 1.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def _linear(colour: str) -> Any:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted(float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


def _lab(linear: Any) -> Any:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("colour", sorted({*names.COLOURS.values(), *claims.COLOURS.values(), *charts.PALETTE}))
def test_a_colour_stands_out_from_either_page(colour: str) -> None:
    assert _contrast(colour, WHITE) >= 3
    assert _contrast(colour, DARK) >= 3


def _nearest(colours: set[str], vision: str) -> float:
    """Return how far apart the two most alike are to a reader."""
    seen = [_lab(np.array(VISION[vision]) @ _linear(colour)) for colour in sorted(colours)]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("codes", TOGETHER)
def test_readers_can_tell_economies_apart(codes: tuple[str, ...], vision: str) -> None:
    assert _nearest({names.colour(code) for code in codes}, vision) >= 15


@pytest.mark.parametrize("vision", VISION)
def test_readers_can_tell_verdicts_apart(vision: str) -> None:
    assert _nearest(set(claims.COLOURS.values()), vision) >= 15


@pytest.mark.parametrize("vision", VISION)
def test_readers_can_tell_series_apart(vision: str) -> None:
    assert _nearest(set(charts.PALETTE[:5]), vision) >= 15


def _on_dark() -> dict[str, str]:
    """Read what the style sheets put in the place of colours on a dark page."""
    sheets = (ROOT / "exhibits/static/exhibits.css", ROOT / "book/static/gvc.css")
    found = re.findall(r"--on-dark-([0-9a-f]{6}): (#[0-9a-f]{6});", "".join(map(Path.read_text, sheets)))
    return {f"#{colour}": tint for colour, tint in found}


def test_a_dark_page_has_lighter_tints_of_colours_that_exist() -> None:
    tints = _on_dark()
    colours = {*names.COLOURS.values(), *charts.PALETTE}
    assert set(tints) <= colours
    assert min(_contrast(tints.get(colour, colour), DARK) for colour in colours - {charts.ACCENT}) >= 4.2


@pytest.mark.parametrize("vision", VISION)
def test_tints_of_a_dark_page_are_as_far_apart(vision: str) -> None:
    tints = _on_dark()
    together = [{names.colour(code) for code in codes} for codes in TOGETHER] + [set(charts.PALETTE[:5])]
    for colours in together:
        assert _nearest({tints.get(colour, colour) for colour in colours}, vision) >= 15


def _scales(node: Any) -> Iterator[dict[str, str]]:
    """Yield the colours of a specification by what they stand for."""
    if isinstance(node, list):
        for part in node:
            yield from _scales(part)
    elif isinstance(node, dict):
        scale = node.get("scale")
        if isinstance(scale, dict) and isinstance(scale.get("domain"), list) and isinstance(scale.get("range"), list):
            yield dict(zip(scale["domain"], scale["range"], strict=False))
        for part in node.values():
            yield from _scales(part)


def test_readers_can_tell_the_economies_of_every_chart_of_the_book_apart() -> None:
    calls = [path.read_text("utf-8") for path in (SITE / "_exhibits").glob("*.live.js")]
    drawn = [call.partition(", ")[2].removesuffix(");\n") for call in calls]
    assert drawn, "build the book first: make book"
    coloured = {names.economy(code): names.colour(code) for code in [*names.COLOURS, "ASEAN10", "DEU", "THA"]}
    tints = _on_dark()
    alike = []
    for scale in (scale for spec in drawn for scale in _scales(json.loads(spec))):
        shown = [economy for economy in scale if economy in coloured]
        colours = {coloured[economy] for economy in shown}
        assert len(colours) == len(shown), shown
        if len(shown) > 1:
            for page in (colours, {tints.get(colour, colour) for colour in colours}):
                alike += [(shown, vision) for vision in VISION if _nearest(page, vision) < 15]
    assert alike == []


@pytest.mark.parametrize(("ink", "page"), [(charts.INK, WHITE), ("#dde1e6", DARK)])
@pytest.mark.parametrize("tint", [charts.ACCENT, charts.LOSS])
def test_numbers_in_cells_are_legible(tint: str, ink: str, page: str) -> None:
    strongest = 0.58
    cell = "#" + "".join(
        f"{round(strongest * int(tint[i : i + 2], 16) + (1 - strongest) * int(page[i : i + 2], 16)):02x}"
        for i in (1, 3, 5)
    )
    assert _contrast(ink, cell) >= 4.5


def test_an_economy_without_a_colour_takes_its_groups() -> None:
    assert names.colour("THA") == names.COLOURS["ASEAN"]
    assert names.colour("DEU") == names.COLOURS["EU27"]
    assert names.colour("BRA") == names.COLOURS["ROW"]


def test_an_economy_that_no_standard_knows_keeps_its_own_code() -> None:
    assert names.economy("X1") == "X1"
    assert names.economy("KOR") == "Korea"
    assert not names.known("X1")
