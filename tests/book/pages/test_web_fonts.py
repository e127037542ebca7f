"""The fonts that pages load are small, and have every sign that pages show."""

import html
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import BrowserContext

from book.pages import web_fonts
from tests.browser import SITE

STATIC = SITE / "_static"
#: Browsers set a letter that stands alone in mathematical italics: the first of each alphabet, that of text, how many.
ITALICS = (("𝐴", "A", 26), ("𝑎", "a", 26), ("𝛢", "Α", 17), ("𝛴", "Σ", 7), ("𝛼", "α", 25))
ALONE = {chr(ord(text) + i): chr(ord(italic) + i) for italic, text, length in ITALICS for i in range(length)}
ALONE |= {"h": "ℎ", "ϵ": "𝜖", "ϑ": "𝜗", "ϕ": "𝜙"}


def signs(name: str) -> set[str]:
    with TTFont(STATIC / name) as font:
        return set(map(chr, font.getBestCmap()))


@pytest.fixture(scope="module")
def pages() -> list[str]:
    found = [path.read_text("utf-8") for path in SITE.rglob("*.html")]
    if not found:
        pytest.fail("There is no _build/html; build the book first: make book", pytrace=False)
    return found


def test_every_icon_of_a_page_has_its_rule_and_its_glyph(pages: list[str]) -> None:
    classes = {name for page in pages for name in re.findall(r'<(?:i|span) class="([^"]*\bfa-[^"]*)"', page)}
    icons = {one for name in classes for one in name.split() if one.startswith("fa-")} - {"fa-solid", "fa-lg"}
    rules = dict(
        re.findall(r'\.(fa-[\w-]+)::before \{\s*content: "\\(\w+)"', (STATIC / "web_fonts.css").read_text("utf-8"))
    )
    assert len(icons) >= 8
    assert {chr(int(rules[icon], 16)) for icon in icons} <= signs("icons.woff")
    assert "\uf09b" in signs("brands.woff"), "that of the button for a repository"


def test_every_sign_of_a_formula_is_in_the_font(pages: list[str]) -> None:
    shown = set()
    for tag, mark, text in re.findall(r"<(m[inos]|mtext)\b([^>]*)>([^<]+)</m", "".join(pages)):
        said = html.unescape(text)
        shown |= {ALONE.get(said, said)} if tag == "mi" and len(said) == 1 and "mathvariant" not in mark else set(said)
    chinese = {sign for sign in shown if "\u3000" <= sign <= "\uffef"}
    assert {"𝐿", "𝜎", "∑", "["} <= shown
    assert shown - chinese - signs("math.woff") == set(), "add them to web_fonts.SIGNS"


def test_they_are_small(pages: list[str]) -> None:
    sizes = {path.name: path.stat().st_size for path in STATIC.rglob("*.woff*")}
    assert sizes.keys() == {"icons.woff", "brands.woff", "math.woff"}
    assert max(sizes["icons.woff"], sizes["brands.woff"]) < 8_000
    assert sizes["math.woff"] < 35_000


def test_a_bracket_grows_with_what_it_holds(tmp_path: Path, browser: BrowserContext) -> None:
    (tmp_path / "math.woff").write_bytes(web_fonts.cut(web_fonts.MATH, web_fonts.SIGNS))
    tall = "<mfrac><mi>a</mi>" * 3 + "<mi>b</mi>" + "</mfrac>" * 3
    (tmp_path / "page.html").write_text(
        '<meta charset="utf-8">'
        "<style>@font-face { font-family: m; src: url(math.woff) } math { font-family: m }</style>"
        + "".join(
            f'<p><math display="block"><mrow><mo>(</mo><mrow>{held}</mrow><mo>)</mo></mrow></math></p>'
            for held in ("<mi>a</mi>", tall)
        ),
        "utf-8",
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
    brackets, held = (
        page.eval_on_selector_all(of, "all => all.map(one => one.getBoundingClientRect().height)")
        for of in ("mo:first-child", "mrow > mrow")
    )
    page.close()
    assert held[1] > 3 * held[0]
    assert brackets[1] > 3 * brackets[0]
    assert brackets[1] >= 0.9 * held[1]
