"""Docstrings on a page: whole, in one place, and apart from what translators translate."""

import inspect
import re
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

import gvc
from book.languages import catalogues
from book.pages.docstrings import Docstrings
from gvc import contents
from tests.conftest import ROOT

API = (ROOT / "chapters/methods/api.md").read_text("utf-8")
README = (ROOT / "gvc" / "README.md").read_text("utf-8")


#: What is public: names of the package, and of the modules that it offers whole those that the README names.
PUBLIC = [name for name in gvc.__all__ if not inspect.ismodule(getattr(gvc, name))]
OF_MODULES = ["economies.members", "holes.find", "panel.build", "panel.tidy", "panel.write"]


def test_every_public_name_stands_once_on_the_page_and_in_its_overview() -> None:
    shown = re.findall(r"^\.\. auto(?:function|class|exception):: (?:gvc\.)?(\S+)$", API, re.MULTILINE)
    listed = re.findall(r"^   ([\w.]+)$", API, re.MULTILINE)
    assert sorted(shown) == sorted([*PUBLIC, *OF_MODULES])
    assert listed == shown


def test_the_readme_names_them_all() -> None:
    rows = [line for line in README.splitlines() if re.match(r"\| [a-z, ]+ \| `", line)]
    named = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    assert {*PUBLIC, *OF_MODULES} - named == set()
    assert {name for name in named if not name.startswith("ICIO.")} - {*PUBLIC, *OF_MODULES} == set()


def page(language: str) -> nodes.document:
    document = new_document("api")
    document.settings.env = SimpleNamespace(config=SimpleNamespace(language=language))
    said = nodes.paragraph("", "In the unit of the table.")
    typed = nodes.paragraph("", "", nodes.emphasis("", "float"), nodes.inline("", " -- Percent.", translatable=True))
    heading = nodes.rubric("", "Notes")
    document += nodes.paragraph("", "A sentence of the page.")
    document += addnodes.desc("", addnodes.desc_content("", said, typed, heading))
    document += nodes.container("", nodes.paragraph("", "Of a module."), classes=["gvc-docstring"])
    Docstrings(document).apply()
    return document


@pytest.mark.parametrize(("language", "classes"), [("en", []), ("zh_CN", ["language-en"])])
def test_docstrings_are_not_translated_and_say_their_language(language: str, classes: list[str]) -> None:
    texts = page(language).findall(nodes.TextElement)
    sentence, said, typed, heading, module = [text for text in texts if not isinstance(text, nodes.Inline)]
    assert sentence.get("translatable", True)
    assert sentence["classes"] == heading["classes"] == []
    for one in (said, typed, module):
        assert one["translatable"] is False
        assert one["classes"] == classes
    assert heading["translatable"] is False
    assert typed.astext() == "float – Percent."
    assert [one.get("translatable") for one in typed.findall(nodes.Inline)] == [None, False]


def test_no_catalogue_asks_for_a_docstring() -> None:
    asked = {str(message.id) for message in catalogues.read("zh_CN")["chapters/methods/api"]}
    assert "Reading and saving" in asked
    assert not [said for said in asked if "Returns" in said or "DataFrame" in said]
    assert len(asked) < 40
    assert (contents.__doc__ or "").splitlines()[0] not in asked
