"""Numbers and words of direction in sentences, which are cells of exhibits: the roles ``{n}`` and ``{d}``."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx.util.logging import getLogger

from exhibits.addresses import AddressError, Cell, Numbers, direction, number
from exhibits.render import by_page, exhibits

#: What a role finds in the exhibits of the book.
_FOUND: dict[str, Callable[[str, dict[str, Numbers]], tuple[str, Cell]]] = {"n": number, "d": direction}
_log = getLogger(__name__)


class cited(nodes.inline):  # noqa: N801  (docutils dispatches on the class's name)
    """A number or a word that is known when all pages are."""


class cell_link(nodes.reference):  # noqa: N801  (docutils dispatches on the class's name)
    """A quiet link to a cell, whose row and column the script of the page looks up."""


def visit_cell_link(translator: Any, node: cell_link) -> None:
    """Write the row and the column, which a docutils reference cannot carry."""
    place = {"href": node["refuri"], "data-cell": node["cell"]}
    translator.body.append(translator.starttag(node, "a", "", **place))


class _Cited(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Keep the address with its page until the exhibits of all pages are known."""
        page, address = self.env.docname, " ".join(self.text.split())
        by_page(self.env, "addresses").setdefault(page, {})[self.name, address] = self.lineno
        return [cited(self.rawtext, "", classes=["pasted-text"], role=self.name, address=address, page=page)], []


def register(app: Sphinx) -> None:
    """Connect the roles; what a label of exhibits was called in addresses, a configuration may say."""
    app.add_config_value("exhibits_renamed", {}, "env")
    for role in _FOUND:
        app.add_role(role, _Cited())
    app.add_node(cited)
    app.add_node(cell_link, html=(visit_cell_link, lambda self, node: self.body.append("</a>")))
    app.connect("env-get-updated", _look_up, priority=950)
    app.connect("doctree-resolved", _say, priority=390)  # before glued numbers get their sign
    app.connect("doctree-resolved", _link, priority=900)  # when a book has translated what is glued


def _look_up(app: Sphinx, env: Any) -> list[str]:
    """Find what all roles of the book say; name the pages of which one says something else than before."""
    if app.builder.name == "gettext":  # which makes no exhibits
        env.exhibits_answers = {}
        return []
    known = {name: one.numbers for of_page in exhibits(env).values() for name, one in of_page.items()}
    before: dict[str, dict[tuple[str, str], Any]] = getattr(env, "exhibits_answers", {})
    now: dict[str, dict[tuple[str, str], Any]] = {}
    for page, asked in by_page(env, "addresses").items():
        now[page] = {}
        for (role, address), line in asked.items():
            asked_now = address
            for old, new in app.config.exhibits_renamed.items():
                asked_now = asked_now.replace(old, new)
            try:
                now[page][role, address] = _FOUND[role](asked_now, known)
            except AddressError as error:
                # Of a page built by itself what others show stays open.
                kind = "elsewhere" if str(error).startswith("no exhibit") else "address"
                _log.warning(
                    "{%s}`%s`: %s.", role, address, error, location=(page, line), type="exhibits", subtype=kind
                )
    env.exhibits_answers = now
    return [page for page, said in now.items() if said != before.get(page)]


def _say(app: Sphinx, page: nodes.document, name: str) -> None:
    """Write what the roles of a page say."""
    for node in page.findall(cited):
        found = _found_for(app.env, node)
        node.append(nodes.Text(found[0] if found else "…"))


def _link(app: Sphinx, page: nodes.document, name: str) -> None:
    """Lead from a number to its cell; on paper it is text."""
    if app.builder.name not in ("html", "dirhtml"):
        return
    places = {exhibit: there for there, of_page in exhibits(app.env).items() for exhibit in of_page}
    for node in page.findall(cited):
        found = _found_for(app.env, node)
        if found and node["role"] == "n":
            there, at = places[found[1].exhibit], found[1]
            address = "" if there == name else app.builder.get_relative_uri(name, there)
            link = cell_link("", "", *node.children, cell=f"{at.row} {at.column}")
            link["refuri"] = f"{address}#{nodes.make_id(at.exhibit)}"
            node[:] = [link]


def _found_for(env: Any, node: cited) -> tuple[str, Cell] | None:
    found: tuple[str, Cell] | None = env.exhibits_answers.get(node["page"], {}).get((node["role"], node["address"]))
    return found
