"""Marks beside formulas and words of the glossary."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from book.pages.glossary_tips import defined
from book.pages.no_break import _keep


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("With ", ", it", ["With ", "[,]", " it"]),
        ("A (", ").", ["A ", "[().]", ""]),
        ("An ", "’s host", ["An ", "[’s]", " host"]),
        ("取", "，仍得", ["取", "[，]", "仍得"]),
        ("取“", "”为", ["取", "[“”]", "为"]),
        ("With ", " and (", ["With ", "x", " and ("]),
        ("取", "为", ["取", "x", "为"]),
    ],
)
@pytest.mark.parametrize("kind", [nodes.math, defined])
def test_marks_are_kept_with_what_they_belong_to(
    kind: type[nodes.Element], before: str, after: str, parts: list[str]
) -> None:
    page = new_document("")
    page += nodes.paragraph("", "", nodes.Text(before), kind("", "x"), nodes.Text(after))
    _keep(None, page, "")  # type: ignore[arg-type]
    assert [
        f"[{part.astext().replace('x', '')}]" if isinstance(part, nodes.inline) and part["classes"] else part.astext()
        for part in page[0].children
    ] == parts


@pytest.mark.parametrize(
    ("parts", "due"),
    [
        (["x", " and ("], ["x", " and ("]),
        (["A (", "x"], ["A ", "[(x]"]),
        (["x", " and (", "x"], ["x", " and ", "[(x]"]),
        (["(", "x", " and ", "x", ")"], ["", "[(x]", " and ", "[x)]", ""]),
        (["An ", "x", "’some"], ["An ", "[x’]", "some"]),
    ],
)
def test_marks_are_those_of_the_neighbours(parts: list[str], due: list[str]) -> None:
    page = new_document("")
    page += nodes.paragraph("", "", *(nodes.math("", "x") if part == "x" else nodes.Text(part) for part in parts))
    _keep(None, page, "")  # type: ignore[arg-type]
    kept = [isinstance(part, nodes.inline) for part in page[0].children]
    said = [part.astext() for part in page[0].children]
    assert [f"[{text}]" if one else text for one, text in zip(kept, said, strict=True)] == due
