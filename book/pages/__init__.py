"""Parts of pages that no chapter writes by itself, a module each."""

from typing import Any

from sphinx.application import Sphinx

from book.pages import (
    bibliography,
    chapter_cards,
    chinese,
    chinese_bigrams,
    code,
    docstrings,
    exhibit_map,
    explorer,
    find_statement,
    findings,
    formulas,
    glossary_tips,
    markup,
    no_break,
    notices,
    share_of,
    styles,
    versions,
    views,
    web_fonts,
    what_if,
)


def register(app: Sphinx) -> None:
    """Connect all of them; what several change in a page, they change in this order."""
    for part in (
        *(
            findings,
            code,
            exhibit_map,
            explorer,
            share_of,
            find_statement,
            views,
            what_if,
            notices,
            bibliography,
            chapter_cards,
        ),
        *(chinese, docstrings, formulas, markup, glossary_tips, chinese_bigrams, versions, no_break, web_fonts, styles),
    ):
        part.register(app)
    app.connect("env-merge-info", _merge)


def _merge(app: Sphinx, env: Any, names: set[str], other: Any) -> None:
    """Take over where another process of Sphinx has found what one page has: the explorer, the map, the cards."""
    for page in (
        "gvc_explorer",
        "gvc_share_of",
        "gvc_find_statement",
        "gvc_what_if",
        "gvc_map_page",
        "gvc_cards_page",
        "gvc_take",
    ):
        if getattr(other, page, None) in names:
            setattr(env, page, getattr(other, page))
    findings.merge(env, names, other)
