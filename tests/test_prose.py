"""No computed number is typed by hand: the chapters' sentences hold none that a cell could have glued.

A fact from the literature, which no cell computes, stands in ``allowed_numbers.txt``: page, phrase, reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from docutils.parsers.rst import Directive
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

from book import chapters
from book.building import references

ROOT = Path(__file__).parents[1]
PAGES = [path.relative_to(ROOT).as_posix() for path in [ROOT / "index.md", *sorted((ROOT / "chapters").rglob("*.md"))]]
CHAPTERS = chapters.chapters(ROOT)

SYNTAX = {
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "linkify",
    "substitution", "tasklist",
}  # fmt: skip
#: Directives whose content is not prose, and those whose argument is not.
LITERAL = {"bibliography", "code", "code-block", "code-cell", "include", "math", "raw", "toctree"}
NAMING = {"figure", "glue", "image"}
#: Stands where a role, a formula or code stood, so that what is around it does not run together.
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"

WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
NUMBERED = re.compile(
    r"""
      (?i:\b(?:tables?|figures?|sections?|chapters?|equations?|appendix)\s+|§\s*)\d+(?:\.\d+)*
    | \bCC\ BY\ 4\.0\b
    """,
    re.VERBOSE,
)
TYPED = re.compile(
    rf"""
      \d[\d.,·]*[.,·]\d+                                    # 34.3, 1,435
    | \b\d{{1,3}}(?:[ \u00a0\u202f\u2009'’]\d{{3}})+\b      # 1 435
    | (?:\d|(?i:\b(?:{WORDS})\b))[\s-]*
      (?i:[%％‰]|per[ ]?cent\b|percentage\ points?\b|thousand\b|million\b|billion\b|trillion\b)
    | \d[\s-]*points?\b
    | (?<!\d)(?!(?:1[5-9]\d\d|20\d\d|2100)(?!\d))\d{{4,}}   # no year
    """,
    re.VERBOSE,
)
STUB = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|(?i:coming soon|to be written|lorem ipsum)")
#: What a chapter imports to do by itself what the package should do for it.
TOOLS = {"io", "numpy", "os", "pathlib", "scipy"}


class Allowed(NamedTuple):
    page: str
    phrase: str
    reason: str


ALLOWED = [
    Allowed(*line.split("\t"))
    for line in (ROOT / "tests" / "allowed_numbers.txt").read_text("utf-8").splitlines()
    if line
]


class AnyDirective(Directive):
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"any": str}  # noqa: RUF012 (docutils reads it from the class)


def prose(text: str, start: int = 1) -> Iterator[tuple[int, str]]:
    """Yield line number and text of each paragraph, heading, table cell, caption and directive title."""
    parser = create_md_parser(MdParserConfig(enable_extensions=SYNTAX), RendererHTML)
    line = start
    for token in parser.parse(text):
        line = start + token.map[0] if token.map else line
        if token.type == "inline":
            yield line, sentence(token.children or [])
        elif token.type in {"fence", "colon_fence"} and token.info.strip().startswith("{"):
            name, _, argument = token.info.strip()[1:].partition("}")
            if name in LITERAL:
                continue
            if name.partition(":")[0] not in NAMING:
                yield from prose(argument.strip(), line)
            content = parse_directive_text(AnyDirective, "", token.content, validate_options=False)
            yield from prose("\n".join(content.body), line + 1 + content.body_offset)


def sentence(tokens: list[Token]) -> str:
    """Join the text of inline tokens; code, formulas, roles and addresses leave a gap."""
    pieces: list[str] = []
    in_address = False
    for token in tokens:
        if token.type in {"link_open", "link_close"} and token.markup in {"autolink", "linkify"}:
            in_address = token.type == "link_open"
        elif token.type == "text" and not in_address:
            pieces.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            pieces.append(" ")
        elif token.type == "image":
            pieces.append(sentence(token.children or []))
        elif token.nesting == 0:
            pieces.append(GAP)
    return "".join(pieces)


def typed_numbers(text: str, allowed: tuple[str, ...] = ()) -> list[str]:
    """List the decimal numbers, percentages and large figures in the prose, with their lines."""
    found = []
    for line, paragraph in prose(text):
        for phrase in allowed:
            paragraph = paragraph.replace(phrase, GAP)  # noqa: PLW2901
        found += [f"line {line}: {match[0]}" for match in TYPED.finditer(NUMBERED.sub(GAP, paragraph))]
    return found


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_numbers_come_through_glue(page):
    assert not typed_numbers(read(page), tuple(entry.phrase for entry in ALLOWED if entry.page == page))


#: Words round an exhibit, which readers see and no scanner of the page does.
AROUND = {"title", "subtitle", "alt", "caption", "notes", "source"}
#: A number that is no year.
ANY = re.compile(r"(?<![\w.])(?!(?:1[5-9]\d\d|20\d\d|2100)(?!\.?\d))\d[\d.,]*(?:\b|$)")


def words_of_exhibits(cell: str) -> Iterator[str]:
    """Yield what is typed into the words round the exhibits of a cell; what is filled in and formulas leave a gap."""
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.keyword) and node.arg in AROUND:
            for text in typed(node.value):
                yield re.sub(r"\$[^$]*\$|\{[\w:]+\}`[^`]*`|`[^`]*`", GAP, text)


def typed(node: ast.AST) -> Iterator[str]:
    """Yield the strings of an expression, but not those inside the braces of an f-string or the arguments of a call."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else GAP for part in parts)
        case ast.BinOp(left=left, right=right):
            yield from typed(left)
            yield from typed(right)
        case ast.IfExp(body=one, orelse=other):
            yield from typed(one)
            yield from typed(other)
        case ast.Tuple(elts=every):
            for one in every:
                yield from typed(one)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_numbers_round_exhibits_come_from_the_data(chapter):
    allowed = tuple(entry.phrase for entry in ALLOWED if entry.page == f"{chapter}.md")
    found = []
    for cell in chapters.code(ROOT, chapter):
        for text in words_of_exhibits(cell):
            for phrase in allowed:
                text = text.replace(phrase, GAP)  # noqa: PLW2901
            plain = NUMBERED.sub(GAP, text)
            found += [f"{number} in: {text[:60]}" for number in {*TYPED.findall(plain), *ANY.findall(plain)}]
    assert not found


@pytest.mark.parametrize(
    "cell",
    [
        "f(alt='It rises to 34.3.')",
        "f(title=f'Up by {x} to 12 in 2021')",
        "f(source=(WIOD.line, 'Wages of 12 are invented.'))",
        "f(caption='Twelve per cent', notes='a' 'b 7')",
        "f(subtitle='a' if x else 'of 100')",
        "f(source='x ' + '35 industries')",
    ],
)
def test_scanner_of_exhibits_finds(cell):
    assert [text for text in words_of_exhibits(cell) if TYPED.search(text) or ANY.search(text)]


def test_scanner_of_exhibits_lets_pass():
    cell = "f(alt=f'From 1995 to {y:.1f} in 2011–2021, {g(2.5)}', notes='$x = 34.3$, {ref}`a 3`, `v3`; G7.', x='34.3')"
    assert not [text for text in words_of_exhibits(cell) if TYPED.search(text) or ANY.search(text)]


def glued(page: str) -> set[str]:
    """Name the numbers that a page glues, each with the chapter that keeps it."""
    own = page.removesuffix(".md")
    names = set()
    for name in re.findall(r"\{glue:(?:text|md)\}`([^`]+)`", read(page)):
        *elsewhere, key = re.sub(r"(?<!:):(?!:).*$", "", name).rsplit("::", 1)
        there = (ROOT / page).parent / elsewhere[0] if elsewhere else None
        chapter = there.resolve().relative_to(ROOT).as_posix().removesuffix(".md") if there else own
        names.add(f"{chapter} {key}")
    return names


def test_every_number_that_a_chapter_keeps_is_in_a_sentence():
    used = set().union(*map(glued, PAGES))
    kept = set()
    for chapter in CHAPTERS:
        for cell in nbformat.read(references.reference(ROOT, chapter), as_version=4).cells:
            plain = [output for output in cell.outputs if not output.get("metadata")]
            texts = [output.get("data", {}).get("text/plain", "") for output in plain]
            kept |= {f"{chapter} {key}" for text in texts for key in re.findall(r"(?m)^(\w+) = ", text)}
    assert sorted(kept - used) == []
    assert sorted(used - kept) == []


@pytest.mark.parametrize("entry", ALLOWED, ids=lambda entry: f"{entry.page}: {entry.phrase}")
def test_allowed_number_is_needed(entry):
    assert entry.page in PAGES
    assert entry.reason.strip()
    assert typed_numbers(entry.phrase), "needs no permission"
    assert any(entry.phrase in paragraph for _, paragraph in prose(read(entry.page))), "no longer on the page"


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_finished(page):
    for line, paragraph in prose(read(page)):
        assert not STUB.search(paragraph), f"line {line}"
        assert "\N{EM DASH}" not in paragraph, f"line {line}: a comma, a colon or a new sentence reads better"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_cells_say_what_and_leave_how_to_the_package(chapter):
    for cell in chapters.code(ROOT, chapter):
        assert cell.count("\n") < 25, f"move this into the package:\n{cell}"
        assert not list(how(cell)), cell


def how(cell: str) -> Iterator[str]:
    """Yield what a chapter's cell should not do itself: linear algebra and the handling of files."""
    for node in ast.walk(ast.parse(cell)):
        match node:
            case ast.MatMult():
                yield "@"
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name.partition(".")[0] in TOOLS)
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in TOOLS:
                yield module
            case ast.Name("open"):
                yield "open"
            case ast.Attribute(attr=attr) if re.match(r"linalg$|to_(csv|parquet)$|read_(?!icio$)", attr):
                yield attr


@pytest.mark.parametrize(
    "text",
    [
        "The share is 34.3 in 2021.",
        "# A heading with 34.3",
        "It rose by 34 per cent.",
        "It rose by 34 percent.",
        "It rose by 12 %.",
        "It rose by 12%.",
        "Twenty-four per cent of it.",
        "It rose by 5 percentage points.",
        "It rose by 5 points.",
        "It took 12\nper cent.",
        "A table of 1,435 rows.",
        "A table of 1 435 rows.",
        "A table of 1435 rows.",
        "About 30 thousand rows, or 3 million.",
        "From 2007 to 21000 in total.",
        "It is **34.3** in bold and _not_ else.",
        "| a | b |\n|---|---|\n| 1 | 34.3 |",
        "- a list\n  with 34.3",
        "> a quotation with 34.3",
        "Text[^1].\n\n[^1]: A note with 34.3.",
        "Term\n: with 34.3",
        "```{note}\nIt is 34.3.\n```",
        "````{note}\n```{tip} Now 34.3\nWell.\n```\n````",
        ":::{admonition} Now 34.3\n:class: tip\nWell.\n:::",
        "```{figure} chart.svg\n:width: 50%\n\nA caption with 34.3.\n```",
        "```{table} A caption with 34.3\n:name: x\n\n| a |\n|---|\n```",
        "```{glue:figure} chart\n:name: x\n\nA caption with 34.3.\n```",
        "![with 34.3 in words](chart.svg)",
        "[a link with 34.3](https://example.org)",
    ],
)
def test_scanner_finds(text):
    assert typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "From 1995–2011, in the 1990s, by 2100; three of four, 63 economies, the 19th century.",
        "Table 1.2, Figure 3, section 4.1.2, § 2.3 and Chapters 2, under CC BY 4.0.",
        "See {cite}`li2025`, {numref}`table 34.3`; {glue:text}`share:.1f` per cent; {glue:text}`n` points.",
        "Inline `34.3 %`, $34.3$ and math:\n\n$$\nx = 34.3\n$$\n",
        "\\begin{align}\nx &= 34.3\n\\end{align}",
        "---\ntitle: 34.3\n---\n\nText.",
        "```python\n34.3\n```\n\n    34.3",
        "```{code-cell}\n34.3\n```",
        "```{math}\nx = 34.3\n```",
        "```{note}\n:class: w34.3\nText.\n```",
        "```{figure} chart34.3.svg\n:width: 50.5%\n:alt: 34.3\n```",
        "<https://doi.org/10.1111/roie.12178>, https://doi.org/10.1111/roie.12178 and [text](https://x.org/34.3).",
        "% a comment with 34.3",
        "(label-34.3)=\n# Heading",
    ],
)
def test_scanner_lets_pass(text):
    assert not typed_numbers(text)


def test_scanner_names_the_line_and_takes_the_exception():
    text = "One.\n\n```{note}\n:class: tip\n\nTwo.\n\nThree 34.3, or 1.8 % of it.\n```\n"
    assert typed_numbers(text, ("or 1.8 % of",)) == ["line 8: 34.3"]


@pytest.mark.parametrize(
    "cell",
    [
        "A @ B",
        "import numpy as np",
        "import scipy.linalg",
        "from numpy.linalg import inv",
        "xp.linalg.inv(a)",
        "open('x')",
        "pd.read_csv(p)",
    ],
)
def test_cell_reader_finds(cell):
    assert list(how(cell))


def test_cell_reader_lets_pass():
    assert not list(how("import gvc\nimport pandas as pd\ntable = gvc.read_icio('a.rda')\ntable.round(1)"))
