"""What a drawing shows, as boxes and lines in pixels: words are as wide as Helvetica sets them."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple
from xml.etree import ElementTree

import numpy as np
import vl_convert

from exhibits.charts import labels

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class Word(NamedTuple):
    """A line of text, its box before it is turned, the point it is turned around and the angle."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    at: tuple[float, float]
    angle: float


def drawn(chart: Any, width: int) -> str:
    """Draw a chart, or its specification, in a column of a width."""
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    return vl_convert.vegalite_to_svg(spec | ({"width": width} if spec.get("width") == "container" else {}))


def _placed(node: Any, x: float = 0, y: float = 0, shown: bool = True) -> Iterator[tuple[Any, float, float, float]]:
    """Yield the leaves of a drawing that are seen, each with where its own zero lies, and its angle."""
    moved = node.get("transform", "")
    if found := re.search(r"translate\(([^)]*)\)", moved):
        dx, dy = map(float, found[1].split(","))
        x, y = x + dx, y + dy
    shown = shown and node.get("display") != "none" and node.get("opacity") != "0"
    if (shown and not len(node)) or node.tag.endswith("}text"):
        turned = re.search(r"rotate\(([^)]*)\)", moved)
        yield node, x, y, float(turned[1].split(",")[0]) if turned else 0.0
    if not node.tag.endswith("}text"):
        for child in node:
            yield from _placed(child, x, y, shown)


def words(svg: str) -> list[Word]:
    """Find the words, each line of text on its own, and each that has a rim once."""
    found = {}
    for node, x, y, angle in _placed(ElementTree.fromstring(svg)):
        if not node.tag.endswith("}text"):
            continue
        for line, text in enumerate([part.text for part in node] or [node.text]):
            if not text or not text.strip():
                continue
            width = labels.pixels(text) * float(node.get("font-size", "12px").removesuffix("px")) / 12
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")]
            base = y + 14 * line
            found[text, round(x, 1), round(base, 1)] = Word(text, left, base - 9, left + width, base + 2, (x, y), angle)
    return list(found.values())


def touch(one: Word, other: Word) -> bool:
    """Whether two level words overlap."""
    return (
        min(one.right, other.right) > max(one.left, other.left)
        and min(one.bottom, other.bottom) > max(one.top, other.top)
    )  # fmt: skip


def lines(svg: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Find the segments of the curves: paths that have a stroke and no filling."""
    found = []
    for node, x, y, _ in _placed(ElementTree.fromstring(svg)):
        path = node.get("d", "")
        if node.tag.endswith("}path") and node.get("stroke") and path.count("L") > 0 and "Z" not in path:
            for part in path.split("M")[1:]:
                numbers = np.add(np.array([*map(float, _NUMBERS.findall(part))]).reshape(-1, 2), (x, y))
                found += list(pairwise(map(tuple, numbers)))
    return found


def crossed(word: Word, segments: list[Any]) -> bool:
    """Whether a line runs through a level word: what it cuts of a box a little smaller than the word."""
    low, high = np.array([word.left + 1, word.top + 1]), np.array([word.right - 1, word.bottom - 1])
    ends = np.array(segments).reshape(-1, 2, 2)
    # Only those whose own box touches that of the word.
    near = ((ends.min(axis=1) < high) & (ends.max(axis=1) > low)).all(axis=1)
    for start, end in ends[near]:
        steps = np.linspace(0, 1, 2 + int(np.hypot(*(end - start))))[:, None]
        points = start + steps * (end - start)
        if ((points > low) & (points < high)).all(axis=1).any():
            return True
    return False
