"""Cards of the chapters on the first page: the name of a page, its finding, and a small chart of it without words."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.pages import findings
from exhibits.render import CARDS, exhibits


class chapter_cards(nodes.General, nodes.Element):  # noqa: N801  (docutils dispatches on the class's name)
    """The place of the cards."""


class ChapterCards(SphinxDirective):
    """``{chapter-cards}``, without options."""

    def run(self) -> list[nodes.Node]:
        """Leave the place free until all pages are known."""
        self.env.gvc_cards_page = self.env.docname  # pyrefly: ignore[missing-attribute]
        return [chapter_cards()]


def register(app: Sphinx) -> None:
    """Connect the directive and its two steps."""
    app.add_node(chapter_cards)
    app.add_directive("chapter-cards", ChapterCards)
    app.connect("env-get-updated", page_of_cards)
    app.connect("doctree-resolved", fill)


def page_of_cards(app: Sphinx, env: Any) -> list[str]:
    """Have the page with the cards written again, whichever page has changed."""
    return [env.gvc_cards_page] if hasattr(env, "gvc_cards_page") else []


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the cards into their place, by part."""
    for place in list(doctree.findall(chapter_cards)):
        parts = app.env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
        place.replace_self([made for part in parts for made in _part(app, page, part)])


def _part(app: Sphinx, page: str, part: addnodes.toctree) -> list[nodes.Node]:
    cards = nodes.bullet_list(classes=["gvc-cards"])
    root = "../" * page.count("/")
    for _, document in part["entries"]:
        link = nodes.reference("", "", refuri=app.builder.get_relative_uri(page, document), internal=True)
        for name, exhibit in exhibits(app.env).get(document, {}).items():
            if exhibit.card:
                shown = 'alt="" loading="lazy" width="240" height="120"'
                link += nodes.raw("", f'<img src="{root}{CARDS}/{name}.svg" {shown}>', format="html")
        link += nodes.strong("", app.env.titles[document].astext())
        if told := findings.of_page(app.env, document):
            link += nodes.inline("", told)
        cards += nodes.list_item("", nodes.paragraph("", "", link))
    return [nodes.rubric("", part["caption"]), cards] if part.get("caption") else [cards]
