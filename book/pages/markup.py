"""Elements of pages that some readers could not use as docutils, the theme and MyST-NB write them."""

from html import escape
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx

from book.translation import Words

_SCROLLS = '<div class="pst-scrollable-table-container">'


def register(app: Sphinx) -> None:
    """Have the pages of the site written so."""
    app.add_node(
        nodes.citation, override=True, html=(_citation, lambda self, node: type(self).depart_citation(self, node))
    )
    app.add_node(nodes.table, override=True, html=(_table, lambda self, node: type(self).depart_table(self, node)))
    app.add_node(HideCodeCellNode, override=True, html=(_folded, _close))


def _citation(translator: Any, node: nodes.citation) -> None:
    """Begin an entry of a list of works: docutils gives it a role that is deprecated, and no list has."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append('<div role="list" class="citation-list">\n')
    translator.body.append(translator.starttag(node, "div", classes=["citation"], role="listitem"))


def _table(translator: Any, node: nodes.table) -> None:
    """Begin a table: the theme lets wide ones scroll, but not from the keyboard."""
    place = len(translator.body)
    type(translator).visit_table(translator, node)
    if translator.body[place] == _SCROLLS:
        translator.body[place] = '<div class="pst-scrollable-table-container" tabindex="0">'


def _as_before(close: str, translator: Any, node: nodes.Element) -> None:
    getattr(type(translator), close)(translator, node)


def _folded(translator: Any, node: HideCodeCellNode) -> None:
    """Begin a folded cell, called by what it shows: MyST-NB calls all of them "Toggle hidden content"."""
    show, hide = node["prompt_show"], node["prompt_hide"]
    if "above-output" in node["classes"]:  # the result, and not the code
        words = Words(translator.config.language)
        show, hide = words.say("Show the table"), words.say("Hide the table")
    shown = (("collapsed", show), ("expanded", hide))
    titles = "".join(f'<p class="{state} admonition-title">{escape(text)}</p>\n' for state, text in shown)
    translator.body.append(
        f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>\n{titles}</summary>\n'
    )


def _close(translator: Any, node: HideCodeCellNode) -> None:
    translator.body.append("</details>\n")
