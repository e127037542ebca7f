"""The code of a page: of an exhibit under it, folded; of what shows nothing only when a reader asks for all code."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from book.pages import findings
from book.translation import Words
from exhibits.render import chart


def register(app: Sphinx) -> None:
    """Connect the step that moves it."""
    app.connect("doctree-read", move)


def move(app: Sphinx, page: nodes.document) -> None:
    """Put the code of each exhibit under it, and away what has no output."""
    words = Words(app.config.language)
    label, moved = escape(words.say("Code")), False
    for cell in page.findall(lambda node: isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code"):
        code = [part for part in cell.children if part.get("nb_element") == "cell_code_source"]
        shown = [part for part in cell.children if part.get("nb_element") == "cell_code_output" and part.children]
        places = [node for part in shown for node in part.findall(_is_exhibit)]
        if not cell.get("hide_mode"):
            continue  # it is there to be read
        if places:
            if cell.attributes.pop("hide_mode") == "input+output":
                cell["hide_mode"] = "output"  # the exhibit itself is folded
            for part in code:
                cell.remove(part)
            # Of a cell with several exhibits the last one has the code of all.
            places[-1] += [
                nodes.raw("", f'<details class="gvc-code"><summary>{label}</summary>', format="html"),
                *code,
                nodes.raw("", "</details>", format="html"),
            ]
        elif cell["hide_mode"] == "all" or not shown:
            cell.attributes.pop("hide_mode")
            cell["classes"].append("gvc-plumbing")
        else:
            continue
        moved = True
    if moved:
        _add_switch(page, escape(words.say("Show all code")), escape(words.say("Hide all code")))


def _add_switch(page: nodes.document, show: str, hide: str) -> None:
    """Add the button that shows every cell in its place; a script answers it."""
    title = next(page.findall(nodes.title))
    above = findings.finding(page) or title
    button = f'<button type="button" aria-pressed="false" data-hide="{hide}">{show}</button>'
    html = f'<p class="gvc-all-code">{button}</p>'
    above.parent.insert(above.parent.index(above) + 1, nodes.raw("", html, format="html"))


def _is_exhibit(node: nodes.Node) -> bool:
    return isinstance(node, chart) or (isinstance(node, nodes.compound) and "exhibit-table" in node["classes"])
