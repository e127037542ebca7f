"""Each page as readers download it: the notebook that nbval runs, and that runs by itself to the same end."""

import importlib.metadata
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from docutils.utils import new_document
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

import industrial_chains
from book import chapters
from book.building import references
from book.chapters import NOTEBOOKS
from book.publishing import notebooks
from exhibits import tables
from gvc import panel

ROOT = Path(__file__).parents[3]
SITE = ROOT / "_build" / "html"
CHAPTERS = chapters.chapters(ROOT)
#: What of a table is read.
PARTS = ("caption", "notes", "source", "head", "body")


def words(notebook: NotebookNode) -> list[list[str]]:
    """Return what each cell of code says in words, but for what depends on the reader's own panels."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [[] if references.uncompared(cell) else cell.outputs for cell in cells]
    texts = [[output.get("data", {}).get("text/plain", "") for output in of_cell] for of_cell in outputs]
    return [[text for text in of_cell if text] for of_cell in texts]


@pytest.fixture(scope="module")
def site() -> Path:
    if not SITE.exists():
        pytest.skip("no site yet: run make book")
    return SITE


def downloaded(site: Path, chapter: str) -> NotebookNode:
    return nbformat.read(site / NOTEBOOKS / f"{chapter}.ipynb", as_version=4)


def reference(chapter: str) -> NotebookNode:
    return nbformat.read(references.reference(ROOT, chapter), as_version=4)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_as_downloaded_is_what_nbval_runs_and_says_the_same(chapter: str, site: Path) -> None:
    """The references are run by nbval, away from the book and on the data that they are said to need (see conftest)."""
    offered, due = downloaded(site, chapter), reference(chapter)
    assert offered.metadata["kernelspec"] == due.metadata["kernelspec"]
    check, *code = [cell for cell in offered.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == [cell.source for cell in due.cells]
    assert (check.id, words(offered)) == ("check", [[], *words(due)])


def test_a_notebook_runs_as_downloaded(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for all of them: the others differ in what their cells say, and nbval runs these."""
    page = "chapters/northeast_asia/intraregional"  # which reads data, keeps numbers and draws, and takes no minute
    notebook, due = downloaded(site, page), downloaded(site, page)
    monkeypatch.setenv("GVC_DATA", str(shutil.copytree(panel.DATA, tmp_path / "data")))
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert words(notebook) == words(due)
    assert len("\n".join(text for cell in words(due) for text in cell).splitlines()) > 20, "nothing was compared"


#: Hides packages from every Python that starts with it on its path.
HIDDEN = """
import sys

class Hidden:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {packages}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hidden)
"""


@pytest.mark.parametrize("package", ["gvc", "industrial_chains", "myst_nb"])
def test_without_the_packages_a_notebook_says_so_in_one_sentence_and_stops(
    package: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDDEN.format(packages=(package,)), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    place = tmp_path / "downloads"
    place.mkdir()
    notebook = downloaded(site, "chapters/in_brief")
    for cell in notebook.cells:
        cell.get("outputs", []).clear()
    with pytest.raises(CellExecutionError):
        NotebookClient(notebook, resources={"metadata": {"path": str(place)}}).execute()
    (said,) = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    (sentence,) = said.traceback
    assert sentence.startswith("The book's packages are not installed for Python 3.")
    assert f"(No module named '{package}')" in sentence
    assert sentence.endswith(
        "run `pip install -e . -e ./exhibits -e ./industrial_chains` in a copy of the book's repository, "
        "and restart the kernel."
    )
    assert "\n" not in sentence


def checked(site: Path) -> None:
    (check,) = [cell.source for cell in downloaded(site, "index").cells if cell.id == "check"]
    exec(check, {})


def test_what_is_there_passes_the_check_and_the_rest_is_named(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(site)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 14, 0))
        with pytest.raises(Exception, match=r"^This notebook needs Python 3\.11, 3\.12 or 3\.13, and its kernel is "):
            checked(site)
    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "version", lambda name: {"gvc-measures": "0.0.9"}.get(name, "0.3.0"))
        with pytest.raises(Exception, match=r"^This notebook is of version 0\.3\.0, the book's packages .* 0\.0\.9"):
            checked(site)
    with monkeypatch.context() as patch:
        patch.setattr(panel, "DATA", tmp_path / "data")
        with pytest.raises(Exception, match=r"^The book's packages do not find the data of their copy .* restart"):
            checked(site)
    with monkeypatch.context() as patch:  # installed apart from the copy: data by GVC_DATA alone are not enough
        patch.setattr(industrial_chains, "__file__", str(tmp_path / "industrial_chains" / "__init__.py"))
        with pytest.raises(Exception, match=r"^The book's packages do not find the data"):
            checked(site)


def test_the_sentence_is_all_that_a_reader_sees() -> None:
    check = notebooks.first_cells("https://example.org/book")[1].source
    found: dict[str, Any] = {}
    exec(check, found)
    assert found["Missing"]("One sentence.")._render_traceback_() == ["One sentence."]
    assert "in a copy of the book's repository (https://example.org/book), and restart" in found["install"]


def test_pythons_that_a_notebook_names_are_those_that_the_packages_take() -> None:
    """The book's own; what measures takes a later one, too."""
    assert 'requires-python = ">=3.11,<3.14"' in (ROOT / "industrial_chains/pyproject.toml").read_text("utf-8")
    assert 'requires-python = ">=3.11,<3.15"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_a_notebook_first_says_what_it_is_and_needs(site: Path) -> None:
    first, check, title, *_ = downloaded(site, "chapters/in_brief").cells
    assert (first.cell_type, check.cell_type) == ("markdown", "code")
    for said in (
        "*Where Industrial Chains Go* by The gvc authors, version 0.3.0",
        "CC BY 4.0",
        "MIT",
        "Python 3.11, 3.12 or 3.13",
        "a copy of the book's repository",
        "`make .venv/gvc`",
        "`pip install -e . -e ./exhibits -e ./industrial_chains`",
    ):
        assert said in first.source
    assert title.source.startswith("# ")
    assert (
        "[the book's repository](https://example.org/book)"
        in notebooks.first_cells("https://example.org/book")[0].source
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_page_offers_its_notebook_with_results(chapter: str, site: Path) -> None:
    shown = [cell for cell in downloaded(site, chapter).cells if cell.cell_type == "code" and cell.outputs]
    assert shown, "a notebook without outputs is none that was executed"
    page = (site / f"{chapter}.html").read_text("utf-8")
    assert f"{NOTEBOOKS}/{chapter}.ipynb" in page
    assert not (site / NOTEBOOKS / f"{chapter}.md").exists()


#: What only MyST reads: a role, a directive, a label, a comment, a definition, a division.
MYST = re.compile(r"\{[\w:.+-]+\}`|^ *(?:`{3,}|~{3,}|:{3,})\{.*|^\([\w-]+\)=|^%.*|^ *: .*|^\+\+\+.*|\{\{", re.MULTILINE)


def test_all_that_only_myst_reads_would_be_found() -> None:
    for raw in (
        "{doc}`a`",
        "{glue:text}`a:.1f`",
        "x\n```{note}\n```",
        ":::{tip}",
        "(a-b)=",
        "% no",
        "a\n: b",
        "+++",
        "{{a}}",
    ):
        assert MYST.search(raw), raw
    assert not MYST.search("```python\nf({a}, {b: c})\n```\nIn 2022 (of all) $x_{s}$ 20 % `x`: a")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_prose_of_a_notebook_is_plain_markdown(chapter: str, site: Path) -> None:
    prose = [cell.source for cell in downloaded(site, chapter).cells if cell.cell_type == "markdown"]
    assert not [found[0] for source in prose for found in MYST.finditer(source)]


def flat(text: str) -> str:
    """Text without what Markdown and pages set it off with."""
    return " ".join(re.sub(r"[\\*`]", "", text).translate(str.maketrans("“”‘’", "\"\"''")).split())


#: Sections that a page leaves out while a reader has no panel of their own; the notebook may meet one that has.
OWN = {"## Test the statements on a table of your own", "## Recomputed on a table of your own"}
#: A word that is explained: "**absorbed:** Used in ...", "One by one (`members`): Each ...".
WORD = re.compile(r"^(?:\*\*[^*]+:\*\*|[\w ]+ \(`\w+`\):) ")
#: What stands for the cards of the first page and for its map.
ELSEWHERE = (
    "The book's page has here a list that is made from all its pages.",
    "The book's page has here a calculator of other duties.",
    "The book's page has here a list of files and programs.",
)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_notebook_says_in_its_sentences_what_the_page_says(chapter: str, site: Path) -> None:
    article = BeautifulSoup((site / f"{chapter}.html").read_text("utf-8"), "lxml").find("article")
    assert isinstance(article, Tag)
    for unseen in article.select("style, script, .gvc-backlinks, .headerlink, [role=tooltip]"):
        unseen.decompose()
    page = flat(article.get_text())
    prose = "\n\n".join(cell.source for cell in downloaded(site, chapter).cells[2:] if cell.cell_type == "markdown")
    text = re.sub(r"(?s)```.*?```", "", prose)
    compared, other, own = 0, [], False
    for block in re.split(r"\n\s*\n|^ *(?:-|\d\.) ", text, flags=re.MULTILINE):
        said = flat(block)
        if said.startswith("#"):
            own = said in OWN
            other += [] if own or re.search(r"[$`]", block) or said.lstrip("# ") in page else [said]
        elif said and not own and said not in ELSEWHERE and not re.search(r"[$|<]|\]\(", block):  # no formula, no link
            compared += 1
            meaning = flat(WORD.sub("", block))  # a page has no colon between a word and its meaning
            other += [] if meaning in page else [said]
    assert compared > 3
    assert not other


def test_a_notebook_says_where_the_page_has_a_calculator() -> None:
    prose = notebooks.Prose("chapters/frontier/what_if", new_document(""), None, "")  # type: ignore[arg-type]
    assert prose.plain("```{what-if}\n```\n") == "*The book's page has here a calculator of other duties.*\n"
    assert prose.left() == []


def test_roles_are_the_words_of_the_page(site: Path) -> None:
    """By hand, from the article's tables, the references and the titles."""
    prose = flat("\n".join(cell.source for cell in downloaded(site, "index").cells if cell.cell_type == "markdown"))
    assert "23.1 per cent in 2007" in prose
    assert "Russia and Mongolia worth more (Li, 2025)." in prose
    assert '"Between regions"' in prose
    assert "Li, Qingru. 2025. 产业链转移及其东北亚趋向研析" in prose
    cells = downloaded(site, "chapters/frontier/relocation").cells
    code = next(cell.source for cell in cells if "**The experiment in code**" in cell.source)
    assert "```python\ndef replace_inputs(\n" in code
    assert not [cell for cell in cells if cell.cell_type == "markdown" and "experiment-in-code" in cell.source]
    glossary = "\n".join(cell.source for cell in downloaded(site, "chapters/methods/glossary").cells)
    assert "- **absorbed:** Used in an economy as consumption or investment, wherever it was made.\n" in glossary


def shown(of: Any) -> Iterator[str]:
    """Strings of a table that are shown as they stand."""
    if isinstance(of, str):
        yield of
    elif isinstance(of, list):
        yield from (text for one in of for text in shown(one))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_markup_is_shown_as_text(chapter: str, site: Path) -> None:
    cells = downloaded(site, chapter).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    parts = [output[tables.MIME][part] for output in outputs if tables.MIME in output for part in PARTS]
    marks = re.compile(r"\{[\w:]+\}`|`[^`]+`|\$[^$]+\$|\]\(|\*\*")
    assert not [text for text in shown(parts) if marks.search(text)], "say Myst(...) of what is markup"
