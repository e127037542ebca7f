"""What data say: shown as it stands, on one line, and computed by no spreadsheet."""

import csv as standard
import io
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from exhibits.text import Myst, by_series, comment, csv, escape, flat

EVERYTHING = MdParserConfig(
    enable_extensions={
        "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
        "html_admonition", "html_image", "strikethrough", "substitution", "tasklist",
    },
    footnote_transition=False,
)  # fmt: skip
PARSERS = [
    MarkdownIt("commonmark"),
    MarkdownIt("gfm-like", {"linkify": False}),
    create_md_parser(EVERYTHING, DocutilsRenderer),
]
#: Beginnings, ends and middles of all that Markdown and MyST know, and what they stand beside.
PIECES = st.lists(
    st.sampled_from(
        [
            *"\\`*_{}[]()<>$#+-.!|~^:=%&;'\"/@ ",
            "{{",
            "}}",
            "{a}`",
            "](",
            "```",
            ":::",
            "%%",
            "12.",
            "a",
            "é",
            "\n",
            "\t",
            "lt;",
        ]
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_markdown_reads_escaped_text_as_text(text: str) -> None:
    for parser in PARSERS:
        tokens = parser.parse(escape(text))
        assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
        children = [child for token in tokens for child in token.children or []]
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == flat(text).strip()


def test_markup_is_only_what_the_book_marks() -> None:
    assert escape(Myst("{cite:t}`li2025`")) == "{cite:t}`li2025`"
    assert escape(f"{Myst('{cite:t}`li2025`')}") == "\\{cite:t\\}\\`li2025\\`"
    assert escape(Myst("$v$ of ") + "$w$") == "\\$v\\$ of \\$w\\$"


def test_text_stands_on_one_line_without_what_is_not_seen() -> None:
    assert flat("a\r\n\tb\u2028c\x85d\x1ee") == "a b c d e"
    assert flat("\x00a\x1b[31m\u202eb\u2066\ufeff\udc80") == "�a�[31m�b���"
    assert flat("É 中国 ©  \u00a0–") == "É 中国 ©  \u00a0–"


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r\n", '"', "a;", 'a; "'])
def test_no_cell_is_a_formula(before: str, sign: str) -> None:
    cell = f"{before}{sign}cmd|' /C calc'!A0"
    frame = pd.DataFrame({cell: [cell, "plain"], "x": [-1.5, 2]}, index=pd.Index([cell, "b"], name=cell))
    rows = list(standard.reader(io.StringIO(csv(frame, index=True))))
    inert = f"{flat(before)}'{sign}cmd|' /C calc'!A0"
    assert rows == [[inert, inert, "x"], [inert, inert, "-1.5"], ["b", "plain", "2"]]


@pytest.mark.parametrize("number", ["-1", "+2.5", "-.5e-3", "1E+9", "−1", "a-b", "a = b", "2007-2021", "–"])
def test_numbers_and_other_text_stay_as_they_are(number: str) -> None:
    assert csv(pd.DataFrame({"a": [number]}), index=False) == f"a\n{number}\n"


@pytest.mark.parametrize(("comma", "quote"), list(product(",;", ["", '"', ' "'])))
def test_no_part_of_a_comment_is_a_formula(comma: str, quote: str) -> None:
    assert comment(f"Source: a{comma}{quote}=HYPERLINK(1)\n=1") == f"# Source: a{comma}{quote}'=HYPERLINK(1) =1\n"


def test_the_download_keeps_every_kind_of_number() -> None:
    frame = pd.DataFrame(
        {
            "float": [23.14159265, float("nan")],
            "whole": [1.0, 2.0],
            "int": [1234567, 0],
            "missing": pd.array([2011, None], dtype="Int64"),
            "none": ["a", None],
            "kind": pd.Categorical(["-b", "c"]),
        }
    )
    assert csv(frame, index=False) == ("float,whole,int,missing,none,kind\n23.1416,1,1234567,2011,a,'-b\n,2,0,,,c\n")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        # Words on either side of the numbers, a comma in one of them, series that alternate, a gap.
        (
            'year,who,value,database\n2000,CHN,2.5,"A, 1"\n2000,JPN,8,"A, 1"\n2001,CHN,,"A, 1"\n2001,CHN,3,B\n',
            "who, database: year value\nCHN, A, 1: 2000 2.5, 2001 –\nJPN, A, 1: 2000 8\nCHN, B: 2001 3",
        ),
        ("x,y\n0,1\n1,-2e-05\n", "x y\n0 1, 1 -2e-05"),
        ("a,b\nx,y\nx,z\n", "a, b\nx, y\nx, z"),
        ("who,share\n", "who share"),
        (
            "x,y\n" + "".join(f"{x},{x}\n" for x in range(12)),
            "x y\n0 0, 1 1, 2 2, 3 3, 4 4, 5 5, 6 6, 7 7, 8 8, 9 9\n10 10, 11 11",
        ),
    ],
)
def test_numbers_are_told_series_by_series(table: str, said: str) -> None:
    assert by_series(table) == said


@given(
    rows=st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 9)), min_size=1), data=st.data()
)
def test_no_number_moves_unseen(rows: list[tuple[str, int, int]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    moved = [*rows[:at], (*rows[at][:2], rows[at][2] + 1), *rows[at + 1 :]]
    before, after = (csv(pd.DataFrame(given, columns=["who", "x", "y"]), index=False) for given in (rows, moved))
    assert by_series(before) != by_series(after)
