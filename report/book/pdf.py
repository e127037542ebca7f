"""The book as one PDF: tagged, with bookmarks, charts as vectors, from the same pages.

``python -m report.book.pdf PAGE TARGET`` prints the single page that Sphinx assembles, by the tests' browser.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from gvc.errors import GvcError
from report.book import identity
from report.book.translation import SOURCE, Words

#: A page of three hundred sheets takes a while.
PATIENCE = 300_000

#: A list of the chapters before the first of them; what is folded away opens, but for code.
_CONTENTS = """() => {
  const list = document.createElement("ol");
  for (const heading of document.querySelectorAll(".toctree-wrapper > section > :is(h1, h2, h3)")) {
    const link = document.createElement("a");
    link.href = `#${heading.parentElement.id}`;
    link.textContent = heading.firstChild.textContent;
    list.appendChild(document.createElement("li")).append(link);
  }
  const contents = document.createElement("nav");
  contents.innerHTML = "<h2>Contents</h2>";
  contents.append(list);
  document.querySelector(".toctree-wrapper").before(contents);
  document.querySelectorAll("section[id^=exercises] details.sd-dropdown").forEach((details) => { details.open = true });
}"""


def write(page: Path, target: Path) -> int:
    """Print a page; the number of sheets.

    Raises
    ------
    GvcError
        If there is no browser, or no page.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        raise GvcError("PATH", expected="Chromium", found="none", remedy="On Debian: apt-get install chromium")
    if not page.is_file():
        raise GvcError(str(page), expected="the book as one page", found="no file", remedy="Run: make pdf")
    options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=options)
        opened = chromium.new_page()
        opened.goto(page.absolute().as_uri(), timeout=PATIENCE)
        opened.evaluate(_CONTENTS)
        opened.pdf(
            path=target,
            format="A4",
            tagged=True,
            outline=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_foot(Path.cwd()),
            margin={"top": "18mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
        )
        chromium.close()
    writer = PdfWriter(clone_from=PdfReader(target))
    writer.add_metadata(
        {"/Title": identity.TITLE, "/Author": identity.AUTHOR, "/Subject": identity.footer(Path.cwd(), Words(SOURCE))}
    )
    writer.compress_identical_objects()
    writer.write(target)
    return len(writer.pages)


def _foot(root: Path) -> str:
    """Return what stands at the foot of each sheet: title, version, licence and number."""
    said = f"{identity.TITLE}. {identity.footer(root, Words(SOURCE))} CC BY 4.0."
    style = "width: 100%; margin: 0 16mm; font: 7pt sans-serif; display: flex; justify-content: space-between"
    return f'<div style="{style}"><span>{said}</span><span class="pageNumber"></span></div>'


if __name__ == "__main__":
    sheets = write(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{sheets} sheets, {Path(sys.argv[2]).stat().st_size / 1e6:.1f} MB: {sys.argv[2]}\n")
