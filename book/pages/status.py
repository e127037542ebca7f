"""Lists the versions of programs, and words the table of executed chapters, on the page about the build."""

import platform
from importlib.metadata import version

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.translation import Words
from exhibits.translation import SOURCE

PAGE = "chapters/methods/status"

#: What computes and draws, the three packages of the book first.
_PROGRAMS = (
    "gvc-measures", "sphinx-exhibits", "industrial-chains", "numpy", "scipy", "pandas", "pyarrow", "altair",
    "vl-convert-python", "Sphinx", "myst-nb",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that compute, draw and build."""
    return {"Python": platform.python_version()} | {name: version(name) for name in _PROGRAMS}


class Versions(SphinxDirective):
    """``{versions}``, without options: a list of them."""

    def run(self) -> list[nodes.Node]:
        """Write it as the build finds it."""
        items = [nodes.list_item("", nodes.paragraph("", f"{name} {number}")) for name, number in versions().items()]
        return [nodes.bullet_list("", *items)]


def register(app: Sphinx) -> None:
    """Connect both."""
    app.add_directive("versions", Versions)
    app.connect("doctree-resolved", _say)


def _say(app: Sphinx, page: nodes.document, name: str) -> None:
    """Translate the table of executed chapters, which myst-nb makes, and replace its signs by words.

    Fonts without emoji show the signs as boxes.
    """
    if name != PAGE:
        return
    words = Words(app.config.language)
    signs = {"✅": words.say("completed"), "❌": words.say("failed")}
    for table in page.findall(nodes.table):
        for text in list(table.findall(nodes.Text)):
            written = signs.get(text.strip()) or (text if words.language == SOURCE else words.say(text))
            text.parent.replace(text, nodes.Text(written))
