"""The page about the build says in words which chapters ran."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

from book.pages import status


@pytest.mark.parametrize(
    ("language", "name", "due"),
    [
        ("en", "chapters/methods/status", ["theory/waves", "cache", "completed", "failed"]),
        ("zh_CN", "chapters/methods/status", ["theory/waves", "缓存", "完成", "失败"]),
        ("en", "chapters/theory/waves", ["theory/waves", "cache", " ✅ ", "❌"]),
    ],
)
def test_signs_become_words_on_the_page_about_the_build(language: str, name: str, due: list[str]) -> None:
    page = new_document("page")
    for text in ("theory/waves", "cache", " ✅ ", "❌"):
        page += nodes.table("", nodes.entry("", nodes.paragraph("", text)))
    status._say(SimpleNamespace(config=SimpleNamespace(language=language)), page, name)
    assert [text.astext() for text in page.findall(nodes.Text)] == due
