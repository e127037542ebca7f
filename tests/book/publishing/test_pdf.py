"""The printed book: a page becomes a PDF that says what it is, with tags, bookmarks and contents."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from book.publishing import pdf
from gvc.errors import GvcError

_PAGE = """<!doctype html><html lang="{language}"><title>t</title><body><main><h1>Where chains go</h1>
<div class="toctree-wrapper"><section id="one"><h2>First part<a>#</a></h2><p>Words.</p>
<section id="exercises"><h3>Exercises</h3>
<details class="sd-dropdown"><summary>Answer</summary><p>Forty-two.</p></details>
<details><summary>Code</summary><p>import this</p></details></section></section>
<section id="two"><h2>Second part</h2><p>长期的贸易见下页</p></section></div></main></body></html>"""


def test_a_page_is_printed_with_all_that_a_reader_needs(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(_PAGE.format(language="en"), "utf-8")
    sheets = pdf.write(page, tmp_path / "book.pdf")
    read = PdfReader(tmp_path / "book.pdf")
    text = "".join(sheet.extract_text() for sheet in read.pages)
    assert len(read.pages) == sheets
    assert read.metadata is not None
    assert read.metadata.title == "Where Industrial Chains Go"
    assert str(read.metadata.subject).startswith("Version ")
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "en"
    assert "Contents" in text
    assert text.count("First part") == 2, "in the contents and where it stands"
    assert "Forty-two" in text
    assert "import this" not in text
    assert "CC BY 4.0" in text
    (whole,) = (entry for entry in read.outline if not isinstance(entry, list))
    assert whole.title == "Where chains go"


def test_what_is_said_of_a_translation_is_translated(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(_PAGE.format(language="zh-CN"), "utf-8")
    pdf.write(page, tmp_path / "book.pdf", "zh_CN")
    read = PdfReader(tmp_path / "book.pdf")
    text = "".join(sheet.extract_text() for sheet in read.pages)
    assert read.metadata is not None
    assert read.metadata.title == "产业链何去何从"
    assert str(read.metadata.subject).startswith("0.3.0版，")
    assert read.trailer["/Root"]["/Lang"] == "zh-CN"
    assert "目录" in text, "not the radical U+2F6C, which no search finds"
    assert "Contents" not in text
    assert "长期的贸易见下页" in text
    assert "日生成。" in text


def test_without_the_page_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GvcError, match="make pdf"):
        pdf.write(tmp_path / "no.html", tmp_path / "book.pdf")
