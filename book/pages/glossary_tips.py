"""Links a term to the glossary where a page first uses it, and shows its meaning in a tip."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

PAGE = "chapters/methods/glossary"


class defined(nodes.inline):  # noqa: N801  (docutils dispatches on the class's name)
    """A word, the address of its entry (`uri`), and its `meaning`."""


def register(app: Sphinx) -> None:
    """Connect both steps."""
    app.add_node(defined, html=(_open, _close))
    app.connect("env-get-updated", _read)
    app.connect("doctree-resolved", _mark, priority=400)  # before a page's works are listed at its end


def _read(app: Sphinx, env: Any) -> list[str]:
    """Read the glossary, and have all pages written again if it has changed."""
    before = getattr(env, "gvc_meanings", {})
    env.gvc_meanings = dict(_entries(env.get_doctree(PAGE))) if PAGE in env.found_docs else {}
    return sorted(env.found_docs) if env.gvc_meanings != before else []


def _mark(app: Sphinx, page: nodes.document, name: str) -> None:
    """Mark the first use of each word in the running text of a page, unless the text itself says what it means."""
    if app.builder.name != "html" or name == PAGE:
        return
    words = dict(app.env.gvc_meanings)  # pyrefly: ignore[missing-attribute]
    glossary = app.builder.get_relative_uri(name, PAGE)
    for text in list(page.findall(nodes.Text)):
        parts = list(_parts(text, words)) if words and _is_running(text) else []
        if any(isinstance(part, defined) for part in parts):
            for part in parts:
                if isinstance(part, defined):
                    part["uri"] = f"{glossary}#{part['uri']}"
            text.parent.replace(text, parts)


def _entries(glossary: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the words that the page defines, each with the name of its place and its meaning."""
    for one in glossary.findall(addnodes.glossary):
        for item in one.findall(nodes.definition_list_item):
            *terms, meaning = item.children
            for term in terms:
                yield term.astext(), (term["ids"][0], meaning.astext())


def _is_running(text: nodes.Text) -> bool:
    """Whether a text stands in a sentence of the page, and not in a link, code, a table or an output."""
    node, in_paragraph = text.parent, False
    while node is not None:
        if isinstance(node, nodes.reference | nodes.literal | nodes.math | nodes.table | nodes.raw | nodes.citation):
            return False
        if node.get("nb_element") in ("cell_code", "cell_code_output"):
            return False
        in_paragraph |= isinstance(node, nodes.paragraph)
        node = node.parent
    return in_paragraph


def _parts(text: nodes.Text, words: dict[str, tuple[str, str]]) -> Iterator[nodes.Node]:
    """Split a text at the words that it is the first to use, and take these out of `words`."""
    if isinstance(text.parent, nodes.emphasis | nodes.strong):  # here the page defines a word
        for word in [word for word in words if re.search(_form(word), text, re.IGNORECASE)]:
            del words[word]
        return
    whole, last = str(text), 0
    order = sorted(words, key=len, reverse=True)
    for found in re.finditer("|".join(f"({_form(word)})" for word in order), whole, re.IGNORECASE):
        word = order[(found.lastindex or 1) - 1]
        if word in words:
            place, meaning = words.pop(word)
            yield nodes.Text(whole[last : found.start()])
            yield defined("", found[0], uri=place, meaning=meaning)
            last = found.end()
    if last:
        yield nodes.Text(whole[last:])


def _form(word: str) -> str:
    """Match a word, in the plural, too; Chinese has no gaps between words."""
    return rf"(?<![\w-]){re.escape(word)}s?(?![\w-])" if word.isascii() else re.escape(word)


def _open(translator: Any, node: defined) -> None:
    translator.gvc_meanings = getattr(translator, "gvc_meanings", 0) + 1
    node["tip"] = f"meaning-{translator.gvc_meanings}"
    translator.body.append(f'<span class="gvc-word"><a href="{escape(node["uri"])}" aria-describedby="{node["tip"]}">')


def _close(translator: Any, node: defined) -> None:
    translator.body.append(f'</a><span role="tooltip" id="{node["tip"]}">{escape(node["meaning"])}</span></span>')
