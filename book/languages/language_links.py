"""Links each page to the same page in other languages, for readers and for search engines."""

from html import escape
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from book.translation import built, folder, tag
from exhibits.translation import SOURCE

#: What each language calls itself.
NAMES = {"en": "English", "zh_CN": "中文"}


def register(app: Sphinx) -> None:
    """Link the pages, and have them written again when the languages change."""
    app.add_config_value("gvc_languages", [], "html")
    app.connect("config-inited", _configure)
    app.connect("html-page-context", add)


def _configure(app: Sphinx, config: Config) -> None:
    config.gvc_languages = built()
    bar = ("gvc-explorer.html", "gvc-languages.html", "article-header-buttons.html")
    config.html_theme_options["article_header_end"] = list(bar)


def others(here: str, page: str, languages: list[str]) -> list[dict[str, str]]:
    """Return the address of a page in every language that is built, with its own.

    Examples
    --------
    >>> [one["address"] for one in others("en", "chapters/explorer", ["en", "zh_CN"])]
    ['../chapters/explorer.html', '../zh/chapters/explorer.html']
    >>> [one["address"] for one in others("zh_CN", "index", ["en", "zh_CN"])]
    ['../index.html', '../zh/index.html']
    """
    up = "../" * (page.count("/") + bool(folder(here)))
    return [
        {
            "language": language,
            "tag": tag(language),
            "name": NAMES[language],
            "address": f"{up}{folder(language)}{'/' if folder(language) else ''}{page}.html",
        }
        for language in languages
    ]


def add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page the links to its other languages."""
    every = others(app.config.language, page, built())
    if len(every) < 2:
        return
    context["other_languages"] = [one for one in every if one["language"] != app.config.language]
    links = [(one["tag"], one["address"]) for one in every]
    links += [("x-default", one["address"]) for one in every if one["language"] == SOURCE]
    context["metatags"] = context.get("metatags", "") + "".join(
        f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">' for code, address in links
    )
