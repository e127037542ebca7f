"""Where words stand beside what they name: clear of lines, of dots and of one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from exhibits.charts import labels

#: Places of words beside a point, in pixels from it, the better ones first; to its left they end there.
AROUND = tuple(
    (side * right, down)
    for right, up in ((9, 11), (12, 0), (9, 18), (16, 26), (9, 32), (20, 40), (30, 20), (14, 54), (14, 70), (14, 88))
    for down in ((-up, up + 3) if up else (0,))
    for side in (1, -1)
)
#: Places of a name at the end of a curve: higher or lower than the end.
BEHIND = tuple((6, down) for down in (0, -9, 9, -14, 14, -20, 20))
#: Pixels from a line of text to the next.
LINE = 14
#: Where a line has its middle, and how far its box reaches up and down.
_UP, _DOWN = 7.0, 6.0


@dataclass(frozen=True)
class Text:
    """Words, the point that they belong to, in pixels, and the places to try."""

    words: str
    x: float
    y: float
    tries: tuple[tuple[int, int], ...] = AROUND


@dataclass
class Scene:
    """A panel as it is drawn in one case: curves by their points and words by what they belong to."""

    width: float
    height: float
    curves: Sequence[Any]
    texts: dict[Any, list[Text]] = field(default_factory=dict)
    #: How much the case counts beside others.
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Put points on all curves, one a pixel."""
        along = [np.empty((0, 2))]
        for curve in self.curves:
            for start, end in pairwise(curve):
                steps = np.linspace(0, 1, 2 + int(np.hypot(*np.subtract(end, start))))[:, None]
                along.append(start + steps * np.subtract(end, start))
        self.points = np.concatenate(along)


def placed(scenes: Sequence[Scene]) -> dict[Any, tuple[int, int]]:
    """Choose a place for each of the words, the same in all scenes: each takes its best one in turn, up to four times.

    Parameters
    ----------
    scenes : sequence of Scene
        Cases of one panel. A text that a case does not show is missing there.

    Returns
    -------
    dict
        Pixels to the right of its point, and down, by text.
    """
    tries = {key: texts[0].tries for scene in scenes for key, texts in scene.texts.items()}
    chosen = {key: places[0] for key, places in tries.items()}
    for _ in range(4):
        before = dict(chosen)
        for key, places in tries.items():
            costs = [
                sum(scene.weight * _cost(scene, key, place, chosen) for scene in scenes if key in scene.texts)
                + rank / 4
                for rank, place in enumerate(places)
            ]
            chosen[key] = places[int(np.argmin(costs))]
        if chosen == before:  # nor would another turn move any
            break
    return chosen


def _box(text: Text, place: tuple[int, int], wide: float) -> tuple[float, float, float, float]:
    right, down = place
    lines = text.words.split("\n")
    width = max(map(labels.pixels, lines))
    # As the page does, which lets no words reach over an edge.
    if right < 0 and text.x < width - right:
        right = AROUND[0][0]
    elif text.tries is AROUND and text.x + right + width > wide:
        right = -AROUND[0][0]
    left = text.x + right - (width if right < 0 else 0)
    return left, text.y + down - _UP, left + width, text.y + down + _DOWN + LINE * (len(lines) - 1)


def _gap(text: Text, box: tuple[float, float, float, float]) -> float:
    """Return the pixels from the point of some words to a box."""
    left, top, right, bottom = box
    return float(np.hypot(max(left - text.x, 0.0, text.x - right), max(top - text.y, 0.0, text.y - bottom)))


def _cost(scene: Scene, key: Any, place: tuple[int, int], chosen: dict[Any, tuple[int, int]]) -> float:
    """Count pixels of lines under the words, and more for other words, dots and edges."""
    x, y = scene.points.T
    cost = 0.0
    for one in scene.texts[key]:
        left, top, right, bottom = _box(one, place, scene.width)
        cost += ((x > left - 2) & (x < right + 2) & (y > top - 1) & (y < bottom + 1)).sum()
        for other, texts in scene.texts.items():
            for text in texts:
                if text.tries is AROUND:  # a dot, not to be covered, nor taken for that of these words
                    gap = _gap(text, (left, top, right, bottom))
                    cost += 20 * (gap < 5) + 15 * (other != key and gap < _gap(one, (left, top, right, bottom)))
                if other != key:
                    a, b, c, d = _box(text, chosen[other], scene.width)
                    across, down = min(right, c) - max(left, a) + 4, min(bottom, d) - max(top, b)
                    cost += 60 + across if across > 0 and down > 0 else 0
        cost += 4 * max(0.0, right - scene.width) + 4 * max(0.0, -left)
        cost += 10 * max(0.0, -19 - top) + 10 * max(0.0, bottom - scene.height)
    return cost
