"""Translates into the languages of the book, from its catalogues and its termbase."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.transforms import SphinxTransform

from exhibits import translation
from exhibits.translation import SOURCE, Lexicon
from gvc import panel

LOCALE = Path(__file__).parents[1] / "locale"
#: Kinds of the termbase that are names: a label may hold them as placeholders. The others are for translators to read.
NAMES = ("economy", "industry", "database")
#: A kind that stands alone in a cell or before a colon, and within a label is part of its words.
SHORT = "short"


def tag(language: str) -> str:
    """Name a language as HTML does: zh-CN."""
    return language.replace("_", "-")


def folder(language: str) -> str:
    """Name the folder of a language below the site: none for the book's own."""
    return "" if language == SOURCE else language.partition("_")[0]


def languages() -> list[str]:
    """List the languages that the book is translated into."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def built() -> list[str]:
    """List the languages that are built side by side, as the Makefile says; none where one is built by itself."""
    return os.environ.get("LANGUAGES", "").split()


@cache
def lexicon() -> Lexicon:
    """Read the names of the termbase, its short words and the names of the measures."""
    base, measures = (
        pd.read_csv(panel.DATA / name, keep_default_na=False) for name in ("terms.csv", "definitions.csv")
    )

    def translated(frame: pd.DataFrame, key: str) -> dict[str, dict[str, str]]:
        pairs = {language: zip(frame[key], frame[folder(language)], strict=True) for language in languages()}
        return {language: {str(one): str(other) for one, other in of if other} for language, of in pairs.items()}

    names, short = translated(base[base["kind"].isin(NAMES)], "en"), translated(base[base["kind"] == SHORT], "en")
    cells = {language: of | short[language] for language, of in translated(measures, "measure").items()}
    return Lexicon(LOCALE, names, cells)


class Words(translation.Translator):
    """What one page of this book says in a language."""

    def __init__(self, language: str, asked: dict[str, tuple[str, str]] | None = None) -> None:
        super().__init__(language, lexicon(), asked)


def messages(language: str, domain: str) -> dict[str, str]:
    """Read what a catalogue of the book translates."""
    return translation.messages(LOCALE, language, domain)


class Formulas(SphinxTransform):
    """Translate the words of formulas: Sphinx would hand a formula to MyST in the syntax of another language."""

    default_priority = 15  # before Sphinx translates the rest

    def apply(self, **kwargs: Any) -> None:
        """Replace what is translated by what Sphinx finds no translation of."""
        translated = messages(self.config.language, self.env.docname)
        for node in self.document.findall(nodes.math_block):
            if text := translated.get(node.rawsource or node.astext()):
                node.replace(node.children[0], nodes.Text(text))
                node.rawsource = text
