"""Docstrings on a page: they stay in the book's own language, and say so where the page is in another."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.ext.autosummary import autosummary_table
from sphinx.locale import _
from sphinx.transforms import SphinxTransform

from exhibits.translation import SOURCE

#: Class of a container round the docstring of a module, which Sphinx does not tell from the page.
CONTAINER = "gvc-docstring"


def register(app: Sphinx) -> None:
    """Have the pages show them so."""
    app.add_transform(Docstrings)
    app.add_css_file("library.css")


class Docstrings(SphinxTransform):
    """Keep what docstrings say out of the catalogues, and name its language; Sphinx translates their headings."""

    default_priority = 9  # before Sphinx looks for messages

    def apply(self, **kwargs: Any) -> None:
        """Mark the texts."""
        foreign = self.config.language != SOURCE
        for place in self.document.findall(_is_docstring):
            for text in place.findall(nodes.TextElement):
                inline = isinstance(text, nodes.Inline)
                if not inline or "translatable" in text:  # which Sphinx takes out of the sentence, at last
                    text["translatable"] = False
                if foreign and not inline and not isinstance(text, nodes.rubric | nodes.field_name):
                    text["classes"].append(f"language-{SOURCE}")  # which docutils writes as `lang`
                for part in list(text.children):
                    if isinstance(text, nodes.field_name):
                        # Sphinx says it in the language in which this process built first.
                        text.replace(part, nodes.Text(_(part.astext())))
                    elif isinstance(part, nodes.Text) and part.startswith(" -- "):
                        text.replace(part, nodes.Text(f" – {part[4:]}"))


def _is_docstring(node: nodes.Node) -> bool:
    if isinstance(node, nodes.container):
        return CONTAINER in node["classes"]
    return isinstance(node, addnodes.desc | autosummary_table)
