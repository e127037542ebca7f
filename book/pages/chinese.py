"""Chinese on the pages: it is marked as Chinese on English pages, and counts in its own units on Chinese ones."""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from exhibits.translation import SOURCE

#: Chinese words, with the signs between them.
RUN = re.compile(r"[\u4e00-\u9fff](?:[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”…]*[\u4e00-\u9fff])?")
#: Units of translated sentences, and what Chinese counts by: ten thousands, and hundreds of millions.
_UNITS = {"十亿": (10, "亿"), "百万": (100, "万")}
_MANY = 100
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_COUNTED = re.compile(rf"{_NUMBER}(十亿|百万)")
_LAST_NUMBER, _FIRST_UNIT = re.compile(rf"{_NUMBER}$"), re.compile(r"十亿|百万")


def register(app: Sphinx) -> None:
    """Have the pages of the site do so."""
    app.connect("doctree-resolved", _change, priority=900)  # when a page has all its text


def _change(app: Sphinx, page: nodes.document, name: str) -> None:
    if app.config.language == SOURCE:
        mark(page)
    else:
        count(page)


def mark(page: nodes.Element) -> None:
    """Say of Chinese words that they are Chinese, so that they are spoken and drawn as such.

    Examples
    --------
    >>> page = nodes.paragraph("", "Chains (产业链)")
    >>> mark(page)
    >>> str(page)
    '<paragraph>Chains (<inline classes="language-zh">产业链</inline>)</paragraph>'
    """
    for place, text in list(_texts(page)):
        if parts := list(_parted(str(text))):
            _replace(place, text, parts)


def _parted(text: str) -> Iterator[nodes.Node]:
    """Split a text at its Chinese words; nothing, if it has none."""
    last = 0
    for run in RUN.finditer(text):
        if run.start() > last:
            yield nodes.Text(text[last : run.start()])
        yield nodes.inline("", run[0], classes=["language-zh"])  # of which docutils makes the attribute
        last = run.end()
    if 0 < last < len(text):
        yield nodes.Text(text[last:])


def count(page: nodes.Element) -> None:
    """Count by ten thousands and hundreds of millions where a number of thousands of millions or millions stands.

    The number may stand in a node of its own, as those do that a page glues.

    Examples
    --------
    >>> page = nodes.paragraph("", "", nodes.inline("", "1.4"), nodes.Text("十亿美元，31十亿，1,205百万，十亿美元"))
    >>> count(page)
    >>> page.astext()
    '14亿美元，310亿，12.05亿，十亿美元'
    """
    for block in list(page.findall(_outermost)):
        before: tuple[nodes.Element, nodes.Text] | None = None
        for place, text in list(_texts(block)):
            said = str(text)
            if before and (unit := _FIRST_UNIT.match(said)) and (number := _LAST_NUMBER.search(str(before[1]))):
                counted, name = _times(number[1], unit[0])
                _replace(*before, [nodes.Text(str(before[1])[: number.start()] + counted)])
                said = name + said[unit.end() :]
            said = _COUNTED.sub(lambda found: "".join(_times(found[1], found[2])), said)
            before = place, nodes.Text(said)
            _replace(place, text, [before[1]])


def _outermost(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TextElement) and not isinstance(node.parent, nodes.TextElement)


def _times(number: str, unit: str) -> tuple[str, str]:
    """Return a number in the unit that Chinese counts by, with as many digits as it has, and that unit."""
    value, decimals = float(number.replace(",", "")), len(number.partition(".")[2])
    if unit == "百万" and value >= _MANY:  # no Chinese reader counts 25,400 ten thousands
        return f"{value / _MANY:,.{decimals + 2}f}", "亿"
    times, name = _UNITS[unit]
    return f"{value * times:,.{max(0, decimals - len(str(times)) + 1)}f}", name


def _texts(element: nodes.Element) -> Iterator[tuple[nodes.Element, nodes.Text]]:
    """Give the text that a reader sees as words, no code and no markup, each with what holds it."""
    for child in element.children:
        if isinstance(child, nodes.Text):
            yield element, child
        elif not isinstance(child, nodes.FixedTextElement | nodes.literal | nodes.math | nodes.raw):
            yield from _texts(child)


def _replace(place: nodes.Element, text: nodes.Text, parts: list[nodes.Node]) -> None:
    # Not docutils' own way, which replaces the first of texts that are equal.
    at = next(at for at, child in enumerate(place.children) if child is text)
    place[at : at + 1] = parts
