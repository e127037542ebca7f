"""Small pictures of shares, with a sentence each, for those without scripts and until a script draws."""

from contextlib import suppress
from functools import reduce
from html import escape

from book.translation import Words
from exhibits.names import Stroke
from industrial_chains import economies as eco
from industrial_chains import sources
from industrial_chains.charting import names
from industrial_chains.sources import SilentError, Source

WIDTH, _HEIGHT, _EDGE = 640, 240, 34
#: On a phone, where the names of lines stand below.
_NARROW, _NAME = 316, 18

#: A line: its database, its values by year, and how it is drawn.
Line = tuple[str, dict[int, float], str]


def answers(origin: str, partner: str, year: int, among: tuple[Source, ...] | None = None) -> list[tuple[str, float]]:
    """Return what each database, or each of some, says of a share in foreign value added in a year, newest first."""
    found = []
    for source in reversed(among or sources.SOURCES):
        with suppress(SilentError):
            told = source.share(origin, partner)
            if year in told:
                found.append((source.label_in(year), float(told[year])))
    return found


def sentences(origin: str, partner: str, year: int, words: Words, among: tuple[Source, ...] | None = None) -> list[str]:
    """Say a share in a year: in a sentence by the newest database, and in another by the others."""
    (label, value), *others = answers(origin, partner, year, among)
    names_ = (words.text(names.economy(code)) for code in (origin, partner))
    told = words.say(
        "{0} supplied {2} per cent of the foreign value added in the exports of {1}", *names_, f"{value:.1f}"
    )
    first = words.say("{0} in {1} ({2}).", told, str(year), words.text(label))
    beside = [words.say("{0} ({1})", f"{other:.1f}", words.text(name)) for name, other in others]
    if not beside:
        return [first]
    return [
        first,
        words.say("Other databases: {0}.", reduce(lambda all_, one: words.say("{0}, {1}", all_, one), beside)),
    ]


def share_over_time(
    origin: str, partner: str, words: Words, width: int = WIDTH, among: tuple[Source, ...] | None = None
) -> tuple[str, list[str]]:
    """Return a picture of a share by databases, so wide and for a phone, and sentences on its last year."""
    lines = [line for source in among or sources.SOURCES for line in _lines(source, origin, partner, words)]
    last = max(year for _, values, _ in lines for year in values)
    colour = names.colour(origin)
    drawn = _drawn(lines, colour, width) + _drawn(lines, colour, _NARROW, narrow=True)
    return drawn, sentences(origin, partner, last, words, among)


def _lines(source: Source, origin: str, partner: str, words: Words) -> list[Line]:
    found: dict[str, dict[int, float]] = {}
    with suppress(SilentError):
        for year, value in source.share(origin, partner).items():
            found.setdefault(source.label_in(year), {})[int(year)] = float(value)
    return [(words.text(label), values, _stroke(sources.STROKES[label])) for label, values in found.items()]


def _stroke(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{" ".join(map(str, stroke.dash))}"' if stroke.dash != (1, 0) else ""
    return f'stroke-width="{stroke.width}"{dash}'


def _drawn(lines: list[Line], colour: str, width: int, *, narrow: bool = False) -> str:
    every = [value for _, values, _ in lines for value in values.values()]
    years = sorted({year for _, values, _ in lines for year in values})
    top = 10 * (int(max(every) / 10) + 1)
    right, bottom = width - (16 if narrow else 150), _HEIGHT - 24

    def x(year: int) -> float:
        return _EDGE + (year - years[0]) / max(years[-1] - years[0], 1) * (right - _EDGE)

    def y(value: float) -> float:
        return bottom - value / top * (bottom - 14)

    parts = [
        f'<line x1="{_EDGE}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="var(--pst-color-border)"/>'
        f'<text x="{_EDGE - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick}</text>'
        for tick in range(0, top + 1, max(10, 10 * (top // 50)))
    ]
    parts += [
        f'<text x="{x(year):.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{year}</text>'
        for year in (years[0], years[-1])
    ]
    names_: list[tuple[float, float, str]] = []
    for label, values, stroke in lines:
        known = sorted(values)
        # A gap of a database breaks its line; years that it never has, such as those between two of the print, do not.
        runs: list[list[int]] = [[]]
        for year in known:
            if runs[-1] and year - runs[-1][-1] > 1 and len(known) > 2 * len(runs) + 6:
                runs.append([])
            runs[-1].append(year)
        for run in runs:
            points = " ".join(f"{x(year):.1f},{y(values[year]):.1f}" for year in run)
            if len(run) > 1:
                parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" {stroke}/>')
            elif run:
                parts.append(f'<circle cx="{x(run[0]):.1f}" cy="{y(values[run[0]]):.1f}" r="3.5" fill="{colour}"/>')
        names_.append((x(known[-1]), y(values[known[-1]]), label))
    if narrow:
        for row, (label, values, stroke) in enumerate(lines):
            at = _HEIGHT + 6 + row * _NAME
            sample = f'<line x1="{_EDGE}" x2="{_EDGE + 24}" y1="{at}" y2="{at}" stroke="{colour}" {stroke}/>'
            dot = f'<circle cx="{_EDGE + 12}" cy="{at}" r="3.5" fill="{colour}"/>'
            last = max(values)
            said = f"{escape(label)} · {values[last]:.1f} ({last})"
            parts += [sample if len(values) > 1 else dot, f'<text x="{_EDGE + 32}" y="{at + 4}">{said}</text>']
        return _picture("gvc-picture-narrow", width, _HEIGHT + len(lines) * _NAME, parts)
    beside = sorted((at, label) for place, at, label in names_ if place > right - 40)
    low = 0.0
    for at, label in beside:
        low = max(at, low + 15)
        parts.append(f'<text x="{right + 8}" y="{low + 4:.1f}">{escape(label)}</text>')
    for place, at, label in names_:
        if place <= right - 40:
            parts.append(f'<text x="{place:.1f}" y="{at - 10:.1f}" text-anchor="end">{escape(label)}</text>')
    return _picture("gvc-picture-wide", width, _HEIGHT, parts)


def _picture(kind: str, width: int, height: int, parts: list[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ink = 'font-size="12" fill="var(--pst-color-text-muted)"'
    return f'<svg class="gvc-picture {kind}" {size} {ink} aria-hidden="true">{"".join(parts)}</svg>'


def economies(words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the lists of a form offer: groups, and the economies of all databases, by code and name."""
    codes = {code for source in sources.SOURCES for code in source.economies} - {eco.ROW}
    named = sorted(((code, words.text(names.economy(code))) for code in codes), key=lambda one: one[1])
    groups = [(code, words.text(names.economy(code))) for code in ("NEA", "ASEAN", "EU27", "NAFTA")]
    return [(words.say("Groups"), groups), (words.say("Economies"), named)]
