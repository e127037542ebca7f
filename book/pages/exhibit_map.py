"""Lists all exhibits on the first page: number, page, function that makes each, and source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book import chapters
from book.translation import Words
from exhibits.render import exhibits, grid

#: A source in a table may cite and lead to other pages; the map is no place for that.
_CITED = re.compile(r"\{cite:\w+\}`[^`]*`")
_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*?)(?: <[^`]*>)?`")


class exhibit_map(nodes.General, nodes.Element):  # noqa: N801  (docutils dispatches on the class's name)
    """The place of the list."""


def register(app: Sphinx) -> None:
    """Connect the directive and its two steps."""
    app.add_node(exhibit_map)
    app.add_directive("exhibit-map", ExhibitMap)
    app.connect("env-get-updated", page_of_map)
    app.connect("doctree-resolved", fill)


class ExhibitMap(SphinxDirective):
    """``{exhibit-map}``, without options."""

    def run(self) -> list[nodes.Node]:
        """Leave the place free until all pages are known."""
        self.env.gvc_map_page = self.env.docname  # pyrefly: ignore[missing-attribute]
        return [exhibit_map()]


def page_of_map(app: Sphinx, env: Any) -> list[str]:
    """Have the page with the map written again, whichever page has changed."""
    return [env.gvc_map_page] if hasattr(env, "gvc_map_page") else []


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the map into its place."""
    for place in list(doctree.findall(exhibit_map)):
        place.replace_self(_table(app, page))


def made_by(root: Path, chapter: str) -> dict[str, str]:
    """Name by exhibit the function of `industrial_chains` or `gvc` that gives its numbers, as the chapter calls it.

    It is the first that is called for the exhibit's data, in the cell itself or where the cell's variable is set; else
    what draws it.
    """
    trees = [ast.parse(cell) for cell in chapters.code(root, chapter)]
    modules = {alias.asname or alias.name for tree in trees for alias in _imports(tree)}
    values: dict[str, ast.expr] = {}
    found = {}
    for tree in trees:
        values |= _set(tree)  # a cell may give a name of an earlier one another value
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and (name := _named(call)):
                calls = (made for argument in call.args for made in _calls(argument, modules, values, set()))
                found[name] = next(calls, ast.unparse(call.func))
    return found


def _set(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the variables that a cell sets, with their values: the first, since later ones lay it out."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                for part in targets:
                    names = (one.id for one in ast.walk(part) if isinstance(one, ast.Name))
                    found |= {name: value for name in names if name not in found}
            case (
                ast.For(target=ast.Name(id=name), iter=value) | ast.comprehension(target=ast.Name(id=name), iter=value)
            ):
                found.setdefault(name, value)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]):
                found.setdefault(f"{name}[]", value)
    return {
        name: found.get(f"{name}[]", value) if isinstance(value, ast.List) else value for name, value in found.items()
    }


def _imports(tree: ast.Module) -> Iterator[ast.alias]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module):
            yield from (alias for alias in node.names if alias.name.split(".")[0] not in ("pandas",))


def _named(call: ast.Call) -> str:
    names = [word.value for word in call.keywords if word.arg == "name"]
    return str(names[0].value) if names and isinstance(names[0], ast.Constant) else ""


def _calls(node: ast.AST, modules: set[str], values: dict[str, ast.expr], seen: set[str]) -> Iterator[str]:
    """Yield the module functions that an expression calls, outermost first; variables are replaced by their values."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            name = ast.unparse(part.func)
            if name.split(".")[0] in modules and name.count(".") == 1:
                yield name
        elif isinstance(part, ast.Name) and part.id in values and part.id not in seen:
            seen.add(part.id)
            yield from _calls(values[part.id], modules, values, seen)


def _table(app: Sphinx, page: str) -> nodes.table:
    words = Words(app.config.language)
    heads = [words.say("Exhibit"), words.say("Page"), words.say("Made by"), words.say("Source")]
    rows: list[list[nodes.Node]] = [[nodes.Text(text) for text in heads]]
    for document in app.config.external_site_map:
        made = made_by(Path(app.srcdir), document) if exhibits(app.env).get(document) else {}
        for name, exhibit in exhibits(app.env).get(document, {}).items():
            link = _link(app, page, document, nodes.make_id(name), _number(app, document, nodes.make_id(name)))
            title = _link(app, page, document, "", app.env.titles[document].astext())
            code = nodes.literal("", made.get(name, ""))
            rows.append([link, title, code, nodes.Text(plain(exhibit.source, words.say("works cited")))])
    return grid(rows, classes=["gvc-map"])


def plain(source: str, cited: str) -> str:
    """Return a source without roles, and with all works that it cites in one phrase.

    Examples
    --------
    >>> plain("{cite:t}`a`; {cite:t}`b` and {cite:t}`c`; {doc}`the rest <rest>` is the book's.", "works cited")
    "Works cited; the rest is the book's."
    """
    text = _ROLE.sub(r"\1", _CITED.sub(cited, source))
    text = re.sub(rf"{cited}(?:(?:\W+and |\W*[和及]?\W*){cited})+", cited, text)
    return text[0].upper() + text[1:] if text.startswith(cited) else text


def _number(app: Sphinx, document: str, target: str) -> str:
    for kind, numbers in app.env.toc_fignumbers.get(document, {}).items():
        if target in numbers:
            return str(app.config.numfig_format[kind]) % ".".join(map(str, numbers[target]))
    return target


def _link(app: Sphinx, page: str, document: str, target: str, text: str) -> nodes.reference:
    address = app.builder.get_relative_uri(page, document) + (f"#{target}" if target else "")
    return nodes.reference("", text, refuri=address, internal=True)
