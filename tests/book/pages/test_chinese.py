"""Chinese on the pages: marked where a page is English, counted in its own units where it is Chinese."""

import pytest
from docutils import nodes

from book.pages import chinese


def test_chinese_words_are_marked_and_code_is_not() -> None:
    page = nodes.section(
        "",
        nodes.title("", "产业链"),
        nodes.paragraph(
            "", "", nodes.Text("Chains (产业链、“雁行”), "), nodes.literal("", "链"), nodes.emphasis("", "链 a")
        ),
        nodes.literal_block("链", "链"),
        nodes.raw("", "<b>链</b>", format="html"),
    )
    before = page.astext()
    chinese.mark(page)
    assert page.astext() == before
    marked = [one.astext() for one in page.findall(nodes.inline) if one["classes"] == ["language-zh"]]
    assert marked == ["产业链", "产业链、“雁行", "链"]


@pytest.mark.parametrize(
    ("texts", "counted"),
    [
        (["31十亿，0.36十亿，1,205百万，十亿美元"], "310亿，3.6亿，12.05亿，十亿美元"),
        (["共", "1.4", "十亿美元，其中", "2.25", "百万"], "共14亿美元，其中225万"),
        (["共", "1.4", "美元，十亿"], "共1.4美元，十亿"),
        (["2", "2十亿"], "220亿"),
        (["有", "1", "个，", "1", "十亿"], "有1个，10亿"),
    ],
)
def test_numbers_are_in_units_that_chinese_counts_by(texts: list[str], counted: str) -> None:
    page = nodes.paragraph(
        "", "", *(nodes.inline("", text) if at % 2 else nodes.Text(text) for at, text in enumerate(texts))
    )
    chinese.count(page)
    assert page.astext() == counted


def test_a_number_of_one_paragraph_has_no_unit_in_the_next() -> None:
    page = nodes.section("", nodes.paragraph("", "1.4"), nodes.paragraph("", "十亿"))
    chinese.count(page)
    assert page.astext() == "1.4\n\n十亿"
