"""Prints the book as one tagged PDF with bookmarks and with charts as vectors.

``python -m book.publishing.pdf zh_CN`` has Sphinx put the book in that language on a single page,
from the same cache, and prints it by the tests' browser.
"""

import re
import sys
import unicodedata
from pathlib import Path

import pikepdf
from playwright.sync_api import sync_playwright

from book import identity
from book.building import processes, sphinx_build
from book.languages import catalogues
from book.publishing import browser
from book.translation import Words, tag
from exhibits import fonts
from exhibits.translation import SOURCE
from gvc.errors import GvcError

#: A page of three hundred sheets takes a while.
PATIENCE = 300_000

#: Radicals, as a font's list of signs has them; and the short ones, which Unicode does not call equal to their signs.
_RADICAL = re.compile(rb"<(2[EF][0-9A-F]{2})>")
_SHORT: dict[str, str] = dict(
    zip(
        "⺁⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺐⺓⺕⻑⻲",
        "厂母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟尢幺彐長龜",
        strict=True,
    )
)

#: A list of the chapters before the first of them; what is folded away opens, but for code.
_CONTENTS = """(heading) => {
  const list = document.createElement("ol");
  for (const title of document.querySelectorAll(".toctree-wrapper > section > :is(h1, h2, h3)")) {
    const link = document.createElement("a");
    link.href = `#${title.parentElement.id}`;
    link.textContent = title.firstChild.textContent;
    list.appendChild(document.createElement("li")).append(link);
  }
  const contents = document.createElement("nav");
  contents.append(document.createElement("h2"), list);
  contents.firstChild.textContent = heading;
  document.querySelector(".toctree-wrapper").before(contents);
  const folds = "section[id^=exercises] details.sd-dropdown, details.above-output";
  document.querySelectorAll(folds).forEach((details) => { details.open = true });
}"""


def build(root: Path, language: str) -> int:
    """Print the book in a language; return 0 if that succeeds."""
    place = root / "_build" / "print" / language
    overrides = catalogues.settings(root, language)
    if sphinx_build.strict(root, place / "html", place / ".doctrees", overrides, builder="singlehtml"):
        return 1
    target = identity.printed(root, language)
    sheets = write(place / "html" / "index.html", target, language)
    sys.stdout.write(f"{sheets} sheets, {target.stat().st_size / 1e6:.1f} MB: {target.relative_to(root)}\n")
    return 0


def write(page: Path, target: Path, language: str = SOURCE) -> int:
    """Print a page; return the number of sheets.

    Raises
    ------
    GvcError
        If there is no browser, or no page.
    """
    if not page.is_file():
        raise GvcError(str(page), expected="the book as one page", found="no file", remedy="Run: make pdf")
    words = Words(language)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.executable(playwright),
            args=[*browser.ARGUMENTS],
            env=browser.environment(Path.cwd() / fonts.PLACE),
        )
        opened = chromium.new_page()
        opened.goto(page.absolute().as_uri(), timeout=PATIENCE)
        opened.evaluate(_CONTENTS, words.say("Contents"))
        opened.pdf(
            path=target,
            format="A4",
            tagged=True,
            outline=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_foot(Path.cwd(), words),
            margin={"top": "18mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
        )
        chromium.close()
    about = {"Title": words.say(identity.TITLE), "Author": words.say(identity.AUTHOR)}
    with pikepdf.open(target, allow_overwriting_input=True) as book:
        for part, text in (about | {"Subject": identity.footer(Path.cwd(), words)}).items():
            book.docinfo[f"/{part}"] = text
        _name_signs(book)
        # What the tags say is a third of the file, unless it is packed together.
        book.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(book.pages)


def _name_signs(book: pikepdf.Pdf) -> None:
    """Make Chinese text searchable: Chromium maps the glyph 日 to the radical U+2F47, which nobody types."""
    named = {}
    for sheet in book.pages:
        for font in sheet.resources.get("/Font", {}).values():
            if "/ToUnicode" in font:
                named[font.ToUnicode.objgen] = font.ToUnicode
    for names in named.values():
        names.write(_RADICAL.sub(_typed, names.read_bytes()))


def _typed(radical: re.Match[bytes]) -> bytes:
    sign = chr(int(radical[1], 16))
    return b"<%04X>" % ord(_SHORT.get(sign) or unicodedata.normalize("NFKC", sign))


def _foot(root: Path, words: Words) -> str:
    """Return the footer of each sheet: title, version, licence and number."""
    line = words.say("{0}. {1} CC BY 4.0.", words.say(identity.TITLE), identity.footer(root, words))
    style = "width: 100%; margin: 0 16mm; font: 7pt sans-serif; display: flex; justify-content: space-between"
    number = '<span class="pageNumber"></span>'
    return f'<div lang="{tag(words.language)}" style="{style}"><span>{line}</span>{number}</div>'


if __name__ == "__main__":
    with processes.alone(Path.cwd()):
        status = build(Path.cwd(), sys.argv[1])
    sys.exit(status)
