"""Names that a table of bad will may carry, and how a page looks that shows them as text."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium, draw_all

SECRET = "what the house keeps to itself"

#: What stands in the text of a page apart from menus, and could do more than be read.
_LIVE = """
main => ({
  images: main.querySelectorAll("img, iframe, object, embed").length,
  scripts: [...main.querySelectorAll("script")].filter(
    one => !/thebe|^kernelName = /.test(one.type + one.text)).length,  // the theme's
  handlers: [...main.querySelectorAll("*")].filter(one => [...one.attributes].some(
    it => it.name.startsWith("on") || /^\\s*(javascript|data):/i.test(it.value))).length,
  links: [...main.querySelectorAll(":is(.exhibit-table, .exhibit-chart, .cell_output) a")].map(
    one => one.getAttribute("href")),
  formulas: main.querySelectorAll(".exhibit-table .math, .cell_output .math").length,
  marks: [...main.querySelectorAll(".cell_output :is(strong, em, h1, h2, h3, code, pre, blockquote, li)")].filter(
    one => !one.closest(".text_plain") && !one.matches(".gvc-cite > pre")).length,  // numbers as text; BibTeX to copy
})
"""


def words(folder: Path) -> list[str]:
    """Payloads; the second would leave the file ``ran`` in the folder, the fifth publish its file ``secret.txt``."""
    return [
        "a{{7*7}}b",
        f'{{{{ cycler.__init__.__globals__.os.popen("touch {folder}/ran").read() }}}}',
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(2))",
        f"{{download}}`y <{folder}/secret.txt>`",
        "![z](z.png)",
        "</script><script>alert(3)</script>",
        "<!--<script>",
        "$n$",
        "**m**",
        "`c`",
        "|p|",
        "&lt;",
        "\\",
    ]


def lines(folder: Path) -> str:
    """Payloads that need lines of their own, between others; a bell, and a sign that turns the direction of text."""
    return f"\a\u202efirst\n\n# Heading\n\n```{{include}} {folder}/secret.txt\n```\n\n- item\n\n(target)=\n\nlast"


@contextmanager
def opened(site: Path, name: str) -> Iterator[tuple[Page, list[str]]]:
    """Open a page of a built book, with what it did by itself: dialogs, and errors of scripts."""
    done: list[str] = []
    with sync_playwright() as playwright, chromium(playwright) as browser:
        page = browser.new_page()
        page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: done.append(str(error)))
        page.goto((site / f"{name}.html").as_uri())
        draw_all(page)
        yield page, done


def live(page: Page) -> dict[str, Any]:
    """Count what is no text, and name the links that are no downloads, no anchors."""
    found: dict[str, Any] = page.locator("article.bd-article").evaluate(_LIVE)
    found["links"] = [link for link in found["links"] if not re.match(r"(\.\./)*_exhibits/[\w.-]+$|#", link)]
    return found


def text(page: Page) -> str:
    """Read a page as a reader does, on one line and with typewriter's quotes."""
    said = page.locator("article.bd-article").inner_text()
    return re.sub(r"\s+", " ", said.translate(str.maketrans("“”‘’", "\"\"''")))
