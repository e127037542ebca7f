"""The finding of a page: a paragraph in italics, right below a title that is only a name."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Connect the step that finds it."""
    app.connect("doctree-read", mark)


def mark(app: Sphinx, page: nodes.document) -> None:
    """Mark the finding of a page, for its style and for the cards of the first page."""
    if found := finding(page):
        found["classes"].append("gvc-finding")
        _kept(app.env)[app.env.docname] = found.astext()
    else:
        _kept(app.env).pop(app.env.docname, None)


def finding(page: nodes.document) -> nodes.paragraph | None:
    """Return the paragraph that says what a page finds, if it has one."""
    title = next(page.findall(nodes.title), None)
    below = title.next_node(descend=False, siblings=True) if title else None
    alone = isinstance(below, nodes.paragraph) and len(below) == 1 and isinstance(below[0], nodes.emphasis)
    return below if alone else None


def of_page(env: Any, page: str) -> str:
    """Return the finding of a page, or nothing."""
    found: str = _kept(env).get(page, "")
    return found


def merge(env: Any, names: set[str], other: Any) -> None:
    """Take over what another process of Sphinx has found."""
    _kept(env).update({page: found for page, found in _kept(other).items() if page in names})


def _kept(env: Any) -> dict[str, str]:
    kept: dict[str, str] = vars(env).setdefault("gvc_findings", {})
    return kept
