"""Whatever the site carries of others comes with their notice."""

import importlib.metadata
import re
from pathlib import Path

import pytest

from book.pages import notices
from tests.browser import SITE
from tests.conftest import ROOT

#: What the book writes itself, or Sphinx out of it.
OURS = ("exhibits/static", "book/static")
MADE = {"build.js", "embed.html", "web_fonts.css", "book.css"}
OWN = {path.name for folder in OURS for path in (ROOT / folder).iterdir()} | MADE


@pytest.fixture(scope="module")
def text() -> str:
    if not (SITE / notices.FILE).is_file():
        pytest.fail("There is no _build/html/notices.txt; build the book first: make book", pytrace=False)
    return (SITE / notices.FILE).read_text("utf-8")


def test_every_file_of_others_has_a_package_that_is_named() -> None:
    known = {file for files in notices.carried(SITE).values() for file in files}
    found = [
        path.relative_to(SITE).as_posix()
        for folder in ("_static", "zh/_static", "pagefind")
        for path in (SITE / folder).rglob("*")
        if path.is_file() and path.name not in OWN and path.parent.name not in ("explorer", "what_if")
    ]
    index = re.compile(r"pagefind/(?:(?:fragment|index|filter)/|pagefind-entry\.json|pagefind\.[\w-]+\.pf_meta)")
    assert len(found) > 100
    assert [file for file in found if file not in known and not index.match(file)] == []


def test_a_file_is_of_the_package_that_it_is_said_to_be_of() -> None:
    made = {"Pygments", "vl-convert-python", "pagefind"}  # what these make is in none of their files
    for name, files in notices.carried(SITE).items():
        held = {re.sub(r"_t$|\.jinja$", "", file.name) for file in importlib.metadata.files(name) or ()}
        ours = {Path(file).name for file in files} - {"translations.js", "documentation_options.js", "language_data.js"}
        ours = {file for file in ours if not re.search(r"^mystnb\.|\.woff$", file)}
        assert name in made or ours <= held, (name, ours - held)


def test_each_package_comes_with_its_terms(text: str) -> None:
    for name in notices.carried(SITE):
        assert re.search(rf"^{re.escape(name)} [\d.a-z]+: \S", text, re.MULTILINE | re.IGNORECASE), name
    for said in (
        "Copyright 2011-2024 The Bootstrap Authors",
        "Font Awesome Free License",
        "The STIX Fonts Project Authors",
        "SIL OPEN FONT LICENSE Version 1.1",
        "by the Sphinx team",
        "University of Washington Interactive Data Lab",
        "Copyright 2010-2023 Mike Bostock",
        "Copyright 2022 CloudCannon",
        "Permission is hereby granted, free of charge",
        "Permission to use, copy, modify, and/or distribute this software",
    ):
        assert said in text
    assert str(ROOT) not in text


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_page_on_the_build_leads_there(folder: str) -> None:
    page = SITE / folder / "chapters/methods/data.html"
    (link,) = re.findall(r'href="([^"]*notices\.txt)"', page.read_text("utf-8"))
    assert (page.parent / link).resolve() == (SITE / "notices.txt").resolve()
