"""Keeps punctuation on one line with the formula or term beside it, where a browser would break the line."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from book.pages.glossary_tips import defined

_BEFORE = re.compile(r"[(\[“‘（《「]+$")
_AFTER = re.compile(r"^[^\s\w(\[“‘（《「]+(?:s\b)?")


def register(app: Sphinx) -> None:
    """Connect it."""
    app.connect("doctree-resolved", _keep, priority=450)  # after the words of the glossary are marked


def _keep(app: Sphinx, page: nodes.document, name: str) -> None:
    """Put each formula in a line, or term of the glossary, and its punctuation into one element."""
    for node in list(page.findall(lambda one: isinstance(one, nodes.math | defined))):
        place = node.parent
        at = place.index(node)
        before = _marks(place[at - 1], _BEFORE) if at else ""
        after = _marks(place[at + 1], _AFTER) if at + 1 < len(place) else ""
        if before:
            place[at - 1] = nodes.Text(place[at - 1].removesuffix(before))
        if after:
            place[at + 1] = nodes.Text(place[at + 1].removeprefix(after))
        if before or after:
            place[at] = nodes.inline("", "", nodes.Text(before), node, nodes.Text(after), classes=["gvc-kept"])


def _marks(text: nodes.Node, marks: re.Pattern[str]) -> str:
    found = marks.search(text) if isinstance(text, nodes.Text) else None
    return found[0] if found else ""
