"""The field that looks through all statements of a page at once, which stand in several tables of cards."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book.translation import Words
from industrial_chains.charting.searches import STATEMENTS

_PLACE = """<div class="gvc-find-statement">
<div class="exhibit-search-bar">
<label>{label}<input type="search" placeholder="{hint}" autocomplete="off" disabled></label>
<label class="exhibit-search-filter">{part}<select disabled><option value="">{every}</option></select></label>
<label class="exhibit-search-filter">{verdict}<select disabled><option value="">{every}</option></select></label>
<span class="exhibit-search-count" role="status"></span>
</div>
<ol hidden></ol>
</div>"""


def register(app: Sphinx) -> None:
    """Connect the directive."""
    app.add_directive("find-statement", FindStatement)


class FindStatement(SphinxDirective):
    """``{find-statement}``, without options: a field and two lists, which a script fills from the page's cards."""

    def run(self) -> list[nodes.Node]:
        """Write them, disabled: without scripts they do nothing."""
        self.env.gvc_find_statement = self.env.docname  # pyrefly: ignore[missing-attribute]
        return [nodes.raw("", place(Words(self.env.config.language)), format="html")]


def place(words: Words) -> str:
    """Return what stands in the page."""
    parts = {
        "label": words.say("Find a statement"),
        "part": words.say("Part"),
        "every": words.say("All"),
        # The catalogue of exhibits has these: a bar of the same kind is over each table.
        "hint": words.text(STATEMENTS.hint),
        "verdict": words.text("Verdict"),
    }
    return _PLACE.format(**{part: escape(word) for part, word in parts.items()})
